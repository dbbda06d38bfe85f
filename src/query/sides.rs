//! A conflict as people read it: who wrote which side of a record, and in what the sides differ.
//!
//! Says nothing about who is right. Sides come from a merge (`review::merge`); one of them is taken by
//! `model::Edit::TakeSide`.

use crate::model::{
    Annotation, AnyRecord, CodeId, Comment, Document, Entity, Feature, Features, LayerId, Project,
    Record, RecordId, Relation, Stamp, all_records, each_kind, feature,
};
use crate::query::{cut, label_of_end, value_words};

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Who wrote it, when and how, if that is known.
    pub by: Option<Stamp>,
    /// In what it differs from another side; nothing where all say the same.
    pub says: Vec<Said>,
}

/// Something that a side says: `code`, `Person`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Of what.
    pub what: String,
    /// In words; a dash for nothing.
    pub words: String,
}

impl Side {
    /// All that it says on one line: `code Person, position supports`.
    pub fn line(&self) -> String {
        if self.says.is_empty() {
            return "the same as the other".to_owned();
        }
        let said = self.says.iter().map(|said| format!("{} {}", said.what, said.words));
        said.collect::<Vec<_>>().join(", ")
    }
}

/// The records of which several sides wait for a decision.
pub fn conflicts(project: &Project) -> Vec<RecordId> {
    all_records(project).filter(AnyRecord::has_conflict).map(|record| record.id()).collect()
}

/// The sides of a record, the one that stands in the file first; none where there is no conflict.
pub fn sides(project: &Project, id: &RecordId) -> Vec<Side> {
    let Some(record) = project.get(id).filter(AnyRecord::has_conflict) else { return Vec::new() };
    let facts: Vec<Facts> = match &record {
        AnyRecord::Document(record) => each(record, |value| document(project, value)),
        AnyRecord::Entity(record) => each(record, |value| entity(project, value)),
        AnyRecord::Annotation(record) => each(record, |value| annotation(project, value)),
        AnyRecord::Relation(record) => each(record, |value| relation(project, value)),
        AnyRecord::Note(record) => each(record, |note| vec![fact("words", cut(&note.text))]),
        AnyRecord::Comment(record) => each(record, comment),
        AnyRecord::Decision(record) => each(record, |_| Facts::new()),
    };
    let stamps: Vec<Option<Stamp>> = each_kind!(&record, record => {
        let all = std::iter::once(record.as_ref()).chain(&record.conflict);
        all.map(|side| side.revised.as_deref().or(side.made.as_ref()).cloned()).collect()
    });
    let mut told: Vec<&String> = Vec::new();
    for (what, _) in facts.iter().flatten() {
        let words = facts.first().map(|first| words_of(first, what));
        let differs = facts.iter().any(|side| Some(words_of(side, what)) != words);
        if differs && !told.contains(&what) {
            told.push(what);
        }
    }
    let says = |side: &Facts| {
        let said = |what: &&String| Said {
            what: (*what).clone(),
            words: words_of(side, what).unwrap_or("–").to_owned(),
        };
        told.iter().map(said).collect()
    };
    stamps.into_iter().zip(&facts).map(|(by, side)| Side { by, says: says(side) }).collect()
}

/// What a person calls a record: `actor “President Berg”`, `link “Berg” claims “the line”`.
pub fn record_words(project: &Project, id: &RecordId) -> String {
    let Some(record) = project.get(id) else { return id.as_str().to_owned() };
    match record {
        AnyRecord::Document(document) => format!("document “{}”", cut(&document.title)),
        AnyRecord::Entity(entity) => {
            format!("{} record “{}”", layer_name(project, &entity.layer), cut(&entity.name))
        }
        AnyRecord::Annotation(annotation) => {
            let layer = layer_name(project, &annotation.layer);
            format!("{layer} “{}”", quote(project, &annotation))
        }
        AnyRecord::Relation(relation) => format!("link {}", link(project, &relation)),
        AnyRecord::Note(note) => format!("note on {}", about(project, &note.target)),
        AnyRecord::Comment(comment) => format!("comment on {}", about(project, &comment.target)),
        AnyRecord::Decision(_) => "decision of a review".to_owned(),
    }
}

