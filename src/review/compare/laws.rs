//! Laws of comparing, on random histories of copies and of independent projects, and of matching on random places.

use crate::model::laws::{Draw, draws, random_edit, small};
use crate::model::sample::signature;
use crate::model::*;
use crate::review::compare::compare;
use crate::review::compare::matching::{Spot, matched, overlap};
use crate::review::difference::{Class, Comparison, Difference, History, LinkDifference, Whose};
use crate::review::guest::Guest;
use crate::review::watch::unwatched;
use crate::text::{Offset, Span, Text};
use proptest::prelude::*;

fn edited(project: &Project, hand: &str, draws: &[Draw]) -> Project {
    draws.iter().fold(project.clone(), |project, draw| {
        apply(&project, &random_edit(&project, hand, *draw), &signature(hand)).unwrap_or(project)
    })
}

/// Two copies of one project, or two projects on the same texts with other ids.
fn two() -> impl Strategy<Value = (Project, Project)> {
    (draws(25), draws(25), draws(25), any::<bool>()).prop_map(|(shared, ours, theirs, copies)| {
        if copies {
            let base = edited(&small(), "base", &shared);
            (edited(&base, "x", &ours), edited(&base, "y", &theirs))
        } else {
            let mut other = small();
            other.id = ProjectId::new("p_2");
            (edited(&small(), "x", &ours), edited(&other, "y", &theirs))
        }
    })
}

fn compared(ours: &Project, theirs: &Project) -> Comparison {
    compare(ours, &Guest::over(ours, "theirs", theirs.clone()))
}

/// The same difference seen from the other side.
fn mirrored(one: &Difference) -> Difference {
    let links = one.links.iter().map(turned);
    let mut mirrored = Difference {
        class: one.class.mirrored(),
        ours: one.theirs.clone(),
        theirs: one.ours.clone(),
        links: links.collect(),
        held_by: match one.held_by {
            Whose::Ours => Whose::Theirs,
            Whose::Theirs => Whose::Ours,
            Whose::Both => Whose::Both,
        },
        history: match one.history {
            History::OursLater => History::TheirsLater,
            History::TheirsLater => History::OursLater,
            same => same,
        },
        ..one.clone()
    };
    mirrored.links.sort();
    mirrored
}

fn turned(link: &LinkDifference) -> LinkDifference {
    LinkDifference { ours: link.theirs.clone(), theirs: link.ours.clone() }
}

/// Document and layer are said as our side calls them.
fn shown(all: impl Iterator<Item = Difference>) -> Vec<String> {
    let layer = LayerId::new("");
    let document = DocumentId::new("");
    let mut shown: Vec<String> = all
        .map(|one| {
            format!("{:?}", Difference { layer: layer.clone(), document: document.clone(), ..one })
        })
        .collect();
    shown.sort();
    shown
}

proptest! {
    #[test]
    fn a_project_is_the_same_as_itself(draws in draws(60)) {
        let project = edited(&small(), "x", &draws);
        let comparison = compared(&project, &project);
        prop_assert!(comparison.is_same());
        prop_assert_eq!(comparison.counts().get(Class::Same), project.annotation_count());
    }

    #[test]
    fn every_annotation_and_record_comes_out_once((ours, theirs) in two()) {
        let comparison = compared(&ours, &theirs);
        let all = &comparison.differences;
        for (project, ids) in [
            (&ours, all.iter().filter_map(|one| one.ours.as_ref()).collect::<Vec<_>>()),
            (&theirs, all.iter().filter_map(|one| one.theirs.as_ref()).collect::<Vec<_>>()),
        ] {
            let mut ids = ids;
            ids.sort();
            let mut known: Vec<_> = project.annotations().map(|one| &one.id).collect();
            known.sort();
            prop_assert_eq!(ids, known);
        }
        let counts = comparison.counts();
        prop_assert_eq!(counts.total(), all.len());
        prop_assert_eq!(counts.total() - counts.get(Class::OnlyTheirs), ours.annotation_count());
        prop_assert_eq!(counts.total() - counts.get(Class::OnlyOurs), theirs.annotation_count());
        let (pairs, entities) = (comparison.entities.pairs().len(), &comparison.entities);
        prop_assert_eq!(pairs + entities.only_ours().len(), ours.entities().len());
        prop_assert_eq!(pairs + entities.only_theirs().len(), theirs.entities().len());
    }

    #[test]
    fn a_class_is_the_heaviest_aspect((ours, theirs) in two()) {
        for one in compared(&ours, &theirs).differences {
            prop_assert!(one.aspects.is_sorted() && one.aspects.windows(2).all(|two| two[0] != two[1]));
            let alone = one.ours.is_none() || one.theirs.is_none();
            if let Some(heaviest) = one.aspects.first() {
                prop_assert_eq!(one.class, Class::from(*heaviest));
            } else {
                prop_assert_eq!(alone, one.class != Class::Same);
            }
        }
    }

    #[test]
    fn seen_from_the_other_side_it_is_the_same((ours, theirs) in two()) {
        let (there, back) = (compared(&ours, &theirs), compared(&theirs, &ours));
        let expected = shown(there.differences.iter().map(mirrored));
        prop_assert_eq!(shown(back.differences.into_iter()), expected);
        let mut links: Vec<_> = there.record_links.iter().map(turned).collect();
        links.sort();
        prop_assert_eq!(&back.record_links, &links);
        let pairs = there.entities.pairs().iter().map(|pair| (&pair.theirs, &pair.ours, pair.why));
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort();
        let others = back.entities.pairs().iter().map(|pair| (&pair.ours, &pair.theirs, pair.why));
        prop_assert_eq!(others.collect::<Vec<_>>(), pairs);
    }

    #[test]
    fn no_link_is_in_two_differences((ours, theirs) in two()) {
        let comparison = compared(&ours, &theirs);
        let in_text = comparison.differences.iter().flat_map(|one| &one.links);
        let all: Vec<&LinkDifference> = in_text.chain(&comparison.record_links).collect();
        let mut known: Vec<_> = all.iter().filter_map(|link| link.ours.as_ref()).collect();
        let count = known.len();
        known.sort();
        known.dedup();
        prop_assert_eq!(known.len(), count);
        prop_assert!(known.iter().all(|id| ours.relations().contains_key(*id)));
    }

    #[test]
    fn a_link_taken_away_is_one_difference_unless_it_led_to_what_they_lack((ours, _) in two()) {
        for relation in ours.relations().values() {
            let erase = Edit::Relation(RelationEdit::Erase(relation.id.clone()));
            // One that has a note or a comment stays.
            let Ok(theirs) = apply(&ours, &erase, &signature("y")) else { continue };
            let comparison = compared(&ours, &theirs);
            let in_text: usize = comparison.differences.iter().map(|one| one.links.len()).sum();
            prop_assert_eq!(in_text + comparison.record_links.len(), 1);
            prop_assert_eq!(comparison.counts().get(Class::Links), in_text);
        }
    }

    #[test]
    fn notes_and_comments_never_change_it((ours, theirs) in two(), remarks in draws(12)) {
        let before = compared(&ours, &theirs);
        let only_remarks: Vec<Draw> = remarks.iter().map(|(_, a, b, c)| (10, *a, *b, *c)).collect();
        let remarked = edited(&theirs, "z", &only_remarks);
        prop_assert_eq!(compared(&ours, &remarked), before);
    }
}

