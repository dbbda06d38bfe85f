//! Where a popup stands: beside the words it is about, never over them, and inside the window.

use egui::{Pos2, Rect, Vec2, pos2};

/// Points between the words and the popup.
const GAP: f32 = 10.0;
/// Points that it keeps from the window's edges.
const EDGE: f32 = 8.0;

/// The upper left corner of a popup of that size: below the words, else above them, else at a side of them.
pub fn beside(words: Rect, size: Vec2, window: Rect) -> Pos2 {
    let inside = |x: f32, y: f32| {
        let most = window.max - size - Vec2::splat(EDGE);
        pos2(x.min(most.x).max(window.left() + EDGE), y.min(most.y).max(window.top() + EDGE))
    };
    let (below, above) = (words.bottom() + GAP, words.top() - GAP - size.y);
    if below + size.y + EDGE <= window.bottom() {
        inside(words.left(), below)
    } else if above >= window.top() + EDGE {
        inside(words.left(), above)
    } else if words.right() + GAP + size.x + EDGE <= window.right() {
        inside(words.right() + GAP, words.top())
    } else if words.left() - GAP - size.x >= window.left() + EDGE {
        inside(words.left() - GAP - size.x, words.top())
    } else if window.bottom() - words.bottom() >= words.top() - window.top() {
        pos2(inside(words.left(), 0.0).x, below)
    } else {
        inside(words.left(), above)
    }
}

/// How high a popup may be beside the words, of at most `wanted` and at least `least`.
pub fn room(words: Rect, window: Rect, wanted: f32, least: f32) -> f32 {
    let room = (window.bottom() - words.bottom()).max(words.top() - window.top());
    (room - GAP - 2.0 * EDGE).clamp(least, wanted.max(least))
}

#[cfg(test)]
mod tests {
    use crate::ui::page::beside::{beside, room};
    use egui::{Rect, pos2, vec2};

    #[test]
    fn a_popup_never_lies_over_its_words_and_stays_in_the_window() {
        let window = Rect::from_min_size(pos2(0.0, 0.0), vec2(1024.0, 640.0));
        for x in [10.0, 400.0, 900.0] {
            for y in (10..620).step_by(30) {
                let words = Rect::from_min_size(pos2(x, y as f32), vec2(100.0, 20.0));
                let size = vec2(300.0, room(words, window, 480.0, 200.0));
                let popup = Rect::from_min_size(beside(words, size, window), size);
                assert!(!popup.intersects(words), "{words} {popup}");
                assert!(window.contains_rect(popup), "{words} {popup}");
            }
        }
    }
}
