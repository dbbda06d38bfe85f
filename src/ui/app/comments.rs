//! Threads of comments in the window: shown in the inspector, gone to from their list.

use crate::model::{CommentId, DecisionId, End, Project, RecordId};
use crate::review::annotation_of;
use crate::ui::app::App;
use crate::ui::desk::{Mode, Selected};
use crate::ui::review::ReviewPage;
use crate::workbench::Notice;

impl App {
    /// Shows a thread of what is selected.
    pub(in crate::ui::app) fn open_thread(&mut self, id: CommentId) {
        self.panels.inspector.open_thread(id.clone());
        self.desk.thread = Some(id);
    }

    /// Goes to what a thread is about, and shows it.
    pub(in crate::ui::app) fn reveal_thread(&mut self, id: &CommentId) {
        let Some(bench) = &self.bench else { return };
        let Some(comment) = bench.project().comments().get(id) else { return };
        let target = comment.target.clone();
        match target {
            RecordId::Annotation(id) => self.reveal(id),
            RecordId::Relation(id) => {
                // Its words are on the page, if it has any.
                let end = words_of(bench.project(), &id);
                if let Some(end) = end {
                    self.reveal(end);
                }
                self.select(Some(Selected::Relation(id)));
            }
            RecordId::Entity(id) => self.select(Some(Selected::Entity(id))),
            RecordId::Document(id) => {
                self.show(id.clone());
                self.desk.mode = Mode::Reading;
                self.desk.selected = Some(Selected::Document(id));
            }
            RecordId::Decision(decision) => self.reveal_decision(&decision, id),
            RecordId::Note(_) | RecordId::Comment(_) => {
                let words = "What this thread is about has no place on the page";
                self.toasts.say(Notice::info(words));
            }
        }
        self.open_thread(id.clone());
    }
}

impl App {
    /// Goes to what was decided about while its guest is here, else to my annotation or record.
    fn reveal_decision(&mut self, decision: &DecisionId, thread: &CommentId) {
        self.refresh_queue();
        if let Some((guest, at)) = self.desk.review.kept().place_of(decision) {
            self.go_to_difference_with(guest, at);
            self.desk.review.comments.open(thread.clone());
            return;
        }
        if let Some(at) = self.desk.review.records.place_of(decision) {
            self.desk.review.page = ReviewPage::Records;
            self.show_review();
            self.go_to_difference(at);
            self.desk.review.comments.open(thread.clone());
            return;
        }
        let Some(bench) = &self.bench else { return };
        let record = bench.project().decisions().get(decision);
        let both = record.and_then(|record| record.records.as_deref());
        if let Some(both) =
            both.filter(|both| bench.project().entities().contains_key(&both.ours.id))
        {
            return self.select(Some(Selected::Entity(both.ours.id.clone())));
        }
        if let Some(mine) = record.and_then(|record| annotation_of(bench.project(), record)) {
            return self.reveal(mine);
        }
        let words = "What was decided about is not in your text; open the colleague’s file for review to see it";
        self.toasts.say(Notice::info(words));
    }
}

/// The end of a link that has words.
fn words_of(
    project: &Project,
    id: &crate::model::RelationId,
) -> Option<crate::model::AnnotationId> {
    let link = project.relations().get(id)?;
    [&link.from, &link.to].into_iter().find_map(|end| match end {
        End::Annotation(id) => Some(id.clone()),
        End::Entity(_) => None,
    })
}