/// What a side says, by names, in the order of the codebook.
type Facts = Vec<(String, String)>;

fn fact(what: &str, words: impl Into<String>) -> (String, String) {
    (what.to_owned(), words.into())
}

fn words_of<'a>(facts: &'a Facts, what: &str) -> Option<&'a str> {
    facts.iter().find(|(name, _)| name == what).map(|(_, words)| words.as_str())
}

fn each<T>(record: &Record<T>, facts: impl Fn(&T) -> Facts) -> Vec<Facts> {
    let sides = std::iter::once(record).chain(&record.conflict);
    sides.map(|side| facts(&side.value)).collect()
}

/// A remark is about a record, never about another remark.
fn about(project: &Project, target: &RecordId) -> String {
    match target {
        RecordId::Note(_) | RecordId::Comment(_) => "a remark".to_owned(),
        other => record_words(project, other),
    }
}

fn document(project: &Project, document: &Document) -> Facts {
    let length = document.text.len_code_points();
    let mut facts = vec![
        fact("title", document.title.as_str()),
        fact("language", document.language.as_str()),
        fact("place", document.order.to_string()),
        fact("text", format!("of {length} characters ({})", document.text.digest())),
    ];
    facts.extend(features(project, &project.codebook.document_features, &document.meta));
    facts
}

fn entity(project: &Project, entity: &Entity) -> Facts {
    let rules = project.codebook.layer(&entity.layer);
    let mut facts = vec![fact("name", entity.name.as_str())];
    facts.extend(
        (!entity.aliases.is_empty()).then(|| fact("other names", entity.aliases.join("; "))),
    );
    facts.extend(code(project, &entity.layer, entity.code.as_ref()));
    let rules = rules.map_or(&[][..], |layer| &layer.entity_features);
    facts.extend(features(project, rules, &entity.features));
    facts
}

fn annotation(project: &Project, annotation: &Annotation) -> Facts {
    let rules = project.codebook.layer(&annotation.layer);
    let mut facts = vec![
        fact(
            "words",
            format!("“{}” ({})", quote(project, annotation), places(project, annotation)),
        ),
        fact("layer", layer_name(project, &annotation.layer)),
    ];
    facts.extend(code(project, &annotation.layer, annotation.code.as_ref()));
    let named = |id| project.entities().get(id).map_or("", |entity| entity.name.as_str());
    facts.extend(annotation.entity.as_ref().map(|id| fact("record", format!("“{}”", named(id)))));
    let rules = rules.map_or(&[][..], |layer| &layer.features);
    facts.extend(features(project, rules, &annotation.features));
    facts
}

fn relation(project: &Project, relation: &Relation) -> Facts {
    let rules = project.codebook.relation(&relation.kind);
    let mut facts = vec![fact("link", link(project, relation))];
    let rules = rules.map_or(&[][..], |kind| &kind.features);
    facts.extend(features(project, rules, &relation.features));
    facts
}

fn comment(comment: &Comment) -> Facts {
    let state = if comment.resolved { "resolved" } else { "open" };
    vec![fact("words", cut(&comment.text)), fact("state", state)]
}

fn code(project: &Project, layer: &LayerId, code: Option<&CodeId>) -> Option<(String, String)> {
    let id = code?;
    let known = project.codebook.layer(layer).and_then(|layer| layer.code(id));
    Some(fact("code", known.map_or(id.as_str(), |code| code.name.as_str())))
}

fn features(project: &Project, rules: &[Feature], set: &Features) -> Facts {
    let mut told: Vec<_> = set.iter().collect();
    told.sort_by_key(|(id, _)| rules.iter().position(|rule| rule.id == **id));
    let told = told.into_iter().map(|(id, value)| {
        let rule = feature(rules, id);
        let name = rule.map_or_else(|| id.to_string(), |rule| rule.name.to_lowercase());
        (name, value_words(project, rule, value))
    });
    told.collect()
}

