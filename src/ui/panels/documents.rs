//! The documents with status and how many annotations each has; a click puts one on the page, F2 renames it here.

use egui::{Align, Id, Key, Layout, Rect, Response, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use crate::model::{Choice, Document, DocumentId, FeatureId, FeatureKind, Sheet, Value, feature};
use crate::query::Counts;
use crate::ui::desk::{Desk, Focus, Purpose, Selected};
use crate::ui::outbox::DeskCommand;
use crate::ui::panels::Pane;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{
    Face, MenuItem, Row, Scrolled as _, empty_state, in_words, line_field, quiet_button, rows,
    section_header, told, words,
};
use crate::workbench::{Command, DocumentCommand};

/// So many documents are listed as they come; more have a list that scrolls by itself, so that the codebook below
/// stays in sight.
const FEW: usize = 12;
/// The share of the panel's height that such a list takes.
const SHARE: f32 = 0.38;

/// What the list keeps between frames.
#[derive(Default)]
pub struct DocumentsDesk {
    renaming: Option<Renaming>,
    /// The document that was on the page in the last frame.
    shown: Option<DocumentId>,
}

/// A title being typed.
struct Renaming {
    document: DocumentId,
    title: String,
    /// Whether the field has yet to take the keyboard.
    fresh: bool,
}

impl DocumentsDesk {
    /// The row becomes a field.
    pub fn rename(&mut self, document: DocumentId, title: &str) {
        self.renaming = Some(Renaming { document, title: title.to_owned(), fresh: true });
    }
}

/// Documents in their order.
pub(in crate::ui::panels) fn list(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut DocumentsDesk,
    counts: &Counts,
    ui: &mut Ui,
) {
    let tokens = pane.view.tokens;
    let sheets = pane.view.project.documents_in_order();
    section_header(ui, pane.kit(), "Documents", &sheets.len().to_string());
    if sheets.is_empty() {
        empty_state(ui, tokens, "No document yet", "Open a text, or paste one.");
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            if quiet_button(ui, tokens, "Open text…").clicked() {
                pane.out.desk(DeskCommand::AskPath(Purpose::OpenText));
            }
            if quiet_button(ui, tokens, "Paste text").clicked() {
                pane.out.desk(DeskCommand::Paste(String::new()));
            }
        });
    }
    let height = tokens.size.row * sheets.len() as f32;
    let room = (ui.clip_rect().height() * SHARE).max(tokens.size.row * 5.5);
    if sheets.len() <= FEW || height <= room {
        all(pane, desk, mine, (&sheets, counts), ui);
    } else {
        let turned = mine.shown != desk.document;
        let area = ScrollArea::vertical().id_salt("documents").max_height(room);
        area.auto_shrink(false).show_named(ui, "documents", |ui| {
            if turned {
                to_the_shown(ui, tokens.size.row, &sheets, desk);
            }
            all(pane, desk, mine, (&sheets, counts), ui);
        });
    }
    mine.shown.clone_from(&desk.document);
    ui.add_space(tokens.size.grid * 2.0);
}

/// The document on the page is brought into sight, with its neighbours.
fn to_the_shown(ui: &Ui, height: f32, sheets: &[&Sheet], desk: &Desk) {
    let at = sheets.iter().position(|s| Some(&s.document().id) == desk.document.as_ref());
    if let Some(at) = at {
        let top = ui.cursor().min + vec2(0.0, height * at as f32);
        let place = Rect::from_min_size(top, vec2(1.0, height)).expand2(vec2(0.0, height));
        ui.scroll_to_rect(place, None);
    }
}

