//! The window's program: one frame after the other, each in the same order.
//!
//! Finished jobs → shortcuts → draw (reads only) → perform the wishes → journal → repaint if something is awaited.
//! What wishes do to the window is in `desk_commands`, opening and closing in `files`.

mod arrangement;
mod caret;
mod comments;
mod deciding;
mod deciding_many;
mod desk_commands;
mod documents;
mod files;
mod finding;
mod front;
mod guests;
mod hiding;
mod importing;
mod linking;
mod look_commands;
mod outside;
mod records;
mod review;
mod start;
mod trail;
mod work;

use crate::jobs::Job;
use crate::ui::announce::announce;
use crate::ui::app::arrangement::Arranged;
use crate::ui::chooser::{Asking, FileChooser, SystemChooser};
use crate::ui::desk::{Desk, Focus, Mode, Next, Selected};
use crate::ui::dialogs::dialog;
use crate::ui::engine::TextEngine;
use crate::ui::finder::finder;
use crate::ui::menu::menu_bar;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::page::page_id;
use crate::ui::palette::palette;
use crate::ui::panels::{self, PanelDesks};
use crate::ui::shortcuts;
use crate::ui::tag_all::tag_all;
use crate::ui::theme::{self, Look, Tokens};
use crate::ui::toasts::Toasts;
use crate::ui::view::View;
use crate::ui::widgets::absent;
use crate::workbench::{
    self, AnnotationCommand, Command, Loaded, Notice, Office, Stopwatch, Workbench,
};
use egui::{CentralPanel, Context, Frame, Panel, Ui};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// In a window of fewer points, panels give way to the page.
const SMALL: f32 = 960.0;

/// The window.
#[expect(clippy::struct_excessive_bools, reason = "what waits for a later frame, each by itself")]
pub struct App {
    office: Office,
    /// The window, once it is there: finished work wakes it.
    window: Arc<OnceLock<Context>>,
    bench: Option<Workbench>,
    /// Frames that have shown the project.
    shown_frames: u64,
    desk: Desk,
    panels: PanelDesks,
    engine: TextEngine,
    tokens: Tokens,
    toasts: Toasts,
    chooser: Box<dyn FileChooser>,
    asking: Option<Asking>,
    opening: Option<Job<Result<Loaded, Notice>>>,
    /// Work of killed programs on projects that were never saved.
    unsaved: Vec<Loaded>,
    adding: Option<Job<workbench::TextsRead>>,
    /// Guests being read, and what is worked out of them.
    reviewing: review::ReviewWork,
    /// A folder being read before it is imported.
    proposing: Option<Job<Result<workbench::Proposed, Notice>>>,
    exporting: Option<Job<Result<workbench::Exported, Notice>>>,
    /// The recent files as they were found, and the job that looks.
    recent: Vec<workbench::Recent>,
    looking_up: Option<Job<Vec<workbench::Recent>>>,
    /// Since when there is work under way, by the window's clock.
    working_since: Option<f64>,
    /// What goes on when a save has ended well.
    after_save: Option<Next>,
    /// What was found outside is asked about as soon as it is known.
    asking_outside: bool,
    /// The log of the project that is opened next is not offered at once.
    offer_later: bool,
    /// Whether the window had the keyboard in the frame before.
    focused: bool,
    /// Saving was asked for while it was under way.
    save_again: bool,
    /// The window may close now.
    closing: bool,
    /// The look that egui was told of.
    shown: Option<(Look, Option<egui::Theme>)>,
    arranged: Arranged,
    opening_since: Option<Stopwatch>,
    saving_since: Option<Stopwatch>,
    exporting_to: Option<(PathBuf, Stopwatch)>,
    title: String,
}

impl App {
    /// A window of that office, on these files.
    pub fn new(office: Office, paths: Vec<PathBuf>, engine: TextEngine) -> Self {
        Self::beginning(office, paths, || engine)
    }

