//! The figures of a study: a measure for a layer, a code, a document, two of the coders, or everything.
//!
//! With more than two coders, measures of two are the mean over all pairs; measures of many take everybody at once.

use crate::model::{FeatureId, LayerId};
use crate::review::agreement::coefficient::{
    Ratings, cohen_kappa, fleiss_kappa, krippendorff_alpha, observed_agreement,
};
use crate::review::agreement::labels::Narrowing;
use crate::review::agreement::spans::{Tally, f1};
use crate::review::agreement::study::Shared;
use crate::review::agreement::unitizing::{Disagreement, Units, disagreement};
use crate::review::agreement::{Amount, Figure, LeftOut, Measure, Study, Undefined};
use std::collections::{BTreeMap, BTreeSet};

/// What a figure is about; everything where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// Only this layer.
    pub layer: Option<LayerId>,
    /// Only this code, by its place in the study.
    pub code: Option<usize>,
    /// Only the values of this feature of the layer, on annotations that are one thing to two coders.
    pub feature: Option<FeatureId>,
    /// Only this document, by its place in the study.
    pub document: Option<usize>,
    /// Only these two coders, by their place in the study.
    pub pair: Option<(usize, usize)>,
}

impl Study {
    /// What `measure` comes to.
    pub fn figure(&self, measure: Measure, scope: &Scope) -> Figure {
        if self.coders.len() < 2 {
            return Figure::undefined(Undefined::OneCoder);
        }
        if self.in_scope(scope).next().is_none() {
            return Figure::undefined(Undefined::NoDocuments);
        }
        if let Some(feature) = &scope.feature {
            return match measure {
                Measure::Observed | Measure::CohenKappa | Measure::Alpha => {
                    self.over_feature(measure, feature, scope)
                }
                _ => Figure::undefined(Undefined::NotOfFeatures),
            };
        }
        match measure {
            Measure::AlphaU => self.alpha_u(scope),
            Measure::ExactF1 | Measure::OverlapF1 | Measure::UnitF1 => {
                self.over_pairs(scope, |scope, pair| self.micro(measure, scope, pair))
            }
            Measure::ExactF1Macro | Measure::OverlapF1Macro | Measure::UnitF1Macro => {
                self.over_pairs(scope, |scope, pair| self.macro_mean(measure, scope, pair))
            }
            Measure::CohenKappa => self.over_pairs(scope, |scope, (a, b)| {
                let ratings = self.ratings(scope, &[a, b]);
                self.told(cohen_kappa(&ratings), &ratings, scope, &[a, b])
            }),
            Measure::Observed | Measure::FleissKappa | Measure::Alpha => {
                let coders = self.coders_in(scope);
                let ratings = self.ratings(scope, &coders);
                let figure = match measure {
                    Measure::Observed => observed_agreement(&ratings),
                    Measure::FleissKappa => fleiss_kappa(&ratings),
                    _ => krippendorff_alpha(&ratings),
                };
                self.told(figure, &ratings, scope, &coders)
            }
        }
    }

    /// The documents that a scope leaves.
    pub(in crate::review::agreement) fn in_scope(
        &self,
        scope: &Scope,
    ) -> impl Iterator<Item = &Shared> {
        let all = self.documents.iter().enumerate();
        let wanted = scope.document;
        all.filter(move |(at, _)| wanted.is_none_or(|wanted| wanted == *at))
            .map(|(_, shared)| shared)
    }

    /// The coders that a scope leaves.
    pub(in crate::review::agreement) fn coders_in(&self, scope: &Scope) -> Vec<usize> {
        scope.pair.map_or_else(|| self.everybody(), |(a, b)| vec![a, b])
    }

    /// Whether a scope leaves that code.
    pub(in crate::review::agreement) fn counts(&self, scope: &Scope, code: usize) -> bool {
        let layer = || self.codes.get(code).map(|name| &name.layer);
        scope.code.is_none_or(|wanted| wanted == code)
            && scope.layer.as_ref().is_none_or(|wanted| layer() == Some(wanted))
    }

