//! Which difference of a comparison is about which annotation: made once, so that a decision among fifty thousand takes
//! no longer than one among ten.

use crate::model::{AnnotationId, RelationId};
use crate::review::difference::{Difference, LinkDifference};

/// Places in the list of differences, in the order of the ids of the annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ById {
    ours: Vec<u32>,
    theirs: Vec<u32>,
    /// Links of theirs that differ, in order.
    links: Vec<RelationId>,
}

impl ById {
    pub(crate) fn new(differences: &[Difference], record_links: &[LinkDifference]) -> Self {
        let links = differences.iter().flat_map(|one| &one.links).chain(record_links);
        let mut links: Vec<RelationId> = links.filter_map(|link| link.theirs.clone()).collect();
        links.sort_unstable();
        Self {
            ours: sorted(differences, |one| one.ours.as_ref()),
            theirs: sorted(differences, |one| one.theirs.as_ref()),
            links,
        }
    }

    /// The one about an annotation of mine, among those that this was made of.
    pub(crate) fn of_ours<'d>(
        &self,
        differences: &'d [Difference],
        id: &AnnotationId,
    ) -> Option<&'d Difference> {
        differences.get(self.place_of_ours(differences, id)?)
    }

    /// The one about an annotation of theirs.
    pub(crate) fn of_theirs<'d>(
        &self,
        differences: &'d [Difference],
        id: &AnnotationId,
    ) -> Option<&'d Difference> {
        differences.get(self.place_of_theirs(differences, id)?)
    }

    /// Where the one about an annotation of mine stands in the list.
    pub(crate) fn place_of_ours(&self, all: &[Difference], id: &AnnotationId) -> Option<usize> {
        place(&self.ours, all, id, |one| one.ours.as_ref())
    }

    /// Where the one about an annotation of theirs stands in the list.
    pub(crate) fn place_of_theirs(&self, all: &[Difference], id: &AnnotationId) -> Option<usize> {
        place(&self.theirs, all, id, |one| one.theirs.as_ref())
    }

    /// Whether a link of theirs differs.
    pub(crate) fn has_link(&self, theirs: &RelationId) -> bool {
        self.links.binary_search(theirs).is_ok()
    }
}

type Side = fn(&Difference) -> Option<&AnnotationId>;

fn sorted(differences: &[Difference], side: Side) -> Vec<u32> {
    let mut all: Vec<(&AnnotationId, u32)> =
        differences.iter().zip(0..).filter_map(|(one, at)| Some((side(one)?, at))).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, at)| at).collect()
}

fn place(
    places: &[u32],
    differences: &[Difference],
    id: &AnnotationId,
    side: Side,
) -> Option<usize> {
    let at = |place: &u32| differences.get(*place as usize);
    let found = places.binary_search_by(|place| at(place).and_then(side).cmp(&Some(id))).ok()?;
    places.get(found).map(|place| *place as usize)
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::review::{Guest, compare};
    use std::sync::Arc;

    #[test]
    fn every_annotation_of_both_is_found_and_no_other() {
        let tagged = |hand: &str, places: &[u32]| {
            let mut project = project();
            for start in places {
                let one = annotation(&format!("a_{hand}{start}"), "actor", *start, start + 2);
                let one = Record::made(one, &signature(hand), 1);
                project.put(AnyRecord::Annotation(Arc::new(one)));
            }
            project
        };
        let (ours, theirs) = (tagged("m", &[9, 0, 3]), tagged("t", &[3, 6, 0]));
        let comparison = compare(&ours, &Guest::over(&ours, "b", theirs.clone()));
        let (all, by_id) = (&comparison.differences, &comparison.by_id);
        for one in ours.annotations() {
            assert_eq!(by_id.of_ours(all, &one.id).unwrap().ours.as_ref(), Some(&one.id));
            assert!(by_id.of_theirs(all, &one.id).is_none());
        }
        for one in theirs.annotations() {
            assert_eq!(by_id.of_theirs(all, &one.id).unwrap().theirs.as_ref(), Some(&one.id));
            assert!(by_id.of_ours(all, &one.id).is_none());
        }
        assert!(!by_id.has_link(&RelationId::new("l_1")));
    }
}
