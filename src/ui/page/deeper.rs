//! Annotations for which there was no lane left: their number at the line's end, the list of them on hover, and each
//! selected by a click.

use crate::model::AnnotationId;
use crate::ui::announce;
use crate::ui::desk::{Desk, Selected};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::marks::Drawn;
use crate::ui::page::{Frame, page_id};
use crate::ui::widgets::{Face, in_words, passage};
use egui::{Align2, CursorIcon, FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

/// Shows the numbers.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &Desk,
    drawn: &[Drawn],
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    // By line; a height is kept in tenths of a point, so that it can be a key.
    let mut lines: BTreeMap<i64, Vec<&AnnotationId>> = BTreeMap::new();
    for drawn in drawn.iter().filter(|drawn| drawn.deeper) {
        for baseline in &drawn.baselines {
            let line = lines.entry((baseline * 10.0).round() as i64).or_default();
            if line.last() != Some(&&drawn.id) {
                line.push(&drawn.id);
            }
        }
    }
    for (baseline, ids) in lines {
        let at = pos2(frame.column.right() + 4.0, baseline as f32 / 10.0 - 4.0);
        number(ui, frame, desk, (at, &ids), (engine, out));
    }
}

fn number(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &Desk,
    (at, ids): (egui::Pos2, &[&AnnotationId]),
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let tokens = frame.view.tokens;
    let text = &frame.shelf.document().text;
    let names = || {
        let all = ids.iter().filter_map(|id| frame.shelf.annotations().get(*id));
        all.map(|annotation| announce::annotation(frame.view.project, annotation, text))
    };
    let words = format!("+{}", ids.len());
    let font = FontId::proportional(tokens.size.small);
    let rect = Rect::from_min_size(at - vec2(2.0, 9.0), vec2(24.0, 18.0));
    let id = page_id().with(("deeper", (at.y * 10.0) as i64));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        let count = in_words(ids.len(), "annotation lies deeper", "annotations lie deeper");
        let all: Vec<String> = names().collect();
        WidgetInfo::labeled(Role::Button, true, format!("{count}: {}", all.join("; ")))
    });
    let color = if response.hovered() { tokens.ink } else { tokens.muted };
    frame.painter.text(at, Align2::LEFT_CENTER, &words, font, color);
    if response.clicked() {
        // Again: the next one of them.
        let own = ids.iter().position(
            |id| matches!(&desk.selected, Some(Selected::Annotation(selected)) if selected == *id),
        );
        let next = ids.get(own.map_or(0, |own| (own + 1) % ids.len()));
        out.desk(DeskCommand::Select(next.map(|id| Selected::Annotation((*id).clone()))));
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
        for name in names() {
            passage(ui, (tokens, &mut *engine), &name, Face::Small, tokens.ink, 320.0);
        }
    });
}
