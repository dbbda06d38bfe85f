//! What a step did, in a sentence for the history: "Tag “President Berg” as actor".

use crate::model::{
    AnnotationEdit, AnnotationId, Answer, AnyRecord, DecisionEdit, DocumentEdit, Edit, End,
    EntityEdit, EntityId, FeatureId, LayerId, Project, RecordId, Relation, RelationEdit,
    RemarkEdit, TakeEdit, Verdict,
};
use crate::query::{label_of_end, record_words};

/// The longest quote in a sentence.
const QUOTE: usize = 60;

/// The sentence for an edit that led from one project to the other.
pub(crate) fn telling(before: &Project, after: &Project, edit: &Edit) -> String {
    Telling { before, after }.of(edit).unwrap_or_else(|| edit.title().to_owned())
}

struct Telling<'a> {
    before: &'a Project,
    after: &'a Project,
}

impl Telling<'_> {
    fn of(&self, edit: &Edit) -> Option<String> {
        match edit {
            Edit::Document(edit) => self.document(edit),
            Edit::Annotation(edit) => self.annotation(edit),
            Edit::Entity(edit) => self.entity(edit),
            Edit::Relation(edit) => self.relation(edit),
            Edit::Remark(edit) => self.remark(edit),
            Edit::Decision(edit) => self.decision(edit),
            Edit::Codebook(edit) => Some(format!("Add {} to the codebook", quoted(edit.name()))),
            Edit::Take(edit) => self.taken(edit),
            Edit::TakeSide(id, _) => {
                Some(format!("Decide for one version of {}", record_words(self.after, id)))
            }
            // A group that is called like its chief edit, or has no other, is told like it.
            Edit::Group { title, edits } => {
                let alone = || edits.first().filter(|_| edits.len() == 1);
                let chief = edits.iter().find(|edit| edit.title() == title).or_else(alone);
                chief.and_then(|edit| self.of(edit))
            }
        }
    }

    fn document(&self, edit: &DocumentEdit) -> Option<String> {
        let title =
            |project: &Project, id| project.sheet(id).map(|sheet| quoted(&sheet.document().title));
        Some(match edit {
            DocumentEdit::Add(document) => format!("Add document {}", quoted(&document.title)),
            DocumentEdit::Rename(id, to) => {
                format!("Rename document {} to {}", title(self.before, id)?, quoted(to))
            }
            DocumentEdit::SetLanguage(id, _) | DocumentEdit::SetField(id, ..) => {
                format!("Describe document {}", title(self.before, id)?)
            }
            DocumentEdit::Move(id, _) => format!("Move document {}", title(self.before, id)?),
            DocumentEdit::Erase(id) => format!("Erase document {}", title(self.before, id)?),
        })
    }

    fn annotation(&self, edit: &AnnotationEdit) -> Option<String> {
        Some(match edit {
            AnnotationEdit::Annotate(annotation) => {
                let words = self.words(&annotation.id);
                format!("Tag {words} as {}", self.layer(&annotation.layer))
            }
            AnnotationEdit::Place(id, _) => {
                let old = quoted(&label_of_end(self.before, &End::Annotation(id.clone())));
                format!("Move boundary: {old} is now {}", self.words(id))
            }
            AnnotationEdit::SetLayer(id, layer) => {
                format!("{} is now {}", self.words(id), self.layer(layer))
            }
            AnnotationEdit::SetCode(id, code) => {
                let layer = &self.after.annotation(id)?.layer;
                let code = code.as_ref().map(|code| {
                    let found = self.after.codebook.layer(layer).and_then(|l| l.code(code));
                    found.map_or_else(|| code.to_string(), |code| code.name.to_string())
                });
                let code = code.unwrap_or_else(|| "none".to_owned());
                format!("Code of {}: {code}", self.words(id))
            }
            AnnotationEdit::SetFeature(id, feature, value) => {
                let verb = if value.is_some() { "Set" } else { "Clear" };
                let layer = &self.after.annotation(id)?.layer;
                format!("{verb} {} of {}", self.feature(layer, feature), self.words(id))
            }
            AnnotationEdit::Attach(id, Some(entity)) => {
                format!("Attach {} to {}", self.words(id), self.name(entity))
            }
            AnnotationEdit::Attach(id, None) => format!("Detach {}", self.words(id)),
            AnnotationEdit::Erase(id) => format!("Erase annotation {}", self.words(id)),
        })
    }

    fn entity(&self, edit: &EntityEdit) -> Option<String> {
        Some(match edit {
            EntityEdit::Add(entity) => format!("Add record {}", quoted(&entity.name)),
            EntityEdit::Revise(entity) => {
                let old = &self.before.entities().get(&entity.id)?.name;
                if *old == entity.name {
                    format!("Change record {}", quoted(&entity.name))
                } else {
                    format!("Rename {} to {}", quoted(old), quoted(&entity.name))
                }
            }
            EntityEdit::Erase(id) => format!("Erase record {}", self.name(id)),
        })
    }

    fn relation(&self, edit: &RelationEdit) -> Option<String> {
        let told = |relation: &Relation| {
            let kind = self.after.codebook.relation(&relation.kind);
            let kind = kind.map_or(relation.kind.as_str(), |kind| kind.name.as_str());
            format!("{} {kind} {}", self.end(&relation.from), self.end(&relation.to))
        };
        Some(match edit {
            RelationEdit::Relate(relation) => format!("Link {}", told(relation)),
            RelationEdit::Revise(relation) => format!("Change link: {}", told(relation)),
            RelationEdit::Erase(id) => {
                format!("Erase link {}", told(self.before.relations().get(id)?))
            }
        })
    }

    fn remark(&self, edit: &RemarkEdit) -> Option<String> {
        let about = |id: &RecordId| self.about(id);
        match edit {
            RemarkEdit::Note(note) => Some(format!("Note on {}", about(&note.target)?)),
            RemarkEdit::Comment(comment) => {
                let did = match self.before.comments().get(&comment.id) {
                    None if comment.thread == comment.id => "Comment on",
                    None => "Answer on",
                    Some(old) if comment.resolved && !old.resolved => "Resolve the thread on",
                    Some(old) if old.resolved && !comment.resolved => "Reopen the thread on",
                    Some(_) => "Reword a comment on",
                };
                Some(format!("{did} {}", about(&comment.target)?))
            }
            RemarkEdit::EraseNote(id) => {
                let note = self.before.notes().get(id)?;
                Some(format!("Erase note on {}", about(&note.target)?))
            }
            RemarkEdit::EraseComment(id) => {
                let comment = self.before.comments().get(id)?;
                Some(format!("Erase a comment on {}", about(&comment.target)?))
            }
        }
    }

    /// What a note or comment is about.
    fn about(&self, id: &RecordId) -> Option<String> {
        match id {
            RecordId::Annotation(id) => Some(self.words(id)),
            RecordId::Entity(id) => Some(self.name(id)),
            RecordId::Document(id) => {
                Some(format!("document {}", quoted(&self.after.sheet(id)?.document().title)))
            }
            RecordId::Relation(id) => {
                let relation = self.after.relations().get(id)?;
                Some(format!(
                    "the link of {} and {}",
                    self.end(&relation.from),
                    self.end(&relation.to)
                ))
            }
            _ => None,
        }
    }

    fn decision(&self, edit: &DecisionEdit) -> Option<String> {
        let known = |id| self.after.decisions().get(id).or(self.before.decisions().get(id));
        Some(match edit {
            DecisionEdit::Decide(decision) => {
                let (words, name) = (quoted(decision.quote()), &decision.guest.name);
                if decision.records.is_some() {
                    return Some(match decision.verdict {
                        Verdict::Theirs => format!("Take {name}’s record {words}"),
                        Verdict::Both => format!("Take what {name} knows of {words} too"),
                        _ => format!("Keep my record {words}"),
                    });
                }
                match decision.verdict {
                    Verdict::Mine => format!("Keep mine at {words}"),
                    Verdict::Theirs => format!("Take {name}’s at {words}"),
                    Verdict::Both => format!("Take {name}’s beside mine at {words}"),
                    Verdict::Neither => format!("Reject both at {words}"),
                    Verdict::Ask => format!("Ask {name} about {words}"),
                    Verdict::Edited => format!("Decide by my own version at {words}"),
                }
            }
            DecisionEdit::Answer(id, answer) => {
                let words = quoted(known(id)?.quote());
                match answer {
                    Some(Answer::Accepted) => format!("Accept the decision on {words}"),
                    Some(Answer::Disputed(_)) => format!("Dispute the decision on {words}"),
                    None => format!("Take back the answer on {words}"),
                }
            }
            DecisionEdit::Erase(id) => format!("Open {} again", quoted(known(id)?.quote())),
        })
    }

    fn taken(&self, edit: &TakeEdit) -> Option<String> {
        match edit {
            TakeEdit::Put(AnyRecord::Annotation(record)) => {
                Some(format!("Take {}", self.words(&record.id)))
            }
            TakeEdit::Put(AnyRecord::Entity(record)) => {
                Some(format!("Take record {}", self.name(&record.id)))
            }
            TakeEdit::Put(_) | TakeEdit::Seen(..) => None,
        }
    }

    fn words(&self, id: &AnnotationId) -> String {
        self.end(&End::Annotation(id.clone()))
    }

    fn name(&self, id: &EntityId) -> String {
        self.end(&End::Entity(id.clone()))
    }

    fn end(&self, end: &End) -> String {
        let project = if self.after.layer_of(end).is_some() { self.after } else { self.before };
        quoted(&label_of_end(project, end))
    }

    fn layer(&self, id: &LayerId) -> String {
        let layer = self.after.codebook.layer(id);
        layer.map_or_else(|| id.to_string(), |layer| layer.name.to_lowercase())
    }

    fn feature(&self, layer: &LayerId, id: &FeatureId) -> String {
        let layer = self.after.codebook.layer(layer);
        let feature = layer.and_then(|layer| crate::model::feature(&layer.features, id));
        feature.map_or_else(|| id.to_string(), |feature| feature.name.to_lowercase())
    }
}

