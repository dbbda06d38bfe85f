//! Wishes of one frame: widgets put them here, nothing changes while the window is drawn.

use crate::model::{AnnotationId, CommentId, DocumentId, End, FeatureId, LayerId};
use crate::text::Span;
use crate::ui::command_table::Chord;
use crate::ui::desk::{DrawerTab, Focus, Purpose, Selected};
use crate::ui::dialogs::SettingsPage;
use crate::ui::finder::Finding;
use crate::ui::page::find::Onwards;
use crate::ui::page::{Edges, Extend, Move};
use crate::ui::problems::Fix;
use crate::ui::review::ReviewWish;
use crate::ui::theme::Look;
use crate::ui::veil::Unveil;
use crate::workbench::{Command, Sample};
use smol_str::SmolStr;
use std::path::PathBuf;

/// Something that a widget asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Of the project.
    Project(Command),
    /// Of the window.
    Desk(DeskCommand),
}

/// What only changes the looking, or goes beyond one project.
#[derive(Clone, Debug, PartialEq)]
pub enum DeskCommand {
    /// Show a document.
    Show(DocumentId),
    /// Put a record into the inspector.
    Select(Option<Selected>),
    /// Select an annotation and bring its words into view.
    Reveal(AnnotationId),
    /// Show a thread of what is selected, in the inspector.
    OpenThread(CommentId),
    /// Go to what a thread is about, and show it.
    RevealThread(CommentId),
    /// Give the keyboard to a field.
    Focus(Focus),
    /// Open the code popup for an annotation.
    Code(AnnotationId),
    /// Choose the other end of a link that begins there.
    LinkFrom(End),
    /// Make the link that was begun, or that is given, to this end.
    LinkTo {
        /// Where it begins; where link mode began, if none is given.
        from: Option<End>,
        /// The other end.
        to: End,
    },
    /// Find words in the document: open the bar, with the words that are selected.
    Find,
    /// Find words in all documents: those that are selected, if some are.
    FindAll,
    /// Show words of a document, selected.
    RevealWords(DocumentId, Span),
    /// To the next or previous hit.
    FindStep(Onwards),
    /// Close the bar; the hit stays selected.
    CloseFind,
    /// Open a list of the drawer.
    List(DrawerTab),
    /// Go to a problem and do what helps.
    Fix(Fix),
    /// To the next or previous problem.
    ProblemStep(Onwards),
    /// To the next claim that nobody is linked to.
    NextUnlinked,
    /// Offer all other mentions of what an annotation speaks of.
    TagAll(AnnotationId),
    /// Put a document into the inspector.
    Describe(DocumentId),
    /// Type another title in the list of documents.
    RenameDocument(DocumentId),
    /// Open the finder.
    Finder(Finding),
    /// Give the keyboard to the field of a feature in the inspector.
    EditFeature(FeatureId),
    /// Back to reading: close what is open, else let go of what is selected.
    Cancel,
    /// Close the popup or leave linking; what is selected stays.
    CloseMode,
    /// Open the palette.
    Palette,
    /// Ask for a path, by the system's dialog where there is one.
    AskPath(Purpose),
    /// Ask for a path by typing it.
    TypePath(Purpose),
    /// Move the caret as a key does.
    MoveCaret(Move, Extend),
    /// Select the whole text.
    SelectAll,
    /// Take whole words where the selection, or the selected annotation, ends inside one.
    WholeWords,
    /// Ask for the number of a paragraph.
    AskParagraph,
    /// To the next or previous annotation of a layer.
    StepInLayer(LayerId, Onwards),
    /// Select more around the selected words.
    Grow,
    /// Back to the selection before.
    Shrink,
    /// Keep the selected words and select more.
    KeepFragment,
    /// The keyboard goes to the next panel.
    NextPanel,
    /// The keyboard goes to the panel before.
    PreviousPanel,
    /// Open files, after what is unsaved is settled.
    Open(Vec<PathBuf>),
    /// A new project, after what is unsaved is settled.
    New,
    /// A sample that comes with the program, after what is unsaved is settled.
    Sample(Sample),
    /// Paste words as a document; these, where they have come already.
    Paste(String),
    /// Save, or ask where.
    Save,
    /// Ask what to do about a file that was changed outside.
    Outside,
    /// Ask whether a copy of the project that lies beside its file is taken in: the first, if there are several.
    Beside,
    /// Leave such copies alone.
    LeaveCopies,
    /// Take a file from the recent ones.
    ForgetRecent(PathBuf),
    /// Stop what is being opened or exported.
    CancelWork,
    /// Close the window, after what is unsaved is settled.
    Quit,
    /// Light or dark.
    ToggleTheme,
    /// Hide annotations or show them again.
    Veil(Unveil),
    /// Other links on the page: of what is selected, all, none.
    TurnLinks,
    /// Back to where one was before a jump.
    GoBack,
    /// Forward again, to where one has gone back from.
    GoForward,
    /// Code chips always, or only for what the pointer is on.
    ToggleChips,
    /// Signs for blanks, tabs and characters without ink, or none.
    ToggleInvisible,
    /// Notes and comments on cards beside the page, or only as signs.
    ToggleCards,
    /// More contrast, or the usual.
    ToggleContrast,
    /// Everything is to look like this, and is remembered.
    Look(Look),
    /// What counts to selected words from now on.
    Edges(Edges),
    /// Everything but the page is hidden, or as it was before.
    ToggleFocus,
    /// Open the settings on a page.
    Settings(SettingsPage),
    /// Show what the program is.
    About,
    /// These keys for the command of that id; the usual ones, if none are given.
    Remap(SmolStr, Option<Vec<Chord>>),
    /// The usual keys for every command.
    ResetKeys,
    /// The person's name.
    Name(String),
    /// Show or hide the left panel.
    ToggleLeft,
    /// Show or hide the inspector.
    ToggleRight,
    /// Show or hide the drawer.
    ToggleDrawer,
    /// Ask for the annotator's name.
    AskAnnotator,
    /// Of the review.
    Review(ReviewWish),
    /// Tell something that was refused.
    Say(String),
    /// Show the keys.
    Keys,
}

/// The wishes of one frame, in order.
#[derive(Default)]
pub struct Outbox(Vec<Wish>);

impl Outbox {
    /// Asks the project for something.
    pub fn ask(&mut self, command: Command) {
        self.0.push(Wish::Project(command));
    }

    /// Asks the window for something.
    pub fn desk(&mut self, command: DeskCommand) {
        self.0.push(Wish::Desk(command));
    }

    /// Passes on a wish.
    pub fn push(&mut self, wish: Wish) {
        self.0.push(wish);
    }

    /// Takes all wishes out.
    pub fn drain(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.0)
    }
}
