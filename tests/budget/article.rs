//! The article of the budget with what is to be marked in it, read from `article.txt`.
//!
//! There `{varga!|Varga}` is the first mention of an actor, `{varga|Varga}` the same name again, `{varga~|she}` a
//! description, `{c1|…}` a claim and `{e1|…}` an event. The load is that of the product's budget, checked below.

use std::collections::BTreeMap;
use std::ops::Range;

/// What is marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub(crate) enum Kind {
    First,
    Repeat,
    Description,
    Claim,
    Event,
}

/// Words to be marked.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// `varga!`, `varga.1` for the first repeat, `varga~`, `c1`, `e1`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
}

/// The text without its marks, and the marks by place.
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) marks: Vec<Mark>,
}

impl Article {
    pub(crate) fn read() -> Self {
        let (mut text, mut marks) = (String::new(), Vec::new());
        let mut repeats: BTreeMap<&str, usize> = BTreeMap::new();
        let mut rest = include_str!("article.txt");
        while let Some((before, after)) = rest.split_once('{') {
            text += before;
            let (mark, tail) = after.split_once('}').unwrap();
            let (name, words) = mark.split_once('|').unwrap();
            let start = text.len();
            text += words;
            let kind = match name.chars().last().unwrap() {
                '!' => Kind::First,
                '~' => Kind::Description,
                '0'..='9' if name.starts_with('c') => Kind::Claim,
                '0'..='9' => Kind::Event,
                _ => Kind::Repeat,
            };
            let name = if kind == Kind::Repeat {
                let count = repeats.entry(name).or_default();
                *count += 1;
                format!("{name}.{count}")
            } else {
                name.to_owned()
            };
            marks.push(Mark { name, kind, span: start..text.len() });
            rest = tail;
        }
        text += rest;
        Self { text, marks }
    }

    pub(crate) fn mark(&self, name: &str) -> &Mark {
        self.marks.iter().find(|mark| mark.name == name).unwrap()
    }

    pub(crate) fn words(&self, mark: &Mark) -> &str {
        self.text.get(mark.span.clone()).unwrap()
    }

    /// How many marks of that kind there are.
    fn count(&self, kind: Kind) -> usize {
        self.marks.iter().filter(|mark| mark.kind == kind).count()
    }
}

/// An actor: key of the marks, digit of its code, the code, its name.
pub(crate) const ACTORS: [(&str, u8, &str, &str); 12] = [
    ("varga", 1, "actor.person", "Varga"),
    ("dorn", 1, "actor.person", "Dorn"),
    ("teralia", 2, "actor.state", "Teralia"),
    ("osmund", 2, "actor.state", "Osmund"),
    ("reef", 7, "actor.armed", "Free Reef"),
    ("kestrel", 6, "actor.company", "Kestrel Lines"),
    ("authority", 4, "actor.international", "Straits Authority"),
    ("sand", 1, "actor.person", "Sand"),
    ("institute", 8, "actor.civil", "Harbour Institute"),
    ("front", 5, "actor.party", "Labour Front"),
    ("dockers", 5, "actor.party", "Dockers’ Union"),
    ("guard", 3, "actor.body", "Coast Guard"),
];

/// A claim: mark, digit, code, issue, sign and id of the position, mark of its claimant.
pub(crate) struct Claim(
    pub(crate) &'static str,
    pub(crate) u8,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) char,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

pub(crate) const CLAIMS: [Claim; 12] = [
    Claim("c1", 7, "claim.commitment", "Lamp", '+', "supports", "varga.1"),
    Claim("c2", 2, "claim.assessment", "Lamp", '-', "opposes", "dorn~"),
    Claim("c3", 1, "claim.fact", "Line", '-', "opposes", "sand!"),
    Claim("c4", 2, "claim.assessment", "Line", '-', "opposes", "sand~"),
    Claim("c5", 4, "claim.demand", "Lamp", '-', "opposes", "front~"),
    Claim("c6", 3, "claim.prediction", "Lamp", '+', "supports", "varga~"),
    Claim("c7", 1, "claim.fact", "Boats", '+', "supports", "dockers~"),
    Claim("c8", 1, "claim.fact", "Boats", '-', "opposes", "kestrel~"),
    Claim("c9", 6, "claim.accusation", "Lamp", '-', "opposes", "reef~"),
    Claim("c10", 1, "claim.fact", "Safety", '+', "supports", "guard~"),
    Claim("c11", 3, "claim.prediction", "Line", '-', "opposes", "sand.1"),
    Claim("c12", 4, "claim.demand", "Lamp", '*', "ambivalent", "institute~"),
];

/// An event: mark, the letters typed, its code, sign and id of the status, marks of those who do it.
pub(crate) struct Event(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) char,
    pub(crate) &'static str,
    pub(crate) &'static [&'static str],
);

pub(crate) const EVENTS: [Event; 10] = [
    Event("e1", "c", "event.consult", '+', "happened", &["varga!", "dorn!"]),
    Event("e2", "as", "event.assault", '+', "happened", &["reef!"]),
    Event("e3", "b", "event.background", '+', "happened", &["kestrel!"]),
    Event("e4", "s", "event.support", '+', "happened", &["osmund.1"]),
    Event("e5", "p", "event.protest", '+', "happened", &["front!"]),
    Event("e6", "rej", "event.reject", '+', "happened", &["varga~"]),
    Event("e7", "p", "event.protest", '*', "planned", &["dockers!"]),
    Event("e8", "t", "event.threaten", '+', "happened", &["reef.1"]),
    Event("e9", "coe", "event.coerce", '+', "happened", &["guard!"]),
    Event("e10", "c", "event.consult", '*', "planned", &["authority.2"]),
];

/// A link between claims and events: from, kind, to.
pub(crate) const OTHERS: [(&str, &str, &str); 7] = [
    ("e2", "causes", "e3"),
    ("c2", "rebuts", "c1"),
    ("c3", "supports", "c4"),
    ("c6", "rebuts", "c5"),
    ("c7", "is-about", "kestrel.1"),
    ("c8", "rebuts", "c7"),
    ("e8", "evidence-against", "c10"),
];

#[test]
fn the_article_carries_exactly_the_load_of_the_budget() {
    let article = Article::read();
    let words = article.text.split_whitespace().count();
    assert!((990..=1010).contains(&words), "{words} words");
    let counts = [Kind::First, Kind::Repeat, Kind::Description, Kind::Claim, Kind::Event];
    assert_eq!(counts.map(|kind| article.count(kind)), [12, 16, 12, 12, 10]);
    let participants: usize = EVENTS.iter().map(|event| event.5.len()).sum();
    assert_eq!(CLAIMS.len() + participants + OTHERS.len(), 30);
    for (_, _, _, name) in ACTORS {
        let said = article.text.matches(name).count();
        let marked = article.marks.iter().filter(|mark| article.words(mark) == name).count();
        assert_eq!(said, marked, "every “{name}” is marked");
    }
}
