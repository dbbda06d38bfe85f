//! A report of agreement as bytes and as a file: CSV, JSON or HTML.
//!
//! Computes nothing: figures come from `review::agreement`, their form in a file is `formats::agreement_report`.

use crate::formats::agreement_report::{
    Count, Paper, PaperCell, PaperLine, PaperPart, csv, html, json, json_in_short,
};
use crate::review::agreement::{
    AgreementReport, CodeName, Confused, LeftOut, Measure, Part, Row, Study,
};
use crate::store::{self, Expected, RealDisk};
use crate::workbench::Notice;
use std::path::Path;

/// What a report of agreement can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportForm {
    /// One figure a line, for spreadsheets.
    Csv,
    /// For programs.
    Json,
    /// A page for browsers that needs nothing else.
    Html,
}

impl ReportForm {
    /// The form that a file's name asks for.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// The report as the bytes of a file.
pub fn report_as(report: &AgreementReport, form: ReportForm) -> Vec<u8> {
    let paper = paper(report);
    match form {
        ReportForm::Csv => csv(&paper),
        ReportForm::Json => json(&paper),
        ReportForm::Html => html(&paper),
    }
}

/// What the report says of everything together, as JSON: a member of another answer.
pub fn report_in_short(report: &AgreementReport) -> Vec<u8> {
    json_in_short(&paper(report))
}

/// Writes the report to `path`, in the form that its name asks for. What is there is written over: the person has been
/// asked, or named it on the command line.
pub fn save_report(report: &AgreementReport, path: &Path) -> Result<(), Notice> {
    let form = ReportForm::of(path).ok_or_else(|| {
        Notice::error(
            "The report was not written",
            format!("its name must end in .csv, .json or .html: {}", path.display()),
        )
    })?;
    let bytes = report_as(report, form);
    store::replace(&RealDisk, &store::canonical(path), &bytes, Expected::Anything)
        .map(drop)
        .map_err(|error| Notice::error("The report was not written", error))
}

fn paper(report: &AgreementReport) -> Paper {
    let study = &report.study;
    let measures: Vec<Measure> = measures_of(report);
    Paper {
        coders: study.coders.iter().map(ToString::to_string).collect(),
        unit: study.unit.plural().to_owned(),
        documents: study.documents.len(),
        notes: study.notes.clone(),
        left_out: study.left_out.iter().map(count).collect(),
        measures: measures
            .iter()
            .map(|measure| (measure.name(study.unit), measure.meaning().to_owned()))
            .collect(),
        parts: report.parts.iter().map(|part| paper_part(study, part)).collect(),
    }
}

/// The measures that the report has.
fn measures_of(report: &AgreementReport) -> Vec<Measure> {
    let whole = report.parts.first().into_iter().flat_map(|part| &part.rows);
    whole.filter(|row| row.scope.code.is_none()).map(|row| row.measure).collect()
}

fn paper_part(study: &Study, part: &Part) -> PaperPart {
    let scope = &part.scope;
    let layer =
        scope.layer.as_ref().and_then(|id| study.layers.iter().find(|layer| layer.id == *id));
    let name = |coder: usize| study.coders.get(coder).map(ToString::to_string).unwrap_or_default();
    let shared = scope.document.and_then(|at| study.documents.get(at));
    let id =
        |of: &[Option<_>]| of.iter().flatten().next().map_or_else(String::new, ToString::to_string);
    PaperPart {
        title: part.title.clone(),
        layer: layer.map(|layer| (layer.id.to_string(), layer.name.to_string())),
        pair: scope.pair.map(|(first, second)| (name(first), name(second))),
        document: shared.map(|shared| (id(&shared.of), shared.title.to_string())),
        classes: study
            .classes(scope)
            .iter()
            .map(|(class, count)| (class.as_str(), count))
            .collect(),
        confusion: study.confusion(scope).iter().map(|cell| paper_cell(study, *cell)).collect(),
        lines: part.rows.iter().map(|row| paper_line(study, row)).collect(),
    }
}

fn paper_cell(study: &Study, cell: Confused) -> PaperCell {
    let code = |at: Option<usize>| {
        let code = study.codes.get(at?)?;
        Some((code.id(), code.name.to_string()))
    };
    PaperCell { first: code(cell.first), second: code(cell.second), count: cell.count }
}

fn paper_line(study: &Study, row: &Row) -> PaperLine {
    let figure = &row.figure;
    let code = row.scope.code.and_then(|code| study.codes.get(code));
    let feature = row.scope.feature.as_ref();
    PaperLine {
        measure: row.measure.id(),
        name: row.measure.name(study.unit),
        mean_over_codes: row.measure.is_macro(),
        code: code.map(|code: &CodeName| (code.id(), code.name.to_string())),
        feature: feature.map(|id| (id.to_string(), row.label.clone())),
        value: figure.value.clone().map_err(|why| why.to_string()),
        parts: figure.parts.clone(),
        counted: figure.counted.iter().map(|amount| (amount.what.clone(), amount.count)).collect(),
        left_out: figure.left_out.iter().map(count).collect(),
    }
}

fn count(left: &LeftOut) -> Count {
    Count { what: left.what.clone(), count: left.count, why: left.why.clone() }
}

#[cfg(test)]
mod tests {
    use crate::workbench::ReportForm;
    use std::path::Path;

    #[test]
    fn the_name_says_the_form() {
        let form = |name: &str| ReportForm::of(Path::new(name));
        assert_eq!(form("a/agreement.CSV"), Some(ReportForm::Csv));
        assert_eq!(form("x.json"), Some(ReportForm::Json));
        assert_eq!(form("x.html"), Some(ReportForm::Html));
        assert_eq!((form("x.docx"), form("csv")), (None, None));
    }
}
