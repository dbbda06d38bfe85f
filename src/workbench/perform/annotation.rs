//! Wishes about annotations.

use crate::model::{
    Annotation, AnnotationEdit, AnnotationId, CodeId, DocumentId, Edit, Entity, EntityEdit,
    EntityId, Features, Fragments, LayerId, Place, Project, RecordId, RelationEdit, RemarkEdit,
    dependants,
};
use crate::query;
use crate::workbench::perform::tag_all::tag_all;
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{AnnotationCommand, Ids, Notice};
use smol_str::SmolStr;
use std::collections::BTreeSet;

pub(crate) fn plan(
    project: &Project,
    command: &AnnotationCommand,
    ids: &mut Ids,
) -> Result<Option<Plan>, Notice> {
    Ok(Some(match command {
        AnnotationCommand::Tag { document, fragments, layer, code } => {
            tag(project, document, fragments, (layer, code.as_ref()), ids)?
        }
        AnnotationCommand::Place(id, fragments) => {
            annotation_edit(AnnotationEdit::Place(id.clone(), fragments.clone()))
        }
        AnnotationCommand::SetLayer(id, layer) => set_layer(project, id, layer)?,
        AnnotationCommand::SetCode(id, code) => {
            annotation_edit(AnnotationEdit::SetCode(id.clone(), code.clone()))
        }
        AnnotationCommand::SetFeature(id, feature, value) => {
            annotation_edit(AnnotationEdit::SetFeature(id.clone(), feature.clone(), value.clone()))
        }
        AnnotationCommand::Attach(id, entity) => attach(project, id, entity.as_ref())?,
        AnnotationCommand::AttachNew(id, name) => attach_new(project, id, name, ids)?,
        AnnotationCommand::TagAll { like, places } => tag_all(project, like, places, ids)?,
        AnnotationCommand::Erase(id) => erase(project, id)?,
    }))
}

fn annotation_edit(edit: AnnotationEdit) -> Plan {
    Plan::of(Edit::Annotation(edit))
}

fn tag(
    project: &Project,
    document: &DocumentId,
    fragments: &Fragments,
    (layer, code): (&LayerId, Option<&CodeId>),
    ids: &mut Ids,
) -> Result<Plan, Notice> {
    let Some(sheet) = project.sheet(document) else {
        return Err(missing(RecordId::Document(document.clone())));
    };
    let words = sheet.document().text.slice(fragments.hull());
    let entity = query::entity_guess(project, layer, words);
    let annotation = Annotation {
        id: AnnotationId::new(ids.mint("a")),
        document: document.clone(),
        layer: layer.clone(),
        code: code.cloned().or_else(|| query::code_guess(project, layer, words)),
        place: Place::Anchored(fragments.clone()),
        entity,
        features: Features::new(),
    };
    let id = RecordId::Annotation(annotation.id.clone());
    Ok(annotation_edit(AnnotationEdit::Annotate(annotation)).making(id))
}

fn set_layer(project: &Project, id: &AnnotationId, layer: &LayerId) -> Result<Plan, Notice> {
    let Some(annotation) = project.annotation(id) else {
        return Err(missing(RecordId::Annotation(id.clone())));
    };
    let name =
        |id: &LayerId| project.codebook.layer(id).map(|l| l.name.clone()).unwrap_or_default();
    let said = format!("{} is now {}", name(&annotation.layer), name(layer));
    Ok(annotation_edit(AnnotationEdit::SetLayer(id.clone(), layer.clone())).saying(said))
}

/// Attaching gives the annotation the entity's code where it has none of its own.
fn attach(project: &Project, id: &AnnotationId, entity: Option<&EntityId>) -> Result<Plan, Notice> {
    let Some(annotation) = project.annotation(id) else {
        return Err(missing(RecordId::Annotation(id.clone())));
    };
    let mut edits = vec![Edit::Annotation(AnnotationEdit::Attach(id.clone(), entity.cloned()))];
    let code =
        entity.and_then(|entity| project.entities().get(entity)).and_then(|e| e.code.clone());
    if annotation.code.is_none() && code.is_some() {
        edits.push(Edit::Annotation(AnnotationEdit::SetCode(id.clone(), code)));
    }
    Ok(Plan::of(Edit::Group { title: "Attach".to_owned(), edits }))
}

/// An entity of that name that the layer has already is taken, not made again.
fn attach_new(
    project: &Project,
    id: &AnnotationId,
    name: &SmolStr,
    ids: &mut Ids,
) -> Result<Plan, Notice> {
    let Some(annotation) = project.annotation(id) else {
        return Err(missing(RecordId::Annotation(id.clone())));
    };
    let name: SmolStr = name.trim().into();
    if name.is_empty() {
        return Err(Notice::error("A record needs a name", "write a word or two"));
    }
    if let Some(known) = query::entity_guess(project, &annotation.layer, &name) {
        return attach(project, id, Some(&known));
    }
    let entity = Entity {
        id: EntityId::new(ids.mint("n")),
        layer: annotation.layer.clone(),
        name: name.clone(),
        aliases: Vec::new(),
        code: annotation.code.clone(),
        features: Features::new(),
    };
    let attach = Edit::Annotation(AnnotationEdit::Attach(id.clone(), Some(entity.id.clone())));
    let edits = vec![Edit::Entity(EntityEdit::Add(entity)), attach];
    Ok(Plan::of(Edit::Group { title: format!("New record “{name}”"), edits }))
}

fn erase(project: &Project, id: &AnnotationId) -> Result<Plan, Notice> {
    let record = RecordId::Annotation(id.clone());
    if !project.has(&record) {
        return Err(missing(record));
    }
    let edits = erasure(project, &record);
    let links = edits.iter().filter(|edit| matches!(edit, Edit::Relation(_))).count();
    let plan = Plan::of(Edit::Group { title: "Erase annotation".to_owned(), edits });
    Ok(match links {
        0 => plan,
        1 => plan.saying("Erased with its link"),
        n => plan.saying(format!("Erased with its {n} links")),
    })
}

/// Edits that erase `record` and, before it, everything that leads to it.
pub(crate) fn erasure(project: &Project, record: &RecordId) -> Vec<Edit> {
    let mut order = Vec::new();
    collect(project, record, &mut BTreeSet::new(), &mut order);
    order.iter().map(erase_edit).collect()
}

/// `record` after everything that leads to it; what has been seen is not visited again.
fn collect(
    project: &Project,
    record: &RecordId,
    seen: &mut BTreeSet<RecordId>,
    order: &mut Vec<RecordId>,
) {
    if !seen.insert(record.clone()) {
        return;
    }
    for dependant in dependants(project, record) {
        collect(project, &dependant, seen, order);
    }
    order.push(record.clone());
}

fn erase_edit(id: &RecordId) -> Edit {
    match id {
        RecordId::Document(id) => Edit::Document(crate::model::DocumentEdit::Erase(id.clone())),
        RecordId::Annotation(id) => Edit::Annotation(AnnotationEdit::Erase(id.clone())),
        RecordId::Entity(id) => Edit::Entity(EntityEdit::Erase(id.clone())),
        RecordId::Relation(id) => Edit::Relation(RelationEdit::Erase(id.clone())),
        RecordId::Note(id) => Edit::Remark(RemarkEdit::EraseNote(id.clone())),
        RecordId::Comment(id) => Edit::Remark(RemarkEdit::EraseComment(id.clone())),
        // Decisions lead to nothing and nothing leads to them; none is ever a dependant.
        RecordId::Decision(_) => Edit::Group { title: String::new(), edits: Vec::new() },
    }
}
