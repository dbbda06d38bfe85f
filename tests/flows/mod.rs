//! Every flow once through the real widgets, by accessible names: events in, labels and the saved file out.

mod accessibility;
mod caret;
mod comments;
mod conflicts;
mod documents;
mod fields;
mod files;
mod finding;
mod guests;
mod hiding;
mod idle;
mod importing;
mod link_ways;
mod linking;
mod looking;
mod margin;
mod outside;
pub(crate) mod pair;
mod places;
mod problems;
mod records;
mod recovery;
pub(crate) mod review;
mod review_codebook;
mod review_records;
mod review_talk;
mod review_work;
mod settings;
mod starting;
mod stopping;
mod tagging;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Pos2, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, HarnessBuilder};
use matryoshka::jobs::{self, Job};
use matryoshka::ui::engine::TextEngine;
use matryoshka::ui::{App, Choice, FileChooser, Purpose};
use matryoshka::workbench::Office;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// An article in which every word that tests look for stands once.
pub(crate) const ARTICLE: &str = "Ministers and guests\n\
    President Berg of Velen met Chairman Ro on the island. Berg said that the line would be finished by June.\n\
    Chairman Ro denied every word of it.\n";

/// The window in a folder of its own.
pub(crate) struct Window {
    harness: Harness<'static, App>,
    folder: Arc<TempDir>,
    answers: Arc<Mutex<Vec<Vec<PathBuf>>>>,
}

/// An end of some words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Before the first letter.
    Start,
    /// After the last.
    End,
}

/// A file that is dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// A file dialog that answers what the test has put there, and is missing when nothing is.
struct Scripted(Arc<Mutex<Vec<Vec<PathBuf>>>>);

impl FileChooser for Scripted {
    fn ask(&self, purpose: Purpose, _: &str, wake: Box<dyn Fn() + Send>) -> Job<Choice> {
        let answer = match self.0.lock().unwrap().pop() {
            None => Choice::NoDialog,
            Some(mut paths) if paths.len() == 1 => Choice::File(paths.remove(0)),
            Some(paths) => Choice::Files(paths),
        };
        jobs::start(purpose.title(), wake, move |_| answer)
    }
}

impl Window {
    /// Opened on nothing: the start screen.
    pub(crate) fn empty() -> Self {
        Self::on(TempDir::new().unwrap(), &[])
    }

    /// Opened on the article.
    pub(crate) fn on_article() -> Self {
        let folder = TempDir::new().unwrap();
        put(&folder.path().join("article.txt"), ARTICLE);
        let mut window = Self::on(folder, &["article.txt"]);
        window.wait_for("Text of Ministers and guests");
        window
    }

    /// Opened on files of the folder by Anna.
    pub(crate) fn on(folder: impl Into<Arc<TempDir>>, names: &[&str]) -> Self {
        Self::by(folder, names, Some("Anna"))
    }

    /// Opened by somebody, or by a person whom the program does not know yet.
    pub(crate) fn by(
        folder: impl Into<Arc<TempDir>>,
        names: &[&str],
        annotator: Option<&str>,
    ) -> Self {
        let engine = TextEngine::bundled_only();
        Self::with(folder, names, annotator, engine, Harness::builder().with_size([1280.0, 800.0]))
    }

    /// Opened with these fonts in a window that `builder` makes.
    pub(crate) fn with(
        folder: impl Into<Arc<TempDir>>,
        names: &[&str],
        annotator: Option<&str>,
        engine: TextEngine,
        builder: HarnessBuilder<App>,
    ) -> Self {
        let folder = folder.into();
        let office = Office::open(Some(&folder.path().join("state")), annotator).unwrap();
        let paths = names.iter().map(|name| folder.path().join(name)).collect();
        let answers = Arc::new(Mutex::new(Vec::new()));
        let chooser = Box::new(Scripted(Arc::clone(&answers)));
        let app = App::new(office, paths, engine).with_chooser(chooser);
        let harness = builder
            .with_max_steps(60)
            .allow_missing_glyphs()
            .build_ui_state(|ui, app: &mut App| app.frame(ui), app);
        let mut window = Self { harness, folder, answers };
        window.harness.run_steps(2);
        window
    }

    /// The program is killed: nothing is closed, and another one starts on these files.
    pub(crate) fn killed_and_started_on(self, names: &[&str]) -> Self {
        let Self { harness, folder, .. } = self;
        drop(harness);
        Self::on(folder, names)
    }

