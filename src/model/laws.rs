//! Laws of edits, undo and deltas, tried on random histories, and the refusals that keep a project valid.
//!
//! [`random_edit`] turns a few random bytes into an edit that mostly fits; the review room's laws use it too.

use crate::model::sample::*;
use crate::model::*;
use crate::text::{Offset, Span};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an edit is made of: its kind and three choices.
pub(crate) type Draw = (u8, u8, u8, u8);

/// Enough edits that most kinds meet each other.
pub(crate) fn draws(longest: usize) -> impl Strategy<Value = Vec<Draw>> {
    prop::collection::vec(any::<Draw>(), 1..longest)
}

/// The sample project with references between things, so that these can dangle too.
pub(crate) fn small() -> Project {
    let mut codebook = codebook();
    let about = Feature {
        id: FeatureId::new("about"),
        name: "About".into(),
        kind: FeatureKind::Reference { of: Vec::new() },
        definition: "".into(),
        default: None,
        when: None,
        unknown: Unknown::default(),
    };
    for layer in &mut codebook.layers {
        layer.features.push(about.clone());
        layer.entity_features.push(about.clone());
    }
    let empty = Project::new(ProjectId::new("p_1"), Arc::new(codebook));
    let add = Edit::Document(DocumentEdit::Add(document("d_1")));
    apply(&empty, &add, &signature("base")).unwrap()
}

/// An edit by `hand` that mostly fits `project`. Different hands make records with different ids.
pub(crate) fn random_edit(project: &Project, hand: &str, draw: Draw) -> Edit {
    let (kind, a, b, c) = draw;
    match kind % 15 {
        0..=2 => {
            Edit::Annotation(AnnotationEdit::Annotate(an_annotation(project, hand, (a, b, c))))
        }
        3..=5 => Edit::Annotation(annotation_edit(project, (a, b, c))),
        6 | 7 => Edit::Entity(entity_edit(project, hand, (a, b, c))),
        8 | 9 => Edit::Relation(relation_edit(project, hand, (a, b, c))),
        10 if c.is_multiple_of(3) => side_taken(project, (a, b)),
        10 => Edit::Remark(remark_edit(project, hand, (a, b, c))),
        11 => Edit::Decision(decision_edit(project, hand, (a, b, c))),
        12 => {
            let mut taken =
                Record::made(an_annotation(project, hand, (a, b, c)), &signature(hand), 0);
            taken.version = Version::default();
            Edit::Take(TakeEdit::Put(AnyRecord::Annotation(Arc::new(taken))))
        }
        13 => Edit::Codebook(Box::new(codebook_edit(project, (a, b, c)))),
        _ if a < 64 => Edit::Document(document_edit(project, hand, (b, c))),
        _ => {
            let draws = [(b % 14, c, a, b), (c % 14, a, b, c)];
            let edits = draws.map(|draw| random_edit(project, hand, draw)).to_vec();
            Edit::Group { title: "Both".into(), edits }
        }
    }
}

/// A part with one of few ids and one of two meanings.
fn codebook_edit(project: &Project, (a, b, c): (u8, u8, u8)) -> CodebookEdit {
    let book = &project.codebook;
    let (id, definition) = (format!("more.{}", b % 3), format!("Meaning {}", c % 2));
    let (layer, _) = layer(c);
    match a % 5 {
        0 => {
            let first = book.layers[0].clone();
            let (name, codes) = (definition.into(), first.codes.clone());
            CodebookEdit::AddLayer(Layer { id: LayerId::new(id), name, codes, ..first })
        }
        1 | 2 => {
            let first = book.layers[0].codes[0].clone();
            let (id, definition) = (CodeId::new(id), definition.into());
            CodebookEdit::AddCode(layer, Code { id, definition, ..first })
        }
        3 => {
            let first = book.layers[0].features[0].clone();
            let (id, definition) = (FeatureId::new(id), definition.into());
            CodebookEdit::AddFeature(
                Holder::Annotations(layer),
                Feature { id, definition, ..first },
            )
        }
        _ => {
            let (id, definition) = (RelationKindId::new(id), definition.into());
            CodebookEdit::AddLink(RelationKind { id, definition, ..book.relations[0].clone() })
        }
    }
}

