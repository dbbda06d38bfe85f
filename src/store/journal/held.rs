//! The file of a log with its lock, which is let go at once when this is dropped.
//!
//! Closing the file would not be enough: a process that another thread is just starting shares the open file for a
//! moment, and the log would look as if a living program wrote to it.

use std::fs::File;
use std::ops::Deref;
use std::sync::Arc;

/// A file that is unlocked when it is dropped.
#[derive(Debug)]
pub(in crate::store::journal) struct Held(Arc<File>);

impl Held {
    /// Takes a file, locked or not.
    pub(in crate::store::journal) fn new(file: File) -> Self {
        Self(Arc::new(file))
    }

    /// The file for another thread; it does not keep the lock.
    pub(in crate::store::journal) fn shared(&self) -> Arc<File> {
        Arc::clone(&self.0)
    }
}

impl Deref for Held {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // A folder that knows no locks has none to let go.
        self.0.unlock().ok();
    }
}
