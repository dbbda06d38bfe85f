//! The drawer of a review: all differences that are shown, those decided, and the questions to the author.

use crate::model::Sheet;
use crate::review::Difference;
use crate::ui::desk::{Desk, Focus};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::drawer::{cell, scrolled};
use crate::ui::panels::naming;
use crate::ui::review::queue::Order;
use crate::ui::review::session::Visit;
use crate::ui::review::words::{class_name, verdict_name};
use crate::ui::review::{List, Pane, ReviewPage, ReviewWish, agreement, said, work};
use crate::ui::widgets::{Face, Row, badge, empty_state, hairline, quiet_button, tab, words};
use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};
use std::sync::Arc;

/// Height of the tabs.
const TABS: f32 = 32.0;

/// Edges of the columns, in points from the row's left edge.
struct Columns {
    class: (f32, f32),
    quote: (f32, f32),
    sides: (f32, f32),
    decision: (f32, f32),
    place: (f32, f32),
}

impl Columns {
    fn of(width: f32) -> Self {
        let place = if width > 900.0 { 190.0 } else { 48.0 };
        let (start, end) = (180.0, width - place - 24.0 - 88.0);
        let middle = start + (end - start) * 0.48;
        Self {
            class: (52.0, 170.0),
            quote: (start, middle - 16.0),
            sides: (middle, end - 12.0),
            decision: (end, end + 76.0),
            place: (width - place - 16.0, width - 16.0),
        }
    }
}

/// The drawer's contents.
pub fn list(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if desk.review.page == ReviewPage::Work {
        return own_work(pane, desk, ui);
    }
    let list = desk.review.list;
    tabs(pane, desk, list, ui);
    hairline(ui, pane.view.tokens);
    if list == List::Figure {
        return figure(pane, desk, ui);
    }
    let rows = Arc::clone(desk.review.kept.rows());
    let Some(visit) = desk.review.visit().cloned() else { return };
    if rows.is_empty() {
        return nothing(pane, list, ui);
    }
    let columns = Columns::of(ui.available_width());
    let third = if list == List::Questions { "Question" } else { "Mine → theirs" };
    titled(pane, &columns, ["Class", "Quote", third, "Decision"], ui);
    let here = rows.iter().position(|at| *at == desk.review.at);
    let moved = std::mem::take(&mut desk.review.moved);
    let focus = desk.focus.take_if(|focus| matches!(focus, Focus::List | Focus::Filter)).is_some();
    let (height, guest) = (pane.view.tokens.size.row, desk.review.guest);
    scrolled(ui, (height, rows.len(), "differences"), here.filter(|_| moved), |ui, index| {
        let Some(at) = rows.get(index).copied() else { return };
        let Some(one) = visit.comparison.differences.get(at) else { return };
        let verdict = desk.review.kept.verdict(guest, at);
        let verdict = verdict.map(verdict_name).unwrap_or_default();
        let quote = said::quote(pane.view.project, &visit, one);
        let asked = desk.review.kept.decision(guest, at).filter(|_| list == List::Questions);
        let asked = asked.map(|decision| decision.remark.to_string());
        let short = asked.filter(|words| !words.is_empty());
        let short = short.unwrap_or_else(|| said::short(pane.view.project, &visit, one));
        let decided = if verdict.is_empty() { String::new() } else { format!(", {verdict}") };
        let name = format!("{}: “{quote}”, {short}{decided}", class_name(one.class));
        let row = Row::new(&name).inset(0.0, 0.0).selected(at == desk.review.at);
        let response = row.show(ui, pane.view.tokens, |ui| {
            cells(pane, (&visit, one), (&quote, &short, verdict), &columns, ui);
        });
        if focus && at == desk.review.at {
            response.request_focus();
        }
        if response.clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Page(ReviewPage::Differences)));
            pane.out.desk(DeskCommand::Review(ReviewWish::Go(at)));
        }
    });
}

