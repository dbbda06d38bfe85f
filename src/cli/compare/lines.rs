//! The comparison in words: counts first, then one difference a line, in the order of the text.

use crate::cli::compare::{
    Compared, agreement, code_name, link_words, quote, record_name, written,
};
use crate::cli::open::many;
use crate::model::{Annotation, CodebookPart, EntityId, Holder, Project, Record, Sheet};
use crate::review::{Aspect, Class, Difference, LinkDifference, RecordAspect, Whose};
use std::fmt::Write as _;
use std::sync::Arc;

/// So many characters of a quote are shown.
const QUOTE: usize = 60;

/// Everything that differs.
pub(crate) fn of(compared: &Compared<'_>) -> String {
    let mut words = counts(compared);
    words.push_str(&agreement::words(&compared.agreement));
    let differing = compared.comparison.differences.iter().filter(|one| one.differs());
    for one in differing {
        writeln!(words, "{}", Line::of(compared, one).words()).ok();
    }
    for link in &compared.comparison.record_links {
        writeln!(words, "link between records: {}", link_line(compared, link)).ok();
    }
    for line in record_lines(compared).into_iter().chain(codebook_lines(compared)) {
        writeln!(words, "{line}").ok();
    }
    words
}

/// A class as people call it.
fn name(class: Class) -> &'static str {
    match class {
        Class::Same => "same",
        Class::Boundary => "boundary",
        Class::Code => "code",
        Class::Features => "features",
        Class::Entity => "actor or issue",
        Class::Links => "links",
        Class::OnlyOurs => "only mine",
        Class::OnlyTheirs => "only theirs",
    }
}

fn counts(compared: &Compared<'_>) -> String {
    let mut words = String::new();
    for (class, count) in compared.comparison.counts().iter() {
        writeln!(words, "{:<16}{count:>6}", name(class)).ok();
    }
    let documents = compared.sheet.counts();
    let mut texts = vec![format!("{} the same text", documents.same)];
    if documents.realigned > 0 {
        let found = documents.found;
        texts.push(format!(
            "{} another text (of theirs {} found again, {} to confirm, {} lost)",
            documents.realigned, found.moved, found.confirm, found.lost
        ));
    }
    for (count, whose) in [(documents.only_ours, "mine"), (documents.only_theirs, "theirs")] {
        if count > 0 {
            texts.push(format!("{count} only {whose}"));
        }
    }
    writeln!(words, "{:<16}{:>6}", "documents", texts.join(", ")).ok();
    words
}

/// What one line is put together from.
struct Line<'a> {
    compared: &'a Compared<'a>,
    one: &'a Difference,
    ours: Option<&'a Arc<Record<Annotation>>>,
    theirs: Option<&'a Arc<Record<Annotation>>>,
}

impl<'a> Line<'a> {
    fn of(compared: &'a Compared<'a>, one: &'a Difference) -> Self {
        let ours = one.ours.as_ref().and_then(|id| compared.ours.annotation(id));
        let theirs = one.theirs.as_ref().and_then(|id| compared.guest.project.annotation(id));
        Self { compared, one, ours, theirs }
    }

    fn their_project(&self) -> &'a Project {
        &self.compared.guest.project
    }

    /// `Two leaders, paragraph 3, claim “…”: code: mine Prediction, theirs Demand`.
    fn words(&self) -> String {
        let one = self.one;
        let theirs_alone = one.held_by == Whose::Theirs;
        let home = if theirs_alone { self.their_project() } else { self.compared.ours };
        let document = home.sheet(&one.document).map(Sheet::document);
        let title = document.map(|document| document.title.to_string()).unwrap_or_default();
        let paragraph = one.hull.zip(document).map_or_else(
            || "not found in the text".to_owned(),
            |(hull, document)| format!("paragraph {}", document.paragraph_number(hull.start())),
        );
        let said = match self.ours {
            Some(ours) => quote(self.compared.ours, ours),
            None => {
                self.theirs.map(|theirs| quote(self.their_project(), theirs)).unwrap_or_default()
            }
        };
        let what = self.what();
        format!("{title}, {paragraph}, {} “{}”: {what}", one.layer, short(&said))
    }

    fn what(&self) -> String {
        match self.one.class {
            Class::OnlyOurs => {
                let said = self.ours.map(|ours| label(self.compared.ours, ours));
                format!("only mine{}", said.unwrap_or_default())
            }
            Class::OnlyTheirs => {
                let said = self.theirs.map(|theirs| label(self.their_project(), theirs));
                format!("only theirs{}", said.unwrap_or_default())
            }
            _ => {
                let aspects = self.one.aspects.iter().map(|aspect| self.aspect(*aspect));
                aspects.collect::<Vec<_>>().join("; ")
            }
        }
    }

    fn aspect(&self, aspect: Aspect) -> String {
        let told = |said: &dyn Fn(&Project, &Record<Annotation>) -> Option<String>| {
            let ours = self.ours.and_then(|ours| said(self.compared.ours, ours));
            let theirs = self.theirs.and_then(|theirs| said(self.their_project(), theirs));
            mine_and_theirs(ours, theirs)
        };
        let name = name(Class::from(aspect));
        match aspect {
            Aspect::Boundary => {
                let words = |project: &Project, one: &Record<Annotation>| {
                    Some(format!("“{}”", both_ends(&quote(project, one))))
                };
                format!("{name}: {}", told(&words))
            }
            Aspect::Code => {
                let words = |project: &Project, one: &Record<Annotation>| {
                    let code = code_name(project, &one.layer, one.code.as_ref());
                    if self.one.layer == one.layer { code } else { Some(one.layer.to_string()) }
                };
                format!("{name}: {}", told(&words))
            }
            Aspect::Entity => {
                format!("{name}: {}", told(&|project, one| record_name(project, one)))
            }
            Aspect::Features => {
                let value = |side: Option<&Arc<Record<Annotation>>>, id: &_| -> Option<String> {
                    side?.features.get(id).map(written)
                };
                let all = self.one.features.iter().map(|id| {
                    format!(
                        "{id}: {}",
                        mine_and_theirs(value(self.ours, id), value(self.theirs, id))
                    )
                });
                all.collect::<Vec<_>>().join("; ")
            }
            Aspect::Links => {
                let all = self.one.links.iter().map(|link| link_line(self.compared, link));
                format!("{name}: {}", all.collect::<Vec<_>>().join("; "))
            }
        }
    }
}

