//! Words for the guest's author: a question, which decides the difference, or a remark on what is decided.

use crate::review::Reply;
use crate::ui::desk::Desk;
use crate::ui::outbox::DeskCommand;
use crate::ui::review::card::AROUND_KEY;
use crate::ui::review::{DraftKind, Pane, ReviewWish, Verdict};
use crate::ui::widgets::{Face, TextField, words};
use egui::{Align, Button, Id, Key, Layout, Ui};

/// The id of the field.
fn field_id() -> Id {
    Id::unique("words for the author")
}

/// The field, at the foot of the card.
pub(in crate::ui::review) fn field(pane: &mut Pane<'_>, desk: &mut Desk, name: &str, ui: &mut Ui) {
    let Some(draft) = &mut desk.review.draft else { return };
    let (label, hint, verb) = match draft.kind {
        DraftKind::Question => (format!("Question to {name}"), "Enter asks, Esc leaves it", "Ask"),
        DraftKind::Remark => (
            format!("Remark to {name}"),
            "It goes along with your decision; Enter keeps it",
            "Keep",
        ),
        DraftKind::Answer => {
            (format!("Answer to {name}"), "Enter answers, Esc leaves it", "Answer")
        }
    };
    let mut done = None;
    ui.horizontal(|ui| {
        let tokens = pane.view.tokens;
        ui.add_space(AROUND_KEY);
        words(ui, pane.kit(), &label, Face::Plain, tokens.muted);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new("Cancel")).clicked() {
                done = Some(false);
            }
            if ui.add(Button::new(verb)).clicked() {
                done = Some(true);
            }
            let field = TextField::one_line(field_id(), &label, &mut draft.words).hint(hint);
            let response = field.width(ui.available_width() - 8.0).show(ui, pane.kit());
            if std::mem::take(&mut draft.fresh) {
                response.request_focus();
            } else if response.lost_focus() {
                let entered = ui.input(|input| input.key_pressed(Key::Enter));
                let left = ui.input(|input| input.key_pressed(Key::Escape));
                done = done.or(if entered { Some(true) } else { left.then_some(false) });
            }
        });
    });
    match done {
        Some(true) => {
            let draft = draft.clone();
            let wish = match draft.kind {
                DraftKind::Question => ReviewWish::Decide(Verdict::Ask, draft.words),
                DraftKind::Remark => ReviewWish::KeepRemark(draft.words),
                DraftKind::Answer => ReviewWish::Reply(Reply::Dispute(draft.words.trim().into())),
            };
            pane.out.desk(DeskCommand::Review(wish));
        }
        Some(false) => pane.out.desk(DeskCommand::Review(ReviewWish::Cancel)),
        None => {}
    }
}
