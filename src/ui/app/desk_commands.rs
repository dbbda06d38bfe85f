//! Wishes that only change the looking, and the questions they raise.

use crate::model::{AnnotationId, DocumentId};
use crate::ui::app::App;
use crate::ui::chooser::Asking;
use crate::ui::desk::{
    CodePopup, Desk, Dialog, Focus, Mode, Next, PaletteDesk, PathPrompt, Purpose, Selected,
};
use crate::ui::dialogs::Answer;
use crate::ui::outbox::DeskCommand;
use crate::ui::page::Extend;
use crate::workbench::{Command, DocumentCommand, Notice, SaveTarget};
use egui::Context;

impl App {
    pub(in crate::ui::app) fn desk_command(&mut self, command: DeskCommand, ctx: &Context) {
        let command = self.unless_other_end(command);
        match command {
            DeskCommand::Show(id) => self.show(id),
            DeskCommand::Select(selected) => self.select(selected),
            DeskCommand::Reveal(id) => self.reveal(id),
            DeskCommand::OpenThread(id) => self.open_thread(id),
            DeskCommand::RevealThread(id) => self.reveal_thread(&id),
            DeskCommand::Focus(focus) => self.focus(focus),
            DeskCommand::NextPanel => {
                self.go_round(ctx, [Focus::Page, Focus::Inspector, Focus::Filter, Focus::Left]);
            }
            DeskCommand::PreviousPanel => {
                self.go_round(ctx, [Focus::Page, Focus::Left, Focus::Filter, Focus::Inspector]);
            }
            DeskCommand::Code(id) => self.open_popup(id),
            DeskCommand::LinkFrom(from) => self.start_link(from),
            DeskCommand::LinkTo { from, to } => self.link_to(from, to),
            DeskCommand::Find => self.find(),
            DeskCommand::FindAll => self.find_all(),
            DeskCommand::RevealWords(id, span) => self.reveal_words(id, span),
            DeskCommand::FindStep(onwards) => self.find_step(onwards),
            DeskCommand::CloseFind => self.close_find(),
            DeskCommand::List(tab) => self.list(tab),
            DeskCommand::Fix(fix) => self.fix(fix, ctx),
            DeskCommand::ProblemStep(onwards) => self.problem_step(onwards),
            DeskCommand::NextUnlinked => self.next_unlinked(),
            DeskCommand::TagAll(id) => self.offer_mentions(&id),
            DeskCommand::Describe(id) => self.describe_document(id),
            DeskCommand::RenameDocument(id) => self.rename_document(id),
            DeskCommand::Finder(what) => self.open_finder(what),
            DeskCommand::EditFeature(id) => self.edit_feature(id),
            DeskCommand::Cancel => self.cancel(),
            DeskCommand::CloseMode => self.desk.mode = Mode::Reading,
            DeskCommand::MoveCaret(to, extend) => self.move_caret(to, extend),
            DeskCommand::SelectAll => self.select_all(),
            DeskCommand::WholeWords => self.whole_words(),
            DeskCommand::AskParagraph => self.ask_paragraph(),
            DeskCommand::StepInLayer(layer, onwards) => self.step_in_layer(&layer, onwards),
            DeskCommand::Grow | DeskCommand::Shrink | DeskCommand::KeepFragment => {
                self.reselect(&command);
            }
            DeskCommand::Palette => self.desk.palette = Some(PaletteDesk::default()),
            DeskCommand::AskPath(purpose) => self.ask_path(purpose, ctx),
            DeskCommand::TypePath(purpose) => self.type_path(purpose, None),
            DeskCommand::Open(paths) => self.settle_then(Next::Open(paths), ctx),
            DeskCommand::New => self.settle_then(Next::New, ctx),
            DeskCommand::Sample(which) => self.settle_then(Next::Sample(which), ctx),
            DeskCommand::Paste(text) => self.desk.dialog = Some(Dialog::Paste { text }),
            DeskCommand::Save => self.save(ctx),
            DeskCommand::Outside => self.ask_outside(),
            DeskCommand::Beside => self.ask_beside(),
            DeskCommand::LeaveCopies => self.leave_copies(),
            DeskCommand::ForgetRecent(path) => self.office.forget_recent(&path),
            DeskCommand::CancelWork => self.cancel_work(),
            DeskCommand::Quit => self.settle_then(Next::Quit, ctx),
            DeskCommand::Veil(wish) => self.veil(wish),
            DeskCommand::TurnLinks => self.desk.links = self.desk.links.next(),
            DeskCommand::GoBack => self.go_back(),
            DeskCommand::GoForward => self.go_forward(),
            DeskCommand::ToggleInvisible => self.desk.invisible = !self.desk.invisible,
            DeskCommand::ToggleChips => self.desk.chips = !self.desk.chips,
            DeskCommand::ToggleCards => self.desk.no_cards = !self.desk.no_cards,
            DeskCommand::ToggleTheme => self.toggle_theme(),
            DeskCommand::ToggleContrast => self.toggle_contrast(),
            DeskCommand::Look(look) => self.set_look(look),
            DeskCommand::Edges(edges) => self.set_edges(edges),
            DeskCommand::ToggleFocus => self.toggle_focus(),
            DeskCommand::Settings(page) => self.open_settings(page),
            DeskCommand::About => self.open_about(ctx),
            DeskCommand::Remap(id, chords) => self.remap(&id, chords.as_deref()),
            DeskCommand::ResetKeys => self.reset_keys(),
            DeskCommand::Name(name) => self.set_name(&name),
            DeskCommand::ToggleLeft | DeskCommand::ToggleRight | DeskCommand::ToggleDrawer => {
                self.toggle_panel(&command);
            }
            DeskCommand::AskAnnotator => self.ask_annotator(),
            DeskCommand::Review(wish) => self.review_wish(wish, ctx),
            DeskCommand::Say(words) => self.toasts.say(Notice::info(words)),
            DeskCommand::Keys => self.desk.dialog = Some(Dialog::Keys(String::new())),
        }
    }

