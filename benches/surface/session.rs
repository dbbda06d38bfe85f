//! The whole window on a made project, by events alone.

use crate::screen::Screen;
use egui::{Key, Modifiers};
use matryoshka::ui::App;
use matryoshka::ui::engine::TextEngine;
use matryoshka::workbench::Office;
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

const NAME: &str = "made.json";
/// Before the title of a project with changes that are not saved.
const CHANGED: char = '•';

/// A window at work.
pub(crate) struct Session {
    screen: Screen,
    app: App,
    _folder: TempDir,
}

impl Session {
    pub(crate) fn open(project: &[u8]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join(NAME);
        fs::write(&file, project).expect("the project is written");
        let office =
            Office::open(Some(&folder.path().join("state")), Some("Anna")).expect("an office");
        let app = App::new(office, vec![file], TextEngine::bundled_only());
        let mut session = Self { screen: Screen::default(), app, _folder: folder };
        let mut waited = 0;
        while !session.screen.title.contains(NAME) {
            session.still();
            std::thread::sleep(Duration::from_millis(5));
            waited += 1;
            assert!(waited < 6000, "the project opens; the title is “{}”", session.screen.title);
        }
        for _ in 0..20 {
            session.still();
        }
        session
    }

    /// A frame in which nothing happens.
    pub(crate) fn still(&mut self) -> Duration {
        let app = &mut self.app;
        self.screen.frame(|ui| app.frame(ui))
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.screen.press(modifiers, key);
        self.still();
        self.still();
    }

    /// Two words on the last pages are selected and tagged, and all is as before afterwards; what counts is the frame
    /// that hears the layer's key and the one after it, which shows the annotation.
    pub(crate) fn stroke(&mut self) -> Duration {
        self.press(Modifiers::COMMAND | Modifiers::CTRL, Key::End);
        self.press(Modifiers::NONE, Key::PageUp);
        self.press(Modifiers::NONE, Key::Home);
        for _ in 0..2 {
            let select = Modifiers::COMMAND | Modifiers::CTRL | Modifiers::SHIFT;
            self.press(select, Key::ArrowRight);
        }
        assert!(!self.screen.title.contains(CHANGED), "nothing is changed before the key");
        self.screen.press(Modifiers::NONE, Key::A);
        let taken = self.still() + self.still();
        assert!(self.screen.title.contains(CHANGED), "the key has made an annotation");
        self.press(Modifiers::NONE, Key::Escape);
        self.press(Modifiers::COMMAND | Modifiers::CTRL, Key::Z);
        self.press(Modifiers::NONE, Key::Escape);
        taken
    }
}
