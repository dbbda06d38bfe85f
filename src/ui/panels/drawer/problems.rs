//! The list of problems: what is wrong with the file, and what the analyst still owes; marked apart.

use egui::{Align, RichText, Ui};

use crate::model::RecordId;
use crate::ui::desk::{Desk, Selected};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::Pane;
use crate::ui::panels::drawer::listed::{Lists, Problem, about};
use crate::ui::panels::drawer::{cell, nothing, scrolled};
use crate::ui::widgets::{Face, Row, words};

/// The list.
pub(in crate::ui::panels::drawer) fn show(
    pane: &mut Pane<'_>,
    desk: &Desk,
    lists: &Lists,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let shown = &lists.shown().problems;
    if shown.is_empty() {
        let what = "Claims without a claimant, lost words and the like would be listed here.";
        return nothing(pane, ui, &desk.drawer.filter, ("No problem found", what));
    }
    scrolled(ui, (tokens.size.row, shown.len(), "problems"), None, |ui, index| {
        let Some(problem) = shown.get(index) else { return };
        let subject = about(project, problem);
        let name = format!("{}: “{subject}”: {}", sign(problem).1, problem.what);
        let selected = desk.selected.is_some() && way_to(problem).1 == desk.selected;
        let row = Row::new(&name).inset(0.0, 0.0).selected(selected);
        if row.show(ui, tokens, |ui| cells(pane, problem, &subject, ui)).clicked()
            && let Some(command) = way_to(problem).0
        {
            pane.out.desk(command);
        }
    });
}

/// A sign and a word for what kind of problem it is.
fn sign(problem: &Problem) -> (&'static str, &'static str) {
    if problem.fault { ("!", "Fault") } else { ("○", "Open") }
}

fn cells(pane: &mut Pane<'_>, problem: &Problem, subject: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let color = if problem.fault { tokens.error } else { tokens.warning };
    let width = ui.max_rect().width() - 32.0;
    let (first, second) = (88.0, 88.0 + (width - 72.0) * 0.4);
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
