//! Paragraphs for screen readers: one text run per line and direction, with every cluster's place.
//!
//! It only describes what is laid out; it never draws, and it senses no pointer. The pane that
//! calls it owns the Document node, for only a document lets a reader move by character and word.

use std::ops::Range;

use egui::accesskit::{Node, NodeId, Rect as Bounds, Role, TextDirection, TextPosition};
use egui::{Id, Pos2, Rect, Sense, Ui, UiBuilder, Vec2, pos2};

use crate::ui::engine::para::{Affinity, Cluster, Hit, Line, Para};

/// Word starts are counted in bytes, so no run may hold more characters.
const MOST_CLUSTERS: usize = 255;

/// What becomes one `TextRun` node: clusters of one line in reading order.
struct Run {
    id: Id,
    clusters: Vec<Cluster>,
    line: usize,
    /// Whether the paragraph ends with it.
    last: bool,
}

/// What stands behind the last letter of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// A line break.
    Break,
    /// Nothing: the text ends or goes on.
    Text,
}

/// A published run, to translate places of a text into places that assistive programs know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextRun {
    /// The id of its node.
    pub id: Id,
    /// Where its characters begin, in bytes of the paragraph.
    pub starts: Vec<u32>,
    /// Where the last one ends.
    pub end: u32,
}

/// Puts a paragraph below the `document` node of the accessibility tree. The id `paragraph` must
/// not be that of a widget. Does nothing while no assistive program listens.
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
        UiBuilder::new().scope_id(paragraph).accessibility_parent(document).max_rect(area);
    let ui = ui.new_child(builder);
    ctx.accesskit_node_builder(paragraph, |node| {
        node.set_role(Role::Paragraph);
        node.set_bounds(bounds(area));
    });
    runs_below(&ui, paragraph, (text, para), origin, Ending::Break);
}

/// Puts the lines of a paragraph of a text field below the field's own node `field`. Does nothing
/// while no assistive program listens.
pub fn publish_field_lines(
    ui: &mut Ui,
    (field, paragraph): (Id, Id),
    (text, para): (&str, &Para),
    origin: Pos2,
    ending: Ending,
) {
    if ui.ctx().accesskit_node_builder(field, |_| ()).is_none() {
        return;
    }
    let area = Rect::from_min_size(origin, para.size());
    let builder = UiBuilder::new().scope_id(paragraph).accessibility_parent(field).max_rect(area);
    runs_below(&ui.new_child(builder), paragraph, (text, para), origin, ending);
}

/// The text runs that a paragraph is published as.
pub fn text_runs(paragraph: Id, para: &Para) -> Vec<TextRun> {
    let runs = runs(paragraph, para);
    let places = runs.iter().map(|run| TextRun {
        id: run.id,
        starts: run.clusters.iter().map(|cluster| cluster.start).collect(),
        end: run.clusters.last().map_or(0, |cluster| cluster.end),
    });
    places.collect()
}

fn runs_below(ui: &Ui, paragraph: Id, (text, para): (&str, &Para), origin: Pos2, ending: Ending) {
    let ctx = ui.ctx();
    let mut runs = runs(paragraph, para);
    if ending == Ending::Text {
        for run in &mut runs {
            run.last = false;
        }
    }
    for (index, run) in runs.iter().enumerate() {
        // Without an area: the pane below decides about the pointer.
        drop(ui.interact(Rect::NOTHING, run.id, Sense::hover()));
        let beside = |other: Option<&Run>| {
            other.filter(|other| other.line == run.line).map(|other| other.id.accesskit_id())
        };
        let previous = beside(index.checked_sub(1).and_then(|before| runs.get(before)));
        let next = beside(runs.get(index + 1));
        let Some(line) = para.lines().get(run.line) else { continue };
        ctx.accesskit_node_builder(run.id, |node| {
            describe(node, run, line, text, origin.to_vec2());
            link(node, previous, next);
        });
    }
}

/// Where a caret is in the runs of a paragraph that is published by that id.
pub fn text_position(paragraph: Id, para: &Para, hit: Hit) -> Option<TextPosition> {
    let runs = runs(paragraph, para);
    let before =
        |run: &Run| run.clusters.iter().position(|c| c.start <= hit.byte && hit.byte < c.end);
    let after = |run: &Run| {
        let last = run.clusters.iter().position(|c| c.end == hit.byte)?;
        Some(last + 1)
    };
    let downstream = || runs.iter().find_map(|run| Some((run, before(run)?)));
    let upstream = || runs.iter().find_map(|run| Some((run, after(run)?)));
    let found = match hit.affinity {
        Affinity::Downstream => downstream().or_else(upstream),
        Affinity::Upstream => upstream().or_else(downstream),
    };
    let (run, character_index) = found.or_else(|| Some((runs.first()?, 0)))?;
    Some(TextPosition { node: run.id.accesskit_id(), character_index })
}

