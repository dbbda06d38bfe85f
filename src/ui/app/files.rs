//! Opening, saving, exporting and closing, each in the background, none over unsaved work without asking.

use crate::jobs;
use crate::ui::app::App;
use crate::ui::chooser::Choice;
use crate::ui::desk::{Desk, Dialog, Focus, Next, Purpose};
use crate::ui::widgets::{Face, in_words};
use crate::workbench::{
    self, Loaded, Notice, Office, Recovery, Sample, SaveTarget, Stopwatch, Workbench,
};
use egui::{Context, ViewportCommand};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// So long a window that is being made may stay unseen for its project, counted from the first byte read.
const UNSEEN: Duration = Duration::from_millis(500);

/// Reads the files in the background, also before there is a window.
pub(in crate::ui::app) fn opening(
    office: &mut Office,
    window: &Arc<OnceLock<Context>>,
    paths: Vec<PathBuf>,
) -> jobs::Job<Result<Loaded, Notice>> {
    let desk = office.desk();
    let window = Arc::clone(window);
    let wake = move || {
        if let Some(ctx) = window.get() {
            ctx.request_repaint();
        }
    };
    jobs::start("Opening", wake, move |progress| workbench::load(&paths, desk, progress))
}

/// Whether it is called as a project is.
fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

impl App {
    pub(in crate::ui::app) fn collect_finished_jobs(&mut self, ctx: &Context) {
        if let Some(opened) = self.opening.as_mut().and_then(jobs::Job::poll) {
            self.opening = None;
            match opened {
                Ok(Ok(loaded)) => self.enter(loaded),
                Ok(Err(notice)) => self.toasts.say(notice),
                Err(error) => self.toasts.say(Notice::error("Not opened", error)),
            }
        }
        if let Some(added) = self.adding.as_mut().and_then(jobs::Job::poll) {
            self.adding = None;
            match added {
                Ok(added) => self.add_documents(added),
                Err(error) => self.toasts.say(Notice::error("Not opened", error)),
            }
        }
        self.collect_proposal();
        self.collect_export();
        let answer = self.asking.as_mut().and_then(|asking| Some((asking.purpose, asking.poll()?)));
        if let Some((purpose, choice)) = answer {
            self.asking = None;
            match choice {
                Choice::File(path) => self.chosen(purpose, path, ctx),
                Choice::Files(paths) if purpose == Purpose::Review => {
                    self.open_for_review(paths, ctx);
                }
                Choice::Files(paths) => self.open_or_add(paths, ctx),
                Choice::Cancelled => {}
                Choice::NoDialog => self.type_path(purpose, None),
            }
        }
    }

