//! The mouse on the page: dragging selects words, clicking selects the innermost annotation and then goes outwards.

use crate::model::AnnotationId;
use crate::query;
use crate::text::{Offset, Span, Text, paragraph_around};
use crate::ui::announce;
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::engine::{Affinity, TextEngine};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::caret::{Extend, Unit, unit_around};
use crate::ui::page::hints;
use crate::ui::page::marks::{Drawn, innermost};
use crate::ui::page::sheet::{PageSheet, Placed};
use crate::ui::page::{Frame, page_id};
use crate::ui::widgets::say_selected;
use egui::{Modifiers, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

/// Points inside the window's edge from which on dragging scrolls.
const EDGE: f32 = 24.0;
/// Points a second that it scrolls for each point beyond that.
const PULL: f32 = 16.0;

/// Words being selected by dragging.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui::page) struct Drag {
    anchor: Offset,
    /// Whole words or sentences, where one has clicked before.
    unit: Unit,
}

/// A click that a drag may follow.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui::page) struct Clicked {
    /// When, in the window's own seconds.
    time: f64,
    at: Pos2,
    /// What it has selected.
    unit: Unit,
}

/// Seconds and points in which a drag belongs to the click before it.
const SOON: (f64, f32) = (0.3, 6.0);

/// Seconds that the pointer rests before what it is on shows more of itself.
const REST: f64 = 0.15;

/// The annotation that the pointer is on.
#[derive(Clone, Debug)]
pub(in crate::ui::page) struct Hover {
    /// Which.
    pub(in crate::ui::page) id: AnnotationId,
    /// Since when, in the window's own seconds.
    since: f64,
    /// Whether it has been there for a while.
    pub(in crate::ui::page) rested: bool,
}

/// Notes what the pointer is on.
pub(in crate::ui::page) fn hover(ui: &Ui, desk: &mut Desk, drawn: &[Drawn], response: &Response) {
    let (pointer, now, down) =
        ui.input(|input| (input.pointer.hover_pos(), input.time, input.pointer.any_down()));
    let page = &mut desk.page;
    let pointer = pointer.filter(|_| response.contains_pointer() && !down);
    let Some(pointer) = pointer else {
        page.hover = None;
        return;
    };
    // On the stub of its links, and on its handle, it is on the annotation too.
    let on_stub = page.stubs.at(pointer);
    let held = page.hover.take().filter(|hover| {
        if let Some(id) = on_stub {
            return hover.id == *id;
        }
        let end = drawn.iter().find(|drawn| drawn.id == hover.id).and_then(|drawn| drawn.end);
        end.is_some_and(|end| end.distance(pointer) < 16.0)
            || innermost(drawn, pointer).is_some_and(|drawn| drawn.id == hover.id)
    });
    page.hover = held.or_else(|| {
        let id = on_stub.or_else(|| Some(&innermost(drawn, pointer)?.id))?.clone();
        Some(Hover { id, since: now, rested: false })
    });
    if let Some(hover) = page.hover.as_mut().filter(|hover| !hover.rested) {
        hover.rested = now - hover.since >= REST;
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(REST));
    }
}

/// Every annotation in sight is a thing of its own for screen readers and tests: its name says all, a click selects it.
pub(in crate::ui::page) fn annotations(
    ui: &mut Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    drawn: &[Drawn],
    out: &mut Outbox,
) {
    // A mouse selects them by the text below.
    if ui.ctx().accesskit_node_builder(page_id(), |_| ()).is_none() {
        return;
    }
    for drawn in drawn {
        let Some(annotation) = frame.shelf.annotations().get(&drawn.id) else { continue };
        let Some(rect) = drawn.rects.first() else { continue };
        let id = page_id().with(drawn.id.as_str());
        // No area of its own: the page below decides what a click of the mouse means.
        let response =
            ui.interact(Rect::from_min_size(rect.min, vec2(0.0, 0.0)), id, Sense::click());
        let selected = desk.selected == Some(Selected::Annotation(drawn.id.clone()));
        response.widget_info(|| {
            let text = &frame.shelf.document().text;
            let name = announce::annotation(frame.view.project, annotation, text);
            WidgetInfo::selected(Role::ListItem, true, selected, name)
        });
        say_selected(ui, id, selected);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_bounds(egui::accesskit::Rect {
                x0: f64::from(rect.left()),
                y0: f64::from(rect.top()),
                x1: f64::from(rect.right()),
                y1: f64::from(rect.bottom()),
            });
            // The letters drawn beside it while a link is being made.
            if let Some((hint, _)) = desk.page.hints.iter().find(|(_, id)| *id == drawn.id) {
                node.set_access_key(hint.to_uppercase());
            }
        });
        if response.clicked() {
            out.desk(DeskCommand::Select(Some(Selected::Annotation(drawn.id.clone()))));
        }
    }
}

