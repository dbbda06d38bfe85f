//! About the program: version, licences, where files lie, and what to send with a report.

use crate::ui::desk::Dialog;
use crate::ui::dialogs::settings::{FilePlaces, place, setting};
use crate::ui::dialogs::{Leave, Step, say, title};
use crate::ui::theme::Tokens;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::pill_toggle;
use egui::{Button, Layout, RichText, ScrollArea, Ui};

/// What is told about the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutDesk {
    /// Version and build, line by line.
    pub facts: Vec<String>,
    /// Where files lie.
    pub files: FilePlaces,
    /// What is copied for a report.
    pub diagnostics: String,
    /// Which licence is shown.
    pub licence: usize,
    /// Whether the diagnostics were copied.
    pub copied: bool,
}

const LICENCES: [(&str, &str); 4] = [
    ("MIT", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-MIT"))),
    ("Apache 2.0", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-APACHE"))),
    ("Fonts", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/OFL.txt"))),
    ("Libraries", LIBRARIES),
];

const LIBRARIES: &str = "The program is made with free libraries, among them egui and eframe (MIT or Apache 2.0), parley, \
swash and fontique (MIT or Apache 2.0), ICU4X (Unicode licence), imbl (MPL 2.0), serde, clap, jiff and encoding_rs \
(MIT or Apache 2.0, encoding_rs also BSD). Each is used under its own licence; the file Cargo.lock in the source names \
all of them with their versions.";

pub(in crate::ui::dialogs) fn about(
    ui: &mut Ui,
    tokens: &Tokens,
    mut mine: AboutDesk,
    leave: Leave,
) -> Step {
    title(ui, "Matryoshka");
    say(ui, tokens, mine.facts.join(" · "));
    let files = &mine.files;
    let places = [
        ("State folder", Some(&files.state)),
        ("Log", Some(&files.log)),
        ("Project", files.project.as_ref()),
    ];
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (name, path) in places {
            if let Some(path) = path {
                setting(ui, tokens, name, |ui| place(ui, tokens, name, path));
            }
        }
    });
    say(
        ui,
        tokens,
        "The program may be used under the MIT or the Apache 2.0 licence, as you like.",
    );
    ui.horizontal(|ui| {
        for (at, (name, _)) in LICENCES.iter().enumerate() {
            let label = format!("Licence: {name}");
            let on = mine.licence == at;
            if pill_toggle(ui, tokens, (name, &label), tokens.focus, on).clicked() {
                mine.licence = at;
            }
        }
    });
    let words = LICENCES.get(mine.licence).map_or("", |(_, words)| words);
    let height = (ui.ctx().content_rect().height() - 380.0).clamp(100.0, 260.0);
    ScrollArea::vertical()
        .id_salt(mine.licence)
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink(false)
        .show_named(ui, "the licence", |ui| {
            ui.label(RichText::new(words).size(tokens.size.small).color(tokens.ink));
        });
    let mut close = false;
    ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
        let size = egui::vec2(84.0, 28.0);
        close = ui.add(Button::new(RichText::new("Close").strong()).min_size(size)).clicked();
        let hint = "Version, system, counts and the end of the log; no words, names or places";
        let copy = ui.add(Button::new("Copy diagnostics").min_size(size)).on_hover_text(hint);
        if copy.clicked() {
            ui.ctx().copy_text(mine.diagnostics.clone());
            mine.copied = true;
        }
        if mine.copied {
            say(ui, tokens, "Copied");
        }
    });
    if close || leave == Leave::Now { Step::Close } else { Step::Stay(Dialog::About(mine)) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_of_egui_that_is_named_is_the_one_that_is_built_in() {
        let manifest = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        let version = crate::ui::EGUI;
        assert!(manifest.contains(&format!("egui = {{ version = \"{version}\"")), "{version}");
    }
}
