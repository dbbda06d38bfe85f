//! Which differences are decided already: the decisions of the project, laid over a comparison.
//!
//! A decision holds as long as the guest says what it said then: whoever opens a newer version of the guest finds open
//! again what was changed in it. What was taken beside mine is not asked about once more.

use crate::model::{
    AnnotationId, Decision, DecisionId, End, EntityId, Features, GuestName, Project, Record,
    RelationId, RelationKindId, Shelf, Stated, StatedLink, Value,
};
use crate::review::decide::SideBySide;
use crate::review::derived::{decision_id, taken_annotation};
use crate::review::difference::Difference;
use crate::review::records::stated_record;
use crate::review::stated::quote;
use crate::review::taking_back::gives_up_mine;
use imbl::ordmap::DiffItem;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The decisions about a guest by the place in the comparison of the difference that they settle.
pub fn decisions_about(case: &SideBySide<'_>) -> BTreeMap<usize, Arc<Record<Decision>>> {
    let mut settled = Settled::default();
    settled.follow(case);
    let all = settled.by_place.into_iter().enumerate();
    all.filter_map(|(at, one)| Some((at, one?))).collect()
}

/// Which differences with one guest are decided; kept while one decides, so that each choice among fifty thousand is
/// found at once.
#[derive(Debug, Default)]
pub struct Settled {
    ledger: Ledger,
    by_place: Vec<Option<Arc<Record<Decision>>>>,
}

impl Settled {
    /// Sees which decisions have come, gone or changed since it was asked last. It must always be asked about the same
    /// guest and comparison.
    pub fn follow(&mut self, case: &SideBySide<'_>) {
        let all = &case.comparison.differences;
        self.by_place.resize(all.len(), None);
        let by_id = &case.comparison.by_id;
        let touched = self.ledger.follow(case);
        let places = touched.iter().flat_map(|id| {
            [by_id.place_of_ours(all, id), by_id.place_of_theirs(all, id)].into_iter().flatten()
        });
        for at in places.collect::<BTreeSet<usize>>() {
            if let (Some(one), Some(place)) = (all.get(at), self.by_place.get_mut(at)) {
                *place = self.ledger.decision_about(one).cloned();
            }
        }
    }

    /// What it knows, if that is all that was decided in `case`.
    pub(crate) fn ledger(&self, case: &SideBySide<'_>) -> Option<&Ledger> {
        Some(&self.ledger).filter(|ledger| ledger.is_of(case))
    }

    /// What was decided about the difference at that place of the comparison.
    pub fn decision(&self, at: usize) -> Option<&Arc<Record<Decision>>> {
        self.by_place.get(at)?.as_ref()
    }

    /// What was decided about each difference, by its place in the comparison.
    pub fn all(&self) -> &[Option<Arc<Record<Decision>>>] {
        &self.by_place
    }
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
    let about = case.ours.decisions().values();
    let about = about.filter(|one| one.records.is_some() && one.guest == guest);
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

/// Decisions by an annotation that they are about. Of several the one with the last id counts.
type Decisions = BTreeMap<(AnnotationId, DecisionId), Arc<Record<Decision>>>;

/// My decisions about one guest that still hold, by what they are about.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    guest: Option<GuestName>,
    /// All decisions as they were looked at last.
    known: Shelf<DecisionId, Decision>,
    by_ours: Decisions,
    by_theirs: Decisions,
    /// By what theirs is called here where it was taken beside mine.
    by_taken: Decisions,
    /// By what mine led to.
    by_end: Decisions,
}

impl Ledger {
    pub(crate) fn of(case: &SideBySide<'_>) -> Self {
        let mut ledger = Self::default();
        ledger.follow(case);
        ledger
    }

    /// Sees what was decided since; the annotations of both sides about which something else may hold now.
    fn follow(&mut self, case: &SideBySide<'_>) -> BTreeSet<AnnotationId> {
        let now = case.ours.decisions();
        let guest = self.guest.get_or_insert_with(|| case.guest_name()).clone();
        let before = std::mem::replace(&mut self.known, now.clone());
        let mut touched = BTreeSet::new();
        if before.ptr_eq(now) {
            return touched;
        }
        for change in before.diff(now) {
            let (old, new) = match change {
                DiffItem::Add(_, new) => (None, Some(new)),
                DiffItem::Update { old: (_, old), new: (_, new) } => (Some(old), Some(new)),
                DiffItem::Remove(_, old) => (Some(old), None),
            };
            if let Some(old) = old.filter(|old| old.guest == guest) {
                self.forget(case, old, &mut touched);
            }
            if let Some(new) = new.filter(|new| new.guest == guest && holds(case, new)) {
                self.learn(case, new, &mut touched);
            }
        }
        touched
    }

    fn forget(
        &mut self,
        case: &SideBySide<'_>,
        old: &Record<Decision>,
        touched: &mut BTreeSet<AnnotationId>,
    ) {
        let about = About::of(case, old);
        for (list, keys) in self.lists(about) {
            for id in keys {
                list.remove(&(id.clone(), old.id.clone()));
                touched.insert(id);
            }
        }
    }

    fn learn(
        &mut self,
        case: &SideBySide<'_>,
        new: &Arc<Record<Decision>>,
        touched: &mut BTreeSet<AnnotationId>,
    ) {
        let about = About::of(case, new);
        for (list, keys) in self.lists(about) {
            for id in keys {
                list.insert((id.clone(), new.id.clone()), Arc::clone(new));
                touched.insert(id);
            }
        }
    }

    fn lists(&mut self, about: About) -> [(&mut Decisions, Vec<AnnotationId>); 4] {
        [
            (&mut self.by_ours, about.ours),
            (&mut self.by_theirs, about.theirs),
            (&mut self.by_taken, about.taken),
            (&mut self.by_end, about.ends),
        ]
    }

