//! Presses of keys as events bring them: the key together with what it types, on any layout.
//!
//! A layout without Latin letters (Russian, Korean, Arabic) is read by the place of the key, a Latin one (Dvorak,
//! AZERTY) by what the key says. What is taken here is taken out of the input with its text, so that nobody reads a
//! command's letter as words. Which chord a press is stands in `command_table::Chord`.

use egui::{Context, Event, Id, Key, Modifiers};

/// The letters of the layout, as far as it has shown them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// Latin ones: a key is what it says.
    #[default]
    Latin,
    /// Others: a key is where it lies.
    Other,
}

/// A key being pressed, and what it types.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// The key by what it says; none for words that come without a key.
    pub key: Option<Key>,
    /// The key by where it lies, named as on an American keyboard.
    pub place: Option<Key>,
    /// What is held.
    pub held: Modifiers,
    /// What it types; empty for a key that types nothing.
    pub typed: &'a str,
    /// The letters of the layout.
    pub letters: Letters,
}

impl Press<'_> {
    /// The one character that it types.
    pub fn sign(&self) -> Option<char> {
        let mut typed = self.typed.chars();
        typed.next().filter(|_| typed.next().is_none())
    }

    /// The key that it counts as: by its place on a layout without Latin letters.
    pub fn means(&self) -> Option<Key> {
        let by_place = self.letters == Letters::Other && self.place.is_some_and(is_letter_or_sign);
        if by_place { self.place } else { self.key }
    }

    /// The digit that it types, or that its key has on most keyboards.
    pub fn digit(&self) -> Option<u8> {
        let typed = self.sign().and_then(|sign| sign.to_digit(10)).map(|digit| digit as u8);
        typed.or_else(|| self.key.and_then(digit_of)).or_else(|| self.place.and_then(digit_of))
    }

    /// The Latin letter or digit of its key, for hints.
    pub fn letter(&self) -> Option<char> {
        let mut name = self.means()?.name().chars();
        let letter = name.next().filter(|_| name.next().is_none())?;
        letter.is_ascii_alphanumeric().then(|| letter.to_ascii_lowercase())
    }

    /// Whether it types, or would: nothing but Shift is held.
    pub fn is_plain(&self) -> bool {
        !self.held.alt && !self.held.ctrl && !self.held.command
    }
}

/// The digit on a key.
pub fn digit_of(key: Key) -> Option<u8> {
    key.name().parse().ok().filter(|digit| *digit < 10)
}

/// Whether the key has a letter or a sign, so that layouts differ in it.
fn is_letter_or_sign(key: Key) -> bool {
    key.name().len() == 1 && digit_of(key).is_none() || symbol(key).is_some()
}

/// The sign of a key that is neither letter nor digit.
pub fn symbol(key: Key) -> Option<char> {
    match key {
        Key::Minus => Some('-'),
        Key::Space => None,
        _ => {
            let mut symbol = key.symbol_or_name().chars();
            symbol.next().filter(|sign| symbol.next().is_none() && sign.is_ascii_punctuation())
        }
    }
}

/// Remembers what the layout's letters are, by those that it types.
pub fn observe(ctx: &Context) {
    let seen = ctx.input(|input| {
        let each = input.events.iter().zip(input.events.iter().skip(1));
        let mut typed = each.filter_map(|pair| match pair {
            (Event::Key { pressed: true, .. }, Event::Text(typed)) => typed.chars().next(),
            _ => None,
        });
        typed.rfind(|letter| letter.is_alphabetic())
    });
    if let Some(letter) = seen {
        ctx.data_mut(|data| data.insert_temp(memory(), letters_of(letter)));
    }
}

/// The letters of the layout, as last observed.
fn letters(ctx: &Context) -> Letters {
    ctx.data(|data| data.get_temp(memory())).unwrap_or_default()
}

fn memory() -> Id {
    Id::unique("letters of the keyboard")
}

