//! Why an edit cannot be: said to the person who asked for it, and the same words for a record of a damaged file.

use crate::model::{
    CodeId, DocumentId, End, EntityId, FeatureId, LayerId, RecordId, RelationKindId,
};
use smol_str::SmolStr;

/// Why an edit was refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The id is taken.
    #[error("the id {} is taken by another {}", .0.as_str(), .0.kind())]
    Exists(RecordId),
    /// Nothing has this id.
    #[error("there is no {} with the id {}", .0.kind(), .0.as_str())]
    Missing(RecordId),
    /// The end of a relation or reference does not exist.
    #[error("nothing has the id {}, to which this leads", .0.as_str())]
    DanglingEnd(End),
    /// The words lie outside of the document.
    #[error("the span {start}–{end} is not in the document {document}, which ends at {length}")]
    SpanOutsideText {
        /// The document.
        document: DocumentId,
        /// In code points.
        start: u32,
        /// In code points.
        end: u32,
        /// In code points.
        length: u32,
    },
    /// The codebook has that part.
    #[error("the codebook has “{0}” already")]
    InCodebook(SmolStr),
    /// The codebook has no such layer.
    #[error("the codebook has no layer “{0}”")]
    UnknownLayer(LayerId),
    /// The layer has no such code.
    #[error("the layer “{layer}” has no code “{code}”")]
    UnknownCode {
        /// The layer.
        layer: LayerId,
        /// The code.
        code: CodeId,
    },
    /// There is no such feature here.
    #[error("there is no feature “{0}” here")]
    UnknownFeature(FeatureId),
    /// The feature does not take this value.
    #[error("the feature “{0}” does not take this value")]
    ValueNotAllowed(FeatureId),
    /// The codebook has no such kind of link.
    #[error("the codebook has no link “{0}”")]
    UnknownRelation(RelationKindId),
    /// The kind does not join these layers.
    #[error("“{kind}” cannot lead from “{from}” to “{to}”")]
    EndsNotAllowed {
        /// The kind.
        kind: RelationKindId,
        /// Layer of its start.
        from: LayerId,
        /// Layer of its end.
        to: LayerId,
    },
    /// Both ends are one.
    #[error("a link cannot lead from a thing to itself")]
    EndsAreOne,
    /// The entity is of another layer.
    #[error("{entity} is not of the layer “{layer}”")]
    EntityOfOtherLayer {
        /// The entity.
        entity: EntityId,
        /// The annotation's layer.
        layer: LayerId,
    },
    /// An entity keeps its layer.
    #[error("a record cannot change its layer")]
    LayerIsFixed,
    /// Others depend on it.
    #[error("{count} other records depend on it; erase these first")]
    InUse {
        /// How many.
        count: usize,
    },
    /// A conflict has fewer sides than that, or was decided.
    #[error("there is no such version of it to decide for")]
    NoSuchSide,
    /// A thread's first comment does not exist or is about something else.
    #[error("the comment answers a thread that is not about the same thing")]
    ThreadElsewhere,
}
