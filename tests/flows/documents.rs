//! Documents: described, renamed, moved, marked as done, erased and brought back.

use crate::flows::{Window, put};
use egui::{Key, Modifiers};
use tempfile::TempDir;

const SHIFT_ALT: Modifiers = Modifiers::SHIFT.plus(Modifiers::ALT);

/// Two documents; the second is on the page.
fn two() -> Window {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("one.txt"), "First article\nMinisters met.\n");
    put(&folder.path().join("two.txt"), "Second article\nThey met again.\n");
    let mut window = Window::on(folder, &["one.txt", "two.txt"]);
    window.wait_for("Second article, 0 annotations");
    window.click("Second article, 0 annotations");
    window
}

fn titles(project: &serde_json::Value) -> Vec<(String, i64)> {
    let documents = project["documents"].as_array().unwrap().iter();
    let mut all: Vec<_> = documents
        .map(|d| (d["title"].as_str().unwrap().to_owned(), d["order"].as_i64().unwrap_or(0)))
        .collect();
    all.sort_by_key(|(_, order)| *order);
    all
}

#[test]
fn f2_renames_in_the_list_and_undo_takes_it_back() {
    let mut window = two();
    window.key(Key::F2);
    window.fill("Title", "Afterwards");
    window.key(Key::Enter);
    assert!(window.shows("Afterwards, 0 annotations"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("Second article, 0 annotations"));
}

#[test]
fn a_document_moves_up_in_the_list_in_one_step() {
    let mut window = two();
    window.chord(SHIFT_ALT, Key::ArrowUp);
    let project = window.save_as("p.json");
    let names: Vec<String> = titles(&project).into_iter().map(|(title, _)| title).collect();
    assert_eq!(names, ["Second article", "First article"]);
    window.chord(Modifiers::COMMAND, Key::Z);
    let project = window.save_as_again();
    let names: Vec<String> = titles(&project).into_iter().map(|(title, _)| title).collect();
    assert_eq!(names, ["First article", "Second article"]);
}

#[test]
fn control_and_page_keys_go_from_document_to_document() {
    let mut window = two();
    window.chord(Modifiers::COMMAND, Key::PageUp);
    assert!(window.shows("Text of First article"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::PageDown);
    assert!(window.shows("Text of Second article"));
}

#[test]
fn the_line_below_the_title_leads_to_the_inspector_and_says_what_was_written_there() {
    let mut window = two();
    window.click("About this document: English · Add outlet, author, date…");
    window.fill("Outlet", "Northern Review");
    window.key(Key::Enter);
    window.fill("Date published", "25 апреля 2019 г.");
    window.key(Key::Enter);
    window.pick("Add to Authors");
    window.typed("M. Okafor");
    window.key(Key::Enter);
    window.pick("Language");
    window.typed("rus");
    window.key(Key::Enter);
    let line = "About this document: Northern Review · M. Okafor · 25 April 2019 · Russian";
    assert!(window.shows(line), "{:?}", window.names());
    let project = window.save_as("p.json");
    let documents = project["documents"].as_array().unwrap();
    let second = documents.iter().find(|d| d["title"] == "Second article").unwrap();
    assert_eq!(second["language"], "ru");
    assert_eq!(second["meta"]["date"], "2019-04-25");
    assert_eq!(second["meta"]["authors"], serde_json::json!(["M. Okafor"]));
}

#[test]
fn a_status_is_set_by_command_and_said_in_the_list() {
    let mut window = two();
    window.submenu("Edit", "Status of the document", "Document is done");
    assert!(window.shows("Second article, 0 annotations, done"), "{:?}", window.names());
}

#[test]
fn a_document_is_erased_without_a_question_and_comes_back() {
    let mut window = two();
    window.tag("They", Key::A, Key::Num1);
    window.menu("Edit", "Document: erase");
    assert!(!window.shows("Second article,"), "{:?}", window.names());
    assert!(window.shows("Erased “Second article”"), "said, with a way back");
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("Second article, 1 annotation"));
}

#[test]
fn enter_goes_into_the_inspector_and_escape_back_to_the_text() {
    let mut window = two();
    window.tag("They", Key::A, Key::Num1);
    window.tag("again", Key::C, Key::Num1);
    // The code's list opens by Enter, and letters choose in it.
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.typed("thr");
    window.key(Key::Enter);
    assert!(window.shows("Claim: “again”, Threat or warning"), "{:?}", window.names());
    // The keyboard is still in the inspector: Tab moves there and not in the text.
    window.key(Key::Tab);
    assert!(window.shows("Position: supports"), "{:?}", window.names());
    window.key(Key::Escape);
    window.chord(Modifiers::SHIFT, Key::Tab);
    window.key(Key::Num2);
    assert!(window.shows("Actor: “They”, State"), "{:?}", window.names());
}

#[test]
fn many_documents_scroll_by_themselves_and_the_codebook_stays_in_sight() {
    let folder = TempDir::new().unwrap();
    let names: Vec<String> = (10..70).map(|number| format!("{number}.txt")).collect();
    for name in &names {
        put(&folder.path().join(name), &format!("Minutes {name}\nNothing was decided.\n"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut window = Window::on(folder, &names);
    window.wait_for("Text of Minutes 10.txt");
    assert!(window.shows("Documents, 60") && window.shows("Actors, 0 annotations"));
    assert!(!window.shows("Minutes 60.txt, "), "only rows in sight are laid out");
    for _ in 0..50 {
        window.chord(Modifiers::COMMAND, Key::PageDown);
    }
    assert!(window.shows("Text of Minutes 60.txt"), "{:?}", window.names());
    assert!(window.shows("Minutes 60.txt, "), "the list has followed: {:?}", window.names());
}
