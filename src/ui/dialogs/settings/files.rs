//! The page of settings on where files lie.

use crate::ui::dialogs::say;
use crate::ui::dialogs::settings::{FilePlaces, Sheet, heading};
use crate::ui::theme::Tokens;
use egui::{Button, Label, RichText, Ui};

pub(in crate::ui::dialogs::settings) fn page(
    ui: &mut Ui,
    sheet: &Sheet<'_, '_>,
    files: &FilePlaces,
) {
    let tokens = sheet.tokens;
    heading(ui, tokens, "State folder");
    say(
        ui,
        tokens,
        "Settings, and for 14 days a log of changes from which unsaved work is brought back. Nothing of it is needed to open a project.",
    );
    place(ui, tokens, "State folder", &files.state);
    heading(ui, tokens, "Log");
    say(ui, tokens, "What the program did and what went wrong, without words of your documents.");
    place(ui, tokens, "Log", &files.log);
    heading(ui, tokens, "Project");
    match &files.project {
        Some(path) => place(ui, tokens, "Project", path),
        None => say(ui, tokens, "The project has no file yet."),
    }
}

/// A path, cut where it is too long, with a button that copies it.
pub(in crate::ui::dialogs) fn place(ui: &mut Ui, tokens: &Tokens, name: &str, path: &str) {
    ui.horizontal(|ui| {
        let copy = ui.add(Button::new("Copy").small());
        if copy.accessible_name(format!("Copy path: {name}")).clicked() {
            ui.ctx().copy_text(path.to_owned());
        }
        let path = RichText::new(path).monospace().color(tokens.ink);
        ui.add(Label::new(path).truncate());
    });
}