fn letters_of(letter: char) -> Letters {
    let latin =
        letter.is_ascii() || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    if latin { Letters::Latin } else { Letters::Other }
}

/// The press at `at`, and how many events it is made of; none for other events.
fn press_at(events: &[Event], at: usize, layout: Letters) -> Option<(Press<'_>, usize)> {
    match events.get(at)? {
        Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
            let (typed, length) = match events.get(at + 1) {
                Some(Event::Text(typed)) => (typed.as_str(), 2),
                _ => ("", 1),
            };
            // What it types says more than what was typed before.
            let letter = typed.chars().next().filter(|letter| letter.is_alphabetic());
            let letters = letter.map_or(layout, letters_of);
            let (key, place) = (Some(*key), *physical_key);
            Some((Press { key, place, held: *modifiers, typed, letters }, length))
        }
        Event::Text(typed) | Event::Ime(egui::ImeEvent::Commit(typed)) => {
            let held = Modifiers::NONE;
            Some((Press { key: None, place: None, held, typed, letters: layout }, 1))
        }
        _ => None,
    }
}

/// Takes the first press of this frame out of the input for which `wanted` gives something.
pub fn take_first<R>(ctx: &Context, mut wanted: impl FnMut(&Press<'_>) -> Option<R>) -> Option<R> {
    let layout = letters(ctx);
    ctx.input_mut(|input| {
        let mut at = 0;
        while at < input.events.len() {
            let Some((press, length)) = press_at(&input.events, at, layout) else {
                at += 1;
                continue;
            };
            if let Some(found) = wanted(&press) {
                drop(input.events.drain(at..at + length));
                return Some(found);
            }
            at += length;
        }
        None
    })
}

/// Puts the presses that are left of this frame off until the next: a command may change what they mean.
pub fn put_off(ctx: &Context) {
    let rest = ctx.input_mut(|input| {
        let (later, now) = std::mem::take(&mut input.events)
            .into_iter()
            .partition(|event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_)));
        input.events = now;
        later
    });
    let rest: Vec<Event> = rest;
    if !rest.is_empty() {
        ctx.data_mut(|data| data.insert_temp(Id::unique("presses put off"), rest));
        ctx.request_repaint();
    }
}

/// Brings back what was put off.
pub fn bring_back(ctx: &Context) {
    let id = Id::unique("presses put off");
    let Some(mut earlier) = ctx.data_mut(|data| data.remove_temp::<Vec<Event>>(id)) else { return };
    ctx.input_mut(|input| {
        earlier.append(&mut input.events);
        input.events = earlier;
    });
}

#[cfg(test)]
mod tests {
    use crate::ui::command_table::Chord;
    use crate::ui::keyboard::{Letters, Press};
    use egui::{Key, Modifiers};

