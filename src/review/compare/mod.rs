//! `compare(ours, guest)`: where two people differ, annotation by annotation.
//!
//! ```text
//! entities   which record of theirs is which of ours, as far as ids and names tell
//! pairing    which annotation is which: by id in copies of one project, else by place (matching, assignment)
//! entities   … and as far as shared mentions tell
//! ends       which ids mean the same, through those pairs
//! links      which links they have alike
//! ```
//!
//! Pure and deterministic; seen from the other side it is the same with sides exchanged. Changes neither project. What
//! it comes to is `difference`.

mod assignment;
#[cfg(test)]
mod cases;
mod ends;
mod entities;
#[cfg(test)]
mod laws;
mod links;
mod matching;
mod pairing;

use crate::model::{Annotation, Project, Record, RecordId};
use crate::review::by_id::ById;
use crate::review::check_sheet::Kinship;
use crate::review::codebooks::codebook_differences;
use crate::review::compare::ends::Ends;
use crate::review::compare::entities::Records;
use crate::review::compare::links::link_differences;
use crate::review::compare::matching::overlap;
use crate::review::compare::pairing::{Pairing, paired};
use crate::review::difference::{Aspect, Class, Comparison, Difference, History};
use crate::review::entity_pairs::EntityChoices;
use crate::review::guest::{Guest, RecordsSaid};
use crate::review::watch::{Watch, unwatched};

pub use crate::review::compare::entities::namesakes;

/// Where `ours` and the guest differ.
pub fn compare(ours: &Project, guest: &Guest) -> Comparison {
    compare_with(ours, guest, &EntityChoices::default())
}

/// The same, after a person has confirmed or refused which records are one.
pub fn compare_with(ours: &Project, guest: &Guest, choices: &EntityChoices) -> Comparison {
    let Ok(comparison) = compare_watched(ours, guest, choices, &unwatched());
    comparison
}

/// The same while somebody looks on.
pub fn compare_watched<S>(
    ours: &Project,
    guest: &Guest,
    choices: &EntityChoices,
    watch: &Watch<'_, S>,
) -> Result<Comparison, S> {
    watch.at(0, 1)?;
    let mut records = Records::named(ours, guest, choices);
    let pairings = paired(ours, guest, &records, &watch.part(0.1, PAIRED))?;
    records.mentioned(&pairings);
    let ends = Ends::new(&pairings, &records);
    let with = Sides { ours, theirs: &guest.project, records: &records, ends: &ends };
    let mut differences: Vec<Difference> = Vec::with_capacity(pairings.len());
    let classing = watch.part(PAIRED, CLASSED);
    for (at, pairing) in pairings.iter().enumerate() {
        classing.at(at, pairings.len())?;
        differences.extend(with.difference(pairing));
    }
    classing.done()?;
    let mut record_links = Vec::new();
    let home = |number: usize| pairings.get(number).map(Pairing::home);
    for (pair, link) in link_differences(ours, &guest.project, &ends, home) {
        match pair.and_then(|number| differences.get_mut(number)) {
            Some(difference) => difference.links.push(link),
            None if guest.records == RecordsSaid::Whole => record_links.push(link),
            None => {}
        }
    }
    for difference in differences.iter_mut().filter(|difference| !difference.links.is_empty()) {
        difference.links.sort();
        difference.aspects.push(Aspect::Links);
        difference.class = class(&difference.aspects);
    }
    record_links.sort();
    let entities = records.settled(&ends);
    watch.done()?;
    Ok(Comparison {
        by_id: ById::new(&differences, &record_links),
        differences,
        entities,
        record_links,
        codebook: codebook_differences(&ours.codebook, &guest.project.codebook),
    })
}

/// About the share of the work that is done when annotations are paired, and when it is known in what each pair differs.
/// Links and records come after that.
const PAIRED: f32 = 0.5;
const CLASSED: f32 = 0.7;

