//! The one way a project changes by intention: `apply(project, edit, signature)`, pure, total and deterministic.
//!
//! Each edit becomes records put or removed; the rules of `rules` are asked first. Undo is not here: it restores
//! an older value as new edits (`delta::restamped`).

use crate::model::rules::{dependants, may_stand};
use crate::model::{
    Annotation, AnnotationEdit, AnnotationId, AnyRecord, DecisionEdit, Document, DocumentEdit,
    DocumentId, Edit, EntityEdit, Features, Place, Project, Record, RecordId, Refusal, Relation,
    RelationEdit, RemarkEdit, Signature, TakeEdit, Tombstone, Unknown, Value, Version, each_kind,
    feature,
};
use std::sync::Arc;

/// `project` with `edit` done and signed; all of it or, when refused, nothing.
pub fn apply(project: &Project, edit: &Edit, signature: &Signature) -> Result<Project, Refusal> {
    let count = project.count_of(&signature.hand) + 1;
    let mut step = Step { project: project.clone(), signature, count };
    step.run(edit)?;
    Ok(step.project)
}

/// One step under way: all its edits carry the same count of the hand.
struct Step<'a> {
    project: Project,
    signature: &'a Signature,
    count: u32,
}

impl Step<'_> {
    fn run(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match edit {
            Edit::Document(edit) => self.document(edit),
            Edit::Annotation(edit) => self.annotation(edit),
            Edit::Entity(edit) => self.entity(edit),
            Edit::Relation(edit) => self.relation(edit),
            Edit::Remark(edit) => self.remark(edit),
            Edit::Decision(edit) => self.decision(edit),
            Edit::Codebook(edit) => {
                self.project.codebook = Arc::new(self.project.codebook.with(edit)?);
                Ok(())
            }
            Edit::Take(edit) => self.taken(edit),
            Edit::TakeSide(id, side) => self.take_side(id, *side),
            Edit::Group { edits, .. } => edits.iter().try_for_each(|edit| self.run(edit)),
        }
    }

    fn document(&mut self, edit: &DocumentEdit) -> Result<(), Refusal> {
        match edit {
            DocumentEdit::Add(document) => {
                self.add(AnyRecord::Document(self.record(document.clone())))
            }
            DocumentEdit::Rename(id, title) => {
                self.revise_document(id, |d| d.title = title.clone())
            }
            DocumentEdit::SetLanguage(id, code) => {
                self.revise_document(id, |d| d.language = code.clone())
            }
            DocumentEdit::SetField(id, field, value) => {
                self.revise_document(id, |d| set(&mut d.meta, field, value.as_ref()))
            }
            DocumentEdit::Move(id, order) => self.revise_document(id, |d| d.order = *order),
            DocumentEdit::Erase(id) => self.erase(RecordId::Document(id.clone())),
        }
    }

    fn annotation(&mut self, edit: &AnnotationEdit) -> Result<(), Refusal> {
        match edit {
            AnnotationEdit::Annotate(annotation) => {
                self.add(AnyRecord::Annotation(self.record(annotation.clone())))
            }
            AnnotationEdit::Place(id, fragments) => {
                self.revise_annotation(id, |a| a.place = Place::Anchored(fragments.clone()))
            }
            AnnotationEdit::SetLayer(id, layer) => {
                let codebook = Arc::clone(&self.project.codebook);
                self.revise_annotation(id, |annotation| {
                    annotation.layer = layer.clone();
                    annotation.code = None;
                    annotation.entity = None;
                    let known = codebook.layer(layer).map_or(&[][..], |layer| &layer.features);
                    annotation.features.retain(|id, value| {
                        feature(known, id).is_some_and(|feature| feature.accepts(value))
                    });
                })
            }
            AnnotationEdit::SetCode(id, code) => {
                self.revise_annotation(id, |a| a.code.clone_from(code))
            }
            AnnotationEdit::SetFeature(id, name, value) => {
                self.revise_annotation(id, |a| set(&mut a.features, name, value.as_ref()))
            }
            AnnotationEdit::Attach(id, entity) => {
                self.revise_annotation(id, |a| a.entity.clone_from(entity))
            }
            AnnotationEdit::Erase(id) => self.erase(RecordId::Annotation(id.clone())),
        }
    }

    fn entity(&mut self, edit: &EntityEdit) -> Result<(), Refusal> {
        match edit {
            EntityEdit::Add(entity) => self.add(AnyRecord::Entity(self.record(entity.clone()))),
            EntityEdit::Revise(entity) => {
                let id = RecordId::Entity(entity.id.clone());
                let Some(old) = self.project.entities().get(&entity.id) else {
                    return Err(Refusal::Missing(id));
                };
                if old.layer != entity.layer {
                    return Err(Refusal::LayerIsFixed);
                }
                let record = old.revised(entity.clone(), self.signature, self.count);
                self.put(AnyRecord::Entity(Arc::new(record)))
            }
            EntityEdit::Erase(id) => self.erase(RecordId::Entity(id.clone())),
        }
    }

    fn relation(&mut self, edit: &RelationEdit) -> Result<(), Refusal> {
        match edit {
            RelationEdit::Relate(relation) => {
                let relation = self.sorted(relation.clone());
                self.add(AnyRecord::Relation(self.record(relation)))
            }
            RelationEdit::Revise(relation) => {
                let relation = self.sorted(relation.clone());
                let Some(old) = self.project.relations().get(&relation.id) else {
                    return Err(Refusal::Missing(RecordId::Relation(relation.id)));
                };
                let record = old.revised(relation, self.signature, self.count);
                self.put(AnyRecord::Relation(Arc::new(record)))
            }
            RelationEdit::Erase(id) => self.erase(RecordId::Relation(id.clone())),
        }
    }

    fn remark(&mut self, edit: &RemarkEdit) -> Result<(), Refusal> {
        match edit {
            RemarkEdit::Note(note) => {
                let record = match self.project.notes().get(&note.id) {
                    Some(old) => Arc::new(old.revised(note.clone(), self.signature, self.count)),
                    None => self.record(note.clone()),
                };
                self.put(AnyRecord::Note(record))
            }
            RemarkEdit::Comment(comment) => {
                let record = match self.project.comments().get(&comment.id) {
                    Some(old) => Arc::new(old.revised(comment.clone(), self.signature, self.count)),
                    None => self.record(comment.clone()),
                };
                self.put(AnyRecord::Comment(record))
            }
            RemarkEdit::EraseNote(id) => self.erase(RecordId::Note(id.clone())),
            RemarkEdit::EraseComment(id) => self.erase(RecordId::Comment(id.clone())),
        }
    }

    fn decision(&mut self, edit: &DecisionEdit) -> Result<(), Refusal> {
        match edit {
            DecisionEdit::Decide(decision) => {
                let record = match self.project.decisions().get(&decision.id) {
                    Some(old) => {
                        Arc::new(old.revised(decision.clone(), self.signature, self.count))
                    }
                    None => self.record(decision.clone()),
                };
                self.put(AnyRecord::Decision(record))
            }
            DecisionEdit::Answer(id, answer) => {
                let Some(old) = self.project.decisions().get(id) else {
                    return Err(Refusal::Missing(RecordId::Decision(id.clone())));
                };
                let mut value = old.value.clone();
                value.answer.clone_from(answer);
                let record = old.revised(value, self.signature, self.count);
                self.put(AnyRecord::Decision(Arc::new(record)))
            }
            DecisionEdit::Erase(id) => self.erase(RecordId::Decision(id.clone())),
        }
    }

    fn taken(&mut self, edit: &TakeEdit) -> Result<(), Refusal> {
        match edit {
            TakeEdit::Put(record) => {
                let old = self.project.get(&record.id());
                if let (Some(AnyRecord::Entity(old)), AnyRecord::Entity(new)) = (&old, record)
                    && old.layer != new.layer
                {
                    return Err(Refusal::LayerIsFixed);
                }
                let mut record = record.clone();
                self.sign(&mut record, old.as_ref());
                self.put_with_links(record)
            }
            TakeEdit::Seen(id, seen) => {
                let Some(mut record) = self.project.get(id) else {
                    self.bury(id.clone(), seen);
                    return Ok(());
                };
                let version = self.seen_by_all(&record, seen);
                each_kind!(&mut record, record => {
                    let record = Arc::make_mut(record);
                    record.version = version;
                    record.conflict = thin_vec::ThinVec::new();
                });
                self.put(record)
            }
        }
    }

    /// The other copy's record as one of ours: it has seen what both have, and this step.
    fn sign(&self, record: &mut AnyRecord, old: Option<&AnyRecord>) {
        let seen = old.map(AnyRecord::seen).unwrap_or_default();
        let version = self.seen_by_all(record, &seen);
        let made_here = old.and_then(|old| each_kind!(old, old => old.made.clone()));
        each_kind!(record, record => {
            let record = Arc::make_mut(record);
            record.version = version;
            record.conflict = thin_vec::ThinVec::new();
            record.made = record.made.take().or(made_here);
            record.revised = Some(Box::new(self.signature.stamp.clone()));
        });
    }

    fn seen_by_all(&self, record: &AnyRecord, seen: &Version) -> Version {
        record.seen().join(seen).with(&self.signature.hand, self.count)
    }

    /// The side has seen all the others then, so that no copy brings them back.
    fn take_side(&mut self, id: &RecordId, side: usize) -> Result<(), Refusal> {
        let Some(mut record) = self.project.get(id) else {
            return Err(Refusal::Missing(id.clone()));
        };
        each_kind!(&mut record, record => {
            if side > record.conflict.len() || record.conflict.is_empty() {
                return Err(Refusal::NoSuchSide);
            }
            let chosen = side.checked_sub(1).and_then(|at| record.conflict.get(at));
            let chosen = chosen.unwrap_or(record);
            let decided = Record {
                made: chosen.made.clone(),
                unknown: chosen.unknown.clone(),
                ..record.revised(chosen.value.clone(), self.signature, self.count)
            };
            *record = Arc::new(decided);
        });
        self.keeps_what_leads_to_it(&record)?;
        self.put_with_links(record)
    }

    /// A text never changes under its annotations, nor an entity's layer under its mentions.
    fn keeps_what_leads_to_it(&self, record: &AnyRecord) -> Result<(), Refusal> {
        match record {
            AnyRecord::Document(document) => match self.project.sheet(&document.id) {
                Some(sheet) if sheet.document().text != document.text => {
                    match sheet.annotations().len() {
                        0 => Ok(()),
                        count => Err(Refusal::InUse { count }),
                    }
                }
                _ => Ok(()),
            },
            AnyRecord::Entity(entity) => match self.project.entities().get(&entity.id) {
                Some(old) if old.layer != entity.layer => Err(Refusal::LayerIsFixed),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn revise_document(
        &mut self,
        id: &DocumentId,
        change: impl FnOnce(&mut Document),
    ) -> Result<(), Refusal> {
        let Some(sheet) = self.project.sheet(id) else {
            return Err(Refusal::Missing(RecordId::Document(id.clone())));
        };
        let old = sheet.document();
        let mut value = old.value.clone();
        change(&mut value);
        let record = old.revised(value, self.signature, self.count);
        self.put(AnyRecord::Document(Arc::new(record)))
    }

    fn revise_annotation(
        &mut self,
        id: &AnnotationId,
        change: impl FnOnce(&mut Annotation),
    ) -> Result<(), Refusal> {
        let Some(old) = self.project.annotation(id) else {
            return Err(Refusal::Missing(RecordId::Annotation(id.clone())));
        };
        let mut value = old.value.clone();
        change(&mut value);
        let record = old.revised(value, self.signature, self.count);
        self.put_with_links(AnyRecord::Annotation(Arc::new(record)))
    }

    /// Puts a record. Relations allow their ends' layers only: a change of layer must not make one forbidden.
    fn put_with_links(&mut self, changed: AnyRecord) -> Result<(), Refusal> {
        let before = self.project.clone();
        let RecordId::Annotation(id) = changed.id() else { return self.put(changed) };
        self.put(changed)?;
        let end = crate::model::End::Annotation(id);
        let relations: Vec<_> = self.project.relations_at(&end).cloned().collect();
        for relation in relations {
            if let Err(refusal) = may_stand(&self.project, &AnyRecord::Relation(relation)) {
                self.project = before;
                return Err(refusal);
            }
        }
        Ok(())
    }

    fn record<T>(&self, value: T) -> Arc<Record<T>> {
        Arc::new(Record::made(value, self.signature, self.count))
    }

    /// Symmetric relations lead from the lower id.
    fn sorted(&self, mut relation: Relation) -> Relation {
        let symmetric =
            self.project.codebook.relation(&relation.kind).is_some_and(|kind| kind.symmetric);
        if symmetric && relation.to.as_str() < relation.from.as_str() {
            std::mem::swap(&mut relation.from, &mut relation.to);
        }
        relation
    }

    fn add(&mut self, record: AnyRecord) -> Result<(), Refusal> {
        let id = record.id();
        if self.project.has(&id) {
            return Err(Refusal::Exists(id));
        }
        self.put(record)
    }

    fn put(&mut self, record: AnyRecord) -> Result<(), Refusal> {
        may_stand(&self.project, &record)?;
        // A record that comes back where one was erased has seen the erasure.
        let erasure = self.project.erasure_seen(&record.id());
        let version = record.version().join(&erasure);
        let record = record.with_version(version);
        self.project.put(record);
        Ok(())
    }

    fn erase(&mut self, id: RecordId) -> Result<(), Refusal> {
        let Some(old) = self.project.get(&id) else { return Err(Refusal::Missing(id)) };
        let count = dependants(&self.project, &id).len();
        if count > 0 {
            return Err(Refusal::InUse { count });
        }
        self.bury(id, &old.seen());
        Ok(())
    }

    /// Leaves the tombstone of what has seen this.
    fn bury(&mut self, id: RecordId, seen: &Version) {
        let seen = seen.join(&self.project.erasure_seen(&id));
        let version = seen.with(&self.signature.hand, self.count);
        self.project.remove(Tombstone {
            id,
            version,
            merged_into: None,
            unknown: Unknown::default(),
        });
    }
}

fn set(features: &mut Features, id: &crate::model::FeatureId, value: Option<&Value>) {
    match value {
        Some(value) => {
            features.insert(id.clone(), value.clone());
        }
        None => {
            features.remove(id);
        }
    }
}
