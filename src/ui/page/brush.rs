//! Bars of marks on whole pixels, so that thin ones side by side stay as clear as they can be.
//!
//! It only draws: which bars there are is said in `marks.rs`.

use crate::ui::engine::Tiles;
use crate::ui::page::strips::Strips;
use egui::emath::GuiRounding as _;
use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, Shape, pos2};

/// Draws bars of whole pixels: one that is a part of a pixel wider would only look blurred.
pub struct Brush<'a> {
    /// Where they go: rectangles that show parts of `strips`.
    pub tiles: &'a mut Tiles,
    /// How they can be broken up.
    pub strips: &'a mut Strips,
    /// Where the texture is.
    pub ctx: &'a Context,
    /// Physical pixels in a point.
    pub scale: f32,
    /// Their colour.
    pub color: Color32,
}

/// A rectangle of one colour on whole pixels: egui would also cut its edges soft, which takes longer than the rest.
pub fn block(painter: &Painter, rect: Rect, color: Color32) {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect.round_to_pixels(painter.pixels_per_point()), color);
    painter.add(Shape::mesh(mesh));
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
    /// A level bar of about that width whose middle is at `y`.
    pub fn level(&mut self, (left, right): (f32, f32), y: f32, width: f32, broken: Broken) {
        let (top, bottom) = self.across(y, width);
        self.along((left, right), broken, |left, right, [start, end]| {
            let rect = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
            (rect, [start, end, start, end])
        });
    }

    /// An upright bar of about that width whose middle is at `x`.
    pub fn upright(&mut self, (top, bottom): (f32, f32), x: f32, width: f32, broken: Broken) {
        let (left, right) = self.across(x, width);
        self.along((top, bottom), broken, |top, bottom, [start, end]| {
            let rect = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
            (rect, [start, start, end, end])
        });
    }

    /// From where to where it goes across its length, in physical pixels.
    fn across(&self, middle: f32, width: f32) -> (f32, f32) {
        let width = (width * self.scale).round().max(1.0);
        let start = whole(middle * self.scale - width / 2.0);
        (start, start + width)
    }

    /// As many rectangles as it takes, each as `place` says from where it begins and ends, in physical pixels, and
    /// from the places there in the texture.
    fn along(
        &mut self,
        (from, to): (f32, f32),
        broken: Broken,
        place: impl Fn(f32, f32, [Pos2; 2]) -> (Rect, [Pos2; 4]),
    ) {
        let (from, to) = (whole(from * self.scale), whole(to * self.scale));
        let to = to.max(from + 1.0);
        let strip = match broken {
            Broken::Not => self.strips.whole(self.ctx),
            Broken::Parts(part, gap) => {
                let pixels =
                    [part, gap].map(|points| (points * self.scale).round().max(1.0) as u32);
                self.strips.broken(self.ctx, pixels.into())
            }
        };
        let most = strip.length.map_or(f32::INFINITY, |pixels| pixels as f32);
        let mut start = from;
        while start < to {
            let end = (start + most).min(to);
            let (rect, uv) = place(start, end, [strip.at(0.0), strip.at(end - start)]);
            let rect = Rect::from_min_max(rect.min / self.scale, rect.max / self.scale);
            self.tiles.push_corners(rect, uv, self.color);
            start = end;
        }
    }
}

/// The nearest whole pixel; what lies just between two goes to the same one at every height on the screen.
fn whole(pixels: f32) -> f32 {
    (pixels + 0.02).round()
}

#[cfg(test)]
mod tests {
    use crate::ui::engine::Tiles;
    use crate::ui::page::brush::{Broken, Brush};
    use crate::ui::page::strips::Strips;
    use egui::{Color32, Context};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bars_lie_on_whole_pixels_between_their_ends(
            left in 0.0_f32..50.0, long in 0.0_f32..200.0, y in 10.0_f32..50.0, width in 0.3_f32..4.0,
            scale in prop::sample::select(vec![1.0_f32, 1.25, 1.5, 2.0]),
            broken in prop::sample::select(vec![Broken::Not, Broken::Parts(6.0, 3.0), Broken::Parts(1.0, 1.0)]),
        ) {
            let (mut tiles, mut strips, ctx) = (Tiles::default(), Strips::default(), Context::default());
            let color = Color32::BLACK;
            let mut brush = Brush { tiles: &mut tiles, strips: &mut strips, ctx: &ctx, scale, color };
            brush.level((left, left + long), y, width, broken);
            prop_assert!(!tiles.is_empty());
            for rect in tiles.rects() {
                let pixels = [rect.left(), rect.right(), rect.top(), rect.bottom()].map(|x| x * scale);
                prop_assert!(pixels.iter().all(|x| (x - x.round()).abs() < 0.001), "{pixels:?}");
                prop_assert!(pixels[0] >= left * scale - 0.6);
                prop_assert!(pixels[1] <= ((left + long) * scale).max(left * scale + 1.0) + 0.6);
                prop_assert!((rect.center().y - y).abs() * scale <= 1.0, "{rect}");
            }
        }
    }
}
