//! What keys do to the words of a field: caret, selection, composition, undo. Pure; nothing here draws.
//!
//! Caret and anchor always stand on grapheme boundaries, so a selection never cuts what one sees as one letter. Places
//! that need the look of the text (left and right on the screen, lines) come from `laid.rs`.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::text::{Offset, Text, paragraph_around, word_after, word_around, word_before};
use crate::ui::engine::Affinity;
use crate::ui::widgets::text_field::history::{History, Kind, Moment};

/// Whether a field has line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) enum Lines {
    /// One line: line breaks become blanks.
    One,
    /// As many as there are.
    Several,
}

/// Whether the other end of the selection stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) enum Extend {
    Yes,
    No,
}

/// Before the caret or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) enum Way {
    Back,
    Forth,
}

/// How far a key reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) enum Reach {
    Grapheme,
    Word,
    /// To the end of the paragraph.
    Paragraph,
}

/// A caret place in the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) struct Spot {
    pub(in crate::ui::widgets) byte: usize,
    pub(in crate::ui::widgets) affinity: Affinity,
}

/// What is put together by an input method and not yet settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) struct Composing {
    /// Where it stands.
    pub(in crate::ui::widgets) range: Range<usize>,
    /// The part that is being chosen now.
    pub(in crate::ui::widgets) active: Option<Range<usize>>,
}

/// Caret, selection and past of a field.
#[derive(Clone, Debug)]
pub(in crate::ui::widgets) struct Editing {
    spot: Spot,
    anchor: usize,
    /// Points from the left that up and down aim at.
    pub(in crate::ui::widgets) goal: Option<f32>,
    composing: Option<Composing>,
    history: History,
    /// The text as it was left, to see whether somebody else has changed it.
    known: String,
    /// Most characters, and whether there are lines.
    most: usize,
    lines: Lines,
}

impl Editing {
    /// The caret behind the last letter.
    pub(in crate::ui::widgets) fn at_end(text: &str, lines: Lines, most: usize) -> Self {
        Self {
            spot: Spot { byte: text.len(), affinity: Affinity::Upstream },
            anchor: text.len(),
            goal: None,
            composing: None,
            history: History::default(),
            known: text.to_owned(),
            most,
            lines,
        }
    }

    /// Call first: where somebody else has changed the text, the past is forgotten and the caret put right.
    pub(in crate::ui::widgets) fn meet(&mut self, text: &str) {
        if self.known == text {
            return;
        }
        let was_at_end = self.spot.byte == self.known.len();
        text.clone_into(&mut self.known);
        self.history.clear();
        self.composing = None;
        let put_right = |at| if was_at_end { text.len() } else { snapped(text, at) };
        (self.spot.byte, self.anchor) = (put_right(self.spot.byte), put_right(self.anchor));
        self.spot.affinity = Affinity::Upstream;
    }

    /// Where the caret is.
    pub(in crate::ui::widgets) fn spot(&self) -> Spot {
        self.spot
    }

    /// What is selected; empty at the caret when nothing is.
    pub(in crate::ui::widgets) fn selection(&self) -> Range<usize> {
        self.anchor.min(self.spot.byte)..self.anchor.max(self.spot.byte)
    }

    /// The end of the selection that stays.
    pub(in crate::ui::widgets) fn anchor(&self) -> usize {
        self.anchor
    }

    /// What an input method is putting together.
    pub(in crate::ui::widgets) fn composing(&self) -> Option<&Composing> {
        self.composing.as_ref()
    }

