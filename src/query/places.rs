//! What is at a place in the text, and what comes next.
//!
//! The order is that of `model::Sheet::overlapping`: by start, the longer first, then by id. Orphans have no place.

use crate::model::{Annotation, AnnotationId, Record, Sheet};
use crate::text::{Offset, Span};
use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

/// Where to go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position<'a> {
    /// This annotation.
    Annotation(&'a AnnotationId),
    /// The caret.
    Offset(Offset),
}

/// Stands in the order; without an id before everything there.
type Key<'a> = (Offset, Reverse<Offset>, Option<&'a AnnotationId>);

/// Annotations with a fragment that the caret at `offset` touches, the one with the fewest words first.
pub fn at(sheet: &Sheet, offset: Offset) -> Vec<&Arc<Record<Annotation>>> {
    let (before, after) = (offset.0.saturating_sub(1), offset.0.saturating_add(1));
    let Some(around) = Span::between(Offset(before), Offset(after)) else { return Vec::new() };
    let mut found = sheet.overlapping(around);
    found.retain(|a| a.place.fragments().spans().iter().any(|span| span.touches(offset)));
    found.sort_by_key(|a| {
        a.place.fragments().spans().iter().map(|span| span.len_bytes()).sum::<u32>()
    });
    found
}

/// Annotations on exactly these words and no others.
pub fn exactly(sheet: &Sheet, span: Span) -> Vec<&Arc<Record<Annotation>>> {
    let mut found = sheet.overlapping(span);
    found.retain(|a| a.place.fragments().spans() == [span]);
    found
}

/// The annotation after this one, or the first that starts at the caret or after it; none past the last.
pub fn next_annotation<'a>(
    sheet: &'a Sheet,
    from: Position<'_>,
) -> Option<&'a Arc<Record<Annotation>>> {
    next_annotation_that(sheet, from, |_| true)
}

/// The next one for which `holds`.
pub fn next_annotation_that<'a>(
    sheet: &'a Sheet,
    from: Position<'_>,
    holds: impl Fn(&Record<Annotation>) -> bool,
) -> Option<&'a Arc<Record<Annotation>>> {
    let here = key_of(sheet, from)?;
    first_of(sheet.after(here.0), |a| key(a) > here && holds(a), |a, b| key(a).cmp(&key(b)))
}

/// The annotation before this one, or the last that starts before the caret; none before the first.
pub fn previous_annotation<'a>(
    sheet: &'a Sheet,
    from: Position<'_>,
) -> Option<&'a Arc<Record<Annotation>>> {
    previous_annotation_that(sheet, from, |_| true)
}

/// The previous one for which `holds`.
pub fn previous_annotation_that<'a>(
    sheet: &'a Sheet,
    from: Position<'_>,
    holds: impl Fn(&Record<Annotation>) -> bool,
) -> Option<&'a Arc<Record<Annotation>>> {
    let here = key_of(sheet, from)?;
    let before = sheet.before(Offset(here.0.0.saturating_add(1)));
    first_of(before, |a| key(a) < here && holds(a), |a, b| key(b).cmp(&key(a)))
}

/// The first for which `holds`, where those with one start stand together in any order.
fn first_of<'a>(
    all: impl Iterator<Item = &'a Arc<Record<Annotation>>>,
    holds: impl Fn(&Record<Annotation>) -> bool,
    order: impl Fn(&Annotation, &Annotation) -> Ordering,
) -> Option<&'a Arc<Record<Annotation>>> {
    let mut all = all.skip_while(|annotation| !holds(annotation));
    let first = all.next()?;
    let start = |annotation: &Annotation| annotation.place.fragments().hull().start();
    let beside = all.take_while(|other| start(other) == start(first)).filter(|other| holds(other));
    beside.chain([first]).min_by(|a, b| order(a, b))
}

fn key(annotation: &Annotation) -> Key<'_> {
    let hull = annotation.place.fragments().hull();
    (hull.start(), Reverse(hull.end()), Some(&annotation.id))
}

