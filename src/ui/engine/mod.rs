//! The text engine: every script shaped, broken into lines, drawn and hit-tested.
//!
//! Document text, quotes and label names go through here, because egui orders right-to-left words
//! wrongly. It knows nothing of projects or annotations: text in, [`Para`] and meshes out. Start at
//! `para.rs` (what a laid out paragraph is), then `paint.rs` (the engine); only `shape.rs` and
//! `fonts.rs` know the shaping library.

mod accesskit;
mod atlas;
mod fonts;
mod kept;
mod label;
#[cfg(test)]
mod laws;
mod paint;
mod para;
mod row;
mod shape;
mod simple;
mod style;
mod tiles;
mod warm;
mod word_face;
#[cfg(test)]
mod word_laws;
mod words;

pub use crate::ui::engine::accesskit::{
    Ending, TextRun, byte_of, publish_field_lines, publish_lines, text_position, text_runs,
};
pub use crate::ui::engine::fonts::MoreFont;
pub use crate::ui::engine::kept::KeptText;
pub use crate::ui::engine::label::{one_line, quote_label};
pub use crate::ui::engine::paint::TextEngine;
pub use crate::ui::engine::para::{Affinity, Direction, Hit, Line, Para, Piece};
pub use crate::ui::engine::style::{Family, Reading, Style};
pub use crate::ui::engine::tiles::Tiles;
