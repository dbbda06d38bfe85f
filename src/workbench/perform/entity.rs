//! Wishes about entities.

use crate::model::{
    Annotation, Edit, Entity, EntityEdit, EntityId, Features, LayerId, Project, RecordId,
    dependants,
};
use crate::query::{form_feature, same_words};
use crate::workbench::perform::annotation::erasure;
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{EntityCommand, Ids, Notice};
use smol_str::SmolStr;

pub(crate) fn plan(
    project: &Project,
    command: &EntityCommand,
    ids: &mut Ids,
) -> Result<Plan, Notice> {
    let mut entity = match command {
        EntityCommand::Add(layer, name) => return add(project, layer, name, ids),
        EntityCommand::Erase(id) => return erase(project, id),
        EntityCommand::Rename(id, _)
        | EntityCommand::SetCode(id, _)
        | EntityCommand::AddAlias(id, _)
        | EntityCommand::RemoveAlias(id, _)
        | EntityCommand::SetFeature(id, ..) => find(project, id)?.clone(),
    };
    match command {
        EntityCommand::Rename(_, name) => {
            let old = std::mem::replace(&mut entity.name, named(name)?);
            if said_in_a_text(project, &entity, &old) {
                entity.aliases.push(old);
            }
            let name = entity.name.clone();
            entity.aliases.retain(|alias| !same_words(alias, &name));
        }
        EntityCommand::SetCode(_, code) => entity.code.clone_from(code),
        EntityCommand::AddAlias(_, alias) => {
            let alias = named(alias)?;
            if entity.names().any(|name| same_words(name, &alias)) {
                return Err(Notice::info(format!("It is called “{alias}” already")));
            }
            entity.aliases.push(alias);
        }
        EntityCommand::RemoveAlias(_, alias) => entity.aliases.retain(|known| known != alias),
        EntityCommand::SetFeature(_, feature, Some(value)) => {
            entity.features.insert(feature.clone(), value.clone());
        }
        EntityCommand::SetFeature(_, feature, None) => {
            entity.features.remove(feature);
        }
        EntityCommand::Add(..) | EntityCommand::Erase(_) => {}
    }
    Ok(Plan::of(Edit::Entity(EntityEdit::Revise(entity))))
}

fn find<'a>(project: &'a Project, id: &EntityId) -> Result<&'a Entity, Notice> {
    let found = project.entities().get(id).map(|record| &record.value);
    found.ok_or_else(|| missing(RecordId::Entity(id.clone())))
}

/// An old name under which a text mentions it stays one of its names.
fn said_in_a_text(project: &Project, entity: &Entity, name: &str) -> bool {
    let names = project.codebook.layer(&entity.layer).and_then(form_feature).is_some();
    let says = |mention: &Annotation| {
        let sheet = project.sheet(&mention.document);
        sheet.is_some_and(|sheet| same_words(&mention.words(&sheet.document().text), name))
    };
    names && project.mentions_of(&entity.id).any(|mention| says(mention))
}

fn named(name: &str) -> Result<SmolStr, Notice> {
    let tidy: Vec<&str> = name.split_whitespace().collect();
    if tidy.is_empty() {
        return Err(Notice::error("A record needs a name", "write a word or two"));
    }
    Ok(tidy.join(" ").into())
}

/// Two of one name would never be told apart in a list: the second is refused.
fn add(project: &Project, layer: &LayerId, name: &str, ids: &mut Ids) -> Result<Plan, Notice> {
    let name = named(name)?;
    let mut all = project.entities().values().filter(|entity| entity.layer == *layer);
    if all.any(|entity| same_words(&entity.name, &name)) {
        return Err(Notice::info(format!("There is a record “{name}” already")));
    }
    let entity = Entity {
        id: EntityId::new(ids.mint("n")),
        layer: layer.clone(),
        name,
        aliases: Vec::new(),
        code: None,
        features: Features::new(),
    };
    let id = RecordId::Entity(entity.id.clone());
    Ok(Plan::of(Edit::Entity(EntityEdit::Add(entity))).making(id))
}

/// Its notes go with it; what refers to it does not.
fn erase(project: &Project, id: &EntityId) -> Result<Plan, Notice> {
    let entity = find(project, id)?;
    let record = RecordId::Entity(id.clone());
    let remark = |id: &RecordId| matches!(id, RecordId::Note(_) | RecordId::Comment(_));
    let uses = dependants(project, &record).iter().filter(|id| !remark(id)).count();
    if uses > 0 {
        let name = &entity.name;
        return Err(Notice::info(format!("“{name}” is still mentioned or linked ({uses})")));
    }
    let said = format!("Erased “{}”", entity.name);
    let edits = erasure(project, &record);
    Ok(Plan::of(Edit::Group { title: "Erase record".to_owned(), edits }).saying(said))
}
