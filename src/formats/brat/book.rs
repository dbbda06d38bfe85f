//! What an import adds to a codebook: layers, codes, kinds of links and features that it does not have yet.
//!
//! Nothing that is there is changed but the layers that a link kind may join, where a mapping asks for that.

use crate::formats::brat::ids::plain;
use crate::formats::brat::mapping::{IMPORTED, Target};
use crate::model::{
    Choice, Code, CodeId, Codebook, Feature, FeatureId, FeatureKind, Layer, LayerId, LinePattern,
    RelationKind, RelationKindId, Unknown, Value,
};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// A codebook that grows.
#[derive(Clone, Debug)]
pub(in crate::formats::brat) struct Book(pub(in crate::formats::brat) Codebook);

/// What has features: annotations of a layer, or links of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats::brat) enum Holder {
    /// Annotations.
    Layer(LayerId),
    /// Links.
    Kind(RelationKindId),
}

impl Book {
    /// Makes sure of layer and code; `names` say what new ones are called, and `name` what the code is without.
    pub(in crate::formats::brat) fn add_target(
        &mut self,
        target: &Target,
        name: &str,
        names: &BTreeMap<String, String>,
    ) {
        let id = LayerId::new(target.layer.as_str());
        if self.0.layer(&id).is_none() {
            let layer = self.new_layer(&id, names.get(&target.layer).map(String::as_str));
            self.0.layers.push(layer);
        }
        let layer = self.0.layers.iter_mut().find(|layer| layer.id == id);
        let (Some(layer), Some(code)) = (layer, &target.code) else { return };
        let name = names.get(code).map_or(name, String::as_str);
        let code = CodeId::new(code.as_str());
        if layer.code(&code).is_none() {
            layer.codes.push(Code {
                id: code,
                name: shown(name),
                digit: None,
                group: SmolStr::default(),
                score: None,
                definition: SmolStr::default(),
                example: SmolStr::default(),
                unknown: Unknown::default(),
            });
        }
    }

    fn new_layer(&self, id: &LayerId, called: Option<&str>) -> Layer {
        let usual = if id.as_str() == IMPORTED { "Imported".into() } else { capital(id.as_str()) };
        let name = called.map_or(usual, shown);
        Layer {
            id: id.clone(),
            plural: name.clone(),
            name,
            key: self.0.free_key(),
            color: id.as_str().into(),
            line: LinePattern::Solid,
            entity: Some(("Record".into(), "Records".into())),
            entity_codes: true,
            codes: Vec::new(),
            features: Vec::new(),
            entity_features: Vec::new(),
            unknown: Unknown::default(),
        }
    }

    /// Makes sure of a kind of link that joins these pairs of layers.
    pub(in crate::formats::brat) fn add_link(
        &mut self,
        (id, name): (&str, &str),
        both_ways: BothWays,
        pairs: &BTreeSet<(LayerId, LayerId)>,
    ) {
        let id = RelationKindId::new(id);
        if self.0.relation(&id).is_none() {
            self.0.relations.push(RelationKind {
                id: id.clone(),
                name: shown(name),
                inverse: SmolStr::default(),
                from: Vec::new(),
                to: Vec::new(),
                default: false,
                symmetric: both_ways == BothWays::Same,
                definition: SmolStr::default(),
                features: Vec::new(),
                unknown: Unknown::default(),
            });
        }
        let Some(kind) = self.0.relations.iter_mut().find(|kind| kind.id == id) else { return };
        for (from, to) in pairs {
            if !kind.joins(from, to) {
                let lists = [(&mut kind.from, from), (&mut kind.to, to)];
                for (list, layer) in lists.into_iter().filter(|(list, layer)| !list.contains(layer))
                {
                    list.push(layer.clone());
                }
            }
        }
    }

    fn features_mut(&mut self, holder: &Holder) -> Option<&mut Vec<Feature>> {
        match holder {
            Holder::Layer(id) => {
                let layer = self.0.layers.iter_mut().find(|layer| layer.id == *id);
                layer.map(|layer| &mut layer.features)
            }
            Holder::Kind(id) => {
                let kind = self.0.relations.iter_mut().find(|kind| kind.id == *id);
                kind.map(|kind| &mut kind.features)
            }
        }
    }

    /// The features of a holder.
    pub(in crate::formats::brat) fn features(&self, holder: &Holder) -> &[Feature] {
        match holder {
            Holder::Layer(id) => self.0.layer(id).map_or(&[], |layer| &layer.features),
            Holder::Kind(id) => self.0.relation(id).map_or(&[], |kind| &kind.features),
        }
    }

