//! A copy of the open project lies beside its file: what is in both, and whether they are taken together.
//!
//! No answer is pressed by Enter. The copy stays as it is in any case.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::figures::{choice, figures};
use crate::ui::dialogs::outside::{conflicts, lines};
use crate::ui::dialogs::{Answer, Leave, Step, buttons, place, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::view::View;
use crate::workbench::Both;
use egui::Ui;
use std::path::PathBuf;

/// Draws the question, while there is one.
pub(in crate::ui::dialogs) fn beside(
    ui: &mut Ui,
    (view, engine): (Option<&View<'_>>, &mut TextEngine),
    (path, both): (PathBuf, Both),
    leave: Leave,
) -> Step {
    let found = view.and_then(|view| {
        let copy = view.bench.copies_beside().iter().find(|copy| copy.path == path)?;
        Some((view, copy))
    });
    let Some((view, copy)) = found else { return Step::Close };
    let tokens = view.tokens;
    let page = crate::ui::page::page_id();
    if ui.memory(|memory| memory.has_focus(page)) {
        ui.memory_mut(|memory| memory.surrender_focus(page));
    }
    title(ui, "A copy of this project");
    say(
        ui,
        tokens,
        "A file in the same folder is a copy of this project and holds something that this one does not. Programs that \
         keep folders in step leave such a file when two people save at once.",
    );
    figures(ui, tokens, ["In the copy", "Here"], &lines(view, &copy.theirs));
    let says = match &both {
        Ok(counts) => Ok(format!(
            "Record by record, as one step that can be undone: {} come in, {} change, {} go; {}. The copy stays as it is.",
            counts.added,
            counts.changed,
            counts.erased,
            conflicts(counts.conflicts)
        )),
        Err(why) => Err(why.clone()),
    };
    ui.add_space(6.0);
    let says = says.as_deref().map_err(String::as_str);
    let taken = choice(ui, tokens, "Take both together", says);
    place(ui, (tokens, engine), &path.display().to_string());
    let cancel = buttons(ui, &["Not now"]).is_some() || leave == Leave::Now;
    match (taken, cancel) {
        (true, _) => Step::Done(Answer::TakeCopy(path)),
        (_, true) => Step::Close,
        _ => Step::Stay(Dialog::Beside(path, both)),
    }
}
