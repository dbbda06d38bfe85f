//! Bytes ⇄ project: the project file itself, and what other programs read.
//!
//! No disk here: bytes come in, bytes go out. A damaged file still opens as far as it can be understood, and nothing of
//! it is dropped. Start at [`native`]; [`all_formats`] lists what there is.

pub mod agreement_report;
pub mod annotation_json;
pub mod brat;
mod codebook;
mod csv;
mod error;
mod html;
pub mod native;
mod object;
mod raw;
pub mod reread;
pub mod review_file;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod schema;

use crate::model::Codebook;
use std::sync::Arc;

pub use error::ReadError;

/// The codebooks that come with the program: id and JSON.
const SHIPPED: [(&str, &str); 1] = [(
    "actors-claims-events",
    include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/codebooks/actors-claims-events.json"
    )),
)];

/// What the program knows of a file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its name on the command line.
    pub id: &'static str,
    /// On screen.
    pub name: &'static str,
    /// Whether we read it.
    pub reads: bool,
    /// Whether we write it.
    pub writes: bool,
    /// What of a project it cannot hold.
    pub losses: &'static [&'static str],
}

/// Every format, the project file first.
pub fn all_formats() -> &'static [FormatInfo] {
    const LOSSES: &[&str] = &[
        "documents' texts",
        "the codebook's definitions",
        "records that nothing in the text mentions",
        "links between two records",
        "comments and decisions",
        "versions and conflicts",
        "records set aside",
    ];
    &[
        FormatInfo {
            id: "matryoshka-project",
            name: "Matryoshka project",
            reads: true,
            writes: true,
            losses: &[],
        },
        FormatInfo { id: "text", name: "Plain text", reads: true, writes: false, losses: &[] },
        FormatInfo {
            id: "annotation-json",
            name: "Annotation JSON",
            reads: false,
            writes: true,
            losses: LOSSES,
        },
        FormatInfo {
            id: "annotation-jsonl",
            name: "Annotation JSON Lines",
            reads: false,
            writes: true,
            losses: LOSSES,
        },
        FormatInfo {
            id: "brat",
            name: "brat standoff (a folder)",
            reads: true,
            writes: true,
            losses: brat::LOSSES,
        },
    ]
}

/// The codebook of a new project.
pub fn default_codebook() -> Result<Arc<Codebook>, ReadError> {
    let json = SHIPPED.first().map_or("", |(_, json)| *json);
    read_codebook(json)
}

/// The shipped codebook of that id.
pub fn codebook_named(id: &str) -> Option<Arc<Codebook>> {
    let (_, json) = SHIPPED.iter().find(|(name, _)| *name == id)?;
    read_codebook(json).ok()
}

/// Reads a codebook from a JSON text of its own.
fn read_codebook(json: &str) -> Result<Arc<Codebook>, ReadError> {
    codebook::read(json).map(Arc::new).map_err(|wrong| wrong.into_error(json, json, "codebook"))
}

#[cfg(test)]
mod tests {
    use crate::formats::{all_formats, codebook, codebook_named, default_codebook};

    #[test]
    fn the_shipped_codebook_is_understood_whole() {
        let shipped = default_codebook().unwrap();
        assert_eq!(codebook_named("actors-claims-events"), Some(shipped.clone()));
        assert!(codebook_named("nothing").is_none());
        assert!(shipped.unknown.is_empty());
        let mut written = Vec::new();
        codebook::write(&mut written, &shipped);
        let written = String::from_utf8(written).unwrap();
        assert_eq!(codebook::read(&written).ok().as_ref(), Some(&*shipped));
    }

    #[test]
    fn writing_the_shipped_codebook_drops_none_of_its_members() {
        let asset: serde_json::Value = serde_json::from_str(crate::formats::SHIPPED[0].1).unwrap();
        let mut written = Vec::new();
        codebook::write(&mut written, &default_codebook().unwrap());
        let written: serde_json::Value = serde_json::from_slice(&written).unwrap();
        assert_contains(&written, &asset, "codebook");
    }

    fn assert_contains(whole: &serde_json::Value, part: &serde_json::Value, path: &str) {
        use serde_json::Value;
        match (whole, part) {
            (Value::Object(whole), Value::Object(part)) => {
                for (name, value) in part {
                    let there = whole.get(name).unwrap_or_else(|| panic!("{path}.{name} is gone"));
                    assert_contains(there, value, &format!("{path}.{name}"));
                }
            }
            (Value::Array(whole), Value::Array(part)) => {
                assert_eq!(whole.len(), part.len(), "{path}");
                for (at, (whole, part)) in whole.iter().zip(part).enumerate() {
                    assert_contains(whole, part, &format!("{path}[{at}]"));
                }
            }
            (Value::Number(a), Value::Number(b)) => assert_eq!(a.as_f64(), b.as_f64(), "{path}"),
            _ => assert_eq!(whole, part, "{path}"),
        }
    }

    #[test]
    fn every_format_does_something() {
        assert!(all_formats().iter().all(|format| format.reads || format.writes));
    }
}
