//! The page: the document's text with its annotations, read, selected, tagged and linked by mouse and keys.
//!
//! Only what is in sight is laid out and drawn. `sheet` knows where things are, `caret` what is selected, `marks`
//! and `links` how annotations look, `hints` and `popup` what helps while linking and coding. Nothing here changes
//! the project: wishes go to the outbox.

pub mod beside;
pub mod brush;
mod cards;
pub mod caret;
#[cfg(test)]
mod caret_laws;
mod chips;
pub mod curve;
mod deeper;
mod edges;
pub mod find;
mod head;
pub mod heights;
mod hidden;
pub mod hints;
mod invisible;
pub mod links;
mod map;
pub mod margin;
pub mod marks;
mod motion;
pub mod numbers;
pub mod pieces;
mod pointer;
pub mod popup;
mod pull;
mod reader;
pub mod route;
#[cfg(test)]
mod scale_laws;
pub mod scroll_bar;
pub mod sheet;
pub mod sight;
mod signs;
pub mod standing;
mod strip;
pub mod strips;
mod stubs;
pub mod told;

pub use crate::ui::page::caret::{Caret, Edges, Extend, Move};
pub(in crate::ui) use crate::ui::page::pull::let_go;
pub use crate::ui::page::pull::take_drop;

use crate::model::{AnnotationId, Document, DocumentId, End, Sheet};
use crate::text::{Offset, Span};
use crate::ui::desk::{Desk, Focus, Mode, Selected};
use crate::ui::engine::{Family, KeptText, Para, TextEngine};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::brush::block;
use crate::ui::page::marks::{Drawn, Place, stretches};
use crate::ui::page::pointer::Hover;
use crate::ui::page::sheet::{PageSheet, Placed, Setting};
use crate::ui::page::sight::{Laid, Sight};
use crate::ui::page::standing::Marks;
use crate::ui::page::told::Told;
use crate::ui::theme::ReadingFace;
use crate::ui::view::View;
use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{Id, Painter, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeMap;

/// Width of a letter against its size.
const LETTER: f32 = 0.5042;
/// Room for paragraph numbers left of the column.
const GUTTER: f32 = 64.0;
/// The same where the page is small.
const NARROW: f32 = 44.0;
/// So wide a page is small.
const SMALL: f32 = 460.0;
/// Least room right of the column.
const RIGHT: f32 = 28.0;
/// Size of a title against that of the text.
pub(in crate::ui::page) const TITLE: f32 = 25.0 / 17.0;

/// What the page remembers.
#[derive(Default)]
pub struct PageDesk {
    sheet: Option<(DocumentId, PageSheet)>,
    /// The caret with the selection.
    pub caret: Caret,
    /// A place to bring into view, with the caret.
    reveal: Option<(Offset, Offset)>,
    /// Whether the caret was moved by a key and has to stay in view.
    pub follow: bool,
    /// Moves that keys asked for.
    pub moves: Vec<(Move, Extend)>,
    /// Hints shown in the last frame.
    pub hints: Vec<(String, AnnotationId)>,
    /// What the pointer is on.
    hover: Option<Hover>,
    /// The annotation from which a link is being dragged.
    pull: Option<AnnotationId>,
    sight: Sight,
    /// The words in sight, and the marks of the annotations there.
    words: KeptText,
    marks: Marks,
    curves: links::Curves,
    map: map::Map,
    told: Told,
    /// Where the last frame had stubs of links, and whose they are.
    stubs: stubs::Stubs,
    /// Where the selected annotation's words are on the screen, if they are in sight.
    pub words_at: Option<Rect>,
    drag: Option<pointer::Drag>,
    click: Option<pointer::Clicked>,
    /// Where the last click went; another one there goes outwards.
    clicked: Option<Offset>,
    /// Where reading stopped in documents that are not on the page.
    pub tops: BTreeMap<DocumentId, Top>,
    /// Where to go on reading.
    begin: Option<Top>,
}

/// What is at the upper edge of the page: an offset, and how much of its paragraph lies above, from 0 to 1.
pub type Top = (Offset, f32);

impl PageDesk {
    /// Where reading stands in each document that was on the page.
    pub fn all_tops(&self) -> BTreeMap<DocumentId, Top> {
        let mut tops = self.tops.clone();
        tops.extend(self.sheet.as_ref().map(|(id, sheet)| (id.clone(), sheet.top())));
        tops
    }

    /// Puts the caret at `offset` and brings it into view.
    pub fn reveal_at(&mut self, offset: Offset) {
        self.reveal = Some((offset, offset));
    }

    /// Selects words and brings them into view.
    pub fn reveal_words(&mut self, span: Span) {
        self.reveal = Some((span.start(), span.end()));
    }

    /// The annotation that the pointer has rested on.
    fn hovered(&self) -> Option<&AnnotationId> {
        self.hover.as_ref().filter(|hover| hover.rested).map(|hover| &hover.id)
    }

    /// Whether a place of that document is in sight.
    pub fn sees(&self, document: &DocumentId, at: Offset) -> bool {
        self.sight.sees(document, at)
    }

    /// The words on the screen, with those of the same paragraphs above and below it.
    pub fn in_sight(&self) -> Option<Span> {
        self.sight.span()
    }

    /// Whether a link is being dragged.
    pub fn is_pulling(&self) -> bool {
        self.pull.is_some()
    }
}

/// The page's id, which has the keyboard while one reads.
pub fn page_id() -> Id {
    Id::unique("page")
}

/// Shows the document `desk.document`.
pub fn page(
    view: &View<'_>,
    desk: &mut Desk,
    engine: &mut TextEngine,
    out: &mut Outbox,
    ui: &mut Ui,
) {
    let Some(shelf) = desk.document.as_ref().and_then(|id| view.project.sheet(id)) else { return };
    let area = strip::above(ui, view.tokens, &desk.mode, ui.available_rect_before_wrap());
    let response = ui.interact(area, page_id(), Sense::click_and_drag());
    let document = shelf.document();
    let name = format!("Text of {}", document.title);
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, &name));
    take_keyboard(ui, desk, &response);
    let column = open(ui, desk, document, area, engine);
    let Some((_, mut sheet)) = desk.page.sheet.take() else { return };
    let moved = scroll(ui, desk, &mut sheet, &response, engine);
    if let Some(extend) = moved {
        leave_behind(desk, shelf, extend, out);
    }
    let placed = sheet.visible(area.height(), engine);
    let origin = pos2(column.left(), area.top().round_to_pixels(ui.pixels_per_point()));
    let painter = ui.painter_at(area);
    let size = desk.look.page.size;
    let frame = Frame { view, painter: &painter, size, origin, column, shelf, placed: &placed };
    let mut marks = std::mem::take(&mut desk.page.marks);
    frame.draw(desk, &sheet, &mut marks, engine);
    let drawn = marks.drawn();
    head::line(ui, &frame, engine, out);
    pointer::hover(ui, desk, drawn, &response);
    frame.overlay(ui, desk, &marks, (engine, out));
    let track = scroll_bar::show(ui, view.tokens, &mut sheet, area, engine);
    let bar = ui.painter_at(area);
    desk.page.map.show(&bar, (view, &desk.veil), (&document.id, &sheet), track);
    if desk.find.open {
        scroll_bar::found(&painter, view.tokens, &sheet, desk.find.hits());
    }
    reader::publish(ui, &frame, desk, &sheet, &response);
    pointer::annotations(ui, &frame, desk, drawn, out);
    pointer::text(ui, &frame, desk, (&mut sheet, drawn), &response, (engine, out));
    desk.words = desk.page.caret.words(&sheet.text, desk.edges);
    desk.page.marks = marks;
    desk.page.sheet = Some((document.id.clone(), sheet));
}

