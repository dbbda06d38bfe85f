//! What stands beside the words: cards and signs of notes and comments, stubs of links, annotations without a lane.

use crate::flows::{Window, put};
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const CLAIM: &str = "Claim: “It will probably not survive the autumn”, Prediction";
const NOTE: &str = "Note by Anna on “It will probably not survive the autumn”: “Probably” is the \
    author’s own word: likely, no more. Nothing later in the text makes it stronger.";

/// The sample, in a window of 1280 × 800.
fn on_sample() -> Window {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("p.json"), include_str!("../../projects/summit.json"));
    let mut window = Window::on(folder, &["p.json"]);
    window.wait_for("Text of Port Avel gave the river a referee");
    window
}

/// The same without the inspector: now there is room beside the page.
fn with_room() -> Window {
    let mut window = on_sample();
    window.chord(Modifiers::COMMAND, Key::I);
    window.step();
    window
}

impl Window {
    /// Where everything stands whose name begins so.
    fn all_at(&self, name: &str) -> Vec<Rect> {
        let nodes = self.harness.query_all_by_label_contains(name);
        let begins = |label: Option<String>| label.is_some_and(|label| label.starts_with(name));
        nodes.filter(|n| begins(n.accesskit_node().label())).map(|n| n.rect()).collect()
    }

    /// The first selected annotation's name.
    fn selected_name(&self) -> Option<String> {
        let nodes = self.harness.root().children_recursive();
        let mut selected = nodes.filter(|n| n.accesskit_node().is_selected() == Some(true));
        selected.find_map(|n| n.accesskit_node().label().filter(|name| name.starts_with("Actor")))
    }
}

#[test]
fn a_note_stands_on_a_card_beside_its_line_and_a_click_selects_what_it_is_about() {
    let mut window = with_room();
    let card = window.all_at(NOTE)[0];
    let words = window.place("It will probably", crate::flows::Edge::Start);
    assert!(card.top() < words.y && words.y < card.top() + 30.0, "{card} beside {words}");
    assert!(card.left() > words.x, "{card} beside {words}");
    assert!(!window.is_selected(CLAIM));
    window.click(NOTE);
    assert!(window.is_selected(CLAIM), "{:?}", window.names());
    let moved = window.all_at(NOTE)[0].top() - card.top();
    assert!(moved.abs() < 0.01, "the card of what is selected stays");
}

#[test]
fn the_comments_of_a_thread_are_one_card_that_says_whether_it_is_open() {
    let mut window = with_room();
    window.wheel(-500.0);
    let thread = "Comments on “were spies”, open. Jonas: Whose claim is it";
    assert_eq!(window.all_at(thread).len(), 1, "{:?}", window.names());
    assert!(window.shows("Anna: “It said” keeps it with Halvern"));
}

#[test]
fn without_room_a_sign_says_what_is_noted_and_selects_it() {
    let mut window = on_sample();
    assert_eq!(window.all_at(NOTE), []);
    let sign = format!("1 remark on this line. {NOTE}");
    window.click(&sign);
    assert!(window.is_selected(CLAIM), "{:?}", window.names());
}

#[test]
fn cards_are_hidden_by_a_command_and_that_is_remembered() {
    let mut window = with_room();
    window.menu("View", "Hide margin cards");
    let sign = format!("1 remark on this line. {NOTE}");
    assert_eq!((window.all_at(NOTE).len(), window.all_at(&sign).len()), (0, 1));
    window.close();
    let mut window = window.killed_and_started_on(&["p.json"]);
    window.wait_for("Text of Port Avel gave the river a referee");
    window.step();
    assert_eq!((window.all_at(NOTE).len(), window.all_at(&sign).len()), (0, 1));
    window.menu("View", "Show margin cards");
    assert_eq!((window.all_at(NOTE).len(), window.all_at(&sign).len()), (1, 0));
}

#[test]
fn cards_of_lines_side_by_side_stand_one_below_the_other() {
    let folder = tempfile::TempDir::new().unwrap();
    let sample = include_str!("../../projects/summit.json");
    let mut project: serde_json::Value = serde_json::from_str(sample).unwrap();
    let note = project["notes"][0].clone();
    let notes = project["notes"].as_array_mut().unwrap();
    for (at, target) in
        ["a_geid5adso4ge26qi", "a_55nvldqaniqlga5s", "a_d2pldd2lcx3qwb7w"].iter().enumerate()
    {
        let mut note = note.clone();
        note["id"] = format!("o_aaaaaaaaaaaaaa{}a", ["b", "c", "d"][at]).into();
        note["target"]["annotation"] = (*target).into();
        note["text"] = format!("{} ", "A thought about it, at some length.".repeat(5)).into();
        notes.push(note);
    }
    put(&folder.path().join("p.json"), &project.to_string());
    let mut window = Window::on(folder, &["p.json"]);
    window.wait_for("Text of Port Avel gave the river a referee");
    window.chord(Modifiers::COMMAND, Key::I);
    window.step();
    let apart = |cards: &[Rect]| {
        assert_eq!(cards.len(), 4, "{cards:?}");
        for (at, card) in cards.iter().enumerate() {
            assert!(!cards[at + 1..].iter().any(|other| other.intersects(*card)), "{cards:?}");
        }
    };
    apart(&window.all_at("Note by Anna on"));
    window.click(NOTE);
    let words = window.place("It will probably", crate::flows::Edge::Start);
    let card = window.all_at(NOTE)[0];
    assert!(card.top() < words.y && words.y < card.top() + 30.0, "{card} beside {words}");
    apart(&window.all_at("Note by Anna on"));
}

