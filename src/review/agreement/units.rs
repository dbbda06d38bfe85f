//! A text in units: words, characters, or what stands between blanks. Which of them a span covers.
//!
//! A unit belongs to a span that covers at least one character of it.

use crate::text::{Offset, Span, Text, words_in};
use std::ops::Range;

/// What gets a label, when text is labelled throughout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Words as Unicode and its dictionaries cut them; punctuation and blanks are none.
    #[default]
    Words,
    /// Unicode code points, blanks included.
    Characters,
    /// Whatever stands between blanks, punctuation included; what many other programs call tokens.
    Tokens,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Words, Self::Characters, Self::Tokens];

    /// Several of them, and its name on the command line.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Characters => "characters",
            Self::Tokens => "tokens",
        }
    }

    /// One of them.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Words => "word",
            Self::Characters => "character",
            Self::Tokens => "token",
        }
    }
}

/// A text cut into units.
#[derive(Clone, Debug)]
pub(in crate::review::agreement) struct Cut {
    text: Text,
    /// Where the units are; none for characters, which need no list.
    units: Option<Vec<Span>>,
}

impl Cut {
    pub(in crate::review::agreement) fn new(text: &Text, unit: Unit) -> Self {
        let all = Span::between(Offset(0), Offset(text.len_bytes()));
        let units = match unit {
            Unit::Characters => None,
            Unit::Words => Some(all.map_or_else(Vec::new, |all| words_in(text, all))),
            Unit::Tokens => Some(between_blanks(text.as_str())),
        };
        Self { text: text.clone(), units }
    }

    /// How many units there are.
    pub(in crate::review::agreement) fn len(&self) -> u32 {
        self.units.as_ref().map_or(self.text.len_code_points(), |units| units.len() as u32)
    }

    /// The units that `span` covers, at least in part.
    pub(in crate::review::agreement) fn covered(&self, span: Span) -> Range<u32> {
        let Some(units) = &self.units else {
            return self.text.code_points(span.start())..self.text.code_points(span.end());
        };
        let first = units.partition_point(|unit| unit.end() <= span.start());
        let after = units.partition_point(|unit| unit.start() < span.end());
        first as u32..after as u32
    }

    /// Where those units lie; nowhere, if there are none.
    pub(in crate::review::agreement) fn span(&self, units: &Range<u32>) -> Option<Span> {
        if units.is_empty() {
            return None;
        }
        match &self.units {
            None => Span::between(
                self.text.at_code_point(units.start)?,
                self.text.at_code_point(units.end)?,
            ),
            Some(all) => {
                let last = units.end.checked_sub(1)? as usize;
                Some(all.get(units.start as usize)?.hull(*all.get(last)?))
            }
        }
    }
}

fn between_blanks(content: &str) -> Vec<Span> {
    let start = |part: &str| part.as_ptr() as usize - content.as_ptr() as usize;
    let span = |part: &str| {
        let start = start(part);
        Span::between(Offset::of_bytes(start), Offset::of_bytes(start + part.len()))
    };
    content.split_whitespace().filter_map(span).collect()
}

#[cfg(test)]
mod tests {
    use crate::review::agreement::units::{Cut, Unit};
    use crate::text::{Offset, Span, Text};

    const TEXT: &str = "«Да», said 😀 no-one.";

    fn covered(unit: Unit, part: &str) -> (u32, Option<String>) {
        let text = Text::new(TEXT);
        let start = TEXT.find(part).unwrap();
        let span =
            Span::between(Offset::of_bytes(start), Offset::of_bytes(start + part.len())).unwrap();
        let cut = Cut::new(&text, unit);
        let units = cut.covered(span);
        let words = cut.span(&units).map(|span| text.slice(span).to_owned());
        (units.end - units.start, words)
    }

    #[test]
    fn a_span_covers_every_unit_that_it_touches() {
        let is = |unit, part, count, words: &str| {
            assert_eq!(covered(unit, part), (count, Some(words.to_owned())));
        };
        is(Unit::Words, "а», sa", 2, "Да», said");
        is(Unit::Tokens, "а», sa", 2, "«Да», said");
        is(Unit::Characters, "а», sa", 6, "а», sa");
        is(Unit::Words, "no-one.", 2, "no-one");
        is(Unit::Tokens, "no-one", 1, "no-one.");
        is(Unit::Tokens, "😀", 1, "😀");
        assert_eq!(covered(Unit::Words, "😀"), (0, None), "it is no word");
    }

    #[test]
    fn a_text_without_anything_has_no_units() {
        for unit in Unit::ALL {
            assert_eq!(Cut::new(&Text::new(""), unit).len(), 0);
        }
        assert_eq!(Cut::new(&Text::new(TEXT), Unit::Words).len(), 4);
        assert_eq!(Cut::new(&Text::new(TEXT), Unit::Tokens).len(), 4);
        assert_eq!(Cut::new(&Text::new(TEXT), Unit::Characters).len(), 20);
    }
}
