//! An annotation: what (code), who (entity), how (features), with whom (links), said (quote), thought (note), history.

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use crate::model::{Annotation, AnnotationId, End, Layer, LayerId, Project, RelationKindId};
use crate::ui::desk::{Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::{InspectorDesk, features, history, links, remarks};
use crate::ui::panels::naming;
use crate::ui::widgets::{
    Face, Item, Picked, Picker, Row, badge, field_row, hint, in_words, key_cap, passage, side_text,
    words,
};
use crate::workbench::{AnnotationCommand, Command};

/// What takes a walk through the words; kept while nothing changes.
#[derive(Default)]
pub(in crate::ui::panels::inspector) struct Facts {
    quote: String,
    words: usize,
    paragraph: u32,
}

/// Shows the annotation; none if there is none of that id.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    id: &AnnotationId,
    focus: Option<Focus>,
    ui: &mut Ui,
) -> Option<()> {
    let project = pane.view.project;
    let record = project.annotation(id)?;
    let selected = Selected::Annotation(id.clone());
    let layer = project.codebook.layer(&record.layer);
    let facts = mine.facts.of(&pane.view, Some(selected.clone()), || facts(project, record));
    header(pane, record, layer, facts, focus, ui);
    quote_block(pane, layer, &facts.quote, ui);
    if record.place.is_orphan() {
        let text = "The text no longer says this there. Select the right words and place the annotation anew.";
        let warning = pane.view.tokens.warning;
        hint(ui, pane.kit(), text, warning);
    }
    ui.add_space(8.0);
    if let Some(layer) = layer {
        claimants(pane, record, layer, ui);
        entity(pane, record, layer, ui);
        features::show(pane, mine, &selected, ui);
    }
    links::show(pane, &End::Annotation(id.clone()), mine.link_key, ui);
    remarks::show(pane, mine, &selected, focus, ui);
    let stamps = (record.made.as_ref(), record.revised.as_deref());
    history::show(pane, mine, &selected, stamps, ui);
    Some(())
}

fn facts(project: &Project, annotation: &Annotation) -> Facts {
    let words =
        project.sheet(&annotation.document).map(|sheet| annotation.words(&sheet.document().text));
    Facts {
        quote: words.unwrap_or_default(),
        words: naming::word_count(project, annotation),
        paragraph: naming::paragraph(project, annotation),
    }
}

fn header(
    pane: &mut Pane<'_>,
    annotation: &Annotation,
    layer: Option<&Layer>,
    facts: &Facts,
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let place = format!(
        "{} · {}",
        naming::paragraph_mark(facts.paragraph),
        in_words(facts.words, "word", "words")
    );
    ui.horizontal(|ui| {
        ui.set_min_height(tokens.size.row);
        badge(ui, pane.kit(), layer);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            side_text(ui, tokens, &place);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(layer) = layer {
                    code(pane, annotation, layer, focus, ui);
                }
            });
        });
    });
    ui.add_space(6.0);
}

fn code(
    pane: &mut Pane<'_>,
    annotation: &Annotation,
    layer: &Layer,
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let set = annotation.code.as_ref().and_then(|id| layer.code(id));
    let shown = set.map_or("No code", |code| code.name.as_str());
    let style = Face::Bold.style(tokens);
    let wide = pane.engine.shaped(shown, f32::INFINITY, &style, ui.pixels_per_point()).size().x;
    let digit = set.and_then(|code| code.digit).map(|digit| digit.to_string());
    let cap = if digit.is_some() { 24.0 } else { 0.0 };
    let width = (wide + 16.0).min(ui.available_width() - cap);
    let items = || {
        let none = Item { text: "No code".into(), key: None, checked: set.is_none() };
        let codes = layer.codes.iter().map(|code| Item {
            text: code.name.to_string(),
            key: code.digit.map(|digit| digit.to_string()),
            checked: annotation.code.as_ref() == Some(&code.id),
        });
        std::iter::once(none).chain(codes).collect()
    };
    let list = Picker::new("Code", shown)
        .face(Face::Bold)
        .unset(set.is_none())
        .focus(focus == Some(Focus::Inspector))
        .width(width);
    let picked = list.show(ui, pane.kit(), items);
    if let Some(digit) = digit {
        key_cap(ui, tokens, &digit);
    }
    if let Some(Picked::Item(index)) = picked {
        let code = index
            .checked_sub(1)
            .and_then(|index| layer.codes.get(index))
            .map(|code| code.id.clone());
        pane.out.ask(Command::Annotation(AnnotationCommand::SetCode(annotation.id.clone(), code)));
    }
}

