//! The page of settings on the person who works here.

use crate::ui::dialogs::settings::{SettingsDesk, Sheet, heading};
use crate::ui::dialogs::{field, say};
use crate::ui::outbox::{DeskCommand, Outbox};
use egui::Ui;

pub(in crate::ui::dialogs::settings) fn page(
    ui: &mut Ui,
    sheet: &mut Sheet<'_, '_>,
    mine: &mut SettingsDesk,
) {
    heading(ui, sheet.tokens, "Your name");
    say(
        ui,
        sheet.tokens,
        "It is put on everything you tag, link and write from now on, so that colleagues know whom to ask.",
    );
    let typed =
        field(ui, (sheet.tokens, &mut *sheet.engine), &mut mine.name, ("Your name", "Anna"));
    // Said when it is complete, not letter by letter.
    if typed.lost_focus() {
        keep(mine, sheet.out);
        mine.known.clone_from(&mine.name);
    }
}

/// Passes on a name that is another than before.
pub(in crate::ui::dialogs::settings) fn keep(mine: &SettingsDesk, out: &mut Outbox) {
    let name = mine.name.trim();
    if !name.is_empty() && mine.name != mine.known {
        out.desk(DeskCommand::Name(name.to_owned()));
    }
}
