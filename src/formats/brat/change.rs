//! What a person changes in a mapping before it is used, and the codebook that would come of it.

use crate::formats::brat::book::{Book, BothWays};
use crate::formats::brat::found::{FoundName, NameKind};
use crate::formats::brat::ids::{plain, slug};
use crate::formats::brat::mapping::{Mapping, Target, unique};
use crate::model::{Code, CodeId, Codebook, Layer, LayerId};
use std::collections::{BTreeMap, BTreeSet};

/// What a foreign name is to become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Become {
    /// Annotations of that layer, with the code that the layer has for it, or else a new one.
    Layer(String),
    /// The same of a new layer of this name.
    NewLayer(String),
    /// That code of its layer, or the layer alone.
    Code(Option<String>),
    /// A new code of this name.
    NewCode(String),
    /// That kind of link, or that feature.
    Known(String),
    /// A new one of this name.
    New(String),
}

impl Mapping {
    /// `found` becomes this from now on. `book` is the codebook that would come of the mapping as it is.
    pub fn change(&mut self, found: &FoundName, to: &Become, book: &Codebook) {
        match (found.kind, to) {
            (NameKind::Span | NameKind::Event, to) => self.change_type(found, to, book),
            (NameKind::Link, Become::Known(id)) => {
                self.links.insert(found.name.clone(), id.clone());
            }
            (NameKind::Attribute, Become::Known(id)) => {
                self.attributes.insert(found.name.clone(), id.clone());
            }
            (NameKind::Link, Become::New(called)) => {
                let there = book.relations.iter().map(|kind| kind.id.as_str());
                let id = self.new_id(&slug(called), called, &there.collect());
                self.links.insert(found.name.clone(), id);
            }
            (NameKind::Attribute, Become::New(called)) => {
                let mut there: BTreeSet<String> = self.attributes.values().cloned().collect();
                there.extend(all_features(book).into_keys().map(str::to_owned));
                let there = there.iter().map(String::as_str).collect();
                let id = self.new_id(&slug(called), called, &there);
                self.attributes.insert(found.name.clone(), id);
            }
            _ => {}
        }
        let types = self.types.values().flat_map(|t| [Some(&t.layer), t.code.as_ref()]).flatten();
        let others = self.links.values().chain(self.attributes.values());
        let used: BTreeSet<String> = types.chain(others).cloned().collect();
        self.names.retain(|id, _| used.contains(id));
    }

    fn change_type(&mut self, found: &FoundName, to: &Become, book: &Codebook) {
        let Some(now) = self.types.get(&found.name).cloned() else { return };
        let (layer, code) = match to {
            Become::Layer(id) => (id.clone(), Some(code_in(found, id, book))),
            Become::NewLayer(called) => {
                let there = book.layers.iter().map(|layer| layer.id.as_str());
                let id = self.new_id(&slug(called), called, &there.collect());
                let code = code_in(found, &id, book);
                (id, Some(code))
            }
            Become::Code(code) => (now.layer, code.clone()),
            Become::NewCode(called) => {
                let id = format!("{}.{}", now.layer, slug(called));
                let there = codes(book, &now.layer).iter().map(|code| code.id.as_str()).collect();
                let id = self.new_id(&id, called, &there);
                (now.layer, Some(id))
            }
            Become::Known(_) | Become::New(_) => return,
        };
        self.types.insert(found.name.clone(), Target { layer, code });
    }

    /// An id that nothing has yet, for a thing of that name.
    fn new_id(&mut self, id: &str, called: &str, there: &BTreeSet<&str>) -> String {
        let id = unique(id, |id| there.contains(id));
        self.names.insert(id.clone(), called.to_owned());
        id
    }

    /// The codebook with everything that `found` would add to it.
    pub fn codebook(&self, found: &[FoundName], book: &Codebook) -> Codebook {
        let mut after = Book(book.clone());
        for found in found {
            let called = |id: &str| self.names.get(id).unwrap_or(&found.label).clone();
            match found.kind {
                NameKind::Span | NameKind::Event => {
                    if let Some(target) = self.types.get(&found.name) {
                        after.add_target(target, &found.label, &self.names);
                    }
                }
                NameKind::Link => {
                    if let Some(id) = self.links.get(&found.name) {
                        let named = (id.as_str(), called(id));
                        after.add_link((named.0, &named.1), BothWays::Directed, &BTreeSet::new());
                    }
                }
                NameKind::Attribute => {}
            }
        }
        after.0
    }

    /// Features by id with their names: those of the codebook, and those that attributes would become.
    pub fn features(&self, found: &[FoundName], book: &Codebook) -> BTreeMap<String, String> {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for found in found.iter().filter(|found| found.kind == NameKind::Attribute) {
            let Some(id) = self.attributes.get(&found.name) else { continue };
            let name = self.names.get(id).unwrap_or(&found.label);
            all.entry(id.clone()).or_insert_with(|| name.clone());
        }
        all.extend(
            all_features(book).into_iter().map(|(id, name)| (id.to_owned(), name.to_owned())),
        );
        all
    }
}

/// The code of a layer that is called so, else a new one.
fn code_in(found: &FoundName, layer: &str, book: &Codebook) -> String {
    let words = [plain(&found.name), plain(&found.label)];
    let called = |code: &&Code| {
        let last = code.id.as_str().rsplit('.').next().unwrap_or_default();
        words.contains(&plain(last)) || words.contains(&plain(&code.name))
    };
    let codes = codes(book, layer);
    let taken = |id: &str| codes.iter().any(|code| code.id == CodeId::new(id));
    let new = || unique(&format!("{layer}.{}", slug(&found.name)), taken);
    codes.iter().find(called).map_or_else(new, |code| code.id.to_string())
}

fn codes<'b>(book: &'b Codebook, layer: &str) -> &'b [Code] {
    book.layer(&LayerId::new(layer)).map_or(&[], |layer: &Layer| &layer.codes)
}

/// What annotations and links may have, by id.
fn all_features(book: &Codebook) -> BTreeMap<&str, &str> {
    let of_layers = book.layers.iter().flat_map(|layer| &layer.features);
    let of_kinds = book.relations.iter().flat_map(|kind| &kind.features);
    of_layers.chain(of_kinds).map(|f| (f.id.as_str(), f.name.as_str())).collect()
}
