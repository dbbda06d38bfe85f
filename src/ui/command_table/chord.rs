//! Keys as the table names them. Modifiers are matched exactly: egui ignores a Shift or Alt too many.

use egui::{Event, Key, Modifiers};
use std::fmt;

/// A key with its modifiers, or a sign that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// What is pressed.
    pub stroke: Stroke,
    /// Ctrl (Command on a Mac).
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// A key, wherever the layout puts it.
    Key(Key),
    /// A sign, whatever keys make it.
    Sign(char),
}

impl Chord {
    /// The bare key.
    pub const fn key(key: Key) -> Self {
        Self { stroke: Stroke::Key(key), ctrl: false, shift: false, alt: false }
    }

    /// The sign.
    pub const fn sign(sign: char) -> Self {
        Self { stroke: Stroke::Sign(sign), ctrl: false, shift: false, alt: false }
    }

    /// With Ctrl.
    pub const fn ctrl(key: Key) -> Self {
        Self { ctrl: true, ..Self::key(key) }
    }

    /// With Shift.
    pub const fn shift(key: Key) -> Self {
        Self { shift: true, ..Self::key(key) }
    }

    /// With Alt.
    pub const fn alt(key: Key) -> Self {
        Self { alt: true, ..Self::key(key) }
    }

    /// With Ctrl and Shift.
    pub const fn ctrl_shift(key: Key) -> Self {
        Self { ctrl: true, shift: true, ..Self::key(key) }
    }

    /// With Shift and Alt.
    pub const fn shift_alt(key: Key) -> Self {
        Self { shift: true, alt: true, ..Self::key(key) }
    }

    /// The chord of a letter of the codebook: a key where there is one, so that it works on every layout.
    pub fn letter(letter: char) -> Self {
        let key = Key::from_name(&letter.to_uppercase().to_string());
        key.map_or(Self::sign(letter), Self::key)
    }

    /// Whether `event` is this chord being pressed.
    pub fn is(&self, event: &Event) -> bool {
        match (self.stroke, event) {
            (Stroke::Sign(sign), Event::Text(typed)) => {
                let mut chars = typed.chars();
                chars.next() == Some(sign) && chars.next().is_none()
            }
            (
                Stroke::Key(wanted),
                Event::Key { key, physical_key, pressed: true, modifiers, .. },
            ) => self.holds(*modifiers) && (*key == wanted || is_bracket(wanted, *physical_key)),
            _ => false,
        }
    }

    fn holds(&self, modifiers: Modifiers) -> bool {
        (modifiers.command, modifiers.shift, modifiers.alt) == (self.ctrl, self.shift, self.alt)
    }
}

/// With Shift, or on another layout, a bracket arrives as another key.
fn is_bracket(wanted: Key, physical: Option<Key>) -> bool {
    matches!(wanted, Key::OpenBracket | Key::CloseBracket) && physical == Some(wanted)
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.stroke {
            Stroke::Sign(sign) => write!(f, "{sign}"),
            Stroke::Key(Key::OpenBracket) => f.write_str("["),
            Stroke::Key(Key::CloseBracket) => f.write_str("]"),
            Stroke::Key(Key::Slash) => f.write_str("/"),
            Stroke::Key(Key::Escape) => f.write_str("Esc"),
            Stroke::Key(key) => f.write_str(key.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::command_table::Chord;
    use egui::{Event, Key, Modifiers};

    fn pressed(key: Key, physical: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: Some(physical), pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn modifiers_are_matched_exactly() {
        let redo = pressed(Key::Z, Key::Z, Modifiers::COMMAND | Modifiers::SHIFT);
        assert!(Chord::ctrl_shift(Key::Z).is(&redo) && !Chord::ctrl(Key::Z).is(&redo));
    }

    #[test]
    fn a_bracket_with_shift_arrives_as_another_key() {
        let brace = pressed(Key::OpenCurlyBracket, Key::OpenBracket, Modifiers::SHIFT);
        assert!(
            Chord::shift(Key::OpenBracket).is(&brace) && !Chord::key(Key::OpenBracket).is(&brace)
        );
    }

    #[test]
    fn letters_of_the_codebook_are_keys_and_other_signs_are_typed() {
        assert_eq!(Chord::letter('a'), Chord::key(Key::A));
        assert_eq!(Chord::letter('ж'), Chord::sign('ж'));
    }
}
