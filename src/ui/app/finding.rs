//! Wishes that look for something: further mentions, words, problems.

use crate::model::AnnotationId;
use crate::ui::app::App;
use crate::ui::desk::{Focus, Mode};
use crate::ui::page::find::Onwards;
use crate::ui::tag_all::TagAllDesk;
use crate::workbench::Notice;

/// The most characters of a selection that are looked for.
const MOST: usize = 200;

impl App {
    /// The selected words, as far as one would look for them.
    fn words_to_find(&self) -> Option<String> {
        let bench = self.bench.as_ref()?;
        let text = &bench.project().sheet(self.desk.document.as_ref()?)?.document().text;
        let words = text.slice(self.desk.words.as_ref()?.hull());
        let short = words.chars().count() <= MOST && !words.contains('\n');
        short.then(|| words.to_owned())
    }

    /// Opens the bar above the page.
    pub(in crate::ui::app) fn find(&mut self) {
        let words = self.words_to_find();
        let caret = &self.desk.page.caret;
        self.desk.find.start(words, caret.at.min(caret.anchor));
        self.desk.focus = Some(Focus::Find);
    }

    /// Selects the next or previous hit.
    pub(in crate::ui::app) fn find_step(&mut self, onwards: Onwards) {
        let Some(bench) = &self.bench else { return };
        let sheet = self.desk.document.as_ref().and_then(|id| bench.project().sheet(id));
        let Some(sheet) = sheet else { return };
        let find = &mut self.desk.find;
        find.refresh(sheet.document());
        let caret = &self.desk.page.caret;
        match find.step(onwards, caret.anchor, caret.at) {
            Some(hit) => {
                self.desk.selected = None;
                self.desk.page.reveal_words(hit);
            }
            None => {
                let words = format!("“{}” is not in this document", find.wanted.words);
                self.toasts.say(Notice::info(words));
            }
        }
    }

    /// Closes the bar; the hit stays selected, for a layer's letter.
    pub(in crate::ui::app) fn close_find(&mut self) {
        self.desk.find.open = false;
        self.desk.focus = Some(Focus::Page);
    }

    /// Opens the checklist of further mentions, or says that there are none.
    pub(in crate::ui::app) fn offer_mentions(&mut self, like: &AnnotationId) {
        let Some(bench) = &self.bench else { return };
        self.desk.mode = Mode::Reading;
        match TagAllDesk::open(bench.project(), like) {
            Ok(list) => self.desk.tag_all = Some(list),
            Err(why) => self.toasts.say(Notice::info(why)),
        }
    }
}
