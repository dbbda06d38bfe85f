//! An annotation in short, as a decision keeps it: what one side had said at that time.
//!
//! Never compares and never decides; who reads it back on the author's side is `fate`.

use crate::model::{
    Annotation, Direction, End, Fragments, Place, Project, Record, Relation, Stated, StatedLink,
    Unknown,
};
use crate::query::label_of_end;
use crate::text::Text;

/// What `annotation` of `project` says. `here` is where it stands in the text of the one who decides.
pub(crate) fn stated(
    project: &Project,
    annotation: &Record<Annotation>,
    here: Option<(&Text, &Fragments)>,
) -> Stated {
    let spans = here.map_or(Vec::new(), |(text, fragments)| {
        let points = fragments.spans().iter();
        points.map(|span| (text.code_points(span.start()), text.code_points(span.end()))).collect()
    });
    let end = End::Annotation(annotation.id.clone());
    let named = |id| {
        let entity = project.entities().get(id)?;
        Some((entity.id.clone(), entity.name.clone()))
    };
    Stated {
        id: annotation.id.clone(),
        document: annotation.document.clone(),
        layer: annotation.layer.clone(),
        code: annotation.code.clone(),
        spans,
        quote: quote(project, annotation).into(),
        entity: annotation.entity.as_ref().and_then(named),
        features: annotation.features.clone(),
        links: project.relations_at(&end).map(|relation| link(project, relation, &end)).collect(),
        by: annotation.made.as_ref().map(|made| made.by().clone()),
        unknown: Unknown::default(),
    }
}

/// The words from the first to the last, as they stand in its own text.
pub(crate) fn quote<'p>(project: &'p Project, annotation: &'p Annotation) -> &'p str {
    match &annotation.place {
        Place::Anchored(fragments) => {
            let sheet = project.sheet(&annotation.document);
            sheet.map_or("", |sheet| sheet.document().text.slice(fragments.hull()))
        }
        Place::Orphan(orphan) => orphan.quotes.first().map_or("", |quote| quote),
    }
}

/// A link as it is seen from its end `at`.
pub(crate) fn link(project: &Project, relation: &Relation, at: &End) -> StatedLink {
    let way = if relation.from == *at { Direction::Out } else { Direction::In };
    let other = if way == Direction::Out { &relation.to } else { &relation.from };
    StatedLink {
        id: relation.id.clone(),
        kind: relation.kind.clone(),
        way,
        other: other.clone(),
        layer: project.layer_of(other).cloned().unwrap_or_else(|| crate::model::LayerId::new("")),
        words: label_of_end(project, other).into(),
        features: relation.features.clone(),
        unknown: Unknown::default(),
    }
}
