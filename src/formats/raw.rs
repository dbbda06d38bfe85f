//! JSON members as they came: borrowed text, members of unknown name, and typed objects that keep both.
//!
//! `wire!` declares an object of the file: it takes its members in one pass, refuses a name that comes twice and keeps
//! what it does not know. Nothing here knows which objects there are.

use crate::formats::ReadError;
use crate::model::Unknown;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use smol_str::{SmolStr, ToSmolStr as _};
use std::borrow::Cow;
use std::fmt;

/// A JSON string, borrowed from the file unless it has escapes.
pub(in crate::formats) struct Word<'a>(Cow<'a, str>);

impl std::ops::Deref for Word<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> Word<'a> {
    pub(in crate::formats) fn small(&self) -> SmolStr {
        SmolStr::new(&*self.0)
    }

    /// The string that a JSON text is, if it is one.
    pub(in crate::formats) fn of(raw: &'a RawValue) -> Option<Self> {
        let json = raw.get();
        match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            // Valid JSON without an escape: what stands between the marks is the string.
            Some(plain) if !plain.contains('\\') => Some(Self(Cow::Borrowed(plain))),
            Some(escaped) => match unescaped(escaped) {
                Some(text) => Some(Self(Cow::Owned(text))),
                None => serde_json::from_str(json).ok(),
            },
            None => None,
        }
    }

    pub(in crate::formats) fn into_boxed(self) -> Box<str> {
        self.0.into()
    }
}

/// What the inside of a valid JSON string says, where its escapes are of one letter: the text of a document is copied
/// once and into no more room than it takes.
fn unescaped(json: &str) -> Option<String> {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        text.push(match escape.as_bytes().first()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            sign @ (b'"' | b'\\' | b'/') => char::from(*sign),
            _ => return None,
        });
        rest = escape.get(1..)?;
    }
    text.push_str(rest);
    Some(text)
}

/// A long JSON string.
pub(in crate::formats) struct Words<'a>(Word<'a>);

impl<'a> Words<'a> {
    pub(in crate::formats) fn into_word(self) -> Word<'a> {
        self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Words<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Word::of(raw).map(Self).ok_or_else(|| Error::custom("expected a string"))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Word<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Word<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Word<'de>, E> {
                Ok(Word(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Word<'de>, E> {
                Ok(Word(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A number as exact as Rust reads it; JSON libraries may be one bit off, and a file must not drift.
pub(in crate::formats) struct Exact(pub(in crate::formats) f64);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        exact(raw.get()).map(Self).ok_or_else(|| Error::custom("expected a number"))
    }
}

/// The number that a JSON text is, if it is one.
pub(in crate::formats) fn exact(raw: &str) -> Option<f64> {
    let number = raw.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    number.then(|| raw.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

/// A whole number from 0.
pub(in crate::formats) struct Count(pub(in crate::formats) u32);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number from 0 to 4294967295")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Count, E> {
                u32::try_from(number).map(Count).map_err(|_over| {
                    E::invalid_value(serde::de::Unexpected::Unsigned(number), &self)
                })
            }
        }
        deserializer.deserialize_u32(Whole)
    }
}

/// Members of an object in their order, none twice.
#[derive(Default)]
pub(in crate::formats) struct Members<'a>(pub(in crate::formats) Vec<(Word<'a>, &'a RawValue)>);

impl Members<'_> {
    /// Whether a name comes twice; said only here, since a reader that takes either would lose the other.
    pub(in crate::formats) fn repeated(&self) -> Option<&str> {
        if self.0.len() < 2 {
            return None;
        }
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        names.iter().zip(names.iter().skip(1)).find(|(a, b)| a == b).map(|(name, _)| *name)
    }

    /// Moves them to `unknown`, each name behind `within` (`made/`), which says where it stood.
    pub(in crate::formats) fn keep(self, within: &str, unknown: &mut Unknown) {
        for (name, raw) in self.0 {
            let name = if within.is_empty() {
                name.small()
            } else {
                format!("{within}{}", &*name).to_smolstr()
            };
            unknown.0.push((name, raw.get().into()));
        }
    }

    /// All of them as members that we do not understand.
    pub(in crate::formats) fn unknown(self) -> Unknown {
        let mut unknown = Unknown::default();
        self.keep("", &mut unknown);
        unknown
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Members::default();
                while let Some(member) = map.next_entry()? {
                    members.0.push(member);
                }
                match members.repeated() {
                    Some(name) => Err(twice(name)),
                    None => Ok(members),
                }
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// Takes the value of a member that may come once.
pub(in crate::formats) fn fill<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    name: &str,
    map: &mut A,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(twice(name));
    }
    *slot = Some(map.next_value()?);
    Ok(())
}

pub(in crate::formats) fn twice<E: Error>(name: &str) -> E {
    E::custom(format!("the member “{name}” comes twice"))
}

