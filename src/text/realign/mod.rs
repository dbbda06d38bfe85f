//! Finding words of one text in another: a corrected version of it, or one that only the quote is known of.
//!
//! First by what the two texts have in common (`words`, `diff`); what stands there word for word is sure. Else by likeness of
//! the quote and its surroundings (`fuzzy`), near where it should be, then anywhere (`seeds`). What fits badly, or in two
//! places nearly alike, is nowhere: a person finds it by its quote. Start at [`Alignment`] and [`Quote`].

mod diff;
mod folded;
mod fuzzy;
mod likeness;
mod seeds;
mod words;

#[cfg(test)]
mod laws;

pub use likeness::Likeness;

use crate::text::realign::folded::{Folded, verbatim};
use crate::text::realign::fuzzy::{Match, best, distance, share};
use crate::text::realign::seeds::Seeds;
use crate::text::realign::words::{Gone, Words};
use crate::text::{Offset, Span, Text};
use std::sync::OnceLock;

/// Bytes of context on each side, cut to a character; Hypothesis keeps 32 characters.
const CONTEXT: usize = 32;
/// More of it, where that does not tell one place from another.
const CONTEXTS: [usize; 3] = [CONTEXT, 4 * CONTEXT, 16 * CONTEXT];
/// What fits less well is not taken.
const ENOUGH: f32 = 0.75;
/// What fits so well near the place where it should be need not be compared with the rest of the text.
const CERTAINLY: f32 = 0.95;
/// The second best must be that much worse.
const BETTER: f32 = 0.1;
/// What is not word for word where it should be is never as good as that.
const BEST_TO_CONFIRM: f32 = 0.999;
/// Words that stand where they should need so much of their surroundings.
const SURROUNDED: f32 = 0.5;

/// Where words are in another text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placement {
    /// Word for word at the corresponding place.
    Exact(Span),
    /// Something like them, or the very words elsewhere: a person should confirm it. The score is above 0 and below 1.
    Similar(Span, f32),
    /// Nowhere, or in two places that fit nearly alike.
    Nowhere,
}

/// Words to be found, with what is known of where they stood.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quote<'q> {
    /// The words.
    pub words: &'q str,
    /// What stood before and after, if that is known.
    pub context: Option<(&'q str, &'q str)>,
    /// Where they should be.
    pub near: Option<Offset>,
}

/// A text in which quotes are looked for. Cheap until something is asked.
#[derive(Debug)]
pub struct Finder {
    text: Text,
    folded: OnceLock<Folded>,
    seeds: OnceLock<Seeds>,
}

/// Two versions of a text, compared once.
pub struct Alignment {
    old: Text,
    finder: Finder,
    /// None where they are equal.
    words: Option<Words>,
}

/// What is looked for, in comparable characters.
struct Sought {
    words: Vec<char>,
    before: Vec<char>,
    after: Vec<char>,
    has_context: bool,
    /// Where it should begin.
    near: Option<usize>,
    /// Whether blanks were at its edges, and whether words ended there.
    edges: Edges,
}

#[derive(Clone, Copy)]
struct Edges {
    blank: (bool, bool),
    whole: (bool, bool),
}

/// A place that was looked at.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    start: usize,
    end: usize,
    score: f32,
}

impl Alignment {
    /// Compares `old` with `new`; costs little more than reading them.
    pub fn between(old: &Text, new: &Text) -> Self {
        let words = (old != new).then(|| Words::between(old, new));
        Self { old: old.clone(), finder: Finder::new(new), words }
    }

    /// How much of the shorter text stands in the other, from 0 to 1.
    pub fn common(&self) -> f32 {
        self.words.as_ref().map_or(1.0, Words::common)
    }

    /// Looks for quotes in the new text.
    pub fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Where the words of `span` of the old text are in the new one.
    pub fn place(&self, span: Span) -> Placement {
        let Some(words) = &self.words else { return Placement::Exact(span) };
        if !self.old.holds(span) {
            return Placement::Nowhere;
        }
        let gone = words.follow(span.start().0..span.end().0);
        let there = self.mapped(&gone, span);
        if let Some(there) = there
            && !gone.doubtful
            && self.is_surrounded(&gone, span, there)
        {
            return Placement::Exact(there);
        }
        let found = CONTEXTS.iter().find_map(|reach| {
            let (before, after) = context(&self.old, span, *reach);
            let quote = Quote {
                words: self.old.slice(span),
                context: Some((before, after)),
                near: Some(Offset(gone.bytes.start)),
            };
            let sought = Sought::of(&quote, self.finder.folded());
            self.finder.near_then_anywhere(&sought, &gone, there)
        });
        found.unwrap_or(Placement::Nowhere)
    }

