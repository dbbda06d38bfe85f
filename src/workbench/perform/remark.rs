//! Wishes about notes. In the window a note looks like a field; in the file it is a record of its own.

use crate::model::{Edit, Note, NoteId, Project, RecordId, RemarkEdit};
use crate::workbench::perform::Plan;
use crate::workbench::{Ids, RemarkCommand};

pub(crate) fn plan(project: &Project, command: &RemarkCommand, ids: &mut Ids) -> Option<Plan> {
    let RemarkCommand::SetNote { target, text } = command else { return None };
    let old = project.note_on(target);
    let edit = match old {
        Some(old) if text.trim().is_empty() => RemarkEdit::EraseNote(old.id.clone()),
        Some(old) if old.text == *text => return None,
        None if text.trim().is_empty() => return None,
        _ => RemarkEdit::Note(Note {
            id: old.map_or_else(|| NoteId::new(ids.mint("o")), |old| old.id.clone()),
            target: target.clone(),
            text: text.clone(),
        }),
    };
    let mut plan = Plan::of(Edit::Remark(edit));
    plan.typing = Some(RecordId::clone(target));
    Some(plan)
}
