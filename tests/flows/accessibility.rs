//! What assistive programs are told: the tree of the window as text, compared with the one that was last looked at,
//! and a name for every control and every annotation.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test accessibility` writes the text anew; read the difference before it is committed.

use crate::flows::Window;
use egui::accesskit::{
    Action, ActionData, ActionRequest, Live, Role, TextPosition, TextSelection, Toggled,
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Roles of things that one can do something with.
const CONTROLS: [Role; 17] = [
    Role::Button,
    Role::CheckBox,
    Role::ColorWell,
    Role::ComboBox,
    Role::DefaultButton,
    Role::Link,
    Role::ListBoxOption,
    Role::ListItem,
    Role::MenuItem,
    Role::MultilineTextInput,
    Role::RadioButton,
    Role::ScrollBar,
    Role::SearchInput,
    Role::Slider,
    Role::SpinButton,
    Role::Tab,
    Role::TextInput,
];

impl Window {
    /// One line for each node that is spoken, indented as they lie in each other.
    fn outline(&self) -> String {
        let mut lines = String::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            // The words of a label are in it once more, as runs of text.
            let runs = node.parent().is_some_and(|above| above.role() == Role::Label);
            let spoken = !node.is_hidden() && (node.label().is_some() || node.value().is_some());
            let spoken = spoken && !runs;
            if !spoken {
                continue;
            }
            let mut depth = 0;
            let mut parent = node.parent();
            while let Some(above) = parent {
                depth += usize::from(above.label().is_some() || above.is_root());
                parent = above.parent();
            }
            let said = node.label().or_else(|| node.value()).unwrap_or_default();
            write!(
                lines,
                "{}{:?} “{}”",
                "  ".repeat(depth.saturating_sub(1)),
                node.role(),
                said.trim_end()
            )
            .unwrap();
            let valued = node.is_text_input() || node.role() == Role::ComboBox;
            if valued && node.label().is_some() {
                write!(lines, " = “{}”", node.value().unwrap_or_default()).unwrap();
            }
            for (holds, word) in [
                (node.is_selected() == Some(true), "selected"),
                (node.toggled() == Some(Toggled::True), "on"),
                (node.is_disabled(), "disabled"),
                (node.is_focused(), "has the keyboard"),
            ] {
                if holds {
                    write!(lines, ", {word}").unwrap();
                }
            }
            if let Some(hint) = node.data().access_key() {
                write!(lines, ", letters {hint}").unwrap();
            }
            lines.push('\n');
        }
        lines
    }

    /// Controls without a name.
    fn nameless(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes
            .map(|node| node.accesskit_node())
            .filter(|node| CONTROLS.contains(&node.role()) && !node.is_hidden())
            .filter(|node| node.label().is_none_or(|label| label.trim().is_empty()))
            .map(|node| format!("{:?} at {:?}", node.role(), node.bounding_box()))
            .collect()
    }

    /// What the live region says.
    fn said(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        let region = nodes.into_iter().find(|node| node.accesskit_node().role() == Role::Status);
        region.unwrap().accesskit_node().label().unwrap_or_default()
    }

    /// Whether something that has these words is said by itself.
    fn is_live(&self, words: &str) -> bool {
        self.harness.root().children_recursive().any(|node| {
            let node = node.accesskit_node();
            let said = node.label().or_else(|| node.value()).unwrap_or_default();
            node.live() == Live::Polite && said.contains(words)
        })
    }

    /// The selection of the document as a screen reader reads it.
    fn read_selection(&self) -> Option<String> {
        let page = self.harness.query_all_by_role(Role::Document).next().unwrap();
        let node = page.accesskit_node();
        assert!(node.supports_text_ranges());
        node.text_selection().map(|range| range.text())
    }

    /// A screen reader selects these words of one run.
    fn set_selection(&mut self, words: &str) {
        let page = self.harness.query_all_by_role(Role::Document).next().unwrap();
        let target = page.accesskit_node().locate();
        let mut found = None;
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let data = node.data();
            let at = data.value().filter(|_| data.role() == Role::TextRun);
            if let Some(at) = at.and_then(|value| value.find(words)) {
                let place = |at| TextPosition { node: node.locate().0, character_index: at };
                found = Some(TextSelection { anchor: place(at), focus: place(at + words.len()) });
            }
        }
        self.harness.event(egui::Event::AccessKitActionRequest(ActionRequest {
            action: Action::SetTextSelection,
            target_tree: target.1,
            target_node: target.0,
            data: Some(ActionData::SetTextSelection(found.unwrap())),
        }));
        self.step();
    }

    #[track_caller]
    fn everything_is_named(&self, where_: &str) {
        let nameless = self.nameless();
        assert!(nameless.is_empty(), "{where_}: {nameless:#?}");
    }
}

