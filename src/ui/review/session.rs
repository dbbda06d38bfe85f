//! The guests of a review: each colleague's project as it was read, laid over mine and compared with it.
//!
//! Reading and comparing are work for a job; here is only what came of it. Nothing of it is ever changed.

use crate::model::{AnnotationId, DecisionId, EntityId, Project, Verdict};
use crate::review::{
    Comparison, Difference, EntityChoices, Guest, SideBySide, Watch, compare_watched, lone_records,
    namesakes,
};
use crate::workbench::GuestFile;
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// All guests.
#[derive(Clone, Default)]
pub struct Session {
    /// In the order in which they came.
    pub visits: Vec<Arc<Visit>>,
}

/// One guest.
#[derive(Clone)]
pub struct Visit {
    /// Their project, laid over mine.
    pub guest: Arc<Guest>,
    /// What it differs in from mine as it was when it was compared.
    pub comparison: Arc<Comparison>,
    /// My project at that time: what was decided away can still be shown.
    pub ours: Arc<Project>,
    /// My project when the guest came: how far we agree is asked of it.
    pub began: Arc<Project>,
    /// What was said of records that may be one.
    pub choices: EntityChoices,
    /// The same as it was said when the comparison was made.
    pub compared_by: EntityChoices,
    /// Records of one name, which are asked about together.
    pub namesakes: Arc<BTreeSet<(EntityId, EntityId)>>,
    /// Records of theirs that I lack and that nothing of theirs speaks of.
    pub lone: Arc<[EntityId]>,
    /// The file that it was read from.
    pub source: GuestFile,
    /// Who made what each difference is about: theirs where they have it, else mine.
    pub makers: Arc<[SmolStr]>,
    /// What it is called on the screen: its name, and its file where somebody else is called so.
    pub called: SmolStr,
}

impl Session {
    /// Calls guests by more than their names where two are called alike, or one is called as I am: by their files, and
    /// by their folders where these are alike too.
    pub fn tell_apart(&mut self, me: &str) {
        let names: Vec<[SmolStr; 4]> =
            self.visits.iter().map(|visit| visit.names().map(SmolStr::from)).collect();
        let others = |at: usize, which: usize, name: &SmolStr| {
            let mut all = names.iter().enumerate().filter(|(other, _)| *other != at);
            all.any(|(_, names)| names.get(which) == Some(name))
        };
        for (at, (visit, own)) in self.visits.iter_mut().zip(&names).enumerate() {
            let free = |(which, name): &(usize, &SmolStr)| *name != me && !others(at, *which, name);
            let called = own.iter().enumerate().find(free).map(|(_, name)| name);
            if let Some(called) = called.filter(|called| visit.called != **called) {
                Arc::make_mut(visit).called = called.clone();
            }
        }
    }
}

impl Visit {
    /// What it may be called: by its name, its file, its folder, and the whole path, which is nobody else's.
    fn names(&self) -> [String; 4] {
        let (name, path) = (self.guest.name.as_str(), &self.source.real);
        let with = |part: Option<&std::ffi::OsStr>| match part.map(|part| part.to_string_lossy()) {
            Some(part) if part != name => format!("{name} ({part})"),
            _ => name.to_owned(),
        };
        let folder = path.parent().and_then(Path::file_name);
        [name.to_owned(), with(path.file_stem()), with(folder), with(Some(path.as_os_str()))]
    }

    /// A guest compared with `ours`. Slow for big projects: call it in a job, and look on.
    pub fn new<S>(
        guest: Guest,
        ours: &Arc<Project>,
        choices: EntityChoices,
        source: GuestFile,
        watch: &Watch<'_, S>,
    ) -> Result<Self, S> {
        let comparison = compare_watched(ours, &guest, &choices, watch)?;
        let lone = lone_records(&SideBySide::new(ours, &guest, &comparison)).into();
        Ok(Self {
            lone,
            makers: makers(ours, &guest, &comparison),
            comparison: Arc::new(comparison),
            namesakes: Arc::new(namesakes(ours, &guest)),
            called: guest.name.clone(),
            guest: Arc::new(guest),
            ours: Arc::clone(ours),
            began: Arc::clone(ours),
            compared_by: choices.clone(),
            choices,
            source,
        })
    }

    /// The same compared anew, after something was said of records. As slow.
    pub fn anew<S>(self, watch: &Watch<'_, S>) -> Result<Self, S> {
        let comparison = compare_watched(&self.ours, &self.guest, &self.choices, watch)?;
        let makers = makers(&self.ours, &self.guest, &comparison);
        let compared_by = self.choices.clone();
        let lone = lone_records(&SideBySide::new(&self.ours, &self.guest, &comparison)).into();
        Ok(Self { lone, comparison: Arc::new(comparison), compared_by, makers, ..self })
    }

    /// Whether what was decided with other guests since has changed what this one is compared with.
    pub fn is_behind(&self, project: &Project) -> bool {
        let (then, now) = (self.of_others(&self.ours), self.of_others(project));
        !then.eq(now)
    }

    /// What was decided with other guests, where that changes something of mine.
    fn of_others<'a>(
        &'a self,
        project: &'a Project,
    ) -> impl Iterator<Item = (&'a DecisionId, Verdict)> {
        let own = (&self.guest.project.id, &self.guest.name);
        let others = project.decisions().values().filter(move |one| {
            (&one.guest.project, &one.guest.name) != own
                && !matches!(one.verdict, Verdict::Mine | Verdict::Ask)
        });
        others.map(|one| (&one.id, one.verdict))
    }

    /// The same beside my project as it is now; it has still to be compared.
    #[must_use]
    pub fn beside(&self, project: &Arc<Project>) -> Self {
        Self { ours: Arc::clone(project), ..self.clone() }
    }

    /// Whether something was said of records since the comparison was made.
    pub fn is_stale(&self) -> bool {
        self.choices != self.compared_by
    }

    /// The file's name.
    pub fn file(&self) -> String {
        self.source.name()
    }

    /// The file's name, where it says more than what the guest is called.
    pub fn file_beside(&self) -> Option<String> {
        let stem = self.source.path.file_stem().map(|stem| stem.to_string_lossy());
        let told = stem.is_some_and(|stem| {
            self.called == *stem || self.called.ends_with(&format!("({stem})"))
        });
        let file = self.file();
        (!told && self.called != file).then_some(file)
    }

    /// My annotation as it was when the review began, which is what was compared; or as it is now, if it is newer.
    pub fn mine_before<'a>(
        &'a self,
        project: &'a Project,
        id: &AnnotationId,
    ) -> Option<&'a Project> {
        let there = |project: &'a Project| project.annotation(id).is_some().then_some(project);
        there(&self.ours).or_else(|| there(project))
    }

    /// My annotation as it is now, or as it was when the review began.
    pub fn mine<'a>(&'a self, project: &'a Project, id: &AnnotationId) -> Option<&'a Project> {
        let there = |project: &'a Project| project.annotation(id).is_some().then_some(project);
        there(project).or_else(|| there(&self.ours))
    }
}

fn makers(ours: &Project, guest: &Guest, comparison: &Comparison) -> Arc<[SmolStr]> {
    let of = |project: &Project, id: &AnnotationId| {
        project.annotation(id)?.made.as_ref().map(|stamp| SmolStr::from(stamp.by().as_str()))
    };
    let maker = |one: &Difference| {
        let theirs = one.theirs.as_ref().and_then(|id| of(&guest.project, id));
        let mine = || one.ours.as_ref().and_then(|id| of(ours, id));
        theirs.or_else(mine).unwrap_or_default()
    };
    comparison.differences.iter().map(maker).collect()
}
