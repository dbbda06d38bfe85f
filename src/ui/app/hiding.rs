//! Hiding annotations while one reads, and showing them again when one of them is asked for.

use crate::model::AnnotationId;
use crate::ui::app::App;
use crate::ui::desk::Mode;
use crate::ui::veil::Unveil;
use crate::workbench::Notice;

impl App {
    /// Hides or shows; what is selected and hidden by it is let go.
    pub(in crate::ui::app) fn veil(&mut self, wish: Unveil) {
        let Some(bench) = &self.bench else { return };
        self.desk.veil.perform(bench.project(), wish);
        if let Mode::Coding(coding) = &self.desk.mode
            && let Some(annotation) = bench.project().annotation(&coding.annotation)
            && self.desk.veil.hides(annotation)
        {
            self.desk.mode = Mode::Reading;
        }
        self.prune();
    }

    /// Shows an annotation that one is about to look at, whatever hid it.
    pub(in crate::ui::app) fn unveil(&mut self, id: &AnnotationId) {
        let Some(bench) = &self.bench else { return };
        let Some(annotation) = bench.project().annotation(id) else { return };
        if self.desk.veil.lift(annotation) {
            let layer = bench.project().codebook.layer(&annotation.layer);
            let several = layer.map_or("annotations", |layer| layer.plural.as_str()).to_lowercase();
            self.toasts
                .say(Notice::info(format!("These {several} were hidden and are shown again")));
        }
    }
}
