//! Finding words in the document: the bar above the page, the hits on it, and the way from one to the next.
//!
//! Hits are looked for once for a text and the words wanted; a frame only asks for those in sight. The hit one is at is
//! simply what is selected, so that a layer's letter tags it at once.

use crate::model::{Document, DocumentId};
use crate::query::{Case, Reach, Wanted, occurrences};
use crate::text::{Offset, Span, Text};
use crate::ui::desk::{Desk, Focus};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::Frame;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::{Enter, pill_toggle, search_field, tip};
use egui::{Button, Id, Margin, Panel, RichText, Ui, vec2};

/// What is looked for in the document.
#[derive(Default)]
pub struct FindDesk {
    /// Whether the bar is open.
    pub open: bool,
    /// What is looked for.
    pub wanted: Wanted,
    found: Option<(DocumentId, Text, Wanted)>,
    hits: Vec<Span>,
    /// The hit one is at, counted from 0.
    current: Option<usize>,
    /// Where one was when the bar was opened: what is typed is looked for from there.
    from: Offset,
}

/// Onwards in the text, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onwards {
    /// To the next one.
    Yes,
    /// To the one before.
    No,
}

impl FindDesk {
    /// Opens the bar, with `words` if there are any, to look from `from` on.
    pub fn start(&mut self, words: Option<String>, from: Offset) {
        if let Some(words) = words {
            self.wanted.words = words;
        }
        (self.open, self.from) = (true, from);
    }

    /// Brings the hits up to date; whether they had to be looked for.
    pub fn refresh(&mut self, document: &Document) -> bool {
        let known = self.found.as_ref().is_some_and(|(id, text, wanted)| {
            *id == document.id && *text == document.text && *wanted == self.wanted
        });
        if !known {
            self.hits = occurrences(&document.text, &self.wanted).collect();
            self.current = None;
            self.found = Some((document.id.clone(), document.text.clone(), self.wanted.clone()));
        }
        !known
    }

    /// The hits that touch the text between two places.
    pub fn between(&self, start: Offset, end: Offset) -> &[Span] {
        let from = self.hits.partition_point(|hit| hit.end() <= start);
        let to = self.hits.partition_point(|hit| hit.start() < end);
        self.hits.get(from..to.max(from)).unwrap_or_default()
    }

    /// Whether these words are a hit.
    pub fn is_hit(&self, words: Span) -> bool {
        self.hits.binary_search(&words).is_ok()
    }

    /// All hits.
    pub fn hits(&self) -> &[Span] {
        &self.hits
    }

    /// Goes to the next hit from the selection, round the end of the text.
    pub fn step(&mut self, onwards: Onwards, anchor: Offset, at: Offset) -> Option<Span> {
        let here = Span::between(anchor, at);
        let last = self.hits.len().checked_sub(1)?;
        let next = match (self.current, onwards) {
            (Some(index), Onwards::Yes) if self.hits.get(index).copied() == here => index + 1,
            (Some(index), Onwards::No) if self.hits.get(index).copied() == here => {
                index.checked_sub(1).unwrap_or(last)
            }
            (_, Onwards::Yes) => self.hits.partition_point(|hit| hit.start() < at),
            (_, Onwards::No) => {
                let before = self.hits.partition_point(|hit| hit.end() <= anchor.min(at));
                before.checked_sub(1).unwrap_or(last)
            }
        };
        self.go(if next > last { 0 } else { next })
    }

    /// Goes to the first hit from where the bar was opened.
    fn first(&mut self) -> Option<Span> {
        let next = self.hits.partition_point(|hit| hit.start() < self.from);
        let next = if next < self.hits.len() { next } else { 0 };
        self.go(next)
    }

    fn go(&mut self, index: usize) -> Option<Span> {
        let hit = self.hits.get(index).copied();
        self.current = hit.map(|_| index);
        hit
    }

    /// "3 of 17".
    fn count(&self) -> String {
        match (self.current, self.hits.len()) {
            _ if self.wanted.words.is_empty() => String::new(),
            (_, 0) => "nothing found".to_owned(),
            (Some(index), all) => format!("{} of {all}", index + 1),
            (None, all) => format!("{all} found"),
        }
    }
}

/// The field's id.
pub fn find_id() -> Id {
    Id::unique("find in the document")
}

