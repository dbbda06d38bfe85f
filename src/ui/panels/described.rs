//! What can be said of a record, whatever kind it is: its features that are set, their rules, its code.

use crate::model::{CodeId, DocumentId, Feature, FeatureId, FeatureKind, Features, Project, Value};
use crate::ui::desk::Selected;
use crate::workbench::{
    AnnotationCommand, Command, DocumentCommand, EntityCommand, RelationCommand,
};

/// The features of a record and what the codebook says of them.
#[derive(Clone, Copy)]
pub struct Described<'a> {
    /// What is set.
    pub set: &'a Features,
    /// What may be.
    pub rules: &'a [Feature],
    /// The record's code.
    pub code: Option<&'a CodeId>,
}

/// What can be said of `of`; none if it is not there.
pub fn described<'a>(project: &'a Project, of: &Selected) -> Option<Described<'a>> {
    Some(match of {
        Selected::Annotation(id) => {
            let annotation = &project.annotation(id)?.value;
            let layer = project.codebook.layer(&annotation.layer)?;
            Described {
                set: &annotation.features,
                rules: &layer.features,
                code: annotation.code.as_ref(),
            }
        }
        Selected::Relation(id) => {
            let relation = &project.relations().get(id)?.value;
            let kind = project.codebook.relation(&relation.kind)?;
            Described { set: &relation.features, rules: &kind.features, code: None }
        }
        Selected::Entity(id) => {
            let entity = &project.entities().get(id)?.value;
            let layer = project.codebook.layer(&entity.layer)?;
            let code = entity.code.as_ref();
            Described { set: &entity.features, rules: &layer.entity_features, code }
        }
        Selected::Document(id) => of_document(project, id)?,
    })
}

fn of_document<'a>(project: &'a Project, id: &DocumentId) -> Option<Described<'a>> {
    let document = &project.sheet(id)?.document().value;
    let rules = &project.codebook.document_features;
    Some(Described { set: &document.meta, rules, code: None })
}

impl Described<'_> {
    /// Whether the feature has this value, or has it among others.
    pub fn holds(&self, rule: &Feature, value: &Value) -> bool {
        match (self.set.get(&rule.id), value) {
            (Some(Value::Several(ids)), Value::Choice(id)) => ids.contains(id),
            (set, value) => set == Some(value),
        }
    }

    /// The feature's value after `value` was chosen: chosen again it is taken away, and of several only it.
    pub fn with(&self, rule: &Feature, value: Value) -> Option<Value> {
        match (&rule.kind, value) {
            (FeatureKind::Choice { many: true, .. }, Value::Choice(id)) => {
                let mut ids = match self.set.get(&rule.id) {
                    Some(Value::Several(ids)) => ids.clone(),
                    _ => Vec::new(),
                };
                if ids.contains(&id) {
                    ids.retain(|other| *other != id);
                } else {
                    ids.push(id);
                }
                (!ids.is_empty()).then_some(Value::Several(ids))
            }
            (_, value) => (!self.holds(rule, &value)).then_some(value),
        }
    }
}

/// The command that sets a feature of whatever is selected.
pub fn set_feature(of: &Selected, feature: &FeatureId, value: Option<Value>) -> Command {
    let feature = feature.clone();
    match of {
        Selected::Annotation(id) => {
            Command::Annotation(AnnotationCommand::SetFeature(id.clone(), feature, value))
        }
        Selected::Relation(id) => {
            Command::Relation(RelationCommand::SetFeature(id.clone(), feature, value))
        }
        Selected::Entity(id) => {
            Command::Entity(EntityCommand::SetFeature(id.clone(), feature, value))
        }
        Selected::Document(id) => {
            Command::Document(DocumentCommand::SetField(id.clone(), feature, value))
        }
    }
}
