//! Annotation JSON read as a colleague's project: it has no texts, so its annotations are laid over mine.
//!
//! Documents are known by the digest of their text, else by id, else by title. Where the text is the very same the
//! offsets hold; else the quotes are looked for in mine. A quote that is nowhere makes an orphan; a document that I do
//! not have gets its quotes for a text. It is made into a project file, which [`native`] judges like any other: so a
//! record that cannot stand is set aside with its reason, never dropped.

use crate::formats::{ReadError, codebook, native};
use crate::model::{
    AnnotationId, Code, CodeId, Codebook, Document, DocumentId, EntityId, Layer, LayerId,
    LinePattern, Project, RelationKindId, Unknown,
};
use crate::text::{Finder, Offset, Placement, Quote, Text};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the file calls itself.
const FORMAT: &str = "matryoshka-annotations";
/// How sure one is of words that stand at the very offset, but in a text that was another and not only there.
const BY_OFFSET: f32 = 0.75;

/// Annotations that were laid over my texts.
#[derive(Debug)]
pub struct Laid {
    /// The colleague's project, with my texts where I have the documents.
    pub project: Project,
    /// Its documents whose text was another than mine, or of which nobody knows.
    pub unsure: BTreeSet<DocumentId>,
    /// How well annotations fit that were found by their quote and are to be confirmed.
    pub found: BTreeMap<AnnotationId, f32>,
}

/// Whether these bytes are annotations as one JSON object or one a line, and no project file.
pub fn looks_like_annotations(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let near = bytes.get(..4096).unwrap_or(bytes);
    let packed: Vec<u8> = near.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let says = |words: &str| packed.windows(words.len()).any(|part| part == words.as_bytes());
    let line = ["\"document\":{", "\"layer\":{", "\"quote\":\""].into_iter().all(says);
    // Other programs may write the members in another order.
    let named =
        || std::str::from_utf8(bytes).is_ok_and(|json| json.contains(&format!("\"{FORMAT}\"")));
    packed.starts_with(b"{") && !native::looks_like_project(bytes) && (line || named())
}

/// Reads annotations and lays them over the texts of `ours`, which is not changed. Slow where texts differ.
pub fn read(bytes: &[u8], ours: &Project) -> Result<Laid, ReadError> {
    let file = parsed(bytes)?;
    let mut laying = Laying::new(ours, &file);
    for annotation in &file.annotations {
        laying.take(annotation);
    }
    laying.finish(&file)
}

/// The file, member by member.
struct File {
    project: String,
    documents: Vec<Value>,
    annotations: Vec<Value>,
}

fn parsed(bytes: &[u8]) -> Result<File, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json = std::str::from_utf8(bytes)
        .map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?;
    if json.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let wrong = |error: &serde_json::Error, lines: usize| {
        let (line, column) = (error.line() + lines, error.column());
        if error.is_eof() {
            return ReadError::Truncated { line, column };
        }
        let what = error.to_string();
        let what = what.split(" at line").next().unwrap_or_default().to_owned();
        ReadError::Malformed { line, column, path: String::new(), what }
    };
    let head = json.get(..json.floor_char_boundary(4096)).unwrap_or_default();
    match serde_json::from_str::<Map<String, Value>>(json) {
        Ok(file) if file.contains_key("format") => return whole(file),
        Err(error) if head.contains(FORMAT) => return Err(wrong(&error, 0)),
        Ok(_) | Err(_) => {}
    }
    let lines = json.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read =
        |(at, line): (usize, &str)| serde_json::from_str(line).map_err(|error| wrong(&error, at));
    let annotations: Vec<Value> = lines.map(read).collect::<Result<_, _>>()?;
    if annotations.iter().any(|line| line.get("quote").is_none() || line.get("document").is_none())
    {
        let found = "another program's JSON, without quotes".to_owned();
        return Err(ReadError::NotAProject { found });
    }
    Ok(File { project: String::new(), documents: Vec::new(), annotations })
}

