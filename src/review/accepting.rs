//! Carrying what a review states over into the author's project: their version of an annotation becomes mine.
//!
//! A statement has no project behind it, only what the decision says: words and places in the text of the one who
//! reviewed, names of records, words of linked annotations. What cannot be found again here is not guessed.

use crate::model::{
    Annotation, AnnotationId, AnyRecord, CodebookPart, Direction, Document, DocumentId, End,
    Entity, EntityId, Features, Fragments, Holder, LayerId, Place, Project, Record, RecordId,
    Refusal, Relation, RelationId, Reviewed, Signature, Stated, StatedLink, StatedRecord, Unknown,
    Value, Version,
};
use crate::review::decide::CannotTake;
use crate::review::derived::{derived, taken_annotation, taken_entity};
use crate::review::steps::Steps;
use crate::text::{Finder, Placement, Quote, Span, Text};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thin_vec::ThinVec;

type Taken<T> = Result<T, CannotTake>;

/// My project on the way to what a review says.
pub(crate) struct Accepting<'a> {
    review: &'a Reviewed,
    pub(crate) steps: Steps<'a>,
    /// Whether a link was left out because I do not have its other end (yet).
    pub(crate) incomplete: bool,
    /// My annotations by those of the one who reviewed.
    mine: BTreeMap<AnnotationId, AnnotationId>,
    /// My records by those of the one who reviewed.
    records: BTreeMap<EntityId, EntityId>,
    copies: Copies,
}

/// Whether both are copies of one project, so that ids and versions mean the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copies {
    Yes,
    No,
}

impl<'a> Accepting<'a> {
    pub(crate) fn new(mine: &Project, review: &'a Reviewed, signature: &'a Signature) -> Self {
        let mut by_theirs: BTreeMap<AnnotationId, AnnotationId> =
            review.agreed.iter().cloned().collect();
        let mut records = BTreeMap::new();
        for decision in &review.decisions {
            if let Some(both) = &decision.records {
                // Several of mine may be one of theirs: the first counts.
                let own = || both.theirs.id.clone();
                records.entry(both.ours.id.clone()).or_insert_with(own);
            }
            let Some(own) = &decision.theirs else { continue };
            // What they took of mine follows from what it is called here.
            let taken = taken_annotation(&review.guest.project, &own.id);
            by_theirs.insert(taken, own.id.clone());
            if let Some(theirs) = &decision.ours {
                by_theirs.insert(theirs.id.clone(), own.id.clone());
            }
        }
        let copies = if mine.id == review.project { Copies::Yes } else { Copies::No };
        let steps = Steps::new(mine, signature);
        Self { review, steps, incomplete: false, mine: by_theirs, records, copies }
    }

    /// All of `work`, or nothing of it.
    pub(crate) fn attempt(&mut self, work: impl FnOnce(&mut Self) -> Taken<()>) -> Taken<()> {
        let (mark, incomplete) = (self.steps.mark(), self.incomplete);
        let done = work(self);
        if done.is_err() {
            self.steps.back_to(mark);
            self.incomplete = incomplete;
        }
        done
    }

    /// My annotation says what theirs says, and has its links.
    pub(crate) fn become_theirs(&mut self, theirs: &Stated, own: &Stated) -> Taken<()> {
        let Some(old) = self.steps.now.annotation(&own.id).cloned() else {
            return Err(CannotTake::gone(RecordId::Annotation(own.id.clone())));
        };
        let value = self.value_of(theirs, own.id.clone(), old.document.clone())?;
        self.steps.drop_links_forbidden_to(&value)?;
        self.put_annotation(value, &theirs.id, old.unknown.clone())?;
        let here = End::Annotation(own.id.clone());
        let wanted = self.take_links(&theirs.links, &here)?;
        self.drop_links(&own.links, &here, &wanted)
    }

