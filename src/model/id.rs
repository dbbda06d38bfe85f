//! Names of records and of codebook entries as types, so that a layer is never taken for a code.
//!
//! Ids are opaque: a kind prefix and random letters (`a_…`), or a fixed word of the codebook (`actor.person`).
//! They are minted by the workbench; nothing here knows chance.

use smol_str::SmolStr;

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// Takes the name as it is written in the file.
            pub fn new(name: impl Into<SmolStr>) -> Self {
                Self(name.into())
            }

            /// The name as it is written in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id_types! {
    /// A project, over all its copies.
    ProjectId,
    /// A document.
    DocumentId,
    /// An annotation.
    AnnotationId,
    /// An entity: an actor, an issue or an event record.
    EntityId,
    /// A relation.
    RelationId,
    /// A note.
    NoteId,
    /// A comment, and the thread that its first comment opens.
    CommentId,
    /// A decision of a review.
    DecisionId,
    /// A layer of the codebook.
    LayerId,
    /// A code of a layer.
    CodeId,
    /// A feature of a layer, a relation kind, an entity or a document.
    FeatureId,
    /// A kind of relation.
    RelationKindId,
}

/// The id of any record that is merged, journalled or erased.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordId {
    /// A document.
    Document(DocumentId),
    /// An entity.
    Entity(EntityId),
    /// An annotation.
    Annotation(AnnotationId),
    /// A relation.
    Relation(RelationId),
    /// A note.
    Note(NoteId),
    /// A comment.
    Comment(CommentId),
    /// A decision.
    Decision(DecisionId),
}

impl RecordId {
    /// The kind as one word, as tombstones and targets in the file spell it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Entity(_) => "entity",
            Self::Annotation(_) => "annotation",
            Self::Relation(_) => "link",
            Self::Note(_) => "note",
            Self::Comment(_) => "comment",
            Self::Decision(_) => "decision",
        }
    }

    /// The id of that `kind` (a word of [`RecordId::kind`]); none for another word.
    pub fn of_kind(kind: &str, id: &str) -> Option<Self> {
        Some(match kind {
            "document" => Self::Document(DocumentId::new(id)),
            "entity" => Self::Entity(EntityId::new(id)),
            "annotation" => Self::Annotation(AnnotationId::new(id)),
            "link" => Self::Relation(RelationId::new(id)),
            "note" => Self::Note(NoteId::new(id)),
            "comment" => Self::Comment(CommentId::new(id)),
            "decision" => Self::Decision(DecisionId::new(id)),
            _ => return None,
        })
    }

    /// The id itself.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Document(id) => id.as_str(),
            Self::Entity(id) => id.as_str(),
            Self::Annotation(id) => id.as_str(),
            Self::Relation(id) => id.as_str(),
            Self::Note(id) => id.as_str(),
            Self::Comment(id) => id.as_str(),
            Self::Decision(id) => id.as_str(),
        }
    }
}
