//! From a choice on a difference to an edit: what is kept, taken, erased or asked, and the decision that says so.
//!
//! Every edit is tried before it is handed out, so what cannot be is known beforehand, with the reason. Many differences
//! are decided as if one after the other, and are one step. Nothing here changes the guest or knows a window.
//! How records are carried over is in `taking`.

use crate::model::{
    AnnotationId, CodeId, CodebookEdit, Comment, Decision, DecisionEdit, DecisionId, Edit, End,
    EntityId, FeatureId, GuestName, LayerId, Project, Record, RecordId, Refusal, Relation,
    RelationId, RelationKindId, RemarkEdit, Signature, Stated, StatedLink, Value, Verdict,
};
use crate::review::derived::{decision_id, question_id, taken_annotation, taken_entity};
use crate::review::difference::{Class, Comparison, Difference};
use crate::review::guest::Guest;
use crate::review::settled::{Ledger, Settled};
use crate::review::stated::stated;
use crate::review::steps::Steps;
use crate::review::taking::Taking;
use crate::review::taking_back::is_to_be_taken_back;
use crate::review::watch::{Watch, unwatched};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// My project, a guest laid over it, and what comparing the two came to.
#[derive(Clone, Debug)]
pub struct SideBySide<'a> {
    /// Mine as it is now; it may have gone on since the comparison.
    pub ours: &'a Project,
    /// The guest.
    pub guest: &'a Guest,
    /// How they differ.
    pub comparison: &'a Comparison,
    /// Mine as it was when the review began, where that is known: what was decided away comes from there.
    pub(crate) before: Option<&'a Project>,
    /// What is decided already, where that is known.
    settled: Option<&'a Settled>,
}

/// What a person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// For whom.
    pub verdict: Verdict,
    /// Why, or what is asked; may be empty.
    pub remark: SmolStr,
}

impl Ruling {
    /// A decision without a word.
    pub fn plain(verdict: Verdict) -> Self {
        Self { verdict, remark: SmolStr::default() }
    }
}

/// What deciding some differences comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The step; a group without edits if all of it stands so already.
    pub edit: Edit,
    /// Places in the comparison of the differences that are decided by it.
    pub done: Vec<usize>,
    /// Those that cannot be decided so, and why. Nothing happens to them.
    pub left: Vec<Left>,
    /// What my codebook gets by it: parts of theirs that what is taken cannot do without.
    pub added: Vec<CodebookEdit>,
    /// Whether a link or a reference of theirs stays behind, because what it leads to was not taken.
    pub incomplete: bool,
}

impl Decided {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        matches!(&self.edit, Edit::Group { edits, .. } if edits.is_empty())
    }
}

/// A difference that cannot be decided so.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// Its place in the comparison.
    pub at: usize,
    /// Why.
    pub why: CannotTake,
}

/// Why something of a colleague's cannot be taken, and what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CannotTake {
    /// Their words are not in my text.
    #[error(
        "their words are not in your text: tag what you mean by hand and decide “edited”, or keep yours"
    )]
    Lost,
    /// My codebook has no such layer.
    #[error(
        "your codebook has no layer “{0}”: keep yours, ask, or add the layer to your codebook first"
    )]
    NoLayer(LayerId),
    /// My codebook has no such code.
    #[error(
        "your codebook has no code “{code}” in the layer “{layer}”: keep yours, ask, or add the code to your codebook first"
    )]
    NoCode {
        /// The layer.
        layer: LayerId,
        /// The code.
        code: CodeId,
    },
    /// My codebook has no such feature.
    #[error(
        "your codebook has no feature “{0}”: keep yours, ask, or add it to your codebook first"
    )]
    NoFeature(FeatureId),
    /// My codebook has other values for it.
    #[error(
        "your codebook defines the feature “{0}” otherwise and does not allow their value: keep yours, or ask"
    )]
    OtherFeature(FeatureId),
    /// My codebook has no such link.
    #[error("your codebook has no link “{0}”: keep yours, ask, or add it to your codebook first")]
    NoLink(RelationKindId),
    /// What I had is no longer known.
    #[error(
        "what you had there is no longer known: undo brings it back, or tag it by hand and decide “edited”"
    )]
    Forgotten,
    /// It cannot stand in my project.
    #[error("it cannot stand in your project: {0}")]
    Refused(Refusal),
}

