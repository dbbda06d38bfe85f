//! The tokens: every colour and size of the window, by what it is for.
//!
//! What they are in each theme stands in `palettes`, how much they stand out is held by `contrast`.

use egui::Color32;

/// Colours and sizes of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Whether the theme is dark.
    pub dark: bool,
    /// The ground that one reads on.
    pub page: Color32,
    /// The ground of panels and menus.
    pub panel: Color32,
    /// The ground of what lies above a panel: popups, fields, the chosen document.
    pub raised: Color32,
    /// The one hairline colour.
    pub line: Color32,
    /// Text.
    pub ink: Color32,
    /// Text beside other text.
    pub muted: Color32,
    /// Numbers in margins; never on `selection` or `hover`.
    pub faint: Color32,
    /// The ground of what is selected.
    pub selection: Color32,
    /// The ground of words that were looked for.
    pub found: Color32,
    /// The ticks of words that were looked for.
    pub found_mark: Color32,
    /// The ground of what the pointer is on.
    pub hover: Color32,
    /// The ring around what has the keyboard.
    pub focus: Color32,
    /// The shadow below popups.
    pub shadow: Color32,
    /// Words that ask for attention.
    pub warning: Color32,
    /// Words about what went wrong.
    pub error: Color32,
    /// Whether it has more contrast than usual.
    pub contrast: bool,
    /// Sizes, the same in every theme.
    pub size: Sizes,
    /// Widths of lines.
    pub stroke: Strokes,
    pub(in crate::ui::theme) actor: LayerColors,
    pub(in crate::ui::theme) claim: LayerColors,
    pub(in crate::ui::theme) event: LayerColors,
    pub(in crate::ui::theme) other: LayerColors,
    pub(in crate::ui::theme) supports: Color32,
    pub(in crate::ui::theme) opposes: Color32,
    pub(in crate::ui::theme) ambivalent: Color32,
}

/// A layer's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerColors {
    /// Of bars and badges.
    pub mark: Color32,
    /// Of the ground behind selected words.
    pub tint: Color32,
}

/// Widths of lines in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strokes {
    /// A bar below annotated words.
    pub bar: f32,
    /// The line of a link.
    pub link: f32,
    /// A hairline.
    pub hair: f32,
    /// The caret in the text.
    pub caret: f32,
    /// The ring around what has the keyboard.
    pub ring: f32,
}

/// Sizes in points, on a grid of four.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// The grid.
    pub grid: f32,
    /// Text of the interface.
    pub text: f32,
    /// Small text of the interface.
    pub small: f32,
    /// Text that one reads.
    pub reading: f32,
    /// The title of a document.
    pub title: f32,
    /// Height of a row in a list.
    pub row: f32,
    /// Height of a row in the inspector.
    pub field: f32,
    /// Height of the menu bar.
    pub menu: f32,
    /// Height of the status line.
    pub status: f32,
    /// Width of the left panel.
    pub left: f32,
    /// Width of the inspector.
    pub right: f32,
    /// Corners of small things.
    pub radius: f32,
    /// Corners of popups and cards.
    pub radius_large: f32,
}

pub(in crate::ui::theme) const SIZES: Sizes = Sizes {
    grid: 4.0,
    text: 13.0,
    small: 11.5,
    reading: 17.0,
    title: 25.0,
    row: 28.0,
    field: 26.0,
    menu: 34.0,
    status: 26.0,
    left: 248.0,
    right: 316.0,
    radius: 4.0,
    radius_large: 6.0,
};

impl Tokens {
    /// The colours of a codebook's colour token; a neutral pair for one that we do not have.
    pub fn layer(&self, color: &str) -> LayerColors {
        match color {
            "actor" => self.actor,
            "claim" => self.claim,
            "event" => self.event,
            _ => self.other,
        }
    }

    /// The colour of a position, by the value's id or its sign; a neutral one for any other value.
    pub fn position(&self, value: &str) -> Color32 {
        match value {
            "supports" | "+" => self.supports,
            "opposes" | "−" | "-" => self.opposes,
            "ambivalent" | "±" => self.ambivalent,
            _ => self.muted,
        }
    }
}
