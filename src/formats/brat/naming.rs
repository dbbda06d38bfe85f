//! Names that brat can hold: for files, layers with codes, kinds of links, features. Each once, and each with what it
//! stands for.

use crate::formats::brat::ids::derived;
use crate::formats::brat::mapping::{Mapping, Target};
use crate::model::{CodeId, Codebook, Document, FeatureId, LayerId, Project, RelationKindId};
use std::collections::{BTreeMap, BTreeSet};

/// The longest name of a file without its ending.
const LONGEST: usize = 76;

/// A name and what it is called on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats::brat) struct Named {
    pub(in crate::formats::brat) name: String,
    pub(in crate::formats::brat) label: String,
}

/// Names of everything in a codebook.
#[derive(Debug, Default)]
pub(in crate::formats::brat) struct Names {
    /// Layers with codes, and without.
    pub(in crate::formats::brat) types: BTreeMap<(LayerId, Option<CodeId>), Named>,
    pub(in crate::formats::brat) links: BTreeMap<RelationKindId, Named>,
    pub(in crate::formats::brat) features: BTreeMap<FeatureId, Named>,
}

impl Names {
    pub(in crate::formats::brat) fn of(book: &Codebook) -> Self {
        let (mut names, mut taken) = (Self::default(), BTreeSet::new());
        for layer in &book.layers {
            let name = named(&layer.name, &mut taken);
            names.types.insert((layer.id.clone(), None), name);
        }
        for layer in &book.layers {
            for code in &layer.codes {
                let name = named(&code.name, &mut taken);
                names.types.insert((layer.id.clone(), Some(code.id.clone())), name);
            }
        }
        let mut taken = BTreeSet::new();
        for kind in &book.relations {
            names.links.insert(kind.id.clone(), named(&kind.name, &mut taken));
        }
        let mut taken = BTreeSet::new();
        for feature in book.layers.iter().flat_map(|layer| &layer.features) {
            if !names.features.contains_key(&feature.id) {
                names.features.insert(feature.id.clone(), named(&feature.name, &mut taken));
            }
        }
        names
    }

    /// What the names stand for, for whoever reads them again.
    pub(in crate::formats::brat) fn mapping(&self) -> Mapping {
        let word = |layer: &LayerId, code: &Option<CodeId>| Target {
            layer: layer.to_string(),
            code: code.as_ref().map(ToString::to_string),
        };
        let types = self.types.iter().map(|((l, c), named)| (named.name.clone(), word(l, c)));
        let links = self.links.iter().map(|(id, named)| (named.name.clone(), id.to_string()));
        let features = self.features.iter().map(|(id, named)| (named.name.clone(), id.to_string()));
        Mapping {
            types: types.collect(),
            links: links.collect(),
            attributes: features.collect(),
            names: BTreeMap::new(),
        }
    }

    /// Names that are not what they are called on screen.
    pub(in crate::formats::brat) fn labels(&self) -> impl Iterator<Item = &Named> {
        let all = self.types.values().chain(self.links.values()).chain(self.features.values());
        all.filter(|named| named.name != named.label)
    }
}

/// What brat allows: ASCII letters, digits, hyphens and underscores.
fn named(label: &str, taken: &mut BTreeSet<String>) -> Named {
    let fit = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let mut name: String = label.chars().map(fit).take(60).collect();
    if !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        name = derived("name", &[label]).to_string();
    }
    // A number behind the name of a role would count how often it is there.
    let name = name.trim_matches('_').to_owned();
    let more = (2..).map(|number| format!("{name}_{number}_"));
    let mut names = std::iter::once(name.clone()).chain(more);
    let name = names.find(|name| !taken.contains(name)).unwrap_or(name);
    taken.insert(name.clone());
    let label = label.replace(['|', '\n', '\t', '\r'], " ");
    Named { name, label }
}

/// Names for the documents' files, without ending: safe on every system, and no two alike.
pub(in crate::formats::brat) fn file_names(documents: &[&Document]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut all = Vec::with_capacity(documents.len());
    for document in documents {
        let fit = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
        let name: String = document.title.chars().map(fit).take(LONGEST).collect();
        let name = name.trim_matches(['_', '.', '-']);
        let id: String = document.id.as_str().chars().map(fit).take(40).collect();
        let name =
            if name.chars().filter(char::is_ascii_alphanumeric).count() > 0 { name } else { &id };
        let more = (2..).map(|number| {
            format!("{}-{number}", name.chars().take(LONGEST - 8).collect::<String>())
        });
        let mut names = std::iter::once(name.to_owned()).chain(more);
        // Some systems take small and large letters for one.
        let free = names.find(|name| taken.insert(name.to_lowercase()));
        all.push(free.unwrap_or_default());
    }
    all
}

/// The documents of a project, or the one that is asked for, in the order shown.
pub(in crate::formats::brat) fn documents<'p>(
    project: &'p Project,
    only: Option<&crate::model::DocumentId>,
) -> Vec<&'p crate::model::Sheet> {
    let mut sheets = project.documents_in_order();
    sheets.retain(|sheet| only.is_none_or(|id| sheet.document().id == *id));
    sheets
}
