//! One open project: commands in, edits made, history, journal, saving. The window and the command line both sit here.
//!
//! The only way a project changes is [`Workbench::perform`]: command → edit → `model::apply` → history → journal.
//! Opening is [`load()`] (slow, for a job) and then [`Workbench::start`]. Nothing here draws or prints.

mod agreement;
mod author;
mod beside;
mod clock;
mod command;
mod contents;
mod diagnostics;
mod export;
mod guest_files;
mod guests;
mod history;
mod ids;
mod import;
mod load;
mod merging;
mod notice;
mod office;
mod outside;
mod perform;
mod proposal;
mod recents;
mod recovery;
mod review;
mod save;
mod watching;

#[cfg(test)]
mod comment_tests;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod review_tests;
#[cfg(test)]
mod tests;

/// What taking two versions together comes to.
pub use crate::review::MergeCounts;
pub use agreement::{ReportForm, report_as, report_in_short, save_report};
pub use author::Author;
pub use beside::CopyBeside;
pub use clock::{Clock, Stopwatch};
pub use command::{
    AnnotationCommand, Command, DocumentCommand, EntityCommand, Outcome, RelationCommand,
    RemarkCommand, ReviewCommand,
};
pub use contents::{Contents, Difference, last_stamp};
pub use diagnostics::diagnostics;
pub use export::{Exported, FormatInfo, Lost, all_formats, export};
pub use guest_files::{FileNow, GuestFile, is_one_file, watch_guests};
pub use guests::{ForReview, read_for_review, read_guest};
pub use history::{Done, History};
pub use ids::{Ids, NoChance};
pub use import::{Imported, Importing, annotator_folders, import, show_mapping};
pub use load::{
    Desk, Loaded, Origin, Sample, TextsRead, create, load, new_project, read_texts, sample,
};
pub use merging::{Together, merge_files};
pub use notice::{Notice, Severity};
pub use office::Office;
pub use outside::{Both, Outside, Theirs};
pub use perform::next_order;
pub use proposal::{Amount, Becomes, Known, Offer, Proposed, propose};
pub use recents::{Recent, look_at_recent};
pub use recovery::{Recovery, Replayed, Unfinished, waiting};
pub use review::{OpenedReview, ReviewWritten, WorkedOut, read_review, work_out, write_review};
pub use save::{SaveTarget, Saving};
pub use watching::watching;

/// Foreign names, and what they are to become; found by the import.
pub use crate::formats::brat::{Become, FoundName, NameKind};
/// How far a job is.
pub use crate::jobs::Progress;
/// What the office remembers between sittings; kept by the store.
pub use crate::store::{DeskState, LastGuest, LastPlace, LastReview, Settings};

use crate::jobs::Background;
use crate::model::{Delta, Project, Signature, apply, same_content};
use crate::store::{Digest, Entry, Header, Journal};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One open project.
pub struct Workbench {
    project: Arc<Project>,
    history: History,
    author: Author,
    /// The project as it is on disk; none for one that was never saved.
    on_disk: Option<Arc<Project>>,
    file: Option<OpenFile>,
    read_only: Option<String>,
    /// Shared with the job that saves.
    journal: Arc<Mutex<Option<Journal>>>,
    /// Why changes are not journalled, if so.
    journal_trouble: Option<String>,
    unsynced: Unsynced,
    background: Background,
    saving: Option<Saving>,
    saved_at: Option<Timestamp>,
    changes: u64,
    dirty: bool,
    /// What goes on with the file outside of this window.
    watch: outside::Watch,
    /// Copies of the project beside its file.
    beside: beside::Beside,
}

/// The file that a project is saved in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// Where.
    pub path: PathBuf,
    /// Digest of its bytes as we last read or wrote them.
    pub digest: Digest,
}

impl Workbench {
    /// Opens what was loaded for work; and what a killed program had not saved, to be answered by [`Self::replay`] or
    /// [`Self::decline`].
    pub fn start(mut loaded: Loaded, office: &mut Office) -> (Self, Option<Recovery>) {
        let project = Arc::new(loaded.project);
        let recovery = loaded.recovery.take();
        // Two windows on one file, or a log that counts on from it: each needs a hand of its own.
        let alone = recovery.is_none() && !loaded.open_elsewhere;
        let author = office.author_for(&project, loaded.file.as_ref().filter(|_| alone));
        let held = recovery.as_ref().map(|recovery| recovery.unfinished.journal_path.clone());
        let watch = outside::Watch::new(office.state(), loaded.open_elsewhere, held);
        let mut bench = Self {
            history: History::new(Arc::clone(&project)),
            author,
            on_disk: loaded.file.is_some().then(|| Arc::clone(&project)),
            file: loaded.file,
            read_only: loaded.read_only,
            journal: Arc::default(),
            journal_trouble: None,
            unsynced: Unsynced::No,
            background: Background::new(),
            saving: None,
            saved_at: None,
            changes: 0,
            dirty: false,
            watch,
            beside: beside::Beside::default(),
            project,
        };
        bench.dirty = bench.differs_from_disk();
        if loaded.origin == Origin::Import {
            bench.begin_with_import();
        }
        if bench.read_only.is_none() {
            if let Some(file) = &bench.file {
                crate::store::sweep_beside(&file.path, office.clock().now().as_second());
            }
            bench.start_journal(office);
        }
        (bench, recovery)
    }

