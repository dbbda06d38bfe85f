//! Laws of merging on random histories of copies that share, edit, undo and merge; and single cases told as stories.
//!
//! Associativity holds record by record. Bringing back what one copy erased and another leads to looks at the whole:
//! which side of the revived record is newest depends on who has merged before. That law is tried without such needs.

use crate::model::laws::{Draw, draws, random_edit, small};
use crate::model::sample::*;
use crate::model::*;
use crate::query::{self, conflicts};
use crate::review::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use std::sync::Arc;

const HANDS: [&str; 3] = ["x", "y", "z"];

/// A copy of the project and every state it has been in.
struct Shared {
    hand: &'static str,
    states: Vec<Project>,
    /// Whether a merge took something out that fitted nowhere, and handed it to the person.
    handed_back: bool,
}

impl Shared {
    fn now(&self) -> &Project {
        self.states.last().unwrap()
    }

    fn edit(&mut self, draw: Draw, fits: fn(&Edit) -> bool) {
        let edit = random_edit(self.now(), self.hand, draw);
        if fits(&edit)
            && let Ok(next) = apply(self.now(), &edit, &signature(self.hand))
        {
            self.states.push(next);
        }
    }

    fn undo(&mut self, steps: u8) {
        let back = self.states.len() - 1 - usize::from(steps) % self.states.len();
        let next = restamped(&self.states[back], self.now(), &signature(self.hand));
        self.states.push(next);
    }
}

/// What all copies begin with: enough to meet on.
fn shared() -> Project {
    let tags = [tag("a_1", "actor", 0, 3), tag("a_2", "claim", 4, 12), tag("a_3", "actor", 4, 20)];
    tags.iter().fold(small(), |project, tag| done(&project, "base", tag))
}

/// Three copies after edits, undos (of undos too) and merges between them.
fn copies(turns: &[(u8, Draw)], fits: fn(&Edit) -> bool) -> [Shared; 3] {
    let mut copies = HANDS.map(|hand| Shared { hand, states: vec![shared()], handed_back: false });
    for (turn, draw) in turns {
        let (who, whom) = (usize::from(turn % 3), usize::from(draw.1 % 3));
        match turn / 3 % 12 {
            0 => copies[who].undo(draw.2 % 6),
            1 | 2 if who != whom => {
                let merged = merge(copies[who].now(), copies[whom].now()).unwrap();
                copies[who].handed_back |= !merged.unplaced.is_empty() || copies[whom].handed_back;
                copies[who].states.push(merged.project);
            }
            _ => copies[who].edit(*draw, fits),
        }
    }
    copies
}

fn turns() -> impl Strategy<Value = Vec<(u8, Draw)>> {
    prop::collection::vec(any::<(u8, Draw)>(), 1..60)
}

fn any_edit(_: &Edit) -> bool {
    true
}

/// What undo takes out of a codebook comes back with a copy that has it: nobody knows there that it went.
fn without_codebook(edit: &Edit) -> bool {
    match edit {
        Edit::Codebook(_) => false,
        Edit::Group { edits, .. } => edits.iter().all(without_codebook),
        _ => true,
    }
}

/// Edits after which no record leads to another but to the document, which stays.
fn without_needs(edit: &Edit) -> bool {
    match edit {
        Edit::Document(edit) => matches!(edit, DocumentEdit::Rename(..) | DocumentEdit::Move(..)),
        Edit::Annotation(AnnotationEdit::Attach(..))
        | Edit::Relation(_)
        | Edit::Remark(_)
        | Edit::Take(_) => false,
        Edit::Annotation(AnnotationEdit::SetFeature(_, _, value)) => {
            !matches!(value, Some(Value::Reference(_)))
        }
        Edit::Entity(EntityEdit::Revise(entity)) => entity.features.is_empty(),
        Edit::Annotation(_)
        | Edit::Entity(_)
        | Edit::Decision(_)
        | Edit::Codebook(_)
        | Edit::TakeSide(..) => true,
        Edit::Group { edits, .. } => edits.iter().all(without_needs),
    }
}

fn joined(ours: &Project, theirs: &Project) -> Project {
    merge(ours, theirs).unwrap().project
}

