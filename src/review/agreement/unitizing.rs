//! Krippendorff's αU: agreement about where the units of a text begin and end, and what they are.
//!
//! The text is a continuum of so many characters. Each coder has cut it into units of categories; for each category the
//! rest are gaps. Where two units overlap, the squares of the distances of their ends count as disagreement; a unit
//! in a gap counts with the square of its length.
//!
//! K. Krippendorff, On the reliability of unitizing continuous data, Sociological Methodology 25 (1995) 47–76; Content
//! Analysis, 2nd edition (2004), pages 251–256. Checked against the example there. It is not the later family of
//! 2016 (uα, cuα), which counts otherwise.

use std::ops::Range;

/// Units of one category as one coder has cut them: ascending, not empty, none overlapping another.
pub(in crate::review::agreement) type Units = Vec<Range<u64>>;

/// Observed and expected disagreement about one category.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Disagreement {
    /// `D_o`.
    pub observed: f64,
    /// `D_e`.
    pub expected: f64,
}

impl Disagreement {
    /// αU of everything added up; none where chance could not disagree.
    pub fn alpha(self) -> Option<f64> {
        (self.expected > 0.0).then(|| 1.0 - self.observed / self.expected)
    }

    /// Both added up, for αU over several categories.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { observed: self.observed + other.observed, expected: self.expected + other.expected }
    }
}

/// Disagreement of all coders about one category on a continuum of `length`. The units of each ascend, none is empty and
/// none overlaps another. Costs what sorting them does.
pub fn disagreement(coders: &[Vec<Range<u64>>], length: u64) -> Disagreement {
    if coders.len() < 2 || length == 0 {
        return Disagreement::default();
    }
    Disagreement { observed: observed(coders, length), expected: expected(coders, length) }
}

/// The stretches between units, before the first and after the last.
fn gaps(units: &Units, length: u64) -> Vec<Range<u64>> {
    let ends = std::iter::once(0).chain(units.iter().map(|unit| unit.end));
    let starts = units.iter().map(|unit| unit.start).chain(std::iter::once(length));
    ends.zip(starts).filter(|(end, start)| end < start).map(|(end, start)| end..start).collect()
}

fn observed(coders: &[Units], length: u64) -> f64 {
    let mut sum = 0.0;
    for (at, first) in coders.iter().enumerate() {
        for second in coders.iter().skip(at + 1) {
            sum += apart(first, second) + within(first, &gaps(second, length));
            sum += within(second, &gaps(first, length));
        }
    }
    let (coders, length) = (coders.len() as f64, length as f64);
    // Each pair was taken once and counts both ways.
    2.0 * sum / (coders * (coders - 1.0) * length * length)
}

/// How far the ends of overlapping units lie apart.
fn apart(first: &Units, second: &Units) -> f64 {
    let (mut sum, mut from) = (0.0, 0);
    for unit in first {
        from += second.iter().skip(from).take_while(|other| other.end <= unit.start).count();
        for other in second.iter().skip(from).take_while(|other| other.start < unit.end) {
            let [starts, ends] =
                [unit.start.abs_diff(other.start), unit.end.abs_diff(other.end)].map(|d| d as f64);
            sum += starts.mul_add(starts, ends * ends);
        }
    }
    sum
}

/// What units that lie wholly in a gap of the other coder weigh.
fn within(units: &Units, gaps: &[Range<u64>]) -> f64 {
    let inside = |unit: &&Range<u64>| {
        let next = gaps.partition_point(|gap| gap.end < unit.end);
        gaps.get(next).is_some_and(|gap| gap.start <= unit.start && unit.end <= gap.end)
    };
    units.iter().filter(inside).map(|unit| square(long(unit))).sum()
}

fn expected(coders: &[Units], length: u64) -> f64 {
    let units: Vec<f64> = coders.iter().flatten().map(long).collect();
    // Gaps from long to short, each with how many placements it and all longer ones have.
    let mut gaps: Vec<u64> = coders
        .iter()
        .flat_map(|units| gaps(units, length))
        .map(|gap| gap.end - gap.start)
        .collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    let sums: Vec<f64> = gaps
        .iter()
        .scan(0.0, |sum, gap| {
            *sum += *gap as f64;
            Some(*sum)
        })
        .collect();
    let others = (units.len() as f64 - 1.0) / 3.0;
    let mut sum = 0.0;
    for l in &units {
        let longer = gaps.partition_point(|gap| *gap as f64 >= *l);
        let room = longer.checked_sub(1).and_then(|last| sums.get(last)).copied().unwrap_or(0.0);
        let placements = room - longer as f64 * (l - 1.0);
        let of_units = 2.0 * l.powi(3) - 3.0 * square(*l) + l;
        sum += others.mul_add(of_units, square(*l) * placements);
    }
    let all = coders.len() as f64 * length as f64;
    let same: f64 = units.iter().map(|l| l * (l - 1.0)).sum();
    let ways = all.mul_add(all - 1.0, -same);
    if ways > 0.0 { 2.0 / length as f64 * sum / ways } else { 0.0 }
}

fn long(unit: &Range<u64>) -> f64 {
    (unit.end - unit.start) as f64
}

fn square(number: f64) -> f64 {
    number * number
}

#[cfg(test)]
mod tests {
    use crate::review::agreement::unitizing::{
        Disagreement, Units, apart, disagreement, gaps, within,
    };
    use proptest::prelude::*;

    #[expect(clippy::single_range_in_vec_init, reason = "a list of units, here of one")]
    fn one(start: u64, length: u64) -> Units {
        vec![start..start + length]
    }

    fn of(units: &[(u64, u64)]) -> Units {
        // The example's continuum begins at 150.
        units.iter().map(|(start, length)| start - 150..start + length - 150).collect()
    }

