//! The fonts: bundled faces, the system's fonts behind them, and the table of glyphs in use.
//!
//! A glyph's number is handed out once and never reused, so a kept paragraph can always be drawn
//! again after the atlas was cleared. It never draws; `atlas.rs` does.

use std::collections::BTreeMap;
use std::sync::Arc;

use fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, FamilyId, Language, Script, SourceCache,
    Synthesis,
};
use parley::{FontContext, FontData, FontFamilyName, GenericFamily};
use swash::{CacheKey, FontRef};

use crate::ui::engine::style::Family;

const BUNDLED: [&[u8]; 5] = [
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSerif-Regular.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSerif-Bold.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSans-Regular.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSans-Bold.ttf")),
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSansMono-Regular.ttf")),
];

static READING: [FontFamilyName<'static>; 4] = [
    FontFamilyName::named("Noto Serif"),
    FontFamilyName::named("Noto Naskh Arabic"),
    FontFamilyName::Generic(GenericFamily::Serif),
    FontFamilyName::named("Noto Sans Mono"),
];
// The face of equal widths has the arrows that the others lack.
static INTERFACE: [FontFamilyName<'static>; 3] = [
    FontFamilyName::named("Noto Sans"),
    FontFamilyName::named("Noto Sans Mono"),
    FontFamilyName::Generic(GenericFamily::SansSerif),
];
static MONO: [FontFamilyName<'static>; 2] =
    [FontFamilyName::named("Noto Sans Mono"), FontFamilyName::Generic(GenericFamily::Monospace)];

static EMOJI: [FontFamilyName<'static>; 3] = [
    FontFamilyName::Generic(GenericFamily::Emoji),
    FontFamilyName::named("Noto Serif"),
    FontFamilyName::Generic(GenericFamily::Serif),
];

/// Where fonts may come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ui::engine) enum FontSources {
    /// The program alone.
    Bundled,
    /// The program, and the system for every script it lacks.
    BundledAndSystem,
}

/// A font that is given to the engine in place of the system's, for scripts that the bundled ones lack.
#[derive(Clone, Copy, Debug)]
pub struct MoreFont {
    /// The font file.
    pub data: &'static [u8],
    /// The scripts for which it is tried, by their four letters (ISO 15924); `Zsye` for emoji.
    pub scripts: &'static [[u8; 4]],
    /// The language in which it is preferred for them; empty for all.
    pub language: &'static str,
}

/// Emoji have no script of their own in texts.
const EMOJI_SCRIPT: [u8; 4] = *b"Zsye";

/// Only the bundled fonts and these.
pub(in crate::ui::engine) fn fonts_with(more: &[MoreFont]) -> FontContext {
    let mut context = font_context(FontSources::Bundled);
    let fonts = &mut context.collection;
    for font in more {
        let registered = fonts.register_fonts(Blob::new(Arc::new(font.data)), None);
        let families: Vec<FamilyId> = registered.into_iter().map(|(id, _)| id).collect();
        for script in font.scripts {
            if *script == EMOJI_SCRIPT {
                fonts.append_generic_families(GenericFamily::Emoji, families.iter().copied());
                continue;
            }
            let language = Language::parse(font.language).ok();
            let key = FallbackKey::new(Script::from_bytes(*script), language.as_ref());
            fonts.append_fallbacks(key, families.iter().copied());
        }
    }
    context
}

/// The fonts to shape with.
pub(in crate::ui::engine) fn font_context(sources: FontSources) -> FontContext {
    let system_fonts = sources == FontSources::BundledAndSystem;
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts });
    for data in BUNDLED {
        collection.register_fonts(Blob::new(Arc::new(data)), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}

/// The bytes of a font that the program brings along; none for others.
pub(in crate::ui::engine) fn bundled(font: &FontData) -> Option<&'static [u8]> {
    let data = font.data.data();
    let same = |own: &&&[u8]| std::ptr::eq(own.as_ptr(), data.as_ptr()) && own.len() == data.len();
    BUNDLED.iter().find(same).copied()
}

/// The fonts to try in order; a script that none of them has falls back to the system's choice.
pub(in crate::ui::engine) fn family_list(family: Family) -> &'static [FontFamilyName<'static>] {
    match family {
        Family::Reading => &READING,
        Family::Interface => &INTERFACE,
        Family::Mono => &MONO,
    }
}

/// The fonts for a character that asks to be shown as an emoji.
pub(in crate::ui::engine) fn emoji_list() -> &'static [FontFamilyName<'static>] {
    &EMOJI
}

