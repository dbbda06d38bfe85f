//! The work that killed processes left behind: found by their unlocked logs, and offered, never applied by itself.
//!
//! Never deletes anything: a log that has been answered is laid aside for `sweep`. Writing is in `mod.rs`.

use crate::store::disk::RealDisk;
use crate::store::error::{StoreError, folder_of};
use crate::store::journal::held::Held;
use crate::store::journal::line::{Damage, Line, Log, read_log, sealed};
use crate::store::journal::{
    Entry, Head, Header, Journal, Mark, lay_aside, logs_in, name_of, not_written,
};
use crate::store::replace::{OnDisk, on_disk};
use crate::store::state::StateFolder;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A log with changes that are in no saved file. While this lives no other window is offered the same.
#[derive(Debug)]
pub struct Unfinished {
    /// The project, its file, and the digest that the file must have for the entries to apply to it. A save that was
    /// completed before the death is taken into account.
    pub header: Header,
    /// The project from which the entries start, if it had no file.
    pub base: Option<Vec<u8>>,
    /// The changes, in their order.
    pub entries: Vec<Entry>,
    /// What of the log could not be read, as a sentence without its full stop.
    pub damaged: Option<String>,
    /// The log.
    pub journal_path: PathBuf,
    /// When the last change was made, as its entry says.
    pub last_at: Option<String>,
    /// Holds the lock.
    file: Held,
}

/// Looks for work that was left behind, the newest first. Logs of living processes are left alone; those with nothing
/// to offer are laid aside, lest a later save make them look unsaved again.
pub fn unfinished(state: &StateFolder) -> Vec<Unfinished> {
    let logs = logs_in(&state.journal_folder());
    let left: Vec<Left> = logs.iter().filter_map(|path| Left::behind_at(path)).collect();
    let needless: Vec<bool> = left.iter().map(|one| one.needless(&left)).collect();
    let mut found = Vec::new();
    for (left, needless) in left.into_iter().zip(needless) {
        if needless || left.log.ended {
            left.lay_aside();
        } else {
            found.extend(left.offered());
        }
    }
    found.sort_by(|one, other| other.last_at.cmp(&one.last_at));
    found
}

impl Unfinished {
    /// To be called when the first `applied` entries were applied to an open project: gives the journal that goes on
    /// from them and lays the old log aside. The next entry's number must be larger than theirs.
    ///
    /// After an error the log will be offered again.
    pub fn take(self, applied: usize) -> Result<Journal, StoreError> {
        let folder = folder_of(&self.journal_path);
        let lines = self.entries.iter().take(applied).map(|entry| {
            let line = sealed(&Line::Entry(entry.clone()));
            line.map(|line| (entry.n, line))
                .map_err(|error| not_written(folder, &error.to_string()))
        });
        let head = Head {
            base: self.base.as_deref(),
            lines: lines.collect::<Result<_, _>>()?,
            follows: name_of(&self.journal_path),
        };
        let journal = Journal::create_whole(Arc::new(RealDisk), folder, self.header, head)?;
        // The new log says that it follows this one: nobody is offered both even if this fails.
        lay_aside(&RealDisk, &self.file, &self.journal_path, "recovered").ok();
        Ok(journal)
    }

    /// To be called when the work is not wanted, or was brought in otherwise. Returns where the log is kept.
    pub fn put_aside(self) -> Result<PathBuf, StoreError> {
        lay_aside(&RealDisk, &self.file, &self.journal_path, "refused")
    }
}

/// A log without a living process.
struct Left {
    path: PathBuf,
    file: Held,
    log: Log,
    /// Where the folder knows no locks, a living process may be writing to it.
    locked: bool,
}

impl Left {
    fn behind_at(path: &Path) -> Option<Self> {
        let file = File::options().read(true).write(true).open(path).ok()?;
        let lock = file.try_lock();
        let file = Held::new(file);
        let written = matches!(lock, Err(TryLockError::WouldBlock));
        // An empty one was made this moment, and its owner is about to lock it.
        if written || file.metadata().ok()?.len() == 0 {
            return None;
        }
        let log = read_log(&file);
        Some(Self { path: path.to_path_buf(), file, log, locked: lock.is_ok() })
    }

    /// Whether another log holds the same entries: this one was taken over, or never finished taking over another.
    fn needless(&self, all: &[Self]) -> bool {
        let name = name_of(&self.path);
        let taken_over = all.iter().any(|other| other.log.ready && other.log.follows == name);
        let unready = self.log.follows.is_some() && !self.log.ready;
        taken_over || unready && all.iter().any(|other| name_of(&other.path) == self.log.follows)
    }

    /// What no file holds, if there is anything.
    fn offered(mut self) -> Option<Unfinished> {
        self.leave_out_what_was_saved();
        if self.log.entries.is_empty() && matches!(self.log.damage, None | Some(Damage::Torn)) {
            self.lay_aside();
            return None;
        }
        let Log { header, base, entries, damage, .. } = self.log;
        Some(Unfinished {
            header,
            base: base.map(String::into_bytes),
            last_at: entries.last().map(|entry| entry.at.clone()),
            entries,
            damaged: damage.map(Damage::words),
            journal_path: self.path,
            file: self.file,
        })
    }

    /// The process may have died after it replaced the file and before it started the next log.
    fn leave_out_what_was_saved(&mut self) {
        let was_saved = |mark: &&Mark| on_disk(&mark.path, &mark.digest) == Ok(OnDisk::Same);
        let Some(mark) = self.log.marks.iter().rev().find(was_saved) else { return };
        self.log.entries.retain(|entry| entry.n > mark.upto);
        self.log.header.path = Some(mark.path.clone());
        self.log.header.base = Some(mark.digest.clone());
        self.log.base = None;
    }

    fn lay_aside(self) {
        // Where this fails it is looked at again next time.
        if self.locked {
            lay_aside(&RealDisk, &self.file, &self.path, "needless").ok();
        }
    }
}
