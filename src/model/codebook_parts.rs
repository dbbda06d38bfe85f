//! The parts of a codebook by name, and how one that is missing comes in.
//!
//! What is there stays as it is: a part of another meaning under the same id is never written over. Keys and digits
//! that are taken are left out, for one key does one thing. Who wants which part is `review`; how two whole codebooks
//! become one is `review::books`.

use crate::model::{
    Choice, Code, CodeId, Codebook, Feature, FeatureId, FeatureKind, Layer, LayerId, Refusal,
    RelationKind, RelationKindId, feature,
};
use smol_str::SmolStr;

/// A part of a codebook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodebookPart {
    /// A layer with everything in it; of one that both have, its name or what its mentions refer to.
    Layer(LayerId),
    /// A code.
    Code(LayerId, CodeId),
    /// A feature, with its values if it is a list.
    Feature(Holder, FeatureId),
    /// A value of a list.
    Value(Holder, FeatureId, SmolStr),
    /// A kind of link with its features.
    Link(RelationKindId),
}

/// What has features.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// Annotations of a layer.
    Annotations(LayerId),
    /// Records of a layer.
    Records(LayerId),
    /// Links of a kind.
    Links(RelationKindId),
    /// Documents.
    Documents,
}

/// A part that a codebook gets.
#[derive(Clone, Debug, PartialEq)]
pub enum CodebookEdit {
    /// A layer with everything in it.
    AddLayer(Layer),
    /// A code of a layer.
    AddCode(LayerId, Code),
    /// A feature.
    AddFeature(Holder, Feature),
    /// A value of a list.
    AddValue(Holder, FeatureId, Choice),
    /// A kind of link with its features.
    AddLink(RelationKind),
}

/// Keys for new layers, those that few commands want first.
const KEYS: &str = "IXYZKGHJOPQTVBDSWMNLRUFACE";

impl Codebook {
    /// A letter that no layer has; the first of them all, if there is none.
    pub fn free_key(&self) -> char {
        let taken = |key: char| self.layers.iter().any(|layer| layer.key == key);
        KEYS.chars().find(|key| !taken(*key)).unwrap_or('I')
    }

    /// The features that `holder` has; none, if there is no such layer or link.
    pub fn features_of(&self, holder: &Holder) -> Option<&[Feature]> {
        match holder {
            Holder::Annotations(id) => self.layer(id).map(|layer| layer.features.as_slice()),
            Holder::Records(id) => self.layer(id).map(|layer| layer.entity_features.as_slice()),
            Holder::Links(id) => self.relation(id).map(|kind| kind.features.as_slice()),
            Holder::Documents => Some(&self.document_features),
        }
    }

    fn features_mut(&mut self, holder: &Holder) -> Option<&mut Vec<Feature>> {
        let layers = self.layers.iter_mut();
        match holder {
            Holder::Annotations(id) => {
                layers.into_iter().find(|layer| layer.id == *id).map(|layer| &mut layer.features)
            }
            Holder::Records(id) => layers
                .into_iter()
                .find(|layer| layer.id == *id)
                .map(|layer| &mut layer.entity_features),
            Holder::Links(id) => {
                let kind = self.relations.iter_mut().find(|kind| kind.id == *id);
                kind.map(|kind| &mut kind.features)
            }
            Holder::Documents => Some(&mut self.document_features),
        }
    }

    /// The list of a feature; none, if there is no such feature or it is no list.
    fn values_of(&self, holder: &Holder, id: &FeatureId) -> Option<&[Choice]> {
        match &feature(self.features_of(holder)?, id)?.kind {
            FeatureKind::Choice { values, .. } => Some(values),
            _ => None,
        }
    }

    /// Whether the part is here, with whatever meaning.
    pub fn has(&self, part: &CodebookPart) -> bool {
        match part {
            CodebookPart::Layer(id) => self.layer(id).is_some(),
            CodebookPart::Code(layer, id) => {
                self.layer(layer).is_some_and(|layer| layer.code(id).is_some())
            }
            CodebookPart::Feature(holder, id) => {
                self.features_of(holder).is_some_and(|all| feature(all, id).is_some())
            }
            CodebookPart::Value(holder, of, id) => self
                .values_of(holder, of)
                .is_some_and(|values| values.iter().any(|value| value.id == *id)),
            CodebookPart::Link(id) => self.relation(id).is_some(),
        }
    }

