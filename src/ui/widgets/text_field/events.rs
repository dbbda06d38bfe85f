//! From events to edits: which key does what in a field. What it does stands in `editing.rs`.
//!
//! Left and right go on the screen, whatever the direction of the words; so do words and line ends by the direction of
//! their paragraph.

use egui::os::OperatingSystem;
use egui::{Event, EventFilter, Id, ImeEvent, Key, Modifiers, Ui};

use crate::ui::engine::{Direction, TextEngine};
use crate::ui::widgets::text_field::editing::{Editing, Extend, Lines, Reach, Spot, Way};
use crate::ui::widgets::text_field::laid::{Laid, Setting};

/// What a field keeps of the keyboard: arrows. Tab and Escape leave it.
pub(in crate::ui::widgets) const FILTER: EventFilter =
    EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };

/// Lines that Page up and down pass over.
const PAGE: isize = 10;

/// What the events of a frame are applied to.
pub(in crate::ui::widgets) struct Target<'a> {
    pub(in crate::ui::widgets) editing: &'a mut Editing,
    pub(in crate::ui::widgets) text: &'a mut String,
    pub(in crate::ui::widgets) engine: &'a mut TextEngine,
    pub(in crate::ui::widgets) setting: &'a Setting,
}

/// Applies the events of this frame to the field that has the keyboard; whether its words changed.
pub(in crate::ui::widgets) fn apply(ui: &Ui, id: Id, target: &mut Target<'_>) -> bool {
    let mut changed = false;
    for event in ui.input(|input| input.filtered_events(&FILTER)) {
        if ends(&event, target.setting.lines) {
            ui.memory_mut(|memory| memory.surrender_focus(id));
            break;
        }
        changed |= target.event(ui, &event);
    }
    changed
}

/// Enter leaves a field of one line.
fn ends(event: &Event, lines: Lines) -> bool {
    matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. }
        if lines == Lines::One && !modifiers.command)
}

impl Target<'_> {
    fn event(&mut self, ui: &Ui, event: &Event) -> bool {
        let (editing, text) = (&mut *self.editing, &mut *self.text);
        match event {
            Event::Copy => {
                let words = editing.selected(text);
                if !words.is_empty() {
                    ui.copy_text(words.to_owned());
                }
                false
            }
            Event::Cut => match editing.cut(text) {
                Some(words) => {
                    ui.copy_text(words);
                    true
                }
                None => false,
            },
            Event::Paste(words) => editing.insert(text, words),
            Event::Text(words) => editing.typed(text, words),
            Event::Ime(event) => self.ime(event),
            Event::Key { key, pressed: true, modifiers, .. } => self.key(ui.os(), *key, *modifiers),
            _ => false,
        }
    }

    fn ime(&mut self, event: &ImeEvent) -> bool {
        let (editing, text) = (&mut *self.editing, &mut *self.text);
        match event {
            // Some systems say so at Enter, which comes as a key too.
            ImeEvent::Preedit { text: words, .. } | ImeEvent::Commit(words)
                if matches!(words.as_str(), "\n" | "\r") =>
            {
                false
            }
            ImeEvent::Preedit { text: words, active_range_chars } => {
                editing.compose(text, words, active_range_chars.clone())
            }
            ImeEvent::Commit(words) => editing.commit(text, words),
            ImeEvent::DeleteSurrounding { before_chars, after_chars } => {
                editing.erase_around(text, (*before_chars, *after_chars))
            }
            _ => false,
        }
    }

    fn key(&mut self, os: OperatingSystem, key: Key, held: Modifiers) -> bool {
        let mac = matches!(os, OperatingSystem::Mac | OperatingSystem::IOS);
        let by_word = if mac { held.alt } else { held.ctrl || held.command };
        let reach = match (by_word, held.mac_cmd) {
            (_, true) => Reach::Paragraph,
            (true, _) => Reach::Word,
            _ => Reach::Grapheme,
        };
        let (editing, text) = (&mut *self.editing, &mut *self.text);
        match key {
            Key::Backspace => return editing.erase(text, reach, Way::Back),
            Key::Delete => return editing.erase(text, reach, Way::Forth),
            Key::Enter if !held.command => return editing.break_line(text),
            Key::Z if held.command && held.shift => return editing.undo(text, Way::Forth),
            Key::Y if held.command => return editing.undo(text, Way::Forth),
            Key::Z if held.command => return editing.undo(text, Way::Back),
            Key::A if held.command => editing.select_all(text),
            _ => self.movement(key, held, reach),
        }
        false
    }

    fn movement(&mut self, key: Key, held: Modifiers, reach: Reach) {
        let extend = if held.shift { Extend::Yes } else { Extend::No };
        let direction = match key {
            Key::ArrowLeft => Direction::Left,
            Key::ArrowRight => Direction::Right,
            Key::Home | Key::ArrowUp if held.command => return self.go_to_end(Way::Back, extend),
            Key::End | Key::ArrowDown if held.command => return self.go_to_end(Way::Forth, extend),
            Key::ArrowUp => return self.vertical(-1, extend),
            Key::ArrowDown => return self.vertical(1, extend),
            Key::PageUp => return self.vertical(-PAGE, extend),
            Key::PageDown => return self.vertical(PAGE, extend),
            Key::Home => return self.go_to_line_end(Way::Back, extend),
            Key::End => return self.go_to_line_end(Way::Forth, extend),
            _ => return,
        };
        let laid = self.laid();
        let (from, selection) = (self.editing.spot(), self.editing.selection());
        let forth = (direction == Direction::Right) != laid.is_rtl(from);
        let way = if forth { Way::Forth } else { Way::Back };
        match reach {
            Reach::Paragraph => return self.go_to_line_end(way, extend),
            Reach::Word => {
                let to = self.editing.reached(self.text, Reach::Word, way);
                return self.editing.go(self.text, to, extend);
            }
            Reach::Grapheme => {}
        }
        // Without Shift an arrow first lets the selection go.
        let to = if !selection.is_empty() && extend == Extend::No {
            let byte = if forth { selection.end } else { selection.start };
            Some(Spot { byte, ..from })
        } else {
            laid.beside(from, direction)
        };
        if let Some(to) = to {
            self.editing.go(self.text, to, extend);
        }
    }

    fn go_to_end(&mut self, way: Way, extend: Extend) {
        let byte = if way == Way::Back { 0 } else { self.text.len() };
        let to = Spot { byte, ..self.editing.reached(self.text, Reach::Grapheme, way) };
        self.editing.go(self.text, to, extend);
    }

    fn go_to_line_end(&mut self, way: Way, extend: Extend) {
        let (start, end) = self.laid().line_ends(self.editing.spot());
        self.editing.go(self.text, if way == Way::Back { start } else { end }, extend);
    }

    /// Up on the first line leads to the start, down on the last one to the end.
    fn vertical(&mut self, by: isize, extend: Extend) {
        let laid = self.laid();
        let from = self.editing.spot();
        let goal = self.editing.goal.unwrap_or_else(|| laid.caret(from).left());
        let Some(to) = laid.below(from, by, goal) else {
            return self.go_to_end(if by < 0 { Way::Back } else { Way::Forth }, extend);
        };
        self.editing.go(self.text, to, extend);
        self.editing.goal = Some(goal);
    }

    fn laid(&mut self) -> Laid {
        Laid::new(self.engine, self.text, self.setting)
    }
}
