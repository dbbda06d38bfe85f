//! The code popup: opened by a layer key, changed by a digit or by typing ahead, accepted by Enter or whatever comes next.
//!
//! It lists the codes of the annotation's layer; the one that holds is marked. Keys are read in `shortcuts`.

use crate::model::{Annotation, Code, CodeId, Codebook, Layer};
use crate::ui::desk::CodePopup;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::workbench::{AnnotationCommand, Command};
use egui::{
    Align2, Area, FontId, Frame, Id, Order, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

/// Width in points.
const WIDTH: f32 = 264.0;
/// Rows shown before the list scrolls.
const ROWS: f32 = 11.0;
/// Height of a row.
const ROW: f32 = 26.0;

/// Codes of the layer that what is typed fits: the name's beginning first, then a word's, then any part.
pub fn matching<'a>(layer: &'a Layer, typed: &str) -> Vec<&'a Code> {
    let typed = typed.trim().to_lowercase();
    let rank = |code: &Code| {
        let name = code.name.to_lowercase();
        if name.starts_with(&typed) {
            return Some(0);
        }
        let word = name.split([' ', '-', '/', '(']).any(|word| word.starts_with(&typed));
        if word { Some(1) } else { name.contains(&typed).then_some(2) }
    };
    let mut found: Vec<(i32, &Code)> =
        layer.codes.iter().filter_map(|code| rank(code).map(|rank| (rank, code))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, code)| code).collect()
}

/// The code that Enter takes: the chosen one of those that match.
pub fn chosen<'a>(
    codebook: &'a Codebook,
    annotation: &Annotation,
    popup: &CodePopup,
) -> Option<&'a Code> {
    let layer = codebook.layer(&annotation.layer)?;
    matching(layer, &popup.typed).get(popup.chosen).copied()
}

/// Draws the popup below `words`.
pub fn show(
    ui: &Ui,
    (codebook, tokens): (&Codebook, &Tokens),
    annotation: &Annotation,
    popup: &CodePopup,
    words: Rect,
    out: &mut Outbox,
) {
    let Some(layer) = codebook.layer(&annotation.layer) else { return };
    let bounds = ui.ctx().content_rect();
    let height = (ROWS * ROW).min(layer.codes.len() as f32 * ROW) + 64.0;
    // Above the words where there is no room below.
    let below = words.bottom() + 8.0;
    let y = if below + height > bounds.bottom() { (words.top() - height).max(8.0) } else { below };
    let x = words.left().min(bounds.right() - WIDTH - 12.0);
    let area = Area::new(Id::unique("code popup")).order(Order::Foreground).fixed_pos(pos2(x, y));
    let frame = Frame::popup(ui.style()).inner_margin(6.0).fill(tokens.raised);
    let taken = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            typed_line(ui, tokens, layer, popup);
            let taken = list(ui, tokens, layer, annotation, popup);
            foot(ui, tokens);
            taken
        })
    });
    if let Some(code) = taken.inner.inner {
        choose(annotation, &code.id, out);
    }
}

/// The codes that fit; the one that was clicked.
fn list<'a>(
    ui: &mut Ui,
    tokens: &Tokens,
    layer: &'a Layer,
    annotation: &Annotation,
    popup: &CodePopup,
) -> Option<&'a Code> {
    let area = egui::ScrollArea::vertical().max_height(ROWS * ROW);
    area.show(ui, |ui| {
        let mut taken = None;
        for (at, code) in matching(layer, &popup.typed).into_iter().enumerate() {
            let holds = annotation.code.as_ref() == Some(&code.id);
            if (Row { code, holds, chosen: at == popup.chosen }).show(ui, tokens, layer) {
                taken = Some(code);
            }
        }
        taken
    })
    .inner
}

/// Sets the code and closes the popup.
pub fn choose(annotation: &Annotation, code: &CodeId, out: &mut Outbox) {
    if annotation.code.as_ref() != Some(code) {
        let command = AnnotationCommand::SetCode(annotation.id.clone(), Some(code.clone()));
        out.ask(Command::Annotation(command));
    }
    out.desk(DeskCommand::CloseMode);
}

fn typed_line(ui: &mut Ui, tokens: &Tokens, layer: &Layer, popup: &CodePopup) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = format!("Code of the {}: {}", layer.name.to_lowercase(), popup.typed);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    let (words, color) = if popup.typed.is_empty() {
        (format!("{}: type a code", layer.name), tokens.faint)
    } else {
        (popup.typed.clone(), tokens.ink)
    };
    let at = rect.left_center() + vec2(8.0, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, words, FontId::proportional(13.0), color);
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
}

/// A code in the list.
struct Row<'a> {
    code: &'a Code,
    holds: bool,
    chosen: bool,
}

impl Row<'_> {
    fn show(&self, ui: &mut Ui, tokens: &Tokens, layer: &Layer) -> bool {
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, true, self.holds, format!("Code {}", self.code.name))
        });
        if self.chosen || response.hovered() {
            let ground = if self.chosen { tokens.selection } else { tokens.panel };
            ui.painter().rect_filled(rect, 4.0, ground);
        }
        if self.chosen {
            response.scroll_to_me(None);
        }
        let mut x = rect.left() + 8.0;
        if let Some(digit) = self.code.digit {
            let at = pos2(x, rect.center().y);
            ui.painter().text(
                at,
                Align2::LEFT_CENTER,
                digit,
                FontId::monospace(11.5),
                tokens.muted,
            );
        }
        x += 18.0;
        let font = FontId::proportional(13.0);
        ui.painter().text(
            pos2(x, rect.center().y),
            Align2::LEFT_CENTER,
            &self.code.name,
            font,
            tokens.ink,
        );
        if self.holds {
            let color = tokens.layer(&layer.color).mark;
            ui.painter().circle_filled(pos2(rect.right() - 12.0, rect.center().y), 3.0, color);
        }
        let clicked = response.clicked();
        if !self.code.definition.is_empty() {
            response.on_hover_text(self.code.definition.as_str());
        }
        clicked
    }
}

fn foot(ui: &mut Ui, tokens: &Tokens) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let words = RichText::new("Enter takes it · Esc leaves it").size(11.5).color(tokens.muted);
        ui.label(words);
    });
}
