//! Carrying a colleague's records over into my project, step by step, each step tried at once.
//!
//! Their annotation, its record and its links become mine: ids stay in a copy of the same project, and follow from theirs
//! in independent work, so that taking twice adds nothing. What was tried is a list of edits; the guest never changes.
//! What is carried over for which decision is said in `decide`.

use crate::model::{
    Annotation, AnnotationId, AnyRecord, CodeId, CodebookPart, Document, DocumentId, Edit, End,
    Entity, EntityEdit, EntityId, Features, Fragments, Holder, LayerId, Place, Project, Record,
    RecordId, Refusal, Relation, RelationId, RelationKindId, Signature, TakeEdit, Value, Version,
};
use crate::review::decide::{CannotTake, SideBySide};
use crate::review::derived::{derived, taken_entity, taken_link};
use crate::review::difference::LinkDifference;
use crate::review::steps::Steps;
use std::sync::Arc;
use thin_vec::ThinVec;

type Taken<T> = Result<T, CannotTake>;

/// My project on the way to what was decided.
pub(crate) struct Taking<'a> {
    pub(crate) case: &'a SideBySide<'a>,
    pub(crate) steps: Steps<'a>,
    /// Mine before anything was decided about the difference at hand, where that is known.
    pub(crate) before: Option<&'a Project>,
    /// Whether something was left out because what it leads to is not here (yet).
    pub(crate) incomplete: bool,
    /// Records of theirs that were made here.
    made: Vec<EntityId>,
}

impl<'a> Taking<'a> {
    pub(crate) fn new(case: &'a SideBySide<'a>, signature: &'a Signature) -> Self {
        let steps = Steps::new(case.ours, signature);
        Self { case, steps, before: case.before, incomplete: false, made: Vec::new() }
    }

    /// Whether both are copies of one project: their versions are then of the same count.
    pub(crate) fn are_copies(&self) -> bool {
        self.case.ours.id == self.case.guest.project.id
    }

    /// All of `work`, or nothing of it.
    pub(crate) fn attempt(&mut self, work: impl FnOnce(&mut Self) -> Taken<()>) -> Taken<()> {
        let (mark, made, incomplete) = (self.steps.mark(), self.made.len(), self.incomplete);
        let done = work(self);
        if done.is_err() {
            self.steps.back_to(mark);
            self.made.truncate(made);
            self.incomplete = incomplete;
        }
        done
    }

    /// `value` as a record that comes from `theirs`, which `keeps` its id.
    pub(crate) fn brought<T, U>(&self, value: T, theirs: &Record<U>, keeps: Keeps) -> Record<T> {
        let copied = keeps == Keeps::Id && self.are_copies();
        Record {
            value,
            made: theirs.made.clone(),
            revised: None,
            version: if copied { theirs.seen() } else { Version::default() },
            conflict: ThinVec::new(),
            unknown: theirs.unknown.clone(),
        }
    }

    /// My annotation says what theirs says, and has those links of theirs that differ.
    pub(crate) fn become_theirs(
        &mut self,
        ours: &AnnotationId,
        theirs: &AnnotationId,
        links: &[LinkDifference],
    ) -> Taken<()> {
        let old = self.steps.now.annotation(ours).cloned();
        let old = old.ok_or_else(|| CannotTake::gone(RecordId::Annotation(ours.clone())))?;
        let record = self.their_annotation(theirs)?;
        let value = self.value_of(&record, ours.clone())?;
        for link in links {
            if let (Some(ours), None) = (&link.ours, &link.theirs) {
                self.steps.erase(&RecordId::Relation(ours.clone()))?;
            }
        }
        self.steps.drop_links_forbidden_to(&value)?;
        let keeps = Keeps::of(ours == theirs);
        let mut brought = self.brought(value, &record, keeps);
        if !(self.are_copies() && keeps == Keeps::Id) {
            // The tagging was mine, and so is what came with it from newer programs.
            (brought.made, brought.unknown) = (old.made.clone(), old.unknown.clone());
        }
        self.steps.put(AnyRecord::Annotation(Arc::new(brought)))?;
        // Links to what only they have come with that.
        for link in links {
            if let Some(theirs) = &link.theirs {
                self.take_link(theirs, link.ours.as_ref(), None)?;
            }
        }
        self.restore_links_of(theirs)
    }

