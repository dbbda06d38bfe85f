//! The fonts of `tests/fonts`, each for its scripts.

use matryoshka::ui::engine::{MoreFont, TextEngine};

macro_rules! font {
    ($file:literal, $language:literal, $($script:literal),+) => {
        MoreFont {
            data: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts/", $file)),
            scripts: &[$(*$script),+],
            language: $language,
        }
    };
}

const FONTS: [MoreFont; 8] = [
    font!("NotoNaskhArabic.ttf", "", b"Arab"),
    font!("NotoSerifHebrew.ttf", "", b"Hebr"),
    font!("NotoSerifDevanagari.ttf", "", b"Deva"),
    font!("NotoSerifThai.ttf", "", b"Thai"),
    font!("NotoSerifKorean.otf", "", b"Hang"),
    font!("NotoSerifChinese.otf", "", b"Hani", b"Bopo"),
    font!("NotoSerifJapanese.otf", "ja", b"Hani"),
    font!("NotoColorEmoji.ttf", "", b"Zsye"),
];

/// An engine that knows every script of the pictures.
pub(crate) fn engine() -> TextEngine {
    TextEngine::bundled_and(&FONTS)
}
