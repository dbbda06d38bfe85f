//! Laws of the page's scrolling in long texts of every script. Only tests.
//!
//! However wrong the estimates of what is not laid out yet: nothing in sight jumps, and the words at the upper edge
//! stay there when the page is set anew.

use crate::text::{Offset, Text};
use crate::ui::engine::{Family, TextEngine};
use crate::ui::page::sheet::{PageSheet, Placed, Setting};
use proptest::prelude::*;
use smol_str::SmolStr;
use std::fmt::Write as _;

/// Points of the window.
const WINDOW: f32 = 700.0;
/// Points of the track of the scroll bar.
const TRACK: f64 = 700.0;

/// Sentences whose letters are narrower and wider than estimated.
const SENTENCES: [&str; 7] = [
    "The committee finalised 1,204 affidavits before the summer. ",
    "Министр заявил во вторник, что протесты прекратятся. ",
    "قال الوزير يوم الثلاثاء إن الاحتجاجات ستنتهي بحلول المساء. ",
    "장관은 화요일 수도에서 열린 시위가 저녁까지 끝날 것이라고 말했다. ",
    "部长周二表示，首都的抗议活动将在傍晚前结束。",
    "รัฐมนตรีกล่าวเมื่อวันอังคารว่าการประท้วงในเมืองหลวงจะยุติลง ",
    "WWWWWW MMMMMM “iiiiiiiii” 👩‍👩‍👧‍👦 ",
];

fn setting(width: f32, size: f32) -> Setting {
    Setting {
        width,
        family: Family::Reading,
        size,
        leading: 1.7,
        title_size: 25.0,
        pixels_per_point: 1.0,
        language: SmolStr::default(),
        titled: false,
        head: 90.0,
        below_title: 0.0,
    }
}

/// Paragraphs of one script each, from none to `longest` sentences.
fn mixed(bytes: usize, longest: usize) -> String {
    let mut text = String::new();
    let mut dice = 0x9e37_79b9_u32;
    while text.len() < bytes {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (sentence, count) = (dice as usize >> 8, dice as usize >> 16);
        let sentence = SENTENCES[sentence % SENTENCES.len()];
        writeln!(text, "{}", sentence.repeat(count % (longest + 1))).unwrap();
    }
    text
}

/// Where what both frames show has gone.
fn shifts<'a>(before: &'a [Placed], now: &'a [Placed]) -> impl Iterator<Item = f32> + 'a {
    before.iter().filter_map(|old| {
        let new = now.iter().find(|new| new.index == old.index)?;
        Some(new.y - old.y)
    })
}

/// Where the thumb of the scroll bar is.
fn thumb(sheet: &PageSheet) -> f64 {
    TRACK * sheet.position() / (sheet.total() - f64::from(WINDOW))
}

/// The byte of the text at which the uppermost line that is not above the window begins and ends.
fn top_line(sheet: &mut PageSheet, engine: &mut TextEngine) -> (u32, u32) {
    for placed in sheet.visible(WINDOW, engine) {
        let lines = placed.para.lines().iter();
        if let Some(line) = lines.into_iter().find(|line| placed.y + line.bottom > 0.5) {
            return (placed.start.0 + line.start, placed.start.0 + line.end);
        }
    }
    (0, 0)
}

#[test]
fn a_line_of_ten_megabytes_opens_and_is_paged_through_in_small_layouts() {
    let mut engine = TextEngine::bundled_only();
    let line = mixed(10_000_000, 9).replace('\n', " ");
    let bytes = line.len();
    let mut sheet = PageSheet::new(Text::new(line), setting(640.0, 17.0));
    let mut last = 0;
    for part in [0.0, 0.3, 0.9999] {
        let place = part * sheet.total();
        sheet.scroll_to(place, WINDOW, &mut engine);
        for _ in 0..20 {
            sheet.scroll_by(WINDOW - 60.0, WINDOW, &mut engine);
            let placed = sheet.visible(WINDOW, &mut engine);
            assert!(!placed.is_empty() && placed.len() < 12, "{} pieces in sight", placed.len());
            for piece in &placed {
                assert!(piece.end.bytes() - piece.start.bytes() <= 3 * 1024);
            }
            last = placed.last().unwrap().end.bytes();
        }
    }
    assert_eq!(last, bytes, "the end of the line is reached");
}

