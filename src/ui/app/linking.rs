//! Making a link: from a record on, to whatever is chosen next on the page, in a list or in the palette.
//!
//! Which kind joins two ends is the workbench's matter; a refusal leaves the choice open.

use crate::model::End;
use crate::query::Way;
use crate::ui::app::App;
use crate::ui::desk::{Focus, Linking, Mode, Selected};
use crate::ui::outbox::DeskCommand;
use crate::workbench::{Command, RelationCommand};

impl App {
    /// Chooses the other end of a link that begins at `from`.
    pub(in crate::ui::app) fn start_link(&mut self, from: End) {
        self.desk.words = None;
        self.desk.page.caret.clear();
        self.desk.mode = Mode::Linking(Linking::from(from));
        self.desk.focus = Some(Focus::Page);
    }

    /// While the other end of a link is being chosen, whatever would select or show a record is that end.
    pub(in crate::ui::app) fn unless_other_end(&self, command: DeskCommand) -> DeskCommand {
        if !matches!(self.desk.mode, Mode::Linking(_)) {
            return command;
        }
        let to = match command {
            DeskCommand::Reveal(id) | DeskCommand::Select(Some(Selected::Annotation(id))) => {
                End::Annotation(id)
            }
            DeskCommand::Select(Some(Selected::Entity(id))) => End::Entity(id),
            other => return other,
        };
        DeskCommand::LinkTo { from: None, to }
    }

    /// Makes the link. One that is refused leaves link mode as it is, so that another end can be chosen.
    pub(in crate::ui::app) fn link_to(&mut self, from: Option<End>, to: End) {
        let (from, wanted) = match (from, &self.desk.mode) {
            (Some(from), _) => (from, None),
            (None, Mode::Linking(linking)) => (linking.from.clone(), linking.wanted.clone()),
            (None, _) => return,
        };
        if self.link(&from, to, wanted) {
            self.desk.mode = Mode::Reading;
            self.desk.focus = Some(Focus::Page);
        } else if let Mode::Linking(linking) = &mut self.desk.mode {
            linking.typed.clear();
        }
    }

    fn link(&mut self, from: &End, to: End, way: Option<Way>) -> bool {
        let begins = from.clone();
        let command = match way {
            Some(way) => RelationCommand::RelateAs { from: begins, to, way },
            None => RelationCommand::Relate { from: begins, to },
        };
        let before = self.desk.selected.take();
        self.ask_project(&Command::Relation(command));
        if let Some(Selected::Relation(id)) = &self.desk.selected {
            self.desk.linked = Some((id.clone(), from.clone()));
            return true;
        }
        self.desk.selected = before;
        false
    }
}
