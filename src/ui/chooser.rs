//! Files are chosen by the system's dialog, in the background; where there is none, a path is typed instead.

use crate::jobs::{self, Job};
use crate::ui::desk::Purpose;
use crate::workbench::Stopwatch;
use std::path::PathBuf;
use std::time::Duration;

/// An empty answer that comes faster means that the system has no dialog: nobody cancels so soon.
const TOO_FAST: Duration = Duration::from_millis(100);

/// What came of a question for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This one.
    File(PathBuf),
    /// These.
    Files(Vec<PathBuf>),
    /// None: the person thought better of it.
    Cancelled,
    /// There is no dialog: the path has to be typed.
    NoDialog,
}

/// Something that asks for a file.
pub trait FileChooser {
    /// Starts to ask. `wake` is called when there is an answer.
    fn ask(&self, purpose: Purpose, proposal: &str, wake: Box<dyn Fn() + Send>) -> Job<Choice>;
}

/// The system's file dialog.
pub struct SystemChooser;

impl FileChooser for SystemChooser {
    fn ask(&self, purpose: Purpose, proposal: &str, wake: Box<dyn Fn() + Send>) -> Job<Choice> {
        let proposal = proposal.to_owned();
        jobs::start(purpose.title(), wake, move |_| {
            let asked = Stopwatch::start();
            let dialog = rfd::FileDialog::new().set_title(purpose.title());
            if matches!(purpose, Purpose::OpenText | Purpose::Review) {
                return match dialog.pick_files() {
                    Some(paths) => Choice::Files(paths),
                    None => none(asked),
                };
            }
            let picked = match purpose {
                Purpose::OpenProject => {
                    dialog.add_filter("Matryoshka project", &["json"]).pick_file()
                }
                Purpose::OpenText | Purpose::Review => None,
                Purpose::ImportBrat => dialog.pick_folder(),
                // The name of a new folder is typed as that of a new file is.
                Purpose::SaveAs
                | Purpose::ExportJson
                | Purpose::ExportLines
                | Purpose::ExportBrat
                | Purpose::SaveReview
                | Purpose::SaveReport => dialog.set_file_name(proposal).save_file(),
            };
            match picked {
                Some(path) => Choice::File(path),
                None => none(asked),
            }
        })
    }
}

/// Whether nothing was chosen, or there is nothing to choose with.
fn none(asked: Stopwatch) -> Choice {
    if asked.elapsed() < TOO_FAST { Choice::NoDialog } else { Choice::Cancelled }
}

/// A question to the system under way.
pub struct Asking {
    /// What is asked for.
    pub purpose: Purpose,
    job: Job<Choice>,
}

impl Asking {
    /// Begins.
    pub fn new(job: Job<Choice>, purpose: Purpose) -> Self {
        Self { purpose, job }
    }

    /// The answer, when there is one.
    pub fn poll(&mut self) -> Option<Choice> {
        // A dialog that fell over is as good as none.
        self.job.poll().map(|answer| answer.unwrap_or(Choice::NoDialog))
    }
}
