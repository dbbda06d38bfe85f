//! Records behind mentions: by digit, by the finder, from the mention's own words; aliases; features by two letters.

use crate::flows::Window;
use egui::{Key, Modifiers};
use serde_json::Value;

fn entity<'a>(project: &'a Value, name: &str) -> &'a Value {
    let all = project["entities"].as_array().unwrap();
    let found = all.iter().find(|entity| entity["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}; there is {all:?}"))
}

fn annotation<'a>(project: &'a Value, quote: &str) -> &'a Value {
    let all = project["annotations"].as_array().unwrap();
    all.iter().find(|annotation| annotation["quote"] == quote).unwrap()
}

#[test]
fn shift_r_makes_a_record_of_the_words_and_alt_1_attaches_the_next_mention_to_it() {
    let mut window = Window::on_article();
    window.tag("Chairman Ro", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::R);
    window.drag_over("Ministers");
    window.key(Key::A);
    assert!(
        window.shows("Attach to Chairman Ro"),
        "the popup shows the recent: {:?}",
        window.names()
    );
    window.chord(Modifiers::ALT, Key::Num1);
    assert!(!window.shows("Code Person"), "the popup is closed");
    let project = window.save_as("p.json");
    let record = entity(&project, "Chairman Ro");
    let mention = annotation(&project, "Ministers");
    assert_eq!(mention["entity"], record["id"]);
    assert_eq!(mention["code"], "actor.person", "it has taken the record's code");
    assert_eq!(record["aliases"], serde_json::json!(["Ministers"]), "a name is learned");
}

#[test]
fn attaching_and_learning_the_alias_are_one_step() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::R);
    window.tag("Berg said".split(' ').next().unwrap(), Key::A, Key::Num1);
    window.drag_over("Velen");
    window.key(Key::A);
    window.key(Key::Escape);
    window.chord(Modifiers::ALT, Key::Num1);
    window.chord(Modifiers::COMMAND, Key::Z);
    let project = window.save_as("p.json");
    assert_eq!(annotation(&project, "Velen")["entity"], Value::Null);
    assert_eq!(entity(&project, "President Berg")["aliases"], Value::Null);
}

#[test]
fn a_known_name_attaches_by_itself() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::R);
    window.typed("Anton Berg");
    window.key(Key::Enter);
    window.drag_over("President Berg");
    window.chord(Modifiers::ALT, Key::A);
    let project = window.save_as("p.json");
    let record = entity(&project, "Anton Berg");
    assert_eq!(record["aliases"], serde_json::json!(["President Berg"]));
    assert_eq!(annotation(&project, "President Berg")["entity"], record["id"]);
}

#[test]
fn the_finder_proposes_the_words_and_enter_takes_them() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::R);
    assert!(window.shows("New actor “President Berg”"), "{:?}", window.names());
    window.key(Key::Enter);
    assert!(!window.shows("Actor of “President Berg”"), "the finder is closed");
    // A second mention that is called alike finds it in front.
    window.click_in_text("said");
    window.drag_over("Berg said".split(' ').next().unwrap());
    window.key(Key::A);
    window.key(Key::Escape);
    let project = window.save_as("p.json");
    assert_eq!(entity(&project, "President Berg")["code"], "actor.person");
}

#[test]
fn claims_teach_their_issue_no_alias() {
    let mut window = Window::on_article();
    window.tag("denied every word", Key::C, Key::Num9);
    window.key(Key::R);
    window.typed("Trust in words");
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    let issue = entity(&project, "Trust in words");
    assert_eq!(issue["aliases"], Value::Null);
    assert_eq!(annotation(&project, "denied every word")["entity"], issue["id"]);
}

#[test]
fn a_code_given_to_a_mention_is_the_records_where_it_has_none() {
    let mut window = Window::on_article();
    window.drag_over("Velen");
    window.key(Key::A);
    window.key(Key::Escape);
    window.chord(Modifiers::SHIFT, Key::R);
    window.key(Key::Num2);
    let project = window.save_as("p.json");
    assert_eq!(entity(&project, "Velen")["code"], "actor.state");
}

#[test]
fn two_letters_and_enter_set_a_feature() {
    let mut window = Window::on_article();
    window.tag("denied every word", Key::C, Key::Num9);
    window.key(Key::F);
    window.typed("rep");
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    assert_eq!(annotation(&project, "denied every word")["features"]["form"], "reported");
}

