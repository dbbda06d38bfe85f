//! The review file: what was decided about a colleague's work, sent back to them. JSON, one record a line.
//!
//! Decisions and comments stand in it as in the project file. It is read beside the author's project, whose rules for
//! features hold. A record that cannot be read is told with its reason; the file itself is never written again. The
//! schema is `assets/schema/matryoshka-review.schema.json`.

use crate::formats::native::{
    Around, StampWire, VersionWire, decode_comment, decode_decision, encode_record, fit_for_an_id,
    json_text, looks_like_project, says_format, stamp, write_version,
};
use crate::formats::object::{Object, lines, list, string};
use crate::formats::raw::{Word, parse, wire};
use crate::formats::{ReadError, codebook};
use crate::model::{
    AnnotationId, AnyRecord, Codebook, DocumentId, GuestName, Project, ProjectId, RecordId,
    Reviewed, ReviewedDocument, Signers, Unknown,
};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the file calls itself.
const FORMAT: &str = "matryoshka-review";
/// Files of a higher one are not read.
const MAJOR: u32 = 1;
/// Raised with every new kind of member.
const MINOR: u32 = 0;

/// A review that was read.
#[derive(Clone, Debug)]
pub struct OpenedReview {
    /// The review, as far as it was understood.
    pub review: Reviewed,
    /// What could not be read, each with its reason.
    pub unread: Vec<String>,
}

wire! {
    FileWire
    needs {
        version "version": Number, project "project": Word<'a>, guest "guest": GuestWire<'a>,
        made "made": StampWire<'a>, decisions "decisions": Vec<&'a RawValue>
    }
    may {
        format "format": Word<'a>, written_by "written_by": Word<'a>,
        documents "documents": Vec<DocumentWire<'a>>, codebook "codebook": &'a RawValue, agreed "agreed": Vec<(Word<'a>, Word<'a>)>,
        comments "comments": Vec<&'a RawValue>, versions "versions": Vec<SeenWire<'a>>,
    }
}
wire! { GuestWire needs { project "project": Word<'a>, name "name": Word<'a> } may {} }
wire! {
    DocumentWire
    needs { ours "ours": Word<'a>, theirs "theirs": Word<'a>, title "title": Word<'a> }
    may {}
}

#[derive(serde::Deserialize)]
struct Number {
    major: u32,
}

#[derive(serde::Deserialize)]
struct SeenWire<'a> {
    #[serde(borrow)]
    kind: Word<'a>,
    #[serde(borrow)]
    id: Word<'a>,
    version: VersionWire,
}

/// Whether these bytes say of themselves that they are a review, without reading them.
pub fn looks_like_review(bytes: &[u8]) -> bool {
    says_format(bytes, FORMAT)
}

/// The bytes of the review file; `project` is that of the one who reviewed.
pub fn write(review: &Reviewed, project: &Project) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(
        format!(
            "{{\n\"format\":\"{FORMAT}\",\"version\":{{\"major\":{MAJOR},\"minor\":{MINOR}}},\
             \"written_by\":\"matryoshka {}\",\"project\":",
            env!("CARGO_PKG_VERSION")
        )
        .as_bytes(),
    );
    string(&mut out, review.project.as_str());
    out.extend_from_slice(b",\"guest\":");
    let mut guest = Object::open(&mut out);
    guest.text("project", review.guest.project.as_str());
    guest.text("name", &review.guest.name);
    guest.unknown_within("guest/", &review.unknown);
    guest.close();
    out.extend_from_slice(b",\"made\":");
    let mut made = Object::open(&mut out);
    made.text("by", review.made.by().as_str());
    made.text("at", &review.made.at.to_string());
    made.words("via", review.made.via());
    made.unknown_within("made/", &review.unknown);
    made.close();
    let nested = |name: &str| name.starts_with("made/") || name.starts_with("guest/");
    for (name, raw) in review.unknown.0.iter().filter(|(name, _)| !nested(name)) {
        member(&mut out, name);
        out.extend_from_slice(raw.as_bytes());
    }
    member(&mut out, "documents");
    lines(&mut out, "", &review.documents, |out, document| {
        let mut object = Object::open(out);
        object.text("ours", document.ours.as_str());
        object.text("theirs", document.theirs.as_str());
        object.text("title", &document.title);
        object.unknown(&document.unknown);
        object.close();
    });
    if !review.codebook.layers.is_empty() {
        member(&mut out, "codebook");
        codebook::write(&mut out, &review.codebook);
    }
    member(&mut out, "agreed");
    lines(&mut out, "", &review.agreed, |out, (ours, theirs)| {
        list(out, [ours.as_str(), theirs.as_str()], string);
    });
    let record = |out: &mut Vec<u8>, record: AnyRecord| {
        out.extend_from_slice(encode_record(&record, project).as_bytes());
    };
    member(&mut out, "decisions");
    let decisions = review.decisions.iter().cloned().map(AnyRecord::Decision);
    lines(&mut out, "", decisions, record);
    member(&mut out, "comments");
    let comments = review.comments.iter().cloned().map(AnyRecord::Comment);
    lines(&mut out, "", comments, record);
    member(&mut out, "versions");
    lines(&mut out, "", &review.versions, |out, (id, version)| {
        let mut object = Object::open(out);
        object.text("kind", id.kind());
        object.text("id", id.as_str());
        write_version(object.key("version"), version);
        object.close();
    });
    out.extend_from_slice(b"\n}\n");
    out
}