    /// The corresponding place, if the very words stand there.
    fn mapped(&self, gone: &Gone, span: Span) -> Option<Span> {
        if !gone.stood {
            return None;
        }
        let new = &self.finder.text;
        let tokens = Span::between(Offset(gone.bytes.start), Offset(gone.bytes.end))
            .filter(|s| new.holds(*s))?;
        let outer = Span::between(
            Offset(span.start().0 - gone.inset.0),
            Offset(span.end().0 + gone.inset.1),
        )?;
        let cut = |inset: u32, here: &str, there: &str| {
            // Inside a word that is composed otherwise, characters are counted.
            if inset == 0 || here == there { Some(inset) } else { None }
        };
        let (here, there) = (self.old.slice(outer), new.slice(tokens));
        if let (Some(from), Some(to)) =
            (cut(gone.inset.0, here, there), cut(gone.inset.1, here, there))
        {
            let start = Offset(tokens.start().0 + from);
            let end = Offset(tokens.end().0.checked_sub(to)?);
            let inner =
                Span::between(start, end).filter(|inner| start < end && new.holds(*inner))?;
            let same = verbatim(self.old.slice(span)) == verbatim(new.slice(inner));
            return same.then_some(inner);
        }
        if verbatim(here) != verbatim(there) {
            return None;
        }
        let part = Folded::of(there, tokens.start().bytes());
        let old = Folded::of(here, outer.start().bytes());
        let start = part.start(old.index(span.start().0));
        let end = part.end(old.index(span.end().0));
        let inner = Span::between(Offset(start), Offset(end)).filter(|_| start < end)?;
        (verbatim(self.old.slice(span)) == verbatim(new.slice(inner))).then_some(inner)
    }

    /// Whether enough of what stands around the words stood there before.
    fn is_surrounded(&self, gone: &Gone, span: Span, there: Span) -> bool {
        let whole = |(around, inset): (u32, u32)| around.saturating_add(inset) as usize >= CONTEXT;
        if whole((gone.around.0, gone.inset.0)) && whole((gone.around.1, gone.inset.1)) {
            return true;
        }
        let (before, after) = context(&self.old, span, CONTEXT);
        let (before_there, after_there) = context(&self.finder.text, there, 3 * CONTEXT);
        let likeness = |old: &str, new: &str| {
            let (old, new) = (Folded::of(old, 0).chars, Folded::of(new, 0).chars);
            (share(&old, &new), old.len())
        };
        let (left, right) = (likeness(before, before_there), likeness(after, after_there));
        let sum = left.0 * left.1 as f32 + right.0 * right.1 as f32;
        // Long quotes need no surroundings.
        let known = self.old.slice(span).chars().count().min(64) as f32;
        let all = (left.1 + right.1) as f32;
        sum + known >= SURROUNDED * (all + known)
            && (left.0.max(right.0) > SURROUNDED || known > CONTEXT as f32)
    }
}

/// What stands before and after `span`.
fn context(text: &Text, span: Span, reach: usize) -> (&str, &str) {
    let content = text.as_str();
    let (start, end) = (span.start().bytes(), span.end().bytes());
    let from = content.floor_char_boundary(start.saturating_sub(reach));
    let to = content.ceil_char_boundary((end + reach).min(content.len()));
    (content.get(from..start).unwrap_or_default(), content.get(end..to).unwrap_or_default())
}

impl Finder {
    /// Looks in `text`.
    pub fn new(text: &Text) -> Self {
        Self { text: text.clone(), folded: OnceLock::new(), seeds: OnceLock::new() }
    }