fn all(
    pane: &mut Pane<'_>,
    desk: &Desk,
    mine: &mut DocumentsDesk,
    (sheets, counts): (&[&Sheet], &Counts),
    ui: &mut Ui,
) {
    let status = Statuses::of(pane);
    rows(ui, pane.view.tokens.size.row, sheets.len(), |ui, index| {
        let Some(sheet) = sheets.get(index) else { return };
        let document = &sheet.document().value;
        if mine.renaming.as_ref().is_some_and(|renaming| renaming.document == document.id) {
            return rename(pane, mine, document, ui);
        }
        let count = counts.by_document.get(&document.id).copied().unwrap_or_default();
        let response = row(pane, desk, document, (count, &status), ui);
        if desk.focus == Some(Focus::Left) && desk.document.as_ref() == Some(&document.id) {
            response.request_focus();
        }
        if response.clicked() {
            pane.out.desk(DeskCommand::Show(document.id.clone()));
        }
        if response.double_clicked() {
            pane.out.desk(DeskCommand::Describe(document.id.clone()));
        }
        response.context_menu(|ui| menu(pane, document, (index, sheets.len()), &status, ui));
    });
}

fn row(
    pane: &mut Pane<'_>,
    desk: &Desk,
    document: &Document,
    (count, status): (usize, &Statuses<'_>),
    ui: &mut Ui,
) -> Response {
    let tokens = pane.view.tokens;
    let (at, held) = status.held(document);
    let said = held.filter(|_| at > 0).map_or_else(String::new, |held| format!(", {}", held.name));
    let count_words = in_words(count, "annotation", "annotations");
    let name = format!("{}, {count_words}{said}", document.title);
    let row = Row::new(&name).with_bar().selected(desk.document.as_ref() == Some(&document.id));
    let inspected = desk.selected == Some(Selected::Document(document.id.clone()));
    let face = if inspected { Face::Bold } else { Face::Plain };
    let response = row.inset(14.0, 16.0).show(ui, tokens, |ui| {
        if held.is_some() {
            sign(ui, tokens, at, status.values.len());
        }
        counted(pane, ui, &document.title, face, count);
    });
    match held {
        Some(held) if !ui.ctx().any_popup_open() => {
            told(response, pane.kit(), &format!("{}: {}", status.name, held.name))
        }
        _ => response,
    }
}

/// The codebook's statuses of documents, in the order of the work.
struct Statuses<'a> {
    id: FeatureId,
    name: &'a str,
    values: &'a [Choice],
    default: Option<&'a str>,
}

impl<'a> Statuses<'a> {
    fn of(pane: &Pane<'a>) -> Self {
        let id = FeatureId::new("status");
        let rule = feature(&pane.view.project.codebook.document_features, &id);
        let values = match rule.map(|rule| &rule.kind) {
            Some(FeatureKind::Choice { values, many: false, .. }) => values.as_slice(),
            _ => &[],
        };
        let name = rule.map_or("Status", |rule| rule.name.as_str());
        Self { id, name, values, default: rule.and_then(|rule| rule.default.as_deref()) }
    }

    /// The status of a document, and how far on it is.
    fn held(&self, document: &Document) -> (usize, Option<&'a Choice>) {
        let set = match document.meta.get(&self.id) {
            Some(Value::Choice(id)) => Some(id.as_str()),
            _ => self.default,
        };
        let at = self.values.iter().position(|value| Some(value.id.as_str()) == set);
        (at.unwrap_or_default(), at.and_then(|at| self.values.get(at)))
    }
}

/// An empty ring, a half one, a full one, a full one with a tick: by shape, not by colour.
fn sign(ui: &mut Ui, tokens: &Tokens, at: usize, count: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
    let (center, radius) = (rect.center(), 4.5);
    let painter = ui.painter();
    painter.circle_stroke(center, radius, Stroke::new(1.2, tokens.muted));
    if at == 0 {
        return;
    }
    if at + 2 < count {
        let left = Rect::from_min_max(
            pos2(center.x - radius - 1.0, center.y - radius - 1.0),
            pos2(center.x, center.y + radius + 1.0),
        );
        painter.with_clip_rect(left.intersect(painter.clip_rect())).circle_filled(
            center,
            radius,
            tokens.muted,
        );
        return;
    }
    painter.circle_filled(center, radius, tokens.muted);
    if at + 1 == count {
        let tick = [(-2.2, 0.0), (-0.6, 1.8), (2.4, -1.8)].map(|(x, y)| center + vec2(x, y));
        painter.line(tick.to_vec(), Stroke::new(1.3, tokens.panel));
    }
}

