//! How far we agree: a table of figures that explain themselves, each with the passages that it was counted from.
//!
//! What is measured is the work as it was when the review began: what was decided since would only agree with itself.

use crate::jobs::Progress;
use crate::model::LayerId;
use crate::review::agreement::{AgreementReport, Measure, Row, Scope};
use crate::ui::desk::{Desk, Purpose};
use crate::ui::outbox::DeskCommand;
use crate::ui::review::column::{self, Column};
use crate::ui::review::{List, Pane, ReviewDesk, ReviewPage, ReviewWish};
use crate::ui::widgets::{
    Face, Item, Picked, Picker, empty_state, hairline, in_words, passage, pill_toggle,
    section_header, spoken_words, within, words,
};
use egui::{
    Align, Button, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

/// Greatest width.
const WIDEST: f32 = 900.0;
/// Least width of the names of measures, and the greatest of a column of figures.
const NAMES: f32 = 260.0;
const FIGURES: f32 = 150.0;
/// Points beside a figure in its column.
const BESIDE: f32 = 6.0;
/// Width of the way to save it all.
const SAVE: f32 = 130.0;
/// So many pairs of people are pills, more are a list.
const PILLS: usize = 6;
/// All people together.
const ALL: &str = "All together";
/// Height of a row.
const ROW: f32 = 26.0;

/// The figures, and which of them is looked at.
#[derive(Clone, Default)]
pub struct Agreement {
    /// The table, once it is worked out.
    pub report: Option<Arc<AgreementReport>>,
    /// How far working it out is.
    pub working: Option<Progress>,
    /// Why there is none.
    pub trouble: Option<String>,
    /// Which two, by their places among the coders; all, if none are named.
    pub pair: Option<(usize, usize)>,
    /// Which document, by its place in the study.
    pub document: Option<usize>,
    /// The figure whose list is shown.
    pub chosen: Option<(Measure, Scope)>,
    /// What it was counted from.
    pub items: Option<Arc<[crate::review::agreement::Item]>>,
}

impl Agreement {
    /// The row of a measure about that.
    fn row(&self, measure: Measure, scope: &Scope) -> Option<&Row> {
        let report = self.report.as_ref()?;
        let rows = report.parts.iter().flat_map(|part| &part.rows);
        rows.into_iter().find(|row| row.measure == measure && row.scope == *scope)
    }

    /// How many columns the table has: all layers, and each.
    fn columns(&self) -> usize {
        1 + self.report.as_ref().map_or(0, |report| report.study.layers.len())
    }

    /// "Being worked out, 40 %…"
    fn how_far(&self) -> String {
        let share = self.working.as_ref().and_then(Progress::fraction);
        let share = share.map_or_else(String::new, |part| format!(", {:.0} %", part * 100.0));
        format!("Being worked out{share}…")
    }

    /// The figure whose list is shown.
    pub fn chosen_row(&self) -> Option<&Row> {
        let (measure, scope) = self.chosen.as_ref()?;
        self.row(*measure, scope)
    }

    /// What the columns are about.
    fn scope(&self, layer: Option<LayerId>) -> Scope {
        // A figure of a document counts all coders.
        let pair = self.pair.filter(|_| self.document.is_none());
        Scope { layer, document: self.document, pair, ..Scope::default() }
    }
}

/// The figures beside a review: of me and the guest that is shown.
pub(in crate::ui::review) fn beside(pane: &mut Pane<'_>, review: &ReviewDesk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.add_space(tokens.size.grid);
    section_header(ui, pane.kit(), "Agreement", "all layers");
    let agreement = &review.agreement;
    let Some(report) = &agreement.report else {
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            let words = agreement.trouble.clone().unwrap_or_else(|| agreement.how_far());
            spoken_words(ui, pane.kit(), &words, Face::Small, tokens.muted);
            again_or_cancel(pane, agreement, ui);
        });
        return;
    };
    let scope = Scope {
        pair: (report.study.coders.len() > 2).then_some((0, review.guest + 1)),
        ..Scope::default()
    };
    let all = [
        (Measure::ExactF1, "F1, same words"),
        (Measure::OverlapF1, "F1, overlapping"),
        (Measure::AlphaU, "αU, spans"),
        (Measure::Alpha, "α, words"),
        (Measure::CohenKappa, "κ, words"),
    ];
    let mut left_out = 0;
    for (measure, name) in all {
        let Some(row) = agreement.row(measure, &scope) else { continue };
        left_out = row.figure.left_out.iter().map(|one| one.count).sum::<u64>().max(left_out);
        let value = value_words(row);
        let spoken = format!("{name}: {}", spoken_value(row));
        let line = crate::ui::widgets::Row::new(&spoken).height(24.0).role(Role::Button);
        let response = line.show(ui, tokens, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                words(ui, pane.kit(), &value, Face::Bold, tokens.ink);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    words(ui, pane.kit(), name, Face::Plain, tokens.muted);
                });
            });
        });
        let response = crate::ui::widgets::told(response, pane.kit(), &spoken_value(row));
        if response.clicked() {
            let wish = ReviewWish::Figure(measure, scope.clone());
            pane.out.desk(DeskCommand::Review(ReviewWish::Page(ReviewPage::Agreement)));
            pane.out.desk(DeskCommand::Review(wish));
        }
    }
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let width = ui.available_width() - 16.0;
        let words = match left_out {
            0 => "Click a figure for its list.".to_owned(),
            1 => "One thing is left out. Click a figure for why, and for its list.".to_owned(),
            n => format!("{n} things are left out. Click a figure for why, and for its list."),
        };
        passage(ui, pane.kit(), &words, Face::Small, tokens.muted, width);
    });
}

