//! Code chips: what an annotation is, above its words, while the pointer is on it or, if one wants, always.

use crate::model::{Annotation, AnnotationId, End, Project};
use crate::ui::desk::{Desk, Mode, Selected, ShownLinks};
use crate::ui::engine::{TextEngine, one_line};
use crate::ui::page::Frame;
use crate::ui::page::marks::Drawn;
use crate::ui::widgets::{Face, paint_badge};
use egui::{Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

/// From the baseline up to the foot of a chip, against the size of the words.
const ABOVE: f32 = 13.0 / 17.0;
/// Points between two chips, and to a bar.
const BESIDE: f32 = 3.0;
/// Points from the end of the words to a chip that stands after them.
const AIR: f32 = 6.0;
/// So many points after the words a chip may still begin.
const AFTER: f32 = 36.0;
/// Size of the letters of what is always shown.
const SMALL: f32 = 9.0;
/// Widest chip.
const WIDEST: f32 = 260.0;

/// Draws the chips, never over one of the `cards`, and notes where they are, so that nothing else is put there.
pub(in crate::ui::page) fn show(
    frame: &Frame<'_>,
    desk: &Desk,
    (drawn, cards, taken): (&[Drawn], &[Rect], &mut Vec<Rect>),
    engine: &mut TextEngine,
) {
    let none = !desk.chips && desk.page.hovered().is_none();
    if none || desk.mode != Mode::Reading || desk.page.pull.is_some() {
        return;
    }
    let bars: Vec<Rect> = drawn.iter().flat_map(Drawn::bars).collect();
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
    for drawn in first.chain(rest) {
        let Some(annotation) = frame.shelf.annotations().get(&drawn.id) else { continue };
        let Some((start, words)) = drawn.start().zip(drawn.rects.first()) else { continue };
        let mut spot = Spot { start, words: *words, rtl: drawn.rtl, bars: &bars };
        if Some(&drawn.id) == hovered {
            // Where links arrive on the words, the chip stands after them.
            if desk.links != ShownLinks::None && desk.page.told.links(&drawn.id) > 0 {
                let end = if drawn.rtl { words.left() - AIR } else { words.right() + AIR };
                spot.start.x = end;
            }
            chip(frame, annotation, (&spot, cards), (engine, taken));
        } else {
            label(frame, annotation, &spot, (engine, taken));
        }
    }
}

/// Where a chip is wanted: at the start of some words, in the gap above them.
struct Spot<'a> {
    start: Pos2,
    /// The words on their first line.
    words: Rect,
    rtl: bool,
    /// All bars in sight, those of the line above among them.
    bars: &'a [Rect],
}

impl Spot<'_> {
    /// The first place from `place` onwards, as the words run, that touches neither bars nor what is `taken`; it begins
    /// over the words or soon after them.
    fn free(&self, mut place: Rect, taken: &[Rect]) -> Option<Rect> {
        let (first, last) = (self.words.left() - AFTER, self.words.right() + AFTER);
        loop {
            let all = self.bars.iter().chain(taken);
            let Some(other) = all.into_iter().find(|other| other.intersects(place)) else {
                return Some(place);
            };
            let x = if self.rtl {
                other.left() - BESIDE - place.right()
            } else {
                other.right() + BESIDE - place.left()
            };
            place = place.translate(vec2(x, 0.0));
            if place.left() > last || place.right() < first {
                return None;
            }
        }
    }
}

