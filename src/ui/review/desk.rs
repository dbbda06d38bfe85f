//! What the Review tab remembers: which page of it is shown, which guest, which difference, which filters, what is typed.
//!
//! None of it is in the project. What is decided is, and comes back by itself.

use crate::model::{Annotation, Decision, EntityId, Record};
use crate::review::agreement::{Measure, Scope};
use crate::review::{Class, Difference, Reply};
use crate::ui::page::find::Onwards;
use crate::ui::page::strips::Strips;
use crate::ui::panels::Comments;
use crate::ui::review::Verdict;
use crate::ui::review::agreement::Agreement;
use crate::ui::review::pace::Pace;
use crate::ui::review::queue::{Filter, Kept, Order, Progress};
use crate::ui::review::session::{Session, Visit};
use crate::ui::review::work::Work;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The Review tab.
#[derive(Default)]
pub struct ReviewDesk {
    /// Whether it is in front; else the text is.
    pub shown: bool,
    /// What is in its centre.
    pub page: ReviewPage,
    /// The guests, while there are some.
    pub session: Option<Session>,
    /// Who was reviewed when the project was closed, and can be reviewed on.
    pub before: Vec<SmolStr>,
    /// Which guest, counted from 0.
    pub guest: usize,
    /// Which difference, counted from 0 in the guest's comparison.
    pub at: usize,
    /// Which differences are shown.
    pub filter: Filter,
    /// Which list lies in the drawer.
    pub list: List,
    /// Words being typed for the guest's author.
    pub draft: Option<Draft>,
    /// A remark that goes along with the next decision about what stands there.
    pub remark: Option<(Spot, String)>,
    /// A decision about many differences that waits for a yes.
    pub bulk: Option<crate::ui::review::bulk::Bulk>,
    /// The annotation of mine that is being edited in the text.
    pub editing: Option<Editing>,
    /// How fast one decides.
    pub pace: Pace,
    /// Threads about differences, as they are written.
    pub(in crate::ui) comments: Comments,
    /// What a thread is begun about.
    pub talking: Option<Spot>,
    /// That whose threads were shown last.
    pub(in crate::ui::review) talk_of: Option<Spot>,
    /// What became of my own work.
    pub work: Work,
    /// How far we agree.
    pub agreement: Agreement,
    /// Guests all of whose guessed pairs are listed.
    pub all_pairs: BTreeSet<usize>,
    /// Records that both have and know otherwise.
    pub records: crate::ui::review::records::Records,
    /// Guests all of whose differing parts of the codebook are listed.
    pub all_parts: BTreeSet<usize>,
    /// What taking theirs would add to my codebook, as it was worked out last.
    pub(in crate::ui::review) gain: crate::ui::review::books::Gain,
    /// Guests whose records of the same name as mine are listed.
    pub listed_namesakes: BTreeSet<usize>,
    /// Whether the difference that is shown has to come into view in the lists.
    pub moved: bool,
    /// The queue as it was worked out last.
    pub(in crate::ui::review) kept: Kept,
    /// How bars are broken up.
    pub(in crate::ui::review) strips: Strips,
    /// The guest and difference whose words were in sight last, and in how many points of room.
    pub(in crate::ui::review) seen: Option<(usize, usize, f32)>,
    /// Points of the card, as it was drawn last.
    pub(in crate::ui::review) card: f32,
}

/// A difference or record of a guest: the page, the guest, and its number there.
pub type Spot = (ReviewPage, usize, usize);

/// An annotation that is being edited in the text for the review.
#[derive(Clone, Debug, PartialEq)]
pub struct Editing {
    /// The difference, counted from 0 in the comparison.
    pub at: usize,
    /// The annotation as it would be had nobody edited it: as it was when the review began, or as it was taken.
    pub unedited: Annotation,
}

/// What is in the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReviewPage {
    /// What to know before one begins.
    #[default]
    Sheet,
    /// One difference after the other.
    Differences,
    /// Records that both know otherwise.
    Records,
    /// How far we agree.
    Agreement,
    /// What became of my own work.
    Work,
}

/// What lies in the drawer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// All that the filters let through.
    #[default]
    Differences,
    /// Those that are decided.
    Decided,
    /// Those about which the author is asked.
    Questions,
    /// What a figure of the agreement table was counted from.
    Figure,
}

/// A tab above the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The document.
    Text,
    /// The review.
    Review,
}

/// What words for a colleague are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DraftKind {
    /// A question, by which the difference is decided.
    #[default]
    Question,
    /// A remark that goes along with what is decided.
    Remark,
    /// What I say to a decision about my work.
    Answer,
}

/// Words being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The words so far.
    pub words: String,
    /// What they are.
    pub kind: DraftKind,
    /// Whether the field has still to get the keyboard.
    pub fresh: bool,
}