/// The decisions about my own work.
fn own_work(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let rows = Arc::clone(desk.review.work.rows());
    let (all, columns) = (Arc::clone(&desk.review.work.all), Columns::of(ui.available_width()));
    let titles = ["Outcome", "Quote", "What the reviewer says", "My answer"];
    titled(pane, &columns, titles, ui);
    let here = rows.iter().position(|at| *at == desk.review.work.at);
    let moved = std::mem::take(&mut desk.review.moved);
    let count = (tokens.size.row, rows.len(), "decisions about my work");
    scrolled(ui, count, here.filter(|_| moved), |ui, index| {
        let Some(at) = rows.get(index).copied() else { return };
        let Some(decision) = all.get(at) else { return };
        let (outcome, quote, says, answer) = work::line(&desk.review.work, decision);
        let spoken = if answer.is_empty() { String::new() } else { format!(", {answer}") };
        let name = format!("{outcome}: “{quote}”, {says}{spoken}");
        let row = Row::new(&name).inset(0.0, 0.0).selected(at == desk.review.work.at);
        let response = row.show(ui, tokens, |ui| {
            let layer =
                decision.decision.layer().and_then(|id| pane.view.project.codebook.layer(id));
            cell(ui, (16.0, 40.0), Align::Min, |ui| {
                badge(ui, pane.kit(), layer);
            });
            let cells = [
                (columns.class, outcome, tokens.ink),
                (columns.quote, quote.as_str(), tokens.ink),
                (columns.sides, says.as_str(), tokens.muted),
                (columns.decision, answer, tokens.ink),
            ];
            for (column, text, ink) in cells.into_iter().filter(|(_, text, _)| !text.is_empty()) {
                cell(ui, column, Align::Min, |ui| {
                    words(ui, pane.kit(), text, Face::Plain, ink);
                });
            }
            let number = work::paragraph(pane.view.project, decision);
            let number = number.map(naming::short_place).unwrap_or_default();
            cell(ui, columns.place, Align::Max, |ui| {
                words(ui, pane.kit(), &number, Face::Plain, tokens.muted);
            });
        });
        if response.clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::Go(at)));
        }
    });
}

/// What a figure was counted from.
fn figure(pane: &mut Pane<'_>, desk: &Desk, ui: &mut Ui) {
    let agreement = &desk.review.agreement;
    let count = agreement.items.as_ref().map_or(0, |items| items.len());
    if count == 0 {
        return nothing(pane, List::Figure, ui);
    }
    let (tokens, columns) = (pane.view.tokens, Columns::of(ui.available_width()));
    titled(pane, &columns, ["", "Quote", "Who says what", ""], ui);
    scrolled(ui, (tokens.size.row, count, "the list behind the figure"), None, |ui, index| {
        let Some(one) = agreement::passage_behind(agreement, index) else { return };
        let sign = if one.agree { "alike" } else { "differ" };
        let name = format!("{sign}: “{}”, {}", one.quote, one.said);
        let row = Row::new(&name).inset(0.0, 0.0);
        let response = row.show(ui, tokens, |ui| {
            let ink = if one.agree { tokens.muted } else { tokens.ink };
            let cells = [
                ((16.0, columns.class.1), sign, ink),
                (columns.quote, one.quote.as_str(), ink),
                ((columns.sides.0, columns.decision.1), one.said.as_str(), tokens.muted),
            ];
            for (column, text, ink) in cells {
                cell(ui, column, Align::Min, |ui| {
                    words(ui, pane.kit(), text, Face::Plain, ink);
                });
            }
            let number = one.place.as_ref().and_then(|(document, span)| {
                let document = pane.view.project.sheet(document)?.document();
                Some(document.paragraph_number(span.start()))
            });
            place_cell(pane, &columns, (number, &one.title), ui);
        });
        if let (true, Some((document, span))) = (response.clicked(), one.place) {
            pane.out.desk(DeskCommand::RevealWords(document, span));
        }
    });
}

