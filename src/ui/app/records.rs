//! Records in the window: the finder, and which ones were used last.

use crate::model::{FeatureId, RecordId};
use crate::ui::app::App;
use crate::ui::desk::Mode;
use crate::ui::finder::{FinderDesk, Finding};
use crate::workbench::{AnnotationCommand, Command, Workbench};

/// Recent records remembered, over all layers.
const RECENT: usize = 60;

impl App {
    pub(in crate::ui::app) fn open_finder(&mut self, what: Finding) {
        self.desk.mode = Mode::Reading;
        self.desk.finder = Some(FinderDesk { what, typed: String::new(), chosen: 0, moved: false });
    }

    pub(in crate::ui::app) fn edit_feature(&mut self, feature: FeatureId) {
        self.desk.hidden.right = false;
        self.panels.inspector.edit(feature);
    }

    /// What a mention was attached to comes first among the recent records.
    pub(in crate::ui::app) fn remember_record(
        &mut self,
        command: &Command,
        made: Option<&RecordId>,
    ) {
        let annotation = match (command, made) {
            (
                Command::Annotation(AnnotationCommand::Tag { .. }),
                Some(RecordId::Annotation(id)),
            )
            | (
                Command::Annotation(
                    AnnotationCommand::Attach(id, _)
                    | AnnotationCommand::AttachUnconfirmed(id, _)
                    | AnnotationCommand::AttachNew(id, _)
                    | AnnotationCommand::AttachOwnWords(id)
                    | AnnotationCommand::TagAll { like: id, .. },
                ),
                _,
            ) => Some(id),
            _ => None,
        };
        let project = self.bench.as_ref().map(Workbench::project);
        let used = match (annotation, made) {
            (Some(id), _) => project.and_then(|p| p.annotation(id)?.entity.clone()),
            (None, Some(RecordId::Entity(id))) => Some(id.clone()),
            _ => None,
        };
        let Some(used) = used else { return };
        self.desk.recent.retain(|other| *other != used);
        self.desk.recent.insert(0, used);
        self.desk.recent.truncate(RECENT);
    }
}
