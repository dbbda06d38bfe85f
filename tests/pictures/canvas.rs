//! Draws what egui has tessellated, without a graphics card: triangles and rectangles, clipped, textured, blended.
//!
//! The same on every machine. Colours are blended as egui's own renderers blend them: premultiplied, in gamma space,
//! the nearest texel. It never compares pictures; `album` does.

#![expect(
    clippy::many_single_char_names,
    clippy::float_cmp,
    clippy::iter_over_hash_type,
    clippy::cast_possible_wrap,
    reason = "corners and pixels of triangles; which texture comes first is all one"
)]

use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, ImageData, Pos2, Rect, TextureId, TexturesDelta, pos2};
use egui_kittest::TestRenderer;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Pixels in rows from the top.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<Color32>,
}

/// The textures that a window has sent.
#[derive(Clone, Default)]
pub(crate) struct Textures(Rc<RefCell<BTreeMap<TextureId, Picture>>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for (id, changes) in &delta.set {
            let texture = textures.entry(*id).or_insert_with(Picture::nothing);
            changes.iter().for_each(|change| apply(texture, change));
        }
        for id in &delta.free {
            textures.remove(id);
        }
        delta.clear();
    }
}

fn apply(texture: &mut Picture, change: &ImageDelta) {
    let ImageData::Color(image) = &change.image;
    let [width, height] = image.size;
    let Some([left, top]) = change.pos else {
        *texture = Picture { width, height, pixels: image.pixels.clone() };
        return;
    };
    for (row, new) in image.pixels.chunks_exact(width).enumerate() {
        let at = (top + row) * texture.width + left;
        texture.pixels[at..at + width].copy_from_slice(new);
    }
}

impl Textures {
    /// The picture of these shapes on a ground of black.
    pub(crate) fn draw(
        &self,
        primitives: &[ClippedPrimitive],
        size: [usize; 2],
        scale: f32,
    ) -> Picture {
        let [width, height] = size;
        let mut picture = Picture { width, height, pixels: vec![Color32::BLACK; width * height] };
        let textures = self.0.borrow();
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = textures.get(&mesh.texture_id) else { continue };
            let mut brush = Brush {
                clip: pixel_rect(*clip_rect, scale, size),
                texture,
                picture: &mut picture,
                scale,
            };
            brush.mesh(mesh);
        }
        picture
    }
}

/// Left, top, right, bottom in pixels, inside the picture.
fn pixel_rect(rect: Rect, scale: f32, [width, height]: [usize; 2]) -> [i32; 4] {
    let fit = |value: f32, most: usize| ((value * scale).round() as i32).clamp(0, most as i32);
    [
        fit(rect.left(), width),
        fit(rect.top(), height),
        fit(rect.right(), width),
        fit(rect.bottom(), height),
    ]
}

struct Brush<'a> {
    picture: &'a mut Picture,
    texture: &'a Picture,
    clip: [i32; 4],
    scale: f32,
}

impl Brush<'_> {
    fn mesh(&mut self, mesh: &Mesh) {
        let mut triangles = mesh.indices.as_chunks::<3>().0.iter().peekable();
        while let Some(first) = triangles.next() {
            let a = first.map(|index| mesh.vertices[index as usize]);
            let b = triangles.peek().map(|next| next.map(|index| mesh.vertices[index as usize]));
            if let Some([min, max]) = b.and_then(|b| rectangle(a, b)) {
                triangles.next();
                self.rectangle(min, max);
            } else {
                self.triangle(a);
            }
        }
    }

    /// One colour, edges along the axes: most of what is drawn.
    fn rectangle(&mut self, min: Vertex, max: Vertex) {
        let (from, to) = (min.pos * self.scale, max.pos * self.scale);
        let (columns, rows) = (inside(from.x, to.x), inside(from.y, to.y));
        let per = pos2(
            ratio(max.uv.x - min.uv.x, to.x - from.x),
            ratio(max.uv.y - min.uv.y, to.y - from.y),
        );
        let flat = min.uv == max.uv;
        for y in rows.start.max(self.clip[1])..rows.end.min(self.clip[3]) {
            let v = min.uv.y + (y as f32 + 0.5 - from.y) * per.y;
            for x in columns.start.max(self.clip[0])..columns.end.min(self.clip[2]) {
                let uv = if flat {
                    min.uv
                } else {
                    pos2(min.uv.x + (x as f32 + 0.5 - from.x) * per.x, v)
                };
                self.blend(x, y, min.color, uv);
            }
        }
    }

    fn triangle(&mut self, corners: [Vertex; 3]) {
        let [a, b, c] = corners.map(|vertex| vertex.pos * self.scale);
        let area = cross(a, b, c);
        if area == 0.0 {
            return;
        }
        let rows = inside(a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
        for y in rows.start.max(self.clip[1])..rows.end.min(self.clip[3]) {
            let middle = y as f32 + 0.5;
            let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
            for x in
                [(a, b), (b, c), (c, a)].into_iter().filter_map(|(p, q)| crossing(p, q, middle))
            {
                (left, right) = (left.min(x), right.max(x));
            }
            if left > right {
                continue;
            }
            let columns = inside(left, right);
            for x in columns.start.max(self.clip[0])..columns.end.min(self.clip[2]) {
                let at = pos2(x as f32 + 0.5, middle);
                let shares =
                    [cross(at, b, c) / area, cross(a, at, c) / area, cross(a, b, at) / area];
                let (color, uv) = mixed(&corners, shares);
                self.blend(x, y, color, uv);
            }
        }
    }

    fn blend(&mut self, x: i32, y: i32, color: Color32, uv: Pos2) {
        let texel = |share: f32, side: usize| ((share * side as f32) as usize).min(side - 1);
        let at =
            texel(uv.y, self.texture.height) * self.texture.width + texel(uv.x, self.texture.width);
        let source = times(color, self.texture.pixels[at]);
        let under = &mut self.picture.pixels[y as usize * self.picture.width + x as usize];
        let rest = 255 - u32::from(source.a());
        let over = |new: u8, old: u8| {
            (u32::from(new) + (u32::from(old) * rest + 127) / 255).min(255) as u8
        };
        let [r, g, b] =
            [over(source.r(), under.r()), over(source.g(), under.g()), over(source.b(), under.b())];
        *under = Color32::from_rgb(r, g, b);
    }
}

