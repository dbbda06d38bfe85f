//! Laws of paragraphs that are put together from words: they are what the shaping library makes of the whole, to the
//! last bit, in every bundled face.

use proptest::prelude::*;
use smol_str::SmolStr;

use crate::ui::engine::fonts::{FontSources, GlyphTable};
use crate::ui::engine::shape::Shaper;
use crate::ui::engine::style::Reading;
use crate::ui::engine::words::{MOST_WORDS, Script, script_of};
use crate::ui::engine::{Family, Para, Style};

const FAMILIES: [Family; 3] = [Family::Reading, Family::Interface, Family::Mono];
const EVERY_LETTER: [char; 2] = [' ', '\u{2200}'];

struct Both {
    shaper: Shaper,
    glyphs: GlyphTable,
}

impl Both {
    fn new() -> Self {
        Self { shaper: Shaper::new(FontSources::Bundled), glyphs: GlyphTable::default() }
    }

    /// Out of words, and whole.
    fn laid_out(&mut self, text: &str, width: f32, style: &Style, scale: f32) -> [Para; 2] {
        let (text, glyphs) = ((text, Reading::ByItself), &mut self.glyphs);
        let words = self.shaper.layout(glyphs, text, width, style, scale);
        [words, self.shaper.layout_whole(glyphs, text, width, style, scale)]
    }
}

#[expect(clippy::fn_params_excessive_bools, reason = "bold or not, as the style says it")]
fn style(family: Family, size: f32, bold: bool) -> Style {
    Style { family, size, line_height: size * 1.6, bold, language: SmolStr::new("en") }
}

/// All simple letters that may stand in a text of that script, without the blank.
fn alphabet(script: Script) -> Vec<char> {
    let [first, end] = EVERY_LETTER;
    let simple = |c: &char| {
        let text = format!("{}{c}", script.letter());
        *c != ' ' && script_of(&text) == Some(script)
    };
    (first..end).filter(simple).collect()
}

#[test]
fn no_letter_changes_for_what_stands_behind_a_blank() {
    for (family, bold) in [
        (Family::Reading, false),
        (Family::Reading, true),
        (Family::Interface, false),
        (Family::Interface, true),
        (Family::Mono, false),
    ] {
        let mut both = Both::new();
        for script in [Script::Latin, Script::Cyrillic] {
            let all = alphabet(script);
            for one in all
                .iter()
                .filter(|c| c.is_ascii() || !c.is_alphabetic() || (**c as u32).is_multiple_of(9))
            {
                let pairs = all.iter().map(|other| format!("{one} {other} "));
                let text: String = pairs.chain([script.letter().to_owned()]).collect();
                let [words, whole] =
                    both.laid_out(&text, f32::INFINITY, &style(family, 16.0, bold), 1.0);
                assert!(words == whole, "{one} in {family:?}");
            }
            let (_, odd) = both.shaper.words().simple();
            assert!(odd.is_empty(), "{odd:?} in {family:?}");
        }
    }
}

#[test]
fn most_words_are_simple() {
    let mut both = Both::new();
    let style = style(Family::Reading, 17.0, false);
    for text in [
        "The office finalised 1,204 affidavits \u{2013} \u{201c}at last\u{201d}.",
        "Министр заявил (15 мая), что \u{ab}да\u{bb}.",
    ] {
        drop(both.laid_out(text, 200.0, &style, 1.0));
        let (simple, odd) = both.shaper.words().simple();
        assert!(simple > 5 && odd.is_empty(), "{odd:?} in {text}");
    }
}

#[test]
fn a_text_of_two_scripts_or_with_marks_is_left_to_the_library() {
    for text in [
        "Berg и Ro",
        "e\u{301}",
        "tab\t",
        "non\u{a0}breaking",
        "soft\u{ad}hyphen",
        "עברית",
        "\u{2764}",
    ] {
        assert_eq!(script_of(text), None, "{text}");
    }
}

#[test]
fn when_too_many_words_were_met_they_are_forgotten_and_learnt_again() {
    let mut both = Both::new();
    let style = style(Family::Reading, 16.0, false);
    for part in 0..3_u32 {
        let words = (0..MOST_WORDS as u32).map(|n| format!("w{} ", part * 7000 + n));
        let text: String = words.collect();
        let [words, whole] = both.laid_out(&text, 300.0, &style, 1.0);
        assert!(words == whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn out_of_words_a_paragraph_is_the_same_to_the_last_bit(
        pieces in prop::collection::vec("[ a-zA-Zfil.,;:!?'\"()\\[\\]/%&$#@*+=0-9—–“”‘’«»…-]{0,9}|[a-z]{1,9}|[Éàçšžłø]{1,5}", 1..40),
        cyrillic in any::<bool>(),
        width in prop_oneof![1.0_f32..60.0, 60.0_f32..700.0, Just(f32::INFINITY)],
        size in prop_oneof![Just(17.0_f32), 9.0_f32..40.0],
        scale in prop_oneof![Just(1.0_f32), Just(2.0_f32), 0.7_f32..3.0],
        family in 0_usize..3,
        bold in any::<bool>(),
    ) {
        let mut text = pieces.join(" ") + " ";
        if cyrillic {
            let turned = |c: char| if c.is_alphabetic() { char::from_u32(0x410 + (c as u32) % 64).unwrap() } else { c };
            text = text.chars().map(turned).collect();
        }
        let mut both = Both::new();
        let style = style(FAMILIES[family], size, bold);
        let [words, whole] = both.laid_out(&text, width, &style, scale);
        prop_assert_eq!(&words, &whole, "{:?}", text);
        let [again, _] = both.laid_out(&text, width * 0.7, &style, scale);
        drop(again);
        let [again, _] = both.laid_out(&text, width, &style, scale);
        prop_assert_eq!(&again, &whole);
    }
}
