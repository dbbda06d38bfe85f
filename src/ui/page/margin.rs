//! Where cards stand in the margin: each as near to its line as can be, in the order of the lines, never on another.
//!
//! Only numbers: `cards` knows what is on them. Without a card that has to stand exactly at its line the sum of the
//! squared distances is the least there is (pooled neighbours), kept inside the window where all fit.

/// Points between two cards.
pub const GAP: f32 = 8.0;

/// A card to be put somewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Where its upper edge would be, were it alone.
    pub top: f32,
    /// Its height.
    pub height: f32,
}

/// The upper edge of each card, in their order, within a window of these bounds. The `fixed` one stands where it wants
/// to, moved only as far as it must to be in the window; the others give way to both sides.
pub fn stacked(wanted: &[Wanted], fixed: Option<usize>, (top, bottom): (f32, f32)) -> Vec<f32> {
    let Some((at, card)) = fixed.and_then(|at| Some((at, wanted.get(at)?))) else {
        return spread(wanted, (top, bottom), Overflow::Below);
    };
    let y = card.top.min(bottom - card.height).max(top);
    let (before, rest) = wanted.split_at(at);
    let after = rest.get(1..).unwrap_or_default();
    let mut all = spread(before, (top, y - GAP), Overflow::Above);
    all.push(y);
    all.extend(spread(after, (y + card.height + GAP, bottom), Overflow::Below));
    all
}

/// Whether the cards fit one below the other.
pub fn fit(wanted: &[Wanted], (top, bottom): (f32, f32)) -> bool {
    whole(wanted) <= bottom - top
}

/// Points that the cards take with the gaps between them.
fn whole(wanted: &[Wanted]) -> f32 {
    let gaps = wanted.len().saturating_sub(1) as f32 * GAP;
    wanted.iter().map(|card| card.height).sum::<f32>() + gaps
}

/// Where cards go that do not fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Overflow {
    Above,
    Below,
}

/// Cards among themselves. With the heights of those above taken away, an order without overlaps is one in which the
/// numbers never fall, and the nearest such numbers are the means of pooled neighbours.
fn spread(wanted: &[Wanted], (top, bottom): (f32, f32), overflow: Overflow) -> Vec<f32> {
    let mut above = 0.0;
    let mut shifts = Vec::with_capacity(wanted.len());
    // Mean and number of each pool.
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for card in wanted {
        pools.push((card.top - above, 1));
        shifts.push(above);
        above += card.height + GAP;
        while let [.., (upper, many), (lower, few)] = pools.as_slice()
            && upper > lower
        {
            let (many, few) = (*many, *few);
            let mean = (upper * many as f32 + lower * few as f32) / (many + few) as f32;
            pools.truncate(pools.len() - 2);
            pools.push((mean, many + few));
        }
    }
    let most = bottom - whole(wanted);
    let inside = |y: f32| match overflow {
        Overflow::Below => y.min(most).max(top),
        Overflow::Above => y.max(top).min(most),
    };
    let even = pools.into_iter().flat_map(|(mean, many)| std::iter::repeat_n(inside(mean), many));
    even.zip(shifts).map(|(y, shift)| y + shift).collect()
}

#[cfg(test)]
mod tests {
    use crate::ui::page::margin::{GAP, Wanted, fit, stacked};
    use proptest::prelude::*;

    const WINDOW: (f32, f32) = (40.0, 640.0);

    fn cards() -> impl Strategy<Value = Vec<Wanted>> {
        let card = (0.0_f32..700.0, 20.0_f32..160.0);
        prop::collection::vec(card, 0..9).prop_map(|mut all| {
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            all.into_iter().map(|(top, height)| Wanted { top, height }).collect()
        })
    }

    fn apart(wanted: &[Wanted], tops: &[f32]) -> bool {
        let pairs = tops.windows(2).zip(wanted);
        pairs.into_iter().all(|(pair, card)| pair[1] - pair[0] >= card.height + GAP - 0.01)
    }

    #[test]
    fn a_card_alone_stands_at_its_line_and_two_share_the_way() {
        let card = |top| Wanted { top, height: 40.0 };
        assert_eq!(stacked(&[card(100.0)], None, WINDOW), [100.0]);
        assert_eq!(stacked(&[card(100.0), card(104.0)], None, WINDOW), [78.0, 126.0]);
        assert_eq!(stacked(&[card(100.0), card(104.0)], Some(1), WINDOW), [56.0, 104.0]);
        assert_eq!(stacked(&[card(100.0), card(104.0)], Some(0), WINDOW), [100.0, 148.0]);
    }

    proptest! {
        #[test]
        fn no_card_lies_on_another_and_their_order_stays(
            wanted in cards(), fixed in prop::option::of(0_usize..9)
        ) {
            let tops = stacked(&wanted, fixed, WINDOW);
            prop_assert_eq!(tops.len(), wanted.len());
            prop_assert!(apart(&wanted, &tops), "{tops:?} {wanted:?}");
        }

        #[test]
        fn the_fixed_card_stands_at_its_line_as_far_as_the_window_goes(
            wanted in cards(), fixed in 0_usize..9
        ) {
            let tops = stacked(&wanted, Some(fixed), WINDOW);
            if let Some(card) = wanted.get(fixed) {
                let most = WINDOW.1 - card.height;
                let wanted = card.top.clamp(WINDOW.0, most);
                prop_assert!((tops[fixed] - wanted).abs() < 0.01, "{tops:?}");
            }
        }

        #[test]
        fn cards_that_fit_are_in_the_window(wanted in cards()) {
            let tops = stacked(&wanted, None, WINDOW);
            if fit(&wanted, WINDOW) {
                for (top, card) in tops.iter().zip(&wanted) {
                    prop_assert!(*top >= WINDOW.0 - 0.01, "{tops:?}");
                    prop_assert!(top + card.height <= WINDOW.1 + 0.01, "{tops:?}");
                }
            }
        }

        #[test]
        fn no_card_moves_where_none_has_to(wanted in cards()) {
            let wants: Vec<f32> = wanted.iter().map(|card| card.top).collect();
            let inside = wanted.iter().all(|c| c.top >= WINDOW.0 && c.top + c.height <= WINDOW.1);
            if inside && apart(&wanted, &wants) {
                let tops = stacked(&wanted, None, WINDOW);
                prop_assert!(tops.iter().zip(&wants).all(|(a, b)| (a - b).abs() < 0.01), "{tops:?}");
            }
        }
    }
}
