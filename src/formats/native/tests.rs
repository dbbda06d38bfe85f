//! The project file: the same bytes again, nothing lost of damaged files, changes of one line.

use crate::formats::ReadError;
use crate::formats::native::{Opened, decode_delta, encode_delta, encode_record, read, write};
use crate::formats::native::{Section, looks_like_project, stated_id};
use crate::formats::sample::{TEXT, project, project_file};
use crate::model::*;
use proptest::prelude::*;

/// The file with one thing replaced, which must be in it.
fn with(from: &str, to: &str) -> Project {
    let file = project_file();
    assert!(file.contains(from), "{from}");
    let project = read(file.replacen(from, to, 1).as_bytes()).unwrap().project;
    assert_eq!(record_count(&project), record_count(&self::project()), "{from} → {to}");
    project
}

/// Records of the project and set aside; nothing may ever be dropped.
fn record_count(project: &Project) -> usize {
    all_records(project).count() + project.set_aside.len() + project.erased().len()
}

/// Why the record of that id was set aside, if it was. Some cases rename the id and keep the old one in another member.
fn reason_for(project: &Project, id: &str) -> Option<String> {
    let names = ["id", "was"].map(|name| format!("\"{name}\":\"{id}\""));
    let is_it = |aside: &&SetAside| names.iter().any(|name| aside.raw.contains(name));
    project.set_aside.iter().find(is_it).map(|aside| aside.reason.clone())
}

#[test]
fn a_file_in_our_form_is_written_again_byte_for_byte() {
    let file = project_file();
    let written = String::from_utf8(write(&project())).unwrap();
    for (number, (ours, theirs)) in written.lines().zip(file.lines()).enumerate() {
        assert_eq!(ours, theirs, "line {}", number + 1);
    }
    assert_eq!(written, file);
}

