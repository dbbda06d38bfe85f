//! Questions about one project: how much, what is here, what is next, what leads where, what is still owed.
//!
//! Pure and without memory of its own: ask again after an edit. Changes nothing, draws nothing, reads no file.
//! What is *wrong* with a file is asked of `model::check`.

mod amounts;
mod asked;
mod counts;
mod gaps;
mod guesses;
mod lanes;
mod links;
mod mentions;
mod names;
mod places;
mod search;
mod sides;
mod threads;
mod values;

pub use amounts::amount_in_words;
pub use asked::{asked, offered};
pub use counts::{Counts, counts};
pub use gaps::{Gap, GapKind, gaps};
pub use guesses::{code_guess, entity_guess, record_code, same_words};
pub use lanes::{Mark, lanes, lanes_of};
pub use links::{
    Direction, Link, Way, doer, kinds_for, label_of_end, links_of, way_between, way_name, ways_at,
};
pub use mentions::{Candidate, Named, named, other_mentions};
pub use names::{Form, RECENT, alias_taught, alike, form_feature, form_guess, recent_records};
pub use places::{
    Position, at, exactly, next_annotation, next_annotation_that, previous_annotation,
    previous_annotation_that,
};
pub use search::{
    Case, Edge, InContext, Reach, Wanted, begins_word, comparable, edge, in_context, occurrences,
};
pub use sides::{Said, Side, conflicts, record_words, sides};
pub use threads::{Thread, all_threads, said_by, thread_of, threads_on};
pub use values::{choice_words, cut, value_words};
