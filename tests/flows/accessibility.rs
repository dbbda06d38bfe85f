//! What assistive programs are told: the tree of the window as text, compared with the one that was last looked at,
//! and a name for every control and every annotation.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test accessibility` writes the text anew; read the difference before it is committed.

use crate::flows::Window;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
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

#[test]
fn the_tree_of_the_window_is_the_one_that_was_looked_at() {
    let mut window = window();
    window.step();
    window.everything_is_named("a claim is selected");
    let outline = window.outline();
    for annotation in [
        "Actor: “President Berg”, Person",
        "Event: “met”",
        "Claim: “denied every word of it”, Denial",
    ] {
        assert!(outline.contains(annotation), "{outline}");
    }
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/window.txt");
    // Times are those of today.
    let outline = without_times(&outline);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &outline).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = known.lines().zip(outline.lines()).find(|(a, b)| a != b);
    assert!(known == outline, "first difference: {differs:#?}; the tree is now\n{outline}");
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
