//! The words around a difference with both layers over them: mine above the line, theirs below.
//!
//! It draws through the text engine what it is given and changes nothing.

use crate::model::Document;
use crate::text::{Offset, Span, Text, word_after, word_before};
use crate::ui::engine::Family;
use crate::ui::engine::{Style, TextEngine, Tiles};
use crate::ui::page::brush::Brush;
use crate::ui::page::sheet::Placed;
use crate::ui::page::strips::Strips;
use crate::ui::review::bars::{self, Bar, Ground, Side};
use crate::ui::theme::{PageLook, ReadingFace, Tokens};
use egui::emath::GuiRounding as _;
use egui::{Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Bytes of context on each side; a paragraph that is not longer is shown whole.
const AROUND: u32 = 420;
/// Most bytes of what is decided about that are shown.
const MOST: u32 = 2400;
/// Points that the bar of what is scrolled may take.
const BAR: f32 = 12.0;
/// Points between paragraphs.
const GAP: f32 = 10.0;
/// Points above the first line and below the last.
pub(in crate::ui::review) const AIR: f32 = 8.0;
/// Before the words where a paragraph was cut, and after them.
const FROM: &str = "… ";
const ON: &str = " …";

/// What is drawn over which words.
pub(in crate::ui::review) struct Passage<'a> {
    /// The document, mine.
    pub document: &'a Document,
    /// What is shown of it.
    pub shown: Span,
    /// The words that the difference is about, in my text.
    pub tinted: Vec<Span>,
    /// Their ground.
    pub tint: Color32,
    /// The bars of both sides.
    pub bars: Vec<Bar>,
    /// How the page is set.
    pub look: PageLook,
}

/// As much of the text as is shown around `hull`: its paragraphs, cut where they are long.
pub(in crate::ui::review) fn around(text: &Text, hull: Span) -> Span {
    let end = hull.end().min(Offset(hull.start().0.saturating_add(MOST)));
    let (first, _) = text.paragraph_bounds(text.paragraph_at(hull.start()));
    let (_, last) = text.paragraph_bounds(text.paragraph_at(before(text, end, hull.start())));
    let from = if hull.start().0 - first.0 > AROUND {
        word_before(text, floor(text, hull.start().0 - AROUND))
    } else {
        first
    };
    let to = if last.0.saturating_sub(end.0) > AROUND {
        word_after(text, floor(text, end.0 + AROUND))
    } else {
        last
    };
    Span::between(from.min(hull.start()), to.max(floor(text, end.0))).unwrap_or(hull)
}

/// The boundary of a character at or before that byte.
fn floor(text: &Text, byte: u32) -> Offset {
    Offset::of_bytes(text.as_str().floor_char_boundary(byte as usize))
}

/// The start of the character before `at`, but not before `least`.
fn before(text: &Text, at: Offset, least: Offset) -> Offset {
    floor(text, at.0.saturating_sub(1)).max(least)
}

/// Points of its lines.
fn line_height(passage: &Passage<'_>, lanes: &[u8]) -> f32 {
    let deepest = |side: Side| {
        let of_side = passage.bars.iter().zip(lanes).filter(|(bar, _)| bar.side == side);
        of_side.map(|(_, lane)| lane + 1).max().unwrap_or(1)
    };
    bars::line_height(passage.look.size, deepest(Side::Mine), deepest(Side::Theirs))
}

/// As much of `room` points as shows whole lines; one line at least.
pub(in crate::ui::review) fn whole_lines(passage: &Passage<'_>, room: f32) -> f32 {
    let line = line_height(passage, &bars::lanes(&passage.bars));
    ((room - AIR) / line).floor().max(1.0) * line + AIR
}

/// The part of it, `most` points high, that shows `place`: from the beginning of a line.
fn sight(placed: &[Placed], origin: egui::Pos2, line: f32, (place, most): (Rect, f32)) -> Rect {
    let tops = placed.iter().flat_map(|one| {
        let lines = one.para.lines().len();
        (0..lines).map(move |at| origin.y + one.y + line * at as f32)
    });
    let above = ((most - place.height()) / 2.0).max(0.0);
    let wanted = place.top() - above;
    // Of what is longer than there is room for the beginning is in sight.
    let top = tops.filter(|top| *top <= place.top()).min_by(|a, b| {
        let far = |top: f32| (top - wanted).abs();
        far(*a).total_cmp(&far(*b))
    });
    let top = top.unwrap_or(place.top()) - AIR / 2.0;
    Rect::from_min_max(pos2(place.left(), top), pos2(place.right(), top + most))
}

