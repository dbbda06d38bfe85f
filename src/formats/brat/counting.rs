//! How brat counts: code points of the file as it was, in which CR and LF are two; our texts have one `\n` for both.
//!
//! Some programs count otherwise, so the words in the third column decide between the ways there are.

use crate::formats::brat::line::Range;
use crate::text::{Decoded, Offset, Span, Text, with_plain_line_ends};

/// A text and what stands at brat's offsets in it.
#[derive(Clone, Debug)]
pub(in crate::formats::brat) struct Counted {
    pub(in crate::formats::brat) text: Text,
    /// Where each CR before a LF is, in code points of the file.
    returns: Vec<u32>,
    /// Whether a byte order mark stands before the text.
    mark: bool,
    way: Way,
}

/// A way of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::brat) struct Way {
    /// CR and LF together are this many.
    line_end: u32,
    /// The byte order mark is this many.
    mark: u32,
}

/// What brat itself does, and then what others do.
const WAYS: [Way; 4] = [
    Way { line_end: 2, mark: 1 },
    Way { line_end: 2, mark: 0 },
    Way { line_end: 1, mark: 1 },
    Way { line_end: 1, mark: 0 },
];

impl Counted {
    /// The text of a file, counted as brat does.
    pub(in crate::formats::brat) fn new(decoded: &Decoded, bytes: &[u8]) -> Self {
        let (mut returns, mut before) = (Vec::new(), None);
        for (at, c) in (0_u32..).zip(decoded.content.chars()) {
            if before == Some('\r') && c == '\n' {
                returns.push(at - 1);
            }
            before = Some(c);
        }
        let text = Text::new(with_plain_line_ends(&decoded.content));
        let [way, ..] = WAYS;
        Self { text, returns, mark: bytes.starts_with(b"\xef\xbb\xbf"), way }
    }

    /// Chooses the way in which most of `quotes` stand at their places; brat's own, if that is as good as another.
    pub(in crate::formats::brat) fn choose_way(&mut self, quotes: &[(&[Range], &str)]) {
        let right = |way: Way| {
            let counted = Self { way, ..self.clone() };
            quotes
                .iter()
                .filter(|(ranges, words)| {
                    let spans = counted.spans(ranges);
                    spans.is_ok_and(|spans| says(&counted.text, &spans, words))
                })
                .count()
        };
        let mut best = (right(self.way), self.way);
        for way in WAYS {
            let differs = (way.line_end == 2 || !self.returns.is_empty())
                && (way.mark == 1 || self.mark)
                && best.0 < quotes.len();
            let count = if differs { right(way) } else { 0 };
            if count > best.0 {
                best = (count, way);
            }
        }
        self.way = best.1;
    }

    /// Whether offsets are counted as brat itself does.
    pub(in crate::formats::brat) fn is_usual(&self) -> bool {
        WAYS.first() == Some(&self.way)
    }

    /// The spans of these ranges in the order of the text, if they are places of it that do not overlap.
    pub(in crate::formats::brat) fn spans(&self, ranges: &[Range]) -> Result<Vec<Span>, String> {
        let mut spans =
            ranges.iter().map(|range| self.span(*range)).collect::<Result<Vec<_>, _>>()?;
        spans.sort_unstable();
        let apart = spans.iter().zip(spans.iter().skip(1)).all(|(a, b)| a.end() <= b.start());
        if apart { Ok(spans) } else { Err("its parts overlap".to_owned()) }
    }

    fn span(&self, (start, end): Range) -> Result<Span, String> {
        let ends = self.place(start, Side::Start).zip(self.place(end, Side::End));
        let span = ends.and_then(|(start, end)| Span::between(start, end));
        span.ok_or_else(|| format!("{start} to {end} is not in the text"))
    }

    fn place(&self, count: u32, side: Side) -> Option<Offset> {
        let count = if self.mark { count.saturating_sub(self.way.mark) } else { count };
        if self.way.line_end == 1 {
            return self.text.at_code_point(count);
        }
        let before = self.returns.partition_point(|at| at + 1 < count);
        // Between CR and LF: what begins here begins with the line end, what ends here has it.
        let split = self.returns.get(before).is_some_and(|at| at + 1 == count);
        let back = before as u32 + u32::from(split && side == Side::Start);
        self.text.at_code_point(count.checked_sub(back)?)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// Whether the third column has the words of these spans. Programs write spaces and line ends in more than one way.
pub(in crate::formats::brat) fn says(text: &Text, spans: &[Span], words: &str) -> bool {
    let visible = |c: &char| !c.is_whitespace() && *c != '\u{feff}';
    let there = spans.iter().flat_map(|span| text.slice(*span).chars()).filter(visible);
    there.eq(words.chars().filter(visible))
}

#[cfg(test)]
mod tests {
    use crate::formats::brat::counting::Counted;
    use crate::formats::brat::line::Range;
    use crate::text::decode_as_it_is;

    fn counted(content: &str) -> Counted {
        Counted::new(&decode_as_it_is(content.as_bytes()).unwrap(), content.as_bytes())
    }

    fn cut(counted: &Counted, range: Range) -> Option<String> {
        let spans = counted.spans(&[range]).ok()?;
        Some(spans.iter().map(|span| counted.text.slice(*span)).collect())
    }

    #[test]
    fn a_line_end_of_two_signs_counts_twice() {
        let text = counted("A 😀 says\r\nno taxes\nand\r\nmore");
        let said = |range| cut(&text, range).unwrap();
        assert_eq!([said((4, 8)), said((10, 18))], ["says", "no taxes"]);
        assert_eq!([said((19, 22)), said((24, 28))], ["and", "more"]);
        assert_eq!([said((4, 9)), said((9, 12))], ["says\n", "\nno"], "between CR and LF");
        assert_eq!((cut(&text, (24, 29)), cut(&text, (28, 40))), (None, None));
    }

    #[test]
    fn the_words_say_how_another_program_has_counted() {
        let right: [(&[Range], &str); 2] = [(&[(4, 8)], "says"), (&[(9, 11)], "no")];
        let mut text = counted("A 😀 says\r\nno taxes");
        text.choose_way(&right);
        assert!(!text.is_usual());
        assert_eq!(cut(&text, (9, 17)).unwrap(), "no taxes");
        let mut marked = counted("\u{feff}A 😀 says\r\nno taxes");
        assert_eq!(cut(&marked, (5, 9)).unwrap(), "says", "brat counts the mark");
        marked.choose_way(&[(&[(4, 8)], "says"), (&[(10, 12)], "no")]);
        assert_eq!(cut(&marked, (10, 18)).unwrap(), "no taxes");
    }
}
