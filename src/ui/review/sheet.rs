//! What to know before one begins: who the guests are and how much they did, whether the texts are mine, what their
//! codebooks and records have otherwise. Nothing has been changed yet.

use crate::model::Project;
use crate::review::{Difference, Texts};
use crate::ui::desk::Desk;
use crate::ui::outbox::DeskCommand;
use crate::ui::review::column::{self, Column};
use crate::ui::review::session::Visit;
use crate::ui::review::words::class_name;
use crate::ui::review::{Pane, ReviewWish, books, card, pairs, records};
use crate::ui::widgets::{Face, hairline, in_words, passage, spoken_words, within};
use crate::workbench::{Clock, last_stamp};
use egui::{Align, Button, Layout, Margin, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};
use std::collections::BTreeMap;

/// Greatest width.
const WIDEST: f32 = 820.0;
/// Width of the names of rows.
pub(in crate::ui::review) const NAMES: f32 = 116.0;
/// Most lines of one kind before the rest is counted.
const LINES: usize = 6;

/// The check sheet.
pub(in crate::ui::review) fn show(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let Some(session) = desk.review.session.clone() else { return };
    let room = ui.available_rect_before_wrap();
    let foot = Rect::from_min_max(pos2(room.left(), room.bottom() - 56.0), room.max);
    let above = room.with_max_y(foot.top());
    let mut body = ui.new_child(UiBuilder::new().max_rect(above));
    let column =
        Column { name: "the check sheet", title: "Before you begin", widest: WIDEST, above: 22.0 };
    column::scrolled(&mut body, pane, &column, |pane, ui| {
        ui.add_space(2.0);
        ui.spacing_mut().item_spacing.y = 6.0;
        let (tokens, width) = (pane.view.tokens, ui.available_width());
        let words = "Your colleagues’ files are read and never changed. Nothing of yours is changed before you decide it.";
        passage(ui, pane.kit(), words, Face::Plain, tokens.muted, width);
        ui.add_space(8.0);
        for (at, visit) in session.visits.iter().enumerate() {
            guest(pane, desk, (at, visit), ui);
            ui.add_space(10.0);
        }
    });
    let mut foot = ui.new_child(UiBuilder::new().max_rect(foot));
    hairline(&mut foot, pane.view.tokens);
    foot.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(20.0);
        let begin = Button::new(
            RichText::new("Begin review").family(egui::FontFamily::Name("bold".into())),
        );
        if ui.add(begin.min_size(vec2(120.0, 30.0))).on_hover_text("Enter").clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Begin));
        }
        let close = Button::new("Close the review").min_size(vec2(84.0, 30.0));
        if ui.add(close).clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Close));
        }
    });
}

/// A guest's card.
fn guest(pane: &mut Pane<'_>, desk: &mut Desk, (at, visit): (usize, &Visit), ui: &mut Ui) {
    let tokens = pane.view.tokens;
    card::frame(tokens).inner_margin(Margin::symmetric(18, 14)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 5.0;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
        let layout = Layout::left_to_right(Align::Center);
        let mut title = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        let name = match visit.file_beside() {
            Some(file) => format!("{} · {file}", within(&visit.called)),
            // The name is the file's, or ends with it.
            None if visit.called.ends_with(')') => visit.called.to_string(),
            None => visit.file(),
        };
        spoken_words(&mut title, pane.kit(), &name, Face::Bold, tokens.ink);
        let theirs = &visit.guest.project;
        row(pane, ("Who, when", &who(theirs)), ui);
        row(pane, ("How much", &how_much(theirs)), ui);
        texts(pane, visit, ui);
        books::rows(pane, desk, (at, visit), ui);
        let remarks = visit.guest.remarks.iter().cloned().chain(visit.source.trouble());
        let remarks = remarks.map(|words| (words, true));
        let remarks: Vec<_> = remarks.collect();
        if !remarks.is_empty() {
            lines(pane, "Take note", &remarks, ui);
        }
        pairs::rows(pane, desk, (at, visit), ui);
        records::row_on_sheet(pane, desk, at, ui);
        row(pane, ("Differences", &differences(visit)), ui);
    });
}

/// A name and a sentence.
pub(in crate::ui::review) fn row(pane: &mut Pane<'_>, (name, words): (&str, &str), ui: &mut Ui) {
    lines(pane, name, &[(words.to_owned(), false)], ui);
}

