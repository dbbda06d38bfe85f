//! The table of annotations: badge, quote, code, actor or issue, features, paragraph.

use egui::{Align, Ui};

use crate::model::{Annotation, AnnotationId, End};
use crate::ui::desk::{Column, Desk, Mode, RowKey, Selected, Sort};
use crate::ui::list_keys::{led, list_id};
use crate::ui::outbox::DeskCommand;
use crate::ui::page::take_drop;
use crate::ui::panels::drawer::{DrawerLists, cell, nothing, reveal, say_at, scrolled};
use crate::ui::panels::{Pane, naming};
use crate::ui::widgets::{Face, Row, badge, hairline, words};

/// Edges of the columns in points from the row's left edge; columns that have no room are empty.
struct Columns {
    quote: (f32, f32),
    code: (f32, f32),
    entity: (f32, f32),
    features: (f32, f32),
    place: (f32, f32),
}

impl Columns {
    fn of(width: f32) -> Self {
        let (start, end) = (56.0, width - 56.0);
        let shares = if width > 680.0 { [0.42, 0.16, 0.2] } else { [0.46, 0.24, 0.3] };
        let mut left = start;
        let [quote, code, entity] = shares.map(|share| {
            let column = (left, left + (end - start) * share - 16.0);
            left = column.1 + 16.0;
            column
        });
        let features = (left, if width > 680.0 { end } else { left });
        Self { quote, code, entity, features, place: (width - 56.0, width - 16.0) }
    }
}

/// The table.
pub(in crate::ui::panels::drawer) fn show(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    mine: &DrawerLists,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let shown = &mine.lists.shown().annotations;
    let columns = Columns::of(ui.available_width());
    if shown.is_empty() {
        let what = "Select words on the page and press the letter of a layer.";
        return nothing(pane, ui, &desk.drawer.filter, ("No annotation yet", what));
    }
    header(pane, &mut desk.drawer.sort, &columns, ui);
    let selected = match &desk.selected {
        Some(Selected::Annotation(id)) => Some(id.clone()),
        _ => None,
    };
    let here = (mine.moved || !desk.drawer.keys.is_empty())
        .then(|| selected.as_ref().and_then(|id| shown.iter().position(|other| other == id)))
        .flatten();
    let linking = matches!(desk.mode, Mode::Linking(_));
    let mut at = here.filter(|_| mine.moved);
    let mut gone_to = None;
    if linking {
        gone_to = other_end(pane, desk, (shown, here), ui);
        at = gone_to.filter(|_| !desk.drawer.keys.is_empty());
    } else if let Some(id) = led(&desk.drawer.keys, here, shown.len()).and_then(|at| shown.get(at))
    {
        reveal(pane, desk, id);
    }
    scrolled(ui, (tokens.size.row, shown.len(), "annotations"), at, |ui, index| {
        let Some(annotation) = shown.get(index).and_then(|id| project.annotation(id)) else {
            return;
        };
        let name = naming::annotation_sentence(project, annotation);
        let is_selected = selected.as_ref() == Some(&annotation.id);
        let row = Row::new(&name).inset(0.0, 0.0);
        let row = if gone_to == Some(index) {
            row.selected(true).chosen()
        } else {
            row.selected(!linking && is_selected)
        };
        let response = row.show(ui, tokens, |ui| cells(pane, annotation, &columns, ui));
        let here = if linking { gone_to == Some(index) } else { is_selected };
        if here {
            say_at(ui, &response);
        }
        let end = End::Annotation(annotation.id.clone());
        take_drop(ui, &response, &pane.view, &end, pane.out);
        if response.clicked() {
            reveal(pane, desk, &annotation.id);
        }
    });
}

