//! A text as comparable characters: composed alike, blanks all the same, each with the place it came from.
//!
//! So é is found whether it is one character or two, and a line end whether it is one or two. Places are starts of
//! graphemes: what is found never cuts one.

use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;

/// Comparable characters of a part of a text.
#[derive(Debug, Default)]
pub(in crate::text::realign) struct Folded {
    pub(in crate::text::realign) chars: Vec<char>,
    /// Where the grapheme of each begins, in bytes of the whole text; and where the part ends.
    at: Vec<u32>,
}

impl Folded {
    /// Folds `part`, which begins `from` bytes into its text.
    pub(in crate::text::realign) fn of(part: &str, from: usize) -> Self {
        let mut folded = Self::default();
        let nfc = ComposingNormalizerBorrowed::new_nfc();
        let composed = nfc.is_normalized(part);
        for (at, grapheme) in part.grapheme_indices(true) {
            let at = (from + at) as u32;
            let words = if composed { Cow::Borrowed(grapheme) } else { nfc.normalize(grapheme) };
            let blank = grapheme.chars().all(char::is_whitespace);
            for c in words.chars().take(if blank { 1 } else { usize::MAX }) {
                folded.chars.push(if blank { ' ' } else { c });
                folded.at.push(at);
            }
        }
        folded.at.push((from + part.len()) as u32);
        folded
    }

    /// The first character at `byte` or after it.
    pub(in crate::text::realign) fn index(&self, byte: u32) -> usize {
        self.at.partition_point(|at| *at < byte).min(self.chars.len())
    }

    /// Where the character `index` begins, in bytes.
    pub(in crate::text::realign) fn start(&self, index: usize) -> u32 {
        self.at.get(index.min(self.chars.len())).copied().unwrap_or_default()
    }

    /// Where the grapheme before the character `index` ends, in bytes.
    pub(in crate::text::realign) fn end(&self, index: usize) -> u32 {
        let last = index.checked_sub(1).and_then(|last| self.at.get(last));
        let rest = self.at.get(index..).unwrap_or_default();
        let next = rest.iter().find(|at| Some(*at) != last);
        next.or(self.at.last()).copied().unwrap_or_default()
    }

    /// The characters of a range, cut to what there is.
    pub(in crate::text::realign) fn part(&self, from: usize, to: usize) -> &[char] {
        let to = to.min(self.chars.len());
        self.chars.get(from.min(to)..to).unwrap_or_default()
    }
}

/// `words` as they are compared when they should be the very same: composed alike, line ends alike.
pub(in crate::text::realign) fn verbatim(words: &str) -> Cow<'_, str> {
    if words.is_ascii() && !words.contains('\r') {
        return Cow::Borrowed(words);
    }
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(words);
    if composed.contains('\r') {
        return Cow::Owned(composed.replace("\r\n", "\n").replace('\r', "\n"));
    }
    composed
}
