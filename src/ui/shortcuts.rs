//! Keys of one frame, read before anything is drawn: into the popup, into link hints, into commands, into the caret.
//!
//! Scopes from the strongest: a dialog or the palette (they read their own keys), fields being typed in, the code
//! popup, link hints, the page. What is taken here is taken out of the input.

use crate::model::Layer;
use crate::ui::command_table::{Chord, Scope, Stroke, commands, motions};
use crate::ui::desk::{CodePopup, Desk, Focus, Mode, PaletteDesk, Selected};
use crate::ui::keyboard::{self, Press};
use crate::ui::link_keys;
use crate::ui::list_keys;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::find::{Onwards, find_id};
use crate::ui::page::{let_go, page_id, popup};
use crate::ui::review::ReviewWish;
use crate::ui::view::View;
use crate::ui::widgets::is_typing;
use egui::{Context, Event, Key};

/// Reads the keys of this frame.
pub fn read(ctx: &Context, view: Option<&View<'_>>, desk: &mut Desk, out: &mut Outbox) {
    keyboard::bring_back(ctx);
    keyboard::observe(ctx);
    let free = desk.dialog.is_none() && desk.tag_all.is_none();
    if free && desk.keymap.palette().iter().any(|chord| take(ctx, chord)) {
        desk.palette = Some(PaletteDesk::default());
    }
    if desk.is_covered() || egui::Popup::is_any_open(ctx) {
        return;
    }
    if desk.page.is_pulling() && take(ctx, &Chord::key(Key::Escape)) {
        let_go(ctx, desk);
    }
    let typing = is_typing(ctx);
    if !typing && let Some(view) = view {
        match desk.mode.clone() {
            Mode::Coding(coding) => code_keys(ctx, view, coding, desk, out),
            Mode::Linking(linking) => link_keys::read(ctx, view, linking, desk, out),
            Mode::Reading => {}
        }
    }
    if desk.review.shown && !typing && review_keys(ctx, desk, out) {
        return;
    }
    list_keys::read(ctx, desk);
    if typing {
        find_keys(ctx, desk, out);
    } else {
        clipboard(ctx, view, desk, out);
    }
    if let_go_of_a_control(ctx) && desk.mode == Mode::Reading && !desk.find.open {
        return out.desk(DeskCommand::Focus(Focus::Page));
    }
    // On the start screen there is no text: letters and Enter belong to its buttons and rows.
    let shown = if desk.review.shown { Scope::Review } else { Scope::Text };
    let scope = if typing || view.is_none() { Scope::Global } else { shown };
    let on_page = !typing && ctx.memory(|memory| memory.has_focus(page_id()));
    let on_page = on_page && !desk.review.shown;
    if on_page && caret_keys(ctx, desk, Which::First) {
        // A letter pressed after them is to act on what they select.
        return keyboard::put_off(ctx);
    }
    let scope = if on_page && scope == Scope::Text { Scope::Page } else { scope };
    if !command_keys(ctx, view, desk, scope, out) && on_page {
        caret_keys(ctx, desk, Which::All);
    }
}

/// Takes the chord out of the input with what it types, if it was pressed.
pub fn take(ctx: &Context, chord: &Chord) -> bool {
    keyboard::take_first(ctx, |press| chord.is(press).then_some(())).is_some()
}

/// While it is asked whether many are decided at once, Enter says yes and Escape no.
fn review_keys(ctx: &Context, desk: &Desk, out: &mut Outbox) -> bool {
    if desk.review.bulk.is_none() {
        return false;
    }
    let wish = if take(ctx, &Chord::key(Key::Enter)) {
        ReviewWish::DecideAll
    } else if take(ctx, &Chord::key(Key::Escape)) {
        ReviewWish::Cancel
    } else {
        return false;
    };
    out.desk(DeskCommand::Review(wish));
    true
}

