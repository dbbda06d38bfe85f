//! Which records the drawer lists, in which order: made again when the project, the document or the filter changes.

use crate::model::{
    Annotation, AnnotationId, DocumentId, End, Project, RecordId, Relation, RelationId,
};
use crate::query::comparable;
use crate::ui::desk::{Column, Sort};
use crate::ui::itself::Itself;
use crate::ui::later::Later;
use crate::ui::panels::naming;
use crate::ui::problems::Problem;
use crate::ui::veil::Veil;
use crate::ui::view::View;
use egui::Context;
use std::sync::Arc;

/// What the lists that are shown were made for: document, what is hidden, filter, order, and which list of problems.
type Wanted = (Option<DocumentId>, Veil, String, Sort, Itself<[Problem]>);

/// The three lists.
#[derive(Default)]
pub(in crate::ui::panels::drawer) struct Lists {
    shown: Later<Wanted, Shown>,
    /// How many problems the project has.
    problems: usize,
}

/// What is left of the lists by the filter.
#[derive(Default)]
pub(in crate::ui::panels::drawer) struct Shown {
    /// By place.
    pub(in crate::ui::panels::drawer) annotations: Vec<AnnotationId>,
    /// By the place where they start.
    pub(in crate::ui::panels::drawer) links: Vec<RelationId>,
    /// Faults first.
    pub(in crate::ui::panels::drawer) problems: Arc<[Problem]>,
    /// How many annotations and links there are without the filter.
    all: (usize, usize),
}

