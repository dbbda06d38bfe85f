//! Dates as people write them, and as people read them: `25 April 2019`, `апрель 2019`, `2019년 4월 25일`, `~2019`.
//!
//! What is understood is a [`DateRange`] with its precision; the file keeps ISO 8601-2 (`value`). Numbers alone are read
//! day first (`25/4/2019`), unless only the other order gives a date. A missing year is that of a date nearby.

use crate::model::value::is_in_calendar;
use crate::model::{DateRange, PartialDate};

/// Words that are no date, with an example of what is one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADate {
    /// Not understood.
    #[error(
        "“{0}” is no date; write it like 25 April 2019, 25.4.2019, April 2019, about 2019, or 24–26 April 2019"
    )]
    Unclear(String),
    /// The year is missing, and no date nearby gives it.
    #[error("“{0}” has no year; write it like 25 April 2019")]
    NoYear(String),
    /// No day of the calendar.
    #[error("There is no {0} in the calendar; write it like 25 April 2019, day first")]
    NoSuchDay(String),
    /// The range is the wrong way round.
    #[error("“{0}” ends before it begins; write it like 24–26 April 2019")]
    Backwards(String),
}

/// The date that `words` say; a year that they leave out is that of `near`.
pub fn read_date(words: &str, near: Option<&DateRange>) -> Result<DateRange, NotADate> {
    // Two names of months in Arabic are two words.
    let tidy = ["كانون ", "تشرين "]
        .iter()
        .fold(tidy(words), |text, first| text.replace(first, &format!("{}_", first.trim_end())));
    if let Ok(date) = tidy.trim().parse::<DateRange>() {
        return ordered(date, words);
    }
    let unclear = || NotADate::Unclear(words.trim().to_owned());
    let sides = sides(&tidy);
    let mut ends = sides.iter().map(|side| End::read(side));
    let (first, second) = (ends.next().flatten().ok_or_else(unclear)?, ends.next());
    let year = near.map(|near| near.from.year);
    let Some(second) = second else {
        return Ok(DateRange { from: first.date(year, words)?, to: None });
    };
    let second = second.ok_or_else(unclear)?;
    let (from, to) = first.shared(second).ok_or_else(unclear)?;
    let range = DateRange { from: from.date(year, words)?, to: Some(to.date(year, words)?) };
    ordered(range, words)
}

fn ordered(date: DateRange, words: &str) -> Result<DateRange, NotADate> {
    let first = (date.from.year, date.from.month.unwrap_or(1), date.from.day.unwrap_or(1));
    let last = date.to.map(|to| (to.year, to.month.unwrap_or(12), to.day.unwrap_or(31)));
    match last {
        Some(last) if last < first => Err(NotADate::Backwards(words.trim().to_owned())),
        _ => Ok(date),
    }
}

/// The date in English words: `25 April 2019`, `about April 2019`, `24–26 April 2019`.
pub fn date_in_words(date: &DateRange) -> String {
    let Some(to) = date.to else { return one(date.from) };
    let from = date.from;
    let about = if from.about { "about " } else { "" };
    let same = from.about == to.about && from.year == to.year;
    match (from.month, from.day, to.month, to.day) {
        (Some(month), Some(first), Some(other), Some(_)) if same && month == other => {
            format!("{about}{first}–{}", one(PartialDate { about: false, ..to }))
        }
        (Some(month), Some(first), Some(_), Some(_)) if same => {
            let last = one(PartialDate { about: false, ..to });
            format!("{about}{first} {} – {last}", month_name(month))
        }
        (Some(month), None, Some(_), None) if same => {
            format!("{about}{}–{}", month_name(month), one(PartialDate { about: false, ..to }))
        }
        (None, None, None, None) if !from.about && !to.about => {
            format!("{}–{}", one(from), one(to))
        }
        _ => format!("{} – {}", one(from), one(to)),
    }
}

