//! What the window does about a file that was changed outside: a strip that stays, a question when it matters.

use crate::ui::app::App;
use crate::ui::desk::{Dialog, Mode, Next, Purpose};
use crate::ui::dialogs::{OutsideAnswer, together};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::workbench::{Notice, Outside, SaveTarget, Workbench};
use egui::{Align, Button, Context, Frame, Layout, Margin, Panel, RichText, Ui};

impl App {
    /// Puts the question, once what there is to say is known.
    pub(in crate::ui::app) fn ask_outside(&mut self) {
        let Some(bench) = &self.bench else { return };
        if bench.outside().is_some() {
            self.asking_outside = false;
            self.desk.dialog = Some(Dialog::Outside(bench.both()));
        }
    }

    /// Looks when the window is come back to; puts the question then, and after a save that found another file.
    pub(in crate::ui::app) fn watch_outside(&mut self, ctx: &Context) {
        let Some(bench) = &mut self.bench else { return };
        let focused = ctx.input(|input| input.viewport().focused.unwrap_or(true));
        if focused && !self.focused && bench.path().is_some() && !bench.is_looking_outside() {
            bench.look_outside();
            self.asking_outside = true;
        }
        self.focused = focused;
        let wake = ctx.clone();
        bench.watch_file(move || wake.request_repaint());
        let free = self.desk.dialog.is_none()
            && self.desk.palette.is_none()
            && self.desk.mode == Mode::Reading;
        if self.asking_outside && free && !bench.is_looking_outside() {
            self.asking_outside = false;
            self.ask_outside();
        }
    }

    pub(in crate::ui::app) fn outside_answered(&mut self, answer: OutsideAnswer, ctx: &Context) {
        match answer {
            OutsideAnswer::TakeBoth => {
                let taken = self.bench.as_mut().map(Workbench::take_both);
                match taken {
                    Some(Ok(counts)) => self.toasts.done(together(&counts)),
                    Some(Err(notice)) => self.toasts.say(notice),
                    None => {}
                }
                self.prune();
            }
            OutsideAnswer::SaveAs => {
                self.desk_command(DeskCommand::AskPath(Purpose::SaveAs), ctx);
            }
            OutsideAnswer::WriteOver => self.save_to(SaveTarget::InPlaceOfTheirs, ctx),
            OutsideAnswer::SaveAnew => self.save_to(SaveTarget::Anew, ctx),
            OutsideAnswer::OpenTheirs => self.open_theirs(ctx),
            OutsideAnswer::LookAgain => {
                if let Some(bench) = &mut self.bench {
                    bench.look_outside();
                    self.asking_outside = true;
                }
            }
        }
    }

    /// Theirs is opened; mine is offered the next time, not at once.
    fn open_theirs(&mut self, ctx: &Context) {
        let Some(bench) = self.bench.take() else { return };
        let path = bench.path().map(std::path::Path::to_path_buf);
        if bench.is_dirty() {
            bench.leave_for_later();
            self.offer_later = true;
            self.toasts.say(Notice::info(
                "Your unsaved changes are offered when the file is opened again",
            ));
        } else {
            bench.close();
        }
        if let Some(path) = path {
            self.go(Next::Open(vec![path]), ctx);
        }
    }
}

/// While the file is not what we know, a strip says so.
pub(in crate::ui::app) fn outside_strip(
    ui: &mut Ui,
    bench: &Workbench,
    tokens: &Tokens,
    out: &mut Outbox,
) {
    let words = match bench.outside() {
        None => return,
        Some(Outside::Changed(_)) => {
            "The file was changed outside of this window. Nothing is overwritten until you decide."
        }
        Some(Outside::Gone { .. }) => "The project’s file is no longer at its place.",
        Some(Outside::Unreachable(_)) => "The project’s file cannot be reached.",
    };
    let frame = Frame::new().fill(tokens.selection).inner_margin(Margin::symmetric(16, 5));
    Panel::top("outside").frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new("Decide…")).clicked() {
                out.desk(DeskCommand::Outside);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = RichText::new(format!("⚠ {words}")).color(tokens.ink);
                ui.add(egui::Label::new(words).truncate());
            });
        });
    });
}
