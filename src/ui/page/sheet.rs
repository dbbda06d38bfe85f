//! The document on the page: its pieces, their heights and layouts, and the scroll position.
//!
//! The scroll position is a piece and points into it, never a height from the top, so that correcting estimates
//! above the window moves nothing in it. Only pieces in sight are laid out; layouts not used for a while go.

use crate::text::{Offset, Text};
use crate::ui::engine::{Affinity, Family, Hit, Para, Reading, Style, TextEngine};
use crate::ui::page::heights::Heights;
use crate::ui::page::pieces::Pieces;
use egui::Rect;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Points after a paragraph.
const GAP: f32 = 12.0;
/// Points below the last piece.
const FOOT: f32 = 40.0;
/// Width of a letter against its size, for estimates.
const LETTER: f32 = 0.5;
/// Points of a line that can be seen.
const SEEN: f32 = 0.5;
/// Layouts kept beyond those in sight.
const KEPT: usize = 200;
/// From so many pieces on, heights are estimated anew only when a resized page has come to rest.
const MANY: usize = 50_000;
/// Frames without a change after which it has.
const REST: u8 = 6;

/// How the page is set.
#[derive(Clone, PartialEq, Debug)]
pub struct Setting {
    /// Points of a line.
    pub width: f32,
    /// The kind of face.
    pub family: Family,
    /// Points of the reading text.
    pub size: f32,
    /// Line height against size; lanes are drawn in it.
    pub leading: f32,
    /// Points of a title.
    pub title_size: f32,
    /// Physical pixels in a point.
    pub pixels_per_point: f32,
    /// The document's language.
    pub language: SmolStr,
    /// Whether the first paragraph is the title.
    pub titled: bool,
    /// Points above the first piece.
    pub head: f32,
    /// Points below a title that is in the text.
    pub below_title: f32,
}

/// The document on the page.
pub struct PageSheet {
    /// Its text.
    pub text: Text,
    /// What is laid out at a time.
    pub pieces: Pieces,
    heights: Heights,
    setting: Setting,
    layouts: BTreeMap<usize, (Arc<Para>, u64)>,
    frame: u64,
    top: usize,
    into: f32,
    held: Option<Held>,
    /// Frames until heights of another setting are estimated anew.
    stale: Option<u8>,
    /// Whether most of it is read from right to left.
    rtl: bool,
}

/// Words that stay at the upper edge while the page is set anew, however often, until one scrolls.
#[derive(Clone, Copy)]
struct Held {
    /// Where they start in the piece.
    byte: u32,
    /// How much of their line lies above, from 0 to 1.
    above: f32,
    /// The scroll position that shows them.
    at: (usize, f32),
    /// Whether that is still to be worked out, by the new layout.
    waits: bool,
}

/// A piece in sight.
#[derive(Clone)]
pub struct Placed {
    /// Which.
    pub index: usize,
    /// Its layout.
    pub para: Arc<Para>,
    /// Points of its upper edge below the window's.
    pub y: f32,
    /// Where it starts in the text.
    pub start: Offset,
    /// Where it ends.
    pub end: Offset,
    /// Points of a line.
    pub width: f32,
    /// The paragraph's number, on its first piece.
    pub number: Option<u32>,
}

impl PageSheet {
    /// Opens `text` at its start.
    pub fn new(text: Text, setting: Setting) -> Self {
        let pieces = Pieces::of(&text);
        let heights = estimate(&text, &pieces, &setting);
        let head = setting.head;
        let rtl = reads_from_the_right(text.as_str());
        Self {
            rtl,
            text,
            pieces,
            heights,
            setting,
            layouts: BTreeMap::new(),
            frame: 0,
            top: 0,
            into: -head,
            held: None,
            stale: None,
        }
    }

    /// How it is set.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// Whether most of it is read from right to left.
    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// Sets it anew when width, size or scale have changed; the words at the top stay there.
    pub fn set(&mut self, setting: Setting) {
        if setting == self.setting {
            return;
        }
        let within = self.into / self.heights.get(self.top).max(1.0);
        let held = self.hold();
        // At the very top one stays there, however high the head becomes.
        if self.top == 0 && self.into <= 0.0 {
            self.into += self.setting.head - setting.head;
        }
        self.setting = setting;
        self.layouts.clear();
        if self.pieces.count() < MANY {
            self.heights = estimate(&self.text, &self.pieces, &self.setting);
        } else {
            self.stale = Some(REST);
        }
        if self.into > 0.0 {
            self.into = within * self.heights.get(self.top);
        }
        let at = (self.top, self.into);
        self.held = held.map(|held| Held { at, waits: true, ..held });
    }

