//! The journal of one open project: every change is written here at once, so that a killed program loses nothing.
//!
//! Never holds saved work alone: a save starts a new log and lays the old one aside for a while. The format of a line
//! is in `line.rs`, what a killed process left behind in `unfinished.rs`.

mod held;
#[cfg(test)]
mod laws;
mod line;
mod unfinished;

use crate::store::disk::{Disk, RealDisk};
use crate::store::error::{StoreError, folder_of};
use crate::store::journal::held::Held;
use crate::store::journal::line::{HeaderLine, Line, read_header, sealed};
use crate::store::path_text;
use crate::store::replace::{Digest, canonical};
use crate::store::state::{StateFolder, make_folder};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::{Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use unfinished::{Unfinished, unfinished};

/// A log that is written, or that a killed process left behind.
pub(crate) const LOG_ENDING: &str = ".jsonl";

/// What a journal belongs to and starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The id of the project.
    pub project: String,
    /// The project's file, if it has one.
    #[serde(default, with = "path_text::optional", skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// The bytes of that file to which the entries apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Digest>,
}

/// A change of the project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, larger than that of the change before.
    pub n: u64,
    /// What it is called where changes are listed.
    pub title: String,
    /// Who made it.
    pub by: String,
    /// When, as text.
    pub at: String,
    /// The change itself, as JSON text that only the room `formats` understands.
    pub delta: String,
}

/// A save: which file gets which bytes, and the last change that is in them. Changes made while it runs come after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The digest of the new bytes.
    pub digest: Digest,
    /// Where they go.
    #[serde(with = "path_text::one")]
    pub path: PathBuf,
    /// The [`Entry::n`] of the last change in them; 0 if there is none.
    pub upto: u64,
}

/// The log of one open project. It is locked while this lives: the lock of a killed process is gone.
///
/// Dropping it (a panic, a kill) leaves the log to be found by [`unfinished()`].
pub struct Journal {
    disk: Arc<dyn Disk>,
    header: Header,
    path: PathBuf,
    file: Held,
    /// How many bytes of whole lines the file holds.
    length: u64,
    /// Whether a power cut could still take the whole file.
    is_new: bool,
    /// Whether a failed write may have left something behind them.
    torn: bool,
    /// Lines that could not be written yet.
    unwritten: String,
    /// The entries since the base: those that a save did not hold go into the next log.
    lines: Vec<(u64, String)>,
}

impl Journal {
    /// Starts the log of a project that was just opened; `base` holds the whole project if it has no file yet. Does not
    /// wait for the disk: [`Journal::sync`] it beside the window.
    pub fn start(
        state: &StateFolder,
        header: &Header,
        base: Option<&[u8]>,
    ) -> Result<Self, StoreError> {
        Self::start_on(Arc::new(RealDisk), state, header, base)
    }

    fn start_on(
        disk: Arc<dyn Disk>,
        state: &StateFolder,
        header: &Header,
        base: Option<&[u8]>,
    ) -> Result<Self, StoreError> {
        let folder = state.journal_folder();
        make_folder(&folder)?;
        let path = header.path.as_deref().map(absolute);
        let header = Header { path, ..header.clone() };
        Self::create(disk, &folder, header, Head { base, ..Head::default() })
    }

    /// For a log that takes the place of another: it is on the disk before that one goes.
    fn create_whole(
        disk: Arc<dyn Disk>,
        folder: &Path,
        header: Header,
        head: Head<'_>,
    ) -> Result<Self, StoreError> {
        let mut journal = Self::create(disk, folder, header, head)?;
        if let Err(error) = journal.sync() {
            journal.disk.remove(&journal.path).ok();
            return Err(error);
        }
        Ok(journal)
    }

