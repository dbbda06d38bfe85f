//! A colleague's codebook has what mine lacks: it is told before, added from the check sheet or brought along by a
//! decision, and undo takes it back.

use crate::flows::pair::{Who, claims, project};
use crate::flows::review::reviewing_file;
use egui::{Key, Modifiers};
use serde_json::{Value, json};

/// Jonas's project, whose claims that Anna codes otherwise have a code of his own, and whose actors know ghosts.
fn with_parts_of_his_own() -> String {
    let mut file: Value = serde_json::from_str(&project(Who::Jonas)).unwrap();
    for (layer, id, name) in [("actor", "actor.ghost", "Ghost"), ("claim", "claim.omen", "Omen")] {
        let layers = file["codebook"]["layers"].as_array_mut().unwrap();
        let found = layers.iter_mut().find(|one| one["id"] == layer).unwrap();
        found["codes"].as_array_mut().unwrap().push(json!({"id": id, "name": name, "digit": 1}));
    }
    for one in file["annotations"].as_array_mut().unwrap() {
        if one["code"] == "claim.prediction" {
            one["code"] = "claim.omen".into();
        }
    }
    file.to_string()
}

fn codes(project: &Value) -> Vec<String> {
    let layers = project["codebook"]["layers"].as_array().unwrap().iter();
    let codes = layers.flat_map(|layer| layer["codes"].as_array().unwrap());
    codes.map(|code| code["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_part_is_added_from_the_check_sheet_and_another_comes_with_a_decision() {
    let mut window = reviewing_file(&with_parts_of_his_own());
    assert!(window.shows("2 parts only Jonas has"), "{:?}", window.names());
    assert!(window.shows("Code “Omen” of Claim: only Jonas has it"));
    assert!(window.shows("Add all 2 to mine"));
    window.click("Add to mine: Code “Ghost” of Actor");
    window.wait_for("The code “Ghost” was added to your codebook");
    assert!(!window.shows("Code “Ghost” of Actor"), "{:?}", window.names());
    window.key(Key::Enter);
    for class in ["boundary, 20", "features, 20", "actor or issue, 10", "only mine, 10"] {
        window.click(&format!("Show {class}"));
    }
    window.key(Key::K);
    window.key(Key::J);
    assert!(
        window.shows("Taking theirs adds to your codebook: code “Omen”"),
        "{:?}",
        window.names()
    );
    // Before many are decided it is said too.
    window.chord(Modifiers::SHIFT, Key::T);
    assert!(window.shows("only theirs? It adds to your codebook: code “Omen”."));
    window.key(Key::Escape);
    window.key(Key::T);
    window.wait_for("The code “Omen” was added to your codebook");
    assert!(window.shows("1 of 100 decided"), "{:?}", window.names());
    assert!(!window.shows("Taking theirs adds"), "it is there now");
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| claims(&window.saved("anna.json"), "claim.omen").len() == 1);
    let saved = window.saved("anna.json");
    for code in ["actor.ghost", "claim.omen"] {
        assert!(codes(&saved).iter().any(|id| id == code), "{code}");
    }
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::S);
    window
        .wait_until(|window| !codes(&window.saved("anna.json")).contains(&"claim.omen".to_owned()));
    assert!(codes(&window.saved("anna.json")).contains(&"actor.ghost".to_owned()), "one step");
    assert!(
        window.shows("Taking theirs adds to your codebook: code “Omen”"),
        "{:?}",
        window.names()
    );
}
