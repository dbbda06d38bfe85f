//! What the window shows: start screen, inspector, lists, palette, keys, theme.

use crate::flows::{ARTICLE, Window, put, tagged};
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;

#[test]
fn the_start_screen_leads_to_the_sample() {
    let mut window = Window::empty();
    window.wait_for("Try the sample");
    window.click("Try the sample");
    window.wait_for("Text of Port Avel gave the river a referee");
    assert!(window.shows("Actor: “President Edda Kroll of Halvern”"), "{:?}", window.names());
}

#[test]
fn the_inspector_shows_what_is_selected_and_takes_a_name_for_its_record() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.pick("Actor");
    window.typed("Anton Berg");
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    assert_eq!(project["entities"][0]["name"], "Anton Berg", "{project}");
    assert_eq!(project["annotations"][0]["entity"], project["entities"][0]["id"]);
}

#[test]
fn a_note_is_written_in_the_inspector_and_undone_in_one_step() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::N);
    for letters in ["Soft", "ened ", "later"] {
        window.typed(letters);
    }
    window.key(Key::Escape);
    let project = window.save_as("p.json");
    assert_eq!(project["notes"][0]["text"], "Softened later", "{project}");
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::S);
    window
        .wait_until(|window| window.saved("p.json")["notes"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn the_palette_finds_commands_and_says_why_one_cannot_be_done() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("undo");
    window.key(Key::Enter);
    assert!(window.shows("Actor: “President Berg”, no code"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("redo something that is not");
    assert!(window.shows("Nothing has this name"));
    window.key(Key::Escape);
    window.key(Key::Escape);
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("erase");
    window.key(Key::Enter);
    assert!(window.shows("select an annotation first"), "{:?}", window.names());
}

#[test]
fn letters_typed_into_a_field_are_text_and_undo_there_belongs_to_the_field() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::N);
    window.key(Key::A);
    window.key(Key::C);
    window.key(Key::Escape);
    let project = window.save_as("p.json");
    assert_eq!(tagged(&project).len(), 1);
    assert_eq!(project["notes"][0]["text"], "ac", "{project}");
}

#[test]
fn the_key_sheet_and_the_theme_are_a_key_away() {
    let mut window = Window::on_article();
    window.key(Key::F1);
    assert!(window.shows("Tag as actor"), "{:?}", window.names());
    window.click("Close");
    window.menu("View", "Light or dark");
    assert!(window.shows("Text of Ministers and guests"));
}

#[test]
fn a_person_whom_the_program_does_not_know_is_asked_once() {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("article.txt"), ARTICLE);
    let mut window = Window::by(folder, &["article.txt"], None);
    window.wait_for("Use this name");
    window.typed("Vera");
    window.key(Key::Enter);
    assert!(!window.shows("Use this name"));
    window.tag("President Berg", Key::A, Key::Num1);
    let project = window.save_as("p.json");
    assert_eq!(project["annotations"][0]["made"]["by"], "Vera");
    assert!(std::fs::read_to_string(window.path("state/settings.json")).unwrap().contains("Vera"));
}

#[test]
fn the_keyboard_goes_round_the_panels_and_is_never_trapped() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::Escape);
    let row = "Actor: “President Berg”, Person, paragraph 1";
    assert!(window.shows(row));
    // Nothing is selected, so the inspector has no field: the next panel is the list's filter.
    window.key(Key::F6);
    window.typed("nothing like it");
    assert!(!window.shows(row), "the words went into the filter: {:?}", window.names());
    window.chord(Modifiers::SHIFT, Key::F6);
    window.click_in_text("denied");
    window.key(Key::C);
    assert!(window.shows("Claim: “denied”"), "the page has the keyboard again");
}

#[test]
fn another_annotator_signs_what_comes_next() {
    let mut window = Window::on_article();
    window.menu("Help", "Annotator…");
    window.fill("Your name", "Jonas");
    window.click("Use this name");
    window.tag("President Berg", Key::A, Key::Num1);
    let project = window.save_as("p.json");
    assert_eq!(project["annotations"][0]["made"]["by"], "Jonas");
}

#[test]
fn the_left_panel_is_part_of_the_round_and_arrows_go_along_its_rows() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::Escape);
    window.chord(Modifiers::SHIFT, Key::F6);
    let at = |window: &Window| {
        let nodes = window.harness.root().children_recursive();
        let mut focused = nodes.filter(|node| node.accesskit_node().is_focused());
        focused.find_map(|node| node.accesskit_node().label()).unwrap_or_default()
    };
    assert_eq!(at(&window), "Ministers and guests, 1 annotation");
    window.key(Key::ArrowDown);
    assert_ne!(at(&window), "Ministers and guests, 1 annotation");
    window.key(Key::Escape);
    assert!(at(&window).starts_with("Text of"), "{}", at(&window));
    window.key(Key::F6);
    window.key(Key::F6);
    assert_eq!(at(&window), "Ministers and guests, 1 annotation", "after the list");
    window.key(Key::F6);
    assert!(at(&window).starts_with("Text of"), "{}", at(&window));
}

#[test]
fn signs_of_invisible_characters_come_and_go_by_a_command_and_are_remembered() {
    let mut window = Window::on_article();
    window.menu("View", "Show invisible characters");
    window.save_as("p.json");
    window.close();
    let mut again = window.killed_and_started_on(&["p.json"]);
    again.wait_for("Text of Ministers and guests");
    again.menu("View", "Hide invisible characters");
    again.click("View");
    assert!(again.shows("Show invisible characters"), "{:?}", again.names());
}
