//! The project as a value: documents, codebook, annotations, entities, relations, remarks, and how they may change.
//!
//! No disk, no clock, no chance, no window, no JSON. A [`Project`] is persistent (a clone costs pointers) and always
//! valid. It changes by [`apply()`] only: an [`Edit`] in, a new project or a [`Refusal`] out. [`restamped`] is how undo
//! restores an older value; [`Delta`] is what the journal keeps; [`check()`] lists what is wrong with a file.

mod apply;
mod check;
mod codebook;
mod codebook_parts;
mod content;
mod date_words;
mod decision;
mod delta;
mod edit;
mod ends;
mod features;
mod filling;
mod id;
mod project;
mod record;
mod refusal;
mod reviewed;
mod rules;
mod value;
mod version;

#[cfg(test)]
pub(crate) mod laws;
#[cfg(test)]
pub(crate) mod sample;

pub use apply::apply;
pub use check::{Fault, FaultKind, all_records, check};
pub use codebook::{
    Choice, Code, Codebook, Condition, Feature, FeatureKind, Layer, LinePattern, RelationKind,
    feature,
};
pub use codebook_parts::{CodebookEdit, CodebookPart, Holder};
pub use content::{
    Annotation, Comment, Document, Entity, Fragments, Note, Orphan, Place, Relation, Source,
};
pub use date_words::{NotADate, date_in_words, read_date};
pub use decision::{
    Answer, Decision, Direction, GuestName, Stated, StatedLink, StatedRecord, StatedRecords,
    Verdict,
};
pub use delta::{Delta, differing, restamped, same_content};
pub use edit::{
    AnnotationEdit, DecisionEdit, DocumentEdit, Edit, EntityEdit, RelationEdit, RemarkEdit,
    TakeEdit,
};
pub use features::Features;
pub use filling::Filling;
pub use id::{
    AnnotationId, CodeId, CommentId, DecisionId, DocumentId, EntityId, FeatureId, LayerId, NoteId,
    ProjectId, RecordId, RelationId, RelationKindId,
};
pub(crate) use project::each_kind;
pub use project::{AnyRecord, Project, SetAside, Sheet, Shelf, Tombstone};
pub use record::{Annotator, Record, Signature, Signers, Stamp, Unknown};
pub use refusal::Refusal;
pub use reviewed::{Reviewed, ReviewedDocument};
pub use rules::{dependants, may_stand, may_stand_with};
pub use value::{DateRange, End, Location, NoDate, PartialDate, Value};
pub use version::{Hand, Version};
