//! Which documents of several projects belong together, and where what was tagged in another version of a text is.
//!
//! The first project's documents lead: a document of another project goes with the one that [`Guest`] pairs it with, be
//! their texts the same or two versions of one. What the first project does not have goes together if the texts are the
//! same to the byte.

use crate::model::{Annotation, DocumentId, Fragments, Place, Record};
use crate::query::amount_in_words;
use crate::review::agreement::{Coder, Known, LeftOut};
use crate::review::guest::{Certainty, Guest, Texts};
use crate::review::watch::Watch;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The documents of a study.
pub(in crate::review::agreement) struct Grouping<'a> {
    /// Those that two or more have, each as every coder has it.
    pub(in crate::review::agreement) shared: Vec<Vec<Option<DocumentId>>>,
    /// Each project laid over the first; none for the first itself.
    guests: Vec<Option<Cow<'a, Guest>>>,
    /// Documents that take no part.
    pub(in crate::review::agreement) left_out: Vec<LeftOut>,
}

/// Where an annotation is in the text of a study.
pub(in crate::review::agreement) enum Whereabouts {
    /// Here.
    Here(Fragments),
    /// In another version of the text; its words were found again here.
    Moved(Fragments),
    /// In another version of the text; where in this one is a guess.
    Guessed,
    /// Its words are not in the text.
    Lost,
}

impl<'a> Grouping<'a> {
    /// Groups them; who was laid over the first before, as `known` says, is not laid again.
    pub(in crate::review::agreement) fn of<S>(
        coders: &[Coder],
        known: &BTreeMap<usize, Known<'a>>,
        watch: &Watch<'_, S>,
    ) -> Result<Self, S> {
        let mut guests: Vec<Option<Cow<'a, Guest>>> = Vec::with_capacity(coders.len());
        for (at, coder) in coders.iter().enumerate() {
            let first = coders.first().filter(|_| at > 0);
            guests.push(match (known.get(&at), first) {
                (_, None) => None,
                (Some(known), Some(_)) => Some(Cow::Borrowed(known.guest)),
                (None, Some(first)) => {
                    let (name, project) = (coder.name.clone(), coder.project.clone());
                    let part = watch.between(at, at + 1, coders.len());
                    Some(Cow::Owned(Guest::watched(&first.project, name, project, &part)?))
                }
            });
        }
        let mut groups = Groups { coders: coders.len(), ..Groups::default() };
        let mut strange = vec![0; coders.len()];
        for (number, coder) in coders.iter().enumerate() {
            let guest = guests.get(number).and_then(Option::as_deref);
            for sheet in coder.project.documents_in_order() {
                let (id, text) = (&sheet.document().id, &sheet.document().text);
                let pair = guest.and_then(|guest| guest.document(id));
                match pair.map(|pair| (pair.ours.as_ref(), pair.texts)) {
                    None => groups.of_first(id),
                    Some((Some(_), texts)) if is_strange(texts) => {
                        strange.get_mut(number).into_iter().for_each(|count| *count += 1);
                    }
                    Some((Some(ours), _)) => groups.with_first(number, ours, id),
                    Some((None, _)) => groups.by_text(number, text.digest(), id),
                }
            }
        }
        let (shared, alone): (Vec<_>, Vec<_>) =
            groups.all.into_iter().partition(|of| of.iter().flatten().count() > 1);
        let mut left_out = alone_with(coders, &alone);
        for (coder, count) in coders.iter().zip(strange).filter(|(_, count)| *count > 0) {
            left_out.push(LeftOut {
                what: format!("documents of {}", coder.name),
                count,
                why: "the first project has another version of this text, in which too few of the annotations \
                      were found again"
                    .to_owned(),
            });
        }
        watch.done()?;
        Ok(Self { shared, guests, left_out })
    }

    /// That coder's project laid over the first; none for the first.
    pub(in crate::review::agreement) fn guest(&self, coder: usize) -> Option<&Guest> {
        self.guests.get(coder).and_then(Option::as_deref)
    }

