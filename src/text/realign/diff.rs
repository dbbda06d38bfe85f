//! Where two rows of tokens differ, in little more than linear time, whatever they are.
//!
//! Groups of tokens that both rows have once are matched first, in the longest order that they keep; between them the
//! shortest difference is looked for (Myers' algorithm), but not farther than is worth it: what has nearly nothing in
//! common is one hunk. Ready-made differs were tried: on a word that is repeated ten thousand times they take a minute.

use std::ops::Range;

/// Tokens in a group.
const GROUP: usize = 8;
/// What differs more between two matched groups is one hunk.
const MOST: isize = 512;

/// Tokens of the first row that were replaced by tokens of the second; either may be none.
pub(in crate::text::realign) type Replaced = (Range<usize>, Range<usize>);

/// Where `old` and `new` differ, ascending; between two hunks at least one token is the same.
pub(in crate::text::realign) fn hunks(old: &[u64], new: &[u64]) -> Vec<Replaced> {
    let mut all = Hunks::default();
    let mut at = (0, 0);
    let end = (old.len(), new.len());
    for (i, j) in anchors(old, new).into_iter().chain([end]) {
        if i < at.0 || j < at.1 {
            continue;
        }
        all.between(old, new, at.0..i, at.1..j);
        at = (i + 1, j + 1);
    }
    all.0
}

#[derive(Default)]
struct Hunks(Vec<Replaced>);

impl Hunks {
    fn push(&mut self, old: Range<usize>, new: Range<usize>) {
        match self.0.last_mut() {
            _ if old.is_empty() && new.is_empty() => {}
            Some((a, b)) if a.end == old.start && b.end == new.start => {
                (a.end, b.end) = (old.end, new.end);
            }
            _ => self.0.push((old, new)),
        }
    }

    /// Adds where these parts differ.
    fn between(&mut self, old: &[u64], new: &[u64], mut a: Range<usize>, mut b: Range<usize>) {
        while a.start < a.end && b.start < b.end && old.get(a.start) == new.get(b.start) {
            (a.start, b.start) = (a.start + 1, b.start + 1);
        }
        while a.start < a.end && b.start < b.end && old.get(a.end - 1) == new.get(b.end - 1) {
            (a.end, b.end) = (a.end - 1, b.end - 1);
        }
        let there = old.get(a.clone()).zip(new.get(b.clone()));
        let there = there.filter(|(old, new)| !old.is_empty() && !new.is_empty());
        let Some(same) = there.and_then(|(old, new)| in_common(old, new)) else {
            self.push(a, b);
            return;
        };
        let mut at = (a.start, b.start);
        for (i, j) in same {
            self.push(at.0..a.start + i, at.1..b.start + j);
            at = (a.start + i + 1, b.start + j + 1);
        }
        self.push(at.0..a.end, at.1..b.end);
    }
}

/// Where groups begin that each row has once, ascending in both rows.
fn anchors(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    let (once_old, once_new) = (once(old), once(new));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut others = once_new.iter().peekable();
    for (group, at) in &once_old {
        while others.next_if(|(other, _)| other < group).is_some() {}
        if let Some((_, there)) = others.next_if(|(other, _)| other == group) {
            pairs.push((*at, *there));
        }
    }
    pairs.sort_unstable();
    ascending(&pairs)
}

/// The groups that a row has once, with their places, sorted.
fn once(row: &[u64]) -> Vec<(u64, usize)> {
    let mix = |mixed: u64, token: &u64| {
        (mixed.rotate_left(9) ^ token).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let group = |tokens: &[u64]| tokens.iter().fold(0, mix);
    let mut all: Vec<(u64, usize)> = row.windows(GROUP).map(group).zip(0..).collect();
    all.sort_unstable();
    let alone = all.chunk_by(|(a, _), (b, _)| a == b).filter(|twins| twins.len() == 1);
    alone.flatten().copied().collect()
}

/// The longest choice of `pairs`, which ascend in the first place, that ascends in the second too.
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    // The last pair of the best choice of each length, and what comes before each pair in its choice.
    let mut lasts: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, there)) in pairs.iter().enumerate() {
        let length = lasts.partition_point(|last| second(*last) < *there);
        before.push(length.checked_sub(1).and_then(|shorter| lasts.get(shorter)).copied());
        match lasts.get_mut(length) {
            Some(last) => *last = at,
            None => lasts.push(at),
        }
    }
    let first = lasts.last().copied();
    let chosen = std::iter::successors(first, |at| before.get(*at).copied().flatten());
    let mut chosen: Vec<(usize, usize)> = chosen.filter_map(|at| pairs.get(at)).copied().collect();
    chosen.reverse();
    chosen
}

