//! Which annotation of ours is which of theirs, by place: those of one layer in one text.
//!
//! What is paired overlaps, and the sum of overlaps (shared by joint code points) is the greatest that there is; so a
//! greedy choice never costs a better one elsewhere. Those on the very same words go first, which takes nothing from
//! that sum: the share that two sets do not have in common is a distance. Ties go to equal ids, codes, records, values.
//! Neither side comes first: both see the same pairs. A tangle of too many is paired in the order of the text.

use crate::model::{AnnotationId, CodeId, Fragments};
use crate::review::compare::assignment::{Edges, heaviest};
use crate::review::watch::Watch;
use crate::text::{Span, Text};

/// So many overlaps among annotations that hang together are weighed against each other (500 on each side on one
/// passage), and so many looks at each are taken.
const TANGLE: usize = 250_000;
const LOOKS: usize = 100;

/// The share that two have in common counts in such parts.
const WHOLE: i64 = 1 << 24;
/// Ties weigh less than any such part, even all of a text's together.
const TIE: i64 = 1 << 20;

/// An annotation as it is matched.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    /// Its words in the text that both are laid over; fragments that touch are joined.
    pub(crate) fragments: Fragments,
    /// Its code and id, for a settled order.
    pub(crate) code: Option<&'a CodeId>,
    pub(crate) id: &'a AnnotationId,
}

impl<'a> Spot<'a> {
    pub(crate) fn new(
        fragments: &Fragments,
        code: Option<&'a CodeId>,
        id: &'a AnnotationId,
    ) -> Self {
        Self { fragments: tidy(fragments), code, id }
    }
}

/// The same words with fragments that touch joined.
pub(crate) fn tidy(fragments: &Fragments) -> Fragments {
    let tidied =
        fragments.is_discontinuous().then(|| Fragments::joined(fragments.spans().to_vec()));
    tidied.flatten().unwrap_or_else(|| fragments.clone())
}

/// Pairs of places in `ours` and `theirs`, by ours. `likeness` of two says how alike they are otherwise, 0 to 15.
pub(crate) fn matched<S>(
    ours: &[Spot<'_>],
    theirs: &[Spot<'_>],
    text: &Text,
    likeness: impl Fn(usize, usize) -> i64,
    watch: &Watch<'_, S>,
) -> Result<Vec<(usize, usize)>, S> {
    let (ours, theirs) = (in_order(ours), in_order(theirs));
    // Whichever side is worked through first decides between equals, so that must not be ours because it is ours.
    let mirrored = keys(&theirs).lt(keys(&ours));
    let (rows, columns) = if mirrored { (theirs, ours) } else { (ours, theirs) };
    let alike = |row: usize, column: usize| {
        if mirrored { likeness(column, row) } else { likeness(row, column) }
    };
    let mut found = Vec::new();
    let (rows, columns) = on_the_same_words(&rows, &columns, &alike, &mut found);
    let clusters = clusters(&rows, &columns);
    for (at, (rows, columns)) in clusters.iter().enumerate() {
        watch.at(at, clusters.len())?;
        overlapping(rows, columns, text, &alike, &mut found);
    }
    let mut found: Vec<(usize, usize)> = if mirrored {
        found.into_iter().map(|(row, column)| (column, row)).collect()
    } else {
        found
    };
    found.sort_unstable();
    watch.done()?;
    Ok(found)
}

/// A spot and which it is.
type Numbered<'s, 'a> = (usize, &'s Spot<'a>);

fn in_order<'s, 'a>(spots: &'s [Spot<'a>]) -> Vec<Numbered<'s, 'a>> {
    let mut all: Vec<_> = spots.iter().enumerate().collect();
    all.sort_by(|(_, a), (_, b)| key(a).cmp(&key(b)));
    all
}

fn key<'s>(spot: &'s Spot<'_>) -> (&'s Fragments, Option<&'s CodeId>, &'s AnnotationId) {
    (&spot.fragments, spot.code, spot.id)
}

fn keys<'s>(
    spots: &'s [Numbered<'_, '_>],
) -> impl Iterator<Item = (&'s Fragments, Option<&'s CodeId>, &'s AnnotationId)> {
    spots.iter().map(|(_, spot)| key(spot))
}