/// Clicks and drags on the text.
pub(in crate::ui::page) fn text(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    (sheet, drawn): (&mut PageSheet, &[Drawn]),
    response: &Response,
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
    }
    let modifiers = ui.input(|input| input.modifiers);
    let Some(pointer) = response.interact_pointer_pos() else {
        desk.page.drag = None;
        return;
    };
    let unit = match () {
        () if response.triple_clicked() => Unit::Sentence,
        () if response.double_clicked() => Unit::Word,
        () => Unit::Grapheme,
    };
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        let unit = unit_of_drag(ui, desk, origin);
        begin(desk, (offset_at(frame, origin).0, unit), modifiers);
    }
    if response.clicked() {
        desk.page.click = Some(Clicked { time: ui.input(|input| input.time), at: pointer, unit });
    }
    if let Some(drag) = desk.page.drag.filter(|_| response.dragged() || response.drag_stopped()) {
        // Beyond the edge one selects up to it.
        let to = offset_at(frame, frame.painter.clip_rect().shrink(1.0).clamp(pointer));
        match hull(&sheet.text, drag, to.0) {
            Some(span) if to.0 < drag.anchor => desk.page.caret.select(span.end(), span.start()),
            Some(span) => desk.page.caret.select(span.start(), span.end()),
            None => desk.page.caret.drag(&sheet.text, drag.anchor, to),
        }
        if response.dragged() {
            scroll_at_edge(ui, frame, sheet, pointer, engine);
        }
    }
    if response.drag_stopped() {
        desk.page.drag = None;
        out.desk(DeskCommand::Select(None));
    }
    if unit != Unit::Grapheme {
        select_unit(frame, desk, sheet, pointer, unit, out);
    } else if response.clicked() {
        click(frame, desk, drawn, pointer, modifiers, out);
    }
}

/// By words after a click in the same place, by sentences after a double click.
fn unit_of_drag(ui: &Ui, desk: &Desk, origin: Pos2) -> Unit {
    let now = ui.input(|input| input.pointer.press_start_time().unwrap_or(input.time));
    let before = desk
        .page
        .click
        .filter(|click| now - click.time < SOON.0 && click.at.distance(origin) < SOON.1);
    match before.map(|click| click.unit) {
        Some(Unit::Grapheme) => Unit::Word,
        Some(_) => Unit::Sentence,
        None => Unit::Grapheme,
    }
}

/// All units from where a drag began to where it is.
fn hull(text: &Text, drag: Drag, to: Offset) -> Option<Span> {
    let ends = [drag.anchor, to].map(|at| unit_around(text, at, drag.unit));
    let [first, last] = ends;
    let dragged = Span::between(drag.anchor, to);
    match (first, last) {
        (Some(first), Some(last)) => Some(first.hull(last)),
        (one, other) => Some(one.or(other)?.hull(dragged?)),
    }
}

fn begin(desk: &mut Desk, (anchor, unit): (Offset, Unit), modifiers: Modifiers) {
    let caret = &mut desk.page.caret;
    if modifiers.command {
        caret.keep();
    } else {
        caret.clear();
    }
    let anchor = if modifiers.shift { caret.anchor } else { anchor };
    caret.select(anchor, anchor);
    desk.page.drag = Some(Drag { anchor, unit });
}

