//! Opening a large project: reading, checking and indexing it against reading its bytes as any JSON.
//!
//! `cargo bench --bench open`

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark talks, may fail, and writes where nobody works"
)]

mod shared;

use matryoshka::formats::native;
use shared::made;
use shared::pairs::{heading, in_earnest, measured, timed};

/// Times the reading of any JSON, at most.
const LIMIT: f64 = 1.5;

fn main() {
    let earnest = in_earnest();
    let bytes = made::project(if earnest { 10_000_000 } else { 20_000 });
    let project = native::read(&bytes).expect("the made project is one").project;
    println!(
        "opening {:.1} MB with {} annotations and {} links",
        bytes.len() as f64 / 1e6,
        project.annotation_count(),
        project.relations().len(),
    );
    drop(project);
    heading("engine", "any JSON");
    let pair = measured(
        if earnest { 9 } else { 1 },
        || timed(|| native::read(&bytes)),
        || timed(|| serde_json::from_slice::<serde_json::Value>(&bytes)),
    );
    pair.print("read, checked and indexed", LIMIT);
}
