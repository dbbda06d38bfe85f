//! A text and the one converter between its three ways of counting: bytes, code points, UTF-16 units.
//!
//! Cheap to clone. Conversions cost one look-up and a scan of at most one block; for plain ASCII they are free.

use crate::text::{Offset, Span};
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, OnceLock};

/// Bytes between two checkpoints: a conversion scans at most this much.
const BLOCK: usize = 1024;

/// An immutable text with `\n` line ends.
#[derive(Clone)]
pub struct Text(Arc<Inner>);

struct Inner {
    content: Box<str>,
    /// Where each paragraph starts, in bytes; the first is 0.
    paragraphs: Vec<u32>,
    /// For each of them, how many that hold words there are up to it.
    numbers: Vec<u32>,
    /// Code points and UTF-16 units before each block of [`BLOCK`] bytes; empty for ASCII.
    checkpoints: Vec<(u32, u32)>,
    digest: OnceLock<String>,
}

impl Text {
    /// Takes a text whose line ends are already `\n`.
    pub fn new(content: impl Into<Box<str>>) -> Self {
        let content = content.into();
        let mut paragraphs = vec![0];
        paragraphs.extend(content.match_indices('\n').map(|(at, _)| at as u32 + 1));
        let numbers = numbers(&content);
        let checkpoints = if content.is_ascii() { Vec::new() } else { checkpoints(&content) };
        Self(Arc::new(Inner { content, paragraphs, numbers, checkpoints, digest: OnceLock::new() }))
    }

    /// All of it.
    pub fn as_str(&self) -> &str {
        &self.0.content
    }

    /// Its length in bytes.
    pub fn len_bytes(&self) -> u32 {
        self.0.content.len() as u32
    }

    /// Whether it has no characters.
    pub fn is_empty(&self) -> bool {
        self.0.content.is_empty()
    }

    /// Its length in code points.
    pub fn len_code_points(&self) -> u32 {
        self.code_points(Offset(self.len_bytes()))
    }

    /// The words of `span`; empty when the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.0.content.get(span.start().bytes()..span.end().bytes()).unwrap_or_default()
    }

    /// Whether `span` lies in this text, on character boundaries.
    pub fn holds(&self, span: Span) -> bool {
        self.0.content.get(span.start().bytes()..span.end().bytes()).is_some()
    }

    /// Whether `offset` is a character boundary of this text.
    pub fn is_boundary(&self, offset: Offset) -> bool {
        self.0.content.is_char_boundary(offset.bytes())
    }

    /// How many paragraphs it has; at least one.
    pub fn paragraph_count(&self) -> usize {
        self.0.paragraphs.len()
    }

    /// Which paragraph `offset` is in, counted from 0.
    pub fn paragraph_at(&self, offset: Offset) -> usize {
        self.0.paragraphs.partition_point(|start| *start <= offset.0).saturating_sub(1)
    }

    /// The number of the paragraph that `offset` is in as a reader counts them: from 1, empty lines left out.
    pub fn paragraph_number(&self, offset: Offset) -> u32 {
        self.0.numbers.get(self.paragraph_at(offset)).copied().unwrap_or_default().max(1)
    }

    /// The paragraph that has that number, counted from 0; none past the last.
    pub fn numbered_paragraph(&self, number: u32) -> Option<usize> {
        let index = self.0.numbers.partition_point(|other| *other < number);
        (self.0.numbers.get(index) == Some(&number)).then_some(index)
    }

    /// Start and end of a paragraph in bytes, without its line end; they are equal for an empty line.
    pub fn paragraph_bounds(&self, index: usize) -> (Offset, Offset) {
        let start = self.0.paragraphs.get(index).copied().unwrap_or(self.len_bytes());
        let end = self.0.paragraphs.get(index + 1).map_or(self.len_bytes(), |next| next - 1);
        (Offset(start), Offset(end.max(start)))
    }

    /// The words of a paragraph without its line end.
    pub fn paragraph(&self, index: usize) -> &str {
        let (start, end) = self.paragraph_bounds(index);
        self.0.content.get(start.bytes()..end.bytes()).unwrap_or_default()
    }

    /// Code points before `offset`.
    pub fn code_points(&self, offset: Offset) -> u32 {
        self.counts(offset).0
    }

    /// UTF-16 units before `offset`.
    pub fn utf16(&self, offset: Offset) -> u32 {
        self.counts(offset).1
    }

    /// The place before which there are `count` code points; none past the end.
    pub fn at_code_point(&self, count: u32) -> Option<Offset> {
        self.find(count, |checkpoint| checkpoint.0, |_| 1)
    }

    /// The place before which there are `units` UTF-16 units; none past the end or inside a surrogate pair.
    pub fn at_utf16(&self, units: u32) -> Option<Offset> {
        self.find(units, |checkpoint| checkpoint.1, |c| c.len_utf16() as u32)
    }

    /// SHA-256 of its UTF-8 bytes as 64 hexadecimal digits; computed once.
    pub fn digest(&self) -> &str {
        self.0.digest.get_or_init(|| digest_hex(self.0.content.as_bytes()))
    }

    fn counts(&self, offset: Offset) -> (u32, u32) {
        let offset = offset.bytes().min(self.0.content.len());
        if self.0.checkpoints.is_empty() {
            return (offset as u32, offset as u32);
        }
        let block = offset / BLOCK;
        let (points, units) = self.0.checkpoints.get(block).copied().unwrap_or_default();
        let bytes = self.0.content.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        bytes.iter().fold((points, units), |(points, units), byte| {
            (
                points + starts_character(*byte),
                units + starts_character(*byte) + starts_astral(*byte),
            )
        })
    }

    fn find(
        &self,
        wanted: u32,
        before: impl Fn(&(u32, u32)) -> u32,
        width: impl Fn(char) -> u32,
    ) -> Option<Offset> {
        if self.0.checkpoints.is_empty() {
            return (wanted <= self.len_bytes()).then_some(Offset(wanted));
        }
        let block = self.0.checkpoints.partition_point(|c| before(c) <= wanted).saturating_sub(1);
        let mut counted = before(self.0.checkpoints.get(block)?);
        let mut at = block * BLOCK;
        // A block may begin inside a character, which the checkpoint has counted already.
        while !self.0.content.is_char_boundary(at) {
            at += 1;
        }
        let mut rest = self.0.content.get(at..)?.chars();
        while counted < wanted {
            let c = rest.next()?;
            counted += width(c);
            at += c.len_utf8();
        }
        (counted == wanted).then_some(Offset::of_bytes(at))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.content == other.0.content
    }
}

