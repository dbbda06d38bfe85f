//! Reading a project file: the whole strictly. Its records are taken in by `intake`, each by itself.

use crate::formats::native::intake::{Lists, filled};
use crate::formats::native::records::fit_for_an_id;
use crate::formats::native::{FORMAT, MAJOR, MINOR, Section};
use crate::formats::raw::{Count, Word, parse, wire};
use crate::formats::{ReadError, codebook};
use crate::model::{Project, ProjectId, Unknown};
use serde_json::value::RawValue;
use std::sync::Arc;

/// A project that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The project, as far as it was understood.
    pub project: Project,
    /// Why it must not be written back, if so.
    pub read_only: Option<String>,
}

wire! {
    FileWire
    needs {}
    may {
        format "format": Word<'a>, version "version": &'a RawValue, written_by "written_by": Word<'a>,
        id "id": Word<'a>, codebook "codebook": &'a RawValue,
        documents "documents": Vec<&'a RawValue>, entities "entities": Vec<&'a RawValue>,
        annotations "annotations": Vec<&'a RawValue>, links "links": Vec<&'a RawValue>,
        notes "notes": Vec<&'a RawValue>, comments "comments": Vec<&'a RawValue>,
        decisions "decisions": Vec<&'a RawValue>, set_aside "set_aside": Vec<&'a RawValue>,
        erased "erased": Vec<&'a RawValue>,
    }
}
wire! { NumberWire needs { major "major": Count, minor "minor": Count } may {} }
/// Reads a project file.
pub fn read(bytes: &[u8]) -> Result<Opened, ReadError> {
    let json = json_text(bytes)?;
    let mut file = parse::<FileWire<'_>>(json).map_err(|wrong| {
        let ours = wrong.cut || looks_like_project(bytes) || wrong.path.is_empty();
        if ours {
            wrong.into_error(json, json, "")
        } else {
            not_ours("another program's JSON object")
        }
    })?;
    check_format(&file)?;
    let missing = |name: &str| ReadError::Malformed {
        line: 1,
        column: 1,
        path: name.to_owned(),
        what: format!("the member “{name}” is missing"),
    };
    let mut unknown = std::mem::take(&mut file.unknown).unknown();
    let number = file.version.ok_or_else(|| missing("version"))?;
    let read_only = version(json, number, file.written_by.as_deref(), &mut unknown)?;
    let id = file.id.take().ok_or_else(|| missing("id"))?;
    fit_for_an_id(&id).map_err(|what| malformed(json, &id, "id", what))?;
    let raw = file.codebook.ok_or_else(|| missing("codebook"))?.get();
    let codebook = codebook::read(raw).map_err(|wrong| wrong.into_error(json, raw, "codebook"))?;
    let empty = Project::new(ProjectId::new(id.small()), Arc::new(codebook));
    let mut project = filled(&empty, lists(file));
    project.unknown = Arc::new(unknown);
    Ok(Opened { project, read_only })
}

/// Whether these bytes say of themselves that they are a project, without reading them.
pub fn looks_like_project(bytes: &[u8]) -> bool {
    says_format(bytes, FORMAT)
}

/// Whether these bytes say that they are of that format.
pub(in crate::formats) fn says_format(bytes: &[u8], format: &str) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let near = bytes.get(..4096).unwrap_or(bytes);
    let packed: Vec<u8> = near.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let said = format!("\"format\":\"{format}\"");
    packed.starts_with(b"{") && packed.windows(said.len()).any(|window| window == said.as_bytes())
}

/// The id that the header of a project file states, by its first bytes alone: it stands before the codebook.
pub fn stated_id(head: &[u8]) -> Option<ProjectId> {
    const CODEBOOK: &[u8] = b"\"codebook\"";
    if !looks_like_project(head) {
        return None;
    }
    let end = head.windows(CODEBOOK.len()).position(|window| window == CODEBOOK)?;
    let before = std::str::from_utf8(head.get(..end)?).ok()?;
    let before = before.trim_start_matches('\u{feff}').trim_end().trim_end_matches(',');
    let header = format!("{before}}}");
    let file = parse::<FileWire<'_>>(&header).ok()?;
    file.id.map(|id| ProjectId::new(id.small()))
}

/// The bytes as JSON text that begins with an object; else what they seem to be.
pub(in crate::formats) fn json_text(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(not_ours("a text in UTF-16"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let found = match bytes.trim_ascii_start() {
        [] => return Err(ReadError::Empty),
        [b'{', ..] => None,
        [b'[', ..] => Some("a JSON array"),
        [b'<', ..] => Some("an XML or HTML file"),
        [b'P', b'K', 3 | 5, ..] => Some("a ZIP archive, such as a Word document"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF file"),
        rest if rest.iter().take(4096).any(|byte| *byte == 0) => Some("binary data"),
        [b'"' | b'-' | b'0'..=b'9', ..] if serde_json::from_slice::<&RawValue>(bytes).is_ok() => {
            Some("a single JSON value")
        }
        rest if std::str::from_utf8(rest).is_ok() => Some("a plain text"),
        _ => None,
    };
    match found {
        Some(found) => Err(not_ours(found)),
        None => std::str::from_utf8(bytes)
            .map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() }),
    }
}

fn not_ours(found: &str) -> ReadError {
    ReadError::NotAProject { found: found.to_owned() }
}

fn malformed(file: &str, part: &str, path: &str, what: String) -> ReadError {
    let at = part.as_ptr().addr().saturating_sub(file.as_ptr().addr());
    let (line, column) = crate::formats::raw::position(file, at);
    ReadError::Malformed { line, column, path: path.to_owned(), what }
}

fn check_format(file: &FileWire<'_>) -> Result<(), ReadError> {
    match file.format.as_deref() {
        Some(FORMAT) => Ok(()),
        Some("matryoshka-annotations") => Err(not_ours("an annotation JSON export")),
        Some("matryoshka-review") => Err(not_ours("a review that a colleague sent back")),
        Some(other) => {
            Err(ReadError::NotAProject { found: format!("a file of the format “{other}”") })
        }
        None => Err(not_ours("another program's JSON object")),
    }
}

/// Why the file may only be looked at. A version that is not ours is kept and written back.
fn version(
    file: &str,
    raw: &RawValue,
    written_by: Option<&str>,
    unknown: &mut Unknown,
) -> Result<Option<String>, ReadError> {
    let number: NumberWire<'_> =
        parse(raw.get()).map_err(|wrong| wrong.into_error(file, raw.get(), "version"))?;
    let (major, minor) = (number.major.0, number.minor.0);
    if (major, minor) != (MAJOR, MINOR) || !number.unknown.0.is_empty() {
        unknown.0.push(("version".into(), raw.get().into()));
    }
    Ok((major > MAJOR).then(|| {
        let by = written_by.unwrap_or("a newer program");
        format!(
            "{by} wrote it in version {major} of the file format and this program knows version {MAJOR}; \
             update the program to change it"
        )
    }))
}

fn lists(file: FileWire<'_>) -> Lists<'_> {
    let records = [
        (Section::Documents, file.documents),
        (Section::Entities, file.entities),
        (Section::Annotations, file.annotations),
        (Section::Links, file.links),
        (Section::Notes, file.notes),
        (Section::Comments, file.comments),
        (Section::Decisions, file.decisions),
    ];
    Lists {
        records: records
            .into_iter()
            .map(|(section, raws)| (section, raws.unwrap_or_default()))
            .collect(),
        set_aside: file.set_aside.unwrap_or_default(),
        erased: file.erased.unwrap_or_default(),
    }
}
