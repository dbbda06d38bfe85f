//! Simple paragraphs, put together from words that were shaped before.
//!
//! In Latin and Cyrillic text of the bundled faces no letter changes for what stands behind a blank. So each word is
//! shaped once by the shaping library, and a paragraph of such words only has to be broken into lines. What comes out
//! is the same to the last bit as what the library gives for the whole paragraph: `word_laws.rs` holds it to that. Every other
//! paragraph is left to `shape.rs`. Lines are set in `row.rs`.

use std::collections::BTreeMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::ui::engine::fonts::GlyphTable;
use crate::ui::engine::para::Para;
use crate::ui::engine::row::{
    BLANK, BREAK, Letter, NO_GLYPH, NO_NUMBER, Setting, Shape, WORD, break_by_the_rules,
    mark_by_the_rules,
};
use crate::ui::engine::shape::{Press, baseline_offset};
use crate::ui::engine::style::{Reading, Style};
use crate::ui::engine::word_face::{Glyph, WordFace};

/// Words kept for one style; beyond that all are forgotten.
pub(in crate::ui::engine) const MOST_WORDS: usize = 8192;
/// Styles kept; beyond that the one goes that was not used for longest.
const MOST_STYLES: usize = 32;
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ui::engine) enum Script {
    Latin,
    Cyrillic,
}

impl Script {
    /// A letter of it.
    pub(in crate::ui::engine) fn letter(self) -> &'static str {
        match self {
            Self::Latin => "a",
            Self::Cyrillic => "\u{430}",
        }
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

/// What is known of one style and script.
struct Known {
    style: Style,
    scale: f32,
    script: Script,
    /// Pixels per em.
    em: f32,
    /// Pixels from a line's upper edge to its baseline.
    rise: f32,
    blank: Letter,
    words: Found,
    letters: Vec<Letter>,
    shapes: Vec<Shape>,
    by_glyph: BTreeMap<u16, u32>,
    /// The face with its number; none if the words do not come from a face of ours.
    face: Option<(WordFace, u32)>,
    /// When it was used last.
    used: u64,
}

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
    /// Words of the style met last: how many are simple, and those that are not.
    pub(in crate::ui::engine) fn simple(&self) -> (usize, Vec<&str>) {
        let words = || self.known.iter().flat_map(|known| &known.words);
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
        let script = script_of(text)?;
        let known = self.known((press, &mut *glyphs), (script, style, scale))?;
        let Self { known: all, row, .. } = self;
        let known = all.get_mut(known)?;
        known.fill(row, text)?;
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
        (script, style, scale): (Script, &Style, f32),
    ) -> Option<usize> {
        self.count += 1;
        let same = |known: &Known| {
            known.script == script
                && known.scale.to_bits() == scale.to_bits()
                && known.style == *style
        };
        let all = &mut self.known;
        let at = if let Some(at) = all.iter().position(same) {
            at
        } else {
            if all.len() >= MOST_STYLES {
                let oldest = (0..all.len()).min_by_key(|at| all.get(*at).map(|known| known.used));
                drop(oldest.map(|oldest| all.swap_remove(oldest)));
            }
            all.push(Known::new((press, glyphs), (script, style, scale))?);
            all.len() - 1
        };
        all.get_mut(at)?.used = self.count;
        Some(at)
    }
}

/// The script of a text in which every character is simple.
pub(in crate::ui::engine) fn script_of(text: &str) -> Option<Script> {
    let mut script = None;
    for c in text.chars() {
        let own = match c {
            'a'..='z' | 'A'..='Z' => Script::Latin,
            '\u{c0}'..='\u{17f}' if !matches!(c, '\u{d7}' | '\u{f7}' | '\u{149}') => Script::Latin,
            '\u{400}'..='\u{45f}' | '\u{490}' | '\u{491}' => Script::Cyrillic,
            ' '..='~'
            | '\u{a7}'
            | '\u{ab}'
            | '\u{bb}'
            | '\u{2013}'
            | '\u{2014}'
            | '\u{2018}'..='\u{201e}'
            | '\u{2026}'
            | '\u{20ac}'
            | '\u{2116}' => continue,
            _ => return None,
        };
        if script.is_some_and(|script| script != own) {
            return None;
        }
        script = Some(own);
    }
    Some(script.unwrap_or(Script::Latin))
}

/// Whether a line may end after the blank that follows such a letter, if what comes then may begin one.
fn lets_go(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | ')'
                | ']'
                | '%'
                | '\u{2026}'
                | '\u{2019}'
                | '\u{201d}'
                | '\u{bb}'
        )
}

