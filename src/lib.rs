//! Matryoshka: a workbench in which analysts tag spans of texts, link them and review each other's work.
//!
//! The rooms, each using only rooms below it (ARCHITECTURE.md has the arrows and why):
//!
//! - `ui`: the window (feature `gui`); `cli`: the command line
//! - `workbench`: one open project: commands, history, saving
//! - `store`: the disk; `formats`: bytes ⇄ project; `review`: two projects; `jobs`: background work
//! - `query`: questions about one project
//! - `model`: the project as a value; `text`: a text as such

pub mod cli;
pub mod formats;
pub mod jobs;
pub mod model;
pub mod query;
pub mod review;
pub mod store;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
pub mod workbench;
