//! What a killed program had not saved: shown with figures, offered, never applied by itself.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::figures::{Figures, figures};
use crate::ui::dialogs::{Answer, Step, buttons, enter, say, title};
use crate::ui::theme::Tokens;
use crate::ui::widgets::in_words;
use crate::workbench::{Clock, Recovery};
use egui::{RichText, Ui};

pub(in crate::ui::dialogs) fn recover(ui: &mut Ui, tokens: &Tokens, recovery: Recovery) -> Step {
    let fits = recovery.changes > recovery.left_out;
    title(ui, if fits { "Unsaved work was found" } else { "Unsaved work was lost" });
    say(ui, tokens, story(&recovery));
    if fits {
        let file = if recovery.saved_at.is_some() { "In the file" } else { "Texts alone" };
        figures(ui, tokens, [file, "With the changes"], &lines(&recovery));
        ui.add_space(4.0);
    }
    for warning in warnings(&recovery) {
        ui.label(RichText::new(warning).color(tokens.warning));
    }
    let unsaved = recovery.saved_at.is_none();
    say(
        ui,
        tokens,
        if unsaved {
            "Every recovered change can be undone. What you leave is kept for 14 days."
        } else {
            "Nothing is written to the file until you save, and every recovered change can be undone. What you leave is kept for 14 days."
        },
    );
    let leave = if unsaved { "Leave the changes" } else { "Leave the file as it is" };
    let pressed =
        if fits { buttons(ui, &["Recover", leave]) } else { buttons(ui, &[leave]).map(|_| 1) };
    match pressed {
        Some(0) => Step::Done(Answer::Recover(recovery)),
        Some(_) => Step::Done(Answer::Leave(recovery)),
        None if fits && enter(ui) => Step::Done(Answer::Recover(recovery)),
        None => Step::Stay(Dialog::Recover(recovery)),
    }
}

/// "The program ended without saving 3 changes, made 24 Nov 2026, 17:05 – 17:20."
fn story(recovery: &Recovery) -> String {
    let changes = in_words(recovery.changes, "change", "changes");
    match recovery.between {
        None => format!("The program ended without saving. The log holds {changes}."),
        Some((first, last)) => {
            let span = Clock::span(first, last);
            format!("The program ended without saving {changes}, made {span}.")
        }
    }
}

fn lines(recovery: &Recovery) -> Vec<Figures> {
    let pairs = recovery.before.rows().into_iter().zip(recovery.after.rows());
    let mut lines: Vec<Figures> = pairs
        .filter(|((_, before), (_, after))| *before + *after > 0)
        .map(|((what, before), (_, after))| {
            let grown = match after.cmp(&before) {
                std::cmp::Ordering::Greater => format!("{after} (+{})", after - before),
                std::cmp::Ordering::Less => format!("{after} (−{})", before - after),
                std::cmp::Ordering::Equal => after.to_string(),
            };
            (what.to_owned(), [before.to_string(), grown])
        })
        .collect();
    lines.push(("Records".to_owned(), [String::new(), recovery.difference.to_string()]));
    let saved = recovery.saved_at.map_or_else(|| "never saved".to_owned(), Clock::day_and_time);
    let last = recovery.between.map(|(_, last)| Clock::day_and_time(last)).unwrap_or_default();
    lines.push(("Last".to_owned(), [saved, last]));
    lines
}

fn warnings(recovery: &Recovery) -> Vec<String> {
    let mut warnings = Vec::new();
    if !recovery.same_base {
        warnings.push(
            "The file has been changed since: only what it has not gone past is brought back."
                .to_owned(),
        );
    }
    if recovery.left_out > 0 {
        let what = in_words(recovery.left_out, "change does", "changes do");
        warnings.push(format!("{what} not fit the file any more and would be left out."));
    }
    if let Some(damaged) = &recovery.unfinished.damaged {
        warnings.push(format!("{damaged}."));
    }
    warnings
}
