//! Letters on the annotations in sight that a link may lead to, so that its other end is chosen without a mouse.
//!
//! The letters are read in `link_keys`.

use crate::model::{AnnotationId, End, Project, Sheet};
use crate::query::{self, Way};
use crate::ui::desk::Linking;
use crate::ui::page::marks::Drawn;
use crate::ui::theme::Tokens;
use egui::{Align2, FontFamily, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, vec2};
use std::collections::BTreeSet;

/// From the baseline up to the middle of a badge, against the size of the words, and points more.
const ABOVE: (f32, f32) = (13.0 / 17.0, 4.5);

/// Letters from the home row outwards, without those that look alike.
const LETTERS: &[u8] = b"asdfjkghewruiopvnmcxbtyzql";

/// A letter or two for each of `count` annotations; no hint begins another.
pub fn hints(count: usize) -> Vec<String> {
    let letter = |at: usize| char::from(LETTERS.get(at).copied().unwrap_or(b'a'));
    let base = LETTERS.len();
    // As many first letters as needed stand for two-letter hints.
    let pairs = count.saturating_sub(base).div_ceil(base - 1).min(base);
    let singles = base - pairs;
    let single = (0..singles).map(|at| letter(at).to_string());
    let double = (singles..base)
        .flat_map(|first| (0..base).map(move |second| (first, second)))
        .map(|(first, second)| [letter(first), letter(second)].iter().collect());
    single.chain(double).take(count).collect()
}

/// A hint for each annotation, by how far it is from where the link begins: the near ones get one letter. In the
/// order of the text, so that letters can be foreseen.
pub fn assigned(distances: &[u32]) -> Vec<String> {
    let all = hints(distances.len());
    let singles = all.iter().take_while(|hint| hint.len() == 1).count();
    let mut order: Vec<usize> = (0..distances.len()).collect();
    order.sort_by_key(|at| (distances.get(*at), *at));
    let near: BTreeSet<usize> = order.into_iter().take(singles).collect();
    let (one, two) = all.split_at(singles);
    let (mut one, mut two) = (one.iter(), two.iter());
    let next = |at: usize| if near.contains(&at) { one.next() } else { two.next() };
    (0..distances.len()).map(next).map(|hint| hint.cloned().unwrap_or_default()).collect()
}

/// How a link that is being made may lead to an annotation.
pub fn way_to(project: &Project, linking: &Linking, to: &AnnotationId) -> Option<Way> {
    let to = End::Annotation(to.clone());
    query::way_between(project, &linking.from, &to, linking.wanted.as_ref())
}

/// The annotations in sight that the link may lead to, each with its hint.
pub fn offered(
    project: &Project,
    shelf: &Sheet,
    drawn: &[Drawn],
    linking: &Linking,
) -> Vec<(String, AnnotationId)> {
    let text = &shelf.document().text;
    let paragraph = |id: &AnnotationId| {
        let annotation = shelf.annotations().get(id)?;
        Some(text.paragraph_number(annotation.place.fragments().hull().start()))
    };
    let here = if let End::Annotation(id) = &linking.from { paragraph(id) } else { None };
    let may =
        |drawn: &&Drawn| !drawn.rects.is_empty() && way_to(project, linking, &drawn.id).is_some();
    let targets: Vec<&AnnotationId> = drawn.iter().filter(may).map(|drawn| &drawn.id).collect();
    let distance = |id: &&AnnotationId| {
        let far = here.zip(paragraph(id)).map_or(0, |(here, there)| here.abs_diff(there));
        // The paragraphs beside it are as near as its own.
        far.max(1)
    };
    let distances: Vec<u32> = targets.iter().map(distance).collect();
    let all = assigned(&distances).into_iter().zip(targets);
    all.filter(|(hint, _)| !hint.is_empty()).map(|(hint, id)| (hint, id.clone())).collect()
}

/// Draws the hints; those that what is `typed` does not begin stay in the background.
pub fn draw(
    (painter, tokens, size): (&Painter, &Tokens, f32),
    drawn: &[Drawn],
    (offered, typed): (&[(String, AnnotationId)], &str),
) {
    let mut taken: Vec<Rect> = Vec::new();
    for (hint, id) in offered {
        let start = drawn.iter().find(|drawn| drawn.id == *id).and_then(Drawn::start);
        if let Some(start) = start {
            let middle = start + vec2(1.0, -ABOVE.0 * size - ABOVE.1);
            badge(painter, tokens, middle, (hint, typed), &mut taken);
        }
    }
}

/// Letters above the start of the words, beside other badges, never on them.
fn badge(
    painter: &Painter,
    tokens: &Tokens,
    middle: Pos2,
    (hint, typed): (&str, &str),
    taken: &mut Vec<Rect>,
) {
    let fits = hint.starts_with(typed);
    let (ground, ink) = if fits { (tokens.ink, tokens.page) } else { (tokens.hover, tokens.muted) };
    let font = FontId::new(10.5, FontFamily::Name("bold".into()));
    let letters = hint.to_uppercase();
    let galley = painter.layout_no_wrap(letters, font, ink);
    let size = vec2((galley.size().x + 7.0).max(15.0), 15.0);
    let mut place = Rect::from_center_size(middle, size);
    while let Some(other) = taken.iter().find(|other| other.intersects(place)) {
        place = place.translate(vec2(other.right() + 1.5 - place.left(), 0.0));
    }
    painter.rect(place, 3.0, ground, Stroke::new(1.0, tokens.page), StrokeKind::Outside);
    painter.galley(
        Align2::CENTER_CENTER.anchor_size(place.center(), galley.size()).min,
        galley,
        ink,
    );
    taken.push(place);
}

#[cfg(test)]
mod tests {
    use crate::ui::page::hints::{assigned, hints};

    #[test]
    fn no_hint_begins_another_and_all_differ() {
        for count in [0, 1, 26, 27, 60, 300] {
            let all = hints(count);
            assert_eq!(all.len(), count);
            for (at, hint) in all.iter().enumerate() {
                let others = all.iter().enumerate().filter(|(other, _)| *other != at);
                assert!(
                    others.into_iter().all(|(_, other)| !other.starts_with(hint.as_str())),
                    "{hint}"
                );
            }
        }
    }

    #[test]
    fn near_ones_have_one_letter_and_all_come_in_the_order_of_the_text() {
        let distances: Vec<u32> =
            (0..40).map(|at| if (20..30).contains(&at) { 1 } else { 9 }).collect();
        let all = assigned(&distances);
        assert!((20..30).all(|at| all[at].len() == 1), "{all:?}");
        let singles: Vec<&String> = all.iter().filter(|hint| hint.len() == 1).collect();
        assert_eq!(singles[..3], ["a", "s", "d"]);
        assert!(all.iter().any(|hint| hint.len() == 2));
        assert_eq!(assigned(&[7, 1, 1]), ["a", "s", "d"], "with letters for all, each has one");
    }
}
