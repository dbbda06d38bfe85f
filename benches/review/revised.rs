//! A made project as a colleague has it: the same texts, most of the work alike, some of it otherwise.

use crate::shared::made;
use matryoshka::formats::native;
use serde_json::{Value, json};

/// What a colleague's file is to ours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// A copy of the same project.
    Copy,
    /// A project of its own: every record has another id.
    Independent,
}

/// [`project`] as a colleague has it: every seventh annotation is a word shorter, every eleventh has another code,
/// every thirteenth other values; every fifth link is missing.
pub(crate) fn revised(bytes: usize, kinship: Kinship) -> Vec<u8> {
    let mut file: Value =
        serde_json::from_slice(&made::project(bytes)).expect("the made project is JSON");
    for (at, annotation) in file["annotations"].as_array_mut().into_iter().flatten().enumerate() {
        revise(annotation, at);
    }
    if let Some(links) = file["links"].as_array_mut() {
        let mut number = 0;
        links.retain(|_| {
            number += 1;
            number % 5 > 0
        });
    }
    if kinship == Kinship::Independent {
        renamed(&mut file);
    }
    let read =
        native::read(file.to_string().as_bytes()).expect("the revised project is one").project;
    assert!(read.set_aside.is_empty(), "nothing of the revised project is set aside");
    native::write(&read)
}

fn revise(annotation: &mut Value, at: usize) {
    let quote = annotation["quote"].as_str().unwrap_or_default().to_owned();
    if let (0, Some((first, shorter))) = (at % 7, quote.split_once(' ')) {
        let start = annotation["start"].as_u64().unwrap_or_default();
        annotation["start"] = json!(start + first.chars().count() as u64 + 1);
        annotation["quote"] = json!(shorter);
    }
    let layer = annotation["layer"].as_str().unwrap_or_default();
    if at.is_multiple_of(11) {
        annotation["code"] = match layer {
            "claim" => json!("claim.demand"),
            "event" => json!("event.consult"),
            _ => json!("actor.body"),
        };
    }
    if at.is_multiple_of(13)
        && let Some(features) = annotation["features"].as_object_mut()
    {
        features.clear();
    }
}

/// Every id of a record with another beginning, wherever it stands.
fn renamed(value: &mut Value) {
    match value {
        Value::String(words)
            if ["a_", "l_", "n_", "p_"].iter().any(|kind| words.starts_with(kind)) =>
        {
            words.insert_str(2, "other");
        }
        Value::Array(all) => all.iter_mut().for_each(renamed),
        Value::Object(members) => members.values_mut().for_each(renamed),
        _ => {}
    }
}
