//! Background work: one thread for a job that brings back a result, one long-lived thread for small tasks in order.
//!
//! Knows nothing of projects or windows: whoever starts a job is woken by the closure it gives, and asks.
//! A panic in the work becomes an error of that job and never reaches another thread.

mod background;
mod both;
mod job;

pub use background::Background;
pub use both::both;
pub use job::{Job, JobError, Progress, start};
