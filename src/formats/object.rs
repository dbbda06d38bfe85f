//! Writing JSON objects member by member into bytes: compact, in the order asked for, absent members left out.
//!
//! Strings are escaped by `serde_json`, which leaves every letter of every script as it is.

use crate::model::Unknown;
use std::io::Write as _;

/// Objects of a record whose unknown members are kept with the record, under these beginnings of their names.
const NESTED: [&str; 8] =
    ["made/", "revised/", "source/", "target/", "fragments/", "document/", "guest/", "answer/"];

/// An object under way; [`Object::close`] ends it.
pub(in crate::formats) struct Object<'o> {
    out: &'o mut Vec<u8>,
    started: bool,
}

impl<'o> Object<'o> {
    pub(in crate::formats) fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, started: false }
    }

    /// Writes a member's name; its value is to be written to what comes back.
    pub(in crate::formats) fn key(&mut self, name: &str) -> &mut Vec<u8> {
        if self.started {
            self.out.push(b',');
        }
        self.started = true;
        string(self.out, name);
        self.out.push(b':');
        self.out
    }

    pub(in crate::formats) fn text(&mut self, name: &str, value: &str) {
        string(self.key(name), value);
    }

    /// A text, left out when it is empty.
    pub(in crate::formats) fn words(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.text(name, value);
        }
    }

    /// JSON text as it is; also for numbers.
    pub(in crate::formats) fn raw(&mut self, name: &str, value: impl std::fmt::Display) {
        write!(self.key(name), "{value}").ok();
    }

    /// `true`, or nothing.
    #[expect(clippy::fn_params_excessive_bools, reason = "it is the value to write, not a mode")]
    pub(in crate::formats) fn flag(&mut self, name: &str, value: bool) {
        if value {
            self.raw(name, "true");
        }
    }

    /// A list of texts.
    pub(in crate::formats) fn texts<'t>(
        &mut self,
        name: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        list(self.key(name), texts, string);
    }

    /// A list of texts, left out when it is empty.
    pub(in crate::formats) fn some_texts<'t>(
        &mut self,
        name: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_some() {
            self.texts(name, texts);
        }
    }

    /// Members kept from the file that stood in this object itself.
    pub(in crate::formats) fn unknown(&mut self, unknown: &Unknown) {
        for (name, raw) in &unknown.0 {
            if !NESTED.iter().any(|within| name.starts_with(within)) {
                self.raw(name, raw);
            }
        }
    }

    /// Members kept from the file that stood in the object called `within`, such as `made/`.
    pub(in crate::formats) fn unknown_within(&mut self, within: &str, unknown: &Unknown) {
        for (name, raw) in &unknown.0 {
            if let Some(name) = name.strip_prefix(within) {
                self.raw(name, raw);
            }
        }
    }

    pub(in crate::formats) fn close(self) {
        self.out.push(b'}');
    }
}

/// Writes a JSON string.
pub(in crate::formats) fn string(out: &mut Vec<u8>, text: &str) {
    // Writing to memory cannot fail.
    serde_json::to_writer(out, text).ok();
}

/// Writes a number; whole ones without a point.
pub(in crate::formats) fn number(out: &mut Vec<u8>, number: f64) {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        write!(out, "{}", number as i64).ok();
    } else {
        serde_json::to_writer(out, &number).ok();
    }
}

/// Writes a list in one line.
pub(in crate::formats) fn list<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T),
) {
    out.push(b'[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

/// Writes a list with each item on a line of its own behind `indent`; an empty one in one line.
pub(in crate::formats) fn lines<T>(
    out: &mut Vec<u8>,
    indent: &str,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T),
) {
    out.push(b'[');
    let mut any = false;
    for item in items {
        out.extend_from_slice(if any { b",\n" } else { b"\n" });
        out.extend_from_slice(indent.as_bytes());
        write(out, item);
        any = true;
    }
    out.extend_from_slice(if any { b"\n]" } else { b"]" });
}
