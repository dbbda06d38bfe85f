//! Tagging all mentions, finding words on the page and in all documents, sorting lists.

use crate::flows::{Window, put, tagged};
use egui::{Key, Modifiers};

/// A text in which one name stands five times.
const MENTIONS: &str = "The talks\n\
    President Berg met Ro. Later Berg said that Berg's plan was iceberg-proof.\n\
    The Berg Institute disagreed with BERG.\n";

fn on_mentions() -> Window {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("talks.txt"), MENTIONS);
    let mut window = Window::on(folder, &["talks.txt"]);
    window.wait_for("Text of The talks");
    window
}

fn quotes(window: &mut Window) -> Vec<String> {
    tagged(&window.save_as_again()).into_iter().map(|(quote, _, _)| quote).collect()
}

#[test]
fn all_other_mentions_are_tagged_from_a_checklist_and_undone_as_one() {
    let mut window = on_mentions();
    window.tag("Berg", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::A);
    assert!(window.shows("Tag 4 of 4 mentions of Berg"), "{:?}", window.names());
    // The third is the institute's name: not this time.
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::Space);
    assert!(window.shows("Tag 3 of 4 mentions of Berg"));
    window.key(Key::Enter);
    assert!(window.shows("Tagged 3 mentions of Berg"), "{:?}", window.names());
    let project = window.save_as("p.json");
    let all = tagged(&project);
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|(quote, layer, code)| {
        quote.eq_ignore_ascii_case("berg") && layer == "actor" && code == "actor.person"
    }));
    let record = &project["entities"][0];
    assert_eq!(record["name"], "Berg");
    let annotations = project["annotations"].as_array().unwrap();
    assert!(annotations.iter().all(|annotation| annotation["entity"] == record["id"]));
    window.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(quotes(&mut window), ["Berg"]);
}

#[test]
fn the_checklist_is_left_without_a_trace_and_says_when_there_is_nothing() {
    let mut window = on_mentions();
    window.tag("Institute", Key::A, Key::Num8);
    window.chord(Modifiers::SHIFT, Key::A);
    assert!(window.shows("No other untagged mention of “Institute” was found"));
    window.tag("BERG", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::A);
    assert!(window.shows("Tag 4 of 4 mentions of BERG"), "{:?}", window.names());
    window.key(Key::Escape);
    assert!(!window.shows("mentions of BERG"));
    let project = window.save_as("p.json");
    assert_eq!(tagged(&project).len(), 2);
    assert!(project["entities"].as_array().is_none_or(Vec::is_empty));
}

#[test]
fn mentions_are_looked_for_in_all_documents_when_asked() {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("a.txt"), "First\nBerg came. Berg went.\n");
    put(&folder.path().join("b.txt"), "Second\nIt was Berg again.\n");
    let mut window = Window::on(folder, &["a.txt", "b.txt"]);
    window.wait_for("Text of First");
    window.tag("Berg", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::A);
    assert!(window.shows("Tag 1 of 1 mention of Berg"), "{:?}", window.names());
    window.key(Key::D);
    assert!(window.shows("Tag 2 of 2 mentions of Berg"));
    assert!(window.shows("Paragraph 1 of Second: It was Berg again."), "{:?}", window.names());
    window.click("Tag 2");
    assert_eq!(tagged(&window.save_as("p.json")).len(), 3);
}

#[test]
fn words_are_found_one_after_the_other_and_tagged_at_once() {
    let mut window = on_mentions();
    window.chord(Modifiers::COMMAND, Key::F);
    window.typed("Berg");
    assert!(window.shows("1 of 6"), "{:?}", window.names());
    window.key(Key::Enter);
    assert!(window.shows("2 of 6"));
    window.chord(Modifiers::SHIFT, Key::Enter);
    window.key(Key::F3);
    window.key(Key::F3);
    assert!(window.shows("3 of 6"));
    window.click("Whole words");
    assert!(window.shows("1 of 5"), "the iceberg is out: {:?}", window.names());
    window.click("Match case");
    assert!(window.shows("1 of 4"));
    window.chord(Modifiers::SHIFT, Key::F3);
    assert!(window.shows("4 of 4"), "round the start of the text");
    window.key(Key::Escape);
    assert!(!window.shows("4 of 4"));
    window.key(Key::A);
    window.key(Key::Num8);
    assert!(window.shows("Actor: “Berg”, Media, expert, civil society, paragraph 2"));
    window.key(Key::F3);
    assert_eq!(window.copied().as_deref(), Some("Berg"), "the bar need not be open");
}

#[test]
fn selected_words_are_looked_for_and_missing_ones_are_said_to_be() {
    let mut window = on_mentions();
    window.drag_over("Later");
    window.chord(Modifiers::COMMAND, Key::F);
    assert!(window.shows("1 found") || window.shows("1 of 1"), "{:?}", window.names());
    window.typed("nowhere");
    assert!(window.shows("nothing found"));
}

#[test]
fn rows_are_sorted_by_their_titles_and_walked_by_keys() {
    let mut window = on_mentions();
    window.tag("Ro", Key::A, Key::Num1);
    window.tag("Institute", Key::A, Key::Num8);
    window.tag("President", Key::A, Key::Num3);
    let rows = |window: &Window| -> Vec<String> {
        let names = window
            .names()
            .into_iter()
            .filter(|name| name.contains("”, paragraph ") || name.contains(", paragraph "));
        names.map(|name| name.split('”').next().unwrap().replace("Actor: “", "")).collect()
    };
    assert_eq!(rows(&window), ["President", "Ro", "Institute"]);
    window.click("Sort by quote");
    assert_eq!(rows(&window), ["Institute", "President", "Ro"]);
    window.click("Sort by quote");
    assert_eq!(rows(&window), ["Ro", "President", "Institute"]);
    window.click("Actor: “Ro”, Person, paragraph 1");
    window.key(Key::ArrowDown);
    assert_eq!(window.copied().as_deref(), Some("President"), "the page follows");
    window.key(Key::Delete);
    assert_eq!(rows(&window), ["Ro", "Institute"]);
    window.key(Key::ArrowDown);
    window.key(Key::Escape);
    window.chord(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(window.copied().as_deref(), Some("R"), "the page has the keyboard again");
}

#[test]
fn words_of_all_documents_are_listed_in_their_contexts_and_shown_on_the_page() {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("a.txt"), "First\nThe zinc Berg came. A lead Berg went.\n");
    put(&folder.path().join("b.txt"), "Second\nIt was old Berg again.\n");
    let mut window = Window::on(folder, &["a.txt", "b.txt"]);
    window.wait_for("Text of First");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.typed("berg");
    window.wait_for("3 in 2 documents");
    let row = "Paragraph 1 of Second: It was old Berg again.";
    assert!(window.shows(row), "{:?}", window.names());
    window.key(Key::Enter);
    assert_eq!(window.copied().as_deref(), Some("Berg"), "the first is selected on the page");
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    assert!(window.shows("Text of Second"), "{:?}", window.names());
    window.key(Key::A);
    window.key(Key::Num1);
    assert!(window.shows("Actor: “Berg”, Person"), "{:?}", window.names());
    let rows = |window: &Window| -> Vec<String> {
        window.names().into_iter().filter(|name| name.starts_with("Paragraph 1 of ")).collect()
    };
    let by_place = rows(&window);
    window.click("Sort by the word before");
    let by_left = rows(&window);
    assert_eq!(by_left, [by_place[1].clone(), by_place[2].clone(), by_place[0].clone()]);
    window.click(row);
    assert_eq!(window.copied().as_deref(), Some("Berg"));
}
