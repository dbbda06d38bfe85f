//! The disk: reading and replacing files, the settings, and the journal from which unsaved work is recovered.
//!
//! The only room that touches a file. It never understands a project: bytes, digests and JSON texts come and go.
//! Start at [`replace`](fn@replace) for saving and at [`Journal`] for what a killed program leaves behind.

mod arrangement;
mod disk;
mod error;
#[cfg(test)]
mod fault_disk;
mod folder;
mod journal;
mod log;
mod look;
mod path_text;
mod replace;
#[cfg(test)]
mod replace_laws;
mod settings;
mod state;
mod sweep;

pub use arrangement::{DeskState, LastGuest, LastPlace, LastReview, MAX_PLACES, Reading};
pub use disk::{Disk, RealDisk};
pub use error::StoreError;
#[cfg(test)]
pub use fault_disk::{Fault, FaultDisk};
pub use folder::{InFolder, files_in, fill_folder};
pub use journal::{Entry, Header, Journal, Mark, Syncer, Unfinished, unfinished};
pub use log::{Log, scrubbed};
pub use look::{FileStamp, file_stamp, has_folder, head, json_files_beside, keep_copy};
pub use replace::{Digest, Expected, MAX_FILE_BYTES, OnDisk, canonical, on_disk, read, replace};
pub use settings::{KnownHand, MAX_RECENT, Settings};
pub use state::StateFolder;
pub use sweep::{sweep, sweep_beside};
