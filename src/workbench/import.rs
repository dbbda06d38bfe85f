//! Imports with their receipt: a brat folder becomes a new project that is not saved anywhere yet.
//!
//! Slow for big folders and therefore free of the window: call it in a job. What is read is never changed.

use crate::formats::brat::{self, Amounts, File, FoundName, Import, Mapping, NameKind};
use crate::formats::default_codebook;
use crate::model::{CodeId, Codebook, FeatureId, LayerId, RelationKindId, Signature, feature};
use crate::query;
use crate::store::{self, InFolder};
use crate::workbench::load::{file_name, read, unsaved};
use crate::workbench::{Desk, Loaded, Notice, Origin, Progress};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files of a folder that say what its names mean.
const CONFIGURATION: [&str; 3] = ["annotation.conf", "visual.conf", brat::MAPPING];

/// What is to be imported.
#[derive(Clone, Debug, Default)]
pub struct Importing {
    /// Folders, or single texts and `.ann` files.
    pub inputs: Vec<PathBuf>,
    /// The file that says what foreign names become; the usual rules, if none.
    pub mapping: Option<PathBuf>,
    /// Whose work it is, where that is not the person who imports it.
    pub annotator: Option<String>,
}

/// What an import has read and made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Lines that were taken.
    pub read: Amounts,
    /// Documents, annotations, links, records and notes of the project.
    pub written: Vec<(&'static str, usize)>,
    /// File and line, and why they were not taken whole.
    pub failed: Vec<(String, String)>,
    /// Texts without annotations, which were left out.
    pub left_out: Vec<String>,
    /// What should be known beside.
    pub remarks: Vec<String>,
    /// What each foreign name has become, as a file that can be edited and given back.
    pub mapping: String,
    became: Vec<String>,
}

/// What is to be imported, read from the disk.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::workbench) struct Ready {
    pub(in crate::workbench) files: Arc<Vec<File>>,
    /// The name of the folder.
    pub(in crate::workbench) folder: String,
    /// What was named on the command line or in the window.
    pub(in crate::workbench) place: String,
    /// What a file says that names become.
    pub(in crate::workbench) mapping: Option<Mapping>,
    /// What should be known of that file.
    pub(in crate::workbench) remarks: Vec<String>,
    pub(in crate::workbench) codebook: Arc<Codebook>,
    pub(in crate::workbench) signature: Signature,
}

/// Imports what is in the folders as `format`.
pub fn import(
    format: &str,
    ask: &Importing,
    desk: &Desk,
    progress: &Progress,
) -> Result<(Loaded, Imported), Notice> {
    let ready = ready(format, ask, desk, progress)?;
    let import = ready.read(ready.mapping.as_ref(), progress)?;
    Ok(ready.imported(import))
}

/// Reads everything that an import needs.
pub(in crate::workbench) fn ready(
    format: &str,
    ask: &Importing,
    desk: &Desk,
    progress: &Progress,
) -> Result<Ready, Notice> {
    if format != "brat" {
        return Err(Notice::error(
            format!("“{format}” is no format that can be imported"),
            "brat is one; texts become a project with matryoshka new",
        ));
    }
    let (files, folder) = files(&ask.inputs, progress)?;
    let (mapping, remarks) = mapping(ask, &files)?;
    let codebook = default_codebook()
        .map_err(|error| Notice::error("The codebook of this program cannot be read", error))?;
    let signature = desk.importing(ask.annotator.as_deref());
    let (files, place) = (Arc::new(files), shown(ask));
    Ok(Ready { files, folder, place, mapping, remarks, codebook, signature })
}

impl Ready {
    /// What the files become with this mapping.
    pub(in crate::workbench) fn read(
        &self,
        mapping: Option<&Mapping>,
        progress: &Progress,
    ) -> Result<Import, Notice> {
        let asked = brat::Asked {
            folder: &self.folder,
            mapping,
            codebook: Arc::clone(&self.codebook),
            signature: &self.signature,
            progress,
        };
        progress.say("Putting the annotations in their places");
        let import = brat::read(&self.files, &asked);
        if progress.is_cancelled() {
            return Err(Notice::info("Importing was cancelled; nothing was changed"));
        }
        if import.project.sheets().is_empty() {
            let why = self.why_nothing(&import);
            let detail = format!("{why}: {}", self.place);
            return Err(Notice::error("Nothing could be imported", detail));
        }
        Ok(import)
    }

