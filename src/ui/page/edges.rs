//! Links that lead out of sight: a chip at the page's edge on that side, with the words there; a click goes to them.

use crate::model::{AnnotationId, End};
use crate::query;
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::{Frame, page_id};
use crate::ui::widgets::Face;
use egui::{CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// Height of a chip.
const HEIGHT: f32 = 20.0;
/// Most letters of the words at the other end.
const LETTERS: usize = 24;

/// A link that leads out of sight.
struct Away {
    id: AnnotationId,
    words: String,
    above: bool,
}

/// Shows the chips of the annotation that is selected.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &Desk,
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    if desk.mode != Mode::Reading || desk.page.is_pulling() {
        return;
    }
    let Some(Selected::Annotation(id)) = &desk.selected else { return };
    let (mut above, mut below) = (frame.column.left(), frame.column.left());
    for away in away(frame, desk, id) {
        let left = if away.above { &mut above } else { &mut below };
        *left = chip(ui, frame, (&away, *left), (engine, out)) + 6.0;
    }
}

/// Links of `id` in this document whose other end is above or below what is in sight; the nearest first.
fn away(frame: &Frame<'_>, desk: &Desk, id: &AnnotationId) -> Vec<Away> {
    let project = frame.view.project;
    let seen = frame.placed.first().zip(frame.placed.last());
    let Some((first, last)) = seen else { return Vec::new() };
    let mut found: Vec<(u32, Away)> = Vec::new();
    for link in query::links_of(project, &End::Annotation(id.clone())) {
        let End::Annotation(other) = link.other else { continue };
        let Some(annotation) = frame.shelf.annotations().get(other) else { continue };
        if annotation.place.is_orphan() || desk.veil.hides(annotation) {
            continue;
        }
        let hull = annotation.place.fragments().hull();
        let above = hull.end() <= first.start;
        if above || hull.start() >= last.end {
            let far =
                if above { first.start.0 - hull.end().0 } else { hull.start().0 - last.end.0 };
            let quote = annotation.words(&frame.shelf.document().text);
            let arrow = if above { "↑" } else { "↓" };
            let words = format!("{arrow} {} “{}”", link.name, short(&quote));
            found.push((far, Away { id: other.clone(), words, above }));
        }
    }
    found.sort_by_key(|(far, _)| *far);
    found.into_iter().map(|(_, away)| away).collect()
}

fn short(words: &str) -> String {
    match words.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}

/// Draws a chip from `left` on, as long as there is room; returns where it ends.
fn chip(
    ui: &Ui,
    frame: &Frame<'_>,
    (away, left): (&Away, f32),
    (engine, out): (&mut TextEngine, &mut Outbox),
) -> f32 {
    let (tokens, room) = (frame.view.tokens, frame.painter.clip_rect());
    let style = Face::Small.style(tokens);
    let para = engine.shaped(&away.words, f32::INFINITY, &style, ui.pixels_per_point());
    let top = if away.above { room.top() + 6.0 } else { room.bottom() - HEIGHT - 6.0 };
    let place = Rect::from_min_size(pos2(left, top), vec2(para.size().x + 16.0, HEIGHT));
    // Of very many links the nearest are enough; the inspector has them all.
    if place.right() > room.right() - 22.0 {
        return room.right();
    }
    let id = page_id().with(("away", away.id.as_str(), &away.words));
    let response = ui.interact(place, id, Sense::click());
    let name = format!("Go to: {}", away.words);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let ground = if response.hovered() { tokens.hover } else { tokens.raised };
    let edge = Stroke::new(1.0, tokens.line);
    frame.painter.rect(place, HEIGHT / 2.0, ground, edge, StrokeKind::Inside);
    let at = pos2(place.left() + 8.0, place.center().y - para.size().y / 2.0);
    engine.paint(frame.painter, at, &para, tokens.ink);
    if response.clicked() {
        out.desk(DeskCommand::Reveal(away.id.clone()));
    }
    response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text("The other end of a link. Alt+Left comes back");
    place.right()
}
