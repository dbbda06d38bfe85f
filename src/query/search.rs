//! Words looked for in a text: in any script, whatever the case, composed or not, over line breaks.
//!
//! Blanks of any kind and number are one blank; curly quotes are straight ones; what cannot be seen is left out.
//! Where words end is said by [`Edge`], because not every script has blanks between them.

use crate::text::{Offset, Span, Text};
use icu_normalizer::properties::{
    CanonicalCombiningClassMapBorrowed, CanonicalDecompositionBorrowed, Decomposed,
};
use std::borrow::Cow;

/// Whether capitals matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// They do not.
    #[default]
    Any,
    /// They do.
    Exact,
}

/// Whether parts of words count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// They do.
    #[default]
    Anywhere,
    /// Only whole words; in Korean one with a known particle is whole.
    WholeWords,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words.
    pub words: String,
    /// Whether capitals matter.
    pub case: Case,
    /// Whether parts of words count.
    pub reach: Reach,
}

impl Wanted {
    /// Whole words, or parts of words too.
    pub fn toggle_reach(&mut self) {
        self.reach = match self.reach {
            Reach::Anywhere => Reach::WholeWords,
            Reach::WholeWords => Reach::Anywhere,
        };
    }

    /// Whether capitals matter, the other way.
    pub fn toggle_case(&mut self) {
        self.case = match self.case {
            Case::Any => Case::Exact,
            Case::Exact => Case::Any,
        };
    }
}

/// How a hit ends against what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// The word ends there, or the script has no ends of words.
    Word,
    /// A Korean particle follows: the same word in a sentence.
    Particle,
    /// Other Hangul follows: perhaps the same word, perhaps the beginning of another one.
    Attached,
    /// It is the beginning of a longer word.
    Inside,
}

/// Characters of context that a hit is shown with on each side.
const CONTEXT: usize = 90;

/// A hit with the words around it in its paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InContext<'a> {
    /// What stands before it.
    pub before: &'a str,
    /// Its words; line breaks are blanks.
    pub hit: Cow<'a, str>,
    /// What stands after it.
    pub after: &'a str,
}

/// All places in `text`, from its start, without overlaps.
pub fn occurrences<'a>(text: &'a Text, wanted: &Wanted) -> impl Iterator<Item = Span> + use<'a> {
    let needle = Needle::new(&wanted.words, wanted.case);
    let whole = wanted.reach == Reach::WholeWords;
    needle.into_iter().flat_map(move |needle| Hits::new(text, needle)).filter(move |span| {
        !whole || (begins_word(text, span.start()) && edge(text, *span) <= Edge::Particle)
    })
}

/// Whether nothing of the same word stands before `at`.
pub fn begins_word(text: &Text, at: Offset) -> bool {
    let content = text.as_str();
    let before = content.get(..at.bytes()).and_then(|before| before.chars().next_back());
    let after = content.get(at.bytes()..).and_then(|after| after.chars().next());
    !before.zip(after).is_some_and(|(a, b)| joined(a, b))
}

/// How the hit `span` ends.
pub fn edge(text: &Text, span: Span) -> Edge {
    let last = text.slice(span).chars().next_back();
    let after = text.as_str().get(span.end().bytes()..).unwrap_or_default();
    let next = after.chars().next();
    match last.zip(next) {
        Some((a, b)) if joined(a, b) => {
            if !is_hangul(b) {
                return Edge::Inside;
            }
            let end = after.find(|c: char| !is_hangul(c)).unwrap_or(after.len());
            let rest = after.get(end..).and_then(|rest| rest.chars().next());
            let tail = after.get(..end).unwrap_or_default();
            let ends = !rest.is_some_and(|rest| joined(b, rest));
            if ends && is_particle(tail) { Edge::Particle } else { Edge::Attached }
        }
        _ => Edge::Word,
    }
}

/// The words around `span` in its paragraph.
pub fn in_context(text: &Text, span: Span) -> InContext<'_> {
    let (from, _) = text.paragraph_bounds(text.paragraph_at(span.start()));
    let (_, to) = text.paragraph_bounds(text.paragraph_at(span.end()));
    let content = text.as_str();
    let before = content.get(from.bytes()..span.start().bytes()).unwrap_or_default();
    let after = content.get(span.end().bytes()..to.bytes()).unwrap_or_default();
    let cut = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    let words = text.slice(span);
    let hit = if words.contains('\n') {
        Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(words)
    };
    InContext {
        before: before.get(cut..).unwrap_or_default(),
        hit,
        after: after.get(..end).unwrap_or_default(),
    }
}

/// The words as they are compared: for sorting.
pub fn comparable(words: &str) -> String {
    let mut letters = Vec::new();
    words.chars().for_each(|c| fold(c, Case::Any, &mut letters));
    letters.into_iter().collect()
}

