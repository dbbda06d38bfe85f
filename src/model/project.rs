//! The project as a persistent value: a clone costs a handful of pointers, an edit copies next to nothing.
//!
//! A `Project` in memory is always valid: records that cannot be valid wait in [`SetAside`]. All ways to change one
//! end in [`Project::put`] and [`Project::remove`], which also keep the small indexes below in step.
//! Intentions are in `edit`, their rules in `apply`.

use crate::model::ends::{Ends, Links};
use crate::model::{
    Annotation, AnnotationId, Codebook, Comment, CommentId, Decision, DecisionId, Document,
    DocumentId, End, Entity, EntityId, Features, Hand, Note, NoteId, ProjectId, Record, RecordId,
    Relation, RelationId, Unknown, Value, Version,
};
use crate::text::{Offset, Span};
use imbl::{OrdMap, OrdSet};
use std::ops::Range;
use std::sync::Arc;

/// Records of one kind by id.
pub type Shelf<Id, T> = OrdMap<Id, Arc<Record<T>>>;

/// Anchored annotations by place. The records themselves: in a large text, finding each by its id would take as long
/// as drawing it.
pub(in crate::model) type Places = OrdMap<Placed, Arc<Record<Annotation>>>;

/// Everything that one project file says.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its id, over all copies.
    pub id: ProjectId,
    /// What may be tagged.
    pub codebook: Arc<Codebook>,
    /// Records of the file that cannot be valid, kept as they were.
    pub set_aside: Arc<Vec<SetAside>>,
    /// Members we do not understand.
    pub unknown: Arc<Unknown>,
    pub(in crate::model) sheets: OrdMap<DocumentId, Sheet>,
    pub(in crate::model) entities: Shelf<EntityId, Entity>,
    pub(in crate::model) relations: Shelf<RelationId, Relation>,
    pub(in crate::model) notes: Shelf<NoteId, Note>,
    pub(in crate::model) comments: Shelf<CommentId, Comment>,
    pub(in crate::model) decisions: Shelf<DecisionId, Decision>,
    erased: OrdMap<RecordId, Arc<Tombstone>>,
    /// All annotations, whichever document they are in.
    pub(in crate::model) everywhere: Shelf<AnnotationId, Annotation>,
    /// Relations by each of their ends that has no place in a text; others stand in its sheet.
    pub(in crate::model) ends: Ends,
    /// Annotations by the entity they mention.
    pub(in crate::model) mentions: OrdSet<(EntityId, AnnotationId)>,
    /// Notes and comments by what they are about.
    pub(in crate::model) remarks: OrdSet<(RecordId, RecordId)>,
    /// Annotations, entities and relations by what a feature of theirs refers to.
    pub(in crate::model) references: OrdSet<(End, RecordId)>,
    /// The highest count seen of each hand.
    pub(in crate::model) counts: OrdMap<Hand, u32>,
}

/// A document with its annotations.
#[derive(Clone, Debug)]
pub struct Sheet {
    document: Arc<Record<Document>>,
    pub(in crate::model) annotations: Shelf<AnnotationId, Annotation>,
    pub(in crate::model) places: Places,
    /// Relations by each end that is anchored here, in the order of the places: those of what is in sight lie together.
    pub(in crate::model) links: Links,
}

/// An anchored annotation's hull, first by the power of two of its length, so that a look-up of what lies in a span
/// reads a short range of each length class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::model) struct Placed {
    class: u32,
    start: u32,
    end: u32,
    id: AnnotationId,
}

/// What is left of an erased record: that it was, and which edits the erasure had seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// What was erased.
    pub id: RecordId,
    /// The edits that the erasure has seen, itself included.
    pub version: Version,
    /// The record that took its place.
    pub merged_into: Option<RecordId>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// A record of the file that cannot be valid, kept byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The section of the file it stood in.
    pub section: String,
    /// Its JSON text.
    pub raw: Box<str>,
    /// What is wrong with it.
    pub reason: String,
}

/// A record of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyRecord {
    /// A document.
    Document(Arc<Record<Document>>),
    /// An entity.
    Entity(Arc<Record<Entity>>),
    /// An annotation.
    Annotation(Arc<Record<Annotation>>),
    /// A relation.
    Relation(Arc<Record<Relation>>),
    /// A note.
    Note(Arc<Record<Note>>),
    /// A comment.
    Comment(Arc<Record<Comment>>),
    /// A decision.
    Decision(Arc<Record<Decision>>),
}

