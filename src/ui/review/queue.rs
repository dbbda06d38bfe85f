//! Which differences are shown, in which order, and how far one is: worked out when something changes, then kept.

use crate::model::{AnnotationId, Decision, DecisionId, DocumentId, LayerId, Project, Record};
use crate::review::{Class, ClassCounts, Comparison, Difference, SideBySide, decisions_about};
use crate::ui::itself::Itself;
use crate::ui::review::session::Visit;
use crate::ui::review::{List, ReviewDesk, Verdict};
use crate::ui::view::View;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Classes that are not.
    pub hidden: BTreeSet<Class>,
    /// Only this layer.
    pub layer: Option<LayerId>,
    /// Only this document of mine, or of theirs where only they have it.
    pub document: Option<DocumentId>,
    /// Only what this person made: mine, or theirs where only they have it.
    pub annotator: Option<SmolStr>,
    /// In which order.
    pub order: Order,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            hidden: BTreeSet::from([Class::Same]),
            layer: None,
            document: None,
            annotator: None,
            order: Order::default(),
        }
    }
}

impl Filter {
    /// Nothing but the usual is hidden; the order stays.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { order: self.order, ..Self::default() }
    }
}

/// The order of differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The heaviest first, equals where they are in the text.
    #[default]
    Weight,
    /// Where they are in the text.
    Place,
}

/// How many there are of what can be filtered by; each as if its own filter were not set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// By class.
    pub classes: ClassCounts,
    /// By layer, of the classes shown.
    pub layers: BTreeMap<LayerId, usize>,
    /// By document.
    pub documents: BTreeMap<DocumentId, usize>,
    /// By annotator.
    pub annotators: BTreeMap<SmolStr, usize>,
    /// Those of each class that are not decided.
    pub open: ClassCounts,
}

/// How far one is with a guest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All that differ.
    pub all: usize,
    /// Those that are decided.
    pub decided: usize,
    /// Those about which the author is asked.
    pub asked: usize,
}

/// What was worked out, and from what.
#[derive(Default)]
pub struct Kept {
    from: Option<From>,
    queue: Arc<[usize]>,
    rows: Arc<[usize]>,
    facets: Facets,
    /// What is decided, of each guest.
    states: Vec<States>,
    progress: Vec<Progress>,
}

/// What was decided about which difference.
pub type States = BTreeMap<usize, Arc<Record<Decision>>>;

#[derive(Clone, PartialEq)]
struct From {
    project: Itself<Project>,
    comparisons: Vec<Itself<Comparison>>,
    guest: usize,
    filter: Filter,
    list: List,
}

impl Kept {
    /// The differences that the filters let through.
    pub fn queue(&self) -> &Arc<[usize]> {
        &self.queue
    }

    /// The rows of the list in the drawer.
    pub fn rows(&self) -> &Arc<[usize]> {
        &self.rows
    }

    /// How many guests there are.
    pub fn guests(&self) -> usize {
        self.progress.len()
    }

    /// How far one is with a guest.
    pub fn progress(&self, guest: usize) -> Progress {
        self.progress.get(guest).copied().unwrap_or_default()
    }

    /// What was decided about a difference with a guest.
    pub fn verdict(&self, guest: usize, at: usize) -> Option<Verdict> {
        self.decision(guest, at).map(|decision| decision.verdict)
    }

    /// The decision about a difference with a guest.
    pub fn decision(&self, guest: usize, at: usize) -> Option<&Arc<Record<Decision>>> {
        self.states.get(guest)?.get(&at)
    }

    /// Where the difference is about which this was decided: the guest, and its place in the comparison.
    pub fn place_of(&self, decision: &DecisionId) -> Option<(usize, usize)> {
        let all = self.states.iter().enumerate();
        let mut all = all.flat_map(|(guest, states)| states.iter().map(move |one| (guest, one)));
        all.find(|(_, (_, one))| one.id == *decision).map(|(guest, (at, _))| (guest, *at))
    }

    /// Counts for the filters.
    pub fn facets(&self) -> &Facets {
        &self.facets
    }
}

