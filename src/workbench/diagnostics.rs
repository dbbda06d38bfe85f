//! What is sent with a report: version, system, counts and the end of the log.
//!
//! Never words of documents, names, quotes or folders: only numbers, and what the program says of itself.

use crate::model::Project;
use crate::query;
use crate::workbench::Office;
use std::fmt::Write as _;

/// Lines of the log that go along.
const LINES: usize = 50;

/// The text that *Copy diagnostics* copies. `window` says what the window knows of itself, line by line.
pub fn diagnostics(office: &Office, project: Option<&Project>, window: &[String]) -> String {
    let mut text = format!(
        "Matryoshka {}\nSystem: {} {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    for line in window {
        text.push_str(line);
        text.push('\n');
    }
    let counted = match project {
        None => writeln!(text, "No project is open"),
        Some(project) => {
            let counts = query::counts(project);
            let bytes: usize =
                project.sheets().values().map(|sheet| sheet.document().text.as_str().len()).sum();
            writeln!(
                text,
                "Documents: {} ({bytes} bytes)\nAnnotations: {}\nLinks: {}\nRecords: {}\nNotes: {}\nLayers: {}",
                project.sheets().len(),
                counts.annotations,
                counts.links,
                counts.entities,
                counts.notes,
                project.codebook.layers.len()
            )
        }
    };
    // Writing into a string does not fail.
    counted.ok();
    text.push_str("Log:\n");
    for line in office.log_tail(LINES) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::text::words_in;
    use crate::workbench::{Notice, Office, diagnostics, load};
    use std::path::Path;

    #[test]
    fn diagnostics_hold_no_words_of_documents_no_names_and_no_folders() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("Kroll dossier");
        let mut office = Office::open(Some(&secret), Some("Xenia Quillfeather")).unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/summit.json");
        let loaded = load(&[path], office.desk(), &crate::jobs::Progress::default()).unwrap();
        office
            .log_notice(&Notice::error("Not saved", "“Edda Kroll” at: /home/Kroll dossier/x.json"));
        let text = diagnostics(&office, Some(&loaded.project), &["Window: egui".to_owned()]);
        assert!(text.contains("Annotations: ") && text.contains("Not saved"), "{text}");
        assert!(!text.contains("dossier") && !text.contains("Quillfeather"), "{text}");
        let said: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        for sheet in loaded.project.sheets().values() {
            let document = &sheet.document().text;
            let whole = crate::text::Span::between(
                crate::text::Offset(0),
                crate::text::Offset(document.len_bytes()),
            );
            for span in words_in(document, whole.unwrap()) {
                let word = document.slice(span);
                // Names and long words; "the" stands in any report.
                let telling = word.chars().count() > 3 && word.chars().any(char::is_uppercase);
                assert!(!telling || !said.contains(&word), "“{word}” stands in {text}");
            }
        }
    }
}