/// Declares an object of the file with its members, and how it is read.
macro_rules! wire {
    (
        $(#[$doc:meta])* $name:ident
        needs { $($need:ident $need_key:literal : $need_type:ty),* $(,)? }
        may { $($may:ident $may_key:literal : $may_type:ty),* $(,)? }
    ) => {
        $(#[$doc])*
        pub(in crate::formats) struct $name<'a> {
            $($need: $need_type,)*
            $($may: Option<$may_type>,)*
            unknown: crate::formats::raw::Members<'a>,
        }

        impl<'a> serde::Deserialize<'a> for $name<'a> {
            fn deserialize<D: serde::Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
                struct Keys;
                impl<'a> serde::de::Visitor<'a> for Keys {
                    type Value = $name<'a>;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'a>>(
                        self,
                        mut map: A,
                    ) -> Result<$name<'a>, A::Error> {
                        $(let mut $need: Option<$need_type> = None;)*
                        $(let mut $may: Option<$may_type> = None;)*
                        let mut unknown = crate::formats::raw::Members::default();
                        while let Some(key) = map.next_key::<crate::formats::raw::Word<'a>>()? {
                            match &*key {
                                $($need_key => crate::formats::raw::fill(&mut $need, $need_key, &mut map)?,)*
                                $($may_key => crate::formats::raw::fill(&mut $may, $may_key, &mut map)?,)*
                                _ => unknown.0.push((key, map.next_value()?)),
                            }
                        }
                        if let Some(name) = unknown.repeated() {
                            return Err(crate::formats::raw::twice(name));
                        }
                        $(let $need = $need.ok_or_else(|| {
                            serde::de::Error::custom(concat!("the member “", $need_key, "” is missing"))
                        })?;)*
                        Ok($name { $($need,)* $($may,)* unknown })
                    }
                }
                deserializer.deserialize_map(Keys)
            }
        }
    };
}
pub(in crate::formats) use wire;

/// What is wrong in a JSON text: where in it, and what.
pub(in crate::formats) struct Wrong {
    /// Whether the text just ends too early.
    pub(in crate::formats) cut: bool,
    pub(in crate::formats) line: usize,
    pub(in crate::formats) column: usize,
    pub(in crate::formats) path: String,
    pub(in crate::formats) what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.what)
        } else {
            write!(f, "{}: {}", self.path, self.what)
        }
    }
}

/// Reads a `T`. Only after a failure it is read once more, to learn which member was wrong.
pub(in crate::formats) fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Wrong> {
    serde_json::from_str(json).map_err(|first| {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Err(error) if error.path().iter().next().is_some() => error.path().to_string(),
            _ => String::new(),
        };
        Wrong {
            cut: first.is_eof(),
            line: first.line(),
            column: first.column(),
            path,
            what: said(&first),
        }
    })
}

/// The error without its position, which is said elsewhere.
pub(in crate::formats) fn said(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.rsplit_once(" at line ").map_or(words.as_str(), |(before, _)| before).to_owned()
}

impl Wrong {
    /// The error of the whole file, where `part` is the piece of `file` that was read, called `name`.
    pub(in crate::formats) fn into_error(self, file: &str, part: &str, name: &str) -> ReadError {
        let before = part.as_ptr().addr().saturating_sub(file.as_ptr().addr());
        let (line, column) = position(file, before);
        let column = if self.line <= 1 { column + self.column.max(1) - 1 } else { self.column };
        let line = line + self.line.max(1) - 1;
        let separator = if self.path.is_empty() || name.is_empty() { "" } else { "." };
        if self.cut {
            return ReadError::Truncated { line, column };
        }
        ReadError::Malformed {
            line,
            column,
            path: format!("{name}{separator}{}", self.path),
            what: self.what,
        }
    }
}

/// Line and column of a byte of the file, both from 1.
pub(in crate::formats) fn position(file: &str, at: usize) -> (usize, usize) {
    let before = file.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use crate::formats::raw::Word;
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    proptest! {
        #[test]
        fn a_word_is_the_string_that_the_json_says(
            text in "[a-c\\\\\"/\\n\\t\\r\u{8}\u{c}\u{1}é😀]{0,12}", slashed in prop::bool::ANY
        ) {
            let mut json = serde_json::to_string(&text).unwrap();
            if slashed {
                json = json.replace('/', "\\/");
            }
            let raw: &RawValue = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&*Word::of(raw).unwrap(), &text);
        }
    }

    #[test]
    fn what_is_no_string_is_no_word() {
        for json in ["5", "[\"a\"]", "{}", "null", "\"\\ud800\""] {
            let raw: &RawValue = serde_json::from_str(json).unwrap();
            assert!(Word::of(raw).is_none(), "{json}");
        }
    }
}
