//! The commands that look for something: further mentions, words, problems.

use crate::ui::command_table::{Chord, Entry, Group, NO_PROJECT, Scope};
use crate::ui::desk::{Desk, Selected};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::page::find::Onwards;
use crate::ui::view::View;
use egui::Key;
use smol_str::SmolStr;

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let document = if view.is_none() { Err(NO_PROJECT) } else { Ok(()) }
        .and_then(|()| desk.document.as_ref().map(|_| ()).ok_or("there is no document yet"));
    let words =
        if desk.find.wanted.words.is_empty() { Err("find some words first") } else { document };
    let look = |(id, name): (&'static str, &str), hint, chord, command, can: Result<(), _>| Entry {
        id: SmolStr::new_static(id),
        name: name.to_owned(),
        hint,
        group: Group::Edit,
        keys: vec![chord],
        scope: Scope::Global,
        wish: can.map(|()| Wish::Desk(command)),
    };
    vec![
        tag_all(view, desk),
        look(
            ("find", "Find in this document…"),
            "Words in any script; those that are selected, if some are",
            Chord::ctrl(Key::F),
            DeskCommand::Find,
            document,
        ),
        look(
            ("find-next", "Next hit"),
            "Select the next place of the words that were looked for",
            Chord::key(Key::F3),
            DeskCommand::FindStep(Onwards::Yes),
            words,
        ),
        look(
            ("find-previous", "Previous hit"),
            "Select the place before",
            Chord::shift(Key::F3),
            DeskCommand::FindStep(Onwards::No),
            words,
        ),
    ]
}

fn tag_all(view: Option<&View<'_>>, desk: &Desk) -> Entry {
    let wish = match (&desk.selected, view) {
        (_, None) => Err(NO_PROJECT),
        (Some(Selected::Annotation(id)), _) => Ok(Wish::Desk(DeskCommand::TagAll(id.clone()))),
        _ => Err("select an annotation first"),
    };
    Entry {
        id: SmolStr::new_static("tag-all"),
        name: "Tag all mentions…".to_owned(),
        hint: "Other places with the names of the same record, or the same words, as a checklist",
        group: Group::Annotate,
        keys: vec![Chord::shift(Key::A)],
        scope: Scope::Text,
        wish,
    }
}
