//! Annotations on the page: bars below the line, one lane for each level, the outer doll further down.
//!
//! Layer is colour *and* line pattern *and* letter (in lists and hints). A tint only for what is selected.

use crate::model::{AnnotationId, LinePattern, Project};
use crate::text::Span;
use crate::ui::engine::Piece;
use crate::ui::page::sheet::Placed;
use crate::ui::page::sight::Laid;
use crate::ui::theme::Tokens;
use egui::{Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

/// Points from the baseline to the first lane.
const FIRST_LANE: f32 = 5.5;
/// Points from lane to lane.
const LANE: f32 = 4.6;
/// Lanes drawn in place; deeper ones lie on the last.
const LANES: u8 = 6;
/// Thickness of a bar.
const BAR: f32 = 1.7;

/// How an annotation is drawn.
pub struct Drawn {
    /// Its id.
    pub id: AnnotationId,
    /// Rectangles of its words on the screen, line by line.
    pub rects: Vec<Rect>,
    /// The baseline of each of them.
    pub baselines: Vec<f32>,
    /// Whether its words begin at the right.
    pub rtl: bool,
    /// The end of its bar, where its last word is in sight.
    pub end: Option<Pos2>,
}

impl Drawn {
    /// Where its words begin, on the baseline.
    pub fn start(&self) -> Option<Pos2> {
        let (rect, baseline) = self.rects.first().zip(self.baselines.first())?;
        Some(pos2(if self.rtl { rect.right() } else { rect.left() }, *baseline))
    }

    /// Whether its words are at `place`.
    pub fn covers(&self, place: Pos2) -> bool {
        self.rects.iter().any(|rect| rect.contains(place))
    }

    /// Points of a line that its words take.
    pub fn length(&self) -> f32 {
        self.rects.iter().map(Rect::width).sum()
    }
}

/// The shortest of those at `place`: the innermost.
pub fn innermost(drawn: &[Drawn], place: Pos2) -> Option<&Drawn> {
    let here = drawn.iter().filter(|drawn| drawn.covers(place));
    here.min_by(|a, b| a.length().total_cmp(&b.length()))
}

/// The stretches of `span` in sight, each with its piece.
pub fn stretches(placed: &[Placed], origin: Pos2, span: Span) -> Vec<(usize, Piece)> {
    let mut found = Vec::new();
    for (at, piece) in placed.iter().enumerate() {
        let (start, end) = (span.start().max(piece.start), span.end().min(piece.end));
        if start < end {
            let range = start.0 - piece.start.0..end.0 - piece.start.0;
            let shift = vec2(origin.x, origin.y + piece.y);
            found.extend(piece.para.rects(range).into_iter().map(|mut part| {
                part.rect = part.rect.translate(shift);
                (at, part)
            }));
        }
    }
    found
}

/// Draws the bars of all annotations in sight, and says where each is.
pub fn draw(
    painter: &Painter,
    project: &Project,
    tokens: &Tokens,
    placed: &[Placed],
    origin: Pos2,
    marks: &[Laid],
) -> Vec<Drawn> {
    let mut drawn = Vec::with_capacity(marks.len());
    for (annotation, lane) in marks {
        let Some(layer) = project.codebook.layer(&annotation.layer) else { continue };
        let color = tokens.layer(&layer.color).mark;
        let lane = (*lane).min(LANES - 1);
        let mut rects = Vec::new();
        let mut baselines = Vec::new();
        let (mut rtl, mut end) = (false, None);
        let last = annotation.place.fragments().hull().end();
        let mut ends: Vec<Pos2> = Vec::new();
        for span in annotation.place.fragments().spans() {
            let parts = stretches(placed, origin, *span);
            for (piece, part) in &parts {
                let Some(y) = lane_y(placed, origin, *piece, part.line, lane) else { continue };
                let (from, to) =
                    (pos2(part.rect.left() + 0.5, y), pos2(part.rect.right() - 0.5, y));
                bar(painter, from, to, layer.line, color);
                rects.push(part.rect);
                baselines.push(y - FIRST_LANE - f32::from(lane) * LANE);
                rtl = placed.get(*piece).is_some_and(|placed| placed.para.is_rtl());
                let whole = placed.get(*piece).is_some_and(|p| last <= p.end);
                end = whole.then_some(if rtl { from } else { to });
            }
            caps(painter, placed, origin, &parts, (*span, lane), color);
            ends.extend(parts.first().zip(parts.last()).into_iter().flat_map(|(first, last)| {
                let y = |(piece, part): &(usize, Piece)| {
                    lane_y(placed, origin, *piece, part.line, lane).unwrap_or(part.rect.bottom())
                };
                [pos2(first.1.rect.left(), y(first)), pos2(last.1.rect.right(), y(last))]
            }));
        }
        join(painter, &ends, color);
        drawn.push(Drawn { id: annotation.id.clone(), rects, baselines, rtl, end });
    }
    drawn
}

/// The height of a lane below a line.
fn lane_y(placed: &[Placed], origin: Pos2, piece: usize, row: usize, lane: u8) -> Option<f32> {
    let piece = placed.get(piece)?;
    let baseline = piece.para.lines().get(row)?.baseline;
    Some(origin.y + piece.y + baseline + FIRST_LANE + f32::from(lane) * LANE)
}

fn bar(painter: &Painter, from: Pos2, to: Pos2, line: LinePattern, color: Color32) {
    let stroke = Stroke::new(BAR, color);
    match line {
        LinePattern::Solid => {
            painter.line_segment([from, to], stroke);
        }
        LinePattern::Dashed => {
            painter.extend(egui::Shape::dashed_line(&[from, to], stroke, 6.0, 3.0));
        }
        LinePattern::Dotted => {
            painter.extend(egui::Shape::dotted_line(&[from, to], color, 3.6, 1.1));
        }
    }
}

/// Small caps where a span begins and ends, so that neighbours stay apart.
fn caps(
    painter: &Painter,
    placed: &[Placed],
    origin: Pos2,
    parts: &[(usize, Piece)],
    (span, lane): (Span, u8),
    color: Color32,
) {
    let rtl = |piece: usize| placed.get(piece).is_some_and(|placed| placed.para.is_rtl());
    let cap = |(piece, part): &(usize, Piece), right: bool| {
        let Some(y) = lane_y(placed, origin, *piece, part.line, lane) else { return };
        let x = if right { part.rect.right() - 0.5 } else { part.rect.left() + 0.5 };
        painter.line_segment([pos2(x, y - 2.5), pos2(x, y + 0.8)], Stroke::new(1.2, color));
    };
    let starts = |piece: usize| placed.get(piece).is_some_and(|p| p.start <= span.start());
    let ends = |piece: usize| placed.get(piece).is_some_and(|p| span.end() <= p.end);
    if let Some(first) = parts.first().filter(|(piece, _)| starts(*piece)) {
        cap(first, rtl(first.0));
    }
    if let Some(last) = parts.last().filter(|(piece, _)| ends(*piece)) {
        cap(last, !rtl(last.0));
    }
}

/// Fragments of one annotation are joined by a thin dotted line where both ends are on one line.
fn join(painter: &Painter, ends: &[Pos2], color: Color32) {
    for pair in ends.get(1..).unwrap_or_default().chunks(2) {
        if let [from, to] = pair
            && (from.y - to.y).abs() < 1.0
        {
            painter.extend(egui::Shape::dotted_line(&[*from, *to], color, 3.0, 0.6));
        }
    }
}
