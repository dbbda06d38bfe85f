//! Records that are one thing to both and that the two know otherwise: listed, and decided like annotations are.
//!
//! Names, codes and facts of a record are decided at once, with its links to other records. Which record is which is
//! `compare`; what both say of a record that only one of them has is no difference here.

use crate::model::{
    AnyRecord, Decision, DecisionEdit, Edit, End, Entity, EntityEdit, EntityId, Features, Holder,
    Project, Record, RecordId, Relation, RelationEdit, RelationId, Signature, StatedRecord,
    StatedRecords, Unknown, Value, Verdict,
};
use crate::review::decide::{CannotTake, Decided, Left, Ruling, SideBySide, put_question};
use crate::review::derived::{derived, record_decision_id};
use crate::review::difference::{Comparison, LinkDifference};
use crate::review::entity_pairs::{RecordAspect, Why};
use crate::review::settled::record_decisions_about;
use crate::review::stated::link;
use crate::review::taking::{Keeps, Taking};
use crate::review::taking_back::known;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a decision about two records has instead of a class.
pub(crate) const RECORD: &str = "record";

/// Two records that are one, and that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDifference {
    /// Ours.
    pub ours: EntityId,
    /// Theirs.
    pub theirs: EntityId,
    /// Why they are taken for one.
    pub why: Why,
    /// In what they differ, links aside.
    pub differs: Vec<RecordAspect>,
    /// Links to other records that the two have not alike. A link counts once, at its first end that both have.
    pub links: Vec<LinkDifference>,
}

/// All of them by layer and name; `ours` is the project that was compared with `theirs`.
pub fn record_differences(
    ours: &Project,
    theirs: &Project,
    comparison: &Comparison,
) -> Vec<RecordDifference> {
    let pairs = &comparison.entities;
    let mut links: BTreeMap<EntityId, Vec<LinkDifference>> = BTreeMap::new();
    for one in &comparison.record_links {
        let own = one.ours.as_ref().and_then(|id| ours.relations().get(id));
        let other = one.theirs.as_ref().and_then(|id| theirs.relations().get(id));
        let mine = own.and_then(|link| {
            let paired = |id: &&EntityId| pairs.theirs_for(id).is_some();
            records_of(link).into_iter().flatten().find(paired)
        });
        let mapped = || {
            let link = other?;
            records_of(link).into_iter().flatten().find_map(|id| pairs.ours_for(id))
        };
        if let Some(home) = mine.or_else(mapped) {
            links.entry(home.clone()).or_default().push(one.clone());
        }
    }
    let mut found = Vec::new();
    for pair in pairs.pairs() {
        // Several of theirs may be one of ours: the links count at the first.
        let links = links.remove(&pair.ours).unwrap_or_default();
        if !pair.differs.is_empty() || !links.is_empty() {
            let (ours, theirs) = (pair.ours.clone(), pair.theirs.clone());
            let (why, differs) = (pair.why, pair.differs.clone());
            found.push(RecordDifference { ours, theirs, why, differs, links });
        }
    }
    found.sort_by_cached_key(|one| {
        let entity = ours.entities().get(&one.ours);
        entity.map(|entity| (entity.layer.clone(), entity.name.clone(), one.theirs.clone()))
    });
    found
}

/// All that differ, and then those that were decided about and say the same by now: they can be decided anew.
pub fn listed_records(case: &SideBySide<'_>) -> Vec<RecordDifference> {
    let mut all = record_differences(case.ours, &case.guest.project, case.comparison);
    let decided = record_decisions_about(case);
    for pair in case.comparison.entities.pairs() {
        let (ours, theirs) = (pair.ours.clone(), pair.theirs.clone());
        let listed = all.iter().any(|one| (&one.ours, &one.theirs) == (&ours, &theirs));
        if !listed && decided.contains_key(&(ours.clone(), theirs.clone())) {
            let (why, differs, links) = (pair.why, Vec::new(), Vec::new());
            all.push(RecordDifference { ours, theirs, why, differs, links });
        }
    }
    all
}

/// The ends of a link that are records, the first first.
fn records_of(link: &Relation) -> [Option<&EntityId>; 2] {
    [&link.from, &link.to].map(|end| match end {
        End::Entity(id) => Some(id),
        End::Annotation(_) => None,
    })
}

