//! Simple paragraphs, put together from words that were shaped before.
//!
//! In Latin, Greek and Cyrillic text of the bundled faces no letter changes for what stands behind a blank. So each
//! word is shaped once, and a paragraph of such words only has to be broken into lines. What comes out is the same to
//! the last bit as what the shaping library gives for the whole paragraph: `word_laws.rs` holds it to that. Every other
//! paragraph is left to `shape.rs`. Lines are set in `row.rs`.

use std::collections::BTreeMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::ui::engine::fonts::{GlyphTable, bundled};
use crate::ui::engine::para::Para;
use crate::ui::engine::row::{
    BLANK, BREAK, Letter, NO_GLYPH, NO_NUMBER, RUN, Setting, Shape, WORD, break_by_the_rules,
    mark_by_the_rules,
};
use crate::ui::engine::shape::{Press, baseline_offset};
use crate::ui::engine::simple::{
    Script, Scripts, is_plain, lets_go, may_begin, script_of_word, scripts_of,
};
use crate::ui::engine::style::{Reading, Style};
use crate::ui::engine::word_face::{Glyph, WordFace};

/// Words kept for one style; beyond that all are forgotten.
pub(in crate::ui::engine) const MOST_WORDS: usize = 8192;
/// Letters of all of them together: words without end take no more room than others.
pub(in crate::ui::engine) const MOST_LETTERS: usize = 16 * MOST_WORDS;
/// Styles kept; beyond that the one goes that was not used for longest.
const MOST_STYLES: usize = 32;
/// Stands where the blank of a script is not known yet.
const NO_BLANK: Letter =
    Letter { own: 0.0, glyph_advance: 0.0, glyph: NO_GLYPH, bytes: 1, marks: BLANK };

/// Only looked up, hundreds of times for a page of new text.
#[expect(clippy::disallowed_types, reason = "looked up by word, never walked through")]
type Found = std::collections::HashMap<Box<str>, Option<Word>, BuildHasherDefault<Fnv>>;

/// Quick for words, and always the same.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Letters of a word, and whether a line may surely end behind a blank after it and before it.
#[derive(Clone, Copy)]
struct Word {
    first: u32,
    end: u32,
    lets_go: bool,
    may_begin: bool,
}

/// What is known of one style.
struct Known {
    style: Style,
    scale: f32,
    /// Pixels per em.
    em: f32,
    /// Pixels from a line's upper edge to its baseline.
    rise: f32,
    /// The font and its number; none if paragraphs do not come from a font of ours.
    face: Option<(&'static [u8], u32)>,
    /// By script, once it was met.
    own: [Option<Own>; 3],
    letters: Vec<Letter>,
    shapes: Vec<Shape>,
    by_glyph: BTreeMap<u16, u32>,
    /// When it was used last.
    used: u64,
}

/// What is known of one script.
struct Own {
    face: WordFace,
    blank: Letter,
    words: Found,
}

/// Words to be learnt, by script, each after a blank.
type Missing = [String; 3];

/// The words that were met.
#[derive(Default)]
pub(in crate::ui::engine) struct Words {
    known: Vec<Known>,
    /// Paragraphs so far.
    count: u64,
    row: Vec<Letter>,
}

#[cfg(test)]
impl Words {
    /// How many letters are kept of the style that has most.
    pub(in crate::ui::engine) fn most_letters(&self) -> usize {
        self.known.iter().map(|known| known.letters.len()).max().unwrap_or_default()
    }

    /// Words of the style met last: how many are simple, and those that are not.
    pub(in crate::ui::engine) fn simple(&self) -> (usize, Vec<&str>) {
        let own = || self.known.iter().flat_map(|known| known.own.iter().flatten());
        let words = || own().flat_map(|own| &own.words);
        let odd = words().filter(|(_, word)| word.is_none()).map(|(text, _)| &**text);
        (words().filter(|(_, word)| word.is_some()).count(), odd.collect())
    }
}

impl Words {
    /// Lays out a simple paragraph; none if it is not simple.
    pub(in crate::ui::engine) fn layout(
        &mut self,
        (press, glyphs): (&mut Press, &mut GlyphTable),
        text: &str,
        wrap: Option<f32>,
        style: &Style,
        scale: f32,
    ) -> Option<Para> {
        let scripts = scripts_of(text)?;
        let known = self.known((press, &mut *glyphs), style, scale)?;
        let Self { known: all, row, .. } = self;
        let known = all.get_mut(known)?;
        known.fill(row, text, scripts)?;
        let mut setting = Setting {
            style: &known.style,
            scale,
            em: known.em,
            rise: known.rise,
            limit: wrap.unwrap_or(f32::MAX),
            shapes: &mut known.shapes,
            glyphs,
        };
        Some(setting.para(row))
    }