    /// What these coders said of all units of a scope.
    pub(in crate::review::agreement) fn ratings(&self, scope: &Scope, coders: &[usize]) -> Ratings {
        let mut narrowing = Narrowing::new(&self.sets, self.kept(scope));
        let mut ratings = Ratings::new(coders.len());
        let mut said = Vec::with_capacity(coders.len());
        for (row, count) in self.all_ratings(scope).rows() {
            said.clear();
            let labels = coders.iter().map(|coder| row.get(*coder).copied().flatten());
            said.extend(labels.map(|label| label.map(|label| narrowing.label(label))));
            ratings.push(&said, count);
        }
        ratings
    }

    /// What everybody said of all units of the documents of a scope, with the labels of the study itself.
    fn all_ratings(&self, scope: &Scope) -> &Ratings {
        let document = scope.document.and_then(|at| self.documents.get(at));
        document.map_or(&self.ratings, |shared| &shared.ratings)
    }

    /// For each code whether a scope leaves it.
    fn kept(&self, scope: &Scope) -> Vec<bool> {
        (0..self.codes.len()).map(|code| self.counts(scope, code)).collect()
    }

    /// A figure on units with what was counted in words.
    fn told(
        &self,
        mut figure: Figure,
        ratings: &Ratings,
        scope: &Scope,
        coders: &[usize],
    ) -> Figure {
        let plural = self.unit.plural();
        for amount in figure.counted.iter_mut().filter(|amount| amount.what == "items") {
            plural.clone_into(&mut amount.what);
        }
        for left in figure.left_out.iter_mut().filter(|left| left.what == "items") {
            plural.clone_into(&mut left.what);
        }
        let nothing = |labels: &[Option<u32>]| labels.iter().flatten().all(|label| *label == 0);
        let pairable = ratings.rows().filter(|(row, _)| row.iter().flatten().count() > 1);
        let untagged: u64 = pairable.filter(|(row, _)| nothing(row)).map(|(_, count)| count).sum();
        if figure.counted.iter().all(|amount| amount.count == 0) {
            figure.value = Err(Undefined::NoUnits(self.unit)).or(figure.value);
        } else {
            figure
                .counted
                .push(Amount::new(format!("of these {plural} untagged by all"), untagged));
        }
        if figure.value == Err(Undefined::OneLabel) && ratings.rows().all(|(row, _)| nothing(row)) {
            figure.value = Err(self.unused(scope));
        }
        figure.left_out.extend(self.without_unit(scope, coders));
        figure
    }

    /// Why there is nothing tagged in a scope.
    fn unused(&self, scope: &Scope) -> Undefined {
        let code = scope.code.and_then(|code| self.codes.get(code));
        code.map_or(Undefined::NothingTagged, |code| Undefined::CodeUnused(code.clone()))
    }

    /// Annotations that cover no unit: an emoji is no word.
    fn without_unit(&self, scope: &Scope, coders: &[usize]) -> Option<LeftOut> {
        let bare = self.in_scope(scope).flat_map(|shared| &shared.without_unit);
        let count =
            bare.filter(|(coder, code)| coders.contains(coder) && self.counts(scope, *code));
        let count = count.count() as u64;
        (count > 0).then(|| LeftOut {
            what: "annotations".to_owned(),
            count,
            why: format!("no {} lies there", self.unit.singular()),
        })
    }

    /// The mean over pairs of coders of what a measure of two comes to.
    pub(in crate::review::agreement) fn over_pairs(
        &self,
        scope: &Scope,
        of_two: impl Fn(&Scope, (usize, usize)) -> Figure,
    ) -> Figure {
        let pairs = scope.pair.map_or_else(|| self.pairs(), |pair| vec![pair]);
        let mut figures: Vec<Figure> = pairs.iter().map(|pair| of_two(scope, *pair)).collect();
        if figures.len() == 1 {
            return figures.remove(0);
        }
        mean(&figures)
    }

    /// What two coders have of each code in a scope, all documents taken together.
    fn tallies(&self, scope: &Scope, pair: (usize, usize)) -> BTreeMap<usize, Tally> {
        let mut sums: BTreeMap<usize, Tally> = BTreeMap::new();
        for (code, tally) in self.in_scope(scope).filter_map(|s| s.tallies.get(&pair)).flatten() {
            if !self.counts(scope, *code) {
                continue;
            }
            let empty = Tally { overlapping: Some(0), ..Tally::default() };
            let sum = sums.entry(*code).or_insert(empty);
            *sum = Tally {
                first: sum.first + tally.first,
                second: sum.second + tally.second,
                exact: sum.exact + tally.exact,
                overlapping: sum.overlapping.zip(tally.overlapping).map(|(a, b)| a + b),
            };
        }
        sums
    }

