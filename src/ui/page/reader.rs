//! The page for screen readers: the text in sight, the caret and what is selected in it, and what a reader asks of them.

use crate::text::Offset;
use crate::ui::desk::Desk;
use crate::ui::engine::{Affinity, Hit, byte_of, publish_lines, text_position};
use crate::ui::page::Frame;
use crate::ui::page::caret::Caret;
use crate::ui::page::sheet::{PageSheet, Placed};
use egui::accesskit::{Action, ActionData, TextPosition, TextSelection};
use egui::{Id, Response, Ui, vec2};

/// Puts text and selection into the tree, and the selection where a reader wants it.
pub(in crate::ui::page) fn publish(
    ui: &mut Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    sheet: &PageSheet,
    response: &Response,
) {
    let ctx = ui.ctx().clone();
    if ctx.accesskit_node_builder(response.id, |_| ()).is_none() {
        return;
    }
    for placed in frame.placed {
        let words = sheet.text.as_str().get(placed.start.bytes()..placed.end.bytes());
        let origin = frame.origin + vec2(0.0, placed.y);
        let id = paragraph(response.id, placed);
        publish_lines(ui, response.id, id, words.unwrap_or_default(), &placed.para, origin);
    }
    asked(ui, frame, desk, response);
    let caret = &desk.page.caret;
    let mut anchor = Caret::default();
    anchor.select(caret.at, caret.anchor);
    let place = |caret: &Caret| position(frame, response.id, caret.hit(sheet));
    if let Some((anchor, focus)) = place(&anchor).zip(place(caret)) {
        ctx.accesskit_node_builder(response.id, |node| {
            node.set_text_selection(TextSelection { anchor, focus });
            node.add_action(Action::SetTextSelection);
        });
    }
}

fn paragraph(page: Id, placed: &Placed) -> Id {
    page.with(("paragraph", placed.index))
}

/// A place in the text that is in sight; what lies beyond it is at its edge.
fn position(frame: &Frame<'_>, page: Id, (index, hit): (usize, Hit)) -> Option<TextPosition> {
    let (first, last) = frame.placed.first().zip(frame.placed.last())?;
    let (placed, hit) = match frame.placed.iter().find(|placed| placed.index == index) {
        Some(placed) => (placed, hit),
        None if index < first.index => (first, Hit { byte: 0, affinity: Affinity::Downstream }),
        None => {
            let byte = last.end.0 - last.start.0;
            (last, Hit { byte, affinity: Affinity::Upstream })
        }
    };
    text_position(paragraph(page, placed), &placed.para, hit)
}

/// A reader may put the caret somewhere, or select.
fn asked(ui: &Ui, frame: &Frame<'_>, desk: &mut Desk, response: &Response) {
    let wanted = ui.input(|input| {
        let mut requests = input.accesskit_action_requests(response.id, Action::SetTextSelection);
        requests.find_map(|request| match request.data {
            Some(ActionData::SetTextSelection(selection)) => Some(selection),
            _ => None,
        })
    });
    let Some(wanted) = wanted else { return };
    let offset = |place: TextPosition| {
        frame.placed.iter().find_map(|placed| {
            let byte = byte_of(paragraph(response.id, placed), &placed.para, place)?;
            Some(Offset(placed.start.0 + byte))
        })
    };
    if let Some((anchor, focus)) = offset(wanted.anchor).zip(offset(wanted.focus)) {
        desk.page.caret.kept.clear();
        desk.page.caret.select(anchor, focus);
    }
}
