//! What two codebooks have not alike, as a plain list for the check sheet.
//!
//! By id: layers, codes, features and kinds of links that only one has, or that the two define otherwise. Their order,
//! keys, colours and digits are how one works, not what one means, and are left out.

use crate::model::{
    Choice, CodeId, Codebook, CodebookPart, Feature, FeatureKind, Holder, Layer, LayerId,
    RelationKind,
};
use crate::review::difference::Whose;
use smol_str::SmolStr;

/// A part that the two codebooks have not alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookDifference {
    /// Which.
    pub part: CodebookPart,
    /// As it is called on screen; ours, where both have it.
    pub name: SmolStr,
    /// Who has it. Both: they define it otherwise.
    pub whose: Whose,
}

/// Everything that `ours` and `theirs` have not alike: layers in order, then links, then fields of documents; of
/// each first what we have, then what only they have.
pub fn codebook_differences(ours: &Codebook, theirs: &Codebook) -> Vec<CodebookDifference> {
    let mut found = Found::default();
    let same_layer = |a: &Layer, b: &Layer| {
        (&a.name, &a.entity, a.entity_codes) == (&b.name, &b.entity, b.entity_codes)
    };
    let layers = matched(&ours.layers, &theirs.layers, |layer| &layer.id);
    for (a, b) in layers {
        found.add(a, b, |layer| (CodebookPart::Layer(layer.id.clone()), &layer.name), same_layer);
        if let (Some(a), Some(b)) = (a, b) {
            found.layers(a, b);
        }
    }
    for (a, b) in matched(&ours.relations, &theirs.relations, |kind| &kind.id) {
        found.add(a, b, |kind| (CodebookPart::Link(kind.id.clone()), &kind.name), same_kind);
        if let (Some(a), Some(b)) = (a, b) {
            found.features(&a.features, &b.features, &Holder::Links(a.id.clone()));
        }
    }
    found.features(&ours.document_features, &theirs.document_features, &Holder::Documents);
    found.0
}

#[derive(Default)]
struct Found(Vec<CodebookDifference>);

impl Found {
    fn layers(&mut self, ours: &Layer, theirs: &Layer) {
        for (a, b) in matched(&ours.codes, &theirs.codes, |code| &code.id) {
            let part = |id: &CodeId| CodebookPart::Code(ours.id.clone(), id.clone());
            self.add(
                a,
                b,
                |code| (part(&code.id), &code.name),
                |a, b| (&a.name, &a.definition, a.score) == (&b.name, &b.definition, b.score),
            );
        }
        self.features(&ours.features, &theirs.features, &Holder::Annotations(ours.id.clone()));
        let records = Holder::Records(ours.id.clone());
        self.features(&ours.entity_features, &theirs.entity_features, &records);
    }

    fn features(&mut self, ours: &[Feature], theirs: &[Feature], holder: &Holder) {
        for (a, b) in matched(ours, theirs, |feature| &feature.id) {
            let part = |one: &Feature| CodebookPart::Feature(holder.clone(), one.id.clone());
            self.add(a, b, |feature| (part(feature), &feature.name), same_feature);
            let lists = a.and_then(values).zip(b.and_then(values));
            let (Some((ours, theirs)), Some(of)) = (lists, a) else { continue };
            for (a, b) in matched(ours, theirs, |value| &value.id) {
                let part = |one: &Choice| {
                    CodebookPart::Value(holder.clone(), of.id.clone(), one.id.clone())
                };
                self.add(a, b, |value| (part(value), &value.name), same_value);
            }
        }
    }

    fn add<T>(
        &mut self,
        ours: Option<&T>,
        theirs: Option<&T>,
        told: impl Fn(&T) -> (CodebookPart, &SmolStr),
        same: impl Fn(&T, &T) -> bool,
    ) {
        let (one, whose) = match (ours, theirs) {
            (Some(ours), Some(theirs)) if same(ours, theirs) => return,
            (Some(ours), Some(_)) => (ours, Whose::Both),
            (Some(ours), None) => (ours, Whose::Ours),
            (None, Some(theirs)) => (theirs, Whose::Theirs),
            (None, None) => return,
        };
        let (part, name) = told(one);
        self.0.push(CodebookDifference { part, name: name.clone(), whose });
    }
}