/// What tells the two apart, versions and counts included.
fn apart(a: &Project, b: &Project) -> Vec<String> {
    let mut apart = records_apart(a, b);
    if !same_content(a, b) && apart.is_empty() {
        apart.push(format!("codebook, what is set aside: {:?} and {:?}", a.codebook, b.codebook));
    }
    apart
}

/// The same, where codebooks may have their parts in another order and other keys, and another side of a conflict may
/// be in front: an undone decision puts there what stood there in that copy.
fn apart_but_for_order(a: &Project, b: &Project) -> Vec<String> {
    let told =
        |project: &Project, id: &RecordId| (whole_sides(project, id), project.erasure_seen(id));
    let mut apart: Vec<String> = differing(a, b)
        .iter()
        .filter(|id| told(a, id) != told(b, id))
        .map(|id| format!("{id:?}: {:?} and {:?}", told(a, id), told(b, id)))
        .collect();
    if a.counts() != b.counts() {
        apart.push(format!("counts: {:?} and {:?}", a.counts(), b.counts()));
    }
    let codebooks = codebook_differences(&a.codebook, &b.codebook);
    apart.extend(codebooks.iter().map(|one| format!("codebook: {one:?}")));
    apart
}

fn records_apart(a: &Project, b: &Project) -> Vec<String> {
    let told = |project: &Project, id: &RecordId| (sides(project, id), project.erasure_seen(id));
    let mut apart: Vec<String> = differing(a, b)
        .iter()
        .map(|id| format!("{id:?}: {:?} and {:?}", told(a, id), told(b, id)))
        .collect();
    if a.counts() != b.counts() {
        apart.push(format!("counts {:?} and {:?}", a.counts(), b.counts()));
    }
    apart
}

fn identical(a: &Project, b: &Project) -> bool {
    apart(a, b).is_empty()
}

fn context(project: &Project, id: &RecordId) -> Version {
    let seen = project.get(id).map(|record| record.seen()).unwrap_or_default();
    seen.join(&project.erasure_seen(id))
}

/// The sides of a record, as content alone.
fn sides(project: &Project, id: &RecordId) -> Vec<(Version, String)> {
    project.get(id).map_or(Vec::new(), |record| {
        each_kind!(record, record => {
            let sides = std::iter::once(record.as_ref()).chain(&record.conflict);
            sides.map(|side| (side.version.clone(), format!("{:?}", side.value))).collect()
        })
    })
}

/// All of every side, in whatever order.
fn whole_sides(project: &Project, id: &RecordId) -> Vec<String> {
    let mut all = project.get(id).map_or(Vec::new(), |record| {
        each_kind!(record, record => {
            let sides = std::iter::once(record.as_ref()).chain(&record.conflict);
            let mut all = Vec::new();
            for side in sides {
                let side = Record { conflict: thin_vec::ThinVec::new(), ..side.clone() };
                all.push(format!("{side:?}"));
            }
            all
        })
    });
    all.sort();
    all
}

fn faults(project: &Project) -> Vec<Fault> {
    let mut faults = check(project);
    faults.retain(|fault| !matches!(fault.what, FaultKind::Conflict(_)));
    faults
}

