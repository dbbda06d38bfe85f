//! What the lines of all texts say together: spans with their events, links with both ends, what is said of them.
//!
//! Names are still brat's; `build` makes records of it. A line that leads nowhere goes to the ledger.

use crate::formats::brat::Way;
use crate::formats::brat::conf::Conf;
use crate::formats::brat::counting::says;
use crate::formats::brat::line::{Line, Range};
use crate::formats::brat::sheet::{Ledger, Numbered, Sheet, Where};
use crate::model::{Fragments, Orphan, Place};
use std::collections::{BTreeMap, BTreeSet};

/// A span or event that becomes an annotation.
#[derive(Debug)]
pub(in crate::formats::brat) struct Tag<'a> {
    pub(in crate::formats::brat) at: Where,
    pub(in crate::formats::brat) id: &'a str,
    pub(in crate::formats::brat) name: &'a str,
    pub(in crate::formats::brat) place: Place,
    /// Whether an event speaks of it.
    is_event: bool,
}

/// A link, or a role of an event, between two tags.
#[derive(Debug)]
pub(in crate::formats::brat) struct Tie<'a> {
    pub(in crate::formats::brat) at: Where,
    /// `R1`, or of a role the event and its place in it.
    pub(in crate::formats::brat) id: String,
    pub(in crate::formats::brat) name: &'a str,
    pub(in crate::formats::brat) from: usize,
    pub(in crate::formats::brat) to: usize,
    /// What the line calls its ends, where that is not Arg1 and Arg2.
    pub(in crate::formats::brat) arguments: Option<[&'a str; 2]>,
}

/// What something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats::brat) enum Subject {
    /// A tag.
    Tag(usize),
    /// A tie.
    Tie(usize),
}

/// An attribute or a note.
#[derive(Debug)]
pub(in crate::formats::brat) struct Remark<'a> {
    pub(in crate::formats::brat) at: Where,
    pub(in crate::formats::brat) line: &'a str,
    pub(in crate::formats::brat) id: &'a str,
    pub(in crate::formats::brat) name: &'a str,
    pub(in crate::formats::brat) of: Subject,
    /// Value of the attribute, or words of the note.
    pub(in crate::formats::brat) words: Option<&'a str>,
}

/// Everything that the lines say.
#[derive(Debug, Default)]
pub(in crate::formats::brat) struct Gathered<'a> {
    pub(in crate::formats::brat) tags: Vec<Tag<'a>>,
    pub(in crate::formats::brat) ties: Vec<Tie<'a>>,
    pub(in crate::formats::brat) attributes: Vec<Remark<'a>>,
    pub(in crate::formats::brat) notes: Vec<Remark<'a>>,
    /// Tags that mean the same, with the name that the line has.
    pub(in crate::formats::brat) same: Vec<(Where, &'a str, Vec<usize>)>,
    /// Tags with outside id and name.
    pub(in crate::formats::brat) references: Vec<(usize, &'a str, &'a str)>,
    /// Names of events.
    pub(in crate::formats::brat) events: BTreeSet<&'a str>,
    /// What has which id.
    ids: BTreeMap<(usize, &'a str), Subject>,
}

/// The name of an end of a link, and what it leads to.
type Argument<'a> = (&'a str, &'a str);

/// Puts the lines together.
pub(in crate::formats::brat) fn gather<'a>(
    sheets: &[Sheet<'a>],
    conf: &Conf,
    (ledger, way): (&mut Ledger<'a>, &Way<'_>),
) -> Gathered<'a> {
    let mut all = Gathered::default();
    // What is pointed at comes before what points, wherever it stands.
    let steps = [Step::Spans, Step::Events, Step::Ties, Step::Attributes, Step::Rest];
    for (number, step) in steps.into_iter().enumerate() {
        for (place, sheet) in sheets.iter().enumerate() {
            let done = number * sheets.len() + place;
            if !way.goes_on((50, 70), done, steps.len() * sheets.len()) {
                return all;
            }
            for line in &sheet.lines {
                all.take(step, (place, sheet), line, (conf, ledger));
            }
        }
    }
    all.name_usual_ends();
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Spans,
    Events,
    Ties,
    Attributes,
    Rest,
}