/// Whether a line may end after a blank that stands before such a letter.
fn may_begin(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '(' | '[' | '$' | '\u{20ac}' | '\u{a7}' | '\u{201c}' | '\u{ab}')
}

impl Known {
    fn new(
        (press, glyphs): (&mut Press, &mut GlyphTable),
        (script, style, scale): (Script, &Style, f32),
    ) -> Option<Self> {
        let text = format!("{0} {0}", script.letter());
        let shaped = press.shape(&text, Reading::ByItself, (style, scale));
        shaped.break_all_lines(None);
        let rise = baseline_offset(shaped);
        let run = shaped.lines().next()?.runs().next()?;
        let face = glyphs.face(run.font(), run.font_size(), run.synthesis(), &[]);
        let mut known = Self {
            style: style.clone(),
            scale,
            script,
            em: run.font_size(),
            rise,
            blank: Letter { own: 0.0, glyph_advance: 0.0, glyph: NO_GLYPH, bytes: 1, marks: BLANK },
            words: Found::default(),
            letters: Vec::new(),
            shapes: Vec::new(),
            by_glyph: BTreeMap::new(),
            face: WordFace::new(&run, script, &style.language).zip(face),
            used: 0,
        };
        let letters = known.letters_of(&text);
        if let Some(Some(blank)) = letters.get(1) {
            known.blank = Letter { marks: BLANK, ..*blank };
        } else {
            known.face = None;
        }
        Some(known)
    }

    /// Puts the letters of `text` into `row`; none if some of its words are not simple.
    fn fill(&mut self, row: &mut Vec<Letter>, text: &str) -> Option<()> {
        self.face.as_ref()?;
        let missing = self.try_fill(row, text)?;
        if missing.is_empty() {
            return Some(());
        }
        if self.words.len() < MOST_WORDS {
            self.learn(&missing);
        } else {
            self.words.clear();
            self.letters.clear();
            self.learn(text);
        }
        self.try_fill(row, text)?.is_empty().then_some(())
    }

    /// The words that are not known yet, each after a blank; none if a known one is not simple.
    fn try_fill(&self, row: &mut Vec<Letter>, text: &str) -> Option<String> {
        row.clear();
        let mut missing = String::new();
        let (mut lets_go, mut doubtful) = (true, false);
        for (number, word) in text.split(' ').enumerate() {
            if number > 0 {
                let second = row.last().is_some_and(|last| last.marks & BLANK != 0);
                let marks = if second { BLANK } else { BLANK | WORD };
                row.push(Letter { marks, ..self.blank });
            }
            if word.is_empty() {
                continue;
            }
            let Some(found) = self.words.get(word) else {
                missing.push(' ');
                missing.push_str(word);
                continue;
            };
            let word = (*found)?;
            let at = row.len();
            row.extend_from_slice(self.letters.get(word.first as usize..word.end as usize)?);
            if number > 0
                && let Some(first) = row.get_mut(at)
            {
                first.marks |= BREAK;
            }
            doubtful |= number > 0 && !(lets_go && word.may_begin);
            lets_go = word.lets_go;
        }
        if doubtful && missing.is_empty() {
            break_by_the_rules(row, text);
        }
        Some(missing)
    }

    /// Has these words shaped, together.
    fn learn(&mut self, words: &str) {
        let text = format!("{} {}", self.script.letter(), words.trim());
        let letters = self.letters_of(&text);
        let mut rest = letters.as_slice();
        for word in text.split(' ') {
            let (own, after) = rest.split_at(word.chars().count().min(rest.len()));
            rest = after.get(1..).unwrap_or_default();
            if !word.is_empty() && !self.words.contains_key(word) {
                let known = self.keep(word, own);
                self.words.insert(Box::from(word), known);
            }
        }
    }

    fn keep(&mut self, word: &str, letters: &[Option<Letter>]) -> Option<Word> {
        let begins = letters.first().copied().flatten()?.glyph != NO_GLYPH;
        if !begins || letters.iter().any(Option::is_none) {
            return None;
        }
        let first = self.letters.len() as u32;
        self.letters.extend(letters.iter().flatten());
        let added = self.letters.get_mut(first as usize..)?;
        if word.chars().all(char::is_alphanumeric) {
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
    fn letters_of(&mut self, text: &str) -> Vec<Option<Letter>> {
        let mut letters = Vec::with_capacity(text.len());
        let Some((mut face, number)) = self.face.take() else { return letters };
        let glyphs = face.shape(text, self.em);
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
        self.face = Some((face, number));
        letters
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
