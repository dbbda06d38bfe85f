//! What goes on with guests' files on disk while they are reviewed: a colleague may save again, or the file may go.
//!
//! Looked at as the project's own file is (`outside.rs`): by length and time, and only if these differ by its bytes. A
//! guest stays what it was when it was read, until the person reads it again.

use crate::store::{self, Digest, FileStamp, OnDisk, StoreError, file_stamp};
use crate::workbench::load::file_name;
use crate::workbench::outside::rests;
use crate::workbench::{Clock, Progress};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// A guest's file as it was read, and what is at its place now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestFile {
    /// The file as it was named.
    pub path: PathBuf,
    /// The same with links followed: two names of one file are known by it.
    pub real: PathBuf,
    /// When it was read.
    pub read_at: Timestamp,
    /// What is at its place.
    pub now: FileNow,
    /// Digest of the bytes that were read.
    digest: Digest,
    /// Length and time when they were last looked at.
    stamp: Option<FileStamp>,
}

/// What is at the place of a guest's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileNow {
    /// What was read.
    Unchanged,
    /// Something else.
    Changed,
    /// Nothing.
    Gone,
    /// Something that cannot be read.
    Unreachable,
}

impl GuestFile {
    /// The file at `path`, whose `stamp` was taken before these `bytes` were read.
    pub(crate) fn read(path: &Path, stamp: Option<FileStamp>, bytes: &[u8]) -> Self {
        Self {
            path: path.to_path_buf(),
            real: store::canonical(path),
            read_at: Clock::System.now(),
            now: FileNow::Unchanged,
            digest: Digest::of(bytes),
            stamp,
        }
    }

    /// Its name.
    pub fn name(&self) -> String {
        file_name(&self.path)
    }

    /// What the bytes were that were read, as a word.
    pub fn digest(&self) -> &str {
        self.digest.as_str()
    }

    /// Whether both say of the same bytes what has become of them.
    pub fn is_reading_of(&self, other: &Self) -> bool {
        (&self.real, self.read_at, &self.digest) == (&other.real, other.read_at, &other.digest)
    }

    /// Whether it is this file, whatever it is called.
    pub fn is(&self, path: &Path) -> bool {
        self.real == store::canonical(path)
    }

    /// What is wrong with it, in words; none while it is what was read.
    pub fn trouble(&self) -> Option<String> {
        self.trouble_as(&self.name())
    }

    /// The same with another name for it.
    pub fn trouble_as(&self, name: &str) -> Option<String> {
        let at = Clock::hour_and_minute(self.read_at);
        match self.now {
            FileNow::Unchanged => None,
            FileNow::Changed => Some(format!("{name} has changed since it was read {at}")),
            FileNow::Gone => Some(format!("{name} is no longer there; it was read {at}")),
            FileNow::Unreachable => Some(format!("{name} can no longer be read; it was read {at}")),
        }
    }

    /// Looks at its place.
    fn look(&mut self) {
        let failed = |error: &StoreError| match error {
            StoreError::Missing(_) => FileNow::Gone,
            _ => FileNow::Unreachable,
        };
        match file_stamp(&self.path) {
            Err(error) => (self.stamp, self.now) = (None, failed(&error)),
            Ok(stamp) if self.stamp == Some(stamp) => {}
            Ok(stamp) => {
                self.stamp = Some(stamp);
                self.now = match store::on_disk(&self.path, &self.digest) {
                    Ok(OnDisk::Same) => FileNow::Unchanged,
                    Ok(OnDisk::Changed(_)) => FileNow::Changed,
                    Ok(OnDisk::Absent) => FileNow::Gone,
                    Err(error) => failed(&error),
                };
            }
        }
    }
}

/// Whether two paths lead to one file.
pub fn is_one_file(one: &Path, other: &Path) -> bool {
    store::canonical(one) == store::canonical(other)
}

/// Waits until something has happened to one of these files, and says what; as they are, if nobody waits any more. For
/// a job of its own.
pub fn watch_guests(mut files: Vec<GuestFile>, progress: &Progress) -> Vec<GuestFile> {
    let known: Vec<FileNow> = files.iter().map(|file| file.now).collect();
    loop {
        files.iter_mut().for_each(GuestFile::look);
        let same = files.iter().map(|file| file.now).eq(known.iter().copied());
        if !same || !rests(progress) {
            return files;
        }
    }
}
