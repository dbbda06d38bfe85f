//! Laws of deciding, on two projects that grew apart: copies of one, and independent work on the same texts.

use crate::model::laws::{Draw, draws, random_edit, small};
use crate::model::sample::*;
use crate::model::*;
use crate::review::*;
use proptest::prelude::*;

/// What both begin with.
fn shared() -> Project {
    let tags = [
        annotation("a_1", "actor", 0, 3),
        annotation("a_2", "claim", 4, 12),
        annotation("a_3", "actor", 13, 20),
    ];
    let tags = tags.map(|tag| Edit::Annotation(AnnotationEdit::Annotate(tag)));
    tags.iter().fold(small(), |project, tag| apply(&project, tag, &signature("base")).unwrap())
}

fn fits(edit: &Edit) -> bool {
    match edit {
        Edit::Annotation(_)
        | Edit::Relation(_)
        | Edit::Remark(_)
        | Edit::Codebook(_)
        | Edit::Entity(EntityEdit::Add(_)) => true,
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

/// Whether the guest is a copy of my project or a work of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kin {
    Copy,
    Own,
}

fn kin() -> impl Strategy<Value = Kin> {
    prop::sample::select(vec![Kin::Copy, Kin::Own])
}

fn pair(ours: &[Draw], theirs: &[Draw], kin: Kin) -> (Project, Guest) {
    let (ours, mut theirs) = (grown("x", ours), grown("y", theirs));
    if kin == Kin::Own {
        theirs.id = ProjectId::new("p_own");
    }
    let guest = Guest::over(&ours, "jonas", theirs);
    (ours, guest)
}

fn all(comparison: &Comparison) -> Vec<usize> {
    (0..comparison.differences.len()).collect()
}

fn decided(ours: &Project, guest: &Guest, comparison: &Comparison, verdict: Verdict) -> Decided {
    let case = SideBySide::new(ours, guest, comparison);
    decide(&case, &all(comparison), &Ruling::plain(verdict), &signature("x"))
}

fn done(project: &Project, decided: &Decided) -> Project {
    apply(project, &decided.edit, &signature("x")).unwrap()
}

/// What the two say otherwise, decisions aside.
fn apart(a: &Project, b: &Project) -> Vec<String> {
    let same = |id: &RecordId| match (a.get(id), b.get(id)) {
        (Some(a), Some(b)) => a.same_content(&b),
        (None, None) => true,
        _ => false,
    };
    let ids = differing(a, b).into_iter();
    let ids = ids.filter(|id| !matches!(id, RecordId::Decision(_)) && !same(id));
    ids.map(|id| format!("{id:?}: {:?} and {:?}", a.get(&id), b.get(&id))).collect()
}

/// What a person chooses without editing anything.
const CHOICES: [Verdict; 5] =
    [Verdict::Mine, Verdict::Theirs, Verdict::Both, Verdict::Neither, Verdict::Ask];

/// What is apart, but for records that came along from a copy: they stay, as a merge would bring them all the same.
fn beyond_records(a: &Project, b: &Project, (kin, guest): (Kin, &Guest)) -> Vec<String> {
    let came = |told: &String| {
        kin == Kin::Copy
            && guest
                .project
                .entities()
                .keys()
                .any(|id| told.starts_with(&format!("Entity({id:?})")))
    };
    apart(a, b).into_iter().filter(|told| !came(told)).collect()
}

/// All links but for their ids.
fn links_of(project: &Project) -> Vec<String> {
    let all = project.relations().values();
    let mut all: Vec<String> = all
        .map(|one| format!("{} {:?} {:?} {:?}", one.kind, one.from, one.to, one.features))
        .collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn keeping_all_of_mine_changes_nothing_but_the_decisions(
        (a, b, kin) in (draws(25), draws(25), kin())
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        let kept = decided(&ours, &guest, &comparison, Verdict::Mine);
        prop_assert_eq!(&kept.left, &vec![]);
        let after = done(&ours, &kept);
        prop_assert_eq!(apart(&ours, &after), Vec::<String>::new());
        prop_assert_eq!(&after.codebook, &ours.codebook);
        prop_assert_eq!(after.decisions().len(), comparison.differences.len());
        prop_assert_eq!(check(&after), vec![]);
    }

    #[test]
    fn taking_all_of_theirs_leaves_no_difference((a, b, kin) in (draws(25), draws(25), kin())) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        let taken = decided(&ours, &guest, &comparison, Verdict::Theirs);
        let after = done(&ours, &taken);
        prop_assert_eq!(check(&after), vec![]);
        prop_assert_eq!(&taken.left, &vec![]);
        prop_assert!(!taken.incomplete);
        let gained = codebook_differences(&ours.codebook, &after.codebook);
        let added: Vec<CodebookPart> = taken.added.iter().map(CodebookEdit::part).collect();
        prop_assert!(gained.iter().all(|one| added.contains(&one.part)), "{:?}", gained);
        prop_assert_eq!(gained.len(), added.len());
        let again = compare(&after, &guest);
        let differs: Vec<_> = again.differences.iter().filter(|one| one.differs()).collect();
        prop_assert!(differs.is_empty(), "{:#?}", differs);
        let back = restamped(&ours, &after, &signature("x"));
        prop_assert!(same_content(&back, &ours));
    }

    #[test]
    fn deciding_twice_adds_nothing(
        (a, b, kin, verdict) in (draws(25), draws(25), kin(), prop::sample::select(Verdict::ALL.to_vec()))
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        let once = done(&ours, &decided(&ours, &guest, &comparison, verdict));
        let twice = decided(&once, &guest, &comparison, verdict);
        prop_assert!(twice.is_empty(), "{:#?}", twice.edit);
        let case = SideBySide::new(&once, &guest, &comparison);
        prop_assert_eq!(decisions_about(&case).len(), comparison.differences.len());
    }

    #[test]
    fn what_was_decided_about_a_copy_is_settled_when_it_is_merged(
        (a, b, verdict) in (
            draws(25), draws(25), prop::sample::select(vec![Verdict::Mine, Verdict::Theirs])
        )
    ) {
        let (ours, guest) = pair(&a, &b, Kin::Copy);
        let comparison = compare(&ours, &guest);
        let after = done(&ours, &decided(&ours, &guest, &comparison, verdict));
        let merged = merge(&after, &guest.project).unwrap();
        prop_assert_eq!(merged.counts.conflicts, 0);
        // Records, the links between them and what they remarked on what stands: nothing was decided about it.
        let links = comparison.record_links.iter().filter_map(|link| link.theirs.as_ref());
        let links: Vec<String> = links.map(|id| format!("{id:?}")).collect();
        let remarks = all_records(&guest.project).filter_map(|record| match &record {
            AnyRecord::Note(note) => Some((record.id(), note.target.clone())),
            AnyRecord::Comment(comment) => Some((record.id(), comment.target.clone())),
            _ => None,
        });
        let remarks: Vec<String> = remarks
            .filter(|(_, target)| merged.project.has(target))
            .map(|(id, _)| format!("{id:?}:"))
            .collect();
        let undecided = |told: &String| {
            told.starts_with("Entity")
                || links.iter().any(|id| told.contains(&format!("({id}):")))
                || remarks.iter().any(|id| told.starts_with(id))
        };
        let mut apart = apart(&after, &merged.project);
        apart.retain(|told| !undecided(told));
        prop_assert_eq!(apart, Vec::<String>::new());
    }

    #[test]
    fn deciding_many_is_deciding_one_after_the_other(
        (a, b, kin, verdict) in (draws(20), draws(20), kin(), prop::sample::select(Verdict::ALL.to_vec()))
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        let at_once = done(&ours, &decided(&ours, &guest, &comparison, verdict));
        let mut one_by_one = ours.clone();
        // What leads to something that is taken later comes when it is decided once more.
        for at in all(&comparison).into_iter().chain(all(&comparison)) {
            let case = SideBySide::new(&one_by_one, &guest, &comparison);
            let step = decide(&case, &[at], &Ruling::plain(verdict), &signature("x"));
            one_by_one = done(&one_by_one, &step);
        }
        prop_assert_eq!(apart(&at_once, &one_by_one), Vec::<String>::new());
    }

    #[test]
    fn only_the_last_choice_about_a_difference_counts(
        (a, b, kin, which, choices) in (
            draws(20),
            draws(20),
            kin(),
            any::<prop::sample::Index>(),
            prop::collection::vec(prop::sample::select(CHOICES.to_vec()), 1..5),
        )
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        if comparison.differences.is_empty() {
            return Ok(());
        }
        let at = which.index(comparison.differences.len());
        let choose = |project: &Project, verdict| {
            let case = SideBySide::new(project, &guest, &comparison).since(&ours);
            let step = decide(&case, &[at], &Ruling::plain(verdict), &signature("x"));
            done(project, &step)
        };
        let last = *choices.last().unwrap();
        let (once, mut after) = (choose(&ours, last), ours.clone());
        for verdict in &choices {
            after = choose(&after, *verdict);
        }
        prop_assert_eq!(beyond_records(&once, &after, (kin, &guest)), Vec::<String>::new());
        prop_assert_eq!(check(&after), vec![]);
        let told = |project: &Project| project.decisions().values().map(|one| one.value.clone()).collect::<Vec<_>>();
        prop_assert_eq!(told(&once), told(&after));
    }

    #[test]
    fn whatever_was_chosen_before_the_last_choices_count(
        (a, b, kin, before, last) in (
            draws(20),
            draws(20),
            kin(),
            prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(CHOICES.to_vec())), 0..12),
            prop::collection::vec(prop::sample::select(CHOICES.to_vec()), 40),
        )
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        // Nobody is asked about what both say alike.
        let asked = comparison.differences.iter().enumerate().filter(|(_, one)| one.differs());
        let asked: Vec<usize> = asked.map(|(at, _)| at).collect();
        let count = asked.len();
        if count == 0 {
            return Ok(());
        }
        let choose = |project: &Project, at: usize, verdict| {
            let case = SideBySide::new(project, &guest, &comparison).since(&ours);
            let step = decide(&case, &[asked[at]], &Ruling::plain(verdict), &signature("x"));
            done(project, &step)
        };
        let finally = |mut project: Project| {
            // What leads to something that came later comes when it is decided once more.
            for at in (0..count).chain(0..count) {
                project = choose(&project, at, last[at % last.len()]);
            }
            project
        };
        let mut wandered = ours.clone();
        for (at, verdict) in before {
            wandered = choose(&wandered, at.index(count), verdict);
        }
        prop_assert_eq!(check(&wandered), vec![]);
        let (straight, wandered) = (finally(ours.clone()), finally(wandered));
        prop_assert_eq!(links_of(&straight), links_of(&wandered));
        let mut apart = beyond_records(&straight, &wandered, (kin, &guest));
        // What a link is called may tell which of its ends was taken first.
        apart.retain(|told| !told.starts_with("Relation"));
        prop_assert_eq!(apart, Vec::<String>::new());
        prop_assert_eq!(check(&straight), vec![]);
    }

    #[test]
    fn on_another_day_mine_comes_back_as_the_decisions_say_it(
        (a, b, kin, away, back) in (
            draws(20),
            draws(20),
            kin(),
            prop::collection::vec(
                (any::<prop::sample::Index>(), prop::sample::select(vec![Verdict::Theirs, Verdict::Neither])),
                1..4,
            ),
            any::<prop::sample::Index>(),
        )
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        let both: Vec<(usize, AnnotationId)> = comparison
            .differences
            .iter()
            .enumerate()
            .filter(|(_, one)| one.differs() && one.theirs.is_some())
            .filter_map(|(at, one)| Some((at, one.ours.clone()?)))
            .collect();
        if both.is_empty() {
            return Ok(());
        }
        let (mut evening, mut mine) = (ours.clone(), Vec::new());
        for (which, verdict) in away {
            let (at, id) = which.get(&both);
            if !mine.contains(id) {
                let case = SideBySide::new(&evening, &guest, &comparison).since(&ours);
                let step = decide(&case, &[*at], &Ruling::plain(verdict), &signature("x"));
                evening = done(&evening, &step);
                mine.push(id.clone());
            }
        }
        let count = mine.len();
        mine.rotate_left(back.index(count));
        // The next day nothing is known but the project and the guest.
        let comparison = compare(&evening, &guest);
        let mut after = evening.clone();
        for id in &mine {
            let case = SideBySide::new(&after, &guest, &comparison).since(&evening);
            let decided = decisions_about(&case);
            let about = |one: &Decision| one.ours.as_ref().is_some_and(|ours| ours.id == *id);
            let Some((at, _)) = decided.iter().find(|(_, one)| about(one)) else { return Ok(()) };
            let step = decide(&case, &[*at], &Ruling::plain(Verdict::Mine), &signature("x"));
            prop_assert_eq!(&step.left, &vec![]);
            after = done(&after, &step);
        }
        prop_assert_eq!(check(&after), vec![]);
        for id in &mine {
            let value = |project: &Project| project.annotation(id).map(|record| record.value.clone());
            prop_assert_eq!(value(&ours), value(&after));
            let links = |project: &Project| {
                let end = End::Annotation(id.clone());
                let all = project.relations_at(&end);
                all.map(|link| link.id.clone()).collect::<std::collections::BTreeSet<_>>()
            };
            prop_assert!(links(&after).is_superset(&links(&ours)));
        }
        prop_assert_eq!(after.decisions().len(), evening.decisions().len());
    }

    #[test]
    fn what_is_kept_of_what_is_decided_is_what_one_would_find(
        (a, b, kin, choices) in (
            draws(20),
            draws(20),
            kin(),
            prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(CHOICES.to_vec()), any::<bool>()), 0..9),
        )
    ) {
        let (ours, guest) = pair(&a, &b, kin);
        let comparison = compare(&ours, &guest);
        let (mut settled, mut now, mut before) = (Settled::default(), ours.clone(), ours);
        for (which, verdict, undone) in choices {
            if comparison.differences.is_empty() {
                return Ok(());
            }
            let at = which.index(comparison.differences.len());
            let case = SideBySide::new(&now, &guest, &comparison);
            settled.follow(&case);
            let found = (0..comparison.differences.len())
                .filter_map(|at| Some((at, std::sync::Arc::clone(settled.decision(at)?))));
            prop_assert_eq!(found.collect::<std::collections::BTreeMap<_, _>>(), decisions_about(&case));
            let (ruling, signature) = (Ruling::plain(verdict), signature("x"));
            let step = decide(&case, &[at], &ruling, &signature);
            prop_assert_eq!(&step, &decide(&case.knowing(Some(&settled)), &[at], &ruling, &signature));
            let after = if undone { restamped(&before, &now, &signature) } else { done(&now, &step) };
            before = std::mem::replace(&mut now, after);
        }
    }
}
