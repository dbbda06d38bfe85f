//! A row of letters that are shaped, broken into lines as the shaping library breaks them.
//!
//! Only simple rows come here: from left to right, one face, one glyph for each letter or ligature. `words.rs` makes
//! them; `word_laws.rs` holds what comes out to the library's own, bit by bit.

use egui::vec2;
use icu_segmenter::options::{LineBreakOptions, WordBreakInvariantOptions};
use icu_segmenter::{LineSegmenter, WordSegmenter};

use crate::ui::engine::fonts::{GlyphKey, GlyphTable};
use crate::ui::engine::para::{Cluster, Line, Para, Quad};
use crate::ui::engine::shape::{WIDE_GLYPH, line_pixels};
use crate::ui::engine::style::Style;

/// Not a glyph: the letter belongs to the glyph of the letter before.
pub(in crate::ui::engine) const NO_GLYPH: u32 = u32::MAX;
/// Not handed out yet.
pub(in crate::ui::engine) const NO_NUMBER: u32 = u32::MAX;
/// Letters that stand at the start of a word in double clicks.
pub(in crate::ui::engine) const WORD: u8 = 1;
/// Letters before which a line may end.
pub(in crate::ui::engine) const BREAK: u8 = 2;
/// Blanks.
pub(in crate::ui::engine) const BLANK: u8 = 4;

/// Letters with which another script begins.
pub(in crate::ui::engine) const RUN: u8 = 8;

/// A letter as it was shaped in its word.
#[derive(Clone, Copy)]
pub(in crate::ui::engine) struct Letter {
    /// Pixels of the letter itself.
    pub(in crate::ui::engine) own: f32,
    /// Pixels of its glyph, which may stand for the letters that follow too.
    pub(in crate::ui::engine) glyph_advance: f32,
    pub(in crate::ui::engine) glyph: u32,
    pub(in crate::ui::engine) bytes: u8,
    pub(in crate::ui::engine) marks: u8,
}

/// A glyph with its numbers in the engine's table, by quarter of a pixel.
pub(in crate::ui::engine) struct Shape {
    pub(in crate::ui::engine) face: u32,
    pub(in crate::ui::engine) id: u16,
    pub(in crate::ui::engine) numbers: [u32; 4],
}

/// How the lines of a row are set.
pub(in crate::ui::engine) struct Setting<'a> {
    pub(in crate::ui::engine) style: &'a Style,
    pub(in crate::ui::engine) scale: f32,
    /// Pixels per em.
    pub(in crate::ui::engine) em: f32,
    /// Pixels from a line's upper edge to its baseline.
    pub(in crate::ui::engine) rise: f32,
    /// Where lines are broken, in pixels.
    pub(in crate::ui::engine) limit: f32,
    pub(in crate::ui::engine) shapes: &'a mut [Shape],
    pub(in crate::ui::engine) glyphs: &'a mut GlyphTable,
}

impl Setting<'_> {
    /// The laid out paragraph.
    pub(in crate::ui::engine) fn para(&mut self, row: &[Letter]) -> Para {
        let mut para = Para {
            size: vec2(0.0, 0.0),
            rtl: false,
            pixels_per_point: self.scale,
            lines: Vec::new(),
            clusters: Vec::with_capacity(row.len()),
            quads: Vec::with_capacity(row.len()),
        };
        let mut rest = row;
        while !rest.is_empty() {
            let end = line_end(rest, self.limit);
            let (own, after) = rest.split_at(end);
            let hanging = hanging(own, (!after.is_empty(), self.limit));
            self.push_line(&mut para, own, hanging);
            rest = after;
        }
        para.quads.shrink_to_fit();
        para
    }

    fn push_line(&mut self, para: &mut Para, own: &[Letter], hanging: f32) {
        let scale = self.scale;
        let line_pixels = line_pixels(self.style, scale);
        let number = para.lines.len() as f32;
        let baseline = line_pixels * number + self.rise;
        let first_quad = para.quads.len() as u32;
        self.push_quads(own, baseline.round() as i32, &mut para.quads);
        let first = para.clusters.len();
        let start = para.lines.last().map_or(0, |previous| previous.end);
        let end = push_clusters(own, start, scale, &mut para.clusters);
        let clusters = para.clusters.get(first..).unwrap_or_default();
        let left = clusters.first().map_or(0.0, |cluster| cluster.x0);
        let right = clusters.last().map_or(left, |cluster| cluster.x1);
        let blanks = own.iter().rev().take_while(|letter| letter.marks & BLANK != 0).count();
        let ink = match clusters.get(clusters.len() - blanks) {
            Some(blank) if blanks < clusters.len() => blank.x0,
            _ => right,
        };
        let top = line_pixels * number / scale;
        let bottom = line_pixels * (para.lines.len() + 1) as f32 / scale;
        para.size = para.size.max(vec2(right - hanging / scale, bottom));
        para.lines.push(Line {
            start,
            end,
            top,
            bottom,
            baseline: baseline / scale,
            left,
            right,
            ink: (left, ink),
            clusters: first as u32..para.clusters.len() as u32,
            quads: first_quad..para.quads.len() as u32,
        });
    }

    fn push_quads(&mut self, own: &[Letter], y: i32, quads: &mut Vec<Quad>) {
        let wide = self.em * WIDE_GLYPH;
        // Summed up by runs, as the library does: f32 sums depend on it.
        let (mut pen, mut start, mut run) = (0.0, 0.0, 0.0);
        for letter in own {
            if letter.marks & RUN != 0 {
                start += run;
                (pen, run) = (start, 0.0);
            }
            let Some(shape) = self.shapes.get_mut(letter.glyph as usize) else { continue };
            let (x, bin) = if letter.glyph_advance >= wide {
                (rounded(pen), 0)
            } else {
                let quarters = rounded(pen * 4.0);
                (quarters >> 2, (quarters & 3) as u8)
            };
            pen += letter.glyph_advance;
            run += letter.glyph_advance;
            let (face, glyph) = (shape.face, shape.id);
            let Some(number) = shape.numbers.get_mut(usize::from(bin)) else { continue };
            if *number == NO_NUMBER {
                *number = self.glyphs.glyph(GlyphKey { face, glyph, bin });
            }
            quads.push(Quad { x, y, glyph: *number });
        }
    }
}

