//! Languages by name: the common ones, and the code itself for others.

/// Codes and English names, in the order offered.
pub(in crate::ui) const COMMON: &[(&str, &str)] = &[
    ("en", "English"),
    ("ru", "Russian"),
    ("uk", "Ukrainian"),
    ("ko", "Korean"),
    ("zh", "Chinese"),
    ("ja", "Japanese"),
    ("ar", "Arabic"),
    ("fa", "Persian"),
    ("he", "Hebrew"),
    ("tr", "Turkish"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("pt", "Portuguese"),
    ("it", "Italian"),
    ("pl", "Polish"),
    ("nl", "Dutch"),
    ("sv", "Swedish"),
    ("el", "Greek"),
    ("hi", "Hindi"),
    ("ur", "Urdu"),
    ("id", "Indonesian"),
    ("vi", "Vietnamese"),
    ("th", "Thai"),
];

/// `Russian` for `ru`, `Portuguese (pt-BR)` for a variety, the code for what is not among the common ones.
pub(in crate::ui) fn language_name(code: &str) -> String {
    let main = code.split(['-', '_']).next().unwrap_or(code).to_lowercase();
    match COMMON.iter().find(|(known, _)| *known == main) {
        Some((known, name)) if *known == code => (*name).to_owned(),
        Some((_, name)) => format!("{name} ({code})"),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::panels::language::language_name;

    #[test]
    fn a_language_is_called_by_its_name_and_an_unknown_one_by_its_code() {
        assert_eq!(language_name("ko"), "Korean");
        assert_eq!(language_name("pt-BR"), "Portuguese (pt-BR)");
        assert_eq!(language_name("ka"), "ka");
    }
}
