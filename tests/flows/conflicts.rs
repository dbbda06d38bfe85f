//! Two people have changed one record at once: both versions are listed, laid open, and one is decided for.

use crate::flows::{Window, put, tagged};
use egui::{Key, Modifiers};
use serde_json::Value;

/// Anna and Jonas have given “President Berg” another code each; Anna has taken both together.
fn torn() -> Window {
    let mut anna = Window::on_article();
    anna.tag("President Berg", Key::A, Key::Num1);
    anna.save_as("p.json");
    let mut jonas = anna.beside(&["p.json"], "Jonas");
    jonas.wait_for("Actor: “President Berg”, Person");
    jonas.click_in_text("President Berg");
    jonas.key(Key::Num2);
    jonas.chord(Modifiers::COMMAND, Key::S);
    jonas.wait_until(|window| code(&window.saved("p.json")) != "actor.person");
    anna.click_in_text("President Berg");
    anna.key(Key::Num3);
    anna.chord(Modifiers::COMMAND, Key::S);
    anna.wait_for("Take both together");
    anna.click("Take both together");
    anna.wait_for("1 conflict is kept with both sides");
    anna
}

fn code(project: &Value) -> String {
    tagged(project)[0].2.clone()
}

/// Presses the button of that person's version.
#[track_caller]
fn decide_for(window: &mut Window, person: &str) {
    let signed = format!(": {person} · ");
    let begins =
        |name: &String| name.starts_with("Keep this") || name.starts_with("Take the other");
    let name = window.names().into_iter().find(|name| begins(name) && name.contains(&signed));
    window.click(&name.unwrap_or_else(|| panic!("no version of {person}'s: {:?}", window.names())));
}

#[test]
fn a_conflict_is_a_problem_that_leads_to_both_versions_and_a_decision() {
    let mut anna = torn();
    anna.wait_for("1 problem");
    anna.click("1 problem");
    anna.wait_for("Fault: “President Berg”: 1 other version waits for a decision");
    anna.click("Decide… “President Berg”");
    assert!(anna.shows("actor “President Berg”") && anna.shows("The choice can be undone"));
    decide_for(&mut anna, "Jonas");
    anna.wait_for("no problems");
    anna.chord(Modifiers::COMMAND, Key::S);
    anna.wait_until(|window| window.saved("p.json")["annotations"][0]["revised"]["by"] == "Anna");
    let project = anna.saved("p.json");
    assert!(project["annotations"][0].get("conflict").is_none(), "{project}");
    assert_eq!(code(&project), "actor.state", "Jonas's version stands");
}

#[test]
fn the_inspector_shows_both_versions_and_an_undone_decision_lays_them_open_again() {
    let mut anna = torn();
    anna.click_in_text("President Berg");
    assert!(anna.shows("Two people changed this at once"), "{:?}", anna.names());
    assert!(anna.shows("code: State") && anna.shows("code: Government body"));
    assert!(!anna.shows("layer: "), "only what differs is said");
    decide_for(&mut anna, "Anna");
    assert!(!anna.shows("Two people changed this at once") && anna.shows("no problems"));
    anna.chord(Modifiers::COMMAND, Key::Z);
    anna.wait_for("Two people changed this at once");
    assert!(anna.shows("1 problem"));
    decide_for(&mut anna, "Anna");
    anna.chord(Modifiers::COMMAND, Key::S);
    anna.wait_until(|window| {
        let project = window.saved("p.json");
        code(&project) != "actor.person" && project["annotations"][0].get("conflict").is_none()
    });
}

/// Jonas has worked on a copy that a folder-sync program made, and Anna opens the file beside it.
fn beside_a_copy() -> Window {
    let mut anna = Window::on_article();
    anna.tag("President Berg", Key::A, Key::Num1);
    anna.save_as("p.json");
    let copy = "p (Jonas's conflicted copy 2026-11-23).json";
    put(&anna.path(copy), &std::fs::read_to_string(anna.path("p.json")).unwrap());
    // An older name of the same kind, and another project: neither says anything new.
    put(&anna.path("p (1).json"), &std::fs::read_to_string(anna.path("p.json")).unwrap());
    let summit = concat!(env!("CARGO_MANIFEST_DIR"), "/projects/summit.json");
    put(&anna.path("p (2).json"), &std::fs::read_to_string(summit).unwrap());
    let mut jonas = anna.beside(&[copy], "Jonas");
    jonas.wait_for("Actor: “President Berg”, Person");
    jonas.tag("denied", Key::C, Key::Num9);
    jonas.chord(Modifiers::COMMAND, Key::S);
    jonas.wait_until(|window| tagged(&window.saved(copy)).len() == 2);
    drop(jonas);
    let mut anna = anna.beside(&["p.json"], "Anna");
    anna.wait_for("Another copy of this project lies beside it: p (Jonas's conflicted copy");
    anna
}

#[test]
fn a_copy_beside_the_file_is_told_of_and_taken_in_as_one_step() {
    let mut anna = beside_a_copy();
    assert!(!anna.shows("Claim: “denied”"), "nothing is taken in silently");
    anna.click("Merge…");
    anna.wait_for("Annotations: 2 in the copy, 1 here");
    anna.click("Take both together");
    anna.wait_for("Claim: “denied”, Denial");
    assert!(!anna.shows("Another copy of this project"), "{:?}", anna.names());
    anna.chord(Modifiers::COMMAND, Key::Z);
    assert!(!anna.shows("Claim: “denied”"));
    anna.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    anna.chord(Modifiers::COMMAND, Key::S);
    anna.wait_until(|window| tagged(&window.saved("p.json")).len() == 2);
}

#[test]
fn a_copy_can_be_left_alone() {
    let mut anna = beside_a_copy();
    anna.click("Not now");
    assert!(!anna.shows("Another copy of this project") && !anna.shows("Claim: “denied”"));
}
