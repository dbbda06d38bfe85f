//! Annotations in sight with their lanes, worked out anew only when the project, the place or what is hidden changes.

use crate::model::{Annotation, DocumentId, Project, Record, Sheet};
use crate::query;
use crate::text::{Offset, Span};
use crate::ui::itself::Itself;
use crate::ui::veil::Veil;
use crate::ui::view::View;
use std::sync::Arc;

/// An annotation in its lane.
pub type Laid = (Arc<Record<Annotation>>, u8);

/// What is kept from frame to frame.
#[derive(Default)]
pub struct Sight {
    from: Option<From>,
    marks: Arc<[Laid]>,
    /// Hidden annotations of the document.
    hidden: usize,
}

#[derive(Clone, PartialEq)]
struct From {
    project: Itself<Project>,
    document: DocumentId,
    span: Option<Span>,
    veil: Veil,
}

impl Sight {
    /// What is shown in `span` of the document.
    pub fn look(
        &mut self,
        view: &View<'_>,
        sheet: &Sheet,
        span: Option<Span>,
        hiding: &Veil,
    ) -> Arc<[Laid]> {
        let from = From {
            project: Itself::of(view.bench.project()),
            document: sheet.document().id.clone(),
            span,
            veil: hiding.clone(),
        };
        if self.from.as_ref() != Some(&from) {
            let marks = span.map(|span| query::lanes_of(sheet, span, |a| !hiding.hides(a)));
            let marks = marks.unwrap_or_default().into_iter();
            self.marks = marks.map(|mark| (Arc::clone(mark.annotation), mark.lane)).collect();
            let before = self.from.replace(from);
            let same = |old: &From| {
                self.from.as_ref().is_some_and(|new| From { span: new.span, ..old.clone() } == *new)
            };
            if hiding.is_empty() {
                self.hidden = 0;
            } else if !before.as_ref().is_some_and(same) {
                let hides = |annotation: &&Arc<Record<Annotation>>| hiding.hides(annotation);
                self.hidden = sheet.annotations().values().filter(hides).count();
            }
        }
        Arc::clone(&self.marks)
    }

    /// Whole pieces of the text that were in sight.
    pub fn span(&self) -> Option<Span> {
        self.from.as_ref().and_then(|from| from.span)
    }

    /// Whether a place of that document was in sight.
    pub fn sees(&self, document: &DocumentId, at: Offset) -> bool {
        let from = self.from.as_ref().filter(|from| from.document == *document);
        from.and_then(|from| from.span).is_some_and(|span| span.touches(at))
    }

    /// How many annotations of the document are hidden.
    pub fn hidden(&self) -> usize {
        self.hidden
    }
}
