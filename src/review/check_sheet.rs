//! What one looks at before reviewing a guest: are these the same texts, the same codebook, who worked on what and
//! when, and how much is there.
//!
//! Figures alone; nothing is compared annotation by annotation. That is `compare`.

use crate::model::{Annotator, DocumentId, LayerId, Project, Record, RelationKindId, Sheet, Stamp};
use crate::review::codebooks::{CodebookDifference, codebook_differences};
use crate::review::guest::{Guest, Realigned, Texts};
use jiff::Timestamp;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The figures.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckSheet {
    /// Whether they are copies of one project or independent work.
    pub kinship: Kinship,
    /// Documents: first ours as we show them, then those that only they have.
    pub documents: Vec<CheckedDocument>,
    /// What we have done.
    pub ours: Work,
    /// What they have done.
    pub theirs: Work,
    /// What the codebooks have not alike.
    pub codebook: Vec<CodebookDifference>,
}

/// How two projects go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Two copies of one project: records are the same by their ids.
    Copies,
    /// Projects of their own, perhaps on the same texts.
    Independent,
}

impl Kinship {
    /// How these two go together.
    pub fn of(ours: &Project, theirs: &Project) -> Self {
        if ours.id == theirs.id { Self::Copies } else { Self::Independent }
    }
}

/// A document of either side.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedDocument {
    /// Its title; ours, where both have it.
    pub title: SmolStr,
    /// Ours.
    pub ours: Option<DocumentId>,
    /// Theirs.
    pub theirs: Option<DocumentId>,
    /// How the texts go together; none where only we have it.
    pub texts: Option<Texts>,
    /// How many annotations we have in it.
    pub our_annotations: usize,
    /// How many they have.
    pub their_annotations: usize,
}

/// How many documents go together in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocumentCounts {
    /// The texts are equal.
    pub same: usize,
    /// They differ, and annotations were looked for in ours.
    pub realigned: usize,
    /// What became of those annotations, in all these documents.
    pub found: Realigned,
    /// Only we have it.
    pub only_ours: usize,
    /// Only they have it.
    pub only_theirs: usize,
}

/// What one side has done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// Annotations by layer, in the order of ids.
    pub layers: BTreeMap<LayerId, usize>,
    /// Links by kind.
    pub links: BTreeMap<RelationKindId, usize>,
    /// Records: actors, issues, events.
    pub records: usize,
    /// What each person has made. Work that nobody signed is under none.
    pub annotators: BTreeMap<Option<Annotator>, Share>,
    /// First and last time that anybody made or changed something.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Annotations whose words are no longer in their text.
    pub orphans: usize,
    /// Records of the file that cannot be valid; they are not compared.
    pub set_aside: usize,
}

/// What one person has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Annotations.
    pub annotations: usize,
    /// Links.
    pub links: usize,
    /// First and last time that this person made or changed one of them.
    pub span: Option<(Timestamp, Timestamp)>,
}

impl CheckSheet {
    /// The figures of `guest` beside ours.
    pub fn of(ours: &Project, guest: &Guest) -> Self {
        let theirs = &guest.project;
        Self {
            kinship: Kinship::of(ours, theirs),
            documents: documents(ours, guest),
            ours: Work::of(ours),
            theirs: Work::of(theirs),
            codebook: codebook_differences(&ours.codebook, &theirs.codebook),
        }
    }

    /// How many documents go together in which way.
    pub fn counts(&self) -> DocumentCounts {
        let mut counts = DocumentCounts::default();
        for document in &self.documents {
            match document.texts {
                None => counts.only_ours += 1,
                Some(Texts::OnlyTheirs) => counts.only_theirs += 1,
                Some(Texts::Same) => counts.same += 1,
                Some(Texts::Realigned(Realigned { moved, confirm, lost })) => {
                    counts.realigned += 1;
                    counts.found.moved += moved;
                    counts.found.confirm += confirm;
                    counts.found.lost += lost;
                }
            }
        }
        counts
    }
}

fn documents(ours: &Project, guest: &Guest) -> Vec<CheckedDocument> {
    let mut documents = Vec::new();
    for sheet in ours.documents_in_order() {
        let document = CheckedDocument {
            title: sheet.document().title.clone(),
            ours: Some(sheet.document().id.clone()),
            theirs: None,
            texts: None,
            our_annotations: sheet.annotations().len(),
            their_annotations: 0,
        };
        let mut paired = guest.documents_with(&sheet.document().id).peekable();
        if paired.peek().is_none() {
            documents.push(document.clone());
        }
        documents.extend(paired.map(|pair| CheckedDocument {
            theirs: Some(pair.theirs.clone()),
            texts: Some(pair.texts),
            their_annotations: annotations_in(guest, &pair.theirs),
            ..document.clone()
        }));
    }
    let alone = guest.documents.iter().filter(|pair| pair.ours.is_none());
    documents.extend(alone.map(|pair| {
        let title = guest.project.sheet(&pair.theirs).map(|sheet| sheet.document().title.clone());
        CheckedDocument {
            title: title.unwrap_or_default(),
            ours: None,
            theirs: Some(pair.theirs.clone()),
            texts: Some(pair.texts),
            our_annotations: 0,
            their_annotations: annotations_in(guest, &pair.theirs),
        }
    }));
    documents
}

