//! Actors, issues and event records with their mentions, the most mentioned first; a click puts one into the inspector.

use egui::Ui;
use std::collections::BTreeMap;

use crate::model::{End, EntityId, Layer, LayerId};
use crate::ui::desk::{Desk, Selected};
use crate::ui::outbox::DeskCommand;
use crate::ui::page::take_drop;
use crate::ui::panels::Pane;
use crate::ui::panels::codebook::more;
use crate::ui::panels::documents::counted;
use crate::ui::panels::left::LeftDesk;
use crate::ui::widgets::{Face, Row, in_words, rows, section_header};

/// So many are shown before one asks for all.
const FIRST: usize = 12;

/// One list for each layer that has any.
pub(in crate::ui::panels) fn lists(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut LeftDesk,
    entities: &BTreeMap<LayerId, Vec<(EntityId, usize)>>,
    ui: &mut Ui,
) {
    let codebook = &pane.view.project.codebook;
    for layer in &codebook.layers {
        let (Some((_, several)), Some(list)) = (&layer.entity, entities.get(&layer.id)) else {
            continue;
        };
        section_header(ui, pane.kit(), several, &list.len().to_string());
        let all = mine.all_entities.contains(&layer.id);
        let shown = if all { list.as_slice() } else { list.get(..FIRST).unwrap_or(list) };
        ui.push_id(&layer.id, |ui| shown_list(pane, desk, shown, ui));
        if list.len() > FIRST {
            toggle(pane, mine, (layer, several), list.len(), ui);
        }
        ui.add_space(pane.view.tokens.size.grid * 2.0);
    }
}

fn shown_list(pane: &mut Pane<'_>, desk: &Desk, list: &[(EntityId, usize)], ui: &mut Ui) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    rows(ui, tokens.size.row, list.len(), |ui, index| {
        let Some((id, count)) = list.get(index) else { return };
        let Some(entity) = project.entities().get(id) else { return };
        let selected = desk.selected == Some(Selected::Entity(id.clone()));
        let name = format!("{}, {}", entity.name, in_words(*count, "mention", "mentions"));
        let row = Row::new(&name).selected(selected);
        let response =
            row.show(ui, tokens, |ui| counted(pane, ui, &entity.name, Face::Plain, *count));
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
