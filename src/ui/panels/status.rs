//! The status line: what is on disk, how much there is, what is selected, who works here.

use egui::{Align, Layout, RichText, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::Fragments;
use crate::text::{Span, whole_words, words_in};
use crate::ui::command_table::WHOLE_WORDS;
use crate::ui::desk::{Desk, DrawerTab};
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::{in_words, name_button, side_text};
use crate::workbench::Workbench;

/// More bytes than that are not counted by words.
const MANY: u32 = 64 * 1024;

/// The status line's contents.
pub fn status_bar(
    view: &View<'_>,
    desk: &Desk,
    engine: &mut TextEngine,
    out: &mut Outbox,
    ui: &mut Ui,
) {
    let (tokens, project) = (view.tokens, view.project);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        ui.add_space(16.0);
        side_text(ui, tokens, &saved(view.bench));
        side_text(ui, tokens, &format!("change {}", view.bench.changes()));
        if let Some(words) = crate::ui::review::status(desk) {
            side_text(ui, tokens, &words);
        }
        let spans = in_words(project.annotation_count(), "span", "spans");
        let links = in_words(project.relations().len(), "link", "links");
        side_text(ui, tokens, &format!("{spans} · {links}"));
        problems(desk, tokens, out, ui);
        if let Some(trouble) = view.bench.journal_trouble() {
            let words = RichText::new("⚠ Changes would be lost in a crash").size(tokens.size.small);
            ui.label(words.color(tokens.warning)).on_hover_text(trouble);
        }
        if view.bench.is_open_elsewhere() {
            let words = RichText::new("⚠ Open in another window too").size(tokens.size.small);
            ui.label(words.color(tokens.warning)).on_hover_text(
                "Each may save. Whoever saves second is asked, and nothing is overwritten.",
            );
        }
        if let Some(why) = view.bench.read_only() {
            side_text(ui, tokens, "read only").on_hover_text(why);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right(view, desk, (engine, out), ui);
        });
    });
}

/// How many problems there are; a click lists them.
fn problems(desk: &Desk, tokens: &Tokens, out: &mut Outbox, ui: &mut Ui) {
    let all = desk.problems.all();
    if all.is_empty() {
        side_text(ui, tokens, "no problems");
        return;
    }
    let words = in_words(all.len(), "problem", "problems");
    let faults = all.iter().filter(|problem| problem.fault).count();
    let color = if faults > 0 { tokens.error } else { tokens.warning };
    let sign = if faults > 0 { "!" } else { "○" };
    let text = RichText::new(format!("{sign} {words}")).size(tokens.size.small).color(color);
    let button = ui.add(egui::Button::new(text).frame(false)).accessible_name(words);
    let button = button.on_hover_cursor(egui::CursorIcon::PointingHand);
    if button.on_hover_text("List them · F8 goes to the next one").clicked() {
        out.desk(DeskCommand::List(DrawerTab::Problems));
    }
}

fn right(view: &View<'_>, desk: &Desk, (engine, out): (&mut TextEngine, &mut Outbox), ui: &mut Ui) {
    let tokens = view.tokens;
    ui.add_space(16.0);
    side_text(ui, tokens, &format!("{:.0} %", ui.ctx().zoom_factor() * 100.0));
    let annotator = view.bench.author().annotator.as_str();
    let name = if annotator.is_empty() { "Your name…" } else { annotator };
    let button = name_button(ui, (tokens, engine), name);
    if button.on_hover_text("Who annotates here").clicked() {
        out.desk(DeskCommand::AskAnnotator);
    }
    if let Some((words, trouble)) = crate::ui::review::file_status(desk) {
        let color = if trouble { tokens.warning } else { tokens.muted };
        ui.label(RichText::new(words).size(tokens.size.small).color(color));
    }
    if let Some((count, cut)) = selected_words(view, desk, ui) {
        let mut words = format!("selection {count}");
        if cut {
            words += ", ends inside a word";
            let key = desk.keymap.first("whole-words", WHOLE_WORDS);
            words += &key.map(|key| format!(" ({key}: whole words)")).unwrap_or_default();
        }
        side_text(ui, tokens, &words);
    }
}

/// How many words are selected, or characters where counting words would take long; and whether a word is cut. Looked
/// at once for each selection.
fn selected_words(view: &View<'_>, desk: &Desk, ui: &Ui) -> Option<(String, bool)> {
    let fragments = desk.words.as_ref()?;
    let text = &view.project.sheet(desk.document.as_ref()?)?.document().text;
    let id = ui.scope_id().with("selected words");
    let known: Option<(Fragments, (String, bool))> = ui.data(|data| data.get_temp(id));
    if let Some((_, found)) = known.filter(|(of, _)| of == fragments) {
        return Some(found);
    }
    let spans = || fragments.spans().iter().filter(|span| text.holds(**span));
    let count = if spans().map(|span| span.len_bytes()).sum::<u32>() > MANY {
        let of = |span: &Span| text.code_points(span.end()) - text.code_points(span.start());
        in_words(spans().map(|span| of(span) as usize).sum(), "character", "characters")
    } else {
        let of = |span: &Span| words_in(text, *span).len();
        in_words(spans().map(of).sum(), "word", "words")
    };
    let cut = spans().any(|span| whole_words(text, *span) != *span);
    ui.data_mut(|data| data.insert_temp(id, (fragments.clone(), (count.clone(), cut))));
    Some((count, cut))
}

/// What is on disk, in words.
fn saved(bench: &Workbench) -> String {
    if bench.is_saving() {
        "Saving…".to_owned()
    } else if bench.path().is_none() {
        "Not saved yet".to_owned()
    } else if bench.is_dirty() {
        "Unsaved changes".to_owned()
    } else {
        bench.saved_at().map_or_else(|| "Saved".to_owned(), |at| format!("Saved {}", clock(at)))
    }
}

/// Hours and minutes where the person is.
fn clock(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%H:%M").to_string()
}
