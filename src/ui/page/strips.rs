//! A small texture with a row for each way in which bars are broken up: a bar is one or two rectangles, however many
//! dashes or dots it has.

use egui::{Color32, ColorImage, Context, Pos2, TextureHandle, TextureId, TextureOptions, pos2};

/// Pixels of a row, and how many rows there are.
const SIZE: [usize; 2] = [256, 32];

/// The texture and what its rows are.
#[derive(Default)]
pub struct Strips {
    texture: Option<TextureHandle>,
    /// How many pixels of a part, and of the gap after it; the first row is whole.
    rows: Vec<(u32, u32)>,
    /// How often the rows were forgotten.
    clearing: u64,
}

/// A row.
#[derive(Clone, Copy)]
pub struct Strip {
    row: usize,
    /// Pixels after which it begins anew; none, if it is whole.
    pub length: Option<u32>,
}

impl Strips {
    /// The texture that holds them.
    pub fn texture(&mut self, ctx: &Context) -> TextureId {
        self.made(ctx).id()
    }

    /// How often what was drawn with the texture before has become wrong.
    pub fn clearing(&self) -> u64 {
        self.clearing
    }

    /// Forgets all rows if there is hardly room for more: to be called before bars are drawn.
    pub fn make_room(&mut self) {
        if self.rows.len() + 8 > SIZE[1] {
            self.rows.clear();
            self.clearing += 1;
        }
    }

    /// The row of whole bars.
    pub fn whole(&mut self, ctx: &Context) -> Strip {
        Strip { length: None, ..self.broken(ctx, (1, 0)) }
    }

    /// The row of bars with parts and gaps of so many pixels.
    pub fn broken(&mut self, ctx: &Context, (part, gap): (u32, u32)) -> Strip {
        let (part, gap) = (part.clamp(1, 100), gap.min(100));
        let length = Some(SIZE[0] as u32 / (part + gap) * (part + gap));
        if let Some(row) = self.rows.iter().position(|row| *row == (part, gap)) {
            return Strip { row, length };
        }
        let row = self.rows.len().min(SIZE[1] - 1);
        self.rows.truncate(row);
        self.rows.push((part, gap));
        let pixel = |x: u32| {
            if x % (part + gap) < part { Color32::WHITE } else { Color32::TRANSPARENT }
        };
        let pixels = (0..SIZE[0] as u32).map(pixel).collect();
        let image = ColorImage::new([SIZE[0], 1], pixels);
        self.made(ctx).set_partial([0, row], image, TextureOptions::NEAREST);
        Strip { row, length }
    }

    fn made(&mut self, ctx: &Context) -> &mut TextureHandle {
        self.texture.get_or_insert_with(|| {
            let image = ColorImage::filled(SIZE, Color32::TRANSPARENT);
            ctx.load_texture("bars", image, TextureOptions::NEAREST)
        })
    }
}

impl Strip {
    /// The place in the texture of so many pixels from its beginning.
    pub fn at(self, pixels: f32) -> Pos2 {
        let pixels = if self.length.is_some() { pixels } else { 0.5 };
        pos2(pixels / SIZE[0] as f32, (self.row as f32 + 0.5) / SIZE[1] as f32)
    }
}
