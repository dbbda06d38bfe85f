//! The drawer below the page: annotations and links of the document, words in all documents, problems,
//! comments, steps.
//!
//! What is listed is worked out when the project changes (`listed`); what a row says, only when it is in view.

mod annotations;
mod comments;
mod history;
mod links;
mod listed;
mod problems;
mod search;

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::ui::desk::{Desk, DrawerTab, Focus, Mode, Selected};
use crate::ui::list_keys::{filter_id, list_id};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::Pane;
use crate::ui::panels::drawer::listed::Lists;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Enter, close_tab, empty_state, hairline, rows, search_field};

/// What the drawer keeps between frames.
#[derive(Default)]
pub struct DrawerLists {
    lists: Lists,
    found: search::Found,
    threads: comments::Threads,
    /// What was selected in the last frame, to notice when something else selects.
    selected: Option<Selected>,
    /// Whether something else was selected in this frame.
    moved: bool,
}

/// Height of the tabs.
const TABS: f32 = 32.0;
/// A drawer of less width has to do with shorter words.
const NARROW: f32 = 680.0;

/// The drawer's contents.
pub(in crate::ui::panels) fn show(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    mine: &mut DrawerLists,
    ui: &mut Ui,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let wanted = (&desk.veil, desk.drawer.filter.as_str(), desk.drawer.sort);
    let shown_in = (&pane.view, ui.ctx());
    mine.lists.refresh(shown_in, desk.document.as_ref(), wanted, desk.problems.all());
    mine.threads.refresh(shown_in, &desk.drawer);
    tabs(pane, desk, mine, ui);
    hairline(ui, pane.view.tokens);
    mine.moved = mine.selected != desk.selected;
    mine.selected.clone_from(&desk.selected);
    keyboard(pane, desk, ui);
    match desk.drawer.tab {
        DrawerTab::Annotations => annotations::show(pane, desk, mine, ui),
        DrawerTab::Links => links::show(pane, desk, mine, ui),
        DrawerTab::Search => search::show(pane, desk, &mut mine.found, ui),
        DrawerTab::Problems => problems::show(pane, desk, &mine.lists, ui),
        DrawerTab::Comments => comments::show(pane, desk, &mine.threads, ui),
        DrawerTab::History => history::show(pane, desk, ui),
    }
    desk.drawer.keys.clear();
}

/// The rows can have the keyboard, and keep the arrows.
fn keyboard(pane: &Pane<'_>, desk: &mut Desk, ui: &Ui) {
    let room = ui.available_rect_before_wrap();
    let response = ui.interact(room, list_id(), egui::Sense::focusable_noninteractive());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, "Rows"));
    let no_filter = desk.drawer.tab == DrawerTab::History;
    let wanted =
        |focus: &mut Focus| *focus == Focus::List || (*focus == Focus::Filter && no_filter);
    if desk.focus.take_if(wanted).is_some() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = egui::EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            escape: true,
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let line = egui::Stroke::new(2.0, pane.view.tokens.focus);
        ui.painter().hline(room.x_range(), room.top() + 1.0, line);
    }
}

/// Screen readers are told that the keyboard is at this row of the list.
pub(in crate::ui) fn say_at(ui: &Ui, row: &egui::Response) {
    let id = row.id.accesskit_id();
    ui.ctx().accesskit_node_builder(list_id(), |node| node.set_active_descendant(id));
}

/// Shows an annotation whose row was chosen; the rows keep the keyboard.
fn reveal(pane: &mut Pane<'_>, desk: &Desk, id: &crate::model::AnnotationId) {
    pane.out.desk(DeskCommand::Reveal(id.clone()));
    stay(pane, desk);
}

/// The rows keep the keyboard, unless a link is being made.
fn stay(pane: &mut Pane<'_>, desk: &Desk) {
    if !matches!(desk.mode, Mode::Linking(_)) {
        pane.out.desk(DeskCommand::Focus(Focus::List));
    }
}

fn tabs(pane: &mut Pane<'_>, desk: &mut Desk, mine: &DrawerLists, ui: &mut Ui) {
    let all = [
        (DrawerTab::Annotations, "Annotations", Some(mine.lists.annotations_in_document())),
        (DrawerTab::Links, "Links", Some(mine.lists.links_in_document())),
        (DrawerTab::Search, "Search", mine.found.count()),
        (DrawerTab::Problems, "Problems", Some(mine.lists.all_problems())),
        (DrawerTab::Comments, "Comments", Some(mine.threads.open())),
        (DrawerTab::History, "History", Some(pane.view.bench.history().len())),
    ];
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABS), egui::Sense::hover());
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let mut bar = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    bar.spacing_mut().item_spacing.x = 4.0;
    // In a narrow window the names need the room of the counts.
    let narrow = inner.width() < NARROW;
    for (kind, name, count) in all {
        let count = count.filter(|_| !narrow || desk.drawer.tab == kind);
        let look = (name, count, if narrow { 5.0 } else { 12.0 });
        if close_tab(&mut bar, pane.kit(), look, desk.drawer.tab == kind).clicked() {
            desk.drawer.tab = kind;
            desk.drawer.at = 0;
        }
    }
    if !matches!(desk.drawer.tab, DrawerTab::History | DrawerTab::Search) {
        bar.with_layout(Layout::right_to_left(Align::Center), |ui| filter(pane, desk, ui));
    }
}

fn filter(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let width = (ui.available_width() - 8.0).min(200.0);
    if width < 60.0 {
        return;
    }
    let comes = desk.focus.take_if(|focus| *focus == Focus::Filter).is_some();
    let enter = if comes { Enter::Now } else { Enter::No };
    let field = (filter_id(), "Filter");
    search_field(ui, pane.kit(), field, &mut desk.drawer.filter, (enter, width));
}

/// Rows below a header that stays, scrolled to row `show_row` if that is given.
pub(in crate::ui) fn scrolled(
    ui: &mut Ui,
    (height, count, salt): (f32, usize, &str),
    show_row: Option<usize>,
    row: impl FnMut(&mut Ui, usize),
) {
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show_named(ui, salt, |ui| {
        if let Some(index) = show_row {
            let top = ui.cursor().min + vec2(0.0, height * index as f32);
            // With its neighbours, so that it is never at the very edge.
            ui.scroll_to_rect(
                Rect::from_min_size(top, vec2(1.0, height)).expand2(vec2(0.0, height)),
                None,
            );
        }
        rows(ui, height, count, row);
    });
}

/// A cell from `left` to `right`, in points from the row's left edge.
pub(in crate::ui) fn cell(
    ui: &mut Ui,
    (left, right): (f32, f32),
    align: Align,
    contents: impl FnOnce(&mut Ui),
) {
    let row = ui.max_rect();
    let rect = Rect::from_min_max(
        pos2(row.left() + left, row.top()),
        pos2((row.left() + right).min(row.right()), row.bottom()),
    );
    if rect.width() < 8.0 {
        return;
    }
    let layout = match align {
        Align::Max => Layout::right_to_left(Align::Center),
        _ => Layout::left_to_right(Align::Center),
    };
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    contents(&mut child);
}

/// What stands where rows would be.
fn nothing(pane: &Pane<'_>, ui: &mut Ui, filter: &str, (title, what_to_do): (&str, &str)) {
    if filter.trim().is_empty() {
        empty_state(ui, pane.view.tokens, title, what_to_do);
    } else {
        empty_state(
            ui,
            pane.view.tokens,
            "Nothing matches the filter",
            "Type less, or clear the filter.",
        );
    }
}
