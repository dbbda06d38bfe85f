//! What differs between two values of one project, record by record, and how an older one is restored.
//!
//! Shelves share their structure, so finding the differences costs what has changed, not what there is.

use crate::model::{
    AnyRecord, Codebook, Project, Record, RecordId, Shelf, Signature, Tombstone, Unknown, Version,
    each_kind,
};
use imbl::ordmap::DiffItem;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Records to put and to remove that lead from one value to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    /// Records to put, in an order in which each finds what it leads to.
    pub put: Vec<AnyRecord>,
    /// What to remove, and erasures that a record above has outlived.
    pub erased: Vec<Tombstone>,
    /// The codebook afterwards, if it is another one.
    pub codebook: Option<Arc<Codebook>>,
}

impl Delta {
    /// What leads from `before` to `after`.
    pub fn between(before: &Project, after: &Project) -> Self {
        let mut delta = Self::default();
        for id in differing(before, after) {
            delta
                .erased
                .extend(after.erased().get(&id).map(|tombstone| tombstone.as_ref().clone()));
            delta.put.extend(after.get(&id));
        }
        delta.codebook = (!same_codebook(before, after)).then(|| Arc::clone(&after.codebook));
        delta
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.put.is_empty() && self.erased.is_empty() && self.codebook.is_none()
    }

    /// `project` with this done.
    #[must_use]
    pub fn onto(&self, project: &Project) -> Project {
        let mut project = project.clone();
        if let Some(codebook) = &self.codebook {
            project.codebook = Arc::clone(codebook);
        }
        let put: BTreeSet<RecordId> = self.put.iter().map(AnyRecord::id).collect();
        let (outlived, gone): (Vec<_>, Vec<_>) =
            self.erased.iter().partition(|tombstone| put.contains(&tombstone.id));
        // First what goes, outermost last, so that nothing is put below something that goes.
        for tombstone in gone.into_iter().rev() {
            project.remove(tombstone.clone());
        }
        for record in &self.put {
            project.put(record.clone());
        }
        for tombstone in outlived {
            project.outlive(tombstone.clone());
        }
        project
    }
}

/// Whether both say the same: versions, times and tombstones left out.
pub fn same_content(a: &Project, b: &Project) -> bool {
    // What only one of them has is the most frequent difference, and is seen without a walk.
    counts_of(a) == counts_of(b)
        && differing(a, b).iter().all(|id| match (a.get(id), b.get(id)) {
            (Some(a), Some(b)) => a.same_content(&b),
            (None, None) => true,
            _ => false,
        })
        && same_codebook(a, b)
        && a.set_aside == b.set_aside
}

fn counts_of(project: &Project) -> [usize; 7] {
    [
        project.sheets().len(),
        project.entities().len(),
        project.annotation_count(),
        project.relations().len(),
        project.notes().len(),
        project.comments().len(),
        project.decisions().len(),
    ]
}

fn same_codebook(a: &Project, b: &Project) -> bool {
    Arc::ptr_eq(&a.codebook, &b.codebook) || a.codebook == b.codebook
}

/// The content of `target` as a new edit after `current`: every record that differs gets a version that has seen
/// both, what `target` does not have gets a tombstone. A later merge then brings nothing back.
pub fn restamped(target: &Project, current: &Project, signature: &Signature) -> Project {
    let count = current.count_of(&signature.hand) + 1;
    let mut restored = current.clone();
    restored.codebook = Arc::clone(&target.codebook);
    let changed: Vec<RecordId> = differing(current, target)
        .into_iter()
        .filter(|id| match (target.get(id), current.get(id)) {
            (Some(there), Some(here)) => !there.same_content(&here),
            (None, None) => false,
            _ => true,
        })
        .collect();
    for id in changed.iter().rev().filter(|id| !target.has(id)) {
        let Some(record) = current.get(id) else { continue };
        let seen = record.seen().join(&current.erasure_seen(id));
        let version = seen.with(&signature.hand, count);
        let id = id.clone();
        restored.remove(Tombstone { id, version, merged_into: None, unknown: Unknown::default() });
    }
    for id in &changed {
        let Some(record) = target.get(id) else { continue };
        let here = current.get(id).map(|record| record.seen()).unwrap_or_default();
        let seen = record.seen().join(&here).join(&current.erasure_seen(id));
        let version = seen.with(&signature.hand, count);
        restored.put(stamped(record, &version));
    }
    restored
}

