//! The review in the window: guests are read and compared by a job, wishes lead through the differences.
//!
//! What is decided goes to the workbench; this only says what comes next.

use crate::jobs::{self, Job};
use crate::model::{EntityId, Project, RecordId};
use crate::review::Watch;
use crate::review::agreement::{AgreementReport, Coder, Known, Measure, Study, Unit};
use crate::ui::app::App;
use crate::ui::app::deciding_many::DecidingMany;
use crate::ui::desk::{Dialog, Focus, Selected};
use crate::ui::itself::Itself;
use crate::ui::page::find::Onwards;
use crate::ui::review::{
    Draft, DraftKind, Editing, ReviewDesk, ReviewPage, ReviewWish, Session, Tab, Verdict, Visit,
};
use crate::workbench::{self, GuestFile, Notice};
use egui::Context;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Guests that are being read.
pub(in crate::ui::app) type Reading = Job<Read>;
/// What came of reading files for a review.
pub(in crate::ui::app) struct Read {
    then: Then,
    pub(in crate::ui::app) visits: Vec<Visit>,
    /// A review of my own work.
    pub(in crate::ui::app) letter: Option<workbench::OpenedReview>,
    pub(in crate::ui::app) notices: Vec<Notice>,
    /// Files that could not be read.
    pub(in crate::ui::app) missing: Vec<PathBuf>,
}

/// What is done with guests that were read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui::app) enum Then {
    /// The check sheet is shown.
    Sheet,
    /// The review goes on.
    Differences,
    /// They take their own place.
    Replace,
}

impl Read {
    pub(in crate::ui::app) fn new(then: Then) -> Self {
        let (visits, letter, notices, missing) = (Vec::new(), None, Vec::new(), Vec::new());
        Self { then, visits, letter, notices, missing }
    }
}

/// Guests that are being compared anew.
pub(in crate::ui::app) type Comparing = Job<Result<Vec<Visit>, Notice>>;
/// Figures that are being worked out.
pub(in crate::ui::app) type Figures = Job<Result<AgreementReport, Notice>>;

/// A review file that is being written; what is said when it stands there.
pub(in crate::ui::app) type Writing = Job<Result<Notice, Notice>>;

/// After this time one looks again how far the figures are.
const SHARE: Duration = Duration::from_millis(100);

/// The work of a review in the background.
#[derive(Default)]
pub(in crate::ui::app) struct ReviewWork {
    pub(in crate::ui::app) reading: Option<Reading>,
    pub(in crate::ui::app) comparing: Option<Comparing>,
    /// With which project and guest it was asked last whether the guest has to be compared again.
    caught_up: Option<(Itself<Project>, usize)>,
    figures: Option<Figures>,
    /// Many differences that are being decided.
    pub(in crate::ui::app) deciding: Option<DecidingMany>,
    /// A review file that is being written.
    pub(in crate::ui::app) writing: Option<Writing>,
    /// Ends when something has happened to a guest's file.
    pub(in crate::ui::app) watching: Option<Job<Vec<GuestFile>>>,
    /// Files of the review that was gone on with which were not there.
    pub(in crate::ui::app) missing: Vec<PathBuf>,
    /// A report of agreement that is being written.
    pub(in crate::ui::app) reporting: Option<Job<Result<PathBuf, Notice>>>,
}

impl ReviewWork {
    /// What goes on when the guests have gone: files that are being written are not given up.
    pub(in crate::ui::app) fn without_guests(self) -> Self {
        Self { writing: self.writing, reporting: self.reporting, ..Self::default() }
    }
}