/// Up to seven places of one or two fragments in forty characters.
fn places() -> impl Strategy<Value = Vec<Fragments>> {
    let span = (0_u32..38, 1_u32..14).prop_map(|(start, length)| {
        Span::between(Offset(start), Offset((start + length).min(40))).unwrap()
    });
    let place =
        prop::collection::vec(span, 1..3).prop_map(|spans| Fragments::joined(spans).unwrap());
    prop::collection::vec(place, 0..7)
}

fn sum(pairs: &[(usize, usize)], ours: &[Fragments], theirs: &[Fragments], text: &Text) -> f64 {
    pairs.iter().map(|(a, b)| overlap(&ours[*a], &theirs[*b], text)).sum()
}

/// The best pair first, then the best of the rest.
fn greedy(ours: &[Fragments], theirs: &[Fragments], text: &Text) -> Vec<(usize, usize)> {
    let all = (0..ours.len()).flat_map(|a| (0..theirs.len()).map(move |b| (a, b)));
    let mut all: Vec<_> = all.map(|(a, b)| (overlap(&ours[a], &theirs[b], text), a, b)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (share, a, b) in all {
        if share > 0.0 && pairs.iter().all(|(x, y)| *x != a && *y != b) {
            pairs.push((a, b));
        }
    }
    pairs
}

/// The greatest sum of all matchings.
fn best(ours: &[Fragments], theirs: &[Fragments], text: &Text, taken: &mut Vec<usize>) -> f64 {
    let Some((first, rest)) = ours.split_first() else { return 0.0 };
    let mut found = best(rest, theirs, text, taken);
    for (at, there) in theirs.iter().enumerate() {
        let share = overlap(first, there, text);
        if share > 0.0 && !taken.contains(&at) {
            taken.push(at);
            found = found.max(share + best(rest, theirs, text, taken));
            taken.pop();
        }
    }
    found
}

fn spots<'a>(all: &[Fragments], ids: &'a [AnnotationId]) -> Vec<Spot<'a>> {
    all.iter().zip(ids).map(|(one, id)| Spot::new(one, None, id)).collect()
}

proptest! {
    #[test]
    fn overlaps_together_are_the_greatest_there_are_and_sides_do_not_matter(
        ours in places(), theirs in places()
    ) {
        let text = Text::new("x".repeat(40));
        let ids = |name: &str, all: &[Fragments]| {
            (0..all.len()).map(|at| AnnotationId::new(format!("{name}{at}"))).collect::<Vec<_>>()
        };
        let (our_ids, their_ids) = (ids("a", &ours), ids("b", &theirs));
        let (our_spots, their_spots) = (spots(&ours, &our_ids), spots(&theirs, &their_ids));
        let Ok(pairs) = matched(&our_spots, &their_spots, &text, |_, _| 0, &unwatched());
        let found = sum(&pairs, &ours, &theirs, &text);
        prop_assert!(found >= sum(&greedy(&ours, &theirs, &text), &ours, &theirs, &text) - 1e-5);
        prop_assert!((found - best(&ours, &theirs, &text, &mut Vec::new())).abs() < 1e-5);
        let Ok(mut back) = matched(&their_spots, &our_spots, &text, |_, _| 0, &unwatched());
        for (a, b) in &mut back {
            std::mem::swap(a, b);
        }
        back.sort_unstable();
        prop_assert_eq!(back, pairs);
    }
}