/// The sample with eight annotations more, each around the one before, at the very beginning of the text.
fn on_eight_dolls() -> Window {
    let sample = include_str!("../../projects/summit.json");
    let mut project: serde_json::Value = serde_json::from_str(sample).unwrap();
    let text = project["documents"][0]["text"].as_str().unwrap().to_owned();
    let annotations = project["annotations"].as_array_mut().unwrap();
    for (level, end) in [2, 5, 9, 12, 16, 21, 53, 57].into_iter().enumerate() {
        let mut doll = annotations[0].clone();
        doll["id"] =
            format!("a_aaaaaaaaaaaaaa{}a", ["b", "c", "d", "e", "f", "g", "h", "i"][level]).into();
        (doll["start"], doll["end"]) = (0.into(), end.into());
        doll["quote"] = text.chars().take(end).collect::<String>().into();
        annotations.push(doll);
    }
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("p.json"), &project.to_string());
    let mut window = Window::on(folder, &["p.json"]);
    window.wait_for("Text of Port Avel gave the river a referee");
    window
}

#[test]
fn annotations_without_a_lane_are_told_at_the_end_of_the_line_and_selected_there() {
    let mut window = on_eight_dolls();
    let numbers = window.all_at("2 annotations lie deeper: Actor: “On 14 and 15 May 2025");
    assert_eq!(numbers.len(), 1, "{:?}", window.names());
    let name =
        window.names().into_iter().find(|name| name.starts_with("2 annotations lie")).unwrap();
    window.click(&name);
    assert!(window.is_selected("Actor: “On 14 and 15 May 2025 President Edda Kroll of Halvern"));
    let first = window.selected_name();
    window.click(&name);
    assert_ne!(window.selected_name(), first, "again: the next one");
}

#[test]
fn every_annotation_under_the_caret_is_listed_and_chosen_in_the_inspector() {
    let mut window = on_eight_dolls();
    window.click("Actor: “On”, Person, Edda Kroll");
    let listed = window.all_at("At the caret: Actor: “On");
    assert_eq!(listed.len(), 8, "{:?}", window.names());
    window.click("At the caret: Actor: “On 14 and 15 May”, Person");
    assert!(window.is_selected("Actor: “On 14 and 15 May”, Person"));
    assert_eq!(window.all_at("At the caret: Actor: “On").len(), 8, "the list stays");
}

#[test]
fn a_stub_says_how_many_links_there_are_until_they_are_drawn_or_not_wanted() {
    let mut window = on_sample();
    let stub = "3 links of Event: “signed”, Support";
    window.click(stub);
    assert!(window.is_selected("Event: “signed”, Support"), "{:?}", window.names());
    assert_eq!(window.all_at(stub), [], "the curves of what is selected are there");
    window.click("Actor: “Merrow”, State");
    assert_eq!(window.all_at(stub).len(), 1);
    for (mode, stubs) in [("all", 0), ("none", 0), ("of what is selected", 1)] {
        window.menu("View", &format!("Links on the page: {mode}"));
        assert_eq!(window.all_at(stub).len(), stubs, "{mode}");
    }
}

#[test]
fn while_a_link_is_made_no_words_lie_under_the_strip_at_the_foot() {
    let mut window = on_sample();
    window.click(CLAIM);
    let before = window.sight();
    window.key(Key::L);
    let strip = window.all_at("Leave link mode");
    assert_eq!(strip.len(), 1, "{:#?}", window.names());
    assert!(window.sight().bottom() < strip[0].top(), "{} {strip:?}", window.sight());
    window.key(Key::Escape);
    assert_eq!(window.sight(), before);
}

#[test]
fn the_inspector_names_the_key_that_a_link_has_now() {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("article.txt"), crate::flows::ARTICLE);
    std::fs::create_dir(folder.path().join("state")).unwrap();
    let settings = serde_json::json!({ "keys": { "link": ["Ctrl+J"] } });
    put(&folder.path().join("state/settings.json"), &settings.to_string());
    let mut window = Window::on(folder, &["article.txt"]);
    window.wait_for("Text of Ministers and guests");
    window.tag("President Berg", Key::A, Key::Num1);
    assert!(window.shows("None yet. Ctrl+J links from here"), "{:?}", window.names());
}
