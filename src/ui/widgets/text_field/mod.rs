//! The text field of the house, for words in every script, on one line or several.
//!
//! egui's own puts right-to-left words in the wrong order. This one does what people know from it: `changed()`,
//! `has_focus()` and `lost_focus()` of its answer mean the same. What keys do to the words stands in `editing.rs`,
//! which keys in `events.rs`, where letters are in `laid.rs`.

mod editing;
mod events;
mod history;
mod laid;
#[cfg(test)]
mod laws;
mod reader;

use std::ops::Range;

use egui::accesskit::Role;
use egui::output::{IMEOutput, OutputEvent};
use egui::text::CharIndex;
use egui::{
    Context, CursorIcon, Event, Frame, IMEPurpose, Id, Margin, OutputCommand, Painter, Pos2, Rect,
    Response, Sense, Stroke, Ui, ViewportCommand, WidgetInfo, vec2,
};

use crate::ui::engine::{TextEngine, one_line};
use crate::ui::theme::Tokens;
use crate::ui::widgets::Face;
use crate::ui::widgets::text_field::editing::{Editing, Extend, Lines, Spot};
use crate::ui::widgets::text_field::events::Target;
use crate::ui::widgets::text_field::laid::{Laid, Setting};
use crate::ui::widgets::text_field::reader::Asked;

/// Narrower than that no field gets.
const LEAST: f32 = 24.0;
/// Most characters in a field of one line.
const MOST_ON_A_LINE: usize = 20_000;

/// A field to be shown.
#[must_use]
pub struct TextField<'a> {
    id: Id,
    name: &'a str,
    text: &'a mut String,
    hint: &'a str,
    lines: Lines,
    rows: usize,
    width: f32,
    frame: Option<Frame>,
    select_all: bool,
    role: Role,
}

/// What a field remembers while it has the keyboard.
#[derive(Clone, Debug)]
struct Kept {
    editing: Editing,
    /// Points by which the words are moved to the left, so that the caret is in sight.
    scroll: Option<f32>,
    /// What the mouse selects by, and what it began with.
    drag: Option<(Grain, Range<usize>)>,
    /// When and where the mouse was pressed last, and how many times in a row.
    presses: (f64, Pos2, u32),
    /// The selection that was last put on the primary clipboard.
    told: Range<usize>,
}

/// How much the mouse selects at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Grapheme,
    Word,
    Paragraph,
}

/// Whether a field has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Has,
    HasNot,
}

impl Focus {
    fn of(ui: &Ui, id: Id) -> Self {
        if ui.memory(|memory| memory.has_focus(id)) { Self::Has } else { Self::HasNot }
    }
}

/// Marks the ids of fields.
#[derive(Clone, Copy)]
struct IsField;

/// Whether a text field has the keyboard, so that letters belong to it.
pub fn is_typing(ctx: &Context) -> bool {
    let focused = ctx.memory(egui::Memory::focused);
    focused.is_some_and(|id| ctx.data(|data| data.get_temp::<IsField>(id)).is_some())
}

/// A drawn field.
struct Drawn<'a> {
    tokens: &'a Tokens,
    inner: Rect,
    origin: Pos2,
    laid: Laid,
}

impl<'a> TextField<'a> {
    /// A field of one line, named `name` for those who do not see it.
    pub fn one_line(id: Id, name: &'a str, text: &'a mut String) -> Self {
        Self {
            id,
            name,
            text,
            hint: "",
            lines: Lines::One,
            rows: 1,
            width: f32::INFINITY,
            frame: None,
            select_all: false,
            role: Role::TextInput,
        }
    }

    /// A field that has at least `rows` lines and grows.
    pub fn several_lines(id: Id, name: &'a str, text: &'a mut String, rows: usize) -> Self {
        let one = Self::one_line(id, name, text);
        Self { lines: Lines::Several, rows, role: Role::MultilineTextInput, ..one }
    }

    /// What an empty field shows.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// At most so wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// What is around the words.
    pub fn frame(mut self, frame: Frame) -> Self {
        self.frame = Some(frame);
        self
    }

    /// It is a field for words to look for.
    pub fn for_search(mut self) -> Self {
        self.role = Role::SearchInput;
        self
    }

    /// Gives it the keyboard with everything selected, so that what is typed next replaces it.
    pub fn enter(mut self) -> Self {
        self.select_all = true;
        self
    }

