//! What was decided about a difference with a colleague's project, and what each side had said.
//!
//! A decision speaks for itself: whoever reads it needs neither the colleague's file nor the state of the project at
//! that time. What it names need not exist any more. How decisions are made is the review room's business.

use crate::model::{
    AnnotationId, Annotator, CodeId, DecisionId, DocumentId, End, EntityId, Features, LayerId,
    ProjectId, RelationId, RelationKindId, Unknown,
};
use smol_str::SmolStr;

/// What was decided about one difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its id; the same difference with the same guest always has the same.
    pub id: DecisionId,
    /// Whose work it is about.
    pub guest: GuestName,
    /// The class of the difference, as a word: `boundary`, `only_theirs`.
    pub class: SmolStr,
    /// What the one who decided had said.
    pub ours: Option<Box<Stated>>,
    /// What the guest had said.
    pub theirs: Option<Box<Stated>>,
    /// Two records that are one, if it is about these; then neither side above is there.
    pub records: Option<Box<StatedRecords>>,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, or what is asked.
    pub remark: SmolStr,
    /// What the guest's author says to it.
    pub answer: Option<Answer>,
}

/// A colleague's project as it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GuestName {
    /// The project.
    pub project: ProjectId,
    /// Its file or its annotator, as it was shown.
    pub name: SmolStr,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Ours stays.
    Mine,
    /// Theirs takes its place.
    Theirs,
    /// Theirs stands beside ours.
    Both,
    /// Neither stands.
    Neither,
    /// Their author is asked; ours stays until then.
    Ask,
    /// Ours was changed by hand, and stays so.
    Edited,
}

/// What the author says to a decision about their work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Taken over.
    Accepted,
    /// Not agreed, and why.
    Disputed(SmolStr),
}

/// An annotation as one side had it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Its id, in the project of that side.
    pub id: AnnotationId,
    /// The document, in the project of that side.
    pub document: DocumentId,
    /// Its layer.
    pub layer: LayerId,
    /// Its code.
    pub code: Option<CodeId>,
    /// Its spans in code points of the text of the one who decided; none, if their words have no place in it.
    pub spans: Vec<(u32, u32)>,
    /// The words, from start to end.
    pub quote: Box<str>,
    /// What it refers to: id, in the project of that side, and name.
    pub entity: Option<(EntityId, SmolStr)>,
    /// What is said of the passage.
    pub features: Features,
    /// The links at it.
    pub links: Vec<StatedLink>,
    /// Who made it.
    pub by: Option<Annotator>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// Two records that are one thing to both, as each side had it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedRecords {
    /// Ours.
    pub ours: StatedRecord,
    /// The guest's.
    pub theirs: StatedRecord,
}

/// A record as one side had it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedRecord {
    /// Its id, in the project of that side.
    pub id: EntityId,
    /// Its layer.
    pub layer: LayerId,
    /// What it is called.
    pub name: SmolStr,
    /// Its other names.
    pub aliases: Vec<SmolStr>,
    /// Its code.
    pub code: Option<CodeId>,
    /// What is known of it.
    pub features: Features,
    /// Its links to other records.
    pub links: Vec<StatedLink>,
    /// Who made it.
    pub by: Option<Annotator>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// A link as one side had it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedLink {
    /// Its id, in the project of that side.
    pub id: RelationId,
    /// Its kind.
    pub kind: RelationKindId,
    /// Whether it starts at the annotation.
    pub way: Direction,
    /// Where it leads, in the project of that side.
    pub other: End,
    /// The layer there.
    pub layer: LayerId,
    /// The words there, or the name.
    pub words: SmolStr,
    /// What is said of it.
    pub features: Features,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// Which way a link goes, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It starts there.
    Out,
    /// It ends there.
    In,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Mine, Self::Theirs, Self::Both, Self::Neither, Self::Ask, Self::Edited];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
            Self::Both => "both",
            Self::Neither => "neither",
            Self::Ask => "ask",
            Self::Edited => "edited",
        }
    }

    /// The verdict of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

impl Direction {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
        }
    }

    /// The direction of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Out, Self::In].into_iter().find(|way| way.word() == word)
    }
}

impl Decision {
    /// The words that it is about: ours, or theirs where we had none; of records the name.
    pub fn quote(&self) -> &str {
        let side = self.ours.as_ref().or(self.theirs.as_ref());
        let name = self.records.as_ref().map_or("", |both| both.ours.name.as_str());
        side.map_or(name, |stated| &stated.quote)
    }

    /// The layer that it is about.
    pub fn layer(&self) -> Option<&LayerId> {
        let side = self.ours.as_ref().or(self.theirs.as_ref()).map(|stated| &stated.layer);
        side.or_else(|| self.records.as_ref().map(|both| &both.ours.layer))
    }
}
