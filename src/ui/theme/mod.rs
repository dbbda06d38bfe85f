//! How everything looks: one set of tokens for each theme, what a person wants of it, and how egui is told.
//!
//! The only place where a colour is made of numbers. It draws nothing; `widgets` does, with these tokens.

mod apply;
#[cfg(test)]
mod contrast;
mod look;
mod palettes;
mod tokens;

pub use crate::ui::theme::apply::apply;
pub use crate::ui::theme::look::{
    LEADING, LETTERS, Look, PageLook, ReadingFace, SIZE, ThemeChoice, ZOOM,
};
pub use crate::ui::theme::tokens::{LayerColors, Sizes, Strokes, Tokens};