impl Project {
    /// A project without documents.
    pub fn new(id: ProjectId, codebook: Arc<Codebook>) -> Self {
        Self {
            id,
            codebook,
            set_aside: Arc::default(),
            unknown: Arc::default(),
            sheets: OrdMap::new(),
            entities: OrdMap::new(),
            relations: OrdMap::new(),
            notes: OrdMap::new(),
            comments: OrdMap::new(),
            decisions: OrdMap::new(),
            erased: OrdMap::new(),
            everywhere: OrdMap::new(),
            ends: OrdMap::new(),
            mentions: OrdSet::new(),
            remarks: OrdSet::new(),
            references: OrdSet::new(),
            counts: OrdMap::new(),
        }
    }

    /// Documents with their annotations, by id.
    pub fn sheets(&self) -> &OrdMap<DocumentId, Sheet> {
        &self.sheets
    }

    /// The documents in the order shown.
    pub fn documents_in_order(&self) -> Vec<&Sheet> {
        let mut sheets: Vec<&Sheet> = self.sheets.values().collect();
        sheets.sort_by(|a, b| {
            (a.order(), a.document.id.as_str()).cmp(&(b.order(), b.document.id.as_str()))
        });
        sheets
    }

    /// A document with its annotations.
    pub fn sheet(&self, id: &DocumentId) -> Option<&Sheet> {
        self.sheets.get(id)
    }

    /// All entities.
    pub fn entities(&self) -> &Shelf<EntityId, Entity> {
        &self.entities
    }

    /// All relations.
    pub fn relations(&self) -> &Shelf<RelationId, Relation> {
        &self.relations
    }

    /// All notes.
    pub fn notes(&self) -> &Shelf<NoteId, Note> {
        &self.notes
    }

    /// All comments.
    pub fn comments(&self) -> &Shelf<CommentId, Comment> {
        &self.comments
    }

    /// All decisions.
    pub fn decisions(&self) -> &Shelf<DecisionId, Decision> {
        &self.decisions
    }

    /// What was erased. A record that outlived a concurrent erasure stands beside its tombstone.
    pub fn erased(&self) -> &OrdMap<RecordId, Arc<Tombstone>> {
        &self.erased
    }

    /// An annotation, wherever it is.
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Arc<Record<Annotation>>> {
        self.everywhere.get(id)
    }

    /// The document that an annotation is in.
    pub fn home_of(&self, id: &AnnotationId) -> Option<&Sheet> {
        self.sheets.get(&self.everywhere.get(id)?.document)
    }

    /// All annotations, by document and id.
    pub fn annotations(&self) -> impl Iterator<Item = &Arc<Record<Annotation>>> {
        self.sheets.values().flat_map(|sheet| sheet.annotations.values())
    }

    /// How many annotations there are.
    pub fn annotation_count(&self) -> usize {
        self.everywhere.len()
    }

    /// Annotations that mention `entity`.
    pub fn mentions_of(&self, entity: &EntityId) -> impl Iterator<Item = &Arc<Record<Annotation>>> {
        let first = (entity.clone(), AnnotationId::new(""));
        self.mentions
            .range(first..)
            .take_while(move |(other, _)| other == entity)
            .filter_map(|(_, id)| self.annotation(id))
    }

    /// Notes and comments about `target`.
    pub fn remarks_on(&self, target: &RecordId) -> Vec<RecordId> {
        let first = (target.clone(), RecordId::Document(DocumentId::new("")));
        let about = self.remarks.range(first..).take_while(|(other, _)| other == target);
        about.map(|(_, id)| id.clone()).collect()
    }

    /// What refers to `end` in a feature.
    pub fn references_to(&self, end: &End) -> impl Iterator<Item = &RecordId> {
        let first = (end.clone(), RecordId::Document(DocumentId::new("")));
        let there = self.references.range(first..).take_while(move |(other, _)| other == end);
        there.map(|(_, id)| id)
    }

