//! A field for screen readers: its lines as text runs, its selection, and what such programs ask of it.

use std::ops::Range;

use egui::accesskit::{Action, ActionData, ActionRequest, TextPosition, TextSelection};
use egui::{Id, Pos2, Ui};

use crate::ui::engine::{Ending, publish_field_lines, text_runs};
use crate::ui::widgets::text_field::editing::Editing;
use crate::ui::widgets::text_field::laid::Laid;

/// What an assistive program asks of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::widgets) enum Asked {
    /// Other words altogether.
    Set(String),
    /// Other words for the selected ones.
    Replace(String),
    /// Another selection: the end that stays, and the caret.
    Select(usize, usize),
}

/// What was asked in this frame.
pub(in crate::ui::widgets) fn asked(ui: &Ui, field: Id, laid: impl FnOnce() -> Laid) -> Vec<Asked> {
    let requests: Vec<ActionRequest> = ui.input(|input| {
        let all = [Action::SetValue, Action::ReplaceSelectedText, Action::SetTextSelection];
        all.iter()
            .flat_map(|action| input.accesskit_action_requests(field, *action))
            .cloned()
            .collect()
    });
    if requests.is_empty() {
        return Vec::new();
    }
    let laid = laid();
    let meaning = |request: ActionRequest| match (request.action, request.data?) {
        (Action::SetValue, ActionData::Value(words)) => Some(Asked::Set(words.into())),
        (Action::ReplaceSelectedText, ActionData::Value(words)) => {
            Some(Asked::Replace(words.into()))
        }
        (Action::SetTextSelection, ActionData::SetTextSelection(wanted)) => {
            let byte = |position| byte_at(field, &laid, position);
            Some(Asked::Select(byte(wanted.anchor)?, byte(wanted.focus)?))
        }
        _ => None,
    };
    requests.into_iter().filter_map(meaning).collect()
}

/// Says what the field holds and what is selected in it.
pub(in crate::ui::widgets) fn publish(
    ui: &mut Ui,
    (field, text): (Id, &str),
    (laid, origin): (&Laid, Pos2),
    editing: Option<&Editing>,
) {
    let ctx = ui.ctx().clone();
    let positions = |editing: &Editing| {
        let anchor = position_of(field, laid, editing.anchor())?;
        let focus = position_of(field, laid, editing.spot().byte)?;
        Some(TextSelection { anchor, focus })
    };
    let listens = ctx.accesskit_node_builder(field, |node| {
        node.add_action(Action::SetValue);
        node.add_action(Action::ReplaceSelectedText);
        node.add_action(Action::SetTextSelection);
        if let Some(selection) = editing.and_then(positions) {
            node.set_text_selection(selection);
        }
    });
    if listens.is_none() {
        return;
    }
    for (number, part) in laid.parts().iter().enumerate() {
        let words = text.get(part.range.clone()).unwrap_or_default();
        let ending = if part.breaks { Ending::Break } else { Ending::Text };
        let ids = (field, field.with(("paragraph", number)));
        publish_field_lines(ui, ids, (words, &part.para), origin + part.corner, ending);
    }
}

fn position_of(field: Id, laid: &Laid, byte: usize) -> Option<TextPosition> {
    let number = laid.parts().iter().rposition(|part| part.range.start <= byte)?;
    let part = laid.parts().get(number)?;
    let at = (byte - part.range.start) as u32;
    let runs = text_runs(field.with(("paragraph", number)), &part.para);
    let run = runs.iter().find(|run| at < run.end).or(runs.last())?;
    let character_index = run.starts.partition_point(|start| *start < at);
    Some(TextPosition { node: run.id.accesskit_id(), character_index })
}

fn byte_at(field: Id, laid: &Laid, position: TextPosition) -> Option<usize> {
    laid.parts().iter().enumerate().find_map(|(number, part)| {
        let runs = text_runs(field.with(("paragraph", number)), &part.para);
        let run = runs.iter().find(|run| run.id.accesskit_id() == position.node)?;
        let at = run.starts.get(position.character_index).copied().unwrap_or(run.end);
        Some(part.range.start + at as usize)
    })
}

/// The selection as characters, as egui tells it to readers of its own.
pub(in crate::ui::widgets) fn in_characters(text: &str, range: &Range<usize>) -> Range<usize> {
    let count = |at: usize| text.get(..at).unwrap_or(text).chars().count();
    count(range.start)..count(range.end)
}
