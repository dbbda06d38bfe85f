//! Values that are written: words, numbers, dates, places. What is understood is shown below while one writes; it is
//! sent with Enter or when the keyboard leaves the field.

use egui::{Id, Ui};

use crate::model::{
    DateRange, Feature, FeatureId, FeatureKind, Location, Project, Value, date_in_words, feature,
    read_date,
};
use crate::ui::desk::Selected;
use crate::ui::panels::inspector::features::Shown;
use crate::ui::panels::inspector::{Draft, Field, InspectorDesk};
use crate::ui::panels::{Pane, described, naming, set_feature};
use crate::ui::widgets::{field_row, hint, resting_field};
use crate::workbench::{Command, DocumentCommand, EntityCommand};

/// The field.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    shown: &Shown<'_>,
    ui: &mut Ui,
) {
    let (tokens, project, rule) = (pane.view.tokens, pane.view.project, shown.rule);
    let field = Field::Feature(rule.id.clone());
    let id = Id::unique(("feature", &rule.id, naming::record_of(shown.of)));
    let written = shown.value.map(|value| naming::value_words(project, Some(rule), value));
    let written = written.unwrap_or_default();
    let draft = mine.draft(shown.of, &field);
    let trouble = draft.as_ref().and_then(|draft| draft.trouble.clone());
    let mut text = draft.map_or_else(|| written.clone(), |draft| draft.text.clone());
    if shown.focus {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let resting = default_words(project, shown.of, rule).unwrap_or_else(|| "–".to_owned());
    let mut now = None;
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, engine| {
        let hints = (what_to_write(&rule.kind), resting.as_str());
        now = Some(resting_field(ui, (tokens, &mut *engine), id, (&rule.name, hints), &mut text));
        if let Some(trouble) = &trouble {
            hint(ui, (tokens, engine), trouble, tokens.error);
        } else if text.trim() != written
            && let Some(understood) = understood(project, shown.of, &rule.kind, &text)
        {
            hint(ui, (tokens, engine), &understood, tokens.muted);
        }
    });
    let Some(now) = now else { return };
    if !now.changed && !now.done {
        return if !now.focused && trouble.is_none() {
            mine.drop_draft(shown.of, &field);
        };
    }
    mine.drop_draft(shown.of, &field);
    let mut draft = Draft { of: shown.of.clone(), field, text, trouble: None };
    if !now.done {
        return mine.drafts.push(draft);
    }
    match sent(project, &draft) {
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
        FeatureKind::Date => "25 April 2019",
        FeatureKind::Place => "Geneva, Switzerland",
        FeatureKind::Number => "a number",
        _ => "–",
    }
}

/// What holds while nothing is written: `document.date` in the codebook is that field of the document.
fn default_words(project: &Project, of: &Selected, rule: &Feature) -> Option<String> {
    let default = rule.default.as_ref()?;
    let (Some(field), Selected::Annotation(id)) = (default.strip_prefix("document."), of) else {
        return Some(default.to_string());
    };
    let value = project.home_of(id)?.document().meta.get(&FeatureId::new(field))?;
    Some(naming::value_words(project, None, value))
}

/// What the words mean, while they are written.
fn understood(project: &Project, of: &Selected, kind: &FeatureKind, text: &str) -> Option<String> {
    match (kind, read(kind, text.trim(), near(project, of).as_ref()).ok()??) {
        (FeatureKind::Date, Value::Date(date)) => Some(format!("= {}", date_in_words(&date))),
        (FeatureKind::Place, Value::Place(place)) => {
            Some(format!("= {} in {}", place.name, place.country?))
        }
        _ => None,
    }
}

