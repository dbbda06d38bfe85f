//! Going to a paragraph by the number that stands beside it.

use crate::ui::desk::{Desk, Dialog};
use crate::ui::dialogs::{Answer, Leave, Step, buttons, entered, field, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::page::numbers;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use egui::{RichText, Ui};

/// A number being typed.
#[derive(Default)]
pub struct ParagraphPrompt {
    /// What has been typed.
    pub typed: String,
    /// What was wrong with the last one.
    pub trouble: Option<String>,
}

pub(in crate::ui::dialogs) fn paragraph(
    ui: &mut Ui,
    (view, tokens, engine): (Option<&View<'_>>, &Tokens, &mut TextEngine),
    desk: &Desk,
    mut prompt: ParagraphPrompt,
    leave: Leave,
) -> Step {
    let sheet = view.zip(desk.document.as_ref()).and_then(|(view, id)| view.project.sheet(id));
    let Some(sheet) = sheet.filter(|_| leave == Leave::No) else { return Step::Close };
    let last = numbers::last(sheet.document());
    title(ui, "Go to paragraph");
    let range = if last == 1 { "1".to_owned() } else { format!("1 to {last}") };
    let field = field(ui, (tokens, engine), &mut prompt.typed, ("Paragraph number", &range));
    if field.changed() {
        prompt.trouble = None;
    }
    match &prompt.trouble {
        Some(trouble) => drop(ui.label(RichText::new(trouble).color(tokens.warning))),
        None => say(ui, tokens, format!("As they are numbered in the margin: {range}.")),
    }
    let pressed = buttons(ui, &["Go", "Cancel"]);
    if pressed == Some(0) || entered(ui, &field) {
        let typed = prompt.typed.trim().trim_start_matches('¶').trim();
        let number = typed.parse().ok().filter(|number| (1..=last).contains(number));
        if let Some(number) = number {
            return Step::Done(Answer::Paragraph(number));
        }
        prompt.trouble = Some(match typed {
            "" => format!("Type a number: {range}."),
            _ => format!("There is no paragraph “{typed}”: they go from {range}."),
        });
        // Enter has taken the keyboard from the field.
        field.request_focus();
    }
    if pressed == Some(1) { Step::Close } else { Step::Stay(Dialog::Paragraph(prompt)) }
}