    fn known(
        &mut self,
        (press, glyphs): (&mut Press, &mut GlyphTable),
        style: &Style,
        scale: f32,
    ) -> Option<usize> {
        self.count += 1;
        let same =
            |known: &Known| known.scale.to_bits() == scale.to_bits() && known.style == *style;
        let all = &mut self.known;
        let at = if let Some(at) = all.iter().position(same) {
            at
        } else {
            if all.len() >= MOST_STYLES {
                let oldest = (0..all.len()).min_by_key(|at| all.get(*at).map(|known| known.used));
                drop(oldest.map(|oldest| all.swap_remove(oldest)));
            }
            all.push(Known::new((press, glyphs), style, scale)?);
            all.len() - 1
        };
        all.get_mut(at)?.used = self.count;
        Some(at)
    }
}

impl Known {
    fn new(
        (press, glyphs): (&mut Press, &mut GlyphTable),
        style: &Style,
        scale: f32,
    ) -> Option<Self> {
        let shaped = press.shape("a a", Reading::ByItself, (style, scale));
        shaped.break_all_lines(None);
        let rise = baseline_offset(shaped);
        let run = shaped.lines().next()?.runs().next()?;
        let plain = run.normalized_coords().is_empty()
            && run.synthesis().variation_settings().is_empty()
            && run.font().index == 0;
        let number = glyphs.face(run.font(), run.font_size(), run.synthesis(), &[]);
        Some(Self {
            style: style.clone(),
            scale,
            em: run.font_size(),
            rise,
            face: bundled(run.font()).zip(number).filter(|_| plain),
            own: [None, None, None],
            letters: Vec::new(),
            shapes: Vec::new(),
            by_glyph: BTreeMap::new(),
            used: 0,
        })
    }

    /// Puts the letters of `text` into `row`; none if some of its words are not simple.
    fn fill(&mut self, row: &mut Vec<Letter>, text: &str, scripts: Scripts) -> Option<()> {
        self.meet(scripts.first)?;
        let mut missing = self.try_fill(row, text, scripts)?;
        if missing.iter().all(String::is_empty) {
            return Some(());
        }
        let count = self.own.iter().flatten().map(|own| own.words.len()).sum::<usize>();
        if count >= MOST_WORDS || self.letters.len() >= MOST_LETTERS {
            self.own.iter_mut().flatten().for_each(|own| own.words.clear());
            self.letters.clear();
            missing = self.try_fill(row, text, scripts)?;
        }
        for (script, words) in Script::ALL.into_iter().zip(&missing) {
            if !words.is_empty() {
                self.learn(script, words)?;
            }
        }
        self.try_fill(row, text, scripts)?.iter().all(String::is_empty).then_some(())
    }

    /// The words that are not known yet; none if a known one is not simple.
    fn try_fill(&self, row: &mut Vec<Letter>, text: &str, scripts: Scripts) -> Option<Missing> {
        row.clear();
        let mut missing = Missing::default();
        let (mut lets_go, mut doubtful) = (true, false);
        let mut script = scripts.first;
        for (number, word) in text.split(' ').enumerate() {
            if number > 0 {
                row.push(self.blank(script, row.last()));
            }
            if word.is_empty() {
                continue;
            }
            let turns = scripts.mixed && {
                let (own, turns) = script_of_word(word, script)?;
                script = own;
                turns
            };
            let Some(found) = self.own(script).and_then(|own| own.words.get(word)) else {
                let words = missing.get_mut(script as usize)?;
                words.push(' ');
                words.push_str(word);
                continue;
            };
            let word = (*found)?;
            let at = row.len();
            row.extend_from_slice(self.letters.get(word.first as usize..word.end as usize)?);
            if let Some(first) = row.get_mut(at) {
                first.marks |= if number > 0 { BREAK } else { 0 } | if turns { RUN } else { 0 };
            }
            doubtful |= number > 0 && !(lets_go && word.may_begin);
            lets_go = word.lets_go;
        }
        if doubtful && missing.iter().all(String::is_empty) {
            break_by_the_rules(row, text);
        }
        Some(missing)
    }

