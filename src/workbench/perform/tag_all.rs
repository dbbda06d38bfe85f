//! One annotation, many places: the same layer, code and record on each of them, as one step.

use crate::model::{
    Annotation, AnnotationEdit, AnnotationId, DocumentId, Edit, Entity, EntityEdit, EntityId,
    Features, Fragments, Place, Project, RecordId,
};
use crate::query::{self, Named, named};
use crate::text::Span;
use crate::workbench::perform::annotation::code_for_record;
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{Ids, Notice};

pub(crate) fn tag_all(
    project: &Project,
    like: &AnnotationId,
    places: &[(DocumentId, Span)],
    ids: &mut Ids,
) -> Result<Plan, Notice> {
    let Some(model) = project.annotation(like).map(|record| &record.value) else {
        return Err(missing(RecordId::Annotation(like.clone())));
    };
    if places.is_empty() {
        return Err(Notice::info("Nothing is chosen: no place was tagged"));
    }
    let mut edits = Vec::new();
    let (entity, name) = record(project, model, ids, &mut edits);
    let known = entity.as_ref().and_then(|id| query::record_code(project, id));
    let code = model.code.clone().or_else(|| known.cloned());
    for (document, span) in places {
        let annotation = Annotation {
            id: AnnotationId::new(ids.mint("a")),
            document: document.clone(),
            layer: model.layer.clone(),
            code: code.clone(),
            place: Place::Anchored(Fragments::one(*span)),
            entity: entity.clone(),
            features: Features::new(),
        };
        edits.push(Edit::Annotation(AnnotationEdit::Annotate(annotation)));
    }
    let mentions = match places.len() {
        1 => "1 mention".to_owned(),
        n => format!("{n} mentions"),
    };
    let title = format!("Tag {mentions} of “{name}”");
    let said = format!("Tagged {mentions} of {name}");
    Ok(Plan::of(Edit::Group { title, edits }).saying(said))
}

/// The record that the places will speak of, made first where it is missing, and what it is called.
fn record(
    project: &Project,
    model: &Annotation,
    ids: &mut Ids,
    edits: &mut Vec<Edit>,
) -> (Option<EntityId>, String) {
    let attach = |entity: &EntityId, edits: &mut Vec<Edit>| {
        if model.entity.as_ref() != Some(entity) {
            let attach = AnnotationEdit::Attach(model.id.clone(), Some(entity.clone()));
            edits.push(Edit::Annotation(attach));
        }
    };
    match named(project, model) {
        Some(Named::Known(id)) => {
            attach(&id, edits);
            let name = project.entities().get(&id).map(|entity| entity.name.to_string());
            (Some(id), name.unwrap_or_default())
        }
        Some(Named::New(name)) => {
            let entity = Entity {
                id: EntityId::new(ids.mint("n")),
                layer: model.layer.clone(),
                name: name.as_str().into(),
                aliases: Vec::new(),
                code: code_for_record(project, model),
                features: Features::new(),
            };
            let id = entity.id.clone();
            edits.push(Edit::Entity(EntityEdit::Add(entity)));
            attach(&id, edits);
            (Some(id), name)
        }
        Some(Named::Words(words)) => (None, words),
        None => (None, String::new()),
    }
}
