//! Laws of caret and selection on laid out text, in every script. Only tests.
//!
//! Whatever is dragged over, or selected by any keys, is a span on grapheme boundaries, and what the screen shows
//! selected is its quote and no more; a place on the screen leads to a place in the text and back; no move is stuck.

use crate::model::Fragments;
use crate::text::{Offset, Span, Text, grapheme_after, is_grapheme_boundary};
use crate::ui::engine::{Family, TextEngine};
use crate::ui::page::caret::{Caret, Edges, Extend, Move};
use crate::ui::page::marks::stretches;
use crate::ui::page::pointer::place_at;
use crate::ui::page::sheet::{PageSheet, Placed, Setting};
use egui::{Pos2, Rect, pos2};
use proptest::prelude::*;
use smol_str::SmolStr;

/// Texts of several paragraphs.
const TEXTS: [&str; 12] = [
    "The committee’s office finalised 1,204 affidavits.\n\n“It will,” he said, “be built.” Then he left.\n",
    "Министр заявил во вторник, что протесты прекратятся. «Да», — сказал он.\nВторая строка: й и ё.",
    "قال الوزير يوم الثلاثاء إن الاحتجاجات ستنتهي بحلول المساء.\n\nقال John Smith إن الرقم 2024/03/12 صحيح (أو 15%) في القاهرة.\nانتهى",
    "השר אמר ביום שלישי כי ההפגנות יסתיימו.\nThe word שלום and the number 42 עולם, then العربية again.\nסוף",
    "First in English.\nقال الوزير يوم الثلاثاء إن الاحتجاجات في العاصمة ستنتهي.\nThen English שלום\n(עולם) and more.",
    "장관은 화요일 수도에서 열린 시위가 저녁까지 끝날 것이라고 말했다.\n\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} 각.",
    "部长周二表示，首都的抗议活动将在傍晚前结束。记者未能核实这一说法。\n火曜日、首都での抗議は終わる。",
    "รัฐมนตรีกล่าวเมื่อวันอังคารว่าการประท้วงในเมืองหลวงจะยุติลง\nน้ำ",
    "मंत्री ने मंगलवार को कहा कि राजधानी में विरोध प्रदर्शन शाम तक समाप्त हो जाएंगे।\nक्षत्रिय",
    "Family 👩‍👩‍👧‍👦, flags 🇰🇷🇪🇬🇰🇷, thumbs 👍🏽 and a heart ❤️.\n🇰🇷🇪🇬\n  \n\u{301}odd",
    "a\tb y\u{ad}z soft\u{ad}hyphenation\u{ad}here w\u{200b}v\u{200f}u \u{2067}t\u{2069}s\u{202e}rqp\u{202c} q\u{308}\u{489}e\u{301}\u{302} n\u{303}\n\u{200f}\n\u{a0}",
    "https://example.org/a/very/long/path/without/any/break?query=affidavits\n\n\n",
];

/// A window in which everything is in sight.
const ALL: f32 = 1.0e6;

fn sheet(content: &str, width: f32) -> PageSheet {
    let setting = Setting {
        width,
        family: Family::Reading,
        size: 16.0,
        leading: 1.5,
        title_size: 24.0,
        pixels_per_point: 1.0,
        language: SmolStr::default(),
        titled: false,
        head: 0.0,
        below_title: 0.0,
    };
    PageSheet::new(Text::new(content), setting)
}

/// Each text at a width, with a fresh engine for all.
fn each(mut check: impl FnMut(&mut PageSheet, &mut TextEngine)) {
    let mut engine = TextEngine::bundled_only();
    let long = [
        "word ".repeat(700),
        "語".repeat(1100),
        format!("First. {}\nLast.", "قال الوزير ".repeat(170)),
    ];
    let all = TEXTS.iter().copied().chain(long.iter().map(String::as_str));
    for text in all {
        for width in [90.0, 320.0] {
            check(&mut sheet(text, width), &mut engine);
        }
    }
}

fn graphemes(text: &Text) -> Vec<Span> {
    let end = Offset(text.len_bytes());
    let mut all = Vec::new();
    let mut at = Offset(0);
    while at < end {
        let next = grapheme_after(text, at);
        all.extend(Span::between(at, next));
        at = next;
    }
    all
}

/// The caret on the screen; in an empty paragraph it is no higher than the gap.
fn drawn(caret: &Caret, placed: &[Placed], sheet: &PageSheet) -> Rect {
    let (index, hit) = caret.hit(sheet);
    let placed = placed.iter().find(|placed| placed.index == index).unwrap();
    let place = placed.para.caret(hit).translate(egui::vec2(0.0, placed.y));
    let (_, height) = sheet.place_of(placed.start);
    place.with_max_y(place.bottom().min(placed.y + height))
}