/// Whether both ends of a link are records.
pub(crate) fn joins_records(link: &Relation) -> bool {
    records_of(link).iter().all(Option::is_some)
}

/// Decides these, as one step signed by `signature`. Places in what comes back count in `which`. "Both" is mine with
/// what only they know: their names as further names, values and links that I have not.
pub fn decide_records(
    case: &SideBySide<'_>,
    which: &[RecordDifference],
    ruling: &Ruling,
    signature: &Signature,
) -> Decided {
    let mut taking = Taking::new(case, signature);
    let (mut done, mut left) = (Vec::new(), Vec::new());
    // What leads to something that is taken later comes in the second walk.
    for walk in 0..2 {
        taking.incomplete = false;
        for (at, one) in which.iter().enumerate() {
            let did = taking.attempt(|taking| taking.record(one, ruling.verdict));
            match did {
                Ok(()) if walk == 0 => done.push(at),
                Err(why) if walk == 0 => left.push(Left { at, why }),
                _ => {}
            }
        }
        if !taking.incomplete {
            break;
        }
    }
    taking.attempt(Taking::complete_records).ok();
    let (incomplete, added) = (taking.incomplete, std::mem::take(&mut taking.steps.added));
    for one in done.iter().filter_map(|at| which.get(*at)) {
        taking.attempt(|taking| remember(taking, case, one, ruling)).ok();
    }
    let title = match done.len() {
        1 => "Decide".to_owned(),
        many => format!("Decide {many} records"),
    };
    let edit = Edit::Group { title, edits: taking.steps.edits };
    Decided { edit, done, left, added, incomplete }
}

fn remember(
    taking: &mut Taking<'_>,
    case: &SideBySide<'_>,
    one: &RecordDifference,
    ruling: &Ruling,
) -> Result<(), CannotTake> {
    let ours = case.ours.entities().get(&one.ours);
    let theirs = case.guest.project.entities().get(&one.theirs);
    let (Some(ours), Some(theirs)) = (ours, theirs) else { return Ok(()) };
    let guest = case.guest_name();
    let id = record_decision_id(&guest, &one.ours, &one.theirs);
    // What mine said before an earlier choice took theirs is what mine said.
    let earlier = case.ours.decisions().get(&id);
    let earlier = earlier.filter(|earlier| took_theirs(earlier.verdict));
    let stood =
        earlier.and_then(|earlier| earlier.records.as_deref()).map(|both| both.ours.clone());
    let decision = Decision {
        id: id.clone(),
        guest,
        class: SmolStr::new_static(RECORD),
        ours: None,
        theirs: None,
        records: Some(Box::new(StatedRecords {
            ours: stood.unwrap_or_else(|| stated_record(case.ours, ours)),
            theirs: stated_record(&case.guest.project, theirs),
        })),
        verdict: ruling.verdict,
        remark: ruling.remark.clone(),
        answer: None,
    };
    let theirs = |one: &Decision| one.records.as_ref().map(|both| both.theirs.clone());
    let stands = taking.steps.now.decisions().get(&decision.id).is_some_and(|old| {
        old.verdict == decision.verdict
            && old.remark == decision.remark
            && theirs(old) == theirs(&decision)
    });
    if !stands {
        taking.steps.run(Edit::Decision(DecisionEdit::Decide(decision)))?;
    }
    put_question(&mut taking.steps, &id, ruling)
}

/// What a record of `project` says, with its links to other records.
pub(crate) fn stated_record(project: &Project, record: &Record<Entity>) -> StatedRecord {
    let end = End::Entity(record.id.clone());
    let links = project.relations_at(&end).filter(|link| joins_records(link));
    StatedRecord {
        id: record.id.clone(),
        layer: record.layer.clone(),
        name: record.name.clone(),
        aliases: record.aliases.clone(),
        code: record.code.clone(),
        features: record.features.clone(),
        links: links.map(|one| link(project, one, &end)).collect(),
        by: record.made.as_ref().map(|made| made.by().clone()),
        unknown: Unknown::default(),
    }
}