    fn ask_annotator(&mut self) {
        let name = self.office.annotator().as_str().to_owned();
        self.desk.dialog = Some(Dialog::Annotator { name });
    }

    fn toggle_panel(&mut self, which: &DeskCommand) {
        let desk = &mut self.desk;
        let hidden = match which {
            DeskCommand::ToggleLeft => &mut desk.hidden.left,
            DeskCommand::ToggleRight => &mut desk.hidden.right,
            _ => &mut desk.drawer.closed,
        };
        *hidden = !*hidden;
    }

    pub(in crate::ui::app) fn answered(&mut self, answer: Answer, ctx: &Context) {
        match answer {
            Answer::Save(next) => {
                self.after_save = Some(next);
                self.save(ctx);
            }
            Answer::Discard(next) => self.go(next, ctx),
            Answer::Recover(recovery) => self.recover(recovery),
            Answer::Leave(recovery) => {
                let declined = self.bench.as_mut().map(|bench| bench.decline(recovery));
                if let Some(Err(notice)) = declined {
                    self.toasts.say(notice);
                }
            }
            Answer::Outside(answer) => self.outside_answered(answer, ctx),
            Answer::TakeCopy(path) => self.take_copy(&path),
            Answer::Path(purpose, path) => self.chosen(purpose, path, ctx),
            Answer::Overwrite(Purpose::SaveAs, path) => self.save_to(SaveTarget::Over(path), ctx),
            Answer::Overwrite(Purpose::SaveReview, path) => self.save_review(path, ctx),
            Answer::Overwrite(Purpose::SaveReport, path) => self.save_report(path, ctx),
            Answer::Overwrite(purpose, path) => self.export_to(purpose, &path, ctx),
            Answer::OpenInstead(paths) => self.settle_then(Next::Open(paths), ctx),
            Answer::Review(paths) => self.open_for_review(paths, ctx),
            Answer::Import(proposed) => self.settle_then(Next::Import(proposed), ctx),
            Answer::Paste(text) => self.paste(text),
            Answer::Paragraph(number) => self.go_to_paragraph(number),
            Answer::Name(name) => self.set_name(&name),
        }
    }

    pub(in crate::ui::app) fn show(&mut self, id: DocumentId) {
        self.desk.review.shown = false;
        if self.desk.document.as_ref() != Some(&id) {
            self.desk.document = Some(id);
            self.desk.words = None;
            // A link may lead to another document.
            if !matches!(self.desk.mode, Mode::Linking(_)) {
                self.desk.mode = Mode::Reading;
            }
        }
        self.desk.focus = Some(Focus::Page);
    }

    /// A click on something else takes what the popup had chosen.
    pub(in crate::ui::app) fn select(&mut self, selected: Option<Selected>) {
        // A click beside every other end is no choice: Escape leaves.
        if matches!(self.desk.mode, Mode::Linking(_)) && selected.is_none() {
            return;
        }
        self.desk.mode = Mode::Reading;
        if let Some(Selected::Annotation(id)) = &selected {
            self.unveil(id);
        }
        self.desk.selected = selected;
    }

