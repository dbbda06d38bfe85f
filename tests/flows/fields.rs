//! Fields in every script: typed, put together by an input method, selected, undone, and driven by assistive programs.

use crate::flows::Window;
use egui::accesskit::{
    Action, ActionData, ActionRequest, Role, TextPosition, TextSelection, TreeId,
};
use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const ACTOR: &str = "الرئيس بيرغ";

impl Window {
    /// What the field of that name holds.
    #[track_caller]
    fn held(&self, name: &str) -> String {
        self.field(name).value().unwrap_or_default()
    }

    #[track_caller]
    fn field<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        let inputs = [Role::TextInput, Role::SearchInput, Role::MultilineTextInput];
        let found = self.harness.query_all_by_label(name);
        let mut found = found.filter(|node| inputs.contains(&node.accesskit_node().role()));
        found.next().unwrap_or_else(|| panic!("no field {name}; there is {:?}", self.names()))
    }

    /// What Ctrl+C in the field would copy.
    fn selected_in_field(&mut self) -> String {
        self.copied().unwrap_or_default()
    }

    /// What an assistive program asks of the field of that name.
    #[track_caller]
    fn ask_field(&mut self, name: &str, action: Action, data: ActionData) {
        let (target_node, target_tree) = self.field(name).accesskit_node().locate();
        assert_eq!(target_tree, TreeId::ROOT);
        let request = ActionRequest { action, target_node, target_tree, data: Some(data) };
        self.harness.event(Event::AccessKitActionRequest(request));
        self.step();
    }
}

#[test]
fn an_arabic_actor_is_named_found_and_shown() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.key(Key::R);
    window.typed(ACTOR);
    assert_eq!(window.held("Actor of “President Berg”"), ACTOR);
    window.key(Key::Enter);
    assert!(window.shows(&format!("{ACTOR}, 1 mention")), "{:?}", window.names());
    window.click_in_text("denied");
    window.chord(Modifiers::COMMAND, Key::K);
    window.typed("بيرغ");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.held("Name"), ACTOR, "its card is open");
    let project = window.save_as("p.json");
    assert_eq!(project["entities"][0]["name"], ACTOR);
}

#[test]
fn a_syllable_put_together_by_an_input_method_replaces_its_own_beginnings() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::F);
    for letters in ["ㅎ", "하", "한"] {
        let event = ImeEvent::Preedit { text: letters.to_owned(), active_range_chars: None };
        window.harness.event(Event::Ime(event));
        window.step();
        assert_eq!(window.held("Find in this document"), letters);
    }
    window.harness.event(Event::Ime(ImeEvent::Commit("한국".to_owned())));
    window.step();
    assert_eq!(window.held("Find in this document"), "한국");
    let told = window.harness.output().platform_output.ime;
    let place = told.expect("the window of the input method is told where to stand");
    assert!(place.rect.expand(2.0).contains_rect(place.cursor_rect), "{place:?}");
    window.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.held("Find in this document"), "");
}

#[test]
fn keys_select_words_in_arabic_by_the_direction_that_they_are_read_in() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::F);
    window.typed("قال الوزير أمس");
    window.key(Key::Home);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(window.selected_in_field(), "قال");
    window.key(Key::End);
    window.chord(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(window.selected_in_field(), "س");
    window.chord(Modifiers::COMMAND, Key::A);
    window.typed("한");
    assert_eq!(window.held("Find in this document"), "한");
    window.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.held("Find in this document"), "قال الوزير أمس");
    assert!(!window.shows("nothing to undo"), "the project’s own undo is not asked");
}

#[test]
fn assistive_programs_set_select_and_replace_the_words_of_a_field() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::F);
    let name = "Find in this document";
    window.ask_field(name, Action::SetValue, ActionData::Value("met שלום Ro".into()));
    assert_eq!(window.held(name), "met שלום Ro");
    let runs: Vec<_> = window
        .field(name)
        .children_recursive()
        .map(|node| {
            (node.accesskit_node().id(), node.accesskit_node().data().value().map(str::to_owned))
        })
        .collect();
    let spoken: String = runs.iter().filter_map(|(_, value)| value.clone()).collect();
    assert_eq!(spoken, "met שלום Ro", "{runs:?}");
    let hebrew = window
        .field(name)
        .children_recursive()
        .find(|node| node.accesskit_node().data().value() == Some("שלום"))
        .map(|node| node.accesskit_node().locate().0)
        .expect("a run of its own for the other direction");
    let at = |character_index| TextPosition { node: hebrew, character_index };
    let wanted = TextSelection { anchor: at(0), focus: at(4) };
    window.ask_field(name, Action::SetTextSelection, ActionData::SetTextSelection(wanted));
    assert_eq!(window.selected_in_field(), "שלום");
    window.ask_field(name, Action::ReplaceSelectedText, ActionData::Value("with".into()));
    assert_eq!(window.held(name), "met with Ro");
}

#[test]
fn the_mouse_selects_arabic_from_the_right() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::F);
    window.typed("قال الوزير أمس");
    let rect = window.field("Find in this document").rect();
    let (right, left) = (rect.right_center() - vec2(3.0, 0.0), rect.left_center() + vec2(3.0, 0.0));
    window.drag(right, left);
    assert_eq!(window.selected_in_field(), "قال الوزير أمس");
    window.drag(right, right - vec2(14.0, 0.0));
    let some = window.selected_in_field();
    assert!("قال".starts_with(&some) && !some.is_empty(), "{some}");
}

#[test]
fn the_menu_of_the_right_button_cuts_and_selects_and_the_field_keeps_the_keyboard() {
    let mut window = Window::on_article();
    window.chord(Modifiers::COMMAND, Key::F);
    window.typed("Berg said");
    window.field("Find in this document").click_secondary();
    window.step();
    window.click("Select all");
    window.field("Find in this document").click_secondary();
    window.step();
    window.click("Cut");
    assert_eq!(window.held("Find in this document"), "");
    window.typed("Ro");
    assert_eq!(window.held("Find in this document"), "Ro");
}
