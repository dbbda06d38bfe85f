//! The finder: a list beside the selected words that letters narrow down and Enter takes. It finds the record of a
//! mention (`records`) or a value of a feature (`values`).
//!
//! It changes nothing: a row is a wish. Where it stands is decided by `page::beside`.

pub mod records;
pub mod values;

use crate::model::{AnnotationId, Layer, LayerId};
use crate::ui::command_table::Chord;
use crate::ui::desk::{Desk, Selected};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::page::beside;
use crate::ui::shortcuts::take;
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, Row, TextField, badge, hairline, key_cap, words};
use egui::{
    Align, Area, Context, Frame, Id, Key, Layout, Margin, Order, Rect, RichText, Role, ScrollArea,
    Ui, vec2,
};

/// Width in points.
const WIDTH: f32 = 380.0;
/// Height of a row.
const ROW: f32 = 28.0;
/// Rows in sight before the list scrolls.
const ROWS: usize = 10;
/// Rows in sight at least.
const FEWEST: usize = 5;
/// Height of what is around the rows.
const AROUND: f32 = 76.0;
/// Most rows listed.
const MOST: usize = 200;

/// The finder while it is open.
#[derive(Clone, Debug, PartialEq)]
pub struct FinderDesk {
    /// What is being found.
    pub what: Finding,
    /// What has been typed.
    pub typed: String,
    /// Which row Enter takes, counted from 0.
    pub chosen: usize,
    /// Whether a key has just moved there.
    pub moved: bool,
}

/// What is being found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The record that a mention refers to.
    Record(AnnotationId),
    /// A new record without a mention, or one there is.
    NewRecord(LayerId),
    /// A value of a feature of the selected record.
    Value(Selected),
}

/// A row.
pub(in crate::ui::finder) struct Offer<'a> {
    pub(in crate::ui::finder) text: String,
    pub(in crate::ui::finder) aside: String,
    pub(in crate::ui::finder) layer: Option<&'a Layer>,
    pub(in crate::ui::finder) key: String,
    pub(in crate::ui::finder) wish: Wish,
}

/// What the finder shows.
pub(in crate::ui::finder) struct Found<'a> {
    /// Its accessible name.
    pub(in crate::ui::finder) name: String,
    /// What to type.
    pub(in crate::ui::finder) hint: &'static str,
    pub(in crate::ui::finder) offers: Vec<Offer<'a>>,
    /// What Alt and the digits 1, 2 … take.
    pub(in crate::ui::finder) by_digit: Vec<Wish>,
}

/// Shows the finder while it is open and nothing lies over it.
pub fn finder(
    ctx: &Context,
    view: Option<&View<'_>>,
    desk: &mut Desk,
    engine: &mut TextEngine,
    out: &mut Outbox,
) {
    let Some(mut state) = desk.finder.take() else { return };
    let Some(view) =
        view.filter(|_| desk.palette.is_none() && desk.dialog.is_none() && desk.tag_all.is_none())
    else {
        return;
    };
    let found = match &state.what {
        Finding::Record(id) => records::of_mention(view, desk, id, &state.typed),
        Finding::NewRecord(layer) => records::new_record(view, layer, &state.typed),
        Finding::Value(of) => values::of_record(view, of, &state.typed),
    };
    let Some(mut found) = found else { return };
    found.offers.truncate(MOST);
    if take(ctx, &Chord::key(Key::Escape)) {
        return;
    }
    if let Some(wish) = by_digit(ctx, &found) {
        return out.push(wish);
    }
    let count = found.offers.len();
    let moved = take(ctx, &Chord::key(Key::ArrowDown));
    let back = take(ctx, &Chord::key(Key::ArrowUp));
    state.chosen = match (moved, back) {
        (true, _) => state.chosen + 1,
        (_, true) => state.chosen.saturating_sub(1),
        _ => state.chosen,
    };
    state.chosen = state.chosen.min(count.saturating_sub(1));
    state.moved = moved || back;
    let mut taken = take(ctx, &Chord::key(Key::Enter)).then_some(state.chosen);
    let rows = rows_in_sight(ctx, desk.page.words_at, count);
    let at = place(ctx, desk.page.words_at, rows);
    let area = Area::new(Id::unique("finder")).order(Order::Foreground).fixed_pos(at);
    let frame = Frame::popup(&ctx.global_style()).inner_margin(6.0).fill(view.tokens.raised);
    let shown = area.show(ctx, |ui| {
        frame.show(ui, |ui| contents(ui, (view, rows), engine, (&mut state, &found))).inner
    });
    taken = taken.or(shown.inner);
    let elsewhere = ctx.input(|input| input.pointer.any_pressed())
        && !egui::Popup::is_any_open(ctx)
        && ctx.pointer_interact_pos().is_some_and(|at| !shown.response.rect.contains(at));
    match taken.and_then(|row| found.offers.into_iter().nth(row)) {
        Some(offer) => out.push(offer.wish),
        None if elsewhere => {}
        None => desk.finder = Some(state),
    }
}

