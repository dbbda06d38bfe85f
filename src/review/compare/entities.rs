//! Which record of theirs is which of ours: by id in copies, by name, by alias, by what their mentions share.
//!
//! A pair is made only where each is the other's only candidate, so it does not matter who is asked first. Everything
//! but ids and what a person has confirmed is a proposal, and says why.

use crate::model::{AnnotationId, Entity, EntityId, LayerId, Project};
use crate::query::comparable;
use crate::review::check_sheet::Kinship;
use crate::review::compare::ends::Ends;
use crate::review::compare::pairing::Pairing;
use crate::review::derived::{is_taken, taken_entity};
use crate::review::difference::Whose;
use crate::review::entity_pairs::{EntityChoices, EntityPair, EntityPairs, RecordAspect, Why};
use crate::review::guest::{Guest, RecordsSaid};
use std::collections::{BTreeMap, BTreeSet};

/// Annotations that are one thing to both must speak of two records at least so often before the two are taken for
/// one; once is enough for records that share a name with others.
const SHARED: usize = 2;

/// A name that more records of a side have tells nothing, and is not looked at.
const NAMESAKES: usize = 64;

/// The records of two projects while they are paired.
#[derive(Clone, Debug)]
pub(crate) struct Records<'a> {
    ours: &'a Project,
    theirs: &'a Project,
    /// What theirs say.
    said: RecordsSaid,
    choices: &'a EntityChoices,
    /// By theirs.
    found: BTreeMap<&'a EntityId, (&'a EntityId, Why)>,
    /// Ours that have a partner.
    taken: BTreeSet<&'a EntityId>,
}

impl<'a> Records<'a> {
    /// What can be told without annotations.
    pub(crate) fn named(ours: &'a Project, guest: &'a Guest, choices: &'a EntityChoices) -> Self {
        let theirs = &guest.project;
        let (found, taken) = (BTreeMap::new(), BTreeSet::new());
        let mut records = Self { ours, theirs, said: guest.records, choices, found, taken };
        for (ours, theirs) in &choices.confirmed {
            if records.has_both(ours, theirs) && !records.found.contains_key(theirs) {
                records.add(ours, theirs, Why::Confirmed);
            }
        }
        if Kinship::of(ours, theirs) == Kinship::Copies {
            for id in ours.entities().keys().filter(|id| theirs.entities().contains_key(*id)) {
                records.propose(id, id, Why::SameId);
            }
        }
        for id in theirs.entities().keys() {
            let taken = taken_entity(&theirs.id, id);
            if let Some((here, _)) = ours.entities().get_key_value(&taken) {
                records.propose(here, id, Why::SameId);
            }
        }
        records.pair_by(Why::Name, |entity| vec![folded(&entity.name)]);
        records.pair_by(Why::Alias, |entity| entity.names().map(|name| folded(name)).collect());
        records
    }

    fn has_both(&self, ours: &EntityId, theirs: &EntityId) -> bool {
        self.ours.entities().contains_key(ours) && self.theirs.entities().contains_key(theirs)
    }

    fn add(&mut self, ours: &'a EntityId, theirs: &'a EntityId, why: Why) {
        self.found.insert(theirs, (ours, why));
        self.taken.insert(ours);
    }

    /// Adds a pair unless one of the two has a partner or a person refused it.
    fn propose(&mut self, ours: &'a EntityId, theirs: &'a EntityId, why: Why) {
        let refused = self.choices.refused.contains(&(ours.clone(), theirs.clone()));
        if !refused && self.is_free(ours, theirs) {
            self.add(ours, theirs, why);
        }
    }

    fn is_free(&self, ours: &EntityId, theirs: &EntityId) -> bool {
        !self.taken.contains(ours) && !self.found.contains_key(theirs)
    }

    /// Pairs records without a partner that have a key in common which no other has.
    fn pair_by(&mut self, why: Why, keys: impl Fn(&Entity) -> Vec<String>) {
        let mut ours = by_key(self.ours, &keys, |id| !self.taken.contains(id));
        let theirs = by_key(self.theirs, &keys, |id| !self.found.contains_key(id));
        // A record may meet several others under several keys: then it is not clear which one it is.
        let mut met: BTreeSet<(&EntityId, &EntityId)> = BTreeSet::new();
        for (key, theirs) in theirs {
            let ours = ours.remove(&key).unwrap_or_default();
            if ours.len().max(theirs.len()) <= NAMESAKES {
                let pairs =
                    ours.iter().flat_map(|ours| theirs.iter().map(|theirs| (*ours, *theirs)));
                met.extend(pairs);
            }
        }
        let refused = |pair: &(&EntityId, &EntityId)| {
            self.choices.refused.contains(&(pair.0.clone(), pair.1.clone()))
        };
        let met: Vec<_> = met.into_iter().filter(|pair| !refused(pair)).collect();
        for (ours, theirs) in only_candidates(&met) {
            self.propose(ours, theirs, why);
        }
    }

