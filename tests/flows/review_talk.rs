//! What is said on the card of a difference, what is taken to be edited, and choices that are made anew.

use crate::flows::pair::{Who, project};
use crate::flows::review::reviewing_file;
use crate::flows::{Window, tagged};
use egui::{Key, Modifiers};
use serde_json::Value;

/// At the first difference with Jonas.
fn deciding() -> Window {
    let mut window = reviewing_file(&project(Who::Jonas));
    window.key(Key::Enter);
    assert!(window.shows("difference 1 of 100"), "{:?}", window.names());
    window
}

/// The same, where only Jonas has something.
fn at_what_only_he_has() -> Window {
    let mut window = deciding();
    for class in ["boundary, 20", "code, 20", "features, 20", "actor or issue, 10", "only mine, 10"]
    {
        window.click(&format!("Show {class}"));
    }
    window.key(Key::J);
    window.key(Key::K);
    assert!(window.shows("You have nothing like it."), "{:?}", window.names());
    window
}

fn save(window: &mut Window, ready: impl Fn(&Value) -> bool) -> Value {
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| ready(&window.saved("anna.json")));
    window.saved("anna.json")
}

fn comments(project: &Value) -> usize {
    project["comments"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_thread_about_my_annotation_is_begun_answered_and_resolved_on_the_card() {
    let mut window = deciding();
    window.key(Key::C);
    window.typed("Where does it end?");
    window.chord(Modifiers::COMMAND, Key::Enter);
    assert!(window.shows("Comments, 1 open"), "{:?}", window.names());
    assert!(window.shows("0 of 100 decided"), "it decides nothing");
    window.key(Key::C);
    window.typed("At the autumn, I think.");
    window.key(Key::Escape);
    window.chord(Modifiers::SHIFT, Key::C);
    let resolved = "Resolved thread: Anna: Where does it end?, 1 answer";
    assert!(window.shows(resolved), "{:?}", window.names());
    window.chord(Modifiers::SHIFT, Key::C);
    assert!(window.shows("Comments, 1 open"), "{:?}", window.names());
    let project = save(&mut window, |project| comments(project) == 2);
    let all = project["comments"].as_array().unwrap();
    assert_eq!(all[0]["thread"], all[1]["thread"]);
    let about = &all[0]["target"]["annotation"];
    let annotations = project["annotations"].as_array().unwrap();
    assert!(annotations.iter().any(|one| one["id"] == *about), "{about}");
    // M still keeps mine, and the thread stays with the annotation.
    window.key(Key::M);
    assert!(window.shows("1 of 100 decided"), "{:?}", window.names());
    assert!(!window.shows("Comments, 1 open"), "it belongs to the difference before");
    window.key(Key::K);
    assert!(window.shows("Comments, 1 open"), "{:?}", window.names());
}

#[test]
fn a_thread_on_a_decision_leads_back_to_its_difference() {
    let mut window = at_what_only_he_has();
    // Before anything is decided there is nothing of mine to comment on.
    window.key(Key::C);
    window.typed("x");
    assert!(!window.shows("Comments, 1 open"), "{:?}", window.names());
    window.on_layout(&[(Key::Questionmark, Key::Slash, "?")]);
    window.typed("Who says so?");
    window.key(Key::Enter);
    assert!(window.shows("1 of 100 decided"), "{:?}", window.names());
    // The filters hide it by now.
    window.click("Show only theirs, 20");
    window.chord(Modifiers::COMMAND, Key::Num1);
    window.wait_for("Text of Report 0 from the river");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    window.click_beginning("Open thread on “the gate 3 of the dam");
    window.step();
    assert!(window.shows("✓ asked"), "{:?}", window.names());
    assert!(window.shows("Who says so?"), "{:?}", window.names());
    window.key(Key::C);
    window.typed("Asked by mail too.");
    window.chord(Modifiers::COMMAND, Key::Enter);
    let project = save(&mut window, |project| comments(project) == 2);
    let all = project["comments"].as_array().unwrap();
    assert_eq!(all[0]["target"]["decision"], all[1]["target"]["decision"]);
}

#[test]
fn what_only_they_have_is_taken_and_edited_in_one_go() {
    let mut window = at_what_only_he_has();
    let before = save(&mut window, |project| project["annotations"].is_array());
    window.key(Key::Enter);
    window.wait_for("Back to the review");
    assert!(window.shows("Text of Report 0 from the river"), "{:?}", window.names());
    // The end of the claim goes back by a word.
    window.chord(Modifiers::SHIFT, Key::OpenBracket);
    window.chord(Modifiers::COMMAND, Key::Num2);
    window.step();
    assert!(window.shows("1 of 100 decided"), "{:?}", window.names());
    let decided =
        |project: &Value| project["decisions"].as_array().is_some_and(|all| all.len() == 1);
    let after = save(&mut window, |project| {
        decided(project) && project["decisions"][0]["verdict"] == "edited"
    });
    let fresh: Vec<_> =
        tagged(&after).into_iter().filter(|one| !tagged(&before).contains(one)).collect();
    assert_eq!(fresh.len(), 1, "{fresh:?}");
    assert!(fresh[0].0.ends_with("before the"), "{fresh:?}");
    assert_eq!(
        after["decisions"][0]["ours"]["quote"],
        "the gate 3 of the dam would be opened before the"
    );
    // Edited, moved, taken: three steps back.
    for _ in 0..3 {
        window.chord(Modifiers::COMMAND, Key::Z);
    }
    assert!(window.shows("0 of 100 decided"), "{:?}", window.names());
    assert_eq!(tagged(&save(&mut window, |project| !decided(project))), tagged(&before));
}

#[test]
fn mine_is_back_as_it_was_when_theirs_or_neither_was_taken_before() {
    let mut window = deciding();
    let before = save(&mut window, |project| project["annotations"].is_array());
    for first in [Key::T, Key::R, Key::B] {
        window.key(first);
        let changed = save(&mut window, |project| tagged(project) != tagged(&before));
        assert_ne!(tagged(&changed), tagged(&before));
        window.key(Key::K);
        window.key(Key::M);
        window.key(Key::K);
        assert!(window.shows("✓ mine"), "{:?}", window.names());
        let after = save(&mut window, |project| tagged(project) == tagged(&before));
        let made = |project: &Value| {
            let all = project["annotations"].as_array().unwrap().iter();
            all.map(|one| (one["id"].clone(), one["made"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(made(&after), made(&before), "it is the same annotation");
    }
}
