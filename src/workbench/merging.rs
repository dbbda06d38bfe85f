//! Two project files as one, for whoever has no window: read, merged, written whole or not at all.
//!
//! What the records come to is `review::merge`. In the window the same is a step of the history (`outside`, `beside`).

use crate::formats::native;
use crate::model::{Project, SetAside, same_content};
use crate::review::{MergeCounts, Merged, merge};
use crate::store::{self, Digest, Expected, RealDisk, StoreError};
use crate::workbench::{Loaded, Notice, OpenFile};
use std::path::Path;
use std::sync::Arc;

/// What a merge has come to.
#[derive(Clone, Debug)]
pub struct Together {
    /// What stands in the file that was written.
    pub project: Project,
    /// What happened to ours.
    pub counts: MergeCounts,
    /// Records that fit nowhere any more and were set aside.
    pub set_aside: Vec<SetAside>,
    /// Whether both define a part of the codebook otherwise under one version number; a fixed one of the two was taken.
    pub codebooks_disagree: bool,
    /// What should be known of the writing.
    pub doubt: Option<Notice>,
}

/// Merges two projects that were read and writes the result to `out`, which may be the file of either. A file that
/// would lose something by it is never written over, and nothing is written where the two cannot be merged.
pub fn merge_files(ours: &Loaded, theirs: &Loaded, out: &Path) -> Result<Together, Notice> {
    for loaded in [ours, theirs] {
        if let Some(why) = &loaded.read_only {
            return Err(Notice::error("A file of a newer version cannot be merged", why));
        }
    }
    let merged = merge(&ours.project, &theirs.project).map_err(|refusal| {
        let why = format!("{refusal}; only copies of one project can be, compare the two instead");
        Notice::error("These cannot be merged", why)
    })?;
    let (counts, codebooks_disagree) = (merged.counts, merged.codebooks_disagree);
    let known = [Arc::clone(&ours.project.set_aside), Arc::clone(&theirs.project.set_aside)];
    let project = kept_whole(merged);
    let fresh = |aside: &&SetAside| !known.iter().any(|known| known.contains(aside));
    let set_aside = project.set_aside.iter().filter(fresh).cloned().collect();
    let expected = expected_at(out, [ours, theirs], &project)?;
    let bytes = native::write(&project);
    let doubt = match store::replace(&RealDisk, out, &bytes, expected) {
        Ok(_) => None,
        Err(error @ StoreError::Unconfirmed { .. }) => {
            Some(Notice::error("Merged, but not confirmed by the disk", error))
        }
        Err(error) => return Err(Notice::error("Not merged", error)),
    };
    Ok(Together { project, counts, set_aside, codebooks_disagree, doubt })
}

/// The project with what cannot stand in it set aside, once.
pub(crate) fn kept_whole(merged: Merged) -> Project {
    let Merged { mut project, unplaced, .. } = merged;
    let mut all = Vec::clone(&project.set_aside);
    for left in &unplaced {
        let aside = native::set_aside(&left.record, &left.reason.to_string(), &project);
        if !all.iter().any(|old| old.section == aside.section && old.raw == aside.raw) {
            all.push(aside);
        }
    }
    if !unplaced.is_empty() {
        project.set_aside = Arc::new(all);
    }
    project
}

/// What has to be at `out` when it is replaced: nothing, one of the two files as it was read, or a file of which the
/// result holds everything anyhow, such as that of the last merge.
fn expected_at(out: &Path, files: [&Loaded; 2], result: &Project) -> Result<Expected, Notice> {
    let path = store::canonical(out);
    let known = files.into_iter().filter_map(|loaded| loaded.file.as_ref());
    for OpenFile { path: read, digest } in known {
        if *read == path {
            return Ok(Expected::File(digest.clone()));
        }
    }
    let refused = |error: StoreError| Notice::error("Not merged", error);
    let bytes = match store::read(&path) {
        Ok(bytes) => bytes,
        Err(StoreError::Missing(_)) => return Ok(Expected::NoFile),
        Err(error) => return Err(refused(error)),
    };
    let there = native::read(&bytes).ok().filter(|opened| opened.read_only.is_none());
    let again = there.and_then(|there| merge(result, &there.project).ok()).map(kept_whole);
    if again.is_some_and(|again| same_content(&again, result)) {
        Ok(Expected::File(Digest::of(&bytes)))
    } else {
        Err(refused(StoreError::Exists(out.to_path_buf())))
    }
}
