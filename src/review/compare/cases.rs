//! What a comparison finds, told as a table of cases: stacks, nests, crossings, parts, links, records, copies.

use crate::model::sample::{annotation, codebook, document, relation, signature};
use crate::model::*;
use crate::review::compare::{compare, compare_with, namesakes};
use crate::review::difference::{Aspect, Class, Comparison, Difference, History};
use crate::review::entity_pairs::{EntityChoices, EntityPair, RecordAspect, Why};
use crate::review::guest::Guest;
use crate::text::{Offset, Span, Text};
use std::sync::Arc;

/// Sixty digits, so that a place can be read off.
fn digits() -> Document {
    let text = Text::new("0123456789".repeat(6));
    Document { text, ..document("d_1") }
}

fn empty(id: &str) -> Project {
    let project = Project::new(ProjectId::new(id), Arc::new(codebook()));
    done(&project, &Edit::Document(DocumentEdit::Add(digits())))
}

fn done(project: &Project, edit: &Edit) -> Project {
    apply(project, edit, &signature(project.id.as_str())).unwrap()
}

fn a(id: &str) -> AnnotationId {
    AnnotationId::new(id)
}

/// `a_1 actor.person 0-3,5-8 =n_1`: id, layer or code, fragments, record.
fn tag(words: &str) -> Edit {
    let mut parts = words.split(' ');
    let id = a(parts.next().unwrap());
    let label = parts.next().unwrap();
    let layer = label.split('.').next().unwrap();
    let span = |part: &str| {
        let (start, end) = part.split_once('-').unwrap();
        let [start, end] = [start, end].map(|at| Offset(at.parse().unwrap()));
        Span::between(start, end).unwrap()
    };
    let spans = parts.next().unwrap().split(',').map(span).collect();
    Edit::Annotation(AnnotationEdit::Annotate(Annotation {
        id,
        document: DocumentId::new("d_1"),
        layer: LayerId::new(layer),
        code: label.contains('.').then(|| CodeId::new(label)),
        place: Place::Anchored(Fragments::exactly(spans).unwrap()),
        entity: parts.next().map(|record| EntityId::new(record.strip_prefix('=').unwrap())),
        features: Features::new(),
    }))
}

fn record(id: &str, name: &str, aliases: &[&str]) -> Edit {
    Edit::Entity(EntityEdit::Add(Entity {
        id: EntityId::new(id),
        layer: LayerId::new("actor"),
        name: name.into(),
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        code: None,
        features: Features::new(),
    }))
}

fn link(id: &str, kind: &str, from: &str, to: &str) -> Edit {
    Edit::Relation(RelationEdit::Relate(relation(id, kind, from, to)))
}

fn with(project: &Project, edits: impl IntoIterator<Item = Edit>) -> Project {
    edits.into_iter().fold(project.clone(), |project, edit| done(&project, &edit))
}

fn tagged(id: &str, tags: &[&str]) -> Project {
    with(&empty(id), tags.iter().map(|words| tag(words)))
}

fn compared(ours: &Project, theirs: &Project) -> Comparison {
    compare(ours, &Guest::over(ours, "theirs", theirs.clone()))
}

/// `same a_1 b_1`, `only_ours a_2 –`.
fn told(comparison: &Comparison) -> Vec<String> {
    let id = |id: &Option<AnnotationId>| id.as_ref().map_or("–".to_owned(), ToString::to_string);
    let all = comparison.differences.iter();
    all.map(|one| format!("{} {} {}", one.class.as_str(), id(&one.ours), id(&one.theirs))).collect()
}

fn of<'c>(comparison: &'c Comparison, ours: &str) -> &'c Difference {
    comparison.differences.iter().find(|one| one.ours == Some(a(ours))).unwrap()
}

/// Name, ours, theirs, what comes of it.
type Case<'c> = (&'c str, &'c [&'c str], &'c [&'c str], &'c [&'c str]);

