//! Paragraphs for screen readers: one text run per line and direction, with every cluster's place.
//!
//! It only describes what is laid out; it never draws, and it senses no pointer. The pane that
//! calls it owns the Document node, for only a document lets a reader move by character and word.

use std::ops::Range;

use egui::accesskit::{Node, NodeId, Rect as Bounds, Role, TextDirection};
use egui::{Id, Pos2, Rect, Sense, Ui, UiBuilder, Vec2, pos2};

use crate::ui::engine::para::{Cluster, Line, Para};

/// Word starts are counted in bytes, so no run may hold more characters.
const MOST_CLUSTERS: usize = 255;

/// What becomes one TextRun node: clusters of one line in reading order.
struct Run {
    id: Id,
    clusters: Vec<Cluster>,
    line: usize,
}

/// Puts a paragraph below the `document` node of the accessibility tree. Does nothing while no
/// assistive program listens.
pub fn publish_lines(
    ui: &mut Ui,
    document: Id,
    paragraph: Id,
    text: &str,
    para: &Para,
    origin: Pos2,
) {
    let ctx = ui.ctx().clone();
    if ctx.accesskit_node_builder(document, |node| node.set_role(Role::Document)).is_none() {
        return;
    }
    let area = Rect::from_min_size(origin, para.size());
    let builder =
        UiBuilder::new().id(paragraph).accessibility_parent(document).max_rect(area);
    let ui = ui.new_child(builder);
    ctx.accesskit_node_builder(paragraph, |node| {
        node.set_role(Role::Paragraph);
        node.set_bounds(bounds(area));
    });
    let runs = runs(paragraph, para);
    for (index, run) in runs.iter().enumerate() {
        // Without an area: the pane below decides about the pointer.
        drop(ui.interact(Rect::NOTHING, run.id, Sense::hover()));
        let beside = |other: Option<&Run>| {
            other.filter(|other| other.line == run.line).map(|other| other.id.accesskit_id())
        };
        let previous = beside(index.checked_sub(1).and_then(|before| runs.get(before)));
        let next = beside(runs.get(index + 1));
        let last = index + 1 == runs.len();
        let Some(line) = para.lines().get(run.line) else { continue };
        ctx.accesskit_node_builder(run.id, |node| {
            describe(node, run, line, text, origin.to_vec2(), last);
            link(node, previous, next);
        });
    }
}

/// The paragraph cut at line ends, where the direction changes, and after 255 clusters.
fn runs(paragraph: Id, para: &Para) -> Vec<Run> {
    let mut runs = Vec::new();
    for (line_number, line) in para.lines().iter().enumerate() {
        let mut clusters = para.clusters_of(line).to_vec();
        clusters.sort_by_key(|cluster| cluster.start);
        let stretches = clusters.chunk_by(|a, b| a.rtl == b.rtl);
        // One place is left for the line break that ends the paragraph.
        for part in stretches.flat_map(|stretch| stretch.chunks(MOST_CLUSTERS - 1)) {
            let id = paragraph.with(("text run", runs.len()));
            runs.push(Run { id, clusters: part.to_vec(), line: line_number });
        }
    }
    if runs.is_empty() {
        runs.push(Run { id: paragraph.with(("text run", 0_usize)), clusters: Vec::new(), line: 0 });
    }
    runs
}

fn describe(node: &mut Node, run: &Run, line: &Line, text: &str, origin: Vec2, last: bool) {
    let rtl = run.clusters.first().is_some_and(|cluster| cluster.rtl);
    let left = run.clusters.iter().map(|c| c.x0).reduce(f32::min).unwrap_or(line.left);
    let right = run.clusters.iter().map(|c| c.x1).reduce(f32::max).unwrap_or(left);
    let mut value = String::new();
    let (mut lengths, mut positions, mut widths) = (Vec::new(), Vec::new(), Vec::new());
    let mut word_starts = Vec::new();
    for (index, cluster) in run.clusters.iter().enumerate() {
        let piece = spoken(text, cluster.start..cluster.end);
        value.push_str(piece);
        lengths.push(piece.len() as u8);
        // Places are measured in reading direction from the run's beginning.
        positions.push(if rtl { right - cluster.x1 } else { cluster.x0 - left });
        widths.push(cluster.x1 - cluster.x0);
        if cluster.word_start && piece.chars().any(char::is_alphanumeric) {
            word_starts.push(index as u8);
        }
    }
    if last {
        value.push('\n');
        lengths.push(1);
        positions.push(right - left);
        widths.push(0.0);
    }
    node.set_role(Role::TextRun);
    node.set_text_direction(if rtl {
        TextDirection::RightToLeft
    } else {
        TextDirection::LeftToRight
    });
    let area = Rect::from_min_max(pos2(left, line.top), pos2(right, line.bottom));
    node.set_bounds(bounds(area.translate(origin)));
    node.set_value(value);
    node.set_character_lengths(lengths);
    node.set_character_positions(positions);
    node.set_character_widths(widths);
    node.set_word_starts(word_starts);
}

/// The text of a cluster, at most as long as a length of one byte can say: heaps of combining
/// marks beyond that are junk.
fn spoken(text: &str, range: Range<u32>) -> &str {
    let piece = text.get(range.start as usize..range.end as usize).unwrap_or_default();
    piece.get(..piece.floor_char_boundary(usize::from(u8::MAX))).unwrap_or_default()
}

fn link(node: &mut Node, previous: Option<NodeId>, next: Option<NodeId>) {
    if let Some(previous) = previous {
        node.set_previous_on_line(previous);
    }
    if let Some(next) = next {
        node.set_next_on_line(next);
    }
}

fn bounds(rect: Rect) -> Bounds {
    Bounds {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}
