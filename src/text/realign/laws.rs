//! What always holds when words are looked for in another text, whatever the texts.
//!
//! How often they are found when a text was corrected, and in what time, is in `tests/corrections`.

use crate::text::realign::folded::verbatim;
use crate::text::{Alignment, Finder, Offset, Placement, Quote, Span, Text, is_grapheme_boundary};
use proptest::prelude::*;

const WILD: &str = "[a-c \n\r.A-я가-각\u{1100}\u{1161}\u{600}-\u{610}一-三ก-ค😀\u{1f468}\u{200d}\u{1f3fd}e\u{300}-\u{303}é]{0,120}";

/// A word or a line's end, in letters that have marks or parts of their own.
const WORD: &str = "[éüñçaeıйёоаg가각힣합]{1,6}|\n";

fn span(start: usize, end: usize) -> Span {
    Span::between(Offset::of_bytes(start), Offset::of_bytes(end)).unwrap()
}

/// The span between two characters of a text, if that covers anything.
fn between(text: &Text, (a, b): (usize, usize)) -> Option<Span> {
    let ends: Vec<usize> =
        text.as_str().char_indices().map(|(at, _)| at).chain([text.as_str().len()]).collect();
    let at = |n: usize| Offset::of_bytes(ends[n % ends.len()]);
    Span::between(at(a), at(b))
}

proptest! {
    #[test]
    fn an_equal_text_has_everything_where_it_was(text in WILD, ends in (0_usize..200, 0_usize..200)) {
        let text = Text::new(text);
        let twin = Text::new(text.as_str());
        let Some(span) = between(&text, ends) else { return Ok(()) };
        prop_assert_eq!(Alignment::between(&text, &twin).place(span), Placement::Exact(span));
    }

    #[test]
    fn whatever_is_found_is_in_the_text(
        old in WILD, new in WILD, ends in prop::collection::vec((0_usize..200, 0_usize..200), 1..8),
    ) {
        let (old, new) = (Text::new(old), Text::new(new));
        let alignment = Alignment::between(&old, &new);
        prop_assert!((0.0..=1.0).contains(&alignment.common()));
        let mut exact = Vec::new();
        for wanted in ends.into_iter().filter_map(|ends| between(&old, ends)) {
            match alignment.place(wanted) {
                Placement::Exact(found) => {
                    prop_assert!(new.holds(found));
                    exact.push((wanted, found));
                }
                Placement::Similar(found, score) => {
                    prop_assert!(new.holds(found) && score > 0.0 && score < 1.0);
                    prop_assert!(is_grapheme_boundary(&new, found.start()));
                    prop_assert!(is_grapheme_boundary(&new, found.end()));
                }
                Placement::Nowhere => {}
            }
        }
        exact.sort();
        for pair in exact.windows(2) {
            prop_assert!(pair[0].1.start() <= pair[1].1.start(), "{:?}", exact);
        }
    }

    #[test]
    fn any_quote_may_be_looked_for(
        text in WILD, words in WILD, before in WILD, after in WILD, near in prop::option::of(0_u32..400),
    ) {
        let text = Text::new(text);
        let finder = Finder::new(&text);
        for context in [None, Some((&*before, &*after))] {
            let quote = Quote { words: &words, context, near: near.map(Offset) };
            match finder.find(&quote) {
                Placement::Exact(found) => prop_assert!(false, "{:?}", found),
                Placement::Similar(found, _) => prop_assert!(text.holds(found)),
                Placement::Nowhere => {}
            }
        }
    }

    #[test]
    fn composed_otherwise_a_text_has_everything_for_sure(words in prop::collection::vec(WORD, 1..60), flip in prop::bool::ANY) {
        let composed = words.join(" ");
        let nfd = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd();
        let apart = Text::new(nfd.normalize(&composed).replace('\n', "\r\n"));
        let composed = Text::new(composed);
        let (old, new) = if flip { (&apart, &composed) } else { (&composed, &apart) };
        let alignment = Alignment::between(old, new);
        for word in crate::text::words_in(old, span(0, old.as_str().len())) {
            let Placement::Exact(found) = alignment.place(word) else {
                return Err(TestCaseError::fail(format!("{} is not sure", old.slice(word))));
            };
            prop_assert_eq!(verbatim(old.slice(word)), verbatim(new.slice(found)));
        }
    }
}

#[track_caller]
fn found(text: &str, quote: &Quote<'_>) -> Option<String> {
    let text = Text::new(text);
    match Finder::new(&text).find(quote) {
        Placement::Similar(found, _) => Some(text.slice(found).to_owned()),
        Placement::Exact(_) | Placement::Nowhere => None,
    }
}

#[test]
fn a_quote_alone_is_found_where_it_is_the_only_one() {
    let words = |words| Quote { words, ..Quote::default() };
    let text =
        "The minister spoke. The old harbour master left the meeting early. The guest stayed.";
    assert_eq!(found(text, &words("harbour master")).as_deref(), Some("harbour master"));
    assert_eq!(found(text, &words("harbor maste")).as_deref(), Some("harbour master"));
    assert_eq!(found(text, &words("The")), None, "it stands there three times");
    assert_eq!(found(text, &words("bridge of Halvern")), None);
    assert_eq!(found("部长周二表示抗议", &words("周二")).as_deref(), Some("周二"));
    assert_eq!(found("a guest", &words("")), None);
    let second = Quote { context: Some(("early. ", " guest")), ..words("The") };
    assert_eq!(found(text, &second).as_deref(), Some("The"));
}

#[test]
fn a_corrected_word_is_marked_as_a_word() {
    let old = Text::new("On Monday the rninister left the hall, and the guest stayed.");
    let new = Text::new("On Monday the old minister departed the hall, and the guests stayed.");
    let alignment = Alignment::between(&old, &new);
    let placed = |words: &str| {
        let start = old.as_str().find(words).unwrap();
        match alignment.place(span(start, start + words.len())) {
            Placement::Exact(found) => (new.slice(found), true),
            Placement::Similar(found, _) => (new.slice(found), false),
            Placement::Nowhere => ("", false),
        }
    };
    assert_eq!(placed("rninister"), ("minister", false));
    assert_eq!(placed("the guest"), ("the guests", false));
    assert_eq!(placed("Monday"), ("Monday", true));
    assert_eq!(placed("hall"), ("hall", true));
}

#[test]
fn of_words_that_stand_twice_the_one_that_is_left_is_not_sure() {
    let old = Text::new("He said no, no to the bridge over the river of Halvern.");
    let new = Text::new("He said no to the bridge over the river of Halvern.");
    let alignment = Alignment::between(&old, &new);
    for start in [8, 12] {
        let placement = alignment.place(span(start, start + 2));
        assert!(!matches!(placement, Placement::Exact(_)), "{start}: {placement:?}");
    }
}
