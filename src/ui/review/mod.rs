//! The Review tab: a colleague's project beside mine, difference by difference, each decided by one key.
//!
//! `desk` is what it remembers, `session` the guests as they were read, `queue` what is shown of their differences. The
//! centre is `view` (the words and the card), `sheet` (what to know before one begins), `records` (what both know of one
//! record), `agreement` or `work` (what became of my own work); `left` and `list` stand around it. What is decided goes to the outbox.

pub mod agreement;
mod ask;
pub mod bars;
mod books;
mod bulk;
mod card;
mod column;
mod desk;
mod left;
mod list;
pub mod pace;
mod pairs;
mod passage;
pub mod queue;
pub mod records;
pub mod said;
pub mod session;
mod sheet;
mod stated;
mod tabs;
mod talk;
mod view;
mod words;
pub mod work;

pub use crate::model::Verdict;
pub use crate::ui::review::bulk::{AT_ONCE, Bulk, offer};
pub use crate::ui::review::desk::{
    Draft, DraftKind, Editing, List, ReviewDesk, ReviewPage, ReviewWish, Spot, Tab,
};
pub use crate::ui::review::left::left;
pub use crate::ui::review::list::list;
pub use crate::ui::review::pairs::{has_namesakes, turned};
pub use crate::ui::review::session::{Session, Visit};
pub use crate::ui::review::tabs::{tabs, way_back};
pub use crate::ui::review::talk::subjects;
pub use crate::ui::review::view::centre;
pub use crate::ui::review::words::{class_name, file_status, situation, status};

use crate::ui::view::Pane;
