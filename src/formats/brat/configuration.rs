//! `annotation.conf` and `visual.conf` of an export: the whole codebook, so that one can go on tagging in brat.

use crate::formats::brat::mapping::EVENTS;
use crate::formats::brat::naming::Names;
use crate::formats::brat::write::{Arguments, Held, held};
use crate::model::{Codebook, FeatureId, FeatureKind, LayerId, Project, RelationKind};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Spans may lie in one another, cross and be the same; without this brat calls that a fault.
const OVERLAP: &str = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>";

/// `annotation.conf`.
pub(in crate::formats::brat) fn annotation(
    project: &Project,
    (names, arguments): (&Names, &Arguments),
) -> String {
    let book = &*project.codebook;
    let mut out = String::from("[entities]\n");
    for ((layer, _), named) in &names.types {
        if layer.as_str() != EVENTS {
            writeln!(out, "{}", named.name).ok();
        }
    }
    writeln!(out, "\n[relations]\n{OVERLAP}").ok();
    for kind in &book.relations {
        let (from, to) = (types(names, &kind.from), types(names, &kind.to));
        let both_ways = if kind.symmetric { ", <REL-TYPE>:symmetric" } else { "" };
        if let (Some(named), false, false) =
            (names.links.get(&kind.id), from.is_empty(), to.is_empty())
        {
            let ends = arguments.get(&kind.id).map(|names| names.each_ref().map(String::as_str));
            let [first, second] = ends.unwrap_or(["Arg1", "Arg2"]);
            writeln!(out, "{}\t{first}:{from}, {second}:{to}{both_ways}", named.name).ok();
        }
    }
    out.push_str("\n[events]\n");
    let roles = roles(book, names);
    for ((layer, _), named) in &names.types {
        if layer.as_str() == EVENTS {
            writeln!(out, "{}\t{roles}", named.name).ok();
        }
    }
    out.push_str("\n[attributes]\n");
    attributes(&mut out, project, names);
    out
}

/// Links that may start at an event are roles that it may have.
fn roles(book: &Codebook, names: &Names) -> String {
    let starts = |kind: &&RelationKind| {
        let either = kind.symmetric && kind.to.iter().any(|layer| layer.as_str() == EVENTS);
        either || kind.from.iter().any(|layer| layer.as_str() == EVENTS)
    };
    let kinds = book.relations.iter().filter(starts).filter_map(|kind| names.links.get(&kind.id));
    kinds.map(|kind| format!("{}*:<ANY>", kind.name)).collect::<Vec<_>>().join(", ")
}

fn types(names: &Names, layers: &[LayerId]) -> String {
    let of = names.types.iter().filter(|((layer, _), _)| layers.contains(layer));
    of.map(|(_, named)| named.name.as_str()).collect::<Vec<_>>().join("|")
}

/// Each feature once, with the values of all layers that have it and those that are used.
fn attributes(out: &mut String, project: &Project, names: &Names) {
    let mut used: BTreeMap<&FeatureId, BTreeSet<String>> = BTreeMap::new();
    for annotation in project.annotations() {
        for (id, value) in &annotation.features {
            if let Held::Word(word) = held(value) {
                used.entry(id).or_default().insert(word);
            }
        }
    }
    for (id, named) in &names.features {
        let mut values: Vec<String> = Vec::new();
        let mut layers: Vec<LayerId> = Vec::new();
        for layer in &project.codebook.layers {
            let Some(feature) = crate::model::feature(&layer.features, id) else { continue };
            layers.push(layer.id.clone());
            if let FeatureKind::Choice { values: choices, .. } = &feature.kind {
                values.extend(choices.iter().map(|choice| choice.id.to_string()));
            }
        }
        values.extend(used.remove(id).unwrap_or_default());
        let fit = |value: &String| !value.contains(|c: char| c.is_whitespace() || "|,".contains(c));
        let mut seen = BTreeSet::new();
        values.retain(|value| fit(value) && seen.insert(value.clone()));
        let values =
            if values.is_empty() { String::new() } else { format!(", Value:{}", values.join("|")) };
        writeln!(out, "{}\tArg:{}{values}", named.name, types(names, &layers)).ok();
    }
}

/// `visual.conf`: what names are called on screen, where brat cannot write that.
pub(in crate::formats::brat) fn visual(names: &Names) -> String {
    let mut out = String::from("[labels]\n");
    for named in names.labels() {
        writeln!(out, "{} | {}", named.name, named.label).ok();
    }
    out.push_str(
        "\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken\n",
    );
    out.push_str("ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n");
    out
}
