//! Which record of theirs is which of ours, how sure that is, and why.
//!
//! Plain data: who pairs them is `compare`. A person may confirm or refuse pairs ([`EntityChoices`]) and compare again.

use crate::model::{EntityId, FeatureId};
use std::collections::{BTreeMap, BTreeSet};

/// Why two records are taken for one; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A person said so.
    Confirmed,
    /// They are the same record in two copies of a project, or one was taken from the other.
    SameId,
    /// They have one name, and no other record of the layer has it.
    Name,
    /// A name of one is an alias of the other, or they share an alias.
    Alias,
    /// Annotations that are one thing to both speak of them.
    Mentions {
        /// So many of them.
        shared: usize,
        /// Of so many that speak of either.
        joint: usize,
    },
}

impl Why {
    /// Whether it is a guess.
    pub fn asks(self) -> bool {
        !matches!(self, Self::Confirmed | Self::SameId)
    }
}

/// In what two paired records differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordAspect {
    /// The name.
    Name,
    /// The other names, in whatever order.
    Aliases,
    /// The code.
    Code,
    /// The value of a feature.
    Feature(FeatureId),
}

/// A record of ours and the same of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityPair {
    /// Ours.
    pub ours: EntityId,
    /// Theirs.
    pub theirs: EntityId,
    /// Why.
    pub why: Why,
    /// In what they differ; nothing, where they say the same.
    pub differs: Vec<RecordAspect>,
}

impl EntityPair {
    /// Whether a person should look at it. One name and one code, which no other record has, are as good as sure.
    pub fn is_doubtful(&self) -> bool {
        let sure = self.why == Why::Name && !self.differs.contains(&RecordAspect::Code);
        self.why.asks() && !sure
    }
}

/// What a person said of pairs of records, ours first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityChoices {
    /// They are one. Several of theirs may be one of ours, but not the other way round: of two confirmed pairs with
    /// the same record of theirs the first counts.
    pub confirmed: BTreeSet<(EntityId, EntityId)>,
    /// They are not.
    pub refused: BTreeSet<(EntityId, EntityId)>,
}

/// The records of two projects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityPairs {
    /// By our id, then theirs.
    pairs: Vec<EntityPair>,
    /// Ours that have no partner.
    only_ours: Vec<EntityId>,
    /// Theirs that have none.
    only_theirs: Vec<EntityId>,
    /// Ours by theirs.
    ours: BTreeMap<EntityId, EntityId>,
}

impl EntityPairs {
    /// These pairs and these without a partner, in whatever order.
    pub fn new(
        mut pairs: Vec<EntityPair>,
        mut only_ours: Vec<EntityId>,
        mut only_theirs: Vec<EntityId>,
    ) -> Self {
        pairs.sort_by(|a, b| (&a.ours, &a.theirs).cmp(&(&b.ours, &b.theirs)));
        only_ours.sort();
        only_theirs.sort();
        let ours = pairs.iter().map(|pair| (pair.theirs.clone(), pair.ours.clone())).collect();
        Self { pairs, only_ours, only_theirs, ours }
    }

    /// The pairs, by our id.
    pub fn pairs(&self) -> &[EntityPair] {
        &self.pairs
    }

    /// Records of ours without a partner.
    pub fn only_ours(&self) -> &[EntityId] {
        &self.only_ours
    }

    /// Records of theirs without a partner.
    pub fn only_theirs(&self) -> &[EntityId] {
        &self.only_theirs
    }

    /// Our record for theirs.
    pub fn ours_for(&self, theirs: &EntityId) -> Option<&EntityId> {
        self.ours.get(theirs)
    }

    /// Their record for ours; the first, where several are.
    pub fn theirs_for(&self, ours: &EntityId) -> Option<&EntityId> {
        let at = self.pairs.partition_point(|pair| pair.ours < *ours);
        self.pairs.get(at).filter(|pair| pair.ours == *ours).map(|pair| &pair.theirs)
    }

    /// Whether both are one record, or neither is any.
    pub fn are_one(&self, ours: Option<&EntityId>, theirs: Option<&EntityId>) -> bool {
        match (ours, theirs) {
            (None, None) => true,
            (Some(ours), Some(theirs)) => self.ours_for(theirs) == Some(ours),
            _ => false,
        }
    }

    /// Whether every record has a partner that says the same.
    pub fn is_same(&self) -> bool {
        let alike = self.pairs.iter().all(|pair| pair.differs.is_empty());
        alike && self.only_ours.is_empty() && self.only_theirs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use crate::model::EntityId;
    use crate::review::entity_pairs::{EntityPair, EntityPairs, Why};

    #[test]
    fn partners_are_found_from_either_side() {
        let id = EntityId::new;
        let pair = |ours, theirs| EntityPair {
            ours: id(ours),
            theirs: id(theirs),
            why: Why::Confirmed,
            differs: Vec::new(),
        };
        let all = vec![pair("n_2", "m_1"), pair("n_1", "m_3"), pair("n_2", "m_2")];
        let pairs = EntityPairs::new(all, vec![id("n_9")], Vec::new());
        assert_eq!(pairs.ours_for(&id("m_2")), Some(&id("n_2")));
        assert_eq!(pairs.theirs_for(&id("n_2")), Some(&id("m_1")));
        assert_eq!((pairs.theirs_for(&id("n_9")), pairs.ours_for(&id("n_1"))), (None, None));
        assert!(pairs.are_one(None, None) && !pairs.are_one(Some(&id("n_1")), None));
        assert!(pairs.are_one(Some(&id("n_1")), Some(&id("m_3"))));
        assert!(!pairs.are_one(Some(&id("n_1")), Some(&id("m_1"))) && !pairs.is_same());
    }
}
