//! A colleague's file is opened as a guest, a hundred differences are decided by keys, and its author sees what became
//! of the work.

use crate::flows::pair::{ALL, Who, claims, project};
use crate::flows::{Window, put};
use egui::{Key, Modifiers};
use tempfile::TempDir;

/// Anna's window with Jonas's file as its guest.
fn reviewing() -> Window {
    reviewing_file(&project(Who::Jonas))
}

/// The same with any file of his.
pub(crate) fn reviewing_file(file: &str) -> Window {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("anna.json"), &project(Who::Anna));
    put(&folder.path().join("jonas.json"), file);
    let mut window = Window::on(folder, &["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    assert!(!window.shows("could not be read"), "{:?}", window.names());
    window.will_choose("jonas.json");
    window.menu("Review", "Open for review…");
    window.wait_for("Begin review");
    window
}

/// Presses "?": it needs Shift on most layouts, and a real window brings the letter with the key.
fn ask(window: &mut Window, words: &str) {
    window.on_layout(&[(Key::Questionmark, Key::Slash, "?")]);
    window.typed(words);
    window.key(Key::Enter);
}

#[test]
fn the_check_sheet_says_what_to_know_before_and_nothing_is_changed_by_it() {
    let mut window = reviewing();
    assert!(window.shows("Jonas (190)"), "{:?}", window.names());
    assert!(window.shows("10 texts are the same as yours, letter by letter"));
    assert!(window.shows("The same as yours"));
    assert!(window.shows("20 boundary · 20 code · 20 features · 10 actor or issue"));
    // Two independent projects: records of one name are taken as one, which a person may refuse, for one or for all.
    assert!(window.shows("2 records have the same name in both and are taken as one"));
    assert!(!window.shows("Not the same: Vell and Vell"), "they are not asked about one by one");
    assert!(window.shows("2 in both · 0 only yours · 0 only Jonas’s"));
    window.click("Show the records of the same name: Jonas");
    window.click("Not the same: Vell and Vell");
    window.wait_until(|window| window.shows("you said no"));
    assert!(
        window.shows("2 records have the same name in both and are taken as one; 1 is kept apart")
    );
    window.wait_for("1 in both · 1 only yours · 1 only Jonas’s");
    window.key(Key::S);
    window.wait_for("2 records have the same name in both and are taken as one");
    window.wait_for("2 in both · 0 only yours");
    window.key(Key::S);
    window.wait_for("2 records have the same name in both and are kept apart");
    window.wait_for("0 in both · 2 only yours · 2 only Jonas’s");
    assert!(!window.shows("guessed: say"), "{:?}", window.names());
    window.click("Take records of the same name as one: Jonas, key S");
    window.wait_for("2 in both · 0 only yours");
    window.wait_for("20 boundary · 20 code · 20 features · 10 actor or issue");
    assert!(window.shows("Saved"), "looking changes nothing");
    window.key(Key::Enter);
    assert!(window.shows("0 of 100 decided"), "{:?}", window.names());
}

#[test]
fn what_cannot_be_understood_in_a_guests_file_stands_on_the_check_sheet() {
    let broken = project(Who::Jonas).replacen("claim.prediction", "claim.of_his_own", 2);
    let window = reviewing_file(&broken);
    let words = "2 records of it cannot be understood and are left out of the comparison";
    assert!(window.shows(words), "{:?}", window.names());
}

#[test]
fn a_hundred_differences_are_decided_in_a_hundred_and_ten_actions_and_the_author_sees_it() {
    let mut window = reviewing();
    window.key(Key::Enter);
    let mut actions = 1;
    assert!(window.shows("difference 1 of 100"));
    // Boundaries come first, then codes, actors, values, what only one has.
    let keys = [(Key::M, 10), (Key::T, 10), (Key::T, 20), (Key::M, 8)];
    for (key, count) in keys {
        for _ in 0..count {
            window.key(key);
            actions += 1;
        }
    }
    for words in ["Who is the other one?", "Is it the same Vell?"] {
        ask(&mut window, words);
        actions += 3;
    }
    for (key, count) in [(Key::B, 2), (Key::M, 18), (Key::M, 10), (Key::T, 18), (Key::R, 2)] {
        for _ in 0..count {
            window.key(key);
            actions += 1;
        }
    }
    assert!(window.shows("100 of 100 decided"), "{actions} actions: {:?}", window.names());
    assert!(actions <= 110, "{actions} actions");
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| {
        window.saved("anna.json")["decisions"].as_array().is_some_and(|all| all.len() == ALL)
    });
    let saved = window.saved("anna.json");
    assert_eq!(claims(&saved, "claim.prediction").len(), 20, "codes were taken");
    let ends = |one: &serde_json::Value| one["quote"].as_str().unwrap().ends_with("opened");
    let shorter = saved["annotations"].as_array().unwrap().iter().filter(|one| ends(one)).count();
    assert_eq!(shorter, 10, "ten boundaries were taken, ten kept");
    window.will_choose("for-jonas.review.json");
    window.menu("Review", "Save review file…");
    window.wait_for("Saved 100 decisions for Jonas");
    author_sees(&window);
}

