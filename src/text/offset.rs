//! Places in a text as types, so that a byte is never mistaken for a character.
//!
//! ```text
//! T h e   d o l l      Span { start: Offset(4), end: Offset(8) } covers "doll":
//! 0 1 2 3[4 5 6 7)8    offsets are gaps between bytes, the end is not covered.
//! ```

/// A place in a text: UTF-8 bytes from its start, always on a character boundary of the text it was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub u32);

impl Offset {
    /// The place as an index into the text's bytes.
    pub fn bytes(self) -> usize {
        self.0 as usize
    }

    /// The place `bytes` bytes from the start; texts are capped far below 4 GB.
    pub fn of_bytes(bytes: usize) -> Self {
        Self(bytes as u32)
    }
}

/// A half-open range of a text that covers at least one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span from `start` to `end` in either order; none when it would cover nothing.
    pub fn between(start: Offset, end: Offset) -> Option<Self> {
        (start != end).then(|| Self { start: start.min(end), end: start.max(end) })
    }

    /// Where it begins.
    pub fn start(self) -> Offset {
        self.start
    }

    /// Where it ends; the character there is not covered.
    pub fn end(self) -> Offset {
        self.end
    }

    /// How many bytes it covers.
    pub fn len_bytes(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether the caret at `offset` touches it, ends included.
    pub fn touches(self, offset: Offset) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether all of `inner` lies in it.
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share at least one character.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