/// Pairs those on the very same words; what is left of both.
fn on_the_same_words<'s, 'a>(
    rows: &[Numbered<'s, 'a>],
    columns: &[Numbered<'s, 'a>],
    alike: &impl Fn(usize, usize) -> i64,
    found: &mut Vec<(usize, usize)>,
) -> (Vec<Numbered<'s, 'a>>, Vec<Numbered<'s, 'a>>) {
    let (mut left_rows, mut left_columns) = (Vec::new(), Vec::new());
    let mut there = columns.chunk_by(same_words).peekable();
    for here in rows.chunk_by(same_words) {
        let words = here.first().map(|(_, spot)| &spot.fragments);
        let at = |group: &&[Numbered<'s, 'a>]| group.first().map(|(_, spot)| &spot.fragments);
        while let Some(before) = there.next_if(|group| at(group) < words) {
            left_columns.extend_from_slice(before);
        }
        let Some(same) = there.next_if(|group| at(group) == words) else {
            left_rows.extend_from_slice(here);
            continue;
        };
        let pairs = match (here, same) {
            ([_], [_]) => vec![(0, 0)],
            _ => most_alike(here, same, alike),
        };
        let (mut mine, mut taken) = (vec![false; here.len()], vec![false; same.len()]);
        for (row, column) in pairs {
            if let (Some((a, _)), Some((b, _))) = (here.get(row), same.get(column)) {
                found.push((*a, *b));
            }
            mark(&mut mine, row);
            mark(&mut taken, column);
        }
        left_rows.extend(left(here, &mine));
        left_columns.extend(left(same, &taken));
    }
    left_columns.extend(there.flatten().copied());
    (left_rows, left_columns)
}

fn same_words(a: &Numbered<'_, '_>, b: &Numbered<'_, '_>) -> bool {
    a.1.fragments == b.1.fragments
}

fn mark(marks: &mut [bool], at: usize) {
    if let Some(marked) = marks.get_mut(at) {
        *marked = true;
    }
}

fn left<'m, 's, 'a>(
    all: &'m [Numbered<'s, 'a>],
    taken: &'m [bool],
) -> impl Iterator<Item = Numbered<'s, 'a>> + use<'m, 's, 'a> {
    all.iter().zip(taken).filter(|(_, taken)| !**taken).map(|(one, _)| *one)
}

/// As many pairs as there can be, as alike as there can be; a pile of too many in order.
fn most_alike(
    rows: &[Numbered<'_, '_>],
    columns: &[Numbered<'_, '_>],
    alike: &impl Fn(usize, usize) -> i64,
) -> Vec<(usize, usize)> {
    let pairs = rows.len().saturating_mul(columns.len());
    let weighed = (pairs <= TANGLE).then(|| {
        let to = |row: usize| {
            let ways = columns.iter().enumerate();
            ways.map(|(at, (column, _))| (at, WHOLE * TIE + alike(row, *column))).collect()
        };
        let edges: Edges = rows.iter().map(|(row, _)| to(*row)).collect();
        heaviest(&edges, columns.len(), pairs.saturating_mul(LOOKS))
    });
    weighed
        .flatten()
        .unwrap_or_else(|| (0..rows.len().min(columns.len())).map(|at| (at, at)).collect())
}

/// Rows and columns that hang together by their hulls. Both are in the order of the text.
fn clusters<'s, 'a>(
    rows: &[Numbered<'s, 'a>],
    columns: &[Numbered<'s, 'a>],
) -> Vec<(Vec<Numbered<'s, 'a>>, Vec<Numbered<'s, 'a>>)> {
    let (mut rows, mut columns) = (rows.iter().peekable(), columns.iter().peekable());
    let hull = |one: &Numbered<'s, 'a>| one.1.fragments.hull();
    let mut clusters = Vec::new();
    let mut reach: Option<Span> = None;
    let (mut here, mut there) = (Vec::new(), Vec::new());
    loop {
        let (row, column) = (rows.peek().map(|one| hull(one)), columns.peek().map(|one| hull(one)));
        let next = match (row, column) {
            (Some(row), Some(column)) => Some(row.min(column)),
            (one, other) => one.or(other),
        };
        if let Some(so_far) = reach
            && next.is_none_or(|next| next.start() >= so_far.end())
        {
            let cluster = (std::mem::take(&mut here), std::mem::take(&mut there));
            if !cluster.0.is_empty() && !cluster.1.is_empty() {
                clusters.push(cluster);
            }
            reach = None;
        }
        let Some(next) = next else { return clusters };
        reach = Some(reach.map_or(next, |reach| reach.hull(next)));
        if row == Some(next) {
            here.extend(rows.next());
        } else {
            there.extend(columns.next());
        }
    }
}