    fn create(
        disk: Arc<dyn Disk>,
        folder: &Path,
        header: Header,
        head: Head<'_>,
    ) -> Result<Self, StoreError> {
        let text = head.text(&header, folder)?;
        let (path, file) = new_log(&*disk, folder, &header.project)?;
        if let Err(error) = disk.write(&file, text.as_bytes()) {
            disk.remove(&path).ok();
            return Err(StoreError::writing(&path, &error));
        }
        Ok(Self {
            disk,
            header,
            path,
            file: Held::new(file),
            length: text.len() as u64,
            is_new: true,
            torn: false,
            unwritten: String::new(),
            lines: head.lines,
        })
    }

    /// Writes a change: a killed process does not lose it. After an error it is kept and written before the next one.
    pub fn append(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let line = self.seal(&Line::Entry(entry.clone()))?;
        self.lines.push((entry.n, line.clone()));
        self.write(&line)
    }

    /// Brings what is written to the disk, where it survives a power cut.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.syncer().sync()
    }

    /// The same from another thread. Take one for each time: a save starts another file.
    pub fn syncer(&mut self) -> Syncer {
        Syncer {
            disk: Arc::clone(&self.disk),
            file: self.file.shared(),
            path: self.path.clone(),
            is_new: std::mem::take(&mut self.is_new),
        }
    }

    /// To be called before a file is replaced, so that a death before [`Journal::saved`] is understood. Waits for the
    /// disk.
    pub fn saving(&mut self, mark: &Mark) -> Result<(), StoreError> {
        let mark = Mark { path: absolute(&mark.path), ..mark.clone() };
        let line = self.seal(&Line::Saving(mark))?;
        self.write(&line)?;
        self.sync()
    }

    /// To be called with the same mark after the file was replaced: starts a new log from it, with the changes made
    /// meanwhile, and lays the old one aside. After an error the old one simply goes on. Waits for the disk.
    pub fn saved(&mut self, mark: &Mark) -> Result<(), StoreError> {
        let header = Header {
            project: self.header.project.clone(),
            path: Some(absolute(&mark.path)),
            base: Some(mark.digest.clone()),
        };
        let later = self.lines.iter().filter(|(n, _)| *n > mark.upto);
        let head =
            Head { base: None, lines: later.cloned().collect(), follows: name_of(&self.path) };
        let next = Self::create_whole(Arc::clone(&self.disk), folder_of(&self.path), header, head)?;
        let old = std::mem::replace(self, next);
        // The new log says that it follows the old one: nobody is offered both even if this fails.
        lay_aside(&*old.disk, &old.file, &old.path, "saved").ok();
        Ok(())
    }

    /// The project was closed, by the user's will: the log is laid aside and not offered again.
    pub fn discard(mut self) -> Result<(), StoreError> {
        self.flush().ok();
        lay_aside(&*self.disk, &self.file, &self.path, "closed").map(drop)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether another window has this file open: one whose journal is none of `own`.
    /// Some network folders know no locks, and then nobody can tell.
    pub fn is_open_elsewhere(state: &StateFolder, path: &Path, own: &[PathBuf]) -> bool {
        let path = canonical(path);
        logs_in(&state.journal_folder()).iter().filter(|log| !own.contains(log)).any(|log| {
            let Ok(file) = File::open(log) else { return false };
            let file = Held::new(file);
            // Asked for the lock only where it matters: whoever looks for work left behind must not find it taken.
            read_header(&file).path.is_some_and(|other| canonical(&other) == path)
                && matches!(file.try_lock(), Err(TryLockError::WouldBlock))
        })
    }

    fn seal(&self, line: &Line) -> Result<String, StoreError> {
        sealed(line).map_err(|error| not_written(&self.path, &error.to_string()))
    }

    fn write(&mut self, line: &str) -> Result<(), StoreError> {
        self.unwritten.push_str(line);
        self.flush().map_err(|error| StoreError::writing(&self.path, &error))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.torn {
            self.disk.cut(&self.file, self.length)?;
        }
        self.torn = true;
        self.disk.write(&self.file, self.unwritten.as_bytes())?;
        self.torn = false;
        self.length += self.unwritten.len() as u64;
        self.unwritten.clear();
        Ok(())
    }
}