    /// The same; the files are being read while the engine is made.
    pub fn beginning(
        mut office: Office,
        paths: Vec<PathBuf>,
        engine: impl FnOnce() -> TextEngine,
    ) -> Self {
        let window = Arc::default();
        let reading = (!paths.is_empty()).then(|| files::opening(&mut office, &window, paths));
        let mut app = Self {
            desk: Desk { focus: Some(Focus::Page), ..arrangement::desk_of(&office.settings) },
            arranged: Arranged::of(&office.settings),
            office,
            window,
            bench: None,
            shown_frames: 0,
            panels: PanelDesks::default(),
            engine: engine(),
            tokens: Tokens::light(),
            toasts: Toasts::default(),
            chooser: Box::new(SystemChooser),
            asking: None,
            opening_since: reading.is_some().then(Stopwatch::start),
            opening: reading,
            unsaved: Vec::new(),
            adding: None,
            reviewing: review::ReviewWork::default(),
            proposing: None,
            exporting: None,
            recent: Vec::new(),
            looking_up: None,
            working_since: None,
            after_save: None,
            asking_outside: false,
            offer_later: false,
            focused: true,
            save_again: false,
            closing: false,
            shown: None,
            saving_since: None,
            exporting_to: None,
            title: String::new(),
        };
        if app.opening.is_none() {
            app.unsaved = workbench::waiting(&app.office);
        }
        app
    }

    /// With another way to choose files: for tests.
    #[must_use]
    pub fn with_chooser(mut self, chooser: Box<dyn FileChooser>) -> Self {
        self.chooser = chooser;
        self
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.window.get_or_init(|| ctx.clone());
        self.look(&ctx);
        self.collect_finished_jobs(&ctx);
        self.collect_review(&ctx);
        self.take_dropped_files(&ctx);
        let mut out = Outbox::default();
        self.read_shortcuts(&ctx, &mut out);
        self.engine.begin_frame(&ctx, self.tokens.dark);
        self.draw(ui, &mut out);
        // What no field has taken by now has no such field: it shall not take the keyboard later.
        self.desk.focus = None;
        let answer = self.draw_over(&ctx, &mut out);
        self.engine.end_frame(&ctx);
        if self.opening.is_none() {
            self.engine.ask_for_fonts();
        }
        self.count_frames(&ctx);
        if let Some(answer) = answer {
            self.answered(answer, &ctx);
        }
        for wish in out.drain() {
            self.perform(wish, &ctx);
        }
        self.keep(&ctx);
        self.watch_outside(&ctx);
        self.watch_guests(&ctx);
        self.remember_soon(&ctx);
        self.close_if_asked(&ctx);
        self.keep_keyboard(&ctx);
    }

