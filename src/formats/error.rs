//! Why bytes could not be read: what is wrong, where, and what to do about it.
//!
//! Only for what makes a file unreadable as a whole. A single bad record is set aside instead and says its own reason.

/// Why bytes are not a project.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes but blanks.
    #[error("the file is empty; restore it from a backup or choose another one")]
    Empty,
    /// The bytes are no text.
    #[error("byte {at} of the file is not UTF-8; save it as UTF-8 or restore it from a backup")]
    NotUtf8 {
        /// Bytes from the file's start.
        at: usize,
    },
    /// Something else than a project.
    #[error("this is {found}, not a project; open a project file or import this one as a text")]
    NotAProject {
        /// What it seems to be.
        found: String,
    },
    /// Something else than a review.
    #[error("this is {found}, not a review; choose the file that came back from the review")]
    NotAReview {
        /// What it seems to be.
        found: String,
    },
    /// A newer program has written the review.
    #[error(
        "{by} wrote it in version {major} of the review format, which this program does not know; \
         update the program to read it"
    )]
    NewerReview {
        /// The program.
        by: String,
        /// The version.
        major: u32,
    },
    /// It ends in the middle.
    #[error(
        "line {line}, column {column}: the file ends in the middle, as after an interrupted copy; \
         restore it from a backup"
    )]
    Truncated {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// It is not JSON, or a part that everything else needs is not what it must be.
    #[error("line {line}, column {column}, {}: {what}; correct it in a text editor", place(.path))]
    Malformed {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// The member, such as `codebook.layers[1].key`; empty for the whole file.
        path: String,
        /// What is wrong there.
        what: String,
    },
    /// A journalled change does not fit the project.
    #[error("the change does not fit the project: {what}; it is left out")]
    DoesNotFit {
        /// What is wrong.
        what: String,
    },
}

fn place(path: &str) -> String {
    if path.is_empty() { "top level".to_owned() } else { format!("“{path}”") }
}
