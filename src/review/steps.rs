//! My project on the way to what was decided: each edit is tried at once, and kept for the step.
//!
//! What is erased goes with what leads to it. Who wants what is said in `taking` and `fate`.

use crate::model::{
    Annotation, AnnotationEdit, AnyRecord, CodeId, Codebook, CodebookEdit, CodebookPart, Edit, End,
    Entity, EntityEdit, FeatureId, FeatureKind, Features, Holder, LayerId, Project, Record,
    RecordId, Refusal, Relation, RelationEdit, RelationId, RemarkEdit, Signature, TakeEdit, Value,
    apply, dependants, feature,
};
use smol_str::SmolStr;
use std::sync::Arc;

/// Edits, and the project as it is after them.
pub(crate) struct Steps<'a> {
    signature: &'a Signature,
    /// After the edits.
    pub(crate) now: Project,
    /// In their order.
    pub(crate) edits: Vec<Edit>,
    /// Parts of the other's codebook that mine has got by them.
    pub(crate) added: Vec<CodebookEdit>,
}

/// How far somebody had come, to go back there.
pub(crate) struct Mark {
    now: Project,
    edits: usize,
    added: usize,
}

type Done = Result<(), Refusal>;

impl<'a> Steps<'a> {
    pub(crate) fn new(project: &Project, signature: &'a Signature) -> Self {
        Self { signature, now: project.clone(), edits: Vec::new(), added: Vec::new() }
    }

