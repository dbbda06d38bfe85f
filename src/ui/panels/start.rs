//! The start screen, while no project is open: what one can do first, recent files, and work that a killed program left.

use egui::{Button, Key, Label, Response, RichText, Role, ScrollArea, Ui, vec2};
use std::path::Path;

use crate::ui::desk::Purpose;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, Row, empty_state, in_words, spoken_words, words};
use crate::workbench::{Clock, Recent, Sample};

/// Width of the column.
const WIDTH: f32 = 620.0;

/// What the start screen shows.
pub struct Start<'a> {
    /// Recent files as they were found.
    pub recent: &'a [Recent],
    /// Work that was never saved, a line each.
    pub unfinished: &'a [String],
    /// Whether nothing lies over the screen, so that arrows are meant for it.
    pub free: bool,
}

/// The start screen. The answer is the unfinished work that is to be opened.
pub fn start_screen(
    (tokens, engine): (&Tokens, &mut TextEngine),
    start: &Start<'_>,
    out: &mut Outbox,
    ui: &mut Ui,
) -> Option<usize> {
    // Before any row has the keyboard, an arrow gives it to the first one; from there egui goes on.
    let arrows = [Key::ArrowDown, Key::ArrowUp];
    let focused = ui.memory(egui::Memory::focused);
    let grab = start.free
        && focused.is_none_or(|id| ui.ctx().read_response(id).is_none())
        && ui.input(|input| arrows.iter().any(|key| input.key_pressed(*key)));
    column(ui, |ui| {
        ui.label(RichText::new("Matryoshka").size(tokens.size.title));
        ui.add_space(4.0);
        let sentence = "Mark who says what and what happens in your sources, link it, and review each other’s work.";
        ui.label(RichText::new(sentence).color(tokens.muted));
        ui.add_space(20.0);
        steps(tokens, ui);
        beginnings(tokens, out, ui);
        let mut first = None;
        let chosen = left_behind((tokens, &mut *engine), start.unfinished, &mut first, ui);
        recent_files((tokens, engine), start.recent, &mut first, out, ui);
        if let (true, Some(row)) = (grab, first) {
            row.request_focus();
            // The arrow is answered with that.
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
        }
        chosen
    })
}

/// What somebody needs who has read nothing.
fn steps(tokens: &Tokens, ui: &mut Ui) {
    let steps = [
        ("1", "Open a text", "An article, an interview, a report"),
        ("2", "Select words, press A, C or E", "To mark an actor, a claim or an event"),
        ("3", "Press L to link", "Then click the other end"),
    ];
    ui.columns(3, |columns| {
        for (ui, (number, what, how)) in columns.iter_mut().zip(steps) {
            let spoken = format!("{number}. {what}. {how}");
            let words = ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let number = RichText::new(number).size(tokens.size.title).color(tokens.faint);
                for part in [
                    number,
                    RichText::new(what).color(tokens.ink),
                    RichText::new(how).size(tokens.size.small).color(tokens.muted),
                ] {
                    let label = ui.add(Label::new(part).selectable(false));
                    ui.ctx().accesskit_node_builder(label.id, egui::accesskit::Node::set_hidden);
                }
            });
            words.response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, &spoken));
        }
    });
    ui.add_space(24.0);
}

/// What the middle says while a project has no document.
pub fn no_document(view: &View<'_>, out: &mut Outbox, ui: &mut Ui) {
    column(ui, |ui| {
        empty_state(
            ui,
            view.tokens,
            "This project has no document yet",
            "Open a text file, or paste the words.",
        );
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            for (label, command) in [
                ("Open text…", DeskCommand::AskPath(Purpose::OpenText)),
                ("Paste text", DeskCommand::Paste(String::new())),
            ] {
                if ui.add(Button::new(label).min_size(vec2(116.0, 32.0))).clicked() {
                    out.desk(command);
                }
            }
        });
    });
}

/// A column in the middle of the room, a little above its centre.
fn column<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_size();
    let output = ScrollArea::vertical().auto_shrink(false).show_named(ui, "the page", |ui| {
        ui.add_space((room.y * 0.16).max(24.0));
        let mut middle = ui.available_rect_before_wrap();
        let side = ((middle.width() - WIDTH) / 2.0).max(16.0);
        middle = middle.shrink2(vec2(side, 0.0));
        let builder = egui::UiBuilder::new().max_rect(middle);
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(middle.width());
            contents(ui)
        })
        .inner
    });
    output.inner
}

fn beginnings(tokens: &Tokens, out: &mut Outbox, ui: &mut Ui) {
    let open_text = DeskCommand::AskPath(Purpose::OpenText);
    let open_project = DeskCommand::AskPath(Purpose::OpenProject);
    let paste = DeskCommand::Paste(String::new());
    let (summit, voices) = (Sample::Summit, Sample::Voices);
    let rows = [
        vec![
            ("Open text…", "Articles, interviews, reports: they become a new project", open_text),
            ("Open project…", "A project file that was saved before", open_project),
            ("Paste text", "Words from the clipboard become a new project", paste),
        ],
        vec![
            (
                "Try the sample",
                "A short article with everything in it",
                DeskCommand::Sample(summit),
            ),
            (
                "Sample in four languages",
                "The same matter in English, Russian, Korean and Arabic, with the same actors",
                DeskCommand::Sample(voices),
            ),
        ],
    ];
    for row in rows {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (label, what, command) in row {
                let button = Button::new(label).min_size(vec2(116.0, 32.0));
                if ui.add(button).on_hover_text(what).clicked() {
                    out.desk(command);
                }
            }
        });
        ui.add_space(8.0);
    }
    let hint = "or drop a file anywhere on this window";
    ui.label(RichText::new(hint).size(tokens.size.small).color(tokens.muted));
    ui.add_space(24.0);
}

