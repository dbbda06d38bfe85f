//! A colleague's project laid over mine: their documents paired with mine, their spans as places in my texts.
//!
//! Never changes their project nor mine, and says of every place how sure it is. What the two say of one place is
//! compared by others; this is only about where. Start at [`Guest::over`].

use crate::model::{
    Annotation, AnnotationId, Document, DocumentId, Fragments, Project, Record, Sheet,
};
use crate::text::{Anchor, Found, Text};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A colleague's project laid over mine.
#[derive(Clone, Debug)]
pub struct Guest {
    /// What it is called on screen: the file's name, or the annotator's.
    pub name: SmolStr,
    /// The project as it was read.
    pub project: Project,
    /// Their documents in the order shown, each with mine.
    pub documents: Vec<PairedDocument>,
    /// Which of `documents` is of that id of theirs.
    index: BTreeMap<DocumentId, usize>,
    /// Where annotations of realigned documents are; none for lost ones. Those of equal texts are where they are.
    placed: BTreeMap<AnnotationId, Option<Standing>>,
}

/// A document of theirs and mine of the same source.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedDocument {
    /// Mine; none where only they have it.
    pub ours: Option<DocumentId>,
    /// Theirs.
    pub theirs: DocumentId,
    /// How their text goes with mine.
    pub texts: Texts,
}

/// How the texts of two paired documents go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// They are equal: every place of theirs is the same place in mine.
    Same,
    /// They differ: each annotation was looked for in mine.
    Realigned(Realigned),
    /// I have no such document; their annotations stand in their own text.
    OnlyTheirs,
}

/// What became of the annotations of a document whose text differs from mine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Realigned {
    /// Their words stand in my text, at the place that theirs corresponds to.
    pub moved: usize,
    /// Something like their words was found: a person should confirm it.
    pub confirm: usize,
    /// Their words are not in my text.
    pub lost: usize,
}

/// Where an annotation of theirs is in my text.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The place in my text.
    pub fragments: Fragments,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a place is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Certainty {
    /// The texts are equal.
    Same,
    /// The texts differ, but the very words stand at the corresponding place.
    Moved,
    /// Similar words, or the very words elsewhere: a person should confirm it.
    Confirm {
        /// How well it fits, above 0 and below 1.
        score: f32,
    },
}

impl Certainty {
    /// Whether a person should confirm the place.
    pub fn is_to_confirm(self) -> bool {
        matches!(self, Self::Confirm { .. })
    }
}

impl Guest {
    /// Lays `project` over `ours`. Where texts differ this looks for every annotation: slow, for a job.
    pub fn over(ours: &Project, name: impl Into<SmolStr>, project: Project) -> Self {
        let mut placed = BTreeMap::new();
        let pairs = paired(ours, &project);
        let mut documents = Vec::with_capacity(pairs.len());
        for (theirs, mine) in pairs {
            let texts = match mine {
                None => Texts::OnlyTheirs,
                Some(mine) if mine.document().text == theirs.document().text => Texts::Same,
                Some(mine) => {
                    Texts::Realigned(realigned(&mine.document().text, theirs, &mut placed))
                }
            };
            documents.push(PairedDocument {
                ours: mine.map(|sheet| sheet.document().id.clone()),
                theirs: theirs.document().id.clone(),
                texts,
            });
        }
        let ids = documents.iter().map(|document| document.theirs.clone());
        let index = ids.zip(0..).collect();
        Self { name: name.into(), project, documents, index, placed }
    }

    /// Where the annotation `theirs` is in my text. None if it is lost there or in their own text already, if I do not
    /// have its document, or if they have no such annotation.
    pub fn place(&self, theirs: &AnnotationId) -> Option<Standing> {
        let annotation = self.project.annotation(theirs)?;
        match self.document(&annotation.document)?.texts {
            Texts::OnlyTheirs => None,
            Texts::Realigned(_) => self.placed.get(theirs)?.clone(),
            Texts::Same if annotation.place.is_orphan() => None,
            Texts::Same => Some(Standing {
                fragments: annotation.place.fragments().clone(),
                certainty: Certainty::Same,
            }),
        }
    }

