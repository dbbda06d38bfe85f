//! Every annotation under the caret, from the innermost outwards: also those for which the page has no lane.

use egui::{Frame, Margin, Ui};

use crate::model::{Annotation, AnnotationId, End, Record, Sheet};
use crate::query;
use crate::text::Offset;
use crate::ui::announce;
use crate::ui::desk::{Desk, Selected};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::inspector::links::heading;
use crate::ui::panels::{Pane, naming};
use crate::ui::widgets::{Face, Row, badge, words};
use std::sync::Arc;

/// So many are listed; more lie at no place that a person has tagged.
const MOST: usize = 40;

/// The list, if there is more than what the inspector shows anyway.
pub(in crate::ui::panels::inspector) fn show(pane: &mut Pane<'_>, desk: &Desk, ui: &mut Ui) {
    let Some(sheet) = desk.document.as_ref().and_then(|id| pane.view.project.sheet(id)) else {
        return;
    };
    let selected = match &desk.selected {
        Some(Selected::Annotation(id)) => Some(id),
        None => None,
        _ => return,
    };
    let mut here = query::at(sheet, place(sheet, selected, desk.page.caret.at));
    here.retain(|annotation| !desk.veil.hides(annotation));
    let known = here.iter().filter(|annotation| Some(&annotation.id) == selected).count();
    if here.len() == known {
        return;
    }
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 0, bottom: 12 }).show(ui, |ui| {
        heading(pane, "At the caret", &here.len().to_string(), ui);
        for annotation in here.into_iter().take(MOST) {
            ui.push_id(annotation.id.as_str(), |ui| {
                row(pane, sheet, annotation, selected == Some(&annotation.id), ui);
            });
        }
    });
}

/// The caret, if the selected annotation is there; else where that begins.
fn place(sheet: &Sheet, selected: Option<&AnnotationId>, caret: Offset) -> Offset {
    let annotation = selected.and_then(|id| sheet.annotations().get(id));
    let Some(spans) = annotation.map(|a| a.place.fragments().spans()) else { return caret };
    if spans.iter().any(|span| span.touches(caret)) {
        return caret;
    }
    spans.first().map_or(caret, |span| span.start())
}

#[expect(clippy::fn_params_excessive_bools, reason = "the one that is selected")]
fn row(
    pane: &mut Pane<'_>,
    sheet: &Sheet,
    annotation: &Arc<Record<Annotation>>,
    selected: bool,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let layer = project.codebook.layer(&annotation.layer);
    let code = annotation.code.as_ref().and_then(|id| layer?.code(id));
    let label = naming::end_label(project, &End::Annotation(annotation.id.clone()));
    let title = announce::title(project, annotation, &sheet.document().text);
    let name = format!("At the caret: {title}");
    let row = Row::new(&name).inset(0.0, 0.0).height(tokens.size.field).selected(selected);
    let response = row.show(ui, tokens, |ui| {
        badge(ui, pane.kit(), layer);
        if let Some(code) = code {
            words(ui, pane.kit(), &code.name, Face::Plain, tokens.muted);
        }
        words(ui, pane.kit(), &label, Face::Plain, tokens.ink);
    });
    if response.clicked() {
        let id = Selected::Annotation(annotation.id.clone());
        pane.out.desk(DeskCommand::Select(Some(id)));
    }
}