const CASES: &[Case<'_>] = &[
    ("nothing", &[], &[], &[]),
    ("nothing of ours", &[], &["b_1 actor 0-3"], &["only_theirs – b_1"]),
    ("nothing of theirs", &["a_1 actor 0-3"], &[], &["only_ours a_1 –"]),
    ("the same", &["a_1 actor.person 0-3"], &["b_1 actor.person 0-3"], &["same a_1 b_1"]),
    ("another code", &["a_1 actor.person 0-3"], &["b_1 actor 0-3"], &["code a_1 b_1"]),
    ("longer", &["a_1 actor 0-3"], &["b_1 actor 0-4"], &["boundary a_1 b_1"]),
    (
        "longer and another code",
        &["a_1 actor.person 0-3"],
        &["b_1 actor 0-4"],
        &["boundary a_1 b_1"],
    ),
    (
        "they touch",
        &["a_1 actor 0-3"],
        &["b_1 actor 3-6"],
        &["only_ours a_1 –", "only_theirs – b_1"],
    ),
    (
        "another layer",
        &["a_1 actor 0-3"],
        &["b_1 claim 0-3"],
        &["only_ours a_1 –", "only_theirs – b_1"],
    ),
    (
        "a stack with other codes the other way round",
        &["a_1 actor.person 0-5", "a_2 actor 0-5"],
        &["b_1 actor 0-5", "b_2 actor.person 0-5"],
        &["same a_1 b_2", "same a_2 b_1"],
    ),
    (
        "a stack of three and one of two",
        &["a_1 actor 0-5", "a_2 actor.person 0-5", "a_3 actor 0-5"],
        &["b_1 actor.person 0-5", "b_2 actor 0-5"],
        &["same a_1 b_2", "same a_2 b_1", "only_ours a_3 –"],
    ),
    (
        "a nest whose outer one is shorter",
        &["a_1 claim 0-20", "a_2 claim 5-10"],
        &["b_1 claim 5-10", "b_2 claim 0-19"],
        &["boundary a_1 b_2", "same a_2 b_1"],
    ),
    (
        "a nest against its inner one",
        &["a_1 claim 0-20", "a_2 claim 4-10"],
        &["b_1 claim 5-10"],
        &["only_ours a_1 –", "boundary a_2 b_1"],
    ),
    (
        "a chain in which the best pair would cost the better whole",
        &["a_1 claim 0-10", "a_2 claim 6-16"],
        &["b_1 claim 5-13", "b_2 claim 12-20"],
        &["boundary a_1 b_1", "boundary a_2 b_2"],
    ),
    (
        "ties go to the code",
        &["a_1 actor.person 10-20"],
        &["b_1 actor 8-18", "b_2 actor.person 12-22"],
        &["only_theirs – b_1", "boundary a_1 b_2"],
    ),
    ("parts and the whole", &["a_1 claim 0-3,5-8"], &["b_1 claim 0-8"], &["boundary a_1 b_1"]),
    (
        "parts that touch are the whole",
        &["a_1 claim 0-3,3-8"],
        &["b_1 claim 0-8"],
        &["same a_1 b_1"],
    ),
    ("the same parts", &["a_1 claim 0-3,5-8"], &["b_1 claim 0-3,5-8"], &["same a_1 b_1"]),
    (
        "between the parts nothing is shared",
        &["a_1 claim 0-3,10-13"],
        &["b_1 claim 4-8"],
        &["only_ours a_1 –", "only_theirs – b_1"],
    ),
    (
        "parts go to the one that shares most",
        &["a_1 claim 0-3,10-20"],
        &["b_1 claim 0-4", "b_2 claim 9-20"],
        &["only_theirs – b_1", "boundary a_1 b_2"],
    ),
];

#[test]
fn every_case_of_the_table_comes_out_as_it_says_and_mirrored() {
    for (name, ours, theirs, expected) in CASES {
        let (ours, theirs) = (tagged("p_1", ours), tagged("p_2", theirs));
        let comparison = compared(&ours, &theirs);
        let mut found = told(&comparison);
        found.sort();
        let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        expected.sort();
        assert_eq!(found, expected, "{name}");
        assert_eq!(comparison.is_same(), comparison.counts().differing() == 0, "{name}");
        let back = compared(&theirs, &ours);
        let mirrored = comparison.counts().iter().map(|(class, count)| (class.mirrored(), count));
        assert!(
            mirrored.into_iter().all(|(class, count)| back.counts().get(class) == count),
            "{name}"
        );
    }
}