/// Work of killed programs.
fn left_behind(
    (tokens, engine): (&Tokens, &mut TextEngine),
    unfinished: &[String],
    first: &mut Option<Response>,
    ui: &mut Ui,
) -> Option<usize> {
    if unfinished.is_empty() {
        return None;
    }
    heading(ui, tokens, "Not saved when the program ended");
    let mut chosen = None;
    for (index, label) in unfinished.iter().enumerate() {
        let row = entry(ui, (tokens, &mut *engine), ("unfinished", index), [label, "", ""]);
        if row.clicked() {
            chosen = Some(index);
        }
        first.get_or_insert(row);
    }
    ui.add_space(20.0);
    chosen
}

fn recent_files(
    (tokens, engine): (&Tokens, &mut TextEngine),
    recent: &[Recent],
    first: &mut Option<Response>,
    out: &mut Outbox,
    ui: &mut Ui,
) {
    heading(ui, tokens, "Recent");
    if recent.is_empty() {
        let text = "Files that you open or save are listed here.";
        ui.label(RichText::new(text).size(tokens.size.small).color(tokens.muted));
    }
    for (index, recent) in recent.iter().enumerate() {
        let (file, folder) = parts(&recent.path);
        if let Some(trouble) = recent.trouble {
            let why = format!("{trouble}: {folder}");
            missing(ui, (tokens, &mut *engine), [&file, &why], &recent.path, out);
            continue;
        }
        let row =
            entry(ui, (tokens, &mut *engine), ("recent", index), [&file, &folder, &facts(recent)]);
        if row.clicked() {
            out.desk(DeskCommand::Open(vec![recent.path.clone()]));
        }
        first.get_or_insert(row);
    }
}

/// "24 Nov 2026, 17:05 · 4 documents, 169 annotations".
fn facts(recent: &Recent) -> String {
    let counts = recent.contents.map(|contents| {
        let documents = in_words(contents.documents, "document", "documents");
        format!("{documents}, {}", in_words(contents.annotations, "annotation", "annotations"))
    });
    let at = recent.modified.map(Clock::day_and_time);
    counts.into_iter().chain(at).collect::<Vec<_>>().join(" · ")
}

/// A file that cannot be opened: grey, with the reason, and it can be taken from the list.
fn missing(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    [file, why]: [&str; 2],
    path: &Path,
    out: &mut Outbox,
) {
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), tokens.size.row), egui::Sense::hover());
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let mut line = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
    line.spacing_mut().item_spacing.x = 8.0;
    let remove = line.add(Button::new("Remove").small());
    remove.widget_info(|| {
        egui::WidgetInfo::labeled(Role::Button, true, format!("Remove {file} from the list"))
    });
    if remove.clicked() {
        out.desk(DeskCommand::ForgetRecent(path.to_path_buf()));
    }
    line.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
        spoken_words(ui, (tokens, &mut *engine), file, Face::Plain, tokens.faint);
        spoken_words(ui, (tokens, engine), why, Face::Small, tokens.muted);
    });
}

fn heading(ui: &mut Ui, tokens: &Tokens, title: &str) {
    let response = ui.label(RichText::new(title).size(tokens.size.small).color(tokens.muted));
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Heading, true, title));
    ui.add_space(4.0);
}

/// A row that reaches a little over the edges of the column, so that its words stand below the others.
fn entry(
    ui: &mut Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    key: (&str, usize),
    [title, aside, facts]: [&str; 3],
) -> Response {
    let mut name = title.to_owned();
    for (before, part) in [(", in ", aside), (", ", facts)] {
        if !part.is_empty() {
            name = format!("{name}{before}{part}");
        }
    }
    let wide = ui.available_rect_before_wrap().expand2(vec2(8.0, 0.0));
    let row = Row::new(&name).inset(8.0, 8.0).role(Role::Button);
    let rect = wide.with_max_y(wide.top() + tokens.size.row);
    let mut inside = ui.new_child(egui::UiBuilder::new().id_salt(key).max_rect(rect));
    ui.allocate_space(vec2(ui.available_width(), tokens.size.row));
    row.show(&mut inside, tokens, |ui| {
        let quiet = |words: &str| RichText::new(words).size(tokens.size.small).color(tokens.muted);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            silent(ui, quiet(facts));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                words(ui, (tokens, &mut *engine), title, Face::Plain, tokens.ink);
                words(ui, (tokens, engine), aside, Face::Small, tokens.muted);
            });
        });
    })
}

/// Words that the row they are in has said already.
fn silent(ui: &mut Ui, words: RichText) {
    let label = ui.add(Label::new(words).selectable(false).truncate());
    ui.ctx().accesskit_node_builder(label.id, egui::accesskit::Node::set_hidden);
}

fn parts(path: &Path) -> (String, String) {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = path.parent().map(|folder| folder.display().to_string());
    (file.unwrap_or_else(|| path.display().to_string()), folder.unwrap_or_default())
}