    /// Another window in the same folder, by somebody else.
    pub(crate) fn beside(&self, names: &[&str], annotator: &str) -> Self {
        Self::by(Arc::clone(&self.folder), names, Some(annotator))
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the next file dialog answers.
    pub(crate) fn will_choose(&self, name: &str) {
        self.will_choose_all(&[name]);
    }

    /// The files that the next file dialog answers.
    pub(crate) fn will_choose_all(&self, names: &[&str]) {
        let paths = names.iter().map(|name| self.path(name)).collect();
        self.answers.lock().unwrap().push(paths);
    }

    /// What egui has drawn last, for those who make a picture of it.
    pub(crate) fn output(&self) -> (&egui::Context, &egui::FullOutput) {
        (&self.harness.ctx, self.harness.output())
    }

    /// Frames pass.
    pub(crate) fn step(&mut self) {
        self.harness.run_steps(3);
    }

    /// Frames pass until something has this name; background work takes its time.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, name: &str) {
        for _ in 0..2000 {
            self.harness.step();
            if self.shows(name) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("never saw “{name}”; there is {:#?}", self.names());
    }

    /// Frames pass until `condition` holds.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, mut condition: impl FnMut(&Self) -> bool) {
        for _ in 0..2000 {
            self.harness.step();
            if condition(self) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        panic!("never came to be; there is {:#?}", self.names());
    }

    /// Presses `cancel` as soon as it is there; whether that was in time, before `done` is there.
    #[track_caller]
    pub(crate) fn stops(&mut self, cancel: &str, done: &str) -> bool {
        if !self.has_before(cancel, done) {
            return false;
        }
        self.click(cancel);
        self.shows("ancelled")
    }

    /// Frames pass until something has exactly this name; whether that was before `done` is there.
    #[track_caller]
    pub(crate) fn has_before(&mut self, name: &str, done: &str) -> bool {
        for _ in 0..2000 {
            self.harness.step();
            if self.shows(done) {
                return false;
            }
            if self.harness.query_all_by_label(name).next().is_some() {
                return true;
            }
        }
        panic!("never saw “{name}”; there is {:#?}", self.names());
    }

    /// By what egui knows the thing of exactly this name again in the next frame.
    #[track_caller]
    pub(crate) fn id_of(&self, name: &str) -> egui::accesskit::NodeId {
        let found = self.harness.query_all_by_label(name).next();
        let Some(node) = found else { panic!("no “{name}”; there is {:#?}", self.names()) };
        node.accesskit_node().locate().0
    }

    /// Whether something has this name, or one that contains it.
    pub(crate) fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label_contains(name).next().is_some()
    }

    /// All names there are.
    pub(crate) fn names(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// Clicks what has exactly this name, or an annotation of which more is said after it.
    #[track_caller]
    pub(crate) fn click(&mut self, name: &str) {
        let more = format!("{name}, ");
        let says_more = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            let label = node.label().unwrap_or_default();
            let row = label.contains(", paragraph ");
            node.role() == Role::ListItem && label.starts_with(&more) && !row
        };
        let exactly = self.harness.query_all_by_label(name).next();
        let found =
            exactly.or_else(|| self.harness.query_all_by_label_contains(&more).find(says_more));
        let Some(node) = found else { panic!("no “{name}”; there is {:#?}", self.names()) };
        node.click_accesskit();
        self.step();
    }

    /// Opens the picker of that name.
    #[track_caller]
    pub(crate) fn pick(&mut self, name: &str) {
        let found = self.harness.query_all_by_role_and_label(Role::ComboBox, name).next();
        let Some(node) = found else {
            panic!("no picker “{name}”; there is {:#?}", self.names())
        };
        node.click_accesskit();
        self.step();
    }

    /// Chooses in a menu.
    #[track_caller]
    pub(crate) fn menu(&mut self, menu: &str, entry: &str) {
        self.click(menu);
        let found = self.harness.query_all_by_label_contains(entry).next();
        let Some(node) = found else { panic!("no “{entry}”; there is {:#?}", self.names()) };
        node.click_accesskit();
        self.step();
    }

    /// Chooses in a menu inside a menu.
    #[track_caller]
    pub(crate) fn submenu(&mut self, menu: &str, inner: &str, entry: &str) {
        self.click(menu);
        self.click(inner);
        let begins = |label: Option<String>| label.is_some_and(|label| label.starts_with(entry));
        let all = self.harness.query_all_by_label_contains(entry);
        let found = all.into_iter().find(|node| begins(node.accesskit_node().label()));
        let Some(node) = found else { panic!("no “{entry}”; there is {:#?}", self.names()) };
        node.click_accesskit();
        self.step();
    }