/// Shows the bar above the page while it is open.
pub fn find_bar(
    ui: &mut Ui,
    view: &View<'_>,
    desk: &mut Desk,
    engine: &mut TextEngine,
    out: &mut Outbox,
) {
    let Some(sheet) = desk.document.as_ref().and_then(|id| view.project.sheet(id)) else { return };
    if !desk.find.open {
        return;
    }
    let tokens = view.tokens;
    let frame = egui::Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(16, 5));
    Panel::top("find").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let changed = field(ui, (tokens, engine), desk);
            let toggled = toggles(ui, tokens, &mut desk.find.wanted);
            let asked = changed || ui.memory(|memory| memory.has_focus(find_id()));
            let anew = desk.find.refresh(sheet.document());
            if anew
                && (asked || toggled)
                && let Some(hit) = desk.find.first()
            {
                desk.page.reveal_words(hit);
            }
            ui.add_space(4.0);
            let none = desk.find.hits.is_empty() && !desk.find.wanted.words.is_empty();
            let count = RichText::new(desk.find.count()).size(tokens.size.small);
            let count = ui.label(count.color(if none { tokens.warning } else { tokens.muted }));
            let polite = egui::accesskit::Live::Polite;
            ui.ctx().accesskit_node_builder(count.id, |node| node.set_live(polite));
            buttons(ui, tokens, desk, out);
        });
    });
}

fn field(ui: &mut Ui, kit: (&Tokens, &mut TextEngine), desk: &mut Desk) -> bool {
    let asked = desk.focus.take_if(|focus| *focus == Focus::Find).is_some();
    let enter = if asked { Enter::Now } else { Enter::No };
    let width = (ui.available_width() - 420.0).clamp(120.0, 280.0);
    let field = (find_id(), "Find in this document");
    search_field(ui, kit, field, &mut desk.find.wanted.words, (enter, width))
}

/// Whole words, and whether capitals matter; whether one was changed.
pub(in crate::ui) fn toggles(ui: &mut Ui, tokens: &Tokens, wanted: &mut Wanted) -> bool {
    let mut toggled = false;
    let [words, case] =
        if ui.available_width() < 330.0 { ["W", "Aa"] } else { ["Whole words", "Match case"] };
    let whole = wanted.reach == Reach::WholeWords;
    let pill = pill_toggle(ui, tokens, (words, "Whole words"), tokens.ink, whole);
    if tip(pill, tokens, "No parts of words", Some("Alt+W")).clicked() {
        wanted.toggle_reach();
        toggled = true;
    }
    let exact = wanted.case == Case::Exact;
    let pill = pill_toggle(ui, tokens, (case, "Match case"), tokens.ink, exact);
    if tip(pill, tokens, "Capitals matter", Some("Alt+C")).clicked() {
        wanted.toggle_case();
        toggled = true;
    }
    toggled
}

fn buttons(ui: &mut Ui, tokens: &Tokens, desk: &Desk, out: &mut Outbox) {
    let some = !desk.find.hits.is_empty();
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let all = [
            ("×", "Close the find bar", "Esc", DeskCommand::CloseFind, true),
            ("↓", "Next hit", "F3", DeskCommand::FindStep(Onwards::Yes), some),
            ("↑", "Previous hit", "Shift+F3", DeskCommand::FindStep(Onwards::No), some),
        ];
        for (sign, name, keys, command, can) in all {
            let button = Button::new(RichText::new(sign).color(tokens.ink)).frame(false);
            let button = ui.add_enabled(can, button.min_size(vec2(26.0, 24.0)));
            let button = button.accessible_name(name);
            if tip(button, tokens, name, Some(keys)).clicked() {
                out.desk(command);
            }
        }
    });
}

impl Frame<'_> {
    /// The hits in sight.
    pub(in crate::ui::page) fn found(&self, desk: &Desk) {
        if let (true, Some((first, last))) =
            (desk.find.open, self.placed.first().zip(self.placed.last()))
        {
            for hit in desk.find.between(first.start, last.end) {
                self.fill(*hit, self.view.tokens.found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::document;
    use crate::ui::page::find::*;

    fn looking_for(words: &str) -> FindDesk {
        let mut find = FindDesk::default();
        find.wanted.words = words.into();
        find.refresh(&Document { text: Text::new("one two one two one"), ..document("d_1") });
        find
    }

    #[test]
    fn one_goes_round_the_end_and_on_from_where_the_caret_is() {
        let mut find = looking_for("one");
        let mut at = Offset(0);
        let mut starts = Vec::new();
        for _ in 0..4 {
            let hit = find.step(Onwards::Yes, at, at).unwrap();
            at = hit.end();
            starts.push((hit.start().0, find.count()));
        }
        let counts: Vec<&str> = starts.iter().map(|(_, count)| count.as_str()).collect();
        assert_eq!(counts, ["1 of 3", "2 of 3", "3 of 3", "1 of 3"]);
        let back = find.step(Onwards::No, Offset(0), Offset(3)).unwrap();
        assert_eq!(back.start(), Offset(16));
        let from_caret = find.step(Onwards::No, Offset(12), Offset(12)).unwrap();
        assert_eq!(from_caret.start(), Offset(8));
    }

    #[test]
    fn only_hits_that_touch_what_is_in_sight_are_asked_for() {
        let find = looking_for("one");
        assert_eq!(find.between(Offset(2), Offset(9)).len(), 2);
        assert_eq!(find.between(Offset(3), Offset(8)).len(), 0);
        assert_eq!(looking_for("none").count(), "nothing found");
    }
}