impl CannotTake {
    pub(crate) fn gone(id: RecordId) -> Self {
        Self::Refused(Refusal::Missing(id))
    }
}

impl From<Refusal> for CannotTake {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownLayer(layer) => Self::NoLayer(layer),
            Refusal::UnknownCode { layer, code } => Self::NoCode { layer, code },
            Refusal::UnknownFeature(feature) => Self::NoFeature(feature),
            Refusal::ValueNotAllowed(feature) => Self::OtherFeature(feature),
            Refusal::UnknownRelation(kind) => Self::NoLink(kind),
            other => Self::Refused(other),
        }
    }
}

impl<'a> SideBySide<'a> {
    /// The two beside each other.
    pub fn new(ours: &'a Project, guest: &'a Guest, comparison: &'a Comparison) -> Self {
        Self { ours, guest, comparison, before: None, settled: None }
    }

    /// The same, with mine as it was when the review began: deciding anew brings back what was there then.
    #[must_use]
    pub fn since(self, before: &'a Project) -> Self {
        Self { before: Some(before), ..self }
    }

    /// The same, where somebody keeps what is decided: so it has not to be looked for among all decisions. What does
    /// not know the last of them is no help, and no harm.
    #[must_use]
    pub fn knowing(self, settled: Option<&'a Settled>) -> Self {
        Self { settled, ..self }
    }

    /// What their annotation is called here if it is taken beside mine.
    pub fn called_here(&self, theirs: &AnnotationId) -> AnnotationId {
        if self.ours.id == self.guest.project.id && !self.had(theirs) {
            theirs.clone()
        } else {
            taken_annotation(&self.guest.project.id, theirs)
        }
    }

    /// My annotation that was compared with theirs.
    pub(crate) fn ours_for(&self, theirs: &AnnotationId) -> Option<&'a AnnotationId> {
        let Comparison { differences, by_id, .. } = self.comparison;
        by_id.of_theirs(differences, theirs)?.ours.as_ref()
    }

    /// Whether I had an annotation of that id when the two were compared.
    pub(crate) fn had(&self, id: &AnnotationId) -> bool {
        let Comparison { differences, by_id, .. } = self.comparison;
        by_id.of_ours(differences, id).is_some()
    }

    /// Whether their record is here, or was when the two were compared.
    pub fn has_record(&self, theirs: &EntityId) -> bool {
        let here = self.ours.entities();
        let copied = self.ours.id == self.guest.project.id && here.contains_key(theirs);
        let taken = || here.contains_key(&taken_entity(&self.guest.project.id, theirs));
        self.comparison.entities.ours_for(theirs).is_some() || copied || taken()
    }

    /// Whether I had their link too when the two were compared.
    pub(crate) fn both_have(&self, theirs: &Relation) -> bool {
        let paired = |end: &End| match end {
            End::Annotation(id) => self.ours_for(id).is_some(),
            End::Entity(id) => self.comparison.entities.ours_for(id).is_some(),
        };
        paired(&theirs.from) && paired(&theirs.to) && !self.comparison.by_id.has_link(&theirs.id)
    }

    /// What the guest is called in decisions.
    pub fn guest_name(&self) -> GuestName {
        GuestName { project: self.guest.project.id.clone(), name: self.guest.name.clone() }
    }

    /// What my annotation says now.
    pub(crate) fn our_statement(&self, id: &AnnotationId) -> Option<Stated> {
        statement(self.ours, id)
    }

    /// What their annotation says now.
    pub(crate) fn their_statement(&self, id: &AnnotationId) -> Option<Stated> {
        let record = self.guest.project.annotation(id)?;
        let paired = self.guest.document(&record.document).and_then(|pair| pair.ours.as_ref());
        let sheet = paired.and_then(|ours| self.ours.sheet(ours));
        let standing = self.guest.place(id);
        let here = standing.as_ref().zip(sheet);
        let here = here.map(|(standing, sheet)| (&sheet.document().text, &standing.fragments));
        Some(stated(&self.guest.project, record, here))
    }

    /// The differences at these places of the comparison.
    fn differences(&self, which: &[usize]) -> Vec<(usize, &Difference)> {
        let all = &self.comparison.differences;
        which.iter().filter_map(|at| Some((*at, all.get(*at)?))).collect()
    }
}

