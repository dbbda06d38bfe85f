//! What is thought about a record: the note, which is written in place. Below it come the comments (`comments`), for
//! others.

use egui::{Id, Ui};

use crate::model::RecordId;
use crate::ui::desk::{Focus, Selected};
use crate::ui::panels::Pane;
use crate::ui::panels::inspector::InspectorDesk;
use crate::ui::panels::inspector::links::heading;
use crate::ui::panels::naming::record_of;
use crate::ui::widgets::note_field;
use crate::workbench::{Command, RemarkCommand};

/// The words of the note while one writes them.
#[derive(Default)]
pub(in crate::ui::panels::inspector) struct NoteDraft {
    text: String,
    writing: bool,
}

impl NoteDraft {
    /// Ends the visit; whether there was one.
    pub(in crate::ui::panels::inspector) fn leave(&mut self) -> bool {
        std::mem::take(&mut self.writing)
    }
}

/// Note and comments.
pub(in crate::ui::panels::inspector) fn show(
    pane: &mut Pane<'_>,
    mine: &mut InspectorDesk,
    selected: &Selected,
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    let target = record_of(selected);
    heading(pane, "Note", "", ui);
    note(pane, &mut mine.note, &target, focus, ui);
    mine.comments.show(pane, &[target], focus, ui);
}

fn note(
    pane: &mut Pane<'_>,
    note: &mut NoteDraft,
    target: &RecordId,
    focus: Option<Focus>,
    ui: &mut Ui,
) {
    let id = Id::unique(("note", target));
    if !note.writing {
        let written = pane.view.project.note_on(target);
        note.text = written.map_or_else(String::new, |note| note.text.to_string());
    }
    if focus == Some(Focus::Note) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let typed = note_field(ui, pane.kit(), id, ("Note", "What you think about it"), &mut note.text);
    if typed.changed {
        note.writing = true;
        let (target, text) = (target.clone(), note.text.as_str().into());
        pane.out.ask(Command::Remark(RemarkCommand::SetNote { target, text }));
    }
    if typed.done && note.leave() {
        pane.out.ask(Command::Remark(RemarkCommand::Settle));
    }
}