#[test]
fn every_member_means_what_it_says() {
    let project = project();
    let a2 = project.annotation(&AnnotationId::new("a_2")).unwrap();
    let words = a2.words(&project.sheet(&a2.document).unwrap().document().text);
    assert_eq!(words, "said no … сказал нет.");
    assert_eq!(a2.feature("weight"), Some(&Value::Number(0.300_000_000_000_000_04)));
    assert_eq!(a2.feature("extra"), Some(&Value::Foreign("[true]".into())));
    assert!(
        matches!(a2.feature("where"), Some(Value::Place(place)) if place.position == Some((-1.5, 30.0)))
    );
    let a1 = project.annotation(&AnnotationId::new("a_1")).unwrap();
    assert_eq!(a1.conflict.len(), 1);
    assert_eq!(a1.version.seen(&Hand::new("h2")), 5);
    let a3 = project.annotation(&AnnotationId::new("a_3")).unwrap();
    assert!(a3.place.is_orphan());
    assert_eq!(a3.feature("tags"), Some(&Value::Foreign(r#"["z"]"#.into())));
    let l3 = project.relations().get(&RelationId::new("l_3")).unwrap();
    assert_eq!(l3.from, End::Entity(EntityId::new("n_2")));
    let d2 = project.sheet(&DocumentId::new("d_2")).unwrap().document();
    assert!(d2.stated_digest.is_some());
    assert_eq!(d2.text.as_str(), "Other words.\r\n");
    let r1 = project.decisions().get(&DecisionId::new("r_1")).unwrap();
    let [ours, theirs] = [&r1.ours, &r1.theirs].map(|side| side.as_deref().unwrap());
    assert_eq!((r1.verdict, ours.spans.as_slice()), (Verdict::Edited, &[(4, 12)][..]));
    assert_eq!(ours.entity, Some((EntityId::new("n_1"), "Anton Berg".into())));
    assert_eq!((ours.links.len(), ours.links[0].way), (1, Direction::Out));
    assert_eq!(theirs.features.get(&FeatureId::new("sure")), Some(&Value::YesNo(true)));
    assert_eq!(r1.answer, Some(Answer::Disputed("One word.".into())));
    let actor = project.codebook.layer(&LayerId::new("actor")).unwrap();
    assert_eq!(actor.features[0].when, Some(Condition::Code(vec![CodeId::new("actor.person")])));
    let tombstone = project.erased().get(&RecordId::of_kind("annotation", "a_4").unwrap()).unwrap();
    assert_eq!(tombstone.merged_into, RecordId::of_kind("annotation", "a_1"));
}

#[test]
fn a_mark_and_blanks_before_the_file_are_no_harm() {
    let file = format!("\u{feff} \r\n{}", project_file());
    assert_eq!(write(&read(file.as_bytes()).unwrap().project), project_file().as_bytes());
    assert!(looks_like_project(file.as_bytes()));
    let head = |most: usize| stated_id(&file.as_bytes()[..most.min(file.len())]);
    assert_eq!((head(4096), head(60)), (Some(read(file.as_bytes()).unwrap().project.id), None));
    assert_eq!(
        stated_id(b"{\"id\":\"p_1\",\"codebook\":"),
        None,
        "it does not say that it is a project"
    );
    assert!(looks_like_project(b"{ \"format\" : \"matryoshka-project\" "));
    assert!(!looks_like_project(b"{\"format\":\"matryoshka-annotations\"}"));
}

#[test]
fn one_annotation_more_is_one_line_more() {
    let before = project();
    let annotation = sample::annotation("a_5", "actor", 0, 1);
    let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
    let after = apply(&before, &edit, &sample::signature("h1")).unwrap();
    let (old, new) = (write(&before), write(&after));
    let (old, new) = (String::from_utf8(old).unwrap(), String::from_utf8(new).unwrap());
    let fresh: Vec<&str> =
        new.lines().filter(|line| !old.lines().any(|other| other == *line)).collect();
    let record = after.get(&RecordId::Annotation(AnnotationId::new("a_5"))).unwrap();
    assert_eq!(fresh, [format!("{},", encode_record(&record, &after))]);
    assert_eq!(new.lines().count(), old.lines().count() + 1);
}

/// An id, what is replaced in the file, by what, and why the record of that id goes aside then.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "a_1",
        r#""layer":"actor","code":"actor.person","start":4"#,
        r#""layer":"moon","start":4"#,
        "no layer “moon”",
    ),
    (
        "a_1",
        r#""code":"actor.person","start":4"#,
        r#""code":"actor.moon","start":4"#,
        "no code “actor.moon”",
    ),
    ("a_1", r#""start":4,"end":12,"#, r#""start":12,"end":12,"#, "12–12 covers nothing"),
    (
        "a_1",
        r#""start":4,"end":12,"#,
        r#""start":4,"end":1200,"#,
        "4–1200 is not in the document d_1",
    ),
    (
        "a_1",
        r#""start":4,"end":12,"#,
        r#""start":4.5,"end":12,"#,
        "start: invalid type: floating point `4.5`",
    ),
    (
        "a_1",
        r#""start":4,"end":12,"#,
        r#""start":-4,"end":12,"#,
        "start: invalid type: integer `-4`",
    ),
    ("a_1", r#""start":4,"end":12,"#, r#""end":12,"#, "“start” is missing"),
    ("a_1", r#""start":4,"end":12,"#, r#""start":4,"start":4,"end":12,"#, "“start” comes twice"),
    ("a_1", r#""glow":{"#, r#""shine":1,"shine":2,"glow":{"#, "“shine” comes twice"),
    (
        "a_1",
        r#""features":{"form":"name"}"#,
        r#""features":{"form":"name","form":1}"#,
        "“form” comes twice",
    ),
    (
        "a_1",
        r#""entity":"n_1","features":{"form""#,
        r#""entity":"n_8","features":{"form""#,
        "no entity with the id n_8",
    ),
    (
        "a_2",
        r#""start":30,"end":41,"quote":"с"#,
        r#""start":19,"end":41,"quote":"с"#,
        "ascend without overlap",
    ),
    (
        "a_2",
        r#""start":30,"end":41,"quote":"с"#,
        r#""start":30,"end":40,"quote":"с"#,
        "reach from start to end",
    ),
    ("a_2", r#""after":{"entity":"n_1"}"#, r#""after":{"entity":"n_0"}"#, "nothing has the id n_0"),
    (
        "a_2",
        r#"{"id":"a_2","document":"d_1""#,
        r#"{"id":"a_2","document":"d_8""#,
        "no document with the id d_8",
    ),
    ("a_2", r#"{"id":"a_2","#, r#"{"id":"a 2","was":"a_2","#, "“a 2” is no id"),
    (
        "a_3",
        r#"{"id":"a_3","#,
        r#"{"id":"a_1","was":"a_3","#,
        "the id a_1 is taken by another annotation",
    ),
    ("l_1", r#""from":"a_1","to":"a_2""#, r#""from":"a_1","to":"a_0""#, "nothing has the id a_0"),
    ("l_1", r#""from":"a_1","to":"a_2""#, r#""from":"a_2","to":"a_1""#, "cannot lead from “claim”"),
    ("l_2", r#""relation":"allied""#, r#""relation":"hates""#, "no link “hates”"),
    (
        "o_1",
        r#"{"annotation":"a_1","line":4}"#,
        r#"{"annotation":"a_0"}"#,
        "no annotation with the id a_0",
    ),
    (
        "o_1",
        r#"{"annotation":"a_1","line":4}"#,
        r#"{"annotation":"a_1","entity":"n_1"}"#,
        "more than one",
    ),
    (
        "c_1",
        r#""thread":"c_2","text":"An"#,
        r#""thread":"c_9","text":"An"#,
        "not about the same thing",
    ),
    ("c_2", r#""resolved":true"#, r#""resolved":"yes""#, "resolved: invalid type"),
    (
        "r_1",
        r#""at":"2026-11-23T16:58:00Z"},"version":{"h1":8}"#,
        r#""at":"noon"},"version":{"h1":8}"#,
        "made.at: “noon” is no time",
    ),
    ("r_1", r#""version":{"h1":8}"#, r#""version":{"h1":-8}"#, "version.h1: "),
    ("r_1", r#""verdict":"edited""#, r#""verdict":"later""#, "there is no “later”"),
    ("r_1", r#""spans":[[4,12]]"#, r#""spans":[[12,4]]"#, "ours: its spans must ascend"),
    ("r_1", r#""direction":"out""#, r#""direction":"up""#, "not “up”"),
    ("r_1", r#""entity_name":"Anton Berg","#, "", "come together"),
    ("r_1", r#""disputed":"One word.","#, "", "expected “accepted”"),
    ("r_1", r#""project":"p_2","#, r#""project":"p 2","#, "is no id"),
    ("r_2", r#""theirs":{"id":"b_2""#, r#""others":{"id":"b_2""#, "speaks of nothing"),
    ("n_2", r#""name":"The ministry""#, r#""name":null"#, "name: invalid type: null"),
    ("a_4", r#""kind":"annotation""#, r#""kind":"thought""#, "no kind of record called “thought”"),
    (
        "a_4",
        r#"{"id":"a_4","kind":"annotation","version":{"h1":6}"#,
        r#"{"id":"a_1","was":"a_4","kind":"annotation","version":{}"#,
        "is in the file",
    ),
];

#[test]
fn a_record_that_cannot_be_is_set_aside_with_its_reason() {
    for &(id, from, to, reason) in CASES {
        let project = with(from, to);
        let said = reason_for(&project, id);
        assert!(
            said.as_ref().is_some_and(|said| said.contains(reason)),
            "{id}: {said:?}, expected “{reason}”"
        );
        let unsound = |fault: &Fault| matches!(fault.what, FaultKind::Broken(_));
        assert!(!check(&project).iter().any(unsound), "{to}");
        // What was set aside is written as it came, and the next time it reads the same.
        let written = write(&project);
        assert_eq!(write(&read(&written).unwrap().project), written, "{to}");
    }
}

#[test]
fn what_leads_to_a_bad_record_goes_aside_with_it_and_comes_back_with_it() {
    let damaged = with(r#"{"id":"d_1","title":"Two \"scripts\"","#, r#"{"id":"d_1","title":7,"#);
    assert_eq!(damaged.annotation_count(), 0);
    assert!(damaged.relations().is_empty() && damaged.entities().len() == 2);
    let repaired = String::from_utf8(write(&damaged)).unwrap();
    let repaired = repaired.replace(r#""title":7,"#, r#""title":"Two \"scripts\"","#);
    assert_eq!(
        String::from_utf8(write(&read(repaired.as_bytes()).unwrap().project)).unwrap(),
        project_file()
    );
}

#[test]
fn words_that_are_elsewhere_make_an_orphan_until_they_are_back() {
    let changed = with(r#""text":"A 😀 minister"#, r#""text":"A 😀 Minister"#);
    let a1 = changed.annotation(&AnnotationId::new("a_1")).unwrap();
    assert!(matches!(&a1.place, Place::Orphan(orphan) if *orphan.quotes[0] == *"minister"));
    let written = String::from_utf8(write(&changed)).unwrap();
    assert!(written.contains(r#""quote":"minister","orphan":true"#));
    let back = written.replacen("A 😀 Minister", "A 😀 minister", 1);
    let back = read(back.as_bytes()).unwrap().project;
    assert!(!back.annotation(&AnnotationId::new("a_1")).unwrap().place.is_orphan());
}

#[test]
fn records_may_stand_in_any_order_and_lead_forward_or_in_circles() {
    let file = project_file();
    let (head, rest) = file.split_once("\"entities\":[\n").unwrap();
    let (entities, rest) = rest.split_once("\n],\n").unwrap();
    let (first, second) = entities.split_once(",\n").unwrap();
    let swapped = format!("{head}\"entities\":[\n{second},\n{first}\n],\n{rest}");
    assert_eq!(write(&read(swapped.as_bytes()).unwrap().project), file.as_bytes());
}

#[test]
fn ends_that_two_things_could_mean_are_told_apart() {
    let mixed = project_file().replace("\"n_2\"", "\"a_1\"");
    let mixed =
        mixed.replace(r#""from":"a_1","to":"a_2""#, r#""from":{"entity":"a_1"},"to":"a_2""#);
    let mixed = read(mixed.as_bytes()).unwrap().project;
    let l1 = mixed.relations().get(&RelationId::new("l_1"));
    assert_eq!(l1.map(|link| link.from.clone()), Some(End::Entity(EntityId::new("a_1"))));
    assert_eq!(write(&read(&write(&mixed)).unwrap().project), write(&mixed));
}

#[test]
fn a_higher_major_version_opens_to_look_at_and_a_higher_minor_one_to_change() {
    let read_only = |version: &str| {
        let file = project_file().replace(r#"{"major":1,"minor":3}"#, version);
        let Opened { read_only, project } = read(file.as_bytes()).unwrap();
        assert_eq!(write(&project), file.as_bytes());
        read_only
    };
    assert_eq!(read_only(r#"{"major":1,"minor":0}"#), None);
    assert_eq!(read_only(r#"{"major":1,"minor":9}"#), None);
    assert!(read_only(r#"{"major":2,"minor":0}"#).unwrap().contains("version 2"));
}

#[test]
fn what_is_no_project_is_called_by_its_name() {
    let found = |bytes: &[u8]| match read(bytes) {
        Err(ReadError::NotAProject { found }) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(found(b"[1, 2]"), "a JSON array");
    assert_eq!(
        found(br#"{"format":"matryoshka-annotations","version":{}}"#),
        "an annotation JSON export"
    );
    assert_eq!(found(br#"{"format":"other"}"#), "a file of the format “other”");
    assert_eq!(found(br#"{"annotations":{},"text":"x"}"#), "another program's JSON object");
    assert_eq!(found(br#"{"text":"x"}"#), "another program's JSON object");
    assert_eq!(found(b"Dear all"), "a plain text");
    assert_eq!(found(b"\"words\""), "a single JSON value");
    assert_eq!(found(b"<html>"), "an XML or HTML file");
    assert_eq!(found(b"PK\x03\x04"), "a ZIP archive, such as a Word document");
    assert_eq!(found(b"\x7fELF\0\0"), "binary data");
    assert_eq!(found(b"\xff\xfe{\0"), "a text in UTF-16");
    assert!(matches!(read(b" \n"), Err(ReadError::Empty)));
    assert!(matches!(read(b""), Err(ReadError::Empty)));
    assert!(matches!(read(b"{\"a\":\"\xff\"}"), Err(ReadError::NotUtf8 { at: 6 })));
}

#[test]
fn an_error_of_the_whole_file_says_where_and_what() {
    let file = project_file();
    let cut = file.split_at(file.find("\"links\"").unwrap()).0;
    assert_eq!(
        read(cut.as_bytes()).unwrap_err(),
        ReadError::Truncated { line: cut.lines().count() + 1, column: 0 }
    );
    let told = |from: &str, to: &str| {
        assert!(file.contains(from), "{from}");
        read(file.replacen(from, to, 1).as_bytes()).unwrap_err().to_string()
    };
    assert!(told(r#""key":"A""#, r#""key":"AB""#).starts_with("line 5, column "));
    assert!(told(r#""key":"A""#, r#""key":"AB""#).contains("“codebook.layers[0].key”"));
    assert!(
        told(r#""digit":1"#, r#""digit":11"#)
            .contains("codebook.layers[0].codes[0].digit”: a digit")
    );
    assert!(
        told(r#""id":"claim","#, r#""id":"actor","#).contains("“codebook.layers”: the id “actor”")
    );
    assert!(told("\"links\":[", "\"links\":{},\"l\":[").contains("“links”"));
    assert!(
        told("\"codebook\":", "\"cookbook\":")
            .contains("“codebook”: the member “codebook” is missing")
    );
    assert!(told("\"id\":\"p_1\"", "\"id\":\"\"").contains("“id”"));
    assert!(told("\"notes\":", "\"links\":").contains("the member “links” comes twice"));
    let line = file.lines().position(|line| line.starts_with("{\"id\":\"o_1\"")).unwrap() + 1;
    assert!(
        told("\"notes\":[\n{", "\"notes\":[\n{,")
            .starts_with(&format!("line {line}, column 2, “notes[0]”: "))
    );
}

#[test]
fn deep_nesting_is_an_error_or_kept_and_never_an_overflow() {
    let deep = "[".repeat(1_000_000);
    assert!(read(deep.as_bytes()).is_err());
    assert!(read(format!("{{\"format\":\"matryoshka-project\",\"x\":{deep}").as_bytes()).is_err());
    let closed = format!("{deep}{}", "]".repeat(1_000_000));
    let file = project_file().replace(r#""side_new":true"#, &format!("\"side_new\":{closed}"));
    if let Ok(opened) = read(file.as_bytes()) {
        assert_eq!(write(&opened.project), file.as_bytes());
    }
}

#[test]
fn a_change_is_read_back_from_the_journal_as_it_was() {
    let before = sample::project();
    let tag = |annotation| Edit::Annotation(AnnotationEdit::Annotate(annotation));
    let code = Code {
        id: CodeId::new("claim.more"),
        definition: "More".into(),
        ..before.codebook.layers[1].codes[0].clone()
    };
    let steps = [
        tag(sample::annotation("a_1", "actor", 4, 12)),
        tag(sample::annotation("a_2", "claim", 22, 36)),
        Edit::Relation(RelationEdit::Relate(sample::relation("l_1", "claims", "a_1", "a_2"))),
        Edit::Relation(RelationEdit::Erase(RelationId::new("l_1"))),
        Edit::Annotation(AnnotationEdit::Erase(AnnotationId::new("a_1"))),
        Edit::Codebook(Box::new(CodebookEdit::AddCode(LayerId::new("claim"), code.clone()))),
        Edit::Annotation(AnnotationEdit::SetCode(AnnotationId::new("a_2"), Some(code.id))),
    ];
    let mut projects = vec![Project::new(before.id.clone(), before.codebook.clone()), before];
    for step in steps {
        projects.push(apply(projects.last().unwrap(), &step, &sample::signature("h1")).unwrap());
    }
    let fewer = Delta { codebook: Some(projects[0].codebook.clone()), ..Delta::default() };
    let last = projects.last().unwrap();
    let refused = decode_delta(&encode_delta(&fewer, last), last).unwrap_err().to_string();
    assert!(refused.contains("has no code “claim.more”"), "{refused}");
    for pair in projects.windows(2) {
        for (from, to) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
            let delta = Delta::between(from, to);
            let line = encode_delta(&delta, to);
            assert!(!line.contains('\n'));
            match decode_delta(&line, from) {
                Ok(decoded) => assert_eq!(decoded, delta, "{line}"),
                Err(error) => panic!("{error}: {line}"),
            }
        }
    }
}

#[test]
fn every_record_of_a_rich_project_survives_the_journal() {
    let rich = project();
    let empty = Project::new(rich.id.clone(), rich.codebook.clone());
    let delta = Delta::between(&empty, &rich);
    assert_eq!(decode_delta(&encode_delta(&delta, &rich), &empty).unwrap(), delta);
}

#[test]
fn a_change_that_does_not_fit_is_refused() {
    let project = project();
    let refused = |line: &str| match decode_delta(line, &project) {
        Err(error) => error.to_string(),
        Ok(delta) => panic!("{delta:?}"),
    };
    let erase = r#"{"put":[],"erased":[{"id":"a_1","kind":"annotation"}]}"#;
    assert!(refused(erase).contains("still leads to a_1"));
    let erase = r#"{"put":[],"erased":[{"id":"d_1","kind":"document"}]}"#;
    assert!(refused(erase).contains("still leads to d_1"));
    let put = r#"{"put":[{"section":"links","record":{"id":"l_7","relation":"claims","from":"a_0","to":"a_2"}}],"erased":[]}"#;
    assert!(refused(put).contains("nothing has the id a_0"));
    let put = r#"{"put":[{"section":"entities","record":{"id":"n_1","layer":"claim","name":"x"}}],"erased":[]}"#;
    assert!(refused(put).contains("is not of the layer"));
    let put = r#"{"put":[{"section":"moods","record":{}}],"erased":[]}"#;
    assert!(refused(put).contains("moods"));
    assert!(refused("{\"put\":[").contains("ends in the middle"));
}

#[test]
fn the_shipped_samples_have_no_faults_and_are_written_again_byte_for_byte() {
    let summit = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/summit.json"));
    let voices = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/three-voices.json"));
    for (name, stored) in [("summit.json", summit), ("three-voices.json", voices)] {
        let opened = read(stored.as_bytes()).unwrap();
        assert_eq!(opened.read_only, None);
        assert_eq!(check(&opened.project), []);
        let written = String::from_utf8(write(&opened.project)).unwrap();
        let other = written.lines().zip(stored.lines()).find(|(new, old)| new != old);
        assert_eq!(other, None, "{name} is not in the form in which the program writes it");
        assert_eq!(written.len(), stored.len());
    }
}

/// How many records a JSON value lists in the sections that we know.
fn listed(value: &serde_json::Value) -> usize {
    let names = Section::ALL.map(Section::name).into_iter().chain(["set_aside", "erased"]);
    names.filter_map(|name| value.get(name)?.as_array()).map(Vec::len).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_never_panics_and_drops_nothing(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = project_file().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(opened) = read(&bytes) {
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(record_count(&opened.project), listed(&value));
            let written = write(&opened.project);
            let again = read(&written).unwrap().project;
            prop_assert_eq!(write(&again), written);
            let unsound = check(&again).into_iter().any(|fault| matches!(fault.what, FaultKind::Broken(_)));
            prop_assert!(!unsound);
        }
    }

    #[test]
    fn members_of_any_kind_may_be_anything(member in 0_usize..200, with in 0_usize..8) {
        // Another value in place of some member's value, so that the JSON stays JSON.
        let file = project_file();
        let colons: Vec<usize> = file.match_indices("\":").map(|(at, _)| at + 2).collect();
        let at = colons[member % colons.len()];
        let (head, tail) = file.split_at(at);
        let mut stream = serde_json::Deserializer::from_str(tail).into_iter::<serde_json::Value>();
        if stream.next().is_some_and(|value| value.is_ok()) {
            let rest = tail.get(stream.byte_offset()..).unwrap();
            let value = ["null", "0", "-1", "1.5", "\"\"", "[]", "{}", "\"a_1\""][with];
            if let Ok(opened) = read(format!("{head}{value}{rest}").as_bytes()) {
                let written = write(&opened.project);
                prop_assert_eq!(write(&read(&written).unwrap().project), written);
            }
        }
    }
}

#[test]
fn the_text_of_the_sample_is_the_one_that_its_offsets_count_in() {
    assert_eq!(project().sheet(&DocumentId::new("d_1")).unwrap().document().text.as_str(), TEXT);
}