    /// Whether it knows all that was decided in `case`, and nothing else.
    fn is_of(&self, case: &SideBySide<'_>) -> bool {
        let guest = self.guest.as_ref();
        guest.is_some_and(|guest| {
            guest.name == case.guest.name && guest.project == case.guest.project.id
        }) && self.known.ptr_eq(case.ours.decisions())
    }

    /// Whether anything was decided about an annotation of mine.
    pub(crate) fn decides_about(&self, ours: &AnnotationId) -> bool {
        last(&self.by_ours, ours).or_else(|| last(&self.by_taken, ours)).is_some()
    }

    /// Whether an annotation of mine was decided away.
    pub(crate) fn is_away(&self, project: &Project, ours: &AnnotationId) -> bool {
        project.annotation(ours).is_none() && self.decides_about(ours)
    }

    /// Whether an annotation of mine is not what it was, by what was decided about it last.
    pub(crate) fn gave_up(&self, ours: &AnnotationId) -> bool {
        let last = last(&self.by_ours, ours);
        last.is_some_and(|one| gives_up_mine(one.verdict))
    }

    /// What mine had said that led to `id`, in the decisions that were made after that about `id`.
    pub(crate) fn led_to(&self, id: &AnnotationId) -> Vec<&Stated> {
        let Some(about) = last(&self.by_ours, id) else { return Vec::new() };
        let later = of(&self.by_end, id).filter(|one| !about.version.dominates(&one.version));
        later.filter_map(|one| one.ours.as_deref()).collect()
    }

    /// The decision about exactly these two; else one for every side that is there.
    pub(crate) fn decision_about(&self, difference: &Difference) -> Option<&Arc<Record<Decision>>> {
        let mine = |id| last(&self.by_ours, id).or_else(|| last(&self.by_taken, id));
        let ours = difference.ours.as_ref().map(mine);
        let theirs = difference.theirs.as_ref().map(|id| last(&self.by_theirs, id));
        let exact = match (ours.flatten(), theirs.flatten()) {
            (None, None) => None,
            (ours, theirs) => {
                let both = (difference.ours.as_ref(), difference.theirs.as_ref());
                let id = self.guest.as_ref().map(|guest| decision_id(guest, both.0, both.1));
                let mut found = [ours, theirs].into_iter().flatten();
                found.find(|decision| Some(&decision.id) == id.as_ref())
            }
        };
        // A side that is there and that nothing was decided about leaves it open.
        exact.or_else(|| match (ours, theirs) {
            (Some(ours), Some(theirs)) => ours.and(theirs),
            (one, other) => one.or(other).flatten(),
        })
    }
}

/// The annotations that a decision is about.
struct About {
    ours: Vec<AnnotationId>,
    theirs: Vec<AnnotationId>,
    /// What theirs is called here where it was taken beside mine.
    taken: Vec<AnnotationId>,
    /// What mine led to.
    ends: Vec<AnnotationId>,
}

impl About {
    fn of(case: &SideBySide<'_>, decision: &Decision) -> Self {
        let theirs = decision.theirs.as_ref().map(|theirs| theirs.id.clone());
        let copies = case.ours.id == case.guest.project.id;
        let called = theirs.iter().map(|id| taken_annotation(&case.guest.project.id, id));
        Self {
            ours: decision.ours.iter().map(|ours| ours.id.clone()).collect(),
            ends: decision.ours.iter().flat_map(|ours| ends(ours)).collect(),
            taken: called.chain(theirs.iter().filter(|_| copies).cloned()).collect(),
            theirs: theirs.into_iter().collect(),
        }
    }
}

/// The annotations that links and references of it led to.
fn ends(stated: &Stated) -> impl Iterator<Item = AnnotationId> {
    let references = stated.features.values().filter_map(|value| match value {
        Value::Reference(end) => Some(end),
        _ => None,
    });
    let all = stated.links.iter().map(|link| &link.other).chain(references);
    all.filter_map(|end| match end {
        End::Annotation(id) => Some(id.clone()),
        End::Entity(_) => None,
    })
}

/// The decisions about an annotation.
fn of<'d>(
    all: &'d Decisions,
    id: &AnnotationId,
) -> impl Iterator<Item = &'d Arc<Record<Decision>>> {
    let (from, id) = ((id.clone(), DecisionId::new("")), id.clone());
    let there = all.range(from..).take_while(move |((other, _), _)| *other == id);
    there.map(|(_, decision)| decision)
}

/// The last of the decisions about an annotation.
fn last<'d>(all: &'d Decisions, id: &AnnotationId) -> Option<&'d Arc<Record<Decision>>> {
    of(all, id).last()
}

/// Whether the guest still says what it said when it was decided.
fn holds(case: &SideBySide<'_>, decision: &Decision) -> bool {
    let Some(then) = &decision.theirs else { return true };
    let guest = &case.guest.project;
    guest.annotation(&then.id).is_some_and(|now| {
        let entity = now.entity.as_ref().filter(|id| guest.entities().contains_key(*id));
        now.layer == then.layer
            && now.code == then.code
            && quote(guest, now) == &*then.quote
            && entity == then.entity.as_ref().map(|(id, _)| id)
            && alike(&now.features, &then.features)
            && links_at(guest, &then.id) == links(&then.links)
    })
}

fn links_at<'p>(
    project: &'p Project,
    id: &AnnotationId,
) -> Vec<(&'p RelationId, &'p RelationKindId)> {
    let end = End::Annotation(id.clone());
    let mut all: Vec<_> = project.relations_at(&end).map(|link| (&link.id, &link.kind)).collect();
    all.sort();
    all
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
