//! The start screen: what was open lately, what was left unsaved, and three ways to begin.

use crate::ui::app::App;
use crate::ui::outbox::Outbox;
use crate::ui::panels;
use crate::ui::widgets::in_words;
use crate::workbench::Clock;
use egui::Ui;

impl App {
    pub(in crate::ui::app) fn start_screen(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let waiting: Vec<String> = self.unsaved.iter().map(describe).collect();
        let chosen = panels::start_screen(&self.tokens, self.office.recent(), &waiting, out, ui);
        if let Some(at) = chosen
            && at < self.unsaved.len()
        {
            let loaded = self.unsaved.remove(at);
            self.enter(loaded);
        }
    }
}

/// "Two leaders, one railway: 12 changes, the last 23 Nov 2026, 17:05".
fn describe(loaded: &crate::workbench::Loaded) -> String {
    let sheets = loaded.project.documents_in_order();
    let title = sheets.first().map_or("New project".into(), |sheet| sheet.document().title.clone());
    let changes = loaded.recovery.as_ref().map_or(0, |recovery| recovery.changes);
    let last = loaded.recovery.as_ref().and_then(|recovery| recovery.between);
    let at = last.map(|(_, last)| format!(", the last {}", Clock::day_and_time(last)));
    format!("{title}: {}{}", in_words(changes, "change", "changes"), at.unwrap_or_default())
}
