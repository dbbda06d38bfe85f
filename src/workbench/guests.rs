//! What a colleague hands over for a review: their project, which becomes a guest, or a review of my own work.
//!
//! Slow for big files and therefore free of the window: call it in a job. The file is only read.

use crate::formats::{native, review_file};
use crate::jobs::Progress;
use crate::model::Project;
use crate::review::Guest;
use crate::store;
use crate::workbench::{Notice, OpenedReview, last_stamp, read_review};
use std::path::Path;

/// What was in a file.
#[derive(Debug)]
pub enum ForReview {
    /// A colleague's project, laid over mine.
    Guest(Box<Guest>),
    /// What a reviewer has decided about my work.
    Letter(Box<OpenedReview>),
}

/// Reads the file at `path` for a review of or with `mine`.
pub fn read_for_review(
    path: &Path,
    mine: &Project,
    progress: &Progress,
) -> Result<ForReview, Notice> {
    progress.say(format!("Reading {}", crate::workbench::load::file_name(path)));
    let bytes = store::read(path).map_err(|error| Notice::error("This cannot be opened", error))?;
    if review_file::looks_like_review(&bytes) {
        return read_review(path, mine).map(|letter| ForReview::Letter(Box::new(letter)));
    }
    let opened = native::read(&bytes).map_err(|error| {
        let detail = format!("{error}: {}", path.display());
        Notice::error("This is neither a project nor a review file", detail)
    })?;
    let name = name(path, &opened.project);
    Ok(ForReview::Guest(Box::new(Guest::over(mine, name, opened.project))))
}

/// Who has changed it last; the file's name, if nobody signed.
fn name(path: &Path, project: &Project) -> String {
    let last = last_stamp(project).map(|stamp| stamp.by().as_str().to_owned());
    let file = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    last.filter(|name| !name.is_empty()).or_else(file).unwrap_or_default()
}
