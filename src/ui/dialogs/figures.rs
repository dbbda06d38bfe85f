//! A small table of figures in a question, and choices that say what each of them does.

use crate::ui::theme::Tokens;
use egui::{Align, Button, Layout, Response, RichText, Role, Ui, WidgetInfo, vec2};

/// A line of the table: what, and one word or figure for each column.
pub(in crate::ui::dialogs) type Figures = (String, [String; 2]);

/// Draws the table; each line is read as "Annotations: 169 in the file, 172 with the changes".
pub(in crate::ui::dialogs) fn figures(
    ui: &mut Ui,
    tokens: &Tokens,
    columns: [&str; 2],
    lines: &[Figures],
) {
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, 3.0);
    let heading = |words: &str| RichText::new(words).size(tokens.size.small).color(tokens.muted);
    row(ui, [heading(""), heading(columns[0]), heading(columns[1])], "");
    ui.separator();
    for (what, [one, other]) in lines {
        let spoken = format!(
            "{what}: {one} {}, {other} {}",
            columns[0].to_lowercase(),
            columns[1].to_lowercase()
        );
        let ink = |words: &str| RichText::new(words).color(tokens.ink);
        // What is the same on both sides keeps back, what differs is seen.
        let second = if one == other { ink(other) } else { ink(other).strong() };
        let cells = [RichText::new(what).color(tokens.muted), ink(one), second];
        row(ui, cells, &spoken);
    }
    ui.spacing_mut().item_spacing.y = gap;
}

fn row(ui: &mut Ui, [what, one, other]: [RichText; 3], spoken: &str) {
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken));
    let first = width * 0.36;
    let cell = (width - first) / 2.0;
    let places = [(0.0, first), (first, cell - 12.0), (first + cell, cell)];
    for (at, ((left, wide), words)) in places.into_iter().zip([what, one, other]).enumerate() {
        let place = egui::Rect::from_min_size(rect.min + vec2(left, 0.0), vec2(wide, 20.0));
        let layout = if at == 0 {
            Layout::left_to_right(Align::Center)
        } else {
            Layout::right_to_left(Align::Center)
        };
        let mut cell = ui.new_child(egui::UiBuilder::new().max_rect(place).layout(layout));
        let label = cell.add(egui::Label::new(words).truncate().selectable(false));
        // Said once, by the line.
        cell.ctx().accesskit_node_builder(label.id, egui::accesskit::Node::set_hidden);
    }
}

/// A button as wide as the question, with a line below that says what comes of it, or why it cannot be chosen.
pub(in crate::ui::dialogs) fn choice(
    ui: &mut Ui,
    tokens: &Tokens,
    name: &str,
    says: Result<&str, &str>,
) -> bool {
    let button = Button::new(name).min_size(vec2(ui.available_width(), 28.0));
    let response: Response = ui.add_enabled(says.is_ok(), button);
    let words = match says {
        Ok(words) => words.to_owned(),
        Err(why) => format!("Not possible: {why}"),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, says.is_ok(), name));
    ui.add_space(-6.0);
    let small = RichText::new(words).size(tokens.size.small).color(tokens.muted);
    ui.add(egui::Label::new(small).wrap());
    response.clicked()
}
