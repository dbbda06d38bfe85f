//! Which way links go on the page: over a line, from line to line, or, where lines lie between, along the gap above
//! the words out to the margin and back in, so that no curve runs through words.
//!
//! Only geometry: `links` knows which links there are, `curve` how a way is drawn.

use crate::ui::page::curve::Curve;
use egui::{Pos2, Rect, pos2};
use std::collections::BTreeMap;

/// Least points between the two ends of a curve over one line.
const APART: f32 = 100.0;
/// Points between two links at one annotation, if there is room.
const PORTS: f32 = 9.0;
/// Points that an end keeps from where the words begin and end.
const INSET: f32 = 4.0;
/// From the top of the words up to the first way along their gap, and on to the next: as many as there are.
const GAP: (f32, f32, usize) = (8.5, 2.6, 3);

/// An end of a link in sight.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    /// The words of the annotation on the line, with its bar.
    pub words: Rect,
    /// Which annotation, by number: those of one are kept apart.
    pub whose: usize,
}

/// Where curves may go.
pub struct Room<'a> {
    /// Upper edges of the words of all lines in sight, from above.
    pub lines: &'a [f32],
    /// Ways down the left margin, the one nearest to the words first; and down the right one.
    pub margins: [Vec<f32>; 2],
}

/// How a link goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Both ends are on one line.
    Over,
    /// The ends are on neighbouring lines.
    Across,
    /// Lines lie between: by the left margin, or by the right one.
    Round(usize),
}

/// A curve for each link, in their order.
pub fn curves(ends: &[(Port, Port)], room: &Room<'_>) -> Vec<Curve> {
    let forms: Vec<Form> = ends.iter().map(|(from, to)| form(from.words, to.words, room)).collect();
    let places = places(ends, &forms, room);
    let rounds = rounds(ends, &forms, &places, room);
    let each = ends.iter().zip(forms).zip(places).enumerate();
    each.map(|(at, (((from, to), form), (start, end)))| {
        let (from, to) = (from.words, to.words);
        match (form, rounds.get(&at)) {
            (Form::Over, _) => {
                let start = apart(from, start, end);
                Curve::over(pos2(start, from.top()), pos2(end, to.top()))
            }
            (Form::Round(_), Some(way)) => Curve::along(&[
                pos2(start, from.top()),
                pos2(start, way.from),
                pos2(way.margin, way.from),
                pos2(way.margin, way.to),
                pos2(end, way.to),
                pos2(end, to.top()),
            ]),
            _ => {
                let (start, end) = between((from, start), (to, end));
                Curve::across(start, end)
            }
        }
    })
    .collect()
}

fn form(from: Rect, to: Rect, room: &Room<'_>) -> Form {
    if same(from.top(), to.top()) {
        return Form::Over;
    }
    let (upper, lower) = (from.top().min(to.top()), from.top().max(to.top()));
    let first = room.lines.partition_point(|top| *top < upper + 4.0);
    let neighbours = room.lines.get(first).is_none_or(|next| *next > lower - 4.0);
    let [left, right] = &room.margins;
    match (neighbours, left.first(), right.first()) {
        (false, Some(left), Some(right)) => {
            let middle = f32::midpoint(from.center().x, to.center().x);
            Form::Round(usize::from(middle > f32::midpoint(*left, *right)))
        }
        _ => Form::Across,
    }
}

fn same(a: f32, b: f32) -> bool {
    (a - b).abs() < 4.0
}

/// Out of the gap below the upper line, into the gap above the lower one.
fn between((from, start): (Rect, f32), (to, end): (Rect, f32)) -> (Pos2, Pos2) {
    // Bars may fill the gap; a little of the curve is always seen.
    let edge = |own: Rect, other: Rect| {
        if own.top() < other.top() { own.bottom().min(other.top() - 9.0) } else { own.top() }
    };
    (pos2(start, edge(from, to)), pos2(end, edge(to, from)))
}

