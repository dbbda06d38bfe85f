//! Simple paragraphs, put together from words that were shaped before.
//!
//! In Latin and Cyrillic text of the bundled faces no letter changes for what stands behind a blank. So each word is
//! shaped once by the shaping library, and a paragraph of such words only has to be broken into lines. What comes out
//! is the same to the last bit as what the library gives for the whole paragraph: `word_laws.rs` holds it to that. Every other
//! paragraph is left to `shape.rs`. Lines are set in `row.rs`.

use std::collections::BTreeMap;
use std::ops::Range;

use parley::Layout;

use crate::ui::engine::fonts::{GlyphTable, is_bundled};
use crate::ui::engine::para::Para;
use crate::ui::engine::row::{
    BLANK, BREAK, Letter, NO_GLYPH, NO_NUMBER, Setting, Shape, WORD, break_by_the_rules,
};
use crate::ui::engine::shape::{Press, baseline_offset};
use crate::ui::engine::style::{Reading, Style};

/// Words kept for one style; beyond that all are forgotten.
pub(in crate::ui::engine) const MOST_WORDS: usize = 8192;
/// Styles kept.
const MOST_STYLES: usize = 12;
/// Only looked up, hundreds of times for a page of new text.
#[expect(clippy::disallowed_types, reason = "looked up by word, never walked through")]
type Found = std::collections::HashMap<Box<str>, Option<Word>>;

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
    by_glyph: BTreeMap<(u32, u16), u32>,
}

/// The words that were met.
#[derive(Default)]
pub(in crate::ui::engine) struct Words {
    known: Vec<Known>,
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
        let kit = &mut (press, glyphs);
        let known = known(&mut self.known, kit, (script, style, scale))?;
        known.fill(&mut self.row, text, kit)?;
        let mut setting = Setting {
            style: &known.style,
            scale,
            em: known.em,
            rise: known.rise,
            limit: wrap.unwrap_or(f32::MAX),
            shapes: &mut known.shapes,
            glyphs: &mut *kit.1,
        };
        Some(setting.para(&self.row))
    }
}

type Kit<'a> = (&'a mut Press, &'a mut GlyphTable);

