//! The commands that look for something: further mentions, words, problems.

use crate::ui::command_table::{Chord, Entry, Group, NO_PROJECT, Scope};
use crate::ui::desk::{Desk, DrawerTab, Selected};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::page::find::Onwards;
use crate::ui::page::numbers;
use crate::ui::panels::record_of;
use crate::ui::problems::Fix;
use crate::ui::view::View;
use egui::Key;
use smol_str::SmolStr;

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let document = if view.is_none() { Err(NO_PROJECT) } else { Ok(()) }
        .and_then(|()| desk.document.as_ref().map(|_| ()).ok_or("there is no document yet"));
    let words =
        if desk.find.wanted.words.is_empty() { Err("find some words first") } else { document };
    let look = |(id, name): (&'static str, &str), hint, chord, command, can: Result<(), _>| Entry {
        id: SmolStr::new_static(id),
        name: name.to_owned(),
        hint,
        group: Group::Edit,
        keys: vec![chord],
        scope: Scope::Global,
        wish: can.map(|()| Wish::Desk(command)),
    };
    let mut all = vec![
        tag_all(view, desk),
        look(
            ("find", "Find in this document…"),
            "Words in any script; those that are selected, if some are",
            Chord::ctrl(Key::F),
            DeskCommand::Find,
            document,
        ),
        look(
            ("find-all", "Find in all documents…"),
            "A list of the words in their contexts",
            Chord::ctrl_shift(Key::F),
            DeskCommand::FindAll,
            document,
        ),
        look(
            ("find-next", "Next hit"),
            "Select the next place of the words that were looked for",
            Chord::key(Key::F3),
            DeskCommand::FindStep(Onwards::Yes),
            words,
        ),
        look(
            ("find-previous", "Previous hit"),
            "Select the place before",
            Chord::shift(Key::F3),
            DeskCommand::FindStep(Onwards::No),
            words,
        ),
        Entry {
            group: Group::View,
            ..look(
                ("go-to-paragraph", "Go to paragraph…"),
                "By the number that stands beside it in the margin",
                Chord::ctrl(Key::G),
                DeskCommand::AskParagraph,
                document.and_then(|()| numbered(view, desk)),
            )
        },
    ];
    all.push(Entry {
        group: Group::View,
        ..look(
            ("comments", "Comments and open questions"),
            "All threads of the project, the open ones first",
            Chord::ctrl_shift(Key::M),
            DeskCommand::List(DrawerTab::Comments),
            if view.is_none() { Err(NO_PROJECT) } else { Ok(()) },
        )
    });
    all.extend(problems(view, desk));
    all.push(decide(view, desk));
    all
}

/// The selected record, if several versions of it wait.
fn decide(view: Option<&View<'_>>, desk: &Desk) -> Entry {
    let wish = view.ok_or(NO_PROJECT).and_then(|view| {
        let id = record_of(desk.selected.as_ref().ok_or("select something first")?);
        let torn = view.project.get(&id).is_some_and(|record| record.has_conflict());
        torn.then_some(Wish::Desk(DeskCommand::Fix(Fix::Decide(id))))
            .ok_or("there is but one version of it")
    });
    Entry {
        id: SmolStr::new_static("decide"),
        name: "Decide between versions…".to_owned(),
        hint: "Who wrote which version of the selected record, after two people changed it at once",
        group: Group::Edit,
        keys: Vec::new(),
        scope: Scope::Text,
        wish,
    }
}

/// Whether any paragraph of the document has a number.
fn numbered(view: Option<&View<'_>>, desk: &Desk) -> Result<(), &'static str> {
    let sheet = view.zip(desk.document.as_ref()).and_then(|(view, id)| view.project.sheet(id));
    let some = sheet.is_some_and(|sheet| numbers::last(sheet.document()) > 0);
    if some { Ok(()) } else { Err("no paragraph of this text has a number") }
}

fn problems(view: Option<&View<'_>>, desk: &Desk) -> [Entry; 3] {
    let known = desk.problems.all();
    let project = if view.is_none() { Err(NO_PROJECT) } else { Ok(()) };
    let some = project.and_then(|()| {
        let any = known.iter().any(|problem| problem.record.is_some());
        if any { Ok(()) } else { Err("there is no problem to go to") }
    });
    let unlinked = project.and_then(|()| {
        let any = known.iter().any(|p| matches!(p.fix, Some(Fix::LinkClaimant(_))));
        if any { Ok(()) } else { Err("every claim has its claimant") }
    });
    let step = |(id, name): (&'static str, &str), hint, chord, command, can: Result<(), _>| Entry {
        id: SmolStr::new_static(id),
        name: name.to_owned(),
        hint,
        group: Group::View,
        keys: vec![chord],
        scope: Scope::Text,
        wish: can.map(|()| Wish::Desk(command)),
    };
    [
        step(
            ("next-problem", "Next problem"),
            "What is wrong or still owed, in the order of the list",
            Chord::key(Key::F8),
            DeskCommand::ProblemStep(Onwards::Yes),
            some,
        ),
        step(
            ("previous-problem", "Previous problem"),
            "The same the other way",
            Chord::shift(Key::F8),
            DeskCommand::ProblemStep(Onwards::No),
            some,
        ),
        step(
            ("next-unlinked", "Next claim without a claimant"),
            "In the order of the text; L then links it",
            Chord::key(Key::U),
            DeskCommand::NextUnlinked,
            unlinked,
        ),
    ]
}

fn tag_all(view: Option<&View<'_>>, desk: &Desk) -> Entry {
    let wish = match (&desk.selected, view) {
        (_, None) => Err(NO_PROJECT),
        (Some(Selected::Annotation(id)), _) => Ok(Wish::Desk(DeskCommand::TagAll(id.clone()))),
        _ => Err("select an annotation first"),
    };
    Entry {
        id: SmolStr::new_static("tag-all"),
        name: "Tag all mentions…".to_owned(),
        hint: "Other places with the names of the same record, or the same words, as a checklist",
        group: Group::Annotate,
        keys: vec![Chord::shift(Key::A)],
        scope: Scope::Text,
        wish,
    }
}
