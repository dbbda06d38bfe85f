//! The work of several people side by side: documents that are in two projects or more, and what each coder tagged in
//! them.
//!
//! Documents belong together if their texts are the same to the byte. What is in one project only, and annotations whose
//! words are lost, take no part; [`Study::left_out`] says how many and why. Projects are never changed. What is computed
//! of a study is in `compute`, the lists behind the numbers in `items`.

use crate::model::{
    Annotation, AnnotationId, CodeId, DocumentId, Fragments, LayerId, Place, Project,
};
use crate::review::agreement::labels::{LabelSets, Stretch, stretches};
use crate::review::agreement::paired::{Beside, features_of};
use crate::review::agreement::spans::{self, Tally};
use crate::review::agreement::unitizing::Units;
use crate::review::agreement::units::Cut;
use crate::review::agreement::{FeatureName, LeftOut, Ratings, Unit};
use crate::text::Text;
use smol_str::SmolStr;
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
    /// The text that they share.
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
    pub(in crate::review::agreement) sets: LabelSets,
    /// What everybody said of all units of all documents.
    pub(in crate::review::agreement) ratings: Ratings,
    /// Every two coders' projects, compared annotation by annotation.
    pub(in crate::review::agreement) beside: BTreeMap<(usize, usize), Beside>,
}

impl Study {
    /// Lays the projects side by side. Costs what their texts and annotations are long; for large ones it belongs in a job.
    pub fn new(coders: &[Coder], unit: Unit) -> Self {
        let (groups, mut left_out) = grouped(coders);
        let book = Book::of(coders);
        let mut study = Self {
            unit,
            coders: coders.iter().map(|coder| coder.name.clone()).collect(),
            layers: book.layers,
            codes: book.names,
            features: Vec::new(),
            documents: Vec::new(),
            left_out: Vec::new(),
            sets: LabelSets::default(),
            ratings: Ratings::new(coders.len()),
            beside: BTreeMap::new(),
        };
        let mut lost = vec![0; coders.len()];
        for of in groups {
            let Some(shared) = shared(coders, &of, unit, &book.at, &mut study.sets, &mut lost)
            else {
                continue;
            };
            study.ratings.extend(&shared.ratings);
            study.documents.push(shared);
        }
        for (coder, count) in coders.iter().zip(lost).filter(|(_, count)| *count > 0) {
            left_out.push(LeftOut {
                what: format!("annotations of {}", coder.name),
                count,
                why: "their words are no longer in the text".to_owned(),
            });
        }
        study.left_out = left_out;
        let layers: Vec<LayerId> = study.layers.iter().map(|layer| layer.id.clone()).collect();
        study.features = features_of(coders, &layers);
        for pair in study.pairs() {
            let beside = Beside::new(coders, pair, &study.documents);
            study.beside.extend(beside.map(|beside| (pair, beside)));
        }
        study
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

/// Documents of the same text, as each coder has them, and what nobody else has. Of several with one text the first goes
/// with the first.
fn grouped(coders: &[Coder]) -> (Vec<Vec<Option<DocumentId>>>, Vec<LeftOut>) {
    let mut groups: Vec<Vec<Option<DocumentId>>> = Vec::new();
    let mut known: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for (number, coder) in coders.iter().enumerate() {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for sheet in coder.project.documents_in_order() {
            let document = sheet.document();
            let times = seen.entry(document.text.digest()).or_default();
            let key = (document.text.digest().to_owned(), *times);
            *times += 1;
            let group = *known.entry(key).or_insert_with(|| {
                groups.push(vec![None; coders.len()]);
                groups.len() - 1
            });
            if let Some(place) = groups.get_mut(group).and_then(|group| group.get_mut(number)) {
                *place = Some(document.id.clone());
            }
        }
    }
    let (shared, alone): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|of| of.iter().flatten().count() > 1);
    let mut left_out = Vec::new();
    for (number, coder) in coders.iter().enumerate() {
        let only: Vec<&DocumentId> =
            alone.iter().filter_map(|of| of.get(number)?.as_ref()).collect();
        if only.is_empty() {
            continue;
        }
        let annotations =
            only.iter().filter_map(|id| coder.project.sheet(id)).map(|s| s.annotations().len());
        let annotations: usize = annotations.sum();
        left_out.push(LeftOut {
            what: format!("documents of {}, with {annotations} annotations", coder.name),
            count: only.len() as u64,
            why: "no other project has this text".to_owned(),
        });
    }
    (shared, left_out)
}

fn shared(
    coders: &[Coder],
    of: &[Option<DocumentId>],
    unit: Unit,
    numbers: &BTreeMap<(LayerId, Option<CodeId>), usize>,
    sets: &mut LabelSets,
    lost: &mut [u64],
) -> Option<Shared> {
    let sheets = || {
        let all = coders.iter().zip(of);
        all.map(|(coder, id)| id.as_ref().and_then(|id| coder.project.sheet(id)))
    };
    let document = sheets().flatten().next()?.document();
    let cut = Cut::new(&document.text, unit);
    let mut marks: Vec<Vec<Mark>> = Vec::with_capacity(coders.len());
    for (sheet, lost) in sheets().zip(lost) {
        let mut mine = Vec::new();
        for annotation in sheet.iter().flat_map(|sheet| sheet.annotations_in_order()) {
            match marked(annotation, numbers) {
                Some(mark) => mine.push(mark),
                None => *lost += 1,
            }
        }
        marks.push(mine);
    }
    let present: Vec<bool> = of.iter().map(Option::is_some).collect();
    let stretches = stretches(&cut, &marks, &present, sets);
    let mut ratings = Ratings::new(coders.len());
    for stretch in &stretches {
        ratings.push(&stretch.labels, u64::from(stretch.units.end - stretch.units.start));
    }
    let tallies = spans::tallies(&marks, &present);
    Some(Shared {
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
    })
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

fn marked(
    annotation: &Annotation,
    numbers: &BTreeMap<(LayerId, Option<CodeId>), usize>,
) -> Option<Mark> {
    let Place::Anchored(fragments) = &annotation.place else { return None };
    let code = *numbers.get(&(annotation.layer.clone(), annotation.code.clone()))?;
    Some(Mark { code, fragments: fragments.clone(), id: annotation.id.clone() })
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
