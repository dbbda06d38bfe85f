//! What stands around the page: documents and codebook, the inspector, the drawer, the status line, the start screen.
//!
//! Each panel reads a [`View`], draws, and puts wishes into the outbox; none changes the project. What a panel keeps
//! between frames (lists, drafts) is in [`PanelDesks`] and can be dropped at any time.

mod codebook;
mod described;
mod documents;
pub(in crate::ui) mod drawer;
mod entities;
mod inspector;
mod kept;
pub(in crate::ui) mod language;
mod left;
pub(in crate::ui) mod naming;
mod seen;
mod start;
mod status;

pub use crate::ui::panels::described::{Described, described, set_feature};
pub use crate::ui::panels::drawer::DrawerLists;
pub use crate::ui::panels::inspector::InspectorDesk;
pub(in crate::ui) use crate::ui::panels::inspector::comments::Comments;
pub use crate::ui::panels::left::LeftDesk;
pub use crate::ui::panels::naming::record_of;
pub use crate::ui::panels::start::{Start, no_document, start_screen};
pub use crate::ui::panels::status::status_bar;

use egui::Ui;

use crate::ui::desk::Desk;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::view::{Pane, View};

/// What the panels keep between frames.
#[derive(Default)]
pub struct PanelDesks {
    /// The left panel.
    pub left: LeftDesk,
    /// The inspector.
    pub inspector: InspectorDesk,
    /// The drawer.
    pub drawer: DrawerLists,
}

/// Documents, codebook, and what the mentions refer to.
pub fn left_panel(
    view: &View<'_>,
    desk: &Desk,
    mine: &mut PanelDesks,
    engine: &mut TextEngine,
    out: &mut Outbox,
    ui: &mut Ui,
) {
    left::show(&mut Pane { view: *view, engine, out }, desk, &mut mine.left, ui);
}

/// What is selected, edited in place.
pub fn inspector(
    view: &View<'_>,
    desk: &mut Desk,
    mine: &mut PanelDesks,
    engine: &mut TextEngine,
    out: &mut Outbox,
    ui: &mut Ui,
) {
    inspector::show(&mut Pane { view: *view, engine, out }, desk, &mut mine.inspector, ui);
}

/// Annotations, links and problems as lists.
pub fn drawer(
    view: &View<'_>,
    desk: &mut Desk,
    mine: &mut PanelDesks,
    engine: &mut TextEngine,
    out: &mut Outbox,
    ui: &mut Ui,
) {
    drawer::show(&mut Pane { view: *view, engine, out }, desk, &mut mine.drawer, ui);
}
