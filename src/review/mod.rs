//! Bringing two copies of a project together.
//!
//! Pure: two projects in, one out, whoever asks first. [`merge()`] goes record by record (`sides`), then sees to it that
//! everything a record leads to stands (`closure`). Nothing here draws, saves or decides for a person.

mod closure;
#[cfg(test)]
mod laws;
mod merge;
mod sides;

pub use closure::Unplaced;
pub use merge::{MergeCounts, MergeRefusal, Merged, merge};
