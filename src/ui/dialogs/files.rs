//! Questions about files: unsaved changes, a typed path, writing over a file, pasted words.

use crate::ui::command_table::Chord;
use crate::ui::desk::{Dialog, Next, PathPrompt, Purpose};
use crate::ui::dialogs::figures::choice;
use crate::ui::dialogs::import::back_to;
use crate::ui::dialogs::{Answer, Leave, Step, buttons, enter, entered, field, place, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::TextField;
use egui::{Key, RichText, Ui};
use std::path::PathBuf;

pub(in crate::ui::dialogs) fn unsaved(
    ui: &mut Ui,
    tokens: &Tokens,
    then: Next,
    leave: Leave,
) -> Step {
    title(ui, "Save the changes?");
    say(
        ui,
        tokens,
        "Some changes are not in the project file yet. If you do not save them now, a log of them is kept for 14 days.",
    );
    match buttons(ui, &["Save", "Cancel", "Don’t save"]) {
        Some(0) => Step::Done(Answer::Save(then)),
        Some(1) => back_to(then),
        Some(_) => Step::Done(Answer::Discard(then)),
        None if leave == Leave::Now => back_to(then),
        None if enter(ui) => Step::Done(Answer::Save(then)),
        None => Step::Stay(Dialog::Unsaved { then }),
    }
}

pub(in crate::ui::dialogs) fn path(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    mut prompt: PathPrompt,
    leave: Leave,
) -> Step {
    title(ui, prompt.purpose.title());
    let field =
        field(ui, (tokens, &mut *engine), &mut prompt.path, ("Path", "/home/name/article.txt"));
    if let Some(trouble) = &prompt.trouble {
        ui.label(RichText::new(trouble).color(tokens.warning));
    }
    let ready = !prompt.path.trim().is_empty();
    if let Some(folder) = folder_of(prompt.path.trim()) {
        place(ui, (tokens, engine), &format!("In the folder {}", folder.display()));
    }
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

/// Where a name without a folder lies.
fn folder_of(path: &str) -> Option<PathBuf> {
    let named = !path.is_empty() && !path.contains('/') && home(path).is_relative();
    if named { std::env::current_dir().ok() } else { None }
}

/// "~/article.txt" means the person's own folder.
fn home(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(path),
    }
}

pub(in crate::ui::dialogs) fn overwrite(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    path: PathBuf,
    purpose: Purpose,
    leave: Leave,
) -> Step {
    title(ui, "Write over the file?");
    place(ui, kit, &format!("There is already a file at this place: {}", path.display()));
    match buttons(ui, &["Cancel", "Write over it"]) {
        Some(1) => Step::Done(Answer::Overwrite(purpose, path)),
        Some(_) => Step::Close,
        None if leave == Leave::Now => Step::Close,
        None => Step::Stay(Dialog::Overwrite { path, purpose }),
    }
}

/// A project came while another one is open: which of two things is meant is asked.
pub(in crate::ui::dialogs) fn dropped(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    paths: Vec<PathBuf>,
    leave: Leave,
) -> Step {
    title(
        ui,
        if paths.len() == 1 { "Open it, or review it?" } else { "Open them, or review them?" },
    );
    for path in paths.iter().take(4) {
        place(ui, (tokens, &mut *engine), &path.display().to_string());
    }
    let review = "Compared with the project that is open, difference by difference. The file is never changed.";
    let instead = "The project that is open is closed; unsaved changes are asked about first.";
    let one = if paths.len() == 1 { Ok(instead) } else { Err("one project can be open at a time") };
    if choice(ui, tokens, "Review it", Ok(review)) {
        return Step::Done(Answer::Review(paths));
    }
    if choice(ui, tokens, "Open it instead", one) {
        return Step::Done(Answer::OpenInstead(paths));
    }
    if buttons(ui, &["Cancel"]).is_some() || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Dropped(paths))
    }
}

pub(in crate::ui::dialogs) fn paste(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    mut text: String,
    leave: Leave,
) -> Step {
    title(ui, "Paste a text");
    // Asked before the field, which would take it for a new line.
    let added = take(ui.ctx(), &Chord::ctrl(Key::Enter));
    let area =
        egui::ScrollArea::vertical().max_height(260.0).show_named(ui, "the pasted words", |ui| {
            let id = ui.scope_id().with("words");
            let field = TextField::several_lines(id, "Words of the text", &mut text, 12);
            field.hint("Paste the words of an article with Ctrl+V").show(ui, (tokens, engine))
        });
    if ui.memory(|memory| memory.focused().is_none()) {
        area.inner.request_focus();
    }
    let empty = text.trim().is_empty();
    let line = if empty {
        "The first line becomes the title. Put the words in first."
    } else {
        "The first line becomes the title. Ctrl+Enter adds the document."
    };
    say(ui, tokens, line);
    let pressed = buttons(ui, &["Add document", "Cancel"]);
    if (added || pressed == Some(0)) && !empty {
        return Step::Done(Answer::Paste(text));
    }
    if pressed == Some(1) || leave == Leave::Now {
        Step::Close
    } else {
        Step::Stay(Dialog::Paste { text })
    }
}
