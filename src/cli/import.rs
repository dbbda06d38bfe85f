//! `matryoshka import`: a project of what another program has written, and a receipt. Never writes over a file.

use crate::cli::answer::Answer;
use crate::cli::arguments::ImportAsk;
use crate::cli::receipt::{Failed, Lost};
use crate::cli::{FAILED, open};
use crate::model::same_content;
use crate::workbench::{
    Imported, Importing, Notice, Office, Progress, SaveTarget, Workbench, annotator_folders,
    import, load, show_mapping,
};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was read and written. Members may be added, none renamed or taken away.
#[derive(Debug, Serialize)]
struct Receipt {
    out: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<String>,
    read: BTreeMap<&'static str, usize>,
    written: BTreeMap<&'static str, usize>,
    reread_equal: bool,
    lost: Vec<Lost>,
    failed: Vec<Failed>,
    left_out: Vec<String>,
    remarks: Vec<String>,
    mapping: Option<Box<RawValue>>,
}

impl Receipt {
    /// The same for a project that does not say the same when it is read again.
    fn doubtful(mut self) -> Self {
        self.reread_equal = false;
        let why = "read again, the project does not say the same; please report this".to_owned();
        self.failed.push(Failed { place: self.out.clone(), why });
        self
    }
}

/// One project to make.
struct Wanted {
    inputs: Vec<PathBuf>,
    annotator: Option<String>,
    out: PathBuf,
}

pub(crate) fn answer(ask: &ImportAsk, office: &mut Office) -> Result<Answer, Notice> {
    if ask.show_mapping {
        let all = importing(ask, ask.inputs.clone(), None);
        let shown = show_mapping(&ask.from, &all, &office.desk(), &Progress::default());
        return shown.map(|(mapping, remarks)| Answer::words(mapping).with_remarks(remarks));
    }
    let Some(out) = &ask.out else {
        return Err(Notice::error("There is no place for the project", "name one with --out"));
    };
    if !ask.annotator_folders {
        let wanted = Wanted { inputs: ask.inputs.clone(), annotator: None, out: out.clone() };
        let (receipt, remarks) = one(ask, &wanted, office)?;
        let code = code(&receipt);
        return Ok(Answer::json(&receipt)?.with_code(code).with_remarks(remarks));
    }
    let (mut receipts, mut remarks) = (Vec::new(), Vec::new());
    for (name, folder) in folders(ask)? {
        let out = out.join(format!("{name}.json"));
        let wanted = Wanted { inputs: vec![folder], annotator: Some(name), out };
        let (receipt, more) = one(ask, &wanted, office)?;
        receipts.push(receipt);
        remarks.extend(more);
    }
    let code = receipts.iter().map(code).max().unwrap_or(FAILED);
    Ok(Answer::json(&receipts)?.with_code(code).with_remarks(remarks))
}

fn importing(ask: &ImportAsk, inputs: Vec<PathBuf>, annotator: Option<String>) -> Importing {
    Importing { inputs, mapping: ask.mapping.clone(), annotator }
}

fn folders(ask: &ImportAsk) -> Result<Vec<(String, PathBuf)>, Notice> {
    let mut all = Vec::new();
    for input in &ask.inputs {
        all.extend(annotator_folders(input)?);
    }
    Ok(all)
}

fn one(
    ask: &ImportAsk,
    wanted: &Wanted,
    office: &mut Office,
) -> Result<(Receipt, Vec<String>), Notice> {
    let importing = importing(ask, wanted.inputs.clone(), wanted.annotator.clone());
    let desk = office.desk();
    let (loaded, imported) = import(&ask.from, &importing, &desk, &Progress::default())?;
    let (mut bench, _) = Workbench::start(loaded, office);
    let saved = bench.save_now(SaveTarget::As(wanted.out.clone()), office);
    let project = bench.project().clone();
    // Closed in either case: the folder is where it was, so no journal need remember it.
    bench.close();
    let saved = saved?;
    let again = load(std::slice::from_ref(&saved), office.desk(), &Progress::default());
    let same = again.is_ok_and(|again| same_content(&project, &again.project));
    let remarks = if ask.json { imported.remarks.clone() } else { words(&imported, &saved) };
    let receipt = receipt(wanted, imported, &saved);
    Ok((if same { receipt } else { receipt.doubtful() }, remarks))
}

/// The receipt of a project that says the same when it is read again.
fn receipt(wanted: &Wanted, imported: Imported, saved: &Path) -> Receipt {
    let (lines, _) = imported.lines();
    let mut read: BTreeMap<_, _> = imported.taken().into_iter().collect();
    read.insert("lines", lines);
    let failed = imported.failed.into_iter().map(|(place, why)| Failed { place, why }).collect();
    Receipt {
        out: saved.display().to_string(),
        annotator: wanted.annotator.clone(),
        read,
        written: imported.written.into_iter().collect(),
        reread_equal: true,
        lost: Vec::new(),
        failed,
        left_out: imported.left_out,
        remarks: imported.remarks,
        mapping: RawValue::from_string(imported.mapping).ok(),
    }
}

fn code(receipt: &Receipt) -> u8 {
    match (receipt.reread_equal, receipt.failed.is_empty()) {
        (false, _) => FAILED,
        (true, false) => 1,
        (true, true) => 0,
    }
}

/// The receipt for people.
fn words(imported: &Imported, saved: &Path) -> Vec<String> {
    let mut words = imported.remarks.clone();
    words.extend(imported.failed.iter().map(|(place, why)| format!("{place}: {why}")));
    if !imported.left_out.is_empty() {
        words.push(format!(
            "{} without an .ann file left out: {}",
            open::many(imported.left_out.len(), "text"),
            imported.left_out.join(", ")
        ));
    }
    words.push(format!("{imported}: {}", saved.display()));
    words
}
