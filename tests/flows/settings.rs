//! Keys on every layout, remapping, the key sheet, themes and reading, the arrangement, about and log.

use crate::flows::{Window, put, tagged};
use egui::{Key, Modifiers};

#[test]
fn a_russian_keyboard_tags_and_links_by_the_places_of_the_keys() {
    let mut window = Window::on_article();
    window.drag_over("Chairman Ro");
    window.on_layout(&[(Key::A, Key::A, "ф")]);
    window.on_layout(&[(Key::Num1, Key::Num1, "1")]);
    window.drag_over("denied every word");
    window.on_layout(&[(Key::C, Key::C, "с")]);
    window.on_layout(&[(Key::Num9, Key::Num9, "9")]);
    window.on_layout(&[(Key::L, Key::L, "д")]);
    window.on_layout(&[(Key::A, Key::A, "ф")]);
    let project = window.save_as("p.json");
    assert_eq!(project["links"].as_array().unwrap().len(), 1, "{project}");
    assert_eq!(tagged(&project)[1].2, "claim.denial");
}

#[test]
fn presses_that_come_in_one_frame_are_all_heard() {
    let mut window = Window::on_article();
    window.drag_over("denied every word");
    window.on_layout(&[
        (Key::C, Key::C, "ㅊ"),
        (Key::Num9, Key::Num9, "9"),
        (Key::Minus, Key::Minus, "-"),
    ]);
    window.step();
    let project = window.save_as("p.json");
    assert_eq!(tagged(&project)[0].2, "claim.denial");
    assert_eq!(project["annotations"][0]["features"]["position"], "opposes");
}

#[test]
fn the_digits_of_azerty_choose_codes_and_its_letters_are_typed_ahead() {
    let mut window = Window::on_article();
    window.drag_over("President Berg");
    window.on_layout(&[(Key::A, Key::Q, "a")]);
    window.on_layout(&[(Key::Quote, Key::Num4, "'")]);
    window.drag_over("met");
    window.on_layout(&[(Key::E, Key::E, "e")]);
    for (key, place, typed) in [(Key::C, Key::C, "c"), (Key::O, Key::O, "o"), (Key::N, Key::N, "n")]
    {
        window.on_layout(&[(key, place, typed)]);
    }
    window.on_layout(&[(Key::S, Key::S, "s")]);
    window.key(Key::Enter);
    let project = window.save_as("p.json");
    assert_eq!(tagged(&project)[0].2, "actor.international");
    assert_eq!(tagged(&project)[1].2, "event.consult");
}

#[test]
fn a_letter_that_was_a_command_is_not_typed_into_the_field_it_opens() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.on_layout(&[(Key::N, Key::N, "т")]);
    window.typed("Softened");
    window.key(Key::Escape);
    let project = window.save_as("p.json");
    assert_eq!(project["notes"][0]["text"], "Softened", "{project}");
    window.chord(Modifiers::COMMAND, Key::Z);
}

/// What the settings hold on disk.
fn kept(window: &Window) -> serde_json::Value {
    crate::flows::read(&window.path("state/settings.json"))
}

#[test]
fn settings_apply_at_once_are_kept_and_can_be_reset() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::Comma);
    assert!(window.shows("Theme: As the system"), "{:?}", window.names());
    window.click("Theme: High contrast, dark");
    window.click("Font: Sans serif");
    window.click("Zoom in");
    let settings = kept(&window);
    assert_eq!(settings["theme"], "dark-contrast");
    assert_eq!(settings["reading"]["font"], "sans");
    assert!((settings["zoom"].as_f64().unwrap() - 1.1).abs() < 0.001, "{settings}");
    window.click("Reset this page");
    let settings = kept(&window);
    assert!(settings.get("theme").is_none() && settings.get("zoom").is_none(), "{settings}");
    window.click("Close");
    window.chord(Modifiers::COMMAND, Key::Minus);
    assert!((kept(&window)["zoom"].as_f64().unwrap() - 0.9).abs() < 0.001);
}

#[test]
fn a_key_is_changed_refused_where_it_is_taken_and_given_back() {
    let mut window = Window::on_article();
    window.menu("Help", "Change keys…");
    window.click("Change keys of Inspector");
    window.chord(Modifiers::COMMAND, Key::B);
    assert!(window.shows("Ctrl+B is taken by “Documents and codebook”"), "{:?}", window.names());
    window.click("Change keys of Inspector");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Y);
    assert_eq!(kept(&window)["keys"]["inspector"][0], "Ctrl+Shift+Y", "{:?}", window.names());
    window.click("Close");
    window.tag("President Berg", Key::A, Key::Num1);
    assert!(window.shows("What is selected") || window.shows("Form"), "{:?}", window.names());
    window.key(Key::F1);
    window.fill("Filter keys", "inspector");
    window.click("Close");
    window.menu("Help", "Change keys…");
    window.click("Reset keys of Inspector");
    assert!(kept(&window).get("keys").is_none());
}

#[test]
fn a_letter_of_the_codebook_cannot_be_given_to_another_command() {
    let mut window = Window::on_article();
    window.menu("Help", "Change keys…");
    window.click("Change keys of Note");
    window.key(Key::C);
    assert!(window.shows("Tag as claim"), "{:?}", window.names());
    assert!(window.shows("C is taken by"), "{:?}", window.names());
    window.click("Change keys of Note");
    window.key(Key::Escape);
    assert!(window.shows("Filter commands"), "Escape leaves the key, not the settings");
}

