//! Guests beyond one sitting: their files are watched, read again when the person says so, and remembered, so that a
//! review can be gone on with after the program was closed.
//!
//! What is remembered lies in the state folder, never in a project: which files, what each guest is called, and what was
//! said of records that may be one. Decisions are in the project and come back by themselves.

use crate::jobs::{self, Job, Progress};
use crate::model::{EntityId, Project};
use crate::review::{Comparison, Difference, EntityChoices, Watch};
use crate::ui::app::App;
use crate::ui::app::review::{Read, Then};
use crate::ui::review::{Editing, ReviewPage, Visit};
use crate::ui::widgets::in_words;
use crate::workbench::{self, GuestFile, LastGuest, LastReview, Notice, watch_guests};
use egui::Context;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that is to be read for a review, and what is known of it from before.
#[derive(Clone)]
pub(in crate::ui::app) struct Asked {
    pub(in crate::ui::app) path: PathBuf,
    /// What the guest was called: decisions are found again by it.
    name: Option<SmolStr>,
    choices: EntityChoices,
    /// Digest of the bytes that were read then.
    digest: Option<String>,
}

impl Asked {
    /// A guest that was open before.
    fn of(guest: &LastGuest) -> Self {
        let pairs = |all: &[[String; 2]]| {
            all.iter().map(|[ours, theirs]| (EntityId::new(ours), EntityId::new(theirs))).collect()
        };
        Self {
            path: PathBuf::from(&guest.path),
            name: Some(guest.name.as_str().into()),
            choices: EntityChoices {
                confirmed: pairs(&guest.confirmed),
                refused: pairs(&guest.refused),
            },
            digest: Some(guest.digest.clone()),
        }
    }

    fn of_visit(visit: &Visit) -> Self {
        Self {
            path: visit.source.path.clone(),
            name: Some(visit.guest.name.clone()),
            choices: visit.choices.clone(),
            digest: None,
        }
    }

    /// The guest that was read, called as before, compared with `ours`. What was said of records that are no longer
    /// there is let go.
    pub(in crate::ui::app) fn visit(
        &self,
        mut guest: crate::review::Guest,
        file: GuestFile,
        ours: &Arc<Project>,
        watch: &Watch<'_, Notice>,
    ) -> Result<Visit, Notice> {
        if let Some(name) = &self.name {
            guest.name = name.clone();
        }
        let mut choices = self.choices.clone();
        let there = |(mine, theirs): &(EntityId, EntityId)| {
            ours.entities().contains_key(mine) && guest.project.entities().contains_key(theirs)
        };
        choices.confirmed.retain(there);
        choices.refused.retain(there);
        Visit::new(guest, ours, choices, file, watch)
    }

    /// That the file is not what it was when it was reviewed last.
    pub(in crate::ui::app) fn news(&self, file: &GuestFile) -> Option<Notice> {
        let other = self.digest.as_deref().is_some_and(|digest| digest != file.digest());
        other.then(|| {
            Notice::info(format!("{} has changed since you reviewed it last", file.name()))
        })
    }
}

impl App {
    /// Looks after the files of guests; called once a frame.
    pub(in crate::ui::app) fn watch_guests(&mut self, ctx: &Context) {
        let Some(session) = &mut self.desk.review.session else {
            self.reviewing.watching = None;
            return;
        };
        if let Some(Ok(files)) = self.reviewing.watching.as_mut().and_then(Job::poll) {
            self.reviewing.watching = None;
            for file in files {
                let mut visits = session.visits.iter_mut();
                if let Some(visit) = visits.find(|visit| visit.source.is_reading_of(&file)) {
                    Arc::make_mut(visit).source = file;
                }
            }
        }
        if self.reviewing.watching.is_none() {
            let files: Vec<GuestFile> =
                session.visits.iter().map(|visit| visit.source.clone()).collect();
            let wake = ctx.clone();
            self.reviewing.watching = Some(jobs::start(
                "Watching",
                move || wake.request_repaint(),
                move |progress| watch_guests(files, progress),
            ));
        }
    }

    /// What is to be read at `path`: as the guest was called before, with what was said of records.
    fn asked(&self, path: PathBuf) -> Asked {
        let session = self.desk.review.session.iter().flat_map(|session| &session.visits);
        if let Some(visit) = session.into_iter().find(|visit| visit.source.is(&path)) {
            return Asked { path, ..Asked::of_visit(visit) };
        }
        let last = self.last_review().into_iter().flat_map(|review| &review.guests);
        let known =
            last.into_iter().find(|guest| workbench::is_one_file(Path::new(&guest.path), &path));
        known.map_or_else(
            || Asked {
                path: path.clone(),
                name: None,
                choices: EntityChoices::default(),
                digest: None,
            },
            Asked::of,
        )
    }

