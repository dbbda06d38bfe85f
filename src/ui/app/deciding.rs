//! What a person decides in a review: it becomes one step of the project, and the next difference opens by itself.
//!
//! What a choice does to the records is worked out by the workbench; here is what is shown after it.

use crate::jobs;
use crate::model::{Annotation, AnnotationId};
use crate::review::{Decided, RecordDifference, Reply, Ruling, SideBySide};
use crate::ui::app::App;
use crate::ui::desk::Focus;
use crate::ui::review::{Editing, ReviewPage, Verdict, Visit};
use crate::ui::widgets::in_words;
use crate::workbench::{self, Command, Notice, Outcome, ReviewCommand};
use egui::Context;
use std::path::PathBuf;
use std::sync::Arc;

impl App {
    /// This about the difference that is shown; then the next one that is open.
    pub(in crate::ui::app) fn decide(&mut self, verdict: Verdict, words: String) {
        let review = &self.desk.review;
        let Some(visit) = review.visit().cloned() else { return };
        let words = if words.is_empty() { review.words_so_far() } else { words };
        let ruling = Ruling { verdict, remark: words.trim().into() };
        if review.page == ReviewPage::Records {
            return self.decide_record(&visit, &ruling);
        }
        let Some((at, _)) = review.current() else { return };
        let next = review.next_open();
        self.desk.review.draft = None;
        if self.rule(&visit, &[at], &ruling).is_some() {
            self.desk.review.remark = None;
            self.open_next(next);
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// This about the record that is shown; then the next one that is open.
    fn decide_record(&mut self, visit: &Visit, ruling: &Ruling) {
        let Some(one) = self.desk.review.records.current().cloned() else { return };
        let next = self.desk.review.records.next_open();
        self.desk.review.draft = None;
        if self.rule_records(visit, &[one], ruling).is_some() {
            self.desk.review.remark = None;
            self.open_next(next);
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// Decides about records; how many are decided by it.
    pub(in crate::ui::app) fn rule_records(
        &mut self,
        visit: &Visit,
        which: &[RecordDifference],
        ruling: &Ruling,
    ) -> Option<usize> {
        let bench = self.bench.as_ref()?;
        let case = SideBySide::new(bench.project(), &visit.guest, &visit.comparison);
        let decided = bench.decided_records(&case.since(&visit.ours), which, ruling);
        self.carry_out(decided)
    }

    /// Decides; how many differences are decided by it. What cannot be decided so is said.
    pub(in crate::ui::app) fn rule(
        &mut self,
        visit: &Visit,
        which: &[usize],
        ruling: &Ruling,
    ) -> Option<usize> {
        let bench = self.bench.as_ref()?;
        let project = Arc::clone(bench.project());
        let case = SideBySide::new(&project, &visit.guest, &visit.comparison).since(&visit.ours);
        let settled = self.desk.review.kept().settled(self.desk.review.guest);
        let decided = bench.decided(&case.knowing(settled), which, ruling);
        self.carry_out(decided)
    }

    /// Does what deciding came to; how many differences are decided by it.
    pub(in crate::ui::app) fn carry_out(&mut self, decided: Decided) -> Option<usize> {
        let bench = self.bench.as_mut()?;
        let done = decided.done.len();
        let outcome = bench.perform(&Command::Review(ReviewCommand::Decide(decided)));
        self.carried_out(done, outcome)
    }

    /// Says what came of doing what was decided about so many.
    pub(in crate::ui::app) fn carried_out(
        &mut self,
        done: usize,
        outcome: Result<Outcome, Notice>,
    ) -> Option<usize> {
        self.toasts.forget_undo();
        match outcome {
            Ok(outcome) => {
                if let Some(said) = outcome.said {
                    self.toasts.say(Notice::info(said));
                }
            }
            Err(notice) => {
                self.toasts.say(notice);
                return None;
            }
        }
        let now = self.bench.as_ref()?.author().signature().stamp.at;
        match done {
            1 => self.desk.review.pace.decided(now),
            _ => self.desk.review.pace.began(now),
        }
        self.prune();
        (done > 0).then_some(done)
    }

    pub(in crate::ui::app) fn open_next(&mut self, next: Option<usize>) {
        if let Some(at) = next {
            self.go_to_difference(at);
        } else {
            self.toasts.say(Notice::info("Nothing that is shown is open any more"));
        }
    }

    /// Words that go along with the decision about the difference that is shown, or with the next one.
    pub(in crate::ui::app) fn keep_remark(&mut self, words: String) {
        let review = &mut self.desk.review;
        review.draft = None;
        match review.decision().map(|decision| decision.id.clone()) {
            Some(id) => {
                let command = ReviewCommand::Remark(id, words.trim().into());
                self.ask_project(&Command::Review(command));
            }
            None => review.remark = Some((review.spot(), words)),
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// What only they have is taken, so that it can be edited; as it was taken.
    pub(in crate::ui::app) fn take_to_edit(
        &mut self,
        visit: &Visit,
        at: usize,
        theirs: &AnnotationId,
    ) -> Option<Annotation> {
        let taken = |app: &Self| {
            let bench = app.bench.as_ref()?;
            let case = SideBySide::new(bench.project(), &visit.guest, &visit.comparison);
            let id = case.called_here(theirs);
            bench.project().annotation(&id).map(|record| record.value.clone())
        };
        if taken(self).is_none() {
            let remark = self.desk.review.words_so_far().trim().into();
            self.rule(visit, &[at], &Ruling { verdict: Verdict::Theirs, remark })?;
            self.desk.review.remark = None;
        }
        taken(self)
    }

    /// Whoever comes back from an edit has decided, if something was changed.
    pub(in crate::ui::app) fn edited(&mut self, editing: &Editing) {
        self.desk.review.at = editing.at;
        let Some(bench) = &self.bench else { return };
        let now = bench.project().annotation(&editing.unedited.id);
        let changed = now.is_some_and(|now| now.value != editing.unedited);
        self.refresh_queue();
        if changed {
            self.decide(Verdict::Edited, String::new());
        }
    }

    /// What I say to the decision about my work that is shown; then the next one without an answer.
    pub(in crate::ui::app) fn reply(&mut self, reply: &Reply) {
        self.desk.review.draft = None;
        let work = &self.desk.review.work;
        let (Some(letter), Some(fate)) = (work.letter.clone(), work.current().cloned()) else {
            return;
        };
        let next = work.next_open();
        let Some(bench) = &mut self.bench else { return };
        let answered = bench.answered(&letter, &[&fate], reply);
        let done = answered.done;
        self.ask_project(&Command::Review(ReviewCommand::Answer(answered)));
        if let (true, Some(at)) = (done > 0, next) {
            self.go_to_difference(at);
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// Writes what was decided about the guest that is shown, for its author, in the background.
    pub(in crate::ui::app) fn save_review(&mut self, path: PathBuf, ctx: &Context) {
        let Some(visit) = self.desk.review.visit().cloned() else { return };
        let Some(bench) = &self.bench else { return };
        if self.reviewing.writing.is_some() {
            return self.toasts.say(Notice::info("A review is being saved"));
        }
        let (project, wake) = (Arc::clone(bench.project()), ctx.clone());
        let stamp = bench.author().signature().stamp;
        self.reviewing.writing = Some(jobs::start(
            "Saving the review",
            move || wake.request_repaint(),
            move |_| {
                let case = SideBySide::new(&project, &visit.guest, &visit.comparison);
                let written = workbench::write_review(&case, stamp, &path)?;
                let count = in_words(written.decisions, "decision", "decisions");
                let name = &visit.guest.name;
                Ok(Notice::info(format!("Saved {count} for {name}: {}", path.display())))
            },
        ));
    }
}
