//! Heights of all pieces in an f64 sum tree: where a piece is, and which piece is at a height.
//!
//! f32 steps are 2 points wide in a text of 100 MB; sums are f64 for that. A Fenwick tree: each look-up and change
//! costs the logarithm of the number of pieces.

/// Heights in points by piece.
#[derive(Default)]
pub struct Heights {
    each: Vec<f32>,
    /// Fenwick sums; entry `i` covers the pieces `i - lowbit(i) .. i`, counted from 1.
    sums: Vec<f64>,
    total: f64,
}

impl Heights {
    /// Starts with these (estimated) heights.
    pub fn new(each: Vec<f32>) -> Self {
        let mut sums = vec![0.0; each.len() + 1];
        for (place, height) in (1..).zip(&each) {
            let add = sums.get(place).copied().unwrap_or_default() + f64::from(*height);
            if let Some(sum) = sums.get_mut(place) {
                *sum = add;
            }
            if let Some(above) = sums.get_mut(place + low_bit(place)) {
                *above += add;
            }
        }
        let total = each.iter().map(|height| f64::from(*height)).sum();
        Self { each, sums, total }
    }

    /// The height of piece `index`.
    pub fn get(&self, index: usize) -> f32 {
        self.each.get(index).copied().unwrap_or_default()
    }

    /// Corrects the height of piece `index`.
    pub fn set(&mut self, index: usize, height: f32) {
        let Some(old) = self.each.get_mut(index) else { return };
        let change = f64::from(height) - f64::from(*old);
        *old = height;
        self.total += change;
        let mut place = index + 1;
        while let Some(sum) = self.sums.get_mut(place) {
            *sum += change;
            place += low_bit(place);
        }
    }

    /// The sum of the heights before piece `index`.
    pub fn before(&self, index: usize) -> f64 {
        let mut place = index.min(self.each.len());
        let mut sum = 0.0;
        while place > 0 {
            sum += self.sums.get(place).copied().unwrap_or_default();
            place -= low_bit(place);
        }
        sum
    }

    /// The sum of all heights.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The piece at height `y`, and how far into it; the last one for a height past the end.
    pub fn find(&self, y: f64) -> (usize, f32) {
        let (mut place, mut rest) = (0, y.max(0.0));
        let mut step = self.each.len().next_power_of_two();
        while step > 0 {
            match self.sums.get(place + step) {
                Some(sum) if *sum <= rest => {
                    rest -= sum;
                    place += step;
                }
                _ => {}
            }
            step /= 2;
        }
        let last = self.each.len().saturating_sub(1);
        if place > last { (last, self.get(last)) } else { (place, rest as f32) }
    }
}

fn low_bit(place: usize) -> usize {
    place & place.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use crate::ui::page::heights::Heights;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_look_ups_agree_with_plain_addition(
            each in prop::collection::vec(1.0_f32..50.0, 1..60),
            changes in prop::collection::vec((0_usize..60, 1.0_f32..50.0), 0..20),
        ) {
            let mut plain = each.clone();
            let mut heights = Heights::new(each);
            for (index, height) in changes {
                heights.set(index, height);
                if let Some(place) = plain.get_mut(index) {
                    *place = height;
                }
            }
            let mut sum = 0.0;
            for (index, height) in plain.iter().enumerate() {
                prop_assert!((heights.before(index) - sum).abs() < 1e-3);
                let (found, within) = heights.find(sum + f64::from(*height) / 2.0);
                prop_assert_eq!(found, index);
                prop_assert!((within - height / 2.0).abs() < 1e-2);
                sum += f64::from(*height);
            }
            prop_assert!((heights.total() - sum).abs() < 1e-3);
        }
    }
}
