//! A walk through the whole table on a real project, in several states of the desk: names, ids, keys, reasons, undo.
//!
//! Only tests. A new command is walked over by itself; its id goes into `ids.txt`, where it stays.

use crate::jobs::Progress;
use crate::model::{Annotation, End, Fragments, Project, same_content};
use crate::text::{Offset, Span};
use crate::ui::command_table::{Entry, Scope, commands, is_of_codebook};
use crate::ui::desk::{CodePopup, Desk, Linking, Mode, Selected};
use crate::ui::outbox::Wish;
use crate::ui::palette::offers;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::workbench::{Command, Office, Workbench, load};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The ids of commands that come from no data. Settings hold them: none is ever renamed.
const IDS: &str = include_str!("ids.txt");

fn sitting(folder: &Path) -> (Office, Workbench) {
    let mut office = Office::open(Some(&folder.join("state")), Some("Anna")).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/summit.json");
    let loaded = load(&[path], office.desk(), &Progress::default()).unwrap();
    let (bench, _) = Workbench::start(loaded, &mut office);
    (office, bench)
}

/// Desks as they are in the middle of the work, each with a name.
fn desks(project: &Project) -> Vec<(&'static str, Desk)> {
    let sheet = project.documents_in_order().into_iter().next().unwrap();
    let document = sheet.document().id.clone();
    let desk = || Desk { document: Some(document.clone()), ..Desk::default() };
    let of = |layer: &str| -> &Annotation {
        let mut all = sheet.annotations().values();
        all.find(|annotation| annotation.layer.as_str() == layer).unwrap()
    };
    let on = |selected| Desk { selected: Some(selected), ..desk() };
    let words = Span::between(Offset(0), Offset(5)).map(Fragments::one);
    let actor = of("actor").id.clone();
    let coding = CodePopup { annotation: actor.clone(), typed: String::new(), chosen: 0 };
    let linking = Linking::from(End::Annotation(actor.clone()));
    let relation = project.relations().keys().next().unwrap().clone();
    let entity = project.entities().keys().next().unwrap().clone();
    vec![
        ("nothing selected", desk()),
        ("words selected", Desk { words, ..desk() }),
        ("an actor", on(Selected::Annotation(actor.clone()))),
        ("a claim", on(Selected::Annotation(of("claim").id.clone()))),
        ("an event", on(Selected::Annotation(of("event").id.clone()))),
        ("a link", on(Selected::Relation(relation))),
        ("a record", on(Selected::Entity(entity))),
        (
            "a code being chosen",
            Desk { mode: Mode::Coding(coding), ..on(Selected::Annotation(actor.clone())) },
        ),
        (
            "a link being made",
            Desk { mode: Mode::Linking(linking), ..on(Selected::Annotation(actor)) },
        ),
    ]
}