/// What one frame of the page is drawn with.
struct Frame<'a> {
    view: &'a View<'a>,
    painter: &'a Painter,
    /// Points of the reading text.
    size: f32,
    /// The column's left edge and the window's upper edge.
    origin: Pos2,
    column: Rect,
    shelf: &'a Sheet,
    placed: &'a [Placed],
}

/// The page has the keyboard while nothing else wants it, and keeps Tab, arrows and Escape.
fn take_keyboard(ui: &Ui, desk: &mut Desk, response: &Response) {
    if desk.focus == Some(Focus::Page) || response.clicked() || response.drag_started() {
        response.request_focus();
        desk.focus = None;
    }
    if response.has_focus() {
        let filter = egui::EventFilter {
            tab: true,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

/// Opens the document if it is another than in the last frame; returns the column.
fn open(
    ui: &Ui,
    desk: &mut Desk,
    document: &Document,
    area: Rect,
    engine: &mut TextEngine,
) -> Rect {
    let look = desk.look.page;
    let column = look.letters * look.size * LETTER;
    let gutter = if area.width() < SMALL { NARROW } else { GUTTER };
    let width = (area.width() - gutter - RIGHT).clamp(160.0, column);
    // With nothing beside it the column stands in the middle.
    let alone = desk.hidden.left && desk.hidden.right;
    let middle = area.center().x - width / 2.0;
    let left = area.left() + if alone { gutter.max(middle - area.left()) } else { gutter };
    let left = left.round_to_pixels(ui.pixels_per_point());
    let titled = document.begins_with_title();
    let setting = Setting {
        width,
        family: family(look.face),
        size: look.size,
        leading: look.leading,
        title_size: (look.size * TITLE).round(),
        pixels_per_point: ui.ctx().pixels_per_point(),
        language: document.language.clone(),
        titled,
        head: head::height((ui.ctx().pixels_per_point(), desk), document, width, engine),
        below_title: head::LINE,
    };
    match &mut desk.page.sheet {
        Some((id, sheet)) if *id == document.id && sheet.text == document.text => {
            sheet.set(setting);
            if sheet.is_settling() {
                ui.ctx().request_repaint();
            }
        }
        other => {
            let before = other.take().map(|(id, sheet)| (id, sheet.top()));
            desk.page.tops.extend(before);
            desk.page.begin = desk.page.tops.remove(&document.id);
            *other = Some((document.id.clone(), PageSheet::new(document.text.clone(), setting)));
            desk.page.caret = Caret::default();
            desk.page.drag = None;
        }
    }
    Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()))
}

/// Follows wheel and keys; how the caret was moved last, if it was.
fn scroll(
    ui: &Ui,
    desk: &mut Desk,
    sheet: &mut PageSheet,
    response: &Response,
    engine: &mut TextEngine,
) -> Option<Extend> {
    let window = response.rect.height();
    if let Some(top) = desk.page.begin.take() {
        sheet.begin_at(top, window, engine);
    }
    if response.contains_pointer() {
        let wheel = ui.input(|input| input.smooth_scroll_delta().y);
        if wheel != 0.0 {
            sheet.scroll_by(-wheel, window, engine);
        }
    }
    let asked = std::mem::take(&mut desk.page.moves);
    let moved = asked.last().map(|(_, extend)| *extend);
    for (to, extend) in asked {
        move_caret(desk, (to, extend), sheet, (window, engine));
        desk.page.follow = true;
    }
    if std::mem::take(&mut desk.page.follow) {
        let place = desk.page.caret.hit(sheet);
        sheet.follow(place, window, engine);
    }
    if let Some((start, end)) = desk.page.reveal.take() {
        desk.page.caret.put(start, Extend::No);
        desk.page.caret.select(start, end);
        sheet.reveal(start, window, engine);
    }
    moved
}

/// A caret that a key has led away from the selected annotation lets it go, as a click elsewhere does.
fn leave_behind(desk: &Desk, shelf: &Sheet, extend: Extend, out: &mut Outbox) {
    let Some(Selected::Annotation(id)) = &desk.selected else { return };
    let Some(own) = shelf.annotations().get(id).filter(|own| !own.place.is_orphan()) else {
        return;
    };
    let caret = &desk.page.caret;
    let touched = own.place.fragments().spans().iter().any(|span| span.touches(caret.at));
    if !touched || extend == Extend::Yes && caret.at != caret.anchor {
        out.desk(DeskCommand::Select(None));
    }
}

fn move_caret(
    desk: &mut Desk,
    (to, extend): (Move, Extend),
    sheet: &mut PageSheet,
    (window, engine): (f32, &mut TextEngine),
) {
    let Move::Page(way) = to else { return desk.page.caret.go(to, extend, sheet, engine) };
    // The window goes along, so that the caret keeps its height in it.
    let points = way * (window - 60.0).max(window / 2.0);
    desk.page.caret.go(Move::Page(points), extend, sheet, engine);
    sheet.scroll_by(points, window, engine);
}

impl Frame<'_> {
    fn draw(&self, desk: &mut Desk, sheet: &PageSheet, marks: &mut Marks, engine: &mut TextEngine) {
        let tokens = self.view.tokens;
        block(self.painter, self.painter.clip_rect(), tokens.page);
        self.tints(desk);
        self.found(desk);
        if let Some(words) = &desk.words {
            for span in words.spans() {
                self.fill(*span, tokens.selection);
            }
        }
        head::title(self, desk, engine);
        let at = |placed: &Placed| self.origin + vec2(0.0, placed.y);
        let paras: Vec<(Pos2, &Arc<Para>)> =
            self.placed.iter().map(|placed| (at(placed), &placed.para)).collect();
        engine.paint_kept(self.painter, &mut desk.page.words, &paras, tokens.ink);
        if desk.look.page.numbers {
            self.placed.iter().for_each(|placed| self.number(placed));
        }
        if desk.invisible {
            invisible::draw(self, &sheet.text);
        }
        let laid = self.laid(desk);
        let codebook = &self.view.project.codebook;
        let place = Place::of(self, desk.look.page);
        marks.follow(self.painter.ctx(), &place, (codebook, tokens), &laid);
        self.painter.add(marks.shape());
        self.caret(desk, sheet);
    }

    /// Annotations in sight with their lanes.
    fn laid(&self, desk: &mut Desk) -> Arc<[Laid]> {
        let hull = self.placed.first().zip(self.placed.last());
        let span = hull.and_then(|(first, last)| Span::between(first.start, last.end));
        desk.page.sight.look(self.view, self.shelf, span, &desk.veil)
    }

    fn fill(&self, span: Span, color: egui::Color32) {
        for (at, part) in stretches(self.placed, self.origin, span) {
            let Some(line) = self.placed.get(at).and_then(|p| p.para.lines().get(part.line)) else {
                continue;
            };
            let y = self.origin.y + self.placed.get(at).map_or(0.0, |p| p.y) + line.baseline;
            let (above, below) = (self.size, self.size * 6.0 / 17.0);
            let rect = Rect::from_min_max(
                pos2(part.rect.left(), y - above),
                pos2(part.rect.right(), y + below),
            );
            self.painter.rect_filled(rect, 2.0, color);
        }
    }

    /// What is selected: an annotation, both ends of a link, all mentions of a record.
    fn tints(&self, desk: &Desk) {
        let project = self.view.project;
        match &desk.selected {
            Some(Selected::Annotation(id)) => self.tint(id),
            Some(Selected::Relation(id)) => {
                let relation = project.relations().get(id);
                let ends = relation.iter().flat_map(|relation| [&relation.from, &relation.to]);
                for end in ends {
                    if let End::Annotation(id) = end {
                        self.tint(id);
                    }
                }
            }
            Some(Selected::Entity(id)) => {
                let shown = project.mentions_of(id).filter(|mention| !desk.veil.hides(mention));
                shown.for_each(|mention| self.tint(&mention.id));
            }
            _ => {}
        }
    }

    fn tint(&self, id: &AnnotationId) {
        let Some(annotation) = self.shelf.annotations().get(id) else { return };
        let layer = self.view.project.codebook.layer(&annotation.layer);
        let Some(tint) = layer.map(|layer| self.view.tokens.layer(&layer.color).tint) else {
            return;
        };
        if !annotation.place.is_orphan() {
            for span in annotation.place.fragments().spans() {
                self.fill(*span, tint);
            }
        }
    }

    fn number(&self, placed: &Placed) {
        let (Some(number), Some(line)) = (placed.number, placed.para.lines().first()) else {
            return;
        };
        let at = self.origin + vec2(-20.0, placed.y + line.baseline - 5.0);
        let font = egui::FontId::proportional(11.5);
        self.painter.text(at, egui::Align2::RIGHT_CENTER, number, font, self.view.tokens.faint);
    }

    fn caret(&self, desk: &Desk, sheet: &PageSheet) {
        let (index, hit) = desk.page.caret.hit(sheet);
        let Some(placed) = self.placed.iter().find(|placed| placed.index == index) else { return };
        let rect = placed.para.caret(hit);
        let empty = placed.start == placed.end;
        // In an empty paragraph it is no higher than the gap.
        let height = if empty { sheet.place_of(placed.start).1 } else { rect.height() };
        let middle = rect.top() + height / 2.0 + self.origin.y + placed.y;
        // As wide at every place as at every other.
        let width = self.view.tokens.stroke.caret.round_to_pixels(self.painter.pixels_per_point());
        let left = self.painter.round_to_pixel_center(self.origin.x + rect.left()) - width / 2.0;
        let (above, below) = if empty { (height / 2.0, height / 2.0) } else { (11.0, 9.0) };
        let (top, bottom) = (middle - above, middle + below);
        let rect = Rect::from_min_max(pos2(left, top), pos2(left + width, bottom));
        block(self.painter, rect, self.view.tokens.ink);
    }

    /// Links, hints and the code popup lie over the text.
    fn overlay(
        &self,
        ui: &Ui,
        desk: &mut Desk,
        marks: &Marks,
        (engine, out): (&mut TextEngine, &mut Outbox),
    ) {
        let drawn = marks.drawn();
        desk.page.words_at =
            hull_of(desk, drawn).filter(|at| self.painter.clip_rect().intersects(*at));
        let (project, tokens) = (self.view.project, self.view.tokens);
        desk.page.told.look(self.view, marks);
        deeper::show(ui, self, desk, drawn, (engine, out));
        let cards = cards::show(ui, self, desk, drawn, (engine, out));
        let mut occupied = cards.clone();
        stubs::show(ui, self, desk, (marks, &mut occupied), (engine, out));
        chips::show(self, desk, (drawn, &cards, &mut occupied), engine);
        let mut curves = std::mem::take(&mut desk.page.curves);
        curves.follow(self, desk, marks);
        links::show(ui, self, &curves, &mut occupied, (engine, out));
        desk.page.curves = curves;
        edges::show(ui, self, desk, (engine, out));
        pull::show(ui, self, desk, drawn, (engine, out));
        hidden::show(ui, self, desk, out);
        desk.page.hints.clear();
        match &desk.mode {
            Mode::Linking(linking) => {
                desk.page.hints = hints::offered(project, self.shelf, drawn, linking);
                let shown = (desk.page.hints.as_slice(), linking.typed.as_str());
                hints::draw((self.painter, tokens, self.size), drawn, shown);
                strip::show(ui, self, desk, (engine, out));
            }
            Mode::Coding(coding) => {
                let annotation = project.annotation(&coding.annotation);
                if let Some((annotation, words)) = annotation.zip(desk.page.words_at) {
                    let kit = (self.view, engine);
                    popup::show(ui, kit, (desk, annotation, coding), words, out);
                }
            }
            Mode::Reading => {}
        }
    }
}

/// Around all lines of the selected annotation, or of the one that is being coded.
fn hull_of(desk: &Desk, drawn: &[Drawn]) -> Option<Rect> {
    let id = match (&desk.mode, &desk.selected) {
        (Mode::Coding(coding), _) => &coding.annotation,
        (_, Some(Selected::Annotation(id))) => id,
        _ => return None,
    };
    let rects = &drawn.iter().find(|drawn| drawn.id == *id)?.rects;
    rects.iter().copied().reduce(Rect::union)
}

/// The family of a face.
fn family(face: ReadingFace) -> Family {
    match face {
        ReadingFace::Serif => Family::Reading,
        ReadingFace::Sans => Family::Interface,
    }
}
