//! Copies of the open project that lie beside its file: folder-sync programs leave one when two people write at once.
//!
//! Whether a file is one is decided by the project's id, never by how it is called. They are looked for once, in a job;
//! one that holds nothing new is not told of. None is ever changed.

use crate::formats::native;
use crate::jobs::{self, Job};
use crate::model::{Project, same_content};
use crate::review::{MergeCounts, merge};
use crate::store::{self, Digest};
use crate::workbench::merging::kept_whole;
use crate::workbench::{Contents, Difference, Notice, Theirs, Workbench, last_stamp};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A header ends before this.
const HEAD: usize = 4096;

/// A copy of the open project in another file of its folder.
#[derive(Clone, Debug)]
pub struct CopyBeside {
    /// The file.
    pub path: PathBuf,
    /// What is in it, compared with what was open when it was found.
    pub theirs: Theirs,
}

/// The copies that were found.
#[derive(Default)]
pub(crate) struct Beside {
    looking: Option<Job<Vec<CopyBeside>>>,
    looked: bool,
    found: Vec<CopyBeside>,
}

impl Beside {
    pub(crate) fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    pub(crate) fn poll(&mut self) {
        let Some(ended) = self.looking.as_mut().and_then(Job::poll) else { return };
        self.looking = None;
        // What cannot be looked at is no copy that one could do something about.
        self.found = ended.unwrap_or_default();
    }
}

impl Workbench {
    /// Copies of the project in other files of its folder that hold something else, by name of their files.
    pub fn copies_beside(&self) -> &[CopyBeside] {
        &self.beside.found
    }

    /// Looks for them, once in a sitting; `wake` is called when it is known.
    pub fn look_beside(&mut self, wake: impl Fn() + Send + 'static) {
        let Some(file) = &self.file else { return };
        if std::mem::replace(&mut self.beside.looked, true) || self.read_only.is_some() {
            return;
        }
        let (path, project) = (file.path.clone(), Arc::clone(&self.project));
        self.beside.looking =
            Some(jobs::start("Looking for copies", wake, move |_| copies_of(&project, &path)));
    }

    /// They are not told of any more in this sitting.
    pub fn leave_copies(&mut self) {
        self.beside.found.clear();
    }

    /// What taking a copy and this together would come to.
    pub fn both_with(&self, copy: &Path) -> Result<MergeCounts, String> {
        let theirs = self.copy_at(copy).ok_or("the copy is not known any more")?;
        if let Some(reason) = &self.read_only {
            return Err(reason.clone());
        }
        let theirs = theirs.theirs.project.as_ref().map_err(Clone::clone)?;
        let merged = merge(&self.project, theirs).map_err(|refusal| refusal.to_string())?;
        Ok(merged.counts)
    }

    /// Takes a copy and this together, record by record, as one step that can be undone. The copy stays as it is.
    pub fn take_copy(&mut self, copy: &Path) -> Result<MergeCounts, Notice> {
        let not = |why: &str| Notice::error("Not taken together", why);
        let known = self.copy_at(copy).ok_or_else(|| not("the copy is not known any more"))?;
        if let Some(reason) = &self.read_only {
            return Err(not(reason));
        }
        let theirs = known.theirs.project.as_ref().map_err(|why| not(why))?;
        let merged = merge(&self.project, theirs).map_err(|why| not(&why.to_string()))?;
        self.beside.found.retain(|other| other.path != copy);
        Ok(self.take_in(merged))
    }

    fn copy_at(&self, path: &Path) -> Option<&CopyBeside> {
        self.beside.found.iter().find(|copy| copy.path == path)
    }
}

/// The copies of `project`, whose file lies at `path`, that say something which it does not.
fn copies_of(project: &Project, path: &Path) -> Vec<CopyBeside> {
    let mut copies: Vec<CopyBeside> = store::json_files_beside(path)
        .into_iter()
        .filter(|other| {
            let head = store::head(other, HEAD).unwrap_or_default();
            native::stated_id(&head).is_some_and(|id| id == project.id)
        })
        .filter_map(|other| copy_at(project, other))
        .collect();
    copies.sort_by(|a, b| a.path.cmp(&b.path));
    copies
}

fn copy_at(project: &Project, path: PathBuf) -> Option<CopyBeside> {
    let bytes = store::read(&path).ok()?;
    let opened = native::read(&bytes).ok().filter(|opened| opened.read_only.is_none())?;
    let merged = kept_whole(merge(project, &opened.project).ok()?);
    if same_content(&merged, project) {
        return None;
    }
    let theirs = Theirs {
        digest: Digest::of(&bytes),
        last: last_stamp(&opened.project),
        contents: Contents::of(&opened.project),
        difference: Difference::between(project, &merged),
        project: Ok(Arc::new(opened.project)),
    };
    Some(CopyBeside { path, theirs })
}
