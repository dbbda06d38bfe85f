//! What goes on with the project's file outside of this window: somebody writes it, takes it away, has it open too.
//!
//! A job waits for another length or time and only then wakes the window, so that nothing is drawn while nothing
//! happens; then the bytes are looked at. Nothing is done about it until the person says so.
//! A save compares bytes by itself (`save.rs`). The questions are in `ui/dialogs/outside.rs`.

use crate::formats::native;
use crate::jobs::{self, Job};
use crate::model::{Project, Stamp, same_content};
use crate::review::{MergeCounts, Merged, merge};
use crate::store::{
    self, Digest, Expected, FileStamp, Journal, OnDisk, StateFolder, StoreError, file_stamp,
};
use crate::workbench::merging::kept_whole;
use crate::workbench::{Contents, Difference, Done, Notice, OpenFile, Workbench, last_stamp};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// So often the waiting job looks at length and time.
const LOOK: Duration = Duration::from_secs(2);
/// So often it looks whether anybody still waits for it.
const BREATH: Duration = Duration::from_millis(100);

/// What was found at the place of the project's file.
#[derive(Clone, Debug)]
pub enum Outside {
    /// Other bytes than we know.
    Changed(Theirs),
    /// Nothing.
    Gone {
        /// Whether its folder is still there.
        folder: bool,
    },
    /// Something that cannot be read, in the words of the store.
    Unreachable(String),
}

/// A file that was written by another window, person or program.
#[derive(Clone, Debug)]
pub struct Theirs {
    /// The digest of its bytes.
    pub digest: Digest,
    /// The project in it, or why there is none.
    pub project: Result<Arc<Project>, String>,
    /// Who changed something in it last.
    pub last: Option<Stamp>,
    /// How much is in it.
    pub contents: Contents,
    /// What they did to the file as we knew it.
    pub difference: Difference,
}

/// What taking both together would come to, or why it cannot be done.
pub type Both = Result<MergeCounts, String>;

/// What is known of the file outside.
pub(crate) struct Watch {
    state: StateFolder,
    stamp: Option<FileStamp>,
    outside: Option<Outside>,
    elsewhere: bool,
    /// The log of a killed program that we hold: it is no other window.
    held: Option<PathBuf>,
    looking: Option<Job<Seen>>,
    /// Ends when there is something to look at.
    waiting: Option<Job<()>>,
    /// Whether the file has been looked at since it was last settled what it is.
    looked: bool,
}

/// What one look has found.
struct Seen {
    elsewhere: bool,
    stamp: Option<FileStamp>,
    found: Found,
}

enum Found {
    /// What was known before still holds.
    Nothing,
    /// The bytes that we last read or wrote.
    Ours,
    Other(Outside),
}

/// How a copy of their file is kept.
pub(crate) struct CopyOfTheirs {
    state: StateFolder,
    suffix: String,
}

impl CopyOfTheirs {
    pub(crate) fn keep(&self, path: &Path) -> Result<PathBuf, StoreError> {
        store::keep_copy(&self.state, path, &self.suffix)
    }
}

impl Watch {
    #[expect(clippy::fn_params_excessive_bools, reason = "open elsewhere or not, as it was found")]
    pub(crate) fn new(state: &StateFolder, elsewhere: bool, held: Option<PathBuf>) -> Self {
        Self {
            state: state.clone(),
            stamp: None,
            outside: None,
            elsewhere,
            held,
            looking: None,
            waiting: None,
            looked: false,
        }
    }

    pub(crate) fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    /// The file is what we have just written or taken in.
    pub(crate) fn settled(&mut self) {
        // A look under way may have seen the file before that.
        self.looking = None;
        self.waiting = None;
        self.looked = false;
        self.stamp = None;
        self.outside = None;
    }
}

impl Workbench {
    /// What was found in place of the project's file, if it is not what we know.
    pub fn outside(&self) -> Option<&Outside> {
        self.watch.outside.as_ref()
    }

