//! Work that takes long is stopped by Cancel: nothing comes of it, and it can be begun again.
//!
//! How long work takes nobody knows, so each test begins with little of it, and with four times as much if that was done
//! before Cancel could be pressed.

use crate::flows::pair::{Who, project};
use crate::flows::{Window, put};
use egui::{Key, Modifiers};
use serde_json::{Value, json};
use std::fmt::Write as _;
use tempfile::TempDir;

/// Tries with four times as much each time, until it was stopped.
fn until_stopped(least: usize, attempt: impl Fn(usize) -> bool) {
    let mut amounts = (0..6).map(|step| least << (2 * step));
    assert!(amounts.any(attempt), "it is always done before Cancel can be pressed");
}

/// A project on one text of so many words; Jonas has tagged each of them, Anna none.
fn words(who: Who, count: usize) -> String {
    let mut file: Value = serde_json::from_str(&project(who)).unwrap();
    let text = format!("Report 0 from the river\n{}\n", "river ".repeat(count));
    let first = text.find("river ").unwrap_or_default();
    let made = json!({"by": "Jonas", "at": "2026-11-23T16:58:00Z", "via": "key"});
    let tag = |at: usize| {
        let start = first + "river ".len() * at;
        json!({
            "id": format!("a_j{at:06}"), "document": "d_0", "layer": "actor", "code": "actor.person",
            "start": start, "end": start + "river".len(), "quote": "river", "made": made,
        })
    };
    let tagged = if who == Who::Jonas { count } else { 0 };
    file["annotations"] = (0..tagged).map(tag).collect();
    file["documents"] = json!([
        {"id": "d_0", "title": "Report 0 from the river", "language": "en", "text": text}
    ]);
    file.to_string()
}

/// Anna's window; Jonas's file is being opened for review.
fn reviewing(count: usize) -> Window {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("anna.json"), &words(Who::Anna, count));
    put(&folder.path().join("jonas.json"), &words(Who::Jonas, count));
    let mut window = Window::on(folder, &["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    assert!(!window.shows("could not be read"), "{:?}", window.names());
    window.will_choose("jonas.json");
    window.menu("Review", "Open for review…");
    window
}

/// All that is open is decided for Jonas.
fn take_all(window: &mut Window, count: usize) {
    window.chord(Modifiers::SHIFT, Key::T);
    let question = format!("Take Jonas’s for {count} differences: {count} only theirs?");
    assert!(window.shows(&question), "{:?}", window.names());
    window.key(Key::Enter);
}

#[test]
fn thousands_are_decided_beside_the_window_and_cancel_leaves_everything_as_it_was() {
    until_stopped(1_000, |count| {
        let mut window = reviewing(count);
        window.wait_for("Begin review");
        window.key(Key::Enter);
        window.wait_for(&format!("0 of {count} decided"));
        take_all(&mut window, count);
        if !window.stops("Cancel", &format!("{count} of {count} decided")) {
            return false;
        }
        assert!(window.shows("Deciding was cancelled; nothing was changed"));
        assert!(window.shows(&format!("0 of {count} decided")) && window.shows("Saved"));
        take_all(&mut window, count);
        window.wait_for(&format!("{count} of {count} decided"));
        window.wait_for(&format!("Decided {count} differences"));
        window.chord(Modifiers::COMMAND, Key::Z);
        window.wait_for(&format!("0 of {count} decided"));
        true
    });
}

#[test]
fn what_is_done_while_thousands_are_decided_is_kept_and_they_are_decided_all_the_same() {
    let count = 1_000;
    let mut window = reviewing(count);
    window.wait_for("Begin review");
    window.key(Key::Enter);
    window.wait_for(&format!("0 of {count} decided"));
    take_all(&mut window, count);
    window.chord(Modifiers::COMMAND, Key::Num1);
    window.wait_for("Text of Report 0 from the river");
    window.tag("Report", Key::E, Key::Enter);
    window.wait_for(&format!("Decided {count} differences"));
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| {
        let saved = window.saved("anna.json");
        saved["decisions"].as_array().is_some_and(|all| all.len() == count)
    });
    let saved = window.saved("anna.json");
    let tagged = saved["annotations"].as_array().unwrap();
    assert_eq!(tagged.len(), count + 1);
    assert!(tagged.iter().any(|one| one["quote"] == "Report"));
}

#[test]
fn figures_are_cancelled_and_worked_out_when_asked() {
    until_stopped(1_000, |count| {
        let mut window = reviewing(count);
        if !window.stops("Cancel the figures", "F1, same words: ") {
            return false;
        }
        assert!(!window.shows("F1, same words: "), "{:?}", window.names());
        window.click("Work out the figures");
        window.wait_for("F1, same words: ");
        true
    });
}

#[test]
fn a_strip_that_comes_and_goes_by_itself_takes_no_button_away_from_under_the_hand() {
    until_stopped(1_000, |count| {
        let mut window = reviewing(count);
        window.wait_for("Begin review");
        window.key(Key::Enter);
        window.wait_for(&format!("0 of {count} decided"));
        let names = ["Check sheet", "Agreement table"];
        let ids = |window: &Window| names.map(|name| window.id_of(name));
        let before = ids(&window);
        take_all(&mut window, count);
        let done = format!("{count} of {count} decided");
        let shown = window.has_before("Cancel", &done);
        assert!(!shown || ids(&window) == before);
        window.wait_for(&done);
        assert_eq!(ids(&window), before);
        shown
    });
}

/// A folder of brat's with so many texts.
fn brat_folder(window: &Window, texts: usize) {
    let folder = window.path("study");
    std::fs::create_dir(&folder).unwrap();
    let (mut text, mut tags) = (String::new(), String::new());
    for number in 0..40 {
        let start = text.len();
        text.push_str("minister ");
        writeln!(tags, "T{number}\tPerson {start} {}\tminister", start + "minister".len()).unwrap();
    }
    for number in 0..texts {
        put(&folder.join(format!("{number:05}.txt")), &text);
        put(&folder.join(format!("{number:05}.ann")), &tags);
    }
}

#[test]
fn reading_a_brat_folder_is_cancelled_and_so_is_its_import() {
    until_stopped(50, |texts| {
        let mut window = Window::empty();
        brat_folder(&window, texts);
        let read = |window: &mut Window| {
            window.will_choose("study");
            window.menu("File", "Import brat folder…");
        };
        let sheet = "Import: what the names become";
        read(&mut window);
        if !window.stops("Cancel", sheet) {
            return false;
        }
        assert!(window.shows("Reading the folder was cancelled"), "{:?}", window.names());
        assert!(window.shows("1. Open a text"), "the start screen is there as before");
        read(&mut window);
        window.wait_for(sheet);
        window.key(Key::Enter);
        if !window.stops("Cancel", "Imported as a new project") {
            return false;
        }
        assert!(window.shows("Importing was cancelled"), "{:?}", window.names());
        assert!(window.shows("1. Open a text") && !window.shows(sheet));
        true
    });
}