/// The code alone, small and in the layer's colour, so that the bars of the line above stay in sight.
fn label(
    frame: &Frame<'_>,
    annotation: &Annotation,
    spot: &Spot<'_>,
    (engine, taken): (&mut TextEngine, &mut Vec<Rect>),
) {
    let (painter, tokens) = (frame.painter, frame.view.tokens);
    let Some(layer) = frame.view.project.codebook.layer(&annotation.layer) else { return };
    let code = annotation.code.as_ref().and_then(|id| layer.code(id));
    let words = format!("{} {}", layer.key, code.map_or("no code", |code| code.name.as_str()));
    let mut style = Face::SmallBold.style(tokens);
    // No higher than the letters, so that two lanes of the line above have room.
    (style.size, style.line_height) = (SMALL, SMALL + 1.0);
    let para = engine.shaped(&words, f32::INFINITY, &style, painter.pixels_per_point());
    let size = para.size() + vec2(2.0, 0.0);
    let start = spot.start;
    let left = if spot.rtl { start.x - size.x } else { start.x - 1.0 };
    let bottom = start.y - ABOVE * frame.size;
    let place = Rect::from_min_size(pos2(left, bottom - size.y), size);
    // Where bars fill the gap there is none: the pointer on the words still tells it.
    let Some(place) = spot.free(place, taken) else { return };
    if place.right() < painter.clip_rect().right() - 16.0 {
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

/// How far to the right a chip at that height may reach: to the edge, or to the card beside it.
fn reach(place: Rect, edge: f32, cards: &[Rect]) -> f32 {
    let beside = cards.iter().filter(|card| card.y_range().intersects(place.y_range()));
    beside.map(|card| card.left() - BESIDE).fold(edge, f32::min)
}

fn chip(
    frame: &Frame<'_>,
    annotation: &Annotation,
    (spot, cards): (&Spot<'_>, &[Rect]),
    (engine, taken): (&mut TextEngine, &mut Vec<Rect>),
) {
    let (painter, tokens) = (frame.painter, frame.view.tokens);
    let mut style = Face::Small.style(tokens);
    (style.size, style.line_height) = (tokens.size.small - 0.5, 15.0);
    let words = words(frame.view.project, annotation);
    let para = one_line(engine, &words, &style, WIDEST - 28.0, painter.pixels_per_point());
    let size = vec2(para.size().x + 28.0, 15.0);
    let start = spot.start;
    let left = if spot.rtl { start.x - size.x } else { start.x - 2.0 };
    let bottom = start.y - ABOVE * frame.size + 1.0;
    let place = Rect::from_min_size(pos2(left, bottom - size.y), size);
    let right = reach(place, frame.painter.clip_rect().right() - 20.0, cards);
    let wanted = place.translate(vec2((right - place.right()).min(0.0), 0.0));
    // Of what the pointer is on one wants to know in any case: if need be over a bar of the line above.
    let place = spot.free(wanted, taken).filter(|place| place.right() <= right).unwrap_or(wanted);
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

#[cfg(test)]
mod tests {
    use crate::ui::page::chips::{Spot, reach};
    use egui::{Rect, pos2, vec2};

    #[test]
    fn a_chip_is_moved_along_its_words_off_bars_and_other_chips_and_left_out_where_none_is_free() {
        let words = Rect::from_min_max(pos2(100.0, 80.0), pos2(300.0, 115.0));
        let bar = |left, right| Rect::from_min_max(pos2(left, 74.0), pos2(right, 78.0));
        let spot = |bars| Spot { start: pos2(100.0, 100.0), words, rtl: false, bars };
        let wanted = Rect::from_min_size(pos2(99.0, 76.0), vec2(60.0, 10.0));
        assert_eq!(spot(&[]).free(wanted, &[]), Some(wanted));
        let taken = [wanted.translate(vec2(90.0, 0.0))];
        let (short, long) = ([bar(80.0, 130.0)], [bar(80.0, 400.0)]);
        let place = spot(&short).free(wanted, &taken).unwrap();
        assert!(!place.intersects(short[0]) && !place.intersects(taken[0]), "{place}");
        assert_eq!(spot(&long).free(wanted, &[]), None);
        let card = Rect::from_min_max(pos2(320.0, 60.0), pos2(500.0, 90.0));
        let below = wanted.translate(vec2(0.0, 40.0));
        let reached = [wanted, below].map(|place| reach(place, 600.0, &[card]) as i32);
        assert_eq!(reached, [317, 600], "it ends before the card beside it");
        let rtl = Spot { rtl: true, ..spot(&short) };
        let at_right = Rect::from_min_size(pos2(240.0, 76.0), vec2(60.0, 10.0));
        assert_eq!(rtl.free(at_right, &[]), Some(at_right));
        assert!(rtl.free(at_right, &[at_right]).unwrap().right() < at_right.left());
    }
}