fn quoted(words: &str) -> String {
    match words.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("“{}…”", words.get(..end).unwrap_or_default().trim_end()),
        None => format!("“{words}”"),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::workbench::perform::telling;

    #[test]
    fn a_step_is_told_with_its_words() {
        let mut now = project();
        let mut told = Vec::new();
        let first = AnnotationId::new("a_1");
        for edit in [
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_1", "actor", 4, 12))),
            Edit::Annotation(AnnotationEdit::Annotate(annotation("a_2", "claim", 13, 20))),
            Edit::Relation(RelationEdit::Relate(relation("l_1", "claims", "a_1", "a_2"))),
            Edit::Relation(RelationEdit::Erase(RelationId::new("l_1"))),
            Edit::Group {
                title: "Erase annotation".to_owned(),
                edits: vec![Edit::Annotation(AnnotationEdit::Erase(first))],
            },
        ] {
            let after = apply(&now, &edit, &signature("x")).unwrap();
            told.push(telling(&now, &after, &edit));
            now = after;
        }
        assert_eq!(
            told,
            [
                "Tag “minister” as actor",
                "Tag “said no” as claim",
                "Link “minister” claims “said no”",
                "Erase link “minister” claims “said no”",
                "Erase annotation “minister”"
            ]
        );
    }
}