    fn own(&self, script: Script) -> Option<&Own> {
        self.own.get(script as usize)?.as_ref()
    }

    /// A blank in that script; of several the first is a word of its own in double clicks.
    fn blank(&self, script: Script, before: Option<&Letter>) -> Letter {
        let first = before.is_none_or(|before| before.marks & BLANK == 0);
        let marks = if first { BLANK | WORD } else { BLANK };
        self.own(script).map_or(NO_BLANK, |own| Letter { marks, ..own.blank })
    }

    /// Makes sure that the script is known.
    fn meet(&mut self, script: Script) -> Option<()> {
        let (font, _) = self.face?;
        if self.own(script).is_some() {
            return Some(());
        }
        let face = WordFace::new(font, script, &self.style.language)?;
        let slot = self.own.get_mut(script as usize)?;
        *slot = Some(Own { face, blank: NO_BLANK, words: Found::default() });
        let text = format!("{0} {0}", script.letter());
        let blank = self.letters_of(script, &text)?.get(1).copied()??;
        self.own.get_mut(script as usize)?.as_mut()?.blank = blank;
        Some(())
    }

    /// Has these words shaped, together.
    fn learn(&mut self, script: Script, words: &str) -> Option<()> {
        self.meet(script)?;
        let text = format!("{}{words}", script.letter());
        let letters = self.letters_of(script, &text)?;
        let mut rest = letters.as_slice();
        for word in text.split(' ') {
            let (own, after) = rest.split_at(word.chars().count().min(rest.len()));
            rest = after.get(1..).unwrap_or_default();
            if !self.own(script)?.words.contains_key(word) {
                let known = self.keep(word, own);
                let words = &mut self.own.get_mut(script as usize)?.as_mut()?.words;
                words.insert(Box::from(word), known);
            }
        }
        Some(())
    }

    fn keep(&mut self, word: &str, letters: &[Option<Letter>]) -> Option<Word> {
        let begins = letters.first().copied().flatten()?.glyph != NO_GLYPH;
        if !begins || letters.iter().any(Option::is_none) {
            return None;
        }
        let first = self.letters.len() as u32;
        self.letters.extend(letters.iter().flatten());
        let added = self.letters.get_mut(first as usize..)?;
        if word.chars().all(is_plain) {
            added.first_mut()?.marks |= WORD;
        } else {
            mark_by_the_rules(added, word);
        }
        Some(Word {
            first,
            end: self.letters.len() as u32,
            lets_go: word.chars().next_back().is_some_and(lets_go),
            may_begin: word.chars().next().is_some_and(may_begin),
        })
    }

    /// The letters of a text; none for those that are not simple.
    fn letters_of(&mut self, script: Script, text: &str) -> Option<Vec<Option<Letter>>> {
        let (_, number) = self.face?;
        let glyphs = self.own.get_mut(script as usize)?.as_mut()?.face.shape(text, self.em);
        let mut letters = Vec::with_capacity(text.len());
        let mut bytes = text.chars().map(|c| c.len_utf8() as u8);
        for Glyph { letters: count, id, advance } in glyphs {
            let own = advance / count as f32;
            let glyph = id.map(|id| self.shape(number, id));
            for (place, bytes) in bytes.by_ref().take(count).enumerate() {
                let (glyph_advance, drawn) =
                    if place == 0 { (advance, glyph) } else { (0.0, glyph.and(Some(NO_GLYPH))) };
                let letter = |glyph| Letter { own, glyph_advance, glyph, bytes, marks: 0 };
                letters.push(drawn.map(letter));
            }
        }
        Some(letters)
    }

    fn shape(&mut self, face: u32, id: u16) -> u32 {
        let next = self.shapes.len() as u32;
        let number = *self.by_glyph.entry(id).or_insert(next);
        if number == next {
            self.shapes.push(Shape { face, id, numbers: [NO_NUMBER; 4] });
        }
        number
    }
}
