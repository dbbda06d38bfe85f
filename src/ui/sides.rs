//! A conflict laid open: who wrote which side of a record, in what they differ, and a button to decide for one.
//!
//! Drawn alike in the inspector and in the question that the list of problems opens. Changes nothing itself.

use crate::model::{Project, RecordId};
use crate::query::{Side, sides};
use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, passage};
use crate::workbench::{Clock, Command};
use egui::{Button, Role, Ui, WidgetInfo};

/// Draws the sides of the record; the command that was chosen. Nothing is drawn where there is no conflict.
pub fn sides_to_decide(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    project: &Project,
    id: &RecordId,
) -> Option<Command> {
    let all = sides(project, id);
    let mut chosen = None;
    for (at, side) in all.iter().enumerate() {
        let width = ui.available_width();
        let by = signed(side);
        passage(ui, (tokens, engine), &by, Face::Bold, tokens.ink, width);
        for line in said(side) {
            passage(ui, (tokens, engine), &line, Face::Plain, tokens.muted, width);
        }
        let name = match (at, all.len()) {
            (0, _) => "Keep this",
            (_, 2) => "Take the other",
            _ => "Take this",
        };
        let button = ui.add(Button::new(name));
        // Several buttons are called the same: whose version it is tells them apart.
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {by}")));
        if button.clicked() {
            chosen = Some(Command::TakeSide(id.clone(), at));
        }
        ui.add_space(8.0);
    }
    chosen
}

/// `Anna · 23 Nov 2026, 16:58`.
fn signed(side: &Side) -> String {
    side.by.as_ref().map_or_else(
        || "Somebody".to_owned(),
        |stamp| format!("{} · {}", stamp.by().as_str(), Clock::day_and_time(stamp.at)),
    )
}

/// A line for each thing in which it differs.
fn said(side: &Side) -> Vec<String> {
    if side.says.is_empty() {
        return vec!["says the same as the other".to_owned()];
    }
    side.says.iter().map(|said| format!("{}: {}", said.what, said.words)).collect()
}
