//! Records of what the lines say: first where each name belongs, then documents, entities, annotations, links, notes.
//!
//! Every id is derived, so the same folder gives the same records each time.

use crate::formats::brat::book::{Book, BothWays, Holder, kind_of, value};
use crate::formats::brat::conf::Conf;
use crate::formats::brat::gather::{Gathered, Remark, Subject, Tie};
use crate::formats::brat::ids::{derived, plain, slug};
use crate::formats::brat::mapping::{Mapping, Use, unique};
use crate::formats::brat::sheet::{Ledger, Sheets};
use crate::formats::brat::{Asked, Way, foreign, groups};
use crate::model::{
    Annotation, AnnotationId, AnyRecord, CodeId, Document, End, Feature, FeatureId, FeatureKind,
    Features, Filling, LayerId, Note, NoteId, Project, ProjectId, Record, RecordId, Relation,
    RelationId, RelationKindId, Unknown,
};
use crate::text::language_by_script;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An import under way.
pub(in crate::formats::brat) struct Build<'b, 'a> {
    pub(in crate::formats::brat) sheets: &'b Sheets<'a>,
    pub(in crate::formats::brat) all: &'b Gathered<'a>,
    pub(in crate::formats::brat) conf: &'b Conf,
    pub(in crate::formats::brat) asked: &'b Asked<'b>,
    pub(in crate::formats::brat) mapping: Mapping,
    pub(in crate::formats::brat) book: Book,
    /// Features of tags and ties.
    features: BTreeMap<Subject, Features>,
    /// Links between tags that are the same but of two layers.
    cross: Vec<Tie<'a>>,
}

impl<'b, 'a> Build<'b, 'a> {
    /// Finds a place in the codebook for every name.
    pub(in crate::formats::brat) fn new(
        (sheets, all): (&'b Sheets<'a>, &'b Gathered<'a>),
        conf: &'b Conf,
        asked: &'b Asked<'b>,
        ledger: &mut Ledger<'a>,
    ) -> Self {
        let mapping = asked.mapping.cloned().unwrap_or_default();
        let book = Book((*asked.codebook).clone());
        let (features, cross) = (BTreeMap::new(), Vec::new());
        let mut build = Self { sheets, all, conf, asked, mapping, book, features, cross };
        build.add_types();
        build.cross = groups::across_layers(&build);
        build.add_links();
        build.add_attributes(ledger);
        build
    }

    /// What a new thing of that id is called: as the mapping says, else as brat calls `name` on screen.
    fn called<'n>(&'n self, id: &str, name: &'n str) -> &'n str {
        self.mapping.names.get(id).map_or_else(|| self.label(name), String::as_str)
    }

    /// What a name is called on screen.
    pub(in crate::formats::brat) fn label<'n>(&'n self, name: &'n str) -> &'n str {
        self.conf.labels.get(name).map_or(name, String::as_str)
    }

    /// How a type is used.
    pub(in crate::formats::brat) fn use_of(&self, name: &str) -> Use {
        let among = |list: &[String]| list.iter().any(|other| other == name);
        let declared = among(&self.conf.events) && !among(&self.conf.spans);
        if self.all.events.contains(name) || declared { Use::Event } else { Use::Span }
    }

    fn add_types(&mut self) {
        let names = self.all.names(self.conf);
        let used: Vec<(Use, &str)> = names.iter().map(|name| (self.use_of(name), *name)).collect();
        self.mapping.add_types(&used, &self.asked.codebook);
        for name in names {
            if let Some(target) = self.mapping.types.get(name) {
                let label = self.conf.labels.get(name).map_or(name, String::as_str);
                self.book.add_target(target, label, &self.mapping.names);
            }
        }
    }

    /// The layer of a tag.
    pub(in crate::formats::brat) fn layer(&self, tag: usize) -> LayerId {
        let target = self.all.tags.get(tag).and_then(|tag| self.mapping.types.get(tag.name));
        LayerId::new(target.map_or("", |target| target.layer.as_str()))
    }

    /// The code of a tag.
    pub(in crate::formats::brat) fn code(&self, tag: usize) -> Option<CodeId> {
        let target = self.all.tags.get(tag).and_then(|tag| self.mapping.types.get(tag.name))?;
        target.code.as_deref().map(CodeId::new)
    }

