//! Features, each by its kind: pills, lists, chips, references. What is written stands in `written`.
//!
//! A value that the codebook does not allow is shown as a fault and stays until somebody takes it away on purpose.

use egui::Ui;
use smol_str::SmolStr;

use crate::model::{Choice, Feature, FeatureId, FeatureKind, Value, feature};
use crate::query;
use crate::ui::desk::Selected;
use crate::ui::engine::TextEngine;
use crate::ui::panels::inspector::{InspectorDesk, chips, reference, written};
use crate::ui::panels::{Described, Pane, described, naming, set_feature};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{
    Face, Item, Picked, Picker, field_row, hint, in_words, key_cap, passage, pill_toggle,
    quiet_button, told, value_toggle,
};

/// So many features are offered before one asks for more.
const FIRST: usize = 8;
/// Lists whose values all have a sign are pills up to this length.
const PILLS: usize = 4;

/// What somebody did to a value: set it, or take it away.
pub(in crate::ui::panels::inspector) type Wish = Option<Option<Value>>;

/// A feature of a record as it is shown.
#[derive(Clone, Copy)]
pub(in crate::ui::panels::inspector) struct Shown<'a> {
    /// The record.
    pub(in crate::ui::panels::inspector) of: &'a Selected,
    /// All that is set of it.
    pub(in crate::ui::panels::inspector) all: Described<'a>,
    /// What the codebook says of the feature.
    pub(in crate::ui::panels::inspector) rule: &'a Feature,
    /// Its value.
    pub(in crate::ui::panels::inspector) value: Option<&'a Value>,
    /// Whether it takes the keyboard in this frame.
    pub(in crate::ui::panels::inspector) focus: bool,
}

/// Shows what is set and the first of what could be.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    of: &Selected,
    ui: &mut Ui,
) {
    let Some(all) = described(pane.view.project, of) else { return };
    let asked = query::asked(all.rules, all.set, all.code);
    let first = if matches!(of, Selected::Document(_)) { usize::MAX } else { FIRST };
    let later = |index: usize, rule: &Feature| index >= first && !all.set.contains_key(&rule.id);
    let hidden = asked.iter().enumerate().filter(|(index, rule)| later(*index, rule)).count();
    let wanted = mine.wanted.take();
    if asked
        .iter()
        .enumerate()
        .any(|(at, rule)| wanted.as_ref() == Some(&rule.id) && later(at, rule))
    {
        mine.more = true;
    }
    for (index, rule) in asked.iter().enumerate() {
        if mine.more || !later(index, rule) {
            let (value, focus) = (all.set.get(&rule.id), wanted.as_ref() == Some(&rule.id));
            let shown = Shown { of, all, rule, value, focus };
            ui.push_id(&rule.id, |ui| one(pane, mine, &shown, ui));
        }
    }
    for (id, value) in all.set.iter().filter(|(id, _)| feature(all.rules, id).is_none()) {
        fault(pane, of, (id, id.as_str()), value, ui);
    }
    if hidden > 0 {
        let text = if mine.more { "Fewer features" } else { "More features" };
        let button = quiet_button(ui, pane.view.tokens, text);
        if button
            .on_hover_text(in_words(hidden, "feature without a value", "features without a value"))
            .clicked()
        {
            mine.more = !mine.more;
        }
    }
}

impl Shown<'_> {
    /// Sets the value, or takes it away.
    pub(in crate::ui::panels::inspector) fn ask(&self, pane: &mut Pane<'_>, value: Option<Value>) {
        pane.out.ask(set_feature(self.of, &self.rule.id, value));
    }
}

fn one(pane: &mut Pane<'_>, mine: &mut InspectorDesk, shown: &Shown<'_>, ui: &mut Ui) {
    if let Some(value) = shown.value
        && !shown.rule.accepts(value)
    {
        return fault(pane, shown.of, (&shown.rule.id, &shown.rule.name), value, ui);
    }
    match &shown.rule.kind {
        FeatureKind::Choice { values, many: false, open } => {
            choice(pane, shown, (values, *open), ui);
        }
        FeatureKind::Choice { values, many: true, open } => {
            chips::several(pane, shown, (values, *open), ui);
        }
        FeatureKind::Text { many: true } => chips::several(pane, shown, (&[], true), ui),
        FeatureKind::YesNo => yes_no(pane, shown, ui),
        FeatureKind::Reference { of } => reference::show(pane, shown, of, ui),
        FeatureKind::Text { many: false }
        | FeatureKind::Number
        | FeatureKind::Date
        | FeatureKind::Place => written::show(pane, mine, shown, ui),
    }
}

