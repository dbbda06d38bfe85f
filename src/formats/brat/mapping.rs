//! What brat's types become: layer and code for a type of span, a kind for a link or role, a feature for an attribute.
//!
//! A small JSON file that people can edit. What it leaves out is added by the rules here: names that everybody uses
//! find their code, events go to the layer of events, and every other type becomes a code of its own in the layer
//! “Imported”, because to count money or a protein as an actor would be wrong. Two types never share a code unless a
//! person says so.

use crate::formats::brat::ids::{plain, slug};
use crate::model::{CodeId, Codebook, Layer, LayerId};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use std::collections::{BTreeMap, BTreeSet};

/// The layer of types that mean nothing to us.
pub(in crate::formats::brat) const IMPORTED: &str = "imported";
/// The layer of events.
pub(in crate::formats::brat) const EVENTS: &str = "event";

/// What brat's names become. Members may be left out of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Types of spans and events.
    #[serde(default)]
    pub types: BTreeMap<String, Target>,
    /// Types of links and roles of events: the kind of link that they become.
    #[serde(default)]
    pub links: BTreeMap<String, String>,
    /// Attributes: the feature that they become.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// What new layers, codes, kinds of links and features are called, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// Where a type belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The layer; one that the codebook does not have is made.
    pub layer: String,
    /// The code; one that the layer does not have is made. None: the layer alone says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// Names that everybody uses, in small letters: the layer, the code, and what it is called if it has to be made.
const KNOWN: [(&[&str], &str, &str); 14] = [
    (&["person", "per", "pers", "individual"], "actor", "actor.person"),
    (&["gpe", "country", "nation", "geopolit", "geopolitical", "state"], "actor", "actor.state"),
    (&["government", "ministry", "governmentbody"], "actor", "actor.body"),
    (&["party", "politicalparty", "movement"], "actor", "actor.party"),
    (&["company", "corporation", "business"], "actor", "actor.company"),
    (&["norp", "nationality", "group", "people"], "actor", "actor.group"),
    (&["media"], "actor", "actor.civil"),
    (&["organization", "organisation", "org"], "actor", "actor.organization"),
    (&["loc", "location", "place"], "actor", "actor.location"),
    (&["fac", "facility"], "actor", "actor.facility"),
    (&["premise", "evidence"], "claim", "claim.premise"),
    (&["majorclaim"], "claim", "claim.major-claim"),
    (&["proposition", "argument"], "claim", "claim.argument"),
    (&["statement", "opinion"], "claim", "claim.statement"),
];

/// Links of argument mining by their usual names.
const KNOWN_LINKS: [(&[&str], &str); 2] =
    [(&["support", "supports"], "supports"), (&["attack", "attacks"], "rebuts")];

/// How a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats::brat) enum Use {
    /// As a span.
    Span,
    /// As an event.
    Event,
}

/// Reads a mapping.
pub fn read_mapping(bytes: &[u8]) -> Result<Mapping, String> {
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err("it is no mapping, which is a JSON object".to_owned());
    }
    let mapping: Mapping = serde_json::from_slice(bytes).map_err(|error| why_none(&error))?;
    let words = |target: &Target| [Some(target.layer.clone()), target.code.clone()];
    let ids = mapping.types.values().flat_map(words).flatten();
    let others = mapping.links.values().chain(mapping.attributes.values());
    let ids = ids.chain(others.chain(mapping.names.values()).cloned());
    match ids.into_iter().find(|id| !fit(id)) {
        Some(id) => Err(format!("“{id}” is no id: write 1 to 200 letters, digits and signs")),
        None => Ok(mapping),
    }
}

/// What is wrong with it, in words for people who have edited it by hand.
fn why_none(error: &serde_json::Error) -> String {
    let line = error.line();
    match error.classify() {
        Category::Eof => format!("it ends in the middle of something, in line {line}"),
        Category::Syntax | Category::Io => {
            format!("line {line} is not written as JSON, for want of a comma, a quote or a bracket")
        }
        Category::Data => format!("it is no mapping ({error})"),
    }
}

fn fit(id: &str) -> bool {
    (1..=200).contains(&id.len()) && !id.contains(char::is_control)
}

/// A mapping as it is shown and written.
pub fn write_mapping(mapping: &Mapping) -> String {
    let mut words = serde_json::to_string_pretty(mapping).unwrap_or_default();
    words.push('\n');
    words
}

impl Mapping {
    /// Adds what `used` needs and is not said yet. The order decides which of two names gets the known code.
    pub(in crate::formats::brat) fn add_types(&mut self, used: &[(Use, &str)], book: &Codebook) {
        let mut taken: BTreeSet<Target> = self.types.values().cloned().collect();
        for (how, name) in used {
            if self.types.contains_key(*name) {
                continue;
            }
            let known = known(*how, name, book).filter(|target| !taken.contains(target));
            let target = known.unwrap_or_else(|| own(*how, name, book, &taken));
            taken.insert(target.clone());
            self.types.insert((*name).to_owned(), target);
        }
    }

