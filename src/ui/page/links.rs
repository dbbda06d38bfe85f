//! Links on the page: curves from the selected annotation to the other ends in sight, typed and with an arrow head.
//!
//! They leave above the words and keep to the gaps between lines, and so do their labels where there is room.

use crate::model::{AnnotationId, End, Project, Relation, RelationId};
use crate::query;
use crate::ui::desk::{Desk, Mode, Selected, ShownLinks};
use crate::ui::engine::{Style, TextEngine};
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::Frame;
use crate::ui::page::curve::Curve;
use crate::ui::page::marks::Drawn;
use crate::ui::page::route::{self, Port, Room};
use crate::ui::page::standing::{Basis, Marks};
use crate::ui::theme::Tokens;
use crate::ui::view::View;
use crate::ui::widgets::{Face, MenuItem};
use crate::workbench::{Command, RelationCommand};
use egui::epaint::Tessellator;
use egui::{
    Color32, Mesh, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// From the baseline to the top of the words, against their size.
const ASCENT: f32 = 14.0 / 17.0;

/// How much a link stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// It is selected itself.
    Chosen,
    /// It belongs to what is selected.
    Plain,
    /// It belongs to what the pointer is on.
    Faint,
    /// It is one of all.
    Quiet,
}

/// The links whose ends are in sight, each with its way, kept from frame to frame.
#[derive(Default)]
pub(in crate::ui::page) struct Curves {
    from: Option<From>,
    all: Vec<(RelationId, Weight, Curve)>,
    mesh: Arc<Mesh>,
    height: i64,
}

/// What they were made from.
#[derive(PartialEq)]
struct From {
    basis: Basis,
    shown: ShownLinks,
    quiet: bool,
    selected: Option<Selected>,
    hovered: Option<AnnotationId>,
    margins: [Vec<f32>; 2],
    colors: [Color32; 3],
    scale: f32,
}

impl Curves {
    /// Finds them, if anything has changed but the height.
    pub(in crate::ui::page) fn follow(&mut self, frame: &Frame<'_>, desk: &Desk, marks: &Marks) {
        let (view, painter) = (frame.view, frame.painter);
        let tokens = view.tokens;
        let scale = painter.pixels_per_point();
        let from = From {
            basis: marks.basis(view),
            shown: desk.links,
            quiet: desk.mode != Mode::Reading,
            selected: desk.selected.clone(),
            hovered: desk.page.hovered().cloned(),
            margins: frame.margins(),
            colors: [tokens.ink, tokens.muted, tokens.faint],
            scale,
        };
        if self.from.as_ref() == Some(&from) {
            let by = vec2(0.0, (marks.height() - self.height) as f32 / scale);
            if by != Vec2::ZERO {
                Arc::make_mut(&mut self.mesh).translate(by);
                self.all.iter_mut().for_each(|(_, _, curve)| curve.shift(by));
            }
        } else {
            let links = links(view.project, desk, marks);
            let found = curves(frame, marks.drawn(), links);
            self.mesh = Arc::new(mesh(frame, &found));
            let known = |(link, weight, curve): (&Relation, Weight, Curve)| {
                (link.id.clone(), weight, curve)
            };
            self.all = found.into_iter().map(known).collect();
            self.from = Some(from);
        }
        self.height = marks.height();
    }
}

