//! Which edits a record has seen: a small version vector, so that copies merge without a common base file.
//!
//! A [`Hand`] is one person editing one copy. Newer means *dominates*; neither way means *concurrent*.
//! Clock times are for people ([`crate::model::Stamp`]) and never order anything.

use smallvec::{SmallVec, smallvec};
use smol_str::SmolStr;

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
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(SmallVec<[(Hand, u32); 1]>);

impl Version {
    /// The version of a record that only `hand` has touched, in its edit number `count`.
    pub fn of(hand: Hand, count: u32) -> Self {
        Self(smallvec![(hand, count)])
    }

    /// Hands and counts in order.
    pub fn entries(&self) -> impl Iterator<Item = (&Hand, u32)> {
        self.0.iter().map(|(hand, count)| (hand, *count))
    }

    /// Whether nobody is on record.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The count of `hand`'s latest edit seen; 0 for none.
    pub fn seen(&self, hand: &Hand) -> u32 {
        self.0
            .binary_search_by(|(other, _)| other.cmp(hand))
            .ok()
            .and_then(|at| self.0.get(at))
            .map_or(0, |(_, count)| *count)
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
        match self.0.binary_search_by(|(other, _)| other.cmp(hand)) {
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = entry.1.max(count);
                }
            }
            Err(at) => self.0.insert(at, (hand.clone(), count)),
        }
        self
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
}
