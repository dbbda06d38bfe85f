//! A project as a brat folder, and what brat has no place for.
//!
//! Every tag is a span; a tag of the layer of events is an event as well, and links that start there are its roles.
//! All other links between tags of one text are links of brat. What mentions refer to is an outside id with our name.

use crate::formats::brat::groups::OURS;
use crate::formats::brat::mapping::{EVENTS, Mapping, write_mapping};
use crate::formats::brat::naming::{Names, documents, file_names};
use crate::formats::brat::{File, MAPPING, configuration, foreign};
use crate::model::{
    Annotation, AnnotationId, Document, DocumentId, End, Entity, EntityId, FeatureId, LayerId,
    Project, Record, RecordId, Relation, RelationKindId, Sheet, Value,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// A folder that was made.
#[derive(Debug, Default)]
pub struct Written {
    /// Its files.
    pub files: Vec<File>,
    /// Tags written.
    pub annotations: usize,
    /// Links written.
    pub links: usize,
    /// What brat has no place for, and how much of it there is.
    pub lost: Vec<(&'static str, usize)>,
}

/// What brat cannot hold, as it is listed for people.
pub const LOSSES: &[&str] = &[
    "who made what and when",
    "fields of documents",
    "features that are not one word",
    "features of links",
    "links between documents or with records",
    "aliases and facts of records",
    "records that nothing in the text mentions",
    "notes on records and documents, line ends in notes",
    "annotations that have lost their place",
    "comments and decisions",
    "versions and conflicts",
    "records set aside",
];

/// Writes the project, or one document of it.
pub fn write(project: &Project, only: Option<&DocumentId>) -> Written {
    let names = Names::of(&project.codebook);
    let sheets = documents(project, only);
    let titles: Vec<&Document> = sheets.iter().map(|sheet| &sheet.document().value).collect();
    let mut written = Written::default();
    let mut lost = Lost::default();
    let arguments = arguments(project);
    let mapping = with_names_of_same(names.mapping(), project);
    let said = Said { names: &names, arguments: &arguments, links: &mapping.links };
    for (name, sheet) in file_names(&titles).into_iter().zip(&sheets) {
        let mut page = Page { project, said, sheet, ids: BTreeMap::new(), out: String::new() };
        page.write(&mut written, &mut lost);
        let text = sheet.document().text.as_str().as_bytes().to_vec();
        written.files.push(File { name: format!("{name}.txt"), bytes: text });
        written.files.push(File { name: format!("{name}.ann"), bytes: page.out.into_bytes() });
        lost.fields += usize::from(!sheet.document().meta.is_empty());
    }
    let mut file = |name: &str, words: String| {
        written.files.push(File { name: name.to_owned(), bytes: words.into_bytes() });
    };
    file("annotation.conf", configuration::annotation(project, (&names, &arguments)));
    file("visual.conf", configuration::visual(&names));
    file(MAPPING, write_mapping(&mapping));
    lost.of_project(project);
    let within = |end: &End| match end {
        End::Annotation(id) => {
            only.is_none_or(|only| project.annotation(id).is_some_and(|a| a.document == *only))
        }
        End::Entity(_) => only.is_none(),
    };
    let there = project.relations().values().filter(|l| within(&l.from) || within(&l.to)).count();
    lost.links = there.saturating_sub(written.links);
    written.lost = lost.list(written.annotations);
    written
}

/// What the ends of links are called, by kind.
pub(in crate::formats::brat) type Arguments = BTreeMap<RelationKindId, [String; 2]>;

/// The names of ends that all links of a kind which came from brat agree on.
fn arguments(project: &Project) -> Arguments {
    let mut all: BTreeMap<RelationKindId, BTreeSet<[String; 2]>> = BTreeMap::new();
    for link in project.relations().values() {
        if let Some(names) = foreign::arguments(link) {
            all.entry(link.kind.clone()).or_default().insert(names);
        }
    }
    let one = |(kind, mut names): (_, BTreeSet<[String; 2]>)| {
        names.pop_first().filter(|_| names.is_empty()).map(|names| (kind, names))
    };
    all.into_iter().filter_map(one).collect()
}

/// Lines that say which spans are the same have names of their own, which mean kinds of links where the layers differ.
/// One that means another kind already cannot be said again.
fn with_names_of_same(mut mapping: Mapping, project: &Project) -> Mapping {
    for link in project.relations().values() {
        for name in foreign::same(&link.unknown) {
            mapping.links.entry(name).or_insert_with(|| link.kind.to_string());
        }
    }
    mapping
}

/// What everything is called in the files.
#[derive(Clone, Copy)]
struct Said<'p> {
    names: &'p Names,
    /// What the ends of a kind of link are called, where all that came from brat agree.
    arguments: &'p Arguments,
    /// The kinds that names of links mean.
    links: &'p BTreeMap<String, String>,
}

/// How much has no place.
#[derive(Debug, Default)]
struct Lost {
    fields: usize,
    features: usize,
    link_features: usize,
    links: usize,
    facts: usize,
    unmentioned: usize,
    notes: usize,
    orphans: usize,
    remarks: usize,
    conflicts: usize,
    aside: usize,
}

impl Lost {
    fn of_project(&mut self, project: &Project) {
        let facts = |entity: &&Arc<Record<Entity>>| {
            let facts = entity.features.keys().filter(|id| !is_outside_id(id));
            !entity.aliases.is_empty() || facts.count() > 0
        };
        self.facts = project.entities().values().filter(facts).count();
        let silent = |id: &&EntityId| project.mentions_of(id).next().is_none();
        self.unmentioned = project.entities().keys().filter(silent).count();
        let elsewhere = |target: &RecordId| match target {
            RecordId::Annotation(_) | RecordId::Relation(_) => false,
            RecordId::Document(_)
            | RecordId::Entity(_)
            | RecordId::Note(_)
            | RecordId::Comment(_)
            | RecordId::Decision(_) => true,
        };
        self.notes += project.notes().values().filter(|note| elsewhere(&note.target)).count();
        self.remarks = project.comments().len() + project.decisions().len();
        self.conflicts = crate::model::all_records(project)
            .filter(crate::model::AnyRecord::has_conflict)
            .count();
        self.aside = project.set_aside.len();
    }

    /// In the order of [`LOSSES`].
    fn list(&self, signed: usize) -> Vec<(&'static str, usize)> {
        let counts = [
            signed,
            self.fields,
            self.features,
            self.link_features,
            self.links,
            self.facts,
            self.unmentioned,
            self.notes,
            self.orphans,
            self.remarks,
            self.conflicts,
            self.aside,
        ];
        LOSSES.iter().copied().zip(counts).filter(|(_, count)| *count > 0).collect()
    }
}

/// The feature of an entity that is written as an outside id.
fn is_outside_id(id: &FeatureId) -> bool {
    matches!(id.as_str(), "wikidata" | "outside-id")
}

/// The `.ann` file of one document.
struct Page<'p> {
    project: &'p Project,
    said: Said<'p>,
    sheet: &'p Sheet,
    /// Ids that links and notes speak of.
    ids: BTreeMap<AnnotationId, String>,
    out: String,
}

