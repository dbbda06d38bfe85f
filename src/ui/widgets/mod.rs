//! The small parts that panels are put together from: rows, badges, key caps, fields, pickers.
//!
//! A widget knows tokens and words, never the project; it answers what was done to it and changes nothing.
//! Every one has an accessible name. Words of documents and codebooks are drawn by the text engine ([`words()`]).

mod badge;
mod chip;
mod empty;
mod eye;
mod field;
mod kwic;
mod menu_item;
mod picker;
mod row;
mod scroll;
mod search_field;
mod section;
mod sign;
mod text_field;
mod toggle;
mod words;

pub use crate::ui::widgets::badge::{badge, key_cap, paint_badge};
pub use crate::ui::widgets::chip::chip;
pub use crate::ui::widgets::empty::empty_state;
pub use crate::ui::widgets::eye::{Eye, eye, fold};
pub use crate::ui::widgets::field::{
    Typed, answer_field, field_row, hint, line_field, note_field, resting_field, side_text,
};
pub use crate::ui::widgets::kwic::kwic;
pub use crate::ui::widgets::menu_item::MenuItem;
pub use crate::ui::widgets::picker::{Item, Picked, Picker};
pub use crate::ui::widgets::row::{Row, rows, say_selected};
pub use crate::ui::widgets::scroll::Scrolled;
pub use crate::ui::widgets::search_field::{Enter, search_field};
pub use crate::ui::widgets::section::{
    absent, close_tab, hairline, name_button, quiet_button, section_header, tab,
};
pub use crate::ui::widgets::sign::{Sign, paint_sign, sign};
pub use crate::ui::widgets::text_field::{TextField, is_typing};
pub use crate::ui::widgets::toggle::{pill_toggle, value_toggle};
pub use crate::ui::widgets::words::{
    Face, in_words, passage, spoken_words, tip, told, whole_passage, within, words,
};
