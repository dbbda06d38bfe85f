//! Words in their context: what stands before them ends where they begin, row under row.
//!
//! In a right-to-left text the sides are exchanged, as they are on the page.

use crate::ui::engine::{Para, Style, TextEngine};
use crate::ui::theme::Tokens;
use crate::ui::widgets::Face;
use egui::{Color32, Rect, Ui, pos2};
use std::sync::Arc;

/// Points between the words and their context.
const GAP: f32 = 4.0;

/// Draws `before`, the bold `hit`, and `after` in `room`; the hit begins at the share `at` of its width.
pub fn kwic(
    ui: &Ui,
    (tokens, engine): (&Tokens, &mut TextEngine),
    room: Rect,
    at: f32,
    (before, hit, after): (&str, &str, &str),
) {
    let ppp = ui.pixels_per_point();
    let (plain, bold) = (Face::Plain.style(tokens), Face::Bold.style(tokens));
    let whole = engine.shaped(&format!("{before}{hit}{after}"), f32::INFINITY, &plain, ppp);
    let (left, right) = if whole.is_rtl() { (after, before) } else { (before, after) };
    let x = room.left() + room.width() * at;
    let cut = if whole.is_rtl() { [Cut::Tail, Cut::Head] } else { [Cut::Head, Cut::Tail] };
    let [left_cut, right_cut] = cut;
    let hit = fitted(engine, hit, (&bold, ppp), room.right() - x, Cut::Tail);
    let end = x + hit.size().x;
    let spaced = |words: &str, edge: Option<char>| {
        if edge.is_some_and(char::is_whitespace) || words.is_empty() { GAP } else { 0.0 }
    };
    let (left_gap, right_gap) = if whole.is_rtl() {
        (spaced(left, left.chars().next()), spaced(right, right.chars().next_back()))
    } else {
        (spaced(left, left.chars().next_back()), spaced(right, right.chars().next()))
    };
    let put = |engine: &mut TextEngine, para: &Para, x: f32, ink: Color32| {
        let painter = ui.painter_at(room);
        engine.paint(&painter, pos2(x, room.center().y - para.size().y / 2.0), para, ink);
    };
    let width = (x - left_gap - room.left()).max(0.0);
    let left = fitted(engine, left.trim(), (&plain, ppp), width, left_cut);
    put(engine, &left, x - left_gap - left.size().x, tokens.muted);
    put(engine, &hit, x, tokens.ink);
    let width = (room.right() - end - right_gap).max(0.0);
    let right = fitted(engine, right.trim(), (&plain, ppp), width, right_cut);
    put(engine, &right, end + right_gap, tokens.muted);
}

/// The end of a text that goes where there is no room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Its beginning.
    Head,
    /// Its end.
    Tail,
}

/// As much of `words` as fits into `width`, cut between words where that costs little.
fn fitted(
    engine: &mut TextEngine,
    words: &str,
    (style, ppp): (&Style, f32),
    width: f32,
    cut: Cut,
) -> Arc<Para> {
    let mut shown = words.to_owned();
    loop {
        let para = engine.shaped(&shown, f32::INFINITY, style, ppp);
        let count = shown.chars().filter(|c| *c != '…').count();
        if para.size().x <= width || count == 0 {
            return para;
        }
        let keep = (count as f32 * width / para.size().x.max(1.0)) as usize;
        shown = shorter(&shown, keep.min(count - 1), cut);
    }
}

/// At most `keep` characters of `words`, and an ellipsis where the others were.
fn shorter(words: &str, keep: usize, cut: Cut) -> String {
    let words = words.trim_matches('…');
    let count = words.chars().count();
    let kept: String = match cut {
        Cut::Head => words.chars().skip(count.saturating_sub(keep)).collect(),
        Cut::Tail => words.chars().take(keep).collect(),
    };
    let near = |at: usize| at < 14 && at < kept.len();
    let tidy = match cut {
        Cut::Head => kept.find(char::is_whitespace).filter(|at| near(*at)),
        Cut::Tail => kept.rfind(char::is_whitespace).filter(|at| near(kept.len() - at)),
    };
    match (cut, tidy) {
        (_, _) if keep == 0 => String::new(),
        (Cut::Head, Some(at)) => format!("…{}", kept.get(at..).unwrap_or_default().trim_start()),
        (Cut::Tail, Some(at)) => format!("{}…", kept.get(..at).unwrap_or_default().trim_end()),
        (Cut::Head, None) => format!("…{kept}"),
        (Cut::Tail, None) => format!("{kept}…"),
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::engine::TextEngine;
    use crate::ui::theme::Tokens;
    use crate::ui::widgets::Face;
    use crate::ui::widgets::kwic::*;

    #[test]
    fn the_side_next_to_the_hit_is_kept_and_fits() {
        let mut engine = TextEngine::bundled_only();
        let style = Face::Plain.style(&Tokens::light());
        let text = "a long way before the words that were looked for in the old town";
        for width in [0.0, 30.0, 90.0, 200.0] {
            for cut in [Cut::Head, Cut::Tail] {
                let para = fitted(&mut engine, text, (&style, 1.0), width, cut);
                assert!(para.size().x <= width, "{} of {width}", para.size().x);
            }
        }
        assert_eq!(shorter("one two three", 9, Cut::Head), "…three");
        assert_eq!(shorter("one two three", 9, Cut::Tail), "one two…");
    }
}
