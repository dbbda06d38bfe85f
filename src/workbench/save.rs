//! Saving: in the background, atomically, and never over what somebody else has written meanwhile.

use crate::formats::native;
use crate::jobs::{self, Job};
use crate::model::Project;
use crate::store::{self, Digest, Expected, Journal, Mark, RealDisk, StoreError};
use crate::workbench::{Notice, Office, OpenFile, Workbench};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A save under way.
pub struct Saving {
    /// The digest of what was written, and where a copy of what was there is kept.
    job: Job<Result<(Digest, Option<PathBuf>), StoreError>>,
    path: PathBuf,
    /// What is being written.
    project: Arc<Project>,
}

/// Where to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveTarget {
    /// In the project's file, unless that was changed outside.
    Same,
    /// In another file, which becomes the project's.
    As(PathBuf),
    /// In that file, whatever is in it: the person was asked.
    Over(PathBuf),
    /// In the project's file in place of what was written there outside, of which a copy is kept: the person was asked.
    InPlaceOfTheirs,
    /// In the project's file, which is no longer there.
    Anew,
}

impl Workbench {
    /// Begins to save; `tick` says how it ended. `wake` is called when it has.
    pub fn begin_save(
        &mut self,
        target: SaveTarget,
        wake: impl Fn() + Send + 'static,
    ) -> Result<(), Notice> {
        if let Some(reason) = &self.read_only {
            return Err(Notice::error("This project is open for reading only", reason));
        }
        if self.saving.is_some() {
            return Err(Notice::info("Saving is under way"));
        }
        let in_place = target == SaveTarget::InPlaceOfTheirs;
        let (path, expected) = match target {
            SaveTarget::Same => match &self.file {
                Some(file) => (file.path.clone(), Expected::File(file.digest.clone())),
                None => return Err(Notice::info("Choose where to save first")),
            },
            SaveTarget::As(path) => {
                let path = store::canonical(&path);
                let own = self.file.as_ref().filter(|file| file.path == path);
                let expected =
                    own.map_or(Expected::NoFile, |file| Expected::File(file.digest.clone()));
                (path, expected)
            }
            SaveTarget::Over(path) => (store::canonical(&path), Expected::Anything),
            SaveTarget::InPlaceOfTheirs => self.in_place_of_theirs()?,
            SaveTarget::Anew => match &self.file {
                Some(file) => (file.path.clone(), Expected::NoFile),
                None => return Err(Notice::info("Choose where to save first")),
            },
        };
        let copy = in_place.then(|| self.copy_of_theirs());
        let project = Arc::clone(&self.project);
        let job = {
            let (content, journal) = (Arc::clone(&project), Arc::clone(&self.journal));
            let (path, upto) = (path.clone(), self.changes);
            jobs::start("Saving", wake, move |_| {
                let kept = copy.map(|copy| copy.keep(&path)).transpose()?;
                Ok((write(&content, path, upto, expected, &journal)?, kept))
            })
        };
        self.saving = Some(Saving { job, path, project });
        Ok(())
    }

    /// Saves and waits: for the command line and tests.
    pub fn save_now(&mut self, target: SaveTarget, office: &mut Office) -> Result<PathBuf, Notice> {
        self.begin_save(target, || {})?;
        loop {
            if let Some(ended) = self.finish_saving(office) {
                return ended;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    }

    pub(crate) fn finish_saving(&mut self, office: &mut Office) -> Option<Result<PathBuf, Notice>> {
        let saving = self.saving.as_mut()?;
        let ended = saving.job.poll()?;
        let Saving { path, project, .. } = self.saving.take()?;
        let (digest, doubt) = match ended {
            Ok(Ok((digest, None))) => (digest, None),
            Ok(Ok((digest, Some(kept)))) => {
                let what = "Saved over the other version, of which a copy is kept";
                (digest, Some(Notice::error(what, kept.display())))
            }
            // The bytes are in place; only a power cut in this moment could still undo that.
            Ok(Err(StoreError::Unconfirmed { path, digest, reason })) => {
                let error = StoreError::Unconfirmed { path, digest: digest.clone(), reason };
                (digest, Some(Notice::error("Saved, but not confirmed by the disk", error)))
            }
            Ok(Err(error)) => {
                if matches!(error, StoreError::ChangedOutside(_) | StoreError::Gone(_)) {
                    self.look_outside();
                }
                return Some(Err(Notice::error("Not saved", error)));
            }
            Err(error) => return Some(Err(Notice::error("Not saved", error))),
        };
        let file = OpenFile { path: path.clone(), digest };
        office.remember_hand(&project, &file, &self.author);
        office.remember_recent(&path);
        self.saved_at = Some(office.clock().now());
        self.file = Some(file);
        self.watch.settled();
        self.on_disk = Some(project);
        self.dirty = self.differs_from_disk();
        Some(doubt.map_or(Ok(path), Err))
    }

    /// Whether `path` holds something else than this project: the person is asked before it is written over.
    pub fn would_overwrite(&self, path: &Path) -> bool {
        let path = store::canonical(path);
        path.exists() && self.path() != Some(&path)
    }
}

/// Writes the file. The log says before what is about to be in it, so that a death in between is understood, and
/// begins anew after.
fn write(
    project: &Project,
    path: PathBuf,
    upto: u64,
    expected: Expected,
    journal: &Mutex<Option<Journal>>,
) -> Result<Digest, StoreError> {
    let bytes = native::write(project);
    let mark = Mark { digest: Digest::of(&bytes), path, upto };
    let lock = || journal.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(journal) = lock().as_mut() {
        journal.saving(&mark)?;
    }
    let digest = store::replace(&RealDisk, &mark.path, &bytes, expected)?;
    if let Some(journal) = lock().as_mut() {
        // If no new log can be begun the old one goes on, which loses nothing.
        journal.saved(&mark).ok();
    }
    Ok(digest)
}
