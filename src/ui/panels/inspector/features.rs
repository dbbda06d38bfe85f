//! Features, each by its kind: pills, lists, fields. Words are sent with Enter or when the keyboard leaves the field.
//!
//! A value that the codebook does not allow is shown as a fault and stays until somebody takes it away on purpose.

use egui::{Id, Ui};

use crate::model::{
    Choice, CodeId, Condition, Feature, FeatureId, FeatureKind, Features, Location, Project, Value,
    feature,
};
use crate::ui::desk::Selected;
use crate::ui::panels::inspector::{Draft, Field, InspectorDesk};
use crate::ui::panels::{Pane, naming};
use crate::ui::widgets::{
    Item, Picked, Picker, field_row, hint, in_words, line_field, pill_toggle, quiet_button,
    side_text,
};
use crate::workbench::{AnnotationCommand, Command, EntityCommand, RelationCommand};

/// So many features are offered before one asks for more.
const FIRST: usize = 6;
/// Lists whose values all have a sign are pills up to this length.
const PILLS: usize = 4;

/// What somebody did to a value: set it, or take it away.
type Wish = Option<Option<Value>>;

/// Whose features are shown.
pub(in crate::ui::panels::inspector) struct Subject<'a> {
    /// The record.
    pub(in crate::ui::panels::inspector) of: &'a Selected,
    /// What is set.
    pub(in crate::ui::panels::inspector) set: &'a Features,
    /// What the codebook asks for.
    pub(in crate::ui::panels::inspector) rules: &'a [Feature],
    /// The record's code.
    pub(in crate::ui::panels::inspector) code: Option<&'a CodeId>,
}

/// Shows what is set and the first of what could be.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    subject: &Subject<'_>,
    ui: &mut Ui,
) {
    let asked: Vec<&Feature> = subject.rules.iter().filter(|rule| subject.shows(rule)).collect();
    let later =
        |index: usize, rule: &Feature| index >= FIRST && !subject.set.contains_key(&rule.id);
    let hidden = asked.iter().enumerate().filter(|(index, rule)| later(*index, rule)).count();
    for (index, rule) in asked.iter().enumerate() {
        if mine.more || !later(index, rule) {
            ui.push_id(&rule.id, |ui| one(pane, mine, subject, rule, ui));
        }
    }
    for (id, value) in subject.set.iter().filter(|(id, _)| feature(subject.rules, id).is_none()) {
        fault(pane, subject, (id, id.as_str()), value, ui);
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

impl Subject<'_> {
    fn shows(&self, rule: &Feature) -> bool {
        self.set.contains_key(&rule.id) || rule.when.as_ref().is_none_or(|when| self.holds(when))
    }

    fn holds(&self, when: &Condition) -> bool {
        match when {
            Condition::Code(codes) => self.code.is_some_and(|code| codes.contains(code)),
            Condition::Feature { feature, is } => match self.set.get(feature) {
                Some(Value::Choice(id)) => is.contains(id),
                Some(Value::Several(ids)) => ids.iter().any(|id| is.contains(id)),
                _ => false,
            },
        }
    }

    /// The values offered here: those for this code, and whatever is set.
    fn offered<'b>(&self, values: &'b [Choice], now: &[&str]) -> Vec<&'b Choice> {
        let fits = |choice: &&Choice| {
            let mine = self.code.is_some_and(|code| choice.codes.contains(code));
            choice.codes.is_empty() || mine || now.contains(&choice.id.as_str())
        };
        values.iter().filter(fits).collect()
    }

    fn ask(&self, pane: &mut Pane<'_>, feature: &FeatureId, value: Option<Value>) {
        pane.out.ask(set_feature(self.of, feature, value));
    }
}

/// The command that sets a feature of whatever is selected.
fn set_feature(of: &Selected, feature: &FeatureId, value: Option<Value>) -> Command {
    let feature = feature.clone();
    match of {
        Selected::Annotation(id) => {
            Command::Annotation(AnnotationCommand::SetFeature(id.clone(), feature, value))
        }
        Selected::Relation(id) => {
            Command::Relation(RelationCommand::SetFeature(id.clone(), feature, value))
        }
        Selected::Entity(id) => {
            Command::Entity(EntityCommand::SetFeature(id.clone(), feature, value))
        }
    }
}

