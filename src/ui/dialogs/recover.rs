//! What a killed program had not saved: offered, never applied by itself.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::{Answer, Step, buttons, enter, say, title};
use crate::ui::theme::Tokens;
use crate::workbench::Recovery;
use egui::Ui;

pub(in crate::ui::dialogs) fn recover(ui: &mut Ui, tokens: &Tokens, recovery: Recovery) -> Step {
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
