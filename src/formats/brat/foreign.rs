//! What records keep of brat that they have no other place for: the names of a link's ends, and of lines that say which
//! spans are the same. It lies in the member “brat” of the record, and an export says it again.

use crate::model::{Record, Relation, Unknown};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The member.
const MEMBER: &str = "brat";

#[derive(Debug, Default, Serialize, Deserialize)]
struct Foreign {
    /// The kind of link that these ends are of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kind: String,
    /// Names of the ends, from and to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    arguments: Vec<String>,
    /// Names of the lines that say which spans are the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    same: Vec<String>,
}

fn member(foreign: &Foreign) -> Unknown {
    let raw = serde_json::to_string(foreign).unwrap_or_default();
    Unknown([(MEMBER.into(), raw.into())].into_iter().collect())
}

fn read(unknown: &Unknown) -> Option<Foreign> {
    let (_, raw) = unknown.0.iter().find(|(name, _)| name == MEMBER)?;
    serde_json::from_str(raw).ok()
}

/// A link's ends are called so.
pub(in crate::formats::brat) fn with_arguments(kind: &str, names: [&str; 2]) -> Unknown {
    let arguments = names.map(str::to_owned).to_vec();
    member(&Foreign { kind: kind.to_owned(), arguments, same: Vec::new() })
}

/// Lines of these names say which spans are the same.
pub(in crate::formats::brat) fn with_same(names: &BTreeSet<&str>) -> Unknown {
    if names.is_empty() {
        return Unknown::default();
    }
    let same = names.iter().map(|name| (*name).to_owned()).collect();
    member(&Foreign { same, ..Foreign::default() })
}

/// What the ends of a link are called, unless it is of another kind by now.
pub(in crate::formats::brat) fn arguments(link: &Record<Relation>) -> Option<[String; 2]> {
    let foreign = read(&link.unknown).filter(|foreign| foreign.kind == link.kind.as_str())?;
    let names: [String; 2] = foreign.arguments.try_into().ok()?;
    names.iter().all(|name| fit(name)).then_some(names)
}

/// Names of lines that say which spans are the same.
pub(in crate::formats::brat) fn same(unknown: &Unknown) -> Vec<String> {
    let mut names = read(unknown).unwrap_or_default().same;
    names.retain(|name| fit(name));
    names
}

/// Whether brat could read it again.
fn fit(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control())
}