    /// My record says what theirs says, and has its links to other records.
    pub(crate) fn record_becomes_theirs(
        &mut self,
        theirs: &StatedRecord,
        own: &StatedRecord,
    ) -> Taken<()> {
        let Some(old) = self.steps.now.entities().get(&own.id).cloned() else {
            return Err(CannotTake::gone(RecordId::Entity(own.id.clone())));
        };
        let book = &self.review.codebook;
        self.steps.provide_code(book, &theirs.layer, theirs.code.as_ref())?;
        let holder = Holder::Records(theirs.layer.clone());
        self.steps.provide_features(book, &holder, &theirs.features)?;
        let value = Entity {
            id: own.id.clone(),
            layer: theirs.layer.clone(),
            name: theirs.name.clone(),
            aliases: theirs.aliases.clone(),
            code: theirs.code.clone(),
            features: self.features_of(&theirs.features),
        };
        let id = RecordId::Entity(theirs.id.clone());
        let version = if theirs.id == own.id { self.version(&id) } else { None };
        let mut record = self.stating(value, version);
        (record.made, record.unknown) = (old.made.clone(), old.unknown.clone());
        self.steps.put(AnyRecord::Entity(Arc::new(record)))?;
        let here = End::Entity(own.id.clone());
        let wanted = self.take_links(&theirs.links, &here)?;
        self.drop_links(&own.links, &here, &wanted)
    }

    /// Away with those at `here` that theirs has not. One that leads elsewhere by now is another record's matter.
    fn drop_links(
        &mut self,
        own: &[StatedLink],
        here: &End,
        wanted: &BTreeSet<RelationId>,
    ) -> Taken<()> {
        for link in own.iter().filter(|link| !wanted.contains(&link.id)) {
            let now = self.steps.now.relations().get(&link.id);
            if now.is_some_and(|now| now.from == *here || now.to == *here) {
                self.steps.erase(&RecordId::Relation(link.id.clone()))?;
            }
        }
        Ok(())
    }

    /// Theirs as a further one of mine, with its links.
    pub(crate) fn add(&mut self, theirs: &Stated) -> Taken<()> {
        let pair = self.review.documents.iter().find(|pair| pair.ours == theirs.document);
        let document = pair.map(|pair| pair.theirs.clone()).ok_or(CannotTake::Lost)?;
        let had = self.mine.values().any(|mine| *mine == theirs.id);
        let id = if self.copies == Copies::Yes && !had {
            theirs.id.clone()
        } else {
            taken_annotation(&self.review.project, &theirs.id)
        };
        let value = self.value_of(theirs, id.clone(), document)?;
        self.put_annotation(value, &theirs.id, Unknown::default())?;
        self.take_links(&theirs.links, &End::Annotation(id)).map(drop)
    }

    fn put_annotation(
        &mut self,
        value: Annotation,
        theirs: &AnnotationId,
        unknown: Unknown,
    ) -> Taken<()> {
        let same = value.id == *theirs;
        let version = if same { self.version(&RecordId::Annotation(theirs.clone())) } else { None };
        let mut record = self.stating(value, version);
        record.unknown = unknown;
        if self.steps.now.annotation(&record.id).is_some() {
            record.made = None;
        }
        Ok(self.steps.put(AnyRecord::Annotation(Arc::new(record)))?)
    }

    /// What their record has seen, if it is one of mine too.
    fn version(&self, id: &RecordId) -> Option<Version> {
        let known = self.review.versions.get(id).cloned();
        known.filter(|_| self.copies == Copies::Yes)
    }

    /// A record that a statement makes: by the one who reviewed.
    fn stating<T>(&self, value: T, version: Option<Version>) -> Record<T> {
        Record {
            value,
            made: Some(self.review.made.clone()),
            revised: None,
            version: version.unwrap_or_default(),
            conflict: ThinVec::new(),
            unknown: Unknown::default(),
        }
    }

    fn value_of(
        &mut self,
        theirs: &Stated,
        id: AnnotationId,
        document: DocumentId,
    ) -> Taken<Annotation> {
        let Some(sheet) = self.steps.now.sheet(&document) else {
            return Err(CannotTake::gone(RecordId::Document(document)));
        };
        let place = place_in(sheet.document(), theirs).ok_or(CannotTake::Lost)?;
        let book = &self.review.codebook;
        self.steps.provide_code(book, &theirs.layer, theirs.code.as_ref())?;
        let holder = Holder::Annotations(theirs.layer.clone());
        self.steps.provide_features(book, &holder, &theirs.features)?;
        let entity = match &theirs.entity {
            Some((id, name)) => Some(self.entity_for(&theirs.layer, id, name)?),
            None => None,
        };
        Ok(Annotation {
            id,
            document,
            layer: theirs.layer.clone(),
            code: theirs.code.clone(),
            place: Place::Anchored(place),
            entity,
            features: self.features_of(&theirs.features),
        })
    }

