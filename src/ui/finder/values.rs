//! "Feature: value" in the finder: two or three letters and Enter set it; what is written leads to its field.

use crate::model::{Choice, Feature, FeatureKind, Value};
use crate::query;
use crate::ui::desk::Selected;
use crate::ui::finder::{Found, Offer};
use crate::ui::letters::rank;
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::panels::{Described, described, set_feature};
use crate::ui::view::View;

/// Values and fields of the record's features that hold for its code.
pub(in crate::ui::finder) fn of_record<'a>(
    view: &View<'a>,
    of: &Selected,
    typed: &str,
) -> Option<Found<'a>> {
    let described = described(view.project, of)?;
    let asked = query::asked(described.rules, described.set, described.code);
    let mut offers: Vec<(u8, Offer<'a>)> = Vec::new();
    for rule in asked {
        for (value, rest) in values(&described, rule) {
            let text = match &value {
                Some((words, _)) => format!("{}: {words}", rule.name),
                None => format!("{}…", rule.name),
            };
            // What one means by two letters is mostly a value.
            let by_value = value.as_ref().and_then(|(words, _)| rank(words, typed));
            let by_all = rank(&text, typed).map(|rank| rank + 3);
            let Some(rank) = by_value.or(by_all) else { continue };
            let holds = value.as_ref().is_some_and(|(_, v)| described.holds(rule, v));
            let wish = match value {
                Some((_, value)) => {
                    let value = described.with(rule, value);
                    Wish::Project(set_feature(of, &rule.id, value))
                }
                None => Wish::Desk(DeskCommand::EditFeature(rule.id.clone())),
            };
            let aside = if holds { "set; takes it away".to_owned() } else { rest.definition };
            let offer = Offer { text, aside, layer: None, key: rest.key, wish };
            offers.push((rank, offer));
        }
    }
    offers.sort_by_key(|(rank, _)| *rank);
    Some(Found {
        name: "Feature and value".to_owned(),
        hint: "Type a value or a feature…",
        offers: offers.into_iter().map(|(_, offer)| offer).collect(),
        by_digit: Vec::new(),
    })
}

/// What stands beside a value.
#[derive(Default)]
struct Beside {
    key: String,
    definition: String,
}

type Named = Option<(String, Value)>;

/// What can be chosen of a feature; a row without a value leads to its field.
fn values(described: &Described<'_>, rule: &Feature) -> Vec<(Named, Beside)> {
    let field = || (None, Beside { key: String::new(), definition: rule.definition.to_string() });
    match &rule.kind {
        FeatureKind::Choice { values, open, .. } => {
            let offered = query::offered(values, described.code, &[]);
            let mut rows: Vec<(Named, Beside)> = offered.into_iter().map(choice).collect();
            if *open {
                rows.push(field());
            }
            rows
        }
        FeatureKind::YesNo => [(true, "yes"), (false, "no")]
            .map(|(yes, words)| (Some((words.to_owned(), Value::YesNo(yes))), Beside::default()))
            .into(),
        FeatureKind::Text { .. }
        | FeatureKind::Number
        | FeatureKind::Date
        | FeatureKind::Place
        | FeatureKind::Reference { .. } => vec![field()],
    }
}

fn choice(choice: &Choice) -> (Named, Beside) {
    let key = choice.key.map(String::from).unwrap_or_default();
    let definition = choice.definition.to_string();
    (Some((choice.name.to_string(), Value::Choice(choice.id.clone()))), Beside { key, definition })
}