    pub(in crate::ui::app) fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let paths: Vec<PathBuf> = dropped
            .iter()
            .filter_map(|file| {
                Some(file.path()).filter(|p| !p.as_os_str().is_empty()).map(Path::to_path_buf)
            })
            .collect();
        if paths.is_empty() {
            return;
        }
        if self.bench.is_some() && paths.iter().all(|path| is_json(path)) {
            self.ask_about_dropped(paths);
        } else {
            self.open_or_add(paths, ctx);
        }
    }

    /// A project file is opened, texts are added to the project that is open.
    fn open_or_add(&mut self, paths: Vec<PathBuf>, ctx: &Context) {
        if self.bench.is_none() || paths.iter().any(|path| is_json(path)) {
            self.settle_then(Next::Open(paths), ctx);
        } else {
            self.add_now(paths, ctx);
        }
    }

    /// Goes on with `next`, after unsaved changes are settled.
    pub(in crate::ui::app) fn settle_then(&mut self, next: Next, ctx: &Context) {
        // A sample or texts that were only looked at are no work.
        let worth_saving =
            self.bench.as_ref().is_some_and(|bench| bench.is_dirty() && bench.changes() > 0);
        if worth_saving {
            self.desk.dialog = Some(Dialog::Unsaved { then: next });
        } else {
            self.go(next, ctx);
        }
    }

    pub(in crate::ui::app) fn go(&mut self, next: Next, ctx: &Context) {
        match next {
            Next::Quit => {
                self.remember(ctx);
                self.office.log("end");
                if let Some(bench) = self.bench.take() {
                    bench.close();
                }
                self.closing = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Next::Open(paths) => {
                self.remember(ctx);
                self.open_now(paths);
            }
            Next::Import(proposed) => {
                self.remember(ctx);
                self.import_now(proposed, ctx);
            }
            Next::New => {
                self.remember(ctx);
                self.new_project();
            }
            Next::Sample(which) => {
                self.remember(ctx);
                self.open_sample(which);
            }
        }
    }

    /// Reads the files in the background.
    pub(in crate::ui::app) fn open_now(&mut self, paths: Vec<PathBuf>) {
        self.opening_since = Some(Stopwatch::start());
        self.opening = Some(opening(&mut self.office, &self.window, paths));
    }

    /// Call it while nobody sees the window yet: what is open in a moment is waited for, so that the first that is seen
    /// is the project, and no processor draws an empty window meanwhile.
    pub fn await_opening(&mut self) {
        let (Some(job), Some(since)) = (&mut self.opening, &self.opening_since) else { return };
        // Whatever is laid out first waits until fonts are found and their tables read.
        for face in [Face::Reading, Face::Plain, Face::Bold] {
            let style = face.style(&self.tokens);
            self.engine.layout("First words.", f32::INFINITY, &style, 1.0);
        }
        job.await_for(UNSEEN.saturating_sub(since.elapsed()));
    }

    pub(in crate::ui::app) fn new_project(&mut self) {
        match workbench::new_project(&mut self.office) {
            Ok(loaded) => self.enter(loaded),
            Err(notice) => self.toasts.say(notice),
        }
    }

    /// The window is on another project now.
    pub(in crate::ui::app) fn enter(&mut self, mut loaded: Loaded) {
        if let Some(before) = self.bench.take() {
            before.close();
        }
        for warning in loaded.warnings.drain(..) {
            self.toasts.say(warning);
        }
        let imported = loaded.imported.take();
        self.log_opened(&loaded);
        let (bench, recovery) = Workbench::start(loaded, &mut self.office);
        if let Some(reason) = bench.read_only() {
            self.toasts.say(Notice::error("Open for reading only", reason));
        }
        self.bench = Some(bench);
        self.shown_frames = 0;
        self.desk = Desk {
            look: self.desk.look,
            chips: self.desk.chips,
            invisible: self.desk.invisible,
            no_cards: self.desk.no_cards,
            links: self.desk.links,
            edges: self.desk.edges,
            keymap: std::mem::take(&mut self.desk.keymap),
            chosen: std::mem::take(&mut self.desk.chosen),
            unfocused: self.desk.unfocused,
            hidden: self.desk.hidden,
            drawer: std::mem::take(&mut self.desk.drawer),
            focus: Some(Focus::Page),
            ..Desk::default()
        };
        let later = std::mem::take(&mut self.offer_later);
        self.desk.dialog = recovery.filter(|_| !later).map(Dialog::Recover);
        self.stop_deciding();
        self.reviewing = std::mem::take(&mut self.reviewing).without_guests();
        self.offer_last_review();
        self.go_on_reading();
        if let Some(imported) = imported {
            self.desk.dialog = Some(Dialog::Imported(imported));
        }
        // Asked once, before the first work that it is put on.
        if self.desk.dialog.is_none() && self.office.should_ask_name() {
            self.desk.dialog = Some(Dialog::Annotator { name: String::new() });
        }
        self.prune();
    }

    /// What has to wait for the disk is done after the project is seen.
    pub(in crate::ui::app) fn count_frames(&mut self, ctx: &Context) {
        let Some(bench) = &self.bench else { return };
        self.shown_frames += 1;
        match (self.shown_frames, bench.path()) {
            (1, _) => {
                self.office.log("shown");
                ctx.request_repaint();
            }
            (2, Some(path)) => self.office.remember_recent(path),
            _ => {}
        }
    }

    pub(in crate::ui::app) fn recover(&mut self, recovery: Recovery) {
        let Some(bench) = &mut self.bench else { return };
        let said = |done| format!("Recovered {}", in_words(done, "change", "changes"));
        match bench.replay(recovery) {
            Ok(replayed) if replayed.left_out == 0 => {
                self.toasts.say(Notice::info(said(replayed.done)));
            }
            Ok(replayed) => self.toasts.say(Notice::error(
                said(replayed.done),
                format!("{} no longer fit and were left out", replayed.left_out),
            )),
            Err(notice) => self.toasts.say(notice),
        }
        self.prune();
    }

    /// A sample that comes with the program, as a new project that is not saved anywhere yet.
    fn open_sample(&mut self, which: Sample) {
        match workbench::sample(which) {
            Ok(loaded) => self.enter(loaded),
            Err(notice) => self.toasts.say(notice),
        }
    }

    pub(in crate::ui::app) fn chosen(&mut self, purpose: Purpose, path: PathBuf, ctx: &Context) {
        match purpose {
            Purpose::OpenProject => self.settle_then(Next::Open(vec![path]), ctx),
            Purpose::OpenText => self.open_or_add(vec![path], ctx),
            Purpose::Review => self.open_for_review(vec![path], ctx),
            Purpose::SaveAs => {
                let over = self.bench.as_ref().is_some_and(|bench| bench.would_overwrite(&path));
                if over {
                    self.desk.dialog = Some(Dialog::Overwrite { path, purpose });
                } else {
                    self.save_to(SaveTarget::As(path), ctx);
                }
            }
            Purpose::ImportBrat => self.propose_import(path, ctx),
            Purpose::ExportJson
            | Purpose::ExportLines
            | Purpose::SaveReview
            | Purpose::SaveReport
                if path.exists() =>
            {
                self.desk.dialog = Some(Dialog::Overwrite { path, purpose });
            }
            Purpose::SaveReview => self.save_review(path, ctx),
            Purpose::SaveReport => self.save_report(path, ctx),
            Purpose::ExportJson | Purpose::ExportLines | Purpose::ExportBrat => {
                self.export_to(purpose, &path, ctx);
            }
        }
    }

    /// Saves in the project's file, or asks where.
    pub(in crate::ui::app) fn save(&mut self, ctx: &Context) {
        let Some(bench) = &self.bench else { return };
        if bench.path().is_some() {
            self.save_to(SaveTarget::Same, ctx);
        } else {
            self.desk_command(crate::ui::outbox::DeskCommand::AskPath(Purpose::SaveAs), ctx);
        }
    }

    pub(in crate::ui::app) fn save_to(&mut self, target: SaveTarget, ctx: &Context) {
        let wake = ctx.clone();
        let Some(bench) = &mut self.bench else { return };
        if bench.is_saving() && target == SaveTarget::Same {
            self.save_again = true;
            return;
        }
        self.saving_since = Some(Stopwatch::start());
        if let Err(notice) = bench.begin_save(target, move || wake.request_repaint()) {
            self.toasts.say(notice);
        }
    }

    pub(in crate::ui::app) fn export_to(&mut self, purpose: Purpose, path: &Path, ctx: &Context) {
        let format = match purpose {
            Purpose::ExportBrat => "brat",
            Purpose::ExportLines => "annotation-jsonl",
            _ => "annotation-json",
        };
        self.export_now(format, path, ctx);
    }

    /// A file name to propose.
    pub(in crate::ui::app) fn proposal(&self, purpose: Purpose) -> String {
        let Some(bench) = &self.bench else { return String::new() };
        let stem = bench
            .path()
            .and_then(|path| path.file_stem())
            .map(|stem| stem.to_string_lossy().into_owned());
        let title = || {
            let first = bench
                .project()
                .documents_in_order()
                .first()
                .map(|s| s.document().title.to_string());
            let words = first.unwrap_or_else(|| "project".to_owned()).to_lowercase();
            let clean = |c: char| if c.is_alphanumeric() { c } else { '-' };
            words.chars().take(40).map(clean).collect::<String>().trim_matches('-').to_owned()
        };
        let stem = stem.unwrap_or_else(title);
        match purpose {
            Purpose::ExportJson => format!("{stem}.annotations.json"),
            Purpose::ExportLines => format!("{stem}.annotations.jsonl"),
            Purpose::ExportBrat => format!("{stem}-brat"),
            Purpose::SaveReview => format!("{stem}.review.json"),
            Purpose::SaveReport => format!("{stem}.agreement.html"),
            _ => format!("{stem}.json"),
        }
    }

    /// Journal and save under way; asks for another frame while something is awaited.
    pub(in crate::ui::app) fn keep(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        if let Some(bench) = &mut self.bench {
            let ended = bench.tick(now, &mut self.office);
            if bench.is_waiting() {
                ctx.request_repaint_after(Duration::from_millis(300));
            }
            match ended {
                Some(Ok(path)) => {
                    let took = self.saving_since.take().map(Stopwatch::elapsed);
                    self.office.log_file("save", &path, took.unwrap_or_default());
                    self.remember_review();
                    self.toasts.say(Notice::info(format!("Saved {}", path.display())));
                    if std::mem::take(&mut self.save_again) {
                        self.save(ctx);
                    } else if let Some(next) = self.after_save.take() {
                        self.settle_then(next, ctx);
                    }
                }
                Some(Err(notice)) => {
                    self.after_save = None;
                    // The question says it better.
                    self.asking_outside = bench.is_looking_outside();
                    if !self.asking_outside {
                        self.toasts.say(notice);
                    }
                }
                None => {}
            }
        }
        if self.asking.is_some() {
            ctx.request_repaint_after(Duration::from_millis(50));
        }
        for notice in self.toasts.take_said() {
            self.office.log_notice(&notice);
        }
        if let Some(trouble) = self.office.trouble.take() {
            self.toasts.say(Notice::error("Settings", trouble));
        }
    }

    /// The window's own close button asks about unsaved changes too.
    pub(in crate::ui::app) fn close_if_asked(&mut self, ctx: &Context) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.settle_then(Next::Quit, ctx);
        }
        if self.closing {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}
