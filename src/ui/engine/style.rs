//! How a paragraph is to look: one font family, one size, one line height.
//!
//! It never holds a colour: colours are given when painting, so that a dimmed or dark paragraph
//! needs no new layout. `fonts.rs` turns a [`Family`] into real fonts.

use smol_str::SmolStr;

/// The kind of face. Scripts that the bundled fonts lack come from the system.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Family {
    /// The document's text: a serif face.
    Reading,
    /// Names, labels and controls: a sans-serif face.
    Interface,
    /// Identifiers and file contents: a face of equal widths.
    Mono,
}

/// How a paragraph as a whole is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// As its first letter says.
    ByItself,
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// Everything that layout needs to know besides text and width.
#[derive(Clone, PartialEq, Debug)]
pub struct Style {
    /// The kind of face.
    pub family: Family,
    /// The em size in points.
    pub size: f32,
    /// The height of every line in points; layout rounds it to whole physical pixels.
    pub line_height: f32,
    /// Whether the bold face is used.
    pub bold: bool,
    /// The language as a BCP 47 tag, which chooses among the forms of Han characters; empty when
    /// unknown.
    pub language: SmolStr,
}