/// One font at one size, as it is drawn.
pub(in crate::ui::engine) struct Face {
    font: FontData,
    offset: u32,
    key: CacheKey,
    /// Pixels per em.
    pub(in crate::ui::engine) size: f32,
    /// Whether a missing bold is imitated.
    pub(in crate::ui::engine) embolden: bool,
    /// Variable-font coordinates.
    pub(in crate::ui::engine) coords: Vec<i16>,
}

impl Face {
    pub(in crate::ui::engine) fn font_ref(&self) -> FontRef<'_> {
        FontRef { data: self.font.data.data(), offset: self.offset, key: self.key }
    }
}

/// A glyph of a face, shifted right by `bin` quarters of a pixel.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::ui::engine) struct GlyphKey {
    pub(in crate::ui::engine) face: u32,
    pub(in crate::ui::engine) glyph: u16,
    pub(in crate::ui::engine) bin: u8,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FaceKey {
    blob: u64,
    index: u32,
    size: u32,
    embolden: bool,
    coords: Vec<i16>,
}

/// All faces and glyphs that any paragraph has named so far.
#[derive(Default)]
pub(in crate::ui::engine) struct GlyphTable {
    faces: Vec<Face>,
    face_numbers: BTreeMap<FaceKey, u32>,
    glyphs: Vec<GlyphKey>,
    glyph_numbers: Vec<Numbers>,
}

/// Numbers of a face's glyphs, in parcels that are made when one of theirs is named.
type Numbers = Vec<Option<Box<[[u32; 4]; PARCEL]>>>;

/// Glyphs in a parcel.
const PARCEL: usize = 32;
/// Not handed out yet.
const NO_NUMBER: u32 = u32::MAX;

impl GlyphTable {
    /// The number of a face, or nothing if its data cannot be read.
    pub(in crate::ui::engine) fn face(
        &mut self,
        font: &FontData,
        size: f32,
        synthesis: Synthesis,
        coords: &[i16],
    ) -> Option<u32> {
        let embolden = synthesis.embolden();
        let key = FaceKey {
            blob: font.data.id(),
            index: font.index,
            size: size.to_bits(),
            embolden,
            coords: coords.to_vec(),
        };
        if let Some(number) = self.face_numbers.get(&key) {
            return Some(*number);
        }
        let font_ref = FontRef::from_index(font.data.data(), font.index as usize)?;
        let (offset, cache_key) = (font_ref.offset, font_ref.key);
        let number = self.faces.len() as u32;
        self.faces.push(Face {
            font: font.clone(),
            offset,
            key: cache_key,
            size,
            embolden,
            coords: coords.to_vec(),
        });
        self.face_numbers.insert(key, number);
        Some(number)
    }

    /// The number of a glyph, for good.
    pub(in crate::ui::engine) fn glyph(&mut self, key: GlyphKey) -> u32 {
        let next = self.glyphs.len() as u32;
        let (face, glyph, bin) = (key.face as usize, usize::from(key.glyph), usize::from(key.bin));
        if self.glyph_numbers.len() <= face {
            self.glyph_numbers.resize_with(face + 1, Numbers::new);
        }
        let Some(parcels) = self.glyph_numbers.get_mut(face) else { return next };
        if parcels.len() <= glyph / PARCEL {
            parcels.resize_with(glyph / PARCEL + 1, || None);
        }
        let Some(parcel) = parcels.get_mut(glyph / PARCEL) else { return next };
        let parcel = parcel.get_or_insert_with(|| Box::new([[NO_NUMBER; 4]; PARCEL]));
        let Some(number) = parcel.get_mut(glyph % PARCEL).and_then(|bins| bins.get_mut(bin)) else {
            return next;
        };
        if *number == NO_NUMBER {
            *number = next;
            self.glyphs.push(key);
        }
        *number
    }

    /// What a number stands for.
    pub(in crate::ui::engine) fn find(&self, number: u32) -> Option<(&Face, GlyphKey)> {
        let key = *self.glyphs.get(number as usize)?;
        Some((self.faces.get(key.face as usize)?, key))
    }
}

#[cfg(test)]
mod tests {
    use swash::FontRef;

    use crate::ui::engine::fonts::BUNDLED;
    use crate::ui::engine::simple::kind;

    #[test]
    fn every_bundled_face_has_every_simple_character() {
        for data in BUNDLED {
            let map = FontRef::from_index(data, 0).unwrap().charmap();
            let lacks = |c: &char| kind(*c).is_some() && map.map(*c) == 0;
            let missing: String = (' '..'\u{10000}').filter(lacks).collect();
            assert_eq!(missing, "");
        }
    }
}
