//! `matryoshka export`: annotations for another program, and a receipt for them.

use crate::cli::answer::Answer;
use crate::cli::arguments::ExportAsk;
use crate::cli::receipt::{Failed, Lost};
use crate::cli::{FAILED, open};
use crate::model::{DocumentId, Project};
use crate::query;
use crate::workbench::{Exported, Loaded, Notice, Office, Progress, export};
use serde::Serialize;

/// What was read and written. Members may be added, none renamed or taken away.
#[derive(Debug, Serialize)]
struct Receipt {
    read: Amounts,
    written: Amounts,
    reread_equal: bool,
    lost: Vec<Lost>,
    failed: Vec<Failed>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Amounts {
    documents: usize,
    annotations: usize,
    links: usize,
}

pub(crate) fn answer(ask: &ExportAsk, office: &mut Office) -> Result<Answer, Notice> {
    let loaded = open::project(&ask.project, office)?;
    refuse_to_lose(ask, &loaded)?;
    let project = &loaded.project;
    let only = ask.document.as_deref().map(DocumentId::new);
    if let Some(id) = only.as_ref().filter(|id| project.sheet(id).is_none()) {
        return Err(Notice::error(
            format!("There is no document “{id}” in the project"),
            format!("matryoshka info lists those there are: {}", ask.project.display()),
        ));
    }
    let read = amounts(project);
    let remarks = open::remarks(&loaded, &ask.project);
    let answer = match export(project, only.as_ref(), &ask.to, &ask.out, &Progress::default()) {
        Ok(exported) => written(ask, read, exported)?,
        Err(notice) => failed(ask, read, &notice)?,
    };
    Ok(answer.with_remarks(remarks))
}

/// What is at `--out` is written over, but never the project that is being read.
fn refuse_to_lose(ask: &ExportAsk, loaded: &Loaded) -> Result<(), Notice> {
    let own = loaded.file.as_ref().map(|file| file.path.as_path());
    match ask.out.canonicalize() {
        Ok(out) if Some(out.as_path()) == own => Err(Notice::error(
            "An export cannot take the place of its project",
            format!("give --out another name: {}", ask.out.display()),
        )),
        _ => Ok(()),
    }
}

fn amounts(project: &Project) -> Amounts {
    let counts = query::counts(project);
    Amounts {
        documents: project.sheets().len(),
        annotations: counts.annotations,
        links: counts.links,
    }
}

fn written(ask: &ExportAsk, read: Amounts, exported: Exported) -> Result<Answer, Notice> {
    let Exported { documents, annotations, links, reread_equal, lost } = exported;
    let why = "read again, the file does not say the same; please report this";
    let place = ask.out.display().to_string();
    let failed = (!reread_equal).then(|| Failed { place, why: why.to_owned() });
    let receipt = Receipt {
        read,
        written: Amounts { documents, annotations, links },
        reread_equal,
        lost: lost
            .into_iter()
            .map(|lost| Lost { what: lost.what.to_owned(), count: lost.count })
            .collect(),
        failed: failed.into_iter().collect(),
    };
    let code = match (reread_equal, receipt.lost.is_empty()) {
        (false, _) => FAILED,
        (true, false) => 1,
        (true, true) => 0,
    };
    let failures = receipt
        .failed
        .iter()
        .map(|failed| format!("The export cannot be relied on, {}: {}", failed.why, failed.place));
    Ok(Answer::json(&receipt)?.with_code(code).with_remarks(failures))
}

fn failed(ask: &ExportAsk, read: Amounts, notice: &Notice) -> Result<Answer, Notice> {
    let place = ask.out.display().to_string();
    let receipt = Receipt {
        read,
        written: Amounts::default(),
        reread_equal: false,
        lost: Vec::new(),
        failed: vec![Failed { place, why: notice.to_string() }],
    };
    Ok(Answer::json(&receipt)?.with_code(FAILED).with_remarks([notice.to_string()]))
}