#[test]
fn aspects_are_all_listed_and_the_heaviest_counts() {
    let ours = tagged("p_1", &["a_1 actor.person 0-4"]);
    let ours = with(&ours, [record("n_1", "Berg", &[])]);
    let weight = (FeatureId::new("weight"), Value::Number(2.0));
    let set = AnnotationEdit::SetFeature(a("a_1"), weight.0.clone(), Some(weight.1));
    let attach = AnnotationEdit::Attach(a("a_1"), Some(EntityId::new("n_1")));
    let ours = with(&ours, [Edit::Annotation(set), Edit::Annotation(attach)]);
    let comparison = compared(&ours, &tagged("p_2", &["b_1 actor 0-8"]));
    let one = of(&comparison, "a_1");
    let all = [Aspect::Boundary, Aspect::Code, Aspect::Entity, Aspect::Features];
    assert_eq!((one.class, one.aspects.as_slice()), (Class::Boundary, all.as_slice()));
    assert_eq!((one.overlap, &one.features), (0.5, &vec![weight.0]));
    assert_eq!(one.hull, Span::between(Offset(0), Offset(8)));
}

#[test]
fn overlaps_are_shared_by_joint_code_points_not_bytes() {
    let text = |id: &str| Document {
        text: Text::new("яяяя abc"),
        ..Document { id: DocumentId::new(id), ..digits() }
    };
    let project = |id: &str, tags: &[&str]| {
        let empty = Project::new(ProjectId::new(id), Arc::new(codebook()));
        let empty = done(&empty, &Edit::Document(DocumentEdit::Add(text("d_1"))));
        with(&empty, tags.iter().map(|words| tag(words)))
    };
    let comparison =
        compared(&project("p_1", &["a_1 actor 0-8"]), &project("p_2", &["b_1 actor 0-12"]));
    let one = of(&comparison, "a_1");
    assert_eq!((one.class, one.overlap), (Class::Boundary, 4.0 / 8.0));
}

/// Two actors and a claim on each side, under other ids.
fn pair() -> (Project, Project) {
    let tags = |x: &str| {
        [format!("{x}_1 actor 0-3"), format!("{x}_2 actor 5-8"), format!("{x}_3 claim 10-20")]
    };
    let (ours, theirs) = (tags("a"), tags("b"));
    let all = |tags: &[String]| tags.iter().map(|words| tag(words)).collect::<Vec<_>>();
    (with(&empty("p_1"), all(&ours)), with(&empty("p_2"), all(&theirs)))
}

#[test]
fn a_link_that_one_side_lacks_counts_once_at_its_first_end() {
    let (ours, theirs) = pair();
    let linked = with(&ours, [link("l_1", "claims", "a_2", "a_3")]);
    let comparison = compared(&linked, &theirs);
    assert_eq!(told(&comparison), ["same a_1 b_1", "links a_2 b_2", "same a_3 b_3"]);
    let links = &of(&comparison, "a_2").links;
    assert_eq!((links.len(), links[0].theirs.is_none()), (1, true));
    let also = with(&theirs, [link("m_1", "claims", "b_2", "b_3")]);
    assert!(compared(&linked, &also).is_same());
}

#[test]
fn a_link_of_another_kind_or_direction_is_one_difference_and_a_symmetric_one_goes_either_way() {
    let (ours, theirs) = pair();
    let both = |ours: &Project, x: Edit, theirs: &Project, y: Edit| {
        compared(&with(ours, [x]), &with(theirs, [y]))
    };
    // Ids sort the ends of a symmetric kind: these two are sorted otherwise.
    let turned = tagged("p_2", &["b_2 actor 0-3", "b_1 actor 5-8"]);
    let ours_twice = tagged("p_1", &["a_1 actor 0-3", "a_2 actor 5-8"]);
    let allied = both(
        &ours_twice,
        link("l_1", "allied", "a_1", "a_2"),
        &turned,
        link("m_1", "allied", "b_1", "b_2"),
    );
    assert!(allied.is_same(), "{:?}", allied.differences);
    let mut codebook = codebook();
    let mut doubts = codebook.relations[0].clone();
    doubts.id = RelationKindId::new("doubts");
    codebook.relations.push(doubts);
    let codebook = Arc::new(codebook);
    let knowing = |project: &Project| {
        let mut project = project.clone();
        project.codebook = codebook.clone();
        project
    };
    let (ours, theirs) = (knowing(&ours), knowing(&theirs));
    let kinds = both(
        &ours,
        link("l_1", "claims", "a_1", "a_3"),
        &theirs,
        link("m_1", "doubts", "b_1", "b_3"),
    );
    assert_eq!(told(&kinds), ["links a_1 b_1", "same a_2 b_2", "same a_3 b_3"]);
    let links = &of(&kinds, "a_1").links;
    assert!(links.len() == 1 && links[0].ours.is_some() && links[0].theirs.is_some());
}