    /// Adds the kind of link that `name` becomes, which joins these pairs of layers.
    pub(in crate::formats::brat) fn add_link(
        &mut self,
        name: &str,
        pairs: &BTreeSet<(LayerId, LayerId)>,
        book: &Codebook,
    ) {
        if self.links.contains_key(name) {
            return;
        }
        let word = plain(name);
        let alias = KNOWN_LINKS.iter().find(|(names, _)| names.contains(&word.as_str()));
        let mut kinds = book.relations.iter();
        let kind = kinds.find(|kind| {
            let ids = [plain(kind.id.as_str()), plain(&kind.name)];
            (!word.is_empty() && ids.contains(&word))
                || alias.is_some_and(|(_, id)| kind.id.as_str() == *id)
        });
        let fits = kind.filter(|kind| pairs.iter().all(|(from, to)| kind.joins(from, to)));
        let taken = |id: &str| {
            self.links.values().any(|other| other == id)
                || book.relations.iter().any(|kind| kind.id.as_str() == id)
        };
        let id = fits.map(|kind| kind.id.to_string());
        let free = id.filter(|id| !self.links.values().any(|other| other == id));
        let id = free.unwrap_or_else(|| unique(&slug(name), taken));
        self.links.insert(name.to_owned(), id);
    }
}

/// `id`, or with a word behind it that makes it unlike those that are taken.
pub(in crate::formats::brat) fn unique(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let more = std::iter::once(format!("{id}-brat")).chain((2..).map(|n| format!("{id}-brat-{n}")));
    let mut names = std::iter::once(id.to_owned()).chain(more);
    names.find(|name| !taken(name)).unwrap_or_else(|| id.to_owned())
}

fn target(layer: &str, code: Option<&str>) -> Target {
    Target { layer: layer.to_owned(), code: code.map(str::to_owned) }
}

/// What everybody means by `name`, or what the codebook calls so.
fn known(how: Use, name: &str, book: &Codebook) -> Option<Target> {
    let word = Some(plain(name)).filter(|word| !word.is_empty())?;
    let layers = |layer: &&Layer| match how {
        Use::Event => layer.id.as_str() == EVENTS,
        Use::Span => layer.id.as_str() != EVENTS,
    };
    let mut whole = book.layers.iter();
    if let Some(layer) = whole.find(|l| [plain(l.id.as_str()), plain(&l.name)].contains(&word)) {
        return Some(target(layer.id.as_str(), None));
    }
    let mut known = KNOWN.iter().filter(|_| how == Use::Span);
    if let Some((_, layer, code)) = known.find(|(names, ..)| names.contains(&word.as_str())) {
        return Some(target(layer, Some(code)));
    }
    book.layers.iter().filter(layers).find_map(|layer| {
        let same = |code: &&crate::model::Code| {
            let last = code.id.as_str().rsplit('.').next().unwrap_or_default();
            [plain(last), plain(&code.name)].contains(&word)
        };
        let code = layer.codes.iter().find(same)?;
        Some(target(layer.id.as_str(), Some(code.id.as_str())))
    })
}

/// A code of its own.
fn own(how: Use, name: &str, book: &Codebook, taken: &BTreeSet<Target>) -> Target {
    let word = plain(name);
    let known = KNOWN.iter().find(|(names, ..)| how == Use::Span && names.contains(&word.as_str()));
    let layer = match (how, known) {
        (Use::Event, _) => EVENTS,
        (Use::Span, Some((_, layer, _))) => layer,
        (Use::Span, None) => IMPORTED,
    };
    let codes = book.layer(&LayerId::new(layer)).map(|layer| layer.codes.as_slice());
    let is_taken = |id: &str| {
        taken.contains(&target(layer, Some(id)))
            || codes.unwrap_or_default().iter().any(|code| code.id == CodeId::new(id))
    };
    let id = unique(&format!("{layer}.{}", slug(name)), is_taken);
    target(layer, Some(&id))
}

#[cfg(test)]
mod tests {
    use crate::formats::brat::mapping::{Mapping, Use, read_mapping, target, write_mapping};
    use crate::formats::default_codebook;

    #[test]
    fn names_that_everybody_uses_find_their_code_and_none_is_shared() {
        let used = [
            (Use::Span, "PER"),
            (Use::Span, "Person"),
            (Use::Span, "ORG"),
            (Use::Span, "Claim"),
            (Use::Span, "Premise"),
            (Use::Event, "Consult"),
            (Use::Event, "Be-born"),
            (Use::Span, "MISC"),
            (Use::Span, "Белок"),
        ];
        let mut mapping = Mapping::default();
        mapping.add_types(&used, &default_codebook().unwrap());
        let wanted = [
            ("PER", "actor", Some("actor.person")),
            ("Person", "actor", Some("actor.person-brat")),
            ("ORG", "actor", Some("actor.organization")),
            ("Claim", "claim", None),
            ("Premise", "claim", Some("claim.premise")),
            ("Consult", "event", Some("event.consult")),
            ("Be-born", "event", Some("event.be-born")),
            ("MISC", "imported", Some("imported.misc")),
            ("Белок", "imported", Some("imported.x-41143543b43e43a")),
        ];
        assert_eq!(mapping.types.len(), wanted.len());
        for (name, layer, code) in wanted {
            assert_eq!(mapping.types.get(name), Some(&target(layer, code)), "{name}");
        }
        assert_eq!(read_mapping(write_mapping(&mapping).as_bytes()), Ok(mapping));
    }

    #[test]
    fn what_a_person_says_stands() {
        let json = br#"{"types": {"PER": {"layer": "people", "code": "people.one"}}}"#;
        let mut mapping = read_mapping(json).unwrap();
        mapping.add_types(&[(Use::Span, "PER")], &default_codebook().unwrap());
        assert_eq!(mapping.types.get("PER"), Some(&target("people", Some("people.one"))));
        for bad in [
            &b"{\"type\":{}}"[..],
            b"[]",
            br#"{"links":{"a":"b\u0001"}}"#,
            b"{\"links\":{\"a\":\"\"}}",
        ] {
            assert!(read_mapping(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }
}
