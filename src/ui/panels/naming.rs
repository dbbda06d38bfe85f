//! Sentences and short words about records: for accessible names, rows and headings.

use crate::model::{
    Annotation, Codebook, End, EntityId, Feature, Features, Project, RecordId, feature,
};
use crate::query;
use crate::text::words_in;
use crate::ui::desk::Selected;

pub(in crate::ui) use crate::query::{choice_words, cut, value_words};

/// The words of an annotation, cut where lists cut them anyway.
pub(in crate::ui) fn quote(project: &Project, annotation: &Annotation) -> String {
    let words =
        project.sheet(&annotation.document).map(|sheet| annotation.words(&sheet.document().text));
    cut(words.as_deref().unwrap_or_default())
}

/// The code's name; empty for none.
pub(in crate::ui) fn code_name<'a>(codebook: &'a Codebook, annotation: &'a Annotation) -> &'a str {
    let Some(id) = &annotation.code else { return "" };
    let code = codebook.layer(&annotation.layer).and_then(|layer| layer.code(id));
    code.map_or(id.as_str(), |code| code.name.as_str())
}

/// The entity's name; empty for none.
pub(in crate::ui) fn entity_name<'a>(project: &'a Project, id: Option<&EntityId>) -> &'a str {
    id.and_then(|id| project.entities().get(id)).map_or("", |entity| entity.name.as_str())
}

/// The number of the paragraph in which an annotation starts, counted from 1.
pub(in crate::ui) fn paragraph(project: &Project, annotation: &Annotation) -> u32 {
    let start = annotation.place.fragments().hull().start();
    project.sheet(&annotation.document).map_or(0, |sheet| sheet.document().paragraph_number(start))
}

/// Where an annotation starts, in a list: the number of its paragraph, or that it is the title.
pub(in crate::ui) fn short_place(paragraph: u32) -> String {
    if paragraph == 0 { "title".to_owned() } else { paragraph.to_string() }
}

/// The same where it stands alone: `¶ 2` or `title`.
pub(in crate::ui) fn paragraph_mark(paragraph: u32) -> String {
    if paragraph == 0 { "title".to_owned() } else { format!("¶ {paragraph}") }
}

/// How many words an annotation covers.
pub(in crate::ui) fn word_count(project: &Project, annotation: &Annotation) -> usize {
    let Some(sheet) = project.sheet(&annotation.document) else { return 0 };
    let spans = annotation.place.fragments().spans().iter();
    spans.map(|span| words_in(&sheet.document().text, *span).len()).sum()
}

/// `Claim: “the money had never been found”, Factual assertion, paragraph 2`.
pub(in crate::ui) fn annotation_sentence(project: &Project, annotation: &Annotation) -> String {
    let layer = project.codebook.layer(&annotation.layer);
    let layer = layer.map_or(annotation.layer.as_str(), |layer| layer.name.as_str());
    let code = match code_name(&project.codebook, annotation) {
        "" => String::new(),
        code => format!(", {code}"),
    };
    let quote = quote(project, annotation);
    let place = match paragraph(project, annotation) {
        0 => "title".to_owned(),
        number => format!("paragraph {number}"),
    };
    format!("{layer}: “{quote}”{code}, {place}")
}

/// A short label of a relation's end.
pub(in crate::ui) fn end_label(project: &Project, end: &End) -> String {
    match end {
        End::Annotation(id) => project.annotation(id).map(|annotation| quote(project, annotation)),
        End::Entity(_) => None,
    }
    .unwrap_or_else(|| cut(&query::label_of_end(project, end)))
}

/// The record that a selection is about.
pub fn record_of(selected: &Selected) -> RecordId {
    match selected {
        Selected::Annotation(id) => RecordId::Annotation(id.clone()),
        Selected::Relation(id) => RecordId::Relation(id.clone()),
        Selected::Entity(id) => RecordId::Entity(id.clone()),
        Selected::Document(id) => RecordId::Document(id.clone()),
    }
}

/// The features that are set, in the codebook's order, on one line.
pub(in crate::ui) fn features_line(project: &Project, rules: &[Feature], set: &Features) -> String {
    let known = rules.iter().filter_map(|rule| Some((rule, set.get(&rule.id)?)));
    let known = known.map(|(rule, value)| value_words(project, Some(rule), value));
    let foreign = set.iter().filter(|(id, _)| feature(rules, id).is_none());
    let foreign = foreign.map(|(_, value)| value_words(project, None, value));
    known.chain(foreign).collect::<Vec<_>>().join(" · ")
}
