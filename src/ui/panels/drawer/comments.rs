//! The list of threads: what is asked about, what was said last, by whom and when; the open questions first.
//!
//! Enter goes to what a thread is about and opens it in the inspector, Ctrl+Enter resolves it or opens it again.

use egui::{Align, Context, Margin, Ui};

use crate::model::{Comment, CommentId, End, Project, Record, RecordId};
use crate::query::{Thread, all_threads, label_of_end, said_by};
use crate::ui::desk::{Desk, DrawerDesk, RowKey, ShownThreads};
use crate::ui::later::Later;
use crate::ui::list_keys::{led, list_id};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::drawer::{NARROW, cell, nothing, say_at, scrolled};
use crate::ui::panels::{Pane, naming};
use crate::ui::view::View;
use crate::ui::widgets::{
    Face, Row, Sign, badge, empty_state, hairline, in_words, pill_toggle, sign, words,
};
use crate::workbench::{Clock, Command, RemarkCommand};

/// What was listed for: which threads, the filter, who looks.
type Wanted = (ShownThreads, String, String);

/// The threads of the project.
#[derive(Default)]
pub(in crate::ui::panels::drawer) struct Threads(Later<Wanted, Listed>);

/// What is shown of them.
#[derive(Default)]
struct Listed {
    rows: Vec<Asked>,
    /// How many there are: all, open, resolved, with words of mine.
    counts: [usize; 4],
}

/// A row.
struct Asked {
    thread: CommentId,
    last: CommentId,
    target: RecordId,
    sign: Sign,
    answers: usize,
}

/// The filters in the order of the counts, as they are called.
const FILTERS: [(ShownThreads, &str); 4] = [
    (ShownThreads::All, "All"),
    (ShownThreads::Open, "Open"),
    (ShownThreads::Resolved, "Resolved"),
    (ShownThreads::Mine, "Mine"),
];

