//! Two pieces of work at once, for a caller that waits for both. A long computation takes half the time so; whoever
//! must not wait starts a job.

use std::panic::resume_unwind;
use std::thread::scope;

/// Does both, the second on a thread of its own. A panic of either goes on in the caller.
pub fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl FnOnce() -> B + Send) -> (A, B) {
    scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        (first, second.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    use crate::jobs::both;
    use std::sync::Barrier;

    #[test]
    fn both_are_done_at_once_and_in_their_places() {
        // Each waits for the other: one after the other they would wait for ever.
        let meet = Barrier::new(2);
        let work = |result| {
            meet.wait();
            result
        };
        assert_eq!(both(|| work("first"), || work("second")), ("first", "second"));
    }

    #[test]
    fn a_panic_of_the_second_is_the_callers() {
        let caught = std::panic::catch_unwind(|| both(|| 1, || -> u8 { panic!("no") }));
        assert!(caught.is_err());
    }
}
