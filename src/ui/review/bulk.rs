//! Deciding many differences at once: how many and which they are is said first, then one key does it.

use crate::review::{Class, Difference};
use crate::ui::desk::Desk;
use crate::ui::outbox::DeskCommand;
use crate::ui::review::words::class_name;
use crate::ui::review::{Pane, ReviewDesk, ReviewPage, ReviewWish, Verdict, books};
use crate::ui::view::View;
use crate::ui::widgets::{Face, in_words, passage};
use egui::{Align, Button, Layout, Sense, Ui, UiBuilder, vec2};
use std::collections::BTreeMap;

/// Least height of the question.
const HEIGHT: f32 = 42.0;
/// Points that its buttons and edges take at most.
const BUTTONS: f32 = 290.0;

/// So many are decided in the frame; more by a job.
pub const AT_ONCE: usize = 300;

/// What waits for a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// What is to be decided.
    pub verdict: Verdict,
    /// Whether it is about differences or about records.
    pub of: ReviewPage,
    /// About which, counted from 0 in the comparison or in the list of records.
    pub ats: Vec<usize>,
    /// "Take theirs for 12 differences with Jonas: 12 only theirs, actors?"
    pub question: String,
}

impl Bulk {
    /// "12 differences", "3 records".
    pub fn count(&self) -> String {
        match self.of {
            ReviewPage::Records => in_words(self.ats.len(), "record", "records"),
            _ => in_words(self.ats.len(), "difference", "differences"),
        }
    }
}

/// The question about all that is shown and not decided yet; none, if there is nothing.
pub fn offer(view: &View<'_>, review: &ReviewDesk, verdict: Verdict) -> Option<Bulk> {
    let visit = review.visit()?;
    if review.page == ReviewPage::Records {
        return offer_records(view, review, verdict);
    }
    let all = &visit.comparison.differences;
    let open =
        |at: &usize| all.get(*at).is_some_and(Difference::differs) && review.verdict(*at).is_none();
    let ats: Vec<usize> = review.queue().iter().copied().filter(open).collect();
    if ats.is_empty() {
        return None;
    }
    let mut classes: BTreeMap<Class, usize> = BTreeMap::new();
    for one in ats.iter().filter_map(|at| all.get(*at)) {
        *classes.entry(one.class).or_default() += 1;
    }
    let classes: Vec<String> = classes
        .into_iter()
        .map(|(class, count)| format!("{count} {}", class_name(class).to_lowercase()))
        .collect();
    let verb = verb(&visit.called, verdict);
    let only = only(view, review);
    let count = in_words(ats.len(), "difference", "differences");
    let gain = if ats.len() > AT_ONCE {
        books::possible_gain(view, visit, verdict)
    } else {
        let settled = review.kept.settled(review.guest);
        books::gain(view, (visit, settled), &ats, verdict)
    };
    let gain = gain.map_or_else(String::new, |words| format!(" It {words}."));
    let question = format!("{verb} for {count}: {}{only}?{gain}", classes.join(", "));
    Some(Bulk { verdict, of: ReviewPage::Differences, ats, question })
}

/// The same about the records that differ.
fn offer_records(view: &View<'_>, review: &ReviewDesk, verdict: Verdict) -> Option<Bulk> {
    let visit = review.visit()?;
    let records = &review.records;
    let open = |at: &usize| records.all.get(*at).is_some_and(|one| records.verdict(one).is_none());
    let ats: Vec<usize> = (0..records.all.len()).filter(open).collect();
    if ats.is_empty() {
        return None;
    }
    let verb = verb(&visit.called, verdict);
    let gain = books::gain_of_records(view, visit, &records.all_open(), verdict);
    let gain = gain.map_or_else(String::new, |words| format!(" It {words}."));
    let bulk = Bulk { verdict, of: ReviewPage::Records, ats, question: String::new() };
    let question = format!("{verb} for {}?{gain}", bulk.count());
    Some(Bulk { question, ..bulk })
}

fn verb(name: &str, verdict: Verdict) -> String {
    match verdict {
        Verdict::Mine => "Keep mine".to_owned(),
        Verdict::Theirs => format!("Take {name}’s"),
        Verdict::Both => "Take both".to_owned(),
        Verdict::Neither => "Reject both".to_owned(),
        Verdict::Ask => format!("Ask {name}"),
        Verdict::Edited => "Leave as edited".to_owned(),
    }
}

/// " · actors · Anna": the filters that are set.
fn only(view: &View<'_>, review: &ReviewDesk) -> String {
    let filter = &review.filter;
    let layer = filter.layer.as_ref().map(|id| {
        let layer = view.project.codebook.layer(id);
        layer.map_or_else(|| id.to_string(), |layer| layer.plural.to_lowercase())
    });
    let document = filter.document.as_ref().and_then(|id| view.project.sheet(id));
    let document = document.map(|sheet| sheet.document().title.to_string());
    let by = filter.annotator.as_ref().map(|name| format!("by {name}"));
    let parts: Vec<String> = layer.into_iter().chain(document).chain(by).collect();
    if parts.is_empty() { String::new() } else { format!(" · {}", parts.join(" · ")) }
}

/// The question above the words, while there is one.
pub(in crate::ui::review) fn strip(pane: &mut Pane<'_>, desk: &Desk, ui: &mut Ui) {
    let Some(bulk) = &desk.review.bulk else { return };
    let tokens = pane.view.tokens;
    // The question is read whole before it is answered.
    let (style, scale) = (Face::Bold.style(tokens), ui.pixels_per_point());
    let room = (ui.available_width() - BUTTONS).max(120.0);
    let asked = pane.engine.shaped(&bulk.question, room, &style, scale).size().y;
    let size = vec2(ui.available_width(), HEIGHT.max(asked + 20.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, 0.0, tokens.selection);
    let inner = rect.shrink2(vec2(16.0, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new("Cancel")).on_hover_text("Esc").clicked() {
                pane.out.desk(DeskCommand::Review(ReviewWish::Cancel));
            }
            let yes = format!("Yes, {}", bulk.count());
            if ui.add(Button::new(yes)).on_hover_text("Enter").clicked() {
                pane.out.desk(DeskCommand::Review(ReviewWish::DecideAll));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let width = ui.available_width() - 8.0;
                let label = passage(ui, pane.kit(), &bulk.question, Face::Bold, tokens.ink, width);
                ui.ctx().accesskit_node_builder(label.id, |node| {
                    node.set_live(egui::accesskit::Live::Assertive);
                });
            });
        });
    });
}