    /// The first note about `target`.
    pub fn note_on(&self, target: &RecordId) -> Option<&Arc<Record<Note>>> {
        self.remarks_on(target).iter().find_map(|id| match id {
            RecordId::Note(id) => self.notes.get(id),
            _ => None,
        })
    }

    /// The layer of what a relation's end is.
    pub fn layer_of(&self, end: &End) -> Option<&crate::model::LayerId> {
        match end {
            End::Annotation(id) => self.annotation(id).map(|annotation| &annotation.value.layer),
            End::Entity(id) => self.entities.get(id).map(|entity| &entity.value.layer),
        }
    }

    /// The highest count that any record has seen of `hand`.
    pub fn count_of(&self, hand: &Hand) -> u32 {
        self.counts.get(hand).copied().unwrap_or_default()
    }

    /// The hands that have edited it, with their highest counts.
    pub fn counts(&self) -> &OrdMap<Hand, u32> {
        &self.counts
    }

    /// The record of that id.
    pub fn get(&self, id: &RecordId) -> Option<AnyRecord> {
        Some(match id {
            RecordId::Document(id) => AnyRecord::Document(self.sheets.get(id)?.document.clone()),
            RecordId::Entity(id) => AnyRecord::Entity(self.entities.get(id)?.clone()),
            RecordId::Annotation(id) => AnyRecord::Annotation(self.annotation(id)?.clone()),
            RecordId::Relation(id) => AnyRecord::Relation(self.relations.get(id)?.clone()),
            RecordId::Note(id) => AnyRecord::Note(self.notes.get(id)?.clone()),
            RecordId::Comment(id) => AnyRecord::Comment(self.comments.get(id)?.clone()),
            RecordId::Decision(id) => AnyRecord::Decision(self.decisions.get(id)?.clone()),
        })
    }

    /// Whether there is a record of that id.
    pub fn has(&self, id: &RecordId) -> bool {
        self.get(id).is_some()
    }

    /// Puts a record in its place, instead of one with the same id and of its tombstone. The caller has seen to it
    /// that the result is valid; an annotation whose document is missing is not taken.
    pub fn put(&mut self, record: AnyRecord) {
        let id = record.id();
        self.count(record.version());
        let moved = self.loosened(&id, Some(&record));
        self.unindex(&id);
        match record {
            AnyRecord::Document(record) => self.put_document(record),
            AnyRecord::Annotation(record) => self.put_annotation(record),
            AnyRecord::Entity(record) => {
                self.refer(&id, &record.features);
                self.entities.insert(record.id.clone(), record);
            }
            AnyRecord::Relation(record) => {
                self.refer(&id, &record.features);
                self.link(&record);
                self.relations.insert(record.id.clone(), record);
            }
            AnyRecord::Note(record) => {
                self.remarks.insert((record.target.clone(), id.clone()));
                self.notes.insert(record.id.clone(), record);
            }
            AnyRecord::Comment(record) => {
                self.remarks.insert((record.target.clone(), id.clone()));
                self.comments.insert(record.id.clone(), record);
            }
            AnyRecord::Decision(record) => {
                self.decisions.insert(record.id.clone(), record);
            }
        }
        for relation in &moved {
            self.link(relation);
        }
        self.erased.remove(&id);
    }

    /// Takes a record away and leaves `tombstone`. The caller has seen to it that nothing leads to it any more.
    pub fn remove(&mut self, tombstone: Tombstone) {
        self.count(&tombstone.version);
        self.take(&tombstone.id);
        self.erased.insert(tombstone.id.clone(), Arc::new(tombstone));
    }

    /// Keeps an erasure that an edit elsewhere has outlived, beside the record: older copies of what it erased are
    /// then still known as erased. The next edit of the record has seen it, and it goes.
    pub fn outlive(&mut self, tombstone: Tombstone) {
        self.count(&tombstone.version);
        self.erased.insert(tombstone.id.clone(), Arc::new(tombstone));
    }