#[test]
fn the_key_sheet_filters_and_leads_to_the_settings() {
    let mut window = Window::on_article();
    window.key(Key::F1);
    assert!(window.shows("Caret and selection"), "{:?}", window.names());
    window.fill("Filter keys", "further fragment");
    assert!(window.shows("Further fragment") && !window.shows("Caret and selection"));
    window.click("Change keys…");
    assert!(window.shows("Filter commands"));
}

#[test]
fn only_the_page_is_shown_and_everything_comes_back() {
    let mut window = Window::on_article();
    assert!(window.shows("Codebook"));
    window.key(Key::F11);
    assert!(!window.shows("Codebook") && window.shows("Text of Ministers and guests"));
    window.key(Key::F11);
    assert!(window.shows("Codebook"));
}

#[test]
fn the_arrangement_and_the_place_in_the_text_are_there_again_at_the_next_start() {
    let mut window = Window::on_article();
    let long: Vec<String> = (0..80).map(|n| format!("Paragraph {n} of a long text.")).collect();
    put(&window.path("long.txt"), &long.join("\n"));
    window.will_choose("long.txt");
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    window.wait_for("Text of Paragraph 0");
    window.chord(Modifiers::COMMAND, Key::End);
    assert!(window.on_page("Paragraph 79"));
    window.save_as("p.json");
    window.chord(Modifiers::COMMAND, Key::J);
    for command in ["Code chips: always", "Links on the page: all"] {
        window.chord(Modifiers::COMMAND, Key::K);
        window.typed(command);
        window.key(Key::Enter);
    }
    window.close();
    let mut window = window.killed_and_started_on(&["p.json"]);
    window.wait_for("Text of Paragraph 0");
    assert!(window.on_page("Paragraph 79") && !window.on_page("Paragraph 3 of"));
    assert!(!window.shows("Annotations 0"), "the drawer stays closed");
    let desk = &kept(&window)["desk"];
    assert!(desk["chips"] == true && desk["links"] == "all", "{desk}");
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("Links on the page");
    assert!(window.shows("Links on the page: none"), "after all comes none");
}

#[test]
fn about_tells_the_licences_and_copies_diagnostics_without_words() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.menu("Help", "About Matryoshka");
    assert!(window.shows("Permission is hereby granted"), "{:?}", window.names());
    window.click("Licence: Fonts");
    assert!(window.shows("SIL OPEN FONT LICENSE"));
    let copied = window.copied_by("Copy diagnostics").unwrap();
    assert!(copied.contains("Annotations: 1"), "{copied}");
    for word in ["Berg", "Ministers", "article", "Anna"] {
        assert!(!copied.contains(word), "“{word}” in {copied}");
    }
}

#[test]
fn the_palette_tags_with_a_code_and_shows_lately_chosen_commands_first() {
    let mut window = Window::on_article();
    window.drag_over("President Berg");
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("person");
    window.key(Key::Enter);
    assert!(window.shows("Actor: “President Berg”, Person"), "{:?}", window.names());
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("only the page");
    window.key(Key::Enter);
    assert!(!window.shows("Codebook, "));
    window.chord(Modifiers::COMMAND, Key::K);
    window.key(Key::Enter);
    assert!(window.shows("Codebook, "), "the command chosen lately comes first");
}

#[test]
fn without_trimming_exactly_what_is_selected_is_tagged() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::Comma);
    window.click("Tagging");
    window.click("Leave out blanks, quotation marks and final punctuation at their ends");
    window.click("Close");
    window.tag("word of it.", Key::C, Key::Num9);
    let project = window.save_as("p.json");
    assert_eq!(tagged(&project)[0].0, "word of it.");
    window.chord(Modifiers::COMMAND, Key::Comma);
    window.click("Tagging");
    assert_eq!(kept(&window)["trim"], false);
    window.click("Reset this page");
    assert!(kept(&window).get("trim").is_none());
}

#[test]
fn the_log_tells_of_saving_and_trouble_without_words() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("secret-plan.json");
    let log = std::fs::read_to_string(window.path("state/matryoshka.log")).unwrap();
    assert!(log.contains(" save ") && log.contains(" bytes in "), "{log}");
    assert!(!log.contains("Berg") && !log.contains("secret") && !log.contains("article"), "{log}");
}

#[test]
fn the_palette_opens_by_the_key_that_it_was_given() {
    let mut window = Window::on_article();
    window.menu("Help", "Change keys…");
    window.click("Change keys of Command palette…");
    window.chord(Modifiers::COMMAND, Key::P);
    window.click("Close");
    window.chord(Modifiers::COMMAND, Key::K);
    assert!(!window.shows("Find a command"));
    window.chord(Modifiers::COMMAND, Key::P);
    assert!(window.shows("Find a command"), "{:?}", window.names());
}

#[test]
fn a_name_typed_in_the_settings_signs_what_comes_next() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::Comma);
    window.click("Person");
    window.fill("Your name", "Jonas");
    window.key(Key::Escape);
    window.tag("President Berg", Key::A, Key::Num1);
    let project = window.save_as("p.json");
    assert_eq!(project["annotations"][0]["made"]["by"], "Jonas");
}
