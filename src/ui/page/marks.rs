//! Annotations on the page: bars below the line, one lane for each level, the outer doll further down.
//!
//! Layer is colour *and* line pattern *and* letter (in lists and hints). A tint only for what is selected.

use crate::model::{AnnotationId, Fragments, LinePattern, Project};
use crate::text::Span;
use crate::ui::engine::Piece;
use crate::ui::page::sheet::Placed;
use crate::ui::page::sight::Laid;
use crate::ui::theme::{PageLook, Strokes, Tokens};
use egui::{Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

/// Points from the baseline to the first lane, below words of 17 points.
const FIRST_LANE: f32 = 5.5;
/// Points from the first lane to each: closer the deeper, so that none comes to the words of the next line.
const LANE: [f32; LANES as usize] = [0.0, 4.6, 8.6, 11.8, 14.4, 16.6];
/// Height of capitals against the size.
pub(in crate::ui::page) const CAPITALS: f32 = 0.714;
/// Points that a bar reaches below the middle of its lane, with air.
const STROKE: f32 = 1.6;
/// Points that a cap reaches above and below the middle of its lane.
const CAP: (f32, f32) = (2.3, 1.3);
/// Lanes drawn in place; of what lies deeper the number is said at the line's end.
const LANES: u8 = 6;
/// So many lines make a bracket.
const LONG: usize = 3;

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
    /// Points from the baseline down to its bar.
    pub drop: f32,
    /// Whether there was no lane left for it.
    pub deeper: bool,
}

impl Drawn {
    fn new(id: AnnotationId, (lane, drop): (u8, f32)) -> Self {
        let (rects, baselines) = (Vec::new(), Vec::new());
        Self { id, rects, baselines, rtl: false, end: None, drop, deeper: lane >= LANES }
    }

    /// How many lines its words are on.
    fn lines(&self) -> usize {
        let lines = self.baselines.chunk_by(|a, b| (a - b).abs() < 1.0);
        lines.count()
    }

    /// What its bars take with their caps, line by line; nothing, if there was no lane for it.
    pub fn bars(&self) -> impl Iterator<Item = Rect> {
        let shown = self.rects.iter().zip(&self.baselines).filter(|_| !self.deeper);
        shown.map(|(rect, baseline)| {
            let y = baseline + self.drop;
            rect.with_min_y(y - CAP.0).with_max_y(y + STROKE.min(CAP.1))
        })
    }

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
    (placed, origin, look): (&[Placed], Pos2, PageLook),
    marks: &[Laid],
) -> Vec<Drawn> {
    let mut drawn = Vec::with_capacity(marks.len());
    for (annotation, lane) in marks {
        let Some(layer) = project.codebook.layer(&annotation.layer) else { continue };
        let stroke = tokens.stroke;
        let (color, pattern) = (tokens.layer(&layer.color).mark, layer.line);
        let lane = (*lane).min(LANES);
        let drop = below(lane.min(LANES - 1), look);
        let hand = Hand { painter, placed, origin, pattern, color, lane, drop, stroke };
        let mut own = Drawn::new(annotation.id.clone(), (lane, drop));
        hand.find(annotation.place.fragments(), &mut own);
        if lane < LANES {
            hand.bars(annotation.place.fragments(), &own);
        }
        drawn.push(own);
    }
    drawn
}

/// What the bars of one annotation are drawn with.
struct Hand<'a> {
    painter: &'a Painter,
    placed: &'a [Placed],
    origin: Pos2,
    pattern: LinePattern,
    color: Color32,
    lane: u8,
    /// Points from the baseline down to the bar.
    drop: f32,
    stroke: Strokes,
}