proptest! {
    #[test]
    fn a_merge_is_the_same_from_both_sides_and_valid(turns in turns()) {
        let [a, b, _] = copies(&turns, any_edit);
        let (ours, theirs) = (merge(a.now(), b.now()).unwrap(), merge(b.now(), a.now()).unwrap());
        prop_assert_eq!(apart(&ours.project, &theirs.project), Vec::<String>::new());
        prop_assert_eq!(&ours.unplaced, &theirs.unplaced);
        prop_assert_eq!(faults(&ours.project), vec![]);
    }

    #[test]
    fn merging_again_changes_nothing(turns in turns()) {
        let [a, b, _] = copies(&turns, any_edit);
        prop_assert_eq!(apart(&joined(a.now(), a.now()), a.now()), Vec::<String>::new());
        let both = merge(a.now(), b.now()).unwrap();
        if both.unplaced.is_empty() {
            prop_assert_eq!(apart(&joined(&both.project, b.now()), &both.project), Vec::<String>::new());
            prop_assert_eq!(apart(&joined(a.now(), &both.project), &both.project), Vec::<String>::new());
        }
    }

    #[test]
    fn the_order_of_merges_does_not_matter_record_by_record(turns in turns()) {
        let [a, b, c] = copies(&turns, without_needs);
        let [a, b, c] = [a.now(), b.now(), c.now()];
        let first = joined(&joined(a, b), c);
        prop_assert_eq!(apart_but_for_order(&first, &joined(a, &joined(b, c))), Vec::<String>::new());
        prop_assert_eq!(apart_but_for_order(&first, &joined(&joined(a, c), b)), Vec::<String>::new());
    }

    #[test]
    fn every_side_that_the_other_copy_has_not_seen_survives(turns in turns()) {
        let [a, b, _] = copies(&turns, any_edit);
        let both = merge(a.now(), b.now()).unwrap();
        for (one, other) in [(a.now(), b.now()), (b.now(), a.now())] {
            for record in all_records(one) {
                let id = record.id();
                let after = sides(&both.project, &id);
                for (version, content) in sides(one, &id) {
                    let stands = after.iter().any(|(_, side)| *side == content);
                    let unplaced = both.unplaced.iter().any(|gone| gone.record.id() == id);
                    prop_assert!(stands || unplaced || context(other, &id).dominates(&version));
                }
                let erased = context(other, &id) != Version::default() && !other.has(&id);
                prop_assert!(erased || !after.is_empty() || both.unplaced.iter().any(|gone| gone.record.id() == id));
            }
        }
    }

    #[test]
    fn no_part_of_a_codebook_is_lost(turns in turns()) {
        let [a, b, _] = copies(&turns, any_edit);
        let both = merge(a.now(), b.now()).unwrap();
        for copy in [a.now(), b.now()] {
            let lost = codebook_differences(&copy.codebook, &both.project.codebook);
            let lost: Vec<_> = lost.into_iter().filter(|one| one.whose == Whose::Ours).collect();
            prop_assert_eq!(lost, vec![]);
        }
        let disagree = codebook_differences(&a.now().codebook, &b.now().codebook);
        prop_assert_eq!(both.codebooks_disagree, disagree.iter().any(|one| one.whose == Whose::Both));
    }

    #[test]
    fn an_older_copy_brings_nothing(turns in turns(), which in any::<prop::sample::Index>()) {
        let [a, _, _] = copies(&turns, without_codebook);
        // What was handed back is nowhere in the file: an older copy may bring it again.
        if a.handed_back {
            return Ok(());
        }
        let older = which.get(&a.states);
        prop_assert_eq!(apart(&joined(a.now(), older), a.now()), Vec::<String>::new());
        prop_assert_eq!(apart(&joined(older, a.now()), a.now()), Vec::<String>::new());
    }

    #[test]
    fn every_conflict_is_seen_as_exactly_one(turns in turns()) {
        let [a, b, _] = copies(&turns, any_edit);
        let both = merge(a.now(), b.now()).unwrap();
        let torn: Vec<RecordId> =
            all_records(&both.project).filter(AnyRecord::has_conflict).map(|record| record.id()).collect();
        let listed: Vec<RecordId> = check(&both.project).into_iter().filter_map(|fault| match fault.what {
            FaultKind::Conflict(_) => fault.record,
            _ => None,
        }).collect();
        prop_assert_eq!(&torn, &listed);
        prop_assert_eq!(&torn, &conflicts(&both.project));
        let differs = differing(a.now(), b.now());
        prop_assert_eq!(both.counts.conflicts, torn.iter().filter(|id| differs.contains(id)).count());
        for id in &torn {
            let told = sides(&both.project, id);
            prop_assert!(told.iter().enumerate().all(|(at, side)| !told[..at].contains(side)));
            prop_assert_eq!(query::sides(&both.project, id).len(), told.len());
        }
        // What neither has seen of the other is one.
        for record in all_records(a.now()).filter(|record| !record.has_conflict()) {
            let id = record.id();
            let Some(other) = b.now().get(&id).filter(|other| !other.has_conflict()) else { continue };
            let seen = |one: &Project, version| context(one, &id).dominates(version);
            if !seen(a.now(), other.version()) && !seen(b.now(), record.version()) {
                let unplaced = both.unplaced.iter().any(|gone| gone.record.id() == id);
                prop_assert!(torn.contains(&id) || unplaced, "{:?}", id);
            }
        }
    }

    #[test]
    fn deciding_all_conflicts_for_one_copy_gives_what_it_says_and_stays(turns in turns()) {
        let [a, b, _] = copies(&turns, any_edit);
        for (one, other) in [(a.now(), b.now()), (b.now(), a.now())] {
            let both = joined(one, other);
            let (decided, ids) = decided_for(one, &both);
            for id in &ids {
                let (mine, now) = (one.get(id).unwrap(), decided.get(id).unwrap());
                prop_assert!(!now.has_conflict() && content(&mine) == content(&now), "{:?}", id);
            }
            for copy in [one, other, &both] {
                let again = joined(&decided, copy);
                for id in &ids {
                    prop_assert_eq!(sides(&again, id), sides(&decided, id), "{:?}", id);
                }
            }
        }
    }

    #[test]
    fn what_was_undone_stays_undone(draws in draws(30), shared in any::<prop::sample::Index>(), steps in 0_u8..8) {
        let mut a = Shared { hand: "x", states: vec![small()], handed_back: false };
        for draw in draws {
            a.edit(draw, without_codebook);
        }
        let b = shared.get(&a.states).clone();
        a.undo(steps);
        prop_assert_eq!(apart(&joined(a.now(), &b), a.now()), Vec::<String>::new());
        prop_assert_eq!(apart(&joined(&b, a.now()), a.now()), Vec::<String>::new());
    }
}

