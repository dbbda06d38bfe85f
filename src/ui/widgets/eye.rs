//! An eye that shows or hides what stands beside it.

use egui::{Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::Tokens;

/// How an eye looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eye {
    /// What it stands for is shown. It is drawn only while the pointer or the keyboard is near.
    Open,
    /// What it stands for is hidden.
    Shut,
}

/// The eye; `name` is what screen readers say, `near` whether the pointer is on its row.
#[expect(clippy::fn_params_excessive_bools, reason = "near or not, as egui says hovered")]
pub fn eye(ui: &mut Ui, tokens: &Tokens, name: &str, look: Eye, near: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::click());
    let shut = look == Eye::Shut;
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), shut, name));
    let drawn = shut || near || response.hovered() || response.has_focus();
    if ui.is_rect_visible(rect) && drawn {
        let color = if response.hovered() { tokens.ink } else { tokens.muted };
        let (painter, center, stroke) = (ui.painter(), rect.center(), Stroke::new(1.2, color));
        painter.add(Shape::ellipse_stroke(center, vec2(6.5, 4.0), stroke));
        painter.circle_filled(center, 1.9, color);
        if shut {
            let slant = vec2(6.0, -5.5);
            painter.line_segment([center - slant, center + slant], stroke);
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, tokens.focus);
            painter.rect_stroke(rect.shrink(1.0), tokens.size.radius, ring, StrokeKind::Inside);
        }
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A triangle that folds what is below it; `name` is what screen readers say.
pub fn fold(ui: &mut Ui, tokens: &Tokens, name: &str, (open, near): (bool, bool)) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(14.0, 20.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), open, name));
    if ui.is_rect_visible(rect) && (!open || near || response.hovered() || response.has_focus()) {
        let color = if response.hovered() { tokens.ink } else { tokens.muted };
        let corners = if open {
            [vec2(-3.5, -2.0), vec2(3.5, -2.0), vec2(0.0, 2.5)]
        } else {
            [vec2(-2.0, -3.5), vec2(2.5, 0.0), vec2(-2.0, 3.5)]
        };
        let points = corners.map(|corner| rect.center() + corner).to_vec();
        ui.painter().add(Shape::convex_polygon(points, color, Stroke::NONE));
        if response.has_focus() {
            let ring = Stroke::new(1.5, tokens.focus);
            ui.painter().rect_stroke(rect, tokens.size.radius, ring, StrokeKind::Inside);
        }
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