fn annotations_in(guest: &Guest, document: &DocumentId) -> usize {
    guest.project.sheet(document).map_or(0, |sheet: &Sheet| sheet.annotations().len())
}

impl Work {
    /// What `project` holds.
    pub fn of(project: &Project) -> Self {
        let mut work = Self {
            records: project.entities().len(),
            set_aside: project.set_aside.len(),
            ..Self::default()
        };
        for annotation in project.annotations() {
            *work.layers.entry(annotation.layer.clone()).or_default() += 1;
            work.orphans += usize::from(annotation.place.is_orphan());
            work.share(annotation).annotations += 1;
            work.signed(annotation);
        }
        for relation in project.relations().values() {
            *work.links.entry(relation.kind.clone()).or_default() += 1;
            work.share(relation).links += 1;
            work.signed(relation);
        }
        work
    }

    /// All annotations.
    pub fn annotations(&self) -> usize {
        self.layers.values().sum()
    }

    /// The share of whoever made `record`.
    fn share<T>(&mut self, record: &Record<T>) -> &mut Share {
        let maker = record.made.as_ref().map(|stamp| stamp.by().clone());
        self.annotators.entry(maker).or_default()
    }

    /// Takes the times into account at which `record` was made and changed.
    fn signed<T>(&mut self, record: &Record<T>) {
        let stamps = record.made.iter().chain(record.revised.as_deref());
        for Stamp { at, .. } in stamps.clone() {
            self.span = Some(widened(self.span, *at));
        }
        for stamp in stamps {
            let share = self.annotators.entry(Some(stamp.by().clone())).or_default();
            share.span = Some(widened(share.span, stamp.at));
        }
    }
}

fn widened(span: Option<(Timestamp, Timestamp)>, at: Timestamp) -> (Timestamp, Timestamp) {
    span.map_or((at, at), |(first, last)| (first.min(at), last.max(at)))
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::review::check_sheet::{CheckSheet, DocumentCounts, Kinship, Share};
    use crate::review::guest::Guest;
    use crate::text::Text;

    fn signed(by: &str, at: &str) -> Signature {
        let stamp = Stamp::new(Annotator::new(by), at.parse().unwrap(), "test");
        Signature { hand: Hand::new(by), stamp }
    }

    fn tagged(project: &Project, id: &str, layer: &str, signature: &Signature) -> Project {
        let tag = Edit::Annotation(AnnotationEdit::Annotate(annotation(id, layer, 4, 12)));
        apply(project, &tag, signature).unwrap()
    }

    #[test]
    fn who_did_how_much_and_when_is_counted() {
        let (first, last) = ("2026-11-01T08:00:00Z", "2026-11-03T08:00:00Z");
        let theirs = tagged(&project(), "a_1", "actor", &signed("Boris", first));
        let theirs = tagged(&theirs, "a_2", "claim", &signed("Anna", "2026-11-02T08:00:00Z"));
        let link = Edit::Relation(RelationEdit::Relate(relation("l_1", "claims", "a_1", "a_2")));
        let theirs = apply(&theirs, &link, &signed("Boris", last)).unwrap();
        let sheet = CheckSheet::of(&project(), &Guest::over(&project(), "b", theirs));
        assert_eq!((sheet.kinship, sheet.ours.annotations()), (Kinship::Copies, 0));
        let times = Some((first.parse().unwrap(), last.parse().unwrap()));
        assert_eq!((sheet.theirs.span, sheet.theirs.annotations()), (times, 2));
        let boris = Share { annotations: 1, links: 1, span: times };
        assert_eq!(sheet.theirs.annotators[&Some(Annotator::new("Boris"))], boris);
        assert_eq!(sheet.theirs.layers[&LayerId::new("claim")], 1);
    }

    #[test]
    fn documents_are_the_same_realigned_or_on_one_side_only() {
        let with = |project: Project, id: &str, text: &str| {
            let document = Document { text: Text::new(text), ..document(id) };
            apply(&project, &Edit::Document(DocumentEdit::Add(document)), &signature("x")).unwrap()
        };
        let ours = with(with(project(), "d_2", "Ours."), "d_3", "The guest left early.");
        let theirs = with(with(project(), "d_3", "The guest left."), "d_4", "Theirs.");
        let sheet = CheckSheet::of(&ours, &Guest::over(&ours, "b", theirs));
        let counts = DocumentCounts {
            same: 1,
            realigned: 1,
            only_ours: 1,
            only_theirs: 1,
            ..DocumentCounts::default()
        };
        assert_eq!(sheet.counts(), counts);
        let ids: Vec<_> =
            sheet.documents.iter().map(|one| (one.ours.is_some(), one.theirs.is_some())).collect();
        assert_eq!(ids, [(true, true), (true, false), (true, true), (false, true)]);
    }
}
