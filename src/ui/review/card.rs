//! Two sides of one thing beside each other: what is alike kept back, what differs in bold, what is missing in words.
//!
//! The reviewer's card and the author's are drawn by the same code; what stands above and below is theirs.

use crate::ui::engine::TextEngine;
use crate::ui::review::said::{Fact, Said};
use crate::ui::theme::Tokens;
use crate::ui::view::Pane;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, passage, within};
use egui::{
    Frame, Margin, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// Points between the edge of a card and its words.
pub(in crate::ui::review) const INSET: f32 = 18.0;
/// Points around a key with what it does.
pub(in crate::ui::review) const AROUND_KEY: f32 = 6.0;
/// Points below both halves that the card needs for what can be decided; where that takes two rows.
const FOOT: f32 = 52.0;
const FOOT_OF_TWO: f32 = 80.0;
/// The width from which one row is enough.
const ONE_ROW: f32 = 640.0;
/// Least points of both halves.
const LEAST: f32 = 60.0;
/// Least width of the names of facts; longer ones may take a share of the half, then a second line.
const NAMES: f32 = 84.0;
const SHARE_OF_NAMES: f32 = 0.36;
/// Points between a fact's name and what it is.
const BETWEEN: f32 = 10.0;

/// One half of a card.
pub(in crate::ui::review) struct Half<'a> {
    /// Mine, or the guest's name.
    pub title: &'a str,
    /// What is said; none where nothing is.
    pub said: Option<&'a Said>,
    /// What stands there instead.
    pub absent: &'a str,
}

/// A raised frame without room of its own.
pub(in crate::ui::review) fn frame(tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(tokens.size.radius_large)
}

/// A strip of a card over its whole width.
pub(in crate::ui::review) fn strip(
    ui: &mut Ui,
    tokens: &Tokens,
    ground: egui::Color32,
    contents: impl FnOnce(&mut Ui),
) {
    strip_of(ui, tokens, (ground, INSET), contents);
}

fn strip_of(
    ui: &mut Ui,
    tokens: &Tokens,
    (ground, left): (egui::Color32, f32),
    contents: impl FnOnce(&mut Ui),
) {
    let radius = tokens.size.radius_large as u8;
    let below = egui::CornerRadius { sw: radius, se: radius, ..egui::CornerRadius::ZERO };
    let margin = Margin { left: left as i8, ..Margin::symmetric(INSET as i8, 10) };
    Frame::new().fill(ground).corner_radius(below).inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui);
    });
}

/// The strip with what can be decided: the first key stands where the words above begin.
pub(in crate::ui::review) fn foot(ui: &mut Ui, tokens: &Tokens, contents: impl FnOnce(&mut Ui)) {
    strip_of(ui, tokens, (tokens.panel, INSET - AROUND_KEY), contents);
}