#[test]
fn links_of_what_only_one_side_has_are_part_of_that() {
    let (ours, _) = pair();
    let ours = with(&ours, [link("l_1", "claims", "a_1", "a_3")]);
    let comparison = compared(&ours, &tagged("p_2", &["b_1 actor 0-3"]));
    assert_eq!(told(&comparison), ["same a_1 b_1", "only_ours a_2 –", "only_ours a_3 –"]);
}

#[test]
fn links_from_records_go_through_their_pairs() {
    let voice = |project: &Project, record_id: &str, link: &str, to: &str| {
        let from = End::Entity(EntityId::new(record_id));
        let relation = Relation { from, ..relation(link, "claims", to, to) };
        let edits =
            [record(record_id, "The author", &[]), Edit::Relation(RelationEdit::Relate(relation))];
        with(project, edits)
    };
    let (ours, theirs) = pair();
    let ours = voice(&ours, "n_1", "l_1", "a_3");
    assert!(compared(&ours, &voice(&theirs, "m_1", "k_1", "b_3")).is_same());
    let without = with(&theirs, [record("m_1", "the  AUTHOR", &[])]);
    let comparison = compared(&ours, &without);
    assert_eq!(told(&comparison), ["same a_1 b_1", "same a_2 b_2", "links a_3 b_3"]);
    assert_eq!(comparison.entities.pairs()[0].differs, [RecordAspect::Name]);
}

#[test]
fn records_are_paired_by_name_alias_and_mentions_and_a_person_may_say_otherwise() {
    let tags = [
        "a_1 actor 0-3 =n_1",
        "a_2 actor 5-8 =n_1",
        "a_3 actor 10-13 =n_1",
        "a_4 actor 20-23 =n_2",
        "a_5 actor 30-33 =n_3",
    ];
    let theirs = tags.map(|tag| tag.replace("a_", "b_").replace("n_", "m_"));
    let records = |x: &str, names: [(&str, &[&str]); 3]| {
        let ids = [1, 2, 3].map(|at| format!("{x}_{at}"));
        ids.iter()
            .zip(names)
            .map(|(id, (name, aliases))| record(id, name, aliases))
            .collect::<Vec<_>>()
    };
    let ours = with(
        &empty("p_1"),
        records("n", [("Anton Berg", &[]), ("Ministry", &["MoD"]), ("Velen", &[])]),
    );
    let ours = with(&ours, tags.map(tag));
    let other =
        with(&empty("p_2"), records("m", [("President", &[]), ("mod", &[]), ("VELEN", &[])]));
    let other = with(&other, theirs.iter().map(|words| tag(words)));
    let comparison = compared(&ours, &other);
    assert_eq!(comparison.counts().get(Class::Same), 5);
    let why: Vec<Why> = comparison.entities.pairs().iter().map(|pair| pair.why).collect();
    assert_eq!(why, [Why::Mentions { shared: 3, joint: 3 }, Why::Alias, Why::Name]);
    let doubtful = |pair: &EntityPair| pair.is_doubtful();
    assert_eq!(comparison.entities.pairs().iter().filter(|pair| doubtful(pair)).count(), 2);
    let velen = (EntityId::new("n_3"), EntityId::new("m_3"));
    let guest = Guest::over(&ours, "theirs", other.clone());
    assert_eq!(namesakes(&ours, &guest), [velen.clone()].into());
    // One name for two codes is asked about by itself.
    let code = Some(CodeId::new("actor.person"));
    let recoded = Entity { code, ..other.entities()[&velen.1].value.clone() };
    let otherwise = done(&other, &Edit::Entity(EntityEdit::Revise(recoded)));
    let guest = Guest::over(&ours, "theirs", otherwise);
    let comparison = compare(&ours, &guest);
    let named = comparison.entities.pairs().iter().find(|pair| pair.why == Why::Name).unwrap();
    assert!(doubtful(named) && namesakes(&ours, &guest).is_empty());
    let both = (EntityId::new("n_1"), EntityId::new("m_1"));
    let refused = EntityChoices { refused: [both].into(), ..EntityChoices::default() };
    let again = compare_with(&ours, &Guest::over(&ours, "theirs", other.clone()), &refused);
    assert_eq!((again.counts().get(Class::Entity), again.entities.only_theirs().len()), (3, 1));
    let one_of_two = (EntityId::new("n_3"), EntityId::new("m_1"));
    let confirmed = EntityChoices { confirmed: [one_of_two].into(), ..EntityChoices::default() };
    let again = compare_with(&ours, &Guest::over(&ours, "theirs", other), &confirmed);
    assert_eq!(again.entities.ours_for(&EntityId::new("m_1")), Some(&EntityId::new("n_3")));
}

