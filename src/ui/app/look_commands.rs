//! Wishes about how the window looks, its keys, and what it says about itself.

use crate::ui::app::App;
use crate::ui::command_table::{Chord, Keymap};
use crate::ui::desk::{Dialog, HiddenPanels};
use crate::ui::dialogs::{AboutDesk, FilePlaces, SettingsDesk, SettingsPage};
use crate::ui::page::Edges;
use crate::ui::theme::{Look, ThemeChoice};
use crate::workbench::{Loaded, Stopwatch, diagnostics};
use egui::Context;
use smol_str::SmolStr;

impl App {
    /// Everything looks like this from now on.
    pub(in crate::ui::app) fn set_look(&mut self, look: Look) {
        self.desk.look = look;
        self.office.update(|settings| look.write(settings));
    }

    /// What counts to selected words from now on.
    pub(in crate::ui::app) fn set_edges(&mut self, edges: Edges) {
        self.desk.edges = edges;
        let exact = (edges == Edges::Exact).then_some(false);
        self.office.update(|settings| settings.trim = exact);
    }

    /// Light becomes dark and dark light; the contrast stays.
    pub(in crate::ui::app) fn toggle_theme(&mut self) {
        let contrast = self.tokens.contrast;
        let theme = ThemeChoice::with(!self.tokens.dark, contrast);
        self.set_look(Look { theme, ..self.desk.look });
    }

    pub(in crate::ui::app) fn toggle_contrast(&mut self) {
        let theme = ThemeChoice::with(self.tokens.dark, !self.tokens.contrast);
        self.set_look(Look { theme, ..self.desk.look });
    }

    /// Hides everything but the page, or brings back what was there.
    pub(in crate::ui::app) fn toggle_focus(&mut self) {
        let desk = &mut self.desk;
        if let Some((hidden, closed)) = desk.unfocused.take() {
            (desk.hidden, desk.drawer.closed) = (hidden, closed);
        } else {
            desk.unfocused = Some((desk.hidden, desk.drawer.closed));
            desk.hidden = HiddenPanels { left: true, right: true };
            desk.drawer.closed = true;
        }
    }

    pub(in crate::ui::app) fn open_settings(&mut self, page: SettingsPage) {
        let name = self.office.annotator().as_str().to_owned();
        let files = self.file_places();
        let known = name.clone();
        let mine = SettingsDesk { page, name, known, files, ..SettingsDesk::default() };
        self.desk.dialog = Some(Dialog::Settings(mine));
    }

    pub(in crate::ui::app) fn open_about(&mut self, ctx: &Context) {
        let window = vec![
            format!("Window: egui {}, eframe with glow (OpenGL)", crate::ui::EGUI),
            format!("Pixels per point: {}", ctx.pixels_per_point()),
        ];
        let project = self.bench.as_ref().map(|bench| bench.project().as_ref());
        let diagnostics = diagnostics(&self.office, project, &window);
        let facts = vec![
            format!("Version {}, {}", env!("CARGO_PKG_VERSION"), BUILD),
            format!("egui {}, drawn with OpenGL", crate::ui::EGUI),
            format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH),
        ];
        let files = self.file_places();
        let about = AboutDesk { facts, files, diagnostics, ..AboutDesk::default() };
        self.desk.dialog = Some(Dialog::About(about));
    }

    fn file_places(&self) -> FilePlaces {
        let project = self.bench.as_ref().and_then(|bench| bench.path());
        FilePlaces {
            state: self.office.state_path().display().to_string(),
            log: self.office.log_path().display().to_string(),
            project: project.map(|path| path.display().to_string()),
        }
    }

    /// How large what was opened is, for the log.
    pub(in crate::ui::app) fn log_opened(&mut self, loaded: &Loaded) {
        let took = self.opening_since.take().map(Stopwatch::elapsed).unwrap_or_default();
        if let Some(file) = &loaded.file {
            self.office.log_file("open", &file.path, took);
        }
        let project = &loaded.project;
        self.office.log(&format!(
            "project: {} documents, {} annotations, {} links, {} records",
            project.sheets().len(),
            project.annotation_count(),
            project.relations().len(),
            project.entities().len()
        ));
    }

    /// Gives a command other keys; the usual ones, if none are given.
    pub(in crate::ui::app) fn remap(&mut self, id: &SmolStr, chords: Option<&[Chord]>) {
        let words: Option<Vec<String>> =
            chords.map(|chords| chords.iter().map(ToString::to_string).collect());
        self.office.update(|settings| {
            match &words {
                Some(words) => settings.keys.insert(id.to_string(), words.clone()),
                None => settings.keys.remove(id.as_str()),
            };
        });
        self.desk.keymap = Keymap::of(&self.office.settings.keys);
    }

    pub(in crate::ui::app) fn reset_keys(&mut self) {
        self.office.update(|settings| settings.keys.clear());
        self.desk.keymap = Keymap::default();
    }

    /// Somebody says their name.
    pub(in crate::ui::app) fn set_name(&mut self, name: &str) {
        self.office.set_annotator(name);
        let annotator = self.office.annotator();
        if let Some(bench) = &mut self.bench {
            bench.set_annotator(annotator);
        }
    }
}

/// How the program was built.
const BUILD: &str = if cfg!(debug_assertions) { "a build for testing" } else { "a release build" };
