//! The window. It reads the project, draws it and collects wishes; what they do is the workbench's matter.
//!
//! Start at `app` (the order of a frame). `desk` is what the window remembers, `outbox` what widgets may ask for,
//! `command_table` every command with its keys. `page` is the reading surface on `engine`; `panels` are around it.

pub mod app;
pub mod chooser;
pub mod command_table;
pub mod desk;
pub mod dialogs;
pub mod engine;
pub mod finder;
pub mod keyboard;
mod link_keys;
pub mod menu;
pub mod outbox;
pub mod page;
pub mod palette;
pub mod panels;
pub mod shortcuts;
pub mod tag_all;
pub mod theme;
pub mod toasts;
pub mod veil;
pub mod view;
pub mod widgets;

pub use crate::ui::app::App;
pub use crate::ui::chooser::{Choice, FileChooser};
pub use crate::ui::desk::Purpose;

use crate::workbench::Office;
use std::path::{Path, PathBuf};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowTrouble {
    /// The system gave no window.
    #[error("{0}")]
    System(#[from] eframe::Error),
    /// The state folder or chance is missing.
    #[error("{0}")]
    Start(crate::workbench::Notice),
}

/// Opens the window on `paths` and stays until it is closed.
pub fn run(
    paths: Vec<PathBuf>,
    state: Option<&Path>,
    annotator: Option<&str>,
) -> Result<(), WindowTrouble> {
    let office = Office::open(state, annotator).map_err(WindowTrouble::Start)?;
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("matryoshka")
        .with_title("Matryoshka")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let start = move |_: &eframe::CreationContext<'_>| -> eframe::Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(App::new(office, paths, engine::TextEngine::new())))
    };
    eframe::run_native("Matryoshka", options, Box::new(start))?;
    Ok(())
}
