//! How much there is, by layer, code and document.

use crate::model::{Annotator, CodeId, DocumentId, LayerId, Project, all_records, each_kind};
use std::collections::{BTreeMap, BTreeSet};

/// How much a project holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All annotations.
    pub annotations: usize,
    /// Annotations of each layer that has any.
    pub by_layer: BTreeMap<LayerId, usize>,
    /// Annotations with each code, and with none, of each layer.
    pub by_code: BTreeMap<(LayerId, Option<CodeId>), usize>,
    /// Annotations in each document, those without any included.
    pub by_document: BTreeMap<DocumentId, usize>,
    /// Annotations whose words are lost.
    pub orphans: usize,
    /// Relations.
    pub links: usize,
    /// Actors, issues, event records.
    pub entities: usize,
    /// Notes.
    pub notes: usize,
    /// Comments.
    pub comments: usize,
    /// Records that wait for a decision between their sides.
    pub conflicts: usize,
    /// Everybody who has made or revised something that stands.
    pub annotators: BTreeSet<Annotator>,
}

/// Counts everything once.
pub fn counts(project: &Project) -> Counts {
    let mut counts = Counts {
        annotations: project.annotation_count(),
        links: project.relations().len(),
        entities: project.entities().len(),
        notes: project.notes().len(),
        comments: project.comments().len(),
        ..Counts::default()
    };
    for (id, sheet) in project.sheets() {
        counts.by_document.insert(id.clone(), sheet.annotations().len());
    }
    for annotation in project.annotations() {
        *counts.by_layer.entry(annotation.layer.clone()).or_default() += 1;
        let code = (annotation.layer.clone(), annotation.code.clone());
        *counts.by_code.entry(code).or_default() += 1;
        counts.orphans += usize::from(annotation.place.is_orphan());
    }
    for record in all_records(project) {
        counts.conflicts += usize::from(record.has_conflict());
        let stamps =
            each_kind!(&record, record => [record.made.as_ref(), record.revised.as_deref()]);
        for stamp in stamps.into_iter().flatten() {
            if !counts.annotators.contains(stamp.by()) {
                counts.annotators.insert(stamp.by().clone());
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::query::counts;

    #[test]
    fn everything_is_counted_where_it_is() {
        let coded = Annotation {
            code: Some(CodeId::new("actor.person")),
            ..annotation("a_2", "actor", 4, 12)
        };
        let note = Note {
            id: NoteId::new("n_1"),
            target: RecordId::Annotation(AnnotationId::new("a_1")),
            text: "Sure".into(),
        };
        let mut other = signature("y");
        other.stamp = Stamp::new(Annotator::new("Boris"), other.stamp.at, "test");
        let edits = [
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_1", "actor", 0, 3))),
            Edit::Annotation(AnnotationEdit::Annotate(coded)),
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_3", "claim", 13, 20))),
            Edit::Relation(RelationEdit::Relate(relation("l_1", "claims", "a_1", "a_3"))),
            Edit::Remark(RemarkEdit::Note(note)),
            Edit::Document(DocumentEdit::Add(document("d_2"))),
        ];
        let project =
            edits.iter().fold(project(), |project, edit| apply(&project, edit, &other).unwrap());
        let counts = counts(&project);
        assert_eq!((counts.annotations, counts.links, counts.notes, counts.comments), (3, 1, 1, 0));
        assert_eq!(counts.by_layer.into_values().collect::<Vec<_>>(), [2, 1]);
        assert_eq!(counts.by_code[&(LayerId::new("actor"), None)], 1);
        assert_eq!(counts.by_code[&(LayerId::new("actor"), Some(CodeId::new("actor.person")))], 1);
        assert_eq!(counts.by_document.into_values().collect::<Vec<_>>(), [3, 0]);
        let names: Vec<_> = counts.annotators.iter().map(Annotator::as_str).collect();
        assert_eq!(names, ["Anna", "Boris"]);
    }
}
