//! Records that two people know otherwise: names, facts and links between records are decided one by one, remembered,
//! and undone.

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
    assert!(window.shows("1 record differs, all decided"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| window.saved("anna.json")["decisions"] == json!([]));
    let saved = window.saved("anna.json");
    assert_eq!((&record(&saved, "Vell")["aliases"], &saved["links"]), (&Value::Null, &json!([])));
}