/// The title as a field, until Enter or the keyboard leaves it; Escape leaves it as it was.
fn rename(pane: &mut Pane<'_>, mine: &mut DocumentsDesk, document: &Document, ui: &mut Ui) {
    let Some(renaming) = &mut mine.renaming else { return };
    let tokens = pane.view.tokens;
    let id = Id::unique(("rename", &document.id));
    if std::mem::take(&mut renaming.fresh) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let size = vec2(ui.available_width(), tokens.size.row);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(14.0, 1.0))));
    let typed = line_field(
        &mut child,
        (tokens, pane.engine),
        id,
        ("Title", "A title"),
        &mut renaming.title,
    );
    let title = renaming.title.trim();
    if typed.done && !title.is_empty() && title != document.title {
        let command = DocumentCommand::Rename(document.id.clone(), title.into());
        pane.out.ask(Command::Document(command));
    }
    let elsewhere = !ui.memory(|memory| memory.has_focus(id) || memory.focused().is_none());
    if typed.done || elsewhere || ui.input(|input| input.key_pressed(Key::Escape)) {
        mine.renaming = None;
    }
}

fn menu(
    pane: &mut Pane<'_>,
    document: &Document,
    (at, count): (usize, usize),
    status: &Statuses<'_>,
    ui: &mut Ui,
) {
    ui.set_min_width(190.0);
    let id = &document.id;
    let mut wish = |ui: &mut Ui, enabled: Enabled, item: MenuItem<'_>, command: MenuWish| {
        let shown = ui.add_enabled_ui(enabled == Enabled::Yes, |ui| item.show(ui, pane.kit()));
        if shown.inner.clicked() {
            match command {
                MenuWish::Desk(command) => pane.out.desk(command),
                MenuWish::Ask(command) => pane.out.ask(Command::Document(command)),
            }
            ui.close();
        }
    };
    let desk = MenuWish::Desk;
    let ask = MenuWish::Ask;
    wish(ui, Enabled::Yes, MenuItem::new("Describe"), desk(DeskCommand::Describe(id.clone())));
    wish(
        ui,
        Enabled::Yes,
        MenuItem::new("Rename…").key("F2"),
        desk(DeskCommand::RenameDocument(id.clone())),
    );
    ui.separator();
    let up = DocumentCommand::Move(id.clone(), at.saturating_sub(1));
    wish(ui, Enabled::when(at > 0), MenuItem::new("Move up").key("Shift+Alt+Up"), ask(up));
    let down = DocumentCommand::Move(id.clone(), at + 1);
    wish(
        ui,
        Enabled::when(at + 1 < count),
        MenuItem::new("Move down").key("Shift+Alt+Down"),
        ask(down),
    );
    ui.separator();
    let (held, _) = status.held(document);
    for (at, value) in status.values.iter().enumerate() {
        let set = Some(Value::Choice(value.id.clone()));
        let set = DocumentCommand::SetField(id.clone(), status.id.clone(), set);
        wish(ui, Enabled::Yes, MenuItem::new(&value.name).ticked(at == held), ask(set));
    }
    ui.separator();
    wish(ui, Enabled::Yes, MenuItem::new("Erase"), ask(DocumentCommand::Erase(id.clone())));
}

/// Whether an entry of the menu can be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Enabled {
    Yes,
    No,
}

impl Enabled {
    #[expect(clippy::fn_params_excessive_bools, reason = "on or off, as egui says it")]
    fn when(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// What an entry of the menu asks for.
enum MenuWish {
    Desk(DeskCommand),
    Ask(DocumentCommand),
}

/// Words with a count at the right.
pub(in crate::ui::panels) fn counted(
    pane: &mut Pane<'_>,
    ui: &mut Ui,
    text: &str,
    face: Face,
    count: usize,
) {
    let (muted, ink) = (pane.view.tokens.muted, pane.view.tokens.ink);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        words(ui, pane.kit(), &count.to_string(), Face::Plain, muted);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            words(ui, pane.kit(), text, face, ink);
        });
    });
}