/// The content alone, of the side in front.
fn content(record: &AnyRecord) -> String {
    each_kind!(record, record => format!("{:?} {:?}", record.value, record.unknown))
}

/// `both` with every conflict decided for what `one` says, and which could be: a side to which a link no longer fits
/// is refused.
fn decided_for(one: &Project, both: &Project) -> (Project, Vec<RecordId>) {
    let (mut project, mut ids) = (both.clone(), Vec::new());
    for id in conflicts(both) {
        let Some(mine) = one.get(&id) else { continue };
        let here = both.get(&id).unwrap();
        let all: Vec<String> = each_kind!(&here, record => {
            let sides = std::iter::once(record.as_ref()).chain(&record.conflict);
            sides.map(|side| format!("{:?} {:?}", side.value, side.unknown)).collect()
        });
        let Some(side) = all.iter().position(|side| *side == content(&mine)) else { continue };
        if let Ok(next) = apply(&project, &Edit::TakeSide(id.clone(), side), &signature("judge")) {
            project = next;
            ids.push(id);
        }
    }
    (project, ids)
}

/// As a merge would be that takes equal content for one side whoever wrote it.
fn collapsing(ours: &Project, theirs: &Project) -> Project {
    let mut project = joined(ours, theirs);
    for id in conflicts(&project) {
        let mut record = project.get(&id).unwrap();
        each_kind!(&mut record, record => {
            let record = Arc::make_mut(record);
            let (mut kept, seen) = (thin_vec::ThinVec::new(), record.seen());
            for side in std::mem::take(&mut record.conflict) {
                if side.value != record.value {
                    kept.push(side);
                }
            }
            if kept.is_empty() {
                record.version = seen;
            }
            record.conflict = kept;
        });
        let outlived = project.erased().get(&id).cloned();
        project.put(record);
        if let Some(tombstone) = outlived {
            project.outlive(Tombstone::clone(&tombstone));
        }
    }
    project
}

/// In how many of so many histories `law` does not hold.
fn broken(histories: usize, law: impl Fn(&[(u8, Draw)]) -> bool) -> usize {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    (0..histories).filter(|_| !law(&turns().new_tree(&mut runner).unwrap().current())).count()
}

