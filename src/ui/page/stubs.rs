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
use crate::ui::page::standing::{Basis, Marks};
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
/// Points around it that belong to it for the pointer.
const REACH: f32 = 1.5;
/// Links that the tooltip tells of.
const MOST: usize = 12;
/// Width of the tooltip.
const WIDE: f32 = 320.0;

/// The stubs in sight, kept from frame to frame.
#[derive(Default)]
pub(in crate::ui::page) struct Stubs {
    from: Option<From>,
    all: Vec<Stub>,
    height: i64,
}

/// What they were placed for.
#[derive(PartialEq)]
struct From {
    basis: Basis,
    shown: bool,
    /// The annotation that shows its curves instead.
    selected: Option<AnnotationId>,
    leading: f32,
    scale: f32,
}

struct Stub {
    place: Rect,
    id: AnnotationId,
    count: usize,
}

impl Stubs {
    /// The annotation whose stub is there.
    pub(in crate::ui::page) fn at(&self, place: Pos2) -> Option<&AnnotationId> {
        self.all.iter().find(|stub| stub.place.expand(REACH).contains(place)).map(|stub| &stub.id)
    }

    /// Places them anew, if anything has changed but the height.
    fn follow(&mut self, frame: &Frame<'_>, desk: &Desk, marks: &Marks) {
        let view = frame.view;
        let shown = desk.links == ShownLinks::Selected && desk.mode == Mode::Reading;
        let selected = match &desk.selected {
            Some(Selected::Annotation(id)) => Some(id.clone()),
            _ => None,
        };
        let from = From {
            basis: marks.basis(view),
            shown: shown && !desk.page.is_pulling(),
            selected,
            leading: desk.look.page.leading,
            scale: frame.painter.pixels_per_point(),
        };
        if self.from.as_ref() == Some(&from) {
            let by = vec2(0.0, (marks.height() - self.height) as f32 / from.scale);
            self.all.iter_mut().for_each(|stub| stub.place = stub.place.translate(by));
        } else {
            self.all.clear();
            if from.shown {
                self.place(frame, desk, (marks.drawn(), from.selected.as_ref()));
            }
            self.from = Some(from);
        }
        self.height = marks.height();
    }

    fn place(
        &mut self,
        frame: &Frame<'_>,
        desk: &Desk,
        (drawn, selected): (&[Drawn], Option<&AnnotationId>),
    ) {
        let mut taken = Vec::new();
        for own in drawn {
            let count = desk.page.told.links(&own.id);
            if count == 0 || own.deeper || selected == Some(&own.id) {
                continue;
            }
            let set = (frame.size, desk.look.page.leading);
            let Some(place) = place(own, drawn, count, set, &taken) else { continue };
            taken.push(place);
            self.all.push(Stub { place, id: own.id.clone(), count });
        }
    }
}

/// Shows the stubs, and notes in `desk` and `occupied` where they are.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    (marks, occupied): (&Marks, &mut Vec<Rect>),
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let mut stubs = std::mem::take(&mut desk.page.stubs);
    stubs.follow(frame, desk, marks);
    for own in &stubs.all {
        occupied.push(own.place);
        stub(ui, frame, own, (&mut *engine, &mut *out));
    }
    desk.page.stubs = stubs;
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

fn stub(ui: &Ui, frame: &Frame<'_>, own: &Stub, (engine, out): (&mut TextEngine, &mut Outbox)) {
    let Stub { place, id, count } = own;
    let count = *count;
    let (project, tokens) = (frame.view.project, frame.view.tokens);
    let Some(annotation) = frame.shelf.annotations().get(id) else { return };
    let id_here = page_id().with(("stub", id.as_str()));
    let response = ui.interact(place.expand(REACH), id_here, Sense::click());
    response.widget_info(|| {
        let what = announce::title(project, annotation, &frame.shelf.document().text);
        let name = format!("{} of {what}", in_words(count, "link", "links"));
        WidgetInfo::labeled(Role::Button, true, name)
    });
    let color = if response.hovered() { tokens.ink } else { tokens.faint };
    paint(frame.painter, *place, count, color);
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
