//! The workbench through real files: saving, undo, journals of killed programs, copies that meet again.

use crate::jobs::Progress;
use crate::model::{
    AnnotationId, Fragments, LayerId, Project, RecordId, all_records, check, same_content,
};
use crate::text::{Offset, Span, snap_outward, trimmed};
use crate::workbench::{
    AnnotationCommand, Clock, Command, DocumentCommand, Ids, Office, RelationCommand,
    RemarkCommand, SaveTarget, Workbench, load,
};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const ARTICLE: &str = "Two leaders met. The minister said “we will build it”, and the guest agreed.\n\
    Министр сказал, что дорога нужна. 장관은 화요일에 말했다. وقال الوزير إن الطريق مفتوح 😀.\n\
    A month later the work began.";

/// A folder with an article and a state folder.
pub(crate) struct Place {
    folder: TempDir,
    /// So that two offices in it differ in chance.
    seed: std::cell::Cell<u8>,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self { folder: TempDir::new().unwrap(), seed: std::cell::Cell::new(1) };
        put(&place.at("article.txt"), ARTICLE.as_bytes());
        place
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn office(&self, state: &str) -> Office {
        self.seed.set(self.seed.get() + 1);
        let at = "2026-11-23T16:58:00Z".parse().unwrap();
        let office = Office::open(Some(&self.at(state)), Some("Anna")).unwrap();
        office.with(Clock::Fixed(at), Ids::seeded(self.seed.get()))
    }
}

pub(crate) fn put(path: &Path, bytes: &[u8]) {
    let disk = crate::store::RealDisk;
    crate::store::replace(&disk, path, bytes, crate::store::Expected::Anything).unwrap();
}

pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    crate::store::read(path).unwrap()
}

pub(crate) fn open(
    path: &Path,
    office: &mut Office,
) -> (Workbench, Option<crate::workbench::Recovery>) {
    let loaded = load(&[path.to_path_buf()], office.desk(), &Progress::default()).unwrap();
    Workbench::start(loaded, office)
}

/// What a random number means as a wish, here and now.
pub(crate) fn wish(project: &Project, seed: u32) -> Command {
    let sheet = project.sheets().values().next().unwrap();
    let text = &sheet.document().text;
    let end = text.len_bytes();
    let start = (seed / 7) % (end - 1);
    let start = text.as_str().floor_char_boundary(start as usize);
    let stop =
        text.as_str().ceil_char_boundary((start + 1 + (seed / 97) as usize % 30).min(end as usize));
    let span = Span::between(Offset::of_bytes(start), Offset::of_bytes(stop)).unwrap();
    let fragments = Fragments::one(trimmed(text, snap_outward(text, span)));
    let layers = &project.codebook.layers;
    let layer = &layers[seed as usize % layers.len()];
    let some = |offset: usize| {
        let all: Vec<AnnotationId> = sheet.annotations().keys().cloned().collect();
        (!all.is_empty()).then(|| all[(seed as usize / 11 + offset) % all.len()].clone())
    };
    let (Some(one), Some(other)) = (some(0), some(1)) else {
        return tag(sheet.document().id.clone(), fragments, &layer.id);
    };
    let end_of = |id: &AnnotationId| crate::model::End::Annotation(id.clone());
    Command::Annotation(match seed % 9 {
        0 => {
            return Command::Relation(RelationCommand::Relate {
                from: end_of(&one),
                to: end_of(&other),
            });
        }
        1 => return Command::Undo,
        2 => return Command::Redo,
        3 => AnnotationCommand::SetCode(
            one,
            Some(layer.codes[seed as usize % layer.codes.len()].id.clone()),
        ),
        4 => AnnotationCommand::Place(one, fragments),
        5 => AnnotationCommand::AttachNew(one, format!("Name {}", seed % 5).into()),
        6 => return Command::Remark(remark(project, RecordId::Annotation(one), seed / 9)),
        7 if seed.is_multiple_of(2) => AnnotationCommand::Erase(one),
        _ => return tag(sheet.document().id.clone(), fragments, &layer.id),
    })
}