/// For one of the sides of a conflict, or for one that is not there.
fn side_taken(project: &Project, (a, b): (u8, u8)) -> Edit {
    let torn = all_records(project).filter(AnyRecord::has_conflict).map(|record| record.id());
    let none = RecordId::Document(DocumentId::new("d_none"));
    Edit::TakeSide(pick(torn, a).unwrap_or(none), usize::from(b % 4))
}

fn pick<T: Clone>(from: impl Iterator<Item = T>, which: u8) -> Option<T> {
    let all: Vec<T> = from.collect();
    (!all.is_empty()).then(|| all[usize::from(which) % all.len()].clone())
}

fn layer(which: u8) -> (LayerId, CodeId) {
    let [actor, claim] = [("actor", "actor.person"), ("claim", "claim.promise")];
    let (layer, code) = if which.is_multiple_of(2) { actor } else { claim };
    (LayerId::new(layer), CodeId::new(code))
}

fn some_annotation(project: &Project, which: u8) -> AnnotationId {
    pick(project.annotations().map(|a| a.id.clone()), which).unwrap_or(AnnotationId::new("a_none"))
}

fn some_entity(project: &Project, which: u8) -> EntityId {
    pick(project.entities().keys().cloned(), which).unwrap_or(EntityId::new("e_none"))
}

fn some_end(project: &Project, which: u8) -> End {
    match which % 3 {
        0 => End::Entity(some_entity(project, which / 3)),
        _ => End::Annotation(some_annotation(project, which / 3)),
    }
}

fn some_words(project: &Project, document: &DocumentId, start: u8, length: u8) -> Fragments {
    let text = project.sheet(document).map(|sheet| sheet.document().text.clone());
    let text = text.unwrap_or(document_text());
    let ends: Vec<usize> = text.as_str().char_indices().map(|(at, _)| at).collect();
    let start = usize::from(start) % (ends.len() - 1);
    let end = (start + 1 + usize::from(length) % 12).min(ends.len() - 1);
    let [start, end] = [ends[start], ends[end]].map(Offset::of_bytes);
    Fragments::one(Span::between(start, end).unwrap())
}

fn document_text() -> crate::text::Text {
    document("d_1").text
}

fn an_annotation(project: &Project, hand: &str, (a, b, c): (u8, u8, u8)) -> Annotation {
    let document =
        pick(project.sheets().keys().cloned(), a / 16).unwrap_or(DocumentId::new("d_none"));
    let (mut layer, mut code) = layer(c);
    if let (8, Some(any)) = (c % 9, pick(project.codebook.layers.iter(), a)) {
        layer = any.id.clone();
        code = pick(any.codes.iter(), b / 2).map_or(code, |code| code.id.clone());
    }
    Annotation {
        id: AnnotationId::new(format!("a_{hand}{}", c % 8)),
        place: Place::Anchored(some_words(project, &document, a, b)),
        document,
        layer,
        code: (b % 2 == 0).then_some(code),
        entity: None,
        features: Features::new(),
    }
}

fn annotation_edit(project: &Project, (a, b, c): (u8, u8, u8)) -> AnnotationEdit {
    let id = some_annotation(project, a);
    let (layer, code) = layer(c);
    match b % 8 {
        0 => AnnotationEdit::Erase(id),
        1 => {
            let home = project.home_of(&id).map(|sheet| sheet.document().id.clone());
            let words = some_words(project, &home.unwrap_or(DocumentId::new("d_1")), c, b);
            AnnotationEdit::Place(id, words)
        }
        2 => AnnotationEdit::SetLayer(id, layer),
        3 if c % 5 == 0 => {
            let own = project.annotation(&id).and_then(|a| project.codebook.layer(&a.layer));
            let code = own.and_then(|own| pick(own.codes.iter().map(|code| code.id.clone()), a));
            AnnotationEdit::SetCode(id, code)
        }
        3 => AnnotationEdit::SetCode(id, (c % 3 > 0).then_some(code)),
        4 => {
            let value = (c % 4 > 0).then_some(Value::Number(f64::from(c)));
            let own = project.annotation(&id).and_then(|a| project.codebook.layer(&a.layer));
            let numbers = own.into_iter().flat_map(|own| &own.features);
            let numbers = numbers.filter(|one| one.kind == FeatureKind::Number);
            let any = pick(numbers.map(|one| one.id.clone()), a).filter(|_| c % 2 == 0);
            AnnotationEdit::SetFeature(id, any.unwrap_or(FeatureId::new("weight")), value)
        }
        5 => {
            let value = (c % 4 > 0).then(|| Value::Reference(some_end(project, c)));
            AnnotationEdit::SetFeature(id, FeatureId::new("about"), value)
        }
        _ => AnnotationEdit::Attach(id, (c % 4 > 0).then(|| some_entity(project, c / 4))),
    }
}