    /// All parts: layers with what is in them, then links, then fields of documents.
    pub fn parts(&self) -> Vec<CodebookPart> {
        let mut all = Vec::new();
        for layer in &self.layers {
            let id = &layer.id;
            all.push(CodebookPart::Layer(id.clone()));
            let codes = layer.codes.iter();
            all.extend(codes.map(|code| CodebookPart::Code(id.clone(), code.id.clone())));
            all.extend(parts_of(&Holder::Annotations(id.clone()), &layer.features));
            all.extend(parts_of(&Holder::Records(id.clone()), &layer.entity_features));
        }
        for kind in &self.relations {
            all.push(CodebookPart::Link(kind.id.clone()));
            all.extend(parts_of(&Holder::Links(kind.id.clone()), &kind.features));
        }
        all.extend(parts_of(&Holder::Documents, &self.document_features));
        all
    }

    /// This codebook with all that only `other` has; what both have stays as it is here.
    #[must_use]
    pub fn widened(&self, other: &Self) -> Self {
        let mut book = self.clone();
        for part in other.parts() {
            let more = if book.has(&part) { None } else { other.part(&part) };
            if let Some(more) = more.and_then(|edit| book.with(&edit).ok()) {
                book = more;
            }
        }
        book
    }

    /// The part as what brings it into another codebook; none, if it is not here.
    pub fn part(&self, part: &CodebookPart) -> Option<CodebookEdit> {
        Some(match part {
            CodebookPart::Layer(id) => CodebookEdit::AddLayer(self.layer(id)?.clone()),
            CodebookPart::Code(layer, id) => {
                CodebookEdit::AddCode(layer.clone(), self.layer(layer)?.code(id)?.clone())
            }
            CodebookPart::Feature(holder, id) => {
                let found = feature(self.features_of(holder)?, id)?;
                CodebookEdit::AddFeature(holder.clone(), found.clone())
            }
            CodebookPart::Value(holder, of, id) => {
                let found = self.values_of(holder, of)?.iter().find(|value| value.id == *id)?;
                CodebookEdit::AddValue(holder.clone(), of.clone(), found.clone())
            }
            CodebookPart::Link(id) => CodebookEdit::AddLink(self.relation(id)?.clone()),
        })
    }

    /// This codebook with a part more. Its version stays: that counts what was published.
    pub fn with(&self, edit: &CodebookEdit) -> Result<Self, Refusal> {
        if self.has(&edit.part()) {
            return Err(Refusal::InCodebook(edit.name().clone()));
        }
        let mut book = self.clone();
        match edit {
            CodebookEdit::AddLayer(layer) => {
                let taken = self.layers.iter().any(|other| other.key == layer.key);
                let key = if taken { self.free_key() } else { layer.key };
                book.layers.push(Layer { key, ..layer.clone() });
            }
            CodebookEdit::AddCode(id, code) => {
                let Some(layer) = book.layers.iter_mut().find(|layer| layer.id == *id) else {
                    return Err(Refusal::UnknownLayer(id.clone()));
                };
                let taken = |digit: &u8| layer.codes.iter().any(|one| one.digit == Some(*digit));
                let digit = code.digit.filter(|digit| !taken(digit));
                layer.codes.push(Code { digit, ..code.clone() });
            }
            CodebookEdit::AddFeature(holder, feature) => {
                let keys = self.keys_of(holder);
                let mut feature = feature.clone();
                if let FeatureKind::Choice { values, .. } = &mut feature.kind {
                    for value in values {
                        leave_out_taken_key(value, &keys);
                    }
                }
                let features = book.features_mut(holder).ok_or_else(|| unknown(holder))?;
                features.push(feature);
            }
            CodebookEdit::AddValue(holder, of, value) => {
                let keys = self.keys_of(holder);
                let features = book.features_mut(holder).ok_or_else(|| unknown(holder))?;
                let found = features.iter_mut().find(|feature| feature.id == *of);
                match found.map(|feature| &mut feature.kind) {
                    None => return Err(Refusal::UnknownFeature(of.clone())),
                    Some(FeatureKind::Choice { values, .. }) => {
                        let mut value = value.clone();
                        leave_out_taken_key(&mut value, &keys);
                        values.push(value);
                    }
                    Some(_) => return Err(Refusal::ValueNotAllowed(of.clone())),
                }
            }
            CodebookEdit::AddLink(kind) => book.relations.push(kind.clone()),
        }
        Ok(book)
    }

