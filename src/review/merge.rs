//! `merge(ours, theirs)`: two copies of one project as one, without a common ancestor.
//!
//! Costs what differs, plus one walk that checks the result. Who is "ours" matters for the counts only.

use crate::model::{
    AnyRecord, Document, Project, ProjectId, Record, RecordId, SetAside, Sheet, Tombstone, Unknown,
    differing,
};
use crate::review::books::{disagree, joined_codebooks};
use crate::review::closure::{Unplaced, revive, settle};
use crate::review::sides::{Copy, Outcome, merged};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

/// Two copies as one.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Everything of both, valid.
    pub project: Project,
    /// What happened to ours.
    pub counts: MergeCounts,
    /// Records that cannot stand in it, to be set aside: writing them as JSON is not this room's business.
    pub unplaced: Vec<Unplaced>,
    /// Whether both define a part of the codebook otherwise under one version number; a fixed one of the two was taken.
    pub codebooks_disagree: bool,
}

/// What a merge did to our copy, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeCounts {
    /// Came from theirs.
    pub added: usize,
    /// Read otherwise now.
    pub changed: usize,
    /// Went because theirs erased them.
    pub erased: usize,
    /// Wait for a decision.
    pub conflicts: usize,
    /// Stand although one of us erased them: the other has edited them or leads to them.
    pub kept: usize,
}

/// Why two projects cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeRefusal {
    /// They are not copies of one project.
    #[error("this is another project ({theirs}, not {ours})")]
    OtherProject {
        /// Our project.
        ours: ProjectId,
        /// Their project.
        theirs: ProjectId,
    },
}

/// Everything of `ours` and `theirs`; both see the same, whoever merges.
pub fn merge(ours: &Project, theirs: &Project) -> Result<Merged, MergeRefusal> {
    if ours.id != theirs.id {
        let (ours, theirs) = (ours.id.clone(), theirs.id.clone());
        return Err(MergeRefusal::OtherProject { ours, theirs });
    }
    let mut outcomes: BTreeMap<RecordId, Outcome<AnyRecord>> = differing(ours, theirs)
        .into_iter()
        .map(|id| (id.clone(), outcome(&id, ours, theirs)))
        .collect();
    let revived = revive(&mut outcomes);
    let mut project = placed(ours, &outcomes);
    project.count_on_from(theirs);
    project.codebook = joined_codebooks(&ours.codebook, &theirs.codebook);
    let codebooks_disagree = disagree(&ours.codebook, &theirs.codebook);
    project.set_aside = set_aside(ours, theirs);
    project.unknown = unknown(ours, theirs);
    let unplaced = settle(&mut project, &outcomes);
    let counts = counts(ours, &project, &outcomes, revived);
    Ok(Merged { project, counts, unplaced, codebooks_disagree })
}

fn outcome(id: &RecordId, ours: &Project, theirs: &Project) -> Outcome<AnyRecord> {
    let pair = Pair { id, ours, theirs };
    match id {
        RecordId::Document(id) => {
            let document = |project: &Project| project.sheet(id).map(Sheet::document).cloned();
            // A text does not show its words in debug output.
            let shown = |document: &Document| format!("{document:?} {}", document.text.digest());
            pair.merged(document, shown, AnyRecord::Document)
        }
        RecordId::Annotation(id) => {
            pair.merged(|project| project.annotation(id).cloned(), debugged, AnyRecord::Annotation)
        }
        RecordId::Entity(id) => {
            pair.merged(|project| project.entities().get(id).cloned(), debugged, AnyRecord::Entity)
        }
        RecordId::Relation(id) => pair.merged(
            |project| project.relations().get(id).cloned(),
            debugged,
            AnyRecord::Relation,
        ),
        RecordId::Note(id) => {
            pair.merged(|project| project.notes().get(id).cloned(), debugged, AnyRecord::Note)
        }
        RecordId::Comment(id) => {
            pair.merged(|project| project.comments().get(id).cloned(), debugged, AnyRecord::Comment)
        }
        RecordId::Decision(id) => pair.merged(
            |project| project.decisions().get(id).cloned(),
            debugged,
            AnyRecord::Decision,
        ),
    }
}

