//! The work of several people side by side: documents that are in two projects or more, and what each coder tagged in
//! them.
//!
//! Which documents belong together is `grouping`. What is in one project only, and annotations whose words are lost or
//! whose place is a guess, take no part; [`Study::left_out`] says how many and why. Projects are never changed. What is
//! computed of a study is in `compute`, the lists behind the numbers in `items`.

use crate::model::{AnnotationId, CodeId, DocumentId, Fragments, LayerId, Project, Sheet};
use crate::review::agreement::grouping::{Grouping, Whereabouts};
use crate::review::agreement::labels::{LabelSets, Stretch, stretches};
use crate::review::agreement::paired::{Beside, features_of};
use crate::review::agreement::spans::{self, Tally};
use crate::review::agreement::unitizing::Units;
use crate::review::agreement::units::Cut;
use crate::review::agreement::{FeatureName, LeftOut, Ratings, Unit};
use crate::review::watch::{Watch, unwatched};
use crate::review::{Comparison, EntityChoices, Guest, compare_watched};
use crate::text::Text;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Somebody's project.
#[derive(Clone, Debug)]
pub struct Coder {
    /// As it is shown.
    pub name: SmolStr,
    /// What they made.
    pub project: Project,
}

/// What is known of a coder's work beside the first coder's before agreement is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Their project, laid over the first coder's.
    pub guest: &'a Guest,
    /// What came of comparing the two.
    pub comparison: &'a Comparison,
}

/// A code that somebody used, or a layer's annotations without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeName {
    /// Its layer.
    pub layer: LayerId,
    /// Its id; none for annotations without a code.
    pub code: Option<CodeId>,
    /// On screen.
    pub name: SmolStr,
}

impl CodeName {
    /// As it is written in files: the code's id, or the layer's with a star for annotations without a code.
    pub fn id(&self) -> String {
        self.code.as_ref().map_or_else(|| format!("{}.*", self.layer), ToString::to_string)
    }
}

impl fmt::Display for CodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A layer that somebody used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerName {
    /// Its id.
    pub id: LayerId,
    /// Several of its annotations, on screen.
    pub name: SmolStr,
}

/// An annotation as agreement sees it.
#[derive(Clone, Debug)]
pub(in crate::review::agreement) struct Mark {
    /// Which of the study's codes.
    pub(in crate::review::agreement) code: usize,
    pub(in crate::review::agreement) fragments: Fragments,
    pub(in crate::review::agreement) id: AnnotationId,
}

/// Units of one code and coder without overlaps; those that touch stay two.
#[derive(Clone, Debug, Default)]
pub(in crate::review::agreement) struct CutOut {
    pub(in crate::review::agreement) units: Units,
    /// How many lay on another and were taken together with it.
    pub(in crate::review::agreement) joined: u64,
}

impl CutOut {
    fn of(mut loose: Units) -> Self {
        loose.sort_by_key(|unit| (unit.start, unit.end));
        let mut cut = Self::default();
        for unit in loose {
            match cut.units.last_mut() {
                Some(last) if unit.start < last.end => {
                    last.end = last.end.max(unit.end);
                    cut.joined += 1;
                }
                _ => cut.units.push(unit),
            }
        }
        cut
    }
}

/// A document that two or more coders have.
#[derive(Clone, Debug)]
pub struct Shared {
    /// Its id with each coder; none for one who does not have it.
    pub of: Vec<Option<DocumentId>>,
    /// Its title with the first who has it.
    pub title: SmolStr,
    /// The text that they share; of several versions that of the first.
    pub text: Text,
    pub(in crate::review::agreement) marks: Vec<Vec<Mark>>,
    pub(in crate::review::agreement) cut: Cut,
    /// The units in order, those that were labelled alike together.
    pub(in crate::review::agreement) stretches: Vec<Stretch>,
    /// The same without their places.
    pub(in crate::review::agreement) ratings: Ratings,
    /// The coder and code of annotations that cover no unit.
    pub(in crate::review::agreement) without_unit: Vec<(usize, usize)>,
    /// What αU counts, by code and coder.
    pub(in crate::review::agreement) units: BTreeMap<(usize, usize), CutOut>,
    /// Of each two coders, by code.
    pub(in crate::review::agreement) tallies: BTreeMap<(usize, usize), BTreeMap<usize, Tally>>,
}

