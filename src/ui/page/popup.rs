//! The code popup: opened by a layer key, changed by a digit or by typing ahead, accepted by Enter or whatever comes next.
//!
//! It lists the codes of the annotation's layer; the one that holds is marked. Keys are read in `shortcuts`.

use crate::model::{Annotation, Code, CodeId, Entity, EntityId, Layer, Project};
use crate::query::recent_records;
use crate::ui::command_table::attach;
use crate::ui::desk::{CodePopup, Desk};
use crate::ui::engine::TextEngine;
use crate::ui::letters::rank;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::beside::{beside, room};
use crate::ui::view::View;
use crate::ui::widgets::Scrolled as _;
use crate::ui::widgets::{Face, Row, hairline, key_cap, passage, told, words};
use crate::workbench::{AnnotationCommand, Command};
use egui::{
    Align, Area, Frame, Id, Layout, Order, Rect, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, vec2,
};

/// Width in points.
const WIDTH: f32 = 288.0;
/// Height of the list before it scrolls.
const LIST: f32 = 290.0;
/// Least height of the list.
const LEAST: f32 = 78.0;
/// Height of a row.
const ROW: f32 = 26.0;
/// Height of a heading.
const HEADING: f32 = 22.0;
/// Height of a recent record's row.
const RECENT_ROW: f32 = 23.0;
/// Room for the definition of the chosen code: two lines.
const DEFINITION: f32 = 38.0;
/// Recent records shown; the others keep their digits.
const RECENTS: usize = 9;
/// Recent records that are shown where room is scarce.
const FEWEST: usize = 3;
/// Height of the codes before further recent records are shown.
const CODES_FIRST: f32 = 190.0;
/// Points at the left of rows.
const INSET: f32 = 8.0;

/// What typed letters may mean.
pub struct Fitting<'a> {
    /// Codes of the layer.
    pub codes: Vec<&'a Code>,
    /// Records of the layer by any of their names; the recent ones, while nothing is typed.
    pub records: Vec<EntityId>,
    /// The row that is chosen at first, counted over codes and then records.
    pub best: usize,
}

impl Fitting<'_> {
    /// Rows that the arrows reach: records only when letters have found them.
    pub fn rows(&self, typed: &str) -> usize {
        self.codes.len() + if typed.trim().is_empty() { 0 } else { self.records.len() }
    }

    /// The name that a new record of the layer would have: what is typed, where nothing is called so.
    pub fn new_name<'t>(&self, layer: &Layer, typed: &'t str) -> Option<&'t str> {
        let typed = typed.trim();
        let nothing = self.codes.is_empty() && self.records.is_empty();
        (nothing && layer.entity.is_some() && !typed.is_empty()).then_some(typed)
    }
}

/// Codes and records that what is typed fits: the name's beginning first, then a word's, then any part.
pub fn fitting<'a>(
    project: &Project,
    (layer, annotation): (&'a Layer, &Annotation),
    desk: &Desk,
    typed: &str,
) -> Fitting<'a> {
    let recent = match &layer.entity {
        Some(_) => recent_records(project, annotation, &desk.recent),
        None => Vec::new(),
    };
    let typed = typed.trim().to_lowercase();
    let mut codes: Vec<(u8, &Code)> = layer
        .codes
        .iter()
        .filter_map(|code| rank(&code.name, &typed).map(|rank| (rank, code)))
        .collect();
    codes.sort_by_key(|(rank, _)| *rank);
    let best_code = codes.first().map_or(u8::MAX, |(rank, _)| *rank);
    let (best_record, records) =
        if typed.is_empty() { (u8::MAX, recent) } else { called(project, layer, &recent, &typed) };
    let best = if best_record < best_code { codes.len() } else { 0 };
    Fitting { codes: codes.into_iter().map(|(_, code)| code).collect(), records, best }
}

/// Records of which a name begins so, or a word of one; the recent ones first. And how well the best fits.
fn called(
    project: &Project,
    layer: &Layer,
    recent: &[EntityId],
    typed: &str,
) -> (u8, Vec<EntityId>) {
    let place = |id: &EntityId| recent.iter().position(|other| other == id).unwrap_or(usize::MAX);
    let fits = |entity: &Entity| entity.names().filter_map(|name| rank(name, typed)).min();
    let of_layer = project.entities().values().filter(|entity| entity.layer == layer.id);
    let mut found: Vec<(u8, usize, &Entity)> = of_layer
        .filter_map(|entity| {
            let fit = fits(entity).filter(|rank| *rank < 2)?;
            Some((fit, place(&entity.id), &entity.value))
        })
        .collect();
    found.sort_by(|a, b| (a.0, a.1, &a.2.name, &a.2.id).cmp(&(b.0, b.1, &b.2.name, &b.2.id)));
    let best = found.first().map_or(u8::MAX, |(fit, ..)| *fit);
    (best, found.into_iter().take(RECENTS).map(|(_, _, entity)| entity.id.clone()).collect())
}