fn key_of<'a>(sheet: &'a Sheet, from: Position<'_>) -> Option<Key<'a>> {
    match from {
        Position::Annotation(id) => sheet.annotations().get(id).map(|annotation| key(annotation)),
        Position::Offset(offset) => Some((offset, Reverse(Offset(u32::MAX)), None)),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{
        Position, at, exactly, next_annotation, next_annotation_that, previous_annotation,
        previous_annotation_that,
    };
    use crate::text::{Offset, Span};
    use std::sync::Arc;

    fn span(start: u32, end: u32) -> Span {
        Span::between(Offset(start), Offset(end)).unwrap()
    }

    /// Two dolls, the inner one again in another layer, one in two parts, and one further on.
    fn sheet() -> Sheet {
        let mut parted = annotation("a_5", "claim", 0, 1);
        parted.place = Place::Anchored(Fragments::joined(vec![span(0, 3), span(13, 17)]).unwrap());
        let all = [
            annotation("a_1", "claim", 4, 20),
            annotation("a_2", "actor", 4, 12),
            annotation("a_3", "claim", 4, 12),
            annotation("a_4", "actor", 18, 20),
            parted,
        ];
        let project = all.into_iter().fold(project(), |project, annotation| {
            let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation));
            apply(&project, &edit, &signature("x")).unwrap()
        });
        project.sheet(&DocumentId::new("d_1")).unwrap().clone()
    }

    fn ids(found: &[&Arc<Record<Annotation>>]) -> Vec<String> {
        found.iter().map(|annotation| annotation.id.to_string()).collect()
    }

    #[test]
    fn the_innermost_is_first_and_a_gap_is_not_touched() {
        let sheet = sheet();
        assert_eq!(ids(&at(&sheet, Offset(8))), ["a_2", "a_3", "a_1"]);
        assert_eq!(ids(&at(&sheet, Offset(3))), ["a_5"], "the end touches");
        assert_eq!(ids(&at(&sheet, Offset(20))), ["a_4", "a_1"]);
        assert_eq!(ids(&at(&sheet, Offset(0))), ["a_5"]);
        assert!(at(&sheet, Offset(40)).is_empty());
    }

    #[test]
    fn exactly_means_these_words_and_no_others() {
        assert_eq!(ids(&exactly(&sheet(), span(4, 12))), ["a_2", "a_3"]);
        assert!(exactly(&sheet(), span(4, 13)).is_empty());
        assert!(exactly(&sheet(), span(0, 17)).is_empty(), "a hull is not its words");
    }

    #[test]
    fn there_and_back_meets_everything_once_and_stops_at_the_ends() {
        let sheet = sheet();
        let (mut forth, mut back) = (Vec::new(), Vec::new());
        let mut here = next_annotation(&sheet, Position::Offset(Offset(0)));
        while let Some(annotation) = here {
            forth.push(annotation.id.to_string());
            here = next_annotation(&sheet, Position::Annotation(&annotation.id));
        }
        let mut here = previous_annotation(&sheet, Position::Offset(Offset(99)));
        while let Some(annotation) = here {
            back.insert(0, annotation.id.to_string());
            here = previous_annotation(&sheet, Position::Annotation(&annotation.id));
        }
        assert_eq!(forth, ["a_5", "a_1", "a_2", "a_3", "a_4"]);
        assert_eq!(forth, back);
    }

    #[test]
    fn what_does_not_hold_is_passed_over() {
        let sheet = sheet();
        let actor = |a: &Record<Annotation>| a.layer.as_str() == "actor";
        let next = next_annotation_that(&sheet, Position::Offset(Offset(0)), actor).unwrap();
        let (first, end) = (next.id.as_str(), Position::Offset(Offset(99)));
        let previous = previous_annotation_that(&sheet, end, actor).unwrap();
        assert_eq!((first, previous.id.as_str()), ("a_2", "a_4"));
    }

    #[test]
    fn the_caret_goes_to_what_starts_there_or_before_it() {
        let sheet = sheet();
        let next = next_annotation(&sheet, Position::Offset(Offset(4))).unwrap();
        let previous = previous_annotation(&sheet, Position::Offset(Offset(4))).unwrap();
        assert_eq!((next.id.as_str(), previous.id.as_str()), ("a_1", "a_5"));
    }
}
