//! `annotation.conf` and `visual.conf`: which types there are, which are events, what is symmetric, labels on screen.
//!
//! Read only for what the `.ann` files do not say themselves; what is written there may differ from what is used.

use std::collections::{BTreeMap, BTreeSet};

/// What a configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats::brat) struct Conf {
    /// Types of spans, in its order.
    pub(in crate::formats::brat) spans: Vec<String>,
    /// Types of events, in its order.
    pub(in crate::formats::brat) events: Vec<String>,
    /// Types of links that mean the same both ways.
    pub(in crate::formats::brat) symmetric: BTreeSet<String>,
    /// Roles of events by their names.
    pub(in crate::formats::brat) roles: BTreeSet<String>,
    /// Values of attributes that have some.
    pub(in crate::formats::brat) values: BTreeMap<String, Vec<String>>,
    /// Names on screen.
    pub(in crate::formats::brat) labels: BTreeMap<String, String>,
}

/// Reads both files; either may be empty.
pub(in crate::formats::brat) fn read(annotation: &str, visual: &str) -> Conf {
    let mut conf = Conf::default();
    for (section, line) in sections(annotation) {
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        // A name may have an outside id behind it; one with “!” in front only orders the others.
        let name = name.split('|').next().unwrap_or_default();
        let usable = !name.is_empty() && !name.starts_with(['!', '<']);
        match section {
            "entities" if usable => conf.spans.push(name.to_owned()),
            "events" if usable => {
                conf.events.push(name.to_owned());
                conf.roles.extend(arguments(rest).map(|(role, _)| role.to_owned()));
            }
            "relations" if rest.contains("symmetric") => {
                conf.symmetric.insert(name.to_owned());
            }
            "attributes" => {
                let values = arguments(rest).filter(|(key, _)| *key == "Value");
                let values: Vec<String> =
                    values.flat_map(|(_, all)| all.split('|').map(str::to_owned)).collect();
                if !values.is_empty() {
                    conf.values.insert(name.to_owned(), values);
                }
            }
            _ => {}
        }
    }
    for (_, line) in sections(visual).filter(|(section, _)| *section == "labels") {
        let mut parts = line.split('|').map(str::trim);
        if let (Some(name), Some(label)) = (parts.next(), parts.next()) {
            conf.labels.insert(name.to_owned(), label.to_owned());
        }
    }
    conf
}

/// Lines that say something, with the section they stand in.
fn sections(content: &str) -> impl Iterator<Item = (&str, &str)> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut section = "";
    content.lines().map(str::trim).filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            return None;
        }
        let silent = line.is_empty() || line.starts_with('#') || line.starts_with("--");
        (!silent).then_some((section, line))
    })
}

/// `Speaker?:Actor, Content*:Claim` as names and what is behind the colon.
fn arguments(words: &str) -> impl Iterator<Item = (&str, &str)> {
    words.split(',').filter_map(|part| {
        let (name, what) = part.trim().split_once(':')?;
        Some((name.split(['?', '*', '+', '{']).next().unwrap_or_default(), what.trim()))
    })
}

#[cfg(test)]
mod tests {
    use crate::formats::brat::conf::read;

    #[test]
    fn a_configuration_is_understood_with_all_its_signs() {
        let annotation = "\u{feff}# comment\n[entities]\n!Living\n\tPerson|X:1\n-----\nGroup\r\n[relations]\n\
            Alias Arg1:Person, Arg2:Person, <REL-TYPE>:symmetric-transitive\nOwns Arg1:Person, Arg2:Group\n\
            [events]\n<ANY>=Person|Group\nMeet\tWho{2}:<ANY>, Where?:Group\n[attributes]\nSure Arg:<EVENT>\n\
            Level Arg:<EVENT>, Value:High|Low\n";
        let conf =
            read(annotation, "[labels]\nPerson | Человек | P\n[drawing]\nPerson bgColor:red\n");
        assert_eq!(
            (conf.spans, conf.events),
            (vec!["Person".into(), "Group".into()], vec!["Meet".into()])
        );
        assert_eq!(conf.symmetric.into_iter().collect::<Vec<_>>(), ["Alias"]);
        assert_eq!(conf.roles.into_iter().collect::<Vec<_>>(), ["Where", "Who"]);
        assert_eq!(
            conf.values.into_iter().collect::<Vec<_>>(),
            [("Level".into(), vec!["High".into(), "Low".into()])]
        );
        assert_eq!(
            conf.labels.into_iter().collect::<Vec<_>>(),
            [("Person".into(), "Человек".into())]
        );
    }
}
