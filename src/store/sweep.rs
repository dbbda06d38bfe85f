//! Removing what was kept for a while: logs that were laid aside, and temporary files of killed processes.
//!
//! Never removes a log that may still be offered, and nothing whose name is not of our making.

use crate::store::disk::{Disk as _, RealDisk};
use crate::store::error::folder_of;
use crate::store::journal::LOG_ENDING;
use crate::store::replace::TEMPORARY;
use crate::store::state::StateFolder;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// How long such files are kept: 14 days.
const KEPT_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Removes logs that were laid aside more than 14 days before `now_unix`, by their time of change.
pub fn sweep(state: &StateFolder, now_unix: i64) {
    remove_old(&state.journal_folder(), now_unix, |name, length| {
        // An empty log is of a process that was killed while it made it.
        name.contains(".jsonl.") || name.ends_with(LOG_ENDING) && length == 0
    });
    remove_old(state.path(), now_unix, is_temporary);
}

/// Removes temporary files as old beside a project: each is left by a process that was killed while it saved.
pub fn sweep_beside(path: &Path, now_unix: i64) {
    remove_old(folder_of(path), now_unix, is_temporary);
}

fn is_temporary(name: &str, _length: u64) -> bool {
    name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
}

fn remove_old(folder: &Path, now_unix: i64, ours: impl Fn(&str, u64) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        let is_ours = entry.file_name().to_str().is_some_and(|name| ours(name, metadata.len()));
        let is_old = age(&metadata, now_unix).is_some_and(|seconds| seconds > KEPT_SECONDS);
        if metadata.is_file() && is_ours && is_old {
            // Another window may have been quicker.
            RealDisk.remove(&entry.path()).ok();
        }
    }
}

fn age(metadata: &Metadata, now_unix: i64) -> Option<i64> {
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(now_unix.saturating_sub(i64::try_from(changed.as_secs()).ok()?))
}

#[cfg(test)]
mod tests {
    use crate::store::{StateFolder, sweep, sweep_beside};
    use std::fs::{self, File};
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    const NOW: i64 = 1_800_000_000;

    fn put(path: &Path, words: &str, days_old: i64) {
        use std::io::Write as _;
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut file = File::options().write(true).create_new(true).open(path).unwrap();
        file.write_all(words.as_bytes()).unwrap();
        let seconds = u64::try_from(NOW - days_old * 86_400).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn only_old_logs_that_were_laid_aside_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path());
        let journal = folder.path().join("journal");
        for (name, days) in [
            ("a.jsonl", 400),
            ("b.jsonl.closed", 15),
            ("c.jsonl.closed", 13),
            ("d.jsonl.saved+", 15),
            ("e.jsonl.refused", -30),
            ("notes.txt", 400),
        ] {
            put(&journal.join(name), "{}", days);
        }
        put(&journal.join("f.jsonl"), "", 15);
        put(&journal.join("g.jsonl"), "", 13);
        put(&folder.path().join("settings.json"), "{}", 400);
        put(&folder.path().join(".matryoshka-1-0.tmp"), "{}", 15);
        sweep(&state, NOW);
        assert_eq!(
            names(&journal),
            ["a.jsonl", "c.jsonl.closed", "e.jsonl.refused", "g.jsonl", "notes.txt"]
        );
        assert_eq!(names(folder.path()), ["journal", "settings.json"]);
    }

    #[test]
    fn beside_a_project_only_our_own_old_temporary_files_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let names_and_days = [
            (".matryoshka-7-1.tmp", 15),
            (".matryoshka-7-2.tmp", 1),
            (".other.tmp", 15),
            ("a.json", 15),
        ];
        for (name, days) in names_and_days {
            put(&folder.path().join(name), "{}", days);
        }
        sweep_beside(&folder.path().join("a.json"), NOW);
        assert_eq!(names(folder.path()), [".matryoshka-7-2.tmp", ".other.tmp", "a.json"]);
    }

    #[test]
    fn a_folder_that_is_not_there_needs_no_sweeping() {
        sweep(&StateFolder::at("/nowhere/at/all"), NOW);
    }
}
