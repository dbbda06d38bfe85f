//! Many new records at once, as when a file is read: nothing is looked up that cannot be there, and the indexes are
//! filled in their own order at the end.

use crate::model::ends::{Ends, Links};
use crate::model::project::{Placed, Places, Shelf, referred};
use crate::model::{
    Annotation, AnnotationId, AnyRecord, DocumentId, End, EntityId, Features, Hand, Project,
    Record, RecordId, Relation, RelationId, Version,
};
use imbl::{OrdMap, OrdSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Annotations and relations on their way into a project.
#[derive(Debug, Default)]
pub struct Filling {
    by_id: ById,
    by_place: ByPlace,
    /// The highest count of each hand.
    counts: BTreeMap<Hand, u32>,
}

type Shelved = (AnnotationId, Arc<Record<Annotation>>);

/// Annotations and relations by id.
#[derive(Debug, Default)]
struct ById {
    /// By document.
    annotations: BTreeMap<DocumentId, Vec<Shelved>>,
    relations: Vec<(RelationId, Arc<Record<Relation>>)>,
    everywhere: Shelf<AnnotationId, Annotation>,
    sheets: Vec<(DocumentId, Shelf<AnnotationId, Annotation>)>,
    shelf: Shelf<RelationId, Relation>,
    twins: bool,
}

type AtPlace = (Placed, Arc<Record<Annotation>>);
type Linked = ((Placed, RelationId), Arc<Record<Relation>>);

/// Annotations by id: the document by its number, and the place. A tree would take twice as long to fill and to ask.
#[expect(clippy::disallowed_types, reason = "looked up only; its order never shows")]
type Known<'a> = std::collections::HashMap<&'a AnnotationId, (usize, &'a Placed)>;

/// What leads to annotations and relations.
#[derive(Debug, Default)]
struct ByPlace {
    /// By document.
    places: BTreeMap<DocumentId, Vec<AtPlace>>,
    mentions: Vec<(EntityId, AnnotationId)>,
    references: Vec<(End, RecordId)>,
    relations: Vec<Arc<Record<Relation>>>,
    sheets: Vec<(DocumentId, Places, Links)>,
    mentioned: OrdSet<(EntityId, AnnotationId)>,
    referred: OrdSet<(End, RecordId)>,
    /// Relations by those ends that have no place in a text.
    ended: Ends,
}

impl Filling {
    /// Takes an annotation or a relation of an id that no other has; gives back a record of another kind.
    pub fn put(&mut self, record: AnyRecord) -> Option<AnyRecord> {
        match record {
            AnyRecord::Annotation(record) => {
                self.count(&record.version);
                if !record.place.is_orphan() {
                    let placed = (Placed::of(&record), Arc::clone(&record));
                    push(&mut self.by_place.places, &record.document, placed);
                }
                self.refer(&record.features, || RecordId::Annotation(record.id.clone()));
                let entity = record.entity.clone();
                self.by_place.mentions.extend(entity.map(|entity| (entity, record.id.clone())));
                let (document, id) = (record.document.clone(), record.id.clone());
                push(&mut self.by_id.annotations, &document, (id, record));
                None
            }
            AnyRecord::Relation(record) => {
                self.count(&record.version);
                self.refer(&record.features, || RecordId::Relation(record.id.clone()));
                self.by_place.relations.push(Arc::clone(&record));
                self.by_id.relations.push((record.id.clone(), record));
                None
            }
            other => Some(other),
        }
    }

    fn refer(&mut self, features: &Features, id: impl Fn() -> RecordId) {
        self.by_place.references.extend(referred(features).map(|end| (end.clone(), id())));
    }

    fn count(&mut self, version: &Version) {
        for (hand, count) in version.entries() {
            match self.counts.get_mut(hand) {
                Some(highest) => *highest = count.max(*highest),
                None => drop(self.counts.insert(hand.clone(), count)),
            }
        }
    }

    /// Takes what another has taken.
    pub fn append(&mut self, mut other: Self) {
        append(&mut self.by_id.annotations, other.by_id.annotations);
        self.by_id.relations.append(&mut other.by_id.relations);
        append(&mut self.by_place.places, other.by_place.places);
        self.by_place.mentions.append(&mut other.by_place.mentions);
        self.by_place.references.append(&mut other.by_place.references);
        self.by_place.relations.append(&mut other.by_place.relations);
        for (hand, count) in other.counts {
            let highest = self.counts.entry(hand).or_default();
            *highest = count.max(*highest);
        }
    }

    /// The two halves of the sorting that is left. They do not touch each other, so two threads may do one each.
    pub fn halves(&mut self) -> (impl FnOnce(), impl FnOnce() + Send) {
        let (by_id, by_place) = (&mut self.by_id, &mut self.by_place);
        (|| by_id.sort(), || by_place.sort())
    }

    /// Whether two of one kind have the same id, once both halves are sorted. Then nothing of it may be used.
    pub fn has_twins(&self) -> bool {
        self.by_id.twins
    }

    /// Puts everything into `project`, which has none of it yet, as [`Project::put`] would one by one. The caller has
    /// seen to it that the result is valid; annotations whose document is missing are not taken.
    pub fn finish(mut self, project: &mut Project) {
        self.by_id.sort();
        self.by_place.sort();
        let (by_id, by_place) = (self.by_id, self.by_place);
        for (hand, count) in self.counts {
            if project.count_of(&hand) < count {
                project.counts.insert(hand, count);
            }
        }
        joined(&mut project.everywhere, by_id.everywhere);
        joined(&mut project.relations, by_id.shelf);
        project.mentions = std::mem::take(&mut project.mentions).union(by_place.mentioned);
        project.references = std::mem::take(&mut project.references).union(by_place.referred);
        project.ends = std::mem::take(&mut project.ends).union(by_place.ended);
        for (document, annotations) in by_id.sheets {
            match project.sheets.get_mut(&document) {
                Some(sheet) => joined(&mut sheet.annotations, annotations),
                None => annotations.keys().for_each(|id| drop(project.everywhere.remove(id))),
            }
        }
        for (document, places, links) in by_place.sheets {
            if let Some(sheet) = project.sheets.get_mut(&document) {
                sheet.places = std::mem::take(&mut sheet.places).union(places);
                sheet.links = std::mem::take(&mut sheet.links).union(links);
            }
        }
    }
}

impl ById {
    fn sort(&mut self) {
        let sheets = std::mem::take(&mut self.annotations);
        let several = sheets.len() > 1;
        let mut all = Vec::new();
        for (document, mut here) in sheets {
            here.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            self.twins |= have_twins(&here);
            if several {
                all.extend(here.iter().cloned());
            }
            let sheet = shelf(here);
            if !several {
                // In the only document that has any they are the same tree.
                self.everywhere = sheet.clone();
            }
            self.sheets.push((document, sheet));
        }
        if several {
            all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            self.twins |= have_twins(&all);
            self.everywhere = shelf(all);
        }
        let mut relations = std::mem::take(&mut self.relations);
        if !relations.is_empty() {
            relations.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            self.twins |= have_twins(&relations);
            self.shelf = shelf(relations);
        }
    }
}

impl ByPlace {
    fn sort(&mut self) {
        let links = self.links();
        for ((document, places), links) in std::mem::take(&mut self.places).into_iter().zip(links) {
            self.sheets.push((document, in_order(places), in_order(links)));
        }
        if !self.mentions.is_empty() {
            self.mentioned = sorted(std::mem::take(&mut self.mentions));
        }
        if !self.references.is_empty() {
            self.referred = sorted(std::mem::take(&mut self.references));
        }
    }

    /// Takes the relations to their ends; those of each document's annotations, in the order of `places`.
    fn links(&mut self) -> Vec<Vec<Linked>> {
        let mut links: Vec<Vec<Linked>> = self.places.values().map(|_| Vec::new()).collect();
        let relations = std::mem::take(&mut self.relations);
        if relations.is_empty() {
            return links;
        }
        let mut known = Known::default();
        for (document, places) in self.places.values().enumerate() {
            known.extend(places.iter().map(|(place, _)| (place.annotation(), (document, place))));
        }
        let mut elsewhere = Vec::new();
        for relation in relations {
            for end in [&relation.from, &relation.to] {
                let place = match end {
                    End::Annotation(id) => known.get(id),
                    End::Entity(_) => None,
                };
                let links = place.and_then(|(at, place)| Some((links.get_mut(*at)?, *place)));
                let (id, link) = (relation.id.clone(), Arc::clone(&relation));
                match links {
                    Some((links, place)) => links.push(((place.clone(), id), link)),
                    None => elsewhere.push(((end.clone(), id), link)),
                }
            }
        }
        self.ended = in_order(elsewhere);
        links
    }
}

fn push<T>(lists: &mut BTreeMap<DocumentId, Vec<T>>, document: &DocumentId, one: T) {
    match lists.get_mut(document) {
        Some(list) => list.push(one),
        None => drop(lists.insert(document.clone(), vec![one])),
    }
}

fn append<T>(lists: &mut BTreeMap<DocumentId, Vec<T>>, more: BTreeMap<DocumentId, Vec<T>>) {
    for (document, mut list) in more {
        lists.entry(document).or_default().append(&mut list);
    }
}

fn have_twins<Id: PartialEq, T>(sorted: &[(Id, T)]) -> bool {
    sorted.iter().zip(sorted.iter().skip(1)).any(|((a, _), (b, _))| a == b)
}

fn sorted<T: Ord + Clone>(mut all: Vec<T>) -> OrdSet<T> {
    all.sort_unstable();
    let mut set = OrdSet::new();
    fill(all, |one| drop(set.insert(one)));
    set
}

fn in_order<K: Ord + Clone, V: Clone>(mut all: Vec<(K, V)>) -> OrdMap<K, V> {
    all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let mut map = OrdMap::new();
    fill(all, |(key, value)| drop(map.insert(key, value)));
    map
}

fn shelf<Id: Ord + Clone, T>(sorted: Vec<(Id, Arc<Record<T>>)>) -> Shelf<Id, T> {
    let mut shelf = Shelf::new();
    fill(sorted, |(id, record)| drop(shelf.insert(id, record)));
    shelf
}

/// Puts what is in order into a tree: every second first, which leaves its nodes half full, then what goes between.
/// So they end up full, and a tree takes half the memory that it would have after one pass.
fn fill<T>(sorted: Vec<T>, mut put: impl FnMut(T)) {
    let mut between = Vec::with_capacity(sorted.len() / 2);
    for (at, one) in sorted.into_iter().enumerate() {
        if at % 2 == 0 {
            put(one);
        } else {
            between.push(one);
        }
    }
    between.into_iter().for_each(put);
}

fn joined<Id: Ord + Clone, T>(shelf: &mut Shelf<Id, T>, more: Shelf<Id, T>) {
    *shelf = if shelf.is_empty() { more } else { std::mem::take(shelf).union(more) };
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// A project with two documents and an actor.
    fn empty() -> Project {
        let actor = Entity {
            id: EntityId::new("n_1"),
            layer: LayerId::new("actor"),
            name: "Minister".into(),
            aliases: Vec::new(),
            code: None,
            features: Features::new(),
        };
        let edits = [
            Edit::Document(DocumentEdit::Add(document("d_2"))),
            Edit::Entity(EntityEdit::Add(actor)),
        ];
        edits
            .iter()
            .fold(project(), |project, edit| apply(&project, edit, &signature("x")).unwrap())
    }

    fn records(spans: &[(u32, u32, bool, bool)]) -> Vec<AnyRecord> {
        let mut all = Vec::new();
        for (at, (start, length, elsewhere, named)) in spans.iter().enumerate() {
            // Ids go back and forth, so that they are in no order.
            let id = format!("a_{:02}", at * 37 % 100);
            let mut value = annotation(&id, "actor", *start, start + length);
            value.document = DocumentId::new(if *elsewhere { "d_2" } else { "d_1" });
            value.entity = named.then(|| EntityId::new("n_1"));
            if *elsewhere && *named {
                let to = Value::Reference(End::Annotation(AnnotationId::new("a_00")));
                value.features.insert(FeatureId::new("about"), to);
            }
            all.push(AnyRecord::Annotation(Arc::new(Record::made(
                value,
                &signature("h"),
                at as u32,
            ))));
            let link = relation(&format!("l_{id}"), "claims", &id, "a_00");
            all.push(AnyRecord::Relation(Arc::new(Record::made(link, &signature("i"), at as u32))));
        }
        all
    }

    proptest! {
        #[test]
        fn filling_is_putting_one_by_one(
            spans in prop::collection::vec((0_u32..15, 1_u32..6, prop::bool::ANY, prop::bool::ANY), 0..60),
            cut in 0_usize..60,
        ) {
            let mut one_by_one = empty();
            let (mut first, mut second) = (Filling::default(), Filling::default());
            for (at, record) in records(&spans).into_iter().enumerate() {
                one_by_one.put(record.clone());
                let filling = if at < cut { &mut first } else { &mut second };
                prop_assert!(filling.put(record).is_none());
            }
            first.append(second);
            let (by_id, by_place) = first.halves();
            by_place();
            by_id();
            prop_assert!(!first.has_twins());
            let mut filled = empty();
            first.finish(&mut filled);
            prop_assert_eq!(format!("{filled:?}"), format!("{one_by_one:?}"));
        }
    }

    #[test]
    fn twins_are_seen_and_other_kinds_given_back() {
        let mut filling = Filling::default();
        for record in records(&[(0, 2, false, false)]).into_iter().cycle().take(4) {
            assert!(filling.put(record).is_none());
        }
        let (by_id, _) = filling.halves();
        by_id();
        assert!(filling.has_twins());
        let document =
            AnyRecord::Document(Arc::new(Record::made(document("d_1"), &signature("h"), 1)));
        assert!(filling.put(document).is_some());
    }
}
