//! What leads to what, after a merge: a record that one copy erased comes back where the other leads to it.
//!
//! Each copy was valid, so whatever a record leads to is in the copy that the record came from. A record whose ends no
//! longer fit (one changed the layer, the other drew a link) gets the fitting side of the end, with both sides in
//! conflict. Only what fits with no side is handed back as unplaced; nothing is dropped silently.

use crate::model::{
    Annotation, AnyRecord, End, Features, Project, Record, RecordId, Refusal, Relation, Tombstone,
    Value, all_records, may_stand,
};
use crate::review::sides::{Outcome, unseen};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A record that cannot stand in the merged project.
#[derive(Clone, Debug, PartialEq)]
pub struct Unplaced {
    /// The record.
    pub record: AnyRecord,
    /// Why.
    pub reason: Refusal,
}

type Outcomes = BTreeMap<RecordId, Outcome<AnyRecord>>;

/// Brings back every erased record that a standing one leads to; says how many. Its version is joined with that of
/// the erasure, so that it stays wherever this merge arrives. Ids without an outcome stand the same in both copies.
pub(crate) fn revive(outcomes: &mut Outcomes) -> usize {
    let standing = outcomes.values().filter_map(|outcome| outcome.live.as_ref());
    let mut needed: Vec<RecordId> = standing.flat_map(needs).collect();
    let mut revived = 0;
    while let Some(id) = needed.pop() {
        let Some(outcome) = outcomes.get_mut(&id).filter(|outcome| outcome.live.is_none()) else {
            continue;
        };
        let Some(record) = outcome.known.first().cloned() else { continue };
        let erasure =
            outcome.tombstone.take().map(|tombstone| tombstone.version).unwrap_or_default();
        let version = record.version().join(&erasure);
        needed.extend(needs(&record));
        outcome.live = Some(record.with_version(version));
        revived += 1;
    }
    revived
}

/// Puts right what cannot stand, or takes it out and hands it back.
pub(crate) fn settle(project: &mut Project, outcomes: &Outcomes) -> Vec<Unplaced> {
    let mut unplaced = Vec::new();
    loop {
        let broken: Vec<AnyRecord> =
            all_records(project).filter(|record| may_stand(project, record).is_err()).collect();
        if broken.is_empty() {
            return unplaced;
        }
        for record in broken {
            let Err(reason) = may_stand(project, &record) else { continue };
            let refitted = match &record {
                AnyRecord::Relation(relation) => refitted(project, outcomes, relation),
                _ => None,
            };
            match refitted {
                Some(fitting) => *project = fitting,
                None => withdraw(project, Unplaced { record, reason }, &mut unplaced),
            }
        }
    }
}

/// Everything that `record` cannot stand without.
fn needs(record: &AnyRecord) -> Vec<RecordId> {
    let mut needs = match record {
        AnyRecord::Annotation(annotation) => {
            let entity = annotation.entity.clone().map(RecordId::Entity);
            std::iter::once(RecordId::Document(annotation.document.clone())).chain(entity).collect()
        }
        AnyRecord::Relation(relation) => vec![id_of(&relation.from), id_of(&relation.to)],
        AnyRecord::Note(note) => vec![note.target.clone()],
        AnyRecord::Comment(comment) => {
            vec![comment.target.clone(), RecordId::Comment(comment.thread.clone())]
        }
        AnyRecord::Document(_) | AnyRecord::Entity(_) | AnyRecord::Decision(_) => Vec::new(),
    };
    let references = features(record).into_iter().flat_map(Features::values);
    needs.extend(references.filter_map(|value| match value {
        Value::Reference(end) => Some(id_of(end)),
        _ => None,
    }));
    needs
}

fn features(record: &AnyRecord) -> Option<&Features> {
    match record {
        AnyRecord::Document(document) => Some(&document.meta),
        AnyRecord::Entity(entity) => Some(&entity.features),
        AnyRecord::Annotation(annotation) => Some(&annotation.features),
        AnyRecord::Relation(relation) => Some(&relation.features),
        AnyRecord::Note(_) | AnyRecord::Comment(_) | AnyRecord::Decision(_) => None,
    }
}

