//! A job: work on a thread of its own that brings back one result and can be watched and cancelled meanwhile.
//!
//! Never blocks whoever polls it, and never kills a thread: cancelling is a request that the work looks for.
//! Small tasks without a result belong to `background.rs`.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

/// How far a job is; the same value on both sides.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    done: AtomicU64,
    total: AtomicU64,
    text: Mutex<String>,
    cancelled: AtomicBool,
}

impl Progress {
    /// Says that `done` of `total` steps are behind us. A total of zero means that nobody knows.
    pub fn set(&self, done: u64, total: u64) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Says what is being done.
    pub fn say(&self, text: impl Into<String>) {
        *self.words() = text.into();
    }

    /// The part that is done, from 0 to 1, where it is known.
    pub fn fraction(&self) -> Option<f32> {
        let (done, total) =
            (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed));
        (total > 0).then(|| (done as f64 / total as f64).min(1.0) as f32)
    }

    /// What is being done.
    pub fn text(&self) -> String {
        self.words().clone()
    }

    /// Whether the work should stop: nobody waits for its result any more.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    fn words(&self) -> MutexGuard<'_, String> {
        self.0.text.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a job brought no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// It was asked to stop; what it had is thrown away.
    #[error("This was cancelled.")]
    Cancelled,
    /// A mistake in the program; the message is the panic's.
    #[error("This failed because of a mistake in the program; nothing was changed ({0}).")]
    Panicked(String),
    /// The system gave no thread.
    #[error(
        "This could not be started: the system is out of threads. Close something and try again."
    )]
    NotStarted,
}

/// Work under way. Dropping it cancels it.
#[derive(Debug)]
pub struct Job<T> {
    title: String,
    progress: Progress,
    result: Receiver<Result<T, JobError>>,
    /// What has come and was not taken.
    arrived: Option<Result<T, JobError>>,
    delivered: bool,
}

/// Starts `work` on a thread of its own. `wake` is called there when the result can be polled.
pub fn start<T: Send + 'static>(
    title: &str,
    wake: impl Fn() + Send + 'static,
    work: impl FnOnce(&Progress) -> T + Send + 'static,
) -> Job<T> {
    let progress = Progress::default();
    let (sender, result) = channel();
    let theirs = progress.clone();
    let run = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&theirs)));
        let outcome = outcome.map_err(|panic| JobError::Panicked(words_of(&*panic)));
        // It fails where the job was dropped: then nobody waits.
        if sender.send(outcome).is_ok() {
            wake();
        }
    };
    // Where this fails the sender is gone with the closure, which `poll` reads as "not started".
    Builder::new().spawn(run).ok();
    Job { title: title.to_owned(), progress, result, arrived: None, delivered: false }
}

impl<T> Job<T> {
    /// What it was started as.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How far it is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Asks it to stop. Its result is thrown away even if the work did not notice, so do not cancel a save.
    pub fn cancel(&self) {
        self.progress.cancel();
    }

    /// The result, once: nothing before it is there, and nothing after it was taken.
    pub fn poll(&mut self) -> Option<Result<T, JobError>> {
        if self.delivered {
            return None;
        }
        let outcome = match self.arrived.take().map_or_else(|| self.result.try_recv(), Ok) {
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(JobError::NotStarted),
            Ok(outcome) => outcome,
        };
        self.delivered = true;
        Some(self.unless_cancelled(outcome))
    }

    /// Waits until there is a result to poll, but not longer than that: for a window that nobody sees yet.
    pub fn await_for(&mut self, most: Duration) {
        if !self.delivered && self.arrived.is_none() {
            self.arrived = match self.result.recv_timeout(most) {
                Ok(outcome) => Some(outcome),
                Err(RecvTimeoutError::Disconnected) => Some(Err(JobError::NotStarted)),
                Err(RecvTimeoutError::Timeout) => None,
            };
        }
    }

