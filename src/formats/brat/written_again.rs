//! Reads an export again as any brat folder is read, and compares it with the project: every span with its words and
//! code, every link, every note.

use crate::formats::brat::naming::documents;
use crate::formats::brat::write::one_line;
use crate::formats::brat::{Asked, File, MAPPING, read, read_mapping};
use crate::jobs::Progress;
use crate::model::{
    Annotation, Annotator, DocumentId, End, Hand, Project, RecordId, Sheet, Signature, Stamp,
};
use crate::text::{Offset, Text, with_plain_line_ends};
use jiff::Timestamp;

/// What is said in a document: spans, links and notes in words that can be compared.
type Said = Vec<String>;

/// Whether the files say what the project says, as far as brat can say it.
pub fn says_the_same(files: &[File], project: &Project, only: Option<&DocumentId>) -> bool {
    let mapping = files.iter().find(|file| file.name == MAPPING);
    let Some(mapping) = mapping.and_then(|file| read_mapping(&file.bytes).ok()) else {
        return false;
    };
    let stamp = Stamp::new(Annotator::new(""), Timestamp::UNIX_EPOCH, "");
    let signature = Signature { hand: Hand::new("again"), stamp };
    let codebook = project.codebook.clone();
    let (signature, progress) = (&signature, &Progress::default());
    let asked = Asked { folder: "", mapping: Some(&mapping), codebook, signature, progress };
    let again = read(files, &asked);
    let said = |project: &Project, sheets: &[&Sheet]| {
        let mut all: Vec<(String, Said)> =
            sheets.iter().map(|sheet| said(project, sheet)).collect();
        all.sort();
        all
    };
    again.failed.is_empty()
        && said(project, &documents(project, only))
            == said(&again.project, &documents(&again.project, None))
}

fn said(project: &Project, sheet: &Sheet) -> (String, Said) {
    let text = &sheet.document().text;
    let mut said = Said::new();
    for annotation in sheet.annotations_in_order() {
        let Some(tag) = tag(annotation, text) else { continue };
        let entity = annotation.entity.as_ref().and_then(|id| project.entities().get(id));
        let name = entity.map_or_else(String::new, |entity| one_line(&entity.name));
        said.push(format!("{tag} is {name}"));
        said.extend(notes(project, &RecordId::Annotation(annotation.id.clone()), &tag));
        let own = End::Annotation(annotation.id.clone());
        for link in project.relations_at(&own).filter(|link| link.from == own) {
            let End::Annotation(to) = &link.to else { continue };
            let to = sheet.annotations().get(to).and_then(|to| self::tag(to, text));
            let Some(to) = to else { continue };
            // Ends of one that means the same both ways may be turned: their ids are others now.
            let mut ends = [tag.clone(), to];
            if project.codebook.relation(&link.kind).is_some_and(|kind| kind.symmetric) {
                ends.sort();
            }
            let words = format!("{} {}", link.kind, ends.join(" → "));
            said.extend(notes(project, &RecordId::Relation(link.id.clone()), &words));
            said.push(words);
        }
    }
    said.sort();
    (with_plain_line_ends(text.as_str()), said)
}

/// A tag by layer, code, places and words; none for one that has lost its place.
fn tag(annotation: &Annotation, text: &Text) -> Option<String> {
    if annotation.place.is_orphan() {
        return None;
    }
    let spans = annotation.place.fragments().spans().iter();
    let places: Vec<String> = spans
        .map(|span| {
            let (start, end) = (count(text, span.start()), count(text, span.end()));
            format!("{start}–{end} {}", one_line(text.slice(*span)))
        })
        .collect();
    Some(format!("{} {:?} {}", annotation.layer, annotation.code, places.join("; ")))
}

/// Code points before `offset` once line ends are plain.
fn count(text: &Text, offset: Offset) -> u32 {
    if !text.as_str().contains(['\r', '\u{feff}']) {
        return text.code_points(offset);
    }
    let before = text.as_str().get(..offset.bytes()).unwrap_or_default();
    with_plain_line_ends(before).chars().count() as u32
}

fn notes(project: &Project, target: &RecordId, words: &str) -> Vec<String> {
    let remarks = project.remarks_on(target).into_iter();
    let notes = remarks.filter_map(|id| match id {
        RecordId::Note(id) => project.notes().get(&id),
        _ => None,
    });
    notes.map(|note| format!("{words} note {}", one_line(&note.text))).collect()
}