fn one(date: PartialDate) -> String {
    let about = if date.about { "about " } else { "" };
    let year = format!("{:04}", date.year);
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{about}{day} {} {year}", month_name(month)),
        (Some(month), None) => format!("{about}{} {year}", month_name(month)),
        _ => format!("{about}{year}"),
    }
}

fn month_name(month: u8) -> &'static str {
    let at = usize::from(month).saturating_sub(1);
    ENGLISH.get(at).copied().unwrap_or_default()
}

/// An end of a range as far as it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct End {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    about: bool,
}

impl End {
    /// What the words of one side say; none for nonsense.
    fn read(side: &str) -> Option<Self> {
        let mut end = Self::default();
        let mut rest: Vec<String> = Vec::new();
        for word in side.split_whitespace() {
            if let Some(after) = word.strip_prefix('~') {
                end.about = true;
                rest.extend((!after.is_empty()).then(|| after.to_owned()));
            } else if ABOUT.contains(&word.trim_end_matches('.')) || ABOUT.contains(&word) {
                end.about = true;
            } else if !IGNORED.contains(&word.trim_end_matches('.')) {
                rest.push(word.to_owned());
            }
        }
        match rest.as_slice() {
            [] => None,
            [only] if is_numeric(only) => end.numbers(only),
            _ => end.named(&rest.join(" ")),
        }
    }

    /// `25.04.2019`, `2019/4`, `4.2019`, `25.4.`, `2019`, `25`.
    fn numbers(mut self, text: &str) -> Option<Self> {
        let parts: Vec<&str> =
            text.split(['.', '/', '-']).filter(|part| !part.is_empty()).collect();
        let number = |part: &str| part.parse::<u16>().ok();
        let small = |part: &str| if part.len() <= 2 { part.parse::<u8>().ok() } else { None };
        match parts.as_slice() {
            [year] if year.len() == 4 => self.year = number(year),
            [day] => self.day = Some(small(day)?),
            [year, month] if year.len() == 4 => {
                (self.year, self.month) = (number(year), Some(small(month)?));
            }
            [month, year] if year.len() == 4 => {
                (self.year, self.month) = (number(year), Some(small(month)?));
            }
            [day, month] => (self.day, self.month) = day_first(small(day)?, small(month)?),
            [year, month, day] if year.len() == 4 => {
                (self.year, self.month, self.day) =
                    (number(year), Some(small(month)?), Some(small(day)?));
            }
            [day, month, year] if year.len() == 4 => {
                self.year = number(year);
                (self.day, self.month) = day_first(small(day)?, small(month)?);
            }
            _ => return None,
        }
        Some(self)
    }

    /// Names of months, years of four digits, days of one or two; in Korean, Chinese and Japanese what stands after
    /// a number says what it is.
    fn named(mut self, text: &str) -> Option<Self> {
        let parts = parts(text);
        let mut parts = parts.iter().map(String::as_str).peekable();
        while let Some(part) = parts.next() {
            if let Ok(number) = part.parse::<u16>() {
                let unit = parts.next_if(|next| UNITS.iter().any(|units| units.contains(next)));
                self.number(part, number, unit)?;
            } else if let Some(month) = month_of(part) {
                put(&mut self.month, month)?;
            } else if ABOUT.contains(&part) {
                self.about = true;
            } else if !IGNORED.contains(&part) {
                return None;
            }
        }
        let any = self.year.is_some() || self.month.is_some() || self.day.is_some();
        any.then_some(self)
    }

    fn number(&mut self, part: &str, number: u16, unit: Option<&str>) -> Option<()> {
        let is = |units: &[&str]| unit.is_some_and(|unit| units.contains(&unit));
        let [years, months, days] = UNITS;
        if is(years) || (unit.is_none() && part.len() == 4) {
            (part.len() <= 4).then(|| put(&mut self.year, number))?
        } else if is(months) {
            put(&mut self.month, u8::try_from(number).ok()?)
        } else if is(days) || part.len() <= 2 {
            put(&mut self.day, u8::try_from(number).ok()?)
        } else {
            None
        }
    }