    /// As winit brings it: a key that says nothing Latin counts as the one of its place.
    fn press(key: Key, place: Key, typed: &str) -> Press<'_> {
        let letter = typed.chars().next().filter(|letter| letter.is_alphabetic());
        let letters = letter.map_or(Letters::Latin, super_letters);
        Press { key: Some(key), place: Some(place), held: Modifiers::NONE, typed, letters }
    }

    fn super_letters(letter: char) -> Letters {
        crate::ui::keyboard::letters_of(letter)
    }

    fn with(press: Press<'_>, held: Modifiers) -> Press<'_> {
        Press { held, ..press }
    }

    #[test]
    fn letters_of_russian_korean_and_arabic_layouts_count_by_their_place() {
        for typed in ["ф", "ㅁ", "ش"] {
            assert!(Chord::key(Key::A).is(&press(Key::A, Key::A, typed)), "{typed}");
        }
        // Where a system says some other key, the place counts all the same.
        assert!(Chord::key(Key::C).is(&press(Key::Comma, Key::C, "с")));
        assert!(!Chord::key(Key::Comma).is(&press(Key::Comma, Key::C, "с")));
    }

    #[test]
    fn latin_layouts_keep_their_letters() {
        // AZERTY has A where Q lies, Dvorak has O where S lies.
        let azerty = press(Key::A, Key::Q, "a");
        assert!(Chord::key(Key::A).is(&azerty) && !Chord::key(Key::Q).is(&azerty));
        let dvorak = press(Key::O, Key::S, "o");
        assert!(Chord::key(Key::O).is(&dvorak) && !Chord::key(Key::S).is(&dvorak));
        assert_eq!((azerty.letter(), dvorak.letter()), (Some('a'), Some('o')));
    }

    #[test]
    fn digits_of_azerty_count_with_and_without_shift() {
        let plain = [(Key::Num1, Key::Num1, "&"), (Key::Quote, Key::Num4, "'")];
        for (key, place, typed) in plain {
            let press = press(key, place, typed);
            assert!(Chord::key(place).is(&press), "{typed}");
        }
        let shifted = with(press(Key::Num1, Key::Num1, "1"), Modifiers::SHIFT);
        assert!(Chord::key(Key::Num1).is(&shifted));
        // The key of 6 types a minus there: that is a position, not a code.
        let minus = press(Key::Minus, Key::Num6, "-");
        assert!(Chord::sign('-').is(&minus) && !Chord::key(Key::Num6).is(&minus));
    }

    #[test]
    fn brackets_count_by_their_place_unless_the_key_types_a_sign() {
        let russian = press(Key::OpenBracket, Key::OpenBracket, "х");
        assert!(Chord::key(Key::OpenBracket).is(&russian));
        let shifted = with(press(Key::OpenCurlyBracket, Key::OpenBracket, "{"), Modifiers::SHIFT);
        assert!(Chord::shift(Key::OpenBracket).is(&shifted));
        let dead = press(Key::OpenBracket, Key::OpenBracket, "");
        assert!(Chord::key(Key::OpenBracket).is(&dead), "the dead ^ of AZERTY");
        let german = press(Key::Plus, Key::CloseBracket, "+");
        assert!(Chord::sign('+').is(&german) && !Chord::key(Key::CloseBracket).is(&german));
        let star = with(press(Key::CloseBracket, Key::CloseBracket, "*"), Modifiers::SHIFT);
        assert!(Chord::sign('*').is(&star) && !Chord::shift(Key::CloseBracket).is(&star));
        let typed = press(Key::OpenBracket, Key::Num5, "[");
        assert!(Chord::key(Key::OpenBracket).is(&typed), "with AltGr on AZERTY");
    }

    #[test]
    fn a_sign_counts_however_it_is_typed() {
        let german = with(press(Key::Slash, Key::Num7, "/"), Modifiers::SHIFT);
        assert!(Chord::key(Key::Slash).is(&german));
        let russian = Press { letters: Letters::Other, ..press(Key::Period, Key::Slash, ".") };
        assert!(Chord::key(Key::Slash).is(&russian), "the place of the slash");
        let star = with(press(Key::Num8, Key::Num8, "*"), Modifiers::SHIFT);
        assert!(Chord::sign('*').is(&star) && !Chord::key(Key::Num8).is(&star));
    }

    #[test]
    fn keys_with_ctrl_follow_the_letters_that_were_typed_before() {
        // On a Hebrew layout the key of Q says a slash.
        let hebrew = with(press(Key::Slash, Key::Q, ""), Modifiers::COMMAND);
        let hebrew = Press { letters: Letters::Other, ..hebrew };
        assert!(Chord::ctrl(Key::Q).is(&hebrew));
        let dvorak = with(press(Key::Quote, Key::Q, ""), Modifiers::COMMAND);
        assert!(!Chord::ctrl(Key::Q).is(&dvorak));
    }

    #[test]
    fn a_digit_is_typed_in_any_script_or_by_its_key() {
        assert_eq!(press(Key::Num3, Key::Num3, "٣").digit(), Some(3));
        assert_eq!(press(Key::Quote, Key::Num4, "'").digit(), Some(4));
        assert_eq!(press(Key::A, Key::Q, "a").digit(), None);
    }
}