    /// What was imported is the first step, which undo takes back.
    fn begin_with_import(&mut self) {
        let codebook = crate::formats::default_codebook();
        let codebook = codebook.unwrap_or_else(|_| Arc::clone(&self.project.codebook));
        let mut empty = Project::new(self.project.id.clone(), codebook);
        empty.set_aside = Arc::clone(&self.project.set_aside);
        self.history = History::new(Arc::new(empty.clone()));
        let done = Done::plain("Import", self.author.signature().stamp);
        self.history.push(Arc::new(empty), Arc::clone(&self.project), done);
        self.changes += 1;
    }

    /// The project as it is now.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// The steps of this sitting.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Who works here.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// Somebody else sits down; the hand stays, for it is that of this copy.
    pub fn set_annotator(&mut self, annotator: crate::model::Annotator) {
        self.author.annotator = annotator;
    }

    /// The project's file, if it has one.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Why the project cannot be changed, if so.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Whether something is not in the file. Undoing back to what was saved is clean.
    pub fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Counts the changes of this sitting, undo and redo too; whoever caches something of the project keys it by this.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// When the file was last written in this sitting.
    pub fn saved_at(&self) -> Option<Timestamp> {
        self.saved_at
    }

    /// Whether a save is under way.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Why a killed program would lose changes, if so.
    pub fn journal_trouble(&self) -> Option<&str> {
        self.journal_trouble.as_deref()
    }

    /// Does what is asked, or says why not; then nothing has changed.
    pub fn perform(&mut self, command: &Command) -> Result<Outcome, Notice> {
        if let Some(reason) = &self.read_only {
            return Err(Notice::error("This project is open for reading only", reason));
        }
        let signature = self.author.signature();
        match command {
            Command::Undo => return Ok(self.step(&signature, History::undo, "Undone")),
            Command::Redo => return Ok(self.step(&signature, History::redo, "Done again")),
            Command::GoTo(number) => return Ok(self.go_to(*number, &signature)),
            Command::Remark(RemarkCommand::Settle) => {
                self.history.settle();
                return Ok(Outcome::default());
            }
            _ => {}
        }
        let author = (&mut self.author.ids, &self.author.annotator);
        let Some(plan) = perform::plan(&self.project, command, author)? else {
            return Ok(Outcome::default());
        };
        let after = apply(&self.project, &plan.edit, &signature);
        let after = Arc::new(after.map_err(|refusal| Notice::refused(&refusal))?);
        Ok(self.take_step(plan, after, signature))
    }

    /// As [`Self::perform`] does what was decided. What it makes of the project was found out beside the window; if that
    /// is another one by now, it is done anew.
    pub fn perform_worked_out(&mut self, worked_out: WorkedOut) -> Result<Outcome, Notice> {
        let WorkedOut { decided, before, after, signature } = worked_out;
        let command = Command::Review(ReviewCommand::Decide(decided));
        let same = Arc::ptr_eq(&before, &self.project) && signature.hand == self.author.hand;
        if !same || self.read_only.is_some() {
            return self.perform(&command);
        }
        let author = (&mut self.author.ids, &self.author.annotator);
        let plan = perform::plan(&self.project, &command, author)?;
        Ok(plan.map_or_else(Outcome::default, |plan| self.take_step(plan, after, signature)))
    }

    /// The step that `plan` led to.
    fn take_step(
        &mut self,
        plan: perform::Plan,
        after: Arc<Project>,
        signature: Signature,
    ) -> Outcome {
        let (before, title) = (Arc::clone(&self.project), plan.edit.title().to_owned());
        let typing = plan.typing.as_ref().and_then(|typed| self.history.before_typing(typed));
        let about = perform::telling(typing.unwrap_or(&before), &after, &plan.edit);
        let done = Done { title: title.clone(), about, stamp: signature.stamp };
        match &plan.typing {
            Some(target) => self.history.type_on(target, before, Arc::clone(&after), done),
            None => self.history.push(before, Arc::clone(&after), done),
        }
        self.become_(after, &title);
        plan.outcome
    }

