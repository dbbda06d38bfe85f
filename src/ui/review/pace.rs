//! How long the rest of a review will take, from the pace of this sitting.
//!
//! A guess that is shown as one: only after a handful of decisions, rounded, with "about". Pauses do not count.

use jiff::Timestamp;
use std::collections::VecDeque;

/// So many of the last decisions say how fast one is.
const LAST: usize = 20;
/// Fewer say nothing.
const FEW: usize = 5;
/// More seconds between two decisions are a pause.
const PAUSE: i64 = 120;

/// The times that the last decisions took.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// Seconds, the newest last.
    took: VecDeque<i64>,
    last: Option<Timestamp>,
}

impl Pace {
    /// One difference was decided at that time.
    pub fn decided(&mut self, at: Timestamp) {
        let seconds = self.last.map(|last| at.as_second() - last.as_second());
        if let Some(seconds) = seconds.filter(|seconds| (0..=PAUSE).contains(seconds)) {
            self.took.push_back(seconds);
            if self.took.len() > LAST {
                self.took.pop_front();
            }
        }
        self.last = Some(at);
    }

    /// Many were decided at once: that says nothing of how long one takes.
    pub fn began(&mut self, at: Timestamp) {
        self.last = Some(at);
    }

    /// "about 5 minutes left" for so many that are open; nothing, if that is not known yet or nothing is open.
    pub fn left(&self, open: usize) -> Option<String> {
        if self.took.len() < FEW || open == 0 {
            return None;
        }
        let mut took: Vec<i64> = self.took.iter().copied().collect();
        took.sort_unstable();
        let middle = took.len() / 2;
        let (below, above) = (took.get(took.len() - 1 - middle)?, took.get(middle)?);
        // Twice the median, so that it stays whole. Times are kept to the second: less than half of one is taken as
        // half.
        let twice = (below + above).max(1);
        let seconds = twice.saturating_mul(i64::try_from(open).ok()?) / 2;
        Some(in_words(seconds))
    }
}

/// Seconds as one says them of something that is not known well.
fn in_words(seconds: i64) -> String {
    let minutes = (seconds + 30) / 60;
    match minutes {
        0 => "less than a minute left".to_owned(),
        1 => "about a minute left".to_owned(),
        2..=10 => format!("about {minutes} minutes left"),
        11..=57 => format!("about {} minutes left", (minutes + 2) / 5 * 5),
        58..=89 => "about an hour left".to_owned(),
        _ => format!("about {} hours left", (minutes + 30) / 60),
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::review::pace::{Pace, in_words};
    use jiff::Timestamp;

    /// The pace of decisions that came so many seconds after each other.
    fn after(gaps: &[i64]) -> Pace {
        let mut pace = Pace::default();
        let mut now = 1_000_000;
        pace.decided(Timestamp::from_second(now).unwrap());
        for gap in gaps {
            now += gap;
            pace.decided(Timestamp::from_second(now).unwrap());
        }
        pace
    }

    #[test]
    fn a_handful_is_waited_for_and_the_median_is_taken() {
        assert_eq!(after(&[9, 9, 9, 9]).left(34), None);
        assert_eq!(after(&[9, 9, 9, 9, 9]).left(34).unwrap(), "about 5 minutes left");
        // One that took long does not count more than another.
        assert_eq!(after(&[8, 9, 110, 10, 9]).left(34).unwrap(), "about 5 minutes left");
        assert_eq!(after(&[4, 4, 4, 6, 6, 6]).left(60).unwrap(), "about 5 minutes left");
        assert_eq!(after(&[9, 9, 9, 9, 9]).left(0), None);
    }

    #[test]
    fn pauses_and_a_clock_that_was_set_back_do_not_count() {
        assert_eq!(after(&[9, 600, 9, 9, 121, 9]).left(10), None);
        assert_eq!(after(&[9, 600, 9, 9, 121, 9, 9]).left(40).unwrap(), "about 6 minutes left");
        assert_eq!(after(&[9, 9, 9, 9, -3600]).left(40), None);
    }

    #[test]
    fn only_the_last_ones_say_how_fast_one_is() {
        let mut gaps = vec![100; 30];
        gaps.extend([3; 20]);
        assert_eq!(after(&gaps).left(40).unwrap(), "about 2 minutes left");
    }

    #[test]
    fn many_at_once_say_nothing() {
        let mut pace = after(&[9, 9, 9, 9]);
        let at = |second| Timestamp::from_second(second).unwrap();
        pace.began(at(1_000_060));
        assert_eq!(pace.left(40), None);
        pace.decided(at(1_000_069));
        assert_eq!(pace.left(40).unwrap(), "about 6 minutes left");
    }

    #[test]
    fn faster_than_the_clock_tells_is_no_time_at_all() {
        assert_eq!(after(&[0; 8]).left(30).unwrap(), "less than a minute left");
        assert_eq!(after(&[0; 8]).left(3000).unwrap(), "about 25 minutes left");
    }

    #[test]
    fn the_longer_it_is_the_less_exactly_it_is_said() {
        let said = [
            (29, "less than a minute left"),
            (30, "about a minute left"),
            (89, "about a minute left"),
            (90, "about 2 minutes left"),
            (630, "about 10 minutes left"),
            (12 * 60, "about 10 minutes left"),
            (13 * 60, "about 15 minutes left"),
            (57 * 60, "about 55 minutes left"),
            (58 * 60, "about an hour left"),
            (90 * 60, "about 2 hours left"),
            (150 * 60, "about 3 hours left"),
        ];
        for (seconds, words) in said {
            assert_eq!(in_words(seconds), words, "{seconds} s");
        }
    }
}
