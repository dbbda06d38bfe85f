//! How well a name fits the letters that were typed: one rule for palette, finders and the code popup.

/// Lower is better: it begins so, words of it begin with all that was typed, it has it anywhere.
pub(in crate::ui) fn rank(name: &str, typed: &str) -> Option<u8> {
    let (name, typed) = (name.to_lowercase(), typed.trim().to_lowercase());
    if name.starts_with(&typed) {
        return Some(0);
    }
    let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let begins = |word: &str| parts.iter().any(|part| part.starts_with(word));
    if typed.split_whitespace().all(begins) {
        return Some(1);
    }
    name.contains(&typed).then_some(2)
}

#[cfg(test)]
mod tests {
    use crate::ui::letters::rank;

    #[test]
    fn the_beginning_comes_before_words_and_these_before_any_place() {
        assert_eq!(rank("Government body", "gov"), Some(0));
        assert_eq!(rank("Government body", " BODY "), Some(1));
        assert_eq!(rank("Party (or movement)", "mov pa"), Some(1));
        assert_eq!(rank("Government body", "men"), Some(2));
        assert_eq!(rank("Правительство", "прав"), Some(0));
        assert_eq!(rank("Government body", "gvb"), None);
        assert_eq!(rank("Anything", ""), Some(0));
    }
}
