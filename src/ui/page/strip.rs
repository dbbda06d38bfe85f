//! The strip at the page's foot while a link is being made: what to do, which type it will have, how to leave.

use crate::model::{AnnotationId, End, Project};
use crate::query::{self, Direction, Way};
use crate::ui::desk::{Desk, Linking, Mode};
use crate::ui::engine::TextEngine;
use crate::ui::link_keys::{self, Turn};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::Frame;
use crate::ui::page::hints::way_to;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Face, key_cap, spoken_words};
use egui::{
    Align2, Area, Button, Id, Margin, Order, Rect, Response, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

/// Points of the page that the whole strip needs.
const WIDE: f32 = 640.0;
/// With less than that, the long words are left out.
const NARROW: f32 = 470.0;

/// Points that the strip takes at the foot, so that no letter lies under it.
const BAND: f32 = 58.0;
/// Points below it.
const BELOW: f32 = 9.0;

/// What is left of the page's area for the text; the strip's band is painted.
pub(in crate::ui::page) fn above(ui: &Ui, tokens: &Tokens, mode: &Mode, area: Rect) -> Rect {
    if !matches!(mode, Mode::Linking(_)) || area.height() < 3.0 * BAND {
        return area;
    }
    let (above, band) = area.split_top_bottom_at_y(area.bottom() - BAND);
    ui.painter().rect_filled(band, 0.0, tokens.page);
    let hair = Stroke::new(tokens.stroke.hair, tokens.line);
    ui.painter().hline(band.x_range(), band.top(), hair);
    above
}

/// Shows the strip while the other end of a link is chosen.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    desk: &mut Desk,
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let palette = desk.keymap.palette().first().map(ToString::to_string);
    let Mode::Linking(linking) = &mut desk.mode else { return };
    let (tokens, project) = (frame.view.tokens, frame.view.project);
    let room = frame.painter.clip_rect();
    let foot = ui.max_rect();
    let width = room.right() - frame.column.left() - 30.0;
    let target = desk.page.hover.as_ref().map(|hover| &hover.id);
    let typed = typed_target(&desk.page.hints, &linking.typed);
    let way = shown_way(project, linking, target.or(typed));
    let area = Area::new(Id::unique("link strip"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(pos2(frame.column.left(), foot.bottom() - BELOW));
    let panel = egui::Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(1.0, tokens.line))
        .corner_radius(tokens.size.radius_large)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(14, 9));
    let mut turn = None;
    area.show(ui.ctx(), |ui| {
        panel.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let none = desk.page.hints.is_empty();
                // Where there is little room, what matters most now stands for the rest.
                let narrow = width < NARROW;
                let trouble = linking.missed || none;
                if !narrow || !trouble && way.is_none() {
                    begins(ui, project, (tokens, &mut *engine), linking);
                }
                if !narrow || trouble || !linking.typed.is_empty() {
                    let palette = palette.as_deref();
                    said(ui, tokens, (linking, none, palette), width);
                }
                if let Some((way, to)) = way.as_ref().filter(|_| !narrow || !trouble) {
                    let words = query::way_name(&project.codebook, &way.0, way.1);
                    pill(ui, (tokens, engine), &format!("{words} → {to}"));
                }
                let words = if width < NARROW { "type" } else { "other link type" };
                if key(ui, tokens, ("Tab", words), "Other link type").clicked() {
                    turn = Some(Turn::Onwards);
                }
                if key(ui, tokens, ("Esc", "leave"), "Leave link mode").clicked() {
                    out.desk(DeskCommand::CloseMode);
                }
            });
        });
    });
    if let Some(way) = turn {
        link_keys::turn(frame.view, linking, way);
    }
}

/// The only annotation that the letters typed so far may mean.
fn typed_target<'a>(hints: &'a [(String, AnnotationId)], typed: &str) -> Option<&'a AnnotationId> {
    let mut fitting = hints.iter().filter(|(hint, _)| !typed.is_empty() && hint.starts_with(typed));
    let (_, id) = fitting.next()?;
    fitting.next().is_none().then_some(id)
}