    /// Their annotation as a further one of mine, with its links.
    pub(crate) fn add_theirs(&mut self, theirs: &AnnotationId) -> Taken<()> {
        let record = self.their_annotation(theirs)?;
        let id = self.id_for(theirs);
        let keeps = Keeps::of(id == *theirs);
        let value = self.value_of(&record, id.clone())?;
        self.steps.drop_links_forbidden_to(&value)?;
        let brought = self.brought(value, &record, keeps);
        self.steps.put(AnyRecord::Annotation(Arc::new(brought)))?;
        self.take_links_of(theirs, &id)
    }

    /// What a record that was made here could not lead to when it was made.
    pub(crate) fn complete_records(&mut self) -> Taken<()> {
        for theirs in std::mem::take(&mut self.made) {
            let id = self.entity_for(&theirs)?;
            let (Some(ours), Some(record)) =
                (self.steps.now.entities().get(&id).cloned(), self.their_entity(&theirs))
            else {
                continue;
            };
            let features = self.known_references(&record.features);
            if features != ours.features {
                let value = Entity { features, ..ours.value.clone() };
                self.steps.run(Edit::Entity(EntityEdit::Revise(value)))?;
            }
        }
        Ok(())
    }

    /// Links at their annotation that would come here with a merge: all of them, if I do not have the annotation, for
    /// they would bring that back; else those that I have under other ids.
    fn links_of_theirs_alone(&self, theirs: &AnnotationId) -> Vec<RecordId> {
        let here = self.steps.now.annotation(theirs).is_some();
        let end = End::Annotation(theirs.clone());
        let links = self.case.guest.project.relations_at(&end);
        let links = links.filter(|link| !here || self.case.both_have(link));
        links.map(|link| RecordId::Relation(link.id.clone())).collect()
    }

    /// Where copies differ, both sides are known to have been weighed: a later merge asks nothing again.
    pub(crate) fn settle(
        &mut self,
        ours: Option<&AnnotationId>,
        theirs: Option<&AnnotationId>,
        links: &[LinkDifference],
    ) -> Taken<()> {
        if !self.are_copies() {
            return Ok(());
        }
        let mut ids: Vec<RecordId> = ours.into_iter().cloned().map(RecordId::Annotation).collect();
        ids.extend(links.iter().flat_map(|link| {
            let both = link.ours.iter().chain(&link.theirs);
            both.cloned().map(RecordId::Relation)
        }));
        if let Some(theirs) = theirs {
            ids.extend(self.links_of_theirs_alone(theirs));
            ids.push(RecordId::Annotation(theirs.clone()));
        }
        // What is remarked on something, and on that again, would bring it back.
        let mut at = 0;
        while let Some(id) = ids.get(at) {
            if !self.steps.now.has(id) {
                ids.extend(self.case.guest.project.remarks_on(id));
            }
            at += 1;
        }
        ids.reverse();
        self.weigh(ids)
    }

    /// In copies: what stands here under these ids has been weighed against theirs.
    pub(crate) fn weigh(&mut self, ids: Vec<RecordId>) -> Taken<()> {
        if !self.are_copies() {
            return Ok(());
        }
        for id in ids {
            let guest = &self.case.guest.project;
            let theirs = guest.get(&id).map(|record| record.seen()).unwrap_or_default();
            let theirs = theirs.join(&guest.erasure_seen(&id));
            let here = self.steps.now.get(&id);
            let seen = here.as_ref().map(AnyRecord::version).cloned();
            let seen = seen.unwrap_or_else(|| self.steps.now.erasure_seen(&id));
            let torn = here.is_some_and(|record| record.has_conflict());
            if torn || !seen.dominates(&theirs) {
                self.steps.run(Edit::Take(TakeEdit::Seen(id, theirs)))?;
            }
        }
        Ok(())
    }

    pub(crate) fn provide(&mut self, part: &CodebookPart) -> Taken<()> {
        Ok(self.steps.provide(&self.case.guest.project.codebook, part)?)
    }

