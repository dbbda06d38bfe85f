//! Source text without its comments and literals, and the paths (`a::b::{c, d}`) that it names, each with its lines.
//!
//! Macro bodies are read like any other text. Knows nothing of rooms.

/// A path written out: each segment with its line.
pub(crate) type Named = Vec<(usize, String)>;

/// What a file names.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// Its paths; those in braces written out.
    pub(crate) paths: Vec<Named>,
    /// What would hide where a name comes from.
    pub(crate) hidden: Vec<(usize, &'static str)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Name(String),
    /// `::`
    Colons,
    Sign(char),
}

type Tokens = [(usize, Token)];

/// Scans one file.
pub(crate) fn scan(source: &str) -> Scanned {
    let tokens = tokens(&blanked(source));
    let mut scanned = Scanned::default();
    let mut at = 0;
    while at < tokens.len() {
        hidden(&tokens[at..], &mut scanned.hidden);
        at = match tokens[at].1 {
            Token::Name(_) => path(&tokens, at, &Vec::new(), &mut scanned.paths),
            _ => at + 1,
        };
    }
    scanned
}

/// Other names for the crate, and sources that are brought in from elsewhere.
fn hidden(tokens: &Tokens, found: &mut Vec<(usize, &'static str)>) {
    let line = tokens[0].0;
    let words: Vec<String> = tokens.iter().take(4).map(|(_, token)| word(token)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["extern", "crate", ..] => found.push((line, "extern crate gives the crate another name")),
        ["crate" | "matryoshka", "as", ..] => found.push((line, "the crate gets another name")),
        ["crate" | "matryoshka", "::", "*", ..] => found.push((line, "all rooms are brought in")),
        ["crate" | "matryoshka", "::", "{", "self" | "*"] => {
            found.push((line, "the crate gets another name"));
        }
        ["use", "self", "::", ..] => found.push((line, "self:: hides where a name comes from")),
        ["#", "[", "path", "="] => found.push((line, "#[path] brings a file in from elsewhere")),
        ["include", "!", ..] => found.push((line, "include! brings a file in from elsewhere")),
        _ => {}
    }
}

fn word(token: &Token) -> String {
    match token {
        Token::Name(name) => name.clone(),
        Token::Colons => "::".to_owned(),
        Token::Sign(sign) => sign.to_string(),
    }
}

/// Reads the path that begins at `at` after the segments of `before`; says where it ends.
fn path(tokens: &Tokens, mut at: usize, before: &Named, found: &mut Vec<Named>) -> usize {
    let mut named = before.clone();
    loop {
        match tokens.get(at) {
            Some((line, Token::Name(name))) => {
                named.push((*line, name.clone()));
                at += 1;
            }
            Some((line, Token::Sign('*'))) => {
                named.push((*line, "*".to_owned()));
                found.push(named);
                return at + 1;
            }
            Some((_, Token::Sign('{'))) if named.len() > before.len() || !before.is_empty() => {
                return group(tokens, at + 1, &named, found);
            }
            _ => break,
        }
        if tokens.get(at).is_none_or(|(_, token)| *token != Token::Colons) {
            break;
        }
        at += 1;
    }
    found.push(named);
    at
}

/// Reads the branches of a path up to the closing brace; says where it ends.
fn group(tokens: &Tokens, mut at: usize, before: &Named, found: &mut Vec<Named>) -> usize {
    while let Some((_, token)) = tokens.get(at) {
        at = match token {
            Token::Sign('}') => return at + 1,
            Token::Name(name) if name == "as" => at + 2,
            Token::Name(_) | Token::Sign('*') => path(tokens, at, before, found),
            _ => at + 1,
        };
    }
    at
}

fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    for (line, words) in code.lines().enumerate() {
        let mut chars = words.chars().peekable();
        while let Some(first) = chars.next() {
            if first.is_alphanumeric() || first == '_' {
                let mut name = first.to_string();
                while let Some(next) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    name.push(next);
                }
                // `r#name` is the name, and a number is none.
                let raw = name == "r" && chars.next_if_eq(&'#').is_some();
                if !raw && !first.is_numeric() {
                    tokens.push((line + 1, Token::Name(name)));
                }
            } else if first == ':' && chars.next_if_eq(&':').is_some() {
                tokens.push((line + 1, Token::Colons));
            } else if !first.is_whitespace() {
                tokens.push((line + 1, Token::Sign(first)));
            }
        }
    }
    tokens
}

/// The source with blanks for comments and for what stands in literals; every line end stays.
fn blanked(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut code = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skipped(&chars, at);
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

/// Where the comment or literal that begins at `at` ends; `at` itself for code.
fn skipped(chars: &[char], at: usize) -> usize {
    let is = |offset: usize, c: char| chars.get(at + offset) == Some(&c);
    let after_name = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match chars[at] {
        '/' if is(1, '/') => line_end(chars, at),
        '/' if is(1, '*') => comment_end(chars, at),
        '"' => string_end(chars, at + 1),
        '\'' => char_end(chars, at),
        'r' if !after_name => raw_end(chars, at + 1).unwrap_or(at),
        'b' | 'c' if !after_name && is(1, 'r') => raw_end(chars, at + 2).unwrap_or(at),
        _ => at,
    }
}

fn line_end(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
}

fn comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// A character in quotes; a lifetime is code.
fn char_end(chars: &[char], at: usize) -> usize {
    if chars.get(at + 1) == Some(&'\\') {
        let rest = chars.get(at + 3..).unwrap_or_default();
        return rest.iter().position(|c| *c == '\'').map_or(at, |length| at + 4 + length);
    }
    if chars.get(at + 2) == Some(&'\'') { at + 3 } else { at }
}

/// The end of a raw string whose `#`s begin at `at`, if one begins there.
fn raw_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars.get(at..)?.iter().take_while(|c| **c == '#').count();
    if chars.get(at + hashes) != Some(&'"') {
        return None;
    }
    let mut end = at + hashes + 1;
    while end < chars.len() {
        let closes = chars[end] == '"'
            && chars.get(end + 1..=end + hashes).is_some_and(|tail| tail.iter().all(|c| *c == '#'));
        if closes {
            return Some(end + 1 + hashes);
        }
        end += 1;
    }
    Some(chars.len())
}