    /// Their document of that id, with mine.
    pub fn document(&self, theirs: &DocumentId) -> Option<&PairedDocument> {
        self.documents.get(*self.index.get(theirs)?)
    }

    /// The documents of theirs that go with `ours`; of several with one text each may.
    pub fn documents_with<'g>(
        &'g self,
        ours: &'g DocumentId,
    ) -> impl Iterator<Item = &'g PairedDocument> {
        self.documents.iter().filter(move |document| document.ours.as_ref() == Some(ours))
    }

    /// Their annotations that have no place in my texts although I have the document: kept with their words.
    pub fn lost(&self) -> impl Iterator<Item = &Arc<Record<Annotation>>> {
        let mine = self.documents.iter().filter(|document| document.ours.is_some());
        let sheets = mine.filter_map(|document| self.project.sheet(&document.theirs));
        let all = sheets.flat_map(Sheet::annotations_in_order);
        all.filter(|annotation| self.place(&annotation.id).is_none())
    }
}

/// Each document of theirs with mine: the one with the same id and text, else one with the same text, else the one
/// with the same id.
fn paired<'a>(ours: &'a Project, theirs: &'a Project) -> Vec<(&'a Sheet, Option<&'a Sheet>)> {
    let mut by_text: BTreeMap<&str, Vec<&Sheet>> = BTreeMap::new();
    for sheet in ours.documents_in_order() {
        by_text.entry(sheet.document().text.digest()).or_default().push(sheet);
    }
    let documents = theirs.documents_in_order();
    let mut mine: Vec<Option<&Sheet>> = vec![None; documents.len()];
    let mut taken: BTreeSet<&DocumentId> = BTreeSet::new();
    let same_text = |document: &Document| by_text.get(document.text.digest());
    let rules: [&dyn Fn(&Document, &BTreeSet<&DocumentId>) -> Option<&'a Sheet>; 3] = [
        &|document, _| {
            let twins = same_text(document)?;
            twins.iter().find(|sheet| sheet.document().id == document.id).copied()
        },
        &|document, taken| {
            let twins = same_text(document)?;
            twins.iter().find(|sheet| !taken.contains(&sheet.document().id)).copied()
        },
        &|document, taken| ours.sheet(&document.id).filter(|_| !taken.contains(&document.id)),
    ];
    for rule in rules {
        for (their, slot) in documents.iter().zip(&mut mine) {
            if slot.is_none() {
                *slot = rule(their.document(), &taken);
                taken.extend(slot.map(|sheet| &sheet.document().id));
            }
        }
    }
    documents.into_iter().zip(mine).collect()
}

/// Looks for every annotation of `theirs` in my text.
fn realigned(
    text: &Text,
    theirs: &Sheet,
    placed: &mut BTreeMap<AnnotationId, Option<Standing>>,
) -> Realigned {
    let mut counts = Realigned::default();
    for annotation in theirs.annotations().values() {
        let standing = found(&theirs.document().text, text, annotation);
        match &standing {
            Some(standing) if standing.certainty.is_to_confirm() => counts.confirm += 1,
            Some(_) => counts.moved += 1,
            None => counts.lost += 1,
        }
        placed.insert(annotation.id.clone(), standing);
    }
    counts
}

/// A place where the words moved fits so well.
const ELSEWHERE: f32 = 0.75;

