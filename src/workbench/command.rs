//! What can be asked of an open project, by noun. How it is presented (names, keys, menus) is the window's matter.

use crate::model::{
    AnnotationId, CodeId, CodebookEdit, CommentId, DecisionId, Document, DocumentId, End, EntityId,
    FeatureId, Fragments, LayerId, RecordId, RelationId, RelationKindId, Value,
};
use crate::query::Way;
use crate::review::{Answered, Decided};
use crate::text::Span;
use smol_str::SmolStr;

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// About a document.
    Document(DocumentCommand),
    /// About an annotation.
    Annotation(AnnotationCommand),
    /// About an entity.
    Entity(EntityCommand),
    /// About a relation.
    Relation(RelationCommand),
    /// About a note or a comment.
    Remark(RemarkCommand),
    /// A conflict is settled: this side of the record stays, 0 being the one in front.
    TakeSide(RecordId, usize),
    /// About a review.
    Review(ReviewCommand),
    /// One step back.
    Undo,
    /// One step forward again.
    Redo,
    /// Back or forward until so many steps of the history hold.
    GoTo(usize),
}

/// Wishes about documents.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentCommand {
    /// Add documents that were read from files.
    Add(Vec<Document>),
    /// Add a text that was pasted.
    Paste {
        /// Its words.
        text: String,
    },
    /// Another title.
    Rename(DocumentId, SmolStr),
    /// Another language code; empty for none.
    SetLanguage(DocumentId, SmolStr),
    /// A field's value, or none.
    SetField(DocumentId, FeatureId, Option<Value>),
    /// Another place among the documents as they are listed, counted from 0.
    Move(DocumentId, usize),
    /// Away, with everything in it.
    Erase(DocumentId),
}

/// Wishes about annotations.
#[derive(Clone, Debug, PartialEq)]
pub enum AnnotationCommand {
    /// Tag words. An equal name attaches the annotation to its entity, and the code follows it.
    Tag {
        /// Where.
        document: DocumentId,
        /// The words.
        fragments: Fragments,
        /// As what.
        layer: LayerId,
        /// With which code; guessed where the same words had one.
        code: Option<CodeId>,
    },
    /// Other words.
    Place(AnnotationId, Fragments),
    /// Another layer.
    SetLayer(AnnotationId, LayerId),
    /// Another code, or none.
    SetCode(AnnotationId, Option<CodeId>),
    /// A feature's value, or none.
    SetFeature(AnnotationId, FeatureId, Option<Value>),
    /// What it refers to, or nothing.
    Attach(AnnotationId, Option<EntityId>),
    /// Refer to it; its code takes the place of a guess that nobody has confirmed.
    AttachUnconfirmed(AnnotationId, EntityId),
    /// Make an entity of that name and refer to it.
    AttachNew(AnnotationId, SmolStr),
    /// Tag other places with the layer, code and record of this one; a record that is missing is made of its words.
    TagAll {
        /// Like this one.
        like: AnnotationId,
        /// The places.
        places: Vec<(DocumentId, Span)>,
    },
    /// Make an entity that is called as the annotation's own words, and refer to it.
    AttachOwnWords(AnnotationId),
    /// Away, with the links that lead to it.
    Erase(AnnotationId),
}

/// Wishes about entities.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityCommand {
    /// A new one of that name, without a mention.
    Add(LayerId, SmolStr),
    /// Another code, or none.
    SetCode(EntityId, Option<CodeId>),
    /// A further name.
    AddAlias(EntityId, SmolStr),
    /// One of its further names away.
    RemoveAlias(EntityId, SmolStr),
    /// Away; refused while something refers to it.
    Erase(EntityId),
    /// Another name.
    Rename(EntityId, SmolStr),
    /// A feature's value, or none.
    SetFeature(EntityId, FeatureId, Option<Value>),
}

/// Wishes about relations.
#[derive(Clone, Debug, PartialEq)]
pub enum RelationCommand {
    /// Link two things; the first kind that their layers allow, ends swapped if only that way is.
    Relate {
        /// From here.
        from: End,
        /// To there.
        to: End,
    },
    /// Link two things by this kind only, in this direction as seen from `from`.
    RelateAs {
        /// From here.
        from: End,
        /// To there.
        to: End,
        /// The kind and which way it goes.
        way: Way,
    },
    /// The next kind or direction that its layers allow and that does not stand already.
    Cycle(RelationId),
    /// Another kind, or direction where only the other one is allowed.
    SetKind(RelationId, RelationKindId),
    /// A feature's value, or none.
    SetFeature(RelationId, FeatureId, Option<Value>),
    /// Away.
    Erase(RelationId),
}

/// Wishes about notes, which are mine, and comments, which are for others.
#[derive(Clone, Debug, PartialEq)]
pub enum RemarkCommand {
    /// The words of the note about something; none take it away. While one types, the words of one visit are one step.
    SetNote {
        /// What it is about.
        target: RecordId,
        /// The words.
        text: SmolStr,
    },
    /// The first words of a thread about something. What is typed on is [`Self::Reword`], and one step with it.
    Begin {
        /// What it is about.
        target: RecordId,
        /// The words.
        text: SmolStr,
    },
    /// The first words of an answer; a thread that was resolved is open again.
    Answer {
        /// The thread.
        thread: CommentId,
        /// The words.
        text: SmolStr,
    },
    /// Other words of one's own comment; none take it away, unless somebody has answered.
    Reword {
        /// The comment.
        comment: CommentId,
        /// The words.
        text: SmolStr,
    },
    /// A comment away; what was said first goes with its answers.
    EraseComment(CommentId),
    /// Nothing is left to be said in the thread.
    Resolve(CommentId),
    /// Something is to be said after all.
    Reopen(CommentId),
    /// The visit is over.
    Settle,
}

/// Wishes about a review.
#[derive(Clone, Debug, PartialEq)]
pub enum ReviewCommand {
    /// What [`Workbench::decided`](crate::workbench::Workbench::decided) came to, as one step.
    Decide(Decided),
    /// What [`Workbench::answered`](crate::workbench::Workbench::answered) came to, as one step.
    Answer(Answered),
    /// Parts of a guest's codebook for mine, as one step. What mine has already stays as it is.
    AddToCodebook(Vec<CodebookEdit>),
    /// Other words with a decision.
    Remark(DecisionId, SmolStr),
    /// A decision away, with the question that was asked: its difference is open again. What it changed stays.
    Reopen(DecisionId),
}

/// What came of a wish.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The record that was made, to be selected.
    pub made: Option<RecordId>,
    /// What the eye could not see, to be said in a toast.
    pub said: Option<String>,
}
