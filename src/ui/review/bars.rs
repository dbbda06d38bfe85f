//! Bars of two people over the same words: mine above the line, theirs below, the inner doll nearest to the letters.
//!
//! Plain geometry. Which bars there are is worked out in `passage`; how they are broken up is the page's `brush`.

use crate::model::LinePattern;
use crate::text::Span;
use crate::ui::page::brush::{Broken, Brush};
use crate::ui::page::marks::stretches;
use crate::ui::page::sheet::Placed;
use egui::emath::GuiRounding as _;
use egui::{Color32, Pos2};

/// Height of the tallest letters against the size.
const TALL: f32 = 0.78;
/// Points from the letters to the first bar, above and below.
const ABOVE: f32 = 4.5;
const BELOW: f32 = 5.5;
/// Points from a bar to the next one.
const LANE: f32 = 4.0;
/// Points between the bars below a line and those above the next one.
const AIR: f32 = 6.0;
/// Points that a bar keeps from both ends of its words, so that neighbours stay apart.
const INSET: f32 = 0.8;
/// Points that a cap reaches towards the words and away from them.
const CAP: (f32, f32) = (2.3, 1.3);
/// Bars drawn on a side; deeper dolls share the outermost place.
pub(in crate::ui::review) const LANES: u8 = 6;

/// Whose bar it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Mine, above the words.
    Mine,
    /// Theirs, below them.
    Theirs,
}

/// A bar of one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Whose.
    pub side: Side,
    /// The fragments, in my text.
    pub spans: Vec<Span>,
    /// The layer's colour.
    pub color: Color32,
    /// The layer's pattern.
    pub pattern: LinePattern,
    /// Whether it is what is being decided.
    pub current: bool,
}

impl Bar {
    /// From its first word to its last.
    pub fn hull(&self) -> Option<Span> {
        self.spans.iter().copied().reduce(Span::hull)
    }
}

/// The lane of each bar on its own side: the shorter nearer to the words, none in the lane of one that it overlaps.
pub(in crate::ui::review) fn lanes(bars: &[Bar]) -> Vec<u8> {
    let mut order: Vec<(usize, Span, Side)> =
        bars.iter().enumerate().filter_map(|(at, bar)| Some((at, bar.hull()?, bar.side))).collect();
    order.sort_by_key(|(at, hull, _)| (hull.len_bytes(), hull.start(), *at));
    let mut lanes = vec![0; bars.len()];
    let mut placed: Vec<(Span, Side, u8)> = Vec::new();
    for (at, hull, side) in order {
        let below = placed.iter().filter(|(other, of, _)| *of == side && other.overlaps(hull));
        let lane = below.map(|(_, _, lane)| lane + 1).max().unwrap_or_default().min(LANES - 1);
        if let Some(own) = lanes.get_mut(at) {
            *own = lane;
        }
        placed.push((hull, side, lane));
    }
    lanes
}

/// Height of a line that has room for so many lanes above and below its words.
pub(in crate::ui::review) fn line_height(size: f32, above: u8, below: u8) -> f32 {
    let lanes = LANE * (f32::from(above.saturating_sub(1)) + f32::from(below.saturating_sub(1)));
    let needed = size * TALL + (ABOVE + BELOW + lanes + AIR) * size / 17.0;
    needed.max(size * 2.05).ceil()
}

/// Where the lines are, and how large their words.
pub(in crate::ui::review) struct Ground<'a> {
    /// The paragraphs.
    pub placed: &'a [Placed],
    /// The upper left corner of the first.
    pub origin: Pos2,
    /// Points of the words.
    pub size: f32,
    /// Physical pixels in a point.
    pub scale: f32,
    /// Width of a bar of what is decided about.
    pub stroke: f32,
    /// Width of any other bar.
    pub quiet: f32,
}

/// Draws a bar.
pub(in crate::ui::review) fn draw(ground: &Ground<'_>, bar: &Bar, lane: u8, brush: &mut Brush<'_>) {
    let width = if bar.current { ground.stroke * 1.2 } else { ground.quiet };
    let broken = match bar.pattern {
        LinePattern::Solid => Broken::Not,
        LinePattern::Dashed => Broken::Parts(6.0, 3.0),
        LinePattern::Dotted => Broken::Parts(width, width * 1.5),
    };
    for span in &bar.spans {
        for (left, right, y) in ground.lines(*span, bar.side, lane) {
            brush.level((left + INSET, right - INSET), y, width, broken);
        }
        for (x, y) in ground.ends(*span, bar.side, lane) {
            let (up, down) = if bar.side == Side::Theirs { CAP } else { (CAP.1, CAP.0) };
            brush.upright((y - up, y + down), x, 1.0, Broken::Not);
        }
    }
    for pair in bar.spans.windows(2) {
        let [before, after] = pair else { continue };
        let Some(gap) = Span::between(before.end(), after.start()) else { continue };
        for (left, right, y) in ground.lines(gap, bar.side, lane) {
            brush.level((left, right), y, 1.0, Broken::Parts(1.0, 2.5));
        }
    }
}

