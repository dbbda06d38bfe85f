//! Which annotation is drawn in which lane below the words: the innermost nearest to them, the outer dolls further down.
//!
//! ```text
//! The minister said no     words
//!     ~~~~~~~~      ~~     lane 0   what has nothing inside
//!     ~~~~~~~~~~~~~        lane 1
//! ~~~~~~~~~~~~~~~~~~~~     lane 2   below everything that lies in it
//! ```

use crate::model::{Annotation, AnnotationId, Record, Sheet};
use crate::text::{Offset, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often the look-out is widened; only a chain of crossing annotations longer than this is cut.
const ROUNDS: usize = 16;

/// An annotation in its lane.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// The annotation.
    pub annotation: &'a Arc<Record<Annotation>>,
    /// Counted from the words down. Two that overlap share none but the last, 255.
    pub lane: u8,
}

/// All anchored annotations that overlap `span`, by start, the longer first, each in its lane. The lanes are those of
/// the whole cluster that hangs together, so they do not depend on what part of it is asked for.
pub fn lanes(sheet: &Sheet, span: Span) -> Vec<Mark<'_>> {
    lanes_of(sheet, span, |_| true)
}

/// The same as if there were no annotations but those that are `shown`.
pub fn lanes_of(
    sheet: &Sheet,
    span: Span,
    shown: impl Fn(&Record<Annotation>) -> bool,
) -> Vec<Mark<'_>> {
    let mut all = cluster(sheet, span, &shown);
    let lanes = stacked(&all);
    all.retain(|annotation| annotation.place.fragments().hull().overlaps(span));
    let here = all.into_iter();
    here.map(|annotation| {
        let lane = lanes.get(&annotation.id).copied().unwrap_or_default();
        Mark { annotation, lane: u8::try_from(lane).unwrap_or(u8::MAX) }
    })
    .collect()
}

/// What overlaps `span`, what overlaps that, and so on.
fn cluster(
    sheet: &Sheet,
    span: Span,
    shown: impl Fn(&Record<Annotation>) -> bool,
) -> Vec<&Arc<Record<Annotation>>> {
    let look = |hull| {
        let mut found = sheet.overlapping(hull);
        found.retain(|annotation| shown(annotation));
        found
    };
    let mut hull = span;
    let mut found = look(hull);
    for _ in 0..ROUNDS {
        let wider = found.iter().fold(hull, |hull, a| hull.hull(a.place.fragments().hull()));
        if wider == hull {
            break;
        }
        hull = wider;
        found = look(hull);
    }
    found
}

/// Shortest first, each goes into the first lane below everything inside it where it overlaps nothing.
fn stacked<'a>(cluster: &[&'a Arc<Record<Annotation>>]) -> BTreeMap<&'a AnnotationId, usize> {
    let mut order: Vec<(Span, &AnnotationId)> =
        cluster.iter().map(|a| (a.place.fragments().hull(), &a.id)).collect();
    order.sort_unstable_by_key(|(span, id)| (span.len_bytes(), span.start(), *id));
    let mut lanes: Vec<Lane> = Vec::new();
    let mut placed = BTreeMap::new();
    for (span, id) in order {
        let below =
            lanes.iter().rposition(|lane| lane.lies_in(span)).map_or(0, |deepest| deepest + 1);
        let free = lanes.iter().skip(below).position(|lane| !lane.overlaps(span));
        let lane = free.map_or(lanes.len(), |free| below + free);
        if lane == lanes.len() {
            lanes.push(Lane::default());
        }
        if let Some(lane) = lanes.get_mut(lane) {
            lane.0.insert(span.start(), span.end());
        }
        placed.insert(id, lane);
    }
    placed
}

/// What one lane holds, end by start; nothing in it overlaps.
#[derive(Default)]
struct Lane(BTreeMap<Offset, Offset>);

impl Lane {
    fn overlaps(&self, span: Span) -> bool {
        self.0.range(..span.end()).next_back().is_some_and(|(_, end)| *end > span.start())
    }