fn id_of(end: &End) -> RecordId {
    match end {
        End::Annotation(id) => RecordId::Annotation(id.clone()),
        End::Entity(id) => RecordId::Entity(id.clone()),
    }
}

/// `project` with other known sides of the ends in front, between which `relation` may stand and everything else too.
fn refitted(
    project: &Project,
    outcomes: &Outcomes,
    relation: &Record<Relation>,
) -> Option<Project> {
    let any = AnyRecord::Relation(Arc::new(relation.clone()));
    for from in choices(project, outcomes, &relation.from) {
        for to in choices(project, outcomes, &relation.to) {
            let mut attempt = project.clone();
            from.iter().chain(&to).for_each(|end| put_beside_erasure(&mut attempt, end));
            let others = [&relation.from, &relation.to];
            let mut others = others.into_iter().flat_map(|end| project.relations_at(end));
            let fits = |other: &Arc<Record<Relation>>| {
                let other = AnyRecord::Relation(other.clone());
                may_stand(&attempt, &other).is_ok() || may_stand(project, &other).is_err()
            };
            let ends_fit = from.iter().chain(&to).all(|end| may_stand(&attempt, end).is_ok());
            if ends_fit && may_stand(&attempt, &any).is_ok() && others.all(fits) {
                return Some(attempt);
            }
        }
    }
    None
}

/// Another side in front may have seen an erasure that the one before had not.
fn put_beside_erasure(project: &mut Project, record: &AnyRecord) {
    let outlived = project.erased().get(&record.id()).cloned();
    project.put(record.clone());
    let Some(tombstone) = outlived else { return };
    let version = unseen(&tombstone.version, &record.seen());
    if !version.is_empty() {
        project.outlive(Tombstone { version, ..tombstone.as_ref().clone() });
    }
}

/// The end as it stands (none: nothing to put), then with each other known side in front.
fn choices(project: &Project, outcomes: &Outcomes, end: &End) -> Vec<Option<AnyRecord>> {
    let mut choices = vec![None];
    let End::Annotation(id) = end else { return choices };
    let (Some(standing), Some(outcome)) = (project.annotation(id), outcomes.get(&id_of(end)))
    else {
        return choices;
    };
    choices.extend(outcome.known.iter().filter_map(|side| match side {
        AnyRecord::Annotation(side) => {
            Some(Some(AnyRecord::Annotation(Arc::new(with_in_front(standing, side)))))
        }
        _ => None,
    }));
    choices
}

/// `standing` in conflict with `side`, which stands in front. A side that had been overwritten gets the version of
/// what overwrote it, else the next merge would drop it again.
fn with_in_front(standing: &Record<Annotation>, side: &Record<Annotation>) -> Record<Annotation> {
    let is_side =
        |other: &Record<Annotation>| other.version == side.version && other.value == side.value;
    let sides = std::iter::once(standing).chain(&standing.conflict);
    let mut first = Record { conflict: thin_vec::ThinVec::new(), ..side.clone() };
    if !sides.clone().any(is_side) {
        first.version = side.version.join(&standing.version);
    }
    let rest = sides.filter(|other| !is_side(other));
    first.conflict =
        rest.map(|other| Record { conflict: thin_vec::ThinVec::new(), ..other.clone() }).collect();
    first
}

/// Takes a record out, of a document first what lies in it.
fn withdraw(project: &mut Project, gone: Unplaced, unplaced: &mut Vec<Unplaced>) {
    let id = gone.record.id();
    if let RecordId::Document(document) = &id {
        let inside: Vec<AnyRecord> = project
            .sheet(document)
            .into_iter()
            .flat_map(|sheet| sheet.annotations().values().cloned().map(AnyRecord::Annotation))
            .collect();
        for record in inside {
            project.take(&record.id());
            unplaced.push(Unplaced { record, reason: Refusal::Missing(id.clone()) });
        }
    }
    project.take(&id);
    unplaced.push(gone);
}
