//! Glyph pictures on texture pages.
//!
//! A glyph is rasterised when it is first painted and stays until the pages are cleared. Nobody
//! outside holds a place on a page: paragraphs keep glyph numbers, so clearing never leaves wrong
//! glyphs on the screen. The fonts belong to `fonts.rs`, the meshes to `paint.rs`.

use egui::{
    Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, Theme, pos2,
};
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::Vector;

use crate::ui::engine::fonts::{Face, GlyphKey, GlyphTable};

/// Side of a page in pixels; every graphics card has textures of this size.
const PAGE_SIDE: usize = 1024;
/// Beyond this many pages everything is cleared at the start of the next frame.
const MAX_PAGES: usize = 4;
/// Fonts whose tables the rasteriser keeps parsed.
const CACHED_FONTS: usize = 64;
/// Strength of an imitated bold, in em.
const EMBOLDEN: f32 = 1.0 / 36.0;

/// Where a glyph's picture lies and how it is placed against the pen.
#[derive(Clone, Copy)]
pub(in crate::ui::engine) struct Slot {
    pub(in crate::ui::engine) page: usize,
    /// On the page, between 0 and 1.
    pub(in crate::ui::engine) uv: Rect,
    /// Size in pixels.
    pub(in crate::ui::engine) size: [u32; 2],
    /// From the pen to the left edge, to the right.
    pub(in crate::ui::engine) left: i32,
    /// From the pen to the upper edge, upwards.
    pub(in crate::ui::engine) top: i32,
    /// Whether the picture has its own colours.
    pub(in crate::ui::engine) colored: bool,
}

#[derive(Clone, Copy)]
enum Entry {
    Unknown,
    Blank,
    Drawn(Slot),
}

/// The pages and what lies on them.
pub(in crate::ui::engine) struct Atlas {
    pages: Vec<Page>,
    entries: Vec<Entry>,
    scaler: ScaleContext,
    image: Image,
    theme: Theme,
    /// How often the pages were cleared.
    clearing: u64,
}

impl Atlas {
    pub(in crate::ui::engine) fn new() -> Self {
        Self {
            pages: Vec::new(),
            entries: Vec::new(),
            scaler: ScaleContext::with_max_entries(CACHED_FONTS),
            image: Image::new(),
            theme: Theme::Light,
            clearing: 0,
        }
    }

    /// Clears the pages if the theme changed or too many have filled up.
    pub(in crate::ui::engine) fn begin_frame(&mut self, theme: Theme) {
        if self.theme != theme || self.pages.len() > MAX_PAGES {
            self.pages.clear();
            self.entries.clear();
            self.theme = theme;
            self.clearing += 1;
        }
    }

    /// Sends what was rasterised since the last call to the graphics card.
    pub(in crate::ui::engine) fn upload(&mut self) {
        for page in &mut self.pages {
            page.upload();
        }
    }

    /// The picture of a glyph, rasterised now if it is new; nothing for a glyph without ink.
    pub(in crate::ui::engine) fn slot(
        &mut self,
        ctx: &Context,
        table: &GlyphTable,
        number: u32,
    ) -> Option<Slot> {
        let index = number as usize;
        if index >= self.entries.len() {
            self.entries.resize(index + 1, Entry::Unknown);
        }
        match self.entries.get(index)? {
            Entry::Drawn(slot) => Some(*slot),
            Entry::Blank => None,
            Entry::Unknown => {
                let slot =
                    table.find(number).and_then(|(face, key)| self.rasterise(ctx, face, key));
                if let Some(entry) = self.entries.get_mut(index) {
                    *entry = slot.map_or(Entry::Blank, Entry::Drawn);
                }
                slot
            }
        }
    }

    /// How often the pages were cleared: what was made before shows wrong glyphs.
    pub(in crate::ui::engine) fn clearing(&self) -> u64 {
        self.clearing
    }

    /// The texture of a page.
    pub(in crate::ui::engine) fn texture(&self, page: usize) -> Option<TextureId> {
        self.pages.get(page).map(|page| page.texture.id())
    }

    #[cfg(test)]
    pub(in crate::ui::engine) fn page_count(&self) -> usize {
        self.pages.len()
    }

    fn rasterise(&mut self, ctx: &Context, face: &Face, key: GlyphKey) -> Option<Slot> {
        let mut scaler = self
            .scaler
            .builder(face.font_ref())
            .size(face.size)
            .hint(true)
            .normalized_coords(&face.coords)
            .build();
        let sources =
            [Source::ColorOutline(0), Source::ColorBitmap(StrikeWith::BestFit), Source::Outline];
        let mut render = Render::new(&sources);
        render.offset(Vector::new(f32::from(key.bin) / 4.0, 0.0));
        if face.embolden {
            render.embolden(face.size * EMBOLDEN);
        }
        self.image.clear();
        if !render.render_into(&mut scaler, key.glyph, &mut self.image) {
            return None;
        }
        let placement = self.image.placement;
        let (width, height) = (placement.width as usize, placement.height as usize);
        let colored = self.image.content != Content::Mask;
        let pixels = if colored { premultiplied(&self.image.data) } else { self.coverage() };
        if pixels.len() != width * height * 4 || pixels.iter().all(|&byte| byte == 0) {
            return None;
        }
        let (page, x, y) = self.place(ctx, width, height)?;
        self.pages.get_mut(page)?.write([x, y], [width, height], &pixels);
        let side = PAGE_SIDE as f32;
        let min = pos2(x as f32 / side, y as f32 / side);
        let max = pos2((x + width) as f32 / side, (y + height) as f32 / side);
        Some(Slot {
            page,
            uv: Rect::from_min_max(min, max),
            size: [placement.width, placement.height],
            left: placement.left,
            top: placement.top,
            colored,
        })
    }

