//! Fields of the inspector: a muted name at the left, the value at the right, edited in place without a frame around it
//! until one comes near.

use egui::{
    Align, Color32, Frame, Id, Key, Layout, Margin, Response, RichText, Stroke, Ui, UiBuilder, vec2,
};

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, TextField, passage, told, words};

/// Width of the names.
const NAMES: f32 = 104.0;

/// What happened to a field in this frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Whether its words changed.
    pub changed: bool,
    /// Whether the person is done with them: Enter, or the keyboard went elsewhere.
    pub done: bool,
    /// Whether it has the keyboard.
    pub focused: bool,
}

/// A name and, at the right of it, whatever `value` puts there.
pub fn field_row(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    (name, definition): (&str, &str),
    value: impl FnOnce(&mut Ui, &mut TextEngine),
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, response) =
            ui.allocate_exact_size(vec2(NAMES, tokens.size.field), egui::Sense::hover());
        let inner = rect.with_max_x(rect.right() - 8.0);
        let layout = Layout::left_to_right(Align::Center);
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        words(&mut child, (tokens, &mut *engine), name, Face::Plain, tokens.muted);
        if !definition.is_empty() {
            told(response, (tokens, &mut *engine), definition);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
            value(ui, engine);
        });
    });
}

/// A field of one line over `draft`.
pub fn line_field(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    id: Id,
    (name, hint): (&str, &str),
    draft: &mut String,
) -> Typed {
    resting_field(ui, kit, id, (name, (hint, "–")), draft)
}

/// The same; while it has not the keyboard an empty one shows what holds without a value.
pub fn resting_field(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    id: Id,
    (name, (hint, resting)): (&str, (&str, &str)),
    draft: &mut String,
) -> Typed {
    // An example in an empty field would look like a value.
    let hint = if ui.memory(|memory| memory.has_focus(id)) { hint } else { resting };
    let size = vec2(ui.available_width(), kit.0.size.field);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    // A child of its own: the wider edge must not widen the panel.
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect.expand2(vec2(6.0, 0.0))));
    let field = TextField::one_line(id, name, draft).hint(hint);
    let field = field.frame(framed(ui, kit.0, id, Resting::Unframed));
    let response = in_sight(field.show(&mut child, kit));
    let done = response.lost_focus();
    if done && ui.input(|input| input.key_pressed(Key::Escape)) {
        return Typed { changed: response.changed(), done: false, focused: false };
    }
    Typed { changed: response.changed(), done, focused: response.has_focus() }
}

/// A field of several lines over `draft`.
pub fn note_field(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    id: Id,
    (name, hint): (&str, &str),
    draft: &mut String,
) -> Typed {
    area(ui, kit, id, (name, hint), (draft, 2))
}

/// The same on one line, until it needs more.
pub fn answer_field(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    id: Id,
    (name, hint): (&str, &str),
    draft: &mut String,
) -> Typed {
    area(ui, kit, id, (name, hint), (draft, 1))
}

fn area(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    id: Id,
    (name, hint): (&str, &str),
    (draft, rows): (&mut String, usize),
) -> Typed {
    let field = TextField::several_lines(id, name, draft, rows).hint(hint);
    let field = field.frame(framed(ui, kit.0, id, Resting::Framed));
    let response = in_sight(field.show(ui, kit));
    Typed {
        changed: response.changed(),
        done: response.lost_focus(),
        focused: response.has_focus(),
    }
}

/// Whether a field has an edge while nobody is near.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Resting {
    Framed,
    Unframed,
}

/// The words of a field stand below those of other values; the edge reaches over them, and shows when one comes near.
fn framed(ui: &Ui, tokens: &Tokens, id: Id, resting: Resting) -> Frame {
    let focused = ui.memory(|memory| memory.has_focus(id));
    let near = ui.ctx().read_response(id).is_some_and(|response| response.hovered());
    let (ground, edge) = match (focused, near || resting == Resting::Framed) {
        (true, _) => (tokens.raised, tokens.focus),
        (false, true) => (Color32::TRANSPARENT, tokens.line),
        (false, false) => (Color32::TRANSPARENT, Color32::TRANSPARENT),
    };
    let side = if resting == Resting::Framed { 7 } else { 5 };
    Frame::new()
        .fill(ground)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(tokens.size.radius)
        .inner_margin(Margin::symmetric(side, 3))
}

/// What has got the keyboard comes into view.
fn in_sight(response: Response) -> Response {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// A plain sentence below a field.
pub fn hint(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    text: &str,
    color: Color32,
) -> Response {
    let width = ui.available_width();
    passage(ui, (tokens, engine), text, Face::Small, color, width)
}

/// Small words of the program's own at the side of something.
pub fn side_text(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    ui.label(RichText::new(text).size(tokens.size.small).color(tokens.muted))
}
