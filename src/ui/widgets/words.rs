//! Words on one line or wrapped, drawn by the text engine, with the whole text on hover where it is cut.
//!
//! Names and quotes may be in any script; egui's own labels are for the program's English.

use egui::{Color32, Response, Sense, Ui, vec2};
use smol_str::SmolStr;
use std::borrow::Cow;

use crate::ui::engine::{Family, Para, Style, TextEngine, quote_label};
use crate::ui::theme::Tokens;

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Names and values.
    Plain,
    /// What stands out.
    Bold,
    /// Beside other text.
    Small,
    /// Headings of sections.
    SmallBold,
    /// What a document says.
    Reading,
}

impl Face {
    /// The style for the engine.
    pub fn style(self, tokens: &Tokens) -> Style {
        let size = tokens.size;
        let (family, size, line_height) = match self {
            Self::Plain | Self::Bold => (Family::Interface, size.text, 18.0),
            Self::Small | Self::SmallBold => (Family::Interface, size.small, 16.0),
            Self::Reading => (Family::Reading, size.reading - 2.0, 25.0),
        };
        let bold = matches!(self, Self::Bold | Self::SmallBold);
        Style { family, size, line_height, bold, language: SmolStr::default() }
    }
}

/// A line of words, cut with "…" at what is left of the width. Screen readers skip it: whatever it stands in is named
/// by a whole sentence.
pub fn words(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    text: &str,
    face: Face,
    color: Color32,
) -> Response {
    let (style, room) = (face.style(tokens), ui.available_width().max(0.0));
    let response = quote_label(ui, engine, text, &style, color, room, Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::set_hidden);
    if response.hovered() && is_cut(ui, engine, text, &style, room) {
        response.show_tooltip_ui(|ui| {
            passage(ui, (tokens, engine), text, Face::Plain, tokens.ink, 320.0);
        });
    }
    response
}

/// The same where nothing else says it: a label of its own for screen readers.
pub fn spoken_words(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    text: &str,
    face: Face,
    color: Color32,
) -> Response {
    let response = words(ui, kit, text, face, color);
    ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::clear_hidden);
    response
}

/// Wrapped words in at most `width` points; very long ones are cut.
pub fn passage(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    text: &str,
    face: Face,
    color: Color32,
    width: f32,
) -> Response {
    let (head, cut) = head(text);
    let shown = if cut { format!("{}…", head.trim_end()) } else { head.to_owned() };
    let para = engine.shaped(&shown, width, &face.style(tokens), ui.pixels_per_point());
    let size = vec2(if para.is_rtl() { width } else { para.size().x }, para.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    if ui.is_rect_visible(rect) {
        engine.paint(ui.painter(), rect.min, &para, color);
    }
    response
}

/// Wrapped words of any length, line ends too, over the whole width; `name` is what screen readers say.
pub fn whole_passage(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    (text, name): (&str, &str),
    face: Face,
    color: Color32,
) -> Response {
    let (style, width) = (face.style(tokens), ui.available_width());
    let scale = ui.pixels_per_point();
    let lines: Vec<_> =
        text.lines().map(|line| engine.shaped(line, width, &style, scale)).collect();
    let high = |para: &Para| para.size().y.max(style.line_height);
    let height = lines.iter().map(|para| high(para)).sum();
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name));
    let mut at = rect.min;
    for para in &lines {
        if ui.is_rect_visible(egui::Rect::from_min_size(at, vec2(width, high(para)))) {
            engine.paint(ui.painter(), at, para, color);
        }
        at.y += high(para);
    }
    response
}

/// A tooltip with words of a codebook or a document, or of the program with such words in them.
pub fn told(
    response: Response,
    (tokens, engine): (&Tokens, &mut TextEngine),
    text: &str,
) -> Response {
    response.on_hover_ui(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for line in text.lines() {
            passage(ui, (tokens, engine), line, Face::Plain, tokens.ink, 320.0);
        }
    })
}

/// A tooltip of the program's own words, with the shortcut if there is one.
pub fn tip(response: Response, tokens: &Tokens, text: &str, shortcut: Option<&str>) -> Response {
    response.on_hover_ui(|ui| {
        ui.horizontal(|ui| {
            ui.label(text);
            if let Some(shortcut) = shortcut {
                crate::ui::widgets::key_cap(ui, tokens, shortcut);
            }
        });
    })
}

/// A name within a sentence of the program: the sentence reads from the left, whatever script the name is in.
pub fn within(name: &str) -> Cow<'_, str> {
    let from_right = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    if name.contains(from_right) {
        Cow::Owned(format!("\u{200e}{name}\u{200e}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// A count with its noun: `1 link`, `3 links`.
pub fn in_words(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn is_cut(ui: &Ui, engine: &mut TextEngine, text: &str, style: &Style, room: f32) -> bool {
    let (head, cut) = head(text);
    cut || engine.shaped(head, f32::INFINITY, style, ui.pixels_per_point()).size().x > room
}

/// As much as is ever shown of a text, and whether there is more.
fn head(text: &str) -> (&str, bool) {
    match text.char_indices().nth(400) {
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    }
}
