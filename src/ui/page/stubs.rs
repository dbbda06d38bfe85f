//! Stubs: how many links an annotation has, small below the end of its bar, while their curves are not drawn.
//!
//! A stub lies below all bars that are there and above the words of the next line; where lanes fill that room, there
//! is none. The pointer on it is on its annotation, which shows its curves; the list of all links is its tooltip.

use crate::model::{AnnotationId, End};
use crate::query;
use crate::ui::announce;
use crate::ui::desk::{Desk, Mode, Selected, ShownLinks};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::marks::{CAPITALS, Drawn};
use crate::ui::page::{Frame, page_id};
use crate::ui::widgets::{Face, in_words, passage};
use egui::epaint::CubicBezierShape;
use egui::{
    Align2, Color32, CursorIcon, FontId, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

/// Size of the number.
const DIGITS: f32 = 8.0;
/// Height of a stub.
const HEIGHT: f32 = 6.0;
/// Width of the hook before the number, and of one of its digits.
const WIDTH: (f32, f32) = (5.5, 4.8);
/// Points to the bars above it and to the stub beside it.
const AIR: f32 = 1.0;
/// Links that the tooltip tells of.
const MOST: usize = 12;
/// Width of the tooltip.
const WIDE: f32 = 320.0;

/// Shows the stubs, and notes in `desk` and `occupied` where they are.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    (drawn, occupied): (&[Drawn], &mut Vec<Rect>),
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    desk.page.stubs.clear();
    let shown = desk.links == ShownLinks::Selected && desk.mode == Mode::Reading;
    if !shown || desk.page.is_pulling() {
        return;
    }
    let leading = desk.look.page.leading;
    for own in drawn {
        let count = desk.page.told.links(&own.id);
        let selected = matches!(&desk.selected, Some(Selected::Annotation(id)) if *id == own.id);
        if count == 0 || selected || own.deeper {
            continue;
        }
        let Some(place) = place(own, drawn, count, (frame.size, leading), occupied) else {
            continue;
        };
        occupied.push(place);
        desk.page.stubs.push((place.expand(1.5), own.id.clone()));
    }
    for (place, id) in &desk.page.stubs {
        let count = desk.page.told.links(id);
        stub(ui, frame, (*place, id, count), (engine, out));
    }
}

/// Below all bars at the end of its own, and beside other stubs; none, if the words of the next line are there.
fn place(
    own: &Drawn,
    all: &[Drawn],
    count: usize,
    (size, leading): (f32, f32),
    taken: &[Rect],
) -> Option<Rect> {
    let (end, baseline) = own.end.zip(own.baselines.last().copied())?;
    let width = WIDTH.0 + WIDTH.1 * count.to_string().len() as f32;
    let foot = baseline + (leading - CAPITALS) * size;
    let mut left = if own.rtl { end.x + 1.0 } else { end.x - 1.0 - width };
    let step = if own.rtl { 1.0 } else { -1.0 };
    // Three side by side are as many as one can tell apart.
    for _ in 0..3 {
        let column = Rect::from_min_max(pos2(left, baseline), pos2(left + width, foot + size));
        let bars = all.iter().flat_map(Drawn::bars).filter(|bar| bar.top() < foot);
        let below = bars.filter(|bar| bar.intersects(column)).map(|bar| bar.bottom());
        let top = below.fold(end.y, f32::max) + AIR;
        let place = Rect::from_min_size(pos2(left, top), vec2(width, HEIGHT));
        if place.bottom() > foot {
            return None;
        }
        match taken.iter().find(|other| other.expand(AIR).intersects(place)) {
            None => return Some(place),
            Some(_) => left += step * (width + 3.0),
        }
    }
    None
}