    fn why_nothing(&self, import: &Import) -> String {
        let count = |ending: &str| {
            self.files.iter().filter(|file| file.name.strip_suffix(ending).is_some()).count()
        };
        match (import.failed.first(), count(".txt")) {
            (Some(failed), _) => format!("{}: {}", failed.place, failed.why),
            (None, 0) => {
                "there is neither a text nor an .ann file in it; choose the folder in which brat keeps both side by side"
                    .to_owned()
            }
            (None, texts) => format!(
                "it has {} without a single .ann file; open them as texts to tag them here",
                many(texts, "text")
            ),
        }
    }

    /// The project that was made, and what was read and made.
    pub(in crate::workbench) fn imported(&self, import: Import) -> (Loaded, Imported) {
        let written = written(&import.project);
        let failed = import.failed.into_iter().map(|failed| (failed.place, failed.why)).collect();
        let mut remarks = self.remarks.clone();
        if let Some(given) = &self.mapping {
            remarks.extend(doubts(given, &import.found, &self.codebook));
        }
        remarks.extend(import.remarks);
        let imported = Imported {
            read: import.read,
            written,
            failed,
            left_out: import.left_out,
            remarks,
            mapping: brat::write_mapping(&import.mapping),
            became: became(&import.mapping, &import.project.codebook),
        };
        let loaded = Loaded { origin: Origin::Import, ..unsaved(import.project, Vec::new()) };
        (loaded, imported)
    }
}

/// What foreign names would become, and what should be known of it.
pub fn show_mapping(
    format: &str,
    ask: &Importing,
    desk: &Desk,
    progress: &Progress,
) -> Result<(String, Vec<String>), Notice> {
    let (_, imported) = import(format, ask, desk, progress)?;
    Ok((imported.mapping, imported.remarks))
}

/// The folders inside `input` that have annotations, by name: one annotator each.
pub fn annotator_folders(input: &Path) -> Result<Vec<(String, PathBuf)>, Notice> {
    let found = store::files_in(input).map_err(|error| Notice::error("Not imported", error))?;
    let names: BTreeSet<&str> = found
        .iter()
        .filter(|file| is_ann(&file.name))
        .filter_map(|file| file.name.split_once('/').map(|(folder, _)| folder))
        .collect();
    if names.is_empty() {
        let detail = format!("no folder inside has an .ann file: {}", input.display());
        return Err(Notice::error("There are no annotators here", detail));
    }
    Ok(names.into_iter().map(|name| (name.to_owned(), input.join(name))).collect())
}