/// A value as an attribute of brat.
pub(in crate::formats::brat) enum Held {
    /// The attribute alone says it.
    Flag,
    /// This word.
    Word(String),
    /// It cannot be said.
    Lost,
}

/// What brat can hold of a value.
pub(in crate::formats::brat) fn held(value: &Value) -> Held {
    let word = match value {
        Value::YesNo(true) => return Held::Flag,
        Value::YesNo(false) => "no".to_owned(),
        Value::Choice(id) | Value::Text(id) => id.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Several(_) | Value::Place(_) | Value::Reference(_) | Value::Foreign(_) => {
            String::new()
        }
    };
    let unfit = |c: char| c.is_whitespace() || c.is_control();
    if word.is_empty() || word.contains(unfit) { Held::Lost } else { Held::Word(word) }
}

/// Words in one line.
pub(in crate::formats::brat) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'p> Page<'p> {
    fn write(&mut self, written: &mut Written, lost: &mut Lost) {
        let sheet = self.sheet;
        let mut all = sheet.annotations_in_order();
        let there = all.len();
        all.retain(|annotation| !annotation.place.is_orphan());
        lost.orphans += there - all.len();
        written.annotations += all.len();
        let mut events = 0;
        for (number, annotation) in (1..).zip(&all) {
            self.span(number, annotation);
            let id = if annotation.layer.as_str() == EVENTS {
                events += 1;
                format!("E{events}")
            } else {
                format!("T{number}")
            };
            self.ids.insert(annotation.id.clone(), id);
        }
        let links = self.links(&all, lost);
        for (number, annotation) in (1..).zip(&all) {
            if annotation.layer.as_str() == EVENTS {
                self.event(number, annotation, &links);
            }
        }
        let mut targets: Vec<(RecordId, String)> = Vec::new();
        let others = links.iter().copied().filter(|link| !self.is_role(link));
        let (same, plain): (Vec<_>, Vec<_>) =
            others.partition(|link| self.same_name(link).is_some());
        for (number, link) in (1..).zip(plain) {
            self.link(number, link);
            targets.push((RecordId::Relation(link.id.clone()), format!("R{number}")));
        }
        for link in same {
            let mut ends = [self.id(&link.from), self.id(&link.to)].map(str::to_owned);
            ends.sort_by_key(|id| (id.len(), id.clone()));
            let name = self.same_name(link).unwrap_or_default();
            self.same(&name, &ends);
        }
        written.links += links.len();
        let tags = all.iter().map(|annotation| {
            let id = self.ids.get(&annotation.id).cloned().unwrap_or_default();
            (RecordId::Annotation(annotation.id.clone()), id)
        });
        let targets: Vec<_> = tags.chain(targets).collect();
        self.features(&all, lost);
        self.records(&all);
        self.notes(&targets, lost);
    }

    fn span(&mut self, number: usize, annotation: &Record<Annotation>) {
        let text = &self.sheet.document().text;
        let spans = annotation.place.fragments().spans();
        let range = |span: &crate::text::Span| {
            format!("{} {}", text.code_points(span.start()), text.code_points(span.end()))
        };
        let ranges: Vec<String> = spans.iter().map(range).collect();
        let words: Vec<&str> = spans.iter().map(|span| text.slice(*span)).collect();
        let words = words.join(" ").replace(['\n', '\r'], " ");
        let name = self.name(annotation);
        writeln!(self.out, "T{number}\t{name} {}\t{words}", ranges.join(";")).ok();
    }

    fn name(&self, annotation: &Annotation) -> &'p str {
        let key = (annotation.layer.clone(), annotation.code.clone());
        self.said.names.types.get(&key).map_or("", |named| &named.name)
    }

    fn kind(&self, link: &Relation) -> &'p str {
        self.said.names.links.get(&link.kind).map_or("", |named| &named.name)
    }

    /// Links that start in this document and that brat can hold.
    fn links(
        &self,
        all: &[&Arc<Record<Annotation>>],
        lost: &mut Lost,
    ) -> Vec<&'p Arc<Record<Relation>>> {
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        for annotation in all {
            let end = End::Annotation(annotation.id.clone());
            for link in self.project.relations_at(&end).filter(|link| seen.insert(link.id.clone()))
            {
                let here = |end: &End| match end {
                    End::Annotation(id) => self.ids.contains_key(id),
                    End::Entity(_) => false,
                };
                if here(&link.from) && here(&link.to) {
                    lost.link_features += usize::from(!link.features.is_empty());
                    links.push(link);
                }
            }
        }
        links
    }

    fn id(&self, end: &End) -> &str {
        match end {
            End::Annotation(id) => self.ids.get(id).map_or("", String::as_str),
            End::Entity(_) => "",
        }
    }

    /// A link that starts at an event, unless somebody remarks on it: a role has no id to speak of.
    fn is_role(&self, link: &Relation) -> bool {
        let layer = self.project.layer_of(&link.from).map(LayerId::as_str);
        layer == Some(EVENTS)
            && self.project.note_on(&RecordId::Relation(link.id.clone())).is_none()
            && !self.kind(link).ends_with(|c: char| c.is_ascii_digit())
    }

    fn event(
        &mut self,
        number: usize,
        annotation: &Record<Annotation>,
        links: &[&Arc<Record<Relation>>],
    ) {
        let id = self.ids.get(&annotation.id).cloned().unwrap_or_default();
        let mut line = format!("{id}\t{}:T{number}", self.name(annotation));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let own = End::Annotation(annotation.id.clone());
        for link in links.iter().filter(|link| link.from == own && self.is_role(link)) {
            let kind = self.kind(link);
            let count = counts.entry(kind).or_default();
            *count += 1;
            let again = if *count > 1 { count.to_string() } else { String::new() };
            write!(line, " {kind}{again}:{}", self.id(&link.to)).ok();
        }
        self.out.push_str(&line);
        self.out.push('\n');
    }

    /// The name of the line that says of both ends that they are the same, where the link came from one, would come
    /// from one again, and has no note.
    fn same_name(&self, link: &Record<Relation>) -> Option<String> {
        let kind = self.project.codebook.relation(&link.kind)?;
        let layers = (self.project.layer_of(&link.from)?, self.project.layer_of(&link.to)?);
        let comes_again = layers.0 < layers.1 || (layers.0 != layers.1 && kind.symmetric);
        let noted = self.project.note_on(&RecordId::Relation(link.id.clone())).is_some();
        let means = |name: &String| self.said.links.get(name).map(String::as_str);
        let mut names = foreign::same(&link.unknown).into_iter();
        let name = names.find(|name| means(name) == Some(link.kind.as_str()));
        name.filter(|_| comes_again && !noted)
    }

    /// A line which says that these are the same.
    fn same(&mut self, name: &str, ids: &[String]) {
        writeln!(self.out, "*\t{name} {}", ids.join(" ")).ok();
    }

    fn link(&mut self, number: usize, link: &Record<Relation>) {
        let (from, to) = (self.id(&link.from).to_owned(), self.id(&link.to).to_owned());
        let kind = self.kind(link);
        let names =
            foreign::arguments(link).or_else(|| self.said.arguments.get(&link.kind).cloned());
        let [first, second] = names.unwrap_or_else(|| ["Arg1", "Arg2"].map(str::to_owned));
        writeln!(self.out, "R{number}\t{kind} {first}:{from} {second}:{to}").ok();
    }

    fn features(&mut self, all: &[&Arc<Record<Annotation>>], lost: &mut Lost) {
        let mut number = 0;
        for annotation in all {
            for (id, value) in &annotation.features {
                let said = match held(value) {
                    Held::Flag => String::new(),
                    Held::Word(word) => format!(" {word}"),
                    Held::Lost => {
                        lost.features += 1;
                        continue;
                    }
                };
                let Some(name) = self.said.names.features.get(id) else {
                    lost.features += 1;
                    continue;
                };
                number += 1;
                let target = self.ids.get(&annotation.id).map_or("", String::as_str);
                writeln!(self.out, "A{number}\t{} {target}{said}", name.name).ok();
            }
        }
    }

    /// What the tags mention, by our own id and those of others.
    fn records(&mut self, all: &[&Arc<Record<Annotation>>]) {
        let mut number = 0;
        let mut mentions: BTreeMap<&EntityId, (&Record<Entity>, Vec<String>)> = BTreeMap::new();
        for annotation in all {
            let entity = annotation.entity.as_ref().and_then(|id| self.project.entities().get(id));
            let Some(entity) = entity else { continue };
            let tag = self.ids.get(&annotation.id).map_or("", String::as_str);
            let of = mentions.entry(&entity.id).or_insert_with(|| (entity, Vec::new()));
            of.1.push(tag.to_owned());
            let name = one_line(&entity.name);
            let ours = format!("{OURS}:{}", entity.id);
            for outside in std::iter::once(ours).chain(outside_ids(entity)) {
                number += 1;
                writeln!(self.out, "N{number}\tReference {tag} {outside}\t{name}").ok();
            }
        }
        for (entity, tags) in mentions.into_values().filter(|(_, tags)| tags.len() > 1) {
            for name in foreign::same(&entity.unknown) {
                self.same(&name, &tags);
            }
        }
    }

    fn notes(&mut self, targets: &[(RecordId, String)], lost: &mut Lost) {
        let mut number = 0;
        for (target, id) in targets {
            for remark in self.project.remarks_on(target) {
                let RecordId::Note(note) = remark else { continue };
                let Some(note) = self.project.notes().get(&note) else { continue };
                number += 1;
                lost.notes += usize::from(note.text.contains('\n'));
                let words = one_line(&note.text);
                writeln!(self.out, "#{number}\tAnnotatorNotes {id}\t{words}").ok();
            }
        }
    }
}

/// Outside ids of a record, as brat writes them.
fn outside_ids(entity: &Entity) -> Vec<String> {
    let mut all = Vec::new();
    for (id, value) in &entity.features {
        match value {
            Value::Text(entry) if id.as_str() == "wikidata" => {
                all.push(format!("Wikidata:{entry}"));
            }
            Value::Several(others) if id.as_str() == "outside-id" => {
                all.extend(others.iter().map(ToString::to_string));
            }
            _ => {}
        }
    }
    all.retain(|outside| outside.contains(':') && !outside.contains(char::is_whitespace));
    all
}