/// Jonas opens his project and the review file: he sees what became of his work, accepts and answers.
fn author_sees(reviewer: &Window) {
    let mut window = reviewer.beside(&["jonas.json"], "Jonas");
    window.wait_for("Text of Report 0 from the river");
    window.will_choose("for-jonas.review.json");
    window.menu("Review", "Open for review…");
    window.wait_for("Reviewed by Anna");
    assert!(window.shows("Show asked, 2"), "{:?}", window.names());
    // What asks for an answer comes first.
    assert!(window.shows("Anna asks: Who is the other one?"), "{:?}", window.names());
    for words in ["The younger one.", "Yes."] {
        window.key(Key::D);
        window.typed(words);
        window.key(Key::Enter);
    }
    assert!(window.shows(", answered"), "{:?}", window.names());
    window.key(Key::Y);
    assert!(window.shows(", accepted"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(!window.shows(", accepted"), "an answer is one step");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| {
        let saved = window.saved("jonas.json");
        saved["decisions"].as_array().is_some_and(|all| all.len() == 3)
    });
}

#[test]
fn all_that_the_filters_show_is_decided_at_once_after_the_count_was_said() {
    let mut window = reviewing();
    window.key(Key::Enter);
    for class in ["boundary, 20", "code, 20", "features, 20", "actor or issue, 10", "only mine, 10"]
    {
        window.click(&format!("Show {class}"));
    }
    window.chord(Modifiers::SHIFT, Key::T);
    assert!(
        window.shows("Take Jonas’s for 20 differences: 20 only theirs?"),
        "{:?}",
        window.names()
    );
    assert!(window.shows("0 of 100 decided"), "nothing is done before the yes");
    window.key(Key::Escape);
    assert!(!window.shows("Take Jonas’s for 20"));
    window.chord(Modifiers::SHIFT, Key::T);
    window.key(Key::Enter);
    assert!(window.shows("20 of 100 decided"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("0 of 100 decided"), "it is one step");
}

#[test]
fn mine_is_edited_in_the_text_with_a_way_back_and_counts_as_decided() {
    let mut window = reviewing();
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.wait_for("Back to the review");
    assert!(window.shows("Text of Report 0 from the river"));
    // The end of the claim goes back by a word.
    window.key(Key::CloseBracket);
    window.chord(Modifiers::SHIFT, Key::CloseBracket);
    window.key(Key::OpenBracket);
    window.chord(Modifiers::COMMAND, Key::Num2);
    window.step();
    assert!(!window.shows("Back to the review"));
    assert!(window.shows("1 of 100 decided"), "{:?}", window.names());
    window.key(Key::K);
    assert!(window.shows("✓ edited"), "{:?}", window.names());
}

#[test]
fn figures_open_the_list_that_they_were_counted_from() {
    let mut window = reviewing();
    window.wait_for("F1, same words: 0.");
    window.menu("Review", "Agreement table");
    window.step();
    assert!(window.shows("Span F1, same words, All layers: 0."), "{:?}", window.names());
    window.click_beginning("Span F1, same words, All layers");
    window.wait_for("Behind the figure");
    assert!(window.shows("differ: “"), "{:?}", window.names());
    assert!(window.shows("Counted: "));
    assert!(!window.shows("Heaviest first"), "the list has one order: {:?}", window.names());
    // Beside the differences lies their own list, beside the figures the one behind the figure.
    window.menu("Review", "Differences");
    assert!(!window.shows("Behind the figure") && window.shows("Heaviest first"));
    window.menu("Review", "Agreement table");
    assert!(window.shows("differ: “"), "{:?}", window.names());
    for name in ["figures.csv", "figures.json", "figures.html"] {
        window.will_choose(name);
        window.click("Save report…");
        window.wait_for(&format!("Saved the report: {}", window.path(name).display()));
        let written = std::fs::read_to_string(window.path(name)).unwrap();
        assert!(written.to_lowercase().contains("krippendorff"), "{written}");
    }
    window.will_choose("figures.csv");
    window.menu("Review", "Save agreement report…");
    window.wait_for("Write over the file?");
    window.key(Key::Escape);
    window.will_choose("figures.doc");
    window.click("Save report…");
    window.wait_for("its name must end in .csv, .json or .html");
    assert!(!window.path("figures.doc").exists());
}

#[test]
fn keys_of_the_review_and_of_the_text_keep_apart() {
    let mut window = reviewing();
    window.key(Key::Enter);
    // In the text A tags; here it does nothing.
    window.key(Key::A);
    assert!(window.shows("0 of 100 decided") && window.shows("Saved"));
    window.chord(Modifiers::COMMAND, Key::Num1);
    window.wait_for("Text of Report 0 from the river");
    // In the review T takes theirs; here it does nothing.
    window.key(Key::T);
    window.chord(Modifiers::COMMAND, Key::Num2);
    assert!(window.shows("0 of 100 decided"));
}

#[test]
fn a_project_that_is_dropped_while_another_is_open_is_asked_about() {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("anna.json"), &project(Who::Anna));
    put(&folder.path().join("jonas.json"), &project(Who::Jonas));
    let mut window = Window::on(folder, &["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    window.drop_file("jonas.json");
    window.wait_for("Open it, or review it?");
    window.click("Review it");
    window.wait_for("Begin review");
}