/// What can be done where there are no figures.
fn again_or_cancel(pane: &mut Pane<'_>, agreement: &Agreement, ui: &mut Ui) {
    let (name, wish) = if agreement.working.is_some() {
        ("Cancel the figures", ReviewWish::CancelFigures)
    } else {
        ("Work out the figures", ReviewWish::WorkOut)
    };
    let short = if agreement.working.is_some() { "Cancel" } else { "Work out" };
    let button = ui.small_button(short);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if button.clicked() {
        pane.out.desk(DeskCommand::Review(wish));
    }
}

/// The table.
pub(in crate::ui::review) fn show(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let agreement = &mut desk.review.agreement;
    let Some(report) = agreement.report.clone() else {
        let words = agreement.trouble.clone().unwrap_or_else(|| agreement.how_far());
        let state = if agreement.trouble.is_some() { "not" } else { "being" };
        let title = format!("The figures are {state} worked out");
        return empty_state(ui, tokens, &title, &words);
    };
    let column =
        Column { name: "the agreement table", title: "Agreement", widest: WIDEST, above: 18.0 };
    column::scrolled(ui, pane, &column, |pane, ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        of_whom(pane, &report, ui);
        choices(pane, agreement, &report, ui);
        ui.add_space(8.0);
        table(pane, agreement, &report, ui);
        ui.add_space(12.0);
        detail(pane, agreement, &report, ui);
    });
}

/// Whose work is measured, on which texts, and what is left out.
fn of_whom(pane: &mut Pane<'_>, report: &AgreementReport, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let count = report.study.documents.len();
    let texts = in_words(count, "text that is", "texts that are");
    let words = format!(
        "{}, on {texts} the same letter by letter, as the work was when the review began.",
        listed(&report.study.coders)
    );
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - SAVE).max(160.0);
        ui.vertical(|ui| {
            ui.set_width(width);
            passage(ui, pane.kit(), &words, Face::Plain, tokens.muted, width);
            for out in &report.study.left_out {
                let words = format!("○ Left out: {out}");
                passage(ui, pane.kit(), &words, Face::Plain, tokens.warning, width);
            }
            for note in &report.study.notes {
                passage(ui, pane.kit(), note, Face::Plain, tokens.muted, width);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let save = ui.add(Button::new("Save report…"));
            if save.on_hover_text("All figures, as CSV, JSON or HTML").clicked() {
                pane.out.desk(DeskCommand::AskPath(Purpose::SaveReport));
            }
        });
    });
}