#[test]
fn an_alias_is_added_and_taken_away_in_the_inspector() {
    let mut window = Window::on_article();
    window.tag("Chairman Ro", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::R);
    window.click("Chairman Ro, 1 mention");
    window.pick("Add to Also called");
    window.typed("의장 노");
    window.key(Key::Enter);
    assert!(window.shows("Remove 의장 노 from Also called"), "{:?}", window.names());
    window.click("Remove 의장 노 from Also called");
    assert!(!window.shows("Remove 의장 노"));
    assert!(window.shows("In use by 1 mention"), "it says why it cannot be erased");
}

#[test]
fn a_record_without_a_mention_is_made_renamed_and_erased() {
    let mut window = Window::on_article();
    window.submenu("Annotate", "New record", "New actor…");
    window.typed("Republic of Velen");
    window.key(Key::Enter);
    assert!(window.shows("Republic of Velen, 0 mentions"), "{:?}", window.names());
    window.fill("Name", "Velen");
    window.key(Key::Enter);
    assert!(window.shows("Velen, 0 mentions"));
    window.click("Erase this record");
    assert!(!window.shows("Velen, 0 mentions"));
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("Velen, 0 mentions"), "undone");
}

#[test]
fn a_date_is_typed_in_words_kept_as_iso_and_shown_in_words() {
    let mut window = Window::on_article();
    window.drag_over("met");
    window.key(Key::E);
    window.typed("cons");
    window.key(Key::Enter);
    window.key(Key::F);
    window.typed("date");
    window.key(Key::Enter);
    window.typed("24–26 апреля 2019 г.");
    assert!(window.shows("= 24–26 April 2019"), "understood while one types: {:?}", window.names());
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    assert_eq!(annotation(&project, "met")["features"]["date"], "2019-04-24/2019-04-26");
}

#[test]
fn the_history_says_what_was_changed_from_what_to_what() {
    let mut window = Window::on_article();
    window.tag("denied every word", Key::C, Key::Num9);
    window.typed("+");
    window.typed("-");
    assert!(window.shows("position + → −"), "{:?}", window.names());
    assert!(window.shows("code – → Denial"), "{:?}", window.names());
    assert!(window.shows("tagged"), "{:?}", window.names());
}

#[test]
fn a_status_of_an_event_has_its_sign() {
    let mut window = Window::on_article();
    window.drag_over("met");
    window.key(Key::E);
    window.typed("cons");
    window.key(Key::Enter);
    window.typed("*");
    let project = window.save_as("p.json");
    assert_eq!(annotation(&project, "met")["features"]["status"], "planned");
}

#[test]
fn a_reference_to_a_record_is_chosen_from_a_list() {
    let mut window = Window::on_article();
    window.tag("Chairman Ro", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::R);
    window.tag("Velen", Key::A, Key::Num2);
    window.chord(Modifiers::SHIFT, Key::R);
    window.click("Chairman Ro, 1 mention");
    window.pick("Part of");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    let state = entity(&project, "Velen")["id"].clone();
    assert_eq!(entity(&project, "Chairman Ro")["features"]["part-of"]["entity"], state);
}

#[test]
fn a_name_that_nothing_has_yet_makes_its_actor_in_the_popup_of_codes() {
    let mut window = Window::on_article();
    window.drag_over("Chairman Ro");
    window.key(Key::A);
    window.typed("Ro Min-jun");
    assert!(window.shows("New actor “Ro Min-jun”"), "{:?}", window.names());
    assert!(window.shows("Enter makes the new actor “Ro Min-jun” · Esc closes"));
    window.key(Key::Enter);
    assert!(!window.shows("New actor “Ro Min-jun”"), "the popup is closed");
    window.drag_over("President Berg");
    window.key(Key::A);
    window.typed("Ana Berg");
    window.click("New actor “Ana Berg”");
    window.drag_over("Ministers");
    window.key(Key::A);
    window.typed("Nobody at all");
    window.key(Key::Escape);
    let project = window.save_as("p.json");
    for (quote, name) in [("Chairman Ro", "Ro Min-jun"), ("President Berg", "Ana Berg")] {
        assert_eq!(annotation(&project, quote)["entity"], entity(&project, name)["id"]);
    }
    assert_eq!(project["entities"].as_array().unwrap().len(), 2, "Escape makes none");
}
