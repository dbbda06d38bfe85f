//! What the receipts of import and export have in common.

use serde::Serialize;

/// Something that has no place in the other format.
#[derive(Debug, Serialize)]
pub(crate) struct Lost {
    pub(crate) what: String,
    pub(crate) count: usize,
}

/// Something that was not done.
#[derive(Debug, Serialize)]
pub(crate) struct Failed {
    #[serde(rename = "where")]
    pub(crate) place: String,
    pub(crate) why: String,
}