/// What keys and menus ask of the review, where it changes nothing in the project.
#[derive(Clone, Debug, PartialEq)]
pub enum ReviewWish {
    /// This tab.
    Tab(Tab),
    /// This page of the review.
    Page(ReviewPage),
    /// The next or previous difference.
    Step(Onwards),
    /// This difference.
    Go(usize),
    /// This guest.
    Guest(usize),
    /// The list behind a figure.
    Figure(Measure, Scope),
    /// The figures are worked out, after that was cancelled.
    WorkOut,
    /// Working them out is given up.
    CancelFigures,
    /// Begin to decide.
    Begin,
    /// Whether these pairs of records are one each, with which guest: yes, no, or let the program guess.
    Pair(usize, Vec<(EntityId, EntityId)>, Option<bool>),
    /// The other way with all records of one name: they are one each, or kept apart.
    TurnNamesakes,
    /// This about the difference that is shown, with words for the author; then on to the next.
    Decide(Verdict, String),
    /// Ask whether all that is shown and open is to be decided so.
    Offer(Verdict),
    /// Yes to what was asked.
    DecideAll,
    /// These words go along with what is decided about the difference.
    KeepRemark(String),
    /// This answer to a decision about my work; then on to the next.
    Reply(Reply),
    /// Type an answer to the reviewer.
    TypeAnswer,
    /// Show the annotation that a decision about my work speaks of in the text.
    ShowMine,
    /// Type a question to the author, which decides the difference.
    Ask,
    /// Type a remark to the author.
    Remark,
    /// Select my annotation in the text, to change it.
    Edit,
    /// Show only this class.
    OnlyClass(Class),
    /// The other order.
    TurnOrder,
    /// Close what is open.
    Cancel,
    /// Go on with the review that was open when the project was closed.
    GoOn,
    /// Read the file of this guest again.
    ReadAgain(usize),
    /// Leave the review: the guests go, the decisions stay.
    Close,
}

impl ReviewDesk {
    /// Whether there is something to review.
    pub fn is_open(&self) -> bool {
        self.session.is_some() || self.work.letter.is_some()
    }

    /// "Jonas and Min-seo", if their review can be gone on with.
    pub fn last_guests(&self) -> Option<String> {
        let (last, others) = self.before.split_last().filter(|_| self.session.is_none())?;
        let others: Vec<&str> = others.iter().map(SmolStr::as_str).collect();
        let others = if others.is_empty() { String::new() } else { others.join(", ") + " and " };
        Some(others + last)
    }

    /// To a page. The list behind a figure lies in the drawer beside the figures alone.
    pub fn turn_to(&mut self, page: ReviewPage) {
        let behind = page == ReviewPage::Agreement && self.agreement.items.is_some();
        if behind && self.page != page {
            self.list = List::Figure;
        } else if page != ReviewPage::Agreement && self.list == List::Figure {
            self.list = List::Differences;
        }
        self.page = page;
    }

    /// The guest that is shown.
    pub fn visit(&self) -> Option<&Arc<Visit>> {
        self.session.as_ref()?.visits.get(self.guest)
    }

    /// The difference that is shown, with its number in the comparison.
    pub fn current(&self) -> Option<(usize, &Difference)> {
        let one = self.visit()?.comparison.differences.get(self.at)?;
        self.queue().contains(&self.at).then_some((self.at, one))
    }

    /// The differences that the filters let through, in order.
    pub fn queue(&self) -> &Arc<[usize]> {
        self.kept.queue()
    }

    /// Where a difference stands among them.
    pub fn place_of(&self, at: usize) -> Option<usize> {
        self.queue().iter().position(|other| *other == at)
    }

    /// What was worked out of the guests.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// How far one is with the guest that is shown.
    pub fn progress(&self) -> Progress {
        self.kept.progress(self.guest)
    }

    /// What was decided about a difference with the guest that is shown.
    pub fn verdict(&self, at: usize) -> Option<Verdict> {
        self.kept.verdict(self.guest, at)
    }

    /// Whether the difference that is shown waits for a decision.
    pub fn current_is_open(&self) -> bool {
        self.current().is_some_and(|(at, one)| one.differs() && self.verdict(at).is_none())
    }

    /// What is shown.
    pub fn spot(&self) -> Spot {
        let at = match self.page {
            ReviewPage::Records => self.records.at,
            ReviewPage::Work => self.work.at,
            ReviewPage::Sheet | ReviewPage::Differences | ReviewPage::Agreement => self.at,
        };
        (self.page, self.guest, at)
    }

    /// The decision about the difference or record that is shown.
    pub fn decision(&self) -> Option<&Arc<Record<Decision>>> {
        match self.page {
            ReviewPage::Records => self.records.decision(self.records.current()?),
            _ => self.kept().decision(self.guest, self.at),
        }
    }

    /// The remark that waits to go along with what is shown.
    pub fn words_so_far(&self) -> String {
        let own = self.remark.as_ref().filter(|(spot, _)| *spot == self.spot());
        own.map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// The next difference in the queue that is not decided, after the one that is shown; from the start again, if
    /// there is none after it.
    pub fn next_open(&self) -> Option<usize> {
        let queue = self.queue();
        let from = self.place_of(self.at).map_or(0, |place| place + 1);
        let (before, after) = queue.split_at_checked(from)?;
        let open = |at: &&usize| {
            let one = self.visit().and_then(|visit| visit.comparison.differences.get(**at));
            one.is_some_and(Difference::differs) && self.verdict(**at).is_none()
        };
        after.iter().chain(before).find(open).copied()
    }

    /// The other order of the queue.
    pub fn turn_order(&mut self) {
        self.filter.order = match self.filter.order {
            Order::Weight => Order::Place,
            Order::Place => Order::Weight,
        };
    }
}