    /// Takes a record out as if it had never been, for one that cannot stand here; its tombstone too.
    pub fn take(&mut self, id: &RecordId) {
        let moved = self.loosened(id, None);
        self.unindex(id);
        match id {
            RecordId::Document(id) => {
                self.sheets.remove(id);
            }
            RecordId::Annotation(id) => {
                if let Some(sheet) = self
                    .everywhere
                    .remove(id)
                    .and_then(|annotation| self.sheets.get_mut(&annotation.document))
                {
                    sheet.annotations.remove(id);
                }
            }
            RecordId::Entity(id) => {
                self.entities.remove(id);
            }
            RecordId::Relation(id) => {
                self.relations.remove(id);
            }
            RecordId::Note(id) => {
                self.notes.remove(id);
            }
            RecordId::Comment(id) => {
                self.comments.remove(id);
            }
            RecordId::Decision(id) => {
                self.decisions.remove(id);
            }
        }
        for relation in &moved {
            self.link(relation);
        }
        self.erased.remove(id);
    }

    /// The edits that the erasure of `id` had seen, of one that the record has outlived too; empty for none.
    pub fn erasure_seen(&self, id: &RecordId) -> Version {
        self.erased.get(id).map(|tombstone| tombstone.version.clone()).unwrap_or_default()
    }

    fn put_document(&mut self, record: Arc<Record<Document>>) {
        if let Some(sheet) = self.sheets.get_mut(&record.id) {
            sheet.document = record;
        } else {
            self.sheets.insert(record.id.clone(), Sheet::of(record));
        }
    }

    fn refer(&mut self, id: &RecordId, features: &Features) {
        for end in referred(features) {
            self.references.insert((end.clone(), id.clone()));
        }
    }

    fn unrefer(&mut self, id: &RecordId, features: &Features) {
        for end in referred(features) {
            self.references.remove(&(end.clone(), id.clone()));
        }
    }

    fn put_annotation(&mut self, record: Arc<Record<Annotation>>) {
        let Some(sheet) = self.sheets.get_mut(&record.document) else { return };
        if !record.place.is_orphan() {
            sheet.places.insert(Placed::of(&record), Arc::clone(&record));
        }
        self.everywhere.insert(record.id.clone(), Arc::clone(&record));
        if let Some(entity) = &record.entity {
            self.mentions.insert((entity.clone(), record.id.clone()));
        }
        for end in referred(&record.features) {
            self.references.insert((end.clone(), RecordId::Annotation(record.id.clone())));
        }
        sheet.annotations.insert(record.id.clone(), record);
    }

    /// Takes what the indexes know of the record that stands under `id` now.
    fn unindex(&mut self, id: &RecordId) {
        match self.get(id) {
            Some(AnyRecord::Annotation(old)) => {
                self.unrefer(id, &old.features);
                if let Some(entity) = &old.entity {
                    self.mentions.remove(&(entity.clone(), old.id.clone()));
                }
                if let Some(sheet) = self.sheets.get_mut(&old.document) {
                    sheet.places.remove(&Placed::of(&old));
                    sheet.annotations.remove(&old.id);
                }
            }
            Some(AnyRecord::Relation(old)) => {
                self.unrefer(id, &old.features);
                self.unlink(&old);
            }
            Some(AnyRecord::Entity(old)) => {
                self.unrefer(id, &old.features);
            }
            Some(AnyRecord::Note(old)) => {
                self.remarks.remove(&(old.target.clone(), id.clone()));
            }
            Some(AnyRecord::Comment(old)) => {
                self.remarks.remove(&(old.target.clone(), id.clone()));
            }
            Some(AnyRecord::Document(_) | AnyRecord::Decision(_)) | None => {}
        }
    }

    /// Counts on from what `other`, a copy of this project, has counted.
    pub fn count_on_from(&mut self, other: &Self) {
        self.counts = self.counts.clone().union_with(other.counts.clone(), u32::max);
    }

    fn count(&mut self, version: &Version) {
        for (hand, count) in version.entries() {
            if self.count_of(hand) < count {
                self.counts.insert(hand.clone(), count);
            }
        }
    }
}

/// What the values refer to.
pub(in crate::model) fn referred(features: &Features) -> impl Iterator<Item = &End> {
    features.values().filter_map(|value| match value {
        Value::Reference(end) => Some(end),
        _ => None,
    })
}

impl Sheet {
    fn of(document: Arc<Record<Document>>) -> Self {
        Self { document, annotations: OrdMap::new(), places: OrdMap::new(), links: OrdMap::new() }
    }

    /// The document.
    pub fn document(&self) -> &Arc<Record<Document>> {
        &self.document
    }

