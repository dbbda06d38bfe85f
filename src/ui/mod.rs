//! The window. It reads the project, draws it and collects wishes; what they do is the workbench's matter.
//!
//! Start at `app` (the order of a frame). `desk` is what the window remembers, `outbox` what widgets may ask for,
//! `command_table` every command with its keys. `page` is the reading surface on `engine`; `panels` are around it.

pub mod announce;
pub mod app;
pub mod chooser;
pub mod command_table;
pub mod desk;
pub mod dialogs;
pub mod engine;
pub mod finder;
pub mod itself;
pub mod keyboard;
pub mod later;
mod letters;
mod link_keys;
pub mod list_keys;
pub mod menu;
pub mod outbox;
pub mod page;
pub mod palette;
pub mod panels;
pub mod problems;
pub mod review;
pub mod shortcuts;
pub mod sides;
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
use egui_system_font_provider::SystemFontProvider;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The version of egui, as Cargo.toml asks for it.
pub const EGUI: &str = "0.37";

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
    hear_panics(office.panic_log());
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    office.log(&format!("start {} on {os} {arch}", env!("CARGO_PKG_VERSION")));
    let arranged = &office.settings.desk;
    let [width, height] = arranged.window.unwrap_or([1440.0, 900.0]);
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("matryoshka")
        .with_title("Matryoshka")
        .with_inner_size([width.clamp(720.0, 8000.0), height.clamp(480.0, 8000.0)])
        .with_maximized(arranged.maximized == Some(true))
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    // Files are read while the system makes the window, which it shows after the first frame.
    let mut app = App::beginning(office, paths, engine::TextEngine::new);
    let start = move |_: &eframe::CreationContext<'_>| -> eframe::Result<Box<dyn eframe::App>, _> {
        app.await_opening();
        Ok(Box::new(RealWindow { app, frames: 0 }))
    };
    eframe::run_native("Matryoshka", options, Box::new(start))?;
    Ok(())
}

/// What the system shows: the program, and for what egui draws itself the system's fonts. They are looked for when the
/// first frame is on the screen: before it, that would hold up the reading of the file.
struct RealWindow {
    app: App,
    frames: u32,
}

impl eframe::App for RealWindow {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.app.frame(ui);
        self.frames = self.frames.saturating_add(1);
        if self.frames == AFTER_FIRST {
            ui.ctx().add_font_provider(Arc::new(SystemFontProvider::new()));
        }
    }
}

/// The frame in which the first one is surely on the screen.
const AFTER_FIRST: u32 = 2;

/// Writes where a panic happened, never its words: they may be those of a document. Then it goes on as before.
fn hear_panics(write: impl Fn(&str) + Send + Sync + 'static) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(|at| {
            // The file within its crate: where crates lie on this computer is nobody's matter.
            let parts: Vec<&str> = at.file().rsplit(['/', '\\']).take(4).collect();
            let file: Vec<&str> = parts.into_iter().rev().collect();
            format!("{}:{}", file.join("/"), at.line())
        });
        write(&place.unwrap_or_default());
        before(panic);
    }));
}
