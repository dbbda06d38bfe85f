//! What stands around the page: documents and codebook, the inspector, the drawer, the status line, the start screen.
//!
//! Each panel reads a [`View`], draws, and puts wishes into the outbox; none changes the project. What a panel keeps
//! between frames (lists, drafts) is in [`PanelDesks`] and can be dropped at any time.

mod codebook;
mod documents;
mod drawer;
mod entities;
mod inspector;
mod kept;
mod left;
mod naming;
mod start;
mod status;

pub use crate::ui::panels::drawer::{DrawerLists, drawer_panel};
pub use crate::ui::panels::inspector::{InspectorDesk, right_panel};
pub use crate::ui::panels::left::{LeftDesk, left_panel};
pub use crate::ui::panels::start::start_screen;
pub use crate::ui::panels::status::{StatusDesk, status_line};

use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::theme::Tokens;
use crate::ui::view::View;

/// What the panels keep between frames.
#[derive(Default)]
pub struct PanelDesks {
    /// The left panel.
    pub left: LeftDesk,
    /// The inspector.
    pub inspector: InspectorDesk,
    /// The drawer.
    pub drawer: DrawerLists,
    /// The status line.
    pub status: StatusDesk,
}

/// What every part of a panel is drawn with.
struct Pane<'a> {
    view: View<'a>,
    engine: &'a mut TextEngine,
    out: &'a mut Outbox,
}

impl<'a> Pane<'a> {
    fn new(view: &View<'a>, engine: &'a mut TextEngine, out: &'a mut Outbox) -> Self {
        Self { view: *view, engine, out }
    }

    /// Tokens and text engine, as widgets want them.
    fn kit(&mut self) -> (&'a Tokens, &mut TextEngine) {
        (self.view.tokens, self.engine)
    }
}