    /// Its annotations by id, orphans too.
    pub fn annotations(&self) -> &Shelf<AnnotationId, Annotation> {
        &self.annotations
    }

    /// Its annotations by start, end and id.
    pub fn annotations_in_order(&self) -> Vec<&Arc<Record<Annotation>>> {
        let mut all: Vec<_> = self.annotations.values().collect();
        all.sort_by_key(|annotation| (annotation.place.fragments().hull(), annotation.id.clone()));
        all
    }

    /// Whether both are the same value in memory; `false` says nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document) && self.annotations.ptr_eq(&other.annotations)
    }

    /// Anchored annotations whose hull shares a character with `span`, by start, longer first.
    pub fn overlapping(&self, span: Span) -> Vec<&Arc<Record<Annotation>>> {
        let mut found = Vec::new();
        let at = |class, start| Placed { class, start, end: 0, id: AnnotationId::new("") };
        let mut class = 0;
        while class < u32::BITS {
            let longest = (2_u64 << class).min(u64::from(u32::MAX)) as u32;
            let start = at(class, span.start().0.saturating_sub(longest));
            let mut next = u32::BITS;
            for (placed, annotation) in self.places.range(start..) {
                if placed.class > class {
                    // Nothing has a length between.
                    next = placed.class;
                    break;
                }
                if placed.start >= span.end().0 {
                    next = class + 1;
                    break;
                }
                if placed.end > span.start().0 {
                    found.push(annotation);
                }
            }
            class = next;
        }
        found.sort_by_key(|annotation| {
            let hull = annotation.place.fragments().hull();
            (hull.start(), std::cmp::Reverse(hull.end()), annotation.id.clone())
        });
        found
    }

    /// Anchored annotations that start before `at`, the nearest first; of those with one start in any order.
    pub fn before(&self, at: Offset) -> impl Iterator<Item = &Arc<Record<Annotation>>> {
        let edge = |class, start| Placed { class, start, end: 0, id: AnnotationId::new("") };
        let classes = 0..u32::BITS;
        let ranges =
            classes.map(move |class| self.places.range(edge(class, 0)..edge(class, at.0)).rev());
        Self::merged(ranges, |a, b| a.start > b.start)
    }

    /// Anchored annotations that start at `at` or after it, the nearest first; of those with one start in any order.
    pub fn after(&self, at: Offset) -> impl Iterator<Item = &Arc<Record<Annotation>>> {
        let edge = |class, start| Placed { class, start, end: 0, id: AnnotationId::new("") };
        let classes = 0..u32::BITS;
        let ranges =
            classes.map(move |class| self.places.range(edge(class, at.0)..edge(class + 1, 0)));
        Self::merged(ranges, |a, b| a.start < b.start)
    }

    /// The annotations of several ranges, each in order; `nearer` says which of two comes first.
    fn merged<'p, I: Iterator<Item = (&'p Placed, &'p Arc<Record<Annotation>>)>>(
        ranges: impl Iterator<Item = I>,
        nearer: impl Fn(&Placed, &Placed) -> bool,
    ) -> impl Iterator<Item = &'p Arc<Record<Annotation>>> {
        let mut heads: Vec<(I::Item, I)> =
            ranges.filter_map(|mut range| Some((range.next()?, range))).collect();
        std::iter::from_fn(move || {
            let mut first = 0;
            for (at, ((placed, _), _)) in heads.iter().enumerate() {
                if heads.get(first).is_some_and(|((other, _), _)| nearer(placed, other)) {
                    first = at;
                }
            }
            let (head, range) = heads.get_mut(first)?;
            let (_, found) = *head;
            match range.next() {
                Some(next) => *head = next,
                None => drop(heads.swap_remove(first)),
            }
            Some(found)
        })
    }

    /// Hulls that start in `within` and are at most `more` bytes longer or shorter than `bytes`, with their annotations'
    /// ids; anchored ones only. Cheaper than looking at every annotation.
    pub fn hulls_of_about(
        &self,
        (bytes, more): (u32, u32),
        within: Range<Offset>,
    ) -> impl Iterator<Item = (Span, &AnnotationId)> {
        let lengths = bytes.saturating_sub(more).max(1)..=bytes.saturating_add(more).max(1);
        let edge = |class, start| Placed { class, start, end: 0, id: AnnotationId::new("") };
        let classes = lengths.start().ilog2()..=lengths.end().ilog2();
        let near = classes.flat_map(move |class| {
            self.places.range(edge(class, within.start.0)..edge(class, within.end.0))
        });
        let near = near.map(|(placed, _)| placed);
        near.filter(move |placed| lengths.contains(&(placed.end - placed.start))).filter_map(
            |placed| {
                let span = Span::between(Offset(placed.start), Offset(placed.end))?;
                Some((span, &placed.id))
            },
        )
    }

    fn order(&self) -> i64 {
        self.document.order
    }
}