fn placed_at((at, upstream): (Offset, bool)) -> Caret {
    let mut caret = Caret::default();
    caret.put(at, Extend::No);
    caret.upstream = upstream;
    caret
}

/// What is shown selected is exactly the quote.
fn assert_shown(words: &Fragments, placed: &[Placed], text: &Text) {
    let at = Pos2::ZERO;
    let shown: Vec<_> =
        words.spans().iter().flat_map(|span| stretches(placed, at, *span)).collect();
    for grapheme in graphemes(text) {
        let inside = words.spans().iter().any(|span| span.contains(grapheme));
        let touched = words.spans().iter().any(|span| span.overlaps(grapheme));
        assert_eq!(inside, touched, "{:?} is cut in {text:?}", text.slice(grapheme));
        for (piece, own) in stretches(placed, at, grapheme) {
            // Without width there is nothing to see between its neighbours.
            if own.rect.width() <= 2.01 {
                continue;
            }
            let middle = own.rect.center();
            let seen = shown.iter().any(|(other, part)| {
                *other == piece && part.line == own.line && part.rect.contains(middle)
            });
            let (letters, quote) = (text.slice(grapheme), text.slice(words.hull()));
            assert_eq!(seen, inside, "{letters:?} beside {quote:?}");
        }
    }
}

fn assert_selection(caret: &Caret, placed: &[Placed], text: &Text) {
    for end in [caret.at, caret.anchor] {
        assert!(is_grapheme_boundary(text, end), "{end:?} cuts a grapheme");
    }
    for edges in [Edges::Trimmed, Edges::Exact] {
        if let Some(words) = caret.words(text, edges) {
            assert_shown(&words, placed, text);
        }
    }
}

/// Walks with `to` until nothing moves any more; every place on the way, the first one included.
fn walk(
    caret: &mut Caret,
    to: Move,
    sheet: &mut PageSheet,
    engine: &mut TextEngine,
) -> Vec<(Offset, bool)> {
    let mut places = vec![(caret.at, caret.upstream)];
    // A place has two names at most, and each is met once.
    let most = 2 * graphemes(&sheet.text).len() + 10;
    loop {
        caret.go(to, Extend::No, sheet, engine);
        let now = (caret.at, caret.upstream);
        if places.last() == Some(&now) {
            return places;
        }
        places.push(now);
        let last = &places[places.len().saturating_sub(12)..];
        assert!(places.len() <= most, "{to:?} goes round in {:?}: {last:?}", sheet.text.as_str());
    }
}

/// Piece and place in it, without laying out the others.
fn drawn_at(caret: &Caret, sheet: &mut PageSheet, engine: &mut TextEngine) -> (usize, Rect) {
    let (index, hit) = caret.hit(sheet);
    (index, sheet.layout(index, engine).caret(hit))
}

fn moves() -> impl Strategy<Value = Vec<(Move, Extend)>> {
    let to = prop::sample::select(vec![
        Move::Left,
        Move::Right,
        Move::WordLeft,
        Move::WordRight,
        Move::SentenceStart,
        Move::SentenceEnd,
        Move::ParagraphBefore,
        Move::ParagraphAfter,
        Move::Up,
        Move::Down,
        Move::Page(70.0),
        Move::Page(-70.0),
        Move::LineStart,
        Move::LineEnd,
        Move::TextStart,
        Move::TextEnd,
    ]);
    let extend = prop_oneof![2 => Just(Extend::Yes), 1 => Just(Extend::No)];
    prop::collection::vec((to, extend), 1..14)
}

