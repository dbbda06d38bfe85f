//! Folders by hand: each kind of line, dirt as other programs leave it, and what becomes of it.

use crate::formats::brat::{
    Asked, File, Import, Mapping, read, read_mapping, says_the_same, write,
};
use crate::formats::{default_codebook, native};
use crate::jobs::Progress;
use crate::model::{
    Annotator, End, FeatureId, Hand, Place, Project, RecordId, Signature, Stamp, Value, check,
};
use std::collections::BTreeMap;

/// The text of every trap: an astral character, and a line end of two signs.
pub(super) const TEXT: &str = "A 😀 says\r\nno taxes. The minister and his deputy left.\n";
const ANN: &str = "T1\tPerson 24 32\tminister\n\
    T2\tClaim 10 18\tno taxes\n\
    T3\tLeave 48 52\tleft\n\
    T4\tPerson 41 47\tdeputy\n\
    T5\tThing 10 12;13 18\tno taxes\n\
    T6\tPerson 37 40\this\n\
    E1\tLeave:T3 Who:T1 Who2:T4\n\
    R1\tclaims Arg1:T1 Arg2:T2\n\
    *\tEquiv T1 T6\n\
    A1\tNegated T2\n\
    A2\tLevel T2 High\n\
    M1\tSpeculation E1\n\
    N1\tReference T4 Wikidata:Q7\t\tDeputy X\n\
    N2\tReference T5 Base:12\tTax\n\
    #1\tAnnotatorNotes T2\tcheck this\n\
    #2\tAnnotatorNotes R1\tsure?\n";
const CONF: &str = "[entities]\nPerson\nClaim\nThing\n[relations]\n[events]\nLeave\tWho*:Person\n\
    [attributes]\nLevel Arg:Claim, Value:High|Low\n";

pub(super) fn signature() -> Signature {
    let at = "2026-11-23T16:58:00Z".parse().unwrap();
    Signature { hand: Hand::new("h1"), stamp: Stamp::new(Annotator::new("Lisa"), at, "import") }
}

pub(super) fn file(name: &str, bytes: &[u8]) -> File {
    File { name: name.to_owned(), bytes: bytes.to_vec() }
}

pub(super) fn import_with(files: &[File], mapping: Option<&Mapping>) -> Import {
    let import = read_as("news", files, mapping);
    account(&import);
    import
}

fn read_as(folder: &str, files: &[File], mapping: Option<&Mapping>) -> Import {
    let (codebook, signature) = (default_codebook().unwrap(), &signature());
    let progress = &Progress::default();
    read(files, &Asked { folder, mapping, codebook, signature, progress })
}

/// No line is lost, no record is broken, and the project file holds all of it.
fn account(import: &Import) {
    let read = import.read;
    let taken = [
        read.annotations,
        read.events,
        read.links,
        read.attributes,
        read.references,
        read.equivalences,
        read.notes,
        read.failed,
    ];
    assert_eq!(taken.iter().sum::<usize>(), read.lines);
    let broken: Vec<_> = check(&import.project)
        .into_iter()
        .filter(|fault| matches!(fault.what, crate::model::FaultKind::Broken(_)))
        .collect();
    assert_eq!(broken, []);
    let again = native::read(&native::write(&import.project)).unwrap().project;
    assert!(crate::model::same_content(&again, &import.project));
}

pub(super) fn import(text: &str, ann: &str) -> Import {
    import_with(&[file("a.txt", text.as_bytes()), file("a.ann", ann.as_bytes())], None)
}

fn words(project: &Project) -> BTreeMap<String, String> {
    let text =
        |a: &crate::model::Annotation| project.sheet(&a.document).unwrap().document().text.clone();
    let code = |a: &crate::model::Annotation| {
        a.code.as_ref().map_or(a.layer.to_string(), ToString::to_string)
    };
    project.annotations().map(|a| (a.words(&text(a)), code(a))).collect()
}

fn whole() -> Import {
    let conf = file("annotation.conf", CONF.as_bytes());
    import_with(&[file("a.txt", TEXT.as_bytes()), file("a.ann", ANN.as_bytes()), conf], None)
}

