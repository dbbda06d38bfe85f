//! Code chips: what an annotation is, above its words, while the pointer is on it or, if one wants, always.

use crate::model::{Annotation, AnnotationId, End, Project};
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::engine::{TextEngine, one_line};
use crate::ui::page::Frame;
use crate::ui::page::marks::Drawn;
use crate::ui::widgets::{Face, paint_badge};
use egui::{Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

/// From the baseline up to the middle of a chip, against the size of the words, and points more.
const ABOVE: (f32, f32) = (13.0 / 17.0, 10.0);
/// Size of the letters of what is always shown.
const SMALL: f32 = 9.0;
/// Widest chip.
const WIDEST: f32 = 260.0;

/// Draws the chips and says where they are, so that nothing else is put there.
pub(in crate::ui::page) fn show(
    frame: &Frame<'_>,
    desk: &Desk,
    drawn: &[Drawn],
    engine: &mut TextEngine,
) -> Vec<Rect> {
    let mut taken: Vec<Rect> = Vec::new();
    if desk.mode != Mode::Reading || desk.page.pull.is_some() {
        return taken;
    }
    // What is selected is told of in the inspector.
    let project = frame.view.project;
    let selected = |id: &&AnnotationId| match &desk.selected {
        Some(Selected::Annotation(selected)) => !desk.hidden.right && selected == *id,
        Some(Selected::Relation(link)) => project.relations().get(link).is_some_and(|link| {
            let end = End::Annotation((*id).clone());
            link.from == end || link.to == end
        }),
        _ => false,
    };
    let hovered = desk.page.hovered().filter(|id| !selected(id));
    let first = drawn.iter().filter(|drawn| Some(&drawn.id) == hovered);
    let rest = drawn.iter().filter(|drawn| desk.chips && Some(&drawn.id) != hovered);
    for drawn in first {
        let annotation = frame.shelf.annotations().get(&drawn.id);
        if let Some((annotation, start)) = annotation.zip(drawn.start()) {
            chip(frame, annotation, (start, drawn.rtl), (engine, &mut taken));
        }
    }
    for drawn in rest {
        let annotation = frame.shelf.annotations().get(&drawn.id);
        if let Some((annotation, start)) = annotation.zip(drawn.start()) {
            label(frame, annotation, (start, drawn.rtl), (engine, &mut taken));
        }
    }
    taken
}

/// The code alone, small and in the layer's colour, so that the bars of the line above stay in sight.
fn label(
    frame: &Frame<'_>,
    annotation: &Annotation,
    (start, rtl): (Pos2, bool),
    (engine, taken): (&mut TextEngine, &mut Vec<Rect>),
) {
    let (painter, tokens) = (frame.painter, frame.view.tokens);
    let Some(layer) = frame.view.project.codebook.layer(&annotation.layer) else { return };
    let code = annotation.code.as_ref().and_then(|id| layer.code(id));
    let words = format!("{} {}", layer.key, code.map_or("no code", |code| code.name.as_str()));
    let mut style = Face::SmallBold.style(tokens);
    (style.size, style.line_height) = (SMALL, SMALL + 2.5);
    let para = engine.shaped(&words, f32::INFINITY, &style, painter.pixels_per_point());
    let size = para.size() + vec2(2.0, 0.0);
    let left = if rtl { start.x - size.x } else { start.x - 1.0 };
    let bottom = start.y - ABOVE.0 * frame.size;
    let mut place = Rect::from_min_size(pos2(left, bottom - size.y), size);
    while let Some(other) = taken.iter().find(|other| other.intersects(place)) {
        place = place.translate(vec2(other.right() + 5.0 - place.left(), 0.0));
    }
    if place.right() < painter.clip_rect().right() - 16.0 {
        painter.rect_filled(place, 2.0, tokens.page);
        let at = place.min + vec2(1.0, 0.0);
        engine.paint(painter, at, &para, tokens.layer(&layer.color).mark);
        taken.push(place);
    }
}

/// "Commitment 7 · Coastal line: completion".
fn words(project: &Project, annotation: &Annotation) -> String {
    let layer = project.codebook.layer(&annotation.layer);
    let code = annotation.code.as_ref().and_then(|id| layer?.code(id));
    let mut words = code.map_or_else(|| "no code".to_owned(), |code| code.name.to_string());
    if let Some(digit) = code.and_then(|code| code.digit) {
        words = format!("{words} {digit}");
    }
    let entity = annotation.entity.as_ref().and_then(|id| project.entities().get(id));
    entity.map_or(words.clone(), |entity| format!("{words} · {}", entity.name))
}

fn chip(
    frame: &Frame<'_>,
    annotation: &Annotation,
    (start, rtl): (Pos2, bool),
    (engine, taken): (&mut TextEngine, &mut Vec<Rect>),
) {
    let (painter, tokens) = (frame.painter, frame.view.tokens);
    let mut style = Face::Small.style(tokens);
    (style.size, style.line_height) = (tokens.size.small - 0.5, 15.0);
    let words = words(frame.view.project, annotation);
    let para = one_line(engine, &words, &style, WIDEST - 28.0, painter.pixels_per_point());
    let size = vec2(para.size().x + 28.0, 16.0);
    let left = if rtl { start.x - size.x } else { start.x - 2.0 };
    let right = frame.painter.clip_rect().right() - 20.0;
    let left = left.min(right - size.x);
    let above = ABOVE.0 * frame.size + ABOVE.1;
    let mut place = Rect::from_min_size(pos2(left, start.y - above - size.y / 2.0), size);
    while let Some(other) = taken.iter().find(|other| other.intersects(place)) {
        place = place.translate(vec2(other.right() + 2.0 - place.left(), 0.0));
    }
    if place.right() > right + WIDEST {
        return;
    }
    let edge = Stroke::new(1.0, tokens.line);
    painter.rect(place, 4.0, tokens.raised, edge, StrokeKind::Inside);
    let layer = frame.view.project.codebook.layer(&annotation.layer);
    let badge = pos2(place.left() + 9.0, place.center().y);
    paint_badge(painter, (tokens, engine), badge, layer);
    let clip = painter
        .with_clip_rect(place.with_max_x(place.right() - 3.0).intersect(painter.clip_rect()));
    let at = pos2(place.left() + 21.0, place.center().y - para.size().y / 2.0);
    engine.paint(&clip, at, &para, tokens.ink);
    taken.push(place);
}
