//! What is wrong with the project and what is still owed, kept while nothing changes, each with what helps.
//!
//! Faults are asked of `model::check`, gaps of `query::gaps`.

use crate::model::{
    AnnotationId, EntityId, Fault, FaultKind, FeatureId, Project, RecordId, Value, check,
};
use crate::query::{Gap, GapKind, gaps};
use crate::text::Offset;
use crate::ui::desk::Selected;
use crate::ui::later::Later;
use crate::ui::page::find::Onwards;
use crate::ui::view::View;
use crate::workbench::{AnnotationCommand, Command};
use egui::Context;
use smol_str::{SmolStr, ToSmolStr as _};
use std::sync::Arc;

/// A fault or a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The record, if it is one of the project.
    pub record: Option<RecordId>,
    /// What is the matter.
    pub what: SmolStr,
    /// Whether the file is wrong; else the analyst still owes something.
    pub fault: bool,
    /// What helps, if the program knows.
    pub fix: Option<Fix>,
}

/// What helps.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// Begin a link at the claim.
    LinkClaimant(AnnotationId),
    /// Choose what it refers to.
    SayWhom(AnnotationId),
    /// Choose a code.
    ChooseCode(AnnotationId),
    /// It is planned, not happened.
    SetPlanned(AnnotationId),
    /// Put lost words on those that are selected.
    Place(AnnotationId),
    /// Give it another name.
    Rename(EntityId),
    /// Show the other passage.
    ShowOther(AnnotationId),
    /// Choose between its versions.
    Decide(RecordId),
    /// Copy the record as it stands in the file.
    Copy(Box<str>),
}

impl Fix {
    /// On its button.
    pub fn name(&self) -> &'static str {
        match self {
            Self::LinkClaimant(_) => "Link claimant…",
            Self::SayWhom(_) => "Say whom…",
            Self::ChooseCode(_) => "Choose code…",
            Self::SetPlanned(_) => "Set to planned",
            Self::Place(_) => "Place on the selected words",
            Self::Rename(_) => "Rename…",
            Self::ShowOther(_) => "Show the other passage",
            Self::Decide(_) => "Decide…",
            Self::Copy(_) => "Copy the record",
        }
    }

    /// What it asks of the project, where that is all.
    pub fn command(&self) -> Option<Command> {
        match self {
            Self::SetPlanned(id) => {
                let planned = Some(Value::Choice("planned".into()));
                let status = FeatureId::new("status");
                let command = AnnotationCommand::SetFeature(id.clone(), status, planned);
                Some(Command::Annotation(command))
            }
            _ => None,
        }
    }
}

/// All problems of the project.
#[derive(Default)]
pub struct Problems(Later<(), Arc<[Problem]>>);

impl Problems {
    /// Brings the list up to date, or starts to.
    pub fn refresh(&mut self, view: &View<'_>, ctx: &Context) {
        self.0.of((view, ctx), (), |project| problems(project).into());
    }

    /// Faults first, then gaps in the order of the text.
    pub fn all(&self) -> &Arc<[Problem]> {
        self.0.last()
    }

    /// The next problem that one can go to, from the selected record or else from a place in the text; round the end.
    pub fn next(&self, project: &Project, from: &Here<'_>, onwards: Onwards) -> Option<RecordId> {
        let there: Vec<&RecordId> = self.all().iter().filter_map(|p| p.record.as_ref()).collect();
        from.next(project, &there, onwards)
    }

    /// The next claim that nobody is linked to.
    pub fn next_unlinked(&self, project: &Project, from: &Here<'_>) -> Option<RecordId> {
        let unlinked = |p: &&Problem| matches!(p.fix, Some(Fix::LinkClaimant(_)));
        let claims = self.all().iter().filter(unlinked).filter_map(|p| p.record.as_ref());
        from.next(project, &claims.collect::<Vec<_>>(), Onwards::Yes)
    }
}

/// Where one is.
pub struct Here<'a> {
    /// The record selected.
    pub selected: Option<&'a Selected>,
    /// The document on the page.
    pub document: Option<&'a crate::model::DocumentId>,
    /// The caret.
    pub caret: Offset,
}

impl Here<'_> {
    fn next(&self, project: &Project, of: &[&RecordId], onwards: Onwards) -> Option<RecordId> {
        let last = of.len().checked_sub(1)?;
        let is_selected = |record: &&RecordId| match (self.selected, record) {
            (Some(Selected::Annotation(id)), RecordId::Annotation(other)) => id == other,
            (Some(Selected::Relation(id)), RecordId::Relation(other)) => id == other,
            (Some(Selected::Entity(id)), RecordId::Entity(other)) => id == other,
            _ => false,
        };
        let index = match (of.iter().position(is_selected), onwards) {
            // A record with several problems is gone to once.
            (Some(_), Onwards::Yes) => of.iter().rposition(is_selected).map_or(0, |at| at + 1),
            (Some(at), Onwards::No) => at.checked_sub(1).unwrap_or(last),
            (None, Onwards::Yes) => {
                of.iter().position(|id| self.is_ahead(project, id)).unwrap_or(0)
            }
            (None, Onwards::No) => {
                let ahead = of.iter().position(|id| self.is_ahead(project, id));
                ahead.unwrap_or(0).checked_sub(1).unwrap_or(last)
            }
        };
        of.get(if index > last { 0 } else { index }).map(|id| (*id).clone())
    }

    /// Whether the record is at the caret or after it, in this document.
    fn is_ahead(&self, project: &Project, id: &RecordId) -> bool {
        let RecordId::Annotation(id) = id else { return false };
        project.annotation(id).is_some_and(|annotation| {
            Some(&annotation.document) == self.document
                && annotation.place.fragments().hull().start() >= self.caret
        })
    }
}

