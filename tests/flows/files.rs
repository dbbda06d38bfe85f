//! Opening, pasting, saving, exporting, closing with unsaved work, and what a killed program leaves behind.

use crate::flows::{Window, put, read, tagged};
use egui::{Key, Modifiers};

const SHIFT_CTRL: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

#[test]
fn a_project_is_saved_and_opened_again_through_the_dialogs() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("p.json");
    let mut window = window.killed_and_started_on(&[]);
    window.will_choose("p.json");
    window.chord(Modifiers::COMMAND, Key::O);
    window.wait_for("Actor: “President Berg”, Person");
}

#[test]
fn without_a_file_dialog_a_path_is_typed_and_a_wrong_one_is_named() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.chord(SHIFT_CTRL, Key::S);
    window.wait_for("Save project as");
    window.fill("Path", "typed.json");
    let here = std::env::current_dir().expect("a folder");
    let said = format!("In the folder {}", here.display());
    assert!(window.shows(&said), "a name alone says where it goes: {:?}", window.names());
    let path = window.path("typed.json");
    window.fill("Path", &path.display().to_string());
    assert!(!window.shows(&said), "a whole path needs no folder");
    window.key(Key::Enter);
    window.wait_for("Saved");
    assert_eq!(tagged(&window.saved("typed.json")).len(), 1);
    window.chord(Modifiers::COMMAND, Key::O);
    window.wait_for("Open project");
    let missing = window.path("missing.json");
    window.fill("Path", &missing.display().to_string());
    window.key(Key::Enter);
    window.wait_for("missing.json");
    assert!(window.shows("Actor: “President Berg”, Person"), "the open project stays");
}

#[test]
fn saving_over_another_file_asks_first() {
    let mut window = Window::on_article();
    put(&window.path("other.json"), "[]");
    window.will_choose("other.json");
    window.chord(SHIFT_CTRL, Key::S);
    window.wait_for("Write over the file?");
    window.click("Cancel");
    assert_eq!(read(&window.path("other.json")), serde_json::json!([]));
    window.will_choose("other.json");
    window.chord(SHIFT_CTRL, Key::S);
    window.wait_for("Write over the file?");
    window.click("Write over it");
    window.wait_for("Saved");
    assert_eq!(window.saved("other.json")["format"], "matryoshka-project");
}

#[test]
fn the_sample_in_four_languages_opens_from_the_start_screen_and_the_menu() {
    let mut window = Window::empty();
    window.click("Sample in four languages");
    window.wait_for("Text of A quiet bargain over the Ostra Bank");
    for title in ["Соглашение в Сальме", "페트렐호 선원들", "كافريا وتولفان"]
    {
        assert!(window.shows(title), "{title} is not among the documents");
    }
    window.menu("File", "Try the sample");
    window.wait_for("Text of Port Avel gave the river a referee");
    window.drag_over("harbour town");
    window.key(Key::A);
    window.key(Key::Escape);
    window.menu("File", "Sample in four languages");
    window.wait_for("Save the changes?");
}

#[test]
fn words_are_pasted_into_a_document() {
    let mut window = Window::empty();
    window.chord(SHIFT_CTRL, Key::V);
    window.wait_for("Paste a text");
    window.fill("Words of the text", "A speech\nWe will build it.");
    window.click("Add document");
    window.wait_for("Text of A speech");
    window.drag_over("We will build it");
    window.key(Key::C);
    assert!(window.shows("Claim: “We will build it”"));
}

#[test]
fn pasted_words_are_added_from_the_keyboard_and_an_empty_field_says_what_it_waits_for() {
    let mut window = Window::empty();
    window.chord(SHIFT_CTRL, Key::V);
    window.wait_for("Paste a text");
    window.chord(Modifiers::COMMAND, Key::Enter);
    assert!(window.shows("The first line becomes the title. Put the words in first."));
    window.fill("Words of the text", "A speech\nWe will build it.");
    assert!(window.shows("The first line becomes the title. Ctrl+Enter adds the document."));
    window.chord(Modifiers::COMMAND, Key::Enter);
    window.wait_for("Text of A speech");
    let project = window.save_as("p.json");
    assert_eq!(project["documents"][0]["text"], "A speech\nWe will build it.");
}

