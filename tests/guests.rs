//! Guests of every kind, odd and hostile ones too: each is read or refused with words, and neither their file nor my
//! project changes.

use matryoshka::formats::annotation_json::{self, Form};
use matryoshka::formats::native;
use matryoshka::jobs;
use matryoshka::model::*;
use matryoshka::review::{CheckSheet, Guest, Texts, Watch, compare};
use matryoshka::workbench::{
    FileNow, ForReview, GuestFile, Progress, Sample, read_for_review, read_guest, sample,
    watch_guests, watching,
};
use std::path::Path;

fn ours() -> Project {
    sample(Sample::Voices).unwrap().project
}

/// Reads `bytes` as a guest, and sees to it that neither file nor project has changed.
fn guest(name: &str, bytes: &[u8]) -> Result<Guest, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let (ours, before) = (ours(), native::write(&ours()));
    plant(&path, bytes);
    let stamp = || std::fs::metadata(&path).unwrap().modified().unwrap();
    let planted = stamp();
    let read = read_guest(&path, &ours, &Progress::default());
    assert_eq!((std::fs::read(&path).unwrap(), stamp()), (bytes.to_vec(), planted));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing stands beside it");
    if let Ok(guest) = &read {
        // What one does with a guest next goes well with any.
        compare(&ours, guest);
        CheckSheet::of(&ours, guest);
    }
    assert_eq!(native::write(&ours), before);
    read.map_err(|notice| notice.to_string().replace(&path.display().to_string(), "PATH"))
}

fn plant(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

/// What becomes of the file, as soon as something has.
fn next(file: &GuestFile, then: impl FnOnce()) -> GuestFile {
    let watched = vec![file.clone()];
    let mut job = jobs::start("Watching", || {}, move |progress| watch_guests(watched, progress));
    then();
    job.await_for(std::time::Duration::from_mins(1));
    job.poll().unwrap().unwrap().remove(0)
}

#[test]
fn a_guests_file_is_unchanged_until_it_has_other_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jonas.json");
    plant(&path, file().as_bytes());
    let progress = Progress::default();
    let told = watching(&progress);
    let read = read_for_review(&path, &ours(), &progress, &Watch::new(&told)).unwrap();
    let ForReview::Guest(_, file_read) = read else { panic!("a guest") };
    assert_eq!((file_read.now, file_read.trouble()), (FileNow::Unchanged, None));
    let changed = next(&file_read, || {
        // Another time with the same bytes is nothing new.
        let later = std::time::SystemTime::now() + std::time::Duration::from_mins(1);
        let open = std::fs::File::options().append(true).open(&path).unwrap();
        open.set_modified(later).unwrap();
        std::thread::sleep(std::time::Duration::from_secs(3));
        plant(&path, b"another");
    });
    assert_eq!(changed.now, FileNow::Changed);
    assert!(changed.trouble().unwrap().starts_with("jonas.json has changed since it was read "));
    let gone = next(&changed, || std::fs::remove_file(&path).unwrap());
    assert_eq!(gone.now, FileNow::Gone);
    let folder_there = next(&gone, || std::fs::create_dir(&path).unwrap());
    assert_eq!(folder_there.now, FileNow::Unreachable);
    std::fs::remove_dir(&path).unwrap();
    plant(&path, file().as_bytes());
    assert_eq!(next(&folder_there, || {}).now, FileNow::Unchanged);
}

fn counts(guest: &Guest) -> (usize, usize, usize, usize) {
    let found = CheckSheet::of(&ours(), guest).counts();
    (found.same, found.found.moved, found.found.confirm, found.found.lost)
}

fn file() -> String {
    String::from_utf8(native::write(&ours())).unwrap()
}

#[test]
fn a_copy_of_the_project_is_the_same() {
    let guest = guest("jonas.json", file().as_bytes()).unwrap();
    assert_eq!(guest.name, "jonas.json");
    assert!(guest.remarks.is_empty(), "{:?}", guest.remarks);
    assert!(compare(&ours(), &guest).is_same());
}

