//! Choosing one of many, or several: the value as words, a popup of rows below it, typing narrows them down.
//!
//! While the popup is open its state lies in egui's memory; nothing is chosen before a row is taken.

use egui::{
    Key, Modifiers, Popup, PopupCloseBehavior, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, Row, TextField, key_cap, rows, words};

/// Lists longer than this have a field to narrow them down.
const SHORT: usize = 8;

/// A row of the popup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The words.
    pub text: String,
    /// The key that does the same, if there is one.
    pub key: Option<String>,
    /// Whether it holds now.
    pub checked: bool,
}

/// What was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The row, counted from 0.
    Item(usize),
    /// A new thing of this name.
    New(String),
}

/// A picker to be shown.
#[must_use]
#[expect(clippy::struct_excessive_bools, reason = "independent options of a builder")]
pub struct Picker<'a> {
    name: &'a str,
    shown: &'a str,
    face: Face,
    unset: bool,
    dots: bool,
    several: bool,
    focus: bool,
    width: Option<f32>,
    makes: Option<&'a str>,
}

#[derive(Clone, Default)]
struct Open {
    typed: String,
    chosen: usize,
    fresh: bool,
    /// Whether the list was in sight in the last frame.
    shown: bool,
    /// Whether a key took the row.
    by_key: bool,
}

impl<'a> Picker<'a> {
    /// A picker named `name` that shows `shown`.
    pub fn new(name: &'a str, shown: &'a str) -> Self {
        Self {
            name,
            shown,
            face: Face::Plain,
            unset: false,
            dots: false,
            several: false,
            focus: false,
            width: None,
            makes: None,
        }
    }

    /// How the value is set.
    pub fn face(mut self, face: Face) -> Self {
        self.face = face;
        self
    }

    /// Whether nothing is set, and what is shown only says so.
    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    pub fn unset(mut self, unset: bool) -> Self {
        self.unset = unset;
        self
    }

    /// Only three dots: a menu of what can be done.
    pub fn dots(mut self) -> Self {
        self.dots = true;
        self
    }

    /// Several rows may hold: the popup stays open.
    pub fn several(mut self) -> Self {
        self.several = true;
        self
    }

    /// Gives it the keyboard.
    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    pub fn focus(mut self, focus: bool) -> Self {
        self.focus = focus;
        self
    }

    /// At most so wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// A name that is not in the list makes a new `thing`.
    pub fn makes(mut self, thing: &'a str) -> Self {
        self.makes = Some(thing);
        self
    }

    /// Shows it; `items` are asked for only while the popup is open.
    pub fn show(
        self,
        ui: &mut Ui,
        (tokens, engine): (&Tokens, &mut TextEngine),
        items: impl FnOnce() -> Vec<Item>,
    ) -> Option<Picked> {
        let response = self.button(ui, (tokens, engine));
        let popup = Popup::from_toggle_button_response(&response)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name(self.name)
            .width(response.rect.width().max(220.0));
        let state = response.id.with("open");
        let before = ui.data(|data| data.get_temp::<Open>(state));
        let was_shown = before.as_ref().is_some_and(|open| open.shown);
        let mut open = match before {
            Some(open) if popup.is_open() && !response.clicked() => open,
            _ => Open { fresh: true, ..Open::default() },
        };
        open.shown = popup.is_open();
        let picked = popup
            .show(|ui| self.list(ui, (tokens, engine), &mut open, &items()))
            .and_then(|p| p.inner);
        // Whoever came by key goes on by key. The list is closed by Escape where it is drawn, or before.
        let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
        let closed = (was_shown || open.shown) && !is_open;
        if closed && ui.input(|input| input.key_pressed(Key::Escape)) {
            response.request_focus();
        }
        if picked.is_some() && open.by_key {
            response.request_focus();
        }
        ui.data_mut(|data| data.insert_temp(state, open));
        picked
    }

