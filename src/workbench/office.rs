//! What outlives a project: the state folder with settings and journals, the annotator's name, clock and ids.

use crate::model::{Annotator, Project};
use crate::store::{KnownHand, Log, Settings, StateFolder};
use crate::workbench::{Author, Clock, Ids, Notice, OpenFile, Severity};
use std::path::{Path, PathBuf};

/// The place that sittings are held in.
pub struct Office {
    state: StateFolder,
    log: Log,
    /// Settings as they are on disk.
    pub settings: Settings,
    /// Given on the command line for this sitting.
    annotator: Option<Annotator>,
    clock: Clock,
    ids: Ids,
    asked: bool,
    /// What went wrong while settings were read or saved, to be told once.
    pub trouble: Option<String>,
}

impl Office {
    /// Opens the state folder; the usual one of the system, if none is given.
    pub fn open(state: Option<&Path>, annotator: Option<&str>) -> Result<Self, Notice> {
        let state = match state {
            Some(folder) => StateFolder::at(folder),
            None => StateFolder::default_place()
                .map_err(|e| Notice::error("No place for settings", e))?,
        };
        let ids =
            Ids::from_system().map_err(|error| Notice::error("The program cannot start", error))?;
        let (settings, trouble) = state.load_settings();
        let annotator = annotator.map(Annotator::new);
        let clock = Clock::System;
        crate::store::sweep(&state, clock.now().as_second());
        let log = Log::of(&state);
        Ok(Self { state, log, settings, annotator, clock, ids, asked: false, trouble })
    }

    /// With times and ids that tests can foresee.
    #[must_use]
    pub fn with(mut self, clock: Clock, ids: Ids) -> Self {
        (self.clock, self.ids) = (clock, ids);
        self
    }

    /// The state folder.
    pub fn state(&self) -> &StateFolder {
        &self.state
    }

    /// Where it lies.
    pub fn state_path(&self) -> &Path {
        self.state.path()
    }

    /// Where the log lies.
    pub fn log_path(&self) -> &Path {
        self.log.path()
    }

    /// Writes a line to the log: what was done, with sizes and durations, never with words or names.
    pub fn log(&self, what: &str) {
        self.log.write(&self.clock.now().to_string(), what);
    }

    /// Writes to the log what was done with a file: how large it is and how long it took, not which.
    pub fn log_file(&self, what: &str, path: &Path, took: std::time::Duration) {
        let size = crate::store::file_stamp(path).map_or(0, |stamp| stamp.length);
        self.log(&format!("{what} {size} bytes in {} ms", took.as_millis()));
    }

    /// Writes what went wrong to the log, without words and places.
    pub fn log_notice(&self, notice: &Notice) {
        if notice.severity == Severity::Error {
            self.log(&format!("error {notice}"));
        }
    }

    /// The last lines of the log.
    pub fn log_tail(&self, lines: usize) -> Vec<String> {
        self.log.tail(lines)
    }

    /// Where a panic of the window is written, from wherever it happens.
    pub fn panic_log(&self) -> impl Fn(&str) + Send + Sync + 'static {
        let (log, clock) = (self.log.clone(), self.clock);
        move |place| log.write(&clock.now().to_string(), &format!("panic at {place}"))
    }

    /// Who works here; "Annotator" until somebody says.
    pub fn annotator(&self) -> Annotator {
        let known = self.settings.annotator.as_deref().map(Annotator::new);
        self.annotator.clone().or(known).unwrap_or_else(|| Annotator::new("Annotator"))
    }

    /// Whether the person should be asked for their name now: once in a sitting, until they have said it.
    pub fn should_ask_name(&mut self) -> bool {
        let known = self.annotator.is_some() || self.settings.annotator.is_some();
        !std::mem::replace(&mut self.asked, true) && !known
    }

    /// Remembers the person's name.
    pub fn set_annotator(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() {
            self.annotator = None;
            self.update(|settings| settings.annotator = Some(name.to_owned()));
        }
    }

    /// Mints ids outside of a workbench: for a new project.
    pub fn ids(&mut self) -> &mut Ids {
        &mut self.ids
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Puts `path` in front of the recent files.
    pub fn remember_recent(&mut self, path: &Path) {
        self.update(|settings| settings.opened(path));
    }

    /// Takes `path` from the recent files.
    pub fn forget_recent(&mut self, path: &Path) {
        self.update(|settings| settings.recent.retain(|other| other != path));
    }

    /// Recent files, newest first.
    pub fn recent(&self) -> &[PathBuf] {
        &self.settings.recent
    }

    /// Changes the settings, here and on disk; trouble is kept to be told.
    pub fn update(&mut self, change: impl Fn(&mut Settings)) {
        match self.state.update_settings(&change) {
            Ok(settings) => self.settings = settings,
            Err(error) => {
                change(&mut self.settings);
                self.trouble = Some(error.to_string());
            }
        }
    }

    /// The author of work on `project`. The hand is the one known for this file, if what that hand last saved is
    /// what the file says; else a new one, so that two copies never count with the same counter. No `file`, where a
    /// log of a killed program counts on from it.
    pub(crate) fn author_for(&mut self, project: &Project, file: Option<&OpenFile>) -> Author {
        let known = file.and_then(|file| {
            self.settings.hands.get(&Settings::hand_key(project.id.as_str(), &file.path))
        });
        let hand = known
            .map(|known| (crate::model::Hand::new(known.hand.as_str()), known.count))
            .filter(|(hand, count)| project.count_of(hand) == *count)
            .map_or_else(|| self.ids.hand(), |(hand, _)| hand);
        Author { annotator: self.annotator(), hand, clock: self.clock, ids: self.ids.fork() }
    }

    /// Remembers what `author`'s hand has just saved.
    pub(crate) fn remember_hand(&mut self, project: &Project, file: &OpenFile, author: &Author) {
        let known = KnownHand {
            hand: author.hand.as_str().to_owned(),
            count: project.count_of(&author.hand),
            digest: file.digest.as_str().to_owned(),
        };
        let key = Settings::hand_key(project.id.as_str(), &file.path);
        self.update(|settings| {
            settings.hands.insert(key.clone(), known.clone());
        });
    }
}
