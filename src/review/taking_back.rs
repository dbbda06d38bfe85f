//! Taking back what an earlier decision about a difference did, so that what is chosen now says all.
//!
//! What was mine comes from my project as it was when the review began, and where that is not known from the earlier
//! decision, which says what I had. Everything that is put back has seen what stood here meanwhile. What is chosen now
//! is carried out in `decide`.

use crate::model::{
    Annotation, AnnotationEdit, AnnotationId, AnyRecord, Decision, Direction, DocumentEdit, Edit,
    End, EntityEdit, Features, Fragments, Place, Project, Record, RecordId, Relation, RelationId,
    Stamp, Stated, StatedLink, Unknown, Value, Verdict, Version, differing,
};
use crate::review::decide::{CannotTake, carry_out};
use crate::review::derived::{is_taken_form, is_taken_link, taken_link};
use crate::review::difference::{Class, Comparison, Difference, LinkDifference};
use crate::review::settled::Ledger;
use crate::review::taking::Taking;
use crate::text::{Span, Text};
use std::collections::BTreeSet;
use std::sync::Arc;
use thin_vec::ThinVec;

/// Whether a decision changed what stands here otherwise than `now` would.
pub(crate) fn is_to_be_taken_back(
    difference: &Difference,
    earlier: &Decision,
    now: Verdict,
) -> bool {
    if now == earlier.verdict || now == Verdict::Edited {
        return false;
    }
    match earlier.verdict {
        // Where both said the same there was nothing to take.
        Verdict::Theirs | Verdict::Both => earlier.class != Class::Same.as_str(),
        Verdict::Neither => true,
        // What I edited is mine; what only they had was taken before it was edited.
        Verdict::Edited => difference.ours.is_none() && earlier.theirs.is_some(),
        Verdict::Mine | Verdict::Ask => false,
    }
}

