//! What single steps may cost: the hard targets of the codebook's plan, each counted through real widgets.
//!
//! Jumping to an open comment is not here yet: comments come with the review.

use crate::budget::hands::{Hands, With};
use crate::flows::ARTICLE;
use egui::{Key, Modifiers};

/// Hands at the usual article, about to do the step.
fn at_the_article() -> Hands {
    let mut hands = Hands::on(ARTICLE, With::Mouse);
    hands.step("before");
    hands
}

/// An actor and the claim that it makes; the claim is selected.
fn with_actor_and_claim() -> Hands {
    let mut hands = at_the_article();
    hands.select_words("Chairman Ro");
    hands.key(Key::A);
    hands.digit(1);
    hands.select_words("denied every word of it");
    hands.key(Key::C);
    hands.digit(9);
    hands
}

#[test]
fn a_span_of_a_known_layer_takes_two_actions() {
    let mut hands = at_the_article();
    hands.step("span");
    hands.select_words("President Berg");
    hands.key(Key::A);
    assert!(hands.window.shows("Actor: “President Berg”"));
    assert_eq!(hands.of("span"), 2);
}

#[test]
fn all_repeats_of_an_actor_take_two_actions_however_many_there_are() {
    let mut hands = at_the_article();
    hands.select_words("Chairman Ro");
    hands.key(Key::A);
    hands.digit(1);
    hands.step("repeats");
    hands.shift(Key::A);
    hands.key(Key::Enter);
    assert!(hands.window.shows("Chairman Ro, 2 mentions"), "{:?}", hands.window.names());
    assert_eq!(hands.of("repeats"), 2);
}

#[test]
fn a_known_actor_where_the_caret_is_takes_one_action_and_attaches_by_itself() {
    let mut hands = at_the_article();
    hands.select_words("Berg");
    hands.key(Key::A);
    hands.digit(1);
    hands.shift(Key::R);
    hands.window.click_in_text("Berg said");
    hands.step("known actor");
    hands.key(Key::A);
    assert!(hands.window.shows("Berg, 2 mentions"), "{:?}", hands.window.names());
    assert_eq!(hands.of("known actor"), 1);
}

#[test]
fn a_link_takes_at_most_three_keys() {
    let mut hands = with_actor_and_claim();
    hands.step("link");
    hands.key(Key::L);
    hands.hint("Actor", "Chairman Ro");
    assert!(hands.window.link_says("Chairman Ro", "claims", "denied every word of it"));
    assert!(hands.of("link") <= 3, "{}", hands.account());
}

#[test]
fn a_link_takes_at_most_two_gestures_of_the_mouse() {
    let mut hands = with_actor_and_claim();
    hands.step("link");
    hands.pull("Link from Claim: “denied every word of it”, Denial", "Chairman Ro");
    assert!(
        hands.window.link_says("Chairman Ro", "claims", "denied every word of it"),
        "{:?}",
        hands.window.names()
    );
    assert!(hands.of("link") <= 2, "{}", hands.account());
}

#[test]
fn a_layer_or_a_code_is_changed_by_one_key() {
    let mut hands = with_actor_and_claim();
    hands.step("code");
    hands.digit(3);
    assert!(hands.window.shows("Claim: “denied every word of it”, Prediction"));
    hands.step("layer");
    hands.key(Key::E);
    assert!(hands.window.shows("Event: “denied every word of it”"));
    assert_eq!((hands.of("code"), hands.of("layer")), (1, 1));
}

#[test]
fn a_boundary_moves_by_one_key_and_erasing_and_undoing_are_one_each() {
    let mut hands = with_actor_and_claim();
    hands.step("boundary");
    hands.shift(Key::OpenBracket);
    assert!(hands.window.shows("Claim: “denied every word of”, Denial"));
    hands.step("erase");
    hands.key(Key::Delete);
    assert!(!hands.window.shows("Claim: “denied"));
    hands.step("undo");
    hands.chord(Modifiers::COMMAND, Key::Z);
    assert!(hands.window.shows("Claim: “denied every word of”, Denial"));
    for step in ["boundary", "erase", "undo"] {
        assert_eq!(hands.of(step), 1, "{step}");
    }
}

#[test]
fn the_next_annotation_and_the_next_claim_without_a_claimant_are_one_key_away() {
    let mut hands = with_actor_and_claim();
    hands.step("back");
    hands.shift(Key::Tab);
    assert!(hands.window.is_selected("Actor: “Chairman Ro”"), "{:?}", hands.window.names());
    hands.step("unlinked claim");
    hands.key(Key::U);
    assert!(hands.window.is_selected("Claim: “denied every word of it”"));
    assert_eq!((hands.of("back"), hands.of("unlinked claim")), (1, 1));
}

#[test]
fn none_of_it_needs_a_question_with_a_button() {
    let mut hands = with_actor_and_claim();
    hands.key(Key::L);
    hands.hint("Actor", "Chairman Ro");
    hands.key(Key::Tab);
    hands.key(Key::Delete);
    hands.window.click_in_text("denied every");
    hands.key(Key::E);
    hands.key(Key::Delete);
    hands.chord(Modifiers::COMMAND, Key::Z);
    assert!(!hands.window.asks(), "{:?}", hands.window.names());
}
