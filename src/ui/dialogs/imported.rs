//! What an import has read and made: the receipt, with what became of each foreign name, and each line that failed.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::{Leave, Step, buttons, enter, place, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::Scrolled as _;
use crate::workbench::Imported;
use egui::{ScrollArea, Ui};

/// The most lines that are listed; the project lists all of them among its problems.
const MOST: usize = 200;

pub(in crate::ui::dialogs) fn imported(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    mine: Box<Imported>,
    leave: Leave,
) -> Step {
    title(ui, "Imported as a new project");
    say(ui, tokens, format!("{mine}. Save it to keep it; the folder stays as it is."));
    ScrollArea::vertical().max_height(340.0).show_named(ui, "what was imported", |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for remark in &mine.remarks {
            place(ui, (tokens, &mut *engine), remark);
        }
        if !mine.left_out.is_empty() {
            let words = format!("Left out, without an .ann file: {}", mine.left_out.join(", "));
            place(ui, (tokens, &mut *engine), &words);
        }
        for (at, why) in mine.failed.iter().take(MOST) {
            place(ui, (tokens, &mut *engine), &format!("{at}: {why}"));
        }
        if let Some(more @ 1..) = mine.failed.len().checked_sub(MOST) {
            say(ui, tokens, format!("and {more} more"));
        }
        say(ui, tokens, "What the names have become:");
        for line in mine.became() {
            place(ui, (tokens, &mut *engine), line);
        }
    });
    say(
        ui,
        tokens,
        "To import in the same way again, keep the mapping as a file mapping.json in the folder.",
    );
    let pressed = buttons(ui, &["Close", "Copy mapping"]);
    if pressed == Some(1) {
        ui.copy_text(mine.mapping.clone());
    }
    if pressed == Some(0) || leave == Leave::Now || enter(ui) {
        Step::Close
    } else {
        Step::Stay(Dialog::Imported(mine))
    }
}
