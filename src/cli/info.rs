//! `matryoshka info`: how much a project holds, for people and as JSON that others may rely on.

use crate::cli::answer::Answer;
use crate::cli::arguments::InfoAsk;
use crate::cli::open;
use crate::model::{Project, check};
use crate::query;
use crate::workbench::{Notice, Office};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The answer. Members may be added, none renamed or taken away.
#[derive(Serialize)]
struct Info {
    documents: usize,
    annotations: Annotations,
    links: usize,
    entities: usize,
    notes: usize,
    comments: usize,
    annotators: Vec<String>,
    problems: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_only: Option<String>,
    document_list: Vec<DocumentLine>,
}

#[derive(Serialize)]
struct Annotations {
    total: usize,
    by_layer: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct DocumentLine {
    id: String,
    title: String,
    annotations: usize,
}

pub(crate) fn answer(ask: &InfoAsk, office: &mut Office) -> Result<Answer, Notice> {
    let loaded = open::project(&ask.project, office)?;
    let info = info(&loaded.project, loaded.read_only.clone());
    let answer = if ask.json { Answer::json(&info)? } else { Answer::words(words(&info)) };
    Ok(answer.with_remarks(open::remarks(&loaded, &ask.project)))
}

fn info(project: &Project, read_only: Option<String>) -> Info {
    let counts = query::counts(project);
    let layers = project.codebook.layers.iter().map(|layer| (layer.id.to_string(), 0));
    let mut by_layer: BTreeMap<String, usize> = layers.collect();
    by_layer.extend(counts.by_layer.iter().map(|(layer, count)| (layer.to_string(), *count)));
    let document_list: Vec<DocumentLine> = project
        .documents_in_order()
        .into_iter()
        .map(|sheet| DocumentLine {
            id: sheet.document().id.to_string(),
            title: sheet.document().title.to_string(),
            annotations: sheet.annotations().len(),
        })
        .collect();
    Info {
        documents: document_list.len(),
        annotations: Annotations { total: counts.annotations, by_layer },
        links: counts.links,
        entities: counts.entities,
        notes: counts.notes,
        comments: counts.comments,
        annotators: counts.annotators.iter().map(|name| name.as_str().to_owned()).collect(),
        problems: check(project).len(),
        read_only,
        document_list,
    }
}

fn words(info: &Info) -> String {
    let layers: Vec<String> =
        info.annotations.by_layer.iter().map(|(layer, count)| format!("{layer} {count}")).collect();
    let annotations = format!("{} ({})", info.annotations.total, layers.join(", "));
    let annotators =
        if info.annotators.is_empty() { "–".into() } else { info.annotators.join(", ") };
    let rows = [
        ("documents", info.documents.to_string()),
        ("annotations", annotations),
        ("links", info.links.to_string()),
        ("entities", info.entities.to_string()),
        ("notes", info.notes.to_string()),
        ("comments", info.comments.to_string()),
        ("annotators", annotators),
        ("problems", info.problems.to_string()),
    ];
    let mut words = String::new();
    for (name, value) in rows {
        writeln!(words, "{name:<13}{value}").ok();
    }
    for line in &info.document_list {
        writeln!(words, "{}  {}", line.id, line.title).ok();
    }
    words
}