/// Between whom, and in which text.
fn choices(pane: &mut Pane<'_>, agreement: &mut Agreement, report: &AgreementReport, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let study = &report.study;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        let pairs = study.pairs();
        let named = |pair: (usize, usize)| {
            let name = |at: usize| study.coders.get(at).map_or("", |name| name.as_str());
            format!("{} and {}", within(name(pair.0)), within(name(pair.1)))
        };
        if pairs.len() > PILLS {
            let shown = agreement.pair.map_or_else(|| ALL.to_owned(), named);
            let list = Picker::new("Between whom", &shown).width(240.0);
            let picked = list.unset(agreement.pair.is_none()).show(ui, pane.kit(), || {
                let item = |pair: Option<(usize, usize)>| Item {
                    text: pair.map_or_else(|| ALL.to_owned(), named),
                    key: None,
                    checked: agreement.pair == pair,
                };
                std::iter::once(None).chain(pairs.iter().copied().map(Some)).map(item).collect()
            });
            if let Some(Picked::Item(at)) = picked {
                agreement.pair = at.checked_sub(1).and_then(|at| pairs.get(at).copied());
                agreement.document = agreement.document.filter(|_| agreement.pair.is_none());
            }
        } else if pairs.len() > 1 {
            let on = agreement.pair.is_none();
            if pill_toggle(ui, tokens, (ALL, ALL), tokens.ink, on).clicked() {
                agreement.pair = None;
            }
            for pair in pairs {
                let words = named(pair);
                let on = agreement.pair == Some(pair);
                let kit = (tokens, &mut *pane.engine);
                let pill =
                    crate::ui::widgets::value_toggle(ui, kit, (&words, &words), tokens.ink, on);
                if pill.clicked() {
                    (agreement.pair, agreement.document) = (Some(pair), None);
                }
            }
        }
        if study.documents.len() > 1 {
            let title = |at: usize| study.documents.get(at).map_or("", |one| one.title.as_str());
            let shown = agreement.document.map_or("All texts", title).to_owned();
            let list = Picker::new("Only in the text", &shown).width(240.0);
            let list = list.unset(agreement.document.is_none());
            let picked = list.show(ui, pane.kit(), || {
                let item = |at: Option<usize>| Item {
                    text: at.map_or("All texts", title).to_owned(),
                    key: None,
                    checked: agreement.document == at,
                };
                std::iter::once(None)
                    .chain((0..study.documents.len()).map(Some))
                    .map(item)
                    .collect()
            });
            if let Some(Picked::Item(at)) = picked {
                agreement.document = at.checked_sub(1);
            }
        }
    });
}

/// A row for each measure, a column for all layers and for each.
fn table(pane: &mut Pane<'_>, agreement: &mut Agreement, report: &AgreementReport, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut columns: Vec<(Option<LayerId>, String)> = vec![(None, "All layers".to_owned())];
    let layers = report.study.layers.iter();
    columns.extend(layers.map(|layer| (Some(layer.id.clone()), layer.name.to_string())));
    let grid = Grid::of(ui.available_width(), columns.len());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::hover());
    for (at, (_, name)) in columns.iter().enumerate() {
        let room = grid.column(rect, at).shrink2(vec2(BESIDE, 0.0));
        let layout = Layout::right_to_left(Align::Center);
        let mut cell = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
        words(&mut cell, pane.kit(), name, Face::Plain, tokens.muted);
    }
    hairline(ui, tokens);
    let shown = Measure::ALL.into_iter().filter(|measure| {
        columns
            .iter()
            .any(|(layer, _)| agreement.row(*measure, &agreement.scope(layer.clone())).is_some())
    });
    for measure in shown.collect::<Vec<_>>() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let name = measure.name(report.study.unit);
        let room = rect.with_max_x(rect.left() + grid.names - 8.0);
        let layout = Layout::left_to_right(Align::Center);
        let mut label = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
        let label = spoken_words(&mut label, pane.kit(), &name, Face::Plain, tokens.ink);
        crate::ui::widgets::told(label, pane.kit(), measure.meaning());
        for (at, (layer, of)) in columns.iter().enumerate() {
            let scope = agreement.scope(layer.clone());
            let Some(row) = agreement.row(measure, &scope).cloned() else { continue };
            let on = agreement.chosen.as_ref() == Some(&(measure, scope.clone()));
            let rect = grid.column(rect, at).shrink2(vec2(0.0, 1.0));
            let spoken = format!("{name}, {of}: {}", spoken_value(&row));
            if figure(pane, ui, rect, (&row, &spoken, on)).clicked() {
                pane.out.desk(DeskCommand::Review(ReviewWish::Figure(measure, scope)));
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.line));
    }
}

/// Where the names of measures end, and the columns of figures after them, the last of which ends where the row does.
struct Grid {
    names: f32,
    wide: f32,
}