/// What an annotation of mine says in `project`.
fn statement(project: &Project, id: &AnnotationId) -> Option<Stated> {
    let (record, sheet) = (project.annotation(id)?, project.home_of(id)?);
    let here = (&sheet.document().text, record.place.fragments());
    Some(stated(project, record, (!record.place.is_orphan()).then_some(here)))
}

/// Decides the differences at the places `which` of the comparison, as one step signed by `signature`.
pub fn decide(
    case: &SideBySide<'_>,
    which: &[usize],
    ruling: &Ruling,
    signature: &Signature,
) -> Decided {
    let Ok(decided) = decide_watched(case, which, ruling, signature, &unwatched());
    decided
}

/// About the shares of the work that are done when all was carried out once, and then what leads to what came later.
const CARRIED_OUT: [f32; 2] = [0.5, 0.8];

/// The same for many differences, while somebody looks on: who stops it gets nothing.
pub fn decide_watched<S>(
    case: &SideBySide<'_>,
    which: &[usize],
    ruling: &Ruling,
    signature: &Signature,
    watch: &Watch<'_, S>,
) -> Result<Decided, S> {
    let [once, twice] = CARRIED_OUT;
    let (first, second) = (watch.part(0.0, once), watch.part(once, twice));
    let last = watch.part(twice, 1.0);
    let mut taking = Taking::new(case, signature);
    let (mut done, mut left) = (Vec::new(), Vec::new());
    let chosen = case.differences(which);
    let known = case.settled.and_then(|settled| settled.ledger(case));
    let looked_up = if known.is_some() { Ledger::default() } else { Ledger::of(case) };
    let ledger = known.unwrap_or(&looked_up);
    for (number, (at, difference)) in chosen.iter().enumerate() {
        first.at(number, chosen.len())?;
        let mut chosen =
            Chosen { difference, earlier: ledger.decision_about(difference), mine: None };
        match taking.attempt(|taking| chosen.carry_out(taking, (case, ledger), ruling.verdict)) {
            Ok(()) => done.push((*at, chosen)),
            Err(why) => left.push(Left { at: *at, why }),
        }
    }
    if taking.incomplete {
        // What leads to something that came later comes now; it has been possible before.
        taking.incomplete = false;
        for (number, (_, chosen)) in done.iter().enumerate() {
            second.at(number, done.len())?;
            taking.attempt(|taking| carry_out(taking, chosen.difference, ruling.verdict)).ok();
        }
    }
    taking.attempt(Taking::complete_records).ok();
    let (incomplete, added) = (taking.incomplete, std::mem::take(&mut taking.steps.added));
    for (number, (_, chosen)) in done.iter().enumerate() {
        last.at(number, done.len())?;
        taking.attempt(|taking| record(taking, case, chosen, ruling)).ok();
    }
    let title = match done.len() {
        1 => "Decide".to_owned(),
        many => format!("Decide {many} differences"),
    };
    let done = done.into_iter().map(|(at, _)| at).collect();
    watch.done()?;
    Ok(Decided {
        edit: Edit::Group { title, edits: taking.steps.edits },
        done,
        left,
        added,
        incomplete,
    })
}

