//! Actors, issues and event records with their mentions, the most mentioned first; a click puts one into the inspector.

use egui::{Align, Layout, Ui};
use std::collections::BTreeMap;

use crate::model::{AnnotationId, End, EntityId, Layer, LayerId, Project};
use crate::query::recent_records;
use crate::ui::desk::{Desk, Selected};
use crate::ui::finder::Finding;
use crate::ui::outbox::DeskCommand;
use crate::ui::page::take_drop;
use crate::ui::panels::Pane;
use crate::ui::panels::codebook::more;
use crate::ui::panels::kept::Kept;
use crate::ui::panels::left::LeftDesk;
use crate::ui::widgets::{
    Face, Row, in_words, key_cap, resting_field, rows, section_header, side_text, told, words,
};

/// So many are shown before one asks for all.
const FIRST: usize = 12;

/// What the lists keep between frames.
#[derive(Default)]
pub(in crate::ui::panels) struct RecordsDesk {
    /// Words that the names must have, by layer.
    filter: BTreeMap<LayerId, String>,
    recent: Kept<Recent, Vec<EntityId>>,
}

/// What the recent records depend on.
type Recent = (Option<AnnotationId>, Vec<EntityId>);

/// One list for each layer that has records.
pub(in crate::ui::panels) fn lists(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut LeftDesk,
    entities: &BTreeMap<LayerId, Vec<(EntityId, usize)>>,
    ui: &mut Ui,
) {
    let project = pane.view.project;
    let recent = recent(pane, desk, &mut mine.records);
    for layer in &project.codebook.layers {
        let Some((one, several)) = &layer.entity else { continue };
        let list = entities.get(&layer.id).map_or(&[][..], Vec::as_slice);
        header(pane, layer, (one, several), list.len(), ui);
        if list.len() > FIRST {
            filter(pane, mine, (layer, several), ui);
        }
        let wanted = mine.records.filter.get(&layer.id).map(|words| words.trim().to_lowercase());
        let found =
            wanted.filter(|words| !words.is_empty()).map(|words| fitting(project, list, &words));
        let all = mine.all_entities.contains(&layer.id);
        let first = if all { list } else { list.get(..FIRST).unwrap_or(list) };
        let shown = found.as_deref().unwrap_or(first);
        ui.push_id(&layer.id, |ui| shown_list(pane, desk, shown, &recent, ui));
        if found.is_none() && list.len() > FIRST {
            toggle(pane, mine, (layer, several), list.len(), ui);
        } else if shown.is_empty() && found.is_some() {
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                side_text(ui, pane.view.tokens, "None is called so.");
            });
        }
        ui.add_space(pane.view.tokens.size.grid * 2.0);
    }
}

/// The records that Alt and a digit attach the selected annotation to.
fn recent(pane: &Pane<'_>, desk: &Desk, mine: &mut RecordsDesk) -> Vec<EntityId> {
    let project = pane.view.project;
    let selected = match &desk.selected {
        Some(Selected::Annotation(id)) => Some(id.clone()),
        _ => None,
    };
    let key = (selected.clone(), desk.recent.clone());
    let make = || {
        let annotation = selected.as_ref().and_then(|id| project.annotation(id));
        annotation.map_or_else(Vec::new, |a| recent_records(project, a, &desk.recent))
    };
    mine.recent.of(&pane.view, key, make).clone()
}

fn fitting(project: &Project, list: &[(EntityId, usize)], words: &str) -> Vec<(EntityId, usize)> {
    let has = |id: &EntityId| {
        let entity = project.entities().get(id);
        entity.is_some_and(|e| e.names().any(|name| name.to_lowercase().contains(words)))
    };
    list.iter().filter(|(id, _)| has(id)).cloned().collect()
}

/// The heading with a button that makes a record.
fn header(
    pane: &mut Pane<'_>,
    layer: &Layer,
    (one, several): (&str, &str),
    count: usize,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let response = section_header(ui, pane.kit(), several, &count.to_string());
    let side = tokens.size.row;
    let right = response.rect.right() - 46.0;
    let at = egui::Rect::from_center_size(
        egui::pos2(right, response.rect.center().y),
        egui::vec2(side, side),
    );
    let name = format!("New {}…", one.to_lowercase());
    let button = ui.interact(at, response.id.with("new"), egui::Sense::click());
    button.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Add: {name}"))
    });
    let near = button.hovered() || button.has_focus();
    let ink = if near { tokens.ink } else { tokens.faint };
    let stroke = egui::Stroke::new(1.3, ink);
    for way in [egui::vec2(4.0, 0.0), egui::vec2(0.0, 4.0)] {
        ui.painter().line_segment([at.center() - way, at.center() + way], stroke);
    }
    if button.has_focus() {
        let ring = egui::Stroke::new(1.5, tokens.focus);
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(at.shrink(4.0), tokens.size.radius, ring, inside);
    }
    if told(button, pane.kit(), &name).clicked() {
        pane.out.desk(DeskCommand::Finder(Finding::NewRecord(layer.id.clone())));
    }
}

fn filter(pane: &mut Pane<'_>, mine: &mut LeftDesk, (layer, several): (&Layer, &str), ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let words = mine.records.filter.entry(layer.id.clone()).or_default();
    let size = egui::vec2(ui.available_width(), tokens.size.row);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let inner = rect.shrink2(egui::vec2(16.0, 1.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    let hint = format!("Filter {}", several.to_lowercase());
    let id = egui::Id::unique(("filter of records", &layer.id));
    // The words are kept as they are typed; Enter has nothing more to do.
    let _typed = resting_field(&mut child, pane.kit(), id, (&hint, (&hint, &hint)), words);
}

fn shown_list(
    pane: &mut Pane<'_>,
    desk: &Desk,
    list: &[(EntityId, usize)],
    recent: &[EntityId],
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    rows(ui, tokens.size.row, list.len(), |ui, index| {
        let Some((id, count)) = list.get(index) else { return };
        let Some(entity) = project.entities().get(id) else { return };
        let selected = desk.selected == Some(Selected::Entity(id.clone()));
        let name = format!("{}, {}", entity.name, in_words(*count, "mention", "mentions"));
        let digit = recent.iter().position(|recent| recent == id);
        let row = Row::new(&name).selected(selected);
        let response = row.show(ui, tokens, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                words(ui, pane.kit(), &count.to_string(), Face::Plain, tokens.muted);
                if let Some(at) = digit {
                    key_cap(ui, tokens, &format!("Alt+{}", at + 1));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    words(ui, pane.kit(), &entity.name, Face::Plain, tokens.ink);
                });
            });
        });
        take_drop(ui, &response, &pane.view, &End::Entity(id.clone()), pane.out);
        if response.clicked() {
            pane.out.desk(DeskCommand::Select(Some(Selected::Entity(id.clone()))));
        }
    });
}

fn toggle(
    pane: &mut Pane<'_>,
    mine: &mut LeftDesk,
    (layer, several): (&Layer, &str),
    count: usize,
    ui: &mut Ui,
) {
    let all = mine.all_entities.contains(&layer.id);
    let text = if all { format!("First {FIRST}") } else { format!("All {count}") };
    if more(pane, ui, &text, &format!("{several}: {}", text.to_lowercase()), 16.0).clicked()
        && !mine.all_entities.remove(&layer.id)
    {
        mine.all_entities.insert(layer.id.clone());
    }
}