/// Walks through the table in every state, the start screen among them.
fn walk(mut step: impl FnMut(&str, Option<&View<'_>>, &Desk, Vec<Entry>)) {
    let folder = tempfile::tempdir().unwrap();
    let (_, bench) = sitting(folder.path());
    let tokens = Tokens::light();
    let view = View { project: bench.project(), bench: &bench, tokens: &tokens };
    let desk = Desk::default();
    step("the start screen", None, &desk, commands(None, &desk));
    for (name, desk) in desks(bench.project()) {
        let all = commands(Some(&view), &desk);
        step(name, Some(&view), &desk, all);
    }
}

#[test]
fn every_command_has_one_id_that_stays() {
    let mut seen = BTreeSet::new();
    walk(|state, _, _, entries| {
        let mut here = BTreeSet::new();
        for entry in entries {
            assert!(here.insert(entry.id.clone()), "{} twice with {state}", entry.id);
            let signs = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
            assert!(is_of_codebook(&entry.id) || entry.id.chars().all(signs), "{}", entry.id);
            if !is_of_codebook(&entry.id) {
                seen.insert(entry.id.to_string());
            }
        }
    });
    let known: BTreeSet<String> = IDS.lines().map(str::to_owned).collect();
    let gone: Vec<_> = known.difference(&seen).collect();
    assert!(gone.is_empty(), "settings of people hold these ids, which are gone: {gone:?}");
}

#[test]
fn names_are_sentences_without_an_end_and_reasons_say_what_to_do() {
    walk(|state, _, _, entries| {
        for entry in entries {
            let (id, name) = (&entry.id, &entry.name);
            assert!(!name.is_empty() && !name.ends_with(['.', '!']), "{id}: “{name}”");
            assert!(name.chars().next().is_some_and(|c| !c.is_lowercase()), "{id}: “{name}”");
            assert!(!entry.hint.is_empty() && !entry.hint.ends_with('.'), "{id}: “{}”", entry.hint);
            if let Err(reason) = entry.wish {
                let ends = reason.ends_with(['.', '!']);
                assert!(!reason.is_empty() && !ends, "{id} with {state}: “{reason}”");
            }
        }
    });
}

#[test]
fn no_key_has_two_meanings_in_a_scope() {
    walk(|state, _, _, entries| {
        let mut taken: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        for entry in &entries {
            for chord in &entry.keys {
                // What counts everywhere counts in the text too; text and review are never shown together.
                let others = taken.entry(chord.to_string()).or_default();
                let other = others.iter().find(|other| other.scope.meets(entry.scope));
                assert!(other.is_none(), "{chord} is also {} with {state}", entry.id);
                others.push(entry);
                let typed = entry.scope == Scope::Global && chord.belongs_to_fields();
                assert!(!typed, "{} takes {chord} from fields", entry.id);
            }
        }
    });
}

#[test]
fn the_palette_finds_every_command_by_its_name() {
    walk(|state, view, desk, entries| {
        // While a link is made the palette asks for its other end.
        if matches!(desk.mode, Mode::Linking(_)) {
            return;
        }
        for entry in entries {
            let found = offers(view, desk, &entry.name);
            assert!(
                found.iter().any(|offer| offer.id == entry.id),
                "{} is not found with {state}",
                entry.id
            );
        }
    });
}

#[test]
fn what_changes_the_project_is_one_step_and_undone_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let (_office, mut bench) = sitting(folder.path());
    let states = desks(bench.project()).len();
    let mut changed = BTreeSet::new();
    for at in 0..states {
        let tokens = Tokens::light();
        let desks = desks(bench.project());
        let (state, desk) = &desks[at];
        let view = View { project: bench.project(), bench: &bench, tokens: &tokens };
        let wishes: Vec<_> = commands(Some(&view), desk)
            .into_iter()
            .filter_map(|entry| match entry.wish {
                Ok(Wish::Project(command)) => Some((entry.id, command)),
                _ => None,
            })
            .filter(|(_, command)| !matches!(command, Command::Undo | Command::Redo))
            .collect();
        for (id, command) in wishes {
            let before = bench.project().clone();
            let title = bench.history().undo_title().map(str::to_owned);
            // A refusal says why and changes nothing.
            if let Err(notice) = bench.perform(&command) {
                assert!(!notice.title.is_empty(), "{id} with {state}");
                assert!(same_content(&before, bench.project()), "{id} with {state}");
                continue;
            }
            if same_content(&before, bench.project()) {
                continue;
            }
            changed.insert(id.to_string());
            bench.perform(&Command::Undo).unwrap();
            assert!(same_content(&before, bench.project()), "{id} with {state} is not undone");
            assert_eq!(bench.history().undo_title(), title.as_deref(), "{id} is more than a step");
        }
    }
    for id in ["tag.actor", "tag.claim", "erase", "next-kind", "start-left", "end-right"] {
        assert!(changed.contains(id), "{id} was never tried: {changed:?}");
    }
}
