//! What panels may read: the project, how it stands with saving, and the theme. Nothing can be changed through it.

use crate::model::Project;
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
