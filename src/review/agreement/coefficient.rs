//! Chance-corrected agreement on labels: Cohen's κ, Fleiss' κ (with two coders Scott's π), Krippendorff's α for
//! nominal data, and the plain share of agreement.
//!
//! Knows only numbers of labels: what was labelled, and what the labels mean, is the caller's. Items that were rated
//! alike may be given once with a weight, so that long texts cost what is tagged in them. Sources stand at each.

use crate::review::agreement::{Amount, Figure, Undefined};
use std::collections::BTreeMap;

/// A label as a number; which one is the caller's.
pub type Label = u32;

/// What each coder said, and of how many items.
type Rated<'a> = (&'a [Option<Label>], u64);

/// What each of a number of coders said of each item; items rated alike are kept once, with their number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    coders: usize,
    rows: BTreeMap<Box<[Option<Label>]>, u64>,
}

impl Ratings {
    /// No items yet, rated by so many coders.
    pub fn new(coders: usize) -> Self {
        Self { coders, rows: BTreeMap::new() }
    }

    /// So many items of which each coder said this; `None` is no answer. A row of another length is not taken.
    pub fn push(&mut self, labels: &[Option<Label>], weight: u64) {
        if labels.len() != self.coders || weight == 0 {
            return;
        }
        match self.rows.get_mut(labels) {
            Some(count) => *count += weight,
            None => drop(self.rows.insert(labels.into(), weight)),
        }
    }

    /// How many coders there are.
    pub fn coders(&self) -> usize {
        self.coders
    }

    /// Each row with the number of items that were rated so.
    pub fn rows(&self) -> impl Iterator<Item = (&[Option<Label>], u64)> {
        self.rows.iter().map(|(row, weight)| (&**row, *weight))
    }

    /// The items of `other` too.
    pub fn extend(&mut self, other: &Self) {
        for (row, weight) in other.rows() {
            self.push(row, weight);
        }
    }

    /// Rows that every coder rated, and how many items have gaps; those that nobody rated are no items here.
    fn complete(&self) -> (Vec<Rated<'_>>, u64) {
        let (whole, gaps): (Vec<_>, Vec<_>) = self
            .rows()
            .filter(|(row, _)| row.iter().any(Option::is_some))
            .partition(|(row, _)| row.iter().all(Option::is_some));
        (whole, gaps.iter().map(|(_, weight)| weight).sum())
    }
}

/// How often each label stands in a row, by label.
fn counts(row: &[Option<Label>]) -> Vec<(Label, u64)> {
    let mut labels: Vec<Label> = row.iter().copied().flatten().collect();
    labels.sort_unstable();
    let mut counts: Vec<(Label, u64)> = Vec::with_capacity(2);
    for label in labels {
        match counts.last_mut() {
            Some((last, count)) if *last == label => *count += 1,
            _ => counts.push((label, 1)),
        }
    }
    counts
}

/// Which items a measure has counted; those with gaps are left out where a measure cannot use them.
fn told(mut figure: Figure, counted: u64, gaps: u64, why: &str) -> Figure {
    figure.counted.push(Amount::new("items", counted));
    if gaps > 0 {
        let left_out = crate::review::agreement::LeftOut {
            what: "items".to_owned(),
            count: gaps,
            why: why.to_owned(),
        };
        figure.left_out.push(left_out);
    }
    figure
}

/// Why items with gaps are not counted by measures that need an answer of everybody.
const NOT_BY_ALL: &str = "not everybody has the document they are in";
/// Why items with one rating are not counted by α.
const BY_ONE: &str = "only one person has the document they are in";

/// The share of items on which all coders say the same.
pub fn observed_agreement(ratings: &Ratings) -> Figure {
    if ratings.coders() < 2 {
        return Figure::undefined(Undefined::OneCoder);
    }
    let (rows, gaps) = ratings.complete();
    let all: u64 = rows.iter().map(|(_, weight)| weight).sum();
    let alike = |row: &[Option<Label>]| row.iter().zip(row.iter().skip(1)).all(|(a, b)| a == b);
    let same: u64 = rows.iter().filter(|(row, _)| alike(row)).map(|(_, weight)| weight).sum();
    let figure = if all == 0 {
        Figure::undefined(Undefined::NoPairs)
    } else {
        Figure::of(same as f64 / all as f64, Vec::new())
    };
    told(figure, all, gaps, NOT_BY_ALL)
}

