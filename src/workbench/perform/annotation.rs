//! Wishes about annotations.

use crate::model::{
    Annotation, AnnotationEdit, AnnotationId, CodeId, DecisionEdit, DocumentId, Edit, Entity,
    EntityEdit, EntityId, Features, Fragments, LayerId, Place, Project, RecordId, RelationEdit,
    RemarkEdit, dependants,
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
        AnnotationCommand::SetCode(id, code) => set_code(project, id, code.as_ref())?,
        AnnotationCommand::SetFeature(id, feature, value) => {
            annotation_edit(AnnotationEdit::SetFeature(id.clone(), feature.clone(), value.clone()))
        }
        AnnotationCommand::Attach(id, entity) => {
            attach(project, id, entity.as_ref(), Confirmed::Yes)?
        }
        AnnotationCommand::AttachUnconfirmed(id, entity) => {
            attach(project, id, Some(entity), Confirmed::No)?
        }
        AnnotationCommand::AttachNew(id, name) => attach_new(project, id, name, ids)?,
        AnnotationCommand::TagAll { like, places } => tag_all(project, like, places, ids)?,
        AnnotationCommand::AttachOwnWords(id) => {
            let words = own_words(project, find(project, id)?);
            let tidy: Vec<&str> = words.split_whitespace().collect();
            attach_new(project, id, &tidy.join(" ").into(), ids)?
        }
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
        code: code.cloned().or_else(|| {
            query::code_guess(project, layer, words, (document, fragments.hull().start()))
        }),
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

/// Whether somebody has chosen the annotation's code, or it is a guess.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Confirmed {
    Yes,
    No,
}

fn find<'a>(project: &'a Project, id: &AnnotationId) -> Result<&'a Annotation, Notice> {
    let found = project.annotation(id).map(|record| &record.value);
    found.ok_or_else(|| missing(RecordId::Annotation(id.clone())))
}

fn own_words(project: &Project, annotation: &Annotation) -> String {
    let sheet = project.sheet(&annotation.document);
    sheet.map_or_else(String::new, |sheet| annotation.words(&sheet.document().text))
}

/// The record behind a mention gets the code too, if it has none, shares the layer's codes and is named by mentions.
fn set_code(project: &Project, id: &AnnotationId, code: Option<&CodeId>) -> Result<Plan, Notice> {
    let annotation = find(project, id)?;
    let recode = Edit::Annotation(AnnotationEdit::SetCode(id.clone(), code.cloned()));
    let entity = annotation.entity.as_ref().and_then(|id| project.entities().get(id));
    let named = layer_of(project, annotation)
        .is_some_and(|layer| layer.entity_codes && query::form_feature(layer).is_some());
    match (entity, code) {
        (Some(entity), Some(code)) if named && entity.code.is_none() => {
            let entity = Entity { code: Some(code.clone()), ..entity.value.clone() };
            let edits = vec![recode, Edit::Entity(EntityEdit::Revise(entity))];
            Ok(Plan::of(Edit::Group { title: "Change code".to_owned(), edits }))
        }
        _ => Ok(Plan::of(recode)),
    }
}

fn layer_of<'a>(project: &'a Project, annotation: &Annotation) -> Option<&'a crate::model::Layer> {
    project.codebook.layer(&annotation.layer)
}

/// Attaching gives the annotation the entity's code where it has none of its own, and the entity the annotation's, in
/// layers whose entities share the codes; words that are a name become an alias.
fn attach(
    project: &Project,
    id: &AnnotationId,
    entity: Option<&EntityId>,
    confirmed: Confirmed,
) -> Result<Plan, Notice> {
    let annotation = find(project, id)?;
    let mut edits = vec![Edit::Annotation(AnnotationEdit::Attach(id.clone(), entity.cloned()))];
    let record = entity.and_then(|entity| project.entities().get(entity));
    if let (Some(record), Some(layer)) = (record, layer_of(project, annotation)) {
        let open = annotation.code.is_none() || confirmed == Confirmed::No;
        if open && layer.entity_codes && record.code.is_some() && record.code != annotation.code {
            edits.push(Edit::Annotation(AnnotationEdit::SetCode(id.clone(), record.code.clone())));
        }
        let mut learned = record.value.clone();
        let words = own_words(project, annotation);
        learned.aliases.extend(query::alias_taught(layer, annotation, &words, record));
        let shares = layer.entity_codes && query::form_feature(layer).is_some();
        if shares && confirmed == Confirmed::Yes {
            learned.code = learned.code.or_else(|| annotation.code.clone());
        }
        if learned != record.value {
            edits.push(Edit::Entity(EntityEdit::Revise(learned)));
        }
    }
    let title = if entity.is_some() { "Attach" } else { "Detach" };
    Ok(Plan::of(Edit::Group { title: title.to_owned(), edits }))
}

