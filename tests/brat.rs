//! Folders of brat as they should not be: each is imported as far as it goes, or refused, and the reason is said.

use matryoshka::jobs;
use matryoshka::model::Place;
use matryoshka::workbench::{
    Become, Imported, Importing, Loaded, Office, Progress, import, propose, show_mapping,
};
use std::path::PathBuf;
use tempfile::TempDir;

const TEXT: &str = "The minister left.\r\nNo taxes will rise.\r\n";

/// A folder of brat's, and an office to import it.
struct Study {
    home: TempDir,
    office: Office,
}

impl Study {
    fn of(files: &[(&str, &[u8])]) -> Self {
        let home = TempDir::new().unwrap();
        std::fs::create_dir(home.path().join("study")).unwrap();
        for (name, bytes) in files {
            std::fs::write(home.path().join("study").join(name), bytes).unwrap();
        }
        let office = Office::open(Some(&home.path().join("state")), Some("Anna")).unwrap();
        Self { home, office }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("study")
    }

    fn asking(&self, mapping: Option<&str>) -> Importing {
        let mapping = mapping.map(|words| {
            let path = self.home.path().join("given.json");
            std::fs::write(&path, words).unwrap();
            path
        });
        Importing { inputs: vec![self.folder()], mapping, annotator: None }
    }

    fn import(&mut self, mapping: Option<&str>) -> Result<(Loaded, Imported), String> {
        let (ask, desk) = (self.asking(mapping), self.office.desk());
        let done = import("brat", &ask, &desk, &Progress::default());
        done.map_err(|notice| notice.to_string())
    }
}

#[test]
fn what_is_half_or_wrong_is_said_line_by_line_and_the_rest_is_imported() {
    for (ann, failed) in [
        (&b"T1\tPerson 4 12\tminister\nT2\tPers"[..], &["a.ann:2: there are no offsets"][..]),
        (
            b"T1\tPerson 4 12\tminister\nR1\tHas Arg1:T1 Arg2:T2",
            &["a.ann:2: it speaks of T2, which is not there"],
        ),
        (
            b"T1\tPerson 4 12\tminister\nT2\tTax 900 909\ttaxes",
            &["a.ann:2: 900 to 909 is not in the text"],
        ),
        (
            b"T1\tPerson 4 12\tminister\nT2\tTax 1 3\ttaxes",
            &["a.ann:2: the text has other words there"],
        ),
        (b"T1\tPerson 4 12\tminister\nT2\tTax 23 28\ttaxes", &[]),
        (
            b"T1\tPerson 4 12\tminister\n\xff\xfe\0",
            &["a.ann:2: it has characters that are no UTF-8"],
        ),
        (b"", &[]),
    ] {
        let mut study = Study::of(&[("a.txt", TEXT.as_bytes()), ("a.ann", ann)]);
        let (loaded, imported) = study.import(None).unwrap();
        let said: Vec<String> =
            imported.failed.iter().map(|(place, why)| format!("{place}: {why}")).collect();
        assert_eq!(said.len(), failed.len(), "{said:?}");
        assert!(said.iter().zip(failed).all(|(said, word)| said.starts_with(word)), "{said:?}");
        let anchored = |place: &Place| matches!(place, Place::Anchored(_));
        let there = loaded.project.annotations().filter(|a| anchored(&a.place)).count();
        let lines = ann.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        assert_eq!(there, lines - failed.len());
    }
}

#[test]
fn a_folder_without_work_is_refused_with_what_to_do() {
    for (files, word) in [
        (&[][..], "there is neither a text nor an .ann file in it"),
        (
            &[("a.txt", TEXT.as_bytes())][..],
            "it has 1 text without a single .ann file; open them as texts",
        ),
        (
            &[("a.ann", b"T1\tPerson 4 12\tminister\n")],
            "a.ann: there is no a.txt for its line; put the text beside it",
        ),
        (&[("a.ann", b""), ("a.txt", b"\0\0")], "a.ann: of its text"),
    ] {
        let mut study = Study::of(files);
        let refused = study.import(None).unwrap_err();
        let folder = study.folder().display().to_string();
        assert!(refused.contains(word) && refused.ends_with(&folder), "{refused}");
        let desk = study.office.desk();
        let proposed = propose("brat", &study.asking(None), &desk, &Progress::default());
        assert_eq!(proposed.unwrap_err().to_string(), refused, "the window says the same");
    }
}

