//! What the records hold: documents, annotations, entities, relations, notes, comments; decisions are in `decision`.
//!
//! Plain values, each with its own id. What they may be together is decided in `apply` and `check`.

use crate::model::{
    AnnotationId, CodeId, CommentId, DocumentId, End, EntityId, FeatureId, Features, LayerId,
    NoteId, RecordId, RelationId, RelationKindId,
};
use crate::text::{Offset, Span, Text};
use smol_str::SmolStr;
use thin_vec::ThinVec;

/// A source: its text, which never changes silently, and what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// On screen.
    pub title: SmolStr,
    /// BCP 47 code; empty when nobody said.
    pub language: SmolStr,
    /// Fields of the codebook's document layer.
    pub meta: Features,
    /// The file it came from.
    pub source: Option<Source>,
    /// Where it stands among the documents; lower first, then by id.
    pub order: i64,
    /// The text.
    pub text: Text,
    /// The digest that the file states, where it is not that of the text.
    pub stated_digest: Option<SmolStr>,
}

/// The file that a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name without folders.
    pub name: SmolStr,
    /// The encoding it was read in.
    pub encoding: SmolStr,
    /// Digest of its bytes: `sha256:` and 64 hexadecimal digits.
    pub digest: SmolStr,
}

/// A span that somebody tagged.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Its id.
    pub id: AnnotationId,
    /// The document it is in.
    pub document: DocumentId,
    /// Its layer.
    pub layer: LayerId,
    /// Its code.
    pub code: Option<CodeId>,
    /// Where it is.
    pub place: Place,
    /// What it refers to, of the kind that the layer declares.
    pub entity: Option<EntityId>,
    /// What is said of this passage.
    pub features: Features,
}

/// Where an annotation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Here.
    Anchored(Fragments),
    /// Its words no longer stand where they did.
    Orphan(Box<Orphan>),
}

/// What is known of lost words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Where they stood.
    pub last: Fragments,
    /// The words, one for each fragment, and before them those of the hull where there are several.
    pub quotes: Vec<Box<str>>,
}

impl Place {
    /// The fragments, or the last ones known.
    pub fn fragments(&self) -> &Fragments {
        match self {
            Self::Anchored(fragments) => fragments,
            Self::Orphan(orphan) => &orphan.last,
        }
    }

    /// Whether the words are lost.
    pub fn is_orphan(&self) -> bool {
        matches!(self, Self::Orphan(_))
    }
}

/// One or more spans, ascending, with at least a character between two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fragments {
    hull: Span,
    /// Empty where there is but one.
    several: ThinVec<Span>,
}

impl Fragments {
    /// A single span.
    pub fn one(span: Span) -> Self {
        Self { hull: span, several: ThinVec::new() }
    }

    /// These spans in text order, those that touch or overlap joined; none for none.
    pub fn joined(mut spans: Vec<Span>) -> Option<Self> {
        spans.sort_unstable();
        let mut parts: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match parts.last_mut() {
                Some(last) if span.start() <= last.end() => *last = last.hull(span),
                _ => parts.push(span),
            }
        }
        let hull = parts.first()?.hull(*parts.last()?);
        Some(Self { hull, several: if parts.len() > 1 { parts.into() } else { ThinVec::new() } })
    }

    /// These spans as they are; none unless they ascend without overlap.
    pub fn exactly(spans: Vec<Span>) -> Option<Self> {
        let ascending = spans.iter().zip(spans.iter().skip(1)).all(|(a, b)| a.end() <= b.start());
        let hull = spans.first()?.hull(*spans.last()?);
        let several = if spans.len() > 1 { spans.into() } else { ThinVec::new() };
        ascending.then_some(Self { hull, several })
    }

    /// The smallest span that covers all.
    pub fn hull(&self) -> Span {
        self.hull
    }

    /// The spans; at least one.
    pub fn spans(&self) -> &[Span] {
        if self.several.is_empty() { std::slice::from_ref(&self.hull) } else { &self.several }
    }

    /// Whether there are several.
    pub fn is_discontinuous(&self) -> bool {
        !self.several.is_empty()
    }
}

/// What mentions refer to: on screen an actor, an issue, an event record.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// The layer whose annotations mention it.
    pub layer: LayerId,
    /// Its name.
    pub name: SmolStr,
    /// Other names, in any script.
    pub aliases: Vec<SmolStr>,
    /// Its code, of the layer's.
    pub code: Option<CodeId>,
    /// Facts about it.
    pub features: Features,
}

/// A typed link with a direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Its id.
    pub id: RelationId,
    /// Its kind.
    pub kind: RelationKindId,
    /// Where it starts; of a symmetric kind the end with the lower id.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// What is said of it.
    pub features: Features,
}

/// What I think about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// What it is about.
    pub target: RecordId,
    /// The words.
    pub text: SmolStr,
}

/// What I say to others about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// What it is about.
    pub target: RecordId,
    /// The first comment of its thread; itself, if it is the first.
    pub thread: CommentId,
    /// The words.
    pub text: SmolStr,
    /// Whether the thread is settled; said on its first comment.
    pub resolved: bool,
}

impl Document {
    /// Whether the text begins with its title as a paragraph of its own.
    pub fn begins_with_title(&self) -> bool {
        self.text.paragraph(0).trim() == self.title.as_str()
    }

    /// The number of the paragraph that `at` is in as a reader counts them: a title does not count.
    pub fn paragraph_number(&self, at: Offset) -> u32 {
        let number = self.text.paragraph_number(at);
        if self.begins_with_title() { number.saturating_sub(1) } else { number }
    }
}

impl Entity {
    /// Name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &SmolStr> {
        std::iter::once(&self.name).chain(&self.aliases)
    }
}

impl Annotation {
    /// The words it covers, fragments joined by an ellipsis; the old ones of an orphan.
    pub fn words(&self, text: &Text) -> String {
        let parts: Vec<&str> = match &self.place {
            Place::Anchored(fragments) => {
                fragments.spans().iter().map(|span| text.slice(*span)).collect()
            }
            Place::Orphan(orphan) => {
                let skip = usize::from(orphan.last.is_discontinuous());
                orphan.quotes.iter().skip(skip).map(AsRef::as_ref).collect()
            }
        };
        parts.join(" … ")
    }

    /// The value of a feature.
    pub fn feature(&self, id: &str) -> Option<&crate::model::Value> {
        self.features.get(&FeatureId::new(id))
    }
}
