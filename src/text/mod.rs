//! A text as such: its characters, offsets, graphemes, words, sentences, what became of words in another text, and how
//! bytes become one.
//!
//! Knows nothing of projects, files or windows. A [`Text`] never changes: a corrected text is another value.
//! Start at [`Offset`] and [`Span`]; all conversions between bytes, code points and UTF-16 are in `content`.

mod content;
mod decode;
mod offset;
mod realign;
mod script;
mod segment;

pub use content::{Text, digest_hex};
pub use decode::{
    DecodeError, Decoded, MAX_TEXT_BYTES, decode, decode_as_it_is, with_plain_line_ends,
};
pub use offset::{Offset, Span};
pub use realign::{Alignment, Finder, Likeness, Placement, Quote};
pub use script::language_by_script;
pub use segment::{
    grapheme_after, grapheme_before, is_grapheme_boundary, paragraph_after, paragraph_around,
    paragraph_before, phrase_around, sentence_after, sentence_around, sentence_before,
    snap_outward, trimmed, whole_words, word_after, word_around, word_before, words_in,
};
