//! The edit distance of a pattern to every place of a text, 64 characters of the pattern at once.
//!
//! Myers' bit-parallel algorithm in Hyyrö's form for patterns of any length. Costs one step for each character of the
//! text and each 64 of the pattern. Knows nothing of what is looked for.

/// A pattern that is looked for.
pub(in crate::text::realign) struct Pattern {
    /// The different characters of the pattern, sorted.
    alphabet: Vec<char>,
    /// For each of them, in which places of the pattern it stands: `blocks` words each.
    masks: Vec<u64>,
    blocks: usize,
    len: usize,
}

/// Where a match may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::text::realign) enum Start {
    /// Anywhere.
    Free,
    /// With the first character of the text.
    Fixed,
}

/// A place of a text that is like the pattern: characters `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text::realign) struct Match {
    pub(in crate::text::realign) start: usize,
    pub(in crate::text::realign) end: usize,
    pub(in crate::text::realign) errors: usize,
}

/// What one block of the pattern has come to.
#[derive(Clone, Copy)]
struct Block {
    plus: u64,
    minus: u64,
}

impl Block {
    /// Takes one character in, given what comes from the block below; what goes to the block above, at bit `top`.
    fn step(&mut self, equal: u64, below: i8, top: u64) -> i8 {
        let Self { plus, minus } = *self;
        let vertical = equal | minus;
        let equal = equal | u64::from(below < 0);
        let horizontal = ((equal & plus).wrapping_add(plus) ^ plus) | equal;
        let mut up = minus | !(horizontal | plus);
        let mut down = plus & horizontal;
        let above = i8::from(up & top != 0) - i8::from(down & top != 0);
        up = (up << 1) | u64::from(below > 0);
        down = (down << 1) | u64::from(below < 0);
        self.plus = down | !(vertical | up);
        self.minus = up & vertical;
        above
    }
}

impl Pattern {
    pub(in crate::text::realign) fn new<'c>(
        chars: impl ExactSizeIterator<Item = &'c char> + Clone,
    ) -> Self {
        let (len, blocks) = (chars.len(), chars.len().div_ceil(64));
        let mut alphabet: Vec<char> = chars.clone().copied().collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        let mut masks = vec![0; alphabet.len() * blocks];
        for (at, c) in chars.enumerate() {
            let letter = alphabet.partition_point(|other| other < c);
            if let Some(mask) = masks.get_mut(letter * blocks + at / 64) {
                *mask |= 1 << (at % 64);
            }
        }
        Self { alphabet, masks, blocks, len }
    }

    fn mask(&self, c: char) -> Option<&[u64]> {
        let letter = self.alphabet.binary_search(&c).ok()?;
        self.masks.get(letter * self.blocks..(letter + 1) * self.blocks)
    }

    /// The fewest errors of a match that ends before the first character of `text`, after it, after the second, …
    pub(in crate::text::realign) fn errors<'c>(
        &self,
        text: impl Iterator<Item = &'c char>,
        start: Start,
    ) -> Vec<usize> {
        let mut blocks = vec![Block { plus: u64::MAX, minus: 0 }; self.blocks];
        let mut errors = self.len;
        let mut all = vec![errors];
        let last = 1_u64 << (self.len.max(1) - 1).rem_euclid(64);
        let top = |at: usize| if at + 1 == self.blocks { last } else { 1 << 63 };
        for c in text {
            let mask = self.mask(*c);
            let mut carry = i8::from(start == Start::Fixed);
            for (at, block) in blocks.iter_mut().enumerate() {
                let equal = mask.and_then(|mask| mask.get(at)).copied().unwrap_or_default();
                carry = block.step(equal, carry, top(at));
            }
            errors = errors.saturating_add_signed(isize::from(carry));
            all.push(errors);
        }
        all
    }
}

/// How many characters must be changed, put in or left out to make `b` of `a`.
pub(in crate::text::realign) fn distance(a: &[char], b: &[char]) -> usize {
    if a.is_empty() {
        return b.len();
    }
    Pattern::new(a.iter()).errors(b.iter(), Start::Fixed).last().copied().unwrap_or_default()
}

