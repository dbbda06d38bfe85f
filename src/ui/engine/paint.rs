//! The engine as the window sees it: lay out, draw, upload textures.
//!
//! One engine serves the whole window; call [`TextEngine::begin_frame`] before anything is drawn
//! and [`TextEngine::end_frame`] after everything is. It never decides colours or places. Short
//! texts are kept in `label.rs`.

use std::sync::Arc;

use egui::{
    Color32, Context, Mesh, Painter, Pos2, Rect, Shape, TextureId, Theme, Vec2, pos2, vec2,
};

use crate::ui::engine::atlas::{Atlas, Slot};
use crate::ui::engine::fonts::{FontSources, GlyphTable, MoreFont};
use crate::ui::engine::label::Labels;
use crate::ui::engine::para::{Line, Para, Quad};
use crate::ui::engine::shape::Shaper;
use crate::ui::engine::style::{Reading, Style};
use crate::ui::engine::warm::Warming;

/// Lays out and draws text of every script.
pub struct TextEngine {
    shaper: Shaper,
    glyphs: GlyphTable,
    atlas: Atlas,
    labels: Labels,
    warming: Warming,
}

impl Default for TextEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl TextEngine {
    /// The bundled fonts with the system's behind them.
    pub fn new() -> Self {
        let shaper = Shaper::new(FontSources::BundledAndSystem);
        Self { warming: Warming::Waiting(0), ..Self::with_fonts(shaper) }
    }

    /// Only the bundled fonts, so that a test sees the same on every machine.
    pub fn bundled_only() -> Self {
        Self::with_fonts(Shaper::new(FontSources::Bundled))
    }

    /// Only the bundled fonts and `more`, so that a test sees every script, the same on every machine.
    pub fn bundled_and(more: &[MoreFont]) -> Self {
        Self::with_fonts(Shaper::with(more))
    }

    fn with_fonts(shaper: Shaper) -> Self {
        let (glyphs, atlas) = (GlyphTable::default(), Atlas::new());
        Self { shaper, glyphs, atlas, labels: Labels::default(), warming: Warming::Done }
    }

    /// Lays out one paragraph, wrapped at `width` points (not at all if that is infinite). A line
    /// break inside the text counts as a space.
    pub fn layout(&mut self, text: &str, width: f32, style: &Style, pixels_per_point: f32) -> Para {
        self.layout_part(text, Reading::ByItself, width, style, pixels_per_point)
    }

    /// The same for a part of a paragraph, which is read as the whole paragraph is.
    pub fn layout_part(
        &mut self,
        text: &str,
        reading: Reading,
        width: f32,
        style: &Style,
        pixels_per_point: f32,
    ) -> Para {
        self.shaper.layout(&mut self.glyphs, (text, reading), width, style, pixels_per_point)
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
    #[expect(clippy::fn_params_excessive_bools, reason = "egui too says `dark_mode: bool`")]
    pub fn begin_frame(&mut self, _ctx: &Context, dark: bool) {
        self.atlas.begin_frame(if dark { Theme::Dark } else { Theme::Light });
        self.labels.begin_frame();
    }

    /// Call once a frame when nothing else has to be done soon: after some of them, the system is asked beside the
    /// window for the fonts that it has.
    pub fn ask_for_fonts(&mut self) {
        self.warming.step(self.shaper.collection());
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
            let Some(glyph) = self.glyph(painter.ctx(), *quad, (pen, scale), color) else {
                continue;
            };
            let texture = self.texture(glyph.page);
            if let Some(mesh) = meshes.iter_mut().find(|mesh| mesh.texture_id == texture) {
                mesh.add_rect_with_uv(glyph.rect, glyph.uv, glyph.tint);
            } else {
                let mut mesh = Mesh::with_texture(texture);
                mesh.add_rect_with_uv(glyph.rect, glyph.uv, glyph.tint);
                meshes.push(mesh);
            }
        }
        painter.extend(meshes.into_iter().map(Shape::mesh));
    }

    /// A glyph of a paragraph whose origin is `pen`, in physical pixels; nothing, if it has no ink.
    pub(in crate::ui::engine) fn glyph(
        &mut self,
        ctx: &Context,
        quad: Quad,
        (pen, scale): (Vec2, f32),
        color: Color32,
    ) -> Option<Glyph> {
        let slot = self.atlas.slot(ctx, &self.glyphs, quad.glyph)?;
        let tint = if slot.colored {
            Color32::WHITE.gamma_multiply(f32::from(color.a()) / 255.0)
        } else {
            color
        };
        let rect = placed(quad, &slot, pen.to_pos2(), scale);
        Some(Glyph { page: slot.page, rect, uv: slot.uv, tint })
    }

    /// The texture of a page of the atlas.
    pub(in crate::ui::engine) fn texture(&self, page: usize) -> TextureId {
        self.atlas.texture(page).unwrap_or_default()
    }

