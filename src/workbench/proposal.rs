//! An import before it is done: what a folder has, what each foreign name would become, and what a person changes of it.
//!
//! Read in a job by [`propose`]; nothing is imported before [`Proposed::import`]. Rules are those of `formats::brat`.

use crate::formats::brat::{Amounts, Become, FoundName, Mapping, NameKind};
use crate::model::{Code, CodeId, Codebook, Layer, LayerId, RelationKind, RelationKindId};
use crate::workbench::import::{Ready, doubts, ready};
use crate::workbench::{Desk, Imported, Importing, Loaded, Notice, Progress};
use std::collections::{BTreeMap, BTreeSet};

/// A folder that was read, and what its names would become.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    ready: Ready,
    found: Vec<FoundName>,
    read: Amounts,
    left_out: usize,
    /// What should be known of the mapping that was given.
    remarks: Vec<String>,
    /// As the rules and the mapping that was given have it.
    proposal: Mapping,
    mapping: Mapping,
    /// The codebook that would come of it.
    after: Codebook,
    features: BTreeMap<String, String>,
    /// Features that the codebook has.
    known_features: BTreeSet<String>,
}

/// Something that a name can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether the codebook has it.
    pub known: Known,
}

/// Whether the codebook has something already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// It has.
    There,
    /// The import would add it.
    New,
}

/// What a name would become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// Annotations of a layer, with a code or without.
    Annotations(Offer, Option<Offer>),
    /// Links of a kind.
    Links(Offer),
    /// A feature.
    Feature(Offer),
}

/// How many names, and how much there is of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Names.
    pub names: usize,
    /// Annotations of them.
    pub annotations: usize,
    /// Links of them.
    pub links: usize,
    /// Attributes of them.
    pub attributes: usize,
}

/// Reads what is to be imported as `format` and finds a place for every name; nothing is imported yet.
pub fn propose(
    format: &str,
    ask: &Importing,
    desk: &Desk,
    progress: &Progress,
) -> Result<Proposed, Notice> {
    let ready = ready(format, ask, desk, progress)?;
    let import = ready.read(ready.mapping.as_ref(), progress)?;
    let mut remarks = ready.remarks.clone();
    if let Some(given) = &ready.mapping {
        remarks.extend(doubts(given, &import.found, &ready.codebook));
    }
    let mut proposed = Proposed {
        found: import.found,
        read: import.read,
        left_out: import.left_out.len(),
        remarks,
        proposal: import.mapping.clone(),
        mapping: import.mapping,
        after: (*ready.codebook).clone(),
        features: BTreeMap::new(),
        known_features: Mapping::default().features(&[], &ready.codebook).into_keys().collect(),
        ready,
    };
    proposed.work_out();
    Ok(proposed)
}

impl Proposed {
    /// The name of the folder.
    pub fn folder(&self) -> &str {
        &self.ready.folder
    }

    /// The foreign names.
    pub fn found(&self) -> &[FoundName] {
        &self.found
    }

    /// How many lines there are, and how many of them cannot be taken whole.
    pub fn lines(&self) -> (usize, usize) {
        (self.read.lines, self.read.failed)
    }

    /// Texts with annotations, and texts without an `.ann` file.
    pub fn texts(&self) -> (usize, usize) {
        (self.read.documents, self.left_out)
    }

    /// What should be known before.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The codebook with what the import would add to it.
    pub fn codebook(&self) -> &Codebook {
        &self.after
    }

    /// `found` becomes this.
    pub fn change(&mut self, found: &FoundName, to: &Become) {
        self.mapping.change(found, to, &self.after);
        self.work_out();
    }

    /// Every name becomes again what was proposed.
    pub fn put_back(&mut self) {
        self.mapping = self.proposal.clone();
        self.work_out();
    }

    fn work_out(&mut self) {
        self.after = self.mapping.codebook(&self.found, &self.ready.codebook);
        self.features = self.mapping.features(&self.found, &self.ready.codebook);
    }

