//! Wishes that look for something: further mentions, words, problems.

use crate::model::AnnotationId;
use crate::ui::app::App;
use crate::ui::desk::Mode;
use crate::ui::tag_all::TagAllDesk;
use crate::workbench::Notice;

impl App {
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
