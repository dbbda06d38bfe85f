//! Questions in front of everything: unsaved changes, recovery, a typed path, writing over a file, pasted words, a name.
//!
//! Our own, because the system's message box can be missing and then answers "cancel" without a word. A file for each
//! group of questions; here is the frame around them and what they share.

mod about;
mod annotator;
mod beside;
mod conflict;
mod figures;
mod files;
mod import;
mod imported;
mod keys;
mod outside;
mod paragraph;
mod recover;
mod settings;

pub use crate::ui::dialogs::about::AboutDesk;
pub use crate::ui::dialogs::settings::{FilePlaces, SettingsDesk, SettingsPage};

pub use crate::ui::dialogs::paragraph::ParagraphPrompt;
pub use outside::{OutsideAnswer, together};

use crate::ui::command_table::Chord;
use crate::ui::desk::{Desk, Dialog, Next, Purpose};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::{Face, TextField, passage};
use crate::workbench::Recovery;
use egui::{Button, Context, Frame, Id, Key, Modal, Response, RichText, Ui};
use std::path::PathBuf;

/// What a person answered.
pub enum Answer {
    /// Save, then go on.
    Save(Next),
    /// Give the changes up and go on.
    Discard(Next),
    /// Bring back what the log holds.
    Recover(Recovery),
    /// Leave the file as it is.
    Leave(Recovery),
    /// What to do about a file that was changed outside.
    Outside(OutsideAnswer),
    /// A copy beside the project's file and this together.
    TakeCopy(PathBuf),
    /// This path.
    Path(Purpose, PathBuf),
    /// Write over it.
    Overwrite(Purpose, PathBuf),
    /// Open these instead of the project that is open.
    OpenInstead(Vec<PathBuf>),
    /// Open these for review.
    Review(Vec<PathBuf>),
    /// Import what was read, as the person wants it.
    Import(Box<crate::workbench::Proposed>),
    /// Make a document of these words.
    Paste(String),
    /// To the paragraph of that number.
    Paragraph(u32),
    /// My name.
    Name(String),
}

/// Draws the dialog that is open, if one is, and closes it when it is answered. Settings ask for their changes at once.
pub fn dialog(
    ctx: &Context,
    view: Option<&View<'_>>,
    (tokens, engine): (&Tokens, &mut TextEngine),
    desk: &mut Desk,
    out: &mut Outbox,
) -> Option<Answer> {
    let dialog = desk.dialog.take()?;
    let mut kept = None;
    // While a key is waited for, Escape is one; a popup that lies over the dialog is closed first.
    let listens = matches!(&dialog, Dialog::Settings(mine) if mine.waiting.is_some())
        || egui::Popup::is_any_open(ctx);
    let escape = !listens && take(ctx, &Chord::key(Key::Escape));
    let leave = if escape { Leave::Now } else { Leave::No };
    let room = ctx.content_rect().width() - 90.0;
    let width = width_of(&dialog).min(room);
    let frame = Frame::popup(&ctx.global_style()).fill(tokens.raised).inner_margin(20.0);
    // Each kind has a size of its own, which egui remembers.
    let id = Id::unique("dialog").with(std::mem::discriminant(&dialog));
    let answer = Modal::new(id).frame(frame).show(ctx, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 10.0;
        let step = match dialog {
            Dialog::Unsaved { then } => files::unsaved(ui, tokens, then, leave),
            Dialog::Recover(recovery) => recover::recover(ui, tokens, recovery),
            Dialog::Outside(both) => outside::outside(ui, (view, engine), both, leave),
            Dialog::Beside(path, both) => beside::beside(ui, (view, engine), (path, both), leave),
            Dialog::Conflict(id) => conflict::conflict(ui, (view, engine), id, leave, out),
            Dialog::Path(prompt) => files::path(ui, (tokens, engine), prompt, leave),
            Dialog::Overwrite { path, purpose } => {
                files::overwrite(ui, (tokens, engine), path, purpose, leave)
            }
            Dialog::Import(mine) => import::import(ui, (tokens, engine), mine, leave),
            Dialog::Imported(mine) => imported::imported(ui, (tokens, engine), mine, leave),
            Dialog::Dropped(paths) => files::dropped(ui, (tokens, engine), paths, leave),
            Dialog::Paste { text } => files::paste(ui, (tokens, engine), text, leave),
            Dialog::Paragraph(prompt) => {
                paragraph::paragraph(ui, (view, tokens, engine), desk, prompt, leave)
            }
            Dialog::Annotator { name } => annotator::annotator(ui, (tokens, engine), name, leave),
            Dialog::Keys(filter) => keys::keys(ui, (tokens, engine), view, desk, filter, leave),
            Dialog::Settings(mine) => {
                settings::settings(ui, (view, tokens, engine), desk, mine, leave, out)
            }
            Dialog::About(mine) => about::about(ui, tokens, mine, leave),
        };
        match step {
            Step::Stay(dialog) => {
                kept = Some(dialog);
                None
            }
            Step::Close => None,
            Step::Done(answer) => Some(answer),
        }
    });
    desk.dialog = kept;
    answer.inner
}

/// Points across a dialog.
fn width_of(dialog: &Dialog) -> f32 {
    match dialog {
        Dialog::Keys(_) | Dialog::Import(_) => 940.0,
        Dialog::Settings(_) => 640.0,
        Dialog::About(_) | Dialog::Imported(_) => 560.0,
        Dialog::Paragraph(_) => 360.0,
        _ => 460.0,
    }
}

/// Whether Escape was pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    Now,
    No,
}

enum Step {
    Stay(Dialog),
    Close,
    Done(Answer),
}

fn title(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).size(17.0).strong());
}

fn say(ui: &mut Ui, tokens: &Tokens, words: impl Into<String>) {
    ui.label(RichText::new(words).color(tokens.muted));
}

/// The same about a place on the disk, whose folders may have names in any script.
fn place(ui: &mut Ui, kit: (&Tokens, &mut TextEngine), words: &str) {
    let (muted, width) = (kit.0.muted, ui.available_width());
    passage(ui, kit, words, Face::Plain, muted, width);
}

/// Buttons at the right, the one that Enter presses first.
fn buttons(ui: &mut Ui, names: &[&str]) -> Option<usize> {
    let mut pressed = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        for (at, name) in names.iter().enumerate() {
            let words = RichText::new(*name);
            let button = Button::new(if at == 0 { words.strong() } else { words });
            if ui.add(button.min_size(egui::vec2(84.0, 28.0))).clicked() {
                pressed = Some(at);
            }
        }
    });
    pressed
}

fn enter(ui: &Ui) -> bool {
    ui.memory(|memory| memory.focused().is_none()) && take(ui.ctx(), &Chord::key(Key::Enter))
}

/// A text field that has the keyboard and an accessible name.
fn field(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    text: &mut String,
    (name, hint): (&str, &str),
) -> Response {
    // Asked before: with Enter the field lets the keyboard go, and that is an answer.
    let free = ui.memory(|memory| memory.focused().is_none());
    let id = ui.scope_id().with(name);
    let field = TextField::one_line(id, name, text).hint(hint).show(ui, kit);
    if free {
        field.request_focus();
    }
    field
}

fn entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
