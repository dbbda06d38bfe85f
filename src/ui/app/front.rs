//! What is in front: the text or the review, each with what stands around it.

use crate::ui::desk::Desk;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::page::find::find_bar;
use crate::ui::page::page;
use crate::ui::panels::{self, PanelDesks};
use crate::ui::review::{self, ReviewPage};
use crate::ui::view::{Pane, View};
use egui::Ui;

/// Documents and codebook, or guests and filters.
pub(in crate::ui::app) fn left(
    view: &View<'_>,
    desk: &mut Desk,
    panels: &mut PanelDesks,
    (engine, out): (&mut TextEngine, &mut Outbox),
    ui: &mut Ui,
) {
    if desk.review.shown {
        review::left(&mut Pane { view: *view, engine, out }, desk, ui);
    } else {
        panels::left_panel(view, desk, panels, engine, out, ui);
    }
}

/// Tabs, and the way back from an edit.
pub(in crate::ui::app) fn above(
    view: &View<'_>,
    desk: &Desk,
    (engine, out): (&mut TextEngine, &mut Outbox),
    ui: &mut Ui,
) {
    review::tabs(ui, (view.tokens, engine), desk, out);
    review::way_back(ui, view.tokens, desk, out);
}

/// Whether something is listed: the check sheet has no list, and records have theirs on the page.
pub(in crate::ui::app) fn has_list(desk: &Desk) -> bool {
    let listed = !matches!(desk.review.page, ReviewPage::Sheet | ReviewPage::Records);
    !desk.drawer.closed && (listed || !desk.review.shown)
}

/// Points that the lists leave to what is in front: a card with both sides needs more than a page.
pub(in crate::ui::app) fn least(desk: &Desk) -> f32 {
    if desk.review.shown { 400.0 } else { 260.0 }
}

/// The lists of the text, or of the review.
pub(in crate::ui::app) fn list(
    view: &View<'_>,
    desk: &mut Desk,
    panels: &mut PanelDesks,
    (engine, out): (&mut TextEngine, &mut Outbox),
    ui: &mut Ui,
) {
    if desk.review.shown {
        review::list(&mut Pane { view: *view, engine, out }, desk, ui);
    } else {
        panels::drawer(view, desk, panels, engine, out, ui);
    }
}

/// The page, or the difference that is decided.
pub(in crate::ui::app) fn centre(
    view: &View<'_>,
    desk: &mut Desk,
    (engine, out): (&mut TextEngine, &mut Outbox),
    ui: &mut Ui,
) {
    if desk.review.shown {
        return review::centre(&mut Pane { view: *view, engine, out }, desk, ui);
    }
    find_bar(ui, view, desk, engine, out);
    if desk.document.is_some() {
        page(view, desk, engine, out, ui);
    } else {
        panels::no_document(view, out, ui);
    }
}
