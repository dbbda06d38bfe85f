//! Questions about two projects: what became of one copy in the other, and where two people differ.
//!
//! Pure: projects in, an answer out, whoever asks first. [`merge()`] brings two copies of a project together, record by
//! record (`sides`), then sees to it that everything a record leads to stands (`closure`). [`Guest`] lays a colleague's
//! project over mine, [`CheckSheet`] says what one should know of it first, [`compare()`] where the two differ: a
//! [`Comparison`] (`difference`, `entity_pairs`, `codebooks`). [`decide()`] makes an edit of a person's choice (`taking`,
//! `steps`), [`letter()`] is what goes back to the author, and [`fates`] what it means there. What takes long can be
//! looked on at and stopped ([`Watch`]). Nothing here draws, saves or decides for a person.

mod accepting;
pub mod agreement;
mod books;
mod by_id;
mod check_sheet;
mod closure;
mod codebooks;
mod compare;
mod decide;
#[cfg(test)]
mod decide_laws;
mod derived;
mod difference;
mod entity_pairs;
mod fate;
mod guest;
#[cfg(test)]
mod laws;
mod letter;
mod lone_records;
mod merge;
#[cfg(test)]
mod record_laws;
mod records;
mod settled;
mod sides;
mod stated;
mod steps;
mod taking;
mod taking_back;
mod watch;

pub use books::joined_codebooks;
pub use check_sheet::{CheckSheet, CheckedDocument, DocumentCounts, Kinship, Share, Work};
pub use closure::Unplaced;
pub use codebooks::{CodebookDifference, codebook_differences};
pub use compare::{compare, compare_watched, compare_with, namesakes};
pub use decide::{CannotTake, Decided, Left, Ruling, SideBySide, decide, decide_watched};
pub use difference::{
    Aspect, Class, ClassCounts, Comparison, Difference, History, LinkDifference, Whose,
};
pub use entity_pairs::{EntityChoices, EntityPair, EntityPairs, RecordAspect, Why};
pub use fate::{Answered, Fate, OtherWork, Outcome, Reply, answer, fates};
pub use guest::{
    Certainty, Guest, PairedBy, PairedDocument, Realigned, RecordsSaid, Standing, Texts,
};
pub use letter::letter;
pub use lone_records::{lone_records, take_records};
pub use merge::{MergeCounts, MergeRefusal, Merged, merge};
pub use records::{RecordDifference, decide_records, listed_records, record_differences};
pub use settled::{Settled, annotation_of, decisions_about, record_decisions_about};
pub use watch::Watch;
