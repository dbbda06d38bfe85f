//! The command line: the same engine without a window. Data on stdout, remarks and errors on stderr.
//!
//! The only room that prints. Never draws, never panics on what it is given, and writes only to what `--out`
//! names. `arguments` says what can be asked, one file per command answers, `no_window` explains a missing window.

mod agree;
mod answer;
mod arguments;
mod check;
mod compare;
mod export;
mod formats;
mod import;
mod info;
mod merge;
mod new;
mod no_window;
mod open;
mod receipt;

pub use answer::complain;
pub use no_window::{NO_DISPLAY, NOT_BUILT, crashed, display_is_missing, not_opened};

use crate::cli::answer::Answer;
use crate::cli::arguments::{Arguments, Ask};
use crate::workbench::{Notice, Office};
use clap::Parser as _;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the person wants.
#[derive(Debug)]
pub enum Wish {
    /// Work in the window.
    Window {
        /// What to open: one project, or texts for a new one.
        paths: Vec<PathBuf>,
        /// Where settings and journals lie, instead of the usual place.
        state: Option<PathBuf>,
        /// Who works in this sitting.
        annotator: Option<String>,
    },
    /// It was done, or said why not.
    Done(ExitCode),
}

/// Does what the arguments ask for; the first of them is the program's name.
pub fn run(args: impl Iterator<Item = OsString>) -> Wish {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that nobody reads to its end is no failure.
            error.print().ok();
            return Wish::Done(code(u8::try_from(error.exit_code()).unwrap_or(FAILED)));
        }
    };
    match wish(arguments) {
        Ok(wish) => wish,
        Err(notice) => {
            complain(&notice.to_string());
            Wish::Done(code(FAILED))
        }
    }
}

/// The exit code of what could not be done.
const FAILED: u8 = 2;

fn code(code: u8) -> ExitCode {
    ExitCode::from(code)
}

fn wish(arguments: Arguments) -> Result<Wish, Notice> {
    let Arguments { paths, state, annotator, ask } = arguments;
    let Some(ask) = ask else {
        return match paths.iter().find(|path| !is_there(path)) {
            None => Ok(Wish::Window { paths, state, annotator }),
            Some(path) => Err(Notice::error(
                "There is neither a file nor a command of this name here",
                format!(
                    "a command comes before any path, and matryoshka --help lists them: {}",
                    path.display()
                ),
            )),
        };
    };
    let mut office = Office::open(state.as_deref(), annotator.as_deref())
        .map_err(|error| Notice::error("The program cannot work here", error))?;
    let answer = answer_to(&ask, &mut office)?;
    Ok(Wish::Done(code(answer.give())))
}

fn answer_to(ask: &Ask, office: &mut Office) -> Result<Answer, Notice> {
    match ask {
        Ask::New(ask) => new::answer(ask, office),
        Ask::Info(ask) => info::answer(ask, office),
        Ask::Check(ask) => check::answer(ask, office),
        Ask::Compare(ask) => compare::answer(ask, office),
        Ask::Formats(ask) => formats::answer(ask),
        Ask::Agree(ask) => agree::answer(ask, office),
        Ask::Export(ask) => export::answer(ask, office),
        Ask::Import(ask) => import::answer(ask, office),
        Ask::Merge(ask) => merge::answer(ask, office),
    }
}

/// Whether something lies there; what cannot be asked is left to whoever opens it.
fn is_there(path: &std::path::Path) -> bool {
    path.try_exists().unwrap_or(true)
}
