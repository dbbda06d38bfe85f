//! Which language a text may be in, by its script alone. A guess; the analyst can say better.

/// The language as a BCP 47 code, where the script leaves little doubt; empty where it does not.
pub fn language_by_script(content: &str) -> &'static str {
    let sample = content.chars().filter(|c| c.is_alphabetic()).take(2000);
    let (mut korean, mut kana, mut han, mut arabic, mut cyrillic, mut latin) = (0, 0, 0, 0, 0, 0);
    for c in sample {
        match c {
            '\u{ac00}'..='\u{d7a3}' => korean += 1,
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{4e00}'..='\u{9fff}' => han += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ => {}
        }
    }
    let most = [korean, kana + han, arabic, cyrillic, latin].into_iter().max().unwrap_or(0);
    match most {
        0 => "",
        n if n == korean => "ko",
        n if n == kana + han && kana > 0 => "ja",
        n if n == kana + han => "zh",
        n if n == arabic => "ar",
        n if n == cyrillic => "ru",
        _ => "en",
    }
}

#[cfg(test)]
mod tests {
    use crate::text::language_by_script;

    #[test]
    fn the_script_gives_the_language_away() {
        for (words, code) in
            [("Президент", "ru"), ("대통령", "ko"), ("首相は", "ja"), ("主席", "zh"), ("12", "")]
        {
            assert_eq!(language_by_script(words), code, "{words}");
        }
    }
}
