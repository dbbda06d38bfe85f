//! Annotation JSON: annotations for other programs, flat and self-explaining, as one file or one a line.
//!
//! Written here; read (`read`) only to lay a colleague's annotations over my texts, for it holds no text and no versions.
//! The schema is `assets/schema/matryoshka-annotations.schema.json`.

mod read;

pub use read::{Laid, looks_like_annotations, read};

use crate::formats::native::write_features;
use crate::formats::object::{Object, lines};
use crate::model::{
    Annotation, AnnotationId, Document, DocumentId, End, Place, Project, Record, RecordId,
    Relation, Sheet, Stamp,
};
use crate::text::{Offset, Span, Text};

/// How the annotations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object with the documents and all annotations.
    Json,
    /// JSON Lines: one annotation a line, each understood by itself.
    Lines,
}

/// Writes the annotations of the project, or of one document.
pub fn write(project: &Project, only: Option<&DocumentId>, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    let sheets: Vec<&Sheet> = project
        .sheets()
        .values()
        .filter(|sheet| only.is_none_or(|id| sheet.document().id == *id))
        .collect();
    let annotations = sheets.iter().flat_map(|sheet| {
        sheet.annotations_in_order().into_iter().map(|annotation| (*sheet, annotation))
    });
    match form {
        Form::Lines => {
            for (sheet, annotation) in annotations {
                write_annotation(&mut out, project, sheet.document(), annotation);
                out.push(b'\n');
            }
        }
        Form::Json => {
            let mut object = Object::open(&mut out);
            object.text("format", "matryoshka-annotations");
            object.raw("version", r#"{"major":1,"minor":0}"#);
            object.text("project", project.id.as_str());
            lines(object.key("documents"), "", &sheets, |out, sheet| {
                write_document(out, sheet.document());
            });
            lines(object.key("annotations"), "", annotations, |out, (sheet, annotation)| {
                write_annotation(out, project, sheet.document(), annotation);
            });
            object.close();
            out.push(b'\n');
        }
    }
    out
}

fn write_document(out: &mut Vec<u8>, document: &Document) {
    let mut object = Object::open(out);
    object.text("id", document.id.as_str());
    object.text("title", &document.title);
    object.words("language", &document.language);
    object.text("digest", &format!("sha256:{}", document.text.digest()));
    object.raw("length", document.text.len_code_points());
    object.close();
}

fn write_annotation(
    out: &mut Vec<u8>,
    project: &Project,
    document: &Document,
    annotation: &Record<Annotation>,
) {
    let mut object = Object::open(out);
    object.text("id", annotation.id.as_str());
    named(&mut object, "document", document.id.as_str(), "title", &document.title);
    let layer = project.codebook.layer(&annotation.layer);
    let name = layer.map_or(annotation.layer.as_str(), |layer| &layer.name);
    named(&mut object, "layer", annotation.layer.as_str(), "name", name);
    if let Some(code) = &annotation.code {
        let known = layer.and_then(|layer| layer.code(code));
        named(
            &mut object,
            "code",
            code.as_str(),
            "name",
            known.map_or(code.as_str(), |code| &code.name),
        );
    }
    write_place(&mut object, &annotation.place, &document.text);
    write_features(object.key("features"), &annotation.features);
    if let Some(id) = &annotation.entity {
        let entity = project.entities().get(id);
        named(&mut object, "entity", id.as_str(), "name", entity.map_or("", |entity| &entity.name));
    }
    let end = End::Annotation(annotation.id.clone());
    let relations: Vec<_> = project.relations_at(&end).collect();
    crate::formats::object::list(object.key("links"), relations, |out, relation| {
        write_link(out, project, relation, &annotation.id);
    });
    write_times(&mut object, annotation);
    if let Some(note) = project.note_on(&RecordId::Annotation(annotation.id.clone())) {
        object.text("note", &note.text);
    }
    object.close();
}

fn named(object: &mut Object<'_>, member: &str, id: &str, label: &str, name: &str) {
    let mut inner = Object::open(object.key(member));
    inner.text("id", id);
    inner.text(label, name);
    inner.close();
}

fn write_place(object: &mut Object<'_>, place: &Place, text: &Text) {
    let fragments = place.fragments();
    let quotes = match place {
        Place::Anchored(_) => None,
        Place::Orphan(orphan) => Some(&orphan.quotes),
    };
    let quote = |at: usize, span: Span| match quotes {
        None => text.slice(span),
        Some(quotes) => quotes.get(at).map_or("", |quote| &**quote),
    };
    write_span(object, fragments.hull(), quote(0, fragments.hull()), text);
    if fragments.is_discontinuous() {
        let spans = fragments.spans().iter().enumerate();
        crate::formats::object::list(object.key("fragments"), spans, |out, (at, span)| {
            let mut inner = Object::open(out);
            write_span(&mut inner, *span, quote(at + 1, *span), text);
            inner.close();
        });
    }
    object.flag("orphan", place.is_orphan());
}

/// The words of a span and its offsets in code points, UTF-16 units and bytes.
fn write_span(object: &mut Object<'_>, span: Span, quote: &str, text: &Text) {
    object.text("quote", quote);
    object.raw("start", text.code_points(span.start()));
    object.raw("end", text.code_points(span.end()));
    let mut both = |name: &str, count: &dyn Fn(Offset) -> u32| {
        let mut inner = Object::open(object.key(name));
        inner.raw("start", count(span.start()));
        inner.raw("end", count(span.end()));
        inner.close();
    };
    both("utf16", &|offset| text.utf16(offset));
    both("utf8", &|offset| offset.0);
}

fn write_link(out: &mut Vec<u8>, project: &Project, relation: &Relation, from: &AnnotationId) {
    let starts_here = matches!(&relation.from, End::Annotation(id) if id == from);
    let other = if starts_here { &relation.to } else { &relation.from };
    let kind = project.codebook.relation(&relation.kind);
    let mut object = Object::open(out);
    object.text("id", relation.id.as_str());
    object.text("relation", relation.kind.as_str());
    object.text("name", kind.map_or(relation.kind.as_str(), |kind| &kind.name));
    object.text("direction", if starts_here { "out" } else { "in" });
    let mut inner = Object::open(object.key("other"));
    match other {
        End::Annotation(id) => {
            inner.text("kind", "annotation");
            inner.text("id", id.as_str());
            let home = project.home_of(id).zip(project.annotation(id));
            let quote = home.map(|(sheet, other)| other.words(&sheet.document().text));
            inner.text("quote", &quote.unwrap_or_default());
        }
        End::Entity(id) => {
            inner.text("kind", "entity");
            inner.text("id", id.as_str());
            inner.text("name", project.entities().get(id).map_or("", |entity| &entity.name));
        }
    }
    inner.close();
    if !relation.features.is_empty() {
        write_features(object.key("features"), &relation.features);
    }
    object.close();
}

fn write_times(object: &mut Object<'_>, annotation: &Record<Annotation>) {
    let at = |stamp: &Stamp| stamp.at.to_string();
    if let Some(made) = &annotation.made {
        object.text("annotator", made.by().as_str());
        object.text("made", &at(made));
    }
    if let Some(revised) = &annotation.revised {
        object.text("revised", &at(revised));
        object.text("revised_by", revised.by().as_str());
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::annotation_json::{Form, write};
    use crate::formats::sample::{TEXT, project};
    use crate::model::DocumentId;
    use serde_json::{Value, json};

    fn exported() -> Value {
        serde_json::from_slice(&write(&project(), None, Form::Json)).unwrap()
    }

    fn number(span: &Value, name: &str) -> usize {
        span[name].as_u64().unwrap() as usize
    }

    #[test]
    fn offsets_find_the_quote_in_each_way_of_counting() {
        let points: Vec<char> = TEXT.chars().collect();
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        let export = exported();
        let anchored = |annotation: &&Value| annotation.get("orphan").is_none();
        let annotations = export["annotations"].as_array().unwrap();
        let spans: Vec<&Value> = annotations
            .iter()
            .filter(anchored)
            .flat_map(|annotation| {
                annotation["fragments"].as_array().into_iter().flatten().chain([annotation])
            })
            .collect();
        assert_eq!(spans.len(), 4);
        for span in spans {
            let quote = span["quote"].as_str().unwrap();
            let (start, end) = (number(span, "start"), number(span, "end"));
            assert_eq!(points[start..end].iter().collect::<String>(), quote);
            let utf16 = &span["utf16"];
            let found = &units[number(utf16, "start")..number(utf16, "end")];
            assert_eq!(String::from_utf16(found).unwrap(), quote);
            let utf8 = &span["utf8"];
            let found = TEXT.get(number(utf8, "start")..number(utf8, "end"));
            assert_eq!(found, Some(quote));
        }
    }

    #[test]
    fn links_are_told_from_both_ends() {
        let export = exported();
        let (a1, a2) = (&export["annotations"][0], &export["annotations"][1]);
        assert_eq!(
            a1["links"][0],
            json!({"id": "l_1", "relation": "claims", "name": "claims", "direction": "out",
                "other": {"kind": "annotation", "id": "a_2", "quote": "said no … сказал нет."},
                "features": {"role": "speaker"}})
        );
        assert_eq!(
            a1["links"][1]["other"],
            json!({"kind": "entity", "id": "n_2", "name": "The ministry"})
        );
        assert_eq!(a2["links"][0]["direction"], "in");
        assert_eq!(a1["entity"], json!({"id": "n_1", "name": "Anton Berg"}));
        assert_eq!(a1["note"], "Who is “he”?\ttab");
        assert_eq!((&a1["annotator"], &a1["revised_by"]), (&json!("Anna"), &json!("Борис")));
        assert_eq!(a2["features"]["tags"], json!(["b", "a"]));
    }

    #[test]
    fn one_document_can_be_had_alone() {
        let only = |id: &str| write(&project(), Some(&DocumentId::new(id)), Form::Lines);
        assert_eq!(only("d_1"), write(&project(), None, Form::Lines));
        assert!(only("d_2").is_empty());
        let export: Value =
            serde_json::from_slice(&write(&project(), Some(&DocumentId::new("d_2")), Form::Json))
                .unwrap();
        assert_eq!(export["documents"][0]["id"], "d_2");
    }
}
