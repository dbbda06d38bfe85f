//! Reads an annotation JSON export again, by its own members only, and compares it with the project.
//!
//! It shares no code with the writer: a fault there shall not hide itself here.

use crate::formats::annotation_json::Form;
use crate::model::{Annotation, CodeId, DocumentId, End, EntityId, FeatureId, Features, Project};
use crate::text::{Offset, Text};
use serde_json::Value;
use std::collections::BTreeMap;

/// Whether `bytes` name every annotation of `project` (or of the one document) once, with its layer, code, record, the
/// names of its features and its links, and each place in all three counts cuts the same words out of the text.
pub fn says_the_same(
    bytes: &[u8],
    project: &Project,
    only: Option<&DocumentId>,
    form: Form,
) -> bool {
    let Some(written) = records(bytes, form) else { return false };
    let wanted: Vec<_> =
        project.annotations().filter(|a| only.is_none_or(|only| a.document == *only)).collect();
    let by_id: BTreeMap<&str, &Value> =
        written.iter().filter_map(|record| Some((record.get("id")?.as_str()?, record))).collect();
    wanted.len() == written.len()
        && wanted.iter().all(|annotation| {
            let sheet = project.sheet(&annotation.document);
            by_id.get(annotation.id.as_str()).zip(sheet).is_some_and(|(record, sheet)| {
                same(record, annotation, &sheet.document().text)
                    && links(record) == Some(links_at(project, annotation))
            })
        })
}

fn records(bytes: &[u8], form: Form) -> Option<Vec<Value>> {
    match form {
        Form::Json => {
            let whole: Value = serde_json::from_slice(bytes).ok()?;
            Some(whole.get("annotations")?.as_array()?.clone())
        }
        Form::Lines => {
            let lines = str::from_utf8(bytes).ok()?.lines();
            lines.map(|line| serde_json::from_str(line).ok()).collect()
        }
    }
}

/// A link at an annotation: id, kind, direction, the other end, names of its features.
type Told<'a> = [Vec<&'a str>; 2];

fn links(record: &Value) -> Option<Vec<Told<'_>>> {
    let links = record.get("links")?.as_array()?.iter();
    let mut all: Vec<Told<'_>> = links
        .map(|link| {
            let word = |member: &str| link.get(member).and_then(Value::as_str);
            let other = link.get("other").and_then(|other| other.get("id")?.as_str());
            let words = [word("id"), word("relation"), word("direction"), other];
            [words.into_iter().flatten().collect(), features(link)]
        })
        .collect();
    all.sort();
    Some(all)
}

fn links_at<'a>(project: &'a Project, annotation: &Annotation) -> Vec<Told<'a>> {
    let end = End::Annotation(annotation.id.clone());
    let mut all: Vec<Told<'_>> = project
        .relations_at(&end)
        .map(|link| {
            let (way, other) =
                if link.from == end { ("out", &link.to) } else { ("in", &link.from) };
            [vec![link.id.as_str(), link.kind.as_str(), way, other.as_str()], names(&link.features)]
        })
        .collect();
    all.sort();
    all
}

fn features(record: &Value) -> Vec<&str> {
    let members = record.get("features").and_then(Value::as_object);
    let mut names: Vec<&str> = members.into_iter().flatten().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    names
}

fn names(features: &Features) -> Vec<&str> {
    let mut names: Vec<&str> = features.keys().map(FeatureId::as_str).collect();
    names.sort_unstable();
    names
}

fn same(record: &Value, annotation: &Annotation, text: &Text) -> bool {
    let id_of = |member: &str| record.get(member).and_then(|it| it.get("id")?.as_str());
    let hull = annotation.place.fragments().hull();
    let cut =
        |from: Option<Offset>, to: Option<Offset>| from.zip(to) == Some((hull.start(), hull.end()));
    let number = |value: Option<&Value>| value.and_then(Value::as_u64).map(|n| n as u32);
    let pair = |member: &str, at: &str| number(record.get(member).and_then(|it| it.get(at)));
    let points = cut(
        number(record.get("start")).and_then(|n| text.at_code_point(n)),
        number(record.get("end")).and_then(|n| text.at_code_point(n)),
    );
    let units = cut(
        pair("utf16", "start").and_then(|n| text.at_utf16(n)),
        pair("utf16", "end").and_then(|n| text.at_utf16(n)),
    );
    let bytes = cut(pair("utf8", "start").map(Offset), pair("utf8", "end").map(Offset));
    let quote = annotation.place.is_orphan()
        || record.get("quote").and_then(Value::as_str) == Some(text.slice(hull));
    id_of("layer") == Some(annotation.layer.as_str())
        && id_of("code") == annotation.code.as_ref().map(CodeId::as_str)
        && id_of("entity") == annotation.entity.as_ref().map(EntityId::as_str)
        && features(record) == names(&annotation.features)
        && points
        && units
        && bytes
        && quote
}