    /// Presses a key, with the letter that it types: a real window brings both in one frame.
    pub(crate) fn key(&mut self, key: Key) {
        let press = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let events = &mut self.harness.input_mut().events;
        events.push(press(true));
        let name = key.name().to_lowercase();
        if name.len() == 1 {
            events.push(Event::Text(name));
        }
        events.push(press(false));
        self.step();
    }

    /// Presses keys of another layout in one frame: what each says, where it lies, what it types.
    pub(crate) fn on_layout(&mut self, presses: &[(Key, Key, &str)]) {
        for (key, place, typed) in presses {
            let press = |pressed| Event::Key {
                key: *key,
                physical_key: Some(*place),
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            };
            let events = &mut self.harness.input_mut().events;
            events.push(press(true));
            if !typed.is_empty() {
                events.push(Event::Text((*typed).to_owned()));
            }
            events.push(press(false));
        }
        self.step();
    }

    /// Presses a key with modifiers.
    pub(crate) fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.step();
    }

    /// Types words.
    pub(crate) fn typed(&mut self, words: &str) {
        self.harness.event(Event::Text(words.to_owned()));
        self.step();
    }

    /// What Ctrl+C puts on the clipboard.
    pub(crate) fn copied(&mut self) -> Option<String> {
        self.harness.event(Event::Copy);
        self.harness.step();
        let commands = &self.harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(words) => Some(words.clone()),
            _ => None,
        })
    }

    /// What the button of that name puts on the clipboard.
    #[track_caller]
    pub(crate) fn copied_by(&mut self, name: &str) -> Option<String> {
        let found = self.harness.query_all_by_label(name).next();
        let Some(node) = found else { panic!("no “{name}”; there is {:#?}", self.names()) };
        node.click_accesskit();
        for _ in 0..3 {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            let copied = commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(words) => Some(words.clone()),
                _ => None,
            });
            if copied.is_some() {
                return copied;
            }
        }
        None
    }

    /// Whether the words stand on the part of the page that is in sight.
    pub(crate) fn on_page(&self, words: &str) -> bool {
        self.harness.root().children_recursive().any(|node| {
            let data = node.accesskit_node();
            let data = data.data();
            data.role() == Role::TextRun && data.value().is_some_and(|value| value.contains(words))
        })
    }

    /// Ctrl+V with these words on the clipboard.
    pub(crate) fn pasted(&mut self, words: &str) {
        self.harness.event(Event::Paste(words.to_owned()));
        self.step();
    }

    /// Writes into the field of that name.
    #[track_caller]
    pub(crate) fn fill(&mut self, name: &str, words: &str) {
        // Its name stands beside it too.
        let is_field = |node: &egui_kittest::Node<'_>| {
            let role = node.accesskit_node().role();
            matches!(role, Role::TextInput | Role::MultilineTextInput | Role::SearchInput)
        };
        let found = self.harness.query_all_by_label(name).find(is_field);
        let Some(node) = found else {
            panic!("no field “{name}”; there is {:#?}", self.names())
        };
        node.focus();
        self.step();
        self.chord(Modifiers::COMMAND, Key::A);
        self.typed(words);
    }

    /// The place on the screen of the first letter of `words` in the text, or of its end.
    #[track_caller]
    pub(crate) fn place(&self, words: &str, edge: Edge) -> Pos2 {
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let data = node.data();
            let (Role::TextRun, Some(value)) = (data.role(), data.value()) else { continue };
            let Some(at) = value.find(words) else { continue };
            let at = if edge == Edge::End { at + words.len() } else { at };
            let letter = value.char_indices().take_while(|(byte, _)| *byte < at).count();
            let positions = data.character_positions().unwrap();
            let widths = data.character_widths().unwrap();
            let x = positions
                .get(letter)
                .copied()
                .unwrap_or_else(|| positions[letter - 1] + widths[letter - 1]);
            let bounds = node.bounding_box().unwrap();
            let y = f64::midpoint(bounds.y0, bounds.y1);
            return pos2(bounds.x0 as f32 + x, y as f32);
        }
        panic!("“{words}” is on no line in sight");
    }

    /// Drags over words.
    #[track_caller]
    pub(crate) fn drag_over(&mut self, words: &str) {
        let (from, to) = (self.place(words, Edge::Start), self.place(words, Edge::End));
        self.harness.drag_at(from + egui::vec2(0.5, 0.0));
        self.harness.step();
        self.harness.hover_at(from + (to - from) * 0.5);
        self.harness.step();
        self.harness.hover_at(to - egui::vec2(0.5, 0.0));
        self.harness.step();
        self.harness.drop_at(to - egui::vec2(0.5, 0.0));
        self.step();
    }

    /// Drags from the middle of one thing to another place, in steps as a hand does.
    #[track_caller]
    pub(crate) fn drag_to(&mut self, name: &str, to: Pos2) {
        let from = self.center(name);
        self.harness.hover_at(from);
        self.harness.step();
        self.harness.drag_at(from);
        self.harness.step();
        for step in [0.3, 0.7, 1.0] {
            self.harness.hover_at(from + (to - from) * step);
            self.harness.step();
        }
        self.harness.drop_at(to);
        self.step();
    }

    /// A file of the folder is dropped on the window.
    pub(crate) fn drop_file(&mut self, name: &str) {
        let file = Dropped(self.path(name));
        self.harness.input_mut().dropped_files.push(Arc::new(file));
        self.step();
    }

    /// Clicks the first thing whose name begins so.
    #[track_caller]
    pub(crate) fn click_beginning(&mut self, name: &str) {
        let begins = |node: &egui_kittest::Node<'_>| {
            node.accesskit_node().label().is_some_and(|label| label.starts_with(name))
        };
        let found = self.harness.query_all_by_label_contains(name).find(begins);
        let Some(node) = found else { panic!("no “{name}”; there is {:#?}", self.names()) };
        node.click_accesskit();
        self.step();
    }

    /// The middle of what has exactly this name.
    #[track_caller]
    pub(crate) fn center(&self, name: &str) -> Pos2 {
        let found = self.harness.query_all_by_label(name).next();
        let Some(node) = found else { panic!("no “{name}”; there is {:#?}", self.names()) };
        node.rect().center()
    }

    /// Clicks with the mouse in the middle of words.
    #[track_caller]
    pub(crate) fn click_in_text(&mut self, words: &str) {
        let at = self.place(words, Edge::Start)
            + (self.place(words, Edge::End) - self.place(words, Edge::Start)) * 0.5;
        self.harness.hover_at(at);
        self.harness.step();
        self.harness.drag_at(at);
        self.harness.drop_at(at);
        self.step();
        // Two clicks soon after each other would be one double click.
        self.harness.run_steps(4);
    }

    /// Drags over words and tags them by the key of a layer; the popup takes the code of that digit.
    #[track_caller]
    pub(crate) fn tag(&mut self, words: &str, layer: Key, digit: Key) {
        self.drag_over(words);
        self.key(layer);
        self.key(digit);
    }

    /// The window's close button.
    pub(crate) fn close(&mut self) {
        let id = self.harness.input().viewport_id;
        let viewport = self.harness.input_mut().viewports.entry(id).or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        self.step();
    }

    /// Whether the window has told the system to close it.
    pub(crate) fn is_closing(&self) -> bool {
        self.harness.output().viewport_output.values().any(|viewport| {
            viewport.commands.iter().any(|command| matches!(command, egui::ViewportCommand::Close))
        })
    }

    /// Saves as `name` through the file dialog and waits until it is there.
    #[track_caller]
    pub(crate) fn save_as(&mut self, name: &str) -> Value {
        self.will_choose(name);
        self.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        self.wait_for("Saved");
        self.saved(name)
    }

    /// A saved project.
    pub(crate) fn saved(&self, name: &str) -> Value {
        read(&self.path(name))
    }
}

/// Writes a file of a test.
pub(crate) fn put(path: &Path, content: &str) {
    std::fs::write(path, content).unwrap();
}

/// Reads a JSON file.
pub(crate) fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The quotes of a project's annotations with layer and code, in the order of the file.
pub(crate) fn tagged(project: &Value) -> Vec<(String, String, String)> {
    let text =
        |record: &Value, member: &str| record[member].as_str().unwrap_or_default().to_owned();
    let annotations = project["annotations"].as_array().unwrap().iter();
    annotations.map(|a| (text(a, "quote"), text(a, "layer"), text(a, "code"))).collect()
}