    /// The keys that values of `holder` have.
    fn keys_of(&self, holder: &Holder) -> Vec<char> {
        let features = self.features_of(holder).unwrap_or_default().iter();
        let lists = features.filter_map(|feature| match &feature.kind {
            FeatureKind::Choice { values, .. } => Some(values),
            _ => None,
        });
        lists.flatten().filter_map(|value| value.key).collect()
    }
}

/// The features of `holder`, each followed by the values of its list.
fn parts_of(holder: &Holder, features: &[Feature]) -> Vec<CodebookPart> {
    let mut all = Vec::new();
    for feature in features {
        all.push(CodebookPart::Feature(holder.clone(), feature.id.clone()));
        if let FeatureKind::Choice { values, .. } = &feature.kind {
            let value = |value: &Choice| {
                CodebookPart::Value(holder.clone(), feature.id.clone(), value.id.clone())
            };
            all.extend(values.iter().map(value));
        }
    }
    all
}

fn leave_out_taken_key(value: &mut Choice, taken: &[char]) {
    value.key = value.key.filter(|key| !taken.contains(key));
}

fn unknown(holder: &Holder) -> Refusal {
    match holder {
        Holder::Annotations(layer) | Holder::Records(layer) => Refusal::UnknownLayer(layer.clone()),
        Holder::Links(kind) => Refusal::UnknownRelation(kind.clone()),
        // Every codebook has fields of documents, if only none.
        Holder::Documents => Refusal::UnknownFeature(FeatureId::new("")),
    }
}

impl CodebookEdit {
    /// What comes in.
    pub fn part(&self) -> CodebookPart {
        match self {
            Self::AddLayer(layer) => CodebookPart::Layer(layer.id.clone()),
            Self::AddCode(layer, code) => CodebookPart::Code(layer.clone(), code.id.clone()),
            Self::AddFeature(holder, feature) => {
                CodebookPart::Feature(holder.clone(), feature.id.clone())
            }
            Self::AddValue(holder, of, value) => {
                CodebookPart::Value(holder.clone(), of.clone(), value.id.clone())
            }
            Self::AddLink(kind) => CodebookPart::Link(kind.id.clone()),
        }
    }

    /// As it is called on screen.
    pub fn name(&self) -> &SmolStr {
        match self {
            Self::AddLayer(layer) => &layer.name,
            Self::AddCode(_, code) => &code.name,
            Self::AddFeature(_, feature) => &feature.name,
            Self::AddValue(_, _, value) => &value.name,
            Self::AddLink(kind) => &kind.name,
        }
    }

