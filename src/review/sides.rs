//! Merging one record: which sides of it are still wanted, and what is known of erasures.
//!
//! Knows one id at a time and nothing of what leads to it; that is `closure`. Start at [`merged`].

use crate::model::{Record, RecordId, Tombstone, Unknown, Version};
use std::cmp::Reverse;
use std::sync::Arc;

/// What one project knows of one id.
pub(crate) struct Copy<'a, T> {
    pub(crate) record: Option<&'a Arc<Record<T>>>,
    pub(crate) tombstone: Option<&'a Arc<Tombstone>>,
}

/// What both projects together know of one id.
pub(crate) struct Outcome<R> {
    /// What stands.
    pub(crate) live: Option<R>,
    /// The erasures that it has not seen, or all of them where nothing stands.
    pub(crate) tombstone: Option<Tombstone>,
    /// All sides of both copies, newest first, wanted or not.
    pub(crate) known: Vec<R>,
}

impl<T: Clone + PartialEq> Copy<'_, T> {
    fn sides(&self) -> Vec<Record<T>> {
        let mut sides = Vec::new();
        for record in
            self.record.into_iter().flat_map(|r| std::iter::once(r.as_ref()).chain(&r.conflict))
        {
            sides.push(Record { conflict: thin_vec::ThinVec::new(), ..record.clone() });
        }
        sides
    }

    fn context(&self) -> Version {
        let erased = self.tombstone.map(|tombstone| tombstone.version.clone()).unwrap_or_default();
        self.record.map(|record| record.seen()).unwrap_or_default().join(&erased)
    }
}

/// Both copies of the record `id` as one.
///
/// ```text
/// a copy of a record   sides    what somebody wrote and nobody has overwritten: none, one, or a conflict
///                      context  every edit the copy has seen: versions of its sides, joined with its tombstone's
/// merged               a side stays if both copies have it, or if the other copy has not seen it
/// ```
///
/// So a side is dropped only by someone who saw it, and order does not matter. An erasure is a copy without sides: it
/// drops what it saw, and a concurrent edit outlives it. The tombstone then stays beside the record, because the edit
/// has *not* seen the erasure: were the two versions joined, the next edit of the same hand would look concurrent.
pub(crate) fn merged<T: Clone + PartialEq>(
    id: &RecordId,
    ours: &Copy<'_, T>,
    theirs: &Copy<'_, T>,
    shown: impl Fn(&T) -> String,
) -> Outcome<Record<T>> {
    let context = ours.context().join(&theirs.context());
    let (our_sides, their_sides) = (ours.sides(), theirs.sides());
    let mut kept = wanted(&our_sides, &their_sides, &theirs.context());
    kept.extend(wanted(&their_sides, &our_sides, &ours.context()));
    let kept = as_they_stood(ordered(kept, &shown), &our_sides, &their_sides);
    let live = in_conflict(kept);
    let seen = live.as_ref().map(Record::seen).unwrap_or_default();
    // Beside a record the tombstone says only what the record has not seen, else it would seem to be newer.
    let unseen = unseen(&context, &seen);
    let tombstone =
        (!unseen.is_empty()).then(|| tombstone(id, unseen, ours.tombstone, theirs.tombstone));
    let known = ordered(our_sides.into_iter().chain(their_sides).collect(), &shown);
    Outcome { live, tombstone, known }
}

/// What of `erasure` somebody who has seen `seen` does not know.
pub(crate) fn unseen(erasure: &Version, seen: &Version) -> Version {
    let more = erasure.entries().filter(|(hand, count)| seen.seen(hand) < *count);
    more.map(|(hand, count)| (hand.clone(), count)).collect()
}

/// The sides that the other copy has too, under the same version at least, or has not seen. A record that was revived
/// because something leads to it has the very version of its tombstone, and stays.
fn wanted<T: Clone>(
    sides: &[Record<T>],
    others: &[Record<T>],
    context: &Version,
) -> Vec<Record<T>> {
    let has = |side: &Record<T>| others.iter().any(|other| other.version == side.version);
    let stays = |side: &&Record<T>| {
        has(side) || !context.dominates(&side.version) || *context == side.version
    };
    sides.iter().filter(stays).cloned().collect()
}

/// The sides in an order that does not depend on whose they are, newest first. Equal versions with equal content are
/// one side; equal content alone is not, else the order of merges would show.
fn ordered<T: PartialEq>(
    mut sides: Vec<Record<T>>,
    shown: &impl Fn(&T) -> String,
) -> Vec<Record<T>> {
    if sides.len() > 1 {
        sides.sort_by_cached_key(|side| {
            let edits: u64 = side.version.entries().map(|(_, count)| u64::from(count)).sum();
            let content = (shown(&side.value), side.unknown.clone());
            Reverse((edits, side.version.clone(), content, side.revised.clone(), side.made.clone()))
        });
        sides.dedup_by(|a, b| {
            a.version == b.version && a.value == b.value && a.unknown == b.unknown
        });
    }
    sides
}

/// The sides in the order in which a copy has exactly these, if no copy has them in another: an undone decision puts
/// back in front what stood there, and an older copy shall not turn them round.
fn as_they_stood<T: PartialEq>(
    kept: Vec<Record<T>>,
    ours: &[Record<T>],
    theirs: &[Record<T>],
) -> Vec<Record<T>> {
    let is = |a: &Record<T>, b: &Record<T>| {
        a.version == b.version && a.value == b.value && a.unknown == b.unknown
    };
    let order = |copy: &[Record<T>]| -> Option<Vec<usize>> {
        let place = |side: &Record<T>| copy.iter().position(|other| is(side, other));
        (kept.len() > 1 && kept.len() == copy.len())
            .then(|| kept.iter().map(place).collect())
            .flatten()
    };
    let places = match (order(ours), order(theirs)) {
        (Some(ours), Some(theirs)) if ours != theirs => return kept,
        (Some(places), _) | (None, Some(places)) => places,
        (None, None) => return kept,
    };
    let mut sorted: Vec<(usize, Record<T>)> = places.into_iter().zip(kept).collect();
    sorted.sort_by_key(|(place, _)| *place);
    sorted.into_iter().map(|(_, side)| side).collect()
}

/// The sides as one record: the first, with the others as its conflict.
fn in_conflict<T>(sides: Vec<Record<T>>) -> Option<Record<T>> {
    let mut sides = sides.into_iter();
    let first = sides.next()?;
    Some(Record { conflict: sides.collect(), ..first })
}

fn tombstone(
    id: &RecordId,
    version: Version,
    ours: Option<&Arc<Tombstone>>,
    theirs: Option<&Arc<Tombstone>>,
) -> Tombstone {
    let (merged_into, unknown) = match (ours, theirs) {
        (Some(a), Some(b)) if a.version != b.version && a.version.dominates(&b.version) => said(a),
        (Some(a), Some(b)) if a.version != b.version && b.version.dominates(&a.version) => said(b),
        (Some(a), Some(b)) => said(a).max(said(b)),
        (Some(one), None) | (None, Some(one)) => said(one),
        (None, None) => (None, Unknown::default()),
    };
    Tombstone { id: id.clone(), version, merged_into, unknown }
}

fn said(tombstone: &Tombstone) -> (Option<RecordId>, Unknown) {
    (tombstone.merged_into.clone(), tombstone.unknown.clone())
}
