//! Which differences are decided already: the decisions of the project, laid over a comparison.
//!
//! A decision holds as long as the guest says what it said then: whoever opens a newer version of the guest finds open
//! again what was changed in it. What was taken beside mine is not asked about once more.

use crate::model::{
    AnnotationId, Decision, EntityId, Features, GuestName, Project, Record, RelationId,
    RelationKindId, Stated, StatedLink, Value,
};
use crate::review::decide::SideBySide;
use crate::review::derived::{decision_id, taken_annotation};
use crate::review::difference::Difference;
use crate::review::records::stated_record;
use std::collections::BTreeMap;
use std::sync::Arc;

type Decisions = BTreeMap<AnnotationId, Arc<Record<Decision>>>;

/// The decisions about a guest by the place in the comparison of the difference that they settle.
pub fn decisions_about(case: &SideBySide<'_>) -> BTreeMap<usize, Arc<Record<Decision>>> {
    let ledger = Ledger::of(case);
    if ledger.by_ours.is_empty() && ledger.by_theirs.is_empty() {
        return BTreeMap::new();
    }
    let all = case.comparison.differences.iter().enumerate();
    all.filter_map(|(at, one)| Some((at, Arc::clone(ledger.decision_about(one)?)))).collect()
}

/// The annotation of `project` that a decision is about: mine, else what was taken from them.
pub fn annotation_of(project: &Project, decision: &Decision) -> Option<AnnotationId> {
    let theirs = decision.theirs.as_ref().map(|theirs| &theirs.id);
    let taken = theirs.map(|id| taken_annotation(&decision.guest.project, id));
    let copied = theirs.filter(|_| project.id == decision.guest.project).cloned();
    let ours = decision.ours.as_ref().map(|ours| ours.id.clone());
    let all = ours.into_iter().chain(copied).chain(taken);
    all.into_iter().find(|id| project.annotation(id).is_some())
}

/// The decisions about records of a guest that still hold, by our record and theirs.
pub fn record_decisions_about(
    case: &SideBySide<'_>,
) -> BTreeMap<(EntityId, EntityId), Arc<Record<Decision>>> {
    let guest = case.guest_name();
    let about = case.ours.decisions().values().filter(|one| one.guest == guest);
    let held = about.filter_map(|decision| {
        let both = decision.records.as_ref()?;
        let now = case.guest.project.entities().get(&both.theirs.id)?;
        let now = stated_record(&case.guest.project, now);
        let then = &both.theirs;
        let same = (&now.layer, &now.name, &now.aliases, &now.code)
            == (&then.layer, &then.name, &then.aliases, &then.code)
            && alike(&now.features, &then.features)
            && links(&now.links) == links(&then.links);
        same.then(|| ((both.ours.id.clone(), then.id.clone()), Arc::clone(decision)))
    });
    held.collect()
}

/// My decisions about one guest that still hold, by what they are about.
pub(crate) struct Ledger {
    guest: GuestName,
    by_ours: Decisions,
    by_theirs: Decisions,
}

impl Ledger {
    pub(crate) fn of(case: &SideBySide<'_>) -> Self {
        let guest = case.guest_name();
        let mut ledger = Self { guest, by_ours: Decisions::new(), by_theirs: Decisions::new() };
        let mut taken = Decisions::new();
        for decision in case.ours.decisions().values().filter(|one| one.guest == ledger.guest) {
            if let Some(theirs) = &decision.theirs {
                if !still_says(case, theirs) {
                    continue;
                }
                ledger.by_theirs.insert(theirs.id.clone(), Arc::clone(decision));
                let copy = taken_annotation(&ledger.guest.project, &theirs.id);
                taken.insert(copy, Arc::clone(decision));
                if case.ours.id == ledger.guest.project {
                    taken.insert(theirs.id.clone(), Arc::clone(decision));
                }
            }
            if let Some(ours) = &decision.ours {
                ledger.by_ours.insert(ours.id.clone(), Arc::clone(decision));
            }
        }
        for (id, decision) in taken {
            ledger.by_ours.entry(id).or_insert(decision);
        }
        ledger
    }

    /// The decision about exactly these two; else one for every side that is there.
    pub(crate) fn decision_about(&self, difference: &Difference) -> Option<&Arc<Record<Decision>>> {
        let ours = difference.ours.as_ref().map(|id| self.by_ours.get(id));
        let theirs = difference.theirs.as_ref().map(|id| self.by_theirs.get(id));
        let exact = decision_id(&self.guest, difference.ours.as_ref(), difference.theirs.as_ref());
        let found = [ours.flatten(), theirs.flatten()];
        let exact = found.into_iter().flatten().find(|decision| decision.id == exact);
        // A side that is there and that nothing was decided about leaves it open.
        exact.or_else(|| match (ours, theirs) {
            (Some(ours), Some(theirs)) => ours.and(theirs),
            (one, other) => one.or(other).flatten(),
        })
    }
}

/// Whether the guest still says what it said when it was decided.
fn still_says(case: &SideBySide<'_>, then: &Stated) -> bool {
    case.their_statement(&then.id).is_some_and(|now| {
        now.layer == then.layer
            && now.code == then.code
            && now.quote == then.quote
            && now.entity.as_ref().map(|(id, _)| id) == then.entity.as_ref().map(|(id, _)| id)
            && alike(&now.features, &then.features)
            && links(&now.links) == links(&then.links)
    })
}

fn links(stated: &[StatedLink]) -> Vec<(&RelationId, &RelationKindId)> {
    let mut all: Vec<_> = stated.iter().map(|link| (&link.id, &link.kind)).collect();
    all.sort();
    all
}

/// What my codebook does not know was kept as text and cannot be told from what the guest's knows.
fn alike(now: &Features, then: &Features) -> bool {
    let foreign = |value: &Value| matches!(value, Value::Foreign(_));
    now.keys().eq(then.keys())
        && now.values().zip(then.values()).all(|(a, b)| a == b || foreign(a) || foreign(b))
}