fn entity_edit(project: &Project, hand: &str, (a, b, c): (u8, u8, u8)) -> EntityEdit {
    let (layer, code) = layer(a);
    let entity = Entity {
        id: EntityId::new(format!("e_{hand}{}", a % 4)),
        layer,
        name: format!("Name {}", b % 5).into(),
        aliases: Vec::new(),
        code: (c % 2 == 0).then_some(code),
        features: Features::new(),
    };
    match b % 4 {
        0 => EntityEdit::Erase(some_entity(project, c)),
        1 => match project.entities().get(&some_entity(project, c)) {
            Some(old) => {
                let mut features = Features::new();
                features.insert(FeatureId::new("about"), Value::Reference(some_end(project, a)));
                EntityEdit::Revise(Entity { name: entity.name, features, ..old.value.clone() })
            }
            None => EntityEdit::Add(entity),
        },
        _ => EntityEdit::Add(entity),
    }
}

fn relation_edit(project: &Project, hand: &str, (a, b, c): (u8, u8, u8)) -> RelationEdit {
    let some = pick(project.relations().keys().cloned(), a).unwrap_or(RelationId::new("l_none"));
    let relation = Relation {
        id: RelationId::new(format!("l_{hand}{}", c % 6)),
        kind: pick(project.codebook.relations.iter().map(|kind| kind.id.clone()), b)
            .filter(|_| a % 5 == 0)
            .unwrap_or(RelationKindId::new(if a % 3 == 0 { "allied" } else { "claims" })),
        from: some_end(project, b),
        to: some_end(project, c),
        features: Features::new(),
    };
    match a % 8 {
        0 => RelationEdit::Erase(some),
        1 => RelationEdit::Revise(Relation { id: some, ..relation }),
        _ => RelationEdit::Relate(relation),
    }
}

fn remark_edit(project: &Project, hand: &str, (a, b, c): (u8, u8, u8)) -> RemarkEdit {
    let records: Vec<RecordId> = all_records(project).map(|record| record.id()).collect();
    let target = pick(records.into_iter(), b).unwrap_or(RecordId::Document(DocumentId::new("d_1")));
    let text = format!("Words {}", c % 7).into();
    let first = pick(project.comments().values().cloned(), c);
    let new = CommentId::new(format!("m_{hand}{}", c % 4));
    match a % 6 {
        0 | 1 => {
            RemarkEdit::Note(Note { id: NoteId::new(format!("n_{hand}{}", c % 4)), target, text })
        }
        2 => RemarkEdit::EraseNote(
            pick(project.notes().keys().cloned(), c).unwrap_or(NoteId::new("n_none")),
        ),
        3 => RemarkEdit::Comment(Comment {
            thread: new.clone(),
            id: new,
            target,
            text,
            resolved: false,
        }),
        4 => match first {
            Some(first) => {
                let (target, thread) = (first.target.clone(), first.thread.clone());
                RemarkEdit::Comment(Comment { id: new, target, thread, text, resolved: true })
            }
            None => RemarkEdit::EraseComment(new),
        },
        _ => RemarkEdit::EraseComment(first.map_or(new, |first| first.id.clone())),
    }
}

fn decision_edit(project: &Project, hand: &str, (a, b, c): (u8, u8, u8)) -> DecisionEdit {
    let some = pick(project.decisions().keys().cloned(), b).unwrap_or(DecisionId::new("r_none"));
    let annotation = project.annotation(&some_annotation(project, b));
    match (a % 6, annotation) {
        (0, _) => DecisionEdit::Erase(some),
        (1, _) => {
            let disputed = || Answer::Disputed(format!("Words {}", c % 3).into());
            DecisionEdit::Answer(some, (c % 4 > 0).then(disputed))
        }
        (_, Some(annotation)) => DecisionEdit::Decide(Decision {
            id: DecisionId::new(format!("r_{hand}{}", c % 4)),
            verdict: Verdict::ALL[usize::from(a) % 6],
            ..decision(annotation)
        }),
        (_, None) => DecisionEdit::Erase(some),
    }
}