fn scroll_at_edge(
    ui: &Ui,
    frame: &Frame<'_>,
    sheet: &mut PageSheet,
    pointer: Pos2,
    engine: &mut TextEngine,
) {
    let area = frame.painter.clip_rect();
    let past =
        (pointer.y - (area.bottom() - EDGE)).max(0.0) + (pointer.y - (area.top() + EDGE)).min(0.0);
    if past != 0.0 {
        // A slow frame is no leap.
        let seconds = ui.input(|input| input.stable_dt).min(0.1);
        sheet.scroll_by(past * PULL * seconds, area.height(), engine);
        ui.ctx().request_repaint();
    }
}

fn select_unit(
    frame: &Frame<'_>,
    desk: &mut Desk,
    sheet: &PageSheet,
    pointer: Pos2,
    unit: Unit,
    out: &mut Outbox,
) {
    let (at, _) = offset_at(frame, pointer);
    if let Some(mut span) = unit_around(&sheet.text, at, unit) {
        let caret = &mut desk.page.caret;
        let again = Span::between(caret.anchor, caret.at) == Some(span);
        if unit == Unit::Sentence && again {
            // One click more takes the paragraph.
            span = paragraph_around(&sheet.text, at).unwrap_or(span);
        }
        caret.select(span.start(), span.end());
        out.desk(DeskCommand::Select(None));
    }
}

/// A click puts the caret and selects what is there: the innermost annotation, then the one around it.
fn click(
    frame: &Frame<'_>,
    desk: &mut Desk,
    drawn: &[Drawn],
    pointer: Pos2,
    modifiers: Modifiers,
    out: &mut Outbox,
) {
    let (at, upstream) = offset_at(frame, pointer);
    let extend = if modifiers.shift { Extend::Yes } else { Extend::No };
    desk.page.caret.put(at, extend);
    desk.page.caret.upstream = upstream;
    if extend == Extend::Yes {
        return;
    }
    let under = |id: &AnnotationId| {
        let drawn = drawn.iter().find(|drawn| drawn.id == *id);
        drawn.is_some_and(|drawn| drawn.covers(pointer))
    };
    let dolls: Vec<&AnnotationId> =
        query::at(frame.shelf, at).into_iter().map(|a| &a.id).filter(|id| under(id)).collect();
    if let Mode::Linking(linking) = &desk.mode {
        let may = |id: &&&AnnotationId| hints::way_to(frame.view.project, linking, id).is_some();
        let other = dolls.iter().find(may).or_else(|| dolls.first());
        if let Some(id) = other {
            out.desk(DeskCommand::Select(Some(Selected::Annotation((*id).clone()))));
        }
        return;
    }
    let again = desk.page.clicked.replace(at) == Some(at);
    let selected = match &desk.selected {
        Some(Selected::Annotation(id)) if again => dolls.iter().position(|doll| *doll == id),
        _ => None,
    };
    let next = selected.map_or(0, |at| at + 1);
    match dolls.get(next).or_else(|| dolls.first()) {
        Some(id) => out.desk(DeskCommand::Select(Some(Selected::Annotation((*id).clone())))),
        None => out.desk(DeskCommand::Select(None)),
    }
}

/// The place in the text nearest to a place on the screen.
fn offset_at(frame: &Frame<'_>, pointer: Pos2) -> (Offset, bool) {
    place_at(frame.placed, frame.origin, pointer)
}

/// The same for pieces that are placed, from that origin on.
pub(in crate::ui::page) fn place_at(
    placed: &[Placed],
    origin: Pos2,
    pointer: Pos2,
) -> (Offset, bool) {
    let local = pointer - origin;
    let below = |placed: &&Placed| local.y >= placed.y;
    let Some(placed) = placed.iter().rev().find(below).or_else(|| placed.first()) else {
        return (Offset(0), false);
    };
    let hit = placed.para.hit(vec2(local.x, local.y - placed.y));
    (Offset(placed.start.0 + hit.byte), hit.affinity == Affinity::Upstream)
}
