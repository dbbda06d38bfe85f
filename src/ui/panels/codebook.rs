//! The codebook with counts: layers, the codes in use below each, the others behind a toggle.
//!
//! A click tags the selected words, or gives the selected annotation that code.

use egui::{Align, Layout, Ui};

use crate::model::{Code, CodeId, Layer};
use crate::query::Counts;
use crate::ui::desk::{Desk, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::documents::counted;
use crate::ui::panels::left::LeftDesk;
use crate::ui::widgets::{Face, Row, badge, in_words, key_cap, section_header, words};
use crate::workbench::{AnnotationCommand, Command};

/// Where codes begin: below the words of their layer.
const INDENT: f32 = 40.0;

/// Layers and codes.
pub(in crate::ui::panels) fn list(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut LeftDesk,
    counts: &Counts,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let codebook = &pane.view.project.codebook;
    let header =
        section_header(ui, pane.kit(), "Codebook", &format!("version {}", codebook.version));
    if !codebook.name.is_empty() {
        header.on_hover_text(codebook.name.as_str());
    }
    for layer in &codebook.layers {
        let count = counts.by_layer.get(&layer.id).copied().unwrap_or_default();
        layer_row(pane, desk, layer, count, ui);
        codes(pane, desk, mine, (layer, counts), ui);
    }
    ui.add_space(tokens.size.grid * 2.0);
}

fn layer_row(pane: &mut Pane<'_>, desk: &Desk, layer: &Layer, count: usize, ui: &mut Ui) {
    let name = format!("{}, {}", layer.plural, in_words(count, "annotation", "annotations"));
    let response = Row::new(&name).show(ui, pane.view.tokens, |ui| {
        badge(ui, pane.kit(), Some(layer));
        counted(pane, ui, &layer.plural, Face::Bold, count);
    });
    if response.clicked() {
        give(pane, desk, layer, None);
    }
}

fn codes(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut LeftDesk,
    (layer, counts): (&Layer, &Counts),
    ui: &mut Ui,
) {
    let used = |code: &Code| {
        counts.by_code.get(&(layer.id.clone(), Some(code.id.clone()))).copied().unwrap_or_default()
    };
    let all = mine.all_codes.contains(&layer.id);
    for code in &layer.codes {
        let count = used(code);
        if count > 0 || all {
            code_row(pane, desk, (layer, code), count, ui);
        }
    }
    let hidden = layer.codes.iter().filter(|code| used(code) == 0).count();
    if hidden == 0 {
        return;
    }
    let text = if all {
        "Only codes in use".to_owned()
    } else {
        in_words(hidden, "more code", "more codes")
    };
    if more(pane, ui, &text, &format!("{}: {text}", layer.plural), INDENT).clicked()
        && !mine.all_codes.remove(&layer.id)
    {
        mine.all_codes.insert(layer.id.clone());
    }
}

fn code_row(
    pane: &mut Pane<'_>,
    desk: &Desk,
    (layer, code): (&Layer, &Code),
    count: usize,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let ink = if count == 0 { tokens.muted } else { tokens.ink };
    let name = format!("{}, {}", code.name, in_words(count, "annotation", "annotations"));
    let response = Row::new(&name).inset(INDENT, 16.0).show(ui, tokens, |ui| {
        let cap = if code.digit.is_some() { 24.0 } else { 0.0 };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            words(ui, pane.kit(), &count.to_string(), Face::Plain, tokens.muted);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let room = (ui.available_width() - cap).max(0.0);
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    words(ui, pane.kit(), &code.name, Face::Plain, ink);
                });
                if let Some(digit) = code.digit {
                    key_cap(ui, tokens, &digit.to_string());
                }
            });
        });
    });
    let clicked = response.clicked();
    if !code.definition.is_empty() {
        response.on_hover_text(code.definition.as_str());
    }
    if clicked {
        give(pane, desk, layer, Some(&code.id));
    }
}

/// A row that shows more or less of a list.
pub(in crate::ui::panels) fn more(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    text: &str,
    name: &str,
    indent: f32,
) -> egui::Response {
    let tokens = pane.view.tokens;
    let row =
        Row::new(name).inset(indent, 16.0).height(tokens.size.row - 4.0).role(egui::Role::Button);
    row.show(ui, tokens, |ui| {
        words(ui, pane.kit(), text, Face::Small, tokens.muted);
    })
}

/// Tags the selected words, or gives the selected annotation of the layer this code.
fn give(pane: &mut Pane<'_>, desk: &Desk, layer: &Layer, code: Option<&CodeId>) {
    if let (Some(document), Some(fragments)) = (&desk.document, &desk.words) {
        pane.out.ask(Command::Annotation(AnnotationCommand::Tag {
            document: document.clone(),
            fragments: fragments.clone(),
            layer: layer.id.clone(),
            code: code.cloned(),
        }));
    } else if let (Some(Selected::Annotation(id)), Some(code)) = (&desk.selected, code) {
        let same = pane.view.project.annotation(id).is_some_and(|a| a.layer == layer.id);
        if same {
            let command = AnnotationCommand::SetCode(id.clone(), Some(code.clone()));
            pane.out.ask(Command::Annotation(command));
        }
    }
}