    /// Whether heights are still those of another setting; they follow when frames go on.
    pub fn is_settling(&self) -> bool {
        self.stale.is_some()
    }

    /// What is at the upper edge, if that is in the text.
    fn hold(&self) -> Option<Held> {
        let same =
            |held: &Held| held.at.0 == self.top && held.at.1.to_bits() == self.into.to_bits();
        if self.held.as_ref().is_some_and(same) {
            return self.held;
        }
        let (para, _) = self.layouts.get(&self.top).filter(|_| self.into > 0.0)?;
        let lines = para.lines();
        let at = (self.top, self.into);
        // Of a line that is not seen any more nothing is held, nor of any in the gap below a piece.
        let Some(line) = lines.iter().find(|line| line.bottom > self.into + SEEN) else {
            let byte = lines.last()?.end;
            return Some(Held { byte, above: 1.0, at, waits: false });
        };
        let above = ((self.into - line.top) / (line.bottom - line.top).max(1.0)).max(0.0);
        Some(Held { byte: line.start, above, at, waits: false })
    }

    /// Brings what was held to the upper edge of the new layout; what has been scrolled since is added.
    fn restore(&mut self, engine: &mut TextEngine) {
        let Some(held) = self.held.filter(|held| held.waits) else { return };
        self.held = None;
        if held.at.0 != self.top {
            return;
        }
        let para = self.layout(self.top, engine);
        // What was seen a little is still seen in smaller type; below the last line there is only the gap.
        let seen = held.above < 1.0;
        let hit = Hit { byte: held.byte, affinity: Affinity::Downstream };
        let lines = para.lines();
        let line = if seen { lines.get(para.line_of(hit)) } else { lines.last() };
        let Some(line) = line else { return };
        let into = line.top + held.above * (line.bottom - line.top);
        let into = if seen { into.min(line.bottom - 2.0 * SEEN) } else { into };
        // Exactly there where nothing was scrolled, so that it is known again.
        self.into = into + (self.into - held.at.1);
        self.held = Some(Held { at: (self.top, into), waits: false, ..held });
    }

    /// Estimates the heights for a setting that has come to rest.
    fn catch_up(&mut self) {
        let Some(frames) = self.stale else { return };
        self.stale = frames.checked_sub(1);
        if self.stale.is_none() {
            self.heights = estimate(&self.text, &self.pieces, &self.setting);
            for (index, (para, _)) in &self.layouts {
                let (start, end) = self.pieces.bounds(&self.text, *index);
                let gap = self.setting.gap(&self.pieces, *index);
                let height = height_of(para, start == end, gap);
                self.heights.set(*index, self.setting.whole(height));
            }
        }
    }

    /// Points of the whole text, as far as known.
    pub fn total(&self) -> f64 {
        self.heights.total() + f64::from(self.setting.head + FOOT)
    }

    /// Points above the window.
    pub fn position(&self) -> f64 {
        self.heights.before(self.top) + f64::from(self.into + self.setting.head)
    }

    /// Points from the text's upper margin to the upper edge of the piece that `offset` is in, and its height.
    pub fn place_of(&self, offset: Offset) -> (f64, f32) {
        let index = self.pieces.at(offset);
        (self.heights.before(index) + f64::from(self.setting.head), self.heights.get(index))
    }

    /// What is at the upper edge: the start of a piece, and how much of the piece lies above, from 0 to 1.
    pub fn top(&self) -> (Offset, f32) {
        let (start, _) = self.pieces.bounds(&self.text, self.top);
        (start, self.into / self.heights.get(self.top).max(1.0))
    }

    /// Brings that to the upper edge, as [`Self::top`] said it.
    pub fn begin_at(&mut self, (at, above): (Offset, f32), window: f32, engine: &mut TextEngine) {
        if at.0 > self.text.as_str().len() as u32 {
            return;
        }
        self.held = None;
        self.top = self.pieces.at(at);
        drop(self.layout(self.top, engine));
        self.into = above * self.heights.get(self.top);
        self.settle(window, engine);
    }

    /// Moves the window by `points`, down for positive, in a window of that height.
    pub fn scroll_by(&mut self, points: f32, window: f32, engine: &mut TextEngine) {
        self.into += points;
        self.settle(window, engine);
    }

    /// Brings the height `y` to the upper edge of the window.
    pub fn scroll_to(&mut self, y: f64, window: f32, engine: &mut TextEngine) {
        self.held = None;
        let below_head = y - f64::from(self.setting.head);
        (self.top, self.into) =
            if below_head < 0.0 { (0, below_head as f32) } else { self.heights.find(below_head) };
        self.settle(window, engine);
    }

