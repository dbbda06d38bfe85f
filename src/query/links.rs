//! What leads where, and what may.

use crate::model::{
    Codebook, End, LayerId, Project, Record, Relation, RelationKind, RelationKindId,
};
use std::sync::Arc;

/// Which way a relation goes, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It starts here.
    Forwards,
    /// It ends here.
    Backwards,
}

/// A kind of relation and which way it goes, seen from where one stands.
pub type Way = (RelationKindId, Direction);

/// A relation seen from one of its ends.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The relation.
    pub relation: &'a Arc<Record<Relation>>,
    /// Its kind as it is read from here.
    pub name: &'a str,
    /// What it leads to, or comes from.
    pub other: &'a End,
    /// Which way it goes.
    pub direction: Direction,
}

/// All relations at `end`: in the codebook's order, those that start here first.
pub fn links_of<'a>(project: &'a Project, end: &End) -> Vec<Link<'a>> {
    let mut links: Vec<Link<'a>> = project
        .relations_at(end)
        .map(|relation| {
            let forwards = relation.from == *end;
            let direction = if forwards { Direction::Forwards } else { Direction::Backwards };
            let other = if forwards { &relation.to } else { &relation.from };
            let name = way_name(&project.codebook, &relation.kind, direction);
            Link { relation, name, other, direction }
        })
        .collect();
    let kinds = &project.codebook.relations;
    links.sort_by_key(|link| {
        let kind = kinds.iter().position(|kind| kind.id == link.relation.kind);
        (kind.unwrap_or(kinds.len()), link.direction, &link.relation.id)
    });
    links
}

/// A kind's name as it is read from one of its ends: "claims", "claimed by".
pub fn way_name<'a>(
    codebook: &'a Codebook,
    kind: &'a RelationKindId,
    direction: Direction,
) -> &'a str {
    match (codebook.relation(kind), direction) {
        (Some(kind), Direction::Backwards) if !kind.symmetric && !kind.inverse.is_empty() => {
            &kind.inverse
        }
        (Some(kind), _) => &kind.name,
        (None, _) => kind.as_str(),
    }
}

/// What a person calls it: an annotation's words, an entity's name.
pub fn label_of_end(project: &Project, end: &End) -> String {
    let label = match end {
        End::Annotation(id) => project
            .annotation(id)
            .and_then(|annotation| Some(annotation.words(&project.home_of(id)?.document().text))),
        End::Entity(id) => project.entities().get(id).map(|entity| entity.name.to_string()),
    };
    label.unwrap_or_else(|| end.as_str().to_owned())
}

/// Kinds that may lead from one to the other, the default first; then those that may the other way round.
pub fn kinds_for(project: &Project, from: &End, to: &End) -> Vec<Way> {
    let (Some(here), Some(there)) = (project.layer_of(from), project.layer_of(to)) else {
        return Vec::new();
    };
    if from == to {
        return Vec::new();
    }
    let forwards = project.codebook.kinds_between(here, there);
    let mut backwards = project.codebook.kinds_between(there, here);
    backwards.retain(|kind| !kind.symmetric || !kind.joins(here, there));
    let with = |direction| move |kind: &RelationKind| (kind.id.clone(), direction);
    let forwards = forwards.into_iter().map(with(Direction::Forwards));
    forwards.chain(backwards.into_iter().map(with(Direction::Backwards))).collect()
}

/// How `from` may be linked to `to`: the `wanted` way or not at all. Where none is wanted it is the first way; but of a
/// claim that nobody makes yet one says first who makes it, for every claim has a claimant and few are about somebody.
pub fn way_between(project: &Project, from: &End, to: &End, wanted: Option<&Way>) -> Option<Way> {
    let ways = kinds_for(project, from, to);
    let claimed = (RelationKindId::new(CLAIMS), Direction::Backwards);
    let owes = wanted.is_none() && ways.contains(&claimed) && !is_claimed(project, from);
    let wanted = if owes { Some(&claimed) } else { wanted };
    ways.iter().find(|way| wanted.is_none_or(|wanted| wanted == *way)).cloned()
}

/// The id that the codebook gives to the link from a claimant to a claim.
pub(crate) const CLAIMS: &str = "claims";

/// Whether somebody is linked to it as its claimant.
pub(crate) fn is_claimed(project: &Project, claim: &End) -> bool {
    project.relations_at(claim).any(|link| link.kind.as_str() == CLAIMS && link.to == *claim)
}

