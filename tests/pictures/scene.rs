//! What a picture shows: a text, its annotations and links as a project file, and the window that opens it.

#![expect(clippy::string_slice, reason = "a text of the test cut where the test says")]

use crate::flows::{Window, put};
use crate::pictures::canvas::{Picture, Textures};
use crate::pictures::{album, fonts};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

/// Points that the harness leaves free around the window.
const MARGIN: f32 = 8.0;

/// A project in the making.
pub(crate) struct Scene {
    text: &'static str,
    language: &'static str,
    annotations: Vec<Value>,
    links: Vec<Value>,
    settings: Value,
    size: [f32; 2],
}

/// A window that a picture can be made of.
pub(crate) struct Drawn {
    pub(crate) window: Window,
    textures: Textures,
    size: [f32; 2],
}

impl Scene {
    /// The page alone, in light.
    pub(crate) fn of(text: &'static str, language: &'static str) -> Self {
        let settings = json!({
            "annotator": "Anna", "theme": "light",
            "desk": { "hidden": ["left", "right", "drawer"], "links": "none" },
        });
        Self {
            text,
            language,
            annotations: Vec::new(),
            links: Vec::new(),
            settings,
            size: [820.0, 460.0],
        }
    }

    /// With another way of showing something on the desk.
    pub(crate) fn desk(mut self, member: &str, value: Value) -> Self {
        self.settings["desk"][member] = value;
        self
    }

    /// The words tagged with a code.
    #[track_caller]
    pub(crate) fn tag(self, words: &str, code: &str) -> Self {
        self.tag_pieces(&[words], code)
    }

    /// Words that stand apart, tagged as one.
    #[track_caller]
    pub(crate) fn tag_pieces(mut self, words: &[&str], code: &str) -> Self {
        let mut from = 0;
        let mut pieces = Vec::new();
        for words in words {
            let at = self.text[from..].find(words);
            let Some(at) = at else { panic!("“{words}” is not in the text") };
            let (start, end) = (from + at, from + at + words.len());
            let letters = |byte: usize| self.text[..byte].chars().count();
            pieces.push(json!({"start": letters(start), "end": letters(end), "quote": words}));
            from = end;
        }
        let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
        let (layer, _) = code.split_once('.').unwrap();
        let mut record = json!({
            "id": format!("a_{}", self.annotations.len()), "document": "d_1", "layer": layer, "code": code,
            "start": first["start"], "end": last["end"],
        });
        let (from, to) = (self.byte(&first["start"]), self.byte(&last["end"]));
        record["quote"] = self.text[from..to].into();
        if pieces.len() > 1 {
            record["fragments"] = pieces.into();
        }
        self.annotations.push(record);
        self
    }

    /// A link between annotations by their numbers.
    pub(crate) fn link(mut self, relation: &str, from: usize, to: usize) -> Self {
        let id = format!("l_{}", self.links.len());
        self.links.push(json!({
            "id": id, "relation": relation, "from": format!("a_{from}"), "to": format!("a_{to}"),
        }));
        self
    }

    fn byte(&self, letters: &Value) -> usize {
        let letters = letters.as_u64().unwrap() as usize;
        self.text.char_indices().nth(letters).map_or(self.text.len(), |(at, _)| at)
    }

    /// The project as a file.
    pub(crate) fn project(&self) -> String {
        let sample = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/summit.json"));
        let sample: Value = serde_json::from_str(sample).unwrap();
        let title = self.text.lines().next().unwrap();
        let document =
            json!({"id": "d_1", "title": title, "language": self.language, "text": self.text});
        json!({
            "format": "matryoshka-project", "version": {"major": 1, "minor": 0}, "id": "p_picture",
            "codebook": sample["codebook"], "documents": [document],
            "annotations": self.annotations, "links": self.links,
        })
        .to_string()
    }

    /// The window with it, read and still.
    #[track_caller]
    pub(crate) fn open(&self) -> Drawn {
        let title = self.text.lines().next().unwrap();
        let drawn = open(&self.project(), &self.settings, self.size, title);
        assert!(!drawn.window.shows("could not be read"), "{:?}", drawn.window.names());
        drawn
    }
}

/// A project in a window of its own, once its text is there.
#[track_caller]
pub(crate) fn open(project: &str, settings: &Value, size: [f32; 2], title: &str) -> Drawn {
    let folder = TempDir::new().unwrap();
    put(&folder.path().join("p.json"), project);
    std::fs::create_dir(folder.path().join("state")).unwrap();
    put(&folder.path().join("state/settings.json"), &settings.to_string());
    let textures = Textures::default();
    // The harness puts a margin around the window.
    let zoom = settings["zoom"].as_f64().unwrap_or(1.0) as f32;
    let builder = Harness::builder()
        .with_size(size.map(|side| side + 2.0 * MARGIN * zoom))
        .renderer(textures.clone());
    let mut window = Window::with(folder, &["p.json"], Some("Anna"), fonts::engine(), builder);
    window.wait_for(&format!("Text of {title}"));
    // What is worked out beside the window arrives, and messages go away.
    for _ in 0..6 {
        std::thread::sleep(std::time::Duration::from_millis(5));
        window.step();
    }
    Drawn { window, textures, size }
}

impl Drawn {
    /// What the window shows now.
    pub(crate) fn picture(&self) -> Picture {
        let (ctx, output) = self.window.output();
        let scale = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let margin = (MARGIN * scale) as usize;
        let whole = self.size.map(|side| side as usize + 2 * margin);
        self.textures
            .draw(&primitives, whole, scale)
            .part([margin; 2], self.size.map(|side| side as usize))
    }

    /// Selects words as the find bar does, whichever way their letters go.
    pub(crate) fn select(&mut self, words: &str) {
        let window = &mut self.window;
        window.chord(Modifiers::COMMAND, Key::F);
        window.typed(words);
        window.key(Key::Escape);
        window.step();
    }

    /// Compares it with the kept picture of that name.
    #[track_caller]
    pub(crate) fn check(&self, name: &str) {
        album::check(name, &self.picture());
    }
}

/// Where a file of the repository is.
pub(crate) fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}
