//! Several versions of one record wait for a decision: who wrote what, and a button for each.
//!
//! Closes when it is decided, here or elsewhere. No answer is pressed by Enter.

use crate::model::RecordId;
use crate::query::{record_words, sides};
use crate::ui::desk::Dialog;
use crate::ui::dialogs::{Leave, Step, buttons, place, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::sides::sides_to_decide;
use crate::ui::view::View;
use egui::{ScrollArea, Ui};

/// Draws the question, while there is one.
pub(in crate::ui::dialogs) fn conflict(
    ui: &mut Ui,
    (view, engine): (Option<&View<'_>>, &mut TextEngine),
    id: RecordId,
    leave: Leave,
    out: &mut Outbox,
) -> Step {
    let Some(view) = view.filter(|view| !sides(view.project, &id).is_empty()) else {
        return Step::Close;
    };
    // The page lets the keyboard go, so that Tab walks through the answers.
    let page = crate::ui::page::page_id();
    if ui.memory(|memory| memory.has_focus(page)) {
        ui.memory_mut(|memory| memory.surrender_focus(page));
    }
    title(ui, "Two people changed this at once");
    place(ui, (view.tokens, &mut *engine), &record_words(view.project, &id));
    say(ui, view.tokens, "Every version is kept until one is chosen. The choice can be undone.");
    let most = ui.ctx().content_rect().height() - 280.0;
    let chosen = ScrollArea::vertical()
        .max_height(most.max(120.0))
        .show(ui, |ui| sides_to_decide(ui, (view.tokens, engine), view.project, &id));
    let cancel = buttons(ui, &["Later"]).is_some() || leave == Leave::Now;
    match chosen.inner {
        Some(command) => {
            out.ask(command);
            Step::Close
        }
        None if cancel => Step::Close,
        None => Step::Stay(Dialog::Conflict(id)),
    }
}