    pub(crate) fn provide_code(&mut self, layer: &LayerId, code: Option<&CodeId>) -> Taken<()> {
        Ok(self.steps.provide_code(&self.case.guest.project.codebook, layer, code)?)
    }

    pub(crate) fn provide_features(&mut self, holder: &Holder, features: &Features) -> Taken<()> {
        Ok(self.steps.provide_features(&self.case.guest.project.codebook, holder, features)?)
    }

    fn their_annotation(&self, id: &AnnotationId) -> Taken<Arc<Record<Annotation>>> {
        let found = self.case.guest.project.annotation(id).cloned();
        found.ok_or_else(|| CannotTake::gone(RecordId::Annotation(id.clone())))
    }

    pub(crate) fn their_entity(&self, id: &EntityId) -> Option<Arc<Record<Entity>>> {
        self.case.guest.project.entities().get(id).cloned()
    }

    /// What their annotation is called here if it is taken beside mine.
    pub(crate) fn id_for(&self, theirs: &AnnotationId) -> AnnotationId {
        self.case.called_here(theirs)
    }

    /// Their annotation in my words: document, place, record and references are mine.
    fn value_of(&mut self, theirs: &Annotation, id: AnnotationId) -> Taken<Annotation> {
        let document = self.document_for(&theirs.document)?;
        self.provide_code(&theirs.layer, theirs.code.as_ref())?;
        self.provide_features(&Holder::Annotations(theirs.layer.clone()), &theirs.features)?;
        Ok(Annotation {
            id,
            document,
            layer: theirs.layer.clone(),
            code: theirs.code.clone(),
            place: Place::Anchored(self.place_of(theirs)?),
            entity: theirs.entity.as_ref().map(|id| self.entity_for(id)).transpose()?,
            features: self.features_of(&theirs.features)?,
        })
    }

    fn place_of(&self, theirs: &Annotation) -> Taken<Fragments> {
        if let Some(standing) = self.case.guest.place(&theirs.id) {
            return Ok(standing.fragments);
        }
        let paired = self.case.guest.document(&theirs.document);
        match &theirs.place {
            // Their document comes along as it is.
            Place::Anchored(fragments) if paired.is_none_or(|pair| pair.ours.is_none()) => {
                Ok(fragments.clone())
            }
            _ => Err(CannotTake::Lost),
        }
    }

    fn document_for(&mut self, theirs: &DocumentId) -> Taken<DocumentId> {
        let paired = self.case.guest.document(theirs).and_then(|pair| pair.ours.clone());
        if let Some(ours) = paired.filter(|ours| self.steps.now.sheet(ours).is_some()) {
            return Ok(ours);
        }
        let project = &self.case.guest.project;
        let Some(sheet) = project.sheet(theirs) else {
            return Err(CannotTake::gone(RecordId::Document(theirs.clone())));
        };
        let record = Arc::clone(sheet.document());
        let free =
            self.steps.now.sheet(theirs).is_none_or(|ours| ours.document().text == record.text);
        let id = if self.are_copies() && free {
            theirs.clone()
        } else {
            DocumentId::new(derived("d", &[project.id.as_str(), theirs.as_str()]))
        };
        if self.steps.now.sheet(&id).is_none() {
            self.provide_features(&Holder::Documents, &record.meta)?;
            let keeps = Keeps::of(id == *theirs);
            let value = Document { id: id.clone(), ..record.value.clone() };
            let brought = self.brought(value, &record, keeps);
            self.steps.put(AnyRecord::Document(Arc::new(brought)))?;
        }
        Ok(id)
    }

    /// My record for theirs, made here if there is none.
    pub(crate) fn entity_for(&mut self, theirs: &EntityId) -> Taken<EntityId> {
        if let Some(known) = self.known_entity(theirs) {
            return Ok(known);
        }
        let Some(record) = self.their_entity(theirs) else {
            return Err(CannotTake::gone(RecordId::Entity(theirs.clone())));
        };
        self.provide_code(&record.layer, record.code.as_ref())?;
        self.provide_features(&Holder::Records(record.layer.clone()), &record.features)?;
        let id = self.entity_id(theirs);
        let features = self.known_references(&record.features);
        let value = Entity { id: id.clone(), features, ..record.value.clone() };
        let brought = self.brought(value, &record, Keeps::of(id == *theirs));
        self.steps.put(AnyRecord::Entity(Arc::new(brought)))?;
        self.made.push(theirs.clone());
        Ok(id)
    }

