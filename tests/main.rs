//! Tests from outside, in one binary so that egui is linked once: the house's rules, the command line, the window.
//!
//! Tests of single rooms stand in the rooms.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::indexing_slicing, reason = "a test may panic")]
#![cfg_attr(
    feature = "flows",
    expect(clippy::panic, reason = "a test may panic, and says what it saw")
)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests plant files, which only the store may do elsewhere"
)]
#![expect(clippy::print_stdout, reason = "what was found is printed with --nocapture")]

mod architecture;
mod brat;
#[cfg(feature = "flows")]
mod budget;
mod cli;
mod corrections;
#[cfg(feature = "flows")]
mod flows;
mod git;
mod guests;
#[cfg(feature = "flows")]
mod pictures;