/// Whether a code of the layer fits these letters.
pub fn has_code(layer: &Layer, letters: &str) -> bool {
    let letters = letters.trim().to_lowercase();
    layer.codes.iter().any(|code| rank(&code.name, &letters).is_some())
}

/// What Enter takes: the chosen row.
pub fn take(
    project: &Project,
    annotation: &Annotation,
    popup: &CodePopup,
    desk: &Desk,
    out: &mut Outbox,
) {
    let Some(layer) = project.codebook.layer(&annotation.layer) else { return };
    let fitting = fitting(project, (layer, annotation), desk, &popup.typed);
    let record =
        popup.chosen.checked_sub(fitting.codes.len()).filter(|_| !popup.typed.trim().is_empty());
    match (fitting.codes.get(popup.chosen), record.and_then(|at| fitting.records.get(at))) {
        (Some(code), _) => choose(annotation, &code.id, out),
        (None, Some(record)) => {
            out.push(attach(desk, &annotation.id, record));
            out.desk(DeskCommand::CloseMode);
        }
        (None, None) => match fitting.new_name(layer, &popup.typed) {
            Some(name) => attach_new(annotation, name, out),
            None => out.desk(DeskCommand::CloseMode),
        },
    }
}

/// Draws the popup beside `words`.
pub fn show(
    ui: &Ui,
    (view, engine): (&View<'_>, &mut TextEngine),
    (desk, annotation, popup): (&Desk, &Annotation, &CodePopup),
    words: Rect,
    out: &mut Outbox,
) {
    let Some(layer) = view.project.codebook.layer(&annotation.layer) else { return };
    let fitting = fitting(view.project, (layer, annotation), desk, &popup.typed);
    let mut open = Open { view, layer, annotation, popup, fitting: &fitting, most: 0 };
    let window = ui.ctx().content_rect();
    open.most = open.records_in(room(words, window, f32::INFINITY, 0.0));
    let fixed = open.fixed_height();
    let list = room(words, window, fixed + open.list_height().min(LIST), fixed + LEAST) - fixed;
    let at = beside(words, vec2(WIDTH + 14.0, fixed + list), window);
    let area = Area::new(Id::unique("code popup")).order(Order::Foreground).fixed_pos(at);
    let frame = Frame::popup(ui.style()).inner_margin(6.0).fill(view.tokens.raised);
    let taken = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            open.contents(ui, engine, list)
        })
    });
    match taken.inner.inner {
        Some(Taken::Code(code)) => choose(annotation, &code, out),
        Some(Taken::Record(record)) => {
            out.push(attach(desk, &annotation.id, &record));
            out.desk(DeskCommand::CloseMode);
        }
        Some(Taken::New) => attach_new(annotation, popup.typed.trim(), out),
        None => {}
    }
}

/// What was clicked.
enum Taken {
    Code(CodeId),
    Record(EntityId),
    /// A record that is called what is typed.
    New,
}

/// The popup as it is drawn.
struct Open<'a> {
    view: &'a View<'a>,
    layer: &'a Layer,
    annotation: &'a Annotation,
    popup: &'a CodePopup,
    fitting: &'a Fitting<'a>,
    /// Records that are shown; all of them once letters have found them.
    most: usize,
}

