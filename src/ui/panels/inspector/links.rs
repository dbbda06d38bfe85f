//! The links of a record: each read from this end, with a small menu to change it.

use egui::{Align, Layout, Ui, vec2};

use crate::model::{Annotation, End, Project, RelationKindId};
use crate::query::{self, Link};
use crate::ui::command_table::Chord;
use crate::ui::desk::Selected;
use crate::ui::outbox::DeskCommand;
use crate::ui::page::take_drop;
use crate::ui::panels::{Pane, naming};
use crate::ui::widgets::{
    Face, Item, Picked, Picker, Row, badge, section_header, side_text, words,
};
use crate::workbench::{Command, RelationCommand};

/// Width of the kinds' names.
const KINDS: f32 = 92.0;

/// The links of `end`; without any it says with which key one begins.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    end: &End,
    key: Option<Chord>,
    ui: &mut Ui,
) {
    let links = query::links_of(pane.view.project, end);
    heading(pane, "Links", &links.len().to_string(), ui);
    if links.is_empty() {
        let how = key.map(|key| format!(" {key} links from here to another passage."));
        side_text(ui, pane.view.tokens, &format!("None yet.{}", how.unwrap_or_default()));
    }
    for link in &links {
        ui.push_id(&link.relation.id, |ui| row(pane, link, ui));
    }
}

/// A heading inside the inspector.
pub(in crate::ui::panels::inspector) fn heading(
    pane: &mut Pane<'_>,
    title: &str,
    aside: &str,
    ui: &mut Ui,
) {
    ui.add_space(12.0);
    // The heading keeps from the edges of a panel by itself.
    let wide = ui.available_rect_before_wrap().expand2(vec2(16.0, 0.0));
    let size = vec2(ui.available_width(), pane.view.tokens.size.field);
    ui.allocate_ui(size, |ui| {
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(wide));
        section_header(&mut child, pane.kit(), title, aside);
        ui.set_min_size(size);
    });
}

fn row(pane: &mut Pane<'_>, link: &Link<'_>, ui: &mut Ui) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let label = naming::end_label(project, link.other);
    let name = format!("{} {label}", link.name);
    let size = vec2(ui.available_width(), tokens.size.field);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        menu(pane, link, &name, ui);
        let row = Row::new(&name).inset(0.0, 0.0).height(tokens.size.field);
        let response = row.show(ui, tokens, |ui| {
            let kind = vec2(KINDS - 8.0, tokens.size.field);
            ui.allocate_ui_with_layout(kind, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(KINDS - 8.0);
                words(ui, pane.kit(), link.name, Face::Plain, tokens.muted);
            });
            let layer = project.layer_of(link.other).and_then(|id| project.codebook.layer(id));
            badge(ui, pane.kit(), layer);
            words(ui, pane.kit(), &label, Face::Plain, tokens.ink);
        });
        if response.clicked() {
            pane.out.desk(way_to(link.other));
        }
    });
}

fn menu(pane: &mut Pane<'_>, link: &Link<'_>, name: &str, ui: &mut Ui) {
    let project = pane.view.project;
    let relation = link.relation;
    let title = format!("Change link: {name}");
    let kinds = kinds(project, relation);
    let picked = Picker::new(&title, "").dots().show(ui, pane.kit(), || {
        let mut items: Vec<Item> = kinds
            .iter()
            .map(|(kind, words)| Item {
                text: words.clone(),
                key: None,
                checked: *kind == relation.kind,
            })
            .collect();
        let extra = ["Next type or direction", "Show the link", "Erase the link"];
        items.extend(extra.map(|text| Item { text: text.into(), ..Item::default() }));
        items
    });
    let Some(Picked::Item(index)) = picked else { return };
    let id = relation.id.clone();
    match (kinds.get(index), index.saturating_sub(kinds.len())) {
        (Some((kind, _)), _) => {
            pane.out.ask(Command::Relation(RelationCommand::SetKind(id, kind.clone())));
        }
        (None, 0) => pane.out.ask(Command::Relation(RelationCommand::Cycle(id))),
        (None, 1) => pane.out.desk(DeskCommand::Select(Some(Selected::Relation(id)))),
        (None, _) => pane.out.ask(Command::Relation(RelationCommand::Erase(id))),
    }
}

/// The kinds that may join the ends of `relation`, each once, with their names read from start to end.
pub(in crate::ui::panels::inspector) fn kinds(
    project: &Project,
    relation: &crate::model::Relation,
) -> Vec<(RelationKindId, String)> {
    let mut kinds: Vec<(RelationKindId, String)> = Vec::new();
    for (id, _) in query::kinds_for(project, &relation.from, &relation.to) {
        if kinds.iter().all(|(known, _)| *known != id) {
            let name =
                project.codebook.relation(&id).map_or(id.to_string(), |kind| kind.name.to_string());
            kinds.push((id, name));
        }
    }
    kinds
}

/// What shows the end of a link.
pub(in crate::ui::panels::inspector) fn way_to(end: &End) -> DeskCommand {
    match end {
        End::Annotation(id) => DeskCommand::Reveal(id.clone()),
        End::Entity(id) => DeskCommand::Select(Some(Selected::Entity(id.clone()))),
    }
}

/// Annotations as rows that lead to their words.
pub(in crate::ui::panels::inspector) fn mentions(
    pane: &mut Pane<'_>,
    list: &[&Annotation],
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    crate::ui::widgets::rows(ui, tokens.size.field, list.len(), |ui, index| {
        let Some(annotation) = list.get(index) else { return };
        let name = naming::annotation_sentence(project, annotation);
        let row = Row::new(&name).inset(0.0, 0.0).height(tokens.size.field);
        let response = row.show(ui, tokens, |ui| {
            badge(ui, pane.kit(), project.codebook.layer(&annotation.layer));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                side_text(
                    ui,
                    tokens,
                    &naming::paragraph_mark(naming::paragraph(project, annotation)),
                );
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    words(
                        ui,
                        pane.kit(),
                        &naming::quote(project, annotation),
                        Face::Plain,
                        tokens.ink,
                    );
                });
            });
        });
        let end = End::Annotation(annotation.id.clone());
        take_drop(ui, &response, &pane.view, &end, pane.out);
        if response.clicked() {
            pane.out.desk(DeskCommand::Reveal(annotation.id.clone()));
        }
    });
}
