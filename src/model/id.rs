//! Names of records and of codebook entries as types, so that a layer is never taken for a code.
//!
//! Ids are opaque: a kind prefix and random letters (`a_…`), or a fixed word of the codebook (`actor.person`).
//! They are minted by the workbench; nothing here knows chance.

use smol_str::SmolStr;
use std::cmp::Ordering;

/// The order of their letters. The first sixteen are compared as one number, which nearly always decides: ids are
/// sorted and looked up in trees a million times while a large file opens.
#[inline]
fn by_letters(a: &str, b: &str) -> Ordering {
    let heads = a.as_bytes().first_chunk::<16>().zip(b.as_bytes().first_chunk::<16>());
    let first = heads.map(|(a, b)| u128::from_be_bytes(*a).cmp(&u128::from_be_bytes(*b)));
    first.filter(|order| order.is_ne()).unwrap_or_else(|| a.cmp(b))
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(SmolStr);

        impl Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                by_letters(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

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

#[cfg(test)]
mod tests {
    use crate::model::AnnotationId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_are_in_the_order_of_their_letters(
            (head, a, b) in ("[ab]{0,18}", "[a-c]{0,4}", "[a-c]{0,4}")
        ) {
            let (a, b) = (format!("{head}{a}"), format!("{head}{b}"));
            let ids = (AnnotationId::new(a.as_str()), AnnotationId::new(b.as_str()));
            prop_assert_eq!(ids.0.cmp(&ids.1), a.cmp(&b));
            prop_assert_eq!(ids.0 < ids.1, a < b);
        }
    }
}