/// The two projects, and what means the same in both.
struct Sides<'a> {
    ours: &'a Project,
    theirs: &'a Project,
    records: &'a Records<'a>,
    ends: &'a Ends<'a>,
}

impl<'a> Sides<'a> {
    /// Everything but links. Every pairing has one: an annotation has a layer.
    fn difference(&self, pairing: &Pairing<'a>) -> Option<Difference> {
        let mut difference = Difference {
            class: if pairing.ours.is_some() { Class::OnlyOurs } else { Class::OnlyTheirs },
            aspects: Vec::new(),
            layer: pairing.layer()?.clone(),
            document: pairing.document.clone(),
            held_by: pairing.held_by,
            ours: pairing.ours.map(|one| one.id.clone()),
            theirs: pairing.theirs.map(|one| one.id.clone()),
            hull: pairing.hull(),
            overlap: 0.0,
            features: Vec::new(),
            links: Vec::new(),
            history: self.history(pairing),
        };
        if let Some((ours, theirs)) = pairing.both() {
            difference.overlap = self.overlap(pairing, ours, theirs);
            difference.features = self.ends.differing(&ours.features, &theirs.features);
            difference.aspects = self.aspects(ours, theirs, &difference);
            difference.class = class(&difference.aspects);
        }
        Some(difference)
    }

    /// In what a pair differs, links left out.
    fn aspects(&self, ours: &Annotation, theirs: &Annotation, so_far: &Difference) -> Vec<Aspect> {
        let code = (&ours.code, &ours.layer) != (&theirs.code, &theirs.layer);
        let entity = !self.records.are_one(ours.entity.as_ref(), theirs.entity.as_ref());
        let all = [
            (so_far.overlap < 1.0, Aspect::Boundary),
            (code, Aspect::Code),
            (entity, Aspect::Entity),
            (!so_far.features.is_empty(), Aspect::Features),
        ];
        all.into_iter().filter(|(differs, _)| *differs).map(|(_, aspect)| aspect).collect()
    }

    /// Shared by joint code points. Where the words of both are lost, whether these are the same.
    fn overlap(&self, pairing: &Pairing<'a>, ours: &Annotation, theirs: &Annotation) -> f64 {
        match (pairing.our_place(), &pairing.place) {
            (Some(ours), Some(theirs)) => overlap(ours, theirs, pairing.text),
            (None, None) => {
                let home = self.theirs.home_of(&theirs.id);
                let words = home.map(|sheet| theirs.words(&sheet.document().text));
                f64::from(words.is_some_and(|words| words == ours.words(pairing.text)))
            }
            _ => 0.0,
        }
    }

    fn history(&self, pairing: &Pairing<'a>) -> History {
        if Kinship::of(self.ours, self.theirs) == Kinship::Independent {
            return History::Unknown;
        }
        match (pairing.ours, pairing.theirs) {
            (Some(ours), Some(theirs)) if ours.id == theirs.id => later(ours, theirs),
            (Some(ours), None) => erased(self.theirs, ours),
            (None, Some(theirs)) => erased(self.ours, theirs),
            _ => History::Unknown,
        }
    }
}

/// Whose copy of a record has seen more.
fn later(ours: &Record<Annotation>, theirs: &Record<Annotation>) -> History {
    let (ours, theirs) = (ours.seen(), theirs.seen());
    match (ours.dominates(&theirs), theirs.dominates(&ours)) {
        (true, true) => History::Even,
        (true, false) => History::OursLater,
        (false, true) => History::TheirsLater,
        (false, false) => History::Apart,
    }
}

fn erased(project: &Project, one: &Record<Annotation>) -> History {
    let gone = project.erased().contains_key(&RecordId::Annotation(one.id.clone()));
    if gone { History::Erased } else { History::Unknown }
}

fn class(aspects: &[Aspect]) -> Class {
    aspects.first().map_or(Class::Same, |heaviest| Class::from(*heaviest))
}
