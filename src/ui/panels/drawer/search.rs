//! Words in all documents, each in its context, row under row. A row shows its place on the page with the words selected.
//!
//! Large projects are looked through in a job; of very many hits the first are listed and all are counted.

use egui::{Align, Margin, Rect, RichText, Ui, pos2, vec2};

use crate::jobs::{self, Job, Progress};
use crate::model::{DocumentId, Project};
use crate::query::{InContext, Wanted, comparable, in_context, occurrences};
use crate::text::{Span, Text};
use crate::ui::desk::{Desk, Focus, Order, RowKey, SearchDesk};
use crate::ui::list_keys::{led, search_id};
use crate::ui::outbox::DeskCommand;
use crate::ui::page::find::toggles;
use crate::ui::panels::Pane;
use crate::ui::panels::drawer::{NARROW, cell, scrolled, stay};
use crate::ui::view::View;
use crate::ui::widgets::{
    Enter, Face, Row, empty_state, hairline, in_words, kwic, pill_toggle, search_field, words,
};
use std::cmp::Reverse;

/// Most hits that are listed.
const MOST: usize = 1000;
/// Bytes of text that are looked through within a frame.
const QUICK: usize = 400_000;

/// The orders with their names.
const ORDERS: [(Order, &str, &str); 3] = [
    (Order::Place, "Place", "Sort by the place"),
    (Order::Left, "Word before", "Sort by the word before"),
    (Order::Right, "Word after", "Sort by the word after"),
];

/// A place in a document.
type Hit = (DocumentId, Span);

/// What was found, in the order of the documents.
#[derive(Default)]
struct Hits {
    listed: Vec<Hit>,
    all: usize,
    documents: usize,
}

/// What was looked for and found.
#[derive(Default)]
pub(in crate::ui::panels::drawer) struct Found {
    from: Option<(Vec<(DocumentId, Text)>, Wanted)>,
    job: Option<Job<Hits>>,
    hits: Hits,
    order: Order,
    rows: Vec<Hit>,
}

impl Found {
    /// How many hits there are, once something is looked for.
    pub(in crate::ui::panels::drawer) fn count(&self) -> Option<usize> {
        let looked = self.from.as_ref().is_some_and(|(_, wanted)| !wanted.words.is_empty());
        looked.then_some(self.hits.all)
    }

    /// Brings the hits up to date, or starts to; whether other ones have come.
    fn refresh(
        &mut self,
        view: &View<'_>,
        wanted: &Wanted,
        order: Order,
        ctx: &egui::Context,
    ) -> bool {
        let mut fresh = false;
        if let Some(Ok(hits)) = self.job.as_mut().and_then(Job::poll) {
            (self.hits, self.job, fresh) = (hits, None, true);
        }
        let documents = view.project.documents_in_order();
        let known = self.from.as_ref().is_some_and(|(texts, of)| {
            let same = |(known, sheet): (&(DocumentId, Text), &&crate::model::Sheet)| {
                known.0 == sheet.document().id && known.1 == sheet.document().text
            };
            of == wanted && texts.len() == documents.len() && texts.iter().zip(&documents).all(same)
        });
        if !known {
            let text = |sheet: &&crate::model::Sheet| {
                (sheet.document().id.clone(), sheet.document().text.clone())
            };
            let texts: Vec<_> = documents.iter().map(text).collect();
            let bytes: usize = texts.iter().map(|(_, text)| text.as_str().len()).sum();
            self.from = Some((texts.clone(), wanted.clone()));
            let wanted = wanted.clone();
            if bytes < QUICK {
                (self.hits, self.job) = (look(&texts, &wanted, &Progress::default()), None);
                fresh = true;
            } else {
                let wake = ctx.clone();
                let wake = move || wake.request_repaint();
                let work = move |progress: &Progress| look(&texts, &wanted, progress);
                self.job = Some(jobs::start("Search", wake, work));
            }
        }
        if fresh || self.order != order {
            self.order = order;
            self.rows = sorted(view.project, self.hits.listed.clone(), order);
        }
        fresh
    }