    /// Whether something in it lies in `span` and is shorter.
    fn lies_in(&self, span: Span) -> bool {
        let first = self.0.range(span.start()..).next();
        first.is_some_and(|(start, end)| {
            *end <= span.end() && (*start, *end) != (span.start(), span.end())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{lanes, lanes_of};
    use crate::text::{Offset, Span, Text};
    use proptest::prelude::*;

    fn span(start: u32, end: u32) -> Span {
        Span::between(Offset(start), Offset(end)).unwrap()
    }

    fn sheet_of(spans: &[(u32, u32)]) -> Sheet {
        let long = Document { text: Text::new("x".repeat(200)), ..document("d_1") };
        let mut project = Project::new(ProjectId::new("p_1"), std::sync::Arc::new(codebook()));
        let mut edits = vec![Edit::Document(DocumentEdit::Add(long))];
        edits.extend(spans.iter().enumerate().map(|(at, (start, end))| {
            let id = format!("a_{at:02}");
            Edit::Annotation(AnnotationEdit::Annotate(annotation(&id, "actor", *start, *end)))
        }));
        let all = Edit::Group { title: "All".into(), edits };
        project = apply(&project, &all, &signature("x")).unwrap();
        project.sheet(&DocumentId::new("d_1")).unwrap().clone()
    }

    fn drawn(sheet: &Sheet, window: Span) -> Vec<(String, u8)> {
        let marks = lanes(sheet, window).into_iter();
        marks.map(|mark| (mark.annotation.id.to_string(), mark.lane)).collect()
    }

    fn lane_numbers(spans: &[(u32, u32)]) -> Vec<u8> {
        let mut drawn = drawn(&sheet_of(spans), span(0, 200));
        drawn.sort();
        drawn.into_iter().map(|(_, lane)| lane).collect()
    }

    #[test]
    fn dolls_stack_from_the_inside_and_neighbours_share_a_lane() {
        assert_eq!(lane_numbers(&[(0, 20), (4, 12), (4, 17), (18, 20)]), [2, 0, 1, 0]);
    }

    #[test]
    fn the_same_words_twice_and_crossing_words_take_two_lanes() {
        assert_eq!(lane_numbers(&[(4, 12), (4, 12)]), [0, 1]);
        assert_eq!(lane_numbers(&[(0, 10), (5, 12), (8, 20)]), [1, 0, 2]);
    }

    #[test]
    fn a_lane_does_not_depend_on_the_part_that_is_seen() {
        let sheet = sheet_of(&[(0, 100), (10, 30), (90, 95), (90, 98), (20, 40)]);
        let whole = drawn(&sheet, span(0, 200));
        assert_eq!(drawn(&sheet, span(50, 51)), [whole[0].clone()]);
        assert_eq!(whole[0].1, 2);
    }

    #[test]
    fn what_is_hidden_takes_no_lane() {
        let sheet = sheet_of(&[(0, 20), (4, 12), (4, 17)]);
        let marks = lanes_of(&sheet, span(0, 200), |a| a.id.as_str() != "a_02");
        let lanes: Vec<_> =
            marks.iter().map(|mark| (mark.annotation.id.as_str(), mark.lane)).collect();
        assert_eq!(lanes, [("a_00", 1), ("a_01", 0)]);
    }

    proptest! {
        #[test]
        fn what_overlaps_never_shares_a_lane_and_the_outer_lies_deeper(
            spans in prop::collection::vec((0_u32..150, 1_u32..40), 1..30), window in (0_u32..190, 1_u32..10)
        ) {
            let spans: Vec<_> = spans.into_iter().map(|(start, length)| (start, start + length)).collect();
            let sheet = sheet_of(&spans);
            let marks = lanes(&sheet, span(0, 200));
            prop_assert_eq!(marks.len(), spans.len());
            for (at, a) in marks.iter().enumerate() {
                let outer = a.annotation.place.fragments().hull();
                for b in &marks[at + 1..] {
                    let inner = b.annotation.place.fragments().hull();
                    prop_assert!(!outer.overlaps(inner) || a.lane != b.lane);
                    prop_assert!(outer == inner || !outer.contains(inner) || a.lane > b.lane);
                }
                let leaf = marks.iter().all(|b| {
                    b.annotation.id == a.annotation.id || !b.annotation.place.fragments().hull().overlaps(outer)
                });
                prop_assert!(!leaf || a.lane == 0);
            }
            let window = span(window.0, window.0 + window.1);
            let whole = drawn(&sheet, span(0, 200));
            let part = drawn(&sheet, window);
            let seen = sheet.overlapping(window).len();
            prop_assert_eq!(part.len(), seen);
            prop_assert!(part.iter().all(|mark| whole.contains(mark)));
        }
    }
}
