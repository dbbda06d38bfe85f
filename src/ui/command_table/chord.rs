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

    /// The chord that somebody presses; none while only Ctrl and the like are held.
    pub fn of(press: &Press<'_>) -> Option<Self> {
        let sign = press.sign().filter(|_| press.is_plain());
        if let Some(sign) = sign.filter(|sign| is_value_sign(*sign)) {
            return Some(Self::sign(sign));
        }
        let by_place = |key: &Key| {
            matches!(key, Key::OpenBracket | Key::CloseBracket) || digit_of(*key).is_some()
        };
        let Some(key) = press.place.filter(by_place).or_else(|| press.means()) else {
            return sign.map(Self::sign);
        };
        let name = key.name();
        let held = ["Shift", "Control", "Alt", "Super"].iter().any(|held| name.starts_with(held));
        let held = held || name.ends_with("Lock");
        let stroke = Stroke::Key(key);
        let (ctrl, shift, alt) = (press.held.command, press.held.shift, press.held.alt);
        (!held).then_some(Self { stroke, ctrl, shift, alt })
    }

    /// Whether it would be typed, or used otherwise, while words are written in a field.
    pub fn belongs_to_fields(&self) -> bool {
        let key = match self.stroke {
            Stroke::Sign(_) => return true,
            Stroke::Key(key) => key,
        };
        let name = key.name();
        let function = name.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
        if function {
            return false;
        }
        let letter = name.len() == 1 || symbol(key).is_some();
        if !letter {
            // Arrows, Tab, Enter and their kin; a field has no pages.
            let pages = matches!(key, Key::PageUp | Key::PageDown);
            return !(self.ctrl && (self.alt || pages));
        }
        match (self.ctrl, self.alt) {
            (false, false) => true,
            (true, false) if self.shift => key == Key::Z,
            (true, false) => matches!(key, Key::A | Key::C | Key::V | Key::X | Key::Z | Key::Y),
            _ => false,
        }
    }

    /// Whether the system's clipboard has it: it never comes as a key.
    pub fn is_clipboard(&self) -> bool {
        let key = matches!(self.stroke, Stroke::Key(Key::C | Key::X | Key::V));
        self.ctrl && !self.shift && !self.alt && key
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
            Stroke::Key(Key::Escape) => f.write_str("Esc"),
            Stroke::Key(key) => match symbol(key) {
                Some(sign) => write!(f, "{sign}"),
                None => f.write_str(key.name()),
            },
        }
    }
}

impl std::str::FromStr for Chord {
    type Err = ();

    /// Reads what is shown: "Ctrl+Shift+K", "+", "Ctrl++".
    fn from_str(words: &str) -> Result<Self, ()> {
        let mut chord = Self::sign(' ');
        let mut rest = words;
        loop {
            let held = [
                ("Ctrl+", &mut chord.ctrl),
                ("Shift+", &mut chord.shift),
                ("Alt+", &mut chord.alt),
            ];
            let found = held.into_iter().find_map(|(name, held)| {
                rest.strip_prefix(name).filter(|rest| !rest.is_empty()).map(|rest| (rest, held))
            });
            let Some((after, held)) = found else { break };
            (rest, *held) = (after, true);
        }
        let mut signs = rest.chars();
        let sign = signs.next().filter(|_| signs.next().is_none());
        let bare = chord.is_bare();
        chord.stroke = match (sign, Key::from_name(&rest.to_uppercase())) {
            (Some(sign), _) if bare && is_value_sign(sign) => Stroke::Sign(sign),
            (Some(_), Some(key)) => Stroke::Key(key),
            (Some(sign), None) if bare && !sign.is_whitespace() => Stroke::Sign(sign),
            _ => Stroke::Key(Key::from_name(rest).ok_or(())?),
        };
        Ok(chord)
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::command_table::Chord;
    use crate::ui::command_table::chord::Stroke;
    use crate::ui::keyboard::{Letters, Press};
    use egui::{Key, Modifiers};
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn a_chord_is_read_as_it_is_shown(
            key in prop::sample::select(Key::ALL.to_vec()),
            sign in "[ж가ش§+*-]",
            held in any::<(bool, bool, bool)>(),
            bare in any::<bool>(),
        ) {
            let stroke = Stroke::Key(key);
            let (ctrl, shift, alt) = held;
            let chord = Chord { stroke, ctrl, shift, alt };
            // A plus or minus with nothing held is the sign, however it is typed.
            if !(chord.is_bare() && matches!(key, Key::Plus | Key::Minus)) {
                prop_assert_eq!(chord.to_string().parse(), Ok(chord));
            }
            if bare {
                let chord = Chord::sign(sign.chars().next().unwrap());
                prop_assert_eq!(chord.to_string().parse(), Ok(chord));
            }
        }

        #[test]
        fn no_words_make_the_reader_panic(words in ".{0,12}") {
            words.parse::<Chord>().ok();
        }
    }

    #[test]
    fn what_somebody_presses_is_a_chord_that_it_fits() {
        let press = |key, place, held, typed| Press {
            key: Some(key),
            place: Some(place),
            held,
            typed,
            letters: Letters::Latin,
        };
        let presses = [
            press(Key::K, Key::K, Modifiers::COMMAND | Modifiers::SHIFT, ""),
            press(Key::OpenCurlyBracket, Key::OpenBracket, Modifiers::SHIFT, "{"),
            press(Key::Exclamationmark, Key::Num1, Modifiers::SHIFT, "!"),
            press(Key::Plus, Key::Equals, Modifiers::SHIFT, "+"),
            press(Key::A, Key::Q, Modifiers::NONE, "a"),
        ];
        for press in presses {
            let chord = Chord::of(&press).unwrap();
            assert!(chord.is(&press), "{chord}");
        }
        let shift = press(Key::ShiftLeft, Key::ShiftLeft, Modifiers::SHIFT, "");
        assert_eq!(Chord::of(&shift), None);
    }

    #[test]
    fn keys_that_write_are_told_from_those_that_never_do() {
        let fields = ["A", "+", "/", "Tab", "Left", "Ctrl+Left", "Ctrl+A", "Shift+K", "Delete"];
        for words in fields {
            assert!(words.parse::<Chord>().unwrap().belongs_to_fields(), "{words}");
        }
        for words in ["F1", "Shift+F6", "Ctrl+K", "Alt+A", "Ctrl+Shift+Z", "Ctrl++"] {
            let chord = words.parse::<Chord>().unwrap();
            assert!(!chord.belongs_to_fields() || words == "Ctrl+Shift+Z", "{words}");
        }
    }
}
