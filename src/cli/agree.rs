//! `matryoshka agree`: how far two people or more agree who tagged the same texts, for people and as JSON.
//!
//! Computes nothing itself: see `review::agreement`. The shape of the JSON is `formats::agreement_report`.

use crate::cli::answer::Answer;
use crate::cli::arguments::AgreeAsk;
use crate::cli::open;
use crate::review::agreement::{AgreementReport, Coder, LeftOut, Measure, Part, Row, Study, Unit};
use crate::workbench::{Loaded, Notice, Office, ReportForm, report_as, save_report};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(crate) fn answer(ask: &AgreeAsk, office: &mut Office) -> Result<Answer, Notice> {
    let (unit, measures) = (unit(&ask.unit)?, measures(&ask.measure)?);
    if ask.projects.len() < 2 {
        return Err(Notice::error(
            "Agreement needs at least two projects",
            "name those of two people or more who tagged the same texts",
        ));
    }
    let (mut coders, mut remarks) = (Vec::new(), Vec::new());
    for (path, name) in ask.projects.iter().zip(names(&ask.projects)) {
        let loaded = open::project(path, office)?;
        refuse_to_lose(ask.out.as_deref(), &loaded)?;
        remarks.extend(open::remarks(&loaded, path));
        coders.push(Coder { name: name.into(), project: loaded.project });
    }
    let report = AgreementReport::new(Study::new(&coders, unit), &measures);
    if let Some(path) = &ask.out {
        save_report(&report, path)?;
    }
    let answer = if ask.json {
        let json = report_as(&report, ReportForm::Json);
        Answer::words(String::from_utf8_lossy(&json).into_owned())
    } else if ask.out.is_some() {
        Answer::default()
    } else {
        Answer::words(words(&report))
    };
    Ok(answer.with_remarks(remarks))
}

fn unit(name: &str) -> Result<Unit, Notice> {
    Unit::ALL.into_iter().find(|unit| unit.plural() == name).ok_or_else(|| {
        Notice::error(format!("“{name}” cannot be labelled"), "choose words, characters or tokens")
    })
}

/// The measures asked for; all, if none are.
fn measures(names: &[String]) -> Result<Vec<Measure>, Notice> {
    let known: Vec<&str> = Measure::ALL.iter().map(|measure| measure.id()).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let mut known = known;
        known.dedup();
        return Err(Notice::error(
            format!("“{name}” is no measure that can be computed"),
            format!("choose of {}", known.join(", ")),
        ));
    }
    let wanted =
        |measure: &Measure| names.is_empty() || names.iter().any(|name| name == measure.id());
    Ok(Measure::ALL.into_iter().filter(wanted).collect())
}

/// A name for each project: its file's, or its path where two files have one name.
pub(crate) fn names(paths: &[PathBuf]) -> Vec<String> {
    let file = |path: &PathBuf| {
        path.file_name()
            .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
    };
    let files: Vec<String> = paths.iter().map(file).collect();
    let distinct = |names: &[String]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    if distinct(&files) {
        return files;
    }
    let whole: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    if distinct(&whole) {
        return whole;
    }
    whole.iter().enumerate().map(|(at, path)| format!("{path} ({})", at + 1)).collect()
}

/// A report never takes the place of a project that it is about.
fn refuse_to_lose(out: Option<&Path>, loaded: &Loaded) -> Result<(), Notice> {
    let own = loaded.file.as_ref().map(|file| file.path.as_path());
    match out.map(Path::canonicalize) {
        Some(Ok(out)) if Some(out.as_path()) == own => Err(Notice::error(
            "A report cannot take the place of a project",
            format!("give --out another name: {}", out.display()),
        )),
        _ => Ok(()),
    }
}

/// The columns of the table.
const HEADS: [(Measure, &str); 8] = [
    (Measure::ExactF1, "F1 exact"),
    (Measure::OverlapF1, "F1 overlap"),
    (Measure::UnitF1, "F1 units"),
    (Measure::Observed, "same label"),
    (Measure::CohenKappa, "Cohen κ"),
    (Measure::FleissKappa, "Fleiss κ"),
    (Measure::Alpha, "α"),
    (Measure::AlphaU, "αU"),
];

/// The report as a table, with the reasons for what has no value below it.
fn words(report: &AgreementReport) -> String {
    let study = &report.study;
    let unit = study.unit.plural();
    let coders: Vec<&str> = study.coders.iter().map(AsRef::as_ref).collect();
    let mut words = String::new();
    let documents = open::many(study.documents.len(), "shared document");
    writeln!(words, "{}: {documents}, labels on {unit}", coders.join(", ")).ok();
    for note in &study.notes {
        writeln!(words, "{note}").ok();
    }
    for left in &study.left_out {
        writeln!(words, "left out: {left}").ok();
    }
    let mut table = Table::default();
    let columns: Vec<(Measure, &str)> =
        HEADS.into_iter().filter(|(measure, _)| has(report, *measure)).collect();
    table.lines.push(columns.iter().map(|(_, head)| (*head).to_owned()).collect());
    table.titles.push(String::new());
    // With one pair or one document these rows would say again what stands above them.
    let (pairs, documents) = (study.coders.len() > 2, study.documents.len() > 1);
    let says_more = |part: &&Part| {
        (pairs || part.scope.pair.is_none()) && (documents || part.scope.document.is_none())
    };
    for part in report.parts.iter().filter(says_more) {
        table.part(part, &columns);
    }
    words.push('\n');
    words.push_str(&table.drawn());
    if !table.reasons.is_empty() {
        words.push('\n');
    }
    for (number, reason) in table.reasons.iter().enumerate() {
        writeln!(words, "[{}] {reason}", number + 1).ok();
    }
    words.push_str(&details(report));
    words
}

