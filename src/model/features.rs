//! Features that are set, by id: a short sorted list. Most records have one to five, of which a tree would take a
//! kilobyte for each.

use crate::model::{FeatureId, Value};

/// Features that are set, each once, by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(Box<[(FeatureId, Value)]>);

impl Features {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of that feature.
    pub fn get(&self, id: &FeatureId) -> Option<&Value> {
        self.0.get(self.place(id).ok()?).map(|(_, value)| value)
    }

    /// Whether it is set.
    pub fn contains_key(&self, id: &FeatureId) -> bool {
        self.place(id).is_ok()
    }

    /// Sets a feature; returns the value that it had.
    pub fn insert(&mut self, id: FeatureId, value: Value) -> Option<Value> {
        match self.place(&id) {
            Ok(at) => self.0.get_mut(at).map(|(_, old)| std::mem::replace(old, value)),
            Err(at) => {
                let mut all = std::mem::take(&mut self.0).into_vec();
                // Exact: of a hundred thousand records none has room to spare.
                all.reserve_exact(1);
                all.insert(at, (id, value));
                self.0 = all.into();
                None
            }
        }
    }

    /// Takes a feature away; returns its value.
    pub fn remove(&mut self, id: &FeatureId) -> Option<Value> {
        let at = self.place(id).ok()?;
        let mut all = std::mem::take(&mut self.0).into_vec();
        let (_, value) = all.remove(at);
        self.0 = all.into();
        Some(value)
    }

    /// Keeps those for which `holds`.
    pub fn retain(&mut self, mut holds: impl FnMut(&FeatureId, &Value) -> bool) {
        let mut all = std::mem::take(&mut self.0).into_vec();
        all.retain(|(id, value)| holds(id, value));
        self.0 = all.into();
    }

    /// Ids and values by id.
    pub fn iter(&self) -> impl Iterator<Item = (&FeatureId, &Value)> {
        self.0.iter().map(|(id, value)| (id, value))
    }

    /// The ids in order.
    pub fn keys(&self) -> impl Iterator<Item = &FeatureId> {
        self.0.iter().map(|(id, _)| id)
    }

    /// The values by id.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, id: &FeatureId) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(id))
    }
}

/// Of two with one id the later one counts.
impl FromIterator<(FeatureId, Value)> for Features {
    fn from_iter<I: IntoIterator<Item = (FeatureId, Value)>>(all: I) -> Self {
        let mut features: Vec<(FeatureId, Value)> = all.into_iter().collect();
        // As they are written: nothing is left to be done.
        let in_order = features.iter().zip(features.iter().skip(1)).all(|((a, _), (b, _))| a < b);
        if !in_order {
            // Of those with one id the last comes first now, and stays.
            features.reverse();
            features.sort_by(|(a, _), (b, _)| a.cmp(b));
            features.dedup_by(|(a, _), (b, _)| a == b);
        }
        Self(features.into())
    }
}

impl Extend<(FeatureId, Value)> for Features {
    fn extend<I: IntoIterator<Item = (FeatureId, Value)>>(&mut self, all: I) {
        for (id, value) in all {
            self.insert(id, value);
        }
    }
}

impl IntoIterator for Features {
    type Item = (FeatureId, Value);
    type IntoIter = std::vec::IntoIter<(FeatureId, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}

impl<'a> IntoIterator for &'a Features {
    type Item = (&'a FeatureId, &'a Value);
    type IntoIter = std::iter::Map<
        std::slice::Iter<'a, (FeatureId, Value)>,
        fn(&'a (FeatureId, Value)) -> (&'a FeatureId, &'a Value),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(id, value)| (id, value))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{FeatureId, Features, Value};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_value_is_small_so_that_records_are() {
        assert!(size_of::<Value>() <= 32, "{} bytes", size_of::<Value>());
    }

    proptest! {
        #[test]
        fn it_is_a_map(
            steps in prop::collection::vec(("[a-e]", prop::option::of(0_u8..9)), 0..30)
        ) {
            let (mut features, mut map) = (Features::new(), BTreeMap::new());
            for (id, number) in steps {
                let id = FeatureId::new(id);
                if let Some(number) = number {
                    let value = Value::Number(f64::from(number));
                    let old = features.insert(id.clone(), value.clone());
                    prop_assert_eq!(old, map.insert(id.clone(), value));
                } else {
                    prop_assert_eq!(features.remove(&id), map.remove(&id));
                }
                prop_assert_eq!(features.contains_key(&id), map.contains_key(&id));
                prop_assert_eq!(features.get(&id), map.get(&id));
                prop_assert!(features.iter().eq(&map) && features.is_empty() == map.is_empty());
            }
        }

        #[test]
        fn collecting_is_inserting_one_by_one(all in prop::collection::vec(("[a-e]", 0_u8..9), 0..8)) {
            let all: Vec<(FeatureId, Value)> = all
                .into_iter()
                .map(|(id, number)| (FeatureId::new(id), Value::Number(f64::from(number))))
                .collect();
            let mut one_by_one = Features::new();
            one_by_one.extend(all.clone());
            prop_assert_eq!(all.into_iter().collect::<Features>(), one_by_one);
        }
    }
}
