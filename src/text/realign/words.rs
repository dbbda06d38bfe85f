//! What two texts have in common, word by word: stretches that correspond and hunks that do not.
//!
//! Words, blanks and signs are compared as tokens, composed alike. Says where a place went and how firmly that is
//! known; what stands there is judged by the caller.

use crate::text::Text;
use crate::text::realign::diff::hunks;
use crate::text::realign::folded::verbatim;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Tokens of both texts and where they differ.
pub(in crate::text::realign) struct Words {
    old: Tokens,
    new: Tokens,
    hunks: Vec<Hunk>,
    /// What a line end is.
    line: u64,
}

#[derive(Default)]
struct Tokens {
    /// Where each begins, in bytes; and the end of the text.
    starts: Vec<u32>,
    /// What each is, as a hash: what corresponds is looked at letter by letter in the end.
    kinds: Vec<u64>,
}

/// Tokens `old` were replaced by tokens `new`; either may be none.
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
    /// How many tokens back and on it could stand just as well.
    slides: (usize, usize),
}

/// Where the tokens from the first to the last of a span went.
pub(in crate::text::realign) struct Gone {
    /// In bytes of the new text: where the first begins and the last ends. Of a token that was replaced, where that
    /// which stands in its place does.
    pub(in crate::text::realign) bytes: Range<u32>,
    /// Whether the first and the last token correspond to one in the new text.
    pub(in crate::text::realign) stood: bool,
    /// Bytes between the token's and the span's edges, before and after.
    pub(in crate::text::realign) inset: (u32, u32),
    /// Bytes of the old text that correspond without a gap before the first token and after the last; very many where
    /// that reaches to the end of both texts.
    pub(in crate::text::realign) around: (u32, u32),
    /// Whether a hunk beside it could stand on the span just as well or has the same words, or so much of the paragraph
    /// is new that what corresponds may do so by accident.
    pub(in crate::text::realign) doubtful: bool,
}

/// A hunk this many tokens away may be what was really meant.
const BESIDE: usize = 16;
/// So many tokens on each side are taken for the paragraph, where it is longer.
const PARAGRAPH: usize = 40;
/// One token replaced in so many of a paragraph is much.
const REWRITTEN: usize = 4;
/// So few tokens may correspond by accident.
const FEW: usize = 20;
/// So many tokens of a hunk are looked through.
const LOOKED_AT: usize = 64;

impl Words {
    pub(in crate::text::realign) fn between(old: &Text, new: &Text) -> Self {
        let (old, new) = (Tokens::of(old.as_str()), Tokens::of(new.as_str()));
        let replaced = hunks(&old.kinds, &new.kinds).into_iter();
        let mut hunks: Vec<Hunk> =
            replaced.map(|(old, new)| Hunk { old, new, slides: (0, 0) }).collect();
        let ends: Vec<usize> = hunks.iter().map(|hunk| hunk.old.end).collect();
        let starts: Vec<usize> = hunks.iter().skip(1).map(|hunk| hunk.old.start).collect();
        for (at, hunk) in hunks.iter_mut().enumerate() {
            let back = hunk.old.start - at.checked_sub(1).and_then(|at| ends.get(at)).unwrap_or(&0);
            let on = starts.get(at).copied().unwrap_or(old.kinds.len()) - hunk.old.end;
            hunk.slides = match (hunk.old.is_empty(), hunk.new.is_empty()) {
                (false, true) => slides(&old.kinds, &hunk.old, (back, on)),
                (true, false) => slides(&new.kinds, &hunk.new, (back, on)),
                _ => (0, 0),
            };
        }
        Self { old, new, hunks, line: kind("\n") }
    }

    /// How much of the shorter text stands in the other, from 0 to 1, by bytes.
    pub(in crate::text::realign) fn common(&self) -> f32 {
        let lost: u32 = self.hunks.iter().map(|hunk| self.old.bytes(&hunk.old)).sum();
        let (old, new) = (self.old.len_bytes(), self.new.len_bytes());
        if old.min(new) == 0 {
            return 0.0;
        }
        (old.saturating_sub(lost) as f32 / old.min(new) as f32).min(1.0)
    }

    /// Where the bytes `span` of the old text went.
    pub(in crate::text::realign) fn follow(&self, span: Range<u32>) -> Gone {
        let first = self.old.at(span.start);
        let last = self.old.at(span.end.saturating_sub(1)).max(first);
        let (from, start) = self.new_place(first);
        let (to, end) = self.new_place(last);
        let before = self.hunks.partition_point(|hunk| hunk.old.end <= first);
        let after = self.hunks.partition_point(|hunk| hunk.old.start <= last);
        let left = before.checked_sub(1).and_then(|at| self.hunks.get(at));
        let right = self.hunks.get(after);
        let run_start = left.map_or(0, |hunk| hunk.old.end);
        let run_end = right.map_or(self.old.kinds.len(), |hunk| hunk.old.start);
        let gaps = (first.saturating_sub(run_start), run_end.saturating_sub(last + 1));
        let wanted = self.old.kinds.get(first..=last).unwrap_or_default();
        let slid = left.is_some_and(|hunk| hunk.slides.1 > gaps.0)
            || right.is_some_and(|hunk| hunk.slides.0 > gaps.1);
        let twin = left.is_some_and(|hunk| gaps.0 < BESIDE && self.has(hunk, wanted, Side::End))
            || right.is_some_and(|hunk| gaps.1 < BESIDE && self.has(hunk, wanted, Side::Start));
        let bytes = self.new.start(from.start)..self.new.start(to.end);
        Gone {
            bytes: bytes.start..bytes.end.max(bytes.start),
            stood: start && end,
            inset: (
                span.start - self.old.start(first),
                self.old.start(last + 1).saturating_sub(span.end),
            ),
            around: (
                left.map_or(u32::MAX, |_| self.old.bytes(&(run_start.min(first)..first))),
                right.map_or(u32::MAX, |_| self.old.bytes(&(last + 1..run_end.max(last + 1)))),
            ),
            doubtful: slid
                || twin
                || self.is_rewritten(first..last + 1, run_end.saturating_sub(run_start)),
        }
    }

