//! The operations that change a disk, behind one small trait, so that a test can make each of them fail.
//!
//! The only place of the program that writes, renames or removes a file. What is done with them is in `replace.rs`
//! and `journal`.

use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Read as _, Result, Write as _};
use std::path::Path;

/// A disk.
pub trait Disk: Send + Sync {
    /// Reads a file of at most `most` bytes; a larger one is [`ErrorKind::FileTooLarge`].
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>>;
    /// Makes an empty file, open for appending; an error if something has this path.
    fn create_new(&self, path: &Path) -> Result<File>;
    /// Gives `to` the permissions of the file at `from`, if there is one.
    fn copy_permissions(&self, from: &Path, to: &File) -> Result<()>;
    /// Writes all of `bytes` behind what the file holds.
    fn write(&self, file: &File, bytes: &[u8]) -> Result<()>;
    /// Cuts the file to its first `length` bytes.
    fn cut(&self, file: &File, length: u64) -> Result<()>;
    /// Returns when the file's bytes would survive a power cut.
    fn sync(&self, file: &File) -> Result<()>;
    /// Gives a file another name in its folder, in one step; what had that name is gone.
    fn rename(&self, from: &Path, to: &Path) -> Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> Result<()>;
    /// Returns when the names in the folder would survive a power cut.
    fn sync_folder(&self, folder: &Path) -> Result<()>;
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let too_large = || Error::from(ErrorKind::FileTooLarge);
        if length > most {
            return Err(too_large());
        }
        // The file may grow meanwhile, and some claim to be empty: the limit counts what is really read.
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
    }

    fn create_new(&self, path: &Path) -> Result<File> {
        OpenOptions::new().read(true).append(true).create_new(true).open(path)
    }

    fn copy_permissions(&self, from: &Path, to: &File) -> Result<()> {
        match fs::metadata(from) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            // Some disks know no permissions and refuse to set them: there all files have the same.
            Ok(old) if old.permissions() == to.metadata()?.permissions() => Ok(()),
            Ok(old) => to.set_permissions(old.permissions()),
        }
    }

    fn write(&self, mut file: &File, bytes: &[u8]) -> Result<()> {
        file.write_all(bytes)
    }

    fn cut(&self, file: &File, length: u64) -> Result<()> {
        file.set_len(length)
    }

    fn sync(&self, file: &File) -> Result<()> {
        unless_unsupported(file.sync_all())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that renames")]
    fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> Result<()> {
        fs::remove_file(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> Result<()> {
        unless_unsupported(File::open(folder)?.sync_all())
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> Result<()> {
        Ok(())
    }
}

/// Some network folders cannot sync: there the save is as safe as the folder is.
fn unless_unsupported(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
            Ok(())
        }
        other => other,
    }
}
