//! The caret and the words selected: how keys and the mouse move them. Nothing here draws or changes the project.
//!
//! What is selected is always on grapheme boundaries and without blanks, quotes and final punctuation at its ends.

use crate::model::Fragments;
use crate::text::{
    Offset, Span, Text, grapheme_after, grapheme_before, paragraph_around, phrase_around,
    sentence_around, snap_outward, trimmed, word_after, word_around, word_before,
};
use crate::ui::engine::{Affinity, Direction, Hit, TextEngine};
use crate::ui::page::sheet::PageSheet;

/// The caret with the other end of the selection.
#[derive(Clone, Debug, Default)]
pub struct Caret {
    /// Where it is.
    pub at: Offset,
    /// Whether it stands after the character before it, where a line or direction ends.
    pub upstream: bool,
    /// The other end of what is selected; the caret itself, when nothing is.
    pub anchor: Offset,
    /// Ranges kept while a further fragment is being selected.
    pub kept: Vec<Span>,
    /// Points from the left that up and down aim at.
    goal: Option<f32>,
    /// Selections that growing has left behind.
    grown: Vec<(Offset, Offset)>,
}

/// Where a key moves the caret.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// A grapheme on the screen.
    Left,
    /// A grapheme on the screen.
    Right,
    /// Where a word begins before it.
    WordBefore,
    /// Where a word ends after it.
    WordAfter,
    /// A line.
    Up,
    /// A line.
    Down,
    /// A window of that many points.
    Page(f32),
    /// The line's start.
    LineStart,
    /// The line's end.
    LineEnd,
    /// The text's start.
    TextStart,
    /// The text's end.
    TextEnd,
}

/// How much one click selects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// From grapheme to grapheme.
    #[default]
    Grapheme,
    /// Whole words.
    Word,
    /// Whole sentences.
    Sentence,
}

/// Whether blanks, quotation marks and final punctuation count to what is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// They do not.
    #[default]
    Trimmed,
    /// Exactly what was selected counts.
    Exact,
}

impl Caret {
    /// The words selected, or none.
    pub fn words(&self, text: &Text, edges: Edges) -> Option<Fragments> {
        let current = Span::between(self.anchor, self.at);
        let spans = self.kept.iter().copied().chain(current);
        let tidy = spans.map(|span| {
            let span = snap_outward(text, span);
            if edges == Edges::Trimmed { trimmed(text, span) } else { span }
        });
        Fragments::joined(tidy.filter(|span| !text.slice(*span).trim().is_empty()).collect())
    }

    /// Puts it at `at`, extending what is selected or not.
    pub fn put(&mut self, at: Offset, extend: Extend) {
        self.at = at;
        self.upstream = false;
        self.goal = None;
        self.grown.clear();
        if extend == Extend::No {
            self.anchor = at;
            self.kept.clear();
        }
    }

    /// Selects from `anchor` to `at`.
    pub fn select(&mut self, anchor: Offset, at: Offset) {
        self.put(at, Extend::Yes);
        self.anchor = anchor;
    }

    /// Nothing is selected any more.
    pub fn clear(&mut self) {
        self.anchor = self.at;
        self.kept.clear();
        self.grown.clear();
    }

    /// Keeps what is selected and starts a further fragment here.
    pub fn keep(&mut self) {
        self.kept.extend(Span::between(self.anchor, self.at));
        self.anchor = self.at;
    }

    /// Moves it as a key says.
    pub fn go(&mut self, to: Move, extend: Extend, sheet: &mut PageSheet, engine: &mut TextEngine) {
        let vertical = matches!(to, Move::Up | Move::Down | Move::Page(_));
        let goal = vertical.then(|| self.goal.unwrap_or_else(|| self.x(sheet, engine)));
        let (at, upstream) = self.target(to, goal, sheet, engine);
        // Fragments kept on purpose stay while one goes to the next.
        let kept = std::mem::take(&mut self.kept);
        self.put(at, extend);
        self.kept = kept;
        self.upstream = upstream;
        self.goal = goal;
    }

    /// Selects the next larger unit around what is selected: word, phrase, sentence, paragraph.
    pub fn grow(&mut self, text: &Text) {
        let now = Span::between(self.anchor, self.at);
        let larger = [word_around, phrase_around, sentence_around, paragraph_around]
            .into_iter()
            .filter_map(|unit| unit(text, self.anchor.min(self.at)))
            .find(|unit| now.is_none_or(|now| unit.contains(now) && *unit != now));
        if let Some(span) = larger {
            self.grown.push((self.anchor, self.at));
            (self.anchor, self.at) = (span.start(), span.end());
            self.goal = None;
        }
    }

