//! Draws a field and says what is in it: words, selection, caret, composition; for eyes, screen readers and input
//! methods.

use std::ops::Range;

use egui::output::{IMEOutput, OutputEvent};
use egui::text::CharIndex;
use egui::{IMEPurpose, OutputCommand, Painter, Rect, Response, Stroke, Ui, WidgetInfo};

use crate::ui::engine::{TextEngine, one_line};
use crate::ui::widgets::Face;
use crate::ui::widgets::text_field::{Drawn, Kept, TextField, reader};

impl TextField<'_> {
    pub(in crate::ui::widgets::text_field) fn draw(
        &self,
        ui: &Ui,
        engine: &mut TextEngine,
        response: &Response,
        (kept, drawn): (&mut Kept, &Drawn<'_>),
    ) {
        let (tokens, inner) = (drawn.tokens, drawn.inner);
        let moved = response.changed() || kept.editing.selection() != kept.told;
        let caret = drawn.laid.caret(kept.editing.spot()).translate(drawn.origin.to_vec2());
        let focused = response.has_focus();
        if focused && moved {
            ui.scroll_to_rect(caret, None);
        }
        if !ui.is_rect_visible(inner) {
            return;
        }
        let painter = ui.painter_at(inner.expand(1.0).intersect(ui.clip_rect()));
        if focused {
            for rect in drawn.laid.rects(&kept.editing.selection()) {
                let rect = rect.translate(drawn.origin.to_vec2());
                painter.rect_filled(rect, 0.0, tokens.selection);
            }
        }
        if self.text.is_empty() && !self.hint.is_empty() {
            let (style, scale) = (Face::Plain.style(tokens), ui.pixels_per_point());
            let hint = one_line(engine, self.hint, &style, inner.width(), scale);
            engine.paint(&painter, inner.min, &hint, tokens.muted);
        }
        let clip = painter.clip_rect();
        for part in drawn.laid.parts() {
            let corner = drawn.origin + part.corner;
            if corner.y < clip.bottom() && corner.y + part.para.size().y > clip.top() {
                engine.paint(&painter, corner, &part.para, tokens.ink);
            }
        }
        if focused {
            draw_composition(&painter, kept, drawn);
            if ui.input(|input| input.focused) {
                painter.vline(
                    caret.left(),
                    caret.y_range().shrink(1.0),
                    ui.visuals().text_cursor.stroke,
                );
            }
            say_where(ui, inner, caret);
        }
    }

    /// Tells screen readers and the primary clipboard what there is now.
    pub(in crate::ui::widgets::text_field) fn tell(
        &self,
        ui: &mut Ui,
        response: &Response,
        before: &str,
        (kept, drawn): (&mut Kept, &Drawn<'_>),
    ) {
        let focused = response.has_focus();
        let selection = kept.editing.selection();
        let moved = focused && selection != kept.told;
        let info = || {
            let mut info = WidgetInfo::text_edit(ui.is_enabled(), before, &*self.text, self.hint);
            info.label = Some(self.name.to_owned());
            info
        };
        response.widget_info(info);
        if moved && !response.changed() {
            let mut info = info();
            let characters = reader::in_characters(self.text, &selection);
            info.text_selection = Some(CharIndex(characters.start)..CharIndex(characters.end));
            response.output_event(OutputEvent::TextSelectionChanged(info));
        }
        if moved && !ui.input(|input| input.pointer.any_down()) {
            if !selection.is_empty() {
                let words = kept.editing.selected(self.text).to_owned();
                ui.ctx().send_cmd(OutputCommand::TextSelectionSettled(words));
            }
            kept.told = selection;
        }
        let role = self.role;
        ui.ctx().accesskit_node_builder(self.id, |node| node.set_role(role));
        let editing = focused.then_some(&kept.editing);
        reader::publish(ui, (self.id, self.text), (&drawn.laid, drawn.origin), editing);
    }
}

/// A line below what is being put together, a thicker one below the part that is being chosen.
fn draw_composition(painter: &Painter, kept: &Kept, drawn: &Drawn<'_>) {
    let Some(composing) = kept.editing.composing() else { return };
    let line = |range: &Range<usize>, width: f32| {
        for rect in drawn.laid.rects(range) {
            let rect = rect.translate(drawn.origin.to_vec2());
            painter.hline(
                rect.x_range(),
                rect.bottom() - 2.0,
                Stroke::new(width, drawn.tokens.ink),
            );
        }
    };
    line(&composing.range, 1.0);
    if let Some(active) = &composing.active {
        line(active, 2.0);
    }
}

/// Where the window of an input method is to stand.
fn say_where(ui: &Ui, inner: Rect, caret: Rect) {
    let to_screen = ui.ctx().layer_transform_to_global(ui.layer_id()).unwrap_or_default();
    let (rect, cursor_rect) = (to_screen * inner, to_screen * caret);
    ui.output_mut(|output| {
        output.ime = Some(IMEOutput {
            purpose: IMEPurpose::Normal,
            rect,
            cursor_rect,
            should_interrupt_composition: false,
        });
    });
}
