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
const LANE: [f32; LANES as usize] = [0.0, 4.0, 7.2, 10.0, 12.6, 15.1];
/// The width of a bar in each lane against that in the first: finer where they are closer.
const FINER: [f32; LANES as usize] = [1.0, 0.95, 0.85, 0.78, 0.72, 0.72];
/// Height of the tallest letters against the size.
const TALL: f32 = 0.76;
/// Points that a bar keeps from both ends of its words, so that neighbours stay apart, and its least length.
const INSET: f32 = 0.8;
const SHORTEST: f32 = 2.0;
/// Words that are not wider than that can be pointed at as if they were.
const POINTED: f32 = 4.0;
/// Over more lines than that fragments are joined at both ends only.
const JOINED: usize = 5;
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
            let narrow = (POINTED - part.rect.width()).max(0.0);
            own.rects.push(part.rect.expand2(vec2(narrow / 2.0, 0.0)));
            own.baselines.push(y - own.drop);
            own.rtl = placed.para.is_rtl();
            let x = if own.rtl { part.rect.left() } else { part.rect.right() };
            own.end = (last <= placed.end).then_some(pos2(x, y));
        }
    }

    fn bars(&self, fragments: &Fragments, own: &Drawn) {
        // Over many lines a bracket in the margin says it, and the bars step back.
        let long = own.lines() >= LONG;
        let finer = FINER.get(usize::from(self.lane)).copied().unwrap_or(1.0);
        let width = if long { self.stroke.hair } else { self.stroke.bar * finer };
        for span in fragments.spans() {
            let parts = self.stretches(*span);
            for (piece, part) in &parts {
                let Some(y) = self.y(*piece, part.line) else { continue };
                let (left, right) = bounds(part.rect);
                self.bar(pos2(left, y), pos2(right, y), width);
            }
            self.caps(&parts, *span);
        }
        self.join(fragments);
        if long {
            self.bracket(own);
        }
    }

    /// Without the blanks at the ends of lines.
    fn stretches(&self, span: Span) -> Vec<(usize, Piece)> {
        let mut parts = stretches(self.placed, self.origin, span);
        for (piece, part) in &mut parts {
            let line = self.placed.get(*piece).and_then(|p| p.para.lines().get(part.line));
            let Some((left, right)) = line.map(|line| line.ink) else { continue };
            let (left, right) = (self.origin.x + left, self.origin.x + right);
            let ink = part.rect.with_min_x(part.rect.left().max(left));
            let ink = ink.with_max_x(ink.right().min(right));
            if ink.width() > 0.0 {
                part.rect = ink;
            }
        }
        parts
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
            let (left, last) = bounds(part.rect);
            let x = if right { last } else { left };
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

    /// Fragments of one annotation are joined by a thin dotted line below the words between them.
    fn join(&self, fragments: &Fragments) {
        let spans = fragments.spans();
        for pair in spans.windows(2) {
            let [before, after] = pair else { continue };
            let Some(gap) = Span::between(before.end(), after.start()) else { continue };
            let parts = self.stretches(gap);
            let mut rows: Vec<f32> = Vec::new();
            for (piece, part) in &parts {
                rows.extend(self.y(*piece, part.line).filter(|y| rows.last() != Some(y)));
            }
            let ends = (rows.first().copied(), rows.last().copied());
            for (piece, part) in &parts {
                let Some(y) = self.y(*piece, part.line) else { continue };
                if rows.len() > JOINED && Some(y) != ends.0 && Some(y) != ends.1 {
                    continue;
                }
                let line = [pos2(part.rect.left(), y), pos2(part.rect.right(), y)];
                self.painter.extend(egui::Shape::dotted_line(&line, self.color, 3.5, 0.6));
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

/// From where to where the bar of some words goes: also of those that have no width.
fn bounds(words: Rect) -> (f32, f32) {
    let half = (words.width() / 2.0 - INSET).max(SHORTEST / 2.0);
    (words.center().x - half, words.center().x + half)
}

/// Points from the baseline down to a lane, below words set so: closer where the lines are, so that the deepest one
/// does not come to the words of the next line.
fn below(lane: u8, look: PageLook) -> f32 {
    let lane = LANE.get(usize::from(lane)).or(LANE.last()).copied().unwrap_or_default();
    let room = (look.leading - TALL) * 17.0 - FIRST_LANE - STROKE;
    let deepest = LANE.last().copied().unwrap_or(1.0);
    (FIRST_LANE + lane * (room / deepest).min(1.0)) * look.size / 17.0
}

#[cfg(test)]
mod tests {
    use crate::ui::page::marks::{FINER, LANES, SHORTEST, STROKE, TALL, below, bounds};
    use crate::ui::theme::{LEADING, PageLook, SIZE};
    use egui::{Rect, pos2};

    #[test]
    fn lanes_stay_apart_and_off_the_next_line_at_every_setting() {
        for size in [SIZE.0, 17.0, SIZE.1] {
            for leading in [LEADING.0, 1.9, 2.05, LEADING.1] {
                let look = PageLook { size, leading, ..PageLook::default() };
                let lanes: Vec<f32> = (0..LANES).map(|lane| below(lane, look)).collect();
                assert!(lanes.windows(2).all(|pair| pair[1] - pair[0] > 0.08 * size), "{lanes:?}");
                let letters = (leading - TALL) * size;
                let deepest = lanes[usize::from(LANES) - 1] + STROKE * size / 17.0;
                assert!(deepest <= letters + 0.01, "{deepest} > {letters} at {leading}");
            }
        }
    }

    #[test]
    fn the_bars_of_six_lanes_do_not_touch_each_other() {
        let lanes: Vec<f32> = (0..LANES).map(|lane| below(lane, PageLook::default())).collect();
        for (lane, pair) in lanes.windows(2).enumerate() {
            let bars = 1.8 * f32::midpoint(FINER[lane], FINER[lane + 1]);
            assert!(pair[1] - pair[0] > bars + 0.8, "{lane}: {lanes:?}");
        }
    }

    #[test]
    fn a_bar_stays_within_its_words_and_is_seen_where_these_have_no_width() {
        let words = |left, right| Rect::from_min_max(pos2(left, 0.0), pos2(right, 20.0));
        let (left, right) = bounds(words(10.0, 60.0));
        assert!((left - 10.8).abs() < 0.01 && (right - 59.2).abs() < 0.01, "{left} {right}");
        for width in [0.0, 0.5, 3.0] {
            let (left, right) = bounds(words(40.0, 40.0 + width));
            assert!(right - left >= SHORTEST - 0.001, "{width}: {left} {right}");
        }
    }
}
