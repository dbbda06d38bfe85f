//! Short messages for what the eye cannot see; errors stay until they are read.

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, passage};
use crate::workbench::{Notice, Severity};
use egui::accesskit::Live;
use egui::{Align, Align2, Area, Button, Context, Frame, Id, Layout, Order, Ui, vec2};

/// Seconds that a message stays.
const STAY: f64 = 6.0;
/// Most messages at a time; the oldest goes.
const MOST: usize = 4;

/// Messages in the corner.
#[derive(Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    /// What was said since somebody asked.
    said: Vec<Notice>,
}

struct Toast {
    notice: Notice,
    /// When it appeared, by the window's clock; set when it is first drawn.
    since: Option<f64>,
    undo: bool,
}

impl Toasts {
    /// Says something.
    pub fn say(&mut self, notice: Notice) {
        self.push(Toast { notice, since: None, undo: false });
    }

    /// What was said since the last time, for the log.
    pub fn take_said(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.said)
    }

    /// Something else is being done: a button that undoes would undo that.
    pub fn forget_undo(&mut self) {
        for toast in &mut self.shown {
            toast.undo = false;
        }
    }

    /// Says what was done, with a button that undoes it.
    pub fn done(&mut self, words: String) {
        self.push(Toast { notice: Notice::info(words), since: None, undo: true });
    }

    fn push(&mut self, fresh: Toast) {
        self.said.push(fresh.notice.clone());
        self.shown.retain(|toast| toast.notice != fresh.notice);
        if self.shown.len() >= MOST {
            self.shown.remove(0);
        }
        self.shown.push(fresh);
    }

    /// Draws them; whether undo was asked for.
    pub fn show(&mut self, ctx: &Context, (tokens, engine): (&Tokens, &mut TextEngine)) -> bool {
        let now = ctx.input(|input| input.time);
        let (mut undo, mut closed) = (false, None);
        // Without a fade: it would draw a frame after the other while there is nothing to be seen.
        let area = Area::new(Id::unique("messages")).order(Order::Tooltip).fade_in(false);
        area.anchor(Align2::RIGHT_BOTTOM, vec2(-24.0, -44.0)).show(ctx, |ui| {
            for (at, toast) in self.shown.iter_mut().enumerate() {
                toast.since.get_or_insert(now);
                match toast.show(ui, (tokens, &mut *engine)) {
                    Some(Answer::Undo) => (undo, closed) = (true, Some(at)),
                    Some(Answer::Close) => closed = Some(at),
                    None => {}
                }
            }
        });
        if let Some(at) = closed {
            self.shown.remove(at);
        }
        self.shown.retain(|toast| {
            toast.notice.severity == Severity::Error
                || toast.since.is_none_or(|since| now - since < STAY)
        });
        if self.shown.iter().any(|toast| toast.notice.severity == Severity::Info) {
            ctx.request_repaint_after(std::time::Duration::from_millis(500));
        }
        undo
    }
}

/// What was pressed on a message.
enum Answer {
    Undo,
    Close,
}

impl Toast {
    fn show(&self, ui: &mut Ui, kit: (&Tokens, &mut TextEngine)) -> Option<Answer> {
        let frame = Frame::popup(ui.style()).fill(kit.0.raised).inner_margin(10.0);
        frame
            .show(ui, |ui| {
                ui.set_width(380.0);
                let layout = Layout::right_to_left(Align::Center);
                ui.horizontal(|ui| ui.with_layout(layout, |ui| self.row(ui, kit)).inner).inner
            })
            .inner
    }

    fn row(&self, ui: &mut Ui, kit: (&Tokens, &mut TextEngine)) -> Option<Answer> {
        let close = ui.add(Button::new("Close").small().frame(false)).clicked();
        let undo = self.undo && ui.add(Button::new("Undo").small()).clicked();
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| words(ui, kit, &self.notice));
        if undo { Some(Answer::Undo) } else { close.then_some(Answer::Close) }
    }
}

fn words(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), notice: &Notice) {
    ui.vertical(|ui| {
        ui.set_max_width(320.0);
        let error = notice.severity == Severity::Error;
        let face = if error { Face::Bold } else { Face::Plain };
        let title = passage(ui, (tokens, &mut *engine), &notice.title, face, tokens.ink, 320.0);
        announce(ui, title.id, notice.severity);
        if !notice.detail.is_empty() {
            let kit = (tokens, engine);
            let detail = passage(ui, kit, &notice.detail, Face::Plain, tokens.muted, 320.0);
            announce(ui, detail.id, notice.severity);
        }
    });
}

/// Screen readers say it when it appears; an error at once, the rest when they have finished.
fn announce(ui: &Ui, id: Id, severity: Severity) {
    let live = if severity == Severity::Error { Live::Assertive } else { Live::Polite };
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(live));
}