    /// Follows a caret that a key has moved: it keeps a line clear of the edges; from far away it comes as a jump does.
    pub fn follow(&mut self, (index, hit): (usize, Hit), window: f32, engine: &mut TextEngine) {
        let caret = self.layout(index, engine).caret(hit);
        let placed = self.visible(window, engine);
        let margin = caret.height().min(window / 4.0);
        let Some(placed) = placed.iter().find(|placed| placed.index == index) else {
            let (first, last) = (placed.first(), placed.last());
            let next_to = first.is_some_and(|first| first.index == index + 1)
                || last.is_some_and(|last| last.index + 1 == index);
            return if next_to {
                self.follow_out((index, caret), (window, margin), engine);
            } else {
                self.reveal_place((index, hit), window, engine);
            };
        };
        let (top, bottom) = (placed.y + caret.top() - margin, placed.y + caret.bottom() + margin);
        if top < 0.0 {
            self.scroll_by(top, window, engine);
        } else if bottom > window {
            self.scroll_by(bottom - window, window, engine);
        }
    }

    /// The same for a piece that lies just beyond what is in sight.
    fn follow_out(
        &mut self,
        (index, caret): (usize, Rect),
        (window, margin): (f32, f32),
        engine: &mut TextEngine,
    ) {
        if index < self.top {
            (self.top, self.into) = (index, caret.top() - margin);
        } else {
            (self.top, self.into) = (index, caret.bottom() + margin - window);
        }
        self.settle(window, engine);
    }

    /// Brings `offset` into the window; where it is not in sight, a third below its upper edge.
    pub fn reveal(&mut self, offset: Offset, window: f32, engine: &mut TextEngine) {
        let index = self.pieces.at(offset);
        let (start, _) = self.pieces.bounds(&self.text, index);
        let byte = offset.0.saturating_sub(start.0);
        let hit = Hit { byte, affinity: Affinity::Downstream };
        self.reveal_place((index, hit), window, engine);
    }

    fn reveal_place(&mut self, (index, hit): (usize, Hit), window: f32, engine: &mut TextEngine) {
        let caret = self.layout(index, engine).caret(hit);
        let placed = self.visible(window, engine);
        let in_sight = placed.iter().find(|placed| placed.index == index).is_some_and(|placed| {
            placed.y + caret.top() >= 0.0 && placed.y + caret.bottom() <= window
        });
        if !in_sight {
            (self.top, self.into) = (index, caret.top() - window / 3.0);
            self.settle(window, engine);
        }
    }

    /// Pieces in a window of that height, from the top.
    pub fn visible(&mut self, window: f32, engine: &mut TextEngine) -> Vec<Placed> {
        self.frame += 1;
        self.catch_up();
        self.settle(window, engine);
        let mut placed = Vec::new();
        // On whole pixels, as the heights are: what is in sight moves as one while one scrolls.
        let pixels = self.setting.pixels_per_point;
        let (mut index, mut y) = (self.top, -(self.into * pixels).round() / pixels);
        while y < window && index < self.pieces.count() {
            let para = self.layout(index, engine);
            let (start, end) = self.pieces.bounds(&self.text, index);
            let number = self.number(index, start, end);
            let width = self.setting.width;
            placed.push(Placed { index, para, y, start, end, width, number });
            y += self.heights.get(index);
            index += 1;
        }
        self.forget();
        placed
    }

    /// The layout of piece `index`; corrects its height.
    pub fn layout(&mut self, index: usize, engine: &mut TextEngine) -> Arc<Para> {
        let frame = self.frame;
        if let Some((para, used)) = self.layouts.get_mut(&index) {
            *used = frame;
            return Arc::clone(para);
        }
        let reading = self.reading(index, engine);
        let (start, end) = self.pieces.bounds(&self.text, index);
        let words = self.text.as_str().get(start.bytes()..end.bytes()).unwrap_or_default();
        let style = self.setting.style(index);
        let (width, pixels) = (self.setting.width, self.setting.pixels_per_point);
        let para = engine.layout_part(words, reading, width, &style, pixels);
        let para = Arc::new(para);
        let gap = self.setting.gap(&self.pieces, index);
        let height = height_of(&para, words.is_empty(), gap);
        self.heights.set(index, self.setting.whole(height));
        self.layouts.insert(index, (Arc::clone(&para), frame));
        para
    }

    /// A part of a paragraph is read as its beginning is.
    fn reading(&mut self, index: usize, engine: &mut TextEngine) -> Reading {
        let (paragraph, is_first) = self.pieces.paragraph(index);
        if is_first {
            return Reading::ByItself;
        }
        let (start, _) = self.text.paragraph_bounds(paragraph);
        let first = self.pieces.at(start);
        if self.layout(first, engine).is_rtl() {
            Reading::RightToLeft
        } else {
            Reading::LeftToRight
        }
    }