    /// Reads files as guests of the project that is open, in the background.
    pub(in crate::ui::app) fn open_for_review(&mut self, paths: Vec<PathBuf>, ctx: &Context) {
        let Some(bench) = &self.bench else { return };
        let own = bench.path().map(Path::to_path_buf);
        let is_own =
            |path: &PathBuf| own.as_ref().is_some_and(|own| workbench::is_one_file(own, path));
        let (mine, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_own);
        if !mine.is_empty() {
            self.toasts.say(Notice::error(
                "This is the file that you have open yourself",
                "choose a colleague’s file",
            ));
        }
        let asked: Vec<Asked> = paths.into_iter().map(|path| self.asked(path)).collect();
        if !asked.is_empty() {
            self.read_guests(asked, Then::Sheet, ctx);
        }
    }

    /// Goes on with the review that was open when the project was closed.
    pub(in crate::ui::app) fn go_on_with_review(&mut self, ctx: &Context) {
        let Some(last) = self.last_review() else { return };
        let asked: Vec<Asked> = last.guests.iter().map(Asked::of).collect();
        self.read_guests(asked, Then::Differences, ctx);
    }

    /// Reads the guest's file again, called as before and with what was said of records.
    pub(in crate::ui::app) fn read_again(&mut self, at: usize, ctx: &Context) {
        let review = &self.desk.review;
        let Some(visit) = review.session.as_ref().and_then(|session| session.visits.get(at)) else {
            return;
        };
        if review.draft.is_some() {
            let words = "Keep or leave the words that you are typing first";
            return self.toasts.say(Notice::info(words));
        }
        let asked = vec![Asked::of_visit(visit)];
        self.read_guests(asked, Then::Replace, ctx);
    }

    fn read_guests(&mut self, asked: Vec<Asked>, then: Then, ctx: &Context) {
        let Some(bench) = &self.bench else { return };
        // A guest that is read again goes on beside mine as it was: what was decided since stays told.
        let before = asked.first().filter(|_| then == Then::Replace).and_then(|asked| {
            let session = self.desk.review.session.as_ref()?;
            session.visits.iter().find(|visit| visit.source.path == asked.path)
        });
        let ours =
            before.map_or_else(|| Arc::clone(bench.project()), |visit| Arc::clone(&visit.ours));
        let me = bench.author().annotator.as_str().to_owned();
        let wake = ctx.clone();
        self.reviewing.reading = Some(jobs::start(
            "Comparing",
            move || wake.request_repaint(),
            move |progress| read_all(&asked, &ours, (&me, then), progress),
        ));
    }

    /// Guests of one project that are called alike get names of their own: decisions are found by them.
    pub(in crate::ui::app) fn call_apart(&self, visits: &mut [Visit]) {
        let session = self.desk.review.session.iter().flat_map(|session| &session.visits);
        let of = |visit: &Visit| (visit.guest.project.id.clone(), visit.guest.name.clone());
        let bytes = |visit: &Visit| (visit.source.digest().to_owned(), visit.source.name());
        let others: Vec<&Visit> = session
            .map(|visit| &**visit)
            .filter(|other| !visits.iter().any(|visit| visit.source.real == other.source.real))
            .collect();
        let mut taken: BTreeSet<_> = others.iter().map(|other| of(other)).collect();
        let mut files: BTreeMap<_, _> = others.iter().map(|other| bytes(other)).collect();
        for visit in visits {
            let (project, name) = of(visit);
            let (digest, file) = bytes(visit);
            let mut remarks = Vec::new();
            let stem = visit.source.path.file_stem().unwrap_or_default().to_string_lossy();
            let first = std::iter::once(format_smolstr!("{name} ({stem})"));
            let more = (2_u32..).map(|number| format_smolstr!("{name} ({stem} {number})"));
            let mut names = std::iter::once(name.clone()).chain(first).chain(more);
            let free = names.find(|name| !taken.contains(&(project.clone(), name.clone())));
            let free = free.unwrap_or_else(|| name.clone());
            if free != name {
                remarks.push(format!(
                    "Another file of the same project is open as {name}. So that decisions are kept apart, this one is called {free}"
                ));
            }
            if let Some(same) = files.get(&digest) {
                remarks.push(format!("It is the same as {same}, byte for byte"));
            }
            if !remarks.is_empty() {
                let mut guest = (*visit.guest).clone();
                guest.remarks.extend(remarks);
                guest.name = free.clone();
                visit.guest = Arc::new(guest);
            }
            taken.insert((project, free));
            files.entry(digest).or_insert(file);
        }
    }

    /// A guest that was read again takes its own place.
    pub(in crate::ui::app) fn replace_guest(&mut self, visit: Visit, ctx: &Context) {
        let review = &mut self.desk.review;
        let Some(session) = &mut review.session else { return };
        let Some(at) = session.visits.iter().position(|own| own.source.real == visit.source.real)
        else {
            return;
        };
        let Some(own) = session.visits.get_mut(at) else { return };
        let name = visit.source.name();
        let (before, after) = (Arc::clone(&own.comparison), Arc::clone(&visit.comparison));
        let (began, called) = (Arc::clone(&own.began), own.called.clone());
        *own = Arc::new(Visit { began, called, ..visit });
        self.reviewing.watching = None;
        if at == review.guest {
            self.keep_place(&before, &after);
        } else {
            self.refresh_queue();
        }
        let progress = self.desk.review.kept().progress(at);
        let left = in_words(progress.all - progress.decided, "difference", "differences");
        self.toasts.say(Notice::info(format!("{name} was read again: {left} to decide")));
        self.remember_review();
        self.work_out_figures(ctx);
    }

