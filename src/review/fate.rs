//! What became of my work: a review read on the author's side, decision by decision, and my answers to it.
//!
//! In a decision "ours" are the words of the one who reviewed and "theirs" are mine. Accepting takes their version into
//! my project; a dispute leaves it as it is. Either is an edit that can be undone; the review itself never changes.

use crate::model::{
    Answer, AnyRecord, CodebookEdit, Comment, Decision, Direction, Edit, Project, ProjectId,
    Record, RecordId, RelationKindId, Reviewed, Signature, Stated, StatedLink, StatedRecord,
    TakeEdit, Verdict,
};
use crate::review::accepting::Accepting;
use crate::review::decide::CannotTake;
use crate::review::difference::Aspect;
use crate::review::steps::Steps;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What became of one annotation, or of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// The decision, with what both had said, and the remark.
    pub decision: Arc<Record<Decision>>,
    /// My annotation or record, if it still stands.
    pub mine: Option<RecordId>,
    /// What became of it.
    pub outcome: Outcome,
    /// In what their annotation differs from mine, the heaviest first.
    pub changes: Vec<Aspect>,
    /// What was said of it, the oldest thread first.
    pub comments: Vec<Arc<Record<Comment>>>,
    /// What I have said to it.
    pub answer: Option<Answer>,
}

/// What became of an annotation or record of mine in the project of the one who reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It stands there as I made it.
    Kept,
    /// Theirs stands, which differs from mine.
    Changed,
    /// Mine stands there, and theirs beside it.
    Joined,
    /// It does not stand there.
    Rejected,
    /// I am asked about it.
    Asked,
    /// They have something that I do not have.
    Added,
    /// They had something that I do not have, and gave it up.
    Withdrawn,
}

/// Why a review cannot be answered here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this review is about another project ({theirs}, not {ours}); open the project that “{name}” was made from"
)]
pub struct OtherWork {
    ours: ProjectId,
    theirs: ProjectId,
    name: SmolStr,
}

/// What I say to decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Their version becomes mine.
    Accept,
    /// Mine stays, and why.
    Dispute(SmolStr),
    /// I have said nothing.
    Nothing,
}

/// What answering comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The step.
    pub edit: Edit,
    /// How many decisions are answered by it.
    pub done: usize,
    /// Those that cannot be accepted, counted from 0 in the list that was given, and why.
    pub left: Vec<(usize, CannotTake)>,
    /// What my codebook gets by it: parts of theirs that what is accepted cannot do without.
    pub added: Vec<CodebookEdit>,
    /// Whether a link of theirs stays behind because I do not have its other end.
    pub incomplete: bool,
}

/// What became of my work, in the order of the review.
pub fn fates(mine: &Project, review: &Reviewed) -> Result<Vec<Fate>, OtherWork> {
    if review.guest.project != mine.id {
        let (ours, theirs) = (mine.id.clone(), review.guest.project.clone());
        return Err(OtherWork { ours, theirs, name: review.guest.name.clone() });
    }
    Ok(review.decisions.iter().map(|decision| fate(mine, review, decision)).collect())
}

fn fate(mine: &Project, review: &Reviewed, decision: &Arc<Record<Decision>>) -> Fate {
    let (theirs, own) = (decision.ours.as_deref(), decision.theirs.as_deref());
    let changes = match (theirs, own) {
        (Some(theirs), Some(own)) => changes(theirs, own),
        _ => Vec::new(),
    };
    let outcome = match (decision.verdict, own.is_some(), theirs.is_some()) {
        (Verdict::Ask, ..) => Outcome::Asked,
        _ if decision.records.is_some() => outcome_of_records(decision),
        (Verdict::Theirs, true, _) | (Verdict::Both, true, false) => Outcome::Kept,
        (Verdict::Both, true, true) => Outcome::Joined,
        (Verdict::Mine | Verdict::Edited, true, true) if changes.is_empty() => Outcome::Kept,
        (Verdict::Mine | Verdict::Edited, true, true) => Outcome::Changed,
        (Verdict::Neither, true, _) | (Verdict::Mine | Verdict::Edited, true, false) => {
            Outcome::Rejected
        }
        (Verdict::Mine | Verdict::Edited | Verdict::Both, false, _) => Outcome::Added,
        (Verdict::Theirs | Verdict::Neither, false, _) => Outcome::Withdrawn,
    };
    let records = decision.records.as_deref();
    let record = records.map(|both| RecordId::Entity(both.theirs.id.clone()));
    let about: BTreeSet<RecordId> = theirs
        .into_iter()
        .chain(own)
        .map(|stated| RecordId::Annotation(stated.id.clone()))
        .chain(records.map(|both| RecordId::Entity(both.ours.id.clone())))
        .chain([RecordId::Decision(decision.id.clone())])
        .collect();
    let comments = review.comments.iter().filter(|comment| about.contains(&comment.target));
    let annotation = own.map(|stated| RecordId::Annotation(stated.id.clone()));
    let standing = annotation.or(record).filter(|id| mine.has(id));
    let known = mine.decisions().get(&decision.id).unwrap_or(decision);
    Fate {
        decision: Arc::clone(decision),
        mine: standing,
        outcome,
        changes,
        comments: comments.cloned().collect(),
        answer: known.answer.clone(),
    }
}