/// The form with everything in one object.
fn whole(mut file: Map<String, Value>) -> Result<File, ReadError> {
    let format = words(file.get("format"));
    if format != FORMAT {
        return Err(ReadError::NotAProject {
            found: format!("a file of the format “{format}”")
        });
    }
    let mut list = |name: &str| match file.remove(name) {
        Some(Value::Array(all)) => Ok(all),
        _ => Err(missing(name)),
    };
    let (documents, annotations) = (list("documents")?, list("annotations")?);
    Ok(File { project: words(file.get("project")).to_owned(), documents, annotations })
}

fn missing(name: &str) -> ReadError {
    let what = format!("the list “{name}” is missing");
    ReadError::Malformed { line: 1, column: 1, path: name.to_owned(), what }
}

fn words(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn inner<'v>(value: &'v Value, object: &str, member: &str) -> &'v str {
    words(value.get(object).and_then(|object| object.get(member)))
}

fn number(value: &Value, name: &str) -> u32 {
    value.get(name).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or_default()
}

/// A document of theirs.
struct Theirs<'a> {
    title: String,
    /// Mine.
    ours: Option<&'a Document>,
    /// Whether the text is known to be mine.
    same: bool,
    finder: Option<Finder>,
    /// Of one that I do not have: its quotes, one a line, each with the characters before it.
    quotes: String,
    starts: BTreeMap<String, usize>,
    length: usize,
}

/// Annotations on their way into a project.
struct Laying<'a> {
    ours: &'a Project,
    documents: BTreeMap<String, Theirs<'a>>,
    codebook: Codebook,
    entities: BTreeMap<String, Value>,
    annotations: Vec<Value>,
    links: BTreeMap<String, Value>,
    notes: Vec<Value>,
    found: BTreeMap<AnnotationId, f32>,
}

impl<'a> Laying<'a> {
    fn new(ours: &'a Project, file: &File) -> Self {
        let mut laying = Self {
            ours,
            documents: BTreeMap::new(),
            codebook: (*ours.codebook).clone(),
            entities: BTreeMap::new(),
            annotations: Vec::new(),
            links: BTreeMap::new(),
            notes: Vec::new(),
            found: BTreeMap::new(),
        };
        for document in &file.documents {
            let (id, title) = (words(document.get("id")), words(document.get("title")));
            laying.know(id, title, words(document.get("digest")));
        }
        for annotation in &file.annotations {
            let (id, title) =
                (inner(annotation, "document", "id"), inner(annotation, "document", "title"));
            laying.know(id, title, "");
        }
        laying.trust(file);
        laying
    }

    /// Takes a document of theirs, with mine if I have it.
    fn know(&mut self, id: &str, title: &str, digest: &str) {
        if self.documents.contains_key(id) {
            return;
        }
        let mine = || self.ours.sheets().values().map(|sheet| &***sheet.document());
        let digest = digest.strip_prefix("sha256:");
        let twin = mine().find(|document| Some(document.text.digest()) == digest);
        let named = || self.ours.sheet(&DocumentId::new(id)).map(|sheet| &***sheet.document());
        let titled = || {
            let mut all = mine().filter(|document| !title.is_empty() && document.title == title);
            all.next().filter(|_| all.next().is_none())
        };
        let ours = twin.or_else(named).or_else(titled);
        let theirs = Theirs {
            title: title.to_owned(),
            ours,
            same: twin.is_some(),
            finder: None,
            quotes: String::new(),
            starts: BTreeMap::new(),
            length: 0,
        };
        self.documents.insert(id.to_owned(), theirs);
    }

    /// A text of which the file does not say what it was is mine if all its quotes stand in mine where they should.
    fn trust(&mut self, file: &File) {
        let stated: BTreeSet<&str> =
            file.documents.iter().map(|document| words(document.get("id"))).collect();
        for (id, theirs) in &mut self.documents {
            theirs.same |= theirs.ours.is_some() && !stated.contains(id.as_str());
        }
        for annotation in &file.annotations {
            let id = inner(annotation, "document", "id");
            let Some(theirs) = self.documents.get_mut(id).filter(|_| !stated.contains(id)) else {
                continue;
            };
            let orphan = annotation.get("orphan").is_some();
            theirs.same &=
                orphan || theirs.ours.is_some_and(|ours| stands(annotation, &ours.text).is_some());
        }
    }