fn stub(
    ui: &Ui,
    frame: &Frame<'_>,
    (place, id, count): (Rect, &AnnotationId, usize),
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let (project, tokens) = (frame.view.project, frame.view.tokens);
    let Some(annotation) = frame.shelf.annotations().get(id) else { return };
    let response = ui.interact(place, page_id().with(("stub", id.as_str())), Sense::click());
    response.widget_info(|| {
        let what = announce::title(project, annotation, &frame.shelf.document().text);
        let name = format!("{} of {what}", in_words(count, "link", "links"));
        WidgetInfo::labeled(Role::Button, true, name)
    });
    let color = if response.hovered() { tokens.ink } else { tokens.faint };
    paint(frame.painter, place.shrink(1.5), count, color);
    if response.clicked() {
        out.desk(DeskCommand::Select(Some(Selected::Annotation(id.clone()))));
    }
    tell(frame, response, &End::Annotation(id.clone()), engine);
}

/// The beginning of a curve, and the number.
fn paint(painter: &Painter, place: Rect, count: usize, color: Color32) {
    let (left, foot) = (place.left() + 0.5, place.bottom() - 0.5);
    let to = |x: f32, y: f32| -> Pos2 { pos2(left + x, foot + y) };
    let points = [to(0.0, 0.0), to(0.2, -3.4), to(1.6, -4.6), to(4.0, -4.6)];
    let stroke = Stroke::new(1.0, color);
    painter.add(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    let at = pos2(place.left() + WIDTH.0, place.center().y);
    painter.text(at, Align2::LEFT_CENTER, count, FontId::proportional(DIGITS), color);
}

/// The links, each with its other end.
fn tell(frame: &Frame<'_>, response: Response, end: &End, engine: &mut TextEngine) {
    let (project, tokens) = (frame.view.project, frame.view.tokens);
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
        let links = query::links_of(project, end);
        for link in links.iter().take(MOST) {
            let words = format!("{} {}", link.name, query::label_of_end(project, link.other));
            passage(ui, (tokens, &mut *engine), &words, Face::Small, tokens.ink, WIDE);
        }
        if let Some(more) = links.len().checked_sub(MOST).filter(|more| *more > 0) {
            let words = format!("and {more} more");
            passage(ui, (tokens, &mut *engine), &words, Face::Small, tokens.muted, WIDE);
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::model::AnnotationId;
    use crate::ui::page::marks::Drawn;
    use crate::ui::page::stubs::place;
    use egui::{Rect, pos2};

    const SET: (f32, f32) = (17.0, 2.05);

    fn mark(id: &str, (left, right): (f32, f32), drop: f32) -> Drawn {
        let rect = Rect::from_min_max(pos2(left, 80.0), pos2(right, 115.0));
        Drawn {
            id: AnnotationId::new(id),
            rects: vec![rect],
            baselines: vec![100.0],
            rtl: false,
            end: Some(pos2(right, 100.0 + drop)),
            drop,
            deeper: false,
        }
    }

    #[test]
    fn stubs_lie_below_every_bar_and_above_the_next_line_and_not_on_each_other() {
        let drops = [5.5, 10.1, 14.1];
        let all: Vec<Drawn> = drops.iter().map(|drop| mark("a", (50.0, 200.0), *drop)).collect();
        let mut taken = Vec::new();
        for own in &all {
            let stub = place(own, &all, 3, SET, &taken).unwrap();
            assert!(all.iter().flat_map(Drawn::bars).all(|bar| !bar.intersects(stub)), "{stub}");
            assert!(stub.bottom() <= 100.0 + 34.85 - 12.1, "{stub} above the capitals");
            assert!(taken.iter().all(|other: &Rect| !other.intersects(stub)), "{stub} {taken:?}");
            taken.push(stub);
        }
    }

    #[test]
    fn where_six_lanes_fill_the_gap_there_is_no_stub() {
        let all = [mark("a", (50.0, 200.0), 5.5), mark("b", (40.0, 220.0), 16.6)];
        assert_eq!(place(&all[0], &all, 1, SET, &[]), None);
    }
}
