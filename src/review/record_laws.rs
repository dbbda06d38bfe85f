//! Laws of deciding about records, on two projects that grew apart; and one story of names, facts and links.

use crate::model::laws::{Draw, draws, random_edit, small};
use crate::model::sample::*;
use crate::model::*;
use crate::review::*;
use proptest::prelude::*;

fn record(id: &str, layer: &str, name: &str) -> Entity {
    Entity {
        id: EntityId::new(id),
        layer: LayerId::new(layer),
        name: name.into(),
        aliases: Vec::new(),
        code: None,
        features: Features::new(),
    }
}

fn between(id: &str, from: &str, to: &str) -> Edit {
    let [from, to] = [from, to].map(|id| End::Entity(EntityId::new(id)));
    let kind = RelationKindId::new("allied");
    let (id, features) = (RelationId::new(id), Features::new());
    Edit::Relation(RelationEdit::Relate(Relation { id, kind, from, to, features }))
}

fn done(project: &Project, hand: &str, edit: &Edit) -> Project {
    apply(project, edit, &signature(hand)).unwrap()
}

/// Three actors and an issue, two of them linked.
fn shared() -> Project {
    let records = [
        record("e_1", "actor", "Berg"),
        record("e_2", "actor", "Vell"),
        record("e_3", "actor", "Okafor"),
        record("e_4", "claim", "The dam"),
    ];
    let records = records.map(|one| Edit::Entity(EntityEdit::Add(one)));
    let all = records.into_iter().chain([between("l_1", "e_1", "e_2")]);
    all.fold(small(), |project, edit| done(&project, "base", &edit))
}

fn fits(edit: &Edit) -> bool {
    match edit {
        Edit::Entity(EntityEdit::Revise(_) | EntityEdit::Add(_))
        | Edit::Relation(_)
        | Edit::Annotation(AnnotationEdit::Annotate(_))
        | Edit::Codebook(_) => true,
        Edit::Group { edits, .. } => edits.iter().all(fits),
        _ => false,
    }
}

fn grown(hand: &str, draws: &[Draw]) -> Project {
    draws.iter().fold(shared(), |project, draw| {
        let edit = random_edit(&project, hand, *draw);
        let next = fits(&edit).then(|| apply(&project, &edit, &signature(hand)).ok()).flatten();
        next.unwrap_or(project)
    })
}

#[expect(clippy::fn_params_excessive_bools, reason = "copies or not, as it was drawn")]
fn pair(ours: &[Draw], theirs: &[Draw], copies: bool) -> (Project, Guest) {
    let (ours, mut theirs) = (grown("x", ours), grown("y", theirs));
    if !copies {
        theirs.id = ProjectId::new("p_own");
    }
    let guest = Guest::over(&ours, "jonas", theirs);
    (ours, guest)
}

/// Decided, and what is listed then with the same records taken for one.
fn decided(
    ours: &Project,
    guest: &Guest,
    verdict: Verdict,
) -> (Vec<RecordDifference>, Decided, Project) {
    let comparison = compare(ours, guest);
    let all = record_differences(ours, &guest.project, &comparison);
    let case = SideBySide::new(ours, guest, &comparison);
    let decided = decide_records(&case, &all, &Ruling::plain(verdict), &signature("x"));
    let after = done(ours, "x", &decided.edit);
    (all, decided, after)
}