fn tabs(pane: &mut Pane<'_>, desk: &mut Desk, shown: List, ui: &mut Ui) {
    let progress = desk.review.progress();
    let all = [
        (List::Differences, "Differences", desk.review.queue().len()),
        (List::Decided, "Decided", progress.decided),
        (List::Questions, "Open questions", progress.asked),
    ];
    let behind = desk.review.agreement.items.as_deref().map(<[_]>::len);
    let behind = behind.filter(|_| desk.review.page == ReviewPage::Agreement);
    let behind = behind.map(|count| (List::Figure, "Behind the figure", count));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABS), Sense::hover());
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let mut bar = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    bar.spacing_mut().item_spacing.x = 4.0;
    for (list, name, count) in all.into_iter().chain(behind) {
        let chosen = shown == list;
        if tab(&mut bar, pane.kit(), name, Some(count), chosen).clicked() {
            desk.review.list = list;
            desk.review.moved = true;
        }
    }
    // What a figure was counted from is always as in the text, questions as well.
    if !matches!(shown, List::Differences | List::Decided) {
        return;
    }
    bar.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(8.0);
        let order = match desk.review.filter.order {
            Order::Weight => "Heaviest first",
            Order::Place => "As in the text",
        };
        let button = quiet_button(ui, pane.view.tokens, order);
        if button.on_hover_text("The other order").clicked() {
            pane.out.desk(DeskCommand::Review(ReviewWish::TurnOrder));
        }
    });
}

fn nothing(pane: &Pane<'_>, list: List, ui: &mut Ui) {
    let (title, what) = match list {
        List::Differences => ("Nothing is shown", "Show more classes at the left."),
        List::Decided => {
            ("Nothing is decided yet", "M keeps mine, T takes theirs, B both, R neither.")
        }
        List::Questions => ("No question to the author", "Press ? on a difference to ask one."),
        List::Figure => ("Nothing was counted", "The figure says why."),
    };
    empty_state(ui, pane.view.tokens, title, what);
}

fn titled(pane: &mut Pane<'_>, columns: &Columns, titles: [&str; 4], ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let size = vec2(ui.available_width(), tokens.size.row);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut row = ui.new_child(UiBuilder::new().max_rect(rect));
    let titles = [
        (columns.class, titles[0]),
        (columns.quote, titles[1]),
        (columns.sides, titles[2]),
        (columns.decision, titles[3]),
        (columns.place, "¶"),
    ];
    for (column, title) in titles {
        let align = if title == "¶" { Align::Max } else { Align::Min };
        cell(&mut row, column, align, |ui| {
            words(ui, pane.kit(), title, Face::Plain, tokens.muted);
        });
    }
    hairline(ui, tokens);
}

fn cells(
    pane: &mut Pane<'_>,
    (visit, one): (&Visit, &Difference),
    (quote, short, verdict): (&str, &str, &str),
    columns: &Columns,
    ui: &mut Ui,
) {
    let (tokens, project) = (pane.view.tokens, pane.view.project);
    let layer = project.codebook.layer(&one.layer);
    let layer = layer.or_else(|| visit.guest.project.codebook.layer(&one.layer));
    cell(ui, (16.0, 40.0), Align::Min, |ui| {
        badge(ui, pane.kit(), layer);
    });
    let texts = [
        (columns.class, class_name(one.class), tokens.ink),
        (columns.quote, quote, tokens.ink),
        (columns.sides, short, tokens.muted),
        (columns.decision, verdict, tokens.ink),
    ];
    for (column, text, ink) in texts.into_iter().filter(|(_, text, _)| !text.is_empty()) {
        cell(ui, column, Align::Min, |ui| {
            words(ui, pane.kit(), text, Face::Plain, ink);
        });
    }
    let sheet = project.sheet(&one.document).or_else(|| visit.guest.project.sheet(&one.document));
    let Some(document) = sheet.map(Sheet::document) else { return };
    let number = one.hull.map(|hull| document.paragraph_number(hull.start()));
    place_cell(pane, columns, (number, &document.title), ui);
}

/// The paragraph's number; where there are several documents and room, whose title.
fn place_cell(
    pane: &mut Pane<'_>,
    columns: &Columns,
    (number, title): (Option<u32>, &str),
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let number = number.map(naming::short_place).unwrap_or_default();
    cell(ui, columns.place, Align::Max, |ui| {
        words(ui, pane.kit(), &number, Face::Plain, tokens.muted);
        let several = pane.view.project.sheets().len() > 1;
        if several && columns.place.1 - columns.place.0 > 100.0 {
            words(ui, pane.kit(), title, Face::Small, tokens.muted);
        }
    });
}
