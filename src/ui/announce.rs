//! What assistive programs are told: what a record is in one sentence, and a live region that says what has changed.
//!
//! The region says how things stand (what is selected, which mode the keys are in); it is read out when that changes.
//! What was done or refused is said by `toasts`, in the same way. Nothing of it is seen.

use crate::model::{Annotation, End, FeatureKind, Project, Value};
use crate::query::{self, Direction};
use crate::text::Text;
use crate::ui::desk::{CodePopup, Desk, Linking, Mode, Selected};
use crate::ui::page::popup;
use crate::ui::panels::record_of;
use crate::ui::view::View;
use egui::accesskit::{Live, Role};
use egui::{Area, Context, Id, Order, Pos2, Sense, Vec2};

/// Most letters of the words at another end.
const LETTERS: usize = 60;

/// Says how things stand, while an assistive program listens.
pub fn announce(ctx: &Context, view: Option<&View<'_>>, desk: &Desk) {
    let area = Area::new(Id::unique("what is said")).order(Order::Background).fade_in(false);
    area.fixed_pos(Pos2::ZERO).interactable(false).show(ctx, |ui| {
        let (_, response) = ui.allocate_exact_size(Vec2::ZERO, Sense::hover());
        ctx.accesskit_node_builder(response.id, |node| {
            node.set_role(Role::Status);
            node.set_live(Live::Polite);
            let words = view.map(|view| situation(view, desk)).unwrap_or_default();
            if !words.is_empty() {
                node.set_label(words);
            }
        });
    });
}

/// What the keys mean just now, or else what is selected.
fn situation(view: &View<'_>, desk: &Desk) -> String {
    let project = view.project;
    if desk.review.shown {
        return crate::ui::review::situation(view, desk);
    }
    match &desk.mode {
        Mode::Coding(coding) => coded(view, desk, coding),
        Mode::Linking(linking) => linked(project, desk, linking),
        Mode::Reading => {
            let words = desk.selected.as_ref().and_then(|selected| record(project, selected));
            let asked = desk.selected.as_ref().map(|of| open_threads(project, of));
            let asked = asked.unwrap_or_default();
            words.map(|words| format!("Selected: {words}{asked}")).unwrap_or_default()
        }
    }
}

/// ", 2 open threads of comments"; empty for none.
fn open_threads(project: &Project, selected: &Selected) -> String {
    let threads = query::threads_on(project, &record_of(selected));
    match threads.iter().filter(|thread| !thread.is_resolved()).count() {
        0 => String::new(),
        1 => ", 1 open thread of comments".to_owned(),
        n => format!(", {n} open threads of comments"),
    }
}

fn coded(view: &View<'_>, desk: &Desk, coding: &CodePopup) -> String {
    let project = view.project;
    let chosen = || {
        let annotation = project.annotation(&coding.annotation)?;
        let layer = project.codebook.layer(&annotation.layer)?;
        let fitting = popup::fitting(project, (layer, annotation), desk, &coding.typed);
        let code = fitting.codes.get(coding.chosen).map(|code| code.name.to_string());
        let record = || {
            let id = fitting.records.get(coding.chosen.checked_sub(fitting.codes.len())?)?;
            Some(project.entities().get(id)?.name.to_string())
        };
        let name = code.or_else(record)?;
        let count = fitting.rows(&coding.typed);
        Some(format!("{name}, {} of {count}", coding.chosen + 1))
    };
    let chosen = chosen().unwrap_or_else(|| "No code begins so".to_owned());
    let of = short(&query::label_of_end(project, &End::Annotation(coding.annotation.clone())));
    format!("{chosen}. Code of “{of}”: type a digit or letters, Enter takes it, Escape leaves it")
}

fn linked(project: &Project, desk: &Desk, linking: &Linking) -> String {
    let from = short(&query::label_of_end(project, &linking.from));
    let way = linking.wanted.as_ref();
    let way = way.map(|way| query::way_name(&project.codebook, &way.0, way.1).to_owned());
    let way = way.map(|way| format!(" as “{way}”")).unwrap_or_default();
    let begin = match (linking.missed, linking.typed.as_str()) {
        (true, _) => "No such letter. ".to_owned(),
        (false, "") => String::new(),
        (false, typed) => format!("{}, and one more letter. ", typed.to_uppercase()),
    };
    let ends = desk.page.hints.len();
    let ends = if ends == 1 { "1 end is".to_owned() } else { format!("{ends} ends are") };
    format!(
        "{begin}Linking “{from}”{way}: {ends} in sight, each with its letters. F6 leads to the lists, Tab to another type, Escape leaves"
    )
}

/// A record in one sentence.
fn record(project: &Project, selected: &Selected) -> Option<String> {
    Some(match selected {
        Selected::Annotation(id) => {
            let text = &project.home_of(id)?.document().text;
            annotation(project, project.annotation(id)?, text)
        }
        Selected::Relation(id) => {
            let link = project.relations().get(id)?;
            let end = |end| short(&query::label_of_end(project, end));
            let kind = query::way_name(&project.codebook, &link.kind, Direction::Forwards);
            format!("link: “{}” {kind} “{}”", end(&link.from), end(&link.to))
        }
        Selected::Entity(id) => {
            let entity = project.entities().get(id)?;
            let layer = project.codebook.layer(&entity.layer)?;
            let kind = layer.entity.as_ref().map_or("Record", |(one, _)| one.as_str());
            format!("{kind}: {}, {} mentions", entity.name, project.mentions_of(id).count())
        }
        Selected::Document(id) => format!("document: {}", project.sheet(id)?.document().title),
    })
}

/// "Claim: “will finish the line”, Commitment".
pub fn title(project: &Project, annotation: &Annotation, text: &Text) -> String {
    let layer = project.codebook.layer(&annotation.layer);
    let code = annotation.code.as_ref().and_then(|code| layer?.code(code));
    let layer = layer.map_or(annotation.layer.as_str(), |layer| layer.name.as_str());
    let code = code.map_or("no code", |code| code.name.as_str());
    format!("{layer}: “{}”, {code}", annotation.words(text))
}

/// The same with its record, its values and who makes it: "…, Railway, position supports, claimed by “Berg”".
pub fn annotation(project: &Project, annotation: &Annotation, text: &Text) -> String {
    let layer = project.codebook.layer(&annotation.layer);
    let mut said = title(project, annotation, text);
    let entity = annotation.entity.as_ref().and_then(|id| project.entities().get(id));
    let entity = entity.map(|entity| entity.name.to_string());
    let features = layer.map(|layer| layer.features.as_slice()).unwrap_or_default();
    // What a key of the codebook sets is what one wants to know of each.
    let values = features.iter().filter_map(|feature| {
        let FeatureKind::Choice { values, .. } = &feature.kind else { return None };
        let Some(Value::Choice(set)) = annotation.features.get(&feature.id) else { return None };
        let choice = values.iter().find(|choice| choice.id == *set && choice.key.is_some())?;
        Some(format!("{} {}", feature.name.to_lowercase(), choice.name))
    });
    let end = End::Annotation(annotation.id.clone());
    let by = query::links_of(project, &end).into_iter().filter(|link| {
        let kind = project.codebook.relation(&link.relation.kind);
        link.direction == Direction::Backwards && kind.is_some_and(|kind| kind.default)
    });
    let by = by.map(|link| {
        format!("{} “{}”", link.name, short(&query::label_of_end(project, link.other)))
    });
    for part in entity.into_iter().chain(values).chain(by) {
        said += ", ";
        said += &part;
    }
    said
}

fn short(words: &str) -> String {
    match words.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}
