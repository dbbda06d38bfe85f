//! The engine as the window sees it: lay out, draw, upload textures.
//!
//! One engine serves the whole window; call [`TextEngine::begin_frame`] before anything is drawn
//! and [`TextEngine::end_frame`] after everything is. It never decides colours or places. Short
//! texts are kept in `label.rs`.

use std::sync::Arc;

use egui::{Color32, Context, Mesh, Painter, Pos2, Rect, Shape, pos2, vec2};

use crate::ui::engine::atlas::{Atlas, Slot};
use crate::ui::engine::fonts::GlyphTable;
use crate::ui::engine::label::Labels;
use crate::ui::engine::para::{Line, Para, Quad};
use crate::ui::engine::shape::Shaper;
use crate::ui::engine::style::Style;

/// Lays out and draws text of every script.
pub struct TextEngine {
    shaper: Shaper,
    glyphs: GlyphTable,
    atlas: Atlas,
    labels: Labels,
}

impl Default for TextEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl TextEngine {
    /// The bundled fonts with the system's behind them.
    pub fn new() -> Self {
        Self::with_fonts(Shaper::new(true))
    }

    /// Only the bundled fonts, so that a test sees the same on every machine.
    pub fn bundled_only() -> Self {
        Self::with_fonts(Shaper::new(false))
    }

    fn with_fonts(shaper: Shaper) -> Self {
        let (glyphs, atlas) = (GlyphTable::default(), Atlas::new());
        Self { shaper, glyphs, atlas, labels: Labels::default() }
    }

    /// Lays out one paragraph, wrapped at `width` points (not at all if that is infinite). A line
    /// break inside the text counts as a space.
    pub fn layout(&mut self, text: &str, width: f32, style: &Style, pixels_per_point: f32) -> Para {
        self.shaper.layout(&mut self.glyphs, text, width, style, pixels_per_point)
    }

    /// Like [`Self::layout`], but keeps the result while it is asked for again: for labels.
    pub fn shaped(
        &mut self,
        text: &str,
        width: f32,
        style: &Style,
        pixels_per_point: f32,
    ) -> Arc<Para> {
        if let Some(kept) = self.labels.find(text, width, style, pixels_per_point) {
            return kept;
        }
        let para = Arc::new(self.layout(text, width, style, pixels_per_point));
        self.labels.keep(text, width, style, Arc::clone(&para));
        para
    }

    /// Call once a frame before painting. A change of theme or a full atlas clears the textures;
    /// paragraphs stay valid.
    pub fn begin_frame(&mut self, _ctx: &Context, dark: bool) {
        self.atlas.begin_frame(dark);
        self.labels.begin_frame();
    }

    /// Draws the lines of a paragraph that the painter's clip rectangle shows. The origin is
    /// rounded to physical pixels; glyphs with colours of their own take only the opacity of
    /// `color`.
    pub fn paint(&mut self, painter: &Painter, origin: Pos2, para: &Para, color: Color32) {
        let scale = para.pixels_per_point;
        let pen = (origin.to_vec2() * scale).round();
        let clip = painter.clip_rect();
        let (top, bottom) = (clip.top() - pen.y / scale, clip.bottom() - pen.y / scale);
        // Accents and fallback fonts may reach into the neighbouring lines.
        let near = |line: &&Line| {
            let reach = line.bottom - line.top;
            line.bottom + reach > top && line.top - reach < bottom
        };
        let mut meshes: Vec<Mesh> = Vec::new();
        for quad in para.lines().iter().filter(near).flat_map(|line| para.quads_of(line)) {
            let Some(slot) = self.atlas.slot(painter.ctx(), &self.glyphs, quad.glyph) else {
                continue;
            };
            let Some(texture) = self.atlas.texture(slot.page) else { continue };
            let tint = if slot.colored {
                Color32::WHITE.gamma_multiply(f32::from(color.a()) / 255.0)
            } else {
                color
            };
            let rect = placed(*quad, &slot, pen.to_pos2(), scale);
            if let Some(mesh) = meshes.iter_mut().find(|mesh| mesh.texture_id == texture) {
                mesh.add_rect_with_uv(rect, slot.uv, tint);
            } else {
                let mut mesh = Mesh::with_texture(texture);
                mesh.add_rect_with_uv(rect, slot.uv, tint);
                meshes.push(mesh);
            }
        }
        painter.extend(meshes.into_iter().map(Shape::mesh));
    }

    /// Call once a frame after painting: sends new glyphs to the graphics card, at most one update
    /// a page. Text painted later has its new glyphs from the next frame on.
    pub fn end_frame(&mut self, _ctx: &Context) {
        self.atlas.upload();
    }

    #[cfg(test)]
    pub(in crate::ui::engine) fn atlas_pages(&self) -> usize {
        self.atlas.page_count()
    }
}

/// The rectangle of a glyph's picture in points, its edges on physical pixels.
fn placed(quad: Quad, slot: &Slot, pen: Pos2, scale: f32) -> Rect {
    let [width, height] = slot.size;
    let min = pos2(pen.x + (quad.x + slot.left) as f32, pen.y + (quad.y - slot.top) as f32);
    Rect::from_min_size(min / scale, vec2(width as f32, height as f32) / scale)
}