    fn entity_id(&self, theirs: &EntityId) -> EntityId {
        let project = &self.case.guest.project;
        let layer = project.entities().get(theirs).map(|entity| &entity.layer);
        let other = self.steps.now.entities().get(theirs);
        if self.are_copies() && other.is_none_or(|other| Some(&other.layer) == layer) {
            theirs.clone()
        } else {
            taken_entity(&project.id, theirs)
        }
    }

    fn known_entity(&self, theirs: &EntityId) -> Option<EntityId> {
        let paired = self.case.comparison.entities.ours_for(theirs).cloned();
        let here = |id: &EntityId| self.steps.now.entities().contains_key(id);
        paired.filter(here).or_else(|| Some(self.entity_id(theirs)).filter(here))
    }

    fn known_annotation(&self, theirs: &AnnotationId) -> Option<AnnotationId> {
        let here = |id: &AnnotationId| self.steps.now.annotation(id).is_some();
        let paired = self.case.ours_for(theirs).cloned();
        paired.filter(here).or_else(|| Some(self.id_for(theirs)).filter(here))
    }

    /// The same for what is taken beside mine: theirs stays linked to theirs, where that was taken too.
    fn known_beside(&self, theirs: &AnnotationId) -> Option<AnnotationId> {
        let beside = Some(self.id_for(theirs));
        let beside = beside.filter(|id| self.steps.now.annotation(id).is_some());
        beside.or_else(|| self.known_annotation(theirs))
    }

    fn known_end(&self, theirs: &End) -> Option<End> {
        match theirs {
            End::Annotation(id) => self.known_annotation(id).map(End::Annotation),
            End::Entity(id) => self.known_entity(id).map(End::Entity),
        }
    }

    /// My end for theirs: an annotation only if I have it, a record always.
    fn end_for(&mut self, theirs: &End) -> Taken<Option<End>> {
        match theirs {
            End::Annotation(id) => Ok(self.known_annotation(id).map(End::Annotation)),
            End::Entity(id) => Ok(Some(End::Entity(self.entity_for(id)?))),
        }
    }

    pub(crate) fn features_of(&mut self, theirs: &Features) -> Taken<Features> {
        for value in theirs.values() {
            if let Value::Reference(end) = value {
                self.end_for(end)?;
            }
        }
        Ok(self.known_references(theirs))
    }

    /// Their features; references only where I have what they lead to.
    fn known_references(&mut self, theirs: &Features) -> Features {
        let mut all = Features::new();
        for (id, value) in theirs {
            let value = match value {
                Value::Reference(end) => self.known_end(end).map(Value::Reference),
                other => Some(other.clone()),
            };
            match value {
                Some(value) => drop(all.insert(id.clone(), value)),
                None => self.incomplete = true,
            }
        }
        all
    }

    /// All links at their annotation, which is called `id` here, as far as I have their other ends.
    fn take_links_of(&mut self, theirs: &AnnotationId, id: &AnnotationId) -> Taken<()> {
        let project = &self.case.guest.project;
        let end = End::Annotation(theirs.clone());
        let links = project.relations_at(&end);
        let links: Vec<RelationId> = links.map(|link| link.id.clone()).collect();
        for link in links {
            self.take_link(&link, None, Some((theirs, id)))?;
        }
        Ok(())
    }

