//! What a person sees while the work goes on: one line as a piece of work starts, one as it ends.
//!
//! The lines go to standard error and align with Cargo's own, which appear between them.

use std::time::{Duration, Instant};

/// A line that says what happens now.
pub(crate) fn say(verb: &str, what: &str) {
    eprintln!("{verb:>12} {what}");
}

/// A line that says what has ended, and how long it took.
pub(crate) fn ended(verb: &str, what: &str, since: Instant) {
    say(verb, &format!("{what} in {}", seconds(since.elapsed())));
}

/// Seconds to one decimal, with the unit.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_one_decimal() {
        assert_eq!(seconds(Duration::from_millis(40)), "0.0 s");
        assert_eq!(seconds(Duration::from_millis(61_250)), "61.2 s");
    }
}
