//! Numbers in expressions: decimal, without the weight of floating point.

use std::fmt;

const DIGITS: u32 = 6;
const ONE: i64 = 10_i64.pow(DIGITS);

/// A decimal number with up to six digits behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    millionths: i64,
}

impl Number {
    /// A whole number; the largest that fits, where it is too large.
    pub(crate) fn of_count(count: usize) -> Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Self { millionths: count.saturating_mul(ONE) }
    }

    /// Reads a number such as `-1.5`; `None` where it is none, or has too many digits.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let places = u32::try_from(fraction.len()).ok().filter(|places| *places <= DIGITS)?;
        let fraction = if fraction.is_empty() { 0 } else { fraction.parse::<i64>().ok()? };
        let fraction = fraction * 10_i64.pow(DIGITS - places);
        let whole = whole.parse::<i64>().ok()?.checked_mul(ONE)?;
        Some(Self { millionths: sign * whole.checked_add(fraction)? })
    }

    /// The number as an index.
    pub(crate) fn as_index(self) -> Option<usize> {
        (self.millionths % ONE == 0).then(|| usize::try_from(self.millionths / ONE).ok())?
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.millionths / ONE, (self.millionths % ONE).abs());
        if self.millionths < 0 && whole == 0 {
            f.write_str("-")?;
        }
        write!(f, "{whole}")?;
        if fraction == 0 {
            return Ok(());
        }
        let digits = format!("{fraction:06}");
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_decimals() {
        for (text, expected) in [
            ("0", Some("0")),
            ("007", Some("7")),
            (" -1.50 ", Some("-1.5")),
            ("-0.25", Some("-0.25")),
            ("3.", Some("3")),
            ("1e3", None),
            ("", None),
            ("-", None),
            ("1.2345678", None),
            ("99999999999999999999", None),
        ] {
            let found = Number::from_text(text).map(|number| number.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        assert!(Number::from_text("10") > Number::from_text("9.5"));
    }
}
