//! The project file as it is written: one record a line, in a fixed order, nothing that changes by itself.
//!
//! [`write()`] makes the whole file, [`encode_record`] one line of it. Offsets become code points here.

use crate::formats::codebook;
use crate::formats::native::decision::write_decision;
use crate::formats::native::records::Around;
use crate::formats::native::value::{write_end, write_features, write_version};
use crate::formats::native::{FORMAT, MAJOR, MINOR};
use crate::formats::object::{Object, lines, list, string};
use crate::model::{
    Annotation, AnyRecord, Comment, Decision, Document, End, Entity, Note, Place, Project, Record,
    RecordId, Relation, SetAside, Sheet, Stamp, Tombstone, Unknown, each_kind,
};
use crate::text::{Span, Text};
use smol_str::SmolStr;

/// The bytes of the project file. The same project makes the same bytes.
pub fn write(project: &Project) -> Vec<u8> {
    let text: usize =
        project.sheets().values().map(|sheet| sheet.document().text.len_bytes() as usize).sum();
    let mut out = Vec::with_capacity(text + text / 16 + project.annotation_count() * 320 + 65_536);
    header(&mut out, project);
    out.extend_from_slice(b"\"codebook\":");
    codebook::write(&mut out, &project.codebook);
    let documents = project.sheets().values().map(Sheet::document);
    section(&mut out, "documents", documents, |out, record| write_record(out, &**record, project));
    section(&mut out, "entities", project.entities().values(), |out, record| {
        write_record(out, &**record, project);
    });
    let annotations = project.sheets().values().flat_map(|sheet| {
        let text = &sheet.document().text;
        sheet.annotations_in_order().into_iter().map(move |annotation| (annotation, text))
    });
    section(&mut out, "annotations", annotations, |out, (record, text)| {
        write_with(out, record, project, Some(text));
    });
    section(&mut out, "links", project.relations().values(), |out, record| {
        write_record(out, &**record, project);
    });
    section(&mut out, "notes", project.notes().values(), |out, record| {
        write_record(out, &**record, project);
    });
    section(&mut out, "comments", project.comments().values(), |out, record| {
        write_record(out, &**record, project);
    });
    section(&mut out, "decisions", project.decisions().values(), |out, record| {
        write_record(out, &**record, project);
    });
    let mut aside: Vec<&SetAside> = project.set_aside.iter().collect();
    aside.sort_by_key(|aside| (aside.section.as_str(), &aside.raw));
    section(&mut out, "set_aside", aside, write_aside);
    let mut erased: Vec<_> = project.erased().values().collect();
    erased.sort_by_key(|tombstone| (tombstone.id.as_str(), tombstone.id.kind()));
    section(&mut out, "erased", erased, |out, tombstone| write_tombstone(out, tombstone));
    out.extend_from_slice(b"\n}\n");
    out
}

fn header(out: &mut Vec<u8>, project: &Project) {
    out.extend_from_slice(b"{\n\"format\":\"");
    out.extend_from_slice(FORMAT.as_bytes());
    out.extend_from_slice(b"\",\"version\":");
    // Another version than ours is kept with the members that it brought.
    let (versions, unknown): (Vec<_>, Vec<_>) =
        project.unknown.0.iter().partition(|(name, _)| name == "version");
    match versions.first() {
        Some((_, raw)) => out.extend_from_slice(raw.as_bytes()),
        None => {
            out.extend_from_slice(format!("{{\"major\":{MAJOR},\"minor\":{MINOR}}}").as_bytes());
        }
    }
    out.extend_from_slice(b",\"written_by\":\"matryoshka ");
    out.extend_from_slice(env!("CARGO_PKG_VERSION").as_bytes());
    out.extend_from_slice(b"\",\"id\":");
    string(out, project.id.as_str());
    out.extend_from_slice(b",\n");
    for (name, raw) in unknown {
        string(out, name);
        out.push(b':');
        out.extend_from_slice(raw.as_bytes());
        out.extend_from_slice(b",\n");
    }
}

