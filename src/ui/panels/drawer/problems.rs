//! The list of problems: what is wrong with the file, and what the analyst still owes; each with what helps.

use egui::{Align, Button, RichText, Ui};

use crate::model::RecordId;
use crate::ui::desk::{Desk, RowKey, Selected};
use crate::ui::list_keys::led;
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::Pane;
use crate::ui::panels::drawer::listed::{Lists, about};
use crate::ui::panels::drawer::{cell, nothing, say_at, scrolled};
use crate::ui::problems::Problem;
use crate::ui::widgets::{Face, Row, words};

/// Width of the column of what helps.
const FIXES: f32 = 196.0;

/// The list.
pub(in crate::ui::panels::drawer) fn show(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    lists: &Lists,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let shown = &lists.shown().problems;
    if shown.is_empty() {
        let what = "Claims without a claimant, lost words and the like would be listed here.";
        return nothing(pane, ui, &desk.drawer.filter, ("No problem found", what));
    }
    desk.drawer.at = desk.drawer.at.min(shown.len() - 1);
    let to = led(&desk.drawer.keys, Some(desk.drawer.at), shown.len());
    desk.drawer.at = to.unwrap_or(desk.drawer.at);
    let at = desk.drawer.at;
    if let Some(problem) = shown.get(at) {
        if desk.drawer.keys.contains(&RowKey::Take) {
            jump(pane, problem);
        }
        if desk.drawer.keys.contains(&RowKey::Fix)
            && let Some(fix) = &problem.fix
        {
            pane.out.desk(DeskCommand::Fix(fix.clone()));
        }
    }
    let keyboard = ui.memory(|memory| memory.has_focus(crate::ui::list_keys::list_id()));
    scrolled(ui, (tokens.size.row, shown.len(), "problems"), to, |ui, index| {
        let Some(problem) = shown.get(index) else { return };
        let subject = about(project, problem);
        let name = format!("{}: “{subject}”: {}", sign(problem).1, problem.what);
        let selected = desk.selected.is_some() && way_to(problem).1 == desk.selected;
        let row = Row::new(&name).inset(0.0, 0.0).selected(selected);
        let row = if keyboard && index == at && !selected { row.chosen() } else { row };
        let response = row.show(ui, tokens, |ui| cells(pane, problem, &subject, ui));
        if index == at {
            say_at(ui, &response);
        }
        if response.clicked() {
            desk.drawer.at = index;
            jump(pane, problem);
        }
    });
}

fn jump(pane: &mut Pane<'_>, problem: &Problem) {
    if let Some(command) = way_to(problem).0 {
        pane.out.desk(command);
    } else {
        let words = "This record is not in the project; copy it to see what it says";
        pane.out.desk(DeskCommand::Say(words.to_owned()));
    }
}

/// A sign and a word for what kind of problem it is.
fn sign(problem: &Problem) -> (&'static str, &'static str) {
    if problem.fault { ("!", "Fault") } else { ("○", "Open") }
}

fn cells(pane: &mut Pane<'_>, problem: &Problem, subject: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let color = if problem.fault { tokens.error } else { tokens.warning };
    let whole = ui.max_rect().width() - 32.0;
    let width = if problem.fix.is_some() { whole - FIXES } else { whole };
    let (first, second) = (88.0, 88.0 + (whole - FIXES - 72.0) * 0.42);
    cell(ui, (16.0, first - 8.0), Align::Min, |ui| {
        let (sign, word) = sign(problem);
        ui.label(RichText::new(format!("{sign} {word}")).color(color));
    });
    cell(ui, (first, second - 16.0), Align::Min, |ui| {
        words(ui, pane.kit(), subject, Face::Plain, tokens.ink);
    });
    cell(ui, (second, 16.0 + width), Align::Min, |ui| {
        words(ui, pane.kit(), &problem.what, Face::Plain, tokens.muted);
    });
    if let Some(fix) = &problem.fix {
        cell(ui, (16.0 + width, 16.0 + whole), Align::Max, |ui| {
            let text = RichText::new(fix.name()).size(tokens.size.small).color(tokens.ink);
            let button = ui.add(Button::new(text).small());
            let button = button.accessible_name(format!("{} “{subject}”", fix.name()));
            if button.on_hover_text("Ctrl+Enter in this row").clicked() {
                pane.out.desk(DeskCommand::Fix(fix.clone()));
            }
        });
    }
}

/// What a click does, and what is selected after it.
fn way_to(problem: &Problem) -> (Option<DeskCommand>, Option<Selected>) {
    let select =
        |selected: Selected| (Some(DeskCommand::Select(Some(selected.clone()))), Some(selected));
    match problem.record.clone() {
        Some(RecordId::Annotation(id)) => {
            (Some(DeskCommand::Reveal(id.clone())), Some(Selected::Annotation(id)))
        }
        Some(RecordId::Relation(id)) => select(Selected::Relation(id)),
        Some(RecordId::Entity(id)) => select(Selected::Entity(id)),
        Some(RecordId::Document(id)) => (Some(DeskCommand::Show(id)), None),
        _ => (None, None),
    }
}
