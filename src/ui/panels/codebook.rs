//! The codebook with counts: layers, the codes in use below each, the others behind a toggle.
//!
//! A click tags the selected words, or gives the selected annotation that code. Eyes hide a layer or code (`seen`).

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use crate::model::{Code, CodeId, Layer};
use crate::query::Counts;
use crate::ui::desk::{Desk, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::left::LeftDesk;
use crate::ui::panels::seen::{self, Seen};
use crate::ui::veil::Facet;
use crate::ui::widgets::{Face, Row, badge, fold, in_words, key_cap, passage, told, words};
use crate::workbench::{AnnotationCommand, Command};

/// Where codes begin: below the words of their layer.
const INDENT: f32 = 40.0;
/// A panel narrower than this shows no digits, so that names can be read.
const NARROW: f32 = 180.0;

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
    header(pane, ui);
    for layer in &codebook.layers {
        let count = counts.by_layer.get(&layer.id).copied().unwrap_or_default();
        layer_row(pane, (desk, mine), layer, count, ui);
        if !mine.folded.contains(&layer.id) {
            codes(pane, desk, mine, (layer, counts), ui);
        }
    }
    ui.add_space(tokens.size.grid * 2.0);
}

/// "Codebook", with its name and version at the right.
fn header(pane: &mut Pane<'_>, ui: &mut Ui) {
    let (tokens, codebook) = (pane.view.tokens, &pane.view.project.codebook);
    let size = vec2(ui.available_width(), tokens.size.row);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let aside = format!("{} {}", codebook.name, codebook.version);
    let name = format!("Codebook, {}, version {}", codebook.name, codebook.version);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, &name));
    let layout = Layout::left_to_right(Align::Center);
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    words(&mut child, pane.kit(), "Codebook", Face::SmallBold, tokens.muted);
    child.add_space(12.0);
    child.with_layout(Layout::right_to_left(Align::Center), |ui| {
        words(ui, pane.kit(), aside.trim(), Face::Small, tokens.muted);
    });
}

fn layer_row(
    pane: &mut Pane<'_>,
    (desk, mine): (&Desk, &mut LeftDesk),
    layer: &Layer,
    count: usize,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let facet = Facet::Layer(layer.id.clone());
    let seen = Seen { name: &layer.name, shown: !desk.veil.covers(&facet), facet };
    let name = format!("{}, {}", layer.plural, in_words(count, "annotation", "annotations"));
    let open = !mine.folded.contains(&layer.id);
    let mut folded = false;
    let response = Row::new(&name).inset(2.0, 16.0).show(ui, tokens, |ui| {
        let near = ui.rect_contains_pointer(ui.max_rect());
        ui.spacing_mut().item_spacing.x = 0.0;
        let verb = if open { "Collapse" } else { "Expand" };
        let name = format!("{verb} {}", layer.name);
        folded = fold(ui, tokens, &name, (open, near)).clicked();
        badge(ui, pane.kit(), Some(layer));
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 8.0;
        seen::counted(pane, ui, &seen, count, |pane, ui| {
            let ink = if seen.shown { tokens.ink } else { tokens.muted };
            words(ui, pane.kit(), &layer.plural, Face::Bold, ink);
        });
    });
    seen::menu(pane, &response, &seen);
    if folded && !mine.folded.remove(&layer.id) {
        mine.folded.insert(layer.id.clone());
    } else if response.clicked() {
        give(pane, desk, layer, None);
    }
    if desk.words.is_some() {
        let does = format!("Tag the selected words as {}", layer.name.to_lowercase());
        told(response, pane.kit(), &does);
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
    let facet = Facet::Code(layer.id.clone(), Some(code.id.clone()));
    let seen = Seen { name: &code.name, shown: !desk.veil.covers(&facet), facet };
    let ink = if count == 0 || !seen.shown { tokens.muted } else { tokens.ink };
    let name = format!("{}, {}", code.name, in_words(count, "annotation", "annotations"));
    // Where there is little room, it is the name's.
    let narrow = ui.available_width() < NARROW;
    let digit = code.digit.filter(|_| !narrow);
    let indent = if narrow { INDENT / 2.0 } else { INDENT };
    let response = Row::new(&name).inset(indent, 16.0).show(ui, tokens, |ui| {
        let cap = if digit.is_some() { 24.0 } else { 0.0 };
        seen::counted(pane, ui, &seen, count, |pane, ui| {
            let room = (ui.available_width() - cap).max(0.0);
            ui.scope(|ui| {
                ui.set_max_width(room);
                words(ui, pane.kit(), &code.name, Face::Plain, ink);
            });
            if let Some(digit) = digit {
                key_cap(ui, tokens, &digit.to_string());
            }
        });
    });
    let clicked = response.clicked();
    seen::menu(pane, &response, &seen);
    if !code.definition.is_empty() {
        let mut tip = egui::Tooltip::for_enabled(&response).gap(6.0);
        tip.popup = tip.popup.align(egui::RectAlign::RIGHT_START);
        tip.show(|ui| about(pane, code, ui));
    }
    if clicked {
        give(pane, desk, layer, Some(&code.id));
    }
}

/// What a code means, with words that it fits.
fn about(pane: &mut Pane<'_>, code: &Code, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.spacing_mut().item_spacing.y = 4.0;
    egui::Frame::new().inner_margin(6).show(ui, |ui| {
        passage(ui, pane.kit(), &code.name, Face::Bold, tokens.ink, 280.0);
        passage(ui, pane.kit(), &code.definition, Face::Plain, tokens.ink, 280.0);
        if !code.example.is_empty() {
            let example = format!("Such as: {}", code.example);
            passage(ui, pane.kit(), &example, Face::Small, tokens.muted, 280.0);
        }
        if let Some(score) = code.score {
            passage(ui, pane.kit(), &format!("Score {score}"), Face::Small, tokens.muted, 280.0);
        }
    });
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