    /// Whether a person has changed what `found` becomes.
    pub fn is_changed(&self, found: &FoundName) -> bool {
        let name = found.name.as_str();
        let (now, before) = (&self.mapping, &self.proposal);
        match found.kind {
            NameKind::Span | NameKind::Event => now.types.get(name) != before.types.get(name),
            NameKind::Link => now.links.get(name) != before.links.get(name),
            NameKind::Attribute => now.attributes.get(name) != before.attributes.get(name),
        }
    }

    /// Everything that was found.
    pub fn all(&self) -> Amount {
        amount(self.found.iter())
    }

    /// What was changed.
    pub fn changed(&self) -> Amount {
        amount(self.found.iter().filter(|found| self.is_changed(found)))
    }

    /// What a name would become.
    pub fn becomes(&self, found: &FoundName) -> Option<Becomes> {
        let name = found.name.as_str();
        match found.kind {
            NameKind::Span | NameKind::Event => {
                let target = self.mapping.types.get(name)?;
                let layer = self.after.layer(&LayerId::new(target.layer.as_str()))?;
                let code = target.code.as_ref();
                let code = code.and_then(|id| layer.code(&CodeId::new(id.as_str())));
                let code = code.map(|code| self.code(&layer.id, code));
                Some(Becomes::Annotations(self.layer(layer), code))
            }
            NameKind::Link => {
                let id = self.mapping.links.get(name)?;
                let kind = self.after.relation(&RelationKindId::new(id.as_str()))?;
                Some(Becomes::Links(self.kind(kind)))
            }
            NameKind::Attribute => {
                let (id, name) = self.features.get_key_value(self.mapping.attributes.get(name)?)?;
                Some(Becomes::Feature(self.feature(id, name)))
            }
        }
    }

    fn layer(&self, layer: &Layer) -> Offer {
        let there = self.ready.codebook.layer(&layer.id).is_some();
        offer(layer.id.as_str(), &layer.name, there)
    }

    fn code(&self, layer: &LayerId, code: &Code) -> Offer {
        let before = self.ready.codebook.layer(layer);
        let there = before.is_some_and(|layer| layer.code(&code.id).is_some());
        offer(code.id.as_str(), &code.name, there)
    }

    fn kind(&self, kind: &RelationKind) -> Offer {
        let there = self.ready.codebook.relation(&kind.id).is_some();
        offer(kind.id.as_str(), &kind.name, there)
    }

    fn feature(&self, id: &str, name: &str) -> Offer {
        offer(id, name, self.known_features.contains(id))
    }

    /// Layers that a type can go to.
    pub fn layers(&self) -> Vec<Offer> {
        self.after.layers.iter().map(|layer| self.layer(layer)).collect()
    }

    /// Codes of a layer.
    pub fn codes(&self, layer: &str) -> Vec<Offer> {
        let layer = self.after.layer(&LayerId::new(layer));
        let codes = layer.map(|l| l.codes.iter().map(|code| self.code(&l.id, code)).collect());
        codes.unwrap_or_default()
    }

    /// Kinds of links.
    pub fn kinds(&self) -> Vec<Offer> {
        self.after.relations.iter().map(|kind| self.kind(kind)).collect()
    }

    /// Features.
    pub fn features(&self) -> Vec<Offer> {
        self.features.iter().map(|(id, name)| self.feature(id, name)).collect()
    }

    /// Imports it as it is now.
    pub fn import(&self, progress: &Progress) -> Result<(Loaded, Imported), Notice> {
        let import = self.ready.read(Some(&self.mapping), progress)?;
        Ok(self.ready.imported(import))
    }
}

fn amount<'f>(all: impl Iterator<Item = &'f FoundName>) -> Amount {
    let mut amount = Amount::default();
    for found in all {
        amount.names += 1;
        *match found.kind {
            NameKind::Span | NameKind::Event => &mut amount.annotations,
            NameKind::Link => &mut amount.links,
            NameKind::Attribute => &mut amount.attributes,
        } += found.count;
    }
    amount
}

#[expect(clippy::fn_params_excessive_bools, reason = "it is the answer to be named")]
fn offer(id: &str, name: &str, there: bool) -> Offer {
    let known = if there { Known::There } else { Known::New };
    Offer { id: id.to_owned(), name: name.to_owned(), known }
}