/// What is looked for, letter by letter.
struct Needle {
    letters: Vec<char>,
    case: Case,
}

impl Needle {
    fn new(words: &str, case: Case) -> Option<Self> {
        let mut letters = Vec::new();
        for c in words.chars() {
            if !(c.is_whitespace() && letters.last() == Some(&' ')) {
                fold(c, case, &mut letters);
            }
        }
        let some = letters.iter().any(|c| *c != ' ');
        some.then_some(Self { letters, case })
    }

    /// Where the words end that begin at the start of `rest`, in bytes.
    fn matched(&self, rest: &str, folded: &mut Vec<char>) -> Option<usize> {
        let (mut found, mut blank) = (0, false);
        for (at, c) in rest.char_indices() {
            if found == self.letters.len() {
                return (!clings(c)).then_some(at);
            }
            let again = blank && c.is_whitespace();
            blank = c.is_whitespace();
            if again {
                continue;
            }
            folded.clear();
            fold(c, self.case, folded);
            let end = found + folded.len();
            if self.letters.get(found..end) != Some(folded.as_slice()) {
                return None;
            }
            found = end;
        }
        (found == self.letters.len()).then_some(rest.len())
    }
}

/// Hits from the start of a text.
struct Hits<'a> {
    content: &'a str,
    at: usize,
    needle: Needle,
    folded: Vec<char>,
}

impl<'a> Hits<'a> {
    fn new(text: &'a Text, needle: Needle) -> Self {
        Self { content: text.as_str(), at: 0, needle, folded: Vec::new() }
    }
}

impl Iterator for Hits<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let first = *self.needle.letters.first()?;
        let rest = self.content.get(self.at..)?;
        for (from, c) in rest.char_indices() {
            self.folded.clear();
            fold(c, self.needle.case, &mut self.folded);
            if self.folded.first() != Some(&first) {
                continue;
            }
            let there = rest.get(from..).unwrap_or_default();
            if let Some(length) = self.needle.matched(there, &mut self.folded) {
                let start = self.at + from;
                self.at = start + length;
                return Span::between(Offset::of_bytes(start), Offset::of_bytes(self.at));
            }
        }
        self.at = self.content.len();
        None
    }
}

/// The letters that `c` is compared as.
fn fold(c: char, case: Case, letters: &mut Vec<char>) {
    let plain = match c {
        _ if c.is_whitespace() => ' ',
        '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => return,
        '‘' | '’' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' => '"',
        '‐' | '‑' => '-',
        _ => c,
    };
    let mut push = |c: char| match case {
        Case::Any if c.is_ascii() => letters.push(c.to_ascii_lowercase()),
        Case::Any => letters.extend(c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c })),
        Case::Exact => letters.push(c),
    };
    if plain < '\u{c0}' { push(plain) } else { decompose(plain, &mut push) }
}

fn decompose(c: char, push: &mut impl FnMut(char)) {
    match CanonicalDecompositionBorrowed::new().decompose(c) {
        Decomposed::Default => push(c),
        Decomposed::Singleton(one) if one == c => push(c),
        Decomposed::Singleton(one) => decompose(one, push),
        Decomposed::Expansion(first, second) => {
            decompose(first, push);
            push(second);
        }
    }
}

/// Whether `c` belongs to the character before it.
fn clings(c: char) -> bool {
    c >= '\u{300}'
        && (matches!(c, '\u{1160}'..='\u{11ff}')
            || CanonicalCombiningClassMapBorrowed::new().get_u8(c) != 0)
}

/// Whether a word goes on from `a` to `b`.
fn joined(a: char, b: char) -> bool {
    let of_word =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '\u{200c}' | '\u{200d}') || clings(c);
    of_word(a) && of_word(b) && !is_unspaced(a) && !is_unspaced(b)
}

/// Whether `c` is of a script that puts no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}')
}

/// What may follow a Korean name in the same word.
const PARTICLES: [&str; 49] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "에게",
    "에게서",
    "한테서",
    "께",
    "께서",
    "와",
    "과",
    "도",
    "로",
    "으로",
    "만",
    "까지",
    "부터",
    "보다",
    "처럼",
    "나",
    "이나",
    "라고",
    "이라고",
    "라는",
    "이라는",
    "라",
    "이라",
    "랑",
    "이랑",
    "하고",
    "한테",
    "이다",
    "입니다",
    "인",
    "이며",
    "며",
    "이고",
    "뿐",
    "마다",
    "조차",
    "마저",
    "밖에",
    "측",
    "씨",
];

/// Whether `tail` is one particle, or some in a row.
fn is_particle(tail: &str) -> bool {
    let tail = comparable(tail);
    let mut known: Vec<String> = PARTICLES.iter().map(|particle| comparable(particle)).collect();
    known.sort_by_key(|particle| std::cmp::Reverse(particle.len()));
    rest_is_particles(&tail, &known, 3)
}

