//! Where graphemes, words, phrases, sentences and paragraphs begin and end.
//!
//! Words and sentences follow UAX #29, with dictionaries for Chinese, Japanese and Thai; Korean words end at
//! spaces. Everything looks at one paragraph, and at no more than [`WINDOW`] bytes of it around the place.

use crate::text::{Offset, Span, Text};
use icu_segmenter::options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions};
use icu_segmenter::{SentenceSegmenter, WordSegmenter};
use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// Bytes looked at on each side of a place: longer than any sentence, short beside a 10 MB line.
const WINDOW: usize = 8 * 1024;

/// Characters around a quotation that belong to the sentence, not to the words tagged.
const QUOTES: &str = "\"'“”„‟‘’‚‛«»‹›「」『』《》〈〉";
/// Punctuation that ends a phrase or a sentence in the scripts we know.
const FINAL: &str = ".,;:!?…·،؛؟。、，；：！？।॥–—";
/// Where a phrase inside a sentence ends.
const PHRASE: &str = ",;:،؛、，；：()（）–—\"“”„«»";

/// The next grapheme boundary after `at`; the end of the text stays.
pub fn grapheme_after(text: &Text, at: Offset) -> Offset {
    let mut cursor = GraphemeCursor::new(at.bytes(), text.as_str().len(), true);
    cursor.next_boundary(text.as_str(), 0).ok().flatten().map_or(at, Offset::of_bytes)
}

/// The grapheme boundary before `at`; the start of the text stays.
pub fn grapheme_before(text: &Text, at: Offset) -> Offset {
    let mut cursor = GraphemeCursor::new(at.bytes(), text.as_str().len(), true);
    cursor.prev_boundary(text.as_str(), 0).ok().flatten().map_or(at, Offset::of_bytes)
}

/// `span` grown so that no grapheme is cut.
pub fn snap_outward(text: &Text, span: Span) -> Span {
    let content = text.as_str();
    let is_boundary = |at: Offset| {
        GraphemeCursor::new(at.bytes(), content.len(), true).is_boundary(content, 0).unwrap_or(true)
    };
    let (mut start, mut end) = (span.start(), span.end());
    if !is_boundary(start) {
        start = grapheme_before(text, start);
    }
    if !is_boundary(end) {
        end = grapheme_after(text, end);
    }
    Span::between(start, end).unwrap_or(span)
}

/// `span` without blanks, quotation marks and final punctuation at its ends; unchanged when nothing else is in it.
pub fn trimmed(text: &Text, span: Span) -> Span {
    let quote = text.slice(span);
    let loose = |c: char| c.is_whitespace() || QUOTES.contains(c);
    let core =
        quote.trim_start_matches(loose).trim_end_matches(|c: char| loose(c) || FINAL.contains(c));
    let start = core.as_ptr() as usize - quote.as_ptr() as usize;
    let from = Offset::of_bytes(span.start().bytes() + start);
    Span::between(from, Offset::of_bytes(from.bytes() + core.len()))
        .map_or(span, |core| snap_outward(text, core))
}

/// The word at `at`, or the one that ends there; none between blanks.
pub fn word_around(text: &Text, at: Offset) -> Option<Span> {
    let words = words_near(text, at);
    let holding = words.iter().find(|word| word.start() <= at && at < word.end());
    holding.or_else(|| words.iter().find(|word| word.end() == at)).copied()
}

/// Where the next word ends.
pub fn word_after(text: &Text, at: Offset) -> Offset {
    let found = words_near(text, at).into_iter().map(Span::end).find(|end| *end > at);
    found.unwrap_or_else(|| {
        let (_, end) = text.paragraph_bounds(text.paragraph_at(at));
        if at < end { window(text, at).1.min(end) } else { grapheme_after(text, at) }
    })
}

/// Where the word before begins.
pub fn word_before(text: &Text, at: Offset) -> Offset {
    let found = words_near(text, at).into_iter().rev().map(Span::start).find(|start| *start < at);
    found.unwrap_or_else(|| {
        let (start, _) = text.paragraph_bounds(text.paragraph_at(at));
        if at > start { window(text, at).0.max(start) } else { grapheme_before(text, at) }
    })
}

/// All words of `span`, in order.
pub fn words_in(text: &Text, span: Span) -> Vec<Span> {
    words_of(text, span.start(), text.slice(span))
}

/// The phrase at `at`: the stretch of its sentence between commas, dashes, brackets or quotation marks.
pub fn phrase_around(text: &Text, at: Offset) -> Option<Span> {
    let sentence = sentence_around(text, at)?;
    let at = at.max(sentence.start()).min(sentence.end());
    let content = text.as_str();
    let before = content.get(sentence.start().bytes()..at.bytes())?;
    let after = content.get(at.bytes()..sentence.end().bytes())?;
    let is_break = |(_, c): &(usize, char)| PHRASE.contains(*c);
    let start = before
        .char_indices()
        .rfind(is_break)
        .map_or(sentence.start().bytes(), |(i, c)| sentence.start().bytes() + i + c.len_utf8());
    let end =
        after.char_indices().find(is_break).map_or(sentence.end().bytes(), |(i, _)| at.bytes() + i);
    Span::between(Offset::of_bytes(start), Offset::of_bytes(end)).map(|span| trimmed(text, span))
}

