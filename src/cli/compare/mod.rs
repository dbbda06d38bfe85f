//! `matryoshka compare`: where two projects differ, for people one difference a line, and as JSON that others may rely
//! on.
//!
//! The first file is mine, the second theirs; neither is changed. What differs is found by `review::compare`; `data` is
//! its JSON, `lines` its words.

mod agreement;
mod data;
mod lines;

use crate::cli::answer::Answer;
use crate::cli::arguments::CompareAsk;
use crate::cli::open;
use crate::model::{Annotation, CodeId, End, LayerId, Project, Record, RelationId, Value};
use crate::query::label_of_end;
use crate::review::agreement::AgreementReport;
use crate::review::{CheckSheet, Comparison, Guest, compare};
use crate::workbench::{Notice, Office, Progress, read_guest};

pub(crate) fn answer(ask: &CompareAsk, office: &mut Office) -> Result<Answer, Notice> {
    let ours = open::project(&ask.ours, office)?;
    let guest = read_guest(&ask.theirs, &ours.project, &Progress::default())?;
    let mut remarks = open::remarks(&ours, &ask.ours);
    let path = ask.theirs.display();
    remarks.extend(guest.remarks.iter().map(|remark| format!("{remark}: {path}")));
    let compared = Compared::new(ask, &ours.project, &guest);
    let answer = if ask.json {
        Answer::json(&data::of(&compared)?)?
    } else {
        Answer::words(lines::of(&compared))
    };
    let code = u8::from(!compared.is_same());
    if !ask.json {
        let said = if code == 0 { "Nothing differs" } else { "They differ" };
        remarks.push(format!("{said}: {}, {}", ask.ours.display(), ask.theirs.display()));
    }
    Ok(answer.with_remarks(remarks).with_code(code))
}

/// Both projects and what came of comparing them.
struct Compared<'a> {
    ours: &'a Project,
    guest: &'a Guest,
    sheet: CheckSheet,
    comparison: Comparison,
    agreement: AgreementReport,
}

impl<'a> Compared<'a> {
    fn new(ask: &CompareAsk, ours: &'a Project, guest: &'a Guest) -> Self {
        let (sheet, comparison) = (CheckSheet::of(ours, guest), compare(ours, guest));
        let agreement = agreement::of(ask, ours, guest, &comparison);
        Self { ours, guest, sheet, comparison, agreement }
    }

    /// Whether both say the same of the same texts.
    fn is_same(&self) -> bool {
        let documents = self.sheet.counts();
        self.comparison.is_same()
            && documents.realigned + documents.only_ours + documents.only_theirs == 0
    }
}

/// A code as the codebook names it.
fn code_name(project: &Project, layer: &LayerId, code: Option<&CodeId>) -> Option<String> {
    let known = project.codebook.layer(layer).zip(code).and_then(|(layer, code)| layer.code(code));
    known.map(|code| code.name.to_string()).or_else(|| code.map(ToString::to_string))
}

/// The words of an annotation in its own project.
fn quote(project: &Project, annotation: &Record<Annotation>) -> String {
    let text = project.sheet(&annotation.document).map(|sheet| &sheet.document().text);
    text.map(|text| annotation.words(text)).unwrap_or_default()
}

/// The record that an annotation speaks of, by name.
fn record_name(project: &Project, annotation: &Annotation) -> Option<String> {
    annotation.entity.clone().map(|id| label_of_end(project, &End::Entity(id)))
}

/// Kind and ends of a link.
fn link_words(project: &Project, id: &RelationId) -> Option<(String, String, String)> {
    let relation = project.relations().get(id)?;
    let kind = project.codebook.relation(&relation.kind);
    let name = kind.map_or_else(|| relation.kind.to_string(), |kind| kind.name.to_string());
    let label = |end| label_of_end(project, end);
    Some((name, label(&relation.from), label(&relation.to)))
}

/// A value as files write it.
fn written(value: &Value) -> String {
    match value {
        Value::Text(words) | Value::Choice(words) => words.to_string(),
        Value::Number(number) => number.to_string(),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Several(all) => all.join("; "),
        Value::Date(date) => date.to_string(),
        Value::Place(place) => place.name.to_string(),
        Value::Reference(end) => end.as_str().to_owned(),
        Value::Foreign(raw) => raw.to_string(),
    }
}
