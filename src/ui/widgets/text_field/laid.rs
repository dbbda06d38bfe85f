//! The words of a field laid out: paragraphs one below the other, and every question about places in them.
//!
//! Places are points from the upper left corner of the words. It draws nothing and changes nothing; layouts are kept
//! by the engine, so that asking again in the same frame costs little.

use std::ops::Range;
use std::sync::Arc;

use egui::{Rect, Vec2, pos2, vec2};

use crate::ui::engine::{Affinity, Direction, Hit, Para, Style, TextEngine};
use crate::ui::widgets::text_field::editing::{Lines, Spot, snapped};

/// Longer paragraphs are laid out in pieces, so that a letter typed does not shape a whole book.
const PIECE: usize = 4096;
/// The width of a selected line break.
const BREAK: f32 = 5.0;

/// How the words are set.
#[derive(Clone, Debug)]
pub(in crate::ui::widgets) struct Setting {
    pub(in crate::ui::widgets) style: Style,
    /// Where lines wrap; infinite on one line.
    pub(in crate::ui::widgets) width: f32,
    pub(in crate::ui::widgets) pixels_per_point: f32,
    pub(in crate::ui::widgets) lines: Lines,
}

/// A paragraph, or a piece of a long one.
#[derive(Clone, Debug)]
pub(in crate::ui::widgets) struct Part {
    pub(in crate::ui::widgets) range: Range<usize>,
    /// Whether a line break ends it.
    pub(in crate::ui::widgets) breaks: bool,
    pub(in crate::ui::widgets) corner: Vec2,
    pub(in crate::ui::widgets) para: Arc<Para>,
}

/// The words laid out.
#[derive(Clone, Debug)]
pub(in crate::ui::widgets) struct Laid {
    parts: Vec<Part>,
    /// Height of all lines.
    pub(in crate::ui::widgets) height: f32,
}

impl Laid {
    pub(in crate::ui::widgets) fn new(
        engine: &mut TextEngine,
        text: &str,
        setting: &Setting,
    ) -> Self {
        let (mut parts, mut top, mut rtl) = (Vec::new(), 0.0, false);
        for (range, breaks) in pieces(text, setting.lines) {
            let words = text.get(range.clone()).unwrap_or_default();
            let para =
                engine.shaped(words, setting.width, &setting.style, setting.pixels_per_point);
            rtl = if range.is_empty() { rtl } else { para.is_rtl() };
            // An empty line goes on in the direction of the one above.
            let left = if range.is_empty() && rtl { setting.width } else { 0.0 };
            let height = para.size().y;
            parts.push(Part { range, breaks, corner: vec2(left, top), para });
            top += height;
        }
        Self { parts, height: top }
    }

    pub(in crate::ui::widgets) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The left and right end of what is drawn, blanks at the ends included.
    pub(in crate::ui::widgets) fn reach(&self) -> (f32, f32) {
        let lines = || self.parts.iter().flat_map(|part| part.para.lines());
        let left = lines().map(|line| line.left).fold(f32::INFINITY, f32::min);
        let right = lines().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
        if left.is_finite() && right.is_finite() { (left, right) } else { (0.0, 0.0) }
    }

    /// Whether the paragraph at a place runs from right to left.
    pub(in crate::ui::widgets) fn is_rtl(&self, spot: Spot) -> bool {
        self.part_of(spot).is_some_and(|(_, part)| part.para.is_rtl())
    }

    /// The caret place nearest to a point.
    pub(in crate::ui::widgets) fn hit(&self, at: Vec2) -> Spot {
        let below = self.parts.partition_point(|part| part.corner.y + part.para.size().y <= at.y);
        let Some(part) = self.parts.get(below.min(self.parts.len().saturating_sub(1))) else {
            return Spot { byte: 0, affinity: Affinity::Downstream };
        };
        part.spot(part.para.hit(at - part.corner))
    }

    /// The caret as a rectangle without width.
    pub(in crate::ui::widgets) fn caret(&self, spot: Spot) -> Rect {
        let Some((_, part)) = self.part_of(spot) else { return Rect::ZERO };
        part.para.caret(part.hit(spot)).translate(part.corner)
    }

