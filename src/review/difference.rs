//! What comparing two projects comes to: differences, each of one class, in the order of the text.
//!
//! Plain data that `compare` fills in and the review session, the window and the command line read. Nothing here
//! compares, decides or draws. Records are paired in `entity_pairs`, codebooks compared in `codebooks`.

use crate::model::{AnnotationId, DocumentId, FeatureId, LayerId, RelationId};
use crate::review::by_id::ById;
use crate::review::codebooks::CodebookDifference;
use crate::review::entity_pairs::EntityPairs;
use crate::text::Span;

/// What a pair of annotations, or one without a partner, counts as. In the order in which counts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Both say the same.
    Same,
    /// The same thing on other words.
    Boundary,
    /// Another code, or another layer.
    Code,
    /// Other values.
    Features,
    /// It speaks of another record, or only one of the two says of which.
    Entity,
    /// It is linked otherwise.
    Links,
    /// They have nothing there.
    OnlyOurs,
    /// We have nothing there.
    OnlyTheirs,
}

impl Class {
    /// All of them, in the order in which counts are shown.
    pub const ALL: [Self; 8] = [
        Self::Same,
        Self::Boundary,
        Self::Code,
        Self::Features,
        Self::Entity,
        Self::Links,
        Self::OnlyOurs,
        Self::OnlyTheirs,
    ];

    /// Its name in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Boundary => "boundary",
            Self::Code => "code",
            Self::Features => "features",
            Self::Entity => "entity",
            Self::Links => "links",
            Self::OnlyOurs => "only_ours",
            Self::OnlyTheirs => "only_theirs",
        }
    }

    /// The class of that name; none for another word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == name)
    }

    /// The class seen from the other side.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::OnlyOurs => Self::OnlyTheirs,
            Self::OnlyTheirs => Self::OnlyOurs,
            same => same,
        }
    }
}

/// In what two paired annotations differ; the heaviest first, and the heaviest is what the difference counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Their words.
    Boundary,
    /// Their code, or their layer.
    Code,
    /// The record that they speak of.
    Entity,
    /// The values in [`Difference::features`].
    Features,
    /// The links in [`Difference::links`].
    Links,
}

impl From<Aspect> for Class {
    fn from(aspect: Aspect) -> Self {
        match aspect {
            Aspect::Boundary => Self::Boundary,
            Aspect::Code => Self::Code,
            Aspect::Entity => Self::Entity,
            Aspect::Features => Self::Features,
            Aspect::Links => Self::Links,
        }
    }
}

/// Who has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Both.
    Both,
    /// Only we.
    Ours,
    /// Only they.
    Theirs,
}

/// What the versions say of one annotation in two copies of a project. For people and for filters: it never changes
/// what a difference counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum History {
    /// Nothing: the work is independent, or only one of the copies has ever had it.
    #[default]
    Unknown,
    /// Neither has edited it since they parted.
    Even,
    /// Ours has seen every edit of theirs, and more.
    OursLater,
    /// Theirs has seen every edit of ours, and more.
    TheirsLater,
    /// Each has edits that the other has not seen.
    Apart,
    /// The side that has nothing there has erased it.
    Erased,
}

/// A link that the two sides have not alike. Links with an end in an annotation that only one side has are part of
/// that difference and not listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkDifference {
    /// Ours; none where only they have it.
    pub ours: Option<RelationId>,
    /// Theirs; none where only we have it. Where both are there, kind, direction or values differ.
    pub theirs: Option<RelationId>,
}

