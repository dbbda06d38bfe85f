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

    /// "24 Nov 2026, 17:05" where the machine stands.
    pub fn day_and_time(at: Timestamp) -> String {
        at.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%-d %b %Y, %H:%M").to_string()
    }

    /// "24 Nov 2026, 17:05 – 17:20": a day that is the same is said once.
    pub fn span(first: Timestamp, last: Timestamp) -> String {
        let (from, to) = (Self::day_and_time(first), Self::day_and_time(last));
        match (from == to, from.split_once(", "), to.split_once(", ")) {
            (true, _, _) => from,
            (false, Some((day, _)), Some((same, time))) if day == same => {
                format!("{from} – {time}")
            }
            _ => format!("{from} – {to}"),
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