impl Lists {
    /// Brings everything up to date, or starts to.
    pub(in crate::ui::panels::drawer) fn refresh(
        &mut self,
        shown_in: (&View<'_>, &Context),
        document: Option<&DocumentId>,
        (veil, filter, sort): (&Veil, &str, Sort),
        problems: &Arc<[Problem]>,
    ) {
        self.problems = problems.len();
        let filter = filter.trim().to_lowercase();
        let which = Itself::of(problems);
        let wanted = (document.cloned(), veil.clone(), filter, sort, which);
        let (for_whom, problems) = (wanted.clone(), Arc::clone(problems));
        self.shown.of(shown_in, wanted, move |project| shown(project, &for_whom, &problems));
    }

    /// What the rows show.
    pub(in crate::ui::panels::drawer) fn shown(&self) -> &Shown {
        self.shown.last()
    }

    /// How many annotations the document has.
    pub(in crate::ui::panels::drawer) fn annotations_in_document(&self) -> usize {
        self.shown().all.0
    }

    /// How many links touch the document.
    pub(in crate::ui::panels::drawer) fn links_in_document(&self) -> usize {
        self.shown().all.1
    }

    /// How many problems the project has.
    pub(in crate::ui::panels::drawer) fn all_problems(&self) -> usize {
        self.problems
    }
}

fn shown(
    project: &Project,
    (document, veil, filter, sort, _): &Wanted,
    problems: &Arc<[Problem]>,
) -> Shown {
    let annotations = annotations(project, document.as_ref(), veil);
    let links = links(project, document.as_ref(), veil);
    let all = (annotations.len(), links.len());
    let annotations = kept(annotations, filter, |id| annotation_words(project, id));
    Shown {
        annotations: sorted(project, annotations, *sort),
        links: kept(links, filter, |id| link_words(project, id)),
        problems: if filter.is_empty() {
            Arc::clone(problems)
        } else {
            kept(problems.to_vec(), filter, |problem| problem_words(project, problem)).into()
        },
        all,
    }
}

/// The annotations by a column; those that say nothing there last, equals by place.
fn sorted(project: &Project, mut all: Vec<AnnotationId>, sort: Sort) -> Vec<AnnotationId> {
    if sort.by != Column::Place {
        all.sort_by_cached_key(|id| {
            let words = project.annotation(id).map(|annotation| match sort.by {
                Column::Quote | Column::Place => naming::quote(project, annotation),
                Column::Code => naming::code_name(&project.codebook, annotation).to_owned(),
                Column::Entity => {
                    naming::entity_name(project, annotation.entity.as_ref()).to_owned()
                }
            });
            let words = comparable(&words.unwrap_or_default());
            (words.is_empty() != sort.backwards, words)
        });
    }
    if sort.backwards {
        all.reverse();
    }
    all
}

fn kept<T>(mut all: Vec<T>, wanted: &str, words: impl Fn(&T) -> String) -> Vec<T> {
    all.retain(|item| wanted.is_empty() || words(item).to_lowercase().contains(wanted));
    all
}

fn annotations(project: &Project, document: Option<&DocumentId>, veil: &Veil) -> Vec<AnnotationId> {
    let sheet = document.and_then(|id| project.sheet(id));
    let all = sheet.map(|sheet| sheet.annotations_in_order()).unwrap_or_default();
    let shown = all.into_iter().filter(|annotation| !veil.hides(annotation));
    shown.map(|annotation| annotation.id.clone()).collect()
}

fn links(project: &Project, document: Option<&DocumentId>, veil: &Veil) -> Vec<RelationId> {
    let Some(document) = document else { return Vec::new() };
    let here = |end: &End| match end {
        End::Annotation(id) => {
            project.annotation(id).filter(|annotation| annotation.document == *document)
        }
        End::Entity(_) => None,
    };
    let hidden = |end: &End| match end {
        End::Annotation(id) => project.annotation(id).is_some_and(|a| veil.hides(a)),
        End::Entity(_) => false,
    };
    let place = |relation: &Relation| {
        if hidden(&relation.from) || hidden(&relation.to) {
            return None;
        }
        let end = here(&relation.from).or_else(|| here(&relation.to))?;
        Some(end.place.fragments().hull())
    };
    let mut found: Vec<_> = project
        .relations()
        .values()
        .filter_map(|relation| Some((place(relation)?, relation.id.clone())))
        .collect();
    found.sort();
    found.into_iter().map(|(_, id)| id).collect()
}

fn annotation_words(project: &Project, id: &AnnotationId) -> String {
    project.annotation(id).map_or_else(String::new, |annotation| {
        let words = project
            .sheet(&annotation.document)
            .map(|sheet| annotation.words(&sheet.document().text));
        let (code, entity) = (
            naming::code_name(&project.codebook, annotation),
            naming::entity_name(project, annotation.entity.as_ref()),
        );
        format!("{} {code} {entity} {}", words.unwrap_or_default(), features(project, annotation))
    })
}

fn features(project: &Project, annotation: &Annotation) -> String {
    let rules = project.codebook.layer(&annotation.layer).map(|layer| layer.features.as_slice());
    naming::features_line(project, rules.unwrap_or_default(), &annotation.features)
}

fn link_words(project: &Project, id: &RelationId) -> String {
    project.relations().get(id).map_or_else(String::new, |relation| {
        let (from, to) =
            (naming::end_label(project, &relation.from), naming::end_label(project, &relation.to));
        let kind = project.codebook.relation(&relation.kind);
        format!("{from} {} {to}", kind.map_or(relation.kind.as_str(), |kind| kind.name.as_str()))
    })
}

fn problem_words(project: &Project, problem: &Problem) -> String {
    format!("{} {}", problem.what, about(project, problem))
}

/// The words that a problem is about.
pub(in crate::ui::panels::drawer) fn about(project: &Project, problem: &Problem) -> String {
    match &problem.record {
        Some(RecordId::Annotation(id)) => naming::end_label(project, &End::Annotation(id.clone())),
        Some(RecordId::Entity(id)) => naming::end_label(project, &End::Entity(id.clone())),
        Some(RecordId::Relation(id)) => link_words(project, id),
        Some(RecordId::Document(id)) => {
            project.sheet(id).map_or_else(String::new, |sheet| sheet.document().title.to_string())
        }
        Some(other) => other.kind().to_owned(),
        None => "the file".to_owned(),
    }
}