#[test]
fn every_kind_of_line_becomes_what_it_says() {
    let import = whole();
    assert_eq!(import.failed, []);
    assert_eq!(import.read.lines, 16);
    let project = &import.project;
    let wanted = [
        ("deputy", "actor.person"),
        ("his", "actor.person"),
        ("left", "event.leave"),
        ("minister", "actor.person"),
        ("no taxes", "claim"),
        ("no … taxes", "imported.thing"),
    ];
    let wanted = wanted.map(|(words, code)| (words.to_owned(), code.to_owned()));
    assert_eq!(words(project), BTreeMap::from(wanted));
    let links: Vec<_> = project.relations().values().map(|link| link.kind.to_string()).collect();
    assert_eq!(links.iter().filter(|kind| *kind == "who").count(), 2);
    assert_eq!(links.iter().filter(|kind| *kind == "claims").count(), 1);
    let names: Vec<_> = project.entities().values().map(|entity| entity.name.to_string()).collect();
    assert_eq!(names.len(), 3);
    assert!(["Deputy X", "Tax", "minister"].iter().all(|name| names.contains(&(*name).to_owned())));
    let deputy = project.entities().values().find(|entity| entity.name == "Deputy X").unwrap();
    let wikidata = deputy.features.get(&FeatureId::new("wikidata"));
    assert_eq!(wikidata, Some(&Value::Text("Q7".into())));
    let claim = project.annotations().find(|a| a.layer.as_str() == "claim").unwrap();
    assert_eq!(claim.feature("negated"), Some(&Value::YesNo(true)));
    assert_eq!(claim.feature("level"), Some(&Value::Choice("High".into())));
    assert_eq!(claim.made.as_ref().unwrap().by().as_str(), "Lisa");
    let note = project.note_on(&RecordId::Annotation(claim.id.clone())).unwrap();
    assert_eq!(note.text, "check this");
    let event = project.annotations().find(|a| a.layer.as_str() == "event").unwrap();
    assert_eq!(event.feature("speculation"), Some(&Value::YesNo(true)));
}

#[test]
fn importing_twice_gives_the_same_and_another_folder_other_records() {
    let (first, second) = (whole().project, whole().project);
    assert!(crate::model::same_content(&first, &second));
    assert_eq!(first.id, second.id);
    let files = [file("a.txt", TEXT.as_bytes()), file("a.ann", ANN.as_bytes())];
    let other = read_as("other", &files, None).project;
    assert!(other.annotations().all(|annotation| first.annotation(&annotation.id).is_none()));
    assert!(other.sheets().keys().eq(first.sheets().keys()), "the same text is the same document");
}

#[test]
fn a_mapping_decides_what_names_become() {
    let json = br#"{"types": {"Thing": {"layer": "claim", "code": "claim.fact"}, "Person": {"layer": "people"}},
        "links": {"claims": "endorses"}, "attributes": {"Negated": "denied"}}"#;
    let files = [file("a.txt", TEXT.as_bytes()), file("a.ann", ANN.as_bytes())];
    let import = import_with(&files, Some(&read_mapping(json).unwrap()));
    assert_eq!(import.failed, []);
    let words = words(&import.project);
    assert_eq!(&words["no … taxes"], "claim.fact");
    assert_eq!(&words["minister"], "people");
    let kinds: Vec<_> = import.project.relations().values().map(|l| l.kind.to_string()).collect();
    assert!(kinds.contains(&"endorses".to_owned()), "{kinds:?}");
    assert!(import.project.annotations().any(|a| a.feature("denied").is_some()));
    assert_eq!(import.mapping.types["Leave"].layer, "event");
}