impl Shared {
    /// Whether all of these coders have it.
    pub(in crate::review::agreement) fn is_with(&self, coders: &[usize]) -> bool {
        coders.iter().all(|coder| self.of.get(*coder).is_some_and(Option::is_some))
    }
}

/// The work of several people side by side.
#[derive(Clone, Debug)]
pub struct Study {
    /// What gets a label where text is labelled throughout.
    pub unit: Unit,
    /// Their names, in the order they were given.
    pub coders: Vec<SmolStr>,
    /// Layers that somebody used, in the codebook's order.
    pub layers: Vec<LayerName>,
    /// Codes that somebody used, by layer, in the codebook's order.
    pub codes: Vec<CodeName>,
    /// Features whose values can be compared as labels, of the layers that somebody used.
    pub features: Vec<FeatureName>,
    /// What two or more have.
    pub documents: Vec<Shared>,
    /// What takes part in no figure.
    pub left_out: Vec<LeftOut>,
    /// What should be known of what does take part.
    pub notes: Vec<String>,
    pub(in crate::review::agreement) sets: LabelSets,
    /// What everybody said of all units of all documents.
    pub(in crate::review::agreement) ratings: Ratings,
    /// Every two coders' projects, compared annotation by annotation.
    pub(in crate::review::agreement) beside: BTreeMap<(usize, usize), Beside>,
}

/// About the share of the work that is done when it is known which documents belong together, and when what everybody
/// tagged is laid over them. Comparing comes after that.
const GROUPED: f32 = 0.1;
const LAID: f32 = 0.6;

impl Study {
    /// Lays the projects side by side. Costs what their texts and annotations are long; for large ones it belongs in a job.
    pub fn new(coders: &[Coder], unit: Unit) -> Self {
        let Ok(study) = Self::watched(coders, unit, &BTreeMap::new(), &unwatched());
        study
    }

    /// The same while somebody looks on. What is `known` of a coder, by number, is not worked out again.
    pub fn watched<S>(
        coders: &[Coder],
        unit: Unit,
        known: &BTreeMap<usize, Known<'_>>,
        watch: &Watch<'_, S>,
    ) -> Result<Self, S> {
        let grouping = Grouping::of(coders, known, &watch.part(0.0, GROUPED))?;
        let book = Book::of(coders);
        let mut study = Self {
            unit,
            coders: coders.iter().map(|coder| coder.name.clone()).collect(),
            layers: book.layers,
            codes: book.names,
            features: Vec::new(),
            documents: Vec::new(),
            left_out: grouping.left_out.clone(),
            notes: Vec::new(),
            sets: LabelSets::default(),
            ratings: Ratings::new(coders.len()),
            beside: BTreeMap::new(),
        };
        let mut strays = vec![Strays::default(); coders.len()];
        let laying = watch.part(GROUPED, LAID);
        for (at, of) in grouping.shared.iter().enumerate() {
            let part = laying.between(at, at + 1, grouping.shared.len());
            let found = shared(coders, (&grouping, of), &mut study, &book.at, &mut strays, &part)?;
            let Some(shared) = found else { continue };
            study.ratings.extend(&shared.ratings);
            study.documents.push(shared);
        }
        for (coder, strays) in coders.iter().zip(strays) {
            study.say_of_strays(&coder.name, strays);
        }
        let layers: Vec<LayerId> = study.layers.iter().map(|layer| layer.id.clone()).collect();
        study.features = features_of(coders, &layers);
        let (comparing, pairs) = (watch.part(LAID, 1.0), study.pairs());
        for (at, pair) in pairs.iter().enumerate() {
            let part = comparing.between(at, at + 1, pairs.len());
            let (first, second) = *pair;
            let Some((ours, theirs)) = coders.get(first).zip(coders.get(second)) else { continue };
            let known = known.get(&second).filter(|_| first == 0);
            let comparison = if let Some(known) = known {
                Cow::Borrowed(known.comparison)
            } else {
                let guest = grouping.guest(second).filter(|_| first == 0);
                Cow::Owned(compared(ours, theirs, guest, &part)?)
            };
            let both = [ours, theirs].map(|coder| &coder.project);
            let beside = Beside::of(&comparison, both, *pair, &study.documents);
            study.beside.insert(*pair, beside);
        }
        watch.done()?;
        Ok(study)
    }

