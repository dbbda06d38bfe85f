//! Annotations hidden while one reads: by eyes, by commands, on the page and in the lists; and how they come back.

use crate::flows::{ARTICLE, Window, put};
use egui::{Key, Modifiers};

const ACTOR: &str = "Actor: “President Berg”, Person";
const CLAIM: &str = "Claim: “denied every word”, Denial";

/// An actor and a claim.
fn tagged() -> Window {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("denied every word", Key::C, Key::Num9);
    window
}

impl Window {
    /// Chooses in the palette what has this name.
    pub(crate) fn command(&mut self, name: &str) {
        self.chord(Modifiers::COMMAND, Key::K);
        self.typed(name);
        self.key(Key::Enter);
    }
}

#[test]
fn a_layer_that_is_hidden_leaves_page_lists_and_walking_and_comes_back() {
    let mut window = tagged();
    window.click("Hide Actor");
    assert!(!window.shows(ACTOR) && window.shows(CLAIM), "{:?}", window.names());
    assert!(window.shows("Hidden: 1 of 2") && window.shows("Annotations 1"));
    window.key(Key::Escape);
    window.chord(Modifiers::COMMAND, Key::Home);
    window.key(Key::Tab);
    window.key(Key::Delete);
    assert!(!window.shows(CLAIM), "Tab went past the hidden one to the claim");
    window.click("Show all annotations");
    assert!(window.shows(ACTOR) && !window.shows("Hidden:"));
}

#[test]
fn a_code_is_hidden_and_only_one_layer_is_shown_by_command() {
    let mut window = tagged();
    window.click("Hide Denial");
    assert!(window.shows(ACTOR) && !window.shows(CLAIM));
    window.click("Show Denial");
    assert!(window.shows(CLAIM));
    window.command("only layer claims");
    assert!(!window.shows(ACTOR) && window.shows(CLAIM));
    window.command("show all annotations");
    assert!(window.shows(ACTOR) && window.shows(CLAIM));
}

#[test]
fn what_is_selected_and_hidden_is_let_go_and_gets_no_hint() {
    let mut window = tagged();
    window.click(ACTOR);
    assert!(!window.shows("Nothing is selected"));
    window.click("Hide Actor");
    assert!(window.shows("Nothing is selected"), "{:?}", window.names());
    window.click(CLAIM);
    window.key(Key::L);
    assert!(window.shows("none in sight"), "the actor has no hint: {:?}", window.names());
}

#[test]
fn what_is_tagged_or_asked_for_is_shown_again() {
    let mut window = tagged();
    window.click("Hide Actor");
    window.tag("Chairman Ro", Key::A, Key::Num1);
    assert!(window.shows("Actor: “Chairman Ro”, Person") && window.shows(ACTOR));
    window.click("Hide Person");
    assert!(!window.shows(ACTOR));
    window.command("president berg");
    assert!(window.shows(ACTOR) && window.shows("were hidden"), "{:?}", window.names());
}

#[test]
fn annotators_are_listed_when_there_are_several_and_each_can_be_hidden() {
    let mut window = tagged();
    assert!(!window.shows("Annotators"));
    window.menu("Help", "Annotator…");
    window.fill("Your name", "Jonas");
    window.click("Use this name");
    window.tag("met", Key::E, Key::Escape);
    assert!(window.shows("Annotators, 2") && window.shows("Anna, 2 annotations"));
    window.click("Hide Anna");
    assert!(!window.shows(ACTOR) && window.shows("Event: “met”, no code"));
    assert!(window.shows("Hidden: 2 of 3"), "{:?}", window.names());
}

#[test]
fn hiding_is_no_part_of_the_project() {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("article.txt"), ARTICLE);
    let mut window = Window::on(folder, &["article.txt"]);
    window.wait_for("Text of Ministers and guests");
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    let before = std::fs::read(window.path("p.json")).unwrap();
    window.click("Hide Actor");
    assert!(!window.shows(ACTOR));
    assert!(window.shows("Saved"), "nothing has to be saved: {:?}", window.names());
    assert_eq!(std::fs::read(window.path("p.json")).unwrap(), before);
}

#[test]
fn a_layer_folds_its_codes_away() {
    let mut window = tagged();
    assert!(window.shows("Denial, 1 annotation"));
    window.click("Collapse Claim");
    assert!(!window.shows("Denial, 1 annotation") && window.shows("Claims, 1 annotation"));
    window.click("Expand Claim");
    assert!(window.shows("Denial, 1 annotation"));
}