    /// Where an annotation of that coder is in the text of a document that belongs together as `of` says.
    pub(in crate::review::agreement) fn whereabouts(
        &self,
        coder: usize,
        of: &[Option<DocumentId>],
        annotation: &Record<Annotation>,
    ) -> Whereabouts {
        let guest = self.guest(coder);
        let over_first = of.first().is_some_and(Option::is_some);
        let Some(guest) = guest.filter(|_| over_first) else {
            return match &annotation.place {
                Place::Anchored(fragments) => Whereabouts::Here(fragments.clone()),
                Place::Orphan(_) => Whereabouts::Lost,
            };
        };
        match guest.place(&annotation.id).map(|found| (found.certainty, found.fragments)) {
            Some((Certainty::Same, fragments)) => Whereabouts::Here(fragments),
            Some((Certainty::Moved, fragments)) => Whereabouts::Moved(fragments),
            Some((Certainty::Confirm { .. }, _)) => Whereabouts::Guessed,
            None => Whereabouts::Lost,
        }
    }
}

/// Whether a text of the same document is another one: most of what was tagged in it was not found again.
fn is_strange(texts: Texts) -> bool {
    match texts {
        Texts::Realigned(found) => found.moved == 0 || found.moved < found.confirm + found.lost,
        Texts::Same | Texts::OnlyTheirs => false,
    }
}

/// Groups as they grow: for each coder the document that is in it.
#[derive(Default)]
struct Groups {
    coders: usize,
    all: Vec<Vec<Option<DocumentId>>>,
    of_first: BTreeMap<DocumentId, usize>,
    /// By text, for what the first does not have. Of several with one text the first goes with the first.
    by_text: BTreeMap<String, Vec<usize>>,
}

impl Groups {
    fn of_first(&mut self, id: &DocumentId) {
        let group = self.new_group();
        self.put(group, 0, id);
        self.of_first.insert(id.clone(), group);
    }

    fn with_first(&mut self, coder: usize, ours: &DocumentId, id: &DocumentId) {
        let group = self.of_first.get(ours).copied().filter(|group| self.is_free(*group, coder));
        let group = group.unwrap_or_else(|| self.new_group());
        self.put(group, coder, id);
    }

    fn by_text(&mut self, coder: usize, digest: &str, id: &DocumentId) {
        let known = self.by_text.get(digest);
        let free =
            known.and_then(|all| all.iter().find(|group| self.is_free(**group, coder)).copied());
        let group = free.unwrap_or_else(|| {
            let group = self.new_group();
            self.by_text.entry(digest.to_owned()).or_default().push(group);
            group
        });
        self.put(group, coder, id);
    }

    fn new_group(&mut self) -> usize {
        self.all.push(vec![None; self.coders]);
        self.all.len() - 1
    }

    fn is_free(&self, group: usize, coder: usize) -> bool {
        self.all.get(group).and_then(|of| of.get(coder)).is_some_and(Option::is_none)
    }

    fn put(&mut self, group: usize, coder: usize, id: &DocumentId) {
        if let Some(place) = self.all.get_mut(group).and_then(|of| of.get_mut(coder)) {
            *place = Some(id.clone());
        }
    }
}

/// What nobody else has, by coder.
fn alone_with(coders: &[Coder], alone: &[Vec<Option<DocumentId>>]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for (number, coder) in coders.iter().enumerate() {
        let only: Vec<&DocumentId> =
            alone.iter().filter_map(|of| of.get(number)?.as_ref()).collect();
        if only.is_empty() {
            continue;
        }
        let sheets = only.iter().filter_map(|id| coder.project.sheet(id));
        let annotations: usize = sheets.map(|sheet| sheet.annotations().len()).sum();
        let annotations = amount_in_words(annotations as u64, "annotations");
        left_out.push(LeftOut {
            what: format!("documents of {}, with {annotations}", coder.name),
            count: only.len() as u64,
            why: "no other project has this text".to_owned(),
        });
    }
    left_out
}
