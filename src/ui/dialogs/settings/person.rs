//! The page of settings on the person who works here.

use crate::ui::dialogs::settings::{SettingsDesk, Sheet, heading};
use crate::ui::dialogs::{field, say};
use crate::ui::outbox::DeskCommand;
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
    let typed = field(ui, &mut mine.name, "Your name", "Anna");
    // Said when it is complete, not letter by letter.
    if typed.lost_focus() && !mine.name.trim().is_empty() {
        sheet.out.desk(DeskCommand::Name(mine.name.trim().to_owned()));
    }
}