/// In the field that finds words Enter goes on to the next hit instead of leaving it.
fn find_keys(ctx: &Context, desk: &mut Desk, out: &mut Outbox) {
    if !ctx.memory(|memory| memory.has_focus(find_id())) {
        return;
    }
    if take(ctx, &Chord::key(Key::Enter)) {
        out.desk(DeskCommand::FindStep(Onwards::Yes));
    } else if take(ctx, &Chord::shift(Key::Enter)) {
        out.desk(DeskCommand::FindStep(Onwards::No));
    } else if take(ctx, &Chord::key(Key::Escape)) {
        out.desk(DeskCommand::CloseFind);
    }
    if take(ctx, &Chord::alt(Key::W)) {
        desk.find.wanted.toggle_reach();
    }
    if take(ctx, &Chord::alt(Key::C)) {
        desk.find.wanted.toggle_case();
    }
}

/// Words pasted outside of a field become a document; the selected words, or those of the selected annotation, are copied.
fn clipboard(ctx: &Context, view: Option<&View<'_>>, desk: &Desk, out: &mut Outbox) {
    if let Some(words) = view.and_then(|view| copied(view, desk))
        && take_event(ctx, |event| matches!(event, Event::Copy)).is_some()
    {
        ctx.copy_text(words);
    }
    if let Some(Event::Paste(words)) = take_event(ctx, |event| matches!(event, Event::Paste(_))) {
        out.desk(DeskCommand::Paste(words));
    }
}

/// Takes the first such event out of the input.
fn take_event(ctx: &Context, wanted: impl Fn(&Event) -> bool) -> Option<Event> {
    ctx.input_mut(|input| {
        let at = input.events.iter().position(wanted)?;
        Some(input.events.remove(at))
    })
}

fn copied(view: &View<'_>, desk: &Desk) -> Option<String> {
    if let Some(fragments) = &desk.words {
        let text = &view.project.sheet(desk.document.as_ref()?)?.document().text;
        let parts: Vec<&str> = fragments.spans().iter().map(|span| text.slice(*span)).collect();
        return Some(parts.join(" … "));
    }
    let Some(Selected::Annotation(id)) = &desk.selected else { return None };
    let text = &view.project.home_of(id)?.document().text;
    Some(view.project.annotation(id)?.words(text))
}

/// In the popup a digit or typing ahead chooses, Enter takes. A command that comes next takes the choice too.
fn code_keys(
    ctx: &Context,
    view: &View<'_>,
    mut coding: CodePopup,
    desk: &mut Desk,
    out: &mut Outbox,
) {
    let Some(annotation) = view.project.annotation(&coding.annotation) else {
        desk.mode = Mode::Reading;
        return;
    };
    let Some(layer) = view.project.codebook.layer(&annotation.layer) else { return };
    let before = coding.clone();
    if take(ctx, &Chord::key(Key::Backspace)) {
        coding.typed.pop();
    }
    if let Some(digit) = type_ahead(ctx, layer, &mut coding.typed) {
        if let Some(code) = layer.codes.iter().find(|code| code.digit == Some(digit)) {
            popup::choose(annotation, &code.id, out);
        }
        return;
    }
    let fitting = popup::fitting(view.project, (layer, annotation), desk, &coding.typed);
    let count = fitting.rows(&coding.typed);
    if coding.typed != before.typed {
        coding.chosen = fitting.best;
    }
    if take(ctx, &Chord::key(Key::ArrowDown)) {
        coding.chosen = (coding.chosen + 1).min(count.saturating_sub(1));
    }
    if take(ctx, &Chord::key(Key::ArrowUp)) {
        coding.chosen = coding.chosen.saturating_sub(1);
    }
    if take(ctx, &Chord::key(Key::Enter)) {
        popup::take(view.project, annotation, &coding, desk, out);
    } else if take(ctx, &Chord::key(Key::Escape)) {
        out.desk(DeskCommand::CloseMode);
    }
    desk.mode = Mode::Coding(coding);
}

