//! Which links the two sides have alike: compared through the pairs that their ends are in.
//!
//! A link that leads to an annotation which only one side has is part of that difference and is left out here. Every
//! other one is alike, or in exactly one [`LinkDifference`]; that counts at the pair that comes first in the text, or
//! nowhere in the text where both ends are records.

use crate::model::{Codebook, Project, Record, Relation, RelationId, RelationKindId};
use crate::review::check_sheet::Kinship;
use crate::review::compare::ends::{Ends, Node};
use crate::review::difference::{LinkDifference, Whose};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A link as both sides would say it.
#[derive(Clone, Copy, Debug)]
struct Said<'a> {
    relation: &'a Record<Relation>,
    key: Key<'a>,
}

/// Kind and ends; those of a symmetric kind in a settled order.
type Key<'a> = (&'a RelationKindId, Node<'a>, Node<'a>);

impl<'a> Said<'a> {
    /// The two ends in a settled order, whatever kind leads from which to which.
    fn ends(&self) -> (Node<'a>, Node<'a>) {
        let (_, from, to) = self.key;
        (from.min(to), from.max(to))
    }
}

/// Links that differ, each with the number of the pair that it counts at. Of two in different documents it counts at
/// the one whose `home` comes first, which has to be the same from both sides: how we order documents is not.
pub(crate) fn link_differences<'a, H: Ord>(
    ours: &'a Project,
    theirs: &'a Project,
    ends: &Ends<'a>,
    home: impl Fn(usize) -> H,
) -> Vec<(Option<usize>, LinkDifference)> {
    let symmetric = |kind: &RelationKindId| {
        let is = |codebook: &Codebook| codebook.relation(kind).is_some_and(|kind| kind.symmetric);
        is(&ours.codebook) || is(&theirs.codebook)
    };
    let mut said =
        [said(ours, Whose::Ours, ends, symmetric), said(theirs, Whose::Theirs, ends, symmetric)];
    let mut pairs = Vec::new();
    if Kinship::of(ours, theirs) == Kinship::Copies {
        by_id(&mut said, &mut pairs);
    }
    let [mut ours, mut theirs] = said.map(|said| said.into_values().collect::<Vec<_>>());
    // First what is alike in everything, then in kind and direction, then in the ends alone.
    let alike = |a: &Said<'a>, b: &Said<'a>| same_values(a, b, ends);
    paired(&mut ours, &mut theirs, |said| said.key, alike, &mut pairs);
    paired(&mut ours, &mut theirs, |said| said.key, |_, _| true, &mut pairs);
    paired(&mut ours, &mut theirs, Said::ends, |_, _| true, &mut pairs);
    let differing = pairs.into_iter().filter(|(a, b)| a.key != b.key || !same_values(a, b, ends));
    let both = differing.map(|(ours, theirs)| (Some(ours), Some(theirs)));
    let alone = ours.into_iter().map(|ours| (Some(ours), None));
    let theirs_alone = theirs.into_iter().map(|theirs| (None, Some(theirs)));
    let all = both.chain(alone).chain(theirs_alone);
    all.map(|(ours, theirs)| difference(ours, theirs, &home)).collect()
}

fn said<'a>(
    project: &'a Project,
    whose: Whose,
    ends: &Ends<'a>,
    symmetric: impl Fn(&RelationKindId) -> bool,
) -> BTreeMap<&'a RelationId, Said<'a>> {
    let said = |relation: &'a Arc<Record<Relation>>| {
        let (from, to) = (ends.node(whose, &relation.from)?, ends.node(whose, &relation.to)?);
        let (from, to) =
            if symmetric(&relation.kind) { (from.min(to), from.max(to)) } else { (from, to) };
        Some((&relation.id, Said { relation: relation.as_ref(), key: (&relation.kind, from, to) }))
    };
    project.relations().values().filter_map(said).collect()
}

/// In copies a link is the same one however its kind or ends were changed.
fn by_id<'a>(
    [ours, theirs]: &mut [BTreeMap<&'a RelationId, Said<'a>>; 2],
    pairs: &mut Vec<(Said<'a>, Said<'a>)>,
) {
    ours.retain(|id, one| match theirs.remove(id) {
        Some(other) => {
            pairs.push((*one, other));
            false
        }
        None => true,
    });
}

/// Of links with one key so many are looked at for one that is alike: there is hardly ever more than one.
const LOOKS: usize = 64;

/// Takes pairs that have a key in common, and for which `holds`, out of both lists, in the order of their ids.
fn paired<'a, K: Ord>(
    ours: &mut Vec<Said<'a>>,
    theirs: &mut Vec<Said<'a>>,
    key: impl Fn(&Said<'a>) -> K,
    holds: impl Fn(&Said<'a>, &Said<'a>) -> bool,
    pairs: &mut Vec<(Said<'a>, Said<'a>)>,
) {
    let mut waiting: BTreeMap<K, Vec<Said<'a>>> = BTreeMap::new();
    for one in theirs.drain(..) {
        waiting.entry(key(&one)).or_default().push(one);
    }
    ours.retain(|one| {
        let there = waiting.get_mut(&key(one));
        let at = there
            .as_ref()
            .and_then(|there| there.iter().take(LOOKS).position(|other| holds(one, other)));
        match there.zip(at) {
            Some((there, at)) => {
                pairs.push((*one, there.remove(at)));
                false
            }
            None => true,
        }
    });
    theirs.extend(waiting.into_values().flatten());
    theirs.sort_by(|a, b| a.relation.id.cmp(&b.relation.id));
}

fn same_values<'a>(ours: &Said<'a>, theirs: &Said<'a>, ends: &Ends<'a>) -> bool {
    ends.differing(&ours.relation.features, &theirs.relation.features).is_empty()
}

fn difference<H: Ord>(
    ours: Option<Said<'_>>,
    theirs: Option<Said<'_>>,
    home: &impl Fn(usize) -> H,
) -> (Option<usize>, LinkDifference) {
    let ends = ours.iter().chain(&theirs).flat_map(|said| [said.key.1, said.key.2]);
    let pairs = ends.filter_map(|end| match end {
        Node::Pair(number) => Some(number),
        Node::Record(_) | Node::Alone(..) => None,
    });
    let id = |said: Option<Said<'_>>| said.map(|said| said.relation.id.clone());
    let first = pairs.min_by_key(|number| (home(*number), *number));
    (first, LinkDifference { ours: id(ours), theirs: id(theirs) })
}
