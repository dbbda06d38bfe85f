//! Long work of a review: it says how far it is, the window lives on, and it can be cancelled with nothing changed.

use crate::flows::pair::{Who, project};
use crate::flows::review::reviewing_file;
use crate::flows::{Window, put, read};
use egui::{Key, Modifiers};
use serde_json::{Value, json};
use tempfile::TempDir;

/// So many sentences make comparing long enough to be looked at.
const SENTENCES: usize = 8000;

/// A long text in which Jonas has tagged every sentence, in another version, and Anna few: her window draws fast.
fn long(who: Who) -> String {
    let mut file: Value = serde_json::from_str(&project(who)).unwrap();
    let (mut words, mut annotations) = ("A long report\n".to_owned(), Vec::new());
    if who == Who::Jonas {
        words.push_str("A line that Anna does not have.\n");
    }
    for number in 0..SENTENCES {
        let (start, sentence) = (words.len(), format!("The gate {number} of the dam would open."));
        words.push_str(&sentence);
        if who == Who::Jonas || number % 400 == 0 {
            annotations.push(json!({
                "id": format!("a_{number}of{}", file["id"].as_str().unwrap()), "document": "d_0",
                "layer": "claim", "start": start, "end": words.len(), "quote": sentence,
            }));
        }
        words.push(if number % 10 == 9 { '\n' } else { ' ' });
    }
    file["documents"] = json!([
        {"id": "d_0", "title": "A long report", "language": "en", "text": words}
    ]);
    file["annotations"] = annotations.into();
    file.to_string()
}

/// Anna's window with the long report.
fn on_the_long_report() -> Window {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("anna.json"), &long(Who::Anna));
    put(&folder.path().join("jonas.json"), &long(Who::Jonas));
    let mut window = Window::on(folder, &["anna.json"]);
    window.wait_for("Text of A long report");
    window
}

/// The shares of comparing that are told until `enough`, each once.
#[track_caller]
fn shares(window: &mut Window, enough: impl Fn(&Window, &[f32]) -> bool) -> Vec<f32> {
    let mut shares: Vec<f32> = Vec::new();
    window.wait_until(|window| {
        let names = window.names();
        let share = |name: &String| {
            let share = name.strip_prefix("Comparing, ")?.strip_suffix(" %")?;
            Some(share.parse::<f32>().unwrap())
        };
        let told = names.iter().find_map(share);
        shares.extend(told);
        shares.dedup();
        enough(window, &shares)
    });
    shares
}

#[test]
fn comparing_says_how_far_it_is_and_is_cancelled_with_nothing_changed() {
    let mut window = on_the_long_report();
    window.will_choose("jonas.json");
    window.menu("Review", "Open for review…");
    shares(&mut window, |_, shares| shares.len() > 1);
    // The window lives on meanwhile.
    window.chord(Modifiers::COMMAND, Key::K);
    assert!(window.shows("Commands"), "{:?}", window.names());
    window.key(Key::Escape);
    window.wait_until(|window| window.shows("Comparing, "));
    window.click("Cancel");
    window.wait_for("Comparing was cancelled");
    assert!(!window.shows("Comparing, "), "{:?}", window.names());
    assert!(window.shows("Saved") && !window.shows("Begin review"), "{:?}", window.names());

    window.will_choose("jonas.json");
    window.menu("Review", "Open for review…");
    let told = shares(&mut window, |window, _| window.shows("Begin review"));
    assert!(told.len() > 1 && told.is_sorted(), "{told:?}");
}

/// How many annotations the figures class as speaking of another record.
fn of_another_record(window: &mut Window) -> u64 {
    let path = window.path("figures.json");
    std::fs::remove_file(&path).ok();
    window.will_choose("figures.json");
    window.click("Save report…");
    window.wait_until(|_| path.exists());
    window.wait_for("Saved the report");
    read(&path)["classes"]["entity"].as_u64().unwrap()
}

#[test]
fn what_is_said_of_records_gives_new_figures() {
    let mut window = reviewing_file(&project(Who::Jonas));
    window.wait_for("F1, same words: 0.");
    window.menu("Review", "Agreement table");
    window.step();
    assert_eq!(of_another_record(&mut window), 10);
    window.menu("Review", "Check sheet");
    window.click("Show the records of the same name: Jonas");
    window.click("Not the same: Vell and Vell");
    window.wait_for("1 in both · 1 only yours · 1 only Jonas’s");
    window.menu("Review", "Agreement table");
    window.step();
    let renewed = (0..50).map(|_| of_another_record(&mut window)).find(|count| *count > 10);
    assert_eq!(renewed, Some(100), "all that both call Vell");
}