impl Threads {
    /// Brings the list up to date, or starts to.
    pub(in crate::ui::panels::drawer) fn refresh(
        &mut self,
        (view, ctx): (&View<'_>, &Context),
        drawer: &DrawerDesk,
    ) {
        let me = view.bench.author().annotator.as_str().to_owned();
        let wanted = (drawer.threads, drawer.filter.trim().to_lowercase(), me);
        let of = wanted.clone();
        self.0.of((view, ctx), wanted, move |project| listed(project, &of));
    }

    /// How many are open.
    pub(in crate::ui::panels::drawer) fn open(&self) -> usize {
        let [_, open, ..] = self.0.last().counts;
        open
    }
}

fn listed(project: &Project, (shown, filter, me): &Wanted) -> Listed {
    let mut listed = Listed::default();
    for thread in all_threads(project) {
        let (resolved, mine) = (thread.is_resolved(), thread.has_words_of(me));
        let kinds = [true, !resolved, resolved, mine];
        for (count, holds) in listed.counts.iter_mut().zip(kinds) {
            *count += usize::from(holds);
        }
        let kept = FILTERS.iter().zip(kinds).any(|((which, _), holds)| which == shown && holds);
        let (Some(first), Some(last)) = (thread.first(), thread.last()) else { continue };
        if kept && (filter.is_empty() || said(project, &thread).contains(filter)) {
            listed.rows.push(Asked {
                thread: thread.id.clone(),
                last: last.id.clone(),
                target: first.target.clone(),
                sign: if resolved { Sign::Resolved } else { Sign::Open },
                answers: thread.answers(),
            });
        }
    }
    listed
}

/// Everything that a filter may find: what it is about, who said what.
fn said(project: &Project, thread: &Thread<'_>) -> String {
    let target = thread.first().map(|first| about(project, &first.target)).unwrap_or_default();
    let all = thread.comments.iter().map(|c| format!("{} {}", said_by(c), c.text));
    format!("{target} {}", all.collect::<Vec<_>>().join(" ")).to_lowercase()
}

/// The list, with its filters above.
pub(in crate::ui::panels::drawer) fn show(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    threads: &Threads,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let listed = threads.0.last();
    let [all, ..] = listed.counts;
    if all == 0 {
        let what = "Select an annotation, a link, a record or a document and press M to ask or say something about it.";
        return empty_state(ui, tokens, "No comment yet", what);
    }
    filters(pane, desk, listed, ui);
    hairline(ui, tokens);
    let rows = &listed.rows;
    if rows.is_empty() {
        let none = match desk.drawer.threads {
            ShownThreads::Open => ("No open question", "Every thread is resolved."),
            ShownThreads::Resolved => ("Nothing is resolved yet", "Every thread is still open."),
            ShownThreads::Mine => {
                ("You have said nothing yet", "Threads with your words would be listed here.")
            }
            ShownThreads::All => ("No comment yet", ""),
        };
        return nothing(pane, ui, &desk.drawer.filter, none);
    }
    desk.drawer.at = desk.drawer.at.min(rows.len() - 1);
    let to = led(&desk.drawer.keys, Some(desk.drawer.at), rows.len());
    desk.drawer.at = to.unwrap_or(desk.drawer.at);
    let at = desk.drawer.at;
    if let Some(row) = rows.get(at) {
        if desk.drawer.keys.contains(&RowKey::Take) {
            pane.out.desk(DeskCommand::RevealThread(row.thread.clone()));
        }
        if desk.drawer.keys.contains(&RowKey::Fix) {
            let id = row.thread.clone();
            pane.out.ask(Command::Remark(match row.sign {
                Sign::Open => RemarkCommand::Resolve(id),
                Sign::Resolved => RemarkCommand::Reopen(id),
            }));
        }
    }
    let keyboard = ui.memory(|memory| memory.has_focus(list_id()));
    scrolled(ui, (tokens.size.row, rows.len(), "comments"), to, |ui, index| {
        let Some(asked) = rows.get(index) else { return };
        let Some(last) = pane.view.project.comments().get(&asked.last) else { return };
        let shown = Shown::of(pane.view.project, asked, last);
        let name = shown.sentence(asked);
        let selected = desk.thread.as_ref() == Some(&asked.thread) && desk.selected.is_some();
        let row = Row::new(&name).inset(0.0, 0.0).selected(selected);
        let row = if keyboard && index == at && !selected { row.chosen() } else { row };
        let response = row.show(ui, tokens, |ui| cells(pane, asked, &shown, ui));
        if index == at {
            say_at(ui, &response);
        }
        if response.clicked() {
            desk.drawer.at = index;
            pane.out.desk(DeskCommand::RevealThread(asked.thread.clone()));
        }
    });
}

fn filters(pane: &Pane<'_>, desk: &mut Desk, listed: &Listed, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(16, 5));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for ((which, text), count) in FILTERS.iter().zip(listed.counts) {
                let on = desk.drawer.threads == *which;
                let shown = format!("{text} {count}");
                let name = match which {
                    ShownThreads::All => format!("All threads, {count}"),
                    ShownThreads::Open => format!("Open threads, {count}"),
                    ShownThreads::Resolved => format!("Resolved threads, {count}"),
                    ShownThreads::Mine => format!("Threads with my words, {count}"),
                };
                if pill_toggle(ui, tokens, (&shown, &name), tokens.ink, on).clicked() {
                    desk.drawer.threads = *which;
                    desk.drawer.at = 0;
                }
            }
        });
    });
}

/// What a row says.
struct Shown {
    about: String,
    words: String,
    by: String,
    day: String,
    time: String,
}

impl Shown {
    fn of(project: &Project, asked: &Asked, last: &Record<Comment>) -> Self {
        let when = last.made.as_ref().map(|stamp| Clock::day_and_time(stamp.at));
        let when = when.unwrap_or_default();
        let (day, time) = when.split_once(", ").unwrap_or((when.as_str(), ""));
        let tidy: Vec<&str> = last.text.split_whitespace().take(60).collect();
        Self {
            about: about(project, &asked.target),
            words: naming::cut(&tidy.join(" ")),
            by: said_by(last).to_owned(),
            day: day.to_owned(),
            time: time.to_owned(),
        }
    }