/// Brings the queue up to date.
pub fn refresh(view: &View<'_>, review: &mut ReviewDesk) {
    crate::ui::review::work::refresh(view, review);
    crate::ui::review::records::refresh(view, review);
    let Some(session) = &review.session else {
        review.kept = Kept::default();
        return;
    };
    let from = From {
        project: Itself::of(view.bench.project()),
        comparisons: session.visits.iter().map(|visit| Itself::of(&visit.comparison)).collect(),
        guest: review.guest,
        filter: review.filter.clone(),
        list: review.list,
    };
    if review.kept.from.as_ref() == Some(&from) {
        return;
    }
    let states: Vec<States> =
        session.visits.iter().map(|visit| states(view.project, visit)).collect();
    let progress = session.visits.iter().zip(&states);
    let progress = progress.map(|(visit, states)| progress_of(visit, states)).collect();
    let mut kept = Kept { from: Some(from), states, progress, ..Kept::default() };
    if let Some(visit) = review.visit() {
        let decided = kept.states.get(review.guest).cloned().unwrap_or_default();
        let (queue, facets) = shown(view.project, visit, &review.filter, &decided);
        let rows: Vec<usize> = match review.list {
            List::Differences => queue.clone(),
            List::Decided => queue.iter().copied().filter(|at| decided.contains_key(at)).collect(),
            List::Questions => {
                let asked = decided.iter().filter(|(_, one)| one.verdict == Verdict::Ask);
                asked.map(|(at, _)| *at).collect()
            }
            List::Figure => Vec::new(),
        };
        (kept.queue, kept.rows, kept.facets) = (queue.into(), rows.into(), facets);
    }
    review.kept = kept;
}

/// What the filters let through, in order; and the counts for them.
fn shown(
    project: &Project,
    visit: &Visit,
    filter: &Filter,
    decided: &States,
) -> (Vec<usize>, Facets) {
    let all = &visit.comparison.differences;
    let mut queue: Vec<usize> = Vec::new();
    let mut facets = Facets::default();
    let (mut classes, mut open) = (Vec::new(), Vec::new());
    for (at, one) in all.iter().enumerate() {
        let by = maker(project, visit, one);
        let class = !filter.hidden.contains(&one.class);
        let layer = filter.layer.as_ref().is_none_or(|layer| *layer == one.layer);
        let document = filter.document.as_ref().is_none_or(|document| *document == one.document);
        let annotator = filter.annotator.as_ref().is_none_or(|name| *name == by);
        if layer && document && annotator {
            classes.push(one.class);
            if one.differs() && !decided.contains_key(&at) {
                open.push(one.class);
            }
        }
        if class && document && annotator {
            *facets.layers.entry(one.layer.clone()).or_default() += 1;
        }
        if class && layer && annotator {
            *facets.documents.entry(one.document.clone()).or_default() += 1;
        }
        if class && layer && document {
            *facets.annotators.entry(by).or_default() += 1;
        }
        if class && layer && document && annotator {
            queue.push(at);
        }
    }
    facets.classes = classes.into_iter().collect();
    facets.open = open.into_iter().collect();
    if filter.order == Order::Weight {
        queue.sort_by_key(|at| all.get(*at).map(|one| weight(one.class)));
    }
    (queue, facets)
}

/// Who made what a difference is about: theirs where they have it, else mine.
pub fn maker(project: &Project, visit: &Visit, one: &Difference) -> SmolStr {
    let of = |project: &Project, id: &AnnotationId| {
        project.annotation(id)?.made.as_ref().map(|stamp| SmolStr::from(stamp.by().as_str()))
    };
    let theirs = one.theirs.as_ref().and_then(|id| of(&visit.guest.project, id));
    let mine = || one.ours.as_ref().and_then(|id| of(visit.mine(project, id)?, id));
    theirs.or_else(mine).unwrap_or_default()
}

/// What was decided about the guest's differences.
fn states(project: &Project, visit: &Visit) -> States {
    if project.decisions().is_empty() {
        return States::new();
    }
    decisions_about(&SideBySide::new(project, &visit.guest, &visit.comparison))
}

fn progress_of(visit: &Visit, decided: &States) -> Progress {
    let all = visit.comparison.differences.iter().enumerate().filter(|(_, one)| one.differs());
    let mut progress = Progress::default();
    for (at, _) in all {
        progress.all += 1;
        progress.decided += usize::from(decided.contains_key(&at));
        progress.asked +=
            usize::from(decided.get(&at).is_some_and(|one| one.verdict == Verdict::Ask));
    }
    progress
}

/// The heaviest first, what is the same last.
fn weight(class: Class) -> u8 {
    match class {
        Class::Boundary => 0,
        Class::Code => 1,
        Class::Entity => 2,
        Class::Features => 3,
        Class::Links => 4,
        Class::OnlyOurs => 5,
        Class::OnlyTheirs => 6,
        Class::Same => 7,
    }
}
