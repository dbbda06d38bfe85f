//! What a record must be to stand in a project: one function for each kind.
//!
//! Asked before an edit (`apply`), for a record of a file (formats) and by the doctor (`check`): one set of rules.

use crate::model::{
    Annotation, AnyRecord, Comment, Document, End, Entity, Feature, Features, LayerId, Project,
    RecordId, Refusal, Relation, Value, feature,
};
use crate::text::{Span, Text};

/// Whether `record` may stand in `project`, which has everything it leads to.
pub fn may_stand(project: &Project, record: &AnyRecord) -> Result<(), Refusal> {
    may_stand_with(project, record, |end| project.layer_of(end))
}

/// The same, where the caller knows a faster way to the layer of an end: many records are judged at once.
pub fn may_stand_with<'l>(
    project: &Project,
    record: &AnyRecord,
    layer_of: impl Fn(&End) -> Option<&'l LayerId>,
) -> Result<(), Refusal> {
    match record {
        AnyRecord::Document(document) => document_may_stand(project, document),
        AnyRecord::Entity(entity) => entity_may_stand(project, entity),
        AnyRecord::Annotation(annotation) => annotation_may_stand(project, annotation),
        AnyRecord::Relation(relation) => relation_may_stand(project, relation, layer_of),
        AnyRecord::Note(note) => target_exists(project, &note.target),
        AnyRecord::Comment(comment) => comment_may_stand(project, comment),
        AnyRecord::Decision(_) => Ok(()),
    }
}

fn document_may_stand(project: &Project, document: &Document) -> Result<(), Refusal> {
    features_may_stand(project, &document.meta, &project.codebook.document_features)?;
    let Some(sheet) = project.sheet(&document.id) else { return Ok(()) };
    if sheet.document().text == document.text {
        return Ok(());
    }
    sheet
        .annotations()
        .values()
        .try_for_each(|annotation| spans_lie_in(document, annotation.place.fragments().spans()))
}

fn entity_may_stand(project: &Project, entity: &Entity) -> Result<(), Refusal> {
    let layer = &entity.layer;
    let Some(rules) = project.codebook.layer(layer) else {
        return Err(Refusal::UnknownLayer(layer.clone()));
    };
    code_is_known(rules, entity.code.as_ref())?;
    features_may_stand(project, &entity.features, &rules.entity_features)
}

fn annotation_may_stand(project: &Project, annotation: &Annotation) -> Result<(), Refusal> {
    let layer = &annotation.layer;
    let Some(rules) = project.codebook.layer(layer) else {
        return Err(Refusal::UnknownLayer(layer.clone()));
    };
    let Some(sheet) = project.sheet(&annotation.document) else {
        return Err(Refusal::Missing(RecordId::Document(annotation.document.clone())));
    };
    spans_lie_in(sheet.document(), annotation.place.fragments().spans())?;
    code_is_known(rules, annotation.code.as_ref())?;
    if let Some(id) = &annotation.entity {
        let Some(entity) = project.entities().get(id) else {
            return Err(Refusal::Missing(RecordId::Entity(id.clone())));
        };
        if entity.layer != *layer {
            return Err(Refusal::EntityOfOtherLayer { entity: id.clone(), layer: layer.clone() });
        }
    }
    features_may_stand(project, &annotation.features, &rules.features)
}

fn relation_may_stand<'l>(
    project: &Project,
    relation: &Relation,
    layer_of: impl Fn(&End) -> Option<&'l LayerId>,
) -> Result<(), Refusal> {
    let Some(kind) = project.codebook.relation(&relation.kind) else {
        return Err(Refusal::UnknownRelation(relation.kind.clone()));
    };
    let layer = |end: &End| layer_of(end).ok_or_else(|| Refusal::DanglingEnd(end.clone()));
    let (from, to) = (layer(&relation.from)?, layer(&relation.to)?);
    if relation.from == relation.to {
        return Err(Refusal::EndsAreOne);
    }
    if !kind.joins(from, to) {
        let (from, to) = (from.clone(), to.clone());
        return Err(Refusal::EndsNotAllowed { kind: relation.kind.clone(), from, to });
    }
    features_may_stand(project, &relation.features, &kind.features)
}

