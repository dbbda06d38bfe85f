//! Records that two people know otherwise: names, facts and links between records are decided one by one, remembered,
//! and undone.

use crate::flows::Window;
use crate::flows::pair::{Who, project};
use crate::flows::review::reviewing_file;
use egui::{Key, Modifiers};
use serde_json::{Value, json};

/// Jonas knows more of Vell, and takes the other one for an ally.
fn with_facts() -> String {
    let mut file: Value = serde_json::from_str(&project(Who::Jonas)).unwrap();
    let entities = file["entities"].as_array_mut().unwrap();
    entities[0]["aliases"] = json!(["Велл"]);
    entities[0]["features"] = json!({"country": "Velen"});
    entities[1]["code"] = json!("actor.ghost");
    let layers = file["codebook"]["layers"].as_array_mut().unwrap();
    let actor = layers.iter_mut().find(|layer| layer["id"] == "actor").unwrap();
    actor["codes"].as_array_mut().unwrap().push(json!({"id": "actor.ghost", "name": "Ghost"}));
    file["links"] =
        json!([{"id": "l_j", "relation": "allied-with", "from": "n_other", "to": "n_vell"}]);
    file.to_string()
}

fn record(project: &Value, name: &str) -> Value {
    let all = project["entities"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap().clone()
}

#[test]
fn names_facts_and_links_of_records_are_decided_by_keys_remembered_and_undone() {
    let mut window = reviewing_file(&with_facts());
    window.click("2 records differ, 2 to decide");
    window.wait_for("Actor record");
    assert!(window.shows("record 1 of 2 · code, 1 link"), "{:?}", window.names());
    assert!(window.shows("Code: Ghost, differs"), "{:?}", window.names());
    assert!(window.shows("Taking theirs adds to your codebook: code “Ghost”"));
    window.key(Key::J);
    assert!(window.shows("record 2 of 2 · other names, country"), "{:?}", window.names());
    assert!(window.shows("Also called: Велл, differs"));
    assert!(window.shows("Also called: none, differs"));
    assert!(window.shows("Country: Velen, differs"));
    assert!(window.shows("Records, 2 left"));
    window.key(Key::T);
    assert!(window.shows("record 1 of 2"), "the next that is open: {:?}", window.names());
    assert!(window.shows("Records, 1 left"));
    window.key(Key::B);
    assert!(window.shows("✓ both"), "{:?}", window.names());
    assert!(!window.shows("Records, 1 left"));
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| {
        window.saved("anna.json")["decisions"].as_array().is_some_and(|all| all.len() == 2)
    });
    let saved = window.saved("anna.json");
    let vell = record(&saved, "Vell");
    assert_eq!(
        (&vell["aliases"], &vell["features"]["country"]),
        (&json!(["Велл"]), &json!("Velen"))
    );
    assert_eq!(record(&saved, "The other Vell")["code"], "actor.person", "both keeps my code");
    let links = saved["links"].as_array().unwrap();
    assert_eq!((links.len(), &links[0]["relation"]), (1, &json!("allied-with")));
    // Whoever opens the same file again finds it decided.
    window.menu("Review", "Close the review");
    window.will_choose("jonas.json");
    window.menu("Review", "Open for review…");
    window.wait_for("Begin review");
    assert!(window.shows("2 records differed, all decided"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| window.saved("anna.json")["decisions"] == json!([]));
    let saved = window.saved("anna.json");
    assert_eq!((&record(&saved, "Vell")["aliases"], &saved["links"]), (&Value::Null, &json!([])));
}

#[test]
fn what_is_decided_and_asked_about_records_goes_back_to_their_author() {
    let mut window = reviewing_file(&with_facts());
    window.click("2 records differ, 2 to decide");
    window.wait_for("Actor record");
    assert!(window.shows("0 of 2 records decided"), "{:?}", window.names());
    window.typed("?");
    window.typed("Is the other one a ghost?");
    window.key(Key::Enter);
    window.key(Key::K);
    assert!(window.shows("✓ asked"), "{:?}", window.names());
    assert!(window.shows("Comments, 1 open"), "{:?}", window.names());
    window.key(Key::J);
    window.key(Key::N);
    window.typed("He is from here.");
    window.key(Key::Enter);
    window.key(Key::M);
    assert!(window.shows("2 of 2 records decided"), "{:?}", window.names());
    // Both are undone, and decided at once.
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("0 of 2 records decided"), "{:?}", window.names());
    window.chord(Modifiers::SHIFT, Key::B);
    let question = "Take both for 2 records?";
    assert!(window.shows(question), "{:?}", window.names());
    window.key(Key::Escape);
    assert!(!window.shows(question) && window.shows("0 of 2 records decided"));
    window.chord(Modifiers::SHIFT, Key::M);
    window.key(Key::Enter);
    assert!(window.shows("2 of 2 records decided"), "{:?}", window.names());
    window.will_choose("for-jonas.review.json");
    window.menu("Review", "Save review file…");
    window.wait_for("Saved 2 decisions for Jonas");
    let mut jonas = window.beside(&["jonas.json"], "Jonas");
    jonas.wait_for("Text of Report 0 from the river");
    jonas.will_choose("for-jonas.review.json");
    jonas.menu("Review", "Open for review…");
    jonas.wait_for("Reviewed by Anna");
    assert!(jonas.shows("Show changed, 2"), "{:?}", jonas.names());
    assert!(jonas.shows("A record that both of you have"), "{:?}", jonas.names());
    assert!(jonas.shows("Also called: Велл, differs"), "{:?}", jonas.names());
    assert!(jonas.shows("Country: Velen, differs") && jonas.shows("Country: none, differs"));
    jonas.key(Key::J);
    assert!(jonas.shows("Code: Ghost, differs") && jonas.shows("Code: Person, differs"));
    assert!(jonas.shows("Link: allied with “Vell”, differs"), "{:?}", jonas.names());
    jonas.key(Key::Y);
    assert!(jonas.shows("Also called: Велл, differs"), "the next: {:?}", jonas.names());
    jonas.key(Key::G);
    jonas.wait_for("Selected: Actor: Vell, 90 mentions");
    jonas.chord(Modifiers::COMMAND, Key::S);
    jonas.wait_until(|window| {
        window.saved("jonas.json")["decisions"].as_array().is_some_and(|all| all.len() == 1)
    });
    let saved = jonas.saved("jonas.json");
    assert_eq!(record(&saved, "The other Vell")["code"], "actor.person");
    assert_eq!(saved["links"], json!([]), "Anna has no such link");
}

#[test]
fn a_record_that_only_they_have_and_nobody_mentions_is_added_from_the_check_sheet() {
    let mut file: Value = serde_json::from_str(&with_facts()).unwrap();
    let dam = json!({"id": "n_dam", "layer": "actor", "name": "The dam board"});
    file["entities"].as_array_mut().unwrap().push(dam);
    let mut window = reviewing_file(&file.to_string());
    let add = "Add to mine: 1 record that only Jonas has, without a mention";
    assert!(window.shows(add), "{:?}", window.names());
    window.click(add);
    window.wait_until(|window| !window.shows(add));
    window.chord(Modifiers::COMMAND, Key::S);
    let names = |window: &Window| {
        let saved = window.saved("anna.json");
        let all = saved["entities"].as_array().unwrap().iter();
        all.filter(|one| one["name"] == "The dam board").count()
    };
    window.wait_until(|window| names(window) == 1);
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows(add), "undone, it can be added again: {:?}", window.names());
}
