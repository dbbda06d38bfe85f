//! Who made a record, by which way, and what was changed: this sitting's changes one by one, else the last one.

use egui::Ui;
use jiff::tz::TimeZone;

use crate::model::{Annotation, Feature, FeatureKind, Project, Record, Stamp, Value, feature};
use crate::ui::desk::Selected;
use crate::ui::panels::inspector::InspectorDesk;
use crate::ui::panels::inspector::links::heading;
use crate::ui::panels::{Pane, naming};
use crate::ui::view::View;
use crate::ui::widgets::{Face, passage};

/// Most changes shown.
const MOST: usize = 8;

/// A change of this sitting: who and when, what.
pub(in crate::ui::panels::inspector) type Change = (Option<Stamp>, String);

/// Made and changed, the last first.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    of: &Selected,
    (made, revised): (Option<&Stamp>, Option<&Stamp>),
    ui: &mut Ui,
) {
    if made.is_none() && revised.is_none() {
        return;
    }
    heading(pane, "History", "", ui);
    let view = pane.view;
    let changes = mine.changes.of(&view, Some(of.clone()), || changes(&view, of));
    let mut lines: Vec<String> = changes
        .iter()
        .rev()
        .take(MOST)
        .map(|(stamp, what)| match stamp {
            Some(stamp) => format!("{} · {what}", signed(stamp)),
            None => what.clone(),
        })
        .collect();
    if lines.is_empty() {
        lines.extend(revised.map(|stamp| format!("{} · changed", signed(stamp))));
    }
    lines.extend(made.map(|stamp| format!("{} · {}", signed(stamp), how(of, stamp))));
    let tokens = pane.view.tokens;
    for line in lines {
        let width = ui.available_width();
        passage(ui, pane.kit(), &line, Face::Small, tokens.muted, width);
    }
}

/// "tagged by key".
fn how(of: &Selected, stamp: &Stamp) -> String {
    let done = match of {
        Selected::Annotation(_) => "tagged",
        Selected::Relation(_) => "linked",
        Selected::Entity(_) | Selected::Document(_) => "made",
    };
    match stamp.via() {
        // That it was done in the window goes without saying.
        "" | "window" => done.to_owned(),
        way @ ("key" | "mouse" | "import") => format!("{done} by {way}"),
        way => format!("{done} · {way}"),
    }
}

/// `Anna · 23 Nov 2026, 16:58`, by the clock where the person is.
pub(in crate::ui::panels::inspector) fn signed(stamp: &Stamp) -> String {
    let at = stamp.at.to_zoned_datetime(TimeZone::system()).strftime("%-d %b %Y, %H:%M");
    format!("{} · {at}", stamp.by().as_str())
}

/// What this sitting changed of an annotation, the oldest first.
fn changes(view: &View<'_>, of: &Selected) -> Vec<Change> {
    let Selected::Annotation(id) = of else { return Vec::new() };
    let mut found = Vec::new();
    let mut before: Option<&Record<Annotation>> = None;
    for project in view.bench.history().values() {
        let now: Option<&Record<Annotation>> = project.annotation(id).map(AsRef::as_ref);
        if let (Some(old), Some(new)) = (before, now)
            && old.value != new.value
        {
            found.push((
                new.revised.as_deref().cloned(),
                difference(project, &old.value, &new.value),
            ));
        }
        before = now;
    }
    found
}

fn difference(project: &Project, old: &Annotation, new: &Annotation) -> String {
    let layer = |a: &Annotation| project.codebook.layer(&a.layer);
    if old.layer != new.layer {
        let name = |a| layer(a).map_or("–", |layer| layer.name.as_str());
        return format!("layer {} → {}", name(old), name(new));
    }
    let mut parts = Vec::new();
    if old.code != new.code {
        let name = |a| match naming::code_name(&project.codebook, a) {
            "" => "–".to_owned(),
            name => name.to_owned(),
        };
        parts.push(format!("code {} → {}", name(old), name(new)));
    }
    if old.entity != new.entity {
        parts.push(match naming::entity_name(project, new.entity.as_ref()) {
            "" => "detached".to_owned(),
            name => format!("attached to {name}"),
        });
    }
    if old.place != new.place {
        parts.push("boundary moved".to_owned());
    }
    let rules = layer(new).map_or(&[][..], |layer| &layer.features);
    let mut ids: Vec<_> = old.features.keys().chain(new.features.keys()).collect();
    ids.sort();
    ids.dedup();
    for id in ids.into_iter().filter(|id| old.features.get(id) != new.features.get(id)) {
        let rule = feature(rules, id);
        let name = rule.map_or_else(|| id.to_string(), |rule| rule.name.to_lowercase());
        let words = |value: Option<&Value>| short(project, rule, value);
        let (from, to) = (words(old.features.get(id)), words(new.features.get(id)));
        parts.push(format!("{name} {from} → {to}"));
    }
    parts.join(" · ")
}

/// A sign where there is one.
fn short(project: &Project, rule: Option<&Feature>, value: Option<&Value>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    if let (Some(FeatureKind::Choice { values, .. }), Value::Choice(id)) =
        (rule.map(|rule| &rule.kind), value)
        && let Some(choice) = values.iter().find(|choice| choice.id == *id)
        && !choice.symbol.is_empty()
    {
        return choice.symbol.to_string();
    }
    naming::value_words(project, rule, value)
}
