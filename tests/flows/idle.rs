//! A window that nobody touches draws nothing.

use crate::flows::Window;
use egui::Key;
use std::time::Duration;

impl Window {
    /// How long the window would wait for its next frame by itself.
    fn next_frame(&self) -> Option<Duration> {
        self.harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min()
    }
}

#[test]
fn a_window_that_nobody_touches_asks_for_no_frame() {
    let mut window = Window::on_article();
    window.tag("President Berg", Key::A, Key::Num1);
    let middle = window.sight().center();
    window.harness.hover_at(middle);
    window.harness.step();
    let delay = window.next_frame();
    assert!(
        delay.is_some_and(|delay| delay < Duration::from_mins(1)),
        "while one works it does: {delay:?}"
    );
    // Half a minute: messages have gone and motions have ended.
    window.harness.run_steps(120);
    let delay = window.next_frame();
    assert!(delay.is_some_and(|delay| delay > Duration::from_hours(1)), "it asks after {delay:?}");
}
