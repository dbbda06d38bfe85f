//! Selecting words and tagging them, by mouse and by keys; changing and undoing it.

use crate::flows::{Window, tagged};
use egui::{Key, Modifiers};

const SHIFT_CTRL: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

#[test]
fn words_dragged_over_are_tagged_and_the_digit_gives_the_code() {
    let mut window = Window::on_article();
    window.drag_over("President Berg");
    assert!(!window.shows("Actor: “President Berg”"), "selecting never annotates");
    window.key(Key::A);
    assert!(window.shows("Code Person"), "the popup lists the codes");
    window.key(Key::Num1);
    assert!(window.shows("Actor: “President Berg”, Person"));
    assert!(!window.shows("Code Person"), "the popup is closed");
    let project = window.save_as("p.json");
    assert_eq!(
        tagged(&project),
        [("President Berg".into(), "actor".into(), "actor.person".into())]
    );
    let annotation = &project["annotations"][0];
    let text = project["documents"][0]["text"].as_str().unwrap();
    let (start, end) = (annotation["start"].as_u64().unwrap(), annotation["end"].as_u64().unwrap());
    let cut: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(cut, "President Berg");
    assert_eq!(annotation["made"]["by"], "Anna");
}

#[test]
fn an_event_is_typed_ahead_and_enter_takes_it() {
    let mut window = Window::on_article();
    window.drag_over("met");
    window.key(Key::E);
    window.typed("cons");
    window.key(Key::Enter);
    assert!(window.shows("Event: “met”, Consult"));
}

#[test]
fn a_claim_is_selected_and_tagged_by_keys_alone() {
    let mut window = Window::on_article();
    // The caret is at the text's start: down into the first paragraph and over four words.
    window.key(Key::ArrowDown);
    window.key(Key::Home);
    for _ in 0..2 {
        window.chord(SHIFT_CTRL, Key::ArrowRight);
    }
    window.key(Key::C);
    window.key(Key::Num7);
    assert!(window.shows("Claim: “President Berg”, Commitment"), "{:?}", window.names());
}

#[test]
fn a_layer_key_tags_the_word_at_the_caret_and_then_changes_the_layer() {
    let mut window = Window::on_article();
    window.click_in_text("island");
    window.key(Key::A);
    window.key(Key::Escape);
    assert!(window.shows("Actor: “island”, no code"));
    window.key(Key::E);
    assert!(window.shows("Event: “island”, no code"));
    assert!(!window.shows("Actor: “island”"));
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("Actor: “island”, no code"));
}

#[test]
fn a_selection_grows_from_word_to_sentence_and_shrinks_again() {
    let mut window = Window::on_article();
    window.click_in_text("denied");
    let grow = Modifiers::SHIFT.plus(Modifiers::ALT);
    for _ in 0..3 {
        window.chord(grow, Key::ArrowRight);
    }
    window.chord(grow, Key::ArrowLeft);
    window.chord(grow, Key::ArrowRight);
    window.key(Key::C);
    window.key(Key::Num9);
    assert!(
        window.shows("Claim: “Chairman Ro denied every word of it”, Denial"),
        "{:?}",
        window.names()
    );
}

#[test]
fn boundaries_move_by_a_word_and_undo_brings_everything_back() {
    let mut window = Window::on_article();
    window.tag("Berg of Velen", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::OpenBracket);
    assert!(window.shows("Actor: “Berg of”, Person"), "{:?}", window.names());
    window.key(Key::OpenBracket);
    assert!(window.shows("Actor: “President Berg of”, Person"), "{:?}", window.names());
    for _ in 0..4 {
        window.chord(Modifiers::COMMAND, Key::Z);
    }
    assert!(!window.shows("Actor: “"));
    for _ in 0..4 {
        window.chord(SHIFT_CTRL, Key::Z);
    }
    assert!(window.shows("Actor: “President Berg of”, Person"));
}

#[test]
fn clicking_selects_the_innermost_doll_and_then_the_one_around_it() {
    let mut window = Window::on_article();
    window.tag("President Berg of Velen", Key::A, Key::Num1);
    window.tag("of Velen met", Key::E, Key::Escape);
    window.tag("Velen", Key::A, Key::Num2);
    window.click_in_text("Velen");
    window.key(Key::Delete);
    assert!(!window.shows("Actor: “Velen”, State"), "the innermost was selected");
    assert!(window.shows("Actor: “President Berg of Velen”, Person"));
    window.chord(Modifiers::COMMAND, Key::Z);
    window.click_in_text("Velen");
    window.click_in_text("Velen");
    window.key(Key::Delete);
    assert!(window.shows("Actor: “Velen”, State"));
    assert!(!window.shows("Event: “of Velen met”"), "the one around it was selected");
}

#[test]
fn two_stretches_are_one_annotation() {
    let mut window = Window::on_article();
    window.drag_over("denied");
    window.chord(Modifiers::COMMAND, Key::Space);
    for _ in 0..2 {
        window.chord(Modifiers::COMMAND, Key::ArrowRight);
    }
    window.chord(SHIFT_CTRL, Key::ArrowRight);
    window.key(Key::C);
    window.key(Key::Num3);
    let project = window.save_as("p.json");
    assert_eq!(
        project["annotations"][0]["fragments"].as_array().map(Vec::len),
        Some(2),
        "{project}"
    );
}

#[test]
fn a_position_is_set_by_its_sign_and_taken_away_by_the_same() {
    let mut window = Window::on_article();
    window.tag("denied every word", Key::C, Key::Num9);
    window.typed("-");
    let project = window.save_as("p.json");
    assert_eq!(project["annotations"][0]["features"]["position"], "opposes");
    window.typed("-");
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| window.saved("p.json")["annotations"][0]["features"].is_null());
}

#[test]
fn tab_walks_through_the_annotations_and_the_list_selects_them() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("denied", Key::C, Key::Num9);
    let row = "Actor: “President Berg”, Person, paragraph 1";
    assert!(window.shows(row), "the title is no paragraph: {:?}", window.names());
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.key(Key::Delete);
    assert!(!window.shows("Actor: “President Berg”") && window.shows("Claim: “denied”, Denial"));
}
