//! The heaviest matching between two rows of things: which goes with which, so that the sum of weights is greatest.
//!
//! Shortest augmenting paths over the edges that there are (Jonker and Volgenant's way for sparse problems). Every row
//! may also stay alone, which weighs nothing. The same input gives the same answer. Knows nothing of annotations.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// For each row the columns that it may go with, and how much that weighs: more than 0.
pub(crate) type Edges = Vec<Vec<(usize, i64)>>;

/// The heaviest matching as row and column, by row. None if it takes more than `budget` looks at an edge.
pub(crate) fn heaviest(
    edges: &Edges,
    columns: usize,
    budget: usize,
) -> Option<Vec<(usize, usize)>> {
    let most = edges.iter().flatten().map(|(_, weight)| *weight).max().unwrap_or_default();
    // A row's price begins with its cheapest way: then the first look mostly ends at once.
    let best = |row: &Vec<(usize, i64)>| row.iter().map(|(_, weight)| most - weight).min();
    let mut search = Search {
        edges,
        most,
        rows: edges.iter().map(|row| best(row).unwrap_or(most).min(most)).collect(),
        columns: vec![0; columns],
        row_of: vec![None; columns],
        column_of: vec![None; edges.len()],
        left: budget,
    };
    for row in 0..edges.len() {
        search.place(row)?;
    }
    let placed = search.column_of.iter().enumerate();
    Some(placed.filter_map(|(row, column)| Some((row, (*column)?))).collect())
}

/// The least cost problem of it: an edge costs what it weighs less than the heaviest, to stay alone costs all of that.
struct Search<'a> {
    edges: &'a Edges,
    most: i64,
    /// What each row is worth, and each column: no edge costs less than its ends are worth together.
    rows: Vec<i64>,
    columns: Vec<i64>,
    row_of: Vec<Option<usize>>,
    column_of: Vec<Option<usize>>,
    left: usize,
}

/// What one search has found out so far.
#[derive(Default)]
struct Reached {
    /// For a column how far it is and from which row.
    columns: BTreeMap<usize, (i64, usize)>,
    /// Columns to look at, the nearest first.
    next: BinaryHeap<Reverse<(i64, usize)>>,
    /// Columns that were looked at, with their rows.
    settled: Vec<(usize, usize, i64)>,
    /// How far it is to leave a row alone, and which one.
    alone: Option<(i64, usize)>,
}

impl Search<'_> {
    /// Finds a place for `row`; others may have to move. None when the budget is spent.
    fn place(&mut self, row: usize) -> Option<()> {
        let mut reached = Reached::default();
        self.look_from(row, 0, &mut reached)?;
        let (far, mut free, mut at) = loop {
            let nearest = reached.next.peek().map(|Reverse((far, _))| *far);
            let (alone, from) = reached.alone?;
            let Some(far) = nearest.filter(|far| *far <= alone) else { break (alone, None, from) };
            let Reverse((_, column)) = reached.next.pop()?;
            let (known, from) = *reached.columns.get(&column)?;
            if known < far {
                // It was reached on a shorter way meanwhile.
                continue;
            }
            match *self.row_of.get(column)? {
                None => break (far, Some(column), from),
                Some(owner) => {
                    reached.settled.push((column, owner, far));
                    self.look_from(owner, far, &mut reached)?;
                }
            }
        };
        for (column, owner, reached_at) in &reached.settled {
            *self.columns.get_mut(*column)? -= far - reached_at;
            *self.rows.get_mut(*owner)? += far - reached_at;
        }
        *self.rows.get_mut(row)? += far;
        // Back along the way: each row takes the column that was found from it and leaves its own to the one before.
        loop {
            let left = std::mem::replace(self.column_of.get_mut(at)?, free);
            if let Some(column) = free {
                *self.row_of.get_mut(column)? = Some(at);
            }
            if at == row {
                return Some(());
            }
            free = left;
            at = reached.columns.get(&left?)?.1;
        }
    }

    fn look_from(&mut self, row: usize, far: i64, reached: &mut Reached) -> Option<()> {
        let edges = self.edges.get(row)?;
        self.left = self.left.checked_sub(edges.len() + 1)?;
        let worth = *self.rows.get(row)?;
        for (column, weight) in edges {
            let way = far + (self.most - weight) - worth - self.columns.get(*column)?;
            let nearer = reached.columns.get(column).is_none_or(|(known, _)| way < *known);
            if nearer {
                reached.columns.insert(*column, (way, row));
                reached.next.push(Reverse((way, *column)));
            }
        }
        let alone = (far + self.most - worth, row);
        if reached.alone.is_none_or(|known| alone.0 < known.0) {
            reached.alone = Some(alone);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::review::compare::assignment::{Edges, heaviest};
    use proptest::prelude::*;

    fn weight(edges: &Edges, pairs: &[(usize, usize)]) -> i64 {
        let of = |(row, column): &(usize, usize)| {
            edges[*row].iter().find(|(other, _)| other == column).unwrap().1
        };
        pairs.iter().map(of).sum()
    }

    /// The best of all matchings of the rows from `row` on.
    fn tried(edges: &Edges, row: usize, taken: &mut Vec<usize>) -> i64 {
        let Some(ways) = edges.get(row) else { return 0 };
        let mut best = tried(edges, row + 1, taken);
        for (column, weight) in ways {
            if !taken.contains(column) {
                taken.push(*column);
                best = best.max(weight + tried(edges, row + 1, taken));
                taken.pop();
            }
        }
        best
    }

    fn edges() -> impl Strategy<Value = Edges> {
        let row = prop::collection::btree_map(0_usize..6, 1_i64..40, 0..5);
        prop::collection::vec(row.prop_map(|row| row.into_iter().collect()), 0..6)
    }

    #[test]
    fn the_greatest_sum_is_found_where_the_greatest_weight_first_misses_it() {
        let edges = vec![vec![(0, 9), (1, 8)], vec![(0, 8)]];
        assert_eq!(heaviest(&edges, 2, 100), Some(vec![(0, 1), (1, 0)]));
    }

    #[test]
    fn a_budget_that_is_spent_gives_nothing() {
        let edges = vec![vec![(0, 9), (1, 8)], vec![(0, 8)]];
        assert_eq!((heaviest(&edges, 2, 2), heaviest(&Vec::new(), 0, 0)), (None, Some(Vec::new())));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_other_matching_is_heavier(edges in edges()) {
            let found = heaviest(&edges, 6, usize::MAX).unwrap();
            let mut columns: Vec<usize> = found.iter().map(|(_, column)| *column).collect();
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(columns.len(), found.len());
            prop_assert_eq!(weight(&edges, &found), tried(&edges, 0, &mut Vec::new()));
        }
    }
}
