//! Who works on a project: the person's name, the hand of this copy, and where times and ids come from.

use crate::model::{Annotator, Hand, Signature, Stamp};
use crate::workbench::{Clock, Ids};

/// What edits are signed with.
#[derive(Clone, Debug)]
pub struct Author {
    /// The person, as they gave their name.
    pub annotator: Annotator,
    /// This copy.
    pub hand: Hand,
    /// Where times come from.
    pub clock: Clock,
    /// Where ids come from.
    pub ids: Ids,
}

impl Author {
    /// A signature of now.
    pub fn signature(&self) -> Signature {
        Signature {
            hand: self.hand.clone(),
            stamp: Stamp::new(self.annotator.clone(), self.clock.now(), "window"),
        }
    }
}
