//! An actor, issue or event record: its names, code, facts, links and mentions.

use egui::{Id, Ui};
use smol_str::SmolStr;

use crate::model::{Annotation, End, Entity, EntityId, Layer, RecordId, dependants};
use crate::ui::desk::{Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::chips::{Chipped, Chips};
use crate::ui::panels::inspector::{
    Draft, Field, InspectorDesk, features, history, links, remarks, written,
};
use crate::ui::widgets::{
    Face, Item, Picked, Picker, badge, field_row, hint, in_words, line_field, quiet_button,
    side_text, words,
};
use crate::workbench::{Command, EntityCommand};

/// What takes a walk through the project; kept while nothing changes.
#[derive(Default)]
pub(in crate::ui::panels::inspector) struct Uses {
    links: usize,
    others: usize,
}

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
    let at = Id::unique(("name of", &record.id));
    line(pane, mine, (&selected, Field::Name, at), ("Name", "A name", &record.name), focus, ui);
    ui.add_space(6.0);
    aliases(pane, record, ui);
    // A code that a file gives to an issue all the same is shown, so that it can be taken away.
    let coded = |layer: &&Layer| layer.entity_codes || record.code.is_some();
    if let Some(layer) = layer.filter(|layer| !layer.codes.is_empty()).filter(coded) {
        code(pane, record, layer, ui);
    }
    features::show(pane, mine, &selected, ui);
    links::show(pane, &End::Entity(id.clone()), mine.link_key, ui);
    links::heading(pane, "Mentions", &mentions.len().to_string(), ui);
    links::mentions(pane, &mentions, ui);
    if mentions.is_empty() {
        let how = "None yet. R on a tagged passage attaches it.";
        side_text(ui, tokens, how);
    }
    remarks::show(pane, mine, &selected, focus, ui);
    let stamps = (record.made.as_ref(), record.revised.as_deref());
    history::show(pane, mine, &selected, stamps, ui);
    erase(pane, mine, record, mentions.len(), ui);
    Some(())
}

/// A line that is always framed in thought: name or title, sent with Enter or when the keyboard leaves it.
pub(in crate::ui::panels::inspector) fn line(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    (of, field, id): (&Selected, Field, Id),
    (name, hint, written): (&str, &str, &SmolStr),
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    if focus == Some(Focus::Inspector) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let draft = mine.draft(of, &field).map(|draft| draft.text.clone());
    let mut text = draft.unwrap_or_else(|| written.to_string());
    let typed = line_field(ui, pane.kit(), id, (name, hint), &mut text);
    if typed.changed || typed.done {
        mine.drop_draft(of, &field);
        let draft = Draft { of: of.clone(), field, text, trouble: None };
        if !typed.done {
            mine.drafts.push(draft);
        } else if let Some(Ok(command)) = written::sent(pane.view.project, &draft) {
            pane.out.ask(command);
        }
    } else if !typed.focused {
        mine.drop_draft(of, &field);
    }
}

/// Other names as chips; mentions teach them, and they can be written and taken away here.
fn aliases(pane: &mut Pane<'_>, entity: &Entity, ui: &mut Ui) {
    let definition = "Other names, in any script. Attaching a mention that is a name adds it here.";
    let names: Vec<&str> = entity.aliases.iter().map(SmolStr::as_str).collect();
    let chips = Chips { title: "Also called", definition, open: true, focus: false };
    let id = entity.id.clone();
    let command = match chips.show(pane, (&names, &str::to_owned), Vec::new, ui) {
        Some(Chipped::Removed(at)) => {
            let Some(alias) = entity.aliases.get(at) else { return };
            EntityCommand::RemoveAlias(id, alias.clone())
        }
        Some(Chipped::Added(Picked::New(name))) => EntityCommand::AddAlias(id, name.into()),
        Some(Chipped::Added(Picked::Item(_))) | None => return,
    };
    pane.out.ask(Command::Entity(command));
}

fn code(pane: &mut Pane<'_>, entity: &Entity, layer: &Layer, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let set = entity.code.as_ref().and_then(|id| layer.code(id));
    let shown = set.map_or("–", |code| code.name.as_str());
    let definition = "What it is; mentions attached to it get this code where they have none.";
    let mut picked = None;
    field_row(ui, pane.kit(), ("Code", definition), |ui, engine| {
        let list = Picker::new("Code of the record", shown).unset(set.is_none());
        picked = list.show(ui, (tokens, engine), || {
            let none = Item { text: "No code".into(), key: None, checked: set.is_none() };
            let codes = layer.codes.iter().map(|code| Item {
                text: code.name.to_string(),
                key: None,
                checked: entity.code.as_ref() == Some(&code.id),
            });
            std::iter::once(none).chain(codes).collect()
        });
    });
    if let Some(Picked::Item(at)) = picked {
        let code = at.checked_sub(1).and_then(|at| layer.codes.get(at)).map(|code| code.id.clone());
        pane.out.ask(Command::Entity(EntityCommand::SetCode(entity.id.clone(), code)));
    }
}

/// Only what nothing refers to can be erased; else the button says what does.
fn erase(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    entity: &Entity,
    mentions: usize,
    ui: &mut Ui,
) {
    let project = pane.view.project;
    let uses = mine.uses.of(&pane.view, Some(entity.id.clone()), || {
        let mut uses = Uses::default();
        for id in dependants(project, &RecordId::Entity(entity.id.clone())) {
            match id {
                RecordId::Relation(_) => uses.links += 1,
                RecordId::Note(_) | RecordId::Comment(_) => {}
                _ => uses.others += 1,
            }
        }
        uses
    });
    let parts = [
        (mentions, "mention", "mentions"),
        (uses.links, "link", "links"),
        (uses.others.saturating_sub(mentions), "feature", "features"),
    ];
    let named = parts.iter().filter(|(count, ..)| *count > 0);
    let named: Vec<String> = named.map(|(n, one, several)| in_words(*n, one, several)).collect();
    ui.add_space(12.0);
    ui.add_enabled_ui(named.is_empty(), |ui| {
        let button = quiet_button(ui, pane.view.tokens, "Erase this record");
        let why = format!("Still in use by {}", named.join(", "));
        if button.on_disabled_hover_text(why).clicked() {
            pane.out.ask(Command::Entity(EntityCommand::Erase(entity.id.clone())));
        }
    });
    if !named.is_empty() {
        let muted = pane.view.tokens.muted;
        hint(ui, pane.kit(), &format!("In use by {}.", named.join(", ")), muted);
    }
}
