//! Annotations on the page: bars below the line, one lane for each level, the outer doll further down.
//!
//! Layer is colour *and* line pattern *and* letter (in lists and hints). A tint only for what is selected.

use crate::model::{AnnotationId, Fragments, LayerId, LinePattern};
use crate::text::Span;
use crate::ui::engine::{Piece, Tiles};
use crate::ui::page::Frame;
use crate::ui::page::brush::{Broken, Brush};
use crate::ui::page::sheet::Placed;
use crate::ui::page::sight::Laid;
use crate::ui::page::strips::Strips;
use crate::ui::theme::{PageLook, Strokes};
use egui::emath::GuiRounding as _;
use egui::{Color32, Context, Pos2, Rect, Vec2, pos2, vec2};

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
/// Width of caps and of what joins fragments.
const THIN: f32 = 1.0;
/// The length of a dot, and of the gap after it, against the width of its bar.
const DOT: (f32, f32) = (1.0, 1.5);
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

    /// Moves it by so many points.
    pub(in crate::ui::page) fn shift(&mut self, by: Vec2) {
        self.rects.iter_mut().for_each(|rect| *rect = rect.translate(by));
        self.baselines.iter_mut().for_each(|baseline| *baseline += by.y);
        self.end = self.end.map(|end| end + by);
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

/// Where marks are drawn: what is in sight, and how it is set.
pub struct Place<'a> {
    /// The pieces in sight.
    pub placed: &'a [Placed],
    /// The column's left edge and the window's upper edge.
    pub origin: Pos2,
    /// How the page is set.
    pub look: PageLook,
    /// Physical pixels in a point.
    pub scale: f32,
}

impl<'a> Place<'a> {
    /// That of a frame.
    pub(in crate::ui::page) fn of(frame: &Frame<'a>, look: PageLook) -> Self {
        let scale = frame.painter.pixels_per_point();
        Self { placed: frame.placed, origin: frame.origin, look, scale }
    }
}

/// What the bars of a layer look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Paint {
    /// The layer.
    pub layer: LayerId,
    /// Its colour.
    pub color: Color32,
    /// Its pattern, so that colour is not the only sign.
    pub pattern: LinePattern,
}

/// Draws the bars of an annotation in sight, and says where it is.
pub fn draw(
    place: &Place<'_>,
    (paint, strokes): (&Paint, Strokes),
    (annotation, lane): &Laid,
    (tiles, strips, ctx): (&mut Tiles, &mut Strips, &Context),
) -> Drawn {
    let lane = (*lane).min(LANES);
    let drop = below(lane.min(LANES - 1), place.look);
    let mut own = Drawn::new(annotation.id.clone(), (lane, drop));
    let brush = Brush { tiles, strips, ctx, scale: place.scale, color: paint.color };
    let mut hand = Hand { place, pattern: paint.pattern, lane, drop, strokes, brush };
    let parts = hand.all_stretches(annotation.place.fragments());
    hand.find(annotation.place.fragments(), &parts, &mut own);
    if lane < LANES {
        hand.bars(annotation.place.fragments(), &parts, &own);
    }
    own
}

/// The stretches of a span in sight, each with its piece.
type Parts = Vec<(usize, Piece)>;

/// What the bars of one annotation are drawn with.
struct Hand<'a> {
    place: &'a Place<'a>,
    pattern: LinePattern,
    lane: u8,
    /// Points from the baseline down to the bar.
    drop: f32,
    strokes: Strokes,
    brush: Brush<'a>,
}

