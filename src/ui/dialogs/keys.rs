//! The key sheet: the table's keys in groups, and those of caret, code popup and linking, in columns.

use crate::ui::command_table::{Group, Scope, commands, pairs};
use crate::ui::desk::{Desk, Dialog};
use crate::ui::dialogs::{Leave, Step, buttons, field, say, title};
use crate::ui::engine::TextEngine;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, key_cap, spoken_words};
use egui::{RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

/// Height of a row.
const ROW: f32 = 22.0;
/// Room for the keys of a row.
const KEYS: f32 = 132.0;
/// Width of a column at which its words can still be read.
const COLUMN: f32 = 280.0;

/// A group of keys.
struct Section {
    title: &'static str,
    rows: Vec<(Vec<String>, String)>,
}

/// The key sheet.
pub(in crate::ui::dialogs) fn keys(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    view: Option<&View<'_>>,
    desk: &Desk,
    mut filter: String,
    leave: Leave,
) -> Step {
    title(ui, "Keys");
    let names = ("Filter keys", "Filter by key or by what it does");
    field(ui, (tokens, &mut *engine), &mut filter, names);
    let sections = sections(view, desk, &filter.trim().to_lowercase());
    let room = ui.ctx().content_rect().height() - 190.0;
    let height = room.min(640.0);
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
    area.auto_shrink([false, true]).show_named(ui, "the keys", |ui| {
        if sections.is_empty() {
            say(ui, tokens, "No key does this. Commands without a key are in the palette.");
        }
        columns(ui, (tokens, engine), &sections);
    });
    match buttons(ui, &["Close", "Change keys…"]) {
        Some(1) => {
            let page = crate::ui::dialogs::SettingsPage::Keys;
            Step::Stay(Dialog::Settings(crate::ui::dialogs::SettingsDesk {
                page,
                ..Default::default()
            }))
        }
        Some(_) => Step::Close,
        None if leave == Leave::Now => Step::Close,
        None => Step::Stay(Dialog::Keys(filter)),
    }
}

/// The groups that have something of what was typed.
fn sections(view: Option<&View<'_>>, desk: &Desk, wanted: &str) -> Vec<Section> {
    let entries = commands(view, desk);
    let mut all: Vec<Section> = Group::ALL
        .into_iter()
        .map(|group| {
            let of_group = entries
                .iter()
                .filter(|e| e.group == group && e.scope != Scope::Page && !e.keys.is_empty());
            let row = |entry: &crate::ui::command_table::Entry| {
                (entry.keys.iter().map(ToString::to_string).collect(), entry.name.clone())
            };
            Section { title: group.name(), rows: of_group.map(row).collect() }
        })
        .collect();
    let shift = (vec!["Shift".to_owned()], "With any of these: select".to_owned());
    let all_of_it = entries.iter().filter(|e| e.scope == Scope::Page && e.id == "select-all");
    let all_of_it =
        all_of_it.filter_map(|e| Some((vec![e.keys.first()?.to_string()], e.name.clone())));
    let clipboard =
        (vec!["Ctrl+C".to_owned(), "Ctrl+V".to_owned()], "Copy words, paste a text".to_owned());
    let rows = pairs(&desk.keymap).into_iter().chain([shift]).chain(all_of_it).chain([clipboard]);
    all.push(Section { title: "Caret and selection", rows: rows.collect() });
    for (title, rows) in OTHERS {
        let row = |(keys, what): &(&str, &str)| {
            (keys.split("  ").map(str::to_owned).collect(), (*what).to_owned())
        };
        all.push(Section { title, rows: rows.iter().map(row).collect() });
    }
    for section in &mut all {
        let in_title = section.title.to_lowercase().contains(wanted);
        section.rows.retain(|(keys, what)| {
            let in_keys = keys.iter().any(|key| key.to_lowercase().contains(wanted));
            in_title || in_keys || what.to_lowercase().contains(wanted)
        });
    }
    all.retain(|section| !section.rows.is_empty());
    all
}

/// A row of the sheet.
enum Line<'a> {
    Title(&'a str),
    Keys(&'a [String], &'a str),
}

/// Sections in as many columns as there is room for, all about as long; one that is cut begins anew with its title.
fn columns(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), sections: &[Section]) {
    let width = ui.available_width() - 8.0;
    let count = (width / COLUMN).floor().clamp(1.0, 3.0) as usize;
    let rows: usize = sections.iter().map(|section| section.rows.len() + 2).sum();
    let most = rows.div_ceil(count) + 1;
    let mut columns: Vec<Vec<Line<'_>>> = vec![Vec::new()];
    let mut length = 0;
    for section in sections {
        for (at, (keys, what)) in section.rows.iter().enumerate() {
            // A title is never the last of its column.
            let full = length + if at == 0 { 3 } else { 1 } > most && columns.len() < count;
            if full {
                columns.push(Vec::new());
                length = 0;
            }
            let Some(column) = columns.last_mut() else { return };
            if at == 0 || full {
                column.push(Line::Title(section.title));
                length += 2;
            }
            column.push(Line::Keys(keys, what));
            length += 1;
        }
    }
    let gap = 20.0;
    let each = (width - gap * (count as f32 - 1.0)) / count as f32;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for column in &columns {
            ui.vertical(|ui| {
                ui.set_width(each);
                ui.spacing_mut().item_spacing.y = 0.0;
                for row in column {
                    line(ui, (tokens, &mut *engine), row);
                }
            });
        }
    });
}

fn line(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), line: &Line<'_>) {
    let (keys, what) = match line {
        Line::Title(title) => {
            ui.add_space(8.0);
            let bold = egui::FontFamily::Name("bold".into());
            let words = RichText::new(*title).family(bold).size(tokens.size.small);
            ui.label(words.color(tokens.muted));
            ui.add_space(4.0);
            return;
        }
        Line::Keys(keys, what) => (keys, what),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let at = rect.with_max_x(rect.left() + KEYS);
    let mut caps = ui.new_child(UiBuilder::new().max_rect(at).layout(layout));
    caps.spacing_mut().item_spacing.x = 3.0;
    for key in keys.iter().take(2) {
        key_cap(&mut caps, tokens, key);
    }
    let at = rect.with_min_x((rect.left() + KEYS).max(caps.min_rect().right()) + 4.0);
    let mut name = ui.new_child(UiBuilder::new().max_rect(at).layout(layout));
    spoken_words(&mut name, (tokens, engine), what, Face::Plain, tokens.ink);
}

/// Keys that are not commands.
const OTHERS: [(&str, &[(&str, &str)]); 2] = [
    (
        "Choosing a code",
        &[
            ("0 – 9", "The code with that digit"),
            ("A – Z", "Codes that begin so"),
            ("Up  Down", "Another code"),
            ("Enter", "Take it"),
            ("Esc", "Leave the code as it is"),
        ],
    ),
    (
        "Linking",
        &[
            ("A – Z", "The letters of the other end"),
            ("Backspace", "Take a letter back"),
            ("Esc", "Leave linking"),
        ],
    ),
];
