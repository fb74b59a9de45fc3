//! Progress for the user: one line when a step starts, one when it ends.
//!
//! The lines go to standard error and align with Cargo's own, which appear between them.

use std::time::{Duration, Instant};

/// Prints the step that starts.
pub(crate) fn say(verb: &str, what: &str) {
    eprintln!("{verb:>12} {what}");
}

/// Prints the step that has ended, and its duration.
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
