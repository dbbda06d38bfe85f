//! Every command once: its name, where it stands, its keys, whether it can be done now and what it asks for.
//!
//! Menus, palette, shortcuts, tooltips and the key sheet all read this table. What a command does is not here: its
//! wish goes to the workbench or to the window.

mod annotate;
mod chord;
mod documents;
mod finding;
mod keymap;
mod moving;
mod records;
mod review;
mod showing;
#[cfg(test)]
mod walk;

pub use crate::ui::command_table::chord::{Chord, Stroke};
pub use crate::ui::command_table::keymap::{Keymap, is_of_codebook, trouble};
pub use crate::ui::command_table::moving::{motions, pairs};
pub use crate::ui::command_table::records::attach;
pub use crate::ui::command_table::review::review_entry;

use crate::ui::desk::{Desk, Focus, Mode, Purpose};
use crate::ui::dialogs::SettingsPage;
use crate::ui::outbox::{DeskCommand, Wish};
use crate::ui::theme::Look;
use crate::ui::view::View;
use crate::workbench::{Command, Sample};
use egui::Key;
use smol_str::SmolStr;

/// A line of the table.
pub struct Entry {
    /// Its name for settings, which no translation and no wording changes: `save`, `tag.actor`.
    pub id: SmolStr,
    /// On screen; "…" when more input follows.
    pub name: String,
    /// What it does, in a line.
    pub hint: &'static str,
    /// The menu it stands in.
    pub group: Group,
    /// Its keys.
    pub keys: Vec<Chord>,
    /// Where they count.
    pub scope: Scope,
    /// What it asks for, or why it cannot be done now.
    pub wish: Result<Wish, &'static str>,
}

/// The menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Files and documents.
    File,
    /// Undo, redo, erase.
    Edit,
    /// Tagging and linking.
    Annotate,
    /// What is shown.
    View,
    /// Colleagues' files.
    Review,
    /// Keys and names.
    Help,
}

impl Group {
    /// In the order of the menu bar.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Edit, Self::Annotate, Self::View, Self::Review, Self::Help];

    /// On screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Annotate => "Annotate",
            Self::View => "View",
            Self::Review => "Review",
            Self::Help => "Help",
        }
    }
}

/// Where keys count. A key is unique within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// Wherever no field is being typed in.
    Work,
    /// The same while the text is shown.
    Text,
    /// While the page has the keyboard.
    Page,
    /// While a review is shown and no field is being typed in.
    Review,
}

impl Scope {
    /// Whether a key can be pressed where both count: then it cannot mean two things.
    pub fn meets(self, other: Self) -> bool {
        let text = |scope| matches!(scope, Self::Text | Self::Page);
        !(self == Self::Review && text(other) || other == Self::Review && text(self))
    }
}

const NOT_OUTSIDE: &str = "the file is as you know it";
const NO_COPY: &str = "no copy of this project lies beside its file";
/// The usual key of the palette: it is read before fields are.
const PALETTE: [Chord; 1] = [Chord::ctrl(Key::K)];

/// The usual key that takes whole words; the status line names it.
pub const WHOLE_WORDS: Chord = Chord::key(Key::W);

/// The usual key that begins a link; the inspector names it.
pub const LINK: Chord = Chord::key(Key::L);

const NO_PROJECT: &str = "open a text or a project first";
const IN_REVIEW: &str = "go to the Text tab first";

/// All commands as they stand now; without a project only those that need none can be done.
pub fn commands(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let mut all = file(view);
    all.extend(edit(view));
    all.extend(documents::entries(view, desk));
    all.extend(annotate::entries(view, desk));
    all.extend(finding::entries(view, desk));
    all.extend(records::entries(view, desk));
    all.extend(looking(view, desk));
    all.extend(showing::entries(view, desk));
    all.extend(review::entries(view, desk));
    all.extend(window(desk));
    all.extend(moving::entries(view, desk));
    desk.keymap.apply(&mut all);
    if desk.review.shown {
        let of_text = all.iter_mut().filter(|entry| !entry.scope.meets(Scope::Review));
        of_text.for_each(|entry| entry.wish = Err(IN_REVIEW));
    }
    all
}