#[test]
fn to_collapse_equal_sides_within_a_merge_would_break_the_law_of_order() {
    let in_any_order = |merge: fn(&Project, &Project) -> Project| {
        move |turns: &[(u8, Draw)]| {
            let [a, b, c] = copies(turns, without_needs);
            let [a, b, c] = [a.now(), b.now(), c.now()];
            apart_but_for_order(&merge(&merge(a, b), c), &merge(a, &merge(b, c))).is_empty()
        }
    };
    let (collapsed, ours) =
        (broken(400, in_any_order(collapsing)), broken(400, in_any_order(joined)));
    assert!(
        collapsed > 0 && ours == 0,
        "of 400: {collapsed} when equal sides collapse, {ours} else"
    );
}

#[test]
fn to_restore_without_a_stamp_would_bring_undone_work_back_in_most_histories() {
    let stays_undone = |restored: fn(&Shared) -> Project| {
        move |turns: &[(u8, Draw)]| {
            let mut a = Shared { hand: "x", states: vec![shared()], handed_back: false };
            for (_, draw) in turns {
                a.edit(*draw, without_codebook);
            }
            let colleagues = a.now().clone();
            // All of it is taken back while a colleague has a copy.
            let undone = restored(&a);
            same_content(&undone, &joined(&undone, &colleagues))
        }
    };
    let first = |a: &Shared| a.states[0].clone();
    let stamped = |a: &Shared| restamped(&a.states[0], a.now(), &signature("x"));
    let (bare, ours) = (broken(200, stays_undone(first)), broken(200, stays_undone(stamped)));
    assert!(bare > 150 && ours == 0, "of 200: {bare} without a stamp, {ours} with one");
}

fn done(project: &Project, hand: &str, edit: &Edit) -> Project {
    apply(project, edit, &signature(hand)).unwrap()
}

fn tag(id: &str, layer: &str, start: u32, end: u32) -> Edit {
    Edit::Annotation(AnnotationEdit::Annotate(annotation(id, layer, start, end)))
}

fn erase(id: &str) -> Edit {
    Edit::Annotation(AnnotationEdit::Erase(AnnotationId::new(id)))
}

fn code(id: &str, code: Option<&str>) -> Edit {
    Edit::Annotation(AnnotationEdit::SetCode(AnnotationId::new(id), code.map(CodeId::new)))
}

fn link(id: &str, kind: &str, from: &str, to: &str) -> Edit {
    Edit::Relation(RelationEdit::Relate(relation(id, kind, from, to)))
}

fn layer(id: &str, layer: &str) -> Edit {
    Edit::Annotation(AnnotationEdit::SetLayer(AnnotationId::new(id), LayerId::new(layer)))
}

/// Three actors and a claim that everybody has.
fn base() -> Project {
    let tags = [
        ("a_1", "actor", 0, 3),
        ("a_2", "claim", 4, 12),
        ("a_3", "actor", 13, 17),
        ("a_4", "actor", 18, 20),
    ];
    tags.iter().fold(project(), |project, (id, layer, start, end)| {
        done(&project, "x", &tag(id, layer, *start, *end))
    })
}

fn find<'a>(project: &'a Project, id: &str) -> &'a Arc<Record<Annotation>> {
    project.annotation(&AnnotationId::new(id)).unwrap()
}

#[test]
fn an_undo_that_only_restored_would_bring_the_work_back() {
    let (before, after) = (base(), done(&base(), "x", &tag("a_9", "actor", 0, 3)));
    let undone = restamped(&before, &after, &signature("x"));
    assert!(!joined(&undone, &after).has(&RecordId::Annotation(AnnotationId::new("a_9"))));
    assert!(joined(&before, &after).has(&RecordId::Annotation(AnnotationId::new("a_9"))));
}

#[test]
fn an_edit_outlives_an_erasure_that_has_not_seen_it_and_goes_on_without_a_conflict() {
    let erased = done(&base(), "x", &erase("a_1"));
    let edited = done(&base(), "y", &code("a_1", Some("actor.person")));
    let both = merge(&erased, &edited).unwrap();
    assert_eq!(both.counts, MergeCounts { added: 1, kept: 1, ..MergeCounts::default() });
    let edited_again = done(&edited, "y", &code("a_1", None));
    let later = joined(&both.project, &edited_again);
    assert!(find(&later, "a_1").conflict.is_empty() && find(&later, "a_1").code.is_none());
    let journalled = Delta::between(&erased, &both.project).onto(&erased);
    assert!(identical(&journalled, &both.project), "the journal keeps the outlived erasure");
}

