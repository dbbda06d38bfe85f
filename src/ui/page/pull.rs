//! A link by dragging: from the handle at the end of an annotation to the other end, on the page or in a list.

use crate::model::{AnnotationId, End};
use crate::query;
use crate::ui::announce;
use crate::ui::desk::{Desk, Mode, Selected};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::Frame;
use crate::ui::page::marks::{Drawn, innermost};
use crate::ui::page::{links, page_id};
use crate::ui::view::View;
use crate::ui::widgets::Face;
use egui::{
    CursorIcon, DragAndDrop, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

/// What is dragged: where the link begins.
#[derive(Clone, Debug)]
struct Pulled(End);

/// The handles of what is selected and hovered; and, while one is dragged, the curve and what it leads to.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    drawn: &[Drawn],
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    if desk.mode != Mode::Reading || frame.view.bench.read_only().is_some() {
        return;
    }
    let selected = match &desk.selected {
        Some(Selected::Annotation(id)) => Some(id.clone()),
        _ => None,
    };
    let hovered = desk.page.hovered().cloned().filter(|id| Some(id) != selected.as_ref());
    let pulled = desk.page.pull.clone();
    let ids = [selected, hovered, pulled.clone()];
    let mut seen: Vec<AnnotationId> = Vec::new();
    for id in ids.into_iter().flatten() {
        if seen.contains(&id) {
            continue;
        }
        if let Some(from) = drawn.iter().find(|drawn| drawn.id == id) {
            let held = pulled.as_ref() == Some(&id);
            handle(ui, frame, (desk, drawn), (from, held), (engine, out));
        }
        seen.push(id);
    }
}

fn handle(
    ui: &Ui,
    frame: &Frame<'_>,
    (desk, drawn): (&mut Desk, &[Drawn]),
    (from, held): (&Drawn, bool),
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let (project, tokens) = (frame.view.project, frame.view.tokens);
    let Some(annotation) = frame.shelf.annotations().get(&from.id) else { return };
    let Some(layer) = project.codebook.layer(&annotation.layer) else { return };
    let Some(end) = from.end.filter(|_| !query::ways_at(&project.codebook, &layer.id).is_empty())
    else {
        return;
    };
    let center = end + vec2(if from.rtl { -6.0 } else { 6.0 }, 0.0);
    let id = page_id().with(("handle", from.id.as_str()));
    let response =
        ui.interact(Rect::from_center_size(center, vec2(15.0, 15.0)), id, Sense::click_and_drag());
    let what = announce::title(project, annotation, &frame.shelf.document().text);
    let name = format!("Link from {what}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let mark = tokens.layer(&layer.color).mark;
    let near = response.hovered() || held;
    let ground = if near { mark } else { tokens.page };
    frame.painter.circle(center, if near { 5.0 } else { 4.2 }, ground, Stroke::new(1.6, mark));
    if response.clicked() {
        out.desk(DeskCommand::LinkFrom(End::Annotation(from.id.clone())));
    }
    if response.drag_started() {
        desk.page.pull = Some(from.id.clone());
        response.dnd_set_drag_payload(Pulled(End::Annotation(from.id.clone())));
    }
    if held {
        pulling(ui, frame, (desk, drawn), (from, &response), (engine, out));
    }
    response
        .on_hover_cursor(CursorIcon::Grab)
        .on_hover_text("Drag to the other end of a link, on the page or in a list");
}

fn pulling(
    ui: &Ui,
    frame: &Frame<'_>,
    (desk, drawn): (&mut Desk, &[Drawn]),
    (from, response): (&Drawn, &Response),
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let Some(pointer) = ui.ctx().pointer_latest_pos() else { return };
    let on_page = frame.painter.clip_rect().contains(pointer);
    let target = innermost_other(drawn, &from.id, pointer, frame).filter(|_| on_page);
    if response.drag_stopped() || !response.dragged() {
        if let Some(target) = target.filter(|_| response.drag_stopped()) {
            let ends = [&from.id, &target.id].map(|id| End::Annotation(id.clone()));
            let [from, to] = ends;
            out.desk(DeskCommand::LinkTo { from: Some(from), to });
        }
        desk.page.pull = None;
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    links::live(frame.painter, frame.view.tokens, response.rect.center(), pointer);
    if let Some(target) = target {
        let ends = [&from.id, &target.id].map(|id| End::Annotation(id.clone()));
        light_up(frame, target, (&ends[0], &ends[1]), pointer, engine);
    }
}

/// The innermost at the pointer that a link may lead to; else the innermost, which will say why not.
fn innermost_other<'a>(
    drawn: &'a [Drawn],
    from: &AnnotationId,
    pointer: Pos2,
    frame: &Frame<'_>,
) -> Option<&'a Drawn> {
    let begins = End::Annotation(from.clone());
    let may = |drawn: &&Drawn| {
        let end = End::Annotation(drawn.id.clone());
        query::way_between(frame.view.project, &begins, &end, None).is_some()
    };
    let here = drawn.iter().filter(|drawn| drawn.covers(pointer));
    let allowed = here.filter(may).min_by(|a, b| a.length().total_cmp(&b.length()));
    allowed.or_else(|| innermost(drawn, pointer).filter(|drawn| drawn.id != *from))
}

