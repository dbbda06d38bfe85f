//! Commands about records and features: the recent ones by digit, the finder, a record of the mention's own words.

use crate::model::{Annotation, AnnotationId, EntityId, Layer};
use crate::query::{RECENT, recent_records};
use crate::ui::command_table::{Chord, Entry, NO_PROJECT, text};
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::finder::Finding;
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::panels::described;
use crate::ui::view::View;
use crate::workbench::{AnnotationCommand, Command};
use egui::Key;
use smol_str::format_smolstr;

const NO_ANNOTATION: &str = "select an annotation first";
const NO_RECORDS: &str = "annotations of this layer have no records";

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let mut all = vec![record(view, desk), from_words(view, desk), feature(view, desk)];
    all.extend(recent(view, desk));
    all.extend(new_records(view));
    all
}

/// The selected annotation, of a layer whose mentions refer to something.
fn mention<'a>(
    view: Option<&View<'a>>,
    desk: &Desk,
) -> Result<(&'a Annotation, &'a Layer), &'static str> {
    let project = view.ok_or(NO_PROJECT)?.project;
    let Some(Selected::Annotation(id)) = &desk.selected else { return Err(NO_ANNOTATION) };
    let annotation = &project.annotation(id).ok_or(NO_ANNOTATION)?.value;
    let layer = project.codebook.layer(&annotation.layer).ok_or(NO_RECORDS)?;
    layer.entity.as_ref().map(|_| (annotation, layer)).ok_or(NO_RECORDS)
}

fn record(view: Option<&View<'_>>, desk: &Desk) -> Entry {
    let wish =
        mention(view, desk).map(|(annotation, _)| find(Finding::Record(annotation.id.clone())));
    let hint = "What the selected words refer to: type a name, Enter takes it";
    text("record", "Attach to a record…", hint, &[Chord::key(Key::R)], wish)
}

fn find(what: Finding) -> Wish {
    Wish::Desk(DeskCommand::Finder(what))
}

fn from_words(view: Option<&View<'_>>, desk: &Desk) -> Entry {
    let wish = mention(view, desk).map(|(annotation, _)| {
        let command = AnnotationCommand::AttachOwnWords(annotation.id.clone());
        Wish::Project(Command::Annotation(command))
    });
    let hint = "Make a record that is called as the selected mention, and attach it";
    let keys = [Chord::shift(Key::R)];
    text("record-from-words", "New record from these words", hint, &keys, wish)
}

fn feature(view: Option<&View<'_>>, desk: &Desk) -> Entry {
    let wish = view.ok_or(NO_PROJECT).and_then(|view| {
        let of = desk.selected.as_ref().ok_or("select something first")?;
        let any = described(view.project, of).is_some_and(|known| !known.rules.is_empty());
        any.then(|| find(Finding::Value(of.clone()))).ok_or("the codebook has no features for it")
    });
    let hint = "Type two letters of a value, Enter sets it";
    text("feature", "Set a feature…", hint, &[Chord::key(Key::F)], wish)
}

/// Alt and a digit: the recent records of the selected annotation's layer, also while its code popup is open.
fn recent(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let mention = mention(view, desk);
    let records = match (view, &mention) {
        (Some(view), Ok((annotation, _))) => recent_records(view.project, annotation, &desk.recent),
        _ => Vec::new(),
    };
    let entry = |at: usize| {
        let found = records.get(at);
        let name = found.zip(view).and_then(|(id, view)| view.project.entities().get(id));
        let name = name.map_or_else(
            || format!("Attach to recent record {}", at + 1),
            |entity| format!("Attach to “{}”", entity.name),
        );
        let wish = mention.and_then(|(annotation, _)| {
            let id = found.ok_or("so many records are not in use yet")?;
            Ok(attach(desk, &annotation.id, id))
        });
        let key = Key::from_name(&(at + 1).to_string());
        let keys: Vec<Chord> = key.map(Chord::alt).into_iter().collect();
        let hint = "One of the records used last in this layer";
        text(format_smolstr!("recent-record.{}", at + 1), name, hint, &keys, wish)
    };
    (0..RECENT).map(entry).collect()
}

/// While the popup is open its guess is not confirmed: the record's code goes before it.
pub fn attach(desk: &Desk, annotation: &AnnotationId, record: &EntityId) -> Wish {
    let guessed = matches!(&desk.mode, Mode::Coding(popup) if popup.annotation == *annotation);
    let (annotation, record) = (annotation.clone(), record.clone());
    Wish::Project(Command::Annotation(if guessed {
        AnnotationCommand::AttachUnconfirmed(annotation, record)
    } else {
        AnnotationCommand::Attach(annotation, Some(record))
    }))
}

fn new_records(view: Option<&View<'_>>) -> Vec<Entry> {
    let layers = view.map_or(&[][..], |view| &view.project.codebook.layers);
    let entry = |layer: &Layer| {
        let (one, _) = layer.entity.as_ref()?;
        let name = format!("New {}…", one.to_lowercase());
        let wish = Ok(find(Finding::NewRecord(layer.id.clone())));
        let hint = "A record without a mention yet";
        Some(text(format_smolstr!("new-record.{}", layer.id), name, hint, &[], wish))
    };
    layers.iter().filter_map(entry).collect()
}