/// The tokens that both rows have, by the shortest difference; none if that is too long.
fn in_common(old: &[u64], new: &[u64]) -> Option<Vec<(usize, usize)>> {
    let (n, m) = (old.len().cast_signed(), new.len().cast_signed());
    let most = MOST.min(isize::midpoint(n, m) + 8);
    let width = 2 * most as usize + 3;
    // How far along `old` each diagonal has come; diagonals are counted from `-most - 1`.
    let slot = |diagonal: isize| (diagonal + most + 1) as usize;
    let mut reached = vec![0_isize; width];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    for errors in 0..=most {
        let kept = reached.get(slot(-errors - 1)..=slot((errors + 1).min(most + 1)));
        trace.push(kept.unwrap_or_default().to_vec());
        for diagonal in (-errors..=errors).step_by(2) {
            let at = |diagonal: isize| reached.get(slot(diagonal)).copied().unwrap_or_default();
            let down =
                diagonal == -errors || (diagonal != errors && at(diagonal - 1) < at(diagonal + 1));
            let mut x = if down { at(diagonal + 1) } else { at(diagonal - 1) + 1 };
            if errors == 0 {
                x = 0;
            }
            while x < n
                && x - diagonal < m
                && x >= diagonal
                && old.get(x as usize) == new.get((x - diagonal) as usize)
            {
                x += 1;
            }
            if let Some(place) = reached.get_mut(slot(diagonal)) {
                *place = x;
            }
            if x >= n && x - diagonal >= m {
                return Some(walked_back(&trace, (n, m)));
            }
        }
    }
    None
}

/// The tokens in common on the way that `trace` tells of.
fn walked_back(trace: &[Vec<isize>], (n, m): (isize, isize)) -> Vec<(usize, usize)> {
    let (mut x, mut y) = (n, m);
    let mut same = Vec::new();
    for (errors, reached) in trace.iter().enumerate().rev() {
        let errors = errors.cast_signed();
        let at = |diagonal: isize| {
            reached.get((diagonal + errors + 1) as usize).copied().unwrap_or_default()
        };
        let diagonal = x - y;
        let down =
            diagonal == -errors || (diagonal != errors && at(diagonal - 1) < at(diagonal + 1));
        let (from_x, from_y) = match (errors, down) {
            (0, _) => (0, 0),
            (_, true) => (at(diagonal + 1), at(diagonal + 1) - diagonal - 1),
            (_, false) => (at(diagonal - 1), at(diagonal - 1) - diagonal + 1),
        };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            same.push((x as usize, y as usize));
        }
        (x, y) = (from_x, from_y);
    }
    same.reverse();
    same
}

#[cfg(test)]
mod tests {
    use crate::text::realign::diff::hunks;
    use proptest::prelude::*;

    /// What is the same by the hunks must be the same; and between two hunks something is.
    #[track_caller]
    fn holds(old: &[u64], new: &[u64]) -> usize {
        let (mut at, mut changed) = ((0, 0), 0);
        let all = hunks(old, new);
        for (index, (a, b)) in all.iter().enumerate() {
            assert!(index == 0 || a.start > at.0, "{all:?}");
            assert_eq!(old[at.0..a.start], new[at.1..b.start], "{all:?}");
            at = (a.end, b.end);
            changed += a.len() + b.len();
        }
        assert_eq!(old[at.0..], new[at.1..], "{all:?}");
        changed
    }

    /// The length of the shortest difference, by the textbook.
    fn shortest(old: &[u64], new: &[u64]) -> usize {
        let mut row: Vec<usize> = (0..=new.len()).collect();
        for (i, a) in old.iter().enumerate() {
            let mut next = vec![i + 1];
            for (j, b) in new.iter().enumerate() {
                let same = if a == b { row[j] } else { usize::MAX };
                next.push(same.min(row[j + 1] + 1).min(next[j] + 1));
            }
            row = next;
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn hunks_say_all_that_differs(
            old in prop::collection::vec(0_u64..6, 0..80), new in prop::collection::vec(0_u64..6, 0..80),
        ) {
            holds(&old, &new);
        }

        #[test]
        fn of_two_short_rows_it_is_the_shortest(
            old in prop::collection::vec(0_u64..9, 0..7), new in prop::collection::vec(0_u64..9, 0..7),
        ) {
            prop_assert_eq!(holds(&old, &new), shortest(&old, &new));
        }

        #[test]
        fn a_few_corrections_are_found_as_such(
            old in prop::collection::vec(0_u64..40, 100..400),
            at in prop::collection::vec((0_usize..1000, 0_usize..3), 0..6),
        ) {
            let mut new = old.clone();
            for (at, what) in &at {
                let at = at % new.len();
                match what {
                    0 => new.insert(at, 99),
                    1 => drop(new.remove(at)),
                    _ => new[at] = 98,
                }
            }
            prop_assert!(holds(&old, &new) <= 2 * at.len() + 2);
        }
    }

    #[test]
    fn what_was_moved_stands_once_and_what_is_strange_is_one_hunk() {
        let old: Vec<u64> = (0..3000).collect();
        let moved: Vec<u64> = (0..100).chain(200..3000).chain(100..200).collect();
        assert_eq!(hunks(&old, &moved), [(100..200, 100..100), (3000..3000, 2900..3000)]);
        let strange: Vec<u64> = (10_000..13_000).collect();
        assert_eq!(hunks(&old, &strange), [(0..3000, 0..3000)]);
        assert_eq!(hunks(&[], &[]), []);
        assert_eq!(hunks(&vec![7; 40_000], &vec![7; 39_000]), [(39_000..40_000, 39_000..39_000)]);
    }
}