    /// How many units have each code with two coders, and with both. However often a code covers a unit, it counts once.
    fn unit_tallies(&self, scope: &Scope, (a, b): (usize, usize)) -> BTreeMap<usize, Tally> {
        let mut sums: BTreeMap<usize, Tally> = BTreeMap::new();
        let kept = self.kept(scope);
        let kept = |code: &&usize| kept.get(**code).is_some_and(|kept| *kept);
        for (row, count) in self.all_ratings(scope).rows() {
            let said = |coder: usize| row.get(coder).copied().flatten();
            let Some((first, second)) = said(a).zip(said(b)) else { continue };
            let codes = |label| self.sets.codes(label).iter().filter(kept);
            for code in codes(first) {
                let both = self.sets.codes(second).contains(code);
                let sum = sums.entry(*code).or_default();
                sum.first += count;
                sum.exact += if both { count } else { 0 };
            }
            for code in codes(second) {
                sums.entry(*code).or_default().second += count;
            }
        }
        sums
    }

    /// F1 of each code, with what it is counted in.
    fn counted(
        &self,
        measure: Measure,
        scope: &Scope,
        pair: (usize, usize),
    ) -> Vec<(usize, Tally, Option<u64>)> {
        let exact = |(code, tally): (usize, Tally)| (code, tally, Some(tally.exact));
        match measure {
            Measure::UnitF1 | Measure::UnitF1Macro => {
                self.unit_tallies(scope, pair).into_iter().map(exact).collect()
            }
            Measure::OverlapF1 | Measure::OverlapF1Macro => self
                .tallies(scope, pair)
                .into_iter()
                .map(|(code, tally)| (code, tally, tally.overlapping))
                .collect(),
            _ => self.tallies(scope, pair).into_iter().map(exact).collect(),
        }
    }

    fn micro(&self, measure: Measure, scope: &Scope, pair: (usize, usize)) -> Figure {
        if !self.in_scope(scope).any(|shared| shared.is_with(&[pair.0, pair.1])) {
            return Figure::undefined(Undefined::NoDocuments);
        }
        let (mut both, mut first, mut second) = (Some(0), 0, 0);
        for (_, tally, shared) in self.counted(measure, scope, pair) {
            both = both.zip(shared).map(|(sum, shared)| sum + shared);
            first += tally.first;
            second += tally.second;
        }
        let mut figure = match both {
            Some(_) if first + second == 0 => Figure::undefined(self.unused(scope)),
            Some(both) => f1(both, first, second),
            None => Figure::undefined(Undefined::TooTangled),
        };
        let what = self.what_is_counted(measure);
        let name = |coder: usize| self.coders.get(coder).map_or("", |name| name.as_str());
        if let Some(both) = both {
            figure.counted.push(Amount::new(format!("{what} of both"), both));
        }
        figure.counted.push(Amount::new(format!("{what} of {}", name(pair.0)), first));
        figure.counted.push(Amount::new(format!("{what} of {}", name(pair.1)), second));
        if matches!(measure, Measure::UnitF1) {
            figure.left_out.extend(self.without_unit(scope, &[pair.0, pair.1]));
        }
        figure
    }

