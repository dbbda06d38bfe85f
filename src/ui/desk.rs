//! What the window remembers about looking: which document, what is selected, which mode, what is open.
//!
//! None of it is in the project. Panels get the part of it that is theirs.

use crate::model::{
    AnnotationId, CommentId, DocumentId, End, EntityId, Fragments, RecordId, RelationId,
};
use crate::query::Way;
use crate::text::Offset;
use crate::ui::command_table::Keymap;
use crate::ui::dialogs::{AboutDesk, ParagraphPrompt, SettingsDesk};
use crate::ui::finder::FinderDesk;
use crate::ui::page::find::FindDesk;
use crate::ui::page::{Edges, PageDesk};
use crate::ui::problems::Problems;
use crate::ui::review::ReviewDesk;
use crate::ui::tag_all::TagAllDesk;
use crate::ui::theme::Look;
use crate::ui::veil::Veil;
use smol_str::SmolStr;
use std::path::PathBuf;

/// Everything about looking.
#[derive(Default)]
pub struct Desk {
    /// The document on the page.
    pub document: Option<DocumentId>,
    /// The record in the inspector.
    pub selected: Option<Selected>,
    /// The words selected on the page; selecting never annotates.
    pub words: Option<Fragments>,
    /// What keys mean just now.
    pub mode: Mode,
    /// Annotations that are hidden while one reads.
    pub veil: Veil,
    /// Whether every annotation shows its code; else only the one that the pointer is on.
    pub chips: bool,
    /// Whether characters without ink have signs.
    pub invisible: bool,
    /// Whether notes and comments have no cards beside the page; signs of them stay.
    pub no_cards: bool,
    /// Which links are drawn on the page.
    pub links: ShownLinks,
    /// Places that one has left by a jump, the last one last.
    pub trail: Vec<(DocumentId, Offset, Option<Selected>)>,
    /// Places that one has gone back from, the last one last.
    pub ahead: Vec<(DocumentId, Offset, Option<Selected>)>,
    /// The thread of comments that was opened last.
    pub thread: Option<CommentId>,
    /// The link made last, and the end it was made from.
    pub linked: Option<(RelationId, End)>,
    /// The page's scroll, caret and caches.
    pub page: PageDesk,
    /// Words looked for in the document.
    pub find: FindDesk,
    /// Faults and gaps of the project.
    pub problems: Problems,
    /// The bottom drawer.
    pub drawer: DrawerDesk,
    /// The Review tab.
    pub review: ReviewDesk,
    /// The command palette, while it is open.
    pub palette: Option<PaletteDesk>,
    /// The checklist of further mentions, while it is open.
    pub tag_all: Option<TagAllDesk>,
    /// The finder of records and values, while it is open.
    pub finder: Option<FinderDesk>,
    /// Records attached or made in this sitting, the last one first.
    pub recent: Vec<EntityId>,
    /// The question in front of everything, while there is one.
    pub dialog: Option<Dialog>,
    /// How everything is to look.
    pub look: Look,
    /// What counts to selected words.
    pub edges: Edges,
    /// Keys of commands where they are not the usual ones.
    pub keymap: Keymap,
    /// Commands chosen in the palette, newest first, by id.
    pub chosen: Vec<SmolStr>,
    /// Panels as they were before everything but the page was hidden.
    pub unfocused: Option<(HiddenPanels, bool)>,
    /// Whether the left and the right panel are hidden.
    pub hidden: HiddenPanels,
    /// The field that should take the keyboard in this frame.
    pub focus: Option<Focus>,
    /// Where F6 was last.
    pub round: Focus,
}

impl Desk {
    /// Whether something lies over the window that reads the keys itself.
    pub fn is_covered(&self) -> bool {
        self.dialog.is_some()
            || self.palette.is_some()
            || self.tag_all.is_some()
            || self.finder.is_some()
    }
}

/// The record in the inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selected {
    /// An annotation.
    Annotation(AnnotationId),
    /// A link.
    Relation(RelationId),
    /// An actor, issue or event record.
    Entity(EntityId),
    /// A document.
    Document(DocumentId),
}