    /// "open: “the gates”. Boris, 23 Nov 2026, 16:58: Both, 2 answers".
    fn sentence(&self, asked: &Asked) -> String {
        let answers = match asked.answers {
            0 => String::new(),
            n => format!(", {}", in_words(n, "answer", "answers")),
        };
        let Self { about, words, by, day, time } = self;
        let state = match asked.sign {
            Sign::Open => "Open thread",
            Sign::Resolved => "Resolved thread",
        };
        format!("{state} on “{about}”: {by}, {day}, {time}: {words}{answers}")
    }
}

fn cells(pane: &mut Pane<'_>, asked: &Asked, shown: &Shown, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    let (ink, muted) = match asked.sign {
        Sign::Open => (tokens.ink, tokens.muted),
        Sign::Resolved => (tokens.muted, tokens.muted),
    };
    let right = ui.max_rect().width() - 16.0;
    let narrow = right < NARROW;
    // Who and when: the time goes where there is no room for it.
    let (who, when, count) = if narrow { (64.0, 76.0, 0.0) } else { (110.0, 122.0, 34.0) };
    let rest = right - who - when - count - 8.0;
    let middle = 36.0 + (rest - 36.0) * 0.38;
    cell(ui, (16.0, 32.0), Align::Min, |ui| {
        sign(ui, asked.sign, if asked.sign == Sign::Open { tokens.warning } else { muted });
    });
    cell(ui, (36.0, middle - 12.0), Align::Min, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if let Some(layer) = layer(pane.view.project, &asked.target) {
            badge(ui, pane.kit(), Some(layer));
        }
        words(ui, pane.kit(), &shown.about, Face::Plain, ink);
    });
    cell(ui, (middle, rest), Align::Min, |ui| {
        words(ui, pane.kit(), &shown.words, Face::Plain, ink);
    });
    if count > 0.0 && asked.answers > 0 {
        cell(ui, (rest, rest + count), Align::Max, |ui| {
            words(ui, pane.kit(), &format!("+{}", asked.answers), Face::Small, muted);
        });
    }
    cell(ui, (right - who - when, right - when - 8.0), Align::Min, |ui| {
        words(ui, pane.kit(), &shown.by, Face::Plain, muted);
    });
    let time = if narrow { shown.day.clone() } else { format!("{}, {}", shown.day, shown.time) };
    cell(ui, (right - when, right), Align::Max, |ui| {
        words(ui, pane.kit(), &time, Face::Small, muted);
    });
}

/// The words that a thread is about.
fn about(project: &Project, target: &RecordId) -> String {
    match target {
        RecordId::Annotation(id) => naming::end_label(project, &End::Annotation(id.clone())),
        RecordId::Entity(id) => label_of_end(project, &End::Entity(id.clone())),
        RecordId::Relation(id) => project.relations().get(id).map_or_else(String::new, |link| {
            let (from, to) =
                (naming::end_label(project, &link.from), naming::end_label(project, &link.to));
            let kind = project.codebook.relation(&link.kind);
            format!("{from} {} {to}", kind.map_or(link.kind.as_str(), |kind| kind.name.as_str()))
        }),
        RecordId::Document(id) => {
            project.sheet(id).map_or_else(String::new, |sheet| sheet.document().title.to_string())
        }
        RecordId::Decision(id) => {
            let decision = project.decisions().get(id);
            decision.map_or_else(String::new, |decision| naming::cut(decision.quote()))
        }
        other => format!("a {}", other.kind()),
    }
}

/// The layer of what a thread is about, if that has one.
fn layer<'a>(project: &'a Project, target: &RecordId) -> Option<&'a crate::model::Layer> {
    let end = match target {
        RecordId::Annotation(id) => End::Annotation(id.clone()),
        RecordId::Entity(id) => End::Entity(id.clone()),
        RecordId::Decision(id) => {
            return project.codebook.layer(project.decisions().get(id)?.layer()?);
        }
        _ => return None,
    };
    project.codebook.layer(project.layer_of(&end)?)
}