    /// What annotations that are one thing to both tell about records that have no partner yet.
    pub(crate) fn mentioned(&mut self, pairings: &[Pairing<'a>]) {
        let mut shared: BTreeMap<(&'a EntityId, &'a EntityId), usize> = BTreeMap::new();
        let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
        for pairing in pairings.iter().filter(|pairing| pairing.held_by == Whose::Both) {
            let our_record = pairing.ours.and_then(|one| one.entity.as_ref());
            let their_record = pairing.theirs.and_then(|one| one.entity.as_ref());
            if let Some(id) = our_record {
                *ours.entry(id).or_insert(0_usize) += 1;
            }
            if let Some(id) = their_record {
                *theirs.entry(id).or_insert(0_usize) += 1;
            }
            if let Some((ours, theirs)) = our_record.zip(their_record)
                && self.is_free(ours, theirs)
                && self.of_one_layer(ours, theirs)
            {
                *shared.entry((ours, theirs)).or_default() += 1;
            }
        }
        let strong: Vec<((&EntityId, &EntityId), Why)> = shared
            .into_iter()
            .filter_map(|((one, other), shared)| {
                let all = ours.get(one)? + theirs.get(other)?;
                let (joint, enough) =
                    (all - shared, if self.share_a_name(one, other) { 1 } else { SHARED });
                let strong = shared >= enough && shared * 2 > joint;
                strong.then_some(((one, other), Why::Mentions { shared, joint }))
            })
            .collect();
        let candidates: Vec<_> = strong.iter().map(|(pair, _)| *pair).collect();
        let clear: BTreeSet<_> = only_candidates(&candidates).collect();
        for ((ours, theirs), why) in strong.into_iter().filter(|(pair, _)| clear.contains(pair)) {
            self.propose(ours, theirs, why);
        }
    }

    /// Whether two annotations are one by their ids: the very same, or one was taken from the other in a review.
    pub(crate) fn are_one_by_id(&self, ours: &AnnotationId, theirs: &AnnotationId) -> bool {
        ours == theirs
            || is_taken(ours, &self.theirs.id, theirs)
            || is_taken(theirs, &self.ours.id, ours)
    }

    fn of_one_layer(&self, ours: &EntityId, theirs: &EntityId) -> bool {
        let both = self.ours.entities().get(ours).zip(self.theirs.entities().get(theirs));
        both.is_some_and(|(ours, theirs)| ours.layer == theirs.layer)
    }

    fn share_a_name(&self, ours: &EntityId, theirs: &EntityId) -> bool {
        let both = self.ours.entities().get(ours).zip(self.theirs.entities().get(theirs));
        both.is_some_and(|(ours, theirs)| {
            let names: Vec<String> = theirs.names().map(|name| folded(name)).collect();
            ours.names().any(|name| names.contains(&folded(name)))
        })
    }

    /// Our record for theirs.
    pub(crate) fn ours_for(&self, theirs: &EntityId) -> Option<&'a EntityId> {
        self.found.get(theirs).map(|(ours, _)| *ours)
    }

    /// Whether a record of ours has a partner.
    pub(crate) fn has_partner(&self, ours: &EntityId) -> bool {
        self.taken.contains(ours)
    }

    /// Whether both are one record, or neither is any.
    pub(crate) fn are_one(&self, ours: Option<&EntityId>, theirs: Option<&EntityId>) -> bool {
        match (ours, theirs) {
            (None, None) => true,
            (Some(ours), Some(theirs)) => self.ours_for(theirs) == Some(ours),
            _ => false,
        }
    }

    /// Whether their file would name a record of ours: one that nothing mentions has no place in every file.
    fn could_be_said(&self, ours: &EntityId) -> bool {
        self.said == RecordsSaid::Whole || self.ours.mentions_of(ours).next().is_some()
    }