fn rest_is_particles(tail: &str, known: &[String], most: usize) -> bool {
    tail.is_empty()
        || (most > 0
            && known.iter().any(|particle| {
                tail.strip_prefix(particle.as_str())
                    .is_some_and(|rest| rest_is_particles(rest, known, most - 1))
            }))
}

#[cfg(test)]
mod tests {
    use crate::query::search::*;
    use crate::text::Text;
    use proptest::prelude::*;

    #[track_caller]
    fn found(content: &str, words: &str) -> Vec<String> {
        hits(content, &Wanted { words: words.into(), ..Wanted::default() })
    }

    fn hits(content: &str, wanted: &Wanted) -> Vec<String> {
        let text = Text::new(content);
        occurrences(&text, wanted).map(|span| text.slice(span).to_owned()).collect()
    }

    fn whole(content: &str, words: &str) -> Vec<String> {
        let wanted = Wanted { words: words.into(), reach: Reach::WholeWords, ..Wanted::default() };
        hits(content, &wanted)
    }

    #[test]
    fn case_does_not_matter_in_any_script_unless_it_is_asked_for() {
        assert_eq!(found("Berg, BERG and iceberg", "berg"), ["Berg", "BERG", "berg"]);
        assert_eq!(found("МИНИСТР и министр", "Министр"), ["МИНИСТР", "министр"]);
        assert_eq!(found("ΟΔΟΣ οδος", "οδος"), ["ΟΔΟΣ", "οδος"]);
        let exact = Wanted { words: "Berg".into(), case: Case::Exact, ..Wanted::default() };
        assert_eq!(hits("Berg, BERG and iceberg", &exact), ["Berg"]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        let apart = "cafe\u{301} и\u{306} \u{1112}\u{1161}\u{11ab}국";
        assert_eq!(found(apart, "café"), ["cafe\u{301}"]);
        assert_eq!(found(apart, "й"), ["и\u{306}"]);
        assert_eq!(found(apart, "한국"), ["\u{1112}\u{1161}\u{11ab}국"]);
        assert_eq!(found("café 한국", "cafe\u{301}"), ["café"]);
        assert!(found("cafe\u{301} 한", "cafe").is_empty(), "an accent belongs to its letter");
        assert!(found("한", "하").is_empty());
    }

    #[test]
    fn a_blank_is_any_blanks_and_quotes_may_be_curly() {
        assert_eq!(found("Prime\n Minister", "prime minister"), ["Prime\n Minister"]);
        assert_eq!(found("the state’s", "state's"), ["state’s"]);
        assert_eq!(found("co\u{ad}operation", "cooperation"), ["co\u{ad}operation"]);
        assert!(found("a b", "  ").is_empty() && found("a b", "").is_empty());
    }

    #[test]
    fn whole_words_end_where_the_script_says() {
        assert_eq!(whole("Berg’s iceberg, Bergen; Berg-Ro", "berg"), ["Berg", "Berg"]);
        assert_eq!(whole("北京表示北京大学", "北京"), ["北京", "北京"]);
        assert_eq!(whole("قال برغ. برغمان", "برغ"), ["برغ"]);
        assert_eq!(
            whole("김정은은 김정은에게서는 김정은기념관 김정은, 신김정은", "김정은").len(),
            3
        );
    }

    #[test]
    fn korean_endings_are_particles_or_doubtful() {
        let text = Text::new("북한은 북한에서도 북한군 Putin은 북한");
        let wanted = |words: &str| Wanted { words: words.into(), ..Wanted::default() };
        let edges: Vec<Edge> =
            occurrences(&text, &wanted("북한")).map(|span| edge(&text, span)).collect();
        assert_eq!(edges, [Edge::Particle, Edge::Particle, Edge::Attached, Edge::Word]);
        let putin = occurrences(&text, &wanted("putin")).next().unwrap();
        assert_eq!(edge(&text, putin), Edge::Particle);
    }

    #[test]
    fn a_hit_is_shown_with_the_words_of_its_paragraph() {
        let text = Text::new("First line\nthe old\nman sat");
        let wanted = Wanted { words: "old man".into(), ..Wanted::default() };
        let span = occurrences(&text, &wanted).next().unwrap();
        let shown = in_context(&text, span);
        assert_eq!((shown.before, &*shown.hit, shown.after), ("the ", "old man", " sat"));
    }

    proptest! {
        #[test]
        fn every_hit_is_what_was_looked_for_and_none_is_missed(
            content in "[aAbB \néйЙ한하]{0,60}",
            words in "[aAbBéйЙ한]{1,3}",
        ) {
            let found = found(&content, &words);
            for hit in &found {
                prop_assert_eq!(comparable(hit), comparable(&words));
            }
            prop_assert_eq!(found.len(), content.to_lowercase().matches(&words.to_lowercase()).count());
        }
    }
}
