//! Cells of a CSV file: quoted as RFC 4180 says, and inert in a spreadsheet program.
//!
//! A text that a spreadsheet would take for a formula gets an apostrophe in front, which such programs do not show. Lines
//! end as RFC 4180 wants it, and the file begins with the mark by which Excel knows UTF-8.

/// What a CSV file begins with.
pub(in crate::formats) const BEGINNING: &str = "\u{feff}";

/// What a cell must not begin with: a formula would be run.
const TRIGGERS: &str = "=+-@\t\r\n\0＝＋－＠";

/// A cell of text.
pub(in crate::formats) fn cell(text: &str) -> String {
    let guard = if text.starts_with(|c| TRIGGERS.contains(c)) { "'" } else { "" };
    let guarded = format!("{guard}{text}");
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// A cell that is a number and nothing else; a minus makes no formula of it.
pub(in crate::formats) fn number(value: f64) -> String {
    value.to_string()
}

/// A line of cells that are ready.
pub(in crate::formats) fn line(cells: &[String]) -> String {
    format!("{}\r\n", cells.join(","))
}

#[cfg(test)]
mod tests {
    use crate::formats::csv::{cell, line, number};
    use proptest::prelude::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(cell("Berg, Anton"), "\"Berg, Anton\"");
        assert_eq!(cell("the \"dove\""), "\"the \"\"dove\"\"\"");
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("＝1"), "'＝1");
        assert_eq!(line(&[cell("a"), number(-0.25)]), "a,-0.25\r\n");
    }

    /// A reader of RFC 4180, for one line.
    fn read(line: &str) -> Vec<String> {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        let mut rest = line.strip_suffix("\r\n").unwrap().chars().peekable();
        while let Some(c) = rest.next() {
            let cell = cells.last_mut().unwrap();
            match c {
                '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                other => cell.push(other),
            }
        }
        cells
    }

    proptest! {
        #[test]
        fn every_cell_is_read_back_and_none_is_a_formula(
            texts in prop::collection::vec("[=+@\\-\"',\r\n\ta＝ж0]{0,6}", 1..4)
        ) {
            let cells = read(&line(&texts.iter().map(|text| cell(text)).collect::<Vec<_>>()));
            prop_assert_eq!(cells.len(), texts.len());
            for (cell, text) in cells.iter().zip(&texts) {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']));
                prop_assert!(cell == text || cell.strip_prefix('\'') == Some(text));
            }
        }
    }
}
