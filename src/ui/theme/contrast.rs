//! How much every token stands out: text 4.5 : 1 and marks 3 : 1, with high contrast 7 : 1 and 4.5 : 1.
//!
//! Only tests: they compute it for every theme and every ground that a token is put on.

use crate::ui::theme::Tokens;
use egui::Color32;

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

type Named = (&'static str, Color32);

/// A theme with what it owes.
struct Owing {
    tokens: Tokens,
    text: f32,
    mark: f32,
}

fn themes() -> Vec<Owing> {
    let usual = [Tokens::light(), Tokens::dark()];
    let strong = [Tokens::light_contrast(), Tokens::dark_contrast()];
    let owing = |text, mark| move |tokens| Owing { tokens, text, mark };
    usual.map(owing(4.5, 3.0)).into_iter().chain(strong.map(owing(7.0, 4.5))).collect()
}

impl Owing {
    fn demand(&self, least: f32, of: &[Named], on: &[Named]) {
        let theme = (self.tokens.dark, self.tokens.contrast);
        for (name, color) in of {
            for (ground, under) in on {
                let found = contrast(*color, *under);
                assert!(
                    found >= least,
                    "{name} on {ground}, (dark, contrast) {theme:?}: {found:.2} < {least}"
                );
            }
        }
    }

    fn plain(&self) -> [Named; 3] {
        let t = &self.tokens;
        [("page", t.page), ("panel", t.panel), ("raised", t.raised)]
    }

    fn busy(&self) -> [Named; 3] {
        let t = &self.tokens;
        [("selection", t.selection), ("hover", t.hover), ("found", t.found)]
    }

    fn layers(&self) -> [(&'static str, Color32, Color32); 4] {
        ["actor", "claim", "event", "other"].map(|name| {
            let colors = self.tokens.layer(name);
            (name, colors.mark, colors.tint)
        })
    }

    fn marks(&self) -> [Named; 4] {
        self.layers().map(|(name, mark, _)| (name, mark))
    }
}

#[test]
fn text_can_be_read_on_every_ground_it_is_put_on() {
    for theme in themes() {
        let t = &theme.tokens;
        let words = [("ink", t.ink), ("muted", t.muted)];
        theme.demand(theme.text, &words, &theme.plain());
        theme.demand(theme.text, &words, &theme.busy());
        theme.demand(theme.text, &words, &theme.layers().map(|(name, _, tint)| (name, tint)));
        let quiet = [("faint", t.faint), ("warning", t.warning), ("error", t.error)];
        theme.demand(theme.text, &quiet, &theme.plain());
        let signs = ["supports", "opposes", "ambivalent"].map(|sign| (sign, t.position(sign)));
        theme.demand(theme.text, &signs, &theme.plain());
    }
}

#[test]
fn words_on_pills_badges_and_hints_can_be_read() {
    for theme in themes() {
        let t = &theme.tokens;
        let on_color = [("words in the colour of the page", t.page)];
        let pills =
            ["supports", "opposes", "ambivalent", "none"].map(|sign| (sign, t.position(sign)));
        theme.demand(theme.text, &on_color, &pills);
        theme.demand(theme.text, &on_color, &theme.marks());
        theme.demand(theme.text, &on_color, &[("a hint", t.ink), ("a chosen pill", t.focus)]);
    }
}

#[test]
fn marks_stand_out_from_every_ground() {
    for theme in themes() {
        let focus = [("focus", theme.tokens.focus)];
        for marks in [&theme.marks()[..], &focus] {
            theme.demand(theme.mark, marks, &theme.plain());
            theme.demand(theme.mark, marks, &theme.busy());
        }
        let found = [("found", theme.tokens.found_mark)];
        theme.demand(theme.mark, &found, &theme.plain());
        for (name, mark, tint) in theme.layers() {
            theme.demand(theme.mark, &[(name, mark)], &[("its tint", tint)]);
        }
    }
}

#[test]
fn with_high_contrast_edges_are_seen_and_lines_are_stronger() {
    for theme in themes().into_iter().filter(|theme| theme.tokens.contrast) {
        theme.demand(3.0, &[("line", theme.tokens.line)], &theme.plain());
        let (fine, strong) = (Tokens::light().stroke, theme.tokens.stroke);
        assert!(strong.bar > fine.bar && strong.ring > fine.ring && strong.link > fine.link);
    }
}

#[test]
fn colours_that_a_codebook_invents_are_neutral() {
    let tokens = Tokens::light();
    assert_eq!(tokens.layer("crimson"), tokens.layer("other"));
    assert_ne!(tokens.layer("crimson"), tokens.layer("claim"));
    assert_eq!(tokens.position("−"), tokens.position("opposes"));
}