/// Who makes a claim or does what happens: where a usual link comes from that starts, as the codebook's `claims` does,
/// with those who speak and act, and leads to something else. None where nobody is linked so.
pub fn doer<'a>(project: &'a Project, what: &End) -> Option<&'a End> {
    let codebook = &project.codebook;
    let people = &codebook.relation(&RelationKindId::new(CLAIMS))?.from;
    let done = |kind: &RelationKind| {
        let of_people = kind.from.iter().all(|layer| people.contains(layer));
        kind.default && of_people && !kind.to.iter().any(|layer| people.contains(layer))
    };
    let usual = |link: &Link<'_>| codebook.relation(&link.relation.kind).is_some_and(done);
    let links = links_of(project, what).into_iter();
    let mut by = links.filter(|link| link.direction == Direction::Backwards && usual(link));
    by.next().map(|link| link.other)
}

/// All ways in which something of `layer` may be linked: those that start there, then those that end there.
pub fn ways_at(codebook: &Codebook, layer: &LayerId) -> Vec<Way> {
    let kinds = codebook.relations.iter();
    let starts = kinds
        .clone()
        .filter(|kind| kind.from.contains(layer) || (kind.symmetric && kind.to.contains(layer)));
    let ends = kinds.filter(|kind| kind.to.contains(layer) && !kind.symmetric);
    let starts = starts.map(|kind| (kind.id.clone(), Direction::Forwards));
    starts.chain(ends.map(|kind| (kind.id.clone(), Direction::Backwards))).collect()
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{Direction, doer, kinds_for, label_of_end, links_of, way_between, ways_at};
    use std::sync::Arc;

    fn end(id: &str) -> End {
        End::Annotation(AnnotationId::new(id))
    }

    fn linked() -> Project {
        let mut codebook = codebook();
        codebook.relations[0].inverse = "claimed by".into();
        let mut doubted = codebook.relations[0].clone();
        (doubted.id, doubted.default) = (RelationKindId::new("doubts"), false);
        codebook.relations.insert(0, doubted);
        let author = Entity {
            id: EntityId::new("e_1"),
            layer: LayerId::new("actor"),
            name: "The author".into(),
            aliases: Vec::new(),
            code: None,
            features: Features::new(),
        };
        let voice = Relation {
            from: End::Entity(author.id.clone()),
            ..relation("l_2", "claims", "a_1", "a_2")
        };
        let edits = vec![
            Edit::Document(DocumentEdit::Add(document("d_1"))),
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_1", "actor", 4, 12))),
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_2", "claim", 13, 20))),
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_3", "actor", 0, 3))),
            Edit::Entity(EntityEdit::Add(author)),
            Edit::Relation(RelationEdit::Relate(relation("l_1", "claims", "a_1", "a_2"))),
            Edit::Relation(RelationEdit::Relate(voice)),
            Edit::Relation(RelationEdit::Relate(relation("l_3", "allied", "a_3", "a_1"))),
        ];
        let empty = Project::new(ProjectId::new("p_1"), Arc::new(codebook));
        let all = Edit::Group { title: "All".into(), edits };
        apply(&empty, &all, &signature("x")).unwrap()
    }

    fn read(id: &str) -> Vec<String> {
        let project = linked();
        let links = links_of(&project, &end(id));
        links
            .iter()
            .map(|link| format!("{} {}", link.name, label_of_end(&project, link.other)))
            .collect()
    }

    #[test]
    fn a_link_is_read_from_each_of_its_ends() {
        assert_eq!(read("a_1"), ["claims said no", "allied The"]);
        assert_eq!(read("a_2"), ["claimed by minister", "claimed by The author"]);
        assert_eq!(read("a_3"), ["allied minister"]);
    }

    #[test]
    fn the_default_kind_is_offered_first_and_swapped_ends_say_so() {
        let project = linked();
        let offered = |from, to| {
            let kinds = kinds_for(&project, &end(from), &end(to)).into_iter();
            kinds.map(|(kind, direction)| (kind.to_string(), direction)).collect::<Vec<_>>()
        };
        let both = |direction| ["claims", "doubts"].map(|kind| (kind.to_owned(), direction));
        assert_eq!(offered("a_1", "a_2"), both(Direction::Forwards));
        assert_eq!(offered("a_2", "a_1"), both(Direction::Backwards));
        assert_eq!(offered("a_1", "a_3"), [("allied".to_owned(), Direction::Forwards)]);
        assert!(offered("a_1", "a_1").is_empty() && offered("a_2", "a_none").is_empty());
    }

    #[test]
    fn between_two_of_one_layer_a_directed_kind_may_go_either_way() {
        let mut project = linked();
        let mut codebook = (*project.codebook).clone();
        let mut part = codebook.relations[0].clone();
        (part.id, part.to, part.default) = (RelationKindId::new("part"), part.from.clone(), false);
        codebook.relations.push(part);
        project.codebook = Arc::new(codebook);
        let ways = kinds_for(&project, &end("a_1"), &end("a_3"));
        let part = |direction| (RelationKindId::new("part"), direction);
        assert!(
            ways.contains(&part(Direction::Forwards)) && ways.contains(&part(Direction::Backwards))
        );
        let allied = ways.iter().filter(|(kind, _)| kind.as_str() == "allied").count();
        assert_eq!(allied, 1, "a symmetric kind goes one way: {ways:?}");
    }

    #[test]
    fn a_wanted_way_is_taken_or_none() {
        let project = linked();
        let doubts = (RelationKindId::new("doubts"), Direction::Forwards);
        let way = |from, to, wanted| way_between(&project, &end(from), &end(to), wanted);
        assert_eq!(way("a_1", "a_2", Some(&doubts)), Some(doubts.clone()));
        assert_eq!(way("a_2", "a_1", Some(&doubts)), None);
        assert_eq!(way("a_1", "a_2", None).unwrap().0.as_str(), "claims");
    }

    #[test]
    fn a_claim_that_nobody_makes_gets_its_claimant_first() {
        let mut codebook = (*linked().codebook).clone();
        let mut about = codebook.relations[0].clone();
        (about.id, about.default) = (RelationKindId::new("about"), true);
        std::mem::swap(&mut about.from, &mut about.to);
        codebook.relations.insert(0, about);
        let mut project = linked();
        project.codebook = Arc::new(codebook);
        let first = |project: &Project| {
            let (kind, direction) = way_between(project, &end("a_2"), &end("a_1"), None).unwrap();
            (kind.to_string(), direction)
        };
        assert_eq!(first(&project), ("about".to_owned(), Direction::Forwards), "it has one");
        for id in ["l_1", "l_2"] {
            let erase = Edit::Relation(RelationEdit::Erase(RelationId::new(id)));
            project = apply(&project, &erase, &signature("x")).unwrap();
        }
        assert_eq!(first(&project), ("claims".to_owned(), Direction::Backwards));
    }

    #[test]
    fn only_who_speaks_or_acts_is_said_to_have_done_it() {
        let mut project = linked();
        let by = |project: &Project, id: &str| {
            let here = end(id);
            doer(project, &here).map(|who| label_of_end(project, who))
        };
        assert_eq!(by(&project, "a_2").as_deref(), Some("minister"));
        assert_eq!(by(&project, "a_1"), None, "an ally does not make an actor");
        let mut codebook = (*project.codebook).clone();
        let mut about = codebook.relations[0].clone();
        (about.id, about.default) = (RelationKindId::new("about"), true);
        std::mem::swap(&mut about.from, &mut about.to);
        codebook.relations.push(about);
        project.codebook = Arc::new(codebook);
        let about = Edit::Relation(RelationEdit::Relate(relation("l_4", "about", "a_2", "a_3")));
        let project = apply(&project, &about, &signature("x")).unwrap();
        assert_eq!(by(&project, "a_3"), None, "what is said of an actor is not by that claim");
        assert_eq!(by(&project, "a_none"), None);
    }

    #[test]
    fn a_layer_has_the_ways_that_start_and_end_there() {
        let read = |layer: &str| {
            let ways = ways_at(&linked().codebook, &LayerId::new(layer)).into_iter();
            ways.map(|(kind, way)| format!("{kind} {way:?}")).collect::<Vec<_>>()
        };
        assert_eq!(read("actor"), ["doubts Forwards", "claims Forwards", "allied Forwards"]);
        assert_eq!(read("claim"), ["doubts Backwards", "claims Backwards"]);
        assert!(read("nothing").is_empty());
    }
}