/// A difference about which something is decided.
struct Chosen<'a> {
    difference: &'a Difference,
    /// What was decided about it before.
    earlier: Option<&'a Arc<Record<Decision>>>,
    /// What mine says that is decided about.
    mine: Option<Box<Stated>>,
}

impl Chosen<'_> {
    /// My annotation, which may have been decided away before the two were compared. What was taken from them and
    /// edited is not what I had.
    fn ours(&self) -> Option<&AnnotationId> {
        let earlier = self.earlier.filter(|earlier| earlier.verdict != Verdict::Edited);
        let earlier = || Some(&earlier?.ours.as_ref()?.id);
        self.difference.ours.as_ref().or_else(earlier)
    }

    fn carry_out(
        &mut self,
        taking: &mut Taking<'_>,
        (case, ledger): (&SideBySide<'_>, &Ledger),
        verdict: Verdict,
    ) -> Result<(), CannotTake> {
        let stood = self.earlier.and_then(|earlier| earlier.ours.clone());
        let say = |project: &Project, id: &AnnotationId| statement(project, id).map(Box::new);
        self.mine = match self.earlier {
            Some(earlier) if is_to_be_taken_back(self.difference, earlier, verdict) => {
                taking.take_back(self.difference, earlier, self.ours(), ledger)?;
                let mine = self.ours();
                let stood = stood.filter(|_| mine.is_some());
                let now = mine.and_then(|id| say(&taking.steps.now, id));
                let project = &taking.steps.now;
                // A link that does not fit what an end became waits until that is mine again.
                let is_away = |id: &AnnotationId| ledger.is_away(project, id) || ledger.gave_up(id);
                now.map(|now| with_what_waits(now, stood.as_deref(), &is_away)).or(stood)
            }
            // Mine says by now what was decided.
            Some(earlier) if earlier.verdict == verdict && verdict != Verdict::Edited => stood,
            // What was taken from them and then edited is mine.
            _ if verdict == Verdict::Edited && self.difference.ours.is_none() => {
                let theirs = self.difference.theirs.as_ref();
                theirs.and_then(|theirs| say(case.ours, &case.called_here(theirs)))
            }
            _ => self.difference.ours.as_ref().and_then(|id| {
                let then = case.before.and_then(|before| say(before, id));
                let is_away = |id: &AnnotationId| ledger.is_away(case.ours, id);
                Some(with_what_waits(say(case.ours, id)?, then.as_deref(), &is_away))
            }),
        };
        carry_out(taking, self.difference, verdict)
    }
}

/// What mine says `now`, with the links and references that it had and that wait for what `is_away`.
fn with_what_waits(
    mut now: Box<Stated>,
    then: Option<&Stated>,
    is_away: &dyn Fn(&AnnotationId) -> bool,
) -> Box<Stated> {
    let Some(then) = then else { return now };
    let is_away = |end: &End| match end {
        End::Annotation(id) => is_away(id),
        End::Entity(_) => false,
    };
    let stated: BTreeSet<&RelationId> = now.links.iter().map(|link| &link.id).collect();
    let waiting = then.links.iter().filter(|link| is_away(&link.other));
    let waiting = waiting.filter(|link| !stated.contains(&link.id)).cloned();
    let waiting: Vec<StatedLink> = waiting.collect();
    now.links.extend(waiting);
    for (name, value) in &then.features {
        let waits = matches!(value, Value::Reference(end) if is_away(end));
        if waits && !now.features.contains_key(name) {
            now.features.insert(name.clone(), value.clone());
        }
    }
    now
}