impl App {
    pub(in crate::ui::app) fn collect_review(&mut self, ctx: &Context) {
        self.collect_decided(ctx);
        if let Some(ended) = self.reviewing.reading.as_mut().and_then(Job::poll) {
            self.reviewing.reading = None;
            match ended {
                Ok(read) => self.take_in_guests(read, ctx),
                Err(error) => self.toasts.say(Notice::error("Not opened for review", error)),
            }
        }
        if let Some(ended) = self.reviewing.comparing.as_mut().and_then(Job::poll) {
            self.reviewing.comparing = None;
            match ended {
                Ok(Ok(visits)) => self.compared_anew(visits, ctx),
                Ok(Err(notice)) => self.not_compared(notice),
                Err(error) => self.not_compared(Notice::error("Not compared", error)),
            }
        }
        if let Some(ended) = self.reviewing.writing.as_mut().and_then(Job::poll) {
            self.reviewing.writing = None;
            self.toasts.say(match ended {
                Ok(Ok(notice) | Err(notice)) => notice,
                Err(error) => Notice::error("The review was not saved", error),
            });
        }
        if let Some(ended) = self.reviewing.reporting.as_mut().and_then(Job::poll) {
            self.reviewing.reporting = None;
            self.toasts.say(match ended {
                Ok(Ok(path)) => Notice::info(format!("Saved the report: {}", path.display())),
                Ok(Err(notice)) => notice,
                Err(error) => Notice::error("The report was not written", error),
            });
        }
        if let Some(ended) = self.reviewing.figures.as_mut().and_then(Job::poll) {
            self.reviewing.figures = None;
            let agreement = &mut self.desk.review.agreement;
            agreement.working = None;
            match ended {
                Ok(Ok(report)) => self.desk.review.take_figures(report),
                Ok(Err(notice)) => agreement.trouble = Some(notice.to_string()),
                Err(error) => agreement.trouble = Some(error.to_string()),
            }
        }
        if self.reviewing.figures.is_some() {
            // Their share is looked at again.
            ctx.request_repaint_after(SHARE);
        }
        self.catch_up(ctx);
    }

    /// The guest that is shown is compared again once something was decided with another, or that was undone.
    fn catch_up(&mut self, ctx: &Context) {
        let review = &self.desk.review;
        let Some((bench, visit)) = self.bench.as_ref().zip(review.visit()) else { return };
        let now = (Itself::of(bench.project()), review.guest);
        if self.reviewing.comparing.is_some() || self.reviewing.caught_up.as_ref() == Some(&now) {
            return;
        }
        let behind = review.kept().guests() > 1 && visit.is_behind(bench.project());
        self.reviewing.caught_up = Some(now);
        if behind {
            self.compare_anew(ctx);
        }
    }

    fn take_in_guests(&mut self, read: Read, ctx: &Context) {
        for notice in read.notices {
            self.toasts.say(notice);
        }
        if read.then == Then::Replace {
            for visit in read.visits {
                self.replace_guest(visit, ctx);
            }
            return;
        }
        if !read.visits.is_empty() {
            if read.then == Then::Differences {
                self.reviewing.missing = read.missing;
            }
            self.begin_session(read.visits, ctx);
            if read.then == Then::Differences {
                self.refresh_queue();
                let kept = self.desk.review.kept();
                let open = |at: &usize| kept.progress(*at).decided < kept.progress(*at).all;
                let first = (0..kept.guests()).find(open).unwrap_or_default();
                self.review_wish(ReviewWish::Guest(first), ctx);
                self.review_wish(ReviewWish::Begin, ctx);
            }
        }
        if let Some(letter) = read.letter {
            self.show_work(letter);
        }
    }

    /// The guests are there: the check sheet is shown. More guests join those that are there.
    fn begin_session(&mut self, mut visits: Vec<Visit>, ctx: &Context) {
        self.call_apart(&mut visits);
        let mut session = self.desk.review.session.take().unwrap_or_default();
        for visit in visits {
            session.visits.retain(|other| other.source.real != visit.source.real);
            session.visits.push(Arc::new(visit));
        }
        let me = self.bench.as_ref().map(|bench| bench.author().annotator.as_str());
        session.tell_apart(me.unwrap_or_default());
        let guest = session.visits.len() - 1;
        let work = std::mem::take(&mut self.desk.review.work);
        self.desk.review = ReviewDesk::default();
        self.desk.review.work = work;
        self.desk.review.shown = true;
        self.desk.review.guest = guest;
        self.desk.review.at = usize::MAX;
        self.desk.review.session = Some(session);
        self.desk.focus = Some(Focus::Page);
        self.reviewing.watching = None;
        self.remember_review();
        self.work_out_figures(ctx);
    }