impl Eq for Text {}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} bytes)", self.len_bytes())
    }
}

fn numbers(content: &str) -> Vec<u32> {
    let with_words = content.split('\n').map(|line| u32::from(!line.trim().is_empty()));
    with_words
        .scan(0, |count, one| {
            *count += one;
            Some(*count)
        })
        .collect()
}

fn starts_character(byte: u8) -> u32 {
    u32::from(byte & 0b1100_0000 != 0b1000_0000)
}

fn starts_astral(byte: u8) -> u32 {
    u32::from(byte >= 0b1111_0000)
}

/// What stands before each block; also before the end, where the last block is full.
fn checkpoints(content: &str) -> Vec<(u32, u32)> {
    let mut counts = (0, 0);
    let mut before = vec![counts];
    for block in content.as_bytes().chunks(BLOCK) {
        for byte in block {
            counts.0 += starts_character(*byte);
            counts.1 += starts_character(*byte) + starts_astral(*byte);
        }
        if block.len() == BLOCK {
            before.push(counts);
        }
    }
    before
}

/// SHA-256 of `bytes` as 64 hexadecimal digits.
pub fn digest_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").ok();
        hex
    })
}

#[cfg(test)]
mod tests {
    use crate::text::{Offset, Text};
    use proptest::prelude::*;

    #[test]
    fn the_tricky_text_counts_in_three_ways() {
        let text = Text::new("A 😀 says\nno taxes");
        let says = Offset(text.as_str().find("says").unwrap() as u32);
        assert_eq!((text.code_points(says), text.utf16(says), says.0), (4, 5, 7));
        assert_eq!(text.at_utf16(3), None, "inside the surrogate pair");
        assert_eq!(text.paragraph(1), "no taxes");
        assert_eq!(text.paragraph_at(Offset(0)), 0);
        assert_eq!(text.paragraph_at(Offset(12)), 1);
        let spaced = Text::new("one\n\n two\n");
        assert_eq!([0, 4, 7].map(|at| spaced.paragraph_number(Offset(at))), [1, 1, 2]);
        assert_eq!([1, 2, 3].map(|n| spaced.numbered_paragraph(n)), [Some(0), Some(2), None]);
    }

    #[test]
    fn the_end_of_a_text_that_fills_its_blocks_is_counted() {
        for length in [1023, 1024, 1025, 2048, 4096] {
            let text = Text::new(format!("я{}", "a".repeat(length - 2)));
            let end = Offset(text.len_bytes());
            assert_eq!((end.bytes(), text.len_code_points()), (length, length as u32 - 1));
            assert_eq!(text.at_code_point(length as u32 - 1), Some(end));
            assert_eq!(text.at_utf16(length as u32 - 1), Some(end));
        }
    }

    #[test]
    fn a_digest_is_what_python_computes() {
        assert_eq!(
            Text::new("abc").digest(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    proptest! {
        #[test]
        fn offsets_round_trip_in_mixed_scripts(
            parts in prop::collection::vec("[a-zА-я가-힣\u{600}-\u{6ff}一-龥😀-😏\n\u{300}-\u{310}]{0,400}", 1..8)
        ) {
            let text = Text::new(parts.concat());
            let mut units = 0;
            for (points, (bytes, c)) in text.as_str().char_indices().enumerate() {
                let at = Offset(bytes as u32);
                prop_assert_eq!(text.code_points(at), points as u32);
                prop_assert_eq!(text.utf16(at), units);
                prop_assert_eq!(text.at_code_point(points as u32), Some(at));
                prop_assert_eq!(text.at_utf16(units), Some(at));
                units += c.len_utf16() as u32;
            }
            prop_assert_eq!(text.at_code_point(text.len_code_points()), Some(Offset(text.len_bytes())));
            prop_assert_eq!(text.at_code_point(text.len_code_points() + 1), None);
        }
    }
}