/// While a link is made: the row that the keys are at, which Enter makes its other end.
fn other_end(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    (shown, here): (&[AnnotationId], Option<usize>),
    ui: &Ui,
) -> Option<usize> {
    if !ui.memory(|memory| memory.has_focus(list_id())) {
        desk.drawer.at = usize::MAX;
        return None;
    }
    let now = Some(desk.drawer.at).filter(|at| *at < shown.len()).or(here);
    let at = led(&desk.drawer.keys, now, shown.len()).or(now);
    desk.drawer.at = at.unwrap_or(usize::MAX);
    let id = at.and_then(|at| shown.get(at))?;
    if desk.drawer.keys.contains(&RowKey::Take) {
        let to = End::Annotation(id.clone());
        pane.out.desk(DeskCommand::LinkTo { from: None, to });
    }
    at
}

fn header(pane: &mut Pane<'_>, sort: &mut Sort, columns: &Columns, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let (rect, _) = ui.allocate_exact_size(
        egui::vec2(ui.available_width(), tokens.size.row),
        egui::Sense::hover(),
    );
    let mut row = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let titles = [
        (columns.quote, "Quote", Some(Column::Quote)),
        (columns.code, "Code", Some(Column::Code)),
        (columns.entity, "Actor / issue", Some(Column::Entity)),
        (columns.features, "Features", None),
        (columns.place, "¶", Some(Column::Place)),
    ];
    for (column, title, by) in titles {
        let align = if by == Some(Column::Place) { Align::Max } else { Align::Min };
        cell(&mut row, column, align, |ui| {
            let Some(by) = by else {
                words(ui, pane.kit(), title, Face::Plain, tokens.muted);
                return;
            };
            sortable(pane, sort, (title, by), ui);
        });
    }
    hairline(ui, tokens);
}

/// A title that sorts by its column when it is clicked, and turns the order round when clicked again.
fn sortable(pane: &mut Pane<'_>, sort: &mut Sort, (title, by): (&str, Column), ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let on = sort.by == by;
    let room = ui.max_rect();
    let response = ui.interact(room, ui.scope_id().with(title), egui::Sense::click());
    let what = if by == Column::Place { "place" } else { title };
    let name = format!("Sort by {}", what.to_lowercase());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, &name));
    let sign = match (on, sort.backwards) {
        (true, true) => " ↓",
        (true, false) => " ↑",
        (false, _) => "",
    };
    let ink = if on || response.hovered() { tokens.ink } else { tokens.muted };
    words(ui, pane.kit(), &format!("{title}{sign}"), Face::Plain, ink);
    if response.has_focus() {
        let ring = egui::Stroke::new(1.5, tokens.focus);
        let rect = room.shrink2(egui::vec2(-4.0, 4.0));
        ui.painter().rect_stroke(rect, tokens.size.radius, ring, egui::StrokeKind::Inside);
    }
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        sort.backwards = on && !sort.backwards;
        sort.by = by;
    }
}

fn cells(pane: &mut Pane<'_>, annotation: &Annotation, columns: &Columns, ui: &mut Ui) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let layer = project.codebook.layer(&annotation.layer);
    cell(ui, (16.0, 40.0), Align::Min, |ui| {
        badge(ui, pane.kit(), layer);
    });
    let rules = layer.map(|layer| layer.features.as_slice()).unwrap_or_default();
    let features = naming::features_line(project, rules, &annotation.features);
    let texts = [
        (columns.quote, naming::quote(project, annotation), tokens.ink),
        (columns.code, naming::code_name(&project.codebook, annotation).to_owned(), tokens.ink),
        (
            columns.entity,
            naming::entity_name(project, annotation.entity.as_ref()).to_owned(),
            tokens.ink,
        ),
        (columns.features, features, tokens.muted),
    ];
    for (column, text, ink) in texts.iter().filter(|(_, text, _)| !text.is_empty()) {
        cell(ui, *column, Align::Min, |ui| {
            words(ui, pane.kit(), text, Face::Plain, *ink);
        });
    }
    cell(ui, columns.place, Align::Max, |ui| {
        let place = naming::short_place(naming::paragraph(project, annotation));
        words(ui, pane.kit(), &place, Face::Plain, tokens.muted);
    });
}