/// Marks where lines may end, by Unicode's rules.
pub(in crate::ui::engine) fn break_by_the_rules(row: &mut [Letter], text: &str) {
    let rules = const { LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()) };
    let mut places = rules.segment_str(text).skip_while(|at| *at == 0).peekable();
    let mut at = 0;
    for letter in row {
        letter.marks &= !BREAK;
        if places.next_if_eq(&at).is_some() {
            letter.marks |= BREAK;
        }
        at += usize::from(letter.bytes);
    }
}

/// Marks where words begin and where lines may end, in letters that stand between blanks.
pub(in crate::ui::engine) fn mark_by_the_rules(row: &mut [Letter], word: &str) {
    let rules =
        const { WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default()) };
    let mut places = rules.segment_str(word).peekable();
    let mut at = 0;
    for letter in row.iter_mut() {
        if places.next_if_eq(&at).is_some() {
            letter.marks |= WORD;
        }
        at += usize::from(letter.bytes);
    }
    break_by_the_rules(row, word);
}

/// Where the first line of these letters ends.
fn line_end(row: &[Letter], limit: f32) -> usize {
    let (mut x, mut place) = (0.0, None);
    for (at, letter) in row.iter().enumerate() {
        if letter.glyph == NO_GLYPH {
            continue;
        }
        let next = x + letter.glyph_advance;
        let started = x != 0.0;
        if started && letter.marks & BREAK != 0 {
            place = Some(at);
        }
        if next > limit && letter.marks & BLANK == 0 && started {
            return place.unwrap_or(at);
        }
        x = next;
    }
    row.len()
}

/// Pixels of the blanks that end a line and do not count for its width: all where a line was broken, else only what
/// does not fit.
fn hanging(own: &[Letter], (broken, limit): (bool, f32)) -> f32 {
    let mut blanks = 0.0;
    for letter in own.iter().rev().take_while(|letter| letter.marks & BLANK != 0) {
        blanks += letter.glyph_advance;
    }
    if broken {
        return blanks;
    }
    let mut width = 0.0;
    for letter in own {
        width += letter.glyph_advance;
    }
    blanks - (blanks - f32::min(blanks, width - limit).max(0.0))
}

/// Returns the byte after the last one.
fn push_clusters(own: &[Letter], start: u32, scale: f32, clusters: &mut Vec<Cluster>) -> u32 {
    let (mut at, mut x) = (start, 0.0_f32);
    clusters.extend(own.iter().map(|letter| {
        let (start, left) = (at, x);
        at += u32::from(letter.bytes);
        x += letter.own;
        Cluster {
            start,
            end: at,
            x0: left / scale,
            x1: x / scale,
            rtl: false,
            word_start: letter.marks & WORD != 0,
        }
    }));
    at
}

/// The nearest whole number, for numbers that are not negative.
fn rounded(value: f32) -> i32 {
    let whole = value as i32;
    whole + i32::from(value - whole as f32 >= 0.5)
}
