//! From text to [`Para`]: the only file that talks to the shaping library.
//!
//! Shapes and breaks the text in physical pixels, then copies what the library found into plain
//! data and drops the rest. The library's own cursor is not used, for it goes astray in wrapped
//! right-to-left lines.

use std::borrow::Cow;
use std::ops::Range;

use egui::vec2;
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontWeight, GlyphRun, Language, Layout,
    LayoutContext, LineHeight, OverflowWrap, PositionedLayoutItem, RangedBuilder, StyleProperty,
    WordBreak,
};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::ui::engine::fonts::{GlyphKey, GlyphTable, family_list, font_context};
use crate::ui::engine::para::{Cluster, Line, Para, Quad};
use crate::ui::engine::style::{Family, Style};

/// Glyphs this wide (in em) stand on whole pixels: Han and Hangul need no finer steps.
const WIDE_GLYPH: f32 = 0.9;
/// Wider than any screen: lines of such a paragraph are not wrapped.
const UNWRAPPED: f32 = 100_000.0;
/// Added to a space's width, in em, where the text has a tab.
const TAB_SPACING: f32 = 1.5;
/// Arabic faces look small beside Noto Serif.
const ARABIC_SCALE: f32 = 1.15;

/// Fonts and scratch space for shaping.
pub(in crate::ui::engine) struct Shaper {
    fonts: FontContext,
    scratch: LayoutContext<()>,
}

impl Shaper {
    pub(in crate::ui::engine) fn new(system_fonts: bool) -> Self {
        Self { fonts: font_context(system_fonts), scratch: LayoutContext::new() }
    }

    /// Lays out one paragraph. Line breaks inside the text count as spaces: splitting into
    /// paragraphs is the caller's business.
    pub(in crate::ui::engine) fn layout(
        &mut self,
        glyphs: &mut GlyphTable,
        text: &str,
        width: f32,
        style: &Style,
        pixels_per_point: f32,
    ) -> Para {
        let line_height =
            (style.line_height * pixels_per_point).round().max(1.0) / pixels_per_point;
        if text.is_empty() {
            return Para::empty(line_height, pixels_per_point);
        }
        let shaped = without_controls(text);
        let mut builder =
            self.scratch.ranged_builder(&mut self.fonts, &shaped, pixels_per_point, true);
        push_style(&mut builder, text, style, line_height);
        let mut layout = builder.build(&*shaped);
        let wrap = (width < UNWRAPPED).then_some(width.max(1.0) * pixels_per_point);
        layout.break_all_lines(wrap);
        layout.align(Alignment::Start, AlignmentOptions::default());

        let starts = cluster_starts(&layout, text, &shaped);
        let mut copy = Copy { layout: &layout, glyphs, starts: &starts, len: text.len() as u32 };
        copy.para(pixels_per_point)
    }
}

fn push_style(
    builder: &mut RangedBuilder<'_, ()>,
    text: &str,
    style: &Style,
    line_height: f32,
) {
    builder.push_default(FontFamily::List(Cow::Borrowed(family_list(style.family))));
    builder.push_default(StyleProperty::FontSize(style.size));
    builder.push_default(LineHeight::Absolute(line_height));
    builder.push_default(OverflowWrap::Anywhere);
    if style.bold {
        builder.push_default(FontWeight::BOLD);
    }
    if let Ok(language) = Language::parse(&style.language) {
        builder.push_default(StyleProperty::Locale(Some(language)));
    }
    if breaks_at_spaces_only(text) {
        builder.push_default(WordBreak::KeepAll);
    }
    for (at, _) in text.match_indices('\t') {
        builder.push(StyleProperty::WordSpacing(TAB_SPACING * style.size), at..at + 1);
    }
    if style.family == Family::Reading {
        for range in arabic_ranges(text) {
            builder.push(StyleProperty::FontSize(style.size * ARABIC_SCALE), range);
        }
    }
}

/// The text with every control character replaced by a space of the same length, for fonts draw
/// boxes for them.
fn without_controls(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_control()) {
        text.chars().map(|c| if c.is_ascii_control() { ' ' } else { c }).collect()
    } else {
        Cow::Borrowed(text)
    }
}

/// Korean is broken between words; a text with Han or kana needs breaks inside.
fn breaks_at_spaces_only(text: &str) -> bool {
    let hangul = |c: char| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}');
    let han_or_kana = |c: char| {
        matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    };
    text.chars().any(hangul) && !text.chars().any(han_or_kana)
}

/// Stretches of Arabic letters, with the spaces and marks between them but without digits.
fn arabic_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let letter = matches!(c, '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D3}' | '\u{06FA}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}');
        let end = at + c.len_utf8();
        match ranges.last_mut() {
            Some(range) if letter && open => range.end = end,
            _ if letter => ranges.push(at..end),
            _ => {}
        }
        open = letter || (open && !c.is_alphanumeric());
    }
    ranges
}

