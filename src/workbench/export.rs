//! Exports with their receipt: what was written, read again and compared, and what the format cannot hold.

use crate::formats::annotation_json::{self, Form};
use crate::formats::brat;
use crate::formats::reread::says_the_same;
use crate::model::{DocumentId, End, Project, Relation};
use crate::query;
use crate::store::{self, Expected, RealDisk};
use crate::workbench::{Notice, Progress};
use std::path::Path;

pub use crate::formats::{FormatInfo, all_formats};

/// What an export wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Documents, annotations and links in the project.
    pub documents: usize,
    /// Annotations written.
    pub annotations: usize,
    /// Links written.
    pub links: usize,
    /// Whether what was written, read again, says the same words at the same places.
    pub reread_equal: bool,
    /// What the format has no place for.
    pub lost: Vec<Lost>,
}

/// Something that a format has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What.
    pub what: &'static str,
    /// How many.
    pub count: usize,
}

/// Writes `project` to `path` as `format` (an id of [`all_formats`]). A file that is there is written over: the person
/// has been asked, or named it on the command line. A folder must be new or empty.
pub fn export(
    project: &Project,
    only: Option<&DocumentId>,
    format: &str,
    path: &Path,
    progress: &Progress,
) -> Result<Exported, Notice> {
    if format == "brat" {
        return export_brat(project, only, path, progress);
    }
    let form = match format {
        "annotation-json" => Form::Json,
        "annotation-jsonl" => Form::Lines,
        other => {
            return Err(Notice::error(
                format!("“{other}” is no format that can be written"),
                "matryoshka formats lists them",
            ));
        }
    };
    progress.say(crate::workbench::load::file_name(path));
    let bytes = annotation_json::write(project, only, form);
    progress.say("Reading it again to compare");
    let reread_equal = says_the_same(&bytes, project, only, form);
    if progress.is_cancelled() {
        return Err(Notice::info("Exporting was cancelled; nothing was written"));
    }
    store::replace(&RealDisk, &store::canonical(path), &bytes, Expected::Anything)
        .map_err(|error| Notice::error("Not exported", error))?;
    Ok(Exported { reread_equal, ..receipt(project, only) })
}

/// Writes a brat folder, which must be new or empty: what a colleague has tagged there is never written over.
fn export_brat(
    project: &Project,
    only: Option<&DocumentId>,
    folder: &Path,
    progress: &Progress,
) -> Result<Exported, Notice> {
    progress.say(crate::workbench::load::file_name(folder));
    let written = brat::write(project, only);
    progress.say("Reading it again to compare");
    let reread_equal = brat::says_the_same(&written.files, project, only);
    if progress.is_cancelled() {
        return Err(Notice::info("Exporting was cancelled; nothing was written"));
    }
    let files: Vec<(&str, &[u8])> =
        written.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    store::fill_folder(folder, &files).map_err(|error| Notice::error("Not exported", error))?;
    let lost = written.lost.into_iter().map(|(what, count)| Lost { what, count }).collect();
    Ok(Exported {
        documents: if only.is_some() { 1 } else { project.sheets().len() },
        annotations: written.annotations,
        links: written.links,
        reread_equal,
        lost,
    })
}

fn receipt(project: &Project, only: Option<&DocumentId>) -> Exported {
    let counts = query::counts(project);
    let annotations = only.map_or(counts.annotations, |id| {
        project.sheet(id).map_or(0, |sheet| sheet.annotations().len())
    });
    let written = |end: &End| match end {
        End::Annotation(id) => {
            project.annotation(id).is_some_and(|a| only.is_none_or(|only| a.document == *only))
        }
        End::Entity(_) => false,
    };
    let of_records =
        |link: &Relation| [&link.from, &link.to].iter().all(|end| matches!(end, End::Entity(_)));
    let relations = || project.relations().values();
    let between_records = relations().filter(|link| of_records(link)).count();
    let links = relations().filter(|link| written(&link.from) || written(&link.to)).count();
    let unmentioned =
        project.entities().keys().filter(|id| project.mentions_of(id).next().is_none()).count();
    let lost = [
        ("comments", counts.comments),
        ("records nobody mentions", unmentioned),
        ("links between records", between_records),
        ("decisions", project.decisions().len()),
        ("records set aside", project.set_aside.len()),
    ];
    Exported {
        documents: if only.is_some() { 1 } else { project.sheets().len() },
        annotations,
        links,
        reread_equal: false,
        lost: lost
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(what, count)| Lost { what, count })
            .collect(),
    }
}

impl std::fmt::Display for Exported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let annotations = query::amount_in_words(self.annotations as u64, "annotations");
        let links = query::amount_in_words(self.links as u64, "links");
        write!(f, "Exported {annotations} and {links}")?;
        for (at, lost) in self.lost.iter().enumerate() {
            let before = if at == 0 { "; the format has no place for" } else { "," };
            write!(f, "{before} {} ({})", lost.what, lost.count)?;
        }
        Ok(())
    }
}