#[test]
fn what_is_no_guest_says_what_it_is_and_what_to_do() {
    let zip = b"PK\x03\x04aaaaaaaaaaaa";
    let brat = b"T1\tactor 0 3\tThe\n";
    let cases: [(&str, &[u8], &str); 9] = [
        ("a.json", b"", "the file is empty; ask your colleague to send it again: PATH"),
        ("a.json", b" \n", "the file is empty; ask your colleague to send it again: PATH"),
        (
            "a.ann",
            brat,
            "this is a brat annotation file, which goes with its text; import its folder, save that as a project, and review the project: PATH",
        ),
        (
            "a.txt",
            b"Plain words.",
            "this is a plain text; choose a project file or an annotation JSON export: PATH",
        ),
        (
            "a.docx",
            zip,
            "this is a ZIP archive, such as a Word document; choose a project file or an annotation JSON export: PATH",
        ),
        (
            "a.bin",
            b"\x7fELF\0\0\0",
            "this is binary data; choose a project file or an annotation JSON export: PATH",
        ),
        (
            "a.json",
            b"[1, 2]",
            "this is a JSON array; choose a project file or an annotation JSON export: PATH",
        ),
        (
            "a.json",
            b"{\"a\": 1}",
            "this is another program's JSON object; choose a project file or an annotation JSON export: PATH",
        ),
        (
            "a.json",
            b"{\"format\":\"matryoshka-annotations\",\"documents\":[],\"annotations\":[",
            "line 1, column 65: the file ends in the middle, as after an interrupted copy; ask your colleague to send it again: PATH",
        ),
    ];
    for (name, bytes, words) in cases {
        assert_eq!(guest(name, bytes).unwrap_err(), format!("This cannot be reviewed: {words}"));
    }
    let folder = tempfile::tempdir().unwrap();
    let read =
        |path: &Path| read_guest(path, &ours(), &Progress::default()).unwrap_err().to_string();
    assert!(
        read(folder.path())
            .starts_with("This cannot be opened for review: This is a folder. Choose a file: ")
    );
    assert!(read(&folder.path().join("gone.json")).contains("There is no file here"));
}

#[test]
fn a_damaged_copy_is_refused_or_read_as_far_as_it_goes() {
    let whole = file();
    let bytes = whole.as_bytes();
    let (mut read, mut refused) = (0, 0);
    for part in 1..24 {
        let cut = guest("cut.json", &bytes[..whole.floor_char_boundary(bytes.len() * part / 24)])
            .unwrap_err();
        assert!(cut.contains("the file ends in the middle"), "{cut}");
        let mut flipped = bytes.to_vec();
        flipped[bytes.len() * part / 24] ^= 0x14;
        match guest("flipped.json", &flipped) {
            Ok(_) => read += 1,
            Err(words) => {
                assert!(
                    words.starts_with("This cannot be reviewed: ") && words.ends_with("PATH"),
                    "{words}"
                );
                refused += 1;
            }
        }
    }
    assert!(read > 0 && refused > 0, "{read} {refused}");
}

#[test]
fn a_file_of_a_newer_version_is_read_and_says_so() {
    let newer = file().replacen("\"major\":1", "\"major\":2", 1);
    let guest = guest("newer.json", newer.as_bytes()).unwrap();
    assert!(guest.remarks[0].contains("version 2"), "{:?}", guest.remarks);
    assert_eq!(guest.project.annotation_count(), ours().annotation_count());
}

#[test]
fn the_same_ids_with_other_content_are_told_apart() {
    let mut other = ours();
    let sheets: Vec<_> = other.sheets().values().cloned().collect();
    for sheet in &sheets {
        let mut record = (**sheet.document()).clone();
        record.value.text = matryoshka::text::Text::new("Nothing of what you have.\n".repeat(400));
        other.put(AnyRecord::Document(std::sync::Arc::new(record)));
    }
    let guest = guest("other.json", &native::write(&other)).unwrap();
    let (same, moved, ..) = counts(&guest);
    assert_eq!((same, moved), (0, 0));
    assert!(guest.documents.iter().all(|pair| matches!(pair.texts, Texts::Realigned(_))));
}

#[test]
fn other_texts_another_codebook_and_no_work_are_said() {
    let codebook = std::sync::Arc::new(Codebook { id: "mine".into(), ..Codebook::default() });
    let strange = Project::new(ProjectId::new("p_9"), codebook);
    let guest = guest("empty.json", &native::write(&strange)).unwrap();
    assert_eq!(
        guest.remarks,
        ["Nothing is tagged in it", "It has none of the documents of this project"]
    );
    assert!(!CheckSheet::of(&ours(), &guest).codebook.is_empty());
}

