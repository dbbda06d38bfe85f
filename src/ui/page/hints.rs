//! Letters on every annotation in sight, so that the other end of a link is chosen without a mouse.

use crate::model::AnnotationId;
use crate::ui::page::marks::Drawn;
use crate::ui::theme::Tokens;
use egui::{Align2, FontId, Painter, Rect, Stroke, pos2, vec2};

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

/// Draws the hints that what is `typed` begins, and returns all.
pub fn draw(
    painter: &Painter,
    tokens: &Tokens,
    drawn: &[Drawn],
    except: Option<&AnnotationId>,
    typed: &str,
) -> Vec<(String, AnnotationId)> {
    let targets: Vec<&Drawn> =
        drawn.iter().filter(|d| Some(&d.id) != except && !d.rects.is_empty()).collect();
    let mut taken: Vec<Rect> = Vec::new();
    let mut all = Vec::new();
    for (hint, target) in hints(targets.len()).into_iter().zip(targets) {
        if hint.starts_with(typed)
            && let Some(rect) = target.rects.first()
        {
            badge(painter, tokens, *rect, &hint, &mut taken);
        }
        all.push((hint, target.id.clone()));
    }
    all
}

fn badge(painter: &Painter, tokens: &Tokens, words: Rect, hint: &str, taken: &mut Vec<Rect>) {
    let font = FontId::monospace(12.0);
    let galley = painter.layout_no_wrap(hint.to_uppercase(), font, tokens.page);
    let size = galley.size() + vec2(8.0, 2.0);
    let mut ground = Rect::from_min_size(pos2(words.left() - 2.0, words.top() - 1.0), size);
    while taken.iter().any(|other| other.intersects(ground)) {
        ground = ground.translate(vec2(size.x + 1.0, 0.0));
    }
    painter.rect(ground, 4.0, tokens.ink, Stroke::new(1.0, tokens.page), egui::StrokeKind::Outside);
    painter.galley(
        Align2::CENTER_CENTER.anchor_size(ground.center(), galley.size()).min,
        galley,
        tokens.page,
    );
    taken.push(ground);
}

#[cfg(test)]
mod tests {
    use crate::ui::page::hints::hints;

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
}