/// Both halves and what stands below, scrolled where there is no room: what can be decided is always in sight.
pub(in crate::ui::review) fn scrolled_halves(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    (number, both): (usize, [&Half<'_>; 2]),
    below: impl FnOnce(&mut Pane<'_>, &mut Ui),
) {
    let foot = if ui.available_width() < ONE_ROW { FOOT_OF_TWO } else { FOOT };
    let most = (ui.available_height() - foot).max(LEAST);
    let area = ScrollArea::vertical().id_salt(("both sides", number)).max_height(most);
    area.auto_shrink([false, true]).show_named(ui, "both sides", |ui| {
        halves(ui, pane.kit(), both);
        below(pane, ui);
    });
}

/// Both halves with a line between them.
fn halves(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), halves: [&Half<'_>; 2]) {
    let room = ui.available_rect_before_wrap();
    let middle = room.center().x.round();
    let mut bottom = room.top();
    let places = [(room.left(), middle), (middle, room.right())];
    for ((left, right), half) in places.into_iter().zip(halves) {
        let rect = Rect::from_min_max(
            pos2(left + INSET, room.top() + 12.0),
            pos2(right - INSET, room.bottom().max(room.top() + 12.0)),
        );
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(half.title));
        child.spacing_mut().item_spacing.y = 4.0;
        one(&mut child, (tokens, &mut *engine), half);
        bottom = bottom.max(child.min_rect().bottom());
    }
    let rect = Rect::from_min_max(room.min, pos2(room.right(), bottom + 14.0));
    ui.painter().vline(middle, rect.y_range(), Stroke::new(1.0, tokens.line));
    ui.allocate_rect(rect, Sense::hover());
}

fn one(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), half: &Half<'_>) {
    let by = half.said.map(|said| said.by.as_str()).filter(|by| !by.is_empty());
    let title = by.map_or_else(|| half.title.to_owned(), |by| signed(half.title, by));
    let width = ui.available_width();
    passage(ui, (tokens, &mut *engine), &title, Face::Small, tokens.muted, width);
    let Some(said) = half.said else {
        passage(ui, (tokens, engine), half.absent, Face::Plain, tokens.muted, width);
        return;
    };
    quote(ui, (tokens, &mut *engine), said, width);
    ui.add_space(2.0);
    let differing = || said.facts.iter().filter(|fact| fact.differs);
    let names = width_of_names(ui, (tokens, &mut *engine), differing());
    for one in differing() {
        fact(ui, (tokens, &mut *engine), one, names);
    }
    let alike: Vec<String> =
        said.facts.iter().filter(|fact| !fact.differs).map(|fact| unbroken(&fact.value)).collect();
    if !alike.is_empty() {
        if differing().next().is_some() {
            ui.add_space(4.0);
        }
        // A line ends with the dot, none begins with it.
        let alike = alike.join("\u{a0}· ");
        passage(ui, (tokens, &mut *engine), &alike, Face::Plain, tokens.muted, width);
    }
    if !said.note.is_empty() {
        let note = format!("Note: {}", said.note);
        passage(ui, (tokens, &mut *engine), &note, Face::Plain, tokens.ink, width);
    }
    for comment in &said.comments {
        passage(ui, (tokens, &mut *engine), comment, Face::Plain, tokens.ink, width);
    }
}

/// Whose half it is, by whom and when. Who is reviewed is most often who made it, and is named once.
fn signed(title: &str, by: &str) -> String {
    let (who, when) = by.split_once(" · ").unwrap_or((by, ""));
    let same =
        title.strip_prefix(who).is_some_and(|more| more.is_empty() || more.starts_with(" ("));
    match (same, when) {
        (true, "") => title.to_owned(),
        (true, when) => format!("{} · {when}", within(title)),
        (false, "") => format!("{} · {}", within(title), within(who)),
        (false, when) => format!("{} · {} · {when}", within(title), within(who)),
    }
}

/// The words; those that the other side has not are bold.
fn quote(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), said: &Said, width: f32) {
    let style = Face::Reading.style(tokens);
    let scale = ui.pixels_per_point();
    let para = engine.shaped(&said.quote, width, &style, scale);
    let size = vec2(if para.is_rtl() { width } else { para.size().x }, para.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let only: Vec<&str> =
        said.differs.iter().filter_map(|range| said.quote.get(range.clone())).collect();
    let spoken = if only.is_empty() {
        format!("“{}”", said.quote)
    } else {
        format!("“{}”, only here: “{}”", said.quote, only.join("”, “"))
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    if !ui.is_rect_visible(rect) {
        return;
    }
    engine.paint(ui.painter(), rect.min, &para, tokens.ink);
    // A second stroke beside the first one makes letters of every script bold where they stand.
    let strokes = scale.ceil().max(1.0) as u8;
    for range in &said.differs {
        for piece in para.rects(range.start as u32..range.end as u32) {
            let place = piece.rect.translate(rect.min.to_vec2());
            let painter = ui.painter_at(place.intersect(ui.clip_rect()));
            for stroke in 1..=strokes {
                let by = vec2(f32::from(stroke) / scale, 0.0);
                engine.paint(&painter, rect.min + by, &para, tokens.ink);
            }
        }
    }
}

/// A sign and its word stay on one line: "+ supports".
fn unbroken(value: &str) -> String {
    match value.split_once(' ') {
        Some((sign, word))
            if sign.chars().count() == 1 && !sign.starts_with(char::is_alphanumeric) =>
        {
            format!("{sign}\u{a0}{word}")
        }
        _ => value.to_owned(),
    }
}

/// Points that the names of these facts take: as many as the longest, within its share.
fn width_of_names<'a>(
    ui: &Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    facts: impl Iterator<Item = &'a Fact>,
) -> f32 {
    let (style, scale) = (Face::Plain.style(tokens), ui.pixels_per_point());
    let wide = facts.map(|fact| engine.shaped(&fact.name, f32::INFINITY, &style, scale).size().x);
    let most = (ui.available_width() * SHARE_OF_NAMES).max(NAMES);
    (wide.fold(0.0, f32::max) + BETWEEN).ceil().clamp(NAMES, most)
}

/// A fact that the other side has otherwise.
fn fact(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), one: &Fact, names: f32) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = BETWEEN;
        let spoken = format!("{}: {}, differs", one.name, one.value);
        let kit = (tokens, &mut *engine);
        let room = names - BETWEEN;
        ui.allocate_ui(vec2(room, 0.0), |ui| {
            ui.set_width(room);
            let name = passage(ui, kit, &one.name, Face::Plain, tokens.muted, room);
            name.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        });
        let (face, ink) =
            if one.absent { (Face::Plain, tokens.muted) } else { (Face::Bold, tokens.ink) };
        let width = ui.available_width();
        let shown = passage(ui, (tokens, engine), &unbroken(&one.value), face, ink, width);
        ui.ctx().accesskit_node_builder(shown.id, egui::accesskit::Node::set_hidden);
    });
}

