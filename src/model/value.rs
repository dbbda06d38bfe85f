//! Values of features: text, numbers, choices, dates with precision, places, references.
//!
//! A value that is not what its feature allows is kept as [`Value::Foreign`], shown as a fault and written back.

use crate::model::{AnnotationId, EntityId};
use smol_str::SmolStr;
use std::fmt;
use std::str::FromStr;

/// The value of one feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Free text.
    Text(SmolStr),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// The id of a value of the feature's list.
    Choice(SmolStr),
    /// Several of them, or several texts.
    Several(Vec<SmolStr>),
    /// A day, month, year or a range of them.
    Date(DateRange),
    /// A place on earth.
    Place(Box<Location>),
    /// Another annotation or entity.
    Reference(End),
    /// Something else, as JSON text.
    Foreign(Box<str>),
}

/// What a relation or a reference points at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// An annotation.
    Annotation(AnnotationId),
    /// An entity: a speaker of a transcript, the author's own voice.
    Entity(EntityId),
}

impl End {
    /// The id as it is written in the file.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Annotation(id) => id.as_str(),
            Self::Entity(id) => id.as_str(),
        }
    }
}

/// A named place.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// As the text or the analyst names it.
    pub name: SmolStr,
    /// The country it lies in.
    pub country: Option<SmolStr>,
    /// Its number at `GeoNames`.
    pub geonames: Option<u64>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// The year, 0 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of that month.
    pub day: Option<u8>,
    /// Whether it is only about then.
    pub about: bool,
}

/// One date or the two ends of a range, written as in ISO 8601-2: `2019-04`, `~2019`, `2019-04-24/2019-04-26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateRange {
    /// The date, or the first of the range.
    pub from: PartialDate,
    /// The last of the range.
    pub to: Option<PartialDate>,
}

/// Words that are no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no date; write 2019, 2019-04, 2019-04-25, ~2019 or two of them with a slash")]
pub struct NoDate(pub String);

impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(words: &str) -> Result<Self, NoDate> {
        parse_date(words).ok_or_else(|| NoDate(words.to_owned()))
    }
}

impl FromStr for DateRange {
    type Err = NoDate;

    fn from_str(words: &str) -> Result<Self, NoDate> {
        match words.split_once('/') {
            None => Ok(Self { from: words.parse()?, to: None }),
            Some((from, to)) => Ok(Self { from: from.parse()?, to: Some(to.parse()?) }),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:04}", if self.about { "~" } else { "" }, self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.from)?;
        self.to.map_or(Ok(()), |to| write!(f, "/{to}"))
    }
}

fn parse_date(words: &str) -> Option<PartialDate> {
    let about = words.starts_with('~');
    let mut parts = words.strip_prefix('~').unwrap_or(words).split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2));
    let day = parts.next().map(|part| digits(part, 2));
    if parts.next().is_some() || month == Some(None) || day == Some(None) {
        return None;
    }
    let (month, day) = (month.flatten().map(|m| m as u8), day.flatten().map(|d| d as u8));
    Some(PartialDate { year, month, day, about }).filter(|date| is_in_calendar(*date))
}

/// The calendar knows February; a date without a day is any day of its month.
pub(in crate::model) fn is_in_calendar(date: PartialDate) -> bool {
    let small = |part: Option<u8>| i8::try_from(part.unwrap_or(1)).ok();
    let parts = (i16::try_from(date.year).ok(), small(date.month), small(date.day));
    let (Some(year), Some(month), Some(day)) = parts else { return false };
    jiff::civil::Date::new(year, month, day).is_ok()
}

fn digits(part: &str, count: usize) -> Option<u16> {
    (part.len() == count && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
}

#[cfg(test)]
mod tests {
    use crate::model::DateRange;

    #[test]
    fn dates_keep_their_precision() {
        for words in ["2019", "2019-04", "2019-04-25", "~2019-04", "2019-04-24/2019-04-26"] {
            assert_eq!(words.parse::<DateRange>().unwrap().to_string(), words);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for words in
            ["", "19", "2019-13", "2019-02-30", "2019-4-5", "2019-04-25-01", "/2019", "soon"]
        {
            assert!(words.parse::<DateRange>().is_err(), "{words}");
        }
    }
}