fn by_digit(ctx: &Context, found: &Found<'_>) -> Option<Wish> {
    let pressed = found.by_digit.iter().enumerate().find(|(at, _)| {
        let key = Key::from_name(&(at + 1).to_string());
        key.is_some_and(|key| take(ctx, &Chord::alt(key)))
    });
    pressed.map(|(_, wish)| wish.clone())
}

/// As many rows as there is room for beside the words.
fn rows_in_sight(ctx: &Context, at: Option<Rect>, count: usize) -> usize {
    let window = ctx.content_rect();
    let height = |rows: usize| rows as f32 * ROW + AROUND;
    let room = match at.filter(|at| window.intersects(*at)) {
        Some(at) => beside::room(at, window, height(ROWS), height(FEWEST)),
        None => height(ROWS),
    };
    count.clamp(1, (((room - AROUND) / ROW).floor() as usize).max(1))
}

/// Beside the words where they are in sight, else in the middle above.
fn place(ctx: &Context, at: Option<Rect>, rows: usize) -> egui::Pos2 {
    let window = ctx.content_rect();
    let size = vec2(WIDTH + 14.0, rows as f32 * ROW + AROUND);
    match at.filter(|at| window.intersects(*at)) {
        Some(at) => beside::beside(at, size, window),
        None => egui::pos2(window.center().x - size.x / 2.0, window.top() + 72.0),
    }
}

/// The id of its field.
fn finder_id() -> Id {
    Id::unique("finder’s field")
}

fn contents(
    ui: &mut Ui,
    (view, rows): (&View<'_>, usize),
    engine: &mut TextEngine,
    (state, found): (&mut FinderDesk, &Found<'_>),
) -> Option<usize> {
    let tokens = view.tokens;
    ui.set_width(WIDTH);
    ui.spacing_mut().item_spacing.y = 0.0;
    let margin = Margin::symmetric(8, 6);
    let field = TextField::one_line(finder_id(), &found.name, &mut state.typed).hint(found.hint);
    let field = field.frame(Frame::new().inner_margin(margin)).show(ui, (tokens, &mut *engine));
    if field.changed() {
        state.chosen = 0;
    }
    field.request_focus();
    hairline(ui, tokens);
    ui.add_space(4.0);
    if found.offers.is_empty() {
        ui.add_space(4.0);
        ui.label(
            RichText::new("  Nothing fits. Type less, or something else.").color(tokens.muted),
        );
    }
    let mut taken = None;
    // The popup keeps its last size: without a least height a longer list would not grow.
    let height = rows as f32 * ROW;
    let list = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
    list.show_named(ui, "what was found", |ui| {
        for (at, offer) in found.offers.iter().enumerate() {
            let chosen = at == state.chosen;
            let response = row(ui, view, engine, offer, chosen);
            if chosen && state.moved {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                taken = Some(at);
            }
        }
    });
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let foot = if found.by_digit.is_empty() {
            "↑ ↓ choose · Enter takes it · Esc leaves"
        } else {
            "Enter takes it · Alt and a digit takes a recent one · Esc leaves"
        };
        ui.label(RichText::new(foot).size(tokens.size.small).color(tokens.muted));
    });
    taken
}

#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
fn row(
    ui: &mut Ui,
    view: &View<'_>,
    engine: &mut TextEngine,
    offer: &Offer<'_>,
    chosen: bool,
) -> egui::Response {
    let tokens = view.tokens;
    let row = Row::new(&offer.text).inset(8.0, 8.0).height(ROW).role(Role::ListBoxOption);
    let row = row.selected(chosen);
    row.show(ui, tokens, |ui| {
        if let Some(layer) = offer.layer {
            badge(ui, (tokens, engine), Some(layer));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !offer.key.is_empty() {
                key_cap(ui, tokens, &offer.key);
            }
            let most = ui.available_width() * 0.5;
            ui.scope(|ui| {
                ui.set_max_width(most);
                words(ui, (tokens, engine), &offer.aside, Face::Small, tokens.muted);
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                words(ui, (tokens, engine), &offer.text, Face::Plain, tokens.ink);
            });
        });
    })
}