/// What became of a record that both have: it is one, and what they say of it by now is theirs.
fn outcome_of_records(decision: &Decision) -> Outcome {
    let differ =
        decision.records.as_deref().is_some_and(|both| says(&both.ours) != says(&both.theirs));
    match decision.verdict {
        Verdict::Theirs => Outcome::Kept,
        _ if differ => Outcome::Changed,
        _ => Outcome::Kept,
    }
}

/// What a record says, in whatever order. Ends of links are compared by their words: ids are those of one side.
fn says(record: &StatedRecord) -> impl PartialEq {
    let aliases: BTreeSet<SmolStr> = record.aliases.iter().cloned().collect();
    let links = links(&record.links);
    let StatedRecord { layer, name, code, features, .. } = record.clone();
    (layer, name, aliases, code, features, links)
}

fn links(stated: &[StatedLink]) -> BTreeSet<(RelationKindId, Direction, SmolStr)> {
    stated.iter().map(|link| (link.kind.clone(), link.way, link.words.clone())).collect()
}

/// In what one says otherwise than the other.
fn changes(theirs: &Stated, own: &Stated) -> Vec<Aspect> {
    let named = |stated: &Stated| stated.entity.as_ref().map(|(_, name)| name.clone());
    let placed = !theirs.spans.is_empty() && !own.spans.is_empty();
    let moved = if placed { theirs.spans != own.spans } else { theirs.quote != own.quote };
    let aspects = [
        (moved, Aspect::Boundary),
        ((&theirs.layer, &theirs.code) != (&own.layer, &own.code), Aspect::Code),
        (named(theirs) != named(own), Aspect::Entity),
        (theirs.features != own.features, Aspect::Features),
        (links(&theirs.links) != links(&own.links), Aspect::Links),
    ];
    aspects.into_iter().filter(|(differs, _)| *differs).map(|(_, aspect)| aspect).collect()
}

/// Answers these decisions, as one step signed by `signature`.
pub fn answer(
    mine: &Project,
    review: &Reviewed,
    fates: &[&Fate],
    reply: &Reply,
    signature: &Signature,
) -> Answered {
    let mut accepting = Accepting::new(mine, review, signature);
    let (mut done, mut left) = (0, Vec::new());
    for (at, fate) in fates.iter().enumerate() {
        match accepting.attempt(|accepting| answer_one(accepting, fate, reply)) {
            Ok(()) => done += 1,
            Err(why) => left.push((at, why)),
        }
    }
    if accepting.incomplete {
        // What leads to something that came later comes now; all of it has been possible before.
        accepting.incomplete = false;
        for fate in fates {
            accepting.attempt(|accepting| carry_out(accepting, fate, reply)).ok();
        }
    }
    let title = match done {
        1 => "Answer".to_owned(),
        many => format!("Answer {many} decisions"),
    };
    let incomplete = accepting.incomplete;
    let Steps { edits, added, .. } = accepting.steps;
    Answered { edit: Edit::Group { title, edits }, done, left, added, incomplete }
}

fn carry_out(accepting: &mut Accepting<'_>, fate: &Fate, reply: &Reply) -> Result<(), CannotTake> {
    if *reply != Reply::Accept {
        return Ok(());
    }
    if let Some(both) = fate.decision.records.as_deref() {
        return match fate.outcome {
            Outcome::Changed => accepting.record_becomes_theirs(&both.ours, &both.theirs),
            _ => Ok(()),
        };
    }
    match (fate.outcome, &fate.decision.ours, &fate.decision.theirs) {
        (Outcome::Changed, Some(theirs), Some(own)) => accepting.become_theirs(theirs, own),
        (Outcome::Added | Outcome::Joined, Some(theirs), _) => accepting.add(theirs),
        (Outcome::Rejected, _, Some(own)) => {
            Ok(accepting.steps.erase(&RecordId::Annotation(own.id.clone()))?)
        }
        _ => Ok(()),
    }
}

fn answer_one(accepting: &mut Accepting<'_>, fate: &Fate, reply: &Reply) -> Result<(), CannotTake> {
    carry_out(accepting, fate, reply)?;
    let mut record = Record::clone(&fate.decision);
    record.value.answer = match reply {
        Reply::Accept => Some(Answer::Accepted),
        Reply::Dispute(words) => Some(Answer::Disputed(words.clone())),
        Reply::Nothing => None,
    };
    let put = |record| Edit::Take(TakeEdit::Put(record));
    let record = AnyRecord::Decision(Arc::new(record));
    let stands = accepting.steps.now.get(&record.id());
    if !stands.is_some_and(|old| old.same_content(&record)) {
        accepting.steps.run(put(record))?;
    }
    // The first of a thread before its answers.
    let (first, answers): (Vec<_>, Vec<_>) =
        fate.comments.iter().partition(|comment| comment.thread == comment.id);
    for comment in first.into_iter().chain(answers) {
        if accepting.steps.now.comments().contains_key(&comment.id) {
            continue;
        }
        let mut comment = Record::clone(comment);
        if !accepting.steps.now.has(&comment.target) {
            comment.value.target = RecordId::Decision(fate.decision.id.clone());
        }
        accepting.steps.run(put(AnyRecord::Comment(Arc::new(comment))))?;
    }
    Ok(())
}