    /// Waits for the result (when closing the program, and on the command line). After `poll` gave it, there is
    /// none left and this says that the job was not started.
    pub fn wait(mut self) -> Result<T, JobError> {
        let arrived = self.arrived.take();
        let come = || self.result.recv().unwrap_or(Err(JobError::NotStarted));
        let outcome = arrived.unwrap_or_else(come);
        self.unless_cancelled(outcome)
    }

    fn unless_cancelled(&self, outcome: Result<T, JobError>) -> Result<T, JobError> {
        if self.progress.is_cancelled() { Err(JobError::Cancelled) } else { outcome }
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}

#[cfg(test)]
mod tests {
    use crate::jobs::{JobError, Progress, start};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn a_job_wakes_its_owner_and_brings_its_result_once() {
        let (woken, wakes) = channel();
        let (go, may_go) = channel();
        let wake = move || woken.send(()).unwrap();
        let mut job = start("Add up", wake, move |_| {
            may_go.recv().unwrap();
            2 + 2
        });
        assert_eq!(job.poll(), None);
        assert_eq!(job.title(), "Add up");
        go.send(()).unwrap();
        wakes.recv().unwrap();
        assert_eq!(job.poll(), Some(Ok(4)));
        assert_eq!(job.poll(), None);
        assert!(wakes.recv().is_err(), "woken once, and the thread has ended");
    }

    #[test]
    fn a_panic_is_an_error_of_the_job_and_wakes_its_owner() {
        let (woken, wakes) = channel();
        let wake = move || woken.send(()).unwrap();
        let mut job = start("Break", wake, |_| -> u32 { panic!("page {} is missing", 7) });
        wakes.recv().unwrap();
        assert_eq!(job.poll(), Some(Err(JobError::Panicked("page 7 is missing".into()))));
        let job = start("Break", || (), |_| -> u32 { panic!("in plain words") });
        assert_eq!(job.wait(), Err(JobError::Panicked("in plain words".into())));
    }

    #[test]
    fn one_may_wait_a_while_for_a_result_and_poll_it_then() {
        let (go, may_go) = channel();
        let mut job = start(
            "Add up",
            || (),
            move |_| {
                may_go.recv().unwrap();
                2 + 2
            },
        );
        job.await_for(Duration::from_millis(1));
        assert_eq!(job.poll(), None, "it waits no longer than it may");
        go.send(()).unwrap();
        job.await_for(Duration::MAX);
        job.await_for(Duration::MAX);
        assert_eq!(job.poll(), Some(Ok(4)));
        job.await_for(Duration::MAX);
        assert_eq!(job.poll(), None, "it is brought once");
    }

    #[test]
    fn cancelled_work_sees_it_and_its_result_is_thrown_away() {
        let job = start("Search", || (), |progress| while !progress.is_cancelled() {});
        job.cancel();
        assert_eq!(job.wait(), Err(JobError::Cancelled));
    }

    #[test]
    fn dropping_a_job_stops_its_work_and_wakes_nobody() {
        let (ended, end) = channel();
        let (woken, wakes) = channel::<()>();
        let wake = move || woken.send(()).unwrap();
        let job = start("Search", wake, move |progress| {
            while !progress.is_cancelled() {}
            ended.send(()).unwrap();
        });
        drop(job);
        end.recv().unwrap();
        assert!(wakes.recv().is_err());
    }

    #[test]
    fn progress_is_seen_while_the_work_goes_on() {
        let (said, saying) = channel();
        let (go, may_go) = channel();
        let job = start(
            "Read",
            || (),
            move |progress| {
                progress.set(1, 4);
                progress.say("Reading page 1");
                said.send(()).unwrap();
                may_go.recv().unwrap();
            },
        );
        saying.recv().unwrap();
        assert_eq!(job.progress().fraction(), Some(0.25));
        assert_eq!(job.progress().text(), "Reading page 1");
        go.send(()).unwrap();
        assert_eq!(job.wait(), Ok(()));
    }

    #[test]
    fn progress_without_a_total_is_unknown_and_never_more_than_all() {
        let progress = Progress::default();
        assert_eq!(progress.fraction(), None);
        progress.set(9, 3);
        assert_eq!(progress.fraction(), Some(1.0));
    }
}
