//! The codebook as data: layers, codes, features with their lists and conditions, kinds of relations.
//!
//! Nothing in the program knows "actor" or "claim"; it asks the codebook. Shipped ones lie in `assets/codebooks`.

use crate::model::{CodeId, FeatureId, LayerId, RelationKindId, Unknown, Value};
use smol_str::SmolStr;

/// What may be tagged and linked, and how.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Codebook {
    /// Its name over all projects.
    pub id: SmolStr,
    /// Counts its published changes.
    pub version: u32,
    /// On screen.
    pub name: SmolStr,
    /// BCP 47 code of its words; empty when nobody said.
    pub language: SmolStr,
    /// In the order shown.
    pub layers: Vec<Layer>,
    /// In the order offered.
    pub relations: Vec<RelationKind>,
    /// Fields of a document beside title and language.
    pub document_features: Vec<Feature>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// A kind of annotation with its own rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its name in the file.
    pub id: LayerId,
    /// On screen, one of them.
    pub name: SmolStr,
    /// On screen, several of them.
    pub plural: SmolStr,
    /// The letter that tags and marks it.
    pub key: char,
    /// The theme's colour token.
    pub color: SmolStr,
    /// How its bars are drawn.
    pub line: LinePattern,
    /// What its mentions refer to, one and several, on screen ("Actor", "Actors"); none for layers without records.
    pub entity: Option<(SmolStr, SmolStr)>,
    /// Whether its codes say what the records are (an actor is a state), so that mention and record share them; if
    /// not, they say only what the mention does (a claim is a demand, its issue is none).
    pub entity_codes: bool,
    /// Its labels.
    pub codes: Vec<Code>,
    /// Features of its annotations.
    pub features: Vec<Feature>,
    /// Features of its entities.
    pub entity_features: Vec<Feature>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// Pattern of a layer's bars, so that colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePattern {
    /// ────
    Solid,
    /// ─ ─
    Dashed,
    /// ····
    Dotted,
}

/// A label in a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// `layer.word`.
    pub id: CodeId,
    /// On screen.
    pub name: SmolStr,
    /// The digit that chooses it.
    pub digit: Option<u8>,
    /// The heading it stands under.
    pub group: SmolStr,
    /// Conflict–cooperation score from −10 to 10.
    pub score: Option<f64>,
    /// In one line.
    pub definition: SmolStr,
    /// Words it fits.
    pub example: SmolStr,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// A named value that annotations, entities, relations or documents may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its name in the file.
    pub id: FeatureId,
    /// On screen.
    pub name: SmolStr,
    /// What its values are.
    pub kind: FeatureKind,
    /// In one line.
    pub definition: SmolStr,
    /// What holds when nothing is set, for display only.
    pub default: Option<SmolStr>,
    /// When it is asked for; always, if none.
    pub when: Option<Condition>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// What the values of a feature are.
#[derive(Clone, Debug, PartialEq)]
pub enum FeatureKind {
    /// Text, or several of them.
    Text {
        /// Whether a list is kept.
        many: bool,
    },
    /// A number.
    Number,
    /// Yes or no.
    YesNo,
    /// One or several of a list.
    Choice {
        /// The list.
        values: Vec<Choice>,
        /// Whether several may hold.
        many: bool,
        /// Whether other values may be written.
        open: bool,
    },
    /// A date range.
    Date,
    /// A place.
    Place,
    /// An annotation or entity of these layers; of any, if none are named.
    Reference {
        /// The layers.
        of: Vec<LayerId>,
    },
}

/// A value of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name in the file.
    pub id: SmolStr,
    /// On screen.
    pub name: SmolStr,
    /// A sign for it, such as `+`.
    pub symbol: SmolStr,
    /// The key that sets it on a selected annotation.
    pub key: Option<char>,
    /// In one line.
    pub definition: SmolStr,
    /// The codes it is offered for; all, if none are named.
    pub codes: Vec<CodeId>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

/// When a feature is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The annotation has one of these codes.
    Code(Vec<CodeId>),
    /// Another feature has one of these values.
    Feature {
        /// The other feature.
        feature: FeatureId,
        /// The values.
        is: Vec<SmolStr>,
    },
}

/// A kind of relation with the layers that it may join.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationKind {
    /// Its name in the file.
    pub id: RelationKindId,
    /// Read from → to.
    pub name: SmolStr,
    /// Read to → from.
    pub inverse: SmolStr,
    /// Layers it may start at.
    pub from: Vec<LayerId>,
    /// Layers it may end at.
    pub to: Vec<LayerId>,
    /// Whether it is offered first between its layers.
    pub default: bool,
    /// Whether both ways mean the same.
    pub symmetric: bool,
    /// In one line.
    pub definition: SmolStr,
    /// Its features.
    pub features: Vec<Feature>,
    /// Members we do not understand.
    pub unknown: Unknown,
}

impl Codebook {
    /// The layer of that id.
    pub fn layer(&self, id: &LayerId) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.id == *id)
    }

    /// The relation kind of that id.
    pub fn relation(&self, id: &RelationKindId) -> Option<&RelationKind> {
        self.relations.iter().find(|kind| kind.id == *id)
    }

    /// Kinds that may join `from` to `to` in this direction, the one to offer first in front.
    pub fn kinds_between(&self, from: &LayerId, to: &LayerId) -> Vec<&RelationKind> {
        let mut kinds: Vec<_> = self.relations.iter().filter(|kind| kind.joins(from, to)).collect();
        kinds.sort_by_key(|kind| !kind.default);
        kinds
    }
}

impl RelationKind {
    /// Whether it may lead from `from` to `to`.
    pub fn joins(&self, from: &LayerId, to: &LayerId) -> bool {
        let one_way = |a, b| self.from.contains(a) && self.to.contains(b);
        one_way(from, to) || (self.symmetric && one_way(to, from))
    }
}

impl Layer {
    /// The code of that id.
    pub fn code(&self, id: &CodeId) -> Option<&Code> {
        self.codes.iter().find(|code| code.id == *id)
    }
}

/// The feature of that id.
pub fn feature<'a>(features: &'a [Feature], id: &FeatureId) -> Option<&'a Feature> {
    features.iter().find(|feature| feature.id == *id)
}

impl Feature {
    /// Whether `value` is one of its values. Where references lead is not looked at.
    pub fn accepts(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (FeatureKind::Text { many: false }, Value::Text(_))
            | (FeatureKind::Text { many: true }, Value::Several(_))
            | (FeatureKind::YesNo, Value::YesNo(_))
            | (FeatureKind::Date, Value::Date(_))
            | (FeatureKind::Place, Value::Place(_))
            | (FeatureKind::Reference { .. }, Value::Reference(_)) => true,
            (FeatureKind::Number, Value::Number(number)) => number.is_finite(),
            (FeatureKind::Choice { values, many: false, open }, Value::Choice(id)) => {
                *open || values.iter().any(|value| value.id == *id)
            }
            (FeatureKind::Choice { values, many: true, open }, Value::Several(ids)) => {
                *open || ids.iter().all(|id| values.iter().any(|value| value.id == *id))
            }
            _ => false,
        }
    }
}