/// Where clusters begin: at the grapheme boundaries that the shaping library keeps apart too.
fn cluster_starts(layout: &Layout<()>, text: &str, shaped: &str) -> Vec<u32> {
    let mut kept: Vec<u32> = layout
        .lines()
        .flat_map(|line| line.runs().flat_map(|run| run.clusters()).collect::<Vec<_>>())
        .map(|cluster| cluster.text_range().start as u32)
        .collect();
    kept.sort_unstable();
    let mut kept = kept.into_iter().peekable();
    let mut in_shaped = shaped.grapheme_indices(true).map(|(at, _)| at).peekable();
    let mut starts = Vec::with_capacity(kept.len());
    for (at, _) in text.grapheme_indices(true) {
        while in_shaped.next_if(|&other| other < at).is_some() {}
        while kept.next_if(|&other| (other as usize) < at).is_some() {}
        let common = in_shaped.peek() == Some(&at) && kept.peek() == Some(&(at as u32));
        if at == 0 || common {
            starts.push(at as u32);
        }
    }
    starts
}

/// What the shaping library calls a cluster, in visual order.
struct Fragment {
    start: u32,
    x0: f32,
    x1: f32,
    rtl: bool,
    word_start: bool,
    /// Index into the cluster starts.
    owner: usize,
}

/// The copying of one finished layout into plain data.
struct Copy<'a> {
    layout: &'a Layout<()>,
    glyphs: &'a mut GlyphTable,
    starts: &'a [u32],
    len: u32,
}

impl Copy<'_> {
    fn para(&mut self, scale: f32) -> Para {
        let mut para = Para {
            size: vec2(0.0, 0.0),
            rtl: self.layout.is_rtl(),
            pixels_per_point: scale,
            lines: Vec::with_capacity(self.layout.len()),
            clusters: Vec::with_capacity(self.starts.len()),
            quads: Vec::new(),
        };
        for line in self.layout.lines() {
            let metrics = *line.metrics();
            let first_cluster = para.clusters.len();
            let first_quad = para.quads.len();
            let fragments = self.fragments(&line, scale);
            self.push_clusters(&fragments, &mut para.clusters);
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    self.push_quads(&run, &mut para.quads);
                }
            }
            let own = para.clusters.get(first_cluster..).unwrap_or_default();
            let start = para.lines.last().map_or(0, |previous: &Line| previous.end);
            let left = (metrics.inline_min_coord + metrics.offset) / scale;
            let (left, right) = match (own.first(), own.last()) {
                (Some(first), Some(last)) => (first.x0, last.x1),
                _ => (left, left),
            };
            let ink = (metrics.advance - metrics.hanging_advance) / scale;
            let ink_right = if para.rtl { right } else { left + ink };
            para.size = para.size.max(vec2(ink_right, metrics.block_max_coord / scale));
            para.lines.push(Line {
                start,
                end: own.iter().map(|cluster| cluster.end).max().unwrap_or(start).max(start),
                top: metrics.block_min_coord / scale,
                bottom: metrics.block_max_coord / scale,
                baseline: metrics.baseline / scale,
                left,
                right,
                clusters: first_cluster as u32..para.clusters.len() as u32,
                quads: first_quad as u32..para.quads.len() as u32,
            });
        }
        para.quads.shrink_to_fit();
        para
    }

    fn fragments(&self, line: &parley::Line<'_, ()>, scale: f32) -> Vec<Fragment> {
        let mut fragments = Vec::new();
        let mut x = line.metrics().offset;
        for run in line.runs() {
            for cluster in run.visual_clusters() {
                let start = cluster.text_range().start as u32;
                let x0 = x / scale;
                x += cluster.advance();
                fragments.push(Fragment {
                    start,
                    x0,
                    x1: x / scale,
                    rtl: cluster.is_rtl(),
                    word_start: cluster.is_word_boundary(),
                    owner: self.starts.partition_point(|&s| s <= start).saturating_sub(1),
                });
            }
        }
        fragments
    }

    /// Joins the fragments of one cluster. A grapheme torn over two directions or lines (junk, not
    /// language) keeps the place of its first part.
    fn push_clusters(&self, fragments: &[Fragment], clusters: &mut Vec<Cluster>) {
        for parts in fragments.chunk_by(|a, b| a.owner == b.owner) {
            let (Some(left), Some(right)) = (parts.first(), parts.last()) else { continue };
            let Some(&start) = self.starts.get(left.owner) else { continue };
            let Some(lead) = parts.iter().find(|part| part.start == start) else { continue };
            clusters.push(Cluster {
                start,
                end: self.starts.get(left.owner + 1).copied().unwrap_or(self.len),
                x0: left.x0,
                x1: right.x1,
                rtl: lead.rtl,
                word_start: lead.word_start,
            });
        }
    }

    fn push_quads(&mut self, run: &GlyphRun<'_, ()>, quads: &mut Vec<Quad>) {
        let font = run.run();
        let size = font.font_size();
        let coords: Vec<i16> = font.normalized_coords().iter().map(|c| c.to_bits()).collect();
        let embolden = font.synthesis().embolden();
        let Some(face) = self.glyphs.face(font.font(), size, embolden, &coords) else { return };
        for glyph in run.positioned_glyphs() {
            let Ok(id) = u16::try_from(glyph.id) else { continue };
            let (x, bin) = if glyph.advance >= size * WIDE_GLYPH {
                (glyph.x.round(), 0)
            } else {
                let quarters = (glyph.x * 4.0).round();
                let x = (quarters / 4.0).floor();
                (x, (quarters - x * 4.0) as u8)
            };
            let glyph_number = self.glyphs.glyph(GlyphKey { face, glyph: id, bin });
            quads.push(Quad { x: x as i32, y: glyph.y.round() as i32, glyph: glyph_number });
        }
    }
}
