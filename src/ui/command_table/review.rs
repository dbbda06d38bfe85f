//! The commands of a review: opening colleagues' files, going through the differences, deciding one or all that is shown.

use crate::model::RecordId;
use crate::review::{Difference, Reply};
use crate::ui::command_table::annotate::settling;
use crate::ui::command_table::{Chord, Entry, Group, NO_PROJECT, Scope};
use crate::ui::desk::{Desk, Focus, Purpose};
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::page::find::Onwards;
use crate::ui::review::{ReviewPage, ReviewWish, Tab, Verdict};
use crate::ui::view::View;
use egui::Key;
use smol_str::SmolStr;

const NO_KEYS: &[Chord] = &[];
const NO_REVIEW: &str = "open a colleague’s file for review first";
const ARE_ONE: &str = "the two records are one and cannot be rejected: keep mine, or take theirs";
const NO_DIFFERENCE: &str = "go to a difference first";

/// The command of that id as it stands now, with the keys of the person.
pub fn review_entry(view: &View<'_>, desk: &Desk, id: &str) -> Option<Entry> {
    let mut all = entries(Some(view), desk);
    desk.keymap.apply(&mut all);
    all.into_iter().find(|entry| entry.id == id)
}

pub(super) fn entries(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let now = Now { view, desk };
    let mut all = now.opening();
    all.extend(now.going_on());
    all.extend(now.going());
    all.extend(now.on_the_sheet());
    all.extend(now.deciding());
    all.extend(now.talking());
    all.extend(now.deciding_all());
    all.extend(now.answering());
    all
}

struct Now<'a> {
    view: Option<&'a View<'a>>,
    desk: &'a Desk,
}

/// A name with what it does, and its keys.
type Said<'a> = (&'static str, &'a str, &'static str, &'a [Chord]);

fn entry(
    (id, name, hint, keys): Said<'_>,
    scope: Scope,
    wish: Result<Wish, &'static str>,
) -> Entry {
    Entry {
        id: SmolStr::new_static(id),
        name: name.to_owned(),
        hint,
        group: Group::Review,
        keys: keys.to_vec(),
        scope,
        wish,
    }
}