    /// How often the atlas was cleared.
    pub(in crate::ui::engine) fn clearing(&self) -> u64 {
        self.atlas.clearing()
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

/// A glyph's picture: where it is in points, and which part of which page shows it.
pub(in crate::ui::engine) struct Glyph {
    pub(in crate::ui::engine) page: usize,
    pub(in crate::ui::engine) rect: Rect,
    pub(in crate::ui::engine) uv: Rect,
    pub(in crate::ui::engine) tint: Color32,
}

/// The rectangle of a glyph's picture in points, its edges on physical pixels.
fn placed(quad: Quad, slot: &Slot, pen: Pos2, scale: f32) -> Rect {
    let [width, height] = slot.size;
    let min = pos2(pen.x + (quad.x + slot.left) as f32, pen.y + (quad.y - slot.top) as f32);
    Rect::from_min_size(min / scale, vec2(width as f32, height as f32) / scale)
}

#[cfg(test)]
mod tests {
    use egui::epaint::Primitive;
    use egui::{FullOutput, RawInput, TextureId};
    use smol_str::SmolStr;

    use crate::ui::engine::Family;
    use crate::ui::engine::paint::*;

    fn style(size: f32) -> Style {
        Style {
            family: Family::Reading,
            size,
            line_height: 24.0,
            bold: false,
            language: SmolStr::default(),
        }
    }

    fn frame(ctx: &Context, engine: &mut TextEngine, theme: Theme, paras: &[&Para]) -> FullOutput {
        ctx.run_ui(RawInput::default(), |ui| {
            engine.begin_frame(ctx, theme == Theme::Dark);
            for para in paras {
                engine.paint(ui.painter(), pos2(20.0, 20.0), para, Color32::WHITE);
            }
            engine.end_frame(ctx);
        })
    }

    /// How many glyphs a frame draws, and the textures it has been sent for them.
    fn drawn(ctx: &Context, output: &mut FullOutput) -> (usize, Vec<TextureId>) {
        let sent = output.textures_delta.set.keys().copied().collect();
        output.textures_delta.clear();
        let shapes = std::mem::take(&mut output.shapes);
        let vertices: usize = ctx
            .tessellate(shapes, output.pixels_per_point)
            .iter()
            .map(|clipped| match &clipped.primitive {
                Primitive::Mesh(mesh) if mesh.texture_id != TextureId::default() => {
                    mesh.vertices.len()
                }
                _ => 0,
            })
            .sum();
        (vertices / 4, sent)
    }

    #[test]
    fn new_glyphs_are_sent_in_the_frame_that_first_draws_them_and_never_again() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        let para = engine.layout("affidavit", 300.0, &style(16.0), 1.0);
        let mut first = frame(&ctx, &mut engine, Theme::Light, &[&para]);
        let (glyphs, sent) = drawn(&ctx, &mut first);
        let page = engine.atlas.texture(0).unwrap();
        assert!((7..=9).contains(&glyphs), "{glyphs}");
        assert!(sent.contains(&page));
        let mut second = frame(&ctx, &mut engine, Theme::Light, &[&para]);
        let (glyphs_again, sent_again) = drawn(&ctx, &mut second);
        assert_eq!(glyphs_again, glyphs);
        assert!(!sent_again.contains(&page));
    }

    #[test]
    fn a_change_of_theme_draws_kept_paragraphs_from_fresh_pages() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        let para = engine.layout("minister", 300.0, &style(16.0), 1.0);
        let mut light = frame(&ctx, &mut engine, Theme::Light, &[&para]);
        let glyphs = drawn(&ctx, &mut light).0;
        let before = engine.atlas.texture(0);
        let mut dark = frame(&ctx, &mut engine, Theme::Dark, &[&para]);
        assert_eq!(drawn(&ctx, &mut dark).0, glyphs);
        assert_ne!(engine.atlas.texture(0), before);
    }

    #[test]
    fn too_many_pages_are_cleared_and_kept_paragraphs_are_drawn_again() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz";
        let small = engine.layout(text, 9000.0, &style(16.0), 1.0);
        let mut alone = frame(&ctx, &mut engine, Theme::Light, &[&small]);
        let glyphs = drawn(&ctx, &mut alone).0;
        let large: Vec<Para> = (0_u8..9)
            .map(|step| engine.layout(text, 9000.0, &style(150.0 + f32::from(step)), 1.0))
            .collect();
        let mut full = frame(&ctx, &mut engine, Theme::Light, &large.iter().collect::<Vec<_>>());
        full.textures_delta.clear();
        assert!(engine.atlas_pages() > 4, "{}", engine.atlas_pages());
        let mut after = frame(&ctx, &mut engine, Theme::Light, &[&small]);
        assert_eq!(drawn(&ctx, &mut after).0, glyphs);
        assert_eq!(engine.atlas_pages(), 1);
    }

    #[test]
    fn lines_outside_the_clip_rectangle_are_not_drawn() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        let para = engine.layout(&"word ".repeat(2000), 200.0, &style(16.0), 1.0);
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            engine.begin_frame(&ctx, false);
            let window = Rect::from_min_max(pos2(0.0, 240.0), pos2(400.0, 480.0));
            let painter = ui.painter().with_clip_rect(window);
            engine.paint(&painter, Pos2::ZERO, &para, Color32::WHITE);
            engine.end_frame(&ctx);
        });
        let per_line = para.quads.len() / para.lines.len();
        let lines_drawn = drawn(&ctx, &mut output).0 / per_line;
        assert!((8..=14).contains(&lines_drawn), "{lines_drawn}");
    }

    #[test]
    fn glyphs_stand_on_whole_pixels_wherever_the_paragraph_is_put() {
        let (ctx, mut engine) = (Context::default(), TextEngine::bundled_only());
        let para = engine.layout("minister", 300.0, &style(16.0), 2.0);
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            engine.begin_frame(&ctx, false);
            engine.paint(ui.painter(), pos2(20.37, 20.81), &para, Color32::WHITE);
            engine.end_frame(&ctx);
        });
        output.textures_delta.clear();
        let mut seen = 0;
        for clipped in ctx.tessellate(output.shapes, 1.0) {
            let Primitive::Mesh(mesh) = clipped.primitive else { continue };
            for vertex in mesh.vertices.iter().filter(|_| mesh.texture_id != TextureId::default()) {
                let pixels = vertex.pos.to_vec2() * 2.0;
                assert!((pixels - pixels.round()).length() < 0.001, "{pixels:?}");
                seen += 1;
            }
        }
        assert!(seen > 0);
    }
}
