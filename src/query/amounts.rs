//! So many of something, in words. Only the program's own words are given to it: they begin with a plural in "s".

/// "3 documents of Ben", "1 document of Ben"; what begins with no plural is as it is: "1 of these words".
pub fn amount_in_words(count: u64, what: &str) -> String {
    let (first, rest) = what.split_at(what.find(' ').unwrap_or(what.len()));
    match first.strip_suffix('s').filter(|_| count == 1) {
        Some(one) => format!("1 {one}{rest}"),
        None => format!("{count} {what}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::query::amount_in_words;

    #[test]
    fn one_of_them_is_no_plural() {
        assert_eq!(amount_in_words(0, "annotations"), "0 annotations");
        assert_eq!(amount_in_words(1, "annotations"), "1 annotation");
        assert_eq!(amount_in_words(2, "annotations"), "2 annotations");
        assert_eq!(amount_in_words(1, "documents of Ben, who has"), "1 document of Ben, who has");
        assert_eq!(amount_in_words(1, "of these words"), "1 of these words");
        assert_eq!(amount_in_words(1, ""), "1 ");
    }
}
