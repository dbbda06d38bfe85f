//! How everything looks: one set of tokens for light and one for dark, and how egui is told of them.
//!
//! The only place where a colour is made of numbers. It draws nothing; `widgets` does, with these tokens.

mod apply;
mod tokens;

pub use crate::ui::theme::apply::apply;
pub use crate::ui::theme::tokens::{LayerColors, Sizes, Tokens};
