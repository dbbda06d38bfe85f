//! The start screen: what was open lately, what was left unsaved, and three ways to begin.

use crate::jobs::{self, Job};
use crate::ui::app::App;
use crate::ui::outbox::Outbox;
use crate::ui::panels;
use crate::ui::theme::Tokens;
use crate::ui::widgets::in_words;
use crate::workbench::{self, Clock, Loaded, Recent};
use egui::{Context, FontId, Id, LayerId, Order, Rect, Stroke, StrokeKind, Ui, vec2};
use std::path::PathBuf;

impl App {
    pub(in crate::ui::app) fn start_screen(&mut self, ui: &mut Ui, out: &mut Outbox) {
        self.look_up_recent(ui.ctx());
        let unfinished: Vec<String> = self.unsaved.iter().map(describe).collect();
        let free = self.desk.dialog.is_none() && self.desk.palette.is_none();
        let start = panels::Start { recent: &self.recent, unfinished: &unfinished, free };
        let chosen = panels::start_screen((&self.tokens, &mut self.engine), &start, out, ui);
        if let Some(at) = chosen
            && at < self.unsaved.len()
        {
            let loaded = self.unsaved.remove(at);
            self.enter(loaded);
        }
    }

    /// Whenever the list is another one, its files are looked at in the background.
    fn look_up_recent(&mut self, ctx: &Context) {
        if let Some(Ok(found)) = self.looking_up.as_mut().and_then(Job::poll) {
            self.looking_up = None;
            self.recent = found;
        }
        let paths: Vec<PathBuf> = self.office.recent().iter().take(RECENT).cloned().collect();
        if self.recent.iter().map(|recent| &recent.path).eq(&paths) {
            return;
        }
        let known = std::mem::take(&mut self.recent);
        let kept = |path: &PathBuf| {
            let known = known.iter().find(|recent| recent.path == *path);
            known.cloned().unwrap_or_else(|| Recent::unknown(path))
        };
        self.recent = paths.iter().map(kept).collect();
        let wake = ctx.clone();
        self.looking_up = Some(jobs::start(
            "Looking",
            move || wake.request_repaint(),
            move |progress| workbench::look_at_recent(&paths, progress),
        ));
    }
}

/// While files are held over the window, it says what becomes of them.
#[expect(clippy::fn_params_excessive_bools, reason = "open or not, as the window knows it")]
pub(in crate::ui::app) fn drop_target(ctx: &Context, tokens: &Tokens, is_open: bool) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let room = ctx.content_rect().shrink(10.0);
    let layer = LayerId::new(Order::Foreground, Id::unique("drop target"));
    let painter = ctx.layer_painter(layer);
    painter.rect_stroke(room, 8.0, Stroke::new(3.0, tokens.ink), StrokeKind::Inside);
    let words =
        if is_open { "Drop texts to add them, or a project to open it" } else { "Drop to open" };
    let galley = painter.layout_no_wrap(words.to_owned(), FontId::proportional(17.0), tokens.ink);
    let banner = Rect::from_center_size(room.center(), galley.size() + vec2(48.0, 24.0));
    painter.rect_filled(banner, 6.0, tokens.selection);
    painter.galley(banner.center() - galley.size() / 2.0, galley, tokens.ink);
}

/// So many recent files are listed.
const RECENT: usize = 8;

/// "Two leaders, one railway: 12 changes, the last 23 Nov 2026, 17:05".
fn describe(loaded: &Loaded) -> String {
    let sheets = loaded.project.documents_in_order();
    let title = sheets.first().map_or("New project".into(), |sheet| sheet.document().title.clone());
    let changes = loaded.recovery.as_ref().map_or(0, |recovery| recovery.changes);
    let last = loaded.recovery.as_ref().and_then(|recovery| recovery.between);
    let at = last.map(|(_, last)| format!(", the last {}", Clock::day_and_time(last)));
    format!("{title}: {}{}", in_words(changes, "change", "changes"), at.unwrap_or_default())
}