/// Values hold numbers, which have no order of their own: their debug output has.
fn debugged<T: Debug>(value: &T) -> String {
    format!("{value:?}")
}

/// One id in two projects.
struct Pair<'a> {
    id: &'a RecordId,
    ours: &'a Project,
    theirs: &'a Project,
}

impl Pair<'_> {
    fn merged<T: Clone + PartialEq>(
        &self,
        find: impl Fn(&Project) -> Option<Arc<Record<T>>>,
        shown: impl Fn(&T) -> String,
        any: impl Fn(Arc<Record<T>>) -> AnyRecord,
    ) -> Outcome<AnyRecord> {
        let (our_record, their_record) = (find(self.ours), find(self.theirs));
        let copy = |project, record| Copy { record, tombstone: erasure(project, self.id) };
        let ours = copy(self.ours, our_record.as_ref());
        let theirs = copy(self.theirs, their_record.as_ref());
        let Outcome { live, tombstone, known } = merged(self.id, &ours, &theirs, shown);
        let any = |record| any(Arc::new(record));
        Outcome { live: live.map(any), tombstone, known: known.into_iter().map(any).collect() }
    }
}

fn erasure<'a>(project: &'a Project, id: &RecordId) -> Option<&'a Arc<Tombstone>> {
    project.erased().get(id)
}

/// `ours` with every outcome in its place.
fn placed(ours: &Project, outcomes: &BTreeMap<RecordId, Outcome<AnyRecord>>) -> Project {
    let mut project = ours.clone();
    // Innermost first: what lies in a document goes before it.
    for outcome in outcomes.values().rev().filter(|outcome| outcome.live.is_none()) {
        if let Some(tombstone) = &outcome.tombstone {
            project.remove(tombstone.clone());
        }
    }
    for outcome in outcomes.values() {
        let Some(record) = &outcome.live else { continue };
        project.put(record.clone());
        if let Some(tombstone) = &outcome.tombstone {
            project.outlive(tombstone.clone());
        }
    }
    project
}

fn set_aside(ours: &Project, theirs: &Project) -> Arc<Vec<SetAside>> {
    if ours.set_aside == theirs.set_aside {
        return Arc::clone(&ours.set_aside);
    }
    let mut all: Vec<SetAside> =
        ours.set_aside.iter().chain(theirs.set_aside.iter()).cloned().collect();
    all.sort_by(|a, b| (&a.section, &a.raw, &a.reason).cmp(&(&b.section, &b.raw, &b.reason)));
    all.dedup_by(|a, b| a.section == b.section && a.raw == b.raw);
    Arc::new(all)
}

fn unknown(ours: &Project, theirs: &Project) -> Arc<Unknown> {
    if ours.unknown == theirs.unknown {
        return Arc::clone(&ours.unknown);
    }
    let both = ours.unknown.0.iter().chain(&theirs.unknown.0);
    let mut all: Vec<_> = both.cloned().collect();
    // Of two values for one name the greater text stays, on both sides.
    all.sort_by(|a, b| (&a.0, &b.1).cmp(&(&b.0, &a.1)));
    all.dedup_by(|a, b| a.0 == b.0);
    Arc::new(Unknown(all.into()))
}

fn counts(
    ours: &Project,
    project: &Project,
    outcomes: &BTreeMap<RecordId, Outcome<AnyRecord>>,
    revived: usize,
) -> MergeCounts {
    let mut counts = MergeCounts { kept: revived, ..MergeCounts::default() };
    for id in outcomes.keys() {
        match (ours.get(id), project.get(id)) {
            (None, Some(_)) => counts.added += 1,
            (Some(_), None) if project.erased().contains_key(id) => counts.erased += 1,
            (Some(before), Some(after)) if !before.same_content(&after) => counts.changed += 1,
            _ => {}
        }
        if let Some(record) = project.get(id) {
            counts.conflicts += usize::from(record.has_conflict());
            counts.kept += usize::from(project.erased().contains_key(id));
        }
    }
    counts
}
