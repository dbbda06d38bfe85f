//! Which characters are simple: they stand for themselves, one glyph each or a ligature within a word, from left to
//! right, and the bundled faces have them all.
//!
//! `words.rs` puts paragraphs of nothing else together from words; `word_laws.rs` looks whether it is true.

/// The scripts of simple letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ui::engine) enum Script {
    Latin,
    Greek,
    Cyrillic,
}

impl Script {
    pub(in crate::ui::engine) const ALL: [Self; 3] = [Self::Latin, Self::Greek, Self::Cyrillic];

    /// A letter of it.
    pub(in crate::ui::engine) fn letter(self) -> &'static str {
        match self {
            Self::Latin => "a",
            Self::Greek => "\u{3b1}",
            Self::Cyrillic => "\u{430}",
        }
    }
}

/// What a simple character is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ui::engine) enum Kind {
    Letter(Script),
    /// A digit or sign, which takes the script of what stands before it.
    Common,
}

/// None for characters that are not simple.
pub(in crate::ui::engine) fn kind(c: char) -> Option<Kind> {
    let script = match c {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        _ if is_sign(c) => return Some(Kind::Common),
        // In the face of equal widths the first is put together from two glyphs; the second stands for two letters.
        '\u{1e2d}' | '\u{149}' => return None,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{386}'
        | '\u{388}'..='\u{38a}'
        | '\u{38c}'
        | '\u{38e}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3ce}' => Script::Greek,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => Script::Cyrillic,
        _ => return None,
    };
    Some(Kind::Letter(script))
}

/// Blanks, digits and signs.
fn is_sign(c: char) -> bool {
    match c {
        // Signs of copyright may be emoji; the soft hyphen is drawn at ends of lines only; ordinals are letters.
        '\u{a9}' | '\u{aa}' | '\u{ad}' | '\u{ae}' | '\u{ba}' => false,
        ' '..='~' => !c.is_ascii_alphabetic(),
        _ => matches!(
            c,
            '\u{a0}'..='\u{bf}'
                | '\u{d7}'
                | '\u{f7}'
                | '\u{2013}'
                | '\u{2014}'
                | '\u{2018}'..='\u{201e}'
                | '\u{2026}'
                | '\u{2030}'
                | '\u{2039}'
                | '\u{203a}'
                | '\u{20ac}'
                | '\u{2116}'
        ),
    }
}

/// Whether a character joins its neighbours to one word, and no line is broken at it.
pub(in crate::ui::engine) fn is_plain(c: char) -> bool {
    c.is_ascii_digit() || matches!(kind(c), Some(Kind::Letter(_)))
}

/// Scripts of a simple text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::ui::engine) struct Scripts {
    /// That of its first letter, which signs before it have too.
    pub(in crate::ui::engine) first: Script,
    /// Whether there are letters of others.
    pub(in crate::ui::engine) mixed: bool,
}

/// None for a text that is not simple.
pub(in crate::ui::engine) fn scripts_of(text: &str) -> Option<Scripts> {
    let (mut first, mut mixed) = (None, false);
    for c in text.chars() {
        if let Kind::Letter(script) = kind(c)? {
            mixed |= *first.get_or_insert(script) != script;
        }
    }
    Some(Scripts { first: first.unwrap_or(Script::Latin), mixed })
}

/// The script in which a word is written that follows something in script `before`, and whether it turns to another.
/// None where the turn lies within the word.
pub(in crate::ui::engine) fn script_of_word(word: &str, before: Script) -> Option<(Script, bool)> {
    let mut own = None;
    for c in word.chars() {
        if let Kind::Letter(script) = kind(c)?
            && *own.get_or_insert(script) != script
        {
            return None;
        }
    }
    match own {
        Some(own) if own != before => {
            word.chars().next().is_some_and(is_letter).then_some((own, true))
        }
        _ => Some((before, false)),
    }
}

fn is_letter(c: char) -> bool {
    matches!(kind(c), Some(Kind::Letter(_)))
}

/// Whether a line may end after the blank that follows such a character, if what comes then may begin one.
pub(in crate::ui::engine) fn lets_go(c: char) -> bool {
    let closes = |c| matches!(c, ')' | ']' | '%' | '\u{2019}' | '\u{201d}' | '\u{bb}');
    is_plain(c) || closes(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\u{2026}')
}

/// Whether a line may end after a blank that stands before such a character.
pub(in crate::ui::engine) fn may_begin(c: char) -> bool {
    let opens = |c| matches!(c, '(' | '[' | '$' | '\u{20ac}' | '\u{a7}' | '\u{201c}' | '\u{ab}');
    is_plain(c) || opens(c)
}
