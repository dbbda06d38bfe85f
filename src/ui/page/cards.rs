//! Margin cards: notes and comments beside the lines that they are about, in the room right of the column.
//!
//! `told` finds what is said, `margin` says where each card stands. Where there is no room for cards, `signs` shows
//! where something is said.

use crate::model::AnnotationId;
use crate::ui::desk::{Desk, Selected};
use crate::ui::engine::{Para, Style, TextEngine, one_line};
use crate::ui::outbox::Outbox;
use crate::ui::page::margin::{self, Wanted};
use crate::ui::page::marks::Drawn;
use crate::ui::page::told::{Kind, Remark, author, day, short_day};
use crate::ui::page::{Frame, page_id, signs};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, Sign, in_words, paint_sign};
use egui::{CursorIcon, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Points from the column to the cards: numbers of deeper annotations and leader lines go there.
const ASIDE: f32 = 30.0;
/// Points that the cards keep from the scroll bar.
const RIGHT: f32 = 22.0;
/// Least and greatest width of a card.
const WIDTH: (f32, f32) = (150.0, 232.0);
/// Points between a card's edge and its words.
const PAD: egui::Vec2 = vec2(10.0, 7.0);
/// Points between the comments of a thread.
const BETWEEN: f32 = 5.0;
/// From a card's upper edge to the middle of its first line.
const FIRST: f32 = 15.0;
/// So much of a card is shown where there is room, where there is less, and where there is least: lines of a remark.
const LINES: [usize; 3] = [4, 2, 1];
/// Comments of a thread that are shown while it is not selected.
const COMMENTS: usize = 3;

/// Shows a card for each note and thread, or signs where cards find no room. Says where the cards are.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &Desk,
    drawn: &[Drawn],
    (engine, out): (&mut TextEngine, &mut Outbox),
) -> Vec<Rect> {
    let remarks = desk.page.told.remarks();
    let mut placed = in_sight(frame, drawn, &remarks);
    placed.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y));
    let Some(band) = band(frame, desk).filter(|_| !desk.no_cards) else {
        signs::show(ui, frame, desk, &placed, (engine, out));
        return Vec::new();
    };
    let room = (band.top(), band.bottom());
    let selected =
        placed.iter().position(|(remark, _)| desk.selected.as_ref() == Some(&remark.about));
    let mut cards = Vec::new();
    for lines in LINES {
        let chosen = |at: usize| Some(at) == selected;
        let most = whole(band);
        cards = placed
            .iter()
            .enumerate()
            .map(|(at, (remark, _))| {
                let shown = if chosen(at) { Shown::Whole(most) } else { Shown::Cut(lines) };
                laid(frame, remark, (band.width(), shown), engine)
            })
            .collect::<Vec<Laid>>();
        if margin::fit(&wanted(&placed, &cards), room) {
            break;
        }
    }
    let wanted = wanted(&placed, &cards);
    if !margin::fit(&wanted, room) {
        signs::show(ui, frame, desk, &placed, (engine, out));
        return Vec::new();
    }
    let tops = margin::stacked(&wanted, selected, room);
    let (mut hovered, mut taken) = (None, Vec::new());
    for (at, (((remark, line), card), top)) in placed.iter().zip(&cards).zip(tops).enumerate() {
        let place = Rect::from_min_size(pos2(band.left(), top), vec2(band.width(), card.height));
        let look = if Some(at) == selected { Look::Selected } else { Look::Quiet };
        leader(frame, (*line, place), look);
        if touched(ui, frame, (remark, place), out) && look == Look::Quiet {
            hovered = Some((*remark, place));
        }
        draw(frame, card, place, look, engine);
        taken.push(place);
    }
    // What the pointer is on is whole, over the others, so that nothing moves under the pointer.
    if let Some((remark, place)) = hovered {
        let card = laid(frame, remark, (band.width(), Shown::Whole(whole(band))), engine);
        let top = place.top().min(band.bottom() - card.height).max(band.top());
        let place = Rect::from_min_size(pos2(place.left(), top), vec2(place.width(), card.height));
        draw(frame, &card, place, Look::Hovered, engine);
        taken.push(place);
    }
    taken
}

/// A line of the text beside which something is said: where the words of the annotation are on it.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui::page) struct Line {
    /// The middle of its small letters.
    pub(in crate::ui::page) y: f32,
    /// The line has a number of deeper annotations at its end.
    pub(in crate::ui::page) numbered: bool,
}

