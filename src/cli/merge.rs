//! `matryoshka merge`: two copies of a project as one, record by record; also as git's merge driver.
//!
//! Conflicts stay in the file as data. Nothing is written where the two cannot be merged.

use crate::cli::answer::Answer;
use crate::cli::arguments::MergeAsk;
use crate::cli::open::{self, many};
use crate::model::{Project, RecordId, SetAside};
use crate::query::{Side, conflicts, record_words, sides};
use crate::workbench::{Clock, Notice, Office, Together, merge_files};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The receipt. Members may be added, none renamed or taken away.
#[derive(Debug, Serialize)]
struct Receipt {
    added: usize,
    changed: usize,
    erased: usize,
    kept: usize,
    conflicts: Vec<Conflict>,
    set_aside: Vec<Aside>,
    codebooks_disagree: bool,
}

/// A record of which both sides are kept.
#[derive(Debug, Serialize)]
struct Conflict {
    kind: &'static str,
    record: String,
    about: String,
    sides: Vec<SideSaid>,
}

#[derive(Debug, Serialize)]
struct SideSaid {
    by: Option<String>,
    at: Option<String>,
    /// What differs, by name.
    says: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
struct Aside {
    section: String,
    why: String,
}

pub(crate) fn answer(ask: &MergeAsk, office: &mut Office) -> Result<Answer, Notice> {
    let ours = open::project(&ask.ours, office)?;
    let theirs = open::project(&ask.theirs, office)?;
    let mut remarks = open::remarks(&ours, &ask.ours);
    remarks.extend(open::remarks(&theirs, &ask.theirs));
    let merged = merge_files(&ours, &theirs, &ask.out)?;
    remarks.extend(merged.doubt.iter().map(ToString::to_string));
    let torn = conflicts(&merged.project);
    let answer = if ask.json {
        Answer::json(&receipt(&merged, &torn))?
    } else {
        Answer::words(lines(&merged, &torn, &ask.out))
    };
    remarks.push(format!("{}: {}", summary(&merged, torn.len()), ask.out.display()));
    if merged.codebooks_disagree {
        remarks.push(format!(
            "The codebooks define something otherwise under one version number; the file has one of the two, so compare it with yours: {}",
            ask.out.display()
        ));
    }
    let waits = !torn.is_empty() || !merged.set_aside.is_empty() || merged.codebooks_disagree;
    Ok(answer.with_remarks(remarks).with_code(u8::from(waits)))
}

/// `Merged, 3 records added, 1 changed, 0 erased; 1 conflict waits for a decision`.
fn summary(merged: &Together, torn: usize) -> String {
    let counts = &merged.counts;
    let mut words = format!(
        "Merged, {} added, {} changed, {} erased",
        many(counts.added, "record"),
        counts.changed,
        counts.erased
    );
    if counts.kept > 0 {
        let kept = counts.kept;
        write!(words, ", {kept} kept although one side has erased them").ok();
    }
    let waiting = match torn {
        0 => "; no conflict".to_owned(),
        1 => "; 1 conflict waits for a decision".to_owned(),
        n => format!("; {n} conflicts wait for a decision"),
    };
    words.push_str(&waiting);
    if !merged.set_aside.is_empty() {
        write!(words, "; {} set aside", many(merged.set_aside.len(), "record")).ok();
    }
    words
}

/// A line for each record that waits for somebody, as `check` has it.
fn lines(merged: &Together, torn: &[RecordId], out: &Path) -> String {
    let (project, out) = (&merged.project, out.display());
    let mut lines = String::new();
    for id in torn {
        let told: Vec<String> = sides(project, id).iter().map(side_words).collect();
        let about = record_words(project, id);
        writeln!(lines, "{out}: conflict in {about} ({}): {}", id.as_str(), told.join(" | ")).ok();
    }
    for SetAside { section, reason, .. } in &merged.set_aside {
        writeln!(lines, "{out}: {section}: set aside, {reason}").ok();
    }
    lines
}

/// `Anna, 23 Nov 2026, 16:58: code Person`.
fn side_words(side: &Side) -> String {
    let by = side.by.as_ref().map_or_else(
        || "somebody".to_owned(),
        |stamp| format!("{}, {}", stamp.by().as_str(), Clock::day_and_time(stamp.at)),
    );
    format!("{by}: {}", side.line())
}

fn receipt(merged: &Together, torn: &[RecordId]) -> Receipt {
    let counts = &merged.counts;
    Receipt {
        added: counts.added,
        changed: counts.changed,
        erased: counts.erased,
        kept: counts.kept,
        conflicts: torn.iter().map(|id| conflict(&merged.project, id)).collect(),
        set_aside: merged
            .set_aside
            .iter()
            .map(|aside| Aside { section: aside.section.clone(), why: aside.reason.clone() })
            .collect(),
        codebooks_disagree: merged.codebooks_disagree,
    }
}

fn conflict(project: &Project, id: &RecordId) -> Conflict {
    let said = |side: Side| SideSaid {
        by: side.by.as_ref().map(|stamp| stamp.by().as_str().to_owned()),
        at: side.by.as_ref().map(|stamp| stamp.at.to_string()),
        says: side.says.into_iter().map(|said| (said.what, said.words)).collect(),
    };
    Conflict {
        kind: id.kind(),
        record: id.as_str().to_owned(),
        about: record_words(project, id),
        sides: sides(project, id).into_iter().map(said).collect(),
    }
}
