//! The commands that move the caret and select: each plain and, with Shift, taking the selection along.
//!
//! Their keys are read in the order in which they were pressed, so they are matched here without the rest of the table.

use crate::ui::command_table::{Chord, Entry, Group, Keymap, NO_PROJECT, Scope};
use crate::ui::desk::Desk;
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::page::{Extend, Move};
use crate::ui::view::View;
use egui::Key;
use smol_str::{SmolStr, format_smolstr};

/// A way for the caret.
struct Motion {
    /// The end of its id.
    id: &'static str,
    /// Where to.
    name: &'static str,
    key: Chord,
    to: Move,
}

const fn motion(id: &'static str, name: &'static str, key: Chord, to: Move) -> Motion {
    Motion { id, name, key, to }
}

/// There and back, as the key sheet has them.
const PAIRS: [(&str, [Motion; 2]); 8] = [
    (
        "By a character",
        [
            motion("left", "to the left", Chord::key(Key::ArrowLeft), Move::Left),
            motion("right", "to the right", Chord::key(Key::ArrowRight), Move::Right),
        ],
    ),
    (
        "By a word",
        [
            motion("word-left", "a word to the left", Chord::ctrl(Key::ArrowLeft), Move::WordLeft),
            motion(
                "word-right",
                "a word to the right",
                Chord::ctrl(Key::ArrowRight),
                Move::WordRight,
            ),
        ],
    ),
    (
        "By a line",
        [
            motion("line-up", "a line up", Chord::key(Key::ArrowUp), Move::Up),
            motion("line-down", "a line down", Chord::key(Key::ArrowDown), Move::Down),
        ],
    ),
    (
        "Ends of the line",
        [
            motion("line-start", "to the line’s start", Chord::key(Key::Home), Move::LineStart),
            motion("line-end", "to the line’s end", Chord::key(Key::End), Move::LineEnd),
        ],
    ),
    (
        "By a sentence",
        [
            motion(
                "sentence-start",
                "to the sentence’s start",
                Chord::alt(Key::Home),
                Move::SentenceStart,
            ),
            motion(
                "sentence-end",
                "to the sentence’s end",
                Chord::alt(Key::End),
                Move::SentenceEnd,
            ),
        ],
    ),
    (
        "By a paragraph",
        [
            motion(
                "paragraph-up",
                "to the paragraph’s start",
                Chord::ctrl(Key::ArrowUp),
                Move::ParagraphBefore,
            ),
            motion(
                "paragraph-down",
                "to the next paragraph",
                Chord::ctrl(Key::ArrowDown),
                Move::ParagraphAfter,
            ),
        ],
    ),
    (
        "By a page",
        [
            motion("page-up", "a page up", Chord::key(Key::PageUp), Move::Page(-1.0)),
            motion("page-down", "a page down", Chord::key(Key::PageDown), Move::Page(1.0)),
        ],
    ),
    (
        "Ends of the text",
        [
            motion("text-start", "to the text’s start", Chord::ctrl(Key::Home), Move::TextStart),
            motion("text-end", "to the text’s end", Chord::ctrl(Key::End), Move::TextEnd),
        ],
    ),
];

impl Motion {
    /// Plain, and with the selection.
    fn commands(&self) -> [(SmolStr, String, Chord, Extend); 2] {
        let shift = Chord { shift: true, ..self.key };
        [
            (
                format_smolstr!("caret-{}", self.id),
                format!("Move the caret {}", self.name),
                self.key,
                Extend::No,
            ),
            (
                format_smolstr!("select-{}", self.id),
                format!("Select {}", self.name),
                shift,
                Extend::Yes,
            ),
        ]
    }
}

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let can = view
        .ok_or(NO_PROJECT)
        .and_then(|_| desk.document.as_ref().map(|_| ()).ok_or("there is no document yet"));
    let entry = |id: SmolStr, name, hint, key, command| Entry {
        id,
        name,
        hint,
        group: Group::Edit,
        keys: vec![key],
        scope: Scope::Page,
        wish: can.map(|()| Wish::Desk(command)),
    };
    let mut all = Vec::new();
    for motion in PAIRS.iter().flat_map(|(_, pair)| pair) {
        for (id, name, key, extend) in motion.commands() {
            let hint = match extend {
                Extend::No => "In the text on the page",
                Extend::Yes => "The other end of what is selected stays",
            };
            all.push(entry(id, name, hint, key, DeskCommand::MoveCaret(motion.to, extend)));
        }
    }
    let select_all = Chord::ctrl(Key::A);
    let hint = "To copy it, for instance";
    let name = "Select the whole text".to_owned();
    all.push(entry("select-all".into(), name, hint, select_all, DeskCommand::SelectAll));
    all
}

/// The keys of all motions as they are now.
pub fn motions(keymap: &Keymap) -> Vec<(Chord, Move, Extend)> {
    let mut all = Vec::new();
    for motion in PAIRS.iter().flat_map(|(_, pair)| pair) {
        for (id, _, key, extend) in motion.commands() {
            let keys = keymap.keys(&id).map_or_else(|| vec![key], <[Chord]>::to_vec);
            all.extend(keys.into_iter().map(|key| (key, motion.to, extend)));
        }
    }
    all
}

/// Rows of the key sheet: the keys there and back, and what by.
pub fn pairs(keymap: &Keymap) -> Vec<(Vec<String>, String)> {
    let key = |motion: &Motion| {
        let [(id, _, key, _), _] = motion.commands();
        keymap.keys(&id).map_or(Some(key), |keys| keys.first().copied())
    };
    let row = |(what, pair): &(&str, [Motion; 2])| {
        let keys = pair.iter().filter_map(key).map(|key| key.to_string()).collect::<Vec<_>>();
        (!keys.is_empty()).then(|| (keys, (*what).to_owned()))
    };
    PAIRS.iter().filter_map(row).collect()
}