    /// The coverage as white of that opacity. On dark grounds thin strokes look thinner than on
    /// light ones; the curve is the one that egui uses for its own text.
    fn coverage(&self) -> Vec<u8> {
        let curve = |value: u8| {
            let c = f32::from(value) / 255.0;
            if self.theme == Theme::Dark {
                ((2.0 * c - c * c) * 255.0).round() as u8
            } else {
                value
            }
        };
        self.image.data.iter().flat_map(|&value| [curve(value); 4]).collect()
    }

    fn place(
        &mut self,
        ctx: &Context,
        width: usize,
        height: usize,
    ) -> Option<(usize, usize, usize)> {
        if width >= PAGE_SIDE || height >= PAGE_SIDE {
            return None;
        }
        if let Some(last) = self.pages.last_mut()
            && let Some([x, y]) = last.reserve(width, height)
        {
            return Some((self.pages.len() - 1, x, y));
        }
        let mut page = Page::new(ctx, self.pages.len());
        let [x, y] = page.reserve(width, height)?;
        self.pages.push(page);
        Some((self.pages.len() - 1, x, y))
    }
}

fn premultiplied(rgba: &[u8]) -> Vec<u8> {
    let times = |value: u8, alpha: u8| ((u16::from(value) * u16::from(alpha) + 127) / 255) as u8;
    rgba.as_chunks::<4>()
        .0
        .iter()
        .flat_map(|&[r, g, b, a]| [times(r, a), times(g, a), times(b, a), a])
        .collect()
}

/// A row of glyphs of similar height.
struct Shelf {
    y: usize,
    height: usize,
    x: usize,
}

struct Page {
    pixels: Vec<u8>,
    texture: TextureHandle,
    shelves: Vec<Shelf>,
    /// Rows and columns changed since the last upload: left, top, right, bottom.
    dirty: Option<[usize; 4]>,
}

impl Page {
    fn new(ctx: &Context, number: usize) -> Self {
        let blank = ColorImage::filled([PAGE_SIDE; 2], Color32::TRANSPARENT);
        let name = format!("glyphs {number}");
        Self {
            pixels: vec![0; PAGE_SIDE * PAGE_SIDE * 4],
            texture: ctx.load_texture(name, blank, TextureOptions::NEAREST),
            shelves: Vec::new(),
            dirty: None,
        }
    }

    /// Room for a picture, with a free pixel on its right and below.
    fn reserve(&mut self, width: usize, height: usize) -> Option<[usize; 2]> {
        let (width, height) = (width + 1, height + 1);
        let fits = |shelf: &&mut Shelf| {
            shelf.height >= height
                && shelf.height <= height + height / 2 + 2
                && shelf.x + width <= PAGE_SIDE
        };
        if let Some(shelf) = self.shelves.iter_mut().find(fits) {
            let place = [shelf.x, shelf.y];
            shelf.x += width;
            return Some(place);
        }
        let y = self.shelves.last().map_or(0, |shelf| shelf.y + shelf.height);
        if y + height > PAGE_SIDE || width > PAGE_SIDE {
            return None;
        }
        self.shelves.push(Shelf { y, height, x: width });
        Some([0, y])
    }

    fn write(&mut self, [x, y]: [usize; 2], [width, height]: [usize; 2], pixels: &[u8]) {
        let rows = self.pixels.chunks_exact_mut(PAGE_SIDE * 4).skip(y);
        for (row, new) in rows.zip(pixels.chunks_exact(width * 4)) {
            if let Some(target) = row.get_mut(x * 4..(x + width) * 4) {
                target.copy_from_slice(new);
            }
        }
        let [left, top, right, bottom] = self.dirty.unwrap_or([x, y, x, y]);
        self.dirty = Some([left.min(x), top.min(y), right.max(x + width), bottom.max(y + height)]);
    }

    fn upload(&mut self) {
        let Some([left, top, right, bottom]) = self.dirty.take() else { return };
        let rows = self.pixels.chunks_exact(PAGE_SIDE * 4).skip(top).take(bottom - top);
        let changed: Vec<u8> =
            rows.filter_map(|row| row.get(left * 4..right * 4)).flatten().copied().collect();
        let image = ColorImage::from_rgba_premultiplied([right - left, bottom - top], &changed);
        self.texture.set_partial([left, top], image, TextureOptions::NEAREST);
    }
}
