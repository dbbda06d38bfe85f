//! What a command says: data for stdout, remarks for stderr, an exit code. The only file that writes to either.
//!
//! A reader that goes away (`| head`) is no failure; a full disk behind `>` is one and is said.

use crate::cli::FAILED;
use crate::workbench::Notice;
use serde::Serialize;
use std::io::{ErrorKind, Write as _, stderr, stdout};

/// What a command came to.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) data: String,
    pub(crate) remarks: Vec<String>,
    pub(crate) code: u8,
}

impl Answer {
    /// An answer in words.
    pub(crate) fn words(data: String) -> Self {
        Self { data, ..Self::default() }
    }

    /// An answer as one JSON value.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Notice> {
        let mut data = serde_json::to_string_pretty(value)
            .map_err(|error| Notice::error("The answer cannot be written as JSON", error))?;
        data.push('\n');
        Ok(Self::words(data))
    }

    /// The same answer with another exit code.
    pub(crate) fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// The same answer with something to be known beside it.
    pub(crate) fn with_remarks(mut self, remarks: impl IntoIterator<Item = String>) -> Self {
        self.remarks.extend(remarks);
        self
    }

    /// Writes it out and says the exit code.
    pub(crate) fn give(self) -> u8 {
        for remark in &self.remarks {
            complain(remark);
        }
        let mut out = stdout().lock();
        let written = out.write_all(self.data.as_bytes()).and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                complain(&format!("The answer could not be written ({error}): free some space"));
                FAILED
            }
            _ => self.code,
        }
    }
}

/// One message on stderr. Where even that is closed, nobody is there to be told.
pub fn complain(words: &str) {
    writeln!(stderr().lock(), "matryoshka: {words}").ok();
}
