//! Pixels as text.

use std::fmt;

/// Pixels with at most two decimals, as SVG has them: `12`, `-0.5`, `3.07`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Px(pub f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{sign}{whole}"),
            (_, 0) => write!(f, "{sign}{whole}.{}", rest / 10),
            _ => write!(f, "{sign}{whole}.{rest:02}"),
        }
    }
}

/// `x`, but no less than `least` and no more than `most`, which wins. The standard `clamp` can panic with
/// a message that writes all three: the code to write floats is 5 KB of a download.
pub(crate) fn between(x: f64, least: f64, most: f64) -> f64 {
    x.max(least).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_have_the_decimals_they_need() {
        for (px, expected) in [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (3.07, "3.07"),
            (3.7, "3.7"),
            (-0.5, "-0.5"),
            (1.999, "2"),
            (1e6 + 0.126, "1000000.13"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(Px(px).to_string(), expected);
        }
    }
}
