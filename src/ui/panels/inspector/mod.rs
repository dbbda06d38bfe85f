//! The inspector: what is selected, edited in place. One file for each kind of record and one for features.
//!
//! Words being typed are drafts here until they are sent; a draft that cannot be read stays with its trouble below it.

mod annotation;
mod chips;
pub(in crate::ui::panels) mod comments;
mod document;
mod entity;
mod features;
mod here;
mod history;
mod links;
mod reference;
mod relation;
mod remarks;
mod written;

use egui::{Frame, Margin, ScrollArea, Ui};

use crate::model::{CommentId, EntityId, FeatureId};
use crate::ui::command_table::{Chord, LINK};
use crate::ui::desk::{Desk, Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::annotation::Facts;
use crate::ui::panels::inspector::comments::Comments;
use crate::ui::panels::inspector::document::Measure;
use crate::ui::panels::inspector::entity::Uses;
use crate::ui::panels::inspector::history::Change;
use crate::ui::panels::inspector::remarks::NoteDraft;
use crate::ui::panels::kept::Kept;
use crate::ui::panels::naming::record_of;
use crate::ui::sides::sides_to_decide;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, empty_state, passage};
use crate::workbench::{Command, RemarkCommand};

/// What the inspector keeps between frames.
#[derive(Default)]
pub struct InspectorDesk {
    shown: Option<Selected>,
    drafts: Vec<Draft>,
    note: NoteDraft,
    comments: Comments,
    /// Whether features beyond the first ones are shown.
    more: bool,
    facts: Kept<Option<Selected>, Facts>,
    measure: Kept<Option<Selected>, Measure>,
    changes: Kept<Option<Selected>, Vec<Change>>,
    uses: Kept<Option<EntityId>, Uses>,
    /// The key that begins a link, if it has one.
    link_key: Option<Chord>,
    /// The field that should take the keyboard when it is drawn.
    wanted: Option<FeatureId>,
}

/// Words typed into a field and not yet sent.
#[derive(Clone, Debug)]
struct Draft {
    of: Selected,
    field: Field,
    text: String,
    trouble: Option<String>,
}

/// The field of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Field {
    Name,
    Feature(FeatureId),
}

/// The inspector's contents.
pub(in crate::ui::panels) fn show(
    pane: &mut Pane<'_>,
    desk: &mut Desk,
    mine: &mut InspectorDesk,
    ui: &mut Ui,
) {
    mine.follow(pane, desk.selected.as_ref());
    mine.link_key = desk.keymap.first("link", LINK);
    mine.comments.opened(desk.thread.as_ref());
    ScrollArea::vertical().auto_shrink(false).show_named(ui, "the inspector", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let Some(selected) = desk.selected.clone() else {
            nothing(pane, ui);
            return here::show(pane, desk, ui);
        };
        let own = [Focus::Inspector, Focus::Note, Focus::Comment, Focus::Thread];
        let focus = desk.focus.take_if(|focus| own.contains(focus));
        Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            // Fields of another record are other fields.
            undecided(pane, &selected, ui);
            let known = ui
                .push_id(record_of(&selected), |ui| mine.record(pane, &selected, focus, ui))
                .inner;
            if !known {
                empty_state(
                    ui,
                    pane.view.tokens,
                    "This is gone",
                    "Select something else on the page.",
                );
            }
        });
        here::show(pane, desk, ui);
    });
}

impl InspectorDesk {
    /// The field of this feature takes the keyboard.
    pub fn edit(&mut self, feature: FeatureId) {
        self.wanted = Some(feature);
    }

    /// This thread comes into sight.
    pub fn open_thread(&mut self, thread: CommentId) {
        self.comments.open(thread);
    }

    /// What is being typed has become this comment.
    pub fn comment_made(&mut self, id: CommentId) {
        self.comments.made(id);
    }

    fn record(
        &mut self,
        pane: &mut Pane<'_>,
        selected: &Selected,
        focus: Option<Focus>,
        ui: &mut Ui,
    ) -> bool {
        match selected {
            Selected::Annotation(id) => annotation::show(pane, self, id, focus, ui),
            Selected::Relation(id) => relation::show(pane, self, id, focus, ui),
            Selected::Entity(id) => entity::show(pane, self, id, focus, ui),
            Selected::Document(id) => document::show(pane, self, id, focus, ui),
        }
        .is_some()
    }

    /// When another record is selected, what was typed for the last one is sent first.
    fn follow(&mut self, pane: &mut Pane<'_>, selected: Option<&Selected>) {
        if self.shown.as_ref() == selected {
            return;
        }
        self.shown = selected.cloned();
        let (ready, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut self.drafts)
            .into_iter()
            .partition(|draft| Some(&draft.of) != selected && draft.trouble.is_none());
        self.drafts = waiting;
        for draft in ready {
            if let Some(Ok(command)) = written::sent(pane.view.project, &draft) {
                pane.out.ask(command);
            }
        }
        if self.note.leave() {
            pane.out.ask(Command::Remark(RemarkCommand::Settle));
        }
        self.comments.leave(pane.out);
    }

    fn draft(&mut self, of: &Selected, field: &Field) -> Option<&mut Draft> {
        self.drafts.iter_mut().find(|draft| draft.of == *of && draft.field == *field)
    }

    fn drop_draft(&mut self, of: &Selected, field: &Field) {
        self.drafts.retain(|draft| draft.of != *of || draft.field != *field);
    }
}

/// Above all else, the versions of it that wait for a decision.
fn undecided(pane: &mut Pane<'_>, selected: &Selected, ui: &mut Ui) {
    let (id, project) = (record_of(selected), pane.view.project);
    if !project.get(&id).is_some_and(|record| record.has_conflict()) {
        return;
    }
    let (waits, error) = ("Two people changed this at once", pane.view.tokens.error);
    let width = ui.available_width();
    passage(ui, pane.kit(), waits, Face::Bold, error, width);
    ui.add_space(6.0);
    if let Some(command) = sides_to_decide(ui, pane.kit(), project, &id) {
        pane.out.ask(command);
    }
}

fn nothing(pane: &Pane<'_>, ui: &mut Ui) {
    let tokens = pane.view.tokens;
    ui.add_space(tokens.size.grid);
    if pane.view.project.annotation_count() == 0 {
        empty_state(ui, tokens, "Nothing is tagged yet", &how_to_tag(pane));
    } else {
        let what = "Click a marked passage, or a row in a list. Tab goes to the next annotation.";
        empty_state(ui, tokens, "Nothing is selected", what);
    }
}

/// How to tag, with the letters of this project's codebook.
fn how_to_tag(pane: &Pane<'_>) -> String {
    let layers = pane.view.project.codebook.layers.iter();
    let letters: Vec<String> =
        layers.map(|layer| format!("{} for {}", layer.key, layer.name.to_lowercase())).collect();
    format!("Select words on the page and press the letter of a layer: {}.", letters.join(", "))
}
