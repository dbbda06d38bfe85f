//! What is said about a difference: its threads on the card, read, begun, answered and resolved there.
//!
//! A thread is about my annotation or record, if I have one there, else about the decision. Fields and words are those of the
//! inspector.

use crate::model::{Project, RecordId};
use crate::query::{Thread, threads_on};
use crate::ui::desk::{Desk, Focus};
use crate::ui::review::card::INSET;
use crate::ui::review::{Pane, ReviewDesk, ReviewPage, Verdict};
use crate::ui::widgets::{Face, hairline, passage};
use egui::{Frame, Margin, Ui};

/// What threads about the difference that is shown may be about, first what a new one would be.
pub fn subjects(project: &Project, review: &ReviewDesk) -> Vec<RecordId> {
    let mine = if review.page == ReviewPage::Records {
        review.records.current().map(|one| RecordId::Entity(one.ours.clone()))
    } else {
        let Some((_, one)) = review.current() else { return Vec::new() };
        one.ours.clone().map(RecordId::Annotation)
    };
    let mine = mine.filter(|id| project.has(id));
    let decision = review.decision().map(|decision| RecordId::Decision(decision.id.clone()));
    mine.into_iter().chain(decision).collect()
}

/// What I wrote to the author: with the decision, or to go along with the next one.
pub(in crate::ui::review) fn own_words(pane: &mut Pane<'_>, review: &ReviewDesk, ui: &mut Ui) {
    let decided = review.decision();
    let (what, words) = match decided {
        Some(decision) if decision.verdict == Verdict::Ask => {
            ("Your question", decision.remark.to_string())
        }
        Some(decision) => ("Your remark", decision.remark.to_string()),
        None => ("Your remark, which goes along with the decision", review.words_so_far()),
    };
    // A question stands below, where it opened its thread.
    let asked = decided.is_some_and(|decision| {
        let threads = threads_on(pane.view.project, &RecordId::Decision(decision.id.clone()));
        let mut first = threads.iter().filter_map(Thread::first);
        first.any(|first| first.text == decision.remark)
    });
    if words.trim().is_empty() || asked {
        return;
    }
    let tokens = pane.view.tokens;
    hairline(ui, tokens);
    let margin = Margin::symmetric(INSET as i8, 10);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let width = ui.available_width();
        passage(ui, pane.kit(), what, Face::Small, tokens.muted, width);
        passage(ui, pane.kit(), words.trim(), Face::Plain, tokens.ink, width);
    });
}

/// Below both sides, while there is a thread or one begins.
pub(in crate::ui::review) fn section(pane: &mut Pane<'_>, desk: &mut Desk, ui: &mut Ui) {
    let here = desk.review.spot();
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
