//! A laid out paragraph as plain data: glyph quads, grapheme clusters, lines.
//!
//! Every question about places is answered here: byte to caret, point to byte, range to
//! rectangles, arrow keys. It never touches fonts, textures or the shaping library; `shape.rs`
//! fills it, `paint.rs` draws it.

use std::ops::Range;

use egui::{Rect, Vec2, pos2, vec2};

/// The least width of a rectangle, so that a mark on an invisible character can be seen.
const MIN_RECT_WIDTH: f32 = 2.0;

/// To which side of a byte boundary a caret belongs where the two sides lie apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Affinity {
    /// Before the character that starts here.
    Downstream,
    /// After the character that ends here.
    Upstream,
}

/// Where an arrow key leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// To the left on the screen.
    Left,
    /// To the right on the screen.
    Right,
}

/// A caret place: a byte boundary and the side it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Offset in the paragraph's UTF-8 text.
    pub byte: u32,
    /// The side of the boundary.
    pub affinity: Affinity,
}

/// One line of a paragraph, in points relative to the paragraph's origin.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// First byte.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
    /// Upper edge.
    pub top: f32,
    /// Lower edge; the next line's upper edge.
    pub bottom: f32,
    /// The baseline.
    pub baseline: f32,
    /// Left edge of the leftmost cluster.
    pub left: f32,
    /// Right edge of the rightmost cluster, trailing spaces included.
    pub right: f32,
    /// Both edges without the blanks that end it.
    pub ink: (f32, f32),
    pub(in crate::ui::engine) clusters: Range<u32>,
    pub(in crate::ui::engine) quads: Range<u32>,
}

/// One visual stretch of a byte range: a range has several on a line where directions mix.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Piece {
    /// Index of the line.
    pub line: usize,
    /// The stretch, from the line's top to its bottom.
    pub rect: Rect,
}

/// What no caret may enter: one grapheme, or several that the font fuses beyond recognition.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::ui::engine) struct Cluster {
    pub(in crate::ui::engine) start: u32,
    pub(in crate::ui::engine) end: u32,
    pub(in crate::ui::engine) x0: f32,
    pub(in crate::ui::engine) x1: f32,
    pub(in crate::ui::engine) rtl: bool,
    pub(in crate::ui::engine) word_start: bool,
}

impl Cluster {
    fn leading_side(&self) -> Direction {
        if self.rtl { Direction::Right } else { Direction::Left }
    }

    fn trailing_side(&self) -> Direction {
        if self.rtl { Direction::Left } else { Direction::Right }
    }
}

/// One glyph: its pen position in physical pixels and its number in the engine's glyph table.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::ui::engine) struct Quad {
    pub(in crate::ui::engine) x: i32,
    pub(in crate::ui::engine) y: i32,
    pub(in crate::ui::engine) glyph: u32,
}

/// A laid out paragraph. Clusters are in visual order within each line.
#[derive(Clone, PartialEq, Debug)]
pub struct Para {
    pub(in crate::ui::engine) size: Vec2,
    pub(in crate::ui::engine) rtl: bool,
    pub(in crate::ui::engine) pixels_per_point: f32,
    pub(in crate::ui::engine) lines: Vec<Line>,
    pub(in crate::ui::engine) clusters: Vec<Cluster>,
    pub(in crate::ui::engine) quads: Vec<Quad>,
}

/// A caret place in terms of the visual order: gap `n` lies left of the line's cluster `n`.
#[derive(Clone, Copy)]
struct Gap {
    line: usize,
    index: usize,
    x: f32,
}

impl Para {
    /// Width of the widest line without its trailing spaces, and the height of all lines.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Physical pixels in a point, for which it was laid out.
    pub(in crate::ui::engine) fn scale(&self) -> f32 {
        self.pixels_per_point
    }

    /// The lines from top to bottom; there is always at least one.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether the paragraph as a whole runs from right to left.
    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// The caret place nearest to a point; points outside are clamped to the paragraph.
    pub fn hit(&self, pos: Vec2) -> Hit {
        let below = self.lines.partition_point(|line| line.bottom <= pos.y);
        self.line_hit(below.min(self.lines.len().saturating_sub(1)), pos.x)
    }