impl Grid {
    /// The columns of a table so wide.
    fn of(width: f32, columns: usize) -> Self {
        let columns = columns.max(1) as f32;
        let wide = ((width - NAMES.min(width * 0.4)) / columns).min(FIGURES);
        Self { names: width - wide * columns, wide }
    }

    /// The place of a column in a row.
    fn column(&self, row: Rect, at: usize) -> Rect {
        let left = row.left() + self.names + self.wide * at as f32;
        let between = BESIDE.min(self.wide / 4.0);
        Rect::from_min_max(pos2(left + between, row.top()), pos2(left + self.wide, row.bottom()))
    }
}

/// "Anna, Jonas and Min-seo".
fn listed(names: &[smol_str::SmolStr]) -> String {
    let names: Vec<_> = names.iter().map(|name| within(name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A figure that opens its list.
fn figure(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    rect: Rect,
    (row, spoken, on): (&Row, &str, bool),
) -> egui::Response {
    let tokens = pane.view.tokens;
    let response = ui.interact(rect, ui.scope_id().with(spoken), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, spoken));
    let ground = match (on, response.hovered()) {
        (true, _) => tokens.selection,
        (false, true) => tokens.hover,
        (false, false) => tokens.page,
    };
    ui.painter().rect_filled(rect, tokens.size.radius, ground);
    if response.has_focus() {
        let ring = Stroke::new(tokens.stroke.ring, tokens.focus);
        ui.painter().rect_stroke(rect, tokens.size.radius, ring, StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(BESIDE, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut cell = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    let (face, ink) = if row.figure.value.is_ok() {
        (Face::Bold, tokens.ink)
    } else {
        (Face::Small, tokens.muted)
    };
    words(&mut cell, pane.kit(), &value_words(row), face, ink);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    crate::ui::widgets::told(response, pane.kit(), &spoken_value(row))
}

/// What the chosen figure says, what went into it and what did not, and how it is for each code.
fn detail(pane: &mut Pane<'_>, agreement: &Agreement, report: &AgreementReport, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let width = ui.available_width();
    ui.spacing_mut().item_spacing.y = 4.0;
    let Some(row) = agreement.chosen_row() else {
        let words =
            "Click a figure: what it says, what was counted and left out, and its list below.";
        passage(ui, pane.kit(), words, Face::Plain, tokens.muted, width);
        return;
    };
    let study = &report.study;
    let layer = row.scope.layer.as_ref();
    let layer = layer.and_then(|id| study.layers.iter().find(|layer| layer.id == *id));
    let layer = layer.map_or_else(|| "all layers".to_owned(), |layer| layer.name.to_lowercase());
    let part = row.scope.code.is_some() || row.scope.feature.is_some();
    let of = if part { format!("{layer}, {}", row.label) } else { layer };
    let title = format!("{}, {of} · {}", row.measure.name(study.unit), spoken_value(row));
    passage(ui, pane.kit(), &title, Face::Bold, tokens.ink, width);
    passage(ui, pane.kit(), row.measure.meaning(), Face::Plain, tokens.muted, width);
    let parts: Vec<String> =
        row.figure.parts.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
    let counted: Vec<String> = row.figure.counted.iter().map(ToString::to_string).collect();
    for (name, all) in [("Made of", parts), ("Counted", counted)] {
        if !all.is_empty() {
            let words = format!("{name}: {}", all.join(" · "));
            passage(ui, pane.kit(), &words, Face::Plain, tokens.ink, width);
        }
    }
    for out in &row.figure.left_out {
        passage(ui, pane.kit(), &format!("○ Left out: {out}"), Face::Plain, tokens.warning, width);
    }
    if row.figure.left_out.is_empty() {
        passage(ui, pane.kit(), "Nothing was left out.", Face::Plain, tokens.ink, width);
    }
    let parts: [Inside; 2] = [
        ("By code", |scope| scope.code.is_some()),
        ("By feature", |scope| scope.feature.is_some()),
    ];
    for part in parts {
        inside(pane, agreement, row, part, ui);
    }
}

/// A title, and which figures stand below it.
type Inside = (&'static str, fn(&Scope) -> bool);

/// The same measure for each code, or each feature, of what is looked at.
fn inside(
    pane: &mut Pane<'_>,
    agreement: &Agreement,
    of: &Row,
    (title, is_part): Inside,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let report = agreement.report.as_ref();
    let all: Vec<&Row> = report
        .into_iter()
        .flat_map(|report| &report.parts)
        .flat_map(|part| &part.rows)
        .filter(|row| {
            row.measure == of.measure
                && is_part(&row.scope)
                && Scope { code: None, feature: None, ..row.scope.clone() }
                    == Scope { code: None, feature: None, ..of.scope.clone() }
        })
        .collect();
    if all.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let width = ui.available_width();
    passage(ui, pane.kit(), title, Face::SmallBold, tokens.muted, width);
    ui.spacing_mut().item_spacing.y = 0.0;
    // The figures stand below those of all layers.
    let grid = Grid::of(width, agreement.columns());
    for row in all {
        let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        let room = grid.column(rect, 0).shrink2(vec2(0.0, 1.0));
        let layout = Layout::left_to_right(Align::Center);
        let name = rect.with_max_x(rect.left() + grid.names - 8.0);
        let mut line = ui.new_child(UiBuilder::new().max_rect(name).layout(layout));
        words(&mut line, pane.kit(), &row.label, Face::Plain, tokens.ink);
        let on = agreement.chosen.as_ref().is_some_and(|(_, scope)| *scope == row.scope);
        let spoken = format!("{}: {}", row.label, spoken_value(row));
        if figure(pane, ui, room, (row, &spoken, on)).clicked() {
            let wish = ReviewWish::Figure(row.measure, row.scope.clone());
            pane.out.desk(DeskCommand::Review(wish));
        }
    }
}

/// "0.71", or that there is none.
fn value_words(row: &Row) -> String {
    row.figure.value.as_ref().map_or_else(|_| "no value".to_owned(), |value| format!("{value:.2}"))
}

/// The same in full, with the reason where there is none.
fn spoken_value(row: &Row) -> String {
    match &row.figure.value {
        Ok(value) => format!("{value:.3}"),
        Err(why) => format!("no value: {why}"),
    }
}

/// A passage of the list behind a figure.
pub(in crate::ui::review) struct Passage {
    /// Whether all said the same.
    pub agree: bool,
    /// The words.
    pub quote: String,
    /// What each said.
    pub said: String,
    /// The document's title.
    pub title: String,
    /// My document and the place in it.
    pub place: Option<(crate::model::DocumentId, crate::text::Span)>,
}

/// The passage of that number among those that the chosen figure was counted from.
pub(in crate::ui::review) fn passage_behind(agreement: &Agreement, at: usize) -> Option<Passage> {
    let (study, item) = (&agreement.report.as_ref()?.study, agreement.items.as_ref()?.get(at)?);
    let shared = study.documents.get(item.document)?;
    let name = |at: usize| study.coders.get(at).map_or("", |name| name.as_str());
    let code = |at: &usize| study.codes.get(*at).map_or_else(String::new, ToString::to_string);
    let said = item.said.iter().map(|said| {
        let codes: Vec<String> = said.codes.iter().map(code).collect();
        let codes = if codes.is_empty() { "nothing".to_owned() } else { codes.join(", ") };
        format!("{}: {codes}", within(name(said.coder)))
    });
    Some(Passage {
        agree: item.agree,
        quote: crate::ui::review::said::cut(shared.text.slice(item.span), 160),
        said: said.collect::<Vec<_>>().join(" · "),
        title: shared.title.to_string(),
        place: shared.of.first().cloned().flatten().map(|id| (id, item.span)),
    })
}

impl ReviewDesk {
    /// The figures are there; what is looked at stays.
    pub fn take_figures(&mut self, report: AgreementReport) {
        let agreement = &mut self.agreement;
        agreement.report = Some(Arc::new(report));
        let items = agreement.report.as_ref().zip(agreement.chosen_row());
        agreement.items = items.map(|(report, row)| report.items(row).into());
    }

    /// Shows the list behind a figure.
    pub fn choose_figure(&mut self, measure: Measure, scope: Scope) {
        let agreement = &mut self.agreement;
        if let Some(pair) = scope.pair {
            (agreement.pair, agreement.document) = (Some(pair), None);
        }
        agreement.chosen = Some((measure, scope));
        let items = agreement.report.as_ref().zip(agreement.chosen_row());
        agreement.items = items.map(|(report, row)| report.items(row).into());
        self.list = List::Figure;
    }
}
