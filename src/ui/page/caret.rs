//! The caret and the words selected: how keys and the mouse move them. Nothing here draws or changes the project.
//!
//! What is selected is always on grapheme boundaries and without blanks, quotes and final punctuation at its ends.
//! Where keys lead is in `motion`.

use crate::model::Fragments;
use crate::text::{
    Offset, Span, Text, paragraph_around, phrase_around, sentence_around, snap_outward, trimmed,
    word_around,
};
use crate::ui::engine::{Affinity, Hit, TextEngine};
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
    pub(in crate::ui::page) goal: Option<f32>,
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
    /// A word on the screen.
    WordLeft,
    /// A word on the screen.
    WordRight,
    /// Where the sentence begins, or the one before.
    SentenceStart,
    /// Where the sentence ends, or the next one.
    SentenceEnd,
    /// Where the paragraph begins, or the one before.
    ParagraphBefore,
    /// Where the next paragraph begins.
    ParagraphAfter,
    /// A line.
    Up,
    /// A line.
    Down,
    /// A window of that many points, or that share of the window while it is not known.
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

    /// Selects from `anchor` to `at`; the caret is drawn beside the last letter that is selected.
    pub fn select(&mut self, anchor: Offset, at: Offset) {
        self.put(at, Extend::Yes);
        self.anchor = anchor;
        self.upstream = anchor < at;
    }

    /// Selects what was dragged over, whole graphemes, to a place and the side of it where the pointer is.
    pub fn drag(&mut self, text: &Text, anchor: Offset, (to, upstream): (Offset, bool)) {
        match Span::between(anchor, to).map(|span| snap_outward(text, span)) {
            Some(span) if to < anchor => self.select(span.end(), span.start()),
            Some(span) => self.select(span.start(), span.end()),
            None => self.select(anchor, to),
        }
        self.upstream = upstream;
    }

    /// Selects these; the last of them can be gone on with.
    pub fn select_fragments(&mut self, words: &Fragments) {
        let mut spans = words.spans().to_vec();
        if let Some(last) = spans.pop() {
            self.select(last.start(), last.end());
            self.kept = spans;
        }
    }

    /// Selects all of the text.
    pub fn select_all(&mut self, text: &Text) {
        self.kept.clear();
        self.select(Offset(0), Offset(text.len_bytes()));
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
        let (at, upstream) = self.target(to, extend, goal, (sheet, engine));
        // Fragments kept on purpose stay while one goes to the next.
        let kept = std::mem::take(&mut self.kept);
        self.put(at, extend);
        self.kept = kept;
        self.upstream = upstream;
        self.goal = goal;
    }

    /// Selects the next larger unit around what is selected: word, phrase, sentence, paragraph.
    pub fn grow(&mut self, text: &Text, edges: Edges) {
        if let Some(span) = self.larger(text, edges) {
            let before = (self.anchor, self.at);
            let mut grown = std::mem::take(&mut self.grown);
            grown.push(before);
            self.select(span.start(), span.end());
            self.grown = grown;
        }
    }

    /// What growing would select; none where the whole paragraph is.
    pub fn larger(&self, text: &Text, edges: Edges) -> Option<Span> {
        let seen = |span: Span| if edges == Edges::Trimmed { trimmed(text, span) } else { span };
        let now = Span::between(self.anchor, self.at).map(|now| snap_outward(text, now));
        let shown = now.map(seen);
        UNITS
            .iter()
            .filter_map(|unit| self.unit(text, *unit))
            .map(|unit| snap_outward(text, unit))
            .find(|unit| {
                let holds = now.is_none_or(|now| unit.contains(now));
                let holds = holds && !text.slice(*unit).trim().is_empty();
                // One that looks the same on the screen would be a key pressed for nothing.
                holds && shown.is_none_or(|shown| seen(*unit) != shown)
            })
    }

    /// Back to what was selected before growing, else to the next smaller unit at its beginning.
    pub fn shrink(&mut self, text: &Text, edges: Edges) {
        if let Some((anchor, at)) = self.grown.pop() {
            let grown = std::mem::take(&mut self.grown);
            self.select(anchor, at);
            self.grown = grown;
        } else if let Some(span) = self.smaller(text, edges) {
            self.select(span.start(), span.end());
        }
    }

    /// Whether shrinking would select less.
    pub fn can_shrink(&self, text: &Text, edges: Edges) -> bool {
        !self.grown.is_empty() || self.smaller(text, edges).is_some()
    }

    fn smaller(&self, text: &Text, edges: Edges) -> Option<Span> {
        let now = snap_outward(text, Span::between(self.anchor, self.at)?);
        let seen = |span: Span| if edges == Edges::Trimmed { trimmed(text, span) } else { span };
        let at = trimmed(text, now).start();
        let units = UNITS.iter().rev().filter_map(|unit| unit(text, at));
        units
            .map(|unit| snap_outward(text, unit))
            .find(|unit| now.contains(*unit) && seen(*unit) != seen(now))
    }

    /// The unit around all that is selected.
    fn unit(&self, text: &Text, unit: fn(&Text, Offset) -> Option<Span>) -> Option<Span> {
        let (start, end) = (self.anchor.min(self.at), self.anchor.max(self.at));
        let first = unit(text, start);
        if start == end {
            return first;
        }
        let inside = crate::text::grapheme_before(text, end);
        match (first, unit(text, inside)) {
            (Some(first), Some(last)) => Some(first.hull(last)),
            (first, last) => first.or(last),
        }
    }

    /// The caret's place in its piece. After the last character of a piece it stands there, not before the next one.
    pub fn hit(&self, sheet: &PageSheet) -> (usize, Hit) {
        let index = sheet.pieces.at(self.at);
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        if self.upstream && self.at == start && index > 0 {
            let (before, end) = sheet.pieces.bounds(&sheet.text, index - 1);
            if end == self.at {
                let hit = Hit { byte: end.0 - before.0, affinity: Affinity::Upstream };
                return (index - 1, hit);
            }
        }
        let affinity = if self.upstream { Affinity::Upstream } else { Affinity::Downstream };
        (index, Hit { byte: self.at.0.saturating_sub(start.0), affinity })
    }

    fn x(&self, sheet: &mut PageSheet, engine: &mut TextEngine) -> f32 {
        let (index, hit) = self.hit(sheet);
        sheet.layout(index, engine).caret(hit).left()
    }
}

/// From small to large.
const UNITS: [fn(&Text, Offset) -> Option<Span>; 4] =
    [word_around, phrase_around, sentence_around, paragraph_around];

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
