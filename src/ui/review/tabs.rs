//! The tabs above the page, which are there while there is something to go to; and the way back from an edit.

use crate::ui::desk::Desk;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::review::{ReviewWish, Tab};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{absent, hairline, tab};
use egui::{Align, Button, Frame, Layout, Margin, Panel, RichText, Sense, Ui, UiBuilder, vec2};

/// Height of the tabs.
const TABS: f32 = 36.0;

/// Text and Review.
pub fn tabs(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    desk: &Desk,
    out: &mut Outbox,
) {
    if !desk.review.is_open() && desk.review.before.is_empty() {
        return absent(ui);
    }
    let frame = Frame::new().fill(tokens.page);
    Panel::top("tabs").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABS), Sense::hover());
        let layout = Layout::left_to_right(Align::Center);
        let inner = rect.shrink2(vec2(16.0, 0.0));
        let mut bar = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        bar.spacing_mut().item_spacing.x = 4.0;
        for (which, name, keys) in
            [(Tab::Text, "Text", "Ctrl+1"), (Tab::Review, "Review", "Ctrl+2")]
        {
            let chosen = desk.review.shown == (which == Tab::Review);
            let response = tab(&mut bar, (tokens, engine), name, None, chosen);
            if response.on_hover_text(keys).clicked() {
                out.desk(DeskCommand::Review(ReviewWish::Tab(which)));
            }
        }
        hairline(ui, tokens);
    });
}

/// While an annotation of mine is edited for the review, a strip leads back to it.
pub fn way_back(ui: &mut Ui, tokens: &Tokens, desk: &Desk, out: &mut Outbox) {
    if desk.review.shown || desk.review.editing.is_none() {
        return absent(ui);
    }
    let frame = Frame::new().fill(tokens.selection).inner_margin(Margin::symmetric(16, 5));
    Panel::top("way back to the review").frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new("Back to the review")).on_hover_text("Ctrl+2").clicked() {
                out.desk(DeskCommand::Review(ReviewWish::Tab(Tab::Review)));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words =
                    "You edit your annotation for the review. What you change counts as decided.";
                ui.add(egui::Label::new(RichText::new(words).color(tokens.ink)).truncate());
            });
        });
    });
}
