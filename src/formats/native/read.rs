//! Reading a project file: the whole strictly, each record by itself.
//!
//! All records that make sense are put in first and judged together afterwards, since they may lead to each other in
//! circles. Those that may not stand are set aside, and with them what leads to them; usually there are none.

use crate::formats::native::records::{decode, decode_tombstone, fit_for_an_id};
use crate::formats::native::{FORMAT, MAJOR, MINOR, Section};
use crate::formats::raw::{Count, Word, parse, wire};
use crate::formats::{ReadError, codebook};
use crate::model::{
    AnyRecord, End, Features, Project, ProjectId, RecordId, Refusal, SetAside, Tombstone, Unknown,
    Value, may_stand,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A project that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The project, as far as it was understood.
    pub project: Project,
    /// Why it must not be written back, if so.
    pub read_only: Option<String>,
}

wire! {
    FileWire
    needs {}
    may {
        format "format": Word<'a>, version "version": &'a RawValue, written_by "written_by": Word<'a>,
        id "id": Word<'a>, codebook "codebook": &'a RawValue,
        documents "documents": Vec<&'a RawValue>, entities "entities": Vec<&'a RawValue>,
        annotations "annotations": Vec<&'a RawValue>, links "links": Vec<&'a RawValue>,
        notes "notes": Vec<&'a RawValue>, comments "comments": Vec<&'a RawValue>,
        decisions "decisions": Vec<&'a RawValue>, set_aside "set_aside": Vec<&'a RawValue>,
        erased "erased": Vec<&'a RawValue>,
    }
}
wire! { NumberWire needs { major "major": Count, minor "minor": Count } may {} }
wire! {
    AsideWire
    needs { section "section": Word<'a>, reason "reason": Word<'a>, record "record": &'a RawValue }
    may {}
}

/// Reads a project file.
pub fn read(bytes: &[u8]) -> Result<Opened, ReadError> {
    let json = json_text(bytes)?;
    let mut file = parse::<FileWire<'_>>(json).map_err(|wrong| {
        let ours = wrong.cut || looks_like_project(bytes) || wrong.path.is_empty();
        if ours {
            wrong.into_error(json, json, "")
        } else {
            not_ours("another program's JSON object")
        }
    })?;
    check_format(&file)?;
    let missing = |name: &str| ReadError::Malformed {
        line: 1,
        column: 1,
        path: name.to_owned(),
        what: format!("the member “{name}” is missing"),
    };
    let mut unknown = std::mem::take(&mut file.unknown).unknown();
    let number = file.version.ok_or_else(|| missing("version"))?;
    let read_only = version(json, number, file.written_by.as_deref(), &mut unknown)?;
    let id = file.id.take().ok_or_else(|| missing("id"))?;
    fit_for_an_id(&id).map_err(|what| malformed(json, &id, "id", what))?;
    let raw = file.codebook.ok_or_else(|| missing("codebook"))?.get();
    let codebook = codebook::read(raw).map_err(|wrong| wrong.into_error(json, raw, "codebook"))?;
    let mut intake = Intake::new(Project::new(ProjectId::new(id.small()), Arc::new(codebook)));
    intake.take_all(&mut file);
    let mut project = intake.finish();
    project.unknown = Arc::new(unknown);
    Ok(Opened { project, read_only })
}

/// Whether these bytes say of themselves that they are a project, without reading them.
pub fn looks_like_project(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let near = bytes.get(..4096).unwrap_or(bytes);
    let packed: Vec<u8> = near.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let said = format!("\"format\":\"{FORMAT}\"");
    packed.starts_with(b"{") && packed.windows(said.len()).any(|window| window == said.as_bytes())
}