fn section<T>(
    out: &mut Vec<u8>,
    name: &str,
    items: impl IntoIterator<Item = T>,
    write: impl FnMut(&mut Vec<u8>, T),
) {
    out.extend_from_slice(b",\n");
    string(out, name);
    out.push(b':');
    lines(out, "", items, write);
}

/// A record as it stands in the file, without the line end.
pub fn encode_record(record: &AnyRecord, project: &Project) -> String {
    let mut out = Vec::new();
    write_any(&mut out, record, project);
    String::from_utf8(out).unwrap_or_default()
}

pub(in crate::formats) fn write_any(out: &mut Vec<u8>, record: &AnyRecord, project: &Project) {
    each_kind!(record, record => write_record(out, record, project));
}

fn write_record<T: Content>(out: &mut Vec<u8>, record: &Record<T>, project: &Project) {
    let text = record.value.text_in(project);
    write_with(out, record, project, text.as_ref());
}

/// Writes a record whose offsets are of `text`.
fn write_with<T: Content>(
    out: &mut Vec<u8>,
    record: &Record<T>,
    project: &Project,
    text: Option<&Text>,
) {
    let mut object = Object::open(out);
    object.text("id", record.value.id());
    let place = Surroundings { project, text, unknown: &record.unknown };
    members(&mut object, record, &place);
    if !record.conflict.is_empty() {
        list(object.key("conflict"), &record.conflict, |out, side| {
            let mut object = Object::open(out);
            let place = Surroundings { project, text, unknown: &side.unknown };
            members(&mut object, side, &place);
            object.unknown(&side.unknown);
            object.close();
        });
    }
    object.unknown(&record.unknown);
    object.close();
}

fn members<T: Content>(object: &mut Object<'_>, record: &Record<T>, place: &Surroundings<'_>) {
    record.value.members(object, place);
    stamp(object, "made", record.made.as_ref(), place.unknown);
    stamp(object, "revised", record.revised.as_deref(), place.unknown);
    if !record.version.is_empty() {
        write_version(object.key("version"), &record.version);
    }
}

fn stamp(object: &mut Object<'_>, name: &str, stamp: Option<&Stamp>, unknown: &Unknown) {
    let Some(stamp) = stamp else { return };
    let mut inner = Object::open(object.key(name));
    inner.text("by", stamp.by().as_str());
    inner.text("at", &stamp.at.to_string());
    inner.words("via", stamp.via());
    if !unknown.is_empty() {
        inner.unknown_within(&format!("{name}/"), unknown);
    }
    inner.close();
}

/// What a record is written by beside itself.
struct Surroundings<'a> {
    project: &'a Project,
    text: Option<&'a Text>,
    unknown: &'a Unknown,
}

/// What a kind of record has beside the members that all have.
trait Content {
    fn id(&self) -> &str;

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>);

    /// The text that its offsets are of.
    fn text_in(&self, _project: &Project) -> Option<Text> {
        None
    }
}

impl Content for Document {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>) {
        object.text("title", &self.title);
        object.words("language", &self.language);
        if !self.meta.is_empty() {
            write_features(object.key("meta"), &self.meta);
        }
        if let Some(source) = &self.source {
            let mut inner = Object::open(object.key("source"));
            inner.text("name", &source.name);
            inner.text("encoding", &source.encoding);
            inner.text("digest", &source.digest);
            inner.unknown_within("source/", place.unknown);
            inner.close();
        }
        match &self.stated_digest {
            Some(stated) => object.text("digest", stated),
            None => object.text("digest", &format!("sha256:{}", self.text.digest())),
        }
        if self.order != 0 {
            object.raw("order", self.order);
        }
        object.text("text", self.text.as_str());
    }
}

impl Content for Entity {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn members(&self, object: &mut Object<'_>, _place: &Surroundings<'_>) {
        object.text("layer", self.layer.as_str());
        object.text("name", &self.name);
        object.some_texts("aliases", self.aliases.iter().map(SmolStr::as_str));
        if let Some(code) = &self.code {
            object.text("code", code.as_str());
        }
        if !self.features.is_empty() {
            write_features(object.key("features"), &self.features);
        }
    }
}