    /// The caret place on a line nearest to `x`, for up and down keys and clicks in the margin.
    pub fn line_hit(&self, line: usize, x: f32) -> Hit {
        let Some(line) = self.lines.get(line) else {
            return Hit { byte: self.end(), affinity: Affinity::Upstream };
        };
        let clusters = self.clusters_of(line);
        let nearest = clusters.iter().enumerate().min_by(|(_, a), (_, b)| {
            let flat = |c: &Cluster| c.x1 <= c.x0;
            distance(a, x).total_cmp(&distance(b, x)).then(flat(a).cmp(&flat(b)))
        });
        match nearest {
            Some((index, cluster)) if x * 2.0 < cluster.x0 + cluster.x1 => {
                edge(clusters, index, Direction::Left)
            }
            Some((index, _)) => edge(clusters, index, Direction::Right),
            None => None,
        }
        .unwrap_or(Hit { byte: line.start, affinity: Affinity::Downstream })
    }

    /// The caret as a rectangle without width, as high as its line.
    pub fn caret(&self, hit: Hit) -> Rect {
        let gap = self.gap(hit);
        let (top, bottom) = self.lines.get(gap.line).map_or((0.0, 0.0), |l| (l.top, l.bottom));
        Rect::from_min_max(pos2(gap.x, top), pos2(gap.x, bottom))
    }

    /// The line a caret stands on.
    pub fn line_of(&self, hit: Hit) -> usize {
        self.gap(hit).line
    }

    /// The stretches covered by a byte range: every cluster that shares a byte with it.
    pub fn rects(&self, range: Range<u32>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let first = self.lines.partition_point(|line| line.end <= range.start);
        for (index, line) in self.lines.iter().enumerate().skip(first) {
            if line.start >= range.end {
                break;
            }
            let clusters = self.clusters_of(line);
            let covered = |c: &Cluster| c.start < range.end && range.start < c.end;
            for stretch in clusters.chunk_by(|a, b| covered(a) == covered(b)) {
                let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
                if covered(first) {
                    let right = last.x1.max(first.x0 + MIN_RECT_WIDTH);
                    let rect =
                        Rect::from_min_max(pos2(first.x0, line.top), pos2(right, line.bottom));
                    pieces.push(Piece { line: index, rect });
                }
            }
        }
        pieces
    }

    /// The next caret place in the given direction on the screen; none at the paragraph's visual
    /// end. Where a line wraps, its end and the next line's start count as one place.
    pub fn step_visual(&self, hit: Hit, direction: Direction) -> Option<Hit> {
        let gap = self.gap(hit);
        let clusters = self.clusters_of(self.lines.get(gap.line)?);
        let passed = match direction {
            Direction::Left => gap.index.checked_sub(1),
            Direction::Right => Some(gap.index),
        };
        if let Some(found) = passed.and_then(|index| edge(clusters, index, direction)) {
            return Some(found);
        }
        let forwards = (direction == Direction::Right) != self.rtl;
        let next = if forwards { gap.line + 1 } else { gap.line.checked_sub(1)? };
        let clusters = self.clusters_of(self.lines.get(next)?);
        let found = self.entry(next, direction);
        let first = if direction == Direction::Left { clusters.len().saturating_sub(1) } else { 0 };
        let passed = (found.byte == hit.byte).then(|| edge(clusters, first, direction)).flatten();
        Some(passed.unwrap_or(found))
    }

    /// The caret place at which one comes into a line from its other side.
    pub fn entry(&self, line: usize, direction: Direction) -> Hit {
        let nowhere = Hit { byte: self.end(), affinity: Affinity::Upstream };
        let Some(line) = self.lines.get(line) else { return nowhere };
        let clusters = self.clusters_of(line);
        let found = match direction {
            Direction::Left => edge(clusters, clusters.len().saturating_sub(1), Direction::Right),
            Direction::Right => edge(clusters, 0, Direction::Left),
        };
        found.unwrap_or(Hit { byte: line.start, affinity: Affinity::Downstream })
    }

    /// Memory held, for the cache that keeps paragraphs.
    pub fn memory_bytes(&self) -> usize {
        size_of::<Self>()
            + self.lines.capacity() * size_of::<Line>()
            + self.clusters.capacity() * size_of::<Cluster>()
            + self.quads.capacity() * size_of::<Quad>()
    }