impl Open<'_> {
    fn has_typed(&self) -> bool {
        !self.popup.typed.trim().is_empty()
    }

    /// The record in a row, where the chosen row is one.
    fn chosen_record(&self) -> Option<&Entity> {
        let at = self.popup.chosen.checked_sub(self.fitting.codes.len())?;
        let id = self.fitting.records.get(at).filter(|_| self.has_typed())?;
        self.view.project.entities().get(id).map(|entity| &entity.value)
    }

    /// Groups are headings as long as nothing is typed; then the best come first.
    fn is_grouped(&self) -> bool {
        !self.has_typed() && self.layer.codes.iter().any(|code| !code.group.is_empty())
    }

    fn list_height(&self) -> f32 {
        let codes = &self.layer.codes;
        let mut groups: Vec<&str> = codes.iter().map(|code| code.group.as_str()).collect();
        groups.dedup();
        let headings =
            if self.layer.codes.iter().any(|c| !c.group.is_empty()) { groups.len() } else { 0 };
        codes.len() as f32 * ROW + headings as f32 * HEADING
    }

    fn recents(&self) -> usize {
        self.fitting.records.len().min(self.most)
    }

    /// How many recent records leave room for the codes; the others keep their digits.
    fn records_in(&self, room: f32) -> usize {
        if self.has_typed() {
            return RECENTS;
        }
        let codes = self.list_height().min(CODES_FIRST) + HEADING + 5.0;
        let rows = ((room - self.fixed_height() - codes) / RECENT_ROW).floor();
        (rows.max(0.0) as usize).clamp(FEWEST, RECENTS)
    }

    fn fixed_height(&self) -> f32 {
        let records = match self.recents() {
            0 => 0.0,
            n => n as f32 * RECENT_ROW + HEADING + 5.0,
        };
        ROW + 1.0 + DEFINITION + records + 24.0 + 26.0
    }

    fn contents(&self, ui: &mut Ui, engine: &mut TextEngine, list: f32) -> Option<Taken> {
        let tokens = self.view.tokens;
        self.typed_line(ui, engine);
        let mut taken = None;
        ScrollArea::vertical().max_height(list).min_scrolled_height(list).show_named(
            ui,
            "the codes",
            |ui| {
                taken = self.codes(ui, engine).map(Taken::Code);
                if self.new_record(ui, engine) {
                    taken = Some(Taken::New);
                }
            },
        );
        self.definition(ui, engine);
        if self.recents() > 0 {
            hairline(ui, tokens);
            ui.add_space(4.0);
            let several = self.layer.entity.as_ref().map_or("Records", |(_, s)| s.as_str());
            let title = if self.has_typed() {
                several.to_owned()
            } else {
                format!("Recent {}", several.to_lowercase())
            };
            self.heading(ui, engine, &title);
            taken = taken.or(self.records(ui, engine).map(Taken::Record));
        }
        self.foot(ui, engine);
        taken
    }

    fn typed_line(&self, ui: &mut Ui, engine: &mut TextEngine) {
        let (tokens, typed) = (self.view.tokens, &self.popup.typed);
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let name = format!("Code of the {}: {typed}", self.layer.name.to_lowercase());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        let (text, color) = if typed.is_empty() {
            let what = self.layer.entity.as_ref().map_or_else(
                || "a code".to_owned(),
                |(one, _)| format!("a code or {}", one.to_lowercase()),
            );
            (format!("{}: type {what}", self.layer.name), tokens.faint)
        } else {
            (typed.clone(), tokens.ink)
        };
        line(ui, engine, self.view, rect, |ui, kit| {
            words(ui, kit, &text, Face::Plain, color);
        });
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, tokens.line));
    }

    fn heading(&self, ui: &mut Ui, engine: &mut TextEngine, text: &str) {
        let size = vec2(ui.available_width(), HEADING);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
        let muted = self.view.tokens.muted;
        line(ui, engine, self.view, rect, |ui, kit| {
            words(ui, kit, text, Face::SmallBold, muted);
        });
    }

    fn codes(&self, ui: &mut Ui, engine: &mut TextEngine) -> Option<CodeId> {
        let (mut taken, mut group) = (None, "");
        for (at, code) in self.fitting.codes.iter().enumerate() {
            if self.is_grouped() && code.group != group {
                group = code.group.as_str();
                self.heading(ui, engine, group);
            }
            let chosen = at == self.popup.chosen;
            let response = self.code(ui, engine, code, chosen);
            if chosen {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                taken = Some(code.id.clone());
            }
        }
        taken
    }

    /// What a new record would be called by: “New actor “Leyla Aksoy””, as the finder says it.
    fn new_text(&self) -> Option<String> {
        let (one, _) = self.layer.entity.as_ref()?;
        let name = self.fitting.new_name(self.layer, &self.popup.typed)?;
        Some(format!("new {} “{name}”", one.to_lowercase()))
    }

    /// The row that makes a record of what is typed; whether it was clicked.
    fn new_record(&self, ui: &mut Ui, engine: &mut TextEngine) -> bool {
        let Some(text) = self.new_text() else { return false };
        let text = text.replacen('n', "N", 1);
        let row = Row::new(&text).height(ROW).inset(INSET, INSET).role(Role::Button);
        let tokens = self.view.tokens;
        let response = row.selected(true).show(ui, tokens, |ui| {
            words(ui, (tokens, engine), &text, Face::Plain, tokens.ink);
        });
        response.clicked()
    }

    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    fn code(
        &self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        code: &Code,
        chosen: bool,
    ) -> egui::Response {
        let tokens = self.view.tokens;
        let holds = self.annotation.code.as_ref() == Some(&code.id);
        let name = format!("Code {}", code.name);
        let row = Row::new(&name).height(ROW).inset(INSET, INSET).role(Role::Button);
        let response = row.selected(chosen).show(ui, tokens, |ui| {
            let digit = code.digit.map(|digit| digit.to_string()).unwrap_or_default();
            if self.layer.codes.iter().any(|code| code.digit.is_some()) {
                let (rect, _) = ui.allocate_exact_size(vec2(10.0, ROW), Sense::hover());
                line(ui, engine, self.view, rect.with_min_x(rect.left() - INSET), |ui, kit| {
                    words(ui, kit, &digit, Face::Small, tokens.muted);
                });
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if holds {
                    let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
                    let color = tokens.layer(&self.layer.color).mark;
                    ui.painter().circle_filled(rect.center(), 3.0, color);
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    words(ui, (tokens, &mut *engine), &code.name, Face::Plain, tokens.ink);
                });
            });
        });
        if code.definition.is_empty() {
            return response;
        }
        told(response, (tokens, engine), &code.definition)
    }

    /// What the chosen code means, in two lines; all of it on hover.
    fn definition(&self, ui: &mut Ui, engine: &mut TextEngine) {
        let size = vec2(ui.available_width(), DEFINITION);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let text = match (self.fitting.codes.get(self.popup.chosen), self.chosen_record()) {
            (Some(code), _) => code.definition.as_str(),
            (None, Some(_)) => "A record: the words are attached to it and take its code.",
            (None, None) if self.new_text().is_some() => {
                "Nothing has this name yet. The words are attached to the new record."
            }
            (None, None) => "Nothing has this name. Type less, or Esc leaves it without a code.",
        };
        let inner = rect.shrink2(vec2(INSET, 3.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
        child.set_clip_rect(rect.intersect(ui.clip_rect()));
        let tokens = self.view.tokens;
        passage(&mut child, (tokens, &mut *engine), text, Face::Small, tokens.muted, inner.width());
        told(response, (tokens, engine), text);
    }

    fn records(&self, ui: &mut Ui, engine: &mut TextEngine) -> Option<EntityId> {
        let tokens = self.view.tokens;
        let mut taken = None;
        for (at, id) in self.fitting.records.iter().take(self.most).enumerate() {
            let Some(entity) = self.view.project.entities().get(id) else { continue };
            let name = format!("Attach to {}", entity.name);
            let chosen = self.has_typed() && self.popup.chosen == self.fitting.codes.len() + at;
            let row = Row::new(&name).height(RECENT_ROW).inset(INSET, INSET).role(Role::Button);
            let key = (!self.has_typed()).then(|| format!("Alt+{}", at + 1));
            let response = row.selected(chosen).show(ui, tokens, |ui| {
                name_and_key(ui, (tokens, engine), &entity.name, key.as_deref());
            });
            if response.clicked() {
                taken = Some(id.clone());
            }
        }
        taken
    }

    fn foot(&self, ui: &mut Ui, engine: &mut TextEngine) {
        let size = vec2(ui.available_width(), 24.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let text = match self.fitting.codes.get(self.popup.chosen) {
            Some(code) if self.annotation.code.as_ref() == Some(&code.id) => {
                format!("Enter keeps {} · Esc closes", code.name)
            }
            Some(code) => format!("Enter gives {} · Esc closes", code.name),
            None => match self.chosen_record() {
                Some(record) => format!("Enter attaches to {} · Esc closes", record.name),
                None => match self.new_text() {
                    Some(text) => format!("Enter makes the {text} · Esc closes"),
                    None => "Esc closes".to_owned(),
                },
            },
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
        let muted = self.view.tokens.muted;
        line(ui, engine, self.view, rect, |ui, kit| {
            words(ui, kit, &text, Face::Small, muted);
        });
    }
}

/// A name with the key that does the same at the right.
fn name_and_key(
    ui: &mut Ui,
    (tokens, engine): (&crate::ui::theme::Tokens, &mut TextEngine),
    name: &str,
    key: Option<&str>,
) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if let Some(key) = key {
            key_cap(ui, tokens, key);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            words(ui, (tokens, engine), name, Face::Plain, tokens.ink);
        });
    });
}

/// One line of words in `rect`.
fn line(
    ui: &mut Ui,
    engine: &mut TextEngine,
    view: &View<'_>,
    rect: Rect,
    show: impl FnOnce(&mut Ui, (&crate::ui::theme::Tokens, &mut TextEngine)),
) {
    let layout = Layout::left_to_right(Align::Center);
    let inner = rect.with_min_x(rect.left() + INSET);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    show(&mut child, (view.tokens, engine));
}

/// Sets the code and closes the popup.
pub fn choose(annotation: &Annotation, code: &CodeId, out: &mut Outbox) {
    if annotation.code.as_ref() != Some(code) {
        let command = AnnotationCommand::SetCode(annotation.id.clone(), Some(code.clone()));
        out.ask(Command::Annotation(command));
    }
    out.desk(DeskCommand::CloseMode);
}

/// Attaches the words to a new record and closes the popup: one step.
fn attach_new(annotation: &Annotation, name: &str, out: &mut Outbox) {
    let command = AnnotationCommand::AttachNew(annotation.id.clone(), name.into());
    out.ask(Command::Annotation(command));
    out.desk(DeskCommand::CloseMode);
}