    /// The stretches that a range covers; a line break in it is a small one.
    pub(in crate::ui::widgets) fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        let mut rects = Vec::new();
        let first = self.parts.partition_point(|part| part.range.end < range.start);
        for part in self.parts.iter().skip(first) {
            if part.range.start >= range.end {
                break;
            }
            let start = range.start.max(part.range.start) - part.range.start;
            let end = range.end.min(part.range.end) - part.range.start;
            if start < end {
                let pieces = part.para.rects(start as u32..end as u32);
                rects.extend(pieces.iter().map(|piece| piece.rect.translate(part.corner)));
            }
            if part.breaks && range.end > part.range.end {
                let at = Spot { byte: part.range.end, affinity: Affinity::Upstream };
                let caret = part.para.caret(part.hit(at)).translate(part.corner);
                let way = if part.para.is_rtl() { -BREAK } else { BREAK };
                rects.push(Rect::from_two_pos(caret.min, pos2(caret.min.x + way, caret.max.y)));
            }
        }
        rects
    }

    /// The next place to the left or right on the screen.
    pub(in crate::ui::widgets) fn beside(&self, spot: Spot, direction: Direction) -> Option<Spot> {
        let (number, part) = self.part_of(spot)?;
        if let Some(hit) = part.para.step_visual(part.hit(spot), direction) {
            return Some(part.spot(hit));
        }
        let forth = (direction == Direction::Right) ^ part.para.is_rtl();
        let found = if forth {
            let next = self.parts.get(number + 1)?;
            Spot { byte: next.range.start, affinity: Affinity::Downstream }
        } else {
            let before = self.parts.get(number.checked_sub(1)?)?;
            Spot { byte: before.range.end, affinity: Affinity::Upstream }
        };
        // Where a long paragraph was cut both ends are one place.
        if found.byte == spot.byte { self.beside(found, direction) } else { Some(found) }
    }

    /// Start and end of the line that the caret is on.
    pub(in crate::ui::widgets) fn line_ends(&self, spot: Spot) -> (Spot, Spot) {
        let Some((_, part)) = self.part_of(spot) else { return (spot, spot) };
        let number = part.para.line_of(part.hit(spot));
        let Some(line) = part.para.lines().get(number) else { return (spot, spot) };
        let byte = |at: u32| part.range.start + at as usize;
        (
            Spot { byte: byte(line.start), affinity: Affinity::Downstream },
            Spot { byte: byte(line.end), affinity: Affinity::Upstream },
        )
    }

    /// The place `by` lines below, or above where it is negative; none beyond the ends.
    pub(in crate::ui::widgets) fn below(&self, spot: Spot, by: isize, goal: f32) -> Option<Spot> {
        let (number, part) = self.part_of(spot)?;
        let line = part.para.line_of(part.hit(spot));
        let lines: Vec<(&Part, usize)> = self
            .parts
            .iter()
            .flat_map(|part| (0..part.para.lines().len()).map(move |line| (part, line)))
            .collect();
        let before: usize =
            self.parts.iter().take(number).map(|part| part.para.lines().len()).sum();
        let wanted = (before + line).checked_add_signed(by)?;
        let (part, line) = lines.get(wanted)?;
        Some(part.spot(part.para.line_hit(*line, goal - part.corner.x)))
    }

    fn part_of(&self, spot: Spot) -> Option<(usize, &Part)> {
        let mut number =
            self.parts.partition_point(|part| part.range.start <= spot.byte).checked_sub(1)?;
        let part = self.parts.get(number)?;
        if spot.affinity == Affinity::Upstream && part.range.start == spot.byte && number > 0 {
            let before = self.parts.get(number - 1)?;
            if !before.breaks {
                number -= 1;
            }
        }
        self.parts.get(number).map(|part| (number, part))
    }
}

impl Part {
    fn hit(&self, spot: Spot) -> Hit {
        let byte = spot.byte.clamp(self.range.start, self.range.end) - self.range.start;
        Hit { byte: byte as u32, affinity: spot.affinity }
    }

    fn spot(&self, hit: Hit) -> Spot {
        Spot { byte: self.range.start + hit.byte as usize, affinity: hit.affinity }
    }
}

/// Paragraphs without their line breaks, and whether one follows. One line is one piece.
fn pieces(text: &str, lines: Lines) -> Vec<(Range<usize>, bool)> {
    if lines == Lines::One {
        return vec![(0..text.len(), false)];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let found = rest.find('\n');
        let end = found.map_or(text.len(), |at| start + at);
        while end - start > PIECE {
            let cut = cut(text, start);
            if cut >= end {
                break;
            }
            pieces.push((start..cut, false));
            start = cut;
        }
        pieces.push((start..end, found.is_some()));
        if found.is_none() {
            return pieces;
        }
        start = end + 1;
    }
}

/// Where a long paragraph is cut: after a blank if there is one.
fn cut(text: &str, start: usize) -> usize {
    let limit = text.floor_char_boundary(start + PIECE);
    let head = text.get(start..limit).unwrap_or_default();
    let blank = head.rfind(' ').map_or(limit, |at| start + at + 1);
    snapped(text, blank)
}
