//! The program: the command line decides, and the window opens only where it is wanted and can be.
//!
//! Nothing else happens here. What can be asked is in `cli`, what a window shows in `ui`.

use matryoshka::cli::{self, Wish};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Wish::Done(code) => code,
        Wish::Window { paths, state, annotator } => {
            match window(paths, state.as_deref(), annotator.as_deref()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(words) => {
                    cli::complain(&words);
                    ExitCode::from(2)
                }
            }
        }
    }
}

#[cfg(feature = "gui")]
fn window(
    paths: Vec<PathBuf>,
    state: Option<&Path>,
    annotator: Option<&str>,
) -> Result<(), String> {
    use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
    use std::sync::{Arc, Mutex, PoisonError};

    if cli::display_is_missing() {
        return Err(cli::NO_DISPLAY.to_owned());
    }
    // A missing system library makes the window's crates panic: the person is told which one, without a backtrace.
    // Panics of other threads belong to jobs, which report them.
    let last_words = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&last_words);
    set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some("main") {
            *heard.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
        }
    }));
    match catch_unwind(AssertUnwindSafe(|| matryoshka::ui::run(paths, state, annotator))) {
        Ok(ended) => ended.map_err(|trouble| cli::not_opened(&trouble.to_string())),
        Err(_) => Err(cli::crashed(&last_words.lock().unwrap_or_else(PoisonError::into_inner))),
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: Vec<PathBuf>, _: Option<&Path>, _: Option<&str>) -> Result<(), String> {
    Err(cli::NOT_BUILT.to_owned())
}
