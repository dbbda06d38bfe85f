//! Which edits a record has seen: a small version vector, so that copies merge without a common base file.
//!
//! A [`Hand`] is one person editing one copy. Newer means *dominates*; neither way means *concurrent*.
//! Clock times are for people ([`crate::model::Stamp`]) and never order anything.

use smol_str::SmolStr;
use std::cmp::Ordering;

/// One person on one copy of a project: a short random name, never that of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hand(SmolStr);

impl Hand {
    /// Takes the name as it is written in the file.
    pub fn new(name: impl Into<SmolStr>) -> Self {
        Self(name.into())
    }

    /// The name as it is written in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// For each hand the count of its latest edit that the record has seen; sorted by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Version(Seen);

/// Nearly every record has been touched by one hand only: no allocation for that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
enum Seen {
    #[default]
    Nobody,
    One((Hand, u32)),
    /// At least two.
    Several(Box<[(Hand, u32)]>),
}

impl Version {
    /// The version of a record that only `hand` has touched, in its edit number `count`.
    pub fn of(hand: Hand, count: u32) -> Self {
        Self(Seen::One((hand, count)))
    }

    fn as_slice(&self) -> &[(Hand, u32)] {
        match &self.0 {
            Seen::Nobody => &[],
            Seen::One(one) => std::slice::from_ref(one),
            Seen::Several(several) => several,
        }
    }

    fn place_of(&self, hand: &Hand) -> Result<usize, usize> {
        self.as_slice().binary_search_by(|(other, _)| other.cmp(hand))
    }

    /// Hands and counts in order.
    pub fn entries(&self) -> impl Iterator<Item = (&Hand, u32)> {
        self.as_slice().iter().map(|(hand, count)| (hand, *count))
    }

    /// Whether nobody is on record.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// The count of `hand`'s latest edit seen; 0 for none.
    pub fn seen(&self, hand: &Hand) -> u32 {
        let found = self.place_of(hand).ok().and_then(|at| self.as_slice().get(at));
        found.map_or(0, |(_, count)| *count)
    }

    /// Whether every edit that `other` has seen is in this one too (equal versions dominate each other).
    pub fn dominates(&self, other: &Self) -> bool {
        other.entries().all(|(hand, count)| self.seen(hand) >= count)
    }

    /// The smallest version that dominates both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        other.entries().fold(self.clone(), |joined, (hand, count)| joined.with(hand, count))
    }

    /// This version with `hand`'s edit number `count` seen.
    #[must_use]
    pub fn with(mut self, hand: &Hand, count: u32) -> Self {
        let seen = match self.place_of(hand) {
            Ok(at) => match &mut self.0 {
                Seen::Nobody => None,
                Seen::One(one) => Some(one),
                Seen::Several(several) => several.get_mut(at),
            },
            Err(at) => {
                self.insert(at, (hand.clone(), count));
                None
            }
        };
        if let Some((_, seen)) = seen {
            *seen = count.max(*seen);
        }
        self
    }

    fn insert(&mut self, at: usize, entry: (Hand, u32)) {
        let mut all = match std::mem::take(&mut self.0) {
            Seen::Nobody => {
                self.0 = Seen::One(entry);
                return;
            }
            Seen::One(one) => vec![one],
            Seen::Several(several) => several.into_vec(),
        };
        all.insert(at, entry);
        self.0 = Seen::Several(all.into());
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromIterator<(Hand, u32)> for Version {
    fn from_iter<I: IntoIterator<Item = (Hand, u32)>>(entries: I) -> Self {
        entries
            .into_iter()
            .fold(Self::default(), |version, (hand, count)| version.with(&hand, count))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Hand, Version};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn version(entries: &[(&str, u32)]) -> Version {
        entries.iter().map(|(hand, count)| (Hand::new(*hand), *count)).collect()
    }

    #[test]
    fn newer_dominates_and_concurrent_versions_do_not() {
        let (a, b) = (version(&[("x", 2)]), version(&[("x", 1), ("y", 4)]));
        assert!(!a.dominates(&b) && !b.dominates(&a));
        let both = a.join(&b);
        assert_eq!(both, version(&[("y", 4), ("x", 2)]));
        assert!(both.dominates(&a) && both.dominates(&b));
    }

    proptest! {
        #[test]
        fn a_version_is_a_map_with_the_highest_counts(
            seen in prop::collection::vec(("[a-c]", 0_u32..5), 0..8)
        ) {
            let mut map: BTreeMap<Hand, u32> = BTreeMap::new();
            let mut version = Version::default();
            for (hand, count) in seen {
                let hand = Hand::new(hand);
                version = version.with(&hand, count);
                let highest = map.entry(hand).or_default();
                *highest = count.max(*highest);
                prop_assert!(version.entries().eq(map.iter().map(|(hand, count)| (hand, *count))));
            }
            prop_assert_eq!(version.is_empty(), map.is_empty());
            prop_assert_eq!(version.seen(&Hand::new("a")), map.get(&Hand::new("a")).copied().unwrap_or(0));
        }
    }
}
