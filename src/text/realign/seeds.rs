//! Where a text may hold something like given words: by the rarest groups of three characters in both.
//!
//! Looking through a whole text for each of many lost quotes would take minutes; this costs little more than what is
//! found. It only names places to look at, the best first.

use crate::text::realign::folded::Folded;

/// Characters in a group.
const GROUP: usize = 3;
/// So many places are considered for one quote, and so many groups.
const MOST_HITS: usize = 2048;
const MOST_GROUPS: usize = 48;
/// So many places are named.
const MOST_PLACES: usize = 8;

/// All groups of three characters of a text.
#[derive(Debug)]
pub(in crate::text::realign) struct Seeds {
    /// Where in `positions` those of each bucket begin; one more at the end.
    heads: Vec<u32>,
    /// Indices into the text's characters, ascending in each bucket.
    positions: Vec<u32>,
}

fn bucket(group: &[char], buckets: usize) -> usize {
    let mixed = group.iter().fold(0_u64, |mixed, c| {
        (mixed.rotate_left(21) ^ u64::from(u32::from(*c))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    (mixed >> 32) as usize % buckets.max(1)
}

impl Seeds {
    pub(in crate::text::realign) fn of(text: &Folded) -> Self {
        let groups = || text.chars.windows(GROUP);
        let buckets = text.chars.len().next_power_of_two().clamp(1 << 8, 1 << 22);
        let mut heads = vec![0_u32; buckets + 1];
        for group in groups() {
            if let Some(count) = heads.get_mut(bucket(group, buckets) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for head in &mut heads {
            sum += *head;
            *head = sum;
        }
        let mut next = heads.clone();
        let mut positions = vec![0_u32; sum as usize];
        for (at, group) in groups().enumerate() {
            let Some(head) = next.get_mut(bucket(group, buckets)) else { continue };
            if let Some(slot) = positions.get_mut(*head as usize) {
                *slot = at as u32;
            }
            *head += 1;
        }
        Self { heads, positions }
    }

    fn of_group(&self, group: &[char]) -> &[u32] {
        let bucket = bucket(group, self.heads.len() - 1);
        let head = |at: usize| self.heads.get(at).copied().unwrap_or_default() as usize;
        self.positions.get(head(bucket)..head(bucket + 1)).unwrap_or_default()
    }

    /// The characters of the text at which `wanted` may begin, likeliest first: earliest and latest of each place.
    pub(in crate::text::realign) fn places(
        &self,
        wanted: &[char],
        near: usize,
    ) -> Vec<(isize, isize)> {
        let mut lists: Vec<(usize, &[u32])> = wanted
            .windows(GROUP)
            .enumerate()
            .map(|(at, group)| (at, self.of_group(group)))
            .filter(|(_, list)| !list.is_empty())
            .collect();
        lists.sort_by_key(|(at, list)| (list.len(), *at));
        let mut begins: Vec<isize> = Vec::new();
        for (at, list) in lists.into_iter().take(MOST_GROUPS) {
            let room = MOST_HITS.saturating_sub(begins.len());
            if room == 0 {
                break;
            }
            let list = nearest(list, near + at, room);
            begins.extend(
                list.iter().map(|position| (*position as usize).cast_signed() - at.cast_signed()),
            );
        }
        begins.sort_unstable();
        let mut places = clusters(&begins, (wanted.len().cast_signed() / 8).max(8));
        let distance = |place: &(isize, isize)| place.0.abs_diff(near.cast_signed());
        places.sort_by_key(|(hits, place)| (std::cmp::Reverse(*hits), distance(place), *place));
        places.into_iter().take(MOST_PLACES).map(|(_, place)| place).collect()
    }
}

/// The part of `sorted` with at most `most` entries around `near`.
fn nearest(sorted: &[u32], near: usize, most: usize) -> &[u32] {
    let middle = sorted.partition_point(|position| (*position as usize) < near);
    let from = middle.saturating_sub(most / 2).min(sorted.len().saturating_sub(most));
    sorted.get(from..(from + most).min(sorted.len())).unwrap_or_default()
}

/// Stretches of `sorted` that are no longer than `width`, with how many are in each.
fn clusters(sorted: &[isize], width: isize) -> Vec<(usize, (isize, isize))> {
    let mut all: Vec<(usize, (isize, isize))> = Vec::new();
    for begin in sorted {
        match all.last_mut() {
            Some((hits, (first, last))) if begin - *first <= width => {
                *hits += 1;
                *last = *begin;
            }
            _ => all.push((1, (*begin, *begin))),
        }
    }
    all
}
