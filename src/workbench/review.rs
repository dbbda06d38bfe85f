//! A review between two people: deciding about a guest, the file that goes back, and the author's answers.
//!
//! What deciding or answering comes to is worked out first ([`Workbench::decided`], [`Workbench::answered`]) and can be
//! told; [`Workbench::perform`] then does it as one step. Guests are read in `guests`, compared by the window's job.

use crate::formats::review_file;
use crate::model::{EntityId, Project, Reviewed, Signature, Stamp, apply};
use crate::review::{
    Answered, Decided, Fate, RecordDifference, Reply, Ruling, SideBySide, Watch, answer, decide,
    decide_records, decide_watched, letter, take_records,
};
use crate::store::{self, Expected, RealDisk};
use crate::workbench::{Notice, Progress, Workbench, watching};
use std::path::Path;
use std::sync::Arc;

pub use crate::formats::review_file::OpenedReview;

/// What was written to a review file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewWritten {
    /// Decisions.
    pub decisions: usize,
    /// Comments.
    pub comments: usize,
    /// Annotations that both have just so.
    pub agreed: usize,
}

/// What deciding many differences came to, and what it makes of my project.
#[derive(Debug)]
pub struct WorkedOut {
    /// What it came to.
    pub decided: Decided,
    pub(in crate::workbench) before: Arc<Project>,
    pub(in crate::workbench) after: Arc<Project>,
    pub(in crate::workbench) signature: Signature,
}

/// Decides many differences in a job, which says how far it is and can be stopped. `project` is mine as it is now. Nothing
/// is done yet: that is [`Workbench::perform_worked_out`].
pub fn work_out(
    project: Arc<Project>,
    case: &SideBySide<'_>,
    (which, ruling): (&[usize], &Ruling),
    signature: Signature,
    progress: &Progress,
) -> Result<WorkedOut, Notice> {
    let told = watching(progress);
    let watch = Watch::new(&told);
    let decided = decide_watched(case, which, ruling, &signature, &watch.part(0.0, DECIDED))?;
    let after = apply(&project, &decided.edit, &signature);
    let after = Arc::new(after.map_err(|refusal| Notice::refused(&refusal))?);
    watch.done()?;
    Ok(WorkedOut { decided, before: project, after, signature })
}

/// About the share of the work that is done when all is decided.
const DECIDED: f32 = 0.8;

impl Workbench {
    /// What deciding the differences at the places `which` of the comparison comes to. Nothing is done yet: that is
    /// `ReviewCommand::Decide`.
    pub fn decided(&self, case: &SideBySide<'_>, which: &[usize], ruling: &Ruling) -> Decided {
        decide(case, which, ruling, &self.author().signature())
    }

    /// The same about records that both have.
    pub fn decided_records(
        &self,
        case: &SideBySide<'_>,
        which: &[RecordDifference],
        ruling: &Ruling,
    ) -> Decided {
        decide_records(case, which, ruling, &self.author().signature())
    }

    /// What taking these records of theirs comes to. Nothing is done yet: that is `ReviewCommand::Decide`.
    pub fn taken_records(&self, case: &SideBySide<'_>, which: &[EntityId]) -> Decided {
        take_records(case, which, &self.author().signature())
    }

    /// What answering these decisions comes to. Nothing is done yet: that is `ReviewCommand::Answer`.
    pub fn answered(&self, review: &Reviewed, fates: &[&Fate], reply: &Reply) -> Answered {
        answer(self.project(), review, fates, reply, &self.author().signature())
    }
}

/// Writes the review of a guest to `path`, for its author. What is there is written over: the person was asked. Slow for
/// big projects: call it in a job.
pub fn write_review(
    case: &SideBySide<'_>,
    stamp: Stamp,
    path: &Path,
) -> Result<ReviewWritten, Notice> {
    let review = letter(case, stamp);
    let bytes = review_file::write(&review, case.ours);
    store::replace(&RealDisk, &store::canonical(path), &bytes, Expected::Anything)
        .map_err(|error| Notice::error("The review was not saved", error))?;
    Ok(ReviewWritten {
        decisions: review.decisions.len(),
        comments: review.comments.len(),
        agreed: review.agreed.len(),
    })
}

/// Reads the review at `path` of `mine`, the project of its author.
pub fn read_review(path: &Path, mine: &Project) -> Result<OpenedReview, Notice> {
    let unread = |error: &dyn std::fmt::Display| {
        Notice::error("This review cannot be opened", format!("{error}: {}", path.display()))
    };
    let bytes = store::read(path).map_err(|error| Notice::error("This cannot be opened", error))?;
    let opened = review_file::read(&bytes, mine).map_err(|error| unread(&error))?;
    crate::review::fates(mine, &opened.review).map_err(|other| unread(&other))?;
    Ok(opened)
}
