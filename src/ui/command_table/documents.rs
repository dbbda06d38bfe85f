//! Commands about documents: which is shown, what it is called, where it stands, how far it is.
//!
//! They mean the document in the inspector, else the one on the page.

use crate::model::{Choice, DocumentId, FeatureId, FeatureKind, Value, feature};
use crate::ui::command_table::{Chord, Entry, Group, NO_PROJECT, Scope, text};
use crate::ui::desk::{Desk, Focus, Selected};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::view::View;
use crate::workbench::{Command, DocumentCommand};
use egui::Key;
use smol_str::format_smolstr;

const NO_DOCUMENT: &str = "open or paste a text first";

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let at = view.ok_or(NO_PROJECT).and_then(|view| Place::of(view, desk));
    let mut all = Vec::from(naming(desk, at));
    all.extend(moving(at));
    all.extend(statuses(view, at));
    let erase = at.map(|at| ask(DocumentCommand::Erase(at.id.clone())));
    let hint = "With its annotations and notes; can be undone";
    all.push(text("erase-document", "Document: erase", hint, &[], erase));
    let editing = all.into_iter().map(|entry| entry.in_menu(Group::Edit));
    editing.chain(walking(view, desk)).collect()
}

fn ask(command: DocumentCommand) -> Wish {
    Wish::Project(Command::Document(command))
}

/// The document that is meant.
#[derive(Clone, Copy)]
struct Place<'a> {
    id: &'a DocumentId,
    /// Where it stands among the others.
    at: usize,
    count: usize,
}

impl<'a> Place<'a> {
    fn of(view: &View<'a>, desk: &'a Desk) -> Result<Self, &'static str> {
        let id = match &desk.selected {
            Some(Selected::Document(id)) => Some(id),
            _ => desk.document.as_ref(),
        };
        let id = id.ok_or(NO_DOCUMENT)?;
        let sheets = view.project.documents_in_order();
        let at = sheets.iter().position(|sheet| sheet.document().id == *id).ok_or(NO_DOCUMENT)?;
        Ok(Self { id, at, count: sheets.len() })
    }
}

fn naming(desk: &Desk, at: Result<Place<'_>, &'static str>) -> [Entry; 3] {
    let describe = at.map(|at| Wish::Desk(DeskCommand::Describe(at.id.clone())));
    let rename = at.map(|at| Wish::Desk(DeskCommand::RenameDocument(at.id.clone())));
    let record = match &desk.selected {
        Some(Selected::Entity(_)) => Ok(Wish::Desk(DeskCommand::Focus(Focus::Inspector))),
        _ => Err("select an actor, issue or event record first"),
    };
    // F2 renames what is selected.
    let key = vec![Chord::key(Key::F2)];
    let (for_record, for_document) =
        if record.is_ok() { (key, Vec::new()) } else { (Vec::new(), key) };
    [
        text(
            "describe-document",
            "Describe document",
            "Outlet, author, date, language and more of the source",
            &[],
            describe,
        ),
        text(
            "rename-document",
            "Rename document…",
            "In the list of documents",
            &for_document,
            rename,
        ),
        text("rename-record", "Rename record…", "In the inspector", &for_record, record),
    ]
}

fn walking(view: Option<&View<'_>>, desk: &Desk) -> [Entry; 2] {
    let sheets = view.map(|view| view.project.documents_in_order()).unwrap_or_default();
    let now = sheets.iter().position(|sheet| desk.document.as_ref() == Some(&sheet.document().id));
    let show = |at: Option<usize>, none| {
        let sheet =
            view.ok_or(NO_PROJECT).and_then(|_| at.and_then(|at| sheets.get(at)).ok_or(none));
        sheet.map(|sheet| Wish::Desk(DeskCommand::Show(sheet.document().id.clone())))
    };
    let step = |(id, name), key, wish| {
        let hint = "In the order of the list";
        let entry = text(id, name, hint, &[Chord::ctrl(key)], wish);
        Entry { group: Group::View, scope: Scope::Global, ..entry }
    };
    let next = show(now.map(|at| at + 1), "this is the last document");
    let previous = show(now.and_then(|at| at.checked_sub(1)), "this is the first document");
    [
        step(("next-document", "Next document"), Key::PageDown, next),
        step(("previous-document", "Previous document"), Key::PageUp, previous),
    ]
}

fn moving(at: Result<Place<'_>, &'static str>) -> [Entry; 2] {
    let up = at.and_then(|at| {
        let to = at.at.checked_sub(1).ok_or("it is the first document")?;
        Ok(ask(DocumentCommand::Move(at.id.clone(), to)))
    });
    let down = at.and_then(|at| {
        let to = Some(at.at + 1).filter(|to| *to < at.count).ok_or("it is the last document")?;
        Ok(ask(DocumentCommand::Move(at.id.clone(), to)))
    });
    let hint = "Among the documents in the list";
    let keys = |key| [Chord::shift_alt(key)];
    [
        text("document-up", "Move document up", hint, &keys(Key::ArrowUp), up),
        text("document-down", "Move document down", hint, &keys(Key::ArrowDown), down),
    ]
}

/// The codebook says which there are.
fn statuses(view: Option<&View<'_>>, at: Result<Place<'_>, &'static str>) -> Vec<Entry> {
    let rules = view.map_or(&[][..], |view| &view.project.codebook.document_features);
    let status = FeatureId::new("status");
    let Some(FeatureKind::Choice { values, many: false, .. }) =
        feature(rules, &status).map(|rule| &rule.kind)
    else {
        return Vec::new();
    };
    let one = |choice: &Choice| {
        let wish = at.map(|at| {
            let value = Some(Value::Choice(choice.id.clone()));
            ask(DocumentCommand::SetField(at.id.clone(), status.clone(), value))
        });
        let name = format!("Document is {}", choice.name);
        let hint = "How far the work on the document has come";
        text(format_smolstr!("document-status.{}", choice.id), name, hint, &[], wish)
    };
    values.iter().map(one).collect()
}
