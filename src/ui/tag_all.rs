//! The checklist of further mentions: everything that is likely meant is chosen, Enter tags it in one step.
//!
//! What is offered is asked of `query::other_mentions`; what is done goes to the workbench. The list reads its own keys.

use crate::model::{AnnotationId, Project, Sheet};
use crate::query::{self, Candidate, Named, in_context};
use crate::ui::command_table::Chord;
use crate::ui::desk::Desk;
use crate::ui::engine::TextEngine;
use crate::ui::outbox::Outbox;
use crate::ui::shortcuts::take;
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, Row, kwic, passage, rows, words};
use crate::workbench::{AnnotationCommand, Command};
use egui::{
    Align, Align2, Button, Context, EventFilter, Frame, Id, Key, Layout, Modal, Rect, RichText,
    Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

/// Greatest width in points.
const WIDTH: f32 = 900.0;
/// Most rows seen at a time.
const ROWS: f32 = 14.0;

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// In the document of the annotation.
    Document,
    /// In all documents.
    Project,
}

/// The checklist while it is open.
pub struct TagAllDesk {
    like: AnnotationId,
    name: String,
    extent: Extent,
    rows: Vec<Offered>,
    /// The row that Space changes, counted from 0.
    at: usize,
    /// Whether that row has to come into view.
    moved: bool,
    fresh: bool,
}

struct Offered {
    candidate: Candidate,
    chosen: bool,
}

impl TagAllDesk {
    /// The checklist for an annotation: in its document, or in all if only others have something; else why there is none.
    pub fn open(project: &Project, like: &AnnotationId) -> Result<Self, String> {
        let annotation = project.annotation(like).ok_or("Select an annotation first")?;
        let name = match query::named(project, annotation) {
            Some(Named::Known(id)) => {
                project.entities().get(&id).map(|entity| entity.name.to_string())
            }
            Some(Named::New(words) | Named::Words(words)) => Some(words),
            None => None,
        };
        let name = name.ok_or("The words of this annotation are lost")?;
        let mut desk = Self {
            like: like.clone(),
            name,
            extent: Extent::Document,
            rows: Vec::new(),
            at: 0,
            moved: false,
            fresh: true,
        };
        desk.look(project, Extent::Document);
        if desk.rows.is_empty() {
            desk.look(project, Extent::Project);
        }
        if desk.rows.is_empty() {
            return Err(format!("No other untagged mention of “{}” was found", desk.name));
        }
        Ok(desk)
    }

    fn look(&mut self, project: &Project, extent: Extent) {
        let Some(annotation) = project.annotation(&self.like) else { return };
        let mut sheets: Vec<&Sheet> = project.documents_in_order();
        if extent == Extent::Document {
            sheets.retain(|sheet| sheet.document().id == annotation.document);
        }
        let found = query::other_mentions(project, annotation, &sheets);
        let offered = |candidate: Candidate| Offered { chosen: candidate.sure, candidate };
        self.rows = found.into_iter().map(offered).collect();
        (self.extent, self.at, self.moved) = (extent, 0, true);
    }

    fn chosen(&self) -> usize {
        self.rows.iter().filter(|row| row.chosen).count()
    }

    /// "Tag 7 of 9 mentions of Anton Berg".
    fn title(&self) -> String {
        let noun = if self.rows.len() == 1 { "mention" } else { "mentions" };
        format!("Tag {} of {} {noun} of {}", self.chosen(), self.rows.len(), self.name)
    }

    fn toggle(&mut self, at: usize) {
        if let Some(row) = self.rows.get_mut(at) {
            row.chosen = !row.chosen;
        }
    }

    fn toggle_all(&mut self) {
        let all = self.chosen() == self.rows.len();
        self.rows.iter_mut().for_each(|row| row.chosen = !all);
    }

    fn command(&self) -> Command {
        let chosen = self.rows.iter().filter(|row| row.chosen);
        let places = chosen.map(|row| (row.candidate.document.clone(), row.candidate.span));
        let (like, places) = (self.like.clone(), places.collect());
        Command::Annotation(AnnotationCommand::TagAll { like, places })
    }
}

/// What was asked for in this frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Nothing,
    Tag,
    Leave,
    Extent,
}

