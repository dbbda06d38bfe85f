//! The threads about a record: read, answered, reworded, resolved, in place and without a button that sends.
//!
//! What is typed is in the project from the first letter on, as a note is (`RemarkCommand`), so it is as safe; the
//! comment that is being written stands in its field and not among the others until one leaves it.

use std::collections::BTreeSet;

use egui::{Align, Frame, Id, Key, Layout, Margin, Stroke, Ui, vec2};

use crate::model::{Comment, CommentId, Project, Record, RecordId};
use crate::query::{Thread, said_by, threads_on};
use crate::review::annotation_of;
use crate::ui::command_table::Chord;
use crate::ui::desk::Focus;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::panels::inspector::links::heading;
use crate::ui::panels::{Pane, naming};
use crate::ui::shortcuts::take;
use crate::ui::widgets::{
    Face, Item, Picked, Picker, Row, Sign, answer_field, in_words, note_field, quiet_button,
    side_text, sign, whole_passage, words,
};
use crate::workbench::{Clock, Command, RemarkCommand};

/// So many letters of a comment are shown before one asks for more.
const LONG: usize = 700;
/// A thread of more comments shows its first and its last ones.
const MANY: usize = 6;
/// So many of the last ones.
const LAST: usize = 3;

/// What the section keeps between frames.
#[derive(Default)]
pub(in crate::ui) struct Comments {
    writing: Option<Writing>,
    /// The comment whose words are in a field, and whether that still wants the keyboard.
    rewording: Option<(CommentId, Wants)>,
    /// Whether a further thread is about to begin.
    beginning: bool,
    /// The thread that was opened last.
    opened: Option<CommentId>,
    /// The thread that is to come into sight.
    sought: Option<CommentId>,
    /// Resolved threads that are shown all the same.
    unfolded: BTreeSet<CommentId>,
    /// Threads of which every answer is shown.
    all: BTreeSet<CommentId>,
    /// Long comments that are shown to their ends.
    whole: BTreeSet<CommentId>,
}

/// Whether a field is to take the keyboard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Keyboard,
    Nothing,
}

/// A comment that is being written.
struct Writing {
    at: Place,
    text: String,
    /// Its record, once there is one.
    made: Option<CommentId>,
    /// The words before.
    before: String,
}

/// Where one writes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Place {
    /// The first comment of a thread about something.
    Begin(RecordId),
    /// An answer in a thread.
    Answer(CommentId),
    /// Other words of a comment.
    Reword(CommentId),
}

impl Comments {
    /// A thread comes into sight.
    pub(in crate::ui) fn open(&mut self, thread: CommentId) {
        self.unfolded.insert(thread.clone());
        self.sought = Some(thread);
    }

    /// Which thread was opened last.
    pub(in crate::ui) fn opened(&mut self, thread: Option<&CommentId>) {
        if self.opened.as_ref() != thread {
            self.opened = thread.cloned();
        }
    }

    /// What is being written has become a record.
    pub(in crate::ui) fn made(&mut self, id: CommentId) {
        if let Some(writing) = &mut self.writing
            && !matches!(writing.at, Place::Reword(_))
        {
            writing.made = Some(id);
        }
    }

    /// Ends what is being written. A comment that was emptied has its words again.
    pub(in crate::ui) fn leave(&mut self, out: &mut Outbox) {
        (self.rewording, self.beginning) = (None, false);
        let Some(writing) = self.writing.take() else { return };
        if let Place::Reword(comment) = writing.at
            && writing.text.trim().is_empty()
        {
            let text = writing.before.into();
            out.ask(Command::Remark(RemarkCommand::Reword { comment, text }));
        }
        out.ask(Command::Remark(RemarkCommand::Settle));
    }

