//! The mouse in a field: clicks, drags, double and triple clicks, the middle button, and the menu of the right one.
//!
//! What is selected then stands in `editing.rs`; where letters are, in `laid.rs`.

use std::ops::Range;

use egui::{CursorIcon, Event, Pos2, Response, Ui, ViewportCommand};

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::MenuItem;
use crate::ui::widgets::text_field::editing::{Editing, Extend, Lines, Spot};
use crate::ui::widgets::text_field::{Drawn, Kept, TextField};

/// How much the mouse selects at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets::text_field) enum Grain {
    Grapheme,
    Word,
    Paragraph,
}

impl TextField<'_> {
    /// Clicks and drags; whether words were pasted with the middle button.
    pub(in crate::ui::widgets::text_field) fn mouse(
        &mut self,
        ui: &Ui,
        response: &Response,
        kept: &mut Kept,
        drawn: &Drawn<'_>,
    ) -> bool {
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Text);
            ui.output_mut(|output| output.mutable_text_under_cursor = true);
        }
        if let Some(at) = response.interact_pointer_pos() {
            let spot = drawn.laid.hit(at - drawn.origin);
            let (pressed, shift) =
                ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
            if response.hovered() && pressed {
                if kept.editing.composing().is_some() {
                    // What was put together so far stays; the input method begins anew elsewhere.
                    ui.memory_mut(egui::Memory::interrupt_ime);
                }
                // In one frame the mouse may be pressed and moved on.
                let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(at);
                let grain = grain(count_press(ui, kept, origin));
                self.press(kept, drawn.laid.hit(origin - drawn.origin), (grain, shift));
                if origin.distance(at) > 2.0 {
                    self.drag(kept, spot);
                }
            } else if response.dragged_by(egui::PointerButton::Primary) {
                self.drag(kept, spot);
            } else if response.secondary_clicked() {
                let selected = kept.editing.selection();
                if !(selected.start..=selected.end).contains(&spot.byte) {
                    kept.editing.go(self.text, spot, Extend::No);
                }
            }
            if pressed && response.hovered() || response.clicked() || response.secondary_clicked() {
                ui.memory_mut(|memory| memory.request_focus(self.id));
            }
        }
        self.paste_by_middle_button(ui, response, kept, drawn)
    }

    fn press(&self, kept: &mut Kept, spot: Spot, (grain, shift): (Grain, bool)) {
        let editing = &mut kept.editing;
        if shift {
            editing.go(self.text, spot, Extend::Yes);
            kept.drag = Some((Grain::Grapheme, editing.anchor()..editing.anchor()));
            return;
        }
        let from = self.grown(spot.byte, grain);
        if grain == Grain::Grapheme {
            editing.go(self.text, spot, Extend::No);
        } else {
            editing.select(self.text, from.start, from.end);
        }
        kept.drag = Some((grain, from));
    }

    fn drag(&self, kept: &mut Kept, spot: Spot) {
        let Some((grain, from)) = kept.drag.clone() else { return };
        if grain == Grain::Grapheme {
            kept.editing.go(self.text, spot, Extend::Yes);
            return;
        }
        let to = self.grown(spot.byte, grain);
        if to.start < from.start {
            kept.editing.select(self.text, from.end, to.start);
        } else {
            kept.editing.select(self.text, from.start, to.end.max(from.end));
        }
    }

    fn grown(&self, at: usize, grain: Grain) -> Range<usize> {
        match (grain, self.lines) {
            (Grain::Grapheme, _) => at..at,
            (Grain::Word, _) => Editing::word_at(self.text, at),
            (Grain::Paragraph, Lines::One) => 0..self.text.len(),
            (Grain::Paragraph, Lines::Several) => Editing::paragraph_at(self.text, at),
        }
    }

    fn paste_by_middle_button(
        &mut self,
        ui: &Ui,
        response: &Response,
        kept: &mut Kept,
        drawn: &Drawn<'_>,
    ) -> bool {
        if !response.contains_pointer() {
            return false;
        }
        let found = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::MiddleClickPaste { pos, text } => Some((*pos, text.clone())),
                _ => None,
            })
        });
        let Some((at, words)) = found else { return false };
        kept.editing.go(self.text, drawn.laid.hit(at - drawn.origin), Extend::No);
        ui.memory_mut(|memory| memory.request_focus(self.id));
        kept.editing.insert(self.text, &words)
    }

    /// The menu of the right button; whether words were cut.
    pub(in crate::ui::widgets::text_field) fn menu(
        &mut self,
        ui: &Ui,
        response: &Response,
        kept: &mut Kept,
        (tokens, engine): (&Tokens, &mut TextEngine),
    ) -> bool {
        let mut changed = false;
        let selected = !kept.editing.selection().is_empty();
        response.context_menu(|ui| {
            ui.set_min_width(150.0);
            let mut entry = |ui: &mut Ui, enabled: bool, (name, key): (&str, &str)| {
                let item = MenuItem::new(name).key(key);
                let kit = (tokens, &mut *engine);
                let clicked = ui.add_enabled_ui(enabled, |ui| item.show(ui, kit)).inner.clicked();
                if clicked {
                    ui.memory_mut(|memory| memory.request_focus(self.id));
                    ui.close();
                }
                clicked
            };
            if entry(ui, selected, ("Cut", "Ctrl+X"))
                && let Some(words) = kept.editing.cut(self.text)
            {
                ui.copy_text(words);
                changed = true;
            }
            if entry(ui, selected, ("Copy", "Ctrl+C")) {
                ui.copy_text(kept.editing.selected(self.text).to_owned());
            }
            if entry(ui, true, ("Paste", "Ctrl+V")) {
                ui.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            if entry(ui, !self.text.is_empty(), ("Select all", "Ctrl+A")) {
                kept.editing.select_all(self.text);
            }
        });
        // A click in the menu is none elsewhere: whoever waits for the field to be left goes on waiting.
        let in_menu = ui
            .input(|input| input.pointer.any_pressed().then(|| input.pointer.interact_pos())?)
            .and_then(|at| ui.ctx().layer_id_at(at))
            .is_some_and(|layer| layer != response.layer_id);
        if in_menu && response.context_menu_opened() && response.lost_focus() {
            ui.memory_mut(|memory| memory.request_focus(self.id));
        }
        changed
    }
}

/// Counts presses that follow one another at one place, as for a double click.
fn count_press(ui: &Ui, kept: &mut Kept, at: Pos2) -> u32 {
    let now = ui.input(|input| input.time);
    let delay = ui.memory(|memory| memory.options.input_options.max_double_click_delay);
    let (before, place, count) = kept.presses;
    let again = now - before < delay && place.distance(at) < 6.0;
    let count = if again { count % 3 + 1 } else { 1 };
    kept.presses = (now, at, count);
    count
}

/// By what the mouse selects after so many clicks.
fn grain(clicks: u32) -> Grain {
    match clicks {
        0 | 1 => Grain::Grapheme,
        2 => Grain::Word,
        _ => Grain::Paragraph,
    }
}
