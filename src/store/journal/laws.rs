//! What the journal promises: nothing that was appended is lost, and nothing that was saved is offered.

use crate::store::journal::Journal;
use crate::store::state::make_folder;
use crate::store::{
    Digest, Disk as _, Entry, Expected, Fault, FaultDisk, Header, Mark, RealDisk, StateFolder,
    StoreError, Unfinished, replace, unfinished,
};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const OLD: &[u8] = b"{\"project\": \"old\"}";
const NEW: &[u8] = b"{\"project\": \"new\"}";

/// A state folder, and a project's file that holds `OLD`.
struct Place {
    _folder: tempfile::TempDir,
    state: StateFolder,
    file: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (state, file) =
            (StateFolder::at(folder.path().join("state")), folder.path().join("summit.json"));
        RealDisk.write(&RealDisk.create_new(&file).unwrap(), OLD).unwrap();
        Self { _folder: folder, state, file }
    }

    fn header(&self) -> Header {
        let (path, base) = (Some(self.file.clone()), Some(Digest::of(OLD)));
        Header { project: "p_1".into(), path, base }
    }

    /// A journal with these entries.
    fn journal(&self, numbers: &[u64]) -> Journal {
        let mut journal = Journal::start(&self.state, &self.header(), None).unwrap();
        append(&mut journal, numbers);
        journal
    }

    fn mark(&self, upto: u64) -> Mark {
        Mark { digest: Digest::of(NEW), path: self.file.clone(), upto }
    }

    fn save(&self) {
        replace(&RealDisk, &self.file, NEW, Expected::Anything).unwrap();
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.state.journal_folder()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    /// How many files of the journal folder end so.
    fn kept(&self, ending: &str) -> usize {
        self.names().iter().filter(|name| name.ends_with(ending)).count()
    }

    /// What is offered when there is at most one.
    fn offered(&self) -> Option<Unfinished> {
        let mut all = unfinished(&self.state);
        assert!(all.len() <= 1, "{all:?}");
        all.pop()
    }

    fn offered_numbers(&self) -> Vec<u64> {
        self.offered().map(|one| numbers(&one)).unwrap_or_default()
    }
}

fn entry(n: u64) -> Entry {
    let delta = format!("{{\"add\": [{n}, \"“said”\\n\"]}}");
    let at = format!("2026-11-24T12:00:{n:02}Z");
    Entry { n, title: format!("Annotate {n}"), by: "Ana".into(), at, delta }
}

fn append(journal: &mut Journal, numbers: &[u64]) {
    for n in numbers {
        journal.append(&entry(*n)).unwrap();
    }
}

fn numbers(unfinished: &Unfinished) -> Vec<u64> {
    unfinished.entries.iter().map(|entry| entry.n).collect()
}

/// Writes a copy of a log with other bytes, as if a killed process had left it.
fn left_behind(bytes: &[u8]) -> Place {
    let place = Place::new();
    make_folder(&place.state.journal_folder()).unwrap();
    let file = RealDisk.create_new(&place.state.journal_folder().join("left.jsonl")).unwrap();
    RealDisk.write(&file, bytes).unwrap();
    place
}

#[test]
fn what_was_appended_is_offered_after_the_death_of_the_process() {
    let place = Place::new();
    drop(place.journal(&[1, 2, 3]));
    let offered = place.offered().unwrap();
    assert_eq!(offered.entries, [entry(1), entry(2), entry(3)]);
    assert_eq!((&offered.header, &offered.base), (&place.header(), &None));
    assert_eq!((offered.damaged, offered.last_at), (None, Some(entry(3).at)));
}

#[test]
fn a_project_without_a_file_is_offered_with_the_bytes_it_started_from() {
    let place = Place::new();
    let header = Header { project: "p_2".into(), path: None, base: None };
    let mut journal = Journal::start(&place.state, &header, Some(OLD)).unwrap();
    append(&mut journal, &[1]);
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!((offered.header, offered.base.as_deref()), (header, Some(OLD)));
}

