//! Annotations of two coders held against each other as spans: the same place, or at least a shared character.
//!
//! An annotation has at most one counterpart, of the same code. Overlapping ones are paired so that as many as possible
//! have one: the number of pairs then does not depend on any order.

use crate::model::Fragments;
use crate::review::agreement::study::Mark;
use crate::review::agreement::{Figure, Undefined};
use crate::text::{Offset, Span};
use std::collections::{BTreeMap, BTreeSet};

/// How many annotations of a code two coders have, and how many of these have a counterpart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::review::agreement) struct Tally {
    pub(in crate::review::agreement) first: u64,
    pub(in crate::review::agreement) second: u64,
    pub(in crate::review::agreement) exact: u64,
    /// None where the pairing would take too long.
    pub(in crate::review::agreement) overlapping: Option<u64>,
}

/// Precision, recall and their harmonic mean: 2 × shared / (first + second). Which coder is held to be right changes
/// precision and recall, not F1.
pub fn f1(shared: u64, first: u64, second: u64) -> Figure {
    if first + second == 0 {
        return Figure::undefined(Undefined::NothingTagged);
    }
    let mut parts = Vec::new();
    for (name, of) in [("precision", second), ("recall", first)] {
        if of > 0 {
            parts.push((name, shared as f64 / of as f64));
        }
    }
    Figure::of(2.0 * shared as f64 / (first + second) as f64, parts)
}

/// Of each two coders who are there, by code.
pub(in crate::review::agreement) fn tallies(
    marks: &[Vec<Mark>],
    present: &[bool],
) -> BTreeMap<(usize, usize), BTreeMap<usize, Tally>> {
    let by_code: Vec<BTreeMap<usize, Vec<&Fragments>>> = marks.iter().map(|m| sorted(m)).collect();
    let here = || by_code.iter().zip(present).enumerate().filter(|(_, (_, present))| **present);
    let mut tallies = BTreeMap::new();
    for (a, (first, _)) in here() {
        for (b, (second, _)) in here().filter(|(b, _)| a < *b) {
            let codes: BTreeSet<usize> = first.keys().chain(second.keys()).copied().collect();
            let tally = |code| {
                let of =
                    |side: &BTreeMap<usize, Vec<_>>| side.get(&code).cloned().unwrap_or_default();
                (code, tally(&of(first), &of(second)))
            };
            tallies.insert((a, b), codes.into_iter().map(tally).collect());
        }
    }
    tallies
}

fn sorted(marks: &[Mark]) -> BTreeMap<usize, Vec<&Fragments>> {
    let mut by_code: BTreeMap<usize, Vec<&Fragments>> = BTreeMap::new();
    for mark in marks {
        by_code.entry(mark.code).or_default().push(&mark.fragments);
    }
    for places in by_code.values_mut() {
        places.sort();
    }
    by_code
}

fn tally(first: &[&Fragments], second: &[&Fragments]) -> Tally {
    Tally {
        first: first.len() as u64,
        second: second.len() as u64,
        exact: exactly(first, second).len() as u64,
        overlapping: overlapping(first, second).map(|pairs| pairs.len() as u64),
    }
}

/// Indexes of places that are the same on both sides; both are sorted.
pub(in crate::review::agreement) fn exactly(
    first: &[&Fragments],
    second: &[&Fragments],
) -> Vec<(usize, usize)> {
    let (mut pairs, mut at) = (Vec::new(), 0);
    for (index, place) in first.iter().enumerate() {
        at += second.iter().skip(at).take_while(|other| *other < place).count();
        if second.get(at) == Some(place) {
            pairs.push((index, at));
            at += 1;
        }
    }
    pairs
}

/// The most comparisons that pairing annotations in several parts may take, in one place.
const LIMIT: usize = 20_000_000;

/// As many pairs as possible of places that share a character; none if that cannot be found in a reasonable time. Both
/// sides are sorted.
pub(in crate::review::agreement) fn overlapping(
    first: &[&Fragments],
    second: &[&Fragments],
) -> Option<Vec<(usize, usize)>> {
    let mut places: Vec<Placed<'_>> = Vec::with_capacity(first.len() + second.len());
    for (side, all) in [(Side::First, first), (Side::Second, second)] {
        places.extend(all.iter().enumerate().map(|(index, place)| Placed { side, index, place }));
    }
    places.sort_by_key(|placed| placed.place.hull());
    let mut pairs = Vec::new();
    let mut rest = places.as_slice();
    while let Some(length) = together(rest) {
        let (here, others) = rest.split_at_checked(length)?;
        if here.iter().any(|placed| placed.place.is_discontinuous()) {
            pairs.extend(by_search(here)?);
        } else {
            pairs.extend(by_ends(here));
        }
        rest = others;
    }
    pairs.sort_unstable();
    Some(pairs)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

#[derive(Clone, Copy, Debug)]
struct Placed<'a> {
    side: Side,
    index: usize,
    place: &'a Fragments,
}

