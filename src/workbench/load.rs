//! From files to a project: a project file is opened, texts become documents of a new project.
//!
//! Slow for big files and therefore free of the window: call it in a job. Nothing on disk is changed.

use crate::formats::{self, native};
use crate::jobs::{self, Progress, both};
use crate::model::{
    Annotator, Codebook, Document, DocumentEdit, Edit, Project, ProjectId, Signature, Source,
    Stamp, apply,
};
use crate::store::{self, Digest, StateFolder};
use crate::text::decode;
use crate::workbench::perform::document_from_text;
use crate::workbench::recovery::{Recovery, waiting_for};
use crate::workbench::{Author, Imported, Notice, Office, OpenFile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A project that was read, ready to be opened.
#[derive(Debug)]
pub struct Loaded {
    /// The project.
    pub project: Project,
    /// Its file, if it has one.
    pub file: Option<OpenFile>,
    /// Why it cannot be changed, if so.
    pub read_only: Option<String>,
    /// What a killed program had not saved in this file.
    pub recovery: Option<Recovery>,
    /// Whether another window has the file open.
    pub open_elsewhere: bool,
    /// What should be known: an encoding that was guessed, characters that were replaced.
    pub warnings: Vec<Notice>,
    /// How it came to be.
    pub origin: Origin,
    /// What was read, if it was imported.
    pub imported: Option<Box<Imported>>,
}

/// How a loaded project came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Read from a project file.
    File,
    /// Made of texts; nothing is on disk yet.
    Texts,
    /// Imported as the first step of the sitting; nothing is on disk yet.
    Import,
}

/// What making a project needs beside the texts; cheap to hand to a job.
#[derive(Clone, Debug)]
pub struct Desk {
    author: Author,
    state: StateFolder,
}

impl Office {
    /// What `load` needs, to be taken into a job.
    pub fn desk(&mut self) -> Desk {
        let author = Author {
            annotator: self.annotator(),
            hand: self.ids().hand(),
            clock: self.clock(),
            ids: self.ids().fork(),
        };
        Desk { author, state: self.state().clone() }
    }
}

impl Desk {
    /// What imported records are signed with, by `name` if one is given.
    pub(in crate::workbench) fn importing(&self, name: Option<&str>) -> Signature {
        let here = self.author.signature().stamp;
        let by = name.map_or_else(|| here.by().clone(), Annotator::new);
        Signature { hand: self.author.hand.clone(), stamp: Stamp::new(by, here.at, "import") }
    }
}

/// Opens `paths`: one project file, or texts that become a new project.
pub fn load(paths: &[PathBuf], mut desk: Desk, progress: &Progress) -> Result<Loaded, Notice> {
    let [path] = paths else { return texts(paths, None, Bad::IsSaid, (&mut desk, progress)) };
    let bytes = read(path, progress)?;
    if !native::looks_like_project(&bytes) && !is_json(path) {
        return texts(paths, Some(bytes), Bad::IsSaid, (&mut desk, progress));
    }
    let loaded = project_file(path, &bytes, &desk.state);
    // To give so much memory back takes a while, for which nobody has to wait.
    drop(jobs::start("Letting go", || {}, move |_| drop(bytes)));
    loaded
}

/// A new project of `texts`, with the codebook of that id (the default, if none is named).
pub fn create(
    paths: &[PathBuf],
    codebook: Option<&str>,
    mut desk: Desk,
    progress: &Progress,
) -> Result<Loaded, Notice> {
    let mut loaded = texts(paths, None, Bad::Stops, (&mut desk, progress))?;
    if let Some(id) = codebook {
        loaded.project.codebook = named_codebook(id)?;
    }
    Ok(loaded)
}

/// A new project without documents.
pub fn new_project(office: &mut Office) -> Result<Loaded, Notice> {
    let mut desk = office.desk();
    Ok(unsaved(empty(&mut desk)?, Vec::new()))
}

fn named_codebook(id: &str) -> Result<Arc<Codebook>, Notice> {
    match formats::codebook_named(id) {
        Some(codebook) => Ok(codebook),
        None => Err(Notice::error(
            format!("There is no codebook “{id}”"),
            "the one that comes with the program is actors-claims-events",
        )),
    }
}

fn empty(desk: &mut Desk) -> Result<Project, Notice> {
    let codebook = formats::default_codebook()
        .map_err(|error| Notice::error("The codebook of this program cannot be read", error))?;
    Ok(Project::new(ProjectId::new(desk.author.ids.mint("p")), codebook))
}

fn project_file(path: &Path, bytes: &[u8], state: &StateFolder) -> Result<Loaded, Notice> {
    let (opened, digest) = both(|| native::read(bytes), || Digest::of(bytes));
    let opened = opened.map_err(|error| {
        Notice::error(
            "This is not a project that can be opened",
            format!("{error}: {}", path.display()),
        )
    })?;
    // Settings and journals know a file by its full path without links.
    let path = store::canonical(path);
    // Asked first: a log that is offered for recovery is held by us.
    let open_elsewhere = store::Journal::is_open_elsewhere(state, &path, &[]);
    Ok(Loaded {
        recovery: waiting_for(state, &path, &digest, &opened.project),
        open_elsewhere,
        project: opened.project,
        read_only: opened.read_only,
        file: Some(OpenFile { path, digest }),
        warnings: Vec::new(),
        origin: Origin::File,
        imported: None,
    })
}