/// The byte of a paragraph that such a place means; none if it is in another paragraph.
pub fn byte_of(paragraph: Id, para: &Para, place: TextPosition) -> Option<u32> {
    let runs = runs(paragraph, para);
    let run = runs.iter().find(|run| run.id.accesskit_id() == place.node)?;
    let at = run.clusters.get(place.character_index).map(|cluster| cluster.start);
    Some(at.or_else(|| run.clusters.last().map(|cluster| cluster.end)).unwrap_or_default())
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
            runs.push(Run { id, clusters: part.to_vec(), line: line_number, last: false });
        }
    }
    if runs.is_empty() {
        let id = paragraph.with(("text run", 0_usize));
        runs.push(Run { id, clusters: Vec::new(), line: 0, last: false });
    }
    if let Some(run) = runs.last_mut() {
        run.last = true;
    }
    runs
}

fn describe(node: &mut Node, run: &Run, line: &Line, text: &str, origin: Vec2) {
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
    if run.last {
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

#[cfg(test)]
mod tests {
    use egui::accesskit::TreeUpdate;
    use egui::{Context, RawInput, pos2};
    use smol_str::SmolStr;

    use crate::ui::engine::accesskit::*;
    use crate::ui::engine::{Family, Style, TextEngine};

    fn published(text: &str) -> TreeUpdate {
        let style = Style {
            family: Family::Reading,
            size: 16.0,
            line_height: 24.0,
            bold: false,
            language: SmolStr::default(),
        };
        let para = TextEngine::bundled_only().layout(text, 120.0, &style, 1.0);
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let document = ui.interact(ui.max_rect(), Id::unique("pane"), Sense::hover()).id;
            publish_lines(ui, document, Id::unique("paragraph"), text, &para, pos2(10.0, 5.0));
        });
        output.textures_delta.clear();
        output.platform_output.accesskit_update.unwrap()
    }

    fn node(update: &TreeUpdate, id: NodeId) -> &Node {
        &update.nodes.iter().find(|(other, _)| *other == id).unwrap().1
    }

    fn runs_of(update: &TreeUpdate) -> Vec<&Node> {
        let (_, document) =
            update.nodes.iter().find(|(_, node)| node.role() == Role::Document).unwrap();
        let paragraph = node(update, document.children()[0]);
        assert_eq!(paragraph.role(), Role::Paragraph);
        paragraph.children().iter().map(|id| node(update, *id)).collect()
    }

    #[test]
    fn the_runs_of_a_paragraph_spell_its_text_in_reading_order() {
        for text in ["The minister said so twice, on two lines.", "قال John إن 42 صحيح", "", "✓"]
        {
            let update = published(text);
            let spoken: String = runs_of(&update).iter().filter_map(|run| run.value()).collect();
            assert_eq!(spoken, format!("{text}\n"));
        }
    }

    #[test]
    fn every_character_of_a_run_has_a_length_a_place_and_a_width() {
        let long = "a".repeat(600);
        for text in ["The minister said so.", "قال John إن 42 صحيح", long.as_str()] {
            let update = published(text);
            for run in runs_of(&update) {
                let lengths = run.character_lengths();
                let bytes: usize = lengths.iter().map(|&length| usize::from(length)).sum();
                assert_eq!(bytes, run.value().unwrap().len());
                assert!(lengths.len() <= 255);
                assert_eq!(lengths.len(), run.character_positions().unwrap().len());
                assert_eq!(lengths.len(), run.character_widths().unwrap().len());
                assert!(run.character_positions().unwrap().iter().all(|&x| x >= -0.01));
            }
        }
    }

    #[test]
    fn a_line_of_two_directions_is_two_linked_runs() {
        let update = published("of שלום");
        let runs = runs_of(&update);
        let directions: Vec<_> = runs.iter().map(|run| run.text_direction().unwrap()).collect();
        assert_eq!(directions, [TextDirection::LeftToRight, TextDirection::RightToLeft]);
        assert!(runs[0].next_on_line().is_some() && runs[1].previous_on_line().is_some());
        assert!(runs[0].bounds().unwrap().x1 <= runs[1].bounds().unwrap().x0 + 0.01);
    }

    #[test]
    fn every_caret_has_a_place_in_the_runs_and_is_found_by_it() {
        let long = "a".repeat(600);
        for text in ["The minister said so, on two lines.", "قال John إن 42 صحيح", "", &long]
        {
            let style = Style {
                family: Family::Reading,
                size: 16.0,
                line_height: 24.0,
                bold: false,
                language: SmolStr::default(),
            };
            let para = TextEngine::bundled_only().layout(text, 120.0, &style, 1.0);
            let id = Id::unique("paragraph");
            for byte in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
                for affinity in [Affinity::Downstream, Affinity::Upstream] {
                    let hit = Hit { byte: byte as u32, affinity };
                    let place = text_position(id, &para, hit).unwrap();
                    assert_eq!(byte_of(id, &para, place), Some(byte as u32), "{text:?} {hit:?}");
                    assert_eq!(byte_of(Id::unique("other"), &para, place), None);
                }
            }
        }
    }

    #[test]
    fn words_begin_at_letters_and_not_at_punctuation() {
        let update = published("so, it is");
        assert_eq!(runs_of(&update)[0].word_starts(), [0, 4, 7]);
    }
}
