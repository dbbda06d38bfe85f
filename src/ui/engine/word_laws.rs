//! Laws of paragraphs that are put together from words: they are what the shaping library makes of the whole, to the
//! last bit, in every bundled face.

use proptest::prelude::*;
use smol_str::SmolStr;

use crate::ui::engine::fonts::{FontSources, GlyphTable};
use crate::ui::engine::shape::Shaper;
use crate::ui::engine::simple::{Kind, Script, Scripts, kind, scripts_of};
use crate::ui::engine::style::Reading;
use crate::ui::engine::words::{MOST_LETTERS, MOST_WORDS};
use crate::ui::engine::{Family, Para, Style};

const FAMILIES: [Family; 3] = [Family::Reading, Family::Interface, Family::Mono];

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

/// All simple characters that may stand in a text of that script, without the blank.
fn alphabet(script: Script) -> Vec<char> {
    let own =
        |c: &char| matches!(kind(*c), Some(Kind::Common)) || kind(*c) == Some(Kind::Letter(script));
    (' '..'\u{2200}').skip(1).filter(own).collect()
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
        for script in Script::ALL {
            let all = alphabet(script);
            let some = |step: u32| {
                let picked = move |c: &&char| c.is_ascii() || (**c as u32).is_multiple_of(step);
                all.iter().filter(picked)
            };
            for one in some(23) {
                let pairs = some(5).map(|other| format!("{one} {other} "));
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
fn every_simple_character_is_the_same_alone_and_between_others() {
    for family in FAMILIES {
        let mut both = Both::new();
        for script in Script::ALL {
            let all: String = alphabet(script).into_iter().flat_map(|c| [' ', c]).collect();
            let text = format!("{}{all}", script.letter());
            let [words, whole] = both.laid_out(&text, 500.0, &style(family, 16.0, false), 1.0);
            assert!(words == whole, "{script:?} in {family:?}");
            let (_, odd) = both.shaper.words().simple();
            assert!(odd.is_empty(), "{odd:?} in {family:?}");
        }
    }
}

#[test]
fn lines_end_between_any_two_signs_where_the_library_ends_them() {
    let mut both = Both::new();
    let signs = alphabet(Script::Latin).into_iter().filter(|c| !c.is_alphabetic() || *c == 'e');
    let signs: Vec<char> = signs.collect();
    for (before, after) in signs.iter().flat_map(|one| signs.iter().map(move |other| (one, other)))
    {
        let text = format!("mmm mm{before} {after}mm mmm");
        let [words, whole] = both.laid_out(&text, 72.0, &style(Family::Reading, 16.0, false), 1.0);
        assert!(words == whole, "{text}");
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
fn a_text_with_anything_that_is_not_simple_is_left_to_the_library() {
    for text in ["e\u{301}", "tab\t", "soft\u{ad}hyphen", "עברית", "\u{2764}", "\u{a9}", "部长"]
    {
        assert_eq!(scripts_of(text), None, "{text}");
    }
    assert_eq!(
        scripts_of("\u{ab}Berg\u{bb} и Ro"),
        Some(Scripts { first: Script::Latin, mixed: true })
    );
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

#[test]
fn words_without_end_do_not_pile_up() {
    let mut both = Both::new();
    let style = style(Family::Reading, 16.0, false);
    for part in 0..100_u32 {
        let text = format!("{part}{}", "ab".repeat(1500));
        let [words, whole] = both.laid_out(&text, 300.0, &style, 1.0);
        assert!(words == whole);
        let kept = both.shaper.words().most_letters();
        assert!(kept < MOST_LETTERS + 2 * text.len(), "{kept} letters after {part} words");
    }
}

/// A word of letters and signs that are picked by number.
fn word(script: Script, kind: u8, picks: &[u16]) -> String {
    let all = match kind {
        0..4 => match script {
            Script::Latin => ('a'..='z').collect(),
            _ => alphabet(script).into_iter().filter(|c| c.is_alphabetic()).collect(),
        },
        4..6 => alphabet(script),
        6 => "fil 0123456789".chars().collect(),
        _ => " .,;:!?'\"()[]/%&$#@*+=0\u{2014}\u{2013}\u{201c}\u{201d}\u{2018}\u{2019}\u{ab}\u{bb}\u{2026}\u{a0}-".chars().collect::<Vec<char>>(),
    };
    picks.iter().filter_map(|pick| all.get(usize::from(*pick) % all.len())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn out_of_words_a_paragraph_is_the_same_to_the_last_bit(
        pieces in prop::collection::vec((0_u8..9, 0_usize..3, prop::collection::vec(any::<u16>(), 0..9)), 1..40),
        join in prop_oneof![Just(" "), Just("")],
        only in prop::option::of(0_usize..3),
        width in prop_oneof![1.0_f32..60.0, 60.0_f32..700.0, Just(f32::INFINITY)],
        size in prop_oneof![Just(17.0_f32), 9.0_f32..40.0],
        scale in prop_oneof![Just(1.0_f32), Just(2.0_f32), 0.7_f32..3.0],
        family in 0_usize..3,
        bold in any::<bool>(),
    ) {
        let words: Vec<String> = pieces
            .iter()
            .map(|(kind, script, picks)| word(Script::ALL[only.unwrap_or(*script)], *kind, picks))
            .collect();
        let text = words.join(join) + " ";
        let mut both = Both::new();
        let style = style(FAMILIES[family], size, bold);
        let [words, whole] = both.laid_out(&text, width, &style, scale);
        prop_assert_eq!(&words, &whole, "{:?}", text);
        drop(both.laid_out(&text, width * 0.7, &style, scale));
        let [again, _] = both.laid_out(&text, width, &style, scale);
        prop_assert_eq!(&again, &whole);
    }
}