/// What is typed is added to `typed`; a digit in front of everything is answered instead. A letter that lies on the
/// key of a digit, as on AZERTY, is a letter where a code begins with it.
fn type_ahead(ctx: &Context, layer: &Layer, typed: &mut String) -> Option<u8> {
    let plain = |press: &Press<'_>| {
        let writes = !press.typed.is_empty() || press.letter().is_some();
        (press.is_plain() && writes).then(|| {
            let letter = press.sign().filter(|sign| sign.is_alphabetic());
            (press.typed.to_owned(), letter.is_some(), press.digit())
        })
    };
    while let Some((words, is_letter, digit)) = keyboard::take_first(ctx, plain) {
        let ahead = is_letter && popup::has_code(layer, &words);
        if let Some(digit) = digit.filter(|_| typed.is_empty() && !ahead) {
            keyboard::put_off(ctx);
            return Some(digit);
        }
        *typed += if typed.is_empty() { words.trim_start() } else { &words };
    }
    None
}

fn command_keys(
    ctx: &Context,
    view: Option<&View<'_>>,
    desk: &mut Desk,
    scope: Scope,
    out: &mut Outbox,
) -> bool {
    let pressed = ctx.input(|input| {
        input.events.iter().any(|e| matches!(e, Event::Key { pressed: true, .. } | Event::Text(_)))
    });
    if !pressed {
        return false;
    }
    let elsewhere = ctx.memory(egui::Memory::focused).is_some_and(|id| id != page_id());
    let mine = |chord: &Chord| !(elsewhere && belongs_to_controls(chord));
    for entry in commands(view, desk) {
        let counts = match entry.scope {
            Scope::Global => true,
            Scope::Work => scope != Scope::Global,
            Scope::Text => matches!(scope, Scope::Text | Scope::Page),
            Scope::Page => scope == Scope::Page,
            Scope::Review => scope == Scope::Review,
        };
        if counts && entry.keys.iter().any(|chord| mine(chord) && take(ctx, chord)) {
            keyboard::put_off(ctx);
            match entry.wish {
                Ok(wish) => {
                    if matches!(desk.mode, Mode::Coding(_)) {
                        desk.mode = Mode::Reading;
                    }
                    out.push(wish);
                }
                // Escape where there is nothing to leave is no mistake.
                Err(_) if entry.id == "back" => {}
                Err(reason) => out.desk(DeskCommand::Say(format!("{}: {reason}", entry.name))),
            }
            return true;
        }
    }
    false
}

/// Whether Escape was pressed in a control of a panel. egui has taken the keyboard from it already in this frame; the
/// field may want to know, so the press stays.
fn let_go_of_a_control(ctx: &Context) -> bool {
    let now = ctx.memory(egui::Memory::focused);
    let id = egui::Id::unique("who had the keyboard");
    let before = ctx.data_mut(|data| {
        let before = data.get_temp::<Option<egui::Id>>(id).flatten();
        data.insert_temp(id, now);
        before
    });
    let control = now.or(before).is_some_and(|id| id != page_id());
    control && ctx.input(|input| input.key_pressed(Key::Escape))
}

/// Keys that move between the controls of a panel and press them, while one of them has the keyboard.
fn belongs_to_controls(chord: &Chord) -> bool {
    let keys = [
        Key::Tab,
        Key::Enter,
        Key::Space,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowRight,
    ];
    !chord.ctrl && !chord.alt && matches!(chord.stroke, Stroke::Key(key) if keys.contains(&key))
}

/// Which presses of a frame are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Those before any other key.
    First,
    /// All.
    All,
}

/// Arrows and their kin move the caret; Shift takes the selection along. Whether there were any.
fn caret_keys(ctx: &Context, desk: &mut Desk, which: Which) -> bool {
    let pressed = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
    if !ctx.input(|input| input.events.iter().any(pressed)) {
        return false;
    }
    let motions = motions(&desk.keymap);
    let before = desk.page.moves.len();
    loop {
        let mut others = false;
        let found = keyboard::take_first(ctx, |press| {
            if others && which == Which::First {
                return None;
            }
            others = true;
            let motion = motions.iter().find(|(chord, ..)| chord.is(press));
            motion.map(|(_, to, extend)| (*to, *extend))
        });
        let Some(motion) = found else { break };
        desk.page.moves.push(motion);
    }
    desk.page.moves.len() > before
}