/// What is listed of those that were one before, which is confirmed now: names that were taken may make new pairs.
fn listed(before: &Project, after: &Project, guest: &Guest) -> Vec<RecordDifference> {
    let pairs = compare(before, guest).entities;
    let confirmed = pairs.pairs().iter().map(|one| (one.ours.clone(), one.theirs.clone()));
    let choices = EntityChoices { confirmed: confirmed.collect(), ..EntityChoices::default() };
    let all = record_differences(after, &guest.project, &compare_with(after, guest, &choices))
        .into_iter();
    all.filter(|one| choices.confirmed.contains(&(one.ours.clone(), one.theirs.clone()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn taking_all_of_theirs_leaves_no_difference_and_is_undone(
        (a, b, copies) in (draws(25), draws(25), any::<bool>())
    ) {
        let (ours, guest) = pair(&a, &b, copies);
        let (_, taken, after) = decided(&ours, &guest, Verdict::Theirs);
        prop_assert_eq!(check(&after), vec![]);
        prop_assert_eq!(&taken.left, &vec![]);
        if !taken.incomplete {
            prop_assert_eq!(listed(&ours, &after, &guest), vec![]);
        }
        prop_assert!(same_content(&restamped(&ours, &after, &signature("x")), &ours));
    }

    #[test]
    fn mine_changes_nothing_and_both_loses_nothing((a, b, copies) in (draws(25), draws(25), any::<bool>())) {
        let (ours, guest) = pair(&a, &b, copies);
        let (all, _, kept) = decided(&ours, &guest, Verdict::Mine);
        let changed = differing(&ours, &kept).into_iter().filter(|id| {
            let same = ours.get(id).zip(kept.get(id)).is_some_and(|(a, b)| a.same_content(&b));
            let none = ours.get(id).is_none() && kept.get(id).is_none();
            !same && !none && !matches!(id, RecordId::Decision(_))
        });
        prop_assert_eq!(changed.collect::<Vec<_>>(), vec![]);
        let (_, both, after) = decided(&ours, &guest, Verdict::Both);
        prop_assert_eq!(check(&after), vec![]);
        for one in &all {
            let (mine, now) = (&ours.entities()[&one.ours], &after.entities()[&one.ours]);
            let theirs = &guest.project.entities()[&one.theirs];
            prop_assert_eq!(&mine.name, &now.name);
            let names: Vec<_> = now.names().collect();
            prop_assert!(mine.names().chain(theirs.names()).all(|name| names.contains(&name)));
            prop_assert!(mine.features.iter().all(|(id, value)| now.features.get(id) == Some(value)));
            prop_assert!(both.incomplete || theirs.features.keys().all(|id| now.features.contains_key(id)));
        }
        prop_assert!(ours.relations().keys().all(|id| after.relations().contains_key(id)));
    }

    #[test]
    fn deciding_twice_adds_nothing_and_is_remembered(
        (a, b, copies, verdict) in (draws(25), draws(25), any::<bool>(), prop::sample::select(Verdict::ALL.to_vec()))
    ) {
        let (ours, guest) = pair(&a, &b, copies);
        let (all, first, after) = decided(&ours, &guest, verdict);
        prop_assert_eq!(first.done.len(), all.len());
        let comparison = compare(&ours, &guest);
        let case = SideBySide::new(&after, &guest, &comparison);
        let again = decide_records(&case, &all, &Ruling::plain(verdict), &signature("x"));
        prop_assert!(again.is_empty(), "{:#?}", again.edit);
        prop_assert_eq!(record_decisions_about(&case).len(), all.len());
        prop_assert_eq!(letter(&case, signature("x").stamp).decisions.len(), all.len());
    }

    #[test]
    fn who_chooses_again_has_what_the_last_choice_says(
        (a, b, copies) in (draws(25), draws(25), any::<bool>())
    ) {
        let (ours, guest) = pair(&a, &b, copies);
        let (all, _, taken) = decided(&ours, &guest, Verdict::Theirs);
        let comparison = compare(&ours, &guest);
        let case = SideBySide::new(&taken, &guest, &comparison).since(&ours);
        let mine = decide_records(&case, &all, &Ruling::plain(Verdict::Mine), &signature("x"));
        prop_assert_eq!(&mine.left, &vec![]);
        let back = done(&taken, "x", &mine.edit);
        let records = ours.entities().keys().cloned().map(RecordId::Entity);
        for id in records.chain(ours.relations().keys().cloned().map(RecordId::Relation)) {
            let same = ours.get(&id).zip(back.get(&id)).is_some_and(|(a, b)| a.same_content(&b));
            prop_assert!(same, "{:?}: {:?} and {:?}", id, ours.get(&id), back.get(&id));
        }
        prop_assert_eq!(ours.relations().len(), back.relations().len());
        prop_assert_eq!(check(&back), vec![]);
    }

    #[test]
    fn on_another_day_mine_comes_back_as_the_decision_says_it(
        (a, b, copies, took, which) in (
            draws(25),
            draws(25),
            any::<bool>(),
            prop::sample::select(vec![Verdict::Theirs, Verdict::Both]),
            any::<prop::sample::Index>(),
        )
    ) {
        let (ours, guest) = pair(&a, &b, copies);
        let comparison = compare(&ours, &guest);
        let all = record_differences(&ours, &guest.project, &comparison);
        if all.is_empty() {
            return Ok(());
        }
        let one = which.get(&all);
        let case = SideBySide::new(&ours, &guest, &comparison);
        let step = decide_records(&case, std::slice::from_ref(one), &Ruling::plain(took), &signature("x"));
        let evening = done(&ours, "x", &step.edit);
        // The next day nothing is known but the project and the guest.
        let comparison = compare(&evening, &guest);
        let case = SideBySide::new(&evening, &guest, &comparison).since(&evening);
        let listed = listed_records(&case);
        let listed: Vec<&RecordDifference> = listed.iter().filter(|it| (&it.ours, &it.theirs) == (&one.ours, &one.theirs)).collect();
        prop_assert_eq!(listed.len(), 1, "what was decided is listed, whether it differs still or not");
        let step = decide_records(&case, std::slice::from_ref(listed[0]), &Ruling::plain(Verdict::Mine), &signature("x"));
        prop_assert_eq!(&step.left, &vec![]);
        let after = done(&evening, "x", &step.edit);
        prop_assert_eq!(check(&after), vec![]);
        let value = |project: &Project| project.entities()[&one.ours].value.clone();
        prop_assert_eq!(value(&ours), value(&after));
        let links = |project: &Project| {
            let end = End::Entity(one.ours.clone());
            let all = project.relations_at(&end);
            all.map(|link| link.value.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(links(&ours), links(&after));
    }

    #[test]
    fn who_accepts_says_of_a_record_what_the_reviewer_says(
        (a, b, copies, verdict) in (draws(25), draws(25), any::<bool>(), prop::sample::select(Verdict::ALL.to_vec()))
    ) {
        let (ours, guest) = pair(&a, &b, copies);
        let (all, _, after) = decided(&ours, &guest, verdict);
        let comparison = compare(&ours, &guest);
        let case = SideBySide::new(&after, &guest, &comparison);
        let review = letter(&case, signature("x").stamp);
        let mine = &guest.project;
        let fates = fates(mine, &review).unwrap();
        prop_assert_eq!(fates.len(), all.len());
        let shown: Vec<&Fate> = fates.iter().collect();
        let answered = answer(mine, &review, &shown, &Reply::Accept, &signature("y"));
        prop_assert_eq!(&answered.left, &vec![]);
        let then = done(mine, "y", &answered.edit);
        prop_assert_eq!(check(&then), vec![]);
        let facts = |of: &Features| {
            let mut all = of.clone();
            all.retain(|_, value| !matches!(value, Value::Reference(_)));
            all
        };
        for one in &fates {
            let both = one.decision.records.as_ref().unwrap();
            let [reviewer, before, now] = [(&after, &both.ours.id), (mine, &both.theirs.id), (&then, &both.theirs.id)]
                .map(|(project, id)| project.entities()[id].value.clone());
            let says = |one: &Entity| (one.layer.clone(), one.name.clone(), one.aliases.clone(), one.code.clone(), facts(&one.features));
            match one.outcome {
                Outcome::Asked => prop_assert_eq!(&before, &now),
                Outcome::Kept => prop_assert_eq!(says(&before), says(&now)),
                Outcome::Changed => prop_assert_eq!(says(&reviewer), says(&now)),
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let again = answer(&then, &review, &shown, &Reply::Accept, &signature("y"));
        prop_assert!(matches!(&again.edit, Edit::Group { edits, .. } if edits.is_empty()), "{:#?}", again.edit);
    }

    #[test]
    fn what_was_decided_about_a_copy_is_settled_when_it_is_merged(
        (a, b, verdict) in (draws(25), draws(25), prop::sample::select(vec![Verdict::Mine, Verdict::Theirs, Verdict::Both]))
    ) {
        let (ours, guest) = pair(&a, &b, true);
        let (all, _, after) = decided(&ours, &guest, verdict);
        let merged = merge(&after, &guest.project).unwrap().project;
        let links = all.iter().flat_map(|one| &one.links);
        let links = links.flat_map(|link| link.ours.iter().chain(&link.theirs)).cloned();
        let ids = links.map(RecordId::Relation);
        let same = all.iter().filter(|one| one.ours == one.theirs);
        for id in ids.chain(same.map(|one| RecordId::Entity(one.ours.clone()))) {
            let same = match (after.get(&id), merged.get(&id)) {
                (Some(a), Some(b)) => a.same_content(&b) && !b.has_conflict(),
                (None, None) => true,
                _ => false,
            };
            prop_assert!(same, "{:?}: {:?} and {:?}", id, after.get(&id), merged.get(&id));
        }
    }
}

#[test]
fn names_facts_and_links_are_taken_for_one_record_only() {
    let ours = shared();
    let mut berg = record("e_1", "actor", "Berg");
    berg.aliases = vec!["Берг".into()];
    let theirs = done(&shared(), "y", &Edit::Entity(EntityEdit::Revise(berg)));
    let theirs = done(&theirs, "y", &between("l_2", "e_1", "e_3"));
    let link = RelationEdit::Erase(RelationId::new("l_1"));
    let theirs = done(&theirs, "y", &Edit::Relation(link));
    let mut dam = record("e_4", "claim", "The old dam");
    dam.code = Some(CodeId::new("claim.promise"));
    let mut theirs = done(&theirs, "y", &Edit::Entity(EntityEdit::Revise(dam)));
    theirs.id = ProjectId::new("p_own");
    let guest = Guest::over(&ours, "jonas", theirs);
    let confirmed = |n: &str| (EntityId::new(n), EntityId::new(n));
    let choices = EntityChoices {
        confirmed: ["e_1", "e_2", "e_3", "e_4"].map(confirmed).into(),
        ..EntityChoices::default()
    };
    let comparison = compare_with(&ours, &guest, &choices);
    let all = record_differences(&ours, &guest.project, &comparison);
    let told: Vec<_> =
        all.iter().map(|one| (one.ours.as_str(), one.differs.clone(), one.links.len())).collect();
    let dam = vec![RecordAspect::Name, RecordAspect::Code];
    assert_eq!(told, [("e_1", vec![RecordAspect::Aliases], 2), ("e_4", dam, 0)]);
    let case = SideBySide::new(&ours, &guest, &comparison);
    let theirs = Ruling::plain(Verdict::Theirs);
    let taken = decide_records(&case, &all[..1], &theirs, &signature("x"));
    let after = done(&ours, "x", &taken.edit);
    let berg = &after.entities()[&EntityId::new("e_1")];
    assert_eq!(berg.aliases, ["Берг"]);
    let links: Vec<_> = after.relations().values().map(|link| link.to.as_str()).collect();
    assert_eq!(links, ["e_3"], "their link came, the one that they do not have went");
    assert_eq!(after.entities()[&EntityId::new("e_4")].name, "The dam");
    let both = decide_records(&case, &all[1..], &Ruling::plain(Verdict::Both), &signature("x"));
    let after = done(&after, "x", &both.edit);
    let dam = &after.entities()[&EntityId::new("e_4")];
    assert_eq!(
        (dam.name.as_str(), dam.aliases.as_slice()),
        ("The dam", &["The old dam".into()][..])
    );
    assert_eq!(dam.code, Some(CodeId::new("claim.promise")));
}