fn member(out: &mut Vec<u8>, name: &str) {
    out.extend_from_slice(b",\n");
    string(out, name);
    out.push(b':');
}

/// Reads a review of `mine`, the author's project.
pub fn read(bytes: &[u8], mine: &Project) -> Result<OpenedReview, ReadError> {
    let json = json_text(bytes).map_err(|error| match error {
        ReadError::NotAProject { found } => ReadError::NotAReview { found },
        other => other,
    })?;
    if !looks_like_review(bytes) {
        let project = looks_like_project(bytes);
        let found = if project { "a project" } else { "another program's JSON object" };
        return Err(ReadError::NotAReview { found: found.to_owned() });
    }
    let file: FileWire<'_> = parse(json).map_err(|wrong| wrong.into_error(json, json, ""))?;
    if file.format.as_deref() != Some(FORMAT) {
        let found = "a file of another format".to_owned();
        return Err(ReadError::NotAReview { found });
    }
    if file.version.major > MAJOR {
        let by = file.written_by.as_deref().unwrap_or("a newer program").to_owned();
        return Err(ReadError::NewerReview { by, major: file.version.major });
    }
    let book = match file.codebook {
        Some(raw) => codebook::read(raw.get())
            .map_err(|wrong| wrong.into_error(json, raw.get(), "codebook"))?,
        None => Codebook::default(),
    };
    reviewed(file, book, mine).map_err(|what| ReadError::Malformed {
        line: 1,
        column: 1,
        path: String::new(),
        what,
    })
}

fn reviewed(file: FileWire<'_>, book: Codebook, mine: &Project) -> Result<OpenedReview, String> {
    [&file.project, &file.guest.project].into_iter().try_for_each(|id| fit_for_an_id(id))?;
    // What only their codebook defines is read by it.
    let mut both = mine.clone();
    both.codebook = Arc::new(mine.codebook.widened(&book));
    let around = Around::just(&both);
    let mut unread = Vec::new();
    let mut decisions = Vec::new();
    for raw in file.decisions {
        match decode_decision(raw.get(), &around) {
            Ok(decision) => decisions.push(decision),
            Err(reason) => unread.push(format!("a decision: {reason}")),
        }
    }
    let mut comments = Vec::new();
    for raw in file.comments.into_iter().flatten() {
        match decode_comment(raw.get(), &around) {
            Ok(comment) => comments.push(comment),
            Err(reason) => unread.push(format!("a comment: {reason}")),
        }
    }
    let mut versions = BTreeMap::new();
    for wire in file.versions.into_iter().flatten() {
        match RecordId::of_kind(&wire.kind, &wire.id) {
            Some(id) => drop(versions.insert(id, wire.version.0)),
            None => unread.push(format!("a version: no kind is called “{}”", &*wire.kind)),
        }
    }
    let mut unknown = Unknown::default();
    let made = stamp(file.made, &mut Signers::default(), "made/", &mut unknown);
    file.guest.unknown.keep("guest/", &mut unknown);
    file.unknown.keep("", &mut unknown);
    let documents = file.documents.into_iter().flatten().map(|wire| ReviewedDocument {
        ours: DocumentId::new(wire.ours.small()),
        theirs: DocumentId::new(wire.theirs.small()),
        title: wire.title.small(),
        unknown: wire.unknown.unknown(),
    });
    let agreed =
        file.agreed.into_iter().flatten().map(|(ours, theirs)| {
            (AnnotationId::new(ours.small()), AnnotationId::new(theirs.small()))
        });
    let review = Reviewed {
        project: ProjectId::new(file.project.small()),
        made,
        guest: GuestName {
            project: ProjectId::new(file.guest.project.small()),
            name: file.guest.name.small(),
        },
        documents: documents.collect(),
        codebook: Arc::new(book),
        agreed: agreed.collect(),
        decisions,
        comments,
        versions,
        unknown,
    };
    Ok(OpenedReview { review, unread })
}