    fn button(&self, ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine)) -> Response {
        let room = if self.dots { 20.0 } else { ui.available_width() };
        let width = self.width.unwrap_or(room).min(room).max(20.0);
        let (rect, response) =
            ui.allocate_exact_size(vec2(width, tokens.size.field), Sense::click());
        response.widget_info(|| {
            let role = if self.dots { Role::Button } else { Role::ComboBox };
            let mut info = WidgetInfo::labeled(role, ui.is_enabled(), self.name);
            info.current_text_value = (!self.dots).then(|| self.shown.to_owned());
            info
        });
        if self.focus {
            response.request_focus();
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
        let ground = rect.expand2(vec2(if self.dots { 0.0 } else { 4.0 }, -2.0));
        if response.hovered() || open {
            ui.painter().rect_filled(ground, tokens.size.radius, tokens.hover);
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, tokens.focus);
            ui.painter().rect_stroke(ground, tokens.size.radius, ring, StrokeKind::Inside);
        }
        if self.dots {
            for x in [-4.0, 0.0, 4.0] {
                ui.painter().circle_filled(rect.center() + vec2(x, 0.0), 1.2, tokens.muted);
            }
            return response;
        }
        if response.hovered() || response.has_focus() || open {
            chevron(ui, tokens, rect.right_center());
        }
        let inner = rect.with_max_x(rect.right() - 12.0);
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        let ink = if self.unset { tokens.muted } else { tokens.ink };
        words(&mut child, (tokens, engine), self.shown, self.face, ink);
        response
    }

    fn list(
        &self,
        ui: &mut Ui,
        (tokens, engine): (&Tokens, &mut TextEngine),
        open: &mut Open,
        items: &[Item],
    ) -> Option<Picked> {
        ui.spacing_mut().item_spacing.y = 0.0;
        if items.len() > SHORT || self.makes.is_some() {
            self.filter(ui, (tokens, engine), open);
        }
        let wanted = open.typed.trim().to_lowercase();
        let mut found: Vec<usize> = (0..items.len())
            .filter(|index| {
                items.get(*index).is_some_and(|item| item.text.to_lowercase().contains(&wanted))
            })
            .collect();
        let starts = |index: &usize| {
            items.get(*index).is_some_and(|i| i.text.to_lowercase().starts_with(&wanted))
        };
        found.sort_by_key(|index| !starts(index));
        if open.fresh && !self.several {
            let holds = |index: &usize| items.get(*index).is_some_and(|item| item.checked);
            open.chosen = found.iter().position(holds).unwrap_or_default();
        }
        let exact = items.iter().any(|item| item.text.to_lowercase() == wanted);
        let makes = self.makes.filter(|_| !wanted.is_empty() && !exact);
        let count = found.len() + usize::from(makes.is_some());
        let taken = keys(ui, open, count);
        let mut picked = taken.and_then(|row| row_meaning(&found, row, &open.typed));
        open.by_key = picked.is_some() && !self.several;
        let height = tokens.size.row;
        ScrollArea::vertical().max_height(height * 10.0).show_named(ui, "the choices", |ui| {
            let top = ui.cursor().min;
            rows(ui, height, count, |ui, row| {
                let item = found.get(row).and_then(|index| items.get(*index));
                if Self::row(ui, (tokens, engine), item, row == open.chosen, (makes, &open.typed))
                    .clicked()
                {
                    picked = row_meaning(&found, row, &open.typed);
                }
            });
            if open.fresh
                || ui.input(|input| {
                    input.key_pressed(Key::ArrowDown) || input.key_pressed(Key::ArrowUp)
                })
            {
                let at = top + vec2(0.0, height * open.chosen as f32);
                ui.scroll_to_rect(egui::Rect::from_min_size(at, vec2(1.0, height)), None);
            }
        });
        if count == 0 {
            crate::ui::widgets::empty_state(
                ui,
                tokens,
                "Nothing of that name",
                "Type less, or something else.",
            );
        }
        open.fresh = false;
        if picked.is_some() && !self.several {
            ui.close();
        }
        picked
    }

    fn filter(&self, ui: &mut Ui, kit: (&Tokens, &mut TextEngine), open: &mut Open) {
        let tokens = kit.0;
        let hint = if self.makes.is_some() { "Type a name…" } else { "Type to narrow down…" };
        let id = ui.scope_id().with("filter");
        let margin = egui::Margin::symmetric(8, 6);
        let name = format!("{}: filter", self.name);
        let field = TextField::one_line(id, &name, &mut open.typed).hint(hint);
        let response = field.frame(egui::Frame::new().inner_margin(margin)).show(ui, kit);
        if open.fresh {
            response.request_focus();
        }
        if response.changed() {
            open.chosen = 0;
        }
        crate::ui::widgets::hairline(ui, tokens);
    }

    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    fn row(
        ui: &mut Ui,
        (tokens, engine): (&Tokens, &mut TextEngine),
        item: Option<&Item>,
        chosen: bool,
        (makes, typed): (Option<&str>, &str),
    ) -> Response {
        let new =
            || format!("New {}: “{}”", makes.unwrap_or_default().to_lowercase(), typed.trim());
        let text = item.map_or_else(new, |item| item.text.clone());
        let checked = item.is_some_and(|item| item.checked);
        let row = Row::new(&text).inset(8.0, 8.0).role(Role::ListBoxOption).selected(checked);
        let row = if chosen { row.chosen() } else { row.without_ground() };
        row.show(ui, tokens, |ui| {
            check_mark(ui, tokens, checked);
            if let Some(key) = item.and_then(|item| item.key.as_deref()) {
                key_cap(ui, tokens, key);
            }
            words(ui, (tokens, engine), &text, Face::Plain, tokens.ink);
        })
    }
}

/// Arrow keys move the chosen row; Enter takes it.
fn keys(ui: &Ui, open: &mut Open, count: usize) -> Option<usize> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        open.chosen = (open.chosen + 1).min(count.saturating_sub(1));
    }
    if pressed(Key::ArrowUp) {
        open.chosen = open.chosen.saturating_sub(1);
    }
    let takes = !open.fresh && pressed(Key::Enter) && open.chosen < count;
    takes.then_some(open.chosen)
}

fn row_meaning(found: &[usize], row: usize, typed: &str) -> Option<Picked> {
    match found.get(row) {
        Some(index) => Some(Picked::Item(*index)),
        None if typed.trim().is_empty() => None,
        None => Some(Picked::New(typed.trim().to_owned())),
    }
}

fn chevron(ui: &Ui, tokens: &Tokens, right: egui::Pos2) {
    let middle = right - vec2(6.0, 0.0);
    let points = [(-3.0, -1.5), (0.0, 1.5), (3.0, -1.5)].map(|(x, y)| middle + vec2(x, y));
    ui.painter().line(points.to_vec(), Stroke::new(1.2, tokens.muted));
}

#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
fn check_mark(ui: &mut Ui, tokens: &Tokens, checked: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
    if checked {
        let points =
            [(-4.0, 0.0), (-1.0, 3.0), (4.0, -3.5)].map(|(x, y)| rect.center() + vec2(x, y));
        ui.painter().line(points.to_vec(), Stroke::new(1.5, tokens.ink));
    }
}