    /// The threads about `targets`, and where one begins another about the first of them.
    pub(in crate::ui) fn show(
        &mut self,
        pane: &mut Pane<'_>,
        targets: &[RecordId],
        focus: Option<Focus>,
        ui: &mut Ui,
    ) {
        let project = pane.view.project;
        let Some(target) = targets.first() else { return };
        self.forget_what_is_gone(pane);
        let decision = self.decision_about(project, target);
        let also = decision.filter(|decision| !targets.contains(decision));
        let all = targets.iter().chain(&also);
        let mut threads: Vec<Thread<'_>> =
            all.flat_map(|target| threads_on(project, target)).collect();
        threads.sort_by_key(Thread::is_resolved);
        let made = self.writing.as_ref().and_then(|writing| writing.made.clone());
        // What is being written stands in its field.
        for thread in &mut threads {
            thread.comments.retain(|comment| Some(&comment.id) != made.as_ref());
        }
        threads.retain(|thread| !thread.comments.is_empty());
        let open = threads.iter().filter(|thread| !thread.is_resolved()).count();
        let aside = match (threads.len(), open) {
            (0, _) => String::new(),
            (_, 0) => Sign::Resolved.word().to_owned(),
            (_, open) => format!("{open} {}", Sign::Open.word()),
        };
        heading(pane, "Comments", &aside, ui);
        let wanted = self.wanted(&threads, target, focus);
        for thread in &threads {
            let open = !thread.is_resolved();
            if open {
                // Resolved later it is folded like the others.
                self.unfolded.remove(&thread.id);
            }
            let shown = open || self.unfolded.contains(&thread.id);
            ui.push_id(thread.id.as_str(), |ui| {
                if shown {
                    self.thread(pane, thread, wanted.as_ref(), ui);
                } else {
                    self.folded(pane, thread, ui);
                }
            });
            ui.add_space(6.0);
        }
        self.beginning |= matches!(wanted, Some(Place::Begin(_)));
        let at = Place::Begin(target.clone());
        if open == 0 || self.beginning || self.writes(&at).is_some() {
            let names = ("Comment", "Ask or tell those who read this");
            self.field(pane, &at, (names, wanted.as_ref() == Some(&at)), ui);
        } else if quiet_button(ui, pane.view.tokens, "New thread").clicked() {
            pane.out.desk(DeskCommand::Focus(Focus::Thread));
        }
    }

    /// The decision about this annotation whose thread was opened last.
    fn decision_about(&self, project: &Project, target: &RecordId) -> Option<RecordId> {
        let opened = project.comments().get(self.opened.as_ref()?)?;
        let RecordId::Decision(id) = &opened.target else { return None };
        let mine = annotation_of(project, project.decisions().get(id)?)?;
        (*target == RecordId::Annotation(mine)).then(|| opened.target.clone())
    }

