//! A pill that is on or off: the signs of a position.

use egui::{
    Align2, Color32, FontFamily, FontId, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, vec2,
};

use crate::ui::engine::{TextEngine, one_line};
use crate::ui::theme::Tokens;
use crate::ui::widgets::Face;

/// Longer names are cut.
const WIDEST: f32 = 180.0;

/// A pill with `text` of the program's own, filled with `color` while it is on. `name` is what screen readers say.
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
    let response = pill(ui, tokens, (galley.size(), name), color, on);
    let at = Align2::CENTER_CENTER.anchor_size(response.rect.center(), galley.size()).min;
    ui.painter().galley(at, galley, ink);
    response
}

/// The same with words of a codebook.
#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
pub fn value_toggle(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    (text, name): (&str, &str),
    color: Color32,
    on: bool,
) -> Response {
    let (style, scale) = (Face::Small.style(tokens), ui.pixels_per_point());
    let para = one_line(engine, text, &style, WIDEST, scale);
    let response = pill(ui, tokens, (para.size(), name), color, on);
    let at = response.rect.center() - para.size() / 2.0;
    engine.paint(ui.painter(), at, &para, if on { tokens.page } else { tokens.ink });
    response
}

#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
fn pill(
    ui: &mut Ui,
    tokens: &Tokens,
    (words, name): (Vec2, &str),
    color: Color32,
    on: bool,
) -> Response {
    let size = vec2((words.x + 20.0).max(28.0), 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let (ground, edge) = match (on, response.hovered()) {
        (true, _) => (color, color),
        (false, true) => (tokens.hover, tokens.faint),
        (false, false) => (tokens.raised, tokens.line),
    };
    let edge =
        if response.has_focus() { Stroke::new(2.0, tokens.focus) } else { Stroke::new(1.0, edge) };
    ui.painter().rect(rect, 10.0, ground, edge, StrokeKind::Inside);
    response
}
