//! A feature that points at a record or a passage: chosen from a list that letters narrow down, shown as a way there.

use egui::Ui;

use crate::model::{Annotation, End, Entity, LayerId, Project, Value};
use crate::ui::desk::Selected;
use crate::ui::panels::inspector::features::Shown;
use crate::ui::panels::inspector::links;
use crate::ui::panels::{Pane, naming};
use crate::ui::widgets::{Item, Picked, Picker, field_row, quiet_button};

/// The list of what it may point at, and a button that goes there.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    shown: &Shown<'_>,
    layers: &[LayerId],
    ui: &mut Ui,
) {
    let (tokens, project, rule) = (pane.view.tokens, pane.view.project, shown.rule);
    let now = if let Some(Value::Reference(end)) = shown.value { Some(end) } else { None };
    let words = now.map_or_else(|| "–".to_owned(), |end| naming::end_label(project, end));
    let (mut picked, mut goes) = (None, false);
    field_row(ui, pane.kit(), (&rule.name, &rule.definition), |ui, engine| {
        ui.horizontal(|ui| {
            let room = ui.available_width() - if now.is_some() { 44.0 } else { 0.0 };
            let list = Picker::new(&rule.name, &words).unset(now.is_none()).focus(shown.focus);
            picked = list.width(room).show(ui, (tokens, engine), || {
                let none = Item { text: "No value".into(), key: None, checked: now.is_none() };
                let ends = ends(project, shown.of, layers);
                let items = ends.iter().map(|end| Item {
                    text: label(project, end),
                    key: None,
                    checked: now == Some(end),
                });
                std::iter::once(none).chain(items).collect()
            });
            if now.is_some() {
                let button = quiet_button(ui, tokens, "Show");
                goes = button.accessible_name(format!("Show {}", rule.name)).clicked();
            }
        });
    });
    if let (Some(end), true) = (now, goes) {
        pane.out.desk(links::way_to(end));
    }
    match picked {
        Some(Picked::Item(0)) => shown.ask(pane, None),
        Some(Picked::Item(at)) => {
            let end = ends(project, shown.of, layers).into_iter().nth(at - 1);
            if let Some(end) = end {
                shown.ask(pane, Some(Value::Reference(end)));
            }
        }
        _ => {}
    }
}

fn label(project: &Project, end: &End) -> String {
    let words = naming::end_label(project, end);
    match end {
        End::Entity(_) => words,
        End::Annotation(_) => format!("“{words}”"),
    }
}

/// Records by name; then, for passages and links, the annotations of the documents they are in, in text order.
fn ends(project: &Project, of: &Selected, layers: &[LayerId]) -> Vec<End> {
    let fits = |layer: &LayerId| layers.is_empty() || layers.contains(layer);
    let own = match of {
        Selected::Annotation(id) => Some(End::Annotation(id.clone())),
        Selected::Entity(id) => Some(End::Entity(id.clone())),
        Selected::Relation(_) | Selected::Document(_) => None,
    };
    let mut records: Vec<&Entity> = project.entities().values().map(|e| &e.value).collect();
    records.retain(|entity| fits(&entity.layer));
    records.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let records = records.into_iter().map(|entity| End::Entity(entity.id.clone()));
    let passages = documents(project, of).into_iter().flat_map(|sheet| {
        let all = sheet.annotations_in_order();
        let fitting: Vec<&Annotation> =
            all.into_iter().map(|a| &a.value).filter(|a| fits(&a.layer)).collect();
        fitting.into_iter().map(|a| End::Annotation(a.id.clone())).collect::<Vec<_>>()
    });
    records.chain(passages).filter(|end| Some(end) != own.as_ref()).collect()
}

/// The documents that the record is in; none for a record of many mentions.
fn documents<'a>(project: &'a Project, of: &Selected) -> Vec<&'a crate::model::Sheet> {
    let ends = match of {
        Selected::Annotation(id) => vec![End::Annotation(id.clone())],
        Selected::Relation(id) => {
            let relation = project.relations().get(id);
            relation.map(|r| vec![r.from.clone(), r.to.clone()]).unwrap_or_default()
        }
        Selected::Entity(_) | Selected::Document(_) => Vec::new(),
    };
    let mut found: Vec<&crate::model::Sheet> = Vec::new();
    for end in ends {
        if let End::Annotation(id) = end
            && let Some(sheet) = project.home_of(&id)
            && found.iter().all(|other| other.document().id != sheet.document().id)
        {
            found.push(sheet);
        }
    }
    found
}