impl Taking<'_> {
    /// My side of the difference stands as it did before `earlier` was decided, and nothing of theirs that it brought.
    pub(crate) fn take_back(
        &mut self,
        difference: &Difference,
        earlier: &Decision,
        mine: Option<&AnnotationId>,
        ledger: &Ledger,
    ) -> Result<(), CannotTake> {
        // On another day the review began with what was decided.
        let has_it = |before: &&Project| {
            let known = before.decisions().get(&earlier.id);
            known.is_some_and(|known| is_to_be_taken_back(difference, known, Verdict::Mine))
        };
        self.before = self.case.before.filter(|before| !has_it(before));
        let touched = self.touched(difference, earlier.verdict);
        let came = self.came(difference, &touched);
        for id in came.iter().rev().filter(|id| !is_led_to(id)) {
            self.steps.erase(id)?;
        }
        let gave_up = gives_up_mine(earlier.verdict);
        if let Some(mine) = mine.filter(|_| gave_up) {
            self.restore(mine, earlier.ours.as_deref(), ledger)?;
        }
        // Only now nothing of mine leads to them.
        for id in came.iter().rev().filter(|id| is_led_to(id)) {
            self.drop_unless_needed(id);
        }
        self.restore_rest(difference, (mine, earlier.ours.as_deref()), &touched, ledger);
        match &difference.theirs {
            Some(theirs) if earlier.verdict == Verdict::Both => self.link_those_beside(theirs),
            _ => Ok(()),
        }
    }

    /// What was taken beside others and led to what went now leads to mine, as if that had never been taken.
    fn link_those_beside(&mut self, theirs: &AnnotationId) -> Result<(), CannotTake> {
        let end = End::Annotation(theirs.clone());
        let links: Vec<_> = self.case.guest.project.relations_at(&end).cloned().collect();
        for link in links {
            let other = if link.from == end { &link.to } else { &link.from };
            let End::Annotation(other) = other else { continue };
            let beside = self.id_for(other);
            if self.steps.now.annotation(&beside).is_some() && self.case.ours_for(other).is_some() {
                self.take_link(&link.id, None, Some((other, &beside)))?;
            }
        }
        Ok(())
    }

    /// What the earlier decision does to my project as it was when the review began.
    fn touched(&self, difference: &Difference, verdict: Verdict) -> BTreeSet<RecordId> {
        let Some(before) = self.before else { return BTreeSet::new() };
        let mut case = self.case.clone();
        (case.ours, case.before) = (before, None);
        let mut trial = Taking::new(&case, self.steps.signature());
        if trial.attempt(|trial| carry_out(trial, difference, verdict)).is_err() {
            return BTreeSet::new();
        }
        differing(before, &trial.steps.now)
    }

    fn had_before(&self, id: &RecordId) -> bool {
        self.before.is_some_and(|before| before.has(id))
    }

    /// What came from them: what stands beside mine, their links, and what those needed.
    fn came(&self, difference: &Difference, touched: &BTreeSet<RecordId>) -> BTreeSet<RecordId> {
        let mut came: BTreeSet<RecordId> =
            touched.iter().filter(|id| !self.had_before(id)).cloned().collect();
        if let Some(theirs) = &difference.theirs {
            let beside = self.id_for(theirs);
            if difference.ours.as_ref() != Some(&beside) {
                came.insert(RecordId::Annotation(beside));
            }
        }
        for theirs in difference.links.iter().filter_map(|link| link.theirs.as_ref()) {
            let beside = taken_link(&self.case.guest.project.id, theirs);
            let called = [theirs.clone(), beside].map(RecordId::Relation);
            let kept = |id: &RecordId| self.before.is_none_or(|before| before.has(id));
            came.extend(called.into_iter().filter(|id| !kept(id)));
        }
        came
    }

    /// A record or document that came along goes, if nothing that stays leads to it. In a copy it stays: a merge would
    /// bring it all the same, and erased here it would be erased there too.
    fn drop_unless_needed(&mut self, id: &RecordId) {
        let edit = match id {
            RecordId::Entity(id) => Edit::Entity(EntityEdit::Erase(id.clone())),
            RecordId::Document(id) => Edit::Document(DocumentEdit::Erase(id.clone())),
            _ => return,
        };
        if !self.are_copies() {
            self.attempt(|taking| Ok(taking.steps.run(edit)?)).ok();
        }
    }

    /// My annotation says again what it said.
    fn restore(
        &mut self,
        id: &AnnotationId,
        then: Option<&Stated>,
        ledger: &Ledger,
    ) -> Result<(), CannotTake> {
        let before = self.before.and_then(|before| before.annotation(id)).cloned();
        let old = before.clone().or_else(|| self.steps.now.annotation(id).cloned());
        let mut value = match (then, &old) {
            (Some(then), old) => self.as_stated(id, then, old.as_deref())?,
            (None, Some(old)) => old.value.clone(),
            (None, None) => return Err(CannotTake::Forgotten),
        };
        for (name, reference) in before.iter().flat_map(|before| &before.features) {
            let Value::Reference(end) = reference else { continue };
            // It is not stated, because what it leads to was away.
            if !value.features.contains_key(name) && self.came_back(end, ledger) {
                value.features.insert(name.clone(), reference.clone());
            }
        }
        let by = then.and_then(|then| then.by.clone());
        let signed = &self.steps.signature().stamp;
        let made = by.map(|by| Stamp::new(by, signed.at, "review"));
        let record = Record {
            value,
            made: old.as_ref().map_or(made, |old| old.made.clone()),
            revised: None,
            version: old.as_ref().map(|old| old.version.clone()).unwrap_or_default(),
            conflict: ThinVec::new(),
            unknown: old.map(|old| old.unknown.clone()).unwrap_or_default(),
        };
        let to_itself =
            then.map(|then| &then.features).or(before.as_ref().map(|old| &old.features));
        let to_itself = to_itself.map(|features| references(features, id)).unwrap_or_default();
        self.steps.drop_links_forbidden_to(&record.value)?;
        self.steps.put(AnyRecord::Annotation(Arc::new(record)))?;
        for (name, value) in to_itself {
            let edit = AnnotationEdit::SetFeature(id.clone(), name, Some(value));
            self.attempt(|taking| Ok(taking.steps.run(Edit::Annotation(edit))?)).ok();
        }
        Ok(())
    }

    /// What I had, in the words of the decision.
    fn as_stated(
        &self,
        id: &AnnotationId,
        then: &Stated,
        old: Option<&Record<Annotation>>,
    ) -> Result<Annotation, CannotTake> {
        let now = &self.steps.now;
        let sheet = now.sheet(&then.document).ok_or(CannotTake::Forgotten)?;
        let spans = fragments(&sheet.document().text, then).map(Place::Anchored);
        let place = spans.or_else(|| old.map(|old| old.place.clone()));
        let entity = then.entity.as_ref().map(|(id, _)| id.clone());
        Ok(Annotation {
            id: id.clone(),
            document: then.document.clone(),
            layer: then.layer.clone(),
            code: then.code.clone(),
            place: place.ok_or(CannotTake::Forgotten)?,
            entity: entity.filter(|id| now.entities().contains_key(id)),
            features: known(now, &then.features),
        })
    }

    /// Links, references, notes and comments that went with it, as far as what they lead to is here.
    fn restore_rest(
        &mut self,
        difference: &Difference,
        (mine, then): (Option<&AnnotationId>, Option<&Stated>),
        touched: &BTreeSet<RecordId>,
        ledger: &Ledger,
    ) {
        let stated = then.map_or(&[] as &[StatedLink], |then| &then.links);
        let mut records: Vec<AnyRecord> = Vec::new();
        if let Some(before) = self.before {
            let had = touched.iter().filter_map(|id| before.get(id));
            // A link that I had given up since is not stated any more.
            let given_up = |record: &AnyRecord| match (record, mine, then) {
                (AnyRecord::Relation(link), Some(mine), Some(_)) => {
                    let here = End::Annotation(mine.clone());
                    let ends = [(&link.from, &link.to), (&link.to, &link.from)];
                    let other = ends.into_iter().find(|(end, _)| **end == here);
                    let known = stated.iter().any(|one| one.id == link.id);
                    !known
                        && other.is_some_and(|(_, other)| {
                            !self.went_with(link, other, difference, ledger)
                        })
                }
                _ => false,
            };
            records = had.filter(|record| !given_up(record)).collect();
        }
        let known = |id: &RecordId| records.iter().any(|record| record.id() == *id);
        let links = stated.iter().filter(|link| !known(&RecordId::Relation(link.id.clone())));
        let links = links.filter(|link| !self.was_theirs(&link.id, difference, ledger));
        if let Some(mine) = mine {
            records.extend(links.map(|link| self.link(mine, link)).collect::<Vec<_>>());
            records.extend(self.stated_elsewhere(mine, difference, ledger));
        }
        // An answer waits for what it answers.
        while {
            let waiting = records.len();
            records.retain(|record| self.put_back(record, mine).is_err());
            !records.is_empty() && records.len() < waiting
        } {}
        if let Some(mine) = mine {
            self.refer_again_to(mine, ledger);
        }
    }

    /// Links of mine that waited for `mine` to come back: they are stated at their other ends.
    fn stated_elsewhere(
        &self,
        mine: &AnnotationId,
        difference: &Difference,
        ledger: &Ledger,
    ) -> Vec<AnyRecord> {
        let end = End::Annotation(mine.clone());
        let waiting = ledger.led_to(mine).into_iter();
        let links = waiting.flat_map(|one| one.links.iter().map(|link| (&one.id, link)));
        let links = links.filter(|(_, link)| {
            let here = self.steps.now.relations().contains_key(&link.id);
            link.other == end && !here && !self.was_theirs(&link.id, difference, ledger)
        });
        links.map(|(id, link)| self.link(id, link)).collect()
    }

    /// The same for references.
    fn refer_again_to(&mut self, mine: &AnnotationId, ledger: &Ledger) {
        for one in ledger.led_to(mine) {
            for (name, value) in references(&one.features, mine) {
                let now = self.steps.now.annotation(&one.id);
                if now.is_some_and(|now| !now.features.contains_key(&name)) {
                    let edit = AnnotationEdit::SetFeature(one.id.clone(), name, Some(value));
                    self.attempt(|taking| Ok(taking.steps.run(Edit::Annotation(edit))?)).ok();
                }
            }
        }
    }

    /// Whether a link of mine went by a choice about `other`, to which it leads, that does not stand any more.
    fn went_with(&self, link: &Relation, other: &End, here: &Difference, ledger: &Ledger) -> bool {
        let lists =
            |one: &&Difference| one.links.iter().any(|it| it.ours.as_ref() == Some(&link.id));
        match self.case.comparison.differences.iter().find(lists) {
            Some(one) if one != here => {
                let decision = ledger.decision_about(one);
                decision.is_some_and(|one| !gives_up_mine(one.verdict))
            }
            _ => self.came_back(other, ledger),
        }
    }

    /// Whether a link that I had was one of theirs, by a choice that does not stand any more.
    fn was_theirs(&self, link: &RelationId, here: &Difference, ledger: &Ledger) -> bool {
        let Comparison { differences, by_id, .. } = self.case.comparison;
        if !by_id.has_link(link) && !is_taken_form(link) {
            return false;
        }
        let origin = &self.case.guest.project.id;
        let is = |it: &LinkDifference| {
            let theirs = it.theirs.as_ref().filter(|_| it.ours.is_none());
            theirs.is_some_and(|theirs| theirs == link || is_taken_link(link, origin, theirs))
        };
        let mut listed = differences.iter().filter(|one| one.links.iter().any(is));
        listed.any(|one| {
            let decision = ledger.decision_about(one).filter(|_| one != here);
            !decision.is_some_and(|one| matches!(one.verdict, Verdict::Theirs | Verdict::Both))
        })
    }

    /// Whether something is decided about an annotation of mine that was away or another for a time.
    fn came_back(&self, end: &End, ledger: &Ledger) -> bool {
        let End::Annotation(id) = end else { return false };
        let version = |project: &Project| project.annotation(id).map(|one| one.version.clone());
        let now = version(&self.steps.now);
        ledger.decides_about(id) && now.is_some() && now != self.before.and_then(version)
    }

    /// A link at my annotation as the decision says it.
    fn link(&self, mine: &AnnotationId, link: &StatedLink) -> AnyRecord {
        self.link_at(End::Annotation(mine.clone()), link)
    }

    /// A link of mine at `here` as a decision says it.
    pub(crate) fn link_at(&self, here: End, link: &StatedLink) -> AnyRecord {
        let (from, to) = match link.way {
            Direction::Out => (here, link.other.clone()),
            Direction::In => (link.other.clone(), here),
        };
        let features = known(&self.steps.now, &link.features);
        let value = Relation { id: link.id.clone(), kind: link.kind.clone(), from, to, features };
        AnyRecord::Relation(Arc::new(Record {
            value,
            made: Some(self.steps.signature().stamp.clone()),
            revised: None,
            version: Version::default(),
            conflict: ThinVec::new(),
            unknown: Unknown::default(),
        }))
    }

    fn put_back(&mut self, record: &AnyRecord, mine: Option<&AnnotationId>) -> Result<(), ()> {
        let put = |taking: &mut Self, record: AnyRecord| {
            taking.attempt(|taking| Ok(taking.steps.put(record)?)).map_err(drop)
        };
        match record {
            AnyRecord::Annotation(old) if Some(&old.id) == mine => Ok(()),
            // Of others only what led to mine went.
            AnyRecord::Annotation(old) => {
                let Some(mine) = mine else { return Ok(()) };
                for (name, value) in references(&old.features, mine) {
                    let id = old.id.clone();
                    let free = self.steps.now.annotation(&id);
                    if free.is_none_or(|now| now.features.contains_key(&name)) {
                        continue;
                    }
                    let edit = AnnotationEdit::SetFeature(id, name, Some(value));
                    let edit = Edit::Annotation(edit);
                    self.attempt(|taking| Ok(taking.steps.run(edit)?)).map_err(drop)?;
                }
                Ok(())
            }
            AnyRecord::Entity(old) => {
                let here = self.steps.now.entities().get(&old.id).cloned();
                let (Some(mine), Some(mut here)) = (mine, here) else { return Ok(()) };
                let record = Arc::make_mut(&mut here);
                for (name, value) in references(&old.features, mine) {
                    if !record.features.contains_key(&name) {
                        record.value.features.insert(name, value);
                    }
                }
                put(self, AnyRecord::Entity(here))
            }
            AnyRecord::Document(_) | AnyRecord::Decision(_) => Ok(()),
            other => put(self, other.clone()),
        }
    }
}