#[test]
fn two_records_with_one_name_are_told_apart_by_their_mentions_or_not_at_all() {
    let both = |id: &str, x: &str, tags: &[&str]| {
        let records = [1, 2].map(|at| record(&format!("{x}_{at}"), "Berg", &[]));
        with(&with(&empty(id), records), tags.iter().map(|words| tag(words)))
    };
    let ours = both("p_1", "n", &["a_1 actor 0-3 =n_1", "a_2 actor 5-8 =n_2"]);
    let theirs = both("p_2", "m", &["b_1 actor 0-3 =m_2", "b_2 actor 5-8 =m_1"]);
    let comparison = compared(&ours, &theirs);
    assert_eq!(comparison.counts().get(Class::Same), 2);
    assert_eq!(comparison.entities.ours_for(&EntityId::new("m_2")), Some(&EntityId::new("n_1")));
    let without = both("p_2", "m", &[]);
    assert!(compared(&ours, &without).entities.pairs().is_empty());
}

#[test]
fn in_copies_ids_are_paired_wherever_they_went_and_versions_say_whose_is_later() {
    let base =
        tagged("p_1", &["a_1 actor 0-3", "a_2 actor 5-8", "a_3 actor 10-13", "a_4 actor 20-23"]);
    let revise = |id: &str, edit: fn(AnnotationId) -> AnnotationEdit| Edit::Annotation(edit(a(id)));
    let code = |id: AnnotationId| AnnotationEdit::SetCode(id, Some(CodeId::new("actor.person")));
    let layer = |id: AnnotationId| AnnotationEdit::SetLayer(id, LayerId::new("claim"));
    let ours = with(&base, [revise("a_1", layer), revise("a_3", AnnotationEdit::Erase)]);
    let theirs = apply(&base, &revise("a_2", code), &signature("y")).unwrap();
    let comparison = compared(&ours, &theirs);
    assert_eq!(
        told(&comparison),
        ["code a_1 a_1", "code a_2 a_2", "only_theirs – a_3", "same a_4 a_4"]
    );
    let histories: Vec<History> = comparison.differences.iter().map(|one| one.history).collect();
    let expected = [History::OursLater, History::TheirsLater, History::Erased, History::Even];
    assert_eq!(histories, expected);
}

#[test]
fn documents_that_one_side_lacks_are_listed_as_theirs_or_ours() {
    let other = Document { id: DocumentId::new("d_2"), text: Text::new("Other words"), ..digits() };
    let inside = Edit::Annotation(AnnotationEdit::Annotate(Annotation {
        document: DocumentId::new("d_2"),
        ..annotation("b_9", "actor", 0, 5)
    }));
    let ours = tagged("p_1", &["a_1 actor 0-3"]);
    let theirs = with(
        &tagged("p_2", &["b_1 actor 0-3"]),
        [Edit::Document(DocumentEdit::Add(other)), inside],
    );
    let comparison = compared(&ours, &theirs);
    assert_eq!(told(&comparison), ["same a_1 b_1", "only_theirs – b_9"]);
    let last = comparison.differences.last().unwrap();
    assert_eq!((last.document.as_str(), last.hull), ("d_2", Span::between(Offset(0), Offset(5))));
}

#[test]
fn a_tangle_that_is_too_large_to_weigh_is_paired_all_the_same() {
    let tangle = |id: &str, x: &str, shift: u32| {
        let mut project = empty(id);
        for at in 0..700_u32 {
            let (start, end) = (at % 25, 30 + (at + shift) % 29);
            project = done(&project, &tag(&format!("{x}_{at} claim {start}-{end}")));
        }
        project
    };
    let (ours, theirs) = (tangle("p_1", "a", 0), tangle("p_2", "b", 1));
    let comparison = compared(&ours, &theirs);
    let counts = comparison.counts();
    assert_eq!(counts.get(Class::OnlyOurs), counts.get(Class::OnlyTheirs));
    assert!(counts.get(Class::OnlyOurs) < 70, "{counts:?}");
}
