//! Keys of the drawer: into the rows from their filter, along them, and back to the text.
//!
//! Letters, Delete and Enter mean what they mean on the page, for the record selected; where rows are no records
//! Enter takes the row.

use crate::ui::command_table::Chord;
use crate::ui::desk::{Desk, DrawerTab, Focus, Mode, RowKey};
use crate::ui::shortcuts::take;
use egui::{Context, Id, Key};

/// Rows that Page Down goes on.
const PAGE: isize = 8;

/// The id of the drawer's rows.
pub fn list_id() -> Id {
    Id::unique("the drawer's rows")
}

/// The id of the field above them.
pub fn filter_id() -> Id {
    Id::unique("the drawer's filter")
}

/// The id of the field that finds words in all documents.
pub fn search_id() -> Id {
    Id::unique("find in all documents")
}

/// Reads the keys that are the drawer's.
pub fn read(ctx: &Context, desk: &mut Desk) {
    let has = |id| ctx.memory(|memory| memory.has_focus(id));
    if has(filter_id()) && take(ctx, &Chord::key(Key::ArrowDown)) {
        desk.focus = Some(Focus::List);
    }
    if has(search_id()) {
        let onwards = take(ctx, &Chord::key(Key::Enter)) || take(ctx, &Chord::key(Key::ArrowDown));
        if onwards {
            desk.focus = Some(Focus::List);
            desk.drawer.keys.push(RowKey::By(1));
        }
        if take(ctx, &Chord::alt(Key::W)) {
            desk.drawer.search.wanted.toggle_reach();
        }
        if take(ctx, &Chord::alt(Key::C)) {
            desk.drawer.search.wanted.toggle_case();
        }
    }
    let ends = desk.drawer.tab == DrawerTab::Annotations;
    let linking = ends && matches!(desk.mode, Mode::Linking(_));
    if !has(list_id()) || !linking && desk.mode != Mode::Reading {
        return;
    }
    let keys = [
        (Key::ArrowDown, RowKey::By(1)),
        (Key::ArrowUp, RowKey::By(-1)),
        (Key::PageDown, RowKey::By(PAGE)),
        (Key::PageUp, RowKey::By(-PAGE)),
        (Key::Home, RowKey::First),
        (Key::End, RowKey::Last),
    ];
    for (key, asked) in keys {
        if take(ctx, &Chord::key(key)) {
            desk.drawer.keys.push(asked);
            keep(ctx);
        }
    }
    let records = matches!(desk.drawer.tab, DrawerTab::Annotations | DrawerTab::Links);
    // While a link is made rows are only gone along; Enter chooses its other end.
    if (!records || linking) && take(ctx, &Chord::key(Key::Enter)) {
        desk.drawer.keys.push(RowKey::Take);
    }
    if linking {
        return;
    }
    if take(ctx, &Chord::ctrl(Key::Enter)) {
        desk.drawer.keys.push(RowKey::Fix);
    }
    if take(ctx, &Chord::key(Key::Escape)) {
        desk.focus = Some(Focus::Page);
    }
}

/// An arrow is not to move the keyboard elsewhere: in its first frame a list cannot say so beforehand.
pub fn keep(ctx: &Context) {
    ctx.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
}

/// The row that the keys lead to, from `at`, of `count` rows; none if they lead nowhere.
pub fn led(keys: &[RowKey], at: Option<usize>, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let mut now = at;
    for key in keys {
        now = match (key, now) {
            (RowKey::By(by), Some(at)) => Some(at.saturating_add_signed(*by).min(last)),
            (RowKey::By(_), None) | (RowKey::First, _) => Some(0),
            (RowKey::Last, _) => Some(last),
            (RowKey::Take | RowKey::Fix, now) => now,
        };
    }
    now.filter(|_| now != at)
}

#[cfg(test)]
mod tests {
    use crate::ui::desk::RowKey;
    use crate::ui::list_keys::led;

    #[test]
    fn keys_lead_along_the_rows_and_stop_at_their_ends() {
        assert_eq!(led(&[RowKey::By(1)], None, 3), Some(0));
        assert_eq!(led(&[RowKey::By(1), RowKey::By(1)], Some(0), 3), Some(2));
        assert_eq!(led(&[RowKey::By(1)], Some(2), 3), None);
        assert_eq!(led(&[RowKey::By(-8)], Some(2), 3), Some(0));
        assert_eq!(led(&[RowKey::Last], Some(0), 3), Some(2));
        assert_eq!(led(&[RowKey::Take], Some(1), 3), None);
        assert_eq!(led(&[RowKey::First], Some(1), 0), None);
    }
}
