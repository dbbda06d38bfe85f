//! Records that only the guest has and that no annotation of theirs speaks of: no difference would bring them along, so
//! they are taken by themselves, with their links to records that I have.
//!
//! Nothing is decided by it: what is not taken is asked about nowhere.

use crate::model::{Edit, End, EntityId, RelationId, Signature};
use crate::review::decide::{Decided, Left, SideBySide};
use crate::review::records::joins_records;
use crate::review::taking::Taking;

/// Those of the guest, as the two were compared, that are not here by now; by id.
pub fn lone_records(case: &SideBySide<'_>) -> Vec<EntityId> {
    let theirs = &case.guest.project;
    let only_theirs = case.comparison.entities.only_theirs().iter();
    let unspoken = only_theirs.filter(|id| theirs.mentions_of(id).next().is_none());
    unspoken.filter(|id| !case.has_record(id)).cloned().collect()
}

/// Takes these records of theirs, as one step signed by `signature`. Places in what comes back count in `which`.
pub fn take_records(case: &SideBySide<'_>, which: &[EntityId], signature: &Signature) -> Decided {
    let mut taking = Taking::new(case, signature);
    let (mut done, mut left) = (Vec::new(), Vec::new());
    for (at, id) in which.iter().enumerate() {
        match taking.attempt(|taking| taking.entity_for(id).map(drop)) {
            Ok(()) => done.push(at),
            Err(why) => left.push(Left { at, why }),
        }
    }
    taking.attempt(Taking::complete_records).ok();
    for id in done.iter().filter_map(|at| which.get(*at)) {
        for link in links_of(case, id) {
            taking.attempt(|taking| taking.take_link(&link, None, None)).ok();
        }
    }
    let title = match done.len() {
        1 => "Add a record".to_owned(),
        many => format!("Add {many} records"),
    };
    let (incomplete, added) = (taking.incomplete, std::mem::take(&mut taking.steps.added));
    let edit = Edit::Group { title, edits: taking.steps.edits };
    Decided { edit, done, left, added, incomplete }
}

/// Links between their record and another one that is here, or comes along.
fn links_of(case: &SideBySide<'_>, id: &EntityId) -> Vec<RelationId> {
    let end = End::Entity(id.clone());
    let links = case.guest.project.relations_at(&end).filter(|link| joins_records(link));
    links.map(|link| link.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::model::laws::small;
    use crate::model::sample::{annotation, signature};
    use crate::model::*;
    use crate::review::*;

    fn actor(id: &str, name: &str) -> Entity {
        Entity {
            id: EntityId::new(id),
            layer: LayerId::new("actor"),
            name: name.into(),
            aliases: Vec::new(),
            code: None,
            features: Features::new(),
        }
    }

    fn done(project: &Project, hand: &str, edit: &Edit) -> Project {
        apply(project, edit, &signature(hand)).unwrap()
    }

    fn with(project: &Project, hand: &str, id: &str, name: &str) -> Project {
        done(project, hand, &Edit::Entity(EntityEdit::Add(actor(id, name))))
    }

    /// Both know Berg; Jonas has listed Vell, whom nobody mentions, and that the two are allied.
    fn sides(project: &str) -> (Project, Guest) {
        let ours = with(&small(), "base", "e_1", "Berg");
        let theirs = with(&ours, "y", "e_2", "Vell");
        let [from, to] = ["e_1", "e_2"].map(|id| End::Entity(EntityId::new(id)));
        let allied = Relation {
            id: RelationId::new("l_1"),
            kind: RelationKindId::new("allied"),
            from,
            to,
            features: Features::new(),
        };
        let mut theirs = done(&theirs, "y", &Edit::Relation(RelationEdit::Relate(allied)));
        theirs.id = ProjectId::new(project);
        let guest = Guest::over(&ours, "jonas", theirs);
        (ours, guest)
    }

    #[test]
    fn a_record_that_nobody_mentions_is_taken_with_its_links_once_and_undone() {
        for project in ["p_1", "p_own"] {
            let (ours, guest) = sides(project);
            let comparison = compare(&ours, &guest);
            let case = SideBySide::new(&ours, &guest, &comparison);
            let lone = lone_records(&case);
            assert_eq!(lone, [EntityId::new("e_2")]);
            let taken = take_records(&case, &lone, &signature("x"));
            assert_eq!((taken.done.len(), taken.left.len(), taken.incomplete), (1, 0, false));
            let after = done(&ours, "x", &taken.edit);
            assert_eq!(check(&after), []);
            let names: Vec<_> = after.entities().values().map(|one| one.name.as_str()).collect();
            assert!(names.contains(&"Vell") && names.len() == 2, "{names:?}");
            assert_eq!(after.relations().len(), 1);
            assert_eq!(
                after.entities().contains_key(&lone[0]),
                guest.project.id == ours.id,
                "only a copy keeps its id"
            );
            // It is here now.
            let case = SideBySide::new(&after, &guest, &comparison);
            assert_eq!(lone_records(&case), []);
            assert!(take_records(&case, &lone, &signature("x")).is_empty());
            let comparison = compare(&after, &guest);
            assert!(comparison.entities.is_same() && comparison.record_links.is_empty());
            assert!(same_content(&restamped(&ours, &after, &signature("x")), &ours));
        }
    }

    #[test]
    fn a_record_that_is_mentioned_comes_with_its_mentions() {
        let (ours, mut guest) = sides("p_own");
        let mention = Annotation {
            document: guest.project.sheets().keys().next().unwrap().clone(),
            entity: Some(EntityId::new("e_2")),
            ..annotation("a_9", "actor", 4, 12)
        };
        let edit = Edit::Annotation(AnnotationEdit::Annotate(mention));
        guest.project = done(&guest.project, "y", &edit);
        let comparison = compare(&ours, &guest);
        assert_eq!(lone_records(&SideBySide::new(&ours, &guest, &comparison)), []);
    }
}
