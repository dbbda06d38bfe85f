//! What a decision says of both sides, in words: it speaks for itself, without the other's file.

use crate::model::{
    CodeId, Decision, Direction, Feature, Features, Layer, Project, Stated, StatedLink,
    StatedRecord, feature,
};
use crate::query;
use crate::review::Outcome;
use crate::ui::panels::naming::value_words;
use crate::ui::review::said::{Fact, Said, cut};
use smol_str::SmolStr;
use std::collections::BTreeSet;

/// All outcomes, those that ask for an answer first.
pub(in crate::ui::review) const OUTCOMES: [Outcome; 7] = [
    Outcome::Asked,
    Outcome::Rejected,
    Outcome::Changed,
    Outcome::Joined,
    Outcome::Added,
    Outcome::Withdrawn,
    Outcome::Kept,
];

/// An outcome on screen.
pub(in crate::ui::review) fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "Kept",
        Outcome::Changed => "Changed",
        Outcome::Joined => "Kept beside theirs",
        Outcome::Rejected => "Rejected",
        Outcome::Asked => "Asked",
        Outcome::Added => "Added",
        Outcome::Withdrawn => "Withdrawn",
    }
}

/// Both sides of a decision: the author's, the reviewer's.
pub(in crate::ui::review) fn sides(
    project: &Project,
    decision: &Decision,
) -> (Option<Said>, Option<Said>) {
    if let Some(both) = &decision.records {
        let side = |own, other| Some(said_of_record(project, own, other));
        return (side(&both.theirs, &both.ours), side(&both.ours, &both.theirs));
    }
    let side = |own: &Option<Box<Stated>>, other: &Option<Box<Stated>>| {
        own.as_deref().map(|own| said(project, own, other.as_deref()))
    };
    (side(&decision.theirs, &decision.ours), side(&decision.ours, &decision.theirs))
}

fn said(project: &Project, own: &Stated, other: Option<&Stated>) -> Said {
    let facts = facts(project, own, other);
    Said {
        quote: cut(&own.quote, 600),
        differs: other.map(|other| lacking(own, other)).unwrap_or_default(),
        facts,
        by: own.by.as_ref().map(|by| by.as_str().to_owned()).unwrap_or_default(),
        ..Said::default()
    }
}

fn said_of_record(project: &Project, own: &StatedRecord, other: &StatedRecord) -> Said {
    let layer = project.codebook.layer(&own.layer);
    let mut facts = Vec::new();
    let names = |one: &StatedRecord| {
        one.aliases.iter().map(SmolStr::as_str).collect::<Vec<_>>().join(" · ")
    };
    let set = |one: &StatedRecord| one.aliases.iter().cloned().collect::<BTreeSet<_>>();
    push(&mut facts, "Also called", names(own), set(own) != set(other));
    push(&mut facts, "Code", code_name(layer, own.code.as_ref()), own.code != other.code);
    let rules = layer.map(|layer| layer.entity_features.as_slice()).unwrap_or_default();
    push_features(&mut facts, project, rules, (&own.features, Some(&other.features)));
    push_links(&mut facts, project, (&own.links, Some(&other.links)));
    let renamed = own.name != other.name;
    Said {
        quote: own.name.to_string(),
        differs: renamed.then_some(0..own.name.len()).into_iter().collect(),
        facts,
        by: own.by.as_ref().map(|by| by.as_str().to_owned()).unwrap_or_default(),
        ..Said::default()
    }
}

/// A code on screen; nothing where there is none.
fn code_name(layer: Option<&Layer>, code: Option<&CodeId>) -> String {
    code.map_or_else(String::new, |id| {
        let code = layer.and_then(|layer| layer.code(id));
        code.map_or_else(|| id.to_string(), |code| code.name.to_string())
    })
}

/// Bytes of a quote in one piece that the other side's spans do not reach.
fn lacking(own: &Stated, other: &Stated) -> Vec<std::ops::Range<usize>> {
    let [(start, end)] = own.spans.as_slice() else { return Vec::new() };
    let mut missing = Vec::new();
    let mut open = *start;
    let mut others: Vec<(u32, u32)> = other.spans.clone();
    others.sort_unstable();
    for (from, to) in others.into_iter().filter(|(from, to)| to > start && from < end) {
        if open < from {
            missing.push((open, from));
        }
        open = open.max(to);
    }
    if open < *end {
        missing.push((open, *end));
    }
    let byte = |point: u32| {
        let letters = (point - start) as usize;
        own.quote.char_indices().nth(letters).map_or(own.quote.len(), |(at, _)| at)
    };
    missing.into_iter().map(|(from, to)| byte(from)..byte(to)).collect()
}

fn facts(project: &Project, own: &Stated, other: Option<&Stated>) -> Vec<Fact> {
    let layer = project.codebook.layer(&own.layer);
    let mut all = Vec::new();
    let code = code_name(layer, own.code.as_ref());
    push(&mut all, "Code", code, other.is_some_and(|other| other.code != own.code));
    let kind = layer.and_then(|layer| layer.entity.as_ref()).map_or("Record", |(one, _)| one);
    let name = |stated: &Stated| stated.entity.as_ref().map(|(_, name)| name.clone());
    let differs = other.is_some_and(|other| name(other) != name(own));
    push(&mut all, kind, name(own).unwrap_or_default().to_string(), differs);
    let rules = layer.map(|layer| layer.features.as_slice()).unwrap_or_default();
    let others = other.map(|other| &other.features);
    push_features(&mut all, project, rules, (&own.features, others));
    push_links(&mut all, project, (&own.links, other.map(|other| other.links.as_slice())));
    all
}

/// The values of one side in the order of the codebook, and those that only the other has.
fn push_features(
    all: &mut Vec<Fact>,
    project: &Project,
    rules: &[Feature],
    (own, other): (&Features, Option<&Features>),
) {
    let mut ids: Vec<_> = own.keys().chain(other.into_iter().flat_map(Features::keys)).collect();
    ids.sort_by_key(|id| {
        let place = rules.iter().position(|rule| rule.id == **id).unwrap_or(rules.len());
        (place, *id)
    });
    ids.dedup();
    for id in ids {
        let value = own.get(id);
        let rule = feature(rules, id);
        let words = value.map(|value| value_words(project, rule, value)).unwrap_or_default();
        let differs = other.is_some_and(|other| other.get(id) != value);
        let name = rule.map_or_else(|| id.to_string(), |rule| rule.name.to_string());
        push(all, &name, words, differs);
    }
}

fn push_links(
    all: &mut Vec<Fact>,
    project: &Project,
    (own, other): (&[StatedLink], Option<&[StatedLink]>),
) {
    for link in own {
        let same = |other: &StatedLink| {
            (&other.kind, other.way, &other.words) == (&link.kind, link.way, &link.words)
        };
        let differs = other.is_some_and(|other| !other.iter().any(same));
        push(all, "Link", link_words(project, link), differs);
    }
}

fn link_words(project: &Project, link: &StatedLink) -> String {
    let way = match link.way {
        Direction::Out => query::Direction::Forwards,
        Direction::In => query::Direction::Backwards,
    };
    let name = query::way_name(&project.codebook, &link.kind, way);
    format!("{name} “{}”", cut(&link.words, 48))
}

#[expect(clippy::fn_params_excessive_bools, reason = "differs or not, as it was compared")]
fn push(all: &mut Vec<Fact>, name: &str, value: String, differs: bool) {
    let absent = value.is_empty();
    if absent && !differs {
        return;
    }
    let value = if absent { "none".to_owned() } else { value };
    all.push(Fact { name: name.to_owned(), value, differs, absent });
}
