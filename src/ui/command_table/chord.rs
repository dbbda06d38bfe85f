//! Keys as the table names them. Modifiers are matched exactly: egui ignores a Shift or Alt too many.

use crate::ui::keyboard::{Press, digit_of, symbol};
use egui::Key;
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

    /// Whether `press` is this chord.
    pub fn is(&self, press: &Press<'_>) -> bool {
        let (held, typed) = (press.held, press.sign());
        let exactly = (held.command, held.shift, held.alt) == (self.ctrl, self.shift, self.alt);
        match self.stroke {
            Stroke::Sign(sign) => press.is_plain() && typed == Some(sign),
            // A key that types + - * is that sign, whatever lies there on another keyboard.
            Stroke::Key(key) if press.is_plain() && typed.is_some_and(is_value_sign) => {
                self.is_bare() && symbol(key) == typed
            }
            Stroke::Key(key) => {
                let by_text = self.is_bare() && press.is_plain() && typed.is_some();
                exactly && lies_on(key, press) || by_text && face(key) == typed
            }
        }
    }

    /// Whether nothing is held.
    pub fn is_bare(&self) -> bool {
        !self.ctrl && !self.shift && !self.alt
    }
}

/// Whether `press` is of that key.
fn lies_on(key: Key, press: &Press<'_>) -> bool {
    let by_place = match key {
        // With Shift, or on another layout, a bracket says something else.
        Key::OpenBracket | Key::CloseBracket => true,
        // AZERTY has its digits with Shift; what lies there without is no key of ours.
        _ => digit_of(key).is_some(),
    };
    press.means() == Some(key) || by_place && press.place == Some(key)
}

/// The digit or sign that a key stands for, when it is typed.
fn face(key: Key) -> Option<char> {
    digit_of(key).map(|digit| char::from(b'0' + digit)).or_else(|| symbol(key))
}

/// Signs that codebooks give to values.
fn is_value_sign(sign: char) -> bool {
    matches!(sign, '+' | '-' | '*')
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
    use crate::ui::keyboard::{Letters, Press};
    use egui::{Key, Modifiers};

    #[test]
    fn modifiers_are_matched_exactly() {
        let held = Modifiers::COMMAND | Modifiers::SHIFT;
        let (key, letters) = (Some(Key::Z), Letters::Latin);
        let redo = Press { key, place: key, held, typed: "", letters };
        assert!(Chord::ctrl_shift(Key::Z).is(&redo) && !Chord::ctrl(Key::Z).is(&redo));
    }

    #[test]
    fn letters_of_the_codebook_are_keys_and_other_signs_are_typed() {
        assert_eq!(Chord::letter('a'), Chord::key(Key::A));
        assert_eq!(Chord::letter('ж'), Chord::sign('ж'));
    }
}
