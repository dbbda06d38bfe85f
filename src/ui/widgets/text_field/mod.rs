//! The text field of the house, for words in every script, on one line or several.
//!
//! egui's own puts right-to-left words in the wrong order. This one does what people know from it: `changed()`,
//! `has_focus()` and `lost_focus()` of its answer mean the same. What keys do to the words stands in `editing.rs`,
//! which keys in `events.rs`, where letters are in `laid.rs`.

mod drawing;
mod editing;
mod events;
mod history;
mod laid;
#[cfg(test)]
mod laws;
mod mouse;
mod reader;

use std::ops::Range;

use egui::accesskit::Role;
use egui::{Context, Frame, Id, Margin, Pos2, Rect, Response, Sense, Stroke, Ui, vec2};

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::Face;
use crate::ui::widgets::text_field::editing::{Editing, Lines};
use crate::ui::widgets::text_field::events::Target;
use crate::ui::widgets::text_field::laid::{Laid, Setting};
use crate::ui::widgets::text_field::mouse::Grain;
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
        changed |= self.menu(ui, &response, &mut kept, (tokens, &mut *engine));
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