/// Cohen's κ of two coders: (`p_o` − `p_e`) / (1 − `p_e`), where `p_e` is the sum over labels of the product of both
/// coders' own shares.
///
/// J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960) 37–46.
pub fn cohen_kappa(ratings: &Ratings) -> Figure {
    if ratings.coders() != 2 {
        return Figure::undefined(Undefined::OneCoder);
    }
    let (rows, gaps) = ratings.complete();
    let mut of: [BTreeMap<Label, u64>; 2] = Default::default();
    let (mut all, mut same) = (0, 0);
    for (row, weight) in rows {
        let [Some(first), Some(second)] = *row else { continue };
        all += weight;
        same += if first == second { weight } else { 0 };
        for (shares, label) in of.iter_mut().zip([first, second]) {
            *shares.entry(label).or_default() += weight;
        }
    }
    let [first, second] = &of;
    let together = |label: &Label, count: u64| {
        count as f64 * second.get(label).copied().unwrap_or_default() as f64
    };
    let chance: f64 = first.iter().map(|(label, count)| together(label, *count)).sum();
    let square = all as f64 * all as f64;
    told(corrected(all, same as f64 / all as f64, chance / square), all, gaps, NOT_BY_ALL)
}

/// Fleiss' κ: as Cohen's, but `p_o` is the share of agreeing pairs of ratings within an item, and `p_e` the sum of the
/// squares of all coders' common shares. With two coders it is Scott's π (Public Opinion Quarterly 19, 1955, 321–325).
///
/// J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971) 378–382.
pub fn fleiss_kappa(ratings: &Ratings) -> Figure {
    let coders = ratings.coders() as u64;
    if coders < 2 {
        return Figure::undefined(Undefined::OneCoder);
    }
    let (rows, gaps) = ratings.complete();
    let mut shares: BTreeMap<Label, u64> = BTreeMap::new();
    let (mut all, mut alike) = (0, 0.0);
    for (row, weight) in rows {
        all += weight;
        let mut pairs = 0;
        for (label, count) in counts(row) {
            *shares.entry(label).or_default() += count * weight;
            pairs += count * (count - 1);
        }
        alike += pairs as f64 * weight as f64;
    }
    let ratings = all as f64 * coders as f64;
    let observed = alike / (ratings * (coders - 1) as f64);
    let expected = shares.values().map(|count| (*count as f64 / ratings).powi(2)).sum();
    told(corrected(all, observed, expected), all, gaps, NOT_BY_ALL)
}

/// What chance leaves of an observed agreement.
fn corrected(items: u64, observed: f64, expected: f64) -> Figure {
    if items == 0 {
        return Figure::undefined(Undefined::NoPairs);
    }
    let parts = vec![("observed agreement", observed), ("expected by chance", expected)];
    // Shares are ratios of whole numbers: only one label for everything gives exactly one.
    if expected >= 1.0 {
        let mut figure = Figure::undefined(Undefined::OneLabel);
        figure.parts = parts;
        return figure;
    }
    Figure::of((observed - expected) / (1.0 - expected), parts)
}

/// Krippendorff's α for nominal data: 1 − `D_o` / `D_e` over all pairable values; items with one rating have no pair and
/// are left out, other gaps are not.
///
/// K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), section C.
pub fn krippendorff_alpha(ratings: &Ratings) -> Figure {
    if ratings.coders() < 2 {
        return Figure::undefined(Undefined::OneCoder);
    }
    let mut shares: BTreeMap<Label, u64> = BTreeMap::new();
    let (mut items, mut alone, mut disagreeing) = (0, 0, 0.0);
    for (row, weight) in ratings.rows() {
        let counts = counts(row);
        let ratings: u64 = counts.iter().map(|(_, count)| count).sum();
        if ratings < 2 {
            alone += weight * ratings;
            continue;
        }
        items += weight;
        let alike: u64 = counts.iter().map(|(_, count)| count * count).sum();
        let pairs = (ratings * ratings - alike) as f64;
        disagreeing += weight as f64 * pairs / (ratings - 1) as f64;
        for (label, count) in counts {
            *shares.entry(label).or_default() += count * weight;
        }
    }
    let values: u64 = shares.values().sum();
    let all = values as f64;
    let alike: f64 = shares.values().map(|count| (*count as f64).powi(2)).sum();
    let observed = disagreeing / all;
    let expected = all.mul_add(all, -alike) / (all * (all - 1.0));
    let mut figure = if values == 0 {
        Figure::undefined(Undefined::NoPairs)
    } else if shares.len() == 1 {
        Figure::undefined(Undefined::OneLabel)
    } else {
        let parts = vec![("observed disagreement", observed), ("expected by chance", expected)];
        Figure::of(1.0 - observed / expected, parts)
    };
    figure = told(figure, items, alone, BY_ONE);
    figure.counted.push(Amount::new("labels given", values));
    figure
}

#[cfg(test)]
mod tests {
    use crate::review::agreement::*;

    fn two(table: &[(Label, Label, u64)]) -> Ratings {
        let mut ratings = Ratings::new(2);
        for (first, second, weight) in table {
            ratings.push(&[Some(*first), Some(*second)], *weight);
        }
        ratings
    }

    #[track_caller]
    fn is(figure: &Figure, expected: f64, within: f64) {
        let value = figure.value.clone().unwrap();
        assert!((value - expected).abs() <= within, "{value} is not {expected}");
    }

    /// The table of the textbooks: both yes 20, both no 15, five and ten apart.
    fn textbook() -> Ratings {
        two(&[(1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15)])
    }