#[test]
fn right_leads_from_the_first_place_to_the_last_and_left_the_same_way_back() {
    each(|sheet, engine| {
        let (there, back) =
            if sheet.is_rtl() { (Move::Left, Move::Right) } else { (Move::Right, Move::Left) };
        let mut caret = Caret::default();
        // The first place on the screen may be the end of a paragraph that runs the other way.
        walk(&mut caret, back, sheet, engine);
        let first = drawn_at(&caret, sheet, engine);
        let forth = walk(&mut caret, there, sheet, engine);
        let returned = walk(&mut caret, back, sheet, engine);
        assert_eq!(drawn_at(&caret, sheet, engine), first, "{:?}", sheet.text.as_str());
        let mut seen: Vec<u32> = forth.iter().chain(&returned).map(|(at, _)| at.0).collect();
        seen.sort_unstable();
        for grapheme in graphemes(&sheet.text) {
            let (text, at) = (&sheet.text, grapheme.start());
            let index = sheet.pieces.at(at);
            let (start, _) = sheet.pieces.bounds(text, index);
            let byte = at.0 - start.0;
            let whole = sheet.layout(index, engine).rects(byte..byte + 1);
            let own = sheet.layout(index, engine).rects(byte..grapheme.end().0 - start.0);
            // What a font fuses has no caret inside.
            let reached = seen.binary_search(&at.0).is_ok() || whole != own;
            assert!(reached, "no arrow reaches {at:?} of {:?}", sheet.text.as_str());
        }
        assert!(seen.contains(&sheet.text.len_bytes()), "{:?}", sheet.text.as_str());
    });
}

#[test]
fn every_other_move_leads_to_the_end_and_back_to_the_beginning() {
    let pairs = [
        (Move::SentenceEnd, Move::SentenceStart),
        (Move::ParagraphAfter, Move::ParagraphBefore),
        (Move::Down, Move::Up),
        (Move::Page(100.0), Move::Page(-100.0)),
    ];
    each(|sheet, engine| {
        let end = Offset(sheet.text.len_bytes());
        for (there, back) in pairs {
            let mut caret = Caret::default();
            walk(&mut caret, there, sheet, engine);
            assert_eq!(caret.at, end, "{there:?} in {:?}", sheet.text.as_str());
            walk(&mut caret, back, sheet, engine);
            assert_eq!(caret.at, Offset(0), "{back:?} in {:?}", sheet.text.as_str());
        }
        let words = if sheet.is_rtl() {
            (Move::WordLeft, Move::WordRight)
        } else {
            (Move::WordRight, Move::WordLeft)
        };
        let mut caret = Caret::default();
        let last = sheet.text.paragraph_count() - 1;
        walk(&mut caret, words.0, sheet, engine);
        assert_eq!(sheet.text.paragraph_at(caret.at), last, "{:?}", sheet.text.as_str());
        walk(&mut caret, words.1, sheet, engine);
        assert_eq!(sheet.text.paragraph_at(caret.at), 0, "{:?}", sheet.text.as_str());
    });
}

#[test]
fn all_parts_of_a_long_paragraph_are_read_as_its_beginning_is() {
    let mut engine = TextEngine::bundled_only();
    let words = "قال John Smith الوزير ".repeat(300);
    for (content, rtl) in [(words.clone(), true), (format!("First. {words}"), false)] {
        let mut sheet = sheet(&content, 320.0);
        assert!(sheet.pieces.count() > 2);
        // The last one first: it is what a jump to the end lays out.
        for index in (0..sheet.pieces.count()).rev() {
            assert_eq!(sheet.layout(index, &mut engine).is_rtl(), rtl, "piece {index}");
        }
    }
}

#[test]
fn home_and_end_stay_on_their_line_and_are_the_same_when_pressed_again() {
    each(|sheet, engine| {
        let mut caret = Caret::default();
        for _ in 0..60 {
            let line = drawn_at(&caret, sheet, engine);
            for to in [Move::LineEnd, Move::LineStart, Move::LineEnd] {
                caret.go(to, Extend::No, sheet, engine);
                let once = (caret.at, caret.upstream);
                let now = drawn_at(&caret, sheet, engine);
                assert_eq!((now.0, now.1.top()), (line.0, line.1.top()), "{to:?}");
                caret.go(to, Extend::No, sheet, engine);
                assert_eq!((caret.at, caret.upstream), once, "{to:?}");
            }
            caret.go(Move::Down, Extend::No, sheet, engine);
        }
    });
}

#[test]
fn down_and_up_again_is_the_same_line_and_keeps_the_distance_from_the_left() {
    each(|sheet, engine| {
        let mut caret = Caret::default();
        caret.go(Move::LineEnd, Extend::No, sheet, engine);
        for _ in 0..20 {
            let before = drawn_at(&caret, sheet, engine);
            let mut other = caret.clone();
            other.go(Move::Down, Extend::No, sheet, engine);
            if drawn_at(&other, sheet, engine).1 != before.1
                && other.at < Offset(sheet.text.len_bytes())
            {
                other.go(Move::Up, Extend::No, sheet, engine);
                assert_eq!(drawn_at(&other, sheet, engine), before, "{:?}", sheet.text.as_str());
            }
            caret.go(Move::Down, Extend::No, sheet, engine);
            caret.go(Move::LineEnd, Extend::No, sheet, engine);
        }
    });
}

