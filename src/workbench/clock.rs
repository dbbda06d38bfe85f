//! The only place that asks what time it is, so that tests and replays can say it themselves.

use jiff::{Timestamp, Unit};

/// Where times come from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine.
    System,
    /// Always this one.
    Fixed(Timestamp),
}

impl Clock {
    /// Now, to the second.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => {
                let now = Timestamp::now();
                now.round(Unit::Second).unwrap_or(now)
            }
            Self::Fixed(at) => at,
        }
    }

    /// Hour and minute of `at` where the machine stands.
    pub fn hour_and_minute(at: Timestamp) -> String {
        at.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string()
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts it.
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// How long it has been running.
    pub fn elapsed(self) -> std::time::Duration {
        self.0.elapsed()
    }
}
