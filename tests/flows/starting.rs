//! The start on a file: what is read in a moment is waited for, so that the first that is seen is the project.

use crate::flows::Window;
use egui::{Context, RawInput};
use matryoshka::ui::App;
use matryoshka::ui::engine::TextEngine;
use matryoshka::workbench::Office;

#[test]
fn the_first_frame_shows_the_project_and_only_the_next_one_waits_for_the_disk() {
    let mut window = Window::on_article();
    window.save_as("p.json");
    let (path, state) = (window.path("p.json"), window.path("fresh"));
    let office = Office::open(Some(&state), Some("Anna")).unwrap();
    let mut app = App::beginning(office, vec![path], TextEngine::bundled_only);
    app.await_opening();
    let ctx = Context::default();
    let shown = || {
        let log = std::fs::read_to_string(state.join("matryoshka.log")).unwrap();
        log.lines().filter(|line| line.ends_with(" shown")).count()
    };
    let remembered = || {
        let settings = std::fs::read_to_string(state.join("settings.json")).unwrap_or_default();
        settings.contains("p.json")
    };
    let mut frame = || {
        let mut output = ctx.run_ui(RawInput::default(), |ui| app.frame(ui));
        output.textures_delta.clear();
    };
    frame();
    assert_eq!((shown(), remembered()), (1, false));
    frame();
    assert_eq!((shown(), remembered()), (1, true));
}
