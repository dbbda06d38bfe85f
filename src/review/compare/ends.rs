//! What ids of the two sides mean the same: annotations through their pairs, records through theirs.
//!
//! Ends of links and references are compared through it. It never looks at places or names.

use crate::model::{AnnotationId, End, EntityId, FeatureId, Features, Value};
use crate::review::compare::entities::Records;
use crate::review::compare::pairing::Pairing;
use crate::review::difference::Whose;

/// What an end is, whoever says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Node<'a> {
    /// The pair of annotations of that number.
    Pair(usize),
    /// A record that both have, by our id.
    Record(&'a EntityId),
    /// A record that only one side has.
    Alone(Whose, &'a EntityId),
}

/// Ids of both sides in pairs.
#[derive(Clone, Debug)]
pub(crate) struct Ends<'a> {
    records: &'a Records<'a>,
    /// Numbers of pairs by id, sorted.
    ours: Vec<(&'a AnnotationId, usize)>,
    theirs: Vec<(&'a AnnotationId, usize)>,
}

impl<'a> Ends<'a> {
    /// What `pairings` pair, by their number.
    pub(crate) fn new(pairings: &[Pairing<'a>], records: &'a Records<'a>) -> Self {
        let pairs = || pairings.iter().enumerate().filter_map(|(at, one)| Some((at, one.both()?)));
        let mut ours: Vec<_> = pairs().map(|(at, (ours, _))| (&ours.id, at)).collect();
        let mut theirs: Vec<_> = pairs().map(|(at, (_, theirs))| (&theirs.id, at)).collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        Self { records, ours, theirs }
    }

    /// What an end of a side is; none for an annotation that only this side has.
    pub(crate) fn node(&self, whose: Whose, end: &'a End) -> Option<Node<'a>> {
        let numbers = if whose == Whose::Theirs { &self.theirs } else { &self.ours };
        match end {
            End::Annotation(id) => {
                let at = numbers.binary_search_by(|(other, _)| (*other).cmp(id)).ok()?;
                numbers.get(at).map(|(_, number)| Node::Pair(*number))
            }
            End::Entity(id) => {
                let ours = if whose == Whose::Theirs {
                    self.records.ours_for(id)
                } else {
                    self.records.has_partner(id).then_some(id)
                };
                Some(ours.map_or(Node::Alone(whose, id), Node::Record))
            }
        }
    }

    /// The features whose values differ.
    pub(crate) fn differing(&self, ours: &'a Features, theirs: &'a Features) -> Vec<FeatureId> {
        let changed = ours.iter().filter(|(id, value)| {
            theirs.get(id).is_none_or(|other| !self.same_value(value, other))
        });
        let added = theirs.keys().filter(|id| !ours.contains_key(id));
        let mut differing: Vec<FeatureId> =
            changed.map(|(id, _)| id).chain(added).cloned().collect();
        differing.sort();
        differing
    }

    fn same_value(&self, ours: &'a Value, theirs: &'a Value) -> bool {
        match (ours, theirs) {
            (Value::Reference(ours), Value::Reference(theirs)) => {
                let ours = self.node(Whose::Ours, ours);
                ours.is_some() && ours == self.node(Whose::Theirs, theirs)
            }
            _ => ours == theirs,
        }
    }
}
