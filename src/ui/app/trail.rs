//! Jumps and the way back: where one was is remembered when one goes out of sight of it.

use crate::model::DocumentId;
use crate::text::Offset;
use crate::ui::app::App;

/// Places remembered.
const LONGEST: usize = 100;

impl App {
    /// Remembers the place that one leaves for another, if that is out of sight.
    pub(in crate::ui::app) fn leave_for(&mut self, document: &DocumentId, at: Offset) {
        if !self.desk.page.sees(document, at) {
            self.leave();
        }
    }

    /// Remembers the place where one is.
    pub(in crate::ui::app) fn leave(&mut self) {
        let desk = &mut self.desk;
        let Some(here) = desk.document.clone() else { return };
        let place = (here, desk.page.caret.at, desk.selected.clone());
        if desk.trail.last() != Some(&place) {
            desk.trail.push(place);
        }
        if desk.trail.len() > LONGEST {
            desk.trail.remove(0);
        }
    }

    /// Back to the last place remembered.
    pub(in crate::ui::app) fn go_back(&mut self) {
        let Some(mut place) = self.desk.trail.pop() else { return };
        // One that was remembered before words were looked for and not found is no way.
        let caret = self.desk.page.caret.at;
        let here = |document: &DocumentId, at| {
            Some(document) == self.desk.document.as_ref() && at == caret
        };
        if here(&place.0, place.1)
            && let Some(before) = self.desk.trail.pop()
        {
            place = before;
        }
        let (document, at, selected) = place;
        let Some(bench) = &self.bench else { return };
        let Some(sheet) = bench.project().sheet(&document) else { return };
        let end = Offset(sheet.document().text.len_bytes());
        self.show(document);
        self.desk.page.reveal_at(at.min(end));
        self.desk.words = None;
        self.desk.selected = selected;
        self.prune();
    }
}
