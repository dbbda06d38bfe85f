//! Scrolled areas whose bars have a name: egui gives theirs none, and a screen reader would say "scroll bar" of each.

use egui::containers::scroll_area::ScrollAreaOutput;
use egui::{ScrollArea, Ui};

/// A scrolled area with a name.
pub trait Scrolled {
    /// As `show`; `name` says what is scrolled.
    fn show_named<R>(
        self,
        ui: &mut Ui,
        name: &str,
        contents: impl FnOnce(&mut Ui) -> R,
    ) -> ScrollAreaOutput<R>;
}

impl Scrolled for ScrollArea {
    fn show_named<R>(
        self,
        ui: &mut Ui,
        name: &str,
        contents: impl FnOnce(&mut Ui) -> R,
    ) -> ScrollAreaOutput<R> {
        let output = self.show(ui, contents);
        // Only where there is a bar; its id is the area's with the number of its axis.
        if output.content_size.y > output.inner_rect.height() {
            ui.ctx().accesskit_node_builder(output.id.with(1_usize), |node| {
                node.set_label(format!("Scroll {name}"));
            });
        }
        output
    }
}