    /// Each end has what only the other says: `24–26 April 2019`, `4월 24일~26일`. "About" before a shared end is
    /// said of both.
    fn shared(self, other: Self) -> Option<(Self, Self)> {
        let (mut from, mut to) = (self, other);
        let precise = |end: &Self| (end.month.is_some(), end.day.is_some());
        if from.year.is_none() || (from.day.is_some() && from.month.is_none()) {
            to.about |= from.about;
        }
        if from.day.is_some() && from.month.is_none() {
            from.month = to.month;
        }
        if to.day.is_some() && to.month.is_none() {
            to.month = from.month;
        }
        // "24 to 26 April": the day of the first belongs to the month of the second; "2018–19" is no date.
        if precise(&from) == (false, true) || precise(&to) == (false, true) {
            return None;
        }
        let (from_year, to_year) = (from.year.or(to.year), to.year.or(from.year));
        (from.year, to.year) = (from_year, to_year);
        Some((from, to))
    }

    fn date(self, near: Option<u16>, words: &str) -> Result<PartialDate, NotADate> {
        let words = words.trim().to_owned();
        if self.day.is_some() && self.month.is_none() {
            return Err(NotADate::Unclear(words));
        }
        let Some(year) = self.year.or(near) else { return Err(NotADate::NoYear(words)) };
        let date = PartialDate { year, month: self.month, day: self.day, about: self.about };
        if is_in_calendar(date) { Ok(date) } else { Err(NotADate::NoSuchDay(words)) }
    }
}

/// A second value that differs contradicts the first.
fn put<T: PartialEq>(place: &mut Option<T>, value: T) -> Option<()> {
    match place {
        Some(known) if *known != value => None,
        _ => {
            *place = Some(value);
            Some(())
        }
    }
}

/// Day and month; the other way round where only that can be.
fn day_first(first: u8, second: u8) -> (Option<u8>, Option<u8>) {
    if second > 12 && first <= 12 {
        (Some(second), Some(first))
    } else {
        (Some(first), Some(second))
    }
}

/// One script of digits, no marks that only order the line, small letters, no commas.
fn tidy(words: &str) -> String {
    let plain = words.chars().filter_map(|c| match c {
        '\u{200e}'
        | '\u{200f}'
        | '\u{061c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => None,
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
        '\u{ff10}'..='\u{ff19}' => digit(c, 0xff10),
        '\u{a0}' | '\u{202f}' | ',' | '،' | '，' | '、' => Some(' '),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '—' | '―' | '〜' | '～' => Some('–'),
        _ => Some(c),
    });
    plain.flat_map(char::to_lowercase).collect()
}

fn digit(c: char, zero: u32) -> Option<char> {
    char::from_digit((c as u32).checked_sub(zero)?, 10)
}

/// The one or two sides of a range.
fn sides(text: &str) -> Vec<String> {
    let mut open = String::new();
    let letters: Vec<char> = text.trim().chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let before = letters.get(..at).unwrap_or_default();
        let after = letters.get(at + 1..).unwrap_or_default();
        match c {
            '–' => open.push_str(" \u{1} "),
            '~' if before.iter().any(|c| !c.is_whitespace()) && divides(before) => {
                open.push_str(" \u{1} ");
            }
            '-' if parts_a_range(before, after) => open.push_str(" \u{1} "),
            _ => open.push(*c),
        }
    }
    // Units and digits of Korean, Chinese and Japanese stand without blanks before words such as "to".
    let spaced = BETWEEN_GLUED.iter().fold(open, |text, word| text.replace(word, " \u{1} "));
    let words: Vec<&str> = spaced
        .split_whitespace()
        .map(|word| if BETWEEN.contains(&word) { "\u{1}" } else { word })
        .collect();
    let joined = words.join(" ");
    let sides = joined.trim_end_matches(['\u{1}', ' ']).split('\u{1}');
    let sides: Vec<String> = sides.map(|side| side.trim().to_owned()).collect();
    if sides.len() > 2 { vec![String::new()] } else { sides }
}

