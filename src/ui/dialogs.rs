//! Questions in front of everything: unsaved changes, recovery, a typed path, writing over a file, pasted words, a name.
//!
//! Our own, because the system's message box can be missing and then answers "cancel" without a word.

use crate::ui::command_table::{Chord, commands};
use crate::ui::desk::{Desk, Dialog, Next, PathPrompt, Purpose};
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::workbench::Recovery;
use egui::{
    Button, Context, Frame, Id, Key, Modal, Response, RichText, Role, TextEdit, Ui, WidgetInfo,
};
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
    /// This path.
    Path(Purpose, PathBuf),
    /// Write over it.
    Overwrite(Purpose, PathBuf),
    /// Make a document of these words.
    Paste(String),
    /// My name.
    Name(String),
}

/// Draws the dialog that is open, if one is, and closes it when it is answered.
pub fn dialog(
    ctx: &Context,
    view: Option<&View<'_>>,
    tokens: &Tokens,
    desk: &mut Desk,
) -> Option<Answer> {
    let dialog = desk.dialog.take()?;
    let mut kept = None;
    let leave = if take(ctx, &Chord::key(Key::Escape)) { Leave::Now } else { Leave::No };
    let frame = Frame::popup(&ctx.global_style()).fill(tokens.raised).inner_margin(20.0);
    let answer = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 10.0;
        let step = match dialog {
            Dialog::Unsaved { then } => unsaved(ui, tokens, then, leave),
            Dialog::Recover(recovery) => recover(ui, tokens, recovery),
            Dialog::Path(prompt) => path(ui, tokens, prompt, leave),
            Dialog::Overwrite { path, purpose } => overwrite(ui, tokens, path, purpose, leave),
            Dialog::Paste { text } => paste(ui, text, leave),
            Dialog::Annotator { name } => annotator(ui, name, leave),
            Dialog::Keys => keys(ui, tokens, view, desk, leave),
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

/// Width of all dialogs in points.
const WIDTH: f32 = 460.0;

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

fn unsaved(ui: &mut Ui, tokens: &Tokens, then: Next, leave: Leave) -> Step {
    title(ui, "Save the changes?");
    say(
        ui,
        tokens,
        "Some changes are not in the project file yet. If you do not save them now, a log of them is kept for 14 days.",
    );
    match buttons(ui, &["Save", "Cancel", "Don’t save"]) {
        Some(0) => Step::Done(Answer::Save(then)),
        Some(1) => Step::Close,
        Some(_) => Step::Done(Answer::Discard(then)),
        None if leave == Leave::Now => Step::Close,
        None if enter(ui) => Step::Done(Answer::Save(then)),
        None => Step::Stay(Dialog::Unsaved { then }),
    }
}

fn recover(ui: &mut Ui, tokens: &Tokens, recovery: Recovery) -> Step {
    title(ui, "Unsaved work was found");
    let changes = match recovery.changes {
        1 => "1 change was".to_owned(),
        n => format!("{n} changes were"),
    };
    let at = recovery.last_at.replace('T', " ").replace('Z', " UTC");
    say(
        ui,
        tokens,
        format!(
            "The program ended without saving. {changes} made after the file was saved, the last at {at}."
        ),
    );
    if !recovery.same_base {
        say(
            ui,
            tokens,
            "The file has been changed since by another program: only what still fits is brought back.",
        );
    }
    if let Some(damaged) = &recovery.unfinished.damaged {
        say(ui, tokens, format!("The end of the log cannot be read: {damaged}"));
    }
    say(
        ui,
        tokens,
        "Nothing is written to the file until you save; every recovered change can be undone.",
    );
    match buttons(ui, &["Recover", "Leave the file as it is"]) {
        Some(0) => Step::Done(Answer::Recover(recovery)),
        Some(_) => Step::Done(Answer::Leave(recovery)),
        None if enter(ui) => Step::Done(Answer::Recover(recovery)),
        None => Step::Stay(Dialog::Recover(recovery)),
    }
}

/// A text field that has the keyboard and an accessible name.
fn field(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Response {
    // Asked before: with Enter the field lets the keyboard go, and that is an answer.
    let free = ui.memory(|memory| memory.focused().is_none());
    let field = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
    if free {
        field.request_focus();
    }
    field
}

fn entered(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn path(ui: &mut Ui, tokens: &Tokens, mut prompt: PathPrompt, leave: Leave) -> Step {
    title(ui, prompt.purpose.title());
    let field = field(ui, &mut prompt.path, "Path", "/home/name/article.txt");
    if let Some(trouble) = &prompt.trouble {
        ui.label(RichText::new(trouble).color(tokens.warning));
    }
    let ready = !prompt.path.trim().is_empty();
    let verb = if prompt.purpose.writes() { "Save" } else { "Open" };
    let pressed = buttons(ui, &[verb, "Cancel"]);
    if ready && (pressed == Some(0) || entered(ui, &field)) {
        return Step::Done(Answer::Path(prompt.purpose, home(prompt.path.trim())));
    }
    if pressed == Some(1) || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Path(prompt))
    }
}

/// "~/article.txt" means the person's own folder.
fn home(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(path),
    }
}

fn overwrite(ui: &mut Ui, tokens: &Tokens, path: PathBuf, purpose: Purpose, leave: Leave) -> Step {
    title(ui, "Write over the file?");
    say(ui, tokens, format!("There is already a file at this place: {}", path.display()));
    match buttons(ui, &["Cancel", "Write over it"]) {
        Some(1) => Step::Done(Answer::Overwrite(purpose, path)),
        Some(_) => Step::Close,
        None if leave == Leave::Now => Step::Close,
        None => Step::Stay(Dialog::Overwrite { path, purpose }),
    }
}

fn paste(ui: &mut Ui, mut text: String, leave: Leave) -> Step {
    title(ui, "Paste a text");
    let area = egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        let field = TextEdit::multiline(&mut text).desired_rows(12).desired_width(f32::INFINITY);
        let field = ui.add(field.hint_text("Paste the words of an article with Ctrl+V"));
        field.widget_info(|| {
            WidgetInfo::labeled(Role::MultilineTextInput, true, "Words of the text")
        });
        field
    });
    if ui.memory(|memory| memory.focused().is_none()) {
        area.inner.request_focus();
    }
    let pressed = buttons(ui, &["Add document", "Cancel"]);
    if pressed == Some(0) && !text.trim().is_empty() {
        return Step::Done(Answer::Paste(text));
    }
    if pressed == Some(1) || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Paste { text })
    }
}

