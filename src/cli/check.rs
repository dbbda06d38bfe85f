//! `matryoshka check`: the doctor. Lists every fault of a project, and with `--gaps` what the analyst still owes.
//!
//! Changes nothing. What counts as a fault is `model::check`, what counts as a gap `query::gaps`.

use crate::cli::answer::Answer;
use crate::cli::arguments::CheckAsk;
use crate::cli::open::{self, many};
use crate::model::{Fault, FaultKind, Project, RecordId, check};
use crate::query::gaps;
use crate::workbench::{Notice, Office};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::path::Path;

/// One line of the list.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Finding {
    kind: Kind,
    /// The section of the file.
    section: String,
    /// The id of the record, where it can be read.
    record: Option<String>,
    what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Fault,
    Gap,
}

pub(crate) fn answer(ask: &CheckAsk, office: &mut Office) -> Result<Answer, Notice> {
    let loaded = open::project(&ask.project, office)?;
    let mut findings = faults(&loaded.project);
    let count = findings.len();
    if ask.gaps {
        findings.extend(owed(&loaded.project));
    }
    let answer = if ask.json {
        Answer::json(&findings)?
    } else {
        Answer::words(lines(&findings, &ask.project))
    };
    let mut remarks = open::remarks(&loaded, &ask.project);
    if !ask.json {
        let found = if count == 0 { "No faults".to_owned() } else { many(count, "fault") };
        remarks.push(format!("{found}: {}", ask.project.display()));
    }
    Ok(answer.with_remarks(remarks).with_code(u8::from(count > 0)))
}

fn faults(project: &Project) -> Vec<Finding> {
    // The check names those that were set aside first and in their order, but has no id for them.
    let mut aside = project.set_aside.iter();
    let finding = |fault: Fault| match fault {
        Fault { record: Some(record), what } => Finding::of(Kind::Fault, &record, what.to_string()),
        Fault { record: None, what: FaultKind::SetAside { section, reason } } => Finding {
            kind: Kind::Fault,
            section,
            record: aside.next().and_then(|aside| id_in(&aside.raw)),
            what: format!("set aside, {reason}"),
        },
        Fault { record: None, what } => Finding {
            kind: Kind::Fault,
            section: "project".to_owned(),
            record: None,
            what: what.to_string(),
        },
    };
    check(project).into_iter().map(finding).collect()
}

fn owed(project: &Project) -> impl Iterator<Item = Finding> {
    gaps(project).into_iter().map(|gap| Finding::of(Kind::Gap, &gap.record, gap.to_string()))
}

impl Finding {
    fn of(kind: Kind, record: &RecordId, what: String) -> Self {
        let section = match record {
            RecordId::Document(_) => "documents",
            RecordId::Entity(_) => "entities",
            RecordId::Annotation(_) => "annotations",
            RecordId::Relation(_) => "links",
            RecordId::Note(_) => "notes",
            RecordId::Comment(_) => "comments",
            RecordId::Decision(_) => "decisions",
        };
        Self { kind, section: section.to_owned(), record: Some(record.as_str().to_owned()), what }
    }
}

/// The id that a record states, whatever else is wrong with it.
fn id_in(raw: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    serde_json::from_str::<Named>(raw).ok().map(|named| named.id)
}

fn lines(findings: &[Finding], path: &Path) -> String {
    let mut lines = String::new();
    for Finding { kind, section, record, what } in findings {
        let record = record.as_deref().unwrap_or("(no id)");
        let mark = if *kind == Kind::Gap { "gap, " } else { "" };
        writeln!(lines, "{}: {section}/{record}: {mark}{what}", path.display()).ok();
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::cli::check::{Finding, Kind, faults, id_in, lines};
    use crate::model::sample::project;
    use crate::model::{Project, SetAside};
    use std::path::Path;
    use std::sync::Arc;

    fn with_aside(raws: &[&str]) -> Project {
        let aside = |raw: &&str| SetAside {
            section: "annotations".into(),
            raw: (*raw).into(),
            reason: "there is no document with the id d_9".into(),
        };
        let mut project = project();
        project.set_aside = Arc::new(raws.iter().map(aside).collect());
        project
    }

    #[test]
    fn a_record_set_aside_is_named_by_the_id_it_states() {
        let found = faults(&with_aside(&[r#"{"start":1}"#, r#"{"id":"a_7","document":"d_9"}"#]));
        let ids: Vec<_> = found.iter().map(|finding| finding.record.as_deref()).collect();
        assert_eq!(ids, [None, Some("a_7")]);
        assert_eq!(id_in("[1]"), None);
    }

    #[test]
    fn a_line_says_file_place_and_what_and_marks_a_gap() {
        let finding = |kind| Finding {
            kind,
            section: "annotations".into(),
            record: Some("a_1".into()),
            what: "it is lost".into(),
        };
        let found = [finding(Kind::Fault), finding(Kind::Gap)];
        let expected =
            "p.json: annotations/a_1: it is lost\np.json: annotations/a_1: gap, it is lost\n";
        assert_eq!(lines(&found, Path::new("p.json")), expected);
    }
}