/// `4월 24일~26일`: the tilde stands after something of a date, not before "about".
fn divides(before: &[char]) -> bool {
    before.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|c| c.is_alphanumeric())
}

/// Whether a hyphen stands between two dates and not inside one: `24-26 April`, `April-June`, `2018-2019`, ` - `.
fn parts_a_range(before: &[char], after: &[char]) -> bool {
    if before.last() == Some(&' ') && after.first() == Some(&' ') {
        return true;
    }
    let run = |letters: &mut dyn Iterator<Item = &char>| {
        letters.take_while(|c| c.is_ascii_digit()).count()
    };
    let (left, right) = (run(&mut before.iter().rev()), run(&mut after.iter()));
    if left == 0 || right == 0 {
        let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic());
        return letter(before.last()) || letter(after.first());
    }
    let inside = |c: Option<&char>| matches!(c, Some('-' | '.' | '/'));
    let alone = !inside(before.iter().rev().nth(left)) && !inside(after.get(right));
    let named = after.iter().skip(right).any(|c| c.is_alphabetic());
    alone && ((left == 4 && right == 4) || (left <= 2 && right <= 2 && named))
}

fn is_numeric(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-'))
}

/// Words and numbers apart: `2019년` gives `2019` and `년`.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut fresh = true;
    for c in text.chars() {
        if matches!(c, '.' | '/' | '\'' | '’') || c.is_whitespace() {
            fresh = true;
            continue;
        }
        let joins = parts.last().and_then(|part| part.chars().next_back()).is_some_and(|last| {
            last.is_ascii_digit() == c.is_ascii_digit() && !is_unit(last) && !is_unit(c)
        });
        match parts.last_mut() {
            Some(part) if !fresh && joins => part.push(c),
            _ => parts.push(c.to_string()),
        }
        fresh = false;
    }
    parts
}

fn is_unit(c: char) -> bool {
    matches!(c, '년' | '월' | '일' | '年' | '月' | '日' | '号' | '號' | '頃')
}

fn month_of(word: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|names| names.split(' ').any(|name| name == word))?;
    u8::try_from(at + 1).ok()
}

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Names of each month: English, Russian, Ukrainian, German, French, Spanish, Arabic (both sets).
const MONTHS: [&str; 12] = [
    "january jan январь января янв січень січня januar jänner janvier janv enero يناير كانون_الثاني",
    "february feb февраль февраля фев февр лютий лютого februar février fevrier févr febrero فبراير شباط",
    "march mar март марта мар березень березня märz maerz mrz mars marzo مارس آذار اذار",
    "april apr апрель апреля апр квітень квітня avril avr abril أبريل ابريل إبريل نيسان",
    "may май мая травень травня mai mayo مايو أيار ايار",
    "june jun июнь июня июн червень червня juni juin junio يونيو يونيه حزيران",
    "july jul июль июля июл липень липня juli juillet juil julio يوليو يوليه تموز",
    "august aug август августа авг серпень серпня août aout agosto أغسطس اغسطس آب",
    "september sep sept сентябрь сентября сен сент вересень вересня septembre septiembre سبتمبر أيلول ايلول",
    "october oct октябрь октября окт жовтень жовтня oktober okt octobre octubre أكتوبر اكتوبر تشرين_الأول",
    "november nov ноябрь ноября ноя нояб листопад листопада novembre noviembre نوفمبر تشرين_الثاني",
    "december dec декабрь декабря дек грудень грудня dezember dez décembre decembre déc diciembre ديسمبر كانون_الأول",
];

