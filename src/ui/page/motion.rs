//! Where a key leads the caret, in any direction of reading.
//!
//! Left and right, also by words, mean the screen: inside a paragraph they follow its lines; at its last place on that
//! side they go on to the paragraph that comes next in the direction that most of the text is read in, and enter it at
//! the place farthest from where the key leads. So every place is passed once, and the other key goes the same way back.

use crate::text::{
    Offset, paragraph_after, paragraph_before, sentence_after, sentence_before, word_after,
    word_before,
};
use crate::ui::engine::{Affinity, Direction, TextEngine};
use crate::ui::page::caret::{Caret, Extend, Move};
use crate::ui::page::sheet::PageSheet;

/// The laid out text that a caret moves in.
type Ground<'a> = (&'a mut PageSheet, &'a mut TextEngine);

/// A place, and whether it is after the character before it.
type Place = (Offset, bool);

/// One line on, or back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

impl Caret {
    /// Where the key leads.
    pub(in crate::ui::page) fn target(
        &self,
        to: Move,
        extend: Extend,
        goal: Option<f32>,
        (sheet, engine): Ground<'_>,
    ) -> Place {
        match to {
            Move::Left | Move::Right if extend == Extend::No && self.at != self.anchor => {
                self.side(to, (sheet, engine))
            }
            Move::Left => self.sideways(Direction::Left, (sheet, engine)),
            Move::Right => self.sideways(Direction::Right, (sheet, engine)),
            Move::WordLeft => self.by_word(Direction::Left, (sheet, engine)),
            Move::WordRight => self.by_word(Direction::Right, (sheet, engine)),
            Move::SentenceStart => (sentence_before(&sheet.text, self.at), false),
            Move::SentenceEnd => (sentence_after(&sheet.text, self.at), true),
            Move::ParagraphBefore => (paragraph_before(&sheet.text, self.at), false),
            Move::ParagraphAfter => (paragraph_after(&sheet.text, self.at), false),
            Move::Up => self.vertical(Way::Up, goal, 0.0, (sheet, engine)),
            Move::Down => self.vertical(Way::Down, goal, 0.0, (sheet, engine)),
            Move::Page(points) => {
                let way = if points < 0.0 { Way::Up } else { Way::Down };
                self.vertical(way, goal, points.abs(), (sheet, engine))
            }
            Move::LineStart | Move::LineEnd => self.end_of_line(to, (sheet, engine)),
            Move::TextStart => (Offset(0), false),
            Move::TextEnd => (Offset(sheet.text.len_bytes()), true),
        }
    }

    /// With words selected an arrow leads to their end on that side.
    fn side(&self, to: Move, (sheet, engine): Ground<'_>) -> Place {
        let (index, _) = self.hit(sheet);
        let rtl = sheet.layout(index, engine).is_rtl();
        if (to == Move::Right) == rtl {
            (self.at.min(self.anchor), false)
        } else {
            (self.at.max(self.anchor), true)
        }
    }

    fn sideways(&self, direction: Direction, (sheet, engine): Ground<'_>) -> Place {
        let (index, hit) = self.hit(sheet);
        let para = sheet.layout(index, engine);
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        match para.step_visual(hit, direction) {
            Some(next) => (Offset(start.0 + next.byte), next.affinity == Affinity::Upstream),
            None => self.cross(index, direction, (sheet, engine)),
        }
    }

    fn by_word(&self, direction: Direction, (sheet, engine): Ground<'_>) -> Place {
        let paragraph = sheet.text.paragraph_at(self.at);
        let (start, end) = sheet.text.paragraph_bounds(paragraph);
        let right = direction == Direction::Right;
        let onwards = right != sheet.is_rtl();
        if right != reads_left(start, (sheet, engine)) {
            if self.at < end {
                return (word_after(&sheet.text, self.at).min(end), true);
            }
        } else if self.at > start {
            return (word_before(&sheet.text, self.at).max(start), false);
        }
        let next = if onwards { Some(paragraph + 1) } else { paragraph.checked_sub(1) };
        let Some(next) = next.filter(|next| *next < sheet.text.paragraph_count()) else {
            return (self.at, self.upstream);
        };
        let (start, end) = sheet.text.paragraph_bounds(next);
        let forwards = right != reads_left(start, (sheet, engine));
        if forwards { (start, false) } else { (end, true) }
    }

