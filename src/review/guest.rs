//! A colleague's project laid over mine: their documents paired with mine, their spans as places in my texts.
//!
//! Never changes their project nor mine, and says of every place how sure it is. What the two say of one place is
//! compared by others; this is only about where. Start at [`Guest::over`].

use crate::model::{
    Annotation, AnnotationId, Document, DocumentId, Fragments, Place, Project, Record, Sheet,
};
use crate::review::watch::{Watch, unwatched};
use crate::text::{Alignment, Likeness, Placement, Quote, Text};
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
    /// What should be known of their file before it is looked at, in sentences.
    pub remarks: Vec<String>,
    /// What their file says of records.
    pub records: RecordsSaid,
    /// Their documents in the order shown, each with mine.
    pub documents: Vec<PairedDocument>,
    /// Which of `documents` is of that id of theirs.
    index: BTreeMap<DocumentId, usize>,
    /// Where annotations of realigned documents are; none for lost ones. Those of equal texts are where they are.
    placed: BTreeMap<AnnotationId, Option<Standing>>,
}

/// What a file says of records. What it does not say is no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordsSaid {
    /// All that there is.
    Whole,
    /// The names of those that annotations and their links speak of: no aliases, facts, nor links between two of them.
    Names,
}

/// A document of theirs and mine of the same source.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedDocument {
    /// Mine; none where only they have it.
    pub ours: Option<DocumentId>,
    /// Theirs.
    pub theirs: DocumentId,
    /// How one knows that they are of the same source.
    pub by: PairedBy,
    /// How their text goes with mine.
    pub texts: Texts,
}

/// How one knows that two documents are of the same source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PairedBy {
    /// They have the same text.
    Text,
    /// They have the same id and texts that are alike, or are of two copies of one project.
    Id,
    /// Much of their texts is the same: somebody should look whether they are meant.
    Likeness {
        /// The share of groups of words that both have, from 0 to 1.
        share: f32,
    },
    /// Only they have it.
    Nothing,
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

impl Realigned {
    fn count(&mut self, standing: Option<&Standing>) {
        match standing {
            Some(standing) if standing.certainty.is_to_confirm() => self.confirm += 1,
            Some(_) => self.moved += 1,
            None => self.lost += 1,
        }
    }
}

impl Guest {
    /// Lays `project` over `ours`. Where texts differ this looks for every annotation: slow, for a job.
    pub fn over(ours: &Project, name: impl Into<SmolStr>, project: Project) -> Self {
        let Ok(guest) = Self::watched(ours, name, project, &unwatched());
        guest
    }

    /// The same while somebody looks on.
    pub fn watched<S>(
        ours: &Project,
        name: impl Into<SmolStr>,
        project: Project,
        watch: &Watch<'_, S>,
    ) -> Result<Self, S> {
        watch.at(0, 1)?;
        let mut placed = BTreeMap::new();
        let pairs = paired(ours, &project);
        let mut documents = Vec::with_capacity(pairs.len());
        let (whole, mut behind) = (project.annotation_count(), 0);
        for (theirs, mine, by) in pairs {
            let here = theirs.annotations().len();
            let part = watch.between(behind, behind + here, whole);
            behind += here;
            let texts = match mine {
                None => Texts::OnlyTheirs,
                Some(mine) if mine.document().text == theirs.document().text => Texts::Same,
                Some(mine) => {
                    Texts::Realigned(realigned(&mine.document().text, theirs, &mut placed, &part)?)
                }
            };
            documents.push(PairedDocument {
                ours: mine.map(|sheet| sheet.document().id.clone()),
                theirs: theirs.document().id.clone(),
                by,
                texts,
            });
        }
        let ids = documents.iter().map(|document| document.theirs.clone());
        let index = ids.zip(0..).collect();
        let (remarks, records) = (Vec::new(), RecordsSaid::Whole);
        watch.done()?;
        Ok(Self { name: name.into(), project, remarks, records, documents, index, placed })
    }