fn document_edit(project: &Project, hand: &str, (b, c): (u8, u8)) -> DocumentEdit {
    let some = pick(project.sheets().keys().cloned(), c).unwrap_or(DocumentId::new("d_1"));
    match b % 5 {
        0 | 1 => DocumentEdit::Add(document(&format!("d_{hand}{}", c % 2))),
        2 => DocumentEdit::Erase(some),
        3 => DocumentEdit::Move(some, i64::from(c)),
        _ => DocumentEdit::Rename(some, format!("Title {}", c % 5).into()),
    }
}

/// Every state that the edits lead to, the first one included; refused edits leave none.
fn history(draws: &[Draw]) -> Vec<Project> {
    let mut states = vec![small()];
    for draw in draws {
        let last = states.last().unwrap();
        if let Ok(next) = apply(last, &random_edit(last, "x", *draw), &signature("x")) {
            states.push(next);
        }
    }
    states
}

fn assert_indexes(project: &Project) -> Result<(), TestCaseError> {
    let ends = project.annotations().map(|a| End::Annotation(a.id.clone()));
    let entities: Vec<EntityId> = project.entities().keys().cloned().collect();
    for end in ends.chain(entities.iter().cloned().map(End::Entity)) {
        let known: Vec<_> = project.relations_at(&end).map(|r| r.id.clone()).collect();
        let at = project.relations().values().filter(|r| r.from == end || r.to == end);
        prop_assert_eq!(known, at.map(|r| r.id.clone()).collect::<Vec<_>>());
        let known: Vec<_> = project.references_to(&end).cloned().collect();
        let refers = |record: &AnyRecord| {
            let features = match record {
                AnyRecord::Annotation(record) => &record.features,
                AnyRecord::Entity(record) => &record.features,
                AnyRecord::Relation(record) => &record.features,
                _ => return false,
            };
            features.values().any(|value| *value == Value::Reference(end.clone()))
        };
        let naive = all_records(project).filter(refers).map(|record| record.id());
        prop_assert_eq!(known, naive.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    }
    for entity in entities {
        let known: Vec<_> = project.mentions_of(&entity).map(|a| a.id.clone()).collect();
        let mut naive: Vec<_> =
            project.annotations().filter(|a| a.entity.as_ref() == Some(&entity)).collect();
        naive.sort_by_key(|a| a.id.clone());
        prop_assert_eq!(known, naive.iter().map(|a| a.id.clone()).collect::<Vec<_>>());
    }
    for record in all_records(project) {
        let target = record.id();
        let notes = project.notes().values().filter(|n| n.target == target);
        let comments = project.comments().values().filter(|c| c.target == target);
        let mut naive: Vec<_> = notes.map(|n| RecordId::Note(n.id.clone())).collect();
        naive.extend(comments.map(|c| RecordId::Comment(c.id.clone())));
        prop_assert_eq!(project.remarks_on(&target), naive);
        prop_assert!(
            record.version().entries().all(|(hand, count)| project.count_of(hand) >= count)
        );
    }
    let count = project.annotations().count();
    prop_assert_eq!(project.annotation_count(), count);
    for sheet in project.sheets().values() {
        for from in (0..sheet.document().text.len_bytes()).step_by(7) {
            let span = Span::between(Offset(from), Offset(from + 9)).unwrap();
            let known: Vec<_> = sheet.overlapping(span).iter().map(|a| a.id.clone()).collect();
            let mut naive: Vec<_> = sheet.annotations().values().collect();
            naive.retain(|a| a.place.fragments().hull().overlaps(span));
            naive.sort_by_key(|a| {
                let hull = a.place.fragments().hull();
                (hull.start(), std::cmp::Reverse(hull.end()), a.id.clone())
            });
            prop_assert_eq!(known, naive.iter().map(|a| a.id.clone()).collect::<Vec<_>>());
        }
    }
    Ok(())
}

fn identical(a: &Project, b: &Project) -> bool {
    differing(a, b).is_empty() && a.counts() == b.counts()
}

proptest! {
    #[test]
    fn an_accepted_edit_leaves_nothing_wrong_and_a_refused_one_leaves_everything(draws in draws(60)) {
        let mut project = small();
        for draw in draws {
            let edit = random_edit(&project, "x", draw);
            let before = project.clone();
            let result = apply(&project, &edit, &signature("x"));
            prop_assert!(identical(&before, &project));
            if let Ok(next) = result {
                prop_assert_eq!(check(&next), vec![]);
                project = next;
            }
        }
        assert_indexes(&project)?;
    }

    #[test]
    fn an_edit_gives_the_same_twice(draws in draws(40)) {
        let (once, twice) = (history(&draws), history(&draws));
        prop_assert_eq!(once.len(), twice.len());
        prop_assert!(identical(once.last().unwrap(), twice.last().unwrap()));
    }

    #[test]
    fn undo_and_redo_restore_the_content_and_leave_other_sheets_alone(
        draws in draws(40), restoring in any::<bool>()
    ) {
        let states = history(&draws);
        let hand = if restoring { "x" } else { "y" };
        let mut now = states.last().unwrap().clone();
        let back = states.iter().rev().skip(1);
        let forth = states.iter().skip(1);
        for target in back.chain(forth) {
            let before = now.clone();
            now = restamped(target, &before, &signature(hand));
            prop_assert!(same_content(&now, target));
            prop_assert_eq!(check(&now), vec![]);
            for id in differing(&before, &now) {
                let older = before.get(&id).map(|record| record.seen()).unwrap_or_default();
                let newer = now.get(&id).map(|record| record.seen()).unwrap_or_default();
                let newer = newer.join(&now.erasure_seen(&id));
                let seen = older.join(&before.erasure_seen(&id));
                prop_assert!(newer.dominates(&seen) && newer != seen);
            }
            for (id, sheet) in now.sheets() {
                let touched = differing(&before, target).iter().any(|changed| match changed {
                    RecordId::Document(changed) => changed == id,
                    RecordId::Annotation(changed) => {
                        let homes = [before.home_of(changed), target.home_of(changed)];
                        homes.into_iter().flatten().any(|home| home.document().id == *id)
                    }
                    _ => false,
                });
                prop_assert!(touched || before.sheet(id).is_some_and(|old| old.is_same(sheet)));
            }
        }
        assert_indexes(&now)?;
    }

    #[test]
    fn a_delta_leads_from_one_state_to_another(draws in draws(50), from in any::<prop::sample::Index>()) {
        let states = history(&draws);
        let (a, b) = (from.get(&states), states.last().unwrap());
        let delta = Delta::between(a, b);
        prop_assert!(identical(&delta.onto(a), b));
        prop_assert_eq!(delta.is_empty(), differing(a, b).is_empty() && a.codebook == b.codebook);
    }
}

/// The sample with an actor, a claim, the link between them and an entity of each layer.
fn linked() -> Project {
    let entity = |id: &str, layer: &str| Entity {
        id: EntityId::new(id),
        layer: LayerId::new(layer),
        name: id.into(),
        aliases: Vec::new(),
        code: None,
        features: Features::new(),
    };
    let edits = vec![
        Edit::Annotation(AnnotationEdit::Annotate(annotation("a_1", "actor", 4, 12))),
        Edit::Annotation(AnnotationEdit::Annotate(annotation("a_2", "claim", 13, 20))),
        Edit::Annotation(AnnotationEdit::Annotate(annotation("a_3", "actor", 0, 3))),
        Edit::Relation(RelationEdit::Relate(relation("l_1", "claims", "a_1", "a_2"))),
        Edit::Entity(EntityEdit::Add(entity("e_actor", "actor"))),
        Edit::Entity(EntityEdit::Add(entity("e_claim", "claim"))),
    ];
    let all = Edit::Group { title: "All".into(), edits };
    apply(&project(), &all, &signature("x")).unwrap()
}

fn refusal(edit: &Edit) -> Refusal {
    apply(&linked(), edit, &signature("x")).unwrap_err()
}

fn a(id: &str) -> AnnotationId {
    AnnotationId::new(id)
}

#[test]
fn an_annotation_that_a_link_leads_to_is_not_erased() {
    assert_eq!(
        refusal(&Edit::Annotation(AnnotationEdit::Erase(a("a_2")))),
        Refusal::InUse { count: 1 }
    );
}

#[test]
fn a_layer_that_a_link_forbids_is_refused_and_a_free_annotation_changes() {
    let change = |id| Edit::Annotation(AnnotationEdit::SetLayer(a(id), LayerId::new("claim")));
    assert!(matches!(refusal(&change("a_1")), Refusal::EndsNotAllowed { .. }));
    assert!(apply(&linked(), &change("a_3"), &signature("x")).is_ok());
}

#[test]
fn words_outside_the_text_are_refused_in_code_points() {
    let edit = AnnotationEdit::Annotate(annotation("a_9", "actor", 4, 999));
    let Refusal::SpanOutsideText { start: 4, length, .. } = refusal(&Edit::Annotation(edit)) else {
        panic!("should say where")
    };
    assert_eq!(length, document("d_1").text.as_str().chars().count() as u32);
    let inside_a_letter = AnnotationEdit::Annotate(annotation("a_9", "actor", 23, 25));
    assert!(matches!(refusal(&Edit::Annotation(inside_a_letter)), Refusal::SpanOutsideText { .. }));
}

#[test]
fn a_code_of_no_layer_and_of_another_layer_are_refused() {
    for code in ["actor.ghost", "claim.promise"] {
        let edit = AnnotationEdit::SetCode(a("a_1"), Some(CodeId::new(code)));
        assert!(matches!(refusal(&Edit::Annotation(edit)), Refusal::UnknownCode { .. }));
    }
}

#[test]
fn an_entity_of_another_layer_is_refused() {
    let attach = |entity| AnnotationEdit::Attach(a("a_1"), Some(EntityId::new(entity)));
    assert!(matches!(
        refusal(&Edit::Annotation(attach("e_claim"))),
        Refusal::EntityOfOtherLayer { .. }
    ));
    assert!(apply(&linked(), &Edit::Annotation(attach("e_actor")), &signature("x")).is_ok());
}

#[test]
fn a_symmetric_link_leads_from_the_lower_id_and_another_keeps_its_direction() {
    let relate = |kind, from, to| {
        let edit = Edit::Relation(RelationEdit::Relate(relation("l_9", kind, from, to)));
        let project = apply(&linked(), &edit, &signature("x")).unwrap();
        let made = project.relations().get(&RelationId::new("l_9")).unwrap().clone();
        (made.from.as_str().to_owned(), made.to.as_str().to_owned())
    };
    assert_eq!(relate("allied", "a_3", "a_1"), ("a_1".into(), "a_3".into()));
    assert_eq!(relate("claims", "a_3", "a_2"), ("a_3".into(), "a_2".into()));
}

#[test]
fn a_group_happens_wholly_or_not_at_all() {
    let edits = vec![
        Edit::Annotation(AnnotationEdit::Erase(a("a_3"))),
        Edit::Annotation(AnnotationEdit::Erase(a("a_none"))),
    ];
    let edit = Edit::Group { title: "Two".into(), edits };
    assert_eq!(refusal(&edit), Refusal::Missing(RecordId::Annotation(a("a_none"))));
}

#[test]
fn an_undone_decision_leaves_its_conflict_open_under_a_newer_version() {
    let linked = linked();
    let here = linked.annotation(&a("a_1")).unwrap();
    let mut torn = Record::clone(here);
    let mut other = Record { version: Version::of(Hand::new("y"), 1), ..torn.clone() };
    other.value.code = Some(CodeId::new("actor.other"));
    torn.conflict = thin_vec::thin_vec![other];
    let mut open = linked.clone();
    open.put(AnyRecord::Annotation(Arc::new(torn)));
    let edit = Edit::Annotation(AnnotationEdit::SetCode(a("a_1"), None));
    let decided = apply(&open, &edit, &signature("x")).unwrap();
    assert!(!same_content(&open, &decided), "deciding for what stands is a change");
    let undone = restamped(&open, &decided, &signature("x"));
    let again = undone.annotation(&a("a_1")).unwrap();
    assert_eq!(again.conflict.len(), 1);
    assert!(again.conflict[0].version.dominates(&decided.annotation(&a("a_1")).unwrap().version));
}