fn found(from: &Text, to: &Text, annotation: &Annotation) -> Option<Standing> {
    if annotation.place.is_orphan() {
        return None;
    }
    let mut certainty = Certainty::Moved;
    let mut spans = Vec::new();
    for span in annotation.place.fragments().spans() {
        spans.push(match Anchor::of(from, *span).find(to) {
            Found::Exact(span) => span,
            Found::Moved(span) => {
                certainty = Certainty::Confirm { score: ELSEWHERE };
                span
            }
            Found::Orphan => return None,
        });
    }
    Some(Standing { fragments: Fragments::exactly(spans)?, certainty })
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::review::guest::*;
    use crate::text::{Offset, Span, Text};

    fn with_text(id: &str, text: &str) -> Document {
        Document { text: Text::new(text), title: id.into(), ..document(id) }
    }

    fn having(project_id: &str, documents: Vec<Document>) -> Project {
        let empty = Project::new(ProjectId::new(project_id), project().codebook.clone());
        documents.into_iter().fold(empty, |project, document| {
            apply(&project, &Edit::Document(DocumentEdit::Add(document)), &signature("h")).unwrap()
        })
    }

    fn tagged(project: &Project, id: &str, document: &str, quote: &str) -> Project {
        let document = DocumentId::new(document);
        let text = &project.sheet(&document).unwrap().document().text;
        let start = text.as_str().find(quote).unwrap();
        let (start, end) = (start as u32, (start + quote.len()) as u32);
        let value = Annotation { document, ..annotation(id, "actor", start, end) };
        apply(project, &Edit::Annotation(AnnotationEdit::Annotate(value)), &signature("h")).unwrap()
    }

    #[test]
    fn equal_texts_pair_whatever_their_ids() {
        let ours = having("p_1", vec![with_text("d_1", "One."), with_text("d_2", "The guest.")]);
        let theirs = having("p_2", vec![with_text("d_2", "One."), with_text("d_9", "The guest.")]);
        let theirs = tagged(&theirs, "a_1", "d_9", "guest");
        let guest = Guest::over(&ours, "theirs.json", theirs);
        let mine = |id: &str| {
            let document = guest.document(&DocumentId::new(id)).unwrap();
            (document.ours.as_ref().map(|id| id.as_str().to_owned()), document.texts)
        };
        assert_eq!(mine("d_2"), (Some("d_1".to_owned()), Texts::Same));
        assert_eq!(mine("d_9"), (Some("d_2".to_owned()), Texts::Same));
        let standing = guest.place(&AnnotationId::new("a_1")).unwrap();
        assert_eq!(standing.certainty, Certainty::Same);
        let span = Span::between(Offset(4), Offset(9)).unwrap();
        assert_eq!(standing.fragments, Fragments::one(span));
        assert_eq!(guest.documents_with(&DocumentId::new("d_2")).count(), 1);
        assert_eq!(guest.place(&AnnotationId::new("a_2")), None);
    }

    #[test]
    fn what_only_they_have_stays_theirs() {
        let theirs = having("p_1", vec![with_text("d_7", "Another matter.")]);
        let theirs = tagged(&theirs, "a_1", "d_7", "matter");
        let guest = Guest::over(&having("p_1", vec![with_text("d_1", "One.")]), "b", theirs);
        assert_eq!(
            guest.documents.iter().map(|pair| pair.texts).collect::<Vec<_>>(),
            [Texts::OnlyTheirs]
        );
        assert_eq!(guest.place(&AnnotationId::new("a_1")), None);
        assert_eq!(guest.lost().count(), 0);
    }

    #[test]
    fn words_of_another_text_are_looked_for_and_lost_ones_kept() {
        let ours = having("p_1", vec![with_text("d_1", "Yesterday the guest left.")]);
        let theirs = having("p_1", vec![with_text("d_1", "The guest left. Nobody came.")]);
        let theirs = tagged(&theirs, "a_1", "d_1", "guest");
        let theirs = tagged(&theirs, "a_2", "d_1", "Nobody");
        let guest = Guest::over(&ours, "b", theirs);
        let Texts::Realigned(counts) = guest.documents[0].texts else { panic!("texts differ") };
        assert_eq!((counts.moved + counts.confirm, counts.lost), (1, 1));
        let standing = guest.place(&AnnotationId::new("a_1")).unwrap();
        let text = &ours.sheet(&DocumentId::new("d_1")).unwrap().document().text;
        assert_eq!(text.slice(standing.fragments.hull()), "guest");
        let lost: Vec<&str> = guest.lost().map(|annotation| annotation.id.as_str()).collect();
        assert_eq!(lost, ["a_2"]);
    }
}