#[test]
fn a_mapping_that_cannot_be_used_is_told_wherever_it_lies() {
    let ann = &b"T1\tPerson 4 12\tminister\nT2\tTax 23 28\ttaxes\nR1\tHas Arg1:T1 Arg2:T2\n"[..];
    let files = |mapping: &'static [u8]| {
        Study::of(&[("a.txt", TEXT.as_bytes()), ("a.ann", ann), ("mapping.json", mapping)])
    };
    let mut study = files(b"{\"types\": {\"Tax\": ");
    let (loaded, imported) = study.import(None).unwrap();
    assert_eq!(loaded.project.annotation_count(), 2);
    let [said] = imported.remarks.as_slice() else { panic!("{:?}", imported.remarks) };
    let path = study.folder().join("mapping.json").display().to_string();
    assert!(
        said.contains("was not used, because it ends in the middle") && said.ends_with(&path),
        "{said}"
    );
    let desk = study.office.desk();
    let shown = show_mapping("brat", &study.asking(None), &desk, &Progress::default()).unwrap();
    assert_eq!(shown.1, imported.remarks);
    let mut study = files(br#"{"types": {"Tax": {"layer": "claim", "code": "claim.fact"}}}"#);
    assert_eq!(study.import(None).unwrap().1.remarks, [""; 0]);
    let given = r#"{"types": {"Tax": {"layer": "sums", "code": "sums.tax"}, "Pers0n": {"layer": "actor"}},
        "links": {"Has": "owns"}, "names": {"sums": "Sums of money"}}"#;
    let (loaded, imported) = study.import(Some(given)).unwrap();
    assert_eq!(
        imported.remarks,
        [
            "The mapping names what the codebook does not have; it is new: layer sums, code sums.tax, kind of link owns",
            "The mapping speaks of types that the folder does not have: Pers0n",
        ]
    );
    assert!(loaded.project.codebook.layers.iter().any(|layer| layer.name == "Sums of money"));
    let desk = study.office.desk();
    let proposed =
        propose("brat", &study.asking(Some(given)), &desk, &Progress::default()).unwrap();
    assert_eq!(proposed.remarks(), imported.remarks);
    let both = ["study", "other"].map(|name| study.home.path().join(name));
    std::fs::create_dir(&both[1]).unwrap();
    std::fs::write(both[1].join("b.txt"), "Other.").unwrap();
    std::fs::write(both[1].join("b.ann"), "").unwrap();
    let ask = Importing { inputs: both.to_vec(), ..Importing::default() };
    let (_, imported) = import("brat", &ask, &desk, &Progress::default()).unwrap();
    assert!(
        imported.remarks[0].ends_with("imported alone: study/mapping.json"),
        "{:?}",
        imported.remarks
    );
}

#[test]
fn what_is_chosen_is_what_the_command_line_would_do_with_the_mapping_of_the_receipt() {
    let ann = &b"T1\tPerson 4 12\tminister\nT2\tTax 23 28\ttaxes\nA1\tLevel T2 High\n"[..];
    let mut study = Study::of(&[("a.txt", TEXT.as_bytes()), ("a.ann", ann)]);
    let desk = study.office.desk();
    let mut proposed = propose("brat", &study.asking(None), &desk, &Progress::default()).unwrap();
    let tax = proposed.found().iter().find(|found| found.name == "Tax").unwrap().clone();
    proposed.change(&tax, &Become::NewLayer("Sums".to_owned()));
    proposed.change(&tax, &Become::NewCode("Levies".to_owned()));
    assert_eq!(proposed.changed().annotations, 1);
    let (chosen, receipt) = proposed.import(&Progress::default()).unwrap();
    let (given, again) = study.import(Some(&receipt.mapping)).unwrap();
    assert!(matryoshka::model::same_content(&chosen.project, &given.project));
    assert_eq!(again.mapping, receipt.mapping);
    proposed.put_back();
    let (usual, _) = study.import(None).unwrap();
    let (put_back, _) = proposed.import(&Progress::default()).unwrap();
    assert!(matryoshka::model::same_content(&put_back.project, &usual.project));
}

#[test]
fn a_large_folder_says_how_far_it_is_and_can_be_cancelled() {
    let ann = "T1\tPerson 4 12\tminister\nT2\tTax 23 28\ttaxes\n";
    let files: Vec<(String, String)> = (0..300)
        .flat_map(|n| {
            [(format!("{n}.txt"), format!("{TEXT}{n}")), (format!("{n}.ann"), ann.to_owned())]
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, words)| (name.as_str(), words.as_bytes())).collect();
    let mut study = Study::of(&files);
    let (ask, desk) = (study.asking(None), study.office.desk());
    let mut job =
        jobs::start("Import", || (), move |progress| import("brat", &ask, &desk, progress));
    let mut seen = Vec::new();
    while job.poll().is_none() {
        seen.extend(job.progress().fraction());
        std::thread::yield_now();
    }
    assert!(seen.is_sorted() && job.progress().fraction().unwrap() > 0.9, "{seen:?}");

    let (ask, desk) = (study.asking(None), study.office.desk());
    let (go, may_go) = std::sync::mpsc::channel();
    let (told, tells) = std::sync::mpsc::channel();
    let job = jobs::start(
        "Import",
        || (),
        move |progress| {
            may_go.recv().unwrap();
            told.send(import("brat", &ask, &desk, progress).map(|_| ())).unwrap();
        },
    );
    let progress = job.progress().clone();
    job.cancel();
    go.send(()).unwrap();
    let notice = tells.recv().unwrap().unwrap_err();
    assert!(notice.to_string().contains("cancelled"), "{notice}");
    assert!(progress.fraction().unwrap_or_default() < 0.6, "it stops on the way");
}