impl Taking<'_> {
    /// What a verdict does to a record of mine.
    fn record(&mut self, one: &RecordDifference, verdict: Verdict) -> Result<(), CannotTake> {
        let id = record_decision_id(&self.case.guest_name(), &one.ours, &one.theirs);
        let earlier = self.case.ours.decisions().get(&id).cloned();
        let earlier = earlier.filter(|earlier| took_theirs(earlier.verdict));
        if let Some(earlier) = earlier
            && earlier.verdict != verdict
            && verdict != Verdict::Edited
        {
            self.record_as_before(one)?;
            self.record_as_decided(one, &earlier)?;
        }
        match verdict {
            Verdict::Theirs => self.record_becomes_theirs(one)?,
            Verdict::Both => self.record_gets_theirs_too(one)?,
            Verdict::Mine | Verdict::Neither | Verdict::Ask | Verdict::Edited => {}
        }
        if verdict == Verdict::Ask {
            return Ok(());
        }
        let mut ids: Vec<RecordId> = one
            .links
            .iter()
            .flat_map(|link| link.ours.iter().chain(&link.theirs))
            .cloned()
            .map(RecordId::Relation)
            .collect();
        if one.ours == one.theirs {
            ids.push(RecordId::Entity(one.ours.clone()));
        }
        self.weigh(ids)
    }

    /// My record and its links as they were when the review began: an earlier choice has changed them.
    fn record_as_before(&mut self, one: &RecordDifference) -> Result<(), CannotTake> {
        let Some(before) = self.case.before else { return Ok(()) };
        let origin = &self.case.guest.project.id;
        for theirs in one.links.iter().filter_map(|link| link.theirs.as_ref()) {
            let taken = RelationId::new(derived("l", &[origin.as_str(), theirs.as_str()]));
            for id in
                [theirs, &taken].into_iter().filter(|id| !before.relations().contains_key(*id))
            {
                self.steps.erase(&RecordId::Relation(id.clone()))?;
            }
        }
        let now = self.steps.now.entities().get(&one.ours).map(|now| now.value.clone());
        let then = before.entities().get(&one.ours).map(|then| then.value.clone());
        if let (Some(now), Some(then)) = (now, then)
            && now != then
        {
            self.steps.run(Edit::Entity(EntityEdit::Revise(then)))?;
        }
        for ours in one.links.iter().filter_map(|link| link.ours.as_ref()) {
            let Some(then) = before.relations().get(ours) else { continue };
            let now = self.steps.now.relations().get(ours).map(|now| now.value.clone());
            if now.as_ref() != Some(&then.value) {
                let value = then.value.clone();
                self.steps.run(Edit::Relation(match now {
                    Some(_) => RelationEdit::Revise(value),
                    None => RelationEdit::Relate(value),
                }))?;
            }
        }
        Ok(())
    }

    /// On another day my record when the review began is what was taken: what it said before is in the decision.
    fn record_as_decided(
        &mut self,
        one: &RecordDifference,
        earlier: &Decision,
    ) -> Result<(), CannotTake> {
        let Some(both) = earlier.records.as_deref() else { return Ok(()) };
        let of = |project: &Project| {
            project.entities().get(&one.ours).map(|record| record.value.clone())
        };
        let (Some(now), then) = (of(&self.steps.now), self.case.before.and_then(of)) else {
            return Ok(());
        };
        let taken = |entity: &Entity| of(self.case.ours).as_ref() == Some(entity);
        if then.as_ref().is_some_and(|then| !taken(then)) {
            return Ok(());
        }
        let StatedRecord { layer, name, aliases, code, features, .. } = both.ours.clone();
        let value = Entity {
            layer,
            name,
            aliases,
            code,
            features: known(&self.steps.now, &features),
            ..now.clone()
        };
        if value != now {
            self.steps.run(Edit::Entity(EntityEdit::Revise(value)))?;
        }
        let (origin, here) = (&self.case.guest.project.id, End::Entity(one.ours.clone()));
        let mine: BTreeSet<&RelationId> = both.ours.links.iter().map(|link| &link.id).collect();
        for theirs in &both.theirs.links {
            let taken = RelationId::new(derived("l", &[origin.as_str(), theirs.id.as_str()]));
            for id in [&theirs.id, &taken].into_iter().filter(|id| !mine.contains(id)) {
                let link = self.steps.now.relations().get(id);
                let came =
                    |link: &Relation| joins_records(link) && (link.from == here || link.to == here);
                if !link.is_some_and(|link| came(link)) {
                    continue;
                }
                self.steps.erase(&RecordId::Relation(id.clone()))?;
            }
        }
        for link in &both.ours.links {
            let back = self.link_at(here.clone(), link);
            if self.steps.now.layer_of(&link.other).is_some() {
                self.steps.put(back)?;
            }
        }
        Ok(())
    }

    fn both_records(&self, one: &RecordDifference) -> Result<[Arc<Record<Entity>>; 2], CannotTake> {
        let gone = |id: &EntityId| CannotTake::gone(RecordId::Entity(id.clone()));
        let ours = self.steps.now.entities().get(&one.ours).cloned();
        let theirs = self.their_entity(&one.theirs);
        Ok([ours.ok_or_else(|| gone(&one.ours))?, theirs.ok_or_else(|| gone(&one.theirs))?])
    }

    fn record_becomes_theirs(&mut self, one: &RecordDifference) -> Result<(), CannotTake> {
        let [ours, theirs] = self.both_records(one)?;
        let keeps = Keeps::of(one.ours == one.theirs);
        self.provide_code(&theirs.layer, theirs.code.as_ref())?;
        self.provide_features(&Holder::Records(theirs.layer.clone()), &theirs.features)?;
        let features = self.features_of(&theirs.features)?;
        let value = Entity { id: one.ours.clone(), features, ..theirs.value.clone() };
        let mut brought = self.brought(value, &theirs, keeps);
        if !(self.are_copies() && keeps == Keeps::Id) {
            // The record was mine, and so is what came with it from newer programs.
            (brought.made, brought.unknown) = (ours.made.clone(), ours.unknown.clone());
        }
        self.steps.put(AnyRecord::Entity(Arc::new(brought)))?;
        for link in &one.links {
            match (&link.ours, &link.theirs) {
                (Some(ours), None) => self.steps.erase(&RecordId::Relation(ours.clone()))?,
                (ours, Some(theirs)) => self.take_link(theirs, ours.as_ref(), None)?,
                (None, None) => {}
            }
        }
        Ok(())
    }

    fn record_gets_theirs_too(&mut self, one: &RecordDifference) -> Result<(), CannotTake> {
        let [ours, theirs] = self.both_records(one)?;
        if ours.layer != theirs.layer {
            return Err(CannotTake::Refused(crate::model::Refusal::LayerIsFixed));
        }
        let code = ours.code.as_ref().or(theirs.code.as_ref()).cloned();
        self.provide_code(&ours.layer, code.as_ref())?;
        let theirs_more = more(&ours.features, &theirs.features);
        self.provide_features(&Holder::Records(ours.layer.clone()), &theirs_more)?;
        let mut features = ours.features.clone();
        for (id, value) in &self.features_of(&theirs_more)? {
            features.insert(id.clone(), value.clone());
        }
        let mut aliases = ours.aliases.clone();
        for name in theirs.names() {
            if *name != ours.name && !aliases.contains(name) {
                aliases.push(name.clone());
            }
        }
        let value = Entity { aliases, code, features, ..ours.value.clone() };
        if value != ours.value {
            self.steps.run(Edit::Entity(EntityEdit::Revise(value)))?;
        }
        let only_theirs = one.links.iter().filter(|link| link.ours.is_none());
        let only_theirs: Vec<RelationId> =
            only_theirs.filter_map(|link| link.theirs.clone()).collect();
        only_theirs.iter().try_for_each(|link| self.take_link(link, None, None))
    }
}

/// Whether it changed my record.
fn took_theirs(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Theirs | Verdict::Both)
}

/// What they know more: values that I have not, and lists with what is in both.
fn more(ours: &Features, theirs: &Features) -> Features {
    let mut more = Features::new();
    for (id, value) in theirs {
        match (ours.get(id), value) {
            (None, value) => drop(more.insert(id.clone(), value.clone())),
            (Some(Value::Several(mine)), Value::Several(others)) => {
                let mut all = mine.clone();
                all.extend(others.iter().filter(|one| !mine.contains(one)).cloned());
                if all != *mine {
                    more.insert(id.clone(), Value::Several(all));
                }
            }
            (Some(_), _) => {}
        }
    }
    more
}
