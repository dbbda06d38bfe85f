//! Answers that need the whole project: kept until it changes, and in a large project worked out beside the window.
//!
//! Until a new answer is there the one before is given, so a frame never waits for it. One job at a time, begun when the
//! hands rest: changes that come faster are answered together.

use crate::jobs::{self, Job};
use crate::model::{Project, ProjectId};
use crate::ui::itself::Itself;
use crate::ui::view::View;
use egui::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A project with more annotations is looked through beside the window.
const MANY: usize = 10_000;
/// Seconds without a change after which that begins.
const REST: f64 = 0.25;

/// An answer and what it was made from.
#[derive(Debug)]
pub struct Later<K, T> {
    from: Option<From<K>>,
    job: Option<(From<K>, Job<T>)>,
    /// What is asked for now, and since when, by the window's clock.
    asked: Option<(From<K>, f64)>,
    value: T,
}

#[derive(Clone, Debug, PartialEq)]
struct From<K> {
    project: ProjectId,
    changes: u64,
    /// Two openings of a project may count the same number of changes.
    opened: Itself<Project>,
    key: K,
}

impl<K, T: Default> Default for Later<K, T> {
    fn default() -> Self {
        Self { from: None, job: None, asked: None, value: T::default() }
    }
}

impl<K: Clone + PartialEq, T: Default + Send + 'static> Later<K, T> {
    /// The newest answer that there is; begins another if the project or `key` is not that of the last one.
    pub fn of(
        &mut self,
        (view, ctx): (&View<'_>, &Context),
        key: K,
        make: impl FnOnce(&Project) -> T + Send + 'static,
    ) -> &T {
        if let Some((from, job)) = &mut self.job
            && let Some(answer) = job.poll()
        {
            // Nobody has cancelled it, and after a panic the answer before stays.
            if let Ok(value) = answer {
                self.value = value;
            }
            self.from = Some(from.clone());
            self.job = None;
        }
        let from = From {
            project: view.project.id.clone(),
            changes: view.bench.changes(),
            opened: Itself::of(view.bench.project()),
            key,
        };
        if self.from.as_ref().is_some_and(|old| old.project != from.project) {
            *self = Self::default();
        }
        if self.from.as_ref() == Some(&from) {
            return &self.value;
        }
        if view.project.annotation_count() < MANY {
            (self.value, self.job) = (make(view.project), None);
            self.from = Some(from);
        } else if self.job.is_none()
            && self.is_time(&from, ctx)
            && let Some(turn) = Turn::take()
        {
            let (project, wake) = (Arc::clone(view.bench.project()), ctx.clone());
            let wake = move || wake.request_repaint();
            let job = jobs::start("Looking through", wake, move |_| {
                let _until_done = turn;
                make(&project)
            });
            self.job = Some((from, job));
        }
        &self.value
    }

    /// Whether the hands rest, so that the next answer does not take its time from the next key. The first one begins
    /// a frame later than it is asked for, so that the project is seen before.
    fn is_time(&mut self, from: &From<K>, ctx: &Context) -> bool {
        let now = ctx.input(|input| input.time);
        if self.from.is_none() {
            let (_, since) = self.asked.get_or_insert_with(|| (from.clone(), now));
            if now <= *since {
                ctx.request_repaint();
            }
            return now > *since;
        }
        let since = match &self.asked {
            Some((asked, since)) if asked == from => *since,
            _ => now,
        };
        self.asked = Some((from.clone(), since));
        let left = REST - (now - since);
        if left > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
        left <= 0.0
    }
}

static TAKEN: AtomicBool = AtomicBool::new(false);

/// One looks through a large project at a time: the window needs a processor too, and what one has freed the next
/// one uses. Whoever comes too early asks again in the frame that the other's end brings.
struct Turn;

impl Turn {
    fn take() -> Option<Self> {
        (!TAKEN.swap(true, Ordering::AcqRel)).then_some(Self)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        TAKEN.store(false, Ordering::Release);
    }
}

impl<K, T> Later<K, T> {
    /// With this answer, as if it had been asked for.
    #[cfg(test)]
    pub(in crate::ui) fn answered(value: T) -> Self {
        Self { from: None, job: None, asked: None, value }
    }

    /// The newest answer that there is.
    pub fn last(&self) -> &T {
        &self.value
    }
}