#[test]
fn an_old_copy_of_what_was_erased_does_not_come_back() {
    let erased = done(&base(), "x", &erase("a_1"));
    let both = merge(&base(), &erased).unwrap();
    assert!(identical(&both.project, &erased));
    assert_eq!(both.counts, MergeCounts { erased: 1, ..MergeCounts::default() });
}

#[test]
fn two_edits_of_one_record_are_a_conflict_until_somebody_decides() {
    let ours = done(&base(), "x", &code("a_1", Some("actor.person")));
    let theirs = done(&base(), "y", &layer("a_1", "claim"));
    let both = merge(&ours, &theirs).unwrap();
    assert_eq!((both.counts.conflicts, find(&both.project, "a_1").conflict.len()), (1, 1));
    let decided = done(&both.project, "y", &layer("a_1", "actor"));
    let again = joined(&joined(&ours, &decided), &theirs);
    assert!(identical(&again, &decided));
}

#[test]
fn an_undone_decision_lays_the_versions_open_as_they_stood_for_every_copy() {
    let id = RecordId::Annotation(AnnotationId::new("a_1"));
    let person = || code("a_1", Some("actor.person"));
    for (other, left) in [(layer("a_1", "claim"), 1), (person(), 0)] {
        let ours = done(&base(), "x", &person());
        let theirs = done(&base(), "y", &other);
        let both = joined(&ours, &theirs);
        for side in 0..2 {
            let decided = done(&both, "x", &Edit::TakeSide(id.clone(), side));
            let undone = restamped(&both, &decided, &signature("x"));
            // Versions that say the same are one, once somebody has seen both.
            assert_eq!(find(&undone, "a_1").conflict.len(), left);
            assert_eq!(sides(&undone, &id)[0].1, sides(&both, &id)[0].1);
            for copy in [&base(), &ours, &theirs, &both, &decided] {
                assert_eq!(apart(&joined(&undone, copy), &undone), Vec::<String>::new());
                assert_eq!(apart(&joined(copy, &undone), &undone), Vec::<String>::new());
            }
        }
    }
}

#[test]
fn the_same_change_by_two_hands_is_two_sides_else_the_order_would_show() {
    let hands = ["x", "y"];
    let [a, b] = hands.map(|hand| done(&base(), hand, &code("a_1", Some("actor.person"))));
    assert_eq!(find(&joined(&a, &b), "a_1").conflict.len(), 1);
    for (copy, hand) in [(&a, "x"), (&b, "y")] {
        let later = done(copy, hand, &code("a_1", None));
        let first = joined(&joined(&a, &b), &later);
        assert_eq!(apart(&first, &joined(&a, &joined(&b, &later))), Vec::<String>::new());
        assert_eq!(find(&first, "a_1").conflict.len(), 1);
    }
}

#[test]
fn content_changed_by_a_script_under_the_same_version_is_a_conflict() {
    let ours = base();
    let mut theirs = base();
    let mut edited = Record::clone(find(&theirs, "a_1"));
    edited.value.code = Some(CodeId::new("actor.person"));
    theirs.put(AnyRecord::Annotation(Arc::new(edited)));
    let both = joined(&ours, &theirs);
    assert_eq!(find(&both, "a_1").conflict.len(), 1);
    assert!(identical(&both, &joined(&theirs, &ours)));
}

#[test]
fn what_a_link_leads_to_comes_back() {
    let erased = done(&base(), "x", &erase("a_1"));
    let linked = done(&base(), "y", &link("l_1", "claims", "a_1", "a_2"));
    let both = merge(&erased, &linked).unwrap();
    let erasure = erased.erasure_seen(&RecordId::Annotation(AnnotationId::new("a_1")));
    assert!(find(&both.project, "a_1").version.dominates(&erasure));
    assert_eq!((both.counts.kept, faults(&both.project)), (1, vec![]));
    assert!(identical(&joined(&both.project, &erased), &both.project));
}

