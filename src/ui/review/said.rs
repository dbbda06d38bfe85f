//! What each of two people says of the same words, in words: ready to be drawn side by side.
//!
//! It reads records and asks nobody. Which of it differs is what the comparison says; names come from the codebook of
//! the side that uses them.

use crate::model::{
    Annotation, End, Feature, FeatureId, Fragments, Project, Record, RecordId, Relation,
    RelationId, feature,
};
use crate::query::{self, Direction};
use crate::review::{Aspect, Difference};
use crate::text::{Span, Text};
use crate::ui::panels::naming::{
    code_name, entity_name, quote as words_of_quote, value_words, word_count,
};
use crate::ui::review::session::Visit;
use crate::ui::widgets::in_words;
use crate::workbench::Clock;
use std::ops::Range;

/// Most letters of a quote on the card.
const QUOTE: usize = 600;
/// Most letters of the words at the other end of a link.
const WORDS: usize = 48;

/// One side.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Said {
    /// The words, fragments joined by an ellipsis.
    pub quote: String,
    /// Bytes of the quote that the other side has not.
    pub differs: Vec<Range<usize>>,
    /// What is said of them.
    pub facts: Vec<Fact>,
    /// Who said it, and when.
    pub by: String,
    /// The note on it, if there is one.
    pub note: String,
    /// What was commented on it, each with who said it.
    pub comments: Vec<String>,
}

/// A fact about some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Fact {
    /// Code, Actor, Position, Link.
    pub name: String,
    /// What it is; words for nothing.
    pub value: String,
    /// Whether the other side says something else.
    pub differs: bool,
    /// Whether nothing is said.
    pub absent: bool,
}

/// Both sides of a difference: mine as it is now (as it was, if it is gone), theirs.
pub(in crate::ui) fn both(
    project: &Project,
    visit: &Visit,
    one: &Difference,
) -> (Option<Said>, Option<Said>) {
    let rules = rules_of(project, visit, one);
    let mine = one.ours.as_ref().and_then(|id| {
        let project = visit.mine(project, id)?;
        Some((project, project.annotation(id)?))
    });
    let guest = &visit.guest;
    let theirs = one.theirs.as_ref().and_then(|id| guest.project.annotation(id));
    let place = theirs.and_then(|theirs| guest.place(&theirs.id));
    let there = one.ours.as_ref().is_some_and(|id| project.annotation(id).is_some());
    let ours = mine.map(|(project, annotation)| {
        let mut said = plain(project, annotation);
        if there {
            // They stand below both sides, where they can be answered.
            said.comments.clear();
        }
        if let Some(place) = place.as_ref().filter(|_| one.has(Aspect::Boundary)) {
            said.differs = lacking(project, annotation, &place.fragments, &said.quote);
        }
        said.facts = facts(project, annotation, one, &rules);
        said.facts.extend(links(project, annotation, one, Whose::Mine));
        said
    });
    let theirs = theirs.map(|annotation| {
        let mut said = plain(&guest.project, annotation);
        if let (Some(place), Some((project, mine))) = (&place, mine)
            && one.has(Aspect::Boundary)
        {
            said.differs = lacked_by(project, mine, &place.fragments, &said.quote);
        }
        said.facts = facts(&guest.project, annotation, one, &rules);
        said.facts.extend(links(&guest.project, annotation, one, Whose::Theirs));
        said
    });
    (ours, theirs)
}

/// Bytes of their quote, which stands at `own` in my text, that are not among my words. None where their words read
/// otherwise.
fn lacked_by(
    project: &Project,
    mine: &Annotation,
    own: &Fragments,
    quote: &str,
) -> Vec<Range<usize>> {
    let Some(sheet) = project.sheet(&mine.document) else { return Vec::new() };
    let text = &sheet.document().text;
    let spans = own.spans().iter();
    let here = spans.map(|span| text.slice(*span)).collect::<Vec<_>>().join(BETWEEN);
    if here != quote || mine.place.is_orphan() {
        return Vec::new();
    }
    lacked(text, own.spans(), mine.place.fragments().spans(), quote.len())
}

/// Between fragments, as an annotation's words have it.
const BETWEEN: &str = " … ";

