//! Laws that every laid out paragraph obeys, in every script, width and scale.
//!
//! They run on the bundled fonts alone: a script without a font is laid out in boxes, and the laws
//! hold for boxes too.

use egui::vec2;
use proptest::prelude::*;
use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::ui::engine::para::Cluster;
use crate::ui::engine::{Affinity, Direction, Family, Hit, Para, Style, TextEngine};

const TEXTS: [&str; 16] = [
    "The committee’s office finalised 1,204 affidavits before Tuesday’s difficult vote.",
    "Министр заявил во вторник, что протесты в столице прекратятся к вечеру.",
    "장관은 화요일 수도에서 열린 시위가 저녁까지 끝날 것이라고 말했다.",
    "قال الوزير يوم الثلاثاء إن الاحتجاجات في العاصمة ستنتهي بحلول المساء.",
    "השר אמר ביום שלישי כי ההפגנות בבירה יסתיימו עד הערב.",
    "部长周二表示，首都的抗议活动将在傍晚前结束。记者未能核实这一说法。",
    "รัฐมนตรีกล่าวเมื่อวันอังคารว่าการประท้วงในเมืองหลวงจะยุติลง",
    "मंत्री ने मंगलवार को कहा कि राजधानी में विरोध प्रदर्शन शाम तक समाप्त हो जाएंगे।",
    "Family 👩‍👩‍👧‍👦, flags 🇰🇷🇪🇬, thumbs 👍🏽 and a heart ❤️ in one line.",
    "قال John Smith إن الرقم 2024/03/12 صحيح (أو 15%) في القاهرة.",
    "The word שלום and the number 42 עולם, then العربية again.",
    "a\tb\u{7}c\nd\r\ne \u{301}x\u{a0}y\u{ad}z\u{200b}w\u{200f}v\u{2067}u\u{2069}t",
    "q\u{308}\u{489}e\u{301}\u{302} n\u{303}",
    "https://example.org/a/very/long/path/without/any/break?query=affidavits",
    "first\u{2028}second\u{2029}",
    "",
];
const WIDTHS: [f32; 3] = [70.0, 240.0, f32::INFINITY];
const SCALES: [f32; 2] = [1.0, 2.0];

fn style() -> Style {
    Style {
        family: Family::Reading,
        size: 16.0,
        line_height: 24.0,
        bold: false,
        language: SmolStr::default(),
    }
}

fn every_paragraph(mut check: impl FnMut(&str, &Para)) {
    let mut engine = TextEngine::bundled_only();
    for text in TEXTS {
        for width in WIDTHS {
            for scale in SCALES {
                check(text, &engine.layout(text, width, &style(), scale));
            }
        }
    }
}

fn in_order(para: &Para) -> Vec<Cluster> {
    let mut clusters = para.clusters.clone();
    clusters.sort_by_key(|cluster| cluster.start);
    clusters
}

fn assert_tiled(text: &str, para: &Para) {
    let mut end = 0;
    for cluster in in_order(para) {
        assert_eq!(cluster.start, end, "{text:?}");
        assert!(cluster.end > cluster.start, "{text:?}");
        end = cluster.end;
    }
    assert_eq!(end as usize, text.len(), "{text:?}");
    let boundaries: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    for cluster in &para.clusters {
        assert!(boundaries.binary_search(&(cluster.start as usize)).is_ok(), "{text:?}");
    }
    let mut start = 0;
    for line in para.lines() {
        assert_eq!(line.start, start, "{text:?}");
        start = line.end;
    }
    assert_eq!(start as usize, text.len(), "{text:?}");
}

fn points(para: &Para) -> Vec<egui::Vec2> {
    let mut points = Vec::new();
    for line in para.lines() {
        let mut x = line.left - 20.0;
        while x < line.right + 20.0 {
            points.push(vec2(x, f32::midpoint(line.top, line.bottom)));
            x += 1.7;
        }
    }
    points
}

fn assert_hits(text: &str, para: &Para) {
    for point in points(para) {
        let hit = para.hit(point);
        let caret = para.caret(hit);
        assert!(caret.top() <= point.y && point.y < caret.bottom(), "{text:?} {point:?} {hit:?}");
        let again = para.hit(vec2(caret.left(), point.y));
        assert_eq!(para.caret(again), caret, "{text:?} {point:?} {hit:?} {again:?}");
    }
}

fn assert_rects(text: &str, para: &Para, from: u32, to: u32) {
    let wanted: f32 = para
        .clusters
        .iter()
        .filter(|cluster| cluster.start < to && from < cluster.end)
        .map(|cluster| cluster.x1 - cluster.x0)
        .sum();
    let pieces = para.rects(from..to);
    let covered: f32 = pieces.iter().map(|piece| piece.rect.width()).sum();
    // A piece without width is widened so that it can be seen.
    let widened = 2.0 * pieces.iter().filter(|piece| piece.rect.width() <= 2.01).count() as f32;
    assert!(covered + 0.05 >= wanted, "{text:?} {from}..{to}: {covered} of {wanted}");
    assert!(covered <= wanted + widened + 0.05, "{text:?} {from}..{to}: {covered} of {wanted}");
    for cluster in &para.clusters {
        let inside = cluster.start < to && from < cluster.end;
        let line = para.lines().iter().position(|line| line.end >= cluster.end).unwrap_or(0);
        let middle = f32::midpoint(cluster.x0, cluster.x1);
        let painted = pieces.iter().any(|piece| {
            piece.line == line && piece.rect.left() <= middle && middle <= piece.rect.right()
        });
        let thin = pieces.iter().any(|piece| piece.rect.width() <= 2.01);
        if cluster.x1 - cluster.x0 > 2.5 && !thin {
            assert_eq!(painted, inside, "{text:?} {from}..{to} {cluster:?}");
        }
    }
}