/// What a verdict does to the project itself.
pub(crate) fn carry_out(
    taking: &mut Taking<'_>,
    difference: &Difference,
    verdict: Verdict,
) -> Result<(), CannotTake> {
    let erase = |taking: &mut Taking<'_>, id: &AnnotationId| {
        taking.steps.erase(&RecordId::Annotation(id.clone()))
    };
    let links = &difference.links;
    match (verdict, &difference.ours, &difference.theirs) {
        (Verdict::Theirs | Verdict::Both, Some(_), Some(_)) if difference.class == Class::Same => {}
        (Verdict::Theirs, Some(ours), Some(theirs)) => taking.become_theirs(ours, theirs, links)?,
        (Verdict::Theirs | Verdict::Both, None, Some(theirs))
        | (Verdict::Both, Some(_), Some(theirs)) => taking.add_theirs(theirs)?,
        (Verdict::Theirs | Verdict::Neither, Some(ours), None)
        | (Verdict::Neither, Some(ours), Some(_)) => erase(taking, ours)?,
        (Verdict::Mine | Verdict::Edited | Verdict::Ask, ..)
        | (Verdict::Both, Some(_), None)
        | (Verdict::Theirs | Verdict::Both | Verdict::Neither, None, _) => {}
    }
    match verdict {
        Verdict::Ask => Ok(()),
        _ => taking.settle(difference.ours.as_ref(), difference.theirs.as_ref(), links),
    }
}

/// Puts the decision itself, and the question that it asks.
fn record(
    taking: &mut Taking<'_>,
    case: &SideBySide<'_>,
    chosen: &Chosen<'_>,
    ruling: &Ruling,
) -> Result<(), CannotTake> {
    let decision = decision(case, chosen, ruling);
    if decision.ours.is_none() && decision.theirs.is_none() {
        // Both have gone since the two were compared: there is nothing to speak of.
        return Ok(());
    }
    let id = decision.id.clone();
    let stands = taking.steps.now.decisions().get(&id).is_some_and(|old| {
        old.verdict == decision.verdict
            && old.remark == decision.remark
            && old.theirs == decision.theirs
    });
    if !stands {
        taking.steps.run(Edit::Decision(DecisionEdit::Decide(decision)))?;
    }
    put_question(&mut taking.steps, &id, ruling)
}

/// The question that a decision asks, as a thread about it.
pub(crate) fn put_question(
    steps: &mut Steps<'_>,
    about: &DecisionId,
    ruling: &Ruling,
) -> Result<(), CannotTake> {
    let asks = ruling.verdict == Verdict::Ask && !ruling.remark.trim().is_empty();
    let question = question_id(about);
    let asked = steps.now.comments().get(&question).is_some_and(|old| old.text == ruling.remark);
    if asks && !asked {
        steps.run(Edit::Remark(RemarkEdit::Comment(Comment {
            target: RecordId::Decision(about.clone()),
            thread: question.clone(),
            id: question,
            text: ruling.remark.clone(),
            resolved: false,
        })))?;
    }
    Ok(())
}

fn decision(case: &SideBySide<'_>, chosen: &Chosen<'_>, ruling: &Ruling) -> Decision {
    let (guest, difference) = (case.guest_name(), chosen.difference);
    // Decided anew on another day, it is the same decision.
    let about = chosen.earlier.filter(|earlier| {
        earlier.theirs.as_ref().map(|one| &one.id) == difference.theirs.as_ref()
            && earlier.ours.as_ref().map(|one| &one.id) == chosen.ours()
    });
    let id = about.map(|earlier| earlier.id.clone());
    let theirs = difference.theirs.as_ref().and_then(|id| case.their_statement(id)).map(Box::new);
    Decision {
        id: id.unwrap_or_else(|| {
            decision_id(&guest, difference.ours.as_ref(), difference.theirs.as_ref())
        }),
        guest,
        class: about.map_or_else(|| difference.class.as_str().into(), |one| one.class.clone()),
        ours: chosen.mine.clone(),
        theirs,
        records: None,
        verdict: ruling.verdict,
        remark: ruling.remark.clone(),
        answer: None,
    }
}