    /// Back to what was selected before growing.
    pub fn shrink(&mut self) {
        if let Some((anchor, at)) = self.grown.pop() {
            (self.anchor, self.at) = (anchor, at);
        }
    }

    /// The caret's place in its piece.
    pub fn hit(&self, sheet: &PageSheet) -> (usize, Hit) {
        let index = sheet.pieces.at(self.at);
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        let affinity = if self.upstream { Affinity::Upstream } else { Affinity::Downstream };
        (index, Hit { byte: self.at.0.saturating_sub(start.0), affinity })
    }

    fn x(&self, sheet: &mut PageSheet, engine: &mut TextEngine) -> f32 {
        let (index, hit) = self.hit(sheet);
        sheet.layout(index, engine).caret(hit).left()
    }

    fn target(
        &self,
        to: Move,
        goal: Option<f32>,
        sheet: &mut PageSheet,
        engine: &mut TextEngine,
    ) -> (Offset, bool) {
        let end = Offset(sheet.text.len_bytes());
        match to {
            Move::Left => self.sideways(Direction::Left, sheet, engine),
            Move::Right => self.sideways(Direction::Right, sheet, engine),
            Move::WordBefore => (word_before(&sheet.text, self.at), false),
            Move::WordAfter => (word_after(&sheet.text, self.at), false),
            Move::Up => self.vertical(-1, goal, sheet, engine),
            Move::Down => self.vertical(1, goal, sheet, engine),
            Move::Page(points) => {
                let lines = (points / (sheet.setting().size * 2.05)).trunc() as i32;
                let mut caret = self.clone();
                for _ in 0..lines.abs() {
                    let (at, upstream) = caret.vertical(lines.signum(), goal, sheet, engine);
                    (caret.at, caret.upstream) = (at, upstream);
                }
                (caret.at, caret.upstream)
            }
            Move::LineStart | Move::LineEnd => {
                let (index, hit) = self.hit(sheet);
                let para = sheet.layout(index, engine);
                let (start, _) = sheet.pieces.bounds(&sheet.text, index);
                let Some(line) = para.lines().get(para.line_of(hit)) else {
                    return (self.at, false);
                };
                if to == Move::LineStart {
                    (Offset(start.0 + line.start), false)
                } else {
                    (Offset(start.0 + line.end), true)
                }
            }
            Move::TextStart => (Offset(0), false),
            Move::TextEnd => (end, false),
        }
    }

    fn sideways(
        &self,
        direction: Direction,
        sheet: &mut PageSheet,
        engine: &mut TextEngine,
    ) -> (Offset, bool) {
        let (index, hit) = self.hit(sheet);
        let para = sheet.layout(index, engine);
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        if let Some(next) = para.step_visual(hit, direction) {
            return (Offset(start.0 + next.byte), next.affinity == Affinity::Upstream);
        }
        // Over the end of a piece one goes on in the order of the text.
        let onwards = (direction == Direction::Right) != para.is_rtl();
        let at = if onwards {
            grapheme_after(&sheet.text, self.at)
        } else {
            grapheme_before(&sheet.text, self.at)
        };
        (at, false)
    }

    fn vertical(
        &self,
        lines: i32,
        goal: Option<f32>,
        sheet: &mut PageSheet,
        engine: &mut TextEngine,
    ) -> (Offset, bool) {
        let (index, hit) = self.hit(sheet);
        let para = sheet.layout(index, engine);
        let x = goal.unwrap_or_default();
        let line = para.line_of(hit);
        let last = para.lines().len().saturating_sub(1);
        let (index, line) = match lines {
            -1 if line > 0 => (index, line - 1),
            1 if line < last => (index, line + 1),
            -1 if index > 0 => {
                (index - 1, sheet.layout(index - 1, engine).lines().len().saturating_sub(1))
            }
            1 if index + 1 < sheet.pieces.count() => (index + 1, 0),
            -1 => return (Offset(0), false),
            _ => return (Offset(sheet.text.len_bytes()), false),
        };
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        let hit = sheet.layout(index, engine).line_hit(line, x);
        (Offset(start.0 + hit.byte), hit.affinity == Affinity::Upstream)
    }
}

/// Whether a move takes the end of the selection along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extend {
    /// It starts anew.
    No,
    /// It goes on.
    Yes,
}

/// The unit around `at`.
pub fn unit_around(text: &Text, at: Offset, unit: Unit) -> Option<Span> {
    match unit {
        Unit::Grapheme => None,
        Unit::Word => word_around(text, at),
        Unit::Sentence => sentence_around(text, at),
    }
}
