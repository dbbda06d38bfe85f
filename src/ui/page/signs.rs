//! A small sign beside each line about which something is said, where the window has no room for cards.

use crate::ui::desk::Desk;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::page::cards::Line;
use crate::ui::page::told::{Remark, author, day};
use crate::ui::page::{Frame, page_id};
use crate::ui::widgets::{Face, in_words, passage};
use egui::{
    Align2, CursorIcon, FontId, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

/// Width of the tooltip.
const WIDE: f32 = 300.0;

/// Shows a sign for the remarks of each line, which come by their lines.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &Desk,
    placed: &[(&Remark, Line)],
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    for line in placed.chunk_by(|(_, a), (_, b)| (a.y - b.y).abs() < 1.0) {
        sign(ui, frame, desk, line, (engine, out));
    }
}

fn sign(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &Desk,
    line: &[(&Remark, Line)],
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let Some((first, at)) = line.first() else { return };
    let (painter, tokens) = (frame.painter, frame.view.tokens);
    // The number of deeper annotations stands on the same line.
    let lift = if line.iter().any(|(_, line)| line.numbered) { 16.0 } else { 0.0 };
    let middle = pos2(frame.column.right() + 8.0, at.y - lift);
    let place = Rect::from_center_size(middle, vec2(12.0, 10.0));
    let id = page_id().with(("sign", first.id.as_str()));
    let response = ui.interact(place.expand(2.0), id, Sense::click());
    let sentences: Vec<String> =
        line.iter().map(|(remark, _)| remark.sentence(frame.view.project)).collect();
    let count = in_words(line.len(), "remark", "remarks");
    let name = format!("{count} on this line. {}", sentences.join(" "));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let own = line.iter().position(|(remark, _)| desk.selected.as_ref() == Some(&remark.about));
    let color = if own.is_some() || response.hovered() { tokens.ink } else { tokens.muted };
    let stroke = Stroke::new(1.0, color);
    painter.rect(place, 2.5, tokens.page, stroke, StrokeKind::Inside);
    if line.len() > 1 {
        let font = FontId::proportional(8.5);
        painter.text(place.center(), Align2::CENTER_CENTER, line.len(), font, color);
    } else {
        for y in [-1.5, 1.5] {
            let y = painter.round_to_pixel_center(place.center().y + y);
            let ends = [pos2(place.left() + 3.0, y), pos2(place.right() - 3.0, y)];
            painter.add(Shape::line_segment(ends, Stroke::new(1.0, color)));
        }
    }
    if response.clicked() {
        // Again: what the next remark of the line is about.
        let next = own.map_or(0, |own| (own + 1) % line.len());
        if let Some((remark, _)) = line.get(next) {
            remark.open(out);
        }
    }
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
        for (remark, _) in line {
            for (stamp, words) in &remark.said {
                let stamp = stamp.as_ref();
                let by = format!("{} · {} · {}", author(stamp), day(stamp), remark.kind.word());
                passage(ui, (tokens, engine), &by, Face::Small, tokens.muted, WIDE);
                passage(ui, (tokens, engine), words, Face::Plain, tokens.ink, WIDE);
            }
        }
    });
}
