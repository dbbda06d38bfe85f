//! brat standoff: a folder of texts with an `.ann` file beside each, read into a project and written from one.
//!
//! Pure: files come in as bytes and go out as bytes. Every line is accounted for: taken, or listed with its number and
//! the reason, and kept in the project where no record says it. Names become layers and codes through a [`Mapping`]
//! that people can change. Reading is `line` → `sheet` → `gather` → `build`; writing is `write`, and [`says_the_same`]
//! reads that again.

mod book;
mod build;
mod change;
mod conf;
mod configuration;
mod counting;
mod foreign;
mod found;
mod gather;
mod groups;
mod ids;
mod line;
mod mapping;
mod naming;
mod sheet;
mod write;
mod written_again;

#[cfg(test)]
mod kept_tests;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use change::Become;
pub use found::{FoundName, NameKind};
pub use mapping::{Mapping, Target, read_mapping, write_mapping};
pub use write::{LOSSES, Written, write};
pub use written_again::says_the_same;

use crate::formats::brat::build::Build;
use crate::formats::brat::sheet::{Ann, Sheets};
use crate::formats::object::Object;
use crate::jobs::Progress;
use crate::model::{Codebook, Project, SetAside, Signature};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The file in which an export says what its names stand for.
pub const MAPPING: &str = "mapping.json";
/// The section that lines which no record says are set aside in.
const SECTION: &str = "brat";

/// A file of a brat folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path in the folder, with slashes.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What an import needs beside the files.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The name of the folder, which is part of every id: the same text tagged by two people is in two folders.
    pub folder: &'a str,
    /// What names become; the rest is added by the usual rules.
    pub mapping: Option<&'a Mapping>,
    /// The codebook to start from.
    pub codebook: Arc<Codebook>,
    /// Who makes the records.
    pub signature: &'a Signature,
    /// How far it is: reading the files was the first half. What comes of a cancelled import is not to be used.
    pub progress: &'a Progress,
}

/// How much there was of each kind of line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Texts with annotations.
    pub documents: usize,
    /// `T` lines.
    pub annotations: usize,
    /// `E` lines.
    pub events: usize,
    /// `R` lines.
    pub links: usize,
    /// `A` and `M` lines.
    pub attributes: usize,
    /// `N` lines.
    pub references: usize,
    /// `*` lines.
    pub equivalences: usize,
    /// `#` lines.
    pub notes: usize,
    /// All lines that are not blank.
    pub lines: usize,
    /// Lines that were not taken, or not whole.
    pub failed: usize,
}

/// Something that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// File and line.
    pub place: String,
    /// What is wrong.
    pub why: String,
}

/// What a folder has become.
#[derive(Debug)]
pub struct Import {
    /// The project.
    pub project: Project,
    /// What each name has become.
    pub mapping: Mapping,
    /// The foreign names.
    pub found: Vec<FoundName>,
    /// What was taken.
    pub read: Amounts,
    /// What was not, or not whole.
    pub failed: Vec<Failed>,
    /// Texts without an `.ann` file.
    pub left_out: Vec<String>,
    /// What should be known beside.
    pub remarks: Vec<String>,
}

/// Reads a folder. Whatever cannot be understood is in the import's list; a folder without a single text gives an
/// empty project.
pub fn read(files: &[File], asked: &Asked<'_>) -> Import {
    let text = |name: &str| {
        let named = files.iter().filter(|file| file.name.rsplit('/').next() == Some(name));
        let texts = named.map(|file| String::from_utf8_lossy(&file.bytes));
        texts.fold(String::new(), |all, text| {
            format!("{all}\n{}", text.trim_start_matches('\u{feff}'))
        })
    };
    let conf = conf::read(&text("annotation.conf"), &text("visual.conf"));
    let anns: BTreeMap<&str, Ann<'_>> = files
        .iter()
        .filter_map(|file| Some((file.name.strip_suffix(".ann")?, ann(&file.bytes))))
        .collect();
    let way = Way { progress: asked.progress, files: files.len() as u64 };
    let mut sheets = sheet::sheets(files, &anns, &way);
    let mut ledger = std::mem::take(&mut sheets.ledger);
    let all = gather::gather(&sheets.all, &conf, (&mut ledger, &way));
    let build = Build::new((&sheets, &all), &conf, asked, &mut ledger);
    let found = found::names(&build);
    let (mut project, mapping) = build.project(&way);
    sheets.ledger = ledger;
    project.set_aside = Arc::new(aside(&sheets));
    let lines = sheets
        .ledger
        .all()
        .map(|(at, trouble)| Failed { place: sheets.place(at), why: trouble.why.clone() });
    let mut failed: Vec<Failed> = lines.collect();
    failed.extend(sheets.failed.iter().cloned());
    Import {
        project,
        mapping,
        found,
        read: sheets.amounts(),
        failed,
        left_out: sheets.left_out,
        remarks: sheets.remarks,
    }
}

/// How far an import is, which has as far to go as reading its files was.
struct Way<'a> {
    progress: &'a Progress,
    files: u64,
}

impl Way<'_> {
    /// `done` of `all` steps between two shares of the way, counted in hundredths, are behind us. Whether to go on.
    fn goes_on(&self, (from, to): (u64, u64), done: usize, all: usize) -> bool {
        let share = from * 100 + (to - from) * 100 * done as u64 / (all as u64).max(1);
        self.progress.set(self.files * 10_000 + self.files * share, self.files * 20_000);
        !self.progress.is_cancelled()
    }
}

fn ann(bytes: &[u8]) -> Ann<'_> {
    Ann(String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)))
}

/// Lines that no record says, as records of the file.
fn aside(sheets: &Sheets<'_>) -> Vec<SetAside> {
    let kept = sheets.ledger.all().filter_map(|(at, trouble)| Some((at, trouble, trouble.kept?)));
    let mut all: Vec<SetAside> = kept
        .map(|(at, trouble, words)| {
            let mut raw = Vec::new();
            let mut object = Object::open(&mut raw);
            object.text("at", &sheets.place(at));
            object.text("line", words);
            object.close();
            let raw = String::from_utf8(raw).unwrap_or_default().into();
            SetAside { section: SECTION.to_owned(), raw, reason: trouble.why.clone() }
        })
        .collect();
    // As the project file has them.
    all.sort_by(|a, b| a.raw.cmp(&b.raw));
    all
}
