//! Wishes about entities.

use crate::model::{Edit, EntityEdit, Project, RecordId};
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{EntityCommand, Notice};

pub(crate) fn plan(project: &Project, command: &EntityCommand) -> Result<Option<Plan>, Notice> {
    let id = match command {
        EntityCommand::Rename(id, _) | EntityCommand::SetFeature(id, ..) => id,
    };
    let Some(entity) = project.entities().get(id) else {
        return Err(missing(RecordId::Entity(id.clone())));
    };
    let mut entity = entity.value.clone();
    match command {
        EntityCommand::Rename(_, name) if name.trim().is_empty() => {
            return Err(Notice::error("A record needs a name", "write a word or two"));
        }
        EntityCommand::Rename(_, name) => entity.name = name.trim().into(),
        EntityCommand::SetFeature(_, feature, Some(value)) => {
            entity.features.insert(feature.clone(), value.clone());
        }
        EntityCommand::SetFeature(_, feature, None) => {
            entity.features.remove(feature);
        }
    }
    Ok(Some(Plan::of(Edit::Entity(EntityEdit::Revise(entity)))))
}