/// The remarks whose words are in sight, each with the first line of them.
fn in_sight<'a>(
    frame: &Frame<'_>,
    drawn: &[Drawn],
    remarks: &'a [Remark],
) -> Vec<(&'a Remark, Line)> {
    let sight = frame.painter.clip_rect().y_range();
    let line = |id: &AnnotationId| {
        let drawn = drawn.iter().find(|drawn| drawn.id == *id)?;
        let middles = drawn.baselines.iter().map(|baseline| baseline - frame.size * 0.3);
        let y = middles.into_iter().find(|y| sight.shrink(2.0).contains(*y))?;
        Some(Line { y, numbered: drawn.deeper })
    };
    remarks.iter().filter_map(|remark| Some((remark, line(&remark.at)?))).collect()
}

/// Where cards may stand: none, if it is too narrow for them.
fn band(frame: &Frame<'_>, desk: &Desk) -> Option<Rect> {
    let sight = frame.painter.clip_rect();
    let left = frame.column.right() + ASIDE;
    let width = (sight.right() - RIGHT - left).min(WIDTH.1);
    // The chip about what is hidden stands in that corner.
    let top = if desk.veil.is_empty() { 10.0 } else { 44.0 };
    let tall = sight.y_range();
    (width >= WIDTH.0).then(|| {
        Rect::from_min_max(
            pos2(left, tall.min + top),
            pos2(left + width, (tall.max - 10.0).max(tall.min + top)),
        )
    })
}

/// So many lines of a remark are shown at most, however long it is: as many as the window has.
fn whole(band: Rect) -> usize {
    ((band.height() / 17.0) as usize).saturating_sub(3).clamp(3, 24)
}

fn wanted(placed: &[(&Remark, Line)], cards: &[Laid]) -> Vec<Wanted> {
    let each = placed.iter().zip(cards);
    each.map(|((_, line), card)| Wanted { top: line.y - FIRST, height: card.height }).collect()
}

/// How much of a card is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// So many lines of each remark.
    Cut(usize),
    /// All of it, at most so many lines of each remark.
    Whole(usize),
}

/// How a card looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Quiet,
    Hovered,
    Selected,
}

/// A card laid out: what is drawn where, from its upper left corner.
struct Laid {
    height: f32,
    rows: Vec<(Pos2, Arc<Para>, Ink)>,
    sign: Option<(Pos2, Sign)>,
}

/// What words are drawn in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ink {
    Words,
    Beside,
}

fn laid(
    frame: &Frame<'_>,
    remark: &Remark,
    (width, shown): (f32, Shown),
    engine: &mut TextEngine,
) -> Laid {
    let (tokens, scale) = (frame.view.tokens, frame.painter.pixels_per_point());
    let room = width - 2.0 * PAD.x;
    let (lines, comments) = match shown {
        // What is settled gives way to what is not.
        Shown::Cut(_) if remark.kind == Kind::Resolved => (1, 1),
        Shown::Cut(lines) => (lines, COMMENTS),
        Shown::Whole(lines) => (lines, usize::MAX),
    };
    let mut card = Laid { height: PAD.y, rows: Vec::new(), sign: None };
    let small = Face::Small.style(tokens);
    for (at, (stamp, words)) in remark.said.iter().take(comments).enumerate() {
        if at > 0 {
            card.height += BETWEEN;
        }
        let y = card.height;
        let mut free = room;
        if at == 0 {
            let kind = kind_words(remark);
            let kind = one_line(engine, &kind, &small, room * 0.6, scale);
            free -= kind.size().x + 6.0;
            let x = PAD.x + room - kind.size().x;
            if let Some(sign) = remark.kind.sign() {
                free -= 14.0;
                card.sign = Some((pos2(x - 8.0, y + 8.5), sign));
            }
            card.rows.push((pos2(x, y), kind, Ink::Beside));
        }
        let bold = Face::SmallBold.style(tokens);
        let name = one_line(engine, author(stamp.as_ref()), &bold, free, scale);
        let (x, after) = (PAD.x, PAD.x + name.size().x + 6.0);
        // The year goes where there is no room for it, then the day.
        let left = free - name.size().x - 6.0;
        for day in [day(stamp.as_ref()), short_day(stamp.as_ref())] {
            let day = engine.shaped(&day, f32::INFINITY, &small, scale);
            if day.size().x <= left {
                card.rows.push((pos2(after, y), day, Ink::Beside));
                break;
            }
        }
        card.rows.push((pos2(x, y), name, Ink::Words));
        let words = first_lines(engine, words, &body(tokens), (room, lines), scale);
        let below = y + small.line_height + 1.0;
        card.height = below + words.size().y;
        card.rows.push((pos2(x, below), words, Ink::Words));
    }
    let more = remark.said.len().saturating_sub(comments);
    if more > 0 && remark.kind != Kind::Resolved {
        let words = engine.shaped(&format!("+{more} more"), f32::INFINITY, &small, scale);
        card.rows.push((pos2(PAD.x, card.height + 2.0), words, Ink::Beside));
        card.height += small.line_height + 2.0;
    }
    card.height += PAD.y + 1.0;
    card
}

