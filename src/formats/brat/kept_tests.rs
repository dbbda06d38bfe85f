//! What a person decides of names, and what of brat has no other place: both come out as they went in.

use crate::formats::brat::tests::{TEXT, file, import, import_with};
use crate::formats::brat::{Become, NameKind, says_the_same, write};
use crate::formats::default_codebook;
use crate::model::{LayerId, RelationKindId};

const ANN: &str = "T1\tPerson 24 32\tminister\nT2\tThing 10 18\tno taxes\nT3\tPerson 37 40\this\n\
    T4\tThing 48 52\tleft\nR1\tReport Reporter-Arg:T1 Event-Arg:T2\nR2\tHas Arg2:T4 Arg1:T3\n\
    R3\tMixed Whole:T2 Part:T4\nR4\tMixed Arg1:T4 Arg2:T2\n*\tAlias T1 T3\n*\tEquiv T3 T4\n*\tSame:as! T2 T3\n";

fn lines(files: &[crate::formats::brat::File]) -> Vec<String> {
    let ann = files.iter().find(|file| file.name == "a.ann").unwrap();
    let ann = String::from_utf8(ann.bytes.clone()).unwrap();
    let kept = ann.lines().filter(|line| line.starts_with(['R', '*']));
    // Numbers go by ids, which are others each time.
    let mut kept: Vec<String> =
        kept.filter_map(|line| Some(line.split_once('\t')?.1.to_owned())).collect();
    kept.sort();
    kept
}

#[test]
fn names_of_ends_and_of_lines_that_say_the_same_go_out_as_they_came() {
    let first = import(TEXT, ANN);
    assert_eq!(first.failed, []);
    let has = first.project.relations().values().find(|link| link.kind.as_str() == "has").unwrap();
    let from = first.project.layer_of(&has.from).map(LayerId::as_str);
    assert_eq!(from, Some("actor"), "the end that is called the first is the first");
    let written = write(&first.project, None);
    let told = lines(&written.files);
    // Spans are numbered in the order of the text now.
    for line in [
        "Report Reporter-Arg:T2 Event-Arg:T1",
        "Has Arg1:T3 Arg2:T4",
        "Mixed Whole:T1 Part:T4",
        "Mixed Arg1:T4 Arg2:T1",
        "Equiv T3 T4",
        "Alias T2 T3",
        "Same:as! T1 T3",
    ] {
        assert!(told.iter().any(|other| other == line), "{line} is not in {told:#?}");
    }
    assert_eq!(told.len(), 7);
    let conf = written.files.iter().find(|file| file.name == "annotation.conf").unwrap();
    let conf = String::from_utf8(conf.bytes.clone()).unwrap();
    assert!(conf.contains("\nReport\tReporter-Arg:"), "{conf}");
    assert!(conf.contains("\nMixed\tArg1:"), "{conf}");
    assert!(says_the_same(&written.files, &first.project, None));
    let again = import_with(&written.files, None);
    assert_eq!(again.failed, []);
    assert_eq!(lines(&write(&again.project, None).files), told);
}

#[test]
fn words_behind_a_line_are_kept_and_the_line_is_taken() {
    let import = import(TEXT, "T1\tPerson 24 32\tminister\nA1\tSure T1\tbecause he said so\n");
    assert_eq!((import.failed.len(), import.project.set_aside.len()), (1, 1));
    assert!(import.project.annotations().any(|a| a.feature("sure").is_some()));
}

#[test]
fn every_name_is_found_with_how_often_and_an_example() {
    let conf = file("annotation.conf", b"[entities]\nPerson\nMoney\n[events]\nLeave\n");
    let ann = "T1\tPerson 24 32\tminister\nT2\tLeave 48 52\tleft\nE1\tLeave:T2 Who:T1\nT3\tPerson 37 40\this\n\
        A1\tSure E1 much\n";
    let import =
        import_with(&[file("a.txt", TEXT.as_bytes()), file("a.ann", ann.as_bytes()), conf], None);
    let said = |found: &crate::formats::brat::FoundName| {
        (found.kind, found.name.clone(), found.count, found.example.clone())
    };
    let wanted = [
        (NameKind::Span, "Person", 2, "minister"),
        (NameKind::Span, "Money", 0, ""),
        (NameKind::Event, "Leave", 1, "left"),
        (NameKind::Link, "Who", 1, "left → minister"),
        (NameKind::Attribute, "Sure", 1, "much: left"),
    ];
    let wanted =
        wanted.map(|(kind, name, count, words)| (kind, name.to_owned(), count, words.to_owned()));
    assert_eq!(import.found.iter().map(said).collect::<Vec<_>>(), wanted);
}

#[test]
fn what_a_person_decides_is_what_is_made_and_called() {
    let ann = "T1\tPerson 24 32\tminister\nT2\tTax 10 18\tno taxes\nR1\tRaises Arg1:T1 Arg2:T2\nA1\tSure T2\n";
    let files = [file("a.txt", TEXT.as_bytes()), file("a.ann", ann.as_bytes())];
    let first = import_with(&files, None);
    let (mut mapping, book) = (first.mapping.clone(), default_codebook().unwrap());
    let found = |name: &str| first.found.iter().find(|found| found.name == name).unwrap();
    let mut change = |name: &str, to: Become| {
        let after = mapping.codebook(&first.found, &book);
        mapping.change(found(name), &to, &after);
        mapping.clone()
    };
    change("Tax", Become::Layer("claim".into()));
    let made = change("Tax", Become::Layer("actor".into()));
    assert_eq!(made.types["Tax"].code.as_deref(), Some("actor.tax"));
    change("Tax", Become::NewLayer("Sums of money".into()));
    change("Tax", Become::NewCode("Levy!".into()));
    change("Person", Become::Layer("event".into()));
    let person = change("Person", Become::Layer("actor".into()));
    assert_eq!(
        person.types["Person"].code.as_deref(),
        Some("actor.person"),
        "the code of that name"
    );
    change("Person", Become::Code(None));
    change("Raises", Become::New("puts up".into()));
    let last = change("Sure", Become::New("How sure".into()));
    let after = last.codebook(&first.found, &book);
    let names: Vec<&str> = last.names.values().map(String::as_str).collect();
    assert_eq!(
        names,
        ["How sure", "puts up", "Sums of money", "Levy!"],
        "names of others are gone"
    );
    let import = import_with(&files, Some(&last));
    assert_eq!((import.failed.len(), import.project.set_aside.len()), (0, 0));
    let layer = import.project.codebook.layer(&LayerId::new("sums-of-money")).unwrap();
    assert_eq!((layer.name.as_str(), layer.codes[0].name.as_str()), ("Sums of money", "Levy!"));
    assert_eq!(after.layer(&layer.id).unwrap().codes, layer.codes, "as the sheet has said");
    assert_eq!(layer.features[0].name, "How sure");
    let kind = import.project.codebook.relation(&RelationKindId::new("puts-up")).unwrap();
    assert_eq!(kind.name, "puts up");
    assert_eq!(import.mapping, last, "the receipt has it");
}