    /// "code “Rank”".
    pub fn told(&self) -> String {
        let what = match self {
            Self::AddLayer(_) => "layer",
            Self::AddCode(..) => "code",
            Self::AddFeature(Holder::Documents, _) => "field of documents",
            Self::AddFeature(..) => "feature",
            Self::AddValue(..) => "value",
            Self::AddLink(_) => "link",
        };
        format!("{what} “{}”", self.name())
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::{codebook, project, signature};
    use crate::model::*;

    fn list(values: &[(&str, Option<char>)]) -> Feature {
        let value = |(id, key): &(&str, Option<char>)| Choice {
            id: (*id).into(),
            name: (*id).into(),
            symbol: "".into(),
            key: *key,
            definition: "".into(),
            codes: Vec::new(),
            unknown: Unknown::default(),
        };
        let kind = FeatureKind::Choice {
            values: values.iter().map(value).collect(),
            many: false,
            open: false,
        };
        Feature { id: FeatureId::new("tone"), kind, ..codebook().layers[0].features[0].clone() }
    }

    #[test]
    fn every_part_comes_in_once_and_keys_that_are_taken_stay_out() {
        let mut theirs = codebook();
        let (actor, links) = (LayerId::new("actor"), RelationKindId::new("claims"));
        let mut rank = theirs.layers[0].codes[0].clone();
        rank.id = CodeId::new("actor.rank");
        theirs.layers[0].codes.push(rank);
        theirs.layers[0].features.push(list(&[("hot", Some('+'))]));
        theirs.relations[0].features.push(list(&[]));
        theirs.document_features.push(list(&[]));
        let mut frame = theirs.layers[0].clone();
        frame.id = LayerId::new("frame");
        theirs.layers.push(frame);
        let mut blames = theirs.relations[0].clone();
        blames.id = RelationKindId::new("blames");
        theirs.relations.push(blames);
        let tone = || FeatureId::new("tone");
        let parts = [
            CodebookPart::Code(actor.clone(), CodeId::new("actor.rank")),
            CodebookPart::Feature(Holder::Annotations(actor.clone()), tone()),
            CodebookPart::Feature(Holder::Links(links), tone()),
            CodebookPart::Feature(Holder::Documents, tone()),
            CodebookPart::Layer(LayerId::new("frame")),
            CodebookPart::Link(RelationKindId::new("blames")),
        ];
        let mut mine = codebook();
        for part in &parts {
            let edit = theirs.part(part).unwrap();
            assert_eq!(edit.part(), *part);
            mine = mine.with(&edit).unwrap();
            assert!(mine.has(part));
            assert_eq!(mine.with(&edit), Err(Refusal::InCodebook(edit.name().clone())));
        }
        let all_of_theirs = theirs.parts();
        assert!(parts.iter().all(|part| all_of_theirs.contains(part)));
        assert_eq!(codebook().widened(&theirs).parts(), mine.parts());
        assert_eq!(mine.layers[0].codes[1].digit, None, "1 is taken");
        assert_eq!((mine.layers[2].key, mine.version), ('I', 1), "A is taken");
        // A further value of a list: its key is taken by the first.
        theirs.layers[0].features[1] = list(&[("hot", Some('+')), ("warm", Some('+'))]);
        let holder = Holder::Annotations(actor);
        let warm = theirs.part(&CodebookPart::Value(holder.clone(), tone(), "warm".into()));
        mine = mine.with(&warm.unwrap()).unwrap();
        let FeatureKind::Choice { values, .. } = &mine.layers[0].features[1].kind else { panic!() };
        let keys: Vec<_> = values.iter().map(|value| value.key).collect();
        assert_eq!(keys, [Some('+'), None]);
        let into_a_number =
            CodebookEdit::AddValue(holder, FeatureId::new("weight"), values[0].clone());
        let refused = Refusal::ValueNotAllowed(FeatureId::new("weight"));
        assert_eq!(mine.with(&into_a_number), Err(refused));
    }

    #[test]
    fn a_part_is_a_step_that_undo_takes_back_and_a_journal_holds() {
        let before = project();
        let mut code = before.codebook.layers[0].codes[0].clone();
        code.id = CodeId::new("actor.rank");
        let edit = CodebookEdit::AddCode(LayerId::new("actor"), code);
        let after = apply(&before, &Edit::Codebook(Box::new(edit)), &signature("x")).unwrap();
        assert!(!same_content(&before, &after));
        let delta = Delta::between(&before, &after);
        assert!(same_content(&delta.onto(&before), &after) && !delta.is_empty());
        let undone = restamped(&before, &after, &signature("x"));
        assert!(same_content(&undone, &before));
        assert!(Delta::between(&before, &undone).is_empty());
    }
}
