//! A brat folder before it is imported: what its names become is shown, changed with mouse and keyboard, and then done.

use crate::flows::{Window, put, tagged};
use egui::{Key, Modifiers};

const TEXT: &str = "The minister left. No taxes will rise.\n";

/// A window on nothing, with a folder of brat's beside it.
fn window() -> Window {
    let window = Window::empty();
    let folder = window.path("study");
    std::fs::create_dir(&folder).unwrap();
    put(&folder.join("a.txt"), TEXT);
    let ann = "T1\tPerson 4 12\tminister\nT2\tTax 22 27\ttaxes\nT3\tTax 28 32\twill\nR1\tRaises Arg1:T1 Arg2:T2\n\
        A1\tLevel T2 High\n";
    put(&folder.join("a.ann"), ann);
    window
}

/// The sheet, reached through the menu.
fn sheet(window: &mut Window) {
    window.will_choose("study");
    window.menu("File", "Import brat folder…");
    window.wait_for("Import: what the names become");
}

#[test]
fn a_type_gets_another_layer_and_code_and_undo_takes_the_import_back() {
    let mut window = window();
    sheet(&mut window);
    assert!(window.shows("Person: 1 annotation, for example “minister”, becomes Actor, Person"));
    assert!(window.shows("Tax: 2 annotations, for example “taxes”, becomes Imported, Tax, new"));
    assert!(window.shows("Raises: 1 link, for example “minister → taxes”"));
    assert!(window.shows("Level: 1 attribute, for example “High: taxes”"));
    assert!(window.shows("Click what a name becomes to change it"));
    window.pick("Layer of Tax");
    window.click("Claim");
    window.wait_for("1 name is changed: 2 annotations");
    window.pick("Code of Tax");
    window.fill("Code of Tax: filter", "Levy");
    window.click("New code: “Levy”");
    window.wait_for("becomes Claim, Levy, changed · new");
    window.click("Import");
    window.wait_for("Imported as a new project");
    window.wait_for("Tax → Levy, a code of Claim");
    window.key(Key::Escape);
    let saved = window.save_as("p.json");
    let of = |quote: &str, layer: &str, code: &str| {
        (quote.to_owned(), layer.to_owned(), code.to_owned())
    };
    let wanted = [
        of("minister", "actor", "actor.person"),
        of("taxes", "claim", "claim.levy"),
        of("will", "claim", "claim.levy"),
    ];
    let mut found = tagged(&saved);
    found.sort();
    assert_eq!(found, wanted);
    assert!(saved["codebook"].to_string().contains("\"Levy\""));
    window.chord(Modifiers::COMMAND, Key::Z);
    window.wait_for("Undone: import");
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| tagged(&window.saved("p.json")).is_empty());
    window.chord(Modifiers::COMMAND, Key::Y);
    window.wait_for("Done again: import");
    window.chord(Modifiers::COMMAND, Key::S);
    window.wait_until(|window| tagged(&window.saved("p.json")).len() == 3);
}

#[test]
fn enter_imports_as_it_is_and_escape_leaves_everything_as_it_was() {
    let mut window = window();
    sheet(&mut window);
    window.pick("Layer of Tax");
    assert!(window.shows("Layer of Tax: filter"));
    window.key(Key::Escape);
    assert!(window.shows("Import: what the names become"), "only the list of layers is closed");
    window.key(Key::Escape);
    window.step();
    assert!(!window.shows("Import: what the names become"));
    assert!(window.shows("1. Open a text"), "the start screen is there as before");
    sheet(&mut window);
    window.key(Key::Enter);
    window.wait_for("Tax → Tax, a code of Imported");
}

#[test]
fn by_keyboard_alone_a_layer_is_changed_and_the_choice_outlives_the_question_about_saving() {
    let mut window = window();
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.wait_for("Paste a text");
    window.fill("Words of the text", "A speech\nWe will build it.");
    window.click("Add document");
    window.wait_for("Text of A speech");
    window.drag_over("build");
    window.key(Key::C);
    window.key(Key::Escape);
    sheet(&mut window);
    window.key(Key::Tab);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.wait_for("Layer of Tax: filter");
    window.key(Key::Escape);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    window.wait_for("Layer of Person: filter");
    window.typed("event");
    window.key(Key::Enter);
    window.wait_for("1 name is changed: 1 annotation");
    assert!(window.shows("becomes Event, Person, changed · new"));
    window.chord(Modifiers::COMMAND, Key::Enter);
    window.wait_for("Save the changes?");
    window.click("Cancel");
    window.wait_for("1 name is changed: 1 annotation");
    window.click("As proposed");
    window.wait_for("Click what a name becomes to change it");
    window.click("Cancel");
    assert!(window.shows("Text of A speech"));
}

#[test]
fn a_mapping_that_cannot_be_read_is_told_before_and_after() {
    let mut window = window();
    put(&window.path("study").join("mapping.json"), "{\"types\": {\"Tax\": ");
    sheet(&mut window);
    window.wait_for("The mapping in the folder was not used, because it ends in the middle");
    window.key(Key::Enter);
    window.wait_for("Imported as a new project");
    assert!(window.shows("The mapping in the folder was not used, because it ends in the middle"));
}

#[test]
fn folders_without_work_get_a_clear_word() {
    let mut window = window();
    for (name, files, word) in [
        ("none", &[][..], "there is neither a text nor an .ann file in it"),
        ("texts", &[("a.txt", TEXT)][..], "it has 1 text without a single .ann file"),
        ("anns", &[("a.ann", "T1\tX 0 3\tThe\n")][..], "there is no a.txt for its line"),
    ] {
        let folder = window.path(name);
        std::fs::create_dir(&folder).unwrap();
        for (file, content) in files {
            put(&folder.join(file), content);
        }
        window.will_choose(name);
        window.menu("File", "Import brat folder…");
        window.wait_for(word);
    }
    let folder = window.path("silent");
    std::fs::create_dir(&folder).unwrap();
    put(&folder.join("a.txt"), TEXT);
    put(&folder.join("a.ann"), "");
    window.will_choose("silent");
    window.menu("File", "Import brat folder…");
    window.wait_for("Nothing is annotated there. The texts become documents.");
    window.key(Key::Enter);
    window.wait_for("Imported 0 annotations and 0 links in 1 document");
}