    /// The place that is most like `quote`, if one fits well and no other nearly as well. Never [`Placement::Exact`].
    pub fn find(&self, quote: &Quote<'_>) -> Placement {
        let sought = Sought::of(quote, self.folded());
        let near = sought.near.map(|near| self.matches_in(near, near, &sought)).unwrap_or_default();
        self.anywhere(&sought, near).unwrap_or(Placement::Nowhere)
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::of(self.text.as_str(), 0))
    }

    fn seeds(&self) -> &Seeds {
        self.seeds.get_or_init(|| Seeds::of(self.folded()))
    }

    /// Looks where the words should be; then anywhere.
    fn near_then_anywhere(
        &self,
        sought: &Sought,
        gone: &Gone,
        mapped: Option<Span>,
    ) -> Option<Placement> {
        let folded = self.folded();
        let (from, to) = (folded.index(gone.bytes.start), folded.index(gone.bytes.end));
        let image = match mapped {
            Some(there) => Some((folded.index(there.start().0), folded.index(there.end().0))),
            None if to - from <= sought.words.len() * 2 + 32 => Some((from, to)),
            None => None,
        };
        let image = image.and_then(|(from, to)| sought.candidate(folded, from, to));
        let mut near = self.matches_in(from, to, sought);
        if let Some(image) = image {
            // By words rather than by letters, unless the letters know much better.
            let beside = |one: &Candidate| one.end <= image.start || image.end <= one.start;
            near.retain(|one| beside(one) || one.score > image.score + BETTER / 2.0);
            near.push(image);
        }
        if let Some(best) = clear_winner(&near).filter(|best| best.score >= CERTAINLY) {
            return self.similar(best);
        }
        self.anywhere(sought, near)
    }

    fn anywhere(&self, sought: &Sought, mut all: Vec<Candidate>) -> Option<Placement> {
        let folded = self.folded();
        let wanted: Vec<char> =
            [&sought.before, &sought.words, &sought.after].into_iter().flatten().copied().collect();
        let lead = sought.before.len();
        let near = sought.near.unwrap_or_default().saturating_sub(lead);
        let known = all.clone();
        for (first, last) in self.seeds().places(&wanted, near) {
            let at = |begin: isize| begin.saturating_add_unsigned(lead).max(0) as usize;
            let found = self.matches_in(at(first), at(last), sought).into_iter();
            let apart = |one: &Candidate, other: &Candidate| {
                one.end <= other.start
                    || other.end <= one.start
                    || one.score > other.score + BETTER / 2.0
            };
            all.extend(found.filter(|one| known.iter().all(|other| apart(one, other))));
        }
        if wanted.len() < 3 {
            let words: String = sought.words.iter().collect();
            let found = self.text.as_str().match_indices(&*words).take(2);
            let found = found.map(|(at, _)| folded.index(at as u32));
            all.extend(
                found.filter_map(|at| sought.candidate(folded, at, at + sought.words.len())),
            );
        }
        self.similar(clear_winner(&all)?)
    }

    /// What is like the quote and begins at `from..to`, or near that.
    fn matches_in(&self, from: usize, to: usize, sought: &Sought) -> Vec<Candidate> {
        let folded = self.folded();
        let length = sought.words.len();
        let most = (length / 2).min(256);
        let margin = most + 64;
        // In a long stretch that was replaced as a whole nothing says where to look.
        let to = to.min(from + 4 * length + 512);
        let start = from.saturating_sub(margin);
        let window = folded.part(start, to + length + margin);
        let found = best(&sought.words, window, most).into_iter().filter_map(|one| {
            let Match { start: first, end, errors } = one;
            let (mut first, mut end) = (start + first, start + end);
            // Of the very words alone nobody knows whether they ended a word.
            if errors > 0 || sought.has_context {
                (first, end) = sought.edges.settled(folded, first, end);
            }
            sought.candidate(folded, first, end)
        });
        found.collect()
    }

    fn similar(&self, candidate: Candidate) -> Option<Placement> {
        let folded = self.folded();
        let (start, end) = (folded.start(candidate.start), folded.end(candidate.end));
        let span = Span::between(Offset(start), Offset(end))
            .filter(|span| start < end && self.text.holds(*span));
        let score = candidate.score.clamp(f32::MIN_POSITIVE, BEST_TO_CONFIRM);
        span.map(|span| Placement::Similar(span, score))
    }
}