    fn take(&mut self, annotation: &Value) {
        let id = words(annotation.get("id")).to_owned();
        let document = inner(annotation, "document", "id");
        let layer = inner(annotation, "layer", "id");
        let code = inner(annotation, "code", "id");
        self.learn(annotation);
        let mut record = Map::new();
        record.insert("id".into(), json!(id));
        record.insert("layer".into(), json!(layer));
        if !code.is_empty() {
            record.insert("code".into(), json!(code));
        }
        if let Some(theirs) = self.documents.get_mut(document) {
            record.insert("document".into(), json!(theirs.id(document)));
            let (place, score) = theirs.place(annotation);
            record.extend(place);
            self.found.extend(score.map(|score| (AnnotationId::new(id.as_str()), score)));
        }
        if let Some(features) = annotation.get("features") {
            record.insert("features".into(), features.clone());
        }
        let entity = inner(annotation, "entity", "id");
        if !entity.is_empty() {
            record.insert("entity".into(), json!(entity));
            self.name(entity, inner(annotation, "entity", "name"), layer);
        }
        for (by, at, member) in
            [("annotator", "made", "made"), ("revised_by", "revised", "revised")]
        {
            if let (Some(by), Some(at)) = (annotation.get(by), annotation.get(at)) {
                record.insert(member.into(), json!({"by": by, "at": at, "via": "import"}));
            }
        }
        if let Some(note) = annotation.get("note") {
            let target = json!({"annotation": id});
            self.notes.push(json!({"id": format!("o_{id}"), "target": target, "text": note}));
        }
        for link in annotation.get("links").and_then(Value::as_array).into_iter().flatten() {
            self.link(&id, link);
        }
        self.annotations.push(Value::Object(record));
    }

    /// Takes layer and code of an annotation into the codebook, where mine does not have them.
    fn learn(&mut self, annotation: &Value) {
        let id = inner(annotation, "layer", "id");
        if id.is_empty() {
            return;
        }
        let layer = LayerId::new(id);
        if self.codebook.layer(&layer).is_none() {
            let fresh = unknown_layer(id, inner(annotation, "layer", "name"), &self.codebook);
            self.codebook.layers.push(fresh);
        }
        let Some(layer) = self.codebook.layers.iter_mut().find(|other| other.id == layer) else {
            return;
        };
        if layer.entity.is_none() && annotation.get("entity").is_some() {
            layer.entity = Some((layer.name.clone(), layer.plural.clone()));
        }
        let code = CodeId::new(inner(annotation, "code", "id"));
        if !code.as_str().is_empty() && layer.code(&code).is_none() {
            let name = inner(annotation, "code", "name").into();
            let (group, definition, example) = Default::default();
            let (digit, score, unknown) = (None, None, Unknown::default());
            layer.codes.push(Code {
                id: code,
                name,
                digit,
                group,
                score,
                definition,
                example,
                unknown,
            });
        }
    }

    /// Takes a record that is named.
    fn name(&mut self, id: &str, name: &str, layer: &str) {
        let mine = self.ours.entities().get(&EntityId::new(id));
        let layer = mine.map_or(layer, |entity| entity.layer.as_str());
        let record = || json!({"id": id, "layer": layer, "name": name});
        self.entities.entry(id.to_owned()).or_insert_with(record);
    }

