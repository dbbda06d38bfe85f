//! A disk on which one operation fails, or in whose midst the process dies: for tests only.
//!
//! Works on real files through [`RealDisk`], so that what is left behind can be looked at.

use crate::store::{Disk, RealDisk};
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// What happens at the chosen operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fails with this error; a write has then written half. Those after it work.
    Error(ErrorKind),
    /// The process dies there: a write has written half, and nothing after it happens.
    Death,
}

/// A disk with one fault.
#[derive(Debug)]
pub struct FaultDisk {
    at: u32,
    fault: Fault,
    done: AtomicU32,
    steps: Mutex<Vec<&'static str>>,
}

impl FaultDisk {
    /// The fault comes at the operation number `at`, counted from 0.
    pub fn new(at: u32, fault: Fault) -> Self {
        Self { at, fault, done: AtomicU32::new(0), steps: Mutex::default() }
    }

    /// A disk without a fault, of which one wants to know what was asked.
    pub fn recording() -> Self {
        Self::new(u32::MAX, Fault::Death)
    }

    /// What was asked of it, in order.
    pub fn steps(&self) -> Vec<&'static str> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the operation with the fault was reached.
    pub fn was_reached(&self) -> bool {
        self.done.load(Ordering::SeqCst) > self.at
    }

    /// Counts an operation. If it is not to work: the error, and whether it is the one with the fault.
    fn step(&self, name: &'static str) -> std::result::Result<(), (Error, bool)> {
        self.steps.lock().unwrap().push(name);
        let now = self.done.fetch_add(1, Ordering::SeqCst);
        let dead = Error::other("the process is dead");
        match self.fault {
            Fault::Error(kind) if now == self.at => Err((kind.into(), true)),
            Fault::Death if now >= self.at => Err((dead, now == self.at)),
            _ => Ok(()),
        }
    }

    fn then<T>(&self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.step(name).map_err(|(error, _)| error)?;
        work()
    }
}

impl Disk for FaultDisk {
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>> {
        self.then("read", || RealDisk.read(path, most))
    }
    fn create_new(&self, path: &Path) -> Result<File> {
        self.then("create", || RealDisk.create_new(path))
    }
    fn copy_permissions(&self, from: &Path, to: &File) -> Result<()> {
        self.then("copy permissions", || RealDisk.copy_permissions(from, to))
    }
    fn write(&self, file: &File, bytes: &[u8]) -> Result<()> {
        match self.step("write") {
            Ok(()) => RealDisk.write(file, bytes),
            Err((error, here)) => {
                let half = if here { bytes.len() / 2 } else { 0 };
                RealDisk.write(file, &bytes[..half])?;
                Err(error)
            }
        }
    }
    fn cut(&self, file: &File, length: u64) -> Result<()> {
        self.then("cut", || RealDisk.cut(file, length))
    }
    fn sync(&self, file: &File) -> Result<()> {
        self.then("sync", || RealDisk.sync(file))
    }
    fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        self.then("rename", || RealDisk.rename(from, to))
    }
    fn remove(&self, path: &Path) -> Result<()> {
        self.then("remove", || RealDisk.remove(path))
    }
    fn sync_folder(&self, folder: &Path) -> Result<()> {
        self.then("sync folder", || RealDisk.sync_folder(folder))
    }
}