    /// "17 in 3 documents", "first 1,000 of 3,204".
    fn told(&self) -> String {
        match (self.count(), self.hits.listed.len()) {
            _ if self.job.is_some() => "looking…".to_owned(),
            (None, _) => String::new(),
            (Some(0), _) => "nothing found".to_owned(),
            (Some(all), listed) if listed < all => {
                format!("first {} of {}", grouped(listed), grouped(all))
            }
            (Some(all), _) => {
                let documents = in_words(self.hits.documents, "document", "documents");
                format!("{all} in {documents}")
            }
        }
    }
}

fn look(texts: &[(DocumentId, Text)], wanted: &Wanted, progress: &Progress) -> Hits {
    let mut hits = Hits::default();
    for (id, text) in texts {
        let before = hits.all;
        for span in occurrences(text, wanted) {
            if hits.listed.len() < MOST {
                hits.listed.push((id.clone(), span));
            }
            hits.all += 1;
            if hits.all.is_multiple_of(512) && progress.is_cancelled() {
                return hits;
            }
        }
        hits.documents += usize::from(hits.all > before);
        if progress.is_cancelled() {
            return hits;
        }
    }
    hits
}

fn sorted(project: &Project, mut rows: Vec<Hit>, order: Order) -> Vec<Hit> {
    let context = |(id, span): &Hit| {
        let text = project.sheet(id).map(|sheet| sheet.document().text.clone())?;
        let shown: InContext<'_> = in_context(&text, *span);
        Some(match order {
            Order::Left => {
                let before = comparable(shown.before);
                before.split_whitespace().rev().collect::<Vec<_>>().join(" ")
            }
            _ => comparable(shown.after.trim_start_matches(|c: char| !c.is_alphanumeric())),
        })
    };
    if order != Order::Place {
        rows.sort_by_cached_key(|hit| {
            context(hit).map(|words| (Reverse(!words.is_empty()), words))
        });
    }
    rows
}

/// `3204` as `3,204`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// The field, and the hits below it.
pub(in crate::ui::panels::drawer) fn show(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    found: &mut Found,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    bar(pane, desk, found, ui);
    hairline(ui, tokens);
    let search = &mut desk.drawer.search;
    if found.refresh(&pane.view, &search.wanted, search.order, ui.ctx()) {
        search.at = None;
    }
    let count = found.rows.len();
    if count == 0 {
        let (title, what) = if search.wanted.words.trim().is_empty() {
            ("Nothing is looked for", "Type words: they are found in all documents, in any script.")
        } else if found.job.is_some() {
            ("Looking…", "Large projects take a moment.")
        } else {
            ("Nothing found", "Try fewer letters, or leave out “Whole words” and “Match case”.")
        };
        return empty_state(ui, tokens, title, what);
    }
    let to = led(&desk.drawer.keys, search.at, count);
    search.at = to.or(search.at).map(|at| at.min(count - 1));
    let taken = desk.drawer.keys.contains(&RowKey::Take);
    if let Some(hit) = to.or(search.at.filter(|_| taken)).and_then(|at| found.rows.get(at)) {
        reveal(pane, desk, hit);
        if taken {
            pane.out.desk(DeskCommand::Focus(Focus::Page));
        }
    }
    let at = desk.drawer.search.at;
    let mut clicked = None;
    scrolled(ui, (tokens.size.row, count, "search"), to, |ui, index| {
        if let Some(hit) = found.rows.get(index)
            && row(pane, hit, at == Some(index), ui)
        {
            clicked = Some(index);
        }
    });
    if let Some(hit) = clicked.and_then(|index| found.rows.get(index)) {
        desk.drawer.search.at = clicked;
        reveal(pane, desk, hit);
    }
}

/// Shows the hit on the page; the rows keep the keyboard.
fn reveal(pane: &mut Pane<'_>, desk: &Desk, (document, span): &Hit) {
    pane.out.desk(DeskCommand::RevealWords(document.clone(), *span));
    stay(pane, desk);
}

