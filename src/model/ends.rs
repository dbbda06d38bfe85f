//! Which relations start or end at a thing.
//!
//! Those of an annotation that is anchored in a text stand in its sheet, in the order of the places. A page that is jumped
//! to asks for some hundred annotations at once: their links then lie side by side, instead of each in another corner of
//! a tree by ids. Those of entities and orphans stand by the end itself. Kept in step by `Project::put` and `take`.

use crate::model::project::Placed;
use crate::model::{
    Annotation, AnyRecord, DocumentId, End, Project, Record, RecordId, Relation, RelationId, Sheet,
};
use imbl::OrdMap;
use std::sync::Arc;

/// Relations by an end that has no place in a text.
pub(in crate::model) type Ends = OrdMap<(End, RelationId), Arc<Record<Relation>>>;

/// Relations by the place of an end.
pub(in crate::model) type Links = OrdMap<(Placed, RelationId), Arc<Record<Relation>>>;

impl Project {
    /// Relations that start or end at `end`, by their ids.
    pub fn relations_at(&self, end: &End) -> impl Iterator<Item = &Arc<Record<Relation>>> {
        let (here, elsewhere) = match self.address(end) {
            Some((document, place)) => (Some((self.sheets.get(document), place)), None),
            None => (None, Some(end.clone())),
        };
        let here = here.into_iter().flat_map(|(sheet, place)| {
            sheet.into_iter().flat_map(move |sheet| sheet.links_at(place.clone()))
        });
        let elsewhere = elsewhere.into_iter().flat_map(|end| {
            let first = (end.clone(), RelationId::new(""));
            let there = self.ends.range(first..).take_while(move |((other, _), _)| *other == end);
            there.map(|(_, relation)| relation)
        });
        here.chain(elsewhere)
    }

    /// Where the relations of `end` stand, if it is an annotation that is anchored in a document.
    fn address(&self, end: &End) -> Option<(&DocumentId, Placed)> {
        let End::Annotation(id) = end else { return None };
        let annotation = self.annotation(id)?;
        (!annotation.place.is_orphan() && self.sheets.contains_key(&annotation.document))
            .then(|| (&annotation.document, Placed::of(annotation)))
    }

    /// Puts a relation where both of its ends are now.
    pub(in crate::model) fn link(&mut self, relation: &Arc<Record<Relation>>) {
        for end in [&relation.from, &relation.to] {
            let address = self.address(end).map(|(document, place)| (document.clone(), place));
            match address
                .and_then(|(document, place)| Some((self.sheets.get_mut(&document)?, place)))
            {
                Some((sheet, place)) => {
                    sheet.links.insert((place, relation.id.clone()), Arc::clone(relation));
                }
                None => {
                    self.ends.insert((end.clone(), relation.id.clone()), Arc::clone(relation));
                }
            }
        }
    }

    /// Takes a relation from where both of its ends are now.
    pub(in crate::model) fn unlink(&mut self, relation: &Record<Relation>) {
        for end in [&relation.from, &relation.to] {
            let address = self.address(end).map(|(document, place)| (document.clone(), place));
            if let Some((document, place)) = address
                && let Some(sheet) = self.sheets.get_mut(&document)
            {
                sheet.links.remove(&(place, relation.id.clone()));
            } else {
                self.ends.remove(&(end.clone(), relation.id.clone()));
            }
        }
    }

    /// Takes out the relations that stand elsewhere once `next` is in the place of `id`, to be linked again then.
    pub(in crate::model) fn loosened(
        &mut self,
        id: &RecordId,
        next: Option<&AnyRecord>,
    ) -> Vec<Arc<Record<Relation>>> {
        let loose: Vec<_> = match (id, next) {
            (RecordId::Annotation(id), next) => {
                let place = |annotation: &Record<Annotation>| {
                    let anchored = !annotation.place.is_orphan();
                    anchored.then(|| (annotation.document.clone(), Placed::of(annotation)))
                };
                let next = match next {
                    Some(AnyRecord::Annotation(next)) => place(next),
                    _ => None,
                };
                if self.annotation(id).and_then(|old| place(old)) == next {
                    return Vec::new();
                }
                self.relations_at(&End::Annotation(id.clone())).cloned().collect()
            }
            // A text goes after what lies in it; links would be all that is left of that.
            (RecordId::Document(id), None) => {
                let left = self.sheets.get(id).map(|sheet| sheet.links.values().cloned());
                left.into_iter().flatten().collect()
            }
            _ => Vec::new(),
        };
        for relation in &loose {
            self.unlink(relation);
        }
        loose
    }
}

impl Sheet {
    /// Relations that start or end at an annotation that is anchored here, by their ids.
    pub fn links_of(
        &self,
        annotation: &Annotation,
    ) -> impl Iterator<Item = &Arc<Record<Relation>>> {
        self.links_at(Placed::of(annotation))
    }

    fn links_at(&self, place: Placed) -> impl Iterator<Item = &Arc<Record<Relation>>> {
        let first = (place.clone(), RelationId::new(""));
        let there = self.links.range(first..).take_while(move |((other, _), _)| *other == place);
        there.map(|(_, relation)| relation)
    }
}
