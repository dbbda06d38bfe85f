//! Annotations of two coders that are one thing to both: how they are classed, which codes they are given, and how far
//! their features agree.
//!
//! The pairs are those of `review::compare`, so that a figure here and the queue of differences speak of the same things.
//! A feature is compared where at least one of the two has set it; "not set" is then an answer too.

use crate::model::{
    Annotation, AnnotationId, Feature, FeatureId, FeatureKind, LayerId, Project, Record, Value,
};
use crate::review::agreement::study::Shared;
use crate::review::agreement::{
    Amount, CodeName, Coder, Figure, Item, LeftOut, Measure, Ratings, Said, Scope, Study,
    Undefined, cohen_kappa, krippendorff_alpha, observed_agreement,
};
use crate::review::difference::{Class, ClassCounts, Comparison};
use crate::text::Span;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Two coders' projects beside each other.
#[derive(Clone, Debug)]
pub(in crate::review::agreement) struct Beside {
    ours: Project,
    theirs: Project,
    /// What they have in the documents that they share.
    found: Vec<Found>,
}

/// Annotations that are one thing to two coders, or one that only one of them has.
#[derive(Clone, Debug)]
struct Found {
    /// Its document's place in the study.
    document: usize,
    /// Where it is in that document's text.
    span: Span,
    class: Class,
    layer: LayerId,
    ours: Option<AnnotationId>,
    theirs: Option<AnnotationId>,
}

impl Beside {
    /// What came of comparing the projects of these coders; `documents` are those of the study.
    pub(in crate::review::agreement) fn of(
        comparison: &Comparison,
        [ours, theirs]: [&Project; 2],
        (first, second): (usize, usize),
        documents: &[Shared],
    ) -> Self {
        // What the study has a place for: the same annotations that all other figures count.
        let mut places: [BTreeMap<&AnnotationId, (usize, Span)>; 2] = Default::default();
        let shared = documents.iter().enumerate().filter(|(_, one)| one.is_with(&[first, second]));
        for (at, shared) in shared {
            for (places, coder) in places.iter_mut().zip([first, second]) {
                let marks = shared.marks.get(coder).into_iter().flatten();
                places.extend(marks.map(|mark| (&mark.id, (at, mark.fragments.hull()))));
            }
        }
        let [mine, others] = &places;
        let found = comparison.differences.iter().filter_map(|one| {
            let of_ours = one.ours.as_ref().map(|id| mine.get(id).copied());
            let of_theirs = one.theirs.as_ref().map(|id| others.get(id).copied());
            let (document, span) = match (of_ours, of_theirs) {
                (Some(place), None) | (None, Some(place)) => place?,
                (Some(place), Some(other)) => {
                    let ((at, span), (also, other)) = place.zip(other)?;
                    (at == also).then(|| (at, span.hull(other)))?
                }
                (None, None) => return None,
            };
            let (layer, ours, theirs) = (one.layer.clone(), one.ours.clone(), one.theirs.clone());
            Some(Found { document, span, class: one.class, layer, ours, theirs })
        });
        let found = found.collect();
        Self { ours: ours.clone(), theirs: theirs.clone(), found }
    }

    fn both(&self, found: &Found) -> Option<[&Arc<Record<Annotation>>; 2]> {
        let ours = self.ours.annotation(found.ours.as_ref()?)?;
        Some([ours, self.theirs.annotation(found.theirs.as_ref()?)?])
    }
}

/// So many annotations that one coder gave one code and the other another; none where the other has nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confused {
    /// The first one's code, by its place in the study.
    pub first: Option<usize>,
    /// The second one's.
    pub second: Option<usize>,
    /// How many.
    pub count: u64,
}

/// A feature that annotations of a layer may have, whose values can be counted as labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureName {
    /// Its layer.
    pub layer: LayerId,
    /// Its id.
    pub id: FeatureId,
    /// On screen.
    pub name: SmolStr,
}

/// Features with a list of values, or yes and no, of the layers that are used; each once.
pub(in crate::review::agreement) fn features_of(
    coders: &[Coder],
    layers: &[LayerId],
) -> Vec<FeatureName> {
    let mut found: Vec<FeatureName> = Vec::new();
    for id in layers {
        let same = coders.iter().filter_map(|coder| coder.project.codebook.layer(id));
        for feature in same.flat_map(|layer| &layer.features).filter(|feature| is_nominal(feature))
        {
            if !found.iter().any(|known| known.layer == *id && known.id == feature.id) {
                let (layer, id) = (id.clone(), feature.id.clone());
                found.push(FeatureName { layer, id, name: feature.name.clone() });
            }
        }
    }
    found
}