/// Something noted or said, answered, reworded, resolved or erased.
fn remark(project: &Project, target: RecordId, seed: u32) -> RemarkCommand {
    let text: smol_str::SmolStr = format!("words {}", seed % 3).into();
    let said: Vec<_> = project.comments().keys().cloned().collect();
    let some = (!said.is_empty()).then(|| said[(seed as usize / 8) % said.len()].clone());
    match (seed % 8, some) {
        (0, _) => RemarkCommand::SetNote { target, text },
        (1 | 2, Some(thread)) => RemarkCommand::Answer { thread, text },
        (3, Some(comment)) => RemarkCommand::Reword { comment, text },
        (4, Some(comment)) => RemarkCommand::Reword { comment, text: "".into() },
        (5, Some(comment)) => RemarkCommand::EraseComment(comment),
        (6, Some(comment)) => RemarkCommand::Resolve(comment),
        (7, Some(comment)) => RemarkCommand::Reopen(comment),
        _ => RemarkCommand::Begin { target, text },
    }
}

fn tag(document: crate::model::DocumentId, fragments: Fragments, layer: &LayerId) -> Command {
    Command::Annotation(AnnotationCommand::Tag {
        document,
        fragments,
        layer: layer.clone(),
        code: None,
    })
}

/// Does what the numbers mean; what is refused changes nothing.
fn work(bench: &mut Workbench, seeds: &[u32]) {
    for seed in seeds {
        let command = wish(bench.project(), *seed);
        let before = std::sync::Arc::clone(bench.project());
        if bench.perform(&command).is_err() {
            assert!(std::sync::Arc::ptr_eq(&before, bench.project()), "a refusal changes nothing");
        }
        assert_eq!(check(bench.project()), Vec::new(), "after {command:?}");
    }
}

#[test]
fn saving_twice_gives_the_same_bytes_and_one_annotation_changes_one_line() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    work(&mut bench, &[8, 16, 17, 26, 35, 44, 53, 9, 90]);
    let path = place.at("p.json");
    bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap();
    let first = bytes(&path);
    bench.save_now(SaveTarget::Same, &mut office).unwrap();
    assert!(first == bytes(&path), "the same bytes");
    bench.close();

    let (mut bench, _) = open(&path, &mut office);
    bench.save_now(SaveTarget::Same, &mut office).unwrap();
    assert!(first == bytes(&path), "the same bytes after opening");
    assert!(!bench.is_dirty());
    work(&mut bench, &[8]);
    assert!(bench.is_dirty());
    bench.save_now(SaveTarget::Same, &mut office).unwrap();
    let (old, new) = (String::from_utf8(first).unwrap(), String::from_utf8(bytes(&path)).unwrap());
    let known: std::collections::BTreeSet<&str> =
        old.lines().map(|line| line.trim_end_matches(',')).collect();
    let fresh = new.lines().filter(|line| !known.contains(line.trim_end_matches(','))).count();
    assert_eq!((fresh, new.lines().count()), (1, old.lines().count() + 1));
}

#[test]
fn a_file_that_somebody_else_has_changed_is_not_written_over() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    let path = place.at("p.json");
    bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap();
    put(&path, b"somebody else's");
    work(&mut bench, &[8]);
    let trouble = bench.save_now(SaveTarget::Same, &mut office).unwrap_err();
    assert_eq!(trouble.title, "Not saved");
    assert_eq!(bytes(&path), b"somebody else's");
    assert!(bench.is_dirty());
    bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap_err();
    bench.save_now(SaveTarget::Over(path.clone()), &mut office).unwrap();
    assert!(!bench.is_dirty());
}