/// ` (Prediction, Anton Berg)`.
fn label(project: &Project, annotation: &Record<Annotation>) -> String {
    let code = code_name(project, &annotation.layer, annotation.code.as_ref());
    let parts: Vec<String> = code.into_iter().chain(record_name(project, annotation)).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn mine_and_theirs(ours: Option<String>, theirs: Option<String>) -> String {
    let said = |said: Option<String>| said.unwrap_or_else(|| "none".to_owned());
    format!("mine {}, theirs {}", said(ours), said(theirs))
}

fn link_line(compared: &Compared<'_>, link: &LinkDifference) -> String {
    let side = |project, id: &Option<_>| {
        let (kind, from, to) = link_words(project, id.as_ref()?)?;
        Some(format!("“{}” {kind} “{}”", short(&from), short(&to)))
    };
    mine_and_theirs(side(compared.ours, &link.ours), side(&compared.guest.project, &link.theirs))
}

/// Records that differ or that one side lacks.
fn record_lines(compared: &Compared<'_>) -> Vec<String> {
    let (ours, theirs) = (compared.ours, &compared.guest.project);
    let entities = &compared.comparison.entities;
    let called = |project: &Project, id: &EntityId| {
        let entity = project.entities().get(id);
        entity.map_or_else(String::new, |entity| format!("{} “{}”", entity.layer, entity.name))
    };
    let mut lines = Vec::new();
    for pair in entities.pairs().iter().filter(|pair| !pair.differs.is_empty()) {
        let differs = pair.differs.iter().map(|aspect| match aspect {
            RecordAspect::Name => "name",
            RecordAspect::Aliases => "other names",
            RecordAspect::Code => "code",
            RecordAspect::Feature(id) => id.as_str(),
        });
        let differs: Vec<&str> = differs.collect();
        let (mine, other) = (called(ours, &pair.ours), called(theirs, &pair.theirs));
        lines.push(format!("record {mine}, theirs {other}: {}", differs.join(", ")));
    }
    let only_ours = entities.only_ours().iter().map(|id| (called(ours, id), "mine"));
    let only_theirs = entities.only_theirs().iter().map(|id| (called(theirs, id), "theirs"));
    lines.extend(
        only_ours.chain(only_theirs).map(|(one, whose)| format!("record {one}: only {whose}")),
    );
    let (doubtful, sure): (Vec<_>, Vec<_>) =
        entities.pairs().iter().filter(|pair| pair.why.asks()).partition(|pair| pair.is_doubtful());
    if !sure.is_empty() {
        lines.push(format!("of the same name, taken as one: {}", many(sure.len(), "record")));
    }
    if !doubtful.is_empty() {
        let count = many(doubtful.len(), "record");
        lines.push(format!("paired by another name or mentions, to be confirmed: {count}"));
    }
    lines
}

fn codebook_lines(compared: &Compared<'_>) -> impl Iterator<Item = String> {
    compared.comparison.codebook.iter().map(|one| {
        let part = match &one.part {
            CodebookPart::Layer(_) => "layer".to_owned(),
            CodebookPart::Code(layer, _) => format!("{layer} code"),
            CodebookPart::Feature(holder, _) => held(holder),
            CodebookPart::Value(holder, feature, _) => {
                format!("value of the {} {feature}", held(holder))
            }
            CodebookPart::Link(_) => "link".to_owned(),
        };
        let whose = match one.whose {
            Whose::Both => "defined otherwise",
            Whose::Ours => "only mine",
            Whose::Theirs => "only theirs",
        };
        format!("codebook, {part} “{}”: {whose}", one.name)
    })
}

/// What a feature is called by who has it.
fn held(holder: &Holder) -> String {
    match holder {
        Holder::Annotations(layer) => format!("{layer} feature"),
        Holder::Records(layer) => format!("{layer} record feature"),
        Holder::Links(kind) => format!("feature of the link {kind}"),
        Holder::Documents => "document field".to_owned(),
    }
}

/// On one line and not too long.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// On one line, and where it is too long without its middle: what differs is at an end.
fn both_ends(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = line.chars().count();
    if count <= QUOTE {
        return line;
    }
    let half = QUOTE / 2;
    let first: String = line.chars().take(half).collect();
    let last: String = line.chars().skip(count - half).collect();
    format!("{} … {}", first.trim_end(), last.trim_start())
}

#[cfg(test)]
mod tests {
    use crate::cli::compare::lines::both_ends;

    #[test]
    fn of_long_words_both_ends_are_seen() {
        let words =
            "A gauge that falls silent in August,\n with the rice flowering, is a gauge that lies";
        assert_eq!(
            both_ends(words),
            "A gauge that falls silent in A … lowering, is a gauge that lies"
        );
        assert_eq!(both_ends("said  no\n"), "said no");
    }
}