/// Walks until the arrow key leads no further, and returns the places seen.
fn walk(text: &str, para: &Para, from: Hit, direction: Direction) -> Vec<Hit> {
    let mut places = vec![from];
    let mut hit = from;
    while let Some(next) = para.step_visual(hit, direction) {
        assert_ne!(next, hit, "{text:?}");
        places.push(next);
        hit = next;
        assert!(places.len() < 4 * text.len() + 8, "{text:?}: the walk does not end");
    }
    places
}

fn assert_walks(text: &str, para: &Para) {
    let ends = [
        Hit { byte: 0, affinity: Affinity::Downstream },
        Hit { byte: text.len() as u32, affinity: Affinity::Upstream },
    ];
    let mut seen = Vec::new();
    for (end, direction) in
        ends.into_iter().flat_map(|end| [(end, Direction::Left), (end, Direction::Right)])
    {
        let far = walk(text, para, end, direction).last().copied().unwrap_or(end);
        let back = match direction {
            Direction::Left => Direction::Right,
            Direction::Right => Direction::Left,
        };
        seen.extend(walk(text, para, far, back).iter().map(|hit| hit.byte));
    }
    for cluster in &para.clusters {
        assert!(seen.contains(&cluster.start), "{text:?}: no arrow reaches {}", cluster.start);
    }
    assert!(seen.contains(&(text.len() as u32)), "{text:?}: no arrow reaches the end");
}

#[test]
fn clusters_tile_the_text_on_grapheme_boundaries() {
    every_paragraph(assert_tiled);
}

#[test]
fn a_hit_leads_to_a_caret_on_its_line_and_back() {
    every_paragraph(assert_hits);
}

#[test]
fn arrow_keys_reach_every_place_and_end() {
    every_paragraph(assert_walks);
}

#[test]
fn every_line_has_the_set_height() {
    every_paragraph(|text, para| {
        assert!(!para.lines().is_empty());
        for (index, line) in para.lines().iter().enumerate() {
            assert!((line.top - 24.0 * index as f32).abs() < 0.001, "{text:?}");
            assert!((line.bottom - line.top - 24.0).abs() < 0.001, "{text:?}");
        }
        let height = 24.0 * para.lines().len() as f32;
        assert!((para.size().y - height).abs() < 0.001, "{text:?}");
    });
}

#[test]
fn no_line_is_wider_than_the_width_but_for_trailing_spaces() {
    let mut engine = TextEngine::bundled_only();
    for text in TEXTS {
        for width in [70.0, 240.0] {
            let para = engine.layout(text, width, &style(), 1.0);
            assert!(para.size().x <= width + 1.0, "{text:?}: {}", para.size().x);
        }
    }
}

#[test]
fn arabic_and_hebrew_paragraphs_run_from_right_to_left() {
    let mut engine = TextEngine::bundled_only();
    let rtl: Vec<bool> =
        TEXTS.iter().map(|text| engine.layout(text, 240.0, &style(), 1.0).is_rtl()).collect();
    let wanted: Vec<bool> = (0..TEXTS.len()).map(|index| matches!(index, 3 | 4 | 9)).collect();
    assert_eq!(rtl, wanted);
}

fn junk() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '\u{0}',
        '\t',
        '\n',
        '\r',
        '\u{85}',
        '\u{ad}',
        '\u{301}',
        '\u{489}',
        '\u{e33}',
        '\u{5d0}',
        '\u{627}',
        '\u{644}',
        '\u{200b}',
        '\u{200d}',
        '\u{200f}',
        '\u{202e}',
        '\u{2067}',
        '\u{2028}',
        '\u{2029}',
        '\u{fe0f}',
        '\u{1f1ea}',
        '\u{1f469}',
        '\u{1f3fd}',
        '한',
        '中',
        'ﬁ',
        'a',
        ' ',
        '1',
    ]);
    prop::collection::vec(prop_oneof![3 => odd, 1 => any::<char>()], 0..40)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rectangles_cover_exactly_the_clusters_of_a_range(
        number in 0..TEXTS.len(), width in 60.0_f32..400.0, from in 0.0_f32..1.0, to in 0.0_f32..1.0,
    ) {
        let text = TEXTS[number];
        let para = TextEngine::bundled_only().layout(text, width, &style(), 1.25);
        let at = |share: f32| (share * text.len() as f32) as u32;
        assert_rects(text, &para, at(from.min(to)), at(from.max(to)));
    }

    #[test]
    fn junk_never_panics_and_stays_tiled(text in junk(), width in 1.0_f32..300.0) {
        let mut engine = TextEngine::bundled_only();
        let para = engine.layout(&text, width, &style(), 1.5);
        assert_tiled(&text, &para);
        for point in points(&para) {
            let hit = para.hit(point);
            prop_assert!(text.is_char_boundary(hit.byte as usize));
            prop_assert!(para.caret(hit).is_finite());
        }
        for direction in [Direction::Left, Direction::Right] {
            let start = Hit { byte: 0, affinity: Affinity::Downstream };
            prop_assert!(!walk(&text, &para, start, direction).is_empty());
        }
        prop_assert!(para.rects(0..text.len() as u32).iter().all(|piece| piece.rect.is_finite()));
    }
}
