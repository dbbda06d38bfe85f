//! The left panel of a review: who is reviewed and what is left, what is shown, and how far we agree.

use crate::model::Project;
use crate::review::Class;
use crate::ui::desk::{Desk, Focus};
use crate::ui::outbox::DeskCommand;
use crate::ui::review::queue::Facets;
use crate::ui::review::session::Visit;
use crate::ui::review::stated::{OUTCOMES, outcome_name};
use crate::ui::review::words::class_name;
use crate::ui::review::{Pane, ReviewDesk, ReviewPage, ReviewWish, agreement, said, work};
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{
    Face, Item, Picked, Picker, Row, in_words, passage, section_header, words,
};
use crate::workbench::FileNow;
use egui::{Align, Layout, ScrollArea, Sense, Ui, UiBuilder, vec2};
use std::collections::BTreeMap;

/// Points that a second line adds to a row.
const BELOW: f32 = 18.0;

/// The panel's contents.
pub fn left(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let focus = desk.focus.take_if(|focus| *focus == Focus::Left).is_some();
    ScrollArea::vertical().auto_shrink(false).show_named(ui, "the review", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(pane.view.tokens.size.grid);
        own_work(pane, &mut desk.review, ui);
        guests(pane, &desk.review, focus, ui);
        if desk.review.session.is_some() {
            pages(pane, &desk.review, ui);
        }
        let decides = desk.review.page == ReviewPage::Differences;
        if desk.review.session.is_some() && decides {
            classes(pane, &mut desk.review, ui);
            only(pane, &mut desk.review, ui);
        }
        if desk.review.session.is_some() {
            agreement::beside(pane, &desk.review, ui);
        }
        ui.add_space(pane.view.tokens.size.grid * 3.0);
    });
}

#[expect(clippy::fn_params_excessive_bools, reason = "comes or not, as the desk says")]
fn guests(pane: &mut Pane<'_>, review: &ReviewDesk, focus: bool, ui: &mut Ui) {
    let Some(session) = &review.session else {
        if !review.is_open() {
            section_header(ui, pane.kit(), "Review with", "nobody now");
        }
        return;
    };
    let count = in_words(session.visits.len(), "guest", "guests");
    section_header(ui, pane.kit(), "Review with", &count);
    let tokens = pane.view.tokens;
    for (at, visit) in session.visits.iter().enumerate() {
        let progress = review.kept.progress(at);
        let left = progress.all - progress.decided;
        let left = if left == 0 { "done".to_owned() } else { format!("{left} left") };
        let name = format!("{}, {}, {left}", visit.called, visit.file());
        let row = Row::new(&name).selected(at == review.guest).with_bar();
        let below = visit.file_beside().filter(|_| !fits(pane, ui, visit, &left));
        let row = if below.is_some() { row.height(tokens.size.row + BELOW) } else { row };
        let response = row.show(ui, tokens, |ui| {
            let whole = ui.available_rect_before_wrap();
            let first = whole.with_max_y(whole.top() + tokens.size.row);
            let layout = Layout::right_to_left(Align::Center);
            let mut line = ui.new_child(UiBuilder::new().max_rect(first).layout(layout));
            words(&mut line, pane.kit(), &left, Face::Plain, tokens.muted);
            line.with_layout(Layout::left_to_right(Align::Center), |ui| {
                words(ui, pane.kit(), &visit.called, Face::Bold, tokens.ink);
                if let Some(file) = visit.file_beside().filter(|_| below.is_none()) {
                    words(ui, pane.kit(), &file, Face::Plain, tokens.muted);
                }
            });
            if let Some(file) = &below {
                let second = whole.with_min_y(first.bottom() - 5.0);
                let layout = Layout::left_to_right(Align::Min);
                let mut line = ui.new_child(UiBuilder::new().max_rect(second).layout(layout));
                words(&mut line, pane.kit(), file, Face::Small, tokens.muted);
            }
        });
        if focus && at == review.guest {
            response.request_focus();
        }
        if response.clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Guest(at)));
        }
        if let Some(trouble) = visit.source.trouble_as(&said::cut(&visit.file(), 32)) {
            changed(pane, (at, visit), &trouble, ui);
        }
    }
}