    /// Theme and window title, when they have changed.
    fn look(&mut self, ctx: &Context) {
        let system = ctx.system_theme();
        if self.shown != Some((self.desk.look, system)) {
            self.tokens = Tokens::of(self.desk.look.theme, system);
            theme::apply(ctx, &self.desk.look, &self.tokens);
            self.shown = Some((self.desk.look, system));
        }
        let title = self.bench.as_ref().map_or_else(
            || "Matryoshka".to_owned(),
            |bench| {
                let name = bench.path().and_then(|path| path.file_name());
                let name = name.map_or("New project".into(), |name| name.to_string_lossy());
                let mark = if bench.is_dirty() { "• " } else { "" };
                let elsewhere =
                    if bench.is_open_elsewhere() { " (also open elsewhere)" } else { "" };
                format!("{mark}{name}{elsewhere} – Matryoshka")
            },
        );
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn read_shortcuts(&mut self, ctx: &Context, out: &mut Outbox) {
        let view = self.bench.as_ref().map(|bench| view(bench, &self.tokens));
        shortcuts::read(ctx, view.as_ref(), &mut self.desk, out);
    }

    fn draw(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let working = self.working(ui.ctx());
        let Some(bench) = &self.bench else {
            // What is being opened is there in a moment: until then nothing that would only flash up.
            if self.opening.is_some() && working.is_none() {
                ui.painter().rect_filled(ui.max_rect(), 0.0, self.tokens.page);
            } else {
                self.draw_start(ui, working, out);
            }
            return;
        };
        let view = view(bench, &self.tokens);
        let (desk, engine, panels) = (&mut self.desk, &mut self.engine, &mut self.panels);
        let mut sizes = self.arranged.sizes;
        desk.problems.refresh(&view, ui.ctx());
        crate::ui::review::queue::refresh(&view, &mut desk.review);
        // In a small window, or with large type, panels leave the page its room; what was set in a large one is kept.
        let room = ui.available_width();
        let small = room < SMALL;
        let bar = Frame::new().fill(self.tokens.panel);
        Panel::top("menu").frame(bar).exact_size(self.tokens.size.menu).show(ui, |ui| {
            menu_bar(ui, Some(&view), (&self.tokens, engine), desk, out);
        });
        outside::outside_strip(ui, bench, &self.tokens, out);
        outside::beside_strip(ui, (bench, desk), (&self.tokens, engine), out);
        Panel::bottom("status").frame(bar).exact_size(self.tokens.size.status).show(ui, |ui| {
            panels::status_bar(&view, desk, engine, out, ui);
        });
        work::work_strip(ui, working, &self.tokens, out);
        if desk.hidden.left {
            absent(ui);
        } else {
            let wide = self.arranged.left(&self.tokens.size);
            let panel = if small {
                Panel::left("left, small").default_size(room * 0.22).size_range(110.0..=room * 0.4)
            } else {
                Panel::left("left").default_size(wide).size_range(180.0..=420.0)
            };
            let shown = panel.frame(bar).show(ui, |ui| {
                contained(ui, |ui| front::left(&view, desk, panels, (engine, out), ui));
                desk.focus.take_if(|focus| *focus == Focus::Left);
            });
            sizes.left = if small { sizes.left } else { Some(shown.response.rect.width().round()) };
        }
        if !desk.hidden.right && !desk.review.shown {
            let wide = self.arranged.right(&self.tokens.size);
            let panel = if small {
                Panel::right("right, small")
                    .default_size(room * 0.27)
                    .size_range(140.0..=room * 0.4)
            } else {
                Panel::right("right").default_size(wide).size_range(240.0..=520.0)
            };
            let shown = panel.frame(bar).show(ui, |ui| {
                contained(ui, |ui| panels::inspector(&view, desk, panels, engine, out, ui));
            });
            sizes.right =
                if small { sizes.right } else { Some(shown.response.rect.width().round()) };
        } else {
            absent(ui);
        }
        front::above(&view, desk, (engine, out), ui);
        let sheet = Frame::new().fill(self.tokens.page);
        if front::has_list(desk) {
            // The page keeps at least this much, however small the window is.
            let most = (ui.available_height() - front::least(desk)).clamp(90.0, 520.0);
            let shown = Panel::bottom("drawer")
                .resizable(true)
                .frame(sheet)
                .default_size(self.arranged.drawer())
                .size_range(90.0..=most)
                .show(ui, |ui| {
                    contained(ui, |ui| front::list(&view, desk, panels, (engine, out), ui));
                });
            sizes.drawer = Some(shown.response.rect.height().round());
        } else {
            absent(ui);
        }
        CentralPanel::default().frame(sheet).show(ui, |ui| {
            front::centre(&view, desk, (engine, out), ui);
        });
        self.arranged.sizes = sizes;
    }

    fn draw_start(&mut self, ui: &mut Ui, working: Option<work::Working>, out: &mut Outbox) {
        let bar = Frame::new().fill(self.tokens.panel);
        Panel::top("menu").frame(bar).exact_size(self.tokens.size.menu).show(ui, |ui| {
            menu_bar(ui, None, (&self.tokens, &mut self.engine), &self.desk, out);
        });
        work::work_strip(ui, working, &self.tokens, out);
        CentralPanel::default().frame(Frame::new().fill(self.tokens.page)).show(ui, |ui| {
            self.start_screen(ui, out);
        });
    }

    /// Palette, dialog and messages lie over everything.
    fn draw_over(&mut self, ctx: &Context, out: &mut Outbox) -> Option<crate::ui::dialogs::Answer> {
        let view = self.bench.as_ref().map(|bench| view(bench, &self.tokens));
        finder(ctx, view.as_ref(), &mut self.desk, &mut self.engine, out);
        palette(ctx, view.as_ref(), (&self.tokens, &mut self.engine), &mut self.desk, out);
        start::drop_target(ctx, &self.tokens, self.bench.is_some());
        if let Some(view) = &view {
            tag_all(ctx, view, &mut self.desk, &mut self.engine, out);
        }
        if self.toasts.show(ctx, (&self.tokens, &mut self.engine)) {
            out.ask(Command::Undo);
        }
        announce(ctx, view.as_ref(), &self.desk);
        dialog(ctx, view.as_ref(), (&self.tokens, &mut self.engine), &mut self.desk, out)
    }

    fn perform(&mut self, wish: Wish, ctx: &Context) {
        match wish {
            Wish::Desk(command) => self.desk_command(command, ctx),
            Wish::Project(command) => self.ask_project(&command),
        }
    }

    /// Does what is asked of the project and shows what came of it.
    fn ask_project(&mut self, command: &Command) {
        let Some(bench) = &mut self.bench else { return };
        self.toasts.forget_undo();
        match bench.perform(command) {
            Err(notice) => self.toasts.say(notice),
            Ok(outcome) => {
                self.remember_record(command, outcome.made.as_ref());
                if let Some(made) = outcome.made {
                    self.show_made(made, command);
                }
                match outcome.said {
                    Some(said)
                        if matches!(command, Command::Undo | Command::Redo | Command::GoTo(_)) =>
                    {
                        self.toasts.say(Notice::info(said));
                    }
                    Some(said) => self.toasts.done(said),
                    None => {}
                }
            }
        }
        self.prune();
    }

    /// What was made is selected; a fresh annotation gets its code popup.
    fn show_made(&mut self, made: crate::model::RecordId, command: &Command) {
        use crate::model::RecordId;
        match made {
            RecordId::Annotation(id) => {
                self.desk.page.caret.clear();
                self.desk.words = None;
                self.unveil(&id);
                self.desk.selected = Some(Selected::Annotation(id.clone()));
                let coded = matches!(
                    command,
                    Command::Annotation(AnnotationCommand::Tag { code: Some(_), .. })
                );
                if matches!(command, Command::Annotation(_)) && !coded {
                    self.open_popup(id);
                }
            }
            RecordId::Relation(id) => self.desk.selected = Some(Selected::Relation(id)),
            RecordId::Entity(id) => self.desk.selected = Some(Selected::Entity(id)),
            RecordId::Document(id) => self.show(id),
            RecordId::Comment(id) if self.desk.review.shown => self.desk.review.comments.made(id),
            RecordId::Comment(id) => self.panels.inspector.comment_made(id),
            RecordId::Note(_) | RecordId::Decision(_) => {}
        }
    }

    /// Lets go of what is no longer there.
    fn prune(&mut self) {
        let Some(bench) = &self.bench else { return };
        let project = bench.project();
        let gone = match &self.desk.selected {
            Some(Selected::Annotation(id)) => {
                project.annotation(id).is_none_or(|annotation| self.desk.veil.hides(annotation))
            }
            Some(Selected::Relation(id)) => !project.relations().contains_key(id),
            Some(Selected::Entity(id)) => !project.entities().contains_key(id),
            Some(Selected::Document(id)) => project.sheet(id).is_none(),
            None => false,
        };
        if gone {
            self.desk.selected = None;
        }
        if let Mode::Coding(coding) = &self.desk.mode
            && project.annotation(&coding.annotation).is_none()
        {
            self.desk.mode = Mode::Reading;
        }
        if let Mode::Linking(linking) = &self.desk.mode
            && project.layer_of(&linking.from).is_none()
        {
            self.desk.mode = Mode::Reading;
        }
        let shown = self.desk.document.as_ref().is_some_and(|id| project.sheet(id).is_some());
        if !shown {
            self.desk.document =
                project.documents_in_order().first().map(|sheet| sheet.document().id.clone());
        }
    }

    /// While nothing else has the keyboard, the page does.
    fn keep_keyboard(&self, ctx: &Context) {
        let free = ctx.memory(|memory| memory.focused().is_none());
        if free && self.bench.is_some() && !self.desk.is_covered() {
            ctx.memory_mut(|memory| memory.request_focus(page_id()));
        }
    }
}

/// What panels may read.
fn view<'a>(bench: &'a Workbench, tokens: &'a Tokens) -> View<'a> {
    View { project: bench.project(), bench, tokens }
}

/// Draws in exactly the room there is: a wide row does not make its panel wider frame by frame.
fn contained(ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
    inside.shrink_clip_rect(room);
    draw(&mut inside);
    ui.advance_cursor_after_rect(room);
}
