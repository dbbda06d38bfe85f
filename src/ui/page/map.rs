//! The map of the document beside its text: a tick for every annotation, a column for each layer.
//!
//! Worked out when the project changes, in a large one beside the window, and drawn as one mesh that is kept until the
//! text is set anew: a frame costs the same with a hundred thousand annotations as with ten.

use crate::model::{DocumentId, Project};
use crate::text::Offset;
use crate::ui::later::Later;
use crate::ui::page::sheet::PageSheet;
use crate::ui::theme::Tokens;
use crate::ui::veil::Veil;
use crate::ui::view::View;
use egui::{Color32, Mesh, Painter, Rect, Shape, pos2};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Parts of a text that are told apart: one for each point of a tall window.
const PARTS: u64 = 1600;
/// Least height of a tick in points.
const TICK: f32 = 1.4;
/// Width of a tick, and from one column to the next.
const WIDE: (f32, f32) = (3.0, 3.5);

/// Layers, by their number in the codebook, and where something of them starts.
type Starts = Arc<[(usize, Offset)]>;

/// What is kept from frame to frame.
#[derive(Default)]
pub(in crate::ui::page) struct Map {
    starts: Later<(DocumentId, Veil), Starts>,
    drawn: Option<(Drawn, Arc<Mesh>)>,
}

/// What the mesh was made for.
struct Drawn {
    starts: Starts,
    track: Rect,
    scale: f32,
    page: Color32,
    /// Points of the whole text, of which some are estimated.
    total: f64,
}

impl Drawn {
    /// Whether nothing has changed that could be seen: a tick moves by a pixel when the whole has grown by its share.
    fn shows(&self, new: &Self) -> bool {
        let same = (self.track, self.scale, self.page) == (new.track, new.scale, new.page);
        let pixels = f64::from(new.track.height() * new.scale).max(1.0);
        let same = same && Arc::ptr_eq(&self.starts, &new.starts);
        same && (self.total / new.total - 1.0).abs() * pixels < 1.0
    }
}

impl Map {
    /// Draws the ticks on `track`.
    pub(in crate::ui::page) fn show(
        &mut self,
        painter: &Painter,
        (view, veil): (&View<'_>, &Veil),
        (document, sheet): (&DocumentId, &PageSheet),
        track: Rect,
    ) {
        let ctx = painter.ctx();
        let key = (document.clone(), veil.clone());
        let wanted = key.clone();
        let starts = self.starts.of((view, ctx), key, move |project| starts(project, &wanted));
        let scale = ctx.pixels_per_point();
        let (starts, total) = (Arc::clone(starts), sheet.total().max(1.0));
        let drawn = Drawn { starts, track, scale, page: view.tokens.page, total };
        if self.drawn.as_ref().is_none_or(|(old, _)| !old.shows(&drawn)) {
            let mesh = Arc::new(mesh(view.project, view.tokens, sheet, &drawn));
            self.drawn = Some((drawn, mesh));
        }
        if let Some((_, mesh)) = &self.drawn {
            painter.add(Shape::Mesh(Arc::clone(mesh)));
        }
    }
}

fn starts(project: &Project, (document, veil): &(DocumentId, Veil)) -> Starts {
    let Some(sheet) = project.sheet(document) else { return Starts::default() };
    let length = u64::from(sheet.document().text.len_bytes()).max(1);
    let layers = &project.codebook.layers;
    let mut parts = BTreeSet::new();
    let mut all = Vec::new();
    let shown = sheet.annotations().values().filter(|a| !a.place.is_orphan() && !veil.hides(a));
    for annotation in shown {
        let Some(layer) = layers.iter().position(|layer| layer.id == annotation.layer) else {
            continue;
        };
        let start = annotation.place.fragments().hull().start();
        if parts.insert((layer, u64::from(start.0) * PARTS / length)) {
            all.push((layer, start));
        }
    }
    all.sort_unstable();
    all.into()
}

/// One rectangle for each run of ticks that touch.
fn mesh(project: &Project, tokens: &Tokens, sheet: &PageSheet, drawn: &Drawn) -> Mesh {
    let (track, scale) = (drawn.track, drawn.scale);
    let mut mesh = Mesh::default();
    let pixels = (TICK * scale).round().max(1.0) as i64;
    let pixel = |start: Offset| (tick(sheet, start, track) * scale).round() as i64;
    let mut runs: Vec<(usize, i64, i64)> = Vec::new();
    let mut ticks: Vec<(usize, i64)> =
        drawn.starts.iter().map(|(layer, start)| (*layer, pixel(*start))).collect();
    ticks.sort_unstable();
    for (layer, top) in ticks {
        match runs.last_mut() {
            Some((same, _, end)) if *same == layer && top <= *end => *end = top + pixels,
            _ => runs.push((layer, top, top + pixels)),
        }
    }
    for (layer, top, end) in runs {
        let Some(color) = project.codebook.layers.get(layer).map(|layer| &layer.color) else {
            continue;
        };
        // Layers keep to their own columns, so that colour is not the only sign.
        let left = track.left() + 3.0 + (layer % 3) as f32 * WIDE.1;
        let rect = Rect::from_min_max(
            pos2(left, top as f32 / scale),
            pos2(left + WIDE.0, end as f32 / scale),
        );
        mesh.add_colored_rect(rect, tokens.layer(color).mark);
    }
    mesh
}

/// The height on the map of a place in the text.
pub(in crate::ui::page) fn tick(sheet: &PageSheet, start: Offset, track: Rect) -> f32 {
    let total = sheet.total().max(f64::from(track.height()));
    let index = sheet.pieces.at(start);
    let (from, to) = sheet.pieces.bounds(&sheet.text, index);
    let (top, height) = sheet.place_of(start);
    let within = f64::from(start.0 - from.0) / f64::from((to.0 - from.0).max(1));
    let share = (top + within * f64::from(height)) / total;
    track.top() + (share * f64::from(track.height())) as f32
}
