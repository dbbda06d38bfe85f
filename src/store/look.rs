//! Looking at a file without reading it, and keeping a copy of one that is about to be written over.
//!
//! A stamp that is the same proves nothing: a save compares bytes all the same (`replace.rs`).

use crate::store::disk::RealDisk;
use crate::store::error::{StoreError, folder_of};
use crate::store::replace::{Expected, read, replace};
use crate::store::state::{StateFolder, make_folder};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A folder of more files is no folder of projects.
const MOST_BESIDE: usize = 2000;

/// Length and time of a file: if they are the same, it need not be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// Bytes.
    pub length: u64,
    /// When it was changed last, where the disk knows.
    pub modified: Option<SystemTime>,
}

/// Looks at a file.
pub fn file_stamp(path: &Path) -> Result<FileStamp, StoreError> {
    let metadata = fs::metadata(path).map_err(|error| StoreError::reading(path, &error))?;
    Ok(FileStamp { length: metadata.len(), modified: metadata.modified().ok() })
}

/// Whether the folder of a file that is gone is still there.
pub fn has_folder(path: &Path) -> bool {
    path.parent().is_some_and(Path::is_dir)
}

/// The first bytes of a file, at most so many.
pub fn head(path: &Path, most: usize) -> Result<Vec<u8>, StoreError> {
    let failed = |error: &std::io::Error| StoreError::reading(path, error);
    // A pipe would wait for somebody who writes.
    if !fs::metadata(path).map_err(|error| failed(&error))?.is_file() {
        return Err(StoreError::NotAFile(path.to_path_buf()));
    }
    let file = fs::File::open(path).map_err(|error| failed(&error))?;
    let mut head = Vec::with_capacity(most);
    file.take(most as u64).read_to_end(&mut head).map_err(|error| failed(&error))?;
    Ok(head)
}

/// Other files in the folder of `path` whose names end as those of projects do, at most `MOST_BESIDE`.
pub fn json_files_beside(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder_of(path)).into_iter().flatten().flatten();
    let others = entries.map(|entry| entry.path()).filter(|other| other != path);
    let named =
        |other: &PathBuf| other.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    others.filter(named).take(MOST_BESIDE).collect()
}

/// Copies the file at `path` to the backups of the state folder, under a name with `suffix` in it that no file has.
pub fn keep_copy(state: &StateFolder, path: &Path, suffix: &str) -> Result<PathBuf, StoreError> {
    let bytes = read(path)?;
    let folder = state.path().join("backups");
    make_folder(&folder)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.unwrap_or_default();
    let names = (1_u32..).map(|number| {
        let again = if number == 1 { String::new() } else { format!("-{number}") };
        folder.join(format!("{stem}-{suffix}{again}.json"))
    });
    let free = names.into_iter().find(|name| name.symlink_metadata().is_err());
    let copy = free.unwrap_or_else(|| folder.join(stem));
    replace(&RealDisk, &copy, &bytes, Expected::NoFile)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use crate::store::look::{file_stamp, has_folder, head, json_files_beside, keep_copy};
    use crate::store::{Expected, RealDisk, StateFolder, StoreError, replace};
    use std::path::Path;

    fn put(path: &Path, words: &str) {
        replace(&RealDisk, path, words.as_bytes(), Expected::Anything).unwrap();
    }

    #[test]
    fn a_copy_never_takes_the_place_of_another_copy() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("state"));
        let path = folder.path().join("p.json");
        put(&path, "one");
        let first = keep_copy(&state, &path, "noon").unwrap();
        put(&path, "two");
        let second = keep_copy(&state, &path, "noon").unwrap();
        assert_ne!(first, second);
        let read = |path| std::fs::read_to_string(path).unwrap();
        assert_eq!((read(first), read(second)), ("one".to_owned(), "two".to_owned()));
    }

    #[test]
    fn only_the_head_of_a_file_is_read_and_others_beside_it_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["p.json", "p (1).JSON", "notes.txt"] {
            put(&at(name), "0123456789");
        }
        assert_eq!(head(&at("p.json"), 4).unwrap(), b"0123");
        assert_eq!(head(&at("p.json"), 400).unwrap(), b"0123456789");
        assert!(head(folder.path(), 4).is_err() && head(&at("no.json"), 4).is_err());
        assert_eq!(json_files_beside(&at("p.json")), [at("p (1).JSON")]);
    }

    #[test]
    fn a_stamp_tells_another_length_and_a_missing_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.json");
        assert_eq!(file_stamp(&path), Err(StoreError::Missing(path.clone())));
        assert!(has_folder(&path) && !has_folder(&folder.path().join("no/p.json")));
        put(&path, "one");
        let before = file_stamp(&path).unwrap();
        put(&path, "three");
        assert_ne!(file_stamp(&path).unwrap(), before);
    }
}
