//! A job's progress as somebody who looks on at work of `review`, which knows nothing of jobs.

use crate::workbench::{Notice, Progress};

/// A share is told in so many steps.
const STEPS: f32 = 1000.0;

/// Shows the share of the work that is done, and stops it when the job is cancelled; for a `Watch`.
pub fn watching(progress: &Progress) -> impl Fn(f32) -> Result<(), Notice> {
    let progress = progress.clone();
    move |share| {
        if progress.is_cancelled() {
            return Err(Notice::info("This was cancelled"));
        }
        progress.set((share * STEPS) as u64, STEPS as u64);
        Ok(())
    }
}