    /// Says which annotations of a coder take part although their text is another version, and which do not.
    fn say_of_strays(&mut self, coder: &SmolStr, Strays { moved, guessed, lost }: Strays) {
        if moved > 0 {
            let noun = if moved == 1 { "annotation" } else { "annotations" };
            let verb = if moved == 1 { "was" } else { "were" };
            self.notes.push(format!(
                "{moved} {noun} of {coder} {verb} made in another version of the text and found again in that of {}",
                self.coders.first().map_or("", |first| first.as_str())
            ));
        }
        let whys = [
            (guessed, "made in another version of the text, the place in this one being a guess"),
            (lost, "the words are not in the text"),
        ];
        for (count, why) in whys.into_iter().filter(|(count, _)| *count > 0) {
            let what = format!("annotations of {coder}");
            self.left_out.push(LeftOut { what, count, why: why.to_owned() });
        }
    }

    /// All coders by number.
    pub(in crate::review::agreement) fn everybody(&self) -> Vec<usize> {
        (0..self.coders.len()).collect()
    }

    /// Every two coders by number, the first given first.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let all = 0..self.coders.len();
        all.clone().flat_map(|a| all.clone().skip(a + 1).map(move |b| (a, b))).collect()
    }
}

/// How many annotations of a coder are not where they were tagged.
#[derive(Clone, Copy, Default)]
struct Strays {
    moved: u64,
    guessed: u64,
    lost: u64,
}

/// Where two coders differ. `guest` is the second laid over the first, if that was done before.
fn compared<S>(
    ours: &Coder,
    theirs: &Coder,
    guest: Option<&Guest>,
    watch: &Watch<'_, S>,
) -> Result<Comparison, S> {
    let choices = EntityChoices::default();
    if let Some(guest) = guest {
        return compare_watched(&ours.project, guest, &choices, watch);
    }
    let (name, project) = (theirs.name.clone(), theirs.project.clone());
    let guest = Guest::watched(&ours.project, name, project, &watch.part(0.0, 0.3))?;
    compare_watched(&ours.project, &guest, &choices, &watch.part(0.3, 1.0))
}