    /// Takes a link that one end tells of; the other end may tell of it too.
    fn link(&mut self, here: &str, link: &Value) {
        let starts_here = words(link.get("direction")) != "in";
        let kind = words(link.get("relation"));
        let (other, id) = (inner(link, "other", "kind"), inner(link, "other", "id"));
        if other == "entity" {
            let rules = self.codebook.relation(&RelationKindId::new(kind));
            let layers = rules.map(|kind| if starts_here { &kind.to } else { &kind.from });
            let has_records = |layer: &&LayerId| {
                self.codebook.layer(layer).is_some_and(|layer| layer.entity.is_some())
            };
            let layer = layers.into_iter().flatten().find(has_records).cloned();
            let layer = layer.map_or_else(String::new, |layer| layer.to_string());
            self.name(id, inner(link, "other", "name"), &layer);
        }
        let (here, there) = (json!({"annotation": here}), json!({other: id}));
        let (from, to) = if starts_here { (here, there) } else { (there, here) };
        let link_id = words(link.get("id")).to_owned();
        let features = link.get("features").cloned().unwrap_or_else(|| json!({}));
        let record = json!({
            "id": link_id, "relation": kind, "from": from, "to": to, "features": features,
        });
        self.links.entry(link_id).or_insert(record);
    }

    fn finish(self, file: &File) -> Result<Laid, ReadError> {
        let mut seen = BTreeSet::new();
        let (mut documents, mut unsure) = (Vec::new(), BTreeSet::new());
        for (id, theirs) in &self.documents {
            let own = theirs.id(id);
            if !theirs.same && theirs.ours.is_some() {
                unsure.insert(DocumentId::new(own));
            }
            if seen.insert(own.to_owned()) {
                documents.push(theirs.record(id));
            }
        }
        let mut book = Vec::new();
        codebook::write(&mut book, &self.codebook);
        let book: Value = serde_json::from_slice(&book).unwrap_or_default();
        // Not a copy of mine, even if it came from one: it holds no versions, so it is compared by places.
        let id =
            format!("{}-annotations", if file.project.is_empty() { "p" } else { &file.project });
        let project = json!({
            "format": "matryoshka-project", "version": {"major": 1, "minor": 0}, "id": id,
            "codebook": book, "documents": documents,
            "entities": self.entities.into_values().collect::<Vec<_>>(),
            "annotations": self.annotations,
            "links": self.links.into_values().collect::<Vec<_>>(),
            "notes": self.notes,
        });
        let opened = native::read(project.to_string().as_bytes())?;
        Ok(Laid { project: opened.project, unsure, found: self.found })
    }
}

/// A layer that my codebook does not have.
fn unknown_layer(id: &str, name: &str, codebook: &Codebook) -> Layer {
    let taken: Vec<char> = codebook.layers.iter().map(|layer| layer.key).collect();
    let key = ('A'..='Z').rev().find(|key| !taken.contains(key)).unwrap_or('Z');
    let color = codebook.layers.first().map(|layer| layer.color.clone()).unwrap_or_default();
    let name = if name.is_empty() { id } else { name };
    Layer {
        id: LayerId::new(id),
        name: name.into(),
        plural: name.into(),
        key,
        color,
        line: LinePattern::Dotted,
        entity: None,
        entity_codes: true,
        codes: Vec::new(),
        features: Vec::new(),
        entity_features: Vec::new(),
        unknown: Unknown::default(),
    }
}