/// A key with what it does, which can be clicked; said as "Keep mine, key M".
pub(in crate::ui::review) fn key_button(
    ui: &mut Ui,
    tokens: &Tokens,
    (key, label, name): (&str, &str, &str),
    can: Result<(), &str>,
) -> Response {
    let font = egui::FontId::proportional(tokens.size.small - 1.0);
    let cap = ui.painter().layout_no_wrap(key.to_owned(), font, tokens.muted);
    let font = egui::FontId::proportional(tokens.size.text);
    let ink = if can.is_ok() { tokens.ink } else { tokens.muted };
    let text = ui.painter().layout_no_wrap(label.to_owned(), font, ink);
    let wide = if key.is_empty() { 0.0 } else { (cap.size().x + 8.0).max(16.0) + 7.0 };
    let size = vec2(wide + text.size().x + 2.0 * AROUND_KEY, 24.0);
    let sense = if can.is_ok() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let spoken = if key.is_empty() { name.to_owned() } else { format!("{name}, key {key}") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, can.is_ok(), &spoken));
    let painter = ui.painter();
    if response.hovered() && can.is_ok() {
        painter.rect_filled(rect, tokens.size.radius, tokens.hover);
    }
    if response.has_focus() {
        let ring = Stroke::new(tokens.stroke.ring, tokens.focus);
        painter.rect_stroke(rect, tokens.size.radius, ring, StrokeKind::Inside);
    }
    let mut x = rect.left() + AROUND_KEY;
    if !key.is_empty() {
        let place = Rect::from_min_size(pos2(x, rect.center().y - 8.0), vec2(wide - 7.0, 16.0));
        let edge = Stroke::new(1.0, tokens.line);
        painter.rect(place, tokens.size.radius, tokens.raised, edge, StrokeKind::Inside);
        painter.galley(place.center() - cap.size() / 2.0, cap, tokens.muted);
        x += wide;
    }
    painter.galley(pos2(x, rect.center().y - text.size().y / 2.0), text, ink);
    match can {
        Ok(()) => response.on_hover_cursor(egui::CursorIcon::PointingHand),
        Err(why) => response.on_hover_text(why),
    }
}