/// Faults first, then gaps.
pub fn problems(project: &Project) -> Vec<Problem> {
    let mut aside = project.set_aside.iter();
    let mut all: Vec<Problem> = Vec::new();
    for fault in check(project) {
        let raw = match fault.what {
            FaultKind::SetAside { .. } => aside.next().map(|aside| aside.raw.clone()),
            _ => None,
        };
        all.push(of_fault(fault, raw));
    }
    all.extend(gaps(project).into_iter().map(of_gap));
    all
}

fn of_fault(fault: Fault, raw: Option<Box<str>>) -> Problem {
    let fix = match (&fault.what, &fault.record) {
        (FaultKind::Orphan(_), Some(RecordId::Annotation(id))) => Some(Fix::Place(id.clone())),
        (FaultKind::SetAside { .. }, _) => raw.map(Fix::Copy),
        (FaultKind::Conflict(_), Some(id)) => Some(Fix::Decide(id.clone())),
        _ => None,
    };
    Problem { record: fault.record, what: fault.what.to_smolstr(), fault: true, fix }
}

fn of_gap(gap: Gap) -> Problem {
    let what = gap.what.to_smolstr();
    let fix = match (gap.what, &gap.record) {
        (GapKind::NoClaimant, RecordId::Annotation(id)) => Some(Fix::LinkClaimant(id.clone())),
        (GapKind::NoCode, RecordId::Annotation(id)) => Some(Fix::ChooseCode(id.clone())),
        (GapKind::PronounWithoutEntity, RecordId::Annotation(id)) => Some(Fix::SayWhom(id.clone())),
        (GapKind::AfterDocument { .. }, RecordId::Annotation(id)) => {
            Some(Fix::SetPlanned(id.clone()))
        }
        (GapKind::SameName { .. }, RecordId::Entity(id)) => Some(Fix::Rename(id.clone())),
        (GapKind::BothWays { other, .. }, _) => Some(Fix::ShowOther(other)),
        _ => None,
    };
    Problem { record: Some(gap.record), what, fault: false, fix }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::text::Offset;
    use crate::ui::desk::Selected;
    use crate::ui::later::Later;
    use crate::ui::page::find::Onwards;
    use crate::ui::problems::*;

    fn with(annotations: Vec<Annotation>) -> (Project, Problems) {
        let project = annotations.into_iter().fold(project(), |project, annotation| {
            let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
            apply(&project, &edit, &signature("x")).unwrap()
        });
        let all = problems(&project).into();
        (project, Problems(Later::answered(all)))
    }

    #[test]
    fn one_goes_from_problem_to_problem_in_the_text_and_round_its_end() {
        let (project, problems) =
            with(vec![annotation("a_1", "claim", 4, 12), annotation("a_2", "actor", 13, 17)]);
        let fixes: Vec<_> = problems.all().iter().filter_map(|p| p.fix.clone()).collect();
        let [one, two] = ["a_1", "a_2"].map(AnnotationId::new);
        assert_eq!(
            fixes,
            [
                Fix::LinkClaimant(one.clone()),
                Fix::ChooseCode(one.clone()),
                Fix::ChooseCode(two.clone())
            ]
        );
        let document = DocumentId::new("d_1");
        let go = |selected: Option<&AnnotationId>, caret, onwards| {
            let selected = selected.cloned().map(Selected::Annotation);
            let here = Here { selected: selected.as_ref(), document: Some(&document), caret };
            problems.next(&project, &here, onwards).unwrap().as_str().to_owned()
        };
        assert_eq!(go(None, Offset(5), Onwards::Yes), "a_2");
        assert_eq!(go(None, Offset(5), Onwards::No), "a_1");
        assert_eq!(
            go(Some(&one), Offset(0), Onwards::Yes),
            "a_2",
            "both of its problems are passed"
        );
        assert_eq!(go(Some(&two), Offset(0), Onwards::Yes), "a_1");
        assert_eq!(go(Some(&one), Offset(0), Onwards::No), "a_2");
        let here = Here { selected: None, document: Some(&document), caret: Offset(30) };
        assert_eq!(problems.next_unlinked(&project, &here), Some(RecordId::Annotation(one)));
    }
}