fn has(report: &AgreementReport, measure: Measure) -> bool {
    report.parts.first().is_some_and(|part| part.rows.iter().any(|row| row.measure == measure))
}

/// What was counted for everything and for each layer, and what was left out.
fn details(report: &AgreementReport) -> String {
    let mut words = String::new();
    let whole = |part: &&Part| part.scope.pair.is_none() && part.scope.document.is_none();
    for part in report.parts.iter().filter(whole) {
        writeln!(words, "\n{}", part.title).ok();
        for row in part.rows.iter().filter(|row| row.scope == part.scope) {
            let amounts: Vec<String> = row.figure.counted.iter().map(ToString::to_string).collect();
            let made = row.figure.parts.iter().map(|(name, value)| format!("{name} {value:.3}"));
            let made: Vec<String> = made.chain(amounts).collect();
            writeln!(words, "  {}: {}", row.label, made.join(", ")).ok();
            for left in &row.figure.left_out {
                writeln!(words, "    left out: {}", LeftOut::to_string(left)).ok();
            }
        }
    }
    words
}

#[derive(Default)]
struct Table {
    titles: Vec<String>,
    lines: Vec<Vec<String>>,
    reasons: Vec<String>,
}

impl Table {
    fn part(&mut self, part: &Part, columns: &[(Measure, &str)]) {
        let inner = part.scope.pair.is_some() || part.scope.document.is_some();
        let indent = if inner { "  " } else { "" };
        self.row(format!("{indent}{}", part.title), columns, |measure| {
            part.rows.iter().find(|row| row.scope == part.scope && row.measure == measure)
        });
        // Of pairs and documents the codes would be more than a table can show; CSV, JSON and HTML have them.
        if inner {
            return;
        }
        if part.rows.iter().any(|row| row.measure.is_macro()) {
            self.row("  mean over codes".to_owned(), columns, |measure| {
                let mean = |row: &&Row| row.measure.is_macro() && row.measure.id() == measure.id();
                part.rows.iter().find(mean)
            });
        }
        let mut codes: Vec<(Option<usize>, &str)> =
            part.rows.iter().map(|row| (row.scope.code, row.label.as_str())).collect();
        codes.retain(|(code, _)| code.is_some());
        codes.dedup();
        for (code, label) in codes {
            self.row(format!("  {label}"), columns, |measure| {
                part.rows.iter().find(|row| row.scope.code == code && row.measure == measure)
            });
        }
        let mut features: Vec<&Row> =
            part.rows.iter().filter(|row| row.scope.feature.is_some()).collect();
        features.dedup_by(|a, b| a.scope == b.scope);
        for feature in features {
            self.row(format!("  {}, on pairs", feature.label), columns, |measure| {
                part.rows.iter().find(|row| row.scope == feature.scope && row.measure == measure)
            });
        }
    }

    fn row<'a>(
        &mut self,
        title: String,
        columns: &[(Measure, &str)],
        find: impl Fn(Measure) -> Option<&'a Row>,
    ) {
        let mut cells = Vec::with_capacity(columns.len());
        for (measure, _) in columns {
            cells.push(match find(*measure).map(|row| &row.figure.value) {
                None => String::new(),
                Some(Ok(value)) => format!("{value:.3}"),
                Some(Err(why)) => {
                    let why = why.to_string();
                    let known = self.reasons.iter().position(|reason| *reason == why);
                    let number = known.unwrap_or_else(|| {
                        self.reasons.push(why);
                        self.reasons.len() - 1
                    });
                    format!("[{}]", number + 1)
                }
            });
        }
        self.titles.push(title);
        self.lines.push(cells);
    }

    fn drawn(&self) -> String {
        const WIDTH: usize = 11;
        let longest = self.titles.iter().map(|title| title.chars().count()).max().unwrap_or(0);
        let mut words = String::new();
        for (title, cells) in self.titles.iter().zip(&self.lines) {
            let mut line = format!("{title:<longest$}");
            for cell in cells {
                write!(line, "{cell:>WIDTH$}").ok();
            }
            writeln!(words, "{}", line.trim_end()).ok();
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::agree::{measures, names, unit};
    use crate::review::agreement::{Measure, Unit};
    use std::path::PathBuf;

    #[test]
    fn projects_are_told_apart() {
        let named = |paths: &[&str]| names(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(named(&["x/anna.json", "y/ben.json"]), ["anna.json", "ben.json"]);
        assert_eq!(named(&["x/p.json", "y/p.json"]), ["x/p.json", "y/p.json"]);
        assert_eq!(named(&["p.json", "p.json"]), ["p.json (1)", "p.json (2)"]);
    }

    #[test]
    fn what_is_asked_for_is_measured_and_nothing_else() {
        assert_eq!(measures(&[]).unwrap(), Measure::ALL);
        let kappa = measures(&["cohen_kappa".into(), "span_f1_exact".into()]).unwrap();
        assert_eq!(kappa, [Measure::ExactF1, Measure::ExactF1Macro, Measure::CohenKappa]);
        assert!(measures(&["gamma".into()]).unwrap_err().to_string().contains("alpha_u"));
        assert_eq!(unit("tokens").unwrap(), Unit::Tokens);
        assert!(unit("letters").unwrap_err().to_string().contains("characters"));
    }
}