#[test]
fn a_living_journal_is_not_offered_and_its_file_is_open_elsewhere() {
    let place = Place::new();
    let other = place.file.with_file_name("other.json");
    let journal = place.journal(&[1]);
    assert!(unfinished(&place.state).is_empty());
    assert!(Journal::is_open_elsewhere(&place.state, &place.file, &[]));
    assert!(!Journal::is_open_elsewhere(&place.state, &other, &[]));
    drop(journal);
    assert!(!Journal::is_open_elsewhere(&place.state, &place.file, &[]));
    assert_eq!(place.offered_numbers(), [1]);
}

#[cfg(unix)]
#[test]
fn a_file_is_known_to_be_open_by_its_other_name_too() {
    let place = Place::new();
    let link = place.file.with_file_name("link.json");
    std::os::unix::fs::symlink(&place.file, &link).unwrap();
    let _journal = place.journal(&[]);
    assert!(Journal::is_open_elsewhere(&place.state, &link, &[]));
}

#[test]
fn while_one_window_asks_another_is_not_offered_the_same() {
    let place = Place::new();
    drop(place.journal(&[1]));
    let asking = place.offered();
    assert!(asking.is_some() && place.offered().is_none());
    drop(asking);
    assert_eq!(place.offered_numbers(), [1], "unanswered, it is offered again");
}

#[test]
fn a_log_cut_anywhere_in_its_last_line_keeps_all_entries_before() {
    let place = Place::new();
    let journal = place.journal(&[1, 2, 3]);
    let bytes = fs::read(&journal.path).unwrap();
    let last = journal.lines.last().unwrap().1.len();
    for cut in bytes.len() - last..=bytes.len() {
        let offered = left_behind(&bytes[..cut]).offered().unwrap();
        // Without its end a line is still whole.
        let whole = cut + 1 >= bytes.len();
        assert_eq!(numbers(&offered), if whole { vec![1, 2, 3] } else { vec![1, 2] }, "cut {cut}");
        let torn = !whole && cut > bytes.len() - last;
        assert_eq!(offered.damaged.is_some(), torn, "cut {cut}");
    }
}

#[test]
fn an_altered_byte_in_the_middle_is_noticed_and_what_is_before_it_kept() {
    let place = Place::new();
    let journal = place.journal(&[1, 2, 3, 4]);
    let bytes = fs::read(&journal.path).unwrap();
    let lengths: Vec<usize> = journal.lines.iter().map(|(_, line)| line.len()).collect();
    let third = bytes.len() - lengths[2] - lengths[3];
    for at in third..third + lengths[2] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let offered = left_behind(&altered).offered().unwrap();
        assert_eq!(numbers(&offered), [1, 2], "byte {at}");
        assert!(offered.damaged.is_some(), "byte {at}");
    }
    let mut altered = bytes;
    altered[third + 5] ^= 1;
    let words = left_behind(&altered).offered().unwrap().damaged.unwrap();
    assert_eq!(words, "2 lines of the log could not be read; the changes before them are whole");
}

#[test]
fn a_log_whose_beginning_cannot_be_read_is_said_and_not_touched() {
    let place = Place::new();
    let journal = place.journal(&[1]);
    let mut bytes = fs::read(&journal.path).unwrap();
    bytes[12] ^= 1;
    let place = left_behind(&bytes);
    let offered = place.offered().unwrap();
    assert!(offered.entries.is_empty());
    assert!(offered.damaged.unwrap().starts_with("The beginning of the log"));
    assert_eq!(fs::read(offered.journal_path).unwrap(), bytes);
}

#[test]
fn a_log_that_is_being_made_is_left_alone() {
    let place = left_behind(b"");
    assert!(place.offered().is_none());
    assert_eq!(place.names(), ["left.jsonl"]);
}

#[test]
fn a_death_before_the_file_is_replaced_leaves_all_changes_to_be_offered() {
    let place = Place::new();
    let mut journal = place.journal(&[1, 2]);
    journal.saving(&place.mark(2)).unwrap();
    append(&mut journal, &[3]);
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!((numbers(&offered), offered.header), (vec![1, 2, 3], place.header()));
}

#[test]
fn a_death_after_the_file_is_replaced_leaves_only_later_changes() {
    let place = Place::new();
    let mut journal = place.journal(&[1, 2, 3]);
    // The save was begun with change 2; change 3 was made before its bytes were ready.
    journal.saving(&place.mark(2)).unwrap();
    append(&mut journal, &[4]);
    place.save();
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!(numbers(&offered), [3, 4]);
    assert_eq!(offered.header, Header { base: Some(Digest::of(NEW)), ..place.header() });
}

