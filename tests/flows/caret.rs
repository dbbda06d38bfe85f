//! The caret and the selection: by every key, to a paragraph by its number, from annotation to annotation, by dragging
//! past the edge.

use crate::flows::{Edge, Window, put, read, tagged};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use std::fmt::Write as _;

/// Forty paragraphs, each with a word of its own.
fn long_text() -> String {
    let mut text = "A long text\n".to_owned();
    for number in 1..=40 {
        writeln!(
            text,
            "Paragraph number{number} begins here. It has a second sentence, with a comma."
        )
        .unwrap();
        if number % 10 == 0 {
            text += "\n";
        }
    }
    text
}

impl Window {
    /// Holds the mouse on words, goes to a place and stays there for some frames, as one who drags past the edge.
    fn drag_and_hold(&mut self, from: Pos2, to: Pos2, frames: usize) {
        self.harness.drag_at(from);
        self.harness.step();
        for _ in 0..frames {
            self.harness.hover_at(to);
            self.harness.step();
        }
        self.harness.drop_at(to);
        self.step();
    }
}

#[test]
fn words_sentences_and_paragraphs_are_selected_by_keys() {
    let mut window = Window::on_article();
    window.click_in_text("Berg said");
    let shift = Modifiers::SHIFT;
    window.chord(Modifiers::ALT, Key::Home);
    window.chord(Modifiers::ALT | shift, Key::End);
    let sentence = "Berg said that the line would be finished by June";
    assert_eq!(window.copied().as_deref(), Some(sentence), "by the sentence, without its point");
    window.chord(Modifiers::COMMAND, Key::ArrowUp);
    window.chord(Modifiers::COMMAND | shift, Key::ArrowRight);
    assert_eq!(window.copied().as_deref(), Some("President"));
    window.chord(Modifiers::COMMAND | shift, Key::ArrowDown);
    let paragraph = "President Berg of Velen met Chairman Ro on the island. Berg said that the line would be \
        finished by June";
    assert_eq!(window.copied().as_deref(), Some(paragraph));
    window.key(Key::ArrowLeft);
    window.chord(shift, Key::ArrowRight);
    assert_eq!(
        window.copied().as_deref(),
        Some("P"),
        "an arrow leads to the beginning of what was selected"
    );
    window.chord(Modifiers::COMMAND, Key::A);
    assert!(
        window.copied().is_some_and(|all| all.starts_with("Ministers") && all.contains("denied"))
    );
}

#[test]
fn the_selection_grows_and_shrinks_by_one_key_each_and_says_when_it_cannot() {
    let mut window = Window::on_article();
    window.click_in_text("island");
    let (grow, shrink) = (Key::ArrowRight, Key::ArrowLeft);
    let both = Modifiers::SHIFT | Modifiers::ALT;
    window.chord(both, grow);
    assert_eq!(window.copied().as_deref(), Some("island"));
    window.chord(both, grow);
    let sentence = "President Berg of Velen met Chairman Ro on the island";
    assert_eq!(window.copied().as_deref(), Some(sentence));
    window.chord(both, grow);
    assert!(window.copied().is_some_and(|words| words.ends_with("finished by June")));
    window.chord(both, grow);
    assert!(window.shows("the whole paragraph is selected"), "{:?}", window.names());
    window.chord(both, shrink);
    assert_eq!(window.copied().as_deref(), Some(sentence));
    window.key(Key::Escape);
    window.drag_over("Chairman Ro denied every");
    window.chord(both, shrink);
    assert_eq!(window.copied().as_deref(), Some("Chairman"), "what was dragged shrinks too");
}