/// Two annotations that are one thing to two people, or one that only one of them has. Every annotation of both
/// sides is in exactly one difference; those that say the same are one of class [`Class::Same`].
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What it counts as: the heaviest aspect.
    pub class: Class,
    /// All aspects, the heaviest first. Empty for those that say the same or that only one side has.
    pub aspects: Vec<Aspect>,
    /// Our layer, or theirs where only they have it.
    pub layer: LayerId,
    /// Our document, or theirs where [`Difference::held_by`] says that only they have it.
    pub document: DocumentId,
    /// Who has the document.
    pub held_by: Whose,
    /// Our annotation.
    pub ours: Option<AnnotationId>,
    /// Theirs.
    pub theirs: Option<AnnotationId>,
    /// Where it is in the document's text: what both cover from the first word to the last. None where the words of
    /// both are lost, or were not found in our text.
    pub hull: Option<Span>,
    /// Shared by joint code points of the two, 0 to 1; 0 without a partner, 1 where both are lost on the same words.
    pub overlap: f64,
    /// Features whose values differ, by id.
    pub features: Vec<FeatureId>,
    /// Links that differ. A link counts once, at that of its ends that comes first in the text.
    pub links: Vec<LinkDifference>,
    /// Whose copy is later.
    pub history: History,
}

impl Difference {
    /// Whether there is anything to decide.
    pub fn differs(&self) -> bool {
        self.class != Class::Same
    }

    /// Whether `aspect` is among its aspects.
    pub fn has(&self, aspect: Aspect) -> bool {
        self.aspects.contains(&aspect)
    }
}

/// How many differences there are of each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassCounts([usize; Class::ALL.len()]);

impl ClassCounts {
    /// How many of that class.
    pub fn get(&self, class: Class) -> usize {
        self.0.get(class as usize).copied().unwrap_or_default()
    }

    /// Every class with its count, in the order in which counts are shown.
    pub fn iter(self) -> impl Iterator<Item = (Class, usize)> {
        Class::ALL.into_iter().zip(self.0)
    }

    /// All together.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// All but those that say the same.
    pub fn differing(&self) -> usize {
        self.total() - self.get(Class::Same)
    }
}

impl FromIterator<Class> for ClassCounts {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        let mut counts = Self::default();
        for class in classes {
            if let Some(count) = counts.0.get_mut(class as usize) {
                *count += 1;
            }
        }
        counts
    }
}

/// Two projects beside each other. Notes, comments, decisions, versions and times never count as a difference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// All differences, those that say the same too: by our order of documents and of the text, then documents that
    /// only they have.
    pub differences: Vec<Difference>,
    /// Which record of theirs is which of ours, and which records only one side has.
    pub entities: EntityPairs,
    /// Links between two records that differ: no annotation has them.
    pub record_links: Vec<LinkDifference>,
    /// What the codebooks have not alike.
    pub codebook: Vec<CodebookDifference>,
    /// Which difference is about which annotation.
    pub(crate) by_id: ById,
}

impl Comparison {
    /// How many of each class.
    pub fn counts(&self) -> ClassCounts {
        self.counts_where(|_| true)
    }

    /// How many of each class among those for which `holds`.
    pub fn counts_where(&self, holds: impl Fn(&Difference) -> bool) -> ClassCounts {
        self.differences.iter().filter(|one| holds(one)).map(|one| one.class).collect()
    }

    /// Whether nothing at all differs.
    pub fn is_same(&self) -> bool {
        self.differences.iter().all(|one| !one.differs())
            && self.entities.is_same()
            && self.record_links.is_empty()
            && self.codebook.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use crate::review::difference::{Class, ClassCounts};

    #[test]
    fn classes_are_counted_and_named() {
        let counts: ClassCounts =
            [Class::Same, Class::Links, Class::Same, Class::OnlyTheirs].into_iter().collect();
        assert_eq!((counts.get(Class::Same), counts.get(Class::Code)), (2, 0));
        assert_eq!((counts.total(), counts.differing()), (4, 2));
        let names: Vec<_> = counts.iter().map(|(class, count)| (class.as_str(), count)).collect();
        let expected = [
            ("same", 2),
            ("boundary", 0),
            ("code", 0),
            ("features", 0),
            ("entity", 0),
            ("links", 1),
            ("only_ours", 0),
            ("only_theirs", 1),
        ];
        assert_eq!(names, expected);
        assert!(Class::ALL.iter().all(|class| Class::named(class.as_str()) == Some(*class)));
        assert!(Class::ALL.iter().all(|class| class.mirrored().mirrored() == *class));
    }
}
