//! From text to [`Para`]: the only file that talks to the shaping library.
//!
//! Shapes and breaks the text in physical pixels, then copies what the library found into plain
//! data and drops the rest. The library's own cursor is not used, for it goes astray in wrapped
//! right-to-left lines.

use std::borrow::Cow;
use std::ops::Range;

use egui::vec2;
use fontique::Collection;
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, FontFamily, FontWeight, GlyphRun,
    Language, Layout, LayoutContext, LineHeight, OverflowWrap, PositionedLayoutItem, RangedBuilder,
    StyleProperty, WordBreak,
};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::ui::engine::fonts::{
    FontSources, GlyphKey, GlyphTable, MoreFont, emoji_list, family_list, font_context, fonts_with,
};
use crate::ui::engine::para::{Cluster, Line, Para, Quad};
use crate::ui::engine::style::{Family, Reading, Style};
use crate::ui::engine::words::Words;

/// Glyphs this wide (in em) stand on whole pixels: Han and Hangul need no finer steps.
pub(in crate::ui::engine) const WIDE_GLYPH: f32 = 0.9;
/// Wider than any screen: lines of such a paragraph are not wrapped.
const UNWRAPPED: f32 = 100_000.0;
/// Added to a space's width, in em, where the text has a tab.
const TAB_SPACING: f32 = 1.5;
/// Arabic faces look small beside Noto Serif.
const ARABIC_SCALE: f32 = 1.15;

/// Invisible but at a line's end.
const SOFT_HYPHEN: char = '\u{ad}';
/// Asks for the character before it to be shown as an emoji.
const EMOJI_STYLE: char = '\u{fe0f}';

/// Fonts and scratch space for shaping, and words that were shaped.
pub(in crate::ui::engine) struct Shaper {
    press: Press,
    words: Words,
}

/// Fonts and scratch space.
pub(in crate::ui::engine) struct Press {
    fonts: FontContext,
    scratch: LayoutContext<()>,
    layout: Layout<()>,
}

impl Press {
    fn new(fonts: FontContext) -> Self {
        Self { fonts, scratch: LayoutContext::new(), layout: Layout::new() }
    }

    /// Shapes `text`; its lines are still to be broken.
    pub(in crate::ui::engine) fn shape(
        &mut self,
        text: &str,
        reading: Reading,
        (style, pixels_per_point): (&Style, f32),
    ) -> &mut Layout<()> {
        let shaped = without_controls(text);
        let mut builder =
            self.scratch.ranged_builder(&mut self.fonts, &shaped, pixels_per_point, true);
        let line_height = line_pixels(style, pixels_per_point) / pixels_per_point;
        push_style(&mut builder, text, style, line_height);
        builder.set_base_direction(match reading {
            Reading::ByItself => BaseDirection::Auto,
            Reading::LeftToRight => BaseDirection::Ltr,
            Reading::RightToLeft => BaseDirection::Rtl,
        });
        builder.build_into(&mut self.layout, &*shaped);
        &mut self.layout
    }
}

/// Physical pixels of a line.
pub(in crate::ui::engine) fn line_pixels(style: &Style, pixels_per_point: f32) -> f32 {
    (style.line_height * pixels_per_point).round().max(1.0)
}

/// Pixels from a line's upper edge to its baseline, the same in all lines.
pub(in crate::ui::engine) fn baseline_offset(layout: &Layout<()>) -> f32 {
    let offsets = layout.lines().map(|line| {
        let metrics = line.metrics();
        metrics.baseline - metrics.block_min_coord
    });
    offsets.reduce(f32::min).unwrap_or(0.0).round()
}

impl Shaper {
    pub(in crate::ui::engine) fn new(sources: FontSources) -> Self {
        Self { press: Press::new(font_context(sources)), words: Words::default() }
    }

    #[cfg(test)]
    pub(in crate::ui::engine) fn words(&self) -> &Words {
        &self.words
    }

