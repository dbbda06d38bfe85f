//! The page of settings on tagging: what counts to the selected words.

use crate::ui::dialogs::say;
use crate::ui::dialogs::settings::{Sheet, heading};
use crate::ui::outbox::DeskCommand;
use crate::ui::page::Edges;
use egui::Ui;

pub(in crate::ui::dialogs::settings) fn page(ui: &mut Ui, sheet: &mut Sheet<'_, '_>) {
    heading(ui, sheet.tokens, "Selected words");
    let mut trimmed = sheet.desk.edges == Edges::Trimmed;
    let words = "Leave out blanks, quotation marks and final punctuation at their ends";
    if ui.checkbox(&mut trimmed, words).changed() {
        let edges = if trimmed { Edges::Trimmed } else { Edges::Exact };
        sheet.out.desk(DeskCommand::Edges(edges));
    }
    say(
        ui,
        sheet.tokens,
        "It counts when words are selected by mouse or keys, not for annotations that are there.",
    );
    ui.add_space(6.0);
    let usual = sheet.desk.edges == Edges::default();
    if ui.add_enabled(!usual, egui::Button::new("Reset this page")).clicked() {
        sheet.out.desk(DeskCommand::Edges(Edges::default()));
    }
}
