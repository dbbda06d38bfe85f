//! The project's file was written, moved or taken away by somebody else: what is on both sides, and what can be done.
//!
//! No answer is pressed by Enter: each of them is a decision.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::figures::{Figures, choice, figures};
use crate::ui::dialogs::{Answer, Leave, Step, buttons, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::{Face, in_words, passage};
use crate::workbench::{Both, Clock, Contents, Outside, Theirs, last_stamp};
use egui::Ui;

/// What is to be done about a file that was changed outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideAnswer {
    /// Both together, record by record.
    TakeBoth,
    /// Mine goes to another file.
    SaveAs,
    /// Mine takes the place of theirs, of which a copy is kept.
    WriteOver,
    /// Theirs is opened, mine stays in its log.
    OpenTheirs,
    /// The file is written anew where it was.
    SaveAnew,
    /// Once more.
    LookAgain,
}

/// Draws the question, while there is one.
pub(in crate::ui::dialogs) fn outside(
    ui: &mut Ui,
    (view, engine): (Option<&View<'_>>, &mut TextEngine),
    both: Both,
    leave: Leave,
) -> Step {
    let Some((view, outside)) = view.and_then(|view| Some((view, view.bench.outside()?))) else {
        return Step::Close;
    };
    // The page lets the keyboard go, so that Tab walks through the answers.
    let page = crate::ui::page::page_id();
    if ui.memory(|memory| memory.has_focus(page)) {
        ui.memory_mut(|memory| memory.surrender_focus(page));
    }
    let place = view.bench.path().map(|path| path.display().to_string()).unwrap_or_default();
    let answer = match outside {
        Outside::Changed(theirs) => changed(ui, view, theirs, &both),
        Outside::Gone { folder } => gone(ui, view.tokens, *folder),
        Outside::Unreachable(why) => unreachable(ui, view.tokens, why),
    };
    let (muted, width) = (view.tokens.muted, ui.available_width());
    passage(ui, (view.tokens, engine), &place, Face::Small, muted, width);
    let cancel = buttons(ui, &["Cancel"]).is_some() || leave == Leave::Now;
    match answer {
        Some(answer) => Step::Done(Answer::Outside(answer)),
        None if cancel => Step::Close,
        None => Step::Stay(Dialog::Outside(both)),
    }
}

fn changed(ui: &mut Ui, view: &View<'_>, theirs: &Theirs, both: &Both) -> Option<OutsideAnswer> {
    let tokens = view.tokens;
    title(ui, "The file was changed outside");
    match &theirs.project {
        Ok(_) => {
            let what = format!(
                "Another window, person or program has written the file since you opened or saved it. Compared with what you knew: {}.",
                theirs.difference
            );
            say(ui, tokens, what);
            let mut lines = lines(view, theirs);
            let unsaved = if view.bench.is_dirty() { "unsaved changes" } else { "nothing unsaved" };
            let since = [theirs.difference.to_string(), unsaved.to_owned()];
            lines.push(("Changes since".to_owned(), since));
            figures(ui, tokens, ["In the file", "Here"], &lines);
        }
        Err(why) => {
            say(ui, tokens, format!("What is in the file now cannot be opened for work: {why}."));
        }
    }
    let together = match both {
        Ok(counts) => Ok(format!(
            "Record by record, as one step that can be undone: {} come in, {} change, {} go; {}.",
            counts.added,
            counts.changed,
            counts.erased,
            conflicts(counts.conflicts)
        )),
        Err(why) => Err(why.clone()),
    };
    let readable = theirs.project.as_ref().map(drop).map_err(String::as_str);
    let dirty = view.bench.is_dirty();
    let opened = if dirty {
        "Your unsaved changes stay in a log and are offered when the file is opened again."
    } else {
        "Everything of yours is saved in it or was there before."
    };
    let choices = [
        (
            OutsideAnswer::TakeBoth,
            "Take both together",
            together.as_deref().map_err(String::as_str),
        ),
        (OutsideAnswer::SaveAs, "Save mine as…", Ok("To another file; this one stays as it is.")),
        (
            OutsideAnswer::WriteOver,
            "Write over the file",
            Ok(
                "With what is here. A copy of the other version is kept with the program’s settings.",
            ),
        ),
        (OutsideAnswer::OpenTheirs, "Open the file’s version", readable.map(|()| opened)),
    ];
    ui.add_space(6.0);
    let mut answer = None;
    for (what, name, says) in choices {
        if choice(ui, tokens, name, says) {
            answer = Some(what);
        }
    }
    answer
}

/// "2 conflicts are kept until somebody decides".
pub(in crate::ui::dialogs) fn conflicts(count: usize) -> String {
    match count {
        0 => "no conflict".to_owned(),
        1 => "1 conflict is kept with both sides until somebody decides".to_owned(),
        n => format!("{n} conflicts are kept with both sides until somebody decides"),
    }
}

/// How much is on both sides, and who changed it last.
pub(in crate::ui::dialogs) fn lines(view: &View<'_>, theirs: &Theirs) -> Vec<Figures> {
    let here = Contents::of(view.project);
    let pairs = theirs.contents.rows().into_iter().zip(here.rows());
    let mut lines: Vec<Figures> = pairs
        .filter(|((_, one), (_, other))| *one + *other > 0)
        .map(|((what, one), (_, other))| (what.to_owned(), [one.to_string(), other.to_string()]))
        .collect();
    let last = [theirs.last.clone(), last_stamp(view.project)];
    let who = last
        .clone()
        .map(|stamp| stamp.map(|stamp| stamp.by().as_str().to_owned()).unwrap_or_default());
    let when =
        last.map(|stamp| stamp.map(|stamp| Clock::day_and_time(stamp.at)).unwrap_or_default());
    lines.push(("Changed last by".to_owned(), who));
    lines.push(("at".to_owned(), when));
    lines
}

#[expect(clippy::fn_params_excessive_bools, reason = "there or not, as it was found")]
fn gone(ui: &mut Ui, tokens: &Tokens, folder: bool) -> Option<OutsideAnswer> {
    title(ui, "The file is no longer there");
    let why = if folder {
        "It was moved, renamed or deleted while it was open. Everything is still here."
    } else {
        "Its folder is gone: moved, or on a disk or network that is not connected. Everything is still here."
    };
    say(ui, tokens, why);
    let anew = if folder { Ok("At the same place.") } else { Err("there is no such folder") };
    let mut answer = None;
    if choice(ui, tokens, "Write it again", anew) {
        answer = Some(OutsideAnswer::SaveAnew);
    }
    if choice(ui, tokens, "Save as…", Ok("To another file, which becomes the project’s.")) {
        answer = Some(OutsideAnswer::SaveAs);
    }
    if choice(ui, tokens, "Look again", Ok("After the disk or network is connected.")) {
        answer = Some(OutsideAnswer::LookAgain);
    }
    answer
}

fn unreachable(ui: &mut Ui, tokens: &Tokens, why: &str) -> Option<OutsideAnswer> {
    title(ui, "The file cannot be reached");
    say(ui, tokens, format!("{why}. Everything is still here."));
    let mut answer = None;
    if choice(ui, tokens, "Save as…", Ok("To another file, which becomes the project’s.")) {
        answer = Some(OutsideAnswer::SaveAs);
    }
    if choice(ui, tokens, "Look again", Ok("After the trouble is mended.")) {
        answer = Some(OutsideAnswer::LookAgain);
    }
    answer
}

/// How many records came in, in words.
pub fn together(counts: &crate::workbench::MergeCounts) -> String {
    let came = in_words(counts.added, "record came in", "records came in");
    format!(
        "Both taken together: {came}, {} changed, {} went; {}",
        counts.changed,
        counts.erased,
        conflicts(counts.conflicts)
    )
}
