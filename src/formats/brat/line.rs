//! One line of an `.ann` file: what it says, or why it says nothing that brat knows.
//!
//! Only the line itself is looked at, never the text or other lines. Nothing is repaired here.

/// Start and end in brat's code points.
pub(in crate::formats::brat) type Range = (u32, u32);

/// What a line says. Names and ids are as they stand in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats::brat) enum Line<'a> {
    /// `T1⇥Person 0 4;9 12⇥words`
    Span { id: &'a str, name: &'a str, ranges: Vec<Range>, words: Option<&'a str> },
    /// `E1⇥Say:T4 Speaker:T1`
    Event { id: &'a str, name: &'a str, trigger: &'a str, roles: Vec<(&'a str, &'a str)> },
    /// `R1⇥Opposes Arg1:T5 Arg2:T2`
    Link { id: &'a str, name: &'a str, from: (&'a str, &'a str), to: (&'a str, &'a str) },
    /// `*⇥Equiv T2 T6`
    Same { name: &'a str, members: Vec<&'a str> },
    /// `A1⇥Negated T2` or `A2⇥Polarity T2 Positive`; `M` is its older letter.
    Attribute { id: &'a str, name: &'a str, target: &'a str, value: Option<&'a str> },
    /// `N1⇥Reference T1 Wikidata:Q1⇥name`
    Reference { id: &'a str, target: &'a str, outside: &'a str, words: &'a str },
    /// `#1⇥AnnotatorNotes T1⇥words`
    Note { id: &'a str, name: &'a str, target: &'a str, words: &'a str },
}

/// Reads a line that is not blank.
pub(in crate::formats::brat) fn read(line: &str) -> Result<Line<'_>, String> {
    let (id, rest) = line.split_once('\t').ok_or("there is no tab after the id")?;
    let id = id.trim();
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(format!("“{id}” is no id"));
    }
    let (data, tail) = match rest.split_once('\t') {
        Some((data, tail)) => (data, Some(tail)),
        None => (rest, None),
    };
    match id.chars().next() {
        Some('T') => span(id, data, tail),
        Some('E') => event(id, data),
        Some('R') => link(id, data),
        Some('*') => same(data),
        Some('A' | 'M') => attribute(id, data),
        Some('N') => reference(id, data, tail.unwrap_or_default()),
        Some('#') => note(id, data, tail.unwrap_or_default()),
        _ => Err(format!(
            "“{id}” is no id that brat knows: they begin with T, E, R, A, M, N, * or #"
        )),
    }
}

/// Whether a line that was understood has words in a column where brat has none.
pub(in crate::formats::brat) fn says_more(line: &str) -> bool {
    let mut columns = line.split('\t');
    let first = columns.next().unwrap_or_default().trim_start();
    let has_words = first.starts_with(['T', 'N', '#']);
    !has_words && columns.skip(1).any(|column| !column.trim().is_empty())
}

fn span<'a>(id: &'a str, data: &'a str, words: Option<&'a str>) -> Result<Line<'a>, String> {
    let (name, places) = data.trim().split_once(' ').ok_or("there are no offsets")?;
    let ranges = places.split(';').map(range).collect::<Result<_, _>>()?;
    Ok(Line::Span { id, name, ranges, words: words.filter(|words| !words.trim().is_empty()) })
}

fn range(words: &str) -> Result<Range, String> {
    let mut numbers = words.split_whitespace();
    let mut next = || {
        let word = numbers.next().ok_or_else(|| format!("“{words}” is no start and end"))?;
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| word.parse().ok()).flatten();
        number.ok_or_else(|| format!("“{word}” is no offset in a text"))
    };
    let (start, end) = (next()?, next()?);
    match numbers.next() {
        Some(more) => Err(format!("“{more}” stands behind start and end")),
        None if start >= end => Err(format!("the end {end} is not behind the start {start}")),
        None => Ok((start, end)),
    }
}

fn event<'a>(id: &'a str, data: &'a str) -> Result<Line<'a>, String> {
    let mut words = data.split_whitespace();
    let first = words.next().ok_or("there is no type and trigger")?;
    let (name, trigger) = pair(first)?;
    let roles = words.map(pair).collect::<Result<_, _>>()?;
    Ok(Line::Event { id, name, trigger, roles })
}

/// `Role:T1`. An id has no colon; a role may.
fn pair(word: &str) -> Result<(&str, &str), String> {
    let parts = word.rsplit_once(':').filter(|(name, id)| !name.is_empty() && !id.is_empty());
    parts.ok_or_else(|| format!("“{word}” is not a name and an id with a colon between"))
}

fn link<'a>(id: &'a str, data: &'a str) -> Result<Line<'a>, String> {
    let mut words = data.split_whitespace();
    let name = words.next().ok_or("there is no type")?;
    let ends: Vec<_> = words.map(pair).collect::<Result<_, _>>()?;
    match ends.as_slice() {
        [from, to] => Ok(Line::Link { id, name, from: *from, to: *to }),
        ends => Err(format!("a link has two ends, not {}", ends.len())),
    }
}

fn same(data: &str) -> Result<Line<'_>, String> {
    let mut words = data.split_whitespace();
    let name = words.next().ok_or("there is no type")?;
    let members: Vec<&str> = words.collect();
    if members.len() < 2 {
        return Err("it names fewer than two that are the same".to_owned());
    }
    Ok(Line::Same { name, members })
}