#[test]
fn undoing_back_to_what_was_saved_is_clean() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    bench.save_now(SaveTarget::As(place.at("p.json")), &mut office).unwrap();
    work(&mut bench, &[8]);
    assert!(bench.is_dirty());
    bench.perform(&Command::Undo).unwrap();
    assert!(!bench.is_dirty());
}

#[test]
fn a_note_that_is_typed_is_one_step_and_every_letter_is_journalled() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    bench.save_now(SaveTarget::As(place.at("p.json")), &mut office).unwrap();
    work(&mut bench, &[8]);
    let target = RecordId::Annotation(bench.project().annotations().next().unwrap().id.clone());
    for text in ["s", "so", "sof", "soft"] {
        let target = target.clone();
        bench
            .perform(&Command::Remark(RemarkCommand::SetNote { target, text: text.into() }))
            .unwrap();
    }
    drop(bench); // Killed in the middle of the word.
    let mut office = place.office("state");
    let (mut bench, recovery) = open(&place.at("p.json"), &mut office);
    bench.replay(recovery.unwrap()).unwrap();
    assert_eq!(bench.project().note_on(&target).unwrap().text, "soft");
    bench
        .perform(&Command::Remark(RemarkCommand::SetNote {
            target: target.clone(),
            text: "softe".into(),
        }))
        .unwrap();
    bench
        .perform(&Command::Remark(RemarkCommand::SetNote {
            target: target.clone(),
            text: "softer".into(),
        }))
        .unwrap();
    bench.perform(&Command::Undo).unwrap();
    assert_eq!(bench.project().note_on(&target).unwrap().text, "soft");
}

#[test]
fn a_copied_file_gets_a_hand_of_its_own() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    let (path, copy) = (place.at("p.json"), place.at("copy.json"));
    bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap();
    let hand = bench.author().hand.clone();
    bench.close();
    put(&copy, &bytes(&path));
    let mut office = place.office("state");
    let (same, _) = open(&path, &mut office);
    assert_eq!(same.author().hand, hand, "the same file, the same hand");
    let (other, _) = open(&copy, &mut office);
    assert_ne!(other.author().hand, hand, "a copy counts by itself");
}

#[test]
fn an_older_copy_put_back_over_the_file_gets_a_new_hand() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    let path = place.at("p.json");
    bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap();
    let backup = bytes(&path);
    work(&mut bench, &[8]);
    bench.save_now(SaveTarget::Same, &mut office).unwrap();
    let hand = bench.author().hand.clone();
    bench.close();
    put(&path, &backup);
    let (bench, _) = open(&path, &mut office);
    assert_ne!(bench.author().hand, hand);
}

