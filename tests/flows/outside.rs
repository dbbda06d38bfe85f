//! The project's file is written, or taken away, by somebody else while it is open: nothing is lost, nothing is silent.

use crate::flows::{Window, put, tagged};
use egui::{Key, Modifiers};

/// Anna and Jonas have the same file open; Jonas has tagged "denied" and saved.
fn both() -> (Window, Window) {
    let mut anna = Window::on_article();
    anna.tag("President Berg", Key::A, Key::Num1);
    anna.save_as("p.json");
    let mut jonas = anna.beside(&["p.json"], "Jonas");
    jonas.wait_for("Actor: “President Berg”, Person");
    jonas.tag("denied", Key::C, Key::Num9);
    jonas.chord(Modifiers::COMMAND, Key::S);
    jonas.wait_until(|window| tagged(&window.saved("p.json")).len() == 2);
    (anna, jonas)
}

/// Anna has tagged "Chairman Ro", and finds out by saving.
fn asked() -> (Window, Window) {
    let (mut anna, jonas) = both();
    anna.tag("Chairman Ro", Key::A, Key::Num1);
    anna.chord(Modifiers::COMMAND, Key::S);
    anna.wait_for("Take both together");
    (anna, jonas)
}

#[test]
fn two_windows_on_one_file_are_both_told() {
    let (mut anna, mut jonas) = both();
    jonas.wait_for("Open in another window too");
    anna.wait_for("Open in another window too");
    drop(jonas);
    anna.wait_until(|window| !window.shows("Open in another window too"));
}

#[test]
fn what_was_written_outside_is_noticed_without_a_save() {
    let (mut anna, _jonas) = both();
    anna.wait_for("The file was changed outside of this window");
    assert!(!anna.shows("Claim: “denied”"), "nothing is taken in silently");
    anna.click("Decide…");
    anna.wait_for("Annotations: 2 in the file, 1 here");
}

#[test]
fn both_are_taken_together_as_one_step_and_saved() {
    let (mut anna, _jonas) = asked();
    assert!(anna.shows("Annotations: 2 in the file, 2 here"));
    assert!(anna.shows("Changes since: 1 added in the file, unsaved changes here"));
    assert_eq!(tagged(&anna.saved("p.json")).len(), 2, "nothing was written over");
    anna.click("Take both together");
    anna.wait_for("Claim: “denied”, Denial");
    assert!(anna.shows("Actor: “Chairman Ro”, Person") && anna.shows("no conflict"));
    anna.chord(Modifiers::COMMAND, Key::Z);
    assert!(!anna.shows("Claim: “denied”") && anna.shows("Actor: “Chairman Ro”, Person"));
    anna.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    anna.chord(Modifiers::COMMAND, Key::S);
    anna.wait_until(|window| tagged(&window.saved("p.json")).len() == 3);
}

#[test]
fn writing_over_the_file_keeps_a_copy_and_says_where() {
    let (mut anna, _jonas) = asked();
    anna.click("Write over the file");
    anna.wait_for("of which a copy is kept");
    assert_eq!(tagged(&anna.saved("p.json")).len(), 2);
    let folder = anna.path("state/backups");
    let copies: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(copies.len(), 1);
    assert!(anna.shows(&copies[0].display().to_string()));
    let kept = tagged(&crate::flows::read(&copies[0]));
    assert!(kept.iter().any(|(quote, _, _)| quote == "denied"), "{kept:?}");
}

#[test]
fn the_files_version_is_opened_and_mine_is_offered_the_next_time() {
    let (mut anna, _jonas) = asked();
    anna.click("Open the file’s version");
    anna.wait_for("Claim: “denied”, Denial");
    assert!(!anna.shows("Actor: “Chairman Ro”") && !anna.shows("Unsaved work was found"));
    let mut anna = anna.killed_and_started_on(&["p.json"]);
    anna.wait_for("Unsaved work was found");
    anna.click("Recover");
    anna.wait_for("Actor: “Chairman Ro”, Person");
    assert!(anna.shows("Claim: “denied”, Denial"));
}

#[test]
fn mine_is_saved_as_another_file() {
    let (mut anna, _jonas) = asked();
    anna.will_choose("mine.json");
    anna.click("Save mine as…");
    anna.wait_until(|window| window.path("mine.json").exists());
    anna.wait_for("Saved");
    assert_eq!(tagged(&anna.saved("mine.json")).len(), 2);
    assert_eq!(tagged(&anna.saved("p.json")).len(), 2);
}

#[test]
fn a_file_that_is_gone_is_written_again_or_elsewhere() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    std::fs::remove_file(window.path("p.json")).unwrap();
    window.wait_for("no longer at its place");
    window.tag("denied", Key::C, Key::Num9);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_for("The file is no longer there");
    window.click("Write it again");
    window.wait_until(|window| window.path("p.json").exists());
    assert_eq!(tagged(&window.saved("p.json")).len(), 2);
    window.wait_until(|window| !window.shows("no longer at its place"));
}

#[test]
fn what_is_no_project_any_more_is_not_taken_in_and_not_overwritten() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    put(&window.path("p.json"), "{\"format\":\"matryoshka-pro");
    window.tag("denied", Key::C, Key::Num9);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_for("cannot be opened for work");
    window.click("Cancel");
    let left = std::fs::read_to_string(window.path("p.json")).unwrap();
    assert_eq!(left, "{\"format\":\"matryoshka-pro");
    assert!(window.shows("Unsaved changes"));
}
