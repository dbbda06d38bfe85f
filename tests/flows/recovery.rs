//! What a killed program leaves behind: shown with figures, brought back or left, never applied by itself.

use crate::flows::{Window, put, tagged};
use egui::{Key, Modifiers};

#[test]
fn what_a_killed_program_had_not_saved_is_offered_and_recovered() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    window.tag("denied", Key::C, Key::Num9);
    let mut window = window.killed_and_started_on(&["p.json"]);
    window.wait_for("Unsaved work was found");
    assert!(!window.shows("Claim: “denied”, Denial"), "nothing is applied silently");
    window.click("Recover");
    window.wait_for("Claim: “denied”, Denial");
    assert_eq!(tagged(&window.saved("p.json")).len(), 1, "the file waits for a save");
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| tagged(&window.saved("p.json")).len() == 2);
}

#[test]
fn a_project_that_was_never_saved_is_offered_at_the_start() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    let mut window = window.killed_and_started_on(&[]);
    window.wait_for("Ministers and guests: 2 changes");
    let offer =
        window.names().into_iter().find(|name| name.contains("Ministers and guests")).unwrap();
    window.click(&offer);
    window.wait_for("Unsaved work was found");
    window.click("Recover");
    window.wait_for("Actor: “President Berg”, Person");
}

#[test]
fn the_question_says_what_is_in_the_file_and_what_there_would_be() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    window.tag("denied", Key::C, Key::Num9);
    window.tag("Chairman Ro", Key::A, Key::Num1);
    let mut window = window.killed_and_started_on(&["p.json"]);
    window.wait_for("Unsaved work was found");
    assert!(window.shows("Documents: 1 in the file, 1 with the changes"));
    for _ in 0..20 {
        window.step();
    }
    assert!(!window.shows("Open in another window too"), "the log that we hold is no window");
    assert!(window.shows("Annotations: 1 in the file, 3 (+2) with the changes"));
    assert!(window.shows("The program ended without saving 4 changes, made "));
    window.click("Leave the file as it is");
    assert!(!window.shows("Actor: “Chairman Ro”") && window.shows("Actor: “President Berg”"));
    let mut window = window.killed_and_started_on(&["p.json"]);
    window.wait_for("Actor: “President Berg”, Person");
    assert!(!window.shows("Unsaved work was found"), "it was answered");
}

#[test]
fn a_damaged_log_says_what_is_lost() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    window.tag("denied", Key::C, Key::Num9);
    window.tag("Chairman Ro", Key::A, Key::Num1);
    let journal = window.path("state/journal");
    let window = window.killed_and_started_on(&[]);
    let logs = std::fs::read_dir(&journal).unwrap().map(|entry| entry.unwrap().path());
    let log = logs.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).max().unwrap();
    let text = std::fs::read_to_string(&log).unwrap();
    let (first, rest) = text.split_at(text.rfind("Chairman Ro").unwrap());
    put(&log, &format!("{first}X{}", rest.get(1..).unwrap()));
    let mut window = window.killed_and_started_on(&["p.json"]);
    window.wait_for("Unsaved work was found");
    assert!(window.shows("One line of the log could not be read"));
    assert!(window.shows("Annotations: 1 in the file, 3 (+2) with the changes"));
    window.click("Recover");
    window.wait_for("Claim: “denied”, Denial");
    assert!(window.shows("Actor: “Chairman Ro”") && !window.shows("Actor: “Chairman Ro”, Person"));
}
