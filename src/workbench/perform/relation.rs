//! Wishes about relations: the codebook says which kinds may join two layers, and in which direction.

use crate::model::{
    Edit, End, Features, Project, RecordId, Relation, RelationEdit, RelationId, RelationKindId,
};
use crate::query::{self, Direction};
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{Ids, Notice, RelationCommand};

pub(crate) fn plan(
    project: &Project,
    command: &RelationCommand,
    ids: &mut Ids,
) -> Result<Option<Plan>, Notice> {
    let edit = match command {
        RelationCommand::Relate { from, to } => return relate(project, from, to, ids).map(Some),
        RelationCommand::Cycle(id) => {
            let relation = find(project, id)?;
            let choices = query::kinds_for(project, &relation.from, &relation.to);
            let now = choices.iter().position(|(kind, direction)| {
                *kind == relation.kind && *direction == Direction::Forwards
            });
            let next = choices.get((now.map_or(0, |at| at + 1)) % choices.len().max(1));
            let Some((kind, direction)) = next else { return Ok(None) };
            RelationEdit::Revise(turned(relation, kind, *direction))
        }
        RelationCommand::SetKind(id, kind) => {
            let relation = find(project, id)?;
            let choices = query::kinds_for(project, &relation.from, &relation.to);
            let direction =
                choices.iter().find(|(other, _)| other == kind).map(|(_, direction)| *direction);
            RelationEdit::Revise(turned(relation, kind, direction.unwrap_or(Direction::Forwards)))
        }
        RelationCommand::SetFeature(id, feature, value) => {
            let mut relation = find(project, id)?.clone();
            match value {
                Some(value) => relation.features.insert(feature.clone(), value.clone()),
                None => relation.features.remove(feature),
            };
            RelationEdit::Revise(relation)
        }
        RelationCommand::Erase(id) => RelationEdit::Erase(id.clone()),
    };
    Ok(Some(Plan::of(Edit::Relation(edit))))
}

fn relate(project: &Project, from: &End, to: &End, ids: &mut Ids) -> Result<Plan, Notice> {
    let choices = query::kinds_for(project, from, to);
    let Some((kind, direction)) = choices.first() else {
        return Err(not_allowed(project, from, to));
    };
    let relation = Relation {
        id: RelationId::new(ids.mint("l")),
        kind: kind.clone(),
        from: from.clone(),
        to: to.clone(),
        features: Features::new(),
    };
    let relation = match direction {
        Direction::Forwards => relation,
        Direction::Backwards => turned(&relation, kind, *direction),
    };
    let twin = project.relations_at(&relation.from).any(|other| {
        other.kind == relation.kind && other.from == relation.from && other.to == relation.to
    });
    if twin {
        return Err(Notice::info("These two are linked that way already"));
    }
    let id = RecordId::Relation(relation.id.clone());
    Ok(Plan::of(Edit::Relation(RelationEdit::Relate(relation))).making(id))
}

fn not_allowed(project: &Project, from: &End, to: &End) -> Notice {
    let name = |end: &End| {
        let layer = project.layer_of(end).and_then(|id| project.codebook.layer(id));
        layer.map_or_else(|| "nothing".to_owned(), |layer| layer.name.to_lowercase())
    };
    if from == to {
        return Notice::info("A link cannot lead from a thing to itself");
    }
    Notice::info(format!("The codebook has no link between {} and {}", name(from), name(to)))
}

fn find<'a>(project: &'a Project, id: &RelationId) -> Result<&'a Relation, Notice> {
    let found = project.relations().get(id).map(|record| &record.value);
    found.ok_or_else(|| missing(RecordId::Relation(id.clone())))
}

/// The relation as `kind`, its ends swapped for backward. Features of another kind go.
fn turned(relation: &Relation, kind: &RelationKindId, direction: Direction) -> Relation {
    let mut turned = relation.clone();
    if turned.kind != *kind {
        turned.kind = kind.clone();
        turned.features = Features::new();
    }
    if direction == Direction::Backwards {
        std::mem::swap(&mut turned.from, &mut turned.to);
    }
    turned
}
