//! Whether two texts may be versions of one, at a glance: for pairing many documents with many.
//!
//! Keeps the lowest hashes of all groups of three words: the share of them that two texts have in common is about the
//! share of the groups.

use crate::text::Text;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use unicode_segmentation::UnicodeSegmentation as _;

/// So many hashes are kept.
const KEPT: usize = 256;
/// Words in a group.
const GROUP: usize = 3;

/// What a text has of groups of words.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// The lowest, ascending.
    lowest: Vec<u64>,
}

impl Likeness {
    /// Looks at a text once.
    pub fn of(text: &Text) -> Self {
        let words: Vec<&str> = text.as_str().unicode_words().collect();
        let hash = |group: &[&str]| {
            let mut hasher = DefaultHasher::new();
            group.hash(&mut hasher);
            hasher.finish()
        };
        let mut lowest: Vec<u64> = if words.len() < GROUP {
            words.chunks(GROUP).map(hash).collect()
        } else {
            words.windows(GROUP).map(hash).collect()
        };
        lowest.sort_unstable();
        lowest.dedup();
        lowest.truncate(KEPT);
        Self { lowest }
    }

    /// The share of groups of words that both have, of those that either has; from 0 to 1, about.
    pub fn with(&self, other: &Self) -> f32 {
        let (mut mine, mut theirs) =
            (self.lowest.iter().peekable(), other.lowest.iter().peekable());
        let (mut all, mut both) = (0_usize, 0_usize);
        while all < KEPT {
            let (here, there) = (mine.peek().copied(), theirs.peek().copied());
            let Some(lowest) = here.into_iter().chain(there).min() else { break };
            all += 1;
            both += usize::from(here == there);
            mine.next_if_eq(&lowest);
            theirs.next_if_eq(&lowest);
        }
        if all == 0 { 0.0 } else { both as f32 / all as f32 }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Likeness, Text};

    #[test]
    fn a_corrected_text_is_like_itself_and_unlike_another() {
        let words: Vec<String> = (0..2000).map(|n| format!("word{}", n * 7919 % 3001)).collect();
        let text = Text::new(words.join(" "));
        let mut corrected = words.clone();
        for at in (0..2000).step_by(40) {
            corrected[at] = "changed".to_owned();
        }
        let likeness =
            |a: &str, b: &str| Likeness::of(&Text::new(a)).with(&Likeness::of(&Text::new(b)));
        let near = Likeness::of(&text).with(&Likeness::of(&Text::new(corrected.join(" "))));
        assert!((0.75..0.95).contains(&near), "{near}");
        assert!(likeness("one two three four", "five six seven eight") < 0.01);
        assert!((likeness("部长周二表示抗议", "部长周二表示抗议") - 1.0).abs() < f32::EPSILON);
        assert!(likeness("", "") < 0.01);
    }
}
