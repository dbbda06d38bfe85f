//! The steps of a sitting: whole values of the project, which share what did not change, and a cursor.
//!
//! Undo moves the cursor and restores the older value *as a new edit* (`model::restamped`), so that a merge with an
//! older copy brings nothing back. There is no limit.

use crate::model::{Project, RecordId, Signature, Stamp, restamped, same_content};
use std::sync::Arc;

/// Values of the project in the order they came to be.
#[derive(Debug)]
pub struct History {
    steps: Vec<Step>,
    cursor: usize,
    /// What is being typed, while its words are one step.
    typing: Option<RecordId>,
}

#[derive(Debug)]
struct Step {
    project: Arc<Project>,
    /// What led here; none for the project as it was opened.
    done: Option<Done>,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// In a word or two: "Tag".
    pub title: String,
    /// In a sentence: "Tag “President Berg” as actor".
    pub about: String,
    /// Who did it, and when.
    pub stamp: Stamp,
}

impl Done {
    /// A step of which no more is known than its title.
    pub fn plain(title: &str, stamp: Stamp) -> Self {
        Self { title: title.to_owned(), about: title.to_owned(), stamp }
    }
}

impl History {
    /// Begins with the project as it was opened.
    pub fn new(project: Arc<Project>) -> Self {
        Self { steps: vec![Step { project, done: None }], cursor: 0, typing: None }
    }

    /// A step has led from `before` to `after`.
    pub fn push(&mut self, before: Arc<Project>, after: Arc<Project>, done: Done) {
        self.steps.truncate(self.cursor + 1);
        // After an undo `before` is the restored value: the same content with newer versions.
        if let Some(step) = self.steps.get_mut(self.cursor) {
            step.project = before;
        }
        self.steps.push(Step { project: after, done: Some(done) });
        self.cursor += 1;
        self.typing = None;
    }

    /// The project before the words of `target` that are being typed, if they are.
    pub fn before_typing(&self, target: &RecordId) -> Option<&Project> {
        let before = self.goes_on(target).then(|| self.cursor.checked_sub(1)).flatten()?;
        self.steps.get(before).map(|step| step.project.as_ref())
    }

    fn goes_on(&self, target: &RecordId) -> bool {
        self.typing.as_ref() == Some(target) && self.cursor + 1 == self.steps.len()
    }

    /// As `push`; but while `target` is being typed, the last step only gets a new end. Words that are taken back
    /// while one types leave no step.
    pub fn type_on(
        &mut self,
        target: &RecordId,
        before: Arc<Project>,
        after: Arc<Project>,
        done: Done,
    ) {
        let goes_on = self.goes_on(target);
        if self.before_typing(target).is_some_and(|before| same_content(before, &after)) {
            self.steps.pop();
            self.cursor -= 1;
            self.settle();
            if let Some(step) = self.steps.get_mut(self.cursor) {
                step.project = after;
            }
            return;
        }
        match self.steps.get_mut(self.cursor) {
            Some(step) if goes_on => (step.project, step.done) = (after, Some(done)),
            _ => self.push(before, after, done),
        }
        self.typing = Some(target.clone());
    }

    /// What is typed next is a step of its own.
    pub fn settle(&mut self) {
        self.typing = None;
    }

    /// How many steps there are, undone ones too.
    pub fn len(&self) -> usize {
        self.steps.len() - 1
    }

    /// Whether nothing has been done.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many steps hold; the others are undone.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// What step `number` did, counted from 1.
    pub fn step(&self, number: usize) -> Option<&Done> {
        self.steps.get(number)?.done.as_ref()
    }

    /// The values of the project up to now, the oldest first.
    pub fn values(&self) -> impl Iterator<Item = &Project> {
        self.steps.iter().take(self.cursor + 1).map(|step| step.project.as_ref())
    }

    /// What undo would take back.
    pub fn undo_title(&self) -> Option<&str> {
        self.step(self.cursor).map(|done| done.title.as_str())
    }

    /// What redo would do again.
    pub fn redo_title(&self) -> Option<&str> {
        self.step(self.cursor + 1).map(|done| done.title.as_str())
    }

    /// One step back from `current`, signed; and what it took back.
    pub fn undo(&mut self, current: &Project, signature: &Signature) -> Option<(Project, String)> {
        let title = self.undo_title()?.to_owned();
        self.cursor -= 1;
        self.settle();
        let target = &self.steps.get(self.cursor)?.project;
        Some((restamped(target, current, signature), title))
    }

    /// One step forward again; and what it did.
    pub fn redo(&mut self, current: &Project, signature: &Signature) -> Option<(Project, String)> {
        let title = self.redo_title()?.to_owned();
        self.cursor += 1;
        self.settle();
        let target = &self.steps.get(self.cursor)?.project;
        Some((restamped(target, current, signature), title))
    }
}