/// Both lists side by side by id: ours in their order with their partners, then what only they have.
fn matched<'a, T, Id: PartialEq>(
    ours: &'a [T],
    theirs: &'a [T],
    id: impl Fn(&T) -> &Id,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut pairs: Vec<(Option<&T>, Option<&T>)> = Vec::with_capacity(ours.len());
    for one in ours {
        pairs.push((Some(one), theirs.iter().find(|other| id(other) == id(one))));
    }
    let alone = theirs.iter().filter(|one| !ours.iter().any(|other| id(other) == id(one)));
    pairs.extend(alone.map(|one| (None, Some(one))));
    pairs
}

fn same_kind(a: &RelationKind, b: &RelationKind) -> bool {
    let said = |kind: &RelationKind| {
        let RelationKind { name, inverse, symmetric, definition, .. } = kind;
        (name.clone(), inverse.clone(), *symmetric, definition.clone())
    };
    let same_ends = |a: &[LayerId], b: &[LayerId]| {
        a.iter().all(|layer| b.contains(layer)) && b.iter().all(|layer| a.contains(layer))
    };
    said(a) == said(b) && same_ends(&a.from, &b.from) && same_ends(&a.to, &b.to)
}

fn same_feature(a: &Feature, b: &Feature) -> bool {
    let said = |feature: &Feature| {
        let Feature { name, definition, default, when, .. } = feature;
        (name.clone(), definition.clone(), default.clone(), when.clone())
    };
    said(a) == said(b) && same_values(&a.kind, &b.kind)
}

/// Whether both are lists of one kind, whatever is in them, or the same kind of value.
fn same_values(a: &FeatureKind, b: &FeatureKind) -> bool {
    match (a, b) {
        (
            FeatureKind::Choice { many, open, .. },
            FeatureKind::Choice { many: others, open: free, .. },
        ) => (many, open) == (others, free),
        _ => a == b,
    }
}

fn values(feature: &Feature) -> Option<&[Choice]> {
    match &feature.kind {
        FeatureKind::Choice { values, .. } => Some(values),
        _ => None,
    }
}

/// The same may be chosen by it, by whatever key.
fn same_value(a: &Choice, b: &Choice) -> bool {
    (&a.name, &a.definition, &a.codes) == (&b.name, &b.definition, &b.codes)
}

#[cfg(test)]
mod tests {
    use crate::model::sample::codebook;
    use crate::model::{
        CodeId, CodebookPart, FeatureId, FeatureKind, Holder, LayerId, RelationKindId,
    };
    use crate::review::codebooks::codebook_differences;
    use crate::review::difference::Whose;

    #[test]
    fn what_only_one_has_and_what_both_define_otherwise_is_listed() {
        let (ours, mut theirs) = (codebook(), codebook());
        let mut rank = theirs.layers[0].codes[0].clone();
        (rank.id, rank.name) = (CodeId::new("actor.rank"), "Rank".into());
        theirs.layers[0].codes.push(rank);
        theirs.layers[1].codes[0].definition = "Otherwise".into();
        theirs.layers[1].features[0].kind = FeatureKind::YesNo;
        theirs.relations.retain(|kind| kind.id.as_str() != "allied");
        let (actor, claim) = (LayerId::new("actor"), LayerId::new("claim"));
        let found: Vec<_> = codebook_differences(&ours, &theirs)
            .into_iter()
            .map(|one| (one.part, one.whose))
            .collect();
        let expected = [
            (CodebookPart::Code(actor, CodeId::new("actor.rank")), Whose::Theirs),
            (CodebookPart::Code(claim.clone(), CodeId::new("claim.promise")), Whose::Both),
            (
                CodebookPart::Feature(Holder::Annotations(claim), FeatureId::new("weight")),
                Whose::Both,
            ),
            (CodebookPart::Link(RelationKindId::new("allied")), Whose::Ours),
        ];
        assert_eq!(found, expected);
        assert_eq!(codebook_differences(&ours, &ours), []);
    }

    #[test]
    fn order_keys_colours_and_digits_are_no_difference() {
        let (ours, mut theirs) = (codebook(), codebook());
        theirs.layers.reverse();
        theirs.relations.reverse();
        theirs.layers[0].key = 'Z';
        theirs.layers[0].color = "other".into();
        theirs.layers[1].codes[0].digit = Some(7);
        assert_eq!(codebook_differences(&ours, &theirs), []);
    }
}
