//! Wishes about the caret and the selection on the page, and about going from place to place.

use crate::model::{Fragments, LayerId};
use crate::query::{self, Position};
use crate::text::whole_words;
use crate::ui::app::App;
use crate::ui::desk::{Dialog, Focus, Mode, Selected};
use crate::ui::dialogs::ParagraphPrompt;
use crate::ui::page::find::Onwards;
use crate::ui::page::{Extend, Move, numbers};
use crate::workbench::{AnnotationCommand, Command, Notice};

impl App {
    /// As a key would.
    pub(in crate::ui::app) fn move_caret(&mut self, to: Move, extend: Extend) {
        self.desk.page.moves.push((to, extend));
        self.desk.focus = Some(Focus::Page);
    }

    pub(in crate::ui::app) fn select_all(&mut self) {
        let sheet = self.bench.as_ref().zip(self.desk.document.as_ref());
        let Some(sheet) = sheet.and_then(|(bench, id)| bench.project().sheet(id)) else { return };
        self.desk.page.caret.select_all(&sheet.document().text);
        self.desk.selected = None;
        self.desk.focus = Some(Focus::Page);
    }

    /// What ends inside a word takes all of it: the selection, or the selected annotation as one step.
    pub(in crate::ui::app) fn whole_words(&mut self) {
        let sheet = self.bench.as_ref().zip(self.desk.document.as_ref());
        let Some(sheet) = sheet.and_then(|(bench, id)| bench.project().sheet(id)) else { return };
        let text = &sheet.document().text;
        let grown = |own: &Fragments| {
            let spans = own.spans().iter().map(|span| whole_words(text, *span)).collect();
            Fragments::joined(spans)
        };
        if let Some(words) = &self.desk.words {
            if let Some(words) = grown(words) {
                self.desk.page.caret.select_fragments(&words);
            }
            return;
        }
        let Some(Selected::Annotation(id)) = &self.desk.selected else { return };
        let own = sheet.annotations().get(id).filter(|own| !own.place.is_orphan());
        if let Some(words) = own.and_then(|own| grown(own.place.fragments())) {
            let command = AnnotationCommand::Place(id.clone(), words);
            self.ask_project(&Command::Annotation(command));
        }
    }

    pub(in crate::ui::app) fn ask_paragraph(&mut self) {
        self.desk.dialog = Some(Dialog::Paragraph(ParagraphPrompt::default()));
    }

    /// The caret goes to the paragraph that has that number in the margin.
    pub(in crate::ui::app) fn go_to_paragraph(&mut self, number: u32) {
        let sheet = self.bench.as_ref().zip(self.desk.document.clone());
        let Some((bench, id)) = sheet else { return };
        let Some(sheet) = bench.project().sheet(&id) else { return };
        let Some(start) = numbers::start(sheet.document(), number) else { return };
        self.leave_for(&id, start);
        self.show(id);
        self.desk.selected = None;
        self.desk.words = None;
        self.desk.mode = Mode::Reading;
        self.desk.page.reveal_at(start);
    }

    /// To the next annotation of the layer from the one that is selected, else from the caret.
    pub(in crate::ui::app) fn step_in_layer(&mut self, layer: &LayerId, onwards: Onwards) {
        let sheet = self.bench.as_ref().zip(self.desk.document.as_ref());
        let Some((bench, document)) = sheet else { return };
        let Some(sheet) = bench.project().sheet(document) else { return };
        let own = match &self.desk.selected {
            Some(Selected::Annotation(id)) => sheet.annotations().get(id),
            _ => None,
        };
        let at = self.desk.page.caret.at;
        let from = own.map_or(Position::Offset(at), |own| Position::Annotation(&own.id));
        let veil = &self.desk.veil;
        let next = match onwards {
            Onwards::Yes => {
                query::next_annotation_that(sheet, from, |a| a.layer == *layer && !veil.hides(a))
            }
            Onwards::No => query::previous_annotation_that(sheet, from, |a| {
                a.layer == *layer && !veil.hides(a)
            }),
        };
        if let Some(id) = next.map(|next| next.id.clone()) {
            return self.reveal(id);
        }
        let layer = bench.project().codebook.layer(layer);
        let name = layer.map_or_else(String::new, |layer| layer.name.to_lowercase());
        let way = if onwards == Onwards::Yes { "after this" } else { "before this" };
        self.toasts.say(Notice::info(format!("There is no {name} {way} in this document")));
    }
}
