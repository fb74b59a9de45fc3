//! All that a stage waits for, directly or through others.

/// The ancestors of each stage: a bit for each pair, 12 MB for as many stages as are drawn.
pub(super) struct Ancestors {
    words: usize,
    bits: Vec<u64>,
}

impl Ancestors {
    /// Those of `count` stages. `order` has each behind those that `dependencies` gives for it; of a stage that is
    /// not in it, since it is in a cycle, all are.
    pub(super) fn new<D: Iterator<Item = usize>>(
        count: usize,
        order: &[usize],
        dependencies: impl Fn(usize) -> D,
    ) -> Self {
        let words = count.div_ceil(64);
        let mut bits = vec![u64::MAX; count * words];
        for &stage in order {
            bits[stage * words..(stage + 1) * words].fill(0);
            for ancestor in dependencies(stage) {
                for word in 0..words {
                    bits[stage * words + word] |= bits[ancestor * words + word];
                }
                bits[stage * words + ancestor / 64] |= 1 << (ancestor % 64);
            }
        }
        Self { words, bits }
    }

    /// Returns `true` where `stage` waits for `other`.
    pub(super) fn has(&self, stage: u32, other: u32) -> bool {
        let (stage, other) = (stage as usize, other as usize);
        self.bits[stage * self.words + other / 64] & (1 << (other % 64)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_waits_for_what_its_dependencies_wait_for() {
        // 70 in a row, and one that waits for nothing.
        let dependencies = |stage: usize| (1..70).contains(&stage).then(|| stage - 1).into_iter();
        let order: Vec<usize> = (0..71).collect();
        let ancestors = Ancestors::new(71, &order, dependencies);
        assert!(ancestors.has(69, 0) && ancestors.has(69, 68) && ancestors.has(1, 0));
        assert!(!ancestors.has(0, 1) && !ancestors.has(69, 69) && !ancestors.has(70, 0));
    }
}
