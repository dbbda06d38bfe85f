//! The shortest way of keys from a caret to a place in the text, and from there over the words to be selected.
//!
//! What each key does is asked of the program's own rules for words, sentences and paragraphs; a key that does something
//! else in the window shows itself when the saved project is compared.

use egui::{Key, Modifiers};
use matryoshka::text::{
    Offset, Span, Text, grapheme_after, grapheme_before, paragraph_after, paragraph_before,
    sentence_after, sentence_before, trimmed, word_after, word_before,
};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

/// A key that moves the caret, and where to.
type Step = (Modifiers, Key, fn(&Text, Offset) -> Offset);

const STEPS: [Step; 10] = [
    (Modifiers::COMMAND, Key::ArrowRight, word_right),
    (Modifiers::COMMAND, Key::ArrowLeft, word_left),
    (Modifiers::ALT, Key::End, sentence_after),
    (Modifiers::ALT, Key::Home, sentence_before),
    (Modifiers::COMMAND, Key::ArrowDown, paragraph_after),
    (Modifiers::COMMAND, Key::ArrowUp, paragraph_before),
    (Modifiers::COMMAND, Key::Home, |_, _| Offset(0)),
    (Modifiers::COMMAND, Key::End, |text, _| Offset(text.len_bytes())),
    (Modifiers::NONE, Key::ArrowRight, grapheme_after),
    (Modifiers::NONE, Key::ArrowLeft, grapheme_before),
];

/// Those before this one go by words and more; letters are tried only at the ends of words, where these lead nowhere.
const LETTERS: usize = 8;

/// Most keys that are tried to get somewhere.
const FAR: usize = 9;
/// Most keys that are tried to select something.
const LONG: usize = 20;

/// By words one stops at the ends of a paragraph.
fn word_right(text: &Text, at: Offset) -> Offset {
    let (_, end) = text.paragraph_bounds(text.paragraph_at(at));
    if at < end { word_after(text, at).min(end) } else { grapheme_after(text, at) }
}

fn word_left(text: &Text, at: Offset) -> Offset {
    let (start, _) = text.paragraph_bounds(text.paragraph_at(at));
    if at > start { word_before(text, at).max(start) } else { grapheme_before(text, at) }
}

/// The fewest keys from `from` to a place for which `there` holds.
fn way(
    steps: &[Step],
    text: &Text,
    (from, most): (Offset, usize),
    may: impl Fn(Offset) -> bool,
    there: impl Fn(Offset) -> bool,
) -> Option<Vec<(Modifiers, Key)>> {
    let mut ways: BTreeMap<Offset, Vec<(Modifiers, Key)>> = BTreeMap::from([(from, Vec::new())]);
    let mut next = VecDeque::from([from]);
    while let Some(at) = next.pop_front() {
        let way = ways[&at].clone();
        if there(at) {
            return Some(way);
        }
        if way.len() == most {
            continue;
        }
        for (held, key, step) in steps.iter().copied() {
            let to = step(text, at);
            if may(to) && !ways.contains_key(&to) {
                ways.insert(to, way.iter().copied().chain([(held, key)]).collect());
                next.push_back(to);
            }
        }
    }
    None
}

/// The fewest keys that select exactly `words`, the caret being at `from`; blanks and final points are trimmed.
pub(crate) fn keys(text: &str, from: usize, words: &Range<usize>) -> Option<Vec<(Modifiers, Key)>> {
    let text = Text::new(text);
    let wanted = Span::between(Offset::of_bytes(words.start), Offset::of_bytes(words.end))?;
    let holds = |a: Offset, b: Offset| {
        Span::between(a, b).is_some_and(|span| a != b && trimmed(&text, span) == wanted)
    };
    let forth = || {
        let go = way(
            &STEPS[..LETTERS],
            &text,
            (Offset::of_bytes(from), FAR),
            |_| true,
            |at| at == wanted.start(),
        )?;
        Some((go, over(&text, wanted.start(), |at| holds(wanted.start(), at))?))
    };
    let back = || {
        let go = way(
            &STEPS[..LETTERS],
            &text,
            (Offset::of_bytes(from), FAR),
            |_| true,
            |at| at == wanted.end(),
        )?;
        Some((go, over(&text, wanted.end(), |at| holds(at, wanted.end()))?))
    };
    let all = forth().into_iter().chain(back());
    let all = all.map(|(go, over)| go.into_iter().chain(over).collect::<Vec<_>>());
    all.min_by_key(Vec::len)
}

/// The same keys with Shift.
fn over(
    text: &Text,
    from: Offset,
    there: impl Fn(Offset) -> bool,
) -> Option<Vec<(Modifiers, Key)>> {
    let (start, end) = text.paragraph_bounds(text.paragraph_at(from));
    let inside = |at| start <= at && at <= end;
    let way = way(&STEPS[..LETTERS], text, (from, LONG), inside, &there)
        .or_else(|| way(&STEPS, text, (from, LONG), inside, &there))?;
    Some(way.into_iter().map(|(held, key)| (held | Modifiers::SHIFT, key)).collect())
}