impl<'a> Gathered<'a> {
    fn take(
        &mut self,
        step: Step,
        (place, sheet): (usize, &Sheet<'a>),
        line: &Numbered<'a>,
        (conf, ledger): (&Conf, &mut Ledger<'a>),
    ) {
        let at = (place, line.number);
        let taken = match (step, &line.said) {
            (Step::Spans, Line::Span { id, name, ranges, words }) => {
                self.span((at, id), name, (sheet, ranges, *words), ledger)
            }
            (Step::Events, Line::Event { id, name, trigger, .. }) => {
                self.event((at, id), name, trigger)
            }
            (Step::Ties, Line::Event { id, roles, .. }) => self.roles((at, id), roles, conf),
            (Step::Ties, Line::Link { id, name, from, to }) => {
                self.link((at, id), name, (*from, *to))
            }
            (Step::Attributes, Line::Attribute { id, name, target, value }) => {
                self.subject(place, target).map(|of| {
                    self.ids.entry((place, id)).or_insert(of);
                    let remark = Remark { at, line: line.words, id, name, of, words: *value };
                    self.attributes.push(remark);
                })
            }
            (Step::Attributes, Line::Reference { id, target, outside, words }) => {
                self.tag(place, target).map(|tag| {
                    self.ids.entry((place, id)).or_insert(Subject::Tag(tag));
                    self.references.push((tag, outside, words));
                })
            }
            (Step::Rest, Line::Note { id, name, target, words }) => {
                self.subject(place, target).map(|of| {
                    let words = Some(*words);
                    self.notes.push(Remark { at, line: line.words, id, name, of, words });
                })
            }
            (Step::Rest, Line::Same { name, members }) => {
                let tags = members.iter().map(|id| self.tag(place, id)).collect::<Result<_, _>>();
                tags.map(|tags| self.same.push((at, name, tags)))
            }
            _ => Ok(()),
        };
        if let Err(why) = taken {
            ledger.keep(at, line.words, why);
        }
    }

    fn free(&self, place: usize, id: &str) -> Result<(), String> {
        let taken = self.ids.contains_key(&(place, id));
        if taken { Err(format!("there is a line of the id {id} before it")) } else { Ok(()) }
    }

    fn subject(&self, place: usize, id: &str) -> Result<Subject, String> {
        let subject = self.ids.get(&(place, id)).copied();
        subject.ok_or_else(|| format!("it speaks of {id}, which is not there"))
    }

    fn tag(&self, place: usize, id: &str) -> Result<usize, String> {
        match self.subject(place, id)? {
            Subject::Tag(tag) => Ok(tag),
            Subject::Tie(_) => Err(format!("it leads to {id}, which is a link itself")),
        }
    }

    fn span(
        &mut self,
        (at, id): (Where, &'a str),
        name: &'a str,
        (sheet, ranges, words): (&Sheet<'a>, &[Range], Option<&'a str>),
        ledger: &mut Ledger<'a>,
    ) -> Result<(), String> {
        self.free(at.0, id)?;
        let text = &sheet.counted.text;
        let spans = sheet.counted.spans(ranges)?;
        let right = words.is_none_or(|words| says(text, &spans, words));
        let fragments = Fragments::exactly(spans).ok_or("it has no place")?;
        let place = match words.filter(|_| !right) {
            None => Place::Anchored(fragments),
            Some(words) if words.contains('\t') => {
                return Err(
                    "its words are not those of the text; perhaps two lines have become one"
                        .to_owned(),
                );
            }
            // Parts that are wrong between a first and a last word that are right.
            Some(words) if text.slice(fragments.hull()) == words => {
                ledger.remark(
                    at,
                    "its parts are not its words; it is tagged from the first to the last",
                );
                Place::Anchored(Fragments::one(fragments.hull()))
            }
            Some(words) => {
                let why = "the text has other words there; it is kept as an annotation that has lost its place";
                ledger.remark(at, why);
                let last = Fragments::one(fragments.hull());
                Place::Orphan(Box::new(Orphan { last, quotes: vec![words.into()] }))
            }
        };
        self.ids.insert((at.0, id), Subject::Tag(self.tags.len()));
        self.tags.push(Tag { at, id, name, place, is_event: false });
        Ok(())
    }

    fn event(
        &mut self,
        (at, id): (Where, &'a str),
        name: &'a str,
        trigger: &str,
    ) -> Result<(), String> {
        self.free(at.0, id)?;
        let trigger = self.tag(at.0, trigger)?;
        let tag = self.tags.get_mut(trigger).ok_or("its trigger is not there")?;
        self.events.insert(name);
        if tag.name == name && !tag.is_event {
            tag.is_event = true;
            self.ids.insert((at.0, id), Subject::Tag(trigger));
            return Ok(());
        }
        // Two events with the same words are two annotations there.
        let place = tag.place.clone();
        self.ids.insert((at.0, id), Subject::Tag(self.tags.len()));
        self.tags.push(Tag { at, id, name, place, is_event: true });
        Ok(())
    }

    /// Where other links of the same name have names of their own for their ends, the usual ones have to be known too.
    fn name_usual_ends(&mut self) {
        let own = self.ties.iter().filter(|tie| tie.arguments.is_some());
        let own: BTreeSet<&str> = own.map(|tie| tie.name).collect();
        let is_link = |tie: &&mut Tie<'_>| !tie.id.contains('/') && own.contains(tie.name);
        for tie in self.ties.iter_mut().filter(is_link) {
            tie.arguments = tie.arguments.or(Some(["Arg1", "Arg2"]));
        }
    }

    fn link(
        &mut self,
        (at, id): (Where, &'a str),
        name: &'a str,
        (first, second): (Argument<'a>, Argument<'a>),
    ) -> Result<(), String> {
        // The second may stand first.
        let turned = (first.0, second.0) == ("Arg2", "Arg1");
        let (first, second) = if turned { (second, first) } else { (first, second) };
        let ends = (self.tag(at.0, first.1)?, self.tag(at.0, second.1)?);
        self.free(at.0, id)?;
        self.tie(at, id.to_owned(), name, ends)?;
        if let Some(tie) = self.ties.last_mut() {
            let usual = (first.0, second.0) == ("Arg1", "Arg2");
            tie.arguments = (!usual).then_some([first.0, second.0]);
        }
        self.ids.insert((at.0, id), Subject::Tie(self.ties.len() - 1));
        Ok(())
    }

    /// Takes the roles that can be taken; says what is wrong with the first other one.
    fn roles(
        &mut self,
        (at, id): (Where, &'a str),
        roles: &[(&'a str, &'a str)],
        conf: &Conf,
    ) -> Result<(), String> {
        // An event that could not be made is in the ledger already.
        let Ok(from) = self.tag(at.0, id) else { return Ok(()) };
        let mut trouble = Ok(());
        for (number, (role, target)) in roles.iter().enumerate() {
            // Several of one role are numbered: Theme, Theme2.
            let base = role.trim_end_matches(|c: char| c.is_ascii_digit());
            let there = conf.roles.contains(base) || roles.iter().any(|(other, _)| *other == base);
            let name = if there && !conf.roles.contains(*role) { base } else { role };
            let tied = self
                .tag(at.0, target)
                .and_then(|to| self.tie(at, format!("{id}/{number}"), name, (from, to)));
            trouble = trouble.and(tied);
        }
        trouble
    }

    fn tie(
        &mut self,
        at: Where,
        id: String,
        name: &'a str,
        (from, to): (usize, usize),
    ) -> Result<(), String> {
        if from == to {
            return Err("both of its ends are one".to_owned());
        }
        self.ties.push(Tie { at, id, name, from, to, arguments: None });
        Ok(())
    }

    /// The names of all spans and events, those of the configuration first.
    pub(in crate::formats::brat) fn names<'n>(&self, conf: &'n Conf) -> Vec<&'n str>
    where
        'a: 'n,
    {
        let mut seen = BTreeSet::new();
        let declared = conf.spans.iter().chain(&conf.events).map(String::as_str);
        let used = self.tags.iter().map(|tag| tag.name);
        declared.chain(used).filter(|name| seen.insert(*name)).collect()
    }
}
