//! Keys on every layout, remapping, the key sheet, themes and reading, the arrangement, about and log.

use crate::flows::{Window, tagged};
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