#[test]
fn growing_ends_at_the_paragraph_and_shrinking_comes_back() {
    each(|sheet, engine| {
        let text = sheet.text.clone();
        let placed = sheet.visible(ALL, engine);
        for edges in [Edges::Trimmed, Edges::Exact] {
            for grapheme in graphemes(&text).into_iter().step_by(7).take(20) {
                let mut caret = Caret::default();
                caret.put(grapheme.start(), Extend::No);
                let mut seen = Vec::new();
                while caret.larger(&text, edges).is_some() {
                    let before = caret.words(&text, edges);
                    caret.grow(&text, edges);
                    let now = caret.words(&text, edges);
                    assert_ne!(now, before, "a key for nothing in {:?}", text.as_str());
                    seen.push(before);
                    assert!(
                        seen.len() <= 4,
                        "{edges:?} {grapheme:?} {seen:?} {now:?} {:?}",
                        text.as_str()
                    );
                }
                assert_selection(&caret, &placed, &text);
                for before in seen.into_iter().rev() {
                    assert!(caret.can_shrink(&text, edges));
                    caret.shrink(&text, edges);
                    assert_eq!(caret.words(&text, edges), before);
                }
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_keys_select_is_what_is_shown_and_cuts_no_grapheme(
        number in 0..TEXTS.len(), width in 60.0_f32..400.0, from in 0.0_f32..1.0,
        all in moves(), grow in 0_usize..5, keep in any::<bool>(),
    ) {
        let mut engine = TextEngine::bundled_only();
        let mut sheet = sheet(TEXTS[number], width);
        let placed = sheet.visible(ALL, &mut engine);
        let text = sheet.text.clone();
        let mut caret = Caret::default();
        let end = from * text.len_bytes() as f32;
        let start = graphemes(&text).into_iter().map(Span::start).rfind(|at| at.0 as f32 <= end);
        caret.put(start.unwrap_or_default(), Extend::No);
        for (step, (to, extend)) in all.into_iter().enumerate() {
            caret.go(to, extend, &mut sheet, &mut engine);
            if keep && step == 3 {
                caret.keep();
            }
            assert_selection(&caret, &placed, &text);
        }
        for _ in 0..grow {
            caret.grow(&text, Edges::Trimmed);
            assert_selection(&caret, &placed, &text);
        }
        for _ in 0..grow {
            caret.shrink(&text, Edges::Trimmed);
            assert_selection(&caret, &placed, &text);
        }
    }

    #[test]
    fn what_is_dragged_over_is_what_is_shown_and_cuts_no_grapheme(
        number in 0..TEXTS.len(), width in 60.0_f32..400.0,
        from in (-20.0_f32..420.0, -10.0_f32..400.0), to in (-20.0_f32..420.0, -10.0_f32..400.0),
    ) {
        let mut engine = TextEngine::bundled_only();
        let mut sheet = sheet(TEXTS[number], width);
        let placed = sheet.visible(ALL, &mut engine);
        let at = |(x, y): (f32, f32)| place_at(&placed, Pos2::ZERO, pos2(x, y));
        let (from, to) = (at(from), at(to));
        let mut caret = Caret::default();
        caret.drag(&sheet.text, from.0, to);
        assert_selection(&caret, &placed, &sheet.text);
        // The caret is drawn beside what is selected, on the line to which one dragged.
        prop_assert_eq!(caret.at, to.0);
        let shown = drawn(&caret, &placed, &sheet);
        prop_assert!(shown.is_finite());
    }

    #[test]
    fn a_place_on_the_screen_leads_to_a_place_in_the_text_and_back(
        number in 0..TEXTS.len(), width in 60.0_f32..400.0,
        spots in prop::collection::vec((-20.0_f32..420.0, -10.0_f32..500.0), 1..30),
    ) {
        let mut engine = TextEngine::bundled_only();
        let mut sheet = sheet(TEXTS[number], width);
        let placed = sheet.visible(ALL, &mut engine);
        for (x, y) in spots {
            let (at, upstream) = place_at(&placed, Pos2::ZERO, pos2(x, y));
            let caret = placed_at((at, upstream));
            let first = drawn(&caret, &placed, &sheet);
            let again = place_at(&placed, Pos2::ZERO, first.center());
            let caret = placed_at(again);
            prop_assert_eq!(drawn(&caret, &placed, &sheet), first, "{:?}", (at, upstream));
        }
    }
}
