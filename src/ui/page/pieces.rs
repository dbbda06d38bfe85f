//! What is laid out at a time: a paragraph, or a part of one that is too long.
//!
//! A text without line ends is cut softly at blanks, so that no single layout stalls a frame.

use crate::text::{Offset, Text, grapheme_before, is_grapheme_boundary};

/// Longest piece in bytes: a few milliseconds of layout in the slowest script.
const LONGEST: usize = 3 * 1024;

/// Where the pieces of a text begin.
#[derive(Default)]
pub struct Pieces {
    /// Start in bytes and paragraph number, for each piece.
    starts: Vec<(u32, u32)>,
}

impl Pieces {
    /// Cuts `text`.
    pub fn of(text: &Text) -> Self {
        let mut starts = Vec::with_capacity(text.paragraph_count());
        for paragraph in 0..text.paragraph_count() {
            let (start, end) = text.paragraph_bounds(paragraph);
            let mut at = start.bytes();
            starts.push((at as u32, paragraph as u32));
            while end.bytes() - at > LONGEST {
                at = cut(text, at);
                starts.push((at as u32, paragraph as u32));
            }
        }
        Self { starts }
    }

    /// How many there are; at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Start and end of piece `index`, without the line end.
    pub fn bounds(&self, text: &Text, index: usize) -> (Offset, Offset) {
        let (start, paragraph) = self.starts.get(index).copied().unwrap_or((text.len_bytes(), 0));
        let (_, end) = text.paragraph_bounds(paragraph as usize);
        let next = self.starts.get(index + 1).filter(|next| next.1 == paragraph);
        (Offset(start), next.map_or(end, |next| Offset(next.0)))
    }

    /// The piece that `offset` is in.
    pub fn at(&self, offset: Offset) -> usize {
        self.starts.partition_point(|(start, _)| *start <= offset.0).saturating_sub(1)
    }

    /// The paragraph of piece `index`, counted from 0, and whether it is the paragraph's first piece.
    pub fn paragraph(&self, index: usize) -> (usize, bool) {
        let of = |index: usize| self.starts.get(index).map(|(_, paragraph)| *paragraph as usize);
        let own = of(index).unwrap_or_default();
        (own, index.checked_sub(1).and_then(of) != Some(own))
    }

    /// Whether piece `index` is its paragraph's last.
    pub fn ends_paragraph(&self, index: usize) -> bool {
        let (own, _) = self.paragraph(index);
        self.starts.get(index + 1).is_none_or(|(_, paragraph)| *paragraph as usize != own)
    }
}

/// The start of the next piece: after a blank if there is one near, else between graphemes, so that no caret stands in one.
fn cut(text: &Text, at: usize) -> usize {
    let content = text.as_str();
    let whole = |at: usize| is_grapheme_boundary(text, Offset::of_bytes(at));
    let limit = content.floor_char_boundary(at + LONGEST);
    let begin = content.floor_char_boundary(at + LONGEST / 2);
    let window = content.get(begin..limit).unwrap_or_default();
    let blanks = window.rmatch_indices(' ').map(|(blank, _)| begin + blank + 1);
    let after_blank = blanks.into_iter().find(|at| whole(*at));
    let before = || grapheme_before(text, Offset::of_bytes(limit)).bytes();
    let between = || if whole(limit) { limit } else { before() };
    // A heap of marks longer than a piece is cut all the same.
    after_blank.unwrap_or_else(|| Some(between()).filter(|cut| *cut > at).unwrap_or(limit))
}

#[cfg(test)]
mod tests {
    use crate::text::{Text, is_grapheme_boundary};
    use crate::ui::page::pieces::Pieces;

    #[test]
    fn pieces_tile_a_long_line_and_short_paragraphs() {
        for content in [
            "one\n\nthree".to_owned(),
            "word ".repeat(5000),
            "語".repeat(9000),
            "x\u{308}\u{301}".repeat(2000),
            "👩‍👩‍👧‍👦🇰🇷".repeat(500),
            "각".repeat(1500),
        ] {
            let text = Text::new(content);
            let pieces = Pieces::of(&text);
            let mut whole = String::new();
            for index in 0..pieces.count() {
                let (start, end) = pieces.bounds(&text, index);
                assert!(end.bytes() - start.bytes() <= 3 * 1024);
                assert_eq!(pieces.at(start), index);
                assert!(is_grapheme_boundary(&text, start), "{start:?} cuts a grapheme");
                whole += text.as_str().get(start.bytes()..end.bytes()).unwrap();
                if pieces.ends_paragraph(index) && index + 1 < pieces.count() {
                    whole.push('\n');
                }
            }
            assert_eq!(whole, text.as_str());
        }
    }
}