impl Placed {
    pub(in crate::model) fn annotation(&self) -> &AnnotationId {
        &self.id
    }

    pub(in crate::model) fn of(annotation: &Annotation) -> Self {
        let hull = annotation.place.fragments().hull();
        Self {
            class: hull.len_bytes().ilog2(),
            start: hull.start().0,
            end: hull.end().0,
            id: annotation.id.clone(),
        }
    }
}

/// Runs `$body` on the record inside an [`AnyRecord`], whatever its kind.
macro_rules! each_kind {
    ($any:expr, $record:ident => $body:expr) => {
        match $any {
            $crate::model::AnyRecord::Document($record) => $body,
            $crate::model::AnyRecord::Entity($record) => $body,
            $crate::model::AnyRecord::Annotation($record) => $body,
            $crate::model::AnyRecord::Relation($record) => $body,
            $crate::model::AnyRecord::Note($record) => $body,
            $crate::model::AnyRecord::Comment($record) => $body,
            $crate::model::AnyRecord::Decision($record) => $body,
        }
    };
}
pub(crate) use each_kind;

impl AnyRecord {
    /// Its id.
    pub fn id(&self) -> RecordId {
        match self {
            Self::Document(record) => RecordId::Document(record.id.clone()),
            Self::Entity(record) => RecordId::Entity(record.id.clone()),
            Self::Annotation(record) => RecordId::Annotation(record.id.clone()),
            Self::Relation(record) => RecordId::Relation(record.id.clone()),
            Self::Note(record) => RecordId::Note(record.id.clone()),
            Self::Comment(record) => RecordId::Comment(record.id.clone()),
            Self::Decision(record) => RecordId::Decision(record.id.clone()),
        }
    }

    /// Its id as it is written in the file.
    pub fn id_str(&self) -> &str {
        match self {
            Self::Document(record) => record.id.as_str(),
            Self::Entity(record) => record.id.as_str(),
            Self::Annotation(record) => record.id.as_str(),
            Self::Relation(record) => record.id.as_str(),
            Self::Note(record) => record.id.as_str(),
            Self::Comment(record) => record.id.as_str(),
            Self::Decision(record) => record.id.as_str(),
        }
    }

    /// The edits it has seen.
    pub fn version(&self) -> &Version {
        each_kind!(self, record => &record.version)
    }

    /// Everything that it and the other sides of its conflict have seen.
    pub fn seen(&self) -> Version {
        each_kind!(self, record => record.seen())
    }

    /// Whether other sides of it wait for a decision.
    pub fn has_conflict(&self) -> bool {
        each_kind!(self, record => !record.conflict.is_empty())
    }

    /// The same record with another version; other sides of its conflict keep theirs.
    #[must_use]
    pub fn with_version(mut self, version: Version) -> Self {
        each_kind!(&mut self, record => Arc::make_mut(record).version = version);
        self
    }

    /// Whether both say the same, in the other sides of a conflict too: versions and times left out.
    pub fn same_content(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Document(a), Self::Document(b)) => a.same_content(b),
            (Self::Entity(a), Self::Entity(b)) => a.same_content(b),
            (Self::Annotation(a), Self::Annotation(b)) => a.same_content(b),
            (Self::Relation(a), Self::Relation(b)) => a.same_content(b),
            (Self::Note(a), Self::Note(b)) => a.same_content(b),
            (Self::Comment(a), Self::Comment(b)) => a.same_content(b),
            (Self::Decision(a), Self::Decision(b)) => a.same_content(b),
            _ => false,
        }
    }
}