/// Words, who and when, without what differs.
fn plain(project: &Project, annotation: &Record<Annotation>) -> Said {
    let text = project.sheet(&annotation.document).map(|sheet| sheet.document().text.clone());
    let quote = text.map_or_else(String::new, |text| annotation.words(&text));
    let by = signed(annotation);
    let note = project.note_on(&RecordId::Annotation(annotation.id.clone()));
    Said {
        quote: cut(&quote, QUOTE),
        differs: Vec::new(),
        facts: Vec::new(),
        by,
        note: note.map(|note| cut(&note.text, QUOTE)).unwrap_or_default(),
        comments: comments(project, &RecordId::Annotation(annotation.id.clone())),
    }
}

/// "Jonas · 23 Nov 2026, 17:05".
pub(in crate::ui::review) fn signed<T>(record: &Record<T>) -> String {
    let stamp = record.revised.as_deref().or(record.made.as_ref());
    let said = stamp.map(|stamp| {
        let when = Clock::day_and_time(stamp.at);
        if stamp.by().as_str().is_empty() {
            when
        } else {
            format!("{} · {when}", stamp.by().as_str())
        }
    });
    said.unwrap_or_default()
}

/// "Jonas: whose claim is it?", the open ones first.
fn comments(project: &Project, target: &RecordId) -> Vec<String> {
    let ids = project.remarks_on(target).into_iter();
    let all = ids.filter_map(|id| match id {
        RecordId::Comment(id) => project.comments().get(&id),
        _ => None,
    });
    let said = |comment: &Record<crate::model::Comment>| {
        let by = comment.made.as_ref().map_or("", |stamp| stamp.by().as_str());
        let by = if by.is_empty() { "Comment" } else { by };
        let settled = if comment.resolved { " (settled)" } else { "" };
        (comment.resolved, format!("{by}{settled}: {}", cut(&comment.text, QUOTE)))
    };
    let mut all: Vec<(bool, String)> = all.map(|comment| said(comment)).collect();
    all.sort_by_key(|(settled, _)| *settled);
    all.into_iter().map(|(_, words)| words).collect()
}

/// Bytes of my quote that are not among `others`.
fn lacking(
    project: &Project,
    annotation: &Annotation,
    others: &Fragments,
    quote: &str,
) -> Vec<Range<usize>> {
    if annotation.place.is_orphan() {
        return Vec::new();
    }
    project.sheet(&annotation.document).map_or_else(Vec::new, |sheet| {
        let own = annotation.place.fragments().spans();
        lacked(&sheet.document().text, own, others.spans(), quote.len())
    })
}

/// Bytes of the joined words of `own` that are in none of `others`, up to `most`.
fn lacked(text: &Text, own: &[Span], others: &[Span], most: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for span in own {
        let mut open = span.start();
        let mut cover: Vec<Span> = others.iter().copied().filter(|o| o.overlaps(*span)).collect();
        cover.sort();
        for other in cover {
            if open < other.start() {
                found.push(part(at, *span, (open.0, other.start().0)));
            }
            open = open.max(other.end());
        }
        if open < span.end() {
            found.push(part(at, *span, (open.0, span.end().0)));
        }
        at += text.slice(*span).len() + BETWEEN.len();
    }
    found.retain_mut(|range| {
        range.end = range.end.min(most);
        range.start < range.end
    });
    found
}

/// Bytes of the text as bytes of the quote whose fragment `span` begins at `at`.
fn part(at: usize, span: Span, (from, to): (u32, u32)) -> Range<usize> {
    let start = span.start().0;
    at + (from - start) as usize..at + (to - start) as usize
}

/// The features that either side has, in the order of my codebook, then theirs.
fn rules_of<'a>(project: &'a Project, visit: &'a Visit, of: &Difference) -> Vec<&'a Feature> {
    let mine = project.codebook.layer(&of.layer).map(|layer| layer.features.as_slice());
    let theirs = &visit.guest.project.codebook;
    let theirs = theirs.layer(&of.layer).map(|layer| layer.features.as_slice());
    let mut all: Vec<&Feature> = mine.unwrap_or_default().iter().collect();
    for rule in theirs.unwrap_or_default() {
        if !all.iter().any(|other| other.id == rule.id) {
            all.push(rule);
        }
    }
    all
}

