//! Everything that can be intended with a project, as closed sets of values by noun.
//!
//! Ids are minted before; an edit holds no chance and no clock. `apply` says what each one does and refuses.

use crate::model::{
    Annotation, AnnotationId, Answer, AnyRecord, CodeId, CodebookEdit, Comment, CommentId,
    Decision, DecisionId, Document, DocumentId, Entity, EntityId, FeatureId, Fragments, LayerId,
    Note, NoteId, RecordId, Relation, RelationId, Value, Version,
};
use smol_str::SmolStr;

/// One intended change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Of a document.
    Document(DocumentEdit),
    /// Of an annotation.
    Annotation(AnnotationEdit),
    /// Of an entity.
    Entity(EntityEdit),
    /// Of a relation.
    Relation(RelationEdit),
    /// Of a note or comment.
    Remark(RemarkEdit),
    /// Of a decision.
    Decision(DecisionEdit),
    /// Of the codebook.
    Codebook(Box<CodebookEdit>),
    /// What comes from a colleague's project.
    Take(TakeEdit),
    /// A conflict is settled: of all sides of the record this one stays, 0 being the one that stands in front.
    TakeSide(RecordId, usize),
    /// Several as one step.
    Group {
        /// What the step is called.
        title: String,
        /// In order; all or none happen.
        edits: Vec<Self>,
    },
}

/// Changes of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentEdit {
    /// A new one.
    Add(Document),
    /// Another title.
    Rename(DocumentId, SmolStr),
    /// Another language code.
    SetLanguage(DocumentId, SmolStr),
    /// A field's value, or none.
    SetField(DocumentId, FeatureId, Option<Value>),
    /// Another place among the documents.
    Move(DocumentId, i64),
    /// Away; refused while annotations are in it.
    Erase(DocumentId),
}

/// Changes of an annotation.
#[derive(Clone, Debug, PartialEq)]
pub enum AnnotationEdit {
    /// A new one.
    Annotate(Annotation),
    /// Other words; also puts an orphan right.
    Place(AnnotationId, Fragments),
    /// Another layer. Code, entity and features that the new layer does not have are dropped.
    SetLayer(AnnotationId, LayerId),
    /// Another code of its layer, or none.
    SetCode(AnnotationId, Option<CodeId>),
    /// A feature's value, or none.
    SetFeature(AnnotationId, FeatureId, Option<Value>),
    /// What it refers to, or nothing.
    Attach(AnnotationId, Option<EntityId>),
    /// Away; refused while relations lead to it.
    Erase(AnnotationId),
}

/// Changes of an entity.
#[derive(Clone, Debug, PartialEq)]
pub enum EntityEdit {
    /// A new one.
    Add(Entity),
    /// Other content under the same id; its layer stays.
    Revise(Entity),
    /// Away; refused while something refers to it.
    Erase(EntityId),
}

/// Changes of a relation.
#[derive(Clone, Debug, PartialEq)]
pub enum RelationEdit {
    /// A new one.
    Relate(Relation),
    /// Other kind, ends or features under the same id.
    Revise(Relation),
    /// Away.
    Erase(RelationId),
}

/// Changes of notes and comments.
#[derive(Clone, Debug, PartialEq)]
pub enum RemarkEdit {
    /// A note, new or with other words.
    Note(Note),
    /// A note away.
    EraseNote(NoteId),
    /// A comment, new or with other words.
    Comment(Comment),
    /// A comment away.
    EraseComment(CommentId),
}

/// Changes of decisions.
#[derive(Clone, Debug, PartialEq)]
pub enum DecisionEdit {
    /// A decision, new or instead of the one of its id.
    Decide(Decision),
    /// What the author says to it, or nothing.
    Answer(DecisionId, Option<Answer>),
    /// Away: the difference is open again. What it changed stays.
    Erase(DecisionId),
}

/// What a review takes from a colleague's project. What stands here afterwards has seen their edits too, so that a
/// later merge with their copy asks nothing again.
#[derive(Clone, Debug, PartialEq)]
pub enum TakeEdit {
    /// A record as the colleague wrote it: who made it, what is not understood of it, and in its version the edits that
    /// their copy has seen (none for independent work). New, or instead of what stands here under its id.
    Put(AnyRecord),
    /// What stands here under that id, or that nothing does, has been weighed against a copy that has seen this.
    Seen(RecordId, Version),
}

impl Edit {
    /// What the step is called in the history: "Tag", "Link", …
    pub fn title(&self) -> &str {
        match self {
            Self::Document(edit) => match edit {
                DocumentEdit::Add(_) => "Add document",
                DocumentEdit::Rename(..) => "Rename document",
                DocumentEdit::SetLanguage(..) | DocumentEdit::SetField(..) => "Describe document",
                DocumentEdit::Move(..) => "Move document",
                DocumentEdit::Erase(_) => "Erase document",
            },
            Self::Annotation(edit) => match edit {
                AnnotationEdit::Annotate(_) => "Tag",
                AnnotationEdit::Place(..) => "Move boundary",
                AnnotationEdit::SetLayer(..) => "Change layer",
                AnnotationEdit::SetCode(..) => "Change code",
                AnnotationEdit::SetFeature(..) => "Change feature",
                AnnotationEdit::Attach(..) => "Attach",
                AnnotationEdit::Erase(_) => "Erase annotation",
            },
            Self::Entity(edit) => match edit {
                EntityEdit::Add(_) => "Add record",
                EntityEdit::Revise(_) => "Change record",
                EntityEdit::Erase(_) => "Erase record",
            },
            Self::Relation(edit) => match edit {
                RelationEdit::Relate(_) => "Link",
                RelationEdit::Revise(_) => "Change link",
                RelationEdit::Erase(_) => "Erase link",
            },
            Self::Remark(edit) => match edit {
                RemarkEdit::Note(_) => "Note",
                RemarkEdit::Comment(_) => "Comment",
                RemarkEdit::EraseNote(_) => "Erase note",
                RemarkEdit::EraseComment(_) => "Erase comment",
            },
            Self::Decision(edit) => match edit {
                DecisionEdit::Decide(_) => "Decide",
                DecisionEdit::Answer(..) => "Answer",
                DecisionEdit::Erase(_) => "Open again",
            },
            Self::Codebook(_) => "Add to the codebook",
            Self::Take(edit) => match edit {
                TakeEdit::Put(_) => "Take theirs",
                TakeEdit::Seen(..) => "Keep mine",
            },
            Self::TakeSide(..) => "Settle conflict",
            Self::Group { title, .. } => title,
        }
    }
}