fn one(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    subject: &Subject<'_>,
    rule: &Feature,
    ui: &mut Ui,
) {
    let value = subject.set.get(&rule.id);
    if let Some(value) = value
        && !rule.accepts(value)
    {
        return fault(pane, subject, (&rule.id, &rule.name), value, ui);
    }
    match &rule.kind {
        FeatureKind::Choice { values, many: false, open } => {
            choice(pane, subject, rule, (values, *open), value, ui);
        }
        FeatureKind::Choice { values, many: true, open: false } => {
            several(pane, subject, rule, values, value, ui);
        }
        FeatureKind::YesNo => yes_no(pane, subject, rule, value, ui),
        FeatureKind::Reference { .. } => reference(pane, subject, rule, value, ui),
        FeatureKind::Text { .. }
        | FeatureKind::Number
        | FeatureKind::Date
        | FeatureKind::Place
        | FeatureKind::Choice { many: true, open: true, .. } => {
            typed(pane, mine, subject, rule, ui);
        }
    }
}

/// A value that the codebook does not allow.
fn fault(
    pane: &mut Pane<'_>,
    subject: &Subject<'_>,
    (id, name): (&FeatureId, &str),
    value: &Value,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let words = naming::value_words(pane.view.project, None, value);
    let mut clear = false;
    field_row(ui, pane.kit(), (name, ""), |ui, _| {
        ui.add_space(4.0);
        let text = format!("⚠ {words}: the codebook does not allow this value here");
        hint(ui, tokens, &text, tokens.warning);
        let button = quiet_button(ui, tokens, "Take it away");
        clear = button.accessible_name(format!("Take away {name}")).clicked();
    });
    if clear {
        subject.ask(pane, id, None);
    }
}

fn choice(
    pane: &mut Pane<'_>,
    subject: &Subject<'_>,
    rule: &Feature,
    (values, open): (&[Choice], bool),
    value: Option<&Value>,
    ui: &mut Ui,
) {
    let now = if let Some(Value::Choice(id)) = value { Some(id.as_str()) } else { None };
    let offered = subject.offered(values, now.as_slice());
    let signs = offered.iter().all(|choice| !choice.symbol.is_empty());
    let mut wish: Wish = None;
    let tokens = pane.view.tokens;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, engine| {
        if signs && !open && (1..=PILLS).contains(&offered.len()) {
            wish = pills(ui, tokens, rule, &offered, now);
            return;
        }
        let shown = shown(rule, &offered, now);
        let mut list = Picker::new(&rule.name, &shown).unset(now.is_none());
        if open {
            list = list.makes(&rule.name);
        }
        let picked = list.show(ui, (tokens, engine), || items(&offered, now.as_slice()));
        wish = picked.map(|picked| match picked {
            Picked::Item(index) => {
                let choice = index.checked_sub(1).and_then(|index| offered.get(index));
                choice.map(|choice| Value::Choice(choice.id.clone()))
            }
            Picked::New(name) => Some(Value::Choice(name.into())),
        });
    });
    if let Some(value) = wish {
        subject.ask(pane, &rule.id, value);
    }
}

/// What a list shows while it is closed.
fn shown(rule: &Feature, offered: &[&Choice], now: Option<&str>) -> String {
    let words = |id: &str| {
        offered.iter().find(|choice| choice.id == id).map(|choice| naming::choice_words(choice))
    };
    match (now, rule.default.as_deref()) {
        (Some(id), _) => words(id).unwrap_or_else(|| id.to_owned()),
        (None, Some(default)) => words(default).unwrap_or_else(|| default.to_owned()),
        (None, None) => "–".to_owned(),
    }
}

/// The rows of a list: none in front, then the values.
fn items(offered: &[&Choice], now: &[&str]) -> Vec<Item> {
    let none = Item { text: "No value".into(), key: None, checked: now.is_empty() };
    let values = offered.iter().map(|choice| Item {
        text: naming::choice_words(choice),
        key: choice.key.map(String::from),
        checked: now.contains(&choice.id.as_str()),
    });
    std::iter::once(none).chain(values).collect()
}