#[test]
fn hostile_lines_are_listed_and_kept() {
    let bad = [
        "T1\tPerson 0 999\tx",
        "T2\tPerson 9 4\tx",
        "T3\tPerson 4 4\t",
        "T4Person 0 4\tx",
        "T5\tPerson 0 99999999999999999999\tx",
        "Q1\tPerson 0 1\tA",
        "\0\0\0",
        "T7\tPerson 0 3;2 8\tx",
        "R1\tclaims Arg1:T8 Arg2:T99",
        "R2\tclaims Arg1:T8 Arg2:T8",
        "E1\tLeave:T99",
        "A1\tSure T99",
        "#1\tAnnotatorNotes T99\tx",
        "*\tEquiv T8 T99",
        "N1\tReference T8",
        "T8\tPerson 4 8\tsays",
    ];
    let ann = format!("T8\tPerson 4 8\tsays\n{}\nE2\tGo:T8 Who:T99\n", bad.join("\n"));
    let import = import(TEXT, &ann);
    assert_eq!(import.failed.len(), bad.len() + 1);
    assert_eq!(import.failed[0].place, "a.ann:2");
    assert_eq!(import.project.set_aside.len(), bad.len() + 1);
    for line in bad {
        let json = serde_json::to_string(line).unwrap();
        assert!(import.project.set_aside.iter().any(|aside| aside.raw.contains(&json)), "{line}");
    }
    assert_eq!(import.project.annotation_count(), 2, "the event stands, though its role does not");
}

#[test]
fn words_that_are_not_there_make_an_orphan_and_fused_lines_do_not() {
    let fused = import(TEXT, "T1\tPerson 4 8\tsaid\nT2\tPerson 4 8\tsaysT3\tPerson 0 1\tA\n");
    assert_eq!(fused.failed.len(), 2);
    let annotations: Vec<_> = fused.project.annotations().collect();
    assert!(matches!(annotations.as_slice(), [one] if one.place.is_orphan()));
    assert_eq!(fused.project.set_aside.len(), 1);
}

#[test]
fn blanks_in_the_words_may_differ() {
    let import =
        import("one\r\ntwo  three", "T1\tPerson 0 8\tone  two\nT2\tPerson 5 15\ttwo three\r\n\r\n");
    assert_eq!(import.failed, []);
    let all: Vec<_> = import.project.annotations().collect();
    assert!(all.len() == 2 && all.iter().all(|a| matches!(a.place, Place::Anchored(_))));
}

#[test]
fn files_that_do_not_belong_together_are_said() {
    let files = [
        file("a.ann", b"T1\tPerson 0 1\tA\n"),
        file("b.txt", b"A text."),
        file("b.opin.txt", b"x"),
        file("b.ann", b""),
        file("c.txt", b"\0"),
        file("c.ann", b""),
        file("d.txt", "\u{feff}A word".as_bytes()),
        file("d.ann", "\u{feff}T1\tPerson 1 2\tA\n".as_bytes()),
        file("e.txt", b"Same."),
        file("e.ann", b"T1\tPerson 0 4\tS\xffme\nT2\tPerson 0 4\tSame\n"),
        file("f.txt", b"Same."),
        file("f.ann", b"T2\tPerson 0 4\tSame\n"),
    ];
    let import = import_with(&files, None);
    let failed: Vec<_> = import.failed.iter().map(|failed| failed.place.as_str()).collect();
    assert_eq!(failed, ["e.ann:1", "a.ann", "c.ann"]);
    assert_eq!(import.left_out, ["b.opin.txt"]);
    assert_eq!(import.project.sheets().len(), 4);
    assert_eq!(import.project.annotation_count(), 3);
}

#[test]
fn two_events_may_have_the_same_words() {
    let import =
        import(TEXT, "T1\tLeave 48 52\tleft\nE1\tLeave:T1\nE2\tLeave:T1\nE3\tGo:T1 Of:E1\n");
    assert_eq!((import.failed.len(), import.project.annotation_count()), (0, 3));
    let link = import.project.relations().values().next().unwrap();
    assert!(matches!((&link.from, &link.to), (End::Annotation(a), End::Annotation(b)) if a != b));
}

#[test]
fn equivalence_across_layers_is_a_link() {
    let import =
        import(TEXT, "T1\tPerson 24 32\tminister\nT2\tThing 48 52\tleft\n*\tEquiv T1 T2\n");
    assert_eq!((import.failed.len(), import.project.relations().len()), (0, 1));
    assert!(import.project.entities().is_empty());
}

