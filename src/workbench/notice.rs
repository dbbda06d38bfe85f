//! What a person is told: made in one place, so that every message says what, where and what to do.

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Goes away by itself.
    Info,
    /// Stays until read.
    Error,
}

/// A message to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// What happened, in a sentence.
    pub title: String,
    /// Where and why; may be empty.
    pub detail: String,
}

impl Notice {
    /// Something went as it should, but out of sight.
    pub fn info(title: impl Into<String>) -> Self {
        Self { severity: Severity::Info, title: title.into(), detail: String::new() }
    }

    /// Something could not be done.
    pub fn error(title: impl Into<String>, detail: impl std::fmt::Display) -> Self {
        Self { severity: Severity::Error, title: title.into(), detail: detail.to_string() }
    }

    /// An edit was refused.
    pub fn refused(refusal: &crate::model::Refusal) -> Self {
        Self {
            severity: Severity::Info,
            title: sentence(&refusal.to_string()),
            detail: String::new(),
        }
    }
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.title)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

/// `words` with a capital in front.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
