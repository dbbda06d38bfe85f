//! Which annotation of ours is which of theirs: by id in copies of one project, else by place, layer by layer.
//!
//! Every annotation of both sides comes out once, with its partner or alone, in the order of the text. In what partners
//! differ is not asked here; how places are matched is `matching`.

use crate::model::{
    Annotation, AnnotationId, DocumentId, Fragments, LayerId, Project, Record, Sheet,
};
use crate::review::check_sheet::Kinship;
use crate::review::compare::entities::Records;
use crate::review::compare::matching::{Spot, matched};
use crate::review::difference::Whose;
use crate::review::guest::Guest;
use crate::review::watch::Watch;
use crate::text::{Offset, Span, Text};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An annotation of ours, of theirs, or both as one.
#[derive(Clone, Debug)]
pub(crate) struct Pairing<'a> {
    pub(crate) ours: Option<&'a Record<Annotation>>,
    pub(crate) theirs: Option<&'a Record<Annotation>>,
    /// Where theirs is in `text`; none if its words are not there.
    pub(crate) place: Option<Fragments>,
    /// The document that both are laid over: ours, or theirs where only they have it.
    pub(crate) document: &'a DocumentId,
    pub(crate) text: &'a Text,
    pub(crate) held_by: Whose,
}

/// Where a pairing comes in its document: by place, those without one last; then by layer and ids.
type Key<'a> =
    (bool, Option<(Offset, Reverse<Offset>)>, Option<&'a LayerId>, [Option<&'a AnnotationId>; 2]);

impl<'a> Pairing<'a> {
    /// Where ours is in `text`; none if its words are lost.
    pub(crate) fn our_place(&self) -> Option<&'a Fragments> {
        let ours = self.ours.filter(|ours| !ours.place.is_orphan())?;
        Some(ours.place.fragments())
    }

    /// From the first word of both to the last.
    pub(crate) fn hull(&self) -> Option<Span> {
        let (ours, theirs) = (self.our_place(), self.place.as_ref());
        let hulls = ours.into_iter().chain(theirs).map(Fragments::hull);
        hulls.reduce(Span::hull)
    }

    /// Both, where it is a pair.
    pub(crate) fn both(&self) -> Option<(&'a Record<Annotation>, &'a Record<Annotation>)> {
        self.ours.zip(self.theirs)
    }

    /// The layer that it counts for.
    pub(crate) fn layer(&self) -> Option<&'a LayerId> {
        self.ours.or(self.theirs).map(|one| &one.layer)
    }

    /// The documents that it is in, in an order that is the same from both sides.
    pub(crate) fn home(&self) -> [Option<&'a DocumentId>; 2] {
        let mut home = [self.ours, self.theirs].map(|one| one.map(|one| &one.document));
        home.sort_unstable();
        home
    }

    /// A place in the text and, for those at one place, an order that is the same from both sides.
    fn key(&self) -> Key<'a> {
        let hull = self.hull().map(|hull| (hull.start(), Reverse(hull.end())));
        let layers = [self.ours, self.theirs].map(|one| one.map(|one| &one.layer));
        let mut ids = [self.ours, self.theirs].map(|one| one.map(|one| &one.id));
        ids.sort_unstable();
        (hull.is_none(), hull, layers.into_iter().flatten().min(), ids)
    }
}

