//! Opening a project for a command that only reads it, and what should be known about it beside the answer.

use crate::workbench::{Loaded, Notice, Office, Origin, Progress, load};
use std::path::Path;

/// The project in the file at `path`; a text is refused.
pub(crate) fn project(path: &Path, office: &mut Office) -> Result<Loaded, Notice> {
    let loaded = load(&[path.to_path_buf()], office.desk(), &Progress::default())?;
    match loaded.origin {
        Origin::File => Ok(loaded),
        Origin::Texts | Origin::Import => Err(Notice::error(
            "This is a text, not a project",
            format!("make one of it with matryoshka new: {}", path.display()),
        )),
    }
}

/// What should be known about a project that was read.
pub(crate) fn remarks(loaded: &Loaded, path: &Path) -> Vec<String> {
    let path = path.display();
    let mut remarks: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    if let Some(reason) = &loaded.read_only {
        remarks.push(format!("This is read-only, {reason}: {path}"));
    }
    if let Some(recovery) = &loaded.recovery {
        remarks.push(format!(
            "A killed program has left {} that are not in this file; open it in the window to have them back: {path}",
            many(recovery.changes, "change")
        ));
    }
    remarks
}

/// `1 fault`, `2 faults`.
pub(crate) fn many(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
