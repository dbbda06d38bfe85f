//! One thread that does small tasks in the order in which they came (bringing the journal to the disk, for one).
//!
//! Never brings anything back: a task that has something to say sends it itself. For results see `job.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};

type Task = Box<dyn FnOnce() + Send>;

/// A thread with a queue. Dropping it waits until the queue is done.
#[derive(Debug)]
pub struct Background {
    /// Nothing where the system gave no thread, and while dropping.
    worker: Option<(Sender<Task>, JoinHandle<()>)>,
}

impl Background {
    /// Starts the thread.
    pub fn new() -> Self {
        let (sender, tasks) = channel::<Task>();
        let worker = Builder::new().spawn(move || tasks.into_iter().for_each(run)).ok();
        Self { worker: worker.map(|handle| (sender, handle)) }
    }

    /// Queues a task behind those that are waiting. Where there is no thread it is done at once.
    pub fn push(&self, task: impl FnOnce() + Send + 'static) {
        match &self.worker {
            None => run(Box::new(task)),
            Some((sender, _)) => {
                if let Err(unsent) = sender.send(Box::new(task)) {
                    run(unsent.0);
                }
            }
        }
    }
}

impl Default for Background {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some((sender, handle)) = self.worker.take() {
            drop(sender);
            handle.join().ok();
        }
    }
}

/// One that panics does not stop those behind it.
fn run(task: Task) {
    catch_unwind(AssertUnwindSafe(task)).ok();
}

#[cfg(test)]
mod tests {
    use crate::jobs::Background;
    use std::sync::{Arc, Mutex};

    #[test]
    fn tasks_are_done_in_order_and_dropping_waits_for_the_last() {
        let done = Arc::new(Mutex::new(Vec::new()));
        let background = Background::new();
        for number in 0..100 {
            let done = Arc::clone(&done);
            background.push(move || done.lock().unwrap().push(number));
        }
        drop(background);
        assert_eq!(*done.lock().unwrap(), (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_task_that_panics_does_not_stop_the_next() {
        let done = Arc::new(Mutex::new(false));
        let background = Background::new();
        background.push(|| panic!("a broken task"));
        let flag = Arc::clone(&done);
        background.push(move || *flag.lock().unwrap() = true);
        drop(background);
        assert!(*done.lock().unwrap());
    }

    #[test]
    fn without_a_thread_a_task_is_done_at_once() {
        let done = Arc::new(Mutex::new(false));
        let background = Background { worker: None };
        let flag = Arc::clone(&done);
        background.push(move || *flag.lock().unwrap() = true);
        assert!(*done.lock().unwrap());
    }
}