/// Signs side by side; the one that holds is filled and says its name, a click on it takes it away.
fn pills(
    ui: &mut Ui,
    tokens: &crate::ui::theme::Tokens,
    rule: &Feature,
    offered: &[&Choice],
    now: Option<&str>,
) -> Wish {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(tokens.size.field);
        for choice in offered {
            let on = now == Some(choice.id.as_str());
            let text = if on { naming::choice_words(choice) } else { choice.symbol.to_string() };
            let name = format!("{}: {}", rule.name, choice.name);
            let color = tokens.position(&choice.id);
            let response = pill_toggle(ui, tokens, (&text, &name), color, on);
            let response = response.on_hover_ui(|ui| {
                ui.label(choice.name.as_str());
                ui.label(choice.definition.as_str());
            });
            if response.clicked() {
                wish = Some((!on).then(|| Value::Choice(choice.id.clone())));
            }
        }
    });
    wish
}

fn several(
    pane: &mut Pane<'_>,
    subject: &Subject<'_>,
    rule: &Feature,
    values: &[Choice],
    value: Option<&Value>,
    ui: &mut Ui,
) {
    let now = if let Some(Value::Several(ids)) = value { ids.as_slice() } else { &[] };
    let ids: Vec<&str> = now.iter().map(smol_str::SmolStr::as_str).collect();
    let offered = subject.offered(values, &ids);
    let words = value.map(|value| naming::value_words(pane.view.project, Some(rule), value));
    let shown = words.unwrap_or_else(|| "–".to_owned());
    let tokens = pane.view.tokens;
    let mut picked = None;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, engine| {
        let list = Picker::new(&rule.name, &shown).unset(now.is_empty()).several();
        picked = list.show(ui, (tokens, engine), || items(&offered, &ids));
    });
    let Some(Picked::Item(index)) = picked else { return };
    let mut next = now.to_vec();
    match index.checked_sub(1).and_then(|index| offered.get(index)) {
        None => next.clear(),
        Some(choice) if next.contains(&choice.id) => next.retain(|id| *id != choice.id),
        Some(choice) => next.push(choice.id.clone()),
    }
    subject.ask(pane, &rule.id, (!next.is_empty()).then_some(Value::Several(next)));
}

fn yes_no(
    pane: &mut Pane<'_>,
    subject: &Subject<'_>,
    rule: &Feature,
    value: Option<&Value>,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let mut wish = None;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, _| {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.size.field);
            for (yes, text) in [(true, "yes"), (false, "no")] {
                let on = value == Some(&Value::YesNo(yes));
                let name = format!("{}: {text}", rule.name);
                if pill_toggle(ui, tokens, (text, &name), tokens.ink, on).clicked() {
                    wish = Some((!on).then_some(Value::YesNo(yes)));
                }
            }
        });
    });
    if let Some(value) = wish {
        subject.ask(pane, &rule.id, value);
    }
}

fn reference(
    pane: &mut Pane<'_>,
    subject: &Subject<'_>,
    rule: &Feature,
    value: Option<&Value>,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let words = value.map(|value| naming::value_words(pane.view.project, Some(rule), value));
    let mut clear = false;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, engine| {
        ui.horizontal(|ui| {
            ui.set_min_height(tokens.size.field);
            let Some(words) = &words else {
                side_text(ui, tokens, "–");
                return;
            };
            let button = quiet_button(ui, tokens, "Clear");
            clear = button.accessible_name(format!("Clear {}", rule.name)).clicked();
            crate::ui::widgets::words(
                ui,
                (tokens, engine),
                words,
                crate::ui::widgets::Face::Plain,
                tokens.ink,
            );
        });
    });
    if clear {
        subject.ask(pane, &rule.id, None);
    }
}

fn typed(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    subject: &Subject<'_>,
    rule: &Feature,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let field = Field::Feature(rule.id.clone());
    let id = Id::unique(("feature", &rule.id, naming::record_of(subject.of)));
    let written = subject.set.get(&rule.id);
    let written = written
        .map(|value| naming::value_words(pane.view.project, Some(rule), value))
        .unwrap_or_default();
    let draft = mine.draft(subject.of, &field);
    let trouble = draft.as_ref().and_then(|draft| draft.trouble.clone());
    let mut text = draft.map_or_else(|| written.clone(), |draft| draft.text.clone());
    let mut now = None;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, _| {
        now = Some(line_field(ui, tokens, id, (&rule.name, what_to_write(&rule.kind)), &mut text));
        if let Some(trouble) = &trouble {
            hint(ui, tokens, trouble, tokens.error);
        }
        ui.add_space(2.0);
    });
    let Some(now) = now else { return };
    if !now.changed && !now.done {
        return if !now.focused && trouble.is_none() {
            mine.drop_draft(subject.of, &field);
        };
    }
    mine.drop_draft(subject.of, &field);
    let mut draft = Draft { of: subject.of.clone(), field, text, trouble: None };
    if !now.done {
        return mine.drafts.push(draft);
    }
    match sent(pane.view.project, &draft) {
        Some(Ok(command)) => pane.out.ask(command),
        Some(Err(trouble)) => {
            draft.trouble = Some(trouble);
            mine.drafts.push(draft);
        }
        None => {}
    }
}