/// The bytes as JSON text that begins with an object; else what they seem to be.
fn json_text(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(not_ours("a text in UTF-16"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let found = match bytes.trim_ascii_start() {
        [] => return Err(ReadError::Empty),
        [b'{', ..] => None,
        [b'[', ..] => Some("a JSON array"),
        [b'<', ..] => Some("an XML or HTML file"),
        [b'P', b'K', 3 | 5, ..] => Some("a ZIP archive, such as a Word document"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF file"),
        rest if rest.iter().take(4096).any(|byte| *byte == 0) => Some("binary data"),
        [b'"' | b'-' | b'0'..=b'9', ..] if serde_json::from_slice::<&RawValue>(bytes).is_ok() => {
            Some("a single JSON value")
        }
        rest if std::str::from_utf8(rest).is_ok() => Some("a plain text"),
        _ => None,
    };
    match found {
        Some(found) => Err(not_ours(found)),
        None => std::str::from_utf8(bytes)
            .map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() }),
    }
}

fn not_ours(found: &str) -> ReadError {
    ReadError::NotAProject { found: found.to_owned() }
}

fn malformed(file: &str, part: &str, path: &str, what: String) -> ReadError {
    let at = part.as_ptr().addr().saturating_sub(file.as_ptr().addr());
    let (line, column) = crate::formats::raw::position(file, at);
    ReadError::Malformed { line, column, path: path.to_owned(), what }
}

fn check_format(file: &FileWire<'_>) -> Result<(), ReadError> {
    match file.format.as_deref() {
        Some(FORMAT) => Ok(()),
        Some("matryoshka-annotations") => Err(not_ours("an annotation JSON export")),
        Some(other) => {
            Err(ReadError::NotAProject { found: format!("a file of the format “{other}”") })
        }
        None => Err(not_ours("another program's JSON object")),
    }
}

/// Why the file may only be looked at. A version that is not ours is kept and written back.
fn version(
    file: &str,
    raw: &RawValue,
    written_by: Option<&str>,
    unknown: &mut Unknown,
) -> Result<Option<String>, ReadError> {
    let number: NumberWire<'_> =
        parse(raw.get()).map_err(|wrong| wrong.into_error(file, raw.get(), "version"))?;
    let (major, minor) = (number.major.0, number.minor.0);
    if (major, minor) != (MAJOR, MINOR) || !number.unknown.0.is_empty() {
        unknown.0.push(("version".into(), raw.get().into()));
    }
    Ok((major > MAJOR).then(|| {
        let by = written_by.unwrap_or("a newer program");
        format!(
            "{by} wrote it in version {major} of the file format and this program knows version {MAJOR}; \
             update the program to change it"
        )
    }))
}

/// A record with the text it was read from, while it is not sure that it may stand.
struct Entry<'a> {
    section: Section,
    raw: &'a str,
    record: AnyRecord,
}

struct Intake<'a> {
    project: Project,
    entries: Vec<Entry<'a>>,
    aside: Vec<SetAside>,
}

impl<'a> Intake<'a> {
    fn new(project: Project) -> Self {
        Self { project, entries: Vec::new(), aside: Vec::new() }
    }

    fn take_all(&mut self, file: &mut FileWire<'a>) {
        let mut waiting: BTreeMap<Section, Vec<&'a str>> = BTreeMap::new();
        let mut erased = file.erased.take().unwrap_or_default();
        for raw in file.set_aside.iter().flatten() {
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
            let listed = section_of(file, section).unwrap_or_default();
            // What was set aside once may be valid by now.
            let again = waiting.remove(&section).unwrap_or_default();
            self.take(section, listed.into_iter().map(RawValue::get).chain(again));
        }
        self.settle();
        for raw in erased {
            self.take_tombstone(raw.get());
        }
    }

    fn set_aside(&mut self, section: &str, raw: &str, reason: String) {
        self.aside.push(SetAside { section: section.to_owned(), raw: raw.into(), reason });
    }

    /// Puts the records of a section in, by id: maps are filled fastest in their order.
    fn take(&mut self, section: Section, raws: impl Iterator<Item = &'a str>) {
        let mut fresh = Vec::with_capacity(raws.size_hint().0);
        for raw in raws {
            match decode(section, raw, &self.project) {
                Ok(record) => fresh.push((record.id(), Entry { section, raw, record })),
                Err(reason) => self.set_aside(section.name(), raw, reason),
            }
        }
        // The sort is stable: of two records with one id the first of the file stays.
        fresh.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut last = None;
        self.entries.reserve(fresh.len());
        for (id, entry) in fresh {
            if last.as_ref() == Some(&id) {
                self.set_aside(section.name(), entry.raw, Refusal::Exists(id).to_string());
                continue;
            }
            self.project.put(entry.record.clone());
            self.entries.push(entry);
            last = Some(id);
        }
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

    /// Judges all records together and sets those aside that may not stand.
    fn settle(&mut self) {
        let refused = |(at, entry): (usize, &Entry<'_>)| {
            may_stand(&self.project, &entry.record).err().map(|refusal| (at, refusal.to_string()))
        };
        let failed: BTreeMap<usize, String> =
            self.entries.iter().enumerate().filter_map(refused).collect();
        if failed.is_empty() {
            return;
        }
        let failed = with_dependants(&self.entries, failed);
        let mut kept = Project::new(self.project.id.clone(), Arc::clone(&self.project.codebook));
        for (at, entry) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            match failed.get(&at) {
                None => kept.put(entry.record),
                Some(reason) => self.set_aside(entry.section.name(), entry.raw, reason.clone()),
            }
        }
        self.project = kept;
    }

    fn finish(mut self) -> Project {
        self.aside.sort_by(|a, b| (&a.section, &a.raw).cmp(&(&b.section, &b.raw)));
        self.project.set_aside = Arc::new(self.aside);
        self.project
    }
}

fn section_of<'a>(file: &mut FileWire<'a>, section: Section) -> Option<Vec<&'a RawValue>> {
    match section {
        Section::Documents => file.documents.take(),
        Section::Entities => file.entities.take(),
        Section::Annotations => file.annotations.take(),
        Section::Links => file.links.take(),
        Section::Notes => file.notes.take(),
        Section::Comments => file.comments.take(),
        Section::Decisions => file.decisions.take(),
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