/// What says that a number is a year, a month, a day.
const UNITS: [&[&str]; 3] = [&["년", "年"], &["월", "月"], &["일", "日", "号", "號"]];

const ABOUT: &[&str] = &[
    "about",
    "around",
    "circa",
    "c",
    "ca",
    "approximately",
    "approx",
    "roughly",
    "около",
    "примерно",
    "приблизительно",
    "ок",
    "близько",
    "etwa",
    "ungefähr",
    "um",
    "vers",
    "environ",
    "hacia",
    "약",
    "경",
    "约",
    "約",
    "大约",
    "大約",
    "頃",
    "ごろ",
    "حوالي",
    "حوالى",
    "نحو",
];

/// Words that say nothing more.
const IGNORED: &[&str] = &[
    "the",
    "of",
    "on",
    "in",
    "from",
    "between",
    "st",
    "nd",
    "rd",
    "th",
    "г",
    "гг",
    "год",
    "года",
    "году",
    "с",
    "го",
    "е",
    "р",
    "року",
    "den",
    "der",
    "am",
    "im",
    "von",
    "le",
    "du",
    "er",
    "en",
    "de",
    "del",
    "el",
    "في",
    "من",
    "عام",
    "سنة",
    "م",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Words between the ends of a range.
const BETWEEN: &[&str] = &[
    "to", "until", "till", "through", "and", "по", "до", "bis", "und", "à", "au", "et", "إلى",
    "حتى", "y",
];

/// The same, where they are written without blanks.
const BETWEEN_GLUED: &[&str] = &["부터", "까지", "から", "まで", "至", "到"];

#[cfg(test)]
mod tests {
    use crate::model::date_words::*;
    use proptest::prelude::*;

    #[track_caller]
    fn reads(words: &str, iso: &str) {
        let near: DateRange = "2019-05-03".parse().unwrap();
        let read = read_date(words, Some(&near)).map(|date| date.to_string());
        assert_eq!(read.as_deref(), Ok(iso), "{words}");
    }

    #[test]
    fn numbers_are_read_day_first() {
        reads("2019", "2019");
        reads("2019-04", "2019-04");
        reads("2019-04-25", "2019-04-25");
        reads("25.04.2019", "2019-04-25");
        reads("25.4.2019", "2019-04-25");
        reads("25/4/2019", "2019-04-25");
        reads("5/4/2019", "2019-04-05");
        reads("4/25/2019", "2019-04-25");
        reads("25-04-2019", "2019-04-25");
        reads("2019/4/25", "2019-04-25");
        reads("4.2019", "2019-04");
        reads("2019-04-24/2019-04-26", "2019-04-24/2019-04-26");
    }

    #[test]
    fn english_dates_are_read() {
        reads("25 April 2019", "2019-04-25");
        reads("25th of April 2019", "2019-04-25");
        reads("April 25, 2019", "2019-04-25");
        reads("Thursday, 25 Apr. 2019", "2019-04-25");
        reads("April 2019", "2019-04");
        reads("about 2019", "~2019");
        reads("c. April 2019", "~2019-04");
        reads("ca. 2019", "~2019");
        reads("~2019", "~2019");
        reads("~ April 2019", "~2019-04");
    }

    #[test]
    fn ranges_share_month_and_year() {
        reads("24–26 April 2019", "2019-04-24/2019-04-26");
        reads("24-26 April 2019", "2019-04-24/2019-04-26");
        reads("24 to 26 April 2019", "2019-04-24/2019-04-26");
        reads("from 24 April to 2 May 2019", "2019-04-24/2019-05-02");
        reads("24 April – 2 May 2019", "2019-04-24/2019-05-02");
        reads("April to June 2019", "2019-04/2019-06");
        reads("April-June 2019", "2019-04/2019-06");
        reads("2018-2019", "2018/2019");
        reads("about 24–26 April 2019", "~2019-04-24/~2019-04-26");
        reads("April 24–26, 2019", "2019-04-24/2019-04-26");
    }

    #[test]
    fn russian_ukrainian_german_french_and_spanish_dates_are_read() {
        reads("25 апреля 2019 г.", "2019-04-25");
        reads("25 апреля 2019 года", "2019-04-25");
        reads("апрель 2019", "2019-04");
        reads("около 2019", "~2019");
        reads("с 24 по 26 апреля 2019 г.", "2019-04-24/2019-04-26");
        reads("25 квітня 2019 року", "2019-04-25");
        reads("25. April 2019", "2019-04-25");
        reads("24. bis 26. März 2019", "2019-03-24/2019-03-26");
        reads("etwa Mai 2019", "~2019-05");
        reads("le 1er août 2019", "2019-08-01");
        reads("25 avril 2019", "2019-04-25");
        reads("25 de abril de 2019", "2019-04-25");
    }

    #[test]
    fn korean_chinese_and_japanese_dates_are_read() {
        reads("2019년 4월 25일", "2019-04-25");
        reads("2019년 4월", "2019-04");
        reads("2019년", "2019");
        reads("약 2019년", "~2019");
        reads("2019년 4월 24일~26일", "2019-04-24/2019-04-26");
        reads("2019년 4월 24일부터 26일까지", "2019-04-24/2019-04-26");
        reads("2019年4月25日", "2019-04-25");
        reads("2019年4月25号", "2019-04-25");
        reads("约2019年", "~2019");
        reads("2019年4月24日至26日", "2019-04-24/2019-04-26");
        reads("２０１９年４月２５日", "2019-04-25");
    }

    #[test]
    fn arabic_dates_are_read_in_both_digits_and_both_sets_of_months() {
        reads("٢٥ أبريل ٢٠١٩", "2019-04-25");
        reads("25 نيسان/أبريل 2019", "2019-04-25");
        reads("نيسان 2019", "2019-04");
        reads("حوالي ٢٠١٩", "~2019");
        reads("٢٤ إلى ٢٦ أبريل ٢٠١٩", "2019-04-24/2019-04-26");
    }

    #[test]
    fn a_missing_year_is_that_of_the_date_nearby() {
        reads("25 April", "2019-04-25");
        reads("25.4.", "2019-04-25");
        reads("24–26 April", "2019-04-24/2019-04-26");
        let trouble = read_date("25 April", None).unwrap_err();
        assert!(trouble.to_string().contains("no year"), "{trouble}");
    }

    #[test]
    fn nonsense_is_refused_with_an_example() {
        let near: DateRange = "2019".parse().unwrap();
        for words in [
            "",
            "soon",
            "25",
            "32 April 2019",
            "30 February 2019",
            "2019-13",
            "25 April May 2019",
            "26–24 April 2019",
            "April 2019 June",
            "12345",
            "2019-04-24/2019-04-20",
            "25.4.19",
            "1–2–3 April 2019",
            "–",
            "about",
        ] {
            let trouble = read_date(words, Some(&near)).unwrap_err().to_string();
            assert!(trouble.contains("write it like"), "{words}: {trouble}");
        }
    }

    fn partial() -> impl Strategy<Value = PartialDate> {
        (
            0u16..=9999,
            proptest::option::of((1u8..=12, proptest::option::of(1u8..=28))),
            any::<bool>(),
        )
            .prop_map(|(year, rest, about)| PartialDate {
                year,
                month: rest.map(|(month, _)| month),
                day: rest.and_then(|(_, day)| day),
                about,
            })
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_as_the_same(from in partial(), to in proptest::option::of((partial(), any::<bool>()))) {
            // Ends near each other are where words are shared.
            let to = to.map(|(to, near)| if near { PartialDate { year: from.year, ..to } } else { to });
            let date = DateRange { from, to };
            prop_assume!(ordered(date, "").is_ok());
            prop_assert_eq!(read_date(&date_in_words(&date), None), Ok(date));
        }
    }
}
