//! Bars of marks on whole pixels, so that thin ones side by side stay as clear as they can be.
//!
//! It only draws: which bars there are is said in `marks.rs`.

use crate::ui::engine::Tiles;
use egui::epaint::WHITE_UV;
use egui::{Color32, Rect, pos2};

/// Draws bars of exact width on whole pixels: what is not a whole pixel wide is paler at the lower or right edge.
pub struct Brush<'a> {
    /// Where they go.
    pub tiles: &'a mut Tiles,
    /// Physical pixels in a point.
    pub scale: f32,
    /// Their colour.
    pub color: Color32,
}

/// How a bar is broken up, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Broken {
    /// It is whole.
    Not,
    /// So long a part, and so long a gap after it.
    Parts(f32, f32),
}

impl Brush<'_> {
    /// A level bar of that width whose middle is at `y`.
    pub fn level(&mut self, (left, right): (f32, f32), y: f32, width: f32, broken: Broken) {
        let (top, whole, rest) = self.across(y, width);
        for (from, to) in self.parts(left, right, broken) {
            self.rect(from, to, top, top + whole, 1.0);
            self.rect(from, to, top + whole, top + whole + 1.0, rest);
        }
    }

    /// An upright bar of that width whose middle is at `x`.
    pub fn upright(&mut self, (top, bottom): (f32, f32), x: f32, width: f32, broken: Broken) {
        let (left, whole, rest) = self.across(x, width);
        for (from, to) in self.parts(top, bottom, broken) {
            self.rect(left, left + whole, from, to, 1.0);
            self.rect(left + whole, left + whole + 1.0, from, to, rest);
        }
    }

    /// Where it begins across its length, how many whole pixels it takes, and how much of the next one.
    fn across(&self, middle: f32, width: f32) -> (f32, f32, f32) {
        let width = (width * self.scale).max(1.0);
        // A hundredth of a pixel is nothing.
        let whole = (width + 0.01).floor();
        ((middle * self.scale - width / 2.0).round(), whole, (width - whole).max(0.0))
    }

    fn parts(
        &self,
        from: f32,
        to: f32,
        broken: Broken,
    ) -> impl Iterator<Item = (f32, f32)> + use<> {
        let (from, to) = ((from * self.scale).round(), (to * self.scale).round());
        let to = to.max(from + 1.0);
        let (long, step) = match broken {
            Broken::Not => (to - from, to - from),
            Broken::Parts(long, gap) => {
                let long = (long * self.scale).round().max(1.0);
                (long, long + (gap * self.scale).round().max(1.0))
            }
        };
        let count = ((to - from) / step).ceil() as usize;
        (0..count).map(move |part| {
            let start = from + part as f32 * step;
            (start, (start + long).min(to))
        })
    }

    /// A rectangle in physical pixels, of which so much is covered.
    fn rect(&mut self, left: f32, right: f32, top: f32, bottom: f32, covered: f32) {
        if covered < 0.02 {
            return;
        }
        let scale = self.scale;
        let rect = Rect::from_min_max(
            pos2(left / scale, top / scale),
            pos2(right / scale, bottom / scale),
        );
        let color = if covered < 1.0 { self.color.gamma_multiply(covered) } else { self.color };
        self.tiles.push(rect, Rect::from_min_max(WHITE_UV, WHITE_UV), color);
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::engine::Tiles;
    use crate::ui::page::brush::{Broken, Brush};
    use egui::Color32;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bars_lie_on_whole_pixels_between_their_ends(
            left in 0.0_f32..50.0, long in 0.0_f32..200.0, y in 10.0_f32..50.0, width in 0.3_f32..4.0,
            scale in prop::sample::select(vec![1.0_f32, 1.25, 1.5, 2.0]),
            broken in prop::sample::select(vec![Broken::Not, Broken::Parts(6.0, 3.0), Broken::Parts(1.0, 1.0)]),
        ) {
            let mut tiles = Tiles::default();
            let mut brush = Brush { tiles: &mut tiles, scale, color: Color32::BLACK };
            brush.level((left, left + long), y, width, broken);
            prop_assert!(!tiles.is_empty());
            for rect in tiles.rects() {
                let pixels = [rect.left(), rect.right(), rect.top(), rect.bottom()].map(|x| x * scale);
                prop_assert!(pixels.iter().all(|x| (x - x.round()).abs() < 0.001), "{pixels:?}");
                prop_assert!(pixels[0] >= (left * scale).round() - 0.001);
                prop_assert!(pixels[1] <= ((left + long) * scale).round().max((left * scale).round() + 1.0) + 0.001);
                prop_assert!((rect.center().y - y).abs() * scale <= width * scale / 2.0 + 1.5, "{rect}");
            }
        }
    }
}
