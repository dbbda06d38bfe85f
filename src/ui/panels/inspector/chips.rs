//! Several values: chips that can be taken away, and a list that adds one, new ones too where the feature is open.

use egui::Ui;
use smol_str::SmolStr;
use std::collections::BTreeSet;

use crate::model::{Choice, Feature, FeatureId, Features, Project, Value};
use crate::query;
use crate::ui::engine::TextEngine;
use crate::ui::panels::inspector::features::{Shown, other};
use crate::ui::panels::{Pane, naming};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Item, Picked, Picker, chip, field_row};

/// Most values that were used elsewhere are offered.
const MOST: usize = 200;

/// Chips and the list that adds.
pub(in crate::ui::panels::inspector) fn several(
    pane: &mut Pane<'_>,
    shown: &Shown<'_>,
    (values, open): (&[Choice], bool),
    ui: &mut Ui,
) {
    let (rule, project) = (shown.rule, pane.view.project);
    let now = if let Some(Value::Several(ids)) = shown.value { ids.as_slice() } else { &[] };
    let ids: Vec<&str> = now.iter().map(SmolStr::as_str).collect();
    let offered: Vec<&Choice> = query::offered(values, shown.all.code, &ids);
    let free: Vec<&Choice> =
        offered.iter().copied().filter(|choice| !ids.contains(&choice.id.as_str())).collect();
    let name = |id: &str| {
        let known = offered.iter().find(|choice| choice.id == id);
        known.map_or_else(|| id.to_owned(), |choice| naming::choice_words(choice))
    };
    let others = || {
        let used = if open { used(project, rule, values) } else { Vec::new() };
        used.into_iter().filter(|id| !now.contains(id)).collect::<Vec<_>>()
    };
    let items = || {
        let values = free.iter().map(|choice| Item {
            text: naming::choice_words(choice),
            key: choice.key.map(String::from),
            checked: false,
        });
        values.chain(others().iter().map(|id| other(id, &[]))).collect()
    };
    let mut next = now.to_vec();
    let chips = Chips { title: &rule.name, definition: &rule.definition, open, focus: shown.focus };
    match chips.show(pane, (&ids, &name), items, ui) {
        Some(Chipped::Removed(at)) => {
            next.remove(at);
        }
        Some(Chipped::Added(Picked::Item(at))) => {
            let known = free.get(at).map(|choice| choice.id.clone());
            next.extend(known.or_else(|| others().get(at - free.len()).cloned()));
        }
        Some(Chipped::Added(Picked::New(name))) if !ids.contains(&name.as_str()) => {
            next.push(name.into());
        }
        _ => return,
    }
    shown.ask(pane, (!next.is_empty()).then_some(Value::Several(next)));
}

/// A row of chips.
pub(in crate::ui::panels::inspector) struct Chips<'a> {
    /// Its name.
    pub(in crate::ui::panels::inspector) title: &'a str,
    /// In one line.
    pub(in crate::ui::panels::inspector) definition: &'a str,
    /// Whether new values may be written.
    pub(in crate::ui::panels::inspector) open: bool,
    /// Whether the list that adds takes the keyboard.
    pub(in crate::ui::panels::inspector) focus: bool,
}

/// How an id is shown.
type Naming<'a> = &'a dyn Fn(&str) -> String;

/// The chips; the one whose cross was clicked.
fn crossed(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    (ids, name): (&[&str], Naming<'_>),
    title: &str,
) -> Option<usize> {
    let mut crossed = None;
    for (at, id) in ids.iter().enumerate() {
        let text = name(id);
        let remove = format!("Remove {text} from {title}");
        // In the row itself: a scope of its own would not go on to the next line.
        let response = chip(ui, (tokens, engine), &text, &remove);
        if response.clicked() {
            crossed = Some(at);
        }
    }
    crossed
}

/// What was done to chips.
pub(in crate::ui::panels::inspector) enum Chipped {
    /// This one was taken away.
    Removed(usize),
    /// This was chosen to be added.
    Added(Picked),
}

impl Chips<'_> {
    /// Shows chips of `ids` and the list that adds one of `items`.
    pub(in crate::ui::panels::inspector) fn show(
        &self,
        pane: &mut Pane<'_>,
        (ids, name): (&[&str], Naming<'_>),
        items: impl FnOnce() -> Vec<Item>,
        ui: &mut Ui,
    ) -> Option<Chipped> {
        let (tokens, title) = (pane.view.tokens, self.title);
        let mut done = None;
        field_row(ui, pane.kit(), (title, self.definition), |ui, engine| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
                ui.set_min_height(tokens.size.field);
                done = crossed(ui, (tokens, engine), (ids, name), title).map(Chipped::Removed);
                let label = format!("Add to {title}");
                let words = if ids.is_empty() { "–" } else { "Add…" };
                let mut list = Picker::new(&label, words).unset(true).focus(self.focus);
                list = list.width(if ids.is_empty() { 400.0 } else { 56.0 });
                if self.open {
                    list = list.makes(title);
                }
                if let Some(picked) = list.show(ui, (tokens, engine), items) {
                    done = Some(Chipped::Added(picked));
                }
            });
        });
        done
    }
}

/// Values of an open feature that are used anywhere in the project and stand in no list.
pub(in crate::ui::panels::inspector) fn used(
    project: &Project,
    rule: &Feature,
    known: &[Choice],
) -> Vec<SmolStr> {
    let mut found: BTreeSet<&SmolStr> = BTreeSet::new();
    let annotations = project.annotations().map(|a| (&a.features, layer_has(project, rule, a)));
    let others = project.entities().values().map(|e| (&e.features, true));
    let documents = project.sheets().values().map(|sheet| (&sheet.document().meta, true));
    for (features, may) in annotations.chain(others).chain(documents) {
        if may {
            collect(features, &rule.id, &mut found);
        }
    }
    let new = found.into_iter().filter(|id| known.iter().all(|choice| choice.id != **id));
    new.take(MOST).cloned().collect()
}

fn layer_has(project: &Project, rule: &Feature, annotation: &crate::model::Annotation) -> bool {
    let layer = project.codebook.layer(&annotation.layer);
    layer.is_some_and(|layer| layer.features.iter().any(|other| other.id == rule.id))
}

fn collect<'a>(features: &'a Features, id: &FeatureId, found: &mut BTreeSet<&'a SmolStr>) {
    match features.get(id) {
        Some(Value::Choice(value)) => {
            found.insert(value);
        }
        Some(Value::Several(values)) => found.extend(values),
        _ => {}
    }
}
