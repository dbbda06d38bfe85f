//! Which differences are shown, in which order, and how far one is: worked out when something changes, then kept.

use crate::model::{Decision, DecisionId, DocumentId, LayerId, Project, Record};
use crate::review::{Class, ClassCounts, Comparison, Settled, SideBySide};
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

/// What was worked out, and from what. After a decision only what it changes is looked at again, however many
/// differences there are.
#[derive(Default)]
pub struct Kept {
    from: Option<From>,
    laid: Laid,
    rows: Arc<[usize]>,
    guests: Vec<Known>,
}

/// What the filters let through, of the guest that is shown; decisions change nothing about it.
#[derive(Default)]
struct Laid {
    from: Option<(Itself<Comparison>, Filter)>,
    queue: Arc<[usize]>,
    facets: Facets,
}

/// What is decided about a guest.
struct Known {
    comparison: Itself<Comparison>,
    settled: Settled,
    progress: Progress,
}

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
        &self.laid.queue
    }

    /// The rows of the list in the drawer.
    pub fn rows(&self) -> &Arc<[usize]> {
        &self.rows
    }

    /// How many guests there are.
    pub fn guests(&self) -> usize {
        self.guests.len()
    }

    /// How far one is with a guest.
    pub fn progress(&self, guest: usize) -> Progress {
        self.guests.get(guest).map(|known| known.progress).unwrap_or_default()
    }

    /// What is decided about a guest.
    pub fn settled(&self, guest: usize) -> Option<&Settled> {
        self.guests.get(guest).map(|known| &known.settled)
    }

    /// What was decided about a difference with a guest.
    pub fn verdict(&self, guest: usize, at: usize) -> Option<Verdict> {
        self.decision(guest, at).map(|decision| decision.verdict)
    }

    /// The decision about a difference with a guest.
    pub fn decision(&self, guest: usize, at: usize) -> Option<&Arc<Record<Decision>>> {
        self.settled(guest)?.decision(at)
    }

    /// Where the difference is about which this was decided: the guest, and its place in the comparison.
    pub fn place_of(&self, decision: &DecisionId) -> Option<(usize, usize)> {
        let is = |one: &Option<Arc<Record<Decision>>>| {
            one.as_ref().is_some_and(|one| one.id == *decision)
        };
        let mut all = self.guests.iter().map(|known| known.settled.all()).enumerate();
        all.find_map(|(guest, all)| Some((guest, all.iter().position(is)?)))
    }

    /// Counts for the filters.
    pub fn facets(&self) -> &Facets {
        &self.laid.facets
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
    let kept = &mut review.kept;
    if kept.from.as_ref() == Some(&from) {
        return;
    }
    kept.guests.truncate(session.visits.len());
    for (at, visit) in session.visits.iter().enumerate() {
        match kept.guests.get_mut(at) {
            Some(known) if known.comparison == Itself::of(&visit.comparison) => {
                known.follow(view.project, visit);
            }
            _ => {
                let mut known = Known::of(visit);
                known.follow(view.project, visit);
                kept.guests.splice(at..(at + 1).min(kept.guests.len()), [known]);
            }
        }
    }
    if let (Some(visit), Some(known)) =
        (session.visits.get(review.guest), kept.guests.get(review.guest))
    {
        let laid = Some((Itself::of(&visit.comparison), review.filter.clone()));
        if kept.laid.from != laid {
            kept.laid = Laid { from: laid, ..laid_out(visit, &review.filter) };
        }
        let (laid, settled) = (&kept.laid, &known.settled);
        let decided = || laid.queue.iter().filter(|at| settled.decision(**at).is_some()).copied();
        let asked = |one: &Arc<Record<Decision>>| one.verdict == Verdict::Ask;
        kept.rows = match review.list {
            List::Differences => Arc::clone(&laid.queue),
            List::Decided => decided().collect(),
            List::Questions => {
                let all = settled.all().iter().enumerate();
                let all = all.filter(|(_, one)| one.as_ref().is_some_and(asked));
                all.map(|(at, _)| at).collect()
            }
            List::Figure => Arc::default(),
        };
    } else {
        (kept.laid, kept.rows) = (Laid::default(), Arc::default());
    }
    kept.from = Some(from);
}

impl Known {
    fn of(visit: &Visit) -> Self {
        let (settled, progress) = (Settled::default(), Progress::default());
        Self { comparison: Itself::of(&visit.comparison), settled, progress }
    }

    fn follow(&mut self, project: &Project, visit: &Visit) {
        self.settled.follow(&SideBySide::new(project, &visit.guest, &visit.comparison));
        let all = visit.comparison.differences.iter().zip(self.settled.all());
        let mut progress = Progress::default();
        for (_, decision) in all.filter(|(one, _)| one.differs()) {
            progress.all += 1;
            let Some(decision) = decision else { continue };
            progress.decided += 1;
            progress.asked += usize::from(decision.verdict == Verdict::Ask);
        }
        self.progress = progress;
    }
}

/// What the filters let through, in order; and the counts for them.
fn laid_out(visit: &Visit, filter: &Filter) -> Laid {
    let all = &visit.comparison.differences;
    let (mut queue, mut classes) = (Vec::new(), Vec::new());
    let (mut layers, mut documents, mut annotators) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (at, (one, by)) in all.iter().zip(visit.makers.iter()).enumerate() {
        let class = !filter.hidden.contains(&one.class);
        let layer = filter.layer.as_ref().is_none_or(|layer| *layer == one.layer);
        let document = filter.document.as_ref().is_none_or(|document| *document == one.document);
        let annotator = filter.annotator.as_ref().is_none_or(|name| name == by);
        if layer && document && annotator {
            classes.push(one.class);
        }
        if class && document && annotator {
            *layers.entry(&one.layer).or_default() += 1;
        }
        if class && layer && annotator {
            *documents.entry(&one.document).or_default() += 1;
        }
        if class && layer && document {
            *annotators.entry(by).or_default() += 1;
        }
        if class && layer && document && annotator {
            queue.push(at);
        }
    }
    let facets = Facets {
        classes: classes.into_iter().collect(),
        layers: owned(layers),
        documents: owned(documents),
        annotators: owned(annotators),
    };
    if filter.order == Order::Weight {
        queue.sort_by_key(|at| all.get(*at).map(|one| weight(one.class)));
    }
    Laid { from: None, queue: queue.into(), facets }
}

fn owned<T: Ord + Clone>(counts: BTreeMap<&T, usize>) -> BTreeMap<T, usize> {
    counts.into_iter().map(|(one, count)| (one.clone(), count)).collect()
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