impl<'a> Theirs<'a> {
    /// Its id in the project: mine where I have it.
    fn id<'i>(&self, id: &'i str) -> &'i str
    where
        'a: 'i,
    {
        self.ours.map_or(id, |ours| ours.id.as_str())
    }

    fn record(&self, id: &str) -> Value {
        match self.ours {
            Some(ours) => {
                json!({"id": ours.id.as_str(), "title": ours.title.as_str(), "text": ours.text.as_str()})
            }
            None => json!({"id": id, "title": self.title, "text": self.quotes}),
        }
    }

    /// The members of a record that say where an annotation is, and how well that fits if it is to be confirmed.
    fn place(&mut self, annotation: &Value) -> (Map<String, Value>, Option<f32>) {
        let Some(ours) = self.ours else { return (self.in_quotes(annotation), None) };
        let text = ours.text.clone();
        let fragments = annotation.get("fragments").and_then(Value::as_array);
        let parts: Vec<&Value> = fragments.map_or(vec![annotation], |all| all.iter().collect());
        let (mut spans, mut least) = (Vec::new(), None::<f32>);
        for part in &parts {
            let Some((from, to, score)) = self.part(part, &text) else { break };
            least = score.map(|score| least.map_or(score, |least| least.min(score))).or(least);
            spans.push((from, to));
        }
        let ascends = spans.iter().zip(spans.iter().skip(1)).all(|(a, b)| a.1 <= b.0);
        if spans.len() == parts.len() && ascends {
            return (anchored(&spans, &text), least);
        }
        (orphan(annotation, &parts, &text), None)
    }

    /// Where a span is in my text, in bytes, and how well that fits; none if it is nowhere.
    fn part(&mut self, part: &Value, text: &Text) -> Option<(Offset, Offset, Option<f32>)> {
        let quote = words(part.get("quote"));
        let from = text.at_code_point(number(part, "start"));
        let there = stands(part, text);
        if let (Some((from, to)), true) = (there, self.same) {
            return Some((from, to, None));
        }
        let finder = self.finder.get_or_insert_with(|| Finder::new(text));
        let found = finder.find(&Quote { words: quote, context: None, near: from });
        match (found, there) {
            (Placement::Exact(span), _) => Some((span.start(), span.end(), None)),
            (Placement::Similar(span, score), _) => Some((span.start(), span.end(), Some(score))),
            (Placement::Nowhere, Some((from, to))) => Some((from, to, Some(BY_OFFSET))),
            (Placement::Nowhere, None) => None,
        }
    }

    /// A place among the quotes of a document that I do not have.
    fn in_quotes(&mut self, annotation: &Value) -> Map<String, Value> {
        let quote = words(annotation.get("quote"));
        let quote = if quote.is_empty() { "…" } else { quote };
        let length = quote.chars().count();
        let start = self.starts.get(quote).copied().unwrap_or_else(|| {
            let start = self.length;
            self.starts.insert(quote.to_owned(), start);
            self.quotes.push_str(quote);
            self.quotes.push('\n');
            self.length += length + 1;
            start
        });
        members(json!({"start": start, "end": start + length, "quote": quote}))
    }
}

/// Where a span is by its offsets, in bytes, if its words stand there.
fn stands(part: &Value, text: &Text) -> Option<(Offset, Offset)> {
    let from = text.at_code_point(number(part, "start"))?;
    let to = text.at_code_point(number(part, "end"))?;
    let there = text.as_str().get(from.bytes()..to.bytes())?;
    (!there.is_empty() && there == words(part.get("quote"))).then_some((from, to))
}

fn members(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn span_of(from: Offset, to: Offset, text: &Text) -> Value {
    let quote = text.as_str().get(from.bytes()..to.bytes()).unwrap_or_default();
    json!({"start": text.code_points(from), "end": text.code_points(to), "quote": quote})
}

fn anchored(spans: &[(Offset, Offset)], text: &Text) -> Map<String, Value> {
    let ends = spans.first().zip(spans.last());
    let hull = ends.map_or(Value::Null, |(first, last)| span_of(first.0, last.1, text));
    let mut place = members(hull);
    if spans.len() > 1 {
        let parts: Vec<Value> = spans.iter().map(|(from, to)| span_of(*from, *to, text)).collect();
        place.insert("fragments".into(), Value::Array(parts));
    }
    place
}

/// Words that are not in my text: kept at about the place where they stood.
fn orphan(annotation: &Value, parts: &[&Value], text: &Text) -> Map<String, Value> {
    let length = text.len_code_points();
    let start = number(annotation, "start").min(length.saturating_sub(1));
    let end = number(annotation, "end").clamp(start + 1, length.max(start + 1));
    let quotes: Vec<&str> = parts.iter().map(|part| words(part.get("quote"))).collect();
    members(json!({"start": start, "end": end, "quote": quotes.join(" … ")}))
}