    /// Shows it.
    pub fn show(mut self, ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine)) -> Response {
        let id = self.id;
        let before = self.text.clone();
        if self.select_all {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let focus = Focus::of(ui, id);
        let frame = self.frame.unwrap_or_else(|| usual_frame(tokens, focus));
        let around = frame.total_margin().sum();
        let width = self.width.min(ui.available_width()).max(LEAST);
        let setting = self.setting(ui, tokens, width - around.x);
        let mut kept = self.kept(ui);
        let mut changed = self.obey(ui, &mut kept, (engine, &setting));
        if focus == Focus::Has {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, events::FILTER));
            let (editing, text) = (&mut kept.editing, &mut *self.text);
            let mut target = Target { editing, text, engine, setting: &setting };
            changed |= events::apply(ui, id, &mut target);
        }
        let laid = Laid::new(engine, self.text, &setting);
        let least = setting.style.line_height * self.rows as f32;
        let size = vec2(width, laid.height.max(least) + around.y);
        let (_, outer) = ui.allocate_space(size);
        let mut response = ui.interact(outer, id, Sense::click_and_drag());
        // The space bar presses buttons, not fields.
        response.flags -= egui::response::Flags::FAKE_PRIMARY_CLICKED;
        let inner = outer - frame.total_margin();
        let mut drawn = Drawn { tokens, inner, origin: inner.min, laid };
        drawn.origin.x -= self.offset(&drawn, &mut kept, focus);
        changed |= self.mouse(ui, &response, &mut kept, &drawn);
        changed |= self.menu(ui, &response, &mut kept);
        if changed {
            response.mark_changed();
            drawn.laid = Laid::new(engine, self.text, &setting);
        }
        drawn.origin.x = inner.left() - self.offset(&drawn, &mut kept, Focus::of(ui, id));
        ui.painter().add(frame.paint(inner));
        self.draw(ui, engine, &response, (&mut kept, &drawn));
        self.tell(ui, &response, &before, (&mut kept, &drawn));
        let keeps = response.has_focus() || response.context_menu_opened();
        ui.data_mut(|data| {
            data.insert_temp(id, IsField);
            data.insert_temp(id, keeps.then_some(kept));
        });
        response
    }

    fn offset(&self, drawn: &Drawn<'_>, kept: &mut Kept, focus: Focus) -> f32 {
        match self.lines {
            Lines::One => offset(&drawn.laid, drawn.inner.width(), kept, focus),
            Lines::Several => 0.0,
        }
    }

    fn setting(&self, ui: &Ui, tokens: &Tokens, inner: f32) -> Setting {
        let width = if self.lines == Lines::One { f32::INFINITY } else { inner.max(1.0) };
        Setting {
            style: Face::Plain.style(tokens),
            width,
            pixels_per_point: ui.pixels_per_point(),
            lines: self.lines,
        }
    }

    fn kept(&self, ui: &Ui) -> Kept {
        let most = if self.lines == Lines::One { MOST_ON_A_LINE } else { usize::MAX };
        let kept = ui.data_mut(|data| data.remove_temp::<Option<Kept>>(self.id)).flatten();
        let mut kept = kept.unwrap_or_else(|| Kept {
            editing: Editing::at_end(self.text, self.lines, most),
            scroll: None,
            drag: None,
            presses: (f64::NEG_INFINITY, Pos2::ZERO, 0),
            told: 0..0,
        });
        kept.editing.meet(self.text);
        if self.select_all {
            kept.editing.select_all(self.text);
        }
        kept
    }

    /// Does what assistive programs ask; whether the words changed.
    fn obey(
        &mut self,
        ui: &Ui,
        kept: &mut Kept,
        (engine, setting): (&mut TextEngine, &Setting),
    ) -> bool {
        let laid = || Laid::new(engine, self.text, setting);
        let mut changed = false;
        for asked in reader::asked(ui, self.id, laid) {
            match asked {
                Asked::Set(words) => changed |= kept.editing.set(self.text, &words),
                Asked::Replace(words) => changed |= kept.editing.insert(self.text, &words),
                Asked::Select(anchor, at) => {
                    kept.editing.select(self.text, anchor, at);
                    ui.memory_mut(|memory| memory.request_focus(self.id));
                }
            }
        }
        changed
    }

    /// Clicks and drags; whether words were pasted with the middle button.
    fn mouse(&mut self, ui: &Ui, response: &Response, kept: &mut Kept, drawn: &Drawn<'_>) -> bool {
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Text);
            ui.output_mut(|output| output.mutable_text_under_cursor = true);
        }
        if let Some(at) = response.interact_pointer_pos() {
            let spot = drawn.laid.hit(at - drawn.origin);
            let (pressed, shift) =
                ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
            if response.hovered() && pressed {
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
    fn menu(&mut self, ui: &Ui, response: &Response, kept: &mut Kept) -> bool {
        let mut changed = false;
        let selected = !kept.editing.selection().is_empty();
        response.context_menu(|ui| {
            let entry = |ui: &mut Ui, enabled: bool, name: &str| {
                let clicked = ui.add_enabled(enabled, egui::Button::new(name)).clicked();
                if clicked {
                    ui.memory_mut(|memory| memory.request_focus(self.id));
                    ui.close();
                }
                clicked
            };
            if entry(ui, selected, "Cut")
                && let Some(words) = kept.editing.cut(self.text)
            {
                ui.copy_text(words);
                changed = true;
            }
            if entry(ui, selected, "Copy") {
                ui.copy_text(kept.editing.selected(self.text).to_owned());
            }
            if entry(ui, true, "Paste") {
                ui.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            if entry(ui, !self.text.is_empty(), "Select all") {
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

    fn draw(
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
    fn tell(
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

/// How fields look where nothing else is said: raised, with an edge that shows the keyboard.
fn usual_frame(tokens: &Tokens, focus: Focus) -> Frame {
    let edge = if focus == Focus::Has { tokens.focus } else { tokens.line };
    Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(tokens.size.radius)
        .inner_margin(Margin::symmetric(8, 4))
}

/// How far the words are moved to the left: the caret is in sight, and right-to-left words stand at the right.
fn offset(laid: &Laid, width: f32, kept: &mut Kept, focus: Focus) -> f32 {
    let (left, right) = laid.reach();
    let start = if laid.is_rtl(kept.editing.spot()) { right - width } else { left };
    let scroll = match (kept.scroll, focus) {
        (Some(scroll), Focus::Has) if right - left > width => {
            let caret = laid.caret(kept.editing.spot()).left();
            let scroll = scroll.clamp(caret - width, caret);
            scroll.clamp(left, right - width)
        }
        _ => start,
    };
    kept.scroll = Some(scroll);
    scroll
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
