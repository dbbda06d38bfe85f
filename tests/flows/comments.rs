//! Comments written, answered, resolved and found again, by keys and by names.

use crate::flows::{Window, put};
use egui::{Key, Modifiers};
use serde_json::{Value, json};

/// The comments of a saved project: words, who, whether resolved.
fn said(project: &Value) -> Vec<(String, String, bool)> {
    let all = project["comments"].as_array().unwrap().iter();
    let mut all: Vec<_> = all
        .map(|comment| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let resolved = comment["resolved"].as_bool().unwrap_or_default();
            (text(&comment["text"]), text(&comment["made"]["by"]), resolved)
        })
        .collect();
    all.sort();
    all
}

fn one(words: &str, by: &str) -> (String, String, bool) {
    (words.to_owned(), by.to_owned(), false)
}

impl Window {
    /// The name that begins so.
    #[track_caller]
    fn named(&self, begin: &str) -> String {
        let found = self.names().into_iter().find(|name| name.starts_with(begin));
        found.unwrap_or_else(|| panic!("no “{begin}…”; there is {:#?}", self.names()))
    }
}

#[test]
fn a_thread_is_begun_answered_and_resolved_by_keys_alone() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::M);
    for words in ["Is this ", "the President?"] {
        window.typed(words);
    }
    window.chord(Modifiers::COMMAND, Key::Enter);
    let first = window.save_as("p.json");
    assert_eq!(said(&first), [one("Is this the President?", "Anna")]);
    assert_eq!(first["comments"][0]["target"]["annotation"], first["annotations"][0]["id"]);
    drop(window.named("Comments, 1 open"));

    // A colleague opens the file, answers and resolves.
    let mut jonas = window.beside(&["p.json"], "Jonas");
    jonas.wait_for("Text of Ministers and guests");
    jonas.click("Actor: “President Berg”, Person");
    jonas.key(Key::M);
    jonas.typed("Yes, since May.");
    jonas.key(Key::Escape);
    jonas.chord(Modifiers::SHIFT, Key::M);
    drop(jonas.named("Resolved thread: Anna: Is this the President?, 1 answer"));
    jonas.chord(Modifiers::COMMAND, Key::S);
    jonas.wait_until(|window| said(&window.saved("p.json")).len() == 2);
    let project = jonas.saved("p.json");
    let first = ("Is this the President?".to_owned(), "Anna".to_owned(), true);
    assert_eq!(said(&project), [first, one("Yes, since May.", "Jonas")]);
    let ids: Vec<&Value> =
        project["comments"].as_array().unwrap().iter().map(|c| &c["thread"]).collect();
    assert_eq!(ids[0], ids[1], "both are one thread: {project}");
    // Resolving is one step back, the answer another.
    jonas.chord(Modifiers::COMMAND, Key::Z);
    assert!(jonas.shows("Jonas, "), "{:?}", jonas.names());
    jonas.chord(Modifiers::COMMAND, Key::Z);
    assert!(!jonas.shows("Yes, since May."), "{:?}", jonas.names());
}

#[test]
fn what_is_taken_back_while_one_types_leaves_nothing() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    let before = window.named("History ");
    window.key(Key::M);
    window.typed("No");
    window.key(Key::Backspace);
    window.key(Key::Backspace);
    window.key(Key::Escape);
    assert_eq!(window.named("History "), before);
    assert_eq!(said(&window.save_as("p.json")), []);
}

#[test]
fn ones_own_words_are_reworded_and_another_is_erased_with_its_answers() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::M);
    window.typed("Is it hym?");
    window.key(Key::Escape);
    let menu = "Change comment: Anna: Is it hym?";
    window.click(menu);
    window.click("Reword");
    window.fill("Reword the comment", "Is it him?");
    window.key(Key::Escape);
    let project = window.save_as("p.json");
    assert_eq!(said(&project), [one("Is it him?", "Anna")]);
    let mut jonas = window.beside(&["p.json"], "Jonas");
    jonas.wait_for("Text of Ministers and guests");
    jonas.click("Actor: “President Berg”, Person");
    jonas.key(Key::M);
    jonas.typed("It is.");
    jonas.key(Key::Escape);
    jonas.click("Change comment: Anna: Is it him?");
    assert!(!jonas.shows("Reword"), "they are not Jonas’s words");
    jonas.click("Erase");
    assert!(jonas.shows("Comment erased with its answer"), "{:?}", jonas.names());
    jonas.click("Undo");
    assert!(jonas.shows("Anna, "), "{:?}", jonas.names());
    assert!(jonas.shows("Jonas, "), "{:?}", jonas.names());
}