fn comment_may_stand(project: &Project, comment: &Comment) -> Result<(), Refusal> {
    target_exists(project, &comment.target)?;
    let first = project.comments().get(&comment.thread);
    let same =
        comment.thread == comment.id || first.is_some_and(|first| first.target == comment.target);
    // A comment that has answers does not turn to something else.
    let turns = project.comments().get(&comment.id).is_some_and(|old| old.target != comment.target);
    let answered =
        || project.comments().values().any(|c| c.thread == comment.id && c.id != comment.id);
    if same && !(turns && answered()) { Ok(()) } else { Err(Refusal::ThreadElsewhere) }
}

fn target_exists(project: &Project, target: &RecordId) -> Result<(), Refusal> {
    if project.has(target) { Ok(()) } else { Err(Refusal::Missing(target.clone())) }
}

fn code_is_known(
    layer: &crate::model::Layer,
    code: Option<&crate::model::CodeId>,
) -> Result<(), Refusal> {
    match code {
        Some(code) if layer.code(code).is_none() => {
            Err(Refusal::UnknownCode { layer: layer.id.clone(), code: code.clone() })
        }
        _ => Ok(()),
    }
}

fn spans_lie_in(document: &Document, spans: &[Span]) -> Result<(), Refusal> {
    match spans.iter().find(|span| !document.text.holds(**span)) {
        None => Ok(()),
        Some(span) => Err(outside(document, *span)),
    }
}

fn outside(document: &Document, span: Span) -> Refusal {
    let text: &Text = &document.text;
    Refusal::SpanOutsideText {
        document: document.id.clone(),
        start: text.code_points(span.start()),
        end: text.code_points(span.end()),
        length: text.len_code_points(),
    }
}

fn features_may_stand(project: &Project, set: &Features, known: &[Feature]) -> Result<(), Refusal> {
    for (id, value) in set {
        // What a file brought and we do not understand stays, and is listed as a fault.
        if matches!(value, Value::Foreign(_)) {
            continue;
        }
        let Some(rules) = feature(known, id) else {
            return Err(Refusal::UnknownFeature(id.clone()));
        };
        if !rules.accepts(value) {
            return Err(Refusal::ValueNotAllowed(id.clone()));
        }
        if let Value::Reference(end) = value
            && project.layer_of(end).is_none()
        {
            return Err(Refusal::DanglingEnd(end.clone()));
        }
    }
    Ok(())
}

/// Every record that leads to `id` and would dangle without it.
pub fn dependants(project: &Project, id: &RecordId) -> Vec<RecordId> {
    let mut found = project.remarks_on(id);
    match id {
        RecordId::Document(id) => {
            let annotations =
                project.sheet(id).into_iter().flat_map(|sheet| sheet.annotations().keys());
            found.extend(annotations.cloned().map(RecordId::Annotation));
        }
        RecordId::Annotation(id) => {
            found.extend(leading_to(project, &End::Annotation(id.clone())));
        }
        RecordId::Entity(id) => {
            found.extend(leading_to(project, &End::Entity(id.clone())));
            let mentions = project.mentions_of(id).map(|mention| mention.id.clone());
            found.extend(mentions.map(RecordId::Annotation));
        }
        RecordId::Comment(id) => {
            let answers = project.comments().values().filter(|c| c.thread == *id && c.id != *id);
            found.extend(answers.map(|answer| RecordId::Comment(answer.id.clone())));
        }
        RecordId::Relation(_) | RecordId::Note(_) | RecordId::Decision(_) => {}
    }
    found
}

/// Relations that lead to `end`, and whatever refers to it in a feature.
fn leading_to(project: &Project, end: &End) -> Vec<RecordId> {
    let relations =
        project.relations_at(end).map(|relation| RecordId::Relation(relation.id.clone()));
    relations.chain(project.references_to(end).cloned()).collect()
}