    /// My record for theirs: of one id in copies, else of that name; made if there is none.
    fn entity_for(
        &mut self,
        layer: &LayerId,
        theirs: &EntityId,
        name: &SmolStr,
    ) -> Taken<EntityId> {
        if let Some(known) = self.known_entity(layer, theirs, name) {
            return Ok(known);
        }
        let here = self.steps.now.entities();
        let id = if self.copies == Copies::Yes && !here.contains_key(theirs) {
            theirs.clone()
        } else {
            taken_entity(&self.review.project, theirs)
        };
        let value = Entity {
            id: id.clone(),
            layer: layer.clone(),
            name: name.clone(),
            aliases: Vec::new(),
            code: None,
            features: Features::new(),
        };
        // Only its name is known here: it has seen nothing of what theirs says.
        let record = self.stating(value, None);
        self.steps.put(AnyRecord::Entity(Arc::new(record)))?;
        Ok(id)
    }

    fn known_entity(&self, layer: &LayerId, theirs: &EntityId, name: &str) -> Option<EntityId> {
        let here = self.steps.now.entities();
        let derived = taken_entity(&self.review.project, theirs);
        let paired = self.records.get(theirs).filter(|id| here.contains_key(*id));
        if let Some(mine) = paired {
            return Some(mine.clone());
        }
        let same_id = (self.copies == Copies::Yes).then_some(theirs);
        let by_id = same_id.into_iter().chain([&derived]);
        let mut by_id = by_id.filter(|id| here.get(*id).is_some_and(|one| one.layer == *layer));
        let named = || {
            // What is another one of theirs is not this one, whatever it is called.
            let taken: BTreeSet<&EntityId> = self.records.values().collect();
            let mut of_layer =
                here.values().filter(|one| one.layer == *layer && !taken.contains(&one.id));
            of_layer.find(|one| one.names().any(|known| known == name)).map(|one| one.id.clone())
        };
        by_id.next().cloned().or_else(named)
    }

    /// Their values; a reference only where I have the very thing.
    fn features_of(&mut self, theirs: &Features) -> Features {
        let mut all = Features::new();
        for (id, value) in theirs {
            let value = match value {
                Value::Reference(End::Annotation(end)) => {
                    let end = self.known_annotation(end).map(End::Annotation);
                    end.map(Value::Reference)
                }
                Value::Reference(End::Entity(end)) if self.records.contains_key(end) => {
                    let mine = self.records.get(end).cloned().map(End::Entity);
                    let here = mine.filter(|mine| self.steps.now.layer_of(mine).is_some());
                    here.map(Value::Reference)
                }
                Value::Reference(end) => {
                    let known =
                        self.copies == Copies::Yes && self.steps.now.layer_of(end).is_some();
                    known.then(|| value.clone())
                }
                other => Some(other.clone()),
            };
            match value {
                Some(value) => drop(all.insert(id.clone(), value)),
                None => self.incomplete = true,
            }
        }
        all
    }

    fn known_annotation(&self, theirs: &AnnotationId) -> Option<AnnotationId> {
        let here = |id: &AnnotationId| self.steps.now.annotation(id).is_some();
        let paired = self.mine.get(theirs).cloned().filter(here);
        let copied = || (self.copies == Copies::Yes).then(|| theirs.clone()).filter(here);
        let taken = || Some(taken_annotation(&self.review.project, theirs)).filter(here);
        paired.or_else(copied).or_else(taken)
    }

    /// These links of theirs at what is called `here` by me; gives all that stand, found or made.
    fn take_links(&mut self, theirs: &[StatedLink], here: &End) -> Taken<BTreeSet<RelationId>> {
        let mut wanted = BTreeSet::new();
        for link in theirs {
            let other = match &link.other {
                End::Annotation(other) => self.known_annotation(other).map(End::Annotation),
                End::Entity(other) => {
                    Some(End::Entity(self.entity_for(&link.layer, other, &link.words)?))
                }
            };
            match other {
                Some(other) => wanted.extend(self.take_link(link, here, other)?),
                None => self.incomplete = true,
            }
        }
        Ok(wanted)
    }

