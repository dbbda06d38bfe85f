//! Links by hint letters and by clicking, their kinds, and what the inspector shows of them.

use crate::flows::Window;
use egui::{Key, Modifiers};

/// A claim and the one who makes it; the claim is selected.
fn claim_and_actor() -> Window {
    let mut window = Window::on_article();
    window.tag("Chairman Ro", Key::A, Key::Num1);
    window.tag("denied every word", Key::C, Key::Num9);
    window
}

#[test]
fn a_link_is_made_at_the_last_letter_of_the_hint_with_its_ends_the_allowed_way() {
    let mut window = claim_and_actor();
    window.key(Key::L);
    assert!(window.shows("type the letter of the other end"), "{:?}", window.names());
    window.key(Key::A);
    let project = window.save_as("p.json");
    let link = &project["links"][0];
    let id_of = |quote: &str| {
        let annotations = project["annotations"].as_array().unwrap();
        annotations.iter().find(|a| a["quote"] == quote).unwrap()["id"].clone()
    };
    assert_eq!(link["from"], id_of("Chairman Ro"), "a claim gets its claimant first");
    assert_eq!(
        (link["to"].clone(), link["relation"].as_str()),
        (id_of("denied every word"), Some("claims"))
    );
}

#[test]
fn tab_cycles_the_kind_and_turns_the_link_round() {
    let mut window = claim_and_actor();
    window.key(Key::L);
    window.key(Key::A);
    let mut kinds = std::collections::BTreeSet::new();
    for _ in 0..6 {
        window.key(Key::Tab);
        let project = window.save_as_again();
        kinds.insert(project["links"][0]["relation"].as_str().unwrap().to_owned());
    }
    assert!(kinds.contains("claims") && kinds.contains("is-about"), "{kinds:?}");
}

#[test]
fn a_link_is_made_by_clicking_the_other_end() {
    let mut window = claim_and_actor();
    window.click_in_text("Chairman Ro denied".split(" denied").next().unwrap());
    window.key(Key::L);
    window.click("Claim: “denied every word”, Denial");
    let project = window.save_as("p.json");
    assert_eq!(project["links"][0]["relation"], "claims");
}

#[test]
fn a_link_that_the_codebook_forbids_is_refused_with_the_reason() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("met", Key::E, Key::Escape);
    window.key(Key::L);
    window.key(Key::A);
    let project = window.save_as("p.json");
    // Event to actor is only allowed the other way round, so the ends are swapped.
    assert_eq!(project["links"][0]["relation"], "does", "{project}");
    window.click("Actor: “President Berg”, Person");
    window.key(Key::L);
    window.click("Event: “met”, no code");
    assert!(window.shows("linked that way already"), "{:?}", window.names());
}

#[test]
fn erasing_an_annotation_takes_its_links_along_and_undo_brings_both_back() {
    let mut window = claim_and_actor();
    window.key(Key::L);
    window.key(Key::A);
    window.click("Actor: “Chairman Ro”, Person");
    window.key(Key::Delete);
    assert!(window.shows("Erased with its link"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Z);
    let project = window.save_as("p.json");
    assert_eq!(
        (
            project["links"].as_array().unwrap().len(),
            project["annotations"].as_array().unwrap().len()
        ),
        (1, 2)
    );
}

impl Window {
    /// Saves over the file of the flow, whatever is in it.
    pub(crate) fn save_as_again(&mut self) -> serde_json::Value {
        if !self.path("p.json").exists() {
            return self.save_as("p.json");
        }
        let before = std::fs::read(self.path("p.json")).unwrap();
        self.chord(Modifiers::COMMAND, Key::S);
        self.wait_until(|window| std::fs::read(window.path("p.json")).unwrap() != before);
        self.saved("p.json")
    }
}
