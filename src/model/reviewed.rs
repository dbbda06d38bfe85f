//! A review as it goes back to the author: what was decided about their work, and what was said of it.
//!
//! Plain data. It is written and read in `formats::review_file`; what it means for the author's project is `review::fate`.

use crate::model::{
    AnnotationId, Codebook, Comment, Decision, DocumentId, GuestName, ProjectId, Record, RecordId,
    Stamp, Unknown, Version,
};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A review that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    /// The project of the one who reviewed.
    pub project: ProjectId,
    /// Who reviewed, and when it was written.
    pub made: Stamp,
    /// Whose work was reviewed.
    pub guest: GuestName,
    /// The documents that both have.
    pub documents: Vec<ReviewedDocument>,
    /// The codebook of the one who reviewed: what the decisions name is defined there. Empty in old files.
    pub codebook: Arc<Codebook>,
    /// Annotations that both have just so: of the one who reviewed, and of the author.
    pub agreed: Vec<(AnnotationId, AnnotationId)>,
    /// What was decided.
    pub decisions: Vec<Arc<Record<Decision>>>,
    /// What was said of it.
    pub comments: Vec<Arc<Record<Comment>>>,
    /// Which edits the records of the one who reviewed have seen; only where both are copies of one project.
    pub versions: BTreeMap<RecordId, Version>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// A document that was reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedDocument {
    /// In the project of the one who reviewed.
    pub ours: DocumentId,
    /// In the author's.
    pub theirs: DocumentId,
    /// Its title there.
    pub title: SmolStr,
    /// Members we do not understand.
    pub unknown: Unknown,
}
