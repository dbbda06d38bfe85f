//! What a colleague hands over for a review: their project or annotation JSON, which becomes a guest, or a review of my
//! own work.
//!
//! The window's review and `compare` on the command line both read here. The file is only read, within the limits of the
//! store; nothing is written beside it, and the open project is only looked at. Slow for big files: call it in a job.

use crate::formats::{ReadError, annotation_json, native, review_file};
use crate::model::Project;
use crate::review::{Guest, RecordsSaid, Watch};
use crate::store;
use crate::workbench::load::file_name;
use crate::workbench::{
    GuestFile, Notice, OpenedReview, Progress, last_stamp, read_review, watching,
};
use std::ffi::OsStr;
use std::path::Path;

/// What was in a file.
#[derive(Debug)]
pub enum ForReview {
    /// A colleague's project, laid over mine, called by who has changed it last.
    Guest(Box<Guest>, Box<GuestFile>),
    /// What a reviewer has decided about my work.
    Letter(Box<OpenedReview>),
}

/// Reads the file at `path` for a review of or with `mine`, while somebody looks on.
pub fn read_for_review(
    path: &Path,
    mine: &Project,
    progress: &Progress,
    watch: &Watch<'_, Notice>,
) -> Result<ForReview, Notice> {
    // Whatever is written while it is read is noticed later.
    let stamp = store::file_stamp(path).ok();
    let bytes = bytes(path, progress)?;
    if review_file::looks_like_review(&bytes) {
        return read_review(path, mine).map(|letter| ForReview::Letter(Box::new(letter)));
    }
    let mut guest = guest_in(&bytes, path, mine, progress, watch)?;
    guest.name = name(path, &guest.project).into();
    let file = GuestFile::read(path, stamp, &bytes);
    Ok(ForReview::Guest(Box::new(guest), Box::new(file)))
}

/// Who has changed it last; the file's name, if nobody signed.
fn name(path: &Path, project: &Project) -> String {
    let last = last_stamp(project).map(|stamp| stamp.by().as_str().to_owned());
    let file = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    last.filter(|name| !name.is_empty()).or_else(file).unwrap_or_default()
}

/// Reads the file at `path` and lays it over `ours`, called by its file's name. What can be read of it is taken; what
/// should be known besides is in the guest's remarks.
pub fn read_guest(path: &Path, ours: &Project, progress: &Progress) -> Result<Guest, Notice> {
    let told = watching(progress);
    guest_in(&bytes(path, progress)?, path, ours, progress, &Watch::new(&told))
}

fn bytes(path: &Path, progress: &Progress) -> Result<Vec<u8>, Notice> {
    progress.say(format!("Reading {}", file_name(path)));
    store::read(path).map_err(|error| Notice::error("This cannot be opened for review", error))
}

/// About the share of the work that is done when a file is read; then its words are looked for in mine.
const READ: f32 = 0.6;

fn guest_in(
    bytes: &[u8],
    path: &Path,
    ours: &Project,
    progress: &Progress,
    watch: &Watch<'_, Notice>,
) -> Result<Guest, Notice> {
    watch.at(1, 10)?;
    let name = file_name(path);
    let refused = |error: ReadError| {
        Notice::error(
            "This cannot be reviewed",
            format!("{}: {}", said(&error, path), path.display()),
        )
    };
    let guest = if annotation_json::looks_like_annotations(bytes) {
        let laid = annotation_json::read(bytes, ours).map_err(refused)?;
        progress.say(format!("Looking for the words of {name}"));
        let mut guest = Guest::watched(ours, name, laid.project, &watch.part(READ, 1.0))?;
        guest.records = RecordsSaid::Names;
        guest.with_doubts(&laid.unsure, &laid.found)
    } else {
        let opened = native::read(bytes).map_err(refused)?;
        progress.say(format!("Looking for the words of {name}"));
        let mut guest = Guest::watched(ours, name, opened.project, &watch.part(READ, 1.0))?;
        guest.remarks.extend(
            opened.read_only.map(|why| format!("What is new in it is not compared; {why}")),
        );
        guest
    };
    Ok(with_remarks(guest))
}

/// What is wrong with a file, and what to do about it, for somebody who wants to review it.
fn said(error: &ReadError, path: &Path) -> String {
    let extension = path.extension().map(OsStr::to_ascii_lowercase);
    let is = |one: &str| extension.as_ref().is_some_and(|extension| extension == one);
    match error {
        ReadError::NotAProject { .. } if is("ann") => {
            "this is a brat annotation file, which goes with its text; import its folder, save that as a project, \
             and review the project"
                .to_owned()
        }
        ReadError::NotAProject { found } => {
            format!("this is {found}; choose a project file or an annotation JSON export")
        }
        ReadError::Empty => "the file is empty; ask your colleague to send it again".to_owned(),
        ReadError::Truncated { line, column } => format!(
            "line {line}, column {column}: the file ends in the middle, as after an interrupted copy; \
             ask your colleague to send it again"
        ),
        other => other.to_string(),
    }
}

/// Adds what one would wonder about otherwise.
fn with_remarks(mut guest: Guest) -> Guest {
    let count = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let aside = guest.project.set_aside.len();
    if aside > 0 {
        let records = count(
            aside,
            "record of it cannot be understood and is",
            "records of it cannot be understood and are",
        );
        guest.remarks.push(format!("{records} left out of the comparison"));
    }
    if guest.project.annotation_count() == 0 {
        guest.remarks.push("Nothing is tagged in it".to_owned());
    }
    if guest.documents.iter().all(|pair| pair.ours.is_none()) {
        guest.remarks.push("It has none of the documents of this project".to_owned());
    }
    guest
}
