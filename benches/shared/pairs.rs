//! Two things timed in turn, so that what else the machine does falls on both; their medians give a ratio.

pub(crate) use crate::shared::clock::{in_earnest, timed};

use crate::shared::clock::median;
use std::time::Duration;

/// What came of a comparison.
pub(crate) struct Pair {
    /// Median of the first.
    pub(crate) ours: Duration,
    /// Median of the second.
    pub(crate) theirs: Duration,
}

impl Pair {
    /// How many times as long the first takes.
    pub(crate) fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.theirs.as_secs_f64().max(f64::EPSILON)
    }

    /// Prints one line of the table, with the limit and whether it is kept.
    pub(crate) fn print(&self, what: &str, limit: f64) {
        let kept = if self.ratio() <= limit { "kept" } else { "NOT KEPT" };
        println!(
            "{what:<58} {:>10.3} ms {:>10.3} ms {:>6.2} × (≤ {limit} ×: {kept})",
            self.ours.as_secs_f64() * 1e3,
            self.theirs.as_secs_f64() * 1e3,
            self.ratio(),
        );
    }
}

/// The head of the table.
pub(crate) fn heading(ours: &str, theirs: &str) {
    println!("{:<58} {ours:>13} {theirs:>13}  ratio", "");
}

/// Runs both in turn, `rounds` times after one round that does not count. Each says how long its own part took, so
/// that preparing and tidying up are left out.
pub(crate) fn measured(
    rounds: usize,
    mut ours: impl FnMut() -> Duration,
    mut theirs: impl FnMut() -> Duration,
) -> Pair {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    ours();
    theirs();
    for _ in 0..rounds.max(1) {
        first.push(ours());
        second.push(theirs());
    }
    Pair { ours: median(first), theirs: median(second) }
}