/// A small project with everything in it.
fn window() -> Window {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::R);
    window.tag("met", Key::E, Key::Escape);
    window.tag("denied every word of it", Key::C, Key::Num9);
    window.typed("-");
    window
}

/// Compares with what was last looked at.
#[track_caller]
fn assert_looked_at(name: &str, outline: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    // Times are those of today.
    let outline = without_times(outline);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &outline).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = known.lines().zip(outline.lines()).find(|(a, b)| a != b);
    assert!(known == outline, "{name}: first difference: {differs:#?}; the tree is now\n{outline}");
}

#[test]
fn the_tree_of_the_window_is_the_one_that_was_looked_at() {
    let mut window = window();
    window.step();
    window.everything_is_named("a claim is selected");
    let outline = window.outline();
    for annotation in [
        "Actor: “President Berg”, Person, President Berg",
        "Event: “met”, no code",
        "Claim: “denied every word of it”, Denial, position opposes",
    ] {
        assert!(outline.contains(annotation), "{outline}");
    }
    assert_looked_at("window.txt", &outline);
}

/// Dolls in each other, a discontinuous one, and links between them; the panels are closed.
fn nested() -> Window {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    window.chord(Modifiers::SHIFT, Key::R);
    window.tag("President Berg of Velen", Key::A, Key::Num4);
    window.tag("President Berg of Velen met Chairman Ro", Key::E, Key::Escape);
    window.tag("Chairman Ro on", Key::A, Key::Num1);
    window.tag("line would be finished by June", Key::C, Key::Num1);
    window.typed("+");
    window.drag_over("denied");
    window.chord(Modifiers::COMMAND, Key::Space);
    window.chord(Modifiers::COMMAND, Key::ArrowRight);
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    window.key(Key::C);
    window.key(Key::Num9);
    window.key(Key::F11);
    window
}

#[test]
fn nested_annotations_their_links_and_what_is_selected_are_in_the_tree() {
    let mut window = nested();
    window.click_in_text("finished");
    window.key(Key::L);
    let hint = window.hint_of(super::ARTICLE, "Actor", &(21..35));
    for letter in hint.chars() {
        window.key(Key::from_name(&letter.to_string()).unwrap());
    }
    window.click_in_text("finished");
    window.step();
    assert_looked_at("nested.txt", &window.outline());
}

#[test]
fn link_mode_and_the_code_popup_say_what_to_do() {
    let mut window = nested();
    window.click_in_text("finished");
    window.key(Key::L);
    window.step();
    assert_looked_at("link_mode.txt", &window.outline());
    window.key(Key::Escape);
    window.key(Key::C);
    window.step();
    assert_looked_at("code_popup.txt", &window.outline());
}

