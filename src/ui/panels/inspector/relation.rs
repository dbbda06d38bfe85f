//! A link: its two ends, its kind, what is said of it.

use egui::Ui;

use crate::model::{End, RelationId};
use crate::ui::desk::{Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::{InspectorDesk, features, history, links, remarks};
use crate::ui::panels::naming;
use crate::ui::widgets::{Face, Item, Picked, Picker, Row, badge, field_row, quiet_button, words};
use crate::workbench::{Command, RelationCommand};

/// Shows the link; none if there is none of that id.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    id: &RelationId,
    focus: Option<Focus>,
    ui: &mut Ui,
) -> Option<()> {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let record = project.relations().get(id)?;
    words(ui, pane.kit(), "Link", Face::Bold, tokens.ink);
    ui.add_space(6.0);
    end(pane, "From", &record.from, ui);
    kind_row(pane, record, focus, ui);
    end(pane, "To", &record.to, ui);
    let selected = Selected::Relation(id.clone());
    features::show(pane, mine, &selected, ui);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if quiet_button(ui, tokens, "Next type or direction").clicked() {
            pane.out.ask(Command::Relation(RelationCommand::Cycle(id.clone())));
        }
        if quiet_button(ui, tokens, "Erase the link").clicked() {
            pane.out.ask(Command::Relation(RelationCommand::Erase(id.clone())));
        }
    });
    remarks::show(pane, mine, &selected, focus, ui);
    let stamps = (record.made.as_ref(), record.revised.as_deref());
    history::show(pane, mine, &selected, stamps, ui);
    Some(())
}

fn end(pane: &mut Pane<'_>, name: &str, end: &End, ui: &mut Ui) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let label = naming::end_label(project, end);
    let mut clicked = false;
    field_row(ui, pane.kit(), (name, ""), |ui, engine| {
        let name = format!("{name}: {label}");
        let row = Row::new(&name).inset(0.0, 0.0).height(tokens.size.field);
        clicked = row
            .show(ui, tokens, |ui| {
                let layer = project.layer_of(end).and_then(|id| project.codebook.layer(id));
                badge(ui, (tokens, engine), layer);
                words(ui, (tokens, engine), &label, Face::Plain, tokens.ink);
            })
            .clicked();
    });
    if clicked {
        pane.out.desk(links::way_to(end));
    }
}

fn kind_row(
    pane: &mut Pane<'_>,
    relation: &crate::model::Relation,
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let kind = project.codebook.relation(&relation.kind);
    let shown = kind.map_or(relation.kind.as_str(), |kind| kind.name.as_str());
    let definition = kind.map_or("", |kind| kind.definition.as_str());
    let kinds = links::kinds(project, relation);
    let mut picked = None;
    field_row(ui, pane.kit(), ("Type", definition), |ui, engine| {
        picked = Picker::new("Type of link", shown).focus(focus == Some(Focus::Inspector)).show(
            ui,
            (tokens, engine),
            || {
                let item = |(kind, words): &(_, String)| Item {
                    text: words.clone(),
                    key: None,
                    checked: *kind == relation.kind,
                };
                kinds.iter().map(item).collect()
            },
        );
    });
    if let Some(Picked::Item(index)) = picked
        && let Some((kind, _)) = kinds.get(index)
    {
        let command = RelationCommand::SetKind(relation.id.clone(), kind.clone());
        pane.out.ask(Command::Relation(command));
    }
}
