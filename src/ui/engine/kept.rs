//! Paragraphs drawn frame after frame: their glyphs are put together once while they stay in sight.
//!
//! While one scrolls what is there is moved; only what comes into sight is made. `paint.rs` says which glyph
//! lies where.

use crate::ui::engine::paint::TextEngine;
use crate::ui::engine::para::Para;
use crate::ui::engine::tiles::Tiles;
use egui::{Color32, Painter, Pos2, Vec2, vec2};
use std::ops::Range;
use std::sync::Arc;

/// Lines made beyond those in sight, so that not every turn of the wheel makes some.
const MORE: usize = 1;
/// Moves after which all is made anew, where a pixel is no fraction that a computer can add up exactly.
const MOVES: u8 = 200;

/// The words of the paragraphs that were drawn last.
#[derive(Default)]
pub struct KeptText {
    from: Option<From>,
    paras: Vec<Kept>,
    /// The glyphs of each page of the atlas.
    pages: Vec<Tiles>,
    moves: u8,
}

/// What all of it was made with.
#[derive(Clone, Copy, PartialEq)]
struct From {
    color: Color32,
    scale: f32,
    /// How often the atlas was cleared before.
    clearing: u64,
}

#[derive(Clone)]
struct Kept {
    para: Arc<Para>,
    /// The origin in physical pixels.
    pen: (i32, i32),
    lines: Range<usize>,
    /// How many glyphs it has on each page.
    counts: Vec<usize>,
}

impl TextEngine {
    /// Draws paragraphs one below the other, as [`Self::paint`] draws each; what was drawn in the last frame with the
    /// same `kept` is taken from there.
    pub fn paint_kept(
        &mut self,
        painter: &Painter,
        kept: &mut KeptText,
        paras: &[(Pos2, &Arc<Para>)],
        color: Color32,
    ) {
        let scale = paras.first().map_or(1.0, |(_, para)| para.scale());
        let from = From { color, scale, clearing: self.clearing() };
        if kept.from != Some(from) || kept.moves > MOVES {
            *kept = KeptText { from: Some(from), ..KeptText::default() };
        }
        let sight = painter.clip_rect().y_range();
        let wanted: Vec<Kept> = paras
            .iter()
            .map(|(origin, para)| {
                let pen = (*origin * scale).round();
                let (top, bottom) = (sight.min - pen.y / scale, sight.max - pen.y / scale);
                let lines = near(para, top, bottom);
                let pen = (pen.x as i32, pen.y as i32);
                Kept { para: Arc::clone(para), pen, lines, counts: Vec::new() }
            })
            .collect();
        kept.follow(wanted, scale, |para, tiles: &mut Vec<Tiles>| {
            let before: Vec<usize> = tiles.iter().map(Tiles::len).collect();
            self.make(painter, para, color, tiles);
            let counts = tiles.iter().enumerate();
            counts.map(|(page, all)| all.len() - before.get(page).unwrap_or(&0)).collect()
        });
        painter.extend(kept.pages.iter().filter(|page| !page.is_empty()).map(Tiles::shape));
    }

    fn make(&mut self, painter: &Painter, kept: &Kept, color: Color32, tiles: &mut Vec<Tiles>) {
        let pen = vec2(kept.pen.0 as f32, kept.pen.1 as f32);
        let lines = kept.para.lines().get(kept.lines.clone()).unwrap_or_default();
        for line in lines {
            for quad in kept.para.quads_of(line) {
                let Some(glyph) = self.glyph(painter.ctx(), *quad, (pen, kept.para.scale()), color)
                else {
                    continue;
                };
                while tiles.len() <= glyph.page {
                    tiles.push(Tiles::of(self.texture(tiles.len())));
                }
                if let Some(page) = tiles.get_mut(glyph.page) {
                    page.push(glyph.rect, glyph.uv, glyph.tint);
                }
            }
        }
    }
}