#[test]
fn a_first_save_that_death_interrupted_gives_the_project_its_file() {
    let place = Place::new();
    let header = Header { project: "p_2".into(), path: None, base: None };
    let mut journal = Journal::start(&place.state, &header, Some(OLD)).unwrap();
    append(&mut journal, &[1]);
    journal.saving(&place.mark(1)).unwrap();
    append(&mut journal, &[2]);
    place.save();
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!((numbers(&offered), offered.base), (vec![2], None));
    assert_eq!(offered.header.path, Some(place.file.clone()));
    assert_eq!(offered.header.base, Some(Digest::of(NEW)));
}

#[test]
fn what_was_saved_is_not_offered_even_when_the_file_changes_again() {
    let place = Place::new();
    let mut journal = place.journal(&[1]);
    journal.saving(&place.mark(1)).unwrap();
    place.save();
    drop(journal);
    assert!(place.offered().is_none());
    replace(&RealDisk, &place.file, b"a later save", Expected::Anything).unwrap();
    assert!(place.offered().is_none());
    assert_eq!(place.kept(".needless"), 1);
}

#[test]
fn a_save_starts_a_new_log_with_the_changes_made_meanwhile() {
    let place = Place::new();
    let mut journal = place.journal(&[1, 2]);
    journal.saving(&place.mark(2)).unwrap();
    append(&mut journal, &[3]);
    place.save();
    journal.saved(&place.mark(2)).unwrap();
    append(&mut journal, &[4]);
    assert_eq!((place.kept(".saved"), place.kept(".jsonl")), (1, 1));
    assert!(Journal::is_open_elsewhere(&place.state, &place.file, &[]));
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!(numbers(&offered), [3, 4]);
    assert_eq!(offered.header.base, Some(Digest::of(NEW)));
}

#[test]
fn whatever_happens_while_the_log_is_changed_each_later_change_is_offered_once() {
    for fault in [Fault::Death, Fault::Error(ErrorKind::StorageFull)] {
        for at in 0.. {
            let place = Place::new();
            let mut journal = place.journal(&[1, 2, 3, 4, 5, 6]);
            journal.saving(&place.mark(1)).unwrap();
            place.save();
            let disk = Arc::new(FaultDisk::new(at, fault));
            journal.disk = disk.clone();
            let result = journal.saved(&place.mark(1));
            if fault != Fault::Death {
                journal.disk = Arc::new(RealDisk);
                append(&mut journal, &[7]);
            }
            drop(journal);
            let last = if fault == Fault::Death { 6 } else { 7 };
            assert_eq!(
                place.offered_numbers(),
                (2..=last).collect::<Vec<_>>(),
                "{fault:?} at {at}"
            );
            place.offered().unwrap().put_aside().unwrap();
            assert!(place.offered().is_none(), "{fault:?} at {at}");
            if !disk.was_reached() {
                assert!(result.is_ok() && at >= 5, "only {at} operations were tried");
                break;
            }
        }
    }
}

#[test]
fn a_new_log_and_a_mark_are_on_the_disk_before_they_are_needed() {
    let place = Place::new();
    let disk = Arc::new(FaultDisk::recording());
    let mut journal = Journal::start_on(disk.clone(), &place.state, &place.header(), None).unwrap();
    assert_eq!(disk.steps(), ["create", "write"], "nobody waits where there is no change yet");
    journal.sync().unwrap();
    assert_eq!(disk.steps().split_off(2), ["sync", "sync folder"]);
    append(&mut journal, &[1]);
    assert_eq!(disk.steps().split_off(4), ["write"]);
    journal.saving(&place.mark(1)).unwrap();
    assert_eq!(disk.steps().split_off(5), ["write", "sync"]);
    journal.saved(&place.mark(1)).unwrap();
    let steps = ["create", "write", "sync", "sync folder", "write", "rename"];
    assert_eq!(disk.steps().split_off(7), steps, "the new log is whole before the old one goes");
}

