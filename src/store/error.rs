//! What can go wrong on the disk, said to the person whose file it is: what, what to do, and the path last.
//!
//! Never holds an error of the system as a value, only its words: so that it can be kept, compared and sent.

use crate::store::{Digest, MAX_FILE_BYTES};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Why something was not read or written. Unless a message says otherwise, the file is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing has this path.
    #[error("There is no file here. It may have been moved or renamed: {}", .0.display())]
    Missing(PathBuf),
    /// A folder has this path.
    #[error("This is a folder. Choose a file: {}", .0.display())]
    Folder(PathBuf),
    /// A device, a pipe or the like.
    #[error("This is not an ordinary file. Choose another: {}", .0.display())]
    NotAFile(PathBuf),
    /// More than [`MAX_FILE_BYTES`].
    #[error(
        "This is larger than {} MB, the most that one file may hold here. Split it: {}",
        MAX_FILE_BYTES >> 20,
        .0.display()
    )]
    TooLarge(PathBuf),
    /// The rights of this person do not allow it.
    #[error("You are not allowed to read this file. Ask whoever owns it: {}", .0.display())]
    NotAllowed(PathBuf),
    /// The disk or the network failed.
    #[error("This file could not be read ({reason}). Try again, or copy it to this computer first: {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The folder does not exist.
    #[error("This folder does not exist. Choose another place: {}", .0.display())]
    NoFolder(PathBuf),
    /// The rights of the folder, or of the whole disk, forbid it.
    #[error("This folder cannot be written to. Choose another place: {}", .0.display())]
    FolderNotWritable(PathBuf),
    /// Somebody has protected the file.
    #[error("This file is read-only. Allow writing to it, or save under another name: {}", .0.display())]
    ReadOnly(PathBuf),
    /// No room, or no room for this person.
    #[error("The disk is full. Free some space, or save elsewhere: {}", .0.display())]
    DiskFull(PathBuf),
    /// Any other failure of writing.
    #[error("This could not be written ({reason}). Try again, or save elsewhere: {}", path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The file's bytes are not those that were last read or written.
    #[error(
        "This file was changed by someone else or another program. Compare the two, or save under another name: {}",
        .0.display()
    )]
    ChangedOutside(PathBuf),
    /// The file that was opened is no longer there.
    #[error("This file was moved or removed after it was opened. Save it anew under a name of your choice: {}", .0.display())]
    Gone(PathBuf),
    /// A file is there where none was expected.
    #[error("There is already a file of this name. Replace it, or choose another name: {}", .0.display())]
    Exists(PathBuf),
    /// A folder that is to be filled has something in it.
    #[error("This folder is not empty, and nothing in it is written over. Choose a new one: {}", .0.display())]
    NotEmpty(PathBuf),
    /// More files than any project has.
    #[error("This folder holds more files than can be read at once. Choose one further inside: {}", .0.display())]
    TooMany(PathBuf),
    /// The new bytes are in their place, but a power cut could still undo that.
    #[error("This was written, but the disk did not confirm it ({reason}). Save again: {}", path.display())]
    Unconfirmed {
        /// The file, which holds the new bytes.
        path: PathBuf,
        /// The digest of those bytes.
        digest: Digest,
        /// The system's words.
        reason: String,
    },
    /// The system names no folder for settings and journals.
    #[error(
        "There is no place for settings and recovery on this system. Name a folder with --state"
    )]
    NoStateFolder,
}

impl StoreError {
    pub(crate) fn reading(path: &Path, error: &Error) -> Self {
        let path_buf = path.to_path_buf();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing(path_buf),
            ErrorKind::IsADirectory => Self::Folder(path_buf),
            ErrorKind::PermissionDenied => Self::NotAllowed(path_buf),
            ErrorKind::FileTooLarge => Self::TooLarge(path_buf),
            _ => Self::Unreadable { path: path_buf, reason: error.to_string() },
        }
    }

    pub(crate) fn writing(path: &Path, error: &Error) -> Self {
        let folder = || folder_of(path).to_path_buf();
        let path_buf = path.to_path_buf();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NoFolder(folder()),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Self::FolderNotWritable(folder())
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull(path_buf),
            ErrorKind::IsADirectory => Self::Folder(path_buf),
            _ => Self::NotWritten { path: path_buf, reason: error.to_string() },
        }
    }
}

/// The folder that holds `path`; the current one for a bare name.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use crate::store::StoreError;
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    #[test]
    fn the_systems_errors_become_sentences_with_the_path_last() {
        let path = Path::new("/x/y/summit.json");
        let words = |kind: ErrorKind| StoreError::writing(path, &Error::from(kind)).to_string();
        assert_eq!(
            words(ErrorKind::PermissionDenied),
            "This folder cannot be written to. Choose another place: /x/y"
        );
        assert_eq!(
            words(ErrorKind::StorageFull),
            "The disk is full. Free some space, or save elsewhere: /x/y/summit.json"
        );
        let kind = ErrorKind::FileTooLarge;
        assert_eq!(
            StoreError::reading(path, &Error::from(kind)).to_string(),
            "This is larger than 512 MB, the most that one file may hold here. Split it: /x/y/summit.json"
        );
    }

    #[test]
    fn a_bare_name_lies_in_the_current_folder() {
        let error = StoreError::writing(Path::new("a.json"), &ErrorKind::NotFound.into());
        assert_eq!(error, StoreError::NoFolder(".".into()));
    }
}
