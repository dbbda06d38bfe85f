//! Documents in the window: described in the inspector, renamed in their list.

use crate::model::DocumentId;
use crate::ui::app::App;
use crate::ui::desk::{Mode, Selected};

impl App {
    pub(in crate::ui::app) fn describe_document(&mut self, id: DocumentId) {
        self.desk.hidden.right = false;
        self.desk.mode = Mode::Reading;
        self.desk.selected = Some(Selected::Document(id));
    }

    pub(in crate::ui::app) fn rename_document(&mut self, id: DocumentId) {
        let Some(sheet) = self.bench.as_ref().and_then(|bench| bench.project().sheet(&id)) else {
            return;
        };
        self.desk.hidden.left = false;
        self.panels.left.documents.rename(id, &sheet.document().title);
    }
}