#[cfg(test)]
pub(in crate::formats) mod tests {
    use crate::formats::ReadError;
    use crate::formats::review_file::{looks_like_review, read, write};
    use crate::formats::sample::{project, project_file};
    use crate::model::*;
    use std::sync::Arc;

    /// A review with everything that one may have.
    pub(in crate::formats) fn review() -> Reviewed {
        let project = project();
        let made = project.sheets().values().next().unwrap().document().made.clone().unwrap();
        let annotation = AnnotationId::new;
        Reviewed {
            project: project.id.clone(),
            made,
            guest: GuestName { project: ProjectId::new("p_2"), name: "jonas.json".into() },
            documents: vec![ReviewedDocument {
                ours: DocumentId::new("d_1"),
                theirs: DocumentId::new("e_1"),
                title: "Two \"scripts\"".into(),
                unknown: Unknown(thin_vec::thin_vec![("shelf".into(), "3".into())]),
            }],
            codebook: Arc::clone(&project.codebook),
            agreed: vec![(annotation("a_2"), annotation("b_7"))],
            decisions: project.decisions().values().cloned().collect(),
            comments: project.comments().values().cloned().collect(),
            versions: [(RecordId::Annotation(annotation("a_1")), Version::of(Hand::new("h1"), 2))]
                .into(),
            unknown: Unknown(thin_vec::thin_vec![("mood".into(), "{\"newer\": [1]}".into())]),
        }
    }

    fn written() -> String {
        String::from_utf8(write(&review(), &project())).unwrap()
    }

    #[test]
    fn a_review_is_read_as_it_was_written() {
        let file = written();
        assert!(looks_like_review(file.as_bytes()));
        let opened = read(file.as_bytes(), &project()).unwrap();
        assert_eq!((&opened.review, opened.unread), (&review(), vec![]));
        assert_eq!(String::from_utf8(write(&opened.review, &project())).unwrap(), file);
        let sample =
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/review.json"));
        assert_eq!(file, sample.replace("{program}", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn a_record_that_cannot_be_read_is_told_and_the_others_stay() {
        let file = written().replace("\"verdict\":\"edited\"", "\"verdict\":\"later\"");
        let opened = read(file.as_bytes(), &project()).unwrap();
        assert_eq!(opened.review.decisions.len(), 2);
        assert_eq!(opened.unread, ["a decision: verdict: there is no “later”"]);
    }

    #[test]
    fn what_is_no_review_says_what_it_is() {
        let said = |bytes: &[u8]| read(bytes, &project()).unwrap_err();
        let found = |bytes: &[u8]| match said(bytes) {
            ReadError::NotAReview { found } => found,
            other => panic!("{other}"),
        };
        assert_eq!(found(project_file().as_bytes()), "a project");
        assert_eq!(found(b"%PDF-1.7"), "a PDF file");
        assert_eq!(said(b" "), ReadError::Empty);
        let newer = written().replace("\"major\":1", "\"major\":2");
        assert!(matches!(said(newer.as_bytes()), ReadError::NewerReview { major: 2, .. }));
        let cut = &written().into_bytes()[..600];
        assert!(matches!(said(cut), ReadError::Truncated { .. }));
        let without = written().replace("\"decisions\":", "\"choices\":");
        assert!(said(without.as_bytes()).to_string().contains("“decisions” is missing"));
    }
}