#[test]
fn a_change_that_could_not_be_written_is_written_before_the_next() {
    let place = Place::new();
    let mut journal = place.journal(&[1]);
    journal.disk = Arc::new(FaultDisk::new(0, Fault::Error(ErrorKind::StorageFull)));
    let error = journal.append(&entry(2)).unwrap_err();
    assert_eq!(error, StoreError::DiskFull(journal.path.clone()));
    append(&mut journal, &[3]);
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!((numbers(&offered), offered.damaged), (vec![1, 2, 3], None));
}

#[test]
fn a_death_in_the_midst_of_a_line_loses_that_line_only() {
    let place = Place::new();
    let mut journal = place.journal(&[1]);
    journal.disk = Arc::new(FaultDisk::new(1, Fault::Death));
    append(&mut journal, &[2]);
    journal.append(&entry(3)).unwrap_err();
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!(numbers(&offered), [1, 2]);
    assert_eq!(offered.damaged.unwrap(), "The last change was only half written and is left out");
}

#[test]
fn a_journal_that_was_closed_is_kept_and_not_offered() {
    let place = Place::new();
    let journal = place.journal(&[1]);
    let taken = journal.path.with_added_extension("closed");
    RealDisk.write(&RealDisk.create_new(&taken).unwrap(), b"kept").unwrap();
    journal.discard().unwrap();
    assert!(place.offered().is_none());
    assert_eq!((place.kept(".closed"), place.kept(".closed+")), (1, 1));
    assert_eq!(fs::read(taken).unwrap(), b"kept");
}

#[test]
fn the_name_of_a_log_does_not_come_back_while_another_says_that_it_follows_it() {
    let place = Place::new();
    let mut journal = place.journal(&[1]);
    let first = journal.path.clone();
    journal.saving(&place.mark(1)).unwrap();
    place.save();
    journal.saved(&place.mark(1)).unwrap();
    append(&mut journal, &[2]);
    drop(journal);
    // Its 14 days are over, and the follower has not been answered.
    RealDisk.remove(&first.with_added_extension("saved")).unwrap();
    drop(place.journal(&[3]));
    let offered: Vec<_> = unfinished(&place.state).iter().map(numbers).collect();
    assert_eq!(offered, [[3], [2]]);
}

#[test]
fn a_journal_that_was_closed_is_not_offered_even_if_a_power_cut_undid_its_renaming() {
    let place = Place::new();
    let journal = place.journal(&[1]);
    let path = journal.path.clone();
    journal.discard().unwrap();
    let closed = place.state.journal_folder().join(&place.names()[0]);
    RealDisk.rename(&closed, &path).unwrap();
    assert!(place.offered().is_none());
    assert_eq!(place.kept(".needless"), 1);
}

#[test]
fn recovered_work_goes_on_in_a_new_journal_and_is_offered_once_after_another_death() {
    let place = Place::new();
    drop(place.journal(&[1, 2]));
    let mut journal = place.offered().unwrap().take(2).unwrap();
    assert!(place.offered().is_none());
    append(&mut journal, &[3]);
    drop(journal);
    let offered = place.offered().unwrap();
    assert_eq!((numbers(&offered), &offered.header), (vec![1, 2, 3], &place.header()));
    assert_eq!(place.kept(".recovered"), 1);
}

#[test]
fn changes_that_could_not_be_applied_stay_in_the_log_that_is_kept() {
    let place = Place::new();
    drop(place.journal(&[1, 2, 3]));
    drop(place.offered().unwrap().take(1).unwrap());
    assert_eq!(place.offered_numbers(), [1]);
    let kept = place.names().into_iter().find(|name| name.ends_with(".recovered")).unwrap();
    let text = fs::read_to_string(place.state.journal_folder().join(kept)).unwrap();
    assert!(text.contains("Annotate 3"));
}

#[test]
fn a_log_is_let_go_although_its_file_is_still_open_somewhere() {
    let place = Place::new();
    let mut journal = place.journal(&[1]);
    // As in a process that another thread is just starting.
    let open = journal.syncer();
    drop(journal);
    assert_eq!(place.offered_numbers(), [1]);
    drop(open);
}

#[test]
fn refused_work_is_kept_and_not_offered_again() {
    let place = Place::new();
    drop(place.journal(&[1]));
    let kept = place.offered().unwrap().put_aside().unwrap();
    assert!(fs::read_to_string(kept).unwrap().contains("Annotate 1"));
    assert!(place.offered().is_none());
}