/// Pairs what overlaps.
fn overlapping(
    rows: &[Numbered<'_, '_>],
    columns: &[Numbered<'_, '_>],
    text: &Text,
    alike: &impl Fn(usize, usize) -> i64,
    found: &mut Vec<(usize, usize)>,
) {
    let words = |all: &[Numbered<'_, '_>]| -> Vec<Words> {
        all.iter().map(|(_, spot)| Words::of(&spot.fragments, text)).collect()
    };
    let (ours, theirs) = (words(rows), words(columns));
    let pairs = weighed(&ours, &theirs, |row, column| {
        let numbers = rows.get(row).zip(columns.get(column));
        numbers.map_or(0, |((row, _), (column, _))| alike(*row, *column))
    });
    let pairs = pairs.unwrap_or_else(|| one_after_another(&ours, &theirs));
    for (row, column) in pairs {
        if let (Some((a, _)), Some((b, _))) = (rows.get(row), columns.get(column)) {
            found.push((*a, *b));
        }
    }
}

/// The pairs with the greatest overlaps together; none where there are too many to weigh.
fn weighed(
    ours: &[Words],
    theirs: &[Words],
    alike: impl Fn(usize, usize) -> i64,
) -> Option<Vec<(usize, usize)>> {
    let mut edges: Edges = vec![Vec::new(); ours.len()];
    let mut looks = 0_usize;
    // Both are by their starts: those that are still open when another begins are all that can overlap it.
    let (mut open_rows, mut open_columns): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut row, mut column) = (0, 0);
    loop {
        let (here, there) = (ours.get(row), theirs.get(column));
        let mut add = |row: usize, column: usize, a: &Words, b: &Words| {
            let (shared, joint) = a.overlap(b);
            if shared > 0
                && let Some(ways) = edges.get_mut(row)
            {
                let share = (i64::from(shared) * WHOLE / i64::from(joint.max(1))).max(1);
                ways.push((column, share * TIE + alike(row, column)));
            }
        };
        match (here, there) {
            (Some(here), there) if there.is_none_or(|there| here.start() <= there.start()) => {
                open_columns
                    .retain(|at| theirs.get(*at).is_some_and(|one| one.end() > here.start()));
                looks += open_columns.len();
                for at in &open_columns {
                    theirs.get(*at).into_iter().for_each(|other| add(row, *at, here, other));
                }
                open_rows.push(row);
                row += 1;
            }
            (_, Some(there)) => {
                open_rows.retain(|at| ours.get(*at).is_some_and(|one| one.end() > there.start()));
                looks += open_rows.len();
                for at in &open_rows {
                    ours.get(*at).into_iter().for_each(|other| add(*at, column, other, there));
                }
                open_columns.push(column);
                column += 1;
            }
            _ => break,
        }
        if looks > TANGLE {
            return None;
        }
    }
    for ways in &mut edges {
        ways.sort_unstable();
    }
    let budget = (looks + ours.len() + theirs.len()).saturating_mul(LOOKS);
    heaviest(&edges, theirs.len(), budget)
}

/// For a tangle: each with the next that overlaps it, in the order of the text.
fn one_after_another(ours: &[Words], theirs: &[Words]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while let (Some(here), Some(there)) = (ours.get(row), theirs.get(column)) {
        if here.overlap(there).0 > 0 {
            pairs.push((row, column));
            row += 1;
            column += 1;
        } else if (here.end(), here.start()) <= (there.end(), there.start()) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// The words of an annotation as code points, ascending and apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words(Vec<(u32, u32)>);

impl Words {
    fn of(fragments: &Fragments, text: &Text) -> Self {
        let points = |span: &Span| (text.code_points(span.start()), text.code_points(span.end()));
        Self(fragments.spans().iter().map(points).collect())
    }

    fn start(&self) -> u32 {
        self.0.first().map_or(0, |(start, _)| *start)
    }

    fn end(&self) -> u32 {
        self.0.last().map_or(0, |(_, end)| *end)
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|(start, end)| end - start).sum()
    }

    /// How many code points both have, and how many either.
    fn overlap(&self, other: &Self) -> (u32, u32) {
        let (mut shared, mut one, mut two) =
            (0, self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some((from, to)), Some((start, end))) = (one.peek(), two.peek()) {
            shared += to.min(end).saturating_sub(*from.max(start));
            if to <= end {
                one.next();
            } else {
                two.next();
            }
        }
        (shared, self.len() + other.len() - shared)
    }
}

/// Shared by joint code points of two places in `text`.
pub(crate) fn overlap(ours: &Fragments, theirs: &Fragments, text: &Text) -> f64 {
    let (ours, theirs) = (tidy(ours), tidy(theirs));
    if ours == theirs {
        return 1.0;
    }
    let (shared, joint) = Words::of(&ours, text).overlap(&Words::of(&theirs, text));
    f64::from(shared) / f64::from(joint.max(1))
}