    pub(in crate::ui::app) fn reveal(&mut self, id: AnnotationId) {
        let Some(bench) = &self.bench else { return };
        let Some(sheet) = bench.project().home_of(&id) else { return };
        let Some(annotation) = sheet.annotations().get(&id) else { return };
        let start = annotation.place.fragments().hull().start();
        let document = sheet.document().id.clone();
        self.leave_for(&document, start);
        self.show(document);
        self.unveil(&id);
        self.desk.selected = Some(Selected::Annotation(id));
        self.desk.mode = Mode::Reading;
        self.desk.words = None;
        self.desk.page.reveal_at(start);
    }

    pub(in crate::ui::app) fn focus(&mut self, focus: Focus) {
        match focus {
            Focus::Comment | Focus::Thread if self.desk.review.shown => {
                self.desk.review.talking = Some(self.desk.review.spot());
            }
            Focus::Inspector | Focus::Note | Focus::Comment | Focus::Thread => {
                self.desk.hidden.right = false;
            }
            Focus::Filter | Focus::List | Focus::Search => self.desk.drawer.closed = false,
            Focus::Left => self.desk.hidden.left = false,
            Focus::Page | Focus::Find => {}
        }
        self.desk.focus = Some(focus);
    }

    /// F6 goes round the panels, Shift+F6 the other way; the inspector is left out while it is empty.
    fn go_round(&mut self, ctx: &Context, order: [Focus; 4]) {
        let on_page = ctx.memory(|memory| memory.has_focus(crate::ui::page::page_id()));
        let now = if on_page { Focus::Page } else { self.desk.round };
        let empty = self.desk.selected.is_none();
        let after = order.iter().cycle().skip_while(|focus| **focus != now).skip(1);
        let next = after.copied().find(|focus| !(empty && *focus == Focus::Inspector));
        let next = next.unwrap_or_default();
        self.desk.round = next;
        self.focus(next);
    }

    pub(in crate::ui::app) fn open_popup(&mut self, annotation: AnnotationId) {
        let Some(bench) = &self.bench else { return };
        let Some(record) = bench.project().annotation(&annotation) else { return };
        let layer = bench.project().codebook.layer(&record.layer);
        let held = layer
            .and_then(|layer| layer.codes.iter().position(|c| Some(&c.id) == record.code.as_ref()));
        let chosen = held.unwrap_or_default();
        self.desk.mode = Mode::Coding(CodePopup { annotation, typed: String::new(), chosen });
    }

    /// Escape closes what is open, then lets go of the words, then of the record.
    fn cancel(&mut self) {
        let desk: &mut Desk = &mut self.desk;
        if desk.mode != Mode::Reading {
            desk.mode = Mode::Reading;
        } else if desk.find.open {
            desk.find.open = false;
        } else if desk.words.is_some() {
            desk.page.caret.clear();
        } else {
            desk.selected = None;
        }
        desk.focus = Some(Focus::Page);
    }

    fn reselect(&mut self, command: &DeskCommand) {
        let Some(bench) = &self.bench else { return };
        let Some(sheet) = self.desk.document.as_ref().and_then(|id| bench.project().sheet(id))
        else {
            return;
        };
        let (caret, edges) = (&mut self.desk.page.caret, self.desk.edges);
        let text = &sheet.document().text;
        let before = (caret.anchor, caret.at);
        match command {
            DeskCommand::Grow => caret.grow(text, edges),
            DeskCommand::Shrink => caret.shrink(text, edges),
            _ => caret.keep(),
        }
        let after = (caret.anchor, caret.at);
        if caret.at == caret.anchor {
            let at = caret.at;
            caret.put(at, Extend::Yes);
        } else {
            self.desk.selected = None;
        }
        if before == after && matches!(command, DeskCommand::Grow | DeskCommand::Shrink) {
            self.toasts.say(Notice::info("There is nothing larger or smaller to select"));
        }
    }

    fn ask_path(&mut self, purpose: Purpose, ctx: &Context) {
        let wake = ctx.clone();
        let wake = Box::new(move || wake.request_repaint());
        let job = self.chooser.ask(purpose, &self.proposal(purpose), wake);
        self.asking = Some(Asking::new(job, purpose));
    }

    /// A prompt in which the path is typed.
    pub(in crate::ui::app) fn type_path(&mut self, purpose: Purpose, trouble: Option<String>) {
        let path = if purpose.writes() { self.proposal(purpose) } else { String::new() };
        self.desk.dialog = Some(Dialog::Path(PathPrompt { purpose, path, trouble }));
    }

    fn paste(&mut self, text: String) {
        if self.bench.is_none() {
            self.new_project();
        }
        self.ask_project(&Command::Document(DocumentCommand::Paste { text }));
    }
}
