//! Rectangles kept as triangles from frame to frame: what stays in sight is made once, and moved when one scrolls.
//!
//! It knows nothing of what they show; `kept.rs` keeps words in them, the page its marks.

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Pos2, Rect, Shape, TextureId, Vec2};
use std::ops::Range;
use std::sync::Arc;

/// Vertices and indices of a rectangle.
const VERTICES: usize = 4;
const INDICES: [u32; 6] = [0, 1, 2, 2, 1, 3];

/// Rectangles of one texture, in order.
#[derive(Clone, Debug, Default)]
pub struct Tiles {
    mesh: Arc<Mesh>,
}

impl Tiles {
    /// None yet; they will show parts of `texture`.
    pub fn of(texture: TextureId) -> Self {
        Self { mesh: Arc::new(Mesh::with_texture(texture)) }
    }

    /// What they show parts of.
    pub fn texture(&self) -> TextureId {
        self.mesh.texture_id
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.mesh.vertices.len() / VERTICES
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.mesh.vertices.is_empty()
    }

    /// Adds one at the end: `uv` is the part of the texture that it shows.
    pub fn push(&mut self, rect: Rect, uv: Rect, color: Color32) {
        let corners = [uv.left_top(), uv.right_top(), uv.left_bottom(), uv.right_bottom()];
        self.push_corners(rect, corners, color);
    }

    /// Adds one at the end whose corners show those places of the texture: the upper left one, the upper right one,
    /// the lower left one, the lower right one.
    pub fn push_corners(&mut self, rect: Rect, uv: [Pos2; VERTICES], color: Color32) {
        let mesh = Arc::make_mut(&mut self.mesh);
        let first = mesh.vertices.len() as u32;
        mesh.indices.extend(INDICES.map(|index| first + index));
        let corners = [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()];
        let vertices = corners.into_iter().zip(uv).map(|(pos, uv)| Vertex { pos, uv, color });
        mesh.vertices.extend(vertices);
    }

    /// Adds some of another one's, moved by so many points.
    pub fn extend(&mut self, from: &Self, range: Range<usize>, by: Vec2) {
        let range = range.start * VERTICES..range.end * VERTICES;
        let Some(more) = from.mesh.vertices.get(range) else { return };
        let mesh = Arc::make_mut(&mut self.mesh);
        let first = mesh.vertices.len();
        mesh.vertices.extend(more.iter().map(|vertex| Vertex { pos: vertex.pos + by, ..*vertex }));
        number(mesh, first / VERTICES);
    }

    /// Keeps only those in `range`.
    pub fn keep(&mut self, range: Range<usize>) {
        if range == (0..self.len()) {
            return;
        }
        let mesh = Arc::make_mut(&mut self.mesh);
        mesh.vertices.truncate(range.end * VERTICES);
        mesh.vertices.drain(..(range.start * VERTICES).min(mesh.vertices.len()));
        number(mesh, 0);
    }

    /// Puts others before these.
    pub fn put_before(&mut self, others: &Self) {
        if others.is_empty() {
            return;
        }
        let mesh = Arc::make_mut(&mut self.mesh);
        mesh.vertices.splice(0..0, others.mesh.vertices.iter().copied());
        number(mesh, 0);
    }

    /// Moves all by so many points.
    pub fn shift(&mut self, by: Vec2) {
        if by != Vec2::ZERO && !self.is_empty() {
            for vertex in &mut Arc::make_mut(&mut self.mesh).vertices {
                vertex.pos += by;
            }
        }
    }

    /// All of them for a painter.
    pub fn shape(&self) -> Shape {
        Shape::Mesh(Arc::clone(&self.mesh))
    }

    /// Where they lie, one after the other.
    pub fn rects(&self) -> impl Iterator<Item = Rect> {
        let each = self.mesh.vertices.as_chunks::<VERTICES>().0.iter();
        each.map(|[first, _, _, last]| Rect::from_min_max(first.pos, last.pos))
    }
}

/// The indices of all rectangles, the first `known` of which have theirs.
fn number(mesh: &mut Mesh, known: usize) {
    let count = mesh.vertices.len() / VERTICES;
    let have = (mesh.indices.len() / INDICES.len()).max(known);
    mesh.indices.truncate(count * INDICES.len());
    for tile in have.min(count)..count {
        let first = (tile * VERTICES) as u32;
        mesh.indices.extend(INDICES.map(|index| first + index));
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::engine::tiles::Tiles;
    use egui::{Color32, Rect, Vec2, pos2, vec2};
    use proptest::prelude::*;

    fn some(from: u8, to: u8) -> Tiles {
        let mut tiles = Tiles::default();
        for at in from..to {
            let rect = Rect::from_min_size(pos2(f32::from(at), 0.0), vec2(1.0, 1.0));
            tiles.push(rect, rect, Color32::WHITE);
        }
        tiles
    }

    fn lefts(tiles: &Tiles) -> Vec<f32> {
        assert!(tiles.mesh.is_valid());
        assert_eq!(tiles.mesh.indices.len(), tiles.len() * 6);
        tiles.rects().map(|rect| rect.left()).collect()
    }

    proptest! {
        #[test]
        fn taking_out_and_putting_in_leaves_the_others_in_order(
            length in 1_u8..20, from in 0_u8..20, until in 0_u8..20, before in 0_u8..5, after in 0_u8..5
        ) {
            let (from, until) = (from.min(length), until.min(length));
            let (from, until) = (from.min(until), from.max(until));
            let mut tiles = some(100, 100 + length);
            tiles.keep(usize::from(from)..usize::from(until));
            tiles.put_before(&some(0, before));
            let more = some(200, 200 + after);
            tiles.extend(&more, 0..more.len(), Vec2::ZERO);
            let expected: Vec<f32> = (0..before).chain(100 + from..100 + until).chain(200..200 + after)
                .map(f32::from).collect();
            prop_assert_eq!(lefts(&tiles), expected);
        }
    }
}
