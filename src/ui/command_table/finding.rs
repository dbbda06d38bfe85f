//! The commands that look for something: further mentions, words, problems.

use crate::ui::command_table::{Chord, Entry, Group, NO_PROJECT, Scope};
use crate::ui::desk::{Desk, Selected};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::view::View;
use egui::Key;
use smol_str::SmolStr;

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    vec![tag_all(view, desk)]
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
