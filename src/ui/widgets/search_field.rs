//! A field for words to look for; what is in it can be selected as a whole when one comes to it.

use crate::ui::theme::Tokens;
use egui::text::{CCursor, CCursorRange};
use egui::{Frame, Id, Margin, TextEdit, Ui};

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
    tokens: &Tokens,
    (id, name): (Id, &str),
    words: &mut String,
    (enter, width): (Enter, f32),
) -> bool {
    if enter == Enter::Now {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let focused = ui.memory(|memory| memory.has_focus(id));
    let frame = Frame::new()
        .fill(tokens.raised)
        .stroke((1.0, if focused { tokens.focus } else { tokens.line }))
        .corner_radius(tokens.size.radius)
        .inner_margin(Margin::symmetric(8, 3));
    let edit = TextEdit::singleline(words).id(id).hint_text(name).frame(frame);
    let mut output = edit.desired_width(width).show(ui);
    let response = output.response.response.clone().accessible_name(name);
    if enter == Enter::Now {
        let end = CCursor::new(words.chars().count());
        output.state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
        output.state.store(ui.ctx(), id);
    }
    response.changed()
}
