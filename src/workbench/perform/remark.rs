//! Wishes about notes and comments. In the window a note looks like a field and a comment is written in one; in the
//! file each is a record of its own. Which comments are a thread is asked of `query::threads`.

use crate::model::{
    Annotator, Comment, CommentId, Edit, Note, NoteId, Project, Record, RecordId, RemarkEdit,
};
use crate::query::thread_of;
use crate::workbench::perform::annotation::erasure;
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{Ids, Notice, RemarkCommand};
use smol_str::SmolStr;

pub(crate) fn plan(
    project: &Project,
    command: &RemarkCommand,
    (ids, me): (&mut Ids, &Annotator),
) -> Result<Option<Plan>, Notice> {
    match command {
        RemarkCommand::SetNote { target, text } => Ok(note(project, target, text, ids)),
        RemarkCommand::Begin { target, text } => Ok(begin(target, text, ids)),
        RemarkCommand::Answer { thread, text } => answer(project, thread, text, ids),
        RemarkCommand::Reword { comment, text } => reword(project, comment, text, me),
        RemarkCommand::EraseComment(id) => erase(project, id).map(Some),
        RemarkCommand::Resolve(id) => settle(project, id, State::Resolved),
        RemarkCommand::Reopen(id) => settle(project, id, State::Open),
        RemarkCommand::Settle => Ok(None),
    }
}

fn note(project: &Project, target: &RecordId, text: &SmolStr, ids: &mut Ids) -> Option<Plan> {
    let old = project.note_on(target);
    let edit = match old {
        Some(old) if text.trim().is_empty() => RemarkEdit::EraseNote(old.id.clone()),
        Some(old) if old.text == *text => return None,
        None if text.trim().is_empty() => return None,
        _ => RemarkEdit::Note(Note {
            id: old.map_or_else(|| NoteId::new(ids.mint("o")), |old| old.id.clone()),
            target: target.clone(),
            text: text.clone(),
        }),
    };
    let mut plan = Plan::of(Edit::Remark(edit));
    plan.typing = Some(RecordId::clone(target));
    Some(plan)
}

fn begin(target: &RecordId, text: &SmolStr, ids: &mut Ids) -> Option<Plan> {
    let id = CommentId::new(ids.mint("m"));
    let (thread, target) = (id.clone(), target.clone());
    let fresh = Comment { id, target, thread, text: text.clone(), resolved: false };
    (!text.trim().is_empty()).then(|| typed(fresh, Vec::new()))
}

fn answer(
    project: &Project,
    thread: &CommentId,
    text: &SmolStr,
    ids: &mut Ids,
) -> Result<Option<Plan>, Notice> {
    let first = first(project, thread)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let reopened = Comment { resolved: false, ..first.value.clone() };
    let also = if first.resolved { vec![put(reopened)] } else { Vec::new() };
    let answer = Comment {
        id: CommentId::new(ids.mint("m")),
        target: first.target.clone(),
        thread: first.id.clone(),
        text: text.clone(),
        resolved: false,
    };
    Ok(Some(typed(answer, also)))
}

/// A fresh comment, whose words are being typed.
fn typed(comment: Comment, also: Vec<Edit>) -> Plan {
    let id = RecordId::Comment(comment.id.clone());
    let fresh = put(comment);
    let edit = if also.is_empty() {
        fresh
    } else {
        let title = fresh.title().to_owned();
        Edit::Group { title, edits: std::iter::once(fresh).chain(also).collect() }
    };
    let mut plan = Plan::of(edit).making(id.clone());
    plan.typing = Some(id);
    plan
}

fn reword(
    project: &Project,
    id: &CommentId,
    text: &SmolStr,
    me: &Annotator,
) -> Result<Option<Plan>, Notice> {
    let old = find(project, id)?;
    if let Some(stamp) = old.made.as_ref().filter(|stamp| stamp.by() != me) {
        let words = format!("These are the words of {}: answer them instead", stamp.by().as_str());
        return Err(Notice::info(words));
    }
    if old.text == *text {
        return Ok(None);
    }
    let edit = if !text.trim().is_empty() {
        put(Comment { text: text.clone(), ..old.value.clone() })
    } else if answers(project, old) > 0 {
        return Err(Notice::info("A comment that has answers needs words"));
    } else {
        Edit::Remark(RemarkEdit::EraseComment(id.clone()))
    };
    let mut plan = Plan::of(edit);
    plan.typing = Some(RecordId::Comment(id.clone()));
    Ok(Some(plan))
}

/// The answers go too, as everything goes that leads to what is erased; the way back is one step.
fn erase(project: &Project, id: &CommentId) -> Result<Plan, Notice> {
    find(project, id)?;
    let record = RecordId::Comment(id.clone());
    let edits = erasure(project, &record);
    let said = match edits.len().saturating_sub(1) {
        0 => "Comment erased".to_owned(),
        1 => "Comment erased with its answer".to_owned(),
        n => format!("Comment erased with its {n} answers"),
    };
    Ok(Plan::of(Edit::Group { title: "Erase comment".to_owned(), edits }).saying(said))
}

/// Whether something is left to be said in a thread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Resolved,
}

fn settle(project: &Project, id: &CommentId, state: State) -> Result<Option<Plan>, Notice> {
    let first = first(project, id)?;
    let resolved = state == State::Resolved;
    if first.resolved == resolved {
        return Ok(None);
    }
    let edits = vec![put(Comment { resolved, ..first.value.clone() })];
    let (title, said) = match state {
        State::Open => ("Reopen thread", "Open again"),
        State::Resolved => ("Resolve thread", "Resolved"),
    };
    Ok(Some(Plan::of(Edit::Group { title: title.to_owned(), edits }).saying(said)))
}

fn put(comment: Comment) -> Edit {
    Edit::Remark(RemarkEdit::Comment(comment))
}

fn find<'a>(project: &'a Project, id: &CommentId) -> Result<&'a Record<Comment>, Notice> {
    let found = project.comments().get(id).map(AsRef::as_ref);
    found.ok_or_else(|| missing(RecordId::Comment(id.clone())))
}

/// The first comment of the thread in which `id` stands.
fn first<'a>(project: &'a Project, id: &CommentId) -> Result<&'a Record<Comment>, Notice> {
    find(project, &thread_of(project, find(project, id)?))
}

fn answers(project: &Project, comment: &Comment) -> usize {
    let leads = |other: &&std::sync::Arc<Record<Comment>>| {
        other.thread == comment.id && other.id != comment.id
    };
    project.comments().values().filter(leads).count()
}
