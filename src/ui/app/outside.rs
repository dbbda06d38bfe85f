//! What the window does about a file that was changed outside: a strip that stays, a question when it matters.

use crate::ui::app::App;
use crate::ui::desk::{Desk, Dialog, Mode, Next, Purpose};
use crate::ui::dialogs::{OutsideAnswer, together};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, absent, words};
use crate::workbench::{Notice, Outside, SaveTarget, Workbench};
use egui::{Align, Button, Context, Frame, Layout, Margin, Panel, RichText, Ui};
use std::path::Path;

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
        let wake = || {
            let ctx = ctx.clone();
            move || ctx.request_repaint()
        };
        bench.watch_file(wake());
        bench.look_beside(wake());
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

    /// Puts the question about the first copy beside the file.
    pub(in crate::ui::app) fn ask_beside(&mut self) {
        let Some(bench) = &self.bench else { return };
        if let Some(copy) = bench.copies_beside().first() {
            let both = bench.both_with(&copy.path);
            self.desk.dialog = Some(Dialog::Beside(copy.path.clone(), both));
        }
    }

    pub(in crate::ui::app) fn leave_copies(&mut self) {
        if let Some(bench) = &mut self.bench {
            bench.leave_copies();
        }
    }

    pub(in crate::ui::app) fn take_copy(&mut self, path: &Path) {
        let Some(bench) = &mut self.bench else { return };
        match bench.take_copy(path) {
            Ok(counts) => self.toasts.done(together(&counts)),
            Err(notice) => self.toasts.say(notice),
        }
        self.prune();
    }

    /// Theirs is opened; mine is offered the next time, not at once.
    fn open_theirs(&mut self, ctx: &Context) {
        let Some(bench) = self.bench.take() else { return };
        let path = bench.path().map(Path::to_path_buf);
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
        None => return absent(ui),
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

/// While a copy beside the file holds something else, a strip says so, until it is taken in or left alone.
pub(in crate::ui::app) fn beside_strip(
    ui: &mut Ui,
    (bench, desk): (&Workbench, &Desk),
    (tokens, engine): (&Tokens, &mut TextEngine),
    out: &mut Outbox,
) {
    let copies = bench.copies_beside();
    // A copy is most often the guest that is reviewed.
    let copy = copies.first().filter(|_| !desk.review.shown);
    let Some(copy) = copy else { return absent(ui) };
    let name = copy.path.file_name().unwrap_or_default().to_string_lossy();
    let more = match copies.len() - 1 {
        0 => String::new(),
        n => format!(" ({n} more)"),
    };
    let said = format!("Another copy of this project lies beside it{more}: {name}");
    let frame = Frame::new().fill(tokens.selection).inner_margin(Margin::symmetric(16, 5));
    Panel::top("beside").frame(frame).show(ui, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new("Not now")).clicked() {
                out.desk(DeskCommand::LeaveCopies);
            }
            if ui.add(Button::new("Merge…")).clicked() {
                out.desk(DeskCommand::Beside);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                words(ui, (tokens, engine), &said, Face::Plain, tokens.ink);
            });
        });
    });
}