    fn take_link(
        &mut self,
        link: &StatedLink,
        here: &End,
        other: End,
    ) -> Taken<Option<RelationId>> {
        let (from, to) = match link.way {
            Direction::Out => (here.clone(), other),
            Direction::In => (other, here.clone()),
        };
        let book = &self.review.codebook;
        self.steps.provide(book, &CodebookPart::Link(link.kind.clone()))?;
        self.steps.provide_features(book, &Holder::Links(link.kind.clone()), &link.features)?;
        let kind = self.steps.now.codebook.relation(&link.kind);
        let swapped = kind.is_some_and(|kind| kind.symmetric) && to.as_str() < from.as_str();
        let (from, to) = if swapped { (to, from) } else { (from, to) };
        let same = |one: &&Arc<Record<Relation>>| {
            one.kind == link.kind && one.from == from && one.to == to
        };
        if let Some(standing) = self.steps.now.relations_at(&from).find(same) {
            return Ok(Some(standing.id.clone()));
        }
        let id = if self.copies == Copies::Yes {
            link.id.clone()
        } else {
            RelationId::new(derived("l", &[self.review.project.as_str(), link.id.as_str()]))
        };
        let features = self.features_of(&link.features);
        let value = Relation { id: id.clone(), kind: link.kind.clone(), from, to, features };
        let version = self.version(&RecordId::Relation(id.clone()));
        let record = self.stating(value, version);
        match self.steps.put(AnyRecord::Relation(Arc::new(record))) {
            // What is two to them may be one to me, or of another layer still.
            Err(Refusal::EndsNotAllowed { .. } | Refusal::EndsAreOne) => {
                self.incomplete = true;
                Ok(None)
            }
            other => Ok(other.map(|()| Some(id))?),
        }
    }
}

/// Where the stated words are in `document`: at their place, else at the only one that has them.
fn place_in(document: &Document, stated: &Stated) -> Option<Fragments> {
    let text = &document.text;
    let spans: Option<Vec<Span>> =
        stated.spans.iter().map(|(start, end)| span(text, *start, *end)).collect();
    if let Some(place) = spans.and_then(Fragments::exactly)
        && text.slice(place.hull()) == &*stated.quote
    {
        return Some(place);
    }
    let [(start, _)] = stated.spans.as_slice() else { return None };
    let near = text.at_code_point((*start).min(text.len_code_points()));
    let quote = Quote { words: &stated.quote, context: None, near };
    match Finder::new(text).find(&quote) {
        // Nobody confirms the place: nothing but the very words will do.
        Placement::Exact(span) | Placement::Similar(span, _) => {
            (text.slice(span) == &*stated.quote).then(|| Fragments::one(span))
        }
        Placement::Nowhere => None,
    }
}

fn span(text: &Text, start: u32, end: u32) -> Option<Span> {
    Span::between(text.at_code_point(start)?, text.at_code_point(end)?)
}

#[cfg(test)]
mod tests {
    use crate::model::sample::{annotation, decision, document};
    use crate::model::{Document, Stated};
    use crate::review::accepting::place_in;
    use crate::text::Text;

    #[test]
    fn words_are_found_in_another_version_of_the_text_or_not_at_all() {
        let stated: Stated = *decision(&annotation("a_1", "actor", 4, 12)).ours.unwrap();
        let found = |text: &str| {
            let document = Document { text: Text::new(text), ..document("d_1") };
            let place = place_in(&document, &stated)?;
            Some((place.hull().start().0, document.text.slice(place.hull()).to_owned()))
        };
        let same = document("d_1").text;
        assert_eq!(found(same.as_str()), Some((4, "minister".to_owned())));
        let longer = format!("A first sentence. {}", same.as_str());
        assert_eq!(found(&longer), Some((22, "minister".to_owned())));
        assert_eq!(found("Nobody of that kind stands in this text."), None);
        assert_eq!(found("The ministers said no."), Some((4, "minister".to_owned())));
    }
}
