//! What a killed program had not saved: found when its file is opened again, replayed only when the person says so.

use crate::formats::native;
use crate::model::{AnyRecord, Delta, Project, RecordId, Version};
use crate::store::{self, Digest, StateFolder};
use crate::workbench::{Loaded, Notice, Office, Origin, Workbench};
use std::path::Path;
use std::sync::Arc;

/// A log left by a killed program.
pub use crate::store::Unfinished;

/// Work that is in a log and not in the file.
#[derive(Debug)]
pub struct Recovery {
    /// The log.
    pub unfinished: Unfinished,
    /// How many changes it holds.
    pub changes: usize,
    /// When the last one was made, as it was written down.
    pub last_at: String,
    /// Whether the file is still the one that the changes were made to.
    pub same_base: bool,
}

/// What came of a replay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Changes that are back.
    pub done: usize,
    /// Changes that no longer fit.
    pub left_out: usize,
}

/// The log that was left for this file, if one holds something that the file does not say.
pub(crate) fn waiting_for(
    state: &StateFolder,
    path: &Path,
    digest: &Digest,
    project: &Project,
) -> Option<Recovery> {
    let logs = store::unfinished(state).into_iter();
    let mine = logs.filter(|log| log.header.path.as_deref() == Some(path));
    let newest = mine.max_by(|a, b| a.last_at.cmp(&b.last_at))?;
    let same_base = newest.header.base.as_ref() == Some(digest);
    let recovery = Recovery {
        changes: newest.entries.len(),
        last_at: newest.last_at.clone().unwrap_or_default(),
        unfinished: newest,
        same_base,
    };
    (recovery.changes > 0 && recovery.unfinished.header.project == project.id.as_str())
        .then_some(recovery)
}

/// Logs of projects that were never saved, each as a project to open.
pub fn waiting(office: &Office) -> Vec<Loaded> {
    let logs = store::unfinished(office.state()).into_iter();
    logs.filter(|log| log.header.path.is_none()).filter_map(never_saved).collect()
}

fn never_saved(unfinished: Unfinished) -> Option<Loaded> {
    let opened = native::read(unfinished.base.as_deref()?).ok()?;
    Some(Loaded {
        project: opened.project,
        file: None,
        read_only: opened.read_only,
        recovery: Some(Recovery {
            changes: unfinished.entries.len(),
            last_at: unfinished.last_at.clone().unwrap_or_default(),
            same_base: true,
            unfinished,
        }),
        open_elsewhere: false,
        warnings: Vec::new(),
        origin: Origin::Texts,
    })
}

impl Workbench {
    /// Does the changes of a log again, each as a step that can be undone, then puts the log aside.
    pub fn replay(&mut self, recovery: Recovery) -> Result<Replayed, Notice> {
        let mut replayed = Replayed::default();
        for entry in &recovery.unfinished.entries {
            let Ok(delta) = native::decode_delta(&entry.delta, &self.project) else {
                replayed.left_out += 1;
                continue;
            };
            let delta = if recovery.same_base { delta } else { newer_only(delta, &self.project) };
            if delta.is_empty() {
                replayed.left_out += 1;
                continue;
            }
            let (before, after) = (Arc::clone(&self.project), Arc::new(delta.onto(&self.project)));
            self.history.push(before, Arc::clone(&after), entry.title.clone());
            self.become_(after, &entry.title);
            replayed.done += 1;
        }
        let aside = recovery.unfinished.put_aside();
        aside.map_err(|error| Notice::error("The old log could not be put aside", error))?;
        Ok(replayed)
    }

    /// Leaves the file as it is; the log is kept for two weeks.
    pub fn decline(&mut self, recovery: Recovery) -> Result<(), Notice> {
        let aside = recovery.unfinished.put_aside();
        aside.map(drop).map_err(|error| Notice::error("The old log could not be put aside", error))
    }
}

/// Of a log for another state of the file, only what the file has not gone past.
fn newer_only(delta: Delta, project: &Project) -> Delta {
    let is_newer = |record: &AnyRecord| {
        project.get(&record.id()).is_none_or(|now| record.version().dominates(now.version()))
    };
    let erasure_is_newer = |id: &RecordId, version: &Version| {
        project.get(id).is_some_and(|now| version.dominates(now.version()))
    };
    Delta {
        put: delta.put.into_iter().filter(is_newer).collect(),
        erased: delta.erased.into_iter().filter(|t| erasure_is_newer(&t.id, &t.version)).collect(),
    }
}
