//! Time in whole milliseconds.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

/// A duration, or an instant counted from the pipeline's start, in milliseconds.
///
/// ```
/// use deployline_engine::Ms;
/// assert_eq!("1h30m".parse(), Ok(Ms(5_400_000)));
/// assert_eq!(Ms(90_000).to_string(), "1m 30s");
/// assert!("soon".parse::<Ms>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ms(pub u64);

impl Ms {
    /// A duration of whole hours.
    pub const fn from_hours(hours: u64) -> Self {
        Self(hours * 3_600_000)
    }
}

impl Add for Ms {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Ms {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Units from large to small, in milliseconds.
const UNITS: [(&str, u64); 6] = [
    ("w", 604_800_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

impl fmt::Display for Ms {
    /// `1h 5m`, `90ms`, `0s`: every unit that counts, from days down.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        let mut rest = self.0;
        let mut separator = "";
        for (unit, size) in &UNITS[1..] {
            if rest >= *size {
                write!(f, "{separator}{}{unit}", rest / size)?;
                rest %= size;
                separator = " ";
            }
        }
        Ok(())
    }
}

/// The text is no duration, or too long a one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// It is none.
    #[error("`{0}` is no duration: expected numbers with units, as in `90s`, `5m` or `1h30m`")]
    None(String),
    /// It is longer than [`MAX_DURATION`].
    #[error("`{0}` is too long: expected a hundred years at most, or 36500d")]
    TooLong(String),
}

/// The longest duration that is accepted, in all inputs: a hundred years.
pub const MAX_DURATION: Ms = Ms(100 * 365 * 86_400_000);

impl FromStr for Ms {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        let parsed = parse(text).ok_or_else(|| DurationError::None(text.into()))?;
        match parsed <= MAX_DURATION {
            true => Ok(parsed),
            false => Err(DurationError::TooLong(text.into())),
        }
    }
}

/// A duration; one that is far too long is the longest that there is.
fn parse(text: &str) -> Option<Ms> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let (_, size) = UNITS.iter().find(|(name, _)| *name == unit)?;
        if number.is_empty() {
            return None;
        }
        // All are digits.
        let number = number.parse::<u64>().unwrap_or(u64::MAX);
        total = total.saturating_add(number.saturating_mul(*size));
        rest = after.trim_start();
    }
    Some(Ms(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_refuses_the_rest() {
        for (text, ms) in [
            ("90s", 90_000),
            ("5m", 300_000),
            ("1h30m", 5_400_000),
            ("1h 5m 2s", 3_902_000),
            ("1d", 86_400_000),
            ("2w", 1_209_600_000),
            ("250ms", 250),
            ("0s", 0),
        ] {
            assert_eq!(text.parse(), Ok(Ms(ms)), "{text}");
            assert_eq!(Ms(ms).to_string().parse(), Ok(Ms(ms)), "{text}");
        }
        for text in ["", "5", "m", "5 m", "-5m", "1.5h", "5x", "1000000w", "99999999999999999999s"]
        {
            assert!(text.parse::<Ms>().is_err(), "{text:?}");
        }
        for text in ["1000000w", "36501d", "99999999999999999999s"] {
            assert_eq!(text.parse::<Ms>(), Err(DurationError::TooLong(text.into())));
        }
        assert_eq!("36500d".parse(), Ok(MAX_DURATION));
        assert_eq!(Ms(5_400_250).to_string(), "1h 30m 250ms");
    }
}