    /// Brings the scroll position back between the margins, laying out what the window passes over.
    fn settle(&mut self, window: f32, engine: &mut TextEngine) {
        self.restore(engine);
        while self.into < 0.0 && self.top > 0 {
            self.top -= 1;
            drop(self.layout(self.top, engine));
            self.into += self.heights.get(self.top);
        }
        drop(self.layout(self.top, engine));
        while self.into >= self.heights.get(self.top) && self.top + 1 < self.pieces.count() {
            self.into -= self.heights.get(self.top);
            self.top += 1;
            drop(self.layout(self.top, engine));
        }
        self.stop_at_the_end(window, engine);
        if self.top == 0 {
            self.into = self.into.max(-self.setting.head);
        }
    }

    /// The last line does not leave the lower edge while there is text above.
    fn stop_at_the_end(&mut self, window: f32, engine: &mut TextEngine) {
        let last = self.pieces.count() - 1;
        let mut below = FOOT - self.into;
        for index in self.top..=last {
            drop(self.layout(index, engine));
            below += self.heights.get(index);
            if below >= window {
                return;
            }
        }
        self.into -= window - below;
        while self.into < 0.0 && self.top > 0 {
            self.top -= 1;
            drop(self.layout(self.top, engine));
            self.into += self.heights.get(self.top);
        }
    }

    fn number(&self, index: usize, start: Offset, end: Offset) -> Option<u32> {
        let (_, first) = self.pieces.paragraph(index);
        let title = self.setting.titled && index == 0;
        let before = u32::from(self.setting.titled);
        let words = self.text.as_str().get(start.bytes()..end.bytes()).unwrap_or_default();
        let some = first && !title && words.chars().any(|c| !c.is_whitespace());
        some.then(|| self.text.paragraph_number(start) - before)
    }

    fn forget(&mut self) {
        if self.layouts.len() > 2 * KEPT {
            let mut ages: Vec<u64> = self.layouts.values().map(|(_, used)| *used).collect();
            ages.sort_unstable();
            let oldest = ages.get(ages.len() - KEPT).copied().unwrap_or_default();
            self.layouts.retain(|_, (_, used)| *used >= oldest);
        }
    }
}

impl Setting {
    /// So many points, and what is missing to a whole physical pixel.
    fn whole(&self, points: f32) -> f32 {
        (points * self.pixels_per_point - 0.01).ceil() / self.pixels_per_point
    }

    /// Points after a piece.
    fn gap(&self, pieces: &Pieces, index: usize) -> f32 {
        match (pieces.ends_paragraph(index), self.titled && index == 0) {
            (true, true) => GAP + self.below_title,
            (true, false) => GAP,
            (false, _) => 0.0,
        }
    }

    fn style(&self, piece: usize) -> Style {
        let title = self.titled && piece == 0;
        let size = if title { self.title_size } else { self.size };
        let line_height = if title { size * 1.4 } else { size * self.leading };
        Style {
            family: self.family,
            size,
            line_height,
            bold: title,
            language: self.language.clone(),
        }
    }
}

/// Points of a piece that is laid out.
#[expect(clippy::fn_params_excessive_bools, reason = "empty or not, as its bounds say")]
fn height_of(para: &Para, is_empty: bool, gap: f32) -> f32 {
    if is_empty { GAP } else { para.size().y + gap }
}

fn estimate(text: &Text, pieces: &Pieces, setting: &Setting) -> Heights {
    let per_line = (setting.width / (setting.size * LETTER)).max(1.0);
    let height = |index: usize| {
        let (start, end) = pieces.bounds(text, index);
        let bytes = (end.0 - start.0) as f32;
        let gap = setting.gap(pieces, index);
        if bytes == 0.0 {
            GAP
        } else {
            (bytes / per_line).ceil() * setting.size * setting.leading + gap
        }
    };
    Heights::new((0..pieces.count()).map(height).collect())
}

/// Bytes at the beginning by which the direction is told.
const SAMPLE: usize = 64 * 1024;

/// Whether more letters at the beginning are of scripts that are read from right to left.
fn reads_from_the_right(content: &str) -> bool {
    let sample = content.get(..content.floor_char_boundary(SAMPLE)).unwrap_or_default();
    let rtl = |c: &char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    let letters = || sample.chars().filter(|c| c.is_alphabetic());
    let from_right = letters().filter(rtl).count();
    from_right * 2 > letters().count()
}