/// That a guest's file is not what was read, and the way to read it again.
fn changed(pane: &mut Pane<'_>, (at, visit): (usize, &Visit), trouble: &str, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.add_space(2.0);
    ui.horizontal_top(|ui| {
        ui.add_space(16.0);
        ui.vertical(|ui| {
            let width = ui.available_width() - 16.0;
            passage(ui, pane.kit(), &format!("⚠ {trouble}"), Face::Small, tokens.warning, width);
            if visit.source.now == FileNow::Changed {
                ui.add_space(2.0);
                let button = ui.add(egui::Button::new("Read again").small());
                let spoken = format!("Read again: {}", visit.file());
                let response = button.on_hover_text("What you decided stays");
                response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
                if response.clicked() {
                    pane.out.desk(DeskCommand::Review(ReviewWish::ReadAgain(at)));
                }
            }
        });
    });
    ui.add_space(6.0);
}

/// Whether a guest's name, file and count fit on one line of a row.
fn fits(pane: &mut Pane<'_>, ui: &Ui, visit: &Visit, left: &str) -> bool {
    let tokens = pane.view.tokens;
    let scale = ui.pixels_per_point();
    let all =
        [(visit.called.as_str(), Face::Bold), (&visit.file(), Face::Plain), (left, Face::Plain)];
    let wide = all.map(|(words, face)| {
        pane.engine.shaped(words, f32::INFINITY, &face.style(tokens), scale).size().x
    });
    // The row keeps 16 points from its edges, and 8 between its words.
    wide.iter().sum::<f32>() + 2.0 * 8.0 <= ui.available_width() - 2.0 * 16.0
}

/// What became of my own work, while a reviewer has decided about some of it.
fn own_work(pane: &mut Pane<'_>, review: &mut ReviewDesk, ui: &mut Ui) {
    if review.work.all.is_empty() {
        return;
    }
    let tokens = pane.view.tokens;
    let (counts, answered) = work::counts(&review.work.all);
    let left = review.work.all.len() - answered;
    let left = if left == 0 { "all answered".to_owned() } else { format!("{left} left") };
    section_header(ui, pane.kit(), "What became of my work", "");
    let name = format!("Reviewed by {}", work::reviewer(&review.work));
    let row = Row::new(&name).selected(review.page == ReviewPage::Work).with_bar();
    let response = row.show(ui, tokens, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            words(ui, pane.kit(), &left, Face::Plain, tokens.muted);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                words(ui, pane.kit(), &name, Face::Bold, tokens.ink);
            });
        });
    });
    if response.clicked() {
        pane.out.desk(DeskCommand::Review(ReviewWish::Page(ReviewPage::Work)));
    }
    if review.page != ReviewPage::Work {
        return;
    }
    for outcome in OUTCOMES {
        let count = counts.get(&outcome).copied().unwrap_or_default();
        let mut on = !review.work.hidden.contains(&outcome);
        if box_row(pane, (outcome_name(outcome), count), &mut on, ui) {
            if on {
                review.work.hidden.remove(&outcome);
            } else {
                review.work.hidden.insert(outcome);
            }
        }
    }
}

/// A box with its count at the right; whether it was changed.
fn box_row(pane: &mut Pane<'_>, (name, count): (&str, usize), on: &mut bool, ui: &mut Ui) -> bool {
    let tokens = pane.view.tokens;
    let size = vec2(ui.available_width(), tokens.size.row - 2.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    words(&mut row, pane.kit(), &count.to_string(), Face::Plain, tokens.muted);
    let left = row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let response = ui.checkbox(on, name);
        let spoken = format!("Show {}, {count}", name.to_lowercase());
        let now = *on;
        response
            .widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, now, &spoken));
        response.changed()
    });
    left.inner
}

