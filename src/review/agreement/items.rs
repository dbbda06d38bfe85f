//! The list behind a number: which passages a figure was counted from, and what each coder said of them.

use crate::model::AnnotationId;
use crate::review::agreement::study::{Mark, Shared};
use crate::review::agreement::{Measure, Scope, Study, spans};
use crate::text::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// A passage that a figure was counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The document, by its place in the study.
    pub document: usize,
    /// Where in its text; of an annotation in several parts all of it.
    pub span: Span,
    /// Of each coder who has the document.
    pub said: Vec<Said>,
    /// Whether all said the same, as the measure understands it.
    pub agree: bool,
}

/// What a coder said of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The coder, by their place in the study.
    pub coder: usize,
    /// The codes, by their place in the study; none where nothing is tagged.
    pub codes: Vec<usize>,
    /// Their annotations.
    pub annotations: Vec<AnnotationId>,
}

impl Study {
    /// What a figure was counted from, in the order of the texts. Of measures on units those that nobody tagged are left
    /// out: they would be most of the text.
    pub fn items(&self, measure: Measure, scope: &Scope) -> Vec<Item> {
        if let Some(feature) = &scope.feature {
            let mut items = self.feature_items(feature, scope);
            items.sort_by_key(|item| (item.document, item.span));
            return items;
        }
        let mut items = Vec::new();
        for (number, shared) in self.documents.iter().enumerate() {
            if scope.document.is_some_and(|wanted| wanted != number) {
                continue;
            }
            match measure {
                Measure::ExactF1
                | Measure::ExactF1Macro
                | Measure::OverlapF1
                | Measure::OverlapF1Macro => {
                    let pairs = scope.pair.map_or_else(|| self.pairs(), |pair| vec![pair]);
                    for pair in pairs.into_iter().filter(|(a, b)| shared.is_with(&[*a, *b])) {
                        items.extend(self.spans_of(measure, scope, (number, shared), pair));
                    }
                }
                _ => items.extend(self.stretches_of(scope, (number, shared))),
            }
        }
        items.sort_by_key(|item| (item.document, item.span));
        items
    }

    /// Annotations of two coders, those with a counterpart together.
    fn spans_of(
        &self,
        measure: Measure,
        scope: &Scope,
        (document, shared): (usize, &Shared),
        (first, second): (usize, usize),
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let of = |coder: usize, code: usize| -> Vec<&Mark> {
            let all = shared.marks.get(coder).into_iter().flatten();
            let mut marks: Vec<&Mark> = all.filter(|mark| mark.code == code).collect();
            marks.sort_by_key(|mark| (&mark.fragments, &mark.id));
            marks
        };
        let said = |coder: usize, mark: Option<&&Mark>| Said {
            coder,
            codes: mark.map(|mark| mark.code).into_iter().collect(),
            annotations: mark.map(|mark| mark.id.clone()).into_iter().collect(),
        };
        let mut push = |one: Option<&&Mark>, other: Option<&&Mark>| {
            let hulls = one.into_iter().chain(other).map(|mark| mark.fragments.hull());
            items.extend(hulls.reduce(Span::hull).map(|span| Item {
                document,
                span,
                said: vec![said(first, one), said(second, other)],
                agree: one.is_some() && other.is_some(),
            }));
        };
        for code in (0..self.codes.len()).filter(|code| self.counts(scope, *code)) {
            let (ours, theirs) = (of(first, code), of(second, code));
            let places =
                |marks: &[&Mark]| marks.iter().map(|mark| mark.fragments.clone()).collect();
            let (a, b): (Vec<_>, Vec<_>) = (places(&ours), places(&theirs));
            let (a, b): (Vec<_>, Vec<_>) = (a.iter().collect(), b.iter().collect());
            let pairs = match measure {
                Measure::ExactF1 | Measure::ExactF1Macro => spans::exactly(&a, &b),
                _ => spans::overlapping(&a, &b).unwrap_or_default(),
            };
            let mut left: [BTreeSet<usize>; 2] =
                [(0..ours.len()).collect(), (0..theirs.len()).collect()];
            for (one, other) in pairs {
                push(ours.get(one), theirs.get(other));
                let [mine, others] = &mut left;
                mine.remove(&one);
                others.remove(&other);
            }
            let [mine, others] = left;
            for one in mine {
                push(ours.get(one), None);
            }
            for other in others {
                push(None, theirs.get(other));
            }
        }
        items
    }

    /// Units in a row that were labelled alike, where somebody tagged something.
    fn stretches_of(&self, scope: &Scope, (document, shared): (usize, &Shared)) -> Vec<Item> {
        let coders: Vec<usize> =
            self.coders_in(scope).into_iter().filter(|coder| shared.is_with(&[*coder])).collect();
        if coders.len() < 2 {
            return Vec::new();
        }
        // What differs only in codes that do not count is one stretch.
        let mut joined: Vec<(Range<u32>, Vec<Vec<usize>>)> = Vec::new();
        for stretch in &shared.stretches {
            let counting = |coder: &usize| {
                let label = stretch.labels.get(*coder).copied().flatten().unwrap_or_default();
                let all = self.sets.codes(label).iter().copied();
                all.filter(|code| self.counts(scope, *code)).collect::<Vec<usize>>()
            };
            let sets: Vec<Vec<usize>> = coders.iter().map(counting).collect();
            match joined.last_mut() {
                Some((units, last)) if *last == sets => units.end = stretch.units.end,
                _ => joined.push((stretch.units.clone(), sets)),
            }
        }
        joined.retain(|(_, sets)| sets.iter().any(|set| !set.is_empty()));
        let places: Vec<Span> =
            joined.iter().filter_map(|(units, _)| shared.cut.span(units)).collect();
        let mut lying: Vec<_> =
            coders.iter().map(|coder| self.lying_on(scope, shared, *coder, &places)).collect();
        let mut items = Vec::with_capacity(places.len());
        for (at, (span, (_, sets))) in places.iter().zip(joined).enumerate() {
            let agree = sets.iter().zip(sets.iter().skip(1)).all(|(a, b)| a == b);
            let mut said = Vec::with_capacity(coders.len());
            for ((coder, codes), lying) in coders.iter().zip(sets).zip(&mut lying) {
                let annotations = lying.get_mut(at).map(std::mem::take).unwrap_or_default();
                said.push(Said { coder: *coder, codes, annotations });
            }
            items.push(Item { document, span: *span, said, agree });
        }
        items
    }

    /// For each of these ascending places the annotations that lie on it.
    fn lying_on(
        &self,
        scope: &Scope,
        shared: &Shared,
        coder: usize,
        places: &[Span],
    ) -> Vec<Vec<AnnotationId>> {
        let mut found = vec![Vec::new(); places.len()];
        let marks = shared.marks.get(coder).into_iter().flatten();
        for mark in marks.filter(|mark| self.counts(scope, mark.code)) {
            let mut on = BTreeSet::new();
            for span in mark.fragments.spans() {
                let first = places.partition_point(|place| place.end() <= span.start());
                let after = places.partition_point(|place| place.start() < span.end());
                on.extend(first..after);
            }
            for at in on {
                found
                    .get_mut(at)
                    .into_iter()
                    .for_each(|ids: &mut Vec<_>| ids.push(mark.id.clone()));
            }
        }
        found
    }
}
