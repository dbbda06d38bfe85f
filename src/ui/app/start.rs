//! The start screen: what was open lately, what was left unsaved, and three ways to begin.

use crate::ui::app::App;
use crate::ui::outbox::Outbox;
use crate::ui::panels;
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

/// "Two leaders, one railway: 12 changes, the last at 2026-11-23 17:05 UTC".
fn describe(loaded: &crate::workbench::Loaded) -> String {
    let sheets = loaded.project.documents_in_order();
    let title = sheets.first().map_or("New project".into(), |sheet| sheet.document().title.clone());
    let changes = loaded.recovery.as_ref().map_or(0, |recovery| recovery.changes);
    let at = loaded
        .recovery
        .as_ref()
        .map(|recovery| recovery.last_at.replace('T', " ").replace('Z', " UTC"));
    format!("{title}: {changes} changes, the last at {}", at.unwrap_or_default())
}