/// How much of `part` stands at the end of `text` or near it, from 0 to 1.
pub(in crate::text::realign) fn share(part: &[char], text: &[char]) -> f32 {
    if part.is_empty() {
        return 1.0;
    }
    let errors = Pattern::new(part.iter()).errors(text.iter(), Start::Free);
    let fewest = errors.into_iter().min().unwrap_or(part.len());
    1.0 - fewest as f32 / part.len() as f32
}

/// The places of `text` that are most like `wanted`, best first; none of them overlaps another, none has more than
/// `most` errors. At most two.
pub(in crate::text::realign) fn best(wanted: &[char], text: &[char], most: usize) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    let errors = Pattern::new(wanted.iter()).errors(text.iter(), Start::Free);
    let backwards = Pattern::new(wanted.iter().rev());
    while found.len() < 2 {
        let free = |end: usize| {
            // A match of about the pattern's length that ends here would overlap.
            found.iter().all(|one| end <= one.start || end >= one.end + wanted.len().div_ceil(2))
        };
        let open = errors.iter().enumerate().filter(|(end, _)| free(*end));
        let Some((first, fewest)) = open.min_by_key(|(_, errors)| **errors) else { break };
        if *fewest > most {
            break;
        }
        // Of ends side by side that are as good, the last: a character was exchanged rather than lost.
        let rest = errors.get(first..).unwrap_or_default();
        let same = rest.iter().take_while(|errors| *errors == fewest).count().max(1);
        let end = first + (same - 1).min(*fewest);
        let before = text.get(..end).unwrap_or_default();
        let reach = before.len().min(wanted.len() + fewest);
        let starts = backwards.errors(before.iter().rev().take(reach), Start::Fixed);
        let lengths = starts.iter().enumerate().filter(|(_, errors)| *errors == fewest);
        let length = lengths.map(|(length, _)| length);
        let length = length.min_by_key(|length| length.abs_diff(wanted.len())).unwrap_or_default();
        found.push(Match { start: end - length, end, errors: *fewest });
    }
    found.retain(|one| one.start < one.end);
    found
}

#[cfg(test)]
mod tests {
    use crate::text::realign::fuzzy::*;
    use proptest::prelude::*;

    fn chars(words: &str) -> Vec<char> {
        words.chars().collect()
    }

    /// The textbook's table.
    fn table(pattern: &[char], text: &[char], start: Start) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut all = vec![pattern.len()];
        for (at, c) in text.iter().enumerate() {
            let mut next = vec![if start == Start::Fixed { at + 1 } else { 0 }];
            for (row, p) in pattern.iter().enumerate() {
                let changed = column[row] + usize::from(p != c);
                next.push(changed.min(column[row + 1] + 1).min(next[row] + 1));
            }
            column = next;
            all.push(column[pattern.len()]);
        }
        all
    }

    proptest! {
        #[test]
        fn errors_are_those_of_the_table(
            pattern in "[abc]{1,150}", text in "[abcd]{0,200}", fixed in prop::bool::ANY,
        ) {
            let (pattern, text) = (chars(&pattern), chars(&text));
            let start = if fixed { Start::Fixed } else { Start::Free };
            let found = Pattern::new(pattern.iter()).errors(text.iter(), start);
            prop_assert_eq!(found, table(&pattern, &text, start));
        }

        #[test]
        fn a_match_has_the_errors_that_it_says(pattern in "[ab]{1,90}", text in "[abc]{0,200}") {
            let (pattern, text) = (chars(&pattern), chars(&text));
            let found = best(&pattern, &text, pattern.len());
            for one in &found {
                prop_assert_eq!(distance(&pattern, &text[one.start..one.end]), one.errors);
            }
            if let [a, b] = found.as_slice() {
                prop_assert!(a.errors <= b.errors);
            }
        }
    }

    #[test]
    fn a_word_is_found_with_its_errors_and_once_more() {
        let text = chars("the rninister met a minister");
        let found = best(&chars("minister"), &text, 4);
        let words: Vec<String> =
            found.iter().map(|m| text[m.start..m.end].iter().collect()).collect();
        assert_eq!(words, ["minister", "ninister"]);
        assert_eq!((found[0].errors, found[1].errors), (0, 1));
        assert!(best(&chars("guest"), &chars("of them"), 2).is_empty());
        assert!(best(&[], &text, 4).is_empty());
    }
}