fn quote(project: &Project, annotation: &Annotation) -> String {
    let sheet = project.sheet(&annotation.document);
    cut(&sheet.map(|sheet| annotation.words(&sheet.document().text)).unwrap_or_default())
}

/// Where it is, in the offsets of the file.
fn places(project: &Project, annotation: &Annotation) -> String {
    let Some(sheet) = project.sheet(&annotation.document) else { return String::new() };
    let text = &sheet.document().text;
    let spans = annotation.place.fragments().spans().iter();
    let told = spans
        .map(|span| format!("{}–{}", text.code_points(span.start()), text.code_points(span.end())));
    told.collect::<Vec<_>>().join(", ")
}

fn layer_name(project: &Project, id: &LayerId) -> String {
    let layer = project.codebook.layer(id);
    layer.map_or_else(|| id.to_string(), |layer| layer.name.to_lowercase())
}

fn link(project: &Project, relation: &Relation) -> String {
    let kind = project.codebook.relation(&relation.kind);
    let kind = kind.map_or(relation.kind.as_str(), |kind| kind.name.as_str());
    let end = |end| cut(&label_of_end(project, end));
    format!("“{}” {kind} “{}”", end(&relation.from), end(&relation.to))
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::{conflicts, record_words, sides};
    use std::sync::Arc;

    /// An annotation of which Anna wrote one side and Boris another, with a word and a code.
    fn torn() -> (Project, RecordId) {
        let edit = Edit::Annotation(AnnotationEdit::Annotate(annotation("a_1", "actor", 4, 12)));
        let mut project = apply(&project(), &edit, &signature("x")).unwrap();
        let id = AnnotationId::new("a_1");
        let mut record = Record::clone(project.annotation(&id).unwrap());
        let mut other = Record { version: Version::of(Hand::new("y"), 1), ..record.clone() };
        other.value.code = Some(CodeId::new("actor.person"));
        other.value.place = annotation("a_1", "actor", 4, 17).place;
        let at = "2026-11-23T16:58:00Z".parse().unwrap();
        other.revised = Some(Box::new(Stamp::new(Annotator::new("Boris"), at, "key")));
        record.conflict.push(other);
        project.put(AnyRecord::Annotation(Arc::new(record)));
        (project, RecordId::Annotation(id))
    }

    #[test]
    fn sides_say_who_wrote_them_and_only_what_differs() {
        let (project, id) = torn();
        assert_eq!(conflicts(&project), std::slice::from_ref(&id));
        assert_eq!(record_words(&project, &id), "actor “minister”");
        let sides = sides(&project, &id);
        let lines: Vec<String> = sides.iter().map(crate::query::Side::line).collect();
        assert_eq!(
            lines,
            ["words “minister” (4–12), code –", "words “minister said” (4–17), code actor.person"]
        );
        assert_eq!(sides[1].by.as_ref().map(|stamp| stamp.by().as_str()), Some("Boris"));
    }

    #[test]
    fn sides_that_say_the_same_say_so_and_a_decided_record_has_none() {
        let (mut project, id) = torn();
        let RecordId::Annotation(annotation) = &id else { panic!("it is an annotation") };
        let mut record = Record::clone(project.annotation(annotation).unwrap());
        record.conflict[0].value = record.value.clone();
        project.put(AnyRecord::Annotation(Arc::new(record.clone())));
        let lines: Vec<String> =
            sides(&project, &id).iter().map(crate::query::Side::line).collect();
        assert_eq!(lines, ["the same as the other", "the same as the other"]);
        record.conflict.clear();
        project.put(AnyRecord::Annotation(Arc::new(record)));
        assert!(sides(&project, &id).is_empty() && conflicts(&project).is_empty());
    }
}