fn entry(
    group: Group,
    (id, name): (&'static str, &str),
    hint: &'static str,
    keys: &[Chord],
    command: DeskCommand,
) -> Entry {
    Entry {
        id: SmolStr::new_static(id),
        name: name.to_owned(),
        hint,
        group,
        keys: keys.to_vec(),
        scope: Scope::Global,
        wish: Ok(Wish::Desk(command)),
    }
}

/// A command of the text scope in the menu of annotating.
fn text(
    id: impl Into<SmolStr>,
    name: impl Into<String>,
    hint: &'static str,
    keys: &[Chord],
    wish: Result<Wish, &'static str>,
) -> Entry {
    Entry {
        id: id.into(),
        name: name.into(),
        hint,
        group: Group::Annotate,
        keys: keys.to_vec(),
        scope: Scope::Text,
        wish,
    }
}

impl Entry {
    /// Stands in another menu.
    fn in_menu(mut self, group: Group) -> Self {
        self.group = group;
        self
    }

    /// Cannot be done without a project.
    fn needing(mut self, view: Option<&View<'_>>) -> Self {
        if view.is_none() {
            self.wish = Err(NO_PROJECT);
        }
        self
    }

    fn unless(mut self, reason: Option<&'static str>) -> Self {
        if let (Ok(_), Some(reason)) = (&self.wish, reason) {
            self.wish = Err(reason);
        }
        self
    }

    fn in_text(mut self) -> Self {
        self.scope = Scope::Text;
        self
    }

    /// Its first key as words: "Ctrl+S".
    pub fn shortcut(&self) -> String {
        self.keys.first().map(ToString::to_string).unwrap_or_default()
    }
}

fn file(view: Option<&View<'_>>) -> Vec<Entry> {
    let file = |name, hint, keys: &[Chord], command| entry(Group::File, name, hint, keys, command);
    let read_only = view
        .and_then(|view| view.bench.read_only())
        .map(|_| "this project is open for reading only");
    let mut all = vec![
        file(("new", "New project"), "A project without documents", &[], DeskCommand::New),
        file(
            ("open-text", "Open text…"),
            "Add a text to the project, or start one with it",
            &[Chord::ctrl_shift(Key::O)],
            DeskCommand::AskPath(Purpose::OpenText),
        ),
        file(
            ("open-project", "Open project…"),
            "Open a project file",
            &[Chord::ctrl(Key::O)],
            DeskCommand::AskPath(Purpose::OpenProject),
        ),
        file(
            ("open-path", "Open path…"),
            "Type the path of a text or project",
            &[],
            DeskCommand::TypePath(Purpose::OpenProject),
        ),
        file(
            ("paste-text", "Paste text…"),
            "A document of words copied elsewhere",
            &[Chord::ctrl_shift(Key::V)],
            DeskCommand::Paste(String::new()),
        ),
        file(
            ("sample", "Try the sample"),
            "Open the summit article that comes with the program",
            &[],
            DeskCommand::Sample(Sample::Summit),
        ),
        file(
            ("sample-voices", "Sample in four languages"),
            "Open four reports of one matter, in English, Russian, Korean and Arabic",
            &[],
            DeskCommand::Sample(Sample::Voices),
        ),
        file(("save", "Save"), "Write the project file", &[Chord::ctrl(Key::S)], DeskCommand::Save)
            .needing(view)
            .unless(read_only),
        file(
            ("save-as", "Save as…"),
            "Write the project to another file",
            &[Chord::ctrl_shift(Key::S)],
            DeskCommand::AskPath(Purpose::SaveAs),
        )
        .needing(view)
        .unless(read_only),
        changed_outside(view),
        copy_beside(view),
    ];
    all.extend(exchange(view));
    all.push(file(("quit", "Quit"), "Close the window", &[Chord::ctrl(Key::Q)], DeskCommand::Quit));
    all
}

/// Other programs' files.
fn exchange(view: Option<&View<'_>>) -> [Entry; 4] {
    let file = |name, hint, command| entry(Group::File, name, hint, &[], command);
    [
        file(
            ("export-json", "Export annotation JSON…"),
            "Every annotation with its words, offsets and links, for other programs",
            DeskCommand::AskPath(Purpose::ExportJson),
        )
        .needing(view),
        file(
            ("export-lines", "Export annotation JSON Lines…"),
            "The same, one annotation a line",
            DeskCommand::AskPath(Purpose::ExportLines),
        )
        .needing(view),
        file(
            ("export-brat", "Export brat folder…"),
            "Texts with their annotations for brat and programs that read it, in a new folder",
            DeskCommand::AskPath(Purpose::ExportBrat),
        )
        .needing(view),
        file(
            ("import-brat", "Import brat folder…"),
            "A new project of a folder with texts and .ann files; says what became of each name and line",
            DeskCommand::AskPath(Purpose::ImportBrat),
        ),
    ]
}

fn changed_outside(view: Option<&View<'_>>) -> Entry {
    let (name, hint) = (
        ("outside", "Changed outside…"),
        "Decide what to do about a file that somebody else has written",
    );
    let known = view.filter(|view| view.bench.outside().is_none());
    entry(Group::File, name, hint, &[], DeskCommand::Outside)
        .needing(view)
        .unless(known.map(|_| NOT_OUTSIDE))
}

fn copy_beside(view: Option<&View<'_>>) -> Entry {
    let (name, hint) = (
        ("merge-copy", "Merge a copy…"),
        "Take in what a copy of this project beside its file has more",
    );
    let none = view.filter(|view| view.bench.copies_beside().is_empty());
    entry(Group::File, name, hint, &[], DeskCommand::Beside)
        .needing(view)
        .unless(none.map(|_| NO_COPY))
}

fn edit(view: Option<&View<'_>>) -> Vec<Entry> {
    let history = view.map(|view| view.bench.history());
    let undo = history.and_then(|history| history.undo_title()).map(str::to_lowercase);
    let redo = history.and_then(|history| history.redo_title()).map(str::to_lowercase);
    let step = |(id, verb): (&'static str, &str),
                title: Option<&String>,
                keys: Vec<Chord>,
                command,
                none| Entry {
        id: SmolStr::new_static(id),
        name: title.map_or_else(|| verb.to_owned(), |title| format!("{verb} {title}")),
        hint: "Steps of this sitting, without limit",
        group: Group::Edit,
        keys,
        scope: Scope::Work,
        wish: if title.is_some() { Ok(Wish::Project(command)) } else { Err(none) },
    };
    vec![
        step(
            ("undo", "Undo"),
            undo.as_ref(),
            vec![Chord::ctrl(Key::Z)],
            Command::Undo,
            "there is nothing to undo",
        ),
        step(
            ("redo", "Redo"),
            redo.as_ref(),
            vec![Chord::ctrl_shift(Key::Z), Chord::ctrl(Key::Y)],
            Command::Redo,
            "there is nothing to redo",
        ),
    ]
}

fn looking(view: Option<&View<'_>>, desk: &Desk) -> Vec<Entry> {
    let show = |name, hint, keys: &[Chord], command| entry(Group::View, name, hint, keys, command);
    let cancel = !matches!(desk.mode, Mode::Reading)
        || desk.words.is_some()
        || desk.selected.is_some()
        || desk.find.open;
    vec![
        show(
            ("palette", "Command palette…"),
            "Find a command, document, actor or code",
            &PALETTE,
            DeskCommand::Palette,
        ),
        show(
            ("left-panel", "Documents and codebook"),
            "Show or hide the left panel",
            &[Chord::ctrl(Key::B)],
            DeskCommand::ToggleLeft,
        ),
        show(
            ("inspector", "Inspector"),
            "Show or hide the right panel",
            &[Chord::ctrl(Key::I)],
            DeskCommand::ToggleRight,
        ),
        show(
            ("drawer", "Lists"),
            "Show or hide the drawer below the page",
            &[Chord::ctrl(Key::J)],
            DeskCommand::ToggleDrawer,
        ),
        show(
            ("filter", "Filter the list"),
            "Type words that its rows must have",
            &[Chord::key(Key::Slash)],
            DeskCommand::Focus(Focus::Filter),
        )
        .needing(view)
        .in_text(),
        show(
            ("next-panel", "Next panel"),
            "Move the keyboard from page to inspector to lists",
            &[Chord::key(Key::F6)],
            DeskCommand::NextPanel,
        )
        .needing(view),
        show(
            ("previous-panel", "Previous panel"),
            "The same the other way round",
            &[Chord::shift(Key::F6)],
            DeskCommand::PreviousPanel,
        )
        .needing(view),
        show(
            ("back", "Back to the text"),
            "Close what is open, then let go of what is selected",
            &[Chord::key(Key::Escape)],
            DeskCommand::Cancel,
        )
        .unless((!cancel).then_some("nothing is open or selected"))
        .in_text(),
    ]
}

/// How the window looks, and what it says about itself.
fn window(desk: &Desk) -> Vec<Entry> {
    let show = |name, hint, keys: &[Chord], command| entry(Group::View, name, hint, keys, command);
    let help = |name, hint, keys: &[Chord], command| entry(Group::Help, name, hint, keys, command);
    let look = |look: Look| DeskCommand::Look(look);
    let now = desk.look;
    let zoom = Look { zoom: 1.0, ..now };
    let zoom_in = [Chord::ctrl(Key::Plus), Chord::ctrl(Key::Equals), Chord::ctrl_shift(Key::Plus)];
    let at = |there: bool, why| there.then_some(why);
    vec![
        show(
            ("focus-mode", "Only the page"),
            "Hide the panels and lists, or bring them back",
            &[Chord::key(Key::F11)],
            DeskCommand::ToggleFocus,
        ),
        show(("zoom-in", "Zoom in"), "Everything larger", &zoom_in, look(now.zoomed(1.0)))
            .unless(at(now.zoomed(1.0) == now, "this is the largest")),
        show(
            ("zoom-out", "Zoom out"),
            "Everything smaller",
            &[Chord::ctrl(Key::Minus)],
            look(now.zoomed(-1.0)),
        )
        .unless(at(now.zoomed(-1.0) == now, "this is the smallest")),
        show(
            ("zoom-reset", "Usual size"),
            "Everything in its usual size",
            &[Chord::ctrl(Key::Num0)],
            look(zoom),
        )
        .unless(at(zoom == now, "this is the usual size")),
        show(
            ("larger-text", "Larger reading text"),
            "The text of documents a point larger",
            &[Chord::ctrl_shift(Key::Period)],
            look(now.with_larger_text(1.0)),
        )
        .unless(at(now.with_larger_text(1.0) == now, "this is the largest")),
        show(
            ("smaller-text", "Smaller reading text"),
            "The text of documents a point smaller",
            &[Chord::ctrl_shift(Key::Comma)],
            look(now.with_larger_text(-1.0)),
        )
        .unless(at(now.with_larger_text(-1.0) == now, "this is the smallest")),
        show(("theme", "Light or dark"), "Change the theme", &[], DeskCommand::ToggleTheme),
        show(
            ("contrast", "High contrast"),
            "More contrast and stronger lines, or the usual ones",
            &[],
            DeskCommand::ToggleContrast,
        ),
        show(
            ("settings", "Settings…"),
            "Theme, reading, keys, your name",
            &[Chord::ctrl(Key::Comma)],
            DeskCommand::Settings(SettingsPage::Look),
        ),
        help(("keys", "Keys"), "All keys at a glance", &[Chord::key(Key::F1)], DeskCommand::Keys),
        help(
            ("change-keys", "Change keys…"),
            "Give commands other keys",
            &[],
            DeskCommand::Settings(SettingsPage::Keys),
        ),
        help(
            ("annotator", "Annotator…"),
            "The name that is put on your work",
            &[],
            DeskCommand::AskAnnotator,
        ),
        help(
            ("about", "About Matryoshka"),
            "Version, licences, where files lie",
            &[],
            DeskCommand::About,
        ),
    ]
}
