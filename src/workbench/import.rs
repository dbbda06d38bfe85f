//! Imports with their receipt: a brat folder becomes a new project that is not saved anywhere yet.
//!
//! Slow for big folders and therefore free of the window: call it in a job. What is read is never changed.

use crate::formats::brat::{self, Amounts, File, Mapping};
use crate::formats::default_codebook;
use crate::query;
use crate::store::{self, InFolder};
use crate::workbench::load::{file_name, read, unsaved};
use crate::workbench::{Desk, Loaded, Notice, Progress};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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
    became: Mapping,
}

/// Imports what is in the folders as `format`.
pub fn import(
    format: &str,
    ask: &Importing,
    desk: &Desk,
    progress: &Progress,
) -> Result<(Loaded, Imported), Notice> {
    if format != "brat" {
        return Err(Notice::error(
            format!("“{format}” is no format that can be imported"),
            "brat is one; texts become a project with matryoshka new",
        ));
    }
    let (files, folder) = files(&ask.inputs, progress)?;
    let mapping = mapping(ask.mapping.as_deref(), &files)?;
    let codebook = default_codebook()
        .map_err(|error| Notice::error("The codebook of this program cannot be read", error))?;
    let signature = desk.importing(ask.annotator.as_deref());
    let asked =
        brat::Asked { folder: &folder, mapping: mapping.as_ref(), codebook, signature: &signature };
    progress.say("Putting the annotations in their places");
    let import = brat::read(&files, &asked);
    if progress.is_cancelled() {
        return Err(Notice::info("Importing was cancelled; nothing was changed"));
    }
    if import.project.sheets().is_empty() {
        let why = import.failed.first().map_or_else(
            || "there is no text with an .ann file beside it".to_owned(),
            |failed| format!("{}: {}", failed.place, failed.why),
        );
        return Err(Notice::error("Nothing could be imported", format!("{why}: {}", shown(ask))));
    }
    let written = written(&import.project);
    let failed = import.failed.into_iter().map(|failed| (failed.place, failed.why)).collect();
    let imported = Imported {
        read: import.read,
        written,
        failed,
        left_out: import.left_out,
        remarks: import.remarks,
        mapping: brat::write_mapping(&import.mapping),
        became: import.mapping,
    };
    Ok((unsaved(import.project, Vec::new()), imported))
}

/// What foreign names would become.
pub fn show_mapping(
    format: &str,
    ask: &Importing,
    desk: &Desk,
    progress: &Progress,
) -> Result<String, Notice> {
    import(format, ask, desk, progress).map(|(_, imported)| imported.mapping)
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
    let mut files = Vec::with_capacity(found.len());
    for (at, InFolder { name, path }) in found.into_iter().enumerate() {
        if progress.is_cancelled() {
            break;
        }
        progress.set(at as u64, 0);
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

/// The mapping in the file that was named, else the one that an export of ours has left in the folder.
fn mapping(named: Option<&Path>, files: &[File]) -> Result<Option<Mapping>, Notice> {
    if let Some(path) = named {
        let bytes = store::read(path)
            .map_err(|error| Notice::error("The mapping cannot be read", error))?;
        return brat::read_mapping(&bytes).map(Some).map_err(|why| {
            Notice::error("The mapping cannot be read", format!("{why}: {}", path.display()))
        });
    }
    let ours = files.iter().find(|file| file.name == brat::MAPPING);
    Ok(ours.and_then(|file| brat::read_mapping(&file.bytes).ok()))
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
    pub fn became(&self) -> Vec<String> {
        let types = self.became.types.iter().map(|(name, target)| match &target.code {
            Some(code) => format!("{name} → {code}"),
            None => format!("{name} → {}", target.layer),
        });
        let links = self.became.links.iter().map(|(name, id)| format!("{name} → link {id}"));
        let others = self.became.attributes.iter();
        types
            .chain(links)
            .chain(others.map(|(name, id)| format!("{name} → feature {id}")))
            .collect()
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
            "Imported {} annotations and {} links in {} documents",
            count("annotations"),
            count("links"),
            count("documents")
        )?;
        let (lines, failed) = self.lines();
        if failed > 0 {
            write!(f, "; {failed} of {lines} lines could not be taken whole")?;
        }
        Ok(())
    }
}