/// Draws it in a column of `width` points that may be scrolled, and says what should be in sight of it, so many points high,
/// that the words that it is about are.
pub(in crate::ui::review) fn show(
    ui: &mut Ui,
    (tokens, engine, strips): (&Tokens, &mut TextEngine, &mut Strips),
    passage: &Passage<'_>,
    (width, most): (f32, f32),
) -> (Response, Option<Rect>) {
    let lanes = bars::lanes(&passage.bars);
    let size = passage.look.size;
    let line = line_height(passage, &lanes);
    let style = Style {
        family: match passage.look.face {
            ReadingFace::Serif => Family::Reading,
            ReadingFace::Sans => Family::Interface,
        },
        size,
        line_height: line,
        bold: false,
        language: passage.document.language.clone(),
    };
    let placed = paragraphs(passage, (width - BAR, ui.pixels_per_point()), &style, engine);
    let height = placed.last().map_or(0.0, |last| last.y + last.para.size().y);
    // From right to left words begin at the column's edge, unless the bar is there.
    let from_right = placed.first().is_some_and(|first| first.para.is_rtl());
    let aside = if from_right && height <= ui.clip_rect().height() { BAR } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let words = passage.document.text.slice(passage.shown);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Passage: {words}")));
    let origin = (rect.min + vec2(aside, 0.0)).round_to_pixels(ui.pixels_per_point());
    let scale = ui.pixels_per_point();
    let ground = Ground {
        placed: &placed,
        origin,
        size,
        scale,
        stroke: tokens.stroke.bar,
        quiet: tokens.stroke.hair,
    };
    let painter = ui.painter_at(rect.expand2(vec2(8.0, 8.0)));
    let mut place: Option<Rect> = None;
    for span in &passage.tinted {
        for rect in ground.words(*span) {
            painter.rect_filled(rect, 2.0, passage.tint);
            place = Some(place.map_or(rect, |place| place.union(rect)));
        }
    }
    for one in &placed {
        engine.paint(&painter, origin + vec2(0.0, one.y), &one.para, tokens.ink);
    }
    strips.make_room();
    let ctx = ui.ctx().clone();
    let mut tiles = Tiles::of(strips.texture(&ctx));
    for (bar, lane) in passage.bars.iter().zip(lanes) {
        let color = bar.color;
        let mut brush = Brush { tiles: &mut tiles, strips, ctx: &ctx, scale, color };
        bars::draw(&ground, bar, lane, &mut brush);
    }
    painter.add(tiles.shape());
    (response, place.map(|place| sight(&placed, origin, line, (place, most))))
}

/// The paragraphs of what is shown, one below the other.
fn paragraphs(
    passage: &Passage<'_>,
    (width, scale): (f32, f32),
    style: &Style,
    engine: &mut TextEngine,
) -> Vec<Placed> {
    let text = &passage.document.text;
    let (first, last) = (passage.shown.start(), passage.shown.end());
    let (from, to) = (text.paragraph_at(first), text.paragraph_at(before(text, last, first)));
    let mut placed = Vec::new();
    let mut y = 0.0;
    for index in from..=to {
        let (start, end) = text.paragraph_bounds(index);
        let Some(span) = Span::between(start.max(first), end.min(last)) else { continue };
        let words = text.slice(span);
        if words.trim().is_empty() {
            continue;
        }
        // That the paragraph goes on is shown; what stands before the words counts as words, so places stay right.
        let before = if start < first { FROM } else { "" };
        let rest = Span::between(last, end).map_or("", |rest| text.slice(rest));
        let after = if rest.trim().is_empty() { "" } else { ON };
        let shown = format!("{before}{words}{after}");
        let para = engine.shaped(&shown, width, style, scale);
        let height = para.size().y;
        let start = Offset(span.start().0.saturating_sub(before.len() as u32));
        let end = span.end();
        placed.push(Placed { index, para, y, start, end, width, number: None });
        y += (height + GAP).round();
    }
    placed
}

impl Ground<'_> {
    /// The ground of some words, line by line.
    fn words(&self, span: Span) -> Vec<Rect> {
        let all = crate::ui::page::marks::stretches(self.placed, self.origin, span).into_iter();
        all.filter_map(|(piece, part)| {
            let placed = self.placed.get(piece)?;
            let y = self.origin.y + placed.y + placed.para.lines().get(part.line)?.baseline;
            let (above, below) = (self.size, self.size * 6.0 / 17.0);
            let ink = placed.para.lines().get(part.line)?.ink;
            let left = part.rect.left().max(self.origin.x + ink.0);
            let right = part.rect.right().min(self.origin.x + ink.1);
            (left < right)
                .then_some(Rect::from_min_max(pos2(left, y - above), pos2(right, y + below)))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Offset, Span, Text};
    use crate::ui::review::passage::around;
    use proptest::prelude::*;

    fn span(start: u32, end: u32) -> Span {
        Span::between(Offset(start), Offset(end)).unwrap()
    }

    #[test]
    fn short_paragraphs_are_shown_whole_and_long_ones_are_cut_between_words() {
        let text = Text::new("Title\nOne two three.\nFour five.\n");
        assert_eq!(text.slice(around(&text, span(10, 13))).trim_end(), "One two three.");
        let crossing = text.slice(around(&text, span(10, 25)));
        assert_eq!(crossing.trim_end(), "One two three.\nFour five.");
        let long = Text::new("word ".repeat(1000));
        let shown = around(&long, span(2500, 2504));
        assert!(shown.len_bytes() < 900, "{shown:?}");
        assert!(long.slice(shown).starts_with("word"));
    }

    proptest! {
        #[test]
        fn what_is_shown_holds_the_beginning_of_what_it_is_about_and_lies_on_letters(
            words in "[a-zé 한\n]{1,300}", start in 0_usize..300, long in 1_usize..200
        ) {
            let bounds: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
            let start = start % (bounds.len() - 1);
            let end = (start + long).min(bounds.len() - 1);
            let text = Text::new(words.as_str());
            let hull = span(bounds[start] as u32, bounds[end] as u32);
            let shown = around(&text, hull);
            prop_assert!(text.holds(shown));
            prop_assert!(shown.contains(hull));
        }
    }
}
