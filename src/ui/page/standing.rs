//! The marks of the annotations in sight, kept from frame to frame: while one scrolls they are moved, and only those
//! that come into sight are drawn.

use crate::model::{Annotation, Codebook, Project, Record};
use crate::text::Offset;
use crate::ui::engine::{Para, Tiles};
use crate::ui::itself::Itself;
use crate::ui::page::marks::{self, Drawn, Paint, Place};
use crate::ui::page::sheet::Placed;
use crate::ui::page::sight::Laid;
use crate::ui::page::strips::Strips;
use crate::ui::theme::{PageLook, Strokes, Tokens};
use crate::ui::view::View;
use egui::{Context, Shape, Vec2, vec2};
use std::sync::Arc;

/// Moves after which all is drawn anew, so that what cannot be added up exactly does not go astray.
const MOVES: u8 = 200;

/// Marks as they were drawn last.
#[derive(Default)]
pub struct Marks {
    from: Option<From>,
    laid: Arc<[Laid]>,
    pieces: Vec<Standing>,
    drawn: Vec<Drawn>,
    /// Of each that is drawn: which one it is, and how many tiles it has.
    counts: Vec<(Laid, usize)>,
    tiles: Tiles,
    strips: Strips,
    moves: u8,
    turn: u64,
    height: i64,
}

/// What something in sight was worked out from.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Of the marks: another one if anything but their height on the screen has changed.
    turn: u64,
    project: Itself<Project>,
}

/// What all of them were drawn with.
#[derive(PartialEq)]
struct From {
    paints: Vec<Paint>,
    strokes: Strokes,
    look: PageLook,
    scale: f32,
    left: f32,
    width: f32,
    clearing: u64,
}

/// A piece that was in sight.
struct Standing {
    index: usize,
    para: Arc<Para>,
    /// Physical pixels of its upper edge.
    y: i64,
    bounds: (Offset, Offset),
}

impl Marks {
    /// Where the annotations in sight are.
    pub fn drawn(&self) -> &[Drawn] {
        &self.drawn
    }

    /// The annotations that are there, as they are drawn.
    pub fn annotations(&self) -> impl Iterator<Item = &Record<Annotation>> {
        self.counts.iter().map(|((annotation, _), _)| &**annotation)
    }

    /// All bars for a painter.
    pub fn shape(&self) -> Shape {
        self.tiles.shape()
    }

    /// For those who keep what they have worked out from the marks and the project: right as long as this is equal.
    pub fn basis(&self, view: &View<'_>) -> Basis {
        Basis { turn: self.turn, project: Itself::of(view.bench.project()) }
    }

    /// How far they have moved, in physical pixels; only differences of it mean something.
    pub fn height(&self) -> i64 {
        self.height
    }

    /// Comes to be the marks of `laid` at that place.
    pub fn follow(
        &mut self,
        ctx: &Context,
        place: &Place<'_>,
        (codebook, tokens): (&Codebook, &Tokens),
        laid: &Arc<[Laid]>,
    ) {
        self.strips.make_room();
        let paint = |layer: &crate::model::Layer| Paint {
            layer: layer.id.clone(),
            color: tokens.layer(&layer.color).mark,
            pattern: layer.line,
        };
        let from = From {
            paints: codebook.layers.iter().map(paint).collect(),
            strokes: tokens.stroke,
            look: place.look,
            scale: place.scale,
            left: place.origin.x,
            width: place.placed.first().map_or(0.0, |placed| placed.width),
            clearing: self.strips.clearing(),
        };
        if self.from.as_ref() != Some(&from) || self.moves > MOVES {
            let (turn, height) = (self.turn + 1, self.height);
            let strips = std::mem::take(&mut self.strips);
            *self = Self { from: Some(from), turn, height, strips, ..Self::default() };
        }
        let pixels = |placed: &Placed| ((place.origin.y + placed.y) * place.scale).round() as i64;
        let moved = self.moved(place.placed, pixels);
        if let Some(pixels) = moved.filter(|pixels| *pixels != 0) {
            self.shift(pixels, place.scale);
        }
        if moved.is_some() && Arc::ptr_eq(&self.laid, laid) && self.stands(place.placed) {
            return;
        }
        if moved.is_none() {
            self.counts.clear();
            self.drawn.clear();
        }
        self.turn += 1;
        self.draw(ctx, place, laid);
        self.laid = Arc::clone(laid);
        self.pieces = place
            .placed
            .iter()
            .map(|placed| Standing {
                index: placed.index,
                para: Arc::clone(&placed.para),
                y: pixels(placed),
                bounds: (placed.start, placed.end),
            })
            .collect();
    }