/// Where the curves leave and arrive: those of one annotation side by side.
fn places(ends: &[(Port, Port)], forms: &[Form], room: &Room<'_>) -> Vec<(f32, f32)> {
    // By annotation, line and edge of the words: what is wanted there, and for which end.
    let mut groups: BTreeMap<(usize, i32, bool), Vec<(f32, usize)>> = BTreeMap::new();
    let mut edges: BTreeMap<(usize, i32, bool), (f32, f32)> = BTreeMap::new();
    for (at, ((from, to), form)) in ends.iter().zip(forms).enumerate() {
        for (end, own, other) in [(0, from, to), (1, to, from)] {
            let towards = match form {
                Form::Round(side) => room.margins.get(*side).and_then(|ways| ways.first()).copied(),
                _ => None,
            };
            let towards = towards.unwrap_or(other.words.center().x);
            let below = *form == Form::Across && own.words.top() < other.words.top();
            let key = (own.whose, own.words.top().round() as i32, below);
            groups.entry(key).or_default().push((leaving(own.words, towards), 2 * at + end));
            edges.insert(key, (own.words.left(), own.words.right()));
        }
    }
    let mut places = vec![0.0; 2 * ends.len()];
    for (key, mut group) in groups {
        group.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let wanted: Vec<f32> = group.iter().map(|(x, _)| *x).collect();
        let spread = side_by_side(&wanted, edges.get(&key).copied().unwrap_or_default());
        for ((_, end), x) in group.iter().zip(spread) {
            if let Some(place) = places.get_mut(*end) {
                *place = x;
            }
        }
    }
    places.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
}

/// The places nearest to those wanted, which never fall, that lie apart from each other between two edges.
pub fn side_by_side(wanted: &[f32], (left, right): (f32, f32)) -> Vec<f32> {
    let inset = INSET.min((right - left) / 4.0);
    let (left, right) = (left + inset, right - inset);
    let gaps = wanted.len().saturating_sub(1).max(1) as f32;
    let gap = PORTS.min((right - left) / gaps);
    let mut places = wanted.to_vec();
    let mut least = left;
    for place in &mut places {
        *place = place.max(least);
        least = *place + gap;
    }
    let mut most = right;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - gap;
    }
    places
}

/// Where a curve leaves some words: near their middle, towards `there`.
fn leaving(here: Rect, there: f32) -> f32 {
    let reach = (here.width() / 2.0 - 9.0).max(0.0);
    here.center().x + (there - here.center().x).clamp(-reach, reach) * 0.6
}

/// Where a curve over one line leaves, not too near to where it arrives: a doll may be linked with the one around it.
fn apart(from: Rect, start: f32, end: f32) -> f32 {
    if (start - end).abs() >= APART {
        return start;
    }
    // On the side where there is more room within the words.
    let (left, right) = (end - from.left() - 4.0, from.right() - 4.0 - end);
    let room = left.max(right).clamp(24.0, APART);
    let wide = if right > left { end + room } else { end - room };
    if (start - end).abs() > room { start } else { wide }
}

/// A way round by a margin: heights in the gaps at both ends, and where it goes down between them.
#[derive(Clone, Copy)]
struct Round {
    from: f32,
    to: f32,
    margin: f32,
}

/// Ways that are taken: which of several side by side, from where to where.
#[derive(Default)]
struct Taken(BTreeMap<i64, Vec<(usize, f32, f32)>>);

impl Taken {
    /// The first of `count` ways at `place` that nothing has taken between these bounds, else the one least taken.
    fn take(&mut self, place: i64, (from, to): (f32, f32), count: usize) -> usize {
        let (from, to) = (from.min(to), from.max(to));
        let here = self.0.entry(place).or_default();
        let others = |way: usize| {
            here.iter().filter(|(at, a, b)| *at == way && *a < to + 2.0 && from < *b + 2.0).count()
        };
        let way = (0..count).min_by_key(|way| (others(*way), *way)).unwrap_or_default();
        here.push((way, from, to));
        way
    }
}