    pub(in crate::ui::engine) fn clusters_of(&self, line: &Line) -> &[Cluster] {
        let range = line.clusters.start as usize..line.clusters.end as usize;
        self.clusters.get(range).unwrap_or_default()
    }

    pub(in crate::ui::engine) fn quads_of(&self, line: &Line) -> &[Quad] {
        let range = line.quads.start as usize..line.quads.end as usize;
        self.quads.get(range).unwrap_or_default()
    }

    fn end(&self) -> u32 {
        self.lines.last().map_or(0, |line| line.end)
    }

    fn gap(&self, hit: Hit) -> Gap {
        match hit.affinity {
            Affinity::Downstream => self.gap_before(hit.byte).or_else(|| self.gap_after(hit.byte)),
            Affinity::Upstream => self.gap_after(hit.byte).or_else(|| self.gap_before(hit.byte)),
        }
        .unwrap_or(Gap {
            line: 0,
            index: 0,
            x: self.lines.first().map_or(0.0, |l| l.left),
        })
    }

    /// The leading edge of the cluster that holds `byte`, or the only place of an empty line.
    fn gap_before(&self, byte: u32) -> Option<Gap> {
        let number = self.lines.partition_point(|line| line.start <= byte).checked_sub(1)?;
        let line = self.lines.get(number)?;
        let clusters = self.clusters_of(line);
        if clusters.is_empty() {
            return Some(Gap { line: number, index: 0, x: line.left });
        }
        let (index, cluster) =
            clusters.iter().enumerate().find(|(_, c)| c.start <= byte && byte < c.end)?;
        Some(side_of(cluster, number, index, cluster.leading_side()))
    }

    /// The trailing edge of the cluster that ends at `byte`.
    fn gap_after(&self, byte: u32) -> Option<Gap> {
        let byte = byte.min(self.end());
        let number = self.lines.partition_point(|line| line.start < byte).checked_sub(1)?;
        let clusters = self.clusters_of(self.lines.get(number)?);
        let (index, cluster) = clusters.iter().enumerate().find(|(_, c)| c.end == byte)?;
        Some(side_of(cluster, number, index, cluster.trailing_side()))
    }

    /// A paragraph of one empty line, the shape of an empty text.
    pub(in crate::ui::engine) fn empty(line_height: f32, pixels_per_point: f32) -> Self {
        let line = Line {
            start: 0,
            end: 0,
            top: 0.0,
            bottom: line_height,
            baseline: line_height * 0.75,
            left: 0.0,
            right: 0.0,
            ink: (0.0, 0.0),
            clusters: 0..0,
            quads: 0..0,
        };
        Self {
            size: vec2(0.0, line_height),
            rtl: false,
            pixels_per_point,
            lines: vec![line],
            clusters: Vec::new(),
            quads: Vec::new(),
        }
    }
}

fn distance(cluster: &Cluster, x: f32) -> f32 {
    (cluster.x0 - x).max(x - cluster.x1).max(0.0)
}

fn side_of(cluster: &Cluster, line: usize, index: usize, side: Direction) -> Gap {
    match side {
        Direction::Left => Gap { line, index, x: cluster.x0 },
        Direction::Right => Gap { line, index: index + 1, x: cluster.x1 },
    }
}

/// The caret place at one side of a cluster. Between two characters of one direction both sides
/// have the same name, so that equal places compare equal.
fn edge(clusters: &[Cluster], index: usize, side: Direction) -> Option<Hit> {
    let cluster = clusters.get(index)?;
    if side == cluster.leading_side() {
        return Some(Hit { byte: cluster.start, affinity: Affinity::Downstream });
    }
    let neighbour = match side {
        Direction::Left => index.checked_sub(1),
        Direction::Right => Some(index + 1),
    };
    let joined = neighbour
        .and_then(|n| clusters.get(n))
        .is_some_and(|n| n.start == cluster.end && n.rtl == cluster.rtl);
    let affinity = if joined { Affinity::Downstream } else { Affinity::Upstream };
    Some(Hit { byte: cluster.end, affinity })
}