/// The way that a link to `target` will take, or the one that is wanted; with the layers at its other end.
fn shown_way(
    project: &Project,
    linking: &Linking,
    target: Option<&AnnotationId>,
) -> Option<(Way, String)> {
    let layer = |id: &AnnotationId| {
        let layer = project.layer_of(&End::Annotation(id.clone()))?;
        Some(project.codebook.layer(layer)?.name.to_lowercase())
    };
    let there = target.and_then(|id| way_to(project, linking, id).zip(layer(id)));
    there.or_else(|| {
        let way = linking.wanted.clone()?;
        let kind = project.codebook.relation(&way.0)?;
        let ends = if way.1 == Direction::Forwards { &kind.to } else { &kind.from };
        let names = ends.iter().filter_map(|id| project.codebook.layer(id));
        let names: Vec<String> = names.map(|layer| layer.name.to_lowercase()).collect();
        Some((way, names.join(", ")))
    })
}

/// "Link from this claim"; of a record or of what is out of sight, its words too.
fn begins(
    ui: &mut Ui,
    project: &Project,
    (tokens, engine): (&Tokens, &mut TextEngine),
    linking: &Linking,
) {
    let layer = project.layer_of(&linking.from).and_then(|id| project.codebook.layer(id));
    let what = match (&linking.from, layer) {
        (End::Annotation(_), Some(layer)) => layer.name.to_lowercase(),
        (End::Entity(_), Some(layer)) => {
            layer.entity.as_ref().map_or_else(|| "record".to_owned(), |(one, _)| one.to_lowercase())
        }
        (_, None) => "annotation".to_owned(),
    };
    let shown = format!("Link from this {what}");
    let label = query::label_of_end(project, &linking.from);
    let response = spoken_words(ui, (tokens, engine), &shown, Face::Bold, tokens.ink);
    let name = format!("{shown}, “{label}”: type the letter of the other end, or click it");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
}

/// What to do, or what the letters typed have met.
fn said(
    ui: &mut Ui,
    tokens: &Tokens,
    (linking, none, palette): (&Linking, bool, Option<&str>),
    width: f32,
) {
    if !linking.typed.is_empty() {
        key_cap(ui, tokens, &linking.typed.to_uppercase());
    }
    let or = palette.map_or_else(String::new, |key| format!(", or {key}"));
    let elsewhere = format!("none in sight: scroll, click in a list{or}");
    let (words, color) = match () {
        () if linking.missed => ("no such letter", tokens.warning),
        () if none && width < WIDE => ("none in sight", tokens.muted),
        () if none => (elsewhere.as_str(), tokens.muted),
        () if !linking.typed.is_empty() => ("and one more letter", tokens.muted),
        () if width < WIDE => ("type a letter", tokens.muted),
        () => ("type the letter of the other end, or click it", tokens.muted),
    };
    ui.label(RichText::new(words).size(tokens.size.text).color(color));
}

/// A key with what it does, which can be clicked too.
fn key(ui: &mut Ui, tokens: &Tokens, (cap, words): (&str, &str), name: &str) -> Response {
    ui.add_space(4.0);
    key_cap(ui, tokens, cap);
    let text = RichText::new(words).size(tokens.size.text - 0.5).color(tokens.ink);
    let response = ui.add(Button::new(text).frame(false));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response
}

/// The type of the link in a pill.
fn pill(ui: &mut Ui, (tokens, engine): (&Tokens, &mut TextEngine), words: &str) {
    let style = Face::Small.style(tokens);
    let para = engine.shaped(words, f32::INFINITY, &style, ui.pixels_per_point());
    let (rect, response) = ui.allocate_exact_size(para.size() + vec2(16.0, 4.0), Sense::hover());
    let name = format!("The link will be: {words}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    let edge = Stroke::new(1.0, tokens.faint);
    ui.painter().rect(rect, rect.height() / 2.0, tokens.page, edge, StrokeKind::Inside);
    engine.paint(ui.painter(), rect.min + vec2(8.0, 2.0), &para, tokens.ink);
}
