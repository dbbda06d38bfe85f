//! Chips: values side by side, each with a cross that takes it away.

use egui::{Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, told};

/// Height of a chip.
const HEIGHT: f32 = 20.0;
/// Room for the cross.
const CROSS: f32 = 18.0;

/// A chip with `text`; clicked when its cross was. `name` is what screen readers call the cross: "Remove Berg".
pub fn chip(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    text: &str,
    name: &str,
) -> Response {
    let style = Face::Small.style(tokens);
    let ppp = ui.pixels_per_point();
    let wide = engine.shaped(text, f32::INFINITY, &style, ppp).size().x;
    let most = (ui.max_rect().width() - 8.0 - CROSS).max(24.0);
    let size = vec2(wide.min(most).ceil() + 8.0 + CROSS, HEIGHT);
    let (rect, whole) = ui.allocate_exact_size(size, Sense::hover());
    let cross = Rect::from_min_max(pos2(rect.right() - CROSS, rect.top()), rect.max);
    let response = ui.interact(cross, whole.id.with("cross"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let edge = Stroke::new(1.0, tokens.line);
        ui.painter().rect(rect, HEIGHT / 2.0, tokens.raised, edge, StrokeKind::Inside);
        let inner =
            Rect::from_min_max(rect.min + vec2(8.0, 0.0), pos2(cross.left(), rect.bottom()));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
        crate::ui::widgets::words(
            &mut child,
            (tokens, &mut *engine),
            text,
            Face::Small,
            tokens.ink,
        );
        let near = response.hovered() || response.has_focus();
        let ink = if near { tokens.ink } else { tokens.muted };
        let (middle, arm) = (cross.center() - vec2(2.0, 0.0), 3.0);
        for way in [vec2(arm, arm), vec2(arm, -arm)] {
            ui.painter().line_segment([middle - way, middle + way], Stroke::new(1.2, ink));
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, tokens.focus);
            ui.painter().rect_stroke(rect, HEIGHT / 2.0, ring, StrokeKind::Inside);
        }
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    told(response, (tokens, engine), name)
}
