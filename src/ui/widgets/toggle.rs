//! A pill that is on or off: the signs of a position.

use egui::{
    Align2, Color32, FontFamily, FontId, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    vec2,
};

use crate::ui::theme::Tokens;

/// A pill with `text`, filled with `color` while it is on. `name` is what screen readers say.
#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
pub fn pill_toggle(
    ui: &mut Ui,
    tokens: &Tokens,
    (text, name): (&str, &str),
    color: Color32,
    on: bool,
) -> Response {
    let font = FontId::new(tokens.size.small, FontFamily::Proportional);
    let ink = if on { tokens.page } else { tokens.ink };
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let size = vec2((galley.size().x + 20.0).max(28.0), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if ui.is_rect_visible(rect) {
        let (ground, edge) = match (on, response.hovered()) {
            (true, _) => (color, color),
            (false, true) => (tokens.hover, tokens.faint),
            (false, false) => (tokens.raised, tokens.line),
        };
        let edge = if response.has_focus() {
            Stroke::new(2.0, tokens.focus)
        } else {
            Stroke::new(1.0, edge)
        };
        ui.painter().rect(rect, 10.0, ground, edge, StrokeKind::Inside);
        let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min;
        ui.painter().galley(at, galley, ink);
    }
    response
}