#[test]
fn a_newer_major_version_opens_for_reading_only() {
    let place = Place::new();
    let mut office = place.office("state");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    let path = place.at("p.json");
    bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap();
    let newer = String::from_utf8(bytes(&path)).unwrap().replacen("\"major\":1", "\"major\":2", 1);
    put(&path, newer.as_bytes());
    let (mut bench, _) = open(&path, &mut office);
    assert!(bench.read_only().is_some());
    assert!(
        bench.perform(&Command::Document(DocumentCommand::Paste { text: "words".into() })).is_err()
    );
    assert!(bench.save_now(SaveTarget::Same, &mut office).is_err());
    assert_eq!(bytes(&path), newer.as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn undoing_all_and_doing_all_again_gives_equal_content(seeds in prop::collection::vec(any::<u32>(), 1..30)) {
        let place = Place::new();
        let mut office = place.office("state");
        let (mut bench, _) = open(&place.at("article.txt"), &mut office);
        let first = std::sync::Arc::clone(bench.project());
        let seeds: Vec<u32> = seeds.into_iter().filter(|seed| !matches!(seed % 9, 1 | 2)).collect();
        work(&mut bench, &seeds);
        let last = std::sync::Arc::clone(bench.project());
        let mut steps = 0;
        while bench.history().undo_title().is_some() {
            bench.perform(&Command::Undo).unwrap();
            steps += 1;
            prop_assert_eq!(check(bench.project()), Vec::new());
        }
        prop_assert!(same_content(&first, bench.project()));
        for _ in 0..steps {
            bench.perform(&Command::Redo).unwrap();
        }
        prop_assert!(same_content(&last, bench.project()) && bench.history().redo_title().is_none());
    }

    #[test]
    fn what_a_killed_program_leaves_is_what_was_on_screen_and_what_it_would_have_saved(
        before in prop::collection::vec(any::<u32>(), 0..12),
        after in prop::collection::vec(any::<u32>(), 1..25),
    ) {
        let place = Place::new();
        let mut office = place.office("state");
        let path = place.at("p.json");
        let (mut bench, _) = open(&place.at("article.txt"), &mut office);
        work(&mut bench, &before);
        bench.save_now(SaveTarget::As(path.clone()), &mut office).unwrap();
        work(&mut bench, &after);
        let live = std::sync::Arc::clone(bench.project());
        let changed = bench.changes();
        drop(bench); // Nobody closed it: its log stays as a killed process leaves it.

        let saved = crate::formats::native::read(&crate::formats::native::write(&live)).unwrap().project;
        prop_assert!(same_content(&live, &saved));
        let mut office = place.office("state");
        let (mut bench, recovery) = open(&path, &mut office);
        match recovery {
            None => prop_assert!(same_content(&live, bench.project()), "{changed} changes are gone"),
            Some(recovery) => {
                let replayed = bench.replay(recovery).unwrap();
                prop_assert_eq!(replayed.left_out, 0);
            }
        }
        prop_assert!(same_content(&live, bench.project()));
        let versions = |project: &Project| -> Vec<_> {
            all_records(project).map(|record| (record.id(), record.version().clone())).collect()
        };
        prop_assert_eq!(versions(&live), versions(bench.project()));
    }

    #[test]
    fn work_undone_stays_undone_when_an_older_copy_comes_back(
        shared in prop::collection::vec(any::<u32>(), 1..10),
        theirs in prop::collection::vec(any::<u32>(), 0..6),
    ) {
        let place = Place::new();
        let mut anna = place.office("anna");
        let (mut bench, _) = open(&place.at("article.txt"), &mut anna);
        let (ours, copy) = (place.at("p.json"), place.at("theirs.json"));
        bench.save_now(SaveTarget::As(ours.clone()), &mut anna).unwrap();
        let shared: Vec<u32> = shared.into_iter().filter(|seed| !matches!(seed % 9, 1 | 2)).collect();
        work(&mut bench, &shared);
        bench.save_now(SaveTarget::Same, &mut anna).unwrap();
        put(&copy, &bytes(&ours));
        while bench.history().undo_title().is_some() {
            bench.perform(&Command::Undo).unwrap();
        }
        bench.save_now(SaveTarget::Same, &mut anna).unwrap();
        let undone = std::sync::Arc::clone(bench.project());

        let mut jonas = place.office("jonas");
        let (mut other, _) = open(&copy, &mut jonas);
        let start = std::sync::Arc::clone(other.project());
        let theirs: Vec<u32> = theirs.into_iter().filter(|seed| seed % 9 == 8).collect();
        work(&mut other, &theirs);
        other.save_now(SaveTarget::Same, &mut jonas).unwrap();

        let read = |path: &Path| crate::formats::native::read(&bytes(path)).unwrap().project;
        let merged = crate::review::merge(&read(&ours), &read(&copy)).unwrap().project;
        for record in all_records(&start) {
            let untouched = other.project().get(&record.id()).is_some_and(|now| now == record);
            if untouched && !undone.has(&record.id()) {
                prop_assert!(!merged.has(&record.id()), "{:?} came back", record.id());
            }
        }
        for record in all_records(other.project()).filter(|record| !start.has(&record.id())) {
            prop_assert!(merged.has(&record.id()), "{:?} was lost", record.id());
        }
    }
}
