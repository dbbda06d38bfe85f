//! Problems with what helps, the way from one to the next, and the steps of the sitting.

use crate::flows::{Window, put, read, tagged};
use egui::{Key, Modifiers};
use serde_json::json;

#[test]
fn a_claim_without_a_claimant_is_counted_listed_and_put_right() {
    let mut window = Window::on_article();
    window.tag("Chairman Ro", Key::A, Key::Num1);
    window.tag("denied every word", Key::C, Key::Num9);
    assert!(window.shows("1 problem"), "{:?}", window.names());
    window.click("1 problem");
    let row = "Open: “denied every word”: nobody is linked to it as its claimant";
    assert!(window.shows(row), "{:?}", window.names());
    window.click("Link claimant… “denied every word”");
    window.click("Actor: “Chairman Ro”, Person");
    let project = window.save_as("p.json");
    assert_eq!(project["links"][0]["relation"], "claims", "{project}");
    assert!(!window.shows(row) && window.shows("no problems"));
}

#[test]
fn the_keyboard_goes_along_the_problems_and_mends_one() {
    let mut window = Window::on_article();
    window.drag_over("President Berg");
    window.key(Key::A);
    window.key(Key::Escape);
    window.tag("finished by June", Key::C, Key::Num7);
    window.click("2 problems");
    assert!(window.shows("Open: “President Berg”: no code is chosen"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Enter);
    assert!(window.shows("Code Person"), "the popup is open: {:?}", window.names());
    window.key(Key::Num1);
    assert!(window.shows("Actor: “President Berg”, Person"));
    assert!(window.shows("1 problem"));
}

#[test]
fn keys_go_to_the_next_problem_and_the_next_claim_without_a_claimant() {
    let mut window = Window::on_article();
    window.tag("finished by June", Key::C, Key::Num7);
    window.tag("denied every word", Key::C, Key::Num9);
    window.key(Key::F8);
    assert_eq!(window.copied().as_deref(), Some("finished by June"));
    window.key(Key::U);
    assert_eq!(window.copied().as_deref(), Some("denied every word"));
    window.chord(Modifiers::SHIFT, Key::F8);
    assert_eq!(window.copied().as_deref(), Some("finished by June"));
}

#[test]
fn lost_words_are_placed_on_those_that_are_selected() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    let mut project = window.save_as("p.json");
    project["annotations"][0]["quote"] = json!("Minister Berg");
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("q.json"), &project.to_string());
    let mut window = Window::on(folder, &["q.json"]);
    window.wait_for("Text of Ministers and guests");
    window.click("1 problem");
    assert!(window.shows("Fault: “Minister Berg”"), "{:?}", window.names());
    window.drag_over("President Berg");
    window.click("Place on the selected words “Minister Berg”");
    assert!(window.shows("no problems"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::S);
    let path = window.path("q.json");
    window.wait_until(|_| read(&path)["annotations"][0]["quote"] == "President Berg");
}

#[test]
fn the_history_goes_back_to_a_step_and_forward_again() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("Chairman Ro", Key::A, Key::Num1);
    let tab = window.names().into_iter().find(|name| name.starts_with("History ")).unwrap();
    window.click(&tab);
    let step = |window: &Window, what: &str| {
        window.names().into_iter().find(|name| name.contains(what)).unwrap_or_default()
    };
    let first = step(&window, "Tag “President Berg” as actor");
    assert!(first.starts_with("Step 1: ") && first.contains("Anna"), "{:?}", window.names());
    window.click(&first);
    assert!(window.shows("Actor: “President Berg”, no code") && !window.shows("Actor: “Chairman"));
    assert!(step(&window, "Tag “Chairman Ro” as actor").ends_with("undone"));
    // The keyboard: up to the newest step, which is the first row.
    window.key(Key::Home);
    window.key(Key::Enter);
    assert!(window.shows("Actor: “Chairman Ro”, Person"), "{:?}", window.names());
    assert_eq!(tagged(&window.save_as("p.json")).len(), 2);
}

#[test]
fn saying_whom_a_pronoun_means_opens_the_finder_of_records() {
    let mut window = Window::on_article();
    window.tag("Berg said", Key::A, Key::Num1);
    let mut project = window.save_as("p.json");
    project["annotations"][0]["features"] = json!({"form": "pronoun"});
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("q.json"), &project.to_string());
    let mut window = Window::on(folder, &["q.json"]);
    window.wait_for("1 problem");
    window.click("1 problem");
    assert!(!window.shows("Enter takes it"));
    window.click("Say whom… “Berg said”");
    assert!(window.shows("Enter takes it"), "{:?}", window.names());
}
