//! A bundled face that shapes words of one script, without all that the shaping library does for whole paragraphs.
//!
//! It asks the same crate in the same words as the library does, so the same comes out (`word_laws.rs`). Which words
//! may come here, and what becomes of them, is said in `words.rs`.

use harfrust::{
    BufferClusterLevel, Direction, FontRef, GlyphBuffer, Language, ShapeOptions, ShapePlan,
    ShaperData, UnicodeBuffer, script,
};

use crate::ui::engine::simple::Script;

/// A face with all that is worked out once.
pub(in crate::ui::engine) struct WordFace {
    font: FontRef<'static>,
    data: ShaperData,
    plan: ShapePlan,
    script: harfrust::Script,
    language: Option<Language>,
    buffer: UnicodeBuffer,
}

/// What stands for a letter, or for several in a ligature.
pub(in crate::ui::engine) struct Glyph {
    pub(in crate::ui::engine) letters: usize,
    /// None where it is no single glyph on its place.
    pub(in crate::ui::engine) id: Option<u16>,
    /// In pixels.
    pub(in crate::ui::engine) advance: f32,
}

impl WordFace {
    /// None if the font cannot be read.
    pub(in crate::ui::engine) fn new(
        font: &'static [u8],
        script: Script,
        language: &str,
    ) -> Option<Self> {
        let font = FontRef::from_index(font, 0).ok()?;
        let data = ShaperData::new(&font);
        let script = match script {
            Script::Latin => script::LATIN,
            Script::Greek => script::GREEK,
            Script::Cyrillic => script::CYRILLIC,
        };
        let language = parley::Language::parse(language).ok();
        let language = language.and_then(|language| language.as_str().parse::<Language>().ok());
        let shaper = data.shaper(&font).build();
        let plan =
            ShapePlan::new(&shaper, Direction::LeftToRight, Some(script), language.as_ref(), &[]);
        Some(Self { font, data, plan, script, language, buffer: UnicodeBuffer::new() })
    }

    /// Shapes words with blanks between them, at so many pixels per em.
    pub(in crate::ui::engine) fn shape(&mut self, text: &str, em: f32) -> Vec<Glyph> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        let mut count = 0;
        for c in text.chars() {
            buffer.add(c, count);
            count += 1;
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(self.script);
        if let Some(language) = &self.language {
            buffer.set_language(language.clone());
        }
        let shaper = self.data.shaper(&self.font).build();
        let options = ShapeOptions::new().plan(Some(&self.plan)).point_size(Some(em));
        let set = shaper.shape(buffer, options);
        let glyphs = glyphs_of(&set, count, em / shaper.units_per_em() as f32);
        self.buffer = set.clear();
        glyphs
    }
}

fn glyphs_of(shaped: &GlyphBuffer, count: u32, scale: f32) -> Vec<Glyph> {
    let infos = shaped.glyph_infos();
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(infos.len());
    for (at, (info, place)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
        let next = infos.get(at + 1).map_or(count, |next| next.cluster);
        if next == info.cluster {
            // Several glyphs stand for it.
            continue;
        }
        let alone = at.checked_sub(1).and_then(|before| infos.get(before));
        let alone = alone.is_none_or(|before| before.cluster != info.cluster);
        let simple = alone && info.glyph_id != 0 && place.x_offset == 0 && place.y_offset == 0;
        glyphs.push(Glyph {
            letters: next.saturating_sub(info.cluster) as usize,
            id: u16::try_from(info.glyph_id).ok().filter(|_| simple),
            advance: place.x_advance as f32 * scale,
        });
    }
    glyphs
}
