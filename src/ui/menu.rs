//! The menu bar and the palette's button, read from the command table.

use crate::ui::command_table::{Group, commands};
use crate::ui::desk::Desk;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use egui::{Button, RichText, Ui};

/// Draws the bar.
pub fn menu_bar(
    ui: &mut Ui,
    view: Option<&View<'_>>,
    tokens: &Tokens,
    desk: &Desk,
    out: &mut Outbox,
) {
    ui.add_space(5.0);
    egui::MenuBar::new().ui(ui, |ui| {
        ui.add_space(12.0);
        ui.label(RichText::new("Matryoshka").family(egui::FontFamily::Name("bold".into())));
        ui.add_space(10.0);
        for group in Group::ALL {
            ui.menu_button(group.name(), |ui| menu(ui, view, desk, group, out));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(12.0);
            let words = RichText::new("Commands, documents, actors…").color(tokens.muted);
            let key = desk.keymap.palette().first().map(ToString::to_string);
            let button = Button::new(words).shortcut_text(key.unwrap_or_default());
            let button = button.fill(tokens.raised);
            let button = button.stroke(egui::Stroke::new(1.0, tokens.line));
            if ui.add(button.min_size(egui::vec2(300.0, 24.0))).clicked() {
                out.desk(DeskCommand::Palette);
            }
        });
    });
}

fn menu(ui: &mut Ui, view: Option<&View<'_>>, desk: &Desk, group: Group, out: &mut Outbox) {
    ui.set_min_width(230.0);
    for entry in commands(view, desk).into_iter().filter(|entry| entry.group == group) {
        let button = Button::new(&entry.name).shortcut_text(entry.shortcut());
        let response = ui.add_enabled(entry.wish.is_ok(), button);
        match entry.wish {
            Ok(wish) => {
                if response.on_hover_text(entry.hint).clicked() {
                    out.push(wish);
                    ui.close();
                }
            }
            Err(reason) => {
                response.on_disabled_hover_text(format!("{}\nNot now: {reason}", entry.hint));
            }
        }
    }
}
