//! The start screen, while no project is open: what one can do first, recent files, and work that a killed program left.

use egui::{Button, Label, Response, RichText, Role, ScrollArea, Ui, vec2};
use std::path::{Path, PathBuf};

use crate::ui::desk::Purpose;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::{Row, empty_state};
use crate::workbench::Sample;

/// Width of the column.
const WIDTH: f32 = 520.0;
/// So many recent files are listed.
const RECENT: usize = 8;

/// The start screen. `unfinished` names work that was never saved; the answer is the one that is to be opened.
pub fn start_screen(
    tokens: &Tokens,
    recent: &[PathBuf],
    unfinished: &[String],
    out: &mut Outbox,
    ui: &mut Ui,
) -> Option<usize> {
    column(ui, |ui| {
        ui.label(RichText::new("Matryoshka").size(tokens.size.title));
        ui.add_space(4.0);
        let sentence = "Mark who says what and what happens in your sources, link it, and review each other’s work.";
        ui.label(RichText::new(sentence).color(tokens.muted));
        ui.add_space(24.0);
        beginnings(out, ui);
        let chosen = left_behind(tokens, unfinished, ui);
        recent_files(tokens, recent, out, ui);
        chosen
    })
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
    let output = ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
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

fn beginnings(out: &mut Outbox, ui: &mut Ui) {
    let open_text = DeskCommand::AskPath(Purpose::OpenText);
    let open_project = DeskCommand::AskPath(Purpose::OpenProject);
    let choices = [
        ("Open text…", "An article, an interview, a report: it becomes a new project", open_text),
        ("Open project…", "A project file that was saved before", open_project),
        (
            "Try the sample",
            "A short article with everything in it",
            DeskCommand::Sample(Sample::Summit),
        ),
        (
            "Sample in four languages",
            "The same matter in English, Russian, Korean and Arabic, with the same actors",
            DeskCommand::Sample(Sample::Voices),
        ),
        (
            "Paste text",
            "Words from the clipboard become a new project",
            DeskCommand::Paste(String::new()),
        ),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        for (label, what, command) in choices {
            let button = Button::new(label).min_size(vec2(116.0, 32.0));
            if ui.add(button).on_hover_text(what).clicked() {
                out.desk(command);
            }
        }
    });
    ui.add_space(28.0);
}

/// Work of killed programs.
fn left_behind(tokens: &Tokens, unfinished: &[String], ui: &mut Ui) -> Option<usize> {
    if unfinished.is_empty() {
        return None;
    }
    heading(ui, tokens, "Not saved when the program ended");
    let mut chosen = None;
    for (index, label) in unfinished.iter().enumerate() {
        if entry(ui, tokens, ("unfinished", index), (label, "")).clicked() {
            chosen = Some(index);
        }
    }
    ui.add_space(20.0);
    chosen
}

fn recent_files(tokens: &Tokens, recent: &[PathBuf], out: &mut Outbox, ui: &mut Ui) {
    heading(ui, tokens, "Recent");
    if recent.is_empty() {
        let text = "Files that you open or save are listed here.";
        ui.label(RichText::new(text).size(tokens.size.small).color(tokens.muted));
    }
    for (index, path) in recent.iter().take(RECENT).enumerate() {
        let (file, folder) = parts(path);
        if entry(ui, tokens, ("recent", index), (&file, &folder)).clicked() {
            out.desk(DeskCommand::Open(vec![path.clone()]));
        }
    }
}

fn heading(ui: &mut Ui, tokens: &Tokens, title: &str) {
    let response = ui.label(RichText::new(title).size(tokens.size.small).color(tokens.muted));
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Heading, true, title));
    ui.add_space(4.0);
}

/// A row that reaches a little over the edges of the column, so that its words stand below the others.
fn entry(
    ui: &mut Ui,
    tokens: &Tokens,
    key: (&str, usize),
    (words, aside): (&str, &str),
) -> Response {
    let name = if aside.is_empty() { words.to_owned() } else { format!("{words}, in {aside}") };
    let wide = ui.available_rect_before_wrap().expand2(vec2(8.0, 0.0));
    let row = Row::new(&name).inset(8.0, 8.0).role(Role::Button);
    let rect = wide.with_max_y(wide.top() + tokens.size.row);
    let mut inside = ui.new_child(egui::UiBuilder::new().id_salt(key).max_rect(rect));
    ui.allocate_space(vec2(ui.available_width(), tokens.size.row));
    row.show(&mut inside, tokens, |ui| {
        let file = RichText::new(words).color(tokens.ink);
        let folder = RichText::new(aside).size(tokens.size.small).color(tokens.muted);
        for part in [file, folder] {
            let label = ui.add(Label::new(part).selectable(false).truncate());
            ui.ctx().accesskit_node_builder(label.id, egui::accesskit::Node::set_hidden);
        }
    })
}

fn parts(path: &Path) -> (String, String) {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = path.parent().map(|folder| folder.display().to_string());
    (file.unwrap_or_else(|| path.display().to_string()), folder.unwrap_or_default())
}
