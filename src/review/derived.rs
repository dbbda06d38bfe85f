//! Ids that follow from where something comes from, so that taking it twice adds nothing.
//!
//! The same on every machine and in every sitting. Minted ids, which never repeat, are the workbench's business.

use crate::model::{
    AnnotationId, CommentId, DecisionId, EntityId, GuestName, ProjectId, RelationId,
};
use crate::text::digest_hex;
use smol_str::{SmolStr, format_smolstr};

/// Hexadecimal digits of a derived id.
const DIGITS: usize = 20;

/// The id of that kind for these words: 80 bits of their digest.
pub(crate) fn derived(prefix: &str, words: &[&str]) -> SmolStr {
    let digest = digest_hex(words.join("\0").as_bytes());
    format_smolstr!("{prefix}_{}", digest.get(..DIGITS).unwrap_or(&digest))
}

/// What an annotation of the project `origin` is called where it was taken from there.
pub(crate) fn taken_annotation(origin: &ProjectId, id: &AnnotationId) -> AnnotationId {
    AnnotationId::new(derived("a", &[origin.as_str(), id.as_str()]))
}

/// Whether `taken` is what the annotation `id` of the project `origin` is called where it was taken from there. Costs
/// nothing for ids that were minted: those are shorter.
pub(crate) fn is_taken(taken: &AnnotationId, origin: &ProjectId, id: &AnnotationId) -> bool {
    taken.as_str().len() == "a_".len() + DIGITS && *taken == taken_annotation(origin, id)
}

/// What a link of the project `origin` is called where it was taken from there beside mine.
pub(crate) fn taken_link(origin: &ProjectId, id: &RelationId) -> RelationId {
    RelationId::new(derived("l", &[origin.as_str(), id.as_str()]))
}

/// Whether a link may have been taken from somewhere: ids that were minted are shorter.
pub(crate) fn is_taken_form(link: &RelationId) -> bool {
    link.as_str().len() == "l_".len() + DIGITS
}

/// Whether `taken` is what the link `id` of the project `origin` is called where it was taken from there.
pub(crate) fn is_taken_link(taken: &RelationId, origin: &ProjectId, id: &RelationId) -> bool {
    is_taken_form(taken) && *taken == taken_link(origin, id)
}

/// What a record of the project `origin` is called where it was taken from there.
pub(crate) fn taken_entity(origin: &ProjectId, id: &EntityId) -> EntityId {
    EntityId::new(derived("n", &[origin.as_str(), id.as_str()]))
}

/// The decision about these two with that guest.
pub(crate) fn decision_id(
    guest: &GuestName,
    ours: Option<&AnnotationId>,
    theirs: Option<&AnnotationId>,
) -> DecisionId {
    let [ours, theirs] = [ours, theirs].map(|id| id.map_or("", AnnotationId::as_str));
    DecisionId::new(derived("r", &[guest.project.as_str(), &guest.name, ours, theirs]))
}

/// The decision about these two records with that guest.
pub(crate) fn record_decision_id(
    guest: &GuestName,
    ours: &EntityId,
    theirs: &EntityId,
) -> DecisionId {
    let words = [guest.project.as_str(), &guest.name, "record", ours.as_str(), theirs.as_str()];
    DecisionId::new(derived("r", &words))
}

/// The thread that a decision opens.
pub(crate) fn question_id(decision: &DecisionId) -> CommentId {
    CommentId::new(derived("c", &[decision.as_str()]))
}
