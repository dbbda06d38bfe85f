//! How much a project holds, and what two states of it differ by: the figures that a person decides by.
//!
//! Only counts. Which records differ is `model::Delta`; what is unfinished is `query::gaps`.

use crate::model::{AnyRecord, Delta, Project, RecordId, Stamp, all_records};

/// Records by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Documents.
    pub documents: usize,
    /// Annotations.
    pub annotations: usize,
    /// Links.
    pub links: usize,
    /// Actors, issues and event records.
    pub entities: usize,
    /// Notes and comments.
    pub remarks: usize,
}

impl Contents {
    /// What `project` holds.
    pub fn of(project: &Project) -> Self {
        Self {
            documents: project.sheets().len(),
            annotations: project.annotation_count(),
            links: project.relations().len(),
            entities: project.entities().len(),
            remarks: project.notes().len() + project.comments().len(),
        }
    }

    /// The figures with their names, in the order in which they are shown.
    pub fn rows(&self) -> [(&'static str, usize); 5] {
        [
            ("Documents", self.documents),
            ("Annotations", self.annotations),
            ("Links", self.links),
            ("Actors, issues, events", self.entities),
            ("Notes and comments", self.remarks),
        ]
    }
}

/// What leads from one state of a project to another, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// New ones.
    pub added: usize,
    /// Ones that read otherwise.
    pub changed: usize,
    /// Ones that are gone.
    pub erased: usize,
}

impl Difference {
    /// What leads from `before` to `after`; versions and times do not count.
    pub fn between(before: &Project, after: &Project) -> Self {
        let delta = Delta::between(before, after);
        let mut difference = Self::default();
        for record in &delta.put {
            match before.get(&record.id()) {
                None => difference.added += 1,
                Some(old) if !old.same_content(record) => difference.changed += 1,
                Some(_) => {}
            }
        }
        let gone = |id: &RecordId| before.has(id) && !after.has(id);
        difference.erased = delta.erased.iter().filter(|tombstone| gone(&tombstone.id)).count();
        difference
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [(self.added, "added"), (self.changed, "changed"), (self.erased, "erased")];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        f.write_str(&if said.is_empty() { "nothing".to_owned() } else { said.join(", ") })
    }
}

/// Who put or changed something last, as the records say.
pub fn last_stamp(project: &Project) -> Option<Stamp> {
    all_records(project).filter_map(|record| stamp(&record)).max_by_key(|stamp| stamp.at)
}

fn stamp(record: &AnyRecord) -> Option<Stamp> {
    let (made, revised) = match record {
        AnyRecord::Document(record) => (&record.made, &record.revised),
        AnyRecord::Entity(record) => (&record.made, &record.revised),
        AnyRecord::Annotation(record) => (&record.made, &record.revised),
        AnyRecord::Relation(record) => (&record.made, &record.revised),
        AnyRecord::Note(record) => (&record.made, &record.revised),
        AnyRecord::Comment(record) => (&record.made, &record.revised),
        AnyRecord::Decision(record) => (&record.made, &record.revised),
    };
    revised.as_deref().or(made.as_ref()).cloned()
}

#[cfg(test)]
mod tests {
    use crate::workbench::{Contents, Difference};

    #[test]
    fn a_difference_counts_what_came_changed_and_went() {
        let full = crate::workbench::sample(crate::workbench::Sample::Voices).unwrap().project;
        let mut less = full.clone();
        let note = full.notes().keys().next().unwrap().clone();
        less.take(&crate::model::RecordId::Note(note));
        assert_eq!(Contents::of(&full).remarks, Contents::of(&less).remarks + 1);
        let back = Difference::between(&less, &full);
        assert_eq!((back.added, back.changed, back.erased), (1, 0, 0));
        assert_eq!(back.to_string(), "1 added");
        assert_eq!(Difference::between(&full, &full).to_string(), "nothing");
    }
}