impl Hand<'_> {
    /// Those of each fragment.
    fn all_stretches(&self, fragments: &Fragments) -> Vec<Parts> {
        fragments.spans().iter().map(|span| self.stretches(*span)).collect()
    }

    /// Notes where the words are.
    fn find(&self, fragments: &Fragments, parts: &[Parts], own: &mut Drawn) {
        let last = fragments.hull().end();
        for (piece, part) in parts.iter().flatten() {
            let (Some(y), Some(placed)) =
                (self.y(*piece, part.line), self.place.placed.get(*piece))
            else {
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

    fn bars(&mut self, fragments: &Fragments, parts: &[Parts], own: &Drawn) {
        // Over many lines a bracket in the margin says it, and the bars step back.
        let long = own.lines() >= LONG;
        let finer = FINER.get(usize::from(self.lane)).copied().unwrap_or(1.0);
        let width = if long { self.strokes.hair } else { self.strokes.bar * finer };
        let broken = self.broken(width);
        for (span, parts) in fragments.spans().iter().zip(parts) {
            for (piece, part) in parts {
                let Some(y) = self.y(*piece, part.line) else { continue };
                self.brush.level(bounds(part.rect), y, width, broken);
            }
            self.caps(parts, *span);
        }
        self.join(fragments);
        if long {
            self.bracket(own);
        }
    }

    /// Without the blanks at the ends of lines.
    fn stretches(&self, span: Span) -> Parts {
        let place = self.place;
        let mut parts = stretches(place.placed, place.origin, span);
        for (piece, part) in &mut parts {
            let line = place.placed.get(*piece).and_then(|p| p.para.lines().get(part.line));
            let Some((left, right)) = line.map(|line| line.ink) else { continue };
            let (left, right) = (place.origin.x + left, place.origin.x + right);
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
        let piece = self.place.placed.get(piece)?;
        // As the letters, it stands on a whole pixel.
        let baseline = piece.para.lines().get(row)?.baseline.round_to_pixels(self.place.scale);
        Some(self.place.origin.y + piece.y + baseline + self.drop)
    }

    fn broken(&self, width: f32) -> Broken {
        match self.pattern {
            LinePattern::Solid => Broken::Not,
            LinePattern::Dashed => Broken::Parts(6.0, 3.0),
            LinePattern::Dotted => Broken::Parts(width * DOT.0, width * DOT.1),
        }
    }

    /// Small caps where a span begins and ends, so that neighbours stay apart.
    fn caps(&mut self, parts: &[(usize, Piece)], span: Span) {
        let piece = |at: usize| self.place.placed.get(at);
        let rtl = |at: usize| piece(at).is_some_and(|p| p.para.is_rtl());
        let first =
            parts.first().filter(|(at, _)| piece(*at).is_some_and(|p| p.start <= span.start()));
        let last = parts.last().filter(|(at, _)| piece(*at).is_some_and(|p| span.end() <= p.end));
        let ends = [first.map(|part| (part, rtl(part.0))), last.map(|part| (part, !rtl(part.0)))];
        for ((piece, part), right) in ends.into_iter().flatten() {
            let Some(y) = self.y(*piece, part.line) else { continue };
            let (left, last) = bounds(part.rect);
            let half = THIN / 2.0;
            let x = if right { last - half } else { left + half };
            self.brush.upright((y - CAP.0, y + CAP.1), x, THIN, Broken::Not);
        }
    }

    /// Fragments of one annotation are joined by a thin dotted line below the words between them.
    fn join(&mut self, fragments: &Fragments) {
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
                let line = (part.rect.left(), part.rect.right());
                self.brush.level(line, y, THIN, Broken::Parts(1.0, 2.5));
            }
        }
    }

    /// A line beside the lines that the annotation is on, in the margin where they begin.
    fn bracket(&mut self, own: &Drawn) {
        let (Some(first), Some(last)) = (own.baselines.first(), own.baselines.last()) else {
            return;
        };
        let column = self.place.placed.first().map_or(0.0, |placed| placed.width);
        let aside = 7.0 + 3.5 * f32::from(self.lane.min(2));
        let x = self.place.origin.x + if own.rtl { column + aside } else { -aside };
        let (top, bottom) = (first - 12.0, last + own.drop);
        let broken = self.broken(self.strokes.bar);
        self.brush.upright((top, bottom), x, self.strokes.bar, broken);
        let inwards = if own.rtl { (x - 3.0, x) } else { (x, x + 3.0) };
        for y in [top, bottom] {
            self.brush.level(inwards, y, THIN, Broken::Not);
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