/// Everything that both have, document by document as we show them, then documents that only they have.
pub(crate) fn paired<'a, S>(
    ours: &'a Project,
    guest: &'a Guest,
    records: &Records<'a>,
    watch: &Watch<'_, S>,
) -> Result<Vec<Pairing<'a>>, S> {
    let whole = ours.annotation_count() + guest.project.annotation_count();
    let mut behind = 0;
    let mut all = Vec::with_capacity(ours.annotation_count().max(guest.project.annotation_count()));
    let mut their_sheets: BTreeMap<&DocumentId, Vec<&Sheet>> = BTreeMap::new();
    for document in &guest.documents {
        if let (Some(ours), Some(sheet)) = (&document.ours, guest.project.sheet(&document.theirs)) {
            their_sheets.entry(ours).or_default().push(sheet);
        }
    }
    for sheet in ours.documents_in_order() {
        let theirs = their_sheets.get(&sheet.document().id).map(Vec::as_slice);
        let mut found =
            Found::over(sheet, if theirs.is_some() { Whose::Both } else { Whose::Ours });
        let theirs = theirs.unwrap_or_default();
        let both = std::iter::once(&sheet).chain(theirs);
        let here: usize = both.map(|sheet| sheet.annotations().len()).sum();
        let part = watch.between(behind, behind + here, whole);
        found.lay(sheet, theirs, guest, Kinship::of(ours, &guest.project));
        part.at(1, 4)?;
        found.finish(records, &mut all, &part.part(0.25, 1.0))?;
        behind += here;
    }
    let theirs_alone = guest.documents.iter().filter(|document| document.ours.is_none());
    for sheet in theirs_alone.filter_map(|document| guest.project.sheet(&document.theirs)) {
        let mut found = Found::over(sheet, Whose::Theirs);
        for theirs in sheet.annotations().values() {
            let place = (!theirs.place.is_orphan()).then(|| theirs.place.fragments().clone());
            found.add(None, Some((theirs, place)));
        }
        let here = sheet.annotations().len();
        found.finish(records, &mut all, &watch.between(behind, behind + here, whole))?;
        behind += here;
    }
    watch.done()?;
    Ok(all)
}

/// Ours and theirs of one layer that have no partner yet.
#[derive(Default)]
struct Unpaired<'a> {
    ours: Vec<&'a Record<Annotation>>,
    theirs: Vec<(&'a Record<Annotation>, Option<Fragments>)>,
}

impl Unpaired<'_> {
    fn len(&self) -> usize {
        self.ours.len() + self.theirs.len()
    }
}

/// One document of ours, or of theirs alone.
struct Found<'a> {
    document: &'a DocumentId,
    text: &'a Text,
    held_by: Whose,
    pairings: Vec<Pairing<'a>>,
    unpaired: BTreeMap<&'a LayerId, Unpaired<'a>>,
    /// Texts of theirs, for words that are not in ours.
    their_texts: BTreeMap<&'a DocumentId, &'a Text>,
}

type Theirs<'a> = (&'a Record<Annotation>, Option<Fragments>);

impl<'a> Found<'a> {
    fn over(sheet: &'a Sheet, held_by: Whose) -> Self {
        Self {
            document: &sheet.document().id,
            text: &sheet.document().text,
            held_by,
            pairings: Vec::new(),
            unpaired: BTreeMap::new(),
            their_texts: BTreeMap::new(),
        }
    }

    fn add(&mut self, ours: Option<&'a Record<Annotation>>, theirs: Option<Theirs<'a>>) {
        let (theirs, place) = theirs.unzip();
        let Self { document, text, held_by, .. } = *self;
        let place = place.flatten();
        self.pairings.push(Pairing { ours, theirs, place, document, text, held_by });
    }

