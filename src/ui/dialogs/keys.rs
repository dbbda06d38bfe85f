//! The key sheet.

use crate::ui::command_table::commands;
use crate::ui::desk::{Desk, Dialog};
use crate::ui::dialogs::{Leave, Step, buttons, title};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use egui::{RichText, Ui};

/// The key sheet: the table's keys, and those of the caret.
pub(in crate::ui::dialogs) fn keys(
    ui: &mut Ui,
    tokens: &Tokens,
    view: Option<&View<'_>>,
    desk: &Desk,
    leave: Leave,
) -> Step {
    title(ui, "Keys");
    egui::ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
            for entry in commands(view, desk).iter().filter(|entry| !entry.keys.is_empty()) {
                let keys: Vec<String> = entry.keys.iter().map(ToString::to_string).collect();
                ui.label(RichText::new(keys.join("  ")).monospace().color(tokens.muted));
                ui.label(&entry.name);
                ui.end_row();
            }
            for (keys, what) in CARET_KEYS {
                ui.label(RichText::new(keys).monospace().color(tokens.muted));
                ui.label(what);
                ui.end_row();
            }
        });
    });
    if buttons(ui, &["Close"]).is_some() || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Keys)
    }
}

const CARET_KEYS: [(&str, &str); 4] = [
    ("Arrows  Ctrl+Arrows", "Move the caret by a character, a word, a line"),
    ("Shift+Arrows", "Select; with Ctrl by words"),
    ("Home  End  Page Up  Page Down", "Line ends and pages; with Ctrl the ends of the text"),
    ("Ctrl++  Ctrl+-  Ctrl+0", "Zoom"),
];