/// The article with threads on an annotation, its record, a link and the document.
fn with_threads() -> Window {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::Escape);
    window.tag("denied every word", Key::C, Key::Num9);
    let mut project = window.save_as("p.json");
    let (actor, document) =
        (project["annotations"][0]["id"].clone(), project["documents"][0]["id"].clone());
    let claim = project["annotations"][1]["id"].clone();
    let comment = |id: &str, target: Value, thread: &str, text: &str, by: &str, minute: u32| {
        json!({"id": id, "target": target, "thread": thread, "text": text,
            "made": {"by": by, "at": format!("2026-11-23T16:{minute:02}:00Z"), "via": "window"},
            "version": {"b7aaaaaaaaaaaaaa": minute}})
    };
    let mut settled = comment(
        "m_aaaaaaaaaaaaaaac",
        json!({"document": document}),
        "m_aaaaaaaaaaaaaaac",
        "Which edition?",
        "Jonas",
        30,
    );
    settled["resolved"] = json!(true);
    project["comments"] = json!([
        comment(
            "m_aaaaaaaaaaaaaaaa",
            json!({"annotation": actor}),
            "m_aaaaaaaaaaaaaaaa",
            "Who is it?",
            "Jonas",
            10
        ),
        comment(
            "m_aaaaaaaaaaaaaaab",
            json!({"annotation": claim}),
            "m_aaaaaaaaaaaaaaab",
            "هل هذا ادعاء؟",
            "Mina",
            20
        ),
        settled,
    ]);
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("q.json"), &project.to_string());
    let mut window = Window::on(folder, &["q.json"]);
    window.wait_for("Text of Ministers and guests");
    window
}

#[test]
fn the_list_shows_open_questions_first_and_leads_to_them() {
    let mut window = with_threads();
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    drop(window.named("Comments 2"));
    let rows: Vec<String> =
        window.names().into_iter().filter(|name| name.contains(" thread on “")).collect();
    assert!(rows[0].starts_with("Open thread on “denied every word”: Mina"), "{rows:?}");
    assert!(rows[1].starts_with("Open thread on “President Berg”: Jonas"), "{rows:?}");
    assert!(rows[2].starts_with("Resolved thread on “Ministers and guests”: Jonas"), "{rows:?}");
    // Down to the second, and there.
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert!(window.is_selected("Actor: “President Berg”, Person"), "{:?}", window.names());
    window.key(Key::M);
    window.typed("Anton Berg");
    window.chord(Modifiers::COMMAND, Key::Enter);
    drop(window.named("Open thread on “President Berg”: Anna"));
    // The list again: resolve the first row, look at those only, then at mine.
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    window.chord(Modifiers::COMMAND, Key::Enter);
    drop(window.named("Comments 1"));
    window.click("Threads with my words, 1");
    assert!(!window.shows("thread on “denied every word”"), "{:?}", window.names());
    window.click("Resolved threads, 2");
    assert!(!window.shows("Open thread on"), "{:?}", window.names());
    window.click(&window.named("Resolved thread on “Ministers and guests”"));
    assert!(window.shows("Jonas, "), "{:?}", window.names());
    window.click("Reopen: Which edition?");
    drop(window.named("Open threads, 2"));
}

#[test]
fn an_empty_list_says_what_to_do_and_m_needs_something_selected() {
    let mut window = Window::on_article();
    window.click(&window.named("Comments 0"));
    assert!(window.shows("No comment yet"), "{:?}", window.names());
    assert!(window.shows("press M to ask"), "{:?}", window.names());
    window.key(Key::M);
    window.typed("x");
    assert_eq!(said(&window.save_as("p.json")), []);
}

#[test]
fn a_thread_of_fifty_shows_its_ends_and_a_card_opens_it() {
    let window = with_threads();
    let mut project = window.saved("q.json");
    let first = project["comments"][0].clone();
    let all = project["comments"].as_array_mut().unwrap();
    for at in 0..49_u8 {
        let mut answer = first.clone();
        let (high, low) = (char::from(b'a' + at / 26), char::from(b'a' + at % 26));
        answer["id"] = json!(format!("m_baaaaaaaaaaaaa{high}{low}"));
        answer["text"] = json!(format!("Answer number {at}"));
        answer["made"]["at"] = json!(format!("2026-11-24T10:{at:02}:00Z"));
        all.push(answer);
    }
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("r.json"), &project.to_string());
    let mut window = Window::on(folder, &["r.json"]);
    window.wait_for("Text of Ministers and guests");
    window.click("Actor: “President Berg”, Person");
    assert!(window.shows("Show 46 earlier answers"), "{:?}", window.names());
    assert!(window.shows("Jonas, 24 Nov 2026"), "{:?}", window.names());
    window.click("Show 46 earlier answers");
    assert!(!window.shows("earlier answers"));
}