impl Hand<'_> {
    /// Notes where the words are.
    fn find(&self, fragments: &Fragments, own: &mut Drawn) {
        let last = fragments.hull().end();
        let parts = fragments.spans().iter().flat_map(|span| self.stretches(*span));
        for (piece, part) in parts {
            let (Some(y), Some(placed)) = (self.y(piece, part.line), self.placed.get(piece)) else {
                continue;
            };
            own.rects.push(part.rect);
            own.baselines.push(y - own.drop);
            own.rtl = placed.para.is_rtl();
            let x = if own.rtl { part.rect.left() } else { part.rect.right() };
            own.end = (last <= placed.end).then_some(pos2(x, y));
        }
    }

    fn bars(&self, fragments: &Fragments, own: &Drawn) {
        // Over many lines a bracket in the margin says it, and the bars step back.
        let long = own.lines() >= LONG;
        let width = if long { self.stroke.hair } else { self.stroke.bar };
        let mut ends: Vec<Pos2> = Vec::new();
        for span in fragments.spans() {
            let parts = self.stretches(*span);
            for (piece, part) in &parts {
                let Some(y) = self.y(*piece, part.line) else { continue };
                let (left, right) = (part.rect.left() + 0.5, part.rect.right() - 0.5);
                self.bar(pos2(left, y), pos2(right, y), width);
            }
            self.caps(&parts, *span);
            ends.extend(parts.first().zip(parts.last()).into_iter().flat_map(|(first, last)| {
                let y = |(piece, part): &(usize, Piece)| {
                    self.y(*piece, part.line).unwrap_or(part.rect.bottom())
                };
                [pos2(first.1.rect.left(), y(first)), pos2(last.1.rect.right(), y(last))]
            }));
        }
        self.join(&ends);
        if long {
            self.bracket(own);
        }
    }

    fn stretches(&self, span: Span) -> Vec<(usize, Piece)> {
        stretches(self.placed, self.origin, span)
    }

    /// The height of the lane below a line.
    fn y(&self, piece: usize, row: usize) -> Option<f32> {
        let piece = self.placed.get(piece)?;
        let baseline = piece.para.lines().get(row)?.baseline;
        Some(self.origin.y + piece.y + baseline + self.drop)
    }

    fn bar(&self, from: Pos2, to: Pos2, width: f32) {
        let (painter, stroke) = (self.painter, Stroke::new(width, self.color));
        match self.pattern {
            LinePattern::Solid => {
                painter.line_segment([from, to], stroke);
            }
            LinePattern::Dashed => {
                painter.extend(egui::Shape::dashed_line(&[from, to], stroke, 6.0, 3.0));
            }
            LinePattern::Dotted => {
                let dot = width * 0.62;
                painter.extend(egui::Shape::dotted_line(&[from, to], self.color, dot * 3.25, dot));
            }
        }
    }

    /// Small caps where a span begins and ends, so that neighbours stay apart.
    fn caps(&self, parts: &[(usize, Piece)], span: Span) {
        let rtl = |piece: usize| self.placed.get(piece).is_some_and(|p| p.para.is_rtl());
        let cap = |(piece, part): &(usize, Piece), right: bool| {
            let Some(y) = self.y(*piece, part.line) else { return };
            let x = if right { part.rect.right() - 0.5 } else { part.rect.left() + 0.5 };
            let stroke = Stroke::new(1.2, self.color);
            self.painter.line_segment([pos2(x, y - CAP.0), pos2(x, y + 0.8)], stroke);
        };
        let starts = |piece: usize| self.placed.get(piece).is_some_and(|p| p.start <= span.start());
        let ends = |piece: usize| self.placed.get(piece).is_some_and(|p| span.end() <= p.end);
        if let Some(first) = parts.first().filter(|(piece, _)| starts(*piece)) {
            cap(first, rtl(first.0));
        }
        if let Some(last) = parts.last().filter(|(piece, _)| ends(*piece)) {
            cap(last, !rtl(last.0));
        }
    }

    /// Fragments of one annotation are joined by a thin dotted line where both ends are on one line.
    fn join(&self, ends: &[Pos2]) {
        for pair in ends.get(1..).unwrap_or_default().chunks(2) {
            if let [from, to] = pair
                && (from.y - to.y).abs() < 1.0
            {
                let dots = egui::Shape::dotted_line(&[*from, *to], self.color, 3.0, 0.6);
                self.painter.extend(dots);
            }
        }
    }

    /// A line beside the lines that the annotation is on, in the margin where they begin.
    fn bracket(&self, own: &Drawn) {
        let (Some(first), Some(last)) = (own.baselines.first(), own.baselines.last()) else {
            return;
        };
        let column = self.placed.first().map_or(0.0, |placed| placed.width);
        let aside = 7.0 + 3.5 * f32::from(self.lane.min(2));
        let x = self.origin.x + if own.rtl { column + aside } else { -aside };
        let (top, bottom) = (pos2(x, first - 12.0), pos2(x, last + own.drop));
        self.bar(top, bottom, self.stroke.bar);
        let inwards = if own.rtl { -3.0 } else { 3.0 };
        for end in [top, bottom] {
            let stroke = Stroke::new(1.2, self.color);
            self.painter.line_segment([end, end + vec2(inwards, 0.0)], stroke);
        }
    }
}

/// Points from the baseline down to a lane, below words set so: closer where the lines are, so that the deepest one
/// does not come to the capitals of the next line.
fn below(lane: u8, look: PageLook) -> f32 {
    let lane = LANE.get(usize::from(lane)).or(LANE.last()).copied().unwrap_or_default();
    let room = (look.leading - CAPITALS) * 17.0 - FIRST_LANE - STROKE;
    let deepest = LANE.last().copied().unwrap_or(1.0);
    (FIRST_LANE + lane * (room / deepest).min(1.0)) * look.size / 17.0
}

#[cfg(test)]
mod tests {
    use crate::ui::page::marks::{CAPITALS, LANES, STROKE, below};
    use crate::ui::theme::{LEADING, PageLook, SIZE};

    #[test]
    fn lanes_stay_apart_and_off_the_next_line_at_every_setting() {
        for size in [SIZE.0, 17.0, SIZE.1] {
            for leading in [LEADING.0, 1.9, 2.05, LEADING.1] {
                let look = PageLook { size, leading, ..PageLook::default() };
                let lanes: Vec<f32> = (0..LANES).map(|lane| below(lane, look)).collect();
                assert!(lanes.windows(2).all(|pair| pair[1] - pair[0] > 0.08 * size), "{lanes:?}");
                let capitals = (leading - CAPITALS) * size;
                let deepest = lanes[usize::from(LANES) - 1] + STROKE * size / 17.0;
                assert!(deepest <= capitals + 0.01, "{deepest} > {capitals} at {leading}");
            }
        }
    }
}