/// The code that a record made of the annotation has.
pub(in crate::workbench::perform) fn code_for_record(
    project: &Project,
    annotation: &Annotation,
) -> Option<CodeId> {
    layer_of(project, annotation).filter(|layer| layer.entity_codes)?;
    annotation.code.clone()
}

/// An entity of that name that the layer has already is taken, not made again.
fn attach_new(
    project: &Project,
    id: &AnnotationId,
    name: &SmolStr,
    ids: &mut Ids,
) -> Result<Plan, Notice> {
    let annotation = find(project, id)?;
    let name: SmolStr = name.trim().into();
    if name.is_empty() {
        return Err(Notice::error("A record needs a name", "write a word or two"));
    }
    if let Some(known) = query::entity_guess(project, &annotation.layer, &name) {
        return attach(project, id, Some(&known), Confirmed::Yes);
    }
    let mut entity = Entity {
        id: EntityId::new(ids.mint("n")),
        layer: annotation.layer.clone(),
        name: name.clone(),
        aliases: Vec::new(),
        code: code_for_record(project, annotation),
        features: Features::new(),
    };
    if let Some(layer) = layer_of(project, annotation) {
        let words = own_words(project, annotation);
        entity.aliases.extend(query::alias_taught(layer, annotation, &words, &entity));
    }
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
    let with = gone_with(&edits);
    let plan = Plan::of(Edit::Group { title: "Erase annotation".to_owned(), edits });
    Ok(with.into_iter().fold(plan, |plan, with| plan.saying(format!("Erased with its {with}"))))
}

/// What others would miss: "link", "3 links", "2 links and comment"; none for nothing of the kind.
pub(crate) fn gone_with(edits: &[Edit]) -> Option<String> {
    let links = edits.iter().filter(|edit| matches!(edit, Edit::Relation(_))).count();
    let comment = |edit: &&Edit| matches!(edit, Edit::Remark(RemarkEdit::EraseComment(_)));
    let comments = edits.iter().filter(comment).count();
    let named = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(word.to_owned()),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> =
        [named(links, "link"), named(comments, "comment")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
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
        RecordId::Decision(id) => Edit::Decision(DecisionEdit::Erase(id.clone())),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::{annotation, codebook, project, signature};
    use crate::model::{
        Annotation, AnnotationEdit, AnnotationId, Annotator, CodeId, Edit, Project, apply,
    };
    use crate::workbench::perform::plan;
    use crate::workbench::{AnnotationCommand, Command, Ids};
    use std::sync::Arc;

    /// A coded claim, one without a code, and no records.
    #[expect(
        clippy::fn_params_excessive_bools,
        reason = "what the codebook says, as it stands in the file"
    )]
    fn claims(entity_codes: bool) -> Project {
        let mut book = codebook();
        book.layers[1].entity_codes = entity_codes;
        let mut empty = project();
        empty.codebook = Arc::new(book);
        let code = Some(CodeId::new("claim.promise"));
        let coded = Annotation { code, ..annotation("a_1", "claim", 0, 20) };
        let edits = [coded, annotation("a_2", "claim", 4, 12)];
        let edits = edits.map(|a| Edit::Annotation(AnnotationEdit::Annotate(a))).to_vec();
        apply(&empty, &Edit::Group { title: "All".into(), edits }, &signature("x")).unwrap()
    }

    fn done(project: &Project, command: AnnotationCommand, ids: &mut Ids) -> Project {
        let author = (ids, &Annotator::new("Anna"));
        let plan = plan(project, &Command::Annotation(command), author).unwrap().unwrap();
        apply(project, &plan.edit, &signature("x")).unwrap()
    }

    fn code_of(project: &Project, id: &str) -> Option<CodeId> {
        project.annotation(&AnnotationId::new(id)).unwrap().code.clone()
    }

    #[test]
    fn an_issue_has_no_code_of_its_claims_and_gives_none() {
        let promise = Some(CodeId::new("claim.promise"));
        for (shares, expected) in [(true, promise), (false, None)] {
            let mut ids = Ids::seeded(1);
            let first = AnnotationCommand::AttachNew(AnnotationId::new("a_1"), "Dam".into());
            let made = done(&claims(shares), first, &mut ids);
            let issue = made.entities().values().next().unwrap();
            assert_eq!(issue.code, expected);
            let id = AnnotationId::new("a_2");
            let other = AnnotationCommand::Attach(id, Some(issue.id.clone()));
            assert_eq!(code_of(&done(&made, other, &mut ids), "a_2"), expected);
        }
    }
}
