//! The page of settings on keys: every command with its keys, and a way to give it another.
//!
//! A key that is taken is refused with the name of what has it. Keys of the codebook are shown and stay.

use crate::ui::command_table::{Chord, Entry, Group, commands, is_of_codebook, trouble};
use crate::ui::dialogs::settings::{SettingsDesk, Sheet, heading};
use crate::ui::dialogs::{field, say};
use crate::ui::keyboard;
use crate::ui::outbox::DeskCommand;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, key_cap, passage, spoken_words};
use egui::{Align, Button, Key, Layout, RichText, ScrollArea, Ui, vec2};
use smol_str::SmolStr;

pub(in crate::ui::dialogs::settings) fn page(
    ui: &mut Ui,
    sheet: &mut Sheet<'_, '_>,
    mine: &mut SettingsDesk,
) {
    if let Some(id) = mine.waiting.clone() {
        listen(ui, sheet, mine, &id);
    }
    let bar = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(bar, Layout::right_to_left(Align::Center), |ui| {
        let any = !sheet.desk.keymap.is_empty();
        if ui.add_enabled(any, Button::new("Reset all")).clicked() {
            sheet.out.desk(DeskCommand::ResetKeys);
            (mine.waiting, mine.said) = (None, None);
        }
        let kit = (sheet.tokens, &mut *sheet.engine);
        field(ui, kit, &mut mine.filter, ("Filter commands", "Filter by name or key"));
    });
    let entries = commands(sheet.view, sheet.desk);
    let wanted = mine.filter.trim().to_lowercase();
    ScrollArea::vertical().auto_shrink(false).show_named(ui, "the keys", |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut any = false;
        for group in Group::ALL {
            let fits = |entry: &&Entry| entry.group == group && matches(entry, &wanted);
            let rows: Vec<&Entry> = entries.iter().filter(fits).collect();
            if !rows.is_empty() {
                any = true;
                heading(ui, sheet.tokens, group.name());
            }
            for entry in rows {
                row(ui, sheet, mine, entry);
            }
        }
        if !any {
            say(ui, sheet.tokens, "No command has this name or key.");
        }
    });
}

/// Whether the row has the words that were typed.
pub(in crate::ui::dialogs) fn matches(entry: &Entry, wanted: &str) -> bool {
    let key = |chord: &Chord| chord.to_string().to_lowercase().contains(wanted);
    entry.name.to_lowercase().contains(wanted) || entry.keys.iter().any(key)
}

/// The next press is the command's key. Escape leaves it as it was, Backspace takes its keys away.
fn listen(ui: &Ui, sheet: &mut Sheet<'_, '_>, mine: &mut SettingsDesk, id: &SmolStr) {
    let Some(chord) = keyboard::take_first(ui.ctx(), Chord::of) else { return };
    keyboard::put_off(ui.ctx());
    mine.waiting = None;
    mine.said = None;
    if chord == Chord::key(Key::Escape) {
        return;
    }
    let chords = if chord == Chord::key(Key::Backspace) { Vec::new() } else { vec![chord] };
    let refused = chords.first().and_then(|chord| trouble(sheet.view, sheet.desk, id, chord));
    match refused {
        Some(why) => mine.said = Some((id.clone(), why)),
        None => sheet.out.desk(DeskCommand::Remap(id.clone(), Some(chords))),
    }
}

fn row(ui: &mut Ui, sheet: &mut Sheet<'_, '_>, mine: &mut SettingsDesk, entry: &Entry) {
    let tokens = sheet.tokens;
    let size = vec2(ui.available_width(), 26.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(10.0);
        if is_of_codebook(&entry.id) {
            let words = RichText::new("in the codebook").size(tokens.size.small);
            ui.label(words.color(tokens.muted));
        } else {
            buttons(ui, sheet, mine, entry);
        }
        if mine.waiting.as_ref() == Some(&entry.id) {
            let words = "Press a key · Esc leaves it · Backspace takes it away";
            ui.label(RichText::new(words).size(tokens.size.small).color(tokens.ink));
        } else {
            for chord in entry.keys.iter().rev() {
                key_cap(ui, tokens, &chord.to_string());
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let kit = (tokens, &mut *sheet.engine);
            spoken_words(ui, kit, &entry.name, Face::Plain, tokens.ink);
        });
    });
    if let Some((_, why)) = mine.said.as_ref().filter(|(id, _)| *id == entry.id) {
        let width = ui.available_width();
        let kit = (tokens, &mut *sheet.engine);
        passage(ui, kit, why, Face::Small, tokens.warning, width);
    }
}

fn buttons(ui: &mut Ui, sheet: &mut Sheet<'_, '_>, mine: &mut SettingsDesk, entry: &Entry) {
    let changed = sheet.desk.keymap.has(&entry.id);
    let reset = ui.add_enabled(changed, Button::new("Reset").small());
    if reset.accessible_name(format!("Reset keys of {}", entry.name)).clicked() {
        sheet.out.desk(DeskCommand::Remap(entry.id.clone(), None));
        (mine.waiting, mine.said) = (None, None);
    }
    let change = ui.add(Button::new("Change…").small());
    if change.accessible_name(format!("Change keys of {}", entry.name)).clicked() {
        ui.memory_mut(egui::Memory::stop_text_input);
        (mine.waiting, mine.said) = (Some(entry.id.clone()), None);
    }
}
