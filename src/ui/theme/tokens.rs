//! The tokens: every colour and size of the window, by what it is for.
//!
//! Text is at least 4.5 : 1 on every ground it is put on and marks 3 : 1; the tests below compute it.

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
    /// Sizes, the same in every theme.
    pub size: Sizes,
    actor: LayerColors,
    claim: LayerColors,
    event: LayerColors,
    other: LayerColors,
    supports: Color32,
    opposes: Color32,
    ambivalent: Color32,
}

/// A layer's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerColors {
    /// Of bars and badges.
    pub mark: Color32,
    /// Of the ground behind selected words.
    pub tint: Color32,
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

const SIZES: Sizes = Sizes {
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
    /// Dark ink on light grounds.
    pub fn light() -> Self {
        Self {
            dark: false,
            page: rgb(0xFD_FD_FB),
            panel: rgb(0xF5_F5_F2),
            raised: rgb(0xFF_FF_FF),
            line: rgb(0xE3_E2_DD),
            ink: rgb(0x1E_22_26),
            muted: rgb(0x5F_65_6C),
            faint: rgb(0x6B_71_77),
            selection: rgb(0xFF_F0_B3),
            found: rgb(0xE7_DD_F6),
            found_mark: rgb(0x7B_4F_A3),
            hover: rgb(0xEB_EB_E6),
            focus: rgb(0x1F_6F_B2),
            shadow: Color32::from_black_alpha(28),
            warning: rgb(0x9A_4A_0C),
            error: rgb(0xB3_26_1E),
            size: SIZES,
            actor: LayerColors { mark: rgb(0x1F_6F_B2), tint: rgb(0xE3_EF_F9) },
            claim: LayerColors { mark: rgb(0xB5_48_12), tint: rgb(0xFB_EA_E1) },
            event: LayerColors { mark: rgb(0x14_70_5A), tint: rgb(0xDF_F2_EB) },
            other: LayerColors { mark: rgb(0x5F_65_6C), tint: rgb(0xEC_ED_EE) },
            supports: rgb(0x2A_6D_B0),
            opposes: rgb(0xA9_54_0F),
            ambivalent: rgb(0x7B_4F_A3),
        }
    }

    /// Light ink on dark grounds.
    pub fn dark() -> Self {
        Self {
            dark: true,
            page: rgb(0x15_17_1A),
            panel: rgb(0x1B_1E_22),
            raised: rgb(0x23_27_2C),
            line: rgb(0x2E_33_38),
            ink: rgb(0xE6_E8_EA),
            muted: rgb(0xA6_AD_B4),
            faint: rgb(0x8A_91_99),
            selection: rgb(0x4A_3D_12),
            found: rgb(0x3A_2B_55),
            found_mark: rgb(0xC3_A6_EA),
            hover: rgb(0x2A_2E_34),
            focus: rgb(0x74_B5_EE),
            shadow: Color32::from_black_alpha(120),
            warning: rgb(0xF0_A8_4A),
            error: rgb(0xF2_8B_82),
            size: SIZES,
            actor: LayerColors { mark: rgb(0x74_B5_EE), tint: rgb(0x1C_2F_40) },
            claim: LayerColors { mark: rgb(0xF0_9D_70), tint: rgb(0x3C_28_1D) },
            event: LayerColors { mark: rgb(0x62_CD_AB), tint: rgb(0x18_35_2C) },
            other: LayerColors { mark: rgb(0xA6_AD_B4), tint: rgb(0x2B_2F_34) },
            supports: rgb(0x8C_B4_FF),
            opposes: rgb(0xF0_A8_4A),
            ambivalent: rgb(0xC3_A6_EA),
        }
    }

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

/// A colour as it is written in style sheets.
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

#[cfg(test)]
mod tests {
    use crate::ui::theme::tokens::*;

    /// The contrast of two colours by the rule of WCAG 2, from 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(color: Color32) -> f32 {
        let linear = |channel: u8| {
            let share = f32::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    fn demand(least: f32, of: &[(&str, Color32)], on: &[(&str, Color32)], theme: &Tokens) {
        for (name, color) in of {
            for (ground, under) in on {
                let found = contrast(*color, *under);
                assert!(
                    found >= least,
                    "{name} on {ground}, dark {}: {found:.2} < {least}",
                    theme.dark
                );
            }
        }
    }

    #[test]
    fn text_can_be_read_on_every_ground_it_is_put_on() {
        for t in [Tokens::light(), Tokens::dark()] {
            let plain = [("page", t.page), ("panel", t.panel), ("raised", t.raised)];
            let busy = [("selection", t.selection), ("hover", t.hover), ("found", t.found)];
            let tints = [t.actor, t.claim, t.event, t.other].map(|layer| ("tint", layer.tint));
            let words = [("ink", t.ink), ("muted", t.muted)];
            demand(4.5, &words, &plain, &t);
            demand(4.5, &words, &busy, &t);
            demand(4.5, &[("ink", t.ink)], &tints, &t);
            let signs =
                [("supports", t.supports), ("opposes", t.opposes), ("ambivalent", t.ambivalent)];
            let quiet = [("faint", t.faint), ("warning", t.warning), ("error", t.error)];
            demand(4.5, &quiet, &plain, &t);
            demand(4.5, &signs, &plain, &t);
        }
    }

    #[test]
    fn marks_stand_out_from_every_ground_and_carry_letters() {
        for t in [Tokens::light(), Tokens::dark()] {
            let marks = [t.actor, t.claim, t.event, t.other].map(|layer| ("mark", layer.mark));
            let grounds = [
                ("page", t.page),
                ("panel", t.panel),
                ("raised", t.raised),
                ("selection", t.selection),
                ("hover", t.hover),
            ];
            demand(3.0, &marks, &grounds, &t);
            demand(3.0, &[("focus", t.focus)], &grounds, &t);
            demand(3.0, &[("found", t.found_mark)], &[("page", t.page)], &t);
            demand(4.5, &[("letter", t.page)], &marks, &t);
        }
    }

    #[test]
    fn colours_that_a_codebook_invents_are_neutral() {
        let tokens = Tokens::light();
        assert_eq!(tokens.layer("crimson"), tokens.other);
        assert_ne!(tokens.layer("crimson"), tokens.layer("claim"));
        assert_eq!(tokens.position("−"), tokens.position("opposes"));
    }
}
