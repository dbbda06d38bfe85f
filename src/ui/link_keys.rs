//! Keys while the other end of a link is chosen: letters of a hint, and Tab for another type of link.
//!
//! The link is made at the last letter of a hint. What the hints are is worked out on the page.

use crate::model::End;
use crate::query::{self, Way};
use crate::ui::command_table::Chord;
use crate::ui::desk::{Desk, Linking, Mode};
use crate::ui::keyboard::{self, Press};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::page_id;
use crate::ui::shortcuts::take;
use crate::ui::view::View;
use egui::{Context, Key};

/// Reads the keys of this frame.
pub(in crate::ui) fn read(
    ctx: &Context,
    view: &View<'_>,
    mut linking: Linking,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    if take(ctx, &Chord::key(Key::Tab)) {
        turn(view, &mut linking, Turn::Onwards);
    } else if take(ctx, &Chord::shift(Key::Tab)) {
        turn(view, &mut linking, Turn::Back);
    }
    // Enter on the page would ask for the inspector; on a row of a list it chooses the row.
    if ctx.memory(|memory| memory.has_focus(page_id())) && take(ctx, &Chord::key(Key::Enter)) {
        linking.missed = true;
    }
    if take(ctx, &Chord::key(Key::Backspace)) {
        linking.typed.pop();
        linking.missed = false;
    }
    let complete = |typed: &str| desk.page.hints.iter().any(|(hint, _)| hint == typed);
    let plain = |press: &Press<'_>| {
        let types = !press.typed.is_empty() || press.letter().is_some();
        (press.is_plain() && types).then(|| press.letter())
    };
    while !complete(&linking.typed)
        && let Some(letter) = keyboard::take_first(ctx, plain)
    {
        let longer = letter.map(|letter| format!("{}{letter}", linking.typed));
        let fits =
            |longer: &String| desk.page.hints.iter().any(|(hint, _)| hint.starts_with(longer));
        linking.missed = !longer.as_ref().is_some_and(fits);
        if let Some(longer) = longer.filter(|_| !linking.missed) {
            linking.typed = longer;
        }
    }
    if let Some((_, id)) = desk.page.hints.iter().find(|(hint, _)| *hint == linking.typed) {
        out.desk(DeskCommand::LinkTo { from: None, to: End::Annotation(id.clone()) });
        keyboard::put_off(ctx);
    }
    desk.mode = Mode::Linking(linking);
}

/// To the next way, or the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Turn {
    Onwards,
    Back,
}

/// Wants another type of link: first any, then each that may start or end at where one began.
pub(in crate::ui) fn turn(view: &View<'_>, linking: &mut Linking, turn: Turn) {
    let layer = view.project.layer_of(&linking.from);
    let ways = layer.map(|layer| query::ways_at(&view.project.codebook, layer)).unwrap_or_default();
    linking.wanted = turned(&ways, linking.wanted.as_ref(), turn);
    linking.typed.clear();
    linking.missed = false;
}

fn turned(ways: &[Way], now: Option<&Way>, turn: Turn) -> Option<Way> {
    // Place 0 is any way.
    let places = ways.len() + 1;
    let at = now.and_then(|now| ways.iter().position(|way| way == now)).map_or(0, |at| at + 1);
    let step = if turn == Turn::Onwards { 1 } else { places - 1 };
    ((at + step) % places).checked_sub(1).and_then(|at| ways.get(at).cloned())
}

#[cfg(test)]
mod tests {
    use crate::model::RelationKindId;
    use crate::query::{Direction, Way};
    use crate::ui::link_keys::{Turn, turned};

    #[test]
    fn tab_goes_through_all_ways_and_any_way_and_back() {
        let way = |kind| (RelationKindId::new(kind), Direction::Forwards);
        let ways = [way("claims"), way("doubts")];
        let (mut now, mut seen): (Option<Way>, Vec<Option<Way>>) = (None, Vec::new());
        for _ in 0..3 {
            now = turned(&ways, now.as_ref(), Turn::Onwards);
            seen.push(now.clone());
        }
        assert_eq!(seen, [Some(way("claims")), Some(way("doubts")), None]);
        assert_eq!(turned(&ways, None, Turn::Back), Some(way("doubts")));
        assert_eq!(turned(&[], None, Turn::Onwards), None);
    }
}
