//! What divides a panel: headings, tabs, hairlines, and buttons that stay in the background.

use egui::{
    Align, Layout, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use crate::ui::engine::{TextEngine, one_line};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, words};

/// In the place of a panel that is not there now. What is drawn after it keeps its ids: a click, or the field that is
/// typed in, is not lost when a panel comes or goes by itself.
pub fn absent(ui: &mut Ui) {
    ui.skip_ahead_auto_ids(1);
}

/// A heading with a count or a word at the right.
pub fn section_header(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    title: &str,
    aside: &str,
) -> Response {
    let size = vec2(ui.available_width(), tokens.size.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = if aside.is_empty() { title.to_owned() } else { format!("{title}, {aside}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
    if ui.is_rect_visible(rect) {
        let inner = rect.shrink2(vec2(16.0, 0.0));
        let layout = Layout::right_to_left(Align::Center);
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        words(&mut child, (tokens, engine), aside, Face::SmallBold, tokens.muted);
        child.with_layout(Layout::left_to_right(Align::Center), |ui| {
            words(ui, (tokens, engine), title, Face::SmallBold, tokens.muted);
        });
    }
    response
}

/// A tab with its count, if there is one; the chosen one is bold and underlined.
#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
pub fn tab(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    name: &str,
    count: Option<usize>,
    chosen: bool,
) -> Response {
    close_tab(ui, kit, (name, count, 12.0), chosen)
}

/// The same with so many points at each side of its words.
#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
pub fn close_tab(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    (name, count, aside): (&str, Option<usize>, f32),
    chosen: bool,
) -> Response {
    let label = count.map_or_else(|| name.to_owned(), |count| format!("{name} {count}"));
    let face = if chosen { Face::Bold } else { Face::Plain };
    let para = engine.shaped(&label, f32::INFINITY, &face.style(tokens), ui.pixels_per_point());
    let size = vec2(para.size().x + 2.0 * aside, ui.available_height());
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), chosen, &label));
    let ink = if chosen || response.hovered() { tokens.ink } else { tokens.muted };
    engine.paint(ui.painter(), rect.center() - para.size() / 2.0, &para, ink);
    if chosen {
        let under = rect.bottom() - 1.0;
        ui.painter().hline(rect.x_range().shrink(4.0), under, Stroke::new(2.0, tokens.ink));
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, tokens.focus);
        ui.painter().rect_stroke(rect.shrink(4.0), tokens.size.radius, ring, StrokeKind::Inside);
    }
    response
}

/// The hairline, over the whole width.
pub fn hairline(ui: &mut Ui, tokens: &Tokens) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, tokens.line));
}

/// A button of words alone, in muted ink.
pub fn quiet_button(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let label = RichText::new(text).size(tokens.size.small).color(tokens.muted);
    ui.add(egui::Button::new(label).frame(false)).on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The same with a person's name.
pub fn name_button(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    name: &str,
) -> Response {
    const WIDEST: f32 = 180.0;
    let style = Face::Small.style(tokens);
    let para = one_line(engine, name, &style, WIDEST, ui.pixels_per_point());
    let (rect, response) = ui.allocate_exact_size(para.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if response.has_focus() {
        let ring = Stroke::new(tokens.stroke.ring, tokens.focus);
        let inside = StrokeKind::Outside;
        ui.painter().rect_stroke(rect.expand(2.0), tokens.size.radius, ring, inside);
    }
    let ink = if response.hovered() { tokens.ink } else { tokens.muted };
    engine.paint(ui.painter(), rect.min, &para, ink);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