fn attribute<'a>(id: &'a str, data: &'a str) -> Result<Line<'a>, String> {
    let (name, rest) = data.trim().split_once(' ').ok_or("there is no target")?;
    let (target, value) = match rest.trim().split_once(' ') {
        Some((target, value)) => (target, Some(value.trim())),
        None => (rest.trim(), None),
    };
    if target.is_empty() {
        return Err("there is no target".to_owned());
    }
    Ok(Line::Attribute { id, name, target, value })
}

fn reference<'a>(id: &'a str, data: &'a str, tail: &'a str) -> Result<Line<'a>, String> {
    let mut words = data.split_whitespace().skip(1);
    let target = words.next().ok_or("there is no target")?;
    let outside = words.next().filter(|outside| outside.contains(':'));
    let outside = outside.ok_or("there is no outside id such as Wikidata:Q1")?;
    match words.next() {
        Some(more) => Err(format!("“{more}” stands behind the outside id")),
        // Some programs leave a column empty.
        None => Ok(Line::Reference { id, target, outside, words: tail.trim() }),
    }
}

fn note<'a>(id: &'a str, data: &'a str, tail: &'a str) -> Result<Line<'a>, String> {
    let (name, target) = data.trim().split_once(' ').ok_or("there is no target")?;
    if tail.trim().is_empty() {
        return Err("the note has no words".to_owned());
    }
    Ok(Line::Note { id, name, target: target.trim(), words: tail.trim() })
}

#[cfg(test)]
mod tests {
    use crate::formats::brat::line::{Line, read, says_more};

    #[test]
    fn each_kind_of_line_is_understood() {
        let span = Line::Span {
            id: "T3",
            name: "Claim",
            ranges: vec![(20, 25), (39, 48)],
            words: Some("taxes must fall"),
        };
        assert_eq!(read("T3\tClaim 20 25;39 48\ttaxes must fall"), Ok(span));
        let roles = vec![("Speaker", "T1"), ("Content", "E2")];
        let event = Line::Event { id: "E1", name: "Say", trigger: "T4", roles };
        assert_eq!(read("E1\tSay:T4 Speaker:T1 Content:E2 "), Ok(event));
        let link =
            Line::Link { id: "R1", name: "Opposes", from: ("Arg1", "T5"), to: ("Arg2", "T2") };
        assert_eq!(read("R1\tOpposes Arg1:T5 Arg2:T2\t"), Ok(link));
        let same = Line::Same { name: "Equiv", members: vec!["T2", "T6"] };
        assert_eq!(read("*\tEquiv T2 T6"), Ok(same));
        let attribute = |id, value| Line::Attribute { id, name: "Sure", target: "E1", value };
        assert_eq!(read("M1\tSure E1"), Ok(attribute("M1", None)));
        assert_eq!(read("A2\tSure E1 very much"), Ok(attribute("A2", Some("very much"))));
        let words = "Kim Someone";
        let reference = Line::Reference { id: "N1", target: "T1", outside: "Wikidata:Q1", words };
        assert_eq!(read("N1\tReference T1 Wikidata:Q1\t\tKim Someone"), Ok(reference));
        let note = Line::Note { id: "#1", name: "AnnotatorNotes", target: "T2", words: "why\tso" };
        assert_eq!(read("#1\tAnnotatorNotes T2\twhy\tso"), Ok(note));
    }

    #[test]
    fn what_stands_behind_a_line_is_seen() {
        for more in ["R1\tOpposes Arg1:T5 Arg2:T2\tsure", "*\tEquiv T1 T2\t\tx", "A1\tSure E1\tx"] {
            assert!(read(more).is_ok() && says_more(more), "{more}");
        }
        for usual in ["R1\tOpposes Arg1:T5 Arg2:T2\t", "T1\tX 0 1\tA", "N1\tReference T1 W:1\t\tX"]
        {
            assert!(read(usual).is_ok() && !says_more(usual), "{usual}");
        }
    }

    #[test]
    fn what_is_no_line_says_why() {
        for (line, why) in [
            ("T1Person 0 4", "no tab"),
            ("T1 Person 0 4\tKim", "no id"),
            ("X1\tPerson 0 4", "no id that brat knows"),
            ("T1\tPerson", "no offsets"),
            ("T1\tPerson 4 4\t", "not behind"),
            ("T1\tPerson 9 4\tx", "not behind"),
            ("T1\tPerson 0 99999999999999999999\tx", "no offset"),
            ("T1\tPerson -1 4\tx", "no offset"),
            ("T1\tPerson 0\tx", "no start and end"),
            ("T1\tPerson 0 4 9\tx", "stands behind"),
            ("T1\tPerson 0 4;\tx", "no start and end"),
            ("E1\t", "no type and trigger"),
            ("E1\tSay T4", "a colon between"),
            ("R1\tOpposes Arg1:T5", "two ends, not 1"),
            ("*\tEquiv T2", "fewer than two"),
            ("A1\tNegated", "no target"),
            ("N1\tReference T1", "no outside id"),
            ("#1\tAnnotatorNotes T1", "no words"),
            ("\t", "no id"),
        ] {
            let said = read(line).unwrap_err();
            assert!(said.contains(why), "{line}: {said}");
        }
    }
}
