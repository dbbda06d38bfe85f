//! Finding words again when the text around them is not the one they were marked in.
//!
//! After the W3C Web Annotation selectors: a position, the quote, and a little context on both sides.
//! Only exact quotes are found here; a quote that was itself changed makes an orphan.

use crate::text::{Offset, Span, Text};

/// Bytes of context kept on each side, cut to a character; Hypothesis keeps 32 characters.
const CONTEXT: usize = 32;

/// A span together with what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Where it was.
    pub span: Span,
    /// The words it covered.
    pub quote: Box<str>,
    /// The words just before.
    pub before: Box<str>,
    /// The words just after.
    pub after: Box<str>,
}

/// Where an anchor's words are in another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Where they were.
    Exact(Span),
    /// Elsewhere, and only one place fits best: a person should confirm it.
    Moved(Span),
    /// Nowhere, or in several places that fit equally.
    Orphan,
}

impl Anchor {
    /// Anchors `span` of `text`.
    pub fn of(text: &Text, span: Span) -> Self {
        let (start, end) = (span.start().bytes(), span.end().bytes());
        let content = text.as_str();
        let from = content.floor_char_boundary(start.saturating_sub(CONTEXT));
        let to = content.ceil_char_boundary((end + CONTEXT).min(content.len()));
        Self {
            span,
            quote: text.slice(span).into(),
            before: content.get(from..start).unwrap_or_default().into(),
            after: content.get(end..to).unwrap_or_default().into(),
        }
    }

    /// Looks for the words in `text`: where they were, then everywhere, preferring equal context.
    pub fn find(&self, text: &Text) -> Found {
        if text.holds(self.span) && text.slice(self.span) == &*self.quote {
            return Found::Exact(self.span);
        }
        if self.quote.is_empty() {
            return Found::Orphan;
        }
        let mut best: Option<(usize, Span)> = None;
        let mut ties = 0;
        for (at, _) in text.as_str().match_indices(&*self.quote) {
            let end = Offset::of_bytes(at + self.quote.len());
            let Some(span) = Span::between(Offset::of_bytes(at), end) else { continue };
            let score = self.context_in_common(text, span);
            match best {
                Some((top, _)) if score < top => {}
                Some((top, _)) if score == top => ties += 1,
                _ => (best, ties) = (Some((score, span)), 0),
            }
        }
        match best {
            Some((_, span)) if ties == 0 => Found::Moved(span),
            _ => Found::Orphan,
        }
    }

    fn context_in_common(&self, text: &Text, span: Span) -> usize {
        let there = Self::of(text, span);
        let before = self.before.chars().rev().zip(there.before.chars().rev());
        let after = self.after.chars().zip(there.after.chars());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Anchor, Found, Offset, Span, Text};

    fn anchor(text: &str, quote: &str) -> Anchor {
        let at = text.find(quote).unwrap();
        let span = Span::between(Offset::of_bytes(at), Offset::of_bytes(at + quote.len())).unwrap();
        Anchor::of(&Text::new(text), span)
    }

    #[test]
    fn words_are_found_by_their_context_when_they_moved() {
        let old = anchor("The minister spoke. The guest left.", "guest");
        let new = Text::new("A word first. The minister spoke to one guest. The guest left.");
        let Found::Moved(span) = old.find(&new) else { panic!("should move") };
        assert_eq!(span.start().bytes(), new.as_str().rfind("guest").unwrap());
    }

    #[test]
    fn words_that_fit_in_two_places_equally_are_an_orphan() {
        assert_eq!(anchor("guest", "guest").find(&Text::new("a guest a guest")), Found::Orphan);
        assert_eq!(anchor("guest", "guest").find(&Text::new("nobody")), Found::Orphan);
    }
}