/// What keys mean on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mode {
    /// Reading and tagging.
    #[default]
    Reading,
    /// The code popup of a fresh annotation is open.
    Coding(CodePopup),
    /// The other end of a link is being chosen; the strip at the page's foot says so.
    Linking(Linking),
}

/// Which links are drawn on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShownLinks {
    /// Those of what is selected or hovered.
    #[default]
    Selected,
    /// All whose ends are in sight.
    All,
    /// None but the one that is selected itself.
    None,
}

impl ShownLinks {
    /// What comes after it when one goes round.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Selected => Self::All,
            Self::All => Self::None,
            Self::None => Self::Selected,
        }
    }
}

/// A link whose other end is being chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Linking {
    /// Where one started.
    pub from: End,
    /// Letters of a hint typed so far.
    pub typed: String,
    /// The only way that may be taken; none for the first that the codebook offers.
    pub wanted: Option<Way>,
    /// Whether the last letter belonged to no hint.
    pub missed: bool,
}

impl Linking {
    /// From there, by any way.
    pub fn from(from: End) -> Self {
        Self { from, typed: String::new(), wanted: None, missed: false }
    }
}

/// The popup in which a code is chosen by digit or by typing ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct CodePopup {
    /// The annotation that gets the code.
    pub annotation: AnnotationId,
    /// What has been typed.
    pub typed: String,
    /// Which of the matching codes is chosen, counted from 0.
    pub chosen: usize,
}

/// The drawer below the page.
#[derive(Default)]
pub struct DrawerDesk {
    /// Whether it is closed.
    pub closed: bool,
    /// Which list it shows.
    pub tab: DrawerTab,
    /// Words that the rows must have.
    pub filter: String,
    /// The row that the keyboard is at, where that is not the record selected.
    pub at: usize,
    /// The order of the annotations.
    pub sort: Sort,
    /// What is looked for in all documents.
    pub search: SearchDesk,
    /// Which threads of comments it lists.
    pub threads: ShownThreads,
    /// Keys that the rows have still to follow.
    pub keys: Vec<RowKey>,
}

/// Which threads of comments are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShownThreads {
    /// All, the open ones first.
    #[default]
    All,
    /// Those in which something is still to be said.
    Open,
    /// Those that are settled.
    Resolved,
    /// Those in which the annotator has said something.
    Mine,
}

/// What is looked for in all documents.
#[derive(Default)]
pub struct SearchDesk {
    /// The words.
    pub wanted: crate::query::Wanted,
    /// The order of the hits.
    pub order: Order,
    /// The hit one is at.
    pub at: Option<usize>,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Where they are.
    #[default]
    Place,
    /// By the words before them, the nearest first.
    Left,
    /// By the words after them.
    Right,
}

/// The order of the annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub by: Column,
    /// From the end.
    pub backwards: bool,
}

/// A column of the annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Their words.
    Quote,
    /// Their codes.
    Code,
    /// What they refer to.
    Entity,
    /// Where they are.
    #[default]
    Place,
}

/// A key pressed while the rows of the drawer have the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// So many rows on, or back.
    By(isize),
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Enter.
    Take,
    /// Ctrl+Enter.
    Fix,
}

/// The lists of the drawer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrawerTab {
    /// Annotations of the document.
    #[default]
    Annotations,
    /// Links of the document.
    Links,
    /// Words in all documents.
    Search,
    /// Faults and gaps of the project.
    Problems,
    /// Threads of comments of the project.
    Comments,
    /// The steps of this sitting.
    History,
}

/// The command palette.
#[derive(Default)]
pub struct PaletteDesk {
    /// What has been typed.
    pub typed: String,
    /// Which row is chosen, counted from 0.
    pub chosen: usize,
}

/// Panels that are hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HiddenPanels {
    /// Documents and codebook.
    pub left: bool,
    /// The inspector.
    pub right: bool,
}