    /// All links, also those between tags that are the same but of two layers.
    pub(in crate::formats::brat) fn ties(&self) -> impl Iterator<Item = &Tie<'a>> {
        self.all.ties.iter().chain(&self.cross)
    }

    fn add_links(&mut self) {
        let mut pairs: BTreeMap<&str, BTreeSet<(LayerId, LayerId)>> = BTreeMap::new();
        for tie in self.ties() {
            let layers = (self.layer(tie.from), self.layer(tie.to));
            pairs.entry(tie.name).or_default().insert(layers);
        }
        let cross: BTreeSet<&str> = self.cross.iter().map(|tie| tie.name).collect();
        for (name, pairs) in pairs {
            self.mapping.add_link(name, &pairs, &self.asked.codebook);
            let same = self.conf.symmetric.contains(name) || cross.contains(name);
            let both_ways = if same { BothWays::Same } else { BothWays::Directed };
            if let Some(id) = self.mapping.links.get(name) {
                let called = self.called(id, name).to_owned();
                self.book.add_link((id, &called), both_ways, &pairs);
            }
        }
    }

    fn kind(&self, name: &str) -> RelationKindId {
        RelationKindId::new(self.mapping.links.get(name).map_or("", String::as_str))
    }

    fn holder(&self, of: Subject) -> Holder {
        match of {
            Subject::Tag(tag) => Holder::Layer(self.layer(tag)),
            Subject::Tie(tie) => {
                let name = self.all.ties.get(tie).map_or("", |tie| tie.name);
                Holder::Kind(self.kind(name))
            }
        }
    }

    fn add_attributes(&mut self, ledger: &mut Ledger<'a>) {
        let mut by_name: BTreeMap<&str, Vec<&Remark<'a>>> = BTreeMap::new();
        for attribute in &self.all.attributes {
            by_name.entry(attribute.name).or_default().push(attribute);
        }
        for (name, remarks) in by_name {
            let holders: BTreeSet<Holder> = remarks.iter().map(|r| self.holder(r.of)).collect();
            let (id, kind) = self.feature(name, &remarks, &holders);
            let called = self.called(&id, name).to_owned();
            for holder in &holders {
                self.book.add_feature(holder, (&id, &called), &kind);
            }
            for remark in remarks {
                if let Err(why) = self.set(remark, &FeatureId::new(id.as_str())) {
                    ledger.keep(remark.at, remark.line, why);
                }
            }
            self.mapping.attributes.insert(name.to_owned(), id);
        }
    }

    /// The feature that an attribute becomes: one that takes all its values, else a new one.
    fn feature(
        &self,
        name: &str,
        remarks: &[&Remark<'a>],
        holders: &BTreeSet<Holder>,
    ) -> (String, FeatureKind) {
        let declared = self.conf.values.get(name).into_iter().flatten();
        let declared = declared.map(|value| Some(value.as_str()));
        let fresh = kind_of(declared.chain(remarks.iter().map(|remark| remark.words)));
        let of_id = |id: &str| {
            let mut there = holders.iter().flat_map(|holder| self.book.features(holder));
            there.find(|feature| feature.id.as_str() == id)
        };
        if let Some(id) = self.mapping.attributes.get(name) {
            return (id.clone(), of_id(id).map_or(fresh, |feature| feature.kind.clone()));
        }
        let word = plain(name);
        let called = |f: &&Feature| {
            !word.is_empty() && [plain(f.id.as_str()), plain(&f.name)].contains(&word)
        };
        let fits = |feature: &&Feature| {
            remarks.iter().all(|remark| {
                let here = self.book.features(&self.holder(remark.of));
                let here = here.iter().find(|other| other.id == feature.id).unwrap_or(feature);
                value(&here.kind, remark.words).is_some()
            })
        };
        let free = |id: &str| !self.mapping.attributes.values().any(|other| other == id);
        let mut there = holders.iter().flat_map(|holder| self.book.features(holder));
        match there.find(called).filter(fits).filter(|feature| free(feature.id.as_str())) {
            Some(feature) => (feature.id.to_string(), feature.kind.clone()),
            None => (unique(&slug(name), |id| of_id(id).is_some() || !free(id)), fresh),
        }
    }

    fn set(&mut self, remark: &Remark<'a>, id: &FeatureId) -> Result<(), String> {
        let holder = self.holder(remark.of);
        let feature = self.book.features(&holder).iter().find(|feature| feature.id == *id);
        let value = feature.and_then(|feature| value(&feature.kind, remark.words));
        let said = remark.words.unwrap_or("yes");
        let value = value.ok_or_else(|| format!("the feature “{id}” does not take “{said}”"))?;
        let set = self.features.entry(remark.of).or_default();
        match set.get(id) {
            Some(other) if *other != value => {
                Err("an attribute of this name says something else before it".to_owned())
            }
            _ => {
                set.insert(id.clone(), value);
                Ok(())
            }
        }
    }

    /// The id of a document.
    pub(in crate::formats::brat) fn document(&self, sheet: usize) -> &str {
        self.sheets.all.get(sheet).map_or("", |sheet| sheet.id.as_str())
    }

    fn annotation_id(&self, tag: usize) -> AnnotationId {
        let of = self.all.tags.get(tag).map_or((0, ""), |tag| (tag.at.0, tag.id));
        AnnotationId::new(derived("a", &[self.document(of.0), self.asked.folder, of.1]))
    }

    fn tie_id(&self, tie: &Tie<'a>) -> RelationId {
        let document = self.document(tie.at.0);
        RelationId::new(derived("l", &[document, self.asked.folder, &tie.id]))
    }

    fn made<T>(&self, value: T, unknown: Unknown) -> Arc<Record<T>> {
        let mut record = Record::made(value, self.asked.signature, 1);
        record.unknown = unknown;
        Arc::new(record)
    }

    /// The project.
    pub(in crate::formats::brat) fn project(mut self, way: &Way<'_>) -> (Project, Mapping) {
        let groups = groups::groups(&mut self);
        let ids = self.sheets.all.iter().map(|sheet| sheet.id.as_str());
        let parts: Vec<&str> = std::iter::once(self.asked.folder).chain(ids).collect();
        let id = ProjectId::new(derived("p", &parts));
        let mut project = Project::new(id, Arc::new(self.book.0.clone()));
        for (order, sheet) in (0..).zip(&self.sheets.all) {
            let document = Document {
                id: sheet.id.clone(),
                title: sheet.name.into(),
                language: language_by_script(sheet.counted.text.as_str()).into(),
                meta: Features::new(),
                source: Some(sheet.source.clone()),
                order,
                text: sheet.counted.text.clone(),
                stated_digest: None,
            };
            project.put(AnyRecord::Document(self.made(document, Unknown::default())));
        }
        for (entity, same) in groups.entities {
            project.put(AnyRecord::Entity(self.made(entity, foreign::with_same(&same))));
        }
        let mut filling = Filling::default();
        for (at, tag) in self.all.tags.iter().enumerate() {
            if at % 256 == 0 && !way.goes_on((70, 95), at, self.all.tags.len()) {
                return (project, self.mapping);
            }
            let annotation = Annotation {
                id: self.annotation_id(at),
                document: crate::model::DocumentId::new(self.document(tag.at.0)),
                layer: self.layer(at),
                code: self.code(at),
                place: tag.place.clone(),
                entity: groups.of.get(&at).cloned(),
                features: self.features.get(&Subject::Tag(at)).cloned().unwrap_or_default(),
            };
            filling.put(AnyRecord::Annotation(self.made(annotation, Unknown::default())));
        }
        for (at, tie) in self.ties().enumerate() {
            let (relation, unknown) = self.relation(at, tie);
            filling.put(AnyRecord::Relation(self.made(relation, unknown)));
        }
        filling.finish(&mut project);
        for (number, note) in self.all.notes.iter().enumerate() {
            project.put(AnyRecord::Note(self.made(self.note(number, note), Unknown::default())));
        }
        (project, self.mapping)
    }

    fn relation(&self, at: usize, tie: &Tie<'a>) -> (Relation, Unknown) {
        let kind = self.kind(tie.name);
        let ends = [tie.from, tie.to].map(|tag| End::Annotation(self.annotation_id(tag)));
        let [mut from, mut to] = ends;
        let mut arguments = tie.arguments;
        if from > to && self.book.0.relation(&kind).is_some_and(|kind| kind.symmetric) {
            std::mem::swap(&mut from, &mut to);
            arguments = arguments.map(|[first, second]| [second, first]);
        }
        let unknown = match (arguments, tie.id.starts_with('*')) {
            (Some(names), _) => foreign::with_arguments(kind.as_str(), names),
            (None, true) => foreign::with_same(&BTreeSet::from([tie.name])),
            (None, false) => Unknown::default(),
        };
        let features = self.features.get(&Subject::Tie(at)).cloned().unwrap_or_default();
        (Relation { id: self.tie_id(tie), kind, from, to, features }, unknown)
    }

    fn note(&self, number: usize, note: &Remark<'a>) -> Note {
        let document = self.document(note.at.0);
        // Ids of notes need not differ in brat.
        let (number, folder) = (number.to_string(), self.asked.folder);
        let target = match note.of {
            Subject::Tag(tag) => RecordId::Annotation(self.annotation_id(tag)),
            Subject::Tie(tie) => {
                let id = self.all.ties.get(tie).map(|tie| self.tie_id(tie));
                RecordId::Relation(id.unwrap_or_else(|| RelationId::new("")))
            }
        };
        let words = note.words.unwrap_or_default();
        let usual = note.name == "AnnotatorNotes";
        let text: SmolStr =
            if usual { words.into() } else { format!("{}: {words}", note.name).into() };
        let id = NoteId::new(derived("o", &[document, folder, note.id, &number]));
        Note { id, target, text }
    }
}