#[test]
fn a_paragraph_is_gone_to_by_its_number_and_the_way_back_leads_to_where_one_was() {
    let text = long_text();
    let mut window = Window::on_text(&text);
    window.click_in_text("number2 begins");
    window.chord(Modifiers::COMMAND, Key::G);
    assert!(window.shows("1 to 40"), "{:?}", window.names());
    window.typed("99");
    window.key(Key::Enter);
    assert!(window.shows("There is no paragraph “99”"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::A);
    window.typed("37");
    window.key(Key::Enter);
    assert!(window.on_page("number37"), "it is in sight");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(
        window.copied().as_deref(),
        Some("Paragraph number37"),
        "the caret stands at its beginning"
    );
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(window.on_page("number2 ") && !window.on_page("number37"));
    window.chord(Modifiers::ALT, Key::ArrowRight);
    assert!(window.on_page("number37"), "forward again");
    window.chord(Modifiers::ALT, Key::ArrowRight);
    assert!(window.shows("you have not gone back from anywhere"), "{:?}", window.names());
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(window.on_page("number2 ") && !window.on_page("number37"));
    window.chord(Modifiers::SHIFT, Key::ArrowRight);
    assert!(
        window.copied().is_some_and(|one| one.chars().count() == 1),
        "the caret is in the text"
    );
}

#[test]
fn the_way_back_leads_from_hits_to_where_one_looked_from() {
    let text = long_text();
    let mut window = Window::on_text(&text);
    window.click_in_text("number3 begins");
    window.chord(Modifiers::COMMAND, Key::F);
    window.typed("number3");
    for _ in 0..5 {
        window.key(Key::Enter);
    }
    window.key(Key::Escape);
    assert!(window.on_page("number34"), "the fifth hit is in sight");
    window.chord(Modifiers::ALT, Key::ArrowLeft);
    assert!(window.on_page("number3 ") && !window.on_page("number34"));
}

#[test]
fn annotations_of_one_layer_are_walked_through_by_full_stop_and_comma() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("met", Key::E, Key::Escape);
    window.tag("Chairman Ro denied", Key::A, Key::Num1);
    window.click_in_text("President Berg");
    window.typed(".");
    assert!(window.is_selected("Actor: “Chairman Ro denied”"), "the event is passed over");
    window.typed(".");
    assert!(window.shows("There is no actor after this in this document"), "{:?}", window.names());
    window.typed(",");
    assert!(window.is_selected("Actor: “President Berg”"));
    window.command("Next event");
    assert!(window.is_selected("Event: “met”"), "{:?}", window.names());
}

#[test]
fn a_drag_that_cuts_words_says_so_and_one_key_takes_them_whole() {
    let mut window = Window::on_article();
    window.drag_over("rman Ro den");
    assert!(window.shows("ends inside a word (W: whole words)"), "{:?}", window.names());
    assert_eq!(window.copied().as_deref(), Some("rman Ro den"), "it is kept as it was dragged");
    window.key(Key::W);
    assert_eq!(window.copied().as_deref(), Some("Chairman Ro denied"));
    assert!(!window.shows("ends inside a word"));
    window.drag_over("ister");
    window.key(Key::A);
    window.key(Key::Num1);
    window.key(Key::W);
    let project = window.save_as("p.json");
    assert_eq!(tagged(&project)[0].0, "Ministers", "an annotation takes whole words too");
    window.chord(Modifiers::COMMAND, Key::Z);
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| tagged(&read(&window.path("p.json")))[0].0 == "ister");
}

#[test]
fn dragging_past_an_edge_scrolls_the_faster_the_farther_and_selects_on_the_way() {
    let text = long_text();
    let reach = |window: &mut Window, past: f32| {
        let page = window.sight();
        let to = page.center_bottom() + vec2(0.0, 16.0 + past);
        let from = window.place("number2 begins", Edge::Start);
        window.drag_and_hold(from, to, 6);
        window.copied().map_or(0, |words| words.len())
    };
    let mut near = Window::on_text(&text);
    let mut far = Window::on_text(&text);
    let (slow, fast) = (reach(&mut near, -10.0), reach(&mut far, 120.0));
    assert!(slow > 500 && fast > slow, "{slow} {fast}");
    let before = far.copied().unwrap();
    assert!(before.starts_with("number2 begins"));
    // And at the upper edge, back to the beginning.
    let to = far.sight().center_top() - vec2(0.0, 40.0);
    far.drag_and_hold(far.sight().center(), to, 40);
    let words = far.copied().unwrap();
    assert!(words.starts_with("Paragraph number1 ") && words.len() > 500, "{:?}", words.get(..60));
}

