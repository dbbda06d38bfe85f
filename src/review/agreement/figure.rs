//! What a measure comes to: a number with what it was counted from and what was left out, or the reason why there is
//! none.
//!
//! A figure is never NaN. Which measures there are is in `measure`, how each is computed in `coefficient`, `unitizing`
//! and `spans`.

use crate::query::amount_in_words;
use crate::review::agreement::{CodeName, Unit};
use std::fmt;

/// A number that explains itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number, or why there is none.
    pub value: Result<f64, Undefined>,
    /// What goes into it, such as precision and recall, or observed and expected agreement.
    pub parts: Vec<(&'static str, f64)>,
    /// What was counted.
    pub counted: Vec<Amount>,
    /// What was not, and why.
    pub left_out: Vec<LeftOut>,
}

impl Figure {
    /// A figure without a number.
    pub(in crate::review::agreement) fn undefined(why: Undefined) -> Self {
        Self { value: Err(why), parts: Vec::new(), counted: Vec::new(), left_out: Vec::new() }
    }

    /// A number and its parts; what was counted is added by whoever knows it.
    pub(in crate::review::agreement) fn of(value: f64, parts: Vec<(&'static str, f64)>) -> Self {
        Self { value: Ok(value), parts, counted: Vec::new(), left_out: Vec::new() }
    }
}

/// So many of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Of what, in the plural.
    pub what: String,
    /// How many.
    pub count: u64,
}

impl Amount {
    pub(in crate::review::agreement) fn new(what: impl Into<String>, count: u64) -> Self {
        Self { what: what.into(), count }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&amount_in_words(self.count, &self.what))
    }
}

/// So many of something that no figure counts, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What, in the plural.
    pub what: String,
    /// How many.
    pub count: u64,
    /// Why.
    pub why: String,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", amount_in_words(self.count, &self.what), self.why)
    }
}

/// Why a measure has no value, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Fewer than two coders.
    #[error("agreement needs at least two projects")]
    OneCoder,
    /// No document is in two of the projects.
    #[error("no document is in two of these projects")]
    NoDocuments,
    /// The texts have no units.
    #[error("there are no {} to label in these texts", .0.plural())]
    NoUnits(Unit),
    /// Nobody tagged anything.
    #[error("nobody tagged anything here")]
    NothingTagged,
    /// Nobody used this code.
    #[error("nobody used the code “{0}” here")]
    CodeUnused(CodeName),
    /// All labels are one: chance would agree as well.
    #[error(
        "everything has one and the same label, so that nobody can say how much of the agreement is chance"
    )]
    OneLabel,
    /// No item was rated by two coders.
    #[error("nothing was labelled by two people")]
    NoPairs,
    /// Only some documents have all coders.
    #[error("no document is in all of these projects")]
    NoCommonDocuments,
    /// No two annotations lie together.
    #[error("no annotation of one lies on an annotation of the other")]
    NothingPaired,
    /// The feature was never set on a pair.
    #[error("nobody set this on annotations that lie together")]
    NeverSet,
    /// The measure is about spans or about all of the text.
    #[error("this measure says nothing about a feature")]
    NotOfFeatures,
    /// The best pairing would take too long.
    #[error(
        "too many annotations in several parts overlap in one place to pair them with certainty"
    )]
    TooTangled,
    /// None of the pairs of coders has a value.
    #[error("no two of these projects have a value: {0}")]
    NoPairHasOne(Box<Self>),
}
