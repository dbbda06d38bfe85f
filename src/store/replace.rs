//! Reading a whole file, and replacing one so that at every moment it holds the old or the new bytes entirely.
//!
//! Never writes into an existing file, and never replaces bytes that the caller has not seen. The order of the
//! steps is the point: temporary file, write, sync, look again, rename, sync the folder.

use crate::store::disk::{Disk, RealDisk};
use crate::store::error::{StoreError, folder_of};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The most that is read from or written to one file.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// Temporary files begin and end so: folder synchronisers leave such names alone, and `sweep` finds them.
pub(crate) const TEMPORARY: (&str, &str) = (".matryoshka-", ".tmp");

/// A symlink to a symlink to … ends here, as it does in Linux.
const MAX_SYMLINKS: usize = 40;

/// What bytes a file holds: `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", crate::text::digest_hex(bytes)))
    }

    /// As it is written in files.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the caller believes to be at the path that is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there may go: the user was asked.
    Anything,
    /// Nothing is there.
    NoFile,
    /// The file with these bytes, which we last read or wrote.
    File(Digest),
}

/// What is at a path, compared with what we last read or wrote there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// Nothing.
    Absent,
    /// The same bytes.
    Same,
    /// Other bytes, with this digest.
    Changed(Digest),
}

/// Reads a whole file of at most [`MAX_FILE_BYTES`].
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let metadata = fs::metadata(path).map_err(|error| StoreError::reading(path, &error))?;
    refuse_special(path, &metadata)?;
    RealDisk.read(path, MAX_FILE_BYTES).map_err(|error| StoreError::reading(path, &error))
}

/// Looks whether a file still holds the bytes with the digest `known`. Reads it whole: work for a job.
pub fn on_disk(path: &Path, known: &Digest) -> Result<OnDisk, StoreError> {
    match read(path) {
        Err(StoreError::Missing(_)) => Ok(OnDisk::Absent),
        Err(error) => Err(error),
        Ok(bytes) => {
            let digest = Digest::of(&bytes);
            Ok(if digest == *known { OnDisk::Same } else { OnDisk::Changed(digest) })
        }
    }
}

/// The path with its symlinks followed, by which two names of one file are known to be the same; the path itself
/// where that cannot be found out.
pub fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Puts `bytes` in the place of the file at `path`, or of the file to which a symlink there leads.
///
/// A file that already holds exactly `bytes` satisfies any expectation, so a save whose last step failed can simply
/// be repeated. On every error but [`StoreError::Unconfirmed`] the old file is untouched.
pub fn replace(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    expected: Expected,
) -> Result<Digest, StoreError> {
    let target = followed(path);
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_file() && metadata.permissions().readonly() => {
            return Err(StoreError::ReadOnly(target));
        }
        Ok(metadata) => refuse_special(&target, &metadata)?,
        Err(_) => {} // Nothing there, or making the temporary file will say what is wrong.
    }
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(StoreError::TooLarge(target));
    }
    let digest = Digest::of(bytes);
    let (temporary, file) = temporary_beside(disk, &target)?;
    let renamed = fill(disk, &file, &target, bytes)
        .and_then(|()| compare(disk, &target, expected, &digest))
        .and_then(|()| {
            let renamed = disk.rename(&temporary, &target);
            renamed.map_err(|error| StoreError::writing(&target, &error))
        });
    if let Err(error) = renamed {
        // Where even this fails, `sweep_beside` removes it later.
        disk.remove(&temporary).ok();
        return Err(error);
    }
    match disk.sync_folder(folder_of(&target)) {
        Ok(()) => Ok(digest),
        Err(error) => {
            Err(StoreError::Unconfirmed { path: target, digest, reason: error.to_string() })
        }
    }
}

fn fill(disk: &dyn Disk, file: &File, target: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let filled = disk
        .copy_permissions(target, file)
        .and_then(|()| disk.write(file, bytes))
        .and_then(|()| disk.sync(file));
    filled.map_err(|error| StoreError::writing(target, &error))
}

/// The last look before the rename: what is at `target` must be what was expected, or already the new bytes.
fn compare(
    disk: &dyn Disk,
    target: &Path,
    expected: Expected,
    new: &Digest,
) -> Result<(), StoreError> {
    if expected == Expected::Anything {
        return Ok(());
    }
    let found = match disk.read(target, MAX_FILE_BYTES) {
        Ok(bytes) => Some(Digest::of(&bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        // More than we ever write or read: not what was expected, whatever it is.
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Some(Digest(String::new())),
        Err(error) => return Err(StoreError::reading(target, &error)),
    };
    match (expected, found) {
        (Expected::File(_), None) => Err(StoreError::Gone(target.to_path_buf())),
        (_, None) => Ok(()),
        (Expected::File(known), Some(found)) if found == known || found == *new => Ok(()),
        (Expected::File(_), Some(_)) => Err(StoreError::ChangedOutside(target.to_path_buf())),
        (_, Some(found)) if found == *new => Ok(()),
        (_, Some(_)) => Err(StoreError::Exists(target.to_path_buf())),
    }
}

fn refuse_special(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    if metadata.is_dir() {
        return Err(StoreError::Folder(path.to_path_buf()));
    }
    if metadata.is_file() { Ok(()) } else { Err(StoreError::NotAFile(path.to_path_buf())) }
}

/// Where a symlink leads, even if nothing is there yet.
fn followed(path: &Path) -> PathBuf {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_SYMLINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = folder_of(&target).join(next);
    }
    target
}

/// A new file in the folder of `target`: a rename between folders would not be one step.
fn temporary_beside(disk: &dyn Disk, target: &Path) -> Result<(PathBuf, File), StoreError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let (start, end) = TEMPORARY;
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{start}{}-{number}{end}", std::process::id());
        let path = folder_of(target).join(name);
        match disk.create_new(&path) {
            Ok(file) => return Ok((path, file)),
            // Left behind by a killed process that had our number.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::writing(target, &error)),
        }
    }
}
