//! The menu bar and the palette's button, read from the command table.
//!
//! What the codebook adds (codes, values, statuses) and families of commands lie in menus of their own, so that no
//! menu is longer than a small window.

use crate::ui::command_table::{Entry, Group, commands};
use crate::ui::desk::Desk;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::MenuItem;
use egui::{
    Align, Align2, FontFamily, FontId, Layout, Rect, Response, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

/// Draws the bar.
pub fn menu_bar(
    ui: &mut Ui,
    view: Option<&View<'_>>,
    (tokens, engine): (&Tokens, &mut TextEngine),
    desk: &Desk,
    out: &mut Outbox,
) {
    ui.add_space(5.0);
    egui::MenuBar::new().ui(ui, |ui| {
        ui.add_space(12.0);
        ui.label(RichText::new("Matryoshka").family(FontFamily::Name("bold".into())));
        ui.add_space(10.0);
        for group in Group::ALL {
            ui.menu_button(group.name(), |ui| {
                menu(ui, (view, tokens, engine), desk, group, out);
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(14.0);
            let key = desk.keymap.palette().first().map(ToString::to_string);
            if search_box(ui, tokens, &key.unwrap_or_default()).clicked() {
                out.desk(DeskCommand::Palette);
            }
        });
    });
}

/// Looks like a field and opens the palette.
fn search_box(ui: &mut Ui, tokens: &Tokens, key: &str) -> Response {
    const WORDS: &str = "Commands, documents, actors…";
    let width = (ui.available_width() - 8.0).clamp(0.0, 300.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{WORDS} {key}")));
    if width < 60.0 {
        return response;
    }
    let edge = match (response.has_focus(), response.hovered()) {
        (true, _) => Stroke::new(1.5, tokens.focus),
        (false, true) => Stroke::new(1.0, tokens.faint),
        (false, false) => Stroke::new(1.0, tokens.line),
    };
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect(rect, tokens.size.radius_large, tokens.raised, edge, StrokeKind::Inside);
    let small = FontId::new(tokens.size.small - 1.0, FontFamily::Proportional);
    let galley = painter.layout_no_wrap(key.to_owned(), small, tokens.muted);
    let cap = Rect::from_min_size(
        pos2(rect.right() - galley.size().x - 16.0, rect.center().y - 8.0),
        vec2(galley.size().x + 10.0, 16.0),
    );
    let line = Stroke::new(1.0, tokens.line);
    painter.rect(cap, tokens.size.radius, tokens.raised, line, StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.anchor_size(cap.center(), galley.size()).min;
    painter.galley(at, galley, tokens.muted);
    let font = FontId::new(tokens.size.text, FontFamily::Proportional);
    let inner = rect.with_max_x(cap.left() - 6.0);
    let at = rect.left_center() + vec2(10.0, 0.0);
    let painter = painter.with_clip_rect(inner);
    painter.text(at, Align2::LEFT_CENTER, WORDS, font, tokens.muted);
    response
}

fn menu(
    ui: &mut Ui,
    (view, tokens, engine): (Option<&View<'_>>, &Tokens, &mut TextEngine),
    desk: &Desk,
    group: Group,
    out: &mut Outbox,
) {
    ui.set_min_width(230.0);
    let entries: Vec<Entry> =
        commands(view, desk).into_iter().filter(|entry| entry.group == group).collect();
    let mut shown: Vec<&str> = Vec::new();
    for entry in &entries {
        match shelf(&entry.id) {
            None => row(ui, (tokens, engine), entry, out),
            Some(name) if shown.contains(&name) => {}
            Some(name) => {
                shown.push(name);
                ui.menu_button(name, |ui| {
                    ui.set_min_width(230.0);
                    entries.iter().filter(|e| shelf(&e.id) == Some(name)).for_each(|entry| {
                        row(ui, (tokens, engine), entry, out);
                    });
                });
            }
        }
    }
}

/// The menu inside its menu that a command lies in, by the family of its id.
fn shelf(id: &str) -> Option<&'static str> {
    let family = id.split('.').next().unwrap_or(id);
    Some(match family {
        "code" => "Code",
        "value" => "Value",
        "tag-again" => "Tag again on the same words",
        "recent-record" => "Attach to a recent record",
        "new-record" => "New record",
        "hide" | "only" | "show-all" => "Show and hide",
        "document-status" => "Status of the document",
        "next-annotation"
        | "previous-annotation"
        | "outer"
        | "inner"
        | "next-problem"
        | "previous-problem"
        | "next-unlinked"
        | "next-of-layer"
        | "previous-of-layer"
        | "go-to-paragraph"
        | "next"
        | "previous" => "Go to",
        "grow" | "shrink" | "fragment" | "whole-words" => "Selected words",
        "zoom-in" | "zoom-out" | "zoom-reset" | "larger-text" | "smaller-text" => "Size",
        _ if family.starts_with("caret-") => "Move the caret",
        _ if family.starts_with("select-") => "Select",
        _ if family.starts_with("start-") || family.starts_with("end-") => "Move a boundary",
        _ => return None,
    })
}

fn row(ui: &mut Ui, kit: (&Tokens, &mut TextEngine), entry: &Entry, out: &mut Outbox) {
    let item = MenuItem::new(&entry.name).key(entry.shortcut());
    let response = ui.add_enabled_ui(entry.wish.is_ok(), |ui| item.show(ui, kit)).inner;
    match &entry.wish {
        Ok(wish) => {
            if response.on_hover_text(entry.hint).clicked() {
                out.push(wish.clone());
                ui.close();
            }
        }
        Err(reason) => {
            response.on_disabled_hover_text(format!("{}\nNot now: {reason}", entry.hint));
        }
    }
}
