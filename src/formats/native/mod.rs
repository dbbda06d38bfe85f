//! The project file: JSON, one record a line, so that one change is one line in a comparison.
//!
//! [`read()`] never drops anything: a record that cannot be valid is set aside with its reason, members of newer versions
//! are kept. [`write`](write()) gives the same bytes for the same project. `delta` is the journal's one line a change.
//! The schema is `assets/schema/matryoshka-project.schema.json`.

mod decision;
mod delta;
mod intake;
mod read;
mod records;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use delta::{decode_delta, encode_delta, set_aside};
pub use read::{Opened, looks_like_project, read, stated_id};
pub(in crate::formats) use read::{json_text, says_format};
pub(in crate::formats) use records::{Around, decode_comment, decode_decision, fit_for_an_id};
pub(in crate::formats) use value::{StampWire, VersionWire, stamp, write_features, write_version};
pub use write::{encode_record, write};

/// What the file calls itself.
const FORMAT: &str = "matryoshka-project";
/// Files of a higher one are opened read-only.
const MAJOR: u32 = 1;
/// Raised with every new kind of member.
const MINOR: u32 = 0;

/// A list of records in the file, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Documents,
    Entities,
    Annotations,
    Links,
    Notes,
    Comments,
    Decisions,
}

impl Section {
    const ALL: [Self; 7] = [
        Self::Documents,
        Self::Entities,
        Self::Annotations,
        Self::Links,
        Self::Notes,
        Self::Comments,
        Self::Decisions,
    ];

    /// Its member in the file.
    fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Entities => "entities",
            Self::Annotations => "annotations",
            Self::Links => "links",
            Self::Notes => "notes",
            Self::Comments => "comments",
            Self::Decisions => "decisions",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == name)
    }
}