impl Content for Annotation {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn text_in(&self, project: &Project) -> Option<Text> {
        project.sheet(&self.document).map(|sheet| sheet.document().text.clone())
    }

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>) {
        object.text("document", self.document.as_str());
        object.text("layer", self.layer.as_str());
        if let Some(code) = &self.code {
            object.text("code", code.as_str());
        }
        let fragments = self.place.fragments();
        let mut quotes = Quotes { place: &self.place, text: place.text, next: 0 };
        quotes.write(object, fragments.hull());
        if fragments.is_discontinuous() {
            list(
                object.key("fragments"),
                fragments.spans().iter().enumerate(),
                |out, (at, span)| {
                    let mut inner = Object::open(out);
                    quotes.write(&mut inner, *span);
                    if !place.unknown.is_empty() {
                        inner.unknown_within(&format!("fragments/{at}/"), place.unknown);
                    }
                    inner.close();
                },
            );
        }
        object.flag("orphan", self.place.is_orphan());
        if let Some(entity) = &self.entity {
            object.text("entity", entity.as_str());
        }
        if !self.features.is_empty() {
            write_features(object.key("features"), &self.features);
        }
    }
}

/// Start, end and quote of the hull and then of each fragment.
struct Quotes<'a> {
    place: &'a Place,
    text: Option<&'a Text>,
    next: usize,
}

impl Quotes<'_> {
    fn write(&mut self, object: &mut Object<'_>, span: Span) {
        let points = |offset: crate::text::Offset| {
            self.text.map_or(offset.0, |text| text.code_points(offset))
        };
        object.raw("start", points(span.start()));
        object.raw("end", points(span.end()));
        let quote = match self.place {
            Place::Anchored(_) => self.text.map_or("", |text| text.slice(span)),
            Place::Orphan(orphan) => orphan.quotes.get(self.next).map_or("", |quote| &**quote),
        };
        object.text("quote", quote);
        self.next += 1;
    }
}

impl Content for Relation {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>) {
        object.text("relation", self.kind.as_str());
        write_link_end(object, "from", &self.from, place.project);
        write_link_end(object, "to", &self.to, place.project);
        if !self.features.is_empty() {
            write_features(object.key("features"), &self.features);
        }
    }
}

/// The bare id, unless a reader would take it for something else of the same id.
fn write_link_end(object: &mut Object<'_>, name: &str, end: &End, project: &Project) {
    if Around::just(project).end_called(end.as_str()) == *end {
        object.text(name, end.as_str());
    } else {
        write_end(object.key(name), end);
    }
}

impl Content for Note {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>) {
        write_target(object, &self.target, place.unknown);
        object.text("text", &self.text);
    }
}

impl Content for Comment {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>) {
        write_target(object, &self.target, place.unknown);
        object.text("thread", self.thread.as_str());
        object.text("text", &self.text);
        object.flag("resolved", self.resolved);
    }
}

fn write_target(object: &mut Object<'_>, target: &RecordId, unknown: &Unknown) {
    let mut inner = Object::open(object.key("target"));
    inner.text(target.kind(), target.as_str());
    inner.unknown_within("target/", unknown);
    inner.close();
}

impl Content for Decision {
    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn members(&self, object: &mut Object<'_>, place: &Surroundings<'_>) {
        write_decision(object, self, place.unknown);
    }
}

fn write_aside(out: &mut Vec<u8>, aside: &SetAside) {
    let mut object = Object::open(out);
    object.text("section", &aside.section);
    object.text("reason", &aside.reason);
    object.raw("record", &aside.raw);
    object.close();
}

pub(in crate::formats) fn write_tombstone(out: &mut Vec<u8>, tombstone: &Tombstone) {
    let mut object = Object::open(out);
    object.text("id", tombstone.id.as_str());
    object.text("kind", tombstone.id.kind());
    if !tombstone.version.is_empty() {
        write_version(object.key("version"), &tombstone.version);
    }
    if let Some(other) = &tombstone.merged_into {
        object.text("merged_into", other.as_str());
    }
    object.unknown(&tombstone.unknown);
    object.close();
}