    /// Call now and then with the seconds of any steady clock: syncs the journal within a second of a change, and
    /// says how a save ended.
    pub fn tick(&mut self, seconds: f64, office: &mut Office) -> Option<Result<PathBuf, Notice>> {
        match self.unsynced {
            Unsynced::Since(since) if (0.0..JOURNAL_SYNC_SECONDS).contains(&(seconds - since)) => {}
            Unsynced::Since(_) => self.sync(),
            Unsynced::Yes => self.unsynced = Unsynced::Since(seconds),
            Unsynced::No => {}
        }
        self.take_in_look();
        self.beside.poll();
        self.finish_saving(office)
    }

    /// Whether `tick` has something to wait for.
    pub fn is_waiting(&self) -> bool {
        self.saving.is_some()
            || self.unsynced != Unsynced::No
            || self.watch.is_looking()
            || self.beside.is_looking()
    }

    /// Ends the sitting: what was not saved is given up on purpose. Its journal is kept for two weeks all the same.
    pub fn close(self) {
        let journal = self.journal().take();
        if let Some(journal) = journal {
            // A log that cannot be laid aside is offered once more, and costs nothing else.
            journal.discard().ok();
        }
    }

    fn journal(&self) -> MutexGuard<'_, Option<Journal>> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(
        &mut self,
        signature: &Signature,
        step: fn(&mut History, &Project, &Signature) -> Option<(Project, String)>,
        said: &str,
    ) -> Outcome {
        let Some((project, title)) = step(&mut self.history, &self.project, signature) else {
            return Outcome::default();
        };
        let said = format!("{said}: {}", title.to_lowercase());
        self.become_(Arc::new(project), &said);
        Outcome { made: None, said: Some(said) }
    }

    /// Undoes or does again until that many steps hold.
    fn go_to(&mut self, number: usize, signature: &Signature) -> Outcome {
        let number = number.min(self.history.len());
        let from = self.history.cursor();
        while self.history.cursor() > number {
            self.step(signature, History::undo, "Undone");
        }
        while self.history.cursor() < number {
            self.step(signature, History::redo, "Done again");
        }
        let steps = number.abs_diff(from);
        let noun = if steps == 1 { "step" } else { "steps" };
        let said = match number.cmp(&from) {
            std::cmp::Ordering::Equal => return Outcome::default(),
            std::cmp::Ordering::Less => format!("{steps} {noun} undone"),
            std::cmp::Ordering::Greater => format!("{steps} {noun} done again"),
        };
        Outcome { made: None, said: Some(said) }
    }

    /// The project is `after` now, by the step `title`.
    fn become_(&mut self, after: Arc<Project>, title: &str) {
        let before = std::mem::replace(&mut self.project, after);
        self.changes += 1;
        self.dirty = self.differs_from_disk();
        self.record(&Delta::between(&before, &self.project), title);
    }

    fn differs_from_disk(&self) -> bool {
        self.on_disk.as_ref().is_none_or(|on_disk| !same_content(on_disk, &self.project))
    }

    fn record(&mut self, delta: &Delta, title: &str) {
        // To undo a step that changed nothing but versions changes nothing.
        if delta.is_empty() {
            return;
        }
        let entry = Entry {
            n: self.changes,
            title: title.to_owned(),
            by: self.author.annotator.as_str().to_owned(),
            at: self.author.clock.now().to_string(),
            delta: crate::formats::native::encode_delta(delta, &self.project),
        };
        let trouble = match self.journal().as_mut() {
            Some(journal) => journal.append(&entry).err().map(|error| error.to_string()),
            None => return,
        };
        self.journal_trouble = trouble;
        if self.unsynced == Unsynced::No {
            self.unsynced = Unsynced::Yes;
        }
    }

    fn sync(&mut self) {
        self.unsynced = Unsynced::No;
        let syncer = self.journal().as_mut().map(Journal::syncer);
        if let Some(syncer) = syncer {
            self.background.push(move || {
                // The next append meets the same trouble and says so.
                syncer.sync().ok();
            });
        }
    }

    fn start_journal(&mut self, office: &Office) {
        let header = Header {
            project: self.project.id.as_str().to_owned(),
            path: self.file.as_ref().map(|file| file.path.clone()),
            base: self.file.as_ref().map(|file| file.digest.clone()),
        };
        let base = self.file.is_none().then(|| crate::formats::native::write(&self.project));
        match Journal::start(office.state(), &header, base.as_deref()) {
            Ok(journal) => {
                *self.journal() = Some(journal);
                self.sync();
            }
            Err(error) => self.journal_trouble = Some(error.to_string()),
        }
    }
}

/// Whether the journal holds what is not on the disk yet, and since when.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unsynced {
    No,
    Yes,
    Since(f64),
}

/// A power cut costs at most this much.
const JOURNAL_SYNC_SECONDS: f64 = 0.8;