    /// The pairs with what they differ in, and who has none.
    pub(crate) fn settled(&self, ends: &Ends<'a>) -> EntityPairs {
        let pair = |(theirs, (ours, why)): (&&EntityId, &(&EntityId, Why))| {
            let both = self.ours.entities().get(*ours).zip(self.theirs.entities().get(*theirs));
            let mut differs = both.map_or_else(Vec::new, |(a, b)| differs(a, b, ends));
            if self.said == RecordsSaid::Names {
                differs.retain(|aspect| *aspect == RecordAspect::Name);
            }
            EntityPair { ours: (*ours).clone(), theirs: (*theirs).clone(), why: *why, differs }
        };
        let alone = |project: &'a Project, has: &dyn Fn(&EntityId) -> bool| {
            project.entities().keys().filter(|id| !has(id)).cloned().collect()
        };
        let known = |id: &EntityId| self.taken.contains(id) || !self.could_be_said(id);
        EntityPairs::new(
            self.found.iter().map(pair).collect(),
            alone(self.ours, &known),
            alone(self.theirs, &|id| self.found.contains_key(id)),
        )
    }
}

/// Records of one name and code that no other of their layer has on its side, ours first: whatever else is said of them,
/// they are asked about together.
pub fn namesakes(ours: &Project, guest: &Guest) -> BTreeSet<(EntityId, EntityId)> {
    let theirs = &guest.project;
    let names = |entity: &Entity| vec![folded(&entity.name)];
    let mut here = by_key(ours, &names, |_| true);
    let there = by_key(theirs, &names, |_| true);
    let code = |project: &Project, id: &EntityId| {
        project.entities().get(id).map(|entity| entity.code.clone())
    };
    let only = |ids: BTreeSet<&EntityId>| match ids.len() {
        1 => ids.into_iter().next().cloned(),
        _ => None,
    };
    let pairs = there.into_iter().filter_map(|(key, theirs_of_it)| {
        let pair = only(here.remove(&key)?).zip(only(theirs_of_it))?;
        let alike = code(ours, &pair.0) == code(theirs, &pair.1);
        (alike || guest.records == RecordsSaid::Names).then_some(pair)
    });
    pairs.collect()
}

/// The records of `project` that are `free`, by layer and key.
fn by_key<'a>(
    project: &'a Project,
    keys: &impl Fn(&Entity) -> Vec<String>,
    free: impl Fn(&EntityId) -> bool,
) -> BTreeMap<(&'a LayerId, String), BTreeSet<&'a EntityId>> {
    let mut by_key: BTreeMap<_, BTreeSet<&EntityId>> = BTreeMap::new();
    for entity in project.entities().values().filter(|entity| free(&entity.id)) {
        for key in keys(entity).into_iter().filter(|key| !key.is_empty()) {
            by_key.entry((&entity.layer, key)).or_default().insert(&entity.id);
        }
    }
    by_key
}

/// Those of `pairs` in which each is the only candidate of the other.
fn only_candidates<'p, 'a>(
    pairs: &'p [(&'a EntityId, &'a EntityId)],
) -> impl Iterator<Item = (&'a EntityId, &'a EntityId)> + use<'p, 'a> {
    let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
    for (one, other) in pairs {
        *ours.entry(*one).or_insert(0_usize) += 1;
        *theirs.entry(*other).or_insert(0_usize) += 1;
    }
    let only = move |(one, other): &(&'a EntityId, &'a EntityId)| {
        ours.get(one) == Some(&1) && theirs.get(other) == Some(&1)
    };
    pairs.iter().copied().filter(only)
}

/// A name as it is compared: case, composition and the number of blanks left out.
fn folded(name: &str) -> String {
    comparable(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn differs(ours: &Entity, theirs: &Entity, ends: &Ends<'_>) -> Vec<RecordAspect> {
    let aliases = |entity: &Entity| entity.aliases.iter().cloned().collect::<BTreeSet<_>>();
    let mut differs = Vec::new();
    if ours.name != theirs.name {
        differs.push(RecordAspect::Name);
    }
    if aliases(ours) != aliases(theirs) {
        differs.push(RecordAspect::Aliases);
    }
    if (&ours.code, &ours.layer) != (&theirs.code, &theirs.layer) {
        differs.push(RecordAspect::Code);
    }
    let features = ends.differing(&ours.features, &theirs.features);
    differs.extend(features.into_iter().map(RecordAspect::Feature));
    differs
}
