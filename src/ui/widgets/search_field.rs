//! A field for words to look for; what is in it can be selected as a whole when one comes to it.

use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::TextField;
use egui::{Frame, Id, Margin, Ui};

/// Whether all of a field is selected now, so that what is typed next replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enter {
    /// The keyboard comes to it now.
    Now,
    /// It is as it was.
    No,
}

/// The field, `width` points wide; whether its words changed.
pub fn search_field(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    (id, name): (Id, &str),
    words: &mut String,
    (enter, width): (Enter, f32),
) -> bool {
    let focused = enter == Enter::Now || ui.memory(|memory| memory.has_focus(id));
    let frame = Frame::new()
        .fill(tokens.raised)
        .stroke((1.0, if focused { tokens.focus } else { tokens.line }))
        .corner_radius(tokens.size.radius)
        .inner_margin(Margin::symmetric(8, 3));
    let field = TextField::one_line(id, name, words).hint(name).for_search();
    let field = field.frame(frame).width(width);
    let field = if enter == Enter::Now { field.enter() } else { field };
    field.show(ui, (tokens, engine)).changed()
}