    /// What became of my own work is shown.
    fn show_work(&mut self, opened: workbench::OpenedReview) {
        for words in opened.unread.iter().take(3) {
            self.toasts.say(Notice::error("A part of the review could not be read", words));
        }
        self.desk.review.work = crate::ui::review::work::Work::of(opened.review);
        self.desk.review.turn_to(ReviewPage::Work);
        self.desk.review.shown = true;
        self.refresh_queue();
        let work = &mut self.desk.review.work;
        if let Some(first) = work.rows().first() {
            work.at = *first;
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// Agreement of me and all guests, as the work was when the review began.
    pub(in crate::ui::app) fn work_out_figures(&mut self, ctx: &Context) {
        let Some(session) = self.desk.review.session.clone() else { return };
        let me = self.bench.as_ref().map(|bench| bench.author().annotator.as_str().to_owned());
        let me = me.filter(|name| !name.is_empty()).unwrap_or_else(|| "Me".to_owned());
        let wake = ctx.clone();
        let job = jobs::start(
            "Working out agreement",
            move || wake.request_repaint(),
            move |progress| figures_of(&session, me, progress),
        );
        let agreement = &mut self.desk.review.agreement;
        (agreement.trouble, agreement.working) = (None, Some(job.progress().clone()));
        self.reviewing.figures = Some(job);
    }

    /// Writes the figures of agreement, in the form that the file's name asks for.
    pub(in crate::ui::app) fn save_report(&mut self, path: PathBuf, ctx: &Context) {
        let Some(report) = self.desk.review.agreement.report.clone() else { return };
        if self.reviewing.reporting.is_some() {
            return self.toasts.say(Notice::info("A report is being written"));
        }
        let wake = ctx.clone();
        self.reviewing.reporting = Some(jobs::start(
            "Saving the report",
            move || wake.request_repaint(),
            move |_| workbench::save_report(&report, &path).map(|()| path),
        ));
    }

    /// What was compared anew takes its place, if nothing else was said meanwhile.
    fn compared_anew(&mut self, visits: Vec<Visit>, ctx: &Context) {
        let review = &mut self.desk.review;
        let Some(session) = &mut review.session else { return };
        let (mut said_otherwise, mut moved) = (false, None);
        for visit in visits {
            let own = session.visits.iter_mut().enumerate();
            let mut own = own.filter(|(_, own)| own.source.is_reading_of(&visit.source));
            let Some((at, own)) = own.next().filter(|(_, own)| own.choices == visit.choices) else {
                continue;
            };
            said_otherwise |= own.compared_by != visit.compared_by;
            let before = Arc::clone(&own.comparison);
            *own = Arc::new(Visit { source: own.source.clone(), ..visit });
            if at == review.guest {
                moved = Some((before, Arc::clone(&own.comparison)));
            }
        }
        if let Some((before, after)) = moved {
            self.keep_place(&before, &after);
        }
        if said_otherwise {
            self.work_out_figures(ctx);
        }
    }

    /// Records are again what they were said to be when the comparison that stands was made.
    pub(in crate::ui::app) fn not_compared(&mut self, notice: Notice) {
        let visits = self.desk.review.session.iter_mut().flat_map(|session| &mut session.visits);
        for visit in visits.filter(|visit| visit.is_stale()) {
            let visit = Arc::make_mut(visit);
            visit.choices = visit.compared_by.clone();
        }
        self.remember_review();
        self.toasts.say(notice);
    }

    /// The figures stay away until somebody asks for them.
    fn cancel_figures(&mut self) {
        self.reviewing.figures = None;
        let agreement = &mut self.desk.review.agreement;
        (agreement.report, agreement.items, agreement.working) = (None, None, None);
        agreement.trouble = Some("Cancelled".to_owned());
    }

    /// Says whether records are one, and compares again.
    fn pair(
        &mut self,
        at: usize,
        pairs: Vec<(EntityId, EntityId)>,
        answer: Option<bool>,
        ctx: &Context,
    ) {
        let Some(session) = &mut self.desk.review.session else { return };
        let Some(visit) = session.visits.get_mut(at) else { return };
        let visit = Arc::make_mut(visit);
        let choices = &mut visit.choices;
        for pair in pairs {
            choices.confirmed.remove(&pair);
            choices.refused.remove(&pair);
            let said = match answer {
                Some(true) => &mut choices.confirmed,
                Some(false) => &mut choices.refused,
                None => continue,
            };
            said.insert(pair);
        }
        // Figures of what was said before are given up.
        (self.reviewing.figures, self.desk.review.agreement.working) = (None, None);
        self.compare_anew(ctx);
        self.remember_review();
    }

    /// Compares again what was said otherwise, and the guest that is shown where what was decided with others since has
    /// changed mine. A comparison under way is given up; what it was to compare is among these still.
    fn compare_anew(&mut self, ctx: &Context) {
        let Some((bench, session)) = self.bench.as_ref().zip(self.desk.review.session.as_ref())
        else {
            return;
        };
        let (project, shown) = (bench.project(), self.desk.review.guest);
        let stale = session.visits.iter().enumerate().filter_map(|(at, visit)| {
            if at == shown && visit.is_behind(project) {
                return Some(visit.beside(project));
            }
            visit.is_stale().then(|| (**visit).clone())
        });
        let stale: Vec<Visit> = stale.collect();
        if stale.is_empty() {
            return;
        }
        let wake = ctx.clone();
        self.reviewing.comparing = Some(jobs::start(
            "Comparing",
            move || wake.request_repaint(),
            move |progress| {
                let told = workbench::watching(progress);
                let (watch, count) = (Watch::new(&told), stale.len());
                let stale = stale.into_iter().enumerate();
                stale.map(|(at, visit)| visit.anew(&watch.between(at, at + 1, count))).collect()
            },
        ));
    }

    /// Takes all records of one name as one each, or keeps them apart, with the guest that is shown.
    fn turn_namesakes(&mut self, ctx: &Context) {
        let at = self.desk.review.guest;
        let Some(visit) = self.desk.review.visit() else { return };
        let (pairs, answer) = crate::ui::review::turned(visit);
        self.pair(at, pairs, answer, ctx);
    }

    pub(in crate::ui::app) fn review_wish(&mut self, wish: ReviewWish, ctx: &Context) {
        if self.waits_for_many(&wish) {
            return;
        }
        match wish {
            ReviewWish::Tab(Tab::Text) => self.show_text(),
            ReviewWish::Tab(Tab::Review) => self.show_review(),
            ReviewWish::Page(page) => {
                self.desk.review.turn_to(page);
                self.show_review();
                if page == ReviewPage::Differences && self.desk.review.current().is_none() {
                    self.go_to_open();
                }
            }
            ReviewWish::Step(onwards) => self.step_review(onwards),
            ReviewWish::Go(at) => self.go_to_difference(at),
            ReviewWish::Guest(at) => {
                self.turn_to_guest(at);
            }
            ReviewWish::Figure(measure, scope) => {
                self.desk.review.choose_figure(measure, scope);
                self.desk.drawer.closed = false;
            }
            ReviewWish::WorkOut => self.work_out_figures(ctx),
            ReviewWish::CancelFigures => self.cancel_figures(),
            ReviewWish::Begin => {
                self.desk.review.turn_to(ReviewPage::Differences);
                self.go_to_open();
            }
            ReviewWish::Pair(at, pairs, answer) => self.pair(at, pairs, answer, ctx),
            ReviewWish::TurnNamesakes => self.turn_namesakes(ctx),
            ReviewWish::Decide(verdict, words) => self.decide(verdict, words),
            ReviewWish::Offer(verdict) => self.offer_bulk(verdict),
            ReviewWish::DecideAll => self.decide_all(ctx),
            ReviewWish::KeepRemark(words) => self.keep_remark(words),
            ReviewWish::Ask => {
                self.desk.review.draft = Some(Draft { fresh: true, ..Draft::default() });
            }
            ReviewWish::Remark => {
                let words = self.desk.review.words_so_far();
                self.desk.review.draft =
                    Some(Draft { kind: DraftKind::Remark, fresh: true, words });
            }
            ReviewWish::TypeAnswer => {
                let kind = DraftKind::Answer;
                self.desk.review.draft = Some(Draft { kind, fresh: true, ..Draft::default() });
            }
            ReviewWish::Reply(reply) => self.reply(&reply),
            ReviewWish::ShowMine => self.show_mine(),
            ReviewWish::Edit => self.edit_mine(),
            ReviewWish::OnlyClass(class) => {
                let all = crate::review::Class::ALL.into_iter();
                self.desk.review.filter.hidden = all.filter(|other| *other != class).collect();
            }
            ReviewWish::TurnOrder => {
                self.desk.review.turn_order();
                self.desk.review.moved = true;
            }
            ReviewWish::Cancel => {
                self.desk.review.draft = None;
                self.desk.review.bulk = None;
                self.desk.focus = Some(Focus::Page);
            }
            ReviewWish::GoOn => self.go_on_with_review(ctx),
            ReviewWish::ReadAgain(at) => self.read_again(at, ctx),
            ReviewWish::Close => {
                self.stop_deciding();
                self.desk.review = ReviewDesk::default();
                self.reviewing = std::mem::take(&mut self.reviewing).without_guests();
                self.offer_last_review();
                self.desk.focus = Some(Focus::Page);
            }
        }
    }

    /// The document is in front.
    pub(in crate::ui::app) fn show_text(&mut self) {
        self.desk.review.shown = false;
        self.desk.focus = Some(Focus::Page);
    }

    /// The review is in front. Who comes back from an edit goes on where they were.
    pub(in crate::ui::app) fn show_review(&mut self) {
        if !self.desk.review.is_open() && self.desk.review.before.is_empty() {
            return;
        }
        self.desk.review.shown = true;
        self.desk.mode = crate::ui::desk::Mode::Reading;
        self.desk.focus = Some(Focus::Page);
        if let Some(editing) = self.desk.review.editing.take() {
            self.edited(&editing);
        }
    }

    pub(in crate::ui::app) fn refresh_queue(&mut self) {
        let Some(bench) = &self.bench else { return };
        let view = crate::ui::app::view(bench, &self.tokens);
        crate::ui::review::queue::refresh(&view, &mut self.desk.review);
    }

    pub(in crate::ui::app) fn go_to_difference(&mut self, at: usize) {
        let review = &mut self.desk.review;
        match review.page {
            ReviewPage::Work => review.work.at = at,
            ReviewPage::Records => review.records.at = at,
            _ => review.at = at,
        }
        review.moved = true;
        (review.draft, review.bulk) = (None, None);
        self.desk.focus = Some(Focus::Page);
    }

    /// To a difference with any guest, whatever the filters hide.
    pub(in crate::ui::app) fn go_to_difference_with(&mut self, guest: usize, at: usize) {
        self.show_review();
        let review = &mut self.desk.review;
        review.turn_to(ReviewPage::Differences);
        if review.guest != guest {
            review.guest = guest;
            review.filter = review.filter.fresh();
        }
        self.refresh_queue();
        if !self.desk.review.queue().contains(&at) {
            self.desk.review.filter = self.desk.review.filter.fresh();
            self.desk.review.filter.hidden.clear();
        }
        self.go_to_difference(at);
    }

    /// To the first difference that is open, or to the first of all, whatever page is shown.
    pub(in crate::ui::app) fn go_to_open(&mut self) {
        let review = &mut self.desk.review;
        let open = if review.current_is_open() { Some(review.at) } else { review.next_open() };
        if let Some(at) = open.or_else(|| review.queue().first().copied()) {
            (review.at, review.moved) = (at, true);
            (review.draft, review.bulk) = (None, None);
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// Another guest: what is open with them comes next, on the page that is shown.
    fn turn_to_guest(&mut self, at: usize) {
        let review = &mut self.desk.review;
        if review.page == ReviewPage::Work {
            review.turn_to(ReviewPage::Differences);
        }
        (review.guest, review.at, review.moved) = (at, usize::MAX, true);
        (review.draft, review.bulk, review.records.at) = (None, None, 0);
        review.filter = review.filter.fresh();
        self.refresh_queue();
        let records = &mut self.desk.review.records;
        let decided = records.current().is_some_and(|one| records.verdict(one).is_some());
        if let Some(next) = records.next_open().filter(|_| decided) {
            records.at = next;
        }
        self.go_to_open();
    }

    fn step_review(&mut self, onwards: Onwards) {
        let review = &self.desk.review;
        let (queue, at): (Arc<[usize]>, usize) = match review.page {
            ReviewPage::Differences => (Arc::clone(review.queue()), review.at),
            ReviewPage::Work => (Arc::clone(review.work.rows()), review.work.at),
            ReviewPage::Records => ((0..review.records.all.len()).collect(), review.records.at),
            ReviewPage::Sheet | ReviewPage::Agreement => return,
        };
        let Some(last) = queue.len().checked_sub(1) else { return };
        let place = match (queue.iter().position(|other| *other == at), onwards) {
            (None, _) => 0,
            (Some(place), Onwards::Yes) => (place + 1).min(last),
            (Some(place), Onwards::No) => place.saturating_sub(1),
        };
        if let Some(at) = queue.get(place) {
            self.go_to_difference(*at);
        }
    }

    fn offer_bulk(&mut self, verdict: Verdict) {
        let Some(bench) = &self.bench else { return };
        let view = crate::ui::app::view(bench, &self.tokens);
        self.desk.review.bulk = crate::ui::review::offer(&view, &self.desk.review, verdict);
        if self.desk.review.page != ReviewPage::Records {
            self.desk.review.turn_to(ReviewPage::Differences);
        }
    }

    /// My annotation, or what is taken for it, is selected in the text; a strip leads back.
    fn edit_mine(&mut self) {
        let Some((at, one)) = self.desk.review.current() else { return };
        let (ours, theirs) = (one.ours.clone(), one.theirs.clone());
        let Some(visit) = self.desk.review.visit().cloned() else { return };
        let found = match (ours, theirs) {
            (Some(id), _) => {
                let there =
                    self.bench.as_ref().is_some_and(|b| b.project().annotation(&id).is_some());
                let unedited = visit.ours.annotation(&id).map(|record| record.value.clone());
                unedited.filter(|_| there)
            }
            (None, Some(theirs)) => match self.take_to_edit(&visit, at, &theirs) {
                Some(taken) => Some(taken),
                // Why it cannot be taken has been said.
                None => return,
            },
            (None, None) => None,
        };
        let Some(unedited) = found else {
            return self.toasts.say(Notice::info("Your annotation is no longer there"));
        };
        let id = unedited.id.clone();
        self.desk.review.shown = false;
        self.desk.review.editing = Some(Editing { at, unedited });
        self.reveal(id.clone());
        self.desk.selected = Some(Selected::Annotation(id));
        self.desk.focus = Some(Focus::Page);
    }

    /// The annotation or record that a decision about my work speaks of, in the text.
    fn show_mine(&mut self) {
        match self.desk.review.work.current().map(|fate| fate.mine.clone()) {
            Some(Some(RecordId::Annotation(id))) => self.reveal(id),
            Some(Some(RecordId::Entity(id))) => {
                self.show_text();
                self.select(Some(Selected::Entity(id)));
            }
            Some(_) => self.toasts.say(Notice::info("What it speaks of is no longer there")),
            None => {}
        }
    }

    /// A project was dropped while another one is open.
    pub(in crate::ui::app) fn ask_about_dropped(&mut self, paths: Vec<PathBuf>) {
        self.desk.dialog = Some(Dialog::Dropped(paths));
    }
}

/// What I and the guests agree about. Where they are compared with one state of my work, that is not done again.
fn figures_of(
    session: &Session,
    me: String,
    progress: &jobs::Progress,
) -> Result<AgreementReport, Notice> {
    let Some(first) = session.visits.first() else {
        return Err(Notice::error("There are no figures", "nobody is compared with"));
    };
    let mut coders = vec![Coder { name: me.into(), project: (*first.began).clone() }];
    let mut known = BTreeMap::new();
    for visit in &session.visits {
        if Arc::ptr_eq(&visit.ours, &first.began) {
            let (guest, comparison) = (&*visit.guest, &*visit.comparison);
            known.insert(coders.len(), Known { guest, comparison });
        }
        let (name, project) = (visit.called.clone(), visit.guest.project.clone());
        coders.push(Coder { name, project });
    }
    let told = workbench::watching(progress);
    let watch = Watch::new(&told);
    let laid = watch.part(0.0, 0.3);
    let study = Study::watched(&coders, Unit::Words, &known, &laid)?;
    AgreementReport::watched(study, &Measure::ALL, &watch.part(0.3, 1.0))
}
