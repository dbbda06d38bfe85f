//! Whole folders: which files one has, and filling an empty one.
//!
//! Nothing in a folder is ever written over or removed here.

use crate::store::disk::RealDisk;
use crate::store::error::StoreError;
use crate::store::replace::{Expected, replace};
use crate::store::state::make_folder;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The most files that are looked at.
const MOST: usize = 100_000;
/// So deep folders are looked into; a loop of them ends here.
const DEEPEST: usize = 16;

/// A file in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFolder {
    /// Its path from there, with slashes.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The files in `folder` and in the folders inside, by name. Hidden ones and links to folders are left out.
pub fn files_in(folder: &Path) -> Result<Vec<InFolder>, StoreError> {
    let mut found = Vec::new();
    look(folder, "", 0, &mut found)?;
    if found.len() > MOST {
        return Err(StoreError::TooMany(folder.to_path_buf()));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn look(
    folder: &Path,
    before: &str,
    depth: usize,
    found: &mut Vec<InFolder>,
) -> Result<(), StoreError> {
    let entries = fs::read_dir(folder).map_err(|error| StoreError::reading(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| StoreError::reading(folder, &error))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let kind = entry.file_type().map_err(|error| StoreError::reading(folder, &error))?;
        if name.starts_with('.') || found.len() > MOST {
            continue;
        }
        let (path, name) = (entry.path(), format!("{before}{name}"));
        if kind.is_dir() && depth < DEEPEST {
            look(&path, &format!("{name}/"), depth + 1, found)?;
        } else if path.is_file() {
            found.push(InFolder { name, path });
        }
    }
    Ok(())
}

/// Makes `folder` and puts files of these plain names into it. It must not be there, or be empty.
pub fn fill_folder(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), StoreError> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => return Err(StoreError::NotEmpty(folder.to_path_buf())),
        Ok(false) => {}
        Err(_) if fs::symlink_metadata(folder).is_ok() => {
            return Err(StoreError::Exists(folder.to_path_buf()));
        }
        Err(_) => make_folder(folder)?,
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        let mut parts = Path::new(name).components();
        let plain = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
        if !plain {
            let reason = "its name is no plain name".to_owned();
            return Err(StoreError::NotWritten { path, reason });
        }
        replace(&RealDisk, &path, bytes, Expected::NoFile)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::store::{StoreError, files_in, fill_folder};

    #[test]
    fn an_empty_folder_is_filled_and_no_other() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("new");
        let files: [(&str, &[u8]); 2] = [("b.txt", b"two"), ("a.txt", b"one")];
        fill_folder(&folder, &files).unwrap();
        let names: Vec<_> = files_in(place.path()).unwrap().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["new/a.txt", "new/b.txt"]);
        assert_eq!(fill_folder(&folder, &files), Err(StoreError::NotEmpty(folder.clone())));
        let file = folder.join("a.txt");
        assert_eq!(fill_folder(&file, &files), Err(StoreError::Exists(file.clone())));
        assert_eq!(std::fs::read(&file).unwrap(), b"one");
    }

    #[test]
    fn nothing_is_written_outside_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("new");
        for name in ["../out.txt", "/tmp/out.txt", "a/b.txt", "..", ""] {
            assert!(fill_folder(&folder, &[(name, b"x")]).is_err(), "{name}");
        }
        assert_eq!(files_in(place.path()).unwrap(), []);
    }
}
