//! What is said about a difference: its threads on the card, read, begun, answered and resolved there.
//!
//! A thread is about my annotation, if I have one there, else about the decision. Fields and words are those of the
//! inspector.

use crate::model::{Project, RecordId};
use crate::query::threads_on;
use crate::ui::desk::{Desk, Focus};
use crate::ui::review::card::INSET;
use crate::ui::review::{Pane, ReviewDesk};
use crate::ui::widgets::hairline;
use egui::{Frame, Margin, Ui};

/// What threads about the difference that is shown may be about, first what a new one would be.
pub fn subjects(project: &Project, review: &ReviewDesk) -> Vec<RecordId> {
    let Some((at, one)) = review.current() else { return Vec::new() };
    let mine = one.ours.as_ref().filter(|id| project.annotation(id).is_some());
    let decision = review.kept().decision(review.guest, at);
    let decision = decision.map(|decision| RecordId::Decision(decision.id.clone()));
    mine.cloned().map(RecordId::Annotation).into_iter().chain(decision).collect()
}

/// Below both sides, while there is a thread or one begins.
pub(in crate::ui::review) fn section(pane: &mut Pane<'_>, desk: &mut Desk, at: usize, ui: &mut Ui) {
    let here = (desk.review.guest, at);
    if desk.review.talk_of != Some(here) {
        desk.review.comments.leave(pane.out);
        desk.review.talk_of = Some(here);
    }
    let subjects = subjects(pane.view.project, &desk.review);
    let focus = desk.focus.take_if(|focus| matches!(focus, Focus::Comment | Focus::Thread));
    let some = || subjects.iter().any(|about| !threads_on(pane.view.project, about).is_empty());
    if subjects.is_empty() || desk.review.talking != Some(here) && !some() {
        return;
    }
    desk.review.comments.opened(desk.thread.as_ref());
    hairline(ui, pane.view.tokens);
    let margin = Margin { left: INSET as i8, right: INSET as i8, top: 0, bottom: 10 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        desk.review.comments.show(pane, &subjects, focus, ui);
    });
}