#[test]
fn a_journal_is_brought_to_the_disk_from_another_thread() {
    let place = Place::new();
    let mut journal = place.journal(&[1]);
    let syncer = journal.syncer();
    std::thread::scope(|scope| scope.spawn(|| syncer.sync()).join().unwrap()).unwrap();
    let failing = Arc::new(FaultDisk::new(0, Fault::Error(ErrorKind::Other)));
    let mut journal = Journal { disk: failing, ..journal };
    assert!(matches!(journal.sync(), Err(StoreError::NotWritten { .. })));
}

#[test]
fn a_state_folder_that_cannot_be_made_is_a_clear_error() {
    let place = Place::new();
    let state = StateFolder::at(place.file.join("state"));
    let error = Journal::start(&state, &place.header(), None).err().unwrap();
    assert!(matches!(error, StoreError::NoFolder(_)), "{error}");
    assert!(unfinished(&state).is_empty());
    assert!(!Journal::is_open_elsewhere(&state, &place.file, &[]));
}

#[test]
fn a_relative_path_is_understood_from_another_folder() {
    let place = Place::new();
    let header = Header { path: Some("summit.json".into()), ..place.header() };
    let mut journal = Journal::start(&place.state, &header, None).unwrap();
    append(&mut journal, &[1]);
    drop(journal);
    let path = place.offered().unwrap().header.path.unwrap();
    assert_eq!(path, std::env::current_dir().unwrap().join("summit.json"));
}

/// The variable that makes a run of this test the process to be killed.
const VICTIM: &str = "MATRYOSHKA_TEST_VICTIM";

#[test]
fn no_acknowledged_change_is_lost_when_a_real_process_is_killed() {
    use std::io::{BufRead as _, BufReader, Write as _};
    if let Ok(state) = std::env::var(VICTIM) {
        let header = Header { project: "p_1".into(), ..Header::default() };
        let mut journal = Journal::start(&StateFolder::at(state), &header, Some(OLD)).unwrap();
        let mut out = std::io::stderr();
        for n in 1.. {
            journal.append(&entry(n)).unwrap();
            writeln!(out, "{n}").unwrap();
        }
    }
    for wanted in [1, 40, 400] {
        let place = Place::new();
        let name =
            "store::journal::laws::no_acknowledged_change_is_lost_when_a_real_process_is_killed";
        let mut victim = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture", "--test-threads=1"])
            .env(VICTIM, place.state.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(victim.stderr.take().unwrap()).lines().map_while(Result::ok);
        said.by_ref().find(|line| *line == wanted.to_string()).expect("the victim writes");
        assert!(unfinished(&place.state).is_empty(), "it lives and holds its lock");
        victim.kill().unwrap();
        victim.wait().unwrap();
        let last: u64 = said.last().map_or(wanted, |line| line.parse().unwrap());
        let offered = place.offered().unwrap();
        let whole: Vec<u64> = (1..=offered.entries.len() as u64).collect();
        assert_eq!(numbers(&offered), whole);
        assert!(whole.len() as u64 >= last, "{last} were acknowledged, {} came back", whole.len());
    }
}

#[test]
fn the_log_names_no_folder_of_another_project() {
    let place = Place::new();
    let header = Header { project: "../../evil/é".into(), ..Header::default() };
    let journal = Journal::start(&place.state, &header, None).unwrap();
    assert_eq!(journal.path.parent(), Some(Path::new(&place.state.journal_folder())));
}

#[test]
fn the_newest_work_is_offered_first() {
    let place = Place::new();
    for n in [1, 9, 5] {
        drop(place.journal(&[n]));
    }
    let offered: Vec<_> = unfinished(&place.state).iter().map(numbers).collect();
    assert_eq!(offered, [[9], [5], [1]]);
}

#[test]
fn of_two_saves_with_the_same_bytes_the_later_one_counts() {
    let place = Place::new();
    let mut journal = place.journal(&[1, 2, 3]);
    // Change 3 undid change 2, so that both saves wrote the same.
    journal.saving(&place.mark(1)).unwrap();
    journal.saving(&place.mark(3)).unwrap();
    append(&mut journal, &[4]);
    place.save();
    drop(journal);
    assert_eq!(place.offered_numbers(), [4]);
}