    /// Makes sure of a feature; one that is there stays as it is.
    pub(in crate::formats::brat) fn add_feature(
        &mut self,
        holder: &Holder,
        (id, name): (&str, &str),
        kind: &FeatureKind,
    ) {
        let made = new_feature(id, name, kind.clone());
        if let Some(features) = self.features_mut(holder)
            && !features.iter().any(|feature| feature.id == made.id)
        {
            features.push(made);
        }
    }

    /// The feature of a layer's records that holds their outside ids; made if it has to be.
    pub(in crate::formats::brat) fn outside_ids(&mut self, layer: &LayerId) -> FeatureId {
        let id = FeatureId::new("outside-id");
        let layer = self.0.layers.iter_mut().find(|one| one.id == *layer);
        if let Some(layer) = layer.filter(|l| !l.entity_features.iter().any(|f| f.id == id)) {
            let kind = FeatureKind::Text { many: true };
            layer.entity_features.push(new_feature(id.as_str(), "Outside id", kind));
        }
        id
    }
}

/// Whether a new kind of link means the same both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::brat) enum BothWays {
    /// It does.
    Same,
    /// It has a direction.
    Directed,
}

fn new_feature(id: &str, name: &str, kind: FeatureKind) -> Feature {
    Feature {
        id: FeatureId::new(id),
        name: shown(name),
        kind,
        definition: SmolStr::default(),
        default: None,
        when: None,
        unknown: Unknown::default(),
    }
}

/// A foreign name on screen.
fn shown(name: &str) -> SmolStr {
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn capital(word: &str) -> SmolStr {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What kind of feature holds all these values.
pub(in crate::formats::brat) fn kind_of<'v>(
    values: impl IntoIterator<Item = Option<&'v str>>,
) -> FeatureKind {
    let mut all: Vec<Choice> = Vec::new();
    let mut flags = false;
    for value in values {
        flags |= value.is_none();
        let Some(value) = value else { continue };
        if !all.iter().any(|choice| choice.id == value) {
            all.push(Choice {
                id: value.into(),
                name: shown(value),
                symbol: SmolStr::default(),
                key: None,
                definition: SmolStr::default(),
                codes: Vec::new(),
                unknown: Unknown::default(),
            });
        }
    }
    if all.is_empty() && flags {
        return FeatureKind::YesNo;
    }
    FeatureKind::Choice { values: all, many: false, open: true }
}

/// What an attribute says, as a value of that kind; none if it is not one.
pub(in crate::formats::brat) fn value(kind: &FeatureKind, said: Option<&str>) -> Option<Value> {
    match (kind, said) {
        (FeatureKind::YesNo, None | Some("yes" | "true")) => Some(Value::YesNo(true)),
        (FeatureKind::YesNo, Some("no" | "false")) => Some(Value::YesNo(false)),
        (FeatureKind::Choice { values, many: false, open }, said) => {
            let word = said.unwrap_or("yes");
            let exact = values.iter().find(|value| value.id == word);
            let known = exact.or_else(|| {
                let word = plain(word);
                values
                    .iter()
                    .find(|v| !word.is_empty() && [plain(&v.id), plain(&v.name)].contains(&word))
            });
            let id = known.map(|known| known.id.clone());
            id.or_else(|| open.then(|| word.into())).map(Value::Choice)
        }
        (FeatureKind::Text { many: false }, Some(said)) => Some(Value::Text(said.into())),
        (FeatureKind::Number, Some(said)) => {
            said.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
        }
        (FeatureKind::Date, Some(said)) => said.parse().ok().map(Value::Date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::formats::brat::book::{kind_of, value};
    use crate::model::{FeatureKind, Value};

    #[test]
    fn values_decide_what_a_feature_is() {
        assert_eq!(kind_of([None, None]), FeatureKind::YesNo);
        let levels = kind_of([Some("High"), Some("Low"), Some("High"), None]);
        let choice = |word: &str| Some(Value::Choice(word.into()));
        assert_eq!(value(&levels, Some("high")), choice("High"));
        assert_eq!(value(&levels, Some("other")), choice("other"), "the list is open");
        assert_eq!(value(&levels, None), choice("yes"));
        assert_eq!(value(&FeatureKind::YesNo, Some("no")), Some(Value::YesNo(false)));
        assert_eq!(value(&FeatureKind::YesNo, Some("maybe")), None);
        assert_eq!(value(&FeatureKind::Number, Some("1.5")), Some(Value::Number(1.5)));
        assert_eq!(value(&FeatureKind::Number, Some("inf")), None);
        assert!(value(&FeatureKind::Date, Some("2019-04")).is_some());
        assert_eq!(value(&FeatureKind::Place, Some("Kar")), None);
    }
}
