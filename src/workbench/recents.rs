//! Recent files as they are now: when they were written and what is in them, looked up in a job for the start screen.

use crate::formats::native;
use crate::jobs::Progress;
use crate::store;
use crate::workbench::Contents;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// Larger files are not read only to count them.
const COUNTED_BYTES: u64 = 4 << 20;

/// A recent file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Where.
    pub path: PathBuf,
    /// When it was written last.
    pub modified: Option<Timestamp>,
    /// What is in it, where that is quickly known.
    pub contents: Option<Contents>,
    /// Why it cannot be opened, in a few words.
    pub trouble: Option<&'static str>,
}

impl Recent {
    /// One of which nothing is known yet.
    pub fn unknown(path: &Path) -> Self {
        Self { path: path.to_path_buf(), modified: None, contents: None, trouble: None }
    }
}

/// Looks at files; those that are not reached before the job is cancelled stay unknown.
pub fn look_at_recent(paths: &[PathBuf], progress: &Progress) -> Vec<Recent> {
    let look = |path: &PathBuf| {
        if progress.is_cancelled() { Recent::unknown(path) } else { look_at(path) }
    };
    paths.iter().map(look).collect()
}

fn look_at(path: &Path) -> Recent {
    let unknown = Recent::unknown(path);
    let Ok(stamp) = store::file_stamp(path) else {
        let trouble =
            if store::has_folder(path) { "no longer there" } else { "the folder is not there" };
        return Recent { trouble: Some(trouble), ..unknown };
    };
    let modified = stamp.modified.and_then(|at| Timestamp::try_from(at).ok());
    if stamp.length > COUNTED_BYTES {
        return Recent { modified, ..unknown };
    }
    let opened = store::read(path).ok().and_then(|bytes| native::read(&bytes).ok());
    let trouble = opened.is_none().then_some("cannot be read");
    let contents = opened.map(|opened| Contents::of(&opened.project));
    Recent { modified, contents, trouble, ..unknown }
}
