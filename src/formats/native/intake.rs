//! Taking the records of a project file in: each is read and judged by itself, then all together.
//!
//! Records lead to each other in circles, so those that could not be judged when they were read are judged again in the
//! end. Those that may not stand are set aside, and with them what leads to them. Usually there are none: so the first
//! reading keeps nothing beside the project, and only a file with such records is read once more, carefully. Long lists
//! are read by two threads, and their trees are filled by two: a file of a hundred thousand annotations opens in little
//! more time than any reader of JSON takes for it.

use crate::formats::native::Section;
use crate::formats::native::records::{Around, Known, decode, decode_tombstone};
use crate::formats::raw::{Word, parse, wire};
use crate::jobs::both;
use crate::model::{
    AnyRecord, End, Features, Filling, Project, RecordId, Refusal, SetAside, Tombstone, Value,
    may_stand, may_stand_with,
};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

wire! {
    AsideWire
    needs { section "section": Word<'a>, reason "reason": Word<'a>, record "record": &'a RawValue }
    may {}
}

/// The lists of the file.
#[derive(Clone)]
pub(in crate::formats::native) struct Lists<'a> {
    pub(in crate::formats::native) records: BTreeMap<Section, Vec<&'a RawValue>>,
    pub(in crate::formats::native) set_aside: Vec<&'a RawValue>,
    pub(in crate::formats::native) erased: Vec<&'a RawValue>,
}

/// So many records are worth a second thread.
const MANY: usize = 2000;

/// A record with the text it was read from, while it is not sure that it may stand.
struct Entry<'a> {
    section: Section,
    raw: &'a str,
    record: AnyRecord,
    /// Whether it may stand, as far as was known when it was read.
    stands: bool,
}

/// Records of one section that were read, in the order of the file.
#[derive(Default)]
struct Part<'a> {
    entries: Vec<Entry<'a>>,
    /// Texts that are no records, and why.
    failed: Vec<(&'a str, String)>,
    /// Annotations with their layers.
    known: Known,
    /// The annotations and links once more, on their way into the project.
    filling: Filling,
}

/// What was read so far.
pub(in crate::formats::native) struct Intake<'a> {
    project: Project,
    entries: Vec<Entry<'a>>,
    /// Annotations with their layers, in as many parts as were read.
    known: Vec<Known>,
    /// Annotations and links, which are not in the project yet.
    filling: Filling,
    aside: Vec<SetAside>,
    care: Care,
}

/// What is kept of the records while they are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Those that are in doubt.
    Quick,
    /// All, so that bad ones can be taken out again.
    Careful,
}

/// The project `empty` with all records of the file.
pub(in crate::formats::native) fn filled(empty: &Project, lists: Lists<'_>) -> Project {
    let quick = Intake::new(empty.clone(), Care::Quick).take_all(lists.clone());
    quick.unwrap_or_else(|| {
        let careful = Intake::new(empty.clone(), Care::Careful).take_all(lists);
        careful.unwrap_or_else(|| empty.clone())
    })
}

impl<'a> Intake<'a> {
    /// Begins with a project that has no records.
    fn new(project: Project, care: Care) -> Self {
        let (entries, known, aside) = (Vec::new(), Vec::new(), Vec::new());
        Self { project, entries, known, filling: Filling::default(), aside, care }
    }