/// The curves as triangles.
fn mesh(frame: &Frame<'_>, curves: &[(&Relation, Weight, Curve)]) -> Mesh {
    let (tokens, codebook) = (frame.view.tokens, &frame.view.project.codebook);
    let ctx = frame.painter.ctx();
    let options = ctx.tessellation_options(|options| *options);
    // Of the font's texture only letters and discs would want to know the size.
    let mut tessellator = Tessellator::new(ctx.pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for (link, weight, curve) in curves {
        let line = tokens.stroke.link;
        let (color, width) = match weight {
            Weight::Chosen => (tokens.ink, line * 1.4),
            Weight::Plain => (tokens.muted, line),
            Weight::Faint => (tokens.faint, line),
            Weight::Quiet => (tokens.faint, line * 0.75),
        };
        let symmetric = codebook.relation(&link.kind).is_some_and(|kind| kind.symmetric);
        for shape in curve.shapes(Stroke::new(width, color), symmetric) {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
    }
    mesh
}

/// Draws the links of what is selected or hovered whose ends are in sight; their labels can be clicked.
pub(in crate::ui::page) fn show(
    ui: &Ui,
    frame: &Frame<'_>,
    curves: &Curves,
    occupied: &mut Vec<Rect>,
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let (project, tokens) = (frame.view.project, frame.view.tokens);
    if !curves.mesh.is_empty() {
        frame.painter.add(Shape::Mesh(Arc::clone(&curves.mesh)));
    }
    // Of all links at once the types would hide the text.
    let told = curves.all.iter().filter(|(_, weight, _)| *weight != Weight::Quiet);
    let mut words = None;
    for (id, weight, curve) in told {
        let Some(link) = project.relations().get(id) else { continue };
        let words = words.get_or_insert_with(|| frame.words());
        let weight = *weight;
        let name = query::way_name(&project.codebook, &link.kind, query::Direction::Forwards);
        let para = engine.shaped(name, f32::INFINITY, &style(tokens), ui.pixels_per_point());
        let size = vec2(para.size().x + 14.0, 16.0);
        let place = curve.label_place(size, words, occupied);
        // Of what the pointer is on, the other end is near; what is selected has its types in any case.
        if weight == Weight::Faint && occupied.iter().any(|other| other.intersects(place)) {
            continue;
        }
        occupied.push(place);
        let hovered = pill(ui, frame, (link, name, weight), place, (&mut *engine, &mut *out));
        let edge = if hovered || weight == Weight::Chosen { tokens.muted } else { tokens.line };
        let color = if weight == Weight::Chosen || hovered { tokens.ink } else { tokens.muted };
        let ground = if hovered { tokens.hover } else { tokens.page };
        let (painter, edge) = (frame.painter, Stroke::new(1.0, edge));
        painter.rect(place, place.height() / 2.0, ground, edge, StrokeKind::Inside);
        engine.paint(painter, place.center() - para.size() / 2.0, &para, color);
    }
}

fn style(tokens: &Tokens) -> Style {
    let mut style = Face::Small.style(tokens);
    (style.size, style.line_height) = (tokens.size.small - 0.5, 15.0);
    style
}

/// The links to draw, those that stand out least first.
fn links<'a>(project: &'a Project, desk: &Desk, marks: &Marks) -> Vec<(&'a Relation, Weight)> {
    let of = |id: &AnnotationId| {
        let end = End::Annotation(id.clone());
        project.relations_at(&end).map(|record| &record.value).collect::<Vec<&'a Relation>>()
    };
    let mut all: Vec<(&Relation, Weight)> = Vec::new();
    if desk.links == ShownLinks::All {
        // Of those between two in sight each would come twice.
        let begins = |id: &AnnotationId, link: &Relation| matches!(&link.from, End::Annotation(from) if from == id);
        for annotation in marks.annotations() {
            let sheet = project.sheet(&annotation.document).into_iter();
            let links = sheet.flat_map(|sheet| sheet.links_of(annotation));
            let own = links.filter(|link| begins(&annotation.id, link));
            all.extend(own.map(|link| (&link.value, Weight::Quiet)));
        }
    }
    let mut add = |link: &'a Relation, weight| {
        all.retain(|(other, _)| other.id != link.id);
        all.push((link, weight));
    };
    let quiet = desk.links == ShownLinks::None || desk.mode != Mode::Reading;
    if let Some(id) = desk.page.hovered().filter(|_| !quiet) {
        for link in of(id) {
            add(link, Weight::Faint);
        }
    }
    match &desk.selected {
        Some(Selected::Annotation(id)) if desk.links != ShownLinks::None => {
            for link in of(id) {
                add(link, Weight::Plain);
            }
        }
        Some(Selected::Relation(id)) => {
            if let Some(link) = project.relations().get(id) {
                add(link, Weight::Chosen);
            }
        }
        _ => {}
    }
    all
}

/// The links whose ends are both in sight, each with its way.
fn curves<'a>(
    frame: &Frame<'_>,
    drawn: &[Drawn],
    links: Vec<(&'a Relation, Weight)>,
) -> Vec<(&'a Relation, Weight, Curve)> {
    if links.is_empty() {
        return Vec::new();
    }
    let number: BTreeMap<&AnnotationId, usize> =
        drawn.iter().enumerate().map(|(at, drawn)| (&drawn.id, at)).collect();
    let find = |end: &End| {
        let End::Annotation(id) = end else { return None };
        let at = *number.get(id)?;
        Some((at, drawn.get(at)?))
    };
    let mut ports = Vec::new();
    let mut shown = Vec::new();
    for (link, weight) in links {
        let Some((from, to)) = find(&link.from).zip(find(&link.to)) else { continue };
        let Some((at, there)) = nearest(from.1, to.1, frame.size) else { continue };
        ports.push((Port { words: at, whose: from.0 }, Port { words: there, whose: to.0 }));
        shown.push((link, weight));
    }
    let mut tops: Vec<f32> = frame.words().iter().map(Rect::top).collect();
    tops.sort_by(f32::total_cmp);
    let room = Room { lines: &tops, margins: frame.margins() };
    let curves = route::curves(&ports, &room).into_iter();
    shown.into_iter().zip(curves).map(|((link, weight), curve)| (link, weight, curve)).collect()
}