fn annotator(ui: &mut Ui, mut name: String, leave: Leave) -> Step {
    title(ui, "Your name");
    ui.label(
        "It is put on everything you tag, link and write, so that colleagues know whom to ask.",
    );
    let field = field(ui, &mut name, "Your name", "Anna");
    let pressed = buttons(ui, &["Use this name", "Cancel"]);
    if !name.trim().is_empty() && (pressed == Some(0) || entered(ui, &field)) {
        return Step::Done(Answer::Name(name));
    }
    if pressed == Some(1) || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Annotator { name })
    }
}

/// The key sheet: the table's keys, and those of the caret.
fn keys(ui: &mut Ui, tokens: &Tokens, view: Option<&View<'_>>, desk: &Desk, leave: Leave) -> Step {
    title(ui, "Keys");
    egui::ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
            for entry in commands(view, desk).iter().filter(|entry| !entry.keys.is_empty()) {
                let keys: Vec<String> = entry.keys.iter().map(ToString::to_string).collect();
                ui.label(RichText::new(keys.join("  ")).monospace().color(tokens.muted));
                ui.label(&entry.name);
                ui.end_row();
            }
            for (keys, what) in CARET_KEYS {
                ui.label(RichText::new(keys).monospace().color(tokens.muted));
                ui.label(what);
                ui.end_row();
            }
        });
    });
    if buttons(ui, &["Close"]).is_some() || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Keys)
    }
}

const CARET_KEYS: [(&str, &str); 4] = [
    ("Arrows  Ctrl+Arrows", "Move the caret by a character, a word, a line"),
    ("Shift+Arrows", "Select; with Ctrl by words"),
    ("Home  End  Page Up  Page Down", "Line ends and pages; with Ctrl the ends of the text"),
    ("Ctrl++  Ctrl+-  Ctrl+0", "Zoom"),
];