    /// Whether another window has the file open.
    pub fn is_open_elsewhere(&self) -> bool {
        self.watch.elsewhere
    }

    /// Whether the file is being looked at.
    pub fn is_looking_outside(&self) -> bool {
        self.watch.is_looking()
    }

    /// Looks at the file now, and reads it even if it looks the same.
    pub fn look_outside(&mut self) {
        self.watch.stamp = None;
        self.start_looking();
    }

    /// Takes in what a look has found.
    pub(crate) fn take_in_look(&mut self) {
        let Some(seen) = self.watch.looking.as_mut().and_then(Job::poll) else { return };
        self.watch.looking = None;
        let Ok(seen) = seen else { return };
        self.watch.elsewhere = seen.elsewhere;
        self.watch.stamp = seen.stamp;
        match seen.found {
            Found::Nothing => {}
            Found::Ours => self.watch.outside = None,
            Found::Other(outside) => self.watch.outside = Some(outside),
        }
    }

    /// Sees to it that the file is looked at once and then whenever something has happened to it; `wake` is called
    /// then. Call it in every frame.
    pub fn watch_file(&mut self, wake: impl Fn() + Send + 'static) {
        let Some(file) = &self.file else { return };
        if self.saving.is_some() || self.watch.is_looking() {
            return;
        }
        let happened = self.watch.waiting.as_mut().is_some_and(|waiting| waiting.poll().is_some());
        if happened || !self.watch.looked {
            self.watch.waiting = None;
            self.watch.looked = true;
            self.start_looking();
        } else if self.watch.waiting.is_none() {
            let path = file.path.clone();
            let (known, state) =
                ((self.watch.stamp, self.watch.elsewhere), self.watch.state.clone());
            let own = self.own_logs();
            self.watch.waiting = Some(jobs::start("Watching", wake, move |progress| {
                let now =
                    || (file_stamp(&path).ok(), Journal::is_open_elsewhere(&state, &path, &own));
                while rests(progress) && now() == known {}
            }));
        }
    }

    /// The logs that are ours: they are no other window.
    fn own_logs(&self) -> Vec<PathBuf> {
        let own = self.journal().as_ref().map(|journal| journal.path().to_path_buf());
        own.into_iter().chain(self.watch.held.clone()).collect()
    }

    fn start_looking(&mut self) {
        let Some(file) = self.file.clone() else { return };
        let (state, stamp) = (self.watch.state.clone(), self.watch.stamp);
        let own = self.own_logs();
        let known = self.on_disk.clone();
        self.watch.looking = Some(jobs::start(
            "Looking",
            || {},
            move |_| {
                let elsewhere = Journal::is_open_elsewhere(&state, &file.path, &own);
                let (stamp, found) = look(&file, stamp, known.as_deref());
                Seen { elsewhere, stamp, found }
            },
        ));
    }

    pub(crate) fn in_place_of_theirs(&self) -> Result<(PathBuf, Expected), Notice> {
        match (&self.file, &self.watch.outside) {
            (Some(file), Some(Outside::Changed(theirs))) => {
                Ok((file.path.clone(), Expected::File(theirs.digest.clone())))
            }
            _ => Err(Notice::info("The file was not changed outside")),
        }
    }

    pub(crate) fn copy_of_theirs(&self) -> CopyOfTheirs {
        let at = self.author.clock.now().strftime("%Y%m%d-%H%M%S").to_string();
        CopyOfTheirs { state: self.watch.state.clone(), suffix: at }
    }

    /// What taking both together would come to: asked once, before the question is put.
    pub fn both(&self) -> Both {
        self.merged().map(|(merged, _)| merged.counts)
    }