    fn what_is_counted(&self, measure: Measure) -> &'static str {
        match measure {
            Measure::UnitF1 | Measure::UnitF1Macro => self.unit.plural(),
            _ => "annotations",
        }
    }

    /// The mean over the codes that one of the two used, each counting alike.
    fn macro_mean(&self, measure: Measure, scope: &Scope, pair: (usize, usize)) -> Figure {
        let all = self.counted(measure, scope, pair);
        if all.iter().any(|(_, _, shared)| shared.is_none()) {
            return Figure::undefined(Undefined::TooTangled);
        }
        let value = |(_, tally, shared): &(usize, Tally, Option<u64>)| {
            f1(shared.unwrap_or_default(), tally.first, tally.second).value.ok()
        };
        let values: Vec<f64> = all.iter().filter_map(value).collect();
        if values.is_empty() {
            return Figure::undefined(self.unused(scope));
        }
        let mut figure = Figure::of(values.iter().sum::<f64>() / values.len() as f64, Vec::new());
        figure.counted.push(Amount::new("codes", values.len() as u64));
        figure
    }

    /// αU in characters, with the documents laid end to end as one continuum.
    fn alpha_u(&self, scope: &Scope) -> Figure {
        let coders = self.coders_in(scope);
        let (common, others): (Vec<&Shared>, Vec<&Shared>) =
            self.in_scope(scope).partition(|shared| shared.is_with(&coders));
        let Continuum { length, units, joined } = self.continuum(scope, &common, &coders);
        let sum = units
            .values()
            .map(|of_code| disagreement(of_code, length))
            .fold(Disagreement::default(), Disagreement::plus);
        let mut figure = match sum.alpha() {
            _ if common.is_empty() => Figure::undefined(Undefined::NoCommonDocuments),
            Some(alpha) => {
                let observed = ("observed disagreement", sum.observed);
                Figure::of(alpha, vec![observed, ("expected by chance", sum.expected)])
            }
            None if units.is_empty() => Figure::undefined(self.unused(scope)),
            None => Figure::undefined(Undefined::OneLabel),
        };
        let count = units.values().flatten().map(|units| units.len() as u64).sum();
        figure.counted.push(Amount::new("units, each part of a broken annotation one", count));
        figure.counted.push(Amount::new("characters", length));
        let mut leave = |what: &str, count: u64, why: &str| {
            if count > 0 {
                let (what, why) = (what.to_owned(), why.to_owned());
                figure.left_out.push(LeftOut { what, count, why });
            }
        };
        leave("documents", others.len() as u64, "not in all of these projects");
        leave(
            "units",
            joined,
            "overlapping one of the same code and coder, counted as one with it",
        );
        figure
    }

    /// What αU is computed of.
    fn continuum(&self, scope: &Scope, documents: &[&Shared], coders: &[usize]) -> Continuum {
        let mut all = Continuum::default();
        for shared in documents {
            for ((code, coder), cut) in &shared.units {
                let place = coders.iter().position(|other| other == coder);
                let Some(place) = place.filter(|_| self.counts(scope, *code)) else { continue };
                let of_code =
                    all.units.entry(*code).or_insert_with(|| vec![Vec::new(); coders.len()]);
                let moved =
                    cut.units.iter().map(|unit| all.length + unit.start..all.length + unit.end);
                of_code.get_mut(place).into_iter().for_each(|units| units.extend(moved.clone()));
                all.joined += cut.joined;
            }
            all.length += u64::from(shared.text.len_code_points());
        }
        all
    }
}

/// Documents end to end, and the units in them by code and coder.
#[derive(Default)]
struct Continuum {
    length: u64,
    units: BTreeMap<usize, Vec<Units>>,
    /// Units that were taken together with another.
    joined: u64,
}

/// The mean of those that have a value, and how far they spread.
fn mean(figures: &[Figure]) -> Figure {
    let values: Vec<f64> = figures.iter().filter_map(|f| f.value.as_ref().ok()).copied().collect();
    let missing: Vec<Undefined> = figures.iter().filter_map(|f| f.value.clone().err()).collect();
    let reasons: BTreeSet<String> = missing.iter().map(ToString::to_string).collect();
    let number = values.len() as f64;
    let mut figure = if values.is_empty() {
        let why = missing.into_iter().next().unwrap_or(Undefined::NoDocuments);
        return Figure::undefined(Undefined::NoPairHasOne(Box::new(why)));
    } else {
        let mean = values.iter().sum::<f64>() / number;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / number;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let spread =
            [("standard deviation", variance.sqrt()), ("lowest", least), ("highest", most)];
        Figure::of(mean, spread.into())
    };
    figure.counted.push(Amount::new("pairs of coders", values.len() as u64));
    if !reasons.is_empty() {
        figure.left_out.push(LeftOut {
            what: "pairs of coders".to_owned(),
            count: (figures.len() - values.len()) as u64,
            why: reasons.into_iter().collect::<Vec<_>>().join("; "),
        });
    }
    figure
}