/// Where one can go in the review.
fn pages(pane: &mut Pane<'_>, review: &ReviewDesk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.add_space(tokens.size.grid);
    section_header(ui, pane.kit(), "Go to", "");
    let all = [
        (ReviewPage::Sheet, "Check sheet"),
        (ReviewPage::Differences, "Differences"),
        (ReviewPage::Records, "Records"),
        (ReviewPage::Agreement, "Agreement table"),
    ];
    for (page, name) in all {
        let open = if page == ReviewPage::Records { review.records.open() } else { 0 };
        let left = if open > 0 { format!("{open} left") } else { String::new() };
        let spoken = if open > 0 { format!("{name}, {left}") } else { name.to_owned() };
        let row = Row::new(&spoken).selected(review.page == page).with_bar();
        let response = row.show(ui, tokens, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                words(ui, pane.kit(), &left, Face::Plain, tokens.muted);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    words(ui, pane.kit(), name, Face::Plain, tokens.ink);
                });
            });
        });
        if response.clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Page(page)));
        }
    }
}

/// A box for each class with its count.
fn classes(pane: &mut Pane<'_>, review: &mut ReviewDesk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.add_space(tokens.size.grid);
    let shown = review.queue().len();
    section_header(ui, pane.kit(), "Show", &shown.to_string());
    let facets = review.kept.facets().clone();
    for class in Class::ALL {
        let count = facets.classes.get(class);
        let mut on = !review.filter.hidden.contains(&class);
        if box_row(pane, (class_name(class), count), &mut on, ui) {
            if on {
                review.filter.hidden.remove(&class);
            } else {
                review.filter.hidden.insert(class);
            }
        }
    }
}

/// Only one layer, document, annotator.
fn only(pane: &mut Pane<'_>, review: &mut ReviewDesk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.add_space(tokens.size.grid);
    section_header(ui, pane.kit(), "Only", "");
    let project = pane.view.project;
    let theirs = review.visit().map(|visit| std::sync::Arc::clone(&visit.guest));
    let Facets { layers, documents, annotators, .. } = review.kept.facets().clone();
    let layer_name = |id: &crate::model::LayerId| {
        let named =
            |project: &Project| project.codebook.layer(id).map(|layer| layer.plural.to_string());
        let other = || theirs.as_ref().and_then(|guest| named(&guest.project));
        named(project).or_else(other).unwrap_or_else(|| id.to_string())
    };
    let document_name = |id: &crate::model::DocumentId| {
        let named =
            |project: &Project| project.sheet(id).map(|sheet| sheet.document().title.to_string());
        let other = || theirs.as_ref().and_then(|guest| named(&guest.project));
        named(project).or_else(other).unwrap_or_else(|| id.to_string())
    };
    let person = |name: &smol_str::SmolStr| {
        if name.is_empty() { "nobody named".to_owned() } else { name.to_string() }
    };
    choose(pane, ("Layer", "All layers"), &layers, &mut review.filter.layer, layer_name, ui);
    choose(
        pane,
        ("Document", "All documents"),
        &documents,
        &mut review.filter.document,
        document_name,
        ui,
    );
    choose(pane, ("By", "Everybody"), &annotators, &mut review.filter.annotator, person, ui);
}

fn choose<T: Clone + Ord>(
    pane: &mut Pane<'_>,
    (name, all): (&str, &str),
    counts: &BTreeMap<T, usize>,
    now: &mut Option<T>,
    named: impl Fn(&T) -> String,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let shown = now.as_ref().map_or_else(|| all.to_owned(), &named);
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    let (room, _) = row.allocate_exact_size(vec2(72.0, tokens.size.row), Sense::hover());
    let mut label = row.new_child(UiBuilder::new().max_rect(room).layout(layout));
    words(&mut label, pane.kit(), name, Face::Plain, tokens.muted);
    let spoken = format!("Only this: {}", name.to_lowercase());
    let list = Picker::new(&spoken, &shown).unset(now.is_none());
    let picked = list.show(&mut row, pane.kit(), || {
        let every = Item { text: all.to_owned(), key: None, checked: now.is_none() };
        let each = counts.iter().map(|(id, count)| Item {
            text: format!("{} · {count}", named(id)),
            key: None,
            checked: now.as_ref() == Some(id),
        });
        std::iter::once(every).chain(each).collect()
    });
    if let Some(Picked::Item(at)) = picked {
        *now = at.checked_sub(1).and_then(|at| counts.keys().nth(at)).cloned();
    }
}