/// The sentence at `at` without the blanks after it.
pub fn sentence_around(text: &Text, at: Offset) -> Option<Span> {
    let (from, to) = window(text, at);
    let part = text.as_str().get(from.bytes()..to.bytes())?;
    let breaks: Vec<usize> = SentenceSegmenter::new(SentenceBreakInvariantOptions::default())
        .segment_str(part)
        .collect();
    let within = at.bytes() - from.bytes();
    let last = breaks.len().saturating_sub(2);
    let piece = breaks
        .windows(2)
        .enumerate()
        .find(|(i, pair)| pair.last().is_some_and(|end| within < *end) || *i == last)?
        .1;
    let range: Range<usize> = *piece.first()?..*piece.last()?;
    let words = part.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let end = range.start + words.trim_end().len();
    Span::between(
        Offset::of_bytes(from.bytes() + start),
        Offset::of_bytes(from.bytes() + end.max(start)),
    )
}

/// The paragraph at `at`; none for an empty line.
pub fn paragraph_around(text: &Text, at: Offset) -> Option<Span> {
    let (start, end) = text.paragraph_bounds(text.paragraph_at(at));
    Span::between(start, end)
}

/// The part of the paragraph around `at` that is looked at.
fn window(text: &Text, at: Offset) -> (Offset, Offset) {
    let (start, end) = text.paragraph_bounds(text.paragraph_at(at));
    let content = text.as_str();
    let from = content.floor_char_boundary(at.bytes().saturating_sub(WINDOW)).max(start.bytes());
    let to = content.ceil_char_boundary((at.bytes() + WINDOW).min(content.len())).min(end.bytes());
    (Offset::of_bytes(from), Offset::of_bytes(to))
}

fn words_near(text: &Text, at: Offset) -> Vec<Span> {
    let (from, to) = window(text, at);
    words_of(text, from, text.as_str().get(from.bytes()..to.bytes()).unwrap_or_default())
}

fn words_of(text: &Text, from: Offset, part: &str) -> Vec<Span> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut words = Vec::new();
    let mut start = 0;
    for end in segmenter.segment_str(part) {
        let piece = part.get(start..end).unwrap_or_default();
        if piece.chars().any(char::is_alphanumeric) {
            let first = Offset::of_bytes(from.bytes() + start);
            words.extend(Span::between(first, Offset::of_bytes(from.bytes() + end)));
        }
        start = end;
    }
    // A combining mark may follow a word that the rules end before it.
    words.iter().map(|word| snap_outward(text, *word)).collect()
}

#[cfg(test)]
mod tests {
    use crate::text::*;
    use proptest::prelude::*;

    fn at(text: &Text, part: &str) -> Offset {
        Offset::of_bytes(text.as_str().find(part).unwrap())
    }

    #[track_caller]
    fn check(found: Option<Span>, text: &Text, expected: &str) {
        assert_eq!(found.map(|span| text.slice(span)), Some(expected));
    }

    #[test]
    fn words_in_six_scripts() {
        for (content, place, word) in [
            ("the committee’s report", "mitt", "committee’s"),
            ("Министр заявил во вторник", "яв", "заявил"),
            ("장관은 화요일에 말했다", "요일", "화요일에"),
            ("部长周二表示抗议", "周", "周二"),
            ("قال الوزير إن", "وزير", "الوزير"),
            ("รัฐมนตรีกล่าวเมื่อวัน", "กล่าว", "กล่าว"),
        ] {
            let text = Text::new(content);
            check(word_around(&text, at(&text, place)), &text, word);
        }
    }

    #[test]
    fn a_sentence_a_phrase_and_a_paragraph() {
        let text = Text::new("First one. He said, “we will build it”, and left. Last.\nNext");
        check(
            sentence_around(&text, at(&text, "build")),
            &text,
            "He said, “we will build it”, and left.",
        );
        check(phrase_around(&text, at(&text, "build")), &text, "we will build it");
        check(sentence_around(&text, at(&text, "\nNext")), &text, "Last.");
        check(paragraph_around(&text, at(&text, "xt")), &text, "Next");
    }

    #[test]
    fn quotes_blanks_and_final_points_are_trimmed() {
        let text = Text::new(" “The line.” ");
        let all = Span::between(Offset(0), Offset(text.len_bytes())).unwrap();
        assert_eq!(text.slice(trimmed(&text, all)), "The line");
        let only = Text::new("...");
        let all = Span::between(Offset(0), Offset(3)).unwrap();
        assert_eq!(trimmed(&only, all), all, "nothing else is in it");
    }

    #[test]
    fn moving_by_words_crosses_paragraphs() {
        let text = Text::new("one two\nthree");
        assert_eq!(word_after(&text, Offset(0)), Offset(3));
        assert_eq!(word_after(&text, Offset(7)), Offset(8));
        assert_eq!(word_before(&text, Offset(8)), Offset(7));
        assert_eq!(word_before(&text, Offset(7)), Offset(4));
    }

    proptest! {
        #[test]
        fn walking_by_grapheme_and_word_ends_and_stays_on_boundaries(
            content in "[a-z .,А-я가-힣\u{600}-\u{6ff}一-龥ก-๛😀-😏\n\u{300}-\u{310}\u{200d}]{0,200}"
        ) {
            let text = Text::new(content);
            let end = Offset(text.len_bytes());
            for step in [grapheme_after, word_after] {
                let mut place = Offset(0);
                while place < end {
                    let next = step(&text, place);
                    prop_assert!(next > place && text.is_boundary(next), "{place:?} → {next:?}");
                    place = next;
                }
            }
            for step in [grapheme_before, word_before] {
                let mut place = end;
                while place > Offset(0) {
                    let next = step(&text, place);
                    prop_assert!(next < place && text.is_boundary(next), "{place:?} → {next:?}");
                    place = next;
                }
            }
        }
    }
}