    #[test]
    fn cohens_example() {
        let figure = cohen_kappa(&textbook());
        is(&figure, 0.4, 1e-12);
        assert_eq!(figure.parts, [("observed agreement", 0.7), ("expected by chance", 0.5)]);
        assert_eq!(figure.counted, [Amount::new("items", 50)]);
        is(&observed_agreement(&textbook()), 0.7, 1e-12);
    }

    #[test]
    fn scotts_pi_is_fleiss_kappa_of_two() {
        is(&fleiss_kappa(&textbook()), 0.393_94, 5e-6);
    }

    /// Fleiss 1971: ten subjects, fourteen raters, five categories.
    #[test]
    fn fleiss_example() {
        let table: [[u64; 5]; 10] = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let mut ratings = Ratings::new(14);
        for row in table {
            let labels = row.iter().enumerate();
            let labels: Vec<Option<Label>> = labels
                .flat_map(|(label, count)| vec![Some(label as Label); *count as usize])
                .collect();
            ratings.push(&labels, 1);
        }
        is(&fleiss_kappa(&ratings), 0.209_93, 5e-6);
    }

    /// Krippendorff 2011: four observers, twelve units, gaps; the twelfth unit has one value and is left out.
    fn four_observers() -> Ratings {
        let mut ratings = Ratings::new(4);
        // As printed, with a point for no answer.
        let rows = [
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ];
        let rows = rows.map(|row| {
            row.split(' ').map(|word| word.parse().ok()).collect::<Vec<Option<Label>>>()
        });
        for unit in 0..12 {
            ratings.push(&rows.each_ref().map(|row| row[unit]), 1);
        }
        ratings
    }

    #[test]
    fn krippendorffs_example_with_gaps() {
        let figure = krippendorff_alpha(&four_observers());
        is(&figure, 0.743_42, 5e-6);
        assert_eq!(figure.counted, [Amount::new("items", 11), Amount::new("labels given", 40)]);
        assert_eq!(figure.left_out.len(), 1);
        assert_eq!(figure.left_out[0].count, 1);
    }

    /// Krippendorff 2011, A: two observers, ten items.
    #[test]
    fn krippendorffs_binary_example() {
        let (meg, owen) = ("0100000001", "1110010000");
        let mut ratings = Ratings::new(2);
        for (first, second) in meg.bytes().zip(owen.bytes()) {
            ratings.push(&[Some(first.into()), Some(second.into())], 1);
        }
        is(&krippendorff_alpha(&ratings), 0.095_24, 5e-6);
    }

    /// Krippendorff 1995, A: Bertha and Bill on 24 positions, as `DKPro` Statistics has it.
    #[test]
    fn three_coefficients_of_one_example() {
        let (bertha, bill) = ("001111111100001111110000", "000011110000000110000000");
        let mut ratings = Ratings::new(2);
        for (first, second) in bertha.bytes().zip(bill.bytes()) {
            ratings.push(&[Some(first.into()), Some(second.into())], 1);
        }
        is(&cohen_kappa(&ratings), 0.385, 5e-4);
        is(&fleiss_kappa(&ratings), 0.314, 5e-4);
        is(&krippendorff_alpha(&ratings), 0.329, 5e-4);
    }

    #[test]
    fn what_cannot_be_said_is_said_in_words() {
        let measures = [observed_agreement, cohen_kappa, fleiss_kappa, krippendorff_alpha];
        for measure in measures {
            assert_eq!(measure(&Ratings::new(2)).value, Err(Undefined::NoPairs));
            assert_eq!(measure(&Ratings::new(1)).value, Err(Undefined::OneCoder));
            let mut alone = Ratings::new(2);
            alone.push(&[Some(1), None], 7);
            let figure = measure(&alone);
            assert_eq!(figure.value, Err(Undefined::NoPairs));
            assert_eq!(figure.left_out.first().map(|left| left.count), Some(7));
        }
        for measure in [cohen_kappa, fleiss_kappa, krippendorff_alpha] {
            assert_eq!(measure(&two(&[(3, 3, 9)])).value, Err(Undefined::OneLabel));
        }
        assert_eq!(observed_agreement(&two(&[(3, 3, 9)])).value, Ok(1.0));
    }

    #[test]
    fn an_item_with_a_gap_counts_only_where_it_has_a_pair() {
        let mut ratings = Ratings::new(3);
        for (row, weight) in textbook().rows() {
            ratings.push(&[row[0], row[1], None], weight);
        }
        assert_eq!(fleiss_kappa(&ratings).value, Err(Undefined::NoPairs));
        is(&krippendorff_alpha(&ratings), krippendorff_alpha(&textbook()).value.unwrap(), 1e-12);
        ratings.push(&[Some(1), Some(1), Some(0)], 2);
        assert_eq!(fleiss_kappa(&ratings).left_out[0].count, 50);
        assert!(krippendorff_alpha(&ratings).left_out.is_empty());
    }
}