    /// By how many pixels everything has moved; none, if something has moved otherwise or nothing is left.
    fn moved(&self, placed: &[Placed], pixels: impl Fn(&Placed) -> i64) -> Option<i64> {
        let mut way = None;
        for new in placed {
            let Some(old) = self.pieces.iter().find(|old| old.index == new.index) else { continue };
            let own = pixels(new) - old.y;
            if !Arc::ptr_eq(&old.para, &new.para) || way.is_some_and(|way| way != own) {
                return None;
            }
            way = Some(own);
        }
        way
    }

    /// Whether the same pieces are in sight.
    fn stands(&self, placed: &[Placed]) -> bool {
        self.pieces.iter().map(|piece| piece.index).eq(placed.iter().map(|placed| placed.index))
    }

    fn shift(&mut self, pixels: i64, scale: f32) {
        let by = vec2(0.0, pixels as f32 / scale);
        self.tiles.shift(by);
        self.drawn.iter_mut().for_each(|drawn| drawn.shift(by));
        self.pieces.iter_mut().for_each(|piece| piece.y += pixels);
        self.height += pixels;
        self.moves += u8::from(scale.fract() != 0.0);
    }

    /// Draws what is not there yet; what is there as it will be is taken over.
    fn draw(&mut self, ctx: &Context, place: &Place<'_>, laid: &[Laid]) {
        let texture = self.strips.texture(ctx);
        let Some(from) = &self.from else { return };
        let sight = |first: Option<(Offset, Offset)>, last: Option<(Offset, Offset)>| {
            first.zip(last).map(|(first, last)| (first.0, last.1))
        };
        let bounds = |placed: &Placed| (placed.start, placed.end);
        let now = sight(place.placed.first().map(bounds), place.placed.last().map(bounds));
        let (first, last) = (self.pieces.first(), self.pieces.last());
        let before = sight(first.map(|piece| piece.bounds), last.map(|piece| piece.bounds));
        let whole = |(annotation, _): &Laid| {
            let hull = annotation.place.fragments().hull();
            let within = |sight: Option<(Offset, Offset)>| {
                sight.is_some_and(|(from, to)| from <= hull.start() && hull.end() <= to)
            };
            within(now) && within(before)
        };
        let mut old = Old::new(
            std::mem::take(&mut self.drawn),
            std::mem::take(&mut self.counts),
            std::mem::replace(&mut self.tiles, Tiles::of(texture)),
        );
        for mark in laid {
            let Some(paint) = from.paints.iter().find(|paint| paint.layer == mark.0.layer) else {
                continue;
            };
            let start = self.tiles.len();
            let taken = whole(mark).then(|| old.take(mark, &mut self.tiles)).flatten();
            let drawn = taken.unwrap_or_else(|| {
                let ink = (&mut self.tiles, &mut self.strips, ctx);
                marks::draw(place, (paint, from.strokes), mark, ink)
            });
            self.drawn.push(drawn);
            self.counts.push((mark.clone(), self.tiles.len() - start));
        }
    }
}

/// Marks of the frame before, in the order in which they will be asked for.
struct Old {
    drawn: Vec<Option<Drawn>>,
    counts: Vec<(Laid, usize)>,
    tiles: Tiles,
    /// The next one, and its first tile.
    next: (usize, usize),
}

impl Old {
    fn new(drawn: Vec<Drawn>, counts: Vec<(Laid, usize)>, tiles: Tiles) -> Self {
        Self { drawn: drawn.into_iter().map(Some).collect(), counts, tiles, next: (0, 0) }
    }

    /// Puts the tiles of `mark` to the others, if it was there in the same lane.
    fn take(&mut self, mark: &Laid, tiles: &mut Tiles) -> Option<Drawn> {
        let rest = self.counts.get(self.next.0..)?;
        let same = |(laid, _): &(Laid, usize)| Arc::ptr_eq(&laid.0, &mark.0) && laid.1 == mark.1;
        let found = rest.iter().position(same)?;
        let passed: usize = rest.iter().take(found).map(|(_, count)| *count).sum();
        let (at, first) = (self.next.0 + found, self.next.1 + passed);
        let count = self.counts.get(at)?.1;
        tiles.extend(&self.tiles, first..first + count, Vec2::ZERO);
        self.next = (at + 1, first + count);
        self.drawn.get_mut(at)?.take()
    }
}