#[test]
fn the_caret_and_what_is_selected_can_be_read_and_set_by_a_screen_reader() {
    let mut window = Window::on_article();
    window.drag_over("Berg said that");
    assert_eq!(window.read_selection().as_deref(), Some("Berg said that"));
    window.chord(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(window.read_selection().as_deref(), Some("Berg said tha"));
    window.key(Key::ArrowRight);
    assert_eq!(window.read_selection().as_deref(), Some(""), "a caret alone selects nothing");
    window.set_selection("Chairman Ro denied");
    assert_eq!(window.read_selection().as_deref(), Some("Chairman Ro denied"));
    assert_eq!(
        window.copied().as_deref(),
        Some("Chairman Ro denied"),
        "it is the page’s selection"
    );
}

#[test]
fn what_changes_is_said_by_a_live_region() {
    let mut window = window();
    window.click_in_text("President");
    assert_eq!(window.said(), "Selected: Actor: “President Berg”, Person, President Berg");
    window.key(Key::L);
    assert!(window.said().starts_with("Linking “President Berg”: "), "{}", window.said());
    window.key(Key::Escape);
    window.tag("Chairman Ro denied", Key::A, Key::ArrowDown);
    assert!(window.said().contains("2 of "), "{}", window.said());
    window.key(Key::Escape);
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert_eq!(window.said(), "");
    window.chord(Modifiers::COMMAND, Key::Z);
    assert!(window.is_live("Undone"), "{:?}", window.names());
}

#[test]
fn every_control_has_a_name_wherever_one_goes() {
    let mut start = Window::empty();
    start.step();
    start.everything_is_named("start screen");
    let mut window = window();
    let places = [
        (Modifiers::NONE, Key::L, "link mode"),
        (Modifiers::NONE, Key::R, "record finder"),
        (Modifiers::NONE, Key::F, "feature finder"),
        (Modifiers::NONE, Key::C, "code popup"),
        (Modifiers::COMMAND, Key::K, "palette"),
        (Modifiers::COMMAND, Key::F, "find bar"),
        (Modifiers::COMMAND, Key::Comma, "settings"),
        (Modifiers::NONE, Key::F1, "key sheet"),
    ];
    for (modifiers, key, place) in places {
        window.click_in_text("every word");
        let before = window.names();
        window.chord(modifiers, key);
        assert_ne!(window.names(), before, "{place} is open");
        window.everything_is_named(place);
        window.key(Key::Escape);
    }
    window.chord(Modifiers::COMMAND, Key::Comma);
    for page in ["Keys", "Tagging", "Person", "Files"] {
        window.click(page);
        window.everything_is_named(page);
    }
    window.key(Key::Escape);
    window.menu("Help", "About Matryoshka");
    window.everything_is_named("about");
    window.key(Key::Escape);
    window.click_in_text("every word");
    window.key(Key::L);
    window.key(Key::A);
    assert!(window.shows("Type of link"), "a link is selected: {:?}", window.names());
    window.everything_is_named("a link");
    window.chord(Modifiers::COMMAND, Key::Z);
    window.click("Ministers and guests, 3 annotations");
    window.everything_is_named("a document");
    window.click("President Berg, 1 mention");
    window.everything_is_named("an actor");
    window.click_in_text("President");
    window.chord(Modifiers::SHIFT, Key::A);
    window.everything_is_named("nothing else to tag");
    for tab in ["Links 0", "Problems 2", "History", "Search", "Annotations 3"] {
        let found = window.names().into_iter().find(|name| name.starts_with(tab));
        let Some(found) = found else {
            panic!("no tab “{tab}”; there is {:#?}", window.names())
        };
        window.click(&found);
        window.everything_is_named(tab);
    }
}

/// Without the dates and clock times of the history, which are those of today.
fn without_times(outline: &str) -> String {
    let clock = |at: &[u8]| matches!(at, [a, b, b':', c, d] if [a, b, c, d].iter().all(|c| c.is_ascii_digit()));
    let dated = |line: &str| line.as_bytes().windows(5).any(clock);
    let cut = |line: &str| match line.split_once(" · ") {
        Some((before, after)) if dated(line) => {
            format!("{before} · (when) · {}", after.split_once(" · ").map_or("", |(_, rest)| rest))
        }
        _ => line.to_owned(),
    };
    outline.lines().map(|line| cut(line) + "\n").collect()
}