#[test]
fn a_document_comes_back_with_the_words_tagged_in_it() {
    let add = Edit::Document(DocumentEdit::Add(document("d_2")));
    let shared = done(&base(), "x", &add);
    let erased = done(&shared, "x", &Edit::Document(DocumentEdit::Erase(DocumentId::new("d_2"))));
    let inside =
        Annotation { document: DocumentId::new("d_2"), ..annotation("a_9", "actor", 0, 3) };
    let tagged = done(&shared, "y", &Edit::Annotation(AnnotationEdit::Annotate(inside)));
    for both in [joined(&erased, &tagged), joined(&tagged, &erased)] {
        assert_eq!(find(&both, "a_9").document, DocumentId::new("d_2"));
        assert_eq!(faults(&both), vec![]);
    }
}

#[test]
fn a_link_keeps_the_layer_it_was_drawn_for_in_front_of_the_new_one() {
    let moved = done(&base(), "x", &layer("a_3", "claim"));
    let linked = done(&base(), "y", &link("l_1", "claims", "a_3", "a_2"));
    let both = merge(&moved, &linked).unwrap();
    let end = find(&both.project, "a_3");
    assert_eq!((end.layer.as_str(), end.conflict[0].layer.as_str()), ("actor", "claim"));
    assert!(both.unplaced.is_empty() && faults(&both.project).is_empty());
    assert!(identical(&joined(&both.project, &moved), &both.project));
}

#[test]
fn a_link_that_fits_no_side_is_handed_back() {
    let moved = done(
        &done(&base(), "x", &layer("a_3", "claim")),
        "x",
        &link("l_1", "claims", "a_1", "a_3"),
    );
    let linked = done(&base(), "y", &link("l_2", "claims", "a_3", "a_2"));
    let both = merge(&moved, &linked).unwrap();
    assert_eq!((both.unplaced.len(), both.project.relations().len()), (1, 1));
    assert!(matches!(both.unplaced[0].reason, Refusal::EndsNotAllowed { .. }));
    assert_eq!(faults(&both.project), vec![]);
}

#[test]
fn another_project_is_refused() {
    let other = Project::new(ProjectId::new("p_2"), base().codebook);
    assert!(matches!(merge(&base(), &other), Err(MergeRefusal::OtherProject { .. })));
}

#[test]
fn the_later_codebook_stands_and_loses_nothing_that_the_other_has() {
    let ours = done(&base(), "x", &code("a_1", Some("actor.person")));
    let mut theirs = base();
    let mut later = Codebook::clone(&theirs.codebook);
    later.version = 2;
    later.layers[0].codes.clear();
    later.layers[1].codes[0].definition = "Otherwise".into();
    theirs.codebook = Arc::new(later);
    let both = merge(&ours, &theirs).unwrap();
    let book = &both.project.codebook;
    assert_eq!((book.version, both.codebooks_disagree), (2, false));
    assert_eq!((book.layers[0].codes.len(), both.unplaced), (1, vec![]));
    assert_eq!(book.layers[1].codes[0].definition, "Otherwise");
    theirs.codebook = Arc::new(Codebook { name: "Other".into(), ..codebook() });
    assert!(merge(&ours, &theirs).unwrap().codebooks_disagree);
}

#[test]
fn what_was_set_aside_in_either_copy_is_kept_once() {
    let aside =
        |raw: &str| SetAside { section: "links".into(), raw: raw.into(), reason: "odd".into() };
    let (mut ours, mut theirs) = (base(), base());
    ours.set_aside = Arc::new(vec![aside("{2}"), aside("{1}")]);
    theirs.set_aside = Arc::new(vec![aside("{3}"), aside("{1}")]);
    let both = joined(&ours, &theirs);
    assert_eq!(*both.set_aside, ["{1}", "{2}", "{3}"].map(aside));
    assert_eq!(both.set_aside, joined(&theirs, &ours).set_aside);
}