/// Whether one text that cannot be read stops the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bad {
    Stops,
    IsSaid,
}

fn texts(
    paths: &[PathBuf],
    first: Option<Vec<u8>>,
    bad: Bad,
    (desk, progress): (&mut Desk, &Progress),
) -> Result<Loaded, Notice> {
    let mut project = empty(desk)?;
    let (documents, notices) = documents_of(paths, 0, first, bad, (desk, progress))?;
    if let (true, Some(notice)) = (documents.is_empty(), notices.first()) {
        return Err(notice.clone());
    }
    for document in documents {
        let signature = desk.importing(None);
        project = apply(&project, &Edit::Document(DocumentEdit::Add(document)), &signature)
            .map_err(|refusal| Notice::refused(&refusal))?;
    }
    Ok(unsaved(project, notices))
}

/// The documents that `paths` become, and what should be known of them.
fn documents_of(
    paths: &[PathBuf],
    order: i64,
    mut first: Option<Vec<u8>>,
    bad: Bad,
    (desk, progress): (&mut Desk, &Progress),
) -> Result<(Vec<Document>, Vec<Notice>), Notice> {
    let (mut documents, mut notices) = (Vec::with_capacity(paths.len()), Vec::new());
    for (at, path) in paths.iter().enumerate() {
        if progress.is_cancelled() {
            break;
        }
        if paths.len() > 1 {
            progress.set(at as u64, paths.len() as u64);
        }
        let bytes = first.take().map_or_else(|| read(path, progress), Ok);
        let place = order + i64::try_from(documents.len()).unwrap_or_default();
        let document = bytes.and_then(|bytes| document_of(path, &bytes, place, desk, &mut notices));
        match document {
            Ok(document) => documents.push(document),
            Err(notice) if bad == Bad::Stops => return Err(notice),
            Err(notice) => notices.push(notice),
        }
    }
    Ok((documents, notices))
}

/// A project that is not on disk yet.
pub(in crate::workbench) fn unsaved(project: Project, warnings: Vec<Notice>) -> Loaded {
    Loaded {
        project,
        file: None,
        read_only: None,
        recovery: None,
        open_elsewhere: false,
        warnings,
        origin: Origin::Texts,
        imported: None,
    }
}

/// Texts that were read to be added to an open project.
#[derive(Debug, Default)]
pub struct TextsRead {
    /// The documents that they become.
    pub documents: Vec<Document>,
    /// Which could not be read, are there already, or need a look.
    pub notices: Vec<Notice>,
}

/// Reads texts that are added to `project`. One that cannot be read does not stop the others; one that is there
/// already is not added twice.
pub fn read_texts(
    paths: &[PathBuf],
    project: &Project,
    mut desk: Desk,
    progress: &Progress,
) -> TextsRead {
    let order = crate::workbench::next_order(project);
    let read = documents_of(paths, order, None, Bad::IsSaid, (&mut desk, progress));
    let (documents, mut notices) = read.unwrap_or_else(|notice| (Vec::new(), vec![notice]));
    let mut fresh: Vec<Document> = Vec::new();
    for document in documents {
        let there = project.sheets().values().map(|sheet| &sheet.document().value);
        let twin = there.chain(&fresh).find(|one| one.text.as_str() == document.text.as_str());
        match twin {
            Some(twin) => notices.push(Notice::info(format!(
                "This text is already in the project, as “{}”",
                twin.title
            ))),
            None => fresh.push(document),
        }
    }
    TextsRead { documents: fresh, notices }
}

/// A sample that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// One article with everything in it.
    Summit,
    /// Four short reports of one matter, in English, Russian, Korean and Arabic, on the same actors.
    Voices,
}

impl Sample {
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Summit => {
                include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/summit.json"))
            }
            Self::Voices => {
                include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/projects/three-voices.json"))
            }
        }
    }
}

/// A sample that comes with the program, as a project that is not saved anywhere yet.
pub fn sample(which: Sample) -> Result<Loaded, Notice> {
    let opened = native::read(which.bytes())
        .map_err(|error| Notice::error("The sample cannot be read", error))?;
    Ok(unsaved(opened.project, Vec::new()))
}

pub(in crate::workbench) fn read(path: &Path, progress: &Progress) -> Result<Vec<u8>, Notice> {
    progress.say(format!("Reading {}", file_name(path)));
    store::read(path).map_err(|error| Notice::error("This cannot be opened", error))
}

fn document_of(
    path: &Path,
    bytes: &[u8],
    order: i64,
    desk: &mut Desk,
    warnings: &mut Vec<Notice>,
) -> Result<Document, Notice> {
    let trouble = |what: &dyn std::fmt::Display| {
        Notice::error("This cannot be opened as a text", format!("{what}: {}", path.display()))
    };
    if native::looks_like_project(bytes) {
        return Err(trouble(&"it is a project; open it alone"));
    }
    let decoded = decode(bytes).map_err(|error| trouble(&error))?;
    if decoded.replaced > 0 {
        let detail = format!(
            "{}: {} characters are no {} and show as �; check the encoding of the file",
            file_name(path),
            decoded.replaced,
            decoded.encoding
        );
        warnings.push(Notice::error("Look at the text", detail));
    }
    let source = Source {
        name: file_name(path).into(),
        encoding: decoded.encoding.into(),
        digest: Digest::of(bytes).as_str().into(),
    };
    let id = desk.author.ids.mint("d");
    Ok(document_from_text(id, decoded.content, Some(source), order))
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
