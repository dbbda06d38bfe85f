//! The scroll bar of the page, on which the map of the document lies.
//!
//! Its own, because egui's keeps positions in f32 and must know the whole height.

use crate::text::Span;
use crate::ui::engine::TextEngine;
use crate::ui::page::brush::block;
use crate::ui::page::map::tick;
use crate::ui::page::sheet::PageSheet;
use crate::ui::theme::Tokens;
use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width of the bar.
const WIDTH: f32 = 14.0;
/// Most ticks drawn: one for each two points of a tall window.
const TICKS: usize = 800;
/// Least height of the thumb.
const THUMB: f32 = 24.0;

/// Draws the bar at the right edge of `area` and scrolls when it is used; returns where it is.
pub fn show(
    ui: &Ui,
    tokens: &Tokens,
    sheet: &mut PageSheet,
    area: Rect,
    engine: &mut TextEngine,
) -> Rect {
    let track = Rect::from_min_max(pos2(area.right() - WIDTH, area.top()), area.max);
    let response = ui.interact(track, Id::unique("page scroll bar"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Scroll the text"));
    let window = f64::from(area.height());
    let (total, room) = (sheet.total().max(window), f64::from(track.height()));
    let thumb_height = (room * window / total).max(f64::from(THUMB)).min(room);
    if let Some(pointer) = response.interact_pointer_pos()
        && total > window
    {
        let share = (f64::from(pointer.y - track.top()) - thumb_height / 2.0)
            / (room - thumb_height).max(1.0);
        sheet.scroll_to(share.clamp(0.0, 1.0) * (total - window), area.height(), engine);
    }
    let painter = ui.painter_at(area);
    block(&painter, track, tokens.page);
    block(&painter, track.with_max_x(track.left() + 1.0), tokens.line);
    if total > window {
        let share = (sheet.position() / (total - window)).clamp(0.0, 1.0);
        let top = track.top() + (share * (room - thumb_height)) as f32;
        let thumb = Rect::from_min_size(
            pos2(track.left() + 1.0, top),
            vec2(WIDTH - 1.0, thumb_height as f32),
        );
        block(&painter, thumb, tokens.line);
    }
    track
}

/// Ticks for words that were looked for, at the left of the bar.
pub fn found(painter: &egui::Painter, tokens: &Tokens, sheet: &PageSheet, hits: &[Span]) {
    let area = painter.clip_rect();
    let every = hits.len().div_ceil(TICKS).max(1);
    for hit in hits.iter().step_by(every) {
        let y = painter.round_to_pixel_center(tick(sheet, hit.start(), area));
        let left = area.right() - WIDTH - 4.0;
        painter.hline(left..=left + 6.0, y, egui::Stroke::new(1.6, tokens.found_mark));
    }
}
