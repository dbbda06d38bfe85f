//! Agreement of two or more people who tagged the same texts: figures that explain themselves.
//!
//! [`Study`] lays projects side by side, [`Study::figure`] computes a [`Measure`] for a [`Scope`], [`AgreementReport`] is
//! the whole table, [`Study::items`] the list behind a number. Every figure is a value or words, says what was counted
//! and what was left out, and is never NaN. `coefficient`, `unitizing` and `spans` are the mathematics alone, with their
//! sources. Nothing here changes a project, draws or writes.
//!
//! **What is labelled.** Spans nest and stack here, so for κ and α the label of a word is the *set* of codes that cover it:
//! of the layer that is asked for, or of all layers; no code is a label too. For one code the label is whether it covers
//! the word. A span covers a word if it covers at least one character of it. Discontinuous annotations cover what their
//! fragments cover.

mod coefficient;
mod compute;
mod figure;
mod grouping;
mod items;
mod labels;
mod measure;
mod paired;
mod report;
mod spans;
mod study;
mod unitizing;
mod units;

#[cfg(test)]
mod laws;

pub use coefficient::{
    Label, Ratings, cohen_kappa, fleiss_kappa, krippendorff_alpha, observed_agreement,
};
pub use compute::Scope;
pub use figure::{Amount, Figure, LeftOut, Undefined};
pub use items::{Item, Said};
pub use measure::Measure;
pub use paired::{Confused, FeatureName};
pub use report::{AgreementReport, Part, Row};
pub use spans::f1;
pub use study::{CodeName, Coder, Known, LayerName, Shared, Study};
pub use unitizing::{Disagreement, disagreement};
pub use units::Unit;