impl KeptText {
    /// Comes to hold `wanted`: what is there already stays, `make` adds a paragraph to the tiles and says how many of
    /// each page it has.
    fn follow(
        &mut self,
        wanted: Vec<Kept>,
        scale: f32,
        mut make: impl FnMut(&Kept, &mut Vec<Tiles>) -> Vec<usize>,
    ) {
        let stay = self.stay(&wanted);
        let move_by = self.paras.get(stay.old).zip(wanted.get(stay.new)).map(|(old, new)| {
            vec2((new.pen.0 - old.pen.0) as f32, (new.pen.1 - old.pen.1) as f32) / scale
        });
        if stay.count < self.paras.len() {
            for (page, tiles) in self.pages.iter_mut().enumerate() {
                let of = |paras: &[Kept]| {
                    paras.iter().filter_map(|para| para.counts.get(page)).sum::<usize>()
                };
                let (before, rest) = self.paras.split_at(stay.old.min(self.paras.len()));
                let first = of(before);
                let count = of(rest.get(..stay.count).unwrap_or_default());
                tiles.keep(first..first + count);
            }
        }
        let by = move_by.unwrap_or_default();
        if by != Vec2::ZERO && stay.count > 0 {
            self.pages.iter_mut().for_each(|page| page.shift(by));
            self.moves += u8::from(scale.fract() != 0.0);
        }
        let mut paras: Vec<Kept> = Vec::with_capacity(wanted.len());
        let mut before: Vec<Tiles> = Vec::new();
        let until = stay.new + stay.count;
        for (at, mut new) in wanted.into_iter().enumerate() {
            if (stay.new..until).contains(&at) {
                if let Some(old) = self.paras.get_mut(stay.old + at - stay.new) {
                    new.counts = std::mem::take(&mut old.counts);
                    new.lines = old.lines.clone();
                }
            } else {
                let more = new.para.lines().len();
                new.lines = new.lines.start.saturating_sub(MORE)..(new.lines.end + MORE).min(more);
                let tiles = if at < stay.new { &mut before } else { &mut self.pages };
                new.counts = make(&new, tiles);
            }
            paras.push(new);
        }
        for (page, tiles) in before.iter().enumerate() {
            while self.pages.len() <= page {
                self.pages.push(Tiles::of(tiles.texture()));
            }
            if let Some(all) = self.pages.get_mut(page) {
                all.put_before(tiles);
            }
        }
        self.paras = paras;
    }

    /// The longest row of paragraphs that are there already, have their lines, and lie to each other as they did.
    fn stay(&self, wanted: &[Kept]) -> Stay {
        let first = wanted.iter().enumerate().find_map(|(new, para)| {
            Some((new, self.paras.iter().position(|old| old.holds(para))?))
        });
        let Some((new, old)) = first else { return Stay::default() };
        let (Some(before), Some(after)) = (self.paras.get(old..), wanted.get(new..)) else {
            return Stay::default();
        };
        let apart = |a: &Kept, b: &Kept| (b.pen.0 - a.pen.0, b.pen.1 - a.pen.1);
        let pairs = before.iter().zip(after);
        let way = pairs.clone().next().map(|(a, b)| apart(a, b));
        let count = pairs.take_while(|(a, b)| a.holds(b) && Some(apart(a, b)) == way).count();
        Stay { old, new, count }
    }
}

/// A row of paragraphs that is drawn again: where it begins among the old ones and among the new ones, how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Stay {
    old: usize,
    new: usize,
    count: usize,
}

impl Kept {
    fn holds(&self, wanted: &Self) -> bool {
        Arc::ptr_eq(&self.para, &wanted.para)
            && (wanted.lines.is_empty()
                || self.lines.start <= wanted.lines.start && wanted.lines.end <= self.lines.end)
    }
}

/// The lines that reach between two heights: accents and fallback fonts may reach into the neighbouring lines.
fn near(para: &Para, top: f32, bottom: f32) -> Range<usize> {
    let lines = para.lines();
    let reach = |line: &crate::ui::engine::para::Line| line.bottom - line.top;
    let first = lines.partition_point(|line| line.bottom + reach(line) <= top);
    let last = lines.partition_point(|line| line.top - reach(line) < bottom);
    first..last.max(first)
}