/// A question that waits for an answer.
pub enum Dialog {
    /// Changes are not saved; `then` waits for the answer.
    Unsaved {
        /// What was wanted.
        then: Next,
    },
    /// A log of a killed program was found.
    Recover(crate::workbench::Recovery),
    /// The project's file was changed outside; with what taking both together would come to.
    Outside(crate::workbench::Both),
    /// A copy of the project lies beside its file; with what taking both together would come to.
    Beside(PathBuf, crate::workbench::Both),
    /// Several versions of a record wait for a decision.
    Conflict(RecordId),
    /// A path is typed, because the system has no file dialog.
    Path(PathPrompt),
    /// Something is at that place already.
    Overwrite {
        /// The place.
        path: PathBuf,
        /// What to write there.
        purpose: Purpose,
    },
    /// What a folder has, and what it becomes if it is imported.
    Import(Box<crate::workbench::Proposed>),
    /// What an import has read and made.
    Imported(Box<crate::workbench::Imported>),
    /// Words are pasted into a new document.
    Paste {
        /// The words.
        text: String,
    },
    /// The number of a paragraph is typed.
    Paragraph(ParagraphPrompt),
    /// The person says their name.
    Annotator {
        /// The name so far.
        name: String,
    },
    /// A project was dropped while another one is open: open it instead, or review it?
    Dropped(Vec<PathBuf>),
    /// The keys at a glance, with words that a row must have.
    Keys(String),
    /// Settings; each applies at once.
    Settings(SettingsDesk),
    /// About the program.
    About(AboutDesk),
}

/// What happens when the unsaved changes are settled.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The window closes.
    Quit,
    /// These files are opened.
    Open(Vec<PathBuf>),
    /// A brat folder that was read is imported.
    Import(Box<crate::workbench::Proposed>),
    /// A new, empty project.
    New,
    /// A sample that comes with the program.
    Sample(crate::workbench::Sample),
}

/// A path being typed.
pub struct PathPrompt {
    /// What for.
    pub purpose: Purpose,
    /// The path so far.
    pub path: String,
    /// What was wrong with the last one.
    pub trouble: Option<String>,
}

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a project.
    OpenProject,
    /// To open a text.
    OpenText,
    /// To save the project.
    SaveAs,
    /// To export annotation JSON.
    ExportJson,
    /// To export annotation JSON Lines.
    ExportLines,
    /// To export a brat folder.
    ExportBrat,
    /// To import a brat folder.
    ImportBrat,
    /// To open colleagues' files for review.
    Review,
    /// To save what was decided for a guest's author.
    SaveReview,
    /// To save the figures of agreement.
    SaveReport,
}

impl Purpose {
    /// The question as a title.
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenProject => "Open project",
            Self::OpenText => "Open text",
            Self::SaveAs => "Save project as",
            Self::ExportJson => "Export annotation JSON",
            Self::ExportLines => "Export annotation JSON Lines",
            Self::ExportBrat => "Export a brat folder",
            Self::ImportBrat => "Import a brat folder",
            Self::Review => "Open for review",
            Self::SaveReview => "Save review file",
            Self::SaveReport => "Save agreement report as CSV, JSON or HTML",
        }
    }

    /// Whether something is written there.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Self::SaveAs
                | Self::ExportJson
                | Self::ExportLines
                | Self::ExportBrat
                | Self::SaveReview
                | Self::SaveReport
        )
    }
}

/// A field that can be given the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The page.
    #[default]
    Page,
    /// The documents, and by the arrows what is below them.
    Left,
    /// The inspector's first field.
    Inspector,
    /// The inspector's note.
    Note,
    /// The inspector's field for an answer, or for a first comment.
    Comment,
    /// The inspector's field for a first comment.
    Thread,
    /// The drawer's filter.
    Filter,
    /// The field that finds words in all documents.
    Search,
    /// The rows of the drawer.
    List,
    /// The field above the page that finds words in it.
    Find,
}
