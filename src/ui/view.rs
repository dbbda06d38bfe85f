//! What panels may read: the project, how it stands with saving, and the theme. Nothing can be changed through it; what
//! is wished goes to the outbox beside it.

use crate::model::Project;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::theme::Tokens;
use crate::workbench::Workbench;

/// The reading side of one frame.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The project.
    pub project: &'a Project,
    /// The open project with history and saving.
    pub bench: &'a Workbench,
    /// Colours and sizes.
    pub tokens: &'a Tokens,
}

/// What every part of a panel is drawn with.
pub struct Pane<'a> {
    /// What may be read.
    pub view: View<'a>,
    /// The text engine.
    pub engine: &'a mut TextEngine,
    /// Where wishes go.
    pub out: &'a mut Outbox,
}

impl<'a> Pane<'a> {
    /// Tokens and text engine, as widgets want them.
    pub fn kit(&mut self) -> (&'a Tokens, &mut TextEngine) {
        (self.view.tokens, self.engine)
    }
}