/// Shows the checklist while it is open.
pub fn tag_all(
    ctx: &Context,
    view: &View<'_>,
    desk: &mut Desk,
    engine: &mut TextEngine,
    out: &mut Outbox,
) {
    let Some(mut state) = desk.tag_all.take() else { return };
    if view.project.annotation(&state.like).is_none() {
        return;
    }
    let keys = keys(ctx, &mut state);
    let tokens = view.tokens;
    let frame = Frame::popup(&ctx.global_style()).fill(tokens.raised).inner_margin(0.0);
    let id = Id::unique("tag all");
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, 72.0));
    let response = Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
        ui.spacing_mut().item_spacing.y = 0.0;
        heading(ui, view, engine, &state);
        list(ui, view, engine, &mut state);
        foot(ui, tokens, &mut state)
    });
    let wanted = if keys == Wanted::Nothing { response.inner } else { keys };
    match wanted {
        Wanted::Tag if state.chosen() > 0 => return out.ask(state.command()),
        Wanted::Leave => return,
        Wanted::Extent => {
            let other = match state.extent {
                Extent::Document => Extent::Project,
                Extent::Project => Extent::Document,
            };
            state.look(view.project, other);
        }
        Wanted::Tag | Wanted::Nothing => {}
    }
    if !response.should_close() {
        desk.tag_all = Some(state);
    }
}

fn list_id() -> Id {
    Id::unique("the list of mentions")
}

fn keys(ctx: &Context, state: &mut TagAllDesk) -> Wanted {
    let last = state.rows.len().saturating_sub(1);
    let page = ROWS as usize - 2;
    let before = state.at;
    for (key, to) in [
        (Key::ArrowDown, state.at + 1),
        (Key::ArrowUp, state.at.saturating_sub(1)),
        (Key::PageDown, state.at + page),
        (Key::PageUp, state.at.saturating_sub(page)),
        (Key::Home, 0),
        (Key::End, last),
    ] {
        if take(ctx, &Chord::key(key)) {
            state.at = to.min(last);
            crate::ui::list_keys::keep(ctx);
        }
    }
    state.moved |= state.at != before;
    if take(ctx, &Chord::key(Key::Space)) {
        state.toggle(state.at);
    }
    if take(ctx, &Chord::ctrl(Key::A)) {
        state.toggle_all();
    }
    match () {
        () if take(ctx, &Chord::key(Key::Enter)) => Wanted::Tag,
        () if take(ctx, &Chord::key(Key::Escape)) => Wanted::Leave,
        () if take(ctx, &Chord::key(Key::D)) => Wanted::Extent,
        () => Wanted::Nothing,
    }
}

fn heading(ui: &mut Ui, view: &View<'_>, engine: &mut TextEngine, state: &TagAllDesk) {
    let tokens = view.tokens;
    Frame::new().inner_margin(egui::Margin::symmetric(16, 12)).show(ui, |ui| {
        let width = ui.available_width();
        passage(ui, (tokens, engine), &state.title(), Face::Bold, tokens.ink, width);
    });
    crate::ui::widgets::hairline(ui, tokens);
}

fn list(ui: &mut Ui, view: &View<'_>, engine: &mut TextEngine, state: &mut TagAllDesk) {
    let (tokens, row_height) = (view.tokens, view.tokens.size.row);
    if state.rows.is_empty() {
        ui.add_space(14.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.label(
                RichText::new("Nothing untagged in this document. D looks in all of them.")
                    .color(tokens.muted),
            );
        });
        ui.add_space(14.0);
        return;
    }
    let height = row_height * ROWS.min(state.rows.len() as f32);
    let room = (ui.ctx().content_rect().height() - 240.0).max(3.0 * row_height);
    let area = ScrollArea::vertical().max_height(height.min(room)).auto_shrink([false, true]);
    area.show_named(ui, "the places", |ui| {
        keep_focus(ui, state);
        if std::mem::take(&mut state.moved) {
            let top = ui.cursor().min + vec2(0.0, row_height * state.at as f32);
            let near = Rect::from_min_size(top, vec2(1.0, row_height));
            ui.scroll_to_rect(near.expand2(vec2(0.0, row_height)), None);
        }
        let count = state.rows.len();
        let mut clicked = None;
        rows(ui, row_height, count, |ui, index| {
            if row(ui, view, engine, state, index) {
                clicked = Some(index);
            }
        });
        if let Some(index) = clicked {
            state.at = index;
            state.toggle(index);
        }
    });
}

/// The list has the keyboard, and keeps the arrows, unless a button was reached with Tab.
fn keep_focus(ui: &Ui, state: &mut TagAllDesk) {
    let response = ui.interact(ui.max_rect(), list_id(), Sense::focusable_noninteractive());
    let name = state.title();
    response.widget_info(|| egui::WidgetInfo::labeled(Role::List, true, &name));
    let free = ui.memory(|memory| memory.focused().is_none());
    if std::mem::take(&mut state.fresh) || free {
        response.request_focus();
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), filter));
}

