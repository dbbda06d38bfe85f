//! Who works here: asked once, put on everything that is made.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::{Answer, Leave, Step, buttons, entered, field, title};
use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use egui::Ui;

pub(in crate::ui::dialogs) fn annotator(
    ui: &mut Ui,
    kit: (&Tokens, &mut TextEngine),
    mut name: String,
    leave: Leave,
) -> Step {
    title(ui, "Your name");
    ui.label(
        "It is put on everything you tag, link and write, so that colleagues know whom to ask.",
    );
    let field = field(ui, kit, &mut name, ("Your name", "Anna"));
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