/// `record` and the other sides of its conflict with this version: an undone decision leaves them open again, also
/// for copies that have seen it. Sides that say the same are one then, as they have one version.
fn stamped(mut record: AnyRecord, version: &Version) -> AnyRecord {
    each_kind!(&mut record, record => {
        let record = Arc::make_mut(record);
        record.version = version.clone();
        let mut sides = thin_vec::ThinVec::new();
        for mut side in std::mem::take(&mut record.conflict) {
            side.version = version.clone();
            let says_the_same = |other: &Record<_>| {
                other.value == side.value && other.unknown == side.unknown
            };
            if !says_the_same(record) && !sides.iter().any(says_the_same) {
                sides.push(side);
            }
        }
        record.conflict = sides;
    });
    record
}

/// Ids of records and tombstones that are not the same in both, in an order in which each finds what it leads to:
/// documents, entities, annotations, relations, remarks.
pub fn differing(a: &Project, b: &Project) -> BTreeSet<RecordId> {
    let mut ids = BTreeSet::new();
    collect(a.entities(), b.entities(), RecordId::Entity, &mut ids);
    collect(a.relations(), b.relations(), RecordId::Relation, &mut ids);
    collect(a.notes(), b.notes(), RecordId::Note, &mut ids);
    collect(a.comments(), b.comments(), RecordId::Comment, &mut ids);
    collect(a.decisions(), b.decisions(), RecordId::Decision, &mut ids);
    collect_sheets(a, b, &mut ids);
    if !a.erased().ptr_eq(b.erased()) {
        ids.extend(a.erased().diff(b.erased()).map(|item| key_of(&item).clone()));
    }
    ids
}

fn collect_sheets(a: &Project, b: &Project, ids: &mut BTreeSet<RecordId>) {
    if a.sheets().ptr_eq(b.sheets()) {
        return;
    }
    let documents: BTreeSet<_> = a.sheets().keys().chain(b.sheets().keys()).collect();
    for id in documents {
        match (a.sheet(id), b.sheet(id)) {
            (Some(here), Some(there)) if here.is_same(there) => {}
            (Some(here), Some(there)) => {
                if !same_record(here.document(), there.document()) {
                    ids.insert(RecordId::Document(id.clone()));
                }
                collect(here.annotations(), there.annotations(), RecordId::Annotation, ids);
            }
            (Some(only), None) | (None, Some(only)) => {
                ids.insert(RecordId::Document(id.clone()));
                ids.extend(only.annotations().keys().cloned().map(RecordId::Annotation));
            }
            (None, None) => {}
        }
    }
}

fn collect<Id: Ord + Clone, T: PartialEq>(
    a: &Shelf<Id, T>,
    b: &Shelf<Id, T>,
    wrap: impl Fn(Id) -> RecordId,
    ids: &mut BTreeSet<RecordId>,
) {
    if !a.ptr_eq(b) {
        ids.extend(a.diff(b).map(|item| wrap(key_of(&item).clone())));
    }
}

fn key_of<'a, K, V>(item: &DiffItem<'a, 'a, K, V>) -> &'a K {
    match item {
        DiffItem::Add(key, _)
        | DiffItem::Remove(key, _)
        | DiffItem::Update { new: (key, _), .. } => key,
    }
}

fn same_record<T: PartialEq>(a: &Arc<Record<T>>, b: &Arc<Record<T>>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}
