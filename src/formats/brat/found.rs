//! The foreign names of a folder, for those who decide what they become: what each names, how often, and an example in
//! the words of the texts.

use crate::formats::brat::build::Build;
use crate::formats::brat::gather::{Remark, Subject, Tie};
use crate::formats::brat::groups::words;
use crate::formats::brat::mapping::Use;
use std::collections::BTreeMap;

/// What a foreign name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// Spans.
    Span,
    /// Events.
    Event,
    /// Links and roles of events.
    Link,
    /// Attributes.
    Attribute,
}

/// A foreign name that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// What it names.
    pub kind: NameKind,
    /// The name as brat writes it.
    pub name: String,
    /// What it is called on screen there.
    pub label: String,
    /// How many of it there are; none of those that are only declared.
    pub count: usize,
    /// The first of them in words.
    pub example: String,
}

/// All names: types as the configuration has them and then as they come, links, attributes.
pub(in crate::formats::brat) fn names(build: &Build<'_, '_>) -> Vec<FoundName> {
    let mut found = types(build);
    let mut ties: BTreeMap<&str, (usize, &Tie<'_>)> = BTreeMap::new();
    for tie in build.ties() {
        ties.entry(tie.name).or_insert((0, tie)).0 += 1;
    }
    let links = ties.into_iter().map(|(name, (count, tie))| {
        let example = of_tie(build, tie);
        (NameKind::Link, name, count, example)
    });
    let mut remarks: BTreeMap<&str, (usize, &Remark<'_>)> = BTreeMap::new();
    for remark in &build.all.attributes {
        remarks.entry(remark.name).or_insert((0, remark)).0 += 1;
    }
    let attributes = remarks.into_iter().map(|(name, (count, remark))| {
        let of = match remark.of {
            Subject::Tag(tag) => words(build, tag).to_string(),
            Subject::Tie(tie) => {
                build.all.ties.get(tie).map_or_else(String::new, |tie| of_tie(build, tie))
            }
        };
        let example = remark.words.map_or_else(|| of.clone(), |value| format!("{value}: {of}"));
        (NameKind::Attribute, name, count, example)
    });
    found.extend(links.chain(attributes).map(|(kind, name, count, example)| FoundName {
        kind,
        name: name.to_owned(),
        label: build.label(name).to_owned(),
        count,
        example,
    }));
    found
}

fn types(build: &Build<'_, '_>) -> Vec<FoundName> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, tag) in build.all.tags.iter().enumerate() {
        counts.entry(tag.name).or_insert((0, at)).0 += 1;
    }
    let of = |name: &str| {
        let kind = match build.use_of(name) {
            Use::Span => NameKind::Span,
            Use::Event => NameKind::Event,
        };
        let (count, first) = counts.get(name).copied().unzip();
        FoundName {
            kind,
            name: name.to_owned(),
            label: build.label(name).to_owned(),
            count: count.unwrap_or_default(),
            example: first.map_or_else(String::new, |first| words(build, first).to_string()),
        }
    };
    build.all.names(build.conf).into_iter().map(of).collect()
}

fn of_tie(build: &Build<'_, '_>, tie: &Tie<'_>) -> String {
    format!("{} → {}", words(build, tie.from), words(build, tie.to))
}