/// A name and sentences below each other; those that ask for a look are marked.
pub(in crate::ui::review) fn lines(
    pane: &mut Pane<'_>,
    name: &str,
    all: &[(String, bool)],
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, 18.0), Sense::hover());
        let mut label = ui.new_child(UiBuilder::new().max_rect(rect));
        spoken_words(&mut label, pane.kit(), name, Face::Plain, tokens.muted);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let width = ui.available_width();
            for (words, look) in all {
                let (words, ink) = if *look {
                    (format!("○ {words}"), tokens.warning)
                } else {
                    (words.clone(), tokens.ink)
                };
                passage(ui, pane.kit(), &words, Face::Plain, ink, width);
            }
        });
    });
}

/// "Jonas (34), Min-seo (6) · last changed 23 Nov 2026, 17:05".
fn who(project: &Project) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for annotation in project.annotations() {
        let by = annotation.made.as_ref().map_or("", |stamp| stamp.by().as_str());
        *counts.entry(by).or_default() += 1;
    }
    let mut all: Vec<(&str, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let people: Vec<String> = all
        .into_iter()
        .map(|(by, count)| (if by.is_empty() { "nobody named" } else { by }, count))
        .map(|(by, count)| format!("{} ({count})", within(by)))
        .collect();
    let people =
        if people.is_empty() { "Nobody has tagged anything".to_owned() } else { people.join(", ") };
    match last_stamp(project) {
        Some(last) => format!("{people} · last changed {}", Clock::day_and_time(last.at)),
        None => people,
    }
}

/// "62 annotations: 40 actors, 12 claims, 10 events · 30 links · 14 records".
fn how_much(project: &Project) -> String {
    let counts = crate::query::counts(project);
    let layers = project.codebook.layers.iter().filter_map(|layer| {
        let count = counts.by_layer.get(&layer.id).copied().unwrap_or_default();
        (count > 0).then(|| format!("{count} {}", layer.plural.to_lowercase()))
    });
    let layers: Vec<String> = layers.collect();
    let all = in_words(project.annotation_count(), "annotation", "annotations");
    let all = if layers.is_empty() { all } else { format!("{all}: {}", layers.join(", ")) };
    let links = in_words(project.relations().len(), "link", "links");
    let records = in_words(project.entities().len(), "record", "records");
    format!("{all} · {links} · {records}")
}

/// Which texts are mine, and what became of annotations where they are not.
fn texts(pane: &mut Pane<'_>, visit: &Visit, ui: &mut Ui) {
    let theirs = &visit.guest.project;
    let title = |id| theirs.sheet(id).map_or("", |sheet| sheet.document().title.as_str());
    let all = &visit.guest.documents;
    let same = all.iter().filter(|one| one.texts == Texts::Same).count();
    let mut found: Vec<(String, bool)> = Vec::new();
    if same > 0 {
        let count = in_words(same, "text is", "texts are");
        found.push((format!("{count} the same as yours, letter by letter"), false));
    }
    for one in all {
        let title = title(&one.theirs);
        match one.texts {
            Texts::Same => {}
            Texts::Realigned(counts) => {
                let moved = in_words(counts.moved, "annotation", "annotations");
                let words = format!(
                    "“{title}” reads otherwise than yours: {moved} found again, {} to confirm, {} lost",
                    counts.confirm, counts.lost
                );
                found.push((words, counts.confirm + counts.lost > 0));
            }
            Texts::OnlyTheirs => {
                let here = theirs.sheet(&one.theirs).map_or(0, |sheet| sheet.annotations().len());
                let count = in_words(here, "annotation", "annotations");
                let words = format!("“{title}” is only in theirs, with {count}");
                found.push((words, true));
            }
        }
    }
    if found.is_empty() {
        found.push(("There is no text in it".to_owned(), true));
    }
    lines(pane, "Texts", &shortened(found), ui);
}

/// At most so many lines, and how many more there are.
fn shortened(mut all: Vec<(String, bool)>) -> Vec<(String, bool)> {
    if all.len() > LINES + 1 {
        let more = all.len() - LINES;
        all.truncate(LINES);
        all.push((format!("and {more} more"), false));
    }
    all
}

/// "41 same · 12 boundary · 6 code".
fn differences(visit: &Visit) -> String {
    let counts = visit.comparison.counts();
    let all: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| format!("{count} {}", class_name(class).to_lowercase()))
        .collect();
    let open = visit.comparison.differences.iter().any(Difference::differs);
    match (all.is_empty(), open) {
        (true, _) => "No annotation on either side".to_owned(),
        (false, true) => all.join(" · "),
        (false, false) => format!("{}: there is nothing to decide", all.join(" · ")),
    }
}