fn known<'a>(
    all: &'a mut Vec<Known>,
    kit: &mut Kit<'_>,
    (script, style, scale): (Script, &Style, f32),
) -> Option<&'a mut Known> {
    let same = |known: &Known| {
        known.script == script && known.scale.to_bits() == scale.to_bits() && known.style == *style
    };
    let at = if let Some(at) = all.iter().position(same) {
        at
    } else {
        if all.len() >= MOST_STYLES {
            all.clear();
        }
        all.push(Known::new(kit, (script, style, scale))?);
        all.len() - 1
    };
    all.get_mut(at)
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
    fn new(kit: &mut Kit<'_>, (script, style, scale): (Script, &Style, f32)) -> Option<Self> {
        let blank =
            Letter { own: 0.0, glyph_advance: 0.0, glyph: NO_GLYPH, bytes: 1, marks: BLANK };
        let mut known = Self {
            style: style.clone(),
            scale,
            script,
            em: 0.0,
            rise: 0.0,
            blank,
            words: Found::default(),
            letters: Vec::new(),
            shapes: Vec::new(),
            by_glyph: BTreeMap::new(),
        };
        let letter = script.letter();
        let shaped = kit.0.shape(&format!("{letter} {letter}"), Reading::ByItself, (style, scale));
        shaped.break_all_lines(None);
        known.rise = baseline_offset(shaped);
        known.em = shaped.lines().next()?.runs().next()?.font_size();
        let letters = known.letters_of(shaped, kit.1);
        let (_, blank) = letters.get(1)?;
        known.blank = Letter { marks: BLANK, ..(*blank)? };
        Some(known)
    }

    /// Puts the letters of `text` into `row`; none if some of its words are not simple.
    fn fill(&mut self, row: &mut Vec<Letter>, text: &str, kit: &mut Kit<'_>) -> Option<()> {
        let missing = self.try_fill(row, text)?;
        if missing.is_empty() {
            return Some(());
        }
        if self.words.len() >= MOST_WORDS {
            self.words.clear();
            self.letters.clear();
        }
        self.learn(&missing, kit);
        // After forgetting, words that were known are missing too.
        if !self.try_fill(row, text)?.is_empty() {
            self.learn(text, kit);
            return self.try_fill(row, text)?.is_empty().then_some(());
        }
        Some(())
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
    fn learn(&mut self, words: &str, kit: &mut Kit<'_>) {
        let text = format!("{} {}", self.script.letter(), words.trim());
        let (style, scale) = (self.style.clone(), self.scale);
        let shaped = kit.0.shape(&text, Reading::ByItself, (&style, scale));
        shaped.break_all_lines(None);
        let mut letters = self.letters_of(shaped, kit.1);
        letters.sort_by_key(|(at, _)| *at);
        let mut start = 0;
        for word in text.split(' ') {
            let end = start + word.len();
            if !word.is_empty() {
                let range = start as u32..end as u32;
                let known = self.keep(word, letters_in(&letters, range));
                self.words.insert(Box::from(word), known);
            }
            start = end + 1;
        }
    }

    fn keep(&mut self, word: &str, letters: &[(u32, Option<Letter>)]) -> Option<Word> {
        let count = word.chars().count();
        let own: Vec<Letter> = letters.iter().map_while(|(_, letter)| *letter).collect();
        let whole = own.len() == count && own.iter().all(|letter| letter.bytes > 0);
        let begins = own.first().is_some_and(|first| first.glyph != NO_GLYPH);
        if !whole || !begins {
            return None;
        }
        let first = self.letters.len() as u32;
        self.letters.extend(own);
        let added = self.letters.get_mut(first as usize..).unwrap_or_default();
        break_by_the_rules(added, word);
        Some(Word {
            first,
            end: self.letters.len() as u32,
            lets_go: word.chars().next_back().is_some_and(lets_go),
            may_begin: word.chars().next().is_some_and(may_begin),
        })
    }

    /// All letters of a layout with where they start; none for those that are not simple.
    fn letters_of(
        &mut self,
        layout: &Layout<()>,
        glyphs: &mut GlyphTable,
    ) -> Vec<(u32, Option<Letter>)> {
        let mut letters = Vec::new();
        for run in layout.lines().next().iter().flat_map(parley::Line::runs) {
            let plain =
                is_bundled(run.font()) && !run.is_rtl() && run.normalized_coords().is_empty();
            let face = glyphs.face(run.font(), run.font_size(), run.synthesis(), &[]);
            for cluster in run.clusters() {
                let range = cluster.text_range();
                let mut drawn = cluster.glyphs();
                let (first, second) = (drawn.next(), drawn.next());
                let own = cluster.advance();
                let continues = cluster.is_ligature_continuation();
                let marks = if cluster.is_word_boundary() { WORD } else { 0 };
                let bytes = u8::try_from(range.len()).unwrap_or_default();
                let glyph = match (first, face) {
                    (None, _) if continues => Some((NO_GLYPH, 0.0)),
                    (Some(glyph), Some(face)) if glyph.x == 0.0 && glyph.y == 0.0 => {
                        u16::try_from(glyph.id).ok().map(|id| (self.shape(face, id), glyph.advance))
                    }
                    _ => None,
                };
                let simple = glyph.filter(|_| plain && second.is_none());
                let letter = simple.map(|(glyph, glyph_advance)| Letter {
                    own,
                    glyph_advance,
                    glyph,
                    bytes,
                    marks,
                });
                letters.push((range.start as u32, letter));
            }
        }
        letters
    }

    fn shape(&mut self, face: u32, id: u16) -> u32 {
        let next = self.shapes.len() as u32;
        let number = *self.by_glyph.entry((face, id)).or_insert(next);
        if number == next {
            self.shapes.push(Shape { face, id, numbers: [NO_NUMBER; 4] });
        }
        number
    }
}

fn letters_in(letters: &[(u32, Option<Letter>)], range: Range<u32>) -> &[(u32, Option<Letter>)] {
    let first = letters.partition_point(|(at, _)| *at < range.start);
    let end = letters.partition_point(|(at, _)| *at < range.end);
    letters.get(first..end).unwrap_or_default()
}
