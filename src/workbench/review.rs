//! A review between two people: deciding about a guest, the file that goes back, and the author's answers.
//!
//! What deciding or answering comes to is worked out first ([`Workbench::decided`], [`Workbench::answered`]) and can be
//! told; [`Workbench::perform`] then does it as one step. Guests are read in `guests`, compared by the window's job.

use crate::formats::review_file;
use crate::model::{EntityId, Project, Reviewed, Stamp};
use crate::review::{
    Answered, Decided, Fate, RecordDifference, Reply, Ruling, SideBySide, answer, decide,
    decide_records, letter, take_records,
};
use crate::store::{self, Expected, RealDisk};
use crate::workbench::{Notice, Workbench};
use std::path::Path;

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