/// A value that the codebook does not allow.
fn fault(
    pane: &mut Pane<'_>,
    of: &Selected,
    (id, name): (&FeatureId, &str),
    value: &Value,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let words = naming::value_words(pane.view.project, None, value);
    let mut clear = false;
    field_row(ui, pane.kit(), (name, ""), |ui, engine| {
        ui.add_space(4.0);
        let text = format!("⚠ {words}: the codebook does not allow this value here");
        hint(ui, (tokens, engine), &text, tokens.warning);
        let button = quiet_button(ui, tokens, "Take it away");
        clear = button.accessible_name(format!("Take away {name}")).clicked();
    });
    if clear {
        pane.out.ask(set_feature(of, id, None));
    }
}

fn choice(pane: &mut Pane<'_>, shown: &Shown<'_>, (values, open): (&[Choice], bool), ui: &mut Ui) {
    let (rule, project) = (shown.rule, pane.view.project);
    let now = if let Some(Value::Choice(id)) = shown.value { Some(id.as_str()) } else { None };
    let offered = query::offered(values, shown.all.code, now.as_slice());
    let signs = offered.iter().all(|choice| !choice.symbol.is_empty());
    let grade = grade(pane, shown);
    let guess = form(pane, shown);
    let mut wish: Wish = None;
    let tokens = pane.view.tokens;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, engine| {
        if signs && !open && (1..=PILLS).contains(&offered.len()) {
            wish = pills(ui, (tokens, engine), shown, &offered, now);
            return;
        }
        let used = || if open { chips::used(project, rule, values) } else { Vec::new() };
        let words = resting(shown, &offered, now.or(guess));
        let mut list = Picker::new(&rule.name, &words).unset(now.is_none()).focus(shown.focus);
        if open {
            list = list.makes(&rule.name);
        }
        if grade.is_some() {
            list = list.width(ui.available_width() - 34.0);
        }
        ui.horizontal(|ui| {
            let picked = list.show(ui, (tokens, engine), || {
                let mut items = items(&offered, now.as_slice());
                items.extend(used().iter().map(|id| other(id, now.as_slice())));
                items
            });
            wish = picked.map(|picked| match picked {
                Picked::Item(0) => None,
                Picked::Item(index) => match offered.get(index - 1) {
                    Some(choice) => Some(Value::Choice(choice.id.clone())),
                    None => used().get(index - 1 - offered.len()).cloned().map(Value::Choice),
                },
                Picked::New(name) => Some(Value::Choice(name.into())),
            });
            if let Some((grade, meaning)) = &grade {
                told(key_cap(ui, tokens, grade), (tokens, engine), meaning);
            }
        });
    });
    if let Some(value) = wish {
        shown.ask(pane, value);
    }
}

/// The source's letter and the claim's number together, "B2": the letter is that of the document.
fn grade(pane: &Pane<'_>, shown: &Shown<'_>) -> Option<(String, String)> {
    let (Selected::Annotation(id), "credibility") = (shown.of, shown.rule.id.as_str()) else {
        return None;
    };
    let project = pane.view.project;
    let Value::Choice(number) = shown.value? else { return None };
    let document = project.home_of(id)?.document();
    let rule = feature(&project.codebook.document_features, &FeatureId::new("reliability"))?;
    let letter = document.meta.get(&rule.id)?;
    let source = naming::value_words(project, Some(rule), letter);
    let Value::Choice(letter) = letter else { return None };
    let claim = naming::value_words(project, Some(shown.rule), shown.value?);
    Some((format!("{letter}{number}"), format!("Source: {source}\nClaim: {claim}")))
}

/// The form that a mention seems to have: shown, not stored.
fn form(pane: &Pane<'_>, shown: &Shown<'_>) -> Option<&'static str> {
    let (Selected::Annotation(id), None) = (shown.of, shown.value) else { return None };
    let project = pane.view.project;
    let annotation = project.annotation(id)?;
    let layer = project.codebook.layer(&annotation.layer)?;
    let words = annotation.words(&project.home_of(id)?.document().text);
    (query::form_feature(layer) == Some(&shown.rule.id)).then(|| query::form_guess(&words).as_str())
}

