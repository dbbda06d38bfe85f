//! Values of features as they are read, in the words of the codebook.

use crate::model::{Choice, Feature, FeatureKind, Project, Value, date_in_words};
use crate::query::label_of_end;

/// The longest quote in a value.
const QUOTE: usize = 160;

/// A value of a list with its sign in front.
pub fn choice_words(choice: &Choice) -> String {
    if choice.symbol.is_empty() || choice.symbol == choice.name {
        choice.name.to_string()
    } else {
        format!("{} {}", choice.symbol, choice.name)
    }
}

/// A value as it is read.
pub fn value_words(project: &Project, rules: Option<&Feature>, value: &Value) -> String {
    let named = |id: &str| match rules.map(|rules| &rules.kind) {
        Some(FeatureKind::Choice { values, .. }) => {
            values.iter().find(|choice| choice.id == id).map_or_else(|| id.to_owned(), choice_words)
        }
        _ => id.to_owned(),
    };
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Choice(id) => named(id),
        Value::Several(ids) => ids.iter().map(|id| named(id)).collect::<Vec<_>>().join("; "),
        Value::Date(date) => date_in_words(date),
        Value::Place(place) => match &place.country {
            Some(country) => format!("{}, {country}", place.name),
            None => place.name.to_string(),
        },
        Value::Reference(end) => cut(&label_of_end(project, end)),
        Value::Foreign(raw) => cut(raw),
    }
}

/// At most as much as a list shows.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