    /// The field that is to take the keyboard.
    fn wanted(
        &mut self,
        threads: &[Thread<'_>],
        target: &RecordId,
        focus: Option<Focus>,
    ) -> Option<Place> {
        match focus {
            Some(Focus::Thread) => Some(Place::Begin(target.clone())),
            Some(Focus::Comment) => {
                let opened = threads.iter().find(|thread| Some(&thread.id) == self.opened.as_ref());
                // The open ones come first, the newest of them last.
                let newest = || threads.iter().rfind(|thread| !thread.is_resolved());
                let Some(thread) = opened.or_else(newest) else {
                    return Some(Place::Begin(target.clone()));
                };
                self.unfolded.insert(thread.id.clone());
                Some(Place::Answer(thread.id.clone()))
            }
            _ => None,
        }
    }

    /// Undo may have taken away what is being written.
    fn forget_what_is_gone(&mut self, pane: &Pane<'_>) {
        let comments = pane.view.project.comments();
        if let Some(writing) = &mut self.writing
            && writing.made.as_ref().is_some_and(|made| !comments.contains_key(made))
        {
            writing.made = None;
        }
        if self.rewording.as_ref().is_some_and(|(id, _)| !comments.contains_key(id)) {
            self.rewording = None;
        }
    }

    /// A resolved thread in a line; a click shows it.
    fn folded(&mut self, pane: &mut Pane<'_>, thread: &Thread<'_>, ui: &mut Ui) {
        let tokens = pane.view.tokens;
        let Some(first) = thread.first() else { return };
        let first_words = naming::cut(&first.text);
        let answers = match thread.answers() {
            0 => String::new(),
            n => format!(", {}", in_words(n, "answer", "answers")),
        };
        let name = format!("Resolved thread: {}: {first_words}{answers}", said_by(first));
        let row = Row::new(&name).inset(4.0, 4.0).height(tokens.size.field);
        let response = row.show(ui, tokens, |ui| {
            sign(ui, Sign::Resolved, tokens.muted);
            words(ui, pane.kit(), said_by(first), Face::SmallBold, tokens.muted);
            words(ui, pane.kit(), &first_words, Face::Small, tokens.muted);
        });
        if response.clicked() {
            self.unfolded.insert(thread.id.clone());
        }
    }

    fn thread(
        &mut self,
        pane: &mut Pane<'_>,
        thread: &Thread<'_>,
        wanted: Option<&Place>,
        ui: &mut Ui,
    ) {
        let tokens = pane.view.tokens;
        let opened = self.opened.as_ref() == Some(&thread.id);
        let edge = if opened { tokens.muted } else { tokens.line };
        let frame = Frame::new().fill(tokens.raised).stroke(Stroke::new(1.0, edge));
        let frame = frame.corner_radius(tokens.size.radius_large);
        let shown = frame.inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            self.comments(pane, thread, ui);
            ui.add_space(4.0);
            let at = Place::Answer(thread.id.clone());
            let name = format!("Answer {}", thread.last().map_or("", said_by));
            let names = (name.as_str(), "Answer");
            self.field(pane, &at, (names, wanted == Some(&at)), ui);
            ui.add_space(2.0);
            self.settling(pane, thread, ui);
        });
        if self.sought.as_ref() == Some(&thread.id) {
            self.sought = None;
            shown.response.scroll_to_me(None);
        }
    }

    /// The comments of a thread; of very many the first and the last.
    fn comments(&mut self, pane: &mut Pane<'_>, thread: &Thread<'_>, ui: &mut Ui) {
        let count = thread.comments.len();
        let hidden =
            if count <= MANY || self.all.contains(&thread.id) { 0..0 } else { 1..count - LAST };
        for (at, comment) in thread.comments.iter().enumerate() {
            if at == hidden.start && !hidden.is_empty() {
                let text = format!("Show {} earlier answers", hidden.len());
                if quiet_button(ui, pane.view.tokens, &text).clicked() {
                    self.all.insert(thread.id.clone());
                }
            }
            if !hidden.contains(&at) {
                ui.push_id(comment.id.as_str(), |ui| self.comment(pane, comment, ui));
            }
        }
    }

    /// Who, when, and what.
    fn comment(&mut self, pane: &mut Pane<'_>, comment: &Record<Comment>, ui: &mut Ui) {
        let tokens = pane.view.tokens;
        let when = comment.made.as_ref().map_or_else(String::new, |s| Clock::day_and_time(s.at));
        let size = vec2(ui.available_width(), tokens.size.field - 4.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            self.menu(pane, comment, ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                words(ui, pane.kit(), said_by(comment), Face::SmallBold, tokens.ink);
                words(ui, pane.kit(), &when, Face::Small, tokens.muted);
            });
        });
        if let Some((_, wants)) = self.rewording.as_mut().filter(|(id, _)| *id == comment.id) {
            let focus = std::mem::replace(wants, Wants::Nothing) == Wants::Keyboard;
            let names = ("Reword the comment", "");
            return self.field(pane, &Place::Reword(comment.id.clone()), (names, focus), ui);
        }
        let end = comment.text.char_indices().nth(LONG).map(|(end, _)| end);
        let cut = end.filter(|_| !self.whole.contains(&comment.id));
        let head = cut.and_then(|end| comment.text.get(..end));
        let shown = head.map_or_else(|| comment.text.to_string(), |head| format!("{head}…"));
        let name = format!("{}, {when}: {}", said_by(comment), comment.text);
        whole_passage(ui, pane.kit(), (&shown, &name), Face::Plain, tokens.ink);
        if cut.is_some() && quiet_button(ui, tokens, "Show all of it").clicked() {
            self.whole.insert(comment.id.clone());
        }
    }

    fn menu(&mut self, pane: &mut Pane<'_>, comment: &Record<Comment>, ui: &mut Ui) {
        let me = &pane.view.bench.author().annotator;
        let mine = comment.made.as_ref().is_none_or(|stamp| stamp.by() == me);
        let name = format!("Change comment: {}: {}", said_by(comment), naming::cut(&comment.text));
        let all: &[&str] = if mine { &["Reword", "Erase"] } else { &["Erase"] };
        let picked = Picker::new(&name, "").dots().show(ui, pane.kit(), || {
            all.iter().map(|text| Item { text: (*text).to_owned(), ..Item::default() }).collect()
        });
        let Some(Picked::Item(at)) = picked else { return };
        if at + 1 == all.len() {
            let erase = RemarkCommand::EraseComment(comment.id.clone());
            pane.out.ask(Command::Remark(erase));
        } else {
            self.rewording = Some((comment.id.clone(), Wants::Keyboard));
        }
    }

    /// Below the answers: whether more is to be said.
    fn settling(&mut self, pane: &mut Pane<'_>, thread: &Thread<'_>, ui: &mut Ui) {
        let tokens = pane.view.tokens;
        let first = thread.first().map(|first| naming::cut(&first.text)).unwrap_or_default();
        let id = thread.id.clone();
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            if !thread.is_resolved() {
                let button = quiet_button(ui, tokens, "Resolve");
                if button.accessible_name(format!("Resolve: {first}")).clicked() {
                    self.unfolded.remove(&id);
                    pane.out.ask(Command::Remark(RemarkCommand::Resolve(id)));
                }
                return;
            }
            sign(ui, Sign::Resolved, tokens.muted);
            let button = quiet_button(ui, tokens, "Reopen");
            if button.accessible_name(format!("Reopen: {first}")).clicked() {
                pane.out.ask(Command::Remark(RemarkCommand::Reopen(id.clone())));
            }
            let button = quiet_button(ui, tokens, "Fold");
            if button.accessible_name(format!("Fold: {first}")).clicked() {
                self.unfolded.remove(&id);
            }
        });
    }

    fn writes(&self, at: &Place) -> Option<&Writing> {
        self.writing.as_ref().filter(|writing| writing.at == *at)
    }

    /// A field in which a comment is written.
    fn field(
        &mut self,
        pane: &mut Pane<'_>,
        at: &Place,
        ((name, hint), focus): ((&str, &str), bool),
        ui: &mut Ui,
    ) {
        let id = Id::unique(("comment", at));
        let before = match at {
            Place::Reword(id) => pane.view.project.comments().get(id).map(|c| c.text.to_string()),
            Place::Begin(_) | Place::Answer(_) => None,
        };
        let before = before.unwrap_or_default();
        let mut text = self.writes(at).map_or_else(|| before.clone(), |w| w.text.clone());
        if focus {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let has_keyboard = ui.memory(|memory| memory.has_focus(id));
        let ended = has_keyboard && take(ui.ctx(), &Chord::ctrl(Key::Enter));
        let show = if matches!(at, Place::Answer(_)) { answer_field } else { note_field };
        let typed = show(ui, pane.kit(), id, (name, hint), &mut text);
        if typed.focused && !text.is_empty() {
            side_text(ui, pane.view.tokens, "Ctrl+Enter when it is said");
        }
        if typed.changed {
            self.typed(pane, at, (text, before));
        }
        let left = || !typed.focused && !typed.changed && !egui::Popup::is_any_open(ui.ctx());
        if ended {
            ui.memory_mut(|memory| memory.surrender_focus(id));
            pane.out.desk(DeskCommand::Focus(Focus::Page));
        }
        if ended || typed.done || self.writes(at).is_some() && left() {
            self.leave(pane.out);
        }
    }

    /// Sends what the field says now.
    fn typed(&mut self, pane: &mut Pane<'_>, at: &Place, (text, before): (String, String)) {
        if self.writes(at).is_none() {
            let (at, made) = (at.clone(), None);
            self.writing = Some(Writing { at, text: String::new(), made, before });
        }
        let Some(writing) = &mut self.writing else { return };
        writing.text.clone_from(&text);
        let blank = text.trim().is_empty();
        let text = text.into();
        let command = match (&writing.at, writing.made.clone()) {
            // Emptied for a moment: it keeps its words until there are others.
            (Place::Reword(_), _) if blank => return,
            (Place::Reword(comment), _) => RemarkCommand::Reword { comment: comment.clone(), text },
            (_, Some(comment)) => {
                if blank {
                    writing.made = None;
                }
                RemarkCommand::Reword { comment, text }
            }
            (Place::Begin(target), None) => RemarkCommand::Begin { target: target.clone(), text },
            (Place::Answer(thread), None) => RemarkCommand::Answer { thread: thread.clone(), text },
        };
        pane.out.ask(Command::Remark(command));
    }
}
