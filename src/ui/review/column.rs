//! The column in the middle in which the pages of a review stand.

use crate::ui::view::Pane;
use crate::ui::widgets::Scrolled as _;
use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2};

/// Least points on both sides together.
const BESIDE: f32 = 56.0;
/// Greatest width of words and card.
const WIDEST: f32 = 900.0;
/// Points above, and where there is hardly any room.
const ABOVE: f32 = 18.0;
const ABOVE_LOW: f32 = 8.0;
/// Points of room that are hardly any.
const LOW: f32 = 360.0;

/// The width of a column in a room so wide.
fn width(room: f32, widest: f32) -> f32 {
    (room - BESIDE).clamp(200.0, widest)
}

/// A column that is scrolled as a whole.
pub(in crate::ui::review) struct Column<'a> {
    /// What assistive programs are told.
    pub name: &'a str,
    /// What stands above it.
    pub title: &'a str,
    /// Its greatest width.
    pub widest: f32,
    /// Points above the title.
    pub above: f32,
}

/// The column of words with a card below, and its width.
pub(in crate::ui::review) fn of_a_card(ui: &mut Ui) -> (Ui, f32) {
    let room = ui.available_rect_before_wrap();
    let width = width(room.width(), WIDEST);
    let left = (room.center().x - width / 2.0).round();
    let above = if room.height() < LOW { ABOVE_LOW } else { ABOVE };
    let column =
        Rect::from_min_max(pos2(left, room.top() + above), pos2(left + width, room.bottom()));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(column));
    ui.spacing_mut().item_spacing.y = 0.0;
    (ui, width)
}

/// Points between the caption and the words.
pub(in crate::ui::review) fn gap(ui: &Ui) -> f32 {
    if ui.available_height() < LOW { 2.0 } else { 10.0 }
}

/// The title, and below it the contents.
pub(in crate::ui::review) fn scrolled(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    column: &Column<'_>,
    contents: impl FnOnce(&mut Pane<'_>, &mut Ui),
) {
    ScrollArea::vertical().auto_shrink(false).show_named(ui, column.name, |ui| {
        let width = width(ui.available_width(), column.widest);
        let left = ((ui.available_width() - width) / 2.0).max(0.0).round();
        ui.horizontal_top(|ui| {
            ui.add_space(left);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(column.above);
                let bold = egui::FontFamily::Name("bold".into());
                let title = egui::RichText::new(column.title).size(19.0).family(bold);
                ui.label(title.color(pane.view.tokens.ink));
                contents(pane, ui);
                ui.add_space(20.0);
            });
        });
    });
}
