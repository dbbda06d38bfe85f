//! Wishes that look for something: further mentions, words, problems.

use crate::model::{AnnotationId, DocumentId, End, RecordId};
use crate::text::Span;
use crate::ui::app::App;
use crate::ui::desk::{Dialog, DrawerTab, Focus, Mode, Selected};
use crate::ui::finder::Finding;
use crate::ui::page::find::Onwards;
use crate::ui::problems::{Fix, Here};
use crate::ui::tag_all::TagAllDesk;
use crate::workbench::{AnnotationCommand, Command, Notice};
use egui::Context;

/// The most characters of a selection that are looked for.
const MOST: usize = 200;

impl App {
    /// The selected words, as far as one would look for them.
    fn words_to_find(&self) -> Option<String> {
        let bench = self.bench.as_ref()?;
        let text = &bench.project().sheet(self.desk.document.as_ref()?)?.document().text;
        let words = text.slice(self.desk.words.as_ref()?.hull());
        let short = words.chars().count() <= MOST && !words.contains('\n');
        short.then(|| words.to_owned())
    }

    /// Opens the bar above the page.
    pub(in crate::ui::app) fn find(&mut self) {
        let words = self.words_to_find();
        let caret = &self.desk.page.caret;
        let now = Span::between(caret.anchor, caret.at);
        if !now.is_some_and(|now| self.desk.find.is_hit(now)) {
            // What is typed leads to its first hit at once.
            self.leave();
        }
        let caret = &self.desk.page.caret;
        self.desk.find.start(words, caret.at.min(caret.anchor));
        self.desk.focus = Some(Focus::Find);
    }

    /// Opens the drawer's list of words in all documents.
    pub(in crate::ui::app) fn find_all(&mut self) {
        let words = self.words_to_find();
        let bar = Some(&self.desk.find).filter(|find| find.open && words.is_none());
        let words = words.or_else(|| bar.map(|find| find.wanted.words.clone()));
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            self.desk.drawer.search.wanted.words = words;
        }
        self.desk.drawer.tab = DrawerTab::Search;
        self.focus(Focus::Search);
    }

    /// Shows words of a document, selected.
    pub(in crate::ui::app) fn reveal_words(&mut self, id: DocumentId, span: Span) {
        self.leave_for(&id, span.start());
        self.show(id);
        self.desk.selected = None;
        self.desk.page.reveal_words(span);
    }

    /// Selects the next or previous hit.
    pub(in crate::ui::app) fn find_step(&mut self, onwards: Onwards) {
        let Some(bench) = &self.bench else { return };
        let sheet = self.desk.document.as_ref().and_then(|id| bench.project().sheet(id));
        let Some(sheet) = sheet else { return };
        let find = &mut self.desk.find;
        find.refresh(sheet.document());
        let caret = &self.desk.page.caret;
        let (anchor, at) = (caret.anchor, caret.at);
        let on_hit = Span::between(anchor, at).is_some_and(|here| find.is_hit(here));
        if let Some(hit) = find.step(onwards, anchor, at) {
            // The way back leads to where one looked from, not to every hit on the way.
            if !on_hit && let Some(document) = self.desk.document.clone() {
                self.leave_for(&document, hit.start());
            }
            self.desk.selected = None;
            self.desk.page.reveal_words(hit);
        } else {
            let words = format!("“{}” is not in this document", find.wanted.words);
            self.toasts.say(Notice::info(words));
        }
    }

    /// Closes the bar; the hit stays selected, for a layer's letter.
    pub(in crate::ui::app) fn close_find(&mut self) {
        self.desk.find.open = false;
        self.desk.focus = Some(Focus::Page);
    }

    /// Opens the checklist of further mentions, or says that there are none.
    pub(in crate::ui::app) fn offer_mentions(&mut self, like: &AnnotationId) {
        let Some(bench) = &self.bench else { return };
        self.desk.mode = Mode::Reading;
        match TagAllDesk::open(bench.project(), like) {
            Ok(list) => self.desk.tag_all = Some(list),
            Err(why) => self.toasts.say(Notice::info(why)),
        }
    }

    /// Opens a list of the drawer and gives it the keyboard.
    pub(in crate::ui::app) fn list(&mut self, tab: DrawerTab) {
        self.desk.drawer.tab = tab;
        self.desk.drawer.at = 0;
        self.focus(Focus::List);
    }

    /// Goes to the next or previous problem.
    pub(in crate::ui::app) fn problem_step(&mut self, onwards: Onwards) {
        let Some(bench) = &self.bench else { return };
        let next = self.desk.problems.next(bench.project(), &self.here(), onwards);
        self.go_to(next, "There is no problem left to go to");
    }

    /// Goes to the next claim that nobody is linked to.
    pub(in crate::ui::app) fn next_unlinked(&mut self) {
        let Some(bench) = &self.bench else { return };
        let next = self.desk.problems.next_unlinked(bench.project(), &self.here());
        self.go_to(next, "Every claim has its claimant");
    }

    fn here(&self) -> Here<'_> {
        Here {
            selected: self.desk.selected.as_ref(),
            document: self.desk.document.as_ref(),
            caret: self.desk.page.caret.at,
        }
    }

    /// Shows a record where it is.
    fn go_to(&mut self, record: Option<RecordId>, none: &str) {
        match record {
            Some(RecordId::Annotation(id)) => self.reveal(id),
            Some(RecordId::Relation(id)) => self.select(Some(Selected::Relation(id))),
            Some(RecordId::Entity(id)) => self.select(Some(Selected::Entity(id))),
            Some(RecordId::Document(id)) => self.show(id),
            Some(_) => {}
            None => self.toasts.say(Notice::info(none)),
        }
    }

    /// Goes to a problem and does what helps, or opens what is needed for it.
    pub(in crate::ui::app) fn fix(&mut self, fix: Fix, ctx: &Context) {
        if let Some(command) = fix.command() {
            return self.ask_project(&command);
        }
        match fix {
            Fix::LinkClaimant(id) => {
                self.reveal(id.clone());
                self.start_link(End::Annotation(id));
            }
            Fix::SayWhom(id) => {
                self.reveal(id.clone());
                self.open_finder(Finding::Record(id));
            }
            Fix::ChooseCode(id) => {
                self.reveal(id.clone());
                self.open_popup(id);
            }
            Fix::Rename(id) => {
                self.select(Some(Selected::Entity(id)));
                self.focus(Focus::Inspector);
            }
            Fix::ShowOther(id) => self.reveal(id),
            Fix::Decide(id) => self.desk.dialog = Some(Dialog::Conflict(id)),
            Fix::Place(id) => self.place(id),
            Fix::Copy(raw) => {
                ctx.copy_text(raw.into());
                self.toasts.say(Notice::info("The record is on the clipboard as JSON"));
            }
            Fix::SetPlanned(_) => {}
        }
    }

    /// Puts an annotation whose words are lost on those that are selected.
    fn place(&mut self, id: AnnotationId) {
        let Some(bench) = &self.bench else { return };
        let home = bench.project().home_of(&id).map(|sheet| sheet.document().id.clone());
        if let Some(words) = self.desk.words.clone().filter(|_| home == self.desk.document) {
            let command = AnnotationCommand::Place(id.clone(), words);
            self.ask_project(&Command::Annotation(command));
            self.reveal(id);
            return;
        }
        if let Some(home) = home {
            self.show(home);
        }
        let words = "Select the words where it belongs, then place it on them";
        self.toasts.say(Notice::info(words));
    }
}
