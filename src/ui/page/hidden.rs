//! The chip at the page's corner while annotations are hidden: how many, and the way back.

use crate::ui::desk::Desk;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::Frame;
use crate::ui::veil::Unveil;
use egui::{Align2, Area, Button, Id, Margin, Order, RichText, Stroke, Ui, WidgetInfo, pos2};

/// Shows the chip while anything is hidden.
pub(in crate::ui::page) fn show(ui: &Ui, frame: &Frame<'_>, desk: &Desk, out: &mut Outbox) {
    if desk.veil.is_empty() {
        return;
    }
    let tokens = frame.view.tokens;
    let (hidden, all) = (desk.page.sight.hidden(), frame.shelf.annotations().len());
    let words = format!("Hidden: {hidden} of {all}");
    let room = frame.painter.clip_rect();
    let area = Area::new(Id::unique("hidden annotations"))
        .order(Order::Middle)
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(pos2(room.right() - 22.0, room.top() + 8.0));
    let chip = egui::Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(tokens.size.radius_large)
        .inner_margin(Margin::symmetric(10, 3));
    area.show(ui.ctx(), |ui| {
        chip.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                ui.spacing_mut().button_padding.x = 0.0;
                ui.label(RichText::new(&words).size(tokens.size.small).color(tokens.muted));
                let label = RichText::new("Show all").size(tokens.size.small).color(tokens.ink);
                let button = ui.add(Button::new(label).frame(false));
                button.widget_info(|| {
                    WidgetInfo::labeled(egui::Role::Button, true, "Show all annotations")
                });
                if button.clicked() {
                    out.desk(DeskCommand::Veil(Unveil::All));
                }
            });
        });
    });
}
