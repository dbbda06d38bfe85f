//! Guests beyond one sitting: a file that changes while it is reviewed, a review that is gone on with, odd guests.

use crate::flows::pair::{Who, project};
use crate::flows::{Window, put};
use egui::{Key, Modifiers};
use tempfile::TempDir;

/// Anna's window with these of the files as guests: `jonas.json`, `jonas-2.json` that he wrote too, `min-seo.json`.
fn reviewing(guests: &[&str]) -> Window {
    let folder = TempDir::new().unwrap();
    let theirs = project(Who::Jonas);
    put(&folder.path().join("anna.json"), &project(Who::Anna));
    put(&folder.path().join("jonas.json"), &theirs);
    put(&folder.path().join("jonas-2.json"), &theirs);
    let other = theirs.replace("\"Jonas\"", "\"Min-seo\"").replace("p_jonas", "p_minseo");
    put(&folder.path().join("min-seo.json"), &other);
    let mut window = Window::on(folder, &["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    open(&mut window, guests);
    window.wait_for("Begin review");
    window
}

fn open(window: &mut Window, guests: &[&str]) {
    window.will_choose_all(guests);
    window.menu("Review", "Open for review…");
}

#[test]
fn a_guests_file_that_changes_is_told_of_and_read_again_when_asked() {
    let mut window = reviewing(&["jonas.json"]);
    window.key(Key::Enter);
    window.key(Key::M);
    assert!(window.shows("1 of 100 decided") && window.shows("jonas.json unchanged"));
    let newer = project(Who::Jonas).replacen("claim.prediction", "claim.demand", 2);
    put(&window.path("jonas.json"), &newer);
    window.wait_for("jonas.json has changed since it was read");
    assert!(window.shows("1 of 100 decided"), "nothing is read by itself");
    window.click("Read again: jonas.json");
    window.wait_for("1 of 98 decided");
    window.wait_for("jonas.json was read again: 97 differences to decide");
    assert!(window.shows("jonas.json unchanged") && !window.shows("has changed since it was read"));
    std::fs::remove_file(window.path("jonas.json")).unwrap();
    window.wait_for("jonas.json is no longer there");
    window.key(Key::M);
    assert!(window.shows("2 of 98 decided"), "the review goes on");
    put(&window.path("jonas.json"), "{\"format\":");
    window.wait_for("jonas.json has changed since it was read");
    window.click("Read again: jonas.json");
    window.wait_for("the file ends in the middle");
    assert!(window.shows("2 of 98 decided"), "{:?}", window.names());
}

#[test]
fn a_review_is_gone_on_with_after_the_program_was_closed() {
    let mut window = reviewing(&["jonas.json", "min-seo.json"]);
    window.click("Show the records of the same name: Jonas");
    window.click("Not the same: The other Vell and The other Vell");
    window.wait_for("1 is kept apart");
    window.key(Key::Enter);
    window.key(Key::M);
    let decided = "1 of 100 decided";
    window.wait_for(decided);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| window.saved("anna.json")["decisions"].as_array().is_some());
    let mut window = window.killed_and_started_on(&["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    assert!(!window.shows("of 100 decided"));
    window.chord(Modifiers::COMMAND, Key::Num2);
    window.wait_for("Nobody is reviewed now");
    std::fs::rename(window.path("min-seo.json"), window.path("away.json")).unwrap();
    window.click("Go on with the review of Jonas and Min-seo");
    window.wait_for("There is no file here");
    window.wait_for("1 guest");
    window.wait_for("difference ");
    window.menu("Review", "Check sheet");
    window.wait_for("1 is kept apart");
    // The file that was missing is back the next time.
    std::fs::rename(window.path("away.json"), window.path("min-seo.json")).unwrap();
    let mut window = window.killed_and_started_on(&["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    window.menu("Review", "Go on with the review of Jonas and Min-seo");
    window.wait_for("2 guests");
    let one_left = |window: &Window| window.names().iter().any(|name| name.ends_with("99 left"));
    assert!(one_left(&window), "{:?}", window.names());
    window.menu("Review", "Close the review");
    window.menu("Review", "Go on with the review of Jonas and Min-seo");
    window.wait_for("2 guests");
}

#[test]
fn two_files_of_one_person_are_called_apart_so_that_decisions_are() {
    let mut window = reviewing(&["jonas.json", "jonas-2.json"]);
    assert!(window.shows("this one is called Jonas (jonas-2)"), "{:?}", window.names());
    assert!(window.shows("It is the same as jonas.json, byte for byte"));
    window.key(Key::Enter);
    window.key(Key::M);
    window.wait_for("1 of 100 decided");
    let left = |window: &Window, end: &str| {
        window.names().iter().filter(|name| name.ends_with(end)).count()
    };
    assert_eq!((left(&window, "99 left"), left(&window, "100 left")), (1, 1));
}

#[test]
fn my_own_file_is_no_guest_and_nobody_is_a_guest_twice() {
    let mut window = reviewing(&["jonas.json", "jonas.json"]);
    window.wait_for("1 guest");
    open(&mut window, &["anna.json"]);
    window.wait_for("This is the file that you have open yourself");
    open(&mut window, &["jonas.json"]);
    window.wait_for("Begin review");
    window.wait_for("1 guest");
}

#[test]
fn another_guest_has_what_is_open_with_them_on_whatever_page_one_is() {
    let mut window = reviewing(&["jonas.json", "min-seo.json"]);
    window.click("Jonas, jonas.json, 100 left");
    window.menu("Review", "Differences");
    assert!(window.shows("difference 1 of 100"), "{:?}", window.names());
    window.key(Key::J);
    window.key(Key::M);
    window.menu("Review", "Records that differ");
    window.click("Min-seo, min-seo.json, 100 left");
    window.menu("Review", "Differences");
    assert!(window.shows("difference 1 of 100") && !window.shows("No difference is shown"));
    window.click("Jonas, jonas.json, 99 left");
    assert!(window.shows("difference 1 of 100"), "the first that is open: {:?}", window.names());
    window.key(Key::M);
    assert!(window.shows("difference 3 of 100"), "the second is decided: {:?}", window.names());
}

#[test]
fn what_was_taken_from_one_guest_is_not_asked_again_about_another_who_has_it_too() {
    let mut window = reviewing(&["jonas.json", "min-seo.json"]);
    window.click("Jonas, jonas.json, 100 left");
    window.key(Key::Enter);
    window.chord(Modifiers::SHIFT, Key::T);
    window.key(Key::Enter);
    window.wait_for("Jonas, jonas.json, done");
    window.click("Min-seo, min-seo.json, 100 left");
    window.wait_for("Min-seo, min-seo.json, done");
    window.wait_for("Nothing differs");
    window.click("Jonas, jonas.json, done");
    window.wait_for("100 of 100 decided");
    // Undone, all of it is open again with both, whoever is shown.
    window.click("Min-seo, min-seo.json, done");
    window.chord(Modifiers::COMMAND, Key::Z);
    window.wait_for("Jonas, jonas.json, 100 left");
    window.wait_for("Min-seo, min-seo.json, 100 left");
}

#[test]
fn guests_of_one_name_are_told_apart_by_their_files_or_folders_wherever_they_are_named() {
    let folder = TempDir::new().unwrap();
    let theirs = project(Who::Jonas);
    let other = theirs.replace("p_jonas", "p_other");
    let mine_again = theirs.replace("\"Jonas\"", "\"Anna\"").replace("p_jonas", "p_anna_too");
    put(&folder.path().join("anna.json"), &project(Who::Anna));
    put(&folder.path().join("spring.json"), &theirs);
    put(&folder.path().join("autumn.json"), &other);
    put(&folder.path().join("home.json"), &mine_again);
    let mut window = Window::on(folder, &["anna.json"]);
    window.wait_for("Text of Report 0 from the river");
    open(&mut window, &["spring.json", "autumn.json", "home.json"]);
    window.wait_for("Begin review");
    window.wait_for("Jonas (spring), spring.json, 100 left");
    assert!(window.shows("Jonas (autumn), autumn.json, 100 left"), "{:?}", window.names());
    assert!(window.shows("home, home.json"), "{:?}", window.names());
    window.key(Key::Enter);
    assert!(window.shows("mine above the line, home below"), "{:?}", window.names());
    window.menu("Review", "Agreement table");
    window.wait_for("Anna and home");
    assert!(window.shows("Jonas (spring) and Jonas (autumn)"), "{:?}", window.names());
}
