//! Comments as threads: who asked or said what about something, and what was answered.
//!
//! A thread is its first comment and the answers in the order of their times; whether it is settled stands on the
//! first. Files may hold answers to answers: they belong to the thread in which the first of them stands.

use crate::model::{Comment, CommentId, Project, Record, RecordId, Stamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A first comment and its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread<'a> {
    /// The id of its first comment.
    pub id: CommentId,
    /// The first comment, then the answers, the oldest first; never empty.
    pub comments: Vec<&'a Arc<Record<Comment>>>,
}

impl<'a> Thread<'a> {
    /// What was said first.
    pub fn first(&self) -> Option<&'a Record<Comment>> {
        self.comments.first().copied().map(AsRef::as_ref)
    }

    /// What was said last.
    pub fn last(&self) -> Option<&'a Record<Comment>> {
        self.comments.last().copied().map(AsRef::as_ref)
    }

    /// How many answers there are.
    pub fn answers(&self) -> usize {
        self.comments.len().saturating_sub(1)
    }

    /// Whether nothing is left to be said.
    pub fn is_resolved(&self) -> bool {
        self.first().is_some_and(|first| first.resolved)
    }

    /// Whether this person has said something in it.
    pub fn has_words_of(&self, name: &str) -> bool {
        let by = |comment: &&Arc<Record<Comment>>| {
            comment.made.as_ref().is_some_and(|stamp| stamp.by().as_str() == name)
        };
        self.comments.iter().any(by)
    }
}

/// Who said it, as shown.
pub fn said_by(comment: &Record<Comment>) -> &str {
    let name = comment.made.as_ref().map(|stamp| stamp.by().as_str());
    name.filter(|name| !name.is_empty()).unwrap_or("Somebody")
}

/// The threads about `target`: the open ones first, then by their first comments, the oldest first.
pub fn threads_on<'a>(project: &'a Project, target: &RecordId) -> Vec<Thread<'a>> {
    if project.comments().is_empty() {
        return Vec::new();
    }
    let about = project.remarks_on(target).into_iter().filter_map(|id| match id {
        RecordId::Comment(id) => project.comments().get(&id),
        _ => None,
    });
    let mut threads = grouped(project, about);
    threads.sort_by_cached_key(|thread| {
        let at = thread.first().and_then(|first| first.made.as_ref()).map(|stamp| stamp.at);
        (thread.is_resolved(), at, thread.id.clone())
    });
    threads
}

/// All threads of the project: the open ones first, then by what was said last, the newest first.
pub fn all_threads(project: &Project) -> Vec<Thread<'_>> {
    let mut threads = grouped(project, project.comments().values());
    threads.sort_by_cached_key(|thread| {
        let newest = thread.comments.iter().filter_map(|comment| time(comment)).max();
        (thread.is_resolved(), std::cmp::Reverse(newest), thread.id.clone())
    });
    threads
}

/// The thread in which a comment stands.
pub fn thread_of(project: &Project, comment: &Comment) -> CommentId {
    let mut seen = BTreeSet::from([&comment.id]);
    let mut at = comment;
    while let Some(first) = project.comments().get(&at.thread)
        && seen.insert(&first.id)
    {
        at = first;
    }
    if at.thread == at.id {
        return at.id.clone();
    }
    // A file in which comments answer each other in a circle: they are one thread, called by its lowest id.
    let start = at;
    let mut lowest = &start.id;
    while let Some(next) = project.comments().get(&at.thread) {
        lowest = lowest.min(&next.id);
        if next.id == start.id {
            break;
        }
        at = next;
    }
    lowest.clone()
}