    /// A link of theirs, in the place of mine if there is one that differs; `called` says what an end is called here.
    pub(crate) fn take_link(
        &mut self,
        theirs: &RelationId,
        ours: Option<&RelationId>,
        called: Option<(&AnnotationId, &AnnotationId)>,
    ) -> Taken<()> {
        let project = &self.case.guest.project;
        let Some(record) = project.relations().get(theirs).cloned() else { return Ok(()) };
        let mut ends = Vec::with_capacity(2);
        for end in [&record.from, &record.to] {
            let here = match (end, called) {
                (End::Annotation(end), Some((theirs, id))) if end == theirs => {
                    Some(End::Annotation(id.clone()))
                }
                (End::Annotation(end), Some(_)) => self.known_beside(end).map(End::Annotation),
                _ => self.end_for(end)?,
            };
            ends.extend(here);
        }
        let Ok([from, to]) = <[End; 2]>::try_from(ends) else {
            self.incomplete = true;
            return Ok(());
        };
        let kind = record.kind.clone();
        self.provide(&CodebookPart::Link(kind.clone()))?;
        self.provide_features(&Holder::Links(kind.clone()), &record.features)?;
        let symmetric = self.steps.now.codebook.relation(&kind).is_some_and(|kind| kind.symmetric);
        let swapped = symmetric && to.as_str() < from.as_str();
        let (from, to) = if swapped { (to, from) } else { (from, to) };
        let id = self.link_id(&record, ours, (&kind, &from, &to));
        let features = self.features_of(&record.features)?;
        let keeps = Keeps::of(id == *theirs);
        let mut brought =
            self.brought(Relation { id: id.clone(), kind, from, to, features }, &record, keeps);
        if let Some(old) = self.steps.now.relations().get(&id).filter(|_| keeps == Keeps::No) {
            (brought.made, brought.unknown) = (old.made.clone(), old.unknown.clone());
        }
        match self.steps.put(AnyRecord::Relation(Arc::new(brought))) {
            // An end may get the right layer later.
            Err(Refusal::EndsNotAllowed { .. } | Refusal::EndsAreOne) => {
                self.incomplete = true;
                Ok(())
            }
            other => Ok(other?),
        }
    }

    /// Links that both have at the annotation, where mine went while the layers of its ends did not fit.
    fn restore_links_of(&mut self, theirs: &AnnotationId) -> Taken<()> {
        let project = &self.case.guest.project;
        let end = End::Annotation(theirs.clone());
        let links = project.relations_at(&end);
        let common: Vec<Arc<Record<Relation>>> =
            links.filter(|link| self.case.both_have(link)).cloned().collect();
        for link in common {
            let ends = self.known_end(&link.from).zip(self.known_end(&link.to));
            let stands = ends.is_some_and(|(from, to)| {
                self.steps.now.relations_at(&from).any(|one| {
                    let ends = [(&one.from, &one.to), (&one.to, &one.from)];
                    one.kind == link.kind && ends.contains(&(&from, &to))
                })
            });
            if !stands {
                self.take_link(&link.id, None, None)?;
            }
        }
        Ok(())
    }

    /// Whether `here` is their link, which leads to mine until theirs stands beside it.
    fn came_from(&self, theirs: &Relation, here: &Relation) -> bool {
        let is = |theirs: &End, end: &End| {
            let beside = match theirs {
                End::Annotation(id) => Some(End::Annotation(self.id_for(id))),
                End::Entity(_) => None,
            };
            beside.as_ref() == Some(end) || self.known_end(theirs).as_ref() == Some(end)
        };
        let straight = is(&theirs.from, &here.from) && is(&theirs.to, &here.to);
        let crossed = is(&theirs.from, &here.to) && is(&theirs.to, &here.from);
        theirs.kind == here.kind && (straight || crossed) && !self.case.both_have(theirs)
    }

    /// What a link of theirs is called here: as the one of mine that it replaces, else by its own id in a copy.
    fn link_id(
        &self,
        theirs: &Relation,
        ours: Option<&RelationId>,
        (kind, from, to): (&RelationKindId, &End, &End),
    ) -> RelationId {
        let here = self.steps.now.relations();
        if let Some(ours) = ours.filter(|id| here.contains_key(*id)) {
            return ours.clone();
        }
        let same = |link: &Relation| link.kind == *kind && link.from == *from && link.to == *to;
        let free = |link: &Arc<Record<Relation>>| same(link) || self.came_from(theirs, link);
        if self.are_copies() && here.get(&theirs.id).is_none_or(free) {
            return theirs.id.clone();
        }
        taken_link(&self.case.guest.project.id, &theirs.id)
    }
}

/// Whether a record is called here as it is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    Id,
    No,
}

impl Keeps {
    #[expect(clippy::fn_params_excessive_bools, reason = "it is what was compared, not a mode")]
    pub(crate) fn of(same: bool) -> Self {
        if same { Self::Id } else { Self::No }
    }
}
