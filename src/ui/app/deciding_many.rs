//! Deciding many differences at once: few are decided in the frame, thousands by a job, which can be watched and stopped.
//!
//! What the job brings is done only in the very project that it began with. If that was changed meanwhile, it is worked
//! out anew for those that are still open; what is decided by hand meanwhile would be gone over, so it has to wait.

use crate::jobs::{self, Job};
use crate::model::Project;
use crate::review::{Difference, RecordDifference, Ruling, SideBySide};
use crate::ui::app::App;
use crate::ui::desk::Focus;
use crate::ui::review::{AT_ONCE, Bulk, ReviewPage, ReviewWish, Visit};
use crate::ui::widgets::in_words;
use crate::workbench::{self, Notice, WorkedOut};
use egui::Context;
use std::sync::Arc;

/// Many differences that are being decided.
pub(in crate::ui::app) struct DecidingMany {
    pub(in crate::ui::app) job: Job<Result<WorkedOut, Notice>>,
    /// My project as it was when it began.
    base: Arc<Project>,
    visit: Arc<Visit>,
    bulk: Bulk,
}

impl App {
    /// The same about all that was asked about; one step.
    pub(in crate::ui::app) fn decide_all(&mut self, ctx: &Context) {
        let Some(bulk) = self.desk.review.bulk.take() else { return };
        let Some(visit) = self.desk.review.visit().cloned() else { return };
        self.desk.focus = Some(Focus::Page);
        if bulk.of == ReviewPage::Records {
            return self.decide_all_records(&visit, &bulk);
        }
        if bulk.ats.len() > AT_ONCE {
            return self.begin_deciding(visit, bulk, ctx);
        }
        let done = self.rule(&visit, &bulk.ats, &Ruling::plain(bulk.verdict));
        self.decided_all(done);
    }

    fn decide_all_records(&mut self, visit: &Visit, bulk: &Bulk) {
        let all = &self.desk.review.records.all;
        let which: Vec<RecordDifference> =
            bulk.ats.iter().filter_map(|at| all.get(*at).cloned()).collect();
        let ruling = Ruling::plain(bulk.verdict);
        if let Some(done) = self.rule_records(visit, &which, &ruling) {
            self.toasts.done(format!("Decided {}", in_words(done, "record", "records")));
            self.refresh_queue();
            self.open_next(self.desk.review.records.next_open());
        }
    }

    fn begin_deciding(&mut self, visit: Arc<Visit>, bulk: Bulk, ctx: &Context) {
        let Some(bench) = &self.bench else { return };
        let (base, signature) = (Arc::clone(bench.project()), bench.author().signature());
        let (project, theirs, asked) = (Arc::clone(&base), Arc::clone(&visit), bulk.clone());
        let wake = ctx.clone();
        let job = jobs::start(
            "Deciding",
            move || wake.request_repaint(),
            move |progress| {
                progress.say(in_words(asked.ats.len(), "difference", "differences"));
                let case = SideBySide::new(&project, &theirs.guest, &theirs.comparison);
                let (case, ruling) = (case.since(&theirs.ours), Ruling::plain(asked.verdict));
                let what = (asked.ats.as_slice(), &ruling);
                workbench::work_out(Arc::clone(&project), &case, what, signature, progress)
            },
        );
        self.reviewing.deciding = Some(DecidingMany { job, base, visit, bulk });
    }

    /// Takes in what was decided, once it is there.
    pub(in crate::ui::app) fn collect_decided(&mut self, ctx: &Context) {
        let Some(many) = &mut self.reviewing.deciding else { return };
        let Some(ended) = many.job.poll() else { return };
        let Some(many) = self.reviewing.deciding.take() else { return };
        match ended {
            Ok(Ok(worked_out)) => self.take_in_decided(many, worked_out, ctx),
            Ok(Err(notice)) => self.toasts.say(notice),
            Err(error) => self.toasts.say(Notice::error("Nothing was decided", error)),
        }
    }

    fn take_in_decided(&mut self, many: DecidingMany, worked_out: WorkedOut, ctx: &Context) {
        let visits = self.desk.review.session.iter().flat_map(|session| &session.visits);
        let same = |visit: &Arc<Visit>| Arc::ptr_eq(&visit.comparison, &many.visit.comparison);
        let Some(guest) = visits.into_iter().position(same) else {
            let name = &many.visit.guest.name;
            let words =
                format!("{name} was compared anew meanwhile; ask again for those that are open");
            return self.toasts.say(Notice::error("Nothing was decided", words));
        };
        let Some(bench) = &mut self.bench else { return };
        if !Arc::ptr_eq(bench.project(), &many.base) {
            return self.decide_anew(guest, many, ctx);
        }
        let done = worked_out.decided.done.len();
        let outcome = bench.perform_worked_out(worked_out);
        let done = self.carried_out(done, outcome);
        self.decided_all(done);
    }

    /// My project is another one by now: what is still open is decided in that.
    fn decide_anew(&mut self, guest: usize, many: DecidingMany, ctx: &Context) {
        self.refresh_queue();
        let DecidingMany { visit, mut bulk, .. } = many;
        let (kept, all) = (self.desk.review.kept(), &visit.comparison.differences);
        bulk.ats.retain(|at| {
            all.get(*at).is_some_and(Difference::differs) && kept.verdict(guest, *at).is_none()
        });
        self.begin_deciding(visit, bulk, ctx);
    }

    /// Says how many were decided, and goes on to the next that is open.
    fn decided_all(&mut self, done: Option<usize>) {
        let Some(done) = done else { return };
        self.toasts.done(format!("Decided {}", in_words(done, "difference", "differences")));
        self.refresh_queue();
        if self.desk.review.page == ReviewPage::Differences && self.desk.review.shown {
            let next = self.desk.review.next_open();
            self.open_next(next);
        }
    }

    /// Gives up deciding many, if that is under way.
    pub(in crate::ui::app) fn stop_deciding(&mut self) {
        if self.reviewing.deciding.take().is_some() {
            self.toasts.say(Notice::info("Deciding was cancelled; nothing was changed"));
        }
    }

    /// While many are being decided nothing else is: it would be gone over, or hold them up. Says so.
    pub(in crate::ui::app) fn waits_for_many(&mut self, wish: &ReviewWish) -> bool {
        let decides = matches!(
            wish,
            ReviewWish::Decide(..)
                | ReviewWish::Offer(_)
                | ReviewWish::DecideAll
                | ReviewWish::Edit
        );
        let waits = decides && self.reviewing.deciding.is_some();
        if waits {
            self.toasts.say(Notice::info(
                "Many differences are being decided: wait until that is done, or cancel it",
            ));
        }
        waits
    }
}