/// Layer where it differs, code, record and values of one side.
fn facts(
    project: &Project,
    annotation: &Annotation,
    difference: &Difference,
    rules: &[&Feature],
) -> Vec<Fact> {
    let layer = project.codebook.layer(&annotation.layer);
    let mut all = Vec::new();
    if annotation.layer != difference.layer {
        let name = layer.map_or(annotation.layer.as_str(), |layer| layer.name.as_str());
        all.push(fact("Layer", name, true));
    }
    let code = code_name(&project.codebook, annotation);
    let differs = difference.has(Aspect::Code);
    if !code.is_empty() || differs {
        all.push(fact("Code", code, differs));
    }
    let kind = layer.and_then(|layer| layer.entity.as_ref()).map_or("Record", |(one, _)| one);
    let name = entity_name(project, annotation.entity.as_ref());
    let differs = difference.has(Aspect::Entity);
    if !name.is_empty() || differs {
        all.push(fact(kind, name, differs));
    }
    for rule in rules {
        let differs = difference.features.contains(&rule.id);
        let value = annotation.features.get(&rule.id);
        if value.is_none() && !differs {
            continue;
        }
        let own = layer.and_then(|layer| feature(&layer.features, &rule.id)).or(Some(rule));
        let words = value.map(|value| value_words(project, own, value)).unwrap_or_default();
        all.push(fact(&rule.name, &words, differs));
    }
    all.extend(unknown(project, annotation, difference, rules));
    all
}

/// Values of features that neither codebook knows.
fn unknown(
    project: &Project,
    annotation: &Annotation,
    difference: &Difference,
    rules: &[&Feature],
) -> Vec<Fact> {
    let known = |id: &FeatureId| rules.iter().any(|rule| rule.id == *id);
    let mut ids: Vec<&FeatureId> = annotation.features.iter().map(|(id, _)| id).collect();
    ids.extend(difference.features.iter());
    ids.sort();
    ids.dedup();
    let all = ids.into_iter().filter(|id| !known(id));
    all.map(|id| {
        let value = annotation.features.get(id);
        let words = value.map(|value| value_words(project, None, value)).unwrap_or_default();
        fact(id.as_str(), &words, difference.features.contains(id))
    })
    .collect()
}

/// A fact of that name.
#[expect(clippy::fn_params_excessive_bools, reason = "differs or not, as the comparison says")]
pub(in crate::ui::review) fn fact(name: &str, value: &str, differs: bool) -> Fact {
    let absent = value.is_empty();
    let value = if absent { "none".to_owned() } else { value.to_owned() };
    Fact { name: name.to_owned(), value, differs, absent }
}

/// Whose project is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Mine,
    Theirs,
}

/// The links that the two have not alike, as this side has them.
fn links(
    project: &Project,
    annotation: &Annotation,
    difference: &Difference,
    whose: Whose,
) -> Vec<Fact> {
    let here = End::Annotation(annotation.id.clone());
    let all = difference.links.iter().map(|link| {
        let own = if whose == Whose::Mine { &link.ours } else { &link.theirs };
        let relation = own.as_ref().and_then(|id| project.relations().get(id));
        let words = relation.map(|relation| link_words(project, relation, &here));
        fact("Link", &words.unwrap_or_default(), true)
    });
    all.collect()
}

/// "claimed by “Berg”".
pub(in crate::ui::review) fn link_words(
    project: &Project,
    relation: &Relation,
    here: &End,
) -> String {
    let (way, other) = if relation.to == *here {
        (Direction::Backwards, &relation.from)
    } else {
        (Direction::Forwards, &relation.to)
    };
    let name = query::way_name(&project.codebook, &relation.kind, way);
    format!("{name} “{}”", cut(&query::label_of_end(project, other), WORDS))
}

