//! `matryoshka new`: a project from texts. Never writes over a file.

use crate::cli::answer::Answer;
use crate::cli::arguments::NewAsk;
use crate::cli::open::many;
use crate::workbench::{Notice, Office, Progress, SaveTarget, Workbench, create};

pub(crate) fn answer(ask: &NewAsk, office: &mut Office) -> Result<Answer, Notice> {
    let codebook = ask.codebook.as_deref();
    let loaded = create(&ask.texts, codebook, office.desk(), &Progress::default())?;
    let mut remarks: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    let (mut bench, _) = Workbench::start(loaded, office);
    let saved = bench.save_now(SaveTarget::As(ask.out.clone()), office);
    // Closed in either case: the texts are where they were, so no journal need remember them.
    bench.close();
    remarks.push(format!("Made of {}: {}", many(ask.texts.len(), "text"), saved?.display()));
    Ok(Answer::default().with_remarks(remarks))
}
