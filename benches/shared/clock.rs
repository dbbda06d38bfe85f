//! How long things take.

use std::time::{Duration, Instant};

/// How long `work` takes; what it made is dropped after the clock has stopped.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = std::hint::black_box(work());
    let taken = start.elapsed();
    drop(made);
    taken
}

/// The one in the middle.
pub(crate) fn median<T: PartialOrd + Copy + Default>(mut all: Vec<T>) -> T {
    all.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// Whether this is a real run (`cargo bench`); `cargo test --bench …` only sees whether everything works.
pub(crate) fn in_earnest() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}