    pub(crate) fn signature(&self) -> &'a Signature {
        self.signature
    }

    /// Costs nothing, however many edits there are.
    pub(crate) fn mark(&self) -> Mark {
        Mark { now: self.now.clone(), edits: self.edits.len(), added: self.added.len() }
    }

    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.now = mark.now;
        self.edits.truncate(mark.edits);
        self.added.truncate(mark.added);
    }

    pub(crate) fn run(&mut self, edit: Edit) -> Done {
        self.now = apply(&self.now, &edit, self.signature)?;
        self.edits.push(edit);
        Ok(())
    }

    /// Puts a record, unless it stands so already.
    pub(crate) fn put(&mut self, record: AnyRecord) -> Done {
        let stands = self.now.get(&record.id()).is_some_and(|old| {
            !old.has_conflict()
                && old.same_content(&record)
                && old.version().dominates(record.version())
        });
        if stands { Ok(()) } else { self.run(Edit::Take(TakeEdit::Put(record))) }
    }

    /// Sees to it that my codebook has a part that `book` has; of what both define otherwise mine stays.
    pub(crate) fn provide(&mut self, book: &Codebook, part: &CodebookPart) -> Done {
        if self.now.codebook.has(part) {
            return Ok(());
        }
        if let Some(edit) = book.part(part) {
            self.run(Edit::Codebook(Box::new(edit.clone())))?;
            self.added.push(edit);
        }
        Ok(())
    }

    pub(crate) fn provide_code(
        &mut self,
        book: &Codebook,
        layer: &LayerId,
        code: Option<&CodeId>,
    ) -> Done {
        self.provide(book, &CodebookPart::Layer(layer.clone()))?;
        let code = code.map(|code| CodebookPart::Code(layer.clone(), code.clone()));
        code.map_or(Ok(()), |code| self.provide(book, &code))
    }

    pub(crate) fn provide_features(
        &mut self,
        book: &Codebook,
        holder: &Holder,
        features: &Features,
    ) -> Done {
        for (id, value) in features {
            self.provide(book, &CodebookPart::Feature(holder.clone(), id.clone()))?;
            for word in self.words_that_my_list_lacks(holder, id, value) {
                self.provide(book, &CodebookPart::Value(holder.clone(), id.clone(), word))?;
            }
        }
        Ok(())
    }

    fn words_that_my_list_lacks(
        &self,
        holder: &Holder,
        id: &FeatureId,
        value: &Value,
    ) -> Vec<SmolStr> {
        let known = self.now.codebook.features_of(holder);
        let Some(known) = known.and_then(|known| feature(known, id)) else { return Vec::new() };
        if known.accepts(value) || !matches!(known.kind, FeatureKind::Choice { .. }) {
            return Vec::new();
        }
        match value {
            Value::Choice(word) => vec![word.clone()],
            Value::Several(words) => words.clone(),
            _ => Vec::new(),
        }
    }

    /// Away, with what leads to it; references to it are cleared.
    pub(crate) fn erase(&mut self, id: &RecordId) -> Done {
        if !self.now.has(id) {
            return Ok(());
        }
        let end = match id {
            RecordId::Annotation(id) => Some(End::Annotation(id.clone())),
            _ => None,
        };
        for dependant in dependants(&self.now, id) {
            match (&dependant, &end) {
                (RecordId::Annotation(_) | RecordId::Entity(_), Some(end)) => {
                    self.clear_references(&dependant, end)?;
                }
                (RecordId::Relation(link), Some(end)) if !self.is_at(link, end) => {
                    self.clear_references(&dependant, end)?;
                }
                _ => self.erase(&dependant)?,
            }
        }
        self.run(match id {
            RecordId::Annotation(id) => Edit::Annotation(AnnotationEdit::Erase(id.clone())),
            RecordId::Relation(id) => Edit::Relation(RelationEdit::Erase(id.clone())),
            RecordId::Note(id) => Edit::Remark(RemarkEdit::EraseNote(id.clone())),
            RecordId::Comment(id) => Edit::Remark(RemarkEdit::EraseComment(id.clone())),
            RecordId::Document(_) | RecordId::Entity(_) | RecordId::Decision(_) => return Ok(()),
        })
    }

    fn is_at(&self, link: &RelationId, end: &End) -> bool {
        let link = self.now.relations().get(link);
        link.is_some_and(|link| link.from == *end || link.to == *end)
    }

    fn clear_references(&mut self, id: &RecordId, end: &End) -> Done {
        let without = |features: &Features| {
            let mut features = features.clone();
            features.retain(|_, value| !matches!(value, Value::Reference(other) if other == end));
            features
        };
        match self.now.get(id) {
            Some(AnyRecord::Annotation(record)) => {
                let kept = without(&record.features);
                let gone = record.features.keys().filter(|name| !kept.contains_key(name));
                for name in gone {
                    let edit = AnnotationEdit::SetFeature(record.id.clone(), name.clone(), None);
                    self.run(Edit::Annotation(edit))?;
                }
                Ok(())
            }
            Some(AnyRecord::Entity(record)) => {
                let features = without(&record.features);
                let value = Entity { features, ..record.value.clone() };
                self.run(Edit::Entity(EntityEdit::Revise(value)))
            }
            Some(AnyRecord::Relation(record)) => {
                let features = without(&record.features);
                let value = Relation { features, ..record.value.clone() };
                self.run(Edit::Relation(RelationEdit::Revise(value)))
            }
            _ => Ok(()),
        }
    }

    /// Links of mine that may not lead to what an annotation is about to become, which has none such.
    pub(crate) fn drop_links_forbidden_to(&mut self, value: &Annotation) -> Done {
        let end = End::Annotation(value.id.clone());
        let forbidden = |link: &&Arc<Record<Relation>>| {
            let layer = |at: &End| {
                if *at == end { Some(&value.layer) } else { self.now.layer_of(at) }
            };
            let kind = self.now.codebook.relation(&link.kind);
            let ends = layer(&link.from).zip(layer(&link.to));
            !kind.zip(ends).is_some_and(|(kind, (from, to))| kind.joins(from, to))
        };
        let gone: Vec<RecordId> = self
            .now
            .relations_at(&end)
            .filter(forbidden)
            .map(|link| RecordId::Relation(link.id.clone()))
            .collect();
        gone.iter().try_for_each(|id| self.erase(id))
    }
}
