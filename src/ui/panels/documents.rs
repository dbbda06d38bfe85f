//! The documents with how many annotations each has; a click puts one on the page.

use egui::{Align, Layout, Ui};

use crate::query::Counts;
use crate::ui::desk::{Desk, Purpose};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::Pane;
use crate::ui::widgets::{
    Face, Row, empty_state, in_words, quiet_button, rows, section_header, words,
};

/// Documents in their order.
pub(in crate::ui::panels) fn list(pane: &mut Pane<'_>, desk: &Desk, counts: &Counts, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let sheets = pane.view.project.documents_in_order();
    section_header(ui, pane.kit(), "Documents", &sheets.len().to_string());
    if sheets.is_empty() {
        empty_state(ui, tokens, "No document yet", "Open a text, or paste one.");
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            if quiet_button(ui, tokens, "Open text…").clicked() {
                pane.out.desk(DeskCommand::AskPath(Purpose::OpenText));
            }
            if quiet_button(ui, tokens, "Paste text").clicked() {
                pane.out.desk(DeskCommand::Paste(String::new()));
            }
        });
    }
    rows(ui, tokens.size.row, sheets.len(), |ui, index| {
        let Some(sheet) = sheets.get(index) else { return };
        let document = sheet.document();
        let count = counts.by_document.get(&document.id).copied().unwrap_or_default();
        let name = format!("{}, {}", document.title, in_words(count, "annotation", "annotations"));
        let row = Row::new(&name).with_bar().selected(desk.document.as_ref() == Some(&document.id));
        let clicked =
            row.show(ui, tokens, |ui| counted(pane, ui, &document.title, Face::Plain, count));
        if clicked.clicked() {
            pane.out.desk(DeskCommand::Show(document.id.clone()));
        }
    });
    ui.add_space(tokens.size.grid * 2.0);
}

/// Words with a count at the right.
pub(in crate::ui::panels) fn counted(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    text: &str,
    face: Face,
    count: usize,
) {
    let (muted, ink) = (pane.view.tokens.muted, pane.view.tokens.ink);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        words(ui, pane.kit(), &count.to_string(), Face::Plain, muted);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            words(ui, pane.kit(), text, face, ink);
        });
    });
}
