//! Work in the background that takes a while: a strip says what, how far, and lets it be cancelled.
//!
//! A save is shown too, and cannot be cancelled: the file holds its old or its new bytes.

use crate::jobs::{Job, Progress};
use crate::ui::app::App;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{absent, in_words};
use crate::workbench::{self, Command, DocumentCommand, Notice, Stopwatch, TextsRead};
use egui::{
    Align, Button, Context, Frame, Layout, Margin, Panel, ProgressBar, RichText, Role, Ui,
    WidgetInfo,
};
use std::path::{Path, PathBuf};

/// What takes less is not worth a word.
const PATIENCE: f64 = 0.3;
/// Seconds after which one looks again how far it is.
const STEP: f64 = 0.1;

/// What is shown of work under way.
pub(in crate::ui::app) struct Working {
    title: String,
    progress: Option<Progress>,
}

impl App {
    /// The work under way, if any has been for a while. Called once a frame.
    pub(in crate::ui::app) fn working(&mut self, ctx: &Context) -> Option<Working> {
        let shown = |title: &str, progress: &Progress| Working {
            title: title.to_owned(),
            progress: Some(progress.clone()),
        };
        let opening = self.opening.as_ref().map(|job| shown(job.title(), job.progress()));
        let adding = self.adding.as_ref().map(|job| shown(job.title(), job.progress()));
        let proposing = self.proposing.as_ref().map(|job| shown(job.title(), job.progress()));
        let exporting = self.exporting.as_ref().map(|job| shown(job.title(), job.progress()));
        let saving = self.bench.as_ref().is_some_and(workbench::Workbench::is_saving);
        let saving = saving.then(|| Working { title: "Saving".to_owned(), progress: None });
        let reading = self.reviewing.reading.as_ref();
        let reading = reading.map(|job| shown(job.title(), job.progress()));
        let comparing = self.reviewing.comparing.as_ref();
        let comparing = comparing.map(|job| shown(job.title(), job.progress()));
        let deciding = self.reviewing.deciding.as_ref();
        let deciding = deciding.map(|many| shown(many.job.title(), many.job.progress()));
        let written = |title: &str| Working { title: title.to_owned(), progress: None };
        let report = self.reviewing.reporting.as_ref().map(|job| written(job.title()));
        let review = self.reviewing.writing.as_ref().map(|job| written(job.title()));
        let working = opening.or(adding).or(proposing).or(reading).or(comparing).or(exporting);
        let working = working.or(deciding).or(report).or(review).or(saving);
        let now = ctx.input(|input| input.time);
        if working.is_none() {
            self.working_since = None;
            return None;
        }
        let since = *self.working_since.get_or_insert(now);
        let waited = now - since;
        // Nothing is drawn while there is nothing to be seen: the work gets the time.
        let next = if waited < PATIENCE { PATIENCE - waited } else { STEP };
        ctx.request_repaint_after(std::time::Duration::from_secs_f64(next));
        working.filter(|_| waited >= PATIENCE)
    }

    /// Stops what can be stopped; what it had is thrown away.
    pub(in crate::ui::app) fn cancel_work(&mut self) {
        let titles = [
            self.opening.take().map(|job| job.title().to_owned()),
            self.adding.take().map(|job| job.title().to_owned()),
            self.proposing.take().map(|job| job.title().to_owned()),
            self.exporting.take().map(|job| job.title().to_owned()),
            self.reviewing.reading.take().map(|job| job.title().to_owned()),
        ];
        for title in titles.into_iter().flatten() {
            self.toasts.say(Notice::info(format!("{title} was cancelled")));
        }
        self.stop_deciding();
        if self.reviewing.comparing.take().is_some() {
            self.not_compared(Notice::info("Comparing was cancelled; nothing was changed"));
        }
    }

    pub(in crate::ui::app) fn add_now(&mut self, paths: Vec<PathBuf>, ctx: &Context) {
        let Some(bench) = &self.bench else { return };
        let (project, wake) = (std::sync::Arc::clone(bench.project()), ctx.clone());
        let desk = self.office.desk();
        self.adding = Some(crate::jobs::start(
            "Opening",
            move || wake.request_repaint(),
            move |progress| workbench::read_texts(&paths, &project, desk, progress),
        ));
    }

    /// The texts that could be read become documents, in one step; what became of the others is said.
    pub(in crate::ui::app) fn add_documents(&mut self, read: TextsRead) {
        let several = read.documents.len();
        if several > 0 {
            self.ask_project(&Command::Document(DocumentCommand::Add(read.documents)));
        }
        if several > 1 {
            self.toasts.done(format!("Added {}", in_words(several, "document", "documents")));
        }
        for notice in read.notices {
            self.toasts.say(notice);
        }
    }

    pub(in crate::ui::app) fn export_now(
        &mut self,
        format: &'static str,
        path: &Path,
        ctx: &Context,
    ) {
        let Some(bench) = &self.bench else { return };
        if self.exporting.is_some() {
            self.toasts.say(Notice::info("An export is under way"));
            return;
        }
        let (project, path) = (std::sync::Arc::clone(bench.project()), path.to_path_buf());
        self.exporting_to = Some((path.clone(), Stopwatch::start()));
        let wake = ctx.clone();
        self.exporting = Some(crate::jobs::start(
            "Exporting",
            move || wake.request_repaint(),
            move |progress| workbench::export(&project, None, format, &path, progress),
        ));
    }

    pub(in crate::ui::app) fn collect_export(&mut self) {
        let Some(ended) = self.exporting.as_mut().and_then(Job::poll) else { return };
        self.exporting = None;
        if let Some((path, since)) = self.exporting_to.take() {
            self.office.log_file("export", &path, since.elapsed());
        }
        self.toasts.say(match ended {
            Err(error) => Notice::error("Not exported", error),
            Ok(Err(notice)) => notice,
            Ok(Ok(receipt)) if !receipt.reread_equal => Notice::error(
                "The export is not what it should be",
                "read again it differs; please report this",
            ),
            Ok(Ok(receipt)) => Notice::info(receipt.to_string()),
        });
    }
}

/// Draws the strip.
pub(in crate::ui::app) fn work_strip(
    ui: &mut Ui,
    working: Option<Working>,
    tokens: &Tokens,
    out: &mut Outbox,
) {
    let Some(Working { title, progress }) = working else { return absent(ui) };
    let frame = Frame::new().fill(tokens.raised).inner_margin(Margin::symmetric(16, 5));
    Panel::bottom("work").frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let cancel = progress.is_some() && ui.add(Button::new("Cancel")).clicked();
            if cancel {
                out.desk(DeskCommand::CancelWork);
            }
            let fraction = progress.as_ref().and_then(Progress::fraction);
            let bar = ProgressBar::new(fraction.unwrap_or(1.0)).desired_width(180.0);
            let bar = bar.desired_height(6.0).fill(tokens.muted).animate(fraction.is_none());
            let spoken =
                fraction.map_or_else(String::new, |part| format!(", {:.0} %", part * 100.0));
            let name = format!("{title}{spoken}");
            ui.add(bar).widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &name));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(RichText::new(format!("{title}…")).color(tokens.ink));
                let text = progress.as_ref().map(Progress::text).unwrap_or_default();
                ui.add(egui::Label::new(RichText::new(text).color(tokens.muted)).truncate());
            });
        });
    });
}