/// Brings a journal to the disk from another thread.
pub struct Syncer {
    disk: Arc<dyn Disk>,
    file: Arc<File>,
    path: PathBuf,
    /// The name of the file too.
    is_new: bool,
}

impl Syncer {
    /// Returns when all that was written would survive a power cut.
    pub fn sync(&self) -> Result<(), StoreError> {
        let mut synced = self.disk.sync(&self.file);
        if self.is_new {
            synced = synced.and_then(|()| self.disk.sync_folder(folder_of(&self.path)));
        }
        synced.map_err(|error| StoreError::writing(&self.path, &error))
    }
}

/// What stands in a new log behind its header.
#[derive(Default)]
struct Head<'a> {
    base: Option<&'a [u8]>,
    lines: Vec<(u64, String)>,
    follows: Option<String>,
}

impl Head<'_> {
    fn text(&self, header: &Header, folder: &Path) -> Result<String, StoreError> {
        let failed = |error: serde_json::Error| not_written(folder, &error.to_string());
        let mut text =
            sealed(&HeaderLine::new(header.clone(), self.follows.clone())).map_err(failed)?;
        if let Some(base) = self.base {
            let base =
                str::from_utf8(base).map_err(|error| not_written(folder, &error.to_string()))?;
            text += &sealed(&Line::Base(base.to_owned())).map_err(failed)?;
        }
        text.extend(self.lines.iter().map(|(_, line)| line.as_str()));
        if self.follows.is_some() {
            text += &sealed(&Line::Ready(true)).map_err(failed)?;
        }
        Ok(text)
    }
}

/// A new, locked log. Its number is above all in the folder: a log says by name which one it follows, so the name of
/// that one must not come back while it stands.
fn new_log(disk: &dyn Disk, folder: &Path, project: &str) -> Result<(PathBuf, File), StoreError> {
    let safe = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    let project: String = project.chars().filter(safe).take(40).collect();
    let mut number = names_in(folder).iter().filter_map(|name| number_of(name)).max().unwrap_or(0);
    loop {
        number += 1;
        let path = folder.join(format!("{number:06}-{project}{LOG_ENDING}"));
        match disk.create_new(&path) {
            // Another window was quicker.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::writing(&path, &error)),
            Ok(file) => {
                // Waits for one who looks whether it is left behind. Where there are no locks we go without.
                file.lock().ok();
                return Ok((path, file));
            }
        }
    }
}

/// The number with which the name of a log begins, also of one that was laid aside.
fn number_of(name: &str) -> Option<u32> {
    name.split_once('-')?.0.parse().ok()
}

/// Gives a log a name under which it is not offered, and says in it why. It is kept until `sweep` finds it old.
fn lay_aside(
    disk: &dyn Disk,
    mut file: &File,
    path: &Path,
    ending: &str,
) -> Result<PathBuf, StoreError> {
    // The line also makes the file's time that of now, from which its days are counted.
    let line = sealed(&Line::End(ending.to_owned())).unwrap_or_default();
    file.seek(SeekFrom::End(0)).ok();
    disk.write(file, format!("\n{line}").as_bytes()).ok();
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".{ending}"));
    let mut aside = PathBuf::from(aside);
    while aside.symlink_metadata().is_ok() {
        aside.as_mut_os_string().push("+");
    }
    disk.rename(path, &aside).map_err(|error| StoreError::writing(path, &error))?;
    Ok(aside)
}

/// The logs in a folder that are written or left behind, oldest first.
fn logs_in(folder: &Path) -> Vec<PathBuf> {
    let mut names = names_in(folder);
    names.retain(|name| name.ends_with(LOG_ENDING));
    names.sort();
    names.into_iter().map(|name| folder.join(name)).collect()
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// The next start may be in another folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name().and_then(|name| name.to_str()).map(str::to_owned)
}

fn not_written(path: &Path, reason: &str) -> StoreError {
    StoreError::NotWritten { path: path.to_path_buf(), reason: reason.to_owned() }
}