fn shown(ask: &Importing) -> String {
    ask.inputs.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// All files that matter, and the name of the folder they are in.
fn files(inputs: &[PathBuf], progress: &Progress) -> Result<(Vec<File>, String), Notice> {
    let mut found: Vec<InFolder> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for input in inputs {
        let input = store::canonical(input);
        let is_folder = input.is_dir();
        let folder = if is_folder { Some(input.as_path()) } else { input.parent() };
        let name = folder.map_or_else(String::new, file_name);
        let mut inside = if is_folder {
            store::files_in(&input).map_err(|error| Notice::error("Not imported", error))?
        } else {
            pair(&input)
        };
        // brat looks for its configuration further up too.
        let above = if is_folder { input.parent() } else { folder };
        let more = above.map(|folder| configuration(folder, &inside));
        inside.extend(more.unwrap_or_default());
        if inputs.len() > 1 {
            for file in &mut inside {
                file.name = format!("{name}/{}", file.name);
            }
        }
        if !names.contains(&name) {
            names.push(name);
        }
        found.extend(inside);
    }
    let mut seen = BTreeSet::new();
    found.retain(|file| matters(&file.name) && seen.insert(file.name.clone()));
    refuse_annotators(&found, inputs)?;
    let count = found.len();
    let mut files = Vec::with_capacity(count);
    for (at, InFolder { name, path }) in found.into_iter().enumerate() {
        if progress.is_cancelled() {
            break;
        }
        // To read them is half of the way; the other half is in `brat::read`.
        progress.set(at as u64, 2 * count as u64);
        files.push(File { name, bytes: read(&path, progress)? });
    }
    Ok((files, names.join("+")))
}

fn last_part(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

fn matters(name: &str) -> bool {
    is_ann(name) || name.strip_suffix(".txt").is_some() || CONFIGURATION.contains(&last_part(name))
}

/// brat knows these letters in small only.
fn is_ann(name: &str) -> bool {
    name.strip_suffix(".ann").is_some()
}

/// A text with its `.ann` file, whichever of them was named.
fn pair(input: &Path) -> Vec<InFolder> {
    let both = ["txt", "ann"].map(|ending| input.with_extension(ending));
    let both = both.into_iter().filter(|path| path.is_file());
    both.map(|path| InFolder { name: file_name(&path), path }).collect()
}

/// Files of configuration that a folder has and `inside` does not.
fn configuration(folder: &Path, inside: &[InFolder]) -> Vec<InFolder> {
    let missing = |name: &&str| !inside.iter().any(|file| last_part(&file.name) == *name);
    // What names stand for is said of one export only.
    let names = CONFIGURATION.into_iter().filter(|name| *name != brat::MAPPING).filter(missing);
    let all = names.map(|name| InFolder { name: name.to_owned(), path: folder.join(name) });
    all.filter(|file| file.path.is_file()).collect()
}

/// Folders that hold the same names are of several people, whose work must not become one.
fn refuse_annotators(found: &[InFolder], inputs: &[PathBuf]) -> Result<(), Notice> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in found.iter().filter(|file| is_ann(&file.name)) {
        let (folder, name) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
        folders.entry(name).or_default().push(folder);
    }
    match folders.iter().find(|(_, folders)| folders.len() > 1) {
        Some((name, several)) if inputs.len() == 1 => Err(Notice::error(
            format!("{} have the same texts: {} annotators?", several.join(", "), several.len()),
            format!(
                "import one of these folders alone, or all with --annotator-folders on the command line \
                ({name} is in each of them): {}",
                inputs.first().map_or_else(String::new, |path| path.display().to_string())
            ),
        )),
        _ => Ok(()),
    }
}

/// The mapping in the file that was named, else the one that an export of ours has left in the folder; and what should
/// be known of one that is not used.
fn mapping(ask: &Importing, files: &[File]) -> Result<(Option<Mapping>, Vec<String>), Notice> {
    if let Some(path) = &ask.mapping {
        let bytes = store::read(path)
            .map_err(|error| Notice::error("The mapping cannot be read", error))?;
        let mapping = brat::read_mapping(&bytes).map_err(|why| {
            Notice::error("The mapping cannot be read", format!("{why}: {}", path.display()))
        })?;
        return Ok((Some(mapping), Vec::new()));
    }
    let mut remarks = Vec::new();
    let ours = files.iter().find(|file| file.name == brat::MAPPING);
    let read = ours.map(|file| brat::read_mapping(&file.bytes));
    if let Some(Err(why)) = &read {
        let path = ask.inputs.first().map(|input| input.join(brat::MAPPING)).unwrap_or_default();
        remarks.push(format!(
            "The mapping in the folder was not used, because {why}; names become what the usual rules say. \
            Correct it, or take it away: {}",
            path.display()
        ));
    }
    let is_mapping = |file: &&File| last_part(&file.name) == brat::MAPPING;
    let elsewhere = files.iter().filter(is_mapping).filter(|file| file.name != brat::MAPPING);
    let elsewhere: Vec<&str> = elsewhere.map(|file| file.name.as_str()).collect();
    if !elsewhere.is_empty() {
        remarks.push(format!(
            "Not used, because a mapping counts for one folder that is imported alone: {}",
            elsewhere.join(", ")
        ));
    }
    Ok((read.and_then(Result::ok), remarks))
}

/// What a mapping names that is not there.
pub(in crate::workbench) fn doubts(
    given: &Mapping,
    found: &[FoundName],
    book: &Codebook,
) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    let mut say = |what: &str, id: &str, there: bool| {
        let words = format!("{what} {id}");
        if !there && !made.contains(&words) {
            made.push(words);
        }
    };
    for found in found {
        let name = &found.name;
        match found.kind {
            NameKind::Span | NameKind::Event => {
                let Some(target) = given.types.get(name) else { continue };
                let layer = book.layer(&LayerId::new(target.layer.as_str()));
                say("layer", &target.layer, layer.is_some());
                let Some(code) = &target.code else { continue };
                let there = layer.is_some_and(|l| l.code(&CodeId::new(code.as_str())).is_some());
                say("code", code, there);
            }
            NameKind::Link => {
                let Some(id) = given.links.get(name) else { continue };
                let there = book.relation(&RelationKindId::new(id.as_str())).is_some();
                say("kind of link", id, there);
            }
            NameKind::Attribute => {
                let Some(id) = given.attributes.get(name) else { continue };
                let there = Mapping::default().features(&[], book).contains_key(id);
                say("feature", id, there);
            }
        }
    }
    let names = |kind: NameKind| found.iter().filter(move |f| f.kind == kind).map(|f| &f.name);
    let types: BTreeSet<&String> = names(NameKind::Span).chain(names(NameKind::Event)).collect();
    let absent = given.types.keys().filter(|name| !types.contains(name));
    let absent: Vec<String> = absent.cloned().collect();
    let mut doubts = Vec::new();
    if !made.is_empty() {
        let made = some_of(&made);
        doubts
            .push(format!("The mapping names what the codebook does not have; it is new: {made}"));
    }
    if !absent.is_empty() {
        let absent = some_of(&absent);
        doubts.push(format!("The mapping speaks of types that the folder does not have: {absent}"));
    }
    doubts
}