fn is_nominal(feature: &Feature) -> bool {
    matches!(feature.kind, FeatureKind::YesNo | FeatureKind::Choice { .. })
}

/// A value as a word; the order of several means nothing.
fn word(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Several(all)) => {
            let mut all = all.clone();
            all.sort();
            format!("{all:?}")
        }
        Some(value) => format!("{value:?}"),
    }
}

impl Study {
    /// How the annotations of two coders are classed against each other, of all pairs of coders in a scope added up.
    pub fn classes(&self, scope: &Scope) -> ClassCounts {
        self.pairings(scope).map(|(_, found)| found.class).collect()
    }

    /// Which code one of two coders gave where the other gave which, of all pairs of coders in a scope added up.
    pub fn confusion(&self, scope: &Scope) -> Vec<Confused> {
        let mut counts: BTreeMap<(Option<usize>, Option<usize>), u64> = BTreeMap::new();
        for (beside, found) in self.pairings(scope) {
            let code = |project: &Project, id: Option<&AnnotationId>| {
                self.code_of(project.annotation(id?)?)
            };
            let first = code(&beside.ours, found.ours.as_ref());
            let second = code(&beside.theirs, found.theirs.as_ref());
            *counts.entry((first, second)).or_default() += 1;
        }
        counts
            .into_iter()
            .map(|((first, second), count)| Confused { first, second, count })
            .collect()
    }

    /// What a measure of labels comes to over a feature of annotations that are one thing to two coders.
    pub(in crate::review::agreement) fn over_feature(
        &self,
        measure: Measure,
        feature: &FeatureId,
        scope: &Scope,
    ) -> Figure {
        let of_two: fn(&Ratings) -> Figure = match measure {
            Measure::CohenKappa => cohen_kappa,
            Measure::Observed => observed_agreement,
            _ => krippendorff_alpha,
        };
        self.over_pairs(scope, |scope, pair| {
            let scope = Scope { pair: Some(pair), ..scope.clone() };
            let (mut ratings, mut unset, mut numbers) = (Ratings::new(2), 0, BTreeMap::new());
            let mut pairs = 0;
            for (beside, found) in self.pairings(&scope) {
                let Some(both) = beside.both(found) else { continue };
                pairs += 1;
                let words = both.map(|annotation| word(annotation.features.get(feature)));
                if words.iter().all(String::is_empty) {
                    unset += 1;
                    continue;
                }
                let labels = words.map(|word| {
                    let next = numbers.len() as u32;
                    Some(*numbers.entry(word).or_insert(next))
                });
                ratings.push(&labels, 1);
            }
            let mut figure = of_two(&ratings);
            if pairs == 0 {
                figure.value = Err(Undefined::NothingPaired);
            } else if unset == pairs {
                figure.value = Err(Undefined::NeverSet);
            }
            figure.counted = vec![Amount::new("pairs of annotations", pairs - unset)];
            if unset > 0 {
                let what = "pairs of annotations".to_owned();
                figure.left_out.push(LeftOut {
                    what,
                    count: unset,
                    why: "neither has it set".into(),
                });
            }
            figure
        })
    }

    /// The pairs that a figure over a feature was counted from.
    pub(in crate::review::agreement) fn feature_items(
        &self,
        feature: &FeatureId,
        scope: &Scope,
    ) -> Vec<Item> {
        let pairs = scope.pair.map_or_else(|| self.pairs(), |pair| vec![pair]);
        let mut items = Vec::new();
        for pair in pairs {
            let scope = Scope { pair: Some(pair), ..scope.clone() };
            for (beside, found) in self.pairings(&scope) {
                let Some(both) = beside.both(found) else { continue };
                let [first, second] = both.map(|one| word(one.features.get(feature)));
                if first.is_empty() && second.is_empty() {
                    continue;
                }
                let said = [pair.0, pair.1].into_iter().zip(both).map(|(coder, one)| Said {
                    coder,
                    codes: self.code_of(one).into_iter().collect(),
                    annotations: vec![one.id.clone()],
                });
                let said = said.collect();
                let (document, span) = (found.document, found.span);
                items.push(Item { document, span, said, agree: first == second });
            }
        }
        items
    }