/// The best of `all`, if it is good and no other place is nearly as good.
fn clear_winner(all: &[Candidate]) -> Option<Candidate> {
    let better =
        |a: &&Candidate, b: &&Candidate| a.score.total_cmp(&b.score).then(b.start.cmp(&a.start));
    let best = *all.iter().max_by(better)?;
    let elsewhere = |one: &&Candidate| one.end <= best.start || best.end <= one.start;
    let second = all.iter().filter(elsewhere).map(|one| one.score).fold(0.0, f32::max);
    (best.score >= ENOUGH && best.score - second >= BETTER).then_some(best)
}

impl Sought {
    fn of(quote: &Quote<'_>, text: &Folded) -> Self {
        let folded = |words: &str| Folded::of(words, 0).chars;
        let (before, after) = quote.context.unwrap_or_default();
        let first = |words: &str| words.chars().next();
        let last = |words: &str| words.chars().next_back();
        let ends = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(char::is_alphanumeric) && !outer.is_some_and(char::is_alphanumeric)
        };
        let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let (start, end) = (first(quote.words), last(quote.words));
        Self {
            words: folded(quote.words),
            before: folded(before),
            after: folded(after),
            has_context: quote.context.is_some(),
            near: quote.near.map(|near| text.index(near.0)),
            edges: Edges {
                blank: (blank(start), blank(end)),
                whole: (ends(start, last(before)), ends(end, first(after))),
            },
        }
    }

    /// How well the characters `start..end` fit; none if they have too little in common with the quote.
    fn candidate(&self, text: &Folded, start: usize, end: usize) -> Option<Candidate> {
        let there = text.part(start, end);
        let length = self.words.len();
        if there.is_empty() || there.len() > 2 * length + 32 {
            return None;
        }
        let errors = distance(&self.words, there);
        if errors > (length / 2).min(256) {
            return None;
        }
        let mut parts = vec![(50.0, 1.0 - errors as f32 / length.max(1) as f32)];
        if self.has_context {
            let reach = |part: &[char]| part.len() + part.len() / 4;
            let before = text.part(start.saturating_sub(reach(&self.before)), start);
            let after = text.part(end, end + reach(&self.after));
            parts.push((20.0, share(&self.before, before)));
            parts.push((20.0, share(&self.after, after)));
        }
        if let Some(near) = self.near {
            let all = text.chars.len().max(1) as f32;
            parts.push((2.0, 1.0 - (near.abs_diff(start) as f32 / all).min(1.0)));
        }
        let weights: f32 = parts.iter().map(|(weight, _)| weight).sum();
        let score = parts.iter().map(|(weight, part)| weight * part).sum::<f32>() / weights;
        Some(Candidate { start, end, score })
    }
}

impl Edges {
    /// `start..end` without blanks at its ends, and not ending inside a word, where the quote was so too.
    fn settled(self, text: &Folded, mut start: usize, mut end: usize) -> (usize, usize) {
        let at = |index: usize| text.chars.get(index).copied();
        let blank = |index: usize| at(index).is_some_and(char::is_whitespace);
        let inside = |index: usize| {
            let letter = |index: Option<usize>| {
                index.and_then(at).is_some_and(|c| c.is_alphanumeric() && !stands_alone(c))
            };
            letter(index.checked_sub(1)) && letter(Some(index))
        };
        while !self.blank.0 && start + 1 < end && blank(start) {
            start += 1;
        }
        while !self.blank.1 && start + 1 < end && blank(end - 1) {
            end -= 1;
        }
        if self.whole.0 && inside(start) {
            let out = (0..REACH).find(|by| start.checked_sub(*by).is_none_or(|to| !inside(to)));
            let within = (0..REACH).find(|by| !inside(start + by));
            match (out, within) {
                (Some(out), Some(within)) if within < out && start + within < end => {
                    start += within;
                }
                (Some(out), _) => start = start.saturating_sub(out),
                _ => {}
            }
        }
        if self.whole.1 && inside(end) {
            let out = (0..REACH).find(|by| !inside(end + by));
            let within = (0..REACH).find(|by| end.checked_sub(*by).is_some_and(|to| !inside(to)));
            match (out, within) {
                (Some(out), Some(within)) if within < out && start + within < end => end -= within,
                (Some(out), _) => end += out,
                _ => {}
            }
        }
        (start, end)
    }
}

/// No word's end is farther away.
const REACH: usize = 16;

/// Characters of scripts that put no blanks between words: every one may end a word.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}
