//! The steps of this sitting, newest first: what, who, when. A click goes back to a step, or forward again.

use egui::{Align, Ui};

use crate::ui::desk::{Desk, RowKey};
use crate::ui::list_keys::{led, list_id};
use crate::ui::panels::Pane;
use crate::ui::panels::drawer::{cell, say_at, scrolled, stay};
use crate::ui::widgets::{Face, Row, empty_state, words};
use crate::workbench::{Clock, Command};

/// The list.
pub(in crate::ui::panels::drawer) fn show(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let history = pane.view.bench.history();
    let count = history.len() + 1;
    if count == 1 {
        let what = "Every change of this sitting will stand here, to go back to.";
        return empty_state(ui, tokens, "No step yet", what);
    }
    desk.drawer.at = desk.drawer.at.min(count - 1);
    let to = led(&desk.drawer.keys, Some(desk.drawer.at), count);
    desk.drawer.at = to.unwrap_or(desk.drawer.at);
    let at = desk.drawer.at;
    let keyboard = ui.memory(|memory| memory.has_focus(list_id()));
    let mut taken = desk.drawer.keys.contains(&RowKey::Take).then_some(at);
    scrolled(ui, (tokens.size.row, count, "history"), to, |ui, index| {
        let step = history.len().saturating_sub(index);
        let now = step == history.cursor();
        let undone = step > history.cursor();
        let shown = history.step(step);
        let what = shown.map_or("Opened", |step| step.about.as_str());
        let by =
            shown.map(|step| (step.stamp.by().as_str(), Clock::hour_and_minute(step.stamp.at)));
        let (who, when) = by.unwrap_or_default();
        let state = match (now, undone) {
            (true, _) => ", now",
            (_, true) => ", undone",
            _ => "",
        };
        let name = format!("Step {step}: {what}, {who} {when}{state}");
        let row = Row::new(name.as_str()).inset(0.0, 0.0).selected(now).with_bar();
        let row = if keyboard && index == at && !now { row.chosen() } else { row };
        let ink = if undone { tokens.faint } else { tokens.ink };
        let muted = if undone { tokens.faint } else { tokens.muted };
        let response = row.show(ui, tokens, |ui| {
            let right = ui.max_rect().width() - 16.0;
            let number = if step == 0 { String::new() } else { step.to_string() };
            cell(ui, (16.0, 52.0), Align::Max, |ui| {
                words(ui, pane.kit(), &number, Face::Small, muted);
            });
            cell(ui, (68.0, right - 240.0), Align::Min, |ui| {
                words(ui, pane.kit(), what, Face::Plain, ink);
            });
            let said = if undone { format!("undone · {who}") } else { who.to_owned() };
            cell(ui, (right - 228.0, right - 60.0), Align::Min, |ui| {
                words(ui, pane.kit(), &said, Face::Plain, muted);
            });
            cell(ui, (right - 60.0, right), Align::Max, |ui| {
                words(ui, pane.kit(), &when, Face::Plain, muted);
            });
        });
        if index == at {
            say_at(ui, &response);
        }
        if response.clicked() {
            taken = Some(index);
        }
    });
    if let Some(index) = taken {
        desk.drawer.at = index;
        pane.out.ask(Command::GoTo(history.len().saturating_sub(index)));
        stay(pane, desk);
    }
}