    /// Into the piece that comes next on that side; at the last one it stays.
    fn cross(&self, index: usize, direction: Direction, (sheet, engine): Ground<'_>) -> Place {
        let onwards = (direction == Direction::Right) != sheet.is_rtl();
        let next = if onwards { Some(index + 1) } else { index.checked_sub(1) };
        let Some(next) = next.filter(|next| *next < sheet.pieces.count()) else {
            return (self.at, self.upstream);
        };
        let para = sheet.layout(next, engine);
        let (start, _) = sheet.pieces.bounds(&sheet.text, next);
        let forwards = (direction == Direction::Right) != para.is_rtl();
        let line = if forwards { 0 } else { para.lines().len().saturating_sub(1) };
        let entry = para.entry(line, direction);
        // Where a paragraph is cut softly both sides of the cut are one place.
        let same = start.0 + entry.byte == self.at.0;
        let hit = if same { para.step_visual(entry, direction).unwrap_or(entry) } else { entry };
        (Offset(start.0 + hit.byte), hit.affinity == Affinity::Upstream)
    }

    /// A line up or down, or as many as fit into `points`; beyond the last one the end of the text.
    fn vertical(
        &self,
        way: Way,
        goal: Option<f32>,
        points: f32,
        (sheet, engine): Ground<'_>,
    ) -> Place {
        let (index, hit) = self.hit(sheet);
        let line = sheet.layout(index, engine).line_of(hit);
        let Some(mut found) = next_line((index, line), way, (sheet, engine)) else {
            return match way {
                Way::Up => (Offset(0), false),
                Way::Down => (Offset(sheet.text.len_bytes()), true),
            };
        };
        let from = height((index, line), (sheet, engine));
        while let Some(next) = next_line(found, way, (sheet, engine))
            && (height(next, (sheet, engine)) - from).abs() <= f64::from(points)
        {
            found = next;
        }
        let (index, line) = found;
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        let hit = sheet.layout(index, engine).line_hit(line, goal.unwrap_or_default());
        (Offset(start.0 + hit.byte), hit.affinity == Affinity::Upstream)
    }

    fn end_of_line(&self, to: Move, (sheet, engine): Ground<'_>) -> Place {
        let (index, hit) = self.hit(sheet);
        let para = sheet.layout(index, engine);
        let (start, _) = sheet.pieces.bounds(&sheet.text, index);
        match para.lines().get(para.line_of(hit)) {
            Some(line) if to == Move::LineStart => (Offset(start.0 + line.start), false),
            Some(line) => (Offset(start.0 + line.end), true),
            None => (self.at, self.upstream),
        }
    }
}

/// Whether the paragraph that starts there is read from right to left: all its pieces as its beginning is.
fn reads_left(start: Offset, (sheet, engine): Ground<'_>) -> bool {
    let first = sheet.pieces.at(start);
    sheet.layout(first, engine).is_rtl()
}

/// The line after that one, by piece and line.
fn next_line(
    (index, line): (usize, usize),
    way: Way,
    (sheet, engine): Ground<'_>,
) -> Option<(usize, usize)> {
    if way == Way::Up {
        return match (line.checked_sub(1), index.checked_sub(1)) {
            (Some(line), _) => Some((index, line)),
            (None, Some(index)) => {
                Some((index, sheet.layout(index, engine).lines().len().saturating_sub(1)))
            }
            (None, None) => None,
        };
    }
    if line + 1 < sheet.layout(index, engine).lines().len() {
        return Some((index, line + 1));
    }
    Some((index + 1, 0)).filter(|(index, _)| *index < sheet.pieces.count())
}

/// Points from the text's beginning to that line.
fn height((index, line): (usize, usize), (sheet, engine): Ground<'_>) -> f64 {
    let para = sheet.layout(index, engine);
    let (start, _) = sheet.pieces.bounds(&sheet.text, index);
    let (before, _) = sheet.place_of(start);
    before + f64::from(para.lines().get(line).map_or(0.0, |line| line.top))
}