/// "note", "open · 2 answers", "resolved · link".
fn kind_words(remark: &Remark) -> String {
    let mut all = vec![remark.kind.word().to_owned()];
    let answers = remark.said.len().saturating_sub(1);
    if answers > 0 {
        all.push(in_words(answers, "answer", "answers"));
    }
    if matches!(remark.about, Selected::Relation(_)) {
        all.push("link".to_owned());
    }
    all.join(" · ")
}

fn body(tokens: &Tokens) -> Style {
    let mut style = Face::Small.style(tokens);
    (style.size, style.line_height) = (tokens.size.small + 0.5, 16.5);
    style
}

/// The first lines of some words, with "…" where there are more.
fn first_lines(
    engine: &mut TextEngine,
    words: &str,
    style: &Style,
    (width, lines): (f32, usize),
    scale: f32,
) -> Arc<Para> {
    // More letters than that fit on no card.
    let most = words.char_indices().nth(lines * 90).map_or(words.len(), |(at, _)| at);
    let head = words.get(..most).unwrap_or(words).trim_end();
    let para = engine.shaped(head, width, style, scale);
    if para.lines().len() <= lines && most == words.len() {
        return para;
    }
    let last = para.lines().get(lines.min(para.lines().len()) - 1);
    let mut end = last.map_or(0, |line| line.end as usize).min(head.len());
    loop {
        let cut = format!("{}…", head.get(..end).unwrap_or_default().trim_end());
        let para = engine.shaped(&cut, width, style, scale);
        if para.lines().len() <= lines || end == 0 {
            return para;
        }
        end = head.get(..end).and_then(|rest| rest.char_indices().next_back()).map_or(0, |c| c.0);
    }
}

/// The card as a thing of its own: a click selects what it is about and opens its thread. Whether the pointer is on it.
fn touched(ui: &Ui, frame: &Frame<'_>, (remark, place): (&Remark, Rect), out: &mut Outbox) -> bool {
    let id = page_id().with(("card", remark.id.as_str()));
    let response = ui.interact(place, id, Sense::click());
    let name = remark.sentence(frame.view.project);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.clicked() {
        remark.open(out);
    }
    response.on_hover_cursor(CursorIcon::PointingHand).hovered()
}

/// A fine line from the line to its card.
fn leader(frame: &Frame<'_>, (line, place): (Line, Rect), look: Look) {
    let tokens = frame.view.tokens;
    let color = if look == Look::Selected { tokens.muted } else { tokens.line };
    let start = frame.column.right() + if line.numbered { 28.0 } else { 8.0 };
    let x = frame.painter.round_to_pixel_center(place.left() - 8.0);
    let y = |y: f32| frame.painter.round_to_pixel_center(y);
    let (from, to) = (y(line.y), y((place.top() + FIRST).min(place.bottom() - 4.0)));
    let points = vec![pos2(start, from), pos2(x, from), pos2(x, to), pos2(place.left(), to)];
    let stroke = Stroke::new(tokens.stroke.hair.min(1.0), color);
    frame.painter.add(egui::Shape::line(points, stroke));
}

fn draw(frame: &Frame<'_>, card: &Laid, place: Rect, look: Look, engine: &mut TextEngine) {
    let (painter, tokens) = (frame.painter, frame.view.tokens);
    let edge = if look == Look::Selected { tokens.muted } else { tokens.line };
    let radius = tokens.size.radius_large;
    if look == Look::Hovered {
        let shadow = painter.ctx().global_style().visuals.popup_shadow;
        painter.add(shadow.as_shape(place, radius));
    }
    let edge = Stroke::new(1.0, edge);
    painter.rect(place, radius, tokens.raised, edge, StrokeKind::Inside);
    let clip = painter.with_clip_rect(place.shrink(1.0).intersect(painter.clip_rect()));
    for (at, para, ink) in &card.rows {
        let color = if *ink == Ink::Words { tokens.ink } else { tokens.muted };
        engine.paint(&clip, place.min + at.to_vec2(), para, color);
    }
    if let Some((at, sign)) = card.sign {
        paint_sign(&clip, place.min + at.to_vec2(), sign, tokens.muted);
    }
}
