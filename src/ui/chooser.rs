//! Files are chosen by the system's dialog, in the background; where there is none, a path is typed instead.

use crate::jobs::{self, Job};
use crate::ui::desk::Purpose;
use std::path::PathBuf;

/// Seconds below which an empty answer means that the system has no dialog: nobody cancels that fast.
const TOO_FAST: f64 = 0.1;

/// Something that asks for a file.
pub trait FileChooser {
    /// Starts to ask. `wake` is called when there is an answer.
    fn ask(
        &self,
        purpose: Purpose,
        proposal: &str,
        wake: Box<dyn Fn() + Send>,
    ) -> Job<Option<PathBuf>>;
}

/// The system's file dialog.
pub struct SystemChooser;

impl FileChooser for SystemChooser {
    fn ask(
        &self,
        purpose: Purpose,
        proposal: &str,
        wake: Box<dyn Fn() + Send>,
    ) -> Job<Option<PathBuf>> {
        let proposal = proposal.to_owned();
        jobs::start(purpose.title(), wake, move |_| {
            let dialog = rfd::FileDialog::new().set_title(purpose.title());
            match purpose {
                Purpose::OpenProject => {
                    dialog.add_filter("Matryoshka project", &["json"]).pick_file()
                }
                Purpose::OpenText => dialog.pick_file(),
                Purpose::SaveAs | Purpose::ExportJson | Purpose::ExportLines => {
                    dialog.set_file_name(proposal).save_file()
                }
            }
        })
    }
}

/// A question to the system under way.
pub struct Asking {
    job: Job<Option<PathBuf>>,
    purpose: Purpose,
    since: f64,
}

/// What came of it.
pub enum Answer {
    /// This file.
    Chosen(Purpose, PathBuf),
    /// Cancelled.
    Nothing,
    /// There is no dialog: type the path.
    NoDialog(Purpose),
}

impl Asking {
    /// Begins at `now`, in seconds of the window's clock.
    pub fn new(job: Job<Option<PathBuf>>, purpose: Purpose, now: f64) -> Self {
        Self { job, purpose, since: now }
    }

    /// The answer, when there is one.
    pub fn poll(&mut self, now: f64) -> Option<Answer> {
        Some(match self.job.poll()? {
            Ok(Some(path)) => Answer::Chosen(self.purpose, path),
            Ok(None) if now - self.since > TOO_FAST => Answer::Nothing,
            Ok(None) | Err(_) => Answer::NoDialog(self.purpose),
        })
    }
}
