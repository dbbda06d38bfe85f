//! Two people on one file: nothing that one of them wrote is lost unless the other has seen it.
//!
//! Rounds of two sessions through real files, in any order of edits, saves and openings. A save that finds another file
//! takes both together and saves again, as the window does.

use crate::model::{AnyRecord, Project, RecordId, all_records, check, differing, each_kind};
use crate::workbench::tests::{Place, bytes, open, put, wish};
use crate::workbench::{Office, SaveTarget, Workbench};
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// One of the two at their desk.
struct Writer {
    bench: Workbench,
    office: Office,
    path: PathBuf,
}

/// Something that a person wrote, or erased (no content), and what they had before their eyes.
struct Written {
    id: RecordId,
    content: Option<String>,
    seen: Vec<String>,
}

/// Everything that a record says, side by side.
fn contents(project: &Project, id: &RecordId) -> Vec<String> {
    project.get(id).map_or(Vec::new(), |record| {
        each_kind!(&record, record => {
            let sides = std::iter::once(record.as_ref()).chain(&record.conflict);
            sides.map(|side| format!("{:?}", side.value)).collect()
        })
    })
}

impl Writer {
    fn new(place: &Place, name: &str) -> Self {
        let (mut office, path) = (place.office(name), place.at("p.json"));
        let (bench, _) = open(&path, &mut office);
        Self { bench, office, path }
    }

    fn edit(&mut self, seed: u32, diary: &mut Vec<Written>) {
        let before = Arc::clone(self.bench.project());
        if self.bench.perform(&wish(&before, seed)).is_err() {
            return;
        }
        let after = self.bench.project();
        for id in differing(&before, after) {
            let (old, new) = (before.get(&id), after.get(&id));
            if old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| old.same_content(new)) {
                continue;
            }
            let content = contents(after, &id).into_iter().next();
            diary.push(Written { content, seen: contents(&before, &id), id });
        }
    }

    fn save(&mut self) {
        for _ in 0..3 {
            if self.bench.save_now(SaveTarget::Same, &mut self.office).is_ok() {
                return;
            }
            while self.bench.is_looking_outside() {
                std::thread::sleep(std::time::Duration::from_millis(1));
                self.bench.tick(0.0, &mut self.office);
            }
            self.bench.take_both().unwrap();
        }
        panic!("nobody else writes meanwhile");
    }

    fn open_again(&mut self) {
        self.save();
        let (bench, recovery) = open(&self.path, &mut self.office);
        std::mem::replace(&mut self.bench, bench).close();
        assert!(recovery.is_none());
    }
}

/// What of the diary is not in the project although nobody who saw it has written over it.
fn lost(diary: &[Written], project: &Project) -> Vec<String> {
    let lost = diary.iter().enumerate().filter(|(at, written)| {
        let Some(content) = &written.content else { return false };
        let stands = contents(project, &written.id).contains(content);
        let seen = |later: &Written| later.id == written.id && later.seen.contains(content);
        let aside = project.set_aside.iter().any(|aside| aside.raw.contains(written.id.as_str()));
        !stands && !aside && !diary.iter().skip(at + 1).any(seen)
    });
    lost.map(|(_, written)| format!("{:?}: {:?}", written.id, written.content)).collect()
}

/// So many rounds as the environment says; few, where it says nothing.
fn rounds() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { usual.cases } else { 12 };
    ProptestConfig { cases, ..usual }
}

/// A project that both have, with something in it.
fn shared(place: &Place, seeds: &[u32]) {
    let mut office = place.office("first");
    let (mut bench, _) = open(&place.at("article.txt"), &mut office);
    for seed in seeds {
        bench.perform(&wish(bench.project(), *seed)).ok();
    }
    bench.save_now(SaveTarget::As(place.at("p.json")), &mut office).unwrap();
    bench.close();
}

proptest! {
    #![proptest_config(rounds())]

    #[test]
    fn two_writers_on_one_file_lose_nothing_unseen(
        first in prop::collection::vec(any::<u32>(), 3..9),
        turns in prop::collection::vec((any::<bool>(), 0_u8..8, any::<u32>()), 4..24),
    ) {
        let place = Place::new();
        shared(&place, &first);
        let mut writers = [Writer::new(&place, "anna"), Writer::new(&place, "jonas")];
        let mut diary = Vec::new();
        for (who, what, seed) in turns {
            let writer = &mut writers[usize::from(who)];
            match what {
                0 | 1 => writer.save(),
                2 => writer.open_again(),
                _ => writer.edit(seed, &mut diary),
            }
        }
        writers.iter_mut().for_each(Writer::save);
        let project = crate::formats::native::read(&bytes(&place.at("p.json"))).unwrap().project;
        prop_assert_eq!(lost(&diary, &project), Vec::<String>::new());
        let torn = all_records(&project).filter(AnyRecord::has_conflict).count();
        prop_assert_eq!(check(&project).len(), torn + project.set_aside.len());
    }

    #[test]
    fn a_copy_of_a_folder_sync_program_is_found_by_its_id_and_taken_in(
        first in prop::collection::vec(any::<u32>(), 3..9),
        [mine, theirs] in [prop::collection::vec(any::<u32>(), 1..8), prop::collection::vec(any::<u32>(), 1..8)],
        name in prop::sample::select(vec![
            "p (Anna's conflicted copy 2026-11-23).json", "p.sync-conflict-20261123-170500-ABCDEFG.json",
            "p-DESKTOP-AB12.json", "p (1).json", "another name.json",
        ]),
    ) {
        let place = Place::new();
        shared(&place, &first);
        let copy = place.at(name);
        put(&copy, &bytes(&place.at("p.json")));
        let mut diary = Vec::new();
        let mut jonas = Writer { path: copy.clone(), ..Writer::new(&place, "jonas") };
        jonas.bench = open(&copy, &mut jonas.office).0;
        for seed in theirs {
            jonas.edit(seed, &mut diary);
        }
        jonas.save();
        let mut anna = Writer::new(&place, "anna");
        for seed in mine {
            anna.edit(seed, &mut diary);
        }
        anna.save();
        // The same name and another project, another program's file, and half a file say nothing.
        put(&place.at("p (2).json"), include_bytes!("../../projects/summit.json"));
        put(&place.at("package.json"), b"{\"id\":\"p_1\"}");
        put(&place.at("p (3).json"), &bytes(&copy)[..200]);

        anna.open_again();
        anna.bench.look_beside(|| {});
        while anna.bench.is_waiting() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            anna.bench.tick(0.0, &mut anna.office);
        }
        let found: Vec<PathBuf> = anna.bench.copies_beside().iter().map(|copy| copy.path.clone()).collect();
        let news = lost(&diary, anna.bench.project());
        prop_assert!(news.is_empty() || found == [copy.clone()], "{news:?} {found:?}");
        if !found.is_empty() {
            prop_assert_eq!(anna.bench.both_with(&copy).unwrap(), anna.bench.take_copy(&copy).unwrap());
        }
        prop_assert_eq!(lost(&diary, anna.bench.project()), Vec::<String>::new());
        anna.open_again();
        anna.bench.look_beside(|| {});
        while anna.bench.is_waiting() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            anna.bench.tick(0.0, &mut anna.office);
        }
        prop_assert!(anna.bench.copies_beside().is_empty(), "what was taken in is not told again");
    }
}
