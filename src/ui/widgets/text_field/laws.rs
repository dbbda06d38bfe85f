//! Laws that a field obeys whatever is typed into it, in every script.

use egui::vec2;
use proptest::prelude::*;
use smol_str::SmolStr;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::ui::engine::{Affinity, Direction, Family, Style, TextEngine};
use crate::ui::widgets::text_field::editing::{Editing, Extend, Lines, Reach, Spot, Way};
use crate::ui::widgets::text_field::laid::{Laid, Setting};

const PARTS: [&str; 18] = [
    "a",
    "Berg ",
    "قال ",
    "الوزير",
    "שלום",
    "장관",
    "\u{1112}",
    "\u{1161}",
    "\u{11ab}",
    "部长",
    "\u{301}",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🇰🇷",
    "\u{200d}",
    "मंत्री",
    "\n",
    "12 (؟)",
];

/// What may be done to a field.
#[derive(Clone, Debug)]
enum Deed {
    Type(&'static str),
    Insert(String),
    Erase(Reach, Way),
    Go(usize, Extend),
    Select(usize, usize),
    Compose(&'static str),
    Commit(&'static str),
    BreakLine,
    EraseAround(usize, usize),
    Undo(Way),
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PARTS[..]), 0..12).prop_map(|parts| parts.concat())
}

fn deed() -> impl Strategy<Value = Deed> {
    let part = || prop::sample::select(&PARTS[..]);
    let way = || prop::sample::select(&[Way::Back, Way::Forth][..]);
    let reach = || prop::sample::select(&[Reach::Grapheme, Reach::Word, Reach::Paragraph][..]);
    let extend = || prop::sample::select(&[Extend::Yes, Extend::No][..]);
    prop_oneof![
        4 => part().prop_map(Deed::Type),
        1 => words().prop_map(Deed::Insert),
        3 => (reach(), way()).prop_map(|(reach, way)| Deed::Erase(reach, way)),
        3 => (0_usize..80, extend()).prop_map(|(at, extend)| Deed::Go(at, extend)),
        1 => (0_usize..80, 0_usize..80).prop_map(|(anchor, at)| Deed::Select(anchor, at)),
        2 => part().prop_map(Deed::Compose),
        1 => part().prop_map(Deed::Commit),
        1 => Just(Deed::BreakLine),
        1 => (0_usize..3, 0_usize..3).prop_map(|(back, forth)| Deed::EraseAround(back, forth)),
        1 => way().prop_map(Deed::Undo),
    ]
}

fn perform(editing: &mut Editing, text: &mut String, deed: &Deed) -> bool {
    match deed {
        Deed::Type(words) => editing.typed(text, words),
        Deed::Insert(words) => editing.insert(text, words),
        Deed::Erase(reach, way) => editing.erase(text, *reach, *way),
        Deed::Go(byte, extend) => {
            editing.go(text, Spot { byte: *byte, affinity: Affinity::Downstream }, *extend);
            false
        }
        Deed::Select(anchor, at) => {
            editing.select(text, *anchor, *at);
            false
        }
        Deed::Compose(words) => editing.compose(text, words, Some(0..1)),
        Deed::Commit(words) => editing.commit(text, words),
        Deed::BreakLine => editing.break_line(text),
        Deed::EraseAround(back, forth) => editing.erase_around(text, (*back, *forth)),
        Deed::Undo(way) => editing.undo(text, *way),
    }
}

fn is_boundary(text: &str, at: usize) -> bool {
    at == text.len() || text.grapheme_indices(true).any(|(start, _)| start == at)
}

fn field(text: &str) -> Editing {
    Editing::at_end(text, Lines::Several, usize::MAX)
}

fn setting(lines: Lines) -> Setting {
    let style = Style {
        family: Family::Interface,
        size: 13.0,
        line_height: 18.0,
        bold: false,
        language: SmolStr::default(),
    };
    let width = if lines == Lines::One { f32::INFINITY } else { 90.0 };
    Setting { style, width, pixels_per_point: 1.0, lines }
}

proptest! {
    #[test]
    fn caret_and_selection_never_stand_inside_a_letter(
        start in words(),
        deeds in prop::collection::vec(deed(), 0..40),
    ) {
        let (mut text, mut editing) = (start.clone(), field(&start));
        for deed in &deeds {
            let before = text.clone();
            let changed = perform(&mut editing, &mut text, deed);
            prop_assert!(changed || before == text, "{deed:?} changed the text in silence");
            let selection = editing.selection();
            prop_assert!(is_boundary(&text, selection.start), "{deed:?} in {text:?}");
            prop_assert!(is_boundary(&text, selection.end), "{deed:?} in {text:?}");
            prop_assert!(is_boundary(&text, editing.spot().byte));
        }
    }

    #[test]
    fn undoing_everything_brings_back_the_first_text_and_redoing_the_last(
        start in words(),
        deeds in prop::collection::vec(deed(), 0..40),
    ) {
        let (mut text, mut editing) = (start.clone(), field(&start));
        for deed in deeds.iter().filter(|deed| !matches!(deed, Deed::Undo(_))) {
            perform(&mut editing, &mut text, deed);
        }
        let last = text.clone();
        while editing.undo(&mut text, Way::Back) {}
        prop_assert_eq!(&text, &start);
        while editing.undo(&mut text, Way::Forth) {}
        prop_assert_eq!(text, last);
    }

    #[test]
    fn what_was_typed_is_taken_away_by_as_many_backspaces_as_it_has_letters(
        start in words(),
        at in 0_usize..80,
        typed in words(),
    ) {
        let (mut text, mut editing) = (start.clone(), field(&start));
        editing.go(&text, Spot { byte: at, affinity: Affinity::Downstream }, Extend::No);
        let at = editing.spot().byte;
        // Where what is typed grows together with what stands there, it cannot be taken away alone.
        let ends = typed.grapheme_indices(true).map(|(end, _)| end).chain([typed.len()]);
        for end in ends {
            let (before, after) = start.split_at(at);
            let with = [before, typed.split_at(end).0, after].concat();
            prop_assume!(is_boundary(&with, at) && is_boundary(&with, at + end));
        }
        editing.insert(&mut text, &typed);
        for _ in typed.graphemes(true) {
            editing.erase(&mut text, Reach::Grapheme, Way::Back);
        }
        prop_assert_eq!(text, start);
    }

    #[test]
    fn a_line_holds_no_line_break_and_no_more_than_there_is_room_for(
        start in words(),
        deeds in prop::collection::vec(deed(), 0..30),
    ) {
        let start = start.replace('\n', "");
        let most = start.chars().count() + 9;
        let mut text = start.clone();
        let mut editing = Editing::at_end(&start, Lines::One, most);
        for deed in deeds.iter().filter(|deed| !matches!(deed, Deed::Compose(_))) {
            perform(&mut editing, &mut text, deed);
            prop_assert!(!text.contains('\n'), "{deed:?}");
            prop_assert!(text.chars().count() <= most, "{deed:?}: {text:?}");
        }
    }

    #[test]
    fn a_composition_given_up_leaves_the_text_as_it_was(start in words(), at in 0_usize..80) {
        let (mut text, mut editing) = (start.clone(), field(&start));
        editing.go(&text, Spot { byte: at, affinity: Affinity::Downstream }, Extend::No);
        for words in ["ㅎ", "하", "한", ""] {
            editing.compose(&mut text, words, None);
        }
        prop_assert_eq!(&text, &start);
        prop_assert!(editing.composing().is_none());
    }

    #[test]
    fn an_arrow_key_reaches_every_place_from_one_end_to_the_other(text in words()) {
        let mut engine = TextEngine::bundled_only();
        for lines in [Lines::One, Lines::Several] {
            let text = if lines == Lines::One { text.replace('\n', "") } else { text.clone() };
            let laid = Laid::new(&mut engine, &text, &setting(lines));
            let mut spot = Spot { byte: 0, affinity: Affinity::Downstream };
            let back = if laid.is_rtl(spot) { Direction::Right } else { Direction::Left };
            while let Some(before) = laid.beside(spot, back) {
                spot = before;
            }
            let mut steps = 0;
            let forth = |spot| if laid.is_rtl(spot) { Direction::Left } else { Direction::Right };
            while let Some(next) = laid.beside(spot, forth(spot)) {
                prop_assert!(is_boundary(&text, next.byte), "{text:?}");
                spot = next;
                steps += 1;
                prop_assert!(steps <= 2 * text.len() + 2, "it goes in circles in {text:?}");
            }
        }
    }

    #[test]
    fn a_click_on_the_caret_leaves_it_where_it_is(text in words(), x in 0.0_f32..100.0, y in 0.0_f32..90.0) {
        let mut engine = TextEngine::bundled_only();
        let laid = Laid::new(&mut engine, &text, &setting(Lines::Several));
        let spot = laid.hit(vec2(x, y));
        prop_assert!(is_boundary(&text, spot.byte));
        let caret = laid.caret(spot);
        prop_assert!(caret.top() >= 0.0 && caret.bottom() <= laid.height + 0.01);
        if y < laid.height {
            prop_assert!(caret.y_range().contains(y), "{caret:?} of {y} in {text:?}");
        }
    }
}

#[test]
fn pasted_line_breaks_become_blanks_on_one_line() {
    let (mut text, mut editing) = (String::new(), Editing::at_end("", Lines::One, 100));
    assert!(editing.insert(&mut text, "Kim\r\nDae-jung\u{2028}김대중\n"));
    assert_eq!(text, "Kim Dae-jung 김대중");
}

#[test]
fn typing_is_undone_word_by_word_and_a_move_of_the_caret_begins_a_step() {
    let (mut text, mut editing) = (String::new(), field(""));
    for letter in ["B", "e", "r", "g", " ", "s", "a", "i", "d"] {
        editing.typed(&mut text, letter);
    }
    assert!(editing.undo(&mut text, Way::Back));
    assert_eq!(text, "Berg ");
    assert!(editing.undo(&mut text, Way::Back));
    assert_eq!(text, "");
    assert!(!editing.undo(&mut text, Way::Back));
}

#[test]
fn a_text_changed_by_somebody_else_has_no_past_and_a_caret_on_a_letter() {
    let (mut text, mut editing) = ("Velen".to_owned(), field("Velen"));
    editing.typed(&mut text, "!");
    let theirs = "שלום".to_owned();
    editing.meet(&theirs);
    assert_eq!(editing.spot().byte, theirs.len());
    text = theirs;
    assert!(!editing.undo(&mut text, Way::Back));
}

#[test]
fn a_double_click_takes_a_word_a_sign_or_behind_a_line_nothing() {
    let text = "قال: John\nΩ";
    let taken = |at: usize| text.get(Editing::word_at(text, at)).unwrap();
    assert_eq!(taken(2), "قال");
    assert_eq!(taken(text.find(": ").unwrap() + 1), " ");
    assert_eq!(taken(text.find("ohn").unwrap()), "John");
    assert_eq!(taken(text.len()), "Ω");
    let text = "(a) \n";
    assert_eq!(text.get(Editing::word_at(text, 4)), Some(""));
}

#[test]
fn a_word_in_arabic_is_taken_away_as_a_whole() {
    let (mut text, mut editing) = ("قال الوزير".to_owned(), field("قال الوزير"));
    assert!(editing.erase(&mut text, Reach::Word, Way::Back));
    assert_eq!(text, "قال ");
}

#[test]
fn arabic_in_a_field_stands_in_reading_order_from_the_right() {
    let mut engine = TextEngine::bundled_only();
    let text = "قال الوزير";
    let laid = Laid::new(&mut engine, text, &setting(Lines::One));
    let at = |byte| laid.caret(Spot { byte, affinity: Affinity::Downstream }).left();
    assert!(at(0) > at(text.find('ا').unwrap()));
    assert!(at("قال ".len()) > at("قال الو".len()));
}

#[test]
fn a_letter_typed_into_a_long_paragraph_lays_out_only_a_piece_of_it() {
    let mut engine = TextEngine::bundled_only();
    let text = "word ".repeat(4000);
    let laid = Laid::new(&mut engine, &text, &setting(Lines::Several));
    assert!(laid.parts().iter().all(|part| part.range.len() <= 4096));
    let ends: Vec<usize> = laid.parts().iter().map(|part| part.range.end).collect();
    let starts: Vec<usize> = laid.parts().iter().skip(1).map(|part| part.range.start).collect();
    assert_eq!(ends[..ends.len() - 1], starts);
}