/// The pixels whose middles lie between two edges.
fn inside(from: f32, to: f32) -> std::ops::Range<i32> {
    (from - 0.5).ceil() as i32..(to - 0.5).ceil() as i32
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Where an edge crosses a row; neighbours with the same edge get the same answer, so that no pixel is drawn twice.
fn crossing(p: Pos2, q: Pos2, y: f32) -> Option<f32> {
    let (upper, lower) = if (p.y, p.x) < (q.y, q.x) { (p, q) } else { (q, p) };
    let crosses = upper.y <= y && y < lower.y;
    crosses.then(|| upper.x + (lower.x - upper.x) * ((y - upper.y) / (lower.y - upper.y)))
}

fn mixed(corners: &[Vertex; 3], shares: [f32; 3]) -> (Color32, Pos2) {
    let mix = |part: fn(&Vertex) -> f32| -> f32 {
        corners.iter().zip(shares).map(|(vertex, share)| part(vertex) * share).sum()
    };
    let channel = |part: fn(&Vertex) -> f32| mix(part).round().clamp(0.0, 255.0) as u8;
    let color = if corners[0].color == corners[1].color && corners[1].color == corners[2].color {
        corners[0].color
    } else {
        Color32::from_rgba_premultiplied(
            channel(|vertex| f32::from(vertex.color.r())),
            channel(|vertex| f32::from(vertex.color.g())),
            channel(|vertex| f32::from(vertex.color.b())),
            channel(|vertex| f32::from(vertex.color.a())),
        )
    };
    (color, pos2(mix(|vertex| vertex.uv.x), mix(|vertex| vertex.uv.y)))
}

fn times(a: Color32, b: Color32) -> Color32 {
    let times = |a: u8, b: u8| ((u32::from(a) * u32::from(b) + 127) / 255) as u8;
    Color32::from_rgba_premultiplied(
        times(a.r(), b.r()),
        times(a.g(), b.g()),
        times(a.b(), b.b()),
        times(a.a(), b.a()),
    )
}

/// Whether two triangles are one rectangle of one colour: its corners.
fn rectangle(a: [Vertex; 3], b: [Vertex; 3]) -> Option<[Vertex; 2]> {
    let all = || a.iter().chain(&b);
    if all().any(|vertex| vertex.color != a[0].color) {
        return None;
    }
    let bounds = Rect::from_points(&all().map(|vertex| vertex.pos).collect::<Vec<_>>());
    let on_corner = |v: &Vertex| {
        (v.pos.x == bounds.left() || v.pos.x == bounds.right())
            && (v.pos.y == bounds.top() || v.pos.y == bounds.bottom())
    };
    let corner = |at: Pos2| all().find(|vertex| vertex.pos == at).copied();
    let whole = all().all(on_corner)
        && corner(bounds.right_top()).is_some()
        && corner(bounds.left_bottom()).is_some()
        && (cross(a[0].pos, a[1].pos, a[2].pos).abs() + cross(b[0].pos, b[1].pos, b[2].pos).abs()
            - 2.0 * bounds.area())
        .abs()
            < 0.01;
    if !whole {
        return None;
    }
    Some([corner(bounds.min)?, corner(bounds.max)?])
}

impl Picture {
    /// A rectangle of it.
    pub(crate) fn part(&self, [left, top]: [usize; 2], [width, height]: [usize; 2]) -> Self {
        let rows = self.pixels.chunks_exact(self.width).skip(top).take(height);
        let pixels = rows.flat_map(|row| row[left..left + width].to_vec()).collect();
        Self { width, height, pixels }
    }

    fn nothing() -> Self {
        Self { width: 0, height: 0, pixels: Vec::new() }
    }
}
