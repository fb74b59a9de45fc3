//! Numbers that look random and are the same on every machine.

use deployline_engine::Ms;

/// SplitMix64 (Steele, Lea, Flood 2014), from a fixed seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new() -> Self {
        Self(0x0de9_1071_14e5)
    }

    /// From half a minute to ten minutes, in whole seconds.
    pub(crate) fn duration(&mut self) -> Ms {
        Ms((30 + self.next() % 570) * 1_000)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
