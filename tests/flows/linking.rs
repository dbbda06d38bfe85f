//! Links by hint letters and by clicking, their kinds, and what the inspector shows of them.

use crate::flows::Window;
use egui::{Key, Modifiers};

/// A claim and the one who makes it; the claim is selected.
pub(crate) fn claim_and_actor() -> Window {
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

#[test]
fn only_what_the_codebook_allows_has_a_letter_and_tab_narrows_it() {
    let mut window = claim_and_actor();
    window.tag("met", Key::E, Key::Escape);
    window.click("Claim: “denied every word”, Denial");
    window.key(Key::L);
    assert!(window.shows("Link from this claim"), "{:?}", window.names());
    // Wanting "is about", the actor may be the other end; wanting "supports", there is no other claim.
    window.key(Key::Tab);
    assert!(window.shows("The link will be: is about → actor, event"), "{:?}", window.names());
    window.key(Key::Tab);
    window.key(Key::Tab);
    assert!(window.shows("The link will be: supports → claim"), "{:?}", window.names());
    assert!(window.shows("none in sight"));
    window.click("Actor: “Chairman Ro”, Person");
    assert!(window.shows("“supports” does not lead from claim to actor"), "{:?}", window.names());
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.click("Actor: “Chairman Ro”, Person");
    let project = window.save_as("p.json");
    assert_eq!(project["links"][0]["relation"], "addressed-to", "{project}");
}

#[test]
fn a_letter_that_nothing_has_is_ignored_and_escape_leaves() {
    let mut window = claim_and_actor();
    window.key(Key::L);
    window.key(Key::Z);
    assert!(window.shows("no such letter"), "{:?}", window.names());
    window.key(Key::Escape);
    assert!(!window.shows("Link from this claim"));
    let project = window.save_as("p.json");
    assert_eq!(project["links"].as_array().unwrap().len(), 0);
}

#[test]
fn several_links_from_one_end_need_no_selecting_again() {
    let mut window = claim_and_actor();
    window.tag("met", Key::E, Key::Escape);
    window.click("Claim: “denied every word”, Denial");
    window.key(Key::L);
    window.click("Actor: “Chairman Ro”, Person");
    window.key(Key::L);
    window.click("Event: “met”, no code");
    let project = window.save_as("p.json");
    let links = project["links"].as_array().unwrap();
    assert_eq!(links.len(), 2, "{links:?}");
    let claim = project["annotations"].as_array().unwrap().iter().find(|a| a["layer"] == "claim");
    let claim = &claim.unwrap()["id"];
    assert!(links.iter().all(|l| l["from"] == *claim || l["to"] == *claim), "{links:?}");
}

#[test]
fn a_row_of_a_list_and_a_record_are_other_ends_too() {
    let mut window = claim_and_actor();
    window.click("Actor: “Chairman Ro”, Person");
    window.pick("Actor");
    window.typed("Ro");
    window.key(Key::Enter);
    window.click("Claim: “denied every word”, Denial");
    window.key(Key::L);
    window.click("Actor: “Chairman Ro”, Person, paragraph 1");
    window.click("Claim: “denied every word”, Denial");
    window.key(Key::L);
    window.click("Ro, 1 mention");
    let project = window.save_as("p.json");
    let record = project["entities"][0]["id"].clone();
    let links = project["links"].as_array().unwrap();
    let at_record = links.iter().filter(|l| l["to"] == record || l["from"] == record).count();
    assert_eq!((links.len(), at_record), (2, 1), "{links:?}");
}

#[test]
fn the_other_end_is_found_in_the_palette() {
    let mut window = claim_and_actor();
    window.key(Key::L);
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("chair");
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    assert_eq!(project["links"][0]["relation"], "claims", "{project}");
}

#[test]
fn a_link_is_dragged_from_the_handle_and_its_label_takes_the_next_type() {
    let mut window = claim_and_actor();
    let to = window.center("Actor: “Chairman Ro”, Person");
    window.drag_to("Link from Claim: “denied every word”, Denial", to);
    window.click("Link on the page: claims, next type");
    let project = window.save_as("p.json");
    assert_eq!(project["links"][0]["relation"], "endorses", "{project}");
}

#[test]
fn a_link_is_dragged_onto_a_row_and_nowhere_else() {
    let mut window = claim_and_actor();
    let row = window.center("Actor: “Chairman Ro”, Person, paragraph 1");
    let nowhere = window.center("Documents, 1");
    window.drag_to("Link from Claim: “denied every word”, Denial", nowhere);
    window.drag_to("Link from Claim: “denied every word”, Denial", row);
    let project = window.save_as("p.json");
    assert_eq!(project["links"].as_array().unwrap().len(), 1, "{project}");
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