fn bar(pane: &mut Pane<'_>, desk: &mut Desk, found: &Found, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let asked = desk.focus.take_if(|focus| matches!(focus, Focus::Search | Focus::Filter));
    let enter = if asked.is_some() { Enter::Now } else { Enter::No };
    let narrow = ui.available_width() < NARROW;
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(16, 4));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let width = (ui.available_width() - 560.0).clamp(110.0, 280.0);
            let search = &mut desk.drawer.search;
            let field = (search_id(), "Find in all documents");
            search_field(ui, pane.kit(), field, &mut search.wanted.words, (enter, width));
            toggles(ui, tokens, &mut search.wanted);
            ui.label(RichText::new(found.told()).size(tokens.size.small).color(tokens.muted));
            if !narrow {
                let layout = egui::Layout::right_to_left(Align::Center);
                ui.with_layout(layout, |ui| orders(pane, search, ORDERS.iter().rev(), ui));
            }
        });
        if narrow {
            ui.add_space(4.0);
            ui.horizontal(|ui| orders(pane, &mut desk.drawer.search, ORDERS.iter(), ui));
        }
    });
}

/// In which order the hits stand.
fn orders<'a>(
    pane: &Pane<'_>,
    search: &mut SearchDesk,
    all: impl Iterator<Item = &'a (Order, &'a str, &'a str)>,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    for &(order, text, name) in all {
        let on = search.order == order;
        if pill_toggle(ui, tokens, (text, name), tokens.ink, on).clicked() {
            search.order = order;
            search.at = None;
        }
    }
}

#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
fn row(pane: &mut Pane<'_>, (id, span): &Hit, on: bool, ui: &mut Ui) -> bool {
    let tokens = pane.view.tokens;
    let Some(sheet) = pane.view.project.sheet(id) else { return false };
    let document = sheet.document();
    let shown = in_context(&document.text, *span);
    let number = document.paragraph_number(span.start());
    let place = if number == 0 { "Title".to_owned() } else { format!("Paragraph {number}") };
    let name =
        format!("{place} of {}: {}{}{}", document.title, shown.before, shown.hit, shown.after);
    let row = Row::new(&name).inset(0.0, 0.0).selected(on);
    let response = row.show(ui, tokens, |ui| {
        let all = ui.max_rect();
        let titles = (all.width() * 0.22).min(220.0);
        let room = Rect::from_min_max(
            pos2(all.left() + 16.0, all.top()),
            pos2(all.right() - titles - 72.0, all.bottom()),
        );
        kwic(ui, pane.kit(), room, 0.42, (shown.before, &shown.hit, shown.after));
        let right = all.width() - 16.0;
        cell(ui, (right - titles - 40.0, right - 40.0), Align::Min, |ui| {
            words(ui, pane.kit(), &document.title, Face::Small, tokens.muted);
        });
        cell(ui, (right - 36.0, right), Align::Max, |ui| {
            words(ui, pane.kit(), &number.to_string(), Face::Small, tokens.muted);
        });
        ui.allocate_space(vec2(0.0, 0.0));
    });
    response.clicked()
}

#[cfg(test)]
mod tests {
    use crate::ui::panels::drawer::search::*;

    #[test]
    fn all_hits_are_counted_and_the_first_are_listed() {
        let texts = [
            (DocumentId::new("d_1"), Text::new("one ".repeat(900))),
            (DocumentId::new("d_2"), Text::new("two")),
            (DocumentId::new("d_3"), Text::new("One ".repeat(2304))),
        ];
        let wanted = Wanted { words: "one".into(), ..Wanted::default() };
        let hits = look(&texts, &wanted, &Progress::default());
        assert_eq!((hits.all, hits.listed.len(), hits.documents), (3204, MOST, 2));
        let found = Found { from: Some((texts.to_vec(), wanted)), hits, ..Found::default() };
        assert_eq!(found.told(), "first 1,000 of 3,204");
    }
}
