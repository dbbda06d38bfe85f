//! What goes back to the author: all decisions about their work, with what was said of them.
//!
//! The file is written by `formats::review_file`; the author's side is `fate`.

use crate::model::{
    Comment, Decision, End, Record, RecordId, Reviewed, ReviewedDocument, Stamp, StatedRecords,
    Unknown, Verdict, Version,
};
use crate::review::decide::SideBySide;
use crate::review::derived::taken_annotation;
use crate::review::difference::Class;
use crate::review::records::{joins_records, stated_record};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The review of the guest as it stands now, signed by `made`.
pub fn letter(case: &SideBySide<'_>, made: Stamp) -> Reviewed {
    let guest = case.guest_name();
    let about_guest = case.ours.decisions().values().filter(|one| one.guest == guest);
    let decisions: Vec<Arc<Record<Decision>>> =
        about_guest.map(|decision| restated(case, decision)).collect();
    let same = case.comparison.differences.iter().filter(|one| one.class == Class::Same);
    let agreed = same.filter_map(|one| Some((one.ours.clone()?, one.theirs.clone()?)));
    Reviewed {
        project: case.ours.id.clone(),
        made,
        documents: documents(case),
        codebook: Arc::clone(&case.ours.codebook),
        agreed: agreed.collect(),
        comments: comments(case, &decisions),
        versions: versions(case, &decisions),
        decisions,
        guest,
        unknown: Unknown::default(),
    }
}

/// The decision with what I say now: other decisions have brought links since, or I have changed it by hand.
fn restated(case: &SideBySide<'_>, decision: &Arc<Record<Decision>>) -> Arc<Record<Decision>> {
    let stays =
        matches!(decision.verdict, Verdict::Mine | Verdict::Edited | Verdict::Both | Verdict::Ask);
    if let (true, Some(both)) = (stays, &decision.records) {
        let Some(now) = case.ours.entities().get(&both.ours.id) else {
            return Arc::clone(decision);
        };
        let mut record = Record::clone(decision);
        let (ours, theirs) = (stated_record(case.ours, now), both.theirs.clone());
        record.value.records = Some(Box::new(StatedRecords { ours, theirs }));
        return Arc::new(record);
    }
    let ours = decision.ours.as_ref().filter(|_| stays);
    match ours.and_then(|then| case.our_statement(&then.id)) {
        Some(now) => {
            let mut record = Record::clone(decision);
            record.value.ours = Some(Box::new(now));
            Arc::new(record)
        }
        None => Arc::clone(decision),
    }
}

fn documents(case: &SideBySide<'_>) -> Vec<ReviewedDocument> {
    let paired = case.guest.documents.iter().filter_map(|pair| {
        let sheet = case.guest.project.sheet(&pair.theirs)?;
        Some(ReviewedDocument {
            ours: pair.ours.clone()?,
            theirs: pair.theirs.clone(),
            title: sheet.document().title.clone(),
            unknown: Unknown::default(),
        })
    });
    paired.collect()
}

/// What a decision and the annotations or records of its two sides are called here.
fn subjects<'a>(
    case: &'a SideBySide<'_>,
    decision: &'a Decision,
) -> impl Iterator<Item = RecordId> + 'a {
    let theirs = decision.theirs.as_ref().map(|stated| &stated.id);
    let taken = theirs.map(|id| taken_annotation(&case.guest.project.id, id));
    let ours = decision.ours.as_ref().map(|stated| stated.id.clone());
    let copied = theirs.filter(|_| case.ours.id == case.guest.project.id).cloned();
    let annotations = ours.into_iter().chain(taken).chain(copied).map(RecordId::Annotation);
    let record = decision.records.as_ref().map(|both| RecordId::Entity(both.ours.id.clone()));
    std::iter::once(RecordId::Decision(decision.id.clone())).chain(annotations).chain(record)
}

/// All threads on decisions and on the annotations and records that they are about.
fn comments(
    case: &SideBySide<'_>,
    decisions: &[Arc<Record<Decision>>],
) -> Vec<Arc<Record<Comment>>> {
    let about: BTreeSet<RecordId> =
        decisions.iter().flat_map(|decision| subjects(case, decision)).collect();
    let comments = case.ours.comments().values();
    comments.filter(|comment| about.contains(&comment.target)).cloned().collect()
}

/// What the records that were decided about have seen, for copies of one project.
fn versions(
    case: &SideBySide<'_>,
    decisions: &[Arc<Record<Decision>>],
) -> BTreeMap<RecordId, Version> {
    if case.ours.id != case.guest.project.id {
        return BTreeMap::new();
    }
    let about = decisions.iter().flat_map(|decision| subjects(case, decision));
    let with_links = |id: RecordId| {
        let end = match &id {
            RecordId::Annotation(id) => End::Annotation(id.clone()),
            RecordId::Entity(id) => End::Entity(id.clone()),
            _ => return Vec::new(),
        };
        let Some(record) = case.ours.get(&id) else { return Vec::new() };
        let links = case.ours.relations_at(&end);
        // Links between an annotation and a record are told of with the annotation.
        let links =
            links.filter(|link| matches!(id, RecordId::Annotation(_)) || joins_records(link));
        let mut all: Vec<(RecordId, Version)> =
            links.map(|link| (RecordId::Relation(link.id.clone()), link.version.clone())).collect();
        all.push((id, record.version().clone()));
        all
    };
    about.flat_map(with_links).collect()
}