impl Ground<'_> {
    /// The height of a lane on a line.
    fn y(&self, piece: usize, row: usize, side: Side, lane: u8) -> Option<f32> {
        let placed = self.placed.get(piece)?;
        let ground = placed.para.lines().get(row)?.baseline.round_to_pixels(self.scale);
        let part = self.size / 17.0;
        let drop = match side {
            Side::Mine => -(self.size * TALL + (ABOVE + LANE * f32::from(lane)) * part),
            Side::Theirs => (BELOW + LANE * f32::from(lane)) * part,
        };
        Some(self.origin.y + placed.y + ground + drop)
    }

    /// From where to where the words of `span` go on each line, without the blanks at its end; and the lane's height.
    fn lines(&self, span: Span, side: Side, lane: u8) -> Vec<(f32, f32, f32)> {
        let all = stretches(self.placed, self.origin, span).into_iter();
        all.filter_map(|(piece, part)| {
            let ink = self.placed.get(piece)?.para.lines().get(part.line)?.ink;
            let left = part.rect.left().max(self.origin.x + ink.0);
            let right = part.rect.right().min(self.origin.x + ink.1);
            (right > left).then_some((left, right, self.y(piece, part.line, side, lane)?))
        })
        .collect()
    }

    /// Where a span begins and ends, as far as it can be seen.
    fn ends(&self, span: Span, side: Side, lane: u8) -> Vec<(f32, f32)> {
        let all = stretches(self.placed, self.origin, span);
        let piece = |at: usize| self.placed.get(at);
        let mut ends = Vec::new();
        if let Some((at, part)) = all.first()
            && let (Some(placed), Some(y)) = (piece(*at), self.y(*at, part.line, side, lane))
            && placed.start <= span.start()
        {
            let rtl = placed.para.is_rtl();
            ends.push((if rtl { part.rect.right() - 1.3 } else { part.rect.left() + 1.3 }, y));
        }
        if let Some((at, part)) = all.last()
            && let (Some(placed), Some(y)) = (piece(*at), self.y(*at, part.line, side, lane))
            && span.end() <= placed.end
        {
            let rtl = placed.para.is_rtl();
            ends.push((if rtl { part.rect.left() + 1.3 } else { part.rect.right() - 1.3 }, y));
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use crate::model::LinePattern;
    use crate::text::{Offset, Span};
    use crate::ui::review::bars::{Bar, LANES, Side, lanes, line_height};
    use egui::Color32;
    use proptest::prelude::*;

    fn bar(side: Side, start: u32, end: u32) -> Bar {
        let spans = vec![Span::between(Offset(start), Offset(end)).unwrap()];
        Bar { side, spans, color: Color32::BLACK, pattern: LinePattern::Solid, current: false }
    }

    #[test]
    fn the_inner_doll_is_nearest_to_the_words_and_sides_do_not_push_each_other() {
        let bars = [
            bar(Side::Mine, 0, 30),
            bar(Side::Mine, 5, 10),
            bar(Side::Theirs, 5, 10),
            bar(Side::Mine, 2, 20),
            bar(Side::Mine, 40, 50),
        ];
        assert_eq!(lanes(&bars), [2, 0, 0, 1, 0]);
    }

    proptest! {
        #[test]
        fn bars_of_a_side_that_overlap_never_share_a_lane_below_the_last(
            spans in prop::collection::vec((0_u32..40, 1_u32..30, any::<bool>()), 1..14)
        ) {
            let side = |mine| if mine { Side::Mine } else { Side::Theirs };
            let bars: Vec<Bar> = spans.iter().map(|(s, l, mine)| bar(side(*mine), *s, s + l)).collect();
            let lanes = lanes(&bars);
            for (at, one) in bars.iter().enumerate() {
                for (other_at, other) in bars.iter().enumerate().skip(at + 1) {
                    let meet = one.side == other.side
                        && one.hull().unwrap().overlaps(other.hull().unwrap());
                    let both_last = lanes[at] == LANES - 1 && lanes[other_at] == LANES - 1;
                    prop_assert!(!meet || lanes[at] != lanes[other_at] || both_last);
                }
            }
        }
    }

    #[test]
    fn lines_are_as_far_apart_as_their_lanes_need() {
        assert_eq!(line_height(17.0, 1, 1).to_bits(), 35.0_f32.to_bits());
        assert!(line_height(17.0, 3, 3) > 42.0);
        assert!(line_height(24.0, 3, 3) > line_height(17.0, 3, 3));
    }
}