#[test]
fn a_drag_after_a_click_goes_by_words_and_four_clicks_take_the_paragraph() {
    let mut window = Window::on_article();
    let from = window.place("resident Berg", Edge::Start);
    let to = window.place("nished by June", Edge::Start);
    // Quicker than one event in a frame.
    let button = |pressed| Event::PointerButton {
        pos: from,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let clicks = |window: &mut Window, count: usize| {
        for _ in 0..count {
            window.harness.input_mut().events.extend([button(true), button(false)]);
            window.harness.step();
        }
    };
    window.harness.hover_at(from);
    window.harness.step();
    clicks(&mut window, 1);
    window.harness.input_mut().events.push(button(true));
    window.harness.step();
    window.harness.hover_at(to);
    window.harness.step();
    window.harness.drop_at(to);
    window.step();
    let words = window.copied().unwrap_or_default();
    assert!(words.starts_with("President") && words.ends_with("finished"), "{words}");
    window.harness.run_steps(6);
    clicks(&mut window, 4);
    window.step();
    assert!(window.copied().is_some_and(|words| words.ends_with("finished by June")));
}

#[test]
fn words_are_selected_across_screens_by_keys_and_the_caret_stays_in_sight() {
    let text = long_text();
    let mut window = Window::on_text(&text);
    window.click_in_text("number2 begins");
    for _ in 0..3 {
        window.chord(Modifiers::SHIFT, Key::PageDown);
        let at = window.caret_offset(&text).unwrap();
        let place = window.spot(&text, at, Edge::Start).or(window.spot(&text, at, Edge::End));
        assert!(window.sight().contains(place.unwrap()), "{place:?}");
    }
    let words = window.copied().unwrap();
    assert!(!window.on_page("number2 ") && words.len() > 1000, "{}", words.len());
    for _ in 0..4 {
        window.chord(Modifiers::SHIFT, Key::PageUp);
    }
    assert!(window.copied().is_some_and(|words| words.len() < 400), "the same way back");
    for _ in 0..30 {
        window.key(Key::ArrowDown);
        // An empty line has no run of text.
        let Some(at) = window.caret_offset(&text) else { continue };
        let place = window.spot(&text, at, Edge::Start).or(window.spot(&text, at, Edge::End));
        assert!(window.sight().contains(place.unwrap()), "{place:?}");
    }
}

#[test]
fn a_caret_led_away_from_an_annotation_lets_it_go_so_that_a_letter_tags_the_word_there() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::ArrowLeft);
    assert!(window.is_selected("Actor: “President Berg”"), "the caret is still in it");
    for _ in 0..3 {
        window.chord(Modifiers::COMMAND, Key::ArrowRight);
    }
    assert!(!window.is_selected("Actor: “President Berg”"));
    window.key(Key::A);
    window.key(Key::Num2);
    let project = window.save_as("p.json");
    let quotes: Vec<_> = tagged(&project).into_iter().map(|(quote, ..)| quote).collect();
    assert_eq!(quotes, ["President Berg", "Velen"]);
}

#[test]
fn in_a_mixed_text_keys_select_what_is_shown() {
    let folder = tempfile::TempDir::new().unwrap();
    put(&folder.path().join("t.txt"), "قال الوزير\nقال الوزير إن John Smith هنا اليوم\n");
    let mut window = Window::on(folder, &["t.txt"]);
    window.wait_for("Text of قال الوزير");
    window.chord(Modifiers::COMMAND, Key::ArrowDown);
    let shift = Modifiers::SHIFT | Modifiers::COMMAND;
    window.chord(shift, Key::ArrowLeft);
    assert_eq!(window.copied().as_deref(), Some("قال"), "to the left is onwards here");
    for _ in 0..4 {
        window.chord(shift, Key::ArrowLeft);
    }
    assert_eq!(window.copied().as_deref(), Some("قال الوزير إن John Smith"));
    window.chord(shift, Key::ArrowRight);
    assert_eq!(window.copied().as_deref(), Some("قال الوزير إن John"));
}

#[test]
fn while_a_link_is_made_the_rows_of_the_list_are_gone_along_and_enter_chooses_one() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("Chairman Ro denied", Key::A, Key::Num1);
    window.tag("would be finished by June", Key::C, Key::Num1);
    window.key(Key::L);
    window.wait_for("Linking “would be finished by June”");
    for _ in 0..2 {
        window.key(Key::F6);
    }
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    window.key(Key::ArrowUp);
    assert!(window.shows("Linking “would"), "rows are only gone along: {:?}", window.names());
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    let links = project["links"].as_array().unwrap();
    assert_eq!(links.len(), 1, "{:?}", window.names());
    let ids = |quote: &str| {
        let all = project["annotations"].as_array().unwrap();
        all.iter().find(|a| a["quote"] == quote).unwrap()["id"].clone()
    };
    assert_eq!(links[0]["from"], ids("President Berg"));
    assert_eq!(links[0]["to"], ids("would be finished by June"));
}
