//! What a list says while there is nothing in it: what it would show, and what to do.

use egui::{RichText, Ui};

use crate::ui::theme::Tokens;

/// A quiet title with a sentence that says what to do.
pub fn empty_state(ui: &mut Ui, tokens: &Tokens, title: &str, what_to_do: &str) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.label(RichText::new(title).color(tokens.ink));
        ui.label(RichText::new(what_to_do).size(tokens.size.small).color(tokens.muted));
    });
}