/// The ways round, the short ones nearest to the words.
fn rounds(
    ends: &[(Port, Port)],
    forms: &[Form],
    places: &[(f32, f32)],
    room: &Room<'_>,
) -> BTreeMap<usize, Round> {
    let mut all: Vec<(usize, usize)> = forms.iter().enumerate().filter_map(by_margin).collect();
    let tall = |at: &usize| {
        ends.get(*at).map_or(0.0, |(from, to)| (from.words.top() - to.words.top()).abs())
    };
    all.sort_by(|(a, _), (b, _)| tall(a).total_cmp(&tall(b)).then(a.cmp(b)));
    let (mut gaps, mut margins) = (Taken::default(), Taken::default());
    let mut rounds = BTreeMap::new();
    for (at, side) in all {
        let (Some((from, to)), Some(place), Some(ways)) =
            (ends.get(at), places.get(at), room.margins.get(side))
        else {
            continue;
        };
        let heights = (from.words.top(), to.words.top());
        let way = margins.take(i64::from(side > 0), heights, ways.len());
        let Some(margin) = ways.get(way).copied() else { continue };
        let mut gap = |top: f32, x: f32| {
            let way = gaps.take(top.round() as i64, (x, margin), GAP.2);
            top - GAP.0 - GAP.1 * way as f32
        };
        let (from, to) = (gap(heights.0, place.0), gap(heights.1, place.1));
        rounds.insert(at, Round { from, to, margin });
    }
    rounds
}

fn by_margin((at, form): (usize, &Form)) -> Option<(usize, usize)> {
    if let Form::Round(side) = form { Some((at, *side)) } else { None }
}

#[cfg(test)]
mod tests {
    use crate::ui::page::route::{Port, Room, curves, side_by_side};
    use egui::{Rect, pos2, vec2};
    use proptest::prelude::*;

    /// Eight lines of words from 100 to 700.
    fn lines() -> Vec<f32> {
        (0..8_u8).map(|line| 40.0 + 35.0 * f32::from(line)).collect()
    }

    fn room(lines: &[f32]) -> Room<'_> {
        Room { lines, margins: [vec![82.0, 62.0, 58.0], vec![704.0, 708.0, 712.0]] }
    }

    fn port() -> impl Strategy<Value = Port> {
        (0_usize..8, 100.0_f32..600.0, 20.0_f32..100.0, 0_usize..6).prop_map(
            |(line, left, width, whose)| {
                let at = pos2(left, lines()[line]);
                Port { words: Rect::from_min_size(at, vec2(width, 22.0)), whose }
            },
        )
    }

    proptest! {
        #[test]
        fn no_curve_runs_through_words(
            ends in prop::collection::vec((port(), port()), 1..30)
        ) {
            let lines = lines();
            let words: Vec<Rect> = lines
                .iter()
                .map(|top| Rect::from_min_size(pos2(100.0, *top), vec2(600.0, 16.0)).shrink(0.5))
                .collect();
            for (curve, (from, to)) in curves(&ends, &room(&lines)).iter().zip(&ends) {
                for step in 1..100_u8 {
                    let on = curve.at(f32::from(step) / 100.0);
                    prop_assert!(
                        !words.iter().any(|line| line.contains(on)),
                        "{on} from {from:?} to {to:?}"
                    );
                }
            }
        }

        #[test]
        fn links_at_one_annotation_lie_apart_within_its_words(
            mut wanted in prop::collection::vec(0.0_f32..400.0, 1..9), width in 30.0_f32..300.0
        ) {
            wanted.sort_by(f32::total_cmp);
            let places = side_by_side(&wanted, (50.0, 50.0 + width));
            let gap = 9.0_f32.min((width - 8.0) / (wanted.len() - 1).max(1) as f32);
            for pair in places.windows(2) {
                prop_assert!(pair[1] - pair[0] >= gap - 0.01, "{places:?}");
            }
            prop_assert!(places.iter().all(|x| (50.0..=50.0 + width).contains(x)), "{places:?}");
        }
    }

    #[test]
    fn links_that_go_round_do_not_lie_on_each_other() {
        let lines = lines();
        let port = |line: usize, left: f32, whose| Port {
            words: Rect::from_min_size(pos2(left, lines[line]), vec2(60.0, 22.0)),
            whose,
        };
        let ends = [(port(0, 150.0, 0), port(5, 180.0, 1)), (port(0, 150.0, 0), port(5, 180.0, 1))];
        let both = curves(&ends, &room(&lines));
        let outermost = |at: usize| {
            let xs = (0..=100_u8).map(|step| both[at].at(f32::from(step) / 100.0).x);
            xs.fold(f32::INFINITY, f32::min)
        };
        assert!((outermost(0) - outermost(1)).abs() > 3.0);
    }
}
