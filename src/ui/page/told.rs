//! What is said about the annotations in sight: their notes and comments, and how many links each has.
//!
//! Found anew only when the project changes or other annotations come into sight; `cards`, `signs` and `stubs` draw it.

use crate::model::{Annotation, AnnotationId, End, Project, Record, RecordId, RelationId, Stamp};
use crate::query::threads_on;
use crate::ui::desk::Selected;
use crate::ui::outbox::{DeskCommand, Outbox};
use crate::ui::page::standing::{Basis, Marks};
use crate::ui::view::View;
use crate::ui::widgets::Sign;
use jiff::tz::TimeZone;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A note, or the comments of a thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The record of the note, or of the thread's first comment.
    pub id: RecordId,
    /// The annotation in sight at whose words it stands.
    pub at: AnnotationId,
    /// What it is about.
    pub about: Selected,
    /// Whether it is a note, or an open or a resolved thread.
    pub kind: Kind,
    /// Who said what, the first first.
    pub said: Vec<(Option<Stamp>, SmolStr)>,
}

/// What a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A note.
    Note,
    /// A thread in which something is still to be said.
    Open,
    /// A thread that is resolved.
    Resolved,
}

impl Kind {
    /// On screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Open => Sign::Open.word(),
            Self::Resolved => Sign::Resolved.word(),
        }
    }

    /// The sign of a thread.
    pub fn sign(self) -> Option<Sign> {
        match self {
            Self::Note => None,
            Self::Open => Some(Sign::Open),
            Self::Resolved => Some(Sign::Resolved),
        }
    }
}

/// What is kept from frame to frame.
#[derive(Default)]
pub struct Told {
    from: Option<Basis>,
    remarks: Arc<[Remark]>,
    links: BTreeMap<AnnotationId, usize>,
}

impl Told {
    /// Finds what there is about the annotations that have these marks.
    pub fn look(&mut self, view: &View<'_>, marks: &Marks) {
        let now = Some(marks.basis(view));
        if self.from == now {
            return;
        }
        let mut finder = Finder { project: view.project, seen: BTreeSet::new(), found: Vec::new() };
        self.links.clear();
        for annotation in marks.annotations() {
            let links = finder.about(annotation);
            if links > 0 {
                self.links.insert(annotation.id.clone(), links);
            }
        }
        self.remarks = finder.found.into();
        self.from = now;
    }

    /// Notes and comments, by the annotation in sight that comes first.
    pub fn remarks(&self) -> Arc<[Remark]> {
        Arc::clone(&self.remarks)
    }

    /// How many links an annotation has.
    pub fn links(&self, id: &AnnotationId) -> usize {
        self.links.get(id).copied().unwrap_or_default()
    }
}

struct Finder<'a> {
    project: &'a Project,
    /// Links that were looked at already: each has two ends.
    seen: BTreeSet<RelationId>,
    found: Vec<Remark>,
}

impl Finder<'_> {
    /// Notes what there is about the annotation, and its links; how many links it has.
    fn about(&mut self, annotation: &Record<Annotation>) -> usize {
        let (project, id) = (self.project, &annotation.id);
        let silent = project.notes().is_empty() && project.comments().is_empty();
        if !silent {
            self.on(id, &Selected::Annotation(id.clone()), &RecordId::Annotation(id.clone()));
        }
        let mut links = 0;
        let sheet = project.sheet(&annotation.document).into_iter();
        for link in sheet.flat_map(|sheet| sheet.links_of(annotation)) {
            links += 1;
            if !silent && self.seen.insert(link.id.clone()) {
                let about = Selected::Relation(link.id.clone());
                self.on(id, &about, &RecordId::Relation(link.id.clone()));
            }
        }
        links
    }

    fn on(&mut self, at: &AnnotationId, about: &Selected, target: &RecordId) {
        for id in self.project.remarks_on(target) {
            let RecordId::Note(note) = &id else { continue };
            let Some(note) = self.project.notes().get(note) else { continue };
            let said = vec![(note.made.clone(), note.text.clone())];
            let (at, about) = (at.clone(), about.clone());
            self.found.push(Remark { id, at, about, kind: Kind::Note, said });
        }
        for thread in threads_on(self.project, target) {
            let kind = if thread.is_resolved() { Kind::Resolved } else { Kind::Open };
            let said = thread.comments.iter().map(|c| (c.made.clone(), c.text.clone())).collect();
            let (id, at, about) = (RecordId::Comment(thread.id), at.clone(), about.clone());
            self.found.push(Remark { id, at, about, kind, said });
        }
    }
}

/// "Anna"; "somebody", if nobody signed.
pub fn author(stamp: Option<&Stamp>) -> &str {
    stamp.map(|stamp| stamp.by().as_str()).filter(|name| !name.is_empty()).unwrap_or("Somebody")
}

/// "20 Nov 2026", by the clock where the person is.
pub fn day(stamp: Option<&Stamp>) -> String {
    written(stamp, "%-d %b %Y")
}

/// "20 Nov".
pub fn short_day(stamp: Option<&Stamp>) -> String {
    written(stamp, "%-d %b")
}

fn written(stamp: Option<&Stamp>, form: &str) -> String {
    let zoned = stamp.map(|stamp| stamp.at.to_zoned_datetime(TimeZone::system()));
    zoned.map_or_else(String::new, |zoned| zoned.strftime(form).to_string())
}

impl Remark {
    /// Selects what it is about and opens the thread.
    pub fn open(&self, out: &mut Outbox) {
        out.desk(DeskCommand::Select(Some(self.about.clone())));
        if let RecordId::Comment(thread) = &self.id {
            out.desk(DeskCommand::OpenThread(thread.clone()));
        }
    }

    /// All of it in a sentence: "Note by Anna on “the gates”: …".
    pub fn sentence(&self, project: &Project) -> String {
        let about = match &self.about {
            Selected::Annotation(id) => {
                format!("“{}”", crate::query::label_of_end(project, &End::Annotation(id.clone())))
            }
            Selected::Relation(_) => "a link".to_owned(),
            Selected::Entity(id) => crate::query::label_of_end(project, &End::Entity(id.clone())),
            Selected::Document(_) => "the document".to_owned(),
        };
        let said = |(stamp, words): &(Option<Stamp>, SmolStr)| {
            format!("{}: {words}", author(stamp.as_ref()))
        };
        let all: Vec<String> = self.said.iter().map(said).collect();
        match (self.kind, self.said.first()) {
            (Kind::Note, Some((stamp, words))) => {
                format!("Note by {} on {about}: {words}", author(stamp.as_ref()))
            }
            (kind, _) => format!("Comments on {about}, {}. {}", kind.word(), all.join(" ")),
        }
    }
}
