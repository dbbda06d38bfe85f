//! What a killed program had not saved: found when its file is opened again, replayed only when the person says so.

use crate::formats::native;
use crate::model::{Annotator, AnyRecord, Delta, Project, RecordId, Stamp, Version};
use crate::review::joined_codebooks;
use crate::store::{self, Digest, Entry, StateFolder};
use crate::workbench::{Contents, Difference, Done, Loaded, Notice, Office, Origin, Workbench};
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;

/// A log left by a killed program.
pub use crate::store::Unfinished;

/// Work that is in a log and not in the file, and what the project would be with it.
#[derive(Debug)]
pub struct Recovery {
    /// The log.
    pub unfinished: Unfinished,
    /// How many changes it holds.
    pub changes: usize,
    /// When the first and the last one were made.
    pub between: Option<(Timestamp, Timestamp)>,
    /// Whether the file is still the one that the changes were made to.
    pub same_base: bool,
    /// When the file was last written; none for work that was never saved.
    pub saved_at: Option<Timestamp>,
    /// What is in the file, or in the texts that the work began with.
    pub before: Contents,
    /// What there would be with the changes.
    pub after: Contents,
    /// What the changes come to.
    pub difference: Difference,
    /// Changes that would not fit.
    pub left_out: usize,
}

impl Recovery {
    /// What recovering the log would do to `project`. Costs what a replay costs.
    #[expect(
        clippy::fn_params_excessive_bools,
        reason = "the same base or another, as the log says"
    )]
    fn of(unfinished: Unfinished, project: &Project, same_base: bool, file: Option<&Path>) -> Self {
        let (steps, left_out) = steps(project, &unfinished.entries, same_base);
        let after = steps.last().map_or(project, |(_, after)| after);
        let times = unfinished.entries.iter().filter_map(|entry| entry.at.parse().ok());
        let between = times.fold(None, |span: Option<(Timestamp, Timestamp)>, at| {
            Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        });
        let saved = file.and_then(|path| store::file_stamp(path).ok()?.modified);
        Self {
            changes: unfinished.entries.len(),
            between,
            same_base,
            saved_at: saved.and_then(|at| Timestamp::try_from(at).ok()),
            before: Contents::of(project),
            after: Contents::of(after),
            difference: Difference::between(project, after),
            left_out,
            unfinished,
        }
    }
}

/// What came of a replay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Changes that are back.
    pub done: usize,
    /// Changes that no longer fit.
    pub left_out: usize,
}

/// The changes of a log as steps on `project`, and how many do not fit.
#[expect(clippy::fn_params_excessive_bools, reason = "the same base or another, as the log says")]
fn steps(
    project: &Project,
    entries: &[Entry],
    same_base: bool,
) -> (Vec<(Done, Arc<Project>)>, usize) {
    let (mut steps, mut left_out) = (Vec::new(), 0);
    let mut now = Arc::new(project.clone());
    for entry in entries {
        let delta = native::decode_delta(&entry.delta, &now).ok();
        let delta = delta.map(|delta| if same_base { delta } else { newer_only(delta, &now) });
        let Some(delta) = delta.filter(|delta| !delta.is_empty()) else {
            left_out += 1;
            continue;
        };
        now = Arc::new(delta.onto(&now));
        let at = entry.at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        let stamp = Stamp::new(Annotator::new(entry.by.as_str()), at, "recovered");
        steps.push((Done::plain(&entry.title, stamp), Arc::clone(&now)));
    }
    (steps, left_out)
}

/// The log that was left for this file, if one holds something that the file does not say.
pub(crate) fn waiting_for(
    state: &StateFolder,
    path: &Path,
    digest: &Digest,
    project: &Project,
) -> Option<Recovery> {
    let logs = store::unfinished(state).into_iter();
    let mine = logs.filter(|log| {
        log.header.path.as_deref() == Some(path) && log.header.project == project.id.as_str()
    });
    let newest = mine.max_by(|a, b| a.last_at.cmp(&b.last_at))?;
    let same_base = newest.header.base.as_ref() == Some(digest);
    Some(Recovery::of(newest, project, same_base, Some(path)))
}

/// Logs of projects that were never saved, each as a project to open.
pub fn waiting(office: &Office) -> Vec<Loaded> {
    let logs = store::unfinished(office.state()).into_iter();
    logs.filter(|log| log.header.path.is_none()).filter_map(never_saved).collect()
}

fn never_saved(unfinished: Unfinished) -> Option<Loaded> {
    let opened = native::read(unfinished.base.as_deref()?).ok()?;
    let recovery = Recovery::of(unfinished, &opened.project, true, None);
    Some(Loaded {
        project: opened.project,
        file: None,
        read_only: opened.read_only,
        recovery: Some(recovery),
        open_elsewhere: false,
        warnings: Vec::new(),
        origin: Origin::Texts,
        imported: None,
    })
}

impl Workbench {
    /// Does the changes of a log again, each as a step that can be undone, then puts the log aside.
    pub fn replay(&mut self, recovery: Recovery) -> Result<Replayed, Notice> {
        let entries = &recovery.unfinished.entries;
        let (steps, left_out) = steps(&self.project, entries, recovery.same_base);
        let replayed = Replayed { done: steps.len(), left_out };
        for (done, after) in steps {
            let title = done.title.clone();
            self.history.push(Arc::clone(&self.project), Arc::clone(&after), done);
            self.become_(after, &title);
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
        codebook: delta
            .codebook
            .map(|book| joined_codebooks(&project.codebook, &book))
            .filter(|book| *book != project.codebook),
    }
}
