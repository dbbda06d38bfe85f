//! Asks the system which font has which script before a text needs it, beside the window.
//!
//! The system takes 50 to 170 ms for each script, several frames; what it has said is kept by the shaper's fonts.
//! It begins after the first frames, so that the window is not later for it.

use crate::jobs::{self, Job};
use fontique::{Collection, FallbackKey, FamilyId, GenericFamily, Language, Script};

/// Frames that are drawn before.
const FRAMES: u32 = 4;

/// The scripts, those with many readers first, with the languages that have forms of their own.
const SCRIPTS: [([u8; 4], &str); 27] = [
    (*b"Hani", ""),
    (*b"Arab", ""),
    (*b"Hang", ""),
    (*b"Deva", ""),
    (*b"Thai", ""),
    (*b"Hebr", ""),
    (*b"Kana", ""),
    (*b"Hira", ""),
    (*b"Hani", "ja"),
    (*b"Hani", "ko"),
    (*b"Hani", "zh-Hant"),
    (*b"Arab", "fa"),
    (*b"Arab", "ur"),
    (*b"Beng", ""),
    (*b"Taml", ""),
    (*b"Telu", ""),
    (*b"Gujr", ""),
    (*b"Guru", ""),
    (*b"Knda", ""),
    (*b"Mlym", ""),
    (*b"Sinh", ""),
    (*b"Khmr", ""),
    (*b"Laoo", ""),
    (*b"Mymr", ""),
    (*b"Ethi", ""),
    (*b"Armn", ""),
    (*b"Geor", ""),
];

type Found = Vec<(FallbackKey, FamilyId)>;

/// The asking, from the first frame on.
pub(in crate::ui::engine) enum Warming {
    /// So many frames were drawn.
    Waiting(u32),
    /// It goes on.
    Asking(Job<Found>),
    /// The fonts know, or there is nobody to ask.
    Done,
}

impl Warming {
    /// Goes on with it; call once a frame.
    pub(in crate::ui::engine) fn step(&mut self, fonts: &mut Collection) {
        match self {
            Self::Waiting(frames) if *frames < FRAMES => *frames += 1,
            Self::Waiting(_) => {
                let theirs = fonts.clone();
                *self = Self::Asking(jobs::start("fonts", || {}, move |_| ask(theirs)));
            }
            Self::Asking(job) => {
                let Some(found) = job.poll() else { return };
                for (script, family) in found.unwrap_or_default() {
                    fonts.set_fallbacks(script, std::iter::once(family));
                }
                *self = Self::Done;
            }
            Self::Done => {}
        }
    }
}

/// The fonts share what they know of families; which is for which script each has to be told.
fn ask(mut fonts: Collection) -> Found {
    let mut found = Found::new();
    for (script, language) in SCRIPTS {
        let key =
            FallbackKey::new(Script::from_bytes(script), Language::parse(language).ok().as_ref());
        let family = fonts.fallback_families(key).next();
        if let Some(family) = family {
            fonts.family(family);
            found.push((key, family));
        }
    }
    let emoji: Vec<FamilyId> = fonts.generic_families(GenericFamily::Emoji).collect();
    for family in emoji {
        fonts.family(family);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::ui::engine::fonts::{MoreFont, fonts_with};
    use crate::ui::engine::warm::*;

    #[test]
    fn what_was_asked_beside_the_window_is_known_to_the_fonts_after_some_frames() {
        let hebrew = MoreFont {
            data: include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/fonts/NotoSerifHebrew.ttf"
            )),
            scripts: const { &[*b"Hebr"] },
            language: "",
        };
        let asked = ask(fonts_with(&[hebrew]).collection);
        assert_eq!(asked.len(), 1);
        let mut fonts = fonts_with(&[]).collection;
        let mut warming = Warming::Asking(jobs::start("fonts", || {}, {
            let asked = asked.clone();
            move |_| asked
        }));
        while !matches!(warming, Warming::Done) {
            warming.step(&mut fonts);
        }
        let (key, family) = asked[0];
        assert_eq!(fonts.fallback_families(key).next(), Some(family));
    }

    #[test]
    fn nobody_is_asked_before_some_frames_are_drawn() {
        let mut fonts = fonts_with(&[]).collection;
        let mut warming = Warming::Waiting(0);
        for _ in 0..FRAMES {
            warming.step(&mut fonts);
            assert!(matches!(warming, Warming::Waiting(_)));
        }
        warming.step(&mut fonts);
        assert!(matches!(warming, Warming::Asking(_)));
    }
}