fn shared<S>(
    coders: &[Coder],
    (grouping, of): (&Grouping<'_>, &[Option<DocumentId>]),
    study: &mut Study,
    numbers: &BTreeMap<(LayerId, Option<CodeId>), usize>,
    strays: &mut [Strays],
    watch: &Watch<'_, S>,
) -> Result<Option<Shared>, S> {
    watch.at(0, 4)?;
    let sheets = || {
        let all = coders.iter().zip(of);
        all.map(|(coder, id)| id.as_ref().and_then(|id| coder.project.sheet(id)))
    };
    let Some(document) = sheets().flatten().next().map(Sheet::document) else { return Ok(None) };
    let cut = Cut::new(&document.text, study.unit);
    let mut marks: Vec<Vec<Mark>> = Vec::with_capacity(coders.len());
    for ((coder, sheet), strays) in sheets().enumerate().zip(strays) {
        let mut mine = Vec::new();
        for annotation in sheet.iter().flat_map(|sheet| sheet.annotations_in_order()) {
            let fragments = match grouping.whereabouts(coder, of, annotation) {
                Whereabouts::Here(fragments) => fragments,
                Whereabouts::Moved(fragments) => {
                    strays.moved += 1;
                    fragments
                }
                Whereabouts::Guessed => {
                    strays.guessed += 1;
                    continue;
                }
                Whereabouts::Lost => {
                    strays.lost += 1;
                    continue;
                }
            };
            let code = numbers.get(&(annotation.layer.clone(), annotation.code.clone()));
            mine.extend(code.map(|code| Mark {
                code: *code,
                fragments,
                id: annotation.id.clone(),
            }));
        }
        marks.push(mine);
    }
    watch.at(1, 4)?;
    let present: Vec<bool> = of.iter().map(Option::is_some).collect();
    let stretches = stretches(&cut, &marks, &present, &mut study.sets);
    let mut ratings = Ratings::new(coders.len());
    for stretch in &stretches {
        ratings.push(&stretch.labels, u64::from(stretch.units.end - stretch.units.start));
    }
    watch.at(2, 4)?;
    let tallies = spans::tallies(&marks, &present);
    watch.at(3, 4)?;
    Ok(Some(Shared {
        of: of.to_vec(),
        title: document.title.clone(),
        text: document.text.clone(),
        without_unit: without_unit(&cut, &marks),
        units: units(&document.text, &marks),
        marks,
        cut,
        stretches,
        ratings,
        tallies,
    }))
}

/// Marks that cover no unit, by coder and code.
fn without_unit(cut: &Cut, marks: &[Vec<Mark>]) -> Vec<(usize, usize)> {
    let bare =
        |mark: &&Mark| mark.fragments.spans().iter().all(|span| cut.covered(*span).is_empty());
    let of = |(coder, marks): (usize, &Vec<Mark>)| {
        marks.iter().filter(bare).map(|mark| (coder, mark.code)).collect::<Vec<_>>()
    };
    marks.iter().enumerate().flat_map(of).collect()
}

/// The fragments of each code and coder in characters, as αU counts them.
fn units(text: &Text, marks: &[Vec<Mark>]) -> BTreeMap<(usize, usize), CutOut> {
    let mut loose: BTreeMap<(usize, usize), Units> = BTreeMap::new();
    for (coder, mark) in
        marks.iter().enumerate().flat_map(|(at, all)| all.iter().map(move |m| (at, m)))
    {
        let at = |offset| u64::from(text.code_points(offset));
        let spans = mark.fragments.spans().iter().map(|span| at(span.start())..at(span.end()));
        loose.entry((mark.code, coder)).or_default().extend(spans);
    }
    loose.into_iter().map(|(key, units)| (key, CutOut::of(units))).collect()
}

/// The layers and codes that are used, in the order of the codebooks.
struct Book {
    layers: Vec<LayerName>,
    names: Vec<CodeName>,
    at: BTreeMap<(LayerId, Option<CodeId>), usize>,
}

impl Book {
    fn of(coders: &[Coder]) -> Self {
        let annotations = coders.iter().flat_map(|coder| coder.project.annotations());
        let mut used: BTreeMap<&LayerId, BTreeSet<Option<&CodeId>>> = BTreeMap::new();
        for annotation in annotations {
            used.entry(&annotation.layer).or_default().insert(annotation.code.as_ref());
        }
        let codebooks = || coders.iter().map(|coder| &coder.project.codebook);
        let mut book = Self { layers: Vec::new(), names: Vec::new(), at: BTreeMap::new() };
        for layer in codebooks().flat_map(|codebook| &codebook.layers) {
            let Some(mut rest) = used.remove(&layer.id) else { continue };
            book.layers.push(LayerName { id: layer.id.clone(), name: layer.plural.clone() });
            let same = codebooks().filter_map(|codebook| codebook.layer(&layer.id));
            for code in same.flat_map(|layer| &layer.codes) {
                if rest.remove(&Some(&code.id)) {
                    book.add(&layer.id, Some(&code.id), code.name.clone());
                }
            }
            for code in rest {
                let bare = || format!("{} without a code", layer.name);
                let name = code.map_or_else(bare, ToString::to_string);
                book.add(&layer.id, code, name.into());
            }
        }
        book
    }

    fn add(&mut self, layer: &LayerId, code: Option<&CodeId>, name: SmolStr) {
        self.at.insert((layer.clone(), code.cloned()), self.names.len());
        self.names.push(CodeName { layer: layer.clone(), code: code.cloned(), name });
    }
}
