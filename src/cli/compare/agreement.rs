//! How far the two agree: a few figures of everything together. The whole table is what `agree` gives.

use crate::cli::agree::names;
use crate::cli::arguments::CompareAsk;
use crate::cli::open::many;
use crate::model::Project;
use crate::review::agreement::{
    AgreementReport, Coder, Figure, Known, LeftOut, Measure, Row, Scope, Study, Unit,
};
use crate::review::{Comparison, Guest, Watch};
use crate::workbench::{Notice, report_in_short};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;

/// What is shown in words, each with its mean over codes where it has one. The JSON has all measures.
const SHOWN: [(Measure, Option<Measure>); 5] = [
    (Measure::ExactF1, Some(Measure::ExactF1Macro)),
    (Measure::OverlapF1, Some(Measure::OverlapF1Macro)),
    (Measure::CohenKappa, None),
    (Measure::Alpha, None),
    (Measure::AlphaU, None),
];

/// The figures of a comparison that was made already.
pub(crate) fn of(
    ask: &CompareAsk,
    ours: &Project,
    guest: &Guest,
    comparison: &Comparison,
) -> AgreementReport {
    let names = names(&[ask.ours.clone(), ask.theirs.clone()]);
    let projects = [ours, &guest.project];
    let coders: Vec<Coder> = names
        .into_iter()
        .zip(projects)
        .map(|(name, project)| Coder { name: name.into(), project: project.clone() })
        .collect();
    let known = BTreeMap::from([(1, Known { guest, comparison })]);
    let nobody: Watch<'_, Infallible> = Watch::new(&|_| Ok(()));
    let Ok(study) = Study::watched(&coders, Unit::Words, &known, &nobody);
    AgreementReport::in_short(study, &Measure::ALL)
}

/// As JSON, of the shape that `agree` has for everything together.
pub(crate) fn data(report: &AgreementReport) -> Result<serde_json::Value, Notice> {
    serde_json::from_slice(&report_in_short(report))
        .map_err(|error| Notice::error("The figures cannot be written as JSON", error))
}

/// In words: a line for each figure, then what is left out.
pub(crate) fn words(report: &AgreementReport) -> String {
    let study = &report.study;
    let mut words = String::new();
    let documents = many(study.documents.len(), "shared document");
    writeln!(words, "agreement on {documents}").ok();
    let mut left_out: Vec<&LeftOut> = study.left_out.iter().collect();
    for (measure, mean) in SHOWN {
        let Some(row) = row(report, measure) else { continue };
        let over_codes = mean.and_then(|mean| self::row(report, mean));
        let over_codes = over_codes.and_then(|row| row.figure.value.as_ref().ok());
        let over_codes = over_codes.map(|mean| format!(", mean over codes {mean:.3}"));
        left_out.extend(&row.figure.left_out);
        let value = value(&row.figure);
        writeln!(words, "  {:<36}{value}{}", row.label, over_codes.unwrap_or_default()).ok();
    }
    let mut lines = study.notes.clone();
    lines.extend(left_out.into_iter().map(|left| format!("left out: {left}")));
    lines.dedup();
    for line in lines {
        writeln!(words, "  {line}").ok();
    }
    words
}

fn row(report: &AgreementReport, measure: Measure) -> Option<&Row> {
    let rows = report.parts.iter().flat_map(|part| &part.rows);
    rows.into_iter().find(|row| row.measure == measure && row.scope == Scope::default())
}

fn value(figure: &Figure) -> String {
    match &figure.value {
        Ok(value) => format!("{value:.3}"),
        Err(why) => format!("undefined: {why}"),
    }
}