/// A frame around the words that the link would lead to, with its type at the pointer.
fn light_up(
    frame: &Frame<'_>,
    target: &Drawn,
    (from, to): (&End, &End),
    pointer: Pos2,
    engine: &mut TextEngine,
) {
    let (project, tokens) = (frame.view.project, frame.view.tokens);
    let way = query::way_between(project, from, to, None);
    let layer = project.layer_of(to).and_then(|id| project.codebook.layer(id));
    let color = match (&way, layer) {
        (Some(_), Some(layer)) => tokens.layer(&layer.color).mark,
        _ => tokens.muted,
    };
    for (rect, baseline) in target.rects.iter().zip(&target.baselines) {
        let words = rect
            .with_min_y(baseline - frame.size)
            .with_max_y(baseline + frame.size * 0.35)
            .expand(1.0);
        frame.painter.rect_stroke(words, 3.0, Stroke::new(1.6, color), StrokeKind::Outside);
    }
    let words = match &way {
        Some((kind, direction)) => query::way_name(&project.codebook, kind, *direction),
        None => "no such link in the codebook",
    };
    tag(frame.painter, frame, words, pointer + vec2(14.0, 18.0), engine);
}

fn tag(painter: &Painter, frame: &Frame<'_>, words: &str, at: Pos2, engine: &mut TextEngine) {
    let tokens = frame.view.tokens;
    let style = Face::Small.style(tokens);
    let para = engine.shaped(words, f32::INFINITY, &style, painter.pixels_per_point());
    let ground = Rect::from_min_size(at, para.size() + vec2(16.0, 4.0));
    let edge = Stroke::new(1.0, tokens.faint);
    painter.rect(ground, ground.height() / 2.0, tokens.raised, edge, StrokeKind::Inside);
    engine.paint(painter, ground.min + vec2(8.0, 2.0), &para, tokens.ink);
}

/// A row of a list is the other end of the link that is dropped on it.
pub fn take_drop(ui: &Ui, response: &Response, view: &View<'_>, to: &End, out: &mut Outbox) {
    let Some(pulled) = response.dnd_hover_payload::<Pulled>() else { return };
    let may = query::way_between(view.project, &pulled.0, to, None).is_some();
    let color = if may { view.tokens.focus } else { view.tokens.muted };
    let inside = response.rect.shrink(1.0);
    ui.painter().rect_stroke(inside, 4.0, Stroke::new(1.6, color), StrokeKind::Inside);
    if let Some(pulled) = response.dnd_release_payload::<Pulled>() {
        out.desk(DeskCommand::LinkTo { from: Some(pulled.0.clone()), to: to.clone() });
    }
}

/// Escape lets go of what is dragged.
pub(in crate::ui) fn let_go(ctx: &egui::Context, desk: &mut Desk) {
    desk.page.pull = None;
    ctx.stop_dragging();
    DragAndDrop::clear_payload(ctx);
}