#[test]
fn paging_through_a_megabyte_never_moves_what_is_in_sight_nor_the_scroll_bar_back() {
    let mut engine = TextEngine::bundled_only();
    let text = mixed(1_000_000, 9);
    let bytes = text.len();
    let mut sheet = PageSheet::new(Text::new(text), setting(640.0, 17.0));
    let mut before = sheet.visible(WINDOW, &mut engine);
    let (mut bar, mut worst, mut steps) = (thumb(&sheet), 0.0_f64, 0);
    while before.last().unwrap().end.bytes() < bytes {
        let step = if steps % 10 < 7 { 60.0 } else { WINDOW - 60.0 };
        steps += 1;
        sheet.scroll_by(step, WINDOW, &mut engine);
        let now = sheet.visible(WINDOW, &mut engine);
        let at_end = now.last().unwrap().end.bytes() == bytes;
        for shift in shifts(&before, &now) {
            assert!(at_end || (shift + step).abs() < 0.1, "moved by {shift} instead of {step}");
        }
        let new = thumb(&sheet);
        worst = worst.max(bar - new);
        (before, bar) = (now, new);
    }
    assert!(worst < 0.5, "the thumb ran back by {worst} points in {steps} steps");
    assert!((bar - TRACK).abs() < 0.5, "at the end the thumb is at {bar} of {TRACK}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn from_any_place_scrolling_moves_all_that_is_in_sight_by_just_that_to_the_pixel(
        at in 0.0_f32..1.0, steps in prop::collection::vec(-650.0_f32..650.0, 1..12),
    ) {
        let mut engine = TextEngine::bundled_only();
        let text = Text::new(mixed(100_000, 40));
        let start = (at * text.len_bytes() as f32) as u32;
        let mut sheet = PageSheet::new(text, setting(500.0, 17.0));
        sheet.begin_at((Offset(start), 0.3), WINDOW, &mut engine);
        let mut before = sheet.visible(WINDOW, &mut engine);
        // What was rounded off in one step is not lost in the next.
        let mut behind = 0.0;
        for step in steps {
            sheet.scroll_by(step, WINDOW, &mut engine);
            let now = sheet.visible(WINDOW, &mut engine);
            let bytes = sheet.text.len_bytes();
            let at_margin = now.first().unwrap().y > 0.0 || now.last().unwrap().end.0 == bytes;
            let moved: Vec<f32> = shifts(&before, &now).collect();
            let by = moved.first().copied().unwrap_or(-step);
            prop_assert!(moved.iter().all(|shift| (shift - by).abs() < 0.001), "{:?}", moved);
            behind = if at_margin { 0.0 } else { behind + by + step };
            prop_assert!(behind.abs() < 1.1, "moved by {} for {}, {} behind", by, step, behind);
            before = now;
        }
    }

    #[test]
    fn the_words_at_the_upper_edge_stay_there_however_the_page_is_set(
        at in 0.02_f32..0.7, above in 0.0_f32..0.95,
        settings in prop::collection::vec((200.0_f32..900.0, 10_u8..30), 1..8),
    ) {
        let mut engine = TextEngine::bundled_only();
        let text = Text::new(mixed(60_000, 40));
        let start = (at * text.len_bytes() as f32) as u32;
        let mut sheet = PageSheet::new(text, setting(640.0, 17.0));
        sheet.begin_at((Offset(start), above), WINDOW, &mut engine);
        let (first, _) = top_line(&mut sheet, &mut engine);
        for (width, size) in settings {
            sheet.set(setting(width, f32::from(size)));
            let (from, to) = top_line(&mut sheet, &mut engine);
            prop_assert!(from <= first && first <= to, "{} was on top, now {}–{}", first, from, to);
        }
        sheet.set(setting(640.0, 17.0));
        let (back, _) = top_line(&mut sheet, &mut engine);
        prop_assert_eq!(back, first, "and back as before");
    }
}

#[test]
fn while_a_huge_text_is_resized_its_heights_wait_until_it_rests() {
    let mut engine = TextEngine::bundled_only();
    let text = "A short paragraph of the text.\n".repeat(60_000);
    let mut sheet = PageSheet::new(Text::new(text), setting(640.0, 17.0));
    sheet.begin_at((Offset(31 * 30_000), 0.0), WINDOW, &mut engine);
    drop(sheet.visible(WINDOW, &mut engine));
    let (top, total) = (sheet.top(), sheet.total());
    for width in [100.0, 98.0, 96.0, 94.0] {
        sheet.set(setting(width, 17.0));
        drop(sheet.visible(WINDOW, &mut engine));
        assert!(sheet.is_settling(), "estimates wait while the width changes");
        assert!(
            (sheet.total() / total - 1.0).abs() < 0.01,
            "only what is in sight has its new height"
        );
        assert_eq!(sheet.top(), top);
    }
    let mut frames = 0;
    while sheet.is_settling() {
        drop(sheet.visible(WINDOW, &mut engine));
        frames += 1;
        assert!(frames < 20, "it comes to rest");
    }
    assert_eq!(sheet.top(), top, "nothing jumps when the estimates come");
    assert!(sheet.total() > 1.5 * total, "all heights follow");
}
