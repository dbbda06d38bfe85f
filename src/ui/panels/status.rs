//! The status line: what is on disk, how much there is, what is selected, who works here.

use egui::{Align, Frame, Layout, Margin, Panel, RichText, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::query::{self, Counts};
use crate::text::{Text, words_in};
use crate::ui::desk::Desk;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::panels::kept::Kept;
use crate::ui::view::View;
use crate::ui::widgets::{in_words, quiet_button, side_text};
use crate::workbench::Workbench;

/// What the status line keeps between frames.
#[derive(Default)]
pub struct StatusDesk {
    counts: Kept<(), Counts>,
    /// How many words the selected ones are.
    words: Option<(crate::model::Fragments, usize)>,
}

/// The status line.
pub fn status_line(view: &View<'_>, desk: &Desk, mine: &mut StatusDesk, out: &mut Outbox, ui: &mut Ui) {
    let tokens = view.tokens;
    let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(16, 0));
    Panel::bottom("status").exact_size(tokens.size.status).frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 20.0;
            side_text(ui, tokens, &saved(view.bench));
            side_text(ui, tokens, &format!("change {}", view.bench.changes()));
            let counts = mine.counts.of(view, (), || query::counts(view.project));
            let (spans, links) = (counts.annotations, counts.links);
            let much = [in_words(spans, "span", "spans"), in_words(links, "link", "links")];
            side_text(ui, tokens, &much.join(" · "));
            if let Some(trouble) = view.bench.journal_trouble() {
                let words = RichText::new("Changes are not kept in case of a crash").size(tokens.size.small);
                ui.label(words.color(tokens.warning)).on_hover_text(trouble);
            }
            if view.bench.read_only().is_some() {
                side_text(ui, tokens, "read only");
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| right(view, desk, mine, out, ui));
        });
    });
}

fn right(view: &View<'_>, desk: &Desk, mine: &mut StatusDesk, out: &mut Outbox, ui: &mut Ui) {
    let tokens = view.tokens;
    side_text(ui, tokens, &format!("{:.0} %", ui.ctx().zoom_factor() * 100.0));
    let annotator = view.bench.author().annotator.as_str();
    let button = quiet_button(ui, tokens, if annotator.is_empty() { "Your name…" } else { annotator });
    if button.on_hover_text("Who annotates here").clicked() {
        out.desk(DeskCommand::AskAnnotator);
    }
    let text = desk.document.as_ref().and_then(|id| view.project.sheet(id));
    let Some(text) = text.map(|sheet| &sheet.document().text) else { return };
    if let Some(count) = mine.selected_words(desk, text) {
        side_text(ui, tokens, &format!("selection {}", in_words(count, "word", "words")));
    }
}

impl StatusDesk {
    fn selected_words(&mut self, desk: &Desk, text: &Text) -> Option<usize> {
        let Some(fragments) = &desk.words else {
            self.words = None;
            return None;
        };
        match &self.words {
            Some((known, count)) if known == fragments => Some(*count),
            _ => {
                let spans = fragments.spans().iter().filter(|span| text.holds(**span));
                let count = spans.map(|span| words_in(text, *span).len()).sum();
                self.words = Some((fragments.clone(), count));
                Some(count)
            }
        }
    }
}

/// What is on disk, in words.
fn saved(bench: &Workbench) -> String {
    if bench.is_saving() {
        "Saving…".to_owned()
    } else if bench.path().is_none() {
        "Not saved yet".to_owned()
    } else if bench.is_dirty() {
        "Unsaved changes".to_owned()
    } else {
        bench.saved_at().map_or_else(|| "Saved".to_owned(), |at| format!("Saved {}", clock(at)))
    }
}

/// Hours and minutes where the person is.
fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%H:%M").to_string()
}