    #[test]
    fn distances_of_the_example() {
        let distance = |a: (u64, u64), b: (u64, u64)| apart(&one(a.0, a.1), &one(b.0, b.1)) as u64;
        assert_eq!(distance((225, 70), (220, 80)), 50);
        assert_eq!(distance((370, 30), (355, 20)), 850);
        assert_eq!(distance((5, 6), (4, 2)), 26);
        assert_eq!(distance((5, 6), (7, 2)), 8);
        assert_eq!(distance((5, 6), (11, 2)), 0, "they touch and do not overlap");
        assert_eq!(within(&one(400, 20), &one(400, 50)) as u64, 400);
        assert_eq!(within(&one(400, 20), &one(401, 50)) as u64, 0);
    }

    /// Content Analysis, page 254. The book's total, .8591, is made of figures that it had rounded to four digits;
    /// without rounding it is .8587.
    #[test]
    fn krippendorffs_example() {
        let c = [of(&[(225, 70), (370, 30)]), of(&[(220, 80), (355, 20), (400, 20)])];
        let k = [of(&[(180, 60), (300, 50)]), of(&[(180, 60), (300, 50)])];
        let [c, k] = [c, k].map(|coders| disagreement(&coders, 300));
        let rounded = |number: f64| (number * 10_000.0).round() as i64;
        assert_eq!([rounded(c.observed), rounded(c.expected)], [144, 532]);
        assert_eq!([rounded(k.observed), rounded(k.expected)], [0, 490]);
        assert_eq!(c.alpha().map(rounded), Some(7286));
        assert_eq!(k.alpha().map(rounded), Some(10_000));
        assert_eq!(c.plus(k).alpha().map(rounded), Some(8587));
        let book = |d: Disagreement| Disagreement {
            observed: (d.observed * 1e4).round() / 1e4,
            expected: (d.expected * 1e4).round() / 1e4,
        };
        assert_eq!(book(c).plus(book(k)).alpha().map(rounded), Some(8591));
    }

    #[test]
    fn nothing_tagged_has_no_alpha() {
        let nothing = disagreement(&[Vec::new(), Vec::new()], 100);
        assert_eq!(nothing.alpha(), None);
        assert_eq!(disagreement(&[one(0, 1)], 100).alpha(), None, "one coder");
        assert_eq!(disagreement(&[one(0, 1), one(0, 1)], 1).alpha(), None, "nowhere else to be");
    }

    /// The definition as it is printed: every section against every section.
    fn plainly(coders: &[Units], length: u64) -> Disagreement {
        type Section = (f64, f64, bool);
        let sections = |units: &Units| -> Vec<Section> {
            let gaps = gaps(units, length);
            let part = |of: &std::ops::Range<u64>, unit| {
                (of.start as f64, (of.end - of.start) as f64, unit)
            };
            let units = units.iter().map(|of| part(of, true));
            units.chain(gaps.iter().map(|of| part(of, false))).collect()
        };
        let all: Vec<(usize, Section)> = coders
            .iter()
            .enumerate()
            .flat_map(|(coder, units)| sections(units).into_iter().map(move |part| (coder, part)))
            .collect();
        let (m, whole) = (coders.len() as f64, length as f64);
        let (mut observed, mut expected, mut ways) = (0.0, 0.0, m * whole * (m * whole - 1.0));
        let count = all.iter().filter(|(_, section)| section.2).count() as f64;
        for (i, (b, l, unit)) in &all {
            if *unit {
                expected += (count - 1.0) / 3.0 * (2.0 * l * l * l - 3.0 * l * l + l);
                ways -= l * (l - 1.0);
            }
            for (j, (c, k, other)) in &all {
                let d = b - c;
                observed += match (unit, other) {
                    _ if i == j => 0.0,
                    (true, true) if -l < d && d < *k => d * d + (d + l - k).powi(2),
                    (true, false) if k - l >= d && d >= 0.0 => l * l,
                    (false, true) if l - k >= -d && -d >= 0.0 => k * k,
                    _ => 0.0,
                };
                if *unit && !other && k >= l {
                    expected += l * l * (k - l + 1.0);
                }
            }
        }
        let observed = observed / (m * (m - 1.0) * whole * whole);
        Disagreement { observed, expected: 2.0 / whole * expected / ways }
    }

    fn some_units() -> impl Strategy<Value = Units> {
        prop::collection::vec((0_u64..9, 1_u64..9), 0..6).prop_map(|steps| {
            let mut at = 0;
            let unit = |(gap, length): (u64, u64)| {
                at += gap + length;
                at - length..at
            };
            steps.into_iter().map(unit).collect()
        })
    }

    proptest! {
        #[test]
        fn it_is_the_definition(coders in prop::collection::vec(some_units(), 2..4)) {
            let (found, printed) = (disagreement(&coders, 120), plainly(&coders, 120));
            prop_assert!((found.observed - printed.observed).abs() < 1e-12);
            prop_assert!((found.expected - printed.expected).abs() < 1e-12);
        }

        #[test]
        fn the_same_units_agree_and_the_order_of_coders_is_nothing(
            first in some_units(),
            second in some_units(),
        ) {
            let same = disagreement(&[first.clone(), first.clone()], 120);
            prop_assert_eq!(same.alpha(), (!first.is_empty()).then_some(1.0));
            let [one, other] = [[&first, &second], [&second, &first]]
                .map(|coders| disagreement(&coders.map(Clone::clone), 120));
            prop_assert!((one.observed - other.observed).abs() < 1e-12);
            prop_assert!((one.expected - other.expected).abs() < 1e-12);
        }
    }
}