/// The date from which a missing year is taken: that of the document.
fn near(project: &Project, of: &Selected) -> Option<DateRange> {
    let document = match of {
        Selected::Annotation(id) => project.home_of(id)?.document(),
        Selected::Document(id) => project.sheet(id)?.document(),
        Selected::Entity(_) | Selected::Relation(_) => return None,
    };
    match document.meta.get(&FeatureId::new("date"))? {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

/// The command that a draft comes to, or why it cannot be read; none if it changes nothing.
pub(in crate::ui::panels::inspector) fn sent(
    project: &Project,
    draft: &Draft,
) -> Option<Result<Command, String>> {
    let text = draft.text.trim();
    let Field::Feature(id) = &draft.field else { return named(project, draft, text) };
    let described = described(project, &draft.of)?;
    let rule = feature(described.rules, id)?;
    let written = described.set.get(id);
    let words = written.map(|value| naming::value_words(project, Some(rule), value));
    if words.unwrap_or_default().trim() == text {
        return None;
    }
    let value = read(&rule.kind, text, near(project, &draft.of).as_ref());
    let value = value.map(|value| value.map(|value| completed(value, written)));
    Some(value.map(|value| set_feature(&draft.of, id, value)))
}

fn named(project: &Project, draft: &Draft, text: &str) -> Option<Result<Command, String>> {
    if text.is_empty() {
        return None;
    }
    match &draft.of {
        Selected::Entity(id) if project.entities().get(id)?.name != text => {
            Some(Ok(Command::Entity(EntityCommand::Rename(id.clone(), text.into()))))
        }
        Selected::Document(id) if project.sheet(id)?.document().title != text => {
            Some(Ok(Command::Document(DocumentCommand::Rename(id.clone(), text.into()))))
        }
        _ => None,
    }
}

/// A place of the same name keeps what the field does not show.
fn completed(value: Value, written: Option<&Value>) -> Value {
    match (value, written) {
        (Value::Place(place), Some(Value::Place(old))) if place.name == old.name => {
            let known = Location { geonames: old.geonames, position: old.position, ..*place };
            Value::Place(Box::new(known))
        }
        (value, _) => value,
    }
}

/// The value that words say; none for no words.
fn read(kind: &FeatureKind, text: &str, near: Option<&DateRange>) -> Result<Option<Value>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match kind {
        FeatureKind::Number => {
            let number: Option<f64> =
                text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite());
            Value::Number(number.ok_or_else(|| format!("“{text}” is no number; write 12 or 12.5"))?)
        }
        FeatureKind::Date => Value::Date(read_date(text, near).map_err(|error| error.to_string())?),
        FeatureKind::Place => Value::Place(Box::new(place(text))),
        _ => Value::Text(text.into()),
    }))
}

/// What stands after the last comma is the country.
fn place(text: &str) -> Location {
    let parts = text.rsplit_once([',', '，', '،']);
    let parts = parts.map(|(name, country)| (name.trim(), country.trim()));
    let parts = parts.filter(|(name, country)| !name.is_empty() && !country.is_empty());
    let (name, country) = parts.map_or((text, None), |(name, country)| (name, Some(country)));
    Location { name: name.into(), country: country.map(Into::into), geonames: None, position: None }
}

#[cfg(test)]
mod tests {
    use crate::ui::panels::inspector::written::*;

    #[test]
    fn words_become_values_of_their_kind() {
        assert_eq!(read(&FeatureKind::Number, "12,5", None), Ok(Some(Value::Number(12.5))));
        assert_eq!(read(&FeatureKind::Date, "", None), Ok(None));
        let near = "2019".parse().ok();
        let date = read(&FeatureKind::Date, "25 April", near.as_ref());
        assert_eq!(date, Ok(Some(Value::Date("2019-04-25".parse().unwrap()))));
    }

    #[test]
    fn the_country_of_a_place_stands_after_its_last_comma() {
        let read = place("Saint-Denis, Île-de-France, France");
        assert_eq!(read.name, "Saint-Denis, Île-de-France");
        assert_eq!(read.country.as_deref(), Some("France"));
        assert_eq!(place("Geneva,").country, None);
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        for (kind, text) in [
            (FeatureKind::Number, "many"),
            (FeatureKind::Number, "inf"),
            (FeatureKind::Date, "soon"),
        ] {
            let trouble = read(&kind, text, None).unwrap_err();
            assert!(trouble.contains(text) && trouble.contains("write"), "{trouble}");
        }
    }
}