impl Placed<'_> {
    fn start(&self) -> Offset {
        self.place.hull().start()
    }

    fn end(&self) -> Offset {
        self.place.hull().end()
    }
}

/// How many of the first places hang together by overlapping hulls.
fn together(places: &[Placed<'_>]) -> Option<usize> {
    let mut end = places.first()?.end();
    let reach = |placed: &&Placed<'_>| {
        let meets = placed.start() < end;
        end = end.max(placed.end());
        meets
    };
    Some(1 + places.iter().skip(1).take_while(reach).count())
}

/// Pairs by a walk along the ends. What ends takes of those that it lies on the one that ends first: the others can be
/// had by everything that comes later and could have had this one, so no pair is lost.
fn by_ends(places: &[Placed<'_>]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Event {
        // What ends where another starts shares nothing with it.
        End,
        Start,
    }
    let event = |(at, placed): (usize, &Placed<'_>)| {
        [(placed.start(), Event::Start, at), (placed.end(), Event::End, at)]
    };
    let mut events: Vec<(Offset, Event, usize)> =
        places.iter().enumerate().flat_map(event).collect();
    events.sort_unstable();
    // Those that have started and have no counterpart, by end.
    let mut open: [BTreeSet<(Offset, usize)>; 2] = Default::default();
    let mut pairs = Vec::new();
    for (_, event, at) in events {
        let Some(here) = places.get(at) else { continue };
        let [first, second] = &mut open;
        let (mine, theirs) = match here.side {
            Side::First => (first, second),
            Side::Second => (second, first),
        };
        let key = (here.end(), at);
        if event == Event::Start {
            mine.insert(key);
        } else if mine.remove(&key)
            && let Some((_, other)) = theirs.pop_first()
            && let Some(other) = places.get(other)
        {
            pairs.push(ordered(here, other));
        }
    }
    pairs
}

fn ordered(one: &Placed<'_>, other: &Placed<'_>) -> (usize, usize) {
    match one.side {
        Side::First => (one.index, other.index),
        Side::Second => (other.index, one.index),
    }
}

/// Pairs by looking for chains that free a counterpart (Kuhn 1955): needed where something lies between the parts of
/// an annotation.
fn by_search(places: &[Placed<'_>]) -> Option<Vec<(usize, usize)>> {
    let side = |side| places.iter().filter(move |placed| placed.side == side);
    let (first, second): (Vec<_>, Vec<_>) =
        (side(Side::First).collect(), side(Side::Second).collect());
    if first.len().saturating_mul(second.len()).saturating_mul(first.len()) > LIMIT {
        return None;
    }
    let meets = |one: &&Placed<'_>| {
        let shares = |(_, other): &(usize, &&Placed<'_>)| shared_bytes(one.place, other.place) > 0;
        second.iter().enumerate().filter(shares).map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let meets: Vec<Vec<usize>> = first.iter().map(meets).collect();
    let mut partner: Vec<Option<usize>> = vec![None; second.len()];
    for start in 0..first.len() {
        free(start, &meets, &mut partner);
    }
    let pair = |(second_at, first_at): (usize, Option<usize>)| {
        Some(ordered(first.get(first_at?)?, second.get(second_at)?))
    };
    Some(partner.into_iter().enumerate().filter_map(pair).collect())
}

/// Finds a counterpart for `start`, if need be by giving others another one.
fn free(start: usize, meets: &[Vec<usize>], partner: &mut [Option<usize>]) {
    // For each of the other side from whom it was reached.
    let mut from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut waiting = std::collections::VecDeque::from([start]);
    while let Some(one) = waiting.pop_front() {
        for other in meets.get(one).into_iter().flatten() {
            if from.contains_key(other) {
                continue;
            }
            from.insert(*other, one);
            match partner.get(*other).copied().flatten() {
                Some(taken) => waiting.push_back(taken),
                None => return rechain(*other, &from, partner),
            }
        }
    }
}

/// Gives `last` to whom it was reached from, what that one had to the one before, and so on.
fn rechain(last: usize, from: &BTreeMap<usize, usize>, partner: &mut [Option<usize>]) {
    let mut next = Some(last);
    while let Some(other) = next {
        let Some(one) = from.get(&other).copied() else { return };
        next = partner.iter().position(|had| *had == Some(one));
        if let Some(place) = partner.get_mut(other) {
            *place = Some(one);
        }
    }
}

/// How many bytes two places share.
fn shared_bytes(one: &Fragments, other: &Fragments) -> u32 {
    let (mut sum, mut from) = (0, 0);
    let all = other.spans();
    for part in one.spans() {
        from += all.iter().skip(from).take_while(|span| span.end() <= part.start()).count();
        let met = all.iter().skip(from).take_while(|span| span.start() < part.end());
        sum += met.map(|span| shared(*part, *span)).sum::<u32>();
    }
    sum
}

fn shared(one: Span, other: Span) -> u32 {
    let (start, end) = (one.start().max(other.start()), one.end().min(other.end()));
    end.0.saturating_sub(start.0)
}