    /// Says of documents that were given my texts on the way, because their own were not known, how sure the places
    /// are: `found` are those that a person should confirm, with how well they fit; the others are sure.
    #[must_use]
    pub fn with_doubts(
        mut self,
        unsure: &BTreeSet<DocumentId>,
        found: &BTreeMap<AnnotationId, f32>,
    ) -> Self {
        for pair in self.documents.iter_mut().filter(|pair| unsure.contains(&pair.theirs)) {
            let Some(sheet) = self.project.sheet(&pair.theirs) else { continue };
            let mut counts = Realigned::default();
            for annotation in sheet.annotations().values() {
                let score = found.get(&annotation.id).copied();
                let certainty = score.map(|score| Certainty::Confirm { score });
                let standing = (!annotation.place.is_orphan()).then(|| Standing {
                    fragments: annotation.place.fragments().clone(),
                    certainty: certainty.unwrap_or(Certainty::Moved),
                });
                counts.count(standing.as_ref());
                self.placed.insert(annotation.id.clone(), standing);
            }
            (pair.by, pair.texts) = (PairedBy::Id, Texts::Realigned(counts));
        }
        self
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

/// A document of theirs, mine, and how one knows.
type Pair<'a> = (&'a Sheet, Option<&'a Sheet>, PairedBy);

/// Each document of theirs with mine: first those with the same text, best with the same id too; then those with the
/// same id; then those that are most alike.
fn paired<'a>(ours: &'a Project, theirs: &'a Project) -> Vec<Pair<'a>> {
    let mut by_text: BTreeMap<&str, Vec<&Sheet>> = BTreeMap::new();
    for sheet in ours.documents_in_order() {
        by_text.entry(sheet.document().text.digest()).or_default().push(sheet);
    }
    let nothing = |sheet| (sheet, None, PairedBy::Nothing);
    let mut pairs: Vec<Pair<'_>> = theirs.documents_in_order().into_iter().map(nothing).collect();
    let mut taken: BTreeSet<&DocumentId> = BTreeSet::new();
    let twins = |document: &Document| by_text.get(document.text.digest()).into_iter().flatten();
    for same_id in [true, false] {
        for (their, mine, by) in pairs.iter_mut().filter(|(_, mine, _)| mine.is_none()) {
            let fits = |sheet: &&&'a Sheet| {
                let id = &sheet.document().id;
                !taken.contains(id) && (!same_id || *id == their.document().id)
            };
            if let Some(twin) = twins(their.document()).find(fits).copied() {
                taken.insert(&twin.document().id);
                (*mine, *by) = (Some(twin), PairedBy::Text);
            }
        }
    }
    let copies = ours.id == theirs.id;
    for (their, mine, by) in pairs.iter_mut().filter(|(_, mine, _)| mine.is_none()) {
        let Some(sheet) = ours.sheet(&their.document().id) else { continue };
        let free = !taken.contains(&sheet.document().id);
        if free && (copies || alike(their.document(), sheet.document()) >= HARDLY) {
            taken.insert(&sheet.document().id);
            (*mine, *by) = (Some(sheet), PairedBy::Id);
        }
    }
    pair_by_likeness(ours, &mut pairs, taken);
    pairs
}

/// Texts of one id that have less in common are not of one source.
const HARDLY: f32 = 0.05;
/// So much in common makes two documents one source; less, where title or file name agree.
const ALIKE: f32 = 0.25;
const ALIKE_AND_NAMED: f32 = 0.08;

fn alike(a: &Document, b: &Document) -> f32 {
    Likeness::of(&a.text).with(&Likeness::of(&b.text))
}

/// Pairs what is left, the most alike first.
fn pair_by_likeness<'a>(
    ours: &'a Project,
    pairs: &mut [Pair<'a>],
    mut taken: BTreeSet<&'a DocumentId>,
) {
    let looked_at = |sheet: &'a Sheet| (sheet, Likeness::of(&sheet.document().text));
    let open = pairs.iter().enumerate().filter(|(_, (_, mine, _))| mine.is_none());
    let theirs: Vec<_> = open.map(|(at, (sheet, ..))| (at, looked_at(sheet))).collect();
    if theirs.is_empty() {
        return;
    }
    let left = ours.documents_in_order().into_iter();
    let left = left.filter(|sheet| !taken.contains(&sheet.document().id));
    let mine: Vec<_> = left.map(looked_at).collect();
    let mut likely: Vec<(f32, usize, &'a Sheet)> = Vec::new();
    for (at, (their, their_words)) in &theirs {
        for (sheet, words) in &mine {
            let share = their_words.with(words);
            let named = same_name(their.document(), sheet.document());
            if share >= if named { ALIKE_AND_NAMED } else { ALIKE } {
                likely.push((share, *at, sheet));
            }
        }
    }
    likely.sort_by(|(a, at, one), (b, to, other)| {
        b.total_cmp(a).then(at.cmp(to)).then(one.document().id.cmp(&other.document().id))
    });
    for (share, at, sheet) in likely {
        let Some((_, mine @ None, by)) = pairs.get_mut(at) else { continue };
        if taken.insert(&sheet.document().id) {
            (*mine, *by) = (Some(sheet), PairedBy::Likeness { share });
        }
    }
}

fn same_name(a: &Document, b: &Document) -> bool {
    let source = |document: &Document| document.source.as_ref().map(|source| source.name.clone());
    a.title == b.title || (source(a).is_some() && source(a) == source(b))
}

/// Looks for every annotation of `theirs` in my text.
fn realigned<S>(
    text: &Text,
    theirs: &Sheet,
    placed: &mut BTreeMap<AnnotationId, Option<Standing>>,
    watch: &Watch<'_, S>,
) -> Result<Realigned, S> {
    watch.at(0, 1)?;
    let mut counts = Realigned::default();
    let alignment = Alignment::between(&theirs.document().text, text);
    for (at, annotation) in theirs.annotations().values().enumerate() {
        watch.at(at, theirs.annotations().len())?;
        let standing = found(&alignment, annotation);
        counts.count(standing.as_ref());
        placed.insert(annotation.id.clone(), standing);
    }
    Ok(counts)
}

/// Where an annotation is, part by part; with half of its words lost or more it is lost.
fn found(alignment: &Alignment, annotation: &Annotation) -> Option<Standing> {
    let parts: Vec<(Placement, u32)> = match &annotation.place {
        Place::Anchored(fragments) => {
            let spans = fragments.spans().iter();
            spans.map(|span| (alignment.place(*span), span.len_bytes())).collect()
        }
        Place::Orphan(orphan) => {
            let skip = usize::from(orphan.last.is_discontinuous());
            let quotes = orphan.quotes.iter().skip(skip);
            let quotes = quotes.map(|words| Quote { words, ..Quote::default() });
            let finder = alignment.finder();
            quotes.map(|quote| (finder.find(&quote), quote.words.len() as u32)).collect()
        }
    };
    joined(&parts)
}

/// Parts that were looked for, with their lengths, as one place.
fn joined(parts: &[(Placement, u32)]) -> Option<Standing> {
    let (mut spans, mut score, mut kept) = (Vec::new(), 1.0_f32, 0);
    for (placement, length) in parts {
        match placement {
            Placement::Exact(span) => spans.push(*span),
            Placement::Similar(span, fit) => {
                score = score.min(*fit);
                spans.push(*span);
            }
            Placement::Nowhere => continue,
        }
        kept += length;
    }
    let all: u32 = parts.iter().map(|(_, length)| length).sum();
    if kept == 0 || kept * 2 < all {
        return None;
    }
    score *= kept as f32 / all as f32;
    let as_they_were = Fragments::exactly(spans.clone());
    if as_they_were.is_none() {
        score = score.min(OUT_OF_ORDER);
    }
    let fragments = as_they_were.or_else(|| Fragments::joined(spans))?;
    let sure = score >= 1.0;
    let certainty = if sure { Certainty::Moved } else { Certainty::Confirm { score } };
    Some(Standing { fragments, certainty })
}

/// Parts that changed their order fit no better than this.
const OUT_OF_ORDER: f32 = 0.9;

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

    #[test]
    fn a_corrected_text_under_another_id_is_known_by_its_likeness() {
        let letter = |n: usize| char::from(b'a' + n as u8);
        let word =
            |n: usize| format!("{}e{}{}", letter(n % 17), letter(n / 17), letter(n * n % 23));
        let words: Vec<String> = (0..300).map(word).collect();
        let mut corrected = words.clone();
        for at in (7..300).step_by(30) {
            corrected[at] = "changed".to_owned();
        }
        let ours = having(
            "p_1",
            vec![
                with_text("d_1", "Quite another matter, of which nobody has said a word."),
                with_text("d_2", &corrected.join(" ")),
            ],
        );
        let theirs = having("p_2", vec![with_text("d_1", &words.join(" "))]);
        let theirs = tagged(&theirs, "a_1", "d_1", &words[100..104].join(" "));
        let theirs = tagged(&theirs, "a_2", "d_1", &words[34..40].join(" "));
        let guest = Guest::over(&ours, "b", theirs);
        let pair = &guest.documents[0];
        assert_eq!(
            pair.ours,
            Some(DocumentId::new("d_2")),
            "not the one that has its id by accident"
        );
        assert!(matches!(pair.by, PairedBy::Likeness { share } if share > 0.4), "{:?}", pair.by);
        assert_eq!(pair.texts, Texts::Realigned(Realigned { moved: 1, confirm: 1, lost: 0 }));
        let place = |id: &str| guest.place(&AnnotationId::new(id)).unwrap();
        assert_eq!(place("a_1").certainty, Certainty::Moved);
        assert!(place("a_2").certainty.is_to_confirm());
        let text = &ours.sheet(&DocumentId::new("d_2")).unwrap().document().text;
        assert_eq!(text.slice(place("a_1").fragments.hull()), words[100..104].join(" "));
        assert_eq!(text.slice(place("a_2").fragments.hull()), corrected[34..40].join(" "));
    }

    #[test]
    fn parts_are_placed_one_by_one_and_half_of_them_must_be_found() {
        let span = |start, end| Span::between(Offset(start), Offset(end)).unwrap();
        let (first, second) = (Placement::Exact(span(2, 6)), Placement::Exact(span(9, 12)));
        let both = joined(&[(first, 4), (second, 3)]).unwrap();
        assert_eq!(both.certainty, Certainty::Moved);
        assert_eq!(both.fragments.spans(), [span(2, 6), span(9, 12)]);
        let most = joined(&[(first, 4), (Placement::Nowhere, 3)]).unwrap();
        assert_eq!(most.fragments.spans(), [span(2, 6)]);
        assert!(matches!(most.certainty, Certainty::Confirm { score } if score < 0.6));
        assert_eq!(joined(&[(first, 4), (Placement::Nowhere, 5)]), None);
        let turned = joined(&[(second, 3), (first, 4)]).unwrap();
        assert_eq!(turned.fragments.spans(), [span(2, 6), span(9, 12)]);
        assert!(turned.certainty.is_to_confirm());
        let similar = joined(&[(first, 4), (Placement::Similar(span(9, 12), 0.8), 3)]).unwrap();
        assert_eq!(similar.certainty, Certainty::Confirm { score: 0.8 });
    }
}