fn grouped<'a>(
    project: &Project,
    comments: impl Iterator<Item = &'a Arc<Record<Comment>>>,
) -> Vec<Thread<'a>> {
    let mut threads: BTreeMap<CommentId, Vec<&Arc<Record<Comment>>>> = BTreeMap::new();
    for comment in comments {
        threads.entry(thread_of(project, comment)).or_default().push(comment);
    }
    let mut found: Vec<Thread<'_>> =
        threads.into_iter().map(|(id, comments)| Thread { id, comments }).collect();
    for thread in &mut found {
        let id = thread.id.clone();
        thread.comments.sort_by(|a, b| {
            let key = |comment: &Record<Comment>| (comment.id != id, time(comment));
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
    }
    found
}

fn time(comment: &Record<Comment>) -> Option<jiff::Timestamp> {
    comment.made.as_ref().map(|stamp: &Stamp| stamp.at)
}

#[cfg(test)]
mod tests {
    use crate::model::sample::{annotation, project, signature};
    use crate::model::*;
    use crate::query::{all_threads, thread_of, threads_on};
    use jiff::Timestamp;

    fn said(by: &str, second: i64) -> Signature {
        let at = Timestamp::from_second(second).unwrap();
        Signature { stamp: Stamp::new(Annotator::new(by), at, "window"), ..signature("x") }
    }

    fn comment(id: &str, on: &str, thread: &str) -> Comment {
        Comment {
            id: CommentId::new(id),
            target: RecordId::Annotation(AnnotationId::new(on)),
            thread: CommentId::new(thread),
            text: id.into(),
            resolved: false,
        }
    }

    fn with(comments: Vec<(Comment, &str, i64)>) -> Project {
        let tags = [annotation("a_1", "actor", 4, 12), annotation("a_2", "claim", 13, 20)];
        let tagged = tags.into_iter().fold(project(), |project, a| {
            let edit = Edit::Annotation(AnnotationEdit::Annotate(a));
            apply(&project, &edit, &signature("x")).unwrap()
        });
        comments.into_iter().fold(tagged, |project, (comment, by, second)| {
            let edit = Edit::Remark(RemarkEdit::Comment(comment));
            apply(&project, &edit, &said(by, second)).unwrap()
        })
    }

    fn ids(threads: &[crate::query::Thread<'_>]) -> Vec<String> {
        let one = |thread: &crate::query::Thread<'_>| {
            let ids: Vec<&str> = thread.comments.iter().map(|c| c.id.as_str()).collect();
            ids.join(" ")
        };
        threads.iter().map(one).collect()
    }

    #[test]
    fn answers_stand_below_what_was_said_first_whatever_the_ids() {
        let project = with(vec![
            (comment("m_9", "a_1", "m_9"), "Anna", 10),
            (comment("m_1", "a_1", "m_9"), "Boris", 30),
            (comment("m_5", "a_1", "m_9"), "Anna", 20),
            (comment("m_2", "a_1", "m_2"), "Boris", 5),
        ]);
        let target = RecordId::Annotation(AnnotationId::new("a_1"));
        let threads = threads_on(&project, &target);
        assert_eq!(ids(&threads), ["m_2", "m_9 m_5 m_1"]);
        assert_eq!((threads[1].answers(), threads[0].answers()), (2, 0));
        assert!(threads[1].has_words_of("Anna") && !threads[0].has_words_of("Anna"));
        assert_eq!(threads[1].last().unwrap().id.as_str(), "m_1");
    }

    #[test]
    fn open_threads_come_first_then_what_was_said_last() {
        let settled = Comment { resolved: true, ..comment("m_1", "a_1", "m_1") };
        let project = with(vec![
            (settled, "Anna", 99),
            (comment("m_2", "a_1", "m_2"), "Anna", 10),
            (comment("m_3", "a_2", "m_3"), "Anna", 20),
            (comment("m_4", "a_1", "m_2"), "Boris", 30),
        ]);
        assert_eq!(ids(&all_threads(&project)), ["m_2 m_4", "m_3", "m_1"]);
        assert!(all_threads(&project)[2].is_resolved());
    }

    #[test]
    fn an_answer_to_an_answer_is_in_the_same_thread_and_a_circle_is_one() {
        let mut project = with(vec![
            (comment("m_1", "a_1", "m_1"), "Anna", 1),
            (comment("m_2", "a_1", "m_1"), "Anna", 2),
            (comment("m_3", "a_1", "m_2"), "Anna", 3),
        ]);
        assert_eq!(ids(&all_threads(&project)), ["m_1 m_2 m_3"]);
        let turn = Edit::Remark(RemarkEdit::Comment(comment("m_1", "a_1", "m_3")));
        project = apply(&project, &turn, &said("Anna", 4)).unwrap();
        assert_eq!(ids(&all_threads(&project)), ["m_1 m_2 m_3"]);
        let last = project.comments().get(&CommentId::new("m_2")).unwrap();
        assert_eq!(thread_of(&project, last).as_str(), "m_1");
    }
}