/// What is put into rows of a list, as it was compared, whatever was decided since: "13 words → 8 words", "Consult → Agree", "position + → ±".
pub(in crate::ui) fn short(project: &Project, visit: &Visit, one: &Difference) -> String {
    let theirs_in = &visit.guest.project;
    let mine_in = one.ours.as_ref().and_then(|id| visit.mine_before(project, id));
    let mine_in = mine_in.unwrap_or(project);
    let mine = one.ours.as_ref().and_then(|id| mine_in.annotation(id));
    let theirs = one.theirs.as_ref().and_then(|id| theirs_in.annotation(id));
    let (mine, theirs) = match (mine, theirs) {
        (Some(mine), Some(theirs)) => (mine, theirs),
        (Some(mine), None) => return format!("{} → –", whole(mine_in, mine)),
        (None, Some(theirs)) => return format!("– → {}", whole(theirs_in, theirs)),
        (None, None) => return String::new(),
    };
    match one.aspects.first() {
        None => String::new(),
        Some(Aspect::Boundary) => {
            let count = |project, annotation: &Annotation| {
                in_words(word_count(project, annotation), "word", "words")
            };
            arrow(&count(mine_in, mine), &count(theirs_in, theirs))
        }
        Some(Aspect::Code) => {
            arrow(code_name(&mine_in.codebook, mine), code_name(&theirs_in.codebook, theirs))
        }
        Some(Aspect::Entity) => arrow(
            entity_name(mine_in, mine.entity.as_ref()),
            entity_name(theirs_in, theirs.entity.as_ref()),
        ),
        Some(Aspect::Features) => {
            let rules = rules_of(project, visit, one);
            value_change((mine_in, mine), (theirs_in, theirs), &one.features, &rules)
        }
        Some(Aspect::Links) => {
            let Some(link) = one.links.first() else { return String::new() };
            let ours = link_name(mine_in, link.ours.as_ref());
            arrow(&ours, &link_name(theirs_in, link.theirs.as_ref()))
        }
    }
}

/// "Consult → none".
fn arrow(one: &str, other: &str) -> String {
    let or_none = |words: &str| if words.is_empty() { "none".to_owned() } else { words.to_owned() };
    format!("{} → {}", or_none(one), or_none(other))
}

/// What only one side says: code and record.
fn whole(project: &Project, annotation: &Annotation) -> String {
    let code = code_name(&project.codebook, annotation);
    match (code, entity_name(project, annotation.entity.as_ref())) {
        ("", "") => "no code".to_owned(),
        (code, "") => code.to_owned(),
        ("", entity) => entity.to_owned(),
        (code, entity) => format!("{code} · {entity}"),
    }
}

/// "position + → ± and 2 more".
fn value_change(
    (mine_in, mine): (&Project, &Annotation),
    (theirs_in, theirs): (&Project, &Annotation),
    features: &[FeatureId],
    rules: &[&Feature],
) -> String {
    let Some(id) = features.first() else { return String::new() };
    let rule = rules.iter().find(|rule| rule.id == *id);
    let name = rule.map_or_else(|| id.to_string(), |rule| rule.name.to_lowercase());
    let value = |project: &Project, annotation: &Annotation| {
        let layer = project.codebook.layer(&annotation.layer);
        let rule = layer.and_then(|layer| feature(&layer.features, id));
        let value = annotation.features.get(id);
        value.map(|value| value_words(project, rule, value)).unwrap_or_default()
    };
    let more = features.len() - 1;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{name} {}{more}", arrow(&value(mine_in, mine), &value(theirs_in, theirs)))
}

fn link_name(project: &Project, id: Option<&RelationId>) -> String {
    let relation = id.and_then(|id| project.relations().get(id));
    relation.map_or_else(String::new, |relation| {
        query::way_name(&project.codebook, &relation.kind, Direction::Forwards).to_owned()
    })
}

/// The words that a difference is about, as they were compared: mine, or theirs where I have none.
pub(in crate::ui) fn quote(project: &Project, visit: &Visit, one: &Difference) -> String {
    let mine = one.ours.as_ref().and_then(|id| {
        let project = visit.mine_before(project, id)?;
        Some(words_of_quote(project, project.annotation(id)?))
    });
    let theirs = || {
        let project = &visit.guest.project;
        Some(words_of_quote(project, project.annotation(one.theirs.as_ref()?)?))
    };
    mine.or_else(theirs).unwrap_or_default()
}

/// At most so many letters.
pub(in crate::ui) fn cut(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}