fn what_to_write(kind: &FeatureKind) -> &'static str {
    match kind {
        FeatureKind::Date => "2019-04-25",
        FeatureKind::Text { many: true } | FeatureKind::Choice { .. } => "one; another",
        FeatureKind::Place => "a place",
        FeatureKind::Number => "a number",
        _ => "–",
    }
}

/// The command that a draft comes to, or why it cannot be read; none if it changes nothing.
pub(in crate::ui::panels::inspector) fn sent(
    project: &Project,
    draft: &Draft,
) -> Option<Result<Command, String>> {
    let text = draft.text.trim();
    let (set, rules) = match (&draft.of, &draft.field) {
        (Selected::Entity(id), Field::Name) => {
            let entity = project.entities().get(id)?;
            let renamed = !text.is_empty() && entity.name != text;
            let command = EntityCommand::Rename(id.clone(), text.into());
            return renamed.then_some(Ok(Command::Entity(command)));
        }
        (_, Field::Name) => return None,
        (Selected::Annotation(id), _) => {
            let annotation = project.annotation(id)?;
            (&annotation.features, project.codebook.layer(&annotation.layer)?.features.as_slice())
        }
        (Selected::Relation(id), _) => {
            let relation = project.relations().get(id)?;
            (&relation.features, project.codebook.relation(&relation.kind)?.features.as_slice())
        }
        (Selected::Entity(id), _) => {
            let entity = project.entities().get(id)?;
            (&entity.features, project.codebook.layer(&entity.layer)?.entity_features.as_slice())
        }
    };
    let Field::Feature(id) = &draft.field else { return None };
    let rule = feature(rules, id)?;
    let written = set
        .get(id)
        .map(|value| naming::value_words(project, Some(rule), value))
        .unwrap_or_default();
    if written.trim() == text {
        return None;
    }
    Some(read(&rule.kind, text).map(|value| set_feature(&draft.of, id, value)))
}

/// The value that words say; none for no words.
fn read(kind: &FeatureKind, text: &str) -> Result<Option<Value>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let several = || {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        Value::Several(parts.map(Into::into).collect())
    };
    Ok(Some(match kind {
        FeatureKind::Number => {
            let number: Option<f64> =
                text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite());
            Value::Number(number.ok_or_else(|| format!("“{text}” is no number; write 12 or 12.5"))?)
        }
        FeatureKind::Date => {
            Value::Date(text.parse().map_err(|error: crate::model::NoDate| error.to_string())?)
        }
        FeatureKind::Place => Value::Place(Location {
            name: text.into(),
            country: None,
            geonames: None,
            position: None,
        }),
        FeatureKind::Text { many: true } | FeatureKind::Choice { many: true, .. } => several(),
        _ => Value::Text(text.into()),
    }))
}

#[cfg(test)]
mod tests {
    use crate::ui::panels::inspector::features::*;

    #[test]
    fn words_become_values_of_their_kind() {
        let several = FeatureKind::Text { many: true };
        assert_eq!(read(&several, "a; b;"), Ok(Some(Value::Several(vec!["a".into(), "b".into()]))));
        assert_eq!(read(&FeatureKind::Number, "12,5"), Ok(Some(Value::Number(12.5))));
        assert_eq!(read(&FeatureKind::Date, ""), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        for (kind, text) in [
            (FeatureKind::Number, "many"),
            (FeatureKind::Number, "inf"),
            (FeatureKind::Date, "soon"),
        ] {
            let trouble = read(&kind, text).unwrap_err();
            assert!(trouble.contains(text) && trouble.contains("write"), "{trouble}");
        }
    }
}
