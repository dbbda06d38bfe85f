//! A layer's letter in a rounded square of its colour, and a key in a cap.

use egui::{
    Align2, FontFamily, FontId, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use crate::model::Layer;
use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, told};

/// Side of a badge in points.
const SIDE: f32 = 16.0;

/// The badge of a layer; `?` for one that the codebook does not know.
pub fn badge(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    layer: Option<&Layer>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::set_hidden);
    if ui.is_rect_visible(rect) {
        paint_badge(ui.painter(), (tokens, &mut *engine), rect.center(), layer);
    }
    match layer {
        Some(layer) => told(response, (tokens, engine), &layer.name),
        None => response,
    }
}

/// Draws a badge around `center`.
pub fn paint_badge(
    painter: &Painter,
    (tokens, engine): (&Tokens, &mut TextEngine),
    center: Pos2,
    layer: Option<&Layer>,
) {
    let color = tokens.layer(layer.map_or("", |layer| layer.color.as_str())).mark;
    let rect = Rect::from_center_size(center, vec2(SIDE, SIDE));
    painter.rect_filled(rect, tokens.size.radius, color);
    let letter = layer.map_or('?', |layer| layer.key).to_string();
    let mut style = Face::SmallBold.style(tokens);
    (style.size, style.line_height) = (10.5, SIDE);
    let para = engine.shaped(&letter, f32::INFINITY, &style, painter.pixels_per_point());
    engine.paint(painter, rect.center() - para.size() / 2.0, &para, tokens.page);
}

/// A key, as on the keyboard.
pub fn key_cap(ui: &mut Ui, tokens: &Tokens, key: &str) -> Response {
    let font = FontId::new(tokens.size.small - 1.0, FontFamily::Proportional);
    let galley = ui.painter().layout_no_wrap(key.to_owned(), font.clone(), tokens.muted);
    let size = vec2((galley.size().x + 8.0).max(SIDE), SIDE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Key {key}")));
    ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::set_hidden);
    if ui.is_rect_visible(rect) {
        let edge = Stroke::new(1.0, tokens.line);
        ui.painter().rect(rect, tokens.size.radius, tokens.raised, edge, StrokeKind::Inside);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, key, font, tokens.muted);
    }
    response
}
