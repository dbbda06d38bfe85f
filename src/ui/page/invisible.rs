//! Signs for characters without ink: blanks, tabs, ends of paragraphs, and those that join, part or turn others.
//!
//! They lie over the text, small and faint, and move nothing in it.

use crate::text::{Span, Text};
use crate::ui::engine::{Affinity, Hit, Para};
use crate::ui::page::{Frame, Placed};
use egui::{Align2, FontId, Pos2, Rect, Stroke, pos2, vec2};
use unicode_segmentation::UnicodeSegmentation as _;

/// Size of the letters of a tag against that of the text.
const TAG: f32 = 0.42;
/// A space's dot, in points.
const DOT: f32 = 0.9;

/// How a character is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Sign {
    /// A space: a dot in its middle.
    Dot,
    /// A space at which no line is broken: a ring.
    Ring,
    /// A tab.
    Arrow,
    /// Letters above a tick.
    Tag(String),
}

/// Draws the signs of what is in sight.
pub(in crate::ui::page) fn draw(frame: &Frame<'_>, text: &Text) {
    for placed in frame.placed {
        let own = Span::between(placed.start, placed.end);
        let own = own.map(|span| text.slice(span)).unwrap_or_default();
        // Where the last tag on a line ends, so that the next one goes above it.
        let mut tagged: Option<Rect> = None;
        for (at, sign) in signs(own) {
            let hand = Hand { frame, placed };
            match sign {
                Sign::Tag(letters) => hand.tag(&at, &letters, &mut tagged),
                sign => hand.blank(&at, &sign),
            }
        }
        Hand { frame, placed }.end(own.len());
    }
}

/// A character's place in the paragraph's text.
struct At {
    start: usize,
    end: usize,
    /// Where its grapheme ends.
    whole: usize,
    /// Whether it begins its grapheme.
    first: bool,
}

fn signs(text: &str) -> Vec<(At, Sign)> {
    let mut found = Vec::new();
    for (from, grapheme) in text.grapheme_indices(true) {
        for (within, c) in grapheme.char_indices() {
            if let Some(sign) = sign(c, grapheme) {
                let start = from + within;
                let (end, whole) = (start + c.len_utf8(), from + grapheme.len());
                found.push((At { start, end, whole, first: within == 0 }, sign));
            }
        }
    }
    found
}

/// The sign of a character in its grapheme. What makes one emoji of several has none.
fn sign(c: char, grapheme: &str) -> Option<Sign> {
    let letters = match c {
        ' '
        | '\u{1680}'
        | '\u{2000}'..='\u{2006}'
        | '\u{2008}'..='\u{200a}'
        | '\u{205f}'
        | '\u{3000}' => {
            return Some(Sign::Dot);
        }
        '\u{a0}' | '\u{202f}' | '\u{2007}' => return Some(Sign::Ring),
        '\t' => return Some(Sign::Arrow),
        '\u{200c}' => "ZWNJ",
        '\u{200d}' if grapheme.chars().any(char::is_alphabetic) || grapheme.len() == 3 => "ZWJ",
        '\u{ad}' => "SHY",
        '\u{61c}' => "ALM",
        '\u{34f}' => "CGJ",
        '\u{200b}' => "ZWSP",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{2028}' => "LS",
        '\u{2029}' => "PS",
        '\u{feff}' => "BOM",
        c if c.is_control() && !matches!(c, '\n' | '\r') => {
            return Some(Sign::Tag(format!("{:02X}", u32::from(c))));
        }
        _ => return None,
    };
    Some(Sign::Tag(letters.to_owned()))
}

struct Hand<'a> {
    frame: &'a Frame<'a>,
    placed: &'a Placed,
}

