//! A made project after somebody has worked on it: codes changed and annotations added by a hand of their own.

use jiff::Timestamp;
use matryoshka::model::{
    Annotation, AnnotationEdit, AnnotationId, Annotator, CodeId, Edit, Hand, Project, Record,
    Signature, Stamp, apply,
};
use std::sync::Arc;

/// Who has done it.
pub(crate) fn signature(hand: &str) -> Signature {
    let stamp = Stamp::new(Annotator::new(hand), Timestamp::UNIX_EPOCH, "key");
    Signature { hand: Hand::new(hand), stamp }
}

/// A copy in which somebody has gone over the annotations that are `chosen` by their place, and added some.
pub(crate) fn worked_on(base: &Project, hand: &str, chosen: impl Fn(usize) -> bool) -> Project {
    let signature = signature(hand);
    let all: Vec<&Arc<Record<Annotation>>> = base.annotations().collect();
    let mut edits: Vec<Edit> = Vec::new();
    for (at, annotation) in all.iter().enumerate() {
        if chosen(at) {
            let codes =
                base.codebook.layer(&annotation.layer).map_or(&[][..], |layer| &layer.codes);
            let code = codes.get(at % codes.len().max(1)).map(|code| CodeId::new(code.id.as_str()));
            edits.push(Edit::Annotation(AnnotationEdit::SetCode(annotation.id.clone(), code)));
        }
        if at % 50 == 0 {
            let id = AnnotationId::new(format!("a_{hand}{at}"));
            let added = Annotation { id, ..annotation.value.clone() };
            edits.push(Edit::Annotation(AnnotationEdit::Annotate(added)));
        }
    }
    edits.iter().fold(base.clone(), |project, edit| {
        apply(&project, edit, &signature).expect("the edit fits")
    })
}