/// The words of two annotations with their bars, on the lines that are nearest to each other.
fn nearest(from: &Drawn, to: &Drawn, size: f32) -> Option<(Rect, Rect)> {
    let tops = |drawn: &Drawn| {
        let lines = drawn.rects.iter().zip(&drawn.baselines);
        let words = |(rect, baseline): (&Rect, &f32)| {
            rect.with_min_y(baseline - ASCENT * size).with_max_y(baseline + drawn.drop + 2.5)
        };
        lines.map(words).collect::<Vec<Rect>>()
    };
    let there = tops(to);
    let pairs = tops(from).into_iter().flat_map(|from| there.iter().map(move |to| (from, *to)));
    let far = |(from, to): &(Rect, Rect)| {
        let aside = (from.left() - to.right()).max(to.left() - from.right()).max(0.0);
        (from.top() - to.top()).abs() + aside * 0.2
    };
    pairs.min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The label as a thing of its own: a click selects the link or, if it is selected, takes the next type.
fn pill(
    ui: &Ui,
    frame: &Frame<'_>,
    (link, name, weight): (&Relation, &str, Weight),
    place: Rect,
    (engine, out): (&mut TextEngine, &mut Outbox),
) -> bool {
    if weight == Weight::Faint {
        return false;
    }
    let id = crate::ui::page::page_id().with(("link", link.id.as_str()));
    let response = ui.interact(place, id, Sense::click());
    let what = if weight == Weight::Chosen { "next type" } else { "select" };
    let label = format!("Link on the page: {name}, {what}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if response.clicked() {
        out.push(clicked(&link.id, weight));
    }
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    kinds_menu(&response, frame.view, link, (engine, out));
    let hovered = response.hovered();
    response.on_hover_text(if weight == Weight::Chosen {
        "Click or Tab: next type or direction. Right click: all types"
    } else {
        "Click: select this link. Right click: all types"
    });
    hovered
}

fn clicked(id: &RelationId, weight: Weight) -> crate::ui::outbox::Wish {
    use crate::ui::outbox::Wish;
    if weight == Weight::Chosen {
        Wish::Project(Command::Relation(RelationCommand::Cycle(id.clone())))
    } else {
        Wish::Desk(DeskCommand::Select(Some(Selected::Relation(id.clone()))))
    }
}

/// All kinds that may join the ends of the link, on the right button.
fn kinds_menu(
    response: &egui::Response,
    view: &View<'_>,
    link: &Relation,
    (engine, out): (&mut TextEngine, &mut Outbox),
) {
    let (project, tokens) = (view.project, view.tokens);
    response.context_menu(|ui| {
        let mut seen = Vec::new();
        for (kind, _) in query::kinds_for(project, &link.from, &link.to) {
            if seen.contains(&kind) {
                continue;
            }
            let name = query::way_name(&project.codebook, &kind, query::Direction::Forwards);
            let item = MenuItem::new(name).ticked(kind == link.kind);
            if item.show(ui, (tokens, &mut *engine)).clicked() {
                let set = RelationCommand::SetKind(link.id.clone(), kind.clone());
                out.ask(Command::Relation(set));
                ui.close();
            }
            seen.push(kind);
        }
        ui.separator();
        if MenuItem::new("Erase the link").show(ui, (tokens, engine)).clicked() {
            out.ask(Command::Relation(RelationCommand::Erase(link.id.clone())));
            ui.close();
        }
    });
}

/// Points from the column to the ways of links in the margins: at the left beside the brackets and then beyond the
/// paragraph numbers, at the right before the cards.
const LEFT: [f32; 6] = [17.5, 38.0, 42.0, 46.0, 50.0, 54.0];
const RIGHT: [f32; 5] = [4.0, 8.0, 12.0, 16.0, 20.0];
/// Points that they keep from the page's edge and from the scroll bar.
const EDGE: (f32, f32) = (3.0, 16.0);

impl Frame<'_> {
    /// The ways of links down the margins, the nearest to the words first.
    fn margins(&self) -> [Vec<f32>; 2] {
        let sight = self.painter.clip_rect();
        let (left, right) = (self.column.left(), self.column.right());
        let left = LEFT.map(|aside| left - aside).into_iter();
        let right = RIGHT.map(|aside| right + aside).into_iter();
        [
            left.filter(|x| *x >= sight.left() + EDGE.0).collect(),
            right.filter(|x| *x <= sight.right() - EDGE.1).collect(),
        ]
    }

    /// The words in sight, line by line: what labels should not cover.
    pub(in crate::ui::page) fn words(&self) -> Vec<Rect> {
        let lines = self.placed.iter().flat_map(|placed| {
            placed.para.lines().iter().map(move |line| (placed.y + line.baseline, line))
        });
        lines
            .filter(|(_, line)| line.right > line.left)
            .map(|(baseline, line)| {
                let y = self.origin.y + baseline;
                Rect::from_min_max(
                    pos2(self.origin.x + line.left, y - ASCENT * self.size + 1.0),
                    pos2(self.origin.x + line.right, y + 3.0),
                )
            })
            .collect()
    }
}

/// A curve from a handle to the pointer, while it is being dragged.
pub(in crate::ui::page) fn live(painter: &Painter, tokens: &Tokens, from: Pos2, to: Pos2) {
    let flat = (from.y - to.y).abs() < 24.0;
    let curve = if flat { Curve::over(from, to) } else { Curve::across(from, to) };
    painter.extend(curve.shapes(Stroke::new(tokens.stroke.link * 1.4, tokens.ink), false));
}