fn row(
    ui: &mut Ui,
    view: &View<'_>,
    engine: &mut TextEngine,
    state: &TagAllDesk,
    index: usize,
) -> bool {
    let tokens = view.tokens;
    let Some(Offered { candidate, chosen }) = state.rows.get(index) else { return false };
    let Some(sheet) = view.project.sheet(&candidate.document) else { return false };
    let document = sheet.document();
    let shown = in_context(&document.text, candidate.span);
    let number = document.paragraph_number(candidate.span.start());
    let title = if state.extent == Extent::Project { document.title.as_str() } else { "" };
    let place = if number == 0 { "Title".to_owned() } else { format!("Paragraph {number}") };
    let of = if title.is_empty() { String::new() } else { format!(" of {title}") };
    let name = format!("{place}{of}: {}{}{}", shown.before, shown.hit, shown.after);
    let row = Row::new(&name).inset(0.0, 0.0).role(Role::CheckBox).selected(*chosen);
    let row = if index == state.at { row.chosen() } else { row.without_ground() };
    let response = row.show(ui, tokens, |ui| {
        let all = ui.max_rect();
        let middle = all.center().y;
        tick_box(ui, tokens, pos2(all.left() + 24.0, middle), *chosen);
        let mut left = all.left() + 44.0;
        let mut text = |ui: &mut Ui, engine: &mut TextEngine, width: f32, what: &str, align| {
            let rect = Rect::from_min_max(pos2(left, all.top()), pos2(left + width, all.bottom()));
            let layout = if align == Align::Max {
                Layout::right_to_left(Align::Center)
            } else {
                Layout::left_to_right(Align::Center)
            };
            let mut cell = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
            words(&mut cell, (tokens, engine), what, Face::Small, tokens.muted);
            left += width + 12.0;
        };
        if !title.is_empty() {
            text(ui, engine, 150.0, title, Align::Min);
        }
        text(ui, engine, 30.0, &number.to_string(), Align::Max);
        let room = Rect::from_min_max(pos2(left + 4.0, all.top()), all.max - vec2(16.0, 0.0));
        kwic(ui, (tokens, engine), room, 0.42, (shown.before, &shown.hit, shown.after));
    });
    response.clicked()
}

#[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
fn tick_box(ui: &Ui, tokens: &Tokens, middle: egui::Pos2, on: bool) {
    let square = Rect::from_center_size(middle, vec2(14.0, 14.0));
    let (fill, edge) = if on { (tokens.ink, tokens.ink) } else { (tokens.raised, tokens.faint) };
    ui.painter().rect(square, 3.0, fill, Stroke::new(1.2, edge), StrokeKind::Inside);
    if on {
        let at = |x: f32, y: f32| middle + vec2(x, y);
        let tick = vec![at(-3.4, 0.2), at(-1.0, 2.8), at(3.6, -2.8)];
        ui.painter().add(egui::Shape::line(tick, Stroke::new(1.7, tokens.raised)));
    }
}

fn foot(ui: &mut Ui, tokens: &Tokens, state: &mut TagAllDesk) -> Wanted {
    crate::ui::widgets::hairline(ui, tokens);
    let mut wanted = Wanted::Nothing;
    Frame::new().inner_margin(egui::Margin::symmetric(16, 10)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let everywhere = state.extent == Extent::Project;
            let pill = crate::ui::widgets::pill_toggle(
                ui,
                tokens,
                ("All documents", "Look in all documents"),
                tokens.ink,
                everywhere,
            );
            if pill.clicked() {
                wanted = Wanted::Extent;
            }
            let hint = "Space chooses · D all documents · Ctrl+A all or none · Enter tags";
            ui.add_space(8.0);
            ui.label(RichText::new(hint).size(tokens.size.small).color(tokens.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let tag = Button::new(RichText::new(format!("Tag {}", state.chosen())).strong());
                let tag = tag.min_size(vec2(84.0, 26.0));
                if ui.add_enabled(state.chosen() > 0, tag).clicked() {
                    wanted = Wanted::Tag;
                }
                let leave = Button::new("Cancel");
                if ui.add(leave.min_size(vec2(84.0, 26.0))).clicked() {
                    wanted = Wanted::Leave;
                }
            });
        });
    });
    wanted
}