/// Whether what was mine does not stand after it as it was.
pub(crate) fn gives_up_mine(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Theirs | Verdict::Neither)
}

/// Whether it is something that annotations and links lead to or lie in.
fn is_led_to(id: &RecordId) -> bool {
    matches!(id, RecordId::Entity(_) | RecordId::Document(_))
}

/// References to my annotation.
fn references(features: &Features, mine: &AnnotationId) -> Vec<(crate::model::FeatureId, Value)> {
    let end = End::Annotation(mine.clone());
    let to_mine = |value: &Value| matches!(value, Value::Reference(other) if *other == end);
    let all = features.iter().filter(|(_, value)| to_mine(value));
    all.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Values; references only to what is here.
pub(crate) fn known(now: &Project, features: &Features) -> Features {
    let mut all = features.clone();
    all.retain(|_, value| match value {
        Value::Reference(end) => now.layer_of(end).is_some(),
        _ => true,
    });
    all
}

/// Where the stated words are in my text.
fn fragments(text: &Text, then: &Stated) -> Option<Fragments> {
    let span = |(start, end): &(u32, u32)| {
        Span::between(text.at_code_point(*start)?, text.at_code_point(*end)?)
    };
    Fragments::exactly(then.spans.iter().map(span).collect::<Option<Vec<Span>>>()?)
}
