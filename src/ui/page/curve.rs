//! The shape of a link: a curve that rises above the words, with an arrow head, and the best place for its label.

use egui::{Color32, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

/// Points from the top of the words to the middle of the gap above them.
const GAP: f32 = 8.5;

/// Steps in which a bent curve is drawn.
const STEPS: u8 = 24;
/// Radius of the corners of a way along gaps and margins.
const CORNER: f32 = 6.0;
/// Length of an arrow head.
const HEAD: f32 = 7.5;

/// A curve from the top of some words to the top of others: the points that it goes through.
pub struct Curve {
    points: Vec<Pos2>,
}

impl Curve {
    /// Over one line: up from `start` and down on `end`.
    pub fn over(start: Pos2, end: Pos2) -> Self {
        let across = end.x - start.x;
        let lift = 15.0 + (across.abs() / 40.0).min(7.0);
        let lean = across * 0.08;
        Self::bent([start, start + vec2(lean, -lift), end + vec2(-lean, -lift), end])
    }

    /// From line to line: straight out of the one and straight into the other, with a bend between them.
    pub fn across(start: Pos2, end: Pos2) -> Self {
        let down = end.y - start.y;
        let reach = down.signum() * (down.abs() * 0.55).clamp(9.0, 90.0);
        Self::bent([start, start + vec2(0.0, reach), end - vec2(0.0, reach), end])
    }

    /// From corner to corner, with the corners rounded.
    pub fn along(corners: &[Pos2]) -> Self {
        let mut points: Vec<Pos2> = corners.first().copied().into_iter().collect();
        for corner in corners.windows(3) {
            let [before, at, after] = corner else { continue };
            let (back, on) = (*before - *at, *after - *at);
            let radius = CORNER.min(back.length() / 2.0).min(on.length() / 2.0);
            let (start, end) = (*at + back.normalized() * radius, *at + on.normalized() * radius);
            points.extend((0..=4_u8).map(|step| {
                let t = f32::from(step) / 4.0;
                start.lerp(*at, t).lerp(at.lerp(end, t), t)
            }));
        }
        points.extend(corners.last());
        Self { points }
    }

    fn bent([start, rise, fall, end]: [Pos2; 4]) -> Self {
        let points = (0..=STEPS).map(|step| {
            let t = f32::from(step) / f32::from(STEPS);
            let (first, middle, last) =
                (start.lerp(rise, t), rise.lerp(fall, t), fall.lerp(end, t));
            first.lerp(middle, t).lerp(middle.lerp(last, t), t)
        });
        Self { points: points.collect() }
    }

    fn length(&self) -> f32 {
        let pairs = self.points.iter().zip(self.points.iter().skip(1));
        pairs.map(|(from, to)| from.distance(*to)).sum()
    }

    /// The place at `t` of its length, from 0 to 1.
    pub fn at(&self, t: f32) -> Pos2 {
        let mut rest = self.length() * t.clamp(0.0, 1.0);
        for (from, to) in self.points.iter().zip(self.points.iter().skip(1)) {
            let part = from.distance(*to);
            if rest <= part {
                return from.lerp(*to, if part > 0.0 { rest / part } else { 0.0 });
            }
            rest -= part;
        }
        self.points.last().copied().unwrap_or_default()
    }

    /// Moves it by so many points.
    pub fn shift(&mut self, by: Vec2) {
        self.points.iter_mut().for_each(|point| *point += by);
    }

    /// Its line, with a head at its end, and at both ends if it goes both ways.
    #[expect(clippy::fn_params_excessive_bools, reason = "one way or both")]
    pub fn shapes(&self, stroke: Stroke, both: bool) -> impl Iterator<Item = Shape> {
        let line = Shape::line(self.points.clone(), stroke);
        let share = HEAD / self.length().max(HEAD);
        let ends = [(1.0, 1.0 - share), (0.0, share)];
        let heads = ends.into_iter().take(if both { 2 } else { 1 }).map(move |(tip, back)| {
            let tip = self.at(tip);
            head(tip, (tip - self.at(back)).normalized(), stroke.color)
        });
        std::iter::once(line).chain(heads)
    }

    /// Where a label of that size covers no words and no other label, as near to the middle as can be.
    pub fn label_place(&self, size: Vec2, words: &[Rect], taken: &[Rect]) -> Rect {
        let mut best = (f32::INFINITY, Rect::from_center_size(self.at(0.5), size));
        for step in 0..=16 {
            let t = 0.1 + 0.05 * step as f32;
            let on = self.at(t);
            for y in heights(on.y, words) {
                let place = Rect::from_center_size(pos2(on.x, y), size);
                let cost = covered(place, words) * 2.0
                    + covered(place.expand(2.0), taken) * 8.0
                    + (t - 0.5).abs() * 60.0
                    // Half a label away it still lies on the curve.
                    + ((y - on.y).abs() - size.y / 2.0 + 1.0).max(0.0) * 4.0;
                if cost < best.0 {
                    best = (cost, place);
                }
            }
        }
        best.1
    }
}

/// The height of the curve, and those of the gaps near it.
fn heights(y: f32, words: &[Rect]) -> Vec<f32> {
    let gaps = words.iter().map(|line| line.top() - GAP).filter(|gap| (gap - y).abs() < 24.0);
    std::iter::once(y).chain(gaps).collect()
}

/// How much of `place` the others cover.
fn covered(place: Rect, others: &[Rect]) -> f32 {
    let shared = others.iter().map(|other| place.intersect(*other)).filter(Rect::is_positive);
    shared.map(|rect| rect.area()).sum()
}

fn head(tip: Pos2, along: Vec2, color: Color32) -> Shape {
    let back = tip - along * HEAD;
    let side = vec2(-along.y, along.x) * 3.8;
    Shape::convex_polygon(vec![tip, back + side, back - side], color, Stroke::NONE)
}

#[cfg(test)]
mod tests {
    use crate::ui::page::curve::Curve;
    use egui::{Rect, pos2, vec2};

    /// Lines of words from 0 to 600 with gaps of 18 points between them.
    fn lines() -> Vec<Rect> {
        (0..4_u8)
            .map(|line| {
                let top = 40.0 + 35.0 * f32::from(line);
                Rect::from_min_max(pos2(0.0, top), pos2(600.0, top + 17.0))
            })
            .collect()
    }

    #[test]
    fn a_curve_leaves_and_arrives_where_it_was_told_and_rises_between() {
        let curve = Curve::over(pos2(50.0, 75.0), pos2(300.0, 75.0));
        assert_eq!((curve.at(0.0), curve.at(1.0)), (pos2(50.0, 75.0), pos2(300.0, 75.0)));
        let top = curve.at(0.5).y;
        assert!((57.0..70.0).contains(&top), "in the gap above the line: {top}");
    }

    #[test]
    fn labels_lie_in_gaps_and_not_on_each_other() {
        let words = lines();
        let mut taken: Vec<Rect> = Vec::new();
        for (from, to) in [
            ((50.0, 75.0), (300.0, 75.0)),
            ((60.0, 75.0), (310.0, 75.0)),
            ((40.0, 75.0), (320.0, 145.0)),
        ] {
            let (from, to): (egui::Pos2, egui::Pos2) = (from.into(), to.into());
            let flat = (from.y - to.y).abs() < 1.0;
            let curve = if flat { Curve::over(from, to) } else { Curve::across(from, to) };
            let place = curve.label_place(vec2(60.0, 16.0), &words, &taken);
            assert!(words.iter().all(|line| !line.shrink(1.0).intersects(place)), "{place:?}");
            assert!(taken.iter().all(|other| !other.intersects(place)), "{place:?} on {taken:?}");
            taken.push(place);
        }
    }
}
