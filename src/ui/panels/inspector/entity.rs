//! An actor, issue or event record: its names, facts, links and mentions.

use egui::Ui;

use crate::model::{Annotation, End, Entity, EntityId};
use crate::ui::desk::{Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::{Draft, Field, InspectorDesk, features, links, remarks};
use crate::ui::widgets::{Face, badge, field_row, in_words, line_field, passage, side_text, words};

/// Shows the entity; none if there is none of that id.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    id: &EntityId,
    focus: Option<Focus>,
    ui: &mut Ui,
) -> Option<()> {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let record = project.entities().get(id)?;
    let layer = project.codebook.layer(&record.layer);
    let selected = Selected::Entity(id.clone());
    let mut mentions: Vec<&Annotation> =
        project.mentions_of(id).map(|mention| &mention.value).collect();
    mentions.sort_by_key(|mention| (mention.document.clone(), mention.place.fragments().hull()));
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.size.row);
        badge(ui, pane.kit(), layer);
        let kind =
            layer.and_then(|layer| layer.entity.as_ref()).map_or("Record", |(one, _)| one.as_str());
        words(ui, pane.kit(), kind, Face::Bold, tokens.ink);
        side_text(ui, tokens, &in_words(mentions.len(), "mention", "mentions"));
    });
    ui.add_space(6.0);
    name(pane, mine, record, focus, ui);
    ui.add_space(6.0);
    known(pane, record, ui);
    if let Some(layer) = layer {
        let subject = features::Subject {
            of: &selected,
            set: &record.features,
            rules: &layer.entity_features,
            code: record.code.as_ref(),
        };
        features::show(pane, mine, &subject, ui);
    }
    links::show(pane, &End::Entity(id.clone()), ui);
    links::heading(pane, "Mentions", &mentions.len().to_string(), ui);
    links::mentions(pane, &mentions, ui);
    remarks::show(pane, mine, &selected, focus, ui);
    remarks::history(pane, record.made.as_ref(), record.revised.as_ref(), ui);
    Some(())
}

fn name(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    entity: &Entity,
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    let of = Selected::Entity(entity.id.clone());
    let id = egui::Id::unique(("name of", &entity.id));
    if focus == Some(Focus::Inspector) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let draft = mine.draft(&of, &Field::Name).map(|draft| draft.text.clone());
    let mut text = draft.unwrap_or_else(|| entity.name.to_string());
    let typed = line_field(ui, pane.view.tokens, id, ("Name", "A name"), &mut text);
    if typed.changed || typed.done {
        mine.drop_draft(&of, &Field::Name);
        let draft = Draft { of, field: Field::Name, text, trouble: None };
        if !typed.done {
            mine.drafts.push(draft);
        } else if let Some(Ok(command)) = features::sent(pane.view.project, &draft) {
            pane.out.ask(command);
        }
    } else if !typed.focused {
        mine.drop_draft(&of, &Field::Name);
    }
}

/// What is known of it and not changed here: other names and the code.
fn known(pane: &mut Pane<'_>, entity: &Entity, ui: &mut Ui) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let code = entity.code.as_ref().map(|id| {
        let code = project.codebook.layer(&entity.layer).and_then(|layer| layer.code(id));
        code.map_or_else(|| id.to_string(), |code| code.name.to_string())
    });
    let aliases: Vec<&str> = entity.aliases.iter().map(smol_str::SmolStr::as_str).collect();
    let facts = [("Also called", aliases.join(", ")), ("Code", code.unwrap_or_default())];
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        field_row(ui, pane.kit(), (name, ""), |ui, engine| {
            ui.add_space(4.0);
            let width = ui.available_width();
            passage(ui, (tokens, engine), value, Face::Plain, tokens.ink, width);
            ui.add_space(4.0);
        });
    }
}
