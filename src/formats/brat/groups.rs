//! Which spans speak of one thing: those that brat calls equivalent, and those with one outside id. Each group becomes
//! an entity of its layer.

use crate::formats::brat::build::Build;
use crate::formats::brat::gather::Tie;
use crate::formats::brat::ids::derived;
use crate::model::{Entity, EntityId, FeatureId, Features, LayerId, Place, Value};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// The name under which we write our own ids as outside ids.
pub(in crate::formats::brat) const OURS: &str = "Matryoshka";
/// The feature of the shipped codebook that has a place for these.
const WIKIDATA: &str = "wikidata";
/// The longest name that is made of the words of a mention, in characters.
const LONGEST: usize = 80;

/// Entities, and which tag mentions which.
pub(in crate::formats::brat) struct Groups<'a> {
    /// Each with the names of the lines that said so of spans.
    pub(in crate::formats::brat) entities: Vec<(Entity, BTreeSet<&'a str>)>,
    pub(in crate::formats::brat) of: BTreeMap<usize, EntityId>,
}

/// Links for equivalences between layers: an entity has but one.
pub(in crate::formats::brat) fn across_layers<'a>(build: &Build<'_, 'a>) -> Vec<Tie<'a>> {
    let mut ties = Vec::new();
    for (at, name, tags) in &build.all.same {
        let mut firsts: BTreeMap<LayerId, usize> = BTreeMap::new();
        for tag in tags {
            firsts.entry(build.layer(*tag)).or_insert(*tag);
        }
        let mut firsts = firsts.into_values();
        let Some(from) = firsts.next() else { continue };
        for (number, to) in firsts.enumerate() {
            let id = format!("*{}/{number}", at.1);
            ties.push(Tie { at: *at, id, name, from, to, arguments: None });
        }
    }
    ties
}

/// Sets of tags; each points to one that stands before it, or to itself.
struct Sets(Vec<usize>);

impl Sets {
    fn first(&self, mut tag: usize) -> usize {
        while let Some(before) = self.0.get(tag).copied().filter(|before| *before != tag) {
            tag = before;
        }
        tag
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(last) = self.0.get_mut(a.max(b)) {
            *last = a.min(b);
        }
    }
}

/// The groups.
pub(in crate::formats::brat) fn groups<'a>(build: &mut Build<'_, 'a>) -> Groups<'a> {
    let mut sets = Sets((0..build.all.tags.len()).collect());
    let mut grouped: BTreeSet<usize> = BTreeSet::new();
    let mut said: Vec<(usize, &str)> = Vec::new();
    for (_, name, tags) in &build.all.same {
        let mut firsts: BTreeMap<LayerId, usize> = BTreeMap::new();
        for tag in tags {
            let first = *firsts.entry(build.layer(*tag)).or_insert(*tag);
            sets.join(first, *tag);
            if first != *tag {
                grouped.extend([first, *tag]);
                said.push((first, name));
            }
        }
    }
    let mut by_outside: BTreeMap<(LayerId, &str), usize> = BTreeMap::new();
    for (tag, outside, _) in &build.all.references {
        let first = *by_outside.entry((build.layer(*tag), outside)).or_insert(*tag);
        sets.join(first, *tag);
        grouped.insert(*tag);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for tag in grouped {
        members.entry(sets.first(tag)).or_default().push(tag);
    }
    let mut same: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (tag, name) in said {
        same.entry(sets.first(tag)).or_default().insert(name);
    }
    let mut outside: BTreeMap<usize, BTreeMap<&str, &str>> = BTreeMap::new();
    for (tag, id, words) in &build.all.references {
        let names = outside.entry(sets.first(*tag)).or_default().entry(id).or_default();
        if names.is_empty() {
            *names = words;
        }
    }
    let mut groups = Groups { entities: Vec::new(), of: BTreeMap::new() };
    let mut taken = BTreeSet::new();
    for (first, tags) in members {
        let references = outside.remove(&first).unwrap_or_default();
        let entity = entity(build, first, &references, &mut taken);
        groups.of.extend(tags.into_iter().map(|tag| (tag, entity.id.clone())));
        groups.entities.push((entity, same.remove(&first).unwrap_or_default()));
    }
    groups
}

fn entity(
    build: &mut Build<'_, '_>,
    first: usize,
    references: &BTreeMap<&str, &str>,
    taken: &mut BTreeSet<EntityId>,
) -> Entity {
    let layer = build.layer(first);
    let ours = references.keys().find_map(|id| own_id(id));
    let id = match (ours, references.keys().next()) {
        (Some(id), _) => EntityId::new(id),
        (None, Some(outside)) => EntityId::new(derived("n", &[layer.as_str(), outside])),
        (None, None) => own(build, first),
    };
    // One of our ids on spans of two layers: only the first can have it.
    let id = if taken.contains(&id) { own(build, first) } else { id };
    taken.insert(id.clone());
    let named = references.values().find(|name| !name.is_empty());
    let name = named.map_or_else(|| words(build, first), SmolStr::new);
    let rules = build.book.0.layer(&layer);
    let code = if rules.is_some_and(|layer| layer.entity_codes) { build.code(first) } else { None };
    let features = outside_ids(build, &layer, references);
    Entity { id, layer, name, aliases: Vec::new(), code, features }
}

fn own(build: &Build<'_, '_>, first: usize) -> EntityId {
    let of = build.all.tags.get(first).map_or((0, ""), |tag| (tag.at.0, tag.id));
    EntityId::new(derived("n", &[build.document(of.0), build.asked.folder, of.1]))
}

/// Our own id, if that is what the outside id is.
fn own_id(outside: &str) -> Option<&str> {
    let id = outside.strip_prefix(OURS)?.strip_prefix(':')?;
    let fit = id.len() <= 80 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (fit && id.starts_with("n_")).then_some(id)
}

fn outside_ids(
    build: &mut Build<'_, '_>,
    layer: &LayerId,
    references: &BTreeMap<&str, &str>,
) -> Features {
    let mut features = Features::new();
    let mut others: Vec<SmolStr> = Vec::new();
    let wikidata = FeatureId::new(WIKIDATA);
    let rules = build.book.0.layer(layer);
    let has_place = rules.is_some_and(|l| l.entity_features.iter().any(|f| f.id == wikidata));
    for outside in references.keys().filter(|outside| own_id(outside).is_none()) {
        let (base, entry) = outside.split_once(':').unwrap_or((outside, ""));
        if has_place && base.eq_ignore_ascii_case(WIKIDATA) && !features.contains_key(&wikidata) {
            features.insert(wikidata.clone(), Value::Text(entry.into()));
        } else {
            others.push((*outside).into());
        }
    }
    if !others.is_empty() {
        features.insert(build.book.outside_ids(layer), Value::Several(others));
    }
    features
}

/// The words of the first mention, as far as a name goes.
pub(in crate::formats::brat) fn words(build: &Build<'_, '_>, first: usize) -> SmolStr {
    let Some(tag) = build.all.tags.get(first) else { return SmolStr::default() };
    let text = build.sheets.all.get(tag.at.0).map(|sheet| &sheet.counted.text);
    let words: String = match (&tag.place, text) {
        (Place::Anchored(fragments), Some(text)) => {
            fragments.spans().iter().map(|span| text.slice(*span)).collect::<Vec<_>>().join(" … ")
        }
        (Place::Orphan(orphan), _) => orphan.quotes.concat(),
        _ => String::new(),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= LONGEST {
        return words.into();
    }
    words.chars().take(LONGEST).chain(['…']).collect()
}
