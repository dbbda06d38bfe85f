//! The doctor: everything that is wrong with a project, one named fault each.
//!
//! An accepted edit never makes one. They come from files: records set aside, orphans, texts that were changed
//! outside, values that the codebook does not know, conflicts nobody has decided. What an analyst still owes is not
//! wrong and is asked of `query::gaps`.

use crate::model::{
    AnyRecord, FeatureId, Project, RecordId, Refusal, Value, each_kind, rules::may_stand,
};

/// Something wrong with the file's content.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The record, where it is one of the project.
    pub record: Option<RecordId>,
    /// What is wrong.
    pub what: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FaultKind {
    /// A record of the file cannot be valid.
    #[error("{section}: set aside, {reason}")]
    SetAside {
        /// The section of the file.
        section: String,
        /// Why.
        reason: String,
    },
    /// An annotation's words are not where they were.
    #[error("orphan: the text no longer says “{0}” there")]
    Orphan(String),
    /// The text is not the one its digest speaks of.
    #[error("the text was changed outside the program: its digest is not {0}")]
    TextChanged(String),
    /// A value is not what its feature allows.
    #[error("the feature “{0}” has a value that the codebook does not allow")]
    ForeignValue(FeatureId),
    /// Two people changed it and nobody has decided.
    #[error("{}", waiting(*.0))]
    Conflict(usize),
    /// A rule is broken that should never be; please report it.
    #[error("{0}")]
    Broken(Refusal),
}

fn waiting(versions: usize) -> String {
    let wait = if versions == 1 { "version waits" } else { "versions wait" };
    format!("{versions} other {wait} for a decision")
}

/// All faults: first what was set aside, then by record.
pub fn check(project: &Project) -> Vec<Fault> {
    let mut faults: Vec<Fault> = project
        .set_aside
        .iter()
        .map(|aside| Fault {
            record: None,
            what: FaultKind::SetAside {
                section: aside.section.clone(),
                reason: aside.reason.clone(),
            },
        })
        .collect();
    for record in all_records(project) {
        let mut add = |what| faults.push(Fault { record: Some(record.id()), what });
        own_faults(&record, &mut add);
        if let Err(refusal) = may_stand(project, &record) {
            add(FaultKind::Broken(refusal));
        }
    }
    faults
}

/// Every record: documents each with their annotations, entities, relations, notes, comments, decisions.
pub fn all_records(project: &Project) -> impl Iterator<Item = AnyRecord> {
    let sheets = project.sheets().values().flat_map(|sheet| {
        let document = std::iter::once(AnyRecord::Document(sheet.document().clone()));
        document.chain(sheet.annotations().values().cloned().map(AnyRecord::Annotation))
    });
    sheets
        .chain(project.entities().values().cloned().map(AnyRecord::Entity))
        .chain(project.relations().values().cloned().map(AnyRecord::Relation))
        .chain(project.notes().values().cloned().map(AnyRecord::Note))
        .chain(project.comments().values().cloned().map(AnyRecord::Comment))
        .chain(project.decisions().values().cloned().map(AnyRecord::Decision))
}

fn own_faults(record: &AnyRecord, add: &mut impl FnMut(FaultKind)) {
    let features = match record {
        AnyRecord::Document(document) => {
            if let Some(stated) = &document.stated_digest {
                add(FaultKind::TextChanged(stated.to_string()));
            }
            Some(&document.meta)
        }
        AnyRecord::Annotation(annotation) => {
            if let crate::model::Place::Orphan(orphan) = &annotation.place {
                let quotes = &orphan.quotes;
                add(FaultKind::Orphan(quotes.first().map(ToString::to_string).unwrap_or_default()));
            }
            Some(&annotation.features)
        }
        AnyRecord::Entity(entity) => Some(&entity.features),
        AnyRecord::Relation(relation) => Some(&relation.features),
        AnyRecord::Note(_) | AnyRecord::Comment(_) | AnyRecord::Decision(_) => None,
    };
    for (id, value) in features.into_iter().flatten() {
        if matches!(value, Value::Foreign(_)) {
            add(FaultKind::ForeignValue(id.clone()));
        }
    }
    let sides = each_kind!(record, record => record.conflict.len());
    if sides > 0 {
        add(FaultKind::Conflict(sides));
    }
}
