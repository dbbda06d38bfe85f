//! The start screen, while no project is open: what one can do first, recent files, and work that a killed program left.

use egui::{Button, Frame, RichText, ScrollArea, Ui, vec2};
use std::path::{Path, PathBuf};

use crate::ui::desk::Purpose;
use crate::ui::engine::{TextEngine, quote_label};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, Row, words};

/// Width of the column.
const WIDTH: f32 = 520.0;
/// So many recent files are listed.
const RECENT: usize = 8;

/// The start screen. `unfinished` names work that was never saved; the answer is the one that is to be opened.
pub fn start_screen(
    (tokens, recent, unfinished): (&Tokens, &[PathBuf], &[String]),
    engine: &mut TextEngine,
    out: &mut Outbox,
    ui: &mut Ui,
) -> Option<usize> {
    let mut chosen = None;
    egui::CentralPanel::default().frame(Frame::new().fill(tokens.page)).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let room = ui.available_size();
            let side = ((room.x - WIDTH) / 2.0).max(16.0);
            ui.add_space((room.y * 0.14).max(24.0));
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(WIDTH.min(room.x - 32.0));
                    greeting(tokens, engine, out, ui);
                    chosen = left_behind((tokens, engine), unfinished, ui);
                    recent_files((tokens, engine), recent, out, ui);
                });
            });
        });
    });
    chosen
}

fn greeting(tokens: &Tokens, engine: &mut TextEngine, out: &mut Outbox, ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut style = Face::Bold.style(tokens);
    (style.size, style.line_height) = (tokens.size.title, 36.0);
    let ink = tokens.ink;
    quote_label(ui, engine, "Matryoshka", &style, ink, WIDTH, egui::Sense::hover());
    ui.add_space(4.0);
    let sentence = "Mark who says what and what happens in your sources, link it, and review each other’s work.";
    ui.label(RichText::new(sentence).color(tokens.muted));
    ui.add_space(24.0);
    let choices = [
        ("Open text…", "An article, an interview, a report: it becomes a new project", DeskCommand::AskPath(Purpose::OpenText)),
        ("Open project…", "A project file that was saved before", DeskCommand::AskPath(Purpose::OpenProject)),
        ("Try the sample", "A short article with everything in it", DeskCommand::Sample),
        ("Paste text", "From the clipboard", DeskCommand::Paste),
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
fn left_behind((tokens, engine): (&Tokens, &mut TextEngine), unfinished: &[String], ui: &mut Ui) -> Option<usize> {
    if unfinished.is_empty() {
        return None;
    }
    heading(ui, (tokens, engine), "Not saved when the program ended");
    let mut chosen = None;
    for (index, label) in unfinished.iter().enumerate() {
        let row = Row::new(label).inset(8.0, 8.0).role(egui::Role::Button);
        let response = ui.push_id(("unfinished", index), |ui| {
            row.show(ui, tokens, |ui| {
                words(ui, (tokens, engine), label, Face::Plain, tokens.ink);
            })
        });
        if response.inner.clicked() {
            chosen = Some(index);
        }
    }
    ui.add_space(16.0);
    chosen
}

fn recent_files((tokens, engine): (&Tokens, &mut TextEngine), recent: &[PathBuf], out: &mut Outbox, ui: &mut Ui) {
    heading(ui, (tokens, engine), "Recent");
    if recent.is_empty() {
        let text = "Files that you open or save are listed here.";
        ui.label(RichText::new(text).size(tokens.size.small).color(tokens.muted));
    }
    for (index, path) in recent.iter().take(RECENT).enumerate() {
        let (file, folder) = parts(path);
        let name = format!("{file}, in {folder}");
        let row = Row::new(&name).inset(8.0, 8.0).role(egui::Role::Button);
        let response = ui.push_id(("recent", index), |ui| {
            row.show(ui, tokens, |ui| {
                words(ui, (tokens, engine), &file, Face::Plain, tokens.ink);
                words(ui, (tokens, engine), &folder, Face::Small, tokens.muted);
            })
        });
        if response.inner.clicked() {
            out.desk(DeskCommand::Open(vec![path.clone()]));
        }
    }
}

fn heading(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), title: &str) {
    let style = Face::SmallBold.style(tokens);
    let response =
        quote_label(ui, engine, title, &style, tokens.muted, WIDTH, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
    ui.add_space(4.0);
}

fn parts(path: &Path) -> (String, String) {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = path.parent().map(|folder| folder.display().to_string());
    (file.unwrap_or_else(|| path.display().to_string()), folder.unwrap_or_default())
}
