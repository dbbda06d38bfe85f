//! Wishes about documents.

use crate::model::{
    AnyRecord, Document, DocumentEdit, DocumentId, Edit, Features, Project, RecordId, Source,
    dependants,
};
use crate::text::{MAX_TEXT_BYTES, Text, language_by_script};
use crate::workbench::perform::annotation::erasure;
use crate::workbench::perform::{Plan, missing};
use crate::workbench::{DocumentCommand, Ids, Notice};
use smol_str::SmolStr;

/// Longest title taken from a text's first line, in characters.
const TITLE: usize = 120;

pub(crate) fn plan(
    project: &Project,
    command: &DocumentCommand,
    ids: &mut Ids,
) -> Result<Option<Plan>, Notice> {
    Ok(Some(match command {
        DocumentCommand::Add(documents) => {
            let Some(first) = documents.first() else { return Ok(None) };
            let id = RecordId::Document(first.id.clone());
            let add = |document: &Document| Edit::Document(DocumentEdit::Add(document.clone()));
            let edit = match documents.len() {
                1 => add(first),
                count => Edit::Group {
                    title: format!("Add {count} documents"),
                    edits: documents.iter().map(add).collect(),
                },
            };
            Plan::of(edit).making(id)
        }
        DocumentCommand::Paste { text } => {
            let document = pasted(project, text, ids)?;
            let id = RecordId::Document(document.id.clone());
            Plan::of(Edit::Document(DocumentEdit::Add(document))).making(id)
        }
        DocumentCommand::Rename(id, title) => {
            if title.trim().is_empty() {
                return Err(Notice::error("A document needs a title", "write a word or two"));
            }
            Plan::of(Edit::Document(DocumentEdit::Rename(id.clone(), title.trim().into())))
        }
        DocumentCommand::SetLanguage(id, code) => {
            let code: SmolStr = code.trim().into();
            Plan::of(Edit::Document(DocumentEdit::SetLanguage(id.clone(), code)))
        }
        DocumentCommand::Move(id, to) => return Ok(moved(project, id, *to)),
        DocumentCommand::SetField(id, field, value) => Plan::of(Edit::Document(
            DocumentEdit::SetField(id.clone(), field.clone(), value.clone()),
        )),
        DocumentCommand::Erase(id) => erase(project, id)?,
    }))
}

/// A document of a text that was read from a file or pasted; its first line gives the title when it is short.
pub(crate) fn document_from_text(
    id: SmolStr,
    content: String,
    source: Option<Source>,
    order: i64,
) -> Document {
    let first = content.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let name = source.as_ref().map(|source| source.name.as_str()).unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let title = match (first.chars().count() <= TITLE, stem.is_empty()) {
        (true, _) => first.to_owned(),
        (false, false) => stem.to_owned(),
        (false, true) => first.chars().take(TITLE / 2).chain("…".chars()).collect(),
    };
    Document {
        id: DocumentId::new(id),
        title: title.into(),
        language: language_by_script(&content).into(),
        meta: Features::new(),
        source,
        order,
        text: Text::new(content),
        stated_digest: None,
    }
}

fn pasted(project: &Project, text: &str, ids: &mut Ids) -> Result<Document, Notice> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(Notice::error("The pasted text is too long", "split it; 256 MB is the most"));
    }
    if text.trim().is_empty() {
        return Err(Notice::error("Nothing to paste", "copy the words of an article first"));
    }
    let content = crate::text::decode(text.as_bytes())
        .map_err(|error| Notice::error("The pasted words are no text", error))?
        .content;
    Ok(document_from_text(ids.mint("d"), content, None, next_order(project)))
}

/// The place after the last document.
pub fn next_order(project: &Project) -> i64 {
    project.sheets().values().map(|sheet| sheet.document().order + 1).max().unwrap_or(0)
}

/// Documents keep the places there are; only those between the old and the new one get another.
fn moved(project: &Project, id: &DocumentId, to: usize) -> Option<Plan> {
    let sheets = project.documents_in_order();
    let mut places: Vec<i64> = sheets.iter().map(|sheet| sheet.document().order).collect();
    if places.iter().zip(places.iter().skip(1)).any(|(a, b)| a >= b) {
        places = (0..).take(sheets.len()).collect();
    }
    let mut order: Vec<&Document> = sheets.iter().map(|sheet| &sheet.document().value).collect();
    let from = order.iter().position(|document| document.id == *id)?;
    let document = order.remove(from);
    order.insert(to.min(order.len()), document);
    let edits: Vec<Edit> = order
        .iter()
        .zip(places)
        .filter(|(document, place)| document.order != *place)
        .map(|(document, place)| Edit::Document(DocumentEdit::Move(document.id.clone(), place)))
        .collect();
    let edit = Edit::Group { title: "Move document".to_owned(), edits };
    (!matches!(&edit, Edit::Group { edits, .. } if edits.is_empty())).then(|| Plan::of(edit))
}

fn erase(project: &Project, id: &DocumentId) -> Result<Plan, Notice> {
    let record = RecordId::Document(id.clone());
    if !project.has(&record) {
        return Err(missing(record));
    }
    let with = match dependants(project, &record).len() {
        0 => String::new(),
        1 => " with one annotation or note".to_owned(),
        more => format!(" with {more} annotations and notes"),
    };
    let edit = Edit::Group { title: "Erase document".to_owned(), edits: erasure(project, &record) };
    let title = match project.get(&record) {
        Some(AnyRecord::Document(document)) => document.title.clone(),
        _ => SmolStr::default(),
    };
    Ok(Plan::of(edit).saying(format!("Erased “{title}”{with}")))
}
