//! Annotations for which there was no lane left: their number at the line's end, the list of them on hover.

use crate::model::AnnotationId;
use crate::ui::announce;
use crate::ui::engine::TextEngine;
use crate::ui::page::marks::Drawn;
use crate::ui::page::{Frame, page_id};
use crate::ui::widgets::{Face, in_words, passage};
use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

/// Shows the numbers.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    drawn: &[Drawn],
    engine: &mut TextEngine,
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
        number(ui, frame, (at, &ids), engine);
    }
}

fn number(
    ui: &Ui,
    frame: &Frame<'_>,
    (at, ids): (egui::Pos2, &[&AnnotationId]),
    engine: &mut TextEngine,
) {
    let tokens = frame.view.tokens;
    let words = format!("+{}", ids.len());
    let font = FontId::proportional(tokens.size.small);
    frame.painter.text(at, Align2::LEFT_CENTER, &words, font, tokens.muted);
    let rect = Rect::from_min_size(at - vec2(2.0, 9.0), vec2(24.0, 18.0));
    let id = page_id().with(("deeper", (at.y * 10.0) as i64));
    let response = ui.interact(rect, id, Sense::hover());
    let name = in_words(ids.len(), "annotation lies deeper", "annotations lie deeper");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    response.on_hover_ui(|ui| {
        let text = &frame.shelf.document().text;
        for id in ids {
            if let Some(annotation) = frame.shelf.annotations().get(*id) {
                let name = announce::annotation(frame.view.project, annotation, text);
                passage(ui, (tokens, engine), &name, Face::Small, tokens.ink, 320.0);
            }
        }
    });
}
