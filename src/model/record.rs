//! What every record carries beside its content: who made it, which edits it has seen, what we do not understand.

use crate::model::{Hand, Version};
use jiff::Timestamp;
use smol_str::SmolStr;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;
use thin_vec::ThinVec;

/// The name of a person as they gave it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Annotator(SmolStr);

impl Annotator {
    /// Takes the name.
    pub fn new(name: impl Into<SmolStr>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who did something, when and by which way; for people, never used for ordering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    who: Arc<Who>,
    /// When, to the second.
    pub at: Timestamp,
}

/// Who and by which way: the same in thousands of records, which share it.
#[derive(Debug, PartialEq, Eq)]
struct Who {
    by: Annotator,
    via: SmolStr,
}

impl Stamp {
    /// A stamp of its own; many at once are made by [`Signers`].
    pub fn new(by: Annotator, at: Timestamp, via: impl Into<SmolStr>) -> Self {
        Self { who: Arc::new(Who { by, via: via.into() }), at }
    }

    /// The annotator.
    pub fn by(&self) -> &Annotator {
        &self.who.by
    }

    /// By which way: `key`, `mouse`, `import` …; empty when nobody said.
    pub fn via(&self) -> &str {
        &self.who.via
    }
}

/// By name, time and way: a settled order for the sides of a conflict.
impl Ord for Stamp {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.by(), self.at, self.via()).cmp(&(other.by(), other.at, other.via()))
    }
}

impl PartialOrd for Stamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Makes the stamps of many records, so that those of one person share what is the same in them.
#[derive(Debug, Default)]
pub struct Signers(BTreeMap<SmolStr, BTreeMap<SmolStr, Arc<Who>>>);

impl Signers {
    /// A stamp.
    pub fn stamp(&mut self, by: &str, at: Timestamp, via: &str) -> Stamp {
        if let Some(who) = self.0.get(by).and_then(|ways| ways.get(via)) {
            return Stamp { who: Arc::clone(who), at };
        }
        let stamp = Stamp::new(Annotator::new(by), at, via);
        self.0.entry(by.into()).or_default().insert(via.into(), Arc::clone(&stamp.who));
        stamp
    }
}

/// What the author of an edit signs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Whose copy it is.
    pub hand: Hand,
    /// Who, when, how.
    pub stamp: Stamp,
}

/// Members that a newer version of the format wrote: names and JSON text, kept and written back.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unknown(pub ThinVec<(SmolStr, Box<str>)>);

impl Unknown {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A record: content of type `T` with its history.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<T> {
    /// The content; what comparisons look at.
    pub value: T,
    /// Who made it.
    pub made: Option<Stamp>,
    /// Who changed it last.
    pub revised: Option<Box<Stamp>>,
    /// The edits it has seen.
    pub version: Version,
    /// Other sides of a conflict that nobody has decided yet.
    pub conflict: ThinVec<Self>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

impl<T> Record<T> {
    /// A record that `signature` makes in its edit number `count`.
    pub fn made(value: T, signature: &Signature, count: u32) -> Self {
        Self {
            value,
            made: Some(signature.stamp.clone()),
            revised: None,
            version: Version::of(signature.hand.clone(), count),
            conflict: ThinVec::new(),
            unknown: Unknown::default(),
        }
    }

    /// This record with other content, changed by `signature` in its edit number `count`. Settles a conflict.
    #[must_use]
    pub fn revised(&self, value: T, signature: &Signature, count: u32) -> Self {
        Self {
            value,
            made: self.made.clone(),
            revised: Some(Box::new(signature.stamp.clone())),
            version: self.seen().with(&signature.hand, count),
            conflict: ThinVec::new(),
            unknown: self.unknown.clone(),
        }
    }

    /// Everything that this record and the other sides of its conflict have seen.
    pub fn seen(&self) -> Version {
        self.conflict.iter().fold(self.version.clone(), |seen, side| seen.join(&side.version))
    }
}

impl<T: PartialEq> Record<T> {
    /// Whether both say the same, in the other sides of a conflict too: versions and times left out.
    pub fn same_content(&self, other: &Self) -> bool {
        let same_sides =
            || self.conflict.iter().zip(&other.conflict).all(|(a, b)| a.same_content(b));
        self.value == other.value
            && self.unknown == other.unknown
            && self.conflict.len() == other.conflict.len()
            && same_sides()
    }
}

impl<T> std::ops::Deref for Record<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Annotation, Annotator, Record, Relation, Signers, Stamp};
    use jiff::Timestamp;
    use std::sync::Arc;

    #[test]
    fn stamps_of_one_person_share_what_is_the_same_in_them() {
        let (now, mut signers) = (Timestamp::UNIX_EPOCH, Signers::default());
        let ways = [("Anna", "key"), ("Anna", "mouse"), ("Boris", "key"), ("Anna", "key")];
        let stamps = ways.map(|(by, via)| signers.stamp(by, now, via));
        for (stamp, (by, via)) in stamps.iter().zip(ways) {
            assert_eq!(stamp, &Stamp::new(Annotator::new(by), now, via));
        }
        assert!(Arc::ptr_eq(&stamps[0].who, &stamps[3].who));
        assert_eq!(stamps.iter().filter(|stamp| **stamp == stamps[0]).count(), 2);
    }

    #[test]
    fn records_are_small() {
        let sizes = (size_of::<Record<Annotation>>(), size_of::<Record<Relation>>());
        assert!(sizes.0 <= 232 && sizes.1 <= 208, "{sizes:?}: a project has 100,000 of them");
    }
}