    /// Where to ask for fonts.
    pub(in crate::ui::engine) fn collection(&mut self) -> &mut Collection {
        &mut self.press.fonts.collection
    }

    pub(in crate::ui::engine) fn with(more: &[MoreFont]) -> Self {
        Self { press: Press::new(fonts_with(more)), words: Words::default() }
    }

    /// Lays out one paragraph. Line breaks inside the text count as spaces: splitting into
    /// paragraphs is the caller's business.
    pub(in crate::ui::engine) fn layout(
        &mut self,
        glyphs: &mut GlyphTable,
        (text, reading): (&str, Reading),
        width: f32,
        style: &Style,
        pixels_per_point: f32,
    ) -> Para {
        if text.is_empty() {
            let line_height = line_pixels(style, pixels_per_point) / pixels_per_point;
            return Para::empty(line_height, pixels_per_point);
        }
        if reading != Reading::RightToLeft {
            let wrap = wrap(width, pixels_per_point);
            let kit = (&mut self.press, &mut *glyphs);
            if let Some(para) = self.words.layout(kit, text, wrap, style, pixels_per_point) {
                return para;
            }
        }
        self.layout_whole(glyphs, (text, reading), width, style, pixels_per_point)
    }

    /// The same without a look at words that are known.
    pub(in crate::ui::engine) fn layout_whole(
        &mut self,
        glyphs: &mut GlyphTable,
        (text, reading): (&str, Reading),
        width: f32,
        style: &Style,
        pixels_per_point: f32,
    ) -> Para {
        let layout = self.press.shape(text, reading, (style, pixels_per_point));
        layout.break_all_lines(wrap(width, pixels_per_point));
        layout.align(Alignment::Start, AlignmentOptions::default());

        let mut fragments: Vec<Vec<Fragment>> =
            layout.lines().map(|line| fragments_of(&line, text, pixels_per_point)).collect();
        let starts = cluster_starts(&fragments, text);
        give_owners(&mut fragments, &starts);
        let len = text.len() as u32;
        let line_pixels = line_pixels(style, pixels_per_point);
        let mut para = Copy { layout, glyphs, starts: &starts, len, line_pixels }
            .para(fragments, pixels_per_point);
        if text.contains(SOFT_HYPHEN) {
            let hyphen = self.layout(
                glyphs,
                ("-", Reading::ByItself),
                f32::INFINITY,
                style,
                pixels_per_point,
            );
            draw_hyphens(&mut para, text, &hyphen);
        }
        para
    }
}

/// Pixels at which lines are broken.
fn wrap(width: f32, pixels_per_point: f32) -> Option<f32> {
    (width < UNWRAPPED).then_some(width.max(1.0) * pixels_per_point)
}

/// Draws a hyphen where a line of a left-to-right paragraph was broken at a soft hyphen. It is no
/// part of the text: no caret stands behind it.
fn draw_hyphens(para: &mut Para, text: &str, hyphen: &Para) {
    let scale = para.pixels_per_point;
    let mut lines = std::mem::take(&mut para.lines);
    let last = lines.len().saturating_sub(1);
    let rise = hyphen.lines().first().map_or(0.0, |line| line.baseline);
    let mut quads = Vec::with_capacity(para.quads.len() + lines.len());
    for (number, line) in lines.iter_mut().enumerate() {
        let first = quads.len() as u32;
        quads.extend_from_slice(para.quads_of(line));
        let own = text.get(line.start as usize..line.end as usize).unwrap_or_default();
        if number < last && !para.rtl && own.ends_with(SOFT_HYPHEN) {
            let x = (line.right * scale).round() as i32;
            let y = ((line.baseline - rise) * scale).round() as i32;
            quads.extend(hyphen.quads.iter().map(|q| Quad { x: q.x + x, y: q.y + y, ..*q }));
        }
        line.quads = first..quads.len() as u32;
    }
    para.lines = lines;
    para.quads = quads;
}

