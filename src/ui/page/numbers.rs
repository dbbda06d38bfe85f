//! The numbers of paragraphs as the margin shows them: from 1, without empty lines and without a title in the text.

use crate::model::Document;
use crate::text::Offset;

/// The last number that stands in the margin; 0 where there is none.
pub fn last(document: &Document) -> u32 {
    let end = Offset(document.text.len_bytes());
    document.text.paragraph_number(end).saturating_sub(untold(document))
}

/// Where the paragraph of that number begins.
pub fn start(document: &Document, number: u32) -> Option<Offset> {
    let index = document.text.numbered_paragraph(number.checked_add(untold(document))?)?;
    (number > 0).then(|| document.text.paragraph_bounds(index).0)
}

/// Paragraphs that are counted and have no number: the title.
fn untold(document: &Document) -> u32 {
    u32::from(document.begins_with_title())
}