    /// The project with all records of the file; none if it takes more care.
    fn take_all(mut self, mut lists: Lists<'a>) -> Option<Project> {
        let mut waiting: BTreeMap<Section, Vec<&'a str>> = BTreeMap::new();
        let mut erased = lists.erased;
        for raw in lists.set_aside {
            match parse::<AsideWire<'_>>(raw.get()) {
                Ok(entry) if !entry.unknown.0.is_empty() => {
                    self.set_aside(
                        "set_aside",
                        raw.get(),
                        "it has members that are not understood".to_owned(),
                    );
                }
                Ok(entry) if &*entry.section == "erased" => erased.push(entry.record),
                Ok(entry) => match Section::named(&entry.section) {
                    Some(section) => {
                        waiting.entry(section).or_default().push(entry.record.get());
                    }
                    None => {
                        self.set_aside(
                            &entry.section,
                            entry.record.get(),
                            entry.reason.to_string(),
                        );
                    }
                },
                Err(wrong) => self.set_aside("set_aside", raw.get(), wrong.to_string()),
            }
        }
        for section in Section::ALL {
            let listed = lists.records.remove(&section).unwrap_or_default();
            let mut raws: Vec<&'a str> = listed.into_iter().map(RawValue::get).collect();
            // What was set aside once may be valid by now.
            raws.extend(waiting.remove(&section).unwrap_or_default());
            self.take(section, &raws);
        }
        // Everything is read; the trees need the room.
        self.known = Vec::new();
        self.fill()?;
        self.settle()?;
        for raw in erased {
            self.take_tombstone(raw.get());
        }
        self.aside.sort_by(|a, b| (&a.section, &a.raw).cmp(&(&b.section, &b.raw)));
        self.project.set_aside = Arc::new(self.aside);
        Some(self.project)
    }

    fn set_aside(&mut self, section: &str, raw: &str, reason: String) {
        self.aside.push(SetAside { section: section.to_owned(), raw: raw.into(), reason });
    }

    fn take(&mut self, section: Section, raws: &[&'a str]) {
        let read = |raws: &[&'a str]| self.read(section, raws);
        if raws.len() < MANY {
            let part = read(raws);
            self.add(section, part);
        } else {
            let (first, second) = raws.split_at(raws.len() / 2);
            let (first, second) = both(|| read(first), || read(second));
            self.add(section, first);
            self.add(section, second);
        }
    }

    /// Reads and judges records of a section. More records make no record worse, so what may stand now may stand in
    /// the end.
    fn read(&self, section: Section, raws: &[&'a str]) -> Part<'a> {
        let mut part = Part::default();
        if self.care == Care::Careful {
            part.entries.reserve(raws.len());
        }
        if section == Section::Annotations {
            part.known.reserve(raws.len());
        }
        let around = Around::new(&self.project, &self.known);
        for raw in raws {
            match decode(section, raw, &around) {
                Ok(record) => {
                    let layer_of = |end: &End| around.layer_of(end);
                    let stands = may_stand_with(&self.project, &record, layer_of).is_ok();
                    if let AnyRecord::Annotation(annotation) = &record {
                        let (id, layer) = (annotation.id.clone(), annotation.layer.clone());
                        part.known.entry(id).or_insert(layer);
                    }
                    drop(part.filling.put(record.clone()));
                    let listed = !matches!(section, Section::Annotations | Section::Links);
                    if listed || !stands || self.care == Care::Careful {
                        part.entries.push(Entry { section, raw, record, stands });
                    }
                }
                Err(reason) => part.failed.push((raw, reason)),
            }
        }
        part
    }

    fn add(&mut self, section: Section, part: Part<'a>) {
        for (raw, reason) in part.failed {
            self.set_aside(section.name(), raw, reason);
        }
        self.known.push(part.known);
        self.filling.append(part.filling);
        if matches!(section, Section::Annotations | Section::Links) {
            self.entries.extend(part.entries);
            return;
        }
        for entry in part.entries {
            if self.project.has(&entry.record.id()) {
                self.refuse_twin(&entry);
            } else {
                self.project.put(entry.record.clone());
                self.entries.push(entry);
            }
        }
    }

    /// Of two records with one id the first stays.
    fn refuse_twin(&mut self, entry: &Entry<'a>) {
        let reason = Refusal::Exists(entry.record.id()).to_string();
        self.set_aside(entry.section.name(), entry.raw, reason);
    }

    /// Puts annotations and links into the project; none if two have one id and it takes more care.
    fn fill(&mut self) -> Option<()> {
        let mut filling = std::mem::take(&mut self.filling);
        let (by_id, by_place) = filling.halves();
        both(by_id, by_place);
        if filling.has_twins() {
            if self.care == Care::Quick {
                return None;
            }
            let mut seen = BTreeSet::new();
            filling = Filling::default();
            for entry in std::mem::take(&mut self.entries) {
                if seen.insert(entry.record.id()) {
                    drop(filling.put(entry.record.clone()));
                    self.entries.push(entry);
                } else {
                    self.refuse_twin(&entry);
                }
            }
        }
        filling.finish(&mut self.project);
        Some(())
    }

    fn take_tombstone(&mut self, raw: &str) {
        match decode_tombstone(raw) {
            Ok(tombstone) if self.is_outlived(&tombstone) => self.project.outlive(tombstone),
            Ok(tombstone) if self.project.has(&tombstone.id) => {
                self.set_aside("erased", raw, "the record it speaks of is in the file".to_owned());
            }
            Ok(tombstone) if self.project.erased().contains_key(&tombstone.id) => {
                self.set_aside("erased", raw, "there is already one of that id".to_owned());
            }
            Ok(tombstone) => self.project.remove(tombstone),
            Err(reason) => self.set_aside("erased", raw, reason),
        }
    }

    /// Whether the record stands because it was edited while somebody else erased it.
    fn is_outlived(&self, tombstone: &Tombstone) -> bool {
        self.project.get(&tombstone.id).is_some_and(|record| {
            let (record, erasure) = (record.seen(), &tombstone.version);
            !record.dominates(erasure) && !erasure.dominates(&record)
        })
    }

    /// Judges those that are in doubt once more and sets those aside that may not stand; none if that takes more care.
    fn settle(&mut self) -> Option<()> {
        let refused = |(at, entry): (usize, &Entry<'_>)| {
            let stands = may_stand(&self.project, &entry.record);
            stands.err().map(|refusal| (at, refusal.to_string()))
        };
        let doubtful = self.entries.iter().enumerate().filter(|(_, entry)| !entry.stands);
        let failed: BTreeMap<usize, String> = doubtful.filter_map(refused).collect();
        if failed.is_empty() {
            return Some(());
        }
        if self.care == Care::Quick {
            return None;
        }
        let failed = with_dependants(&self.entries, failed);
        let mut kept = Project::new(self.project.id.clone(), Arc::clone(&self.project.codebook));
        let mut filling = Filling::default();
        for (at, entry) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            if let Some(reason) = failed.get(&at) {
                self.set_aside(entry.section.name(), entry.raw, reason.clone());
            } else if let Some(other) = filling.put(entry.record) {
                kept.put(other);
            }
        }
        filling.finish(&mut kept);
        self.project = kept;
        Some(())
    }
}

/// The failed records and all that lead to them, each with its reason.
fn with_dependants(
    entries: &[Entry<'_>],
    failed: BTreeMap<usize, String>,
) -> BTreeMap<usize, String> {
    let mut dependants: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for target in leads_to(&entry.record) {
            dependants.entry(target).or_default().push(at);
        }
    }
    let mut all = failed;
    let mut open: Vec<usize> = all.keys().copied().collect();
    while let Some(at) = open.pop() {
        let Some(id) = entries.get(at).map(|entry| entry.record.id()) else { continue };
        for dependant in dependants.remove(&id).unwrap_or_default() {
            all.entry(dependant).or_insert_with(|| {
                open.push(dependant);
                format!("it leads to the {} {}, which is set aside", id.kind(), id.as_str())
            });
        }
    }
    all
}

/// What a record cannot be without.
fn leads_to(record: &AnyRecord) -> Vec<RecordId> {
    match record {
        AnyRecord::Document(document) => references(&document.meta).collect(),
        AnyRecord::Entity(entity) => references(&entity.features).collect(),
        AnyRecord::Annotation(annotation) => {
            let entity = annotation.entity.clone().map(RecordId::Entity);
            let document = RecordId::Document(annotation.document.clone());
            references(&annotation.features).chain(entity).chain([document]).collect()
        }
        AnyRecord::Relation(relation) => references(&relation.features)
            .chain([record_id(&relation.from), record_id(&relation.to)])
            .collect(),
        AnyRecord::Note(note) => vec![note.target.clone()],
        AnyRecord::Comment(comment) => {
            vec![comment.target.clone(), RecordId::Comment(comment.thread.clone())]
        }
        AnyRecord::Decision(_) => Vec::new(),
    }
}

fn references(features: &Features) -> impl Iterator<Item = RecordId> {
    features.values().filter_map(|value| match value {
        Value::Reference(end) => Some(record_id(end)),
        _ => None,
    })
}

fn record_id(end: &End) -> RecordId {
    match end {
        End::Annotation(id) => RecordId::Annotation(id.clone()),
        End::Entity(id) => RecordId::Entity(id.clone()),
    }
}