/// What a list shows while it is closed.
fn resting(shown: &Shown<'_>, offered: &[&Choice], now: Option<&str>) -> String {
    let find = |id: &str| offered.iter().find(|choice| choice.id == id);
    let words = |id: &str| find(id).map_or_else(|| id.to_owned(), |choice| full_words(choice));
    match (now, shown.rule.default.as_deref()) {
        (Some(id), _) | (None, Some(id)) => words(id),
        (None, None) => "–".to_owned(),
    }
}

/// With the per cent that a likelihood's definition begins with.
fn full_words(choice: &Choice) -> String {
    match per_cent(&choice.definition) {
        Some(range) => format!("{}  {range}", naming::choice_words(choice)),
        None => naming::choice_words(choice),
    }
}

/// `80–95 %` of "80–95 %: very likely, highly probable."
fn per_cent(definition: &str) -> Option<&str> {
    let (range, _) = definition.split_once(':')?;
    let numbers = |c: char| c.is_ascii_digit() || matches!(c, '–' | '-' | ' ' | '%');
    (range.ends_with('%') && range.chars().all(numbers)).then_some(range)
}

/// The rows of a list: none in front, then the values.
pub(in crate::ui::panels::inspector) fn items(offered: &[&Choice], now: &[&str]) -> Vec<Item> {
    let none = Item { text: "No value".into(), key: None, checked: now.is_empty() };
    let values = offered.iter().map(|choice| Item {
        text: full_words(choice),
        key: choice.key.map(String::from),
        checked: now.contains(&choice.id.as_str()),
    });
    std::iter::once(none).chain(values).collect()
}

/// A value that stands in no list.
pub(in crate::ui::panels::inspector) fn other(id: &SmolStr, now: &[&str]) -> Item {
    Item { text: id.to_string(), key: None, checked: now.contains(&id.as_str()) }
}

/// Signs side by side; the one that holds is filled and says its name, a click on it takes it away.
fn pills(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    shown: &Shown<'_>,
    offered: &[&Choice],
    now: Option<&str>,
) -> Wish {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(tokens.size.field);
        for (at, choice) in offered.iter().enumerate() {
            let on = now == Some(choice.id.as_str());
            let text = if on { naming::choice_words(choice) } else { choice.symbol.to_string() };
            let name = format!("{}: {}", shown.rule.name, choice.name);
            let color = tokens.position(&choice.id);
            let kit = (tokens, &mut *engine);
            let response = value_toggle(ui, kit, (&text, &name), color, on);
            if shown.focus && (on || (now.is_none() && at == 0)) {
                response.request_focus();
            }
            let response = response.on_hover_ui(|ui| {
                for text in [&choice.name, &choice.definition] {
                    passage(ui, (tokens, &mut *engine), text, Face::Plain, tokens.ink, 320.0);
                }
            });
            if response.clicked() {
                wish = Some((!on).then(|| Value::Choice(choice.id.clone())));
            }
        }
    });
    wish
}

fn yes_no(pane: &mut Pane<'_>, shown: &Shown<'_>, ui: &mut Ui) {
    let (tokens, rule) = (pane.view.tokens, shown.rule);
    let mut wish = None;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, _| {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.size.field);
            for (yes, text) in [(true, "yes"), (false, "no")] {
                let on = shown.value == Some(&Value::YesNo(yes));
                let name = format!("{}: {text}", rule.name);
                let response = pill_toggle(ui, tokens, (text, &name), tokens.ink, on);
                if shown.focus && yes {
                    response.request_focus();
                }
                if response.clicked() {
                    wish = Some((!on).then_some(Value::YesNo(yes)));
                }
            }
        });
    });
    if let Some(value) = wish {
        shown.ask(pane, value);
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::panels::inspector::features::per_cent;

    #[test]
    fn the_per_cent_of_a_likelihood_are_those_its_definition_begins_with() {
        assert_eq!(per_cent("80–95 %: very likely, highly probable."), Some("80–95 %"));
        assert_eq!(per_cent("Says 5 %: no."), None);
        assert_eq!(per_cent("The claimant gives no likelihood."), None);
    }
}