#[test]
fn a_feature_that_takes_the_values_is_used_and_another_is_not() {
    let import = import(
        TEXT,
        "T1\tClaim 10 18\tno taxes\nA1\tPosition T1 Supports\nA2\tLikelihood T1 Never\nA3\tPosition T1 opposes\n",
    );
    let claim = import.project.annotations().next().unwrap();
    assert_eq!(claim.feature("position"), Some(&Value::Choice("supports".into())));
    assert_eq!(claim.feature("likelihood-brat"), Some(&Value::Choice("Never".into())));
    assert_eq!(import.failed.len(), 1, "two positions of one claim");
}

#[test]
fn what_was_read_is_written_and_says_the_same() {
    let import = whole();
    let written = write(&import.project, None);
    assert!(says_the_same(&written.files, &import.project, None));
    let find = |name: &str| {
        let file = written.files.iter().find(|file| file.name == name).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    };
    let ann = find("a.ann");
    for line in [
        "T1\tClaim 9 17\tno taxes",
        "T2\tThing 9 11;12 17\tno taxes",
        "E1\tLeave:T6 Who:T3 Who2:T5",
        "R1\tclaims Arg1:T3 Arg2:T1",
        "A1\tLevel T1 High",
        "A2\tNegated T1",
        "A3\tSpeculation E1",
        "#1\tAnnotatorNotes T1\tcheck this",
        "#2\tAnnotatorNotes R1\tsure?",
    ] {
        assert!(ann.lines().any(|other| other == line), "{line} is not in\n{ann}");
    }
    let conf = find("annotation.conf");
    assert!(conf.contains("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"), "{conf}");
    assert!(find("visual.conf").contains("is_about | is about"));
    let mut bad = written.files.clone();
    let at = bad.iter().position(|file| file.name == "a.ann").unwrap();
    bad[at].bytes = ann.replace("Person", "State").into_bytes();
    assert!(!says_the_same(&bad, &import.project, None));
}

#[test]
fn file_names_are_safe_and_no_two_are_alike() {
    let texts = ["../../etc", "Ночь", "a b", "A_b", "con?", &"x".repeat(300), ""];
    let files: Vec<File> = texts
        .iter()
        .enumerate()
        .flat_map(|(at, name)| {
            let text = file(&format!("{name}.txt"), format!("text {at}").as_bytes());
            [text, file(&format!("{name}.ann"), b"")]
        })
        .collect();
    let written = write(&import_with(&files, None).project, None).files;
    let mut names: Vec<String> = written.iter().map(|file| file.name.to_lowercase()).collect();
    assert_eq!(names.len(), 2 * texts.len() + 3);
    let safe = |name: &String| {
        let fit = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        (5..=80).contains(&name.len()) && !name.starts_with('.') && name.chars().all(fit)
    };
    assert!(names.iter().all(safe), "{names:?}");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 2 * texts.len() + 3);
}

#[test]
fn what_brat_has_no_place_for_is_counted() {
    let project = crate::formats::sample::project();
    let lost = write(&project, None).lost;
    let count =
        |what: &str| lost.iter().find(|(one, _)| one.starts_with(what)).map_or(0, |one| one.1);
    assert_eq!(count("who made"), 2);
    assert_eq!(count("annotations that have lost"), 1);
    assert_eq!(count("links between"), 2);
    assert_eq!(count("comments"), project.comments().len() + project.decisions().len());
    assert_eq!(count("records set aside"), project.set_aside.len());
    assert_eq!(count("versions"), 1);
    assert_eq!(count("features that"), 4);
}

#[test]
fn words_whose_parts_are_wrong_are_tagged_from_the_first_to_the_last() {
    let ann = b"T1\tThing 10 12;14 18\tno taxes\n";
    let import = import_with(&[file("a.txt", TEXT.as_bytes()), file("a.ann", ann)], None);
    let tagged = import.project.annotations().next().unwrap();
    assert!(!tagged.place.is_orphan() && !tagged.place.fragments().is_discontinuous());
    assert!(matches!(import.failed.as_slice(), [one] if one.why.contains("first to the last")));
}
