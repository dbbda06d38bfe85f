//! Questions about two projects: what became of one copy in the other, and where two people differ.
//!
//! Pure: projects in, an answer out, whoever asks first. [`merge()`] brings two copies of a project together, record by
//! record (`sides`), then sees to it that everything a record leads to stands (`closure`). [`Guest`] lays a colleague's
//! project over mine, [`CheckSheet`] says what one should know of it first, [`compare()`] where the two differ: a
//! [`Comparison`] (`difference`, `entity_pairs`, `codebooks`). Nothing here draws, saves or decides for a person.

mod check_sheet;
mod closure;
mod codebooks;
mod compare;
mod difference;
mod entity_pairs;
mod guest;
#[cfg(test)]
mod laws;
mod merge;
mod sides;

pub use check_sheet::{CheckSheet, CheckedDocument, DocumentCounts, Kinship, Share, Work};
pub use closure::Unplaced;
pub use codebooks::{CodebookDifference, CodebookPart, codebook_differences};
pub use compare::{compare, compare_with};
pub use difference::{
    Aspect, Class, ClassCounts, Comparison, Difference, History, LinkDifference, Whose,
};
pub use entity_pairs::{EntityChoices, EntityPair, EntityPairs, RecordAspect, Why};
pub use guest::{Certainty, Guest, PairedBy, PairedDocument, Realigned, Standing, Texts};
pub use merge::{MergeCounts, MergeRefusal, Merged, merge};