impl Now<'_> {
    fn project(&self) -> Result<(), &'static str> {
        self.view.map(|_| ()).ok_or(NO_PROJECT)
    }

    /// While there are guests.
    fn open(&self) -> Result<(), &'static str> {
        self.project()?;
        if self.desk.review.is_open() { Ok(()) } else { Err(NO_REVIEW) }
    }

    /// While a guest is reviewed.
    fn guest(&self) -> Result<(), &'static str> {
        self.open()?;
        self.desk.review.visit().map(|_| ()).ok_or(NO_REVIEW)
    }

    /// While a difference is shown that can be decided.
    fn at_difference(&self) -> Result<&Difference, &'static str> {
        self.open()?;
        let review = &self.desk.review;
        if !review.shown || review.page != ReviewPage::Differences {
            return Err(NO_DIFFERENCE);
        }
        let (at, one) = review.current().ok_or(NO_DIFFERENCE)?;
        // What was made the same by a decision can be decided anew.
        if one.differs() || review.verdict(at).is_some() {
            Ok(one)
        } else {
            Err("both of you say the same here")
        }
    }

    /// While the check sheet is shown and has records of one name.
    fn namesakes(&self) -> Result<(), &'static str> {
        self.guest()?;
        let review = &self.desk.review;
        if !review.shown || review.page != ReviewPage::Sheet {
            return Err("go to the check sheet first");
        }
        let some = review.visit().is_some_and(|visit| crate::ui::review::has_namesakes(visit));
        if some { Ok(()) } else { Err("no record has the same name in both") }
    }

    /// Once the figures of agreement are there.
    fn report(&self) -> Result<(), &'static str> {
        self.guest()?;
        let report = self.desk.review.agreement.report.as_ref();
        report.map(|_| ()).ok_or("the figures are still being worked out")
    }

    /// While a record is shown that both know otherwise.
    fn at_record(&self) -> Result<(), &'static str> {
        self.open()?;
        let review = &self.desk.review;
        let here = review.shown && review.page == ReviewPage::Records;
        if here && review.records.current().is_some() { Ok(()) } else { Err(NO_DIFFERENCE) }
    }

    fn writable(&self) -> Result<(), &'static str> {
        let read_only = self.view.is_some_and(|view| view.bench.read_only().is_some());
        if read_only { Err("this project is open for reading only") } else { Ok(()) }
    }

    fn opening(&self) -> Vec<Entry> {
        let desk = |command| Wish::Desk(command);
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let files = self.project();
        let open = self.open();
        vec![
            entry(
                (
                    "review-open",
                    "Open for review…",
                    "Compare colleagues’ files with mine; they are never changed",
                    &[],
                ),
                Scope::Global,
                files.map(|()| desk(DeskCommand::AskPath(Purpose::Review))),
            ),
            entry(
                ("review-path", "Open for review by path…", "The same, the path typed", &[]),
                Scope::Global,
                files.map(|()| desk(DeskCommand::TypePath(Purpose::Review))),
            ),
            entry(
                (
                    "review-save",
                    "Save review file…",
                    "What was decided about a guest, for its author; they open it with their project",
                    &[],
                ),
                Scope::Global,
                self.guest().map(|()| desk(DeskCommand::AskPath(Purpose::SaveReview))),
            ),
            entry(
                (
                    "review-report",
                    "Save agreement report…",
                    "All figures with what was left out, as CSV, JSON or HTML",
                    &[],
                ),
                Scope::Global,
                self.report().map(|()| desk(DeskCommand::AskPath(Purpose::SaveReport))),
            ),
            entry(
                ("text-tab", "Text", "Go to the document", &[Chord::ctrl(Key::Num1)]),
                Scope::Global,
                files.map(|()| review(ReviewWish::Tab(Tab::Text))),
            ),
            entry(
                ("review-tab", "Review", "Go to the review", &[Chord::ctrl(Key::Num2)]),
                Scope::Global,
                if self.desk.review.before.is_empty() { open } else { files }
                    .map(|()| review(ReviewWish::Tab(Tab::Review))),
            ),
            entry(
                ("review-close", "Close the review", "The guests go, what was decided stays", &[]),
                Scope::Global,
                open.map(|()| review(ReviewWish::Close)),
            ),
        ]
    }

    /// Reviews that go on: one of another day, or with a file that has changed.
    fn going_on(&self) -> Vec<Entry> {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let desk = &self.desk.review;
        let last = desk.last_guests();
        let name = last.as_ref().map_or_else(
            || "Go on with the last review".to_owned(),
            |guests| format!("Go on with the review of {guests}"),
        );
        let can = self.project().and_then(|()| {
            last.map(|_| review(ReviewWish::GoOn))
                .ok_or("no review of this project was open when it was closed")
        });
        let go_on =
            ("review-go-on", "", "Reads the guests’ files again; what was decided stays", NO_KEYS);
        let again = self.guest().and_then(|()| {
            let changed = desk.visit().is_some_and(|visit| visit.source.trouble().is_some());
            let wish = review(ReviewWish::ReadAgain(desk.guest));
            changed.then_some(wish).ok_or("the guest’s file is as it was read")
        });
        let read =
            ("review-again", "Read the guest’s file again", "What was decided stays", NO_KEYS);
        vec![Entry { name, ..entry(go_on, Scope::Global, can) }, entry(read, Scope::Global, again)]
    }

    fn going(&self) -> Vec<Entry> {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let shown = self.open();
        let step = |onwards| shown.map(|()| review(ReviewWish::Step(onwards)));
        let (next, back) = (
            [Key::J, Key::ArrowDown, Key::ArrowRight, Key::Tab].map(Chord::key),
            [
                Chord::key(Key::K),
                Chord::key(Key::ArrowUp),
                Chord::key(Key::ArrowLeft),
                Chord::shift(Key::Tab),
            ],
        );
        let mut all = self.pages();
        all.extend([
            entry(
                ("review-next", "Next difference", "On in the queue", &next),
                Scope::Review,
                step(Onwards::Yes),
            ),
            entry(
                ("review-previous", "Previous difference", "Back in the queue", &back),
                Scope::Review,
                step(Onwards::No),
            ),
            entry(
                (
                    "review-order",
                    "Heaviest first, or as in the text",
                    "The other order of the queue",
                    &[],
                ),
                Scope::Review,
                shown.map(|()| review(ReviewWish::TurnOrder)),
            ),
        ]);
        all
    }

    /// Where one can go in a review.
    fn pages(&self) -> Vec<Entry> {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let (shown, guest) = (self.open(), self.guest());
        let page = |page| guest.map(|()| review(ReviewWish::Page(page)));
        vec![
            entry(
                ("review-sheet", "Check sheet", "Who the guests are and what to know before", &[]),
                Scope::Global,
                page(ReviewPage::Sheet),
            ),
            entry(
                (
                    "review-differences",
                    "Differences",
                    "One after the other, each decided by a key",
                    &[],
                ),
                Scope::Global,
                page(ReviewPage::Differences),
            ),
            entry(
                (
                    "review-records",
                    "Records that differ",
                    "What both of us know of one actor, issue or event, each decided by a key",
                    &[],
                ),
                Scope::Global,
                page(ReviewPage::Records),
            ),
            entry(
                (
                    "review-agreement",
                    "Agreement table",
                    "How far we agree, and what each figure was counted from",
                    &[],
                ),
                Scope::Global,
                page(ReviewPage::Agreement),
            ),
            entry(
                (
                    "review-work",
                    "What became of my work",
                    "Decisions of a reviewer about what I tagged",
                    &[],
                ),
                Scope::Global,
                shown.and_then(|()| {
                    let some = self.desk.review.work.letter.is_some();
                    let page = ReviewWish::Page(ReviewPage::Work);
                    if some {
                        Ok(review(page))
                    } else {
                        Err("nobody has decided about your work yet")
                    }
                }),
            ),
        ]
    }

    /// What is answered on the check sheet.
    fn on_the_sheet(&self) -> Vec<Entry> {
        let wish = Wish::Desk(DeskCommand::Review(ReviewWish::TurnNamesakes));
        vec![entry(
            (
                "review-namesakes",
                "Records of the same name are one, or kept apart",
                "Answers for all of them on the check sheet; each can be answered by itself",
                &[Chord::key(Key::S)],
            ),
            Scope::Review,
            self.namesakes().map(|()| wish),
        )]
    }

    fn deciding(&self) -> Vec<Entry> {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let can = self.at_difference().and_then(|one| self.writable().map(|()| one));
        let record = self.at_record().and_then(|()| self.writable());
        let decide = |verdict| {
            let can = match verdict {
                Verdict::Neither if record.is_ok() => Err(ARE_ONE),
                _ => record.or(can.map(drop)),
            };
            can.map(|()| review(ReviewWish::Decide(verdict, String::new())))
        };
        let ways: [(Verdict, Said<'_>); 4] = [
            (
                Verdict::Mine,
                (
                    "review-mine",
                    "Keep mine",
                    "Mine stays as it is; then the next one",
                    &[Chord::key(Key::M)],
                ),
            ),
            (
                Verdict::Theirs,
                (
                    "review-theirs",
                    "Take theirs",
                    "Theirs takes the place of mine; then the next one",
                    &[Chord::key(Key::T)],
                ),
            ),
            (
                Verdict::Both,
                (
                    "review-both",
                    "Take both",
                    "Theirs stands beside mine; then the next one",
                    &[Chord::key(Key::B)],
                ),
            ),
            (
                Verdict::Neither,
                (
                    "review-neither",
                    "Reject both",
                    "Neither stands; then the next one",
                    &[Chord::key(Key::R)],
                ),
            ),
        ];
        let mut all: Vec<Entry> = ways
            .into_iter()
            .map(|(verdict, said)| entry(said, Scope::Review, decide(verdict)))
            .collect();
        all.push(self.entering());
        all.push(entry(
            (
                "review-ask",
                "Ask the author…",
                "A question goes with the review file; mine stays until it is answered",
                &[Chord::sign('?')],
            ),
            Scope::Review,
            can.map(drop).or(record).map(|()| review(ReviewWish::Ask)),
        ));
        all.push(entry(
            (
                "review-remark",
                "Remark to the author…",
                "Words that go along with what is decided",
                &[Chord::key(Key::N)],
            ),
            Scope::Review,
            can.map(drop).or(record).map(|()| review(ReviewWish::Remark)),
        ));
        all
    }

    /// What is said about a difference in threads.
    fn talking(&self) -> Vec<Entry> {
        vec![
            entry(
                (
                    "review-comment",
                    "Comment on the difference",
                    "Answer what is asked about it, or begin a thread about my annotation or the decision",
                    &[Chord::key(Key::C)],
                ),
                Scope::Review,
                self.subjects().map(|_| Wish::Desk(DeskCommand::Focus(Focus::Comment))),
            ),
            entry(
                (
                    "review-resolve",
                    "Resolve or reopen the thread on the difference",
                    "The open one; if none is open, what was resolved last",
                    &[Chord::shift(Key::C)],
                ),
                Scope::Review,
                self.subjects().and_then(|about| settling(self.view, self.desk, &about)),
            ),
        ]
    }

    /// What a thread on the difference that is shown is about.
    fn subjects(&self) -> Result<Vec<RecordId>, &'static str> {
        let only_theirs = match self.at_record() {
            Ok(()) => false,
            Err(_) => self.at_difference()?.ours.is_none(),
        };
        self.writable()?;
        let project = self.view.ok_or(NO_PROJECT)?.project;
        let all = crate::ui::review::subjects(project, &self.desk.review);
        match (all.is_empty(), only_theirs) {
            (false, _) => Ok(all),
            (true, true) => Err("decide first what becomes of theirs, or ask its author"),
            (true, false) => Err("what you had is no longer there: decide first"),
        }
    }

    /// What Enter does.
    fn entering(&self) -> Entry {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let (name, wish) = if self.desk.review.page == ReviewPage::Sheet {
            ("Begin review", self.guest().map(|()| review(ReviewWish::Begin)))
        } else {
            let here = self.at_difference();
            let only_theirs = here.is_ok_and(|one| one.ours.is_none());
            let name =
                if only_theirs { "Take theirs and edit it" } else { "Edit mine in the text" };
            // Taking writes.
            let can = here.and_then(|_| if only_theirs { self.writable() } else { Ok(()) });
            (name, can.map(|()| review(ReviewWish::Edit)))
        };
        let hint = "On the check sheet it begins the review";
        entry(("review-edit", name, hint, &[Chord::key(Key::Enter)]), Scope::Review, wish)
    }

    /// What I say to decisions about my own work.
    fn answering(&self) -> Vec<Entry> {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let desk = &self.desk.review;
        let here = self.open().and_then(|()| {
            let shown = desk.shown && desk.page == ReviewPage::Work;
            desk.work.current().filter(|_| shown).ok_or("go to what became of your work first")
        });
        let can = here.and_then(|one| self.writable().map(|()| one));
        vec![
            entry(
                (
                    "work-accept",
                    "Accept the decision",
                    "What the reviewer decided about my work; then the next one",
                    &[Chord::key(Key::Y)],
                ),
                Scope::Review,
                can.map(|_| review(ReviewWish::Reply(Reply::Accept))),
            ),
            entry(
                (
                    "work-answer",
                    "Answer the reviewer…",
                    "Say why not, or answer a question",
                    &[Chord::key(Key::D)],
                ),
                Scope::Review,
                can.map(|_| review(ReviewWish::TypeAnswer)),
            ),
            entry(
                (
                    "work-show",
                    "Show mine in the text",
                    "Go to the annotation or record that the decision is about",
                    &[Chord::key(Key::G)],
                ),
                Scope::Review,
                here.and_then(|one| {
                    one.mine
                        .as_ref()
                        .map(|_| review(ReviewWish::ShowMine))
                        .ok_or("you had nothing there")
                }),
            ),
        ]
    }

    fn deciding_all(&self) -> Vec<Entry> {
        let review = |wish| Wish::Desk(DeskCommand::Review(wish));
        let some = self.open().and_then(|()| self.writable()).and_then(|()| {
            let review = &self.desk.review;
            let records = review.shown && review.page == ReviewPage::Records;
            let open = if records {
                review.records.open() > 0
            } else {
                review.next_open().is_some() || review.current_is_open()
            };
            if open { Ok(()) } else { Err("nothing that is shown is open") }
        });
        let ways: [(Verdict, Said<'_>); 4] = [
            (
                Verdict::Mine,
                (
                    "review-all-mine",
                    "Keep mine in all that is shown…",
                    "Says how many there are before it does",
                    &[Chord::shift(Key::M)],
                ),
            ),
            (
                Verdict::Theirs,
                (
                    "review-all-theirs",
                    "Take theirs in all that is shown…",
                    "Says how many there are before it does",
                    &[Chord::shift(Key::T)],
                ),
            ),
            (
                Verdict::Both,
                (
                    "review-all-both",
                    "Take both in all that is shown…",
                    "Says how many there are before it does",
                    &[Chord::shift(Key::B)],
                ),
            ),
            (
                Verdict::Neither,
                (
                    "review-all-neither",
                    "Reject both in all that is shown…",
                    "Says how many there are before it does",
                    &[Chord::shift(Key::R)],
                ),
            ),
        ];
        let offers = ways.into_iter().map(|(verdict, said)| {
            let can = match verdict {
                Verdict::Neither if self.at_record().is_ok() => Err(ARE_ONE),
                _ => some,
            };
            entry(said, Scope::Review, can.map(|()| review(ReviewWish::Offer(verdict))))
        });
        offers.collect()
    }
}
