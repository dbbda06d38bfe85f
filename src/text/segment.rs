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

/// Whether a grapheme begins or ends at `at`.
pub fn is_grapheme_boundary(text: &Text, at: Offset) -> bool {
    let content = text.as_str();
    GraphemeCursor::new(at.bytes(), content.len(), true).is_boundary(content, 0).unwrap_or(true)
}

/// `span` grown so that no grapheme is cut.
pub fn snap_outward(text: &Text, span: Span) -> Span {
    let (mut start, mut end) = (span.start(), span.end());
    if !is_grapheme_boundary(text, start) {
        start = grapheme_before(text, start);
    }
    if !is_grapheme_boundary(text, end) {
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

/// `span` grown so that no word is cut.
pub fn whole_words(text: &Text, span: Span) -> Span {
    let first = word_around(text, span.start()).filter(|word| word.start() < span.start());
    let first = first.filter(|word| span.start() < word.end());
    let last = word_around(text, span.end()).filter(|word| word.start() < span.end());
    first.into_iter().chain(last).fold(span, Span::hull)
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
    let words = text.slice(sentence);
    let from = sentence.start().bytes();
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    // A comma inside a number, or a colon inside a time, ends nothing.
    let is_break = |(at, c): &(usize, char)| {
        let before = words.get(..*at).and_then(|words| words.chars().next_back());
        let after = words.get(at + c.len_utf8()..).and_then(|words| words.chars().next());
        PHRASE.contains(*c) && !(digit(before) && digit(after))
    };
    let within = at.bytes() - from;
    let breaks: Vec<(usize, char)> = words.char_indices().filter(is_break).collect();
    let start = breaks.iter().rfind(|(at, _)| *at < within).map_or(0, |(at, c)| at + c.len_utf8());
    let end = breaks.iter().find(|(at, _)| *at >= within).map_or(words.len(), |(at, _)| *at);
    let place = |within: usize| Offset::of_bytes(from + within);
    Span::between(place(start), place(end)).map(|span| trimmed(text, span))
}

/// Where the sentence at `at` ends, or the next one if it ends there.
pub fn sentence_after(text: &Text, at: Offset) -> Offset {
    let ends = sentences_near(text, at).into_iter().map(Span::end);
    ends.into_iter().find(|end| *end > at).unwrap_or_else(|| {
        let (_, end) = text.paragraph_bounds(text.paragraph_at(at));
        let next = paragraph_after(text, end);
        let first = sentences_near(text, next).first().map(|sentence| sentence.end());
        first.filter(|end| *end > at).unwrap_or(next)
    })
}

/// Where the sentence at `at` begins, or the one before if it begins there.
pub fn sentence_before(text: &Text, at: Offset) -> Offset {
    let starts = sentences_near(text, at).into_iter().map(Span::start);
    starts.into_iter().rfind(|start| *start < at).unwrap_or_else(|| {
        let (start, _) = text.paragraph_bounds(text.paragraph_at(at));
        let before = paragraph_before(text, start);
        let (_, end) = text.paragraph_bounds(text.paragraph_at(before));
        let last = sentences_near(text, end).last().map(|sentence| sentence.start());
        last.filter(|start| *start < at).unwrap_or(before)
    })
}

/// Where the next paragraph that has words begins; the end of the text after the last.
pub fn paragraph_after(text: &Text, at: Offset) -> Offset {
    let next = text.paragraph_at(at) + 1;
    let found =
        (next..text.paragraph_count()).find(|index| !text.paragraph(*index).trim().is_empty());
    found.map_or(Offset(text.len_bytes()), |index| text.paragraph_bounds(index).0)
}

/// Where the paragraph at `at` begins, or the one before that has words if it begins there.
pub fn paragraph_before(text: &Text, at: Offset) -> Offset {
    let here = text.paragraph_at(at);
    let (start, _) = text.paragraph_bounds(here);
    if start < at {
        return start;
    }
    let found = (0..here).rev().find(|index| !text.paragraph(*index).trim().is_empty());
    found.map_or(Offset(0), |index| text.paragraph_bounds(index).0)
}

/// The sentences near `at` without the blanks around them.
fn sentences_near(text: &Text, at: Offset) -> Vec<Span> {
    let (from, to) = window(text, at);
    let part = text.as_str().get(from.bytes()..to.bytes()).unwrap_or_default();
    let breaks = sentence_breaks(part);
    let sentence = |pair: &[usize]| {
        let words = part.get(*pair.first()?..*pair.last()?)?;
        let start = pair.first()? + (words.len() - words.trim_start().len());
        let end = pair.first()? + words.trim_end().len();
        let at = |within: usize| Offset::of_bytes(from.bytes() + within);
        Span::between(at(start), at(end)).filter(|_| start < end)
    };
    let sentences = breaks.windows(2).filter_map(sentence);
    sentences.map(|sentence| snap_outward(text, sentence)).collect()
}

fn sentence_breaks(part: &str) -> Vec<usize> {
    SentenceSegmenter::new(SentenceBreakInvariantOptions::default()).segment_str(part).collect()
}

/// The sentence at `at` without the blanks after it.
pub fn sentence_around(text: &Text, at: Offset) -> Option<Span> {
    let (from, to) = window(text, at);
    let part = text.as_str().get(from.bytes()..to.bytes())?;
    let breaks = sentence_breaks(part);
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
    let (from, to) = (Offset::of_bytes(from), Offset::of_bytes(to));
    Span::between(from, to).map_or((from, to), |span| {
        let span = snap_outward(text, span);
        (span.start(), span.end())
    })
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
        let numbers = Text::new("At 12:30, some 1,204 of them, or more.");
        check(phrase_around(&numbers, at(&numbers, "204")), &numbers, "some 1,204 of them");
        check(phrase_around(&numbers, at(&numbers, "2:3")), &numbers, "At 12:30");
    }

    #[test]
    fn a_span_that_cuts_words_grows_to_their_ends() {
        let text = Text::new("They finalised it.");
        let span = |start, end| Span::between(Offset(start), Offset(end)).unwrap();
        for (from, to, words) in
            [(7, 12, "finalised"), (5, 14, "finalised"), (2, 6, "They finalised"), (4, 5, " ")]
        {
            assert_eq!(text.slice(whole_words(&text, span(from, to))), words);
        }
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

    #[test]
    fn moving_by_sentences_and_paragraphs_skips_what_is_blank() {
        let text = Text::new("One. Two.  \n\n  \nThree. Four");
        let mut place = Offset(0);
        let mut ends = Vec::new();
        while place < Offset(text.len_bytes()) {
            place = sentence_after(&text, place);
            ends.push(place.0);
        }
        assert_eq!(ends, [4, 9, 22, 27]);
        let mut starts = Vec::new();
        while place > Offset(0) {
            place = sentence_before(&text, place);
            starts.push(place.0);
        }
        assert_eq!(starts, [23, 16, 5, 0]);
        assert_eq!([0, 4, 16, 20].map(|at| paragraph_after(&text, Offset(at)).0), [16, 16, 27, 27]);
        assert_eq!([27, 16, 13, 3].map(|at| paragraph_before(&text, Offset(at)).0), [16, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn walking_by_any_unit_ends_and_stays_on_grapheme_boundaries(
            content in "[a-z .,А-я가-힣\u{600}-\u{6ff}一-龥ก-๛😀-😏\n\u{300}-\u{310}\u{200d}]{0,200}"
        ) {
            let text = Text::new(content);
            let end = Offset(text.len_bytes());
            for step in [grapheme_after, word_after, sentence_after, paragraph_after] {
                let mut place = Offset(0);
                while place < end {
                    let next = step(&text, place);
                    prop_assert!(next > place && is_grapheme_boundary(&text, next), "{place:?} → {next:?}");
                    place = next;
                }
            }
            for step in [grapheme_before, word_before, sentence_before, paragraph_before] {
                let mut place = end;
                while place > Offset(0) {
                    let next = step(&text, place);
                    prop_assert!(next < place && is_grapheme_boundary(&text, next), "{place:?} → {next:?}");
                    place = next;
                }
            }
        }
    }
}
