//! The log: what the program did and what went wrong, a line each, for whoever has to find out why.
//!
//! Never holds words of documents, titles or quotes: what is in quotation marks and every path is blanked before it
//! is written. A log that cannot be written keeps nobody from working.

use crate::store::disk::{Disk as _, RealDisk};
use crate::store::state::{StateFolder, make_folder};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Bytes after which a new file is begun.
const FULL: u64 = 1 << 20;
/// Files kept besides the one that is written.
const OLDER: u32 = 2;
/// Bytes read from the end for the last lines.
const TAIL: u64 = 1 << 16;

/// The log of a state folder. Several windows may write to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log(PathBuf);

impl Log {
    /// The log in that folder; nothing is made yet.
    pub fn of(state: &StateFolder) -> Self {
        Self(state.path().join("matryoshka.log"))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a line: when, and what, without words and places.
    pub fn write(&self, at: &str, what: &str) {
        let line = format!("{at} {}\n", scrubbed(what));
        if self.0.metadata().is_ok_and(|found| found.len() >= FULL) {
            self.turn_over();
        }
        let folder = self.0.parent().map(make_folder);
        let file = File::options().create(true).append(true).open(&self.0);
        // Nobody is to be troubled by a log.
        if let (Some(Ok(())), Ok(mut file)) = (folder, file) {
            file.write_all(line.as_bytes()).ok();
        }
    }

    /// The last lines, the newest last.
    pub fn tail(&self, lines: usize) -> Vec<String> {
        let Ok(mut file) = File::open(&self.0) else { return Vec::new() };
        let length = file.metadata().map_or(0, |found| found.len());
        let mut bytes = Vec::new();
        let start = SeekFrom::Start(length.saturating_sub(TAIL));
        if file.seek(start).is_err() || file.take(TAIL).read_to_end(&mut bytes).is_err() {
            return Vec::new();
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let all: Vec<&str> = text.lines().collect();
        all.iter().skip(all.len().saturating_sub(lines)).map(|line| (*line).to_owned()).collect()
    }

    fn turn_over(&self) {
        for number in (0..OLDER).rev() {
            let from = if number == 0 { self.0.clone() } else { self.older(number) };
            // The first ones may not be there yet.
            RealDisk.rename(&from, &self.older(number + 1)).ok();
        }
    }

    fn older(&self, number: u32) -> PathBuf {
        self.0.with_extension(format!("{number}.log"))
    }
}

/// Without what stands in quotation marks, without paths, and in one line.
pub fn scrubbed(what: &str) -> String {
    let what = what.replace(['\n', '\r'], " ");
    let mut out = String::with_capacity(what.len());
    let mut rest = what.as_str();
    while let Some(sign) = rest.chars().next() {
        let after = rest.strip_prefix(sign).unwrap_or_default();
        let closing = match sign {
            '“' => Some('”'),
            '"' => Some('"'),
            '«' => Some('»'),
            '„' => Some('“'),
            _ => None,
        };
        if let Some(closing) = closing {
            out.push_str("“…”");
            rest = after.split_once(closing).map_or("", |(_, rest)| rest);
        } else if begins_path(rest, out.chars().next_back()) {
            // Our errors end with the path, which may have blanks in it.
            out.push_str("(path)");
            rest = "";
        } else {
            out.push(sign);
            rest = after;
        }
    }
    out
}

/// Whether a path begins here: at the beginning of a word, on any system.
fn begins_path(rest: &str, before: Option<char>) -> bool {
    let mut signs = rest.chars();
    let (first, second, third) = (signs.next(), signs.next(), signs.next());
    let word_begins = before.is_none_or(|sign| sign.is_whitespace() || "(:,=".contains(sign));
    if !word_begins {
        return false;
    }
    let root = first == Some('/') && second.is_some_and(|sign| !sign.is_whitespace());
    let home = first == Some('~') && second == Some('/');
    let here =
        first == Some('.') && (second == Some('/') || second == Some('.') && third == Some('/'));
    let share = first == Some('\\') && second == Some('\\');
    let drive = first.is_some_and(|sign| sign.is_ascii_alphabetic())
        && second == Some(':')
        && matches!(third, Some('\\' | '/'));
    // A relative one; a word with a stroke in it is lost to the log, which does no harm.
    let may = first.is_some_and(char::is_alphanumeric);
    let word = rest.split_whitespace().next().filter(|_| may);
    let relative = word.is_some_and(|word| word.contains(['/', '\\']));
    root || home || here || share || drive || relative
}

#[cfg(test)]
mod tests {
    use crate::store::{Log, StateFolder, scrubbed};

    #[test]
    fn words_in_quotation_marks_and_paths_are_blanked() {
        for (what, written) in [
            ("open 12 bytes in 3 ms", "open 12 bytes in 3 ms"),
            ("There is no file here: /home/anna/secret plan.json", "There is no file here: (path)"),
            ("The actor “Anton Berg” has a name", "The actor “…” has a name"),
            ("it says \"Berg\" twice", "it says “…” twice"),
            ("not there: C:\\Users\\Anna\\a.json", "not there: (path)"),
            ("not there: plans/secret plan.json", "not there: (path)"),
            ("er sagte „Berg“ zweimal", "er sagte “…” zweimal"),
            ("an unclosed “quote with words", "an unclosed “…”"),
            ("20 / 30 links\nand more", "20 / 30 links and more"),
        ] {
            assert_eq!(scrubbed(what), written);
        }
    }

    #[test]
    fn the_last_lines_come_back_and_a_full_log_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::of(&StateFolder::at(folder.path().join("state")));
        assert!(log.tail(3).is_empty());
        let words = "x".repeat(1000);
        for number in 0..4200 {
            log.write(&number.to_string(), &words);
        }
        let tail = log.tail(2);
        assert!(tail[1].starts_with("4199 ") && tail.len() == 2, "{tail:?}");
        let mut names: Vec<_> = std::fs::read_dir(folder.path().join("state"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["matryoshka.1.log", "matryoshka.2.log", "matryoshka.log"]);
        assert!(log.path().metadata().unwrap().len() <= (1 << 20) + 2000);
    }

    #[test]
    fn a_log_that_cannot_be_written_troubles_nobody() {
        Log::of(&StateFolder::at("/proc/nowhere")).write("now", "something");
    }
}
