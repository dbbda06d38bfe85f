//! The lines of a journal: JSON objects, each with a checksum of itself, and how a log is read up to its first damage.
//!
//! Never fails: what cannot be read is counted and said. Who writes lines is in `mod.rs`.

use crate::store::journal::{Entry, Header, Mark};
use crate::text::digest_hex;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead as _, BufReader};

/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;

/// How many digits of the digest are a line's checksum.
const CRC_DIGITS: usize = 16;

/// The first line.
#[derive(Serialize, Deserialize)]
pub(crate) struct HeaderLine {
    journal: u32,
    #[serde(flatten)]
    header: Header,
    /// The log whose unsaved entries this one took over, once it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follows: Option<String>,
}

impl HeaderLine {
    pub(crate) fn new(header: Header, follows: Option<String>) -> Self {
        Self { journal: VERSION, header, follows }
    }
}

/// Any other line, as `{"entry":{…},"crc":"…"}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    /// The whole project from which the entries start.
    Base(String),
    /// A change.
    Entry(Entry),
    /// All that was taken over from the log before stands above.
    Ready(bool),
    /// A file is about to be replaced.
    Saving(Mark),
    /// The log is done with, and why.
    End(String),
}

/// The line of a value, with its checksum and its end.
pub(crate) fn sealed(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut line = serde_json::to_string(value)?;
    let crc = checksum(line.as_bytes());
    line.pop();
    line.extend([",\"crc\":\"", &crc, "\"}\n"]);
    Ok(line)
}

/// The value's text, if the checksum is its own.
fn unsealed(line: &[u8]) -> Option<Vec<u8>> {
    let tail = ",\"crc\":\"".len() + CRC_DIGITS + "\"}".len();
    let (body, seal) = line.split_at_checked(line.len().checked_sub(tail)?)?;
    let crc = seal.strip_prefix(b",\"crc\":\"")?.strip_suffix(b"\"}")?;
    let mut body = body.to_vec();
    body.push(b'}');
    (checksum(&body).as_bytes() == crc).then_some(body)
}

fn checksum(body: &[u8]) -> String {
    let mut hex = digest_hex(body);
    hex.truncate(CRC_DIGITS);
    hex
}

/// What a log says, up to its first damage.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) header: Header,
    pub(crate) follows: Option<String>,
    pub(crate) base: Option<String>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) ready: bool,
    pub(crate) ended: bool,
    pub(crate) damage: Option<Damage>,
}

/// What of a log could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// The last line breaks off: the process or the machine ended while it was written.
    Torn,
    /// So many lines, the first of them in the middle of the log.
    Lines(usize),
    /// The disk failed on the way.
    Unreadable,
    /// Not a log, or one of a newer program.
    Header,
}

impl Damage {
    pub(crate) fn words(self) -> String {
        match self {
            Self::Torn => "The last change was only half written and is left out".to_owned(),
            Self::Lines(1) => {
                "One line of the log could not be read; the changes before it are whole".to_owned()
            }
            Self::Lines(lines) => {
                format!(
                    "{lines} lines of the log could not be read; the changes before them are whole"
                )
            }
            Self::Unreadable => {
                "The disk failed while the log was read; the changes before that are whole"
                    .to_owned()
            }
            Self::Header => {
                "The beginning of the log could not be read; it may be from a newer version"
                    .to_owned()
            }
        }
    }
}

/// Reads a log from where the file stands.
pub(crate) fn read_log(file: &File) -> Log {
    let mut log = Log::default();
    let mut lines = Lines { reader: BufReader::new(file), failed: false };
    read_first(&mut log, &mut lines);
    if log.damage.is_none() {
        read_lines(&mut log, &mut lines);
    }
    if lines.failed {
        log.damage = Some(Damage::Unreadable);
    }
    log
}

/// Reads only to what a log belongs.
pub(crate) fn read_header(file: &File) -> Header {
    let mut log = Log::default();
    read_first(&mut log, &mut Lines { reader: BufReader::new(file), failed: false });
    log.header
}

fn read_first(log: &mut Log, lines: &mut Lines<'_>) {
    let Some(first) = lines.next() else { return };
    match unsealed(&first.bytes).and_then(|body| serde_json::from_slice::<HeaderLine>(&body).ok()) {
        Some(HeaderLine { journal: VERSION, header, follows }) => {
            (log.header, log.follows) = (header, follows);
        }
        _ if first.whole => log.damage = Some(Damage::Header),
        _ => log.damage = Some(Damage::Torn),
    }
}

fn read_lines(log: &mut Log, lines: &mut Lines<'_>) {
    while let Some(line) = lines.next() {
        match unsealed(&line.bytes).and_then(|body| serde_json::from_slice(&body).ok()) {
            Some(Line::Base(base)) => log.base = Some(base),
            Some(Line::Entry(entry)) => log.entries.push(entry),
            Some(Line::Ready(ready)) => log.ready = ready,
            Some(Line::Saving(mark)) => log.marks.push(mark),
            Some(Line::End(_)) => log.ended = true,
            None if line.whole => {
                // Changes build on each other: none behind a lost one can be trusted.
                log.damage = Some(Damage::Lines(1 + lines.count()));
                return;
            }
            None => log.damage = Some(Damage::Torn),
        }
    }
}

/// The lines that are not empty.
struct Lines<'a> {
    reader: BufReader<&'a File>,
    failed: bool,
}

struct RawLine {
    bytes: Vec<u8>,
    /// Whether it has its end.
    whole: bool,
}

impl Iterator for Lines<'_> {
    type Item = RawLine;

    fn next(&mut self) -> Option<RawLine> {
        loop {
            let mut bytes = Vec::new();
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(_) => {
                    self.failed = true;
                    return None;
                }
            }
            let whole = bytes.pop_if(|last| *last == b'\n').is_some();
            if !bytes.is_empty() {
                return Some(RawLine { bytes, whole });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::store::journal::Entry;
    use crate::store::journal::line::{Line, checksum, sealed, unsealed};

    #[test]
    fn the_checksum_is_the_digest_of_the_line_without_it() {
        let entry = Entry {
            n: 3,
            title: "Annotate “no\nnew”".into(),
            by: "Ana".into(),
            at: "2026-11-24T12:00:00Z".into(),
            delta: "{\n \"a\": [1]}".into(),
        };
        let line = sealed(&Line::Entry(entry)).unwrap();
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        let mut value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["entry"]["delta"], "{\n \"a\": [1]}");
        let crc = value.as_object_mut().unwrap().remove("crc").unwrap();
        let body = line.replace(&format!(",\"crc\":{crc}}}\n"), "}");
        assert_eq!(crc, checksum(body.as_bytes()));
        assert_eq!(unsealed(line.trim_end().as_bytes()).unwrap(), body.as_bytes());
    }

    #[test]
    fn every_altered_byte_of_a_line_is_noticed() {
        let line = sealed(&Line::Base("{\"project\":\"😀\"}".into())).unwrap();
        let line = line.trim_end().as_bytes();
        assert!(unsealed(line).is_some());
        for at in 0..line.len() {
            let mut altered = line.to_vec();
            altered[at] ^= 1;
            assert_eq!(unsealed(&altered), None, "byte {at}");
            assert_eq!(unsealed(&line[..at]), None, "cut at {at}");
        }
    }
}