    /// The selected words.
    pub(in crate::ui::widgets) fn selected<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.selection()).unwrap_or_default()
    }

    /// Moves the caret. A composition stays as it is.
    pub(in crate::ui::widgets) fn go(&mut self, text: &str, to: Spot, extend: Extend) {
        let byte = snapped(text, to.byte);
        self.spot = Spot { byte, ..to };
        if extend == Extend::No {
            self.anchor = byte;
        }
        self.goal = None;
        self.composing = None;
        self.history.pause();
    }

    /// Selects from `anchor` to `to`.
    pub(in crate::ui::widgets) fn select(&mut self, text: &str, anchor: usize, to: usize) {
        let affinity = if to > anchor { Affinity::Upstream } else { Affinity::Downstream };
        self.go(text, Spot { byte: to, affinity }, Extend::No);
        self.anchor = snapped(text, anchor);
    }

    /// Selects everything.
    pub(in crate::ui::widgets) fn select_all(&mut self, text: &str) {
        self.select(text, 0, text.len());
    }

    /// Where a move by words or to an end leads in reading order.
    pub(in crate::ui::widgets) fn reached(&self, text: &str, reach: Reach, way: Way) -> Spot {
        let at = self.spot.byte;
        let byte = match (reach, way) {
            (Reach::Grapheme, Way::Back) => grapheme_before(text, at),
            (Reach::Grapheme, Way::Forth) => grapheme_after(text, at),
            (Reach::Word, Way::Back) => {
                word_before(&text.into_text(), Offset::of_bytes(at)).bytes()
            }
            (Reach::Word, Way::Forth) => {
                word_after(&text.into_text(), Offset::of_bytes(at)).bytes()
            }
            (Reach::Paragraph, Way::Back) => {
                before(text, at).rfind('\n').map_or(0, |found| found + 1)
            }
            (Reach::Paragraph, Way::Forth) => text
                .get(at..)
                .and_then(|rest| rest.find('\n'))
                .map_or(text.len(), |found| at + found),
        };
        let affinity = if way == Way::Forth { Affinity::Upstream } else { Affinity::Downstream };
        Spot { byte: snapped(text, byte), affinity }
    }

    /// The words that are replaced when one types: a blank after it begins a new step of undo.
    pub(in crate::ui::widgets) fn typed(&mut self, text: &mut String, words: &str) -> bool {
        // Enter comes as a key.
        if matches!(words, "\n" | "\r") {
            return false;
        }
        let words = fitting(words, self.lines);
        let kept = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\t');
        let words: String = words.chars().filter(kept).collect();
        if words.is_empty() {
            return false;
        }
        let kind = if self.selection().is_empty() { Kind::Typed } else { Kind::Other };
        let changed = self.put(text, &words, kind);
        if words.ends_with(char::is_whitespace) {
            self.history.pause();
        }
        changed
    }

    /// Puts words in the place of the selection, as pasting does.
    pub(in crate::ui::widgets) fn insert(&mut self, text: &mut String, words: &str) -> bool {
        self.put(text, &fitting(words, self.lines), Kind::Other)
    }

    /// Puts `words` in the place of everything.
    pub(in crate::ui::widgets) fn set(&mut self, text: &mut String, words: &str) -> bool {
        self.select_all(text);
        self.insert(text, words)
    }

    /// A new line, in a field that has lines.
    pub(in crate::ui::widgets) fn break_line(&mut self, text: &mut String) -> bool {
        self.lines == Lines::Several && self.put(text, "\n", Kind::Other)
    }

    /// Backspace and Delete: the selection, or what is before or after the caret.
    pub(in crate::ui::widgets) fn erase(
        &mut self,
        text: &mut String,
        reach: Reach,
        way: Way,
    ) -> bool {
        let selected = self.selection();
        if !selected.is_empty() {
            return self.replace(text, selected, "", Kind::Other);
        }
        let (at, other) = (self.spot.byte, self.reached(text, reach, way).byte);
        let kind = if reach == Reach::Grapheme { Kind::Erased } else { Kind::Other };
        at != other && self.replace(text, at.min(other)..at.max(other), "", kind)
    }

    /// Takes the selection away and answers what it was.
    pub(in crate::ui::widgets) fn cut(&mut self, text: &mut String) -> Option<String> {
        let words = self.selected(text).to_owned();
        (!words.is_empty() && self.replace(text, self.selection(), "", Kind::Other))
            .then_some(words)
    }

    /// Ctrl+Z and its way back.
    pub(in crate::ui::widgets) fn undo(&mut self, text: &mut String, way: Way) -> bool {
        let now = self.moment(text);
        let found = match way {
            Way::Back => self.history.undo(now),
            Way::Forth => self.history.redo(now),
        };
        let Some(moment) = found else { return false };
        text.clone_from(&moment.text);
        self.known = moment.text;
        self.composing = None;
        self.goal = None;
        self.spot = Spot { byte: snapped(text, moment.at), affinity: Affinity::Upstream };
        self.anchor = snapped(text, moment.anchor);
        true
    }

    /// What an input method has put together so far; `active` in characters of it.
    pub(in crate::ui::widgets) fn compose(
        &mut self,
        text: &mut String,
        words: &str,
        active: Option<Range<usize>>,
    ) -> bool {
        let Some(range) = self.composed(text, words) else { return false };
        let words = fitting(words, self.lines);
        let start = range.start;
        self.exchange(text, range, &words);
        if !words.is_empty() {
            let byte = |count: usize| {
                start + words.char_indices().nth(count).map_or(words.len(), |(at, _)| at)
            };
            let active = active.map(|active| byte(active.start)..byte(active.end));
            if let Some(active) = &active {
                self.spot.byte = snapped(text, active.end);
                self.anchor = self.spot.byte;
            }
            self.composing = Some(Composing { range: start..start + words.len(), active });
        }
        true
    }

    /// What an input method has settled on.
    pub(in crate::ui::widgets) fn commit(&mut self, text: &mut String, words: &str) -> bool {
        let Some(range) = self.composed(text, words) else { return false };
        let words = fitting(words, self.lines);
        let words = self.room(text, &range, &words).to_owned();
        self.exchange(text, range, &words);
        self.history.pause();
        true
    }

    /// An input method takes away so many characters around the caret.
    pub(in crate::ui::widgets) fn erase_around(
        &mut self,
        text: &mut String,
        (back, forth): (usize, usize),
    ) -> bool {
        let at = self.spot.byte;
        let start =
            before(text, at).char_indices().rev().take(back).last().map_or(at, |(at, _)| at);
        let rest = text.get(at..).unwrap_or_default();
        let end = rest.char_indices().nth(forth).map_or(text.len(), |(found, _)| at + found);
        start < end && self.replace(text, start..end, "", Kind::Other)
    }

    /// The word at a place, for a double click; the letter there where there is no word, and nothing at a line's end.
    pub(in crate::ui::widgets) fn word_at(text: &str, at: usize) -> Range<usize> {
        let at = snapped(text, at);
        if let Some(word) = word_around(&text.into_text(), Offset::of_bytes(at)) {
            return word.start().bytes()..word.end().bytes();
        }
        let at_line_end = text.get(at..).is_none_or(|rest| rest.starts_with('\n'));
        at..if at_line_end { at } else { grapheme_after(text, at) }
    }

    /// The paragraph at a place, for a triple click.
    pub(in crate::ui::widgets) fn paragraph_at(text: &str, at: usize) -> Range<usize> {
        let found = paragraph_around(&text.into_text(), Offset::of_bytes(at));
        found.map_or(at..at, |span| span.start().bytes()..span.end().bytes())
    }

    /// Where the composition is or will be; none for the empty message that some systems send without one.
    fn composed(&mut self, text: &str, words: &str) -> Option<Range<usize>> {
        match self.composing.take() {
            Some(composing) => Some(composing.range),
            None if words.is_empty() => None,
            None => {
                let moment = self.moment(text);
                self.history.before(Kind::Other, || moment);
                Some(self.selection())
            }
        }
    }

    fn put(&mut self, text: &mut String, words: &str, kind: Kind) -> bool {
        let range = self.selection();
        let words = self.room(text, &range, words).to_owned();
        if words.is_empty() && range.is_empty() {
            return false;
        }
        self.replace(text, range, &words, kind)
    }

    /// As much of `words` as there is room for.
    fn room<'a>(&self, text: &str, range: &Range<usize>, words: &'a str) -> &'a str {
        if text.len() + words.len() <= self.most {
            return words;
        }
        let replaced = text.get(range.clone()).unwrap_or_default().chars().count();
        let room = (self.most + replaced).saturating_sub(text.chars().count());
        match words.char_indices().nth(room) {
            Some((end, _))
                if GraphemeCursor::new(end, words.len(), true)
                    .is_boundary(words, 0)
                    .unwrap_or(true) =>
            {
                words.get(..end).unwrap_or_default()
            }
            Some((end, _)) => words.get(..grapheme_before(words, end)).unwrap_or_default(),
            None => words,
        }
    }

    fn replace(&mut self, text: &mut String, range: Range<usize>, with: &str, kind: Kind) -> bool {
        let (at, anchor) = (self.spot.byte, self.anchor);
        self.history.before(kind, || Moment { text: text.clone(), at, anchor });
        self.exchange(text, range, with);
        true
    }

    /// The one place where the text changes.
    fn exchange(&mut self, text: &mut String, range: Range<usize>, with: &str) {
        let end = range.start + with.len();
        if text.get(range.clone()).is_none() {
            return;
        }
        text.replace_range(range, with);
        text.clone_into(&mut self.known);
        self.spot = Spot { byte: snapped(text, end), affinity: Affinity::Upstream };
        self.anchor = self.spot.byte;
        self.goal = None;
        self.composing = None;
    }

    fn moment(&self, text: &str) -> Moment {
        Moment { text: text.to_owned(), at: self.spot.byte, anchor: self.anchor }
    }
}

/// The segmenter of the house works on texts.
trait IntoText {
    fn into_text(self) -> Text;
}

impl IntoText for &str {
    fn into_text(self) -> Text {
        Text::new(self)
    }
}

/// Words as a field can hold them.
fn fitting(words: &str, lines: Lines) -> Cow<'_, str> {
    let breaks = |sign: char| {
        matches!(sign, '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    match lines {
        Lines::One if words.contains(breaks) => {
            Cow::Owned(words.trim_end_matches(breaks).replace("\r\n", " ").replace(breaks, " "))
        }
        Lines::Several if words.contains('\r') => {
            Cow::Owned(words.replace("\r\n", "\n").replace('\r', "\n"))
        }
        _ => Cow::Borrowed(words),
    }
}

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or(text)
}

/// The nearest grapheme boundary at or after a place.
pub(in crate::ui::widgets) fn snapped(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at.min(text.len()));
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => grapheme_after(text, at),
        _ => at,
    }
}

fn grapheme_after(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

fn grapheme_before(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}
