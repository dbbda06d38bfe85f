//! Which measures there are: their names on screen and on the command line, and in a sentence what each says.

use crate::review::agreement::Unit;

/// A measure of agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// F1 of annotations on exactly the same words, all together.
    ExactF1,
    /// The same as mean over codes.
    ExactF1Macro,
    /// F1 of annotations that share a character, all together.
    OverlapF1,
    /// The same as mean over codes.
    OverlapF1Macro,
    /// F1 of units that have a code, all together.
    UnitF1,
    /// The same as mean over codes.
    UnitF1Macro,
    /// The share of units with the same label.
    Observed,
    /// Cohen's κ on units.
    CohenKappa,
    /// Fleiss' κ on units.
    FleissKappa,
    /// Krippendorff's α, nominal, on units.
    Alpha,
    /// Krippendorff's αU of 1995/2004 on units of meaning, in characters.
    AlphaU,
}

impl Measure {
    /// All, in the order shown.
    pub const ALL: [Self; 11] = [
        Self::ExactF1,
        Self::ExactF1Macro,
        Self::OverlapF1,
        Self::OverlapF1Macro,
        Self::UnitF1,
        Self::UnitF1Macro,
        Self::Observed,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::Alpha,
        Self::AlphaU,
    ];

    /// Its name in files and on the command line; a macro mean goes by the name of what it is a mean of.
    pub fn id(self) -> &'static str {
        match self {
            Self::ExactF1 | Self::ExactF1Macro => "span_f1_exact",
            Self::OverlapF1 | Self::OverlapF1Macro => "span_f1_overlap",
            Self::UnitF1 | Self::UnitF1Macro => "unit_f1",
            Self::Observed => "observed_agreement",
            Self::CohenKappa => "cohen_kappa",
            Self::FleissKappa => "fleiss_kappa",
            Self::Alpha => "krippendorff_alpha",
            Self::AlphaU => "alpha_u",
        }
    }

    /// Whether every code counts alike in it.
    pub fn is_macro(self) -> bool {
        matches!(self, Self::ExactF1Macro | Self::OverlapF1Macro | Self::UnitF1Macro)
    }

    /// On screen.
    pub fn name(self, unit: Unit) -> String {
        let (units, words) = (unit.plural(), "mean over codes");
        match self {
            Self::ExactF1 => "Span F1, same words".to_owned(),
            Self::ExactF1Macro => format!("Span F1, same words, {words}"),
            Self::OverlapF1 => "Span F1, overlapping".to_owned(),
            Self::OverlapF1Macro => format!("Span F1, overlapping, {words}"),
            Self::UnitF1 => format!("F1 on {units}"),
            Self::UnitF1Macro => format!("F1 on {units}, {words}"),
            Self::Observed => format!("Same label, share of {units}"),
            Self::CohenKappa => format!("Cohen’s κ on {units}"),
            Self::FleissKappa => format!("Fleiss’ κ on {units}"),
            Self::Alpha => format!("Krippendorff’s α on {units}"),
            Self::AlphaU => "Krippendorff’s αU on spans".to_owned(),
        }
    }

    /// What it says, in a sentence or two.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::ExactF1 => {
                "How many annotations have a counterpart with the same code on exactly the same words. 1 is perfect, 0 none."
            }
            Self::OverlapF1 => {
                "How many annotations have a counterpart with the same code that shares at least a character; each has at \
                 most one counterpart, and as many as possible have one."
            }
            Self::UnitF1 => {
                "Of the text that one of two coders gave a code, how much both gave it to. What nobody tagged does not count."
            }
            Self::ExactF1Macro | Self::OverlapF1Macro | Self::UnitF1Macro => {
                "The same for each code, then the mean: rare codes count as much as frequent ones."
            }
            Self::Observed => {
                "How much of the text has the same label with all coders; the label is the set of codes, and nothing tagged \
                 is a label too. Chance is not taken off."
            }
            Self::CohenKappa => {
                "The same label with two coders beyond what chance would give, each with their own habits. 1 is perfect, 0 \
                 is chance. With more coders it is the mean over pairs."
            }
            Self::FleissKappa => {
                "The same label beyond chance for any number of coders who all have the text; with two it is Scott’s π."
            }
            Self::Alpha => {
                "As κ, for any number of coders, and a document may be missing with some of them. 1 is perfect, 0 is chance."
            }
            Self::AlphaU => {
                "Whether coders find the same units and draw the same boundaries (Krippendorff 1995 and 2004, not uα of \
                 2016); the documents are laid end to end."
            }
        }
    }
}