fn push_style(builder: &mut RangedBuilder<'_, ()>, text: &str, style: &Style, line_height: f32) {
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
        builder.push(StyleProperty::WordSpacing(TAB_SPACING * style.size), at..=at);
    }
    if text.contains(EMOJI_STYLE) {
        for (at, grapheme) in text.grapheme_indices(true).filter(|(_, g)| g.contains(EMOJI_STYLE)) {
            let list = FontFamily::List(Cow::Borrowed(emoji_list()));
            builder.push(list, at..at + grapheme.len());
        }
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
    let han_or_kana = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
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
fn cluster_starts(fragments: &[Vec<Fragment>], text: &str) -> Vec<u32> {
    let mut kept: Vec<u32> = fragments.iter().flatten().map(|fragment| fragment.start).collect();
    kept.sort_unstable();
    let shaped = match without_controls(text) {
        Cow::Owned(shaped) => Some(shaped),
        Cow::Borrowed(_) => None,
    };
    let mut kept = kept.into_iter().peekable();
    let mut in_shaped =
        shaped.as_deref().map(|shaped| shaped.grapheme_indices(true).map(|(at, _)| at).peekable());
    let mut starts = Vec::with_capacity(kept.len());
    for (at, _) in text.grapheme_indices(true) {
        let there = in_shaped.as_mut().is_none_or(|places| {
            while places.next_if(|&other| other < at).is_some() {}
            places.peek() == Some(&at)
        });
        while kept.next_if(|&other| (other as usize) < at).is_some() {}
        if at == 0 || there && kept.peek() == Some(&(at as u32)) {
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
    /// Whether it is a blank at which lines may end.
    blank: bool,
    /// Index into the cluster starts.
    owner: usize,
}

fn fragments_of(line: &parley::Line<'_, ()>, text: &str, scale: f32) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut x = line.metrics().offset;
    for run in line.runs() {
        let rtl = run.is_rtl();
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            let x0 = x / scale;
            x += cluster.advance();
            fragments.push(Fragment {
                start: range.start as u32,
                x0,
                x1: x / scale,
                rtl,
                word_start: cluster.is_word_boundary(),
                blank: text.get(range).is_some_and(is_blank),
                owner: 0,
            });
        }
    }
    fragments
}

fn is_blank(cluster: &str) -> bool {
    cluster.starts_with(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'))
}

/// Finds for each fragment the cluster that it is in; mostly that is next to the one before.
fn give_owners(fragments: &mut [Vec<Fragment>], starts: &[u32]) {
    let mut at = 0_usize;
    for fragment in fragments.iter_mut().flatten() {
        let own = fragment.start;
        let holds = |at: usize| {
            starts.get(at).is_some_and(|start| *start <= own)
                && starts.get(at + 1).is_none_or(|next| own < *next)
        };
        at = match at {
            _ if holds(at + 1) => at + 1,
            1.. if holds(at - 1) => at - 1,
            _ => starts.partition_point(|start| *start <= own).saturating_sub(1),
        };
        fragment.owner = at;
    }
}

/// The blanks that end a line, if there is more on it and they stand side by side.
fn blanks(fragments: &[Fragment]) -> Option<Range<usize>> {
    let last = fragments.iter().filter(|f| !f.blank).map(|f| f.start).max()?;
    let first = fragments.iter().position(|fragment| fragment.start > last)?;
    let behind = |fragment: &&Fragment| fragment.start > last;
    let count = fragments.iter().filter(behind).count();
    let together = fragments.get(first..first + count)?.iter().all(|f| f.start > last);
    together.then_some(first..first + count)
}

/// What becomes of a line when blanks inside it go to its end. Where a line was broken between two words that run
/// against the paragraph, the blank belongs there (rule L1 of Unicode's bidirectional algorithm), but the shaping
/// library leaves it between the word and what comes before.
#[derive(Clone, Copy)]
struct Moved {
    left: f32,
    right: f32,
    rtl: bool,
}

impl Moved {
    #[expect(clippy::fn_params_excessive_bools, reason = "the direction, as the library says it")]
    fn to_the_end(fragments: &mut Vec<Fragment>, blanks: Range<usize>, rtl: bool) -> Option<Self> {
        let there = if rtl { blanks.start == 0 } else { blanks.end == fragments.len() };
        let (first, last) = (fragments.get(blanks.start)?, fragments.get(blanks.end - 1)?);
        let moved = Self { left: first.x0, right: last.x1, rtl };
        let edge = if rtl { fragments.first()?.x0 } else { fragments.last()?.x1 };
        if there {
            return None;
        }
        let mut gone: Vec<Fragment> = fragments.drain(blanks).collect();
        for fragment in fragments.iter_mut() {
            let by = moved.place(fragment.x0) - fragment.x0;
            (fragment.x0, fragment.x1) = (fragment.x0 + by, fragment.x1 + by);
        }
        gone.sort_by_key(|fragment| fragment.start);
        if rtl {
            gone.reverse();
        }
        let mut x = if rtl { edge } else { edge - (moved.right - moved.left) };
        for fragment in &mut gone {
            let width = fragment.x1 - fragment.x0;
            (fragment.x0, fragment.x1, fragment.rtl) = (x, x + width, rtl);
            x += width;
        }
        let at = if rtl { 0 } else { fragments.len() };
        fragments.splice(at..at, gone);
        Some(moved)
    }

    /// Where in points something has gone that stood at `x` and is no blank.
    fn place(self, x: f32) -> f32 {
        let width = self.right - self.left;
        let middle = self.left + width / 2.0;
        match self.rtl {
            true if x < middle => x + width,
            false if x > middle => x - width,
            _ => x,
        }
    }
}

/// The copying of one finished layout into plain data.
struct Copy<'a> {
    layout: &'a Layout<()>,
    glyphs: &'a mut GlyphTable,
    starts: &'a [u32],
    len: u32,
    line_pixels: f32,
}

impl Copy<'_> {
    /// Lines stand on an even grid: a larger font within a line (Arabic, a fallback) may reach into
    /// the neighbours, but never moves them.
    fn para(&mut self, fragments: Vec<Vec<Fragment>>, scale: f32) -> Para {
        let mut para = Para {
            size: vec2(0.0, 0.0),
            rtl: self.layout.is_rtl(),
            pixels_per_point: scale,
            lines: Vec::with_capacity(self.layout.len()),
            clusters: Vec::with_capacity(self.starts.len()),
            quads: Vec::with_capacity(self.starts.len()),
        };
        let offset = baseline_offset(self.layout);
        for (line, mut fragments) in self.layout.lines().zip(fragments) {
            let baseline = self.line_pixels * para.lines.len() as f32 + offset;
            let moved = blanks(&fragments)
                .and_then(|blanks| Moved::to_the_end(&mut fragments, blanks, para.rtl));
            let first_quad = para.quads.len() as u32;
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    let shift = (moved, baseline - line.metrics().baseline, scale);
                    self.push_quads(&run, shift, &mut para.quads);
                }
            }
            let quads = first_quad..para.quads.len() as u32;
            self.push_line(&mut para, (&line, &fragments), baseline / scale, quads);
        }
        para.quads.shrink_to_fit();
        para
    }

    fn push_line(
        &self,
        para: &mut Para,
        (line, fragments): (&parley::Line<'_, ()>, &[Fragment]),
        baseline: f32,
        quads: Range<u32>,
    ) {
        let scale = para.pixels_per_point;
        let first = para.clusters.len();
        self.push_clusters(fragments, &mut para.clusters);
        let own = para.clusters.get(first..).unwrap_or_default();
        let start = para.lines.last().map_or(0, |previous| previous.end);
        let metrics = line.metrics();
        let left = own.first().map_or(metrics.offset / scale, |cluster| cluster.x0);
        let right = own.last().map_or(left, |cluster| cluster.x1);
        let hanging = if para.rtl { 0.0 } else { metrics.hanging_advance / scale };
        let blanks = blanks(fragments).and_then(|blanks| fragments.get(blanks));
        let ink = match blanks.and_then(|blanks| blanks.first().zip(blanks.last())) {
            Some((_, last)) if para.rtl => (last.x1, right),
            Some((first, _)) => (left, first.x0),
            None => (left, right),
        };
        let top = self.line_pixels * para.lines.len() as f32 / scale;
        let bottom = self.line_pixels * (para.lines.len() + 1) as f32 / scale;
        para.size = para.size.max(vec2(right - hanging, bottom));
        para.lines.push(Line {
            start,
            end: own.iter().map(|cluster| cluster.end).fold(start, u32::max),
            top,
            bottom,
            baseline,
            left,
            right,
            ink,
            clusters: first as u32..para.clusters.len() as u32,
            quads,
        });
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

    fn push_quads(
        &mut self,
        run: &GlyphRun<'_, ()>,
        (moved, shift, scale): (Option<Moved>, f32, f32),
        quads: &mut Vec<Quad>,
    ) {
        let font = run.run();
        let size = font.font_size();
        let coords: Vec<i16> = font.normalized_coords().iter().map(|c| c.to_bits()).collect();
        let Some(face) = self.glyphs.face(font.font(), size, font.synthesis(), &coords) else {
            return;
        };
        for glyph in run.positioned_glyphs() {
            let Ok(id) = u16::try_from(glyph.id) else { continue };
            let x = moved.map_or(glyph.x, |moved| moved.place(glyph.x / scale) * scale);
            let (x, bin) = if glyph.advance >= size * WIDE_GLYPH {
                (x.round(), 0)
            } else {
                let quarters = (x * 4.0).round();
                let x = (quarters / 4.0).floor();
                (x, (quarters - x * 4.0) as u8)
            };
            let glyph_number = self.glyphs.glyph(GlyphKey { face, glyph: id, bin });
            quads.push(Quad {
                x: x as i32,
                y: (glyph.y + shift).round() as i32,
                glyph: glyph_number,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use smol_str::SmolStr;

    use crate::ui::engine::shape::*;

    fn laid_out(text: &str, width: f32) -> Para {
        let style = Style {
            family: Family::Reading,
            size: 16.0,
            line_height: 24.0,
            bold: false,
            language: SmolStr::default(),
        };
        Shaper::new(FontSources::Bundled).layout(
            &mut GlyphTable::default(),
            (text, Reading::ByItself),
            width,
            &style,
            1.0,
        )
    }

    #[test]
    fn a_soft_hyphen_is_drawn_only_where_it_breaks_the_line() {
        let whole = laid_out("demon\u{ad}strations", 400.0);
        let broken = laid_out("demon\u{ad}strations", 80.0);
        assert_eq!((whole.lines().len(), broken.lines().len()), (1, 2));
        assert_eq!(broken.quads.len(), whole.quads.len() + 1);
    }

    #[test]
    fn korean_is_broken_between_words_and_a_mixed_text_inside() {
        assert!(breaks_at_spaces_only("장관은 화요일 수도에서"));
        assert!(!breaks_at_spaces_only("장관은 火曜日"));
        assert!(!breaks_at_spaces_only("The minister"));
        let text = "장관은 화요일 수도에서 열린 시위가 저녁까지 끝날 것이라고 말했다";
        for line in laid_out(text, 90.0).lines().iter().rev().skip(1) {
            assert!(text.get(..line.end as usize).unwrap().ends_with(' '), "{line:?}");
        }
    }

    #[test]
    fn a_blank_at_the_end_of_a_line_stands_outside_of_words_that_run_against_the_paragraph() {
        for (text, rtl) in [("אבגד הוז Port Avel חטי", true), ("abcd efg דהוז אבגד hij", false)]
        {
            let whole = laid_out(text, 400.0);
            let width = (70..200).map(|width| width as f32).find(|width| {
                let first = laid_out(text, *width).lines()[0].clone();
                ["Port ", "דהוז "].iter().any(|word| {
                    text.get(..first.end as usize).is_some_and(|head| head.ends_with(word))
                })
            });
            let para = laid_out(text, width.unwrap());
            let line = &para.lines()[0];
            let clusters = para.clusters_of(line);
            let outer = if rtl { clusters.first().unwrap() } else { clusters.last().unwrap() };
            assert_eq!((outer.end, outer.rtl), (line.end, rtl), "{text}");
            assert!(clusters.windows(2).all(|pair| (pair[0].x1 - pair[1].x0).abs() < 0.01));
            let ink = if rtl { line.ink.0 - line.left } else { line.right - line.ink.1 };
            assert!((ink - (outer.x1 - outer.x0)).abs() < 0.01, "{text}");
            let count = |para: &Para| para.quads.len();
            assert_eq!(count(&para), count(&whole), "no glyph is lost");
        }
    }

    #[test]
    fn arabic_letters_are_enlarged_with_their_spaces_but_not_the_digits() {
        let text = "في القاهرة 15 يوم John";
        let found: Vec<&str> =
            arabic_ranges(text).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(found, ["في القاهرة", "يوم"]);
    }

    macro_rules! font {
        ($file:literal, $language:literal, $script:literal) => {
            MoreFont {
                data: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts/", $file)),
                scripts: const { &[*$script] },
                language: $language,
            }
        };
    }

    /// With the fonts of the test pictures.
    fn in_script(shaper: &mut Shaper, table: &mut GlyphTable, text: &str, language: &str) -> Para {
        let style = Style {
            family: Family::Reading,
            size: 16.0,
            line_height: 24.0,
            bold: false,
            language: SmolStr::new(language),
        };
        shaper.layout(table, (text, Reading::ByItself), 400.0, &style, 1.0)
    }

    #[test]
    fn a_han_character_has_the_form_of_the_documents_language() {
        let (chinese, japanese) = (
            font!("NotoSerifChinese.otf", "", b"Hani"),
            font!("NotoSerifJapanese.otf", "ja", b"Hani"),
        );
        let mut shaper = Shaper::with(&[chinese, japanese]);
        let mut table = GlyphTable::default();
        let mut form = |language| {
            let para = in_script(&mut shaper, &mut table, "直", language);
            assert_eq!(para.quads.len(), 1);
            para.quads[0].glyph
        };
        let (unknown, simplified, japanese) = (form(""), form("zh-Hans"), form("ja"));
        assert_eq!(unknown, simplified);
        assert_ne!(simplified, japanese);
    }

    #[test]
    fn a_syllable_taken_apart_is_one_cluster_and_looks_as_if_it_were_whole() {
        let mut shaper = Shaper::with(&[font!("NotoSerifKorean.otf", "", b"Hang")]);
        let mut table = GlyphTable::default();
        let whole = in_script(&mut shaper, &mut table, "한글도", "ko");
        let apart = "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}\u{1103}\u{1169}";
        let apart = in_script(&mut shaper, &mut table, apart, "ko");
        let ends: Vec<u32> = apart.clusters.iter().map(|cluster| cluster.end).collect();
        assert_eq!(ends, [9, 18, 24]);
        assert_eq!(apart.quads, whole.quads);
    }

    #[test]
    fn a_tab_is_wider_than_a_space_and_offsets_stay() {
        let (tab, space) = (laid_out("a\tb", 400.0), laid_out("a b", 400.0));
        assert!(tab.size().x > space.size().x + 20.0);
        assert_eq!(tab.lines()[0].end, 3);
    }
}