/// The first of them, and how many more there are.
fn some_of(words: &[String]) -> String {
    const MOST: usize = 12;
    let first = words.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match words.len().saturating_sub(MOST) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn written(project: &crate::model::Project) -> Vec<(&'static str, usize)> {
    let counts = query::counts(project);
    vec![
        ("documents", project.sheets().len()),
        ("annotations", counts.annotations),
        ("links", counts.links),
        ("entities", project.entities().len()),
        ("notes", project.notes().len()),
        ("set_aside", project.set_aside.len()),
    ]
}

/// What each foreign name has become, by the names of the codebook: "Tax → Levy, a code of Claim".
fn became(mapping: &Mapping, codebook: &Codebook) -> Vec<String> {
    let types = mapping.types.iter().map(|(name, target)| {
        let layer = codebook.layer(&LayerId::new(&target.layer));
        let layer_name = layer.map_or(target.layer.as_str(), |layer| layer.name.as_str());
        match &target.code {
            None => format!("{name} → {layer_name}, without a code"),
            Some(id) => {
                let code = layer.and_then(|layer| layer.code(&CodeId::new(id)));
                let code = code.map_or(id.as_str(), |code| code.name.as_str());
                format!("{name} → {code}, a code of {layer_name}")
            }
        }
    });
    let links = mapping.links.iter().map(|(name, id)| {
        let kind = codebook.relation(&RelationKindId::new(id));
        format!("{name} → the link “{}”", kind.map_or(id.as_str(), |kind| kind.name.as_str()))
    });
    let features = mapping.attributes.iter().map(|(name, id)| {
        let id = FeatureId::new(id);
        let mut layers = codebook.layers.iter();
        let found = layers.find_map(|layer| feature(&layer.features, &id));
        let feature = found.map_or(id.as_str(), |feature| feature.name.as_str());
        format!("{name} → the feature “{feature}”")
    });
    types.chain(links).chain(features).collect()
}

impl Imported {
    /// What was taken, by the names of the receipt.
    pub fn taken(&self) -> [(&'static str, usize); 8] {
        let Amounts {
            documents,
            annotations,
            events,
            links,
            attributes,
            references,
            equivalences,
            notes,
            ..
        } = self.read;
        [
            ("documents", documents),
            ("annotations", annotations),
            ("events", events),
            ("links", links),
            ("attributes", attributes),
            ("references", references),
            ("equivalences", equivalences),
            ("notes", notes),
        ]
    }

    /// What each foreign name has become, a line for each.
    pub fn became(&self) -> &[String] {
        &self.became
    }

    /// How many lines there were, and how many of them were not taken whole.
    pub fn lines(&self) -> (usize, usize) {
        (self.read.lines, self.read.failed)
    }
}

impl std::fmt::Display for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = |name| self.written.iter().find(|(one, _)| *one == name).map_or(0, |one| one.1);
        write!(
            f,
            "Imported {} and {} in {}",
            many(count("annotations"), "annotation"),
            many(count("links"), "link"),
            many(count("documents"), "document")
        )?;
        let (lines, failed) = self.lines();
        if failed > 0 {
            write!(f, "; {failed} of {lines} lines could not be taken whole")?;
        }
        Ok(())
    }
}