    /// Shares out what lies in our document and in theirs: pairs by id, or left to be matched by place.
    fn lay(&mut self, ours: &'a Sheet, theirs: &[&'a Sheet], guest: &Guest, kinship: Kinship) {
        let copies = kinship == Kinship::Copies;
        let with_id = |id: &AnnotationId| {
            let partner = theirs.iter().find_map(|sheet| sheet.annotations().get(id));
            partner.filter(|_| copies)
        };
        for one in ours.annotations().values() {
            match with_id(&one.id) {
                Some(theirs) => {
                    let place = guest.place(&theirs.id).map(|standing| standing.fragments);
                    self.add(Some(one), Some((theirs, place)));
                }
                None => self.unpaired.entry(&one.layer).or_default().ours.push(one),
            }
        }
        for sheet in theirs {
            self.their_texts.insert(&sheet.document().id, &sheet.document().text);
            for one in sheet.annotations().values() {
                if !(copies && ours.annotations().contains_key(&one.id)) {
                    let place = guest.place(&one.id).map(|standing| standing.fragments);
                    self.unpaired.entry(&one.layer).or_default().theirs.push((one, place));
                }
            }
        }
    }

    /// Matches by place what has no partner yet, and puts everything in the order of the text.
    fn finish<S>(
        mut self,
        records: &Records<'a>,
        all: &mut Vec<Pairing<'a>>,
        watch: &Watch<'_, S>,
    ) -> Result<(), S> {
        let unpaired = std::mem::take(&mut self.unpaired);
        let whole: usize = unpaired.values().map(Unpaired::len).sum();
        let mut behind = 0;
        for unpaired in unpaired.into_values() {
            let here = unpaired.len();
            let part = watch.between(behind, behind + here, whole);
            behind += here;
            let (ours, lost_of_ours): (Vec<_>, Vec<_>) =
                unpaired.ours.into_iter().partition(|one| !one.place.is_orphan());
            let (theirs, lost_of_theirs): (Vec<_>, Vec<_>) =
                unpaired.theirs.into_iter().partition(|(_, place)| place.is_some());
            self.by_place(ours, theirs, records, &part)?;
            self.by_words(lost_of_ours, lost_of_theirs);
        }
        self.pairings.sort_by(|a, b| a.key().cmp(&b.key()));
        all.append(&mut self.pairings);
        watch.done()
    }

    fn by_place<S>(
        &mut self,
        ours: Vec<&'a Record<Annotation>>,
        theirs: Vec<Theirs<'a>>,
        records: &Records<'a>,
        watch: &Watch<'_, S>,
    ) -> Result<(), S> {
        let spot = |one: &'a Record<Annotation>, place: &Fragments| {
            Spot::new(place, one.code.as_ref(), &one.id)
        };
        let our_spots: Vec<Spot<'_>> =
            ours.iter().map(|one| spot(one, one.place.fragments())).collect();
        let placed = theirs.iter().filter_map(|(one, place)| Some(spot(one, place.as_ref()?)));
        let their_spots: Vec<Spot<'_>> = placed.collect();
        let alike = |a: usize, b: usize| {
            let both = ours.get(a).zip(theirs.get(b));
            both.map_or(0, |(ours, (theirs, _))| likeness(ours, theirs, records))
        };
        let pairs = matched(&our_spots, &their_spots, self.text, alike, watch)?;
        let mut theirs: Vec<Option<Theirs<'a>>> = theirs.into_iter().map(Some).collect();
        let mut pairs = pairs.into_iter().peekable();
        for (at, one) in ours.into_iter().enumerate() {
            let partner = pairs.next_if(|(row, _)| *row == at);
            let theirs = partner.and_then(|(_, column)| theirs.get_mut(column)?.take());
            self.add(Some(one), theirs);
        }
        theirs.into_iter().flatten().for_each(|alone| self.add(None, Some(alone)));
        Ok(())
    }

    /// Words that are lost in our text have no place to be matched by, but they are known: the same ones are paired.
    fn by_words(&mut self, ours: Vec<&'a Record<Annotation>>, theirs: Vec<Theirs<'a>>) {
        let mut waiting: BTreeMap<String, Vec<Theirs<'a>>> = BTreeMap::new();
        // The last comes first.
        for (one, place) in theirs.into_iter().rev() {
            let words = self.their_texts.get(&one.document).map(|text| one.words(text));
            waiting.entry(words.unwrap_or_default()).or_default().push((one, place));
        }
        for one in ours {
            let partner = waiting.get_mut(&one.words(self.text)).and_then(Vec::pop);
            self.add(Some(one), partner);
        }
        let alone = waiting.into_values().flatten();
        alone.for_each(|alone| self.add(None, Some(alone)));
    }
}

/// How alike two annotations are beside their place: ids weigh more than codes, those more than records, those more
/// than values.
fn likeness(ours: &Annotation, theirs: &Annotation, records: &Records<'_>) -> i64 {
    let code = ours.code == theirs.code;
    let record = records.are_one(ours.entity.as_ref(), theirs.entity.as_ref());
    let values = ours.features == theirs.features;
    let id = records.are_one_by_id(&ours.id, &theirs.id);
    i64::from(id) * 8 + i64::from(code) * 4 + i64::from(record) * 2 + i64::from(values)
}