    /// What two coders have in a scope, in pairs and alone.
    fn pairings<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = (&'a Beside, &'a Found)> {
        let pairs = self.beside.iter().filter(|(pair, _)| scope.pair.is_none_or(|p| p == **pair));
        pairs.flat_map(move |(_, beside)| {
            let here = move |found: &&Found| {
                scope.layer.as_ref().is_none_or(|layer| *layer == found.layer)
                    && scope.document.is_none_or(|wanted| wanted == found.document)
            };
            beside.found.iter().filter(here).map(move |found| (beside, found))
        })
    }

    fn code_of(&self, annotation: &Annotation) -> Option<usize> {
        let same = |name: &CodeName| name.layer == annotation.layer && name.code == annotation.code;
        self.codes.iter().position(same)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::sample::*;
    use crate::model::*;
    use crate::review::Class;
    use crate::review::agreement::*;
    use std::sync::Arc;

    /// A coder who tags the same three words as claims, each with a position or none.
    fn coder(name: &str, positions: [Option<&str>; 3]) -> Coder {
        let mut codebook = codebook();
        codebook.layers[1].features = vec![Feature {
            id: FeatureId::new("position"),
            name: "Position".into(),
            kind: FeatureKind::Choice { values: Vec::new(), many: false, open: true },
            definition: "".into(),
            default: None,
            when: None,
            unknown: Unknown::default(),
        }];
        let mut project = project();
        project.codebook = Arc::new(codebook);
        for (at, position) in positions.into_iter().enumerate() {
            let start = 4 * at as u32;
            let mut claim = annotation(&format!("a_{name}{at}"), "claim", start, start + 2);
            let value = position.map(|word| Value::Choice(word.into()));
            claim.features =
                value.map(|value| (FeatureId::new("position"), value)).into_iter().collect();
            project.put(AnyRecord::Annotation(Arc::new(Record::made(claim, &signature(name), 1))));
        }
        Coder { name: name.into(), project }
    }

    #[test]
    fn a_feature_is_measured_where_somebody_has_set_it() {
        let anna = coder("anna", [Some("supports"), Some("supports"), None]);
        let mut ben = coder("ben", [Some("supports"), Some("opposes"), None]);
        let more = Record::made(annotation("a_more", "actor", 0, 3), &signature("ben"), 1);
        ben.project.put(AnyRecord::Annotation(Arc::new(more)));
        let study = Study::new(&[anna, ben], Unit::Words);
        let claims = Scope { layer: Some(LayerId::new("claim")), ..Scope::default() };
        let position = Scope { feature: Some(FeatureId::new("position")), ..claims.clone() };
        let observed = study.figure(Measure::Observed, &position);
        assert_eq!(observed.value, Ok(0.5));
        assert_eq!((observed.counted[0].count, observed.left_out[0].count), (2, 1));
        // Anna says "supports" only: what is alike is what chance would give.
        assert_eq!(study.figure(Measure::CohenKappa, &position).value, Ok(0.0));
        assert_eq!(study.figure(Measure::AlphaU, &position).value, Err(Undefined::NotOfFeatures));
        let items = study.items(Measure::CohenKappa, &position);
        assert_eq!(items.iter().map(|item| item.agree).collect::<Vec<_>>(), [true, false]);

        let classes = study.classes(&Scope::default());
        let count = |class| classes.get(class);
        assert_eq!([Class::Same, Class::Features, Class::OnlyTheirs].map(count), [2, 1, 1]);
        let cells: Vec<_> = study.confusion(&Scope::default());
        let alone =
            cells.iter().filter(|cell| cell.first.is_none()).map(|cell| cell.count).sum::<u64>();
        let alike = cells
            .iter()
            .filter(|cell| cell.first == cell.second)
            .map(|cell| cell.count)
            .sum::<u64>();
        assert_eq!((alone, alike, cells.len()), (1, 3, 2));
    }

    #[test]
    fn a_feature_that_nobody_sets_has_words_instead_of_a_number() {
        let study = Study::new(&[coder("anna", [None; 3]), coder("ben", [None; 3])], Unit::Words);
        let claims = Scope { layer: Some(LayerId::new("claim")), ..Scope::default() };
        let position = Scope { feature: Some(FeatureId::new("position")), ..claims };
        assert_eq!(study.figure(Measure::Alpha, &position).value, Err(Undefined::NeverSet));
    }
}
