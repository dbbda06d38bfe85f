//! An import in two parts: the folder is read and its names are shown with what they become; then, if the person wants
//! it, it is imported as a new project. Both go on in the background and can be cancelled.

use crate::ui::app::App;
use crate::ui::desk::Dialog;
use crate::workbench::{self, Importing, Notice, Proposed, Stopwatch};
use egui::Context;
use std::path::PathBuf;

impl App {
    /// Reads a brat folder; nothing is imported yet.
    pub(in crate::ui::app) fn propose_import(&mut self, folder: PathBuf, ctx: &Context) {
        let (desk, wake) = (self.office.desk(), ctx.clone());
        let ask = Importing { inputs: vec![folder], ..Importing::default() };
        self.proposing = Some(crate::jobs::start(
            "Reading the folder",
            move || wake.request_repaint(),
            move |progress| workbench::propose("brat", &ask, &desk, progress),
        ));
    }

    /// Shows what was read, once no other question is open.
    pub(in crate::ui::app) fn collect_proposal(&mut self) {
        if self.desk.dialog.is_some() {
            return;
        }
        let Some(read) = self.proposing.as_mut().and_then(crate::jobs::Job::poll) else { return };
        self.proposing = None;
        match read {
            Ok(Ok(proposed)) => self.desk.dialog = Some(Dialog::Import(Box::new(proposed))),
            Ok(Err(notice)) => self.toasts.say(notice),
            Err(error) => self.toasts.say(Notice::error("Not imported", error)),
        }
    }

    /// Imports what was read, as a project is opened.
    pub(in crate::ui::app) fn import_now(&mut self, proposed: Box<Proposed>, ctx: &Context) {
        let wake = ctx.clone();
        self.opening_since = Some(Stopwatch::start());
        self.opening = Some(crate::jobs::start(
            "Importing",
            move || wake.request_repaint(),
            move |progress| {
                let (mut loaded, imported) = proposed.import(progress)?;
                loaded.imported = Some(Box::new(imported));
                Ok(loaded)
            },
        ));
    }
}
