//! Wishes about relations: the codebook says which kinds may join two layers, and in which direction.

use crate::model::{
    Edit, End, Features, Project, RecordId, Relation, RelationEdit, RelationId, RelationKindId,
    feature,
};
use crate::query::{self, Direction, Way};
use crate::workbench::perform::annotation::{erasure, gone_with};
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{Ids, Notice, RelationCommand};

pub(crate) fn plan(
    project: &Project,
    command: &RelationCommand,
    ids: &mut Ids,
) -> Result<Option<Plan>, Notice> {
    let edit = match command {
        RelationCommand::Relate { from, to } => {
            return relate(project, (from, to), None, ids).map(Some);
        }
        RelationCommand::RelateAs { from, to, way } => {
            return relate(project, (from, to), Some(way), ids).map(Some);
        }
        RelationCommand::Cycle(id) => {
            let Some(next) = next(project, find(project, id)?) else { return Ok(None) };
            RelationEdit::Revise(next)
        }
        RelationCommand::SetKind(id, kind) => {
            let relation = find(project, id)?;
            let choices = query::kinds_for(project, &relation.from, &relation.to);
            let direction =
                choices.iter().find(|(other, _)| other == kind).map(|(_, direction)| *direction);
            let way = (kind.clone(), direction.unwrap_or(Direction::Forwards));
            RelationEdit::Revise(turned(project, relation, &way))
        }
        RelationCommand::SetFeature(id, feature, value) => {
            let mut relation = find(project, id)?.clone();
            match value {
                Some(value) => relation.features.insert(feature.clone(), value.clone()),
                None => relation.features.remove(feature),
            };
            RelationEdit::Revise(relation)
        }
        RelationCommand::Erase(id) => {
            return Ok(Some(erase(project, id)));
        }
    };
    Ok(Some(Plan::of(Edit::Relation(edit))))
}

/// What was noted and said about it goes too.
fn erase(project: &Project, id: &RelationId) -> Plan {
    let edits = erasure(project, &RecordId::Relation(id.clone()));
    let others = edits.split_last().map_or(&[][..], |(_, others)| others);
    let with = gone_with(others).map(|with| format!(" with its {with}"));
    let said = format!("Link erased{}", with.unwrap_or_default());
    Plan::of(Edit::Group { title: "Erase link".to_owned(), edits }).saying(said)
}

fn relate(
    project: &Project,
    (from, to): (&End, &End),
    wanted: Option<&Way>,
    ids: &mut Ids,
) -> Result<Plan, Notice> {
    let Some(way) = query::way_between(project, from, to, wanted) else {
        return Err(not_allowed(project, (from, to), wanted));
    };
    let relation = Relation {
        id: RelationId::new(ids.mint("l")),
        kind: way.0.clone(),
        from: from.clone(),
        to: to.clone(),
        features: Features::new(),
    };
    let relation = turned(project, &relation, &way);
    if has_twin(project, &relation) {
        return Err(Notice::info("These two are linked that way already"));
    }
    let id = RecordId::Relation(relation.id.clone());
    Ok(Plan::of(Edit::Relation(RelationEdit::Relate(relation))).making(id))
}

fn not_allowed(project: &Project, (from, to): (&End, &End), wanted: Option<&Way>) -> Notice {
    let name = |end: &End| {
        let layer = project.layer_of(end).and_then(|id| project.codebook.layer(id));
        layer.map_or_else(|| "nothing".to_owned(), |layer| layer.name.to_lowercase())
    };
    if from == to {
        return Notice::info("A link cannot lead from a thing to itself");
    }
    let (from, to) = (name(from), name(to));
    match wanted {
        Some((kind, direction)) => {
            let kind = query::way_name(&project.codebook, kind, *direction);
            Notice::info(format!("“{kind}” does not lead from {from} to {to}. Tab: another type"))
        }
        None => Notice::info(format!("The codebook has no link between {from} and {to}")),
    }
}

/// Whether another relation of this kind joins the same ends.
fn has_twin(project: &Project, relation: &Relation) -> bool {
    let symmetric = project.codebook.relation(&relation.kind).is_some_and(|kind| kind.symmetric);
    project.relations_at(&relation.from).any(|other| {
        let same = other.from == relation.from && other.to == relation.to;
        let turned = other.from == relation.to && other.to == relation.from;
        other.id != relation.id && other.kind == relation.kind && (same || symmetric && turned)
    })
}

/// The relation in the next kind or direction that no other relation has. The ways are counted from the end with
/// the lower id, so that one comes round to where one began.
fn next(project: &Project, relation: &Relation) -> Option<Relation> {
    let (low, high) = ((&relation.from).min(&relation.to), (&relation.from).max(&relation.to));
    let ways = query::kinds_for(project, low, high);
    let symmetric = project.codebook.relation(&relation.kind).is_some_and(|kind| kind.symmetric);
    let own =
        if symmetric || relation.from == *low { Direction::Forwards } else { Direction::Backwards };
    let now = ways.iter().position(|(kind, way)| *kind == relation.kind && *way == own);
    let after = now.map_or(0, |now| now + 1);
    let laid = Relation { from: low.clone(), to: high.clone(), ..relation.clone() };
    let others = ways.iter().cycle().skip(after).take(ways.len().saturating_sub(1).max(1));
    others
        .map(|way| turned(project, &laid, way))
        .find(|next| next != relation && !has_twin(project, next))
}

fn find<'a>(project: &'a Project, id: &RelationId) -> Result<&'a Relation, Notice> {
    let found = project.relations().get(id).map(|record| &record.value);
    found.ok_or_else(|| missing(RecordId::Relation(id.clone())))
}

/// The relation as that kind, its ends swapped for backward. Features that the other kind does not have go.
fn turned(project: &Project, relation: &Relation, (kind, direction): &Way) -> Relation {
    let mut turned = relation.clone();
    if turned.kind != *kind {
        turned.kind = kind.clone();
        turned.features = kept(project, &relation.features, kind);
    }
    if *direction == Direction::Backwards {
        std::mem::swap(&mut turned.from, &mut turned.to);
    }
    turned
}

/// The features that relations of `kind` may have too.
fn kept(project: &Project, features: &Features, kind: &RelationKindId) -> Features {
    let rules = project.codebook.relation(kind).map_or(&[][..], |kind| &kind.features);
    let fits = |id, value| feature(rules, id).is_some_and(|rule| rule.accepts(value));
    let all = features.iter().filter(|(id, value)| fits(id, value));
    all.map(|(id, value)| (id.clone(), value.clone())).collect()
}
