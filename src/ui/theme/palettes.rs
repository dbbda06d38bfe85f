//! The four themes: what every token is in light and dark, each also with more contrast.
//!
//! The only file where a colour is made of numbers. `contrast` says what they must keep.

use crate::ui::theme::tokens::{LayerColors, SIZES, Strokes, Tokens};
use egui::Color32;

/// Lines as one wants them usually.
const FINE: Strokes = Strokes { bar: 1.8, link: 1.4, hair: 1.0, caret: 1.2, ring: 1.5 };
/// Lines that are seen from afar.
const STRONG: Strokes = Strokes { bar: 2.8, link: 2.2, hair: 1.5, caret: 2.2, ring: 2.5 };

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
            contrast: false,
            size: SIZES,
            stroke: FINE,
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
            contrast: false,
            size: SIZES,
            stroke: FINE,
            actor: LayerColors { mark: rgb(0x74_B5_EE), tint: rgb(0x1C_2F_40) },
            claim: LayerColors { mark: rgb(0xF0_9D_70), tint: rgb(0x3C_28_1D) },
            event: LayerColors { mark: rgb(0x62_CD_AB), tint: rgb(0x18_35_2C) },
            other: LayerColors { mark: rgb(0xA6_AD_B4), tint: rgb(0x2B_2F_34) },
            supports: rgb(0x8C_B4_FF),
            opposes: rgb(0xF0_A8_4A),
            ambivalent: rgb(0xC3_A6_EA),
        }
    }

    /// Black on white, with stronger lines.
    pub fn light_contrast() -> Self {
        Self {
            dark: false,
            page: rgb(0xFF_FF_FF),
            panel: rgb(0xF4_F4_F1),
            raised: rgb(0xFF_FF_FF),
            line: rgb(0x6E_6E_69),
            ink: rgb(0x00_00_00),
            muted: rgb(0x33_38_3D),
            faint: rgb(0x3E_44_4A),
            selection: rgb(0xFF_E6_80),
            found: rgb(0xE6_D8_FB),
            found_mark: rgb(0x56_30_7A),
            hover: rgb(0xE4_E4_DF),
            focus: rgb(0x0A_4A_8C),
            shadow: Color32::from_black_alpha(60),
            warning: rgb(0x73_30_00),
            error: rgb(0x8A_0E_09),
            contrast: true,
            size: SIZES,
            stroke: STRONG,
            actor: LayerColors { mark: rgb(0x0A_4A_8C), tint: rgb(0xD3_E6_F8) },
            claim: LayerColors { mark: rgb(0x7D_2C_00), tint: rgb(0xFC_E0_D2) },
            event: LayerColors { mark: rgb(0x07_50_3D), tint: rgb(0xCD_EE_E2) },
            other: LayerColors { mark: rgb(0x3A_40_46), tint: rgb(0xE2_E4_E6) },
            supports: rgb(0x0A_4A_8C),
            opposes: rgb(0x73_30_00),
            ambivalent: rgb(0x56_30_7A),
        }
    }

    /// White on black, with stronger lines.
    pub fn dark_contrast() -> Self {
        Self {
            dark: true,
            page: rgb(0x00_00_00),
            panel: rgb(0x0C_0E_10),
            raised: rgb(0x16_19_1C),
            line: rgb(0x8A_91_99),
            ink: rgb(0xFF_FF_FF),
            muted: rgb(0xD3_D8_DD),
            faint: rgb(0xC4_CA_D0),
            selection: rgb(0x4A_3C_00),
            found: rgb(0x33_22_55),
            found_mark: rgb(0xDC_C4_FF),
            hover: rgb(0x2B_30_36),
            focus: rgb(0x9A_D0_FF),
            shadow: Color32::from_black_alpha(160),
            warning: rgb(0xFF_C4_6B),
            error: rgb(0xFF_B0_A8),
            contrast: true,
            size: SIZES,
            stroke: STRONG,
            actor: LayerColors { mark: rgb(0x8C_C8_FF), tint: rgb(0x12_30_4C) },
            claim: LayerColors { mark: rgb(0xFF_B4_89), tint: rgb(0x47_24_0F) },
            event: LayerColors { mark: rgb(0x7C_E6_C3), tint: rgb(0x0C_3D_30) },
            other: LayerColors { mark: rgb(0xD0_D5_DA), tint: rgb(0x33_38_3D) },
            supports: rgb(0xA6_C6_FF),
            opposes: rgb(0xFF_C4_6B),
            ambivalent: rgb(0xDC_C4_FF),
        }
    }
}

/// A colour as it is written in style sheets.
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}