    /// Whether much of the paragraph around these tokens was replaced, or left out or put in where only so few
    /// correspond in a row.
    fn is_rewritten(&self, tokens: Range<usize>, in_a_row: usize) -> bool {
        let (first, last) = (tokens.start, tokens.end.saturating_sub(1));
        let is_line = |at: &usize| self.old.kinds.get(*at) == Some(&self.line);
        let back = (first.saturating_sub(PARAGRAPH)..first).rev().find(is_line).map(|at| at + 1);
        let from = back.unwrap_or(first.saturating_sub(PARAGRAPH));
        let end = (last + 1 + PARAGRAPH).min(self.old.kinds.len());
        let to = (last + 1..end).find(is_line).unwrap_or(end);
        let (mut gone, mut fresh) = (0, 0);
        let begin = self.hunks.partition_point(|hunk| hunk.old.end < from);
        for hunk in self.hunks.iter().skip(begin).take_while(|hunk| hunk.old.start < to) {
            gone += hunk.old.end.min(to).saturating_sub(hunk.old.start.max(from));
            fresh += hunk.new.len();
        }
        let changed = if in_a_row < FEW { gone.max(fresh) } else { gone.min(fresh) };
        changed * REWRITTEN > to.saturating_sub(from)
    }

    /// The tokens that stand for the old token `at`, and whether it is one that corresponds.
    fn new_place(&self, at: usize) -> (Range<usize>, bool) {
        let next = self.hunks.partition_point(|hunk| hunk.old.end <= at);
        if let Some(hunk) = self.hunks.get(next).filter(|hunk| hunk.old.start <= at) {
            return (hunk.new.clone(), false);
        }
        let last = next.checked_sub(1).and_then(|before| self.hunks.get(before));
        let (old, new) = last.map_or((0, 0), |hunk| (hunk.old.end, hunk.new.end));
        let there = new + (at - old);
        (there..there + 1, true)
    }

    /// Whether `wanted` stands in the hunk on either side of the change, near the given end of it.
    fn has(&self, hunk: &Hunk, wanted: &[u64], side: Side) -> bool {
        let holds = |tokens: &Tokens, range: &Range<usize>| {
            let reach = LOOKED_AT + wanted.len();
            let range = match side {
                Side::Start => range.start..range.end.min(range.start + reach),
                Side::End => range.start.max(range.end.saturating_sub(reach))..range.end,
            };
            let part = tokens.kinds.get(range).unwrap_or_default();
            part.windows(wanted.len().max(1)).any(|window| window == wanted)
        };
        holds(&self.old, &hunk.old) || holds(&self.new, &hunk.new)
    }
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

impl Tokens {
    fn of(text: &str) -> Self {
        let mut tokens = Self::default();
        for (at, word) in text.split_word_bound_indices() {
            tokens.starts.push(at as u32);
            let blank = word.chars().all(char::is_whitespace);
            let words = match (blank, word.contains(['\n', '\r'])) {
                (true, true) => Cow::Borrowed("\n"),
                (true, false) => Cow::Borrowed(" "),
                _ => verbatim(word),
            };
            tokens.kinds.push(kind(&words));
        }
        tokens.starts.push(text.len() as u32);
        tokens
    }

    fn start(&self, at: usize) -> u32 {
        self.starts.get(at).or(self.starts.last()).copied().unwrap_or_default()
    }

    /// The token that holds `byte`.
    fn at(&self, byte: u32) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    fn bytes(&self, range: &Range<usize>) -> u32 {
        self.start(range.end) - self.start(range.start)
    }

    fn len_bytes(&self) -> u32 {
        self.starts.last().copied().unwrap_or_default()
    }
}

fn kind(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// How far a range that only one side has could be moved over its surroundings without a difference.
fn slides(kinds: &[u64], range: &Range<usize>, (back, on): (usize, usize)) -> (usize, usize) {
    let same = |a: Option<usize>, b: Option<usize>| {
        let (a, b) = (a.and_then(|a| kinds.get(a)), b.and_then(|b| kinds.get(b)));
        a.is_some() && a == b
    };
    let is_back = |k: &usize| same(range.start.checked_sub(k + 1), range.end.checked_sub(k + 1));
    let is_on = |k: &usize| same(Some(range.start + k), Some(range.end + k));
    ((0..back).take_while(is_back).count(), (0..on).take_while(is_on).count())
}
