//! Jumps and the way back: where one was is remembered when one goes out of sight of it.

use crate::model::DocumentId;
use crate::text::Offset;
use crate::ui::app::App;
use crate::ui::desk::Selected;

/// A document, a place in it, and what was selected there.
type Place = (DocumentId, Offset, Option<Selected>);

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
        let Some(place) = self.here_now() else { return };
        let desk = &mut self.desk;
        desk.ahead.clear();
        if desk.trail.last() != Some(&place) {
            desk.trail.push(place);
        }
        if desk.trail.len() > LONGEST {
            desk.trail.remove(0);
        }
    }

    /// Back to the last place remembered.
    pub(in crate::ui::app) fn go_back(&mut self) {
        let Some(mut to) = self.desk.trail.pop() else { return };
        let here = self.here_now();
        // One that was remembered before words were looked for and not found is no way.
        let is_here =
            |to: &Place| here.as_ref().is_some_and(|here| here.0 == to.0 && here.1 == to.1);
        if is_here(&to)
            && let Some(before) = self.desk.trail.pop()
        {
            to = before;
        }
        self.desk.ahead.extend(here);
        self.come_to(to);
    }

    /// Forward again to where one has gone back from.
    pub(in crate::ui::app) fn go_forward(&mut self) {
        let Some(to) = self.desk.ahead.pop() else { return };
        let here = self.here_now();
        self.desk.trail.extend(here);
        self.come_to(to);
    }

    /// Where one is.
    fn here_now(&self) -> Option<Place> {
        let desk = &self.desk;
        Some((desk.document.clone()?, desk.page.caret.at, desk.selected.clone()))
    }

    fn come_to(&mut self, (document, at, selected): Place) {
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
