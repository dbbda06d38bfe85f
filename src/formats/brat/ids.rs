//! Ids that say where a record came from: the same foreign record gets the same id each time, so that importing twice
//! adds nothing. And words that ids and brat's names are made of.

use crate::text::digest_hex;
use smol_str::{SmolStr, format_smolstr};
use std::fmt::Write as _;

/// Letters of base 32 in lower case, as in every id.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// The longest word that is made of a foreign name.
const LONGEST: usize = 48;

/// `a_` and sixteen letters that depend on `parts` alone.
pub(in crate::formats::brat) fn derived(prefix: &str, parts: &[&str]) -> SmolStr {
    let mut bytes = Vec::new();
    for part in parts {
        // With their lengths: no two lists of parts look alike.
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    let hex = digest_hex(&bytes);
    let bits = u128::from_str_radix(hex.get(..20).unwrap_or_default(), 16).unwrap_or_default();
    let letter = |place: u32| {
        let at = (bits >> (5 * place)) & 31;
        char::from(ALPHABET.get(at as usize).copied().unwrap_or(b'a'))
    };
    format_smolstr!("{prefix}_{}", (0..16).map(letter).collect::<String>())
}

/// A name as the last part of an id: small ASCII letters, digits and hyphens.
pub(in crate::formats::brat) fn slug(name: &str) -> String {
    let mut word = String::new();
    for c in name.chars().take(LONGEST) {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => word.push(c),
            _ if c.is_ascii() => word.push('-'),
            _ => {}
        }
    }
    let word = word.trim_matches('-').to_owned();
    if !word.is_empty() && name.is_ascii() && name.len() <= LONGEST {
        return word;
    }
    // Another script has no small ASCII letters: its own numbers then, as many as stay readable, or a digest.
    let mut numbers = String::new();
    for c in name.chars().filter(|c| !c.is_ascii()) {
        write!(numbers, "{:x}", u32::from(c)).ok();
    }
    let tail = if numbers.len() <= LONGEST { numbers } else { derived("n", &[name]).to_string() };
    if word.is_empty() { format!("x-{tail}") } else { format!("{word}-{tail}") }
}

/// A name without what writers differ in: case, blanks, hyphens, underscores.
pub(in crate::formats::brat) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::formats::brat::ids::{derived, slug};

    #[test]
    fn a_derived_id_has_the_form_of_every_id() {
        let id = derived("a", &["d_1", "T1"]);
        let letters = id.strip_prefix("a_").unwrap();
        assert!(
            letters.len() == 16
                && letters.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        );
        assert_eq!(id, derived("a", &["d_1", "T1"]));
        assert_ne!(id, derived("a", &["d_1T", "1"]));
    }

    #[test]
    fn a_slug_is_never_empty_and_fit_for_an_id() {
        let long = "я".repeat(500);
        for (name, wanted) in
            [("Be-born", "be-born"), ("A B", "a-b"), ("!?", "x-"), ("Ян", "x-42f43d")]
        {
            assert_eq!(slug(name), wanted, "{name}");
        }
        for name in [long.as_str(), "", "\0", "a\u{301}"] {
            let slug = slug(name);
            assert!(
                (1..=100).contains(&slug.len()) && slug.bytes().all(|b| b.is_ascii_graphic()),
                "{slug}"
            );
        }
    }
}
