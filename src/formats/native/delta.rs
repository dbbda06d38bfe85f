//! A change of a project as one line of JSON, for the journal: records put, tombstones and the codebook, as the file has
//! them.
//!
//! Reading one back checks that it fits the project before it, so that a journal never makes an invalid project.

use crate::formats::ReadError;
use crate::formats::codebook;
use crate::formats::native::Section;
use crate::formats::native::records::{Around, decode, decode_tombstone};
use crate::formats::native::write::{write_any, write_tombstone};
use crate::formats::object::{Object, list};
use crate::formats::raw::{Word, parse};
use crate::model::{
    AnyRecord, Delta, Project, RecordId, SetAside, all_records, dependants, may_stand,
};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A line of the journal is of this program's own hand: nothing in it is unknown.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DeltaWire<'a> {
    #[serde(borrow)]
    put: Vec<PutWire<'a>>,
    #[serde(borrow)]
    erased: Vec<&'a RawValue>,
    #[serde(borrow)]
    codebook: Option<&'a RawValue>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PutWire<'a> {
    #[serde(borrow)]
    section: Word<'a>,
    #[serde(borrow)]
    record: &'a RawValue,
}

/// The change as a line of JSON; `after` is the project with it done.
pub fn encode_delta(delta: &Delta, after: &Project) -> String {
    let mut out = Vec::new();
    let mut object = Object::open(&mut out);
    list(object.key("put"), &delta.put, |out, record| {
        let mut put = Object::open(out);
        put.text("section", section_of(record).name());
        write_any(put.key("record"), record, after);
        put.close();
    });
    list(object.key("erased"), &delta.erased, write_tombstone);
    if let Some(book) = &delta.codebook {
        codebook::write(object.key("codebook"), book);
    }
    object.close();
    // Members kept from a file by hand may have line ends between their parts; in JSON these say nothing.
    out.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    String::from_utf8(out).unwrap_or_default()
}

/// Reads a change that was made to `before`.
pub fn decode_delta(json: &str, before: &Project) -> Result<Delta, ReadError> {
    let wire: DeltaWire<'_> = parse(json).map_err(|wrong| wrong.into_error(json, json, ""))?;
    let mut delta = Delta::default();
    if let Some(raw) = wire.codebook {
        let book = codebook::read(raw.get());
        let book = book.map_err(|wrong| wrong.into_error(json, raw.get(), "codebook"))?;
        delta.codebook = Some(Arc::new(book));
    }
    for raw in &wire.erased {
        delta.erased.push(decode_tombstone(raw.get()).map_err(does_not_fit)?);
    }
    let mut after = delta.onto(before);
    for put in &wire.put {
        let Some(section) = Section::named(&put.section) else {
            return Err(does_not_fit(format!("there is no section called “{}”", &*put.section)));
        };
        let record =
            decode(section, put.record.get(), &Around::just(&after)).map_err(does_not_fit)?;
        after.put(record.clone());
        delta.put.push(record);
    }
    stays_valid(before, &delta, &after).map_err(does_not_fit)?;
    Ok(delta)
}

/// A record that cannot stand in a project, as it is kept there; `project` is one in which it stands.
pub fn set_aside(record: &AnyRecord, reason: &str, project: &Project) -> SetAside {
    let mut out = Vec::new();
    write_any(&mut out, record, project);
    SetAside {
        section: section_of(record).name().to_owned(),
        raw: String::from_utf8(out).unwrap_or_default().into(),
        reason: reason.to_owned(),
    }
}

fn does_not_fit(what: String) -> ReadError {
    ReadError::DoesNotFit { what }
}

/// Whether `after` is valid, given that `before` is.
fn stays_valid(before: &Project, delta: &Delta, after: &Project) -> Result<(), String> {
    let may = |record: &AnyRecord| {
        let said = |refusal| format!("{} {}: {refusal}", record.id().kind(), record.id().as_str());
        may_stand(after, record).map_err(said)
    };
    if delta.codebook.is_some() {
        // Any record may use what the codebook does not have any more.
        return all_records(after).try_for_each(|record| may(&record));
    }
    delta.put.iter().try_for_each(may)?;
    let touched: BTreeSet<RecordId> = delta
        .put
        .iter()
        .map(AnyRecord::id)
        .chain(delta.erased.iter().map(|tombstone| tombstone.id.clone()))
        .collect();
    for id in delta.erased.iter().map(|tombstone| &tombstone.id).filter(|id| !after.has(id)) {
        if let Some(left) = dependants(before, id).iter().find(|left| !touched.contains(left)) {
            let (kind, name) = (left.kind(), left.as_str());
            return Err(format!(
                "the {kind} {name} still leads to {}, which it erases",
                id.as_str()
            ));
        }
    }
    for record in delta.put.iter().filter(|record| matters_to_others(before, record)) {
        let others = dependants(before, &record.id());
        others.iter().filter_map(|id| after.get(id)).try_for_each(|other| may(&other))?;
    }
    Ok(())
}

/// Whether the change of `record` may make something else invalid that leads to it.
fn matters_to_others(before: &Project, record: &AnyRecord) -> bool {
    match (before.get(&record.id()), record) {
        (Some(AnyRecord::Annotation(old)), AnyRecord::Annotation(new)) => old.layer != new.layer,
        (Some(AnyRecord::Entity(old)), AnyRecord::Entity(new)) => old.layer != new.layer,
        (Some(AnyRecord::Comment(old)), AnyRecord::Comment(new)) => old.target != new.target,
        _ => false,
    }
}

fn section_of(record: &AnyRecord) -> Section {
    match record {
        AnyRecord::Document(_) => Section::Documents,
        AnyRecord::Entity(_) => Section::Entities,
        AnyRecord::Annotation(_) => Section::Annotations,
        AnyRecord::Relation(_) => Section::Links,
        AnyRecord::Note(_) => Section::Notes,
        AnyRecord::Comment(_) => Section::Comments,
        AnyRecord::Decision(_) => Section::Decisions,
    }
}
