//! Which features and values a record is asked for: the codebook's conditions against what is set.

use crate::model::{Choice, CodeId, Condition, Feature, Features, Value};

/// The features that are asked for, and those that are set anyway, in the codebook's order.
pub fn asked<'a>(rules: &'a [Feature], set: &Features, code: Option<&CodeId>) -> Vec<&'a Feature> {
    let shows = |rule: &&Feature| {
        set.contains_key(&rule.id) || rule.when.as_ref().is_none_or(|when| holds(when, set, code))
    };
    rules.iter().filter(shows).collect()
}

fn holds(when: &Condition, set: &Features, code: Option<&CodeId>) -> bool {
    match when {
        Condition::Code(codes) => code.is_some_and(|code| codes.contains(code)),
        Condition::Feature { feature, is } => match set.get(feature) {
            Some(Value::Choice(id)) => is.contains(id),
            Some(Value::Several(ids)) => ids.iter().any(|id| is.contains(id)),
            _ => false,
        },
    }
}

/// The values offered: those for this code, and whatever is set now.
pub fn offered<'a>(values: &'a [Choice], code: Option<&CodeId>, now: &[&str]) -> Vec<&'a Choice> {
    let fits = |choice: &&Choice| {
        let mine = code.is_some_and(|code| choice.codes.contains(code));
        choice.codes.is_empty() || mine || now.contains(&choice.id.as_str())
    };
    values.iter().filter(fits).collect()
}