fn quote_block(pane: &mut Pane<'_>, layer: Option<&Layer>, quote: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let (left, top) = (ui.cursor().left(), ui.cursor().top());
    let width = ui.available_width() - 16.0;
    let room = Rect::from_min_size(pos2(left + 16.0, top), vec2(width.max(40.0), f32::INFINITY));
    let bottom = ui
        .scope_builder(UiBuilder::new().max_rect(room), |ui| {
            passage(ui, pane.kit(), quote, Face::Reading, tokens.ink, width.max(40.0));
        })
        .response
        .rect
        .bottom();
    let bar = Rect::from_min_max(pos2(left, top), pos2(left + 3.0, bottom));
    let color = tokens.layer(layer.map_or("", |layer| layer.color.as_str())).mark;
    ui.painter().rect_filled(bar, 0.0, color);
}

/// Who is linked as the one who makes it, where the layer's annotations can be claimed.
fn claimants(pane: &mut Pane<'_>, annotation: &Annotation, layer: &Layer, ui: &mut Ui) {
    let project = pane.view.project;
    let claims = RelationKindId::new("claims");
    let Some(kind) = project.codebook.relation(&claims).filter(|kind| kind.to.contains(&layer.id))
    else {
        return;
    };
    let here = End::Annotation(annotation.id.clone());
    let makes = project.relations_at(&here).filter(|link| link.kind == claims && link.to == here);
    let sources: Vec<End> = makes.map(|link| link.from.clone()).collect();
    let tokens = pane.view.tokens;
    let kit = (tokens, &mut *pane.engine);
    let out = &mut *pane.out;
    field_row(ui, kit, ("Claimant", kind.definition.as_str()), |ui, engine| {
        if sources.is_empty() {
            let room = vec2(ui.available_width(), tokens.size.field);
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_height(tokens.size.field);
                side_text(ui, tokens, "not linked yet");
            });
        }
        for source in &sources {
            let label = source_label(project, source);
            let name = format!("Claimant: {label}");
            let row = Row::new(&name).inset(0.0, 0.0).height(tokens.size.field);
            let response = row.show(ui, tokens, |ui| {
                badge(ui, (tokens, engine), layer_of(project, source));
                words(ui, (tokens, engine), &label, Face::Plain, tokens.ink);
            });
            if response.clicked() {
                out.desk(links::way_to(source));
            }
        }
    });
}

/// The actor behind a mention, or the mention's own words.
fn source_label(project: &Project, source: &End) -> String {
    if let End::Annotation(id) = source
        && let Some(mention) = project.annotation(id)
        && mention.entity.is_some()
    {
        return naming::entity_name(project, mention.entity.as_ref()).to_owned();
    }
    naming::end_label(project, source)
}

fn layer_of<'a>(project: &'a Project, end: &End) -> Option<&'a Layer> {
    project.layer_of(end).and_then(|id| project.codebook.layer(id))
}

/// What the annotation refers to: chosen from the list, or made by typing a new name.
fn entity(pane: &mut Pane<'_>, annotation: &Annotation, layer: &Layer, ui: &mut Ui) {
    let Some((one, _)) = &layer.entity else { return };
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let set = annotation.entity.as_ref().and_then(|id| project.entities().get(id));
    let unset = format!("no {}", one.to_lowercase());
    let shown = set.map_or(unset.as_str(), |entity| entity.name.as_str()).to_owned();
    let mut picked = None;
    field_row(ui, pane.kit(), (one, ""), |ui, engine| {
        let list = Picker::new(one, &shown).unset(set.is_none()).makes(one);
        picked = list.show(ui, (tokens, engine), || {
            let none = Item { text: unset.clone(), key: None, checked: set.is_none() };
            let names = choices(project, &layer.id).into_iter().map(|entity| Item {
                text: entity.name.to_string(),
                key: None,
                checked: annotation.entity.as_ref() == Some(&entity.id),
            });
            std::iter::once(none).chain(names).collect()
        });
    });
    let id = annotation.id.clone();
    let command = match picked {
        Some(Picked::Item(0)) => AnnotationCommand::Attach(id, None),
        Some(Picked::Item(index)) => {
            let Some(entity) = choices(project, &layer.id).get(index - 1).map(|e| e.id.clone())
            else {
                return;
            };
            AnnotationCommand::Attach(id, Some(entity))
        }
        Some(Picked::New(name)) => AnnotationCommand::AttachNew(id, name.into()),
        None => return,
    };
    pane.out.ask(Command::Annotation(command));
}

/// The layer's entities by name.
fn choices<'a>(project: &'a Project, layer: &LayerId) -> Vec<&'a crate::model::Entity> {
    let mut found: Vec<_> = project
        .entities()
        .values()
        .map(|entity| &entity.value)
        .filter(|entity| entity.layer == *layer)
        .collect();
    found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    found
}