    /// The guest that is shown was compared again: what is looked at stays, where it is still there.
    pub(in crate::ui::app) fn keep_place(&mut self, before: &Comparison, after: &Comparison) {
        let review = &mut self.desk.review;
        let again = |place: usize| {
            let one = before.differences.get(place)?;
            let same =
                |other: &Difference| (&other.ours, &other.theirs) == (&one.ours, &one.theirs);
            after.differences.iter().position(same)
        };
        review.at = again(review.at).unwrap_or(usize::MAX);
        let editing = review.editing.take();
        review.editing =
            editing.and_then(|editing| Some(Editing { at: again(editing.at)?, ..editing }));
        review.remark = review.remark.take().and_then(|((page, guest, at), words)| {
            // Records are listed anew.
            let at = if page == ReviewPage::Differences { again(at)? } else { return None };
            Some(((page, guest, at), words))
        });
        review.bulk = None;
        review.moved = true;
        // Words that are being typed stay where they belong.
        let typing = review.draft.is_some() && review.at != usize::MAX;
        self.refresh_queue();
        if self.desk.review.page == ReviewPage::Differences && !typing {
            self.go_to_open();
        }
    }

    /// The review that was open last with this project, if there was one.
    pub(in crate::ui::app) fn last_review(&self) -> Option<&LastReview> {
        let key = self.bench.as_ref()?.path()?.display().to_string();
        self.office.settings.desk.reviews.get(&key).filter(|review| !review.guests.is_empty())
    }

    /// Remembers who is reviewed, so that the review can be gone on with.
    pub(in crate::ui::app) fn remember_review(&mut self) {
        let Some(session) = &self.desk.review.session else { return };
        let Some(path) = self.bench.as_ref().and_then(|bench| bench.path()) else { return };
        let key = path.display().to_string();
        let pairs = |all: &BTreeSet<(EntityId, EntityId)>| {
            all.iter().map(|(ours, theirs)| [ours.to_string(), theirs.to_string()]).collect()
        };
        let mut guests: Vec<LastGuest> = session
            .visits
            .iter()
            .map(|visit| LastGuest {
                path: visit.source.real.display().to_string(),
                name: visit.guest.name.to_string(),
                digest: visit.source.digest().to_owned(),
                confirmed: pairs(&visit.choices.confirmed),
                refused: pairs(&visit.choices.refused),
            })
            .collect();
        // A file that was not there this time may be there the next.
        let here =
            |path: &&PathBuf| !session.visits.iter().any(|visit| visit.source.real == **path);
        let missing = self.reviewing.missing.iter().filter(here).filter_map(|path| {
            self.last_review()?.guests.iter().find(|guest| Path::new(&guest.path) == path).cloned()
        });
        let missing: Vec<LastGuest> = missing.collect();
        guests.extend(missing);
        let review = LastReview { turn: 0, guests };
        self.office.update(|settings| settings.desk.review_of(key.clone(), review.clone()));
    }

    /// What can be gone on with is offered.
    pub(in crate::ui::app) fn offer_last_review(&mut self) {
        let last = self.last_review().into_iter().flat_map(|review| &review.guests);
        let names: Vec<SmolStr> = last.map(|guest| guest.name.as_str().into()).collect();
        self.desk.review.before = names;
    }
}

/// About the share of the work that is done when a guest is read; then it is compared.
const READ: f32 = 0.4;

/// Reads files: guests are laid over `ours` and compared with it, a review file is one of my own work.
fn read_all(
    asked: &[Asked],
    ours: &Arc<Project>,
    (me, then): (&str, Then),
    progress: &Progress,
) -> Read {
    let mut read = Read::new(then);
    let told = workbench::watching(progress);
    let whole = Watch::new(&told);
    for (at, one) in asked.iter().enumerate() {
        if progress.is_cancelled() {
            break;
        }
        let watch = whole.between(at, at + 1, asked.len());
        let found = workbench::read_for_review(&one.path, ours, progress, &watch.part(0.0, READ));
        let (mut guest, file) = match found {
            Ok(workbench::ForReview::Guest(guest, file)) => (guest, file),
            Ok(workbench::ForReview::Letter(letter)) => {
                read.letter = Some(*letter);
                continue;
            }
            Err(notice) => {
                read.notices.push(notice);
                read.missing.push(one.path.clone());
                continue;
            }
        };
        if read.visits.iter().any(|visit| visit.source.real == file.real) {
            continue;
        }
        // A colleague's copy that I changed last is not called by my name.
        if guest.name == me {
            let stem = file.path.file_stem().unwrap_or_default().to_string_lossy();
            guest.name = stem.as_ref().into();
        }
        progress.say(format!("Comparing with {}", guest.name));
        let news = one.news(&file);
        match one.visit(*guest, *file, ours, &watch.part(READ, 1.0)) {
            Ok(visit) => {
                read.notices.extend(news);
                read.visits.push(visit);
            }
            Err(notice) => read.notices.push(notice),
        }
    }
    read
}