    /// Takes what was written outside together with what is here, record by record, as one step that can be undone.
    /// Where both have changed the same, both sides are kept until somebody decides.
    pub fn take_both(&mut self) -> Result<MergeCounts, Notice> {
        let (merged, digest) =
            self.merged().map_err(|why| Notice::error("Not taken together", why))?;
        let Some(Outside::Changed(Theirs { project: Ok(theirs), .. })) = self.watch.outside.take()
        else {
            return Ok(MergeCounts::default());
        };
        if let Some(file) = &mut self.file {
            file.digest = digest;
        }
        self.on_disk = Some(theirs);
        self.watch.settled();
        Ok(self.take_in(merged))
    }

    /// The project is what a merge has made of it and of another copy, as one step.
    pub(crate) fn take_in(&mut self, merged: Merged) -> MergeCounts {
        let (title, counts) = ("Take both together", merged.counts);
        let after = Arc::new(kept_whole(merged));
        let done = Done::plain(title, self.author.signature().stamp);
        self.history.push(Arc::clone(&self.project), Arc::clone(&after), done);
        self.become_(after, title);
        counts
    }

    fn merged(&self) -> Result<(Merged, Digest), String> {
        let Some(Outside::Changed(theirs)) = &self.watch.outside else {
            return Err("the file was not changed outside".to_owned());
        };
        if let Some(reason) = &self.read_only {
            return Err(reason.clone());
        }
        let project = theirs.project.clone()?;
        let merged = merge(&self.project, &project).map_err(|refusal| refusal.to_string())?;
        Ok((merged, theirs.digest.clone()))
    }

    /// Ends the sitting without answering for what was not saved: it is offered when the file is opened again.
    pub fn leave_for_later(self) {
        drop(self);
    }
}

/// Waits until it is time to look; false if nobody waits for it any more.
pub(crate) fn rests(progress: &jobs::Progress) -> bool {
    let mut rested = Duration::ZERO;
    while rested < LOOK && !progress.is_cancelled() {
        std::thread::sleep(BREATH);
        rested += BREATH;
    }
    !progress.is_cancelled()
}

fn look(
    file: &OpenFile,
    stamp: Option<FileStamp>,
    known: Option<&Project>,
) -> (Option<FileStamp>, Found) {
    let now = match file_stamp(&file.path) {
        Ok(now) => now,
        Err(error) => return (None, Found::Other(missing(&file.path, &error))),
    };
    if stamp == Some(now) {
        return (stamp, Found::Nothing);
    }
    let found = match store::on_disk(&file.path, &file.digest) {
        Ok(OnDisk::Same) => Found::Ours,
        Ok(OnDisk::Absent) => Found::Other(Outside::Gone { folder: store::has_folder(&file.path) }),
        Ok(OnDisk::Changed(_)) => return (Some(now), changed(&file.path, known)),
        Err(error) => Found::Other(missing(&file.path, &error)),
    };
    (Some(now), found)
}

fn missing(path: &Path, error: &StoreError) -> Outside {
    match error {
        StoreError::Missing(_) => Outside::Gone { folder: store::has_folder(path) },
        other => Outside::Unreachable(other.to_string()),
    }
}

fn changed(path: &Path, known: Option<&Project>) -> Found {
    let bytes = match store::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Found::Other(missing(path, &error)),
    };
    let digest = Digest::of(&bytes);
    let opened = native::read(&bytes).map_err(|error| error.to_string());
    let project = opened.and_then(|opened| match opened.read_only {
        Some(why) => Err(why),
        None => Ok(Arc::new(opened.project)),
    });
    let readable = project.as_ref().ok();
    let difference = match (known, readable) {
        (Some(known), Some(theirs)) if !same_content(known, theirs) => {
            Difference::between(known, theirs)
        }
        _ => Difference::default(),
    };
    Found::Other(Outside::Changed(Theirs {
        digest,
        last: readable.and_then(|project| last_stamp(project)),
        contents: readable.map(|project| Contents::of(project)).unwrap_or_default(),
        difference,
        project,
    }))
}