#[test]
fn annotation_json_comes_back_to_its_places_in_both_forms() {
    for form in [Form::Json, Form::Lines] {
        let bytes = annotation_json::write(&ours(), None, form);
        let guest = guest("jonas.json", &bytes).unwrap();
        let ours = ours();
        assert!(guest.remarks.is_empty(), "{form:?}: {:?}", guest.remarks);
        assert_eq!(guest.project.annotation_count(), ours.annotation_count());
        for mine in ours.annotations().filter(|mine| !mine.place.is_orphan()) {
            let standing =
                guest.place(&mine.id).unwrap_or_else(|| panic!("{form:?} {} is lost", mine.id));
            assert_eq!(standing.fragments, *mine.place.fragments(), "{form:?} {}", mine.id);
            let theirs = guest.project.annotation(&mine.id).unwrap();
            assert_eq!((&theirs.code, &theirs.features), (&mine.code, &mine.features));
            assert_eq!(theirs.entity, mine.entity);
        }
        let (same, moved, confirm, lost) = counts(&guest);
        assert_eq!((same, moved + confirm + lost), (ours.sheets().len(), 0), "{form:?}");
        // What such a file cannot say is no difference.
        assert!(!ours.relations().values().all(|link| link.features.is_empty()));
        let compared = compare(&ours, &guest);
        assert!(compared.is_same(), "{form:?}: {:?} {:?}", compared.counts(), compared.entities);
        if form == Form::Json {
            let told: Vec<_> = ours
                .relations()
                .values()
                .filter(|link| {
                    matches!(link.from, End::Annotation(_)) || matches!(link.to, End::Annotation(_))
                })
                .collect();
            assert!(!told.is_empty());
            for link in told {
                let theirs = guest.project.relations().get(&link.id);
                assert_eq!(
                    theirs.map(|theirs| (&theirs.from, &theirs.to, &theirs.features)),
                    Some((&link.from, &link.to, &link.features))
                );
            }
        }
    }
}

#[test]
fn annotation_json_of_another_text_is_laid_by_its_quotes() {
    let bytes = annotation_json::write(&ours(), None, Form::Json);
    let mut export: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    for document in export["documents"].as_array_mut().unwrap() {
        document["digest"] = format!("sha256:{}", "0".repeat(64)).into();
    }
    for annotation in export["annotations"].as_array_mut().unwrap() {
        annotation["start"] = (annotation["start"].as_u64().unwrap() + 3).into();
        annotation["end"] = (annotation["end"].as_u64().unwrap() + 3).into();
    }
    export["annotations"][0]["quote"] = "words that stand nowhere at all".into();
    export["annotations"][1]["layer"] = serde_json::json!({"id": "mood", "name": "Mood"});
    let lost = AnnotationId::new(export["annotations"][0]["id"].as_str().unwrap());
    let guest = guest("jonas.json", export.to_string().as_bytes()).unwrap();
    let (same, moved, confirm, gone) = counts(&guest);
    assert_eq!((same, moved), (0, 0));
    assert_eq!(confirm + gone, guest.project.annotation_count());
    assert!(confirm > gone && gone > 0, "{confirm} {gone}");
    assert_eq!(guest.place(&lost), None);
    let words = guest.project.annotation(&lost).unwrap();
    assert!(guest.lost().any(|one| one.id == lost));
    let home = guest.project.home_of(&lost).unwrap();
    assert_eq!(words.words(&home.document().text), "words that stand nowhere at all");
    assert!(guest.project.codebook.layer(&LayerId::new("mood")).is_some());
}

#[test]
fn annotations_of_documents_that_i_do_not_have_keep_their_quotes() {
    let line = |id: &str, quote: &str| {
        serde_json::json!({"id": id, "document": {"id": "d_x", "title": "Elsewhere"}, "layer": {"id": "actor", "name": "Actor"},
            "quote": quote, "start": 5, "end": 9, "features": {}, "links": []})
        .to_string()
    };
    let lines = [line("a_1", "Minister Öz"), line("a_2", "guest"), line("a_3", "guest")].join("\n");
    let guest = guest("jonas.jsonl", lines.as_bytes()).unwrap();
    assert_eq!(guest.remarks, ["It has none of the documents of this project"]);
    let sheet = guest.project.sheet(&DocumentId::new("d_x")).unwrap();
    assert_eq!(sheet.document().text.as_str(), "Minister Öz\nguest\n");
    let quotes: Vec<String> =
        sheet.annotations().values().map(|one| one.words(&sheet.document().text)).collect();
    assert_eq!(quotes, ["Minister Öz", "guest", "guest"]);
    let broken = guest_lines_with(&lines, "{\"id\": \"a_4\", \"quote\"");
    assert!(broken.contains("line 4"), "{broken}");
}

fn guest_lines_with(lines: &str, more: &str) -> String {
    guest("jonas.jsonl", format!("{lines}\n{more}").as_bytes()).unwrap_err()
}
