//! From a wish to an edit: one file a noun. Nothing here changes a project; `model::apply` does.

mod annotation;
mod document;
mod entity;
mod relation;
mod remark;
mod review;
mod tag_all;
mod telling;

pub(crate) use document::document_from_text;
pub use document::next_order;
pub(crate) use telling::telling;

use crate::model::{Annotator, Edit, Project, RecordId, Refusal};
use crate::query::record_words;
use crate::workbench::{Command, Ids, Notice, Outcome};

/// An edit to make, and what comes of it.
pub(crate) struct Plan {
    pub(crate) edit: Edit,
    pub(crate) outcome: Outcome,
    /// Set while words are typed: edits about the same thing are one step.
    pub(crate) typing: Option<RecordId>,
}

impl Plan {
    fn of(edit: Edit) -> Self {
        Self { edit, outcome: Outcome::default(), typing: None }
    }

    fn making(mut self, id: RecordId) -> Self {
        self.outcome.made = Some(id);
        self
    }

    fn saying(mut self, words: impl Into<String>) -> Self {
        self.outcome.said = Some(words.into());
        self
    }
}

/// The edit that `command` of `me` means in `project`; none when there is nothing to do.
pub(crate) fn plan(
    project: &Project,
    command: &Command,
    (ids, me): (&mut Ids, &Annotator),
) -> Result<Option<Plan>, Notice> {
    match command {
        Command::Document(command) => document::plan(project, command, ids),
        Command::Annotation(command) => annotation::plan(project, command, ids),
        Command::Entity(command) => entity::plan(project, command, ids).map(Some),
        Command::Relation(command) => relation::plan(project, command, ids),
        Command::Remark(command) => remark::plan(project, command, (ids, me)),
        Command::TakeSide(id, side) => Ok(Some(
            Plan::of(Edit::TakeSide(id.clone(), *side))
                .saying(format!("Decided: {}", record_words(project, id))),
        )),
        Command::Review(command) => review::plan(project, command),
        Command::Undo | Command::Redo | Command::GoTo(_) => Ok(None),
    }
}

fn missing(id: RecordId) -> Notice {
    Notice::refused(&Refusal::Missing(id))
}