impl Hand<'_> {
    fn origin(&self) -> Pos2 {
        self.frame.origin + vec2(0.0, self.placed.y)
    }

    fn para(&self) -> &Para {
        &self.placed.para
    }

    /// The height of the middle of small letters on a line.
    fn middle(&self, line: usize) -> f32 {
        let baseline = self.para().lines().get(line).map_or(0.0, |line| line.baseline);
        self.origin().y + baseline - self.frame.size * 0.26
    }

    fn blank(&self, at: &At, sign: &Sign) {
        let tokens = self.frame.view.tokens;
        let parts = self.para().rects(at.start as u32..at.end as u32);
        let Some(part) = parts.first() else { return };
        let place = pos2(self.origin().x + part.rect.center().x, self.middle(part.line));
        let painter = self.frame.painter;
        match sign {
            Sign::Ring => {
                painter.circle_stroke(place, DOT * 2.0, Stroke::new(0.9, tokens.muted));
            }
            Sign::Arrow => {
                let half = vec2((part.rect.width() / 2.0 - 2.0).max(2.0), 0.0);
                let way = if self.para().is_rtl() { -half } else { half };
                let stroke = Stroke::new(0.9, tokens.muted);
                painter.line_segment([place - half, place + half], stroke);
                for side in [vec2(0.0, 2.5), vec2(0.0, -2.5)] {
                    let back = place + way - way.normalized() * 3.0 + side;
                    painter.line_segment([back, place + way], stroke);
                }
            }
            Sign::Dot | Sign::Tag(_) => {
                painter.circle_filled(place, DOT, tokens.muted);
            }
        }
    }

    /// A tick where the character is, and its letters above the line's words; above those of a neighbour, if there
    /// is one.
    fn tag(&self, at: &At, letters: &str, tagged: &mut Option<Rect>) {
        let tokens = self.frame.view.tokens;
        let hit = if at.first {
            Hit { byte: at.start as u32, affinity: Affinity::Downstream }
        } else {
            Hit { byte: at.whole as u32, affinity: Affinity::Upstream }
        };
        let line = self.para().line_of(hit);
        let x = self.origin().x + self.para().caret(hit).left();
        let painter = self.frame.painter;
        let foot = self.middle(line) + self.frame.size * 0.26;
        let face = FontId::proportional(self.frame.size * TAG);
        let galley = painter.layout_no_wrap(letters.to_owned(), face, tokens.muted);
        let top = foot - self.frame.size * 0.78 - galley.size().y;
        let mut place = Align2::CENTER_TOP.anchor_size(pos2(x, top), galley.size());
        if let Some(last) = *tagged
            && (last.bottom() - place.bottom()).abs() < self.frame.size * 1.5
            && last.expand2(vec2(2.0, 0.0)).x_range().intersects(place.x_range())
        {
            place = place.translate(vec2(0.0, last.top() - place.bottom()));
        }
        *tagged = Some(place);
        let tick = [pos2(x, place.bottom()), pos2(x, foot + 2.0)];
        painter.line_segment(tick, Stroke::new(0.8, tokens.muted));
        painter.rect_filled(place.expand2(vec2(1.0, 0.0)), 2.0, tokens.page);
        painter.galley(place.min, galley, tokens.muted);
    }

    /// A small angle where the paragraph ends.
    fn end(&self, length: usize) {
        let hit = Hit { byte: length as u32, affinity: Affinity::Upstream };
        let line = self.para().line_of(hit);
        let way = if self.para().is_rtl() { -1.0 } else { 1.0 };
        let x = self.origin().x + self.para().caret(hit).left() + 4.0 * way;
        let (y, tokens) = (self.middle(line), self.frame.view.tokens);
        let stroke = Stroke::new(0.9, tokens.muted);
        let (corner, tip) = (pos2(x + 6.0 * way, y), pos2(x, y));
        self.frame.painter.line_segment([pos2(corner.x, y - 4.0), corner], stroke);
        self.frame.painter.line_segment([corner, tip], stroke);
        for side in [2.5, -2.5] {
            self.frame.painter.line_segment([tip, pos2(x + 2.5 * way, y + side)], stroke);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::page::invisible::*;

    fn all(text: &str) -> Vec<(usize, Sign)> {
        signs(text).into_iter().map(|(at, sign)| (at.start, sign)).collect()
    }

    #[test]
    fn blanks_tabs_and_characters_without_ink_have_signs_and_letters_have_none() {
        let tag = |letters: &str| Sign::Tag(letters.to_owned());
        assert_eq!(all("a b\tc"), [(1, Sign::Dot), (3, Sign::Arrow)]);
        assert_eq!(all("5\u{a0}km"), [(1, Sign::Ring)]);
        assert_eq!(all("a\u{ad}b\u{200b}c"), [(1, tag("SHY")), (4, tag("ZWSP"))]);
        assert_eq!(
            all("\u{2067}א\u{2069}\u{7}"),
            [(0, tag("RLI")), (5, tag("PDI")), (8, tag("07"))]
        );
        assert_eq!(all("Ärger e\u{301} 한글"), [(6, Sign::Dot), (10, Sign::Dot)]);
    }

    #[test]
    fn what_joins_letters_is_shown_and_what_joins_emoji_is_not() {
        assert_eq!(all("می\u{200c}خواهم").len(), 1);
        assert_eq!(all("क्\u{200d}ष").len(), 1);
        assert_eq!(all("👩🏽\u{200d}⚖\u{fe0f}"), []);
        assert_eq!(all("❤\u{fe0f}\u{200d}🔥"), []);
    }
}
