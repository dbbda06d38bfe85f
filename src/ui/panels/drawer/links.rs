//! The list of links: from, kind, to.

use egui::{Align, Ui};

use crate::model::{End, Relation, RelationId};
use crate::ui::desk::{Desk, Selected};
use crate::ui::list_keys::led;
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::drawer::{DrawerLists, cell, nothing, say_at, scrolled, stay};
use crate::ui::panels::{Pane, naming};
use crate::ui::widgets::{Face, Row, badge, words};

/// The list.
pub(in crate::ui::panels::drawer) fn show(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &DrawerLists,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let shown = &mine.lists.shown().links;
    if shown.is_empty() {
        let what = "Select an annotation and press L, then the letters at the other one.";
        return nothing(pane, ui, &desk.drawer.filter, ("No link yet", what));
    }
    let selected = match &desk.selected {
        Some(Selected::Relation(id)) => Some(id),
        _ => None,
    };
    let here = (mine.moved || !desk.drawer.keys.is_empty())
        .then(|| selected.and_then(|id| shown.iter().position(|other| other == id)))
        .flatten();
    if let Some(id) = led(&desk.drawer.keys, here, shown.len()).and_then(|at| shown.get(at)) {
        choose(pane, desk, id);
    }
    let at = here.filter(|_| mine.moved);
    scrolled(ui, (tokens.size.row, shown.len(), "links"), at, |ui, index| {
        let Some(relation) = shown.get(index).and_then(|id| project.relations().get(id)) else {
            return;
        };
        let (from, to) =
            (naming::end_label(project, &relation.from), naming::end_label(project, &relation.to));
        let name = format!("Link: “{from}” {} “{to}”", kind(pane, relation));
        let row = Row::new(&name).inset(0.0, 0.0).selected(selected == Some(&relation.id));
        let response = row.show(ui, tokens, |ui| cells(pane, relation, (&from, &to), ui));
        if selected == Some(&relation.id) {
            say_at(ui, &response);
        }
        if response.clicked() {
            choose(pane, desk, &relation.id);
        }
    });
}

fn choose(pane: &mut Pane<'_>, desk: &Desk, id: &RelationId) {
    pane.out.desk(DeskCommand::Select(Some(Selected::Relation(id.clone()))));
    stay(pane, desk);
}

fn kind<'a>(pane: &Pane<'a>, relation: &'a Relation) -> &'a str {
    let kind = pane.view.project.codebook.relation(&relation.kind);
    kind.map_or(relation.kind.as_str(), |kind| kind.name.as_str())
}

fn cells(pane: &mut Pane<'_>, relation: &Relation, (from, to): (&str, &str), ui: &mut Ui) {
    let muted = pane.view.tokens.muted;
    let width = ui.max_rect().width() - 32.0;
    let (first, second) = (16.0 + width * 0.42, 16.0 + width * 0.58);
    end(pane, (&relation.from, from), (16.0, first - 16.0), ui);
    let kind = kind(pane, relation).to_owned();
    cell(ui, (first, second - 16.0), Align::Min, |ui| {
        words(ui, pane.kit(), &kind, Face::Plain, muted);
    });
    end(pane, (&relation.to, to), (second, 16.0 + width), ui);
}

fn end(pane: &mut Pane<'_>, (end, label): (&End, &str), column: (f32, f32), ui: &mut Ui) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let layer = project.layer_of(end).and_then(|id| project.codebook.layer(id));
    cell(ui, column, Align::Min, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        badge(ui, pane.kit(), layer);
        words(ui, pane.kit(), label, Face::Plain, tokens.ink);
    });
}