#[test]
fn words_pasted_on_the_page_become_a_document_and_selected_words_are_copied() {
    let mut window = Window::on_article();
    window.drag_over("denied every word");
    assert_eq!(window.copied().as_deref(), Some("denied every word"));
    window.pasted("A second speech\nNobody denied it.");
    window.wait_for("Paste a text");
    window.click("Add document");
    window.wait_for("Text of A second speech");
    let project = window.save_as("p.json");
    assert_eq!(project["documents"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_second_text_joins_the_project() {
    let mut window = Window::on_article();
    put(&window.path("second.txt"), "Вторая статья\nМинистр ответил.");
    window.will_choose("second.txt");
    window.chord(SHIFT_CTRL, Key::O);
    window.wait_for("Text of Вторая статья");
    let project = window.save_as("p.json");
    assert_eq!(project["documents"].as_array().map(Vec::len), Some(2));
}

#[test]
fn of_several_texts_a_bad_one_is_named_and_the_others_are_added_in_one_step() {
    let mut window = Window::on_article();
    put(&window.path("one.txt"), "First speech\nWe will build it.");
    put(&window.path("two.txt"), "Second speech\nNobody will.");
    put(&window.path("again.txt"), crate::flows::ARTICLE);
    window.will_choose_all(&["one.txt", "missing.txt", "two.txt", "again.txt"]);
    window.chord(SHIFT_CTRL, Key::O);
    window.wait_for("Added 2 documents");
    assert!(window.shows("missing.txt"), "the bad one is named");
    assert!(window.shows("already in the project, as “Ministers and guests”"));
    window.chord(Modifiers::COMMAND, Key::Z);
    let project = window.save_as("p.json");
    assert_eq!(project["documents"].as_array().map(Vec::len), Some(1), "one step");
}

#[test]
fn long_work_is_shown_with_what_it_is_and_can_be_cancelled() {
    let mut window = Window::on_article();
    let article = "A sentence about a minister and a river.\n".repeat(400_000);
    put(&window.path("long.txt"), &article);
    window.will_choose("long.txt");
    window.chord(SHIFT_CTRL, Key::O);
    window.wait_for("Opening");
    window.click("Cancel");
    window.wait_for("Opening was cancelled");
    let project = window.save_as("p.json");
    assert_eq!(project["documents"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_cannot_be_opened_is_said_with_place_and_advice() {
    let mut window = Window::on_article();
    put(&window.path("broken.json"), "{\"format\":\"matryoshka-project\",\"version\":{\"maj");
    window.will_choose("broken.json");
    window.tag("President Berg", Key::A, Key::Num1);
    window.chord(Modifiers::COMMAND, Key::O);
    window.wait_for("Save the changes?");
    window.click("Don’t save");
    window.wait_for("This is not a project that can be opened");
    assert!(window.shows("broken.json"));
}

#[test]
fn closing_with_unsaved_work_asks_and_each_answer_does_what_it_says() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.close();
    window.wait_for("Save the changes?");
    window.click("Cancel");
    assert!(!window.shows("Save the changes?") && window.shows("Actor: “President Berg”, Person"));
    window.will_choose("p.json");
    window.close();
    window.wait_for("Save the changes?");
    window.click("Save");
    window.wait_until(Window::is_closing);
    assert_eq!(tagged(&window.saved("p.json")).len(), 1);
}

#[test]
fn annotations_are_exported_as_json_and_as_lines() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("denied", Key::C, Key::Num9);
    window.will_choose("out.json");
    window.menu("File", "Export annotation JSON…");
    window.wait_for("Exported 2 annotations");
    let whole = read(&window.path("out.json"));
    assert_eq!(whole["annotations"].as_array().map(Vec::len), Some(2));
    window.will_choose("out.jsonl");
    window.menu("File", "Export annotation JSON Lines…");
    window.wait_until(|window| window.path("out.jsonl").exists());
    let lines = std::fs::read_to_string(window.path("out.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn a_project_goes_to_a_brat_folder_and_comes_back_with_a_receipt() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.tag("denied", Key::C, Key::Num9);
    window.will_choose("out");
    window.menu("File", "Export brat folder…");
    window.wait_for("Exported 2 annotations");
    let folder = window.path("out");
    assert!(folder.join("annotation.conf").exists() && folder.join("mapping.json").exists());
    window.will_choose("out");
    window.menu("File", "Export brat folder…");
    window.wait_for("This folder is not empty");
    window.save_as("p.json");
    window.will_choose("out");
    window.menu("File", "Import brat folder…");
    window.wait_for("Import: what the names become");
    window.key(Key::Enter);
    window.wait_for("Imported as a new project");
    window.wait_for("Person → Person, a code of Actor");
    window.key(Key::Escape);
    window.will_choose("again.json");
    window.chord(SHIFT_CTRL, Key::S);
    window.wait_until(|window| window.path("again.json").exists());
    assert_eq!(tagged(&window.saved("again.json")).len(), 2);
}

#[test]
fn recent_files_say_what_is_in_them_and_missing_ones_can_be_taken_from_the_list() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.save_as("gone.json");
    window.will_choose("p.json");
    window.chord(SHIFT_CTRL, Key::S);
    window.wait_for("/p.json");
    std::fs::remove_file(window.path("gone.json")).unwrap();
    let mut window = window.killed_and_started_on(&[]);
    window.wait_for("1 document, 1 annotation");
    window.wait_for("Remove gone.json from the list");
    window.click("Remove gone.json from the list");
    window.wait_until(|window| !window.shows("gone.json"));
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.wait_for("Actor: “President Berg”, Person");
}

#[test]
fn the_start_screen_says_what_to_do_in_three_steps() {
    let window = Window::empty();
    for step in ["1. Open a text", "2. Select words, press A, C or E", "3. Press L to link"] {
        assert!(window.shows(step), "{step}");
    }
}
